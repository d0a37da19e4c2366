"""Text that some format or reader would take for its own, in every place of everything that is written.

Tables have five hundred rows of twelve columns. Every format is read by a library that is not ours, but for text, LaTeX
and argument maps, for which there is none.
"""

from __future__ import annotations

import csv
import functools
import html
import io
import itertools
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import bibtexparser
import html5lib
import networkx
import pandas
import pygraphviz
import pytest
import rispy
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from test_export import RDFLIB, rdflib_dataset
from theorymap.argument_map import ArgumentMap, Inference, Statement
from theorymap.draw.picture import Edge, EdgeStyle, Node, NodeStyle, Picture, clean
from theorymap.errors import OutputError
from theorymap.formats import FORMATS, Holds, of
from theorymap.readers import Literal, to_nquads
from theorymap.readers import Statement as Triple
from theorymap.readers.bibfields import properties
from theorymap.readers.latex import plain, tidy
from theorymap.render.lines import flat
from theorymap.table import Cell, Column, Comparison, Source, Status, Table
from theorymap.terms import ID, RDF, TM

ROWS, COLUMNS = 500, 12
HOSTILE = (
    *(
        "NA",
        "NO",
        "N/A",
        "NaN",
        "null",
        "NULL",
        "None",
        "nan",
        "-",
        "Inf",
        "TRUE",
        "false",
        "007",
        "1e5",
        "1,5",
        "2016-10-01",
    ),
    *(
        "if",
        "1st",
        "data frame.1 %in% function",
        ".x",
        "_y",
        "a$b",
        "`tick`",
        "#hash",
        "~tilde~",
        "^caret",
        "50% & more",
    ),
    *(
        'quote " and ""',
        "it's ''",
        "a,b;c\td",
        "a | b \\| c \\",
        "new\nline",
        "new\r\nline",
        "new\rline",
        " ends ",
        "a  b",
    ),
    *("<script>alert('x')</script>", "&amp; &lt;", "<!-- -->", "</td></tr></table>", "]]>", "a -- b --- c", "<<a>>"),
    *("=cmd()", '=HYPERLINK("http://x";"y")', "+1", "-1", "@SUM(A1)", "\t=1", "*bold* _it_ [l](http://x) ![i](y) [^1]"),
    *(
        "\\input{/etc/passwd}",
        "\\\\ \\hline {} $x$",
        "[2em]",
        "* star",
        "| --- |",
        "---",
        "[^1]: note",
        "# head",
        "> quote",
    ),
    *(
        "\u202eright to left\u202c שלום",
        "\ufeffmark",
        "a\u200bb",
        "a\x00b",
        "\x1b[31mred\x1b[0m",
        "a\x0bb\x0cc\x85d\u2028e",
    ),
    *(
        "Ærø – “Straße” 北約",
        "e\u0301 é",
        "👩‍👩‍👧",
        "(not reported)",
        "x (background)",
        "1. list",
        "http://x.org/?a=1&b=2",
    ),
)
BLANKS = [status for status in Status if status.blank]
ONE, TWO = Source("work/reed-1999", "One", "Ada Reed"), Source("work/hale-2001", "Two | 3; 4", "Bo Hale")


def text(row: int, column: int) -> str:
    """One of the texts; each stands in every column."""
    return HOSTILE[(row * 13 + column) % len(HOSTILE)]


def test_every_text_stands_in_every_column() -> None:
    for column in range(COLUMNS):
        assert {str(row[column]) for row in rows().rows} >= set(HOSTILE)
        assert {part.value for row in comparison().rows for part in row[column].single()} >= (
            set(HOSTILE) if column else set()
        )


def cell(row: int, column: int) -> Cell:
    """Every seventh is a blank, of every sort in turn; every eleventh rests on background."""
    at = row * COLUMNS + column
    if at % 7 == 6:
        return Cell(None, (ONE,), BLANKS[at // 7 % len(BLANKS)])
    return Cell(text(row, column), (ONE,), Status.BACKGROUND if at % 11 == 10 else Status.STATED)


def shared(row: int, column: int) -> Cell:
    """Every fifth has two values, of which every other pair is in conflict."""
    at = row * COLUMNS + column
    if at % 5:
        return cell(row, column)
    parts = (Cell(text(row, column), (ONE,)), Cell(f"other than {text(row, column)}", (TWO,), Status.BACKGROUND))
    status = Status.CONFLICTING if at % 2 else Status.STATED
    return Cell(" | ".join(map(str, parts)), (ONE, TWO), status, parts=parts)


HEADS = tuple(Column(f"{HOSTILE[at * 6]}", f"{HOSTILE[at * 5]} {at}") for at in range(COLUMNS))


@functools.cache
def rows() -> Table:
    made = tuple(tuple(cell(row, column) for column in range(COLUMNS)) for row in range(ROWS))
    return Table("\n".join(HOSTILE), HEADS, made, HOSTILE, empty=HOSTILE[-1])


@functools.cache
def comparison() -> Comparison:
    """Dimensions are told apart by their number."""
    made = tuple(
        (Cell(f"{row} {text(row, 0)}", status=Status.INFERRED), *(shared(row, column) for column in range(1, COLUMNS)))
        for row in range(ROWS)
    )
    return Comparison("\n".join(HOSTILE), HEADS, made, HOSTILE, cited=((ONE.document, HOSTILE[0]),), counts=(0,) * 11)


@functools.cache
def single() -> Comparison:
    """One thing alone."""
    return Comparison("?", HEADS[:2], tuple(row[:2] for row in comparison().rows), counts=(0,))


@functools.cache
def narrow() -> Comparison:
    """Four things, which stand side by side in LaTeX and in text."""
    return Comparison("?", HEADS[:5], tuple(row[:5] for row in comparison().rows), counts=(0,) * 4)


TABLES: dict[str, Callable[[], Table]] = {
    "rows": rows,
    "comparison": comparison,
    "one thing": single,
    "four things": narrow,
}


def written(form: str, content: Any) -> str:
    return FORMATS[form].write(content).decode()


def shown(table: Table, marked: bool) -> list[list[str]]:
    """The cells as a reader should see them, without the numbers of notes.

    Args:
        marked: Whether what a value rests on stands behind it.
    """

    def words(value: Cell) -> str:
        mark = (
            f" ({value.status.value})" if marked and value.value is not None and value.status.value != "stated" else ""
        )
        return flat(str(value)) + mark

    def whole(value: Cell) -> str:
        if not isinstance(table, Comparison):
            return words(value)
        said = " | ".join(map(words, value.single()))
        return f"(conflicting) {said}" if value.status is Status.CONFLICTING else said

    found = [[whole(value) for value in row] for row in table.rows]
    for row, values in zip(found, table.rows, strict=True):
        row[0] = flat(str(values[0])) if isinstance(table, Comparison) else row[0]
    return found


# Formats for programs


def frame(form: str, table: Table, **options: Any) -> Any:
    separator = "\t" if form == "tsv" else ","
    return pandas.read_csv(io.StringIO(written(form, table)), sep=separator, dtype=str, **options)


def exact(form: str, table: Table) -> Any:
    """As every text stands there: no word means a missing value, and no value a number."""
    return frame(form, table, keep_default_na=False)


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("kind", TABLES)
def test_separated_values(form: str, kind: str) -> None:
    """Each text in its row and column, in CSV as it was, in TSV in one line; the same by pandas and by Python's csv."""
    table = TABLES[kind]()
    cleaned = flat if form == "tsv" else str
    found = exact(form, table)
    names = [cleaned(column.name) for column in table.columns]
    step = 3 if isinstance(table, Comparison) else 1
    places = [0, *range(1, 1 + step * (len(names) - 1), step)]
    assert [found.columns[at] for at in places] == names
    values = [["" if cell.value is None else cleaned(str(cell)) for cell in row] for row in table.rows]
    assert found.iloc[:, places].to_numpy().tolist() == values
    again = csv.reader(io.StringIO(written(form, table), newline=""), delimiter="\t" if form == "tsv" else ",")
    assert list(again) == [list(found.columns), *found.to_numpy().tolist()]


@pytest.mark.parametrize("kind", TABLES)
def test_long(kind: str) -> None:
    """Each value of each cell with its own status, in order."""
    table = TABLES[kind]()
    found = exact("long", table)
    first = 1 if isinstance(table, Comparison) else 0
    values = [part for row in table.rows for cell in row[first:] for part in cell.single()]
    assert list(found["value"]) == ["" if part.value is None else str(part) for part in values]
    assert list(found["status"]) == [part.status.value for part in values]


def test_json_of_rows() -> None:
    table = rows()
    data = json.loads(written("json", table))
    names = [column.name for column in table.columns]
    assert data["head"]["vars"] == [*names, "status", "sources"]
    for row, bound in zip(table.rows, data["results"]["bindings"], strict=True):
        assert {n: bound[n]["value"] for n in names if n in bound} == {
            n: cell.value for n, cell in zip(names, row, strict=True) if cell.value is not None
        }


@pytest.mark.parametrize("kind", ["comparison", "one thing", "four things"])
def test_json_of_a_comparison(kind: str) -> None:
    table = TABLES[kind]()
    data = json.loads(written("json", table))
    assert [item["id"] for item in data["items"]] == [column.name for column in table.columns[1:]]
    for row, told in zip(table.rows, data["rows"], strict=True):
        assert told["dimension"] == row[0].value
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            found = told["cells"][column.name]
            assert found["status"] == cell.status.value
            values = [part.value for part in cell.single() if cell.value is not None]
            assert [value["value"] for value in found["values"]] == values


def test_namibia_and_norway_are_lost_by_a_reader_that_is_not_told() -> None:
    """Pandas takes `NA` and other words for missing values unless it is told otherwise, as the documentation says."""
    table = Table("?", (Column("code", "Code"),), tuple((Cell(code, (ONE,)),) for code in ("NA", "NO", "NaN", "007")))
    trap = pandas.read_csv(io.StringIO(written("csv", table)))
    assert list(trap["code"].isna()) == [True, False, True, False]
    assert list(exact("csv", table)["code"]) == ["NA", "NO", "NaN", "007"]
    assert list(table.to_pandas()["code"]) == ["NA", "NO", "NaN", "007"]


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("long", [False, True])
def test_a_frame_has_what_the_file_has(long: bool, kind: str) -> None:
    table = TABLES[kind]()
    made = table.to_pandas(long=long)
    found = exact("long" if long else "csv", table)
    assert list(made.columns) == list(found.columns)
    plain = made.map(
        lambda value: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    )
    assert plain.to_numpy().tolist() == found.to_numpy().tolist()
    assert any(value is None for value in made.to_numpy().ravel())


# Formats for readers


def in_markdown(data: str) -> Iterator[list[str]]:
    """The rows of the table of a page of Markdown, the head among them; without the numbers of notes."""
    row: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(data):
        if token.type == "tr_open":
            row = []
        elif token.type == "inline" and token.level > 2:
            row.append(words(token))
        elif token.type == "tr_close":
            yield row


def words(token: Token) -> str:
    """The text of a line, in which nothing is markup but what stands for a status."""
    assert {child.type for child in token.children or ()} <= {
        "text",
        "text_special",
        "em_open",
        "em_close",
        "footnote_ref",
    }
    return "".join(child.content for child in token.children or ())


@pytest.mark.parametrize("form", ["markdown", "footnotes"])
@pytest.mark.parametrize("kind", TABLES)
def test_markdown(form: str, kind: str) -> None:
    table = TABLES[kind]()
    head, *found = in_markdown(written(form, table))
    width = len(table.columns)
    assert head[:width] == [flat(column.title) for column in table.columns]
    marked = form == "footnotes" or isinstance(table, Comparison)
    assert [row[:width] for row in found] == shown(table, marked)


def in_html(data: str) -> list[list[str]]:
    root = html5lib.parse(data, namespaceHTMLElements=False)
    assert not [element for element in root.iter() if element.tag in ("script", "img", "iframe", "object")]
    return [[inner(cell) for cell in row] for row in root.iter("tr")]


def inner(element: ET.Element) -> str:
    """The text of a cell: its values with bars between, without the numbers of notes."""
    if element.tag == "ul":
        return " | ".join(map(inner, element))
    parts = [element.text or ""]
    for child in element:
        parts += ["" if child.tag == "sup" else inner(child), child.tail or ""]
    return "".join(parts).rstrip() if element.tag in ("span", "li") else "".join(parts)


@pytest.mark.parametrize("kind", TABLES)
def test_html(kind: str) -> None:
    table = TABLES[kind]()
    head, *found = in_html(written("html", table))
    assert head == [flat(column.title) for column in table.columns]
    assert found == shown(table, marked=True)


def latex(cell: str) -> str:
    """The text of a cell of LaTeX, without the number of its note."""
    bare = re.sub(r"\\nobreak\\hspace\{0pt\}\\textsuperscript\{\d+\}|\\emph|\\textbf", "", cell)
    said, unknown = plain(bare)
    assert not unknown
    return said


def in_latex(data: str) -> list[list[str]]:
    body = data.partition("\\endfoot\n")[2].partition("\\end{longtable}")[0]
    lines = [line.removesuffix("\\addlinespace").removesuffix(" \\\\") for line in body.splitlines()]
    return [[latex(cell) for cell in re.split(r"(?<!\\) & ", line)] for line in lines if line != "\\midrule"]


@pytest.mark.parametrize("kind", ["one thing", "four things"])
def test_latex_side_by_side(kind: str) -> None:
    assert in_latex(written("latex", TABLES[kind]())) == shown(TABLES[kind](), marked=True)


@pytest.mark.parametrize("kind", ["rows", "comparison"])
def test_latex_line_by_line(kind: str) -> None:
    """A record for each row, of a comparison for each thing: every value below its heading, in order."""
    table = TABLES[kind]()
    values, cells = shown(table, marked=True), [list(row) for row in table.rows]
    heads = [flat(column.title) for column in table.columns]
    if isinstance(table, Comparison):
        (heads, *values), (_, *cells) = (list(map(list, zip(*grid, strict=True))) for grid in (values, cells))
    body = written("latex", table).partition("\\endfoot\n")[2].partition("\\end{longtable}")[0]
    records = body.split("\\midrule\n")[:-1]
    for record, row, known in zip(records, values, cells, strict=True):
        lines = "\n".join(line for line in record.splitlines() if line.startswith("\\textbf"))
        kept = zip(heads, row, known, strict=True)
        assert in_latex(f"\\endfoot\n{lines}") == [
            [head, value] for head, value, cell in kept if cell.value is not None
        ]
        blank = {cell.status.value for cell in known if cell.value is None}
        assert all(f"\\emph{{({status})}}" in record for status in blank)


def joined(words: Iterable[str]) -> str:
    """Words without the white space between, and without the numbers of notes."""
    return re.sub(r"\[\d+\]", "", "".join("".join(words).split()))


@pytest.mark.parametrize("kind", ["one thing", "four things"])
def test_text_side_by_side(kind: str) -> None:
    """What stands below each other in a column is what its cells say, from top to bottom."""
    table = TABLES[kind]()
    said = written("table", table)
    (rule,) = re.findall(r"^-+(?:  -+)+$", said, re.MULTILINE)
    body = said.partition(f"{rule}\n")[2].partition("\n\n")[0].splitlines()
    for column, found in zip(zip(*shown(table, marked=True), strict=True), re.finditer("-+", rule), strict=True):
        assert joined(line[found.start() : found.end()] for line in body) == joined(column)


@pytest.mark.parametrize("kind", ["rows", "comparison"])
def test_text_line_by_line(kind: str) -> None:
    """A record for each row, of a comparison for each thing: beside the headings stand the values, then the blanks."""
    table = TABLES[kind]()
    values = shown(table, isinstance(table, Comparison))
    heads = [flat(column.title) for column in table.columns]
    if isinstance(table, Comparison):
        heads, *values = (list(column) for column in zip(*values, strict=True))
    label = min(max(map(len, heads)), 40) + 2
    records = re.split(rf"^\d+ of {len(values)}(?:: .*)?\n", written("table", table), flags=re.MULTILINE)[1:]
    blanks = {f"({status.value})" for status in BLANKS}
    for record, row in zip(records, values, strict=True):
        told = joined(line[label:] for line in record.splitlines())
        assert told.startswith(joined(value for value in row if value not in blanks))


def test_every_format_of_tables_is_tried() -> None:
    tried = {"csv", "tsv", "long", "json", "markdown", "footnotes", "html", "latex", "table"}
    assert of(Holds.TABLE).keys() == tried


# Other formats


def work(text: str) -> bytes:
    """A work with that title and that note, as N-Quads."""
    iri = f"{ID}work/a"
    said = {RDF.type: TM.Work, properties("misc")["title"]: Literal(text), TM.bibField: Literal(f"note={text}")}
    return to_nquads([Triple(iri, predicate, value) for predicate, value in said.items()], "urn:b")


@pytest.mark.parametrize("text", HOSTILE)
def test_works(text: str) -> None:
    """A title and a note: in CSL as they were, in RIS and BibTeX in one line."""
    (item,) = json.loads(written("csl", work(text)))
    assert item["title"] == item["note"] == text
    (record,) = rispy.loads(written("ris", work(text)))
    assert record["title"] == " ".join(text.split()) and record["notes"] == [" ".join(text.split())]
    (entry,) = bibtexparser.parse_string(written("bibtex", work(text))).entries
    fields = {field.key: plain(field.value)[0] for field in entry.fields}
    assert fields == {"title": tidy(text), "note": tidy(text)}


@pytest.mark.parametrize("name", ["aif", "xaif", "argdown"])
def test_argument_maps(name: str) -> None:
    """Each text as a statement, a name, and what is argued from it."""
    statements = tuple(Statement(f"claim/{at}", text, holders=("NA", "NO")) for at, text in enumerate(HOSTILE))
    steps = tuple(Inference(f"argument/{at}", (s.id,), "claim/0") for at, s in enumerate(statements[1:]))
    read = FORMATS[name].read
    assert read
    back = read(FORMATS[name].write(ArgumentMap(statements, steps)), "x").map
    assert {s.id: (s.text, s.holders) for s in back.statements} == {s.id: (s.text, s.holders) for s in statements}
    assert len(back.inferences) == len(HOSTILE) - 1


def picture(count: int) -> Picture:
    """Nodes in groups, each with an edge to the next; in every place a text."""
    style = NodeStyle("statement")
    nodes = tuple(
        Node(f"{at} {text(at, 0)}", text(at, 1), style, text(at, 2), "", text(at % 7, 3)) for at in range(count)
    )
    ends = itertools.pairwise(node.id for node in nodes)
    edges = tuple(Edge(one, other, EdgeStyle("e"), text(at, 4), text(at, 5)) for at, (one, other) in enumerate(ends))
    return Picture(text(0, 6), nodes, edges)


def lines(told: str) -> str:
    return clean(told).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("count", [1, 500])
def test_graphml(count: int) -> None:
    """As networkx reads it; XML has one sort of line break, and cannot hold every character."""
    drawn = picture(count)
    found = networkx.parse_graphml(written("graphml", drawn))
    keys = ("text", "tooltip", "group")
    assert {id: tuple(data.get(key, "") for key in keys) for id, data in found.nodes(data=True)} == {
        clean(node.id): (lines(node.text), lines(node.tooltip), lines(node.group)) for node in drawn.nodes
    }
    told = [(clean(e.source), clean(e.target), lines(e.label), lines(e.tooltip)) for e in drawn.edges]
    assert [(a, b, data["label"], data["tooltip"]) for a, b, data in found.edges(data=True)] == told


@pytest.mark.parametrize("count", [1, 500])
def test_dot(count: int) -> None:
    """As Graphviz reads it: a text with no room is cut, and told in full; the backslashes of names come in twos."""
    drawn = picture(count)
    found = pygraphviz.AGraph(string=written("dot", drawn))
    for node in drawn.nodes:
        attributes = found.get_node(clean(node.id).replace("\\", "\\\\")).attr
        assert html.unescape(attributes["tooltip"]).replace("\\n", "\n").replace("\\\\", "\\") == lines(node.tooltip)


@pytest.mark.parametrize("name", of(Holds.KNOWLEDGE))
@pytest.mark.parametrize("text", HOSTILE)
def test_statements(text: str, name: str) -> None:
    """As rdflib reads them; RDF/XML has one sort of line break, and is not written where XML has no such character."""
    data = to_nquads([Triple(f"{ID}claim/a", TM.text, Literal(text))], "urn:b")
    if name == "rdfxml" and clean(text) != text:
        with pytest.raises(OutputError, match="character"):
            written(name, data)
        return
    found = rdflib_dataset(written(name, data).encode(), RDFLIB[name])
    (value,) = {str(value) for _, _, value in found.triples((None, None, None))}
    assert value == (lines(text) if name == "rdfxml" else text)
