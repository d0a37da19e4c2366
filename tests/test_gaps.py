"""Predictions against cases, crucial cases, and what is missing, on a small knowledge base and on the repository's."""

from __future__ import annotations

import functools
import itertools
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from engines import rows_in_oxigraph, rows_in_rdflib
from theorymap import Workspace
from theorymap.cli import group
from theorymap.errors import UsageError
from theorymap.evidence import telling
from theorymap.evidence.exclusion import COMPARATIVES, Span
from theorymap.evidence.rules import Evidence, Prediction, Value
from theorymap.render.text import table_text
from theorymap.solver import Clock, OutOfTime, answers
from theorymap.table import Cell, Status, Table
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
    id = f"{case}-{variable}-{value.lower().replace('.', '-')}-{period.rpartition('/')[2]}"
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


def named(cell: Cell) -> set[object]:
    """The values that share a cell."""
    return {part.value for part in cell.single()}


def outcomes(theory: str, case: str) -> set[tuple[object, object]]:
    """Period and outcome of the predictions of a theory on a case."""
    rows = [r for r in tried().records() if r["theory"].value == theory and case in named(r["case"])]
    return {(row["period"].value, row["outcome"].value) for row in rows if row["part"].value == "prediction"}


def verdicts(table: Table, verdict: str, holder_of: str = "reed-1999") -> dict[str, str]:
    """Whether a verdict on walls follows, by its cases."""
    return {
        str(row["case"].value): str(row["outcome"].value).removesuffix(" from its document's codings")
        for row in table.records()
        if (row["theory"].value, row["part"].value, row["said"].value) == ("walls", "verdict", f"{verdict}: war")
        and any(source.document == f"work/{holder_of}" for source in row["said"].sources)
    }


BOTH = ("reed-1999", "reed-2000")


def two(folder: Path, one: str, other: str = "", more: Mapping[str, str] = {}) -> Workspace:
    """A workspace of two documents with some claims, and what else they hold."""
    texts = {"reed-1999": one, "reed-2000": other}
    files = {
        "kb/bibliography.bib": WORKS,
        "kb/theories.yaml": THEORIES,
        "kb/cases.yaml": CASES,
        "kb/background.yaml": "",
    }
    files |= {f"kb/documents/{key}.yaml": HEAD.format(key=key) + text for key, text in texts.items() if text}
    return make(folder, files | dict(more))


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
        ("silent", "(no case is named)", {(None, "no prediction")}),
        ("gates", "A", {(None, "outside scope"), (None, "miss"), (None, "not observed")}),
    ],
)
def test_an_outcome(theory: str, case: str, found: set[tuple[object, object]]) -> None:
    """Each outcome: a match, a miss, out of scope, unobserved, by period, conflicting, in other words, none."""
    assert outcomes(theory, case) == found


def test_the_rule_is_stated_and_the_scope_is_warned_of() -> None:
    assert any(note.startswith("Warning: ") and "outside the scope" in note for note in tried().notes)
    assert any("match if what it expects" in note for note in tried().notes)


def test_what_could_be_tried_comes_first_and_what_is_alike_is_one_row() -> None:
    """What gates expects of peace is observed of no case, and is one row with all that can be asked for by name."""
    rows = tried().records()
    ranks = {"not observed": 2, "no prediction": 3}
    order = [1 if row["part"].value == "verdict" else ranks.get(str(row["outcome"].value), 0) for row in rows]
    assert order == sorted(order) and set(order) == {0, 1, 2, 3}
    (peace,) = [r for r in rows if r["said"].value == "peace: kept" and str(r["observed"].value) == "fear: high"]
    assert [part.value for part in peace["case"].parts] == ["A", "B", "E", "F"]
    assert all(part.sources or part.status is Status.INFERRED for part in peace["case"].parts)


def test_several_verdicts_do_not_multiply_the_predictions() -> None:
    """Of walls and A three verdicts are given, and one prediction is made."""
    rows = [r for r in tried().records() if r["theory"].value == "walls" and "A" in named(r["case"])]
    assert [row["part"].value for row in rows] == ["prediction", "verdict", "verdict", "verdict"]


def test_a_theory_meets_the_cases_of_documents_that_speak_of_it(tmp_path: Path) -> None:
    """Each document predicts by one theory and observes one case; none meets the other's."""
    war = [predicts(f"{theory}-war", theory, "fear = high", "war = yes-war") for theory in ("walls", "gates")]
    unnamed = predicts("unnamed", "walls", "fear = high", "war = no-war").replace("theory/walls", "not-reported")
    one, other = war[0] + observes("a", "fear", "high"), war[1] + unnamed + observes("b", "fear", "high")
    rows = two(tmp_path, one, other).query("predictions-against-cases").records()
    met = {(str(row["theory"].value), case) for row in rows for case in named(row["case"])}
    assert met >= {("walls", "A"), ("gates", "B"), ("(no theory is named)", "B")}
    assert not met & {("walls", "B"), ("gates", "A"), ("(no theory is named)", "A")}


def test_a_study_brings_a_theory_to_its_cases(tmp_path: Path) -> None:
    """What is said of a variant is said of the theory, by a study as by a claim."""
    theories = THEORIES.replace(
        "  theory/gates:", "  theory/low: {label: low, sort: variant, variant_of: theory/walls}\n  theory/gates:"
    )
    study = "studies:\n  study/two: {label: two, examines: [city/c, city/d], tests: [theory/low]}\n"
    workspace = two(tmp_path, claim("x", "kind: causal") + study, more={"kb/theories.yaml": theories})
    rows = workspace.query("predictions-against-cases").records()
    told = {str(row["theory"].value): str(row["case"].value) for row in rows}
    assert told["walls"] == told["low"] == "C | D" and told["gates"] == "(no case is named)"


def test_a_verdict_follows_from_the_codings_of_its_own_document() -> None:
    """The second document judges as the first does and codes neither prediction nor war."""
    assert verdicts(tried(), "explains") == {"A": "follows"}
    assert verdicts(tried(), "explains", "reed-2000") == {"A": "cannot be told"}
    assert verdicts(tried(), "does not explain") == {"A": "does not follow", "B": "follows"}
    assert verdicts(tried(), "explains in part") == {"(no case is named)": "follows"}
    assert verdicts(tried(), "explains within scope") == {"C": "cannot be told"}


MATCHED = predicts("p", "walls", "fear = high", "war = yes-war") + observes("a", "fear", "high")
MATCHED += observes("a", "war", "yes-war")


@pytest.mark.parametrize(
    ("tests", "cases"),
    [("", "A | B"), (", tests: [theory/walls]", "A | B"), (", tests: [theory/gates]", "(no case is named)")],
)
def test_a_verdict_without_a_case_is_on_those_of_its_documents_study(tests: str, cases: str, tmp_path: Path) -> None:
    """Unless the study tests another theory; C is observed, and not studied."""
    study = f"studies:\n  study/two: {{label: two, examines: [city/a, city/b]{tests}}}\n"
    text = MATCHED + observes("c", "fear", "high") + judges("explain", "walls", "explains") + study
    assert verdicts(two(tmp_path, text).query("predictions-against-cases"), "explains") == {cases: "follows"}


def test_what_another_document_excepts_bears_on_no_verdict(tmp_path: Path) -> None:
    """The case that is outside scope by another document's claim does not bear out a verdict of scope."""
    text = MATCHED + judges("scope", "walls", "explains-within-scope")
    excepted = claim("but-b", "kind: causal; theory: theory/walls; limits: [theory/walls]; case: city/b")
    table = two(tmp_path / "other", text, excepted).query("predictions-against-cases")
    assert verdicts(table, "explains within scope") == {"(no case is named)": "cannot be told"}
    assert "outside scope" in {row["outcome"].value for row in table.records() if row["case"].value == "B"}
    own = two(tmp_path / "own", text + excepted).query("predictions-against-cases")
    assert verdicts(own, "explains within scope") == {"(no case is named)": "follows"}


def test_a_verdict_that_is_denied_is_told_and_not_tried(tmp_path: Path) -> None:
    said = judges("explain", "walls", "explains", "a").replace("commitment: asserts", "commitment: denies")
    table = two(tmp_path, MATCHED + said).query("predictions-against-cases")
    (row,) = [row for row in table.records() if row["part"].value == "verdict"]
    assert row["who"].value == "Ada Reed (denies it)" and verdicts(table, "explains") == {"A": "cannot be told"}


def test_what_is_computed_says_so_and_the_rest_leads_to_a_page() -> None:
    for row in tried().records():
        assert row["outcome"].status is Status.INFERRED
        for name in ("said", "observed", "who"):
            assert row[name].value is None or row[name].sources


def test_a_theory_and_a_case_can_be_asked_for() -> None:
    table = small().query("predictions-against-cases", x="walls", y="city/a")
    assert {(row["theory"].value, row["case"].value) for row in table.records()} == {("walls", "A")}
    nothing = small().query("predictions-against-cases", x="silent", y="city/a")
    assert not nothing.rows and nothing.notes[-1].startswith("No document that speaks of such a theory")


@pytest.mark.parametrize(
    ("observed", "outcome"),
    [
        ([("yes-war", "denies")], "miss"),
        ([("no-war", "denies")], "not observed"),
        ([("yes-war", "doubts")], "not observed"),
        ([("yes-war", "entertains")], "not observed"),
        ([("yes-war", "asserts"), ("no-war", "doubts")], "match"),
        ([("yes-war", "asserts"), ("no-war", "asserts")], "cannot tell"),
    ],
)
def test_only_what_somebody_puts_forward_decides(observed: list[tuple[str, str]], outcome: str, tmp_path: Path) -> None:
    """But for the denial of what is predicted; all of it is shown."""
    text = predicts("p", "walls", "fear = high", "war = yes-war") + observes("a", "fear", "high")
    text += "".join(observes("a", "war", value, commitment=verb) for value, verb in observed)
    (row,) = two(tmp_path, text).query("predictions-against-cases", x="walls", y="city/a").records()
    assert row["outcome"].value == outcome
    marks = {"asserts": "", "denies": " (denied)", "doubts": " (doubted)", "entertains": " (entertained)"}
    assert all(f"war: {value}{marks[verb]}" in str(row["observed"]) for value, verb in observed)


def test_the_observations_of_one_value_conflict_where_one_is_denied(tmp_path: Path) -> None:
    text = predicts("p", "walls", "fear = high", "war = yes-war") + observes("a", "fear", "high")
    text += observes("a", "war", "yes-war")
    denied = observes("a", "war", "yes-war", commitment="denies")
    table = two(tmp_path, text, denied).query("predictions-against-cases", x="walls", y="city/a")
    assert [str(cell) for cell in table.column("outcome")] == ["cannot tell"]


@pytest.mark.parametrize("verb", ["denies", "doubts", "entertains"])
def test_a_prediction_that_nobody_puts_forward_is_not_tried(verb: str, tmp_path: Path) -> None:
    text = predicts("p", "walls", "fear = high", "war = yes-war").replace("commitment: asserts", f"commitment: {verb}")
    text += observes("a", "fear", "high") + observes("a", "war", "yes-war")
    text += predicts("q", "gates", "fear = high", "war = no-war")
    workspace = two(tmp_path, text)
    (row,) = workspace.query("predictions-against-cases", x="walls", y="city/a").records()
    assert (row["outcome"].value, row["why"].value) == ("no prediction", "nobody puts one forward")
    assert not workspace.query("crucial-cases").rows
    told = [str(cell) for cell in workspace.between("walls", "gates").column("answer")]
    assert "Of walls no prediction is coded." in told


def test_numbers_are_compared_as_numbers(tmp_path: Path) -> None:
    text = predicts("p", "walls", "fear = high", "toll = 2.0") + predicts("q", "gates", "fear = high", "toll = 3")
    text += observes("a", "fear", "high") + observes("a", "toll", "2")
    rows = two(tmp_path, text).query("predictions-against-cases", y="city/a").records()
    assert {row["theory"].value: row["outcome"].value for row in rows} == {"walls": "match", "gates": "miss"}


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
    assert told["walls"] == ("outside scope", "excepted by claim/but-a")
    assert told["gates"][0] == "no prediction"


def test_periods_without_years_meet_only_themselves() -> None:
    assert Span("a", 1900, 1910).meets(Span("b", 1910, None)) and not Span("a", 1900, 1910).meets(Span("b", 1911))
    assert Span().meets(Span("a")) and not Span("a").meets(Span("b"))


@pytest.mark.parametrize(
    ("variable", "one", "other", "status"),
    [
        ("fear", "high", "low", Status.CONFLICTING),
        ("fear", "high", "High", Status.STATED),
        ("fear", "high", "great", Status.STATED),
        ("mood", "calm", "loud", Status.STATED),
        ("toll", "2", "3", Status.CONFLICTING),
        ("toll", "2", "2.0", Status.STATED),
    ],
)
def test_a_comparison_and_a_trial_call_the_same_a_conflict(
    variable: str, one: str, other: str, status: Status, tmp_path: Path
) -> None:
    """Two documents on one case: what two wordings exclude is one rule."""
    text = predicts("p", "walls", f"{variable} = {one}", "war = yes-war") + observes("a", "war", "yes-war")
    second = observes("a", variable, other).replace("claim/a", "claim/other")
    workspace = two(tmp_path, text + observes("a", variable, one), second)
    (cell,) = [row[1] for row in workspace.compare("cases", "city/a").rows if row[0].value == variable]
    assert cell.status is status
    (row,) = workspace.query("predictions-against-cases", x="walls", y="city/a").records()
    assert (row["outcome"].value == "cannot tell") == (status is Status.CONFLICTING)


def test_crucial_cases_are_those_on_which_two_theories_differ() -> None:
    rows = small().query("crucial-cases").records()
    assert {row["variable"].value for row in rows} == {"war"}
    assert {row["case"].value for row in rows} == {"B", "D", "E", "F"}
    assert {row["observed"].value for row in rows if row["case"].value == "D"} == {"yes-war"}
    (told,) = {tuple(str(row[name].value) for name in ("when", "unlike", "differ", "together")) for row in rows}
    assert told == (
        "fear: high | rank: high",
        "fear: high",
        "yes: both are on the list of its values",
        "yes: nothing that is coded keeps them apart",
    )


@pytest.mark.parametrize(
    ("when", "expects", "more", "differ", "together"),
    [
        (
            "fear = high",
            "mood = loud",
            "",
            "only as worded: no list of its values holds both",
            "yes: they are the same",
        ),
        ("fear = high", "toll = 7", "", "yes: they are two numbers", "yes: they are the same"),
        ("fear = great", "mood = loud", "", "only", "in doubt: fear is great for one and high for the other"),
        ("fear = low", "mood = loud", "", "", ""),
        ("fear = high", "mood = loud", "; period: period/new", "", ""),
    ],
)
def test_two_predictions_are_crucial_if_their_conditions_can_hold_together(
    when: str, expects: str, more: str, differ: str, together: str, tmp_path: Path
) -> None:
    """The other theory expects a calm mood and a toll of 5 under great fear in old times."""
    text = predicts("mine", "gates", when, expects, more)
    text += predicts("theirs", "walls", "fear = high", "mood = calm, toll = 5", "; period: period/old")
    rows = two(tmp_path, text).query("crucial-cases").records()
    told = [(str(row["differ"].value), str(row["together"].value)) for row in rows]
    assert [(a.startswith(differ), b) for a, b in told] == ([(True, together)] if together else [])


# What would tell two theories apart


def test_the_fewest_observations(tmp_path: Path) -> None:
    """Gates itself predicts the rank that its second prediction needs, so that fear and war are enough."""
    table = small().between("walls", "gates")
    (row,) = table.records()
    assert (row["number"].value, row["conditions"].value, row["variable"].value) == (2, "fear: high", "war")
    assert (row["first"].value, row["second"].value) == ("yes-war", "no-war")
    assert row["cases"].value == (
        "A (war: yes-war); B (war: no-war); E (war: no-war, old times; war: yes-war, new times); "
        "F (war: no-war; war: yes-war)"
    )
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


def test_of_a_family_without_predictions_its_theories_are_named(tmp_path: Path) -> None:
    text = predicts("p", "walls", "fear = high", "war = yes-war") + predicts(
        "q", "gates", "fear = high", "war = no-war"
    )
    family = "id: register/more\ntheories:\n  theory/towns: {label: towns, sort: family}\n"
    theories = THEORIES.replace("{label: walls, ", "{label: walls, family: theory/towns, ")
    workspace = two(tmp_path, text, more={"kb/more.yaml": family, "kb/theories.yaml": theories})
    table = workspace.between("towns", "gates")
    assert "Of towns no prediction is coded." in [str(cell) for cell in table.column("answer")]
    assert table.notes == ("Of the theories that belong to towns, walls makes predictions: ask for it.",)
    assert not workspace.between("walls", "gates").notes


def test_two_theories_are_told_apart_only_where_both_predict(tmp_path: Path) -> None:
    """Not by what one says of A and the other of B, nor of two times; what both say of A names it."""
    text = predicts("p", "walls", "fear = high", "war = yes-war", "; case: city/a")
    text += predicts("q", "gates", "fear = high", "war = no-war", "; case: city/b")
    text += predicts("r", "words", "fear = high", "war = no-war", "; case: city/a; period: period/old")
    workspace = two(tmp_path, text)
    assert [row[0].value for row in workspace.between("walls", "gates").rows] == [None] * 2
    (row,) = workspace.between("walls", "words").records()
    assert row["conditions"].value == "fear: high; A, old times"


def brute(predictions: list[Prediction], evidence: Evidence) -> int | None:
    """The size of a smallest set of conditions that tells walls and gates apart, by trying all sets at each time."""
    settings = [(case, time) for case in ("A", "B", "C") for time in (*range(1990, 2012), "lost", None)]
    sizes = [_smallest([p for p in predictions if _made(p, *setting)], evidence) for setting in settings]
    return min((size for size in sizes if size is not None), default=None)


def _made(prediction: Prediction, case: str, time: int | str | None) -> bool:
    span = prediction.span
    within = isinstance(time, int) and span.first is not None and span.first <= time <= (span.last or 9999)
    return (not prediction.cases or case in prediction.cases) and (not span.label or within or span.label == time)


def _smallest(predictions: list[Prediction], evidence: Evidence) -> int | None:
    conditions = sorted({value for p in predictions for value in p.when}, key=str)
    for size in range(len(conditions) + 1):
        for chosen in itertools.combinations(conditions, size):
            if len({value.variable for value in chosen}) == size and _apart(predictions, evidence, chosen):
                return size
    return None


def _apart(predictions: list[Prediction], evidence: Evidence, chosen: tuple[Value, ...]) -> bool:
    """Whether the two then expect values that exclude each other, of what is not observed, and neither two at once."""
    expected = []
    for theory in ("walls", "gates"):
        given = set(chosen)
        while more := {
            v for p in predictions if p.theory == theory and set(p.when) <= given for v in p.expects if v not in given
        }:
            given |= more
        if any(evidence.same(v, w) is False for v, w in itertools.combinations(given, 2) if v.about(w)):
            return False
        made = {v for p in predictions if p.theory == theory and set(p.when) <= given for v in p.expects}
        expected.append({v for v in made if v.variable not in {c.variable for c in chosen}})
    return any(evidence.same(v, w) is False for v in expected[0] for w in expected[1] if v.about(w))


SPANS = [Span(), Span(), Span("x", 1990, 1995), Span("y", 2005, 2010), Span("z", 1990), Span("lost")]
VALUES = st.builds(
    lambda name, value: Value(name, name, value), st.sampled_from("abc"), st.sampled_from(["0", "1", "x"])
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["walls", "gates"]),
            st.frozensets(VALUES, max_size=2),
            VALUES,
            st.sampled_from([frozenset[str](), frozenset("A"), frozenset("AB"), frozenset("B")]),
            st.sampled_from(SPANS),
        ),
        min_size=2,
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_the_fewest_observations_are_those_that_trying_all_finds(
    drawn: list[tuple[str, frozenset[Value], Value, frozenset[str], Span]],
) -> None:
    """On random predictions: the same size, and each pair of expectations that is named excludes itself."""
    predictions = [
        Prediction(f"p{n}", theory, tuple(when), (value,), cases, span)
        for n, (theory, when, value, cases, span) in enumerate(drawn)
    ]
    names = {name: Cell(name, (), Status.INFERRED) for name in ("walls", "gates")}
    evidence = Evidence(names, {}, tuple(predictions), ())
    rows = telling.between(evidence, "walls", "gates").records()
    size = brute(predictions, evidence)
    found = {row["number"].value for row in rows}
    assert found == ({None} if size is None else {size + 1})
    for row in rows if size is not None else []:
        assert {row["first"].value, row["second"].value} == {"0", "1"}


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
    assert values("conflicting-sources", "period") == {"neither reports one"}
    assert values("theories-without-a-case", "theory") == {"gates", "silent", "words"}
    assert values("unobserved-variables", "variable") == {"peace", "toll"}


@pytest.mark.parametrize(
    ("periods", "values", "found"),
    [
        (("not-reported", "not-reported"), ("yes-war", "no-war"), {"neither reports one"}),
        (("not-reported", "period/new"), ("yes-war", "no-war"), set()),
        (("period/new", "period/new"), ("yes-war", "no-war"), {"new times"}),
        (("period/old", "period/new"), ("yes-war", "no-war"), set()),
        (
            ("period/new", "period/late"),
            ("yes-war", "no-war"),
            {"late times and new times", "new times and late times"},
        ),
        (("period/new", "period/new"), ("yes-war", "peace-of-sorts"), set()),
    ],
)
def test_sources_conflict_in_one_period(
    periods: tuple[str, str], values: tuple[str, str], found: set[str], tmp_path: Path
) -> None:
    """By values that are both listed, of one time as far as both report one; and so say the comparisons."""
    late = {"kb/cases.yaml": CASES + "  period/late: {label: late times, start: 1950, end: 1960}\n"}
    one, other = (observes("a", "war", value, period) for value, period in zip(values, periods, strict=True))
    workspace = two(tmp_path, one, other.replace("claim/a", "claim/other"), more=late)
    rows = workspace.query("conflicting-sources").records()
    assert {row["period"].value for row in rows} <= found and bool(rows) == bool(found)
    (cell,) = [row[1] for row in workspace.compare("cases", "city/a", all=True).rows if row[0].value == "war"]
    assert (cell.status is Status.CONFLICTING, {part.opposed for part in cell.parts}) == (bool(found), {bool(found)})
    (row,) = workspace.compare("documents", "reed-1999", "reed-2000").rows
    assert row[0].value == ("disagreement: values of A: war" if found else "values of A: war")
    assert [str(cell).partition(" (")[0] for cell in row[1:]] == list(values)
    assert [cell.sources[0].document for cell in row[1:]] == ["work/reed-1999", "work/reed-2000"]


def test_a_value_that_a_document_only_tells_is_no_disagreement_of_its_own(tmp_path: Path) -> None:
    told = (
        observes("a", "war", "no-war").replace("claim/a", "claim/other").replace("stance: asserts", "stance: neutral")
    )
    for folder, verb, name in (
        ("told", "asserts", "opposed values are told of A: war"),
        ("denied", "denies", "values"),
    ):
        second = told.replace("commitment: asserts", f"commitment: {verb}")
        (row,) = two(tmp_path / folder, observes("a", "war", "yes-war"), second).compare("documents", *BOTH).rows
        assert str(row[0].value).startswith(name)
    same = observes("a", "war", "yes-war").replace("claim/a", "claim/other")
    (row,) = two(tmp_path / "same", observes("a", "war", "yes-war"), same).compare("documents", *BOTH).rows
    assert row[0].value == "values of A: war"
    open_value = observes("a", "war", "not-reported").replace("claim/a", "claim/other")
    left = two(tmp_path / "open", observes("a", "war", "yes-war"), open_value).compare("documents", *BOTH, all=True)
    assert [row[2].value for row in left.rows if str(row[0]).startswith("values")] == [None]


def test_two_voices_conflict_on_what_is_directed_at_one_or_at_nobody_in_particular(tmp_path: Path) -> None:
    """A value for whom nothing is said excludes one that names somebody; two that name two do not."""
    one, other = observes("a", "war", "yes-war"), observes("a", "war", "no-war").replace("claim/a", "claim/other")
    for folder, at, conflict in (("one", ("b", ""), True), ("two", ("b", "c"), False), ("same", ("b", "b"), True)):
        texts = [
            text.replace("    period:", f"    towards: city/{city}\n    period:") if city else text
            for text, city in zip((one, other), at, strict=True)
        ]
        workspace = two(tmp_path / folder, *texts)
        assert bool(workspace.query("conflicting-sources").rows) == conflict
        (cell,) = [row[1] for row in workspace.compare("cases", "city/a", all=True).rows if row[0].value == "war"]
        assert (cell.status is Status.CONFLICTING) == conflict


@pytest.mark.parametrize("verb", ["denies", "doubts", "entertains"])
def test_a_value_that_nobody_asserts_is_no_conflict(verb: str, tmp_path: Path) -> None:
    text = observes("a", "war", "yes-war")
    assert not two(tmp_path, text, observes("a", "war", "no-war", commitment=verb)).query("conflicting-sources").rows


@pytest.mark.parametrize(
    ("variable", "one", "other", "conflict"),
    [
        ("toll", "2", "3", True),
        ("toll", "1234567", "1234568", True),
        ("toll", "2", "2.0", False),
        ("mood", "calm", "loud", False),
        ("war", "x", "y", False),
    ],
)
def test_sources_conflict_by_the_rule_of_comparisons(
    variable: str, one: str, other: str, conflict: bool, tmp_path: Path
) -> None:
    """Two numbers exclude each other, two wordings that are on no list do not."""
    second = observes("a", variable, other).replace("claim/a", "claim/other")
    workspace = two(tmp_path, observes("a", variable, one), second)
    rows = workspace.query("conflicting-sources").records()
    assert [(row["about"].value, row["first"].value, row["second"].value) for row in rows] == (
        [(f"A: {variable}", one, other)] if conflict else []
    )
    (cell,) = [row[1] for row in workspace.compare("cases", "city/a").rows if row[0].value == variable]
    assert (cell.status is Status.CONFLICTING) == conflict


def test_one_source_against_itself_is_no_second_source(tmp_path: Path) -> None:
    """Both sides are shown, each with who says so and its own source."""
    one, other = observes("a", "war", "yes-war"), observes("a", "war", "no-war")
    (row,) = two(tmp_path / "same", one + other).query("conflicting-sources").records()
    assert row["sort"].value == "a value, of one source with itself"
    (row,) = two(tmp_path / "two", one, other).query("conflicting-sources").records()
    assert (row["sort"].value, row["holder"].value, row["rival"].value) == ("a value", "Ada Reed", "Ada Reed")
    told = {str(row[name]): [source.document for source in row[name].sources] for name in ("first", "second")}
    assert told == {"yes-war": ["work/reed-1999"], "no-war": ["work/reed-2000"]}


def test_a_claim_that_one_asserts_and_another_denies(tmp_path: Path) -> None:
    said = claim("x", "kind: causal")
    denied = ATTRIBUTION.format(commitment="denies", words="y").partition("\n")[2].replace("ada-reed", "bo-park")
    people = {"kb/more.yaml": "id: register/more\nagents:\n  person/bo-park: {type: Person, label: Bo Park}\n"}
    (row,) = two(tmp_path, said + denied, more=people).query("conflicting-sources").records()
    assert (row["sort"].value, row["about"].value, row["period"].status) == (
        "a claim",
        "About x.",
        Status.NOT_APPLICABLE,
    )
    assert [row[name].value for name in ("first", "holder", "second", "rival")] == [
        "asserted", "Ada Reed", "denied", "Bo Park",
    ]  # fmt: skip
    assert not two(tmp_path / "one", said).query("conflicting-sources").rows


NEAR = predicts("p", "walls", "fear = high", "war = yes-war")


@pytest.mark.parametrize(
    ("observed", "untested"),
    [
        ("", True),
        (observes("a", "war", "no-war"), True),
        (observes("a", "war", "no-war") + observes("b", "fear", "low"), True),
        (observes("a", "war", "no-war") + observes("a", "fear", "low"), False),
        (observes("a", "war", "no-war", commitment="denies") + observes("a", "fear", "high"), False),
        (observes("a", "war", "no-war", commitment="doubts") + observes("a", "fear", "high"), True),
        (observes("a", "war", "no-war") + observes("a", "fear", "high", commitment="entertains"), True),
        (observes("a", "war", "not-reported") + observes("a", "fear", "high"), True),
        (observes("a", "war", "no-war") + observes("a", "fear", "not-applicable"), True),
        (
            observes("a", "war", "no-war").replace("stance: asserts", "stance: announces")
            + observes("a", "fear", "high"),
            True,
        ),
        (
            observes("a", "war", "no-war")
            + observes("a", "fear", "high").replace("stance: asserts", "stance: announces"),
            True,
        ),
    ],
)
def test_a_prediction_is_untested_until_one_case_has_all_that_it_names(
    observed: str, untested: bool, tmp_path: Path
) -> None:
    """By what somebody asserts or denies; two cases make none, nor does what is announced or left open."""
    workspace = two(tmp_path, NEAR + observed)
    rows = workspace.query("untested-predictions").records()
    assert [row["claim"].value for row in rows] == (["claim/p"] if untested else [])
    outcomes = {row["outcome"].value for row in workspace.query("predictions-against-cases", x="walls").records()}
    assert not untested or outcomes <= {"not observed", "outside scope", "no prediction"}


def test_a_prediction_of_one_case_is_tested_there_alone_and_one_that_is_denied_is_none(tmp_path: Path) -> None:
    text = NEAR.replace("type: Prediction", "type: Prediction\n    case: city/b")
    seen = observes("a", "war", "no-war") + observes("a", "fear", "low")
    assert len(two(tmp_path / "there", text + seen).query("untested-predictions")) == 1
    for verb in ("denies", "doubts", "entertains"):
        told = NEAR.replace("commitment: asserts", f"commitment: {verb}")
        assert not two(tmp_path / verb, told + claim("x", "kind: causal")).query("untested-predictions").rows


def characterises(theory: str, dimension: str) -> str:
    """What a theory holds on a dimension."""
    said = f"type: Characterisation; theory: theory/{theory}; dimension: dimension/{dimension}; value: so"
    return claim(f"{theory}-{dimension}", said)


def test_the_blanks_of_theories_that_are_compared(tmp_path: Path) -> None:
    """Of a family what its theory holds is no blank; nor is a theory that is characterised on nothing."""
    dimensions = "dimensions:\n  dimension/means: {label: means}\n  dimension/ends: {label: ends}\n"
    theories = (
        THEORIES.replace("variables:\n", "  theory/towns: {label: towns, sort: family}\nvariables:\n") + dimensions
    )
    theories = theories.replace("{label: walls, ", "{label: walls, family: theory/towns, ")
    text = characterises("walls", "means") + characterises("gates", "means") + characterises("gates", "ends")
    text += characterises("towns", "ends") + claim("x", "kind: causal; theory: theory/words")
    workspace = two(tmp_path, text, more={"kb/theories.yaml": theories})
    rows = workspace.query("blanks-of-theories").records()
    assert [(row["theory"].value, row["dimension"].value, row["others"].value) for row in rows] == [
        ("walls", "ends", 2)
    ]
    assert rows[0]["value"].value is None and [s.document for s in rows[0]["value"].sources] == ["work/reed-1999"]
    open_ = characterises("walls", "ends").replace("value: so", "value: not-reported").replace("walls-ends", "open")
    promised = (
        characterises("walls", "ends").replace("stance: asserts", "stance: announces").replace("walls-ends", "promise")
    )
    for number, more in enumerate((open_, promised)):
        told = two(tmp_path / str(number), text + more, more={"kb/theories.yaml": theories}).query("blanks-of-theories")
        assert [(row["theory"].value, row["others"].value) for row in told.records()] == [("walls", 2)]
    compared = claim(
        "than",
        "type: Comparison; theory: theory/gates; compared_with: theory/walls; dimension: dimension/ends; outcome: more",
    )
    assert (
        not two(tmp_path / "than", text + compared, more={"kb/theories.yaml": theories})
        .query("blanks-of-theories")
        .rows
    )
    abstract = workspace.layout.root / "kb/documents/reed-1999.yaml"
    abstract.write_text(abstract.read_text().replace("extent: full-text", "extent: abstract-only"))
    (row,) = Workspace.open(workspace.layout.root).query("blanks-of-theories").records()
    assert row["value"].status is Status.ABSTRACT_ONLY


@pytest.mark.parametrize("defined", [False, True])
def test_a_construct_of_a_register_is_undefined_until_somebody_defines_it(defined: bool, tmp_path: Path) -> None:
    """The near miss: a construct on which no claim turns is not listed, nor is a variable."""
    more = THEORIES + "constructs:\n  construct/faith: {label: faith}\n  construct/idle: {label: idle}\n"
    text = claim("x", "kind: causal; topics: [construct/faith, variable/mood]")
    text += (
        claim("y", "type: Definition; construct: construct/faith; term: faith; sense: to hold on") if defined else ""
    )
    rows = two(tmp_path, text, more={"kb/theories.yaml": more}).query("undefined-constructs").records()
    assert [(row["construct"].value, row["claims"].value) for row in rows] == ([] if defined else [("faith", 1)])


def test_a_result_of_a_study_is_no_untested_prediction(tmp_path: Path) -> None:
    """What its author derives from no theory is a result; what an attack is aimed at is shown with it."""
    result = predicts("found", "walls", "fear = high", "war = yes-war").replace("theory/walls", "not-reported")
    text = result + predicts("derived", "walls", "fear = high", "war = yes-war", "; case: city/a")
    text += claim("nobody-fears", "kind: causal")
    study = "studies:\n  study/two: {label: two, examines: [city/a]}\n"
    attack = "attacks:\n  attack/one: {maker: person/ada-reed, by: [claim/nobody-fears], target: claim/derived}\n"
    rows = two(tmp_path / "study", text + study + attack).query("untested-predictions").records()
    assert [(row["claim"].value, row["against"].value, row["case"].value) for row in rows] == [
        ("claim/derived", "attacked: About nobody-fears.", "A")
    ]
    without = two(tmp_path / "none", text).query("untested-predictions").records()
    assert {row["claim"].value for row in without} == {"claim/derived", "claim/found"}


@pytest.mark.parametrize(
    ("tests", "untried"),
    [
        ("", {"gates", "words", "silent"}),
        (", tests: [theory/low]", {"gates", "words", "silent"}),
        (", tests: [theory/gates]", {"walls", "low", "thought", "words", "silent"}),
    ],
)
def test_a_theory_is_tried_by_a_study(tests: str, untried: set[str], tmp_path: Path) -> None:
    """By one that tests it or its variant, or by a verdict beside one that does not say what it tests.

    What stands in a register alone, as silent does, is a theory without a case like any other.
    """
    place = "passages: [{document: work/reed-1999, section: One, from: a, to: b}]"
    theories = "".join(
        f"  theory/{name}: {{label: {name}, {more}, {place}}}\n"
        for name, more in {
            "thought": "sort: family",
            "walls": "sort: theory, family: theory/thought",
            "low": "sort: variant, variant_of: theory/walls",
        }.items()
    )
    text = THEORIES.replace("  theory/walls: {label: walls, sort: theory}\n", theories)
    study = f"studies:\n  study/two: {{label: two, examines: [city/a]{tests}}}\n"
    workspace = two(tmp_path, judges("low", "low", "explains") + study, more={"kb/theories.yaml": text})
    found = {str(cell.value) for cell in workspace.query("theories-without-a-case").column("theory")}
    assert found == untried


def test_a_blank_of_a_study_is_one_of_its_own_document(tmp_path: Path) -> None:
    """What another document observes of a case is no report of the study."""
    study = "studies:\n  study/two: {label: two, examines: [city/a], roles: [{variable: variable/war}]}\n"
    text = observes("a", "fear", "high") + study
    rows = two(tmp_path / "other", text, observes("a", "war", "no-war")).query("blanks-of-a-study").records()
    assert [(row["variable"].value, row["case"].value) for row in rows] == [("war", "A")]
    own = two(tmp_path / "own", observes("a", "war", "no-war") + study).query("blanks-of-a-study")
    assert not own.rows


def test_what_a_verdict_is_argued_from_is_observed_of_the_theory(tmp_path: Path) -> None:
    """War is named by no prediction; a theory of which nothing is observed says so in words."""
    text = judges("fail", "walls", "does-not-explain") + observes("a", "war", "no-war")
    text += judges("do", "gates", "explains") + "arguments:\n  argument/x: {maker: person/ada-reed, "
    text += "premises: [claim/a-war-no-war-not-reported], conclusion: claim/fail}\n"
    rows = two(tmp_path, text).query("predictions-and-verdicts").records()
    told = [(row["about"].value, row["part"].value, row["result"].value) for row in rows]
    assert told == [
        ("A", "observed", "war: no-war"),
        ("gates", "predicts", "(no prediction is reported)"),
        ("gates", "observed", "(nothing that is observed bears on it)"),
        ("gates", "judged", "explains"),
        ("walls", "predicts", "(no prediction is reported)"),
        ("walls", "observed", "war: no-war"),
        ("walls", "judged", "does not explain"),
    ]


def test_the_weakest_ground_comes_first_and_has_no_number() -> None:
    grounds = list(dict.fromkeys(str(cell.value) for cell in repository().query("thin-claims").column("ground")))
    assert grounds[-1] == "one passage, and no argument" and not any(ground[0].isdigit() for ground in grounds)


@pytest.mark.parametrize(
    "name",
    [
        "blanks-of-a-study",
        "conflicting-sources",
        "crucial-cases",
        "predictions-against-cases",
        "predictions-and-verdicts",
        "theories-without-a-case",
        "untested-predictions",
    ],
)
def test_two_engines_agree_on_the_small_knowledge_base(name: str) -> None:
    """It holds what the workspace of the tests does not: rival predictions, conflicts and cases in number."""
    knowledge = small().knowledge
    query = knowledge.catalogue.get(name)
    nquads = knowledge.store.nquads()
    ours, theirs = (ask(nquads, query.sparql, query.lists) for ask in (rows_in_oxigraph, rows_in_rdflib))
    assert sorted(map(repr, ours)) == sorted(map(repr, theirs))


def test_the_command(tmp_path: Path) -> None:
    """A summary, one question, an unknown one, and sentences."""
    folder = str(small().layout.root)
    run = CliRunner().invoke
    assert "untested-predictions" in run(group, ["gaps", "-w", folder]).output
    assert "F: war" in run(group, ["gaps", "conflicting-sources", "-w", folder, "--format", "csv"]).output
    told = run(group, ["gaps", "--between", "walls", "gates", "-w", folder]).output
    assert told.startswith("2 observations: war in a case where fear: high.")
    assert "The conditions are observed of A (war: yes-war); B" in told
    wrong = run(group, ["gaps", "untested-prediction", "-w", folder])
    assert isinstance(wrong.exception, UsageError) and "untested-predictions" in wrong.exception.hint


def test_what_is_observed_at_another_time_is_told_with_its_time_and_tells_nothing(tmp_path: Path) -> None:
    """Fear in old times and war in new ones: no case where the conditions are observed has an outcome."""
    text = predicts("p", "walls", "fear = high", "war = yes-war") + predicts(
        "q", "gates", "fear = high", "war = no-war"
    )
    text += observes("a", "fear", "high", "period/old") + observes("a", "war", "yes-war", "period/new")
    workspace = two(tmp_path, text)
    (row,) = workspace.between("walls", "gates").records()
    assert row["cases"].value == "A"
    (crucial,) = workspace.query("crucial-cases").records()
    assert crucial["observed"].value == "yes-war (new times)"


# What a value keeps where it is set beside others


def test_a_characterisation_and_an_observation_keep_their_hedge(tmp_path: Path) -> None:
    dimension = "dimensions:\n  dimension/means: {label: means}\n"
    text = characterises("walls", "means") + observes("a", "fear", "high")
    workspace = two(
        tmp_path, text.replace("hedge: plain", "hedge: probable"), more={"kb/theories.yaml": THEORIES + dimension}
    )
    for kind, name, value in (("theories", "walls", "so"), ("cases", "city/a", "high")):
        cells = [str(row[1]) for row in workspace.compare(kind, name).rows]
        assert any(cell.startswith(f"{value} (") and "hedge: probable" in cell for cell in cells), cells


def test_one_case_beside_another_is_named_as_it_is_called(tmp_path: Path) -> None:
    """By its label wherever an alternative name is used; side by side the other is named as well."""
    cases = CASES.replace("{type: Case, label: B}", "{type: Case, label: B, alt_labels: [Beeton]}")
    text = observes("a", "mood", "more").replace("value: more", "value: more\n    than: Beeton")
    workspace = two(tmp_path, text, more={"kb/cases.yaml": cases})
    (row,) = [row for row in workspace.compare("cases", "city/a", "city/b").rows if row[0].value == "mood"]
    assert [str(cell).partition(" (")[0] for cell in row[1:]] == ["more than B", "less than A"]
    told = workspace.query("cases-side-by-side", x="city/a", y="city/b").records()
    assert "more, compared with Beeton" in {str(row["value"].value) for row in told if row["case"].value == "A"}


def test_a_value_with_two_holders_is_one_observation(tmp_path: Path) -> None:
    people = {"kb/more.yaml": "id: register/more\nagents:\n  person/bo-park: {type: Person, label: Bo Park}\n"}
    text = observes("a", "war", "no-war").replace("person/ada-reed", "[person/ada-reed, person/bo-park]")
    text += observes("b", "war", "not-reported")
    told = two(tmp_path, text, more=people).query("observations").records()
    assert [(row["case"].value, row["value"].value, row["who"].value) for row in told] == [
        ("A", "no-war", "Ada Reed | Bo Park"),
        ("B", None, "Ada Reed"),
    ]


def test_only_claims_count_among_what_turns_on_a_construct(tmp_path: Path) -> None:
    """A citation has topics as well, and is no claim."""
    more = THEORIES + "constructs:\n  construct/faith: {label: faith}\n"
    text = claim("x", "kind: causal; topics: [construct/faith]")
    text += "citations:\n  citation/one: {cites: work/reed-2000, intents: [discusses], topics: [construct/faith]}\n"
    workspace = two(tmp_path, text, more={"kb/theories.yaml": more})
    assert [row["claims"].value for row in workspace.query("undefined-constructs").records()] == [1]


def test_a_comparative_utility_against_a_theory_is_told_among_the_denials(tmp_path: Path) -> None:
    text = claim("less", "type: Assessment; theory: theory/walls; utility: less-useful; respect: war")
    workspace = two(tmp_path, text)
    for table in (workspace.query("denials", x="ada-reed"), workspace.query("claims-under-attack")):
        assert any("About less." in str(cell) for row in table.rows for cell in row), table.title


ONE_CASE = """\
  claim/{id}:
    type: Observation
    text: About {id}.
    case: city/a
    variable: variable/{variable}
{slots}    attributions:
      - {{holder: person/ada-reed, commitment: {commitment}, hedge: {hedge}, mode: own, certainty: {certainty},
         stance: {stance}, passages: [{{section: One, from: {id}, to: a calm state}}]}}
"""


def seen(id: str, variable: str = "war", **slots: str) -> str:
    """An observation of the city A, with some slots, and what is said of its attribution."""
    told = {"commitment": "asserts", "hedge": "plain", "certainty": "explicit", "stance": "asserts"}
    told |= {name: slots.pop(name) for name in tuple(slots) if name in told}
    lines = "".join(f"    {name}: {value}\n" for name, value in slots.items())
    return ONE_CASE.format(id=id, variable=variable, slots=lines, **told)


def disputes(workspace: Workspace, variable: str) -> tuple[bool, str, bool]:
    """Whether the sources conflict by the three commands: of cases, of documents (the name of the row), and of gaps."""
    (cell,) = [row[1] for row in workspace.compare("cases", "city/a", all=True).rows if row[0].value == variable]
    rows = workspace.compare("documents", *BOTH, all=True).rows
    (name,) = [str(row[0]) for row in rows if str(row[0]).endswith(f"of A: {variable}")]
    found = workspace.query("conflicting-sources").rows
    return cell.status is Status.CONFLICTING, name.partition(" of A")[0], bool(found)


AGREED, DISPUTED, TOLD = "values", "disagreement: values", "opposed values are told"
FIVE = {"variable": "toll", "amount": "5", "unit": "seats"}


@pytest.mark.parametrize(
    ("one", "other", "conflict", "name"),
    [
        (FIVE, FIVE | {"whole": "the pact"}, False, AGREED),
        (FIVE, FIVE | {"actor": "city/b"}, False, AGREED),
        (FIVE, FIVE | {"amount": "6", "whole": "the pact"}, True, DISPUTED),
        (FIVE | {"whole": "the league"}, FIVE | {"amount": "6", "whole": "the pact"}, False, AGREED),
        (FIVE | {"whole": "ten | seats"}, FIVE | {"amount": "6", "whole": "ten | seats"}, True, DISPUTED),
        (FIVE, FIVE | {"amount": "6", "unit": "votes"}, False, AGREED),
        (FIVE | {"value": "many"}, FIVE | {"value": "many", "amount": "6"}, True, DISPUTED),
        ({"value": "yes-war"}, {"value": "no-war", "amount": "5", "unit": "percent"}, True, DISPUTED),
        ({"value": "more", "than": "B"}, {"value": "less", "than": "B"}, True, DISPUTED),
        ({"value": "more", "than": "B"}, {"value": "less", "than": "C"}, False, AGREED),
        (
            {"variable": "mood", "value": "wetter", "than": "B"},
            {"variable": "mood", "value": "drier", "than": "B"},
            False,
            AGREED,
        ),
        ({"value": "yes-war", "than": "B"}, {"value": "no-war", "than": "B"}, True, DISPUTED),
        ({"value": "yes-war"}, {"value": "yes-war", "commitment": "denies"}, True, DISPUTED),
        ({"value": "yes-war"}, {"value": "yes-war", "commitment": "denies", "stance": "neutral"}, True, TOLD),
        ({"value": "yes-war"}, {"value": "no-war", "commitment": "denies"}, False, AGREED),
        ({"value": "yes-war"}, {"value": "yes-war", "commitment": "doubts"}, False, DISPUTED),
        ({"value": "yes-war"}, {"value": "yes-war", "stance": "disputes"}, False, DISPUTED),
        ({"value": "yes-war"}, {"value": "no-war", "stance": "neutral"}, True, TOLD),
        (
            {"value": "yes-war", "condition_text": "if Russia arms"},
            {"value": "no-war", "condition_text": "if Russia disarms"},
            False,
            AGREED,
        ),
        (
            {"value": "yes-war", "condition_text": "if Russia arms"},
            {"value": "no-war", "condition_text": "if Russia arms"},
            True,
            DISPUTED,
        ),
    ],
)
def test_three_commands_call_the_same_a_conflict(
    one: dict[str, str], other: dict[str, str], conflict: bool, name: str, tmp_path: Path
) -> None:
    """By units, wholes, conditions, comparison or denial; what a document disputes or doubts, it alone opposes."""
    workspace = two(tmp_path, seen("a", **one), seen("b", **other))
    assert disputes(workspace, one.get("variable", "war")) == (conflict, name, conflict)


def test_the_values_in_dispute_are_marked_by_year_and_keep_hedge_and_certainty(tmp_path: Path) -> None:
    """Those of other years are not; and all that a comparison of cases says of a value stands here as well."""
    bars = {"kb/cases.yaml": CASES.replace("new times", "new | times")}
    first = seen("x", value="yes-war", period="period/old") + seen(
        "a", value="yes-war", period="period/new", hedge="possible", certainty="inferred", condition_text="if it rains"
    )
    second = seen("b", value="no-war", period="period/new", condition_text="if it rains")
    workspace = two(tmp_path, first, second, more=bars)
    (row,) = workspace.compare("documents", *BOTH).rows
    assert row[0].value == "disagreement: values of A: war"
    assert [(str(part), part.opposed) for part in row[1].single()] == [
        ("yes-war (period old times)", False),
        ("yes-war (period new | times; condition: if it rains; hedge: possible)", True),
    ]
    assert row[1].parts[1].sources[0].said == "Ada Reed, holder inferred"
    assert (row[2].opposed, row[2].status) == (True, Status.STATED)
    found = workspace.compare("documents", *BOTH)
    head, rows = found.long()
    assert [row[head.index("conflicting")] for row in rows] == [False, True, True]
    assert table_text(found).count("(in dispute)") == 2
    assert workspace.query("conflicting-sources").rows


def test_not_applicable_conflicts_with_a_value_of_another_voice_at_that_time(tmp_path: Path) -> None:
    one = seen("a", value="yes-war", period="period/old")
    for folder, period, conflict in (("one", "old", True), ("two", "new", False)):
        other = seen("b", value="not-applicable", period=f"period/{period}")
        workspace = two(tmp_path / folder, one, other)
        (cell,) = [row[1] for row in workspace.compare("cases", "city/a", all=True).rows if row[0].value == "war"]
        assert (cell.status is Status.CONFLICTING) == conflict


def test_two_who_speak_together_are_one_voice(tmp_path: Path) -> None:
    people = {"kb/more.yaml": "id: register/more\nagents:\n  person/bo-park: {type: Person, label: Bo Park}\n"}
    texts = "".join(
        seen(id, value=value).replace("holder: person/ada-reed", "holder: [person/ada-reed, person/bo-park]")
        for id, value in (("a", "yes-war"), ("b", "no-war"))
    )
    (row,) = two(tmp_path, texts, more=people).query("conflicting-sources").records()
    assert (row["sort"].value, row["holder"].value) == ("a value, of one source with itself", "Ada Reed | Bo Park")
    assert len(row["holder"].sources) == 1


def test_a_prediction_that_leaves_its_value_open_expects_none(tmp_path: Path) -> None:
    """Nor has its author written the key that follows."""
    workspace = two(tmp_path, predicts("p", "walls", "fear = high", "war = not-reported"))
    assert {f.code for f in workspace.check(only=["hygiene"]).findings} & {
        "key-of-wrong-kind",
        "value-on-list",
    } == set()
    found = workspace.compare("theories", "walls", "gates", all=True)
    (cells,) = [row[1:] for row in found.rows if row[0].value == "predicted: war"]
    assert [cell.status for cell in cells] == [Status.NOT_REPORTED] * 2


def test_the_words_that_set_one_case_beside_another_are_those_of_the_rule() -> None:
    text = (ROOT / "queries" / "pivot" / "compare-cases.rq").read_text()
    (values,) = re.findall(r"VALUES \(\?comparative \?inverse\) \{(.*)\}", text)
    pairs = re.findall(r'\("(\w+)" "(\w+)"\)', values)
    assert {word for word, _ in pairs} == {word for _, word in pairs} == COMPARATIVES
