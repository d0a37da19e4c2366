"""The checks of a workspace: one step each, in order, side by side where they take long, each kept by digest.

A step that cannot be done is not passed: it is reported as failed, and `theorymap check` leaves with exit code 3.
What follows from a fault is not reported beside the fault: where the files or the identifiers are at fault, the steps
that build on them are not run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from theorymap.cache import digest
from theorymap.errors import EngineError, TheorymapError, UsageError
from theorymap.findings import Finding, Origin, Severity, error, in_order
from theorymap.knowledge import Knowledge
from theorymap.layout import FOLDERS
from theorymap.patience import uncollected
from theorymap.report import Report, State, Step, Verification
from theorymap.sources import RDF_SUFFIXES, Sources
from theorymap.terms import nearest

if TYPE_CHECKING:
    from theorymap.shacl import Engine

STEPS = ("files", "identifiers", "queries", "shapes", "owl", "passages", "hygiene", "questions")
_BASIS = ("files", "identifiers")
_TYPES = "nothing is both"
_CONSEQUENCES = frozenset({"passage-stale", "paragraph-not-coded"})


def run(
    knowledge: Knowledge,
    *,
    documents: Path | None = None,
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    progress: Callable[[str], None] = lambda name: None,
) -> Report:
    """Run the checks.

    Args:
        knowledge: The workspace.
        documents: The folder of the documents; None if they are not at hand.
        only: The steps to run; none for all.
        skip: The steps to leave out.
        progress: Told the name of each step as it begins.

    Raises:
        UsageError: A step is named that does not exist, or no step is left.
        SourceError: `documents` is no folder.
    """
    chosen = _chosen(tuple(only), tuple(skip))
    kept = _Kept(knowledge.sources, documents, chosen)
    report = kept.report()
    if report is None:
        runner = _Runner(knowledge, documents, progress)
        report = runner.run(chosen)
        if not report.failed:
            kept.keep(report, runner.names)
    return report


def faults(knowledge: Knowledge, steps: Iterable[str]) -> tuple[int, Finding | None]:
    """How many errors some steps find in the files of the knowledge base, and the first of them; kept by digest."""
    chosen = tuple(steps)

    def find() -> bytes:
        found = [f.to_json() for f in run(knowledge, only=chosen).findings if f.severity is Severity.ERROR]
        return json.dumps([len(found), found[:1]]).encode()

    sources = knowledge.sources
    number, first = json.loads(sources.cache.memo("faults", (*chosen, sources.key("ontology", "kb")), find))
    return number, next(map(Finding.from_json, first), None)


class _Kept:
    """The report on what has not changed: one file of the cache tells on which documents it rests, another holds it."""

    def __init__(self, sources: Sources, folder: Path | None, chosen: list[str]) -> None:
        self.cache, self.folder = sources.cache, folder
        self.key = self.cache.key("report", *chosen, sources.key(*FOLDERS), _java())

    def report(self) -> Report | None:
        """The report, or None if something has changed, or nothing was kept."""
        names = self.cache.get(self.key)
        kept = None if names is None else self.cache.get(self._whole(json.loads(names)))
        return None if kept is None else Report.from_json(json.loads(kept))

    def keep(self, report: Report, names: list[str]) -> None:
        """Keep a report that rests on the documents of these names, as far as they are at hand."""
        self.cache.put(self._whole(names), json.dumps(report.to_json()).encode())
        self.cache.put(self.key, json.dumps(names).encode())

    def _whole(self, names: list[str]) -> str:
        paths = [] if self.folder is None else [self.folder / name for name in names]
        documents = [digest(path.name, path.read_bytes()) for path in paths if path.is_file()]
        return self.cache.key("report", self.key, str(self.folder is None), *documents)


def _chosen(only: tuple[str, ...], skip: tuple[str, ...]) -> list[str]:
    for name in (*only, *skip):
        if name not in STEPS:
            near = nearest(name, STEPS)
            raise UsageError(
                f"there is no check named {name}", f"Did you mean {near}?" if near else f"Checks: {', '.join(STEPS)}."
            )
    chosen = [name for name in STEPS if (not only or name in only) and name not in skip]
    if not chosen:
        raise UsageError("no check is left to run", f"Checks: {', '.join(STEPS)}.")
    return chosen


class _Runner:
    """Runs steps and gathers what they find."""

    def __init__(self, knowledge: Knowledge, documents: Path | None, progress: Callable[[str], None]) -> None:
        self.knowledge, self.sources, self.folder = knowledge, knowledge.sources, documents
        self.progress = progress
        self.found: dict[str, list[Finding]] = {}
        self.steps: dict[str, Step] = {}
        self.verifications: tuple[Verification, ...] = ()
        self.names: list[str] = []
        self.engine: Engine | None = None

    def run(self, chosen: list[str]) -> Report:
        """Run the chosen steps, the slow ones side by side; the engine of the shapes loads while the files are read."""
        if "shapes" in chosen and self._kept("shapes", self._inputs("shapes")) is None:
            from theorymap import shacl

            self.engine = shacl.Engine()
        try:
            with uncollected():
                return self._run_all(chosen)
        finally:
            if self.engine is not None:
                self.engine.close()

    def _run_all(self, chosen: list[str]) -> Report:
        for name in STEPS:
            if name not in chosen:
                self.steps[name] = Step(name, State.NOT_ASKED)
        started: dict[str, Callable[[], list[Finding]]] = {}
        faulty: list[str] = []
        for name in _BASIS:
            if name in chosen and self._run(name) and self._errors(name):
                faulty.append(name)
            if name == "files" and not faulty and "shapes" in chosen:
                # They take the longest, and are stopped again if an identifier is at fault.
                started["shapes"] = self._start("shapes")
        if "identifiers" in chosen and self._errors("files"):
            self._not_run("identifiers", "the files must be mended first")
        rest = [name for name in chosen if name not in _BASIS]
        if faulty:
            for name in rest:
                self._not_run(name, f"the {' and '.join(faulty)} must be mended first")
        else:
            self._side_by_side(rest, started)
        findings = _without_consequences([finding for found in self.found.values() for finding in found])
        return Report(tuple(findings), tuple(self.steps[name] for name in STEPS), self.verifications)

    def _side_by_side(self, names: list[str], started: dict[str, Callable[[], list[Finding]]]) -> None:
        """Start the reasoner, a process of its own as the shapes are, do the rest meanwhile, then wait for both."""
        if "owl" in names:
            started["owl"] = self._start("owl")
        for name in names:
            if name not in started:
                self._run(name)
        for name, finish in started.items():
            self._settle(name, finish)

    def _start(self, name: str) -> Callable[[], list[Finding]]:
        inputs = self._inputs(name)
        kept = self._kept(name, inputs)
        if kept is not None:
            return lambda: kept
        self.progress(name)
        try:
            finish = self._start_shapes() if name == "shapes" else _start_owl(self.knowledge)
        except TheorymapError as problem:
            raised = problem

            def fail() -> list[Finding]:
                raise raised

            return fail

        def settled() -> list[Finding]:
            found = finish()
            self._keep(name, inputs, found)
            return found

        return settled

    def _start_shapes(self) -> Callable[[], list[Finding]]:
        from theorymap import shacl

        sources = self.sources
        shapes = {file.name: file.data for file in sources.of("shapes") if file.suffix in RDF_SUFFIXES}
        running = shacl.start(self.knowledge.nquads, shapes, self.engine, self.knowledge.base)
        return lambda: shacl.to_findings(running.result(), sources.origin, self.knowledge.base)

    def _run(self, name: str) -> bool:
        if name == "identifiers" and self._errors("files"):
            return False
        self._settle(name, lambda: self._step(name))
        return True

    def _settle(self, name: str, work: Callable[[], list[Finding]]) -> None:
        try:
            found = work()
        except UsageError:
            if not self._errors("queries"):
                raise
            self._not_run(name, "the queries must be mended first")
        except EngineError as problem:
            reason = f"{problem} {problem.hint}".strip()
            self.steps[name] = Step(name, State.FAILED, reason=reason)
        else:
            self.found[name] = found
            self.steps[name] = Step(name, State.DONE, len(found))

    def _not_run(self, name: str, reason: str) -> None:
        self.steps[name] = Step(name, State.NOT_RUN, reason=reason)

    def _errors(self, name: str) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.found.get(name, ()))

    def _step(self, name: str) -> list[Finding]:
        if name == "files":
            self.progress(name)
            return self.sources.findings()
        if name == "passages":
            return self._passages()
        inputs = self._inputs(name)
        kept = self._kept(name, inputs)
        if kept is not None:
            return kept
        self.progress(name)
        found = _WORK[name](self.knowledge)
        self._keep(name, inputs, found)
        return found

    def _passages(self) -> list[Finding]:
        from theorymap.documents import Documents

        self.progress("passages")
        documents = Documents(self.sources, self.knowledge.stated, self.folder)
        self.verifications = tuple(documents.verify(key) for key in documents.known())
        self.names = [name for one in self.verifications for name in documents.names(one.document)]
        found = [finding for verification in self.verifications for finding in verification.findings]
        if not self.verifications:
            found.append(
                error("no-document", Origin("kb"), "No document is described.", "Add kb/documents/<key>.yaml.")
            )
        return found

    def _inputs(self, name: str) -> str:
        """What the findings of a step depend on."""
        parts = [self.sources.key("ontology", "kb")]
        if name == "shapes":
            parts += [self.knowledge.key, self.sources.key("shapes")]
        elif name in ("queries", "hygiene", "questions"):
            parts.append(self.sources.key("queries"))
        elif name == "owl":
            parts.append(_java())
        return digest(*parts)

    def _kept(self, name: str, inputs: str) -> list[Finding] | None:
        kept = self.sources.cache.get(self.sources.cache.key(f"check {name}", inputs))
        return None if kept is None else [Finding.from_json(data) for data in json.loads(kept)]

    def _keep(self, name: str, inputs: str, found: list[Finding]) -> None:
        data = json.dumps([finding.to_json() for finding in found]).encode()
        self.sources.cache.put(self.sources.cache.key(f"check {name}", inputs), data)


def _java() -> str:
    """The Java that the user asks for, so that a result of another Java is not taken for its own."""
    return os.environ.get("THEORYMAP_JAVA", "")


def _without_consequences(findings: list[Finding]) -> list[Finding]:
    """The findings in order, without those that errors bring about.

    What nobody names while an entry is at fault is no fault of its own. Of an entity with two types that exclude each
    other only the contradiction is told; of any other contradiction, the rule that a reader can follow more easily.
    """
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        findings = [finding for finding in findings if finding.code not in _CONSEQUENCES]
    clashes = [finding for finding in errors if finding.code == "inconsistent"]
    mistyped = {finding.entity for finding in clashes if _TYPES in finding.message}
    ruled = {finding.entity for finding in errors if finding.code != "inconsistent"}
    return in_order(
        finding
        for finding in findings
        if (finding in clashes and (finding.entity in mistyped or finding.entity not in ruled))
        or (finding not in clashes and mistyped.isdisjoint({finding.entity, finding.value}))
    )


def _identifiers(knowledge: Knowledge) -> list[Finding]:
    from theorymap import identifiers

    return identifiers.check(knowledge.stated, knowledge.sources.origin)


def _queries(knowledge: Knowledge) -> list[Finding]:
    return knowledge.catalogue.findings()


def _hygiene(knowledge: Knowledge) -> list[Finding]:
    from theorymap import hygiene

    return hygiene.check(knowledge)


def _questions(knowledge: Knowledge) -> list[Finding]:
    from theorymap import hygiene

    return hygiene.questions(knowledge)


_WORK: dict[str, Callable[[Knowledge], list[Finding]]] = {
    "identifiers": _identifiers,
    "queries": _queries,
    "hygiene": _hygiene,
    "questions": _questions,
}


def _start_owl(knowledge: Knowledge) -> Callable[[], list[Finding]]:
    from theorymap import reasoning

    return reasoning.start(knowledge)
