"""Argument maps in the Argument Interchange Format, as AIFdb's JSON and as xAIF.

A node I is a statement, RA an inference, CA an attack; an edge has no name, what it means follows from its ends. What
the other nodes say is used as far as a map has a place for it: an illocution (YA) that asserts a statement ties it to
the speaker of a locution (L), and one that is tied to an RA or CA says who makes the step.

Reed and others, *AIF: Dialogue in the Argument Interchange Format* (2011); Bex, Modgil, Prakken and Reed, *On logical
specifications of the Argument Interchange Format* (Journal of Logic and Computation, 2013), section 3, by which a
statement stands without an argument where no inference concludes it.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement
from theorymap.findings import Finding, Origin, warning
from theorymap.formats.aif_json import DEFAULTS, KINDS, SCHEMES, Edge, Graph, Node, parse
from theorymap.formats.reading import MapReading
from theorymap.wording import counted

_EDGES = {("I", "RA"), ("RA", "I"), ("RA", "RA"), ("I", "CA"), ("RA", "CA"), ("CA", "I"), ("CA", "RA"), ("CA", "CA")}
_OUTSIDE = ("YA", "TA", "L", "MA", "PA")
_SPEAKER = 60

_OURS = {spelt.casefold(): ours for ours, name in SCHEMES.items() for spelt in (ours, name)}


def read(data: bytes, name: str) -> MapReading:
    """The argument map in a file of AIF JSON or xAIF.

    An inference with several conclusions becomes one inference for each, and a conflict with several targets one
    attack for each; the first keeps the identifier of the node. What is aimed at such an inference is aimed at each of
    them, what is aimed at such a conflict at the first.

    Args:
        data: The bytes of the file.
        name: Its name in findings.

    Returns:
        The map, with the identifiers of the nodes, and every node and every edge counted either as read or as left.

    Raises:
        SourceError: The bytes are no JSON or no AIF; with line and column.
    """
    return _Reader(parse(data, name)).reading()


class _Reader:
    """Reads one graph once: counts its nodes and edges as read or left, then makes the map.

    Attributes:
        read, left: The counts, by kind.
        nodes: The nodes that can be named.
        into, out: The nodes before and after each node, in the order of the edges.
        kept: The conflicts that have a target.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.read: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self.nodes = self._nodes()
        self.into: dict[str, list[str]] = defaultdict(list)
        self.out: dict[str, list[str]] = defaultdict(list)
        for edge in self._sound_edges():
            self.into[edge.target].append(edge.source)
            self.out[edge.source].append(edge.target)
        self._sort()

    def _nodes(self) -> dict[str, Node]:
        """The nodes that can be named, by identifier; the first of two that have one."""
        nodes: dict[str, Node] = {}
        places: list[Origin] = []
        for at, node in enumerate(self.graph.nodes):
            if not node.id:
                self.left["nodes without an identifier"] += 1
            elif nodes.setdefault(node.id, node) is not node:
                self.left["nodes whose identifier stands twice"] += 1
                places = places or self.graph.origins("nodes")
                message = f"A second node is called {node.id}; only the first was read."
                self.findings.append(warning("duplicate-node", places[at], message, "Give it another nodeID."))
        return nodes

    def _sound_edges(self) -> Iterable[Edge]:
        """The edges between two nodes that are there, each once."""
        seen = set()
        places: list[Origin] = []
        for at, edge in enumerate(self.graph.edges):
            lost = [end or "(nothing)" for end in (edge.source, edge.target) if end not in self.nodes]
            if lost:
                places = places or self.graph.origins("edges")
                self.left["edges that lead nowhere"] += 1
                message = (
                    f"An edge runs from {edge.source or '(nothing)'} to {edge.target or '(nothing)'}, and no node is "
                )
                message += f"called {' or '.join(dict.fromkeys(lost))}; it was left out."
                repair = "Export the map again with all of its nodes."
                self.findings.append(warning("dangling-edge", places[at], message, repair))
            elif edge in seen:
                self.left["edges that stand twice"] += 1
            else:
                seen.add(edge)
                yield edge

    def _sort(self) -> None:
        """Count every node and edge as read or left, and keep the conflicts that have a target."""
        self.kept = self._with_target()
        for node in self.nodes.values():
            if node.type in ("I", "RA") or node.id in self.kept:
                self.read[KINDS[node.type]] += 1
            elif node.type == "CA":
                self.left["conflicts without a target"] += 1
            else:
                self.left[KINDS.get(node.type, "nodes of other types")] += 1
        for source, target in ((s, t) for s, targets in self.out.items() for t in targets):
            kind = self._left_edge(source, target)
            if kind:
                self.left[kind] += 1
            else:
                self.read["edges"] += 1

    def _with_target(self) -> set[str]:
        """The conflicts that are aimed at a statement, an inference, or another conflict that has a target."""
        kept = {node.id for node in self.nodes.values() if node.type == "CA"}
        while idle := {id for id in kept if not any(self._type(t) in ("I", "RA") or t in kept for t in self.out[id])}:
            kept -= idle
        return kept

    def _left_edge(self, source: str, target: str) -> str:
        """The kind under which an edge is left; empty if it is read."""
        ends = self._type(source), self._type(target)
        outside = next((kind for kind in _OUTSIDE if kind in ends), None)
        if outside:
            return f"edges of {KINDS[outside]}"
        if not set(ends) <= {"I", "RA", "CA"}:
            return "edges of other nodes"
        if any(self._type(end) == "CA" and end not in self.kept for end in (source, target)):
            return "edges of conflicts without a target"
        return "" if ends in _EDGES else "edges between information nodes"

    def _type(self, id: str) -> str:
        return self.nodes[id].type

    def _of(self, kind: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.type == kind]

    def _named(self, ids: Iterable[str], *kinds: str) -> list[str]:
        return [id for id in ids if self._type(id) in kinds]

    def reading(self) -> MapReading:
        """The map and the counts."""
        taken = set(self.nodes)
        parts = {node.id: self._inferences(node, taken) for node in self._of("RA")}
        attacks = [
            attack for node in self._of("CA") if node.id in self.kept for attack in self._attacks(node, parts, taken)
        ]
        links = [
            Link(Bond.SUPPORTS, source, part.id)
            for source in parts
            for target in self._named(self.out[source], "RA")
            for part in parts[target]
        ]
        statements = tuple(self._statement(node) for node in self._of("I"))
        inferences = tuple(itertools.chain.from_iterable(parts.values()))
        if statements and not inferences and not attacks:
            self._tell_no_schemes(len(statements))
        argument_map = ArgumentMap(statements, inferences, tuple(attacks), tuple(links))
        return MapReading(argument_map, dict(self.read), dict(self.left), tuple(self.findings))

    def _tell_no_schemes(self, number: int) -> None:
        direct = self.left["edges between information nodes"]
        stand = f"{counted(number, 'statement')} {'stands' if number == 1 else 'stand side by side'}"
        message = f"No node of an inference (RA) or conflict (CA) was read, so the {stand}"
        mean = "does not say what it means" if direct == 1 else "do not say what they mean"
        message += f"; {counted(direct, 'edge')} between them {mean}." if direct else "."
        repair = "Export the map with its scheme nodes; AIF puts an RA or CA between two statements that are related."
        self.findings.append(warning("no-scheme-nodes", Origin(self.graph.file), message, repair))

    def _statement(self, node: Node) -> Statement:
        asserting = [
            id for id in self._named(self.into[node.id], "YA") if self.nodes[id].scheme.casefold() == "asserting"
        ]
        uttered = any(self._locutions(id) for id in asserting)
        concluded = bool(self._named(self.into[node.id], "RA"))
        return Statement(
            node.id, node.text, asserted=uttered or not concluded, holders=self._speakers(asserting) if uttered else ()
        )

    def _inferences(self, node: Node, taken: set[str]) -> list[Inference]:
        """One inference for each conclusion of a node, or one without a conclusion."""
        premises = tuple(self._named(self.into[node.id], "I"))
        conclusions = self._named(self.out[node.id], "I") or [""]
        makers = self._speakers(self._named(self.into[node.id], "YA"))
        scheme, data = _scheme(node)
        return [
            Inference(id, premises, conclusion, scheme=scheme, makers=makers, data=data)
            for id, conclusion in zip(_ids(node.id, len(conclusions), taken), conclusions, strict=True)
        ]

    def _attacks(self, node: Node, parts: dict[str, list[Inference]], taken: set[str]) -> list[Attack]:
        """One attack for each target of a conflict."""
        attackers = tuple(self._named(self.into[node.id], "I", "RA"))
        aims = [id for id in self.out[node.id] if self._type(id) in ("I", "RA") or id in self.kept]
        targets = [part for aim in aims for part in ([i.id for i in parts[aim]] if aim in parts else [aim])]
        makers = self._speakers(self._named(self.into[node.id], "YA"))
        _, data = _scheme(node)
        return [
            Attack(id, attackers, target, makers, data)
            for id, target in zip(_ids(node.id, len(targets), taken), targets, strict=True)
        ]

    def _locutions(self, illocution: str) -> list[str]:
        """The locutions of an illocution: those that it starts from, and those that its transitions lead to."""
        found = self._named(self.into[illocution], "L", "TA")
        return [
            locution for id in found for locution in ([id] if self._type(id) == "L" else self._named(self.out[id], "L"))
        ]

    def _speakers(self, illocutions: Iterable[str]) -> tuple[str, ...]:
        """Who speaks in the locutions of some illocutions, each once, in the order of the file."""
        spoken = [self._speaker(locution) for id in illocutions for locution in self._locutions(id)]
        return tuple(dict.fromkeys(name for name in spoken if name))

    def _speaker(self, locution: str) -> str:
        """The participant whose locution it is, else what AIFdb writes before the colon of its text."""
        before, colon, _ = self.nodes[locution].text.partition(":")
        named = " ".join(before.split()) if colon and len(before) <= _SPEAKER else ""
        return self.graph.speakers.get(locution, named)


def _scheme(node: Node) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The scheme of a node: our name for it, else the name or number that the file gives, as data."""
    default, number = DEFAULTS[node.type]
    if node.scheme and node.scheme.casefold() not in (default.casefold(), node.type.casefold()):
        name = node.scheme.casefold().removeprefix("argument from ")
        ours = _OURS.get(name) if node.type == "RA" else None
        return (ours, ()) if ours else ("", (("scheme", node.scheme),))
    return "", (("schemeID", node.scheme_id),) if node.scheme_id not in ("", number) else ()


def _ids(id: str, number: int, taken: set[str]) -> list[str]:
    """An identifier and further ones made from it that nobody has; they are taken from then on."""
    ids = [id]
    counted = (f"{id}-{n}" for n in itertools.count(2))
    while len(ids) < number:
        ids.append(next(new for new in counted if new not in taken))
        taken.add(ids[-1])
    return ids
