"""Pictures: what is drawn, that it can be told apart without colour, and that nothing in the text can break it."""

from __future__ import annotations

import dataclasses
import html
import itertools
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Kind, Link, Statement
from theorymap.cli import group
from theorymap.cli.options import emit
from theorymap.draw import arguments, graphviz
from theorymap.draw.arguments import ACCEPTANCE, ATTACKS, LINKS, picture
from theorymap.draw.dot import LOOSE, to_dot
from theorymap.draw.extract import around, of_group
from theorymap.draw.graphml import to_graphml
from theorymap.draw.graphviz import to_png, to_svg
from theorymap.draw.picture import Edge, EdgeStyle, Node, NodeStyle, Picture, safe_link
from theorymap.draw.stack import stacked
from theorymap.errors import EngineError, UsageError
from theorymap.formats import Holds, named, of
from theorymap.table import Source

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
HOSTILE = (
    r"\N \G \L \E \T \l trailing \\",
    'quotes " and "; ] } -> // # /* */',
    "<b>b</b> <script> </text>]]>",
    "&lt; &amp;lt; &#60; & alone",
    "שלום עולם \u202eabc\u202c",
    "e\u0301\u0327 a\u0300\u0301\u0302 👩‍👩‍👧 中文",
    "a\x00b\x0bc\ud800d\uffffe",
)


def league() -> ArgumentMap:
    """Statements, steps and every kind of attack, one of them on an attack, one carried by two, one by nobody."""
    statements = (
        Statement("claim/rain", "It rains.", groups=("theory/water-leagues", "Introduction")),
        Statement("claim/wet", "The street is wet.", groups=("theory/water-leagues", "Findings")),
        Statement("claim/rule", "Where it rains, streets are wet.", implicit=True, groups=("theory/water-leagues",)),
        Statement(
            "claim/dry", "The street is dry.", holders=("Ann Halloran",), sources=(Source("work/a", "Findings"),)
        ),
        Statement("claim/roof", "The street has a roof."),
        Statement("claim/snow", "It snows."),
        Statement("claim/alone", "Nobody argues for or against this."),
    )
    inferences = (
        Inference("argument/wet", ("claim/rain", "claim/rule"), "claim/wet", scheme="cause-to-effect"),
        Inference("argument/roof", ("claim/roof",), "claim/dry", entertained=True),
    )
    attacks = (
        Attack("attack/dry", ("claim/dry",), "claim/wet"),
        Attack("attack/snow", ("claim/snow", "claim/dry"), "claim/rain"),
        Attack("attack/roof", ("claim/roof",), "argument/wet"),
        Attack("attack/meta", ("claim/rain",), "attack/roof"),
        Attack("attack/nobody", (), "claim/roof"),
    )
    links = (Link(Bond.CONTRADICTS, "claim/dry", "claim/wet"), Link(Bond.LIMITS, "claim/snow", "claim/rain"))
    return ArgumentMap(statements, inferences, attacks, links, title="Rain")


LABELS = {"claim/rain": "in", "claim/wet": "undecided", "claim/dry": "out", "argument/wet": "in", "attack/dry": "out"}


def lines(dot: str, start: str) -> list[str]:
    """The lines of DOT that begin with some words."""
    return [line.strip() for line in dot.splitlines() if line.strip().startswith(start)]


# What can be told apart


def shapes(style: NodeStyle | EdgeStyle) -> tuple[object, ...]:
    """What a style draws beside colours."""
    named = {"name", "meaning", "colour", "fill", "ink"}
    return tuple(value for key, value in dataclasses.asdict(style).items() if key not in named)


EDGES = (arguments.PREMISE, arguments.CONCLUSION, *ATTACKS.values(), *LINKS.values())
NODES = (arguments.STATEMENT, arguments.IMPLICIT, arguments.STEP, arguments.ENTERTAINED)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(EDGES, 2)), ids=lambda style: style.name)
def test_edges_differ_by_more_than_colour(one: EdgeStyle, other: EdgeStyle) -> None:
    assert shapes(one) != shapes(other)
    assert one.name != other.name and one.meaning != other.meaning


@pytest.mark.parametrize(
    ("one", "other"), list(itertools.combinations(ATTACKS.values(), 2)), ids=lambda style: style.name
)
def test_attacks_differ_in_line_and_in_head(one: EdgeStyle, other: EdgeStyle) -> None:
    assert one.line != other.line and one.head != other.head


def test_nodes_differ_by_more_than_colour_however_they_fare() -> None:
    looks = [shapes(fare(style)) for style in NODES for fare in (lambda s: s, *(a.of for a in ACCEPTANCE.values()))]
    assert len(set(looks)) == len(looks) == 16


def test_every_kind_and_bond_has_a_style() -> None:
    assert ATTACKS.keys() == set(Kind) and LINKS.keys() == set(Bond)


def test_a_step_is_told_of_in_words() -> None:
    """The scheme by its words, as a reader knows it; one that is not ours by its name."""
    foreign = dataclasses.replace(
        league(), inferences=(Inference("argument/wet", ("claim/rain",), "claim/wet", scheme="modus-ponens"),)
    )
    for map, words, told in (
        (league(), "from cause to effect", "argued from cause to effect"),
        (foreign, "modus ponens", "scheme: modus ponens"),
    ):
        (step,) = (node for node in picture(map).nodes if node.id == "argument/wet")
        assert step.text == words and told in step.tooltip


def test_in_dot_every_label_changes_the_node() -> None:
    drawn = set()
    for label in ("in", "out", "undecided", ""):
        node = lines(to_dot(picture(league(), {"claim/rain": label})), '"claim/rain" [')[0]
        drawn.add(re.sub(r'\w*color="#\w+"|class="[^"]*"', "", node))
    assert len(drawn) == 4


# What is drawn


def ends(drawn: Picture, name: str) -> list[tuple[str, str]]:
    return [(edge.source, edge.target) for edge in drawn.edges if edge.style.name == name]


def test_an_undercut_ends_at_the_step() -> None:
    assert ("attack/roof", "argument/wet") in ends(picture(league()), "undercuts")
    assert lines(to_dot(picture(league())), '"attack/roof" -> "argument/wet" ')


def test_an_attack_on_an_attack_ends_at_the_attack() -> None:
    assert ("attack/meta", "attack/roof") in ends(picture(league()), "undercuts")


def test_attackers_meet_before_the_target() -> None:
    found = ends(picture(league()), "undermines")
    assert found[:3] == [
        ("claim/snow", "attack/snow"),
        ("claim/dry", "attack/snow"),
        ("attack/snow", "claim/rain"),
    ]


def test_an_attack_that_nobody_carries_says_so() -> None:
    node = next(node for node in picture(league()).nodes if node.id == "attack/nobody")
    assert "by what is not told" in node.text


def test_only_the_last_half_has_a_head() -> None:
    heads = {edge.target: edge.style.head for edge in picture(league()).edges if edge.style.name == "undercuts"}
    assert heads["argument/wet"] != "none"
    halves = [edge for edge in picture(league()).edges if edge.target == "attack/snow"]
    assert [edge.style.head for edge in halves] == ["none", "none"]


def test_what_is_not_connected_is_drawn_and_noted() -> None:
    drawn = picture(league())
    assert [node.id for node in drawn.loose()] == ["claim/alone"]
    assert "claim/alone" in drawn.notes[0]
    assert LOOSE in to_dot(drawn) and '"claim/alone" [' in to_dot(drawn)
    assert "Nobody argues" in to_svg(drawn)


def test_a_map_of_loose_claims_alone() -> None:
    many = ArgumentMap(tuple(Statement(f"claim/{n}", f"Claim {n}.") for n in range(9)))
    svg = to_svg(picture(many))
    assert all(f"Claim {n}." in svg for n in range(9))
    assert to_svg(Picture("Nothing"))


def test_groups_become_clusters() -> None:
    groups = {node.id: node.group for node in picture(league()).nodes}
    assert groups["claim/rain"] == groups["argument/wet"] == groups["attack/roof"] == "Water leagues"
    sections = {node.id: node.group for node in picture(league(), group_by="section").nodes}
    assert (sections["claim/rain"], sections["claim/wet"], sections["claim/dry"]) == ("Introduction", *["Findings"] * 2)
    assert {node.group for node in picture(league(), group_by="none").nodes} == {""}
    assert "Water leagues" in to_dot(picture(league()))


def test_acceptance_is_a_sign_and_a_word() -> None:
    nodes = {node.id: node for node in picture(league(), LABELS).nodes}
    assert nodes["claim/rain"].lines()[0].startswith("✓") and "accepted" in nodes["claim/rain"].tooltip
    assert nodes["claim/dry"].lines()[0].startswith("✗") and nodes["claim/dry"].status == "out"
    assert nodes["attack/dry"].lines() == ["✗ rebuts"]


def test_the_legend_explains_what_occurs() -> None:
    named = [style.name for style in picture(league()).legend]
    assert {"implicit", "entertained", "rebuts", "undermines", "undercuts", "contradicts", "limits"} <= set(named)
    assert "concedes" not in named
    said = [style.meaning for style in picture(league(), LABELS).legend]
    assert said[:4] == ["accepted", "not accepted", "undecided", "not weighed"]
    assert all(meaning in to_dot(picture(league(), LABELS)) for meaning in said)


def test_long_text_is_cut_and_told_in_full() -> None:
    text = "a word " * 100
    node = picture(ArgumentMap((Statement("claim/long", text),))).nodes[0]
    assert len(node.lines()) == 6 and node.lines()[-1].endswith("…")
    assert max(map(len, node.lines())) <= 32
    assert node.tooltip.startswith(text)


def test_arrows_on_arrows() -> None:
    """An edge cut in two at a joint, and an edge that ends there."""
    box = NodeStyle("construct")
    first, second = Edge("a", "b", EdgeStyle("raises", tail="dot"), "raises").through("j")
    moderates = Edge("c", "j", EdgeStyle("moderates"))
    nodes = (*(Node(id, id, box) for id in "abc"), Node("j", "", NodeStyle("joint", shape="point")))
    drawn = Picture("Moderation", nodes, (first, second, moderates))
    assert (first.style.head, first.style.tail, second.style.head, second.style.tail) == (
        "none",
        "dot",
        "normal",
        "none",
    )
    assert to_svg(drawn).count('class="edge') == 3


def test_free_parts_of_a_cluster_are_stacked() -> None:
    """Four arguments of one theory stand in two columns; one that is tied to another theory stays where it is."""
    style = NodeStyle("n")
    nodes = [Node(f"{n}{end}", "", style, group="one") for n in range(5) for end in "ab"]
    edges = [Edge(f"{n}a", f"{n}b", EdgeStyle("e")) for n in range(5)] + [Edge("4b", "other", EdgeStyle("e"))]
    assert list(stacked(nodes, edges)) == [("2b", "0a"), ("3b", "1a")]


# Hostile text


def said(root: ET.Element) -> str:
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def expected(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stands_for_itself(text: str) -> None:
    """In node, title, group, tooltip, word of an edge, and in GraphML."""
    style = NodeStyle("statement", text, columns=200)
    nodes = (Node(text, text, style, text, "https://e.org/?a=1&b=2", text), Node("other", "x", style))
    drawn = Picture(text, nodes, (Edge(text, "other", EdgeStyle("e", text), text, text),), (style,), (text,))
    root = ET.fromstring(to_svg(drawn))
    words = " ".join(expected(text).split())
    # Node, word, group, heading and legend.
    assert " ".join(said(root).split()).count(words) == 5
    assert root.findtext(f"{SVG}title") == root.findtext(f"{SVG}desc") == expected(text)
    assert {title.text for title in root.iter(f"{SVG}title")} == {expected(text), "x"}
    data = {item.text for item in ET.fromstring(to_graphml(drawn)).iter(f"{GRAPHML}data")}
    assert expected(text) in data


@pytest.mark.parametrize("text", HOSTILE)
def test_a_map_of_hostile_text(text: str) -> None:
    """As id, text, title, group, holder, scheme and place."""
    source = (Source(text, text),)
    premise = Statement(text, text, text, holders=(text,), groups=(f"theory/{text}", text), sources=source)
    step = Inference("step", (text,), "end", text, text, text, (text,), sources=source)
    hostile = ArgumentMap((premise, Statement("end", "")), (step,), (Attack("attack", (text,), "step"),), title=text)
    for group_by in ("theory", "section"):
        root = ET.fromstring(to_svg(picture(hostile, {text: text}, group_by=group_by)))
        assert expected(text) in str(root.findtext(f"{SVG}title"))


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "vbscript:x",
        "\x01javascript:x",
    ],
)
def test_links_that_do_something_are_left_out(link: str) -> None:
    drawn = Picture("x", (Node("a", "a", NodeStyle("n"), link=link),))
    assert safe_link(link) == ""
    assert "href" not in to_svg(drawn) and "URL" not in to_dot(drawn) and "script:" not in to_graphml(drawn)


def test_nodes_are_links() -> None:
    root = ET.fromstring(to_svg(picture(league())))
    links = {link.get(f"{XLINK}href") for link in root.iter(f"{SVG}a")}
    assert {"https://w3id.org/theorymap/id/claim/rain", "https://w3id.org/theorymap/id/attack/roof"} <= links
    assert "href" not in to_svg(picture(league(), base=""))


def test_every_node_has_a_title_and_nothing_runs() -> None:
    svg = to_svg(picture(league()))
    root = ET.fromstring(svg)
    titles = {group.get("id"): group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g")}
    assert all(titles[f"n{place}"] for place, _ in enumerate(picture(league()).nodes, 1))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "title", "desc", "a", "path", "polygon", "polyline", "ellipse", "text"}
    assert not re.search(r"\son\w+=", svg)
    assert "<!--" not in svg and "graphviz" not in svg.lower()


# Formats


def test_graphml_declares_and_holds_what_is_known() -> None:
    root = ET.fromstring(to_graphml(picture(league(), LABELS)))
    keys = {key.get("id"): (key.get("for"), key.get("attr.name")) for key in root.iter(f"{GRAPHML}key")}
    used = {data.get("key") for data in root.iter(f"{GRAPHML}data")}
    assert used <= keys.keys()
    nodes = {node.get("id"): node for node in root.iter(f"{GRAPHML}node")}
    values = {keys[data.get("key")][1]: data.text for data in nodes["claim/rain"]}
    assert values["text"] == "It rains." and values["status"] == "in" and values["kind"] == "statement"
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{GRAPHML}edge")]
    assert edges == [(edge.source, edge.target) for edge in picture(league()).edges]
    assert {end for edge in edges for end in edge} <= nodes.keys()


def test_networkx_reads_it() -> None:
    graph = networkx.parse_graphml(to_graphml(picture(league(), LABELS)))
    assert graph.nodes["claim/rain"]["status"] == "in"


def test_graphml_gives_back_all_but_what_it_loses() -> None:
    """The look and the legend are lost, and nothing else."""
    drawn = picture(league(), LABELS)
    graph = networkx.parse_graphml(to_graphml(drawn))
    assert (graph.graph["title"], graph.graph.get("notes", "")) == (drawn.title, "\n".join(drawn.notes))
    nodes = {
        node.id: (node.text, node.style.name, node.status, node.group, node.link, node.tooltip) for node in drawn.nodes
    }
    keys = ("text", "kind", "status", "group", "link", "tooltip")
    assert {id: tuple(data.get(key, "") for key in keys) for id, data in graph.nodes(data=True)} == nodes
    edges = sorted((e.source, e.target, e.style.name, e.label, e.link, e.tooltip) for e in drawn.edges)
    keys = ("kind", "label", "link", "tooltip")
    assert sorted((a, b, *(data.get(key, "") for key in keys)) for a, b, data in graph.edges(data=True)) == edges


def test_dot_gives_back_all_but_what_it_loses() -> None:
    """Graphviz itself reads it: every node with its text in full, its kind and status; every edge, its word a node."""
    import pygraphviz

    drawn = picture(league(), LABELS)
    graph = pygraphviz.AGraph(string=to_dot(drawn))
    spelled = drawn.spelled()
    for node in spelled.nodes:
        found = graph.get_node(node.id)
        assert found.attr["class"] == f"{node.style.name} {node.status}".strip()
        assert html.unescape(found.attr["tooltip"] or "").replace("\\n", "\n") == node.told
        assert html.unescape(found.attr["URL"] or "") == node.link
    ids = {node.id for node in spelled.nodes}
    edges = [(a, b) for a, b in graph.edges() if a in ids and b in ids]
    seen = [pair for pair in edges if graph.get_edge(*pair).attr["style"] != "invis"]
    assert sorted(seen) == sorted((edge.source, edge.target) for edge in spelled.edges)


def test_png_is_one() -> None:
    assert to_png(picture(league())).startswith(b"\x89PNG\r\n\x1a\n")


def test_the_same_map_gives_the_same_bytes() -> None:
    """In every format, whatever the seed of the hashes."""
    code = (
        "import sys; sys.path.insert(0, 'tests'); import hashlib, test_draw as t\n"
        "from theorymap.formats import Holds, of\n"
        "drawn = [format.write(t.picture(t.league(), t.LABELS)) for format in of(Holds.PICTURE).values()];"
        "print([hashlib.sha256(data).hexdigest() for data in drawn])"
    )
    root = Path(__file__).resolve().parent.parent
    told = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, check=True)
        told.add(done.stdout)
    assert len(told) == 1


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageError, match="no format sgv") as caught:
        named("sgv", of(Holds.PICTURE))
    assert "svg" in caught.value.hint


def test_without_graphviz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    for drawn in (to_svg, to_png):
        with pytest.raises(EngineError) as caught:
            drawn(Picture("x"))
        assert 'pip install "theorymap[draw]"' in caught.value.hint
    assert to_dot(picture(league())) and to_graphml(picture(league()))


def test_graphviz_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "_PROGRAM", "import time; time.sleep(60)")
    with pytest.raises(EngineError, match=r"not done after 0\.3 seconds") as caught:
        to_svg(Picture("x"), timeout=0.3)
    hinted = re.findall(r"`theorymap (\w+)([^`]*)`", caught.value.hint)
    assert hinted and caught.value.hint.count("--") == sum(rest.count("--") for _, rest in hinted)
    for name, rest in hinted:
        help = CliRunner().invoke(group, [name, "--help"]).output
        assert all(f"{option} " in help for option in re.findall(r"--[a-z-]+", rest))


def test_graphviz_that_crashes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "_PROGRAM", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(EngineError, match="-11"):
        to_png(Picture("x"))


def test_two_hundred_claims() -> None:
    """They are all there, in a picture that is not drawn out to a ribbon."""
    statements = [
        Statement(f"claim/{n}", f"Claim {n} says something. " * 4, groups=(f"theory/t{n % 7}",)) for n in range(200)
    ]
    inferences = [
        Inference(f"argument/{n}", (f"claim/{2 * n}", f"claim/{2 * n + 7}"), f"claim/{2 * n + 14}") for n in range(80)
    ]
    drawn = picture(ArgumentMap(tuple(statements), tuple(inferences), title="Two hundred claims"))
    root = ET.fromstring(to_svg(drawn, timeout=60))
    text = said(root)
    assert all(f"Claim {n} says" in text for n in range(200))
    width, height = (float(root.get(side, "").removesuffix("pt")) for side in ("width", "height"))
    assert width < 5 * height and height < 5 * width


def test_pictures_hold_together() -> None:
    style = NodeStyle("n")
    with pytest.raises(ValueError, match="one id"):
        Picture("x", (Node("a", "", style), Node("a", "", style)))
    with pytest.raises(ValueError, match="'b'"):
        Picture("x", (Node("a", "", style),), (Edge("a", "b", EdgeStyle("e")),))


def test_names_of_ours_do_not_meet_names_of_the_picture() -> None:
    style = NodeStyle("n", "node")
    nodes = tuple(Node(id, id, style) for id in ("_1", "__0", "_0a"))
    drawn = Picture("x", nodes, (Edge("_1", "__0", EdgeStyle("e"), "word"),), (style,))
    assert len(drawn.spelled().nodes) == 4
    assert {"_1", "__0", "_0a", "word"} <= set(said(ET.fromstring(to_svg(drawn))).split())


# Parts of a map


def ids(map: ArgumentMap) -> set[str]:
    return {element.id for element in map.elements()}


def test_depth() -> None:
    rain = ArgumentMap(league().statements, league().inferences)
    assert ids(around(rain, ["claim/wet"], 0)) == {"claim/wet"}
    assert ids(around(rain, ["claim/wet"], 1)) == {"claim/wet", "claim/rain", "claim/rule", "argument/wet"}
    assert ids(around(rain, ["argument/wet"], 0)) == {"claim/wet", "claim/rain", "claim/rule", "argument/wet"}
    everything = ids(around(league(), ["claim/wet"], 9))
    assert everything == ids(league()) - {"claim/alone"}


def test_an_attack_brings_what_it_is_aimed_at() -> None:
    found = ids(around(league(), ["attack/meta"], 0))
    assert {"attack/meta", "attack/roof", "argument/wet", "claim/wet", "claim/rule"} <= found


def test_what_holds_among_the_reached_is_kept() -> None:
    found = around(league(), ["claim/dry", "claim/wet"], 0)
    assert ids(found) == {"claim/dry", "claim/wet", "attack/dry"}
    assert found.links == (Link(Bond.CONTRADICTS, "claim/dry", "claim/wet"),)
    with pytest.raises(KeyError):
        around(league(), ["claim/nowhere"], 1)


def test_a_group() -> None:
    assert ids(of_group(league(), "theory/water-leagues")) == {"claim/rain", "claim/wet", "claim/rule", "argument/wet"}


# The command


class FakeWorkspace:
    def map(self, name: str, *, depth: int | None, group_by: str) -> Picture:
        assert (name, depth, group_by) == ("claim/wet", 2, "none")
        return picture(league())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("theorymap.cli.map.open_workspace", lambda folder: FakeWorkspace())
    return CliRunner()


ASKED = ("claim/wet", "--depth", "2", "--group", "none")


@pytest.mark.parametrize(
    ("suffix", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("gv", b"digraph"), ("graphml", b"<graphml")]
)
def test_the_suffix_says_the_format(run: CliRunner, tmp_path: Path, suffix: str, start: bytes) -> None:
    path = tmp_path / f"map.{suffix}"
    done = run.invoke(group, ["map", *ASKED, "-o", str(path)], catch_exceptions=False)
    assert done.exit_code == 0 and path.read_bytes().startswith(start)
    assert "claim/alone" in done.stderr and not done.stdout


def test_svg_is_what_is_printed(run: CliRunner) -> None:
    assert run.invoke(group, ["map", *ASKED], catch_exceptions=False).stdout.startswith("<svg")
    assert run.invoke(group, ["map", *ASKED, "--format", "dot"], catch_exceptions=False).stdout.startswith("digraph")


def test_an_unknown_suffix_is_refused(run: CliRunner) -> None:
    with pytest.raises(UsageError, match=r"called \*\.jpg"):
        run.invoke(group, ["map", *ASKED, "-o", "map.jpg"], catch_exceptions=False)


def test_png_is_not_printed_to_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nor is anything else that is no text; a file takes it."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(UsageError, match="terminal"):
        emit(to_png(Picture("x")), None)
    emit(to_png(Picture("x")), str(tmp_path / "map.png"))
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_the_help_has_an_example() -> None:
    assert "theorymap map claim/" in CliRunner().invoke(group, ["map", "--help"]).output
