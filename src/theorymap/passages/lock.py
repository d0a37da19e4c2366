"""The lock of a document: the proof that its passages stood where the authors of the knowledge base saw them.

The text of a document stays out of the repository; the lock holds offsets and digests only, one passage a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from theorymap.passages.document import DocumentText
from theorymap.passages.letters import BrokenText, decode
from theorymap.passages.places import Miss, Quote, Span

_VERSION = 1
_REPAIR = "Restore the file from version control, or run `theorymap lock` to write it anew."
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class LockEntry:
    """A passage, and where it stood when it was locked."""

    quote: Quote
    span: Span


@dataclass(frozen=True)
class Lock:
    """What was found in one version of a document.

    Attributes:
        document: The name of the file, without folders.
        sha256: The digest of its bytes, in hexadecimal.
        media_type: Such as ``text/markdown``.
        entries: The passages, in the order of the document; no quote twice.
    """

    document: str
    sha256: str
    media_type: str
    entries: tuple[LockEntry, ...]

    @classmethod
    def of(cls, quotes: Iterable[Quote], document: DocumentText, name: str) -> Lock:
        """The lock of all those passages that can be located in a document; `verify` tells of the others.

        Args:
            quotes: The passages, in any order, with or without repetition.
            document: The document.
            name: The name of its file, without folders.
        """
        found = ((quote, document.locate(quote)) for quote in set(quotes))
        entries = (LockEntry(quote, span) for quote, span in found if not isinstance(span, Miss))
        return cls(name, document.sha256, document.media_type, _sorted(entries))

    def to_text(self) -> str:
        """The lock as JSON, one passage a line, in the order of the document: the same text for equal locks."""
        head = {
            "theorymap-lock": _VERSION,
            "document": self.document,
            "sha256": self.sha256,
            "media-type": self.media_type,
        }
        lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
        entries = ",\n".join(f"  {json.dumps(_plain(entry), ensure_ascii=False)}" for entry in _sorted(self.entries))
        passages = f"[\n{entries}\n ]" if entries else "[]"
        return "{\n" + ",\n".join([*lines, f' "passages": {passages}']) + "\n}\n"

    @classmethod
    def from_text(cls, text: str) -> Lock:
        """The lock that `to_text` wrote.

        Raises:
            BrokenText: It is no lock, or a damaged one; with the line, and column where that is known.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as problem:
            place = problem if isinstance(problem, json.JSONDecodeError) else None
            line, column = (place.lineno, place.colno) if place else (0, 0)
            where = f"line {line}, column {column}: " if place else ""
            raise BrokenText(f"{where}the lock is damaged", _REPAIR, line, column) from None
        if not isinstance(data, dict) or data.get("theorymap-lock") != _VERSION:
            raise BrokenText("this is no lock that this version of theorymap can read", _REPAIR)
        passages = data.get("passages")
        if not isinstance(passages, list) or not all(isinstance(data.get(k), str) for k in ("document", "media-type")):
            raise BrokenText("the lock is damaged: it does not name its document, media type and passages", _REPAIR)
        if not _DIGEST.fullmatch(str(data.get("sha256"))):
            raise BrokenText("the lock is damaged: the digest of the document is no SHA-256", _REPAIR)
        entries = [_entry(passage, number, text) for number, passage in enumerate(passages)]
        if len({entry.quote for entry in entries}) < len(entries):
            raise BrokenText("the lock is damaged: it names a passage twice", _REPAIR)
        return cls(data["document"], data["sha256"], data["media-type"], _sorted(entries))

    @classmethod
    def read(cls, data: bytes) -> Lock:
        """The lock in the bytes of a file.

        Raises:
            BrokenText: It is not UTF-8, no lock, or a damaged one; with line and column where they are known.
        """
        return cls.from_text(decode(data))


def _sorted(entries: Iterable[LockEntry]) -> tuple[LockEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.span.start, entry.span.end, entry.quote)))


def _plain(entry: LockEntry) -> dict[str, str | int]:
    quote, span = entry.quote, entry.span
    words: dict[str, str | int] = {"section": quote.section, "from": quote.first, "to": quote.last}
    return words | {"start": span.start, "end": span.end, "length": span.length, "sha256": span.sha256}


def _entry(passage: Any, number: int, text: str) -> LockEntry:
    """One entry, of which only its number among the passages is known.

    Raises:
        BrokenText: A value is absent or of the wrong sort; with the line, as `to_text` lays the file out.
    """
    values = passage if isinstance(passage, dict) else {}
    words = [word if isinstance(word := values.get(key), str) else "" for key in ("section", "from", "to", "sha256")]
    numbers = [value if type(value := values.get(key)) is int else -1 for key in ("start", "end", "length")]
    section, first, last, digest = words
    start, end, length = numbers
    if not (0 <= start < end and length > 0 and first and last and _DIGEST.fullmatch(digest)):
        line = text[: text.find('"passages"')].count("\n") + 2 + number
        raise BrokenText(f"line {line}: the lock is damaged in its passage {number + 1}", _REPAIR, line)
    return LockEntry(Quote(section, first, last), Span(start, end, length, digest))
