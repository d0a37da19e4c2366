"""Which elements of a map stand, under a semantics of the user's choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from theorymap.argue.framework import Framework, Label
from theorymap.argue.semantics import Extension, Semantics, Solver, first
from theorymap.argue.translation import Translation
from theorymap.argument_map import ArgumentMap, Statement
from theorymap.errors import EngineError
from theorymap.table import NOTHING, Cell, Column, Status, Table

NOT_PUT_FORWARD = "not-put-forward"
LIMIT = 10_000
"""How many extensions are gone through at most."""


def acceptance(
    translation: Translation,
    semantics: Semantics = Semantics.GROUNDED,
    *,
    credulous: bool = False,
    timeout: float | None = None,
) -> dict[str, str]:
    """For each element of a map: in, out, undecided or not-put-forward; empty where there is no extension.

    An element is in where it is in every extension (credulously: in one of them), out where it is out in every one.

    Args:
        translation: The map and its framework.
        semantics: Which sets are extensions.
        credulous: Whether one extension is enough.
        timeout: The seconds that the search may take.

    Raises:
        OutOfTime: The search was stopped.
        EngineError: There are more than `LIMIT` extensions.
    """
    if semantics is Semantics.GROUNDED:
        return {id: _word(translation, id, {label}) for id, label in translation.grounded().items()}
    extensions, more = first(Solver(translation.framework, timeout).extensions(semantics), LIMIT)
    if more:
        raise EngineError(
            f"there are more than {LIMIT} extensions", "Weigh a part of the map, or use --semantics grounded."
        )
    seen: dict[str, set[Label | None]] = {}
    for extension in extensions:
        for id, label in translation.labels(labelling(translation.framework, extension)).items():
            seen.setdefault(id, set()).add(label)
    if credulous:
        seen = {id: {Label.IN} if Label.IN in labels else labels for id, labels in seen.items()}
    return {id: _word(translation, id, labels) for id, labels in seen.items()}


def table(map: ArgumentMap, labels: Mapping[str, str], title: str) -> Table:
    """How each statement and each step of a map fares, in its order.

    Args:
        map: A map that is no knowledge base.
        labels: What `acceptance` gave.
        title: What the table is called.
    """
    columns = (Column("standing", "Standing"), Column("text", "In words"), Column("id", "Identifier"))
    named = [(statement.id, statement.text) for statement in map.statements]
    named += [(step.id, step.title or step.text or step.scheme) for step in map.inferences]
    rows = [(labels[id].replace("-", " "), words or NOTHING, id) for id, words in named if labels]
    cells = tuple(tuple(Cell(value, status=Status.INFERRED) for value in row) for row in rows)
    notes = () if labels else ("There is no such extension, so nothing is accepted.",)
    return Table(title, columns, cells, notes)


def labelling(framework: Framework, extension: Extension) -> list[Label]:
    """The labels that an extension gives: in, out where it attacks, else undecided."""
    labels = [Label.UNDECIDED] * len(framework.names)
    for argument in extension:
        labels[argument] = Label.IN
        for target in framework.targets[argument]:
            labels[target] = Label.OUT
    return labels


def _word(translation: Translation, id: str, labels: Iterable[Label | None]) -> str:
    if isinstance(translation.map[id], Statement) and not translation.available(id):
        return NOT_PUT_FORWARD
    (label, *others) = set(labels)
    return Label.UNDECIDED.value if others or label is None else label.value
