"""Predictions against cases, crucial cases, and what is missing, on a small knowledge base and on the repository's."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from theorymap import Workspace
from theorymap.cli import group
from theorymap.errors import UsageError
from theorymap.evidence.rules import Span
from theorymap.solver import Clock, OutOfTime, answers
from theorymap.table import Status, Table
from workspaces import ROOT, make, repository

THEORIES = """\
id: register/theories
theories:
  theory/walls: {label: walls, sort: theory}
  theory/gates: {label: gates, sort: theory}
  theory/words: {label: words, sort: theory}
  theory/silent: {label: silent, sort: theory}
variables:
  variable/fear: {label: fear, values: [high, low]}
  variable/rank: {label: rank, values: [high, low]}
  variable/war: {label: war, values: [yes-war, no-war]}
  variable/peace: {label: peace, values: [kept, broken]}
  variable/mood: {label: mood}
  variable/toll: {label: toll}
studies:
  study/four: {label: the four cities, examines: [city/a, city/b]}
"""
CASES = """\
id: register/cases
cases:
  city/a: {type: Case, label: A}
  city/b: {type: Case, label: B}
  city/c: {type: Case, label: C}
  city/d: {type: Case, label: D}
  city/e: {type: Case, label: E}
  city/f: {type: Case, label: F}
periods:
  period/old: {label: old times, start: 1800, end: 1850}
  period/new: {label: new times, start: 1900, end: 1950}
"""
HEAD = """\
id: work/{key}
extent: full-text
extraction: by-hand
coder: group/coders
claims:
"""
ATTRIBUTION = """\
    attributions:
      - {{holder: person/ada-reed, commitment: {commitment}, hedge: plain, mode: own, certainty: explicit,
         stance: asserts, passages: [{{section: One, from: {words}, to: a calm state}}]}}
"""


def claim(id: str, keys: str, commitment: str = "asserts") -> str:
    """A claim with one attribution."""
    told = ATTRIBUTION.format(commitment=commitment, words=id)
    return f"  claim/{id}:\n    text: About {id}.\n    {{}}\n".format(keys.replace("; ", "\n    ")) + told


def predicts(id: str, theory: str, when: str, expects: str, more: str = "") -> str:
    """A prediction; values are written as variable = value, with commas between them."""

    def values(text: str) -> str:
        pairs = [pair.split(" = ") for pair in text.split(", ")]
        return "[" + ", ".join(f"{{variable: variable/{name}, value: {value}}}" for name, value in pairs) + "]"

    said = f"type: Prediction; theory: theory/{theory}; when: {values(when)}; expects: {values(expects)}"
    return claim(id, said + more + "; derived_by: person/ada-reed")


def observes(case: str, variable: str, value: str, period: str = "not-reported", commitment: str = "asserts") -> str:
    """An observation."""
    id = f"{case}-{variable}-{value}-{period.rpartition('/')[2]}"
    said = f"type: Observation; case: city/{case}; variable: variable/{variable}; value: {value}; period: {period}"
    return claim(id, said, commitment)


def judges(id: str, theory: str, verdict: str, case: str = "") -> str:
    """A verdict."""
    said = f"type: Assessment; theory: theory/{theory}; verdict: {verdict}; respect: war"
    return claim(id, said + (f"; case: city/{case}" if case else ""))


ONE = (
    predicts("walls-war", "walls", "fear = high", "war = yes-war")
    + predicts("gates-war", "gates", "fear = high, rank = high", "war = no-war")
    + predicts("gates-rank", "gates", "fear = high", "rank = high")
    + predicts("gates-peace", "gates", "fear = high", "peace = kept")
    + predicts("words-mood", "words", "fear = high", "mood = calm")
    + observes("a", "fear", "high")
    + observes("a", "war", "yes-war")
    + observes("b", "fear", "high")
    + observes("b", "war", "no-war")
    + observes("b", "mood", "quiet")
    + observes("c", "fear", "low")
    + observes("c", "war", "no-war")
    + observes("d", "war", "yes-war")
    + observes("e", "fear", "high")
    + observes("e", "war", "yes-war", "period/new")
    + observes("e", "war", "no-war", "period/old")
    + observes("f", "fear", "high")
    + observes("f", "war", "yes-war")
    + observes("f", "war", "no-war")
    + judges("walls-explain", "walls", "explains", "a")
    + judges("walls-partly", "walls", "explains-in-part")
    + judges("walls-fail", "walls", "does-not-explain", "b")
    + judges("walls-fail-a", "walls", "does-not-explain", "a")
    + judges("walls-scope", "walls", "explains-within-scope", "c")
    + judges("words-explain", "words", "explains")
)
TWO = judges("walls-explain-again", "walls", "explains", "a") + observes("a", "rank", "low")
WORKS = "".join(
    f"@book{{{key}, author = {{Reed, Ada}}, title = {{On {key}}}, year = {{1999}}}}\n"
    for key in ("reed-1999", "reed-2000")
)


@functools.cache
def small() -> Workspace:
    """Two documents of four theories on six cases."""
    files = {
        "kb/bibliography.bib": WORKS,
        "kb/theories.yaml": THEORIES,
        "kb/cases.yaml": CASES,
        "kb/background.yaml": "",
        "kb/documents/reed-1999.yaml": HEAD.format(key="reed-1999") + ONE,
        "kb/documents/reed-2000.yaml": HEAD.format(key="reed-2000") + TWO,
    }
    return make(Path(tempfile.mkdtemp()), files)


@functools.cache
def tried() -> Table:
    """The predictions of the small knowledge base against its cases."""
    return small().query("predictions-against-cases")


def outcomes(theory: str, case: str) -> set[tuple[object, object]]:
    """Period and outcome of the rows of a theory and a case."""
    rows = [r for r in tried().records() if (r["theory"].value, r["case"].value) == (theory, case)]
    return {(row["period"].value, row["outcome"].value) for row in rows}


def verdicts(verdict: str, case: str, holder_of: str = "reed-1999") -> set[object]:
    """Whether a verdict on walls follows, as the rows of a case say it."""
    return {
        row["follows"].value
        for row in tried().records()
        if (row["theory"].value, row["case"].value, row["verdict"].value) == ("walls", case, verdict)
        and any(source.document == f"work/{holder_of}" for source in row["verdict"].sources)
    }


@pytest.mark.parametrize(
    ("theory", "case", "found"),
    [
        ("walls", "A", {(None, "match")}),
        ("walls", "B", {(None, "miss")}),
        ("walls", "C", {(None, "outside scope")}),
        ("walls", "D", {(None, "not observed")}),
        ("walls", "E", {("old times", "miss"), ("new times", "match")}),
        ("walls", "F", {(None, "cannot tell")}),
        ("words", "B", {(None, "cannot tell")}),
        ("silent", "A", {(None, "no prediction")}),
        ("gates", "A", {(None, "outside scope"), (None, "miss"), (None, "not observed")}),
    ],
)
def test_an_outcome(theory: str, case: str, found: set[tuple[object, object]]) -> None:
    """Each outcome: a match, a miss, out of scope, unobserved, by period, conflicting, in other words, none."""
    assert outcomes(theory, case) == found


def test_every_theory_meets_every_case_and_the_scope_is_warned_of() -> None:
    pairs = {(row["theory"].value, row["case"].value) for row in tried().records()}
    assert len(pairs) == 4 * 6
    assert any(note.startswith("Warning: ") and "outside the scope" in note for note in tried().notes)
    assert any("is a match if" in note or "match if what it expects" in note for note in tried().notes)


def test_a_verdict_follows_from_the_codings_of_its_own_document() -> None:
    """The second document judges as the first does and codes neither prediction nor war."""
    assert verdicts("explains", "A") == {"yes"}
    assert verdicts("explains", "A", "reed-2000") == {"cannot tell"}
    assert verdicts("does not explain", "A") == {"no"}
    assert verdicts("does not explain", "B") == {"yes"}
    assert verdicts("explains in part", "A") == {"yes"}
    assert verdicts("explains within scope", "C") == {"cannot tell"}


def test_what_is_computed_says_so_and_the_rest_leads_to_a_page() -> None:
    for row in tried().records():
        assert row["outcome"].status is Status.INFERRED
        for name in ("predicted", "observed", "verdict"):
            assert row[name].value is None or row[name].sources


def test_a_theory_and_a_case_can_be_asked_for() -> None:
    table = small().query("predictions-against-cases", x="walls", y="city/a")
    assert {(row["theory"].value, row["case"].value) for row in table.records()} == {("walls", "A")}


def test_a_denied_observation_is_a_conflict(tmp_path: Path) -> None:
    text = HEAD.format(key="reed-1999") + predicts("p", "walls", "fear = high", "war = yes-war")
    text += observes("a", "fear", "high") + observes("a", "war", "yes-war", commitment="denies")
    files = {"kb/theories.yaml": THEORIES, "kb/cases.yaml": CASES, "kb/background.yaml": ""}
    table = make(tmp_path, files | {"kb/documents/reed-1999.yaml": text}).query("predictions-against-cases", x="walls")
    assert "cannot tell" in {cell.value for cell in table.column("outcome")}


def test_expectations_that_are_claimed_together_are_one_row(tmp_path: Path) -> None:
    text = HEAD.format(key="reed-1999")
    text += predicts("both", "walls", "fear = high", "war = yes-war, rank = high", "; together: true")
    text += predicts("each", "gates", "fear = high", "war = yes-war, rank = high")
    text += observes("a", "fear", "high") + observes("a", "war", "yes-war") + observes("a", "rank", "low")
    files = {"kb/theories.yaml": THEORIES, "kb/cases.yaml": CASES, "kb/background.yaml": ""}
    workspace = make(tmp_path, files | {"kb/documents/reed-1999.yaml": text})
    found = workspace.query("predictions-against-cases", y="city/a").records()
    by_theory = {name: [r["outcome"].value for r in found if r["theory"].value == name] for name in ("walls", "gates")}
    assert by_theory["walls"] == ["miss"] and sorted(map(str, by_theory["gates"])) == ["match", "miss"]


def test_an_excepted_case_and_one_that_no_prediction_names(tmp_path: Path) -> None:
    text = HEAD.format(key="reed-1999") + predicts("p", "walls", "fear = high", "war = yes-war")
    text += predicts("q", "gates", "fear = high", "war = yes-war", "; case: city/b")
    text += observes("a", "fear", "high") + observes("a", "war", "no-war")
    text += claim("but-a", "kind: causal; exception_to: [claim/p]; case: city/a")
    files = {"kb/theories.yaml": THEORIES, "kb/cases.yaml": CASES, "kb/background.yaml": ""}
    workspace = make(tmp_path, files | {"kb/documents/reed-1999.yaml": text})
    rows = workspace.query("predictions-against-cases", y="city/a").records()
    told = {str(row["theory"].value): (row["outcome"].value, str(row["why"].value)) for row in rows}
    assert told["walls"] == ("outside scope", "claim/but-a excepts the case")
    assert told["gates"][0] == "no prediction"


def test_periods_without_years_meet_only_themselves() -> None:
    assert Span("a", 1900, 1910).meets(Span("b", 1910, None)) and not Span("a", 1900, 1910).meets(Span("b", 1911))
    assert Span().meets(Span("a")) and not Span("a").meets(Span("b"))


def test_crucial_cases_are_those_on_which_two_theories_differ() -> None:
    rows = small().query("crucial-cases").records()
    assert {(row["variable"].value, row["differ"].value) for row in rows} == {("war", "yes")}
    assert {row["case"].value for row in rows} == {"B", "D", "E", "F"}
    assert {row["observed"].value for row in rows if row["case"].value == "D"} == {"yes-war"}


# What would tell two theories apart


def test_the_fewest_observations(tmp_path: Path) -> None:
    """Gates itself predicts the rank that its second prediction needs, so that fear and war are enough."""
    table = small().between("walls", "gates")
    (row,) = table.records()
    assert (row["number"].value, row["conditions"].value, row["variable"].value) == (2, "fear: high", "war")
    assert (row["first"].value, row["second"].value) == ("yes-war", "no-war")
    assert row["cases"].value == "A, B, E, F"
    assert row["answer"].value == (
        "2 observations: war in a case where fear: high. There walls expects yes-war, and gates no-war."
    )
    assert row["answer"].sources


def test_conditions_that_cannot_hold_together_tell_nothing(tmp_path: Path) -> None:
    text = HEAD.format(key="reed-1999") + predicts("p", "walls", "fear = high", "war = yes-war")
    text += predicts("q", "gates", "fear = low", "war = no-war") + predicts("r", "words", "fear = low", "mood = calm")
    files = {"kb/theories.yaml": THEORIES, "kb/cases.yaml": CASES, "kb/background.yaml": ""}
    workspace = make(tmp_path, files | {"kb/documents/reed-1999.yaml": text})
    told = [str(cell) for cell in workspace.between("walls", "gates").column("answer")]
    assert told[-1].startswith("On war their values exclude each other, but the conditions")
    told = [str(cell) for cell in workspace.between("walls", "words").column("answer")]
    assert "Of words no prediction on war is coded." in told and "Of walls no prediction on mood is coded." in told


def test_every_smallest_set_is_told(tmp_path: Path) -> None:
    """Of two ways that are equally short both are told; a longer third is not."""
    text = HEAD.format(key="reed-1999")
    for number, (when, expects) in enumerate(
        [("fear = high", "war"), ("rank = high", "peace"), ("fear = low, rank = low", "war")]
    ):
        values = {"war": ("yes-war", "no-war"), "peace": ("kept", "broken")}[expects]
        text += predicts(f"w{number}", "walls", when, f"{expects} = {values[0]}")
        text += predicts(f"g{number}", "gates", when, f"{expects} = {values[1]}")
    files = {"kb/theories.yaml": THEORIES, "kb/cases.yaml": CASES, "kb/background.yaml": ""}
    workspace = make(tmp_path, files | {"kb/documents/reed-1999.yaml": text})
    rows = workspace.between("walls", "gates").records()
    assert {(row["variable"].value, row["conditions"].value) for row in rows} == {
        ("war", "fear: high"),
        ("peace", "rank: high"),
    }


def test_a_theory_without_predictions_is_named() -> None:
    told = [str(cell) for cell in small().between("walls", "silent").column("answer")]
    assert "Of silent no prediction is coded." in told
    told = [str(cell) for cell in repository().between("kydd-trust", "balance-of-threat").column("answer")]
    assert "Of balance of threat no prediction is coded." in told
    with pytest.raises(UsageError, match="one theory"):
        small().between("walls", "theory/walls")


def test_the_solver_stops_in_time() -> None:
    """Pigeons without enough holes: no answer, and a long way to it."""
    hard = "1 { in(P, H) : H = 1..13 } 1 :- P = 1..14. :- in(P, H), in(Q, H), P < Q."
    with pytest.raises(OutOfTime):
        list(answers(hard, Clock(0.2)))


# Gaps


def test_the_gaps_of_the_repository_are_counted() -> None:
    """Each question of the folder is in the summary with as many rows as it has."""
    table = repository().gaps()
    names = {path.stem for path in (ROOT / "queries" / "gaps").glob("*.rq")}
    assert {cell.value for cell in table.column("name")} == names
    counts = {row["name"].value: row["number"].value for row in table.records()}
    for name in ("untested-predictions", "conflicting-sources", "blanks-of-a-study", "claims-on-a-report-alone"):
        assert counts[name] == len(repository().query(name)) > 0


def test_gaps_of_the_small_knowledge_base() -> None:
    def values(name: str, column: str) -> set[object]:
        return {cell.value for cell in small().query(name).column(column)}

    assert values("untested-predictions", "claim") == {"claim/gates-peace"}
    assert values("conflicting-sources", "about") == {"F: war"}
    assert values("theories-without-a-case", "theory") == set()


def test_the_command(tmp_path: Path) -> None:
    """A summary, one question, an unknown one, and sentences."""
    folder = str(small().layout.root)
    run = CliRunner().invoke
    assert "untested-predictions" in run(group, ["gaps", "-w", folder]).output
    assert "F: war" in run(group, ["gaps", "conflicting-sources", "-w", folder, "--format", "csv"]).output
    told = run(group, ["gaps", "--between", "walls", "gates", "-w", folder]).output
    assert told.startswith("2 observations: war in a case where fear: high.")
    wrong = run(group, ["gaps", "untested-prediction", "-w", folder])
    assert isinstance(wrong.exception, UsageError) and "untested-predictions" in wrong.exception.hint
