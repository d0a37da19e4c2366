"""What each format says that it loses, held to pairs of things that differ in one respect each.

Both are written and read again, by a library that is not ours where there is one. If nothing tells them apart then, the
respect is lost; and what is lost must be what the registry says, no less and no more.
"""

from __future__ import annotations

import functools
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from typing import Any

import bibtexparser
import html5lib
import networkx
import pandas
import pygraphviz
import pytest
import rispy
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

import loss_pictures
import loss_sources
import loss_tables
from test_export import key, rdflib_dataset
from theorymap.formats import FORMATS, Format, Holds, losses
from theorymap.store import quads_of


def frame(separator: str) -> Callable[[bytes], Any]:
    """The cells as pandas reads them, told that every text is one and none means a missing value."""

    def read(data: bytes) -> Any:
        found = pandas.read_csv(io.BytesIO(data), sep=separator, dtype=str, keep_default_na=False, na_values=[])
        return [list(found.columns), found.to_numpy().tolist()]

    return read


def page(data: bytes) -> Any:
    return html5lib.serialize(html5lib.parse(data), tree="etree")


def markdown(data: bytes) -> str:
    return str(MarkdownIt("commonmark").enable("table").use(footnote_plugin).render(data.decode()))


def bibliography(data: bytes) -> Any:
    entries = bibtexparser.parse_string(data.decode()).entries
    return [(e.entry_type, e.key, [(f.key, f.value) for f in e.fields]) for e in entries]


def graph(data: bytes) -> Any:
    """Nodes and edges with all that is said of them."""
    drawn = pygraphviz.AGraph(string=data.decode())
    nodes = [(str(node), dict(node.attr)) for node in drawn.nodes()]
    edges = [(str(edge), dict(drawn.get_edge(*edge).attr)) for edge in drawn.edges()]
    return dict(drawn.graph_attr), nodes, edges, [(part.name, dict(part.graph_attr)) for part in drawn.subgraphs()]


def graphml(data: bytes) -> Any:
    found = networkx.parse_graphml(data.decode())
    return found.graph, list(found.nodes(data=True)), list(found.edges(data=True))


def statements(format: str) -> Callable[[bytes], Any]:
    """Statements with their graphs, as oxigraph reads them."""
    return lambda data: {key(quad) for quad in quads_of(data, format)}


def xml(data: bytes) -> Any:
    """Statements as rdflib reads them, since oxigraph does not read line ends as XML says."""
    return {tuple(term.n3() for term in triple) for triple in rdflib_dataset(data, "xml").triples((None, None, None))}


def argument_map(name: str) -> Callable[[bytes], Any]:
    """The map as we read it: no library for it is packaged for Python."""
    return lambda data: FORMATS[name].read(data, "x").map  # type: ignore[misc]


def as_it_stands(data: bytes) -> bytes:
    return data


READ: dict[str, Callable[[bytes], Any]] = {
    **{"turtle": statements("ttl"), "trig": statements("trig"), "nquads": statements("nq")},
    **{"jsonld": statements("jsonld"), "rdfxml": xml},
    "bibtex": bibliography,
    "ris": lambda data: rispy.loads(data.decode()),
    "csl": json.loads,
    **{name: argument_map(name) for name in ("aif", "xaif", "argdown", "apx", "tgf", "af")},
    "table": as_it_stands,
    **{"csv": frame(","), "tsv": frame("\t"), "long": frame(","), "json": json.loads},
    **{"markdown": markdown, "footnotes": markdown, "html": page, "latex": as_it_stands},
    "svg": lambda data: ET.canonicalize(data.decode()),
    "png": as_it_stands,
    **{"dot": graph, "graphml": graphml},
}


def pairs(format: Format) -> Mapping[str, tuple[Any, Any]]:
    """Pairs of what a format holds, by the one thing in which they differ."""
    if format.name == "bibtex":
        known = {name: tuple(map(loss_sources.works, pair)) for name, pair in loss_sources.FILES.items()}
        return loss_sources.WORKS | known
    return {
        Holds.KNOWLEDGE: loss_sources.GRAPHS,
        Holds.WORKS: loss_sources.WORKS,
        Holds.ARGUMENTS: loss_sources.MAPS,
        Holds.TABLE: loss_tables.PAIRS,
        Holds.PICTURE: loss_pictures.PAIRS,
    }[format.holds]


@functools.cache
def lost(name: str) -> frozenset[str]:
    """In what pairs nothing that is read tells one from the other."""
    format = FORMATS[name]
    write = functools.cache(format.write)
    return frozenset(
        respect for respect, (one, other) in pairs(format).items() if READ[name](write(one)) == READ[name](write(other))
    )


BOTH = "rows: ", "comparison: "


def either(*respects: str) -> set[str]:
    """Of tables that are no comparison, and of comparisons."""
    return {prefix + respect for prefix in BOTH for respect in respects}


def rows(*respects: str) -> set[str]:
    """Of tables that are no comparison."""
    return {f"rows: {respect}" for respect in respects}


def comparison(*respects: str) -> set[str]:
    return {f"comparison: {respect}" for respect in respects}


DISPUTE = "that a value is in dispute with another thing"
SEVERAL = (
    "several values or one",
    "which of several values has which source",
    "which of several values has which status",
)
DIMENSIONS = ("the heading of dimensions", "the heading of the dimensions of more than four things")
DESCRIBED = ("title of a {}", "tag of a {}", "data of a {}", "source of a {}")
SORTS = {"which sort of report", "which sort of book", "which sort of part of a book", "which sort of paper"}
BODIES = {"which body publishes", "which of a school and an institution", "that a body is named twice"}

LOST: dict[str, set[str]] = {
    # Knowledge
    losses.GRAPHS[0]: {"the file of a statement", "that two files say so"},
    "carriage returns": {"a carriage return"},
    # Works
    losses.BIBTEX[0]: {"a claim"},
    losses.BIBTEX[1]: set(loss_sources.FILES),
    losses.RIS[0]: {"a claim", "the language", "rights", "an annotation", "a field of no tag"},
    losses.RIS[1]: SORTS | {"which sort of thesis", "a thesis or one of a sort"},
    losses.RIS[2]: {"an organisation or a name"},
    losses.RIS[3]: BODIES | {"a line break", "repeated white space", "an ISBN or an ISSN"},
    losses.RIS[4]: {"what separates keywords", "the dash of pages", "the words of a year", "words beside a year"},
    losses.CSL[0]: {"a claim"},
    losses.CSL[1]: SORTS,
    losses.CSL[2]: BODIES | {"the year beside a date", "a year or a date"},
    losses.CSL[3]: {"which of journal and book", "a journal beside a book"},
    # Argument maps
    losses.AIF[0]: {f"the {thing.format(of)}" for of in ("statement", "step") for thing in DESCRIBED}
    | {"the group of a statement", "the scope of a statement", "who says so in a source", "the text of a step"}
    | {"the data of an attack", "the source of an attack", "a scheme that is not ours or data"},
    losses.AIF[1]: {"that a statement is implicit", "that a statement is denied", "that a step is entertained"},
    losses.AIF[2]: {"that a statement is not asserted", "the holder of a statement that is not asserted"},
    losses.AIF[3]: {"a contradiction or two contraries", "a contrary or an attack", "a limit", "the order of links"}
    | {"that a statement supports one", "the contrary of an attack"},
    losses.AIF[4]: {"a premise twice", "a maker twice", "an attacker twice"}
    | {"white space in a name", "white space around a scheme"},
    losses.AIF[5]: {"the title of the map", "the data of the map"},
    losses.ARGDOWN[0]: {"the order of links"},
    losses.ARGDOWN[1]: {"the scope of a statement", "who says so in a source"},
    losses.FRAMEWORK[0]: set(loss_sources.MAPS) - loss_sources.OF_ATTACKS - {"white space in an identifier"},
    losses.FRAMEWORK[1]: {"white space in an identifier"},
    # Tables
    losses.WIDE[0]: either("the question", "a note", "what no answer means")
    | rows("a heading", "where the heading of a blank ends")
    | comparison("the heading of a thing", *DIMENSIONS),
    losses.JSON[0]: rows("the question", "a note", "a heading", "where the heading of a blank ends")
    | comparison(*DIMENSIONS)
    | either("what no answer means"),
    losses.PAGE[0]: rows("the name of a column") | comparison("the identifier of a thing"),
    losses.WIDE[1]: either("the identifier of a value", "a number or its digits", "a fraction or its digits")
    | either("a truth value or its word")
    | comparison("the identifier of a dimension"),
    losses.JSON[1]: rows("the words of a value with an identifier") | comparison("the identifier of a value"),
    losses.WIDE[2]: rows(*SEVERAL, "which value of a row has which source", "which value of a row has which status"),
    losses.PAGE[2]: rows(*SEVERAL, "which value of a row has which source"),
    losses.WIDE[3]: comparison("several values or one", "which of several values has which source"),
    "who says so": either("who says so", "which source is whose"),
    losses.JSON[3]: rows("who says so", "which source is whose"),
    losses.LONG[2]: rows("that values are in conflict", "which values are in conflict", DISPUTE),
    losses.WIDE[10]: either("which values are in conflict") | rows(DISPUTE),
    losses.JSON[-1]: rows("which values are in conflict", DISPUTE),
    losses.LONG[3]: rows("who says so") | either("which source is whose"),
    losses.WIDE[5]: comparison("the place of a blank"),
    losses.WIDE[6]: either("several sources or one"),
    losses.JSON[4]: rows("several sources or one"),
    losses.LATEX[3]: either("several places or one"),
    losses.PAGE[3]: either("several places or one", "the class of a document"),
    losses.PAGE[4]: either("what a row rests on as a whole", "which blank a row is as a whole"),
    losses.WIDE[7]: either("what a row rests on as a whole") | comparison("which blank a row is as a whole"),
    losses.PAGE[5]: comparison("counts", "how many dimensions there are"),
    losses.WIDE[9]: rows("nothing to say or an empty text"),
    losses.LONG[8]: rows("nothing to say or what does not apply"),
    losses.WIDE[8]: comparison("counts", "how many dimensions there are", "how a document is called"),
    losses.MARKDOWN[4]: rows("a blank or its words"),
    losses.TEXT[-2]: comparison("a mark or its words"),
    losses.TEXT[-1]: either("where the heading of a blank ends")
    | comparison("the heading of the dimensions of more than four things"),
    losses.LATEX[5]: comparison("counts", "how many dimensions there are", "how a document is called")
    | comparison("the heading of the dimensions of more than four things"),
    losses.PAGE[6]: either("a line break", "another line break", "repeated white space", "white space at an end")
    | either("a character that is not printed", "a control character", "a line break in a place"),
    # Pictures
    losses.SVG[0]: {"the name of a node"},
    "where a note ends": {"where a note ends"},
    losses.DOT[0]: {"a note", "where a note ends", "a line break of the title"},
    losses.SVG[2]: {"text for which there is no room, beside a tooltip", "a tooltip or the text again"},
    losses.SVG[3]: {"white space in a text"},
    losses.SVG[4]: {"the group of a node without edges", "a word or a node"},
    losses.SVG[5]: {"a link that is not safe"},
    losses.SVG[6]: {"a character that XML cannot hold", "a carriage return"},
    losses.SVG[7]: {f"the {limit} of {thing}" for limit in ("hedge", "condition") for thing in ("an edge", "a node")},
    losses.PNG[0]: set(loss_pictures.PAIRS) - loss_pictures.SEEN,
    losses.GRAPHML[0]: {"the shape of a node", "the colour of a node", "the sign of a node", "the head of an edge"}
    | {"what the legend says", "a legend"},
}
"""The pairs that each sentence is about: for which it is true, and which it does not go beyond."""


def test_every_format_has_a_reader_and_every_sentence_its_pairs() -> None:
    """None is left over either; and the two of a pair differ."""
    assert READ.keys() == FORMATS.keys()
    assert {sentence for format in FORMATS.values() for sentence in format.loses} == LOST.keys()
    assert all(LOST.values())
    named = [pairs(format) for format in FORMATS.values()]
    sources = (loss_sources.GRAPHS, loss_sources.WORKS, loss_sources.FILES, loss_sources.MAPS, loss_tables.PAIRS)
    assert all(one != other for known in (*sources, loss_pictures.PAIRS) for one, other in known.values())
    assert set().union(*LOST.values()) <= {respect for known in named for respect in known}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_loses_what_it_says_and_no_more(name: str) -> None:
    said = set().union(*(LOST[sentence] for sentence in FORMATS[name].loses))
    assert lost(name) == said & pairs(FORMATS[name]).keys()


@pytest.mark.parametrize(
    ("name", "sentence"), [(name, sentence) for name, format in FORMATS.items() for sentence in format.loses]
)
def test_each_sentence_is_true_of_its_format(name: str, sentence: str) -> None:
    """Every pair that it is about is one of what the format holds, and comes back as one."""
    assert LOST[sentence] <= lost(name)
