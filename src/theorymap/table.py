"""The answer to a question: rows of cells, each with its sources and a status.

A cell with a value has a source, or says that it is inferred, background, or a blank of a stated sort.
A cell without sources that is none of these cannot be made: that every cell leads to a page is decided here alone.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


class Status(enum.Enum):
    """What a cell rests on."""

    STATED = "stated"
    INFERRED = "inferred"
    BACKGROUND = "background"
    CONFLICTING = "conflicting"
    ANNOUNCED = "announced"
    NOT_REPORTED = "not reported"
    ABSTRACT_ONLY = "not reported, abstract only"
    NOT_APPLICABLE = "not applicable"

    @property
    def blank(self) -> bool:
        """Whether a cell of this status holds no value."""
        return self in _BLANKS


_BLANKS = frozenset({Status.ANNOUNCED, Status.NOT_REPORTED, Status.ABSTRACT_ONLY, Status.NOT_APPLICABLE})


@dataclass(frozen=True)
class Source:
    """Where a cell can be looked up.

    Attributes:
        document: The document that was read, such as ``work/keating-2015``.
        place: The section or note, as the passage names it; empty where the document as a whole is meant.
    """

    document: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.document}, {self.place}" if self.place else self.document


@dataclass(frozen=True)
class Cell:
    """One value with its sources and its status.

    Raises:
        ValueError: The cell has a value but neither a source nor a status that needs none, or a blank has a value.
    """

    value: str | int | float | bool | None
    sources: tuple[Source, ...] = ()
    status: Status = Status.STATED
    iri: str = ""

    def __post_init__(self) -> None:
        if self.status.blank != (self.value is None):
            raise ValueError(f"a cell that is {self.status.value} cannot have the value {self.value!r}")
        if self.value is not None and not self.sources and self.status is not Status.INFERRED:
            raise ValueError(f"the cell {self.value!r} is {self.status.value} but names no source")

    def __str__(self) -> str:
        return f"({self.status.value})" if self.value is None else str(self.value)

    def to_json(self) -> list[Any]:
        """The cell as plain data, ready for `json.dumps`."""
        sources = [[source.document, source.place] for source in self.sources]
        return [self.value, sources, self.status.value, self.iri]

    @classmethod
    def from_json(cls, data: list[Any]) -> Cell:
        """The cell that `to_json` made plain.

        Raises:
            TypeError, ValueError: The data are not of that form.
        """
        value, sources, status, iri = data
        return cls(value, tuple(itertools.starmap(Source, sources)), Status(status), iri)


@dataclass(frozen=True)
class Column:
    """A column: its name in the data, and its heading for a reader."""

    name: str
    title: str


@dataclass(frozen=True)
class Table:
    """Rows of cells under named columns.

    Attributes:
        title: The question that the table answers.
        columns: The columns, in order.
        rows: One tuple of cells a row, as many as there are columns; the order is part of the answer.
        notes: What a reader must know to read the table rightly.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row must have one cell a column")

    def __len__(self) -> int:
        return len(self.rows)

    def to_json(self) -> dict[str, Any]:
        """The table as plain data, ready for `json.dumps`."""
        return {
            "title": self.title,
            "columns": [[column.name, column.title] for column in self.columns],
            "rows": [[cell.to_json() for cell in row] for row in self.rows],
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Table:
        """The table that `to_json` made plain.

        Raises:
            KeyError, TypeError, ValueError: The data are not of that form.
        """
        columns = tuple(Column(*column) for column in data["columns"])
        rows = tuple(tuple(Cell.from_json(cell) for cell in row) for row in data["rows"])
        return cls(data["title"], columns, rows, tuple(data["notes"]))

    def column(self, name: str) -> list[Cell]:
        """The cells of one column, from top to bottom.

        Raises:
            KeyError: There is no such column.
        """
        names = [column.name for column in self.columns]
        if name not in names:
            raise KeyError(name)
        return [row[names.index(name)] for row in self.rows]

    def records(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries from column name to cell."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def sources(self) -> Sequence[Source]:
        """Every source that a cell names, once, in the order of the rows."""
        return tuple(dict.fromkeys(source for row in self.rows for cell in row for source in cell.sources))
