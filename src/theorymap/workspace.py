"""The public face of theorymap: open a workspace, check, query, trace and export it.

>>> from theorymap import Workspace
>>> workspace = Workspace.open()
>>> table = workspace.query("recommendations")
>>> table.column("addressee")[0].value
'NATO'
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from theorymap.cache import FOLDER, Cache
from theorymap.errors import SourceError, UsageError
from theorymap.findings import Finding
from theorymap.knowledge import Knowledge
from theorymap.layout import Layout
from theorymap.patience import uncollected
from theorymap.sources import Sources

if TYPE_CHECKING:
    from theorymap.argue.structure import Weighing
    from theorymap.causal.graph import CausalGraph
    from theorymap.draw.arguments import Grouping
    from theorymap.draw.picture import Picture
    from theorymap.importing.target import Imported
    from theorymap.passages import Lock
    from theorymap.query.model import Query
    from theorymap.report import Report
    from theorymap.table import Comparison, Table

DOCUMENTS = "THEORYMAP_DOCUMENTS"
"""The environment variable that names the folder of the documents."""


@dataclass(frozen=True)
class Workspace:
    """A folder with a knowledge base.

    What was read stays as it was when the workspace was opened; open it again to see a changed file.

    Attributes:
        layout: Where its folders are.
        documents: The folder of the source documents; None where they are not at hand.
    """

    layout: Layout
    documents: Path | None = None
    cached: bool = True

    @classmethod
    def open(cls, path: str | Path = ".", documents: str | Path | None = None, *, cached: bool = True) -> Workspace:
        """The workspace that a folder lies in.

        Args:
            path: The folder of `theorymap.toml`, or one below it.
            documents: The folder of the documents; None for what THEORYMAP_DOCUMENTS says.
            cached: Whether results are kept in the workspace, in `.theorymap/`.

        Raises:
            WorkspaceError: There is no workspace, or its settings cannot be used.
            SourceError: `documents` is no folder.
        """
        given = documents if documents is not None else os.environ.get(DOCUMENTS) or None
        folder = Path(given) if given is not None else None
        if folder is not None and not folder.is_dir():
            raise SourceError(f"{folder} is no folder", "Name the folder that holds the documents.")
        return cls(Layout.find(Path(path)), folder, cached)

    def __post_init__(self) -> None:
        if not isinstance(self.layout, Layout):
            raise TypeError(f"{self.layout!r} is no layout: a folder is opened with Workspace.open")

    @functools.cached_property
    def sources(self) -> Sources:
        """The files of the workspace."""
        folder = self.layout.root / FOLDER if self.cached else Path(os.devnull)
        return Sources(self.layout, Cache(folder))

    @functools.cached_property
    def knowledge(self) -> Knowledge:
        """What the files say, and what follows from it."""
        return Knowledge(self.sources)

    def check(
        self, *, only: Iterable[str] = (), skip: Iterable[str] = (), progress: Callable[[str], None] = lambda name: None
    ) -> Report:
        """Run the checks.

        Args:
            only, skip: Names of steps (`theorymap.check.STEPS`).
            progress: Told the name of each step as it begins.

        Returns:
            The findings, in order, and how each step went.

        Raises:
            UsageError: A step is named that does not exist.
        """
        from theorymap import check

        return check.run(self.knowledge, documents=self.documents, only=only, skip=skip, progress=progress)

    def questions(self) -> list[Query]:
        """The questions that can be asked, by group and name."""
        return self.knowledge.catalogue.questions()

    def query(self, name: str, /, **parameters: str) -> Table:
        """The answer to a question.

        Args:
            name: The name of the query file without its suffix.
            parameters: Identifiers or labels; short names are resolved.

        Raises:
            UsageError: The question or a parameter is unknown or missing; with the nearest name.
            SourceError: A file of the workspace cannot be read.
        """
        query = self.knowledge.catalogue.get(name)
        asked = json.dumps([query.to_json(), sorted(parameters.items())])
        key = self.sources.cache.key("answer", self.knowledge.key, asked)
        kept = self.sources.cache.get(key)
        if kept is not None:
            from theorymap.table import Table

            return Table.from_json(json.loads(kept))
        table = self._answer(query, parameters)
        self.sources.cache.put(key, json.dumps(table.to_json()).encode())
        return table

    def shown(self, name: str, form: str, /, *, width: int = 120, colour: bool = False, **parameters: str) -> bytes:
        """The answer to a question as a reader sees it, kept like the answer itself. Raises as `query` does.

        Args:
            name, parameters: As for `query`.
            form: A format of `theorymap.formats.FORMATS` that holds a table.
            width: The columns of a line, for ``table``.
            colour: Whether headings are coloured, for ``table``.
        """
        query = self.knowledge.catalogue.get(name)
        asked = json.dumps([query.to_json(), sorted(parameters.items()), form, width, colour])

        def make() -> bytes:
            table = self.query(name, **parameters)
            if form == "table":
                from theorymap.render.text import table_text

                return table_text(table, width=width, colour=colour).encode()
            from theorymap.formats import Holds, named, of

            return named(form, of(Holds.TABLE)).write(table)

        return self.sources.cache.memo("shown", (self.knowledge.key, asked), make)

    def _answer(self, query: Query, parameters: Mapping[str, str]) -> Table:
        from theorymap.query.answer import run

        self.require_readable()
        return run(query, self.knowledge.asked(query.sparql), parameters)

    @uncollected()
    def compare(self, kind: str, *names: str, all: bool = False) -> Comparison:
        """Things side by side: a row for each dimension, a column for each thing, each value with its own sources.

        Args:
            kind: theories, cases, definitions or documents.
            names: Identifiers or labels of what is compared; of definitions, the constructs that are defined.
            all: Whether a dimension is shown for which fewer than two things have a value.

        Raises:
            UsageError: There is no such kind, nothing is named, or nothing goes by a name.
        """
        from theorymap import compare

        catalogue, cache = self.knowledge.catalogue, self.sources.cache
        asked = json.dumps([query.to_json() for query in catalogue.group("pivot")] + [kind, names, all])
        key = cache.key("comparison", self.knowledge.key, asked)
        if (kept := cache.get(key)) is not None:
            return compare.Comparison.from_json(json.loads(kept))
        self.require_readable()
        made = compare.run(catalogue, self.knowledge.store, kind, names, everything=all)
        cache.put(key, json.dumps(made.to_json()).encode())
        return made

    def sparql(self, text: str, target: str = "json", timeout: float | None = None) -> bytes:
        """The answer to any SPARQL 1.1 query over the union of all files and inferences.

        Args:
            text: The query; SELECT, ASK, CONSTRUCT or DESCRIBE.
            target: A format of `theorymap.store.ROW_FORMATS` or, for triples, of `RDF_FORMATS`.
            timeout: The seconds that it may take.

        Raises:
            UsageError: The query cannot be read, or asks for what is refused (SERVICE, FROM, updates).
        """
        self.require_readable()
        return self.knowledge.asked(text).answer(text, target, timeout=timeout)

    def argue(
        self,
        name: str = "",
        *,
        weighing: Weighing | None = None,
        semantics: str = "GR",
        credulous: bool = False,
        timeout: float | None = None,
    ) -> Table:
        """Which claims stand once the attacks are weighed; of one thing: why, and what would change it.

        Args:
            name: A claim, an argument or an attack; empty for all that something is at stake for.
            weighing: What does not count; None if everything does.
            semantics: GR, CO, PR or ST: which sets of arguments are extensions. One thing is explained under GR.
            credulous: Whether it is enough to be in one extension.
            timeout: The seconds that the search may take.

        Raises:
            UsageError: Nothing goes by that name, or it cannot be weighed.
            OutOfTime: The search was stopped.
        """
        from theorymap import weigh

        self.require_readable()
        if name:
            return weigh.explanation(self.knowledge, self._named(name), weighing)
        if weighing is None and semantics == "GR":
            return self.query("standing")
        return weigh.standing(self.knowledge, weighing, semantics, credulous=credulous, timeout=timeout)

    def gaps(self, name: str = "", /, **parameters: str) -> Table:
        """How many rows each question on gaps has, by name; with a name, its answer. Raises as `query` does."""
        from theorymap import gaps

        return gaps.answer(self.knowledge.catalogue.group("gaps"), self.query, name, parameters)

    def between(self, first: str, second: str, *, timeout: float | None = None) -> Table:
        """The fewest observations that would tell two theories apart, or why none do; see `theorymap.gaps.between`."""
        from theorymap import gaps

        self.require_readable()
        return gaps.between(self.knowledge, first, second, timeout=timeout)

    def _named(self, name: str) -> str:
        """The short identifier of what goes by a name."""
        from theorymap.query.model import Parameter
        from theorymap.query.names import resolve

        return self.knowledge.short(str(resolve(Parameter("", "Thing"), name, self.knowledge.store)))

    def trace(self, name: str) -> list[Table]:
        """Everything that is known of a claim, theory, variable, case, agent or other entity, a table an aspect.

        Args:
            name: An identifier, a short name or a label.

        Raises:
            UsageError: Nothing goes by that name; with the nearest name.
        """
        from theorymap import tracing
        from theorymap.documents import Documents

        self.require_readable()
        tables = tracing.trace(self.knowledge, self._named(name))
        if self.documents is None:
            return tables
        documents = Documents(self.sources, self.knowledge.stated, self.documents)
        return [tracing.with_words(table, documents) for table in tables]

    def map(self, name: str = "", *, depth: int | None = None, group_by: Grouping = "theory") -> Picture:
        """The arguments around something, as a picture, which a format of `theorymap.formats.FORMATS` draws.

        Args:
            name: A claim, an argument, an attack, a theory, a topic or a document; empty for all.
            depth: How many steps around it are shown; None for two around one element, and for none around the rest.
            group_by: theory, section or none: what claims are clustered by.

        Raises:
            UsageError: Nothing goes by that name, or no claim speaks of it.
        """
        from theorymap import weigh

        self.require_readable()
        return weigh.picture(self.knowledge, self._named(name) if name else "", depth=depth, group_by=group_by)

    def causes(self, *names: str) -> CausalGraph:
        """The propositions of theories with their variants, documents or constructs as one causal graph; or all.

        Raises:
            UsageError: Nothing goes by one of the names, or there are no propositions; if one has none, a note says so.
        """
        self.require_readable()
        graph = self.knowledge.causal_graph.about([self._named(name) for name in names])
        if not graph.propositions:
            raise UsageError(" ".join(graph.notes), "Name what has some, or write a claim of type Proposition.")
        return graph

    def export(self, format: str, *, inferred: bool = True, background: bool = True, document: str = "") -> bytes:
        """The knowledge base in a format that other tools read, the same bytes for the same content.

        Args:
            format: A name of `theorymap.formats.FORMATS`.
            inferred: Whether what follows is written as well.
            background: Whether the files that hold background are written.
            document: The key of one document, to write only its file, and of works itself and those that it names;
                empty for all.

        Raises:
            UsageError: There is no such format or document.
        """
        from theorymap import export

        self.require_readable()
        return export.write(self.knowledge, format, inferred=inferred, background=background, document=document)

    def import_map(
        self, format: str, path: str | Path, *, key: str = "", replace: bool = False, dry_run: bool = False
    ) -> Imported:
        """Write an argument map in a foreign format into the workspace, as the file of a document to go on with.

        Args:
            format: A name of `theorymap.formats.FORMATS` that can be read.
            path: The file.
            key: The key that the document is to have; empty for the name of the file.
            replace: Whether the file of a document that has the key already is written over.
            dry_run: Whether nothing is written.

        Returns:
            The file of the document, what stands in it, how much was read and how much was left, and findings.

        Raises:
            UsageError: There is no such format, the key cannot be used, or the document has a file already.
            SourceError: The file, or one of the workspace, cannot be read; with line and column.
        """
        from theorymap.importing import maps

        self.require_readable(empty=True)
        return maps.run(self.knowledge, format, Path(path), key=key, replace=replace, dry_run=dry_run)

    def import_relations(
        self, path: str | Path, *, key: str = "", coder: str = "", replace: bool = False, dry_run: bool = False
    ) -> Imported:
        """Write a table of theory, cause, relation, effect and source into the workspace, as the file of a document.

        Each row is read, or rejected by a finding. The arguments, and what is raised, are as for `import_cases`; for
        the headings see `theorymap.importing.relation_table.COLUMNS`.
        """
        from theorymap.importing import relations

        self.require_readable(empty=True)
        return relations.run(self.knowledge, Path(path), key=key, coder=coder, replace=replace, dry_run=dry_run)

    def import_cases(
        self,
        path: str | Path,
        *,
        key: str = "",
        missing: Sequence[str] = (),
        coder: str = "",
        replace: bool = False,
        dry_run: bool = False,
    ) -> Imported:
        """Write a table of cases by variables into the workspace; see `theorymap.importing.cases.run`."""
        from theorymap.importing import cases

        self.require_readable(empty=True)
        return cases.run(
            self.knowledge, Path(path), key=key, missing=missing, coder=coder, replace=replace, dry_run=dry_run
        )

    def lock(self, key: str) -> tuple[Path, Lock, list[Finding]]:
        """Write the lock of a document: the proof of where its passages stand.

        Returns:
            The file, the lock, and findings on the passages that could not be located.

        Raises:
            SourceError: The document is not at hand.
            UsageError: The knowledge base has no such document.
        """
        from theorymap.documents import Documents
        from theorymap.terms import nearest

        documents = Documents(self.sources, self.knowledge.stated, self.documents)
        keys = documents.known()
        if key not in keys:
            near = nearest(key, keys)
            raise UsageError(
                f"there is no document {key}", f"Did you mean {near}?" if near else f"Documents: {', '.join(keys)}."
            )
        return documents.lock(key)

    def document_keys(self) -> list[str]:
        """The keys of the documents of the knowledge base, sorted."""
        from theorymap.documents import Documents

        return Documents(self.sources, self.knowledge.stated, None).known()

    def documents_at_hand(self) -> list[str]:
        """The keys of the documents whose text is in the folder of documents, sorted."""
        from theorymap.documents import Documents

        documents = Documents(self.sources, self.knowledge.stated, self.documents)
        return [key for key in documents.known() if documents.path(key) is not None]

    def stats(self) -> Table:
        """How many entities of each class the knowledge base holds, by class."""
        return self.query("holdings")

    def agreement(self, second: str | Path) -> Table:
        """How far a second coding agrees with the knowledge base: units matched, and Krippendorff's alpha by slot.

        Args:
            second: A file named KEY.yaml for the document with that key; see `theorymap.agreement`.

        Raises:
            SourceError: The file or the document cannot be read.
        """
        from theorymap import agreement
        from theorymap.documents import Documents

        path = Path(second)
        try:
            data = path.read_bytes()
        except OSError as problem:
            raise SourceError(f"{path} cannot be read: {problem.strerror}") from problem
        documents = Documents(self.sources, self.knowledge.store, self.documents)
        return agreement.compare(documents, path.stem, data, str(path))

    def require_readable(self, steps: Sequence[str] = ("files", "identifiers"), *, empty: bool = False) -> None:
        """Refuse to answer from files at fault, since what stands there would be missing from every answer.

        Args:
            empty: Whether a knowledge base without files is none at fault, because its first is about to be written.

        Raises:
            SourceError: One of these checks finds an error; with the first, and the number of the others.
        """
        from theorymap import check

        number, first = check.faults(self.knowledge, steps)
        if first is not None and not (empty and first.code == "empty-kb"):
            more = f" There are {number - 1} more: theorymap check lists them." if number > 1 else ""
            raise SourceError(f"{first.origin}: {first.message}", f"{first.repair}{more}")
