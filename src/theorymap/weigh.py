"""The arguments of the knowledge base weighed, explained and drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from theorymap.argue.labelling import acceptance
from theorymap.argue.semantics import Semantics
from theorymap.argue.structure import Weighing, receptions, voices
from theorymap.argue.translation import translate
from theorymap.errors import UsageError
from theorymap.knowledge import Knowledge
from theorymap.query.answer import run
from theorymap.table import Table

if TYPE_CHECKING:
    from theorymap.draw.arguments import Grouping
    from theorymap.draw.picture import Picture


def standing(
    knowledge: Knowledge, weighing: Weighing | None, semantics: str, *, credulous: bool, timeout: float | None
) -> Table:
    """What stands, as the question of that name shows it; for the arguments see `theorymap.Workspace.argue`.

    Raises:
        UsageError: There is no such semantics.
    """
    known = [one.value for one in Semantics]
    if semantics not in known:
        raise UsageError(f"{semantics!r} is no semantics", f"One of {', '.join(known)}.")
    translation = translate(knowledge.argument_map(weighing))
    labels = acceptance(translation, Semantics(semantics), credulous=credulous, timeout=timeout)
    table = run(knowledge.catalogue.get("standing"), knowledge.weighed(labels), {})
    return table if labels else replace(table, notes=("There is no such extension, so nothing is accepted.",))


def explanation(knowledge: Knowledge, id: str, weighing: Weighing | None) -> Table:
    """Why one thing stands or falls.

    Raises:
        UsageError: It is nothing that is weighed.
    """
    from theorymap.argue.explain import explain

    translation = translate(knowledge.argument_map(weighing))
    if id not in translation.map:
        raise UsageError(f"{id} cannot be weighed", "Name a claim, an argument or an attack.")
    return explain(translation, id, voices(knowledge.part), receptions(knowledge.part))


def picture(knowledge: Knowledge, id: str, *, depth: int | None, group_by: Grouping) -> Picture:
    """The arguments around one thing, or all; for the arguments see `theorymap.Workspace.map`.

    Raises:
        UsageError: No claim speaks of it.
    """
    from theorymap.draw import arguments, extract

    whole = shown = knowledge.argument_map()
    if id in whole:
        shown = extract.around(whole, [id], 2 if depth is None else depth)
    elif id:
        told = whole.told_by({id}) if id.startswith("work/") else extract.of_group(whole, id)
        shown = extract.around(whole, [s.id for s in told.statements], depth) if depth else told
    if not shown.statements:
        raise UsageError(f"no claim speaks of {id}", "Name a claim, an argument, a theory or a document.")
    title = next((statement.text for statement in shown.statements if statement.id == id), id)
    labels = acceptance(translate(whole))
    return arguments.picture(replace(shown, title=title), labels, group_by=group_by, base=knowledge.base)
