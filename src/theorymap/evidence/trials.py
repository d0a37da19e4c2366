"""The table of predictions against cases, from the rows of its query.

The rows of `queries/compare/predictions-against-cases.rq` are facts, each with its sources; what follows from them by
the rules of `theorymap.evidence.rules` is marked as inferred.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable

from theorymap.evidence.rules import (
    RULE,
    Evidence,
    Judgement,
    Observation,
    Outcome,
    Prediction,
    Span,
    Trial,
    Value,
    plain,
)
from theorymap.table import Cell, Column, Source, Status, Table


def trials(facts: Table) -> Table:
    """The table of predictions against cases, from the rows of its query.

    The rows are ordered by theory and case; theories of which nothing is predicted, and what no theory predicts, come
    last.
    """
    evidence = gathered(facts)
    predicting = {prediction.theory for prediction in evidence.predictions}
    theories = sorted(evidence.theories, key=lambda theory: (theory not in predicting, not theory))
    rows = [row for theory in theories for case in evidence.cases for row in _rows(evidence, theory, case)]
    outside = sum(row[_NAMES.index("outcome")].value == Outcome.OUTSIDE_SCOPE.value for row in rows)
    warned = (f"Warning: {outside} of {len(rows)} rows lie outside the scope of the theory.",) if outside else ()
    columns = tuple(Column(name, title) for name, title in _COLUMNS)
    notes = (*facts.notes, *RULE, *warned)
    return Table(facts.title, columns, tuple(rows), notes, (Status.INFERRED,) * len(rows))


_COLUMNS = (
    ("theory", "Theory"),
    ("case", "Case"),
    ("when", "Where"),
    ("predicted", "Predicted"),
    ("derived", "Derived by"),
    ("period", "Period"),
    ("observed", "Observed"),
    ("outcome", "Outcome"),
    ("why", "Because"),
    ("verdict", "Verdict of the document"),
    ("holder", "Whose verdict"),
    ("follows", "Follows from its codings"),
    ("rule", "By the rule"),
)
_NAMES = [name for name, _ in _COLUMNS]
_NONE = Cell(None, (), Status.NOT_REPORTED)
_UNFIT = Cell(None, (), Status.NOT_APPLICABLE)
"""What nobody could say: what is observed where nothing is predicted, or whose a verdict is that nobody gives."""


def _rows(evidence: Evidence, theory: str, case: str) -> Iterable[tuple[Cell, ...]]:
    verdicts = [j for j in evidence.judgements if j.theory == theory and j.case in ("", case)]
    judged = [(j, *evidence.follows(j)) for j in verdicts]
    for trial, verdict in itertools.product(evidence.trials(theory, case), (*judged,) or (None,)):
        named = (evidence.theories[theory], evidence.cases[case])
        yield (*named, *_trial_cells(trial), *_verdict_cells(verdict))


def _trial_cells(trial: Trial) -> tuple[Cell, ...]:
    prediction = trial.prediction
    outcome = (_inferred(trial.outcome.value), _inferred(trial.why))
    if prediction is None:
        return (_NONE, _NONE, _NONE, _UNFIT, _UNFIT, *outcome)
    own = prediction.sources
    wanted = {value.variable for value in prediction.expects}
    seen = [o for o in trial.observed if o.value.variable in wanted]
    words = " | ".join(dict.fromkeys(f"not {o.value}" if o.denied else str(o.value) for o in seen))
    where = tuple(dict.fromkeys(source for o in seen for source in o.sources))
    return (
        _cell(", ".join(map(str, prediction.when)), own),
        _cell(", ".join(map(str, prediction.expects)), own),
        _cell(prediction.who, own),
        _cell(trial.span.label, where or own),
        _cell(words, where),
        *outcome,
    )


def _verdict_cells(verdict: tuple[Judgement, str, str] | None) -> tuple[Cell, ...]:
    if verdict is None:
        return (_NONE, _UNFIT, _UNFIT, _UNFIT)
    judgement, follows, rule = verdict
    said = (_cell(judgement.label, judgement.sources), _cell(judgement.who, judgement.sources))
    return (*said, _inferred(follows), _inferred(rule))


def _cell(text: str, sources: tuple[Source, ...]) -> Cell:
    return Cell(text, sources, Status.STATED if sources else Status.INFERRED) if text else _NONE


def _inferred(text: str) -> Cell:
    return Cell(text, (), Status.INFERRED)


def gathered(facts: Table) -> Evidence:
    """The evidence that the rows of `predictions-against-cases` hold."""
    by_kind: defaultdict[str, list[dict[str, Cell]]] = defaultdict(list)
    for row in facts.records():
        by_kind[_text(row["fact"])].append(row)
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for row in by_kind["listed"]:
        listed[_id(row["variable"])].add(plain(_text(row["value"])))
    judged: dict[tuple[str, ...], Judgement] = {}
    for row in by_kind["judged"]:
        made = Judgement(
            _id(row["claim"]), _id(row["theory"]), _id(row["case"]), _text(row["item"]).rpartition("/")[2],
            _text(row["value"]), _text(row["who"]), _document(row), row["value"].sources,
        )  # fmt: skip
        judged[made.claim, made.theory, made.case, made.document] = made
    return Evidence(
        _named(by_kind["theory"], "theory"),
        _named(by_kind["case"], "case"),
        tuple(_predictions(by_kind["when"], by_kind["expects"])),
        tuple(map(_observation, by_kind["observed"])),
        tuple(judged.values()),
        {variable: frozenset(values) for variable, values in listed.items()},
        {(_id(row["item"]), _id(row["case"])): f"{_id(row['claim'])} excepts the case" for row in by_kind["limited"]},
    )


def _named(rows: Iterable[dict[str, Cell]], slot: str) -> dict[str, Cell]:
    """The names of theories or cases, each with all its sources, by name."""
    found: dict[str, Cell] = {}
    for row in rows:
        id, label = _id(row[slot]), row["label"]
        sources = tuple(dict.fromkeys((*(found[id].sources if id in found else ()), *label.sources)))
        found[id] = Cell(label.value, sources, Status.STATED if sources else Status.INFERRED, row[slot].iri)
    return dict(sorted(found.items(), key=lambda item: (str(item[1].value), item[0])))


def _predictions(when: list[dict[str, Cell]], expects: list[dict[str, Cell]]) -> Iterable[Prediction]:
    """The predictions, one for each value that is expected for itself."""
    rows: defaultdict[tuple[str, str], list[dict[str, Cell]]] = defaultdict(list)
    for row in (*when, *expects):
        rows[_id(row["claim"]), _id(row["theory"])].append(row)
    for (claim, theory), said in rows.items():
        held = [row for row in said if not _text(row["denied"])]
        conditions = {_id(r["item"]): _value(r) for r in held if _text(r["fact"]) == "when"}
        expected = {_id(r["item"]): _value(r) for r in held if _text(r["fact"]) == "expects"}
        together = any(_text(row["joint"]) == "true" for row in held)
        for values in [tuple(expected.values())] if together and expected else [(v,) for v in expected.values()]:
            yield Prediction(
                claim, theory, tuple(conditions.values()), values,
                frozenset(_id(row["case"]) for row in held) - {""}, _span(held[0]),
                " | ".join(sorted({_text(row["who"]) for row in held} - {""})),
                tuple(dict.fromkeys(source for row in held for source in row["fact"].sources)),
                frozenset(map(_document, held)),
            )  # fmt: skip


def _observation(row: dict[str, Cell]) -> Observation:
    return Observation(
        _id(row["case"]), _value(row), _text(row["amount"]), _span(row), bool(_text(row["denied"])),
        row["fact"].sources, _document(row),
    )  # fmt: skip


def _value(row: dict[str, Cell]) -> Value:
    return Value(_id(row["variable"]), _text(row["label"]), _text(row["value"]), _id(row["towards"]))


def _span(row: dict[str, Cell]) -> Span:
    return Span(_text(row["period"]), _year(row["first"]), _year(row["last"]))


def _year(cell: Cell) -> int | None:
    return int(cell.value) if isinstance(cell.value, int | str) and str(cell.value).lstrip("-").isdigit() else None


def _document(row: dict[str, Cell]) -> str:
    return next((source.document for source in row["fact"].sources), "")


def _id(cell: Cell) -> str:
    """The identifier in a cell, or what it says where it names nothing."""
    return str(cell.value or "")


_text = _id


COMPUTED: dict[str, Callable[[Table], Table]] = {"trials": trials}
"""What a question can have computed from its rows, by the name under `x-then` in its header."""
