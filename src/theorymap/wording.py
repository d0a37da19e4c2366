"""Numbers and the words behind them, in one grammar wherever things are counted."""

from __future__ import annotations

import re

_HEAD = re.compile(r"(?P<things>.+?)(?P<rest> (?:between|of|that|whose|without) .+)?")
_IRREGULAR = {"data": "data", "person": "people"}


def counted(number: int, noun: str) -> str:
    """How many things there are, in words.

    Args:
        number: How many.
        noun: What they are, of one or of several; what goes with it follows behind "of", "that" or the like, and of
            things of several kinds "and" stands between them. Its form is regular, or one of `_IRREGULAR`: that a
            noun of one ends in a single s ("basis"), or one of several in -ies or -ches without one in -y or -ch
            ("ties", "caches"), is not known, nor what becomes of -f, -o and -z.

    >>> counted(1, "cell"), counted(1200, "theory"), counted(1, "inferences")
    ('1 cell', '1,200 theories', '1 inference')
    >>> counted(2, "key"), counted(2, "match")
    ('2 keys', '2 matches')
    >>> counted(1, "edges that lead nowhere"), counted(1, "people and groups")
    ('1 edge that leads nowhere', '1 person or group')
    """
    parts = _HEAD.fullmatch(noun)
    things, rest = (parts["things"], parts["rest"] or "") if parts else (noun, "")
    if number != 1:
        return f"{number:,} {' and '.join(_several(_one(thing)) for thing in things.split(' and '))}{rest}"
    verb = re.fullmatch(r" that (\w+[^\Ws])( .*)?", rest)
    rest = f" that {verb[1]}s{verb[2] or ''}" if verb else rest
    return f"{number:,} {' or '.join(map(_one, things.split(' and ')))}{rest}"


def _one(things: str) -> str:
    for one, several in _IRREGULAR.items():
        if things == several:
            return one
    if things.endswith("ies"):
        return f"{things[:-3]}y"
    if things.endswith(("sses", "xes", "ches", "shes")):
        return things[:-2]
    return things if things.endswith("ss") else things.removesuffix("s")


def _several(thing: str) -> str:
    if thing in _IRREGULAR:
        return _IRREGULAR[thing]
    if re.search(r"[^aeiou]y\Z", thing):
        return f"{thing[:-1]}ies"
    return f"{thing}es" if thing.endswith(("s", "x", "ch", "sh")) else f"{thing}s"
