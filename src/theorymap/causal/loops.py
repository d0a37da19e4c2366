"""The loops of a causal graph: found, named, and said to reinforce or to balance themselves.

The sign of a loop is the product of the signs of its links (Richardson 1986, "Problems with causal-loop diagrams",
System Dynamics Review 2(2)): an even number of links that lower makes it reinforcing, an odd number balancing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from theorymap.causal.graph import DRIVES, SIGNS, CausalGraph, Proposition

LIMIT = 1000
"""How many loops are found at most, unless something else is asked for."""

_STEPS = 500_000

_Links = Mapping[str, list[str]]


@dataclass(frozen=True)
class Loop:
    """An elementary cycle: no construct stands on it twice.

    Attributes:
        constructs: In order, the one with the first id first.
        links: For each of them, the propositions that lead to the next.
    """

    constructs: tuple[str, ...]
    links: tuple[tuple[Proposition, ...], ...]

    def sign(self, theory: str = "") -> str:
        """``reinforcing`` or ``balancing``; ``contested`` or ``not given`` where a link has both signs or none.

        Args:
            theory: Whose propositions alone count; empty for all.
        """
        said = ([p for p in link if not theory or theory in p.theories] for link in self.links)
        signs = [{SIGNS[p.relation] for p in link if p.relation in SIGNS} for link in said]
        if any(len(found) > 1 for found in signs):
            return "contested"
        if not all(signs):
            return "not given"
        return "reinforcing" if math.prod(sign for found in signs for sign in found) > 0 else "balancing"

    def theories(self) -> tuple[str, ...]:
        """The theories each of which closes the loop alone, sorted."""
        each = [{theory for p in link for theory in p.theories} for link in self.links]
        return tuple(sorted(set.intersection(*each)))


def loops(graph: CausalGraph, limit: int = LIMIT) -> tuple[list[Loop], bool]:
    """The loops of a graph along the relations in `DRIVES` that are put forward.

    The shortest come first, then they are sorted by their constructs.

    Args:
        limit: How many are found at most.

    Returns:
        The loops, and whether these are all: the search ends at the limit, or after a fixed number of steps.
    """
    said = {
        pair: tuple(p for p in propositions if p.relation in DRIVES and p.put_forward())
        for pair, propositions in graph.between().items()
    }
    links: dict[str, list[str]] = {}
    for (cause, effect), propositions in said.items():
        if propositions:
            links.setdefault(cause, []).append(effect)
    search = _Search(links)
    cycles: list[tuple[str, ...]] = []
    for several in search.by_length():
        cycles += several
        if len(cycles) > limit:
            break
    found = [
        Loop(cycle, tuple(said[pair] for pair in zip(cycle, (*cycle[1:], cycle[0]), strict=True)))
        for cycle in cycles[:limit]
    ]
    return found, len(cycles) <= limit and search.left > 0


def _places(links: _Links) -> dict[str, tuple[int, int]]:
    """The place of each construct in depth-first order, and of the last one that is first reached through it."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    path: list[str] = []
    branches = [iter(links)]
    while branches:
        step = next(branches[-1], None)
        if step is None:
            branches.pop()
            if path:
                last[path.pop()] = len(first) - 1
        elif step not in first:
            first[step] = len(first)
            path.append(step)
            branches.append(iter(links.get(step, ())))
    return {id: (place, last[id]) for id, place in first.items()}


@dataclass
class _Back:
    """How many links lead back to a construct from others, as far as was looked.

    Attributes:
        links: By construct.
        near: The farthest, from which to look on.
    """

    links: dict[str, int]
    near: list[str]


class _Search:
    """Looks for the cycles of one length after the other, each from the one of its constructs that comes first.

    What comes first is decided by depth-first order: the other constructs of a cycle are all reached through it. So
    whatever leads back to a construct from these closes a cycle, and time is spent on constructs in cycles alone.

    Attributes:
        left: How many steps may still be taken.
    """

    def __init__(self, links: _Links) -> None:
        self.links = links
        self.places = _places(links)
        self.into: dict[str, list[str]] = {}
        for cause, effects in links.items():
            for effect in effects:
                self.into.setdefault(effect, []).append(cause)
        self.left = _STEPS

    def by_length(self) -> Iterator[list[tuple[str, ...]]]:
        """The elementary cycles of each length, sorted, until no steps are left; each begins with its first id."""
        backs = {start: _Back({start: 0}, [start]) for start in self.links}
        length = 0
        while backs and self.left > 0:
            length += 1
            found = [cycle for start, back in backs.items() for cycle in self._from(start, back.links, length)]
            yield sorted(_turned(cycle) for cycle in found)
            for start, back in backs.items():
                self._look(start, back, length)
            backs = {start: back for start, back in backs.items() if back.near or length < len(back.links)}

    def _look(self, start: str, back: _Back, length: int) -> None:
        """Look one link farther back, at what is first reached through the start."""
        first, last = self.places[start]
        causes = {cause for near in back.near for cause in self.into.get(near, ()) if cause not in back.links}
        back.near = [cause for cause in causes if first < self.places[cause][0] <= last]
        back.links |= dict.fromkeys(back.near, length)

    def _from(self, start: str, back: Mapping[str, int], length: int) -> Iterator[tuple[str, ...]]:
        """The cycles of a length through a construct and others that lead back to it."""
        path = {start: 1}
        branches = [iter(self.links[start])]
        while branches and self.left > 0:
            self.left -= 1
            step = next(branches[-1], None)
            if step is None:
                branches.pop()
                path.popitem()
            elif step == start and len(path) == length:
                yield tuple(path)
            elif step not in path and step in back and len(path) + back[step] <= length:
                path[step] = 1
                branches.append(iter(self.links.get(step, ())))


def _turned(cycle: tuple[str, ...]) -> tuple[str, ...]:
    """A cycle from its first id on."""
    first = cycle.index(min(cycle))
    return (*cycle[first:], *cycle[:first])
