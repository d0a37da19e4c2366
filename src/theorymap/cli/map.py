"""``theorymap map``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from theorymap.cli.options import emit, open_workspace, output_option, workspace_option

if TYPE_CHECKING:
    from theorymap.draw.arguments import Grouping

_SUFFIXES = {".svg": "svg", ".png": "png", ".dot": "dot", ".gv": "dot", ".graphml": "graphml"}


@click.command("map")
@click.argument("name", default="")
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
    "--format",
    "chosen",
    type=click.Choice(["svg", "png", "dot", "graphml"]),
    default=None,
    help="What is written  [default: as the file is called, else svg].",
)
@output_option
@workspace_option
def command(name: str, depth: int | None, group_by: str, chosen: str | None, output: str | None, folder: str) -> None:
    """Draw the arguments around a claim, an argument, a theory or a document; without NAME, all of them.

    SVG and PNG need Graphviz: pip install "theorymap[draw]".

    \b
    Example: theorymap map claim/psychological-trust-of-limited-use --depth 2 -o map.svg
    """
    from theorymap import draw

    format = _format(chosen, output)
    picture = open_workspace(folder).map(name, depth=depth, group_by=cast("Grouping", group_by))
    emit(draw.render(picture, format), output)
    for note in picture.notes:
        click.echo(f"theorymap: {note}", err=True)


def _format(chosen: str | None, output: str | None) -> str:
    """The format that was chosen, or that the suffix of the file says; PNG is not printed to a terminal.

    Raises:
        UsageError: The suffix is of no format, or a picture of bytes would be printed.
    """
    from theorymap.errors import UsageError

    to_file = output and output != "-"
    suffix = Path(output).suffix.lower() if output and to_file else ".svg"
    if chosen is None and suffix not in _SUFFIXES:
        raise UsageError(f"no picture is called *{suffix}", f"Name the --format, or end in {', '.join(_SUFFIXES)}.")
    format = chosen or _SUFFIXES[suffix]
    if format == "png" and not to_file and sys.stdout.isatty():
        raise UsageError("a PNG is not printed to a terminal", "Write it to a file with -o.")
    return format
