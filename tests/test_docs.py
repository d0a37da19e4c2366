"""The documentation says what is so: generated parts are up to date, examples were run, nothing is left out."""

from __future__ import annotations

import doctest
import importlib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import finding_codes
import leagues
from leagues import theorymap
from theorymap.cli import COMMANDS, module
from theorymap.terms import TM

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))
import generate  # noqa: E402
import parts  # noqa: E402

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = generate.pages()
MARKED = re.compile(r"<!-- command: (\w+) -->\n```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def texts() -> str:
    """All pages as one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in PAGES)


def headings(path: Path) -> list[str]:
    """The headings of a page, outside of code."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)


# What is generated


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_is_up_to_date(page: Path) -> None:
    """If this fails after a change of the knowledge base or the tool: python docs/generate.py."""
    assert generate.current(page) == page.read_text(encoding="utf-8")


def test_the_pictures_show_what_is_so() -> None:
    """If this fails: python docs/generate.py. Two pictures of different things have different seals."""
    shown = list(generate.pictures())
    assert len(shown) >= 2
    assert all(generate.up_to_date(path, picture) for path, picture in shown)
    assert not generate.up_to_date(shown[0][0], shown[1][1])


def test_every_part_is_used_and_there_are_parts() -> None:
    marked = set(re.findall(r"<!-- generated: ([a-z-]+) -->", texts()))
    assert marked
    assert marked <= set(parts.PARTS)
    assert set(parts.PARTS) - marked == set()


def test_a_part_that_nobody_makes_is_refused() -> None:
    with pytest.raises(KeyError):
        generate.filled("<!-- generated: weather -->\n<!-- end: weather -->")


def test_output_that_drifted_is_seen(tmp_path: Path) -> None:
    """The comparison of console blocks can fail."""
    page = "```console\n$ echo one\ntwo\n$ (exit 3)\n$ echo $?\n```\n"
    assert generate.executed(page, tmp_path) == "```console\n$ echo one\none\n$ (exit 3)\n$ echo $?\n3\n```\n"


@pytest.mark.parametrize("command", ["kill -9 $$", "sh -c 'kill -9 $$'", "sh -c 'kill -TERM $$' | cat", "(exit 130)"])
def test_a_command_that_is_killed_is_named_and_nothing_is_written(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"```console\n$ echo one\n$ {command}\n```\n", encoding="utf-8")
    monkeypatch.setattr(generate, "pages", lambda: [page])
    monkeypatch.setattr(generate, "workspace_copy", lambda folder: folder)
    monkeypatch.setattr("sys.argv", ["generate.py"])
    before = page.read_bytes()
    assert generate.main() == 1
    assert f"{command} was killed" in capsys.readouterr().err
    assert page.read_bytes() == before


def test_a_reader_that_has_enough_kills_nobody(tmp_path: Path) -> None:
    page = "```console\n$ yes | head -n 1\ny\n$ sh -c 'exit 1' | cat; echo $?\n0\n$ exit 3\n$ echo $?\n3\n```\n"
    assert generate.executed(page, tmp_path) == page


# The README


def outputs(path: Path) -> dict[str, str]:
    """Each command of the console blocks of a page with what is said to be its output."""
    found: dict[str, str] = {}
    for block in re.findall(r"^```console\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found[command] = output if command not in found else found[command] + output
    return found


def test_the_readme_opens_with_a_question_and_its_answer() -> None:
    before = README.partition("## Two commands")[0]
    opening = before.partition("*What")[0]
    assert len(re.findall(r"^[a-zA-Z].*\.$", opening, re.MULTILINE)) == 2
    (line,) = re.findall(r"^Once installed, `theorymap (.+)` prints this answer\.$", before, re.MULTILINE)
    assert "```" not in before, "what stands in a block is typed before theorymap is installed"
    done = theorymap(*shlex.split(line), cwd=ROOT)
    shown = [row for row in before.splitlines() if row.startswith("|")]
    assert len(shown) >= 5
    assert shown == [row for row in done.stdout.splitlines() if row.startswith("|")]


def test_the_tour_shows_what_it_promises() -> None:
    tour = outputs(ROOT / "README.md")
    for name in ("check", "query", "trace", "sparql", "export", "lock"):
        assert any(command.startswith(f"theorymap {name}") for command in tour), name
    checked = tour["theorymap check"]
    assert "no findings" in checked.splitlines()[0]
    assert "error [undefined-identifier] probabel" in checked and "Did you mean probable?" in checked
    assert tour['echo "exit code $?"'] == "exit code 1\n"
    own = tour["theorymap check -w mine --documents tests/documents"]
    assert own.count("[") == own.count("warning [paragraph-not-coded]") == 1
    assert "verified" in own


def test_the_workspace_of_the_authoring_page_is_sound_and_its_mistake_is_not() -> None:
    found = outputs(DOCS / "authoring.md")["theorymap check -w leagues --documents tests/documents"]
    assert "no findings" in found.splitlines()[0]
    assert "error [unknown-key] No key is called hegde." in found


def test_the_second_workspace_of_the_authoring_page_is_sound() -> None:
    found = outputs(DOCS / "authoring.md")["theorymap check -w keepers --documents keepers/texts"]
    assert "no findings" in found.splitlines()[0]
    assert "verified" in found


def test_the_contents_of_the_authoring_page_name_its_sections() -> None:
    text = re.sub(r"^```.*?^```$", "", (DOCS / "authoring.md").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    contents, _, rest = text.partition("\n## ")
    sections = re.findall(r"^## (.+)$", f"## {rest}", re.MULTILINE)
    assert len(sections) > 15
    assert re.findall(r"\]\(#([^)]+)\)", contents) == [_anchor(section) for section in sections]


def test_what_a_class_needs_is_what_the_shapes_ask_for() -> None:
    """Plain and alternative paths, the class itself as a path, and keys that call for another."""
    needed = parts.needed()
    assert needed[TM.Attribution] == [
        f"`{key}`" for key in ("certainty", "commitment", "hedge", "holder", "mode", "stance")
    ]
    assert needed[TM.Observation] == ["`case`", "`period`", "`variable`", "`amount` or `value`"]
    assert needed[TM.Agent] == ["`label`", "`type`"]
    assert needed[TM.startYear] == ["`bounds_from`"]
    assert TM.Claim in needed and "`note`" not in needed[TM.Claim]


def test_the_two_commands_are_those_of_ci() -> None:
    """.ci/run takes the second command from the README as it stands."""
    commands = dict(MARKED.findall(README))
    assert set(commands) == {"build", "test"}
    assert commands["build"].strip().endswith(".venv/bin/theorymap build")
    assert commands["test"].strip().endswith(".venv/bin/pytest")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (taken,) = re.findall(r'eval "\$\((.+)\)"', script)
    done = subprocess.run(["bash", "-c", taken], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == commands["test"]


# Findings


def test_every_finding_has_a_heading_and_every_heading_a_finding() -> None:
    python, _ = finding_codes.of_python()
    shapes, queries = finding_codes.of_shapes(), finding_codes.of_queries()
    assert len(python) > 50 and len(shapes) > 50 and len(queries) > 5
    known = [name for name in headings(DOCS / "findings.md") if re.fullmatch(r"[a-z0-9-]+", name)]
    assert sorted(known) == sorted(python | shapes | queries)


def test_where_a_code_is_computed_is_known() -> None:
    """A code that is no word in the text would escape the comparison above."""
    assert finding_codes.of_python()[1] <= set(finding_codes.COMPUTED)


def test_a_finding_has_words_below_its_heading() -> None:
    text = (DOCS / "findings.md").read_text(encoding="utf-8")
    for name, body in re.findall(r"^### ([a-z0-9-]+)\n\n(.*?)(?=^#|\Z)", text, re.DOTALL | re.MULTILINE):
        assert re.match(r"\*(error|warning|info)\*", body), name
        assert len(body.split()) > 6, name


# Commands


def click_command(name: str) -> click.Command:
    """The command of that name."""
    found = importlib.import_module(f"theorymap.cli.{module(name)}").command
    assert isinstance(found, click.Command)
    return found


def example(name: str) -> list[str]:
    """The words of the example in the help of a command."""
    (line,) = re.findall(r"^ *Example: (.+)$", click_command(name).help or "", re.MULTILINE)
    words = shlex.split(line)
    assert words[:2] == ["theorymap", name]
    return words[2:]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_documented(name: str) -> None:
    command = click_command(name)
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert f"theorymap {name}" in headings(DOCS / "commands.md")
    assert f"`theorymap {name}`" in README
    context = command.make_context(name, example(name))
    assert context.params


@pytest.mark.parametrize("name", ["query", "sparql", "trace", "export", "stats"])
def test_the_example_of_a_command_works(name: str, tmp_path: Path) -> None:
    done = theorymap(name, *example(name), "-w", str(ROOT), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") > 3 or list(tmp_path.iterdir())


# Questions, Python, names, links


def test_every_question_is_answered_on_the_page() -> None:
    text = (DOCS / "answers.md").read_text(encoding="utf-8")
    names = [query.name for query in parts.workspace().questions()]
    assert len(names) >= 14
    for name in names:
        assert re.search(rf"^`theorymap query {name}( .*)?`$", text, re.MULTILINE), name


def test_python_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(DOCS / "python.md"), module_relative=False)
    assert (failed, tried > 10) == (0, True)


def _named() -> Iterator[tuple[str, str]]:
    for path in (DOCS / "coding.md", DOCS / "model.md"):
        for name in re.findall(r"`([a-z]+/[a-z0-9-]+)`", path.read_text(encoding="utf-8")):
            yield path.name, name


def test_what_the_codebook_names_is_in_the_knowledge_base() -> None:
    """An example that was renamed or removed is no example."""
    store = parts.workspace().knowledge.stated
    named = [pair for pair in _named() if not (ROOT / pair[1]).exists()]
    assert len(named) > 20
    missing = [pair for pair in named if not store.ask(f"ASK {{ <https://w3id.org/theorymap/id/{pair[1]}> a ?x }}")]
    assert not missing


def _anchor(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_links_lead_somewhere() -> None:
    pages = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    tried = 0
    for page in pages:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"[a-z]+:", target):
                name, _, anchor = target.partition("#")
                path = (page.parent / name) if name else page
                tried += 1
                assert path.exists(), f"{page.name}: {target}"
                assert not anchor or anchor in map(_anchor, headings(path)), f"{page.name}: {target}"
    assert tried > 20


def test_the_test_workspace_is_the_one_on_the_page() -> None:
    assert "kb/documents/halloran-2021.yaml" in leagues.files()
    assert "kb/documents/berecz-2018.yaml" not in leagues.files()


def test_one_sentence_a_line() -> None:
    """In running prose; tables, lists and what is generated are free."""
    for page in (ROOT / "README.md", DOCS / "model.md", DOCS / "authoring.md", DOCS / "coding.md", DOCS / "python.md"):
        text = page.read_text(encoding="utf-8")
        text = re.sub(r"<!-- generated:.*?<!-- end: [a-z-]+ -->", "", text, flags=re.DOTALL)
        text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        prose = [line for line in text.splitlines() if re.match(r"[A-Za-z*`(]", line) and not line.startswith("* ")]
        wrong = [line for line in prose if re.search(r"[a-z)`]\. [A-Z](?![a-z]*\.)", line)]
        assert not wrong, f"{page.name}: {wrong[:3]}"


def test_versions_agree() -> None:
    """The citation and the changelog name the version that the package has."""
    import theorymap as package

    assert f"version: {package.__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## [{package.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
