"""``theorymap map --causal``."""

from __future__ import annotations

from pathlib import Path

from theorymap.cli.options import PICTURES, emit, notes, open_workspace, picture_format, show_table

LISTS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".md": "markdown", ".txt": "table"}
"""The formats of lists by the suffixes of files."""


def draw_or_list(
    names: tuple[str, ...], listed: str | None, chosen: str | None, output: str | None, folder: str
) -> None:
    """Draw or list the propositions of theories.

    Raises:
        UsageError: A list is to be written as a picture, or the suffix of the file is of no format.
    """
    from theorymap.causal.tables import TABLES
    from theorymap.draw.causes import picture
    from theorymap.errors import UsageError
    from theorymap.formats import FORMATS

    suffix = Path(output).suffix.lower() if output and output != "-" else ""
    shown = chosen or LISTS.get(suffix) or ("table" if listed and suffix not in PICTURES else "")
    format = "" if shown in LISTS.values() else picture_format(chosen, output)
    if listed and format:
        raise UsageError(f"a list is not written as {format}", f"Formats of lists: {', '.join(LISTS.values())}.")
    graph = open_workspace(folder).causes(*names)
    if format:
        emit(FORMATS[format].write(picture(graph)), output)
    else:
        show_table(TABLES[listed or "edges"](graph), shown, output)
    notes(graph.notes)
