"""The documents in which a value was searched, with the sections that were read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from theorymap.compare.facts import listed
from theorymap.rdf import Solutions
from theorymap.table import Cell, Source, Status
from theorymap.terms import ID, local, short

_NOTE = re.compile(r"note (\d+)")
_OF_TABLE = re.compile(r"header|names of the rows|(row|line|column) .+", re.IGNORECASE)
"""What the sections of a table are called; see `theorymap.passages.structure.table` and `theorymap.passages.rows`."""


@dataclass
class Reading:
    """Where was searched; what is asked for is looked up when it is needed, since a full table needs none of it.

    Attributes:
        ask: From the name of a query of `queries/pivot/` and what it is about to its rows.
        items: The things compared.
        base: With which the IRIs of the individuals begin.
    """

    ask: Callable[[str, Iterable[str]], Solutions]
    items: Collection[str]
    base: str = ID
    _blanks: dict[str, Cell] = field(default_factory=dict)
    _alike: dict[tuple[tuple[str, str], ...], Cell] = field(default_factory=dict)

    def nothing(self, item: str) -> Cell:
        """The blank of a thing of which nothing is said, by the documents that speak of it.

        Things of which the same documents speak share it.
        """
        if item not in self._blanks:
            read = tuple(sorted(self._documents[item].items()))
            if read not in self._alike:
                self._alike[read] = self._blank(dict(read))
            self._blanks[item] = self._alike[read]
        return self._blanks[item]

    def _blank(self, read: Mapping[str, str]) -> Cell:
        """The blank for which some documents, each with its extent, were searched."""
        places = tuple(place for text in read for place in self._sections.get(text) or [Source(short(text, self.base))])
        abstract = bool(read) and "full-text" not in read.values()
        return Cell(None, places, Status.ABSTRACT_ONLY if abstract else Status.NOT_REPORTED)

    def cited(self, documents: Iterable[str]) -> dict[str, str]:
        """How documents, and those that were searched, are called: ``Keating 2015``."""
        searched = self._documents.values() if self._blanks else ()
        wanted = set(documents).union(*searched)
        rows = self.ask("searched-works", sorted(wanted)) if wanted else ()
        return {
            short(str(work), self.base): f"{_family(str(author))} {year or 'n.d.'}"
            for work, author, year in sorted(rows)
        }

    @cached_property
    def _documents(self) -> dict[str, dict[str, str]]:
        """The documents that speak of each thing, with their extent."""
        found: dict[str, dict[str, str]] = {item: {} for item in self.items}
        for item, document, extent in self.ask("searched-documents", self.items):
            found[str(item)][str(document)] = local(str(extent))
        return found

    @cached_property
    def _sections(self) -> dict[str, list[Source]]:
        """The sections of these documents, which all blanks share."""
        found: dict[str, list[str]] = {}
        for document, section in self.ask("searched-sections", sorted(set().union(*self._documents.values()))):
            found.setdefault(str(document), []).append(str(section))
        return {text: [Source(short(text, self.base), place) for place in _shortened(found[text])] for text in found}


def _family(people: str) -> str:
    """The family names of authors: of two both, of more the first."""
    family = [person.partition(",")[0].strip() for person in people.split(";")]
    return listed(family) if len(family) < 3 else f"{family[0]} et al."


def _shortened(sections: Collection[str]) -> list[str]:
    """Sections in order, notes that follow each other as one, ``notes 1-89``, and all cells of a table as one."""
    if all(map(_OF_TABLE.fullmatch, sections)):
        return ["the table"]
    notes = sorted(int(found[1]) for section in sections if (found := _NOTE.fullmatch(section)))
    plain = sorted(section for section in sections if not _NOTE.fullmatch(section))
    for _, following in itertools.groupby(enumerate(notes), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in following]
        plain.append(f"note {numbers[0]}" if len(numbers) == 1 else f"notes {numbers[0]}-{numbers[-1]}")
    return plain
