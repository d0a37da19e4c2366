"""Bring the README and the pages of this folder up to date: `python docs/generate.py`; `--check` says what drifted.

Three things are generated. What stands between ``<!-- generated: NAME -->`` and ``<!-- end: NAME -->`` is made by the
function of that name in `parts.py`, from the ontology, the shapes, the command line and the knowledge base. And the
output of every command in a ```` ```console ```` block is what the command printed, run in a copy of the workspace; a
block after ``<!-- file: PATH -->`` is first added to that file of the copy. And a picture after
``<!-- picture: PATH NAME DEPTH -->`` is what `theorymap map NAME --depth DEPTH` draws; as its layout depends on the
fonts of the machine, it is up to date if it was drawn from the same description, whose digest it ends with.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from parts import PARTS, workspace

from theorymap.draw.dot import to_dot
from theorymap.draw.graphviz import to_svg
from theorymap.draw.picture import Picture

ROOT = Path(__file__).resolve().parent.parent
_MARKED = re.compile(r"(<!-- generated: (?P<name>[a-z-]+) -->\n)(?P<body>.*?)(<!-- end: (?P=name) -->)", re.DOTALL)
_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>[a-z]*)[^\n]*\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
_PICTURE = re.compile(r"^<!-- picture: (?P<path>\S+) (?P<name>\S+) (?P<depth>\d+) -->$", re.MULTILINE)
_COPIED = ("kb", "ontology", "queries", "shapes", "tests/documents", "theorymap.toml")
_SECONDS = 300
_SIGNALS = range(129, 193)
# A command that writes more than its reader wants ends by this signal, and all is well.
_PIPE = 128 + signal.SIGPIPE
_KILLED = f"""
ended=("${{PIPESTATUS[@]}}")
for code in "${{ended[@]}}"; do ((code > 128 && code != {_PIPE})) && exit "$code"; done
exit "${{ended[-1]}}"
"""
"""Lets a command end with the exit code of what a signal killed in its last pipeline, if anything was killed there."""


class Killed(Exception):
    """A command was killed by a signal, and what it printed is not what it prints."""


def pages(root: Path = ROOT) -> list[Path]:
    """The pages that are kept up to date, sorted: the README and whatever stands in `docs/`."""
    return [root / "README.md", *sorted((root / "docs").glob("*.md"))]


def filled(text: str) -> str:
    """A page with its marked parts made anew.

    Raises:
        KeyError: A part is marked that nobody makes.
    """
    return _MARKED.sub(lambda found: f"{found[1]}\n{PARTS[found['name']]().strip()}\n\n{found[4]}", text)


def executed(text: str, folder: Path) -> str:
    """A page whose console blocks hold what their commands print, run in order in a folder, which they may change."""

    def block(found: re.Match[str]) -> str:
        if found["file"]:
            _append(folder / found["file"], found["body"])
        if found["kind"] != "console":
            return found[0]
        printed = "".join(f"$ {command}\n{output}" for command, output in session(commands(found["body"]), folder))
        return found[0].replace(found["body"], printed)

    return _BLOCK.sub(block, text)


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def commands(block: str) -> list[str]:
    """The commands of a console block: the lines after a dollar sign."""
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def session(lines: list[str], folder: Path) -> Iterator[tuple[str, str]]:
    """Each command with what it prints, run one after the other; ``$?`` is the exit code of the one before.

    Raises:
        Killed: A command was killed, or took too long.
    """
    code = 0
    for line in lines:
        process = subprocess.Popen(
            ["bash", "-c", f"(exit {code}); {line}{_KILLED}"],
            cwd=folder,
            env=_environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
        try:
            printed, _ = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired as late:
            os.killpg(process.pid, signal.SIGKILL)
            raise Killed(f"{line} was killed after {_SECONDS} seconds") from late
        code = process.returncode
        if code < 0 or (code in _SIGNALS and code != _PIPE):
            raise Killed(f"{line} was killed by signal {-code if code < 0 else code - 128}")
        yield line, re.sub(r"[ \t]+$", "", printed, flags=re.MULTILINE)


def workspace_copy(folder: Path) -> Path:
    """A folder with a copy of the workspace and a `theorymap` that runs this checkout."""
    for name in _COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.write_bytes(source.read_bytes())
    shim = folder / ".bin" / "theorymap"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m theorymap "$@"\n')
    shim.chmod(0o755)
    return folder


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("THEORYMAP_", "PYTEST_"))}
    path = os.pathsep.join([str(folder / ".bin"), os.environ.get("PATH", os.defpath)])
    return kept | {
        "PATH": path,
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": "110",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
    }


def current(path: Path) -> str:
    """What a page should say."""
    text = filled(path.read_text(encoding="utf-8"))
    if "```console" not in text:
        return text
    with tempfile.TemporaryDirectory() as folder:
        return executed(text, workspace_copy(Path(folder)))


def pictures() -> Iterator[tuple[Path, Picture]]:
    """The pictures that the pages show: where each stands, and what it shows."""
    for page in pages():
        for found in _PICTURE.finditer(page.read_text(encoding="utf-8")):
            yield ROOT / found["path"], workspace().map(found["name"], depth=int(found["depth"]))


def seal(picture: Picture) -> str:
    """The line that a drawn picture ends with."""
    return f"<!-- {hashlib.sha256(to_dot(picture).encode()).hexdigest()} -->\n"


def up_to_date(path: Path, picture: Picture) -> bool:
    """Whether a file shows that picture."""
    return path.exists() and path.read_text(encoding="utf-8").endswith(seal(picture))


def _draw(check: bool) -> int:
    """Draw the pictures that are not up to date, and how many they are."""
    drifted = 0
    for path, picture in pictures():
        if not up_to_date(path, picture):
            drifted += 1
            print(f"{path.relative_to(ROOT)} {'is not up to date' if check else 'drawn'}")
            if not check:
                path.parent.mkdir(exist_ok=True)
                path.write_text(to_svg(picture).rstrip() + "\n" + seal(picture), encoding="utf-8")
    return drifted


def main() -> int:
    """Write the pages, or say which of them drifted; the exit code is 1 if one did, or if a command was killed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is not up to date")
    check = parser.parse_args().check
    drifted = _draw(check)
    for path in pages():
        try:
            new = current(path)
        except Killed as problem:
            print(f"{path.name}: {problem}; this page and those behind it are as they were", file=sys.stderr)
            return 1
        if new != path.read_text(encoding="utf-8"):
            drifted += 1
            print(f"{path.relative_to(ROOT)} {'is not up to date' if check else 'written'}")
            if not check:
                path.write_text(new, encoding="utf-8")
    return int(check and drifted > 0)


if __name__ == "__main__":
    sys.exit(main())
