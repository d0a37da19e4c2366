"""The step of OWL: the whole knowledge base is held to be consistent, and the ontology to stay inside OWL 2 DL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from theorymap import owl
from theorymap.findings import Finding, Origin
from theorymap.knowledge import Knowledge
from theorymap.owl.literals import split
from theorymap.sources import File, Sources
from theorymap.store import Store
from theorymap.terms import RDFS

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_WELL = b"consistent"


def start(knowledge: Knowledge) -> Callable[[], list[Finding]]:
    """Start the reasoners in processes of their own; the result is called for what they found.

    That all is well is kept by what of the graph can change the verdict, so that a changed label or passage starts no
    Java.

    Raises:
        EngineError: Java cannot be started. The function that is returned raises it as well, if a reasoner does not
            finish or does not answer as a reasoner does.
    """
    profile = _Aside(lambda: _profile(knowledge))
    consistency = _consistency(knowledge)
    return lambda: [*consistency(), *profile.result()]


def _consistency(knowledge: Knowledge) -> Callable[[], list[Finding]]:
    sources = knowledge.sources
    # The selectors in the lock files say nothing that OWL gives a meaning to.
    ntriples = _graph(sources, [file for file in sources.readable() if file.suffix != ".lock"])
    key = sources.cache.key("consistency", owl.fingerprint(ntriples))
    if sources.cache.get(key) == _WELL:
        return lambda: []
    running = owl.start(ntriples)

    def finish() -> list[Finding]:
        with running:
            result = running.result()
        if result.consistent and not result.unsatisfiable:
            sources.cache.put(key, _WELL)
            return []
        return _named(owl.to_findings(result, ntriples, _label(knowledge), _origin(sources)), knowledge)

    return finish


def _profile(knowledge: Knowledge) -> list[Finding]:
    """What of the ontology lies outside OWL 2 DL."""
    sources = knowledge.sources
    ntriples = _graph(sources, [file for file in sources.readable() if file.folder == "ontology"])
    key = sources.cache.key("profile", owl.fingerprint(ntriples))
    if sources.cache.get(key) == _WELL:
        return []
    violations = owl.dl_violations(ntriples)
    found = _named(owl.violation_findings(violations, _label(knowledge), _origin(sources)), knowledge)
    if not found:
        sources.cache.put(key, _WELL)
    return found


class _Aside:
    """Work in a thread of its own; what it raises is raised where its result is called for."""

    def __init__(self, work: Callable[[], list[Finding]]) -> None:
        self._found: list[Finding] = []
        self._raised: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], list[Finding]]) -> None:
        try:
            self._found = work()
        except BaseException as problem:  # raised again by the thread that waits
            self._raised = problem

    def result(self) -> list[Finding]:
        self._thread.join()
        if self._raised is not None:
            raise self._raised
        return self._found


def _graph(sources: Sources, files: list[File]) -> bytes:
    """What some files say, as N-Triples."""
    return Store(*(sources.read(file)[0] for file in files)).construct(_EVERYTHING, "nt")


def _label(knowledge: Knowledge) -> Callable[[str], str]:
    """What a reader calls the thing of an IRI: its label, else its short name."""
    return lambda iri: next(
        (str(quad.object) for quad in knowledge.stated.quads(iri, RDFS.label)), knowledge.short(iri)
    )


def _named(findings: list[Finding], knowledge: Knowledge) -> list[Finding]:
    """Findings that name what they are about as an author of the workspace does."""
    return [replace(finding, entity=knowledge.short(finding.entity)) for finding in findings]


def _origin(sources: Sources) -> Callable[[str, str, str], Origin]:
    """Where a triple stands, its terms given as N-Triples writes them."""

    def plain(term: str) -> str:
        if term.startswith("<"):
            return term[1:-1]
        return split(term)[0] if term.startswith('"') else term

    return lambda subject, predicate, value: sources.origin(plain(subject), plain(predicate), plain(value))
