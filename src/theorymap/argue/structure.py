"""The knowledge base as an argument map; what is selected is decided by the queries in `queries/map/`."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement
from theorymap.rdf import Solutions
from theorymap.table import Source
from theorymap.terms import local, short

PARTS = ("claims", "attributions", "steps", "attacks", "links")
"""The query files of `queries/map/`."""

_PUT_FORWARD = ("asserts", "recommends")
_AGAINST = ("denies", "doubts")
_CODED = ("commitment", "stance", "hedge", "certainty")
_OWN = ("asserts", "endorses", "uses")

Facts = Mapping[str, list[str]]


@dataclass(frozen=True)
class Weighing:
    """What is left out when arguments are weighed.

    Attributes:
        asserted: Whether an argument counts only where its maker asserts each of its stated premises.
        background: Whether what the registers of background say counts.
        reports: Whether a claim counts that every document only tells of others, without taking it over.
    """

    asserted: bool = False
    background: bool = True
    reports: bool = True

    def to_json(self) -> dict[str, bool]:
        """The choices as plain data."""
        return asdict(self)


def argument_map(select: Callable[[str], Solutions], weighing: Weighing = Weighing()) -> ArgumentMap:
    """The claims, arguments and attacks of the knowledge base, each by identifier.

    A claim is asserted where somebody asserts or recommends it. An attack whose target is no claim, argument or attack
    (a theory, say) is no part of the map.

    Args:
        select: From the name of a part to the rows of its query.
        weighing: What does not count.
    """
    rows = {part: select(part) for part in PARTS}
    told = _attributions(rows["attributions"])
    holders = {claim: _holders(attributions, weighing) for claim, attributions in told.items()}
    statements = [
        _statement(claim, facts, told.get(claim, []), holders.get(claim, {}))
        for claim, facts in _facts(rows["claims"]).items()
    ]
    implicit = {_id(row[2]): str(row[3]) for row in rows["steps"].rows if str(row[1]) == "implicit"}
    statements += [Statement(id, text, implicit=True) for id, text in implicit.items()]
    inferences = [_inference(id, facts, holders, weighing) for id, facts in _facts(rows["steps"]).items()]
    known = {statement.id for statement in statements} | {inference.id for inference in inferences}
    attacks = _attacks(_facts(rows["attacks"]), known)
    known |= {attack.id for attack in attacks}
    links = [Link(Bond(str(bond)), _id(source), _id(target)) for source, bond, target in rows["links"].rows]
    links = [link for link in links if link.source in known and link.target in known]
    return ArgumentMap(tuple(statements), tuple(inferences), tuple(attacks), tuple(links))


def voices(select: Callable[[str], Solutions]) -> dict[str, list[str]]:
    """For each claim, a sentence an attribution: who does what with it, how firmly, by whose telling, to what stance.

    Args:
        select: As for `argument_map`.
    """
    return {claim: list(map(_voice, told)) for claim, told in _attributions(select("attributions")).items()}


def _voice(facts: Facts) -> str:
    def said(key: str) -> str:
        return " and ".join(facts.get(key, ()))

    done, firmly = _DONE.get(said("commitment"), said("commitment")), _FIRMLY.get(said("hedge"), said("hedge"))
    told = f", as {said('teller')} tells" if facts.get("teller") else ""
    doubt = f"; the holder is {said('certainty')}" if said("certainty") not in ("explicit", "") else ""
    known = "background" if facts.get("background") else said("document").removeprefix("work/")
    stance = _STANCES.get(said("stance"), f": the author {said('stance')} it") if said("stance") else ""
    return f"{done} by {said('holder') or 'nobody'} {firmly}{told}{doubt} ({known}{stance})."


_DONE = {
    "asserts": "Asserted",
    "denies": "Denied",
    "doubts": "Doubted",
    "entertains": "Entertained",
    "recommends": "Recommended",
}
_FIRMLY = {"plain": "plainly", "certain": "as certain", "probable": "as probable", "possible": "as possible"}
_STANCES = {
    "asserts": "",
    "neutral": ": the author takes no side",
    "announces": ": announced, not reported",
    "uses": ": the author uses it",
}


class Reception(enum.Enum):
    """What the documents that tell a claim make of it."""

    TAKEN_OVER = "taken over"
    DISPUTED = "disputed"
    ONLY_TOLD = "only told"


def receptions(select: Callable[[str], Solutions]) -> dict[str, Reception]:
    """What becomes of each claim: a document takes it over, or every document disputes or denies it, or neither.

    A document takes a claim over whose author asserts, endorses or uses it and does not deny or doubt it.

    Args:
        select: As for `argument_map`.
    """
    return {claim: _reception(told) for claim, told in _attributions(select("attributions")).items()}


def _reception(told: Iterable[Facts]) -> Reception:
    disputing: dict[str, bool] = {}
    for facts in told:
        own, against = set(facts.get("stance", ())) & set(_OWN), set(facts.get("commitment", ())) & set(_AGAINST)
        if own and not against:
            return Reception.TAKEN_OVER
        for document in facts.get("document", ()):
            disputing[document] = disputing.get(document, False) or bool(own) or "disputes" in facts.get("stance", ())
    return Reception.DISPUTED if disputing and all(disputing.values()) else Reception.ONLY_TOLD


def _id(term: object) -> str:
    return short(str(term))


def _facts(solutions: Solutions) -> dict[str, dict[str, list[str]]]:
    """What the rows say, by id and key."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in solutions.rows:
        found.setdefault(_id(row[0]), defaultdict(list))[_id(row[1])].append(_id(row[2]))
    return found


def _attributions(solutions: Solutions) -> dict[str, list[dict[str, list[str]]]]:
    """The attributions of each claim."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for claim, attribution, key, value in solutions.rows:
        word = local(str(value)) if str(key) in _CODED else _id(value)
        found.setdefault((_id(claim), str(attribution)), defaultdict(list))[str(key)].append(word)
    by_claim: dict[str, list[dict[str, list[str]]]] = defaultdict(list)
    for (id, _), facts in found.items():
        by_claim[id].append(facts)
    return by_claim


def _holders(attributions: Iterable[Facts], weighing: Weighing) -> dict[str, None]:
    """Who puts a claim forward, as far as that counts, each once and in order."""
    return {
        holder: None
        for facts in attributions
        if set(facts.get("commitment", ())) & set(_PUT_FORWARD)
        and (weighing.background or not facts.get("background"))
        and (weighing.reports or set(facts.get("stance", ())) & set(_OWN))
        for holder in facts.get("holder", ())
    }


def _statement(claim: str, facts: Facts, told: list[dict[str, list[str]]], holders: Mapping[str, None]) -> Statement:
    sources = [source for attribution in told for source in _sources(attribution)]
    sections = [section for attribution in told for section in attribution.get("section", ())]
    scope = [(key, value) for key, values in facts.items() if key not in ("text", "theory") for value in values]
    return Statement(
        claim,
        facts["text"][0],
        asserted=bool(holders),
        denied=any(set(attribution.get("commitment", ())) & set(_AGAINST) for attribution in told),
        holders=tuple(holders),
        groups=tuple(dict.fromkeys((*facts.get("theory", ()), *sections))),
        scope=tuple(scope),
        sources=tuple(dict.fromkeys(sources)),
    )


def _sources(facts: Facts) -> list[Source]:
    return [Source(document, place) for document in facts.get("document", ()) for place in facts.get("section", [""])]


def _inference(id: str, facts: Facts, holders: Mapping[str, Mapping[str, None]], weighing: Weighing) -> Inference:
    makers, premises = facts.get("maker", []), facts.get("premise", [])
    shown = [(key, value) for key in ("grounds", "evidence", "open question") for value in facts.get(key, ())]
    held = not weighing.asserted or any(all(maker in holders.get(p, ()) for p in premises) for maker in makers)
    return Inference(
        id,
        (*premises, *facts.get("implicit", ())),
        facts["conclusion"][0],
        scheme="".join(local(scheme) for scheme in facts.get("scheme", ())),
        makers=tuple(makers),
        entertained=bool(facts.get("entertained")) or not held,
        data=tuple(shown),
        sources=tuple(_sources(facts)),
    )


def _attacks(facts: Mapping[str, Facts], known: set[str]) -> list[Attack]:
    """The attacks on what is in the map; on attacks, after those that they attack."""
    attacks: list[Attack] = []
    waiting = dict(facts)
    at_hand = set(known)
    while True:
        ready = [id for id, fact in waiting.items() if at_hand.issuperset((*fact["attacker"], *fact["target"]))]
        if not ready:
            return attacks
        for id in ready:
            fact = waiting.pop(id)
            makers = tuple(fact.get("maker", ()))
            attacks.append(
                Attack(id, tuple(fact["attacker"]), fact["target"][0], makers, sources=tuple(_sources(fact)))
            )
        at_hand.update(ready)
