"""From an argument map to an abstract framework.

The structured reading is that of ASPIC+ for AIF (F. Bex, S. Modgil, H. Prakken and C. Reed, On logical specifications
of the Argument Interchange Format, Journal of Logic and Computation 23, 2013): an asserted statement is an ordinary
premise, an inference a defeasible rule, contradictories rebut each other and a contrary rebuts one way. Attacks are
arguments themselves, so that they can be attacked (P. Baroni, F. Cerutti, M. Giacomin and G. Guida, AFRA:
Argumentation Framework with Recursive Attacks, International Journal of Approximate Reasoning 52, 2011, section 5).

ASPIC+ makes an argument of every way to combine the arguments for the premises, which may be exponentially many. Here
each statement has one node *absent*, attacked by whatever makes the statement available (its being asserted, each
inference that concludes it), and attacking whatever needs it. A statement is then accepted just where some ASPIC+
argument for it is, and the framework is as large as the map.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from theorymap.argue.framework import Framework, Label, grounded
from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement

_AGAINST = (Bond.CONTRADICTS, Bond.CONTRARY)


def absent(statement: str) -> str:
    """The node that stands for a statement's not being available."""
    return f"not {statement}"


def opposed(source: str, target: str) -> str:
    """The attack that a contradiction, a contrary or a limit makes."""
    return f"{source} against {target}"


@dataclass(frozen=True)
class Translation:
    """A framework, and what its arguments stand for.

    Attributes:
        map: Where it came from.
        framework: Its arguments are named: a statement by its id (its being asserted), an inference and an attack
            likewise, `absent` and `opposed` as these functions say.
        weighed: The attacks of the map, and those that contradictions, contraries and limits make.
        hit: For each element, the arguments of the framework at which an attack on it is aimed.
    """

    map: ArgumentMap
    framework: Framework
    weighed: tuple[Attack, ...]
    hit: Mapping[str, list[str]]

    @functools.cached_property
    def place(self) -> dict[str, int]:
        """The place of each argument of the framework, by name."""
        return {name: number for number, name in enumerate(self.framework.names)}

    def stands_as(self, id: str) -> list[str]:
        """The arguments of the framework that an objection to an element would hit: its own, and what concludes it."""
        return self.hit[id]

    def goals(self, id: str) -> list[int]:
        """The arguments whose labels decide that of an element: a statement's being absent, or its own; as places."""
        return [self.place[absent(id) if isinstance(self.map[id], Statement) else id]]

    def standing_for(self, id: str) -> list[int]:
        """The arguments one of which must be held for an element to be held, as places."""
        return list(self.available(id)) if isinstance(self.map[id], Statement) else [self.place[id]]

    def attacks_on(self, id: str) -> list[Attack]:
        """The attacks that are aimed at an element: those of the map, and those that its links make."""
        return [attack for attack in self.weighed if attack.target == id]

    def available(self, statement: str) -> tuple[int, ...]:
        """What makes a statement available: its being asserted, and the inferences that conclude it, as places."""
        return tuple(self.framework.attackers[self.place[absent(statement)]])

    def labels(self, labelling: Sequence[Label]) -> dict[str, Label | None]:
        """The label of every element of the map; None for a statement that nobody puts forward or argues for.

        Args:
            labelling: A label for each argument of the framework.
        """
        found: dict[str, Label | None] = {}
        for statement in self.map.statements:
            reverse = labelling[self.place[absent(statement.id)]]
            found[statement.id] = _REVERSED[reverse] if self.available(statement.id) else None
        for inference in self.map.inferences:
            found[inference.id] = labelling[self.place[inference.id]]
        for attack in self.map.attacks:
            found[attack.id] = labelling[self.place[attack.id]]
        return found

    def grounded(self, knocked_out: Sequence[str] = ()) -> dict[str, Label | None]:
        """The grounded label of every element; see `labels`.

        Args:
            knocked_out: Arguments of the framework that are out come what may.
        """
        return self.labels(grounded(self.framework, [self.place[name] for name in knocked_out]))


_REVERSED = {Label.IN: Label.OUT, Label.OUT: Label.IN, Label.UNDECIDED: Label.UNDECIDED}


def translate(map: ArgumentMap) -> Translation:
    """The framework of a map; see the module for how it is read.

    An inference that is only entertained is weighed and makes nothing available. An attack without attackers counts as
    made. What limits a statement or a step undercuts the steps that lead outside the limit (`outside`). What supports a
    step or an attack, and what is conceded, entailed or a rival explanation, attacks nothing.
    """
    builder = _Builder(map)
    hit = {element.id: list(builder.hit(element.id)) for element in map.elements()}
    return Translation(map, builder.framework(), builder.weighed, hit)


class _Builder:
    """Gathers the arguments and attacks of a framework."""

    def __init__(self, map: ArgumentMap) -> None:
        self.map = map
        self.inferences = {inference.id: inference for inference in map.inferences}
        self.concluding = _concluding(map)
        self.circles = _circles(map, self.inferences, self.concluding)
        self.weighed = tuple(self._all_attacks())
        self.names: dict[str, None] = {}
        self.attacks: list[tuple[str, str]] = []

    def framework(self) -> Framework:
        """The framework of the whole map."""
        for statement in self.map.statements:
            if statement.asserted or statement.implicit:
                self.names[statement.id] = None
            for level in self._levels(statement.id):
                self._availability(statement, level)
        for inference in self.inferences.values():
            for level in self._levels(inference.id):
                self._needs(_at(inference.id, level), inference.premises, level)
        for attack in self.weighed:
            self._needs(attack.id, attack.attackers)
            self.attacks += [(attack.id, name) for name in self.hit(attack.target)]
        return Framework.of(self.names, [(a, b) for a, b in self.attacks if a in self.names and b in self.names])

    def _levels(self, id: str) -> Sequence[int]:
        """The levels at which something that supports itself in a circle is unfolded; 0 alone for what does not."""
        return range(self.circles.get(id, 0), -1, -1)

    def _availability(self, statement: Statement, level: int) -> None:
        missing = _at(absent(statement.id), level)
        self.names[missing] = None
        self.attacks.append((statement.id, missing))
        depth = self.circles.get(statement.id, 0)
        for inference in self.concluding[statement.id]:
            inside = inference in self.circles
            if not inside:
                self.attacks.append((inference, missing))
            elif level < depth:
                self.attacks.append((_at(inference, level + 1), missing))

    def _needs(self, name: str, needed: Sequence[str], level: int = 0) -> None:
        """Enter an argument that falls with any of the statements and inferences that it needs."""
        self.names[name] = None
        for other in needed:
            if other in self.inferences or not self._is_statement(other):
                missing = absent(other)
                self.names[missing] = None
                self.attacks += [(other, missing), (missing, name)]
            else:
                inside = level if other in self.circles else 0
                self.attacks.append((_at(absent(other), inside), name))

    def _is_statement(self, id: str) -> bool:
        return isinstance(self.map[id], Statement)

    def hit(self, target: str) -> Iterator[str]:
        """The arguments that an attack is aimed at: a step, an attack, or all that makes a statement available."""
        aimed = [target, *self.concluding[target]] if self._is_statement(target) else [target]
        for id in aimed:
            yield from (_at(id, level) for level in self._levels(id))

    def _all_attacks(self) -> Iterator[Attack]:
        yield from self.map.attacks
        for link in self.map.links:
            if link.bond in _AGAINST and self._is_statement(link.source) and self._is_statement(link.target):
                yield Attack(opposed(link.source, link.target), (link.source,), link.target)
                if link.bond is Bond.CONTRADICTS:
                    yield Attack(opposed(link.target, link.source), (link.target,), link.source)
            elif link.bond is Bond.LIMITS:
                yield from self._limit(link)

    def _limit(self, link: Link) -> Iterator[Attack]:
        """An undercut of each step that carries what is limited outside its limits."""
        limit, target = self.map[link.source], self.map[link.target]
        for inference in self.inferences.values():
            if target.id != inference.id and target.id not in inference.premises:
                continue
            conclusion = self.map[inference.conclusion] if inference.conclusion else None
            if isinstance(limit, Statement) and isinstance(conclusion, Statement) and outside(limit, conclusion):
                yield Attack(opposed(link.source, inference.id), (link.source,), inference.id)


def outside(limit: Statement, conclusion: Statement) -> bool:
    """Whether a conclusion lies outside a limit: both name values in one respect, and share none of them."""
    scopes: list[defaultdict[str, set[str]]] = []
    for statement in (limit, conclusion):
        scope: defaultdict[str, set[str]] = defaultdict(set)
        for respect, value in statement.scope:
            scope[respect].add(value)
        scopes.append(scope)
    first, second = scopes
    return any(first[respect].isdisjoint(second[respect]) for respect in first.keys() & second.keys())


def _at(name: str, level: int) -> str:
    """The name of an argument at a level of its circle; the topmost has the plain name."""
    return f"{name} @{level}" if level else name


def _concluding(map: ArgumentMap) -> defaultdict[str, list[str]]:
    """The inferences that lead to each statement, or are said to support it; none that is only entertained."""
    leads = [(inference.id, inference.conclusion) for inference in map.inferences if inference.conclusion]
    leads += [(link.source, link.target) for link in map.links if link.bond is Bond.SUPPORTS]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id, conclusion in dict.fromkeys(leads):
        inference = map[id]
        if isinstance(inference, Inference) and not inference.entertained and isinstance(map[conclusion], Statement):
            found[conclusion].append(id)
    return found


def _circles(
    map: ArgumentMap, inferences: Mapping[str, Inference], concluding: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """How deep the members of each circle of support are unfolded: the number of statements in the circle.

    An argument is a finite tree, in which no branch needs a statement twice; so a statement that is to support itself
    is unfolded into as many levels as its circle has statements, the lowest without the circle.
    """
    needs: dict[str, set[str]] = {statement.id: set() for statement in map.statements}
    for statement, ids in concluding.items():
        needs[statement] = {premise for id in ids for premise in inferences[id].premises}
    depth: dict[str, int] = {}
    for circle in _components(needs):
        for id in circle:
            depth[id] = len(circle)
        for id in {id for statement in circle for id in concluding[statement]}:
            if circle.intersection(inferences[id].premises):
                depth[id] = len(circle)
    return depth


def _components(needs: Mapping[str, set[str]]) -> list[set[str]]:
    """The strongly connected components that hold a circle, by the order of their first members."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(needs[start])
        while waiting:
            id = waiting.pop()
            if id not in seen:
                seen.add(id)
                waiting += needs[id]
        return seen

    # Only what is needed and needs something can lie on a circle.
    needed = set().union(*needs.values())
    reach = {id: reached(id) for id in needs if needs[id] and id in needed}
    found: dict[str, set[str]] = {}
    for id, others in reach.items():
        if id in others and not any(id in circle for circle in found.values()):
            found[id] = {id, *(other for other in others if id in reach.get(other, ()))}
    return list(found.values())
