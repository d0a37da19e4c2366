"""The names in an author or editor field, and the identifiers made from them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from theorymap.readers.latex import enclosed, plain, tidy

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_PARTICLES = frozenset(
    """af al am av bin da das de del della den der di do dos du el ibn la le op ten ter van vom von y
    zu zum zur""".split()
)
_SURPLUS_AND = re.compile(r"^(?:and(?:\s+|$))+|(?:\s+and)+$", re.IGNORECASE)
_UNFOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŋ": "n"}
    | dict.fromkeys("'’‘ʼ`´", "")
)


@dataclass(frozen=True)
class Name:
    """One name of an author or editor field, in plain text.

    Attributes:
        family: The family name with its particles, or the whole name of an organisation.
        given: The given names and initials.
        suffix: Jr., III and the like.
        corporate: Whether it names an organisation.
    """

    family: str
    given: str = ""
    suffix: str = ""
    corporate: bool = False

    @property
    def label(self) -> str:
        """The name as one says it: ``Charles W Kegley Jr.``"""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def listed(self) -> str:
        """The name as a bibliography sorts it: ``Kegley, Jr., Charles W``."""
        return ", ".join(part for part in (self.family, self.suffix, self.given) if part)

    @property
    def slug(self) -> str:
        """The first given name and the family name, or an organisation's name; empty where no letter is in it."""
        return slug(" ".join((*self.given.split()[:1], self.family)))


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; letters that have no ASCII likeness stay as they are.

    >>> slug("Håkan Edström"), slug("Łódź & O'Neill")
    ('hakan-edstrom', 'lodz-oneill')
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_UNFOLDED))
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    return "-".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", letters)))


def names(latex: str) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """The names in an author or editor field, in order, and what is wrong with any of them, in words.

    A name in braces of its own is an organisation. "and others" is left out.
    """
    from bibtexparser.middlewares.names import split_multiple_persons_names

    found: list[Name] = []
    faults: list[str] = []
    # bibtexparser 2.1 loses an accent that directly follows an "and", and takes no "\\ " for a blank.
    marked = re.sub(r"(\s+and\s+)(?=\\)", r"\1{}", re.sub(r"\\[\\\s]", " ", latex), flags=re.IGNORECASE)
    for wording in split_multiple_persons_names(marked):
        single = _SURPLUS_AND.sub("", wording.strip())
        if single != wording.strip():
            faults.append(f"“{plain(wording)[0]}” has an “and” too many")
        if not single or single.casefold() == "others":
            continue
        name, fault = _name(single)
        faults.extend([fault] if fault else [])
        if name.slug and name.listed.casefold() != "others":
            found.append(name)
    return tuple(found), tuple(faults)


def _name(latex: str) -> tuple[Name, str]:
    """One name, and what is wrong with it, if anything."""
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    shown, unknown = plain(latex)
    if enclosed(latex):
        return Name(shown.replace(";", ","), corporate=True), "" if slug(shown) else f"“{shown}” holds no name"
    fault = f"“{shown}” holds a LaTeX command that cannot be turned into plain text" if unknown else ""
    single = latex.replace(";", " ")
    try:
        parts = parse_single_name_into_parts(single)
    except InvalidNameError:
        fault = f"“{shown}” cannot be read as one name"
        parts = parse_single_name_into_parts(single, strict=False)
    name = _ordered(
        *(list(filter(None, map(_part, words))) for words in (parts.first, parts.von, parts.last, parts.jr))
    )
    if not fault and name.suffix and not _SUFFIX.fullmatch(name.suffix):
        fault = f"“{shown}” reads as one name with the suffix “{name.suffix}”"
    if not fault and (";" in latex or not parts.last or not name.slug):
        fault = f"“{shown}” cannot be read as one name"
    return name, fault


def _ordered(given: list[str], von: list[str], family: list[str], suffix: list[str]) -> Name:
    """The name, with a particle after the given names and a suffix after the family name put where they belong."""
    while len(given) > 1 and given[-1] in _PARTICLES:
        von.insert(0, given.pop())
    if not suffix and family and len(given + family) > 2 and _SUFFIX.fullmatch(family[-1]):
        suffix = [family.pop()]
        family = family or [given.pop()]
    if not von + family:
        given, family, suffix = [], given + suffix, []
    if not given and len(family) > 1:
        given, family = family[:-1], family[-1:]
    family_name, given_names, jr = (" ".join(words) for words in (von + family, given, suffix))
    # Braces that hold several words together, with no given name beside them, name an organisation.
    return Name(family_name, given_names, jr, corporate=not given_names and any(" " in word for word in family))


def _part(latex: str) -> str:
    """One word of a name in plain text, without the signs and the word that separate names."""
    return re.sub(r"\band\b", "&", tidy(re.sub("[,;]", "", plain(latex)[0])))
