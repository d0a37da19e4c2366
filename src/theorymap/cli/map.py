"""``theorymap map``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from theorymap.cli.options import emit, open_workspace, output_option, show_table, workspace_option

if TYPE_CHECKING:
    from theorymap.draw.arguments import Grouping

_SUFFIXES = {".svg": "svg", ".png": "png", ".dot": "dot", ".gv": "dot", ".graphml": "graphml"}
_TABLES = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".md": "markdown", ".txt": "table"}


@click.command("map")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--causal", is_flag=True, help="Draw the propositions of theories, and no arguments.")
@click.option("--depth", type=click.IntRange(min=0), default=None, help="How many steps around NAME are drawn.")
@click.option(
    "--group",
    "group_by",
    type=click.Choice(["theory", "section", "none"]),
    default="theory",
    show_default=True,
    help="What claims are clustered by.",
)
@click.option(
    "--list",
    "listed",
    type=click.Choice(["edges", "shared", "cycles"]),
    default=None,
    help="With --causal: a table instead, of the propositions, of those that theories share or conflict on, or of "
    "the loops.",
)
@click.option(
    "--format",
    "chosen",
    type=click.Choice([*dict.fromkeys(_SUFFIXES.values()), *_TABLES.values()]),
    default=None,
    help="What is written; a table with --causal only  [default: as the file is called, else svg, or table].",
)
@output_option
@workspace_option
def command(
    names: tuple[str, ...],
    causal: bool,
    depth: int | None,
    group_by: str,
    listed: str | None,
    chosen: str | None,
    output: str | None,
    folder: str,
) -> None:
    """Draw the arguments around a claim, an argument, a theory or a document; without NAME, all of them.

    With --causal, draw what causes what: the propositions of the theories that are named, with their variants, as one
    graph; a document or a construct may be named as well. Constructs that a mapping calls the same are one. As CSV it
    is the list of its edges.

    SVG and PNG need Graphviz: pip install "theorymap[draw]".

    \b
    Example: theorymap map claim/psychological-trust-of-limited-use --depth 2 -o map.svg
    Causal:  theorymap map --causal theory/kydd-trust theory/generalised-trust -o theories.svg
    Listed:  theorymap map --causal --list shared --format csv
    """
    from theorymap.errors import UsageError

    if causal:
        if depth is not None or group_by != "theory":
            raise UsageError("--causal draws whole theories, without --depth and --group")
        return _causal(names, listed, chosen, output, folder)
    if listed or chosen in _TABLES.values():
        raise UsageError("arguments are drawn and not listed", "Ask for a table with --causal.")
    if len(names) > 1:
        raise UsageError("one map of arguments is drawn at a time", "Give one name, or --causal to draw theories.")
    from theorymap.formats import FORMATS

    format = _format(chosen, output)
    picture = open_workspace(folder).map("".join(names), depth=depth, group_by=cast("Grouping", group_by))
    emit(FORMATS[format].write(picture), output)
    _note(picture.notes)


def _causal(names: tuple[str, ...], listed: str | None, chosen: str | None, output: str | None, folder: str) -> None:
    """Draw or list the propositions of theories."""
    from theorymap.causal.tables import TABLES
    from theorymap.draw import causes
    from theorymap.errors import UsageError
    from theorymap.formats import FORMATS

    suffix = Path(output).suffix.lower() if output and output != "-" else ""
    shown = chosen or _TABLES.get(suffix) or ("table" if listed and suffix not in _SUFFIXES else "")
    format = "" if shown in _TABLES.values() else _format(chosen, output)
    if listed and format:
        raise UsageError(f"a list is not written as {format}", f"Formats of lists: {', '.join(_TABLES.values())}.")
    graph = open_workspace(folder).causes(*names)
    if format:
        emit(FORMATS[format].write(causes.picture(graph)), output)
    else:
        show_table(TABLES[listed or "edges"](graph), shown, output)
    _note(graph.notes)


def _note(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(f"theorymap: {note}", err=True)


def _format(chosen: str | None, output: str | None) -> str:
    """The format that was chosen, or that the suffix of the file says.

    Raises:
        UsageError: The suffix is of no format.
    """
    from theorymap.errors import UsageError

    suffix = Path(output).suffix.lower() if output and output != "-" else ".svg"
    if chosen is None and suffix not in _SUFFIXES:
        raise UsageError(f"no picture is called *{suffix}", f"Name the --format, or end in {', '.join(_SUFFIXES)}.")
    return chosen or _SUFFIXES[suffix]
