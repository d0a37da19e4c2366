"""The rows of a comparison's query as facts: which values a thing is said to have on a dimension, and by whom."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from theorymap.evidence.exclusion import Span, Told
from theorymap.rdf import Iri, Solutions, Term
from theorymap.table import Source, Status
from theorymap.terms import ID, expanded, short

COLUMNS = """item heading rank dimension label value qualifier restriction slot bare towards whole actor period first
last told status document section cited holder verb hedge certainty stance step teller warning searched scope""".split()
"""What a row may say: `rank` orders the dimensions before their labels, `qualifier` narrows a value, and so does each
`restriction` that it is under. Values of one `slot` exclude each other, by their `bare` value where that is not the
whole; `towards`, `whole` and `actor` say of what it is one, `period`, `first` and `last` when. `told` is the
attribution, `hedge` how firmly its holder speaks, `certainty` how surely it is the holder, `searched` says where a
value would stand if not in a document, and a thing is not expected to have a value beside its `scope`."""

_MARKS = {"denies": "denied", "doubts": "doubted", "entertains": "entertained"}
_CERTAINTIES = {"inferred": "holder inferred", "note only": "named in a note only"}
_STANCES = {
    "endorses": "endorsed by the document",
    "uses": "used by the document",
    "neutral": "reported",
    "qualifies": "qualified by the document",
    "disputes": "disputed by the document",
}

Key = tuple[str, str, str]
"""A dimension: its rank, its label and its identifier, by which the rows are ordered."""


@dataclass(slots=True)
class Said:
    """One attribution of one value.

    Attributes:
        words: The value as it is read.
        mark: What its holder does other than assert it: denied, doubted, entertained.
        hedge: How firmly its holder speaks; empty for plainly.
        certainty: What a reader must know of who its holder is said to be; empty where the document names the holder.
        slots, respects, span: What it is a value of, and when; see `theorymap.evidence.exclusion.Told`.
        opposed: Whether a value of another thing excludes it.
        restrictions: Its conditions, periods and whatever else it is under.
        cited: The place in a cited work, as the document gives it.
        tellers: Through whom the document knows, the nearest to the holder first.
    """

    value: Term
    words: str
    mark: str
    qualifier: str
    status: str
    stance: str
    document: str
    hedge: str = ""
    certainty: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    respects: tuple[str, ...] = ()
    span: tuple[str, str, str] = ("", "", "")
    opposed: bool = False
    restrictions: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()

    def as_told(self) -> Told:
        """What decides whether another value excludes this one."""
        period, first, last = self.span
        span = Span(period, _year(first), _year(last))
        return Told(self.slots, self.respects, frozenset(self.restrictions), span, self.mark)

    def sources(self) -> tuple[Source, ...]:
        """Each place of the document, with who says so there."""
        if not self.document:
            return ()
        cited = self.cited if self.sections else ()
        stance = "" if self.status == Status.BACKGROUND.value else self.stance
        words = _words(self.holders, self.mark, self.certainty, cited, self.tellers, stance)
        return _sources(self.document, self.sections or self.cited, words)


@functools.lru_cache(maxsize=4096)
def _words(
    holders: Sequence[str], mark: str, certainty: str, cited: Sequence[str], tellers: Sequence[str], stance: str
) -> str:
    """Who says so and how, where in a work that the document cites, through whom, and what its author makes of it."""
    said = (
        listed(sorted(holders)) + (f" ({mark})" if mark else "") + (f", {certainty}" if certainty and holders else "")
    )
    said += f", {', '.join(sorted(cited))}" if cited else ""
    said += f", through {listed(name.partition(' ')[2] for name in sorted(tellers, key=_step))}" if tellers else ""
    return said + (f"; {_STANCES[stance]}" if stance in _STANCES else "")


@functools.lru_cache(maxsize=4096)
def _sources(document: str, places: tuple[str, ...], words: str) -> tuple[Source, ...]:
    """Each place of a document once, sorted, with the same words; the document alone where none is named."""
    return tuple([Source(document, str(place), words) for place in sorted(places) or ("",)])


def _year(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() else None


def _step(teller: str) -> tuple[int, str]:
    number = teller.partition(" ")[0]
    return (int(number) if number.isdecimal() else 0, teller)


@dataclass
class Facts:
    """What the rows say.

    Attributes:
        items: The heading of each thing compared, in the order of the columns.
        dimensions: Each dimension, with where its blanks were searched if not in documents.
        cells: For each thing and dimension, what is said.
        warnings: What a reader must know of a thing and what it is set beside, in whichever words come first.
        scopes: The scope of each thing that has one.
        base: With which the IRIs of the individuals begin.
    """

    items: dict[str, str]
    dimensions: dict[Key, str] = field(default_factory=dict)
    cells: dict[tuple[str, Key], dict[object, Said]] = field(default_factory=dict)
    warnings: dict[frozenset[str], str] = field(default_factory=dict)
    scopes: dict[str, str] = field(default_factory=dict)
    base: str = ID

    def apart(self, item: str, dimension: str) -> bool:
        """Whether no value is expected of a thing beside another: it is that one, or its scope."""
        return dimension in (item, self.scopes.get(item))

    def rename(self, old: Key, new: Key) -> None:
        """Give a dimension another name, that of another one if it is one with it."""
        place = self.dimensions.pop(old)
        self.dimensions.setdefault(new, place)
        for item in self.items:
            if (item, old) in self.cells:
                self.cells.setdefault((item, new), {}).update(self.cells.pop((item, old)))

    @property
    def documents(self) -> set[Iri]:
        """The documents that say something."""
        told = {said.document for found in self.cells.values() for said in found.values()}
        return {Iri(expanded(document, self.base)) for document in told if document}


def gather(*tables: Solutions, named: Sequence[Term] = (), base: str = ID) -> Facts:
    """The facts in the rows of some tables with columns among `COLUMNS`.

    Args:
        named: The things in the order in which they were named; others follow by their headings.
        base: With which the IRIs of the individuals begin.
    """
    facts = Facts({}, base=base)
    for rows in tables:
        where = {name: place for place, name in enumerate(rows.variables)}
        pick = itemgetter(*(where.get(name, len(where)) for name in COLUMNS))
        for row in rows.rows:
            _enter(facts, *pick((*row, "")))
    _name_once(facts)
    headings = facts.items
    order = [str(item) for item in named if item in headings]
    order += sorted(headings.keys() - set(order), key=lambda item: (headings[item], item))
    facts.items = {item: headings[item] for item in order}
    return facts


def _name_once(facts: Facts) -> None:
    """Give a dimension that rows name otherwise the first of its names, in the order of the rows of a table."""
    names: dict[str, Key] = {}
    for key in sorted(facts.dimensions):
        name = names.setdefault(key[2], key) if key[2] else key
        if name != key:
            facts.rename(key, name)


def _enter(
    facts: Facts, item: str, heading: str, rank: str, dimension: str, label: str, value: Term | None, *rest: str
) -> None:
    """Add what a row says to the facts."""
    facts.items.setdefault(item, heading)
    if not label:
        return
    qualifier, restriction, slot, bare, towards, whole, actor, period, first, last, told, status, *voice = rest
    document, section, cited, holder, verb, hedge, certainty, stance, step, teller, warning, place, scope = voice
    key = (rank or "", label, dimension or "")
    facts.dimensions.setdefault(key, place or "")
    if scope:
        facts.scopes.setdefault(item, scope)
    if warning:
        pair = frozenset((item, dimension))
        facts.warnings[pair] = min(warning, facts.warnings.get(pair, warning))
    if not value:
        return
    cell = facts.cells.setdefault((item, key), {})
    same = (value, qualifier, told)
    said = cell.get(same)
    if said is None:
        mark = _MARKS.get(verb, "")
        words = short(value, facts.base) if type(value) is Iri else str(value)
        place = short(document or "", facts.base)
        said = Said(value, words, mark, qualifier or "", status or "stated", stance or "", place)
        said.hedge, said.certainty = hedge or "", _CERTAINTIES.get(certainty, "")
        said.respects, said.span = (towards or "", whole or "", actor or ""), (period or "", first or "", last or "")
        cell[same] = said
    filled = (slot or "", bare or f"{said.words} {said.qualifier}")
    if filled not in said.slots:
        said.slots += (filled,)
    if restriction and restriction not in said.restrictions:
        said.restrictions += (restriction,)
    if section and section not in said.sections:
        said.sections += (section,)
    if holder and holder not in said.holders:
        said.holders += (holder,)
    if cited and cited not in said.cited:
        said.cited += (cited,)
    if teller and (told_by := f"{step} {teller}") not in said.tellers:
        said.tellers += (told_by,)


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them.

    >>> listed(["Kegley", "Raymond"])
    'Kegley and Raymond'
    """
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last
