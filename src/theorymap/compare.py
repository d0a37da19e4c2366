"""Comparisons: from long rows of item, dimension, value, status and sources to a table with a column for each item.

What is selected is decided by the queries in `queries/pivot/`: one file a kind, and two that say what was searched.
A value keeps its own sources even where several share a cell; what two voices say otherwise of one thing is conflicting;
a blank names the sections that were searched.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from theorymap.errors import UsageError
from theorymap.query import names
from theorymap.query.catalogue import Catalogue
from theorymap.query.model import SEPARATOR, Query, parameter_lines
from theorymap.rdf import Iri, Solutions, Term
from theorymap.store import Store, serialise
from theorymap.table import Cell, Column, Comparison, Source, Status
from theorymap.terms import NOT_APPLICABLE, NOT_REPORTED, local, nearest, short

COLUMNS = """item heading rank dimension label value qualifier slot told status document section cited holder verb stance
step teller warning searched""".split()
"""What a row of a kind may say: `rank` orders the dimensions before their labels, `qualifier` narrows a value, values
of one `slot` exclude each other, `told` is the attribution, `searched` where a value would stand instead of documents."""

_GROUP, _KIND = "pivot", "compare-"
_DOCUMENTS, _SECTIONS = "searched-documents", "searched-sections"
_MARKS = {"denies": "denied", "doubts": "doubted", "entertains": "entertained"}
_STANCES = {
    "endorses": "endorsed by the document",
    "uses": "used by the document",
    "neutral": "reported",
    "qualifies": "qualified by the document",
    "disputes": "disputed by the document",
}
_BEST = (Status.STATED, Status.CONFLICTING, Status.BACKGROUND, Status.INFERRED)
_NOTE = re.compile(r"note (\d+)")

Key = tuple[str, str, str]
"""A dimension: its rank, its label and its identifier, by which the rows are ordered."""


def kinds(catalogue: Catalogue) -> list[str]:
    """What can be compared: ``theories``, ``cases`` and whatever else has a query file."""
    known = (entry.name for entry in catalogue.entries if entry.group == _GROUP)
    return [name.removeprefix(_KIND) for name in known if name.startswith(_KIND)]


def select(query: Query, store: Store, named: Iterable[Term]) -> Solutions:
    """The rows of a query of `queries/pivot/` about some things; every parameter takes all of them."""
    lines, wanted = query.sparql.split("\n"), " ".join(map(serialise, named))
    for number, name in parameter_lines(query.sparql):
        lines[number - 1] = f"VALUES ?{name} {{ {wanted} }}"
    return store.select("\n".join(lines))


def run(catalogue: Catalogue, store: Store, kind: str, given: Sequence[str], *, everything: bool = False) -> Comparison:
    """Things of a kind side by side.

    Args:
        kind: One of `kinds`.
        given: What is compared: identifiers or labels.
        everything: Whether a dimension is shown for which fewer than two of them have a value.

    Raises:
        UsageError: There is no such kind, nothing is named, or nothing goes by a name.
    """
    known = kinds(catalogue)
    if kind not in known:
        near = nearest(kind, known)
        raise UsageError(f"{kind} cannot be compared", f"Did you mean {near}?" if near else f"Kinds: {_and(known)}.")
    query = catalogue.get(_KIND + kind)
    if not given:
        raise UsageError(f"nothing is named to be compared among the {kind}", f"Such as {query.parameters[0].example}.")
    named = list(dict.fromkeys(_resolve(query, name, store) for name in given))
    rows = select(query, store, named)
    facts = gather(rows, named)
    documents: dict[str, list[Iri]] = {item: [] for item in facts.items}
    for item, document in select(catalogue.get(_DOCUMENTS), store, map(Iri, facts.items)):
        documents.setdefault(str(item), []).append(Iri(document or ""))
    read = {document for found in documents.values() for document in found} | facts.documents
    texts = _texts(select(catalogue.get(_SECTIONS), store, sorted(read))) if read else {}
    searched = {item: [texts[document] for document in found] for item, found in documents.items()}
    return pivot(query.summary, facts, searched, texts, everything=everything)


def _resolve(query: Query, name: str, store: Store) -> Term:
    parameter = query.parameters[0]
    try:
        return names.resolve(parameter, name, store)
    except UsageError as problem:
        raise UsageError(str(problem), problem.hint.replace(f"-p {parameter.name}=", "")) from None


# Rows to facts


@dataclass
class Said:
    """One attribution of one value: its words, who says so and where."""

    value: Term
    mark: str
    qualifier: str
    slot: str
    status: str
    stance: str
    document: str
    sections: dict[str, None] = field(default_factory=dict)
    cited: dict[str, None] = field(default_factory=dict)
    holders: dict[str, None] = field(default_factory=dict)
    tellers: dict[str, None] = field(default_factory=dict)

    def sources(self) -> tuple[Source, ...]:
        """Each place of the document, with who says so there."""
        if not self.document:
            return ()
        document, words = short(self.document), self.words()
        places = self.sections or self.cited or {"": None}
        return tuple(Source(document, place, words) for place in places)

    def words(self) -> str:
        """Who says so, how, where in a work that the document cites, and through whom."""
        said = _and(self.holders)
        if self.mark:
            said += f" ({self.mark} by them)" if len(self.holders) > 1 else f" ({self.mark})"
        said += f", {', '.join(self.cited)}" if self.cited and self.sections else ""
        said += f", through {_and(self.tellers)}" if self.tellers else ""
        stance = _STANCES.get(self.stance, "") if self.status != Status.BACKGROUND.value else ""
        return said + (f"; {stance}" if stance else "")


@dataclass
class Facts:
    """What the rows of a kind say.

    Attributes:
        items: The heading of each thing compared, in the order of the columns.
        dimensions: Each dimension, with where its blanks were searched if not in documents.
        cells: For each thing and dimension, what is said.
        warnings: What a reader must know.
    """

    items: dict[str, str]
    dimensions: dict[Key, str]
    cells: dict[tuple[str, Key], list[Said]]
    warnings: list[str]

    @property
    def documents(self) -> set[Iri]:
        """The documents that say something."""
        return {Iri(said.document) for found in self.cells.values() for said in found if said.document}


def gather(rows: Solutions, named: Sequence[Term] = ()) -> Facts:
    """The facts in the rows of a kind.

    Args:
        rows: The rows, with columns among `COLUMNS`.
        named: The things in the order in which they were named; others follow by their headings.
    """
    where = {name: place for place, name in enumerate(rows.variables)}
    pick = itemgetter(*(where.get(name, len(where)) for name in COLUMNS))
    headings: dict[str, str] = {}
    dimensions: dict[Key, str] = {}
    found: dict[tuple[str, Key], dict[object, Said]] = defaultdict(dict)
    warnings: dict[str, None] = {}
    for row in rows.rows:
        item, heading, rank, dimension, label, value, *rest, step, teller, warning, searched = pick((*row, None))
        if heading:
            headings.setdefault(item, heading)
        if not label:
            continue
        key = (rank or "", str(label), dimension or "")
        dimensions.setdefault(key, searched or "")
        if value is None:
            continue
        qualifier, slot, told, status, document, section, cited, holder, verb, stance = (part or "" for part in rest)
        same = (value, qualifier, told)
        cell = found[item, key]
        said = cell.get(same)
        if said is None:
            mark = _MARKS.get(verb, "")
            said = cell[same] = Said(value, mark, qualifier, slot, status or "stated", stance, document)
        for part, into in ((section, said.sections), (cited, said.cited), (holder, said.holders)):
            if part:
                into[part] = None
        if teller:
            said.tellers[f"{step} {teller}"] = None
        if warning:
            warnings[f"{value}: {heading}, and {str(label).removeprefix('beside ').strip('“”')}. {warning}"] = None
    order = [item for item in named if item in headings]
    order += sorted(headings.keys() - set(order), key=lambda item: (headings[item], item))
    cells = {at: list(entries.values()) for at, entries in found.items()}
    return Facts({item: headings[item] for item in order}, dimensions, cells, list(warnings))


# What was searched


@dataclass(frozen=True)
class Text:
    """A document that was searched: how it is called, whether it was at hand in full, and the sections read."""

    document: str
    words: str
    full: bool
    sections: tuple[str, ...]


def _texts(rows: Solutions) -> dict[str, Text]:
    """What is known of documents, from the rows of `queries/pivot/searched-sections.rq`."""
    found: dict[str, tuple[str, bool, dict[str, None]]] = {}
    for document, extent, author, year, section in rows:
        name = short(str(document))
        words = f"{_family(author)} {year or 'n.d.'}" if author else name.removeprefix("work/")
        known = found.setdefault(str(document), (words, local(extent or "") == "full-text", {}))
        known[2].update({section: None} if section else {})
    return {
        document: Text(short(document), words, full, tuple(_shortened(sections)))
        for document, (words, full, sections) in found.items()
    }


def _family(people: str) -> str:
    """The family names of authors: of two both, of more the first."""
    family = [person.partition(",")[0].strip() for person in people.split(";")]
    return _and(family) if len(family) < 3 else f"{family[0]} et al."


def _shortened(sections: Iterable[str]) -> list[str]:
    """Sections in order, notes that follow each other as one: ``notes 1-89``."""
    notes = sorted(int(found[1]) for section in sections if (found := _NOTE.fullmatch(section)))
    plain = sorted(section for section in sections if not _NOTE.fullmatch(section))
    for _, run_ in itertools.groupby(enumerate(notes), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run_]
        plain.append(f"note {numbers[0]}" if len(numbers) == 1 else f"notes {numbers[0]}-{numbers[-1]}")
    return plain


# Facts to a table


def pivot(
    title: str,
    facts: Facts,
    searched: Mapping[str, Sequence[Text]] = {},
    texts: Mapping[str, Text] = {},
    *,
    everything: bool = False,
) -> Comparison:
    """A row for each dimension, a column for each thing.

    Args:
        searched: The documents in which each thing was searched.
        texts: All documents that are named, by IRI.
        everything: Whether a dimension is shown for which fewer than two things have a value.
    """
    blank = {item: _blank(searched.get(item, ())) for item in facts.items}
    keys = sorted(facts.dimensions)
    rows = []
    for key in keys:
        row = [Cell(key[1], (), Status.INFERRED, key[2])]
        place = facts.dimensions[key]
        none = _elsewhere(place) if place else None
        row += [_cell(facts.cells.get((item, key), ()), none or blank[item]) for item in facts.items]
        rows.append(tuple(row))
    counts = tuple(sum(row[at].value is not None for row in rows) for at in range(1, len(facts.items) + 1))
    enough = 0 if everything else min(2, len(facts.items))
    shown = tuple(row for row in rows if sum(cell.value is not None for cell in row[1:]) >= enough)
    columns = _columns(facts.items)
    notes = [*facts.warnings, *_coverage(columns, counts, len(rows), len(shown))]
    cited = tuple(sorted({(text.document, text.words) for text in texts.values()}))
    return Comparison(title, columns, shown, tuple(notes), cited, counts, len(rows))


def _columns(items: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns; two things of one name are told apart by their identifiers."""
    twice = {heading for heading in items.values() if list(items.values()).count(heading) > 1}
    things = (
        Column(short(item), f"{heading} ({short(item)})" if heading in twice else heading)
        for item, heading in items.items()
    )
    return (Column("dimension", "Dimension"), *things)


def _coverage(columns: Sequence[Column], counts: Sequence[int], known: int, shown: int) -> list[str]:
    """How much is known of each thing, and how many rows are left out."""
    if not counts:
        return []
    said = ", ".join(f"{c.title} {n} of {known}" for c, n in zip(columns[1:], counts, strict=True))
    left = [f"{known - shown} of {known} dimensions with fewer than two values are not shown"] if known > shown else []
    return [f"values: {said}", *left]


Blank = Callable[[Sequence[Said]], Cell]


def _blank(texts: Sequence[Text]) -> Blank:
    """The cell of a thing of which nothing is said on a dimension, by the documents that speak of the thing."""
    places = tuple(Source(text.document, place) for text in texts for place in text.sections or ("",))
    abstract = bool(texts) and not any(text.full for text in texts)
    nothing = Cell(None, places, Status.ABSTRACT_ONLY if abstract else Status.NOT_REPORTED)
    return lambda said: _named(said) or nothing


def _elsewhere(place: str) -> Blank:
    return lambda said: _named(said) or Cell(None, (Source(place),), Status.NOT_REPORTED)


def _named(said: Sequence[Said]) -> Cell | None:
    """The blank that a document itself names: what it announces, what does not apply, what is coded as not reported."""
    for status, holds in (
        (Status.ANNOUNCED, lambda one: one.stance == "announces"),
        (Status.NOT_APPLICABLE, lambda one: one.value == NOT_APPLICABLE),
    ):
        if sources := tuple(s for one in said if holds(one) for s in one.sources()):
            return Cell(None, sources, status)
    return None


def _cell(said: Sequence[Said], blank: Blank) -> Cell:
    """The cell of a thing on a dimension: each value with its own sources."""
    groups: dict[tuple[str, ...], list[Said]] = {}
    for one in said:
        if one.value not in (NOT_REPORTED, NOT_APPLICABLE) and one.stance != "announces":
            groups.setdefault((_text(one.value), one.qualifier, one.mark, one.slot), []).append(one)
    if not groups:
        return blank(said)
    if len(groups) == 1:
        ((key, voices),) = groups.items()
        return _part(key, voices)
    parts = [_part(key, voices) for key, voices in sorted(groups.items())]
    parts += [Cell(None, one.sources(), Status.NOT_APPLICABLE) for one in said if one.value == NOT_APPLICABLE]
    status = Status.CONFLICTING if _conflict(groups) else min((part.status for part in parts), key=_rank)
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    return Cell(SEPARATOR.join(map(str, parts)), sources, status, parts=tuple(parts))


def _part(key: tuple[str, ...], voices: Sequence[Said]) -> Cell:
    value, qualifier, mark, _ = key
    more = "; ".join(filter(None, (mark, qualifier)))
    sources = tuple(dict.fromkeys(source for one in voices for source in one.sources()))
    status = min((Status(one.status) for one in voices), key=_rank) if sources else Status.INFERRED
    iri = str(voices[0].value) if isinstance(voices[0].value, Iri) else ""
    return Cell(f"{value} ({more})" if more else value, sources, status, iri)


def _rank(status: Status) -> int:
    return _BEST.index(status) if status in _BEST else len(_BEST)


def _conflict(groups: Mapping[tuple[str, ...], Sequence[Said]]) -> bool:
    """Whether two voices give one slot two values, or one of them denies what another asserts."""
    for (one, saids), (other, others) in itertools.combinations(groups.items(), 2):
        two_values = one[3] and one[3] == other[3] and one[0] != other[0] and not one[2] and not other[2]
        denied = one[:2] == other[:2] and "denied" in (one[2], other[2])
        voices = {(said.document, *said.holders) for said in (*saids, *others)}
        if (two_values or denied) and len(voices) > 1:
            return True
    return False


def _text(value: Term) -> str:
    return short(value) if isinstance(value, Iri) else str(value)


def _and(words: Iterable[str]) -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last
