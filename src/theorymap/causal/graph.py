"""A causal graph as plain data: constructs, the propositions between them, and where theories meet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from theorymap.table import Source

SIGNS: Mapping[str, int] = MappingProxyType({"raises": 1, "lowers": -1})
"""The relations that say in which direction the effect goes; no other relation is given a sign."""

DRIVES = ("raises", "lowers", "affects", "necessary-for", "sufficient-for")
"""The relations by which a cause does something to its effect: loops run along these, and no-effect denies them."""

NO_EFFECT = "no-effect"
PLAIN = "plain"
"""The hedge of what is said without a mark of force."""

_AGAINST = "denies"
_PUT_FORWARD = ("asserts", "recommends")


def in_words(relation: str) -> str:
    """A relation as it is read.

    >>> in_words("part-of-the-meaning-of")
    'part of the meaning of'
    """
    return relation.replace("-", " ")


@dataclass(frozen=True)
class Construct:
    """What propositions relate.

    Attributes:
        id: The first of `ids`.
        ids: The constructs that mappings call exactly the same, sorted; mostly one.
        names: What they are called, each name once.
    """

    id: str
    ids: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """All its names, as one."""
        return " = ".join(self.names) or self.id


@dataclass(frozen=True)
class Telling:
    """One attribution of a proposition.

    Attributes:
        holders: Whose view it is.
        commitment: What they do with it, such as ``asserts``; empty where it is not said.
        sources: Where it is read.
        background: Whether a register of background says so and no document.
        doubtful: Whether the document leaves open whose view it is, so that another doubtful telling may be right.
        hedge: With what force they say it, such as ``plain`` or ``possible``; empty where it is not said.
    """

    holders: tuple[str, ...] = ()
    commitment: str = ""
    sources: tuple[Source, ...] = ()
    background: bool = False
    doubtful: bool = False
    hedge: str = ""

    def held(self) -> Iterator[str]:
        """Each holder, with what they do with the proposition unless they assert it."""
        plain = self.commitment in ("asserts", "")
        return (holder if plain else f"{holder} ({self.commitment})" for holder in self.holders)


@dataclass(frozen=True)
class Proposition:
    """One claim that relates constructs; several causes, or several effects, are meant together.

    Attributes:
        id: Of the claim.
        causes, effects, moderators: The ids of constructs in the graph.
        relation: Such as ``raises``.
        theories: The ids of the theories that the claim names.
        families: The ids of these and of all theories that they are variants or members of.
        mechanisms: What the mechanisms are called.
        conditions: Under which alone it is claimed, in words.
        quantifier: Of how many it is claimed, such as ``most``; empty for in general, and where it is not said.
    """

    id: str
    text: str
    causes: tuple[str, ...]
    relation: str
    effects: tuple[str, ...]
    moderators: tuple[str, ...] = ()
    theories: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    tellings: tuple[Telling, ...] = ()
    quantifier: str = ""

    def limits(self) -> tuple[str, ...]:
        """What narrows it: its conditions, and of how many it is claimed."""
        return (*self.conditions, *([f"how many: {self.quantifier}"] if self.quantifier else []))

    def hedges(self) -> tuple[str, ...]:
        """With what force it is said, each once and plainly first: by those who put it forward, or by all if none does.

        What is not said with a mark of force is said plainly.
        """
        told = [t for t in self.tellings if t.commitment in ("", *_PUT_FORWARD)] or self.tellings
        found = {t.hedge or PLAIN for t in told} or {PLAIN}
        return tuple(sorted(found, key=lambda hedge: (hedge != PLAIN, hedge)))

    def sources(self) -> tuple[Source, ...]:
        """Where it is read, each place once."""
        return tuple(dict.fromkeys(source for telling in self.tellings for source in telling.sources))

    def ends(self) -> tuple[str, ...]:
        """Its causes, effects and moderators."""
        return (*self.causes, *self.effects, *self.moderators)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each cause with each effect."""
        return ((cause, effect) for cause in self.causes for effect in self.effects)

    def holders(self, *commitments: str) -> tuple[str, ...]:
        """Who takes one of these attitudes to it; whoever takes any, without arguments."""
        wanted = [told for told in self.tellings if not commitments or told.commitment in commitments]
        return tuple(dict.fromkeys(holder for told in wanted for holder in told.holders))

    def put_forward(self) -> bool:
        """Whether somebody says so, or it is not said what anybody does with it; not if all deny, doubt or weigh it."""
        return not self.tellings or any(told.commitment in ("", *_PUT_FORWARD) for told in self.tellings)

    def candidates(self) -> tuple[tuple[str, ...], ...]:
        """For each voice who it may be: a theory; where it names none, those who say it together; or one of several.

        None where nobody puts it forward.
        """
        if not self.put_forward():
            return ()
        told = [t for t in self.tellings if t.commitment in _PUT_FORWARD]
        said: list[tuple[str, ...]] = [(" and ".join(t.holders),) for t in told if not t.doubtful]
        said.append(tuple(dict.fromkeys(" and ".join(t.holders) for t in told if t.doubtful)))
        return tuple(dict.fromkeys([(theory,) for theory in self.theories] or filter(None, said)))

    def voices(self) -> tuple[str, ...]:
        """The theories that say so; where it names none, those who put it forward, who say it together as one."""
        return tuple(", or ".join(several) for several in self.candidates())

    def deniers(self) -> tuple[str, ...]:
        """Who denies it."""
        return self.holders(_AGAINST)


@dataclass(frozen=True)
class Likeness:
    """What a mapping says of two constructs that it does not call the same, such as ``close to``."""

    source: str
    bond: str
    target: str


@dataclass(frozen=True)
class Meeting:
    """A pair of constructs on which two voices agree or conflict.

    Attributes:
        conflict: Whether they conflict.
        first, second: What they say; the same propositions on both sides where they agree, and where one is denied.
    """

    conflict: bool
    cause: str
    effect: str
    first: tuple[Proposition, ...]
    second: tuple[Proposition, ...]

    @property
    def denied(self) -> bool:
        """Whether the conflict is that some deny what others put forward."""
        return self.conflict and self.first == self.second


@dataclass(frozen=True)
class CausalGraph:
    """Constructs and the propositions between them.

    Attributes:
        constructs: Those that a proposition names, by id.
        propositions: By id.
        likenesses: What mappings say of two constructs of the graph.
        theories: What theories are called, by id.
        notes: What a reader must know, such as which theory has no proposition.
    """

    constructs: Mapping[str, Construct] = field(default_factory=dict)
    propositions: tuple[Proposition, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    theories: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def name(self, id: str) -> str:
        """What a construct or a theory is called; the id itself for anything else."""
        return self.constructs[id].name if id in self.constructs else self.theories.get(id, id)

    def about(self, ids: Collection[str]) -> CausalGraph:
        """The propositions of some theories with their variants, those read in some documents or on some constructs.

        A theory, document or construct of which there is none is named in a note; so is that there are none at all.
        """
        found = {id: [p for p in self.propositions if self._on(p, id)] for id in ids}
        kept = {p.id for several in found.values() for p in several}
        notes = [f"{self.name(id)} has no propositions." for id, several in found.items() if not several]
        notes += [] if ids or self.propositions else ["There are no propositions."]
        return replace(self.among(p for p in self.propositions if p.id in kept or not ids), notes=(*self.notes, *notes))

    def _on(self, proposition: Proposition, id: str) -> bool:
        ends = {part for end in proposition.ends() for part in self.constructs[end].ids}
        return id in proposition.families or id in ends or any(id == s.document for s in proposition.sources())

    def among(self, propositions: Iterable[Proposition]) -> CausalGraph:
        """Some propositions with what they name."""
        kept = tuple(propositions)
        ends = {end for proposition in kept for end in proposition.ends()}
        return replace(
            self,
            constructs={id: construct for id, construct in self.constructs.items() if id in ends},
            propositions=kept,
            likenesses=tuple(like for like in self.likenesses if {like.source, like.target} <= ends),
        )

    def between(self) -> dict[tuple[str, str], list[Proposition]]:
        """The propositions by cause and effect, sorted."""
        found: dict[tuple[str, str], list[Proposition]] = {}
        for proposition in self.propositions:
            for pair in proposition.pairs():
                found.setdefault(pair, []).append(proposition)
        return dict(sorted(found.items()))

    def meetings(self) -> list[Meeting]:
        """Where theories, or holders where no theory is named, agree or conflict; by cause and effect.

        They agree on a relation that two of them put forward; where a document leaves open who says so, the candidates
        are one voice, and none beside one of them. They conflict where one says that the cause raises and
        one that it lowers the effect, where one says that there is no effect and one that there is, and where one
        denies what another puts forward; not where one voice alone says both. Conditions are not weighed: a table shows
        them.
        """
        return [meeting for pair, said in self.between().items() for meeting in _meetings(*pair, said)]


def _meetings(cause: str, effect: str, said: list[Proposition]) -> Iterator[Meeting]:
    by_relation: dict[str, tuple[Proposition, ...]] = {}
    for proposition in said:
        by_relation[proposition.relation] = (*by_relation.get(proposition.relation, ()), proposition)
    for same in by_relation.values():
        if _several(same):
            yield Meeting(False, cause, effect, same, same)
    opposed = [("raises", "lowers"), *((drive, NO_EFFECT) for drive in DRIVES)]
    for sides in opposed:
        one, other = (tuple(p for p in by_relation.get(side, ()) if p.put_forward()) for side in sides)
        if one and other and not _same_voice(one, other):
            yield Meeting(True, cause, effect, one, other)
    for same in by_relation.values():
        if any(proposition.deniers() for proposition in same) and any(p.holders(*_PUT_FORWARD) for p in same):
            yield Meeting(True, cause, effect, same, same)


def _same_voice(one: Iterable[Proposition], other: Iterable[Proposition]) -> bool:
    """Whether it is one and the same voice that says both; where nobody is named it is not."""
    first, second = ({candidates for p in side for candidates in p.candidates()} for side in (one, other))
    return first == second and len(first) == 1


def _several(propositions: Iterable[Proposition]) -> bool:
    """Whether more than one voice puts something forward, whoever the doubtful ones are."""
    voices = {candidates for proposition in propositions for candidates in proposition.candidates()}
    sure = {voice for voice, *others in voices if not others}
    return len(sure) + len([several for several in voices if len(several) > 1 and not sure & {*several}]) > 1
