"""A table of relations as the file of a document that an author goes on with.

The draft says what the rows say and no more, and that the makers of the table assert it. A relation is one of ours only
where the row says as much; a sign that the row does not give is never given, and any other relation is a plain claim
that keeps its words, and interprets the theory. That two theories use one name for one construct is taken from the
table, and so is that a construct has the name of one that the workspace has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from theorymap.importing.relation_table import RelationTable, Row, same
from theorymap.importing.relation_words import relation as relation_of
from theorymap.importing.table_draft import NOTHING_KNOWN, Entries, Entry, Known, passage, worded
from theorymap.passages import Quote
from theorymap.readers.latex import tidy
from theorymap.readers.yaml_text import Tree

_HEDGES = {"may", "might"}
_HEAD = """\
# {title}
# Relations between the constructs of theories, imported. The passages are the rows, and theorymap lock proves them once
# the table stands beside the documents as {key}{suffix}.
# What the table does not say is left for you: who coded it and who made it, the level of analysis, whether what is
# entered as a theory is a family, a variant or a school; and in kb/bibliography.bib, the entry {key}.
# A construct that the knowledge base has under another name is joined to it by a line of kb/mappings.sssom.tsv.
"""


class _Named:
    """The things of one kind, by what their spellings have in common.

    Attributes:
        ids: Their identifiers.
        names: Their spellings, the first one first.
        used: The identifiers of those that the workspace has.
    """

    def __init__(self, kind: str, known: Mapping[str, str], entries: Entries) -> None:
        self._kind, self._entries = kind, entries
        self._known = _unambiguous(known)
        self._rows: dict[str, Row] = {}
        self.ids: dict[str, str] = {}
        self.names: dict[str, list[str]] = {}
        self.used: dict[str, None] = {}

    def add(self, name: str, row: Row) -> str:
        """Take a name in; the identifier of what it names."""
        key = same(name)
        spellings = self.names.setdefault(key, [])
        if tidy(name) not in map(tidy, spellings):
            spellings.append(name)
        if key not in self.ids:
            self._rows[key] = row
            self.ids[key] = self._known.get(key, "") or self._entries.ids.new(self._kind, name)
            if key in self._known:
                self.used[self.ids[key]] = None
        return self.ids[key]

    def first(self, name: str) -> str:
        """The first spelling of a name."""
        return self.names[same(name)][0]

    def entered(self, quotes: Mapping[int, Quote], said: Mapping[str, Tree]) -> dict[str, Entry]:
        """An entry for each that the workspace does not know, with the passage of its first row.

        Args:
            said: What else is said of each.
        """
        return {
            self.ids[key]: {
                "label": first,
                **({"alt_labels": rest} if rest else {}),
                **said,
                "passages": _passages([self._rows[key]], quotes),
            }
            for key, (first, *rest) in self.names.items()
            if self.ids[key] not in self.used
        }


def _unambiguous(known: Mapping[str, str]) -> dict[str, str]:
    """The identifiers by what the spellings of their names have in common, but for what two of them share."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, id in known.items():
        found[same(name)].add(id)
    return {name: id for name, several in found.items() if len(several) == 1 for id in several}


def _passages(rows: Iterable[Row], quotes: Mapping[int, Quote]) -> list[Tree]:
    """The passages of some rows."""
    found = [quotes[row.number] for row in rows]
    return [passage(q.section, q.first, q.last) for q in found]


@dataclass(frozen=True)
class Draft:
    """The file of a document, and what it came to.

    Attributes:
        text: The file, in UTF-8.
        theories, constructs: How many there are in the rows.
        propositions: How many claims have a relation of ours.
        plain: How many claims have none, by their relation in small letters, the most frequent first.
        used: The theories and constructs that the workspace has and the table names, in the order of the table.
    """

    text: bytes
    theories: int
    constructs: int
    propositions: int
    plain: Mapping[str, int]
    used: tuple[str, ...]


def draft(
    table: RelationTable,
    key: str,
    title: str,
    quotes: Mapping[int, Quote],
    *,
    known: Known = NOTHING_KNOWN,
    skipped: Iterable[tuple[str, str]] = (),
    holders: Sequence[str] = (),
    coder: str = "",
    suffix: str = ".csv",
) -> Draft:
    """The file `kb/documents/<key>.yaml` for a table; the same for the same table and workspace.

    Rows that relate the same constructs in the same words are one claim, of all their theories.

    Args:
        table: What to write.
        key: The key of the document.
        title: What the document is called.
        quotes: The passages of its rows by number; see `theorymap.importing.relation_places.quotes`.
        known: What the workspace has.
        skipped: The sections of the table that hold nothing to be coded, each with the reason.
        holders: Who vouches for the rows; none where the bibliography names nobody.
        coder: The agent who answers for the import; empty for none.
        suffix: What the name of the table ends in, for readers.
    """
    made = Entries(key, known, holders, ("theories", "constructs"))
    theories, constructs = _Named("theory", known.first, made), _Named("construct", known.second, made)
    said: dict[tuple[str, str, str], dict[str, list[Row]]] = {}
    for row in table.rows:
        parts = (constructs.add(row.cause, row), same(row.relation), constructs.add(row.effect, row))
        said.setdefault(parts, {}).setdefault(theories.add(row.theory, row), []).append(row)
    made.slots["theories"] = theories.entered(quotes, {"sort": "theory"})
    made.slots["constructs"] = constructs.entered(quotes, {})
    plain: Counter[str] = Counter()
    for parts, rows in said.items():
        claim = _claim(*parts, rows, constructs)
        hedge = "possible" if _HEDGES & set(re.findall(r"\w+", parts[1])) else "plain"
        claim["attributions"] = [
            made.said(_passages(several, quotes), hedge=hedge, note=_note(several)) for several in rows.values()
        ]
        plain.update([] if "type" in claim else [parts[1]])
        made.slots["claims"][made.ids.new("claim", str(claim["text"]))] = claim
    for section, reason in skipped:
        made.skip(section, reason)
    propositions = len(made.slots["claims"]) - plain.total()
    sizes = [len(set(things.ids.values())) for things in (theories, constructs)]
    text = made.text(_HEAD.replace("{suffix}", suffix), title, coder)
    used = (*theories.used, *constructs.used)
    return Draft(text, sizes[0], sizes[1], propositions, dict(plain.most_common()), used)


def _claim(
    cause: str,
    words: str,
    effect: str,
    rows: Mapping[str, list[Row]],
    constructs: _Named,
) -> Entry:
    """A claim, not yet attributed.

    Args:
        cause, effect: The identifiers of two constructs.
        words: The relation, in small letters.
        rows: The rows that say so, by the identifier of the theory.
        constructs: All constructs of the table.
    """
    first = next(iter(rows.values()))[0]
    relation = relation_of(words) if cause != effect else ""
    shown = first.relation.lower() if first.relation.capitalize() == first.relation else first.relation
    claim: Entry = {"type": "Proposition"} if relation else {"kind": "interpretive"}
    names = (constructs.first(first.cause), shown, constructs.first(first.effect))
    claim |= {"text": worded("“{}” {} “{}”", *names), "theory": list(rows)}
    if relation:
        claim |= {"cause": cause, "effect": effect, "relation": relation}
    return claim | {"topics": list(dict.fromkeys((cause, effect))), "level_of_cause": "none"}


def _note(rows: list[Row]) -> str:
    """Which rows of a theory say so, with their sources."""
    numbers = ", ".join(str(row.number) for row in rows)
    sources = "; ".join(dict.fromkeys(row.source for row in rows if row.source))
    note = f"Row{'s' if len(rows) > 1 else ''} {numbers}, of {rows[0].theory}."
    return f"{note} Source: {sources}" if sources else note
