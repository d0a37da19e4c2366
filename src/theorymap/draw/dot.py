"""A picture as DOT, the language of Graphviz (https://graphviz.org/doc/info/lang.html).

Text is only ever put in quoted strings; HTML-like labels are not used. In a quoted string, Graphviz reads escapes
(``\\N``) and the entities of HTML, so backslashes and ampersands are escaped.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from theorymap.draw.picture import INK, Edge, EdgeStyle, Node, NodeStyle, Picture, clean, safe_link
from theorymap.draw.stack import parts, stacked

LOOSE = "Not connected"
"""The heading of the nodes at which no edge ends."""

_COLUMNS = 4
_WIDTH = 80
_LEFT = "\\l"
# As many parts and the legend are set one below the other; more are put where there is room.
_FEW = 2
_GRAPH = {
    "rankdir": "BT",
    "bgcolor": "white",
    "fontname": "Helvetica-Bold",
    "fontsize": 15,
    "fontcolor": INK,
    "labelloc": "t",
    "nodesep": 0.25,
    "ranksep": 0.35,
    "pad": 0.2,
    # Parts that hang together are laid out one by one and put close to each other. Graphviz then forgets the labels of
    # edges, which is why they are drawn as nodes.
    "pack": 10,
}
_NODE = {"fontname": "Helvetica", "fontcolor": INK, "margin": "0.12,0.07", "width": 0.2, "height": 0.2}
_EDGE = {"fontname": "Helvetica", "fontcolor": INK, "fontsize": 9, "arrowsize": 0.8}
_CLUSTER = {
    "style": "rounded,filled",
    "fillcolor": "#F6F6F4",
    "color": "#C8C8C4",
    "fontsize": 12,
    "margin": 12,
    # Upside down, because the graph grows upwards.
    "labelloc": "b",
}


def to_dot(picture: Picture) -> str:
    """A picture as a digraph, the same text for the same picture.

    The nodes are called as in the picture; the words of edges are nodes, as `Picture.spelled` makes them. In an SVG
    made of it, nodes have the ids ``n1``, ``n2`` and so on, in order, and their sort and status as classes. Hedges and
    conditions are attributes that Graphviz does not draw.
    """
    spelled = picture.spelled()
    ids = {node.id: f"n{place}" for place, node in enumerate(spelled.nodes, 1)}
    joined = [node for _, nodes in spelled.groups() for node in nodes]
    few = len(list(parts(joined, spelled.edges))) <= _FEW
    arranged = {"label": textwrap.fill(clean(picture.title), _WIDTH), "packmode": "array1" if few else "graph"}
    lines = [f"graph{_attributes(_GRAPH | arranged)};"]
    lines += [f"node{_attributes(_NODE)};", f"edge{_attributes(_EDGE)};"]
    for place, (group, nodes) in enumerate(spelled.groups(), 1):
        drawn = [_node(node, ids[node.id]) for node in nodes]
        below = [_hidden(lower, upper) for lower, upper in stacked(nodes, spelled.edges)]
        lines += _cluster(f"g{place}", group, [*drawn, *below]) if group else drawn
    lines += _loose(spelled.loose(), ids)
    lines += [_edge(edge) for edge in spelled.edges]
    lines += _legend(spelled.legend, spelled.prefix())
    return "\n".join(["digraph {", *(f"  {line}" for line in lines), "}", ""])


def _node(node: Node, id: str) -> str:
    attributes = {"id": id, "class": f"{node.style.name} {node.status}".strip(), **_look(node.style)}
    told = {"tooltip": node.told, "URL": safe_link(node.link), "hedge": node.hedge, "condition": node.condition}
    label = "\n".join(node.lines())
    return f"{_name(node.id)}{_attributes({**attributes, **told}, label=label)};"


def _look(style: NodeStyle) -> dict[str, object]:
    look: dict[str, object] = {
        "shape": style.shape,
        "style": f"filled,{style.line}",
        "penwidth": style.width,
        "color": style.colour,
        "fillcolor": style.fill,
        "fontcolor": style.ink,
        "fontsize": style.size,
        "fontname": "Helvetica-Oblique" if style.italic else "",
    }
    if style.shape == "point":
        look |= {"width": 0.07, "height": 0.07}
    if style.shape == "plaintext":
        look |= {"margin": "0.03,0.01"}
    return look


def _hidden(lower: str, upper: str) -> str:
    """An edge that is not seen and sets one node below the other."""
    return f"{_name(lower)} -> {_name(upper)} [style=invis, weight=9];"


def _row(left: str, right: str) -> str:
    """An edge that is not seen and sets one node left of the other."""
    return f"{{ rank=same; {_name(left)} -> {_name(right)} [style=invis]; }}"


def _edge(edge: Edge) -> str:
    told = {"class": edge.style.name, "tooltip": edge.tooltip, "URL": safe_link(edge.link)}
    told |= {"hedge": edge.hedge, "condition": edge.condition}
    return f"{_name(edge.source)} -> {_name(edge.target)}{_attributes({**_stroke(edge.style), **told})};"


def _stroke(style: EdgeStyle) -> dict[str, object]:
    return {
        "style": style.line,
        "penwidth": style.width,
        "dir": "both",
        "arrowhead": style.head,
        "arrowtail": style.tail,
        "color": style.colour,
    }


def _cluster(name: str, label: str, lines: Iterable[str]) -> list[str]:
    inner = [f"graph{_attributes(_CLUSTER | {'id': name, 'label': label})};", *lines]
    return [f"subgraph cluster_{name} {{", *(f"  {line}" for line in inner), "}"]


def _loose(nodes: Sequence[Node], ids: dict[str, str]) -> list[str]:
    """The nodes at which no edge ends, in a cluster of their own, in rows."""
    drawn = [_node(node, ids[node.id]) for node in nodes]
    rows = [nodes[place : place + _COLUMNS] for place in range(0, len(nodes), _COLUMNS)]
    for above, row in itertools.pairwise([[], *rows]):
        drawn += [_row(left.id, right.id) for left, right in itertools.pairwise(row)]
        drawn += [_hidden(lower.id, upper.id) for lower, upper in zip(row, above, strict=False)]
    return _cluster("loose", LOOSE, drawn) if nodes else []


def _legend(styles: Sequence[NodeStyle | EdgeStyle], prefix: str) -> list[str]:
    """Each style with its meaning, in rows."""
    lines: list[str] = []
    for place, style in enumerate(styles):
        name = f"{prefix}{place}"
        lines += _sample(style, _quoted(name), _quoted(f"{name}a"))
        if place % _COLUMNS:
            lines.append(_row(f"{prefix}{place - 1}a", name))
        if place >= _COLUMNS:
            lines.append(_hidden(name, f"{prefix}{place - _COLUMNS}"))
    return _cluster("legend", "Legend", lines) if styles else []


def _sample(style: NodeStyle | EdgeStyle, name: str, told: str) -> Iterator[str]:
    """A style and, to the right of it, its meaning."""
    if isinstance(style, NodeStyle):
        look = {**_look(style), "width": 0.4, "height": 0.22, "margin": "0.05,0.02"}
        yield f"{name}{_attributes(look, label=style.sign or ' ')};"
        stroke: dict[str, object] = {"style": "invis"}
    else:
        yield f"{name}{_attributes({'shape': 'point', 'width': 0.04, 'color': style.colour})};"
        stroke = {**_stroke(style), "minlen": 2}
    meaning = _quoted(style.meaning, _LEFT)
    yield f'{told} [label={meaning}, shape=plaintext, fontsize=10, width=1.5, margin="0.05,0.02"];'
    yield f"{{ rank=same; {name} -> {told}{_attributes(stroke)}; }}"


def _attributes(values: Mapping[str, object], **always: str) -> str:
    """A list of attributes; of the first ones, those that are empty are left out."""
    texts = {key: str(value) for key, value in values.items() if value != ""} | always
    return " [" + ", ".join(f"{key}={_quoted(value)}" for key, value in texts.items()) + "]"


def _name(id: str) -> str:
    """The name of a node: a string in which Graphviz reads neither entities nor line breaks; backslashes come in twos.

    It cannot be told a single backslash before a quotation mark or the end.
    """
    return '"' + clean(id).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted(text: str, end: str = "") -> str:
    """A string in which text stands for itself; the end is for Graphviz."""
    safe = clean(text).replace("\\", "\\\\").replace("&", "&amp;").replace('"', '\\"')
    safe = safe.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return f'"{safe}{end}"'
