"""A table for the eye, in the columns of a terminal."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Sequence

from theorymap.render.footnotes import text_rows
from theorymap.render.grid import grid, notes_in_lines
from theorymap.render.lines import coloured, flat
from theorymap.render.records import records, things
from theorymap.table import Comparison, Table

WIDTH = 120
_NARROWEST = 8
_READABLE = 12
"""The letters that a column must have room for, if it needs them; else a table is written row by row."""
_COMPARED = 4
"""How many things a comparison sets side by side in columns; with more its words would be broken."""


def table_text(table: Table, *, width: int = WIDTH, colour: bool = False) -> str:
    """A table for the eye: wrapped columns, blanks said in words, status and sources in columns of their own.

    Of a comparison, in which each value has sources of its own, they stand below, by number; one of more than four
    things is written thing by thing. Any other table whose columns would be too narrow to read is written row by row.
    """
    below: list[str] = []
    notes = notes_in_lines(table.notes)
    if isinstance(table, Comparison):
        head = [flat(column.title) for column in table.columns]
        rows, below = text_rows(table)
    else:
        head, rows = grid(table)
    lines = [coloured(line, "1", colour) for line in textwrap.wrap(flat(table.title), width) or [""]]
    lines += [line for note in notes for line in textwrap.wrap(flat(note), width)]
    if not rows:
        return "\n".join([*lines, "", *textwrap.wrap(flat(table.empty), width), ""])
    widths = _widths([head, *rows], width)
    if isinstance(table, Comparison) and len(head) > _COMPARED + 1:
        lines += things(head[1:], rows, width)
    elif not isinstance(table, Comparison) and _narrow([head, *rows], widths):
        lines += records(head, rows, width)
    else:
        lines += ["", *_wrapped(head, widths), "  ".join("-" * size for size in widths)]
        for row in rows:
            lines += _wrapped(row, widths)
    lines += ["", *(line for note in below for line in textwrap.wrap(flat(note), width, subsequent_indent="    "))]
    return "\n".join([*lines[: None if below else -1], f"({len(rows)} row{'s' if len(rows) != 1 else ''})", ""])


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column: what it needs, the widest ones narrowed until all fit."""
    needed = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    sizes = [max(1, size) for size in needed]
    while sum(sizes) + 2 * (len(sizes) - 1) > width and max(sizes) > _NARROWEST:
        sizes[sizes.index(max(sizes))] -= 1
    return sizes


def _narrow(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bool:
    """Whether a column has so little room that its text runs down the page a few letters a line."""
    needed = (max(len(row[i]) for row in rows) for i in range(len(widths)))
    return any(size < min(need, _READABLE) for need, size in zip(needed, widths, strict=True))


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [_broken(text, size) for text, size in zip(row, widths, strict=True)]
    line = "  ".join(f"{{:<{size}}}" for size in widths).format
    return [line(*parts).rstrip() for parts in itertools.zip_longest(*cells, fillvalue="")]


def _broken(text: str, size: int) -> list[str]:
    """The lines that `textwrap.wrap` gives, without its slow search for places to break a word where none is needed."""
    if len(text) <= size:
        return [text]
    words = text.split(" ")
    if "-" in text or max(map(len, words)) > size:
        return textwrap.wrap(text, size)
    lines = words[:1]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) > size:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return lines
