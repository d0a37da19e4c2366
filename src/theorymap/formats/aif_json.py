"""AIF JSON as a graph of nodes and edges, whichever way it is spelt.

AIFdb writes ``{"nodes": [...], "edges": [...], "locutions": [...]}``. Its extension xAIF puts the same into
``{"AIF": {...}}`` beside other blocks, adds `participants`, and writes some identifiers as numbers. Tools differ in
the case of keys (`nodeID`, `nodeId`, `node_id`) and in what is null or left out. All of that is levelled here.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from theorymap.errors import SourceError
from theorymap.findings import Origin

KINDS = {
    "I": "information nodes",
    "RA": "inferences",
    "CA": "conflicts",
    "PA": "preferences",
    "MA": "rephrases",
    "L": "locutions",
    "TA": "transitions",
    "YA": "illocutions",
}
"""The types of nodes, with the words for several of them."""

SCHEMES = {
    "abduction": "Abductive",
    "analogy": "Analogy",
    "cause-to-effect": "Cause to Effect",
    "consequences": "Consequences",
    "example": "Example",
    "expert-opinion": "Expert Opinion",
    "inconsistent-commitment": "Inconsistent Commitment",
    "position-to-know": "Position to Know",
    "practical-reasoning": "Practical Reasoning",
    "sign": "Sign",
    "elimination": "Elimination",
    "theory-to-case": "Theory to Case",
}
"""Our schemes by the names that AIFdb has for them, which are Walton's; for the last two it has none."""

DEFAULTS = {"RA": ("Default Inference", "72"), "CA": ("Default Conflict", "71")}
"""The name and number in AIFdb of the scheme of a node that follows none."""

_EXPORT_AGAIN = "Mend the file there, or export the map again from where it comes."
_NO_SPACE = re.compile(r"[^\s,]")


@dataclass(frozen=True)
class Node:
    """A node as it was found.

    Attributes:
        id: As text; empty where it has none.
        type: In capitals, such as ``I`` or ``RA``; empty where it has none.
        text: Its text; empty where it has none.
        scheme: The name of the scheme that a node of inference, conflict or illocution says it is an instance of.
        scheme_id: The number of that scheme in AIFdb, where it stands among the scheme fulfilments.
    """

    id: str
    type: str
    text: str
    scheme: str
    scheme_id: str = ""


@dataclass(frozen=True)
class Edge:
    """An edge as it was found; an end is empty where it has none."""

    source: str
    target: str


@dataclass(frozen=True)
class Graph:
    """Everything in a file, in its order.

    Attributes:
        nodes, edges: One for each entry of the lists, also for one that cannot be used.
        speakers: The names of participants by the identifiers of their locutions.
        text: The file as text.
        file: Its name in findings.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    speakers: dict[str, str]
    text: str = field(repr=False)
    file: str

    def origins(self, name: str) -> list[Origin]:
        """Where each entry of the list called `nodes` or `edges` begins; the file as a whole if that cannot be told."""
        count = len(self.nodes if name == "nodes" else self.edges)
        places = list(_places(self.text, name))
        if len(places) != count:
            return [Origin(self.file)] * count
        breaks = [-1, *(found.start() for found in re.finditer("\n", self.text))]
        lines = [bisect.bisect_left(breaks, place) for place in places]
        return [Origin(self.file, line, place - breaks[line - 1]) for line, place in zip(lines, places, strict=True)]


def parse(data: bytes, file: str) -> Graph:
    """The graph in a file of AIF JSON.

    Args:
        data: The bytes of the file.
        file: Its name in messages.

    Raises:
        SourceError: The bytes are no JSON, or hold no list of nodes; with line and column.
    """
    text = _decode(data, file)
    found = _block(_loads(text, file))
    if not isinstance(found, dict) or "nodes" not in found:
        raise _misshapen(text, file, "", "it holds no list of nodes")
    for name in ("nodes", "edges"):
        if not isinstance(found.get(name), list | None):
            raise _misshapen(text, file, name, f"{name} is no list")
    schemes = {_id(entry, "nodeid"): _id(entry, "schemeid") for entry in _entries(found, "schemefulfillments")}
    return Graph(
        tuple(_node(entry, schemes) for entry in _entries(found, "nodes")),
        tuple(
            Edge(_id(e, "fromid", "from", "source"), _id(e, "toid", "to", "target")) for e in _entries(found, "edges")
        ),
        _speakers(found),
        text,
        file,
    )


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        origin = Origin(file, before.count(b"\n") + 1, problem.start - before.rfind(b"\n"))
        raise SourceError(f"{origin}: the file is not UTF-8", "Save it as UTF-8.") from problem


def _loads(text: str, file: str) -> Any:
    """The value in a text; numbers stay as they are written, but for a fraction of nothing."""
    try:
        return json.loads(
            text, parse_int=str, parse_float=lambda number: number.removesuffix(".0"), parse_constant=lambda _: None
        )
    except json.JSONDecodeError as problem:
        origin = Origin(file, problem.lineno, problem.colno)
        raise SourceError(f"{origin}: this is no JSON: {problem.msg}", _EXPORT_AGAIN) from problem
    except RecursionError as problem:
        raise SourceError(f"{Origin(file, 1, 1)}: lists stand in lists too deep to be read", _EXPORT_AGAIN) from problem


def _misshapen(text: str, file: str, key: str, what: str) -> SourceError:
    """The error for JSON that is no AIF, at a key or at the first value of the file."""
    found = re.search(rf'"{key}"', text, re.IGNORECASE) if key else re.search(r"\S", text)
    repair = 'AIF JSON is {"nodes": [...], "edges": [...]}, or the same within {"AIF": ...}.'
    return SourceError(f"{_origin(file, text, found.start() if found else 0)}: this is no AIF: {what}", repair)


def _origin(file: str, text: str, place: int) -> Origin:
    return Origin(file, text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place))


def _level(entry: Any) -> Any:
    """A block with its keys in small letters alone: ``nodeID``, ``nodeId`` and ``node_id`` are one key."""
    return (
        {re.sub(r"[^a-z]", "", key.lower()): value for key, value in entry.items()}
        if isinstance(entry, dict)
        else entry
    )


def _block(found: Any) -> Any:
    """The block that holds the nodes."""
    whole = _level(found)
    return _level(whole["aif"]) if isinstance(whole, dict) and "aif" in whole else whole


def _entries(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The entries of a list; one that is no block is an empty block, and a list that is missing or null is empty."""
    listed = found.get(name)
    levelled = [_level(entry) for entry in listed] if isinstance(listed, list) else []
    return [entry if isinstance(entry, dict) else {} for entry in levelled]


def _id(entry: dict[str, Any], *keys: str) -> str:
    """The identifier under the first of some keys that has one."""
    return next((text for key in keys if (text := _text(entry.get(key)))), "")


def _text(value: Any) -> str:
    """A text or number as text, anything else as none; half a surrogate pair, which is no character, is replaced."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else ""


def _node(entry: dict[str, Any], schemes: dict[str, str]) -> Node:
    id, text = _id(entry, "nodeid", "id"), _text(entry.get("text"))
    named = _text(entry.get("scheme")).strip()
    kind = _text(entry.get("type")).strip().upper().removesuffix("-NODE")
    return Node(id, kind, text, text.strip() if named.isdigit() else named or text.strip(), schemes.get(id, ""))


def _speakers(found: dict[str, Any]) -> dict[str, str]:
    """The names of participants by the identifiers of their locutions; runs of white space are one space."""
    names = {
        _id(entry, "participantid", "personid", "id"): " ".join(
            f"{_text(entry.get('firstname'))} {_text(entry.get('surname'))}".split()
        )
        for entry in _entries(found, "participants")
    }
    spoken = {_id(e, "nodeid"): names.get(_id(e, "personid"), "") for e in _entries(found, "locutions")}
    return {locution: name for locution, name in spoken.items() if locution and name}


def _places(text: str, name: str) -> Iterator[int]:
    """Where in a text each entry of a list begins."""
    block = re.search(r'"aif"\s*:', text, re.IGNORECASE)
    opening = re.compile(rf'"{name}"\s*:\s*\[', re.IGNORECASE).search(text, block.end() if block else 0)
    decoder = json.JSONDecoder(parse_int=str)
    at = opening.end() if opening else len(text)
    while (found := _NO_SPACE.search(text, at)) and found[0] != "]":
        yield found.start()
        at = decoder.raw_decode(text, found.start())[1]
