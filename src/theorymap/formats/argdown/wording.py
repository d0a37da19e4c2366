"""Words as Argdown spells them: its signs read, and ours kept from being read as signs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark import Token

_SIGNS = """A ∀ E ∃ O 𝗢 P 𝗣 -> → <-> ↔ ~ ¬ ^ ∧ v ∨ v_ ⊻ <> ◇ [] ◻ up 👍 +1 👍 down 👎 -1 👎 y ✔ agree ✔ n ❌
disagree ❌ ? ❓ question ❓ star ⭐ heart ❤ happy 😀 smile ☺ smiley ☺ laugh 😆 lol 😆 rofl 🤣 joy 😂 love 😍 wink 😉
shush 🤫 meh 😐 eye-roll 🙄 sad 😢 disappointed 😞 scream 😱 think 🤔""".split()
SHORTCODES = dict(zip(_SIGNS[::2], _SIGNS[1::2], strict=True))
"""What stands between two colons or two full stops for a sign; the guide of Argdown lists them."""

INCLUDE = re.compile(r"@include\(([^)]{1,1000})\)")
"""What asks for the text of another file; the official parser heeds it anywhere, even where it is escaped."""

_BLANKS = re.compile(r"[ \t\n\r\v\f\u2028\u2029]+")
_TAG = re.compile(r"#(?:\(([^)]+)\)|(\S+))")
_HOSTILE = re.compile(
    r"""(?P<code>\.\S+?\.|:\S+?:)   # might be a shortcode
    | (?P<sign>[\\@#*_\[<{])        # begins something wherever it stands
    | (?P<slash>/(?=[/*]))          # begins a comment
    | (?P<front>=(?===)|(?<===)=|(?<==)=(?==))  # three of them begin front matter""",
    re.VERBOSE,
)


def tidy(text: str) -> str:
    """A text on one line, its words one blank apart: what can be written in Argdown as it is."""
    return _BLANKS.sub(" ", text).strip(" ")


def words(lexemes: Iterable[Token], signs: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text that lexemes make up, on one line and without its tags, and the tags.

    Bold and italic are dropped, a link is its title, a mention stays as it is written, a shortcode is its sign.

    Args:
        signs: What each shortcode stands for.
    """
    parts: list[str] = []
    tags: dict[str, None] = {}
    for lexeme in lexemes:
        if lexeme.type == "TAG":
            found = _TAG.match(lexeme)
            tags[(found[1] or found[2]) if found else lexeme] = None
        elif lexeme.type == "SPECIAL":
            code = lexeme.rstrip(" \t")
            parts.append(signs.get(code[1:-1], code) + lexeme[len(code) :])
        elif lexeme.type in _SPELT:
            parts.append(_SPELT[lexeme.type](str(lexeme)))
    return tidy("".join(parts)), tuple(tags)


def _same(text: str) -> str:
    return text


_SPELT: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("PLAIN", "CONTROL", "MENTION"), _same),
    **dict.fromkeys(
        ("BOLD_STAR_SHUT", "BOLD_LINE_SHUT", "ITALIC_STAR_SHUT", "ITALIC_LINE_SHUT"), lambda text: text.lstrip("*_")
    ),
    "ESCAPED": lambda text: text[1:],
    "LINK": lambda text: re.sub(r"\[(.+)\]\(.+\)", r"\1", text),
    "NEWLINE": lambda text: " ",
}


def escaped(text: str) -> str:
    """A tidy text, spelt so that `words` gives it back.

    >>> escaped("a_b [c] e.g. 1 .v. 2")
    'a\\\\_b \\\\[c] e.g. 1 \\\\.v. 2'
    """
    parts, at = [], 0
    while found := _HOSTILE.search(text, at):
        parts.append(text[at : found.start()])
        if found["code"] and _harmless(found["code"]):
            parts.append(found[0])
            at = found.end()
        else:
            parts.append(f"\\{text[found.start()]}")
            at = found.start() + 1
    return "".join((*parts, text[at:])).replace("@include(", "@\\include(")


def _harmless(text: str) -> bool:
    """Whether what stands between two colons or full stops is a text like any other: of letters, and no shortcode."""
    return text[1:-1] not in SHORTCODES and not _HOSTILE.search(text[1:])


def plain_title(title: str) -> bool:
    """Whether a title can stand between brackets, which know no escape."""
    return (
        bool(re.fullmatch(r"[^\W_](?:[^\[\]<>\n\r\u2028\u2029\x85\v\f]*[^\[\]<>\s])?", title))
        and "@include(" not in title
    )


def tag(text: str) -> str:
    """A tag as it is written; empty if Argdown cannot write it."""
    if re.fullmatch(r"[a-zA-Z0-9-]+", text):
        return f"#{text}"
    return "" if re.search(r"[)\]>\r\n]|@include\(|^$", text) else f"#({text})"


def quoted(text: str) -> str:
    r"""A text in quotation marks for YAML, without anything that would end the data or mean something else to Argdown.

    >>> print(quoted('{"a}'))
    "\u007b\"a\u007d"
    """
    return '"' + _UNQUOTABLE.sub(lambda found: _code(found[0]), json.dumps(text, ensure_ascii=False)[1:-1]) + '"'


_UNQUOTABLE = re.compile(r"[{}]|=(?==)|(?<==)=|[\]>](?=:)|@(?=include\()|[^ -~]")


def _code(char: str) -> str:
    if char.isprintable() and char not in "{}=]>@":
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
