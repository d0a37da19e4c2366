"""The cells of a table in a text file: separated by tabs, commas or semicolons, quoted as RFC 4180 has it.

Readers of tables give values without their offsets, which a passage needs; they agree on everything else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from theorymap.passages.letters import BrokenText, letters_of

SEPARATORS = "\t;,"
"""What may stand between cells; where the first line has as many of two of them, the first counts."""


class TableCell(NamedTuple):
    """A value without its quotation marks, and where it stands (start and end in characters)."""

    text: str
    start: int
    end: int


class Record(NamedTuple):
    """A line that is not blank: its number, from 1, and its cells."""

    line: int
    cells: tuple[TableCell, ...]


@dataclass(frozen=True)
class Table:
    """A table with a head.

    Attributes:
        head: The cells of the head; the first names the column of the rows' names only if `named`.
        rows: What stands below it.
        named: Whether the column of the rows' names has a name; R's `write.table` gives it none.
    """

    head: tuple[TableCell, ...]
    rows: tuple[Record, ...]
    named: bool

    @property
    def columns(self) -> tuple[TableCell, ...]:
        """The cells of the head that name what stands beside the name of a row."""
        return self.head[1:] if self.named else self.head

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.columns) + 1

    def row_sections(self) -> list[str]:
        """What passages call each row: by its name if no other has it, else by its line."""
        names = [letters_of(record.cells[0].text) for record in self.rows]
        often = Counter(names)
        return [
            f"row {_words(record.cells[0].text)}" if name and often[name] == 1 else f"line {record.line}"
            for record, name in zip(self.rows, names, strict=True)
        ]

    def column_sections(self) -> list[str]:
        """What passages call each column beside the names: by its name if no other has it, else by its number."""
        names = [letters_of(cell.text) for cell in self.columns]
        often = Counter(names)
        return [
            f"column {_words(cell.text)}" if name and often[name] == 1 else f"column number {number}"
            for number, (cell, name) in enumerate(zip(self.columns, names, strict=True), 2)
        ]


def _words(text: str) -> str:
    return " ".join(text.split())


def read(text: str) -> Table:
    """The table in a text.

    Raises:
        BrokenText: The text is empty, its first line has one cell, or a quotation mark is never closed.
    """
    lines = records(text, separator(text))
    if not lines or len(lines[0].cells) < 2:
        repair = "Separate the cells by tabs, commas or semicolons, and name the columns in the first line."
        raise BrokenText("the table has no head of several columns", repair, lines[0].line if lines else 0)
    head, rows = lines[0].cells, tuple(lines[1:])
    longer = [row for row in rows if len(row.cells) == len(head) + 1]
    if longer and len(longer) == len(rows) and not any(row.cells[-1].text.strip() for row in longer):
        # A separator ends each row, and begins no cell.
        rows = tuple(Record(row.line, row.cells[:-1]) for row in rows)
    named = sum(len(row.cells) == len(head) + 1 for row in rows) <= sum(len(row.cells) == len(head) for row in rows)
    return Table(head, rows, named)


def separator(text: str) -> str:
    """The sign that stands most often in the first line that is not blank, outside of quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def records(text: str, separator: str) -> list[Record]:
    """The lines of a table that are not blank.

    Raises:
        BrokenText: A quotation mark is never closed; it carries the line where it opens.
    """
    found: list[Record] = []
    cells: list[TableCell] = []
    place, line, first = 0, 1, 1
    while place <= len(text):
        cell, place = _cell(text, place, separator, line)
        cells.append(cell)
        line += text.count("\n", cell.start, cell.end)
        if text[place : place + 1] == separator:
            place += 1
            continue
        if len(cells) > 1 or cell.text.strip():
            found.append(Record(first, tuple(cells)))
        cells = []
        place += 2 if text[place : place + 2] == "\r\n" else 1
        line += 1
        first = line
    return found


def _cell(text: str, place: int, separator: str, line: int) -> tuple[TableCell, int]:
    """The cell that begins at an offset, and the offset of what ends it."""
    if text[place : place + 1] != '"':
        end = min((at for sign in (separator, "\n", "\r\n") if (at := text.find(sign, place)) >= 0), default=len(text))
        return TableCell(text[place:end], place, end), end
    end = place + 1
    while (end := text.find('"', end)) >= 0 and text[end + 1 : end + 2] == '"':
        end += 2
    if end < 0:
        raise BrokenText(f"line {line}: the quotation mark that opens here is never closed", "Close it.", line)
    after = min((at for sign in (separator, "\n", "\r\n") if (at := text.find(sign, end)) >= 0), default=len(text))
    return TableCell(text[place + 1 : end].replace('""', '"') + text[end + 1 : after], place + 1, after), after
