"""A table as Markdown, with the sources of a row in a column."""

from __future__ import annotations

from theorymap.render import footnotes
from theorymap.render.footnotes import escaped, pipes
from theorymap.render.grid import grid, notes_in_lines
from theorymap.table import Comparison, Table


def table_markdown(table: Table) -> str:
    """A table as GitHub-flavoured Markdown under its question; what Markdown would take for markup is escaped."""
    if isinstance(table, Comparison):
        return footnotes.markdown(table)
    head, rows = grid(table)
    lines = [f"**{escaped(table.title)}**", ""]
    for note in notes_in_lines(table.notes):
        lines += [escaped(note), ""]
    if not rows:
        return "\n".join([*lines, f"*{escaped(table.empty)}*", ""])
    lines += [pipes(map(escaped, head)), f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(pipes(map(escaped, row)) for row in rows), ""])
