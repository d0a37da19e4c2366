"""A causal graph as tables: its edges, where theories meet, and its loops."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from theorymap.causal.graph import CausalGraph, Meeting, Proposition, Telling, in_words
from theorymap.causal.loops import LIMIT, Loop, loops
from theorymap.table import NOTHING, Cell, Column, Source, Status, Table

_JOIN = " | "

_EDGES = {
    "theory": "Theory",
    "cause": "Cause",
    "relation": "Relation",
    "effect": "Effect",
    "moderator": "Moderator",
    "mechanism": "Mechanism",
    "condition": "Condition",
    "holder": "Who holds it",
    "hedge": "Hedge",
    "document": "Document",
    "place": "Place",
    "claim": "Claim",
}
_MEETINGS = {
    "how": "How",
    "cause": "Cause",
    "first": "One says",
    "first_voices": "Who says so",
    "second": "The other says",
    "second_voices": "Who says that",
    "effect": "Effect",
    "conditions": "Depends on",
    "hedge": "Hedge",
    "claims": "Claims",
}
_LOOPS = {
    "loop": "Loop",
    "sign": "Sign",
    "length": "Length",
    "theories": "Closed within",
    "conditions": "Depends on",
    "hedge": "Hedge",
    "claims": "Claims",
}


def edges(graph: CausalGraph) -> Table:
    """The edge list: a row for each theory, cause, effect and document of a proposition, by cause and effect.

    Several moderators, mechanisms, conditions, holders, hedges and places stand in one cell. A holder who does not
    assert a proposition has the attitude behind the name, and a hedge that is not that of all has its holders behind
    it. Of how many it is claimed stands among the conditions.
    """
    rows = []
    for (cause, effect), propositions in graph.between().items():
        for proposition in propositions:
            for telling, hedges, document, places in _documents(proposition):
                for theory in proposition.theories or ("",):
                    values: list[Sequence[str]] = [
                        [graph.name(theory)] if theory else [],
                        [graph.name(cause)],
                        [in_words(proposition.relation)],
                        [graph.name(effect)],
                        [graph.name(end) for end in proposition.moderators],
                        proposition.mechanisms,
                        proposition.limits(),
                        telling,
                        hedges,
                        [document] if document else [],
                        places,
                        [proposition.id],
                    ]
                    sources = [Source(document, place) for place in places or [""]] if document else []
                    rows.append(_row(values, sources, [proposition]))
    title = "Which propositions do theories make?"
    return Table(title, _columns(_EDGES), tuple(rows), graph.notes)


def _documents(proposition: Proposition) -> Iterator[tuple[list[str], list[str], str, list[str]]]:
    """The holders of a proposition, and the hedges, by document with the places; an empty one where nobody tells it."""
    found: dict[str, tuple[dict[Telling, None], dict[str, None]]] = {}
    for telling in proposition.tellings:
        for source in telling.sources or (Source(""),):
            tellings, places = found.setdefault(source.document, ({}, {}))
            tellings[telling] = None
            places.update({source.place: None} if source.place else {})
    for document, (tellings, places) in found.items():
        holders = dict.fromkeys(holder for telling in tellings for holder in telling.held())
        hedges = _hedges((telling.hedge, [holder]) for telling in tellings for holder in telling.holders or ("",))
        yield list(holders), hedges, document, list(places)
    if not found:
        yield [], [], "", []


def _hedges(said: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """With what force a thing is said; who says it so stands behind each hedge, unless all say it alike.

    Args:
        said: Each hedge with names for whose it is, each saying more than the one before it; the first that stands for
            no other hedge is shown, else the last.
    """
    told = list(said)
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for hedge, names in told:
        for name in names:
            meant[name].add(hedge)
    found: dict[str, dict[str, None]] = {}
    for hedge, names in told:
        name = next((name for name in names if len(meant[name]) == 1), names[-1])
        found.setdefault(hedge, {}).update({name: None} if name else {})
    if len(found) == 1:
        return [hedge for hedge in found if hedge]
    return [f"{hedge} ({'; '.join(who)})" if who else hedge for hedge, who in found.items() if hedge]


def _said(graph: CausalGraph, propositions: Iterable[Proposition]) -> list[str]:
    """The hedges of several propositions, each with the theory whose it is, or the holder where none is named.

    Where these hedge two things differently, holder or claim is named beside them.
    """
    return _hedges(
        (telling.hedge, _sides(graph.name(theory) if theory else "", holder, proposition.id))
        for proposition in propositions
        for telling in proposition.tellings
        for theory in proposition.theories or ("",)
        for holder in telling.holders or ("",)
    )


def _sides(theory: str, holder: str, claim: str) -> list[str]:
    """Names for one who says a thing, from the shortest on."""
    ways = [[theory], [theory, holder], [theory, claim]] if theory else [[holder]]
    return [": ".join(filter(None, way)) for way in (*ways, [theory, holder, claim])]


def meetings(graph: CausalGraph) -> Table:
    """On which propositions theories agree and conflict, conflicts first; see `CausalGraph.meetings`.

    A hedge that is not that of all has the theory behind it whose it is.
    """
    found = sorted(graph.meetings(), key=lambda meeting: not meeting.conflict)
    title = "Which propositions do theories share, and on which do they conflict?"
    return Table(title, _columns(_MEETINGS), tuple(_meeting(graph, meeting) for meeting in found), graph.notes)


def _meeting(graph: CausalGraph, meeting: Meeting) -> tuple[Cell, ...]:
    said = list(dict.fromkeys((*meeting.first, *meeting.second)))
    first, second = _voices(graph, meeting.first), _voices(graph, meeting.second)
    relation = in_words(meeting.second[0].relation)
    if meeting.denied:
        second, relation = [deny for p in meeting.second for deny in p.deniers()], f"not: {relation}"
    elif not meeting.conflict:
        first, second = first[:1], first[1:]
    values: list[Sequence[str]] = [
        ["conflict" if meeting.conflict else "shared"],
        [graph.name(meeting.cause)],
        [in_words(meeting.first[0].relation)],
        first,
        [relation],
        second,
        [graph.name(meeting.effect)],
        [part for p in said for part in _depends(graph, meeting.cause, p)],
        _said(graph, said),
        [p.id for p in said],
    ]
    return _row(values, [source for p in said for source in p.sources()], said)


def _voices(graph: CausalGraph, propositions: Iterable[Proposition]) -> list[str]:
    return list(dict.fromkeys(graph.name(voice) for proposition in propositions for voice in proposition.voices()))


def _depends(graph: CausalGraph, cause: str, proposition: Proposition) -> Iterator[str]:
    """What a reader must weigh before taking a cause for enough: other causes, moderators and conditions."""
    yield from (f"together with {graph.name(other)}" for other in proposition.causes if other != cause)
    yield from map(graph.name, proposition.moderators)
    yield from proposition.limits()


def cycles(graph: CausalGraph, limit: int = LIMIT) -> Table:
    """The loops, the shortest first, each named by its constructs with its sign.

    Args:
        graph: Where they are looked for.
        limit: How many are found at most; a note says so where there are more.
    """
    found, all_found = loops(graph, limit)
    more = () if all_found else (f"The search ended at {len(found):,} loops; there may be more.",)
    title = "Which loops do the propositions close?"
    rows = tuple(_loop(graph, loop) for loop in found)
    return Table(title, _columns(_LOOPS), rows, (*graph.notes, *more))


def named(graph: CausalGraph, loop: Loop) -> str:
    """A loop in a line, such as ``A → B → A``."""
    return " → ".join(graph.name(id) for id in (*loop.constructs, loop.constructs[0]))


def _loop(graph: CausalGraph, loop: Loop) -> tuple[Cell, ...]:
    said = list(dict.fromkeys(proposition for link in loop.links for proposition in link))
    alone = [_within(graph, loop, theory) for theory in loop.theories()]
    several = any(proposition.theories for proposition in said)
    links = zip(loop.constructs, loop.links, strict=True)
    depends = (_depends(graph, cause, proposition) for cause, link in links for proposition in link)
    within = alone or (["no theory alone"] if several else [])
    values: list[Sequence[str]] = [
        [named(graph, loop)],
        [loop.sign()],
        [str(len(loop.constructs))],
        within,
        list(itertools.chain.from_iterable(depends)),
        _said(graph, said),
        [p.id for p in said],
    ]
    return _row(values, [source for p in said for source in p.sources()], said)


def _within(graph: CausalGraph, loop: Loop, theory: str) -> str:
    """A theory that closes a loop, with the sign that it gives to it where that is another."""
    own = loop.sign(theory)
    return graph.name(theory) if own == loop.sign() else f"{graph.name(theory)} ({own})"


def _columns(titles: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, title) for name, title in titles.items())


def _row(
    values: Sequence[Sequence[str]], sources: Iterable[Source], propositions: Sequence[Proposition]
) -> tuple[Cell, ...]:
    """A cell for each list of values; all rest on the same propositions, and a claim without a source is computed.

    That a proposition has no condition, say, is nothing that a document fails to report.
    """
    rests = tuple(dict.fromkeys(sources))
    tellings = [telling for proposition in propositions for telling in proposition.tellings]
    background = bool(tellings) and all(telling.background for telling in tellings)
    status = Status.INFERRED if not rests else Status.BACKGROUND if background else Status.STATED
    return tuple(Cell(_JOIN.join(dict.fromkeys(several)) or NOTHING, rests, status) for several in values)


TABLES: Mapping[str, Callable[[CausalGraph], Table]] = MappingProxyType(
    {"edges": edges, "shared": meetings, "cycles": cycles}
)
"""The tables by name."""
