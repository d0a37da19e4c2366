"""Text, lists and blocks as YAML that an author can go on with, and that `yaml_tree` reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

Tree = str | Sequence["Tree"] | Mapping[str, "Tree"]

_SIMPLE = re.compile(r"[^\W\d_](?:[\w ',.;()/-]*[\w'.)])?")
_OTHERWISE = re.compile(r"yes|no|on|off|true|false|null", re.IGNORECASE)
"""Words that some readers of YAML take for something else than text."""
_ESCAPES = {"\n": r"\n", "\t": r"\t", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_ONE_LINE = 90


def write(tree: Mapping[str, Tree]) -> str:
    """A block as YAML.

    Text that could be taken for anything else stands in double quotation marks, with escapes for what cannot be seen.
    A list of short words stands on one line.

    >>> print(write({"claim/x": {"text": "Yes: it rains", "topics": ["topic/rain", "NO"]}}), end="")
    claim/x:
      text: "Yes: it rains"
      topics: [topic/rain, "NO"]
    """
    return "".join(f"{line}\n" for line in _block(tree))


def file(head: str, slots: Mapping[str, Tree]) -> bytes:
    """A file in UTF-8: its head, and behind an empty line each slot that holds something."""
    return "\n".join([head, *(write({slot: entries}) for slot, entries in slots.items() if entries)]).encode()


def _block(tree: Mapping[str, Tree]) -> Iterator[str]:
    """The lines of a block."""
    for key, value in tree.items():
        lines = list(_lines(value))
        if isinstance(value, str) or lines[0].startswith(("[", "{")):
            yield f"{_text(key)}: {lines[0]}"
        else:
            yield f"{_text(key)}:"
            yield from (f"  {line}" for line in lines)


def _lines(tree: Tree) -> Iterator[str]:
    """The lines of any value; a text and a list of short words are one."""
    if isinstance(tree, str):
        yield _text(tree)
    elif isinstance(tree, Mapping):
        yield from _block(tree) if tree else ["{}"]
    elif _short(tree):
        yield f"[{', '.join(_text(str(entry), listed=True) for entry in tree)}]"
    else:
        for entry in tree:
            first, *rest = _lines(entry)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _short(tree: Sequence[Tree]) -> bool:
    words = [entry for entry in tree if isinstance(entry, str) and _SIMPLE.fullmatch(entry)]
    return len(words) == len(tree) and sum(map(len, words)) <= _ONE_LINE


def _text(text: str, *, listed: bool = False) -> str:
    """A text as it is, or in quotation marks."""
    if _SIMPLE.fullmatch(text) and not _OTHERWISE.fullmatch(text) and not (listed and "," in text):
        return text
    return '"' + "".join(c if c.isprintable() and c not in _ESCAPES else _escape(c) for c in text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")
