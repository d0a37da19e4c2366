"""The codes of all findings that theorymap can give, read from its own text: Python, shapes and check queries."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import rdflib

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "theorymap"
_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+\Z")
_SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

# Where a code is no word in the text of the call: what it is taken from instead.
COMPUTED = {
    "hygiene.py": "the name of the check query",
    "passages/verify.py": "the tables of codes in that module",
    "query/lint.py": "what the rules of that module yield",
    "readers/forms.py": "what the functions of that module return",
    "readers/yamlld.py": "what forms.py returns",
    "shacl.py": "the local name of the shape",
}
# A function whose argument of that name is something else: the number of a colour.
_NO_CODE = {"coloured"}


def of_queries() -> set[str]:
    """A check query gives findings under its own name."""
    return {path.stem for path in (ROOT / "queries" / "check").glob("*.rq")}


def of_shapes() -> set[str]:
    """A shape with a message gives findings under its local name."""
    graph = rdflib.Graph()
    for path in (ROOT / "shapes").glob("*.ttl"):
        graph.parse(path)
    return {str(shape).rpartition("/")[2] for shape in graph.subjects(_SH.message)}


def of_python() -> tuple[set[str], set[str]]:
    """The codes in the Python text, and the modules in which a code is computed."""
    trees = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text()) for path in SOURCE.rglob("*.py")}
    shared = {name: place for tree in trees.values() for name, place in _takers(tree) if not name.startswith("_")}
    codes: set[str] = set()
    computed: set[str] = set()
    for module, tree in trees.items():
        own = dict(_takers(tree))
        for call, given in _given(tree, shared | own | {"Finding": 0}):
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                codes.add(given.value)
            elif not (isinstance(given, ast.Name) and given.id == "code" and own.keys() - {call}):
                computed.add(module)
        codes |= set(_tabled(tree)) if module in COMPUTED else set()
    return codes, computed - {"findings.py"}


def _takers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The functions that are given a code, and at which place of their arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
            annotations = {argument.arg: argument.annotation for argument in node.args.args}
            told = annotations.get("code")
            if node.name not in _NO_CODE and "code" in names and isinstance(told, ast.Name) and told.id == "str":
                yield node.name, names.index("code")


def _given(tree: ast.Module, takers: dict[str, int]) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in takers:
                named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
                placed = node.args[takers[name] : takers[name] + 1]
                yield from ((name, value) for value in named or placed)


def _tabled(tree: ast.Module) -> Iterator[str]:
    """Codes that a module keeps in a dictionary, or yields or returns as the first of a tuple."""
    for node in ast.walk(tree):
        values: list[ast.expr] = []
        if isinstance(node, ast.Dict):
            values = list(node.values)
        elif isinstance(node, ast.Yield | ast.Return) and isinstance(node.value, ast.Tuple):
            values = node.value.elts[:1]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and _CODE.match(value.value):
                yield value.value
