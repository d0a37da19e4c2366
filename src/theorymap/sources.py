"""The files of a workspace, read: each once, as long as neither it nor what decides its reading changes.

Every file becomes one named graph. What a file holds is kept by the digest of its bytes; the union of all is kept as
well, so that a query of an unchanged workspace reads one file of the cache.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from theorymap.cache import Cache, digest
from theorymap.findings import Finding, Origin, error, warning
from theorymap.layout import Layout
from theorymap.patience import uncollected
from theorymap.terms import ID

if TYPE_CHECKING:
    from theorymap.readers import Origins, Reading
    from theorymap.vocabulary import Vocabulary

YAML = (".yaml", ".yml")
RDF_SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".jsonld")


def graph_of(name: str, base: str = ID) -> str:
    """The named graph of a file in a workspace with that base."""
    return f"{base}graph/{quote(name)}"


def file_of(graph: str, base: str = ID) -> str:
    """The name of the file whose named graph that is; the reverse of `graph_of`."""
    from urllib.parse import unquote

    return unquote(graph.removeprefix(f"{base}graph/"))


@dataclass(frozen=True)
class File:
    """One file of the workspace as its bytes.

    Attributes:
        folder: What it belongs to: ontology, kb, shapes or queries.
        name: As findings name it.
        data: Its bytes; empty if it cannot be read, with the reason in `problem`.
    """

    folder: str
    name: str
    data: bytes = field(repr=False)
    problem: str = ""

    @functools.cached_property
    def sha256(self) -> str:
        """The digest of its bytes and its name."""
        return digest(self.folder, self.name, self.data, self.problem)

    @property
    def suffix(self) -> str:
        """The end of its name from the last full stop on."""
        return Path(self.name).suffix


class Sources:
    """The files of a workspace and what was read from them.

    Attributes:
        files: Every file of the workspace, the ontology first, by folder and name.
    """

    def __init__(self, layout: Layout, cache: Cache) -> None:
        """Take the bytes of every file; nothing is parsed yet.

        Args:
            layout: Where the files are.
            cache: Where what was read is kept.
        """
        self.layout, self.cache = layout, cache
        self.files = [file for folder in ("ontology", "kb", "shapes", "queries") for file in _files(layout, folder)]
        self._read: dict[str, tuple[bytes, Origins, list[Finding]]] = {}

    def of(self, *folders: str) -> list[File]:
        """The files of some folders, in the order of `files`."""
        return [file for file in self.files if file.folder in folders]

    def graph(self, name: str) -> str:
        """The named graph of a file."""
        return graph_of(name, self.layout.base)

    def key(self, *folders: str) -> str:
        """One digest of everything in some folders, and of the IRI against which identifiers are resolved."""
        return digest(self.layout.base, *(file.sha256 for file in self.of(*folders)))

    @functools.cached_property
    def vocabulary(self) -> Vocabulary:
        """What an author may write where. Raises SourceError if the context is broken or missing."""
        from theorymap.errors import SourceError
        from theorymap.vocabulary import Vocabulary

        contexts = [file for file in self.of("ontology") if file.name.endswith("context.jsonld")]
        if not contexts:
            raise SourceError("the ontology has no context.jsonld", "Name a folder that holds one in theorymap.toml.")
        return Vocabulary.make(contexts[-1].data, self._plain_triples())

    def _plain_triples(self) -> Iterator[tuple[str, str, str]]:
        from theorymap import store

        for file in self.of("ontology"):
            if file.suffix in RDF_SUFFIXES and file.suffix != ".jsonld":
                for quad in store.quads_of(self.read(file)[0], "nq"):
                    if not isinstance(quad.object, store.Blank):
                        yield quad.subject, quad.predicate, quad.object

    @functools.cached_property
    def _vocabulary_key(self) -> str:
        return self.key("ontology")

    def read(self, file: File) -> tuple[bytes, Origins, list[Finding]]:
        """What a file holds: N-Quads in its named graph, where they stand, and what is wrong with it."""
        if file.name not in self._read:
            self._read[file.name] = self._kept(file)
        return self._read[file.name]

    @uncollected()
    def _kept(self, file: File) -> tuple[bytes, Origins, list[Finding]]:
        from theorymap.readers import Origins

        depends = self._vocabulary_key if file.suffix in YAML else self.layout.base

        key = self.cache.key("read", file.sha256, depends)
        kept = self.cache.get(key)
        if kept is None:
            nquads, origins, findings = self._parse(file)
            told = json.dumps({"origins": origins.to_json(), "findings": [f.to_json() for f in findings]})
            self.cache.put(key, told.encode() + b"\n" + nquads)
            return nquads, origins, findings
        head, _, nquads = kept.partition(b"\n")
        data = json.loads(head)
        return nquads, Origins.from_json(data["origins"]), [Finding.from_json(f) for f in data["findings"]]

    def _parse(self, file: File) -> tuple[bytes, Origins, list[Finding]]:
        from theorymap.readers import Origins, to_nquads

        graph = self.graph(file.name)
        if file.problem:
            finding = error(
                "unreadable-file",
                Origin(file.name),
                f"The file cannot be read: {file.problem}.",
                "See to its permissions.",
            )
            return b"", Origins(), [finding]
        if file.suffix in RDF_SUFFIXES:
            from theorymap.readers import rdf

            return rdf.read(file.data, file.name, graph, blank_nodes=file.folder != "kb")
        reading = self._read_kb(file)
        return to_nquads(reading.statements, graph), reading.origins, list(reading.findings)

    def _read_kb(self, file: File) -> Reading:
        from theorymap.readers import Origins, Reading

        if file.suffix in YAML:
            from theorymap.readers import yamlld

            return yamlld.read(file.data, file.name, self.vocabulary, self.layout.base)
        if file.suffix == ".bib":
            from theorymap.readers import bibtex

            return bibtex.read(file.data, file.name, self.layout.base)
        if file.name.endswith(".sssom.tsv"):
            from theorymap.readers import sssom

            return sssom.read(file.data, file.name, self.layout.base)
        if file.suffix == ".lock":
            from theorymap.readers import lock

            return lock.read(file.data, file.name, self.layout.base)
        repair = "Source files end in .yaml, .bib, .sssom.tsv, .ttl, .trig, .nt, .nq, .jsonld or .lock."
        return Reading(
            (), Origins(), (warning("unknown-file", Origin(file.name), "No reader knows this sort of file.", repair),)
        )

    def readable(self) -> list[File]:
        """The files that make up the knowledge base and its ontology, in order."""
        return [file for file in self.of("ontology", "kb") if not file.name.endswith("context.jsonld")]

    def findings(self) -> list[Finding]:
        """What is wrong with the files themselves, in the order of the files."""
        broken = [finding for file in self.readable() for finding in self.read(file)[2]]
        if not self.of("kb"):
            broken.append(
                error("empty-kb", Origin("kb"), "The knowledge base has no files.", "Add kb/documents/<key>.yaml.")
            )
        return broken

    def nquads(self) -> bytes:
        """Everything in the ontology and the knowledge base as N-Quads, a named graph a file."""
        return self.cache.memo(
            "union", (self.key("ontology", "kb"),), lambda: b"".join(self.read(f)[0] for f in self.readable())
        )

    def origin(self, subject: str, predicate: str = "", value: str = "", graph: str = "") -> Origin:
        """Where a statement stands, as exactly as is known: the value, else the key, else the subject, else the file.

        Args:
            subject, predicate, value: IRIs or the wording of a literal; the last two may be empty.
            graph: The named graph, where it is known; else the first file that knows the most is taken.
        """
        best, known = Origin(), 0
        for file in self._candidates(subject, graph):
            origins = self.read(file)[1]
            places = ((subject, "", ""), (subject, predicate, ""), (subject, predicate, value))
            exact = max(rank for rank, place in enumerate(places, start=1) if place in origins.places)
            if exact > known:
                best, known = Origin(file.name, *origins.find(subject, predicate, value)), exact
        return best if best.file or not graph else Origin(file_of(graph, self.layout.base))

    def _candidates(self, subject: str, graph: str) -> Iterable[File]:
        files = [file for file in self.readable() if not graph or self.graph(file.name) == graph]
        return (file for file in files if (subject, "", "") in self.read(file)[1].places)


def _files(layout: Layout, folder: str) -> Iterator[File]:
    for path in layout.files(folder):
        # A name that is not UTF-8 can be shown, but neither hashed nor made an IRI.
        name = layout.name(path).encode("utf-8", "backslashreplace").decode()
        try:
            data = _bytes(path) if os.path.isfile(path) or not os.path.exists(path) else None
        except OSError as problem:
            yield File(folder, name, b"", problem.strerror or str(problem))
        else:
            yield File(folder, name, data or b"", "" if data is not None else "it is no file")


def _bytes(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.read()
