"""A workspace with a base of its own answers as one with ours does, command by command, but for the base."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from leagues import DOCUMENTS
from mutations import VALID
from theorymap import Workspace
from theorymap.cli import COMMANDS, group
from theorymap.cli.options import PICTURES, TABLES
from theorymap.errors import UsageError
from theorymap.formats import FORMATS
from theorymap.store import canonical, convert
from theorymap.terms import ID
from workspaces import ROOT, repository

BASE = "https://example.org/kb/"
MAP = Path(__file__).parent / "maps" / "league.json"
CASES = "city,fear,rank\nA,1,2\nB,,4\n"
RELATIONS = "Theory,Construct1,Relation,Construct2,Source\nWalls,fear,raises,trust,Reed 1999\n"
FAULTS = (
    """\
id: register/faults
variables:
  variable/rank: {label: another name}
theories:
  theory/low-walls: {label: low walls, sort: variant, family: theory/wals}
""",
    """\
id: register/faults
agents:
  person/ines-halloran: {type: Organisation, label: Ines Halloran}
theories:
  theory/walls: {label: walls, sort: family, family: theory/towers}
  theory/towers: {label: towers, family: theory/walls}
""",
)
CODES = ("defined-twice", "undefined-identifier", "inconsistent", "theory-sort", "cycle-of-families")
RDF = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "jsonld": "jsonld", "rdfxml": "rdfxml"}


def _made(folder: Path, settings: str) -> Path:
    shutil.copytree(VALID, folder, ignore=shutil.ignore_patterns(".theorymap"))
    with (folder / "theorymap.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    (folder / "cases.csv").write_text(CASES)
    (folder / "relations.csv").write_text(RELATIONS)
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two workspaces with the same files, the second with a base of its own; not to be changed."""
    folder = tmp_path_factory.mktemp("both")
    return _made(folder / "ours" / "kb", ""), _made(folder / "own" / "kb", f'base = "{BASE}"\n')


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The knowledge base of the repository with a base of its own."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "kb", folder / "kb")
    (folder / "theorymap.toml").write_text(f'[workspace]\nbase = "{BASE}"\n')
    return Workspace.open(folder, cached=False)


def _run(words: tuple[str, ...], folder: Path) -> tuple[int, str, str]:
    """Exit code, what was printed, and what was said beside it, the folder left out."""
    told = [word.replace("{folder}", str(folder)) for word in words]
    done = CliRunner().invoke(group, [*told, "-w", str(folder)])
    refused = f"{done.exception} {done.exception.hint}" if isinstance(done.exception, UsageError) else ""
    assert refused or done.exception is None or isinstance(done.exception, SystemExit), done.exception
    printed = done.stdout_bytes.decode("utf-8", "replace")
    return done.exit_code, *(text.replace(str(folder), "") for text in (printed, done.stderr + refused))


def _plain(workspace: Workspace, name: str, asked: Mapping[str, str]) -> str:
    return json.dumps(workspace.query(name, **asked).to_json())


def _nquads(text: str, format: str, old: str = "", new: str = "") -> str:
    """What an export says, one base in the place of another."""
    nquads = canonical(convert(text.encode(), RDF[format], "nq")).decode()
    return nquads.replace(f"<{old}", f"<{new}") if old else nquads


def _written(folder: Path, old: str = "", new: str = "") -> dict[str, str | frozenset[str]]:
    """What a build wrote that is text, by name; of RDF the statements."""
    found: dict[str, str | frozenset[str]] = {}
    formats = {FORMATS[name].suffix: name for name in RDF}
    for path in filter(Path.is_file, folder.rglob("*")):
        text = path.read_bytes().decode("utf-8", "replace")
        name, format = path.relative_to(folder).as_posix(), formats.get(path.suffix)
        found[name] = frozenset(_nquads(text, format, old, new).split("\n")) if format else text.replace(old, new)
    return found


def _asked() -> Iterator[tuple[str, ...]]:
    """Command lines, those of questions left out."""
    yield "check", "--format", "json"
    yield "lock", "--documents", str(DOCUMENTS)
    yield ("stats",)
    yield ("gaps",)
    yield "sparql", "SELECT DISTINCT ?x ?y WHERE { VALUES ?y { <work/halloran-2021> } ?x tm:document ?y } ORDER BY ?x"
    yield "sparql", "DESCRIBE id:work\\/halloran-2021", "--format", "nt"
    yield "gaps", "--between", "civic-standing", "shared-drought"
    yield "trace", "work/halloran-2021"
    yield "trace", "halloran-2021"
    yield "trace", "theory/civic-standings"
    yield "build", "-o", "{folder}/out"
    for kind, names in (
        ("theories", ("civic-standing", "shared-drought")),
        ("cases", ("port-halden", "cala-verde")),
        ("definitions", ("water-league",)),
        ("documents", ("berecz-2018", "halloran-2021", "lindqvist-2012")),
    ):
        for shown in TABLES:
            yield "compare", kind, *names, "--all", "--format", shown
    for shown in PICTURES:
        yield "map", "--format", shown
        yield "map", "--causal", "--format", shown
    yield "map", "--causal", "--list", "edges"
    for name in FORMATS:
        yield "export", name
        yield "export", name, "--document", "halloran-2021"
        yield "export", name, "--no-background"
    yield "map", "claim/rank-follows-membership", "--format", "svg"
    yield "import", "cases", "{folder}/cases.csv", "--dry-run", "--coder", "group/readers"
    yield "import", "relations", "{folder}/relations.csv", "--dry-run"
    yield "import", "aif", str(MAP), "--dry-run"
    yield ("argue",)
    yield "argue", "claim/rank-follows-membership"


_MARKERS = re.compile(f"{re.escape(ID)}(not-reported|not-applicable|unspecified)")
"""What stands for no value keeps its IRI whatever the base."""
ASKED = list(_asked())
QUESTIONS = [query.name for query in repository().knowledge.catalogue.questions()]


def test_every_command_is_asked() -> None:
    assert {words[0] for words in ASKED} | {"query"} == set(COMMANDS)


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_a_command_says_the_same(words: tuple[str, ...], both: tuple[Path, Path]) -> None:
    ours, own = (_run(words, folder) for folder in both)
    assert own[0] == ours[0]
    assert ID not in _MARKERS.sub("", f"{own[1]}{own[2]}")
    if words[0] == "export" and words[1] in RDF:
        assert f"<{BASE}work/halloran-2021>" in _nquads(own[1], words[1])
        assert set(_nquads(own[1], words[1], BASE, ID).split("\n")) == set(_nquads(ours[1], words[1]).split("\n"))
    else:
        assert own[1].replace(BASE, ID) == ours[1]
    assert own[2].replace(BASE, ID) == ours[2]
    if words[0] == "build":
        assert _written(both[1] / "out", BASE, ID) == _written(both[0] / "out") != {}


def test_faults_are_told_the_same(both: tuple[Path, Path], tmp_path: Path) -> None:
    """By every step that speaks of entities; what is a fault of one step keeps others from being run."""
    found = []
    for folder, place in zip(both, ("ours", "own"), strict=True):
        copy = Path(shutil.copytree(folder, tmp_path / place / "kb"))
        for faults in FAULTS:
            (copy / "kb" / "faults.yaml").write_text(faults)
            found.append(_run(("check", "--format", "json"), copy))
    ours, own = found[: len(FAULTS)], found[len(FAULTS) :]
    assert [(code, told.replace(BASE, ID)) for code, told, _ in own] == [(code, told) for code, told, _ in ours]
    told = "".join(told for _, told, _ in own)
    assert all(f'"{code}"' in told for code in CODES)
    assert BASE not in told


def test_two_codings_agree_as_far(both: tuple[Path, Path], tmp_path: Path) -> None:
    second = tmp_path / "berecz-2018.yaml"
    second.write_text("- {section: Abstract, from: Rank then is, to: cannot be its cause, text: x, stance: asserts}\n")
    ours, own = (Workspace.open(folder, DOCUMENTS, cached=False).agreement(second).to_json() for folder in both)
    assert own == ours
    assert own["rows"][0][1][0] == 1


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_same_answer(name: str, own: Workspace) -> None:
    """Of the knowledge base of the repository, whose entries the examples of the questions name."""
    asked = repository().knowledge.catalogue.get(name).examples()
    assert _plain(own, name, asked).replace(BASE, ID) == _plain(repository(), name, asked)
