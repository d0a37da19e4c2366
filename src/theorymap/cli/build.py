"""``theorymap build``."""

from __future__ import annotations

import sys

import click

from theorymap.cli.options import colour, documents_option, open_workspace, width, workspace_option


@click.command("build")
@click.option("-o", "--output", type=click.Path(), default="dist", help="The folder to build into.")
@documents_option
@workspace_option
def command(output: str, documents: str | None, folder: str) -> None:
    """Check the knowledge base, answer every question and write the exports into `dist/`.

    \b
    Example: theorymap build --documents ~/papers
    """
    from pathlib import Path

    from theorymap.build import build
    from theorymap.cli.check import passages, unsettled
    from theorymap.findings import Severity
    from theorymap.render.findings import findings_text
    from theorymap.render.text import table_text

    workspace = open_workspace(folder, documents)
    built = build(workspace, Path(output))
    if built.report.findings:
        click.echo(findings_text(built.report.findings, colour=colour()), nl=False)
    for line in unsettled(built.report):
        click.echo(line, err=True)
    for line in passages(built.report):
        click.echo(line)
    if built.shown is not None:
        click.echo(table_text(built.shown, width=width(), colour=colour()))
    click.echo(built.screen())
    if built.report.failed:
        sys.exit(3)
    if built.report.at_least(Severity.ERROR):
        sys.exit(1)
