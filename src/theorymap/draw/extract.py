"""The part of an argument map that is drawn where the whole would be too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from theorymap.argument_map import ArgumentMap, Attack, Inference, Statement, ends


def around(map: ArgumentMap, ids: Iterable[str], depth: int) -> ArgumentMap:
    """The elements within some steps of given ones, and whatever holds among them alone.

    An inference with its premises and its conclusion is one step; so is an attack with those who carry it and its
    target, and so is a link. At depth 0 remain the given elements and what they cannot be told without, such as the
    premises of a given inference.

    Raises:
        KeyError: An element is not in the map.
    """
    reached = _closed(map, ids)
    steps = [{step.id} | ends(step) for step in _steps(map)] + [ends(link) for link in map.links]
    for _ in range(depth):
        wider = _closed(map, {end for ends in steps if not ends.isdisjoint(reached) for end in ends} | reached)
        if wider == reached:
            break
        reached = wider
    return map.among(reached)


def of_group(map: ArgumentMap, group: str) -> ArgumentMap:
    """The statements of a group, such as a theory, and whatever holds among them alone."""
    return map.among({statement.id for statement in map.statements if group in statement.groups})


def _steps(map: ArgumentMap) -> Iterator[Inference | Attack]:
    yield from map.inferences
    yield from map.attacks


def _closed(map: ArgumentMap, ids: Iterable[str]) -> set[str]:
    """Some elements with all that they cannot be told without."""
    closed: set[str] = set()
    left = list(ids)
    while left:
        element = map[left.pop()]
        if element.id not in closed:
            closed.add(element.id)
            left += [] if isinstance(element, Statement) else ends(element)
    return closed
