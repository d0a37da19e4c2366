"""A table that is no comparison as a grid of texts, with what a row rests on in columns of its own."""

from __future__ import annotations

from collections.abc import Sequence

from theorymap.render.lines import flat
from theorymap.table import Cell, Status, Table


def notes_in_lines(notes: Sequence[str]) -> list[str]:
    """The notes of a table: what was asked about in one line, each sentence in one of its own."""
    asked = [note for note in notes if not note.endswith(".")]
    return [*(["; ".join(asked)] if asked else []), *(note for note in notes if note.endswith("."))]


def grid(table: Table) -> tuple[list[str], list[list[str]]]:
    """The headings and the cells as a reader sees them; status and sources are columns where a row has any."""
    statuses = [_status_of_values(row) for row in table.rows]
    sources = [_places(row) for row in table.rows]
    head = [flat(column.title) for column in table.columns]
    rows = [[flat(str(cell)) for cell in row] for row in table.rows]
    for title, extra in (("Status", statuses), ("Source", sources)):
        if any(extra):
            head.append(title)
            rows = [[*row, flat(text)] for row, text in zip(rows, extra, strict=True)]
    return head, rows


def _places(row: Sequence[Cell]) -> str:
    """The sources of a row for a reader: each document once, with its places behind it."""
    places: dict[str, list[str]] = {}
    for cell in row:
        for source in cell.sources:
            known = places.setdefault(source.document.partition("/")[2] or source.document, [])
            known += [source.place] if source.place and source.place not in known else []
    return "; ".join(f"{document}: {', '.join(known)}" if known else document for document, known in places.items())


def _status_of_values(row: Sequence[Cell]) -> str:
    """What the values of a row rest on, unless they are stated; blanks speak for themselves."""
    statuses = [cell.status for cell in row if cell.value is not None and cell.status is not Status.STATED]
    return ", ".join(dict.fromkeys(status.value for status in statuses))
