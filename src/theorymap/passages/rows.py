"""A table as a document: its cells are the sections, or its rows where each row is a statement of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from theorymap.passages import cells
from theorymap.passages.letters import NOTHING, letters_of
from theorymap.passages.structure import Part, table

_STATEMENTS = {"relation", "relationship", "predicate"}


def parts(text: str) -> list[Part]:
    """The sections of a table: its cells (see `structure.table`), or its rows where one column names a relation.

    Raises:
        BrokenText: It cannot be read; carries the line.
    """
    records = cells.records(text, cells.separator(text))
    head = {"".join(re.findall(r"[^\W_]", cell.text.casefold())) for record in records[:1] for cell in record.cells}
    return rows(text, records) if head & _STATEMENTS else table(text)


def rows(text: str, records: Iterable[cells.Record]) -> list[Part]:
    """The header and the rows of a table that hold text."""
    spans = ((record.cells[0].start, record.cells[-1].end) for record in records)
    named = ((f"row {number}" if number else "header", span) for number, span in enumerate(spans))
    return [Part(section, [[span]]) for section, span in named if letters_of(text[slice(*span)], NOTHING)]
