"""The namespaces of theorymap and of the vocabularies that it reuses, and the short names of IRIs.

A `Namespace` is a string that makes IRIs: ``TM.holder`` is the IRI of ``tm:holder``.
Whether a term exists is not decided here: the check of identifiers holds every IRI in our namespaces to the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


class Namespace(str):
    """The common beginning of the IRIs of one vocabulary; an attribute or a key is one of its terms."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        # Kept, since terms are asked for in every loop over statements.
        iri = self.__dict__[name] = self + name
        return iri

    def term(self, name: str) -> str:
        """The IRI of a term whose name is no Python identifier."""
        return self + name


TM = Namespace("https://w3id.org/theorymap/ns/")
IR = Namespace("https://w3id.org/theorymap/ns/ir/")
ID = Namespace("https://w3id.org/theorymap/id/")
SHAPES = Namespace("https://w3id.org/theorymap/shapes/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")
CITO = Namespace("http://purl.org/spar/cito/")
BIBO = Namespace("http://purl.org/ontology/bibo/")

PREFIXES: dict[str, str] = {
    "bibo": BIBO,
    "cito": CITO,
    "dcterms": DCTERMS,
    "id": ID,
    "ir": IR,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "tm": TM,
    "xsd": XSD,
}

NOT_REPORTED = ID.term("not-reported")
NOT_APPLICABLE = ID.term("not-applicable")
UNSPECIFIED = ID.term("unspecified")
_MARKERS = {iri[len(ID) :]: iri for iri in (NOT_REPORTED, NOT_APPLICABLE, UNSPECIFIED)}
"""What stands for no value in every workspace, whatever its base."""

_NESTED = re.compile(r"(?P<owner>.+)/(?P<kind>[a-z]+(?:-[a-z]+)*)-[0-9a-f]{10}")
_BY_LENGTH = sorted(((name, iri) for name, iri in PREFIXES.items() if iri != ID), key=lambda item: -len(item[1]))


def prefixes(base: str = ID) -> dict[str, str]:
    """The prefixes in a workspace with that base: ``id`` stands for its own individuals."""
    return PREFIXES | {"id": base}


def short(iri: str, base: str = ID) -> str:
    """An IRI as an author writes it: ``claim/x`` for an individual of ours, ``tm:holder`` for a term, else unchanged.

    Args:
        base: The base of the workspace, with which the IRIs of its individuals begin.

    >>> short("https://w3id.org/theorymap/id/state/brazil"), short("https://w3id.org/theorymap/ns/holder")
    ('state/brazil', 'tm:holder')
    """
    if iri.startswith(base):
        return iri[len(base) :]
    if iri in _MARKERS.values():
        return iri[len(ID) :]
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expanded(name: str, base: str = ID) -> str:
    """The IRI of a short identifier such as ``claim/x``; an IRI stays what it is.

    >>> expanded("claim/x")
    'https://w3id.org/theorymap/id/claim/x'
    """
    return name if ":" in name else _MARKERS.get(name) or base + name


def in_words(iri: str, base: str = ID) -> str:
    """An entity as a sentence names it; what is written in place is named by its owner.

    >>> in_words("https://w3id.org/theorymap/id/claim/rain-founds-leagues/attribution-0123456789")
    'an attribution of claim/rain-founds-leagues'
    """
    name = short(iri, base)
    nested = _NESTED.fullmatch(name)
    if nested is None:
        return name
    kind = nested["kind"].replace("-", " ")
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} of {nested['owner']}"


def local(iri: str) -> str:
    """The last part of an IRI: ``brazil`` for ``.../id/state/brazil``."""
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]


def ours(iri: str, base: str = ID) -> bool:
    """Whether an IRI lies in a namespace in which only theorymap, or the workspace with that base, defines things."""
    return iri.startswith((TM, base))


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word most like a given one, or None where nothing is like it, or where a caller gave no word at all.

    >>> nearest("hegde", ["holder", "hedge"])
    'hedge'
    """
    import difflib

    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=cutoff) if isinstance(word, str) else ()
    return found[0] if found else None
