"""A table as the file of a document: its entries, said by whoever made it, each with the places where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from theorymap.importing.identifiers import Identifiers
from theorymap.readers import yaml_text
from theorymap.readers.latex import tidy
from theorymap.readers.yaml_text import Tree

LIMIT = 30
"""The words that a wording may have at most; see the rule `claim-length`."""

Entry = dict[str, Tree]


@dataclass(frozen=True)
class Known:
    """What the workspace has already.

    Attributes:
        first, second: The identifiers of the two sorts of things that a table names (theories and constructs, or cases
            and variables) by name in small letters, short name or code; what two of them share is left out.
        taken: All of its identifiers, such as ``claim/x``.
        shared: What two of the first sort share, with the identifiers of both.
        lists: What the lists of states call the state of a code, by kind and code; the name of the list comes first.
    """

    first: Mapping[str, str]
    second: Mapping[str, str]
    taken: Collection[str]
    shared: Mapping[str, Collection[str]] = field(default_factory=dict)
    lists: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)


NOTHING_KNOWN = Known({}, {}, frozenset())


class Entries:
    """The entries of the file, made while the rows are read.

    Attributes:
        slots: The entries by slot and identifier.
        skipped: The sections of the table that hold nothing to be coded, each with the reason.
        ids: Gives out identifiers.
    """

    def __init__(self, key: str, known: Known, holders: Sequence[str], slots: Iterable[str]) -> None:
        """No entries yet, but for the makers of the table where nobody is known to be.

        Args:
            key: The key of the document.
            known: What the workspace has.
            holders: Who vouches for the table; none where the bibliography names nobody.
            slots: The slots in the order of the file; before them stand the agents, behind them the claims.
        """
        self.key, self.known, self.holders = key, known, list(holders)
        self.ids = Identifiers(key, known.taken)
        self.slots: dict[str, dict[str, Entry]] = {slot: {} for slot in ("agents", *slots, "claims")}
        self.skipped: list[Tree] = []
        self._places: defaultdict[str, list[Tree]] = defaultdict(list)
        if not holders:
            makers = self.holders = [f"agent/makers-of-{key}"]
            if makers[0] not in known.taken:
                own: Entry = {"type": "Unnamed", "label": f"the makers of {key}", "sources": [f"work/{key}"]}
                self.slots["agents"][makers[0]] = own

    def enter(self, slot: str, id: str, own: Entry, *places: Tree) -> None:
        """Enter a thing and where it is named; of one that stands there already, or in the workspace, only where."""
        if id not in self.slots[slot]:
            self.slots[slot][id] = {**({} if id in self.known.taken else own), "passages": self._places[id]}
        self._places[id] += places

    def skip(self, section: str, reason: str) -> None:
        """Say that a section holds nothing to be coded."""
        self.skipped.append({"section": section, "reason": reason})

    def said(self, passages: Sequence[Tree], *, hedge: str = "plain", note: str = "") -> Entry:
        """The attribution of a claim: the makers of the table assert what stands in it.

        Args:
            passages: Where it says so.
            hedge: How firmly, in its own words.
            note: A remark on it; empty for none.
        """
        return {
            "holder": self.holders[0] if len(self.holders) == 1 else self.holders,
            "commitment": "asserts",
            "hedge": hedge,
            "mode": "own",
            "certainty": "explicit",
            "stance": "asserts",
            **({"note": note} if note else {}),
            "passages": passages,
        }

    def text(self, head: str, title: str, coder: str) -> bytes:
        """The file, in UTF-8; a table is read whole, and by a program.

        Args:
            head: The remarks at its head, for readers, with places for `title` and `key`.
            title: What the document is called.
            coder: The agent who answers for the import; empty for none.
        """
        told = head.format(title=tidy(title) or self.key, key=self.key)
        told += f"id: work/{self.key}\nextent: full-text\nextraction: automatic\n"
        told += f"coder: {coder}\n" if coder else ""
        return yaml_text.file(told, {**self.slots, "skipped": self.skipped})


def passage(section: str, first: str, last: str) -> Entry:
    """A place in the table."""
    return {"section": section, "from": first, "to": last}


def worded(form: str, *parts: str) -> str:
    """A form filled with the words of a table, which are cut where the whole would be longer than a claim may be.

    >>> worded("{} has a wall.", "Port " * 30)
    'Port Port Port Port Port Port Port Port … has a wall.'
    """
    for words in (LIMIT, 8, 4):
        text = form.format(*(_cut(part, words) for part in parts))
        if len(text.split()) <= LIMIT:
            break
    return text


def _cut(text: str, most: int) -> str:
    words = text.split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")
