"""The causal graph of the knowledge base; what is selected is decided by the queries in `queries/map/`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from theorymap.causal.graph import CausalGraph, Construct, Likeness, Proposition, Telling
from theorymap.rdf import Solutions
from theorymap.table import Source
from theorymap.terms import local, short

PARTS = ("propositions", "labels", "likenesses", "attributions")
"""The query files of `queries/map/` that are read."""

_SAME = "the same as"

_Facts = Mapping[str, list[str]]


def causal_graph(select: Callable[[str], Solutions]) -> CausalGraph:
    """The propositions of the knowledge base, by identifier, with constructs that a mapping calls the same as one.

    Args:
        select: From the name of a part to the rows of its query.
    """
    rows = {part: select(part).rows for part in PARTS}
    names: dict[str, list[str]] = defaultdict(list)
    for id, name in rows["labels"]:
        names[short(str(id))].append(str(name))
    pairs = [(short(str(source)), str(bond), short(str(target))) for source, bond, target in rows["likenesses"]]
    merged = _Merged.of((source, target) for source, bond, target in pairs if bond == _SAME)
    told = _tellings(rows["attributions"])
    propositions = [
        _proposition(id, facts, merged, names, told.get(id, ())) for id, facts in _facts(rows["propositions"]).items()
    ]
    ends = dict.fromkeys(end for proposition in propositions for end in proposition.ends())
    links = dict.fromkeys((merged[source], bond, merged[target]) for source, bond, target in pairs if bond != _SAME)
    whole = CausalGraph(
        {id: _construct(id, merged, names) for id in sorted(ends)},
        tuple(proposition for proposition in propositions if proposition.causes and proposition.effects),
        tuple(Likeness(*link) for link in links),
        {id: several[0] for id, several in names.items() if id.startswith("theory/")},
    )
    return whole.among(whole.propositions)


@dataclass
class _Merged:
    """For each construct the one that stands for all that are the same as it."""

    first: dict[str, str] = field(default_factory=dict)
    all: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> _Merged:
        """What follows from pairs of constructs that are the same; so are those that are the same as one of them."""
        merged = cls()
        for one, other in pairs:
            left, right = sorted((merged[one], merged[other]))
            if left != right:
                together = sorted({*merged.all.pop(left, [left]), *merged.all.pop(right, [right])})
                merged.all[left] = together
                merged.first.update(dict.fromkeys(together, left))
        return merged

    def __getitem__(self, id: str) -> str:
        return self.first.get(id, id)


def _construct(id: str, merged: _Merged, names: Mapping[str, list[str]]) -> Construct:
    ids = tuple(merged.all.get(id, [id]))
    return Construct(id, ids, tuple(dict.fromkeys(name for one in ids for name in names.get(one, [])[:1])))


def _facts(rows: Iterable[tuple[object, ...]]) -> dict[str, dict[str, list[str]]]:
    """What the rows say, by id and key."""
    found: dict[str, dict[str, list[str]]] = {}
    for id, key, value in rows:
        found.setdefault(short(str(id)), defaultdict(list))[str(key)].append(short(str(value)))
    return found


def _tellings(rows: Iterable[tuple[object, ...]]) -> dict[str, list[Telling]]:
    """The attributions of each claim."""
    facts: dict[tuple[str, str], dict[str, list[str]]] = {}
    for claim, attribution, key, value in rows:
        facts.setdefault((short(str(claim)), str(attribution)), defaultdict(list))[str(key)].append(str(value))
    found: dict[str, list[Telling]] = defaultdict(list)
    for (claim, _), told in facts.items():
        places = told.get("section", [""])
        found[claim].append(
            Telling(
                tuple(told.get("holder", ())),
                "".join(local(word) for word in told.get("commitment", ())[:1]),
                tuple(Source(short(document), place) for document in told.get("document", ()) for place in places),
                bool(told.get("background")),
                "conflicting" in map(local, told.get("certainty", ())),
                "".join(local(word) for word in told.get("hedge", ())[:1]),
            )
        )
    return found


def _proposition(
    id: str, facts: _Facts, merged: _Merged, names: Mapping[str, list[str]], told: Iterable[Telling]
) -> Proposition:
    def nodes(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(merged[end] for end in facts.get(key, ())))

    return Proposition(
        id,
        "".join(facts.get("text", ())[:1]),
        nodes("cause"),
        "".join(local(relation) for relation in facts.get("relation", ())[:1]),
        nodes("effect"),
        nodes("moderator"),
        tuple(facts.get("theory", ())),
        tuple(facts.get("family", ())),
        tuple((names.get(mechanism) or [mechanism])[0] for mechanism in facts.get("mechanism", ())),
        tuple(facts.get("condition", ())),
        tuple(told),
        "".join(facts.get("quantifier", ())[:1]),
    )
