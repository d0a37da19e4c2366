"""A table as a document: its cells are the sections, or its rows where each row is a statement of its own."""

from __future__ import annotations

import csv
import io
import itertools
import re

from theorymap.passages import cells
from theorymap.passages.letters import NOTHING, BrokenText, letters_of
from theorymap.passages.structure import Part, table

_STATEMENTS = {"relation", "relationship", "predicate"}


def parts(text: str) -> list[Part]:
    """The sections of a table: its cells (see `structure.table`), or its rows where one column names a relation.

    Raises:
        BrokenText: It cannot be read; carries the line.
    """
    first = cells.records(next((line for line in text.splitlines() if line.strip()), ""), cells.separator(text))
    head = {"".join(re.findall(r"[^\W_]", cell.text.casefold())) for record in first for cell in record.cells}
    return rows(text) if head & _STATEMENTS else table(text)


def rows(text: str) -> list[Part]:
    """The header and the rows of a CSV or TSV file (RFC 4180) that hold text; a line without any character is none.

    Raises:
        BrokenText: A quotation mark is not closed, or stands where none may; it carries the line.
    """
    lines = list(io.StringIO(text, newline=""))
    begins = list(itertools.accumulate(map(len, lines), initial=0))
    reader = csv.reader(lines, delimiter=cells.separator(text), strict=True)
    parts: list[Part] = []
    line, number = 0, itertools.count()
    try:
        for record in reader:
            start, end, line = begins[line], begins[reader.line_num], reader.line_num
            if record:
                place = next(number)
                parts.append(Part(f"row {place}" if place else "header", [[(start, end)]]))
    except csv.Error as problem:
        raise BrokenText(f"the table cannot be read: {problem}", "Correct the quotation marks.", line + 1) from problem
    return [part for part in parts if letters_of(text[slice(*part.paragraphs[0][0])], NOTHING)]
