"""Argdown text cut into lexemes.

What a character means in Argdown depends on what stands before it: a ``-`` begins an attack only after a line break, a
``_`` ends italics only where italics are open. So the lexemes are found one after the other, each kind tried in the
order of `_KINDS`, as the language is defined by its reference implementation (argdown.org, version 1.7).
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from theorymap.errors import SourceError

MAX_DEPTH = 64


class Lexeme(NamedTuple):
    """A piece of the text, with its place counted from 1."""

    kind: str
    text: str
    line: int
    column: int


@dataclass
class Scan:
    """A text, and how far it has been cut.

    Attributes:
        text: With ``\\n`` as its only line break.
        file: What the text is called in messages.
        found: The lexemes so far.
        comments: How many comments were passed over.
        indents: The columns of the open lists of relations; the text itself is at 0.
        ranges: The bold and italic text that is open, by the lexeme that opened it.
        inference: Whether the cut is between the dashes of an inference.
    """

    text: str
    file: str = ""
    found: list[Lexeme] = field(default_factory=list)
    comments: int = 0
    indents: list[int] = field(default_factory=lambda: [0])
    ranges: list[Lexeme] = field(default_factory=list)
    inference: bool = False
    _closers: dict[str, int] = field(default_factory=dict)
    _data: tuple[list[int], list[int]] | None = None
    _at: int = 0
    _line: int = 1
    _column: int = 1

    def run(self) -> list[Lexeme]:
        """All lexemes, without blank lines around the text.

        Raises:
            SourceError: Relations are nested too deeply.
        """
        while self._at < len(self.text):
            kinds = _INFERENCE if self.inference else _KINDS
            for kind in kinds:
                if match := kind.match(self, self._at):
                    self._take(kind, match.group())
                    break
        while self.last == "EMPTY_LINE":
            self.found.pop()
        self.close_lists()
        return list(itertools.dropwhile(lambda lexeme: lexeme.kind in {"NEWLINE", "EMPTY_LINE"}, self.found))

    @property
    def last(self) -> str:
        """The kind of the last lexeme; empty at the beginning."""
        return self.found[-1].kind if self.found else ""

    @property
    def fresh(self) -> bool:
        """Whether a line begins here."""
        return self.last in {"", "NEWLINE", "EMPTY_LINE"}

    def reaches(self, closer: str, at: int) -> bool:
        """Whether a text stands somewhere behind a place; asked in the order of the text, it costs next to nothing."""
        found = self._closers.get(closer, -2)
        if found != -1 and found < at:
            found = self._closers[closer] = self.text.find(closer, at)
        return found >= 0

    def end_of_data(self, at: int) -> int:
        """Where data that begin there end: behind the last brace that can end them, 0 if there is none.

        Data go on over a brace before a comma or another brace, and end with one before a blank and more text.
        """
        if self._data is None:
            stops = [found.start() for found in re.finditer(r"\}(?=\s[^,}])|[\u2028\u2029]", self.text)]
            ends = [found.start() for found in re.finditer(r"\}(?!\s*[,}])", self.text)]
            self._data = stops, ends
        stops, ends = self._data
        stop = bisect.bisect(stops, at)
        last = bisect.bisect(ends, stops[stop]) if stop < len(stops) else len(ends)
        return ends[last - 1] + 1 if last and ends[last - 1] > at else 0

    def close_lists(self) -> None:
        """End all lists of relations that are open."""
        while len(self.indents) > 1:
            self.indents.pop()
            self._add("DEDENT", "")

    def _take(self, kind: _Kind, text: str) -> None:
        if kind.indents:
            self._indent(len(text) - len(text.lstrip(" \t")) + (kind.name == "LIST_ITEM"))
        elif kind.closes and len(self.text) > self._at + len(text):
            self.close_lists()
        if kind.name == "COMMENT":
            self.comments += 1
        elif kind.name not in {"SPACES", "SURPLUS"}:
            self._add(kind.name, text)
        if kind.name.endswith("_OPEN"):
            self.ranges.append(self.found[-1])
        elif kind.name.endswith("_SHUT"):
            self.ranges.pop()
        if kind.name.startswith("INFERENCE_"):
            self.inference = kind.name == "INFERENCE_START"
        self._move(text)

    def _add(self, kind: str, text: str) -> None:
        self.found.append(Lexeme(kind, text, self._line, self._column))

    def _indent(self, column: int) -> None:
        """Open or end lists of relations, so that one of that column is open."""
        if column > self.indents[-1]:
            if len(self.indents) > MAX_DEPTH:
                place = f"{self.file}:{self._line}:{self._column}"
                raise SourceError(
                    f"{place}: relations are nested more than {MAX_DEPTH} deep", "Begin a list at the margin."
                )
            self.indents.append(column)
            self._add("INDENT", "")
        while column < self.indents[-1]:
            self.indents.pop()
            self._add("DEDENT", "")

    def _move(self, text: str) -> None:
        breaks = text.count("\n")
        self._at += len(text)
        self._line += breaks
        self._column = len(text) - text.rfind("\n") if breaks else self._column + len(text)


@dataclass(frozen=True)
class _Kind:
    """A kind of lexeme.

    Attributes:
        pattern: What it looks like.
        where: Whether it can stand at this point of a scan.
        closers: What must stand somewhere behind it, so that no search for its end is in vain.
        indents: Whether its indentation opens and ends lists of relations.
        closes: Whether it ends all of them.
    """

    name: str
    pattern: re.Pattern[str]
    where: Callable[[Scan], bool] = lambda scan: True
    closers: tuple[str, ...] = ()
    indents: bool = False
    closes: bool = False

    def match(self, scan: Scan, at: int) -> re.Match[str] | None:
        """The lexeme of this kind that begins there, or None."""
        if not self.where(scan) or not all(scan.reaches(closer, at) for closer in self.closers):
            return None
        return self.pattern.match(scan.text, at)


class _Data(_Kind):
    """Data in braces, the end of which is not found by one pattern in reasonable time."""

    def match(self, scan: Scan, at: int) -> re.Match[str] | None:
        end = scan.end_of_data(at) if scan.text.startswith("{", at) else 0
        return self.pattern.match(scan.text, at, end) if end else None


def _kind(
    name: str,
    pattern: str,
    where: Callable[[Scan], bool] = lambda scan: True,
    closers: tuple[str, ...] = (),
    role: str = "",
) -> _Kind:
    return _Kind(name, re.compile(pattern), where, closers, role == "indents", role == "closes")


def _after(*kinds: str) -> Callable[[Scan], bool]:
    return lambda scan: scan.last in kinds


def _relation(name: str, sign: str) -> _Kind:
    return _kind(name, rf"[ \t]*{sign}", lambda scan: scan.fresh, role="indents")


def _emphasis(name: str, sign: str) -> tuple[_Kind, _Kind]:
    """How bold or italic text is opened and shut; what was opened last is shut first."""
    shut = rf"{sign}(?:[ \t]|(?=[\n)}}_.,!?;:*-]|\Z))"
    opened = f"{name}_OPEN"
    return (
        _kind(f"{name}_SHUT", shut, lambda scan: bool(scan.ranges) and scan.ranges[-1].kind == opened),
        _kind(opened, rf"{sign}(?!\s)"),
    )


_REMARKS = ((r"<!--[\s\S]*?-->", "-->"), (r"/\*[\s\S]*?\*/", "*/"), (r"//[^\n]*", "//"))
_ANY = r"[^\n\u2028\u2029]"
_CONTROL = r"@#*_\[\],.:;</>(){}-"
_EMPHASES = [
    _emphasis(f"{weight}_{name}", sign * times)
    for weight, times in (("BOLD", 2), ("ITALIC", 1))
    for name, sign in (("STAR", r"\*"), ("LINE", "_"))
]
_COMMENT = [
    # A comment between blank lines, or on lines of its own, leaves no trace in the text.
    _kind("COMMENT", remark + lines, where, (closer,))
    for lines, where in (
        (r"(?:[ \t]*\n)*", _after("EMPTY_LINE")),
        (r"(?:[ \t]*\n(?![ \t]*\n))?", _after("NEWLINE")),
        ("", lambda scan: True),
    )
    for remark, closer in _REMARKS
]
_DATA = _Data("DATA", re.compile(r"\{[\s\S]*\}"))
_CHARACTERS = [
    _kind("ESCAPED", rf"\\{_ANY} *"),
    _kind("SPECIAL", r"(?:\.\S+?\.|:\S+?:)[ \t]?"),
]
_TEXT = [
    _kind("SPACES", r"[ \t]+"),
    _kind("PLAIN", rf"[^\\\n{_CONTROL}]+"),
    _kind("CONTROL", rf"[{_CONTROL}][ \t]?|\\"),
]
_NEWLINE = _kind("NEWLINE", r"[ \t]*\n")

_KINDS = [
    *_COMMENT,
    _kind("FRONT_MATTER", r"===+[\s\S]*?===+"),
    _DATA,
    *_CHARACTERS,
    _kind("SURPLUS", r"(?:[ \t]*\n)+", _after("EMPTY_LINE")),
    _kind("EMPTY_LINE", r"(?:[ \t]*\n){2,}", role="closes"),
    _NEWLINE,
    _kind("INFERENCE_START", r"[ \t]*--", _after("", "NEWLINE"), role="closes"),
    _relation("SUPPORTS", r"\+>"),
    _relation("ATTACKS", "->"),
    _relation("SUPPORTED_BY", r"<?\+"),
    _relation("ATTACKED_BY", "<?-"),
    _relation("CONTRADICTS", "><"),
    _relation("UNDERCUTS", "_>"),
    _relation("UNDERCUT_BY", r"(?:<_|_(?=\s))"),
    _kind("HEADING", r"#+ ", lambda scan: scan.fresh),
    _kind("NUMBER", r"[ \t]*\(\d+\)", lambda scan: scan.fresh, role="closes"),
    _kind("LIST_ITEM", r"[ \t]*(?:\d+\.|\*)(?=\s)", lambda scan: scan.fresh, role="indents"),
    *(shut for shut, _ in _EMPHASES),
    *(opened for _, opened in _EMPHASES),
    _kind("LINK", r"\[[^\]]+?\]\([^)]+?\)[ \t]?", closers=("](", ")")),
    _kind("TAG", r"#(?:\([^)]+\)|[a-zA-z0-9\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF-]+)[ \t]?"),
    _kind("STATEMENT", rf"\[{_ANY}+?\]:", closers=("]:",)),
    _kind("STATEMENT_AGAIN", rf"\[[^-\n]{_ANY}*?\]", closers=("]",)),
    _kind("MENTION", rf"@(?:\[{_ANY}+?\]|<{_ANY}+?>)[ \t]?"),
    _kind("ARGUMENT", rf"<{_ANY}+?>:", closers=(">:",)),
    _kind("ARGUMENT_AGAIN", rf"<[^-\n]{_ANY}*?>", closers=(">",)),
    *_TEXT,
]
_INFERENCE = [
    *_COMMENT[-3:],
    _NEWLINE,
    *_CHARACTERS,
    _kind("INFERENCE_END", "-{2,}"),
    _DATA,
    _kind("COMMA", ","),
    *_TEXT,
]
