"""The fewest observations that would tell two theories apart, or what is missing for it, in sentences."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from theorymap.evidence.exclusion import Span, plain
from theorymap.evidence.rules import Evidence, Prediction, Value
from theorymap.solver import Atom, Clock, answers, encoding
from theorymap.table import Cell, Column, Source, Status, Table

_COLUMNS = (
    ("number", "Observations"),
    ("answer", "Answer"),
    ("conditions", "In a case where"),
    ("variable", "Observe"),
    ("first", "The first expects"),
    ("second", "The second expects"),
    ("cases", "Cases where the conditions are observed"),
)
_MOST = 50


@dataclass(frozen=True)
class Test:
    """Observations that tell two theories apart: conditions, and the values that the two then expect.

    Attributes:
        cases: Of which alone the predictions are made that lead there; empty for any.
        spans: The periods for which they are made; empty for any.
    """

    conditions: tuple[Value, ...]
    first: Value
    second: Value
    cases: frozenset[str] = frozenset()
    spans: frozenset[Span] = frozenset()


def between(evidence: Evidence, first: str, second: str, *, timeout: float | None = None) -> Table:
    """A row for each smallest set of observations that tells two theories apart; else one for each reason why.

    Args:
        evidence: The predictions and what is observed.
        first, second: Two theories, by identifier.
        timeout: The seconds that the search may take.

    Raises:
        OutOfTime: The search was stopped.
    """
    names = [str(evidence.theories[id].value) for id in (first, second)]
    found = sorted(_tests(evidence, first, second, Clock(timeout)), key=str)
    rows = [_row(evidence, test, names, (first, second)) for test in found[:_MOST]]
    notes = [f"Only {_MOST} of {len(found)} sets of the same size are shown."] if len(found) > _MOST else []
    if not found:
        rows = [_blank(sentence) for sentence in _reasons(evidence, (first, second), names)]
    columns = tuple(Column(name, title) for name, title in _COLUMNS)
    title = f"Which observations would tell {names[0]} and {names[1]} apart?"
    return Table(title, columns, tuple(rows), tuple(notes))


def _tests(evidence: Evidence, first: str, second: str, clock: Clock) -> set[Test]:
    """All smallest tests."""
    program = _Program(evidence, first, second)
    best: int | None = None
    for atoms in answers(program.text, clock):
        best = _size(atoms)
    if best is None:
        return set()
    limit = f":- #count {{ V : observe(V, _) }} > {best}."
    found = {program.test(atoms) for atoms in answers(f"{program.text}\n{limit}", clock, ("--opt-mode=ignore",))}
    return {test for test in found if not any(_wider(other, test) for other in found)}


def _wider(one: Test, other: Test) -> bool:
    """Whether one is the other for more cases or a longer time."""
    bare = (replace(test, cases=frozenset(), spans=frozenset()) for test in (one, other))
    if one == other or len(set(bare)) > 1:
        return False
    return one.spans <= other.spans and (not one.cases or (one.cases >= other.cases and bool(other.cases)))


def _size(atoms: Iterable[Atom]) -> int:
    return sum(name == "observe" for name, _ in atoms)


class _Program:
    """The predictions of two theories as facts, and the way back from the answers."""

    def __init__(self, evidence: Evidence, first: str, second: str) -> None:
        self.evidence = evidence
        self.variables: dict[str, int] = {}
        self.values: dict[tuple[str, str], int] = {}
        self.worded: dict[tuple[int, int], Value] = {}
        own = [(p, number) for number, id in ((1, first), (2, second)) for p in _of(evidence, id)]
        self.own = [prediction for prediction, _ in own]
        settings = _settings(self.own)
        lines = [encoding("theorymap", "telling_apart"), f"theory(1..2). setting(0..{len(settings) - 1})."]
        for place, (prediction, number) in enumerate(own):
            lines.append(f"of({place},{number}).")
            lines += [f"bears({place},{n})." for n, setting in enumerate(settings) if _bears(prediction, setting)]
            lines += [f"when({place},{v},{a})." for v, a in map(self._known, prediction.when)]
            lines += [f"expects({place},{v},{a})." for v, a in map(self._known, prediction.expects)]
        for (v, a), (w, b) in itertools.permutations(self.worded, 2):
            if v == w and evidence.same(self.worded[v, a], self.worded[w, b]) is False:
                lines.append(f"excludes({v},{a},{b}).")
        self.text = "\n".join(lines)

    def _known(self, value: Value) -> tuple[int, int]:
        """The numbers of a variable and a value; what is directed at somebody else is another variable."""
        variable = f"{value.variable} {value.towards}"
        v = self.variables.setdefault(variable, len(self.variables))
        a = self.values.setdefault((variable, plain(value.value)), len(self.values))
        self.worded.setdefault((v, a), value)
        return v, a

    def test(self, atoms: Iterable[Atom]) -> Test:
        """The test that an answer describes."""
        by_name: dict[str, list[tuple[int, ...]]] = {"observe": [], "tells": [], "outcome": [], "in": [], "made": []}
        for name, numbers in atoms:
            by_name[name].append(numbers)
        conditions = sorted((self.worded[v, a] for v, a in by_name["observe"]), key=str)
        told = [[self.worded[v, a] for t, v, a in sorted(by_name["tells"]) if t == theory] for theory in (1, 2)]
        one, other = next((v, w) for v, w in itertools.product(*told) if self.evidence.same(v, w) is False)
        made = [self.own[place] for (place,) in by_name["made"]]
        bound = [prediction.cases for prediction in made if prediction.cases]
        spans = frozenset(prediction.span for prediction in made if prediction.span.label)
        return Test(tuple(conditions), one, other, frozenset.intersection(*bound) if bound else frozenset(), spans)


_Setting = tuple[str, int | str | None]
"""A case that predictions name, or none of those; and a year, a period without years, or none that they name."""


def _settings(predictions: Iterable[Prediction]) -> list[_Setting]:
    """The settings that some predictions tell from each other: periods that share a year share the year one begins."""
    cases: set[str] = set()
    times: set[int | str] = set()
    for prediction in predictions:
        cases |= prediction.cases
        times |= {_begin(prediction.span)} if prediction.span.label else set()
    return [(case, time) for case in ["", *sorted(cases)] for time in [None, *sorted(times, key=str)]]


def _begin(span: Span) -> int | str:
    """The year in which a period begins, or its name where no year of it is known."""
    if span.first is None and span.last is None:
        return span.label
    return span.first if span.first is not None else -9999


def _bears(prediction: Prediction, setting: _Setting) -> bool:
    """Whether a prediction is made for a setting."""
    case, time = setting
    begin = _begin(prediction.span)
    if isinstance(begin, int) and isinstance(time, int):
        timely = begin <= time <= (prediction.span.last or 9999)
    else:
        timely = not prediction.span.label or time == begin
    return timely and (not prediction.cases or case in prediction.cases)


def _of(evidence: Evidence, theory: str) -> list[Prediction]:
    return [prediction for prediction in evidence.predictions if prediction.theory == theory]


def _row(evidence: Evidence, test: Test, names: list[str], ids: tuple[str, str]) -> tuple[Cell, ...]:
    used = [
        p
        for p in evidence.predictions
        if p.theory in ids and any(v in (*test.conditions, test.first, test.second) for v in (*p.when, *p.expects))
    ]
    sources = tuple(dict.fromkeys(source for p in used for source in p.sources))
    where = ", ".join(map(str, test.conditions))
    number = len(test.conditions) + 1
    setting = _setting(evidence, test)
    at_hand = [
        case
        for case in evidence.cases
        if (not test.cases or case in test.cases)
        and evidence.holds(case, test.conditions, test.spans)
        and (test.conditions or _outcome(evidence, case, test))
    ]
    sentence = (
        f"{number} observation{'s' if number > 1 else ''}: {test.first.label}"
        f"{f' in a case where {where}' if where else ''}{f' ({setting})' if setting else ''}. "
        f"There {names[0]} expects {_said(test.first)}, and {names[1]} {_said(test.second)}."
    )
    return (
        Cell(number, sources, Status.INFERRED),
        Cell(sentence, sources, Status.INFERRED),
        _cell("; ".join(filter(None, (where, setting))) or "any case", sources),
        _cell(test.first.label, sources),
        _cell(_said(test.first), sources),
        _cell(_said(test.second), sources),
        _cell("; ".join(_known(evidence, case, test) for case in at_hand), ()),
    )


def _setting(evidence: Evidence, test: Test) -> str:
    """The cases and the periods for which a test is made, in words; empty for any."""
    named = sorted(str(evidence.cases[case].value) if case in evidence.cases else case for case in test.cases)
    return ", ".join(filter(None, [" or ".join(named), *sorted(span.label for span in test.spans)]))


def _known(evidence: Evidence, case: str, test: Test) -> str:
    """A case, with what is observed there already of what would tell the theories apart."""
    seen = "; ".join(_outcome(evidence, case, test))
    return f"{evidence.cases[case].value} ({seen})" if seen else str(evidence.cases[case].value)


def _outcome(evidence: Evidence, case: str, test: Test) -> list[str]:
    """What is observed of a case on the variable by which a test tells, at a time when its conditions are."""
    about = (o for o in evidence.observed.get(case, ()) if test.first.about(o.value) and not o.mark)
    seen = (o for o in about if all(o.span.meets(span) for span in test.spans))
    timely = (o for o in seen if evidence.holds(case, test.conditions, (*test.spans, o.span)))
    return sorted({f"{o.value}, {o.span.label}" if o.span.label else str(o.value) for o in timely})


def _said(value: Value) -> str:
    return value.value or "that it is so"


def _cell(text: str, sources: tuple[Source, ...]) -> Cell:
    return Cell(text, sources, Status.INFERRED) if text else Cell(None, sources, Status.NOT_REPORTED)


def _blank(sentence: str) -> tuple[Cell, ...]:
    blank = Cell(None, (), Status.NOT_REPORTED)
    return (blank, Cell(sentence, (), Status.INFERRED), *[blank] * (len(_COLUMNS) - 2))


def _reasons(evidence: Evidence, ids: tuple[str, str], names: list[str]) -> Iterator[str]:
    """Why nothing tells the two apart: who predicts nothing, or nothing on what the other speaks of."""
    own = [_of(evidence, id) for id in ids]
    expected = [{v.variable: v.label for p in mine for v in p.expects} for mine in own]
    yield f"No observation tells {names[0]} and {names[1]} apart by the predictions that are coded."
    for name, mine in zip(names, own, strict=True):
        if not mine:
            yield f"Of {name} no prediction is coded."
    for name, theirs, others in ((names[1], expected[1], expected[0]), (names[0], expected[0], expected[1])):
        silent = sorted({others[variable] for variable in others if variable not in theirs})
        if silent and theirs:
            yield f"Of {name} no prediction on {'; '.join(silent)} is coded."
    for variable in sorted(expected[0].keys() & expected[1].keys()):
        yield from _shared(evidence, own, variable)


def _shared(evidence: Evidence, own: list[list[Prediction]], variable: str) -> Iterator[str]:
    """Why a variable on which both make predictions does not tell them apart."""
    mine, theirs = ([v for p in part for v in p.expects if v.variable == variable] for part in own)
    pairs = list(itertools.product(mine, theirs))
    same = [evidence.same(a, b) for a, b in pairs]
    label = mine[0].label
    if False in same:
        yield f"On {label} their values exclude each other, but the conditions of the two predictions do as well."
    elif None in same:
        a, b = next(pair for pair, told in zip(pairs, same, strict=True) if told is None)
        yield (
            f"On {label} they differ in words, {_said(a)} and {_said(b)}, and no list of its values says that the one "
            "excludes the other."
        )
    else:
        yield f"On {label} both expect {_said(mine[0])}."
