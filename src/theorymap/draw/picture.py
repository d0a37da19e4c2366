"""A picture as plain data: nodes and edges, each with a style, and what the legend says of the styles.

A style carries its meaning by line, shape and sign; colour only repeats it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

INK = "#222222"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEME = re.compile(r"([^/?#]*?):")
_SCHEMES = frozenset({"http", "https", "mailto"})


def clean(text: str) -> str:
    """Text that XML 1.0 (section 2.2, production Char) can hold: any other character becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def safe_link(link: str) -> str:
    """A link that only leads somewhere: on the web, by mail or relative; empty for any other, such as a script.

    >>> safe_link("https://example.org/a b"), safe_link("#note"), safe_link("java\\tscript:alert(1)")
    ('https://example.org/a%20b', '#note', '')
    """
    # Browsers drop these characters before they look for the scheme.
    bare = re.sub(r"[\x00-\x1f\x7f-\x9f]", "", link).strip()
    scheme = _SCHEME.match(bare)
    return "" if scheme and scheme[1].lower() not in _SCHEMES else clean(bare).replace(" ", "%20")


@dataclass(frozen=True)
class NodeStyle:
    """How a sort of node looks.

    Attributes:
        name: What the sort is called in the data of the picture: words of letters, digits and hyphens.
        meaning: What the legend says of it.
        shape: A shape of Graphviz; ``point`` is a dot without text.
        line: Of the border: ``solid``, ``dashed`` or ``dotted``, and ``rounded`` or ``diagonals``, with commas.
        width: Of the border, in points.
        sign: What stands before the text.
        italic: Whether the text is.
        size: Of the letters, in points.
        columns, rows: How much of the text is shown: letters a line, and lines.
        colour, fill, ink: Of border, area and letters.
    """

    name: str
    meaning: str = ""
    shape: str = "box"
    line: str = "solid"
    width: float = 1.0
    sign: str = ""
    italic: bool = False
    size: float = 11
    columns: int = 32
    rows: int = 6
    colour: str = INK
    fill: str = "#FFFFFF"
    ink: str = INK


@dataclass(frozen=True)
class EdgeStyle:
    """How a sort of edge looks.

    Attributes:
        name, meaning: As for a node.
        line: ``solid``, ``dashed`` or ``dotted``.
        width: In points.
        head, tail: Arrowheads of Graphviz.
        colour: Of line and heads.
    """

    name: str
    meaning: str = ""
    line: str = "solid"
    width: float = 1.0
    head: str = "normal"
    tail: str = "none"
    colour: str = INK


WORD = NodeStyle("word", shape="plaintext", size=9, columns=24, rows=4, fill="#FFFFFF00")
"""A word within an edge; edges may meet and end at it."""


@dataclass(frozen=True)
class Node:
    """A node.

    Attributes:
        id: Unique in its picture.
        text: What is written in it, as far as it fits.
        style: How it looks.
        tooltip: What a reader is told who asks for more; empty for the text in full.
        link: Where it leads; one that is not safe is left out.
        group: The heading of the cluster that it stands in; empty for none.
        status: A word for programs that read the picture.
        hedge, condition: Of the word of an edge, for such programs: how firmly what it stands for is said, and on what
            condition.
    """

    id: str
    text: str
    style: NodeStyle
    tooltip: str = ""
    link: str = ""
    group: str = ""
    status: str = ""
    hedge: str = ""
    condition: str = ""

    @property
    def told(self) -> str:
        """What a reader is told who asks for more, or does not see the picture."""
        return self.tooltip or self.text

    def lines(self) -> list[str]:
        """The text with its sign, wrapped; what does not fit is replaced by an ellipsis."""
        style = self.style
        if style.shape == "point":
            return []
        text = " ".join(clean(f"{style.sign} {self.text}").split())
        return textwrap.wrap(text, style.columns, max_lines=style.rows, placeholder=" …", break_on_hyphens=False)


@dataclass(frozen=True)
class Edge:
    """An edge between two nodes of its picture, named by their ids; the other attributes are as for a node."""

    source: str
    target: str
    style: EdgeStyle
    label: str = ""
    tooltip: str = ""
    link: str = ""
    hedge: str = ""
    condition: str = ""

    def through(self, node: str) -> tuple[Edge, Edge]:
        """The edge cut in two at a node, such as its word, so that other edges can end there; without the label."""
        first = replace(self, target=node, style=replace(self.style, head="none"), label="")
        return first, replace(self, source=node, style=replace(self.style, tail="none"), label="")


@dataclass(frozen=True)
class Picture:
    """Nodes and edges, in order.

    Attributes:
        title: What is seen.
        legend: The styles that are explained, in order.
        notes: What a reader must know to read the picture rightly.

    Raises:
        ValueError: Two nodes have one id, or an edge names a node that is not there.
    """

    title: str
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    legend: tuple[NodeStyle | EdgeStyle, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        known = {clean(node.id) for node in self.nodes}
        if len(known) != len(self.nodes):
            raise ValueError("two nodes have one id")
        for end in (end for edge in self.edges for end in (edge.source, edge.target)):
            if clean(end) not in known:
                raise ValueError(f"no node is called {end!r}")

    def loose(self) -> tuple[Node, ...]:
        """The nodes at which no edge begins or ends."""
        joined = {end for edge in self.edges for end in (edge.source, edge.target)}
        return tuple(node for node in self.nodes if node.id not in joined)

    def groups(self) -> Iterator[tuple[str, tuple[Node, ...]]]:
        """The headings in the order of the nodes, each with its nodes that are not loose; the empty heading first."""
        loose = set(self.loose())
        for group in dict.fromkeys(("", *(node.group for node in self.nodes))):
            nodes = tuple(node for node in self.nodes if node.group == group and node not in loose)
            if nodes:
                yield group, nodes

    def prefix(self) -> str:
        """What no id begins with."""
        prefix = "_"
        while any(clean(node.id).startswith(prefix) for node in self.nodes):
            prefix += "_"
        return prefix

    def spelled(self) -> Picture:
        """The same picture with the label of every edge as a node within it."""
        nodes, edges = list(self.nodes), []
        groups = {node.id: node.group for node in self.nodes}
        prefix = self.prefix()
        for place, edge in enumerate(self.edges, 1):
            if not edge.label:
                edges.append(edge)
                continue
            style = replace(WORD, name=edge.style.name)
            group = groups[edge.source] if groups[edge.source] == groups[edge.target] else ""
            word = Node(
                f"{prefix}{place}", edge.label, style, edge.tooltip, edge.link, group, "", edge.hedge, edge.condition
            )
            nodes.append(word)
            edges += edge.through(word.id)
        return replace(self, nodes=tuple(nodes), edges=tuple(edges))
