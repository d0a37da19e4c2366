"""The wheel holds all that a workspace with nothing but a `kb/` needs, and works far from the checkout."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import leagues

ROOT = Path(__file__).resolve().parent.parent
DATA = ("ontology", "shapes", "queries")


def pip(*arguments: str, python: Path | None = None) -> None:
    """Run pip, for another Python if one is named: that of this environment, or else that of the Python below it."""
    own = importlib.util.find_spec("pip") is not None
    base = sys.executable if own else sys._base_executable  # type: ignore[attr-defined]
    target = ["--python", str(python)] if python else [] if own else ["--python", sys.executable]
    line = [base, "-m", "pip", *target, "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout; without the network where hatchling is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    alone = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    pip("wheel", str(ROOT), "--no-deps", *alone, "--wheel-dir", str(folder))
    (built,) = folder.glob("theorymap-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the wheel in it, which takes the other packages from this one."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False, symlinks=True)
    executable = folder / "bin" / "python"
    pip("install", "--no-deps", "--no-index", str(wheel), python=executable)
    (packages,) = (folder / "lib").glob("python*/site-packages")
    here = {sysconfig.get_paths()[name] for name in ("purelib", "platlib")}
    (packages / "others.pth").write_text("".join(f"{path}\n" for path in sorted(here)))
    return executable


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of docs/authoring.md: a `theorymap.toml` and a `kb/`, nothing else."""
    folder = leagues.make(tmp_path_factory.mktemp("mine"))
    assert sorted(path.name for path in folder.iterdir()) == ["kb", "theorymap.toml"]
    return folder


def run(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the `theorymap` that the wheel installed, with nothing of the checkout in sight."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "THEORYMAP_"))}
    return subprocess.run(
        [str(python.parent / "theorymap"), *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


def test_the_wheel_holds_the_data_and_no_knowledge_base(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in DATA:
        files = {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert files
        assert {f"theorymap/data/{folder}/{name}" for name in files} <= names
    assert not [name for name in names if "kb/" in name or name.startswith(("tests/", "docs/", "review/"))]
    assert any(name.endswith("LICENSE") for name in names) and any(name.endswith("LICENSE-KB") for name in names)


def test_it_is_the_installed_package_that_runs(python: Path, workspace: Path) -> None:
    code = "import theorymap, theorymap.layout as l; print(theorymap.__file__); print(l.packaged('shapes'))"
    done = subprocess.run([str(python), "-I", "-c", code], cwd=workspace, capture_output=True, text=True, check=True)
    assert all(str(python.parent.parent) in line for line in done.stdout.splitlines())


def test_the_wheel_does_its_work_elsewhere(python: Path, workspace: Path) -> None:
    """Locked, checked by every step, asked, traced, exported and built."""
    documents = str(leagues.DOCUMENTS)
    locked = run(python, "lock", "--documents", documents, cwd=workspace)
    assert locked.returncode == 0, locked.stderr
    checked = run(python, "check", "--documents", documents, cwd=workspace)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "shapes" in checked.stderr and "owl" in checked.stderr and "verified" in checked.stderr
    asked = run(
        python, "query", "definitions-of-a-construct", "-p", "construct=water-league", "--format=csv", cwd=workspace
    )
    assert (asked.returncode, "stipulated" in asked.stdout) == (0, True)
    traced = run(python, "trace", "theory/shared-drought", cwd=workspace)
    assert (traced.returncode, "Daniel Osei" in traced.stdout) == (0, True)
    exported = run(python, "export", "turtle", "-o", "mine.ttl", cwd=workspace)
    assert exported.returncode == 0
    assert "no-way-to-leave" in (workspace / "mine.ttl").read_text(encoding="utf-8")
    argued = run(python, "argue", "claim/no-way-to-leave", cwd=workspace)
    assert (argued.returncode, "verdict" in argued.stdout) == (0, True), argued.stderr
    (workspace / "even.apx").write_text("arg(a). arg(b). att(a,b). att(b,a).\n")
    solved = run(python, "argue", "--file", "even.apx", "--task", "EE-PR", cwd=workspace)
    assert solved.stdout == "[[a],[b]]\n"
    drawn = run(python, "map", "claim/no-way-to-leave", cwd=workspace)
    assert (drawn.returncode, "</svg>" in drawn.stdout) == (0, True), drawn.stderr
    built = run(python, "build", cwd=workspace)
    assert built.returncode == 0, built.stdout + built.stderr


def test_what_the_installed_package_finds_names_its_files(python: Path, workspace: Path) -> None:
    """A mistake is found on its line here as it is in the checkout."""
    path = workspace / "kb" / "registers.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("scale: nominal", "scale: nominall", 1), encoding="utf-8")
    line = text.partition("scale: nominal")[0].count("\n") + 1
    done = run(python, "check", cwd=workspace)
    path.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert f"{line}:" in done.stdout and "nominall" in done.stdout and "Did you mean nominal?" in done.stdout
