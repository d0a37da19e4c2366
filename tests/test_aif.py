"""AIF: nothing of a file is lost without a word, and what is written comes back as `LOSES` says."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from argument_maps import HOSTILE, maps
from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement
from theorymap.errors import SourceError
from theorymap.findings import Finding
from theorymap.formats import FORMATS, aif
from theorymap.formats.aif_json import SCHEMES
from theorymap.formats.reading import MapReading
from theorymap.terms import RDF, TM, local
from workspaces import repository

FORMS = {"aif": aif.write, "xaif": aif.write_xaif}
OURS = {name.casefold(): ours for ours, name in SCHEMES.items()} | {ours: ours for ours in SCHEMES}


def graph(nodes: list[tuple[Any, ...]], edges: Sequence[tuple[Any, Any]] = (), **more: Any) -> bytes:
    """AIFdb's JSON for nodes (identifier, type, text) and edges."""
    made = [{"nodeID": id, "type": kind, "text": (rest or [f"text of {id}"])[0]} for id, kind, *rest in nodes]
    return json.dumps(
        {"nodes": made, "edges": [{"edgeID": n, "fromID": s, "toID": t} for n, (s, t) in enumerate(edges)], **more}
    ).encode()


def read(data: bytes) -> MapReading:
    return aif.read(data, "map.json")


# What a round trip keeps


def named(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names with single spaces, each once."""
    return tuple(dict.fromkeys(filter(None, (" ".join(name.split()) for name in names))))


def scheme(element: Inference) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The scheme of an inference: ours under its name, another as data."""
    given = element.scheme or dict(element.data).get("scheme", "")
    ours = OURS.get(given.casefold(), "")
    return ours, () if ours or not given else (("scheme", given),)


def kept(whole: ArgumentMap) -> ArgumentMap:
    """A map without what `LOSES` says is lost."""
    concluded = {inference.conclusion for inference in whole.inferences}
    statements = tuple(
        Statement(
            s.id,
            s.text,
            asserted=s.asserted or s.id not in concluded,
            holders=named(s.holders) if s.asserted else (),
        )
        for s in whole.statements
    )
    inferences = []
    for i in whole.inferences:
        ours, data = scheme(i)
        inferences.append(Inference(i.id, i.premises, i.conclusion, scheme=ours, makers=named(i.makers), data=data))
    attacks = [
        Attack(a.id, a.attackers, a.target, named(a.makers), tuple(d for d in a.data if d[0] == "scheme"))
        for a in whole.attacks
    ]
    for link in whole.links:
        both = [(link.source, link.target), (link.target, link.source)]
        if any(isinstance(whole[end], Attack) for end in both[0]):
            continue
        ways = {Bond.CONTRADICTS: both, Bond.CONTRARY: both[:1]}.get(link.bond, [])
        attacks += [Attack("", (source,), target) for source, target in ways]
    links = tuple(
        link
        for link in whole.links
        if link.bond is Bond.SUPPORTS and {type(whole[link.source]), type(whole[link.target])} == {Inference}
    )
    return ArgumentMap(statements, tuple(inferences), tuple(numbered(attacks, whole)), links)


def numbered(attacks: list[Attack], whole: ArgumentMap) -> list[Attack]:
    """The attacks that stand for links are numbered by the writer, past what the map has."""
    numbers = (id for n in range(1, 1000) if (id := f"CA{n}") not in whole)
    return [attack if attack.id else replace(attack, id=next(numbers)) for attack in attacks]


@pytest.mark.parametrize("form", FORMS)
@given(maps())
def test_a_round_trip_loses_what_it_says_and_no_more(form: str, whole: ArgumentMap) -> None:
    data = FORMS[form](whole)
    back = read(data)
    assert back.map == kept(whole)
    assert not back.left.keys() - {"locutions", "illocutions", "edges of illocutions"}
    assert FORMS[form](whole) == data
    assert kept(kept(whole)) == kept(whole)


def test_the_round_trip_tries_what_is_lost() -> None:
    """The comparison above would see it if an inference were dropped, turned round or renamed."""
    whole = ArgumentMap(
        (Statement("a", "A"), Statement("b", "B", title="lost")),
        (Inference("r", ("a",), "b", scheme="sign", title="lost"),),
        (Attack("c", ("a",), "r"),),
        (Link(Bond.CONTRADICTS, "a", "b"), Link(Bond.LIMITS, "a", "b")),
    )
    back = read(aif.write(whole)).map
    assert back != whole and back == kept(whole)
    assert [(a.id, a.attackers, a.target) for a in back.attacks[1:]] == [("CA1", ("a",), "b"), ("CA2", ("b",), "a")]
    assert back.links == () and back.inferences[0].scheme == "sign"


WANTED: dict[str, Callable[[ArgumentMap], bool]] = {
    "linked premises": lambda m: any(len(i.premises) > 1 and i.conclusion and i.makers for i in m.inferences),
    "attack on attack": lambda m: any(isinstance(m[a.target], Attack) and a.attackers for a in m.attacks),
    "undercut": lambda m: any(isinstance(m[a.target], Inference) for a in m.attacks),
    "asserted conclusion": lambda m: any(
        s.asserted and not s.holders and any(i.conclusion == s.id for i in m.inferences) for s in m.statements
    ),
    "links": lambda m: {link.bond for link in m.links} >= {Bond.CONTRADICTS, Bond.SUPPORTS},
    "control characters": lambda m: any(s.text == HOSTILE[-2] for s in m.statements),
}


@pytest.mark.parametrize("name", WANTED)
def test_the_maps_that_are_tried_hold_every_sort_of_relation(name: str) -> None:
    seldom = settings(phases=[Phase.generate], max_examples=2000, database=None)
    assert WANTED[name](find(maps(), WANTED[name], settings=seldom))


def test_what_is_lost_is_said() -> None:
    assert FORMATS["aif"].loses == FORMATS["xaif"].loses == aif.LOSES
    assert len(aif.LOSES) == 6


def test_every_scheme_of_the_ontology_has_a_name() -> None:
    stated = repository().knowledge.stated
    assert {local(str(quad.subject)) for quad in stated.quads(None, RDF.type, TM.Scheme)} == set(SCHEMES)


def test_aifdb_takes_what_is_written() -> None:
    """The keys that its own files have, all identifiers as text, and a number for each default scheme."""
    whole = ArgumentMap((Statement("1", "A", holders=("Ada Reed",)),), (Inference("2", ("1",), makers=("Ada",)),))
    found = json.loads(aif.write(whole))
    assert found["nodes"][1] == {
        "nodeID": "2",
        "text": "Default Inference",
        "type": "RA",
        "timestamp": "",
        "scheme": "Default Inference",
        "schemeID": "72",
    }
    assert found["edges"][0] == {"edgeID": "1", "fromID": "1", "toID": "2", "formEdgeID": None}
    assert [n["text"] for n in found["nodes"] if n["type"] == "L"] == ["Ada Reed : A", "Ada : "]
    assert found["participants"][0] == {"participantID": "1", "firstname": "Ada", "surname": "Reed"}
    whole_x = json.loads(aif.write_xaif(whole))
    assert whole_x["AIF"]["schemefulfillments"][0] == {"nodeID": "2", "schemeID": "72"}
    assert set(whole_x) == {"AIF", "text"}


# Everything that is found is counted

TYPES = st.sampled_from(["I", "I", "RA", "RA", "CA", "CA", "L", "YA", "TA", "MA", "PA", "ya", "I-node", "EN", None, 3])
IDS = st.sampled_from([1, 2, 3, "1", "2", "4", "5", None, "", True, 7.0, ["x"]])
NODES = st.fixed_dictionaries({"nodeID": IDS, "type": TYPES, "text": st.sampled_from([None, "Ada: it rains", 5])})
ENTRIES = NODES | st.sampled_from([None, 1, "node", [], {}])
EDGES = st.fixed_dictionaries({"fromID": IDS, "toID": IDS}) | st.sampled_from([None, 1, "edge", [], {}])


@given(st.lists(ENTRIES, max_size=12), st.lists(EDGES, max_size=20))
def test_read_and_left_are_what_was_found(nodes: list[Any], edges: list[Any]) -> None:
    back = read(json.dumps({"nodes": nodes, "edges": edges}).encode())
    counts = [*back.read.items(), *back.left.items()]
    assert sum(n for kind, n in counts if not kind.startswith("edges")) == len(nodes)
    assert sum(n for kind, n in counts if kind.startswith("edges")) == len(edges)
    assert back.read.get("information nodes", 0) == len(back.map.statements)
    assert read(aif.write(back.map)).map == back.map


def test_the_counts_of_a_dialogue() -> None:
    nodes = [
        (1, "L", "Ada : it rains"),
        (2, "YA", "Asserting"),
        (3, "I", "it rains"),
        (4, "L", "Ines : then it is wet"),
        (5, "YA", "Asserting"),
        (6, "I", "it is wet"),
        (7, "TA", "Default Transition"),
        (8, "YA", "Arguing"),
        (9, "RA", "Default Inference"),
        (10, "MA", "Default Rephrase"),
    ]
    pairs = [(1, 2), (2, 3), (4, 5), (5, 6), (1, 7), (7, 4), (7, 8), (8, 9), (3, 9), (9, 6), (6, 10), (10, 3)]
    back = read(graph(nodes, [*pairs, (3, 9), (3, 99)]))
    assert back.read == {"information nodes": 2, "inferences": 1, "edges": 2}
    assert back.left == {
        "locutions": 2,
        "illocutions": 3,
        "transitions": 1,
        "rephrases": 1,
        "edges of illocutions": 6,
        "edges of transitions": 2,
        "edges of rephrases": 2,
        "edges that stand twice": 1,
        "edges that lead nowhere": 1,
    }
    assert [s.holders for s in back.map.statements] == [("Ada",), ("Ines",)]
    assert back.map.inferences == (Inference("9", ("3",), "6", makers=("Ines",)),)
    assert back.map.statements[1].asserted


# One place levels all spellings


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes": [{"nodeID": "1", "type": "I", "text": "A"}, {"nodeID": "2", "type": "RA", "text": "RA"}],'
        ' "edges": [{"edgeID": "1", "fromID": "1", "toID": "2", "formEdgeID": null}], "locutions": []}',
        '{"AIF": {"nodes": [{"nodeID": 1, "type": "I", "text": "A"}, {"nodeID": 2, "type": "RA", "text": null}],'
        ' "edges": [{"edgeID": 1, "fromID": 1, "toID": 2}], "participants": null}, "OVA": {"nodes": [], "edges": []}}',
        '{"aif": {"Nodes": [{"nodeId": 1.0, "Type": "i", "text": "A"}, {"node_id": "2", "type": "RA-node"}],'
        ' "Edges": [{"fromId": "1", "to_id": 2.0}], "schemefulfillments": null, "locutions": null}}',
        '\ufeff{"nodes": [{"id": 1, "type": "I", "text": "A"}, {"id": 2, "type": "RA", "scheme": "72"}],'
        ' "edges": [{"from": 1, "to": 2}]}',
    ],
)
def test_spellings(text: str) -> None:
    back = read(text.encode())
    assert back.map == ArgumentMap((Statement("1", "A"),), (Inference("2", ("1",)),))
    assert back.left == {} and back.findings == ()


def test_utf_16_and_half_a_surrogate_pair() -> None:
    assert read(graph([("1", "I", "Łódź")]).decode().encode("utf-16")).map.statements[0].text == "Łódź"
    assert read(b'{"nodes": [{"nodeID": 1, "type": "I", "text": "a\\ud800b"}]}').map.statements[0].text == "a\ufffdb"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    data = graph([(text, "I", text), ("r", "RA", "Default Inference")], [(text, "r")])
    assert read(data).map == ArgumentMap((Statement(text, text),), (Inference("r", (text,)),))


# Who speaks, and what is asserted


def test_participants_go_before_the_words_before_the_colon() -> None:
    nodes = [("l", "L", "Anon : it rains"), ("y", "YA", "Asserting"), ("i", "I", "it rains")]
    people = [{"participantID": 1, "firstname": "Ada ", "surname": " Reed"}]
    more = {"locutions": [{"nodeID": "l", "personID": "1"}], "participants": people}
    edges = [("l", "y"), ("y", "i")]
    assert read(graph(nodes, edges, **more)).map.statements[0].holders == ("Ada Reed",)
    assert read(graph(nodes, edges)).map.statements[0].holders == ("Anon",)
    nameless = [("l", "L", "no speaker"), *nodes[1:]]
    assert read(graph(nameless, edges)).map.statements[0].holders == ()
    long = [("l", "L", f"{'and ' * 30}: it rains"), *nodes[1:]]
    assert read(graph(long, edges)).map.statements[0].holders == ()


@pytest.mark.parametrize(("act", "asserted"), [("Asserting", True), ("Pure Questioning", False)])
def test_a_conclusion_is_asserted_only_by_a_locution(act: str, asserted: bool) -> None:
    """Bex, Modgil, Prakken and Reed (2013): what no inference concludes stands by itself."""
    nodes = [("l", "L", "Ada: b"), ("y", "YA", act), ("a", "I", "a"), ("b", "I", "b"), ("r", "RA", "")]
    back = read(graph(nodes, [("l", "y"), ("y", "b"), ("a", "r"), ("r", "b")])).map
    assert [s.asserted for s in back.statements] == [True, asserted]
    assert back.statements[1].holders == (("Ada",) if asserted else ())


# Inferences and conflicts of every form


def test_several_conclusions_and_what_is_aimed_at_them() -> None:
    nodes = [("a", "I"), ("b", "I"), ("c", "I"), ("r", "RA", ""), ("r-2", "I"), ("x", "CA", ""), ("s", "RA", "")]
    back = read(graph(nodes, [("a", "r"), ("r", "b"), ("r", "c"), ("r-2", "x"), ("x", "r"), ("s", "r")])).map
    assert [(i.id, i.conclusion) for i in back.inferences] == [("r", "b"), ("r-3", "c"), ("s", "")]
    assert [(a.id, a.target) for a in back.attacks] == [("x", "r"), ("x-2", "r-3")]
    assert back.links == (Link(Bond.SUPPORTS, "s", "r"), Link(Bond.SUPPORTS, "s", "r-3"))


def test_inferences_that_are_sketched() -> None:
    back = read(graph([("a", "I"), ("r", "RA", ""), ("s", "RA", ""), ("t", "RA", "")], [("a", "r"), ("s", "a")]))
    assert [(i.premises, i.conclusion) for i in back.map.inferences] == [(("a",), ""), ((), "a"), ((), "")]


def test_conflicts_on_conflicts_and_those_without_a_target() -> None:
    nodes = [("a", "I"), ("r", "RA", ""), ("x", "CA", ""), ("y", "CA", ""), ("z", "CA", ""), ("idle", "CA", "")]
    edges = [("r", "x"), ("x", "a"), ("y", "x"), ("a", "z"), ("z", "idle"), ("a", "idle")]
    back = read(graph(nodes, edges))
    assert back.map.attacks == (Attack("x", ("r",), "a"), Attack("y", (), "x"))
    assert back.left == {"conflicts without a target": 2, "edges of conflicts without a target": 3}


def test_schemes() -> None:
    names = ["Default Inference", "Expert Opinion", "Argument From Sign", "Popular Opinion", ""]
    fulfilled = [{"nodeID": "4", "schemeID": 99}, {"nodeID": "0", "schemeID": 72}]
    nodes = [(str(n), "RA", name) for n, name in enumerate(names)]
    back = read(graph(nodes, schemefulfillments=fulfilled)).map.inferences
    assert [i.scheme for i in back] == ["", "expert-opinion", "sign", "", ""]
    assert [i.data for i in back] == [(), (), (), (("scheme", "Popular Opinion"),), (("schemeID", "99"),)]


# What a reader is told


def only(back: MapReading) -> Finding:
    (finding,) = back.findings
    return finding


def test_an_empty_graph_is_no_fault() -> None:
    for text in ('{"nodes": [], "edges": []}', '{"AIF": {"nodes": null}}', '{"nodes": []}'):
        assert read(text.encode()) == MapReading(ArgumentMap(), {}, {}, ())


def test_a_graph_without_scheme_nodes_is_told() -> None:
    told = only(read(graph([("a", "I"), ("b", "I")], [("a", "b")])))
    assert told.code == "no-scheme-nodes" and "2 statements" in told.message and "1 edge between" in told.message


def test_a_dangling_edge_is_told_with_its_place() -> None:
    text = '{"OVA": {"edges": [{}]}, "AIF": {\n "nodes": [{"nodeID": 1, "type": "RA", "text": "\\"edges\\": ["}],\n'
    back = read(f'{text} "edges": [{{"fromID": 1, "toID": 1}},\n  {{"fromID": 1, "toID": 2}}]}}}}'.encode())
    assert (only(back).code, only(back).origin.line, only(back).origin.column) == ("dangling-edge", 4, 3)
    assert "from 1 to 2" in only(back).message


def test_a_second_node_of_one_name_is_told() -> None:
    back = read(graph([("a", "CA"), ("b", "L"), ("a", "L")]))
    assert only(back).code == "duplicate-node" and only(back).origin.column > 1
    assert back.left["nodes whose identifier stands twice"] == 1


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b'{"nodes": [\n  {"nodeID": 1,}]}', "map.json:2:16", "no JSON"),
        (b"", "map.json:1:1", "no JSON"),
        (b"\n  [1]", "map.json:2:3", "no list of nodes"),
        (b'{"AIF": null}', "map.json:1:1", "no list of nodes"),
        (b'{"nodes": [],\n "edges": {"a": 1}}', "map.json:2:2", "edges is no list"),
        (b'{"nodes": {"nodeID": [1]}}', "map.json:1:2", "nodes is no list"),
        (b'{"nodes": "\n\xff"}', "map.json:2:1", "not UTF-8"),
        (b"[" * 100_000, "map.json:1:1", "too deep"),
    ],
)
def test_what_is_no_aif(data: bytes, place: str, words: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(data)
    assert str(raised.value).startswith(f"{place}: ") and words in str(raised.value)
    assert raised.value.hint


def test_a_number_of_any_length() -> None:
    assert read(b'{"nodes": [{"nodeID": ' + b"9" * 5000 + b', "type": "I"}]}').map.statements[0].id == "9" * 5000
