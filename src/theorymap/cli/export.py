"""``theorymap export``."""

from __future__ import annotations

import click

from theorymap.cli.options import emit, open_workspace, output_option, workspace_option


@click.command("export")
@click.argument("format")
@click.option("--no-inferences", is_flag=True, help="Only what the files say; of the whole.")
@click.option("--no-background", is_flag=True, help="Without the files that hold background.")
@click.option("--document", default="", metavar="KEY", help="One document only.")
@output_option
@workspace_option
def command(
    format: str, no_inferences: bool, no_background: bool, document: str, output: str | None, folder: str
) -> None:
    """Write the knowledge base for other tools.

    Whole: turtle, trig, nquads, jsonld, rdfxml. Its works: bibtex, ris, csl. Its arguments: aif, xaif, argdown, and
    flattened to what attacks what, apx, tgf, af; drawn, svg, png, dot, graphml. Its claims, a row for each holder: csv,
    tsv, long, json, markdown, footnotes, html, latex, table.

    \b
    Example: theorymap export turtle -o theorymap.ttl
    Claims:  theorymap export csv -o claims.csv
    """
    from theorymap.errors import UsageError
    from theorymap.formats import FORMATS, Holds, named, of_file

    holds = named(format).holds
    if no_inferences and holds is not Holds.KNOWLEDGE:
        raise UsageError(f"{format} holds {holds.value}, and no inferences to leave out", "Leave out --no-inferences.")
    of_file(format, output, FORMATS, format)
    workspace = open_workspace(folder)
    data = workspace.export(format, inferred=not no_inferences, background=not no_background, document=document)
    emit(data, output)
