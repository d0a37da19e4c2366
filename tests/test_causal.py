"""The causal graph: what is merged, shared, in conflict and circular, and how it is drawn and listed."""

from __future__ import annotations

import csv
import io
import itertools
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pygraphviz
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from argument_maps import HOSTILE
from theorymap import Workspace
from theorymap.causal import tables
from theorymap.causal.graph import DRIVES, CausalGraph, Construct, Likeness, Proposition, Telling
from theorymap.causal.loops import loops
from theorymap.cli import group
from theorymap.draw import causes
from theorymap.draw.picture import WORD, EdgeStyle
from theorymap.errors import UsageError
from theorymap.formats import FORMATS
from theorymap.render.data import table_csv
from theorymap.render.text import table_text
from theorymap.table import Source, Status
from theorymap.terms import RDF, TM, local
from workspaces import SMALL, make, repository

SVG = "{http://www.w3.org/2000/svg}"
MAPPINGS = (
    "#mapping_set_id: https://w3id.org/theorymap/kb/mappings\n"
    "#curie_map:\n#  id: https://w3id.org/theorymap/id/\n"
    "mapping_id\tsubject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tauthor_id\tcomment\n"
)
CONSTRUCTS = """\
id: register/variables
constructs:
  construct/height: {label: height of walls}
  construct/calm: {label: calm}
  construct/quiet: {label: quiet}
  construct/peace: {label: peace}
  construct/rain: {label: rain}
mechanisms:
  mechanism/awe: {label: awe}
"""


def mapping(name: str, one: str, predicate: str, other: str, modifier: str = "") -> str:
    cells = [f"id:mapping/{name}", f"id:construct/{one}", f"skos:{predicate}", modifier, f"id:construct/{other}"]
    return "\t".join([*cells, "semapv:ManualMappingCuration", "id:group/coders", "Because."]) + "\n"


def claim(name: str, cause: str, relation: str, effect: str, more: str = "", commitment: str = "asserts") -> str:
    return f"""\
  claim/{name}:
    type: Proposition
    text: "{name}: {cause} {relation} {effect}"
    cause: construct/{cause}
    effect: construct/{effect}
    relation: {relation}
{more}    attributions:
      - holder: person/ada-reed
        commitment: {commitment}
        passages: [{{section: One, from: a wall is, to: a calm state}}]
"""


@pytest.fixture
def walls(tmp_path: Path) -> Workspace:
    """Two theories on walls, with mappings, a moderator, a mechanism, a conflict and a loop."""
    low, high = "    theory: theory/low-walls\n", "    theory: theory/high-walls\n"
    more = "    moderators: [construct/rain]\n    mechanism: mechanism/awe\n    condition_text: In summer.\n"
    claims = [
        claim("low", "height", "lowers", "calm", low),
        claim("high", "height", "raises", "quiet", high + more),
        claim("both-low", "rain", "raises", "peace", low),
        claim("both-high", "rain", "raises", "peace", high),
        claim("back", "calm", "lowers", "height", low),
    ]
    theories = SMALL["kb/theories.yaml"] + "  theory/high-walls: {label: high walls, sort: theory}\n"
    lines = [
        mapping("same", "calm", "exactMatch", "quiet"),
        mapping("near", "peace", "closeMatch", "quiet"),
        mapping("word", "rain", "closeMatch", "height", "Not"),
    ]
    return make(
        tmp_path,
        {
            "kb/theories.yaml": theories,
            "kb/variables.yaml": CONSTRUCTS,
            "kb/mappings.sssom.tsv": MAPPINGS + "".join(lines),
            "kb/documents/reed-1999.yaml": "id: work/reed-1999\nclaims:\n" + "".join(claims),
        },
    )


def says(
    id: str, cause: str, relation: str, effect: str, *theories: str, told: tuple[tuple[str, str], ...] = (), **more: str
) -> Proposition:
    """A proposition that Ada asserts in work/a, unless it is told otherwise."""
    tellings = tuple(
        Telling((holder,), commitment, (Source("work/a", "One"),))
        for holder, commitment in told or [("Ada", "asserts")]
    )
    moderators = tuple(more.get("moderators", "").split())
    return Proposition(
        id, id, tuple(cause.split()), relation, tuple(effect.split()), moderators, theories, theories, tellings=tellings
    )


def hedged(id: str, *hedges: str, **more: Any) -> Proposition:
    """That a raises b, asserted by one holder for each hedge."""
    tellings = tuple(Telling((hedge,), "asserts", (Source("work/a", "One"),), hedge=hedge) for hedge in hedges)
    return Proposition(id, id, ("a",), "raises", ("b",), tellings=tellings, **more)


def graph(*propositions: Proposition, names: Iterable[tuple[str, str]] = ()) -> CausalGraph:
    ends = sorted({end for proposition in propositions for end in proposition.ends()})
    called = dict(names)
    return CausalGraph({end: Construct(end, (end,), (called.get(end, end),)) for end in ends}, propositions)


# Read from the knowledge base


def test_constructs_that_a_mapping_calls_the_same_are_one_with_both_names(walls: Workspace) -> None:
    found = walls.causes()
    assert found.constructs["construct/calm"] == Construct(
        "construct/calm", ("construct/calm", "construct/quiet"), ("calm", "quiet")
    )
    assert "construct/quiet" not in found.constructs
    assert found.constructs["construct/calm"].name == "calm = quiet"


def test_other_mappings_join_nothing(walls: Workspace) -> None:
    assert set(walls.causes().likenesses) == {
        Likeness("construct/peace", "close to", "construct/calm"),
        Likeness("construct/rain", "shares only the name with", "construct/height"),
    }


def test_what_is_the_same_as_the_same_is_the_same(tmp_path: Path) -> None:
    """In whatever order the mappings stand, and with no regard to their direction."""
    lines = [
        mapping("a", "peace", "exactMatch", "quiet"),
        mapping("b", "rain", "exactMatch", "calm"),
        mapping("c", "rain", "exactMatch", "peace"),
    ]
    for place, order in enumerate(itertools.permutations(lines)):
        files = {
            "kb/variables.yaml": CONSTRUCTS,
            "kb/mappings.sssom.tsv": MAPPINGS + "".join(order),
            "kb/documents/reed-1999.yaml": "id: work/reed-1999\nclaims:\n" + claim("x", "height", "raises", "peace"),
        }
        found = make(tmp_path / str(place), files).causes()
        assert found.constructs["construct/calm"].ids == tuple(
            f"construct/{name}" for name in ("calm", "peace", "quiet", "rain")
        )


def test_a_proposition_keeps_what_is_said_of_it(walls: Workspace) -> None:
    high = next(p for p in walls.causes().propositions if p.id == "claim/high")
    assert (high.moderators, high.mechanisms, high.conditions) == (("construct/rain",), ("awe",), ("In summer.",))
    assert (high.theories, high.holders()) == (("theory/high-walls",), ("Ada Reed",))
    assert high.sources() == (Source("work/reed-1999", "One"),)


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        ([], {"low", "high", "both-low", "both-high", "back"}),
        (["theory/high-walls"], {"high", "both-high"}),
        (["high walls"], {"high", "both-high"}),
        (["theory/walls"], {"low", "both-low", "back"}),
        (["theory/thought"], {"low", "both-low", "back"}),
        (["construct/quiet"], {"low", "high", "back"}),
        (["work/reed-1999"], {"low", "high", "both-low", "both-high", "back"}),
        (["theory/high-walls", "theory/low-walls"], {"low", "high", "both-low", "both-high", "back"}),
    ],
)
def test_a_theory_brings_its_variants_a_construct_what_it_is_the_same_as(
    walls: Workspace, names: list[str], kept: set[str]
) -> None:
    assert {p.id.removeprefix("claim/") for p in walls.causes(*names).propositions} == kept


def test_a_theory_without_propositions_says_so(tmp_path: Path) -> None:
    text = "id: work/reed-1999\nclaims:\n" + claim("x", "rain", "raises", "calm", "    theory: theory/walls\n")
    workspace = make(tmp_path, {"kb/variables.yaml": CONSTRUCTS, "kb/documents/reed-1999.yaml": text})
    assert workspace.causes("theory/walls", "theory/low-walls").notes == ("low walls has no propositions.",)
    with pytest.raises(UsageError, match="low walls has no propositions"):
        workspace.causes("theory/low-walls")
    with pytest.raises(UsageError, match="theory/walsl"):
        workspace.causes("theory/walsl")


# Shared and in conflict


def test_two_theories_share_and_conflict_after_merging(walls: Workspace) -> None:
    conflict, shared = ([str(cell) for cell in row] for row in tables.meetings(walls.causes()).rows)
    said = ["conflict", "height of walls", "raises", "high walls", "lowers", "low walls", "calm = quiet"]
    assert conflict == [*said, "rain | In summer.", "–", "claim/high | claim/low"]
    said = ["shared", "rain", "raises", "high walls", "raises", "low walls", "peace"]
    assert shared == [*said, "–", "–", "claim/both-high | claim/both-low"]


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("raises", "lowers", True),
        ("no-effect", "raises", True),
        ("affects", "no-effect", True),
        ("necessary-for", "no-effect", True),
        ("affects", "raises", False),
        ("necessary-for", "lowers", False),
        ("signals", "no-effect", False),
        ("presupposes", "lowers", False),
    ],
)
def test_what_conflicts_and_what_does_not(one: str, other: str, conflict: bool) -> None:
    """Only relations that cannot both hold; that something is needed says nothing on a sign."""
    said = graph(says("c/1", "a", one, "b", "theory/x"), says("c/2", "a", other, "b", "theory/y"))
    assert [meeting.conflict for meeting in said.meetings()] == [True] * conflict
    turned = graph(says("c/1", "a", one, "b", "theory/x"), says("c/2", "b", other, "a", "theory/y"))
    assert turned.meetings() == []


def test_one_denies_what_another_asserts() -> None:
    told = (("Ada", "asserts"), ("Ines", "denies"))
    (meeting,) = graph(says("c/1", "a", "raises", "b", told=told)).meetings()
    assert meeting.denied
    row = [str(cell) for cell in tables.meetings(graph(says("c/1", "a", "raises", "b", told=told))).rows[0]]
    assert row[:6] == ["conflict", "a", "raises", "Ada", "not: raises", "Ines"]


@pytest.mark.parametrize("relation", ["lowers", "no-effect"])
@pytest.mark.parametrize("attitude", ["denies", "doubts", "entertains"])
def test_what_nobody_puts_forward_is_neither_shared_nor_in_conflict_nor_circular(relation: str, attitude: str) -> None:
    rises = says("c/1", "a", "raises", "b", told=(("Ada", "asserts"),))
    assert len(graph(rises, says("c/2", "a", relation, "b", told=(("Bo", "asserts"),))).meetings()) == 1
    assert graph(rises, says("c/2", "a", relation, "b", told=(("Bo", attitude),))).meetings() == []
    unsaid = says("c/1", "a", "raises", "b", "theory/x", "theory/y", told=(("Ada", attitude),))
    assert graph(unsaid).meetings() == []
    back = says("c/2", "b", "raises", "a")
    assert len(loops(graph(rises, back))[0]) == 1
    assert loops(graph(unsaid, back)) == ([], True)


def test_a_theory_is_in_conflict_with_nobody_by_itself() -> None:
    rises, falls = says("c/1", "a", "raises", "b", "theory/x"), says("c/2", "a", "lowers", "b", "theory/x")
    assert graph(rises, falls).meetings() == []
    met = graph(rises, falls, says("c/3", "a", "lowers", "b", "theory/y")).meetings()
    assert [meeting.conflict for meeting in met] == [False, True]


def test_one_theory_s_moderator_is_on_its_own_arrow_alone() -> None:
    """Both arrows are wide, since both theories say that a raises b."""
    moderated = says("c/1", "a", "raises", "b", "theory/x", moderators="m")
    drawn = causes.picture(graph(moderated, says("c/2", "a", "raises", "b", "theory/y")))
    (word,) = (node for node in drawn.nodes if node.style.name != "construct")
    assert word.id == "c/1" and "theory/y" not in word.text and "theory/y" not in word.tooltip
    (plain,) = (edge for edge in drawn.edges if (edge.source, edge.target) == ("a", "b"))
    assert "theory/y" in plain.label and "theory/x" not in plain.label
    assert {edge.style.width for edge in drawn.edges if edge.style.name == "raises"} == {causes.SHARED.width}


def test_causes_in_another_order_are_the_same_arrow() -> None:
    drawn = causes.picture(graph(says("c/1", "a b", "raises", "c"), says("c/2", "b a", "raises", "c")))
    assert [node.id for node in drawn.nodes if node.style.name != "construct"] == ["c/1"]


def test_the_picture_marks_what_nobody_puts_forward_and_what_is_background() -> None:
    """Somebody who asserts it, or a document that tells it, takes the mark away."""
    denied = says("c/1", "a", "raises", "b", told=(("Ada", "denies"),))
    asserted = says("c/2", "a", "raises", "b", told=(("Bo", "asserts"),))
    assert [edge.label for edge in causes.picture(graph(denied, asserted)).edges] == [
        "+ raises · ≠ in conflict · put forward by nobody",
        "+ raises · ≠ in conflict",
    ]
    told = Telling(("Ada",), "asserts", (Source("register/background", "p. 1"),), background=True)
    behind = Proposition("c/1", "x", ("a",), "raises", ("b",), tellings=(told,))
    assert [edge.label for edge in causes.picture(graph(behind)).edges] == ["+ raises · background"]
    assert [edge.label for edge in causes.picture(graph(behind, asserted)).edges] == ["+ raises"]


def test_the_picture_says_what_a_holder_does_with_a_proposition() -> None:
    told = (("Ada", "asserts"), ("Ines", "denies"))
    (edge,) = causes.picture(graph(says("c/1", "a", "raises", "b", told=told))).edges
    assert "held by Ada, Ines (denies)" in edge.tooltip


@pytest.mark.parametrize(
    ("said", "label", "hedge", "condition"),
    [
        ([hedged("c/1", "plain")], "+ raises", "", ""),
        ([hedged("c/1", "possible")], "+ raises · hedge: possible", "possible", ""),
        ([hedged("c/1", "possible", "probable")], "+ raises · hedge: possible or probable", "possible | probable", ""),
        ([hedged("c/1", "possible", "plain")], "+ raises", "plain | possible", ""),
        ([hedged("c/1", "possible"), hedged("c/2")], "+ raises", "possible | plain", ""),
        (
            [hedged("c/1", "plain", conditions=("In summer.",), quantifier="most")],
            "+ raises · on a condition",
            "",
            "In summer; how many: most",
        ),
        ([hedged("c/1", "plain", quantifier="most")], "+ raises", "", "how many: most"),
        (
            [hedged("c/1", "plain", conditions=("In summer.",)), hedged("c/2", "plain")],
            "+ raises",
            "",
            "In summer | none stated",
        ),
    ],
)
@pytest.mark.parametrize("moderators", [(), ("m",)])
def test_an_arrow_says_how_firmly_and_on_what_condition(
    said: list[Proposition], label: str, hedge: str, condition: str, moderators: tuple[str, ...]
) -> None:
    """To the eye where every claim is hedged or has a condition; to programs, as an attribute, what each claim says."""
    drawn = causes.picture(graph(*(replace(p, moderators=moderators) for p in said)))
    assert [thing.label for thing in drawn.edges if thing.label] == ([] if moderators else [label])
    assert {(edge.hedge, edge.condition) for edge in drawn.edges} == {(hedge, condition)}
    attributes = {name: text for name, text in (("hedge", hedge), ("condition", condition)) if text}
    read = networkx.parse_graphml(FORMATS["graphml"].write(drawn).decode())
    dot = pygraphviz.AGraph(string=FORMATS["dot"].write(drawn).decode())
    (*_, edge) = read.edges(data=True)
    assert {name: text for name, text in edge[2].items() if name in ("hedge", "condition")} == attributes
    assert any(attributes.items() <= dict(dot.get_edge(*ends).attr).items() for ends in dot.edges())
    (told,) = {node.tooltip for node in drawn.nodes if node.text == label} or {drawn.edges[0].tooltip}
    assert all(part in told for p in said for part in (*p.conditions, p.quantifier))
    assert ("hedge: " in told) is bool(hedge)


def test_who_denies_a_thing_plainly_takes_no_hedge_from_it() -> None:
    denied = Telling(("Bo",), "denies", (Source("work/a", "Two"),), hedge="plain")
    said = hedged("c/1", "possible")
    (edge,) = causes.picture(graph(replace(said, tellings=(*said.tellings, denied)))).edges
    assert edge.label == "+ raises · hedge: possible · ≠ in conflict"


def test_a_theory_that_says_a_thing_twice_shares_it_with_nobody() -> None:
    said = graph(says("c/1", "a", "raises", "b", "theory/x"), says("c/2", "a", "raises", "b", "theory/x"))
    assert said.meetings() == []


def test_holders_of_one_attribution_say_it_together() -> None:
    telling = Telling(("Ada", "Ines"), "asserts", (Source("work/a"),))
    together = Proposition("c/1", "x", ("a",), "raises", ("b",), tellings=(telling,))
    assert graph(together).meetings() == []


def test_what_is_shared_only_if_a_doubtful_holder_is_another_is_not_shared() -> None:
    """Two candidates of whom the document leaves open which says it are one voice, and none beside one of them."""
    places = (Source("work/a"),)
    doubtful = tuple(Telling((name,), "asserts", places, doubtful=True) for name in ("Ada", "Ines"))
    open_ = Proposition("c/1", "x", ("a",), "raises", ("b",), tellings=doubtful)
    assert open_.voices() == ("Ada, or Ines",)
    assert graph(open_).meetings() == []
    assert graph(open_, says("c/2", "a", "raises", "b")).meetings() == []
    assert len(graph(open_, says("c/2", "a", "raises", "b", told=(("Bo", "asserts"),))).meetings()) == 1


def test_a_doubtful_holder_is_read_from_the_certainty(walls: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "kb" / "documents" / "reed-1999.yaml"
    path.write_text(
        path.read_text().replace("commitment: asserts", "certainty: conflicting\n        commitment: asserts", 1)
    )
    told = {p.id: p.tellings[0].doubtful for p in Workspace.open(tmp_path, cached=False).causes().propositions}
    assert [id for id, doubtful in told.items() if doubtful] == ["claim/low"]


# Loops


@pytest.mark.parametrize(
    ("relations", "sign"),
    [
        (["raises", "raises"], "reinforcing"),
        (["lowers", "lowers"], "reinforcing"),
        (["raises", "lowers"], "balancing"),
        (["lowers", "lowers", "lowers"], "balancing"),
        (["raises", "affects"], "not given"),
        (["raises", "necessary-for"], "not given"),
        (["lowers"], "balancing"),
    ],
)
def test_the_sign_of_a_loop_is_the_product_of_its_links(relations: list[str], sign: str) -> None:
    found, whole = loops(
        graph(*(says(f"c/{n}", f"n{n}", r, f"n{(n + 1) % len(relations)}") for n, r in enumerate(relations)))
    )
    assert whole
    assert [(loop.sign(), len(loop.constructs)) for loop in found] == [(sign, len(relations))]


def test_a_loop_with_both_signs_is_contested() -> None:
    said = [says("c/1", "a", "raises", "b"), says("c/2", "b", "raises", "a"), says("c/3", "b", "lowers", "a")]
    assert [loop.sign() for loop in loops(graph(*said))[0]] == ["contested"]


@pytest.mark.parametrize("relation", ["no-effect", "presupposes", "part-of-the-meaning-of", "signals"])
def test_what_does_nothing_to_its_effect_closes_no_loop(relation: str) -> None:
    assert loops(graph(says("c/1", "a", "raises", "b"), says("c/2", "b", relation, "a"))) == ([], True)


def test_a_loop_names_the_theory_that_closes_it_alone() -> None:
    said = [says("c/1", "a", "raises", "b", "theory/x", "theory/y"), says("c/2", "b", "raises", "a", "theory/x")]
    (loop,) = loops(graph(*said))[0]
    assert loop.theories() == ("theory/x",)
    (row,) = tables.cycles(graph(*said)).rows
    assert [str(cell) for cell in row] == ["a → b → a", "reinforcing", "2", "theory/x", "–", "–", "c/1 | c/2"]


def test_a_theory_gives_a_loop_its_own_sign() -> None:
    said = [says("c/1", "a", "raises", "b", "theory/x"), says("c/2", "b", "raises", "a", "theory/x")]
    (row,) = tables.cycles(graph(*said, says("c/3", "b", "lowers", "a", "theory/y"))).records()
    assert (str(row["sign"]), str(row["theories"])) == ("contested", "theory/x (reinforcing)")


def test_a_long_ring_is_found_and_a_limit_is_said() -> None:
    ring = [says(f"c/{n}", f"n{n:03}", "raises", f"n{(n + 1) % 200:03}") for n in range(200)]
    assert [len(loop.constructs) for loop in loops(graph(*ring))[0]] == [200]
    dense = [says(f"c/{a}{b}", a, "affects", b) for a, b in itertools.permutations("abcdefghijkl", 2)]
    found, whole = loops(graph(*dense), limit=100)
    assert (len(found), whole) == (100, False)
    assert tables.cycles(graph(*dense), limit=100).notes == ("The search ended at 100 loops; there may be more.",)


_ROW = [f"n{n:04}" for n in range(6000)]


@pytest.mark.parametrize(
    ("links", "number"),
    [
        (list(itertools.pairwise(_ROW)), 0),
        (list(itertools.pairwise(reversed(_ROW))), 0),
        (list(itertools.pairwise([*_ROW, _ROW[0]])), 1),
        (list(itertools.pairwise([_ROW[0], *reversed(_ROW)])), 1),
        ([link for one, other in itertools.pairwise(_ROW[:900]) for link in ((one, other), (other, one))], 899),
        ([link for one, other in itertools.pairwise(_ROW) for link in ((one, other), (other, one))], 1000),
    ],
    ids=["row", "row backwards", "ring", "ring backwards", "row both ways", "long row both ways"],
)
def test_thousands_of_constructs_are_searched_in_seconds(links: list[tuple[str, str]], number: int) -> None:
    said = graph(*(says(f"c/{n}", cause, "raises", effect) for n, (cause, effect) in enumerate(links)))
    begun = time.process_time()
    found, _ = loops(said)
    assert time.process_time() - begun < 3
    assert len(found) == number
    assert [loop.constructs for loop in found] == sorted((loop.constructs for loop in found), key=lambda c: (len(c), c))


@given(st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=14))
def test_every_elementary_cycle_is_found_once(links: set[tuple[str, str]]) -> None:
    """Against all orders of all sets of nodes."""
    said = graph(*(says(f"c/{a}{b}", a, "affects", b) for a, b in links))
    naive = {
        order
        for size in range(1, 6)
        for order in itertools.permutations("abcde", size)
        if order[0] == min(order) and all(pair in links for pair in zip(order, (*order[1:], order[0]), strict=True))
    }
    found, whole = loops(said)
    assert whole
    assert len(found) == len(naive)
    assert {loop.constructs for loop in found} == naive


# Tables


def test_the_edge_list_has_a_row_for_each_theory_and_document(walls: Workspace) -> None:
    rows = list(csv.DictReader(io.StringIO(table_csv(tables.edges(walls.causes())))))
    assert len(rows) == 5
    high = next(row for row in rows if row["claim"] == "claim/high")
    columns = "theory cause relation effect moderator mechanism condition holder hedge document place claim"
    assert list(high)[:12] == columns.split()
    assert (high["theory"], high["cause"], high["relation"]) == ("high walls", "height of walls", "raises")
    assert (high["effect"], high["moderator"], high["mechanism"]) == ("calm = quiet", "rain", "awe")
    assert (high["holder"], high["document"], high["place"]) == ("Ada Reed", "work/reed-1999", "One")
    assert (high["condition"], high["hedge"]) == ("In summer.", "")


def test_hedges_and_conditions_are_read_and_listed(walls: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "kb" / "documents" / "reed-1999.yaml"
    text = path.read_text().replace("commitment: asserts", "hedge: possible\n        commitment: asserts", 1)
    narrowed = (
        "quantifier: most\n    conditions: [{variable: construct/rain, value: low}]\n    condition_text: In summer."
    )
    path.write_text(text.replace("condition_text: In summer.", narrowed))
    found = Workspace.open(tmp_path, cached=False).causes()
    high, low = (next(p for p in found.propositions if p.id == f"claim/{name}") for name in ("high", "low"))
    assert (high.conditions, high.quantifier) == (("In summer.", "rain: low"), "most")
    assert [telling.hedge for telling in low.tellings] == ["possible"]
    rows = {str(row["claim"]): row for row in tables.edges(found).records()}
    assert str(rows["claim/high"]["condition"]) == "In summer. | rain: low | how many: most"
    assert str(rows["claim/low"]["hedge"]) == "possible"
    assert "how many: most" in str(tables.meetings(found).records()[0]["conditions"])


def test_a_plain_telling_hides_no_hedge_in_the_list() -> None:
    said = hedged("c/1", "plain", "possible")
    told = [str(row["hedge"]) for row in tables.edges(graph(said)).records()]
    assert told == ["plain (plain) | possible (possible)"]


def test_a_row_of_several_holders_says_which_of_them_has_which_hedge() -> None:
    """As a comparison does; one hedge of all needs no names, and who says nothing of force has none."""

    def of(*tellings: tuple[str, str]) -> str:
        told = tuple(Telling((name,), "asserts", (Source("work/a", "One"),), hedge=hedge) for name, hedge in tellings)
        (row,) = tables.edges(graph(replace(hedged("c/1"), tellings=told))).records()
        return str(row["hedge"])

    assert of(("Ada", "possible"), ("Bo", "plain"), ("Cy", "possible")) == "possible (Ada; Cy) | plain (Bo)"
    assert of(("Ada", "possible"), ("Bo", "possible")) == "possible"
    assert of(("Ada", "possible"), ("Bo", "")) == "possible (Ada)"
    assert of(("Ada", "")) == "–"


def test_shared_propositions_and_loops_say_hedge_and_condition() -> None:
    """What a reader must weigh is in every list, not in that of the edges alone."""
    there = replace(hedged("c/1", "possible", conditions=("In summer.",)), theories=("t/1",))
    same = replace(hedged("c/2", "plain"), theories=("t/2",))
    back = replace(hedged("c/3", "probable", moderators=("m",)), causes=("b",), effects=("a",))
    (met,) = tables.meetings(graph(there, same)).records()
    assert (str(met["hedge"]), str(met["conditions"])) == ("possible (t/1) | plain (t/2)", "In summer.")
    (loop,) = tables.cycles(graph(there, back)).records()
    assert str(loop["hedge"]) == "possible (t/1) | probable (probable)"
    assert str(loop["conditions"]) == "In summer. | m"


def told(id: str, *tellings: tuple[str, str], theory: str = "", relation: str = "raises") -> Proposition:
    """That a has a relation to b, of a theory or of none, asserted by holders with a hedge each."""
    said = tuple(Telling((name,), "asserts", (Source("work/a", "One"),), hedge=hedge) for name, hedge in tellings)
    return Proposition(id, id, ("a",), relation, ("b",), theories=(theory,) if theory else (), tellings=said)


@pytest.mark.parametrize(
    ("said", "hedge"),
    [
        (
            [told("c/1", ("Ada", "plain"), theory="dread"), told("c/2", ("Ada", "possible"), theory="calm")],
            "plain (dread) | possible (calm)",
        ),
        (
            [told("c/1", ("Ada", "plain"), theory="dread"), told("c/2", ("Ada", "plain"), theory="calm")],
            "plain",
        ),
        (
            [
                told("c/1", ("Ada", "plain"), ("Bo", "possible"), theory="dread"),
                told("c/2", ("Ada", "possible"), theory="calm"),
            ],
            "plain (dread: Ada) | possible (dread: Bo; calm)",
        ),
        (
            [
                told("c/1", ("Ada", "plain"), theory="dread"),
                told("c/2", ("Ada", "possible"), theory="dread"),
                told("c/3", ("Ada", "possible"), theory="calm"),
            ],
            "plain (dread: c/1) | possible (dread: c/2; calm)",
        ),
        ([told("c/1", ("Ada", "plain")), told("c/2", ("Bo", "possible"))], "plain (Ada) | possible (Bo)"),
        (
            [told("c/1", ("Ada", "plain")), told("c/2", ("Ada", "possible"), ("Bo", "possible"))],
            "plain (Ada: c/1) | possible (Ada: c/2; Bo)",
        ),
    ],
)
def test_a_hedge_names_the_side_that_has_it(said: list[Proposition], hedge: str) -> None:
    """The theory; of one theory the holder or the claim; and the claim where a holder hedges two differently."""
    (met,) = tables.meetings(graph(*said)).records()
    assert str(met["hedge"]) == hedge
    back = Proposition("c/9", "c/9", ("b",), "raises", ("a",))
    (loop,) = tables.cycles(graph(*said, back)).records()
    assert str(loop["hedge"]) == hedge


def test_both_sides_of_an_imported_table_are_told_apart(tmp_path: Path) -> None:
    """Where one holder vouches for all of it."""
    (tmp_path / "crowd.csv").write_text(
        "theory,cause,relation,effect\ndread,size,raises,order\ncalm,size,may lower,order\n"
    )
    root = make(tmp_path / "workspace").layout.root
    Workspace.open(root, cached=False).import_relations(tmp_path / "crowd.csv")
    (row,) = tables.meetings(Workspace.open(root, cached=False).causes()).records()
    assert (str(row["how"]), str(row["hedge"])) == ("conflict", "plain (dread) | possible (calm)")


def test_the_status_of_a_row_is_that_of_its_statement() -> None:
    """A proposition without a condition is no blank of a document."""
    for table in (tables.edges, tables.meetings, tables.cycles):
        back = replace(hedged("c/3"), causes=("b",), effects=("a",))
        said = [replace(hedged("c/1", "plain", "possible"), theories=("t/1", "t/2")), back]
        listed = list(csv.DictReader(io.StringIO(table_csv(table(graph(*said))))))
        assert listed and all(row["status"] == ("stated" if row["sources"] else "inferred") for row in listed)


def test_a_claim_that_nobody_tells_is_listed_and_background_is_marked() -> None:
    telling = Telling(("Ada",), "denies", (Source("register/background"),), background=True)
    bare = Proposition("c/1", "x", ("a",), "raises", ("b",))
    told = Proposition("c/2", "x", ("a",), "lowers", ("b",), tellings=(telling,))
    first, second = tables.edges(graph(bare, told)).records()
    assert first["claim"].status is Status.INFERRED
    assert second["claim"].status is Status.BACKGROUND
    assert second["holder"].value == "Ada (denies)"


def test_every_table_of_the_repository_leads_to_a_page() -> None:
    found = repository().causes()
    assert len(found.propositions) > 70
    for table in tables.TABLES.values():
        answer = table(found)
        assert len(answer)
        assert all(cell.sources for row in answer.rows for cell in row if cell.value is not None)


# Pictures


def test_every_relation_of_the_ontology_is_drawn() -> None:
    relations = {
        local(str(quad.subject)) for quad in repository().knowledge.stated.quads(None, RDF.type, TM.PropositionRelation)
    }
    assert relations == set(causes.RELATIONS) > set(DRIVES)


def test_no_two_relations_differ_by_colour_alone() -> None:
    styles: list[EdgeStyle] = [*causes.RELATIONS.values(), causes.MODERATES, *causes.LIKENESSES.values()]
    looks = [(style.line, style.head, style.tail, style.width) for style in styles]
    assert len(set(looks)) == len(looks) > 10
    assert len({style.meaning for style in styles}) == len(styles)


def test_a_moderator_ends_on_the_arrow() -> None:
    drawn = causes.picture(graph(says("c/1", "a", "raises", "b", moderators="m"), says("c/2", "a", "lowers", "d")))
    (word,) = [node for node in drawn.nodes if node.style.shape == WORD.shape]
    assert {(edge.source, edge.target, edge.style.name) for edge in drawn.edges} == {
        ("a", word.id, "raises"),
        (word.id, "b", "raises"),
        ("m", word.id, "moderates"),
        ("a", "d", "lowers"),
    }


def test_causes_that_are_meant_together_meet_in_one_arrow() -> None:
    drawn = causes.picture(graph(says("c/1", "a b", "necessary-for", "d")))
    assert len(drawn.edges) == 3
    assert sum(edge.style.head == "odiamond" for edge in drawn.edges) == 1


def test_shared_propositions_are_one_wide_arrow_and_conflicts_are_marked() -> None:
    said = [says("c/1", "a", "raises", "b", "theory/x"), says("c/2", "a", "raises", "b", "theory/y")]
    drawn = causes.picture(graph(*said, says("c/3", "a", "lowers", "b", "theory/y")))
    shared, lowers = drawn.edges
    assert shared.style.width > lowers.style.width > causes.RELATIONS["lowers"].width
    assert {edge.style.tail for edge in drawn.edges} == {"dot"}
    assert "theory/x; theory/y" in shared.label
    assert all("in conflict" in edge.label for edge in drawn.edges)
    assert {"shared", "conflict"} <= {style.name for style in drawn.legend}


def test_a_theory_has_a_colour_and_its_name(walls: Workspace) -> None:
    drawn = causes.picture(walls.causes())
    back = next(edge for edge in drawn.edges if "claim/back" in edge.link)
    assert "low walls" in back.label
    assert back.style.colour in {style.colour for style in drawn.legend if style.meaning == "low walls"}
    alone = causes.picture(walls.causes("theory/high-walls"))
    assert all("walls" not in edge.label for edge in alone.edges)
    assert alone.title == "high walls"


def test_the_legend_holds_what_occurs_and_no_more(walls: Workspace) -> None:
    names = [style.name for style in causes.picture(walls.causes()).legend]
    assert names[:5] == ["construct", "merged", "raises", "lowers", "moderates"]
    assert "signals" not in names
    assert "joint" not in names


@pytest.mark.parametrize("text", [*HOSTILE, "NA", "</svg><script>x()</script>", r"\N \G \E ]]>"])
def test_no_text_breaks_a_picture_or_a_table(text: str) -> None:
    one, other = says("c/1", "a", "raises", "b", text), says(text or "c/2", "b", text, "a", moderators="m")
    said = graph(one, other, names=[("a", text), ("m", text)])
    drawn = causes.picture(said)
    tree = ET.fromstring(FORMATS["svg"].write(drawn))
    assert tree.tag == f"{SVG}svg"
    assert not tree.findall(f".//{SVG}script")
    assert ET.fromstring(FORMATS["graphml"].write(drawn)) is not None
    assert FORMATS["dot"].write(drawn)
    assert len(list(csv.reader(io.StringIO(table_csv(tables.edges(said)), newline="")))) == 3
    assert "\x1b" not in table_text(tables.cycles(said))


@pytest.mark.parametrize("format", ["svg", "dot", "graphml"])
def test_the_same_graph_gives_the_same_bytes(walls: Workspace, format: str) -> None:
    again = Workspace.open(walls.layout.root, cached=False)
    write = FORMATS[format].write
    assert write(causes.picture(walls.causes())) == write(causes.picture(again.causes()))


# The command


def run(walls: Workspace, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(group, ["map", "--causal", *arguments, "-w", str(walls.layout.root)])
    problem = f"{type(result.exception).__name__}: {result.exception}" if result.exception else ""
    return result.exit_code, result.stdout, result.stderr + problem


def test_the_command_draws_and_lists(walls: Workspace, tmp_path: Path) -> None:
    assert run(walls)[1].startswith("<svg")
    assert run(walls, "--format", "dot")[1].startswith("digraph")
    assert run(walls, "theory/high-walls", "--format", "csv")[1].count("\n") == 3
    assert "calm = quiet → height of walls → calm = quiet" in run(walls, "--list", "cycles", "--format", "csv")[1]
    out = tmp_path / "edges.csv"
    assert run(walls, "theory/high-walls", "theory/walls", "-o", str(out))[:2] == (0, "")
    assert re.match("theory,cause,relation,effect,", out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("format", ["csv", "json", "table"])
def test_a_list_of_loops_that_was_cut_says_so_beside_it(
    walls: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, format: str
) -> None:
    listed = ["--list", "cycles", "--format", format, "-o", str(tmp_path / "loops")]
    assert run(walls, *listed) == (0, "", "")
    monkeypatch.setattr(tables, "loops", lambda graph, limit: (loops(graph, limit)[0], False))
    assert run(walls, *listed) == (0, "", "theorymap: The search ended at 1 loops; there may be more.\n")


@pytest.mark.parametrize("arguments", [[], ["--format", "csv"], ["--list", "shared"]])
def test_where_there_are_no_propositions_nothing_is_written(tmp_path: Path, arguments: list[str]) -> None:
    empty, out = make(tmp_path, {}), tmp_path / "x"
    code, printed, problem = run(empty, *arguments, "-o", str(out))
    assert code
    assert (printed, out.exists()) == ("", False)
    assert problem == "UsageError: There are no propositions."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--list", "shared", "--format", "svg"], "a list is not written as svg"),
        (["--list", "shared", "-o", "x.svg"], "a list is not written as svg"),
        (["--depth", "1"], "without --depth"),
        (["-o", "x.docx"], "is called *.docx"),
        (["theory/hihg-walls"], "theory/hihg-walls"),
    ],
)
def test_what_cannot_be_drawn_is_refused(walls: Workspace, arguments: list[str], said: str) -> None:
    code, printed, problem = run(walls, *arguments)
    assert code
    assert printed == ""
    assert said in problem


@pytest.mark.parametrize("arguments", [["a", "b"], ["--list", "edges"], ["--format", "csv"]])
def test_arguments_are_drawn_as_before(walls: Workspace, arguments: list[str]) -> None:
    result = CliRunner().invoke(group, ["map", *arguments, "-w", str(walls.layout.root)])
    assert isinstance(result.exception, UsageError)
