"""Turtle and its kin, RDF/XML and JSON-LD in the knowledge base: what is read, where it stands, and bad input."""

from __future__ import annotations

from pathlib import Path

import pytest

from theorymap.findings import Finding
from theorymap.readers.rdf import SUFFIXES, read
from theorymap.sources import RDF_SUFFIXES, graph_of
from theorymap.store import Quad, Store, quads_of
from theorymap.terms import ID, RDF, RDFS, TM, local
from workspaces import make, repository

FILES = {
    ".ttl": """\
@prefix tm: <https://w3id.org/theorymap/ns/> .
@prefix id: <https://w3id.org/theorymap/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

id:theory\\/walls a tm:Theory ;
    rdfs:label "walls"@en .
<https://w3id.org/theorymap/id/person/ada> a tm:Person ; rdfs:label "Ada" .
""",
    ".trig": """\
PREFIX tm: <https://w3id.org/theorymap/ns/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
BASE <https://w3id.org/theorymap/id/>
<https://example.org/a-graph> {
  <theory/walls> a tm:Theory ;
    rdfs:label "walls"@en .
  <person/ada> a tm:Person ; rdfs:label "Ada" .
}
""",
    ".jsonld": """\
{
  "@context": {"tm": "https://w3id.org/theorymap/ns/", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"},
  "@graph": [
    {
      "@id": "https://w3id.org/theorymap/id/theory/walls",
      "@type": "tm:Theory", "rdfs:label": {"@value": "walls", "@language": "en"}
    },
    {"@id": "https://w3id.org/theorymap/id/person/ada", "@type": "tm:Person", "rdfs:label": "Ada"}
  ]
}
""",
    ".rdf": """\
<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:tm="https://w3id.org/theorymap/ns/"
    xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
  <tm:Theory rdf:about="https://w3id.org/theorymap/id/theory/walls">
    <rdfs:label xml:lang="en">walls</rdfs:label>
  </tm:Theory>
  <tm:Person rdf:about="https://w3id.org/theorymap/id/person/ada"><rdfs:label>Ada</rdfs:label></tm:Person>
</rdf:RDF>
""",
    ".nt": f"""\
# lines
<{ID}theory/walls> <{RDF.type}> <{TM}Theory> .
<{ID}theory/walls> <{RDFS.label}> "walls"@en .
<{ID}person/ada> <{RDF.type}> <{TM}Person> .
<{ID}person/ada> <{RDFS.label}> "Ada" .
""",
    ".nq": f"""\
<{ID}theory/walls> <{RDF.type}> <{TM}Theory> <https://example.org/one> .
<{ID}theory/walls> <{RDFS.label}> "walls"@en <https://example.org/two> .
<{ID}person/ada> <{RDF.type}> <{TM}Person> .
<{ID}person/ada> <{RDFS.label}> "Ada" .
""",
}
FILES[".owl"] = FILES[".rdf"]
LINES = {
    ".ttl": (5, 7),
    ".trig": (5, 7),
    ".jsonld": (5, 8),
    ".rdf": (4, 7),
    ".owl": (4, 7),
    ".nt": (2, 4),
    ".nq": (1, 3),
}
BLANK = {
    ".ttl": ("<https://e.org/a> <https://e.org/b> [] .", 1),
    ".trig": ("\n<https://e.org/a> <https://e.org/b> _:c .", 2),
    ".jsonld": ('{"https://e.org/b": "c"}', 0),
    ".nt": ("<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n_:a <https://e.org/b> <https://e.org/c> .", 2),
    ".nq": ("<https://e.org/a> <https://e.org/b> _:c <https://e.org/d> .", 1),
    ".rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://e.org/">'
        '\n<rdf:Description rdf:about="https://e.org/a"><e:b rdf:parseType="Resource"/></rdf:Description></rdf:RDF>',
        2,
    ),
}


def quads(data: str | bytes, suffix: str) -> tuple[list[Quad], list[Finding]]:
    """What is read from a file in `kb/`."""
    name = f"kb/x{suffix}"
    nquads, _, findings = read(data.encode() if isinstance(data, str) else data, name, graph_of(name))
    return quads_of(nquads, "nq"), findings


def test_every_suffix_that_is_read_is_tried() -> None:
    assert set(FILES) == set(SUFFIXES) == set(RDF_SUFFIXES)
    assert set(BLANK) == set(SUFFIXES) - {".owl"}


@pytest.mark.parametrize("suffix", FILES)
class TestEachFormat:
    def test_the_same_content_is_read_into_one_graph(self, suffix: str) -> None:
        found, findings = quads(FILES[suffix], suffix)
        assert findings == []
        assert {(q.subject, q.predicate, str(q.object)) for q in found} == {
            (ID + "theory/walls", RDF.type, TM.Theory),
            (ID + "theory/walls", RDFS.label, "walls"),
            (ID + "person/ada", RDF.type, TM.Person),
            (ID + "person/ada", RDFS.label, "Ada"),
        }
        assert {q.graph for q in found} == {graph_of(f"kb/x{suffix}")}

    def test_subjects_know_their_lines(self, suffix: str) -> None:
        name = f"kb/x{suffix}"
        _, origins, _ = read(FILES[suffix].encode(), name, graph_of(name))
        lines = tuple(origins.find(ID + subject)[0] for subject in ("theory/walls", "person/ada"))
        assert lines == LINES[suffix]
        assert origins.find(ID + "person/ada", RDFS.label, "Ada")[0] == LINES[suffix][1]

    def test_a_byte_order_mark_does_no_harm(self, suffix: str) -> None:
        found, findings = quads(b"\xef\xbb\xbf" + FILES[suffix].encode(), suffix)
        assert (len(found), findings) == (4, [])

    def test_it_is_read_in_a_workspace(self, suffix: str, tmp_path: Path) -> None:
        workspace = make(tmp_path, {f"kb/more{suffix}": FILES[suffix]})
        report = workspace.check(only=["files"])
        assert report.findings == ()
        graph = graph_of(f"kb/more{suffix}")
        assert len(list(workspace.knowledge.stated.quads(graph=graph))) == 4
        place = workspace.sources.origin(ID + "person/ada", RDF.type, TM.Person)
        assert (place.file, place.line) == (f"kb/more{suffix}", LINES[suffix][1])

    def test_an_empty_file_says_nothing(self, suffix: str) -> None:
        nothing = {".jsonld": "{}", ".rdf": "<x/>", ".owl": "<x/>"}.get(suffix, "# nothing\n")
        found, (finding, *_) = quads(nothing, suffix)
        assert found == []
        assert finding.code in ("empty-file", "broken-rdf", "blank-node")
        assert finding.repair

    def test_bytes_that_are_not_utf_8(self, suffix: str) -> None:
        found, (finding,) = quads(b"\n\n# caf\xe9\n", suffix)
        assert (found, finding.code, finding.origin.line) == ([], "not-utf-8", 3)


@pytest.mark.parametrize("suffix", BLANK)
def test_a_node_without_a_name_is_refused_in_the_knowledge_base(suffix: str) -> None:
    text, line = BLANK[suffix]
    found, (finding,) = quads(text, suffix)
    assert (found, finding.code, finding.origin.line) == ([], "blank-node", line)
    nquads, _, findings = read(text.encode(), f"ontology/x{suffix}", graph_of("x"), blank_nodes=True)
    assert nquads and not findings


@pytest.mark.parametrize(
    ("suffix", "text", "line"),
    [
        (".ttl", "@prefix tm: <https://w3id.org/theorymap/ns/> .\n\ntm:a tm:b .\n", 3),
        (".ttl", "<https://e.org/a> <https://e.org/b> <https://e.org/c>", 1),
        (".ttl", "\nunknown:a a unknown:b .\n", 2),
        (".ttl", "\n<https://e.org/a b> a <https://e.org/c> .\n", 2),
        (".trig", "<https://e.org/g> {\n <https://e.org/a> a }\n", 2),
        (".nt", "<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n<https://e.org/a> 'x' .\n", 2),
        (".nq", "\n\nnonsense\n", 3),
        (".jsonld", '{\n  "@id": "https://e.org/a",\n  "x" "y"\n}', 3),
        (".rdf", "<rdf:RDF>\n</rdf:RDF>", 0),
        (".rdf", "<?xml version='1.0'?>\n<a>\n<b>\n</a>", 0),
        (".jsonld", '{"@context": "https://example.invalid/context.jsonld", "name": "x"}', 0),
        (".jsonld", "[1, 2", 1),
    ],
)
def test_broken_syntax_is_told_with_its_line(suffix: str, text: str, line: int) -> None:
    found, (finding,) = quads(text, suffix)
    assert (found, finding.code) == ([], "broken-rdf")
    assert finding.origin.line == line or not line
    assert finding.message.endswith(".") and not finding.message.endswith("..")
    assert "nothing of the file is read" in finding.repair


def test_equal_local_names_are_told_apart() -> None:
    text = f"<{ID}alliance/nato> a <{TM}Case> .\n\n<{ID}theory/nato> a <{TM}Theory> .\n"
    _, origins, _ = read(text.encode(), "kb/x.ttl", graph_of("kb/x.ttl"))
    assert origins.find(ID + "theory/nato")[0] == 3


def test_nodes_without_a_name_in_two_files_stay_two() -> None:
    text = b"<https://e.org/a> <https://e.org/b> [ <https://e.org/c> 1 ] ."
    both = [read(text, name, graph_of("x"), blank_nodes=True)[0] for name in ("ontology/a.ttl", "ontology/b.ttl")]
    assert len(Store(*both)) == 4


def test_every_term_of_the_ontology_knows_its_line() -> None:
    sources = repository().sources
    for file in sources.of("ontology"):
        if file.suffix == ".ttl":
            places = sources.read(file)[1].places
            assert len(places) > 50
            lines = file.data.decode().split("\n")
            for subject, predicate, _ in places:
                line = places[subject, predicate, ""][0]
                assert line, subject
                assert local(subject) in lines[line - 1]
