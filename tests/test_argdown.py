"""Argdown is read as its official parser reads it, and what is written is read back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement
from theorymap.formats import argdown
from theorymap.table import Source

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
    """A map without what `argdown.LOSES` says is lost."""
    assert argdown.LOSES == ("the order of links",)
    return replace(map, links=tuple(sorted(map.links, key=repr)))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(maps())
def test_a_map_comes_back_but_for_what_the_format_loses(map: ArgumentMap) -> None:
    written = argdown.write(map)
    again = argdown.read(written, "map.argdown").map
    assert _as_argdown_keeps_it(again) == _as_argdown_keeps_it(map)
