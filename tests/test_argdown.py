"""Argdown is read as its official parser reads it, and what is written is read back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Kind, Link, Statement
from theorymap.errors import SourceError
from theorymap.findings import Origin, Severity
from theorymap.formats import argdown
from theorymap.formats.argdown.document import Document, End
from theorymap.formats.argdown.modelled import modelled
from theorymap.formats.argdown.walk import document
from theorymap.table import Source

DATA = Path(__file__).resolve().parent / "data" / "argdown"
TEXTS = sorted(DATA.glob("*.argdown"))


def read(text: str) -> ArgumentMap:
    """The map in a text."""
    return argdown.read(text.encode(), "map.argdown").map


# The official parser


def _as_official(found: Document) -> dict[str, object]:
    """A document in the words of the goldens; see tests/data/argdown/README.md."""
    statements = {
        key: {
            "text": entry.chosen,
            "members": len(entry.texts),
            "tags": [*entry.tags],
            "section": "".join(entry.place[-1:]),
        }
        for key, entry in found.statements.items()
    }
    arguments = {
        key: {
            "text": entry.chosen,
            "tags": [*entry.tags],
            "section": "".join(entry.place[-1:]),
            "pcs": [key for step in found.steps.get(key, ()) for key in (*step.premises, step.conclusion)],
            "rules": [[*step.rules] for step in found.steps.get(key, ())],
        }
        for key, entry in found.arguments.items()
    }
    relations = [[kind, *_end(found, source), *_end(found, target)] for kind, source, target in modelled(found)]
    return {"statements": statements, "arguments": arguments, "relations": relations, "headings": found.headings}


def _end(found: Document, end: End) -> list[object]:
    """A step is named by the place of its conclusion among the statements of the structure."""
    if end.sort != "inference":
        return [end.sort, end.key]
    return [end.sort, end.key, sum(len(step.premises) + 1 for step in found.steps[end.key][: end.step + 1]) - 1]


def _in_order(golden: dict[str, object]) -> dict[str, object]:
    """What is contrary or contradictory is so both ways; the order of relations is not compared."""
    relations = golden["relations"]
    assert isinstance(relations, list)
    ends = [
        (kind, *rest) if kind in {"attack", "support", "entails", "undercut"} else (kind, *sorted(rest))
        for kind, *rest in relations
    ]
    return golden | {"relations": sorted(map(repr, ends))}


def test_every_text_has_a_golden_and_every_golden_a_text() -> None:
    assert TEXTS
    assert [path.stem for path in TEXTS] == sorted(path.stem for path in DATA.glob("*.json"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_says_what_the_official_parser_says_it_does(path: Path) -> None:
    """Equivalence classes, arguments, structures, sections and relations; and they are counted as it counts them."""
    golden = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = document(path.read_text(encoding="utf-8"), path.name)
    assert _in_order(_as_official(found)) == _in_order(golden)
    read = argdown.read(path.read_bytes(), path.name).read
    kinds = [kind for kind, *_ in golden["relations"]]
    assert read == {
        kind: count
        for kind, count in {
            "equivalence class": len(golden["statements"]),
            "argument": len(golden["arguments"]),
            "premise-conclusion structure": sum(bool(found["pcs"]) for found in golden["arguments"].values()),
            "heading": golden["headings"],
            **{kind: kinds.count(kind) for kind in kinds},
        }.items()
        if count
    }


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_map_that_was_read_is_written_and_read_again(path: Path) -> None:
    map = argdown.read(path.read_bytes(), path.name).map
    assert _as_argdown_keeps_it(argdown.read(argdown.write(map), path.name).map) == _as_argdown_keeps_it(map)


def test_what_was_left_is_counted() -> None:
    reading = argdown.read((DATA / "wording.argdown").read_bytes(), "wording.argdown")
    assert reading.left == {"bold text": 2, "comment": 4, "italic text": 3, "link": 1, "list": 2}
    reading = argdown.read(b"# A #tag {isGroup: true, colour: red}\n\n[B]", "map.argdown")
    assert reading.left == {"data of a heading": 1, "tag of a heading": 1}


# What becomes of what


def test_support_between_statements_is_an_inference_and_in_strict_mode_entailment() -> None:
    loose = read("[A]\n  + [B]")
    assert loose.inferences == (Inference("argument/b-for-a", ("claim/b",), "claim/a"),)
    assert [statement.asserted for statement in loose.statements] == [False, True]
    strict = read("===\nmodel: {mode: strict}\n===\n\n[A]\n  + [B]\n  - [C]\n  >< [D]")
    assert not strict.inferences and not strict.data
    assert set(strict.links) == {
        Link(Bond.ENTAILS, "claim/b", "claim/a"),
        Link(Bond.CONTRARY, "claim/c", "claim/a"),
        Link(Bond.CONTRADICTS, "claim/a", "claim/d"),
    }


def test_a_sketch_concludes_the_one_statement_that_it_supports() -> None:
    one, two = read("[A]\n  + <B>: Because."), read("[A]\n  + <B>: Because.\n    +> [C]")
    assert one.inferences == (Inference("argument/b", (), "claim/a", "B", "Because."),) and not one.links
    assert two.inferences == (Inference("argument/b", (), "", "B", "Because."),)
    assert {link.target for link in two.links} == {"claim/a", "claim/c"}


def test_attacks_and_undercuts_in_both_directions() -> None:
    """An attack on an argument leaves open what it is aimed at; an undercut is aimed at its step."""
    map = read("[A]\n  - [B]\n  -> <C>\n\n<C>\n  _> <D>\n  <_ [A]")
    attacks = [(attack.attackers, attack.target, attack.data) for attack in map.attacks]
    assert attacks == [
        (("claim/b",), "claim/a", ()),
        (("claim/a",), "argument/c", (("relation", "attack"),)),
        (("argument/c",), "argument/d", ()),
        (("claim/a",), "argument/c", ()),
    ]
    assert [map.kind(attack) for attack in map.attacks] == [Kind.REBUTS] + 3 * [Kind.UNDERCUTS]
    assert map.attacks[0].id == "attack/b-on-a"


def test_a_structure_of_two_steps_is_two_inferences() -> None:
    """Each step draws on the conclusion before it, unless its data say otherwise."""
    map = read((DATA / "structures.argdown").read_text(encoding="utf-8"))
    first, second = (inference for inference in map.inferences if inference.title == "Whole")
    assert (first.id, first.text, first.scheme) == ("argument/whole-1", "", "Modus ponens")
    assert first.premises == ("claim/base", "claim/thin-ice-breaks") and first.conclusion == "claim/middle"
    assert second.premises == ("claim/middle", "claim/who-stands-on-ice-that-breaks")
    assert dict(second.data) == {"uses": '["3", "4"]', "logic": '["deductive"]'}
    assert (second.text, second.tags) == ("The argument as a whole.", ("deep",))
    assert {attack.target for attack in map.attacks} >= {"argument/whole-2"}


def test_that_an_argument_supports_its_own_conclusion_adds_nothing() -> None:
    map = read("<A>\n  +> [C]\n\n(1) [P]\n----\n(2) [C]\n\n<A>\n  +> [D]")
    assert [inference.conclusion for inference in map.inferences] == ["claim/c", "claim/d"]
    assert not map.links


def test_headings_are_groups_unless_they_say_that_they_are_none() -> None:
    map = read("# One\n\n[A]\n\n## Two\n\n[B]\n  + <C>\n\n# Three {isGroup: false}\n\n[D]")
    assert [statement.groups for statement in map.statements] == [("One",), ("One", "Two"), ()]
    assert map.inferences[0].data == (("section", "One / Two"),)


def test_fields_stand_in_the_data_and_other_data_are_kept() -> None:
    map = read(
        "[A]: Text. #t {id: claim/other, holders: [B], denied: true, sources: [D, [E, p. 3]],"
        " limits: [claim/f], n: 1, list: [x]}\n\n[F]"
    )
    assert map.statements[0] == Statement(
        "claim/other",
        "Text.",
        "A",
        denied=True,
        holders=("B",),
        tags=("t",),
        sources=(Source("D"), Source("E", "p. 3")),
        data=(("n", "1"), ("list", '["x"]')),
    )
    assert map.links == (Link(Bond.LIMITS, "claim/other", "claim/f"),)


def test_a_field_of_another_form_is_an_authors_own() -> None:
    map = read("[A] {id: [x], sources: Plato, asserted: perhaps, limits: [claim/nobody], tags: {a: b}}")
    assert map.statements[0].id == "claim/a" and not map.links
    assert [key for key, _ in map.statements[0].data] == ["id", "sources", "asserted", "limits", "tags"]


def test_members_of_a_class_that_say_it_otherwise_are_kept() -> None:
    (statement,) = read("[A]: Once.\n\n[A]: Twice.").statements
    assert (statement.text, statement.data) == ("Twice.", (("wording", "Once."),))


def test_ids_are_unique_and_legible() -> None:
    map = read("Trust is glue.\n\nTrust is glue.\n\n[A!]\n\n[A]\n\n[claim/x]: Y.\n\n[信任]\n\n[?]")
    assert [statement.id for statement in map.statements] == [
        *("claim/trust-is-glue", "claim/trust-is-glue-2", "claim/a", "claim/a-2", "claim/x", "claim/信任"),
        "claim/untitled",
    ]
    assert [statement.title for statement in map.statements] == ["", "", "A!", "A", "", "信任", "?"]


# What is written


def test_a_map_is_written_as_one_would_write_it() -> None:
    map = ArgumentMap(
        (
            Statement("claim/glue", "Trust is glue.", "Glue", groups=("Trust",), tags=("a", "b c")),
            Statement("claim/no-text", "", groups=("Trust",), asserted=False),
        ),
        (Inference("argument/why", ("claim/glue",), "claim/no-text", "Why", scheme="Modus ponens"),),
        (
            Attack("attack/why-on-glue", ("argument/why",), "claim/glue"),
            Attack("attack/1", ("claim/glue", "claim/no-text"), "argument/why", makers=("Keating",)),
        ),
        title="Trust",
    )
    assert (
        argdown.write(map).decode()
        == """\
===
title: "Trust"
===

# Trust

[Glue]: Trust is glue. #a #(b c)

[claim/no-text]

# Arguments {isGroup: false}

<Why>

(1) [Glue]
-- Modus ponens --
(2) [claim/no-text]

[Glue]
    <- <Why>

<attack/1> {objection: "attack/1", makers: ["Keating"]}
    <+ [Glue]
    <+ [claim/no-text]
    _> <Why>
"""
    )
    assert read(argdown.write(map).decode()) == map


def test_an_empty_map_is_an_empty_text() -> None:
    assert read(argdown.write(ArgumentMap()).decode()) == ArgumentMap()
    assert read("") == read("\n \n") == read("// nothing") == ArgumentMap()


# Round trips

SIGNS = "[]<>#@{}:()-+_/\\*.,;=!|\"'&`~^ \t\n\r%0aZé٣ا\u202e\u0301\u00a0\u2028\x85\x00😀"
hostile = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=["Cs"])), max_size=12)
PIECES = """<!-- --> // /* */ === ---- -- (1) [A] [A]: <B> <B>: @[A] @<B> + - _ <_ >< +> # ## #tag #(a) {a:1} {} .v.
:happy: @include(a) [a](b) ** __ * \\ a b word e.g. 1. true null""".split()
pieces = st.lists(st.sampled_from([*PIECES, "\n", "\n\n", " ", "  "]), max_size=8).map(" ".join)
texts = st.one_of(hostile, pieces, st.sampled_from(["", "Trust is glue.", "A", "B"]))
names = st.one_of(st.sampled_from(["A", "B", "claim/a", "argument/b"]), texts)
tuples = st.lists(texts, max_size=3).map(tuple)
pairs = st.lists(
    st.tuples(st.one_of(st.sampled_from(["id", "note", "section", "relation"]), texts), texts), max_size=3
).map(tuple)
sources = st.lists(st.builds(Source, texts, texts), max_size=2).map(tuple)


ids = st.one_of(names.filter(bool), st.sampled_from([f"{sort}/{n}" for sort in ("claim", "argument") for n in "abc"]))


@st.composite
def maps(draw: st.DrawFn) -> ArgumentMap:
    """Any map whose premises and conclusions are statements; everything attacks everything and is linked to it."""
    drawn = draw(st.lists(ids, max_size=8, unique=True))
    cut = draw(st.integers(0, len(drawn)))
    claims, steps = drawn[:cut], drawn[cut:]
    statements = tuple(draw(_statement(id)) for id in claims)
    inferences = tuple(draw(_inference(id, claims)) for id in steps)
    attacks: list[Attack] = []
    for _ in range(draw(st.integers(0, 4)) if drawn else 0):
        attacks.append(draw(_attack([*drawn, *(attack.id for attack in attacks)])))
    everything = st.sampled_from([*drawn, *(attack.id for attack in attacks)] or [""])
    links = st.lists(st.builds(Link, st.sampled_from(Bond), everything, everything), max_size=5 if drawn else 0)
    return ArgumentMap(
        statements, inferences, tuple(draw(st.permutations(attacks))), tuple(draw(links)), draw(texts), draw(pairs)
    )


def _statement(id: str) -> st.SearchStrategy[Statement]:
    flags = dict.fromkeys(("asserted", "implicit", "denied"), st.booleans())
    lists = dict.fromkeys(("holders", "groups", "tags"), tuples)
    return st.builds(Statement, st.just(id), texts, names, **flags, **lists, data=pairs, sources=sources)


def _inference(id: str, claims: list[str]) -> st.SearchStrategy[Inference]:
    premises = st.lists(st.sampled_from(claims or [""]), max_size=3 if claims else 0).map(tuple)
    whole = [st.just(id), premises, st.sampled_from(["", *claims]), names, texts, texts, tuples, st.booleans(), tuples]
    return st.builds(Inference, *whole, pairs, sources)


@st.composite
def _attack(draw: st.DrawFn, others: list[str]) -> Attack:
    """An attack; half of them say nothing that a plain relation cannot say."""
    anything = st.sampled_from(others)
    target, attackers = draw(anything), tuple(draw(st.lists(anything, min_size=1, max_size=3)))
    name = "-on-".join(id.partition("/")[2] or id for id in (attackers[0], target))
    if draw(st.booleans()) and f"attack/{name}" not in others:
        return Attack(
            f"attack/{name}", attackers[:1], target, data=draw(st.sampled_from([(), (("relation", "attack"),)]))
        )
    number = len(others)
    id = draw(st.sampled_from([f"attack/{number}", f"[{number}]"]).filter(lambda id: id not in others))
    return Attack(id, attackers[draw(st.integers(0, 1)) :], target, draw(tuples), draw(pairs), draw(sources))


def _as_argdown_keeps_it(map: ArgumentMap) -> ArgumentMap:
    """A map without what is lost; the maps that are tried have no scopes, and nobody who says so in a source."""
    return replace(map, links=tuple(sorted(map.links, key=repr)))


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(maps())
def test_a_map_comes_back_but_for_what_the_format_loses(map: ArgumentMap) -> None:
    written = argdown.write(map)
    again = argdown.read(written, "map.argdown").map
    assert _as_argdown_keeps_it(again) == _as_argdown_keeps_it(map)


def test_the_order_of_links_is_lost() -> None:
    """What is said to be lost is not said of too much: such a map really comes back otherwise."""
    statements = (Statement("claim/a", "", "A"), Statement("claim/b", "", "B"))
    links = (Link(Bond.LIMITS, "claim/a", "claim/b"), Link(Bond.CONTRADICTS, "claim/a", "claim/b"))
    map = ArgumentMap(statements, links=links)
    assert read(argdown.write(map).decode()).links == links[::-1]


# Texts of any kind


def test_an_include_is_a_warning() -> None:
    reading = argdown.read(b"[A]: One.\n\n  @include(more/b_c.argdown)\n\n[D]", "map.argdown")
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("include-not-followed", Severity.WARNING)
    assert finding.origin == Origin("map.argdown", 3, 3) and finding.value == "more/b_c.argdown"
    assert reading.left == {"include": 1} and len(reading.map.statements) == 2


@pytest.mark.parametrize("line", ["\r\n", "\r"])
def test_byte_order_mark_and_line_breaks_of_any_system(line: str) -> None:
    text = (DATA / "debate.argdown").read_text(encoding="utf-8")
    assert argdown.read(b"\xef\xbb\xbf" + text.replace("\n", line).encode(), "x").map == read(text)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[A]\n+ [B]", "2:1", "the relation + belongs to nothing"),
        ("[A]\n\n  + [B]", "3:1", "the relation + belongs to nothing"),
        ("A word [B] here", "1:8", "the title [B] stands within another element"),
        ("[A]: B\n<C>: D", "2:1", "the title <C>: stands within another element"),
        ("[A]: snake_case", "1:11", "the _ begins bold or italic text that nothing ends"),
        ("(1) A\n(2) B\n\n[C]", "2:6", "something is missing here"),
        ("(1) A\n----\n(2) B\n(3) C", "4:6", "something is missing here"),
        ("[A]: B {c: d} e", "1:15", "e cannot stand here"),
        ("[A] {\nb: [c\n}", "2:4", "in the data, "),
        ("[A]\n\n[B] {c: d, c: e}", "3:12", "in the data, "),
        ("===\na: [b\n===\n\n[A]", "2:4", "in the data, "),
        ("<A>\n\n(1) B\n----\n(2) C\n\n<A>\n\n(1) B\n----\n(2) C", "9:1", "the argument A has a premise-"),
        ("[A]\n" + "".join(f"{' ' * depth}+ [A]\n" for depth in range(1, 99)), "66:1", "relations are nested more"),
    ],
)
def test_what_is_no_argdown_is_told_with_its_place(text: str, place: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text)
    assert str(caught.value).startswith(f"map.argdown:{place}")
    assert words in str(caught.value) and caught.value.hint


def test_a_file_in_another_encoding_is_told_with_its_place() -> None:
    with pytest.raises(SourceError, match=r"map\.argdown:2:3: the file is not UTF-8"):
        argdown.read("[A]\nZürich".encode("latin-1").replace(b"Z", b"ZZ"), "map.argdown")


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from([*PIECES, "\n", "\n\n", "\n    ", " "]), hostile), max_size=20).map("".join))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    map, problem = _tried(text)
    if problem:
        assert re.match(r"map\.argdown:\d+:\d+: ", str(problem)) and problem.hint
    else:
        assert _as_argdown_keeps_it(read(argdown.write(map).decode())) == _as_argdown_keeps_it(map)


def _tried(text: str) -> tuple[ArgumentMap, SourceError | None]:
    try:
        return read(text), None
    except SourceError as problem:
        return ArgumentMap(), problem


def test_what_an_objection_supports_beside_is_a_link() -> None:
    map = read("[A]\n\n<B> {objection: attack/b}\n  <+ [C]\n  -> [A]\n  +> [D]")
    assert map.attacks == (Attack("attack/b", ("claim/c",), "claim/a"),)
    assert map.links == (Link(Bond.SUPPORTS, "attack/b", "claim/d"),) and not map.inferences
