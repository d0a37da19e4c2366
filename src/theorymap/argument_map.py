"""An argument map as plain data: what the knowledge base, AIF and Argdown have in common.

Readers of formats make one, writers write one, it is drawn, and it is weighed. Its terms are those of AIF (statements
are I-nodes, inferences RA-nodes, attacks CA-nodes) and of ASPIC+ (an attack is aimed at a conclusion, a premise, a
step, or at another attack).
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from theorymap.table import Source


class Bond(enum.Enum):
    """How two elements are related beside inferences and attacks; only the first two are weighed as attacks."""

    CONTRADICTS = "contradicts"
    CONTRARY = "contrary to"
    LIMITS = "limits"
    CONCEDES = "concedes"
    EXCEPTION = "exception to"
    RIVAL = "same effect as"
    SUPPORTS = "supports"
    ENTAILS = "entails"


class Kind(enum.Enum):
    """What an attack is aimed at, as ASPIC+ calls it; an attack on an attack breaks the step that it makes."""

    REBUTS = "rebuts"
    UNDERMINES = "undermines"
    UNDERCUTS = "undercuts"


PATTERNS = {
    "abduction": "by inference to the best explanation",
    "analogy": "by analogy",
    "cause-to-effect": "from cause to effect",
    "consequences": "from the consequences",
    "elimination": "by elimination",
    "example": "from examples",
    "expert-opinion": "from expert opinion",
    "inconsistent-commitment": "from inconsistent commitments",
    "position-to-know": "from somebody's position to know",
    "practical-reasoning": "by practical reasoning",
    "sign": "from a sign",
    "theory-to-case": "by applying a theory to a case",
}
"""How a reader is told of a step that follows one of our schemes."""


@dataclass(frozen=True)
class Statement:
    """What can be asserted; in the knowledge base, a claim.

    Attributes:
        id: Unique in its map, such as ``claim/trust-is-glue``.
        text: In full.
        title: A short name, where it has one.
        asserted: Whether somebody puts it forward, so that it stands without an argument for it.
        implicit: Whether the coders supplied it.
        denied: Whether somebody denies or doubts it, with or without a reason.
        holders: Who puts it forward.
        groups: What it can be clustered by, such as its theory and its section.
        scope: To what it is restricted: pairs of a respect, such as ``period``, and a value.
        tags: Words without ``#``.
        data: Further keys and values, in order.
        sources: Where it can be looked up.
    """

    id: str
    text: str
    title: str = ""
    asserted: bool = True
    implicit: bool = False
    denied: bool = False
    holders: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    scope: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Inference:
    """A step from linked premises to one conclusion; in the knowledge base, an argument.

    Attributes:
        id: Unique in its map.
        premises: The ids of statements, in order; empty where the map only sketches the argument.
        conclusion: The id of a statement; empty where the map does not say.
        title: A short name, where it has one.
        text: What the map says of the argument as a whole.
        scheme: The name of its scheme, where it is known.
        makers: Who makes it.
        entertained: Whether its maker only considers it.
        tags, data, sources: As for a statement.
    """

    id: str
    premises: tuple[str, ...] = ()
    conclusion: str = ""
    title: str = ""
    text: str = ""
    scheme: str = ""
    makers: tuple[str, ...] = ()
    entertained: bool = False
    tags: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Attack:
    """An objection with a reason.

    Attributes:
        id: Unique in its map.
        attackers: The ids of the statements or inferences that carry it together; empty where it is not said.
        target: The id of a statement, an inference (its step is meant) or another attack.
        makers, data, sources: As for an inference.
    """

    id: str
    attackers: tuple[str, ...]
    target: str
    makers: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Link:
    """Any other relation between two elements, named by their ids."""

    bond: Bond
    source: str
    target: str


Element = Statement | Inference | Attack


@dataclass(frozen=True)
class ArgumentMap:
    """Statements, inferences, attacks and other links, each in the order of the map.

    Attributes:
        title: Of the map as a whole.
        data: Keys and values of the map as a whole.

    Raises:
        ValueError: Two elements have one id, or something names an element that is not there.
    """

    statements: tuple[Statement, ...] = ()
    inferences: tuple[Inference, ...] = ()
    attacks: tuple[Attack, ...] = ()
    links: tuple[Link, ...] = ()
    title: str = ""
    data: tuple[tuple[str, str], ...] = ()
    _by_id: dict[str, Element] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id: dict[str, Element] = {}
        for element in self.elements():
            if by_id.setdefault(element.id, element) is not element:
                raise ValueError(f"two elements are called {element.id!r}")
        object.__setattr__(self, "_by_id", by_id)
        for named in self._named():
            if named not in by_id:
                raise ValueError(f"nothing is called {named!r}")

    def elements(self) -> Iterator[Element]:
        """The statements, then the inferences, then the attacks."""
        yield from self.statements
        yield from self.inferences
        yield from self.attacks

    def _named(self) -> Iterator[str]:
        for inference in self.inferences:
            yield from inference.premises
            if inference.conclusion:
                yield inference.conclusion
        for attack in self.attacks:
            yield from (*attack.attackers, attack.target)
        for link in self.links:
            yield from (link.source, link.target)

    def __getitem__(self, id: str) -> Element:
        """The element of that id.

        Raises:
            KeyError: There is none.
        """
        return self._by_id[id]

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def kind(self, attack: Attack) -> Kind:
        """What an attack is aimed at: a step or another attack, a premise that nothing leads to, or a conclusion."""
        target = self[attack.target]
        if not isinstance(target, Statement):
            return Kind.UNDERCUTS
        premise = any(target.id in inference.premises for inference in self.inferences)
        concluded = any(target.id == inference.conclusion for inference in self.inferences)
        return Kind.UNDERMINES if premise and not concluded else Kind.REBUTS

    def among(self, ids: Iterable[str]) -> ArgumentMap:
        """The elements of some ids, with the inferences, attacks and links all of whose ends are there."""
        kept = set(ids)
        while True:
            # In rounds, because an attack may be aimed at what a round before has brought.
            steps: list[Inference | Attack] = [*self.inferences, *self.attacks]
            found = {step.id for step in steps if ends(step) and ends(step) <= kept} - kept
            if not found:
                break
            kept |= found
        return replace(
            self,
            statements=tuple(statement for statement in self.statements if statement.id in kept),
            inferences=tuple(inference for inference in self.inferences if inference.id in kept),
            attacks=tuple(attack for attack in self.attacks if attack.id in kept),
            links=tuple(link for link in self.links if ends(link) <= kept),
        )

    def told_by(self, documents: Collection[str]) -> ArgumentMap:
        """What some documents tell of, and the coders' premises; among them, whatever holds of them alone."""
        told = {
            statement.id
            for statement in self.statements
            if statement.implicit or any(source.document in documents for source in statement.sources)
        }
        return self.among(told)


def ends(step: Inference | Attack | Link) -> set[str]:
    """The ids of the elements that a step cannot be told without."""
    if isinstance(step, Inference):
        return {*step.premises, step.conclusion} - {""}
    if isinstance(step, Attack):
        return {*step.attackers, step.target}
    return {step.source, step.target}
