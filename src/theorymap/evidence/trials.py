"""The table of predictions against cases, from the rows of its query.

The rows of `queries/compare/predictions-against-cases.rq` are facts, each with its sources; what follows from them by
the rules of `theorymap.evidence.rules` is marked as inferred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from theorymap.evidence.reading import gathered
from theorymap.evidence.rules import RULE, Evidence, Judgement, Outcome, Trial
from theorymap.table import Cell, Column, Source, Status, Table


def trials(facts: Table) -> Table:
    """The table of predictions against cases, from the rows of its query.

    First what could be tried, a row for each prediction and case; then the verdicts; then what is not observed, and
    what is not predicted, with all cases of which the same is to be said in one row. Each part is ordered by theory and
    case; what is derived from no named theory comes last.
    """
    evidence = gathered(facts)
    asked = {str(row["case"].value) for row in facts.records() if row["fact"].value == "asked"}
    theories = sorted(evidence.theories, key=lambda theory: not theory)
    tried = [row for theory in theories for row in _tried(evidence, theory, asked)]
    parts = [[cells for outcome, cells in tried if outcome not in _BLANK]]
    parts.append(_alike(row for theory in theories for row in _judged(evidence, theory, asked)))
    parts += [_alike(cells for outcome, cells in tried if outcome is blank) for blank in _BLANK]
    rows = tuple(row for part in parts for row in part)
    columns = tuple(Column(name, title) for name, title in _COLUMNS)
    notes = (*facts.notes, *RULE, *_warned([outcome for outcome, _ in tried]))
    if asked and not rows:
        notes = (
            *facts.notes,
            "No document that speaks of such a theory observes, judges, predicts or studies the case.",
        )
    return Table(facts.title, columns, rows, notes, (Status.INFERRED,) * len(rows))


_COLUMNS = (
    ("theory", "Theory"),
    ("case", "Case"),
    ("part", "Part"),
    ("said", "Predicted or judged"),
    ("when", "Where"),
    ("who", "Derived or judged by"),
    ("period", "Period"),
    ("observed", "Observed"),
    ("outcome", "Outcome"),
    ("why", "Because"),
)
_CASE = 1
_BLANK = (Outcome.NOT_OBSERVED, Outcome.NO_PREDICTION)
_FOLLOWS = {
    "yes": "follows from its document's codings",
    "no": "does not follow from its document's codings",
    "cannot tell": "cannot be told from its document's codings",
}
_VERBS = {"denied": "denies", "doubted": "doubts", "entertained": "entertains"}
_NONE = Cell(None, (), Status.NOT_REPORTED)
_UNFIT = Cell(None, (), Status.NOT_APPLICABLE)
"""What nobody could say: what is observed where nothing is predicted, or under which values a verdict is given."""
_Row = tuple[Cell, ...]


def _tried(evidence: Evidence, theory: str, asked: Collection[str]) -> Iterator[tuple[Outcome, _Row]]:
    """The predictions of a theory on the cases that it meets, or on one that is asked for."""
    for case in evidence.met(theory):
        for trial in evidence.trials(theory, case) if not asked or case in asked else ():
            documents = evidence.attested.get(theory, frozenset())
            if not theory and trial.prediction:
                documents = trial.prediction.documents
            if theory or trial.prediction:
                yield trial.outcome, (evidence.theories[theory], _case(evidence, case, documents), *_trial_cells(trial))


def _judged(evidence: Evidence, theory: str, asked: Collection[str]) -> Iterator[_Row]:
    """The verdicts on a theory, each on its cases."""
    for judgement in evidence.judgements:
        for case in evidence.judged(judgement) or [""]:
            if judgement.theory == theory and (not asked or case in asked):
                cells = _verdict_cells(judgement, *evidence.follows(judgement))
                yield (evidence.theories[theory], _case(evidence, case, {judgement.document}), *cells)


def _case(evidence: Evidence, case: str, documents: Collection[str]) -> Cell:
    """The name of a case, where some documents speak of it."""
    if not case:
        return _inferred("(no case is named)")
    name = evidence.cases[case]
    near = tuple(source for source in name.sources if source.document in documents)
    return replace(name, sources=near or name.sources)


def _trial_cells(trial: Trial) -> _Row:
    prediction = trial.prediction
    outcome = (_inferred(trial.outcome.value), _inferred(trial.why))
    if prediction is None:
        return (_inferred("prediction"), _NONE, _NONE, _NONE, _UNFIT, _UNFIT, *outcome)
    own = prediction.sources
    where = tuple(dict.fromkeys(source for o in trial.observed for source in o.sources))
    return (
        _inferred("prediction"),
        _cell(", ".join(map(str, prediction.expects)), own),
        _cell(", ".join(map(str, prediction.when)), own),
        _cell(prediction.who, own),
        _cell(trial.span.label, where or own),
        _several(_cell(f"{o.value} ({o.mark})" if o.mark else str(o.value), o.sources) for o in trial.observed),
        *outcome,
    )


def _verdict_cells(judgement: Judgement, follows: str, rule: str) -> _Row:
    own = judgement.sources
    return (
        _inferred("verdict"),
        _cell(f"{judgement.label}: {judgement.respect}" if judgement.respect else judgement.label, own),
        _UNFIT,
        _cell(f"{judgement.who} ({_VERBS[judgement.mark]} it)" if judgement.mark else judgement.who, own),
        _cell(judgement.span.label, own),
        _UNFIT,
        _inferred(_FOLLOWS[follows]),
        _inferred(rule),
    )


def _alike(rows: Iterable[_Row]) -> list[_Row]:
    """The rows, those that differ in nothing but the case in one, with all that they rest on."""
    groups: defaultdict[tuple[object, ...], list[_Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(cell.value for place, cell in enumerate(row) if place != _CASE)].append(row)
    return [tuple(map(_several, zip(*alike, strict=True))) for alike in groups.values()]


def _several(cells: Iterable[Cell]) -> Cell:
    """The cells as one, each value once with all its sources; a blank where there is none."""
    groups: defaultdict[object, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.value].append(cell)
    parts = tuple(replace(g[0], sources=tuple(dict.fromkeys(s for c in g for s in c.sources))) for g in groups.values())
    if len(parts) < 2:
        return parts[0] if parts else _NONE
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    status = Status.STATED if sources else Status.INFERRED
    return Cell(" | ".join(map(str, parts)), sources, status, parts=parts)


def _warned(outcomes: list[Outcome]) -> Iterator[str]:
    outside = outcomes.count(Outcome.OUTSIDE_SCOPE)
    if outside:
        yield f"Warning: {outside} of {len(outcomes)} trials lie outside the scope of the theory."


def _cell(text: str, sources: tuple[Source, ...]) -> Cell:
    return Cell(text, sources, Status.STATED if sources else Status.INFERRED) if text else _NONE


def _inferred(text: str) -> Cell:
    return Cell(text, (), Status.INFERRED)
