"""The id of everything in a document: the one that it is given, or one made from its title or words."""

from __future__ import annotations

import re

from theorymap.formats.argdown.document import Document, End, Entry, Relation
from theorymap.formats.argdown.fields import Fields, is_id, made_id

_WORDS_OF_AN_ID = 6


class Naming:
    """The ids of a document.

    Attributes:
        fields: The data of each statement and argument, without the id.
        objections: The arguments that stand for an attack, each with the relation that says what it attacks.
        ids: Of each statement, argument and step; of an argument of several steps, the id of the last.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._taken: set[str] = set()
        ends = [End("statement", key) for key in document.statements]
        ends += [End("argument", key) for key in document.arguments]
        self.fields = {end: Fields(self.entry(end).data) for end in ends}
        self.objections = self._objections()
        self.ids = self._ids()

    def entry(self, end: End) -> Entry:
        """The statement or argument at an end of a relation."""
        return (self._document.statements if end.sort == "statement" else self._document.arguments)[end.key]

    def fresh(self, id: str) -> str:
        """That id, or the first free one that it makes with a number; it is taken from now on."""
        number, found = 1, id
        while not self._free(found):
            number += 1
            found = f"{id}-{number}"
        return found

    def _free(self, id: str) -> bool:
        free = id not in self._taken
        self._taken.add(id)
        return free

    def _objections(self) -> dict[End, Relation]:
        found: dict[End, Relation] = {}
        for relation in self._document.relations:
            end = relation.source
            if end.sort != "argument" or relation.kind not in {"attack", "undercut"}:
                continue
            if end.key not in self._document.steps and isinstance(self.fields[end].data.get("objection"), str):
                found.setdefault(end, relation)
        return found

    def _ids(self) -> dict[End, str]:
        given = {end: id for end in self.fields if (id := self._given(end)) and self._free(id)}
        ids = {end: given.get(end) or self.fresh(self._made(end)) for end in self.fields}
        for key, steps in self._document.steps.items():
            main = ids[End("argument", key)]
            numbered = [self.fresh(f"{main}-{number + 1}") for number in range(len(steps))] if steps[1:] else [main]
            ids |= {End("inference", key, step): id for step, id in enumerate(numbered)}
            ids[End("argument", key)] = numbered[-1]
        return ids

    def _given(self, end: End) -> str:
        id = self.fields[end].text("objection" if end in self.objections else "id")
        return id or (end.key if is_id(end.key) else "")

    def _made(self, end: End) -> str:
        entry = self.entry(end)
        if end.sort == "argument":
            return made_id("argument", entry.key)
        words = re.findall(r"\w+", entry.chosen)[:_WORDS_OF_AN_ID]
        return made_id("claim", " ".join(words) if words and not entry.titled else entry.key)
