"""Text for one line, of a page or of a terminal."""

from __future__ import annotations


def coloured(text: str, code: str, colour: bool) -> str:
    """Text in an ANSI colour, or as it is."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def flat(text: str) -> str:
    """Text in one line, without the characters that a terminal or a browser would obey."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())
