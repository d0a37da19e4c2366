"""Passages: finding in a document what an author wrote of it, locking it, and verifying it later.

>>> document = DocumentText.read(b"## Trust\\n\\nLeagues last where *water* is scarce.<sup>1</sup>", ".md")
>>> span = document.locate(Quote("Trust", "Leagues last where", "is scarce"))
>>> document.text(span)
'Leagues last where water is scarce'
"""

from __future__ import annotations

from theorymap.passages.document import LONGEST, MEDIA, DocumentText
from theorymap.passages.letters import BrokenText
from theorymap.passages.lock import Lock, LockEntry
from theorymap.passages.places import Miss, Paragraph, Quote, Reason, Span
from theorymap.passages.verify import Status, Verdict, broken, changed_elsewhere, counts, to_findings, verify

__all__ = [
    "LONGEST",
    "MEDIA",
    "BrokenText",
    "DocumentText",
    "Lock",
    "LockEntry",
    "Miss",
    "Paragraph",
    "Quote",
    "Reason",
    "Span",
    "Status",
    "Verdict",
    "broken",
    "changed_elsewhere",
    "counts",
    "to_findings",
    "verify",
]
