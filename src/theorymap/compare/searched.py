"""The documents in which a value was searched, with the sections that were read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from theorymap.compare.facts import listed
from theorymap.rdf import Solutions
from theorymap.table import Cell, Source, Status
from theorymap.terms import local, short

_NOTE = re.compile(r"note (\d+)")


@dataclass(frozen=True)
class Text:
    """A document: how it is called in words, whether it was at hand in full, and the sections that were read."""

    document: str
    words: str
    full: bool
    sections: tuple[str, ...]


def texts(rows: Solutions) -> dict[str, Text]:
    """What is known of documents by their IRIs, from the rows of `queries/pivot/searched-sections.rq`."""
    found: dict[str, tuple[str, bool, dict[str, None]]] = {}
    for document, extent, author, year, section in rows:
        name = short(str(document))
        words = f"{_family(author)} {year or 'n.d.'}" if author else name.removeprefix("work/")
        known = found.setdefault(str(document), (words, local(extent or "") == "full-text", {}))
        known[2].update({section: None} if section else {})
    return {
        document: Text(short(document), words, full, tuple(_shortened(sections)))
        for document, (words, full, sections) in found.items()
    }


def nothing(searched: Iterable[Text]) -> Cell:
    """The blank of a thing of which nothing is said, by the documents that speak of it."""
    read = list(searched)
    places = tuple(Source(text.document, place) for text in read for place in text.sections or ("",))
    abstract = bool(read) and not any(text.full for text in read)
    return Cell(None, places, Status.ABSTRACT_ONLY if abstract else Status.NOT_REPORTED)


def _family(people: str) -> str:
    """The family names of authors: of two both, of more the first."""
    family = [person.partition(",")[0].strip() for person in people.split(";")]
    return listed(family) if len(family) < 3 else f"{family[0]} et al."


def _shortened(sections: Iterable[str]) -> list[str]:
    """Sections in order, notes that follow each other as one: ``notes 1-89``."""
    notes = sorted(int(found[1]) for section in sections if (found := _NOTE.fullmatch(section)))
    plain = sorted(section for section in sections if not _NOTE.fullmatch(section))
    for _, following in itertools.groupby(enumerate(notes), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in following]
        plain.append(f"note {numbers[0]}" if len(numbers) == 1 else f"notes {numbers[0]}-{numbers[-1]}")
    return plain
