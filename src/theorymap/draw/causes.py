"""A causal graph as a picture: constructs as boxes, propositions as arrows, moderators as arrows that end on arrows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import quote

from theorymap.causal.graph import NO_EFFECT, PLAIN, CausalGraph, Construct, Proposition, in_words
from theorymap.draw.picture import INK, WORD, Edge, EdgeStyle, Node, NodeStyle, Picture
from theorymap.terms import ID

# Okabe and Ito (2008), "Color Universal Design", without the vermilion that marks conflicts.
_COLOURS = ("#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A6D00")
_VERMILION, _GREY = "#D55E00", "#6B6B6B"
_NAMED = 2
_UNLIMITED = "none stated"
_JOIN = " | "

CONSTRUCT = NodeStyle("construct", "construct", line="rounded", columns=24, fill="#F7F9FC")
MERGED = NodeStyle(
    "merged", "constructs that a mapping calls the same", line="solid", width=2.4, columns=28, sign="⇔", fill="#F7F9FC"
)

RELATIONS: Mapping[str, EdgeStyle] = MappingProxyType(
    {
        "raises": EdgeStyle("raises", "+ raises", "solid", 1.6, "normal"),
        "lowers": EdgeStyle("lowers", "− lowers", "solid", 1.6, "tee"),
        "affects": EdgeStyle("affects", "affects, direction not given", "solid", 1.0, "vee"),
        "necessary-for": EdgeStyle("necessary-for", "necessary for", "solid", 1.0, "odiamond"),
        "sufficient-for": EdgeStyle("sufficient-for", "sufficient for", "solid", 1.0, "diamond"),
        "part-of-the-meaning-of": EdgeStyle("part-of-the-meaning-of", "part of the meaning of", "dashed", 1.0, "box"),
        "presupposes": EdgeStyle("presupposes", "presupposes", "dashed", 1.0, "obox"),
        "signals": EdgeStyle("signals", "signals", "dashed", 1.0, "empty"),
        NO_EFFECT: EdgeStyle(NO_EFFECT, "no effect", "dotted", 1.2, "teetee"),
    }
)
_OTHER = EdgeStyle("other", "another relation", "dotted", 1.0, "vee")
_SIGNS = {"raises": "+ raises", "lowers": "− lowers"}

MODERATES = EdgeStyle("moderates", "changes the force of", "dotted", 1.2, "odot")
CONFLICT = EdgeStyle("conflict", "conflicts with another proposition", "solid", 2.4, "none", "dot", _VERMILION)
SHARED = EdgeStyle("shared", "shared by several", "solid", 3.2, "none")
LIKENESSES: Mapping[str, EdgeStyle] = MappingProxyType(
    {
        "close to": EdgeStyle("close", "close to, by a mapping", "dashed", 0.6, "none", "none", _GREY),
        "narrower than": EdgeStyle("narrower", "narrower than, by a mapping", "dashed", 0.6, "vee", "none", _GREY),
        "wider than": EdgeStyle("wider", "wider than, by a mapping", "dashed", 0.6, "crow", "none", _GREY),
        "related to": EdgeStyle("related", "related to, by a mapping", "dotted", 0.6, "none", "none", _GREY),
        "shares only the name with": EdgeStyle(
            "name-only", "shares only the name with, by a mapping", "dotted", 0.6, "tee", "tee", _GREY
        ),
    }
)


def picture(graph: CausalGraph, *, base: str = ID) -> Picture:
    """A causal graph as a picture, in the order of the graph.

    Propositions with the same causes, relation, effects and moderators are one arrow, and those of which one alone is
    put forward are two. Where several theories are seen, each arrow says whose it is; up to six of them have a colour
    of their own, which the name repeats. What nobody puts forward, what stands in the background alone, and what is
    only said with a hedge or on a condition, says so.

    Args:
        graph: What is drawn.
        base: What stands before an id in a link; empty for no links.
    """
    return _Drawing(graph, base).picture()


@dataclass(frozen=True)
class _Arrow:
    """The propositions that are drawn as one."""

    said: tuple[Proposition, ...]
    moderators: tuple[str, ...]
    voices: tuple[str, ...]
    theories: tuple[str, ...]
    conflict: bool

    @property
    def joint(self) -> bool:
        """Whether something else than one cause and one effect meets at the arrow."""
        return bool(self.moderators) or len(self.said[0].causes) + len(self.said[0].effects) > _NAMED

    @property
    def hedges(self) -> tuple[str, ...]:
        """How firmly the propositions are said, each way once; nothing where all are said plainly."""
        found = tuple(dict.fromkeys(hedge for p in self.said for hedge in p.hedges()))
        return () if found == (PLAIN,) else found

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions of each proposition, and that one has none; nothing where none has any."""
        found = tuple(
            dict.fromkeys("; ".join(part.removesuffix(".") for part in p.limits()) or _UNLIMITED for p in self.said)
        )
        return () if found == (_UNLIMITED,) else found

    def limited(self) -> list[str]:
        """What keeps a reader from taking the arrow for a plain one; nothing where one proposition is plain."""
        hedged = [f"hedge: {' or '.join(self.hedges)}"] if self.hedges and PLAIN not in self.hedges else []
        return [*hedged, *(["on a condition"] if all(p.conditions for p in self.said) else [])]


class _Drawing:
    def __init__(self, graph: CausalGraph, base: str) -> None:
        self.graph, self.base = graph, base
        self.theories = tuple(dict.fromkeys(theory for p in graph.propositions for theory in p.theories))
        several = 1 < len(self.theories) <= len(_COLOURS)
        self.colours = dict(zip(self.theories, _COLOURS, strict=False)) if several else {}

    def picture(self) -> Picture:
        arrows = self._arrows()
        nodes = [self._construct(construct) for construct in self.graph.constructs.values()]
        edges: list[Edge] = []
        for arrow in arrows:
            hedge, condition = _JOIN.join(arrow.hedges), _JOIN.join(arrow.conditions)
            edges += [replace(edge, hedge=hedge, condition=condition) for edge in self._edges(arrow)]
            nodes += [replace(self._word(arrow), hedge=hedge, condition=condition)] if arrow.joint else []
        edges += [self._likeness(like.source, like.bond, like.target) for like in self.graph.likenesses]
        legend = tuple(self._legend(nodes, edges, arrows))
        title = " · ".join(map(self.graph.name, self.theories)) if len(self.theories) <= _NAMED else "Theory map"
        return Picture(title, tuple(nodes), tuple(edges), legend, self.graph.notes)

    def _arrows(self) -> list[_Arrow]:
        conflicts = {
            (p.id, meeting.cause, meeting.effect)
            for meeting in self.graph.meetings()
            if meeting.conflict
            for p in (*meeting.first, *meeting.second)
        }
        found: dict[tuple[object, ...], list[Proposition]] = {}
        voices: dict[tuple[object, ...], dict[str, None]] = {}
        for p in self.graph.propositions:
            found.setdefault((_ends(p), frozenset(p.moderators), p.put_forward()), []).append(p)
            voices.setdefault(_ends(p), {}).update(dict.fromkeys(p.voices()))
        return [
            _Arrow(
                tuple(said),
                said[0].moderators,
                tuple(voices[_ends(said[0])]) if said[0].put_forward() else (),
                tuple(dict.fromkeys(theory for p in said for theory in p.theories)),
                any((p.id, *pair) in conflicts for p in said for pair in p.pairs()),
            )
            for said in found.values()
        ]

    def _construct(self, construct: Construct) -> Node:
        style = MERGED if len(construct.ids) > 1 else CONSTRUCT
        tooltip = "\n".join((construct.name, *construct.ids))
        return Node(construct.id, construct.name, style, tooltip, self._link(construct.id))

    def _style(self, arrow: _Arrow) -> EdgeStyle:
        """The style of the relation; a wider line where several share it, a mark at the tail where it conflicts."""
        style = RELATIONS.get(arrow.said[0].relation, _OTHER)
        if len(arrow.theories) == 1:
            style = replace(style, colour=self.colours.get(arrow.theories[0], INK))
        if len(arrow.voices) > 1:
            style = replace(style, width=SHARED.width)
        if arrow.conflict:
            style = replace(style, colour=CONFLICT.colour, tail=CONFLICT.tail, width=max(style.width, CONFLICT.width))
        return style

    def _label(self, arrow: _Arrow) -> str:
        relation = arrow.said[0].relation
        words = _SIGNS.get(relation, in_words(relation))
        names = [self.graph.name(theory) for theory in arrow.theories] if len(self.theories) > 1 else []
        if len(names) > _NAMED:
            names = [f"{len(names)} theories"]
        conflict = ["≠ in conflict"] if arrow.conflict else []
        return " · ".join(
            [words, *arrow.limited(), *conflict, *(["; ".join(names)] if names else []), *_standing(arrow.said)]
        )

    def _told(self, arrow: _Arrow) -> str:
        """What a reader is told of an arrow: each proposition with its theories, holders, limits and places."""
        lines = []
        for p in arrow.said:
            lines += [p.text or p.id]
            lines += _listed("theory:", [self.graph.name(theory) for theory in p.theories])
            lines += _listed("held by", list(dict.fromkeys(held for telling in p.tellings for held in telling.held())))
            lines += _listed("hedge:", [] if p.hedges() == (PLAIN,) else p.hedges())
            lines += _listed("mechanism:", p.mechanisms) + _listed("only if", p.conditions)
            lines += _listed("how many:", [p.quantifier] if p.quantifier else [])
            lines += [str(source) for source in p.sources()]
        return "\n".join(lines)

    def _word(self, arrow: _Arrow) -> Node:
        style = replace(WORD, name=self._style(arrow).name)
        return Node(self._id(arrow), self._label(arrow), style, self._told(arrow), self._link(arrow.said[0].id))

    def _id(self, arrow: _Arrow) -> str:
        return arrow.said[0].id

    def _edges(self, arrow: _Arrow) -> Iterator[Edge]:
        """One edge, or those that meet at the word of the arrow, where its moderators end."""
        style, told, first = self._style(arrow), self._told(arrow), arrow.said[0]
        if not arrow.joint:
            link = self._link(first.id)
            yield Edge(first.causes[0], first.effects[0], style, self._label(arrow), told, link)
            return
        word = self._id(arrow)
        yield from (Edge(cause, word, replace(style, head="none"), "", told) for cause in first.causes)
        yield from (Edge(word, effect, replace(style, tail="none"), "", told) for effect in first.effects)
        for moderator in arrow.moderators:
            sentence = f"{self.graph.name(moderator)} — {MODERATES.meaning} — {told}"
            yield Edge(moderator, word, MODERATES, "", sentence)

    def _likeness(self, source: str, bond: str, target: str) -> Edge:
        sentence = f"{self.graph.name(source)} — {bond} — {self.graph.name(target)}"
        return Edge(source, target, LIKENESSES.get(bond, LIKENESSES["related to"]), bond, sentence)

    def _link(self, id: str) -> str:
        return self.base and self.base + quote(id)

    def _legend(
        self, nodes: Sequence[Node], edges: Sequence[Edge], arrows: Sequence[_Arrow]
    ) -> Iterator[NodeStyle | EdgeStyle]:
        """What occurs, in the order of the tables above; then the colours of the theories."""
        names = {node.style.name for node in nodes} | {edge.style.name for edge in edges}
        yield from (style for style in (CONSTRUCT, MERGED) if style.name in names)
        yield from (
            style for style in (*RELATIONS.values(), _OTHER, MODERATES, *LIKENESSES.values()) if style.name in names
        )
        yield from [SHARED] if any(len(arrow.voices) > 1 for arrow in arrows) else []
        yield from [CONFLICT] if any(arrow.conflict for arrow in arrows) else []
        for theory, colour in self.colours.items():
            slug = theory.replace("/", "-")
            yield EdgeStyle(slug, self.graph.name(theory), "solid", 2.0, "none", colour=colour)


def _ends(p: Proposition) -> tuple[frozenset[str], str, frozenset[str]]:
    return frozenset(p.causes), p.relation, frozenset(p.effects)


def _standing(said: Sequence[Proposition]) -> list[str]:
    """What keeps a reader from taking propositions for what a document puts forward; nothing where one does."""
    tellings = [telling for p in said for telling in p.tellings]
    unsaid = [] if said[0].put_forward() else ["put forward by nobody"]
    return [*unsaid, *(["background"] if tellings and all(told.background for told in tellings) else [])]


def _listed(words: str, values: Sequence[str]) -> list[str]:
    return [f"{words} {', '.join(values)}"] if values else []
