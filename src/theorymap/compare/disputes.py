"""Which values exclude each other, by the rule of `theorymap.evidence.exclusion`, and where two things dispute."""

from __future__ import annotations

import functools
import itertools

from theorymap.compare.facts import Facts, Said
from theorymap.evidence.exclusion import Span, alike, plain
from theorymap.query.model import SEPARATOR

_OWN = ("asserts", "endorses")
_DISAGREEMENT, _TOLD = ("1", "disagreement: values "), ("3", "opposed values are told ")


def excludes(one: Said, other: Said) -> bool:
    """Whether two values that are asserted cannot both be true: of one slot, of one thing, at one time."""
    if one.mark or other.mark or not one.slot or one.slot != other.slot or plain(one.words) == plain(other.words):
        return False
    respects = [said.respects.split(SEPARATOR) if said.respects else [] for said in (one, other)]
    return alike(*respects) and _span(one.span).opposable(_span(other.span))


def name_disputes(facts: Facts) -> None:
    """Call a dimension on which the values of two things exclude each other by that, and set it before the others.

    It is a disagreement where both stand by their value themselves, by asserting or endorsing it.
    """
    for key, of in facts.across.items():
        each = [facts.cells.get((item, key), {}).values() for item in facts.items]
        disputes = [
            (one, other)
            for mine, theirs in itertools.combinations(each, 2)
            for one, other in itertools.product(mine, theirs)
            if excludes(one, other)
        ]
        if disputes:
            own = any(one.stance in _OWN and other.stance in _OWN for one, other in disputes)
            rank, words = _DISAGREEMENT if own else _TOLD
            facts.rename(key, (rank, words + of, key[2]))


@functools.lru_cache(maxsize=1024)
def _span(text: str) -> Span:
    label, first, last = text.split(SEPARATOR) if text else ("", "", "")
    return Span(label, _year(first), _year(last))


def _year(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() else None
