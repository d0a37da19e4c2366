"""The knowledge base written for other tools, through the registry of formats."""

from __future__ import annotations

from dataclasses import replace

from theorymap.argue.labelling import acceptance
from theorymap.argue.structure import Weighing
from theorymap.argue.translation import translate
from theorymap.argument_map import ArgumentMap
from theorymap.draw import arguments
from theorymap.errors import UsageError
from theorymap.formats import Holds, named
from theorymap.knowledge import Knowledge
from theorymap.query.answer import run
from theorymap.store import Store, serialise
from theorymap.table import Status, Table
from theorymap.terms import RDF, TM, nearest

CLAIMS = "claims-and-holders"
"""The question whose answer is the knowledge base as a table."""


def write(knowledge: Knowledge, format: str, *, inferred: bool, background: bool, document: str) -> bytes:
    """The knowledge base in a format; for the arguments see `theorymap.Workspace.export`.

    As a table it is the answer to the question `CLAIMS`, as a picture the map of its arguments. The works of one
    document are itself and those that it names. What follows is written only where it follows from what is written: an
    export without background, or of one document, holds the inferences about the entities that it enters.

    Raises:
        UsageError: There is no such format or document.
    """
    chosen = named(format)
    match chosen.holds:
        case Holds.WORKS if document:
            return chosen.write(_works(knowledge, document))
        case Holds.ARGUMENTS:
            return chosen.write(_map(knowledge, background=background, document=document))
        case Holds.PICTURE:
            shown = _map(knowledge, background=background, document=document)
            labels = acceptance(translate(knowledge.argument_map(Weighing(background=background))))
            return chosen.write(arguments.picture(shown, labels, base=knowledge.base))
        case Holds.TABLE:
            return chosen.write(_claims(knowledge, background=background, document=document))
    nquads = _nquads(knowledge, inferred=inferred, background=background, document=document)
    return chosen.write(nquads, knowledge.base) if chosen.holds is Holds.KNOWLEDGE else chosen.write(nquads)


def _nquads(knowledge: Knowledge, *, inferred: bool, background: bool, document: str) -> bytes:
    graphs = {knowledge.sources.graph(file.name) for file in knowledge.sources.of("kb")}
    if document:
        graphs = _graphs_of(knowledge, document)
    if not background:
        graphs -= knowledge.background_graphs()
    nquads = knowledge.stated.nquads(graphs)
    if inferred:
        nquads += _inferred(knowledge, Store(nquads))
    return nquads


def _works(knowledge: Knowledge, document: str) -> bytes:
    """What is said of a document as a work, and of the works that it names."""
    told = [q for graph in _graphs_of(knowledge, document) for q in knowledge.stated.quads(graph=graph)]
    named = {str(term) for q in told for term in (q.subject, q.object)}
    works = {str(q.subject) for q in knowledge.stated.quads(None, RDF.type, TM.Work)} & named
    quads = (q for work in works for q in knowledge.stated.quads(work))
    lines = (f"{serialise(q.subject)} {serialise(q.predicate)} {serialise(q.object)} <{q.graph}> .\n" for q in quads)
    return "".join(lines).encode()


def _claims(knowledge: Knowledge, *, background: bool, document: str) -> Table:
    """A row for each attribution of each claim; of one document those that it makes."""
    query = knowledge.catalogue.get(CLAIMS)
    table = run(query, knowledge.asked(query.sparql), {})
    if document:
        _graphs_of(knowledge, document)
    wanted = f"work/{document.removeprefix('work/')}" if document else ""
    kept = [
        (row, status)
        for row, status in zip(table.rows, table.statuses, strict=True)
        if (background or status is not Status.BACKGROUND)
        and (not wanted or any(source.document == wanted for cell in row for source in cell.sources))
    ]
    return replace(table, rows=tuple(row for row, _ in kept), statuses=tuple(status for _, status in kept))


def _map(knowledge: Knowledge, *, background: bool, document: str) -> ArgumentMap:
    """The arguments of the knowledge base, or those that a document states."""
    whole = knowledge.argument_map(Weighing(background=background))
    shown = {f"work/{document.removeprefix('work/')}"} if document else set()
    if document:
        _graphs_of(knowledge, document)
    elif not background:
        known = {str(q.subject) for q in knowledge.stated.quads(None, RDF.type, TM.Document)}
        shown = set(map(knowledge.short, known))
    return whole.told_by(shown) if shown else whole


def _graphs_of(knowledge: Knowledge, document: str) -> set[str]:
    """The graphs of the file of a document and of its lock."""
    name = document.removeprefix("work/")
    graphs = {str(quad.graph) for quad in knowledge.stated.quads(f"{knowledge.base}work/{name}", RDF.type, TM.Document)}
    if not graphs:
        keys = sorted(str(q.subject).rpartition("/")[2] for q in knowledge.stated.quads(None, RDF.type, TM.Document))
        near = nearest(name, keys)
        raise UsageError(
            f"there is no document {name}", f"Did you mean {near}?" if near else f"Documents: {', '.join(keys)}."
        )
    locks = {knowledge.sources.graph(f.name) for f in knowledge.sources.of("kb") if f.name.endswith(f"/{name}.lock")}
    return graphs | locks


def _inferred(knowledge: Knowledge, written: Store) -> bytes:
    """The inferences whose terms are all entered in what is written, or are terms of an ontology."""
    entered = {str(quad.subject) for quad in written.quads()}
    graph, base = knowledge.inferred, knowledge.base
    quads = knowledge.store.quads(graph=graph)
    kept = [
        q
        for q in quads
        if str(q.subject) in entered and (str(q.object) in entered or not str(q.object).startswith(base))
    ]
    lines = {f"{serialise(q.subject)} {serialise(q.predicate)} {serialise(q.object)} <{graph}> .\n" for q in kept}
    return "".join(sorted(lines)).encode()
