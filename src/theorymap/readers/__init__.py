"""Readers: each turns the bytes of a file into statements, the places where they stand, and findings.

Every reader is a function ``read(data: bytes, file: str) -> Reading`` that never raises for what the file holds.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from theorymap.findings import Finding
from theorymap.terms import RDF, XSD


class Literal(NamedTuple):
    """A value that is no identifier: its wording, its datatype and, for text in a known language, the language tag."""

    value: str
    datatype: str = XSD.string
    language: str = ""


Term = str | Literal
"""An IRI as a plain string, or a literal."""


class Statement(NamedTuple):
    """One thing said of a subject; subject and predicate are IRIs. No statement holds a blank node."""

    subject: str
    predicate: str
    object: Term


@dataclass
class Origins:
    """Where in its file each statement stands; filled while reading.

    Attributes:
        places: Line and column, counted from 1, by subject, predicate and value; an empty predicate or value
            means the subject, or the subject's predicate, as a whole. The value is an IRI or a literal's wording.
    """

    places: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, subject: str, line: int, column: int = 0, predicate: str = "", value: str = "") -> None:
        """Note a place, unless an earlier one is known already."""
        self.places.setdefault((subject, predicate, value), (line, column))

    def find(self, subject: str, predicate: str = "", value: str = "") -> tuple[int, int]:
        """The most specific place that is known, or (0, 0)."""
        for key in ((subject, predicate, value), (subject, predicate, ""), (subject, "", "")):
            if key in self.places:
                return self.places[key]
        return (0, 0)

    def to_json(self) -> dict[str, list[tuple[str, str, int, int]]]:
        """The places as plain data, ready for `json.dumps`: predicate, value, line and column by subject."""
        found: dict[str, list[tuple[str, str, int, int]]] = {}
        for (subject, predicate, value), place in self.places.items():
            found.setdefault(subject, []).append((predicate, value, *place))
        return found

    @classmethod
    def from_json(cls, data: dict[str, list[tuple[str, str, int, int]]]) -> Origins:
        """The origins that `to_json` made plain.

        Raises:
            AttributeError, TypeError, ValueError: The data are not of that form.
        """
        return cls({(s, p, value): (line, column) for s, rows in data.items() for p, value, line, column in rows})


@dataclass(frozen=True)
class Reading:
    """What a file holds: its statements in the order of the file, where they stand, and what is wrong with it."""

    statements: tuple[Statement, ...]
    origins: Origins
    findings: tuple[Finding, ...]


def to_nquads(statements: Iterable[Statement], graph: str) -> bytes:
    """The statements as N-Quads in one named graph: each once, sorted, in UTF-8.

    Terms are written as the canonical form of N-Quads in RDF Dataset Canonicalization 1.0 (W3C) has them.

    Raises:
        ValueError: An IRI holds a character that no IRI may hold.

    >>> to_nquads([Statement("http://a", "http://b", Literal('say "x"'))], "http://g")
    b'<http://a> <http://b> "say \\\\"x\\\\"" <http://g> .\\n'
    """
    name = _iri(graph)
    lines = {f"{_iri(s.subject)} {_iri(s.predicate)} {_term(s.object)} {name} .\n" for s in statements}
    return "".join(sorted(lines)).encode("utf-8", errors="replace")


_NOT_IN_IRI = frozenset('<>"{}|^`\\') | {chr(code) for code in range(0x21)}
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


@functools.lru_cache(maxsize=1 << 16)
def _iri(iri: str) -> str:
    if not iri or not _NOT_IN_IRI.isdisjoint(iri):
        raise ValueError(f"{iri!r} is no IRI")
    return f"<{iri}>"


def _term(term: Term) -> str:
    if isinstance(term, str):
        return _iri(term)
    text = f'"{term.value.translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return text if term.datatype in (XSD.string, RDF.langString) else f"{text}^^{_iri(term.datatype)}"
