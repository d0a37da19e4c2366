"""Predictions set beside what is observed of the cases: match, miss, and whether a document's verdict follows.

The rules are those of `docs/model.md`, "When a prediction is met".
"""

from __future__ import annotations

import enum
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from theorymap.evidence.exclusion import UNDATED, Span, plain, same
from theorymap.table import Cell, Source

RULE = (
    "A theory meets the cases that a document which speaks of the theory observes, judges, predicts or studies.",
    "Only what somebody puts forward counts, be it guardedly: what is but denied, doubted or entertained is shown and "
    "decides nothing, but for the denial of what is predicted, which counts against it.",
    "A prediction is tried on a case where each value under which it is made is observed there, in one period: it is a "
    "match if what it expects is observed, a miss if a value is observed that excludes it.",
    "Two values exclude each other if both are on the variable's list of values, or both are numbers; other wordings "
    "are told apart by nobody but the coders, so that nothing can be told.",
    "A verdict follows or not from the codings of its own document alone: on the case that it names, else on those "
    "that the document's study examines, else on all cases that the document speaks of.",
)
_ABSENT = frozenset({"no", "none", "absent", "0"})
_RULES = {
    "explains": "a match and no miss",
    "explains-in-part": "a match and a miss",
    "explains-within-scope": "a match and no miss, and a case outside its scope",
    "does-not-explain": "a miss and no match",
    "does-not-fully-explain": "a miss",
}


class Outcome(enum.Enum):
    """What became of a prediction on a case."""

    MATCH = "match"
    MISS = "miss"
    CANNOT_TELL = "cannot tell"
    NOT_OBSERVED = "not observed"
    OUTSIDE_SCOPE = "outside scope"
    NO_PREDICTION = "no prediction"


class _Found(enum.Enum):
    """What is observed of one value: as named, otherwise, nothing, both, or in words that cannot be told apart."""

    SO = 1
    OTHERWISE = 2
    NOTHING = 3
    BOTH = 4
    UNCLEAR = 5


@dataclass(frozen=True)
class Value:
    """A value of a variable, as a prediction names it or as it is observed; empty for a behaviour as such."""

    variable: str
    label: str
    value: str = ""
    towards: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.value}" if self.value else self.label

    def about(self, other: Value) -> bool:
        """Whether the two are of one variable, directed at one and the same or not said at whom."""
        return self.variable == other.variable and _one(self.towards, other.towards)


@dataclass(frozen=True)
class Prediction:
    """What a theory expects under which values.

    Attributes:
        expects: One value, or several that are claimed together.
        clauses: Its conditions that are no values, in words.
    """

    claim: str
    theory: str
    when: tuple[Value, ...]
    expects: tuple[Value, ...]
    cases: frozenset[str] = frozenset()
    span: Span = UNDATED
    who: str = ""
    sources: tuple[Source, ...] = ()
    documents: frozenset[str] = frozenset()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Observation:
    """What is observed of a case.

    Attributes:
        mark: What its holder does other than assert it: ``denied``, ``doubted`` or ``entertained``.
    """

    case: str
    value: Value
    amount: str = ""
    span: Span = UNDATED
    mark: str = ""
    sources: tuple[Source, ...] = ()
    document: str = ""


@dataclass(frozen=True)
class Judgement:
    """A verdict of a document on a theory, on one case or on none in particular.

    Attributes:
        respect: What the theory is to explain, in words.
        mark: What its holder does other than assert it: ``denied``, ``doubted`` or ``entertained``.
    """

    claim: str
    theory: str
    case: str
    verdict: str
    label: str
    respect: str
    span: Span
    who: str
    mark: str
    document: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Exemption:
    """A claim of a document that a theory or a prediction does not hold for a case."""

    item: str
    case: str
    claim: str
    document: str


@dataclass(frozen=True)
class Study:
    """The cases that a study of a document examines, and the theories that it says that it tests, if it says so."""

    document: str
    cases: frozenset[str]
    theories: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Trial:
    """A prediction on a case in a period, with what is observed, what becomes of it, and why in words."""

    prediction: Prediction | None
    span: Span
    outcome: Outcome
    why: str
    observed: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """All that predictions are tried by.

    Attributes:
        theories, cases: Their names by identifier, as cells that lead to a page. Where predictions are derived from no
            theory that is named, its identifier is empty.
        listed: The values that a variable can have, by variable.
        attested: The documents that speak of a theory, by theory.
        known: The cases that a document observes, judges, predicts or studies, by document.
    """

    theories: Mapping[str, Cell]
    cases: Mapping[str, Cell]
    predictions: tuple[Prediction, ...]
    observations: tuple[Observation, ...]
    judgements: tuple[Judgement, ...] = ()
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    exemptions: tuple[Exemption, ...] = ()
    studies: tuple[Study, ...] = ()
    attested: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, document: str) -> Evidence:
        """What one document codes."""
        told = [replace(p, documents=p.documents & {document}) for p in self.predictions]
        seen = tuple(o for o in self.observations if o.document == document)
        exempt = tuple(e for e in self.exemptions if e.document == document)
        return replace(self, predictions=tuple(p for p in told if p.documents), observations=seen, exemptions=exempt)

    def met(self, theory: str) -> list[str]:
        """The cases that a theory meets, by name: those that are known to a document which attests it.

        Where there is none, or for some of the predictions of no named theory may be none, an empty one stands last.
        """
        found = {case for document in self.attested.get(theory, ()) for case in self._known(document)}
        cases = [case for case in self.cases if case in found]
        return cases if cases and theory else [*cases, ""]

    def judged(self, judgement: Judgement) -> list[str]:
        """The cases of a verdict: the one that it names, else those of its document's study, by name; else none."""
        if judgement.case in self.cases:
            return [judgement.case]
        own = [s for s in self.studies if s.document == judgement.document]
        found = {case for s in own if not s.theories or judgement.theory in s.theories for case in s.cases}
        return [case for case in self.cases if case in found]

    @functools.cached_property
    def observed(self) -> Mapping[str, Sequence[Observation]]:
        """What is observed, by case."""
        found: defaultdict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            found[observation.case].append(observation)
        return found

    def excepted(self, prediction: Prediction, case: str) -> list[Exemption]:
        """The claims that a prediction or its theory does not hold for a case."""
        items = (prediction.theory, prediction.claim)
        return [exemption for exemption in self.exemptions if exemption.case == case and exemption.item in items]

    def _known(self, document: str) -> frozenset[str]:
        return self.known.get(document, frozenset())

    def same(self, named: Value, other: Value, amount: str = "") -> bool | None:
        """Whether an observed value is the one that is named; None where that cannot be told."""
        if not named.value:
            return plain(other.value) not in _ABSENT
        listed = self.listed.get(named.variable, frozenset())
        told = [same(named.value, said, listed) for said in (other.value, amount) if said]
        return True if True in told else False if False in told else None

    def trials(self, theory: str, case: str) -> list[Trial]:
        """Every prediction of a theory tried on a case, in every period in which something is observed."""
        own = [p for p in self.predictions if p.theory == theory and self._speaks(p, case)]
        bearing = [p for p in own if not p.cases or case in p.cases]
        found = [trial for prediction in bearing for trial in self._tried(prediction, case)]
        if found:
            return found
        others = sorted({self._name(other) for p in own for other in p.cases})
        why = f"its predictions speak of {', '.join(others)} alone" if others else "nobody puts one forward"
        return [Trial(None, Span(), Outcome.NO_PREDICTION, why)]

    def _speaks(self, prediction: Prediction, case: str) -> bool:
        """Whether a prediction meets a case: one that is derived from no named theory meets those of its documents."""
        known = {known for document in prediction.documents for known in self._known(document)}
        return bool(prediction.theory) or (case in known if case else not known)

    def _name(self, case: str) -> str:
        return str(self.cases[case].value) if case in self.cases else case

    def _tried(self, prediction: Prediction, case: str) -> Iterable[Trial]:
        wanted = {value.variable for value in (*prediction.when, *prediction.expects)}
        seen = [o for o in self.observed.get(case, ()) if o.value.variable in wanted]
        timely = [o for o in seen if o.span.meets(prediction.span)]
        exempt = self.excepted(prediction, case)
        if exempt or (seen and not timely):
            claims = ", ".join(dict.fromkeys(e.claim for e in exempt))
            why = f"excepted by {claims}" if exempt else "what is observed is of another period than the prediction"
            yield Trial(prediction, prediction.span, Outcome.OUTSIDE_SCOPE, why, tuple(seen))
            return
        spans = dict.fromkeys(o.span for o in timely if o.span.label) or {Span(): None}
        for span in sorted(spans, key=lambda span: (span.first or 0, span.label)):
            now = tuple(o for o in timely if o.span.meets(span))
            yield Trial(prediction, span, *self._settled(prediction, now), now)

    def _settled(self, prediction: Prediction, seen: Sequence[Observation]) -> tuple[Outcome, str]:
        for values, otherwise in ((prediction.when, Outcome.OUTSIDE_SCOPE), (prediction.expects, Outcome.MISS)):
            states = {value: self._state(value, seen) for value in values}
            for state, outcome, words in (
                (_Found.OTHERWISE, otherwise, "is observed otherwise or denied"),
                (_Found.BOTH, Outcome.CANNOT_TELL, "is observed so, and otherwise or denied: sources conflict"),
                (_Found.UNCLEAR, Outcome.CANNOT_TELL, "is observed in words that are not on one list of values"),
                (_Found.NOTHING, Outcome.NOT_OBSERVED, "is not observed"),
            ):
                told = [str(value) for value, found in states.items() if found is state]
                if told:
                    return outcome, f"{', '.join(told)} {words}"
        return Outcome.MATCH, "all that it names is observed"

    def _state(self, named: Value, seen: Iterable[Observation]) -> _Found:
        about = [o for o in seen if named.about(o.value)]
        found = {self.same(named, o.value, o.amount) for o in about if not o.mark}
        if any(o.mark == "denied" and self.same(named, o.value, o.amount) for o in about):
            found.add(False)
        if found >= {True, False}:
            return _Found.BOTH
        if not found:
            return _Found.NOTHING
        return _Found.SO if True in found else _Found.OTHERWISE if False in found else _Found.UNCLEAR

    def holds(self, case: str, values: Iterable[Value], spans: Collection[Span] = ()) -> bool:
        """Whether all of some values are observed of a case in some periods, and in no doubt."""
        seen = [o for o in self.observed.get(case, ()) if all(o.span.meets(span) for span in spans)]
        return all(self._state(value, seen) is _Found.SO for value in values)

    def fails(self, case: str, values: Iterable[Value]) -> bool:
        """Whether one of some values is observed otherwise in a case, and in no doubt."""
        seen = self.observed.get(case, ())
        return any(self._state(value, seen) is _Found.OTHERWISE for value in values)

    def follows(self, judgement: Judgement) -> tuple[str, str]:
        """Whether a verdict follows from the codings of its document, ``yes``, ``no`` or ``cannot tell``; and why."""
        if judgement.verdict not in _RULES:
            return "cannot tell", "no verdict is given"
        if judgement.mark:
            return "cannot tell", f"a verdict that is {judgement.mark} gives no other"
        own = self.of(judgement.document)
        cases = self.judged(judgement) or sorted(self._known(judgement.document))
        met = [trial.outcome for case in cases for trial in own.trials(judgement.theory, case)]
        match, miss, outside = (o in met for o in (Outcome.MATCH, Outcome.MISS, Outcome.OUTSIDE_SCOPE))
        counted = f"{met.count(Outcome.MATCH)} matched, {met.count(Outcome.MISS)} missed"
        needs = f"{judgement.label} needs {_RULES[judgement.verdict]}; its document codes {counted}"
        if not match and not miss:
            return "cannot tell", needs
        follows = {
            "explains": match and not miss,
            "explains-in-part": (match and miss) or (None if match else False),
            "explains-within-scope": not miss and (outside or None),
            "does-not-explain": miss and not match,
            "does-not-fully-explain": miss,
        }[judgement.verdict]
        return {True: "yes", False: "no", None: "cannot tell"}[follows], needs


def together(evidence: Evidence, one: Prediction, other: Prediction) -> tuple[Value, Value] | bool:
    """Whether the conditions of two predictions can hold together; two values if that depends on what these mean."""
    if not one.span.meets(other.span):
        return False
    pairs = [(v, w) for v in one.when for w in other.when if v.about(w) and v.value and w.value]
    told = [evidence.same(v, w) for v, w in pairs]
    if False in told:
        return False
    return pairs[told.index(None)] if None in told else True


def _one(one: str, other: str) -> bool:
    return not one or not other or one == other
