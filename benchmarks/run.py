"""The budgets of theorymap, measured: each as a ratio to a yardstick that does the least that must be done.

    python benchmarks/run.py [--documents 1000] [--runs 9]

Times are of whole processes unless a row says otherwise, with their output thrown away. What is compared runs in turn,
A B A B ..., so that a busy machine slows all alike; a ratio is one of medians. Ratios are of use, times are not:
compare them within one run only, on a machine that has two processors to spare. Byte code is kept, as it is where
theorymap was installed. Beside the ratios it is shown that an unchanged check starts no Java and imports neither rdflib
nor pyshacl nor owlready2, by a trace that must have seen them in the check of everything new.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import arguing
import comparing
import synthetic
from measuring import HEAD, Row, Work, environment, seconds

from theorymap import Workspace
from theorymap.cache import FOLDER
from theorymap.cli import COMMANDS
from theorymap.owl.java import hermit, java_program
from theorymap.query.answer import bind, run
from theorymap.sources import graph_of
from theorymap.terms import ID, OWL, PREFIXES

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("rdflib", "pyshacl", "owlready2")
QUESTION = "holdings"
_INFERRED = graph_of("inferred")
_REASONED = (
    f"GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != <{_INFERRED}> && ! STRENDS(STR(?g), '.lock') && ?p != <{OWL.imports}>)"
)
"""What the reasoner is given: what the files say, without the locks; nothing is to be fetched."""
_WARM = "import pyoxigraph, click, yaml"
_CHECKED = (0, 1)
"""The exit codes of a check that was done: clean, or with findings."""
_THEORYMAP = "import sys; from theorymap.cli import main; sys.exit(main())"
_PYSHACL = """
import sys, pyshacl, rdflib
data = rdflib.Graph().parse(sys.argv[1], format="nt")
shapes = rdflib.Graph()
for path in sys.argv[2:]:
    shapes.parse(path, format="turtle")
pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
"""
_RAW_QUERY = """
import sys, pyoxigraph
store = pyoxigraph.Store()
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
for row in store.query(open(sys.argv[2]).read(), base_iri=sys.argv[3], use_default_graph_as_union=True):
    for term in row:
        str(term)
"""
_TRACE = """
import os, sys
class Trace:
    def find_spec(self, name, path=None, target=None):
        if name in os.environ["TRACED"].split():
            with open(os.environ["TRACE"], "a") as file:
                file.write(name + "\\n")
sys.meta_path.insert(0, Trace())
"""


@dataclass
class Bench:
    """The place where everything is measured.

    Attributes:
        folder: For the files that the measurements need.
        runs: How often each work is timed.
        documents: The size of the synthetic knowledge base.
    """

    folder: Path
    runs: int
    documents: int
    notes: list[str] = field(default_factory=list)

    def medians(self, *works: Work) -> list[float]:
        """The median time of each work; all run in turn, after one run that is not counted."""
        for work in works:
            work.seconds()
        taken: list[list[float]] = [[work.seconds() for work in works] for _ in range(self.runs)]
        return [statistics.median(column) for column in zip(*taken, strict=True)]

    def row(self, work: Work, yardstick: Work, budget: float = 0) -> Row:
        """The row of a budget."""
        ours, theirs = self.medians(work, yardstick)
        return Row(work.name, yardstick.name, ours, theirs, budget)

    def rows(self) -> Iterator[Row]:
        """A row for each budget, and for what belongs beside it."""
        yield _slowest([self.help(command) for command in ("", *COMMANDS)], "commands")
        yield _slowest(list(self.queries()), "questions")
        yield self.unasked()
        yield self.unchanged()
        yield self.everything_new()
        yield from self.large()
        yield from comparing.rows(self.folder, *((4, 5) if self.documents < 100 else (40, 200)), self.runs)
        yield from arguing.rows(self.folder, self.runs, quick=self.documents < 100, medians=self.medians)

    def help(self, command: str) -> Row:
        """The help of a command, or of theorymap itself."""
        words = f"theorymap {command}".strip()
        return self.row(Work(f"`{words} --help`", _theorymap(*command.split(), "--help")), _python("import click"), 2)

    def queries(self) -> Iterator[Row]:
        """Questions to the knowledge base of the repository, each with the parameters of its own example."""
        for query in Workspace.open(ROOT).questions():
            given = [word for name, value in query.examples().items() for word in ("-p", f"{name}={value}")]
            asked = _theorymap("query", query.name, *given, "-w", str(ROOT))
            yield self.row(Work(f"`theorymap query {query.name}`", asked), _python(_WARM), 2)

    def unasked(self) -> Row:
        """What is asked for the first time, so that no answer is kept."""
        asked = _theorymap("sparql", "SELECT DISTINCT ?t WHERE { ?t a tm:Theory } ORDER BY ?t", "-w", str(ROOT))
        return self.row(Work("`theorymap sparql`, no answer kept", asked), _python(_WARM))

    def unchanged(self) -> Row:
        """A check of what was checked before."""
        asked = _theorymap("check", "-w", str(ROOT))
        return self.row(Work("`theorymap check`, nothing changed", asked, codes=_CHECKED), _python(_WARM), 1.5)

    def everything_new(self) -> Row:
        """A check without anything kept, against the slower of the two engines alone."""
        copy, shapes = self.copy(), [str(path) for path in sorted((ROOT / "shapes").glob("*.ttl"))]
        for name, pattern in (("shacl.nt", "?s ?p ?o"), ("owl.nt", _REASONED)):
            graph = Workspace.open(copy).sparql(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", "nt")
            (self.folder / name).write_bytes(graph)
        check = _theorymap("check", "-w", str(copy))
        works = [
            Work("`theorymap check`, everything new", check, lambda: _forget(copy), _CHECKED),
            Work("pyshacl", [sys.executable, "-W", "ignore", "-c", _PYSHACL, "shacl.nt", *shapes], folder=self.folder),
            Work("HermiT", [java_program(), *hermit("-N", "-k", "-U", "owl.nt")], folder=self.folder),
        ]
        ours, *theirs = self.medians(*works)
        slower = max(theirs)
        self.notes.append(self.proof(copy))
        return Row(works[0].name, f"{works[1 + theirs.index(slower)].name} alone, the slower", ours, slower, 1.5)

    def proof(self, copy: Path) -> str:
        """What a check of everything new and an unchanged one imported and started, in words.

        Raises:
            SystemExit: The first started no engine, so that the trace proves nothing; or the second did.
        """
        _forget(copy)
        new, again = self.traced(copy), self.traced(copy)
        if "java" not in new or "pyshacl" not in new:
            raise SystemExit(f"the trace is blind: of a check of everything new it has seen only {new}")
        if again:
            raise SystemExit(f"a check of what was checked before has started {', '.join(again)}")
        return (
            f"Everything new: {', '.join(new)} were seen at work. Nothing changed: none of {', '.join(ENGINES)}, java."
        )

    def traced(self, workspace: Path) -> list[str]:
        """The engines that a check imports or starts, in this process or one of its own, sorted."""
        place = Path(tempfile.mkdtemp(dir=self.folder))
        seen, java = self.folder / "seen", self.folder / "java"
        (place / "sitecustomize.py").write_text(_TRACE)
        java.write_text(f'#!/bin/sh\necho java >> "$TRACE"\nexec "{java_program()}" "$@"\n')
        java.chmod(0o755)
        seen.write_text("")
        path = os.pathsep.join([str(place), os.environ.get("PYTHONPATH", "")])
        traced = environment(PYTHONPATH=path, TRACED=" ".join(ENGINES), TRACE=str(seen), THEORYMAP_JAVA=str(java))
        done = subprocess.run(_theorymap("check", "-w", str(workspace)), env=traced, capture_output=True)
        if done.returncode not in _CHECKED:
            raise SystemExit(f"the traced check left with exit code {done.returncode}:\n{done.stderr.decode()}")
        return sorted(set(seen.read_text().split()))

    def large(self) -> Iterator[Row]:
        """A question to a large knowledge base: as a process, and where the data are at hand already."""
        place = self.folder / "synthetic"
        synthetic.generate(place, self.documents)
        workspace = Workspace.open(place)
        query = workspace.knowledge.catalogue.get(QUESTION)
        sparql = _prologue(PREFIXES) + bind(query, workspace.knowledge.store, {})[0]
        data, text = self.folder / "data.nq", self.folder / "question.rq"
        data.write_bytes(workspace.knowledge.nquads)
        text.write_text(sparql)
        name = f"`theorymap sparql`, {self.documents:,} documents, no answer kept"
        raw = Work("pyoxigraph, loading included", [sys.executable, "-c", _RAW_QUERY, str(data), str(text), ID])
        yield self.row(Work(name, _theorymap("sparql", str(text), "-w", str(place))), raw, 1.3)
        yield self.at_hand(workspace, data, sparql)

    def at_hand(self, workspace: Workspace, data: Path, sparql: str) -> Row:
        """The same question and data without process and loading."""
        import pyoxigraph

        store = pyoxigraph.Store()
        store.bulk_load(path=str(data), format=pyoxigraph.RdfFormat.N_QUADS)

        def bare() -> None:
            found = store.query(sparql, base_iri=ID, use_default_graph_as_union=True)
            assert isinstance(found, pyoxigraph.QuerySolutions)
            for row in found:
                for term in row:
                    str(term)

        query = workspace.knowledge.catalogue.get(QUESTION)

        def ours() -> None:
            run(query, workspace.knowledge.store, {})

        taken = [[seconds(work) for work in (ours, bare)] for _ in range(self.runs + 1)][1:]
        first, second = (statistics.median(column) for column in zip(*taken, strict=True))
        name = f"the same, the data at hand ({len(store):,} quads)"
        return Row(name, "pyoxigraph, the query alone", first, second, 1.3)

    def copy(self) -> Path:
        """A copy of the repository's workspace that nothing is kept of."""
        copy = self.folder / "workspace"
        for name in ("ontology", "kb", "shapes", "queries"):
            shutil.copytree(ROOT / name, copy / name)
        shutil.copy(ROOT / "theorymap.toml", copy)
        return copy


def _slowest(rows: Sequence[Row], what: str) -> Row:
    """The row of the greatest ratio."""
    worst = max(rows, key=lambda row: row.ratio)
    return replace(worst, work=f"{worst.work}, the slowest of {len(rows)} {what}")


def _python(code: str) -> Work:
    return Work(f'`python -c "{code}"`', [sys.executable, "-c", code])


def _theorymap(*words: str) -> list[str]:
    """The command line of theorymap, started as its console script starts it."""
    return [sys.executable, "-c", _THEORYMAP, *words]


def _forget(workspace: Path) -> None:
    shutil.rmtree(workspace / FOLDER, ignore_errors=True)


def _prologue(prefixes: Mapping[str, str]) -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a Markdown table as it fills."""
    parser = argparse.ArgumentParser(description="Measure the budgets of theorymap.")
    parser.add_argument("-n", "--documents", type=int, default=1000, help="the size of the large knowledge base [1000]")
    parser.add_argument("--runs", type=int, default=9, help="how often each work is timed [9]")
    parser.add_argument("--quick", action="store_true", help="one run, three documents: shows that all works")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="theorymap-bench-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder), 1 if given.quick else given.runs, 3 if given.quick else given.documents)
        print(HEAD, flush=True)
        for row in bench.rows():
            print(row, flush=True)
        print("", *bench.notes, sep="\n")


if __name__ == "__main__":
    main()
