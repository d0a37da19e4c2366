"""The parts of a document: its sections and its notes, each with paragraphs, page furniture left out.

A page break (a rule or a form feed), the footnotes above or below it, running heads and page numbers often stand
between two halves of a sentence. The body of a section is one part and every note another, so that the halves meet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from theorymap.passages import cells
from theorymap.passages.bibtex import fields
from theorymap.passages.letters import LATEX, MARKDOWN, NOTHING, letters_of, readable

_LINE = re.compile(r"[^\n\f]*(?:[\n\f]|$)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}\s*$")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})\s*$")
_NOTE = re.compile(r"\s{0,3}(?:<sup>\s*\[?(\d+)\]?\s*</sup>|\[\^([^\]\s]+)\]:)")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_KNOWN_HEADING = re.compile(
    r"\s*(?:\d+\.?\s+)?(abstract|summary|introduction|background|methods?|results|discussion|conclusions?|references|"
    r"bibliography|works cited|acknowledge?ments|appendix|notes|suggested citation|key ?words)"
    r"\s*(?::[ \t]*(?=\S)|:?[ \t]*(?:\n|$))",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"[.!?:…][\W_]*$")
_CUT_NOTE = re.compile(r"(?:[a-z,;:&(-]|\([^)]*)\s*$")
_BLANK_LINE = re.compile(r"\n\s*\n")
_HEAD_WORDS = 12
_TAIL = 300


@dataclass
class Part:
    """A section's body, one note, or one BibTeX field.

    Attributes:
        section: The name by which a passage calls it: a heading, ``note 7``, ``abstract``.
        paragraphs: Each the stretches (start, end in characters) that it consists of, in order; never empty.
    """

    section: str
    paragraphs: list[list[tuple[int, int]]] = field(default_factory=list)


@dataclass(frozen=True)
class _Block:
    """Some lines that belong together; `sort` is text, indented, note, heading, break or furniture."""

    sort: str
    start: int
    end: int
    title: str = ""


def markdown(text: str) -> list[Part]:
    """The parts of a Markdown document that hold text, in the order in which they begin."""
    return _assembled(text, _without_furniture(text, list(_blocks(text))))


def plain(text: str) -> list[Part]:
    """The parts of a plain text, cut at customary headings that stand on a line of their own ("Abstract")."""
    blocks: list[_Block] = []
    for block in _blocks(text, headings=False):
        known = _KNOWN_HEADING.match(text, block.start, block.end) if block.sort == "text" else None
        if known:
            blocks.append(_Block("heading", block.start, known.end(), known[1]))
            block = _Block("text", known.end(), block.end)
        if text[block.start : block.end].strip():
            blocks.append(block)
    return _assembled(text, _without_furniture(text, blocks))


def bibtex(text: str) -> list[Part]:
    """The fields of a BibTeX file that hold text, in order.

    Raises:
        BrokenText: A brace or quotation mark is never closed.
    """
    parts = []
    for name, stretches in fields(text):
        part = Part(name, [[]])
        for start, end in stretches:
            cuts = [(gap.start(), gap.end()) for gap in _BLANK_LINE.finditer(text, start, end)]
            for cut, resumed in cuts:
                part.paragraphs[-1].append((start, cut))
                part.paragraphs.append([])
                start = resumed
            part.paragraphs[-1].append((start, end))
        part.paragraphs = [p for p in part.paragraphs if any(letters_of(text[a:b], LATEX) for a, b in p)]
        parts.append(part)
    return [part for part in parts if part.paragraphs]


def table(text: str) -> list[Part]:
    """The cells of a table that hold text: ``column fear``, ``row Brazil``, ``row Brazil, column fear``.

    Rows that have more or fewer cells than there are columns are parts as a whole.

    Raises:
        BrokenText: There is no head of several columns, or a quotation mark is never closed.
    """
    read = cells.read(text)
    columns = read.column_sections()
    named = [("names of the rows", read.head.cells[0])] if read.named else []
    named += zip(columns, read.columns, strict=True)
    for row, record in zip(read.row_sections(), read.rows, strict=True):
        if len(record.cells) == read.width:
            named += zip([row, *(f"{row}, {column}" for column in columns)], record.cells, strict=True)
        else:
            named += [(f"line {record.line}", cell) for cell in record.cells]
    return [Part(section, [[(cell.start, cell.end)]]) for section, cell in named if letters_of(cell.text, NOTHING)]


def _blocks(text: str, headings: bool = True) -> Iterator[_Block]:
    """The blocks of a text in order: what blank lines, rules, headings and the marks of notes set apart."""
    block: _Block | None = None
    for line in _LINE.finditer(text):
        content = line[0].rstrip("\n\f\r")
        sort, title = _sort_of(content, headings)
        if sort == "note" and block and block.sort != "note":
            sort = "text"
        if block and headings and _UNDERLINE.match(content) and _is_title(text, block):
            yield _Block("heading", block.start, line.end(), readable(text, block.start, block.end, MARKDOWN))
            block = None
        elif block and sort in {"text", "indented"}:
            block = replace(block, end=line.start() + len(content))
        else:
            if block:
                yield block
            block = _Block(sort, line.start(), line.start() + len(content), title) if sort != "blank" else None
        if line[0].endswith("\f"):
            if block:
                yield block
            block = _Block("break", line.end() - 1, line.end())
        if block and block.sort in {"heading", "break"}:
            yield block
            block = None
    if block:
        yield block


def _sort_of(line: str, headings: bool) -> tuple[str, str]:
    """What a line is if it begins a block, and the title that it gives it."""
    if not line.strip():
        return "blank", ""
    if note := _NOTE.match(line):
        return "note", f"note {note[1] or note[2]}"
    if _RULE.match(line):
        return "break", ""
    if headings and (heading := _HEADING.match(line)):
        return "heading", readable(heading[1], 0, len(heading[1]), MARKDOWN)
    return ("indented" if line.startswith(("    ", "\t")) else "text"), ""


def _is_title(text: str, block: _Block) -> bool:
    """Whether a block that a row of signs underlines is a heading, not the end of a page."""
    words = text[block.start : block.end]
    short = "\n" not in words and len(words.split()) <= _HEAD_WORDS
    return block.sort == "text" and short and not _FINISHED.search(words[-_TAIL:])


def _without_furniture(text: str, blocks: list[_Block]) -> list[_Block]:
    """The blocks with page numbers, and lines that return beside page breaks, marked as furniture."""
    heads = [_running_head(text, block) for block in blocks]
    beside = [
        bool(head)
        and any(near.sort in {"break", "note"} for near in (*blocks[max(0, k - 2) : k], *blocks[k + 1 : k + 3]))
        for k, head in enumerate(heads)
    ]
    titles = Counter(_digitless(block.title) for block in blocks if block.sort == "heading")
    seen = titles + Counter(head for head, is_beside in zip(heads, beside, strict=True) if is_beside)
    marked = []
    for block, head, is_beside in zip(blocks, heads, beside, strict=True):
        number = block.sort == "text" and _PAGE_NUMBER.match(text[block.start : block.end])
        if number or (is_beside and seen[head] > 1):
            block = _Block("furniture", block.start, block.end)
        marked.append(block)
    return marked


def _running_head(text: str, block: _Block) -> str:
    """The letters, without digits, of a block that could be a running head; else nothing."""
    words = text[block.start : block.end]
    if block.sort != "text" or "\n" in words or len(words.split()) > _HEAD_WORDS or _FINISHED.search(words[-_TAIL:]):
        return ""
    return _digitless(words)


def _digitless(words: str) -> str:
    """The key of some words without digits: a running head may carry the number of its page."""
    return re.sub(r"\d", "", letters_of(words))


def _assembled(text: str, blocks: list[_Block]) -> list[Part]:
    assembly = _Assembly(text)
    for block, after in pairwise([*blocks, _Block("break", len(text), len(text))]):
        assembly.add(block, after)
    return [part for part in assembly.parts if part.paragraphs]


class _Assembly:
    """Puts the blocks of a document, given in order, into parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.body = Part("Text")
        self.note: Part | None = None
        self.parts = [self.body]
        self.page_ended = False
        self.at_break = False
        self.in_note = False

    def add(self, block: _Block, after: _Block) -> None:
        """Place one block; `after` is the one that follows it."""
        if block.sort == "heading":
            self._begin_section(block.title)
        elif block.sort == "note":
            self.note = Part(block.title, [[(block.start, block.end)]])
            self.parts.append(self.note)
        elif block.sort in {"text", "indented"}:
            self._add_text(block, after)
        self.page_ended = self.page_ended or block.sort in {"break", "note", "furniture"}
        self.at_break = block.sort == "break" or (block.sort == "furniture" and self.at_break)
        self.in_note = block.sort == "note" or (block.sort == "indented" and self.in_note)

    def _begin_section(self, title: str) -> None:
        if self.body is self.parts[0]:
            self.body.section = "Front matter"
        self.body = Part(title)
        self.parts.append(self.body)

    def _add_text(self, block: _Block, after: _Block) -> None:
        stretch = (block.start, block.end)
        if self.note and self.in_note and block.sort == "indented":
            self.note.paragraphs.append([stretch])
            return
        if self.note and self.at_break and self._continues_note(self.note, after):
            self.note.paragraphs[-1].append(stretch)
            return
        if self.body.paragraphs and self.page_ended and not self._finished(self.body):
            self.body.paragraphs[-1].append(stretch)
        else:
            self.body.paragraphs.append([stretch])
        self.page_ended = False

    def _continues_note(self, note: Part, after: _Block) -> bool:
        """Whether text without a mark at the top of a page's notes is the rest of the last note of the page before.

        It is if that note breaks off and a numbered note follows; or if the body does not break off but the note does
        so plainly: at a small letter, at a comma, inside a bracket.
        """
        if self._finished(note):
            return False
        last = self.text[slice(*note.paragraphs[-1][-1])][-_TAIL:]
        body_rests = not self.body.paragraphs or self._finished(self.body)
        return after.sort == "note" or (body_rests and bool(_CUT_NOTE.search(last)))

    def _finished(self, part: Part) -> bool:
        """Whether the part, as far as it was read, ends with the end of a sentence."""
        start, end = part.paragraphs[-1][-1]
        return bool(_FINISHED.search(readable(self.text, max(start, end - _TAIL), end, MARKDOWN)))
