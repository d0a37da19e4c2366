"""An entry of a bibliography, as every part of the BibTeX reader knows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from theorymap.readers.latex import plain
from theorymap.readers.names import names, slug

TYPES = frozenset(
    """article artwork audio bibnote book bookinbook booklet collection conference dataset electronic image
    inbook incollection inproceedings inreference jurisdiction legal legislation letter manual mastersthesis misc
    movie music mvbook mvcollection mvproceedings mvreference online patent performance periodical phdthesis
    proceedings reference report review software standard suppbook suppcollection suppperiodical techreport thesis
    unpublished video www""".split()
)
"""The entry types of BibTeX and of biblatex."""

_SMALL_WORDS = frozenset("a an and as at by for from in of on or the to why with".split())


@dataclass(frozen=True)
class Field:
    """A field: its name in lower case, its value in LaTeX without delimiters, and the line where it begins."""

    name: str
    value: str
    line: int


@dataclass(frozen=True)
class Entry:
    """An entry of a .bib file.

    Attributes:
        type: In lower case.
        key: As written, perhaps empty.
        line: Where it begins.
        fields: In the order of the file.
        broken: Whether a fault may have lost some of its fields.
    """

    type: str
    key: str
    line: int
    fields: tuple[Field, ...]
    broken: bool = False

    def get(self, name: str) -> Field | None:
        """The first field of that name that has a value."""
        return next((field for field in self.fields if field.name == name and field.value.strip()), None)

    def text(self, name: str) -> str:
        """The value of a field in plain text; empty where there is none."""
        field = self.get(name)
        return plain(field.value)[0] if field else ""


def suggest_key(entry: Entry) -> str:
    """The key that the entry should have: the family name of its first author or editor, and the year.

    Where it has neither, the first word of weight in its title; where it has no year, ``nd``. Always an ASCII slug
    as far as the letters allow.

    >>> fields = Field("author", "de Hoop Scheffer, Jaap", 2), Field("year", "2006", 3)
    >>> suggest_key(Entry("misc", "", 1, fields))
    'de-hoop-scheffer-2006'
    """
    fields = [field for field in map(entry.get, ("author", "editor")) if field]
    people = next((found for field in fields if (found := names(field.value)[0])), ())
    words = [word for word in slug(entry.text("title")).split("-") if word and word not in _SMALL_WORDS]
    head = slug(people[0].family) if people else (words or ["work"])[0]
    return f"{head}-{year_of(entry) or 'nd'}"


def year_of(entry: Entry) -> str:
    """The first four figures in a row in the year, else in the date; empty where there are none."""
    found = re.search(r"(?<!\d)\d{4}(?!\d)", entry.text("year") or entry.text("date"))
    return found[0] if found else ""
