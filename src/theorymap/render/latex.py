"""A table as LaTeX: a long table with the rules of booktabs, and notes that cite by the keys of the exported .bib."""

from __future__ import annotations

import re
from collections.abc import Sequence

from theorymap.readers.latex import apart
from theorymap.render.lines import flat
from theorymap.render.notes import Note, Shown, called, noted
from theorymap.table import Comparison, Table

_HEAD = """\
% \\usepackage[T1]{fontenc}
% \\usepackage{array,booktabs,longtable}
% The keys are those of: theorymap export bibtex
"""
_BREAK = "\u200b"
"""Where a line may end in a word; no text has it, since `flat` leaves no such character."""
_SPECIAL = str.maketrans(
    {character: f"\\{character}" for character in "{}$&#_%"}
    | {
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
        '"': r"\textquotedbl{}",
        # At the end of a row, LaTeX would take them for arguments.
        "[": "{[}",
        "]": "{]}",
        "*": "{*}",
        _BREAK: r"\hspace{0pt}",
    }
)
_LONG = re.compile(r"\S{11,}")
_MARK = re.compile(r"(?<=[-/.:=&?#@+\\_])(?=[^\W_])")
"""Where a long word may end a line, since TeX hyphenates none with marks in it."""
_CODE = re.compile(r"(?=\w*\d)\w{12,}|\w{25,}")
"""What is no word of a language and may end a line anywhere, such as a number or a key."""
_MOST = 5
"""More columns than these do not fit beside each other on a page."""
_NOTE = r"\nobreak\hspace{0pt}\textsuperscript"
"""TeX hyphenates no word that a superscript follows, but one that ends where a space of no width is kept to it."""
_END = " \\\\\\addlinespace"
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:.+/_-]*")


def fragment(table: Table) -> str:
    """The table and its notes, to be read into a document; the packages that it needs are named in comments.

    A table of more columns than fit on a page has a line for each value: row by row under its heading, and of a
    comparison thing by thing.
    """
    rows, notes = noted(table)
    titles = [_bold(column.title) for column in table.columns]
    shares, head = [1, 3], ""
    if len(titles) <= _MOST:
        shares, head = [1] * len(titles), f"{' & '.join(titles)} \\\\\n\\midrule\n"
        body = [" & ".join(map(_cell, row)) + _END for row in rows]
    elif isinstance(table, Comparison):
        dimensions = [_bold(str(row[0])) for row in table.rows]
        body = []
        for at, title in enumerate(titles[1:], 1):
            body += [_heading(title), *_record(dimensions, [row[at] for row in rows])]
    else:
        body = [line for row in rows for line in _record(titles, row)]
    lines = [
        _HEAD + f"\\begin{{longtable}}{{{_columns(shares)}}}",
        f"\\caption{{{escaped(table.title)}}}\\\\",
        f"\\toprule\n{head}\\endfirsthead",
        f"\\toprule\n{head}\\endhead",
        "\\bottomrule\n\\endfoot",
        *body,
        "\\end{longtable}",
        *(f"\\noindent {escaped(note)}\\par" for note in (*table.notes, *([] if rows else [table.empty]))),
    ]
    if notes:
        items = [f"\\item[\\textsuperscript{{{at}}}] {_note(table, note)}" for at, note in enumerate(notes, 1)]
        lines += ["{\\footnotesize", "\\begin{description}", *items, "\\end{description}", "}"]
    return "\n".join([*lines, ""])


def _columns(shares: list[int]) -> str:
    """Columns that share the width of the text, without the space beside each."""
    room = f"(\\linewidth-{2 * len(shares)}\\tabcolsep)"
    widths = (f"\\dimexpr{room}*{share}/{sum(shares)}\\relax" for share in shares)
    # TeX hyphenates no word that opens a paragraph; after a space, though of no width, it does.
    return "".join(f">{{\\raggedright\\arraybackslash\\hspace{{0pt}}}}p{{{width}}}" for width in widths)


def _bold(text: str) -> str:
    return f"\\textbf{{{escaped(text)}}}"


def _heading(title: str) -> str:
    """A line across the page that no page ends with."""
    return f"\\multicolumn{{2}}{{{_columns([1])}}}{{{title}}} \\\\*"


def _record(titles: Sequence[str], row: Sequence[Shown]) -> list[str]:
    """The lines of a row: each value under its heading, the blanks of one sort together, and a rule below."""
    values, blanks = [], dict[str, list[str]]()
    for title, shown in zip(titles, row, strict=True):
        if all(part.status.blank for part in shown.parts):
            blanks.setdefault(_cell(shown), []).append(title)
        else:
            values.append(f"{title} & {_cell(shown)} \\\\")
    values += [f"{words} & {', '.join(named)} \\\\" for words, named in blanks.items()]
    return [*values, "\\midrule"]


def escaped(text: str) -> str:
    """Text in one line that LaTeX prints as it is, though it may end a line in a long word."""
    marked = _LONG.sub(lambda word: _MARK.sub(_BREAK, word[0]), flat(text))
    broken = _CODE.sub(lambda code: _BREAK.join(code[0]), marked)
    # An empty group would do for pdfTeX alone.
    return apart(broken.translate(_SPECIAL), r"\mbox{}")


def _cell(shown: Shown) -> str:
    parts = []
    for words, mark, note, status in shown.parts:
        said = f"\\emph{{{escaped(words)}}}" if status.blank else escaped(words)
        said += f" \\emph{{{escaped(mark)}}}" if mark else ""
        parts.append(said + (f"{_NOTE}{{{note}}}" if note else ""))
    return ("\\emph{(conflicting)} " if shown.conflicting else "") + " \\textbar{} ".join(parts)


def _note(table: Table, note: Note) -> str:
    said = []
    for document, places, holder in note.places:
        where = escaped(", ".join(places))
        key = document.removeprefix("work/")
        if document.startswith("work/") and _KEY.fullmatch(key):
            cited = f"\\cite[{{{where}}}]{{{key}}}" if where else f"\\cite{{{key}}}"
        else:
            cited = escaped(called(table, document)) + (f", {where}" if where else "")
        said.append(cited + (f" ({escaped(holder)})" if holder else ""))
    opening = f"{escaped(note.opening)}: " if note.opening and said else escaped(note.opening)
    return opening + "; ".join(said)
