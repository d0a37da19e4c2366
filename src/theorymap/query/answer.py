"""A question told its parameters and answered as a Table."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from theorymap.errors import EngineError, UsageError
from theorymap.evidence import COMPUTED
from theorymap.query import names
from theorymap.query.model import SEPARATOR, Parameter, Query, parameter_lines
from theorymap.rdf import Iri, Literal, Term
from theorymap.store import Store, serialise
from theorymap.table import Cell, Column, Source, Status, Table
from theorymap.terms import NOT_APPLICABLE, NOT_REPORTED, local, nearest, short

_STATUSES = {status.value: status for status in Status}


def bind(query: Query, store: Store, values: Mapping[str, str]) -> tuple[str, dict[str, Term]]:
    """The SPARQL of a question that was told its parameters, and the terms that they are.

    Args:
        values: What the user gave: parameter to text.

    Raises:
        UsageError: A parameter is unknown, missing or no such thing.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            near = nearest(name, known)
            hint = f"Did you mean '{near}'?" if near else _usage(query)
            raise UsageError(f"the question '{query.name}' has no parameter '{name}'", hint)
    terms = {}
    for parameter in query.parameters:
        text = values.get(parameter.name, parameter.default)
        if text:
            terms[parameter.name] = names.resolve(parameter, text, store)
        elif parameter.required or parameter.name in values:
            raise UsageError(f"the question '{query.name}' needs a value for '{parameter.name}'", _usage(query))
    return _filled(query.sparql, terms), terms


def run(query: Query, store: Store, values: Mapping[str, str], *, timeout: float | None = None) -> Table:
    """The answer to a question, every cell with its sources and its status.

    Args:
        values: What the user gave: parameter to text.
        timeout: The seconds that it may take; None for as long as it needs.

    Raises:
        UsageError: A parameter is unknown, missing or no such thing.
        EngineError: The query took too long, or a row says something without saying where it stands.
    """
    sparql, terms = bind(query, store, values)
    solutions = store.select(sparql, timeout=timeout)
    records = [dict(zip(solutions.variables, row, strict=True)) for row in solutions.rows]
    made = [_row(query, record, number) for number, record in enumerate(_settled(query, records), 1)]
    columns = tuple(Column(name, heading) for name, heading in query.columns)
    notes = tuple(f"{name} = {_shown(term)}" for name, term in terms.items())
    rows, statuses = tuple(cells for cells, _ in made), tuple(status for _, status in made)
    table = Table(query.summary, columns, rows, notes, statuses)
    told = COMPUTED[query.then](table) if query.then else table
    return replace(told, empty=query.empty) if query.empty else told


Record = Mapping[str, Term | None]


def _filled(sparql: str, terms: Mapping[str, Term]) -> str:
    lines = sparql.split("\n")
    for number, name in parameter_lines(sparql):
        if name in terms:
            lines[number - 1] = f"VALUES ?{name} {{ {serialise(terms[name])} }}"
    return "\n".join(lines)


def _usage(query: Query) -> str:
    wanted = [p for p in query.parameters if p.required] or list(query.parameters)
    if not wanted:
        return "It takes no parameters."
    return f"For example: theorymap query {query.name} " + " ".join(f"-p {p.name}={_quoted(p)}" for p in wanted)


def _quoted(parameter: Parameter) -> str:
    example = parameter.example or parameter.default
    return f'"{example}"' if " " in example else example


def _settled(query: Query, records: Sequence[Record]) -> Iterator[Record]:
    """The rows in the query's own order; rows that 'x-order' does not tell apart, by their text."""

    def key(record: Record) -> tuple[str, ...]:
        return tuple(str(record.get(name)) for name in query.order)

    for _, tied in itertools.groupby(records, key):
        group = list(tied)
        yield from sorted(group, key=lambda record: [str(value) for value in record.values()]) if query.order else group


def _row(query: Query, record: Record, number: int) -> tuple[tuple[Cell, ...], Status]:
    """The cells of a row, and what the row as a whole rests on."""

    def fail(reason: str, hint: str = "") -> EngineError:
        return EngineError(f"the question '{query.name}' ({query.file}), row {number}: {reason}", hint)

    status = _STATUSES.get(_word(record.get(query.status)) or Status.STATED.value)
    if status is None:
        allowed = ", ".join(_STATUSES)
        raise fail(f"'{record[query.status]}' is no status", f"'{query.status}' must give one of: {allowed}.")
    sources = _sources(query, record)
    if sources is None:
        raise fail(
            "it joins several documents, and it cannot be told which place lies in which",
            "Let each place begin with its document: CONCAT(STR(?document), ' ', ?place).",
        )
    try:
        cells = tuple(_cell(record[name], name in query.lists, sources, status) for name, _ in query.columns)
    except ValueError as problem:
        named = " and ".join(f"?{name}" for name in query.sources if name)
        raise fail(str(problem), f"{named} must have a value wherever a row states something.") from None
    if status.blank and all(cell.value is not None for cell in cells):
        raise fail(f"its status is '{status.value}', but no cell is empty", "Leave the column of the value unbound.")
    return cells, status


def _cell(term: Term | None, joined: bool, sources: tuple[Source, ...], status: Status) -> Cell:
    if term is None or (joined and not term):
        return Cell(None, sources, status if status.blank else Status.NOT_REPORTED)
    if term in (NOT_REPORTED, NOT_APPLICABLE):
        return Cell(None, sources, _STATUSES[_word(Iri(term))])
    if status.blank:
        # What such a row is about: the document's word where one is named, else the question's own list of things.
        status = Status.STATED if sources else Status.INFERRED
    if isinstance(term, Literal):
        value = SEPARATOR.join(_split(term)) if joined else term.plain()
        return Cell(value, sources, status)
    return Cell(_shown(term), sources, status, str(term) if isinstance(term, Iri) else "")


def _word(term: Term | None) -> str:
    return local(term).replace("-", " ") if isinstance(term, Iri) else str(term or "")


def _shown(term: Term) -> str:
    return short(str(term)) if isinstance(term, Iri) else str(term)


def _split(joined: Term | None) -> list[str]:
    """The values that GROUP_CONCAT joined, IRIs short, each once, sorted: the engine's order means nothing."""
    return sorted({short(part.strip()) for part in str(joined or "").split(SEPARATOR)} - {""})


def _sources(query: Query, record: Record) -> tuple[Source, ...] | None:
    """Where a row can be looked up; None where that is not clear."""
    document, place = query.sources
    documents = _split(record.get(document))
    places = _split(record.get(place)) if place else []
    if len(documents) <= 1:
        return tuple(Source(name, _within(name, p)) for name in documents for p in places or [""])
    placed = [(name, p) for p in places for name in documents if p.startswith(f"{name} ")]
    if len(placed) != len(places):
        return None
    bare = [(name, "") for name in documents if name not in {known for known, _ in placed}]
    return tuple(Source(name, _within(name, p)) for name, p in sorted(placed + bare))


def _within(document: str, place: str) -> str:
    return place.removeprefix(f"{document} ")
