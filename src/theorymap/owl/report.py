"""What the reasoners found, as findings: contradictions, impossible classes, and what leaves OWL 2 DL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from theorymap.findings import Finding, Origin, error
from theorymap.terms import OWL, RDFS, short

from .axioms import TYPE, Axiom, Ontology, read
from .justifications import Justification, OriginOf, explain, place_of
from .literals import is_literal, split
from .profile import Violation, dl_violations
from .reasoners import Consistency
from .sentences import Label

_EXPLAINED = 5
_REPAIRS = {
    "undeclared": "Correct its spelling, or declare it in an ontology file.",
    "two-kinds": "Keep one of the declarations, and give the other use a name of its own.",
    "datatype": "Write the value as an integer, a text or xsd:dateTime, or declare an annotation property.",
    "ill-formed": "Correct the value, or its type.",
    "mismatch": "Correct the value, or declare the property as one of the other sort.",
    "structure": "Take back one of the statements about it: OWL 2, Structural Specification, section 11 has the rules.",
}


def to_findings(
    result: Consistency, ntriples: bytes, label: Label, origin: OriginOf, java: str | None = None
) -> list[Finding]:
    """The findings for what a reasoner found, explained; none where all is well.

    Args:
        result: What `consistency` said of the same graph.
        ntriples: That graph.
        label: What a reader calls the thing of an IRI.
        origin: Where a triple stands, or where its subject does; asked in N-Triples text, of blank nodes as well.
        java: As for `consistency`.

    Returns:
        Codes ``inconsistent``, ``unsatisfiable-class`` and ``outside-owl-dl``, in the order of their weight.

    Raises:
        EngineError: A reasoner did not start, or did not answer as a reasoner does.
    """
    if result.consistent is None:
        found = violation_findings(dl_violations(ntriples, java), label, origin)
        return found or [_refused(result.refused)]
    if not result.consistent:
        return _contradictions(explain(ntriples, java=java), label, origin) or [_unexplained()]
    return _impossible_classes(result.unsatisfiable, ntriples, label, origin, java)


def violation_findings(violations: Iterable[Violation], label: Label, origin: OriginOf) -> list[Finding]:
    """One finding a violation, with the code ``outside-owl-dl``, in their order.

    Args:
        violations: From `dl_violations`.
        label: What a reader calls the thing of an IRI.
        origin: As for `to_findings`.
    """
    return [_violation(violation, label, origin) for violation in violations]


def _violation(violation: Violation, label: Label, origin: OriginOf) -> Finding:
    subject, predicate, value = violation.triple
    return error(
        "outside-owl-dl",
        place_of(Axiom((violation.triple,)), origin),
        f"“{label(violation.name)}” {violation.text}; the check for contradictions cannot rely on it.",
        _REPAIRS[violation.kind],
        entity=short(subject[1:-1] if subject.startswith("<") else violation.name),
        property=short(predicate[1:-1]),
        value=split(value)[0] if is_literal(value) else "",
    )


def _refused(words: str) -> Finding:
    return error(
        "outside-owl-dl",
        Origin(),
        f"The ontology cannot be checked for contradictions; the reasoner says: {words}",
        "Keep to what OWL 2 DL allows.",
    )


def _contradictions(found: Sequence[Justification], label: Label, origin: OriginOf) -> list[Finding]:
    """One finding a fault: of justifications that share a statement about an individual, the shortest is told."""
    blame = Counter(axiom for one in found for axiom in one.axioms if axiom.asserts)
    told: set[Axiom] = set()
    findings = []
    for one in sorted(found, key=lambda one: len(one.axioms)):
        assertions = [axiom for axiom in one.axioms if axiom.asserts]
        if told.isdisjoint(assertions):
            # What several justifications share is the likeliest to be wrong.
            culprits = sorted(assertions, key=lambda axiom: -blame[axiom]) or list(one.axioms)
            findings.append(_contradiction(one, culprits, label, origin))
            told.update(assertions)
    return findings


def _contradiction(found: Justification, culprits: Sequence[Axiom], label: Label, origin: OriginOf) -> Finding:
    named = next((axiom.subject[1:-1] for axiom in culprits if axiom.subject.startswith("<")), "")
    return error(
        "inconsistent",
        next((place for axiom in culprits if (place := place_of(axiom, origin)).file), Origin()),
        f"These statements cannot all be true: {'; '.join(found.sentences(label, origin))}.",
        "Correct or remove one of them; as long as they stand, no other conclusion from the data can be trusted, "
        "and classes that can have no member are not looked for.",
        entity=short(named),
    )


def _unexplained() -> Finding:
    return error(
        "inconsistent",
        Origin(),
        "The statements of the knowledge base and the ontology cannot all be true, "
        "but the few that contradict each other were not found in time.",
        "Take back the last changes one by one until this finding goes away.",
    )


def _impossible_classes(
    classes: Sequence[str], ntriples: bytes, label: Label, origin: OriginOf, java: str | None
) -> list[Finding]:
    """One finding for each class that is impossible of itself; those below it are named there."""
    if not classes:
        return []
    below = _below(set(classes), read(ntriples))
    findings: list[Finding] = []
    for iri in (iri for iri in classes if iri not in below):
        found = explain(ntriples, iri, 1, java) if len(findings) < _EXPLAINED else ()
        also = [label(one) for one in classes if below.get(one) == iri]
        findings.append(_impossible(iri, found, also, label, origin))
    return findings


def _below(classes: set[str], ontology: Ontology) -> dict[str, str]:
    """From an impossible class to the highest one that is stated to be above it; not those that have none above."""
    above: dict[str, str] = {}
    for s, p, o in ontology.triples:
        if p == f"<{RDFS.subClassOf}>" and s[1:-1] in classes and o[1:-1] in classes and s != o:
            above.setdefault(s[1:-1], o[1:-1])
    return {iri: top for iri in above if (top := _top(iri, above)) != iri}


def _top(iri: str, above: dict[str, str]) -> str:
    passed: list[str] = []
    while iri in above and iri not in passed:
        passed.append(iri)
        iri = above[iri]
    # Of classes that are all below each other the first in the alphabet stands for the rest.
    return min(passed[passed.index(iri) :]) if iri in passed else iri


def _impossible(
    iri: str, found: Iterable[Justification], also: Sequence[str], label: Label, origin: OriginOf
) -> Finding:
    reasons = ["; ".join(one.sentences(label, origin)) for one in found]
    because = f", because {reasons[0]}." if reasons else "."
    return error(
        "unsatisfiable-class",
        origin(f"<{iri}>", TYPE, f"<{OWL.Class}>"),
        f"Nothing can ever be of the class “{label(iri)}”{because}"
        + (f" The same then holds of what is below it: {', '.join(also)}." if also else ""),
        "Correct or remove one of the statements that rule it out.",
        entity=short(iri),
    )
