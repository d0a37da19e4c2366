"""Works as a RIS file: a tag a line, in UTF-8 with CRLF, records by key.

The tags are those of the specification of 2011 (Research Information Systems), the types those that reference managers
have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from theorymap.formats.works import Person, Work, works
from theorymap.readers import Statement

_TYPES = {
    "article": "JOUR", "book": "BOOK", "booklet": "PAMP", "collection": "BOOK", "conference": "CPAPER",
    "dataset": "DATA", "inbook": "CHAP", "incollection": "CHAP", "inproceedings": "CPAPER", "manual": "BOOK",
    "mastersthesis": "THES", "online": "ELEC", "phdthesis": "THES", "proceedings": "CONF", "report": "RPRT",
    "standard": "STAND", "techreport": "RPRT", "thesis": "THES", "unpublished": "UNPB",
}  # fmt: skip
_TAGS = {
    "TI": "title", "T2": "booktitle", "JO": "journal", "T3": "series", "VL": "volume", "IS": "number", "ET": "edition",
    "PB": "publisher institution school organization", "CY": "address", "SN": "isbn issn", "DO": "doi", "UR": "url",
    "DA": "date", "N1": "note",
}  # fmt: skip
_RANGE = re.compile(r"\s*([\w.:]+)\s*[-–—]+\s*([\w.:]+)\s*")


def write(statements: Iterable[Statement]) -> bytes:
    """The works among the statements; the same bytes in whatever order they come, nothing where there is none."""
    return "\r\n".join("".join(f"{line}\r\n" for line in _record(work)) for work in works(statements)).encode()


def _record(work: Work) -> Iterator[str]:
    yield f"TY  - {_TYPES.get(work.kind, 'GEN')}"
    for tag, role in (("AU", "author"), ("ED", "editor")):
        for person in work.people.get(role, ()):
            yield f"{tag}  - {_name(person)}"
    year = re.search(r"(?<!\d)\d{4}(?!\d)", work.year)
    if year:
        yield f"PY  - {year[0]}"
    for tag, names in _TAGS.items():
        # Readers keep one line of a tag.
        said = dict.fromkeys(filter(None, (_line(work.fields.get(name, "")) for name in names.split())))
        if said:
            yield f"{tag}  - {'; '.join(said)}"
    yield from _pages(_line(work.fields.get("pages", "")))
    for word in re.split(r"[,;]", work.fields.get("keywords", "")):
        if word.split():
            yield f"KW  - {_line(word)}"
    yield f"ID  - {work.key}"
    yield "ER  - "


def _name(person: Person) -> str:
    """A name as RIS has it: family, given, suffix."""
    family = f"{person.particle} {person.family}".strip()
    given = person.given or ("" if not person.suffix else " ")
    return _line(", ".join(part for part in (family, given, person.suffix) if part)).rstrip(",")


def _pages(pages: str) -> Iterator[str]:
    found = _RANGE.fullmatch(pages)
    if found:
        yield f"SP  - {found[1]}"
        yield f"EP  - {found[2]}"
    elif pages:
        yield f"SP  - {pages}"


def _line(text: str) -> str:
    """A text on one line: nothing in it can be taken for another tag."""
    return " ".join(text.split())
