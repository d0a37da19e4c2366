"""The knowledge base written for other tools, through the registry of formats."""

from __future__ import annotations

from theorymap.argue.structure import Weighing
from theorymap.argument_map import ArgumentMap
from theorymap.errors import UsageError
from theorymap.formats import FORMATS
from theorymap.knowledge import Knowledge
from theorymap.sources import INFERRED, graph_of
from theorymap.store import Store, serialise
from theorymap.terms import ID, RDF, TM, nearest, short


def write(knowledge: Knowledge, format: str, *, inferred: bool, background: bool, document: str) -> bytes:
    """The knowledge base in a format; for the arguments see `theorymap.Workspace.export`.

    What follows is written only where it follows from what is written: an export without background, or of one
    document, holds the inferences about the entities that it enters.

    Raises:
        UsageError: There is no such format or document.
    """
    if format not in FORMATS:
        near = nearest(format, FORMATS)
        raise UsageError(
            f"there is no format {format}", f"Did you mean {near}?" if near else f"Formats: {', '.join(FORMATS)}."
        )
    write_map, write = FORMATS[format].write_map, FORMATS[format].write
    if write_map is not None:
        return write_map(_map(knowledge, background=background, document=document))
    assert write is not None
    graphs = {graph_of(file.name) for file in knowledge.sources.of("kb")}
    if document:
        graphs = _graphs_of(knowledge, document)
    if not background:
        graphs -= knowledge.background_graphs()
    nquads = knowledge.stated.nquads(graphs)
    if inferred:
        nquads += _inferred(knowledge, Store(nquads))
    return write(nquads)


def _map(knowledge: Knowledge, *, background: bool, document: str) -> ArgumentMap:
    """The arguments of the knowledge base, or those that a document states."""
    whole = knowledge.argument_map(Weighing(background=background))
    shown = {f"work/{document.removeprefix('work/')}"} if document else set()
    if document:
        _graphs_of(knowledge, document)
    elif not background:
        known = {str(q.subject) for q in knowledge.stated.quads(None, RDF.type, TM.Document)}
        shown = {short(iri) for iri in known}
    return whole.told_by(shown) if shown else whole


def _graphs_of(knowledge: Knowledge, document: str) -> set[str]:
    """The graphs of the file of a document and of its lock."""
    name = document.removeprefix("work/")
    graphs = {str(quad.graph) for quad in knowledge.stated.quads(f"{ID}work/{name}", RDF.type, TM.Document)}
    if not graphs:
        keys = sorted(str(q.subject).rpartition("/")[2] for q in knowledge.stated.quads(None, RDF.type, TM.Document))
        near = nearest(name, keys)
        raise UsageError(
            f"there is no document {name}", f"Did you mean {near}?" if near else f"Documents: {', '.join(keys)}."
        )
    locks = {graph_of(f.name) for f in knowledge.sources.of("kb") if f.name.endswith(f"/{name}.lock")}
    return graphs | locks


def _inferred(knowledge: Knowledge, written: Store) -> bytes:
    """The inferences whose terms are all entered in what is written, or are terms of an ontology."""
    entered = {str(quad.subject) for quad in written.quads()}
    quads = knowledge.store.quads(graph=INFERRED)
    kept = [
        q for q in quads if str(q.subject) in entered and (str(q.object) in entered or not str(q.object).startswith(ID))
    ]
    lines = {f"{serialise(q.subject)} {serialise(q.predicate)} {serialise(q.object)} <{INFERRED}> .\n" for q in kept}
    return "".join(sorted(lines)).encode()
