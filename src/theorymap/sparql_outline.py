"""What a SPARQL query selects, orders by and is told, read from its words; and what is wrong with it, in plain words.

A sketch, not a parse: whether a query is well formed is the engine's to say.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from theorymap.sparql_text import Token, closing, first_keyword, tokens
from theorymap.terms import PREFIXES

FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")
_OPEN = {"(": ")", "{": "}", "[": "]"}


class Selection(NamedTuple):
    """One SELECT with its group: the outer one or a sub-select.

    Attributes:
        line: Where the word SELECT stands.
        distinct: Whether it says DISTINCT or REDUCED.
        star: Whether it projects everything.
        variables: The names projected, in order.
        head: The tokens of the projection.
        body: The tokens of the group, without its braces.
        tail: The tokens after the group: GROUP BY, HAVING, ORDER BY, LIMIT.
        start, end: The first token and the one behind the last, as indices into the outline's tokens.
    """

    line: int
    distinct: bool
    star: bool
    variables: tuple[str, ...]
    head: tuple[Token, ...]
    body: tuple[Token, ...]
    tail: tuple[Token, ...]
    start: int
    end: int

    def ordering(self) -> tuple[str, ...] | None:
        """The variables by which ORDER BY sorts as they are, in order; None where there is no ORDER BY."""
        at = _find(self.tail, 0, "ORDER")
        if at is None:
            return None
        until = next((i for i in range(at, len(self.tail)) if self.tail[i].says("LIMIT", "OFFSET", "VALUES")), None)
        words = self.tail[at:until]
        plain = [i for i in _outside(words, 0) if words[i].kind == "var"]
        turned = [i + 2 for i in range(len(words) - 3) if words[i].says("ASC", "DESC") and words[i + 3].says(")")]
        return tuple(words[i].text[1:] for i in sorted(plain + turned))

    def grouped(self) -> bool:
        """Whether it has a GROUP BY."""
        return _find(self.tail, 0, "GROUP") is not None


class Outline(NamedTuple):
    """A query at a glance.

    Attributes:
        tokens: All words but the comments.
        form: SELECT, CONSTRUCT, ASK or DESCRIBE; empty for anything else.
        prefixes: The prefixes declared.
        selections: The SELECTs, the outer one first.
        parameters: The variables of the `VALUES ?x { UNDEF }` at the head of the outer group, in order.
    """

    tokens: tuple[Token, ...]
    form: str
    prefixes: frozenset[str]
    selections: tuple[Selection, ...]
    parameters: tuple[str, ...]


@functools.lru_cache(maxsize=4)
def outline(sparql: str) -> Outline:
    """The outline of a query; of a text that is no query, as much as can be seen. The last ones are at hand."""
    words = tokens(sparql)
    prefixes = frozenset(
        after.text for token, after in itertools.pairwise(words) if token.says("PREFIX") and after.kind == "name"
    )
    first = first_keyword(words)
    form = first.text.upper() if first is not None and first.says(*FORMS) else ""
    selections = tuple(_selection(words, i) for i, token in enumerate(words) if token.says("SELECT"))
    return Outline(words, form, prefixes, selections, _parameters(words))


def explain(sparql: str, line: int, column: int, message: str) -> str:
    """A parser's complaint in words that help: an undeclared prefix, the engine's own sentence, or the place.

    Args:
        message: The engine's message, mostly a list of the characters that it could have gone on with.
    """
    seen = outline(sparql)
    for token in (token for token in undeclared(seen) if token.text.partition(":")[0] not in PREFIXES):
        return f"the prefix {token.text.partition(':')[0]}: of {token.text} is not declared"
    sentences = re.findall(r"(?:^|, )([A-Z][a-z]*(?: [\w?'-]+){3,})", message.removeprefix("expected one of "))
    if sentences:
        return str(sentences[0])
    for token in _unclosed(seen.tokens):
        return f"the bracket {token.text} of line {token.line} has no partner"
    lines = sparql.split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    after = text[column - 1 :].strip()[:40]
    return f"unexpected {after!r}" if after else f"{text.strip()[-40:]!r} is not complete, or is no SPARQL"


def _unclosed(words: Sequence[Token]) -> list[Token]:
    waiting: list[Token] = []
    for token in words:
        if token.says(*_OPEN):
            waiting.append(token)
        elif token.says(*_OPEN.values()):
            if not waiting or _OPEN[waiting[-1].text] != token.text:
                return [token]
            waiting.pop()
    return waiting[-1:]


def undeclared(seen: Outline) -> list[Token]:
    """The prefixed names whose prefix the query does not declare, in the order of the text."""
    return [
        token
        for token in seen.tokens
        if token.kind == "name" and token.text[:2] != "_:" and token.text.partition(":")[0] + ":" not in seen.prefixes
    ]


def _find(words: Sequence[Token], start: int, *wanted: str) -> int | None:
    """The index of the first of some keywords outside brackets, from an index on."""
    depth = 0
    for i in range(start, len(words)):
        if depth == 0 and words[i].says(*wanted):
            return i
        if words[i].kind == "mark":
            depth += (words[i].text in "({[") - (words[i].text in ")}]")
            if depth < 0:
                return None
    return None


def _selection(words: Sequence[Token], start: int) -> Selection:
    opened = _find(words, start + 1, "{")
    opened = len(words) if opened is None else opened
    closed = closing(words, opened) if opened < len(words) else len(words)
    end = next((i for i in _outside(words, closed + 1) if words[i].says("}")), len(words))
    where = _find(words, start + 1, "WHERE")
    head = words[start + 1 : opened if where is None else min(where, opened)]
    return Selection(
        line=words[start].line,
        distinct=any(token.says("DISTINCT", "REDUCED") for token in head[:1]),
        star=any(token.says("*") for token in head[:2]),
        variables=_projected(head),
        head=tuple(head),
        body=tuple(words[opened + 1 : closed]),
        tail=tuple(words[closed + 1 : end]),
        start=start,
        end=end,
    )


def _outside(words: Sequence[Token], start: int) -> list[int]:
    """The indices from a start on that lie in no bracket, the bracket that ends the group included."""
    depth, found = 0, []
    for i in range(start, len(words)):
        closes = words[i].kind == "mark" and words[i].text in ")}]"
        if depth == 0:
            found.append(i)
        if words[i].kind == "mark":
            depth += (words[i].text in "({[") - closes
        if depth < 0:
            break
    return found


def _projected(head: Sequence[Token]) -> tuple[str, ...]:
    names: list[str] = []
    for i in _outside(head, 0):
        if head[i].kind == "var":
            names.append(head[i].text[1:])
        elif head[i].says("("):
            last = head[closing(head, i) - 1]
            names += [last.text[1:]] if last.kind == "var" else []
    return tuple(names)


def _parameters(words: Sequence[Token]) -> tuple[str, ...]:
    at = _find(words, 0, "{")
    first = first_keyword(words)
    if at is not None and first is not None and first.says("CONSTRUCT"):
        at = _find(words, closing(words, at) + 1, "{")
    names: list[str] = []
    at = len(words) if at is None else at + 1
    while [t.text.upper() for t in words[at : at + 5] if t.kind != "var"] == ["VALUES", "{", "UNDEF", "}"]:
        if words[at + 1].kind != "var":
            break
        names.append(words[at + 1].text[1:])
        at += 5
    return tuple(names)
