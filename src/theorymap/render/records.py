"""A table written row by row: a line for each value under its heading, and what is blank in one line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from theorymap.table import Status

_BLANKS = {f"({status.value})" for status in Status if status.blank}


def records(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """The lines of all rows, each row under its number.

    Args:
        head: The headings.
        rows: The cells as text, blanks in brackets.
        width: The columns of a line.
    """
    label = max(map(len, head))
    beside = " " * (label + 2)
    for number, row in enumerate(rows, 1):
        yield ""
        yield f"{number} of {len(rows)}"
        blank: dict[str, list[str]] = {}
        for heading, text in zip(head, row, strict=True):
            if text in _BLANKS:
                blank.setdefault(text, []).append(heading)
            elif text:
                yield from textwrap.wrap(
                    f"{heading:<{label}}  {text}",
                    max(width, label + 20),
                    subsequent_indent=beside,
                    drop_whitespace=True,
                )
        for words, headings in blank.items():
            yield from textwrap.wrap(f"{words[1:-1]}: {', '.join(headings)}", width, subsequent_indent="    ")
