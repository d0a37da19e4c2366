"""Pairs of works, argument maps and statements that differ in one thing each, for the statements of loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement
from theorymap.readers import bibtex, to_nquads
from theorymap.table import Source
from theorymap.terms import ID, TM

# Knowledge, as N-Quads

_TRIPLE = f"<{ID}claim/a> <{TM}text>"


def _quad(value: str, graph: str = "<urn:a>") -> bytes:
    return f"{_TRIPLE} {value} {graph} .\n".encode()


GRAPHS: dict[str, tuple[bytes, bytes]] = {
    "the file of a statement": (_quad('"a"'), _quad('"a"', "<urn:b>")),
    "that two files say so": (_quad('"a"'), _quad('"a"') + _quad('"a"', "<urn:b>")),
    "a text": (_quad('"a"'), _quad('"b"')),
    "a language": (_quad('"a"@en'), _quad('"a"@de')),
    "a datatype": (
        _quad('"1"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        _quad('"1"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ),
    "how a number is written": (
        _quad('"1"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        _quad('"01"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ),
    "a carriage return": (_quad(r'"a\r\nb"'), _quad(r'"a\nb"')),
    "white space": (_quad('"a  b"'), _quad('"a b"')),
    "an identifier or a text": (_quad("<urn:c>"), _quad('"urn:c"')),
}

# Works, as N-Quads of a bibliography


def works(entries: str, more: bytes = b"") -> bytes:
    return to_nquads(bibtex.read(entries.encode(), "b.bib").statements, "urn:b") + more


def _entry(kind: str = "misc", key: str = "a", **fields: str) -> str:
    return f"@{kind}{{{key}, {', '.join(f'{name} = {{{value}}}' for name, value in fields.items())}}}\n"


def _kinds(one: str, other: str) -> tuple[bytes, bytes]:
    return works(_entry(one, title="T")), works(_entry(other, title="T"))


def _fields(one: dict[str, str], other: dict[str, str], kind: str = "misc") -> tuple[bytes, bytes]:
    return works(_entry(kind, **one)), works(_entry(kind, **other))


def _field(name: str, one: str = "One", other: str = "Two", kind: str = "misc") -> tuple[bytes, bytes]:
    return _fields({name: one}, {name: other}, kind)


def _noted(note: bytes) -> tuple[bytes, bytes]:
    """A note that stands in no .bib, since white space means nothing there."""
    plain = works(_entry(note="a b"))
    return plain.replace(b'"a b"', b'"%s"' % note), plain


WORKS: dict[str, tuple[bytes, bytes]] = {
    "a claim": (works(_entry(title="T")), works(_entry(title="T"), GRAPHS["a text"][0])),
    "a key": (works(_entry(key="a", title="T")), works(_entry(key="b", title="T"))),
    "an article or a book": _kinds("article", "book"),
    "an article or anything": _kinds("article", "misc"),
    "which sort of thesis": _kinds("phdthesis", "mastersthesis"),
    "a thesis or one of a sort": _kinds("phdthesis", "thesis"),
    "which sort of report": _kinds("techreport", "report"),
    "which sort of book": _kinds("book", "collection"),
    "which sort of part of a book": _kinds("inbook", "incollection"),
    "which sort of paper": _kinds("conference", "inproceedings"),
    **{f"the {name}": _field(name) for name in "title series volume number edition address url note language".split()},
    "the journal": _field("journal", kind="article"),
    "the book title": _field("booktitle", kind="incollection"),
    "the ISBN": _field("isbn", "1-2", "1-3"),
    "the ISSN": _field("issn", "1-2", "1-3"),
    "an ISBN or an ISSN": _fields({"isbn": "1-2"}, {"issn": "1-2"}),
    "a DOI": _field("doi", "10.1/a", "10.1/b"),
    "keywords": _field("keywords"),
    "what separates keywords": _field("keywords", "a, b", "a; b"),
    "pages": _field("pages", "1--2", "1--3"),
    "pages of several ranges": _field("pages", "1--2, 5--7", "1--2, 5--8"),
    "the dash of pages": _field("pages", "1-2", "1--2"),
    "rights": _field("rights"),
    "an annotation": _field("annote"),
    "a field of no tag": _field("eprint"),
    "the publisher": _field("publisher", kind="book"),
    "which body publishes": _fields({"publisher": "P"}, {"institution": "P"}),
    "which of a school and an institution": _fields({"school": "P"}, {"institution": "P"}),
    "that a body is named twice": _fields({"publisher": "P", "school": "P"}, {"publisher": "P"}),
    "which of journal and book": _fields({"journal": "J"}, {"booktitle": "J"}, "article"),
    "a journal beside a book": _fields({"journal": "J", "booktitle": "B"}, {"journal": "I", "booktitle": "B"}),
    "the year": _field("year", "1999", "2000"),
    "the words of a year": _field("year", "in press", "forthcoming"),
    "words beside a year": _field("year", "1999 [1950]", "1999 [1951]"),
    "the date": _field("date", "2011-11-01", "2011-11-02"),
    "the year beside a date": _fields({"date": "2011-11-01", "year": "2010"}, {"date": "2011-11-01"}),
    "a year or a date": _fields({"year": "2011"}, {"date": "2011"}),
    "an author": _field("author", "Reed, Ada", "Reed, Bo"),
    "an author or an editor": _fields({"author": "Reed, Ada"}, {"editor": "Reed, Ada"}),
    "the order of authors": _field("author", "Reed, Ada and Hale, Bo", "Hale, Bo and Reed, Ada"),
    "an organisation or a name": _field("author", "{Quay}", "Quay"),
    "where a given name ends": _field("author", "Reed Ada, Bo", "Reed, Ada Bo"),
    "a suffix": _field("author", "Kegley, Jr., Charles", "Kegley, Charles"),
    "a line break": _noted(rb"a\nb"),
    "repeated white space": _noted(b"a  b"),
    "a sign or its escape": _field("note", r"a \& b", "a &amp; b"),
    "dashes": _field("note", "a -{}- b", "a -- b"),
}
ENTRIES = (_entry(key="a", title="A", note="B"), _entry(key="b", title="B"))
FILES: dict[str, tuple[str, str]] = {
    "a comment": ("".join(ENTRIES), f"% A comment.\n@comment{{One}}{ENTRIES[0]}{ENTRIES[1]}"),
    "an abbreviation": ("@string{q = {Quay}}@misc{a, publisher = q}", "@misc{a, publisher = {Quay}}"),
    "a preamble": ("@preamble{{P}}" + ENTRIES[0], ENTRIES[0]),
    "the order of entries": ("".join(ENTRIES), "".join(ENTRIES[::-1])),
    "the order of fields": (_entry(title="A", note="B"), _entry(note="B", title="A")),
    "braces around capital letters": (_entry(title="{NATO}"), _entry(title="NATO")),
    "commands for letters": (_entry(title=r"{\"u}ber"), _entry(title="über")),
    "the abstract": (_entry(title="A", abstract="B"), _entry(title="A")),
    "the file": (_entry(title="A", file="B"), _entry(title="A")),
}
"""Bibliographies of which the knowledge base knows the same."""

# Argument maps

PLACE = (Source("work/x", "One"),)
A, B, C = (Statement(f"claim/{x}", x.upper()) for x in "abc")
STEP = Inference("argument/s", ("claim/a", "claim/b"), "claim/c", scheme="sign", makers=("Ada Reed",))
ATTACK = Attack("attack/t", ("claim/a",), "argument/s", makers=("Bo Hale",))
MAP = ArgumentMap((A, B, C), (STEP,), (ATTACK,), title="Map")
MapPair = tuple[ArgumentMap, ArgumentMap]


def _first(*changes: dict[str, Any]) -> MapPair:
    """The first statement in one way and another; of one change, as it is and with that."""
    first, *more = (replace(MAP, statements=(replace(A, **change), B, C)) for change in changes)
    return (first, more[0]) if more else (MAP, first)


def _last(*changes: dict[str, Any]) -> MapPair:
    """The statement that is concluded."""
    first, *more = (replace(MAP, statements=(A, B, replace(C, **change))) for change in changes)
    return (first, more[0]) if more else (MAP, first)


def _step(*changes: dict[str, Any]) -> MapPair:
    first, *more = (replace(MAP, inferences=(replace(STEP, **change),)) for change in changes)
    return (first, more[0]) if more else (MAP, first)


def _attack(**changed: Any) -> MapPair:
    return MAP, replace(MAP, attacks=(replace(ATTACK, **changed),))


def _linked(*links: Link) -> ArgumentMap:
    return replace(MAP, links=links)


TWO_STEPS = replace(MAP, inferences=(STEP, replace(STEP, id="argument/u")))
LIMITS, RIVAL = Link(Bond.LIMITS, "claim/a", "claim/b"), Link(Bond.RIVAL, "claim/a", "claim/c")
SUPPORTS = Link(Bond.SUPPORTS, "argument/u", "argument/s")
MAPS: dict[str, MapPair] = {
    "the text of a statement": _first({"text": "D"}),
    "the title of a statement": _first({"title": "D"}),
    "the identifier of a statement": (
        ArgumentMap((A, B)),
        ArgumentMap((replace(A, id="claim/d"), B)),
    ),
    "white space in an identifier": (
        ArgumentMap((replace(A, id="claim/a  b"),)),
        ArgumentMap((replace(A, id="claim/a b"),)),
    ),
    "the group of a statement": _first({"groups": ("theory/walls",)}),
    "the scope of a statement": _first({"scope": (("period", "now"),)}),
    "the tag of a statement": _first({"tags": ("old",)}),
    "the data of a statement": _first({"data": (("colour", "red"),)}),
    "the source of a statement": _first({"sources": PLACE}),
    "who says so in a source": _first({"sources": PLACE}, {"sources": (replace(PLACE[0], said="Ada Reed"),)}),
    "that a statement is implicit": _first({"implicit": True}),
    "that a statement is denied": _first({"denied": True}),
    "that a statement is not asserted": _first({"asserted": False}),
    "that a conclusion is not asserted": _last({"asserted": False}),
    "the holder of a statement": _first({"holders": ("Cy Lund",)}),
    "the holder of a statement that is not asserted": _first(
        {"asserted": False}, {"asserted": False, "holders": ("Cy Lund",)}
    ),
    "a premise": _step({"premises": ("claim/a",)}),
    "the order of premises": _step({"premises": ("claim/b", "claim/a")}),
    "a premise twice": _step({"premises": ("claim/a", "claim/b", "claim/a")}),
    "the conclusion": _step({"conclusion": ""}),
    "the scheme of a step": _step({"scheme": "analogy"}),
    "a scheme that is not ours": _step({"scheme": "modus ponens"}, {"scheme": "modus tollens"}),
    "a scheme that is not ours or data": _step(
        {"scheme": "modus ponens"}, {"scheme": "", "data": (("scheme", "modus ponens"),)}
    ),
    "the title of a step": _step({"title": "D"}),
    "the text of a step": _step({"text": "D"}),
    "the tag of a step": _step({"tags": ("old",)}),
    "the data of a step": _step({"data": (("colour", "red"),)}),
    "the source of a step": _step({"sources": PLACE}),
    "that a step is entertained": _step({"entertained": True}),
    "the maker of a step": _step({"makers": ("Cy Lund",)}),
    "white space in a name": _step({"makers": ("Ada  Reed",)}),
    "white space around a scheme": _step({"scheme": " modus ponens"}, {"scheme": "modus ponens"}),
    "a maker twice": _step({"makers": ("Ada Reed", "Ada Reed")}),
    "the attacker": _attack(attackers=("claim/b",)),
    "an attacker twice": _attack(attackers=("claim/a", "claim/a")),
    "the target": _attack(target="claim/b"),
    "the maker of an attack": _attack(makers=("Cy Lund",)),
    "the data of an attack": _attack(data=(("colour", "red"),)),
    "the source of an attack": _attack(sources=PLACE),
    "a contradiction": (MAP, _linked(Link(Bond.CONTRADICTS, "claim/a", "claim/b"))),
    "a contradiction or two contraries": (
        _linked(Link(Bond.CONTRADICTS, "claim/a", "claim/b")),
        _linked(Link(Bond.CONTRARY, "claim/a", "claim/b"), Link(Bond.CONTRARY, "claim/b", "claim/a")),
    ),
    "a contrary or an attack": (
        _linked(Link(Bond.CONTRARY, "claim/a", "claim/b")),
        replace(MAP, attacks=(ATTACK, Attack("CA1", ("claim/a",), "claim/b"))),
    ),
    "a limit": (MAP, _linked(LIMITS)),
    "that a statement supports one": (MAP, _linked(Link(Bond.SUPPORTS, "claim/a", "claim/b"))),
    "that a step supports one": (TWO_STEPS, replace(TWO_STEPS, links=(SUPPORTS,))),
    "the contrary of an attack": (MAP, _linked(Link(Bond.CONTRARY, "claim/b", "attack/t"))),
    "the order of links": (_linked(LIMITS, RIVAL), _linked(RIVAL, LIMITS)),
    "the order of statements": (MAP, replace(MAP, statements=(B, A, C))),
    "the title of the map": (MAP, replace(MAP, title="Other")),
    "the data of the map": (MAP, replace(MAP, data=(("colour", "red"),))),
    "a line break in a text": _first({"text": "a\nb"}, {"text": "a b"}),
    "white space in a text": _first({"text": "a  b"}, {"text": "a b"}),
}
OF_ATTACKS = {
    "the identifier of a statement",
    "that a statement is not asserted",
    "that a conclusion is not asserted",
    "a premise",
    "the order of premises",
    "the conclusion",
    "that a step is entertained",
    "the attacker",
    "the target",
    "a contradiction",
    "a contrary or an attack",
    "the order of statements",
}
"""The pairs that differ in what attacks what, once a map is translated."""
