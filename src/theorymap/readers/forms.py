"""The form that a value must have under a key of a YAML-LD file."""

from __future__ import annotations

import datetime
import re

from theorymap.rdf import Iri
from theorymap.terms import NOT_APPLICABLE, NOT_REPORTED, UNSPECIFIED, XSD, local
from theorymap.vocabulary import Key

_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_CODED = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*\Z")
_EXAMPLES = {
    "holder": "person/stephen-walt, and enter the person under agents",
    "teller": "work/deni-2007",
    "maker": "person/stephen-walt",
    "asker": "person/stephen-walt",
    "coder": "group/our-coders",
    "period": "period/cold-war, and enter it under periods, or not-reported",
    "case": "state/brazil",
    "variable": "variable/threat-perception",
    "cause": "variable/threat-perception",
    "effect": "variable/threat-perception",
    "theory": "theory/balance-of-threat",
    "work": "work/walt-1987",
    "cites": "work/walt-1987",
    "id": "work/walt-1987",
    "topics": "topic/alliances",
}
"""What an identifier looks like under a key; elsewhere the identifier of a claim is shown."""
_MARKERS = {local(iri) for iri in (NOT_REPORTED, NOT_APPLICABLE, UNSPECIFIED)}
_FORMS = {
    XSD.integer: (re.compile(r"[+-]?[0-9]+\Z"), "a whole number"),
    XSD.decimal: (re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\Z"), "a number"),
    XSD.boolean: (re.compile(r"(true|false)\Z"), "true or false"),
    XSD.date: (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"), "a day such as 2026-11-22"),
}


def is_web_address(text: str) -> bool:
    """Whether a text is an IRI that begins with http, valid to the last character.

    >>> is_web_address("https://example.org/a"), is_web_address("https://example.org/50%")
    (True, False)
    """
    if not text.startswith(("http://", "https://")):
        return False
    from theorymap.store import serialise

    try:
        serialise(Iri(text))
    except ValueError:
        return False
    return True


def is_own_identifier(text: str) -> bool:
    """Whether a text has the form kind/name of an identifier of ours.

    >>> is_own_identifier("claim/nato-is-stable"), is_own_identifier("claim/Nato_is_stable")
    (True, False)
    """
    return _IDENTIFIER.match(text) is not None


def is_identifier(text: str) -> bool:
    """Whether a text can stand for a thing: an identifier of ours, a web address, or a marker for a missing value."""
    return is_own_identifier(text) or text in _MARKERS or is_web_address(text)


def fault(text: str, key: Key) -> tuple[str, str, str] | None:
    """What is wrong with a value under a key: code of the finding, message and repair; None if nothing is wrong."""
    if key.coercion == "id":
        return None if is_identifier(text) else bad_identifier(text, key.name)
    if not text.strip():
        return "empty-value", f"{key.name} is empty.", "Give it a value or delete the key."
    if key.coercion == "vocab" and not _CODED.match(text):
        return "unknown-value", f"{text!r} is no value of {key.name}.", "Values are single words, hyphenated."
    form, words = _FORMS.get(key.datatype, (None, ""))
    if form is not None and not (form.match(text) and _exists(text, key)):
        return "wrong-form", f"{key.name} must be {words}, not {text!r}.", "Correct the value."
    return None


def bad_identifier(text: str, where: str) -> tuple[str, str, str]:
    """The finding for a text that should be an identifier and is none."""
    example = _EXAMPLES.get(where, "claim/nato-is-stable")
    repair = f"Write kind/name in lower-case letters, digits and hyphens, such as {example}."
    return "bad-identifier", f"{text!r} under {where} is no identifier.", repair


def _exists(text: str, key: Key) -> bool:
    """Whether a day is in the calendar; anything else that has the right form exists."""
    if key.datatype != XSD.date:
        return True
    try:
        return datetime.date.fromisoformat(text) is not None
    except ValueError:
        return False
