"""The table of sources in conflict: two values of one thing that exclude each other, and who says either."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from theorymap.evidence.exclusion import COMPARATIVES, Told, number, plain
from theorymap.evidence.reading import span_of
from theorymap.table import Cell, Column, Source, Status, Table

_COLUMNS = (
    ("sort", "Conflict over"),
    ("about", "About"),
    ("period", "Period"),
    ("first", "One says"),
    ("holder", "Who says so"),
    ("second", "Another says"),
    ("rival", "Who says so"),
)
_ITSELF = ", of one source with itself"


@dataclass(frozen=True)
class _Said:
    """A value of a thing, by one voice: its holders, in a document."""

    words: str
    told: Told
    voice: tuple[str, str]
    name: str
    sources: tuple[Source, ...]


def conflicts(facts: Table) -> Table:
    """The pairs of values that clash, a row for each pair of values of a thing at a time.

    Args:
        facts: Rows with the columns of `conflicting-sources`: a value of a thing, as one attribution tells it, each.
    """
    things: defaultdict[tuple[str, str, str], list[_Said]] = defaultdict(list)
    for row in facts.records():
        said = {name: str(cell.value or "") for name, cell in row.items()}
        things[said["sort"], said["about"], said["thing"]].append(_said(said, row))
    rows = [row for (sort, about, _), said in sorted(things.items()) for row in _rows(sort, about, said)]
    columns = tuple(Column(name, title) for name, title in _COLUMNS)
    return replace(facts, columns=columns, rows=tuple(rows), statuses=(Status.CONFLICTING,) * len(rows))


def _said(said: dict[str, str], row: dict[str, Cell]) -> _Said:
    value, unit, beside, mark = said["value"], said["unit"], said["beside"], said["mark"]
    sources = row["value"].sources
    listed = plain(value) in map(plain, said["listed"].split(" | "))
    sorts = {
        "ranked": bool(beside) and value.casefold() in COMPARATIVES,
        "listed": listed and not said["counted"],
        "number": number(value) is not None and not said["counted"],
    }
    slots = [f"amount {unit}"] if said["counted"] else [f"{sort} {beside}" for sort, fits in sorts.items() if fits]
    values = (("", value), *((slot, value) for slot in slots))
    respects = (said["towards"], said["whole"], said["actor"])
    conditions = frozenset(filter(None, said["conditions"].split(" | ")))
    told = Told(values, respects, conditions, span_of(row), mark)
    words = f"{value} {unit}".strip() + (f" ({mark})" if mark else "")
    return _Said(words, told, (said["holder"], sources[0].document), said["said"], sources)


def _rows(sort: str, about: str, said: Sequence[_Said]) -> Iterator[tuple[Cell, ...]]:
    """A row for each two values that clash and the times at which they are."""
    pairs: defaultdict[tuple[str, str, str], list[tuple[_Said, _Said]]] = defaultdict(list)
    for one, other in itertools.combinations(sorted(said, key=lambda one: one.words), 2):
        if one.told.clashes(other.told):
            pairs[_time(one, other), one.words, other.words].append((one, other))
    for (time, first, second), found in sorted(pairs.items()):
        several = [pair for pair in found if pair[0].voice != pair[1].voice]
        yield (
            Cell(sort if several else sort + _ITSELF, (), Status.INFERRED),
            Cell(about, tuple(dict.fromkeys(s for pair in several or found for one in pair for s in one.sources))),
            Cell(time, (), Status.INFERRED) if sort == "a value" else Cell(None, (), Status.NOT_APPLICABLE),
            *_side(first, [one for one, _ in several or found]),
            *_side(second, [other for _, other in several or found]),
        )


def _time(one: _Said, other: _Said) -> str:
    labels = sorted({one.told.span.label, other.told.span.label} - {""})
    return " and ".join(labels) or "neither reports one"


def _side(value: str, said: Sequence[_Said]) -> tuple[Cell, Cell]:
    """A value and who gives it, both with its own sources."""
    sources = tuple(dict.fromkeys(source for one in said for source in one.sources))
    names = " | ".join(sorted({one.name for one in said}))
    return Cell(value, sources, Status.CONFLICTING), Cell(names, sources)
