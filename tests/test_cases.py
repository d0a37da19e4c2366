"""Tables of cases: read whole or told why not, proved cell by cell, and the codes of states held to their years."""

from __future__ import annotations

import csv
import io
import itertools
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engines import rows_in_oxigraph, rows_in_rdflib
from mutations import copy
from theorymap import Workspace
from theorymap.cli import group
from theorymap.errors import SourceError, UsageError
from theorymap.importing.case_draft import Draft, draft
from theorymap.importing.case_draft import text as written
from theorymap.importing.table_draft import Known
from theorymap.importing.target import Imported
from theorymap.passages import BrokenText, DocumentText, Quote, Span
from theorymap.passages.cells import SEPARATORS, read, records
from theorymap.passages.letters import decode
from theorymap.store import Store
from theorymap.terms import DCTERMS, SKOS
from workspaces import ROOT, make, ntriples, repository

NOBODY = Known({}, {}, frozenset())
BIBLIOGRAPHY = """
@misc{table,
  title = {A Table of Cities},
  author = {Osei, Daniel},
  year = {2004},
}
"""


def drafted(text: str, *missing: str) -> Draft:
    """What a table becomes in an empty workspace."""
    return draft(read(text), "table", NOBODY, missing=missing)


def values(made: Draft) -> dict[tuple[str, str], str]:
    """The values by case and variable."""
    claims = made.slots.get("claims", {}).values()
    return {(claim["case"], claim["variable"]): claim["value"] for claim in claims}  # type: ignore[index,call-overload,misc]


HEADS = {
    "named": "city,fear,rank\nA,1,2\nB,3,4\n",
    "unnamed": "fear,rank\nA,1,2\nB,3,4\n",
    "empty name": ",fear,rank\nA,1,2\nB,3,4\n",
    "semicolon": "city;fear;rank\nA;1;2\nB;3;4\n",
    "tab": "city\tfear\trank\nA\t1\t2\nB\t3\t4\n",
    "quoted": '"city","fear","rank"\n"A","1","2"\n"B","3","4"\n',
    "as R writes it": '"fear"\t"rank"\n"A"\t1\t2\n"B"\t3\t4\n',
    "crlf and blank lines": "\r\ncity,fear,rank\r\n\r\nA,1,2\r\n  \r\nB,3,4\r\n\r\n",
    "no end of line": "city,fear,rank\nA,1,2\nB,3,4",
    "more commas in the cells": 'city;fear;rank\n"A";"1";"2"\nB;3;4\n',
}


@pytest.mark.parametrize("text", HEADS.values(), ids=HEADS)
def test_every_head_gives_the_same_cases(text: str) -> None:
    wanted = {("case/a", "fear"): "1", ("case/a", "rank"): "2", ("case/b", "fear"): "3", ("case/b", "rank"): "4"}
    assert values(drafted(text)) == {(case, f"variable/{name}"): value for (case, name), value in wanted.items()}


def test_missing_is_what_is_declared() -> None:
    """NA is Namibia and NO is Norway, as a case and as a value, until somebody says that it means nothing."""
    text = "iso2,fear,ally\nNA,1,NO\nNO,.,NA\nSE,,NA\n"
    made = drafted(text)
    assert values(made)["case/no", "variable/ally"] == "NA" and values(made)["case/na", "variable/ally"] == "NO"
    assert (made.cells, made.missing) == (4, 2)
    declared = drafted(text, "NA")
    assert (declared.cells, declared.missing) == (2, 4) and declared.rows == 3
    assert ("case/na", "variable/fear") in values(declared)


def test_every_row_is_read_or_rejected_with_its_line_and_the_reason() -> None:
    text = "city,fear,rank,cow,year\nA,1,2,255,1995\nB,1\n,1,2,255,1995\nA,1,2,255,1995\nC,1,2,x,1995\n"
    text += "D,1,2,2,MCM\n\nE,1,2,3,4,5\n"
    made = drafted(text)
    assert made.rows == 1
    assert dict(made.rejected) == {
        3: "2 cells where there are 5 columns",
        4: "no case is named",
        5: "the case stands in line 2 already",
        6: "x is no COW code",
        7: "MCM is no year",
        9: "6 cells where there are 5 columns",
    }


def test_a_cell_that_no_passage_can_prove_is_rejected_by_itself() -> None:
    made = drafted("city,fear,\nA,+,x\nB,1,\n")
    assert made.rows == 2 and made.cells == 1
    assert [line for line, _ in made.left] == [2, 2]
    assert "neither a letter nor a digit" in made.left[0][1] and "no name" in made.left[1][1]


def test_the_same_case_in_two_years_is_one_case() -> None:
    made = drafted("city,year,fear\nA,1990,1\nA,1991,2\n")
    assert list(made.slots["cases"]) == ["case/a"] and made.rows == 2
    assert list(made.slots["periods"]) == ["period/year-1990", "period/year-1991"]
    assert [claim["period"] for claim in made.slots["claims"].values()] == list(made.slots["periods"])  # type: ignore[index,call-overload]


def test_a_year_is_read_where_it_stands() -> None:
    """In the second of two columns of years, and not in the first, which has none."""
    made = drafted("city,year,year,fear\nA,,1995,1\nB,1996,1996,1\nC,1996,1997,1\n")
    assert made.rejected == [(4, "it has two years, 1996 and 1997")]
    (place,) = made.slots["periods"]["period/year-1995"]["passages"]  # type: ignore[index,call-overload]
    assert place == {"section": "row A, column number 3", "from": "1995", "to": "1995"}


def test_a_case_whose_code_changes_is_another_from_there_on() -> None:
    made = drafted("country,cow,year,fear\nGermany,260,1980,1\nGermany,255,1995,2\nGermany,260,1981,3\n")
    cases = {id: (entry["label"], entry["cow"]) for id, entry in made.slots["cases"].items()}  # type: ignore[index,call-overload]
    assert cases == {"state/germany": ("Germany", "260"), "state/germany-cow-255": ("Germany (COW 255)", "255")}
    assert made.rows == 3
    assert [claim["case"] for claim in made.slots["claims"].values()] == [  # type: ignore[index,call-overload]
        "state/germany",
        "state/germany-cow-255",
        "state/germany",
    ]
    known = Known({"germany": "state/germany", "cow 255": "state/germany"}, {}, {"state/germany"})
    made = draft(read("country,cow,year,fear\nGermany,260,1980,1\nGermany,255,1995,2\n"), "table", known)
    assert list(made.slots["cases"]) == ["state/germany-cow-260", "state/germany"]


LISTS = {
    ("cow", "220"): ["France"],
    ("cow", "290"): ["Poland"],
    ("cow", "255"): ["Germany"],
    ("cow", "260"): ["Germany"],
}
FRANCE = {"france": "state/france", "cow 220": "state/france"}
SHARED = {"cow 565": {"state/na", "state/namibia"}}


def test_a_name_and_a_code_of_two_states_are_no_row() -> None:
    """By the lists of states, whether or not the workspace has either, and by what two cases of the workspace share."""
    text = "country,cow,fear\nPoland,220,1\nFrankreich,220,2\n"
    for first in (FRANCE, {}, {"poland": "state/poland"}):
        made = draft(read(text), "t", Known(first, {}, {"state/france"}, lists=LISTS))
        assert made.rejected == [(2, "its COW code 220 is that of France, and Poland is COW 290")] and made.rows == 1
    own = Known({"poland": "state/p", "cow 220": "state/p"}, {}, {"state/p"}, lists=LISTS)
    assert draft(read("country,cow,fear\nPoland,220,1\n"), "t", own).used == ["state/p"]
    known = Known({"namibia": "state/namibia"}, {}, {"state/na", "state/namibia"}, SHARED)
    made = draft(read("country,cow,fear\nSouthwest,565,1\nNamibia,565,1\n"), "t", known)
    assert made.rejected == [(2, "its name and its codes mean state/na and state/namibia")]
    assert made.used == ["state/namibia"]


def test_another_code_of_one_name_is_told_unless_the_list_gives_both() -> None:
    text = "country,cow,year,fear\n{0},{1},1,1\n{0},{2},2,1\n{0},{2},3,1\n"
    made = draft(read(text.format("Ruritania", 991, 992)), "t", Known({}, {}, (), lists=LISTS))
    assert made.remarks.recoded == [
        (3, "Ruritania has the COW code 992 here and 991 elsewhere, and became the case Ruritania (COW 992)")
    ]
    assert made.remarks.renamed == []
    made = draft(read(text.format("Germany", 255, 260)), "t", Known({}, {}, (), lists=LISTS))
    assert made.remarks.recoded == made.remarks.renamed == [] and len(made.slots["cases"]) == 2


def test_two_names_of_one_code_are_one_case_and_told() -> None:
    """A code identifies a state: within one table as from one table to the next."""
    text = "country,cow,year,fear\nRuritania,991,1,1\nOld Ruritania,991,2,2\nOld Ruritania,991,3,3\n"
    made = drafted(text + "Old Ruritania,991,1,4\nSyldavia,992,1,5\n")
    assert {id: entry["label"] for id, entry in made.slots["cases"].items()} == {  # type: ignore[index,call-overload]
        "state/ruritania": "Ruritania",
        "state/syldavia": "Syldavia",
    }
    assert made.slots["cases"]["state/ruritania"]["alt_labels"] == ["Old Ruritania"]  # type: ignore[index,call-overload]
    told = "Old Ruritania has the COW code 991, as Ruritania has in line 2, and the two are one case, state/ruritania"
    assert made.remarks.renamed == [(3, told)]
    reason = "the case stands in line 2 already, as Ruritania, and the COW code 991 makes the two one"
    assert made.rejected == [(5, reason)] and made.rows == 4
    known = Known({"ruritania": "state/r", "cow 991": "state/r"}, {}, {"state/r"})
    made = draft(read(text), "t", known)
    assert list(made.slots["cases"]) == ["state/r"] and "alt_labels" not in made.slots["cases"]["state/r"]
    assert [line for line, _ in made.remarks.renamed] == [3]
    known = Known({**known.first, "old ruritania": "state/r"}, {}, {"state/r"})
    assert draft(read(text), "t", known).remarks.renamed == []


def test_codes_of_several_cases_above_are_no_row() -> None:
    text = "country,cow,gw,year,fear\nRuritania,991,.,1,1\nSyldavia,.,992,1,2\nBorduria,991,992,2,3\n"
    made = drafted(text)
    assert made.rejected == [(4, "its codes mean state/ruritania and state/syldavia")]
    text = "country,cow,gw,year,fear\nRuritania,991,990,1,1\nNew Ruritania,991,992,2,2\n"
    assert list(drafted(text).slots["cases"]) == ["state/ruritania", "state/new-ruritania"]


def test_a_code_tells_apart_the_cases_that_a_name_fits() -> None:
    """Whether the lists give the name to both, or an import named the second case by its code."""
    text = "country,cow,year,fear\nGermany,260,1980,1\nGermany,255,1995,2\n"
    codes = {"germany": "state/g", "cow 255": "state/g", "cow 260": "state/w"}
    for first in ({**codes, "west germany": "state/w"}, {**codes, "germany (cow 260)": "state/w"}):
        for lists in (LISTS, {}):
            made = draft(read(text), "t", Known(first, {}, {"state/g", "state/w"}, lists=lists))
            if lists or "germany (cow 260)" in first:
                assert (made.rejected, made.remarks.renamed, made.remarks.recoded) == ([], [], [])
                assert list(made.slots["cases"]) == ["state/w", "state/g"]
            else:
                assert made.rejected == [(2, "its name and its codes mean state/g and state/w")]


def test_a_changed_code_that_another_name_has_is_that_case() -> None:
    text = "country,cow,year,fear\nGermany,255,1995,1\nWest Germany,260,1980,2\nGermany,260,1981,3\n"
    made = drafted(text)
    assert list(made.slots["cases"]) == ["state/germany", "state/west-germany"] and made.remarks.recoded == []
    assert [line for line, _ in made.remarks.renamed] == [4]
    made = drafted(f"{text}Germany,260,1982,4\nGermany,255,1996,5\n")
    assert [line for line, _ in made.remarks.renamed] == [4] and made.rows == 5
    assert made.slots["cases"]["state/west-germany"]["alt_labels"] == ["Germany"]  # type: ignore[index,call-overload]


def test_a_case_takes_a_code_that_a_later_row_gives() -> None:
    """Of each kind for itself; with its passage, and without another of what it has already."""
    made = drafted("country;cow;gw;year;seats\nGermany;;;1990;1\nGermany;260;;1989;2\nGermany;;260;1988;2\n")
    (entry,) = made.slots["cases"].values()
    codes = {"type": "State", "label": "Germany", "cow": "260", "gw": "260"}
    assert list(made.slots["cases"]) == ["case/germany"] and made.rows == 3
    assert {key: entry[key] for key in codes} == codes and list(entry)[-1] == "passages"
    sections = {place["section"] for place in entry["passages"]}  # type: ignore[index,call-overload,union-attr]
    assert {"line 3, column cow", "line 4, column gw"} <= sections


def test_a_code_of_a_later_row_is_held_to_the_list(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("country;cow;year;seats\nGermany;;1995;1\nGermany;260;1989;2\n")
    workspace = make(tmp_path / "workspace")
    assert workspace.import_cases(tmp_path / "t.csv").findings == ()
    opened = Workspace.open(workspace.layout.root, cached=False)
    assert opened.check(only=["files", "identifiers"]).findings == ()
    found = opened.check(only=["shapes", "hygiene"]).findings
    assert [(f.code, f.entity) for f in found if f.code.startswith("code-")] == [
        ("code-outside-period", "case/germany")
    ]


def test_a_code_is_not_written_into_a_case_that_the_workspace_has(tmp_path: Path) -> None:
    """It is told once, with the row and the case; of a case that has the code, shared or not, nothing is told."""
    (tmp_path / "t.csv").write_text("country,cow,iso3,year,x\nBrazil,140,BRA,1995,a\nBrazil,140,BRA,1996,a\n")
    done = make(tmp_path / "workspace").import_cases(tmp_path / "t.csv")
    (told,) = done.findings
    assert (told.code, told.origin.line) == ("code-not-entered", 2)
    assert told.message == (
        "Brazil has the COW code 140 and the ISO code BRA, which state/brazil of the workspace lacks, "
        "and its file was left as it is."
    )
    assert b"cow" not in done.draft.partition(b"cases:")[2].partition(b"claims:")[0].replace(b"column cow", b"")
    known = Known({"namibia": "state/namibia"}, {}, {"state/na", "state/namibia"}, SHARED)
    assert draft(read("country,cow,fear\nNamibia,565,1\n"), "t", known).remarks.uncoded == []


def test_a_code_comes_before_a_name_that_had_none() -> None:
    """In whichever order; the row without a code stays a case of its own, and that is told."""
    rows = ["Deutschland;;1980;1", "West Germany;260;1980;2", "Deutschland;260;1981;3"]
    for order, told in ((rows, ("3", "2")), ([rows[1], rows[0], rows[2]], ("2", "3"))):
        made = drafted("\n".join(["country;cow;year;seats", *order]))
        cases = {id: entry.get("cow") for id, entry in made.slots["cases"].items()}
        assert cases == {"case/deutschland": None, "state/west-germany": "260"} and made.rows == 3
        ((line, said),) = made.remarks.renamed
        assert line == 4 and said == (
            f"Deutschland has the COW code 260, as West Germany has in line {told[0]}, and the two are one case, "
            f"state/west-germany; Deutschland in line {told[1]} is another, case/deutschland"
        )
    made = drafted("country;cow;year;seats\nDeutschland;;1980;1\nDeutschland;260;1981;2\nWest Germany;260;1982;3\n")
    assert list(made.slots["cases"]) == ["case/deutschland"]
    ((line, said),) = made.remarks.renamed
    assert line == 4 and "as Deutschland has in line 3, and the two are one case, case/deutschland" in said


def test_two_cases_of_one_code_are_told_with_both_rows(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("city,cow,iso3,x\nVienna,305,DEU,1\nAustria,305,AUT,2\n")
    done = make(tmp_path / "workspace").import_cases(tmp_path / "t.csv")
    told = [(f.code, f.origin.line, f.message) for f in done.findings]
    assert told == [
        (
            "code-of-two-cases",
            3,
            "Austria has the COW code 305, as Vienna has in line 2, and the two are two cases, state/vienna and "
            "state/austria, as their ISO codes differ, DEU and AUT.",
        )
    ]


def test_two_cases_of_one_code_are_told_once_and_not_where_it_is_no_fault() -> None:
    """Where the list gives one name to both other codes; a second code of one name is told as that."""
    text = "country,cow,gw,year,x\nGermany,255,260,1995,1\nWest Germany,260,260,1980,1\nWest Germany,260,260,1981,1\n"
    assert [line for line, _ in drafted(text).remarks.doubled] == [3]
    lists = {**LISTS, ("cow", "260"): ["German Federal Republic", "Germany", "West Germany"]}
    made = draft(read(text), "t", Known({}, {}, (), lists=lists))
    assert made.remarks.doubled == [] and len(made.slots["cases"]) == 2
    made = drafted("country,cow,gw,year,x\nRuritania,991,7,1,1\nRuritania,992,7,2,1\n")
    assert [line for line, _ in made.remarks.recoded] == [3] and made.remarks.doubled == []
    made = drafted("country,cow,iso3,year,x\nVienna,305,DEU,1,1\nGraz,306,AUT,1,1\nGraz,305,AUT,2,1\n")
    assert [line for line, _ in made.remarks.recoded] == [line for line, _ in made.remarks.doubled] == [4]
    known = Known({"deutschland": "state/d"}, {}, {"state/d"})
    made = draft(read("country,cow,year,x\nWest Germany,260,1,1\nDeutschland,260,2,1\n"), "t", known)
    assert made.remarks.doubled == [
        (
            3,
            "Deutschland has the COW code 260, as West Germany has in line 2, and the two are two cases, "
            "state/west-germany and state/d",
        )
    ]


def test_a_second_row_of_a_case_by_another_name_says_what_makes_them_one() -> None:
    made = drafted("country,cow,x\nGermany,255,1\nDeutschland,255,2\nGermany,255,3\n")
    already = "the case stands in line 2 already"
    assert made.rejected == [(3, f"{already}, as Germany, and the COW code 255 makes the two one"), (4, already)]
    known = Known({"usa": "state/usa", "united states": "state/usa"}, {}, {"state/usa"})
    made = draft(read("country,x\nUSA,1\nUnited States,2\n"), "t", known)
    assert made.rejected == [(3, f"{already}, as USA, and both are state/usa")]


def test_codes_that_are_miswritten_are_told_with_their_lines(tmp_path: Path) -> None:
    """The lists are those of the ontology."""
    (tmp_path / "t.csv").write_text("country,cow,year,x\nFrance,220,2000,a\nFrance,221,2001,a\nFrance,999,2002,b\n")
    workspace = make(tmp_path / "workspace")
    done = workspace.import_cases(tmp_path / "t.csv")
    assert [(f.code, f.origin.line) for f in done.findings] == [("row-not-imported", 3), ("another-code", 4)]
    assert "its COW code 221 is that of Monaco, and France is COW 220" in done.findings[0].message
    (tmp_path / "t.csv").write_text("country,cow,year,x\nCote d'Ivoire,437,2000,a\nIvory Coast,437,2001,a\n")
    done = workspace.import_cases(tmp_path / "t.csv", replace=True)
    assert [(f.code, f.origin.line) for f in done.findings] == [("another-name", 3)]
    assert Workspace.open(workspace.layout.root, cached=False).check(only=["files", "identifiers"]).findings == ()


def test_a_row_with_two_codes_of_one_kind_is_rejected() -> None:
    made = drafted("country,cow,ccode,fear\nGermany,260,255,1\nFrance,220,220,1\n")
    assert made.rejected == [(2, "it has two COW codes, 260 and 255")] and made.rows == 1


def test_the_wording_of_a_long_cell_stays_short() -> None:
    made = drafted(f"city,fear\n{'long ' * 20},{'word ' * 60}\n")
    (claim,) = made.slots["claims"].values()
    assert len(claim["text"].split()) <= 30 and claim["value"] == " ".join(["word"] * 60)  # type: ignore[index,call-overload,union-attr]


@pytest.mark.parametrize(
    ("text", "line"), [("", 0), ("\n \n", 0), ("alone\na\n", 1), ('a,b\n"x,y\n1,2\n', 2)], ids=range(4)
)
def test_what_is_no_table_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BrokenText) as caught:
        read(text)
    assert caught.value.line == line


_NASTY = [
    *("NA", "NO", "null", "1:20", "A", "A", "", ".", " ", "+", "two\nlines", "two\r\nlines", "a;b", "a,b", "a\tb"),
    *('say "so"', "=cmd|x!A1", "größe 日本", "\u202elow", "\u2028x", "x\x85y", "\x0b", "row A", "# x", "- x", "²"),
    *("A, column fear", "line 3", "number 3", "255", "1995", "BRA"),
]
_CELLS = st.sampled_from(_NASTY) | st.text(st.characters(codec="utf-8"), max_size=5)
_HEADINGS = st.sampled_from(["fear", "fear", "NO", "NA", "year", "cow", "iso3", "gw"]) | _CELLS


@st.composite
def hostile_tables(draw: st.DrawFn) -> tuple[bytes, int]:
    """The bytes of a table and how many rows it has: any separator and line end, blank lines, cells too many or few."""
    width = draw(st.integers(1, 4))
    head = draw(st.sampled_from([["city"], [""], []])) + draw(st.lists(_HEADINGS, min_size=width, max_size=width))
    assume(len(head) > 1 or head[0].strip())  # else it is a blank line, and no header
    rows = draw(st.lists(st.lists(_CELLS, min_size=width + 1, max_size=width + 1), max_size=6))
    rows += draw(st.lists(st.lists(_CELLS, min_size=1, max_size=width + 3), max_size=1))
    ends = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=draw(st.sampled_from(SEPARATORS)), quoting=csv.QUOTE_ALL, lineterminator=ends)
    for row in [head, *rows]:
        writer.writerow(row)
        out.write(draw(st.sampled_from(["", "", ends, f"  {ends}"])))
    number = sum(len(row) > 1 or bool(row[0].strip()) for row in rows)
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + out.getvalue().encode(), number


def passages(tree: object) -> Iterator[Quote]:
    """Every passage in a draft."""
    if isinstance(tree, dict) and tree.keys() >= {"section", "from", "to"}:
        yield Quote(tree["section"], tree["from"], tree["to"])
    elif isinstance(tree, dict | list):
        for entry in tree.values() if isinstance(tree, dict) else tree:
            yield from passages(entry)


@settings(max_examples=150, deadline=None)
@given(hostile_tables())
def test_read_and_rejected_are_all_rows_and_every_passage_is_found(given: tuple[bytes, int]) -> None:
    """And every cell of a row that was read has a value, has none, or is left with a reason."""
    data, number = given
    try:
        table, document = read(decode(data)), DocumentText.read(data, ".csv")
    except BrokenText:
        return
    made = draft(table, "table", NOBODY)
    assert made.rows + len(made.rejected) == number
    kept = [record for record in table.rows if record.line not in dict(made.rejected)]
    codes = {"year", "cow", "iso3", "gw"}
    columns = sum(cell.text.strip().casefold() not in codes for cell in table.columns)
    assert made.cells + made.missing + len(made.left) == len(kept) * columns
    slots = yaml.safe_load(written(made, "table.csv", ""))
    assert len(slots.get("claims") or {}) == made.cells
    assert all(isinstance(document.locate(quote), Span) for quote in passages(slots))
    assert {skip["section"] for skip in slots.get("skipped") or []} <= set(document.sections)


def test_separators_stand_in_the_whole_head_and_quotation_marks_are_closed() -> None:
    assert read('"two\nlines";fear\nA;1\n').columns[0].text == "fear"
    assert read("fear\u2028of rain,rank\nA,1\n").columns[0].text == "rank"
    assert [row.line for row in read("city,fear\rA,1\rB,2\r").rows] == [2, 3]
    for text, said in (('a,b\nA,"1" or 2\n', "closed before the cell ends"), ('a,b\nA,"1\n', "never closed")):
        with pytest.raises(BrokenText, match=f"line 2: .*{said}"):
            read(text)


def test_rows_and_columns_that_are_called_like_places_are_called_by_their_place() -> None:
    table = read('city,number 3,x,X,fear\nA,1,1,1,1\n"A, column fear",1,1,1,1\n')
    assert table.column_sections() == ["column number 2", "column number 3", "column number 4", "column fear"]
    assert table.row_sections() == ["row A", "line 3"]


def test_two_columns_of_one_name_are_two_variables_and_told(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("\ncity,fear,fear\nA,1,2\n")
    done = make(tmp_path / "workspace").import_cases(tmp_path / "table.csv")
    (finding,) = done.findings
    assert (finding.code, finding.origin.line, finding.value) == ("repeated-value", 2, "fear")
    assert "2 variables, 2 observations" in done.summary and b"variable/table-fear:" in done.draft


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (500, 12), (5000, 4)])
def test_a_table_of_any_size_comes_in_whole(rows: int, columns: int) -> None:
    """Thousands of rows in seconds, whose names begin alike."""
    head = ",".join(["city", *(f"variable number {n}" for n in range(columns))])
    lines = [",".join([f"the city of the north number {row}", *(["high walls"] * columns)]) for row in range(rows)]
    text = "\n".join([head, *lines])
    begun = time.process_time()
    made = draft(read(text), "table", NOBODY)
    document = written(made, "table.csv", "")
    assert time.process_time() - begun < 15
    assert (made.rows, made.cells) == (rows, rows * columns)
    assert document.count(b"type: Observation") == rows * columns


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_TEXTS, min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from(SEPARATORS))
def test_cells_are_those_that_the_csv_module_writes(rows: list[list[str]], separator: str) -> None:
    """Whatever stands in the cells; and each stands where it is said to stand."""
    file = io.StringIO()
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    text = file.getvalue()
    found = records(text, separator)
    assert [[cell.text for cell in record.cells] for record in found] == rows
    for record in found:
        for cell in record.cells:
            assert text[cell.start : cell.end].rstrip('"').replace('""', '"') == cell.text.rstrip('"')


# In a workspace


HOSTILE = (
    "\ufeffcity;rank of a city;fear of rain;iso3;year;note\r\n\r\n"
    'Port Halden;high;3,2;XPH;1995;a "quoted" thing\r\n'
    "NO;low;NA;;1995;.\r\n"
    "NA;;2;;1995;=cmd|x!A1\r\n"
    "Cala Verde;middle\r\n"
    "NA;low;2;;1995;twice\r\n"
    "B;low;+;;1995;x\r\n"
    "B;low;-1;;;<b>| #  yes: [no] & {x} \\\r\n"
    '"two\r\nlines";low;1e5;;;"07"\r\n'
    "größe 日本;\u202elow;\U0001f642 x;;;%20'$(x)`\r\n"
)


def imported(folder: Path, text: str, name: str = "table.csv") -> tuple[Workspace, Imported, Path]:
    """A copy of the valid workspace into which a table was taken, and the folder of its documents."""
    root = copy(folder / "workspace")
    documents = folder / "documents"
    documents.mkdir()
    for path in (ROOT / "tests" / "documents").iterdir():
        (documents / path.name).write_bytes(path.read_bytes())
    with (root / "kb" / "bibliography.bib").open("a") as file:
        file.write(BIBLIOGRAPHY)
    (documents / name).write_bytes(text.encode())
    done = Workspace.open(root, cached=False).import_cases(documents / name, missing=["NA"], coder="group/readers")
    return Workspace.open(root, documents, cached=False), done, documents


def test_a_row_that_xml_cannot_hold_is_rejected_with_its_line_and_the_rest_can_be_exported(tmp_path: Path) -> None:
    """In a name, a value or a cell without a column's name; of a heading, each value below it is left."""
    text = "city,fear,ra\x00nk\nPort\x07 Halden,low,1\nCala,lo\x00w,2\nB,mid\x0cdle,\nNorth,\uffff high,3\n"
    workspace, done, _ = imported(tmp_path, text)
    assert done.summary.splitlines()[0] == "1 of 4 rows read, 3 rejected"
    rejected = [(f.origin.line, f.message) for f in done.findings if f.code == "row-not-imported"]
    assert [line for line, _ in rejected] == [2, 3, 5]
    codes = ("U+0007", "U+0000", "U+FFFF")
    for (_, message), code in zip(rejected, codes, strict=True):
        assert message == f"The row was not read: it holds the character {code}, which XML cannot hold."
    assert workspace.export("rdfxml")


def test_a_heading_that_xml_cannot_hold_leaves_the_values_below_it(tmp_path: Path) -> None:
    workspace, done, _ = imported(tmp_path, "city,fear,ra\x00nk\nPort Halden,low,1\nCala,middle,\n")
    assert done.summary.splitlines()[:2] == ["2 of 2 rows read, 0 rejected", "2 of 3 values read, 1 rejected"]
    (left,) = [f.message for f in done.findings]
    assert left.endswith("the name of its column holds the character U+0000, which XML cannot hold.")
    assert workspace.export("rdfxml")


def test_an_imported_table_is_clean_once_it_is_locked(tmp_path: Path) -> None:
    """Hostile cells, known cases and variables, rejected rows: every cell is proved or said to be left out."""
    workspace, done, documents = imported(tmp_path, HOSTILE)
    assert [finding.code for finding in done.findings] == ["row-not-imported"] * 2 + ["cell-not-imported"]
    assert done.entry == "" and "7 of 9 rows read, 2 rejected" in done.summary
    assert workspace.lock("table")[2] == []
    workspace = Workspace.open(workspace.layout.root, documents, cached=False)
    report = workspace.check(skip=["owl"])
    assert report.findings == ()
    assert next(v for v in report.verifications if v.document == "table").counts.keys() == {"verified"}
    rows = workspace.query("observations").records()
    told = {(r["case"].value, r["variable"].value, r["value"].value): r["value"].sources for r in rows}
    (source,) = told["Port Halden", "rank of a city", "high"]
    assert (source.document, source.place) == ("work/table", "row Port Halden, column rank of a city")
    assert ("NO", "rank of a city", "low") in told and ("NA", "fear of rain", "2") in told


def test_a_changed_cell_is_found(tmp_path: Path) -> None:
    workspace, _, documents = imported(tmp_path, HOSTILE)
    workspace.lock("table")
    (documents / "table.csv").write_bytes(HOSTILE.replace("high", "highest").encode())
    report = Workspace.open(workspace.layout.root, documents, cached=False).check(only=["passages"])
    assert "passage-missing" in {finding.code for finding in report.findings}


def test_a_blank_names_the_table_and_not_each_of_its_cells(tmp_path: Path) -> None:
    """Of whichever sort the table is, locked or not; the other documents name their sections."""
    workspace, _, documents = imported(tmp_path, HOSTILE)
    (documents / "links.csv").write_text("theory,cause,relation,effect\nshared drought,drought,raises,NO\n")
    workspace.import_relations(documents / "links.csv")
    workspace = Workspace.open(workspace.layout.root, cached=False)
    found = workspace.compare("cases", "NO", "Port Halden", all=True)
    blanks = [cell for row in found.rows for cell in row[1:] if cell.value is None]
    places = {source.place for cell in blanks for source in cell.sources if source.document == "work/table"}
    assert places == {"the table"}
    found = workspace.compare("theories", "shared drought", "civic standing", all=True)
    blanks = [cell for row in found.rows for cell in row[1:] if cell.value is None]
    read = {(source.document, source.place) for cell in blanks for source in cell.sources}
    assert {place for document, place in read if document == "work/links"} == {"the table"}
    assert ("work/halloran-2021", "Abstract") in read


def test_the_values_are_its_makers_own_when_they_become_known(tmp_path: Path) -> None:
    """The entry of the bibliography, with authors, makes no finding of what was imported before it."""
    root = copy(tmp_path / "workspace")
    (tmp_path / "table.csv").write_text("city,fear\nA,1\n")
    done = Workspace.open(root, cached=False).import_cases(tmp_path / "table.csv", coder="group/readers")
    assert done.unsigned
    bibliography = root / "kb" / "bibliography.bib"
    bibliography.write_text(bibliography.read_text() + BIBLIOGRAPHY)
    opened = Workspace.open(root, cached=False)
    assert opened.check(only=["files", "identifiers", "shapes", "hygiene"]).findings == ()
    signed = opened.import_cases(tmp_path / "table.csv", coder="group/readers", replace=True)
    assert not signed.unsigned and b"holder: person/daniel-osei" in signed.draft


def test_what_the_workspace_has_is_used_and_told(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("city,rank of a city,fear\nPort Halden,1,2\nA,1,2\n")
    done = Workspace.open(copy(tmp_path / "workspace"), cached=False).import_cases(tmp_path / "table.csv", dry_run=True)
    assert done.used == ("state/port-halden", "variable/rank")


def test_what_only_a_human_can_add_is_told(tmp_path: Path) -> None:
    """The entry of the bibliography and the coder; nothing else."""
    root = copy(tmp_path / "workspace")
    (tmp_path / "cities.csv").write_text("city,fear\nA,1\n")
    done = Workspace.open(root, cached=False).import_cases(tmp_path / "cities.csv")
    assert "@dataset{cities," in done.entry
    found = Workspace.open(root, cached=False).check(only=["files", "identifiers", "shapes", "hygiene"]).findings
    assert {finding.code for finding in found} == {"work-in-bibliography", "document-coder"}


def test_a_case_is_known_whatever_the_workspace_calls_its_things(tmp_path: Path) -> None:
    """Identifiers are short ones, in a workspace with a base of its own too."""
    settings = '[workspace]\nbase = "https://example.org/id/"\n'
    path = tmp_path / "table.csv"
    path.write_text("case,walls\nBrazil,high\n")
    for own in ({}, {"theorymap.toml": settings}):
        draft = make(tmp_path / str(len(own)), own).import_cases(path, dry_run=True).draft.decode()
        assert "case: state/brazil" in draft and "label: Brazil" not in draft


def test_a_row_whose_name_and_code_mean_two_cases_is_rejected() -> None:
    known = Known({"brazil": "state/brazil", "cow 100": "state/colombia"}, {}, {"state/brazil", "state/colombia"})
    made = draft(read("case,cow,walls\nBrazil,100,high\n"), "k", known)
    ((line, reason),) = made.rejected
    assert (line, made.rows) == (2, 0) and "state/brazil and state/colombia" in reason


def test_a_separator_at_the_end_of_every_row_begins_no_cell() -> None:
    table = read("city,fear\nA,1,\nB,2,\n")
    assert table.named and [[cell.text for cell in row.cells] for row in table.rows] == [["A", "1"], ["B", "2"]]


def test_what_cannot_be_imported(tmp_path: Path) -> None:
    workspace = make(tmp_path / "small")
    (tmp_path / "x.xlsx").write_bytes(b"x")
    (tmp_path / "y.csv").write_bytes(b"a,b\n\xff,1\n")
    (tmp_path / "reed-1999.csv").write_bytes(b"a,b\n1,2\n")
    (tmp_path / "head.csv").write_bytes(b"a,b\n")
    (tmp_path / "short.csv").write_bytes(b"a,b,c\n" + b"1,2\n" * 5)
    with pytest.raises(UsageError, match=r"x\.xlsx is no table"):
        workspace.import_cases(tmp_path / "x.xlsx")
    with pytest.raises(SourceError, match="line 2, column 1"):
        workspace.import_cases(tmp_path / "y.csv")
    with pytest.raises(SourceError):
        workspace.import_cases(tmp_path / "z.csv")
    with pytest.raises(UsageError, match="exists already"):
        workspace.import_cases(tmp_path / "reed-1999.csv")
    with pytest.raises(SourceError, match="It holds no rows below the header in line 1"):
        workspace.import_cases(tmp_path / "head.csv")
    with pytest.raises(SourceError, match=r"short\.csv: Line 2: 2 cells where there are 3 columns\..*And 2 more"):
        workspace.import_cases(tmp_path / "short.csv")


@pytest.mark.parametrize(
    "text", [b"", b"city,fear\n", b"city,fear\n,1\n", b"city,fear\nA,\xff\n", b'city,fear\n"A,1\n']
)
@pytest.mark.parametrize("kind", ["cases", "relations"])
def test_a_table_of_which_nothing_can_be_read_writes_nothing(kind: str, text: bytes, tmp_path: Path) -> None:
    """The file is named, the code is 3, and no draft is left behind."""
    if kind == "relations":
        text = text.replace(b"city,fear", b"theory,cause,relation,effect")
    root = make(tmp_path / "workspace").layout.root
    (tmp_path / "table.csv").write_bytes(text)
    result = CliRunner().invoke(group, ["import", kind, str(tmp_path / "table.csv"), "-w", str(root)])
    assert isinstance(result.exception, SourceError) and result.exception.exit_code == 3
    assert "table.csv: " in str(result.exception) and ("line" in str(result.exception).lower() or not text)
    assert not (root / "kb" / "documents" / "table.yaml").exists()


def test_cells_are_passages() -> None:
    """Of a table with a row that has too few cells, and two rows of one name."""
    document = DocumentText.read(b"city,fear\nA,high and dry\nB\nC,1\nC,2\n", ".csv")
    assert document.sections == (
        *("names of the rows", "column fear", "row A", "row A, column fear", "line 3"),
        *("line 4", "line 4, column fear", "line 5", "line 5, column fear"),
    )
    span = document.locate(Quote("row A, column fear", "high", "dry"))
    assert isinstance(span, Span) and document.text(span) == "high and dry"


# Codes of states

STATES = "https://w3id.org/theorymap/states/"


CODES = [
    ("cow", "255", 1995, 1999, True),
    ("cow", "255", 1960, 1970, False),
    ("cow", "260", 1960, 1970, True),
    ("cow", "260", 1995, 1999, False),
    ("gw", "260", 1995, 1999, True),
    ("gw", "255", 1995, 1999, False),
    ("gw", "340", 2007, 2010, True),
    ("gw", "345", 2007, 2010, False),
    ("cow", "345", 2007, 2010, True),
    ("cow", "340", 2007, 2010, False),
    ("gw", "678", 1995, 1999, True),
    ("gw", "679", 1995, 1999, False),
    ("cow", "679", 1995, 1999, True),
    ("cow", "678", 1995, 1999, False),
    ("cow", "140", 1700, 1750, False),
    ("cow", "140", 2030, 2040, True),
    ("cow", "40", 1907, 1908, False),
    ("cow", "40", 1905, 1907, True),
    ("gw", "40", 1907, 1908, True),
    ("gw", "54", 1980, 1990, True),
    ("cow", "54", 1970, 1975, False),
    ("cow", "999", 1990, 1995, False),
    ("gw", "1400", 1990, 1995, False),
]


def test_codes_fit_the_years(tmp_path: Path) -> None:
    """By either list, before its beginning and after its end, between two times of one state; a microstate; no code."""
    states = "".join(
        f"  state/s{n}: {{type: State, label: S{n}, {kind}: '{code}'}}\n" for n, (kind, code, *_) in enumerate(CODES)
    )
    periods = "".join(
        f"  period/p{n}: {{label: P{n}, start: {first}, end: {last}, bounds_from: document}}\n"
        for n, (_, _, first, last, _) in enumerate(CODES)
    )
    claims = "".join(
        f"  claim/c{n}: {{kind: causal, text: Nothing {n}., case: state/s{n}, period: period/p{n}}}\n"
        for n in range(len(CODES))
    )
    cases = f"id: register/cases\ncases:\n{states}periods:\n{periods}claims:\n{claims}"
    findings = make(tmp_path, {"kb/cases.yaml": cases}).check(only=["hygiene"]).findings
    wrong = {finding.entity for finding in findings if finding.code == "code-outside-period"}
    assert wrong == {f"state/s{n}" for n, (*_, fits) in enumerate(CODES) if not fits}


NAMES = [
    ("Brazil", "cow", "140", ""),
    ("Brazil", "cow", "100", "140"),
    ("BRAZIL", "gw", "100", "140"),
    ("Germany", "gw", "260", ""),
    ("Germany", "cow", "255", ""),
    ("Yemen", "gw", "678", ""),
    ("Russia", "cow", "365", ""),
    ("Soviet Union", "gw", "365", ""),
    ("Ruritania", "cow", "100", ""),
    ("the Alliance", "cow", "255", ""),
    ("Namibia", "cow", "385", "565"),
    ("Norway", "gw", "565", "385"),
]


def test_a_code_of_another_state_is_told_with_the_right_one(tmp_path: Path) -> None:
    """A name that is none of the list's, and one of several that a state has, are no faults."""
    states = "".join(
        f"  state/s{n}: {{type: State, label: {name}, {kind}: '{code}'}}\n"
        for n, (name, kind, code, _) in enumerate(NAMES)
    )
    known = "  state/both: {type: State, label: Brazil, alt_labels: [Colombia], cow: '100'}\n"
    findings = make(tmp_path, {"kb/cases.yaml": f"id: register/cases\ncases:\n{states}{known}"}).check(only=["hygiene"])
    found = [finding for finding in findings.findings if finding.code == "code-of-another-state"]
    assert {finding.entity for finding in found} == {f"state/s{n}" for n, (*_, right) in enumerate(NAMES) if right}
    assert all(f"has: {NAMES[int(f.entity.removeprefix('state/s'))][3]}." in f.repair for f in found)


OBSERVED = [
    ("Vietnam", "gw", "710", 2000, "816"),
    ("Vietnam", "gw", "710", 1850, "815"),
    ("Vietnam", "gw", "710", 1920, "no code"),
    ("Germany", "cow", "710", 2000, "255"),
    ("Germany", "cow", "255", 1970, "260"),
    ("Vietnam", "gw", "9", 2000, "816"),
    ("Vietnam", "gw", "816", 2000, ""),
    ("Kyrgyzstan", "gw", "703", 2000, ""),
    ("Suriname", "gw", "115", 2000, ""),
    ("Zaire", "cow", "490", 1980, ""),
    ("Kiribati", "cow", "970", 2000, "946"),
]


def test_no_code_is_advised_that_is_not_valid_when_the_state_is_observed(tmp_path: Path) -> None:
    """By either check, also where one of the lists has the state under a longer name."""
    forms = (
        "  state/s{0}: {{type: State, label: {1}, {2}: '{3}'}}\n",
        "  period/p{0}: {{label: P{0}, start: {4}, end: {4}, bounds_from: document}}\n",
        "  claim/c{0}: {{kind: causal, text: Nothing {0}., case: state/s{0}, period: period/p{0}}}\n",
    )
    states, periods, claims = ("".join(form.format(n, *row) for n, row in enumerate(OBSERVED)) for form in forms)
    cases = f"id: register/cases\ncases:\n{states}periods:\n{periods}claims:\n{claims}"
    findings = make(tmp_path, {"kb/cases.yaml": cases}).check(only=["hygiene"]).findings
    told = {f.entity: f.repair for f in findings if f.code in ("code-of-another-state", "code-outside-period")}
    assert told.keys() == {f"state/s{n}" for n, (*_, right) in enumerate(OBSERVED) if right}
    assert all(f"has: {OBSERVED[int(id.removeprefix('state/s'))][4]}." in repair for id, repair in told.items())
    assert {id for id, repair in told.items() if "Germany since" in repair} == {"state/s4"}
    assert not any("Serbia since" in repair or "Yemen since" in repair for repair in told.values())


def test_an_unknown_code_is_told_with_that_of_the_name(tmp_path: Path) -> None:
    cases = "id: register/cases\ncases:\n  state/x: {type: State, label: Brazil, cow: '141'}\n"
    cases += "  state/y: {type: State, label: Ruritania, gw: '141'}\n"
    findings = make(tmp_path, {"kb/cases.yaml": cases}).check(only=["hygiene"]).findings
    told = {f.entity: f.repair for f in findings if f.code == "code-outside-period"}
    assert "For a state of that name it has: 140." in told["state/x"]
    assert "For a state of that name it has: no code." in told["state/y"]


def _miscoded(states: int, years: int, variables: int) -> bytes:
    """The ontology, and observations of the first states of a list, all with a code that the list does not have."""
    tm, made = "https://w3id.org/theorymap/ns/", "https://w3id.org/theorymap/id/"
    stated = repository().knowledge.stated
    names = sorted(
        str(q.object) for q in stated.quads(None, SKOS.prefLabel) if str(q.subject).startswith(f"{STATES}cow/")
    )
    lines = []
    for year in range(years):
        for part in ("startYear", "endYear"):
            lines.append(f'<{made}p{year}> <{tm}{part}> "{1990 + year}"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    for place, name in enumerate(names[:states]):
        lines.append(f'<{made}s{place}> <http://www.w3.org/2000/01/rdf-schema#label> "{name}" .')
        lines.append(f'<{made}s{place}> <{tm}cowCode> "999" .')
        for year, variable in itertools.product(range(years), range(variables)):
            observed = f"<{made}c{place}-{year}-{variable}>"
            lines.append(f"{observed} <{tm}case> <{made}s{place}> .\n{observed} <{tm}period> <{made}p{year}> .")
    return ntriples(repository().sources, "ontology") + "\n".join(lines).encode()


def test_many_observations_of_miscoded_states_take_no_longer_than_their_states() -> None:
    """Each state is held to the list once for each period, however many variables are observed in it."""
    sparql = repository().knowledge.catalogue.get("code-outside-period").sparql
    store = Store(_miscoded(100, 5, 40))
    begun = time.process_time()
    assert len(store.select(sparql)) == 100
    assert time.process_time() - begun < 2


def test_both_engines_find_the_same_miscoded_states() -> None:
    query = repository().knowledge.catalogue.get("code-outside-period")
    data = _miscoded(2, 2, 2)
    found = rows_in_oxigraph(data, query.sparql)
    assert len(found) == 2 and rows_in_rdflib(data, query.sparql) == found


def test_the_lists_of_states_are_whole() -> None:
    """As many states and times as the lists have; each state has a time, and none ends before it begins."""
    stated = repository().knowledge.stated
    of = {
        time: str(q.object) for q in stated.quads(None, DCTERMS.isPartOf) if (time := str(q.subject)).startswith(STATES)
    }
    begins, ends = (
        {str(q.subject): int(str(q.object)) for q in stated.quads(None, f"https://schema.org/{name}")}
        for name in ("startDate", "endDate")
    )
    listed = [str(q.subject).removeprefix(STATES) for q in stated.quads(None, SKOS.inScheme)]
    assert Counter(state.partition("/")[0] for state in listed) == {"cow": 217, "gw": 225}
    assert set(of.values()) == {f"{STATES}{state}" for state in listed}
    assert len(of) == 482 and set(of) == set(begins) >= set(ends)
    assert all(1816 <= begin <= ends.get(time, 2017) for time, begin in begins.items())
