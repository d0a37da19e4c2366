"""When two values exclude each other: one rule, for predictions, for comparisons and for sources in conflict.

Two values of a variable exclude each other if both are on its list of values, or both are numbers of one unit, or both
set the case beside the same other one, and they are not one value. What is worded otherwise is told apart by nobody but
the coders. Two observations clash if their values exclude each other, or if one denies what the other asserts; at one
time and under the same conditions.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A period: its name, and its first and last year where they are known."""

    label: str = ""
    first: int | None = None
    last: int | None = None

    def meets(self, other: Span) -> bool:
        """Whether the two can be of one time; one that is not reported can be of any."""
        if not self.label or not other.label or self.label == other.label:
            return True
        if (self.first is None and self.last is None) or (other.first is None and other.last is None):
            return False
        begun = max((year for year in (self.first, other.first) if year is not None), default=None)
        ended = min((year for year in (self.last, other.last) if year is not None), default=None)
        return begun is None or ended is None or begun <= ended

    def opposable(self, other: Span) -> bool:
        """Whether values of the two can exclude each other: of one time, or of none that is reported for either."""
        return bool(self.label) == bool(other.label) and self.meets(other)


COMPARATIVES = frozenset({"equal", "higher", "less", "lower", "more", "stronger", "weaker"})
"""Values that set a case beside another one; those of `queries/pivot/compare-cases.rq`, where each has its inverse."""


UNDATED = Span()
"""No period is reported."""


@dataclass(frozen=True)
class Told:
    """A value as somebody tells it, without what only a reader needs.

    Attributes:
        values: The value for each slot that it fills, such as ``listed``, ``number km`` or ``ranked France``: two
            values of one slot exclude each other. What stands under no name is its wording, which excludes nothing.
        respects: At whom, of which whole, by whom; empty where that is not said.
        conditions: Under what it is so.
        span: When.
        mark: What its holder does other than assert it: ``denied``, ``doubted`` or ``entertained``.
    """

    values: tuple[tuple[str, str], ...]
    respects: tuple[str, ...] = ()
    conditions: frozenset[str] = frozenset()
    span: Span = UNDATED
    mark: str = ""

    def excludes(self, other: Told) -> bool:
        """Whether the two, if both are asserted, cannot both be true."""
        return self.of_one(other) and self._differs(other)

    def repeats(self, other: Told) -> bool:
        """Whether the two are one value of one thing, as far as both say of what."""
        shared = {(slot, plain(value)) for slot, value in self.values}
        alike = any((slot, plain(value)) in shared for slot, value in other.values)
        return alike and self.of_one(other) and not self._differs(other)

    def clashes(self, other: Told) -> bool:
        """Whether the two are asserted and exclude each other, or one denies what the other asserts."""
        marks = {self.mark, other.mark}
        return self.excludes(other) if marks == {""} else marks == {"", "denied"} and self.repeats(other)

    def _differs(self, other: Told) -> bool:
        mine = {slot: value for slot, value in self.values if slot}
        return any(plain(mine[slot]) != plain(value) for slot, value in other.values if slot in mine)

    def of_one(self, other: Told) -> bool:
        """Whether the two are of one thing, as far as both say of what, of one time and under the same conditions."""
        named = zip(self.respects, other.respects, strict=True)
        alike = all(not mine or not theirs or mine == theirs for mine, theirs in named)
        return alike and self.conditions == other.conditions and self.span.opposable(other.span)


def plain(text: str) -> str:
    """A wording without the accidents of its writing, by which two wordings of one value are the same.

    >>> plain("Very  HIGH"), plain("2.0 seats") == plain("2 seats")
    ('very high', True)
    """
    return " ".join(word if (n := number(word)) is None else f"{n:.15g}" for word in text.casefold().split())


def number(text: str) -> float | None:
    """The number that a text is; None for any other.

    >>> number("2.50"), number("infinity"), number("two")
    (2.5, None, None)
    """
    try:
        return float(text) if any(character.isdecimal() for character in text) else None
    except ValueError:
        return None


def same(one: str, other: str, listed: Collection[str]) -> bool | None:
    """Whether two values are one; None where that cannot be told.

    Args:
        listed: The values that the variable can have, each as `plain` gives it.

    >>> same("High", "low", {"high", "low"}), same("2", "2.0", ()), same("2", "3", ()), same("great", "low", {"low"})
    (False, True, False, None)
    """
    if plain(one) == plain(other):
        return True
    numbers = None not in (number(one), number(other))
    return False if numbers or {plain(one), plain(other)} <= set(listed) else None
