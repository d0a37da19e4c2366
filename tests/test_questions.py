"""The query files of the repository: strict, the same in two engines, and right on the repository's own content."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines import rows_in_oxigraph, rows_in_rdflib
from theorymap import Workspace
from theorymap.query.catalogue import Catalogue
from theorymap.query.model import Query
from theorymap.table import Status, Table
from workspaces import repository

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Catalogue.discover(ROOT / "queries", root=ROOT)
SELECTS = [CATALOGUE.get(entry.name) for entry in CATALOGUE.entries if entry.group != "entail"]
PUBLIC = CATALOGUE.questions()


@pytest.fixture(scope="module")
def leagues() -> bytes:
    """The small workspace of the tests, with its inferences, as N-Quads."""
    return Workspace.open(ROOT / "tests" / "workspace", cached=False).knowledge.store.nquads()


@pytest.fixture(scope="module")
def kb() -> Workspace:
    """The knowledge base of the repository."""
    return repository()


def test_every_query_file_is_strict() -> None:
    """Header, columns, order and parameters of all files are as the reader demands."""
    assert CATALOGUE.findings() == []


def test_at_least_fourteen_questions_of_the_design_are_asked() -> None:
    """Numbers 1 to 13 and 15 to 19 have a file; 14 needs the weighing of arguments."""
    asked = {number for query in PUBLIC for number in query.question}
    assert asked >= {*range(1, 14), *range(15, 20)}


@pytest.mark.parametrize("query", SELECTS, ids=lambda query: query.name)
def test_two_engines_give_the_same_rows(query: Query, leagues: bytes) -> None:
    """The file as it stands, its parameters open, in pyoxigraph and in rdflib; joined values are compared as sets."""
    ours = rows_in_oxigraph(leagues, query.sparql, query.lists)
    theirs = rows_in_rdflib(leagues, query.sparql, query.lists)
    assert sorted(map(repr, ours)) == sorted(map(repr, theirs))


@pytest.mark.parametrize("query", PUBLIC, ids=lambda query: query.name)
def test_every_cell_leads_to_a_source(query: Query, kb: Workspace) -> None:
    """No cell of any answer holds a value without a source, unless it says that it is inferred."""
    table = kb.query(query.name, **query.examples())
    assert len(table) or query.answers == "none-or-more"
    for row in table.rows:
        assert all(c.sources or c.value is None or c.status is Status.INFERRED for c in row)


def values(table: Table, column: str) -> set[object]:
    """The values of a column, blanks left out."""
    return {cell.value for cell in table.column(column)} - {None}


def test_brazil_and_colombia_differ_in_one_known_value(kb: Workspace) -> None:
    """One is a denouncer, the other a supporter; every other variable is blank, because only the abstract was read."""
    table = kb.query("cases-side-by-side", x="brazil", y="colombia")
    known = {row["case"].value: row["value"].value for row in table.records() if row["value"].value is not None}
    assert known == {"Brazil": "denouncer", "Colombia": "supporter"}
    blanks = {row["value"].status for row in table.records() if row["value"].value is None}
    assert blanks == {Status.ABSTRACT_ONLY}
    asked = values(table, "variable")
    assert asked >= {"sovereignty viewed as at risk", "soft balancing against NATO", "desire for status"}
    assert "tolerance of free riding by allies" not in asked  # Keating's, who treats neither


def test_a_condition_is_not_said_to_be_necessary(kb: Workspace) -> None:
    """The texts say "if" and "where", never "only if"."""
    assert values(kb.query("conditions-and-exceptions"), "how") == {"if", "exception to"}


def test_the_sorties_over_kosovo_have_an_actor(kb: Workspace) -> None:
    """The share is that of the United States."""
    rows = [row for row in kb.query("observations").records() if "Kosovo" in str(row["case"].value)]
    assert {row["actor"].value for row in rows} == {"United States"}


def test_what_is_announced_of_a_region_is_marked(kb: Workspace) -> None:
    """The abstract of Ivanov promises findings on Central Asia and gives none."""
    (told,) = [table for table in kb.trace("region/central-asia") if "other claims" in table.title]
    assert values(told, "stance") == {"announced, not reported"}


def test_a_state_is_introduced_once_and_its_study_has_blanks(kb: Workspace) -> None:
    """Brazil is an agent and a case; its study has eleven variables and a value of one."""
    told = {table.title: table for table in kb.trace("state/brazil")}
    assert "Who is it?" not in told
    (design,) = [table for title, table in told.items() if "studies that examine it?" in title]
    assert values(design, "value") == {"denouncer"}
    assert len(design) == 11


def test_two_realist_theories_have_names_and_a_verdict_and_the_rest_is_background_or_blank(kb: Workspace) -> None:
    """The documents name both theories and their proponents and give one verdict each, and state nothing else."""
    table = kb.query("theories-side-by-side", x="balance-of-threat", y="balance-of-interests")
    stated = {
        (row["dimension"].value, row["theory"].value)
        for row in table.records()
        if row["value"].value is not None and row["value"].status is Status.STATED
    }
    assert {dimension for dimension, _ in stated} == {"proponent", "verdict"}
    assert len(stated) == 4


def test_no_document_gives_a_level_for_rational_or_social_trust(kb: Workspace) -> None:
    """Only Rathbun's theory has a level, and the paper names it."""
    table = kb.query("theories-side-by-side", x="rational-trust", y="social-trust", z="psychological-trust")
    level = [row for row in table.records() if row["dimension"].value == "level of analysis"]
    assert {row["value"].value for row in level} == {None, "individual"}
    assert all("psychological" in str(row["theory"].value) for row in level if row["value"].value is not None)


def test_the_advice_to_nato_rests_on_findings_that_are_not_itemised(kb: Workspace) -> None:
    """The abstract rests its advice on its results and does not say on which."""
    (ground,) = values(kb.query("recommendations"), "grounds") or {None}
    assert "does not say which" in str(ground)


def test_nobody_contradicts_himself(kb: Workspace) -> None:
    """That trust is the glue and that stability does not show it are a claim and an attack on a step."""
    assert len(kb.query("self-contradictions")) == 0
    told = {table.title: table for table in kb.trace("claim/trust-is-glue")}
    assert any("attacks" in title for title in told)


def test_a_report_keeps_its_tellers(kb: Workspace) -> None:
    """Gates holds the charge; Lanoszka tells it; Keating takes no side in the text."""
    table = kb.query("sayings-of-a-person", x="robert-gates")
    assert values(table, "via") == {"lanoszka-2015"}


def test_a_critical_question_is_answered_by_a_claim_or_open(kb: Workspace) -> None:
    """Of three questions two are answered and one is a blank, which alone is among the open points."""
    x = "argument/elimination-of-psychological-trust"
    (told,) = [table for table in kb.trace(x) if "critical" in table.title]
    answers = {str(row["question"].value): row["answer"].value for row in told.records()}
    assert len(answers) == len(told) == 3
    assert {question for question, answer in answers.items() if answer is None} == values(
        kb.query("open-points", x=x), "question"
    )
    assert len([answer for answer in answers.values() if answer is not None]) == 2


def test_an_attack_on_the_step_answers_no_question(kb: Workspace) -> None:
    """Webber breaks the step from free riding to danger; its questions stay open, and the attack is told."""
    table = kb.query("open-points", x="argument/free-riding-to-danger")
    assert len(table) == 3
    assert values(table, "attacked") == {"yes"}
