"""Passages: located in documents of our own making, locked, verified, and refused where they should be."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from theorymap.findings import Finding, Origin, Severity
from theorymap.passages import (
    LONGEST,
    BrokenText,
    DocumentText,
    Lock,
    Miss,
    Quote,
    Reason,
    Span,
    Status,
    Verdict,
    broken,
    changed_elsewhere,
    counts,
    to_findings,
    verify,
)
from theorymap.passages.letters import LATEX, letters_of

DOCUMENTS = Path(__file__).parent / "documents"
PAPER = DOCUMENTS / "halloran-2021.md"
ABSTRACT = DOCUMENTS / "berecz-2018.txt"
RECORD = DOCUMENTS / "lindqvist-2012.bib"
SUFFIXES = (".md", ".txt", ".bib")


@cache
def read(path: Path) -> DocumentText:
    return DocumentText.read(path.read_bytes(), path.suffix)


def markdown(text: str) -> DocumentText:
    return DocumentText.read(text.encode(), ".md")


def span_of(document: DocumentText, section: str, first: str, last: str) -> Span:
    found = document.locate(Quote(section, first, last))
    assert isinstance(found, Span), found
    return found


def words_of(document: DocumentText, section: str, first: str, last: str) -> str:
    return document.text(span_of(document, section, first, last))


def miss_of(document: DocumentText, section: str, first: str, last: str) -> Miss:
    found = document.locate(Quote(section, first, last))
    assert isinstance(found, Miss), document.text(found)
    return found


# Reading


def test_the_documents_are_there() -> None:
    """The tests below read three kinds of document; none may vanish unnoticed."""
    assert sorted(path.suffix for path in DOCUMENTS.iterdir()) == [".bib", ".md", ".txt"]


def test_sections_of_markdown() -> None:
    """Sections and notes come in the order of the document, headings without their markup."""
    assert read(PAPER).sections == (
        "Why Coastal Cities Form Water Leagues",
        "Abstract",
        "Introduction",
        "note 1",
        "note 2",
        "Shared drought",
        "Civic standing",
        "note 3",
        "note 4",
        "Two Cities",
        "note 5",
        "note 6",
        "note 7",
        "Conclusion",
        "note 8",
        "References",
    )


def test_sections_of_plain_text_and_of_a_record() -> None:
    """Plain text is cut at customary headings; every field with text is a section, though the record has no key."""
    assert read(ABSTRACT).sections == ("Front matter", "Abstract", "Keywords", "Suggested Citation")
    assert read(RECORD).sections == ("author", "title", "year", "school", "abstract")


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b"one\ntwo \xff three", 2, 5), (b"\xef\xbb\xbfab\xe9", 1, 3), ("é".encode("utf-16"), 1, 1)],
)
def test_not_utf8(data: bytes, line: int, column: int) -> None:
    """A byte that is not UTF-8 is reported with its line and column, also behind a byte order mark."""
    with pytest.raises(BrokenText, match="not UTF-8") as caught:
        DocumentText.read(data, ".md")
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("data", [b"", b" \n\n", b"---\n\n***\n", b"\xef\xbb\xbf"])
def test_empty(data: bytes, suffix: str) -> None:
    """A document without a word is no document."""
    with pytest.raises(BrokenText, match="no words"):
        DocumentText.read(data, suffix)


def test_unknown_kind() -> None:
    """A kind of file that cannot be read is refused, and those that can are named."""
    with pytest.raises(BrokenText, match=r"\.pdf") as caught:
        DocumentText.read(b"text", ".pdf")
    assert ".md" in caught.value.hint


def test_media_types() -> None:
    """A document can be read by its media type as well as by its suffix."""
    assert DocumentText.read(b"text", "text/markdown").media_type == "text/markdown"
    assert [read(path).media_type for path in (PAPER, ABSTRACT, RECORD)] == [
        "text/markdown",
        "text/plain",
        "application/x-bibtex",
    ]


@pytest.mark.parametrize(
    "text", ["@misc{k,\n abstract = {one {two} three", '@misc{k,\n abstract = "one', "\n@comment{one"]
)
def test_unclosed_record(text: str) -> None:
    """What is never closed in BibTeX is reported with the line where it opens."""
    with pytest.raises(BrokenText, match="never closed") as caught:
        DocumentText.read(text.encode(), ".bib")
    assert caught.value.line == 2


def test_byte_order_mark() -> None:
    """Offsets are counted from behind a byte order mark, and the first heading is still one."""
    document = DocumentText.read(b"\xef\xbb\xbf# Rain\n\nIt rains on the coast.", ".md")
    assert span_of(document, "Rain", "It rains on", "the coast").start == 8


# Locating


PASSAGES = [
    (PAPER, "Introduction", "A water league is", "in a dry year"),
    (PAPER, "Introduction", "why do some leagues survive", "them necess-ary"),  # a word cut by a page
    (PAPER, "introduction", "drought that made them necessary", "either of them"),
    (PAPER, "Civic standing", "Standing, unlike rain", "outlive the drought"),  # a note's second half in between
    (PAPER, "TWO CITIES", "Whether standing also holds", "do not know"),  # notes and a running head in between
    (PAPER, "Two Cities", "speak of 'the name", "on nearly every page"),  # other quotation marks
    (PAPER, "**Conclusion**", "No study has yet", "to its dissolution"),
    (PAPER, "note 2", "She doubts that he", "would show"),  # a note that goes on upon the next page
    (PAPER, "n. 4", "Berecz objects that rank", "cannot be its cause"),
    (PAPER, "Footnote 7", "a former clerk of", "found the door"),
    (PAPER, "note 3", "Osei, Gates and", "40-44"),
    (PAPER, "", "That is what shared", "drought predicts"),
    (PAPER, "References", "Osei, Daniel. Gates and Treaties", "Quay Press, 2004"),
    (ABSTRACT, "Abstract", "It is often said", "seen among the great"),  # over a line end
    (ABSTRACT, "Abstract", "a city's rank rises", "joined"),
    (ABSTRACT, "Abstract, paragraph 2", "Rank, then, is", "cannot be its cause"),
    (ABSTRACT, "Abstract para. 2", "The article suggests", "families"),
    (ABSTRACT, "Keywords", "water leagues", "registers"),
    (RECORD, "abstract", "São Telmo and Peñasco", "water is bought"),
    (RECORD, "Abstract", "S{\\~a}o Telmo and", "70% of the water"),  # as it stands in the file
    (RECORD, "abstract", "leagues follow the brücken", "not the rain"),
    (RECORD, "abstract", "François Ørsted's naïve", "corrected en passant"),
    (RECORD, "school", "Universität", "Neuhafen"),
    (RECORD, "title", "L'eau partagée", "Southern Coast"),
]


@pytest.mark.parametrize(("path", "section", "first", "last"), PASSAGES)
def test_located(path: Path, section: str, first: str, last: str) -> None:
    """A passage is found, and its words begin and end with those given."""
    document = read(path)
    key = letters_of(words_of(document, section, first, last))
    markup = LATEX if path.suffix == ".bib" else None
    assert key.startswith(letters_of(first, *[markup] if markup else []))
    assert key.endswith(letters_of(last))


def test_halves_meet() -> None:
    """What stands between two halves of a sentence is left out of its words, though not of its offsets."""
    document = read(PAPER)
    span = span_of(document, "Civic standing", "Standing, unlike rain", "outlive the drought")
    assert document.text(span) == (
        "Standing, unlike rain, does not vary with the season, so that leagues resting on it should outlive the drought"
    )
    assert "Osei, *Gates" in document.text_of_file[span.start : span.end]
    assert document.section_of(span) == "Civic standing"


def test_offsets_are_those_of_the_file() -> None:
    """Start and end are offsets in characters; the length counts letters and digits."""
    text = "## Häfen\n\nZwölf Häfen — *alle* zugefroren.<sup>1</sup> Ende."
    span = span_of(markdown(text), "Häfen", "Häfen alle", "zugefroren")
    assert text[span.start : span.end] == "Häfen — *alle* zugefroren"
    assert span.length == len("Häfenallezugefroren")


def test_accents_belong_to_their_letter() -> None:
    """A span ends behind the accents of its last letter, in whatever way they are written."""
    text = unicodedata.normalize("NFD", "## A\n\nthe river sang a cliché, then")
    span = span_of(markdown(text), "A", "the river sang", "a cliché")
    assert unicodedata.normalize("NFC", text[span.start : span.end]).endswith("cliché")
    record = DocumentText.read(rb"@misc{k, abstract = {They met in a caf{\'e}.}}", ".bib")
    assert words_of(record, "abstract", "They met in", "a café") == "They met in a café"


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("One two[^1] three.\n\n[^1]: A note.\n\n    More of it.\n", "One two", "three", "One two three"),
        ("One two¹ three.", "One two", "three", "One two three"),
        ("One [two](https://example.org/x) three &amp; f&ouml;ur.", "two three", "four", "two three & föur"),
        ("One two\n<!-- page 3 -->\nthree <b>four</b>.", "two", "four", "two three four"),
        ("> One two\n> three \\* four", "One two", "four", "One two three * four"),
        ("One two-\nthree four", "One two", "four", "One two-three four"),
        ("One two three\r\nfour five", "two three", "five", "two three four five"),
        ("One two three\ffour five", "two three", "five", "two three four five"),
        ("One two three\n\n- 17 -\n\nfour five", "two three", "five", "two three four five"),
        ("One two three four", "two three", "three four", "two three four"),
        ("One two three four", "three", "three", "three"),
    ],
)
def test_markup(text: str, first: str, last: str, expected: str) -> None:
    """Markup, note marks, page numbers and line ends do not count, and are not shown."""
    assert words_of(markdown(text), "", first, last) == expected


def test_notes_of_the_other_style() -> None:
    """Notes written as ``[^1]:`` are sections as well, with their indented paragraphs."""
    document = markdown("# A\n\nOne two.[^1]\n\n[^1]: A note here.\n\n    More of it.\n\nThree four.")
    assert words_of(document, "note 1", "A note here", "More of it") == "A note here. More of it"
    assert words_of(document, "A", "One two", "Three four") == "One two. Three four"


def test_underlined_headings_and_numbers() -> None:
    """A heading may be underlined, and may be named without its number."""
    document = markdown("1. Rivers\n=========\n\nThe river bends here.\n\n## 2.1 Lakes\n\nThe lake is still.")
    assert document.sections == ("1. Rivers", "2.1 Lakes")
    assert words_of(document, "Rivers", "The river", "here") == "The river bends here"
    assert words_of(document, "lakes", "The lake", "still") == "The lake is still"


def test_one_name_under_two_numbers() -> None:
    """A heading that returns under another number means both sections when named without."""
    document = markdown("# 1. Results\n\nRain fell here.\n\n# 2. Results\n\nSnow fell there.")
    assert words_of(document, "Results", "Snow fell", "there") == "Snow fell there"
    assert miss_of(document, "1. Results", "Snow fell", "there").reason is Reason.OTHER_SECTION


def test_text_before_and_without_headings() -> None:
    """Text before the first heading is front matter; a document without a heading is one section."""
    assert markdown("By nobody.\n\n# One\n\nText.").sections == ("Front matter", "One")
    assert markdown("Nothing but text.").sections == ("Text",)


def test_unmarked_text_below_a_page_break_is_body_unless_a_note_breaks_off() -> None:
    """Only a note that breaks off goes on below a page break; otherwise the body does."""
    page = "# A\n\nThe body rests.\n\n---\n\n<sup>1</sup> {note}\n\nMore body.\n\n---\n\nand more\n\n## B\n\nEnd."
    assert words_of(markdown(page.format(note="A note ends.")), "A", "More body", "and more") == "More body. and more"
    assert (
        words_of(markdown(page.format(note="A note goes on,")), "note 1", "A note", "more")
        == "A note goes on, and more"
    )


def test_running_heads() -> None:
    """A line that returns beside page breaks belongs to no passage; one that stands once does."""
    text = "# A\n\nFar to the\n\n---\n\nRivers, {0}\n\nnorth lies a\n\n---\n\nRivers, {1}\n\nlake."
    document = markdown(text.format(1, 2))
    assert words_of(document, "A", "Far to", "a lake") == "Far to the north lies a lake"
    assert "Rivers" not in "".join(paragraph.opening for paragraph in document.paragraphs())
    assert isinstance(markdown(text.format("seldom", "often")).locate(Quote("A", "Far to", "a lake")), Miss)


def test_joined_strings_of_a_record() -> None:
    """A BibTeX value may be joined from strings, and a field may stand behind a number or a macro."""
    fields = b'year = 2001, month = jan, abstract = "one {"}two{"} " # {three four}, note = {five}'
    document = DocumentText.read(b'@string{x = "y"}\n@misc{, ' + fields + b"}", ".bib")
    assert words_of(document, "abstract", "one two", "three four") == 'one "two" three four'
    assert document.sections == ("year", "month", "abstract", "note")


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\"{o}", "ö"),
        (r"{\"o}", "ö"),
        (r"\'{\i}", "í"),
        (r"\c{c}", "ç"),
        (r"{\v s}", "š"),
        (r"\ss ", "ß"),
        (r"{\ae}", "æ"),
        (r"\L{}", "Ł"),
        (r"{\o}", "ø"),
        (r"\'e", "é"),
        (r"\emph{x}", "x"),
        (r"\&", "&"),
        ("--", "\u2013"),
    ],
)
def test_latex(latex: str, plain: str) -> None:
    """What LaTeX writes as a command is compared and shown as the letter that it makes."""
    document = DocumentText.read(f"@misc{{, abstract = {{Here a{latex}b there}}}}".encode(), ".bib")
    span = document.locate(Quote("abstract", f"Here a{plain}b", "there"))
    assert isinstance(span, Span)
    assert document.text(span) == f"Here a{plain}b there"


# Not located


MISSES = [
    ("Two Cities", "Port Halden joined", "water to everybody", Reason.LAST_MISSING, "“water to rivals” (Two Cities)"),
    (
        "Two Cities",
        "Port Halden jioned",
        "shared drought predicts",
        Reason.FIRST_MISSING,
        "“Port Halden joined” (Two Cities)",
    ),
    ("Two Cities", "Port Hald", "shared drought predicts", Reason.FIRST_MISSING, "“Port Halden” (Two Cities)"),
    ("Two Cities", "Port Halden joined", "alden joined the", Reason.LAST_MISSING, "“Halden joined the” (Two Cities)"),
    ("Two Cities", "zebras", "quaggas", Reason.MISSING, None),
    ("", "Forty years of hydrology", "outlive the drought", Reason.MISSING, None),
    ("", "and the neighbour must", "gates will open", Reason.AMBIGUOUS, None),
    ("Conclusion", "to its dissolution", "No study has yet", Reason.REVERSED, None),
    ("Conclusion", "No study has yet", "study has", Reason.REVERSED, None),
    ("Conclusion", "", "has yet", Reason.NO_WORDS, None),
    ("Conclusion", "No study has yet", "…", Reason.NO_WORDS, None),
    ("Conclusions", "No study has yet", "to its dissolution", Reason.UNKNOWN_SECTION, "Conclusion"),
    ("Method", "No study has yet", "to its dissolution", Reason.UNKNOWN_SECTION, "Conclusion"),
    ("note 9", "So a former", "the council", Reason.UNKNOWN_SECTION, "note 7"),
    ("note 6", "So a former", "the council", Reason.OTHER_SECTION, "note 7"),
    ("Abstract", "No study has yet", "to its dissolution", Reason.OTHER_SECTION, "Conclusion"),
    ("Introduction, paragraph 2", "A water league is", "dry year", Reason.OTHER_SECTION, "Introduction, paragraph 1"),
    ("Introduction, paragraph 9", "A water league is", "dry year", Reason.OTHER_SECTION, "Introduction, paragraph 1"),
]


@pytest.mark.parametrize(("section", "first", "last", "reason", "candidate"), MISSES)
def test_missed(section: str, first: str, last: str, reason: Reason, candidate: str | None) -> None:
    """What cannot be located says why, and what the author may have meant."""
    miss = miss_of(read(PAPER), section, first, last)
    assert miss.reason is reason
    assert miss.message
    assert candidate is None or miss.candidates[0] == candidate


def test_every_reason_is_tried() -> None:
    """No reason may be left without a passage that meets with it; too long has a test of its own."""
    assert {reason for *_, reason, _ in MISSES} | {Reason.TOO_LONG} == set(Reason)


def test_section_settles_an_ambiguous_clause() -> None:
    """A clause that two sections share is ambiguous until its section is named; the candidates name both."""
    document = read(PAPER)
    clause = ("and the neighbour must", "gates will open")
    miss = miss_of(document, "", *clause)
    assert [candidate.rpartition(" (")[2] for candidate in miss.candidates] == ["Introduction)", "Civic standing)"]
    here, there = span_of(document, "Introduction", *clause), span_of(document, "Civic standing", *clause)
    assert here.sha256 == there.sha256
    assert here.end < there.start


def test_the_same_heading_twice() -> None:
    """Where two sections bear one name, both are searched, and what both hold is ambiguous."""
    document = markdown("# A\n\nOnly here is rain.\n\n# A\n\nThere is sun.\n\n# B\n\nEnd.")
    assert words_of(document, "A", "There is", "sun") == "There is sun"
    assert miss_of(document, "A", "is", "is").reason is Reason.AMBIGUOUS


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Begin. " + "x" * (LONGEST - 8) + " end", True),
        ("Begin. " + "x" * (LONGEST - 7) + " end", False),
        ("Begin. " + "x " * 4000 + " end", False),
        ("Begin.\n\nMiddle and end", True),
        ("Begin.\n\nMiddle.\n\nAnd end", False),
        ("Begin with\n\n---\n\na middle\n\n---\n\nand end", True),
    ],
)
def test_longer_than_a_paragraph(text: str, fits: bool) -> None:
    """A passage may not be longer than a paragraph; that pages end in it does not make it longer."""
    found = markdown(f"# A\n\n{text}").locate(Quote("A", "Begin", "end"))
    assert isinstance(found, Span) if fits else isinstance(found, Miss) and found.reason is Reason.TOO_LONG


# Paragraphs


def test_paragraphs() -> None:
    """Paragraphs come in the order of the document; one that a page cuts is one."""
    found = [(paragraph.section, paragraph.opening) for paragraph in read(PAPER).paragraphs()]
    assert ("Introduction", "The paper therefore asks two questions.") in found
    assert [opening for section, opening in found if section == "Two Cities"] == [
        "Port Halden joined the Northern League",
        "One may object that Cala Verde",
    ]
    starts = [paragraph.start for paragraph in read(PAPER).paragraphs()]
    assert starts == sorted(starts)


def test_coverage() -> None:
    """Each paragraph is counted with the passages in it, and no note with those of the paragraph around it."""
    document = read(PAPER)
    around = span_of(document, "Two Cities", "Whether standing also holds", "do not know")
    inside = span_of(document, "note 7", "a former clerk of", "the council")
    covered = {(p.section, p.opening): number for p, number in document.coverage([around, inside, inside]) if number}
    assert covered == {("Two Cities", "One may object that Cala Verde"): 1, ("note 7", "So a former clerk of the"): 1}
    assert len(document.coverage([])) == len(document.paragraphs())


# Properties


def paragraph_words(document: DocumentText) -> list[tuple[str, list[str]]]:
    """The words of each paragraph of the body and notes of a document, with the name of their section."""
    found = []
    for stream in document._streams:
        for pieces in stream.paragraphs:
            found.append((stream.section, document._readable(pieces).split()))
    return [(section, words) for section, words in found if len(words) >= 8]


@pytest.mark.parametrize("path", [PAPER, ABSTRACT, RECORD])
@given(data=st.data())
@settings(deadline=None, max_examples=150)
def test_any_passage_is_found(path: Path, data: st.DataObject) -> None:
    """Whatever stretch of a paragraph is named, either it is found with its words, or it is ambiguous."""
    document = read(path)
    section, words = data.draw(st.sampled_from(paragraph_words(document)))
    start = data.draw(st.integers(0, len(words) - 4))
    end = data.draw(st.integers(start + 4, len(words)))
    first, last = " ".join(words[start : start + 4]), " ".join(words[end - 4 : end])
    found = document.locate(Quote(section, first, last))
    if isinstance(found, Miss):
        assert found.reason is Reason.AMBIGUOUS
    else:
        assert letters_of(document.text(found)).startswith(letters_of(first))
        assert letters_of(document.text(found)).endswith(letters_of(last))
        assert len(letters_of(document.text(found))) == found.length


@given(
    width=st.integers(20, 200),
    emphasis=st.sampled_from(["", "*", "**", "_"]),
    form=st.sampled_from(["NFC", "NFD"]),
    every=st.integers(1, 7),
)
@example(width=20, emphasis="**", form="NFD", every=1)
@settings(deadline=None)
def test_rewrapping_and_emphasis_change_no_digest(width: int, emphasis: str, form: str, every: int) -> None:
    """Wrapped anew, emphasised, decomposed and annotated, a document keeps the digest of each of its passages."""
    sentence = "The café-owners of the coast (so *Osei*) trust their neighbours' wells; nobody's naïve mind doubts it."
    words = sentence.split()
    plain = f"## Häfen\n\n{sentence}"
    marked = [f"{emphasis}{word}{emphasis}" if place % every == 0 else word for place, word in enumerate(words)]
    marked[3] += "<sup>7</sup>"
    wrapped = "\n".join(textwrap.wrap(" ".join(marked), width, break_on_hyphens=False, break_long_words=False))
    changed = unicodedata.normalize(form, "## **Häfen**\r\n\r\n" + wrapped)  # type: ignore[arg-type]
    here = span_of(markdown(plain), "Häfen", "owners of the", "mind doubts it")
    there = span_of(markdown(changed), "häfen", "owners of the", "mind doubts it")
    assert (here.sha256, here.length) == (there.sha256, there.length)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(text=st.text(st.sampled_from("ab1 .,\n\f\r\t#*_-=<>sup/[]^:(){}@\\\"'é²&;~$"), max_size=120))
@settings(deadline=None)
def test_no_text_breaks_the_reading(suffix: str, text: str) -> None:
    """Whatever a file holds, it is read or refused; and each of its paragraphs can be looked at."""
    try:
        document = DocumentText.read(text.encode(), suffix)
    except BrokenText:
        return
    for paragraph in document.paragraphs():
        assert 0 <= paragraph.start < paragraph.end <= len(text)
    document.locate(Quote("a", "b", "a"))
    document.locate(Quote("", "a", "b a"))
    document.locate(Quote("note 1", text[:5], text[-5:]))


# Locks


QUOTES = (
    Quote("Introduction", "A water league is", "in a dry year"),
    Quote("Civic standing", "Standing, unlike rain", "outlive the drought"),
    Quote("note 7", "a former clerk of", "found the door"),
    Quote("Conclusion", "No study has yet", "to its dissolution"),
)


@pytest.fixture
def lock() -> Lock:
    return Lock.of(QUOTES, read(PAPER), PAPER.name)


def test_lock_round_trip(lock: Lock) -> None:
    """A lock is read back as it was written, and is the same text in whatever order it was made."""
    assert len(lock.entries) == len(QUOTES)
    assert Lock.from_text(lock.to_text()) == lock
    assert Lock.read(lock.to_text().encode()) == lock
    assert Lock.of(reversed(QUOTES + QUOTES), read(PAPER), PAPER.name).to_text() == lock.to_text()
    assert Lock.from_text(replace(lock, entries=()).to_text()).entries == ()


def test_lock_has_a_passage_a_line(lock: Lock) -> None:
    """One more passage is one more line, and no text of the document but the words given is in the lock."""
    fewer = replace(lock, entries=lock.entries[1:]).to_text().splitlines()
    added = [line for line in lock.to_text().splitlines() if line not in fewer]
    assert len(added) == 1
    assert '"from": "A water league is"' in added[0]
    assert "at least two cities" not in lock.to_text()


def test_lock_leaves_out_what_is_not_found() -> None:
    """A passage that cannot be located is not locked."""
    assert Lock.of([Quote("", "zebras", "quaggas")], read(PAPER), PAPER.name).entries == ()


DAMAGES = [
    (r"\A.*\Z", "", 1),
    (r"\A.*\Z", "[]", 0),
    (r"\A.*\Z", "[" * 100_000, 0),
    (r"\A.*\Z", "\0", 1),
    (r'"theorymap-lock": 1', '"theorymap-lock": 99', 0),
    (r'^ "document"', "<<<<<<< ours\n document", 3),
    (r'"document": ', '"dokument": ', 0),
    (r'"sha256": "[^"]*"', '"sha256": "0"', 0),
    (r'(note 7.*"start": )(\d+)', r'\1"\2"', 9),
    (r'("to": "found the door", "start": )', r"\1-", 9),
    (r'(found the door".*"sha256": ")..', r"\1", 9),
    (r'(found the door".*"end": )\d+', r"\g<1>0", 9),
    (r'"from": "a former[^"]*"', '"from": 7e1', 0),
    (r'"from": "a former[^"]*", ', "", 9),
    (r"^  (\{.*note 7.*\}),$", r"  \1,\n  \1,", 0),
    (r" \]\n\}", "", 0),
]


@pytest.mark.parametrize(("pattern", "damage", "line"), DAMAGES)
def test_damaged_lock(lock: Lock, pattern: str, damage: str, line: int) -> None:
    """A damaged lock is reported, with its line where that is known, and becomes a finding."""
    flags = re.DOTALL if pattern.startswith(r"\A") else re.MULTILINE
    text = re.sub(
        pattern, lambda found: found.expand(damage) if "\\" in damage else damage, lock.to_text(), count=1, flags=flags
    )
    assert text != lock.to_text()
    with pytest.raises(BrokenText) as caught:
        Lock.from_text(text)
    assert line in {0, caught.value.line}
    finding = broken(caught.value, "broken-lock", "kb/documents/halloran-2021.lock")
    assert (finding.code, finding.severity) == ("broken-lock", Severity.ERROR)
    assert "theorymap lock" in finding.repair


def test_lock_that_is_not_utf8(lock: Lock) -> None:
    """A lock is text in UTF-8."""
    with pytest.raises(BrokenText, match="line 1, column 3"):
        Lock.read(b"{ \xff" + lock.to_text().encode())


@given(text=st.text() | st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x)).map(str))
def test_no_text_breaks_the_lock(text: str) -> None:
    """Whatever stands in a lock, it is read or refused."""
    with pytest.raises(BrokenText):
        Lock.from_text(text)


# Verdicts


def fates(verdicts: list[Verdict]) -> list[Status]:
    return [verdict.status for verdict in verdicts]


def edited(old: str, new: str) -> DocumentText:
    """The paper with one thing changed in it."""
    text = PAPER.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return markdown(text.replace(old, new))


def findings_of(verdicts: list[Verdict]) -> list[Finding]:
    """The findings, each on the line that is the number of its passage, from 1; line 99 is the lock."""
    lines = {quote: number for number, quote in enumerate(QUOTES, 1)}
    return to_findings(verdicts, lambda quote: Origin("kb.yaml", lines.get(quote, 99)))


def told(verdicts: list[Verdict]) -> list[tuple[str, int]]:
    return [(finding.code, finding.origin.line) for finding in findings_of(verdicts)]


def test_verified(lock: Lock) -> None:
    """Nothing is told of passages that stand where they stood."""
    verdicts = verify(QUOTES, lock, read(PAPER))
    assert fates(verdicts) == [Status.VERIFIED] * 4
    assert counts(verdicts)[Status.VERIFIED] == 4
    assert told(verdicts) == []


def test_repeated_passages_are_judged_once(lock: Lock) -> None:
    """Two statements may rest on one passage."""
    assert len(verify(QUOTES * 2, lock, read(PAPER))) == len(QUOTES)


def test_moved(lock: Lock) -> None:
    """Passages behind a change have moved; one finding tells it of all of them."""
    document = edited("Forty years", "Some forty years")
    verdicts = verify(QUOTES, lock, document)
    assert fates(verdicts) == [Status.VERIFIED, Status.MOVED, Status.MOVED, Status.MOVED]
    (finding,) = findings_of(verdicts)
    assert (finding.code, finding.severity, finding.origin.line) == ("passage-moved", Severity.WARNING, 2)
    assert "2 more" in finding.message


def test_rewrapped_document_only_moves(lock: Lock) -> None:
    """A document that is set anew gives no worse than moved passages."""
    document = edited("reservoirs to each other in", "reservoirs to *each\nother*\nin")
    assert set(fates(verify(QUOTES, lock, document))) == {Status.MOVED}


@pytest.mark.parametrize(
    ("old", "new"), [("at least two cities", "at least three cities"), ("least two cit", "least one cit")]
)
def test_drifted(lock: Lock, old: str, new: str) -> None:
    """Other words between the first and the last are told on the passage's line, even if they are as long."""
    verdicts = verify(QUOTES, lock, edited(old, new))
    assert fates(verdicts)[0] is Status.DRIFTED
    assert told(verdicts) == [("passage-drifted", 1)]


def test_missing_after_a_change(lock: Lock) -> None:
    """Words that a new version no longer has are missing, and that the document changed is said."""
    verdicts = verify(QUOTES, lock, edited("A water league is", "A league of water is"))
    assert fates(verdicts)[0] is Status.MISSING
    assert "has changed" in verdicts[0].message
    assert told(verdicts) == [("passage-missing", 1)]


def test_without_the_document(lock: Lock) -> None:
    """Without the document the lock is held to completeness, and nothing is verified."""
    verdicts = verify([*QUOTES, Quote("Abstract", "Coastal cities seldom", "they have")], lock, None)
    assert fates(verdicts) == [Status.UNTRIED] * 4 + [Status.UNLOCKED]
    assert told(verdicts) == [("passage-not-locked", 99)]


@pytest.mark.parametrize("document", [None, read(PAPER)], ids=["away", "at hand"])
def test_without_a_lock(document: DocumentText | None) -> None:
    """Without a lock every passage is unlocked, which is told once."""
    verdicts = verify(QUOTES, None, document)
    assert fates(verdicts) == [Status.UNLOCKED] * 4
    assert told(verdicts) == [("passage-not-locked", 1)]


def test_stale(lock: Lock) -> None:
    """A locked passage that is named no more is told, unless a worse finding has the same repair."""
    verdicts = verify(QUOTES[:3], lock, read(PAPER))
    assert fates(verdicts)[3:] == [Status.STALE]
    assert told(verdicts) == [("passage-stale", 4)]
    reworded = Quote("Conclusion", "No study has yet", "to its disolution")
    assert told(verify([*QUOTES[:3], reworded], lock, read(PAPER))) == [("passage-missing", 99)]


def test_lock_that_was_changed_by_hand(lock: Lock) -> None:
    """A lock that disagrees with the very document that it names is told so."""
    entry = lock.entries[0]
    forged = replace(lock, entries=(replace(entry, span=replace(entry.span, sha256="0" * 64)), *lock.entries[1:]))
    verdicts = verify(QUOTES, forged, read(PAPER))
    assert told(verdicts) == [("passage-drifted", 1)]
    assert "by hand" in verdicts[0].message


def test_a_change_outside_of_all_passages(lock: Lock) -> None:
    """A document that is another, but whose passages stand as they stood, gives one finding on the document."""
    document, origin = edited("Quay Press, 2004.\n- V", "Quay Press, 2005.\n- V"), Origin("kb.lock")
    verdicts = verify(QUOTES, lock, document)
    assert [finding.code for finding in changed_elsewhere(lock, document, verdicts, origin)] == ["document-changed"]
    assert changed_elsewhere(lock, read(PAPER), verdicts, origin) == []
    moved = edited("Forty years", "Some forty years")
    assert changed_elsewhere(lock, moved, verify(QUOTES, lock, moved), origin) == []


def test_too_many_words() -> None:
    """A passage that copies more than eight words in a row is verified, with a warning."""
    quote = Quote("Two Cities", "Port Halden joined the Northern League in the dry", "shared drought predicts")
    verdicts = verify([quote], Lock.of([quote], read(PAPER), PAPER.name), read(PAPER))
    assert fates(verdicts) == [Status.VERIFIED]
    assert [(finding.code, finding.severity) for finding in findings_of(verdicts)] == [
        ("passage-wordy", Severity.WARNING)
    ]


CODES = {
    Reason.NO_WORDS: "passage-without-words",
    Reason.UNKNOWN_SECTION: "passage-section-unknown",
    Reason.OTHER_SECTION: "passage-in-other-section",
    Reason.FIRST_MISSING: "passage-missing",
    Reason.LAST_MISSING: "passage-missing",
    Reason.MISSING: "passage-missing",
    Reason.AMBIGUOUS: "passage-ambiguous",
    Reason.REVERSED: "passage-reversed",
    Reason.TOO_LONG: "passage-too-long",
}


@pytest.mark.parametrize(
    ("section", "first", "last", "reason"),
    [case[:4] for case in MISSES] + [("Two Cities", "Port Halden joined", "do not know", Reason.TOO_LONG)],
)
def test_findings_of_misses(lock: Lock, section: str, first: str, last: str, reason: Reason) -> None:
    """Each reason has its code, an error on the passage's line, with a message and a repair in whole sentences."""
    document = read(PAPER)
    if reason is Reason.TOO_LONG:
        document = edited("The objection fails", "The " + "very " * 300 + "objection fails")
    (finding,) = to_findings(
        verify([Quote(section, first, last)], lock, document)[:1], lambda quote: Origin("kb.yaml", 7)
    )
    assert (finding.code, finding.severity, finding.origin) == (CODES[reason], Severity.ERROR, Origin("kb.yaml", 7))
    assert finding.message.endswith(".")
    assert finding.repair.endswith(".")
    assert first in finding.value
