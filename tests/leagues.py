"""The workspace that docs/authoring.md builds, made from the files that stand on that page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "documents"
PAGE = ROOT / "docs" / "authoring.md"
_FILE = re.compile(r"<!-- file: leagues/(\S+) -->\n```[a-z]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def files() -> dict[str, str]:
    """Path and text of each file of the workspace, without the one that the page shows as a mistake."""
    sound = PAGE.read_text(encoding="utf-8").partition("A typo is found")[0]
    found: dict[str, str] = {}
    for name, text in _FILE.findall(sound):
        found[name] = found.get(name, "") + text
    assert len(found) >= 4
    return found


def make(folder: Path) -> Path:
    """Write the workspace into a folder."""
    for name, text in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def environment(**more: str) -> dict[str, str]:
    """The environment of a user of this checkout who has set nothing."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("THEORYMAP_", "PYTEST_", "COV_", "NO_COLOR"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100", "PYTHONUTF8": "1"} | more


def command(*arguments: str) -> list[str]:
    """The command line of theorymap with some arguments."""
    return [sys.executable, "-m", "theorymap", *arguments]


def theorymap(
    *arguments: str, cwd: Path, stdin: str = "", timeout: float = 120, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run theorymap as a process of its own and wait for it."""
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**variables),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
