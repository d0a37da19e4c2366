"""The relations of ours by the words of a table, and words that are only misspelt ones."""

from __future__ import annotations

import re
from functools import lru_cache

from theorymap.causal.graph import DRIVES, NO_EFFECT
from theorymap.terms import nearest

_WORDED = {
    "raises": "raises, raise, increases, increase, positively influences, positively influence, positively affects, "
    "positively affect, +",
    "lowers": "lowers, lower, decreases, decrease, reduces, reduce, negatively influences, negatively influence, "
    "negatively affects, negatively affect, -, \u2212",
    "affects": "affects, affect, influences, influence, has an effect on, has effect on, causes, cause, "
    "influences (*), influences (+), have an effect on",
    "necessary-for": "necessary for, is necessary for, is a necessary condition for",
    "sufficient-for": "sufficient for, is sufficient for, is a sufficient condition for",
    "part-of-the-meaning-of": "part of the meaning of, is part of the meaning of",
    "presupposes": "presupposes, presuppose",
    "signals": "signals, signal",
    "no-effect": "no effect, has no effect on, have no effect on, does not affect, does not influence",
}
RELATIONS = {words: relation for relation, several in _WORDED.items() for words in several.split(", ")}
"""Our relation by the words of a row, in small letters; what influences without a sign affects."""
_MISSPELT = 0.9
_HEDGED = re.compile(r"(?:may|might) (?:be )?")


def relation(words: str) -> str:
    """The relation of ours that words in small letters say, plainly or as possible; empty for any other.

    >>> relation("may be necessary for"), relation("might raise"), relation("may")
    ('necessary-for', 'raises', '')
    """
    plain = words.replace("-", " ") if len(words) > 1 else words
    return RELATIONS.get(_HEDGED.sub("", plain, count=1) if _HEDGED.match(plain) else plain, "")


@lru_cache(maxsize=4096)
def misspelt(words: str) -> str:
    """The words for a relation of ours that these are but for the spelling; empty where they are words of their own.

    >>> misspelt("positvely influences"), misspelt("rasies"), misspelt("correlates with"), misspelt("raises")
    ('positively influences', 'raises', '', '')
    """
    if relation(words):
        return ""
    hedge = found.group() if (found := _HEDGED.match(words)) else ""
    said = words[len(hedge) :]
    swapped = (said[:n] + said[n + 1] + said[n] + said[n + 2 :] for n in range(len(said) - 1))
    near = next((one for one in swapped if one in RELATIONS), "") or nearest(said, RELATIONS, _MISSPELT)
    return f"{hedge}{near}" if near else ""


def opposed(one: str, other: str) -> bool:
    """Whether two relations of ours cannot both hold of the same constructs."""
    return {one, other} == {"raises", "lowers"} or (NO_EFFECT in (one, other) and bool({one, other} & {*DRIVES}))
