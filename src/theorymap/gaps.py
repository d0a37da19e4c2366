"""What is missing: how much of each sort, and what would tell two theories apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from theorymap.errors import UsageError
from theorymap.evidence import telling
from theorymap.evidence.reading import gathered
from theorymap.evidence.rules import Evidence
from theorymap.knowledge import Knowledge
from theorymap.query.answer import run
from theorymap.query.model import Parameter, Query
from theorymap.query.names import resolve
from theorymap.table import Cell, Column, Status, Table
from theorymap.terms import nearest

_COLUMNS = (Column("question", "What is missing"), Column("number", "How many"), Column("name", "Shown by"))


def summary(queries: Iterable[Query], ask: Callable[..., Table]) -> Table:
    """How many rows each of some questions has, and under which name it is asked.

    Args:
        queries: The questions.
        ask: From the name of a question and its parameters to the answer.
    """
    found = [(query.summary, len(ask(query.name, **query.examples())), query.name) for query in queries]
    rows = tuple(tuple(Cell(value, (), Status.INFERRED) for value in row) for row in found)
    return Table("What is missing?", _COLUMNS, rows)


def answer(queries: Iterable[Query], ask: Callable[..., Table], name: str, parameters: Mapping[str, str]) -> Table:
    """The answer to one of some questions, or their summary where none is named; for the arguments see `summary`.

    Raises:
        UsageError: None of them has that name, or a parameter is unknown or missing, or given without a name.
    """
    queries = list(queries)
    if name == "":
        if parameters:
            known = ", ".join(query.name for query in queries)
            hint = f"Name the question that takes it: {known}."
            raise UsageError("a parameter was given, and no question", hint)
        return summary(queries, ask)
    require_question(name, queries)
    return ask(name, **parameters)


def require_question(name: str, queries: Iterable[Query]) -> None:
    """Refuse what is no question on what is missing.

    Args:
        name: The name that was given.
        queries: The questions that there are.

    Raises:
        UsageError: None of them has that name; with the nearest.
    """
    known = [query.name for query in queries]
    if name not in known:
        near = nearest(name, known)
        hint = f"Did you mean {near}?" if near else f"The questions are {', '.join(known)}."
        raise UsageError(f"there is no question {name} on gaps", hint)


def between(knowledge: Knowledge, first: str, second: str, *, timeout: float | None = None) -> Table:
    """The fewest observations that would tell two theories apart; where none do, the reasons.

    Args:
        knowledge: The workspace.
        first, second: Two theories, by identifier, short name or label.
        timeout: The seconds that the search may take.

    Raises:
        UsageError: One of them is no theory, or both are the same.
        OutOfTime: The search was stopped.
    """
    wanted = Parameter("", "Theory")
    one, other = (knowledge.short(str(resolve(wanted, name, knowledge.store))) for name in (first, second))
    if one == other:
        raise UsageError(f"{first} and {second} are one theory", "Name two.")
    query = knowledge.catalogue.get("predictions-against-cases")
    facts = run(replace(query, then=""), knowledge.store, {})
    evidence = gathered(facts)
    told = telling.between(evidence, one, other, timeout=timeout)
    predicting = {prediction.theory for prediction in evidence.predictions}
    wanting = [id for id in (one, other) if id not in predicting]
    notes = (_family(gathered(run(replace(query, then=""), knowledge.store, {"x": id})), id) for id in wanting)
    return replace(told, notes=(*told.notes, *filter(None, notes)))


def _family(own: Evidence, family: str) -> str:
    """Which theories that belong to a family make predictions, where it makes none itself."""
    members = {str(own.theories[prediction.theory].value) for prediction in own.predictions} - {""}
    name = own.theories[family].value
    if not members:
        return ""
    verb, asked = ("makes", "it") if len(members) == 1 else ("make", "one of them")
    return f"Of the theories that belong to {name}, {', '.join(sorted(members))} {verb} predictions: ask for {asked}."
