"""The answer to a question: rows of cells, each with its sources and a status.

A cell with a value has a source, or says that it is inferred, background, or a blank of a stated sort.
A cell without sources that is none of these cannot be made: that every cell leads to a page is decided here alone.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from theorymap.errors import EngineError


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

    Raises:
        ValueError: The cell has a value but neither a source nor a status that needs none, or a blank has a value.
    """

    value: str | int | float | bool | None
    sources: tuple[Source, ...] = ()
    status: Status = Status.STATED
    iri: str = ""
    parts: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        if self.status.blank != (self.value is None):
            raise ValueError(f"a cell that is {self.status.value} cannot have the value {self.value!r}")
        if self.value is not None and not self.sources and self.status is not Status.INFERRED:
            raise ValueError(f"the cell {self.value!r} is {self.status.value} but names no source")

    def __str__(self) -> str:
        return f"({self.status.value})" if self.value is None else worded(self.value)

    def to_json(self) -> list[Any]:
        """The cell as plain data, ready for `json.dumps`."""
        sources = [[s.document, s.place, s.said] if s.said else [s.document, s.place] for s in self.sources]
        parts = [[part.to_json() for part in self.parts]] if self.parts else []
        return [self.value, sources, self.status.value, self.iri, *parts]

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
        parts = tuple(cls.from_json(part) for parts in more for part in parts)
        return cls(value, tuple(itertools.starmap(Source, sources)), Status(status), iri, parts)


@dataclass(frozen=True)
class Column:
    """A column: its name in the data, and its heading for a reader."""

    name: str
    title: str


NO_ANSWER = "No answer: nothing in the knowledge base matches."


@dataclass(frozen=True)
class Table:
    """Rows of cells under named columns.

    Attributes:
        title: The question that the table answers.
        columns: The columns, in order.
        rows: One tuple of cells a row, as many as there are columns; the order is part of the answer.
        notes: What a reader must know to read the table rightly.
        statuses: What each row as a whole is said to rest on; empty where that follows from its cells.
        empty: The sentence that a reader sees where there are no rows.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    empty: str = NO_ANSWER

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row must have one cell a column")
        if self.statuses and len(self.statuses) != len(self.rows):
            raise ValueError("every row must have a status, or none")

    def __len__(self) -> int:
        return len(self.rows)

    def to_json(self) -> dict[str, Any]:
        """The table as plain data, ready for `json.dumps`."""
        return {
            "title": self.title,
            "columns": [[column.name, column.title] for column in self.columns],
            "rows": [[cell.to_json() for cell in row] for row in self.rows],
            "notes": list(self.notes),
            "statuses": [status.value for status in self.statuses],
            "empty": self.empty,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Table:
        """The table that `to_json` made plain.

        Raises:
            KeyError, TypeError, ValueError: The data are not of that form.
        """
        columns = tuple(Column(*column) for column in data["columns"])
        rows = tuple(tuple(Cell.from_json(cell) for cell in row) for row in data["rows"])
        statuses = tuple(map(Status, data["statuses"]))
        return cls(data["title"], columns, rows, tuple(data["notes"]), statuses, data["empty"])

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

    def wide(self) -> tuple[list[str], list[list[str | int | float | bool | None]]]:
        """The heads and rows of plain values, a row a row; the status and the sources of the row stand behind it."""
        rows = [
            [*(cell.value for cell in row), _row_status(row, given), _joined(s for cell in row for s in cell.sources)]
            for row, given in itertools.zip_longest(self.rows, self.statuses)
        ]
        return [*(column.name for column in self.columns), "status", "sources"], rows

    def long(self) -> tuple[list[str], list[list[str | int | float | bool | None]]]:
        """The heads and rows of plain values, a row for each value of each cell, with its own status and sources."""
        rows = [
            [number, column.name, part.value, part.status.value, _joined(part.sources)]
            for number, row in enumerate(self.rows, 1)
            for column, cell in zip(self.columns, row, strict=True)
            for part in cell.single()
        ]
        return ["row", "column", "value", "status", "sources"], list(rows)

    def to_pandas(self, *, long: bool = False) -> Any:
        """The table as a `pandas.DataFrame` of objects: `wide`, or `long`; a blank is None.

        Raises:
            EngineError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise EngineError("pandas is not installed", 'Install it: pip install "theorymap[pandas]".') from None
        head, rows = self.long() if long else self.wide()
        return pandas.DataFrame(rows, columns=head, dtype=object)


@dataclass(frozen=True)
class Comparison(Table):
    """A table whose first column holds dimensions and whose other columns are what is compared, cell by cell.

    Attributes:
        cited: How each document is called in words, such as ``Keating 2015``, by its identifier.
        counts: For each thing compared, in the order of the columns, on how many dimensions it has a value.
        dimensions: How many dimensions there are, those included whose rows are not shown.
    """

    cited: tuple[tuple[str, str], ...] = ()
    counts: tuple[int, ...] = ()
    dimensions: int = 0

    @property
    def coverage(self) -> list[int]:
        """How many of the things compared have a value, row by row."""
        return [sum(cell.value is not None for cell in row[1:]) for row in self.rows]

    def searched(self) -> dict[int, tuple[Source, ...]]:
        """What was searched for the blanks, each list once, by its identity: the blanks of a thing share it."""
        return {id(cell.sources): cell.sources for row in self.rows for cell in row if cell.value is None}

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain data, ready for `json.dumps`; a blank is a number in a list of its own."""
        blanks = {id(cell): cell for row in self.rows for cell in row if cell.value is None}
        numbers = {known: number for number, known in enumerate(blanks)}
        plain = replace(self, rows=(), statuses=())
        return super(Comparison, plain).to_json() | {
            "rows": [[numbers[id(c)] if c.value is None else c.to_json() for c in row] for row in self.rows],
            "statuses": [status.value for status in self.statuses],
            "blanks": [cell.to_json() for cell in blanks.values()],
            "cited": [list(pair) for pair in self.cited],
            "counts": list(self.counts),
            "dimensions": self.dimensions,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Comparison:
        """The comparison that `to_json` made plain. Raises as `Table.from_json` does."""
        table = Table.from_json(data | {"rows": (), "statuses": ()})
        blanks = [Cell.from_json(cell) for cell in data["blanks"]]
        rows = tuple(
            tuple([blanks[cell] if isinstance(cell, int) else Cell.from_json(cell) for cell in row])
            for row in data["rows"]
        )
        cited = tuple((document, words) for document, words in data["cited"])
        plain = (table.title, table.columns, rows, table.notes, tuple(map(Status, data["statuses"])), table.empty)
        return cls(*plain, cited=cited, counts=tuple(data["counts"]), dimensions=data["dimensions"])

    def wide(self) -> tuple[list[str], list[list[str | int | float | bool | None]]]:
        """As of a table, but with the status and the sources of each cell beside it, of a blank the documents.

        Where the values of a cell differ in status, each is named, in their order; a conflict opens them.
        """
        names = [column.name for column in self.columns]
        head = [*names[:1], *(word for name in names[1:] for word in (name, f"{name} status", f"{name} sources"))]
        rows: list[list[str | int | float | bool | None]] = []
        for row in self.rows:
            cells = [(cell.value, _cell_status(cell), _looked_up(cell)) for cell in row[1:]]
            rows.append([*(cell.value for cell in row[:1]), *itertools.chain.from_iterable(cells)])
        return head, rows

    def long(self) -> tuple[list[str], list[list[str | int | float | bool | None]]]:
        """A row for each value of each thing on each dimension, blanks included, with who says so.

        Each value has its own status; whether it is in conflict with another of its cell stands apart.
        """
        rows: list[list[str | int | float | bool | None]] = []
        for row in self.rows:
            for column, cell in zip(self.columns[1:], row[1:], strict=True):
                conflict = cell.status is Status.CONFLICTING
                for part in cell.single():
                    said = " | ".join(dict.fromkeys(source.said for source in part.sources if source.said))
                    plain = [part.value, part.status.value, conflict, _looked_up(part), said]
                    rows.append([column.name, row[0].value, *plain])
        return ["item", "dimension", "value", "status", "conflicting", "sources", "said"], rows


def _joined(sources: Iterable[Source]) -> str:
    return " | ".join(dict.fromkeys(map(str, sources)))


def _looked_up(cell: Cell) -> str:
    """The sources of a value; of a blank only the documents searched, since their sections can be hundreds."""
    return _joined(cell.sources if cell.value is not None else (Source(source.document) for source in cell.sources))


def _cell_status(cell: Cell) -> str:
    """What a cell of a comparison rests on: one word where that is one, else the status of each of its values."""
    each = [part.status.value for part in cell.single()]
    said = each[0] if len(set(each)) == 1 else " | ".join(each)
    return f"{cell.status.value}: {said}" if cell.parts and cell.status is Status.CONFLICTING else said


def _row_status(row: Sequence[Cell], given: Status | None) -> str:
    """What a row rests on: the blank that the question finds, else the statuses of its values, then of its blanks."""
    if given and given.blank:
        return str(given.value)
    ordered = sorted((cell.status for cell in row), key=lambda status: status.blank)
    return " | ".join(dict.fromkeys(status.value for status in ordered))
