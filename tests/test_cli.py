"""The command line: what it prints where, and the exit code that it leaves with, command by command."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

import leagues
from leagues import DOCUMENTS, command, environment, theorymap
from theorymap.check import STEPS
from theorymap.cli import COMMANDS
from theorymap.formats import FORMATS, Holds

HALLORAN = "kb/documents/halloran-2021.yaml"
DEFINITIONS = ("query", "definitions-of-a-construct", "-p", "construct=water-league")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of docs/authoring.md, locked and checked once; not to be changed."""
    folder = leagues.make(tmp_path_factory.mktemp("sound"))
    assert theorymap("lock", "--documents", str(DOCUMENTS), cwd=folder).returncode == 0
    done = theorymap("check", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def own(sound: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change, with what was kept of the first check."""
    return Path(shutil.copytree(sound, tmp_path / "own"))


@pytest.fixture
def faulty(own: Path) -> Path:
    """The same with one mistake, on a line that says `hegde`."""
    return change(own, "        hedge: plain\n        mode: own", "        hegde: plain\n        mode: own")


def change(folder: Path, old: str, new: str, name: str = HALLORAN) -> Path:
    """Replace the first of some words in a file, which must hold them."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def line_of(folder: Path, words: str, name: str = HALLORAN) -> int:
    """The line of the first of some words in a file."""
    return (folder / name).read_text(encoding="utf-8").partition(words)[0].count("\n") + 1


def untold(done: subprocess.CompletedProcess[str]) -> None:
    """Nothing that a user should not see was printed."""
    assert "Traceback" not in done.stdout + done.stderr


# Every command does its work

MAP = Path(__file__).parent / "maps" / "league.json"
RUNS: dict[str, tuple[tuple[str, ...], str]] = {
    "build": (("build", "-o", "out"), "questions answered"),
    "check": (("check",), ""),
    "query": (DEFINITIONS, "stipulated"),
    "compare": (("compare", "cases", "port-halden", "cala-verde", "--all"), "Halden"),
    "sparql": (("sparql", "SELECT ?x WHERE { ?x a tm:Study }"), "id/study/two-cities"),
    "trace": (("trace", "claim/no-way-to-leave"), "former clerk"),
    "argue": (("argue", "claim/no-way-to-leave"), "verdict"),
    "export": (("export", "turtle"), "@prefix tm:"),
    "import": (("import", "aif", str(MAP)), "kb/documents/league.yaml"),
    "map": (("map", "--format", "dot"), "digraph"),
    "lock": (("lock", "halloran-2021", "--documents", str(DOCUMENTS)), ""),
    "stats": (("stats",), "claims"),
    "gaps": (("gaps",), "untested-predictions"),
}


def test_every_command_is_run() -> None:
    assert set(RUNS) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(RUNS))
def test_a_command_does_its_work(name: str, own: Path) -> None:
    arguments, said = RUNS[name]
    done = theorymap(*arguments, cwd=own)
    untold(done)
    assert (done.returncode, said in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help(name: str, flag: str, tmp_path: Path) -> None:
    """Help needs no workspace."""
    done = theorymap(name, flag, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: python -m theorymap {name}")


def test_version(tmp_path: Path) -> None:
    done = theorymap("--version", cwd=tmp_path)
    assert re.fullmatch(r"theorymap, version \d+\.\d+\.\d+\n", done.stdout)


def test_without_arguments_the_commands_are_listed(tmp_path: Path) -> None:
    done = theorymap(cwd=tmp_path)
    assert all(f"  {name} " in done.stdout + done.stderr for name in COMMANDS)


# Exit code 2: wrong options and names, each with what may have been meant


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chekc",), "Did you mean 'check'?"),
        (("check", "--onyl", "files"), "--only"),
        (("check", "--only", "shape"), "Did you mean shapes?"),
        (("check", "--fail-on", "always"), "always"),
        (("query", "definitions-of-a-constuct"), "Did you mean 'definitions-of-a-construct'?"),
        (("query", "definitions-of-a-construct"), "needs a value for 'construct'"),
        (("query", "definitions-of-a-construct", "-p", "contsruct=water-league"), "Did you mean 'construct'?"),
        (("query", "definitions-of-a-construct", "-p", "construct=water-leauge"), "construct/water-league"),
        (("query", "definitions-of-a-construct", "-p", "construct=port-halden"), "is a"),
        (("query", "definitions-of-a-construct", "-p", "construct"), "NAME=VALUE"),
        (("query", "holdings", "-p", "=x"), "NAME=VALUE"),
        (("query", "definitions-of-a-construct", *("-p", "construct=water-league") * 2), "given twice"),
        (("query", "holdings", "--format", "excel"), "excel"),
        (("trace", "claim/no-way-to-leaf"), "claim/no-way-to-leave"),
        (("export", "turtel"), "Did you mean turtle?"),
        (("export", "turtle", "--document", "haloran-2021"), "halloran-2021"),
        (("import", "aaif", str(MAP)), "Did you mean aif?"),
        (("lock", "haloran-2021", "--documents", str(DOCUMENTS)), "halloran-2021"),
        (("sparql", "SELECT * WHERE { ?s ?p "), "line 1"),
        (("sparql", "SELECT ?s WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }"), "SERVICE"),
        (("sparql", "INSERT DATA { <urn:a> <urn:b> <urn:c> } # {"), ""),
    ],
)
def test_wrong_words(arguments: tuple[str, ...], said: str, sound: Path) -> None:
    done = theorymap(*arguments, cwd=sound)
    untold(done)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


# Exit code 3: theorymap cannot do its job


@pytest.mark.parametrize("name", sorted(set(COMMANDS)))
def test_no_workspace(name: str, tmp_path: Path) -> None:
    done = theorymap(*RUNS[name][0], cwd=tmp_path)
    untold(done)
    assert (done.returncode, done.stdout) == (3, "")
    assert "theorymap.toml" in done.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("[workspace]\nkbs = []\n", "'kb'"),
        ("[workspace", "TOML"),
        ('[workspace]\nkb = ["elsewhere"]\n', "elsewhere"),
        ('[workspace]\nkb = "kb"\n', "list"),
    ],
)
def test_settings_that_cannot_be_used(settings: str, said: str, own: Path) -> None:
    (own / "theorymap.toml").write_text(settings)
    done = theorymap("stats", cwd=own)
    untold(done)
    assert done.returncode == 3
    assert said in done.stderr


@pytest.mark.parametrize("name", ["query", "sparql", "trace", "export", "stats"])
def test_a_broken_file_outside_of_check(name: str, own: Path) -> None:
    """One line with file and line, and no answer from half of the knowledge base."""
    change(own, "claims:\n", "claims:\n\t- x\n")
    done = theorymap(*RUNS[name][0], cwd=own)
    untold(done)
    assert (done.returncode, done.stdout) == (3, "")
    assert f"{HALLORAN}:{line_of(own, chr(9))}" in done.stderr


@pytest.mark.parametrize("name", ["query", "trace", "export", "compare"])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    hedge: ", "    hegde: ", "No key is called hegde"),
        ("    stance: asserts", "    stance: agrees", "agrees is used here"),
    ],
)
def test_no_answer_from_files_at_fault(name: str, old: str, new: str, said: str, own: Path) -> None:
    """What stands there would be missing from every answer without a word."""
    change(own, old, new)
    done = theorymap(*RUNS[name][0], cwd=own)
    untold(done)
    assert (done.returncode, done.stdout) == (3, "")
    assert said in done.stderr and "theorymap check" not in done.stderr.split(said)[0]


def test_a_faulty_question_and_one_with_a_lost_example_are_findings(own: Path) -> None:
    """The check goes on: other findings are not lost, and the exit code is that of findings."""
    queries = own / "queries" / "own"
    queries.mkdir(parents=True)
    good = (Path(__file__).resolve().parent.parent / "queries" / "argue" / "claims-on-a-topic.rq").read_text()
    (queries / "lost.rq").write_text(good.replace("example: topic/out-of-area-operations", "example: topic/nowhere"))
    lost = theorymap("check", cwd=own)
    untold(lost)
    assert lost.returncode == 1 and "lost.rq" in lost.stdout and "[example-unknown]" in lost.stdout
    (queries / "lost.rq").write_text("#+ summary: Which?\nSELECT ?x WHERE { ?x")
    broken = theorymap("check", cwd=own)
    untold(broken)
    assert broken.returncode == 1 and "lost.rq" in broken.stdout
    assert "questions not run: the queries must be mended first" in broken.stderr


def test_documents_that_are_nowhere(sound: Path) -> None:
    done = theorymap("check", "--documents", "nowhere", cwd=sound)
    assert (done.returncode, done.stdout) == (3, "")
    assert "nowhere is no folder" in done.stderr


def test_lock_without_documents(sound: Path) -> None:
    done = theorymap("lock", cwd=sound)
    assert done.returncode == 3
    assert "--documents" in done.stderr


@pytest.mark.parametrize("name", ["check", "query", "sparql", "trace", "export", "stats"])
def test_a_full_disk(name: str, sound: Path) -> None:
    """Neither a file nor standard output that cannot be written is passed over."""
    arguments = ("check", "--format", "json") if name == "check" else RUNS[name][0]
    into_file = theorymap(*arguments, "-o", "/dev/full", cwd=sound)
    untold(into_file)
    assert into_file.returncode == 3
    assert "/dev/full cannot be written" in into_file.stderr
    with open("/dev/full", "w") as full:
        out = subprocess.run(
            command(*arguments), cwd=sound, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (out.returncode, b"Traceback" in out.stderr) == (3, False)
    assert b"standard output cannot be written" in out.stderr


def test_an_output_that_is_a_folder(sound: Path, tmp_path: Path) -> None:
    done = theorymap("export", "turtle", "-o", str(tmp_path), cwd=sound)
    untold(done)
    assert done.returncode == 3


def test_an_output_is_written_whole(own: Path) -> None:
    """What stood there before is replaced at once, with nothing left beside it."""
    (own / "out.ttl").write_text("old")
    assert theorymap("export", "turtle", "-o", "out.ttl", cwd=own).returncode == 0
    assert (own / "out.ttl").read_text().startswith("@prefix")
    assert not list(own.glob(".out*"))


def test_a_java_that_does_not_start(own: Path) -> None:
    """A step that could not be done is no pass, and the others are done all the same."""
    shutil.rmtree(own / ".theorymap")
    done = theorymap("check", cwd=own, THEORYMAP_JAVA="/bin/false")
    untold(done)
    assert done.returncode == 3
    assert "owl could not be done" in done.stderr
    assert "shapes" in done.stderr.splitlines()[0] and "owl" not in done.stderr.splitlines()[0]
    again = theorymap("check", cwd=own, THEORYMAP_JAVA="/no/such/java")
    assert again.returncode == 3
    assert theorymap("check", cwd=own).returncode == 0


def test_build_with_a_java_that_does_not_start(own: Path) -> None:
    shutil.rmtree(own / ".theorymap")
    done = theorymap("build", "-o", "out", cwd=own, THEORYMAP_JAVA="/bin/false")
    untold(done)
    assert done.returncode == 3
    assert not (own / "out").exists()


# check


def test_a_mistake_as_text(faulty: Path) -> None:
    done = theorymap("check", cwd=faulty)
    untold(done)
    assert done.returncode == 1
    first = done.stdout.splitlines()
    assert first[0] == HALLORAN
    assert re.match(rf" +{line_of(faulty, 'hegde')}:9  error \[unknown-key\] No key is called hegde\.", first[1])
    assert first[2].strip() == "Did you mean hedge?"
    assert "1 error" in done.stderr


def test_a_mistake_as_json(faulty: Path) -> None:
    done = theorymap("check", "--format", "json", cwd=faulty)
    (finding,) = json.loads(done.stdout)
    assert (done.returncode, finding["code"], finding["severity"]) == (1, "unknown-key", "error")
    assert finding["origin"] == {"file": HALLORAN, "line": line_of(faulty, "hegde"), "column": 9}


def test_a_mistake_as_an_annotation(faulty: Path) -> None:
    done = theorymap("check", "--format", "github", cwd=faulty)
    assert done.returncode == 1
    assert done.stdout == (
        f"::error file={HALLORAN},line={line_of(faulty, 'hegde')},col=9,title=unknown-key::"
        "No key is called hegde. Did you mean hedge?\n"
    )


def test_findings_into_a_file(faulty: Path) -> None:
    done = theorymap("check", "--format", "json", "-o", "findings.json", cwd=faulty)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(json.loads((faulty / "findings.json").read_text())) == 1


@pytest.mark.parametrize("step", STEPS)
def test_one_step_only(step: str, sound: Path) -> None:
    done = theorymap("check", "--only", step, cwd=sound)
    assert done.returncode == 0
    assert done.stderr.startswith(f"checked {step}: no findings")


def test_steps_left_out(sound: Path) -> None:
    done = theorymap("check", "--skip", "owl", "--skip", "shapes", cwd=sound)
    assert done.returncode == 0
    first = done.stderr.splitlines()[0]
    assert "owl" not in first and "shapes" not in first and "hygiene" in first


def test_no_step_left(sound: Path) -> None:
    assert theorymap("check", "--only", "owl", "--skip", "owl", cwd=sound).returncode == 2


@pytest.mark.parametrize(("level", "code"), [("info", 1), ("warning", 1), ("error", 0), ("never", 0)])
def test_a_warning_fails_on_demand(level: str, code: int, own: Path) -> None:
    (own / "kb" / "notes.docx").write_text("x")
    done = theorymap("check", "--only", "files", "--fail-on", level, cwd=own)
    assert "warning [unknown-file]" in done.stdout
    assert done.returncode == code


def test_an_error_that_never_fails(faulty: Path) -> None:
    assert theorymap("check", "--fail-on", "never", cwd=faulty).returncode == 0


@pytest.mark.parametrize("how", ["option", "variable"])
def test_passages_are_held_to_the_documents(how: str, sound: Path) -> None:
    option = ("--documents", str(DOCUMENTS)) if how == "option" else ()
    variables = {"THEORYMAP_DOCUMENTS": str(DOCUMENTS)} if how == "variable" else {}
    done = theorymap("check", "--only", "passages", *option, cwd=sound, **variables)
    assert done.returncode == 0
    assert re.search(r"passages of halloran-2021: \d+ verified$", done.stderr, re.MULTILINE)


def test_passages_without_the_documents(sound: Path) -> None:
    done = theorymap("check", "--only", "passages", cwd=sound)
    assert done.returncode == 0
    assert "could not be tried (the document is not at hand)" in done.stderr


def test_a_changed_document(own: Path, tmp_path: Path) -> None:
    """The same words elsewhere have moved; other words between have drifted; neither is passed over."""
    text = (DOCUMENTS / "halloran-2021.md").read_text(encoding="utf-8")
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "halloran-2021.md").write_text(text.replace("## Introduction", "A word more.\n\n## Introduction"))
    moved = theorymap("check", "--only", "passages", "--documents", str(papers), cwd=own)
    assert (moved.returncode, "[passage-moved]" in moved.stdout) == (0, True)
    (papers / "halloran-2021.md").write_text(text.replace("keep their word because", "keep a word because"))
    drifted = theorymap("check", "--only", "passages", "--documents", str(papers), cwd=own)
    assert (drifted.returncode, "[passage-drifted]" in drifted.stdout) == (1, True)


def test_lock_says_what_it_cannot_find(own: Path) -> None:
    change(own, "from: A water league is, to: a dry year", "from: A water leek is, to: a dry year")
    done = theorymap("lock", "--documents", str(DOCUMENTS), cwd=own)
    untold(done)
    assert (done.returncode, "[passage-missing]" in done.stdout) == (1, True)


def test_a_document_under_another_name(own: Path, tmp_path: Path) -> None:
    """The name that is looked for is told, and what may be the document."""
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "Halloran 2021.docx").write_bytes(b"PK")
    for arguments in (("lock",), ("lock", "halloran-2021")):
        done = theorymap(*arguments, "--documents", str(papers), cwd=own)
        untold(done)
        assert done.returncode == 3
        assert "halloran-2021.md" in done.stderr and "Halloran 2021.docx" in done.stderr
    (own / "kb" / "documents" / "halloran-2021.lock").unlink()
    done = theorymap("check", "--only", "passages", "--documents", str(papers), cwd=own)
    assert done.returncode == 1 and done.stdout.count("[passage-not-locked]") == 1
    assert "Halloran 2021.docx" in done.stdout


def test_a_sentence_of_the_document_is_no_paraphrase(own: Path) -> None:
    text = (DOCUMENTS / "halloran-2021.md").read_text(encoding="utf-8")
    words = next(line for line in text.splitlines() if len(line.split()) > 30 and line[0].isalpha()).split()[:14]
    sentence = " ".join(words).strip(".").replace(":", "").replace("'", "")
    with (own / HALLORAN).open() as file:
        first = next(line for line in file if line.startswith("    text: "))
    change(own, first, f'    text: "{sentence}"\n')
    done = theorymap("check", "--only", "passages", "--documents", str(DOCUMENTS), cwd=own)
    assert "[copied-sentence]" in done.stdout


def test_the_rest_of_a_sentence_behind_a_number_sign(own: Path) -> None:
    with (own / HALLORAN).open() as file:
        first = next(line for line in file if line.startswith("    text: ") and '"' not in line)
    change(own, first, first.rstrip() + " # 1 of them\n")
    done = theorymap("check", "--only", "files", cwd=own)
    assert (done.returncode, "[text-cut]" in done.stdout) == (0, True)


# query, stats, trace


def rows_of(shown: str, text: str) -> int:
    """How many rows an answer has in a format."""
    if shown == "json":
        return len(json.loads(text)["results"]["bindings"])
    if shown in ("csv", "tsv"):
        return len(list(csv.reader(io.StringIO(text), delimiter="\t" if shown == "tsv" else ","))) - 1
    if shown == "markdown":
        return sum(line.startswith("|") for line in text.splitlines()) - 2
    return int(re.search(r"\((\d+) rows?\)", text)[1])  # type: ignore[index]


@pytest.mark.parametrize("arguments", [DEFINITIONS, ("stats",), ("query", "thin-claims")], ids=lambda a: a[-1])
def test_an_answer_has_its_rows_in_every_format(arguments: tuple[str, ...], sound: Path) -> None:
    counts = {}
    for shown in ("table", "csv", "tsv", "json", "markdown"):
        done = theorymap(*arguments, "--format", shown, cwd=sound)
        assert (done.returncode, done.stderr) == (0, "")
        counts[shown] = rows_of(shown, done.stdout)
    assert counts["table"] > 0
    assert len(set(counts.values())) == 1, counts


def test_an_answer_names_its_source(sound: Path) -> None:
    done = theorymap(*DEFINITIONS, "--format", "csv", cwd=sound)
    assert re.search(r"halloran-2021\W+Introduction", done.stdout)


def test_an_answer_into_a_file(own: Path) -> None:
    shown = theorymap(*DEFINITIONS, "--format", "csv", cwd=own)
    into = theorymap(*DEFINITIONS, "--format", "csv", "-o", "answers/one.csv", cwd=own)
    assert (into.returncode, into.stdout) == (0, "")
    assert (own / "answers" / "one.csv").read_text(encoding="utf-8") == shown.stdout


def test_a_question_without_an_answer(own: Path) -> None:
    """Nothing matches: that is said, and it is no error."""
    change(own, "type: Definition", "kind: descriptive")
    for key in ("term: water league", "construct: construct/water-league", "sort: stipulated", "sense: written"):
        text = (own / HALLORAN).read_text(encoding="utf-8")
        (own / HALLORAN).write_text(re.sub(rf"^ +{key}.*\n", "", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    change(own, "    work: work/halloran-2021\n", "")
    done = theorymap(*DEFINITIONS, cwd=own)
    assert done.returncode == 0, done.stderr
    assert "No document read here defines it" in done.stdout


@pytest.mark.parametrize("shown", ["table", "json"])
def test_the_questions_are_listed(shown: str, sound: Path) -> None:
    done = theorymap("query", "--format", shown, cwd=sound)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    if shown == "json":
        listed = {entry["name"]: entry for entry in json.loads(done.stdout)}
        assert listed["definitions-of-a-construct"]["parameters"] == ["construct"]
        assert len(listed) >= 14
    else:
        assert "definitions-of-a-construct -p construct=" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "claim/no-way-to-leave",
        "no-way-to-leave",
        "theory/shared-drought",
        "variable/membership",
        "city/cala-verde",
        "person/marta-vieira",
        "Marta Vieira",
        "argument/cala-verde-against-drought",
        "question/why-found-leagues",
        "work/osei-2004",
    ],
)
def test_anything_can_be_traced(name: str, sound: Path) -> None:
    done = theorymap("trace", name, cwd=sound)
    untold(done)
    assert (done.returncode, "halloran-2021" in done.stdout) == (0, True)


def test_a_trace_shows_the_words_where_they_are_at_hand(sound: Path) -> None:
    without = theorymap("trace", "claim/no-way-to-leave", "--format", "json", cwd=sound)
    told = theorymap("trace", "claim/no-way-to-leave", "--format", "json", "--documents", str(DOCUMENTS), cwd=sound)
    words = "One may object that Cala Verde stays for want of a procedure to leave"
    assert words not in without.stdout
    assert words in told.stdout
    assert all(table["title"] for table in json.loads(told.stdout))


def test_a_trace_as_markdown(sound: Path) -> None:
    done = theorymap("trace", "claim/no-way-to-leave", "--format", "markdown", cwd=sound)
    assert done.stdout.startswith("**") and "| --- |" in done.stdout


# sparql


def test_sparql_from_a_file_and_from_standard_input(own: Path) -> None:
    text = "SELECT ?x WHERE { ?x a tm:Study }"
    (own / "q.rq").write_text(text)
    told = [
        theorymap("sparql", text, cwd=own),
        theorymap("sparql", "q.rq", cwd=own),
        theorymap("sparql", "-", cwd=own, stdin=text),
    ]
    assert {done.returncode for done in told} == {0}
    assert len({done.stdout for done in told}) == 1


@pytest.mark.parametrize(
    ("query", "shown", "said"),
    [
        ("SELECT ?x WHERE { ?x a tm:Study }", "csv", "x\r\nhttps://w3id.org/theorymap/id/study/two-cities"),
        ("SELECT ?x WHERE { ?x a tm:Study }", "tsv", "<https://w3id.org/theorymap/id/study/two-cities>"),
        ("SELECT ?x WHERE { ?x a tm:Study }", "xml", "<uri>https://w3id.org/theorymap/id/study/two-cities</uri>"),
        ("ASK { ?x a tm:Study }", "json", '"boolean":true'),
        ("ASK { ?x a tm:Studies }", "json", '"boolean":false'),
        ("CONSTRUCT { ?x a tm:Study } WHERE { ?x a tm:Study }", "nt", "/study/two-cities> <http"),
        ("CONSTRUCT { ?x a tm:Study } WHERE { ?x a tm:Study }", "turtle", "tm:Study"),
        ("DESCRIBE <https://w3id.org/theorymap/id/study/two-cities>", "turtle", "tm:"),
    ],
)
def test_sparql_in_its_formats(query: str, shown: str, said: str, sound: Path) -> None:
    done = theorymap("sparql", query, "--format", shown, cwd=sound)
    assert done.returncode == 0, done.stderr
    assert said.replace("\r\n", "\n") in done.stdout.replace("\r\n", "\n")


def test_sparql_chooses_a_format_by_its_form(sound: Path) -> None:
    rows = theorymap("sparql", "SELECT ?x WHERE { ?x a tm:Study }", cwd=sound)
    triples = theorymap("sparql", "CONSTRUCT { ?x a tm:Study } WHERE { ?x a tm:Study }", cwd=sound)
    assert rows.stdout.startswith("x")
    assert len(rdflib.Graph().parse(data=triples.stdout, format="turtle")) == 1


def test_sparql_that_takes_too_long(sound: Path) -> None:
    """A query hears no signal, and is left all the same when its time is up."""
    start = time.monotonic()
    done = theorymap(
        "sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", "1", cwd=sound
    )
    untold(done)
    assert done.returncode == 3
    assert time.monotonic() - start < 30


def test_a_query_file_that_is_none(sound: Path) -> None:
    done = theorymap("sparql", "nowhere.rq", cwd=sound)
    assert done.returncode == 3 and "neither SPARQL nor a file" in done.stderr and "Errno" not in done.stderr


def test_a_parameter_without_a_question(sound: Path) -> None:
    assert theorymap("query", "-p", "x=brazil", cwd=sound).returncode == 2


# export and build


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"png"}))
def test_an_export_can_be_read_back(name: str, sound: Path) -> None:
    done = theorymap("export", name, cwd=sound)
    assert done.returncode == 0
    assert done.stdout == theorymap("export", name, cwd=sound).stdout
    references = {"bibtex": "@techreport{halloran-2021,", "ris": "ID  - halloran-2021", "csl": '"id": "halloran-2021"'}
    if name in references:
        assert references[name] in done.stdout
        return
    if FORMATS[name].holds in (Holds.TABLE, Holds.PICTURE):
        assert "claim/" in done.stdout
        return
    reader = FORMATS[name].read
    if reader is not None:
        assert len(reader(done.stdout.encode(), name).map.statements) > 5
        return
    parser = {"jsonld": "json-ld", "rdfxml": "xml"}.get(name, name)
    read = rdflib.Dataset() if name in ("trig", "nquads", "jsonld") else rdflib.Graph()
    read.parse(data=done.stdout, format=parser)
    assert len(read) > 100


def test_what_an_export_leaves_out(own: Path) -> None:
    whole = theorymap("export", "nquads", cwd=own).stdout
    stated = theorymap("export", "nquads", "--no-inferences", cwd=own).stdout
    assert "/graph/inferred>" in whole and "/graph/inferred>" not in stated
    (own / "kb" / "background.yaml").write_text(
        "id: register/background\ntype: Background\nextraction: by-hand\ncoder: group/coders\nthemes:\n"
        "  topic/rain: {label: rain}\n"
    )
    assert "topic/rain>" in theorymap("export", "nquads", cwd=own).stdout
    assert "topic/rain>" not in theorymap("export", "nquads", "--no-background", cwd=own).stdout
    one = theorymap("export", "nquads", "--document", "halloran-2021", cwd=own).stdout
    assert "claim/no-way-to-leave>" in one and "topic/rain>" not in one


def test_build(own: Path) -> None:
    done = theorymap("build", "--documents", str(DOCUMENTS), cwd=own)
    assert done.returncode == 0, done.stdout + done.stderr
    answered = {path.stem for path in (own / "dist" / "answers").iterdir()}
    # The example of the second is a theory of the repository's knowledge base, which this one has not.
    assert "thin-claims" in answered and "theories-side-by-side" not in answered
    assert rdflib.Graph().parse(own / "dist" / "theorymap.ttl")
    assert "verified" in done.stdout


def test_nothing_is_built_from_a_faulty_knowledge_base(faulty: Path) -> None:
    done = theorymap("build", cwd=faulty)
    untold(done)
    assert (done.returncode, (faulty / "dist").exists()) == (1, False)
    assert "hegde" in done.stdout


# Terminals, pipes, interrupts, company


def at_a_terminal(*arguments: str, cwd: Path, **variables: str) -> str:
    """What a command prints where standard output and standard error are a terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command(*arguments), cwd=cwd, env=environment(TERM="xterm", **variables), stdout=follower, stderr=follower
    )
    os.close(follower)
    printed = b""
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:
            break
        if not data:
            break
        printed += data
    process.wait()
    os.close(leader)
    return printed.decode()


@pytest.mark.parametrize("arguments", [("check", "--only", "files"), DEFINITIONS, ("query",)], ids=" ".join)
def test_colour_on_a_terminal_only_and_not_where_it_is_unwelcome(arguments: tuple[str, ...], faulty: Path) -> None:
    if arguments[0] == "query":
        change(faulty, "hegde", "hedge")
    colours = re.compile(r"\x1b\[[0-9]+m")
    assert colours.search(at_a_terminal(*arguments, cwd=faulty))
    assert not colours.search(at_a_terminal(*arguments, cwd=faulty, NO_COLOR="1"))
    assert not colours.search(theorymap(*arguments, cwd=faulty).stdout)


def test_progress_on_a_terminal_only(own: Path) -> None:
    shutil.rmtree(own / ".theorymap")
    assert "hygiene ..." in at_a_terminal("check", "--skip", "owl", cwd=own)
    shutil.rmtree(own / ".theorymap")
    done = theorymap("check", "--skip", "owl", cwd=own)
    assert "..." not in done.stdout + done.stderr


def test_a_reader_that_goes_away(sound: Path) -> None:
    """As with `theorymap export turtle | head -n 1`."""
    process = subprocess.Popen(
        command("export", "nquads"), cwd=sound, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def interrupted(*arguments: str, cwd: Path, after: float) -> tuple[int, str]:
    """The exit code and the error output of a command that gets an interrupt after some seconds."""
    process = subprocess.Popen(
        command(*arguments), cwd=cwd, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    return process.returncode, told


def test_an_interrupt_of_a_query_that_would_never_end(sound: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    code, told = interrupted("sparql", endless, cwd=sound, after=2.0)
    assert (code, "Traceback" in told) == (130, False)


@pytest.mark.parametrize("after", [0.6, 1.2, 2.5])
def test_an_interrupt_of_a_check_loses_nothing(after: float, own: Path) -> None:
    """Whenever it comes, the next run finds all well; a run that was done before it came has its own exit code."""
    shutil.rmtree(own / ".theorymap")
    code, told = interrupted("check", cwd=own, after=after)
    assert code in (130, 0)
    assert "Traceback" not in told
    assert theorymap("check", cwd=own).returncode == 0
    assert not list((own / "kb").rglob(".*"))


def test_two_commands_at_once(own: Path) -> None:
    shutil.rmtree(own / ".theorymap")
    running = [
        subprocess.Popen(
            command(*arguments), cwd=own, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for arguments in (("check",), ("check",), DEFINITIONS, ("export", "nquads"))
    ]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in ended] == [0, 0, 0, 0]
    assert not any("Traceback" in told for (_, told), _ in ended)
    assert ended[3][0][0] == theorymap("export", "nquads", cwd=own).stdout


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def _foreign(path: Path) -> None:
    path.write_bytes(b"not of theorymap")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [_truncated, _foreign, _empty, _folder])
def test_a_damaged_cache_is_a_miss(damage: Callable[[Path], None], own: Path, faulty: Path) -> None:
    kept = [path for path in (own / ".theorymap").rglob("*") if path.is_file()]
    assert kept
    before = theorymap("check", "--skip", "owl", "--format", "json", cwd=own)
    for path in kept:
        damage(path)
    after = theorymap("check", "--skip", "owl", "--format", "json", cwd=own)
    untold(after)
    assert (after.returncode, after.stdout) == (before.returncode, before.stdout) and after.returncode == 1


def test_a_cache_that_cannot_be_made(own: Path) -> None:
    shutil.rmtree(own / ".theorymap")
    (own / ".theorymap").write_text("in the way")
    done = theorymap(*DEFINITIONS, cwd=own)
    untold(done)
    assert (done.returncode, "stipulated" in done.stdout) == (0, True)


def test_an_answer_is_the_same_from_below_the_workspace(sound: Path) -> None:
    above = theorymap(*DEFINITIONS, cwd=sound)
    below = theorymap(*DEFINITIONS, cwd=sound / "kb" / "documents")
    named = theorymap(*DEFINITIONS, "-w", str(sound), cwd=Path("/"))
    assert above.stdout == below.stdout == named.stdout != ""
