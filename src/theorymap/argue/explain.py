"""Why an element of a map stands or falls, in sentences with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from theorymap.argue.change import LARGEST, changes
from theorymap.argue.framework import Label, grounded
from theorymap.argue.semantics import Solver
from theorymap.argue.structure import Reception
from theorymap.argue.translation import Translation
from theorymap.argument_map import PATTERNS, Attack, Bond, Element, Inference, Statement
from theorymap.table import NOTHING, Cell, Column, Source, Status, Table

_COLUMNS = (Column("about", "About"), Column("sentence", "In words"), Column("id", "Identifier"))
_BONDS = {
    Bond.EXCEPTION: ("has an exception in", "An exception attacks nothing else of it."),
    Bond.LIMITS: ("is limited by", "A limit attacks nothing inside it."),
    Bond.CONCEDES: ("is conceded in", "What is conceded attacks nothing."),
    Bond.RIVAL: ("has a rival explanation of the same effect in", "Rival explanations do not attack each other."),
}


@dataclass(frozen=True)
class Sentence:
    """One sentence of an explanation.

    Attributes:
        about: What it is about, such as ``objection``.
        words: The sentence.
        element: The element that it tells of, whose sources are given; None for what was computed.
    """

    about: str
    words: str
    element: Element | None = None


def explain(
    translation: Translation,
    id: str,
    voices: Mapping[str, Sequence[str]] | None = None,
    received: Mapping[str, Reception] | None = None,
) -> Table:
    """What speaks for and against an element, whether it stands, and what would change that.

    Args:
        translation: The map and its framework.
        id: A statement, an inference or an attack of the map.
        voices: For each statement, who says what of it, in sentences; None for what the map says.
        received: What the documents make of each statement; None if nothing is known of that.

    Raises:
        KeyError: The map has no such element.
    """
    element = translation.map[id]
    sentences = _Explanation(translation, voices or {}, received or {}).of(element)
    return Table(f"Does {_named(element)} stand, and why?", _COLUMNS, tuple(map(_row, sentences)), (id,))


def _row(sentence: Sentence) -> tuple[Cell, ...]:
    element = sentence.element
    sources: tuple[Source, ...] = element.sources if element is not None else ()
    status = Status.STATED if sources else Status.INFERRED
    return (
        Cell(sentence.about, sources, status),
        Cell(sentence.words, sources, status),
        Cell(element.id if element is not None else NOTHING, sources, status),
    )


class _Explanation:
    """Tells of one map; each element is told of once."""

    def __init__(
        self, translation: Translation, voices: Mapping[str, Sequence[str]], received: Mapping[str, Reception]
    ) -> None:
        self.translation, self.map = translation, translation.map
        self.voices, self.received = voices, received
        self.labelling = grounded(translation.framework)
        self.labels = translation.labels(self.labelling)
        self.told: set[str] = set()
        self.asked = ""

    def of(self, element: Element) -> Iterator[Sentence]:
        """The sentences on an element, the verdict first."""
        self.asked = element.id
        yield Sentence("verdict", self._verdict(element))
        yield from self._reasons(element)
        yield from self._relations(element)
        yield from self._defence(element)
        yield from self._changes(element)

    def _verdict(self, element: Element) -> str:
        label = self.labels[element.id]
        if label is None:
            return "Nobody puts it forward, and no argument leads to it; so there is nothing to weigh."
        words = {
            Label.IN: "stands: every objection to it falls",
            Label.OUT: "does not stand: an objection to it stands",
            Label.UNDECIDED: "stays open: the objections and the answers to them hold each other in check",
        }[label]
        if label is Label.IN and not list(self._against(element)):
            words = self._unopposed(element)
        if label is Label.OUT and not any(self.labels[a.id] is Label.IN for a in self._against(element)):
            words = "does not stand: something that it needs is not to be had"
        return f"It {words}{self._support(element)}.{self._received(element)}"

    def _unopposed(self, element: Element) -> str:
        """What is said of an element at which no objection is aimed, though one may be aimed at a step to it."""
        leading = self._leading(element)
        shaken = [step for step in leading if self._contested(step) and self.labels[step.id] is not Label.IN]
        if shaken:
            which = "a" if len(shaken) < len(leading) else "the" if len(leading) == 1 else "every"
            fallen = any(self.labels[step.id] is Label.OUT for step in shaken)
            label = Label.OUT if fallen else Label.UNDECIDED
            return f"stands: no objection is aimed at the claim itself, while {which} step to it {_standing(label)}"
        if self.received.get(element.id) is Reception.DISPUTED:
            return "stands, since no argument defeats it"
        return "stands: nobody objects to it with a reason"

    def _received(self, element: Element) -> str:
        """What the documents make of an element that none of them takes over."""
        received = self.received.get(element.id)
        if received is Reception.DISPUTED:
            but = "But it" if self.labels[element.id] is Label.IN else "It"
            return f" {but} is disputed, and no document here takes it over."
        return " It is only told of others here; no document takes it over." if received is Reception.ONLY_TOLD else ""

    def _support(self, element: Element) -> str:
        """Whether what is asserted is supported as well."""
        if not isinstance(element, Statement) or self.labels[element.id] is not Label.IN:
            return ""
        leading = self._leading(element)
        standing = [inference for inference in leading if self.labels[inference.id] is Label.IN]
        if not element.asserted:
            return ", by argument alone: nobody in the documents asserts it" if standing else ""
        if leading and not standing:
            return "; it is asserted but unsupported, for no argument to it stands"
        return ""

    def _reasons(self, element: Element) -> Iterator[Sentence]:
        """Who puts an element forward, what leads to it, what is aimed at it, and so on downwards."""
        if element.id in self.told:
            return
        self.told.add(element.id)
        if isinstance(element, Statement):
            yield from self._statement(element)
        elif isinstance(element, Inference):
            yield from self._inference(element)
        elif element.id == self.asked:
            yield from self._aimed(element)
        for attack in self._against(element):
            yield from self._objection(attack, element)

    def _statement(self, statement: Statement) -> Iterator[Sentence]:
        held = [f"Put forward by {_joined(statement.holders)}."] if statement.holders else []
        for words in self.voices.get(statement.id, held):
            yield Sentence("voice", words, statement)
        if statement.implicit:
            yield Sentence("voice", "The coders supplied it; no document states it.")
        for inference in self._leading(statement):
            yield from self._reasons(inference)
        if statement.denied and not list(self._against(statement)):
            yield Sentence(
                "denial", "It is denied or doubted without a reason; that is shown and not counted.", statement
            )

    def _inference(self, inference: Inference) -> Iterator[Sentence]:
        label = self.labels[inference.id]
        plural = "" if len(inference.makers) > 1 else "s"
        maker = f"{_joined(inference.makers)} argue{plural}" if inference.makers else "Somebody might argue"
        name = inference.scheme.replace("-", " ")
        scheme = f", {PATTERNS.get(inference.scheme, f'by {name}')}" if name else ""
        told = f"“{_text(self.map[inference.conclusion])}”" if inference.conclusion else "(not said)"
        conclusion = " to it" if inference.conclusion == self.asked else f" to {told}"
        only = " It is only considered, so it carries nothing." if inference.entertained else ""
        words = f"{maker}{conclusion}{scheme}. The step {_standing(label)}.{only}"
        yield Sentence("argument", words, inference)
        for premise in inference.premises:
            statement = self.map[premise]
            supplied = "implicit premise" if isinstance(statement, Statement) and statement.implicit else "premise"
            words = f"“{_text(statement)}” ({_standing(self.labels[premise])})"
            yield Sentence(supplied, words, statement)
            if self.labels[premise] is not Label.IN or self._contested(statement):
                yield from self._reasons(statement)
        for key, value in inference.data:
            yield Sentence(key, value, None if key == "open question" else inference)

    def _contested(self, element: Element) -> bool:
        return any(True for _ in self._against(element))

    def _aimed(self, attack: Attack) -> Iterator[Sentence]:
        """What an objection that is asked about itself rests on and is aimed at."""
        target, kind = self.map[attack.target], self.map.kind(attack).value
        makers = f"Made by {_joined(attack.makers)}" if attack.makers else "It is made"
        yield Sentence("objection", f"{makers}: it {kind} {_named(target)}.", attack)
        for id in attack.attackers:
            yield Sentence("reason", f"“{_text(self.map[id])}” ({_standing(self.labels[id])})", self.map[id])

    def _objection(self, attack: Attack, element: Element) -> Iterator[Sentence]:
        if attack.id in self.told:
            return
        carriers = [self.map[id] for id in attack.attackers]
        reasons = " and ".join(f"“{_text(carrier)}”" for carrier in carriers) or "(the reason is not given)"
        plural = "" if len(attack.makers) > 1 else "s"
        makers = f"{_joined(attack.makers)} object{plural}" if attack.makers else "Against it speaks"
        aim = (
            "the step" if isinstance(element, Inference) else "that objection" if isinstance(element, Attack) else "it"
        )
        verb = self.map.kind(attack).value if attack.id in self.map else "speaks against"
        words = f"{makers}: {reasons}, which {verb} {aim}. The objection {_standing(self._label(attack.id))}."
        told = attack if attack.sources else next(iter(carriers), None)
        yield Sentence("objection", words, told)
        for carrier in carriers:
            yield from self._reasons(carrier)
        if attack.id in self.map:
            yield from self._reasons(attack)

    def _label(self, name: str) -> Label:
        return self.labelling[self.translation.place[name]]

    def _leading(self, element: Element) -> list[Inference]:
        """The inferences that conclude a statement, also those that are only entertained."""
        return [inference for inference in self.map.inferences if inference.conclusion == element.id]

    def _against(self, element: Element) -> Iterator[Attack]:
        """The attacks on an element itself: those of the map, and those that its links make."""
        return iter(self.translation.attacks_on(element.id))

    def _relations(self, element: Element) -> Iterator[Sentence]:
        for link in self.map.links:
            if link.bond not in _BONDS or element.id not in (link.target, link.source):
                continue
            verb, rule = _BONDS[link.bond]
            if link.source == element.id and link.bond is Bond.EXCEPTION:
                verb = "is an exception to"
            elif link.source == element.id and link.bond is not Bond.RIVAL:
                continue
            other = self.map[link.source if link.target == element.id else link.target]
            yield Sentence("relation", f"It {verb} “{_text(other)}”. {rule}", other)

    def _defence(self, element: Element) -> Iterator[Sentence]:
        """A smallest admissible set that holds the element, where it needs any defence."""
        if not self._contested(element) and self.labels[element.id] is Label.IN:
            return
        wanted = self.translation.standing_for(element.id)
        if not wanted:
            return
        framework = self.translation.framework
        counted = [place for place, name in enumerate(framework.names) if name in self.map]
        found = Solver(framework).smallest_defence(wanted, counted)
        if found is None:
            yield Sentence(
                "defence", "Nothing on record defends it: no set of arguments that answers every objection holds it."
            )
            return
        names = sorted(framework.names[place] for place in found if framework.names[place] in self.map)
        others = [name for name in names if name != element.id]
        words = (
            f"A smallest set that holds it and answers every objection: {', '.join(names)}."
            if others
            else "It answers every objection by itself."
        )
        yield Sentence("defence", words)

    def _changes(self, element: Element) -> Iterator[Sentence]:
        label = self.labels[element.id]
        if label is None:
            return
        sets = changes(self.translation, element.id)
        if not sets:
            yield Sentence("what would change it", f"No set of up to {LARGEST} new objections changes this.")
            return
        for names in sets[:12]:
            targets = " and ".join(_object(self.map[name]) for name in names)
            yield Sentence("what would change it", f"An objection that is not answered, aimed at {targets}.")
        if len(sets) > 12:
            yield Sentence("what would change it", f"And {len(sets) - 12} further sets of that size.")


def _standing(label: Label | None) -> str:
    return {Label.IN: "stands", Label.OUT: "falls", Label.UNDECIDED: "stays open", None: "is put forward by nobody"}[
        label
    ]


def _named(element: Element) -> str:
    if isinstance(element, Statement):
        return f"“{_text(element)}”"
    return f"the step {element.id}" if isinstance(element, Inference) else f"the objection {element.id}"


def _object(element: Element) -> str:
    kind = (
        "the claim"
        if isinstance(element, Statement)
        else "the step"
        if isinstance(element, Inference)
        else "the objection"
    )
    return f"{kind} {element.id}"


def _text(element: Element) -> str:
    if isinstance(element, Statement):
        return element.text
    return element.id


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
