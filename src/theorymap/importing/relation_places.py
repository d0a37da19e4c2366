"""Where the rows of a table stand, as passages that `theorymap lock` finds again in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from theorymap.importing.relation_table import RelationTable, Row
from theorymap.passages import DocumentText, Quote, Span
from theorymap.passages.letters import NOTHING, letters_of

_WORDS = re.compile(r'[^\s,;"]+')
_SIZES = (3, 5, 8)


def quotes(rows: Iterable[Row], document: DocumentText) -> dict[int, Quote]:
    """By the number of a row, a passage that is found in the document; one too long or without letters has none.

    Args:
        rows: The rows of the document.
        document: The file that they were read from.
    """
    texts = {p.section: document.text_of_file[p.start : p.end] for p in document.paragraphs()}
    found: dict[int, Quote] = {}
    for row in rows:
        section = f"row {row.number}"
        text = texts.get(section, "")
        letters = letters_of(text, NOTHING)
        if not all(letters_of(name, NOTHING) in letters for name in (row.theory, row.cause, row.effect)):
            continue
        words = _WORDS.findall(text)
        for size in (*_SIZES, len(words)):
            quote = Quote(section, " ".join(words[:size]), " ".join(words[-size:]))
            if isinstance(document.locate(quote), Span):
                found[row.number] = quote
                break
    return found


def skipped(table: RelationTable, document: DocumentText) -> list[tuple[str, str]]:
    """The sections of the document that hold nothing to be coded, each with the reason: the header, rejected rows."""
    reasons = {f"row {row.number}": f"not taken over: {row.reason}" for row in table.rejected}
    reasons["header"] = "the names of the columns"
    return [(section, reasons[section]) for section in document.sections if section in reasons]
