"""The union of what was read, queried; RDF from one syntax into another; the only module that imports pyoxigraph.

Every query, wherever it comes from, passes `sparql_text.refuse`, and Ctrl-C and time limits end the waiting for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from theorymap import sparql_text
from theorymap.errors import OutputError, SourceError, UsageError
from theorymap.patience import QueryTimeout, busy, patiently
from theorymap.rdf import Blank, Iri, Literal, Quad, Solutions, Term, not_xml
from theorymap.terms import ID, PREFIXES, prefixes

__all__ = [
    "RDF_FORMATS",
    "ROW_FORMATS",
    "Blank",
    "Iri",
    "Literal",
    "Quad",
    "QuerySyntaxError",
    "QueryTimeout",
    "RdfSyntaxError",
    "Solutions",
    "Store",
    "Term",
    "busy",
    "canonical",
    "check_syntax",
    "convert",
    "quads_of",
    "serialise",
]

RDF_FORMATS: dict[str, ox.RdfFormat] = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
ROW_FORMATS: dict[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class RdfSyntaxError(SourceError):
    """RDF that cannot be read.

    Attributes:
        line, column: Where reading stopped, counted from 1; 0 where the parser does not say.
        reason: What was wrong there.
    """

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"line {line}, column {column}: {reason}" if line else reason)
        self.line, self.column, self.reason = line, column, reason


class QuerySyntaxError(UsageError):
    """A query that cannot be read.

    Attributes:
        line, column: Where reading stopped, counted from 1.
        reason: What was wrong there.
    """

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"the query cannot be read at line {line}, column {column}: {reason}")
        self.line, self.column, self.reason = line, column, reason


class Store:
    """Quads in memory, queried with SPARQL 1.1; the default graph of a query is the union of all graphs.

    Over that union the engine returns a triple once for each graph that holds it: queries say DISTINCT.

    Attributes:
        base: With which the IRIs of the individuals begin.
    """

    def __init__(self, *nquads: bytes, trusted: bool = False, base: str = ID) -> None:
        """A store of the quads of any number of N-Quads documents.

        Args:
            base: With which the IRIs of the individuals begin; queries may leave it out, and `id:` stands for it.
            trusted: Whether they were read before, and nobody has touched them since: their IRIs are taken as they are,
                which halves the time.

        Raises:
            RdfSyntaxError: One of them cannot be read.
        """
        self._store, self.base = ox.Store(), base
        for data in nquads:
            with _Reading():
                self._store.load(data, format=ox.RdfFormat.N_QUADS, lenient=trusted)

    def __len__(self) -> int:
        return len(self._store)

    def graphs(self) -> tuple[Iri, ...]:
        """The names of the named graphs, sorted."""
        return tuple(sorted(Iri(graph.value) for graph in self._store.named_graphs()))

    def quads(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        value: str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """The quads with the given IRIs in the given places, in no order; None stands for anything.

        Raises:
            ValueError: A given string is no IRI.
        """
        s, p, o, g = (None if part is None else ox.NamedNode(part) for part in (subject, predicate, value, graph))
        known = _Lights({ox.DefaultGraph(): None})
        for quad in self._store.quads_for_pattern(s, p, o, g):
            yield Quad(known[quad.subject], known[quad.predicate], known[quad.object], known[quad.graph_name])

    def triples(self) -> Iterator[tuple[Iri | Blank, Iri, Term]]:
        """The triples of the union of all graphs, each once, in no order."""
        seen = set()
        for quad in self._store:
            if quad.triple not in seen:
                seen.add(quad.triple)
                yield _quad(quad)[:3]

    def nquads(self, graphs: Iterable[str] | None = None) -> bytes:
        """The quads of some graphs (None: of all) as N-Quads, one line a quad, sorted."""
        if graphs is None:
            return _sorted_lines(self._store.dump(format=ox.RdfFormat.N_QUADS) or b"")
        named = [ox.NamedNode(graph) for graph in graphs]
        found = (quad for graph in named for quad in self._store.quads_for_pattern(None, None, None, graph))
        return _sorted_lines(ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"")

    def select(self, sparql: str, *, timeout: float | None = None) -> Solutions:
        """The rows of a SELECT query.

        Args:
            timeout: The seconds that it may take; None for as long as it needs.

        Raises:
            QuerySyntaxError, UsageError: The query cannot be read, is refused, or is no SELECT.
            QueryTimeout, EngineError: It took too long, or could not be evaluated.
        """

        def work() -> Solutions:
            found = self._query(sparql)
            if not isinstance(found, ox.QuerySolutions):
                raise UsageError("this query gives no rows: it is no SELECT")
            names = tuple(variable.value for variable in found.variables)
            # Most rows of a long answer repeat most terms: each is made once.
            known = _Lights({None: None})
            return Solutions(names, [tuple([known[term] for term in row]) for row in found])

        return patiently(work, timeout)

    def ask(self, sparql: str, *, timeout: float | None = None) -> bool:
        """The answer to an ASK query. Raises as `select` does."""

        def work() -> bool:
            found = self._query(sparql)
            if not isinstance(found, ox.QueryBoolean):
                raise UsageError("this query gives no yes or no: it is no ASK")
            return bool(found)

        return patiently(work, timeout)

    def construct(self, sparql: str, target: str = "nt", *, timeout: float | None = None) -> bytes:
        """The triples of a CONSTRUCT or DESCRIBE query, each once and sorted, in a format of `RDF_FORMATS`.

        Raises as `select` does.
        """

        def work() -> bytes:
            found = self._query(sparql)
            if not isinstance(found, ox.QueryTriples):
                raise UsageError("this query gives no triples: it is no CONSTRUCT or DESCRIBE")
            if target == "nt":
                return _sorted_lines(found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
            return _write({_as_quad(triple) for triple in found}, target, prefixes(self.base))

        return patiently(work, timeout)

    def answer(self, sparql: str, target: str, *, timeout: float | None = None) -> bytes:
        """The answer to any query, as the W3C writes it.

        Args:
            target: One of `ROW_FORMATS` for SELECT and ASK, one of `RDF_FORMATS` for CONSTRUCT and DESCRIBE.

        Raises as `select` does; UsageError also where the format does not fit the query.
        """
        from theorymap import sparql_outline

        form = sparql_outline.outline(sparql).form
        fitting: Iterable[str] = RDF_FORMATS if form in ("CONSTRUCT", "DESCRIBE") else ROW_FORMATS
        if target not in fitting:
            raise UsageError(f"{form or 'this query'} does not give {target}", f"Choose one of {', '.join(fitting)}.")
        if fitting is RDF_FORMATS:
            return self.construct(sparql, target, timeout=timeout)

        def work() -> bytes:
            found = self._query(sparql)
            if isinstance(found, ox.QueryTriples):
                raise UsageError(f"triples cannot be written as {target}")
            return found.serialize(format=ROW_FORMATS[target]) or b""

        return patiently(work, timeout)

    def _query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        sparql_text.refuse(sparql)
        try:
            return self._store.query(
                sparql, base_iri=self.base, prefixes=prefixes(self.base), use_default_graph_as_union=True
            )
        except (SyntaxError, ValueError) as problem:
            raise _query_problem(sparql, str(problem)) from None


def check_syntax(sparql: str) -> None:
    """Read a query without running it.

    Raises:
        QuerySyntaxError, UsageError: It cannot be read, or is refused.
    """
    Store()._query(sparql)


def quads_of(data: bytes, source: str, base: str | None = None, graph: str | None = None) -> list[Quad]:
    """The statements of an RDF document, in the order of the document.

    Args:
        data: The document.
        source: Its syntax, one of `RDF_FORMATS`.
        base: The IRI against which relative ones are resolved.
        graph: The graph for the statements that stand in none.

    Raises:
        RdfSyntaxError: The document cannot be read.
    """
    return [_quad(quad) for quad in _parse(data, source, base, graph)]


def convert(
    data: bytes,
    source: str,
    target: str,
    base: str | None = None,
    graph: str | None = None,
    prefixes: Mapping[str, str] = PREFIXES,
) -> bytes:
    """An RDF document in another syntax, the same bytes for the same statements in any order.

    Nodes without a name get canonical labels (RDFC-1.0); a syntax without graphs gets their union, each triple once;
    only the prefixes that the document needs are declared. Arguments as for `quads_of`.

    Raises:
        RdfSyntaxError: The document cannot be read.
        OutputError: The syntax cannot hold it.
    """
    quads = set(_canonical(_parse(data, source, base, graph)))
    if not RDF_FORMATS[target].supports_datasets:
        quads = {_as_quad(quad.triple) for quad in quads}
    return _write(quads, target, prefixes)


def canonical(nquads: bytes) -> bytes:
    """N-Quads in canonical form: nodes relabelled by RDFC-1.0, each quad once, lines sorted by code point.

    Raises:
        RdfSyntaxError: The document cannot be read.
    """
    quads = _canonical(_parse(nquads, "nq", None, None))
    return _sorted_lines(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def serialise(term: Term) -> str:
    """A term as SPARQL, Turtle and N-Quads write it, validated and escaped by the RDF library.

    Raises:
        ValueError: It is no valid IRI or string.
    """
    if isinstance(term, Literal):
        if term.language:
            return str(ox.Literal(str(term), language=term.language))
        return str(ox.Literal(str(term), datatype=ox.NamedNode(term.datatype)))
    return str(ox.BlankNode(term) if isinstance(term, Blank) else ox.NamedNode(term))


class _Reading:
    """Turns the parser's SyntaxError into ours."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, problem: BaseException | None, trace: Any) -> None:
        if isinstance(problem, SyntaxError):
            reason = re.sub(r"^Parser error at [^:]*: ", "", problem.msg or str(problem))
            raise RdfSyntaxError(reason, problem.lineno or 0, problem.offset or 0) from None
        if isinstance(problem, (OSError, UnicodeError, ValueError)):
            raise RdfSyntaxError(str(problem)) from None


def _parse(data: bytes, source: str, base: str | None, graph: str | None) -> Iterator[ox.Quad]:
    home = None if graph is None else ox.NamedNode(graph)
    with _Reading():
        for quad in ox.parse(data, format=RDF_FORMATS[source], base_iri=base):
            bare = home is not None and isinstance(quad.graph_name, ox.DefaultGraph)
            yield ox.Quad(quad.subject, quad.predicate, quad.object, home) if bare else quad


def _canonical(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    quads = list(quads)
    if not any(
        isinstance(part, ox.BlankNode) for quad in quads for part in (quad.subject, quad.object, quad.graph_name)
    ):
        return quads
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _write(quads: set[ox.Quad], target: str, prefixes: Mapping[str, str]) -> bytes:
    # A subject's types first, as people write them; all else by code point.
    ordered = sorted(quads, key=_order)
    names = _names(ordered)
    used = {name: iri for name, iri in prefixes.items() if any(known.startswith(iri) for known in names)}
    statements: Sequence[Any] = ordered
    if not RDF_FORMATS[target].supports_datasets:
        statements = [quad.triple for quad in ordered]
    if target == "rdfxml":
        _require_xml(ordered)
    return ox.serialize(statements, format=RDF_FORMATS[target], prefixes=used) or b""


def _require_xml(quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        if isinstance(quad.object, ox.Literal) and (found := not_xml(quad.object.value)):
            message = f"XML cannot hold the character {found}, which stands in what is said of {quad.subject}"
            raise OutputError(message, "Remove it, or choose another format.")


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    predicate = quad.predicate.value
    return (str(quad.graph_name), str(quad.subject), predicate != _TYPE, predicate, str(quad.object))


def _names(quads: Iterable[ox.Quad]) -> set[str]:
    found = set()
    for quad in quads:
        for part in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            part = part.datatype if isinstance(part, ox.Literal) else part
            if isinstance(part, ox.NamedNode):
                found.add(part.value)
    return found


def _as_quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def _sorted_lines(lines: bytes) -> bytes:
    return b"".join(line + b"\n" for line in sorted(set(lines.split(b"\n")) - {b""}))


class _Lights(dict[Any, Any]):
    """The plain form of each term of an answer, made when it is first met."""

    def __missing__(self, term: Any) -> Any:
        made = self[term] = _light(term)
        return made


def _light(term: Any) -> Any:
    if type(term) is ox.NamedNode:
        return Iri(term.value)
    if type(term) is ox.Literal:
        return Literal(term.value, term.datatype.value, term.language or "")
    return Blank(term.value if type(term) is ox.BlankNode else str(term))


def _quad(quad: ox.Quad) -> Quad:
    graph = None if isinstance(quad.graph_name, ox.DefaultGraph) else _light(quad.graph_name)
    return Quad(_light(quad.subject), Iri(quad.predicate.value), _light(quad.object), graph)


def _query_problem(sparql: str, message: str) -> QuerySyntaxError:
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if found is None:
        return QuerySyntaxError(message)
    line, column = int(found[1]), int(found[2])
    from theorymap import sparql_outline

    return QuerySyntaxError(sparql_outline.explain(sparql, line, column, found[3]), line, column)
