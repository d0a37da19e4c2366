"""Rows of cells under named columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from theorymap.errors import EngineError
from theorymap.table.cell import NOTHING, Cell, Source, Status, joined

Grid = tuple[list[str], list[list[str | int | float | bool | None]]]
"""Heads, and rows of plain values."""


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

    def wide(self) -> Grid:
        """The heads and rows of plain values, a row a row; the status and the sources of the row stand behind it.

        Where a reader sees that there is nothing to say, the cell is empty; the row rests on what it did.
        """
        rows = [
            [*(cell.data() for cell in row), _row_status(row, given), joined(s for cell in row for s in cell.sources)]
            for row, given in itertools.zip_longest(self.rows, self.statuses)
        ]
        return [*(column.name for column in self.columns), "status", "sources"], rows

    def long(self) -> Grid:
        """The heads and rows of plain values, a row for each value of each cell, with its own status and sources."""
        rows = [
            [number, column.name, part.data(), _value_status(part), joined(part.sources)]
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


def _value_status(cell: Cell) -> str:
    """What a value rests on; where there is nothing to say, that none applies."""
    return str((Status.NOT_APPLICABLE if cell.value == NOTHING else cell.status).value)


def _row_status(row: Sequence[Cell], given: Status | None) -> str:
    """What a row rests on: the blank that the question finds, else the statuses of its values, then of its blanks."""
    if given and given.blank:
        return str(given.value)
    ordered = sorted((cell.status for cell in row), key=lambda status: status.blank)
    return " | ".join(dict.fromkeys(status.value for status in ordered))
