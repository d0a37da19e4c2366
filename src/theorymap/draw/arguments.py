"""An argument map as a picture: statements as boxes, steps as ellipses, attacks as edges that end in a bar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

from theorymap.argument_map import PATTERNS, ArgumentMap, Attack, Bond, Element, Inference, Kind, Statement
from theorymap.draw.picture import WORD, Edge, EdgeStyle, Node, NodeStyle, Picture, clean
from theorymap.terms import ID

_THEORY = "theory/"
_NAMED = 12
"""How many of the statements that nothing joins a note names."""
Grouping = Literal["theory", "section", "none"]

# Okabe and Ito (2008), "Color Universal Design": colours that the colour-blind can tell apart.
_GREEN, _VERMILION, _BLUE, _PURPLE, _GREY = "#009E73", "#D55E00", "#0072B2", "#CC79A7", "#6B6B6B"

STATEMENT = NodeStyle("statement", "statement, not weighed")
STEP = NodeStyle("step", "step of an argument", shape="ellipse", width=0.8, size=9, columns=20, rows=3)
IMPLICIT = replace(STATEMENT, name="implicit", meaning="supplied by the coders", line="dashed,rounded", italic=True)
ENTERTAINED = replace(STEP, name="entertained", meaning="step that is only considered", line="dashed")


@dataclass(frozen=True)
class Acceptance:
    """How acceptance changes the look of a node: never by colour alone."""

    meaning: str
    sign: str
    width: float
    fill: str
    colour: str
    ink: str

    def of(self, style: NodeStyle, meaning: str = "") -> NodeStyle:
        """A style for what fares so; the line stays, because it says what sort of node it is."""
        said = replace(style, meaning=meaning or style.meaning, sign=self.sign)
        if style.shape == WORD.shape:
            return said
        return replace(said, width=self.width, fill=self.fill, colour=self.colour, ink=self.ink)


ACCEPTANCE = {
    "in": Acceptance("accepted", "✓", 2.6, "#E2F3EC", "#00664A", "#111111"),
    "out": Acceptance("not accepted", "✗", 0.6, "#EDEDED", "#777777", "#595959"),
    "undecided": Acceptance("undecided", "?", 1.4, "#FFF8D6", "#8A6D00", "#222222"),
}

PREMISE = EdgeStyle("premise", "premise of a step", head="none")
CONCLUSION = EdgeStyle("conclusion", "conclusion of a step", width=1.4)
ATTACKS = {
    Kind.REBUTS: EdgeStyle("rebuts", "rebuts a conclusion", "solid", 2.2, "tee", colour=_VERMILION),
    Kind.UNDERMINES: EdgeStyle("undermines", "undermines a premise", "dashed", 2.2, "teeodiamond", colour=_PURPLE),
    Kind.UNDERCUTS: EdgeStyle("undercuts", "undercuts a step", "dotted", 2.6, "teebox", colour=_BLUE),
}
LINKS = {
    Bond.CONTRADICTS: EdgeStyle("contradicts", "contradicts", "dashed", 1, "tee", "tee", _VERMILION),
    Bond.CONTRARY: EdgeStyle("contrary", "is contrary to", "dashed", 1, "teetee", "none", _VERMILION),
    Bond.LIMITS: EdgeStyle("limits", "limits", "dashed", 0.8, "obox", "none", _GREY),
    Bond.CONCEDES: EdgeStyle("concedes", "concedes", "dashed", 0.8, "odot", "none", _GREY),
    Bond.EXCEPTION: EdgeStyle("exception", "is an exception to", "dashed", 0.8, "odiamond", "none", _GREY),
    Bond.RIVAL: EdgeStyle("rival", "explains the same effect as", "dashed", 0.8, "dot", "dot", _GREY),
    Bond.SUPPORTS: EdgeStyle("supports", "supports", "dashed", 0.8, "empty", "none", _GREEN),
    Bond.ENTAILS: EdgeStyle("entails", "entails", "dashed", 0.8, "vee", "none", _GREEN),
}


def picture(
    map: ArgumentMap, labels: Mapping[str, str] | None = None, *, group_by: Grouping = "theory", base: str = ID
) -> Picture:
    """An argument map as a picture, in the order of the map.

    Args:
        map: What is drawn.
        labels: By the id of an element, how it fares: ``in``, ``out`` or ``undecided``; others are not weighed.
        group_by: What statements are clustered by: the first group that is a theory, or the first that is none or else
            the place of the first source. A step stands with its conclusion.
        base: What stands before an id in a link; empty for no links.

    Returns:
        The picture; its legend explains what occurs in it, its notes name the statements without any step or link.
    """
    return _Drawing(map, labels or {}, group_by, base).picture()


@dataclass(frozen=True)
class _Drawing:
    map: ArgumentMap
    labels: Mapping[str, str]
    group_by: Grouping
    base: str

    def picture(self) -> Picture:
        nodes = [self._statement(statement) for statement in self.map.statements]
        nodes += [self._step(inference) for inference in self.map.inferences]
        nodes += [self._attack(attack) for attack in self.map.attacks]
        edges = (*self._steps(), *self._attacks(), *self._links())
        drawn = Picture(self.map.title, tuple(nodes), edges, tuple(_legend(nodes, edges)))
        return replace(drawn, notes=tuple(_notes(drawn)))

    # Nodes

    def _statement(self, statement: Statement) -> Node:
        text = statement.text or statement.title or statement.id
        told = [text, *_told("put forward by", statement.holders)]
        told += ["denied or doubted"] * statement.denied + ["supplied by the coders"] * statement.implicit
        return self._node(statement, text, IMPLICIT if statement.implicit else STATEMENT, told)

    def _step(self, inference: Inference) -> Node:
        known = inference.scheme in PATTERNS
        pattern = PATTERNS[inference.scheme] if known else inference.scheme.replace("-", " ")
        told = [inference.title or inference.id, inference.text, *_told("argued" if known else "scheme:", (pattern,))]
        told += [*_told("made by", inference.makers), *["only considered"] * inference.entertained]
        style = ENTERTAINED if inference.entertained else STEP
        return self._node(inference, pattern or inference.title, style, told)

    def _attack(self, attack: Attack) -> Node:
        kind = self.map.kind(attack)
        by = "; ".join(map(self._name, attack.attackers)) or "an objection that is not told"
        told = [f"{by} — {kind.value} — {self._name(attack.target)}", *_told("made by", attack.makers)]
        text = kind.value if attack.attackers else f"{kind.value} (by what is not told)"
        return self._node(attack, text, replace(WORD, name=ATTACKS[kind].name), told)

    def _node(self, element: Element, text: str, style: NodeStyle, told: Sequence[str]) -> Node:
        label = self.labels.get(element.id, "")
        if label in ACCEPTANCE:
            style = ACCEPTANCE[label].of(style)
            told = [*told, ACCEPTANCE[label].meaning]
        tooltip = "\n".join(filter(None, [*told, *map(str, element.sources)]))
        return Node(element.id, text, style, tooltip, self._link(element.id), self._group(element), label)

    def _link(self, id: str) -> str:
        return self.base and self.base + quote(clean(id))

    def _group(self, element: Element) -> str:
        """The heading of the cluster of an element: for a step or an attack, that of the statement it is aimed at."""
        seen: set[str] = set()
        while not isinstance(element, Statement):
            aim = element.conclusion if isinstance(element, Inference) else element.target
            if not aim or aim in seen:
                return ""
            seen.add(aim)
            element = self.map[aim]
        return _heading(element, self.group_by)

    # Edges

    def _steps(self) -> Iterator[Edge]:
        for inference in self.map.inferences:
            yield from (Edge(premise, inference.id, PREMISE) for premise in inference.premises)
            if inference.conclusion:
                yield Edge(inference.id, inference.conclusion, CONCLUSION)

    def _attacks(self) -> Iterator[Edge]:
        for attack in self.map.attacks:
            style = ATTACKS[self.map.kind(attack)]
            for attacker in attack.attackers:
                yield Edge(attacker, attack.id, replace(style, head="none"))
            yield Edge(attack.id, attack.target, style)

    def _links(self) -> Iterator[Edge]:
        for link in self.map.links:
            sentence = f"{self._name(link.source)} — {link.bond.value} — {self._name(link.target)}"
            yield Edge(link.source, link.target, LINKS[link.bond], link.bond.value, sentence)

    def _name(self, id: str) -> str:
        element = self.map[id]
        if isinstance(element, Attack):
            return f"the objection {id}"
        return element.title or element.text or id


def _told(words: str, names: Sequence[str]) -> list[str]:
    return [f"{words} {', '.join(names)}"] if any(names) else []


def _heading(statement: Statement, group_by: Grouping) -> str:
    """What a statement is clustered under; the name of a theory without its kind and hyphens."""
    if group_by == "none":
        return ""
    theories = [group for group in statement.groups if group.startswith(_THEORY)]
    if group_by == "theory":
        return theories[0].removeprefix(_THEORY).replace("-", " ").capitalize() if theories else ""
    others = [group for group in statement.groups if group not in theories]
    return others[0] if others else next((source.place for source in statement.sources), "")


def _legend(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[NodeStyle | EdgeStyle]:
    """The styles that occur, in the order of the tables above."""
    names = {node.style.name for node in nodes} | {edge.style.name for edge in edges}
    statuses = {node.status for node in nodes if node.style.shape != WORD.shape}
    yield from (label.of(STATEMENT, label.meaning) for name, label in ACCEPTANCE.items() if name in statuses)
    if not statuses <= ACCEPTANCE.keys():
        yield replace(STATEMENT, meaning="not weighed") if statuses & ACCEPTANCE.keys() else STATEMENT
    others: tuple[NodeStyle | EdgeStyle, ...] = (IMPLICIT, STEP, ENTERTAINED, PREMISE, CONCLUSION)
    for style in (*others, *ATTACKS.values(), *LINKS.values()):
        if style.name in names:
            yield style


def _notes(drawn: Picture) -> Iterator[str]:
    loose = [node.id for node in drawn.loose()]
    if loose:
        more = f" and {len(loose) - _NAMED} more" if len(loose) > _NAMED else ""
        yield f"Without any step, attack or link: {', '.join(loose[:_NAMED])}{more}."
