"""``theorymap import``."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from theorymap.cli.options import colour, emit, open_workspace, workspace_option

if TYPE_CHECKING:
    from theorymap.importing.target import Imported

_SHOWN = 20
_TABLES = ("cases", "relations")
"""What is taken over from tables, every row of which is answered for."""
_UNSIGNED = """\
No author of the table is in the bibliography, so agent/makers-of-{key} holds what it says.
If the authors are known, add them to the entry (author = {{Family, Given}}) and import the table again:
  {again}"""


@click.command("import")
@click.argument("format")
@click.argument("file", type=click.Path())
@click.option("--key", default="", help="The key of the document [default: made from the name of the file].")
@click.option("--replace", is_flag=True, help="Write over the file of a document that has the key already.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.option("--missing", multiple=True, metavar="WORD", help="Of cases: what stands for no value, such as NA.")
@click.option("--coder", default="", help="Of tables: the agent of the workspace who answers for the import.")
@workspace_option
def command(
    format: str, file: str, key: str, replace: bool, dry_run: bool, missing: tuple[str, ...], coder: str, folder: str
) -> None:
    """Write what another tool holds into `kb/documents/KEY.yaml`, to go on with.

    An argument map: aif, xaif, argdown, apx, tgf or af.

    A table of cases by variables: cases, separated by commas, semicolons or tabs. A cell with nothing or a full stop
    has no value; any other word for it is named with --missing.

    A database of theories: relations, a table with the columns theory, cause, relation, effect and source in any order.

    Whoever made a table asserts what it says: its authors, if the bibliography names them, else an unnamed agent. What
    the workspace has under a name of the table is used, and listed.

    Every row is read, or rejected by number and reason. How much was read and how much was left, by kind, is said on
    standard error, and the path on standard output. The exit code is 0, rejected rows or not; it is 3 where no row of a
    table can be read, and nothing is written then.

    \b
    Example: theorymap import aif nodeset17918.json --key question-time-2020
    A table: theorymap import cases cities.csv --missing NA
    """
    from theorymap.errors import UsageError
    from theorymap.formats import FORMATS
    from theorymap.terms import nearest

    workspace = open_workspace(folder)
    options: dict[str, Any] = {"key": key, "replace": replace, "dry_run": dry_run}
    if format not in FORMATS and format not in _TABLES and (near := nearest(format, _TABLES)):
        raise UsageError(f"there is no format {format} to import from", f"Did you mean {near}?")
    if missing and format != "cases":
        raise UsageError(f"--missing is of cases, and not of {format}", "Leave it out, or import cases.")
    if format == "cases":
        imported = workspace.import_cases(file, missing=missing, coder=coder, **options)
    elif format == "relations":
        imported = workspace.import_relations(file, coder=coder, **options)
    else:
        imported = workspace.import_map(format, file, **options)
    _tell(imported, click.get_current_context().params)
    emit(imported.draft if dry_run else f"{workspace.layout.name(imported.path)}\n", None)


def _tell(imported: Imported, given: Mapping[str, Any]) -> None:
    """What was read and what was left, and what is to be done next, on standard error."""
    from theorymap.render.findings import findings_text

    table = given["format"] in _TABLES
    shown = imported.findings if table else imported.findings[:_SHOWN]
    click.echo(findings_text(shown, colour=colour()), nl=False, err=True)
    if len(imported.findings) > len(shown):
        click.echo(f"and {len(imported.findings) - len(shown):,} more", err=True)
    lines = [imported.summary]
    if imported.used:
        more = f" and {len(imported.used) - _SHOWN:,} more" if len(imported.used) > _SHOWN else ""
        lines.append(f"used as the workspace has them: {', '.join(imported.used[:_SHOWN])}{more}")
    if imported.entry:
        lines.append(f"Next: add this entry to kb/bibliography.bib, and complete it:\n{imported.entry.rstrip()}")
    if imported.unsigned:
        lines.append(_UNSIGNED.format(key=imported.key, again=_again(given)))
    if table:
        name = f"{imported.key}{Path(given['file']).suffix.lower()}"
        lines.append(f"Then: put the table beside the documents as {name}, and theorymap lock {imported.key}.")
    what = "says what is still to be filled in" if table else "lists, line by line, what the map does not say"
    click.echo("\n".join([*lines, f"Then: theorymap check {what}."]), err=True)


def _again(given: Mapping[str, Any]) -> str:
    """The command that imports the same table once more, from what the command was given."""
    words = ["theorymap", "import", given["format"], given["file"]]
    words += ["--replace"] if given["replace"] or not given["dry_run"] else []
    words += [word for missing in given["missing"] for word in ("--missing", missing)]
    for option, name in (("--key", "key"), ("--coder", "coder"), ("-w", "folder")):
        words += [option, given[name]] if given[name] not in ("", ".") else []
    return shlex.join(words)
