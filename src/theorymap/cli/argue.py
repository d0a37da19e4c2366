"""``theorymap argue``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from theorymap.cli.options import emit, open_workspace, show_table, table_options, workspace_option

if TYPE_CHECKING:
    from theorymap.table import Table

_SEMANTICS = {"grounded": "GR", "complete": "CO", "preferred": "PR", "stable": "ST"}


@click.command("argue")
@click.argument("name", required=False)
@click.option(
    "--semantics",
    type=click.Choice(list(_SEMANTICS)),
    default="grounded",
    show_default=True,
    help="Which sets are extensions.",
)
@click.option("--credulous", is_flag=True, help="In is what one extension holds; else what all hold.")
@click.option("--asserted", is_flag=True, help="Only arguments whose maker asserts their premises.")
@click.option("--no-background", is_flag=True, help="Without what the registers of background say.")
@click.option("--no-reports", is_flag=True, help="Without claims that are merely told of others.")
@click.option("--file", "path", type=click.Path(), help="Weigh this file instead: .apx, .tgf, .af, .json or .argdown.")
@click.option(
    "--task",
    default="",
    help="What is asked of the file, such as SE-PR, EE-ST, DC-CO or DS-PR; without it, how each element fares.",
)
@click.option("-a", "--argument", default="", help="The argument that DC and DS are about.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="How many extensions are listed."
)
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=None, help="Seconds for the search.")
@table_options
@workspace_option
def command(
    name: str | None,
    semantics: str,
    credulous: bool,
    asserted: bool,
    no_background: bool,
    no_reports: bool,
    path: str | None,
    task: str,
    argument: str,
    limit: int,
    timeout: float | None,
    shown: str,
    output: str | None,
    folder: str,
) -> None:
    """Weigh arguments: which claims stand, why, and what would change it.

    \b
    Example: theorymap argue claim/trust-is-glue
    A file:  theorymap argue --file debate.apx --task DS-PR -a x
    """
    if path is not None and not task:
        show_table(_weighed(Path(path), _SEMANTICS[semantics], credulous, timeout), shown, output)
        return
    if path is not None:
        _task(Path(path), task, argument, limit, timeout, output)
        return
    from theorymap.argue.structure import Weighing

    plain = not (asserted or no_background or no_reports)
    weighing = None if plain else Weighing(asserted, not no_background, not no_reports)
    table = open_workspace(folder).argue(
        name or "", weighing=weighing, semantics=_SEMANTICS[semantics], credulous=credulous, timeout=timeout
    )
    show_table(table, shown, output)


def _weighed(path: Path, semantics: str, credulous: bool, timeout: float | None) -> Table:
    """How the elements of a file fare."""
    from theorymap.argue.labelling import acceptance, table
    from theorymap.argue.semantics import Semantics
    from theorymap.argue.translation import translate
    from theorymap.formats.frameworks import map_in

    map = map_in(path)
    labels = acceptance(translate(map), Semantics(semantics), credulous=credulous, timeout=timeout)
    return table(map, labels, f"Which elements of {path.name} stand?")


def _task(path: Path, task: str, argument: str, limit: int, timeout: float | None, output: str | None) -> None:
    """Answer a task of ICCMA on a file; NO is an answer, and leaves with 0."""
    from theorymap.argue import tasks
    from theorymap.formats.frameworks import framework_of

    framework, numbers = framework_of(path)
    try:
        words, note = tasks.answer(framework, task, argument, numbers=numbers, limit=limit, timeout=timeout)
    except tasks.LimitReached as reached:
        emit(reached.answer + "\n", output)
        raise
    emit(words + "\n", output)
    if note:
        click.echo(note, err=True)
