"""What would change a label: the smallest sets of new objections that give another one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from theorymap.argue.framework import Framework, grounded
from theorymap.argue.translation import Translation

LARGEST = 3
"""The size up to which sets are tried."""


def changes(translation: Translation, id: str, largest: int = LARGEST) -> list[tuple[str, ...]]:
    """The smallest sets of elements that, if an unanswered objection met each, would give another label.

    Args:
        translation: The map and its framework.
        id: The element whose grounded label is to change.
        largest: The size up to which sets are tried.

    Returns:
        All sets of the smallest size that has any, each sorted, in order; none if no size has.
    """
    goals = translation.goals(id)
    part, hits = _upstream(translation, goals)
    watched = [part.names.index(translation.framework.names[goal]) for goal in goals]
    before = [grounded(part)[place] for place in watched]
    for size in range(1, largest + 1):
        found = []
        for names in itertools.combinations(sorted(hits), size):
            after = grounded(part, [place for name in names for place in hits[name]])
            if [after[place] for place in watched] != before:
                found.append(names)
        if found:
            return found
    return []


def _upstream(translation: Translation, goals: Sequence[int]) -> tuple[Framework, Mapping[str, list[int]]]:
    """The part of the framework on which some arguments depend, and the places there that each element stands for.

    The grounded labels of a part that nothing outside attacks are those of the whole (directionality: P. Baroni and
    M. Giacomin, On principle-based evaluation of extension-based argumentation semantics, 2007).
    """
    framework = translation.framework
    seen, waiting = set(goals), list(goals)
    while waiting:
        for attacker in framework.attackers[waiting.pop()]:
            if attacker not in seen:
                seen.add(attacker)
                waiting.append(attacker)
    part = framework.part(sorted(seen))
    place = {name: number for number, name in enumerate(part.names)}
    hits = {
        element.id: [place[name] for name in translation.stands_as(element.id) if name in place]
        for element in translation.map.elements()
    }
    return part, {id: places for id, places in hits.items() if places}
