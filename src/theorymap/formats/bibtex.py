"""Works as a BibTeX bibliography in UTF-8, one field a line, entries by key."""

from __future__ import annotations

from collections.abc import Iterable

from theorymap.formats.works import Said, gathered, is_organisation, kind_of, plain_fields, year_text
from theorymap.readers import Statement
from theorymap.readers.bibfields import PEOPLE, VERBATIM
from theorymap.readers.latex import escaped
from theorymap.readers.names import slug
from theorymap.terms import local

ORDER = """author editor title booktitle journal series edition volume number pages publisher school institution
organization address year date doi url isbn keywords note annote rights""".split()
"""The order of the fields; any other field follows, by its name."""


def write(statements: Iterable[Statement]) -> bytes:
    """The bibliography of all works among the statements; nothing where there is none.

    Reading the result with `theorymap.readers.bibtex.read` gives the statements that it was written from, as far as
    that reader made them. The same statements give the same bytes in whatever order they come.
    """
    works = gathered(statements)
    return "\n".join(_entry(key, said) for key, said in sorted(works.items())).encode()


def _entry(key: str, said: Said) -> str:
    kind = kind_of(said)
    fields = dict(sorted(_fields(kind, said).items(), key=lambda item: (_rank(item[0]), item[0])))
    width = max(map(len, fields), default=0)
    lines = [f"  {name:{width}} = {{{_value(name, value)}}},\n" for name, value in fields.items()]
    return f"@{kind}{{{key},\n" + "".join(lines) + "}\n"


def _fields(kind: str, said: Said) -> dict[str, str]:
    """The fields of an entry in plain text; names are in LaTeX already."""
    fields = plain_fields(kind, said)
    for name, (each, whole) in PEOPLE.items():
        if said.get(whole):
            fields[name] = _names(min(said[whole]), said.get(each, ()))
    year = year_text(said)
    return fields | ({"year": year} if year else {})


def _names(text: str, agents: Iterable[str]) -> str:
    """An author field in LaTeX: organisations in braces of their own."""
    organisations = set(map(local, filter(is_organisation, agents)))
    names = [f"{{{escaped(n)}}}" if slug(n) in organisations else escaped(n) for n in text.split("; ")]
    return " and ".join(names)


def _value(name: str, text: str) -> str:
    if name in VERBATIM or name in PEOPLE:
        return text
    return escaped(text).replace("–", "--") if name == "pages" else escaped(text)


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
