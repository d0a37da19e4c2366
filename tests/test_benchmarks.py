"""What is measured with works; nothing is timed here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from theorymap import Workspace
from theorymap.terms import RDF, TM

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
BUDGETS = (
    "--help`",
    "theorymap query",
    "`theorymap check`, nothing changed",
    "`theorymap check`, everything new",
    "3 documents",
    "a comparison of",
)


def generate(folder: Path, seed: int = 0) -> Path:
    """Three synthetic documents in a folder, made by a process of its own."""
    command = [sys.executable, str(BENCHMARKS / "synthetic.py"), str(folder), "-n", "3", "--seed", str(seed)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder by their names."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("synthetic"))


def test_a_synthetic_workspace_is_clean(synthetic: Path) -> None:
    """Nothing is wrong with it under any check but that of the reasoners, and every passage is where it should be."""
    workspace = Workspace.open(synthetic, synthetic / "papers")
    report = workspace.check(skip=["owl"])
    assert report.findings == ()
    assert not report.failed
    assert [(one.document, one.counts) for one in report.verifications] == [
        ("paper-00000", {"verified": 8}),
        ("paper-00001", {"verified": 9}),
        ("paper-00002", {"verified": 9}),
    ]


def test_a_synthetic_document_has_about_three_hundred_triples(synthetic: Path) -> None:
    """The last document, which disputes an earlier one, counts with its lock and its entry in the bibliography."""
    store = Workspace.open(synthetic).knowledge.stated
    assert len(list(store.quads(None, RDF.type, TM.Document))) == 3
    own = [quad for quad in store.quads() if "paper-00002" in str(quad.graph)]
    assert 270 <= len(own) <= 330


def test_the_same_seed_gives_the_same_bytes(synthetic: Path, tmp_path: Path) -> None:
    """Another process writes the same files; another seed writes others."""
    written = {name: data for name, data in contents(synthetic).items() if not name.startswith(".theorymap")}
    assert contents(generate(tmp_path / "again")) == written
    assert contents(generate(tmp_path / "other", seed=1)) != written


def test_every_budget_has_a_row() -> None:
    """A quick run prints one row of ratios for each budget, and proves that an unchanged check starts no engine."""
    command = [sys.executable, str(BENCHMARKS / "run.py"), "--quick"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = [
        line
        for line in done.stdout.splitlines()
        if line.startswith("| ") and line.endswith((" within |", "**over** |"))
    ]
    for budget in BUDGETS:
        assert any(budget in row for row in rows), budget
    assert "Nothing changed: none of rdflib, pyshacl, owlready2, java." in done.stdout
