"""The loops of a causal graph: found, named, and said to reinforce or to balance themselves.

The sign of a loop is the product of the signs of its links (Richardson 1986, "Problems with causal-loop diagrams",
System Dynamics Review 2(2)): an even number of links that lower makes it reinforcing, an odd number balancing.
"""

from __future__ import annotations

import math
from collections import deque
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
    found: list[Loop] = []
    for cycle in search.cycles():
        if len(found) == limit:
            return found, False
        following = (*cycle[1:], cycle[0])
        found.append(Loop(cycle, tuple(said[pair] for pair in zip(cycle, following, strict=True))))
    return found, search.left > 0


class _Search:
    """Looks for the cycles of one length after the other.

    Attributes:
        left: How many steps may still be taken.
    """

    def __init__(self, links: _Links) -> None:
        self.links = links
        self.left = _STEPS

    def cycles(self) -> Iterator[tuple[str, ...]]:
        """The elementary cycles, each from its first construct, until no steps are left."""
        starts = {start: self._back(start) for start in sorted(self.links)}
        starts = {start: back for start, back in starts.items() if any(end in back for end in self.links[start])}
        for length in range(1, max(map(len, starts.values()), default=0) + 1):
            for start, back in starts.items():
                if length <= len(back):
                    yield from self._from(start, back, length)
                if self.left <= 0:
                    return

    def _back(self, start: str) -> dict[str, int]:
        """How many links lead back to a construct from each that does not stand before it."""
        into: dict[str, list[str]] = {}
        for cause, effects in self.links.items():
            for effect in effects:
                if cause >= start and effect >= start:
                    into.setdefault(effect, []).append(cause)
        back, queue = {start: 0}, deque([start])
        while queue:
            near = queue.popleft()
            for far in into.get(near, ()):
                if far not in back:
                    back[far] = back[near] + 1
                    queue.append(far)
        return back

    def _from(self, start: str, back: Mapping[str, int], length: int) -> Iterator[tuple[str, ...]]:
        """The cycles of a length through a construct and none that stands before it."""
        path = [start]
        branches = [iter(self.links[start])]
        while branches and self.left > 0:
            self.left -= 1
            step = next(branches[-1], None)
            if step is None:
                branches.pop()
                path.pop()
            elif step == start and len(path) == length:
                yield tuple(path)
            elif step not in path and step in back and len(path) + back[step] <= length and len(path) < length:
                path.append(step)
                branches.append(iter(self.links.get(step, ())))
