"""What several commands share: options, opening the workspace, writing the result."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from theorymap.workspace import Workspace

TABLES = ("table", "csv", "tsv", "long", "json", "markdown", "footnotes", "html", "latex")
"""The formats of the registry that hold a table; a test holds them to it, since help is shown without importing it."""

PICTURES = ("svg", "png", "dot", "graphml")
"""The formats of the registry that hold a picture."""

F = TypeVar("F", bound=Callable[..., Any])


def workspace_option(command: F) -> F:
    """``--workspace``: the folder of the workspace."""
    option = click.option(
        "-w",
        "--workspace",
        "folder",
        type=click.Path(),
        default=".",
        help="The folder of the workspace, or one below it.",
    )
    return option(command)


def documents_option(command: F) -> F:
    """``--documents``: the folder of the documents."""
    option = click.option(
        "--documents",
        type=click.Path(),
        default=None,
        help="The folder of the documents [default: $THEORYMAP_DOCUMENTS].",
    )
    return option(command)


def table_options(command: F) -> F:
    """``--format`` and ``-o`` of the commands that answer with a table."""
    option = click.option(
        "--format",
        "shown",
        type=click.Choice(TABLES),
        default=None,
        callback=_table_format,
        help="How the answer is shown  [default: as the file is called, else table].",
    )
    return output_option(option(command))


def _table_format(context: click.Context, parameter: click.Parameter, chosen: str | None) -> str:
    """The format that was chosen, or that the file is called for; `-o` is read before."""
    output = context.params.get("output")
    if not output:
        return chosen or "table"
    from theorymap.formats import of_file

    return of_file(chosen, output, TABLES, "table")


def output_option(command: F) -> F:
    """``-o``: the file to write."""
    option = click.option("-o", "--output", type=click.Path(), default=None, is_eager=True, help="Write to this file.")
    return option(command)


def open_workspace(folder: str, documents: str | None = None) -> Workspace:
    """The workspace that the options name."""
    from theorymap.workspace import Workspace

    return Workspace.open(folder, documents)


def colour() -> bool:
    """Whether the reader is at a terminal and has not asked for plain text (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def width() -> int:
    """The width of the terminal, or a common one where there is none."""
    import shutil

    return shutil.get_terminal_size((120, 24)).columns


def show_table(table: Any, shown: str, output: str | None) -> None:
    """Write a table in a format, to a file or to standard output."""
    if shown == "table":
        from theorymap.render.text import table_text

        emit(table_text(table, width=width(), colour=colour() and output is None), output)
    else:
        from theorymap.formats import FORMATS

        emit(FORMATS[shown].write(table), output)


def emit(data: str | bytes, output: str | None) -> None:
    """Write a result whole: to a file, beside it and renamed, or to standard output.

    Raises:
        OutputError: It cannot be written.
        UsageError: It is no text, and would be printed to a terminal.
    """
    from theorymap.cache import write_whole
    from theorymap.errors import OutputError, UsageError

    raw = data.encode() if isinstance(data, str) else data
    if output and output != "-":
        write_whole(Path(output), raw)
        return
    if b"\0" in raw and sys.stdout.isatty():
        raise UsageError("what is no text is not printed to a terminal", "Write it to a file with -o.")
    try:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - so that nothing is written at exit
        raise OutputError(f"standard output cannot be written: {problem.strerror}") from problem


def notes(told: Iterable[str]) -> None:
    """Tell what a reader of a picture must know, on standard error."""
    for note in told:
        click.echo(f"theorymap: {note}", err=True)


def parameters(given: tuple[str, ...]) -> dict[str, str]:
    """The values of ``-p NAME=VALUE``.

    Raises:
        UsageError: One has no equals sign, or a name is given twice.
    """
    from theorymap.errors import UsageError

    values: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"{text!r} is no parameter", "Write -p NAME=VALUE.")
        if name in values:
            raise UsageError(f"the parameter {name!r} is given twice")
        values[name] = value
    return values
