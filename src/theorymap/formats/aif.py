"""Argument maps in the Argument Interchange Format, as AIFdb's JSON and as xAIF."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link
from theorymap.formats import FORMATS
from theorymap.formats.aif_json import DEFAULTS, SCHEMES
from theorymap.formats.aif_reading import read

__all__ = ["LOSES", "read", "write", "write_xaif"]

LOSES = FORMATS["aif"].loses
"""What of an argument map does not survive a round trip."""

_NUMBERS = {**dict(DEFAULTS.values()), "Asserting": "74", "Disagreeing": "78", "Arguing": "80"}
"""The numbers that AIFdb gives to schemes, of those that are written here without a name of Walton's."""


def write(argument_map: ArgumentMap) -> bytes:
    """The map as AIFdb has it: nodes, edges and locutions, and the names of the speakers, which AIFdb passes over.

    The nodes have the identifiers of the map; what puts a statement forward is a locution of its own. The same map
    gives the same bytes.
    """
    return _json(_Writer(argument_map).block(inline=True))


def write_xaif(argument_map: ArgumentMap) -> bytes:
    """The map as xAIF: the same block within ``AIF``, with the schemes of the nodes in a list of their own."""
    return _json({"AIF": _Writer(argument_map).block(inline=False), "text": ""})


def _json(found: Any) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


class _Writer:
    """Writes one map once: its nodes as (identifier, type, text), its edges, and who speaks in which locution."""

    def __init__(self, argument_map: ArgumentMap) -> None:
        self.map = argument_map
        self.numbers = itertools.count(1)
        self.nodes: list[tuple[str, str, str]] = []
        self.edges: list[tuple[str, str]] = []
        self.speakers: dict[str, str] = {}
        for statement in argument_map.statements:
            self.nodes.append((statement.id, "I", statement.text))
        for inference in argument_map.inferences:
            self.inference(inference)
        for attack in argument_map.attacks:
            self.attack(attack.id, attack.attackers, attack.target, dict(attack.data).get("scheme", ""))
        for link in argument_map.links:
            self.link(link)
        self.voices()

    def fresh(self, kind: str) -> str:
        """An identifier that nothing else has."""
        return next(id for n in self.numbers if (id := f"{kind}{n}") not in self.map)

    def inference(self, inference: Inference) -> None:
        """An RA with an edge from each premise and to the conclusion."""
        scheme = inference.scheme or dict(inference.data).get("scheme", "")
        self.nodes.append((inference.id, "RA", SCHEMES.get(scheme, scheme).strip() or DEFAULTS["RA"][0]))
        self.edges += [(premise, inference.id) for premise in inference.premises]
        self.edges += [(inference.id, inference.conclusion)] if inference.conclusion else []

    def attack(self, id: str, attackers: Iterable[str], target: str, scheme: str = "") -> None:
        """A CA with an edge from each attacker and to the target."""
        self.nodes.append((id, "CA", scheme.strip() or DEFAULTS["CA"][0]))
        self.edges += [(attacker, id) for attacker in attackers]
        self.edges.append((id, target))

    def link(self, link: Link) -> None:
        """A contradiction as two conflicts, a contrary as one, the support of one inference by another as an edge."""
        kinds = {type(self.map[end]) for end in (link.source, link.target)}
        if link.bond in (Bond.CONTRADICTS, Bond.CONTRARY) and Attack not in kinds:
            self.attack(self.fresh("CA"), (link.source,), link.target)
            if link.bond is Bond.CONTRADICTS:
                self.attack(self.fresh("CA"), (link.target,), link.source)
        if link.bond is Bond.SUPPORTS and kinds == {Inference}:
            self.edges.append((link.source, link.target))

    def voices(self) -> None:
        """A locution for each who puts something forward, and one of nobody for what would else not be asserted."""
        concluded = {inference.conclusion for inference in self.map.inferences}
        for statement in self.map.statements:
            if statement.asserted:
                holders = statement.holders or (("",) if statement.id in concluded else ())
                self.say(statement.id, "Asserting", statement.text, holders)
        for inference in self.map.inferences:
            self.say(inference.id, "Arguing", "", inference.makers)
        for attack in self.map.attacks:
            self.say(attack.id, "Disagreeing", "", attack.makers)

    def say(self, id: str, illocution: str, text: str, speakers: Iterable[str]) -> None:
        """A locution for each speaker, tied to a node by an illocution; AIFdb puts the speaker before a colon."""
        for speaker in speakers:
            name = " ".join(speaker.split())
            locution, act = self.fresh("L"), self.fresh("YA")
            self.nodes += [(locution, "L", f"{name} : {text}"), (act, "YA", illocution)]
            self.edges += [(locution, act), (act, id)]
            if name:
                self.speakers[locution] = name

    def block(self, *, inline: bool) -> dict[str, Any]:
        """The block of nodes, edges, locutions and participants; the schemes inline or in a list of their own."""
        people = {name: str(number) for number, name in enumerate(dict.fromkeys(self.speakers.values()), start=1)}
        nodes = [
            {"nodeID": id, "text": text, "type": kind} | ({"timestamp": ""} | _scheme(kind, text) if inline else {})
            for id, kind, text in self.nodes
        ]
        edges = [
            {"edgeID": str(number), "fromID": source, "toID": target} | ({"formEdgeID": None} if inline else {})
            for number, (source, target) in enumerate(self.edges, start=1)
        ]
        fulfilled = [
            {"nodeID": id, "schemeID": _NUMBERS[text]} for id, _, text in self.scheme_nodes() if text in _NUMBERS
        ]
        lists = {} if inline else {"schemefulfillments": fulfilled, "descriptorfulfillments": []}
        return {
            "nodes": nodes,
            "edges": edges,
            **lists,
            "participants": [_participant(number, name) for name, number in people.items()],
            "locutions": [{"nodeID": id, "personID": people[name]} for id, name in self.speakers.items()],
        }

    def scheme_nodes(self) -> Iterator[tuple[str, str, str]]:
        """The nodes whose text is the name of a scheme."""
        return (node for node in self.nodes if node[1] not in ("I", "L"))


def _scheme(kind: str, text: str) -> dict[str, str]:
    """What AIFdb says of the scheme of a node of that type and text."""
    return {} if kind in ("I", "L") else {"scheme": text} | ({"schemeID": _NUMBERS[text]} if text in _NUMBERS else {})


def _participant(number: str, name: str) -> dict[str, str]:
    first, _, last = name.rpartition(" ")
    return {"participantID": number, "firstname": first, "surname": last}
