"""``theorymap map``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from theorymap.cli import causes
from theorymap.cli.options import PICTURES, TABLES, emit, notes, open_workspace, output_option, workspace_option

if TYPE_CHECKING:
    from theorymap.draw.arguments import Grouping


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
    type=click.Choice([*PICTURES, *TABLES]),
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
        return causes.draw_or_list(names, listed, chosen, output, folder)
    if listed or chosen in TABLES:
        raise UsageError("arguments are drawn and not listed", "Ask for a table with --causal.")
    if len(names) > 1:
        raise UsageError("one map of arguments is drawn at a time", "Give one name, or --causal to draw theories.")
    from theorymap.formats import FORMATS, of_file

    format = of_file(chosen, output, PICTURES, "svg")
    picture = open_workspace(folder).map("".join(names), depth=depth, group_by=cast("Grouping", group_by))
    emit(FORMATS[format].write(picture), output)
    notes(picture.notes)
