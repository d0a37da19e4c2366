"""What an author may write where: the keys of the source files, as the context and the ontology define them.

`ontology/context.jsonld` says which property a key stands for and how its values are read; the ontology says on which
classes a property is used (`schema:domainIncludes`), what its values are (`schema:rangeIncludes`) and under which key
the members of a class stand in a file (`tm:slot`). A class without a slot is written in place, inside its owner.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from theorymap.errors import SourceError
from theorymap.terms import RDF, RDFS, SCHEMA, TM, local

_OWN_CONTEXT_KEYS = {"@id", "@type", "@language", "@container", "@context"}


@dataclass(frozen=True)
class Key:
    """How a key of a source file is read.

    Attributes:
        name: The key.
        iri: The property that it stands for.
        coercion: `id` (an identifier), `vocab` (a coded value) or `literal`.
        base: Where coded values are defined, for `vocab`.
        datatype, language: Of a literal; both empty for a plain string.
    """

    name: str
    iri: str
    coercion: str
    base: str = ""
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The keys, types and places of the source files.

    Attributes:
        keys: Keys that stand on an entity, by name.
        slots: Keys that hold the entities of a file, each with the class of its members.
        types: Class IRIs by the names that authors write.
        parents: For each class, itself and all its superclasses.
        domains: For each property, the classes on which it is used; a property that is not listed may stand anywhere.
        nested: For each property whose values are written in place, their class.
    """

    keys: dict[str, Key]
    slots: dict[str, str]
    types: dict[str, str]
    parents: dict[str, frozenset[str]]
    domains: dict[str, frozenset[str]]
    nested: dict[str, str]
    context: dict[str, Any] = field(repr=False)
    _belongs: dict[tuple[str, ...], bool] = field(default_factory=dict, init=False, repr=False)
    _keys_of: dict[tuple[str, ...], list[str]] = field(default_factory=dict, init=False, repr=False)

    @functools.cached_property
    def type_names(self) -> dict[str, str]:
        """The names that authors write, by class IRI."""
        return {iri: name for name, iri in self.types.items()}

    def belongs(self, key: Key, classes: Iterable[str]) -> bool:
        """Whether a key may stand on an entity of these classes."""
        domains = self.domains.get(key.iri)
        if domains is None:
            return True
        asked = (key.iri, *classes)
        if asked not in self._belongs:
            self._belongs[asked] = any(not domains.isdisjoint(self.parents.get(c, {c})) for c in classes)
        return self._belongs[asked]

    def keys_of(self, classes: Iterable[str]) -> list[str]:
        """The keys that may stand on an entity of these classes, sorted."""
        known = tuple(classes)
        if known not in self._keys_of:
            self._keys_of[known] = sorted(name for name, key in self.keys.items() if self.belongs(key, known))
        return self._keys_of[known]

    def hosts(self, key: Key) -> list[str]:
        """The names of the classes on which a key is used, sorted."""
        return sorted(local(iri) for iri in self.domains.get(key.iri, ()))

    @classmethod
    def make(cls, context: bytes, ontology: Iterable[tuple[str, str, str]]) -> Vocabulary:
        """The vocabulary that a context and the IRI-valued and plain triples of the ontology give.

        Raises:
            SourceError: The context is no JSON-LD context, is not complete, or uses a feature that JSON-LD processors
                disagree on.
        """
        terms = _context(context)
        prefixes = {
            name: value for name, value in terms.items() if isinstance(value, str) and value.endswith(("/", "#"))
        }
        parents, domains, ranges, slots = _ontology(ontology)
        nested = {
            prop: only
            for prop, only in ranges.items()
            if only and only not in slots.values() and _in_place(only, parents)
        }
        keys, types = {}, {}
        for name, value in terms.items():
            if isinstance(value, str) and name[:1].isupper():
                types[name] = _iri(value, prefixes)
            elif isinstance(value, dict) and name not in slots:
                keys[name] = _key(name, value, prefixes)
        return cls(keys, slots, types, parents, domains, nested, terms)


def _context(data: bytes) -> dict[str, Any]:
    try:
        terms = dict(json.loads(data)["@context"])
    except (ValueError, KeyError, TypeError) as problem:
        raise SourceError(f"the context is no JSON-LD context: {problem}") from problem
    for name, value in terms.items():
        if isinstance(value, dict) and not set(value) <= _OWN_CONTEXT_KEYS:
            extra = ", ".join(sorted(set(value) - _OWN_CONTEXT_KEYS))
            raise SourceError(f"the context uses {extra} for {name}, on which JSON-LD processors disagree")
    return terms


def _iri(name: str, prefixes: dict[str, str]) -> str:
    prefix, colon, rest = name.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes else name


def _key(name: str, value: dict[str, Any], prefixes: dict[str, str]) -> Key:
    kind, scoped = value.get("@type", ""), value.get("@context") or {}
    if "@id" not in value or (kind == "@vocab") != ("@vocab" in scoped):
        raise SourceError(f"the context does not say what {name} stands for, or where its values are defined")
    iri = _iri(value["@id"], prefixes)
    if kind == "@id":
        return Key(name, iri, "vocab", base=scoped["@base"]) if "@base" in scoped else Key(name, iri, "id")
    if kind == "@vocab":
        return Key(name, iri, "vocab", base=scoped["@vocab"])
    return Key(name, iri, "literal", datatype=_iri(kind, prefixes), language=value.get("@language", ""))


def _ontology(
    triples: Iterable[tuple[str, str, str]],
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], dict[str, str], dict[str, str]]:
    """Superclasses with the class itself, domains, the range where there is only one, and slots."""
    above: dict[str, set[str]] = {}
    domains: dict[str, set[str]] = {}
    ranges: dict[str, set[str]] = {}
    slots: dict[str, str] = {}
    for subject, predicate, value in triples:
        if predicate == RDFS.subClassOf:
            above.setdefault(subject, set()).add(value)
        elif predicate == SCHEMA.domainIncludes:
            domains.setdefault(subject, set()).add(value)
        elif predicate == SCHEMA.rangeIncludes:
            ranges.setdefault(subject, set()).add(value)
        elif predicate == TM.slot:
            slots[value] = subject
        elif predicate == RDF.type:
            above.setdefault(subject, set())
    parents = {name: frozenset(_closure(name, above)) for name in above}
    one = {prop: next(iter(values)) for prop, values in ranges.items() if len(values) == 1}
    return parents, {prop: frozenset(values) for prop, values in domains.items()}, one, slots


def _closure(name: str, above: dict[str, set[str]]) -> set[str]:
    found, todo = {name}, [name]
    while todo:
        new = above.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


def _in_place(name: str, parents: dict[str, frozenset[str]]) -> bool:
    """Whether members of a class are written in place: it has no slot, and they are neither coded values nor works."""
    return parents.get(name, frozenset()).isdisjoint({TM.CodedValue, TM.Work, TM.Agent, TM.Case, TM.Claim})
