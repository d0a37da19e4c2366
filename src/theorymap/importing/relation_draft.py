"""A table of relations as the file of a document that an author goes on with.

The draft says what the rows say and no more. A relation is one of ours only where the row says as much; a sign that
the row does not give is never given, and any other relation is a plain claim that keeps its words. That two theories
use one name for one construct is taken from the table; that a construct of the table is one that the workspace has is
left to a mapping.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from theorymap.importing.relation_table import RelationTable, Row, same
from theorymap.passages import Quote
from theorymap.readers import yaml_text
from theorymap.readers.latex import tidy
from theorymap.readers.names import slug
from theorymap.readers.yaml_text import Tree

_WORDED = {
    "raises": "raises, increases, positively influences, positively affects, +",
    "lowers": "lowers, decreases, reduces, negatively influences, negatively affects, -, \u2212",
    "affects": "affects, influences, has an effect on, causes, influences (*), influences (+), may influence, "
    "may affect",
    "necessary-for": "necessary for, is necessary for, is a necessary condition for",
    "sufficient-for": "sufficient for, is sufficient for, is a sufficient condition for",
    "part-of-the-meaning-of": "part of the meaning of, is part of the meaning of",
    "presupposes": "presupposes",
    "signals": "signals",
    "no-effect": "no effect, has no effect on, does not affect, does not influence",
}
RELATIONS = {words: relation for relation, several in _WORDED.items() for words in several.split(", ")}
"""Our relation by the words of a row, in small letters; what influences without a sign affects."""

_ASCII = re.compile(r"[a-z0-9]+")
_WORDS = 7
_HEAD = """\
# {title}
# Relations between the constructs of theories, imported from {file}.
# What the rows do not say is left out here, and theorymap check lists it by line until it is filled in:
# at the head of the file: extent, extraction and coder; in kb/bibliography.bib: the entry {key};
# on each theory: sort; on each claim that is no proposition: kind; on each claim: the levels; on each attribution:
# holder, hedge, mode, certainty and stance. The passages are the rows: keep the table as {key}{suffix} in the folder of
# documents, and theorymap lock proves them.
# A construct that the knowledge base has under another identifier is joined to it by a line of kb/mappings.sssom.tsv.
"""

_Entry = dict[str, Tree]


@dataclass
class _Named:
    """The things of one kind, by what their spellings have in common.

    Attributes:
        ids: Their identifiers.
        names: Their spellings, the first one first.
        rows: The first row of each.
    """

    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)

    def add(self, name: str, row: Row) -> str:
        """Take a name in; the key of what it names."""
        key = same(name)
        self.rows.setdefault(key, row)
        spellings = self.names.setdefault(key, [])
        if tidy(name) not in map(tidy, spellings):
            spellings.append(name)
        return key

    def entries(self, quotes: Mapping[int, Quote], known: Collection[str] = ()) -> dict[str, Tree]:
        """An entry for each that the workspace does not know, with the passage of its first row."""
        return {
            self.ids[key]: {
                "label": first,
                **({"alt_labels": rest} if rest else {}),
                **_passages([self.rows[key]], quotes),
            }
            for key, (first, *rest) in self.names.items()
            if self.ids[key] not in known
        }


def _passages(rows: Iterable[Row], quotes: Mapping[int, Quote]) -> _Entry:
    """The passages of rows under their key; nothing where none of them has one."""
    found = [quotes[row.number] for row in rows if row.number in quotes]
    named: list[Tree] = [{"section": q.section, "from": q.first, "to": q.last} for q in found]
    return {"passages": named} if named else {}


@dataclass(frozen=True)
class Draft:
    """The file of a document, and what it came to.

    Attributes:
        text: The file, in UTF-8.
        theories, constructs: How many there are in the rows.
        propositions, claims: How many claims have a relation of ours, and how many are plain.
    """

    text: bytes
    theories: int
    constructs: int
    propositions: int
    claims: int


def draft(
    table: RelationTable,
    key: str,
    title: str,
    *,
    taken: Collection[str] = frozenset(),
    theories: Mapping[str, str] = MappingProxyType({}),
    quotes: Mapping[int, Quote] = MappingProxyType({}),
    suffix: str = ".csv",
) -> Draft:
    """The file `kb/documents/<key>.yaml` for a table; the same for the same table and workspace.

    Rows that relate the same constructs in the same words are one claim, of all their theories.

    Args:
        table: What to write.
        key: The key of the document.
        title: What the document is called.
        taken: The identifiers that the workspace has, such as ``claim/x``.
        theories: The identifiers of the theories of the workspace by their names in small letters.
        quotes: The passages of rows by number; see `theorymap.importing.relation_places.quotes`.
        suffix: What the name of the table ends in, for readers.
    """
    free = _Free(key, taken)
    named = {"theory": _Named(), "construct": _Named()}
    said: dict[tuple[str, str, str], dict[str, list[Row]]] = {}
    for row in table.rows:
        theory = named["theory"].add(row.theory, row)
        ends = (named["construct"].add(row.cause, row), named["construct"].add(row.effect, row))
        said.setdefault((ends[0], same(row.relation), ends[1]), {}).setdefault(theory, []).append(row)
    known = {same(name): id for name, id in theories.items()}
    for kind, things in named.items():
        for thing, spellings in things.names.items():
            ours = known.get(thing, "") if kind == "theory" else ""
            things.ids[thing] = ours or free.identifier(kind, spellings[0])
    claims = [_claim(*parts, rows, named, quotes) for parts, rows in said.items()]
    slots: dict[str, dict[str, Tree]] = {
        "theories": named["theory"].entries(quotes, set(known.values())),
        "constructs": named["construct"].entries(quotes),
        "claims": {free.identifier("claim", str(claim["text"])): claim for claim in claims},
    }
    head = _HEAD.format(title=tidy(title) or key, file=tidy(title), key=key, suffix=suffix) + f"id: work/{key}\n"
    text = "\n".join([head, *(yaml_text.write({slot: entries}) for slot, entries in slots.items() if entries)])
    propositions = sum("type" in claim for claim in claims)
    sizes = [len(things.ids) for things in named.values()]
    return Draft(text.encode(), sizes[0], sizes[1], propositions, len(claims) - propositions)


def _claim(
    cause: str,
    words: str,
    effect: str,
    rows: Mapping[str, list[Row]],
    named: Mapping[str, _Named],
    quotes: Mapping[int, Quote],
) -> dict[str, Tree]:
    """A claim with an attribution for each of its theories."""
    constructs = named["construct"]
    first = next(iter(rows.values()))[0]
    relation = RELATIONS.get(words.replace("-", " ") if len(words) > 1 else words, "")
    shown = first.relation.lower() if first.relation.capitalize() == first.relation else first.relation
    claim: _Entry = {"type": "Proposition"} if relation and cause != effect else {}
    claim["text"] = f"“{constructs.names[cause][0]}” {shown} “{constructs.names[effect][0]}”"
    claim["theory"] = [named["theory"].ids[theory] for theory in rows]
    ends = [constructs.ids[cause], constructs.ids[effect]]
    if "type" in claim:
        claim |= {"cause": ends[0], "effect": ends[1], "relation": relation}
    claim["topics"] = list(dict.fromkeys(ends))
    hedge = {"hedge": "possible"} if relation and words.startswith("may ") else {}
    claim["attributions"] = [
        {"commitment": "asserts", **hedge, "note": _note(told), **_passages(told, quotes)} for told in rows.values()
    ]
    return claim


def _note(rows: list[Row]) -> str:
    """Which rows of a theory say so, with their sources."""
    numbers = ", ".join(str(row.number) for row in rows)
    sources = "; ".join(dict.fromkeys(row.source for row in rows if row.source))
    note = f"Row{'s' if len(rows) > 1 else ''} {numbers}, of {rows[0].theory}."
    return f"{note} Source: {sources}" if sources else note


class _Free:
    """Gives out identifiers that nobody has."""

    def __init__(self, key: str, taken: Collection[str]) -> None:
        self.key, self.taken = key, set(taken)
        self.last: dict[str, int] = {}

    def identifier(self, kind: str, text: str) -> str:
        """An identifier made of the first words of a text that are in ASCII."""
        words = "-".join([word for word in slug(text).split("-") if _ASCII.fullmatch(word)][:_WORDS])
        id = f"{kind}/{words or self.key}"
        if id in self.taken:
            id = f"{kind}/{self.key}-{words or kind}"
        if id in self.taken:
            numbers = itertools.count(self.last.get(id, 1) + 1)
            self.last[id] = next(n for n in numbers if f"{id}-{n}" not in self.taken)
            id = f"{id}-{self.last[id]}"
        self.taken.add(id)
        return id
