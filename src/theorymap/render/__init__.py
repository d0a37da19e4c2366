"""Findings and tables as text, CSV, TSV, JSON, Markdown, HTML, LaTeX and GitHub annotations."""

from __future__ import annotations

import itertools
import json
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from theorymap.findings import Finding, Severity

if TYPE_CHECKING:
    from theorymap.table import Cell, Table

WIDTH = 120
_NARROWEST = 8
_READABLE = 12
"""The letters that a column must have room for, if it needs them; else a table is written row by row."""
_COMPARED = 4
"""How many things a comparison sets side by side in columns; with more its words would be broken."""
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def coloured(text: str, code: str, colour: bool) -> str:
    """Text in an ANSI colour, or as it is."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


# Findings


def findings_text(findings: Sequence[Finding], *, colour: bool = False) -> str:
    """Findings grouped by file, each with its line, its message and its repair."""
    lines: list[str] = []
    file = None
    for finding in findings:
        if finding.origin.file != file:
            file = finding.origin.file
            lines += [*([""] if lines else []), coloured(file or "(the knowledge base as a whole)", "1", colour)]
        place = (
            f"{finding.origin.line}:{finding.origin.column}"
            if finding.origin.column
            else str(finding.origin.line or "")
        )
        severity = coloured(finding.severity.name.lower(), _COLOURS[finding.severity], colour)
        lines.append(f"  {place:>7}  {severity} [{finding.code}] {_flat(finding.message)}")
        if finding.repair:
            lines.append(f"           {_flat(finding.repair)}")
    return "\n".join(lines) + ("\n" if lines else "")


def findings_json(findings: Sequence[Finding]) -> str:
    """Findings as a JSON list, in the order given."""
    return json.dumps([finding.to_json() for finding in findings], ensure_ascii=False, indent=1) + "\n"


def findings_github(findings: Sequence[Finding]) -> str:
    """Findings as workflow commands, which GitHub shows beside the lines of a pull request.

    Source: GitHub, "Workflow commands for GitHub Actions", setting an error, warning or notice message.
    """
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    lines = []
    for finding in findings:
        keys = {
            "file": finding.origin.file,
            "line": finding.origin.line,
            "col": finding.origin.column,
            "title": finding.code,
        }
        about = ",".join(f"{key}={_github(str(value), ',:')}" for key, value in keys.items() if value)
        message = f"{finding.message} {finding.repair}".strip()
        lines.append(f"::{names[finding.severity]} {about}::{_github(message)}\n")
    return "".join(lines)


def _github(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


# Tables


def table_text(table: Table, *, width: int = WIDTH, colour: bool = False) -> str:
    """A table for the eye: wrapped columns, blanks said in words, status and sources in columns of their own.

    Of a comparison, in which each value has sources of its own, they stand below, by number; one of more than four
    things is written thing by thing. Any other table whose columns would be too narrow to read is written row by row.
    """
    from theorymap.table import Comparison

    below: list[str] = []
    notes = _noted(table.notes)
    if isinstance(table, Comparison):
        from theorymap.render.footnotes import text_rows

        head = [_flat(column.title) for column in table.columns]
        rows, below = text_rows(table)
    else:
        head, rows = _grid(table)
    lines = [coloured(line, "1", colour) for line in textwrap.wrap(_flat(table.title), width) or [""]]
    lines += [line for note in notes for line in textwrap.wrap(_flat(note), width)]
    if not rows:
        return "\n".join([*lines, "", *textwrap.wrap(_flat(table.empty), width), ""])
    widths = _widths([head, *rows], width)
    if isinstance(table, Comparison) and len(head) > _COMPARED + 1:
        from theorymap.render.records import things

        lines += things(head[1:], rows, width)
    elif not isinstance(table, Comparison) and _narrow([head, *rows], widths):
        from theorymap.render.records import records

        lines += records(head, rows, width)
    else:
        lines += ["", *_wrapped(head, widths), "  ".join("-" * size for size in widths)]
        for row in rows:
            lines += _wrapped(row, widths)
    lines += ["", *(line for note in below for line in textwrap.wrap(_flat(note), width, subsequent_indent="    "))]
    return "\n".join([*lines[: None if below else -1], f"({len(rows)} row{'s' if len(rows) != 1 else ''})", ""])


def _noted(notes: Sequence[str]) -> list[str]:
    """The notes of a table: what was asked about in one line, each sentence in one of its own."""
    asked = [note for note in notes if not note.endswith(".")]
    return [*(["; ".join(asked)] if asked else []), *(note for note in notes if note.endswith("."))]


def _grid(table: Table) -> tuple[list[str], list[list[str]]]:
    """The headings and the cells as a reader sees them; status and sources are columns where a row has any."""
    statuses = [_status_of_values(row) for row in table.rows]
    sources = [_places(row) for row in table.rows]
    head = [_flat(column.title) for column in table.columns]
    rows = [[_flat(str(cell)) for cell in row] for row in table.rows]
    for title, extra in (("Status", statuses), ("Source", sources)):
        if any(extra):
            head.append(title)
            rows = [[*row, _flat(text)] for row, text in zip(rows, extra, strict=True)]
    return head, rows


def _places(row: Sequence[Cell]) -> str:
    """The sources of a row for a reader: each document once, with its places behind it."""
    places: dict[str, list[str]] = {}
    for cell in row:
        for source in cell.sources:
            known = places.setdefault(source.document.partition("/")[2] or source.document, [])
            known += [source.place] if source.place and source.place not in known else []
    return "; ".join(f"{document}: {', '.join(known)}" if known else document for document, known in places.items())


def _status_of_values(row: Sequence[Cell]) -> str:
    """What the values of a row rest on, unless they are stated; blanks speak for themselves."""
    from theorymap.table import Status

    statuses = [cell.status for cell in row if cell.value is not None and cell.status is not Status.STATED]
    return ", ".join(dict.fromkeys(status.value for status in statuses))


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


def table_markdown(table: Table) -> str:
    """A table as GitHub-flavoured Markdown under its question; what Markdown would take for markup is escaped."""
    from theorymap.table import Comparison

    if isinstance(table, Comparison):
        return table_footnotes(table)
    from theorymap.render.footnotes import escaped, pipes

    head, rows = _grid(table)
    lines = [f"**{escaped(table.title)}**", ""]
    for note in _noted(table.notes):
        lines += [escaped(note), ""]
    if not rows:
        return "\n".join([*lines, f"*{escaped(table.empty)}*", ""])
    lines += [pipes(map(escaped, head)), f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(pipes(map(escaped, row)) for row in rows), ""])


def table_footnotes(table: Table, prefix: str = "") -> str:
    """A table as Markdown with its sources in footnotes; see `theorymap.render.footnotes.markdown`."""
    from theorymap.render.footnotes import markdown

    return markdown(table, prefix)


def table_html(table: Table) -> str:
    """A table as a page of its own; see `theorymap.render.html`."""
    from theorymap.render.html import page

    return page(table)


def table_latex(table: Table) -> str:
    """A table to be read into a LaTeX document; see `theorymap.render.latex`."""
    from theorymap.render.latex import fragment

    return fragment(table)


def _flat(text: str) -> str:
    """Text in one line, without the control characters that a terminal would obey."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def table_csv(table: Table) -> str:
    """A table as CSV (RFC 4180): `Table.wide`."""
    from theorymap.render.data import separated

    return separated(table.wide())


def table_long(table: Table) -> str:
    """A table as CSV: `Table.long`."""
    from theorymap.render.data import separated

    return separated(table.long())


def table_tsv(table: Table) -> str:
    """A table as values with tabs between, every cell in one line: `Table.wide`."""
    from theorymap.render.data import separated

    return separated(table.wide(), "\t", _flat)


def table_json(table: Table) -> str:
    """A table as SPARQL 1.1 Query Results JSON, with the variables `status` and `sources` added to each row.

    A comparison, which is no rows of one answer, has a form of its own.
    """
    from theorymap.table import Comparison

    if isinstance(table, Comparison):
        from theorymap.render.data import comparison

        return comparison(table)
    names = [column.name for column in table.columns]
    bindings = []
    for row, (*_, status, sources) in zip(table.rows, table.wide()[1], strict=True):
        bound = {name: _binding(cell) for name, cell in zip(names, row, strict=True) if cell.value is not None}
        bound["status"] = {"type": "literal", "value": str(status)}
        if sources:
            bound["sources"] = {"type": "literal", "value": str(sources)}
        bindings.append(bound)
    data = {"head": {"vars": [*names, "status", "sources"]}, "results": {"bindings": bindings}}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _binding(cell: Cell) -> dict[str, str]:
    if cell.iri:
        return {"type": "uri", "value": cell.iri}
    binding = {"type": "literal", "value": str(cell)}
    kinds = {bool: "boolean", int: "integer", float: "decimal"}
    if type(cell.value) in kinds:
        binding["datatype"] = f"http://www.w3.org/2001/XMLSchema#{kinds[type(cell.value)]}"
    return binding


FINDINGS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": findings_text,
    "json": findings_json,
    "github": findings_github,
}
