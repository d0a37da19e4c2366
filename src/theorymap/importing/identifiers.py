"""Identifiers for what an import enters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

from theorymap.readers.names import slug

WORDS = 7
"""How many words of a name an identifier has at most, unless it is asked for more."""
_ASCII = re.compile(r"[a-z0-9]+")


def name_of(text: str, words: int = WORDS) -> str:
    """The first words of a text that are in ASCII once accents are taken off, as the second part of an identifier."""
    return "-".join([word for word in slug(text).split("-") if _ASCII.fullmatch(word)][:words])


class Identifiers:
    """Gives out identifiers that nobody has."""

    def __init__(self, key: str, taken: Collection[str]) -> None:
        """Identifiers for the document of a key.

        Args:
            key: The key of the document.
            taken: The identifiers that the workspace has.
        """
        self.key, self.taken = key, set(taken)
        self.last: dict[str, int] = {}

    def new(self, kind: str, text: str, words: int = WORDS) -> str:
        """An identifier made of the first words of a text that are in ASCII.

        >>> ids = Identifiers("reed-1999", {"case/port"})
        >>> [ids.new("case", name) for name in ("Port", "Port", "Port Halden", "日本")]
        ['case/reed-1999-port', 'case/reed-1999-port-2', 'case/port-halden', 'case/reed-1999']
        """
        name = name_of(text, words)
        id = f"{kind}/{name or self.key}"
        return self.free(f"{kind}/{self.key}-{name or kind}" if id in self.taken else id)

    def free(self, id: str) -> str:
        """An identifier as it is, or with the first number behind it with which nobody has it."""
        if id in self.taken:
            numbers = itertools.count(self.last.get(id, 1) + 1)
            self.last[id] = next(n for n in numbers if f"{id}-{n}" not in self.taken)
            id = f"{id}-{self.last[id]}"
        self.taken.add(id)
        return id
