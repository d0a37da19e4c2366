"""The data held to the shapes (SHACL, W3C Recommendation of 2017): the core language, checked by pyshacl.

pyshacl passes what it should not: no shapes, no data, a target that nobody defines. So the shapes are read first, and
what is wrong with them is a finding. The check runs in a process of its own, beside the reasoner's.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from theorymap import shapes as shape_files
from theorymap import store
from theorymap.errors import EngineError
from theorymap.findings import Finding, Origin, Severity, error, in_order
from theorymap.rdf import Blank, Iri, Literal, Term
from theorymap.shapes import Shapes, Triple
from theorymap.terms import ID, SH, XSD, in_words, local, short

if TYPE_CHECKING:
    from rdflib import Graph

TIMEOUT = 600.0
"""Seconds that the check gets unless the caller says otherwise."""
Locate = Callable[[str, str, str, str], Origin]
"""From subject, predicate, value and graph (the last three may be empty) to the place where the statement stands."""

_SEVERITIES = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
# How deep pyshacl follows shapes within shapes; the shapes of SHACL, held to a path within a condition, need about 25.
_DEPTH = 60


@dataclass(frozen=True, order=True)
class Result:
    """One validation result (SHACL, section 3.6.2), without blank nodes.

    Attributes:
        focus: The IRI of the node that does not conform.
        path: The property, where the shape has a simple path; else empty.
        value: The value at fault: an IRI or the wording of a literal; empty where there is none.
        severity: error, warning or info.
        shape: The IRI of the shape.
        component: The local name of the constraint component, such as ``MinCountConstraintComponent``.
        message: The message of the shape, as it stands there.
        shown_at: The property at which a reader should look.
        looks_at: The properties that the shape and the conditions in it look at, sorted.
    """

    focus: str
    path: str
    value: str
    severity: str
    shape: str
    component: str
    message: str
    shown_at: str = ""
    looks_at: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a check found: results, sorted, and what is wrong with the shapes; no results where shapes are at fault."""

    results: tuple[Result, ...] = ()
    faults: tuple[Finding, ...] = ()

    def to_json(self) -> bytes:
        """The report as JSON."""
        faults = [fault.to_json() for fault in self.faults]
        return json.dumps({"results": [asdict(result) for result in self.results], "faults": faults}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Report:
        """The report that `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: The data are not of that form.
        """
        plain = json.loads(data)
        results = (Result(**(row | {"looks_at": tuple(row["looks_at"])})) for row in plain["results"])
        return cls(tuple(results), tuple(Finding.from_json(fault) for fault in plain["faults"]))


class Engine:
    """A process in which pyshacl is at hand and waits to be told what to do; loading it takes as long as reading does.

    Raises:
        EngineError: The process cannot be started.
    """

    def __init__(self) -> None:
        code = "import pyshacl; from theorymap import shacl; shacl.main(input())"
        path = os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", ""))))
        try:
            self.directory = tempfile.TemporaryDirectory(prefix="theorymap-", ignore_cleanup_errors=True)
        except OSError as problem:
            raise EngineError(f"no directory for temporary files: {problem}") from problem
        try:
            with (Path(self.directory.name) / "err").open("wb") as err:
                self.process = subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-c", code],
                    stdin=subprocess.PIPE,
                    stdout=err,
                    stderr=err,
                    env=os.environ | {"PYTHONPATH": path},
                )
        except OSError as problem:
            self.directory.cleanup()
            raise EngineError(f"the check of shapes could not be started: {problem}") from problem

    def tell(self, words: str) -> None:
        """Say what is to be done; that the process has ended before is told by its exit code."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError), self.process.stdin as told:
            told.write(f"{words}\n".encode())

    def close(self) -> None:
        """Stop the process, if it is not wanted any more."""
        assert self.process.stdin is not None
        if self.process.poll() is None:
            self.process.kill()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()
        self.directory.cleanup()


class Running:
    """A check under way in a process of its own."""

    def __init__(self, nquads: bytes, shapes: Mapping[str, bytes], engine: Engine | None, base: str) -> None:
        """Start the check; the arguments are those of `start`."""
        if not nquads.strip():
            raise EngineError("there are no data to hold to the shapes")
        if not shapes:
            raise EngineError("there are no shapes to hold the data to", "Name a folder of shapes in theorymap.toml.")
        self._engine: Engine | None = engine or Engine()
        self._place = Path(self._engine.directory.name)
        try:
            self._write(nquads, shapes, base)
            self._engine.tell(str(self._place))
        except OSError as problem:
            self.close()
            raise EngineError(f"the check of shapes could not be started: {problem}") from problem
        except BaseException:
            self.close()
            raise

    def _write(self, nquads: bytes, shapes: Mapping[str, bytes], base: str) -> None:
        (self._place / "data.nq").write_bytes(nquads)
        (self._place / "told.json").write_text(json.dumps({"names": list(shapes), "base": base}))
        for number, data in enumerate(shapes.values()):
            (self._place / f"{number}.ttl").write_bytes(data)

    def result(self, timeout: float = TIMEOUT) -> Report:
        """What was found; can be fetched once.

        Args:
            timeout: Seconds to wait; then the process is killed.

        Raises:
            EngineError: The process did not finish, or did not do its work.
        """
        if self._engine is None:
            raise EngineError("the result of this check was fetched before")
        try:
            code = self._engine.process.wait(max(timeout, 0))
            if code == 0:
                return Report.from_json((self._place / "report.json").read_bytes())
            said = (self._place / "err").read_text("utf-8", "replace").strip().splitlines()
        except subprocess.TimeoutExpired as late:
            raise EngineError(f"the check of shapes was not done after {timeout:.0f} seconds") from late
        except (OSError, ValueError) as problem:
            raise EngineError(f"the check of shapes left no report: {problem}") from problem
        finally:
            self.close()
        raise EngineError(f"the check of shapes failed (exit code {code}): {(said or ['it said nothing'])[-1][:300]}")

    def close(self) -> None:
        """Stop the check, if its result is not wanted any more."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None


def start(nquads: bytes, shapes: Mapping[str, bytes], engine: Engine | None = None, base: str = ID) -> Running:
    """Start to hold data to shapes in a process of its own, so that the caller can do other work meanwhile.

    Args:
        nquads: The ontology and the data, as N-Quads or N-Triples; graphs do not matter.
        shapes: Turtle files with shapes by the names that findings give them.
        engine: A process that was started before; None to start one.
        base: With which the IRIs of the individuals begin.

    Raises:
        EngineError: There are no data or no shapes, or the process cannot be started.
    """
    return Running(nquads, shapes, engine, base)


def validate(nquads: bytes, shapes: Mapping[str, bytes], base: str = ID) -> Report:
    """Hold data to shapes in this process; the arguments are those of `start`.

    Raises:
        EngineError: There are no data.
    """
    data: list[Triple] = [(quad.subject, quad.predicate, quad.object) for quad in store.quads_of(nquads, "nq")]
    if not data:
        raise EngineError("there are no data to hold to the shapes")
    made, faults = shape_files.read(shapes, data, base)
    if faults:
        return Report((), tuple(faults))
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError

    try:
        return Report(tuple(_results(data, made)))
    except (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError) as problem:
        message = f"The shapes cannot be used: {str(problem).splitlines()[0]}"
        return Report((), (error("unusable-shapes", Origin(next(iter(shapes))), message, "Mend the shape."),))


def malformed(shapes: Mapping[str, bytes]) -> str:
    """What keeps shapes from being SHACL, in the words of pyshacl; empty where nothing does. Takes seconds.

    The check itself takes a shape as it is: a count that is no number, say, then counts nothing.
    """
    from pyshacl.entrypoints import meta_validate

    triples = [(q.subject, q.predicate, q.object) for text in shapes.values() for q in store.quads_of(text, "ttl")]
    conforms, _, said = meta_validate(_graph(triples), inference="none", max_validation_depth=_DEPTH)
    return "" if conforms else str(said)


def _results(data: list[Triple], made: Shapes) -> list[Result]:
    import pyshacl
    from rdflib import Graph, URIRef

    _, report, said = pyshacl.validate(
        _graph(data),
        shacl_graph=_graph(made.triples),
        inference="none",
        advanced=False,
        inplace=True,
    )
    if not isinstance(report, Graph):
        raise EngineError(f"the check of shapes gave no report: {said[:300]}")
    details = set(report.objects(None, URIRef(SH.detail)))
    nodes = set(report.subjects(URIRef(SH.resultSeverity), None)) - details
    return sorted({_result({str(p): o for p, o in report.predicate_objects(node)}, made) for node in nodes})


def _result(said: dict[str, Any], made: Shapes) -> Result:
    """One result from the values of its properties."""
    shape = str(said[SH.sourceShape])
    return Result(
        focus=_named(said[SH.focusNode]),
        path=_named(said.get(SH.resultPath)),
        value=_named(said.get(SH.value)),
        severity=_SEVERITIES.get(str(said[SH.resultSeverity]), "error"),
        shape=shape,
        component=local(str(said[SH.sourceConstraintComponent])),
        message=made.messages.get(shape, f"{{entity}} breaks the rule {local(shape)}. See the shape of that name."),
        shown_at=made.shown_at.get(shape, ""),
        looks_at=made.looks_at(shape),
    )


def _named(node: Any) -> str:
    """A node as a string; empty for none and for one without a name."""
    from rdflib import BNode

    return "" if node is None or isinstance(node, BNode) else str(node)


def _graph(triples: Iterable[Triple]) -> Graph:
    """The triples as a graph of rdflib, which is what pyshacl reads."""
    from rdflib import BNode, Graph, URIRef
    from rdflib import Literal as Value

    def term(given: Term) -> Any:
        if isinstance(given, Literal):
            if given.language:
                return Value(str(given), lang=given.language)
            return Value(str(given), datatype=None if given.datatype == XSD.string else URIRef(given.datatype))
        # Most IRIs come often, and rdflib takes long to make one.
        if given not in made:
            made[given] = BNode(given) if isinstance(given, Blank) else URIRef(given)
        return made[given]

    made: dict[Iri | Blank, Any] = {}
    graph = Graph(bind_namespaces="none")
    for subject, predicate, value in triples:
        graph.add((term(subject), term(predicate), term(value)))
    return graph


def main(directory: str) -> None:
    """Write a report of the files that `Running` put into a directory there."""
    place = Path(directory)
    told = json.loads((place / "told.json").read_text())
    shapes = {name: (place / f"{number}.ttl").read_bytes() for number, name in enumerate(told["names"])}
    report = validate((place / "data.nq").read_bytes(), shapes, told["base"])
    (place / "report.json").write_bytes(report.to_json())


def to_findings(report: Report, locate: Locate, base: str = ID) -> list[Finding]:
    """The results as findings, in their order, each with the local name of its shape as code.

    One fault gives one finding: a rule that looks at several properties is left out where one of them is blamed.

    Args:
        report: What `Running.result` gave.
        locate: Where a statement stands.
        base: With which the IRIs of the individuals begin.
    """
    blamed: dict[str, set[str]] = defaultdict(set)
    for result in report.results:
        if result.path:
            blamed[result.focus].add(result.path)
    kept = (r for r in report.results if r.path or blamed[r.focus].isdisjoint(r.looks_at))
    return in_order([*report.faults, *(_finding(result, locate, base) for result in kept)])


def _finding(result: Result, locate: Locate, base: str) -> Finding:
    value = "" if result.value == result.focus else result.value
    named = {"entity": in_words(result.focus, base), "value": short(value, base)}
    text = re.sub(r"\{(entity|value)\}", lambda match: named[match[1]], result.message)
    if result.message.startswith("{entity}") and " " in named["entity"]:
        text = text[:1].upper() + text[1:]
    wrong, stop, repair = text.partition(". ")
    return Finding(
        code=local(result.shape),
        severity=Severity.of(result.severity),
        origin=locate(result.focus, result.shown_at, value, ""),
        message=wrong + stop.rstrip(),
        repair=repair,
        entity=short(result.focus, base),
        property=short(result.shown_at, base),
        value=short(value, base),
    )
