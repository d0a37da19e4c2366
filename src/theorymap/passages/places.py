"""What is said of a passage: how an author names it, where it stands, or why it could not be found."""

from __future__ import annotations

import enum
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Quote:
    """A passage as an author names it.

    Attributes:
        section: A heading, a note (``note 57``) or a BibTeX field (``abstract``), with or without a paragraph
            (``Abstract, paragraph 2``); empty for anywhere.
        first, last: The first and the last words, three to eight each, fewer only where they occur once.
    """

    section: str
    first: str
    last: str

    def __str__(self) -> str:
        return f"{self.section}: {self.first} … {self.last}" if self.section else f"{self.first} … {self.last}"


@dataclass(frozen=True)
class Span:
    """Where a passage stands.

    Attributes:
        start, end: Offsets in characters of the decoded file, without a byte order mark; `end` is exclusive. Between
            them there may be footnotes and page furniture that do not belong to the passage.
        length: The number of its letters and digits.
        sha256: The digest of these letters and digits, normalised, in hexadecimal.
    """

    start: int
    end: int
    length: int
    sha256: str


class Reason(enum.Enum):
    """Why a passage could not be located."""

    NO_WORDS = "no-words"
    UNKNOWN_SECTION = "unknown-section"
    OTHER_SECTION = "other-section"
    FIRST_MISSING = "first-words-missing"
    LAST_MISSING = "last-words-missing"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    REVERSED = "reversed"
    TOO_LONG = "too-long"


@dataclass(frozen=True)
class Miss:
    """That a passage could not be located.

    Attributes:
        reason: What is the matter.
        message: The same in a sentence.
        candidates: What the author may have meant, best first, each as "words (section)" or the name of a section.
    """

    reason: Reason
    message: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a document.

    Attributes:
        section: The section or note that it stands in.
        opening: Its first words.
        start, end: Offsets in characters; between them there may be notes, if a page ends in the paragraph.
    """

    section: str
    opening: str
    start: int
    end: int
