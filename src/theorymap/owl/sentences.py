"""Axioms as sentences that a reader needs no logic for: "every State is a Case", "nothing is both ..."."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from theorymap.terms import OWL, RDFS, XSD, local

from .axioms import TYPE, Axiom
from .literals import is_literal, split

Label = Callable[[str], str]
"""From an IRI to what a reader calls the thing."""

_SHOWN = 4
_DATATYPES = {
    "integer": "a whole number",
    "nonNegativeInteger": "a whole number from 0",
    "positiveInteger": "a whole number from 1",
    "decimal": "a number",
    "double": "a number",
    "float": "a number",
    "string": "a text",
    "boolean": "true or false",
    "anyURI": "a web address",
    "dateTime": "a date with a time",
}
_FACETS = {
    "minInclusive": "at least {}",
    "maxInclusive": "at most {}",
    "minExclusive": "more than {}",
    "maxExclusive": "less than {}",
    "pattern": "of the form {}",
    "length": "{} characters long",
    "minLength": "at least {} characters long",
    "maxLength": "at most {} characters long",
}
_PROPERTY_TRAITS = {
    "FunctionalProperty": "nothing has more than one {p}",
    "InverseFunctionalProperty": "no two things have the same {p}",
    "TransitiveProperty": "if one thing has a second as {p}, and the second a third, the first has the third as {p}",
    "SymmetricProperty": "if one thing has another as {p}, the other has the first as {p}",
    "AsymmetricProperty": "if one thing has another as {p}, the other does not have the first as {p}",
    "ReflexiveProperty": "everything has itself as {p}",
    "IrreflexiveProperty": "nothing has itself as {p}",
}


class Sentences:
    """Puts the axioms of one explanation into words.

    Args:
        label: What a reader calls the thing of an IRI.
        relevant: The names, in angle brackets, that matter; of a long list of things only these are told.
    """

    def __init__(self, label: Label, relevant: Collection[str] = ()) -> None:
        self._label = label
        self._relevant = frozenset(relevant)

    def clause(self, axiom: Axiom) -> str:
        """What an axiom says, as a clause that can follow "says that"."""
        if axiom.predicate == TYPE:
            return self._typed(axiom)
        if axiom.predicate in (f"<{OWL.sameAs}>", f"<{OWL.differentFrom}>"):
            relation = "the same" if axiom.predicate == f"<{OWL.sameAs}>" else "not the same"
            return f"{self._name(axiom.subject)} and {self._name(axiom.object)} are {relation}"
        about_classes = self._of_classes(axiom)
        return about_classes or self._of_properties(axiom) or self._assertion(axiom)

    def _assertion(self, axiom: Axiom) -> str:
        value = self._verb(axiom, axiom.object) if self._is_description(axiom, axiom.object) else ""
        value = f"something that {value}" if value else self._name(axiom.object)
        return f"{self._name(axiom.subject)} has {value} as {self._property(axiom, axiom.predicate)}"

    def _is_description(self, axiom: Axiom, term: str) -> bool:
        return term.startswith("_:") and any(subject == term for subject, _ in axiom.about)

    def _typed(self, axiom: Axiom) -> str:
        kind = local(axiom.object[1:-1])
        if not axiom.object.startswith(f"<{OWL}"):
            return f"{self._name(axiom.subject)} {self._verb(axiom, axiom.object)}"
        if kind in _PROPERTY_TRAITS:
            return _PROPERTY_TRAITS[kind].format(p=self._property(axiom, axiom.subject))
        if kind == "NegativePropertyAssertion":
            return self._denied(axiom)
        members = self._chosen(axiom.members(axiom.value(axiom.subject, OWL.members, OWL.distinctMembers)))
        if kind == "AllDifferent":
            names = [self._name(member) for member in members]
            return f"{_all(names)} are not the same" if len(names) == 2 else f"no two of {_all(names)} are the same"
        if kind == "AllDisjointClasses":
            return self._disjoint_classes(axiom, members)
        return self._disjoint_properties(axiom, members)

    def _denied(self, axiom: Axiom) -> str:
        source = self._name(axiom.value(axiom.subject, OWL.sourceIndividual))
        value = self._name(axiom.value(axiom.subject, OWL.targetIndividual, OWL.targetValue))
        prop = self._property(axiom, axiom.value(axiom.subject, OWL.assertionProperty))
        return f"{source} does not have {value} as {prop}"

    def _disjoint_classes(self, axiom: Axiom, members: Sequence[str]) -> str:
        nouns = [self._noun(axiom, member) for member in members]
        if len(nouns) == 2:
            return f"nothing is both {nouns[0]} and {nouns[1]}"
        return f"nothing is two of these at once: {', '.join(nouns)}"

    def _disjoint_properties(self, axiom: Axiom, members: Sequence[str]) -> str:
        names = [self._property(axiom, member) for member in members]
        both = f"both as {names[0]} and as {names[1]}" if len(names) == 2 else f"as two of these: {', '.join(names)}"
        return f"nothing has the same thing {both}"

    def _of_classes(self, axiom: Axiom) -> str:
        subject, value = axiom.subject, axiom.object
        every = self._every(axiom, subject)
        match local(axiom.predicate[1:-1]):
            case "subClassOf" if value == f"<{OWL.Nothing}>":
                return f"nothing is {self._noun(axiom, subject)}"
            case "subClassOf":
                return f"{every} {self._verb(axiom, value)}"
            case "equivalentClass" if value == f"<{OWL.Nothing}>":
                return f"nothing is {self._noun(axiom, subject)}"
            case "equivalentClass" | "intersectionOf" | "unionOf" | "oneOf" | "complementOf" as how:
                what = self._verb(axiom, value) if how == "equivalentClass" else self._built(axiom, subject, how)
                return f"{every} {what}, and whatever {what} is {self._noun(axiom, subject)}"
            case "disjointWith":
                return self._disjoint_classes(axiom, (subject, value))
            case "disjointUnionOf":
                return f"{every} is exactly one of these: {self._nouns(axiom, axiom.members(value))}"
            case "hasKey":
                keys = _all([self._property(axiom, key) for key in axiom.members(value)])
                return f"whatever {self._verb(axiom, subject)} is told from its like by {keys}"
        return ""

    def _of_properties(self, axiom: Axiom) -> str:
        mine, other = (self._property(axiom, term) for term in (axiom.subject, axiom.object))
        match local(axiom.predicate[1:-1]):
            case "domain":
                return f"whatever has {_article(mine)} {self._verb(axiom, axiom.object)}"
            case "range":
                return f"whatever is the {mine} of something {self._verb(axiom, axiom.object)}"
            case "subPropertyOf":
                return f"whatever one thing has as {mine} it also has as {other}"
            case "equivalentProperty":
                return f"whatever one thing has as {mine} it also has as {other}, and the other way round"
            case "inverseOf":
                return (
                    f"if one thing has another as {mine}, the other has the first as {other}, and the other way round"
                )
            case "propertyDisjointWith":
                return self._disjoint_properties(axiom, (axiom.subject, axiom.object))
            case "propertyChainAxiom":
                steps = ", then ".join(self._property(axiom, step) for step in axiom.members(axiom.object))
                return f"what one thing reaches by {steps}, it has as {mine}"
        return ""

    def _every(self, axiom: Axiom, term: str) -> str:
        return f"whatever {self._verb(axiom, term)}" if term.startswith("_:") else f"every {self._name(term)}"

    def _verb(self, axiom: Axiom, term: str) -> str:
        """A class or a data range as the end of a sentence about one thing: "is a State", "has no cause"."""
        if not term.startswith("_:"):
            return f"is {self._noun(axiom, term)}"
        for how in ("intersectionOf", "unionOf", "oneOf", "complementOf", "datatypeComplementOf", "onDatatype"):
            if axiom.value(term, OWL.term(how)):
                return self._built(axiom, term, how)
        return self._restricted(axiom, term)

    def _built(self, axiom: Axiom, term: str, how: str) -> str:
        value = axiom.value(term, OWL.term(how))
        if how == "onDatatype":
            return self._faceted(axiom, term)
        if how == "oneOf":
            return f"is one of these: {_all([self._name(member) for member in axiom.members(value)])}"
        if how in ("complementOf", "datatypeComplementOf"):
            simple = not value.startswith("_:")
            return f"is not {self._noun(axiom, value)}" if simple else f"is not such that it {self._verb(axiom, value)}"
        joint = " and " if how == "intersectionOf" else " or "
        return joint.join(self._verb(axiom, member) for member in axiom.members(value))

    def _restricted(self, axiom: Axiom, term: str) -> str:
        prop = self._property(axiom, axiom.value(term, OWL.onProperty))
        some, only = axiom.value(term, OWL.someValuesFrom), axiom.value(term, OWL.allValuesFrom)
        if some:
            return f"has as {prop} something" + self._such(axiom, some)
        if only == f"<{OWL.Nothing}>":
            return f"has no {prop}"
        if only:
            return f"has as {prop} nothing but what {self._verb(axiom, only)}"
        if value := axiom.value(term, OWL.hasValue):
            return f"has {self._name(value)} as {prop}"
        if axiom.value(term, OWL.hasSelf):
            return f"has itself as {prop}"
        return self._counted(axiom, term, prop)

    def _counted(self, axiom: Axiom, term: str, prop: str) -> str:
        counts = (
            ("at least", OWL.minCardinality, OWL.minQualifiedCardinality),
            ("at most", OWL.maxCardinality, OWL.maxQualifiedCardinality),
            ("exactly", OWL.cardinality, OWL.qualifiedCardinality),
        )
        for words, *predicates in counts:
            if number := axiom.value(term, *predicates):
                kind = axiom.value(term, OWL.onClass, OWL.onDataRange)
                many = split(number)[0]
                return f"has {words} {many} {prop}" + (self._such(axiom, kind) if kind else "")
        return "is as described there"

    def _such(self, axiom: Axiom, term: str) -> str:
        return "" if term in (f"<{OWL.Thing}>", f"<{RDFS.Literal}>") else f" that {self._verb(axiom, term)}"

    def _faceted(self, axiom: Axiom, term: str) -> str:
        limits = []
        for node in axiom.members(axiom.value(term, OWL.withRestrictions)):
            for (subject, predicate), values in axiom.about.items():
                if subject == node:
                    limits += [_FACETS.get(local(predicate[1:-1]), "limited by {}").format(self._name(values[0]))]
        return f"is {self._noun(axiom, axiom.value(term, OWL.onDatatype))}, {' and '.join(limits)}"

    def _noun(self, axiom: Axiom, term: str) -> str:
        if term.startswith("_:"):
            return f"something that {self._verb(axiom, term)}"
        if term.startswith(f"<{XSD}"):
            name = local(term[1:-1])
            return _DATATYPES.get(name, f"a value of the type {name}")
        return "anything" if term == f"<{OWL.Thing}>" else _article(self._name(term))

    def _nouns(self, axiom: Axiom, terms: Sequence[str]) -> str:
        return ", ".join(self._noun(axiom, term) for term in terms)

    def _property(self, axiom: Axiom, term: str) -> str:
        inverse = axiom.value(term, OWL.inverseOf) if term.startswith("_:") else ""
        return f"“{self._name(inverse)}” read backwards" if inverse else f"“{self._name(term)}”"

    def _name(self, term: str) -> str:
        if is_literal(term):
            text, _, datatype = split(term)
            text = " ".join(text.split())
            text = text if len(text) <= 60 else text[:59].rstrip() + "…"
            return f"“{text}”" if "string" in datatype.lower() else text
        return "something" if term.startswith("_:") or not term else self._label(term[1:-1])

    def _chosen(self, members: Sequence[str]) -> Sequence[str]:
        """Of a long list the members that matter, or the first ones if too few do."""
        relevant = [member for member in members if member in self._relevant]
        return relevant if len(relevant) > 1 else members[:_SHOWN]


def _all(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _article(noun: str) -> str:
    """A noun with "a" or "an", as far as its spelling tells how it sounds."""
    bare = noun.lstrip("“").lower()
    return f"{'an' if bare[:1] in 'aeiou' and not bare.startswith(('uni', 'eu', 'one', 'use')) else 'a'} {noun}"
