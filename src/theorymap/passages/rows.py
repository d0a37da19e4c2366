"""Where the rows of a table stand, each a section of its own: the first row below the header is ``row 1``."""

from __future__ import annotations

import csv
import io
import itertools
import re

from theorymap.passages.letters import BrokenText, letters_of
from theorymap.passages.structure import Part

NO_MARKUP = re.compile(r"(?!)")
"""A table is text as it stands."""

_DELIMITERS = "\t,;"


def rows(text: str) -> list[Part]:
    """The header and the rows of a CSV or TSV file (RFC 4180) that hold text; a line without any character is none.

    Raises:
        BrokenText: A quotation mark is not closed, or stands where none may; it carries the line.
    """
    lines = list(io.StringIO(text, newline=""))
    begins = list(itertools.accumulate(map(len, lines), initial=0))
    delimiter = max(_DELIMITERS, key=next((line for line in lines if line.strip()), "").count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    parts: list[Part] = []
    line, number = 0, itertools.count()
    try:
        for record in reader:
            start, end, line = begins[line], begins[reader.line_num], reader.line_num
            if record:
                place = next(number)
                parts.append(Part(f"row {place}" if place else "header", [[(start, end)]]))
    except csv.Error as problem:
        raise BrokenText(f"the table cannot be read: {problem}", "Correct the quotation marks.", line + 1) from problem
    return [part for part in parts if letters_of(text[slice(*part.paragraphs[0][0])], NO_MARKUP)]
