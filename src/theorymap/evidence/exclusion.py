"""When two values exclude each other: one rule, for predictions, for comparisons and for sources in conflict.

Two values of a variable exclude each other if both are on its list of values, or both are numbers, and they are not one
value. What is worded otherwise is told apart by nobody but the coders.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
        starts, ends = (self.first or -9999, other.first or -9999), (self.last or 9999, other.last or 9999)
        return max(starts) <= min(ends)

    def opposable(self, other: Span) -> bool:
        """Whether values of the two can exclude each other: of one time, or of none that is reported for either."""
        return bool(self.label) == bool(other.label) and self.meets(other)


UNDATED = Span()
"""No period is reported."""


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether values for some respects (at whom, by whom, of which whole) are of one thing, as far as both name them.

    >>> alike(("state/x", ""), ("state/x", "group/y")), alike(("state/x", ""), ("state/z", ""))
    (True, False)
    """
    return all(not a or not b or a == b for a, b in zip(one, other, strict=True))


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
