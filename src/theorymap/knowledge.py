"""The knowledge base with what follows from it: everything in the files, and the inferences in a graph of their own."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from theorymap.sources import INFERRED, Sources
from theorymap.terms import ID, RDF, TM

if TYPE_CHECKING:
    from theorymap.argue.structure import Weighing
    from theorymap.argument_map import ArgumentMap
    from theorymap.causal.graph import CausalGraph
    from theorymap.query.catalogue import Catalogue
    from theorymap.store import Store

ACCEPTANCE = ID.term("graph/acceptance")
_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Knowledge:
    """The quads of a workspace, kept by the digest of its files.

    Attributes:
        sources: The files.
    """

    def __init__(self, sources: Sources) -> None:
        self.sources = sources

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

        return Store(self.sources.nquads())

    @functools.cached_property
    def nquads(self) -> bytes:
        """What the files say and what follows from it, as N-Quads."""
        kept = self.sources.cache.get(self.key)
        if kept is None:
            kept = self.sources.nquads() + self._inferred()
            self.sources.cache.put(self.key, kept)
        return kept

    @functools.cached_property
    def store(self) -> Store:
        """What the files say and what follows from it."""
        from theorymap.store import Store

        return Store(self.nquads, trusted=True)

    def argument_map(self, weighing: Weighing | None = None) -> ArgumentMap:
        """The claims, arguments and attacks; see `theorymap.argue.structure.argument_map`."""
        from theorymap.argue.structure import Weighing, argument_map

        queries = {query.name: query.sparql for query in self.catalogue.group("map")}
        return argument_map(lambda part: self.store.select(queries[part]), weighing or Weighing())

    @functools.cached_property
    def causal_graph(self) -> CausalGraph:
        """The propositions; see `theorymap.causal.reading.causal_graph`."""
        from theorymap.causal.reading import causal_graph

        queries = {query.name: query.sparql for query in self.catalogue.group("map")}
        return causal_graph(lambda part: self.store.select(queries[part]))

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
            return Store(self.nquads, _acceptances(labels), trusted=True)
        return self._weighed

    @functools.cached_property
    def _weighed(self) -> Store:
        from theorymap.store import Store

        return Store(self.nquads, self.acceptances, trusted=True)

    @functools.cached_property
    def acceptances(self) -> bytes:
        """The grounded labels of the whole knowledge base, as N-Quads."""

        def work() -> bytes:
            from theorymap.argue.labelling import acceptance
            from theorymap.argue.translation import translate

            return _acceptances(acceptance(translate(self.argument_map())))

        return self.sources.cache.memo("acceptance", (self.key,), work)

    def _inferred(self) -> bytes:
        """The statements that the rules in `queries/entail/` add, until they add nothing more, as N-Quads."""
        from theorymap.store import Store

        stated, store = self.sources.nquads(), self.stated
        known = set(store.construct(_EVERYTHING, "nt").splitlines())
        new: set[bytes] = set()
        rules = self.catalogue.group("entail")
        for _ in range(len(rules) + 1):
            found = {line for rule in rules for line in store.construct(rule.sparql, "nt").splitlines()}
            found -= known | new
            if not found:
                break
            new |= found
            store = Store(stated, _in_graph(new), trusted=True)
        return _in_graph(new)

    def background_graphs(self) -> set[str]:
        """The named graphs of the files that hold background."""
        return {
            str(quad.graph)
            for quad in self.stated.quads(None, RDF.type, TM.Background)
            if str(quad.subject).startswith(ID)
        }


def _acceptances(labels: Mapping[str, str]) -> bytes:
    lines = [
        f"<{ID}{id}> <{TM.acceptance}> <{TM.term(f'acceptance/{word}')}> <{ACCEPTANCE}> .\n"
        for id, word in labels.items()
    ]
    return "".join(sorted(lines)).encode()


def _in_graph(ntriples: set[bytes]) -> bytes:
    """N-Triples as N-Quads in the graph of inferences, sorted."""
    return b"".join(line[:-1] + f"<{INFERRED}> .\n".encode() for line in sorted(ntriples))
