"""Terms, statements and rows as plain Python, so that no module but the store knows an RDF library.

Terms are strings: rows can be compared, sorted and printed as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from theorymap.terms import XSD

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBERS = {XSD + name for name in ("decimal", "double", "float")}


class Iri(str):
    """The name of a thing."""

    __slots__ = ()


class Blank(str):
    """The label of a node without a name; it means something within one answer only."""

    __slots__ = ()


class Literal(str):
    """A value; as a string, its lexical form.

    Attributes:
        datatype: The IRI of its type.
        language: Its language tag; empty where it has none.
    """

    __slots__ = ("datatype", "language")
    datatype: str
    language: str

    def __new__(cls, lexical: str, datatype: str = XSD.string, language: str = "") -> Literal:
        made = super().__new__(cls, lexical)
        made.datatype, made.language = datatype, language
        return made

    def plain(self) -> str | int | float | bool:
        """The value as a Python number or truth value where its type says so and its form allows, else as a string."""
        try:
            if self.datatype == XSD.integer:
                return int(self)
            if self.datatype in _NUMBERS:
                return float(self)
        except ValueError:
            return str(self)
        if self.datatype == XSD.boolean:
            return self in ("true", "1")
        return str(self)


Term = Iri | Blank | Literal


class Quad(NamedTuple):
    """One statement and the graph, that is the file, in which it stands."""

    subject: Iri | Blank
    predicate: Iri
    object: Term
    graph: Iri | Blank | None


@dataclass(frozen=True)
class Solutions:
    """The rows that a SELECT query gives.

    Attributes:
        variables: The names of the columns, in the order of the projection.
        rows: One tuple a row, None where a variable has no value; in the order of the query.
    """

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def records(self) -> list[dict[str, Term | None]]:
        """The rows as dictionaries from variable to term."""
        return [dict(zip(self.variables, row, strict=True)) for row in self.rows]


def not_xml(text: str) -> str:
    r"""The first character that XML cannot hold (XML 1.0, production 2), by its number; empty where there is none.

    >>> not_xml("a\x07b")
    'U+0007'
    """
    found = _NOT_XML.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
