"""Whether an ontology stays inside OWL 2 DL, for which the reasoners are complete.

Pellet's `lint` knows the structural rules of *OWL 2 Structural Specification*, section 3; it does not look at
datatypes, and of data one must say where it stands, so that what concerns single triples is checked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from theorymap.terms import local

from .axioms import BUILT_IN, KINDS, PROPERTY_KINDS, TYPE, Axiom, Ontology, Triple, read
from .encoding import Code
from .java import pellet
from .literals import is_literal, split, well_formed
from .reasoners import TIMEOUT, Oracle

_LINTS = re.compile(r"^OWL 2 DL violations found for .*?:\n(.*?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)
_CLEAN = "No OWL 2 DL violations found"
_NAMED = re.compile(r"<?urn:t#(e\d+)>?")
_KINDS = ("two-kinds", "undeclared", "structure")
_CLASSES = frozenset({"class"})
_CLASS_OR_DATATYPE = frozenset({"class", "datatype"})
_SHORT_WORDS = (
    (
        "Use of non-simple property",
        "is transitive or follows from other properties, and so must not be limited as well",
    ),
    ("Use of property in chain causes cycle", "is built from other properties that are built from it"),
    ("Cannot pun between properties", "is used as two sorts of property at once"),
    ("Datatype IRI also used as Class IRI", "is used as a class and as a type of values at once"),
    ("Use of undeclared", "is used in the ontology, but not declared there"),
)


@dataclass(frozen=True)
class Violation:
    """One way in which a graph leaves OWL 2 DL.

    Attributes:
        kind: What is broken: undeclared, two-kinds, datatype, ill-formed, mismatch or structure.
        triple: The first triple that shows it.
        name: The IRI that is at fault.
        text: The rest of a sentence that begins with its label.
    """

    kind: str
    triple: Triple
    name: str
    text: str


def dl_violations(ntriples: bytes, java: str | None = None, timeout: float = TIMEOUT) -> list[Violation]:
    """The ways in which a graph leaves OWL 2 DL, in the order of their triples; an empty list shows that it does not.

    Args:
        ntriples: The ontology, with data or without; of the data, every triple is checked, but without Java.
        java: As for `consistency`.
        timeout: Seconds.

    Raises:
        EngineError: Pellet did not start, did not finish, or did not answer as it does.
        SourceError: A line is not a triple.
    """
    ontology = read(ntriples)
    found = [*_two_kinds(ontology), *_undeclared(ontology), *_values(ontology)]
    for violation in sorted(_structural(ontology, java, timeout), key=lambda v: _KINDS.index(v.kind)):
        # A name declared twice or not at all is at the bottom of several lines of Pellet's.
        told = {v.name for v in found if v.kind in ("two-kinds", "undeclared")}
        found += [violation] if violation.kind == "structure" or violation.name not in told else []
    return sorted(set(found), key=lambda v: (v.triple, v.kind, v.name, v.text))


def _two_kinds(ontology: Ontology) -> Iterator[Violation]:
    """Names declared as two sorts of property, or as a class and a datatype: OWL 2, section 5.8.2."""
    for name, kinds in ontology.kinds.items():
        for exclusive in (PROPERTY_KINDS, _CLASS_OR_DATATYPE):
            if len(kinds & exclusive) > 1:
                term = next(term for term, kind in KINDS.items() if kind in kinds & exclusive)
                text = f"is declared to be several things at once: {', '.join(sorted(kinds & exclusive))}"
                yield Violation("two-kinds", (name, TYPE, term), name[1:-1], text)


def _undeclared(ontology: Ontology) -> Iterator[Violation]:
    """The first use of each property and of each class of an individual that nobody declares."""
    seen: set[str] = set()
    for triple in ontology.triples:
        _, p, o = triple
        name, needed, word = (o, _CLASSES, "class") if p == TYPE else (p, PROPERTY_KINDS, "property")
        if name.startswith(("_:", *BUILT_IN)) or name in seen:
            continue
        seen.add(name)
        if not ontology.kinds.get(name, frozenset()) & needed:
            yield Violation("undeclared", triple, name[1:-1], f"is used as a {word}, but not declared as one")


def _values(ontology: Ontology) -> Iterator[Violation]:
    """Values of a type that OWL 2 does not have, that are no values of their type, or of the wrong sort."""
    for axiom in ontology.statements:
        own = not axiom.predicate.startswith(BUILT_IN)
        name = (axiom.predicate if own else next(iter(sorted(axiom.names)), axiom.subject))[1:-1]
        if ontology.annotates(axiom.predicate):
            continue
        for _, _, value in axiom.triples:
            if kind_and_text := _fault(ontology, value):
                yield Violation(kind_and_text[0], axiom.triples[0], name, kind_and_text[1])
        if own and not ontology.agrees(axiom):
            what = "a text or a number" if is_literal(axiom.object) else "a thing with an identifier"
            text = f"has {what} as its value, but is not declared for such values"
            yield Violation("mismatch", axiom.triples[0], name, text)


def _fault(ontology: Ontology, value: str) -> tuple[str, str] | None:
    if ontology.unknown_datatype(value):
        datatype = local((split(value)[2] if is_literal(value) else value)[1:-1])
        return "datatype", f"has values of the type “{datatype}”, which OWL 2 does not have"
    if is_literal(value) and not well_formed(value):
        text, _, datatype = split(value)
        return "ill-formed", f"has the value “{text}”, which is no {local(datatype[1:-1])}"
    return None


def _structural(ontology: Ontology, java: str | None, timeout: float) -> Iterator[Violation]:
    """What Pellet finds in the axioms about classes and properties."""
    oracle = Oracle(ontology, java, timeout)
    axioms = [axiom for axiom in ontology.statements if not axiom.asserts]
    written = oracle.code.write(axioms, guess=False)
    output = oracle.run(pellet("lint", "--exclude-valid-punning", "all.nt"), {"all.nt": written})
    found = _LINTS.search(output.out)
    if output.code or (found is None and _CLEAN not in output.out):
        raise output.refused("The reasoner Pellet")
    for line in found[1].splitlines() if found else ():
        yield _of_line(line, oracle.code, axioms)


def _of_line(line: str, code: Code, axioms: list[Axiom]) -> Violation:
    """A line of Pellet's such as ``Use of ...: ...<urn:t#e1> [SubClassOf(<urn:t#e2> ...``."""
    names = [code.name(number) for number in _NAMED.findall(line)]
    known = next((words for start, words in _SHORT_WORDS if line.startswith(start)), "")
    text = known or "breaks a rule of OWL 2 DL: " + _NAMED.sub(lambda m: local(code.name(m[1])[1:-1]), line)
    stated = [code.name(number) for number in _NAMED.findall(line.partition("[")[2])] or names
    wanted = frozenset(stated)
    shows = next((a for a in axioms if a.names == wanted), None) or next((a for a in axioms if wanted <= a.names), None)
    triple = shows.triples[0] if shows else (names[0] if names else "", TYPE, "")
    kind = (
        "undeclared"
        if line.startswith("Use of undeclared")
        else "two-kinds"
        if "pun" in line or "also used" in line
        else "structure"
    )
    return Violation(kind, triple, names[0][1:-1] if names else "", text)
