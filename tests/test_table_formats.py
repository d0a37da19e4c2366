"""Tables in every format, read back by other readers: what survives, and what the registry says is lost."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from theorymap.cli import group
from theorymap.cli.options import PICTURES
from theorymap.errors import UsageError
from theorymap.formats import FORMATS, Holds, of, of_file
from theorymap.table import NOTHING, Cell, Column, Comparison, Source, Status, Table
from workspaces import ROOT

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
        blank = Cell(None, (), Status.NOT_APPLICABLE, opposed=True)
        parts = (Cell("a", (ONE,)), Cell("b", (TWO,), Status.BACKGROUND, opposed=True), blank)
        table = shared(Status.CONFLICTING, *parts)
        (row,) = rows("csv", table)
        assert row["x status"] == "conflicting: stated | background | not applicable"
        found = [(row["value"], row["status"], row["conflicting"]) for row in rows("long", table)]
        assert found == [("a", "stated", "false"), ("b", "background", "true"), ("", "not applicable", "true")]
        peaceful = shared(Status.STATED, parts[0], replace(parts[1], opposed=False))
        assert [row["conflicting"] for row in rows("long", peaceful)] == ["false", "false"]

    def test_a_row_with_an_empty_cell_is_not_wholly_stated(self) -> None:
        columns = (Column("a", "A"), Column("b", "B"))
        cells = (Cell(None, (ONE,), Status.NOT_REPORTED), Cell("b", (ONE,)))
        for given in ((), (Status.STATED,)):
            (row,) = rows("csv", Table("Which?", columns, (cells,), statuses=given))
            assert row["status"] == "stated | not reported"
        (row,) = rows("csv", Table("Which?", columns, (cells,), statuses=(Status.ABSTRACT_ONLY,)))
        assert row["status"] == "not reported, abstract only"


class TestNothing:
    """A dash says to the eye that there is nothing to say; a program meets an empty cell there."""

    TABLE = Table("Which?", (Column("a", "A"), Column("b", "B")), ((Cell("high", (ONE,)), Cell(NOTHING, (ONE,))),))

    @pytest.mark.parametrize("form", ["csv", "tsv"])
    def test_a_cell_is_empty_and_the_row_keeps_its_status(self, form: str) -> None:
        text = FORMATS[form].write(self.TABLE).decode()
        (row,) = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if form == "tsv" else ",")
        assert (row["a"], row["b"], row["status"]) == ("high", "", "stated")

    def test_a_value_that_is_none_says_why(self) -> None:
        assert [(row["value"], row["status"]) for row in rows("long", self.TABLE)] == [
            ("high", "stated"),
            ("", "not applicable"),
        ]

    def test_json_binds_nothing_and_a_frame_holds_none(self) -> None:
        (bound,) = json.loads(FORMATS["json"].write(self.TABLE))["results"]["bindings"]
        assert bound.keys() == {"a", "status", "sources"} and bound["status"]["value"] == "stated"
        assert self.TABLE.to_pandas().loc[0, "b"] is None

    @pytest.mark.parametrize("form", ["table", "markdown", "html"])
    def test_a_reader_sees_the_dash(self, form: str) -> None:
        assert NOTHING in FORMATS[form].write(self.TABLE).decode()


class TestFile:
    """The file's suffix says the format where none is chosen."""

    @pytest.mark.parametrize("name", of(Holds.TABLE, Holds.PICTURE))
    def test_each_suffix_is_of_its_format(self, name: str) -> None:
        among = list(of(Holds.TABLE, Holds.PICTURE))
        assert of_file(None, f"a/v1.2/A{FORMATS[name].suffix.upper()}", among, "") == name
        assert of_file(name, "a" + FORMATS[name].suffix, among, "") == name
        assert of_file(name, "a.d/file", among, "") == name

    def test_long_and_footnotes_may_have_the_suffix_of_their_kind(self) -> None:
        assert of_file("long", "a.csv", FORMATS, "") == "long"
        assert of_file("footnotes", "a.md", FORMATS, "") == "footnotes"

    def test_without_a_suffix_nothing_is_said(self) -> None:
        assert {of_file(None, file, ["csv"], "table") for file in (None, "-", "a", "/dev/full")} == {"table"}

    @pytest.mark.parametrize(("chosen", "file"), [("latex", "a.csv"), (None, "a.svg"), (None, "a.docx")])
    def test_what_does_not_fit_is_refused(self, chosen: str | None, file: str) -> None:
        with pytest.raises(UsageError) as caught:
            of_file(chosen, file, of(Holds.TABLE), "table")
        assert caught.value.hint.startswith("End in")

    def test_the_pictures_of_the_command_line_are_those_of_the_registry(self) -> None:
        assert tuple(of(Holds.PICTURE)) == PICTURES

    @pytest.mark.parametrize("asked", ["query claims-and-holders", "map --causal", "stats", "export csv"])
    def test_a_command_writes_what_the_file_is_called(self, asked: str, tmp_path: Path) -> None:
        folder = shutil.copytree(
            ROOT / "tests" / "workspace", tmp_path / "kb", ignore=shutil.ignore_patterns(".theorymap")
        )
        out = tmp_path / "out.csv"
        asked_for = [*asked.split(), "-o", str(out), "-w", str(folder)]
        CliRunner().invoke(group, asked_for, catch_exceptions=False)
        head, *_ = csv.reader(io.StringIO(out.read_text(), newline=""))
        assert {"status", "sources"} <= set(head)
        with pytest.raises(UsageError):
            CliRunner().invoke(
                group,
                [*asked_for, *(["--format", "html"] if asked != "export csv" else ["-o", "a.md"])],
                catch_exceptions=False,
            )

    @pytest.mark.parametrize("form", of(Holds.TABLE))
    def test_the_list_of_questions_is_written_in_the_format_that_the_file_is_called_for(
        self, form: str, tmp_path: Path
    ) -> None:
        out = tmp_path / f"list{FORMATS[form].suffix}"
        CliRunner().invoke(group, ["query", "-o", str(out)], catch_exceptions=False)
        text = out.read_text(encoding="utf-8")
        assert all(name in text.replace("\\hspace{0pt}", "") for name in ("claims-and-holders", "crucial-cases"))
        if form in ("csv", "tsv"):
            listed = list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if form == "tsv" else ","))
            (row,) = [row for row in listed if row["name"] == "theories-side-by-side"]
            assert (row["group"], row["parameters"]) == ("compare", "x, y, z") and row["question"].endswith("?")
        read = {
            "json": json.loads,
            "html": lambda page: page.index("<td>"),
            "latex": lambda page: page.index("longtable"),
        }
        assert read.get(form, len)(text)

    @pytest.mark.parametrize("format", ["csv", "argdown", "svg", "bibtex"])
    def test_no_inferences_are_left_out_where_there_are_none(self, format: str) -> None:
        with pytest.raises(UsageError, match="no inferences"):
            CliRunner().invoke(group, ["export", format, "--no-inferences"], catch_exceptions=False)
