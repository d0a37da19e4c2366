"""Whether every identifier that is used is defined, and defined once.

A typo in an identifier makes a new thing that nobody knows; RDF tools pass over it in silence. So every IRI in a
namespace of ours must have a type somewhere, and no two files may say different things of one entity where only one
thing can be said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection

from theorymap.findings import Finding, Origin, error
from theorymap.patience import uncollected
from theorymap.sources import graph_of
from theorymap.store import Blank, Iri, Literal, Quad, Store
from theorymap.terms import OWL, RDF, RDFS, TM, nearest, ours, short

Locate = Callable[[str, str, str, str], Origin]
"""From subject, predicate, value and graph to the place where the statement stands."""

_SINGLE = {RDFS.label}
_FEW = 12
"""As many coded values are listed where one is wrong."""


@uncollected()
def check(store: Store, locate: Locate) -> list[Finding]:
    """Findings on identifiers that nobody defines and on entities that two files define differently.

    Args:
        store: The ontology and the knowledge base, a named graph a file.
        locate: Where a statement stands.
    """
    quads = list(store.quads())
    typed = [quad for quad in quads if quad.predicate == RDF.type]
    defined = {quad.subject for quad in typed}
    single = _SINGLE | {quad.subject for quad in typed if quad.object == OWL.FunctionalProperty}
    return [*_undefined(quads, defined, locate, store.base), *_twice(quads, single, locate, store.base)]


def _undefined(quads: list[Quad], defined: set[Iri | Blank], locate: Locate, base: str) -> list[Finding]:
    known: dict[str, list[str]] = defaultdict(list)
    for name in defined:
        if ours(name, base):
            known[_kind(name)].append(short(name, base))
    # The first graph of several that hold one triple, so that the findings are the same in every run.
    uses: dict[tuple[str, str, str], str] = {}
    for quad in quads:
        graph = quad.graph or ""
        for iri, predicate in ((quad.subject, ""), (quad.predicate, quad.predicate), (quad.object, quad.predicate)):
            if iri in defined or not isinstance(iri, Iri) or not ours(iri, base):
                continue
            if not _elsewhere(iri, predicate, graph, graph_of("", base)):
                use = (quad.subject, predicate, iri)
                uses[use] = min(graph, uses.get(use, graph))
    return [_finding(*use, graph, known, locate, base) for use, graph in sorted(uses.items())]


def _elsewhere(iri: str, predicate: str, graph: str, graphs: str) -> bool:
    """Whether it is not for this check to say.

    A graph is no entity; a passage that is gone from under its lock is a matter of the check of passages; and what
    comes with theorymap is in order, but may cite works that this knowledge base does not enter.
    """
    packaged = graph.startswith(f"{graphs}theorymap/")
    return iri.startswith(graphs) or packaged or (not predicate and graph.endswith(".lock"))


def _finding(
    subject: str, predicate: str, iri: str, graph: str, known: dict[str, list[str]], locate: Locate, base: str
) -> Finding:
    """The finding for an IRI that is used as the object of a statement, as its predicate, or (no predicate) subject."""
    name = short(iri, base)
    near = nearest(name, known[_kind(iri)]) or nearest(name, [n for names in known.values() for n in names], 0.75)
    said = name.rpartition("/")[2] if iri.startswith(TM) else name
    values = (
        sorted(value.rpartition("/")[2] for value in known[_kind(iri)]) if iri.startswith(TM) and "/" in name else []
    )
    if values and len(values) <= _FEW:
        repair = f"One of: {', '.join(values)}." + (f" Did you mean {near.rpartition('/')[2]}?" if near else "")
    elif near:
        shown = near.rpartition("/")[2] if iri.startswith(TM) else near
        repair = f"Did you mean {shown}?"
    else:
        repair = "Define it in one of the files in kb/, or correct the identifier."
    origin = locate(subject, predicate, iri if predicate else "", graph)
    message = f"{said} is used here, and nobody defines it."
    return error(
        "undefined-identifier",
        origin,
        message,
        repair,
        entity=short(subject, base),
        property=short(predicate, base),
        value=name,
    )


def _kind(iri: str) -> str:
    """The beginning that an IRI shares with its like: up to the last slash."""
    return iri.rpartition("/")[0]


def _twice(quads: list[Quad], single: Collection[str], locate: Locate, base: str) -> list[Finding]:
    said: dict[tuple[str, str], dict[str, Quad]] = defaultdict(dict)
    for quad in quads:
        if quad.predicate in single and ours(quad.subject, base) and isinstance(quad.object, Iri | Literal):
            said[quad.subject, quad.predicate].setdefault(str(quad.object), quad)
    findings: dict[str, Finding] = {}
    for (subject, _), values in sorted(said.items()):
        by_file = sorted(values.values(), key=lambda quad: quad.graph or "")
        if len({quad.graph for quad in by_file}) > 1 and subject not in findings:
            findings[subject] = _conflict(subject, by_file[0], by_file[-1], locate, base)
    return list(findings.values())


def _conflict(subject: str, first: Quad, second: Quad, locate: Locate, base: str) -> Finding:
    places = [locate(quad.subject, quad.predicate, str(quad.object), quad.graph or "") for quad in (first, second)]
    name = short(subject, base)
    return error(
        "defined-twice",
        places[1],
        f"{name} is defined twice with different content, here and in {places[0]}.",
        "Keep one of the two, or give one of them an identifier of its own.",
        entity=name,
        property=short(second.predicate, base),
        value=str(second.object),
    )
