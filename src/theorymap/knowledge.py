"""The knowledge base with what follows from it: everything in the files, and the inferences in a graph of their own."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from theorymap.patience import uncollected
from theorymap.rdf import Iri, Solutions, Term
from theorymap.sources import Sources
from theorymap.terms import RDF, TM, short

if TYPE_CHECKING:
    from theorymap.argue.structure import Weighing
    from theorymap.argument_map import ArgumentMap
    from theorymap.causal.graph import CausalGraph
    from theorymap.query.catalogue import Catalogue
    from theorymap.store import Store


class Knowledge:
    """The quads of a workspace, kept by the digest of its files.

    Attributes:
        sources: The files.
        base: With which the IRIs of its individuals begin.
        inferred: The named graph of what follows.
    """

    def __init__(self, sources: Sources) -> None:
        self.sources, self.base, self.inferred = sources, sources.layout.base, sources.graph("inferred")

    def short(self, iri: str) -> str:
        """An IRI as an author of this workspace writes it."""
        return short(iri, self.base)

    @functools.cached_property
    def key(self) -> str:
        """A digest of all that the quads depend on."""
        rules = [
            file.sha256
            for file in self.sources.of("queries")
            if "/entail/" in f"/{file.name}" or "/map/" in f"/{file.name}"
        ]
        return self.sources.cache.key("knowledge", self.sources.key("ontology", "kb"), *rules)

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The query files, those of the workspace before those that come with theorymap."""
        from theorymap.query.catalogue import Catalogue

        layout = self.sources.layout
        return Catalogue.discover(*reversed(layout.queries), root=layout.root, cache=self.sources.cache)

    @functools.cached_property
    def stated(self) -> Store:
        """What the files say, without inferences."""
        from theorymap.store import Store

        return Store(self.sources.nquads(), base=self.base)

    @property
    def nquads(self) -> bytes:
        """What the files say and what follows from it, as N-Quads."""
        return self._whole[0]

    @functools.cached_property
    def store(self) -> Store:
        """What the files say and what follows from it."""
        from theorymap.store import Store

        return self._whole[1] or Store(self.nquads, trusted=True, base=self.base)

    @functools.cached_property
    def _whole(self) -> tuple[bytes, Store | None]:
        """The quads, and the store in which the inferences were made if they were made now."""
        kept = self.sources.cache.get(self.key)
        if kept is not None:
            return kept, None
        inferred, store = self._inferred()
        nquads = self.sources.nquads() + inferred
        self.sources.cache.put(self.key, nquads)
        return nquads, store

    def argument_map(self, weighing: Weighing | None = None) -> ArgumentMap:
        """The claims, arguments and attacks; see `theorymap.argue.structure.argument_map`."""
        from theorymap.argue.structure import Weighing, argument_map

        return argument_map(self.part, weighing or Weighing())

    def part(self, name: str) -> Solutions:
        """The rows of a query in `queries/map/`, individuals by their short identifiers."""
        queries = {query.name: query.sparql for query in self.catalogue.group("map")}
        found = self.store.select(queries[name])
        return Solutions(found.variables, [tuple(map(self._relative, row)) for row in found])

    @functools.cached_property
    def causal_graph(self) -> CausalGraph:
        """The propositions; see `theorymap.causal.reading.causal_graph`."""
        from theorymap.causal.reading import causal_graph

        return causal_graph(self.part)

    def _relative(self, term: Term | None) -> Term | None:
        return Iri(term[len(self.base) :]) if type(term) is Iri and term.startswith(self.base) else term

    def asked(self, sparql: str) -> Store:
        """What a query is asked of: with the labels of arguments where it speaks of them, else without."""
        return self._weighed if "acceptance" in sparql else self.store

    def weighed(self, labels: Mapping[str, str] | None = None) -> Store:
        """What the files say, what follows, and which elements stand, as `tm:acceptance` in a graph of its own.

        Args:
            labels: The acceptance of each element by id; None for the grounded labels of the whole knowledge base.
        """
        from theorymap.store import Store

        if labels is not None:
            return Store(self.nquads, self._acceptances(labels), trusted=True, base=self.base)
        return self._weighed

    @functools.cached_property
    def _weighed(self) -> Store:
        from theorymap.store import Store

        return Store(self.nquads, self.acceptances, trusted=True, base=self.base)

    @functools.cached_property
    def acceptances(self) -> bytes:
        """The grounded labels of the whole knowledge base, as N-Quads."""

        def work() -> bytes:
            from theorymap.argue.labelling import acceptance
            from theorymap.argue.translation import translate

            return self._acceptances(acceptance(translate(self.argument_map())))

        return self.sources.cache.memo("acceptance", (self.key,), work)

    @uncollected()
    def _inferred(self) -> tuple[bytes, Store]:
        """The statements that the rules in `queries/entail/` add, until they add nothing more, as N-Quads; and all."""
        from theorymap.store import Store

        stated, store = self.sources.nquads(), self.stated
        new: set[bytes] = set()
        rules = self.catalogue.group("entail")
        for _ in range(len(rules) + 1):
            found = {line for rule in rules for line in store.construct(rule.sparql, "nt").splitlines()}
            found -= new
            found -= self._known({line.split(b" ", 2)[1].decode() for line in found})
            if not found:
                break
            new |= found
            store = Store(stated, self._in_graph(new), trusted=True, base=self.base)
        return self._in_graph(new), store

    def _known(self, predicates: Iterable[str]) -> set[bytes]:
        """What the files say with some predicates, as N-Triples in lines."""
        asked = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {' '.join(sorted(predicates))} }} ?s ?p ?o }}"
        return set(self.stated.construct(asked, "nt").splitlines())

    def background_graphs(self) -> set[str]:
        """The named graphs of the files that hold background."""
        return {
            str(quad.graph)
            for quad in self.stated.quads(None, RDF.type, TM.Background)
            if str(quad.subject).startswith(self.base)
        }

    def _acceptances(self, labels: Mapping[str, str]) -> bytes:
        graph = self.sources.graph("acceptance")
        lines = [
            f"<{self.base}{id}> <{TM.acceptance}> <{TM.term(f'acceptance/{word}')}> <{graph}> .\n"
            for id, word in labels.items()
        ]
        return "".join(sorted(lines)).encode()

    def _in_graph(self, ntriples: set[bytes]) -> bytes:
        """N-Triples as N-Quads in the graph of inferences, sorted."""
        return b"".join(line[:-1] + f"<{self.inferred}> .\n".encode() for line in sorted(ntriples))
