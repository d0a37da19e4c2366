"""The table of crucial cases: where two theories expect different values of a variable, and what could tell."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from theorymap.evidence.exclusion import number, plain
from theorymap.evidence.reading import gathered
from theorymap.evidence.rules import Evidence, Prediction, Value, together
from theorymap.table import Cell, Column, Source, Status, Table

_COLUMNS = (
    ("variable", "Variable"),
    ("theory", "Theory"),
    ("when", "If"),
    ("expects", "It expects"),
    ("other", "Other theory"),
    ("unlike", "If"),
    ("rival", "It expects"),
    ("differ", "Do the values exclude each other"),
    ("together", "Can the conditions hold together"),
    ("case", "Case"),
    ("observed", "Observed there"),
)
_NONE = Cell(None, (), Status.NOT_REPORTED)


def crucial(facts: Table) -> Table:
    """The pairs of predictions of two theories that differ, a row for each case on which the difference could be told.

    Args:
        facts: Rows with the columns of `predictions-against-cases`; of a theory that is asked for only its pairs.
    """
    evidence = gathered(facts)
    asked = {str(row["theory"].value) for row in facts.records() if row["fact"].value == "asked"}
    by_variable: defaultdict[str, list[tuple[Prediction, Value]]] = defaultdict(list)
    for prediction in evidence.predictions:
        for value in prediction.expects:
            if value.value:
                by_variable[value.variable].append((prediction, value))
    rows = []
    for expected in by_variable.values():
        for (first, a), (second, b) in itertools.combinations(sorted(expected, key=_order), 2):
            if first.theory != second.theory and (not asked or asked & {first.theory, second.theory}):
                rows += list(_rows(evidence, first, a, second, b))
    rows.sort(key=lambda row: [str(cell) for cell in row])
    columns = tuple(Column(name, title) for name, title in _COLUMNS)
    return replace(facts, columns=columns, rows=tuple(rows), statuses=())


def _order(expected: tuple[Prediction, Value]) -> tuple[str, str, str]:
    prediction, value = expected
    return prediction.theory, prediction.claim, value.value


def _rows(evidence: Evidence, first: Prediction, a: Value, second: Prediction, b: Value) -> Iterator[tuple[Cell, ...]]:
    """A row for each case on which the two could be told apart, else one without a case; none if they do not differ."""
    excluded, can = evidence.same(a, b), together(evidence, first, second)
    if excluded or can is False or not a.about(b):
        return
    sources = tuple(dict.fromkeys((*first.sources, *second.sources)))
    pair = (
        Cell(a.label, sources, Status.STATED),
        *_side(evidence, first, a),
        *_side(evidence, second, b),
        Cell(_differ(a, b, excluded), (), Status.INFERRED),
        Cell(_together(first, second, can), (), Status.INFERRED),
    )
    for case in _cases(evidence, first, second) or [""]:
        if case:
            yield (*pair, Cell(evidence.cases[case].value, (), Status.INFERRED), _seen(evidence, case, a))
        else:
            yield (*pair, _NONE, _NONE)


def _side(evidence: Evidence, prediction: Prediction, value: Value) -> tuple[Cell, ...]:
    period = [f"period: {prediction.span.label}"] if prediction.span.label else []
    where = sorted([*map(str, prediction.when), *prediction.clauses, *period])
    return (
        replace(evidence.theories[prediction.theory], sources=prediction.sources, status=Status.STATED),
        Cell(" | ".join(where), prediction.sources) if where else _NONE,
        Cell(value.value, prediction.sources),
    )


def _differ(a: Value, b: Value, same: bool | None) -> str:
    if same is None:
        return "only as worded: no list of its values holds both"
    numbers = None not in (number(a.value), number(b.value))
    return f"yes: {'they are two numbers' if numbers else 'both are on the list of its values'}"


def _together(first: Prediction, second: Prediction, can: tuple[Value, Value] | bool) -> str:
    if not isinstance(can, bool):
        ours, theirs = can
        return f"in doubt: {ours.label} is {ours.value} for one and {theirs.value} for the other"
    named = ({(v.variable, plain(v.value)) for v in prediction.when} for prediction in (first, second))
    alike = len(set(map(frozenset, named))) == 1
    return "yes: they are the same" if alike else "yes: nothing that is coded keeps them apart"


def _cases(evidence: Evidence, first: Prediction, second: Prediction) -> list[str]:
    """The cases of which anything that the two name is observed, and that neither of them leaves out."""
    named = {value.variable for p in (first, second) for value in (*p.when, *p.expects)}
    return [
        case
        for case in evidence.cases
        if any(o.value.variable in named and not o.mark for o in evidence.observed.get(case, ()))
        and not any(p.cases and case not in p.cases for p in (first, second))
        and not any(evidence.excepted(p, case) or evidence.fails(case, p.when) for p in (first, second))
    ]


def _seen(evidence: Evidence, case: str, expected: Value) -> Cell:
    """What is observed of the variable in a case, with the period where one is reported."""
    found: dict[str, tuple[Source, ...]] = {}
    for observation in evidence.observed[case]:
        if expected.about(observation.value) and not observation.mark:
            words = observation.value.value or "that it is so"
            words += f" ({observation.span.label})" if observation.span.label else ""
            found[words] = (*found.get(words, ()), *observation.sources)
    parts = tuple(Cell(words, tuple(dict.fromkeys(sources))) for words, sources in sorted(found.items()))
    if len(parts) < 2:
        return parts[0] if parts else _NONE
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    return Cell(" | ".join(map(str, parts)), sources, parts=parts)
