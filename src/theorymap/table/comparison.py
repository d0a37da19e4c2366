"""Things side by side: a table whose columns are what is compared."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Any

from theorymap.table.cell import Cell, Source, Status, joined
from theorymap.table.rows import Grid, Table

IN_DISPUTE = "in dispute"
"""Said of a value that is excluded by one of another thing."""


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

    def wide(self) -> Grid:
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

    def long(self) -> Grid:
        """A row for each value of each thing on each dimension, blanks included, with who says so.

        Each value has its own status; whether another of its cell excludes it stands apart.
        """
        rows: list[list[str | int | float | bool | None]] = []
        for row in self.rows:
            for column, cell in zip(self.columns[1:], row[1:], strict=True):
                for part in cell.single():
                    conflict = part.opposed or part.status is Status.CONFLICTING
                    said = " | ".join(dict.fromkeys(source.said for source in part.sources if source.said))
                    plain = [part.value, part.status.value, conflict, _looked_up(part), said]
                    rows.append([column.name, row[0].value, *plain])
        return ["item", "dimension", "value", "status", "conflicting", "sources", "said"], rows


def _looked_up(cell: Cell) -> str:
    """The sources of a value; of a blank only the documents searched, since their sections can be hundreds."""
    return joined(cell.sources if cell.value is not None else (Source(source.document) for source in cell.sources))


def _cell_status(cell: Cell) -> str:
    """What a cell of a comparison rests on: one word where that is one, else the status of each of its values."""
    apart = cell.status is not Status.CONFLICTING
    each = [part.status.value + (f", {IN_DISPUTE}" if part.opposed and apart else "") for part in cell.single()]
    said = each[0] if len(set(each)) == 1 else " | ".join(each)
    return f"{cell.status.value}: {said}" if cell.parts and cell.status is Status.CONFLICTING else said
