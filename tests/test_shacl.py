"""The check of shapes: the rules on the ontology, the process, and what pyshacl would pass in silence."""

from __future__ import annotations

import functools

import pytest
import rdflib

from theorymap import shacl, store
from theorymap.errors import EngineError
from theorymap.findings import Origin
from theorymap.terms import PREFIXES, RDF, TM
from workspaces import ROOT, ntriples, repository

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

CORE = "<https://w3id.org/theorymap/ontology/core>"
CLASS = f'a owl:Class ; rdfs:label "Good One"@en ; skos:definition "A thing that is good."@en ; rdfs:isDefinedBy {CORE}'
PROPERTY = (
    'a owl:ObjectProperty ; rdfs:label "good one"@en ; skos:definition "Relates a thing to a thing."@en ; '
    f"rdfs:isDefinedBy {CORE}"
)
HEADER = {
    "title": "dcterms:title 'x'",
    "description": "dcterms:description 'x'",
    "licence": "dcterms:license <http://example.org/licence>",
    "creator": "dcterms:creator 'x'",
    "version": "owl:versionIRI <http://example.org/1>",
}
WRONG_TERMS = {
    "tm:NoLabel": ("term-label", CLASS.replace('rdfs:label "Good One"@en ; ', "")),
    "tm:TwoLabels": ("term-label", CLASS.replace("@en ;", '@en, "Bad One"@en ;', 1)),
    "tm:NoLanguage": ("term-label", CLASS.replace("@en", "", 1)),
    "tm:NoDefinition": ("term-definition", CLASS.replace('skos:definition "A thing that is good."@en ; ', "")),
    "tm:NoOntology": ("term-defined-by", CLASS.replace(f" ; rdfs:isDefinedBy {CORE}", "")),
    "tm:NoSentence": ("definition-sentence", CLASS.replace("A thing", "a thing")),
    "tm:NoFullStop": ("definition-sentence", CLASS.replace("good.", "good")),
    "tm:OwnLabel": ("definition-own-label", CLASS.replace("A thing that is good.", "Good.")),
    "tm:SmallLabel": ("class-label-case", CLASS.replace("Good One", "Good one")),
    "tm:bigLabel": ("property-label-case", PROPERTY.replace("good one", "good One")),
    "tm:noDirection": ("property-definition-opening", PROPERTY.replace("Relates a thing to", "Leads to")),
    "tm:noDomain": ("domain-declared", f"{PROPERTY} ; rdfs:domain tm:Nowhere"),
    "tm:noRange": ("range-declared", f"{PROPERTY} ; rdfs:range tm:Nowhere"),
    "tm:dated": ("range-declared", f"{PROPERTY} ; rdfs:range xsd:date"),
    "tm:noUse": ("domain-included-declared", f"{PROPERTY} ; schema:domainIncludes tm:Nowhere"),
    "tm:noValue": ("range-included-declared", f"{PROPERTY} ; schema:rangeIncludes tm:Nowhere"),
    "tm:NoKind": ("superclass-declared", f"{CLASS} ; rdfs:subClassOf tm:Nowhere"),
    "tm:noKind": ("superproperty-declared", f"{PROPERTY} ; rdfs:subPropertyOf tm:nowhere"),
    "tm:only-coded": ("coded-value-class", CLASS.replace("owl:Class", "tm:CodedValue")),
    "tm:both": ("simple-property", f"{PROPERTY} ; a owl:TransitiveProperty, owl:FunctionalProperty"),
    "tm:above": ("simple-property", f"{PROPERTY} ; a owl:IrreflexiveProperty . tm:family rdfs:subPropertyOf tm:above"),
    "tm:apart": (
        "simple-disjoint-property",
        f"{PROPERTY} ; a owl:TransitiveProperty ; owl:propertyDisjointWith tm:holder",
    ),
    "tm:counted": (
        "simple-counted-property",
        f"{PROPERTY} ; owl:propertyChainAxiom ( tm:holder tm:holder ) .\n"
        "tm:Agent rdfs:subClassOf [ a owl:Class, owl:Restriction ; owl:onProperty tm:counted ; owl:maxCardinality 1 ]",
    ),
    **{
        f"https://w3id.org/theorymap/ontology/no-{missing}": (
            f"header-{missing}",
            " ; ".join(["a owl:Ontology", *(said for name, said in HEADER.items() if name != missing)]),
        )
        for missing in HEADER
    },
    "https://w3id.org/theorymap/ontology/no-prefix": (
        "header-prefix",
        " ; ".join(["a owl:Ontology", *HEADER.values()])
        + f" .\ntm:Orphan {CLASS.replace(CORE, '<https://w3id.org/theorymap/ontology/no-prefix>')}",
    ),
}


@functools.cache
def ontology() -> bytes:
    """The ontology files of the repository as N-Triples."""
    return ntriples(repository().sources, "ontology")


def shapes(*names: str) -> dict[str, bytes]:
    """Shape files by name."""
    return {f"shapes/{name}.ttl": (ROOT / "shapes" / f"{name}.ttl").read_bytes() for name in names}


def nowhere(subject: str, predicate: str, value: str, graph: str) -> Origin:
    """Where a statement stands, if nobody knows."""
    return Origin()


def test_the_ontology_keeps_its_rules() -> None:
    """Nothing is wrong with the words of the ontology, nor with its use of OWL."""
    assert shacl.validate(ontology(), shapes("ontology")) == shacl.Report()


def test_every_rule_on_the_ontology_is_shown_to_fail() -> None:
    """Each wrong term gives its one finding, and every rule has one."""
    turtle = "".join(
        f"{name if name.startswith('tm:') else f'<{name}>'} {said} .\n" for name, (_, said) in WRONG_TERMS.items()
    )
    prefixes = ("dcterms", "owl", "rdfs", "schema", "skos", "tm", "xsd")
    head = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in prefixes)
    wrong = store.convert((head + turtle).encode(), "ttl", "nt")
    report = shacl.validate(ontology() + wrong, shapes("ontology"))
    found = {(finding.entity, finding.code) for finding in shacl.to_findings(report, nowhere)}
    assert found == {(name, code) for name, (code, _) in WRONG_TERMS.items()}
    graph = rdflib.Graph().parse(ROOT / "shapes" / "ontology.ttl")
    assert {code for _, code in found} == {str(shape).rpartition("/")[2] for shape in graph.subjects(SH.message)}


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "shapes").glob("*.ttl")))
def test_shapes_are_shacl(name: str) -> None:
    """The shapes conform to the shapes of SHACL; pyshacl itself would take a count that is no number."""
    assert shacl.malformed(shapes(name)) == ""


TINY = b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix tm: <https://w3id.org/theorymap/ns/> .
@prefix tms: <https://w3id.org/theorymap/shapes/> .

tms:Claim a sh:NodeShape ; sh:targetClass tm:Claim ; sh:property tms:claim-text .
tms:claim-text a sh:PropertyShape ; sh:path tm:text ; sh:minCount 1 .
"""


def test_a_count_that_is_no_number_is_no_shacl() -> None:
    """What the check would pass over in silence is told."""
    assert shacl.malformed({"x": TINY}) == ""
    assert "minCount" in shacl.malformed({"x": TINY.replace(b"sh:minCount 1", b'sh:minCount "one"')})


def test_what_pyshacl_passes_is_found() -> None:
    """No target, a target or property that nobody defines, a rule without a name and broken Turtle are findings."""
    cases = [
        ("empty-shapes", 1, TINY.replace(b"sh:targetClass tm:Claim ;", b"")),
        ("empty-shapes", 1, b""),
        ("undefined-in-shapes", 5, TINY.replace(b"targetClass tm:Claim", b"targetClass tm:Claims")),
        ("undefined-in-shapes", 6, TINY.replace(b"sh:path tm:text", b"sh:path tm:txt")),
        ("unnamed-shape", 5, TINY.replace(b"property tms:claim-text", b"property [ sh:path tm:kind ; sh:minCount 1 ]")),
        ("broken-rdf", 6, TINY.replace(b"minCount 1 .", b"minCount 1 ; ; ] .")),
    ]
    for code, line, text in cases:
        faults = shacl.validate(ontology(), {"shapes/own.ttl": text}).faults
        assert [(f.code, f.origin.file, f.origin.line) for f in faults] == [(code, "shapes/own.ttl", line)]


def test_a_target_of_another_vocabulary_must_be_declared() -> None:
    """A class that is not ours is asked of targets as well; the nearest name is offered for ours."""
    text = TINY.replace(b"targetClass tm:Claim", b"targetClass <http://example.org/Claim>")
    assert [f.code for f in shacl.validate(ontology(), {"x": text}).faults] == ["undefined-in-shapes"]
    text = TINY.replace(b"targetClass tm:Claim", b"targetClass tm:Claims")
    assert "tm:Claim?" in shacl.validate(ontology(), {"x": text}).faults[0].repair


def test_nothing_to_check_is_an_error() -> None:
    """No data and no shapes never pass."""
    with pytest.raises(EngineError):
        shacl.start(b"", shapes("core"))
    with pytest.raises(EngineError):
        shacl.start(ontology(), {})
    with pytest.raises(EngineError):
        shacl.validate(b"# nothing\n", shapes("core"))


BARE = f"<http://example.org/c> <{RDF.type}> <{TM.Claim}> .\n".encode()


def test_a_process_of_its_own_finds_the_same() -> None:
    """The check beside the reasoner gives what the check in this process gives, once."""
    running = shacl.start(ontology() + BARE, {"x": TINY})
    report = running.result()
    assert report == shacl.validate(ontology() + BARE, {"x": TINY}) and len(report.results) == 1
    result = report.results[0]
    assert (result.focus, result.path, result.severity) == ("http://example.org/c", TM.text, "error")
    assert shacl.Report.from_json(report.to_json()) == report
    with pytest.raises(EngineError):
        running.result()


def test_a_shape_without_a_message_still_says_something() -> None:
    """A rule of somebody else's may lack words; the finding does not."""
    (finding,) = shacl.to_findings(shacl.validate(ontology() + BARE, {"x": TINY}), nowhere)
    assert (finding.code, finding.message) == ("claim-text", "http://example.org/c breaks the rule claim-text.")


def test_a_check_that_does_not_finish_is_an_error() -> None:
    """A process that is too slow or is not wanted leaves nothing behind."""
    with pytest.raises(EngineError, match="not done"):
        shacl.start(ontology(), shapes("core")).result(timeout=0.0)
    shacl.start(ontology(), shapes("core")).close()


def test_a_process_that_breaks_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that cannot be started or stops with an error is no pass."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(EngineError, match="could not be started"):
        shacl.start(ontology(), shapes("core"))
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(EngineError, match="failed"):
        shacl.start(ontology(), shapes("core")).result()
