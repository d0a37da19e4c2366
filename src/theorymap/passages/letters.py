r"""The letters of a text without its markup: what two renderings of the same words have in common.

White space, quotation marks, hyphens, emphasis and note marks differ between a document and a copy of its words.
So words are compared by a key: compatibility decomposition (NFKD), case folding (Unicode Standard, section 3.13),
letters and digits only. Every character of a key remembers the place in the text where it comes from.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress

from theorymap.errors import SourceError

MARKDOWN = re.compile(
    r"""(?=[<\[\]!^⁰¹²³⁴⁵⁶⁷⁸⁹&\\*_`>])(?:
      <sup>\s*\[?[\d\s,;\u2013-]+\]?\s*</sup> | \[\^[^\]\s]+\]:? | \^\d+\^ | [⁰¹²³⁴⁵⁶⁷⁸⁹]+      # note marks
    | <!--.{0,2000}?--> | </?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>                                 # comments, tags
    | !?\[(?=[^\[\]]*\]\([^()\s]*\)) | \]\([^()\s]*\)                                       # links but for their text
    | ^>+[ \t]? | [*`]+ | (?<![^\W_])_+(?=\S) | (?<=\S)_+(?![^\W_])                   # block quotes, emphasis
    | (?P<entity>&(?:\#\d+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    )""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

# Why no library: those that decode LaTeX take the bare % of an abstract for a comment and lose the rest of the line.
LATEX = re.compile(
    r"""(?=[\\{}$~`'-])(?:
      (?P<o1>\{)?\\(?P<accent>["'`^~=.])\s*(?:\{\s*\\?(?P<a>[A-Za-z])\s*\}|\\?(?P<b>[A-Za-z]))(?(o1)\})
    | (?P<o2>\{)?\\(?P<named>[cvuHkrdb])(?:\s*\{\s*\\?(?P<c>[A-Za-z])\s*\}|\s+(?P<d>[A-Za-z]))(?(o2)\})
    | (?P<o3>\{)?\\(?P<letter>ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])(?![A-Za-z])(?:\{\}|\s+)?(?(o3)\})
    | \\[A-Za-z]+\*?[ \t]* | \\(?P<symbol>[^\\\s]) | \\\\ | [{}$]
    | (?P<sign>---?|``|''|~)
    )""",
    re.VERBOSE,
)

NOTHING = re.compile(r"(?!)")
"""The markup of a text without any."""

_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ",
    "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "\u0131", "j": "\u0237",
}  # fmt: skip
_SIGNS = {"---": "—", "--": "\u2013", "``": "“", "''": "”", "~": " "}

_HYPHENATED = re.compile(r"-[ \t]*\n\s*(?=[a-z])")


class BrokenText(SourceError):
    """A file that cannot be read as text, and where it breaks off.

    Attributes:
        line, column: Counted from 1; 0 where the file as a whole is meant.
    """

    def __init__(self, message: str, hint: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line
        self.column = column


def decode(data: bytes) -> str:
    """The text of a UTF-8 file, without the byte order mark that it may begin with.

    Raises:
        BrokenText: A byte is not UTF-8; it carries the line and column.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # With a byte order mark, the position is counted from behind it.
        sound = problem.object[: problem.start].decode("utf-8")
        line, column = sound.count("\n") + 1, len(sound) - sound.rfind("\n")
        raise BrokenText(
            f"line {line}, column {column}: the byte 0x{problem.object[problem.start]:02x} is not UTF-8",
            "Save the file with the encoding UTF-8.",
            line,
            column,
        ) from None


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKD", character).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _shown(token: re.Match[str]) -> str:
    """What a reader sees of a piece of markup; nothing for most."""
    part = token.groupdict()
    if "entity" in part:
        return html.unescape(part["entity"]) if part["entity"] else part["escaped"] or ""
    if part["accent"] or part["named"]:
        letter = part["a"] or part["b"] or part["c"] or part["d"]
        return unicodedata.normalize("NFC", letter + _COMBINING[part["accent"] or part["named"]])
    return _LETTERS.get(part["letter"], "") or part["symbol"] or _SIGNS.get(part["sign"], "")


def _pieces(text: str, start: int, end: int, markup: re.Pattern[str]) -> Iterator[tuple[int, int, str | None]]:
    """A stretch of text cut into plain pieces (None) and pieces of markup (what a reader sees of them)."""
    for token in markup.finditer(text, start, end):
        yield start, token.start(), None
        yield token.start(), token.end(), _shown(token)
        start = token.end()
    yield start, end, None


class Key:
    """The letters of some stretches of a text, and where each comes from.

    Attributes:
        letters: The key.
        starts: The offset in the text of each character of `letters`.
    """

    def __init__(self, text: str, markup: re.Pattern[str]) -> None:
        self.letters = ""
        self.starts: list[int] = []
        self._text = text
        self._markup = markup
        self._ends: dict[int, int] = {}

    def add(self, start: int, end: int) -> None:
        """Append the letters of one more stretch, given in characters."""
        found: list[str] = []
        for piece_start, piece_end, shown in _pieces(self._text, start, end, self._markup):
            if shown is None:
                found.append(self._plain(piece_start, piece_end))
            elif shown:
                letters = "".join(map(_fold, shown))
                self.starts += [piece_start] * len(letters)
                self._ends[piece_start] = piece_end
                found.append(letters)
        self.letters += "".join(found)

    def _plain(self, start: int, end: int) -> str:
        """The letters of a stretch without markup, whose places are noted."""
        piece = self._text[start:end]
        if piece.isascii():
            self.starts += compress(range(start, end), map(str.isalnum, piece))
            return "".join(filter(str.isalnum, piece.lower()))
        folded = [_fold(character) for character in piece]
        self.starts += (place for place, letters in enumerate(folded, start) for _ in letters)
        return "".join(folded)

    def end(self, place: int) -> int:
        """The offset behind the character at a place of the key, and behind the accents that follow it."""
        end = self._ends.get(self.starts[place], self.starts[place] + 1)
        while end < len(self._text) and _clings(self._text[end]):
            end += 1
        return end

    def splits_word(self, place: int) -> bool:
        """Whether a cut in front of that place of the key goes through a word of the text."""
        if not 0 < place < len(self.starts):
            return False
        return self.starts[place - 1] <= self.starts[place] <= self.end(place - 1)

    def occurrences(self, words: str) -> list[int]:
        """The places of the key where words (given as a key) stand, whole words only, in order."""
        found, place = [], self.letters.find(words)
        while place >= 0:
            if not self.splits_word(place) and not self.splits_word(place + len(words)):
                found.append(place)
            place = self.letters.find(words, place + 1)
        return found


def _clings(character: str) -> bool:
    """Whether a character belongs to the letter before it: an accent of its own, a soft hyphen, a joiner."""
    category = "" if character.isascii() else unicodedata.category(character)
    return category == "Cf" or category.startswith("M")


def letters_of(text: str, markup: re.Pattern[str] = MARKDOWN) -> str:
    """The key of a short text, such as the words that an author quotes.

    >>> letters_of("Na\u00efve *trust*,<sup>3</sup> re-built") == letters_of("NAIVE trust, rebuilt")
    True
    """
    key = Key(text, markup)
    key.add(0, len(text))
    return key.letters


def readable(text: str, start: int, end: int, markup: re.Pattern[str]) -> str:
    """A stretch of text as a reader sees it: markup left out, words cut by a line end joined, white space folded."""
    pieces = _pieces(text, start, end, markup)
    plain = "".join(text[a:b] if shown is None else shown for a, b, shown in pieces)
    return " ".join(_HYPHENATED.sub("-", plain).replace("\u00ad", "").split())


def blank_markup(text: str, markup: re.Pattern[str]) -> str:
    """The text with its markup overwritten by spaces, so that every word keeps its offset."""
    return markup.sub(lambda token: token[0] if _shown(token) else " " * len(token[0]), text)
