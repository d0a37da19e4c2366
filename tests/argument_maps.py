"""Argument maps for tests: any at all, with text that is made to break things."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement
from theorymap.table import Source

HOSTILE = (
    "NO",
    "on",
    "null",
    "~",
    "1:20",
    "0x1F",
    "2016-10-01",
    "- a list",
    "a: b # c",
    "@at `tick` %percent &and *star !bang |bar >more",
    '{"nodes": [{"nodeID": 1}], "edges": []}',
    "[Title]: text {braces: yes} <angle> (1) ----",
    'it\'s "quoted" \\ and \\n not broken',
    "two\nlines\r\nand\ta tab ",
    " \u2028line\u2029paragraph\x85next ",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "e\u0301 combining, \u00e9 composed, \U0001f9d1\u200d\U0001f33e",
    "\ufeffmark \x00 \x1b[31m \x7f \ufffe",
    "Reed, Ada : said",
)
WORDS = st.sampled_from(HOSTILE) | st.text(max_size=12) | st.sampled_from(["Walls keep a state calm.", ""])
NAMES = st.sampled_from(["Ada Reed", "Reed: the second", "Ines", "\u05e9\u05dc\u05d5\u05dd", "NO"])
SCHEMES = st.sampled_from(["", "sign", "expert-opinion", "theory-to-case", "Popular Opinion", "modus ponens"])
DATA = st.sampled_from([(), (("scheme", "Popular Practice"),), (("colour", "red"),)])


def _some(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple) if ids else st.just(())


def _one(ids: list[str], *others: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*ids, *others])


_NAMES = st.lists(NAMES, max_size=2, unique=True).map(tuple)
_SOURCES = st.sampled_from([(), (Source("work/reed-1999", "One"),)])


@st.composite
def maps(draw: Any) -> ArgumentMap:
    """Any argument map: few elements, every sort of relation between them, hostile identifiers and texts."""
    own = ("claim/walls-help", "argument/calm", "attack/fall", "claim/x")
    ids = draw(st.lists(st.sampled_from((*HOSTILE, *own)) | st.text(min_size=1, max_size=5), max_size=9, unique=True))
    first, second = sorted((draw(st.integers(0, len(ids))), draw(st.integers(0, len(ids)))))
    claims, steps, against = ids[:first], ids[first:second], ids[second:]
    statements = [
        Statement(
            id,
            draw(WORDS),
            title=draw(st.just("") | WORDS),
            asserted=draw(st.booleans()),
            implicit=draw(st.booleans()),
            denied=draw(st.integers(0, 3)) == 0,
            holders=draw(st.just(()) | _NAMES),
            groups=draw(st.sampled_from([(), ("walls",)])),
            tags=draw(st.sampled_from([(), ("old", "NO")])),
            data=draw(DATA),
            sources=draw(_SOURCES),
        )
        for id in claims
    ]
    inferences = [
        Inference(
            id,
            draw(_some(claims)),
            draw(_one(claims, "")),
            title=draw(st.just("") | WORDS),
            text=draw(st.just("") | WORDS),
            scheme=draw(SCHEMES),
            makers=draw(_NAMES),
            entertained=draw(st.booleans()),
            data=draw(DATA),
        )
        for id in steps
    ]
    attacks = [Attack(id, draw(_some([*claims, *steps])), draw(_one(ids)), draw(_NAMES)) for id in against]
    links = (
        draw(st.lists(st.builds(Link, st.sampled_from(Bond), _one(ids), _one(ids)), max_size=4, unique=True))
        if ids
        else []
    )
    return ArgumentMap(
        tuple(statements), tuple(inferences), tuple(attacks), tuple(links), draw(st.just("") | WORDS), draw(DATA)
    )
