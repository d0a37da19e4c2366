"""A picture as SVG and PNG, laid out by the Graphviz that the wheels of pygraphviz bring.

The wheels bring a library and not the program ``dot``, and a library that hangs or crashes takes its process with it.
So this file is also run as a program of its own, which can be stopped: DOT comes in, the picture goes out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib.util import find_spec

from theorymap.draw.dot import to_dot
from theorymap.draw.picture import Picture, clean
from theorymap.errors import EngineError

SECONDS = 120.0
_MISSING = 'pip install "theorymap[draw]"'
# Pictures are drawn by several commands, and what makes them smaller is an option of one.
_SMALLER = "Draw less of it: `theorymap map NAME --depth 1`, or `theorymap map --causal NAME` for one theory."
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_PROGRAM = "import sys, theorymap.draw.graphviz as g; sys.exit(g.draw(sys.argv[1]))"


def to_svg(picture: Picture, timeout: float = SECONDS) -> str:
    """A picture as SVG 1.1: every node has a title for those who do not see it, nodes are links, nothing is a script.

    Raises:
        EngineError: Graphviz is missing, failed, or was not done after `timeout` seconds.
    """
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    # Reading it drops the comments, which name the version of Graphviz.
    root = ET.fromstring(_drawn(to_dot(picture), "svg", timeout))
    _describe(root, picture)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def to_png(picture: Picture, timeout: float = SECONDS) -> bytes:
    """A picture as PNG; raises what `to_svg` raises."""
    return _drawn(to_dot(picture), "png", timeout)


def _describe(root: ET.Element, picture: Picture) -> None:
    """Put what a reader should hear in the place of the names that Graphviz puts into the titles."""
    told = {f"n{place}": node.told for place, node in enumerate(picture.spelled().nodes, 1)}
    told |= {f"g{place}": group for place, (group, _) in enumerate(picture.spelled().groups(), 1)}
    for group in root.iter(f"{{{_SVG}}}g"):
        title = group.find(f"{{{_SVG}}}title")
        if title is None:
            continue
        text = clean(told.get(group.get("id", ""), ""))
        if text:
            title.text = text
        else:
            group.remove(title)
    if picture.notes:
        description = ET.Element(f"{{{_SVG}}}desc")
        description.text = clean("\n".join(picture.notes))
        root.insert(0, description)
    heading = ET.Element(f"{{{_SVG}}}title")
    heading.text = clean(picture.title)
    root.insert(0, heading)


def _drawn(dot: str, format: str, timeout: float) -> bytes:
    if find_spec("pygraphviz") is None:
        raise EngineError("Graphviz is not installed, which draws SVG and PNG", f"Install it with {_MISSING}.")
    command = [sys.executable, "-P", "-c", _PROGRAM, format]
    # It finds the packages where this process found them.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            command, input=dot.encode(), capture_output=True, timeout=timeout, check=False, env=environment
        )
    except subprocess.TimeoutExpired as late:
        raise EngineError(f"Graphviz was not done after {timeout:g} seconds", _SMALLER) from late
    except OSError as problem:
        raise EngineError(f"Graphviz could not be started: {problem.strerror}") from problem
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["nothing"]
        raise EngineError(f"Graphviz failed (exit code {done.returncode}); it said: {said[-1][:300]}", _SMALLER)
    return done.stdout


def draw(format: str) -> int:
    """Draw the DOT of standard input to standard output; the process that runs this does nothing else."""
    import pygraphviz

    graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode())
    if format == "png":
        graph.graph_attr["dpi"] = "144"
    sys.stdout.buffer.write(graph.draw(format=format, prog="dot"))
    return 0
