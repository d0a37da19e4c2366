"""Pictures: nodes and edges drawn as SVG, PNG, DOT and GraphML.

A module for each kind of picture makes a `theorymap.draw.picture.Picture`, and every format draws it. DOT and GraphML
need nothing; SVG and PNG need Graphviz, which the wheels of pygraphviz bring.
"""

from __future__ import annotations

from collections.abc import Callable

from theorymap.draw.dot import to_dot
from theorymap.draw.graphml import to_graphml
from theorymap.draw.graphviz import to_png, to_svg
from theorymap.draw.picture import Picture
from theorymap.errors import UsageError
from theorymap.terms import nearest

FORMATS: dict[str, Callable[[Picture], bytes]] = {
    "svg": lambda picture: to_svg(picture).encode(),
    "png": to_png,
    "dot": lambda picture: to_dot(picture).encode(),
    "graphml": lambda picture: to_graphml(picture).encode(),
}
"""The formats of a picture by name, each with what draws it."""


def render(picture: Picture, format: str) -> bytes:
    """A picture in a format, the same bytes for the same picture, fonts and Graphviz.

    Raises:
        UsageError: There is no such format.
        EngineError: Graphviz is needed and is missing, failed, or did not finish.
    """
    if format not in FORMATS:
        near = nearest(format, FORMATS)
        raise UsageError(
            f"there is no picture format {format!r}",
            f"Did you mean {near}?" if near else f"Formats: {', '.join(FORMATS)}.",
        )
    return FORMATS[format](picture)
