"""Every shape and every check query, shown to fail: each rule with a change of a valid workspace that it must find."""

from __future__ import annotations

import functools
import re
import tempfile
from pathlib import Path

import pytest
import rdflib

from mutations import MUTATIONS, VALID, Mutation, copy, rounds
from theorymap import shacl
from theorymap.workspace import Workspace
from workspaces import ROOT, make, ntriples, repository

STEPS = ("files", "identifiers", "shapes", "hygiene")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
ROUNDS = rounds(MUTATIONS)


@functools.cache
def findings(number: int) -> frozenset[tuple[str, str]]:
    """Code and line of all that is found when the changes of one round are made together."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy(Path(folder, "workspace"))
        for mutation in ROUNDS[number]:
            mutation.apply(root / "kb")
        report = Workspace.open(root, cached=False).check(only=STEPS)
        assert not report.failed
        return frozenset((f.code, _line(root / f.origin.file, f.origin.line)) for f in report.findings)


def _line(path: Path, number: int) -> str:
    return path.read_text(encoding="utf-8").splitlines()[number - 1].strip() if number else ""


def test_the_valid_workspace_is_clean() -> None:
    """Nothing at all is found in the unchanged workspace, with its documents at hand."""
    report = Workspace.open(VALID, ROOT / "tests" / "documents", cached=False).check()
    assert not report.failed and report.findings == ()
    assert {v.document for v in report.verifications} == {"berecz-2018", "halloran-2021", "lindqvist-2012"}
    assert all(set(v.counts) == {"verified"} for v in report.verifications)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[f"{number}-{m.code}" for number, m in enumerate(MUTATIONS)])
def test_a_broken_rule_is_found_where_it_is_broken(mutation: Mutation) -> None:
    """Each change gives its findings, on the right line."""
    number = next(i for i, group in enumerate(ROUNDS) if mutation in group)
    assert mutation.found <= findings(number)


@pytest.mark.parametrize("number", range(len(ROUNDS)))
def test_nothing_else_is_found(number: int) -> None:
    """The changes of a round give the findings of each, and no others."""
    assert findings(number) == frozenset().union(*(mutation.found for mutation in ROUNDS[number]))


def test_a_value_off_the_list_is_told_with_the_list_and_the_nearest(tmp_path: Path) -> None:
    """The finding names the wrong value, the values that there are and, where one is like it, which is meant."""
    root = copy(tmp_path / "workspace")
    path = root / "kb" / "documents" / "halloran-2021.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("    value: former member\n") == 1
    for wrong, near in (("formre member", " The nearest is “former member”."), ("xyz", "")):
        path.write_text(text.replace("    value: former member\n", f"    value: {wrong}\n"), encoding="utf-8")
        (found,) = Workspace.open(root, cached=False).check(only=("files", "hygiene")).findings
        assert (found.code, found.entity, found.value) == ("value-on-list", "claim/port-halden-left", wrong)
        assert f"“{wrong}”" in found.message
        assert found.repair.endswith(f"The list: former member; member.{near}"), found.repair


def test_a_listed_value_with_a_stroke_is_told_as_one(tmp_path: Path) -> None:
    """The list is that of the variable, and not a text that is taken apart again."""
    variables = "id: register/variables\nvariables:\n  variable/v: {label: v, values: [no | yes, perhaps]}\n"
    seen = "id: work/reed-1999\nclaims:\n  claim/c:\n    type: Observation\n    text: So it is.\n"
    seen += "    case: state/brazil\n    variable: variable/v\n    value: no | yse\n"
    files = {"kb/variables.yaml": variables, "kb/documents/reed-1999.yaml": seen}
    found = make(tmp_path, files).check(only=("hygiene",)).findings
    (off,) = (finding for finding in found if finding.code == "value-on-list")
    assert off.repair.endswith("The list: no | yes; perhaps. The nearest is “no | yes”."), off.repair


def rules() -> set[str]:
    """The codes of the rules on data: the shapes with a message in core.ttl, and the check queries."""
    graph = rdflib.Graph().parse(ROOT / "shapes" / "core.ttl")
    shapes = {str(shape).rpartition("/")[2] for shape in graph.subjects(SH.message)}
    queries = {path.stem for path in (ROOT / "queries" / "check").glob("*.rq")}
    assert shapes and queries and not shapes & queries
    return shapes | queries


def test_every_rule_has_a_mutation() -> None:
    """No rule without a change that breaks it, and no change for a rule that is gone."""
    assert {mutation.code for mutation in MUTATIONS} == rules()


def test_the_repository_keeps_every_rule_on_data() -> None:
    """The shapes find nothing in the repository's own knowledge base."""
    everything = ntriples(repository().sources, "ontology", "kb")
    assert (
        shacl.to_findings(
            shacl.validate(everything, {"core": (ROOT / "shapes" / "core.ttl").read_bytes()}),
            repository().sources.origin,
        )
        == []
    )


SHOWN_AT_SUBJECT = {rdflib.URIRef("https://w3id.org/theorymap/shapes/attribution-claim")}


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "shapes").glob("*.ttl")))
def test_rules_speak_to_scholars(name: str) -> None:
    """Each rule has a name, a severity, a reason, and a message that says what is wrong and how to mend it.

    Only the rules on the ontology may speak as its editors do.
    """
    graph = rdflib.Graph().parse(ROOT / "shapes" / f"{name}.ttl")
    told = set(graph.subjects(SH.message))
    reporting = set(graph.objects(None, SH.property)) | {
        shape
        for target in ("targetClass", "targetSubjectsOf", "targetObjectsOf")
        for shape in graph.subjects(SH[target])
    }
    assert told
    for shape in told:
        text = str(graph.value(shape, SH.message))
        _, stop, repair = text.partition(". ")
        assert isinstance(shape, rdflib.URIRef) and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(shape).rpartition("/")[2])
        assert stop and repair[0].isupper() and re.search(r"(\.|\.\.\.)$", repair), text
        assert name == "ontology" or not re.search(r"sh:|minCount|\b(IRI|RDF|SHACL|node|triple)", text), text
        assert graph.value(shape, SH.severity) in (SH.Violation, SH.Warning, SH.Info)
        assert str(graph.value(shape, rdflib.RDFS.comment)).endswith(".")
        path = graph.value(shape, SH.path)
        assert isinstance(path, rdflib.URIRef) or graph.value(shape, rdflib.RDFS.seeAlso) or shape in SHOWN_AT_SUBJECT
    silent = {shape for shape in reporting - told if not set(graph.objects(shape, SH.property))}
    conditions = {shape for shape in silent if str(shape).rpartition("/")[2][0].isupper()}
    assert silent == conditions and not any(isinstance(shape, rdflib.BNode) for shape in reporting)
