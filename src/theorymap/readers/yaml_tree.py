"""YAML as a tree whose every node knows its line, read by the YAML 1.2 core schema and within limits.

PyYAML's loaders follow YAML 1.1, which makes ``NO`` a truth value and ``1:20`` a number, keep the last of two equal
keys without a word, and can be made to crash or to eat all memory. So only its events are used, and every scalar stays
the text that the author wrote; the reader of a key decides what it means (YAML 1.2.2, section 10.3).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

MAX_DEPTH = 64
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
"""How Word, old Word and PDF files begin."""
MAX_NODES = 2_000_000
_SEVERAL = 3
"""As many words make a value a phrase."""
_DEEP = (f"more than {MAX_DEPTH} levels of indentation", "Write it flatter.")
_NULLS = {"", "~", "null", "Null", "NULL"}
_CORE_TAGS = {
    None,
    "!",
    *(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")),
}
_UNPRINTABLE = re.compile(  # YAML 1.2.2, production 1, without the byte order mark
    r"[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_OPENED = {
    "could not find expected ':'": "a key without a colon and a space, or a text that goes on in the next line",
    "did not find expected ',' or ']'": "the list that opens here is not closed",
    "did not find expected ',' or '}'": "the block in braces that opens here is not closed",
}
"""What the parser says where something is not ended, and what it means where that began."""
_WORDED = {
    "did not find expected key": "this is not indented as a key of the block above it must be",
    "did not find expected '-' indicator": "this is indented as the entries of a list and does not begin with a hyphen",
    "mapping values are not allowed": "a colon stands where no key can end",
}
"""What else it says, in words that need no knowledge of parsers."""


class YamlError(Exception):
    """A text that is no YAML that theorymap reads.

    Attributes:
        line, column: Where, counted from 1.
        repair: How to mend it.
    """

    def __init__(self, message: str, line: int, column: int, repair: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.repair = line, column, repair


class Scalar(NamedTuple):
    """A plain or quoted value, as the text that the author wrote.

    Attributes:
        null: Whether it stands for nothing.
        cut: Whether a comment follows a value of several words in its line, so that it may have been meant to go on.
    """

    text: str
    null: bool
    line: int
    column: int
    cut: bool = False


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    size: int


class Mapping(NamedTuple):
    """A block of keys, each once, in the order of the file."""

    items: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    size: int


Node = Scalar | Sequence | Mapping


def parse(data: bytes) -> Node | None:
    """The one document of a YAML file, or None if it holds nothing.

    Raises:
        YamlError: The bytes are not UTF-8, the text is no YAML, a key stands twice, or a tag, a merge key, a cycle, a
            second document or too many nodes are met.
    """
    text = _decode(data)
    composer = _Composer(text)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except yaml.MarkedYAMLError as problem:
        raise _marked(problem, text) from problem
    except yaml.YAMLError as problem:
        raise _unprintable(text) from problem
    return composer.root


def _decode(data: bytes) -> str:
    if data.startswith(_PACKED):
        raise YamlError(
            "the file is a Word document or another packed file, and no text", 1, 1, "Save it as plain text."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line, column = before.count(b"\n") + 1, problem.start - before.rfind(b"\n")
        raise YamlError("the file is not UTF-8", line, column, "Save it as UTF-8.") from problem


def _unprintable(text: str) -> YamlError:
    """What is wrong with a text that the parser could not even take apart into characters."""
    found = _UNPRINTABLE.search(text)
    at = found.start() if found else 0
    what = f"the character U+{ord(text[at]):04X} cannot stand in a text file" if found else "the file is no YAML"
    return YamlError(what, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), "Delete it.")


def _marked(problem: yaml.MarkedYAMLError, text: str) -> YamlError:
    mark = problem.problem_mark or problem.context_mark
    opened = next((words for part, words in _OPENED.items() if part in (problem.problem or "")), "")
    if opened and problem.context_mark:  # what is wrong began where the parser began to wait for its end
        mark = problem.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    worded = (words for part, words in _WORDED.items() if part in (problem.problem or ""))
    what = opened or next(worded, problem.problem or str(problem))
    repair = "Look at the indentation, the brackets and the quotation marks of this line and of the one before."
    if "tab" in what or lines[line - 1][column - 1 : column] == "\t":
        what, repair = "a tab stands where YAML wants spaces", "Indent with spaces."
    elif "mapping values are not allowed" in (problem.problem or ""):
        repair = "Put the value in quotation marks if it holds a colon, and look at the indentation."
    elif "control characters" in what:
        return _unprintable(text)
    elif "nesting depth" in what:  # libyaml has a limit of its own, and meets it before the composer does
        what, repair = _DEEP
    return YamlError(what, line, column, repair)


class _Composer:
    """Builds the tree from events, with a stack of its own, so that depth is a number and never the interpreter's."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n") if " #" in text else []
        self.root: Node | None = None
        self._documents = 0
        self._nodes = 0
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}

    def take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():  # first, since most are
                self._check_tag(event)
                text, (line, column) = event.value, _place(event)
                null = text in _NULLS and bool(event.implicit[0]) and not event.style
                cut = " " in text and self._cut(event)
                self._put(Scalar(text, null, line, column, cut), event)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _at(event, "a second document begins here", "Keep one document a file: delete the line ---.")
            case yaml.AliasEvent():
                if event.anchor not in self._anchors:
                    repair = "Put the value in quotation marks if it is to begin with *."
                    raise _at(event, f"nothing before this place is named &{event.anchor}", repair)
                node = self._anchors[event.anchor]
                if node is None:
                    raise _at(event, f"*{event.anchor} stands inside what it names", "Write the value out.")
                self._put(node, event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._check_tag(event)
                if len(self._stack) >= MAX_DEPTH:
                    raise _at(event, *_DEEP)
                if event.anchor:
                    self._anchors[event.anchor] = None
                self._stack.append(_Open(event, isinstance(event, yaml.MappingStartEvent)))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                opened = self._stack.pop()
                self._put(opened.close(), opened.event)

    def _cut(self, event: Any) -> bool:
        """Whether a comment follows a plain value of several words."""
        if event.style or event.value.count(" ") < _SEVERAL - 1 or event.end_mark.line >= len(self._lines):
            return False
        rest = self._lines[event.end_mark.line][event.end_mark.column :]
        return bool(rest.lstrip(" ").startswith("#"))

    def _check_tag(self, event: Any) -> None:
        if event.tag not in _CORE_TAGS:
            raise _at(
                event, f"the tag {event.tag} means nothing here", "Delete it, or put the value in quotation marks."
            )

    def _put(self, node: Node, event: Any) -> None:
        alias = type(event) is yaml.AliasEvent
        if event.anchor and not alias:
            self._anchors[event.anchor] = node
        if alias or type(node) is Scalar:
            self._nodes += 1 if isinstance(node, Scalar) else node.size
            if self._nodes > MAX_NODES:
                raise _at(
                    event, f"more than {MAX_NODES:,} values once its aliases are written out", "Use fewer aliases."
                )
        if self._stack:
            self._stack[-1].add(node, event)
        else:
            self.root = node


class _Open:
    """A list or block whose end has not been met."""

    def __init__(self, event: Any, mapping: bool) -> None:
        self.event, self.mapping = event, mapping
        self.nodes: list[Node] = []
        self.pairs: dict[str, tuple[Scalar, Node]] = {}
        self.key: Scalar | None = None
        self.size = 1

    def add(self, node: Node, event: Any) -> None:
        self.size += 1 if isinstance(node, Scalar) else node.size
        if not self.mapping:
            self.nodes.append(node)
        elif self.key is None:
            self.key = self._as_key(node, event)
        else:
            self.pairs[self.key.text] = (self.key, node)
            self.key = None

    def _as_key(self, node: Node, event: Any) -> Scalar:
        if not isinstance(node, Scalar):
            raise _at(event, "a list or a block stands where a key must stand", "Give the value a key of its own.")
        if node.text == "<<":
            raise _at(event, "the merge key << is not used here", "Write the keys out.")
        if node.text in self.pairs:
            first = self.pairs[node.text][0].line
            raise _at(event, f"{node.text} stands twice in this block, first in line {first}", "Keep one of the two.")
        return node

    def close(self) -> Node:
        line, column = _place(self.event)
        if self.mapping:
            return Mapping(tuple(self.pairs.values()), line, column, self.size)
        return Sequence(tuple(self.nodes), line, column, self.size)


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _at(event: Any, message: str, repair: str) -> YamlError:
    return YamlError(message, *_place(event), repair)
