"""``theorymap query``."""

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
    from theorymap.query.model import Query
    from theorymap.table import Table


@click.command("query")
@click.argument("name", required=False)
@click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="What the question is about; may be repeated.",
)
@table_options
@workspace_option
def command(name: str | None, given: tuple[str, ...], shown: str, output: str | None, folder: str) -> None:
    """Ask a question; without a name, list the questions.

    \b
    Example: theorymap query theories-side-by-side -p x=balance-of-threat -p y=balance-of-interests
    """
    workspace = open_workspace(folder)
    if name is None and given:
        from theorymap.errors import UsageError

        raise UsageError("a parameter was given, and no question", "Name the question; `theorymap query` lists them.")
    if name is None and shown in ("table", "json"):
        emit(_catalogue(workspace.questions(), shown, colour() and output is None), output)
    elif name is None:
        show_table(_listed(workspace.questions()), shown, output)
    else:
        coloured = colour() and output is None
        emit(workspace.shown(name, shown, width=width(), colour=coloured, **parameters(given)), output)


def _catalogue(queries: list[Query], shown: str, coloured: bool) -> str:
    """The questions by group, each with what it must be told."""
    if shown == "json":
        import json

        return (
            json.dumps(
                [
                    {
                        "name": q.name,
                        "group": q.group,
                        "question": q.summary,
                        "parameters": [p.name for p in q.parameters],
                    }
                    for q in queries
                ],
                indent=1,
            )
            + "\n"
        )
    lines: list[str] = []
    group = ""
    for query in queries:
        if query.group != group:
            group = query.group
            lines += [*([""] if lines else []), click.style(group, bold=True) if coloured else group]
        needed = "".join(
            f" -p {p.name}={p.example or p.type.upper()}" for p in query.parameters if p.required and not p.default
        )
        lines += [f"  {query.name}{needed}", f"      {query.summary}"]
    return "\n".join(lines) + "\n"


def _listed(queries: list[Query]) -> Table:
    """The questions as a table, for every format that is not for the eye."""
    from theorymap.table import Cell, Column, Status, Table

    rows = [(q.name, q.group, q.summary, ", ".join(p.name for p in q.parameters)) for q in queries]
    columns = (Column("name", "Name"), Column("group", "Group"), Column("question", "Question"))
    return Table(
        "Which questions are there?",
        (*columns, Column("parameters", "Parameters")),
        tuple(tuple(Cell(value, status=Status.INFERRED) for value in row) for row in rows),
    )
