"""A table as LaTeX: a long table with the rules of booktabs, and notes that cite by the keys of the exported .bib."""

from __future__ import annotations

import re

from theorymap.render.footnotes import flat
from theorymap.render.notes import Note, Shown, called, noted
from theorymap.table import Table

_HEAD = """\
% \\usepackage{array,booktabs,longtable}
% The keys are those of: theorymap export bibtex
"""
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
    }
)
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:.+/_-]*")


def fragment(table: Table) -> str:
    """The table and its notes, to be read into a document; the packages that it needs are named in comments."""
    rows, notes = noted(table)
    number = len(table.columns)
    # The columns share the width of the text, without the space beside each.
    width = f"\\dimexpr(\\linewidth-{2 * number}\\tabcolsep)/{number}\\relax"
    columns = f">{{\\raggedright\\arraybackslash}}p{{{width}}}" * number
    head = " & ".join(f"\\textbf{{{escaped(column.title)}}}" for column in table.columns)
    lines = [
        _HEAD + f"\\begin{{longtable}}{{{columns}}}",
        f"\\caption{{{escaped(table.title)}}}\\\\",
        f"\\toprule\n{head} \\\\\n\\midrule\n\\endfirsthead",
        f"\\toprule\n{head} \\\\\n\\midrule\n\\endhead",
        "\\bottomrule\n\\endfoot",
        *(" & ".join(_cell(shown) for shown in row) + " \\\\\\addlinespace" for row in rows),
        "\\end{longtable}",
        *(f"\\noindent {escaped(note)}\\par" for note in (*table.notes, *([] if rows else [table.empty]))),
    ]
    if notes:
        items = [f"\\item[\\textsuperscript{{{at}}}] {_note(table, note)}" for at, note in enumerate(notes, 1)]
        lines += ["{\\footnotesize", "\\begin{description}", *items, "\\end{description}", "}"]
    return "\n".join([*lines, ""])


def escaped(text: str) -> str:
    """Text in one line that LaTeX prints as it is."""
    return flat(text).translate(_SPECIAL).replace("--", "-{}-")


def _cell(shown: Shown) -> str:
    parts = []
    for words, mark, note, status in shown.parts:
        said = f"\\emph{{{escaped(words)}}}" if status.blank else escaped(words)
        said += f" \\emph{{{escaped(mark)}}}" if mark else ""
        parts.append(said + (f"\\textsuperscript{{{note}}}" if note else ""))
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
