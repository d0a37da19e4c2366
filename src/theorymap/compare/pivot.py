"""Facts to a table: a row for each dimension, a column for each thing, each value with its own sources."""

from __future__ import annotations

import functools
import itertools
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from theorymap.compare.facts import Facts, Key, Said, listed
from theorymap.evidence.exclusion import Told
from theorymap.query.model import SEPARATOR
from theorymap.rdf import Iri
from theorymap.table import Cell, Column, Comparison, Source, Status
from theorymap.terms import NOT_APPLICABLE, NOT_REPORTED, short
from theorymap.wording import counted

_BEST = (Status.STATED, Status.CONFLICTING, Status.BACKGROUND, Status.INFERRED)
_STATUSES = {status.value: status for status in Status}
_TOGETHER = ("when ", "derived by ", "together with ")
"""How restrictions open of which all are meant at once."""
_NO_VALUE = (NOT_REPORTED, NOT_APPLICABLE)
_APART = Cell(None, (), Status.NOT_APPLICABLE)


class _Value(NamedTuple):
    """What is one value of a cell, whoever says so.

    Attributes:
        words: The value as it is read.
        narrowed: What narrows it: a qualifier, conditions, periods.
        mark: What its holder does other than assert it.
        hedge: How firmly its holder speaks.
        told: What decides whether another value excludes it.
    """

    words: str
    narrowed: str
    mark: str
    hedge: str
    told: Told

    @classmethod
    def of(cls, said: Said) -> _Value:
        narrowed = "; ".join(filter(None, (said.qualifier, *_joined(said.restrictions))))
        return cls(said.words, narrowed, said.mark, said.hedge, said.as_told())

    @property
    def order(self) -> tuple[int, str, str, str, str]:
        """By the first year of its period, then by its words."""
        year = self.told.span.first
        return (-sys.maxsize if year is None else year, *self[:4])


def table(
    title: str,
    facts: Facts,
    nothing: Callable[[str], Cell],
    *,
    everything: bool = False,
) -> Comparison:
    """A comparison.

    Args:
        nothing: From a thing to the cell that says that no document reports a value.
        everything: Whether a dimension is shown for which fewer than two things have a value.
    """
    shown, counts = [], [0] * len(facts.items)
    enough = 0 if everything else min(2, len(facts.items))
    labels = Counter(label for _, label, _ in facts.dimensions)
    for key in sorted(facts.dimensions):
        told = [facts.cells.get((item, key)) for item in facts.items]
        cells = [_cell(said.values()) if said else None for said in told]
        known = [cell is not None and cell.value is not None for cell in cells]
        counts = [n + one for n, one in zip(counts, known, strict=True)]
        if sum(known) < enough:
            continue  # before its blanks are made: to find what was searched for them takes queries
        # Two dimensions of one name are told apart by their identifiers.
        name = f"{key[1]} ({short(key[2], facts.base)})" if labels[key[1]] > 1 and key[2] else str(key[1])
        row = (cell or _blank(facts, item, key) or nothing(item) for item, cell in zip(facts.items, cells, strict=True))
        shown.append((Cell(name, (), Status.INFERRED, str(key[2])), *row))
    columns = _columns(facts.items, facts.base)
    notes = (*sorted({*facts.warnings.values()}), *_coverage(columns, counts, len(facts.dimensions), len(shown)))
    return Comparison(title, columns, tuple(shown), notes, counts=tuple(counts), dimensions=len(facts.dimensions))


def _blank(facts: Facts, item: str, key: Key) -> Cell | None:
    """The blank of a thing on a dimension whose values stand in no document; None for any other."""
    place = facts.dimensions[key]
    if not place:
        return None
    return _APART if facts.apart(item, key[2]) else _unmapped(place)


@functools.lru_cache(maxsize=64)
def _unmapped(place: str) -> Cell:
    """The blank of two senses that nobody mapped; one object, so that what was searched is listed once."""
    return Cell(None, (Source(place),), Status.NO_MAPPING)


def _columns(items: Mapping[str, str], base: str) -> tuple[Column, ...]:
    """The columns; two things of one name are told apart by their identifiers."""
    names = list(items.values())
    things = (
        Column(short(item, base), f"{name} ({short(item, base)})" if names.count(name) > 1 else str(name))
        for item, name in items.items()
    )
    return (Column("dimension", "Dimension"), *things)


def _coverage(columns: Sequence[Column], counts: Sequence[int], known: int, shown: int) -> list[str]:
    """How much is known of each thing, and how many rows are left out."""
    if not counts:
        return []
    said = ", ".join(f"{c.title} {n} of {known}" for c, n in zip(columns[1:], counts, strict=True))
    few = "with fewer than two values" if len(counts) > 1 else "without a value"
    left = [f"not shown: {known - shown} of {counted(known, 'dimension')}, {few}"] if known > shown else []
    return [f"dimensions with a value: {said}", *left]


def _cell(said: Collection[Said]) -> Cell | None:
    """The cell of what is said of a thing on a dimension; None where that is nothing, or that it is not reported."""
    values: dict[_Value, list[Said]] = {}
    for one in said:
        if one.value not in _NO_VALUE and one.stance != "announces":
            values.setdefault(_Value.of(one), []).append(one)
    if not values:
        return _named(said)
    if len(said) == 1:
        ((value, voices),) = values.items()
        return _part(value, voices)
    values = dict(sorted(values.items(), key=lambda pair: pair[0].order))
    unfit = [one for one in said if one.value == NOT_APPLICABLE]
    if len(values) == 1 and not unfit:
        ((value, voices),) = values.items()
        return _part(value, voices)
    opposed, misfits = _opposed(values), _misfits(values, unfit)
    opposed |= misfits
    made = {value: _part(value, voices) for value, voices in values.items()}
    parts = [replace(part, opposed=part.opposed or value in opposed) for value, part in made.items()]
    status = Status.CONFLICTING if opposed else min((part.status for part in parts), key=_rank)
    parts += [Cell(None, _together(unfit), Status.NOT_APPLICABLE, opposed=bool(misfits))] if unfit else []
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    return Cell(SEPARATOR.join(map(str, parts)), sources, status, parts=tuple(parts))


def _joined(restrictions: Collection[str]) -> list[str]:
    """What narrows a value, in order; what opens alike holds together: ``when X and Y``, ``derived by A and B``.

    >>> _joined(["when trust: low", "case: NATO", "when threat: high"])
    ['case: NATO', 'when threat: high and trust: low']
    """
    alike: dict[str, list[str]] = {}
    for words in sorted(restrictions):
        opening = next((opening for opening in _TOGETHER if words.startswith(opening)), "")
        alike.setdefault(opening or words, []).append(words.removeprefix(opening))
    return [f"{opening}{listed(words)}" if opening in _TOGETHER else opening for opening, words in alike.items()]


def _named(said: Collection[Said]) -> Cell | None:
    """The blank that a document names: what it announces, or what does not apply."""
    announced = [one for one in said if one.stance == "announces"]
    unfit = [one for one in said if one.value == NOT_APPLICABLE]
    for status, voices in ((Status.ANNOUNCED, announced), (Status.NOT_APPLICABLE, unfit)):
        if voices:
            return Cell(None, _together(voices), status)
    return None


def _part(value: _Value, voices: Sequence[Said]) -> Cell:
    """One value with all who say so."""
    words, narrowed, mark, force, _ = value
    hedge = f"hedge: {force}" if force else ""
    mark = f"{mark} by {listed(sorted({holder for one in voices for holder in one.holders}))}" if mark else ""
    if mark or narrowed or hedge:
        words = f"{words} ({'; '.join(filter(None, (mark, narrowed, hedge)))})"
    iri = str(voices[0].value) if type(voices[0].value) is Iri else ""
    if len(voices) == 1:
        sources, status = voices[0].sources(), _STATUSES[voices[0].status]
    else:
        sources = _together(voices)
        status = min((_STATUSES[one.status] for one in voices), key=_rank)
    opposed = any(one.opposed for one in voices)
    return Cell(words, sources, status if sources else Status.INFERRED, iri, opposed=opposed)


def _together(voices: Sequence[Said]) -> tuple[Source, ...]:
    """The sources of several voices, each once and sorted."""
    found = {source for one in voices for source in one.sources()}
    return tuple(sorted(found, key=lambda source: (source.document, source.said, source.place)))


def _rank(status: Status) -> int:
    return _BEST.index(status)


def _opposed(values: Mapping[_Value, Sequence[Said]]) -> set[_Value]:
    """The values that clash with that of another voice; and those on which the coders say that sources conflict."""
    found = {value for value, saids in values.items() if any(s.status == Status.CONFLICTING.value for s in saids)}
    for (one, saids), (other, others) in itertools.combinations(values.items(), 2):
        if len(_voices((*saids, *others))) > 1 and one.told.clashes(other.told):
            found |= {one, other}
    return found


def _misfits(values: Mapping[_Value, Sequence[Said]], unfit: Sequence[Said]) -> set[_Value]:
    """The values for a thing of which another voice says that none applies, at that time."""
    return {
        value
        for value, saids in values.items()
        for one in unfit
        if len(_voices((*saids, one))) > 1 and not value.mark and value.told.of_one(one.as_told())
    }


def _voices(saids: Iterable[Said]) -> set[tuple[str, ...]]:
    return {(said.document, *sorted(said.holders)) for said in saids}
