"""Every format: the same bytes everywhere, read back whole by other tools, losing exactly what it says."""

from __future__ import annotations

import functools
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from theorymap.errors import OutputError, UsageError
from theorymap.formats import FORMATS, Holds, of
from theorymap.readers import bibtex
from theorymap.sources import graph_of
from theorymap.store import Iri, Quad, Store, quads_of
from theorymap.terms import ID, RDF, TM
from theorymap.workspace import Workspace
from workspaces import ROOT, SMALL, make, repository

# A picture as bytes is tried where pictures are: drawing all of the knowledge base takes seconds.
WRITTEN = sorted(FORMATS.keys() - {"png"})
RDF_FORMATS = sorted(of(Holds.KNOWLEDGE))
SOURCES = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "jsonld": "jsonld", "rdfxml": "rdfxml"}
RDFLIB = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}
WHOLE = {name for name in RDF_FORMATS if not FORMATS[name].loses}
ATTRIBUTED = {
    "kb/background.yaml": SMALL["kb/background.yaml"]
    + """\
    attributions:
      - {holder: person/ada-reed, commitment: asserts, hedge: plain, stance: asserts}
""",
    "kb/bibliography.bib": SMALL["kb/bibliography.bib"] + "@book{hale-2001, title = {On Moats}, year = {2001}}\n",
}
"""The small knowledge base with a claim of the background that somebody holds, and a work that no document cites."""
ALL_IN_ONE = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@functools.cache
def exported(name: str) -> bytes:
    """The repository's knowledge base in a format."""
    return repository().export(name)


@functools.cache
def quads() -> frozenset[Quad]:
    """What the export as N-Quads holds."""
    return frozenset(quads_of(exported("nquads"), "nq"))


@functools.cache
def triples() -> frozenset[tuple[Any, ...]]:
    """The same without graphs."""
    return frozenset((key(q)[:3]) for q in quads())


def key(quad: Quad) -> tuple[Any, ...]:
    """A quad in which literals of different types or languages differ."""
    value = quad.object
    kind = (type(value).__name__, getattr(value, "datatype", ""), getattr(value, "language", ""))
    return (quad.subject, quad.predicate, (value, *kind), quad.graph)


def rdflib_dataset(data: bytes, format: str) -> Any:
    """An rdflib dataset, its literals as they are written."""
    import rdflib

    normalize, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return rdflib.Dataset(default_union=True).parse(data=data, format=format)
    finally:
        rdflib.NORMALIZE_LITERALS = normalize


def test_the_registry_is_tried_whole() -> None:
    assert set(RDF_FORMATS) == set(SOURCES) == set(RDFLIB)
    assert {"trig", "nquads", "jsonld"} == WHOLE
    assert len({f.suffix for f in FORMATS.values()}) == len(FORMATS)
    whole = [format.media_type for format in of(Holds.KNOWLEDGE, Holds.WORKS).values()]
    assert len(set(whole)) == len(whole)
    assert all(of(holds) for holds in Holds)
    assert {name for name, format in FORMATS.items() if not format.loses} == WHOLE


class TestBytes:
    def test_they_are_the_same_whatever_the_hash_seed(self) -> None:
        code = (
            "import hashlib, sys\n"
            "from theorymap.formats import FORMATS\n"
            "from theorymap.workspace import Workspace\n"
            "workspace = Workspace.open(sys.argv[1], cached=False)\n"
            "for name in sorted(FORMATS.keys() - {'png'}):\n"
            "    print(name, hashlib.sha256(workspace.export(name)).hexdigest())\n"
        )
        outputs = set()
        for seed in ("0", "1", "2"):
            environment = os.environ | {"PYTHONHASHSEED": seed}
            run = [sys.executable, "-c", code, str(ROOT)]
            outputs.add(subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout)
        (output,) = outputs
        assert len(output.splitlines()) == len(WRITTEN)

    def test_they_depend_on_the_content_and_not_on_its_order(self, tmp_path: Path) -> None:
        name = "kb/theories.yaml"
        head, first, *rest = SMALL[name].splitlines(keepends=True)
        other = {name: head + first + "".join(reversed(rest))}
        for format in WRITTEN:
            assert make(tmp_path / "a").export(format) == make(tmp_path / "b", other).export(format)

    @pytest.mark.parametrize("name", WRITTEN)
    def test_they_are_text_that_ends_with_a_line(self, name: str) -> None:
        data = exported(name)
        assert data.decode()
        # RIS and CSV end their lines with both characters.
        assert (b"\r" in data) == (name in ("ris", "csv", "long"))
        assert len(data) > 10_000


class TestReadBack:
    @pytest.mark.parametrize("name", RDF_FORMATS)
    def test_by_ourselves(self, name: str) -> None:
        back = quads_of(exported(name), SOURCES[name])
        if name in WHOLE:
            assert {key(q) for q in back} == {key(q) for q in quads()}
        else:
            assert {key(q)[:3] for q in back} == triples()
            assert {q.graph for q in back} == {None}
        assert len(back) == len(set(map(key, back)))

    @pytest.mark.parametrize("name", RDF_FORMATS)
    def test_by_rdflib(self, name: str) -> None:
        import rdflib

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            dataset = rdflib_dataset(exported(name), RDFLIB[name])
            expected = rdflib_dataset(exported("nquads"), "nquads")
            assert _as_set(dataset) == _as_set(expected)
            if name in WHOLE:
                assert set(dataset.quads()) == set(expected.quads())
            small = [rdflib.Graph() for _ in range(2)]
            for graph, source in zip(small, (dataset, expected), strict=True):
                for triple in source.triples((rdflib.URIRef(f"{ID}work/helbig-2019"), None, None)):
                    graph.add(triple)
            assert small[0].isomorphic(small[1])
            assert len(small[0]) > 5
        assert len(_as_set(dataset)) == len(triples())

    @pytest.mark.parametrize("name", ["nquads", "rdfxml"])
    def test_by_owlready2(self, name: str, tmp_path: Path) -> None:
        import owlready2

        path = tmp_path / f"export{FORMATS[name].suffix}"
        data = exported(name)
        if name == "nquads":  # owlready2 reads no graphs.
            path = tmp_path / "export.nt"
            data = Store(data).construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "nt")
        path.write_bytes(data)
        world = owlready2.World()
        with open(path, "rb") as file:
            loaded = world.get_ontology("https://example.org/export#").load(fileobj=file)
        # It adds a header of its own.
        assert len(loaded.graph) - 1 == len(triples())

    def test_by_a_server(self, server: str) -> None:
        for name in RDF_FORMATS:
            _send(server, "DELETE", "/store?default", b"")
            _send(server, "POST", "/update", b"DROP ALL", "application/sparql-update")
            where = "/store" if name in WHOLE else "/store?default"
            _send(server, "POST", where, exported(name), FORMATS[name].media_type)
            query = b"SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }" if name in WHOLE else ALL_IN_ONE.encode()
            answer = _send(server, "POST", "/query", query, "application/sparql-query", "text/csv")
            assert answer.decode().split() == ["n", str(len(quads() if name in WHOLE else triples()))], name
            back = _send(server, "GET", "/store", b"", accept="application/n-quads")
            if name in WHOLE:
                assert {key(q) for q in quads_of(back, "nq")} == {key(q) for q in quads()}, name
            else:
                assert {key(q)[:3] for q in quads_of(back, "nq")} == triples(), name


def _as_set(dataset: Any) -> set[Any]:
    return set(dataset.triples((None, None, None)))


def _send(server: str, method: str, path: str, data: bytes, content: str = "", accept: str = "*/*") -> bytes:
    """What the server answers.

    Raises:
        HTTPError: It refuses.
    """
    headers = {"Accept": accept} | ({"Content-Type": content} if content else {})
    request = urllib.request.Request(server + path, data=data or None, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an Oxigraph server of our own, empty, on a free port of this machine."""
    program = shutil.which("oxigraph", path=os.path.dirname(sys.executable)) or shutil.which("oxigraph")
    assert program, "the package oxigraph of the test extra brings the program"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with subprocess.Popen([program, "serve", "--bind", address], stderr=subprocess.DEVNULL) as running:
        try:
            _wait_for(f"http://{address}", running)
            yield f"http://{address}"
        finally:
            running.terminate()
            running.wait(timeout=20)
    with pytest.raises(urllib.error.URLError):
        _send(f"http://{address}", "GET", "/store", b"")


def _wait_for(server: str, running: subprocess.Popen[bytes]) -> None:
    late = time.monotonic() + 30
    while True:
        assert running.poll() is None, "the server ended"
        try:
            _send(server, "GET", "/store", b"", accept="application/n-quads")
            return
        except urllib.error.URLError:
            assert time.monotonic() < late, "the server does not answer"
            time.sleep(0.05)


class TestWhatIsWritten:
    @pytest.fixture
    def small(self, tmp_path: Path) -> Workspace:
        """The small knowledge base."""
        return make(tmp_path)

    def graphs(self, workspace: Workspace, **options: Any) -> set[str]:
        return {str(q.graph) for q in quads_of(workspace.export("nquads", **options), "nq")}

    def test_all_of_it(self, small: Workspace) -> None:
        kb = {graph_of(name) for name in SMALL if name.startswith("kb/")}
        assert self.graphs(small) == kb | {graph_of("inferred")}
        assert self.graphs(small, inferred=False) == kb

    def test_without_inferences_it_is_what_the_files_say(self, small: Workspace) -> None:
        written = {key(q) for q in quads_of(small.export("nquads", inferred=False), "nq")}
        said = {key(q) for f in small.sources.of("kb") for q in quads_of(small.sources.read(f)[0], "nq")}
        assert written == said

    def test_without_background(self, small: Workspace) -> None:
        assert graph_of("kb/background.yaml") not in self.graphs(small, background=False)
        text = small.export("nquads", background=False)
        assert b"claim/walls-old" not in text
        assert b"claim/walls-old" in small.export("nquads")

    def test_one_document(self, small: Workspace) -> None:
        found = self.graphs(small, document="reed-1999")
        assert found == {graph_of("kb/documents/reed-1999.yaml"), graph_of("inferred")}
        assert self.graphs(small, document="work/reed-1999", inferred=False) == found - {graph_of("inferred")}

    def test_one_document_comes_with_its_lock(self) -> None:
        found = self.graphs(repository(), document="helbig-2019", inferred=False)
        assert found == {graph_of(f"kb/documents/helbig-2019.{suffix}") for suffix in ("yaml", "lock")}

    def test_the_inferences_are_about_what_is_written(self, small: Workspace) -> None:
        text = small.export("nquads", document="reed-1999")
        found = quads_of(text, "nq")
        entered = {q.subject for q in found if q.graph != graph_of("inferred")}
        inferred = [q for q in found if q.graph == graph_of("inferred")]
        assert inferred
        assert {q.subject for q in inferred} <= entered
        assert all(q.object in entered or not str(q.object).startswith(ID) for q in inferred)
        assert not [q for q in inferred if q.subject == ID + "theory/low-walls"]

    def test_the_inferences_are_there(self, small: Workspace) -> None:
        found = {
            (q.subject, q.predicate, q.object)
            for q in quads_of(small.export("nquads"), "nq")
            if q.graph == graph_of("inferred")
        }
        assert (Iri(ID + "claim/walls-help"), RDF.type, TM.ContestedClaim) in found
        assert (Iri(ID + "theory/low-walls"), TM.family, ID + "theory/thought") in found

    def test_the_ontology_is_not_written_again(self, small: Workspace) -> None:
        assert not [q for q in quads_of(small.export("nquads"), "nq") if q.subject.startswith(TM)]

    @pytest.mark.parametrize("name", WRITTEN)
    def test_each_format_takes_each_choice(self, name: str, tmp_path: Path) -> None:
        """What is not asked for is not there, and a choice that a format has no place for changes nothing."""
        small = make(tmp_path, ATTRIBUTED)
        holds = FORMATS[name].holds
        every = small.export(name)
        choices = {"inferred": False, "background": False, "document": "reed-1999"}
        changed = {key for key, value in choices.items() if small.export(name, **{key: value}) != every}  # type: ignore[arg-type]
        effects = {Holds.KNOWLEDGE: set(choices), Holds.WORKS: {"document"}}
        assert changed == effects.get(holds, {"background", "document"})
        left, kept = ("hale-2001", "reed-1999") if holds is Holds.WORKS else ("alls.(are.)?old", "alls.(keep|help)")
        assert re.search(left, every.decode()) and re.search(kept, every.decode())
        for key in changed - {"inferred"}:
            text = small.export(name, **{key: choices[key]}).decode()  # type: ignore[arg-type]
            assert not re.search(left, text) and re.search(kept, text)

    @pytest.mark.parametrize("name", of(Holds.WORKS))
    def test_the_works_of_a_document_are_itself_and_what_it_cites(self, name: str) -> None:
        everything, some = exported(name), repository().export(name, document="helbig-2019")
        assert b"helbig-2019" in some and b"keating-2015" in everything and b"keating-2015" not in some
        cited = repository().export(name, document="keating-2015")
        assert b"keating-2015" in cited and b"rathbun-2012" in cited and b"helbig-2019" not in cited

    def test_what_does_not_exist(self, small: Workspace) -> None:
        with pytest.raises(UsageError, match="no format turtel") as caught:
            small.export("turtel")
        assert "turtle" in caught.value.hint
        with pytest.raises(UsageError, match="no document reed-1998") as caught:
            small.export("turtle", document="reed-1998")
        assert "reed-1999" in caught.value.hint

    def test_characters_of_every_sort_survive(self, tmp_path: Path) -> None:
        label = 'a \\"quoted\\" \\\\ <tag> & é 日本 🙂 \\u2028 ]]> -- ${x} {{y}}'
        text = SMALL["kb/theories.yaml"].replace("label: walls", f'label: "{label}"')
        workspace = make(tmp_path, {"kb/theories.yaml": text})
        expected = {key(q)[:3] for q in quads_of(workspace.export("nquads"), "nq")}
        assert any("\u2028" in str(key[2][0]) for key in expected)
        for name in RDF_FORMATS:
            assert {key(q)[:3] for q in quads_of(workspace.export(name), SOURCES[name])} == expected
            dataset = rdflib_dataset(workspace.export(name), RDFLIB[name])
            assert len(_as_set(dataset)) == len(expected)

    def test_xml_says_what_it_cannot_hold(self, tmp_path: Path) -> None:
        text = SMALL["kb/theories.yaml"].replace("label: walls", 'label: "a \\a bell"')
        workspace = make(tmp_path, {"kb/theories.yaml": text})
        with pytest.raises(OutputError, match=r"the character U\+0007"):
            workspace.export("rdfxml")
        findings = workspace.check(only=["files", "hygiene"]).findings
        (found,) = [finding for finding in findings if finding.code == "control-character"]
        assert (found.origin.file, found.origin.line) == ("kb/theories.yaml", 4) and "U+0007" in found.message
        for name in set(RDF_FORMATS) - {"rdfxml"}:
            assert quads_of(workspace.export(name), SOURCES[name])


class TestBibtex:
    def test_the_works_and_their_fields_come_back_and_nothing_else(self) -> None:
        back = bibtex.read(exported("bibtex"), "kb/bibliography.bib")
        assert [f for f in back.findings if f.severity.name == "ERROR"] == []
        (file,) = [file for file in repository().sources.of("kb") if file.suffix == ".bib"]
        before = bibtex.read(file.data, file.name)
        assert set(back.statements) == set(before.statements)
        assert len(back.statements) > 200

    def test_no_claim_is_in_it(self) -> None:
        assert b"claim/" not in exported("bibtex")
