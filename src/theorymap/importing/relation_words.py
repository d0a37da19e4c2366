"""The relations of ours by the words of a table, and words that are only misspelt ones."""

from __future__ import annotations

from functools import lru_cache

from theorymap.causal.graph import DRIVES, NO_EFFECT
from theorymap.terms import nearest

_WORDED = {
    "raises": "raises, raise, increases, increase, positively influences, positively influence, positively affects, "
    "positively affect, +",
    "lowers": "lowers, lower, decreases, decrease, reduces, reduce, negatively influences, negatively influence, "
    "negatively affects, negatively affect, -, \u2212",
    "affects": "affects, affect, influences, influence, has an effect on, has effect on, causes, cause, "
    "influences (*), influences (+), may influence, may affect",
    "necessary-for": "necessary for, is necessary for, is a necessary condition for",
    "sufficient-for": "sufficient for, is sufficient for, is a sufficient condition for",
    "part-of-the-meaning-of": "part of the meaning of, is part of the meaning of",
    "presupposes": "presupposes, presuppose",
    "signals": "signals, signal",
    "no-effect": "no effect, has no effect on, does not affect, does not influence",
}
RELATIONS = {words: relation for relation, several in _WORDED.items() for words in several.split(", ")}
"""Our relation by the words of a row, in small letters; what influences without a sign affects."""
_MISSPELT = 0.9


def relation(words: str) -> str:
    """The relation of ours that words in small letters say; empty for any other."""
    return RELATIONS.get(words.replace("-", " ") if len(words) > 1 else words, "")


@lru_cache(maxsize=4096)
def misspelt(words: str) -> str:
    """The words for a relation of ours that these are but for the spelling; empty where they are words of their own.

    >>> misspelt("positvely influences"), misspelt("correlates with"), misspelt("raises")
    ('positively influences', '', '')
    """
    return "" if relation(words) else nearest(words, RELATIONS, _MISSPELT) or ""


def opposed(one: str, other: str) -> bool:
    """Whether two relations of ours cannot both hold of the same constructs."""
    return {one, other} == {"raises", "lowers"} or (NO_EFFECT in (one, other) and bool({one, other} & {*DRIVES}))
