"""Whether every paragraph of a document was read: each has a passage, or a reason why nothing in it is coded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from theorymap.findings import Finding, Origin, warning
from theorymap.passages import DocumentText, Paragraph, Span


@dataclass(frozen=True)
class Skip:
    """A paragraph that was read and holds nothing to be coded.

    Attributes:
        section: The section or note that it stands in.
        first: Its first words; empty for the whole section.
        origin: Where the skip is written down.
    """

    section: str
    first: str
    origin: Origin


def paragraphs(
    document: DocumentText, spans: Iterable[Span], skips: Iterable[Skip]
) -> list[tuple[Paragraph, int, bool]]:
    """Every paragraph with the number of passages that share words with it and whether it is skipped, in order."""
    skipped = list(skips)
    return [
        (paragraph, number, any(_names(skip, paragraph) for skip in skipped))
        for paragraph, number in document.coverage(spans)
    ]


def check(
    document: DocumentText, spans: Iterable[Span], skips: Iterable[Skip], home: Callable[[], Origin]
) -> list[Finding]:
    """A finding for each paragraph that has neither a passage nor a skip, and for each skip that names none.

    Args:
        document: The document.
        spans: Where its passages stand.
        skips: The paragraphs that are said to hold nothing.
        home: Where the document is described, for findings on what is missing.
    """
    skipped = list(skips)
    found = paragraphs(document, spans, skipped)
    repair = "Code what it says, or name it under skipped with its section, its first words and a reason."
    missing = [
        warning(
            "paragraph-not-coded", home(), f"Nothing is coded of the paragraph “{p.opening} …” ({p.section}).", repair
        )
        for p, number, is_skipped in found
        if not number and not is_skipped
    ]
    idle = [
        warning(
            "skip-without-paragraph",
            skip.origin,
            f"No paragraph of “{skip.section}” begins with “{skip.first}”."
            if skip.first
            else f"There is no section “{skip.section}”.",
            "Copy the first words of the paragraph, or delete the entry.",
        )
        for skip in skipped
        if not any(_names(skip, paragraph) for paragraph, _, _ in found)
    ]
    return [*missing, *idle]


def _names(skip: Skip, paragraph: Paragraph) -> bool:
    """Whether a skip names a paragraph, letters and digits compared alone."""
    if _letters(skip.section) != _letters(paragraph.section):
        return False
    first, opening = _letters(skip.first), _letters(paragraph.opening)
    return opening.startswith(first) or first.startswith(opening)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
