"""LaTeX in the fields of a bibliography, to plain text and back.

Accents and commands are decoded by pylatexenc.
What BibTeX files hold and LaTeX would misread (a bare ``50%``, ``A & B``, a price in dollars) is taken as it stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

_COMMANDS = {
    **{"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textbar": "|", "textquotedbl": '"'},
    **{"textless": "<", "textgreater": ">", "TeX": "TeX", "LaTeX": "LaTeX", "mbox": ""},
}
# A formula has a command, an index or a power in it; any other dollar sign is money.
_AS_IT_STANDS = re.compile(r"\\.|\$(?!\d)[^$]*[\\^_][^$]*\$|[%&$]", re.DOTALL)
_MARKED = re.compile(r"[\\$%&~]|--|``|''|[?!]`")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        **{char: "\\" + char for char in "$%&#_"},
    }
)
_LIGATURE = re.compile(r"[`?!](?=`)|([-',<>])(?=\1)")


def plain(latex: str) -> tuple[str, tuple[str, ...]]:
    """The text without LaTeX, on one line, and the names of the commands in it that nobody knows.

    An unknown command leaves its name behind as a word, so that nothing gets lost.

    >>> plain(r'Edstr{\\"o}m: {NATO} at 50% --- A & B')
    ('Edström: NATO at 50% — A & B', ())
    """
    if not _MARKED.search(latex):
        return tidy(re.sub("[{}]", "", latex)), ()
    source = _AS_IT_STANDS.sub(lambda found: found[0] if len(found[0]) > 1 else "\\" + found[0], latex)
    convert, unknown = _decoder()
    unknown.clear()
    try:
        text = convert(source)
    except Exception:  # pylatexenc lists no errors of its own; text nested too deep ends in RecursionError
        return tidy(latex), ("\\",)
    return tidy(text), tuple(dict.fromkeys(unknown))


def escaped(text: str) -> str:
    """The LaTeX that `plain` reads back as this text; letters with accents stay as they are.

    >>> escaped("100 % of A--B")
    '100 \\\\% of A-{}-B'
    """
    return apart(text.translate(_SPECIAL))


def apart(latex: str, between: str = "{}") -> str:
    """LaTeX in which no signs are drawn as one, as fonts draw two hyphens, commas or quotation marks.

    Args:
        between: What is put between them.

    >>> apart("A--B, ,,C'', <<D>>")
    "A-{}-B, ,{},C'{}', <{}<D>{}>"
    """
    return _LIGATURE.sub(lambda found: found[0] + between, latex)


def tidy(text: str) -> str:
    """The text on one line, without control characters, with single spaces."""
    return " ".join("".join(char if char.isprintable() or char.isspace() else "" for char in text).split())


def depth(latex: str) -> int:
    """How many braces are open at the end of the text; below zero where more were closed than opened."""
    signs = _BRACE.findall(latex)
    return signs.count("{") - signs.count("}")


def enclosed(latex: str) -> bool:
    """Whether a single pair of braces holds the whole text.

    >>> enclosed("{NATO {HQ}}"), enclosed("{NATO} and {EU}")
    (True, False)
    """
    opened = 0
    for found in _BRACE.finditer(latex if latex.startswith("{") else ""):
        opened += (found[0] == "{") - (found[0] == "}")
        if opened == 0:
            return found.end() == len(latex)
    return False


@functools.cache
def _decoder() -> tuple[Callable[[str], str], list[str]]:
    """What turns LaTeX into text, and the list to which it adds the names of the commands that it does not know."""
    import logging

    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    unknown: list[str] = []

    def name_of(node: object) -> str:
        name = str(getattr(node, "macroname", ""))
        unknown.append(name)
        return f"{name} "

    # Without a handler, Python would print pylatexenc's remarks to standard error.
    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
    context = get_default_latex_context_db()
    specs = [MacroTextSpec(name, simplify_repl=text) for name, text in _COMMANDS.items()]
    specs.append(MacroTextSpec("url", simplify_repl="%s"))
    context.add_context_category("bibliography", prepend=True, macros=specs)
    context.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=name_of))
    convert: Callable[[str], str] = LatexNodes2Text(latex_context=context, math_mode="text").latex_to_text
    return convert, unknown
