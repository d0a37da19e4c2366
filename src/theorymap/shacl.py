"""The data held to the shapes (SHACL, W3C Recommendation of 2017): the core language, checked by pyshacl.

pyshacl passes what it should not: no shapes, no data, a target that nobody defines. So the shapes are read first, and
what is wrong with them is a finding. The check runs in a process of its own, beside the reasoner's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from theorymap.errors import EngineError
from theorymap.findings import Finding, Origin, Severity, error
from theorymap.rdf import Blank, Iri, Term
from theorymap.terms import ID, OWL, RDF, RDFS, SH, SHAPES, TM, local, nearest, short

if TYPE_CHECKING:
    from rdflib import Graph

TIMEOUT = 600.0
"""Seconds that the check gets unless the caller says otherwise."""
Locate = Callable[[str, str, str, str], Origin]
"""From subject, predicate, value and graph (the last three may be empty) to the place where the statement stands."""

_SEVERITIES = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_BUILT_IN = (RDF, RDFS, OWL)
_OURS = (TM, ID, SHAPES)
_ANNOTATIONS = (RDFS.comment, RDFS.seeAlso, SH.message)
_NESTED = re.compile(r"(?P<owner>.+)/(?P<kind>[a-z]+(?:-[a-z]+)*)-[0-9a-f]{10}")
# pyshacl counts the steps from shape to shape; the shapes of SHACL itself, applied to a path within a condition, need 25.
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


class Running:
    """A check under way in a process of its own."""

    def __init__(self, nquads: bytes, shapes: Mapping[str, bytes]) -> None:
        """Start the check; the arguments are those of `start`."""
        if not nquads.strip():
            raise EngineError("there are no data to hold to the shapes")
        if not shapes:
            raise EngineError("there are no shapes to hold the data to", "Name a folder of shapes in theorymap.toml.")
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._directory = tempfile.TemporaryDirectory(prefix="theorymap-", ignore_cleanup_errors=True)
        except OSError as problem:
            raise EngineError(f"no directory for temporary files: {problem}") from problem
        self._place = Path(self._directory.name)
        try:
            self._write(nquads, shapes)
            self._launch()
        except OSError as problem:
            self.close()
            raise EngineError(f"the check of shapes could not be started: {problem}") from problem
        except BaseException:
            self.close()
            raise

    def _write(self, nquads: bytes, shapes: Mapping[str, bytes]) -> None:
        (self._place / "data.nq").write_bytes(nquads)
        (self._place / "names.json").write_text(json.dumps(list(shapes)))
        for number, data in enumerate(shapes.values()):
            (self._place / f"{number}.ttl").write_bytes(data)

    def _launch(self) -> None:
        code = "import sys; from theorymap import shacl; shacl.main(sys.argv[1])"
        path = os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", ""))))
        command = [sys.executable, "-W", "ignore", "-c", code, str(self._place)]
        with (self._place / "err").open("wb") as err:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=err, stderr=err, env=os.environ | {"PYTHONPATH": path}
            )

    def result(self, timeout: float = TIMEOUT) -> Report:
        """What was found; can be fetched once.

        Args:
            timeout: Seconds to wait; then the process is killed.

        Raises:
            EngineError: The process did not finish, or did not do its work.
        """
        if self._process is None:
            raise EngineError("the result of this check was fetched before")
        try:
            code = self._process.wait(max(timeout, 0))
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
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            self._process = None
        self._directory.cleanup()


def start(nquads: bytes, shapes: Mapping[str, bytes]) -> Running:
    """Start to hold data to shapes in a process of its own, so that the caller can do other work meanwhile.

    Args:
        nquads: The ontology and the data, as N-Quads or N-Triples; graphs do not matter.
        shapes: Turtle files with shapes by the names that findings give them.

    Raises:
        EngineError: There are no data or no shapes, or the process cannot be started.
    """
    return Running(nquads, shapes)


def validate(nquads: bytes, shapes: Mapping[str, bytes], *, meta: bool = False) -> Report:
    """Hold data to shapes in this process; the arguments are those of `start`.

    Args:
        meta: Whether the shapes themselves are held to the shapes of SHACL first, which takes seconds.

    Raises:
        EngineError: There are no data.
    """
    from theorymap import store

    quads = [(quad.subject, quad.predicate, quad.object) for quad in store.quads_of(nquads, "nq")]
    if not quads:
        raise EngineError("there are no data to hold to the shapes")
    made, faults = _read_shapes(shapes, quads)
    if faults:
        return Report((), tuple(faults))
    return _run(quads, made, next(iter(shapes)), meta)


def main(directory: str) -> None:
    """Write a report of the files that `Running` put into a directory there."""
    place = Path(directory)
    names = json.loads((place / "names.json").read_text())
    shapes = {name: (place / f"{number}.ttl").read_bytes() for number, name in enumerate(names)}
    report = validate((place / "data.nq").read_bytes(), shapes)
    (place / "report.json").write_bytes(report.to_json())


def to_findings(report: Report, locate: Locate, known: Iterable[Finding] = ()) -> list[Finding]:
    """The results as findings, each with the local name of its shape as code.

    One fault gives one finding: a result is left out where an earlier finding on the same entity is about the same
    property, or about the entity as a whole; and a rule that looks at several properties is left out where one of
    them is blamed already.

    Args:
        report: What `Running.result` gave.
        locate: Where a statement stands.
        known: What earlier steps found, each with its entity.
    """
    blamed: dict[str, set[str]] = defaultdict(set)
    for finding in known:
        if finding.severity is Severity.ERROR and finding.entity:
            blamed[finding.entity].add(finding.property)
    for result in report.results:
        if result.path:
            blamed[short(result.focus)].add(short(result.path)) if _excused(result, blamed) else None
    earlier = {entity: set(properties) for entity, properties in blamed.items()}
    kept = [result for result in report.results if result.path and not _excused(result, earlier)]
    for result in kept:
        blamed[short(result.focus)].add(short(result.path))
    kept += [result for result in report.results if not result.path and not _excused(result, blamed)]
    return [*report.faults, *(_finding(result, locate) for result in kept)]


def _excused(result: Result, blamed: Mapping[str, set[str]]) -> bool:
    properties = blamed.get(short(result.focus), set())
    return "" in properties or not properties.isdisjoint(map(short, result.looks_at))


def _finding(result: Result, locate: Locate) -> Finding:
    value = "" if result.value == result.focus else result.value
    named = {"{entity}": in_words(result.focus), "{value}": short(value)}
    text = re.sub(r"\{(entity|value)\}", lambda match: named[match[0]], result.message)
    wrong, _, repair = text.partition(". ")
    return Finding(
        code=local(result.shape),
        severity=Severity.of(result.severity),
        origin=locate(result.focus, result.shown_at, value, ""),
        message=(wrong[:1].upper() + wrong[1:] if result.message.startswith("{entity}") and " " in named["{entity}"] else wrong)
        + ("." if repair else ""),
        repair=repair,
        entity=short(result.focus),
        property=short(result.shown_at),
        value=short(value),
    )


def in_words(iri: str) -> str:
    """An entity as a sentence names it; what is written in place is named by its owner.

    >>> in_words("https://w3id.org/theorymap/id/claim/rain-founds-leagues/attribution-0123456789")
    'an attribution of claim/rain-founds-leagues'
    """
    name = short(iri)
    nested = _NESTED.fullmatch(name)
    if nested is None:
        return name
    kind = nested["kind"].replace("-", " ")
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} of {nested['owner']}"
