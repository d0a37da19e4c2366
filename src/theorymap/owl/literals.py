"""Which literals a reasoner for OWL 2 can take.

Source: *OWL 2 Structural Specification*, section 4 (the datatype map), with the lexical forms of XML Schema 1.1 Part 2.
"""

from __future__ import annotations

import re

from theorymap.terms import OWL, RDF, RDFS, XSD

STRINGS = frozenset({f"<{XSD.string}>", f"<{RDF.langString}>"})
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^(<[^>]*>))?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

_DECIMAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_FLOAT = rf"(?:{_DECIMAL}(?:[eE][+-]?\d+)?|[+-]?INF|NaN)"
_MOMENT = r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(?:\.\d+)?"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
_NAME = r"[^\W\d][\w.:-]*"
_LEXICAL = {
    "string": r"[\s\S]*",
    "normalizedString": r"[^\r\n\t]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "Name": _NAME,
    "NCName": _NAME.replace(":", ""),
    "NMTOKEN": r"[\w.:-]+",
    "anyURI": r"[\s\S]*",
    "boolean": r"true|false|0|1",
    "decimal": _DECIMAL,
    "integer": r"[+-]?\d+",
    "nonNegativeInteger": r"\+?\d+|-0+",
    "nonPositiveInteger": r"-\d+|\+?0+",
    "positiveInteger": r"\+?0*[1-9]\d*",
    "negativeInteger": r"-0*[1-9]\d*",
    "float": _FLOAT,
    "double": _FLOAT,
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "base64Binary": r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
    "dateTime": _MOMENT + _ZONE + "?",
    "dateTimeStamp": _MOMENT + _ZONE,
}
_LARGEST = {
    "byte": 2**7 - 1,
    "short": 2**15 - 1,
    "int": 2**31 - 1,
    "long": 2**63 - 1,
    "unsignedByte": 2**8 - 1,
    "unsignedShort": 2**16 - 1,
    "unsignedInt": 2**32 - 1,
    "unsignedLong": 2**64 - 1,
}
_FORMS = {f"<{XSD.term(name)}>": re.compile(form) for name, form in _LEXICAL.items()}
_BOUNDS = {
    f"<{XSD.term(name)}>": (0 if name.startswith("unsigned") else -most - 1, most) for name, most in _LARGEST.items()
}
DATATYPES = (
    frozenset(_FORMS)
    | frozenset(_BOUNDS)
    | {f"<{iri}>" for iri in (OWL.real, OWL.rational, RDF.langString, RDF.PlainLiteral, RDF.XMLLiteral, RDFS.Literal)}
)


def is_literal(term: str) -> bool:
    """Whether a term of N-Triples is a literal."""
    return term.startswith('"')


def split(literal: str) -> tuple[str, str, str]:
    """The text, language (lower case) and datatype in angle brackets of a literal written as N-Triples.

    Raises:
        ValueError: It is not a literal.

    >>> split('"caf\\\\u00e9"@FR')
    ('café', 'fr', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>')
    """
    match = _LITERAL.fullmatch(literal)
    if match is None:
        raise ValueError(literal)
    text, language, datatype = match.groups()
    if language:
        return unescape(text), language.lower(), f"<{RDF.langString}>"
    return unescape(text), "", datatype or f"<{XSD.string}>"


def unescape(text: str) -> str:
    """The text that the escapes of N-Triples stand for."""

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _PLAIN_ESCAPES.get(match[3], match[3])

    return _ESCAPE.sub(character, text) if "\\" in text else text


def escape(text: str) -> str:
    """A text as N-Triples in ASCII, without the quotation marks around it."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return "".join(c if c.isascii() else f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}" for c in plain)


def in_datatype_map(literal: str) -> bool:
    """Whether the datatype of a literal belongs to OWL 2."""
    return split(literal)[2] in DATATYPES


def well_formed(literal: str) -> bool:
    """Whether the text of a literal is one of those that its datatype has; true for a datatype that is not known."""
    text, _, datatype = split(literal)
    if datatype in _BOUNDS:
        least, most = _BOUNDS[datatype]
        # A number of thousands of digits is out of bounds, and int() refuses it.
        return re.fullmatch(r"[+-]?\d{1,40}", text) is not None and least <= int(text) <= most
    form = _FORMS.get(datatype)
    return form is None or form.fullmatch(text) is not None
