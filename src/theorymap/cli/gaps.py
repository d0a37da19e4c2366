"""``theorymap gaps``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from theorymap.cli.options import (
    colour,
    emit,
    open_workspace,
    parameters,
    show_table,
    table_options,
    width,
    workspace_option,
)

if TYPE_CHECKING:
    from theorymap.table import Cell


@click.command("gaps")
@click.argument("name", required=False)
@click.option("-p", "--parameter", "given", multiple=True, metavar="NAME=VALUE", help="What the question is about.")
@click.option("--between", nargs=2, metavar="X Y", help="The fewest observations that would tell two theories apart.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=None, help="Seconds for the search.")
@table_options
@workspace_option
def command(
    name: str | None,
    given: tuple[str, ...],
    between: tuple[str, str] | None,
    timeout: float | None,
    shown: str,
    output: str | None,
    folder: str,
) -> None:
    """List what is missing: without a name how much of each sort, with a name what it is.

    \b
    Example: theorymap gaps untested-predictions
    Or: theorymap gaps --between rational-trust generalised-trust
    """
    from theorymap.errors import UsageError
    from theorymap.gaps import require_question

    workspace = open_workspace(folder)
    if between is not None:
        if name is not None or given:
            raise UsageError("--between takes two theories, no question and no parameter")
        told = workspace.between(*between, timeout=timeout)
        if shown == "table":
            sentences = [*map(_sentence, told.records()), *told.notes]
            emit("".join(f"{sentence}\n" for sentence in sentences), output)
        else:
            show_table(told, shown, output)
        return
    if name is None:
        show_table(workspace.gaps(**parameters(given)), shown, output)
        return
    require_question(name, workspace.knowledge.catalogue.group("gaps"))
    coloured = colour() and output is None
    emit(workspace.shown(name, shown, width=width(), colour=coloured, **parameters(given)), output)


def _sentence(row: dict[str, Cell]) -> str:
    """What would tell two theories apart, and where it is observed already, be it in part."""
    where = row["cases"].value
    return f"{row['answer']} The conditions are observed of {where}." if where else str(row["answer"])
