"""Abstract argumentation frameworks and their grounded labelling.

Source: P. M. Dung, On the acceptability of arguments (Artificial Intelligence 77, 1995), definitions 2 and 20; labels
as in M. Caminada, On the issue of reinstatement in argumentation (JELIA 2006).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


class Label(enum.Enum):
    """What a labelling says of an argument; its value is the word that a reader sees."""

    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Framework:
    """Arguments and attacks between them.

    Attributes:
        names: The arguments, each once; an argument is known by its place, counted from 0.
        attacks: Pairs of attacker and attacked, as places in `names`; each pair once.
        targets: For each argument, those that it attacks.
        attackers: For each argument, those that attack it.

    Raises:
        ValueError: A name is given twice, or an attack names a place that is not there.
    """

    names: tuple[str, ...]
    attacks: tuple[tuple[int, int], ...]
    targets: list[list[int]] = field(init=False, repr=False, compare=False)
    attackers: list[list[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        size = len(self.names)
        if len(set(self.names)) != size:
            raise ValueError("an argument is named twice")
        targets: list[list[int]] = [[] for _ in range(size)]
        attackers: list[list[int]] = [[] for _ in range(size)]
        for source, target in self.attacks:
            if not (0 <= source < size and 0 <= target < size):
                raise ValueError(f"the attack {source, target} names an argument that is not there")
            targets[source].append(target)
            attackers[target].append(source)
        object.__setattr__(self, "targets", targets)
        object.__setattr__(self, "attackers", attackers)

    @classmethod
    def of(cls, names: Iterable[str], attacks: Iterable[tuple[str, str]]) -> Framework:
        """A framework from names; an attack that is given twice counts once.

        Raises:
            KeyError: An attack names an argument that is not among the names.
            ValueError: A name is given twice.
        """
        known = tuple(names)
        place = {name: number for number, name in enumerate(known)}
        pairs = dict.fromkeys((place[source], place[target]) for source, target in attacks)
        return cls(known, tuple(pairs))

    def part(self, kept: Sequence[int]) -> Framework:
        """The framework of some of the arguments and the attacks between them, in the order given."""
        place = {old: new for new, old in enumerate(kept)}
        attacks = tuple((place[a], place[b]) for a in kept for b in self.targets[a] if b in place)
        return Framework(tuple(self.names[old] for old in kept), attacks)


def grounded(framework: Framework, knocked_out: Iterable[int] = ()) -> list[Label]:
    """The grounded labelling: a label for each argument, in the order of the framework. Linear in the attacks.

    Args:
        framework: The arguments.
        knocked_out: Arguments that are out come what may, as if something unattacked attacked each of them.
    """
    targets = framework.targets
    labels = [Label.UNDECIDED] * len(targets)
    open_attackers = [len(attackers) for attackers in framework.attackers]
    ready = [argument for argument, number in enumerate(open_attackers) if not number]
    fallen = list(dict.fromkeys(knocked_out))
    for argument in fallen:
        labels[argument] = Label.OUT
    while ready or fallen:
        while fallen:
            for target in targets[fallen.pop()]:
                open_attackers[target] -= 1
                if not open_attackers[target]:
                    ready.append(target)
        while ready:
            argument = ready.pop()
            if labels[argument] is not Label.UNDECIDED:
                continue
            labels[argument] = Label.IN
            for target in targets[argument]:
                if labels[target] is Label.UNDECIDED:
                    labels[target] = Label.OUT
                    fallen.append(target)
    return labels
