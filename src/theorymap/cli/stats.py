"""``theorymap stats``."""

from __future__ import annotations

import click

from theorymap.cli.options import documents_option, open_workspace, show_table, table_options, workspace_option


@click.command("stats")
@click.option(
    "--agreement",
    "second",
    type=click.Path(),
    default=None,
    metavar="FILE",
    help="How far a second coding, in KEY.yaml, agrees with the knowledge base.",
)
@table_options
@documents_option
@workspace_option
def command(second: str | None, shown: str, output: str | None, documents: str | None, folder: str) -> None:
    """Count what the knowledge base holds, or measure how far a second coder agrees with it.

    \b
    Example: theorymap stats --format markdown
    """
    workspace = open_workspace(folder, documents)
    table = workspace.stats() if second is None else workspace.agreement(second)
    show_table(table, shown, output)
