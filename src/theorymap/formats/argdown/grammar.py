"""The grammar of Argdown: how lexemes make statements, arguments and their structures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from theorymap.errors import SourceError
from theorymap.formats.argdown.lexemes import Lexeme, Scan

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

GRAMMAR = r"""
start: _front? (_block (EMPTY_LINE _block)*)?
_front: FRONT_MATTER (NEWLINE | EMPTY_LINE)*
_block: heading | statement | argument | structure | items

heading: HEADING _text [DATA NEWLINE?]
items: INDENT (LIST_ITEM _member)+ DEDENT
_member: statement | argument

statement: (_text | STATEMENT _text | STATEMENT_AGAIN _tags) _rest
argument: (ARGUMENT _text | ARGUMENT_AGAIN _tags) _rest
_tags: TAG* NEWLINE?
_rest: (DATA NEWLINE?)? relations?
relations: INDENT relation+ DEDENT
relation: (SUPPORTS | ATTACKS | UNDERCUTS | SUPPORTED_BY | ATTACKED_BY | UNDERCUT_BY) _member
        | CONTRADICTS statement

structure: premise+ step (premise* step)*
premise: NUMBER statement
step: inference NUMBER statement
inference: INFERENCE_START NEWLINE? (rules NEWLINE?)? (DATA NEWLINE?)? INFERENCE_END NEWLINE undercuts?
undercuts: INDENT (UNDERCUT_BY _member)+ DEDENT
rules: _words (COMMA _words)*

_text: _inline+
_inline: _letters | LINK | TAG | MENTION | NEWLINE
       | BOLD_STAR_OPEN _text? BOLD_STAR_SHUT | ITALIC_STAR_OPEN _text? ITALIC_STAR_SHUT
       | BOLD_LINE_OPEN _text? BOLD_LINE_SHUT | ITALIC_LINE_OPEN _text? ITALIC_LINE_SHUT
_words: _letters+
_letters: PLAIN | CONTROL | ESCAPED | SPECIAL
"""
_KINDS = """ARGUMENT ARGUMENT_AGAIN ATTACKED_BY ATTACKS BOLD_LINE_OPEN BOLD_LINE_SHUT BOLD_STAR_OPEN BOLD_STAR_SHUT
COMMA CONTRADICTS CONTROL DATA DEDENT EMPTY_LINE ESCAPED FRONT_MATTER HEADING INDENT INFERENCE_END INFERENCE_START
ITALIC_LINE_OPEN ITALIC_LINE_SHUT ITALIC_STAR_OPEN ITALIC_STAR_SHUT LINK LIST_ITEM MENTION NEWLINE NUMBER PLAIN SPECIAL
STATEMENT STATEMENT_AGAIN SUPPORTED_BY SUPPORTS TAG UNDERCUTS UNDERCUT_BY"""
_RELATIONS = {"SUPPORTS", "ATTACKS", "UNDERCUTS", "SUPPORTED_BY", "ATTACKED_BY", "UNDERCUT_BY", "CONTRADICTS"}
_TITLES = {"STATEMENT", "STATEMENT_AGAIN", "ARGUMENT", "ARGUMENT_AGAIN"}


def parse(scan: Scan) -> Tree[Token]:
    """The tree of a text.

    Raises:
        SourceError: It is no Argdown; the message begins with file, line and column.
    """
    from lark.exceptions import UnexpectedToken

    lexemes = scan.run()
    try:
        return _parser().parse(lexemes)
    except UnexpectedToken as problem:
        raise _error(scan, lexemes, problem.token) from problem


@cache
def _parser() -> Lark:
    """The parser, which is made once; it takes lexemes where others take a text."""
    from lark import Lark, Token
    from lark.lexer import Lexer

    class Ready(Lexer):
        """Hands on what was cut before."""

        def __init__(self, conf: Any) -> None:
            pass

        def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:
            for kind, text, line, column in lexer_state:
                yield Token(kind, text, line=line, column=column)

    declared = f"{GRAMMAR}\n%declare {' '.join(_KINDS.split())}\n"
    return Lark(declared, parser="lalr", lexer=Ready, keep_all_tokens=True)


def _error(scan: Scan, lexemes: list[Lexeme], token: Token) -> SourceError:
    """What is wrong where the grammar could not go on, and how to mend it."""
    line, column, at_end = token.line, token.column, token.type == "$END"
    if at_end or line is None:
        line, column = _end(scan.text)
    what, repair = _words(token, at_end)
    if scan.ranges and (at_end or token.type == "EMPTY_LINE" or token.type in _TITLES | {"DATA"}):
        opened = scan.ranges[-1]
        line, column = opened.line, opened.column
        what = f"the {opened.text} begins bold or italic text that nothing ends"
        repair = f"End it with {opened.text}, or write \\{opened.text[0]} for the character itself."
    return SourceError(f"{scan.file}:{line}:{column}: {what}", repair)


def _end(text: str) -> tuple[int, int]:
    lines = text.rstrip().split("\n")
    return len(lines), len(lines[-1]) + 1


def _words(token: Token, at_end: bool) -> tuple[str, str]:
    shown = str(token).strip().split("\n")[0][:40]
    if token.type in _RELATIONS:
        what = f"the relation {shown} belongs to nothing"
        return what, "Indent it more than the element above it, without a blank line between them."
    if token.type in _TITLES:
        what = f"the title {shown} stands within another element"
        return what, f"Begin a new paragraph with it, or write \\{shown[:1]} for the character itself."
    if token.type in {"DATA", "FRONT_MATTER"}:
        what = f"data in {shown[:1]} cannot stand here" if token.type == "DATA" else "front matter cannot stand here"
        return what, f"Put it behind the element that it is about, or write \\{shown[:1]} for the character itself."
    if token.type in {"NUMBER", "INFERENCE_START", "INFERENCE_END"}:
        what = f"{shown} is out of place in a premise-conclusion structure"
        return what, "Number the premises, then a line of four hyphens, then the conclusion, without blank lines."
    if at_end or token.type in {"EMPTY_LINE", "DEDENT"}:
        return (
            "something is missing here",
            "Complete the element; a structure ends with a line of hyphens and a conclusion.",
        )
    return f"{shown or 'this'} cannot stand here", "Leave a blank line before a new element, or write \\ before a sign."
