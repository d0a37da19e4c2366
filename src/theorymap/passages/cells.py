"""The cells of a table in a text file: separated by tabs, commas or semicolons, quoted as RFC 4180 has it.

Every table is read here: libraries give values without their offsets, which a passage needs, and agree on the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from theorymap.passages.letters import BrokenText, letters_of
from theorymap.rdf import not_xml

SEPARATORS = "\t;,"
"""What may stand between cells; where the first line has as many of two of them, the first counts."""

_QUOTED = re.compile(r'(?<![^\t;,\r\n])"(?:[^"]|"")*+"')
_FIRST = re.compile(rf"(?:[^\S\r\n]*[\r\n])*((?:{_QUOTED.pattern}|[^\r\n])*+)")
_MISLEADING = re.compile(r"^number \d+$|, column ", re.IGNORECASE)
_BREAK = re.compile(r"\r\n|\r|\n")


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
        head: The first line; its first cell names the column of the rows' names only if `named`.
        rows: What stands below it.
        named: Whether the column of the rows' names has a name; R's `write.table` gives it none.
    """

    head: Record
    rows: tuple[Record, ...]
    named: bool

    @property
    def columns(self) -> tuple[TableCell, ...]:
        """The cells of the head that name what stands beside the name of a row."""
        return self.head.cells[1:] if self.named else self.head.cells

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.columns) + 1

    def row_sections(self) -> list[str]:
        """What passages call each row: by its name if no other has it, else by its line."""
        names = [record.cells[0].text for record in self.rows]
        return _sections("row", names, [f"line {record.line}" for record in self.rows])

    def column_sections(self) -> list[str]:
        """What passages call each column beside the names: by its name if no other has it, else by its number."""
        names = [cell.text for cell in self.columns]
        return _sections("column", names, [f"column number {number}" for number, _ in enumerate(names, 2)])


def _sections(kind: str, names: Sequence[str], otherwise: Sequence[str]) -> list[str]:
    """What passages call rows or columns; one that is called like a place by number or like a cell is not named."""
    letters = ["" if not_xml(_words(name)) else letters_of(name) for name in names]
    often = Counter(letters)
    return [
        f"{kind} {_words(name)}" if often[key] == 1 and key and not _MISLEADING.search(_words(name)) else other
        for name, key, other in zip(names, letters, otherwise, strict=True)
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
    head, rows = lines[0], tuple(lines[1:])
    width = len(head.cells)
    longer = [row for row in rows if len(row.cells) == width + 1]
    if longer and len(longer) == len(rows) and not any(row.cells[-1].text.strip() for row in longer):
        # A separator ends each row, and begins no cell.
        rows = tuple(Record(row.line, row.cells[:-1]) for row in rows)
    named = sum(len(row.cells) == width + 1 for row in rows) <= sum(len(row.cells) == width for row in rows)
    return Table(head, rows, named)


def separator(text: str) -> str:
    """The sign that stands most often in the first line that is not blank, outside of quotation marks.

    >>> separator('"a, b; or c";d')
    ';'
    """
    first = _FIRST.match(text)
    bare = _QUOTED.sub("", first[1]) if first else ""
    return max(SEPARATORS, key=bare.count)


def records(text: str, separator: str) -> list[Record]:
    """The lines of a table that are not blank; a line ends as on any system.

    Raises:
        BrokenText: A quotation mark is never closed, or something stands behind it; it carries the line of the cell.
    """
    form = re.compile(rf'"((?:[^"]|"")*+)"(?=[{separator}\r\n]|\Z)|([^{separator}\r\n]*)')
    found: list[Record] = []
    cells: list[TableCell] = []
    place, line, first = 0, 1, 1
    while place <= len(text):
        cell = _cell(form, text, place, line)
        cells.append(cell)
        line += len(_BREAK.findall(text, cell.start, cell.end))
        place = cell.end
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


def _cell(form: re.Pattern[str], text: str, place: int, line: int) -> TableCell:
    """The cell that begins at an offset; it ends behind its quotation mark."""
    match = form.match(text, place)
    quoted, plain = match.groups() if match else (None, "")
    if quoted is not None:
        return TableCell(quoted.replace('""', '"'), place + 1, place + len(quoted) + 2)
    if plain.startswith('"'):
        wrong = "is never closed" if text.count('"', place) % 2 else "is closed before the cell ends"
        repair = "Close it; double the quotation marks that stand within a cell."
        raise BrokenText(f"line {line}: the quotation mark that opens here {wrong}", repair, line)
    return TableCell(plain, place, place + len(plain))
