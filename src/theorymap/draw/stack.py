"""What hangs together within a cluster, put in columns: Graphviz would set all of it side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from theorymap.draw.picture import Edge, Node


@dataclass(frozen=True)
class Part:
    """Nodes that hang together: all of them, those that no edge leaves, and those that no edge enters."""

    nodes: tuple[str, ...]
    tops: tuple[str, ...]
    bottoms: tuple[str, ...]


def stacked(nodes: Sequence[Node], edges: Sequence[Edge]) -> Iterator[tuple[str, str]]:
    """Pairs of ids, a lower and an upper one, that set the parts of a cluster below each other, in about a square.

    Each part goes, in order, to the column that holds the fewest nodes. A part with an edge that leaves the cluster is
    left alone, because that edge says where it should stand.
    """
    ids = {node.id for node in nodes}
    crossing = [edge for edge in edges if (edge.source in ids) != (edge.target in ids)]
    held = {end for edge in crossing for end in (edge.source, edge.target)}
    found = [part for part in parts(nodes, edges) if held.isdisjoint(part.nodes)]
    columns: list[list[Part]] = [[] for _ in range(math.ceil(math.sqrt(len(found))))]
    for part in found:
        column = min(columns, key=lambda column: sum(len(part.nodes) for part in column))
        if column:
            yield from ((part.tops[0], bottom) for bottom in column[-1].bottoms)
        column.append(part)


def parts(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[Part]:
    """What hangs together by edges between the nodes, in their order."""
    above: dict[str, list[str]] = {node.id: [] for node in nodes}
    below: dict[str, list[str]] = {id: [] for id in above}
    for edge in edges:
        if edge.source in above and edge.target in above:
            above[edge.source].append(edge.target)
            below[edge.target].append(edge.source)
    left = dict.fromkeys(above)
    while left:
        part = dict.fromkeys([next(iter(left))])
        ahead = list(part)
        while ahead:
            id = ahead.pop()
            left.pop(id, None)
            met = [end for end in (*above[id], *below[id]) if end not in part]
            part.update(dict.fromkeys(met))
            ahead += met
        tops, bottoms = ([id for id in part if not further[id]] or list(part)[:1] for further in (above, below))
        yield Part(tuple(part), tuple(tops), tuple(bottoms))
