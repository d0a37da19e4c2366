"""What can still be read of an entry whose braces, commas or head are at fault, and where the fault lies.

BibTeX has no end of entry other than its last brace, so a parser that meets one slip loses the entry and points at
the wrong line. People write one field a line (or end each with a brace and a comma); read that way, an entry keeps
its other fields, and the fault is the one field whose own braces do not match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from theorymap.readers.bibentry import TYPES, Entry, Field
from theorymap.readers.latex import depth, enclosed

_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*=\s*(.*)")
_FIELD_WITHOUT_SIGN = re.compile(r"([A-Za-z][\w-]*)\s*([{\"].*)")
_BETWEEN_FIELDS = re.compile(r"(?<=[}\"],)\s*(?=[A-Za-z][\w-]*\s*=)")
_HEAD = re.compile(r"\s*@?\s*(?P<type>\w*)\s*[{(]*\s*(?:(?P<key>[^\s,={}()\\\"#]+)\s*(?:,|$))?(?P<rest>.*)")
_SOUND_HEAD = re.compile(r"\s*@\w+\s*[{(]\s*[^\s,={}()\\\"#]*\s*,")


def is_head(line: str) -> bool:
    """Whether a line begins an entry, if perhaps without its ``@`` or its brace.

    >>> is_head("book{kydd-2005,"), is_head("@book kydd-2005,"), is_head("Books on trust, a list")
    (True, True, False)
    """
    kind, key, rest = _head(line)
    if line.lstrip().startswith("@"):
        return bool(kind) and bool(re.search(r"[{(]|,\s*$", line))
    return kind in TYPES and not rest.strip() and (bool(key) or "{" in line)


def _head(line: str) -> tuple[str, str, str]:
    """The type, the key and the rest of an entry's first line; the type may run into the key."""
    found = _HEAD.match(line)
    kind, key, rest = (found["type"].lower(), found["key"] or "", found["rest"]) if found else ("", "", line)
    if kind not in TYPES and "{" not in line:
        known = max((name for name in TYPES if kind.startswith(name)), key=len, default=kind)
        kind, key = known, kind[len(known) :] + key
    return kind, key, rest


@dataclass
class _Salvage:
    """The fields read so far, and the first fault found on the way."""

    fields: list[Field] = field(default_factory=list)
    closed: bool = False
    line: int = 0
    fault: str = ""

    def blame(self, line: int, fault: str) -> None:
        if not self.line:
            self.line, self.fault = line, fault


def salvaged(lines: list[str], first: int) -> tuple[Entry, int, str]:
    """The entry as far as it can be read, the line of its first fault, and the fault in words.

    The values keep their delimiters, which match.

    Args:
        lines: The lines from the entry's head to the next entry.
        first: The number of the first of them in its file.
    """
    work = _Salvage()
    kind, key, rest = _head(lines[0])
    if not _SOUND_HEAD.match(lines[0]):
        work.blame(first, "Its first line is not of the form “@book{key,”.")
    for number, text in _segments([rest, *lines[1:]], first):
        _take(work, number, text)
    _mend(work)
    if not work.closed:
        last = max(n for n, text in enumerate(lines, first) if text.strip() or n == first)
        work.blame(last, "It is never closed with a brace of its own.")
    work.blame(first, "It cannot be read to its end.")
    return Entry(kind, key, first, tuple(work.fields), broken=True), work.line, work.fault


def _segments(lines: list[str], first: int) -> Iterator[tuple[int, str]]:
    """What stands on the lines, cut where one field ends and another begins, with the number of the line."""
    for number, line in enumerate(lines, first):
        for segment in _BETWEEN_FIELDS.split(line):
            if segment.strip():
                yield number, segment.strip()


def _take(work: _Salvage, number: int, text: str) -> None:
    """Read one segment: a field, the rest of the field before, the entry's end, or a line that is none of them."""
    last = work.fields[-1] if work.fields else None
    open_value = last is not None and depth(last.value) > 0
    found = _FIELD.fullmatch(text) or (None if open_value else _FIELD_WITHOUT_SIGN.fullmatch(text))
    if found:
        if work.closed:
            work.blame(number, f"The field “{found[1]}” stands after its end.")
        work.fields.append(Field(found[1].lower(), found[2], number))
        if "=" not in text[found.end(1) : found.start(2)]:
            work.blame(number, f"There is no “=” after “{found[1]}”.")
    elif re.fullmatch(r"[})]", text):
        work.closed = True
    elif last and open_value:
        work.fields[-1] = replace(last, value=f"{last.value} {text}")
    else:
        work.blame(number, f"“{text[:40]}” is neither a field nor the end of the entry.")


def _mend(work: _Salvage) -> None:
    """Make the delimiters of every value match, and blame the first field where they did not."""
    for index, item in enumerate(work.fields):
        value, end, last = item.value.rstrip(), "", index == len(work.fields) - 1
        if last and not work.closed and depth(value) == -1:
            value, work.closed = value[: value.rindex("}")].rstrip(), True
        value, end = value.rstrip(", "), value[len(value.rstrip(", ")) :]
        mended = _matched(value)
        if mended != value:
            work.blame(item.line, f"The braces or quotation marks of the field “{item.name}” do not match.")
        elif end.count(",") > 1 or (not end and not last):
            commas = "more than one comma" if end else "no comma"
            work.blame(item.line, f"There is {commas} after the field “{item.name}”.")
        work.fields[index] = replace(item, value=mended)


def _matched(value: str) -> str:
    """The value with as many braces, or quotation marks, as match."""
    if value.startswith('"'):
        return value if len(value) > 1 and value.endswith('"') else value + '"'
    surplus = depth(value)
    if surplus == 0:
        return value
    for guess in (value[max(surplus, 0) : len(value) + min(surplus, 0)], value + "}" * surplus):
        if enclosed(guess):
            return guess
    return "{" + re.sub("[{}]", "", value) + "}"
