"""Comparisons: what stands in which cell, on whose word, and that every format says so."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from leagues import theorymap
from theorymap import Workspace
from theorymap.cli import options
from theorymap.compare import Facts, gather, kinds, table
from theorymap.compare.facts import COLUMNS
from theorymap.errors import EngineError, UsageError
from theorymap.formats import FORMATS, Holds, of
from theorymap.query import answer
from theorymap.rdf import Iri, Literal, Solutions
from theorymap.render import footnotes
from theorymap.render.lines import flat
from theorymap.render.text import table_text
from theorymap.store import Store
from theorymap.table import Cell, Column, Comparison, Source, Status, Table
from theorymap.terms import ID, NOT_APPLICABLE, NOT_REPORTED, RDF, RDFS, TM
from workspaces import make, repository

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTED = [
    ("theories", "balance-of-threat", "balance-of-interests"),
    ("theories", "rational-trust", "psychological-trust", "social-trust"),
    ("cases", "brazil", "colombia"),
    ("definitions", "trust"),
    ("definitions", "defection"),
    ("documents", "helbig-2019", "keating-2015"),
]
"""What docs/comparisons.md shows."""


@pytest.fixture(scope="module")
def kb() -> Workspace:
    """The knowledge base of the repository."""
    return repository()


def written(form: str, shown: Table) -> str:
    """A table in a format of the registry."""
    return FORMATS[form].write(shown).decode()


# The documents' own values and blanks


def by_dimension(found: Comparison) -> dict[str, tuple[Cell, ...]]:
    """The cells of each row, by its dimension."""
    return {str(row[0]): row[1:] for row in found.rows}


def test_the_abstract_gives_no_threat_perception_for_either_country(kb: Workspace) -> None:
    """Helbig's abstract tests the variable and reports no value of it; what it reports is one position each."""
    found = by_dimension(kb.compare("cases", "brazil", "colombia", all=True))
    assert [cell.status for cell in found["threat perception"]] == [Status.ABSTRACT_ONLY] * 2
    assert all(Source("work/helbig-2019", "abstract") in cell.sources for cell in found["threat perception"])
    valued = {name for name, cells in found.items() if any(cell.value is not None for cell in cells)}
    assert valued == {"position towards NATO"}
    assert [str(cell.value).split()[0] for cell in found["position towards NATO"]] == ["denouncer", "supporter"]


def test_no_document_gives_a_level_for_rational_or_social_trust(kb: Workspace) -> None:
    """The one level is that of Rathbun's theory; the paper was read in full, and its sections and notes are named."""
    found = kb.compare("theories", "rational-trust", "psychological-trust", "social-trust", all=True)
    rational, psychological, social = by_dimension(found)["level of analysis"]
    assert rational.status is social.status is Status.NOT_REPORTED
    assert {source.place for source in rational.sources} >= {"Trusting Relationships", "Conclusion", "notes 1-89"}
    assert psychological.value == "individual (Rathbun's theory of generalised trust)"
    assert "level of analysis" not in by_dimension(kb.compare("theories", "rational-trust", "social-trust"))


def test_two_realist_theories_have_names_and_a_verdict_and_the_rest_is_background_or_blank(kb: Workspace) -> None:
    found = by_dimension(kb.compare("theories", "balance-of-threat", "balance of interests", all=True))
    stated = {name for name, cells in found.items() if any(cell.status is Status.STATED for cell in cells)}
    assert stated == {"proponent", "verdict"}
    rest = {cell.status for name, cells in found.items() if name not in stated for cell in cells}
    assert rest == {Status.BACKGROUND, Status.ABSTRACT_ONLY}
    assert {str(cell.value).partition(":")[0] for cell in found["verdict"]} == {"does not fully explain"}


@pytest.mark.parametrize("asked", DOCUMENTED, ids=" ".join)
def test_every_blank_names_the_sections_that_were_searched(asked: tuple[str, ...], kb: Workspace) -> None:
    found = kb.compare(*asked, all=True)
    searched = (Status.NOT_REPORTED, Status.ABSTRACT_ONLY, Status.NO_MAPPING)
    blanks = [cell for row in found.rows for cell in row[1:] if cell.status in searched]
    assert blanks
    for cell in blanks:
        assert cell.sources
        assert all(s.place or s.document == "the mappings of the knowledge base" for s in cell.sources)


@pytest.mark.parametrize("asked", DOCUMENTED, ids=" ".join)
def test_every_value_says_where_it_stands(asked: tuple[str, ...], kb: Workspace) -> None:
    """And by default every row holds at least two values, out of as many rows as there are dimensions."""
    found = kb.compare(*asked)
    parts = [part for row in found.rows for cell in row[1:] for part in cell.single()]
    assert all(part.sources for part in parts if part.value is not None)
    assert min(found.coverage) >= 2 and len(found) <= found.dimensions
    assert len(kb.compare(*asked, all=True)) == found.dimensions


def test_one_word_with_two_meanings_is_warned_of(kb: Workspace) -> None:
    trust, defection = (kb.compare("definitions", name) for name in ("trust", "defection"))
    assert [note.partition(":")[0] for note in trust.notes].count("one word, two things") == 3
    assert any("encapsulated interest" in note and "generalized trust" in note for note in trust.notes)
    (warned,) = (note for note in defection.notes if note.startswith("one word, two things"))
    assert "leaving or switching sides" in warned and "military exploitation" in warned
    senses = by_dimension(defection)
    assert [str(cell) for cell in senses["sense"]] == [
        "military exploitation of an ally",
        "abandonment or surprise strike",
        "leaving or switching sides",
    ]
    assert str(senses["beside “defection: abandonment or surprise strike”"][0]) == "narrower than it"
    mapped = senses["beside “defection: abandonment or surprise strike”"][0].sources
    assert {source.said for source in mapped} == {"mapping by the theorymap curators"}


def test_no_agreement_of_documents_is_manufactured(kb: Workspace) -> None:
    """Helbig and Keating make no claim in common; likenesses are the curators' and say so, and the rest is counted."""
    found = kb.compare("documents", "helbig-2019", "keating-2015", all=True)
    labels = list(by_dimension(found))
    likenesses = [label for label in labels if not label.startswith("on ")]
    assert likenesses and all("(the theorymap curators)" in label for label in likenesses)
    silent = by_dimension(found)["on Colombia"]
    assert [cell.status for cell in silent] == [Status.STATED, Status.NOT_REPORTED]


# Agreement, disagreement and silence, where there are some

OTHER = """\
id: work/hale-2001
extent: abstract-only
extraction: by-hand
coder: group/coders
claims:
  claim/walls-help:
    attributions:
      - {holder: person/hale, commitment: COMMITMENT, stance: STANCE, passages: [{section: Two, from: a, to: b}]}
  claim/walls-bad:
    kind: causal
    text: Walls make a state nervous.
    contradicts: claim/walls-help
    topics: [region/north]
    attributions:
      - {holder: person/hale, commitment: asserts, stance: asserts, passages: [{section: Two, from: c, to: d}]}
"""
BIB = """\
@book{reed-1999, author = {Reed, Ada}, title = {On Walls}, year = {1999}}
@book{hale-2001, author = {Hale, Bo}, title = {Against Walls}, year = {2001}}
"""
AGENTS = """\
id: register/agents
agents:
  person/ada-reed: {type: Person, label: Ada Reed}
  person/hale: {type: Person, label: Bo Hale}
  group/coders: {type: Group, label: the coders, sort: panel}
"""


def test_a_document_without_an_entry_in_the_bibliography_has_its_column(tmp_path: Path) -> None:
    """Under its own name, in its place, whether or not something is said in it that is compared; the check names it."""
    silent = "id: work/hale-2001\nextent: full-text\nextraction: by-hand\ncoder: group/coders\n"
    workspace = make(tmp_path, {"kb/documents/hale-2001.yaml": silent})
    found = workspace.compare("documents", "hale-2001", "reed-1999", all=True)
    assert [column.title for column in found.columns] == ["Dimension", "hale-2001", "reed-1999"]
    codes = {(f.code, f.entity) for f in workspace.check(only=["shapes"]).findings}
    assert ("work-in-bibliography", "work/hale-2001") in codes
    assert ("work-in-bibliography", "work/reed-1999") not in codes


@pytest.mark.parametrize(
    ("commitment", "stance", "label"),
    [
        ("asserts", "asserts", "agreement: one claim"),
        ("asserts", "endorses", "agreement: one claim"),
        ("asserts", "uses", "one claim, not put forward by both"),
        ("asserts", "neutral", "one claim, not put forward by both"),
        ("asserts", "disputes", "disagreement"),
        ("doubts", "asserts", "disagreement"),
        ("denies", "asserts", "disagreement"),
        ("denies", "neutral", "opposed claims are told"),
        ("entertains", "asserts", "one claim, not taken alike"),
    ],
)
def test_two_documents_on_one_claim(commitment: str, stance: str, label: str, tmp_path: Path) -> None:
    """They agree only where both stand by the claim; a contradiction is a disagreement for the same reason."""
    other = OTHER.replace("COMMITMENT", commitment).replace("STANCE", stance)
    changes = {"kb/documents/hale-2001.yaml": other, "kb/bibliography.bib": BIB, "kb/agents.yaml": AGENTS}
    workspace = make(tmp_path, changes)
    found = workspace.compare("documents", "reed-1999", "hale-2001", all=True)
    rows = {row[0].iri.removeprefix(ID): (str(row[0]).partition(" (claim/")[0], row[1:]) for row in found.rows}
    assert rows["claim/walls-help"][0] == label
    relations = workspace.query("two-documents", x="reed-1999", y="hale-2001").column("relation")
    said = {str(relation) for relation in relations if "attack" not in str(relation)}
    assert said == {"disagreement", label}
    contradiction = rows["claim/walls-bad#claim/walls-help"]
    assert contradiction[0] == "disagreement"
    assert [str(cell) for cell in contradiction[1]] == ["Walls keep a state calm.", "Walls make a state nervous."]
    silent, spoken = rows["region/north"][1]
    assert silent.status is Status.NOT_REPORTED
    assert (str(spoken), spoken.sources[0].said) == ("Walls make a state nervous.", "Bo Hale")
    assert dict(found.cited) == {"work/reed-1999": "Reed 1999", "work/hale-2001": "Hale 2001"}


@pytest.mark.parametrize(
    ("attitude", "label", "said"),
    [
        ("commitment: denies, stance: asserts", "disagreement", " (denied by Cy Low)"),
        ("commitment: doubts, stance: asserts", "disagreement", " (doubted by Cy Low)"),
        ("commitment: asserts, stance: disputes", "disagreement", " (disputed by the document)"),
        ("commitment: denies, stance: neutral", "agreement: one claim", " (denied by Cy Low; reported)"),
        ("commitment: asserts, stance: neutral", "agreement: one claim", " (reported)"),
        ("commitment: asserts", "agreement: one claim", " (without a stance)"),
        ("commitment: asserts, stance: asserts", "agreement: one claim", ""),
    ],
)
def test_what_a_third_document_makes_of_an_agreement(attitude: str, label: str, said: str, tmp_path: Path) -> None:
    """It stands in the one row of the claim, as what it is; a denial in its own voice makes a disagreement of it."""
    other = OTHER.replace("COMMITMENT", "asserts").replace("STANCE", "asserts")
    third = (
        other.partition("  claim/walls-bad")[0].replace("hale-2001", "low-2005").replace("person/hale", "person/low")
    )
    changes = {
        "kb/documents/hale-2001.yaml": other,
        "kb/documents/low-2005.yaml": third.replace("commitment: asserts, stance: asserts", attitude),
        "kb/bibliography.bib": BIB + "@book{low-2005, author = {Low, Cy}, title = {Walls Again}, year = {2005}}\n",
        "kb/agents.yaml": AGENTS + "  person/low: {type: Person, label: Cy Low}\n",
    }
    found = make(tmp_path, changes).compare("documents", "reed-1999", "hale-2001", "low-2005")
    (row,) = (row for row in found.rows if row[0].iri == f"{ID}claim/walls-help")
    words = "Walls keep a state calm."
    assert str(row[0]).partition(" (claim/")[0] == label
    assert [str(cell) for cell in row[1:]] == [words, words, words + said]
    assert {cell.status for cell in row[1:]} == {Status.STATED}


def test_a_claim_without_a_stance_is_among_those_on_its_topic(tmp_path: Path) -> None:
    other = OTHER.replace("COMMITMENT", "asserts").replace(", stance: STANCE", "").replace(", stance: asserts", "")
    changes = {"kb/documents/hale-2001.yaml": other, "kb/bibliography.bib": BIB, "kb/agents.yaml": AGENTS}
    found = by_dimension(make(tmp_path, changes).compare("documents", "reed-1999", "hale-2001", all=True))
    silent, spoken = found["on the North"]
    assert (silent.value, spoken.value) == (None, "Walls make a state nervous.")


ATTACKS = """\
attacks:
  attack/of-hale:
    maker: MAKER
    by: [claim/walls-bad]
    target: TARGET
    passages: [{section: Three, from: e, to: f}]
"""


@pytest.mark.parametrize(
    ("target", "maker", "label", "attacked"),
    [
        ("argument/calm", "person/bo-hale", "disagreement: an attack", "the step to: Walls keep a state calm."),
        ("claim/walls-explain", "person/bo-hale", "disagreement: an attack", "The theory of walls explains calm."),
        ("claim/walls-help", "person/bo-hale", "disagreement: an attack", "Walls keep a state calm."),
        ("attack/fall", "person/bo-hale", "disagreement: an attack", "the objection: Every wall falls in the end."),
        (
            "argument/calm",
            "group/coders",
            "an attack, not between their own views",
            "the step to: Walls keep a state calm.",
        ),
    ],
)
def test_an_attack_on_another_document_is_a_disagreement(
    target: str, maker: str, label: str, attacked: str, tmp_path: Path
) -> None:
    """On a step, a premise, a claim and an objection; where its maker is not the author, told."""
    other = OTHER.partition("  claim/walls-help")[0] + "  claim/walls-bad" + OTHER.partition("  claim/walls-bad")[2]
    other = other.replace("    contradicts: claim/walls-help\n", "").replace("person/hale", "person/bo-hale")
    changes = {
        "kb/documents/hale-2001.yaml": other + ATTACKS.replace("MAKER", maker).replace("TARGET", target),
        "kb/bibliography.bib": BIB,
        "kb/agents.yaml": AGENTS.replace("person/hale", "person/bo-hale"),
    }
    workspace = make(tmp_path, changes)
    found = workspace.compare("documents", "reed-1999", "hale-2001")
    (row,) = (row for row in found.rows if row[0].iri == f"{ID}attack/of-hale")
    kinds = {"argument/calm": "undercuts", "claim/walls-explain": "undermines", "attack/fall": "undercuts"}
    attack = f"{kinds.get(target, 'rebuts')} it: Walls make a state nervous."
    assert [str(cell) for cell in row] == [label, attacked, attack]
    assert row[2].sources == (Source("work/hale-2001", "Three", "Bo Hale" if "hale" in maker else "the coders"),)
    (told,) = (
        told
        for told in workspace.query("two-documents", x="hale-2001", y="reed-1999").records()
        if "attack" in str(told["relation"].value)
    )
    assert (told["relation"].value, told["first"].value, told["second"].value) == (label, attack, attacked)


# What restricts a value, and how theories stand to each other

CLAIM = """\
    attributions:
      - {holder: person/ada-reed, commitment: asserts, hedge: HEDGE, stance: asserts, passages: [*HERE]}
"""
JUDGED = """\
id: work/reed-1999
extent: full-text
extraction: by-hand
coder: group/coders
claims:
  claim/verdict:
    type: Assessment
    text: Walls likely explain the calm of Brazil while they are new.
    theory: theory/walls
    verdict: explains
    respect: the calm of Brazil
    than: moats
    condition_text: The walls are new.
    period: period/long-peace
    case: state/brazil
PROBABLE  claim/stronger:
    type: Comparison
    text: Walls are perhaps stronger than moats.
    theory: theory/walls
    compared_with: theory/moats
    dimension: dimension/strength
    outcome: more
POSSIBLE  claim/different:
    type: Comparison
    text: Walls differ from moats in being dry.
    theory: theory/walls
    compared_with: theory/moats
    dimension: dimension/strength
    outcome: different
PLAIN  claim/supplements:
    type: RelationClaim
    text: Moats supplement walls.
    subject: theory/moats
    relation: supplements
    object: theory/walls
PLAIN  claim/within:
    type: RelationClaim
    text: Low walls are walls.
    subject: theory/low-walls
    relation: is-instance-of
    object: theory/walls
PLAIN  claim/reach:
    kind: evaluative
    text: Walls reach no further than the plain.
    limits: [theory/walls]
PLAIN"""
MOATS = {
    "kb/theories.yaml": """\
id: register/theories
dimensions:
  dimension/strength: {label: strength, description: How much it holds off.}
  dimension/limits: {label: reach, description: How far it goes.}
theories:
  theory/walls: {label: walls, sort: theory}
  theory/low-walls: {label: low walls, sort: variant, variant_of: theory/walls}
  theory/moats: {label: moats, sort: theory}
""",
    "kb/documents/reed-1999.yaml": functools.reduce(
        lambda text, hedge: text.replace(
            hedge.upper(), CLAIM.replace("HEDGE", hedge).replace("*HERE", "{section: One, from: a, to: b}")
        ),
        ["probable", "possible", "plain"],
        JUDGED,
    ),
}


def test_a_verdict_says_what_restricts_it(tmp_path: Path) -> None:
    """Condition, period, what is compared and the hedge; a case that is named already is not said again."""
    workspace = make(tmp_path, MOATS)
    walls, moats = by_dimension(workspace.compare("theories", "walls", "moats", all=True))["verdict"]
    said = "compared with moats; condition: The walls are new; period: the long peace"
    assert str(walls) == f"explains: the calm of Brazil ({said}; hedge: probable)"
    assert moats.status is Status.NOT_REPORTED
    rows = workspace.query("theories-side-by-side", x="walls", y="moats").records()
    (verdict,) = (row for row in rows if row["dimension"].value == "verdict" and row["value"].value)
    assert str(verdict["restriction"].value).split(" | ") == sorted([*said.split("; "), "hedge: probable"])


def test_that_two_theories_differ_is_a_relation_and_no_value(tmp_path: Path) -> None:
    """Both sides of a relation show its text; how a theory stands to its own variant is no relation to others."""
    workspace = make(tmp_path, MOATS)
    found = by_dimension(workspace.compare("theories", "walls", "moats", all=True))
    assert str(found["strength"][0]) == "more than moats (hedge: possible)"
    relation = "Moats supplement walls. | Walls differ from moats in being dry."
    assert [str(cell) for cell in found["relation to other theories and views"]] == [relation] * 2
    rows = workspace.query("theories-side-by-side", x="walls", y="moats").records()
    told = [(row["dimension"].value, row["value"].value) for row in rows if row["theory"].value == "walls"]
    assert ("strength", "more than moats") in told
    told_of_moats = [row["value"].value for row in rows if row["theory"].value == "moats"]
    assert told_of_moats.count("less than walls") == 1
    (mirrored,) = [row for row in rows if (row["theory"].value, row["dimension"].value) == ("moats", "strength")]
    assert mirrored["value"].value == "less than walls"  # and no blank beside it
    assert [text for name, text in told if str(name).startswith("relation")] == relation.split(" | ")


def test_what_compares_two_theories_is_told_of_both(tmp_path: Path) -> None:
    """From the side of each, on one word and with one hedge; and equal is equal both ways."""
    workspace = make(tmp_path, MOATS)
    walls, moats = by_dimension(workspace.compare("theories", "walls", "moats", all=True))["strength"]
    assert [str(walls), str(moats)] == ["more than moats (hedge: possible)", "less than walls (hedge: possible)"]
    assert walls.sources == moats.sources
    equal = {name: text.replace("outcome: more", "outcome: equal") for name, text in MOATS.items()}
    cells = by_dimension(make(tmp_path, equal).compare("theories", "walls", "moats", all=True))["strength"]
    assert [str(cell).partition(" (")[0] for cell in cells] == ["as much as moats", "as much as walls"]


@pytest.mark.parametrize(
    ("value", "commitment", "brazil", "chile"),
    [
        ("more", "asserts", "more than Chile", "less than Brazil"),
        ("Less", "denies", "less than Chile (denied by Ada Reed)", "more than Brazil (denied by Ada Reed)"),
        ("equal", "asserts", "equal to Chile", "equal to Brazil"),
        ("wetter", "asserts", "wetter (compared with Chile)", "Brazil beside it: wetter"),
    ],
)
def test_what_compares_two_cases_is_told_of_both(
    value: str, commitment: str, brazil: str, chile: str, tmp_path: Path
) -> None:
    """From the side of each where the value has an inverse, else as it is said of the other; on one word."""
    found = by_dimension(make(tmp_path, _beside(value, commitment)).compare("cases", "brazil", "chile", all=True))
    cells = found["trust"]
    assert [str(cell) for cell in cells] == [brazil, chile]
    assert cells[0].sources == cells[1].sources and {cell.status for cell in cells} == {Status.STATED}


def test_two_voices_that_rank_two_cases_otherwise_conflict_on_both(tmp_path: Path) -> None:
    changes = _beside("more", "asserts")
    text = changes["kb/documents/reed-1999.yaml"]
    _, _, claim = text.partition("claims:\n")
    other = claim.replace("claim/trusts", "claim/mistrusts").replace("Brazil trusts", "Chile trusts")
    other = other.replace("case: state/brazil", "case: state/chile").replace("than: Chile", "than: Brazil")
    changes["kb/documents/reed-1999.yaml"] = text + other.replace("person/ada-reed", "group/coders")
    found = by_dimension(make(tmp_path, changes).compare("cases", "brazil", "chile", all=True))
    assert [cell.status for cell in found["trust"]] == [Status.CONFLICTING] * 2
    assert str(found["trust"][0]) == "less than Chile | more than Chile"


def _beside(value: str, commitment: str) -> dict[str, str]:
    """A workspace in which Brazil is observed beside Chile."""
    claim = f"""\
  claim/trusts:
    type: Observation
    text: Brazil trusts otherwise than Chile.
    case: state/brazil
    variable: variable/trust
    value: {value}
    than: Chile
    attributions:
      - holder: person/ada-reed
        commitment: {commitment}
        hedge: plain
        stance: asserts
        passages: [{{section: One, from: a, to: b}}]
"""
    states = "".join(f"  state/{name.lower()}: {{type: State, label: {name}}}\n" for name in ("Brazil", "Chile"))
    return {
        "kb/cases.yaml": f"id: register/cases\ncases:\n{states}",
        "kb/variables.yaml": "id: register/variables\nvariables:\n  variable/trust: {label: trust}\n",
        "kb/documents/reed-1999.yaml": JUDGED.partition("claims:\n")[0] + "claims:\n" + claim,
    }


def test_what_limits_a_theory_stands_in_the_row_of_its_limits(tmp_path: Path) -> None:
    workspace = make(tmp_path, MOATS)
    found = by_dimension(workspace.compare("theories", "walls", "moats", all=True))
    assert str(found["reach"][0]) == "Walls reach no further than the plain."
    assert not {name for name in found if name.startswith("limit")}
    rows = workspace.query("theories-side-by-side", x="walls", y="moats").records()
    assert ("reach", "Walls reach no further than the plain.") in {
        (row["dimension"].value, row["value"].value) for row in rows
    }


def test_what_theories_propose_and_predict_stands_in_rows_of_its_own(tmp_path: Path) -> None:
    """A row for each effect and each variable that is predicted; the value has its conditions and what limits it."""
    claims = "".join(
        f"""\
  claim/{theory}-raise:
    type: Proposition
    text: The {theory} with guards {relation} calm.
    theory: theory/{theory}
    cause: [variable/height, variable/guards]
    relation: {relation}
    effect: variable/calm
    condition_text: It is night.
    quantifier: {quantifier}
PROBABLE  claim/{theory}-foretell:
    type: Prediction
    text: The {theory} foretell.
    theory: theory/{theory}
    when: [{{variable: variable/height, value: low}}, {{variable: variable/guards, value: few}}]
    expects: [{{variable: variable/calm, value: {value}, towards: state/brazil}}]
    derived_by: person/ada-reed
PLAIN"""
        for theory, relation, quantifier, value in (
            ("walls", "raises", "generic", "lost"),
            ("moats", "lowers", "most", "kept"),
        )
    )
    claims += """\
  claim/alone:
    type: Proposition
    text: Guards cost.
    theory: theory/walls
    cause: variable/guards
    relation: raises
    effect: variable/cost
PLAIN"""
    for hedge in ("probable", "plain"):
        said = CLAIM.replace("HEDGE", hedge).replace("*HERE", "{section: One, from: a, to: b}")
        claims = claims.replace(hedge.upper(), said)
    names = ("height", "guards", "calm", "cost")
    changes = MOATS | {
        "kb/variables.yaml": "id: register/variables\nvariables:\n"
        + "".join(f"  variable/{name}: {{label: {name}}}\n" for name in names),
        "kb/documents/reed-1999.yaml": JUDGED.partition("claims:\n")[0] + "claims:\n" + claims,
    }
    workspace = make(tmp_path, changes)
    found = by_dimension(workspace.compare("theories", "walls", "moats"))
    assert list(found) == ["what bears on calm", "predicted: calm"]
    assert [str(cell) for cell in found["what bears on calm"]] == [
        "guards: raises (condition: It is night; in general; together with height; hedge: probable)"
        " | height: raises (condition: It is night; in general; together with guards; hedge: probable)",
        "guards: lowers (condition: It is night; how many: most; together with height; hedge: probable)"
        " | height: lowers (condition: It is night; how many: most; together with guards; hedge: probable)",
    ]
    derived = "derived by Ada Reed; when guards: few and height: low"
    assert [str(cell) for cell in found["predicted: calm"]] == [
        f"lost, towards Brazil ({derived})",
        f"kept, towards Brazil ({derived})",
    ]
    assert found["predicted: calm"][0].sources == (Source("work/reed-1999", "One", "Ada Reed"),)
    assert found["predicted: calm"][0].status is Status.STATED
    assert "what bears on cost" in by_dimension(workspace.compare("theories", "walls", "moats", all=True))


def test_each_hedge_stands_by_itself() -> None:
    """What one says plainly and another probably are two; who says which is not lost."""
    voices = [
        fact("state/a", "size", "big", told=str(n), hedge=hedge) for n, hedge in enumerate(["probable", "possible"])
    ]
    cell = compared(*voices, fact("state/a", "size", "big", told="c", holder="Bo")).rows[0][1]
    assert str(cell) == "big | big (hedge: possible) | big (hedge: probable)" and cell.status is Status.STATED
    assert [source.said for source in cell.parts[0].sources] == ["Bo"]


def test_what_is_meant_at_once_is_one_restriction() -> None:
    cell = compared(
        *(
            fact("state/a", "size", "big", told="a", restriction=words)
            for words in ("when B: high", "case: X", "when A: low", "derived by C", "derived by D")
        )
    ).rows[0][1]
    assert str(cell) == "big (case: X; derived by C and D; when A: low and B: high)"


@pytest.mark.parametrize(
    ("certainty", "said"),
    [("", "Bo"), ("explicit", "Bo"), ("inferred", "Bo, holder inferred"), ("note only", "Bo, named in a note only")],
)
def test_a_source_says_how_surely_its_holder_is_the_holder(certainty: str, said: str) -> None:
    cell = compared(fact("state/a", "size", "big", told="a", holder="Bo", certainty=certainty)).rows[0][1]
    assert [source.said for source in cell.sources] == [said]


# Definitions, and what defines nothing

SENSES = (
    """\
id: work/reed-1999
extent: full-text
extraction: by-hand
coder: group/coders
claims:
"""
    + "".join(
        f"""\
  claim/{name}:
    type: Definition
    text: A {name} is {sense}.
    term: {name}
    sense: {sense}
    construct: construct/{of}
    sort: stipulated
"""
        + CLAIM.replace("HEDGE", "plain").replace("*HERE", "{section: One, from: a, to: b}")
        for name, of, sense in (("wall", "wall", "high"), ("rampart", "wall", "wide"), ("moat", "moat", "wet"))
    )
    + """\
  claim/walls-stand:
    kind: definitional
    text: Walls stand.
    topics: [construct/wall]
"""
    + CLAIM.replace("HEDGE", "plain").replace("*HERE", "{section: One, from: a, to: b}").replace("asserts", "denies", 1)
)
CONSTRUCTS = """\
id: register/variables
constructs:
  construct/wall: {label: wall}
  construct/moat: {label: moat}
"""
DEFINED = {"kb/documents/reed-1999.yaml": SENSES, "kb/variables.yaml": CONSTRUCTS}


def test_what_nobody_mapped_is_no_silence(tmp_path: Path) -> None:
    """Of one construct or of two; only a sense beside itself is no blank at all."""
    table = make(tmp_path, DEFINED).compare("definitions", "wall", "moat", all=True)
    assert [column.title for column in table.columns[1:]] == ["moat: wet", "rampart: wide", "wall: high"]
    moat, rampart, wall = by_dimension(table)["beside “wall: high”"]
    assert wall.status is Status.NOT_APPLICABLE and not wall.sources
    for cell in (moat, rampart):
        assert str(cell) == "(no mapping)" and cell.sources == (Source("the mappings of the knowledge base"),)


WARNED = "one word, two meanings: construct/moat beside construct/wall: "


@pytest.mark.parametrize(
    ("predicate", "modifier", "of_wall", "of_moat", "warned"),
    [
        ("", "", "(no mapping)", "(no mapping)", WARNED + "no mapping between them is stated."),
        ("skos:closeMatch", "Not", *["one word, two things"] * 2, WARNED + "Both stop people."),
        ("skos:closeMatch", "", "close to it", "close to it", ""),
        ("skos:exactMatch", "", "the same", "the same", ""),
        ("skos:broadMatch", "", "narrower than it", "wider than it", ""),
    ],
)
def test_constructs_of_one_word_are_mapped_or_warned_of(
    predicate: str, modifier: str, of_wall: str, of_moat: str, warned: str, tmp_path: Path
) -> None:
    """Naming one construct shows the definitions of both, how the constructs are mapped, and by whom."""
    cells = ["id:mapping/a", "id:construct/wall", predicate, modifier, "id:construct/moat"]
    cells += ["semapv:ManualMappingCuration", "id:group/coders", "Both stop people.", "id:work/reed-1999"]
    head = "mapping_id subject_id predicate_id predicate_modifier object_id mapping_justification author_id comment"
    lines = ["\t".join(f"{head} rests_on".split()), *(["\t".join(cells)] if predicate else [])]
    changes = DEFINED | {
        "kb/variables.yaml": CONSTRUCTS.replace("label: moat", "label: Moat, alt_labels: [Wall]"),
        "kb/mappings.sssom.tsv": "#license: https://creativecommons.org/licenses/by/4.0/\n" + "\n".join(lines) + "\n",
    }
    found = make(tmp_path, changes).compare("definitions", "construct/wall", all=True)
    assert [column.title for column in found.columns[1:]] == ["moat: wet", "rampart: wide", "wall: high"]
    rows = by_dimension(found)
    assert [str(cell) for cell in rows["construct beside “Moat”"]] == ["(not applicable)", of_wall, of_wall]
    assert [str(cell) for cell in rows["construct beside “wall”"]] == [of_moat, *["(not applicable)"] * 2]
    said = {source.said for source in rows["construct beside “wall”"][0].sources}
    assert said == ({"mapping by the coders"} if predicate else {""})
    assert [note for note in found.notes if note.startswith("one word")] == ([warned] if warned else [])


def test_what_is_said_of_a_construct_stands_below_its_definitions(tmp_path: Path) -> None:
    """It is no definition and has no word; who denies it does not say it."""
    rows = make(tmp_path, DEFINED).query("definitions-of-a-construct", construct="wall").records()
    assert [(row["text"].value, row["sort"].value) for row in rows] == [
        ("A rampart is wide.", "stipulated"),
        ("A wall is high.", "stipulated"),
        ("Walls stand.", "says of it, no definition"),
    ]
    assert rows[2]["definer"].value == "Ada Reed (denies)"


# The pivot, row by row


def fact(item: str, dimension: str, value: str | Iri | None = None, **more: str) -> dict[str, object]:
    """A row of a query; who says so, where, are those of one document unless said otherwise."""
    plain = {"item": Iri(f"{ID}{item}"), "heading": item, "dimension": dimension, "label": dimension, "value": value}
    where = {"told": "t", "status": "stated", "document": f"{ID}work/reed-1999", "section": "One", "holder": "Ada Reed"}
    return plain | (where if value is not None else {}) | {"verb": "asserts", "stance": "asserts"} | more


def facts(*rows: dict[str, object]) -> Facts:
    """The facts of rows."""
    cells = [tuple(Literal(v) if type(v) is str else v for v in (row.get(c) for c in COLUMNS)) for row in rows]
    return gather(Solutions(tuple(COLUMNS), cells))  # type: ignore[arg-type]


def compared(*rows: dict[str, object], everything: bool = True) -> Comparison:
    """The comparison of rows; a blank was searched in one section."""
    blank = Cell(None, (Source("work/reed-1999", "One"),), Status.NOT_REPORTED)
    return table("Which?", facts(*rows), lambda item: blank, everything=everything)


def test_ties() -> None:
    """One value of two voices is one value with both; two things or dimensions of one name are told apart."""
    found = compared(
        fact("state/a", "size", "big", told="1"),
        fact("state/a", "size", "big", told="2", holder="Bo Hale", section="Two"),
        fact("state/b", "size", "big", heading="state/a"),
        fact("state/b", f"{ID}variable/size", "small", label="size"),
    )
    assert [column.title for column in found.columns[1:]] == ["state/a (state/a)", "state/a (state/b)"]
    assert [str(row[0]) for row in found.rows] == ["size (variable/size)", "size (size)"]
    cell = found.rows[1][1]
    assert (cell.value, cell.parts) == ("big", ())
    assert [(source.place, source.said) for source in cell.sources] == [("One", "Ada Reed"), ("Two", "Bo Hale")]


def test_missing_values() -> None:
    """A row with fewer than two values is counted and left out, unless all are asked for."""
    rows = (
        fact("state/a", "size", "big"),
        fact("state/b", "age", "old"),
        fact("state/b", "size", "big"),
        fact("state/b", "rank"),
    )
    assert [str(row[0]) for row in compared(*rows, everything=False).rows] == ["size"]
    found = compared(*rows)
    assert (found.counts, found.dimensions, found.coverage) == ((1, 2), 3, [1, 0, 2])
    assert any("not shown: 2 of 3" in note for note in compared(*rows, everything=False).notes)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ({"slot": "s"}, {"slot": "s", "holder": "Bo Hale"}, Status.CONFLICTING),
        ({"slot": "s"}, {"slot": "s", "document": f"{ID}work/hale-2001"}, Status.CONFLICTING),
        ({"slot": "s"}, {"slot": "s"}, Status.STATED),
        ({"slot": "s", "value": "2"}, {"slot": "s", "value": "2.0", "holder": "Bo Hale"}, Status.STATED),
        ({"slot": "s"}, {"slot": "r", "holder": "Bo Hale"}, Status.STATED),
        ({}, {"holder": "Bo Hale"}, Status.STATED),
        ({}, {"value": "big", "holder": "Bo Hale", "verb": "denies"}, Status.CONFLICTING),
        ({}, {"value": "big", "holder": "Bo Hale", "verb": "entertains"}, Status.STATED),
        ({"value": "small", "verb": "doubts"}, {"holder": "Bo Hale", "verb": "denies"}, Status.STATED),
        ({}, {"value": NOT_APPLICABLE, "holder": "Bo Hale"}, Status.CONFLICTING),
        ({"status": "background"}, {"status": "background"}, Status.BACKGROUND),
        ({"status": "background"}, {}, Status.STATED),
        ({}, {"status": "conflicting"}, Status.CONFLICTING),
    ],
)
def test_conflicting_sources(first: dict[str, str], second: dict[str, str], status: Status) -> None:
    """Two voices that fill one slot otherwise, or of whom one denies, conflict; each keeps its own source."""
    one = fact("state/a", "size", "big", told="1") | first
    other = fact("state/a", "size", "small", told="2", section="Two") | second
    cell = compared(one, other).rows[0][1]
    assert cell.status is status
    assert {tuple(source.place for source in part.sources) for part in cell.parts} == {("One",), ("Two",)}
    opposed = {part.opposed for part in cell.parts if part.status is not Status.CONFLICTING}
    assert opposed == {status is Status.CONFLICTING and second.get("status") != "conflicting"}


def test_of_several_values_those_in_conflict_are_told_apart() -> None:
    """Those of one period exclude each other; the third is of another, and no voice opposes it."""
    voices = (("low", "1990s", "Ada Reed"), ("high", "1990s", "Bo Hale"), ("high", "2000s", "Bo Hale"))
    found = compared(
        *(
            fact(
                "state/a",
                "size",
                value,
                qualifier=f"period {span}",
                slot=f"listed {span}",
                holder=who,
                told=value + span,
            )
            for value, span, who in voices
        )
    )
    cell = found.rows[0][1]
    assert cell.status is Status.CONFLICTING
    assert [(str(part), part.opposed) for part in cell.parts] == [
        ("high (period 1990s)", True),
        ("high (period 2000s)", False),
        ("low (period 1990s)", True),
    ]
    assert Comparison.from_json(json.loads(json.dumps(found.to_json()))) == found
    values = json.loads(written("json", found))["rows"][0]["cells"]["state/a"]["values"]
    assert [value["conflicting"] for value in values] == [True, False, True]
    head, *rows = csv.reader(io.StringIO(written("long", found), newline=""))
    assert [row[head.index("conflicting")] for row in rows] == ["true", "false", "true"]


def test_what_is_announced_or_coded_as_not_reported_is_a_blank() -> None:
    found = compared(
        fact("state/a", "size", "big", stance="announces"),
        fact("state/b", "size", NOT_REPORTED),
        fact("state/c", "size", NOT_APPLICABLE),
        fact("state/d", "size", "big", verb="denies"),
    )
    cells = found.rows[0][1:]
    assert [c.status for c in cells[:3]] == [Status.ANNOUNCED, Status.NOT_REPORTED, Status.NOT_APPLICABLE]
    assert cells[0].sources == (Source("work/reed-1999", "One", "Ada Reed"),)
    assert cells[3].value == "big (denied by Ada Reed)"


def test_who_says_so_and_through_whom() -> None:
    row = fact("state/a", "size", "big", cited="hale-2001, p. 3", stance="qualifies")
    chain = [row | {"step": str(at), "teller": name} for at, name in ((10, "Cy"), (2, "Bo"))]
    (source,) = compared(*chain).rows[0][1].sources
    assert source.said == "Ada Reed, hale-2001, p. 3, through Bo and Cy; qualified by the document"


def test_a_single_case() -> None:
    """It is compared with nothing, and still shown with what is known of it."""
    found = compared(fact("state/a", "size", "big"), fact("state/a", "age"), everything=False)
    assert [[str(cell) for cell in row] for row in found.rows] == [["size", "big"]]


def test_the_order_of_the_rows_means_nothing() -> None:
    rows = [
        fact(f"state/{item}", dimension, f"{value}", told=str(value), section=f"S{value}")
        for item in "ab"
        for dimension in ("size", "age")
        for value in range(3)
    ]
    assert compared(*rows) == compared(*reversed(rows))


@pytest.mark.parametrize(
    ("value", "stance", "status", "shown"),
    [
        ("high", "asserts", Status.STATED, "high"),
        ("not-reported", "asserts", Status.NOT_REPORTED, None),
        ("not-applicable", "asserts", Status.NOT_APPLICABLE, None),
        ("high", "announces", Status.ANNOUNCED, None),
    ],
)
def test_a_marker_is_no_value_side_by_side(
    value: str, stance: str, status: Status, shown: str | None, tmp_path: Path
) -> None:
    """Of two cases and of two theories: a column of its own says what the value rests on, or which blank it is."""
    changes = _beside(value, "asserts")
    document = changes["kb/documents/reed-1999.yaml"].replace("    than: Chile\n", "")
    character = f"""\
  claim/walls-high:
    type: Characterisation
    text: Walls are high.
    theory: theory/walls
    dimension: dimension/strength
    value: {value}
"""
    said = CLAIM.replace("HEDGE", "plain").replace("*HERE", "{section: One, from: a, to: b}")
    document = (document + character + said).replace("stance: asserts", f"stance: {stance}")
    changes |= {"kb/documents/reed-1999.yaml": document, "kb/theories.yaml": MOATS["kb/theories.yaml"]}
    workspace = make(tmp_path, changes)
    for question, x, y, about in (
        ("cases-side-by-side", "brazil", "chile", {"case": "Brazil", "variable": "trust"}),
        ("theories-side-by-side", "walls", "moats", {"theory": "walls", "dimension": "strength"}),
    ):
        records = workspace.query(question, x=x, y=y).records()
        (row,) = (row for row in records if all(row[name].value == word for name, word in about.items()))
        assert (row["value"].value, row["value"].status, row["rests"].value) == (shown, status, status.value)
        assert row["holder"].value == "Ada Reed" and row["value"].sources == (Source("work/reed-1999", "One"),)
        compared = by_dimension(workspace.compare(question.partition("-")[0], x, y, all=True))
        cell = compared[str(about.get("variable", about.get("dimension")))][0]
        assert str(cell).partition(" ")[0] == shown if shown else (cell.value, cell.status) == (None, status)
        blank = next(row for row in records if row[next(iter(about))].value in ("Chile", "moats"))
        assert (blank["value"].value, blank["rests"].value, blank["holder"].value) == (None, "not reported", None)


def test_what_a_class_of_claims_has_not_is_not_applicable(kb: Workspace) -> None:
    """Predictions and verdicts say what they do; of a claim that could have a part and has none it is not reported."""
    records = {str(row["claim"]): row for row in kb.query("claims-and-holders").records()}
    exit_, verdict, seen = (
        records[f"claim/{name}"]
        for name in ("hardin-exit-prediction", "psychological-trust-of-limited-use", "brazil-denounces-nato")
    )
    assert str(exit_["expects"]) == "membership of an alliance: exit"
    assert str(exit_["when"]).split(" | ") == [
        "expected continuation of the relationship: absent",
        "mutual benefit from the relationship: absent",
    ]
    assert str(verdict["verdict"]) == "of limited use"
    assert (seen["variable"].value, seen["value"].value) == ("position towards NATO", "denouncer")
    parts = ("cause", "relation", "effect", "when", "expects", "verdict", "variable", "value")
    for row, own in ((exit_, {"when", "expects"}), (verdict, {"verdict"}), (seen, {"variable", "value"})):
        assert {name for name in parts if row[name].status is not Status.NOT_APPLICABLE} == own
        assert row["quantifier"].status in (Status.STATED, Status.NOT_REPORTED)


# A large table


@functools.cache
def imported(cases: int = 500, variables: int = 12, relations: int = 4_000) -> Store:
    """What a table of cases and one of relations make of an empty knowledge base, without their passages."""
    graph = f"<{ID}graph/t>"

    def said(kind: str, name: object, **slots: str) -> str:
        values = {str(TM.term(slot)): value for slot, value in slots.items() if slot not in ("a", "label")}
        values |= {RDF.type: f"<{TM.term(slots['a'])}>", RDFS.label: f'"{slots.get("label", name)}"'}
        return "".join(f"<{ID}{kind}/{name}> <{key}> {value} {graph} .\n" for key, value in values.items())

    def claim(name: str, work: str, **slots: str) -> str:
        told = {"document": f"<{ID}work/{work}>", "holder": f"<{ID}person/ada>", "passage": f"<{ID}passage/{name}>"}
        held = {word: f"<{TM.term(f'{word}/asserts')}>" for word in ("commitment", "stance")}
        attribution = said("attribution", name, a="Attribution", **told, **held)
        passage = said("passage", name, a="Passage", section='"One"', document=told["document"])
        return said("claim", name, attribution=f"<{ID}attribution/{name}>", **slots) + attribution + passage

    lines = [said("person", "ada", a="Person")]
    lines += [
        f'<{TM.term(f"{word}/asserts")}> <{RDFS.label}> "asserts" {graph} .\n' for word in ("commitment", "stance")
    ]
    full = f"<{TM.term('extent/full-text')}>"
    lines += [said("work", name, a="Document", extent=full) for name in ("cases", "relations")]
    lines += [said("case", f"c{n}", a="Case") for n in range(cases)]
    lines += [said("variable", f"v{n}", a="Variable") for n in range(max(variables, 900))]
    lines += [
        claim(
            f"c{case}-{n}",
            "cases",
            a="Observation",
            case=f"<{ID}case/c{case}>",
            variable=f"<{ID}variable/v{n}>",
            value=f'"high {n}"',
        )
        for case in range(cases)
        for n in range(variables)
    ]
    lines += [
        claim(
            f"r{n}",
            "relations",
            a="Proposition",
            cause=f"<{ID}variable/v{n % 900}>",
            effect=f"<{ID}variable/v{n * 7 % 900}>",
        )
        for n in range(relations)
    ]
    return Store("".join(lines).encode())


def test_two_cases_of_a_large_table_are_set_side_by_side(kb: Workspace) -> None:
    """Five hundred cases of twelve variables and four thousand relations; each variable of both, in seconds."""
    query = kb.knowledge.catalogue.get("cases-side-by-side")
    found = answer.run(query, imported(), {"x": "case/c1", "y": "case/c2"}, timeout=30).records()
    told = sorted((str(row["variable"].value), str(row["case"].value), str(row["value"].value)) for row in found)
    assert told == sorted((f"v{n}", case, f"high {n}") for n in range(12) for case in ("c1", "c2"))


# Formats

HOSTILE = [
    "<script>alert('x')</script>&amp;\"",
    "a | b \\| c \\",
    "*bold* _it_ `code` [link](http://x) ![i](y) [^1] ~~no~~ $x$ <!--",
    "\\input{/etc/passwd} {} $ & # ^ _ ~ % \\\\ }",
    "[2em] starts a row",
    "* stars",
    '=HYPERLINK("http://x";"y"), +1, -1, @SUM(A1)',
    'quote " and, comma; semicolon\nnew line\r\ttab',
    "\x1b[31mred\x1b[0m \x00 \u202e",
    "NA",
    "NO",
    "NULL",
    "TRUE",
    "007",
    "data frame.1 %in% function",
    "Ærø – “Straße” 北約",
]


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    """Each text as a thing, a dimension, a value, a place and a holder."""
    rows = [
        fact(f"x/{at}", text, text, heading=text, section=text, holder=text, told=str(number))
        for at, text in enumerate(HOSTILE)
        for number, _ in enumerate("ab")
    ]
    rows += [fact(f"x/{at}", text, "more", told="c") for at, text in enumerate(HOSTILE)]
    return replace(compared(*rows), notes=tuple(HOSTILE), title=" ".join(HOSTILE))


@pytest.fixture(scope="module")
def plain(hostile: Comparison) -> Table:
    """The same as a table that is no comparison."""
    return Table(hostile.title, hostile.columns, hostile.rows, hostile.notes)


@pytest.fixture(scope="module")
def narrow(hostile: Comparison) -> Comparison:
    """The same with as many things as stand beside each other on a page."""
    rows = tuple(row[:5] for row in hostile.rows)
    return replace(hostile, columns=hostile.columns[:5], rows=rows, counts=hostile.counts[:4])


class Page(HTMLParser):
    """The tags, the texts of the cells and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.heads: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids |= {str(given["id"])} if "id" in given else set()
        self.links |= {str(given["href"])} if "href" in given else set()
        if tag not in ("meta", "!doctype"):
            self.open.append(tag)
        if tag == "th":
            assert given["scope"] in ("col", "row")
            self.heads.append("")
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "th" in self.open:
            self.heads[-1] += data
        elif "td" in self.open:
            self.cells[-1] += data


@pytest.mark.parametrize("kind", ["hostile", "plain"])
def test_html_is_sound_and_says_what_it_was_given(kind: str, request: pytest.FixtureRequest) -> None:
    shown: Table = request.getfixturevalue(kind)
    page = Page(written("html", shown))
    assert page.open == []
    allowed = (
        "html head meta title style body main p table caption thead tbody tr th td ul li ol section h2 span sup a div"
    )
    assert page.tags <= set(allowed.split())
    assert page.links and {link.removeprefix("#") for link in page.links} <= page.ids
    assert page.heads[: len(shown.columns)] == [flat(column.title) for column in shown.columns]
    assert all(any(flat(text) in cell for cell in page.cells) for text in HOSTILE)


def unescaped(latex: str) -> Iterator[str]:
    """The special characters that LaTeX would obey, but for braces, our commands and what separates cells."""
    ours = "begin end caption toprule midrule bottomrule endfirsthead endhead endfoot emph item cite noindent par"
    ours += " footnotesize raggedright arraybackslash linewidth addlinespace dimexpr tabcolsep relax text[a-z]+"
    ours += " hspace mbox nobreak multicolumn"
    known = rf"\\(?:{'|'.join(ours.split())})(?![a-z])|\\[{{}}$&#_%\\]"
    text = re.sub(r"^%.*\n", "", latex, flags=re.MULTILINE)
    yield from re.findall(r"[\\$#^_~%]", re.sub(known, "", text))


@pytest.mark.parametrize("kind", ["hostile", "plain", "narrow"])
def test_latex_is_balanced_and_obeys_nothing_of_the_text(kind: str, request: pytest.FixtureRequest) -> None:
    shown: Table = request.getfixturevalue(kind)
    latex = written("latex", shown)
    assert not list(unescaped(latex))
    depth = 0
    for mark in re.findall(r"\\.|[{}]", latex):
        depth += (mark == "{") - (mark == "}")
        assert depth >= 0
    assert depth == 0
    rows = re.findall(r"\\endfoot\n(.*?)\\end\{longtable\}", latex, re.DOTALL)[0].splitlines()
    separators = [len(re.findall(r"(?<!\\)&", row)) for row in rows if not row.startswith((r"\midrule", r"\multi"))]
    if kind == "narrow":
        assert separators == [len(shown.columns) - 1] * len(shown)
    else:  # too wide for a page: a line a value, below the thing that it is of, or below its row
        assert set(separators) == {1}
        assert rows.count(r"\midrule") == (len(shown) if kind == "plain" else len(shown.columns) - 1)
    assert not any(row.startswith(("[", "*")) for row in rows)
    assert latex.count(r"\begin{") == latex.count(r"\end{")


def test_latex_cites_by_the_keys_of_the_exported_bibliography(kb: Workspace) -> None:
    keys = set(re.findall(r"^@\w+\{([^,]+),", kb.export("bibtex").decode(), re.MULTILINE))
    for asked in DOCUMENTED:
        latex = written("latex", kb.compare(*asked, all=True))
        cited = set(re.findall(r"\\cite(?:\[\{.*?\}\])?\{([^}]+)\}", latex))
        assert cited and cited <= keys


@pytest.mark.parametrize("form", ["markdown", "footnotes"])
@pytest.mark.parametrize("kind", ["hostile", "plain"])
def test_markdown_has_its_columns_and_every_footnote(form: str, kind: str, request: pytest.FixtureRequest) -> None:
    shown: Table = request.getfixturevalue(kind)
    lines = written(form, shown).splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == len(shown) + 2
    extra = len(re.findall(r"(?<!\\)(?:\\\\)*\|", rows[0])) - 1
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) - 1 == extra for row in rows)
    used = set(re.findall(r"(?<!\\)(?:\\\\)*\[\^(\d+)\](?!:)", "\n".join(rows)))
    assert used == {found[1] for line in lines if (found := re.match(r"\[\^(\d+)\]: .", line))}
    assert bool(used) == (form == "footnotes" or kind == "hostile")
    assert not re.search(r"(?<!\\)<(?!br)", "\n".join(rows))


def test_footnotes_of_several_tables_have_names_of_their_own(hostile: Comparison) -> None:
    assert set(re.findall(r"\[\^([a-z]+)\d+\]", footnotes.markdown(hostile, "ab"))) == {"ab"}


def test_csv_gives_back_every_text(hostile: Comparison) -> None:
    """Wide and long: a name of a country or a formula is the text that it was; what is blank is empty and says why."""
    head, *rows = csv.reader(io.StringIO(written("csv", hostile), newline=""))
    assert {"dimension", "x/0", "x/0 status", "x/0 sources"} <= set(head)
    assert sorted(row[0] for row in rows) == sorted(HOSTILE)
    for row in rows:
        record = dict(zip(head, row, strict=True))
        at = HOSTILE.index(record["dimension"])
        assert record["dimension"] in record[f"x/{at}"]
        other = f"x/{(at + 1) % len(HOSTILE)}"
        assert (record[other], record[f"{other} status"]) == ("", "not reported")
        assert record[f"{other} sources"] == "work/reed-1999"
    head, *rows = csv.reader(io.StringIO(written("long", hostile), newline=""))
    assert head == ["item", "dimension", "value", "status", "conflicting", "sources", "said"]
    values = {(row[1], row[2], row[3], row[6]) for row in rows if row[2]}
    assert values >= {(text, text, "stated", text) for text in HOSTILE}


def test_tabs_separate_one_line_a_row(hostile: Comparison) -> None:
    lines = written("tsv", hostile).splitlines()
    assert len(lines) == len(hostile) + 1
    assert {len(next(csv.reader([line], delimiter="\t"))) for line in lines} == {1 + 3 * len(HOSTILE)}


def test_json_gives_back_every_text(hostile: Comparison) -> None:
    data = json.loads(written("json", hostile))
    assert [item["name"] for item in data["items"]] == [column.title for column in hostile.columns[1:]]
    for row in data["rows"]:
        at = HOSTILE.index(row["dimension"])
        values = {value["value"]: value["sources"] for value in row["cells"][f"x/{at}"]["values"]}
        assert {"document": "work/reed-1999", "place": HOSTILE[at], "said": HOSTILE[at]} in values[HOSTILE[at]]
        assert row["coverage"] == 1
    assert Comparison.from_json(json.loads(json.dumps(hostile.to_json()))) == hostile


def test_what_was_searched_for_the_blanks_of_a_thing_is_written_once(kb: Workspace) -> None:
    """In the cache and in JSON; a cell has its number, and separated values name the documents alone."""
    found = kb.compare("theories", "rational-trust", "social-trust", all=True)
    blanks: dict[str, list[Cell]] = {column.name: [] for column in found.columns[1:]}
    for row in found.rows:
        for column, cell in zip(found.columns[1:], row[1:], strict=True):
            blanks[column.name] += [cell] if cell.status is Status.NOT_REPORTED else []
    assert all(len(cells) > 1 and len({id(cell) for cell in cells}) == 1 for cells in blanks.values())
    # One document speaks of both.
    assert len(found.to_json()["blanks"]) == 1
    found = kb.compare("cases", "alliance/nato", "state/brazil", all=True)
    searched = {id(cell) for row in found.rows for cell in row[1:] if cell.value is None}
    assert len(found.to_json()["blanks"]) == len(searched) == 2
    found = kb.compare("theories", "rational-trust", "social-trust", all=True)
    assert Comparison.from_json(json.loads(json.dumps(found.to_json()))) == found
    data = json.loads(written("json", found))
    for row, shown in zip(data["rows"], found.rows, strict=True):
        for column, cell in zip(found.columns[1:], shown[1:], strict=True):
            if cell.value is None:
                places = data["searched"][row["cells"][column.name]["searched"]]
                assert [(one["document"], one["place"]) for one in places] == [
                    (one.document, one.place) for one in cell.sources
                ]
    assert {row[5] for row in found.long()[1] if row[2] is None} == {"work/keating-2015"}


def test_text_obeys_no_control_character(hostile: Comparison) -> None:
    for form in ("table", "markdown", "html", "latex", "tsv"):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", written(form, hostile)), form


def test_namibia_and_norway_survive_every_round_trip(tmp_path: Path) -> None:
    """The codes NA and NO are texts, from YAML through the comparison to CSV, JSON and a data frame."""
    cases = """\
id: register/cases
cases:
  state/namibia: {type: State, label: NA, iso: NA}
  state/norway: {type: State, label: NO, iso: NO}
"""
    document = """\
id: work/reed-1999
extent: full-text
extraction: by-hand
coder: group/coders
claims:
"""
    for name, value in (("namibia", "NO"), ("norway", "NA")):
        document += f"""\
  claim/{name}:
    type: Observation
    text: Its code.
    case: state/{name}
    variable: variable/code
    value: {value}
    attributions:
      - {{holder: person/ada-reed, commitment: asserts, stance: asserts, passages: [{{section: NO, from: a, to: b}}]}}
"""
    variables = "id: register/variables\nvariables:\n  variable/code: {label: NA}\n"
    changes = {"kb/cases.yaml": cases, "kb/documents/reed-1999.yaml": document, "kb/variables.yaml": variables}
    found = make(tmp_path, changes).compare("cases", "NA", "NO")
    assert [column.title for column in found.columns] == ["Dimension", "NA", "NO"]
    assert [[cell.value for cell in row] for row in found.rows] == [["NA", "NO", "NA"]]
    (_, row) = csv.reader(io.StringIO(written("csv", found)))
    assert row == ["NA", "NO", "stated", "work/reed-1999, NO", "NA", "stated", "work/reed-1999, NO"]
    (cells,) = (row["cells"] for row in json.loads(written("json", found))["rows"])
    assert [cells[name]["values"][0]["value"] for name in ("state/namibia", "state/norway")] == ["NO", "NA"]


def test_five_hundred_rows_and_twelve_columns() -> None:
    """Every format holds all of them."""
    rows = (fact(f"x/{x}", f"d{y:03}", f"v{x}-{y}", section=f"S{y}") for x in range(12) for y in range(500))
    found = compared(*rows, everything=False)
    assert (len(found), found.counts) == (500, (500,) * 12)
    for form in of(Holds.TABLE):
        text = written(form, found)
        if form != "table":
            assert all(f"v{x}-{y}" in text for x in range(12) for y in (0, 250, 499)), form
        assert text.count("\n") >= 500, form


def test_a_comparison_of_more_than_four_things_breaks_no_word() -> None:
    """Thing by thing, each with its own values and blanks; what does not apply to a thing is left out."""
    rows = [fact(f"x/{x}", "definition", f"predisposition towards trustworthiness {x}") for x in range(5)]
    rows += [fact("x/0", "age", "old"), fact("x/1", "age", NOT_APPLICABLE, document="")]
    shown = compared(*rows)
    text = table_text(shown, width=60)
    assert all(f"predisposition towards trustworthiness {x} [1]" in text for x in range(5))
    first, second, third = (text.partition(f"{n} of 5: x/{n - 1}\n")[2].split("\n\n")[0] for n in (1, 2, 3))
    assert re.search(r"^age +old \[1\]$", first, re.MULTILINE)
    assert "age" not in second
    assert re.search(r"^not reported \[\d\]: age$", third, re.MULTILINE)
    assert "Dimension" in table_text(compared(*[row for row in rows if row["item"] != f"{ID}x/4"]), width=60)


# Data frames


def test_without_pandas_it_is_said_how_to_get_it(hostile: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(EngineError, match="pandas is not installed") as caught:
        hostile.to_pandas()
    assert 'pip install "theorymap[pandas]"' in caught.value.hint


def test_a_plain_table_has_a_frame_too() -> None:
    source = Source("work/x", "One")
    shown = Table(
        "?", (Column("a", "A"), Column("b", "B")), ((Cell(1, (source,)), Cell(None, (), Status.NOT_REPORTED)),)
    )
    assert shown.wide() == (["a", "b", "status", "sources"], [[1, None, "stated | not reported", "work/x, One"]])
    assert shown.long()[1] == [[1, "a", 1, "stated", "work/x, One"], [1, "b", None, "not reported", ""]]


# Names, kinds and the command line


def test_the_kinds_are_the_query_files(kb: Workspace) -> None:
    assert kinds(kb.knowledge.catalogue) == ["cases", "definitions", "documents", "theories"]


@pytest.mark.parametrize(
    ("asked", "said", "hint"),
    [
        (("theory", "x"), "theory cannot be compared", "Did you mean theories?"),
        (("cases",), "nothing is named", "brazil"),
        (("cases", "brazil", "columbia"), "'columbia' is not a Case", "Did you mean 'state/colombia'?"),
        (("theories", "brazil"), "and a Case and", "For example: balance-of-threat"),
    ],
)
def test_what_cannot_be_compared(asked: tuple[str, ...], said: str, hint: str, kb: Workspace) -> None:
    with pytest.raises(UsageError) as caught:
        kb.compare(*asked)
    assert said in str(caught.value) and hint in caught.value.hint


def test_a_thing_that_is_named_twice_is_one_column(kb: Workspace) -> None:
    found = kb.compare("cases", "brazil", "state/brazil", "Colombia", "Brazil")
    assert [column.name for column in found.columns] == ["dimension", "state/brazil", "state/colombia"]


def test_the_formats_of_the_command_line_are_those_of_the_registry() -> None:
    assert tuple(of(Holds.TABLE)) == options.TABLES


@pytest.mark.parametrize("form", options.TABLES)
def test_the_command_in_every_format(form: str, kb: Workspace) -> None:
    done = theorymap("compare", "cases", "brazil", "colombia", "--format", form, cwd=ROOT, COLUMNS="100")
    assert done.returncode == 0, done.stderr
    assert "denouncer" in done.stdout and "supporter" in done.stdout
    assert theorymap("query", "recommendations", "--format", form, cwd=ROOT).returncode == 0


def test_the_example_of_a_hint_is_in_the_workspace(tmp_path: Path) -> None:
    workspace = make(tmp_path, DEFINED)
    with pytest.raises(UsageError) as wrong:
        workspace.compare("definitions", "xyzzy")
    assert wrong.value.hint.startswith("For example: construct/moat.")


def test_one_thing_alone_lacks_no_second_value() -> None:
    table = compared(fact("state/a", "size", "big"), fact("state/a", "b"), everything=False)
    assert table.notes[-1] == "not shown: 1 of 2 dimensions, without a value"
