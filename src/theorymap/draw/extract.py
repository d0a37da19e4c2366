"""The part of an argument map that is drawn where the whole would be too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from theorymap.argument_map import ArgumentMap, Attack, Inference, Link, Statement


def around(map: ArgumentMap, ids: Iterable[str], depth: int) -> ArgumentMap:
    """The elements within some steps of given ones, and whatever holds among them alone.

    An inference with its premises and its conclusion is one step; so is an attack with those who carry it and its
    target, and so is a link. At depth 0 remain the given elements and what they cannot be told without, such as the
    premises of a given inference.

    Raises:
        KeyError: An element is not in the map.
    """
    reached = _closed(map, ids)
    steps = [{step.id} | _ends(step) for step in _steps(map)] + [_ends(link) for link in map.links]
    for _ in range(depth):
        wider = _closed(map, {end for ends in steps if not ends.isdisjoint(reached) for end in ends} | reached)
        if wider == reached:
            break
        reached = wider
    return _among(map, reached)


def of_group(map: ArgumentMap, group: str) -> ArgumentMap:
    """The statements of a group, such as a theory, and whatever holds among them alone."""
    return _among(map, {statement.id for statement in map.statements if group in statement.groups})


def _steps(map: ArgumentMap) -> Iterator[Inference | Attack]:
    yield from map.inferences
    yield from map.attacks


def _ends(step: Inference | Attack | Link) -> set[str]:
    """The ids of the elements that a step cannot be told without."""
    if isinstance(step, Inference):
        return {*step.premises, step.conclusion} - {""}
    if isinstance(step, Attack):
        return {*step.attackers, step.target}
    return {step.source, step.target}


def _closed(map: ArgumentMap, ids: Iterable[str]) -> set[str]:
    """Some elements with all that they cannot be told without."""
    closed: set[str] = set()
    left = list(ids)
    while left:
        element = map[left.pop()]
        if element.id not in closed:
            closed.add(element.id)
            left += [] if isinstance(element, Statement) else _ends(element)
    return closed


def _among(map: ArgumentMap, ids: set[str]) -> ArgumentMap:
    """The elements of some ids, with the inferences, attacks and links all of whose ends are there."""
    kept = set(ids)
    more = True
    while more:
        # In rounds, because an attack may be aimed at an inference or an attack that a round before has brought.
        found = {step.id for step in _steps(map) if step.id not in kept and _ends(step) and _ends(step) <= kept}
        kept |= found
        more = bool(found)
    return replace(
        map,
        statements=tuple(statement for statement in map.statements if statement.id in kept),
        inferences=tuple(inference for inference in map.inferences if inference.id in kept),
        attacks=tuple(attack for attack in map.attacks if attack.id in kept),
        links=tuple(link for link in map.links if _ends(link) <= kept),
    )
