"""Where the rows of a table stand, as passages that `theorymap lock` finds again in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from theorymap.importing.relation_table import Row
from theorymap.passages import DocumentText, Quote, Span
from theorymap.passages.letters import letters_of

_WORDS = re.compile(r'[^\s,;"]+')
_SIZES = (3, 5, 8)


def quotes(rows: Iterable[Row], document: DocumentText) -> dict[int, Quote]:
    """By the number of a row, a passage that is found in the document; a row that cannot be told apart has none.

    Args:
        rows: The rows of the document.
        document: The file that they were read from.
    """
    texts = {p.section: document.text_of_file[p.start : p.end] for p in document.paragraphs()}
    found: dict[int, Quote] = {}
    for row in rows:
        section = f"row {row.number}"
        text = texts.get(section, "")
        letters = letters_of(text)
        if not all(letters_of(name) in letters for name in (row.theory, row.cause, row.effect)):
            continue
        words = _WORDS.findall(text)
        for size in _SIZES:
            quote = Quote(section, " ".join(words[:size]), " ".join(words[-size:]))
            if isinstance(document.locate(quote), Span):
                found[row.number] = quote
                break
    return found
