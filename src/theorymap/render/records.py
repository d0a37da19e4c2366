"""A table written row by row: a line for each value under its heading, and what is blank in one line."""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Iterator, Sequence

from theorymap.table import Status

_BLANK = re.compile(rf"\((?:{'|'.join(status.value for status in Status if status.blank)})\)(?: \[\d+\])?")
_UNSAID = f"({Status.NOT_APPLICABLE.value})"
_WIDEST = 3
"""A heading takes no more than this part of the line, and is wrapped where it is longer."""


def records(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """The lines of all rows, each row under its number.

    Args:
        head: The headings.
        rows: The cells as text, blanks in brackets.
        width: The columns of a line.
    """
    for number, row in enumerate(rows, 1):
        yield ""
        yield f"{number} of {len(rows)}"
        yield from _record(head, row, width)


def things(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """The lines of a comparison, thing by thing: what it has on each dimension, or why it has nothing.

    What does not apply to a thing and names no source is left out.

    Args:
        titles: The things that are compared.
        rows: The cells as text, blanks in brackets, each row opened by its dimension.
        width: The columns of a line.
    """
    head, *columns = zip(*rows, strict=True)
    for number, (title, column) in enumerate(zip(titles, columns, strict=True), 1):
        yield ""
        yield from textwrap.wrap(f"{number} of {len(titles)}: {title}", width)
        yield from _record(head, [text if text != _UNSAID else "" for text in column], width)


def _record(head: Sequence[str], row: Sequence[str], width: int) -> Iterator[str]:
    """A line for each heading with its value, and one for each sort of blank."""
    label = min(max(map(len, head)), max(width // _WIDEST, 20))
    blank: dict[str, list[str]] = {}
    for heading, text in zip(head, row, strict=True):
        if _BLANK.fullmatch(text):
            blank.setdefault(text, []).append(heading)
        elif text:
            beside = textwrap.wrap(text, max(width - label - 2, 20))
            for left, right in itertools.zip_longest(textwrap.wrap(heading, label) or [""], beside, fillvalue=""):
                yield f"{left:<{label}}  {right}".rstrip()
    for words, headings in blank.items():
        yield from textwrap.wrap(
            f"{words[1:].replace(')', '', 1)}: {', '.join(headings)}", width, subsequent_indent="    "
        )
