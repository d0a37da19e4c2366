"""Tables with numbered sources as Markdown and as text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from theorymap.render.lines import flat
from theorymap.render.notes import Shown, in_words, noted
from theorymap.table import Table

_MARKUP = re.compile(r"([\\`*_\[\]<>&~$|])")


def markdown(table: Table, prefix: str = "") -> str:
    """A table as GitHub-flavoured Markdown with footnotes.

    Args:
        prefix: What the names of the footnotes begin with, so that several tables can stand on one page.
    """
    rows, notes = noted(table)
    lines = [f"**{escaped(table.title)}**", "", *(line for note in table.notes for line in (escaped(note), ""))]
    if not rows:
        return "\n".join([*lines, f"*{escaped(table.empty)}*", ""])
    lines += [pipes([escaped(column.title) for column in table.columns]), f"|{' --- |' * len(table.columns)}"]
    lines += [pipes([_cell(shown, prefix) for shown in row]) for row in rows]
    said = [f"[^{prefix}{number}]: {escaped(in_words(table, note))}" for number, note in enumerate(notes, 1)]
    return "\n".join([*lines, *([""] if said else []), *said, ""])


def text_rows(table: Table) -> tuple[list[list[str]], list[str]]:
    """The cells of a table as plain text with numbers in brackets, and the notes."""
    rows, notes = noted(table)
    cells = [[_plain(shown) for shown in row] for row in rows]
    return cells, [f"[{number}] {in_words(table, note)}" for number, note in enumerate(notes, 1)]


def escaped(text: str) -> str:
    """Text in one line in which Markdown sees no markup."""
    return _MARKUP.sub(r"\\\1", flat(text))


def pipes(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def _cell(shown: Shown, prefix: str) -> str:
    parts = []
    for part in shown.parts:
        words = f"*{escaped(part.words)}*" if part.status.blank else escaped(part.words)
        mark = f" *{part.mark}*" if part.mark else ""
        parts.append(words + mark + (f"[^{prefix}{part.note}]" if part.note else ""))
    return ("*(conflicting)* " if shown.conflicting else "") + r" \| ".join(parts)


def _plain(shown: Shown) -> str:
    parts = [
        " ".join(filter(None, [flat(part.words), part.mark, f"[{part.note}]" if part.note else ""]))
        for part in shown.parts
    ]
    return ("(conflicting) " if shown.conflicting else "") + " | ".join(parts)
