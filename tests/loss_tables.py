"""Pairs of tables that differ in one thing each, for the statements of loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from theorymap.table import NOTHING, Cell, Column, Comparison, Source, Status, Table

ONE, TWO = Source("work/x", "One", "Ada Reed"), Source("work/y", "Two", "Bo Hale")
THREE = Source("work/z", "Three", "Cy Lund")
BLANK = Cell(None, (TWO,), Status.NOT_REPORTED)
COLUMNS = (Column("a", "A"), Column("b", "B"))
PLAIN = Table(
    "Which?",
    COLUMNS,
    ((Cell("walls", (ONE,), iri="https://e.org/walls"), Cell("high", (ONE,))), (Cell("moats", (TWO,)), BLANK)),
    ("theory = walls", "A note."),
)
BOTH = Cell("high | low", (ONE, TWO), parts=(Cell("high", (ONE,)), Cell("low", (TWO,))))
COMPARED = Comparison(
    "Which?",
    (Column("dimension", "Dimension"), Column("id/x", "X"), Column("id/y", "Y")),
    (
        (Cell("size", status=Status.INFERRED, iri="https://e.org/size"), Cell("high", (ONE,)), BLANK),
        (Cell("age", status=Status.INFERRED), Cell("old", (ONE,), iri="https://e.org/old"), BOTH),
    ),
    ("A note.",),
    cited=(("work/x", "Reed 1999"), ("work/y", "Hale 2001")),
    counts=(2, 1),
    dimensions=2,
)

Pair = tuple[Table, Table]


def cells(table: Table, row: int, **changed: Cell) -> Table:
    """The table with other cells in a row, named c0, c1 and so on."""
    new = tuple(changed.get(f"c{at}", cell) for at, cell in enumerate(table.rows[row]))
    return replace(table, rows=tuple(new if at == row else old for at, old in enumerate(table.rows)))


def cell(table: Table, row: int, at: int, *others: Cell) -> Pair:
    """The table with one cell or another; of one, the table as it is and with that."""
    first, *more = (cells(table, row, **{f"c{at}": other}) for other in others)
    return (first, *more) if more else (table, first)  # type: ignore[return-value]


def whole(table: Table, **changed: Any) -> Pair:
    return table, replace(table, **changed)


def named(columns: tuple[Column, ...], at: int, **changed: str) -> tuple[Column, ...]:
    return tuple(replace(column, **changed) if n == at else column for n, column in enumerate(columns))


def said(*values: Cell, status: Status = Status.STATED) -> Cell:
    """Values that share a cell."""
    sources = tuple(dict.fromkeys(source for value in values for source in value.sources))
    return Cell(" | ".join(map(str, values)), sources, status, parts=values)


def placed(*words: str) -> Cell:
    """A value that stands in documents, each with a place."""
    return Cell("high", tuple(Source(f"work/{key}", place) for key, place in zip(words[::2], words[1::2], strict=True)))


def _both(table: Table, row: int, at: int) -> dict[str, Pair]:
    """What can differ in a cell, of a comparison or not."""

    def pair(*others: Cell) -> Pair:
        return cell(table, row, at, *others)

    high, low, middle = Cell("high", (ONE,)), Cell("low", (TWO,)), Cell("middle", (THREE,))
    background = Status.BACKGROUND
    return {
        "a value": pair(Cell("low", (ONE,))),
        "that there is a value": pair(Cell("", (ONE,)), high),
        "nothing to say or an empty text": pair(Cell(NOTHING, (ONE,)), Cell("", (ONE,))),
        "nothing to say or what does not apply": pair(Cell(NOTHING, (ONE,)), Cell(None, (ONE,), Status.NOT_APPLICABLE)),
        "which sort of blank": pair(BLANK, Cell(None, (TWO,), Status.ANNOUNCED)),
        "a blank or its words": pair(Cell(None, (ONE,), Status.NOT_REPORTED), Cell("(not reported)", (ONE,))),
        "a mark or its words": pair(Cell("high", (ONE,), background), Cell("high (background)", (ONE,))),
        "a number or its digits": pair(Cell(7, (ONE,)), Cell("7", (ONE,))),
        "a fraction or its digits": pair(Cell(0.5, (ONE,)), Cell("0.5", (ONE,))),
        "a truth value or its word": pair(Cell(True, (ONE,)), Cell("true", (ONE,))),
        "the identifier of a value": pair(high, Cell("high", (ONE,), iri="https://e.org/high")),
        "the words of a value with an identifier": pair(
            *(Cell(word, (ONE,), iri="https://e.org/high") for word in ("high", "tall"))
        ),
        "the status of a value": pair(Cell("high", (ONE,), background)),
        "a document": pair(Cell("high", (Source("work/z", "One", "Ada Reed"),))),
        "the class of a document": pair(
            *(Cell("high", (Source(f"{kind}/z", "One", "Ada Reed"),)) for kind in ("work", "report"))
        ),
        "a place": pair(Cell("high", (replace(ONE, place="Two"),))),
        "who says so": pair(Cell("high", (replace(ONE, said="Cy Lund"),))),
        "which source is whose": pair(
            *(
                Cell("high", tuple(replace(at, said=who) for at, who in zip((ONE, TWO, THREE), whose, strict=True)))
                for whose in ("aab", "abb")
            )
        ),
        "the document of a blank": pair(BLANK, replace(BLANK, sources=(replace(TWO, document="work/z"),))),
        "the place of a blank": pair(BLANK, replace(BLANK, sources=(replace(TWO, place="Three"),))),
        "that values are in conflict": pair(
            said(high, low), said(*(replace(value, opposed=True) for value in (high, low)), status=Status.CONFLICTING)
        ),
        "that a value is in dispute with another thing": pair(high, replace(high, opposed=True)),
        "which values are in conflict": pair(
            *(
                said(
                    *(replace(value, opposed=value is not alone) for value in (high, low, middle)),
                    status=Status.CONFLICTING,
                )
                for alone in (high, middle)
            )
        ),
        "several values or one": pair(said(high, low), Cell("high | low", (ONE, TWO))),
        "which of several values has which source": pair(said(high, low), said(high, replace(low, sources=(ONE, TWO)))),
        "which of several values has which status": pair(
            *(
                said(replace(high, status=one), replace(low, status=other), status=background)
                for one, other in ((Status.STATED, background), (background, Status.STATED))
            )
        ),
        "several sources or one": pair(placed("p", "One", "q", "Two"), placed("p", "One | work/q, Two")),
        "several places or one": pair(placed("p", "One", "p", "Two"), placed("p", "One, Two")),
        "which source has which place": pair(placed("p", "One", "q", "Two"), placed("p", "Two", "q", "One")),
        "a line break": pair(Cell("a\nb", (ONE,)), Cell("a b", (ONE,))),
        "another line break": pair(Cell("a\rb", (ONE,)), Cell("a\nb", (ONE,))),
        "repeated white space": pair(Cell("a  b", (ONE,)), Cell("a b", (ONE,))),
        "white space at an end": pair(Cell(" a b", (ONE,)), Cell("a b", (ONE,))),
        "a character that is not printed": pair(Cell("a\u202eb", (ONE,)), Cell("a b", (ONE,))),
        "a control character": pair(Cell("a\x00b", (ONE,)), Cell("a b", (ONE,))),
        "a line break in a place": pair(*(Cell("a", (Source("work/x", place),)) for place in ("O\nne", "O ne"))),
        "a sign or its escape": pair(Cell("a & b", (ONE,)), Cell("a &amp; b", (ONE,))),
        "a mark of markup or its escape": pair(Cell("*a*", (ONE,)), Cell("\\*a\\*", (ONE,))),
        "a quotation mark or two": pair(Cell('a"b', (ONE,)), Cell('a""b', (ONE,))),
        "an apostrophe or its curve": pair(Cell("a'b", (ONE,)), Cell("a’b", (ONE,))),
    }


EMPTY = replace(PLAIN, rows=())
WIDER = replace(
    PLAIN,
    columns=(*COLUMNS, Column("c", "C")),
    rows=(
        (Cell("walls", (ONE,)), Cell("high", (ONE,), Status.BACKGROUND), Cell("old", (ONE,))),
        (Cell("walls", (ONE,)), Cell("high", (ONE,)), Cell("old", (ONE,), Status.BACKGROUND)),
    ),
)
MANY = tuple(Column(f"c{at}", f"a heading of some length {at}") for at in range(14))


def many(*headings: str) -> Table:
    """A row for which there is no room in a line, with two blanks."""
    columns = (*MANY, *(Column(f"b{at}", heading) for at, heading in enumerate(headings)))
    return Table("Which?", columns, ((*[Cell("high", (ONE,))] * len(MANY), BLANK, BLANK),))


PLAIN_PAIRS: dict[str, Pair] = {
    "the question": whole(PLAIN, title="What?"),
    "a heading": whole(PLAIN, columns=named(COLUMNS, 1, title="C")),
    "the name of a column": whole(PLAIN, columns=named(COLUMNS, 1, name="c")),
    "a note": whole(PLAIN, notes=("theory = walls", "Another note.")),
    "what no answer means": whole(EMPTY, empty="Nobody says so."),
    "what a row rests on as a whole": whole(PLAIN, statuses=(Status.BACKGROUND, Status.STATED)),
    "which blank a row is as a whole": whole(PLAIN, statuses=(Status.STATED, Status.ABSTRACT_ONLY)),
    "which value of a row has which source": (
        cells(PLAIN, 0, c0=Cell("walls", (ONE,)), c1=Cell("high", (ONE, TWO))),
        cells(PLAIN, 0, c0=Cell("walls", (ONE, TWO)), c1=Cell("high", (TWO,))),
    ),
    "which value of a row has which status": (replace(WIDER, rows=WIDER.rows[:1]), replace(WIDER, rows=WIDER.rows[1:])),
    "the order of rows": whole(PLAIN, rows=PLAIN.rows[::-1]),
    "the order of columns": whole(PLAIN, columns=COLUMNS[::-1], rows=tuple(row[::-1] for row in PLAIN.rows)),
    "where the heading of a blank ends": (many("age, size", "rank"), many("age", "size, rank")),
    **_both(PLAIN, 0, 1),
}
FIVE = replace(
    COMPARED,
    rows=(),
    columns=(COMPARED.columns[0], *(Column(f"id/{x}", x) for x in "abcde")),
    counts=(0,) * 5,
)


def blanks(*dimensions: str) -> Comparison:
    """Five things of which nothing is known on some dimensions."""
    return replace(FIVE, rows=tuple((Cell(name, status=Status.INFERRED), *[BLANK] * 5) for name in dimensions))


COMPARED_PAIRS: dict[str, Pair] = {
    "the question": whole(COMPARED, title="What?"),
    "the heading of a thing": whole(COMPARED, columns=named(COMPARED.columns, 1, title="Z")),
    "the identifier of a thing": whole(COMPARED, columns=named(COMPARED.columns, 1, name="id/z")),
    "the heading of dimensions": whole(COMPARED, columns=named(COMPARED.columns, 0, title="Respect")),
    "a note": whole(COMPARED, notes=("Another note.",)),
    "what no answer means": whole(replace(COMPARED, rows=()), empty="Nobody says so."),
    "what a row rests on as a whole": whole(COMPARED, statuses=(Status.STATED, Status.BACKGROUND)),
    "which blank a row is as a whole": whole(COMPARED, statuses=(Status.STATED, Status.ABSTRACT_ONLY)),
    "how a document is called": whole(COMPARED, cited=(("work/x", "Rod 1999"), ("work/y", "Hale 2001"))),
    "the identifier of a document that is called": (
        replace(COMPARED, cited=(("work/x", "Reed 1999"), ("work/z", "Reed 1999"))),
        replace(
            cells(COMPARED, 0, c1=Cell("high", (replace(ONE, document="work/z"),))),
            cited=(("work/x", "Reed 1999"), ("work/z", "Reed 1999")),
        ),
    ),
    "counts": whole(COMPARED, counts=(2, 2)),
    "how many dimensions there are": whole(COMPARED, dimensions=3),
    "a dimension": cell(COMPARED, 0, 0, Cell("height", status=Status.INFERRED, iri="https://e.org/size")),
    "the identifier of a dimension": cell(COMPARED, 0, 0, Cell("size", status=Status.INFERRED)),
    "the heading of the dimensions of more than four things": (
        blanks("age"),
        replace(blanks("age"), columns=named(FIVE.columns, 0, title="Respect")),
    ),
    "where the heading of a blank ends": (blanks("age, size", "rank"), blanks("age", "size, rank")),
    "the order of rows": whole(COMPARED, rows=COMPARED.rows[::-1]),
    **_both(COMPARED, 0, 1),
}

PAIRS: dict[str, Pair] = {
    **{f"rows: {name}": pair for name, pair in PLAIN_PAIRS.items()},
    **{f"comparison: {name}": pair for name, pair in COMPARED_PAIRS.items()},
}
"""Pairs of tables that are no comparison, and of comparisons."""
