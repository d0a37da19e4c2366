"""``theorymap sparql``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from theorymap.cli.options import emit, open_workspace, output_option, workspace_option

# What only a query holds; DESCRIBE <x> does without braces.
_QUERY = re.compile(r"[{\n]|^\s*DESCRIBE\s", re.IGNORECASE)
_ROWS, _TRIPLES = ("json", "csv", "tsv", "xml"), ("turtle", "nt", "rdfxml", "jsonld")


@click.command("sparql")
@click.argument("query")
@click.option(
    "--format",
    "shown",
    type=click.Choice([*_ROWS, *_TRIPLES]),
    default=None,
    help="How the answer is written [default: csv, turtle for CONSTRUCT].",
)
@click.option("--timeout", type=float, default=None, help="Give up after so many seconds.")
@output_option
@workspace_option
def command(query: str, shown: str | None, timeout: float | None, output: str | None, folder: str) -> None:
    """Ask anything in SPARQL: a query, a file that holds one, or - for standard input.

    \b
    Example: theorymap sparql 'SELECT DISTINCT ?theory WHERE { ?theory a tm:Theory } ORDER BY ?theory'
    """
    from theorymap import sparql_outline

    text = _text(query)
    workspace = open_workspace(folder)
    if shown is None:
        shown = "turtle" if sparql_outline.outline(text).form in ("CONSTRUCT", "DESCRIBE") else "csv"
    target = {"turtle": "ttl"}.get(shown, shown)
    emit(workspace.sparql(text, target, timeout), output)


def _text(query: str) -> str:
    """The words of the query."""
    from theorymap.errors import SourceError

    if query == "-":
        return sys.stdin.read()
    if _QUERY.search(query):
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = "it is not UTF-8" if isinstance(problem, UnicodeDecodeError) else problem.strerror
        said = f"{query!r} is neither SPARQL nor a file that can be read: {reason}"
        raise SourceError(
            said, "Write a query in braces, such as 'ASK { ?x a tm:Theory }', or name a file."
        ) from problem
