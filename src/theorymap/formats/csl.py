"""Works as CSL-JSON (Citation Style Language, input schema 1.0.2): what citation processors and Pandoc read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from theorymap.formats.works import Person, Work, works
from theorymap.readers import Statement

_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "collection": "book",
    "conference": "paper-conference", "dataset": "dataset", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "manual": "book", "mastersthesis": "thesis", "online": "webpage",
    "phdthesis": "thesis", "proceedings": "book", "report": "report", "standard": "standard", "techreport": "report",
    "thesis": "thesis", "unpublished": "manuscript",
}  # fmt: skip
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
_KEYS = {
    "title": "title", "journal": "container-title", "booktitle": "container-title", "series": "collection-title",
    "volume": "volume", "edition": "edition", "pages": "page", "address": "publisher-place", "doi": "DOI", "url": "URL",
    "isbn": "ISBN", "issn": "ISSN", "note": "note", "annote": "annote", "keywords": "keyword", "language": "language",
}  # fmt: skip
_PUBLISHERS = ("publisher", "institution", "school", "organization")
_DATE = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def write(statements: Iterable[Statement]) -> bytes:
    """The works among the statements as a list; the same bytes in whatever order they come."""
    items = [_item(work) for work in works(statements)]
    return f"{json.dumps(items, ensure_ascii=False, indent=1)}\n".encode()


def _item(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {"id": work.key, "type": _TYPES.get(work.kind, "document")}
    for role in ("author", "editor"):
        if work.people.get(role):
            item[role] = [_name(person) for person in work.people[role]]
    fields = dict(work.fields)
    date = fields.pop("date", "") or work.year
    if date:
        item["issued"] = _issued(date)
    item |= {key: fields.pop(name) for name, key in _KEYS.items() if fields.get(name)}
    bodies = [fields.pop(name) for name in _PUBLISHERS if fields.get(name)]
    if bodies:
        item["publisher"] = "; ".join(dict.fromkeys(bodies))
    if fields.get("number"):
        item["issue" if work.kind == "article" else "number"] = fields.pop("number")
    if work.kind in _GENRES:
        item["genre"] = _GENRES[work.kind]
    return item | ({"custom": fields} if fields else {})


def _name(person: Person) -> dict[str, str]:
    """A name in its parts; an organisation is one literal."""
    if person.corporate:
        return {"literal": person.family}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: part for name, part in parts.items() if part}


def _issued(text: str) -> dict[str, Any]:
    """A year or a day in numbers; any other wording as it is."""
    found = _DATE.fullmatch(text)
    return {"date-parts": [[int(part) for part in found.groups() if part]]} if found else {"literal": text}
