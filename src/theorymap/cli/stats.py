"""``theorymap stats``."""

from __future__ import annotations

import click

from theorymap.cli.options import open_workspace, show_table, table_options, workspace_option


@click.command("stats")
@table_options
@workspace_option
def command(shown: str, output: str | None, folder: str) -> None:
    """Count what the knowledge base holds.

    \b
    Example: theorymap stats --format markdown
    """
    show_table(open_workspace(folder).stats(), shown, output)
