"""Pairs of pictures that differ in one thing each, for the statements of loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from theorymap.draw.picture import Edge, EdgeStyle, Node, NodeStyle, Picture

BOX, LINE = NodeStyle("statement", "a statement"), EdgeStyle("supports", "supports")
FIRST = Node("a", "Walls", BOX, "Walls in full", "https://e.org/a", "One", "in")
NODES = (FIRST, Node("b", "Moats", BOX, group="One"), Node("c", "Alone", BOX))
EDGE = Edge("a", "b", LINE, "much", "Much more", "https://e.org/e")
DRAWN = Picture("Which?", NODES, (EDGE,), (BOX, LINE), ("One note.", "Another."))
WORDS = " ".join(["word"] * 100)

Pair = tuple[Picture, Picture]


def whole(**changed: Any) -> Pair:
    return DRAWN, replace(DRAWN, **changed)


def node(*changes: dict[str, Any]) -> Pair:
    """The first node in one way or another; of one change, as it is and with that."""
    first, *more = (replace(DRAWN, nodes=(replace(FIRST, **change), *NODES[1:])) for change in changes)
    return (first, more[0]) if more else (DRAWN, first)


def edge(**changed: Any) -> Pair:
    return whole(edges=(replace(EDGE, **changed),))


PAIRS: dict[str, Pair] = {
    "the title": whole(title="What?"),
    "a line break of the title": (replace(DRAWN, title="Which\none?"), replace(DRAWN, title="Which one?")),
    "a note": whole(notes=("One note.", "More.")),
    "where a note ends": whole(notes=("One note.\nAnother.",)),
    "the name of a node": (
        DRAWN,
        replace(DRAWN, nodes=(replace(FIRST, id="x"), *NODES[1:]), edges=(replace(EDGE, source="x"),)),
    ),
    "the text of a node": node({"text": "Gates"}),
    "text for which there is no room, beside a tooltip": node({"text": f"{WORDS} one"}, {"text": f"{WORDS} two"}),
    "text for which there is no room": node(
        {"text": f"{WORDS} one", "tooltip": ""}, {"text": f"{WORDS} two", "tooltip": ""}
    ),
    "white space in a text": node({"text": "Two  walls"}, {"text": "Two walls"}),
    "a tooltip": node({"tooltip": "Another"}),
    "a tooltip or the text again": node({"tooltip": "Walls"}, {"tooltip": ""}),
    "the link of a node": node({"link": "https://e.org/b"}),
    "a link that is not safe": node({"link": "javascript:alert(1)"}, {"link": ""}),
    "the group of a node": node({"group": "Two"}),
    "the group of a node without edges": whole(nodes=(*NODES[:2], replace(NODES[2], group="Two"))),
    "the status of a node": node({"status": "out"}),
    "the sort of a node": node({"style": replace(BOX, name="claim")}),
    "the shape of a node": node({"style": replace(BOX, shape="ellipse")}),
    "the colour of a node": node({"style": replace(BOX, fill="#FF0000")}),
    "the sign of a node": node({"style": replace(BOX, sign="!")}),
    "the ends of an edge": edge(source="b", target="a"),
    "which nodes an edge joins": whole(edges=(replace(EDGE, source="c"),)),
    "the sort of an edge": edge(style=replace(LINE, name="attacks")),
    "the head of an edge": edge(style=replace(LINE, head="dot")),
    "the word of an edge": edge(label="little"),
    "a word or a node": (
        replace(DRAWN, edges=(replace(EDGE, link="", tooltip=""),)),
        replace(DRAWN, edges=(replace(EDGE, link="", tooltip=""),)).spelled(),
    ),
    "the tooltip of an edge": edge(tooltip="Little more"),
    "the link of an edge": edge(link="https://e.org/f"),
    "the hedge of an edge": edge(hedge="possible"),
    "the condition of an edge": edge(condition="In summer."),
    "the hedge of a node": node({"hedge": "possible"}),
    "the condition of a node": node({"condition": "In summer."}),
    "what the legend says": whole(legend=(replace(BOX, meaning="a claim"), LINE)),
    "a legend": whole(legend=()),
    "a character that XML cannot hold": node({"tooltip": "a\x00b"}, {"tooltip": "a\ufffdb"}),
    "a carriage return": node({"tooltip": "a\r\nb"}, {"tooltip": "a\nb"}),
    "a sign or its escape": node({"tooltip": "a & b"}, {"tooltip": "a &amp; b"}),
    "the order of nodes": whole(nodes=(NODES[1], NODES[0], NODES[2])),
}
SEEN = {
    "the title",
    "the text of a node",
    "the group of a node",
    "the shape of a node",
    "the colour of a node",
    "the sign of a node",
    "the ends of an edge",
    "which nodes an edge joins",
    "the head of an edge",
    "the word of an edge",
    "what the legend says",
    "a legend",
}
"""The pairs that differ for the eye."""
