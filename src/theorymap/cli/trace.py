"""``theorymap trace``."""

from __future__ import annotations

import click

from theorymap.cli.options import colour, documents_option, emit, open_workspace, output_option, width, workspace_option


@click.command("trace")
@click.argument("name")
@click.option(
    "--format",
    "shown",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    help="How the answer is shown.",
)
@output_option
@documents_option
@workspace_option
def command(name: str, shown: str, output: str | None, documents: str | None, folder: str) -> None:
    """Show everything that is known of one thing: a claim, a theory, a variable, a case, a person.

    \b
    Example: theorymap trace claim/trust-is-glue
    """
    from theorymap.render.data import table_json
    from theorymap.render.markdown import table_markdown
    from theorymap.render.text import table_text

    tables = open_workspace(folder, documents).trace(name)
    if shown == "json":
        import json

        emit(
            json.dumps([json.loads(table_json(t)) | {"title": t.title} for t in tables], ensure_ascii=False, indent=1)
            + "\n",
            output,
        )
    elif shown == "markdown":
        emit("\n".join(table_markdown(table) for table in tables), output)
    else:
        emit("\n".join(table_text(t, width=width(), colour=colour() and output is None) for t in tables), output)
