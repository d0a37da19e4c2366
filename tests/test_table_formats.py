"""Tables in every format, read back by other readers: what survives, and what the registry says is lost."""

from __future__ import annotations

import csv
import io

from theorymap.formats import FORMATS
from theorymap.table import Cell, Column, Comparison, Source, Status, Table

ONE, TWO = Source("work/x", "One", "Ada Reed"), Source("work/y", "Two", "Bo Hale")


def rows(form: str, table: Table) -> list[dict[str, str]]:
    """The records of a CSV, by the csv module."""
    return list(csv.DictReader(io.StringIO(FORMATS[form].write(table).decode(), newline="")))


def shared(status: Status, *parts: Cell) -> Comparison:
    """A comparison of one thing on one dimension, on which it has several values."""
    sources = tuple(source for part in parts for source in part.sources)
    cell = Cell(" | ".join(map(str, parts)), sources, status, parts=parts)
    columns = (Column("dimension", "Dimension"), Column("x", "X"))
    return Comparison("Which?", columns, ((Cell("size", status=Status.INFERRED), cell),))


class TestStatus:
    def test_background_beside_what_is_stated_does_not_pass_as_stated(self) -> None:
        table = shared(Status.STATED, Cell("a", (ONE,)), Cell("b", (TWO,), Status.BACKGROUND))
        (row,) = rows("csv", table)
        assert row["x"] == "a | b" and row["x status"] == "stated | background"
        assert [row["status"] for row in rows("long", table)] == ["stated", "background"]

    def test_values_that_rest_on_the_same_have_one_status(self) -> None:
        (row,) = rows("csv", shared(Status.STATED, Cell("a", (ONE,)), Cell("b", (TWO,))))
        assert row["x status"] == "stated"

    def test_a_conflict_leaves_each_value_its_own_status(self) -> None:
        parts = (Cell("a", (ONE,)), Cell("b", (TWO,), Status.BACKGROUND), Cell(None, (), Status.NOT_APPLICABLE))
        table = shared(Status.CONFLICTING, *parts)
        (row,) = rows("csv", table)
        assert row["x status"] == "conflicting: stated | background | not applicable"
        found = [(row["value"], row["status"], row["conflicting"]) for row in rows("long", table)]
        assert found == [("a", "stated", "true"), ("b", "background", "true"), ("", "not applicable", "true")]
        peaceful = shared(Status.STATED, *parts[:2])
        assert [row["conflicting"] for row in rows("long", peaceful)] == ["false", "false"]

    def test_a_row_with_an_empty_cell_is_not_wholly_stated(self) -> None:
        columns = (Column("a", "A"), Column("b", "B"))
        cells = (Cell(None, (ONE,), Status.NOT_REPORTED), Cell("b", (ONE,)))
        for given in ((), (Status.STATED,)):
            (row,) = rows("csv", Table("Which?", columns, (cells,), statuses=given))
            assert row["status"] == "stated | not reported"
        (row,) = rows("csv", Table("Which?", columns, (cells,), statuses=(Status.ABSTRACT_ONLY,)))
        assert row["status"] == "not reported, abstract only"
