"""Where the values of the fields of a BibTeX file stand.

Readers of bibliographies give values without their offsets, and some drop a record without a key.
A passage needs the offsets, whatever the key.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from theorymap.passages.letters import BrokenText

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_CITATION_KEY = re.compile(r"[^,={}()\"]*,")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:+.-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}()\"]+")
_JOIN = re.compile(r"\s*#\s*")


class Field(NamedTuple):
    """A field with the stretches (start, end in characters) of its value: several where ``#`` joins strings."""

    name: str
    stretches: tuple[tuple[int, int], ...]


def fields(text: str) -> list[Field]:
    """The fields of all records, in order, names in lower case; comments, strings and the preamble left out.

    Raises:
        BrokenText: A brace or quotation mark is never closed; it carries the line where it opens.
    """
    found: list[Field] = []
    place = 0
    while entry := _ENTRY.search(text, place):
        if entry[1].lower() in {"comment", "preamble", "string"}:
            place = _closing(text, entry.end() - 1) + 1
            continue
        key = _CITATION_KEY.match(text, entry.end())
        place = key.end() if key else entry.end()
        while field := _FIELD.match(text, place):
            stretches, place = _value(text, field.end())
            found.append(Field(field[1].lower(), stretches))
    return found


def _value(text: str, place: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """The stretches of the value that begins at an offset, and the offset behind it."""
    stretches = []
    while True:
        opening = text[place : place + 1]
        if opening in {"{", '"'}:
            end = _closing(text, place)
            stretches.append((place + 1, end))
            place = end + 1
        elif bare := _BARE.match(text, place):
            stretches.append(bare.span())
            place = bare.end()
        joint = _JOIN.match(text, place)
        if not joint:
            return tuple(stretches), place
        place = joint.end()


def _closing(text: str, opening: int) -> int:
    """The offset of what closes the brace, bracket or quotation mark at an offset; BibTeX knows no escaped braces."""
    closer = {"{": "}", "(": ")", '"': '"'}[text[opening]]
    depth = 0
    for place in range(opening + 1, len(text)):
        character = text[place]
        if character == closer and depth == 0:
            return place
        depth += (character == "{") - (character == "}")
    line = text.count("\n", 0, opening) + 1
    raise BrokenText(f"line {line}: the {text[opening]} that opens here is never closed", "Close it.", line)
