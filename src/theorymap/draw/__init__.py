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

WRITERS: dict[str, Callable[[Picture], bytes]] = {
    "svg": lambda picture: to_svg(picture).encode(),
    "png": to_png,
    "dot": lambda picture: to_dot(picture).encode(),
    "graphml": lambda picture: to_graphml(picture).encode(),
}
"""What draws a picture, by the name of the format in `theorymap.formats.FORMATS`: the same bytes for the same picture,
fonts and Graphviz. SVG and PNG raise EngineError where Graphviz is missing, fails or does not finish."""
