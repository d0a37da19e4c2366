"""The works among some statements with their fields in plain text, for formats of references other than BibTeX."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from theorymap.readers import Statement
from theorymap.readers.bibfields import PEOPLE, properties
from theorymap.readers.names import slug
from theorymap.terms import DCTERMS, RDF, TM, local

Said = Mapping[str, list[str]]
"""What is said of a work: property to values."""

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """A name in its parts; an organisation has a family name alone and is `corporate`."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    corporate: bool = False


@dataclass(frozen=True)
class Work:
    """A work.

    Attributes:
        key: By which it is cited.
        kind: The type of its BibTeX entry, such as ``incollection``.
        fields: By their names in BibTeX, people and year left out.
        people: Authors and editors.
        year: As worded; empty where there is none.
    """

    key: str
    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)
    year: str = ""


def gathered(statements: Iterable[Statement]) -> dict[str, Said]:
    """What is said of each work, by its key."""
    subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        value = statement.object if isinstance(statement.object, str) else statement.object.value
        subjects[statement.subject][statement.predicate].append(value)
    return {_key(iri, said): said for iri, said in subjects.items() if TM.Work in said.get(RDF.type, ())}


def _key(iri: str, said: Said) -> str:
    return min(said.get(DCTERMS.identifier, ()), default=iri.rpartition("/work/")[2])


def works(statements: Iterable[Statement]) -> list[Work]:
    """The works, by key."""
    return [_work(key, said) for key, said in sorted(gathered(statements).items())]


def kind_of(said: Said) -> str:
    """The type of the BibTeX entry of a work."""
    return local(min(said.get(TM.workType, ()), default="misc"))


def plain_fields(kind: str, said: Said) -> dict[str, str]:
    """The fields of a work with one text, by their names in BibTeX."""
    fields = dict(sorted(said_field.split("=", 1) for said_field in said.get(TM.bibField, ())))
    for name, predicate in properties(kind).items():
        if said.get(predicate):
            fields[name] = min(said[predicate])
    return fields


def year_text(said: Said) -> str:
    """The year of a work as worded; empty where there is none."""
    return min(said.get(TM.yearText) or said.get(TM.year) or ("",))


def is_organisation(agent: str) -> bool:
    """Whether that is the IRI of an organisation, as the reader of bibliographies makes it in any workspace."""
    return agent.endswith(f"/organisation/{local(agent)}")


def _work(key: str, said: Said) -> Work:
    kind = kind_of(said)
    people = {}
    for name, (each, whole) in PEOPLE.items():
        if said.get(whole):
            organisations = set(map(local, filter(is_organisation, said.get(each, ()))))
            people[name] = [_person(text, organisations) for text in min(said[whole]).split("; ")]
    return Work(key, kind, plain_fields(kind, said), people, year_text(said))


def _person(text: str, organisations: set[str]) -> Person:
    """A name as a bibliography sorts it, ``de Hoop Scheffer, Jr., Jaap``, in its parts."""
    if slug(text) in organisations:
        return Person(text, corporate=True)
    family, *rest = text.split(", ")
    suffix = rest.pop(0) if len(rest) > 1 or (rest and _SUFFIX.fullmatch(rest[0])) else ""
    words = family.split()
    small = next((n for n, word in enumerate(words) if not word[0].islower()), 0)
    return Person(" ".join(words[small:]), ", ".join(rest), " ".join(words[:small]), suffix)
