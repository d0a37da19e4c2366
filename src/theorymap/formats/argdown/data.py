"""The YAML in an Argdown text: of an element in braces, of the whole in its front matter."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from theorymap.errors import SourceError

if TYPE_CHECKING:
    from lark import Token

    from theorymap.readers.yaml_tree import Node

Data = dict[str, object]


def data(token: Token, file: str) -> Data:
    """The keys and values of an element or of the front matter; every scalar is the text that stands there.

    What is no mapping is the value of the key ``data``. A line break behind the brace means block format.

    Raises:
        SourceError: It is no YAML; the message begins with file, line and column.
    """
    from theorymap.readers.yaml_tree import YamlError, parse

    text, skipped = _inside(token)
    try:
        tree = parse(text.encode())
    except YamlError as problem:
        line, column = (token.line or 1) + skipped + problem.line - 1, problem.column
        if not skipped and problem.line == 1:
            column += (token.column or 1) - 1
        message = f"{file}:{line}:{column}: in the data, {problem}"
        raise SourceError(message, problem.repair or "Write data as {key: value}.") from problem
    value = "" if tree is None else _plain(tree)
    return value if isinstance(value, dict) else {"data": value} if value else {}


def _inside(token: Token) -> tuple[str, int]:
    """The YAML itself, and how many lines of the token stand before it."""
    if token.type == "FRONT_MATTER":
        return re.sub(r"={3,}\s*$", "", re.sub(r"^={3,}", lambda rule: " " * len(rule[0]), token)), 0
    if block := re.match(r"\{[ \t]*\n", token):
        return re.sub(r"\}\s*$", "", token[block.end() :]), 1
    return str(token), 0


def _plain(node: Node) -> object:
    from theorymap.readers.yaml_tree import Mapping, Scalar

    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.items}
    return [_plain(item) for item in node.items]


def as_text(value: object) -> str:
    """A value as the text that a map keeps: lists and mappings as JSON.

    >>> as_text(["a", "b"])
    '["a", "b"]'
    """
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def strings(value: object) -> tuple[str, ...] | None:
    """The texts of a list of texts, or None if it is none."""
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else None


def pairs(value: object) -> tuple[tuple[str, str], ...] | None:
    """The pairs of a list of pairs of texts, or None if it is none."""
    rows = [strings(row) for row in value] if isinstance(value, list) else [None]
    return tuple((row[0], row[1]) for row in rows if row) if all(row and len(row) == 2 for row in rows) else None
