"""How the fields of a map are kept in Argdown: by what key of the data, and under what name.

Reader and writer have this in common. A key has the meaning given here only where its value has the right form; in any
other form it is an author's own, and stays among the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from theorymap.argument_map import Bond
from theorymap.formats.argdown.data import Data, as_text, pairs, strings
from theorymap.formats.argdown.wording import tidy
from theorymap.readers.names import slug
from theorymap.table import Source

RESERVED = frozenset(
    """id title text asserted implicit denied holders groups tags sources data premises scheme makers entertained
    objection attackers model""".split()
) | {bond.value for bond in Bond}
"""The keys that have a meaning."""

WORDING = "wording"
"""The key of what is said in other words by another member of an equivalence class."""

SECTION = "section"
"""The key of the headings that an argument stands under."""

PLAIN_ATTACK = (("relation", "attack"),)
"""The data of an attack on an argument that does not say whether its step or a premise is meant."""

_ID = re.compile(r"(?:claim|argument|attack)/[^\W_][\w/.-]*")


def is_id(title: str) -> bool:
    """Whether what stands between brackets is an id rather than a title: ``claim/trust-is-glue`` is one.

    >>> is_id("claim/trust-is-glue"), is_id("Trust is glue")
    (True, False)
    """
    return bool(_ID.fullmatch(title)) and not title.endswith(".")


def made_id(sort: str, words: str) -> str:
    """The id of something that is given none: its sort and its words.

    >>> made_id("claim", "Trust is glue!")
    'claim/trust-is-glue'
    """
    return f"{sort}/{slug(words) or 'untitled'}"


def between(sort: str, source: str, target: str) -> str:
    """The id of a step or an attack that has no name, from what it goes from and to."""
    return f"{sort}/{local(source)}-{'on' if sort == 'attack' else 'for'}-{local(target)}"


def local(id: str) -> str:
    """An id without the sort before it."""
    return id.partition("/")[2] or id


class Fields:
    """The data of an element, from which one field after the other is taken; what is left is the author's own."""

    def __init__(self, data: Data) -> None:
        self.data = dict(data)

    def text(self, key: str, otherwise: str = "") -> str:
        """A text; `otherwise` if the key has none."""
        value = self.data.get(key)
        if not isinstance(value, str):
            return otherwise
        del self.data[key]
        return value

    def flag(self, key: str, otherwise: bool) -> bool:
        """True or false; `otherwise` if the key is neither."""
        value = self.data.get(key)
        if value not in ("true", "false"):
            return otherwise
        del self.data[key]
        return value == "true"

    def texts(self, key: str, known: Set[str] | None = None) -> tuple[str, ...] | None:
        """A list of texts; None if the key has none, or one that is not known."""
        value = strings(self.data.get(key))
        if value is None or (known is not None and not set(value) <= known):
            return None
        del self.data[key]
        return value

    def sources(self) -> tuple[Source, ...]:
        """The sources: documents, or documents with places."""
        value = self.data.get("sources")
        rows = [strings([row] if isinstance(row, str) else row) for row in value] if isinstance(value, list) else [None]
        found = tuple(Source(*row) for row in rows if row and len(row) <= 2)
        if len(found) != len(rows):
            return ()
        del self.data["sources"]
        return found

    def wording(self, shown: str) -> str:
        """What is said in full, where Argdown shows it on one line; what is shown if the two say different things."""
        exact = self.data.get("text")
        if not isinstance(exact, str) or tidy(exact) != shown:
            return shown
        return self.text("text")

    def rest(self, more: Iterable[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
        """What has not been taken, in order; then what stands in a list of pairs; then more."""
        listed = pairs(self.data.get("data"))
        own = [(key, as_text(value)) for key, value in self.data.items() if key != "data" or listed is None]
        return (*own, *(listed or ()), *more)
