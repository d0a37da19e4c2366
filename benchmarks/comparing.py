"""The budget of a comparison: forty theories over two hundred dimensions, against the rows of its queries alone."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from measuring import Row, seconds

from theorymap import Workspace
from theorymap.query.model import parameter_lines
from theorymap.terms import DCTERMS, ID, PREFIXES, RDF, RDFS, TM


def rows(folder: Path, theories: int, dimensions: int, runs: int) -> Iterator[Row]:
    """Comparisons of everything against their queries alone: full from one document, half blank from many.

    What asks for values is one query; where there are blanks, two more ask which documents and sections were searched.
    Each is measured as a user gets it, with the knowledge base in memory: made, and read from the cache.
    """
    for documents, blank in ((1, 0), (theories, 2)):
        data = b"".join(lines(theories, dimensions, documents, blank))
        yield from _pair(folder / f"comparing-{documents}", data, theories, dimensions, documents, runs)


def _pair(folder: Path, data: bytes, theories: int, dimensions: int, documents: int, runs: int) -> Iterator[Row]:
    """The row of a comparison that is made and of one that is kept."""
    workspace, bare_store = _workspace(folder, data), pyoxigraph.Store()
    bare_store.load(workspace.knowledge.nquads, format=pyoxigraph.RdfFormat.N_QUADS)
    named = [f"theory/t{number}" for number in range(theories)]
    wanted = {"compare-theories": named}
    if documents > 1:
        works = [f"work/book-{2001 + year}" for year in range(documents)]
        wanted |= {"searched-documents": named, "searched-sections": works}
    queries = [asked(workspace.knowledge.catalogue.get(name).sparql, things) for name, things in wanted.items()]
    turns = itertools.count()

    def bare() -> None:
        for sparql in queries:
            found = bare_store.query(sparql, base_iri=ID, use_default_graph_as_union=True)
            assert isinstance(found, pyoxigraph.QuerySolutions)
            for solution in found:
                for term in solution:
                    str(term)

    def cold() -> None:
        turn = next(turns) % theories  # the same things in another order were not asked before
        table = workspace.compare("theories", *named[turn:], *named[:turn])
        assert len(table) == dimensions and len(table.columns) == theories + 1

    def warm() -> None:
        assert len(workspace.compare("theories", *named)) == dimensions

    taken = [[seconds(work) for work in (cold, warm, bare)] for _ in range(runs + 1)][1:]
    first, second, third = (statistics.median(column) for column in zip(*taken, strict=True))
    blank = ", half of them blank" if documents > 1 else ""
    work = f"a comparison of {theories} theories over {dimensions} dimensions{blank}, {documents} documents"
    yardstick = "pyoxigraph, its query alone" if len(queries) == 1 else f"pyoxigraph, its {len(queries)} queries alone"
    yield Row(f"{work}, made", yardstick, first, third, 1.3)
    yield Row(f"{work}, kept", yardstick, second, third, 1.3)


def _workspace(folder: Path, data: bytes) -> Workspace:
    """A workspace of which some statements were read and kept before; to check and to infer is measured elsewhere."""
    (folder / "kb").mkdir(parents=True, exist_ok=True)
    (folder / "theorymap.toml").write_text("")
    (folder / "kb" / "bibliography.bib").write_text(
        "@book{book-2001, author = {Reed, Ada}, title = {A}, year = {2001}}\n"
    )
    workspace = Workspace.open(folder)
    workspace.sources.cache.put(workspace.knowledge.key, data)
    return workspace


def asked(sparql: str, named: list[str]) -> str:
    """The query about some things, as any engine can be asked it."""
    text = sparql.split("\n")
    for number, name in parameter_lines(sparql):
        text[number - 1] = f"VALUES ?{name} {{ {' '.join(f'<{ID}{item}>' for item in named)} }}"
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "\n".join(text)


def lines(theories: int, dimensions: int, documents: int = 1, blank: int = 0) -> Iterator[bytes]:
    """The statements of a knowledge base in which documents in turn say of each theory something on each dimension.

    Args:
        blank: Of how many cells one is left without a value; 0 where all have one.
    """
    graph, holder = f"<{ID}graph/b>", f"<{ID}person/ada>"

    def said(subject: str, predicate: str, value: str) -> bytes:
        return f"{subject} <{predicate}> {value} {graph} .\n".encode()

    yield said(holder, RDFS.label, '"Ada Reed"')
    for year in range(documents):
        document = f"<{ID}work/book-{2001 + year}>"
        yield said(document, RDF.type, f"<{TM.Document}>") + said(document, RDF.type, f"<{TM.Work}>")
        yield said(document, DCTERMS.identifier, f'"book-{2001 + year}"') + said(document, TM.authorText, '"Reed, Ada"')
        yield said(document, TM.extent, f"<{TM.term('extent/full-text')}>")
    for word in (f"{TM}commitment/asserts", f"{TM}stance/asserts"):
        yield said(f"<{word}>", RDFS.label, '"asserts"')
    for number in range(dimensions):
        yield said(f"<{ID}dimension/d{number}>", RDF.type, f"<{TM.Dimension}>")
        yield said(f"<{ID}dimension/d{number}>", RDFS.label, f'"respect {number}"')
    for theory in range(theories):
        yield said(f"<{ID}theory/t{theory}>", RDF.type, f"<{TM.Theory}>")
        yield said(f"<{ID}theory/t{theory}>", RDFS.label, f'"theory {theory}"')
        for number in range(dimensions):
            if blank and (theory + number) % blank == 0:
                continue
            document = f"<{ID}work/book-{2001 + (theory + number // 2) % documents}>"
            claim, told, passage = (f"<{ID}claim/c{theory}-{number}{part}>" for part in ("", "/told", "/passage"))
            yield said(claim, RDF.type, f"<{TM.Characterisation}>") + said(claim, TM.text, f'"A claim {number}."')
            yield said(claim, TM.theory, f"<{ID}theory/t{theory}>") + said(claim, TM.attribution, told)
            yield said(claim, TM.concernsTheory, f"<{ID}theory/t{theory}>")
            yield said(claim, TM.dimension, f"<{ID}dimension/d{number}>") + said(claim, TM.value, f'"v {number % 7}"')
            yield said(told, TM.document, document) + said(told, TM.holder, holder) + said(told, TM.passage, passage)
            yield said(told, TM.commitment, f"<{TM.term('commitment/asserts')}>")
            yield said(told, TM.stance, f"<{TM.term('stance/asserts')}>")
            yield said(passage, TM.document, document) + said(passage, TM.section, f'"Section {number % 9}"')
