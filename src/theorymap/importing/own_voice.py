"""What a table says, said by whoever made it: the attribution of a row or cell, its makers, and its wording."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from theorymap.readers.yaml_text import Tree

LIMIT = 30
"""The words that a wording may have at most; see the rule `claim-length`."""


def head(key: str, coder: str) -> str:
    """The keys at the head of the file: a table is read whole, and by a program."""
    said = f"id: work/{key}\nextent: full-text\nextraction: automatic\n"
    return said + (f"coder: {coder}\n" if coder else "")


def makers(key: str, holders: Sequence[str], taken: Collection[str]) -> dict[str, Tree]:
    """The makers of a table as an agent whose source is the table itself; nobody where they are known already.

    Args:
        key: The key of the table.
        holders: Its authors; none where the bibliography names none.
        taken: The identifiers that the workspace has.
    """
    if holders or _makers(key) in taken:
        return {}
    return {_makers(key): {"type": "Unnamed", "label": f"the makers of {key}", "sources": [f"work/{key}"]}}


def _makers(key: str) -> str:
    return f"agent/makers-of-{key}"


def attribution(
    key: str, holders: Sequence[str], passages: Sequence[Mapping[str, Tree]], *, hedge: str = "plain", note: str = ""
) -> dict[str, Tree]:
    """The makers of a table assert what stands in it.

    Args:
        key: The key of the table.
        holders: Its authors; none where the bibliography names none.
        passages: Where it says so.
        hedge: How firmly, in its own words.
        note: A remark on it; empty for none.
    """
    who = list(holders) or [_makers(key)]
    return {
        "holder": who[0] if len(who) == 1 else who,
        "commitment": "asserts",
        "hedge": hedge,
        "mode": "own",
        "certainty": "explicit",
        "stance": "asserts",
        **({"note": note} if note else {}),
        "passages": list(passages),
    }


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
