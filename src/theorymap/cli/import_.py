"""``theorymap import``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from theorymap.cli.options import colour, emit, open_workspace, workspace_option

if TYPE_CHECKING:
    from theorymap.findings import Finding

_SHOWN = 20


@click.command("import")
@click.argument("format")
@click.argument("file", type=click.Path())
@click.option("--key", default="", help="The key of the document [default: made from the name of the file].")
@click.option("--replace", is_flag=True, help="Write over the file of a document that has the key already.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.option("--missing", multiple=True, metavar="WORD", help="Of a table: what stands for no value, such as NA.")
@click.option("--coder", default="", help="Of a table: the agent who answers for the import.")
@workspace_option
def command(
    format: str, file: str, key: str, replace: bool, dry_run: bool, missing: tuple[str, ...], coder: str, folder: str
) -> None:
    """Write an argument map or a table into `kb/documents/KEY.yaml`, to go on with: aif, xaif or cases.

    A table has a case in each row and a variable in each column, separated by commas, semicolons or tabs.
    A cell with nothing or a full stop has no value; any other word for it is named with --missing.

    How much was read and how much was left, by kind, is said on standard error, and the path on standard output.

    \b
    Example: theorymap import aif nodeset17918.json --key question-time-2020
    Or: theorymap import cases cities.csv --missing NA
    """
    workspace = open_workspace(folder)
    if format == "cases":
        table = workspace.import_cases(file, key=key, missing=missing, coder=coder, replace=replace, dry_run=dry_run)
        _tell(table.findings, table.summary(), table.entry)
        click.echo(
            "Then: put the table beside the documents as KEY.csv, theorymap lock KEY, theorymap check.", err=True
        )
        emit(table.draft if dry_run else f"{workspace.layout.name(table.path)}\n", None)
        return
    imported = workspace.import_map(format, file, key=key, replace=replace, dry_run=dry_run)
    _tell(imported.reading.findings, imported.summary(), imported.entry)
    click.echo("Then: theorymap check lists, line by line, what the map does not say.", err=True)
    emit(imported.draft if dry_run else f"{workspace.layout.name(imported.path)}\n", None)


def _tell(findings: Sequence[Finding], summary: str, entry: str) -> None:
    """Say what was read and what was not, and which entry the bibliography needs."""
    from theorymap import render

    click.echo(render.findings_text(findings[:_SHOWN], colour=colour()), nl=False, err=True)
    if len(findings) > _SHOWN:
        click.echo(f"and {len(findings) - _SHOWN:,} more", err=True)
    click.echo(summary, err=True)
    if entry:
        click.echo(f"Next: add this entry to kb/bibliography.bib, and complete it:\n{entry}", err=True, nl=False)
