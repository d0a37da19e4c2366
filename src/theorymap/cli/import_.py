"""``theorymap import``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from theorymap.cli.options import colour, emit, open_workspace, workspace_option

if TYPE_CHECKING:
    from theorymap.workspace import Workspace

_SHOWN = 20
_TABLES: dict[str, Callable[[Workspace], Callable[..., Any]]] = {
    "relations": lambda workspace: workspace.import_relations,
}
"""What is taken over from tables, every row of which is answered for."""


@click.command("import")
@click.argument("format")
@click.argument("file", type=click.Path())
@click.option("--key", default="", help="The key of the document [default: made from the name of the file].")
@click.option("--replace", is_flag=True, help="Write over the file of a document that has the key already.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@workspace_option
def command(format: str, file: str, key: str, replace: bool, dry_run: bool, folder: str) -> None:
    """Write what another tool holds into `kb/documents/KEY.yaml`, to go on with.

    An argument map: aif or xaif. A database of theories: relations, a CSV or TSV file with the columns theory, cause,
    relation, effect and source in any order; every row is read, or rejected by number and reason.

    How much was read and how much was left, by kind, is said on standard error, and the path on standard output.

    \b
    Example: theorymap import aif nodeset17918.json --key question-time-2020
    Example: theorymap import relations theories.csv --key behaviour-change-2020
    """
    from theorymap import render
    from theorymap.errors import UsageError
    from theorymap.formats import FORMATS
    from theorymap.terms import nearest

    workspace = open_workspace(folder)
    options: dict[str, Any] = {"key": key, "replace": replace, "dry_run": dry_run}
    table = _TABLES.get(format)
    if table is None and format not in FORMATS and (near := nearest(format, _TABLES)):
        raise UsageError(f"there is no format {format} to import from", f"Did you mean {near}?")
    imported = table(workspace)(file, **options) if table else workspace.import_map(format, file, **options)
    findings = imported.findings
    shown = findings if table else findings[:_SHOWN]
    click.echo(render.findings_text(shown, colour=colour()), nl=False, err=True)
    if len(findings) > len(shown):
        click.echo(f"and {len(findings) - len(shown):,} more", err=True)
    click.echo(imported.summary(), err=True)
    if imported.entry:
        click.echo(
            f"Next: add this entry to kb/bibliography.bib, and complete it:\n{imported.entry}", err=True, nl=False
        )
    click.echo(
        f"Then: theorymap check lists, line by line, what the {'rows do' if table else 'map does'} not say.", err=True
    )
    emit(imported.draft if dry_run else f"{workspace.layout.name(imported.path)}\n", None)
