"""A document in which passages can be found: locating what an author wrote, and saying what came closest."""

from __future__ import annotations

import difflib
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from theorymap.passages import rows, structure
from theorymap.passages.letters import LATEX, MARKDOWN, NOTHING, BrokenText, Key, decode, letters_of, readable
from theorymap.passages.nearest import Words
from theorymap.passages.places import Miss, Paragraph, Quote, Reason, Span

LONGEST = 1_500
"""The letters of a long paragraph: a passage that has more is no passage."""
_WINDOW = 3_000
_OPENING_WORDS = 6
_SHOWN = 3
_NOTE_NAME = re.compile(r"\s*(?:foot|end)?n(?:ote|\.)?\s*(\d+)\s*$", re.IGNORECASE)
_PARAGRAPH = re.compile(r",?\s*(?:paragraph|para\.?|¶)\s*(\d+)\s*$", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*|[IVX]+)\.?\s+")


@dataclass(frozen=True)
class _Hit:
    stream: _Stream
    start: int
    end: int

    @property
    def paragraph(self) -> int:
        """The number, from 1, of the paragraph in its part in which it begins."""
        return self.stream.paragraph_at(self.start) + 1

    @property
    def too_long(self) -> bool:
        """Whether it is longer than a paragraph."""
        crossed = self.stream.paragraph_at(self.end - 1) - self.stream.paragraph_at(self.start)
        return self.end - self.start > LONGEST or crossed > 1


class _Stream:
    """One part of a document with its key."""

    def __init__(self, text: str, part: structure.Part, markup: re.Pattern[str]) -> None:
        self.section = part.section
        self.paragraphs = part.paragraphs
        self.stretches = [stretch for paragraph in part.paragraphs for stretch in paragraph]
        self.key = Key(text, markup)
        self._begins: list[int] = []
        for paragraph in part.paragraphs:
            self._begins.append(len(self.key.starts))
            for start, end in paragraph:
                self.key.add(start, end)

    def paragraph_at(self, place: int) -> int:
        """The number, from 0, of the paragraph in which a place of the key lies."""
        return bisect_right(self._begins, place) - 1

    def holds(self, offset: int) -> bool:
        """Whether a character of the document belongs to this part."""
        return any(start <= offset < end for start, end in self.stretches)

    def hits(self, first: str, last: str) -> list[_Hit]:
        """Each occurrence of the first words with the nearest last words that end with or after them."""
        ends = [place + len(last) for place in self.key.occurrences(last)]
        found = []
        for start in self.key.occurrences(first) if ends else []:
            near = bisect_left(ends, start + max(len(first), len(last)))
            if near < len(ends) and ends[near] - start <= _WINDOW:
                found.append(_Hit(self, start, ends[near]))
        return found


@dataclass(frozen=True)
class Medium:
    """A kind of document: its media type, the suffixes of its files, its markup, and how it falls into parts."""

    media_type: str
    suffixes: tuple[str, ...]
    markup: re.Pattern[str]
    parts: Callable[[str], list[structure.Part]]


_WORD = re.compile(r"\w+")

MEDIA = (
    Medium("text/markdown", (".md", ".markdown"), MARKDOWN, structure.markdown),
    Medium("text/plain", (".txt", ".text"), MARKDOWN, structure.plain),
    Medium("application/x-bibtex", (".bib",), LATEX, structure.bibtex),
    Medium("text/csv", (".csv",), NOTHING, rows.parts),
    Medium("text/tab-separated-values", (".tsv",), NOTHING, rows.parts),
)


class DocumentText:
    """A document, indexed so that passages can be located in it.

    Attributes:
        text_of_file: The decoded file.
        sha256: The digest of the bytes of the file, in hexadecimal.
        media_type: Such as ``text/markdown``.
    """

    def __init__(self, text: str, sha256: str, medium: Medium) -> None:
        self.text_of_file = text
        self.sha256 = sha256
        self.media_type = medium.media_type
        self._markup = medium.markup
        self._known_runs: dict[int, set[tuple[str, ...]]] = {}
        self._streams = [_Stream(text, part, medium.markup) for part in medium.parts(text)]

    @classmethod
    def read(cls, data: bytes, kind: str) -> DocumentText:
        """The document in the bytes of a file.

        Args:
            data: The bytes.
            kind: The suffix of the file (``.md``) or its media type.

        Raises:
            BrokenText: No such kind is known, the bytes are not UTF-8, a BibTeX brace is never closed, or there are no
                words; with line and column where they are known.
        """
        media = [medium for medium in MEDIA if kind.lower() in {medium.media_type, *medium.suffixes}]
        if not media:
            known = ", ".join(suffix for medium in MEDIA for suffix in medium.suffixes)
            raise BrokenText(f"documents of the kind {kind!r} cannot be read", f"These can: {known}.")
        document = cls(decode(data), hashlib.sha256(data).hexdigest(), media[0])
        if not any(stream.key.letters for stream in document._streams):
            raise BrokenText("the document holds no words", "Put the text of the document into the file.")
        return document

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The sections, fields and notes (``note 1``) that hold text, once each, in the order of the document."""
        return tuple(dict.fromkeys(stream.section for stream in self._streams))

    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph of the body, the fields and the notes, in the order in which they begin."""
        found = []
        for stream in self._streams:
            for pieces in stream.paragraphs:
                opening = " ".join(self._readable(pieces).split()[:_OPENING_WORDS])
                found.append(Paragraph(stream.section, opening, pieces[0][0], pieces[-1][1]))
        return sorted(found, key=lambda paragraph: paragraph.start)

    def coverage(self, spans: Iterable[Span]) -> list[tuple[Paragraph, int]]:
        """Every paragraph, in the order of `paragraphs`, with the number of spans that share words with it."""
        counts: Counter[int] = Counter()
        for span in set(spans):
            stream = self._stream_of(span)
            touched = stream.paragraphs if stream else []
            counts.update(p[0][0] for p in touched if any(a < span.end and span.start < b for a, b in p))
        return [(paragraph, counts[paragraph.start]) for paragraph in self.paragraphs()]

    def section_of(self, span: Span) -> str:
        """The section, note or field that a span lies in; empty if it lies in none."""
        stream = self._stream_of(span)
        return stream.section if stream else ""

    def text(self, span: Span) -> str:
        """The words of a span as a reader sees them: without what stands between halves, white space folded."""
        stream = self._stream_of(span)
        pieces = [(max(a, span.start), min(b, span.end)) for a, b in (stream.stretches if stream else [])]
        return self._readable([(a, b) for a, b in pieces if a < b])

    def copied(self, text: str, most: int = 12) -> str:
        """The first words of a text, as many as `most`, that stand in a row in the document; of a table, none."""
        if self._markup is NOTHING:
            return ""
        words = _WORD.findall(text.casefold())
        rows = (tuple(words[at : at + most]) for at in range(len(words) - most + 1))
        return next((" ".join(row) for row in rows if row in self._runs(most)), "")

    def _runs(self, most: int) -> set[tuple[str, ...]]:
        """Every run of so many words within a section, note or field."""
        if most not in self._known_runs:
            found: set[tuple[str, ...]] = set()
            for stream in self._streams:
                pieces = [piece for paragraph in stream.paragraphs for piece in paragraph]
                words = _WORD.findall(self._readable(pieces).casefold())
                found.update(zip(*(words[at:] for at in range(most)), strict=False))
            self._known_runs[most] = found
        return self._known_runs[most]

    def locate(self, quote: Quote) -> Span | Miss:
        """Where a passage stands, or why that cannot be said.

        The first words must occur once with the last words near enough behind them. A section, if one is named, must be
        the right one. Whole words only. Letters and digits count; case, accents, punctuation, white space, markup and
        note marks do not.
        """
        first, last = letters_of(quote.first, self._markup), letters_of(quote.last, self._markup)
        if not first or not last:
            return Miss(Reason.NO_WORDS, "The passage names no first or no last words.")
        streams, number = self._within(quote.section)
        if not streams:
            return self._unknown_section(quote, first, last)
        hits = [hit for stream in streams for hit in stream.hits(first, last)]
        chosen = self._chosen(quote, [hit for hit in hits if number in {None, hit.paragraph}])
        return chosen or self._miss(quote, first, last, streams)

    def _chosen(self, quote: Quote, found: list[_Hit]) -> Span | Miss | None:
        """The one hit that is a passage, or why there is none; None if there are no hits."""
        fitting = [hit for hit in found if not hit.too_long]
        if len(fitting) == 1:
            return _span(fitting[0])
        if fitting:
            message = f"The passage can be read in {len(fitting)} ways in {_place(quote)}."
            return Miss(Reason.AMBIGUOUS, message, tuple(self._wider(hit) for hit in fitting[:_SHOWN]))
        if found:
            long = f"The passage in {_place(quote)} is longer than a paragraph"
            many = f"it has {found[0].end - found[0].start} letters of {LONGEST} at most, or runs over three paragraphs"
            return Miss(Reason.TOO_LONG, f"{long}: {many}.")
        return None

    def _readable(self, pieces: Sequence[tuple[int, int]]) -> str:
        words = ""
        for start, end in pieces:
            half = readable(self.text_of_file, start, end, self._markup)
            words += half if not words or words.endswith("-") else f" {half}"
        return words

    def _stream_of(self, span: Span) -> _Stream | None:
        number = bisect_right(self._stretches, (span.start, len(self._streams))) - 1
        stream = self._streams[self._stretches[number][1]] if number >= 0 else None
        return stream if stream and stream.holds(span.start) else None

    @cached_property
    def _stretches(self) -> list[tuple[int, int]]:
        """Where each stretch of text begins, with the number of its part."""
        return sorted((start, n) for n, stream in enumerate(self._streams) for start, _ in stream.stretches)

    @cached_property
    def _by_name(self) -> dict[str, list[_Stream]]:
        """The parts by the key of their name, and of their name without its number."""
        exact: defaultdict[str, list[_Stream]] = defaultdict(list)
        bare: defaultdict[str, list[_Stream]] = defaultdict(list)
        for stream in self._streams:
            exact[letters_of(stream.section)].append(stream)
            bare[letters_of(_NUMBERING.sub("", stream.section))].append(stream)
        return bare | exact

    def _within(self, section: str) -> tuple[list[_Stream], int | None]:
        """The parts that a section's name means (none if it is unknown), and the number of the paragraph, if any."""
        if not section.strip():
            return self._streams, None
        if note := _NOTE_NAME.match(section):
            section = f"note {note[1]}"
        if exact := self._by_name.get(letters_of(section)):
            return exact, None
        paragraph = _PARAGRAPH.search(section)
        if not paragraph:
            return [], None
        return self._within(section[: paragraph.start()])[0], int(paragraph[1])

    def _unknown_section(self, quote: Quote, first: str, last: str) -> Miss:
        bare = _PARAGRAPH.sub("", quote.section)
        names = {section.casefold(): section for section in self.sections}
        near = [names[name] for name in difflib.get_close_matches(bare.casefold(), names, n=_SHOWN, cutoff=0.5)]
        holding = self._sections_with(first, last)
        message = f"The document has no section “{bare}”."
        if holding:
            message += f" The words stand in {_listed(holding)}."
        return Miss(Reason.UNKNOWN_SECTION, message, tuple(dict.fromkeys(holding + near)))

    def _sections_with(self, first: str, last: str, numbered: bool = False) -> list[str]:
        """Every place where the passage would be found: sections, or paragraphs of them."""
        hits = [hit for stream in self._streams for hit in stream.hits(first, last) if not hit.too_long]
        numbers = [f", paragraph {hit.paragraph}" if numbered else "" for hit in hits]
        return list(dict.fromkeys(hit.stream.section + number for hit, number in zip(hits, numbers, strict=True)))

    def _miss(self, quote: Quote, first: str, last: str, streams: list[_Stream]) -> Miss:
        """Why there is no hit in the parts that were asked for."""
        place = _place(quote)
        if elsewhere := self._sections_with(first, last, _PARAGRAPH.search(quote.section) is not None):
            message = f"The passage does not stand in {place} but in {_listed(elsewhere)}."
            return Miss(Reason.OTHER_SECTION, message, tuple(elsewhere))
        both = [(s.key.occurrences(first), s.key.occurrences(last)) for s in streams]
        gaps = [b + len(last) - a - len(first) for firsts, lasts in both for a in firsts for b in lasts]
        if any(-_WINDOW <= gap < 0 for gap in gaps) or (gaps and max(gaps) < 0):
            return Miss(Reason.REVERSED, f"In {place} the last words of the passage stand before its first words.")
        if gaps:
            return Miss(
                Reason.TOO_LONG, f"In {place} the last words stand more than {_WINDOW} letters behind the first."
            )
        has_first, has_last = any(firsts for firsts, _ in both), any(lasts for _, lasts in both)
        reason = Reason.LAST_MISSING if has_first else Reason.FIRST_MISSING if has_last else Reason.MISSING
        absent = [words for words, found in ((quote.first, has_first), (quote.last, has_last)) if not found]
        if not absent:
            return Miss(Reason.MISSING, f"The first and the last words do not stand in one section of {place}.")
        words = " and ".join(f"“{words}”" for words in absent)
        near = [candidate for words in absent for candidate in self._nearest(words, streams)]
        return Miss(reason, f"The words {words} do not stand in {place}.", tuple(near))

    @cached_property
    def _words(self) -> Words:
        """The words of the document, for what is nearest."""
        numbered = [(k, stretch) for k, stream in enumerate(self._streams) for stretch in stream.stretches]
        return Words(self.text_of_file, self._markup, numbered)

    def _nearest(self, words: str, streams: list[_Stream]) -> list[str]:
        """The runs of words most like some words, best first; those in the parts that were asked for are preferred."""
        asked = {k for k, stream in enumerate(self._streams) if stream in streams}
        runs = self._words.nearest(words, asked)
        shown = (f"“{self.text(Span(start, end, 0, ''))}” ({self._streams[k].section})" for k, start, end in runs)
        return list(dict.fromkeys(shown))[:_SHOWN]

    def _wider(self, hit: _Hit) -> str:
        """A hit as a candidate: with more of its first words than the author gave."""
        start, end = hit.stream.key.starts[hit.start], hit.stream.key.end(hit.end - 1)
        words = self.text(Span(start, end, 0, "")).split()
        page = max(a for a, b in hit.stream.stretches if a <= start)
        before = readable(self.text_of_file, max(start - 40, page), start, self._markup).split()[-2:]
        shown = words if len(words) <= 10 else [*words[:6], "…", *words[-3:]]
        return f"“{' '.join([*before, *shown])}” ({hit.stream.section})"


def _span(hit: _Hit) -> Span:
    letters = hit.stream.key.letters[hit.start : hit.end]
    start, end = hit.stream.key.starts[hit.start], hit.stream.key.end(hit.end - 1)
    return Span(start, end, len(letters), hashlib.sha256(letters.encode()).hexdigest())


def _place(quote: Quote) -> str:
    return f"“{quote.section}”" if quote.section.strip() else "the document"


def _listed(sections: list[str]) -> str:
    return " and ".join(f"“{section}”" for section in sections[:_SHOWN])
