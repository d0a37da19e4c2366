"""Triples grouped into the axioms that they spell, and the part of them that a reasoner must see.

An axiom is one triple with the blank nodes that its object leads to, or all triples of a blank node that nothing
leads to, as *OWL 2 Web Ontology Language: Mapping to RDF Graphs*, section 3, spells axioms.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from theorymap.errors import SourceError
from theorymap.terms import OWL, RDF, RDFS, XSD

from .literals import DATATYPES, in_datatype_map, is_literal, split, well_formed

Triple = tuple[str, str, str]
"""Subject, predicate and object as N-Triples text: ``<iri>``, ``_:b0`` or ``"text"@en``."""


def _terms(namespace: str, names: str) -> frozenset[str]:
    return frozenset(f"<{namespace}{name}>" for name in names.split())


TYPE = f"<{RDF.type}>"
BUILT_IN = (f"<{OWL}", f"<{RDF}", f"<{RDFS}", f"<{XSD}")
KINDS = {
    f"<{OWL.Class}>": "class",
    f"<{OWL.ObjectProperty}>": "object property",
    f"<{OWL.DatatypeProperty}>": "data property",
    f"<{OWL.AnnotationProperty}>": "annotation property",
    f"<{RDFS.Datatype}>": "datatype",
}
PROPERTY_KINDS = frozenset({"object property", "data property", "annotation property"})
CHARACTERISTICS = _terms(
    OWL,
    "FunctionalProperty InverseFunctionalProperty TransitiveProperty SymmetricProperty AsymmetricProperty "
    "ReflexiveProperty IrreflexiveProperty",
)
_SETS = _terms(OWL, "AllDifferent AllDisjointClasses AllDisjointProperties NegativePropertyAssertion")
_GENERAL = _terms(RDFS, "subClassOf") | _terms(OWL, "equivalentClass disjointWith")
ASSERTIONS = _terms(OWL, "sameAs differentFrom")
_LOGICAL = (
    _GENERAL
    | ASSERTIONS
    | _terms(RDFS, "subPropertyOf domain range")
    | _terms(OWL, "disjointUnionOf complementOf unionOf intersectionOf oneOf hasKey equivalentProperty")
    | _terms(OWL, "propertyDisjointWith inverseOf propertyChainAxiom")
)
_FACETS = _terms(XSD, "pattern length minLength maxLength") | _terms(RDF, "langRange")
_LINE = re.compile(
    r"\s*(?:(<[^>]*>|_:[^\s<\"]+)\s*(<[^>]*>)\s*"
    r"(<[^>]*>|_:[^\s<\"]+|\"(?:[^\"\\]|\\.)*\"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)\s*\.)?\s*(?:#.*)?"
)


@dataclass(frozen=True)
class Axiom:
    """One statement that a reasoner can use.

    Attributes:
        triples: The triple that states it, then the triples that describe the blank nodes in it.
    """

    triples: tuple[Triple, ...]

    @property
    def subject(self) -> str:
        """What it is about, as N-Triples."""
        return self.triples[0][0]

    @property
    def predicate(self) -> str:
        """How it says it, as N-Triples."""
        return self.triples[0][1]

    @property
    def object(self) -> str:
        """What it says, as N-Triples."""
        return self.triples[0][2]

    @cached_property
    def about(self) -> dict[tuple[str, str], list[str]]:
        """The objects by subject and predicate."""
        index: dict[tuple[str, str], list[str]] = defaultdict(list)
        for s, p, o in self.triples:
            index[s, p].append(o)
        return dict(index)

    @cached_property
    def names(self) -> frozenset[str]:
        """The IRIs in it that OWL itself does not define, in angle brackets."""
        terms = {term for triple in self.triples for term in triple if term.startswith("<")}
        return frozenset(t for t in terms if not t.startswith(BUILT_IN))

    @property
    def blanks(self) -> frozenset[str]:
        """The blank nodes in it."""
        return frozenset(term for triple in self.triples for term in triple if term.startswith("_:"))

    @cached_property
    def text(self) -> str:
        """The axiom with what its blank nodes describe in place of their labels, which differ from run to run."""
        described = self._text(self.subject, ()) if self.subject.startswith("_:") else self.subject
        return f"{described} {self.predicate} {self._text(self.object, ())}"

    @property
    def asserts(self) -> bool:
        """Whether it speaks of individuals, rather than of classes and properties."""
        if self.predicate == TYPE:
            return self.object in _SETS - _terms(OWL, "AllDisjointClasses AllDisjointProperties") or not (
                self.object.startswith(BUILT_IN)
            )
        return self.predicate in ASSERTIONS or not self.predicate.startswith(BUILT_IN)

    def _text(self, term: str, around: tuple[str, ...]) -> str:
        if not term.startswith("_:") or term in around:
            return term if not term.startswith("_:") else "_"
        around = (*around, term)
        # A list in one go, for it can be longer than functions can be nested.
        if self.value(term, RDF.first):
            return f"({' '.join(self._text(member, around) for member in self.members(term))})"
        pairs = sorted(f"{p} {self._text(o, around)}" for s, p, o in self.triples if s == term)
        return f"[{'; '.join(pairs)}]"

    def value(self, subject: str, *predicates: str) -> str:
        """The first object of a subject and one of the predicates, each an IRI without brackets; or an empty text."""
        for predicate in predicates:
            found = self.about.get((subject, f"<{predicate}>"))
            if found:
                return found[0]
        return ""

    def members(self, head: str) -> list[str]:
        """The members of an RDF list, in order."""
        found: list[str] = []
        seen = {f"<{RDF.nil}>", ""}
        while head not in seen:
            seen.add(head)
            found += self.about.get((head, f"<{RDF.first}>"), [])[:1]
            head = self.value(head, RDF.rest)
        return found


@dataclass(frozen=True)
class Ontology:
    """The axioms of a graph, and what each name in it was declared to be.

    Attributes:
        triples: All of it, sorted, without repetition.
        kinds: From a term in angle brackets to some of the values of `KINDS`.
    """

    triples: tuple[Triple, ...]
    kinds: dict[str, frozenset[str]]

    @cached_property
    def axioms(self) -> tuple[Axiom, ...]:
        """The axioms that a reasoner sees, in the order of their texts.

        Left out are annotations, declarations, the headers of ontologies, and values that are no part of OWL 2;
        a contradiction among the rest is one of the whole, so that nothing is reported wrongly.
        """
        return tuple(sorted((a for a in self.statements if self._logical(a)), key=lambda axiom: axiom.text))

    @cached_property
    def statements(self) -> tuple[Axiom, ...]:
        """All that is said in the vocabulary of axioms or with a property, in the order of the first triples."""
        headers = {s for s, p, o in self.triples if p == TYPE and o == f"<{OWL.Ontology}>"}
        return tuple(a for a in _group(self.triples) if a.subject not in headers and _in_vocabulary(a))

    @cached_property
    def reasoning_kinds(self) -> dict[str, frozenset[str]]:
        """`kinds`, and a guess from its first value for a property that nobody declared."""
        guessed: dict[str, frozenset[str]] = {}
        for _, p, o in self.triples:
            if not p.startswith(BUILT_IN) and not self.kinds.get(p, frozenset()) & PROPERTY_KINDS:
                guessed.setdefault(p, frozenset({"data property" if is_literal(o) else "object property"}))
        return {**self.kinds, **guessed}

    @cached_property
    def keeps_strings(self) -> bool:
        """Whether an axiom looks inside texts, so that they cannot be replaced by others."""
        return any(p in _FACETS for _, p, _ in self.triples)

    def _logical(self, axiom: Axiom) -> bool:
        if self.annotates(axiom.subject) or self.annotates(axiom.predicate) or self.annotates(axiom.object):
            return False
        if not all(_reasonable(o) for _, _, o in axiom.triples if is_literal(o)):
            return False
        if any(self.unknown_datatype(o) for _, _, o in axiom.triples):
            return False
        return axiom.predicate.startswith(BUILT_IN) or self.agrees(axiom)

    def annotates(self, term: str) -> bool:
        """Whether a term is a property for remarks, which have no logical meaning."""
        return self.kinds.get(term, frozenset()) == {"annotation property"}

    def agrees(self, axiom: Axiom) -> bool:
        """Whether a property of things has a thing as its value, and a property of data a literal."""
        kinds = self.reasoning_kinds.get(axiom.predicate, frozenset())
        return ("data property" if is_literal(axiom.object) else "object property") in kinds

    @cached_property
    def _undefined_datatypes(self) -> frozenset[str]:
        defined = {s for s, p, _ in self.triples if p == f"<{OWL.equivalentClass}>"}
        return frozenset(t for t, kinds in self.kinds.items() if kinds == {"datatype"} and t not in defined)

    def unknown_datatype(self, term: str) -> bool:
        """Whether a term is a literal that OWL 2 has no datatype for, or a datatype that it does not define."""
        if is_literal(term):
            return not in_datatype_map(term)
        return (term.startswith(f"<{XSD}") and term not in DATATYPES) or term in self._undefined_datatypes


@lru_cache(maxsize=2)
def read(ntriples: bytes) -> Ontology:
    """The ontology in a graph written as N-Triples; of the last two graphs, the same one again.

    Args:
        ntriples: UTF-8; as N-Triples is an exchange between our own modules, its syntax is not checked closely.

    Raises:
        SourceError: A line is not a triple.
    """
    triples = tuple(sorted(set(_parse(ntriples.decode()))))
    kinds: dict[str, set[str]] = defaultdict(set)
    for s, p, o in triples:
        if p == TYPE and o in KINDS and s.startswith("<"):
            kinds[s].add(KINDS[o])
    return Ontology(triples, {term: frozenset(found) for term, found in kinds.items()})


def fingerprint(ntriples: bytes) -> bytes:
    """What of a graph can change what a reasoner says of it, in a form that does not depend on blank nodes' labels.

    Two graphs with the same fingerprint have the same `consistency`: a caller that remembers by it that all is well
    starts no Java when a label or a passage has changed.

    Args:
        ntriples: As for `read`.

    Raises:
        SourceError: A line is not a triple.
    """
    ontology = read(ntriples)
    uses = Counter(t for axiom in ontology.axioms for t in axiom.blanks)
    shared = {blank for blank, times in uses.items() if times > 1}
    lines = [f"{s} {p} {o}" for s, p, o in ontology.triples if p == TYPE and o in KINDS and not s.startswith("_:")]
    for axiom in ontology.axioms:
        lines.append(" ".join([axiom.text, *sorted(axiom.blanks & shared)]))
    return "\n".join(sorted(lines)).encode()


def _parse(text: str) -> Iterator[Triple]:
    # Not splitlines(): a literal may hold the other line separators of Unicode.
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line.rstrip("\r"))
        if match is None:
            raise SourceError(f"line {number} of the graph is not a triple: {line[:80]}")
        if match[1]:
            yield match[1], match[2], match[3]


def _group(triples: Iterable[Triple]) -> Iterator[Axiom]:
    by_blank: dict[str, list[Triple]] = defaultdict(list)
    others: list[Triple] = []
    for triple in triples:
        (by_blank[triple[0]] if triple[0].startswith("_:") else others).append(triple)
    reached: set[str] = set()
    for triple in others:
        yield Axiom((triple, *_described(triple[2], by_blank, reached)))
    objects = {o for found in by_blank.values() for _, _, o in found if o.startswith("_:")}
    # A root first; what is left over after the roots is a circle of blank nodes, broken anywhere.
    for blank in sorted(by_blank, key=lambda b: b in objects):
        if blank not in reached:
            yield from _of_root(by_blank[blank], by_blank, reached)


def _of_root(own: list[Triple], by_blank: dict[str, list[Triple]], reached: set[str]) -> Iterator[Axiom]:
    """The axioms of a blank node that no other triple leads to: one of a set or an expression, else one a triple."""
    head = next((t for t in own if t[1] in _GENERAL), None) or next(
        (t for t in own if t[1] == TYPE and t[2].startswith(BUILT_IN)), None
    )
    for first, rest in [(head, [t for t in own if t != head])] if head else [(t, []) for t in own]:
        reached.add(first[0])
        described = [d for t in (first, *rest) for d in _described(t[2], by_blank, reached)]
        yield Axiom((first, *rest, *(d for d in dict.fromkeys(described) if d not in own)))


def _described(term: str, by_blank: dict[str, list[Triple]], reached: set[str]) -> list[Triple]:
    """The triples about a blank node and about those that it leads to, each once."""
    found: list[Triple] = []
    waiting, seen = [term], {term}
    while waiting:
        blank = waiting.pop()
        if not blank.startswith("_:"):
            continue
        reached.add(blank)
        for triple in by_blank.get(blank, ()):
            found.append(triple)
            if triple[2] not in seen:
                seen.add(triple[2])
                waiting.append(triple[2])
    return found


def _in_vocabulary(axiom: Axiom) -> bool:
    if axiom.predicate == TYPE:
        return axiom.object in CHARACTERISTICS | _SETS or not axiom.object.startswith(BUILT_IN)
    return axiom.predicate in _LOGICAL or not axiom.predicate.startswith(BUILT_IN)


def _reasonable(literal: str) -> bool:
    return well_formed(literal) and split(literal)[2] not in _terms(RDF, "XMLLiteral PlainLiteral")
