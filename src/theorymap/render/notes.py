"""A table with its sources in numbered notes: each value keeps its own, equal ones share a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from theorymap.table import IN_DISPUTE, Cell, Comparison, Source, Status, Table


class Part(NamedTuple):
    """One value of a cell, or a blank in words; what it rests on if not on a statement; and its note, 0 for none."""

    words: str
    mark: str
    note: int
    status: Status


class Shown(NamedTuple):
    """A cell as a reader sees it: its parts, and whether they are in conflict."""

    parts: tuple[Part, ...]
    conflicting: bool = False


class Note(NamedTuple):
    """What a number stands for: a word on the places, and for each document its places and who says so there."""

    opening: str
    places: tuple[tuple[str, tuple[str, ...], str], ...]


class Noted(NamedTuple):
    """A table and its notes; note 1 is the first."""

    rows: list[list[Shown]]
    notes: list[Note]


def noted(table: Table) -> Noted:
    """The cells of a table with numbers, and the notes.

    In a comparison each value has a note of its own, and a blank one that names what was searched; in any other table,
    where a row rests on its sources as a whole, the last value of the row has it.
    """
    numbers: dict[Note, int] = {}

    def number(note: Note | None) -> int:
        return numbers.setdefault(note, len(numbers) + 1) if note else 0

    rows = []
    for row in table.rows:
        if isinstance(table, Comparison):
            # The dimension is the question's own, and rests on nothing.
            shown = [Shown((Part(str(row[0]), "", 0, Status.STATED),))]
            for cell in row[1:]:
                conflicting = cell.status is Status.CONFLICTING
                parts = (_part(p, number(_of(p)), p.opposed and not conflicting) for p in cell.single())
                shown.append(Shown(tuple(parts), conflicting))
        else:
            note = number(_note("", [source for cell in row for source in cell.sources]))
            last = max((at for at, cell in enumerate(row) if cell.value is not None), default=len(row) - 1)
            shown = [Shown((_part(cell, note if at == last else 0),)) for at, cell in enumerate(row)]
        rows.append(shown)
    return Noted(rows, list(numbers))


def _part(cell: Cell, note: int, disputed: bool = False) -> Part:
    words = [] if cell.value is None or cell.status is Status.STATED else [cell.status.value]
    words += [IN_DISPUTE] if disputed else []
    return Part(str(cell), f"({', '.join(words)})" if words else "", note, cell.status)


def _of(cell: Cell) -> Note | None:
    """The note of a cell of a comparison."""
    if cell.value is None and cell.status in (Status.NOT_REPORTED, Status.ABSTRACT_ONLY, Status.NO_MAPPING):
        return _note("searched", cell.sources) or Note("no document speaks of it", ())
    return _note("", cell.sources)


def _note(opening: str, sources: Sequence[Source]) -> Note | None:
    """A note on sources; None where there are none."""
    places: dict[tuple[str, str], list[str]] = {}
    for source in sources:
        known = places.setdefault((source.document, source.said), [])
        known += [source.place] if source.place and source.place not in known else []
    found = tuple((document, tuple(known), said) for (document, said), known in places.items())
    return Note(opening, found) if found else None


def called(table: Table, document: str) -> str:
    """How a document is called: by authors and year where the table knows them, else by its identifier's name."""
    known = dict(table.cited) if isinstance(table, Comparison) else {}
    return known.get(document, document.partition("/")[2] or document)


def in_words(table: Table, note: Note) -> str:
    """A note as plain text: ``Keating 2015, note 20 (Andrew Kydd)``."""
    said = [
        ", ".join([called(table, document), *places]) + (f" ({holder})" if holder else "")
        for document, places, holder in note.places
    ]
    return ": ".join(filter(None, [note.opening, "; ".join(said)]))
