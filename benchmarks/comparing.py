"""The budget of a comparison: forty theories over two hundred dimensions, against the rows of its query alone."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from measuring import Row, seconds

from theorymap import compare
from theorymap.cache import Cache
from theorymap.query.catalogue import Catalogue
from theorymap.query.model import parameter_lines
from theorymap.store import Store
from theorymap.terms import DCTERMS, ID, PREFIXES, RDF, RDFS, TM

ROOT = Path(__file__).resolve().parent.parent


def row(folder: Path, theories: int, dimensions: int, runs: int) -> Row:
    """A comparison of everything against its query alone, the data at hand and the query files read before.

    Args:
        folder: For the query files as they were read.
        runs: How often each work is timed.
    """
    data = b"".join(lines(theories, dimensions))
    catalogue = Catalogue.discover(ROOT / "queries", cache=Cache(folder))
    ours_store, bare_store = Store(data), pyoxigraph.Store()
    bare_store.load(data, format=pyoxigraph.RdfFormat.N_QUADS)
    named = [f"theory/t{number}" for number in range(theories)]
    sparql = asked(catalogue.get("compare-theories").sparql, named)

    def bare() -> None:
        found = bare_store.query(sparql, use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        for solution in found:
            for term in solution:
                str(term)

    def ours() -> None:
        table = compare.run(catalogue, ours_store, "theories", named)
        assert len(table) == dimensions and len(table.columns) == theories + 1

    taken = [[seconds(work) for work in (ours, bare)] for _ in range(runs + 1)][1:]
    first, second = (statistics.median(column) for column in zip(*taken, strict=True))
    work = f"a comparison of {theories} theories over {dimensions} dimensions"
    return Row(work, "pyoxigraph, its query alone", first, second, 1.3)


def asked(sparql: str, named: list[str]) -> str:
    """The query about some things, as any engine can be asked it."""
    text = sparql.split("\n")
    for number, name in parameter_lines(sparql):
        text[number - 1] = f"VALUES ?{name} {{ {' '.join(f'<{ID}{item}>' for item in named)} }}"
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "\n".join(text)


def lines(theories: int, dimensions: int) -> Iterator[bytes]:
    """The statements of a knowledge base in which one document says of each theory something on each dimension."""
    graph, document, holder = f"<{ID}graph/b>", f"<{ID}work/book-2001>", f"<{ID}person/ada>"

    def said(subject: str, predicate: str, value: str) -> bytes:
        return f"{subject} <{predicate}> {value} {graph} .\n".encode()

    yield said(document, RDF.type, f"<{TM.Document}>") + said(document, RDF.type, f"<{TM.Work}>")
    yield said(document, DCTERMS.identifier, '"book-2001"') + said(document, TM.authorText, '"Reed, Ada"')
    yield said(document, TM.extent, f"<{TM.term('extent/full-text')}>") + said(holder, RDFS.label, '"Ada Reed"')
    for word in (f"{TM}commitment/asserts", f"{TM}stance/asserts"):
        yield said(f"<{word}>", RDFS.label, '"asserts"')
    for number in range(dimensions):
        yield said(f"<{ID}dimension/d{number}>", RDF.type, f"<{TM.Dimension}>")
        yield said(f"<{ID}dimension/d{number}>", RDFS.label, f'"respect {number}"')
    for theory in range(theories):
        yield said(f"<{ID}theory/t{theory}>", RDF.type, f"<{TM.Theory}>")
        yield said(f"<{ID}theory/t{theory}>", RDFS.label, f'"theory {theory}"')
        for number in range(dimensions):
            claim, told, passage = (f"<{ID}claim/c{theory}-{number}{part}>" for part in ("", "/told", "/passage"))
            yield said(claim, RDF.type, f"<{TM.Characterisation}>") + said(claim, TM.text, f'"A claim {number}."')
            yield said(claim, TM.theory, f"<{ID}theory/t{theory}>") + said(claim, TM.attribution, told)
            yield said(claim, TM.concernsTheory, f"<{ID}theory/t{theory}>")
            yield said(claim, TM.dimension, f"<{ID}dimension/d{number}>") + said(claim, TM.value, f'"v {number % 7}"')
            yield said(told, TM.document, document) + said(told, TM.holder, holder) + said(told, TM.passage, passage)
            yield said(told, TM.commitment, f"<{TM.term('commitment/asserts')}>")
            yield said(told, TM.stance, f"<{TM.term('stance/asserts')}>")
            yield said(passage, TM.document, document) + said(passage, TM.section, f'"Section {number % 9}"')
