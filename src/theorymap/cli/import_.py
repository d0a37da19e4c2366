"""``theorymap import``."""

from __future__ import annotations

import click

from theorymap.cli.options import colour, emit, open_workspace, workspace_option

_SHOWN = 20


@click.command("import")
@click.argument("format")
@click.argument("file", type=click.Path())
@click.option("--key", default="", help="The key of the document [default: made from the name of the file].")
@click.option("--replace", is_flag=True, help="Write over the file of a document that has the key already.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@workspace_option
def command(format: str, file: str, key: str, replace: bool, dry_run: bool, folder: str) -> None:
    """Write an argument map from another tool into `kb/documents/KEY.yaml`, to go on with: aif or xaif.

    How much was read and how much was left, by kind, is said on standard error, and the path on standard output.

    \b
    Example: theorymap import aif nodeset17918.json --key question-time-2020
    """
    from theorymap import render

    workspace = open_workspace(folder)
    imported = workspace.import_map(format, file, key=key, replace=replace, dry_run=dry_run)
    findings = imported.reading.findings
    click.echo(render.findings_text(findings[:_SHOWN], colour=colour()), nl=False, err=True)
    if len(findings) > _SHOWN:
        click.echo(f"and {len(findings) - _SHOWN:,} more", err=True)
    click.echo(imported.summary(), err=True)
    if imported.entry:
        click.echo(
            f"Next: add this entry to kb/bibliography.bib, and complete it:\n{imported.entry}", err=True, nl=False
        )
    click.echo("Then: theorymap check lists, line by line, what the map does not say.", err=True)
    emit(imported.draft if dry_run else f"{workspace.layout.name(imported.path)}\n", None)
