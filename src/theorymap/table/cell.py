"""A value with its sources, and what it rests on."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


class Status(enum.Enum):
    """What a cell rests on. That nobody mapped one thing to another is no silence of a document."""

    STATED = "stated"
    INFERRED = "inferred"
    BACKGROUND = "background"
    CONFLICTING = "conflicting"
    ANNOUNCED = "announced"
    NOT_REPORTED = "not reported"
    ABSTRACT_ONLY = "not reported, abstract only"
    NOT_APPLICABLE = "not applicable"
    NO_MAPPING = "no mapping"

    blank: bool
    """Whether a cell of this status holds no value; an attribute, since every cell that is made asks for it."""


for _status in Status:
    _status.blank = _status.name in ("ANNOUNCED", "NOT_REPORTED", "ABSTRACT_ONLY", "NOT_APPLICABLE", "NO_MAPPING")


NOTHING = "–"
"""What a reader sees in a cell where there is nothing to say, and no document leaves anything out."""


@dataclass(frozen=True)
class Source:
    """Where a cell can be looked up.

    Attributes:
        document: The document that was read, such as ``work/keating-2015``.
        place: The section or note, as the passage names it; empty where the document as a whole is meant.
        said: Who says so there, and through whom, in words; empty where the row of the cell says it.
    """

    document: str
    place: str = ""
    said: str = ""

    def __str__(self) -> str:
        return f"{self.document}, {self.place}" if self.place else self.document


def worded(value: str | int | float | bool) -> str:
    """A value as text; a truth value as in SPARQL and JSON."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Cell:
    """One value with its sources and its status.

    Attributes:
        value: The value; None for a blank.
        sources: Where the value can be looked up, or what was searched for one.
        status: What it rests on.
        iri: The IRI that the value is the short form of.
        parts: Where several values share the cell: each with its own sources and status. Then `value` joins them.
        opposed: Of a comparison: whether another value of the cell, or one of another thing, excludes it.

    Raises:
        ValueError: The cell has a value but neither a source nor a status that needs none, or a blank has a value.
    """

    value: str | int | float | bool | None
    sources: tuple[Source, ...] = ()
    status: Status = Status.STATED
    iri: str = ""
    parts: tuple[Cell, ...] = ()
    opposed: bool = False

    def __post_init__(self) -> None:
        if self.status.blank != (self.value is None):
            raise ValueError(f"a cell that is {self.status.value} cannot have the value {self.value!r}")
        if self.value is not None and not self.sources and self.status is not Status.INFERRED:
            raise ValueError(f"the cell {self.value!r} is {self.status.value} but names no source")

    def __str__(self) -> str:
        return f"({self.status.value})" if self.value is None else worded(self.value)

    def data(self) -> str | int | float | bool | None:
        """The value for a program, to which a cell that has nothing to say is empty."""
        return None if self.value == NOTHING else self.value

    def to_json(self) -> list[Any]:
        """The cell as plain data, ready for `json.dumps`."""
        sources = [[s.document, s.place, s.said] if s.said else [s.document, s.place] for s in self.sources]
        more: list[Any] = [[part.to_json() for part in self.parts]] if self.parts else []
        more += [True] if self.opposed else []
        return [self.value, sources, self.status.value, self.iri, *more]

    def single(self) -> tuple[Cell, ...]:
        """The values that share the cell, or the cell itself."""
        return self.parts or (self,)

    @classmethod
    def from_json(cls, data: list[Any]) -> Cell:
        """The cell that `to_json` made plain.

        Raises:
            TypeError, ValueError: The data are not of that form.
        """
        value, sources, status, iri, *more = data
        opposed = more[-1:] == [True]
        parts = tuple(cls.from_json(part) for parts in more[: len(more) - opposed] for part in parts)
        return cls(value, tuple(itertools.starmap(Source, sources)), Status(status), iri, parts, opposed)


def joined(sources: Iterable[Source]) -> str:
    """Sources as one text, each once."""
    return " | ".join(dict.fromkeys(map(str, sources)))
