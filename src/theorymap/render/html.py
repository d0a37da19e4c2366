"""A table as a page of its own in HTML: no scripts, nothing fetched, and a status is said in words as well as shown."""

from __future__ import annotations

from html import escape

from theorymap.render.lines import flat
from theorymap.render.notes import Shown, in_words, noted
from theorymap.table import Table

_STYLE = """\
body { font-family: system-ui, sans-serif; line-height: 1.4; margin: 2rem; color: #111; background: #fff; }
table { border-collapse: collapse; }
caption { font-weight: bold; text-align: left; padding: 0 0 .5rem; }
th, td { border: 1px solid #767676; padding: .4rem .6rem; text-align: left; vertical-align: top; }
thead th { background: #eee; }
ul { margin: 0; padding-left: 1.1rem; }
.status { font-style: italic; }
.background { border-left: .2rem dotted #555; padding-left: .3rem; }
.conflicting { border: .15rem double #8a1c00; padding: .1rem .3rem; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(table: Table) -> str:
    """A whole page: a caption, heads with their scope, and notes to which each value links."""
    rows, notes = noted(table)
    title = _text(table.title)
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        f'<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>",
        "<body>\n<main>",
        *(f"<p>{_text(note)}</p>" for note in table.notes),
        f"<table>\n<caption>{title}</caption>",
        "<thead>\n<tr>" + "".join(f'<th scope="col">{_text(c.title)}</th>' for c in table.columns) + "</tr>\n</thead>",
        "<tbody>",
        *(_row(row) for row in rows),
        "</tbody>\n</table>",
    ]
    if not rows:
        lines.append(f"<p>{_text(table.empty)}</p>")
    if notes:
        items = (f'<li id="note-{at}">{_text(in_words(table, note))}</li>' for at, note in enumerate(notes, 1))
        lines += [
            '<section aria-labelledby="sources">\n<h2 id="sources">Sources</h2>\n<ol>',
            *items,
            "</ol>\n</section>",
        ]
    return "\n".join([*lines, "</main>\n</body>\n</html>", ""])


def _row(row: list[Shown]) -> str:
    first, *others = map(_cell, row)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"


def _cell(shown: Shown) -> str:
    parts = []
    for words, mark, note, status in shown.parts:
        inner = f'<span class="status">{_text(words)}</span>' if status.blank else _text(words)
        inner += f' <span class="status">{_text(mark)}</span>' if mark else ""
        inner += f' <sup><a href="#note-{note}" aria-label="source {note}">{note}</a></sup>' if note else ""
        parts.append(f'<span class="{_name(status.value)}">{inner}</span>')
    inner = parts[0] if len(parts) == 1 else "<ul>" + "".join(f"<li>{part}</li>" for part in parts) + "</ul>"
    if shown.conflicting:
        return f'<div class="conflicting"><span class="status">(conflicting)</span> {inner}</div>'
    return inner


def _name(status: str) -> str:
    return status.replace(",", "").replace(" ", "-")


def _text(text: str) -> str:
    return escape(flat(text))
