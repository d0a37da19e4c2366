"""``theorymap import``."""

from __future__ import annotations

from typing import Any

import click

from theorymap.cli.options import colour, emit, open_workspace, workspace_option

_SHOWN = 20
_TABLES = ("cases", "relations")
"""What is taken over from tables, every row of which is answered for."""


@click.command("import")
@click.argument("format")
@click.argument("file", type=click.Path())
@click.option("--key", default="", help="The key of the document [default: made from the name of the file].")
@click.option("--replace", is_flag=True, help="Write over the file of a document that has the key already.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.option("--missing", multiple=True, metavar="WORD", help="Of cases: what stands for no value, such as NA.")
@click.option("--coder", default="", help="Of cases: the agent who answers for the import.")
@workspace_option
def command(
    format: str, file: str, key: str, replace: bool, dry_run: bool, missing: tuple[str, ...], coder: str, folder: str
) -> None:
    """Write what another tool holds into `kb/documents/KEY.yaml`, to go on with.

    An argument map: aif, xaif, argdown, apx, tgf or af.

    A table of cases by variables: cases, separated by commas, semicolons or tabs. A cell with nothing or a full stop
    has no value; any other word for it is named with --missing.

    A database of theories: relations, a table with the columns theory, cause, relation, effect and source in any order.

    Every row is read, or rejected by number and reason. How much was read and how much was left, by kind, is said on
    standard error, and the path on standard output.

    \b
    Example: theorymap import aif nodeset17918.json --key question-time-2020
    A table: theorymap import cases cities.csv --missing NA
    """
    from theorymap import render
    from theorymap.errors import UsageError
    from theorymap.formats import FORMATS
    from theorymap.terms import nearest

    workspace = open_workspace(folder)
    options: dict[str, Any] = {"key": key, "replace": replace, "dry_run": dry_run}
    if format not in FORMATS and format not in _TABLES and (near := nearest(format, _TABLES)):
        raise UsageError(f"there is no format {format} to import from", f"Did you mean {near}?")
    if format == "cases":
        imported = workspace.import_cases(file, missing=missing, coder=coder, **options)
    elif format == "relations":
        imported = workspace.import_relations(file, **options)
    else:
        imported = workspace.import_map(format, file, **options)
    findings = imported.findings
    shown = findings if format in _TABLES else findings[:_SHOWN]
    click.echo(render.findings_text(shown, colour=colour()), nl=False, err=True)
    if len(findings) > len(shown):
        click.echo(f"and {len(findings) - len(shown):,} more", err=True)
    click.echo(imported.summary, err=True)
    if imported.entry:
        click.echo(
            f"Next: add this entry to kb/bibliography.bib, and complete it:\n{imported.entry}", err=True, nl=False
        )
    if format in _TABLES:
        click.echo(f"Then: put the table beside the documents as KEY.csv, and theorymap lock {imported.key}.", err=True)
    what = "rows do" if format in _TABLES else "map does"
    click.echo(f"Then: theorymap check lists, line by line, what the {what} not say.", err=True)
    emit(imported.draft if dry_run else f"{workspace.layout.name(imported.path)}\n", None)
