"""``theorymap map --causal``."""

from __future__ import annotations

from theorymap.cli.options import PICTURES, TABLES, emit, notes, open_workspace, show_table


def draw_or_list(
    names: tuple[str, ...], listed: str | None, chosen: str | None, output: str | None, folder: str
) -> None:
    """Draw or list the propositions of theories.

    Raises:
        UsageError: A list is to be written as a picture, the suffix of the file is of no format, or there are no
            propositions.
    """
    from theorymap.causal import tables
    from theorymap.draw.causes import picture
    from theorymap.errors import UsageError
    from theorymap.formats import FORMATS, of_file

    format = of_file(chosen, output, (*PICTURES, *TABLES), "table" if listed else "svg")
    if listed and format in PICTURES:
        raise UsageError(f"a list is not written as {format}", f"Formats of lists: {', '.join(TABLES)}.")
    workspace = open_workspace(folder)
    graph = workspace.causes(*names)
    if format in PICTURES:
        emit(FORMATS[format].write(picture(graph, base=workspace.layout.base)), output)
        notes(graph.notes)
    else:
        table = tables.TABLES[listed or "edges"](graph)
        show_table(table, format, output)
        notes(table.notes)
