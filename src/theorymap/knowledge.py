"""The knowledge base with what follows from it: everything in the files, and the inferences in a graph of their own."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from theorymap.sources import INFERRED, Sources
from theorymap.terms import ID, RDF, TM

if TYPE_CHECKING:
    from theorymap.query.catalogue import Catalogue
    from theorymap.store import Store

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
        rules = [file.sha256 for file in self.sources.of("queries") if "/entail/" in f"/{file.name}"]
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


def _in_graph(ntriples: set[bytes]) -> bytes:
    """N-Triples as N-Quads in the graph of inferences, sorted."""
    return b"".join(line[:-1] + f"<{INFERRED}> .\n".encode() for line in sorted(ntriples))
