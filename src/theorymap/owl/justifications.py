"""Why an ontology is inconsistent or a class impossible: the few axioms that together cannot be true.

Pellet points at candidates; HermiT proves which of them are needed. Where Pellet is at a loss, the axioms are found by
halving: Junker, *QuickXplain*, AAAI 2004, in the form that asks for the shortest inconsistent prefix.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from theorymap.errors import EngineError
from theorymap.findings import Origin
from theorymap.terms import OWL, TM

from .axioms import TYPE, Axiom, read
from .java import OverdueError
from .reasoners import Oracle
from .sentences import Label, Sentences

OriginOf = Callable[[str, str, str], Origin]
"""From a triple, as N-Triples text, to where it stands, or where its subject does; `Origin()` if that is not known."""

TIMEOUT = 120.0
"""Seconds for the explanations of one inconsistency or class unless the caller says otherwise."""
_PARTS = 16
_CANDIDATES = 60
_SUPPOSED = f"<{TM.term('supposed-member')}>"
_ORDER = ("subClassOf", "equivalentClass", "subPropertyOf", "domain", "range", "propertyChainAxiom", "inverseOf")


@dataclass(frozen=True)
class Justification:
    """A minimal set of axioms that cannot all be true: without any one of them, the rest can.

    Attributes:
        axioms: What is said of individuals first, then of classes and properties, prohibitions last.
        target: The IRI of the class that can have no member; empty where the ontology is inconsistent.
    """

    axioms: tuple[Axiom, ...]
    target: str = ""

    def sentences(self, label: Label, origin: OriginOf) -> list[str]:
        """One sentence an axiom, such as "kb/cases.yaml:12 says that Brazil is a State"."""
        mentioned = Counter(name for axiom in self.axioms for name in axiom.names)
        relevant = {name for name, times in mentioned.items() if times > 1} | {f"<{self.target}>"}
        words = Sentences(label, relevant)
        return [f"{_source(place_of(axiom, origin))} says that {words.clause(axiom)}" for axiom in self.axioms]


def explain(
    ntriples: bytes, target: str | None = None, limit: int = 3, java: str | None = None, timeout: float = TIMEOUT
) -> tuple[Justification, ...]:
    """Why a graph is inconsistent, or why one of its classes can have no member.

    Args:
        ntriples: As for `consistency`, which must have found it so.
        target: The IRI of the class; None for an inconsistency.
        limit: How many different justifications are wanted at most.
        java: As for `consistency`.
        timeout: Seconds for all of it.

    Returns:
        At least one justification, unless nothing is wrong or the time was too short.

    Raises:
        EngineError: HermiT did not start, or did not answer as a reasoner does.
        SourceError: A line is not a triple.
    """
    ontology = read(ntriples)
    oracle = Oracle(ontology, java, timeout)
    supposed = () if target is None else (Axiom(((_SUPPOSED, TYPE, f"<{target}>"),)),)
    axioms = [axiom for axiom in ontology.axioms if axiom not in supposed]
    try:
        found = _by_hints(oracle, axioms, supposed, limit) or _by_halving(oracle, axioms, supposed)
    except OverdueError:
        return ()
    return tuple(Justification(tuple(sorted(core, key=_order)), target or "") for core in found)


def place_of(axiom: Axiom, origin: OriginOf) -> Origin:
    """Where an axiom stands; for a set without a name of its own, at least the file that its members share."""
    place = origin(*axiom.triples[0])
    if place.file or not axiom.subject.startswith("_:"):
        return place
    files = {origin(name, TYPE, f"<{OWL.Class}>").file for name in axiom.names}
    return Origin(files.pop()) if len(files) == 1 else Origin()


def _source(place: Origin) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file or "the ontology"


def _order(axiom: Axiom) -> tuple[bool, int, str]:
    name = axiom.predicate.rpartition("#")[2][:-1]
    rank = _ORDER.index(name) if name in _ORDER else len(_ORDER)
    return (not axiom.asserts, 0 if axiom.asserts else rank, axiom.text)


def _by_hints(
    oracle: Oracle, axioms: Sequence[Axiom], supposed: tuple[Axiom, ...], limit: int
) -> list[tuple[Axiom, ...]]:
    """The justifications that Pellet's explanations lead to, proved, each once; none where it is of no help."""
    try:
        hints = oracle.hints([*supposed, *axioms], limit)
    except EngineError:
        return []
    found: dict[frozenset[Axiom], tuple[Axiom, ...]] = {}
    for hint in hints:
        candidates = _candidates(hint, axioms)
        core = _minimal(oracle, candidates, supposed) if len(candidates) <= _CANDIDATES else None
        if core is not None:
            found.setdefault(frozenset(core), core)
    return list(found.values())


def _candidates(hint: Iterable[frozenset[str]], axioms: Sequence[Axiom]) -> list[Axiom]:
    """The axioms that a hint can mean: those with the same names; else those of a longer list with these among."""
    by_names: dict[frozenset[str], list[Axiom]] = defaultdict(list)
    for axiom in axioms:
        by_names[axiom.names].append(axiom)
    chosen: dict[Axiom, None] = {}
    for names in hint:
        exact = by_names.get(names, [])
        longer = [a for a in axioms if len(a.triples) > 2 and names <= a.names] if len(names) > 1 else []
        chosen |= dict.fromkeys([*exact, *longer])
    return list(chosen)


def _minimal(oracle: Oracle, candidates: Sequence[Axiom], supposed: tuple[Axiom, ...]) -> tuple[Axiom, ...] | None:
    """A smallest inconsistent part of the candidates, in their order; None if they are consistent."""
    needed: list[Axiom] = []
    rest = list(candidates)
    while True:
        without = [[*supposed, *needed, *rest[:index], *rest[index + 1 :]] for index in range(len(rest))]
        hit = oracle.first_inconsistent([*without, [*supposed, *needed, *rest]])
        if hit is None:
            return None
        if hit == len(rest):
            return (*needed, *rest)
        needed, rest = needed + rest[:hit], rest[hit + 1 :]


def _by_halving(oracle: Oracle, axioms: Sequence[Axiom], supposed: tuple[Axiom, ...]) -> list[tuple[Axiom, ...]]:
    """One justification, found among all axioms; none if they are consistent."""
    # What is said of classes first: it is always in the way, while most individuals have no part in it.
    rest = sorted(axioms, key=lambda axiom: axiom.asserts)
    core: list[Axiom] = []
    if oracle.first_inconsistent([[*supposed, *rest]]) is None:
        return []
    while cut := _shortest_prefix(oracle, [*supposed, *core], rest):
        core.append(rest[cut - 1])
        rest = rest[: cut - 1]
    return [tuple(core)]


def _shortest_prefix(oracle: Oracle, fixed: Sequence[Axiom], axioms: Sequence[Axiom]) -> int:
    """How many of the axioms, counted from the first, contradict the fixed ones; all of them do."""
    low, high = 0, len(axioms)
    while low < high:
        sizes = range(low, high, -(-(high - low) // _PARTS))
        hit = oracle.first_inconsistent([[*fixed, *axioms[:size]] for size in sizes])
        if hit is None:
            low = sizes[-1] + 1
        else:
            low, high = (sizes[hit - 1] + 1 if hit else low), sizes[hit]
    return low
