"""A picture as GraphML (http://graphml.graphdrawing.org), for networkx, Gephi, yEd and Cytoscape."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from theorymap.draw.picture import Picture, clean, safe_link

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = {
    "graph": ("title", "notes"),
    "node": ("text", "kind", "status", "group", "hedge", "condition", "link", "tooltip"),
    "edge": ("kind", "label", "hedge", "condition", "link", "tooltip"),
}


def to_graphml(picture: Picture) -> str:
    """A picture as a directed graph whose nodes and edges carry their text, kind, status, group, hedge, condition, link
    and tooltip.

    The kind is the name of the style. All values are strings; empty ones are left out.
    """
    root = ET.Element("graphml", {"xmlns": _NAMESPACE})
    for domain, names in _KEYS.items():
        for name in names:
            key = {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": "string"}
            ET.SubElement(root, "key", key)
    graph = ET.SubElement(root, "graph", {"edgedefault": "directed"})
    _data(graph, "graph", {"title": picture.title, "notes": "\n".join(picture.notes)})
    for node in picture.nodes:
        values = {"text": node.text, "kind": node.style.name, "status": node.status, "group": node.group}
        values |= {"hedge": node.hedge, "condition": node.condition}
        values |= {"link": safe_link(node.link), "tooltip": node.tooltip}
        _data(ET.SubElement(graph, "node", {"id": clean(node.id)}), "node", values)
    for place, edge in enumerate(picture.edges, 1):
        ends = {"id": f"e{place}", "source": clean(edge.source), "target": clean(edge.target)}
        values = {"kind": edge.style.name, "label": edge.label, "hedge": edge.hedge, "condition": edge.condition}
        values |= {"link": safe_link(edge.link), "tooltip": edge.tooltip}
        _data(ET.SubElement(graph, "edge", ends), "edge", values)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _data(parent: ET.Element, domain: str, values: Mapping[str, str]) -> None:
    for name in _KEYS[domain]:
        if values[name]:
            ET.SubElement(parent, "data", {"key": f"{domain}-{name}"}).text = clean(values[name])
