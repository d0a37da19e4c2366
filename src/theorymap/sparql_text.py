"""The words of a SPARQL query, and what theorymap refuses to run.

The grammar is SPARQL 1.1, section 19. The lexer is no parser: it is exact enough to tell a keyword from a string,
an IRI, a comment, a variable or a prefixed name, and to find the brackets that belong together.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from theorymap.errors import UsageError

UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

# The engine's parser is recursive and ends the process where these are left out; a person's query is far below them.
MAX_DEPTH = 200
MAX_WORDS = 10_000

_LEXER = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
             | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><[^<>"{}\s]*>)
  | (?P<var>[?$]\w+)
  | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>_:[\w.\-]+ | [^\W\d_][\w.\-]*:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\\S)* | :(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\\S)*)
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<mark>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """One word of a query: its kind (string, iri, var, lang, name, word, number, mark), its text, its line from 1."""

    kind: str
    text: str
    line: int

    def says(self, *words: str) -> bool:
        """Whether it is one of these keywords or marks, whatever its case."""
        return self.kind in ("word", "mark") and self.text.upper() in words


@functools.lru_cache(maxsize=4)
def tokens(sparql: str) -> tuple[Token, ...]:
    """The words of a query, comments left out; what was read last is at hand for the next who asks.

    >>> [token.text for token in tokens("ASK { ?s :p 'SERVICE' } # SERVICE")]
    ['ASK', '{', '?s', ':p', "'SERVICE'", '}']
    """
    ends = [match.start() for match in re.finditer("\n", sparql)]
    found = _LEXER.finditer(sparql)
    return tuple(
        Token(match.lastgroup or "mark", match[0], bisect_right(ends, match.start() - 1) + 1)
        for match in found
        if match.lastgroup != "comment"
    )


def refuse(sparql: str) -> None:
    """Let a query pass that reads the knowledge base and nothing else.

    Raises:
        UsageError: It calls another server (SERVICE), names its own graphs (FROM), changes data,
            or is nested or long beyond what the engine survives.
    """
    if any(0xD800 <= ord(letter) < 0xE000 for letter in sparql):
        raise UsageError("the query holds bytes that are not UTF-8", "Save the query as UTF-8.")
    words = tokens(sparql)
    _refuse_size(words)
    for token in (*words, *(tokens(_unescaped(sparql)) if "\\" in sparql else ())):
        _refuse_word(token, sparql)
    first = first_keyword(words)
    if first is not None and first.says(*UPDATES):
        raise UsageError(
            f"line {first.line}: {first.text.upper()} changes data, which a question cannot",
            "Change the files of the knowledge base instead.",
        )


def _unescaped(sparql: str) -> str:
    # Some engines resolve \u escapes before they read (SPARQL 1.1, section 19.2).
    return _ESCAPED.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), sparql)


def _refuse_size(words: Sequence[Token]) -> None:
    depth = deepest = 0
    for token in words:
        if token.kind == "mark":
            depth += (token.text in "({[") - (token.text in ")}]")
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise UsageError(f"the query has brackets nested {deepest} deep; {MAX_DEPTH} is the limit")
    if sum(token.kind in ("word", "mark") for token in words) > MAX_WORDS:
        raise UsageError(f"the query has more than {MAX_WORDS} keywords and marks")


def _refuse_word(token: Token, sparql: str) -> None:
    # Contained, not equal: the engine reads `trueSERVICE` as two words, and where `trueSERVICE:` is no prefix that too.
    text = token.text.upper()
    text = text.partition(":")[0] if token.kind == "name" else text
    # The engine may read `?a<?b&&?c='>'` as a comparison, so behind such an "IRI" no word can be told from a string.
    in_doubt = token.kind == "iri" and "'" in text and re.search(r"service|from", sparql, re.IGNORECASE)
    if token.kind not in ("word", "name") and not in_doubt:
        return
    if in_doubt or "SERVICE" in text:
        raise UsageError(
            f"line {token.line}: SERVICE asks another server, which theorymap does not do",
            "Load the other data as a file of the knowledge base.",
        )
    if "FROM" in text:
        raise UsageError(
            f"line {token.line}: FROM is refused; a question sees the whole knowledge base",
            "Use GRAPH to look into the statements of one file.",
        )


def first_keyword(words: Sequence[Token]) -> Token | None:
    """The first keyword behind the prologue."""
    return next((t for t in words if t.kind == "word" and not t.says("PREFIX", "BASE")), None)


def closing(words: Sequence[Token], start: int) -> int:
    """The index of the bracket that closes the one at an index; the number of words where none does."""
    depth = 0
    for i in range(start, len(words)):
        if words[i].kind == "mark":
            depth += (words[i].text in "({[") - (words[i].text in ")}]")
            if depth == 0:
                return i
    return len(words)
