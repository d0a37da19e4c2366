"""The syntax of a .bib file: its entries and their fields, and what is wrong with them.

The library bibtexparser finds the blocks; it survives an empty key, empty fields and several faults, and counts lines.
What it gives up (one missing brace loses the entry) or lets pass (a missing comma merges two fields) is mended, so
that one slip gives one finding on its own line and takes nothing else with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from theorymap.findings import Finding, Origin, error, warning
from theorymap.readers.bibentry import Entry, Field
from theorymap.readers.bibrepair import is_head, salvaged

if TYPE_CHECKING:
    from bibtexparser.model import Block
    from bibtexparser.model import Entry as EntryBlock

_MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
_SIGN = re.compile(r"\\.|[{}\"]", re.DOTALL)
_NAME = re.compile(r"[^\W\d][\w:.+*-]*")
_BARE = re.compile(r"[^\s#,{}\"=]+")
_JOIN = re.compile(r"\s*#\s*")
_NO_DELIMITER = re.compile(r"[^{}\"#=]+")
_NEXT_FIELD = re.compile(r"(\s*)([A-Za-z][\w-]*)\s*=\s*(.*)", re.DOTALL)
_STRAY = re.compile(r"^(?!\s*%)(?:\s*,?\s*[A-Za-z][\w-]*\s*=|\s*@(?=\w|\s*$)|[\s,})]*[,})][\s,})]*$)", re.MULTILINE)
_REPAIR = "Write each field as “name = {value},” with matching braces, and close the entry with a brace of its own."


def parse(text: str, file: str) -> tuple[list[Entry], list[Finding]]:
    """The entries of a .bib file in the order of the file, and what is wrong with its syntax.

    Args:
        text: The file, with line feeds for line ends.
        file: Its name, for the findings.
    """
    parser = _Parser(text, file)
    entries = list(parser.entries())
    return entries, parser.findings


def _blocks(text: str) -> list[Block]:
    """What bibtexparser splits the file into, in order."""
    import logging

    from bibtexparser.entrypoint import parse_string

    # Without a handler, Python would print bibtexparser's remarks to standard error.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    return list(parse_string(text, parse_stack=[]).blocks)


class _Parser:
    """One pass over a file; collects the findings and the abbreviations on its way."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = text.split("\n")
        self.blocks = _blocks(text)
        self.file = file
        self.findings: list[Finding] = []
        self.abbreviations: dict[str, str] = {}

    def entries(self) -> Iterator[Entry]:
        from bibtexparser import model

        done = 0
        for index, block in enumerate(self.blocks):
            sound = _entry_block(block)
            if _start(block) < done or isinstance(block, model.ExplicitComment | model.Preamble):
                continue
            if isinstance(block, model.String):
                self.abbreviations[block.key.lower()] = self._value(block.value, _start(block) + 1)[0]
            elif sound and not _torn(self.blocks[index + 1 : index + 2]):
                yield self._entry(sound)
            elif isinstance(block, model.ImplicitComment) and _head_line(block) is None:
                self._stray(block)
            elif re.match(r"@\s*(?:string|comment|preamble)\b", block.raw or "", re.IGNORECASE):
                self._broken(_start(block) + 1, "This block is never closed, or is not of its form.")
            else:
                done = self._end(index)
                yield self._salvaged(block, done)

    def _entry(self, block: EntryBlock) -> Entry:
        """The entry of a block without faults in its frame."""
        fields: list[Field] = []
        for item in block.fields:
            raw, line = item.value.lstrip("= "), (item.start_line or 0) + 1
            name = self._named(item.key, line)
            if raw != item.value:
                self._broken(line, f"There is more than one “=” after “{name}”.")
            while name:
                value, rest, end = self._value(raw, line)
                fields.append(Field(name.lower(), value, line))
                name, raw, line = self._merged(name, rest, end)
        self._repeated(block.key, fields)
        return Entry(block.entry_type, block.key, _start(block) + 1, tuple(fields))

    def _named(self, name: str, line: int) -> str:
        """The name of a field; where several words stand for one, the last of them."""
        if _NAME.fullmatch(name):
            return name
        self._broken(line, f"“{name}” is no name of a field.")
        last = (name.split() or [""])[-1]
        return last if _NAME.fullmatch(last) else ""

    def _merged(self, name: str, rest: str, line: int) -> tuple[str, str, int]:
        """The name, value and line of a field that a missing comma joined to the one before; an empty name if none."""
        if not rest.strip():
            return "", "", line
        self._broken(line, f"There is no comma after the field “{name}”.")
        found = _NEXT_FIELD.fullmatch(rest)
        return (found[2], found[3], line + found[1].count("\n")) if found else ("", "", line)

    def _salvaged(self, block: Block, end: int) -> Entry:
        """What can be read of a broken entry, which ends before a line counted from 0."""
        start = _start(block) + (_head_line(block) or 0)
        entry, line, fault = salvaged(self.lines[start:end] if end > start else [block.raw or ""], start + 1)
        about = f"The entry “{entry.key}” is broken. " if entry.key else "This entry is broken. "
        self._broken(line, about + fault)
        fields = [Field(item.name, self._value(item.value, item.line)[0], item.line) for item in entry.fields]
        self._repeated(entry.key, fields)
        return replace(entry, fields=tuple(fields))

    def _end(self, index: int) -> int:
        """The line, counted from 0, before which a broken entry ends: that of the next entry, or the file's end."""
        from bibtexparser import model

        for block in self.blocks[index + 1 :]:
            head = _head_line(block)
            if head is not None or not isinstance(block, model.ImplicitComment):
                return _start(block) + (head or 0)
        return len(self.lines)

    def _stray(self, block: Block) -> None:
        """Blame what looks like a part of an entry outside of any; other text there is a comment."""
        found = _STRAY.search(block.raw or "")
        if found:
            line = _start(block) + 1 + (block.raw or "").count("\n", 0, found.end())
            self._broken(line, "What stands here looks like a part of an entry but is in none.")

    def _repeated(self, key: str, fields: list[Field]) -> None:
        """Blame a second field of the same name."""
        seen: dict[str, Field] = {}
        for field in fields:
            first = seen.setdefault(field.name, field)
            if first is not field:
                message = f"The entry “{key}” has the field “{field.name}” twice: on line {first.line} and here."
                where, repair = Origin(self.file, field.line), "Keep one of the two; the first is used until then."
                self.findings.append(error("duplicate-field", where, message, repair, property=field.name))

    def _value(self, raw: str, line: int) -> tuple[str, str, int]:
        """The value at the head of a text, what follows it, and the line where the value ends.

        A value is one or more pieces joined by ``#``: in braces, in quotation marks, a number or an abbreviation.
        """
        if _NO_DELIMITER.fullmatch(raw):
            return self._expanded(raw.strip(), line), "", line
        pieces, position = [], 0
        while position < len(raw):
            if raw[position] in '{"':
                end = _closing(raw, position)
                pieces.append(raw[position + 1 : end - 1])
            elif bare := _BARE.match(raw, position):
                end = bare.end()
                pieces.append(self._expanded(bare[0], line))
            else:
                break
            joined = _JOIN.match(raw, end)
            position = joined.end() if joined else end
            if not joined:
                break
        return "".join(pieces), raw[position:], line + raw.count("\n", 0, position)

    def _expanded(self, word: str, line: int) -> str:
        """What an abbreviation stands for; a number and the name of a month stand for themselves."""
        if word.lower() in self.abbreviations:
            return self.abbreviations[word.lower()]
        if not re.fullmatch(r"\d*", word) and word.lower() not in _MONTHS:
            message = f"“{word}” is neither in braces nor an abbreviation that an @string above explains."
            repair = "Put the value in braces, or explain the abbreviation with @string."
            self.findings.append(
                warning("undefined-abbreviation", Origin(self.file, line), message, repair, value=word)
            )
        return word

    def _broken(self, line: int, message: str) -> None:
        self.findings.append(error("broken-bibtex", Origin(self.file, line), message, _REPAIR))


def _start(block: Block) -> int:
    """The line of a block, counted from 0."""
    return block.start_line or 0


def _entry_block(block: Block) -> EntryBlock | None:
    """The entry of a block, also of one that repeats a key or a field."""
    from bibtexparser import model

    while isinstance(block, model.ParsingFailedBlock) and block.ignore_error_block is not None:
        block = block.ignore_error_block
    return block if isinstance(block, model.Entry) else None


def _torn(followers: list[Block]) -> bool:
    """Whether what follows an entry is its own rest, cut off by a brace too many."""
    from bibtexparser import model

    for block in followers:
        comment = block.comment if isinstance(block, model.ImplicitComment) else ""
        return bool(_STRAY.match(comment)) and not comment.startswith("@") and _head_line(block) != 0
    return False


def _head_line(block: Block) -> int | None:
    """The line of a comment, counted from 0 in it, that begins an entry after all; None where there is none."""
    from bibtexparser import model

    lines = block.comment.split("\n") if isinstance(block, model.ImplicitComment) else []
    return next((number for number, line in enumerate(lines) if is_head(line)), None)


def _closing(text: str, start: int) -> int:
    """The position after the brace or quotation mark that closes the one at the start; the text's end if none does."""
    depth = 0
    for found in _SIGN.finditer(text, start):
        sign = found[0]
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and sign == ('"' if text[start] == '"' and found.start() > start else "}"):
            return found.end()
    return len(text)
