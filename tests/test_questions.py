"""The query files of the repository: strict, the same in two engines, and right on the repository's own content."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from engines import rows_in_oxigraph, rows_in_rdflib
from theorymap import Workspace
from theorymap.cli import group
from theorymap.query.answer import run
from theorymap.query.catalogue import Catalogue
from theorymap.query.model import Query
from theorymap.table import Status, Table
from workspaces import SMALL, make, repository

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = "kb/documents/reed-1999.yaml"
CATALOGUE = Catalogue.discover(ROOT / "queries", root=ROOT)
SELECTS = [CATALOGUE.get(entry.name) for entry in CATALOGUE.entries if entry.group != "entail"]
PUBLIC = CATALOGUE.questions()
COMPARED = [query for query in SELECTS if query.group in ("compare", "pivot")]


@pytest.fixture(scope="module")
def leagues() -> bytes:
    """The small workspace of the tests, with its inferences and what stands in it, as N-Quads."""
    return Workspace.open(ROOT / "tests" / "workspace", cached=False).knowledge.weighed().nquads()


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


@pytest.mark.parametrize("query", COMPARED, ids=lambda query: query.name)
def test_two_engines_give_the_same_rows_where_there_are_more(query: Query, small: Workspace) -> None:
    """The same on claims that bear on each other: rivals, shared topics, works named together."""
    test_two_engines_give_the_same_rows(query, small.knowledge.store.nquads())


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
    """The texts say "if" and "where", never "only if"; under what a theory predicts counts as well."""
    table = kb.query("conditions-and-exceptions")
    assert values(table, "how") == {"if", "when", "exception to"}
    (at_once,) = [row for row in table.records() if "at once bandwagon" in str(row["text"].value)]
    assert "sovereignty" in str(at_once["condition"].value)


def test_a_period_is_no_condition(kb: Workspace) -> None:
    """Only of an explanation that is said to reach no further than its period is the period told."""
    records = kb.query("moderators-and-conditions").records()
    assert {row["how"].value for row in records} >= {"if", "when", "only within", "is limited by"}
    assert {row["on"].value for row in records if row["how"].value == "only within"} == {"the Cold War"}
    assert not any("in 1952" in str(row["text"].value).lower() for row in records)


def test_a_verdict_against_a_theory_is_told_among_the_attacks_as_a_verdict(kb: Workspace) -> None:
    records = kb.query("claims-under-attack").records()
    judged = {(row["target"].value, row["kind"].value) for row in records if str(row["kind"].value).startswith("is ")}
    assert judged >= {
        ("Rathbun's theory of generalised trust", "is judged: does not explain"),
        ("balance of threat", "is judged: does not fully explain"),
        ("psychological theories of trust", "is judged: of limited use"),
    }
    assert {row["answered"].value for row in records if "is judged" in str(row["kind"].value)} == {"no"}
    assert {"rebuts", "undercuts", "on the whole theory"} <= values(kb.query("claims-under-attack"), "kind")


def test_what_supports_a_verdict_against_a_theory_is_against_it(kb: Workspace) -> None:
    """Of the supports some speak for Rathbun and some against him; those against come first."""
    records = kb.query("attacks-and-limits", x="theory/generalised-trust").records()
    order = [str(row["side"].value) for row in records]
    places = {"against": 1, "against the claim": 2, "limiting": 3, "either": 3, "for": 4, "for the claim": 5}
    assert [places[side] for side in order] == sorted(places[side] for side in order)
    told = {(row["side"].value, row["how"].value, row["on"].value) for row in records}
    assert ("against", "supports", "Rathbun's theory offers no explanation of NATO's continued success.") in told
    assert ("for", "supports", "There are generalised trusters.") in told
    assert ("against", "is judged: does not explain", "Rathbun's theory of generalised trust") in told
    assert ("limiting", "is judged: explains within scope", "Rathbun's theory of generalised trust") in told or (
        "against",
        "is judged: does not fully explain",
        "Rathbun's theory of generalised trust",
    ) in told


def test_for_and_against_a_claim_are_meant_of_the_claim(kb: Workspace) -> None:
    """Webber undercuts the step of Gates, who argues for the claim; Keating qualifies it."""
    records = kb.query("attacks-and-limits", x="claim/free-riding-endangers-nato").records()
    assert [row["side"].value for row in records] == ["against", "limiting", "for"]


def test_the_notes_that_qualify_come_by_number(kb: Workspace) -> None:
    table = kb.query("notes-that-qualify", x="keating-2015")
    numbers = [int(str(cell.value).removeprefix("note ")) for cell in table.column("note")]
    assert numbers == sorted(numbers)
    assert {8, 18, 20, 57, 61, 62} <= set(numbers)
    assert not {1, 28, 49} & set(numbers), "a note that names a source qualifies nothing"
    told = {(row["note"].value, row["how"].value) for row in table.records()}
    assert {
        ("note 8", "sets a condition on"),
        ("note 18", "attacks"),
        ("note 20", "the document's author qualifies"),
        ("note 57", "attacks (undercuts the step to)"),
        ("note 61", "denies"),
        ("note 62", "limits"),
    } <= told


def test_what_an_author_denies_stands_before_what_others_do(kb: Workspace) -> None:
    """Keating disputes, attacks and judges; that Thies denies is told, and is another's."""
    records = kb.query("denials", x="keating-2015").records()
    sides = [row["side"].value for row in records]
    assert sides == sorted(sides) and set(sides) == {"its author", "others, as told there"}
    told = {(row["side"].value, row["how"].value, str(row["who"].value)) for row in records}
    author = "Vincent Charles Keating"
    assert {("its author", how, author) for how in ("disputes", "attacks (rebuts)", "judges: does not explain")} <= told
    assert ("others, as told there", "denies", "Wallace J Thies") in told


def test_what_of_a_person_is_denied_is_told_apart_from_what_it_denies(kb: Workspace) -> None:
    """Rathbun faults rational theories; Keating faults his."""
    told = {(row["side"].value, row["text"].value) for row in kb.query("denials", x="brian-rathbun").records()}
    assert ("the person or group", "rational theories of trust") in told
    assert ("others", "Rathbun's theory of generalised trust") in told


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
    """That trust is the glue and that stability does not show it are a claim and an attack on a step.

    That Rathbun is at odds with himself is what Keating argues, and told as that.
    """
    records = kb.query("self-contradictions").records()
    assert {(row["holder"].value, row["finder"].value) for row in records} == {
        ("Brian C Rathbun", "Vincent Charles Keating, in an argument")
    }
    assert {row["first"].status for row in records} == {Status.STATED}
    told = {table.title: table for table in kb.trace("claim/trust-is-glue")}
    assert any("attacks" in title for title in told)


def test_a_contradiction_is_found_or_said(tmp_path: Path) -> None:
    """One holder who asserts and denies a claim is found; that another is at odds with himself is said."""
    told = """\
  claim/walls-fall:
    kind: causal
    text: Every wall falls in the end.
    attributions:
      - {holder: person/ada-reed, commitment: asserts, hedge: plain, stance: asserts}
      - {holder: person/ada-reed, commitment: denies, hedge: plain, stance: asserts}
"""
    argued = """\
arguments:
  argument/at-odds:
    maker: person/ada-reed
    premises: [claim/walls-fall]
    conclusion: claim/walls-explain
    scheme: inconsistent-commitment
    answers: [{question: inconsistent-commitment-first, answered_by: [claim/walls-help]}]
"""
    text = SMALL[DOCUMENT].replace("arguments:\n", argued)
    old = text[text.index("  claim/walls-fall:") : text.index("  claim/walls-explain:")]
    own = make(tmp_path, {DOCUMENT: text.replace(old, told)})
    found = [
        tuple(str(row[key].value) for key in ("holder", "first", "second", "how", "finder"))
        for row in own.query("self-contradictions").records()
    ]
    fall = "Every wall falls in the end."
    assert found == [
        ("Ada Reed", fall, fall, "asserts and denies it", "theorymap, from what is entered"),
        (
            "Ada Reed",
            "Walls keep a state calm.",
            "–",
            "said to be at odds; concluded: The theory of walls explains calm.",
            "Ada Reed, in an argument",
        ),
    ]
    nquads, query = own.knowledge.store.nquads(), CATALOGUE.get("self-contradictions")
    ours = rows_in_oxigraph(nquads, query.sparql, query.lists)
    assert sorted(map(repr, ours)) == sorted(map(repr, rows_in_rdflib(nquads, query.sparql, query.lists)))


def test_without_contradictions_it_is_said_that_there_are_none(tmp_path: Path) -> None:
    table = make(tmp_path).query("self-contradictions")
    assert not table.rows
    assert table.empty.startswith("Nobody is found to contradict himself")


def test_a_report_keeps_its_tellers(kb: Workspace) -> None:
    """Gates holds the charge; Lanoszka tells it; Keating takes no side in the text, and tells of Snyder himself."""
    table = kb.query("sayings-of-a-person", x="robert-gates")
    assert values(table, "via") == {"lanoszka-2015"}
    assert "the document itself, nobody in between" in values(kb.query("sayings-of-a-person", x="glenn-snyder"), "via")


def test_a_stance_is_said_to_be_one_to_the_claim() -> None:
    """Beside a holder who denies a claim it could be taken for a stance to the denial."""
    headings = [heading for query in SELECTS for name, heading in query.columns if name == "stance"]
    assert headings and all(heading.endswith("to the claim") for heading in headings)


def test_no_word_that_is_shown_begins_with_a_number_that_sorts() -> None:
    """What orders rows is a column of its own, which nobody sees."""
    assert any("rank" in query.order for query in SELECTS)
    assert not [query.file for query in SELECTS if re.search(r'"\d [a-z]', query.sparql)]


def test_of_the_classes_of_a_thing_the_most_specific_is_shown(kb: Workspace) -> None:
    for name, sort in (("state/germany", "State"), ("person/robert-gates", "Person")):
        first = kb.trace(name)[0]
        assert [row["value"].value for row in first.records() if row["what"].value == "sort"] == [sort]
        assert first.rows[0][0].value == "name"


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


# On a small knowledge base


def held(holder: str = "person/ada-reed", **more: object) -> list[dict[str, object]]:
    """An attribution to somebody who asserts it in section One."""
    passages = [{"section": "One", "from": "a", "to": "b"}]
    return [{"holder": holder, "commitment": "asserts", "stance": "neutral", "passages": passages, **more}]


def claim(
    text: str, kind: str = "causal", by: list[dict[str, object]] | None = None, **more: object
) -> dict[str, object]:
    """A claim of Reed's, unless it is told otherwise; a kind with a capital is a class."""
    sort = {"type": kind} if kind[0].isupper() else {"kind": kind}
    return {**sort, "text": text, "attributions": by or held(), **more}


TEXTS: dict[str, dict[str, object]] = {
    "kb/agents.yaml": {
        "agents": {
            "person/ada-reed": {"type": "Person", "label": "Ada Reed"},
            "person/bo-hale": {"type": "Person", "label": "Bo Hale"},
            "person/cy-ash": {"type": "Person", "label": "Cy Ash"},
            "group/citizens": {"type": "Group", "label": "the citizens", "sort": "described"},
        },
        "mechanisms": {"mechanism/shame": {"label": "shame"}},
    },
    "kb/theories.yaml": {
        "dimensions": {"dimension/explains": {"label": "explains"}, "dimension/room-for-trust": {"label": "room"}},
        "theories": {
            "theory/reed": {"label": "walls", "sort": "theory", "proponents": ["person/ada-reed"]},
            "theory/ash": {"label": "ash", "sort": "theory", "founding_works": ["work/ash-1990"]},
            "theory/by-height": {"label": "by height", "sort": "explanation"},
            "theory/by-moat": {"label": "by moat", "sort": "explanation"},
        },
    },
    "kb/variables.yaml": {
        "themes": {"topic/norms": {"label": "norms"}, "topic/nato-endurance": {"label": "endurance"}},
        "constructs": {name: {"label": name[10:]} for name in ("construct/trust", "construct/defection")}
        | {"construct/joint-operations": {"label": "joint operations"}},
        "variables": {
            "variable/desertion": {"label": "desertion", "part_of": "construct/defection"},
            "variable/pay": {"label": "pay"},
            "variable/calm": {"label": "calm"},
            "variable/commitment-to-alliance": {"label": "loyalty"},
        },
    },
    "kb/documents/hale-2001.yaml": {
        "id": "work/hale-2001",
        "extent": "full-text",
        "claims": {
            "claim/paid": claim(
                "Pay keeps men.", "Proposition", cause="variable/pay", effect="variable/desertion", relation="lowers"
            ),
            "claim/loyal": claim(
                "Pay makes loyal.",
                "Proposition",
                cause="variable/pay",
                effect="variable/commitment-to-alliance",
                relation="raises",
            ),
            "claim/shamed": claim(
                "Who deserts is not calm.",
                "Proposition",
                cause="variable/desertion",
                effect="variable/calm",
                relation="lowers",
                mechanism="mechanism/shame",
                topics=["construct/defection"],
            ),
            "claim/norm": claim(
                "Men are expected to stay.", "descriptive", topics=["construct/defection", "topic/norms"]
            ),
            "claim/some": claim("Some desert.", "descriptive", topics=["construct/defection"]),
            "claim/no-cure": claim("Walls are no cure.", topics=["construct/defection"]),
            "claim/tall": claim(
                "Height made it last.",
                same_effect_as=["claim/wet"],
                theory="theory/by-height",
                topics=["topic/nato-endurance"],
            ),
            "claim/wet": claim(
                "Moats made it last.", same_effect_as=["claim/paid-for"], topics=["topic/nato-endurance"]
            ),
            "claim/paid-for": claim("Pay made it last.", topics=["topic/nato-endurance"]),
            "claim/reach": claim("Height is not all.", "evaluative", limits=["claim/tall"]),
            "claim/explains": claim(
                "Height is to explain lasting.",
                "Characterisation",
                theory="theory/by-height",
                dimension="dimension/explains",
                value="its lasting",
                topics=["topic/nato-endurance"],
            ),
            "claim/explains-pay": claim(
                "Moats are to explain pay.",
                "Characterisation",
                theory="theory/by-moat",
                dimension="dimension/explains",
                value="pay",
                topics=["variable/pay"],
            ),
            "claim/room": claim(
                "Height leaves some.",
                "Characterisation",
                by=held("person/bo-hale"),
                theory="theory/by-height",
                dimension="dimension/room-for-trust",
                value="some",
            ),
            "claim/said": claim("Height gives trust.", theory="theory/by-height", topics=["construct/trust"]),
            "claim/said-by-author": claim(
                "Height takes trust.", by=held("person/bo-hale"), theory="theory/by-height", topics=["construct/trust"]
            ),
            "claim/own": claim("Trust is a wall.", "definitional", topics=["theory/reed", "construct/trust"]),
            "claim/of-others": claim(
                "Ash on trust is odd.",
                "interpretive",
                by=held("person/bo-hale"),
                topics=["theory/ash", "construct/trust"],
            ),
            "claim/found": claim(
                "Trust is risk.",
                "definitional",
                by=held("person/cy-ash", at=[{"work": "work/ash-1990", "locator": "p. 3"}]),
                topics=["theory/ash", "construct/trust"],
            ),
            "claim/together": claim(
                "Walls and towers stand.",
                "descriptive",
                by=held(at=[{"work": "work/reed-1999", "locator": "p. 1"}, {"work": "work/reed-2005"}]),
            ),
            "claim/angry": claim(
                "The citizens are angry.",
                "Observation",
                case="group/citizens",
                actor="person/cy-ash",
                variable="variable/calm",
                value="angry",
            ),
            "claim/on-ash": claim("Ash writes well.", "evaluative", topics=["person/cy-ash"]),
            "claim/on-calm": claim("Calm is studied.", "interpretive", topics=["variable/calm"]),
            "claim/on-pay-1": claim("Pay is old.", "descriptive", topics=["variable/pay"]),
        },
        "arguments": {
            name: {"maker": maker, "evidence": [evidence], "conclusion": conclusion, "passages": held()[0]["passages"]}
            for name, maker, evidence, conclusion in (
                ("argument/one", "person/ada-reed", "claim/angry", "claim/paid"),
                ("argument/two", "person/bo-hale", "claim/angry", "claim/loyal"),
                ("argument/three", "person/ada-reed", "claim/some", "claim/paid"),
                ("argument/four", "person/ada-reed", "claim/some", "claim/loyal"),
            )
        },
        "citations": {"citation/uncited": {"cites": "work/reed-2007", "passages": held()[0]["passages"]}},
    },
    "kb/documents/reed-1999.yaml": {
        "id": "work/reed-1999",
        "extent": "full-text",
        "claims": {
            f"claim/pay-{n}": claim(f"Pay, {n}.", "descriptive", topics=["variable/pay", "construct/trust"])
            for n in range(5)
        },
    },
}
WORKS = "".join(
    f"@book{{{key}, author = {{{author}}}, title = {{{key.title()}}}, year = {{{key[-4:]}}}}}\n"
    for key, author in (
        ("hale-2001", "Hale, Bo"),
        ("reed-1999", "Reed, Ada"),
        ("reed-2005", "Reed, Ada"),
        ("reed-2007", "Reed, Ada"),
        ("ash-1990", "Ash, Cy"),
    )
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A document of Hale's that reports Reed and Ash, and one of Reed's."""
    texts = {path: json.dumps({"id": f"register/{Path(path).stem}"} | text) for path, text in TEXTS.items()}
    empty = {"kb/cases.yaml": "", "kb/background.yaml": ""}
    return make(tmp_path_factory.mktemp("small"), empty | texts | {"kb/bibliography.bib": WORKS})


def rows(table: Table, *columns: str) -> list[tuple[object, ...]]:
    """The values of some columns, row by row."""
    return [tuple(row[column].value for column in columns) for row in table.records()]


def test_a_mechanism_keeps_from_leads_to_or_follows_from_the_outcome(small: Workspace) -> None:
    """By relation and place; what is expected is among them, any other description is not."""
    assert rows(small.query("mechanisms-against-defection"), "text", "bearing") == [
        ("Pay keeps men.", "keeps from it"),
        ("Pay makes loyal.", "keeps from it"),
        ("Who deserts is not calm.", "follows from it"),
        ("Men are expected to stay.", "says what is expected"),
        ("Walls are no cure.", "is on it"),
    ]


def test_rivals_are_one_class_under_what_they_explain(small: Workspace) -> None:
    """Height and pay are rivals by way of the moat; each stands once, with what limits it."""
    assert rows(small.query("rival-explanations"), "explained", "explanation", "effect", "limits") == [
        ("endurance", "Height made it last.", "its lasting", "Height is not all."),
        ("endurance", "Moats made it last.", "endurance", "–"),
        ("endurance", "Pay made it last.", "endurance", "–"),
    ]


def test_who_says_already_that_trust_plays_a_part(small: Workspace) -> None:
    """Others than the author of the document; what explains something else is no explanation of the outcome."""
    table = small.query("explanations-and-room-for-trust")
    assert rows(table, "explanation", "leaves", "already") == [("by height", "some", "Ada Reed: Height gives trust.")]


def test_a_theory_has_the_constructs_of_which_its_proponents_speak(small: Workspace) -> None:
    """Reed is a proponent, Ash's claim is found where the theory was set out; Hale's on Ash gives Ash none."""
    assert ("trust", 3, "ash | by height | walls") in rows(
        small.query("constructs-by-theories"), "construct", "number", "theories"
    )
    sizes = rows(small.query("theories-by-size"), "x", "constructs", "claims")
    assert ("theory/ash", 1, 1) in sizes and ("theory/reed", 1, 1) in sizes


def test_constructs_are_shared_across_documents_alone(small: Workspace, kb: Workspace) -> None:
    """Two documents speak of trust and pay; the senses of defection, all Keating's, are shared with nobody."""
    assert rows(small.query("shared-constructs"), "construct", "theories") == [
        ("pay", "by moat"),
        ("trust", "ash | by height | walls"),
    ]
    assert len(kb.query("shared-constructs", x="defection")) == 0


def test_two_documents_share_topics_with_a_few_claims_of_each(small: Workspace) -> None:
    (pay, trust) = small.query("two-documents", x="hale-2001", y="reed-1999").records()
    assert (pay["relation"].value, trust["relation"].value) == ("both speak of pay", "both speak of trust")
    assert str(pay["first"].value).split(" | ") == ["2 claims", "Moats are to explain pay.", "Pay is old."]
    assert str(pay["second"].value).split(" | ") == ["5 claims", "Pay, 0.", "Pay, 1.", "Pay, 2."]
    assert pay["why"].value == "theorymap query claims-on-a-topic -p x=variable/pay"
    found = {str(row[0]): row[1:] for row in small.compare("documents", "hale-2001", "reed-1999").rows}
    assert [str(cell) for cell in found["on pay"]] == [
        "Moats are to explain pay. | Pay is old.",
        "5 claims with this topic; all that is on it: theorymap query claims-on-a-topic -p x=variable/pay",
    ]


def test_works_of_a_person_stand_side_by_side(small: Workspace) -> None:
    """What is placed at two works together says so; a work without a claim, and one that is read, have a row."""
    table = small.query("works-of-a-person", x="ada-reed")
    assert rows(table, "year", "text", "at", "with") == [
        ("1999", "(read here: theorymap query voices-of-a-document -p x=reed-1999)", "–", "–"),
        ("1999", "Walls and towers stand.", "p. 1", "reed-2005"),
        ("2005", "Walls and towers stand.", "–", "reed-1999, p. 1"),
        ("2007", "(cited; no claim is said to be found there)", "–", "–"),
    ]
    (together,) = (table for table in small.trace("work/reed-2005") if "Together" in table.title)
    assert rows(together, "with") == [("reed-1999, p. 1",)]


def test_whether_both_sides_use_it_is_said_plainly(small: Workspace) -> None:
    """Two people offer one thing for two claims; one person offers another for both."""
    assert rows(small.query("evidence-and-sides"), "evidence", "both") == [
        ("The citizens are angry.", "different people do, for claims not entered as opposed"),
        ("The citizens are angry.", "different people do, for claims not entered as opposed"),
        ("Some desert.", "no, but for several claims"),
        ("Some desert.", "no, but for several claims"),
    ]


def test_names_are_listed_by_class_and_letters(small: Workspace) -> None:
    """A theory is found by its proponent; the narrowest class is shown; a claim goes by its text."""
    assert rows(small.query("names", **{"class": "theory", "text": "ada"}), "id", "label") == [("theory/reed", "walls")]
    assert rows(small.query("names", **{"class": "Agent", "text": "citizens"}), "id", "kind") == [
        ("group/citizens", "Case | Group")
    ]
    assert rows(small.query("names", **{"class": "Claim", "text": "cure"}), "label") == [("Walls are no cure.",)]


def test_an_agent_that_is_observed_is_a_case(small: Workspace) -> None:
    found = small.compare("cases", "group/citizens", all=True)
    assert [[str(cell) for cell in row] for row in found.rows] == [["calm", "angry (by Cy Ash)"]]
    told = {table.title: table for table in small.trace("group/citizens")}
    assert rows(told["Which values are reported for it?"], "value") == [("angry",)]


def test_a_trace_of_an_agent_or_a_construct_says_what_is_said_of_it(small: Workspace) -> None:
    """A value with it as the actor, and claims on it; of a construct those that put it into no relation."""
    told = {table.title: table for table in small.trace("person/cy-ash")}
    assert rows(told["Which values are reported with it as the actor?"], "value") == [("angry",)]
    assert rows(told["Which other claims speak of it?"], "text") == [("Ash writes well.",)]
    (other,) = (table for table in small.trace("variable/calm") if "other claims" in table.title)
    assert rows(other, "text") == [("Calm is studied.",)]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The knowledge base of the repository with a table of cases and a database of theories."""
    folder, draw = tmp_path_factory.mktemp("imported"), random.Random(1)
    shutil.copytree(ROOT / "kb", folder / "kb")
    for name in ("ontology", "queries", "shapes"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "theorymap.toml", folder)
    cases = [["case", *(f"trait {n}" for n in range(12))]]
    cases += [
        [f"Place {n}", *(draw.choice(["high", "low", str(draw.randint(1, 99))]) for _ in range(12))] for n in range(400)
    ]
    relations = [["theory", "cause", "relation", "effect", "source"]]
    for n in range(1500):
        cause, effect = (f"construct {draw.randint(*span)}" for span in ((1, 400), (401, 800)))
        relations.append(
            [f"Theory {draw.randint(1, 76)}", cause, draw.choice(["raises", "lowers"]), effect, f"Some {n}"]
        )
    for kind, rows in (("cases", cases), ("relations", relations)):
        path = folder / f"{kind}.csv"
        path.write_text("".join(",".join(row) + "\n" for row in rows))
        told = CliRunner().invoke(group, ["import", kind, str(path), "-w", str(folder)])
        assert told.exit_code == 0, told.output
    workspace = Workspace.open(folder, cached=False)
    workspace.require_readable()
    return workspace


@pytest.mark.parametrize("query", PUBLIC, ids=lambda query: query.name)
def test_a_question_ends_over_imported_tables(query: Query, imported: Workspace) -> None:
    """What joins everything with everything takes hours there; the time is no budget, but what nobody waits for."""
    run(query, imported.knowledge.store, query.examples(), timeout=60)
