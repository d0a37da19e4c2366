"""``theorymap compare``."""

from __future__ import annotations

import click

from theorymap.cli.options import open_workspace, show_table, table_options, workspace_option


@click.command("compare")
@click.argument("kind")
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Dimensions with fewer than two values as well.")
@table_options
@workspace_option
def command(kind: str, names: tuple[str, ...], everything: bool, shown: str, output: str | None, folder: str) -> None:
    """Set things side by side: a row for each dimension, a column for each of NAMES.

    KIND is theories, cases, definitions (of constructs) or documents.
    Each value carries its own sources; a blank names the sections that were searched.

    \b
    Example: theorymap compare theories balance-of-threat balance-of-interests --all
    """
    show_table(open_workspace(folder).compare(kind, *names, all=everything), shown, output)
