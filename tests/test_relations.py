"""Tables of relations: each row is read or rejected, and nothing is written that a row does not say."""

from __future__ import annotations

import csv
import io
import random
import shlex
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from argument_maps import HOSTILE
from mutations import copy
from theorymap import Workspace
from theorymap.cli import group
from theorymap.errors import SourceError, UsageError
from theorymap.findings import Severity
from theorymap.importing.relation_draft import draft
from theorymap.importing.relation_places import quotes, skipped
from theorymap.importing.relation_table import RelationTable, read, same
from theorymap.importing.relation_words import RELATIONS
from theorymap.importing.table_draft import NOTHING_KNOWN, Known
from theorymap.passages import DocumentText, Miss, Quote, Span
from theorymap.passages.letters import BrokenText
from theorymap.terms import RDF, RDFS, TM, local
from workspaces import ROOT, make, repository

HEADER = ("Theory", "Construct1", "Relation", "Construct2", "Source")
CELLS = st.sampled_from([*HOSTILE, "NA", "NO", "nan", "None", "", " ", "self-efficacy", "\u200b"]) | st.text(max_size=8)


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue().encode("utf-8", "replace")


def drafted(*rows: tuple[str, ...], known: Known = NOTHING_KNOWN, **more: Any) -> tuple[RelationTable, dict[str, Any]]:
    """The table of some rows, and the slots of its draft."""
    data = table(*rows)
    document = DocumentText.read(data, ".csv")
    places = quotes(read(data, "t.csv").rows, document)
    found = read(data, "t.csv").proved(places)
    made = draft(found, "t", "t.csv", places, known=known, skipped=skipped(found, document), **more)
    return found, yaml.safe_load(made.text)


def written(*rows: tuple[str, ...], known: Known = NOTHING_KNOWN) -> dict[str, Any]:
    """The slots of the draft of some rows."""
    return drafted(*rows, known=known)[1]


# Reading


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize(
    "header",
    [
        ("Theory", "Construct1", "Relation", "Construct2", "Source"),
        ("theory", "cause", "relation", "effect", "source"),
        (" THEORY ", "Construct 1", "RELATIONSHIP", "construct_2", "Reference"),
        ("model", "subject", "predicate", "object", "citation"),
    ],
)
def test_columns_are_known_by_any_of_their_headings(header: tuple[str, ...], delimiter: str) -> None:
    rows = read(table(("T", "a", "raises", "b", "p. 1"), header=header, delimiter=delimiter), "t").rows
    assert [(r.number, r.line, r.theory, r.cause, r.relation, r.effect, r.source) for r in rows] == [
        (1, 2, "T", "a", "raises", "b", "p. 1")
    ]


def test_columns_stand_in_any_order_among_others_and_a_source_may_be_missing() -> None:
    data = table(("x", "b", "T", "raises", "a"), header=("id", "effect", "theory", "relation", "cause"))
    (row,) = read(data, "t").rows
    assert (row.theory, row.cause, row.effect, row.source) == ("T", "a", "b", "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no theory, no cause, no relation, no effect"),
        (b"Theory,Cause,Effect\n", "the header has no relation"),
        (b"Theory,Cause,Construct1,Relation,Effect\n", "two headings mean cause"),
        (b"Theory,Cause,Relation,Effect\nT,a,raises,\xff\n", "line 2, column 12: the byte 0xff is not UTF-8"),
        (b'Theory,Cause,Relation,Effect\nT,a,raises,b\nT,"a,raises,b\nT,a,raises,b\n', "line 3: .* never closed"),
        (b'Theory,Cause,Relation,Effect\nT,"a" b,raises,b\n', "line 2: .* closed before the cell ends"),
    ],
)
def test_what_is_no_table_of_relations_is_refused_with_file_and_reason(
    data: bytes, said: str, empty: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(SourceError, match=rf"t\.csv: .*{said}"):
        empty.import_relations(tmp_path / "t.csv")
    assert not (empty.layout.kb[0] / "documents" / "t.yaml").exists()


def test_empty_cells_behind_the_last_column_are_nothing() -> None:
    found = read(table(("T", "a", "raises", "b", "", "", " ")), "t")
    assert (len(found.rows), found.rejected) == (1, ())


def test_each_rejection_names_the_row_the_line_and_the_reason() -> None:
    rows = [
        ("T", "a", "raises", "b", ""),
        ("T", "", "raises", "", ""),
        ("T", "two\nlines", "raises", "b", ""),
        ("T", "a", "raises", "b", "x", "y"),
        ("T", "a"),
        ("T", "\u200b \x07", "raises", "b", ""),
        ("T", "A", "Raises", "b", "elsewhere"),
        ("T", "a", "raises", "b\x07ell", ""),
        ("T", "a\x0cform", "raises", "feed", ""),
        ("T", "a", "raises", "c", "\uffff"),
    ]
    found = read(table(*rows), "t.csv")
    told = [(row.number, row.line, row.cause) for row in found.rows]
    assert told == [(1, 2, "a"), (3, 4, "two lines"), (7, 9, "A"), (9, 11, "a form")]
    assert len(found.rows) + len(found.rejected) == len(rows)
    *rejected, remark = found.findings
    assert [(f.origin.line, f.message) for f in rejected] == [
        (3, "Row 2 was not read: it has no cause, no effect."),
        (6, "Row 4 was not read: it has 6 cells and the header 5."),
        (7, "Row 5 was not read: it has no relation, no effect."),
        (8, "Row 6 was not read: it has no cause."),
        (10, "Row 8 was not read: it holds the character U+0007, which XML cannot hold."),
        (12, "Row 10 was not read: it holds the character U+FFFF, which XML cannot hold."),
    ]
    assert {(f.code, f.severity) for f in rejected} == {("row-not-imported", Severity.WARNING)}
    assert remark.message == "Row 7 says what row 1 says; the two are one claim."


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("positvely influences", "positively influences"),
        ("Infuences", "influences"),
        ("is necesary for", "necessary for"),
        ("rasies", "raises"),
        ("Cuases", "causes"),
        ("may rasie", "may raise"),
        ("might influnce", "might influence"),
    ],
)
def test_a_relation_that_is_only_misspelt_is_rejected_with_the_nearest(words: str, near: str) -> None:
    found = read(table(("T", "a", words, "b", ""), ("T", "a", "has attribute", "b", "")), "t.csv")
    (rejection,) = found.rejected
    assert (rejection.number, rejection.origin.line, len(found.rows)) == (1, 2, 1)
    assert rejection.reason == f"{words!r} is no relation"
    assert rejection.repair.startswith("Did you mean ") and near in rejection.repair


@pytest.mark.parametrize("sign", ["***", "?", "--", "=>"])
def test_a_name_without_a_letter_or_a_digit_is_rejected(sign: str) -> None:
    """A sign that is a relation of ours is none of these."""
    rows = [(sign, "a", "raises", "b", ""), ("T", sign, "raises", "b", ""), ("T", "a", sign, "b", "")]
    found = read(table(*rows, ("T", "a", "raises", sign, ""), ("T", "a", "+", "b", "")), "t.csv")
    assert [row.number for row in found.rows] == [5]
    assert [r.reason for r in found.rejected] == [
        f"its {name} has neither a letter nor a digit" for name in ("theory", "cause", "relation", "effect")
    ]


def test_a_theory_against_itself_is_told_and_both_rows_are_read() -> None:
    said = ["raises", "lowers", "has no effect on", "part of"]
    rows = [("T", "a", words, "b", "") for words in said] + [
        ("U", "a", "lowers", "b", "no work"),
        ("T", "b", "lowers", "a", ""),
    ]
    found = read(table(*rows), "t.csv")
    assert len(found.rows) == 6
    assert [(finding.code, finding.origin.line, finding.message) for finding in found.findings] == [
        ("self-contradiction", 3, "In row 2, T is against what it says in row 1."),
        ("self-contradiction", 4, "In row 3, T is against what it says in row 1."),
        ("self-contradiction", 4, "In row 3, T is against what it says in row 2."),
    ]


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=6))
def test_read_and_rejected_are_all_rows_and_every_name_survives(rows: list[tuple[str, ...]]) -> None:
    """Whatever the cells hold: each row is there once, and the draft gives every name back."""
    found, slots = drafted(*rows)
    assert len(found.rows) + len(found.rejected) == len(rows)
    labels = {
        kind: {same(str(e["label"])) for e in (slots.get(kind) or {}).values()} for kind in ("theories", "constructs")
    }
    assert labels["theories"] == {same(row.theory) for row in found.rows}
    assert labels["constructs"] == {same(name) for row in found.rows for name in (row.cause, row.effect)}
    told = [told for c in (slots.get("claims") or {}).values() for told in c["attributions"]]
    assert all(any(str(row.number) in each["note"] for each in told) for row in found.rows)
    proved = {passage["section"] for each in told for passage in each["passages"]}
    assert proved == {f"row {row.number}" for row in found.rows}
    assert not proved & {skip["section"] for skip in slots["skipped"]}


# What is drafted


def test_every_word_for_a_relation_leads_to_one_of_the_ontology() -> None:
    quads = repository().knowledge.stated.quads(None, RDF.type, TM.PropositionRelation)
    assert set(RELATIONS.values()) == {local(str(quad.subject)) for quad in quads}


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("Positively influences", "raises"),
        ("+", "raises"),
        ("Negatively influences", "lowers"),
        ("-", "lowers"),
        ("Influences", "affects"),
        ("Influences (*)", "affects"),
        ("necessary-for", "necessary-for"),
        ("has no effect on", "no-effect"),
    ],
)
def test_a_relation_that_is_ours_makes_a_proposition(words: str, relation: str) -> None:
    (claim,) = written(("T", "a", words, "b", ""))["claims"].values()
    assert (claim["type"], claim["relation"]) == ("Proposition", relation)
    assert (claim["cause"], claim["effect"]) == ("construct/a", "construct/b")


@pytest.mark.parametrize(
    "words", ["Correlates with", "Type of", "Part of", "Has attribute", "Transitions to", "is mean to"]
)
def test_any_other_relation_is_a_plain_claim_in_its_words(words: str) -> None:
    (claim,) = written(("T", "a", words, "b", ""))["claims"].values()
    assert set(claim) == {"kind", "text", "theory", "topics", "level_of_cause", "attributions"}
    assert claim["kind"] == "interpretive"
    assert claim["text"] == f"“a” {words.lower()} “b”"
    assert claim["topics"] == ["construct/a", "construct/b"]


def test_may_is_a_hedge_and_no_relation_of_its_own() -> None:
    (claim,) = written(("T", "a", "May influence", "b", ""))["claims"].values()
    assert claim["relation"] == "affects"
    assert [told["hedge"] for told in claim["attributions"]] == ["possible"]
    said = {"may raise": "raises", "Might negatively influence": "lowers", "may be necessary for": "necessary-for"}
    for words, relation in said.items():
        (claim,) = written(("T", "a", words, "b", ""))["claims"].values()
        assert (claim["type"], claim["relation"]) == ("Proposition", relation)
        assert [told["hedge"] for told in claim["attributions"]] == ["possible"]
    (claim,) = written(("T", "a", "Might be part of", "b", ""))["claims"].values()
    assert [told["hedge"] for told in claim["attributions"]] == ["possible"] and "type" not in claim


def test_what_relates_to_itself_is_a_plain_claim() -> None:
    (claim,) = written(("T", "a", "raises", "A", ""))["claims"].values()
    assert "type" not in claim
    assert claim["topics"] == ["construct/a"]


def test_one_relation_of_two_theories_is_one_claim_with_a_note_for_each() -> None:
    rows = [("T", "a", "raises", "b", "p. 1"), ("U", "A", "Raises", "b", ""), ("T", "a", "raises", "b", "p. 2")]
    slots = written(*rows)
    (claim,) = slots["claims"].values()
    assert claim["theory"] == ["theory/t", "theory/u"]
    assert [told["note"] for told in claim["attributions"]] == [
        "Rows 1, 3, of T. Source: p. 1; p. 2",
        "Row 2, of U.",
    ]
    assert [[passage["section"] for passage in told["passages"]] for told in claim["attributions"]] == [
        ["row 1", "row 3"],
        ["row 2"],
    ]
    names = {id: (entry["label"], entry.get("alt_labels")) for id, entry in slots["constructs"].items()}
    assert names == {"construct/a": ("a", ["A"]), "construct/b": ("b", None)}


def test_the_makers_assert_each_row_plainly_in_their_own_voice() -> None:
    """The authors where they are known, and else one agent without a name whose source is the table."""
    row = ("T", "a", "raises", "b", "")
    said = {"commitment": "asserts", "hedge": "plain", "mode": "own", "certainty": "explicit", "stance": "asserts"}
    slots = written(row)
    (told,) = next(iter(slots["claims"].values()))["attributions"]
    assert said.items() <= told.items() and told["holder"] == "agent/makers-of-t"
    assert slots["agents"] == {
        "agent/makers-of-t": {"type": "Unnamed", "label": "the makers of t", "sources": ["work/t"]}
    }
    for holders, holder in ((["person/x"], "person/x"), (["person/x", "person/y"], ["person/x", "person/y"])):
        slots = drafted(row, holders=holders)[1]
        (told,) = next(iter(slots["claims"].values()))["attributions"]
        assert said.items() <= told.items() and told["holder"] == holder
        assert "agents" not in slots


def test_what_is_not_taken_over_is_skipped_with_the_reason() -> None:
    """The header and each rejected row that holds a letter; `check` would ask for them otherwise."""
    found, slots = drafted(
        ("T", "a", "raises", "b", ""),
        ("T", "", "raises", "", ""),
        ("+", "+", "+", "+", ""),
        ("x " * 1600, "a", "+", "b"),
    )
    assert [rejection.number for rejection in found.rejected] == [2, 3, 4]
    assert [(skip["section"], skip["reason"]) for skip in slots["skipped"]] == [
        ("header", "the names of the columns"),
        ("row 2", "not taken over: it has no cause, no effect"),
        ("row 4", f"not taken over: {found.rejected[2].reason}"),
    ]
    assert "no passage can prove it" in found.rejected[2].reason


def test_a_long_name_does_not_make_a_wording_too_long() -> None:
    (claim,) = written(("T", "long " * 40, "raises", "b", ""))["claims"].values()
    assert len(claim["text"].split()) <= 30


def test_names_that_look_like_nothing_survive() -> None:
    slots = written(("NA", "NO", "raises", "NA", "null"), ("NA", "שלום", "raises", "مرحبا", ""))
    assert {id: entry["label"] for id, entry in slots["theories"].items()} == {"theory/na": "NA"}
    assert [entry["label"] for entry in slots["constructs"].values()] == ["NO", "NA", "שלום", "مرحبا"]
    assert list(slots["constructs"]) == ["construct/no", "construct/na", "construct/t", "construct/t-construct"]


def test_the_workspace_keeps_its_identifiers_and_gives_its_theories() -> None:
    known = Known({"walls": "theory/old-walls"}, {}, {"construct/a", "theory/old-walls"})
    slots = written(("Walls", "a", "raises", "b", ""), known=known)
    assert "theories" not in slots
    assert next(iter(slots["claims"].values()))["theory"] == ["theory/old-walls"]
    assert list(slots["constructs"]) == ["construct/t-a", "construct/b"]


def test_a_construct_or_variable_of_the_workspace_is_used_under_any_of_its_names() -> None:
    """Two names of one thing make one claim, and nothing causes itself; a name that two things have is neither's."""
    known = Known(
        {},
        {"calm": "variable/calm", "peace": "variable/calm", "wall": "construct/wall", "WALL": "variable/wall"},
        {"variable/calm", "construct/wall", "variable/wall"},
    )
    rows = [
        ("T", "wall", "raises", "calm", ""),
        ("U", "wall", "raises", "Peace", ""),
        ("T", "calm", "raises", "peace", ""),
    ]
    slots = written(*rows, known=known)
    assert list(slots["constructs"]) == ["construct/t-wall"]
    first, second = slots["claims"].values()
    assert (first["cause"], first["effect"], len(first["attributions"])) == ("construct/t-wall", "variable/calm", 2)
    assert "type" not in second and second["topics"] == ["variable/calm"]


def test_thousands_of_rows_are_read_in_seconds() -> None:
    rows = [(f"T{n % 70}", f"c{n % 900}", "influences", f"c{n * 7 % 901}", "") for n in range(20_000)]
    data = table(*rows)
    begun = time.process_time()
    found = read(data, "t.csv")
    assert len(found.rows) == len(rows)
    assert time.process_time() - begun < 10


# Passages


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_is_a_document_whose_rows_are_sections(delimiter: str, line: str) -> None:
    text = line.join(
        [delimiter.join(cells) for cells in (HEADER, ("T", '"two' + line + 'lines"', "raises", "b"), (), ("U", "a"))]
    )
    document = DocumentText.read(f"\ufeff{text}{line}".encode(), ".tsv" if delimiter == "\t" else ".csv")
    assert document.sections == ("header", "row 1", "row 2")
    span = document.locate(Quote("row 1", "T two", "raises b"))
    assert isinstance(span, Span)
    assert document.text(span).split() == delimiter.join(["T", '"two lines"', "raises", "b"]).split()
    assert isinstance(document.locate(Quote("row 2", "T two", "raises b")), Miss)


def test_a_table_with_an_open_quotation_mark_is_no_document() -> None:
    with pytest.raises(BrokenText, match="never closed") as caught:
        DocumentText.read(b'a,b\n1,2\n3,"4\n5,6\n', ".csv")
    assert caught.value.line == 3


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_a_passage_of_a_row_stands_in_that_row(rows: list[tuple[str, ...]]) -> None:
    data = table(*rows)
    found = read(data, "t.csv")
    for number, quote in quotes(found.rows, DocumentText.read(data, ".csv")).items():
        assert quote.section == f"row {number}"
        assert isinstance(DocumentText.read(table(*rows[:number]), ".csv").locate(quote), Span)


def test_repetitive_rows_are_told_apart_or_have_no_passage() -> None:
    data = table(("a", "a", "a", "a", "a"), ("a b c", "d", "raises", "e", ""), ("+", "+", "+", "+", ""))
    found = quotes(read(data, "t.csv").rows, DocumentText.read(data, ".csv"))
    assert found[2] == Quote("row 2", "a b c", "d raises e")
    assert 3 not in found


# The command


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return make(tmp_path / "workspace")


def run(workspace: Workspace, path: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(group, ["import", "relations", str(path), *arguments, "-w", str(workspace.layout.root)])
    return result.exit_code, result.stdout, result.stderr


def test_what_was_imported_is_read_back_counted_and_drawn(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "Theories of NA.csv"
    rows = [
        ("walls", "height", "positively influences", "NO", "p. 1"),
        ("NA", "height", "part of", "NO", ""),
        ("NA", "NO", "negatively influences", "height", ""),
        ("NA", "", "raises", "b", ""),
    ]
    path.write_bytes(table(*rows))
    code, printed, told = run(empty, path)
    assert (code, printed) == (0, "kb/documents/theories-of-na.yaml\n")
    assert "3 of 4 rows imported: 2 theories, 2 constructs, 2 propositions, 1 other claim" in told
    assert "1 of 4 rows rejected" in told
    assert "5  warning [row-not-imported] Row 4 was not read: it has no cause." in told
    again = Workspace.open(empty.layout.root, cached=False)
    named = {str(quad.subject): str(quad.object) for quad in again.knowledge.stated.quads(None, RDFS.label)}
    assert {"NA", "NO"} <= set(named.values())
    sizes = {str(row["theory"]): row for row in again.query("theories-by-size").records()}
    assert [(str(sizes[t]["constructs"]), str(sizes[t]["claims"])) for t in ("NA", "walls")] == [("2", "2"), ("2", "1")]
    shared = [tuple(str(c) for c in row) for row in again.query("constructs-by-theories").rows]
    assert shared == [("NO", "2", "NA | walls"), ("height", "2", "NA | walls")]
    found = again.causes()
    assert {p.theories for p in found.propositions} == {("theory/walls",), ("theory/na",)}
    assert found.propositions[0].sources()[0].document == "work/theories-of-na"


def test_the_rows_are_proved(empty: Workspace, tmp_path: Path) -> None:
    """Locked and verified against the table, and found to have changed when the table did."""
    documents = tmp_path / "documents"
    documents.mkdir()
    path = documents / "t.csv"
    path.write_bytes(table(("T", "a", "raises", "b", "p. 1"), ("T", "b", "part of", "two\nlines", "")))
    slots = yaml.safe_load(empty.import_relations(path).draft)
    attributions = [told for c in slots["claims"].values() for told in c["attributions"]]
    assert [told["passages"][0]["section"] for told in attributions] == ["row 1", "row 2"]
    assert all(entry["passages"] for kind in ("theories", "constructs") for entry in slots[kind].values())
    root = empty.layout.root
    assert Workspace.open(root, documents, cached=False).lock("t")[2] == []
    only = Workspace.open(root, documents, cached=False).check(only=["passages"]).findings
    assert [f for f in only if "/t." in f.origin.file] == []
    path.write_bytes(path.read_bytes().replace(b"raises", b"lowers"))
    changed = Workspace.open(root, documents, cached=False).check(only=["passages"]).findings
    assert [f for f in changed if "row 1" in f.message]


def test_relations_that_stay_plain_are_listed_with_their_numbers(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    plain = [("T", "a", "Part of", "b", ""), ("T", "b", "part of", "c", ""), ("T", "a", "type of", "b", "")]
    path.write_bytes(table(*plain, ("T", "a", "raises", "b", "")))
    assert "kept in their own words, as other claims: part of (2), type of (1)\n" in run(empty, path, "--dry-run")[2]
    many = [("T", "a", f"looks like {n} and", "b", "") for n in range(12)]
    path.write_bytes(table(*plain, *many))
    assert "part of (2), type of (1), looks like 0 and (1), " in run(empty, path, "--dry-run")[2]
    assert "looks like 7 and (1) and 4 more\n" in run(empty, path, "--dry-run")[2]
    path.write_bytes(table(("T", "a", "raises", "b", "")))
    assert "in their own words" not in run(empty, path)[2]


@pytest.mark.parametrize("kind", ["relations", "aif"])
def test_words_for_no_value_are_of_cases_alone(kind: str, empty: Workspace, tmp_path: Path) -> None:
    words = ["import", kind, str(tmp_path / "t.csv"), "--missing", "NA", "-w", str(empty.layout.root)]
    result = CliRunner().invoke(group, words)
    assert isinstance(result.exception, UsageError) and "--missing" in str(result.exception)


def test_a_misspelt_kind_is_named(empty: Workspace, tmp_path: Path) -> None:
    result = CliRunner().invoke(group, ["import", "relation", str(tmp_path), "-w", str(empty.layout.root)])
    assert isinstance(result.exception, UsageError)
    assert result.exception.hint == "Did you mean relations?"


def test_every_rejection_is_shown(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table(*[("T", "", "raises", "b", "")] * 50, ("T", "a", "raises", "b", "")))
    assert run(empty, path)[2].count("has no cause") == 50


def test_a_second_import_replaces_only_when_told_and_gives_the_same(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table(("T", "a", "raises", "b", "")))
    first = empty.import_relations(path)
    again = Workspace.open(empty.layout.root, cached=False)
    with pytest.raises(UsageError, match="exists already"):
        again.import_relations(path)
    assert again.import_relations(path, replace=True).draft == first.draft == first.path.read_bytes()


def test_a_dry_run_prints_and_writes_nothing(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table(("T", "a", "raises", "b", "")))
    code, printed, _ = run(empty, path, "--dry-run", "--key", "other")
    assert code == 0
    assert "id: work/other" in printed
    assert not (empty.layout.kb[0] / "documents" / "other.yaml").exists()


def test_a_table_without_any_row_that_can_be_read_writes_nothing(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    for rows, said in (([], "holds no rows"), ([("T", "", "raises", "b", "")], "Row 1 was not read: it has no")):
        path.write_bytes(table(*rows))
        with pytest.raises(SourceError, match=said):
            empty.import_relations(path)
    assert not (empty.layout.kb[0] / "documents" / "t.yaml").exists()


# In a workspace with documents


HOSTILE_ROWS = (
    ("shared drought", "drought", "positively influences", "Membership of a League", "Osei 2004, p. 12"),
    ("shared drought", "drought", "negatively influences", "NO", "p. 1; p. 2"),
    ("NA", "drought", "may influence", "NO", "p. 1; p. 2"),
    ("NA", "NO", "part of", "größe 日本 “x” & {y} # [z]: | no", ""),
    ("NA", "", "raises", "b", ""),
    ("a", "a", "a", "a", "a"),
    ("NA", "+", "+", "-", ""),
    ("NA", "<b>| #  yes: [no] & {x} \\", "=cmd|x!A1", "two\nlines", "%20'$(x)`"),
    ("U", "long " * 40, "raises", "NO", ""),
    ("+", "+", "+", "-", "+"),
)
"""Known theories and variables, words that look like none, signs, a repeated cell, a row without a letter."""
ENTRY = "\n@dataset{table,\n  title = {A Table},\n  author = {Osei, Daniel and Reed, Ada},\n  year = {2004},\n}\n"


@pytest.mark.parametrize("known", [True, False], ids=["authors known", "authors entered afterwards"])
def test_an_imported_table_is_clean_once_it_is_locked_and_entered(known: bool, tmp_path: Path) -> None:
    """With its authors as holders, or with the unnamed makers, whose own table speaks for them."""
    root, documents = copy(tmp_path / "workspace"), tmp_path / "documents"
    shutil.copytree(ROOT / "tests" / "documents", documents)
    (documents / "table.csv").write_bytes(table(*HOSTILE_ROWS))
    bibliography = root / "kb" / "bibliography.bib"
    before = bibliography.read_text()
    if known:
        bibliography.write_text(before + ENTRY)
    done = Workspace.open(root, cached=False).import_relations(documents / "table.csv", coder="the readers")
    assert done.unsigned is not known and bool(done.entry) is not known
    assert done.used == ("theory/shared-drought", "variable/drought", "variable/membership")
    assert [finding.origin.line for finding in done.findings] == [6, 8, 12]
    bibliography.write_text(before + ENTRY)
    assert Workspace.open(root, documents, cached=False).lock("table")[2] == []
    report = Workspace.open(root, documents, cached=False).check()
    assert report.findings == () and not report.failed
    held = {str(row["holder"]) for row in Workspace.open(root, cached=False).query("claims-and-holders").records()}
    assert ("the makers of table" in held) is not known


def test_the_makers_of_another_table_are_not_its_own_voice(tmp_path: Path) -> None:
    root = copy(tmp_path / "workspace")
    bibliography = root / "kb" / "bibliography.bib"
    bibliography.write_text(bibliography.read_text() + ENTRY)
    (tmp_path / "table.csv").write_bytes(table(("T", "a", "raises", "b", "")))
    path = Workspace.open(root, cached=False).import_relations(tmp_path / "table.csv").path
    text = path.read_text()
    assert text.count("sources:") == 0 and "holder: [person/ada-reed, person/daniel-osei]" in text
    agent = "agents:\n  agent/x: {type: Unnamed, label: x, sources: [work/SOURCE]}\n"
    for source, codes in (("osei-2004", {"own-view"}), ("table", set())):
        path.write_text(
            text.replace("[person/ada-reed, person/daniel-osei]", "agent/x") + agent.replace("SOURCE", source)
        )
        found = Workspace.open(root, cached=False).check(only=["files", "identifiers", "shapes"]).findings
        assert {finding.code for finding in found} == codes | {"document-coder"}


def test_the_command_says_how_to_name_the_authors_and_what_was_used(empty: Workspace, tmp_path: Path) -> None:
    """And the table is called by its name, and the command can be typed as it stands."""
    path = tmp_path / "My Table.tsv"
    path.write_bytes(table(("Walls", "a", "raises", "b", ""), delimiter="\t"))
    code, _, told = run(empty, path, "--key", "tab", "--coder", "group/coders")
    assert code == 0
    assert "used as the workspace has them: theory/walls\n" in told
    assert "beside the documents as tab.tsv, and theorymap lock tab." in told
    (again,) = (line.strip() for line in told.splitlines() if line.strip().startswith("theorymap import"))
    assert "agent/makers-of-tab holds what it says" in told
    bibliography = empty.layout.kb[0] / "bibliography.bib"
    bibliography.write_text(bibliography.read_text() + ENTRY.replace("table,", "tab,"))
    result = CliRunner().invoke(group, shlex.split(again)[1:])
    assert result.exit_code == 0 and "again" not in result.stderr and "bibliography" not in result.stderr
    assert "holder: [person/ada-reed, person/daniel-osei]" in (empty.layout.kb[0] / "documents/tab.yaml").read_text()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("cases", "city,fear\nA,1\nB\n"),
        ("relations", "theory,cause,relation,effect\nT,a,raises,b\nT,a,raises\n"),
    ],
)
def test_a_rejected_row_is_a_warning_in_every_import(kind: str, text: str, empty: Workspace, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(text)
    words = ["import", kind, str(tmp_path / "t.csv"), "-w", str(empty.layout.root)]
    result = CliRunner().invoke(group, words)
    assert result.exit_code == 0
    assert "3  warning [row-not-imported]" in result.stderr and "error" not in result.stderr
    assert "The exit code is 0, rejected rows or not" in " ".join(
        CliRunner().invoke(group, ["import", "-h"]).stdout.split()
    )


def test_a_coder_is_an_agent_of_the_workspace(empty: Workspace, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(table(("T", "a", "raises", "b", "")))
    for take in (empty.import_relations, empty.import_cases):
        with pytest.raises(UsageError, match="'group/coder' is no agent") as caught:
            take(tmp_path / "t.csv", coder="group/coder")
        assert caught.value.hint == "Did you mean group/coders?"
        with pytest.raises(UsageError, match="no agent"):
            take(tmp_path / "t.csv", coder="theory/walls")
        assert b"\ncoder: group/coders\n" in take(tmp_path / "t.csv", coder="The Coders", dry_run=True).draft


# A database of theories


WORDS = ("Influences", "Positively influences", "Negatively influences", "Part of", "Correlates with", "May influence")


def database(seed: int, prefix: str) -> list[tuple[str, ...]]:
    """Some 1,600 rows of 76 theories, with constructs that they share, loops, repeated rows and sources of any sort."""
    chance = random.Random(seed)
    rows: list[tuple[str, ...]] = []
    for number in range(76):
        own = [f"{prefix} {number}.{n}" for n in range(chance.randrange(3, 40))]
        shared = [f"common {n}" for n in range(60) if chance.random() < 0.5 / (1 + n / 4)]
        for _ in range(chance.randrange(5, 36)):
            one, other = chance.choices([*own, *shared], k=2)
            row = (f"{prefix} theory {number}", one, chance.choice(WORDS), other, f"p. {chance.randrange(9)}")
            rows += [row] * (2 if chance.random() < 0.05 else 1)
    return rows


def test_the_counts_of_a_database_of_theories_come_out_right(empty: Workspace, tmp_path: Path) -> None:
    """Of two databases, 76 theories each: counted from their rows here, and from what was imported by the questions."""
    one, two = database(1, "Alpha"), database(2, "Beta")
    for name, rows in (("alpha.csv", one), ("beta.csv", two)):
        (tmp_path / name).write_bytes(table(*rows))
        done = Workspace.open(empty.layout.root, cached=False).import_relations(tmp_path / name)
        assert f"{len(rows):,} of {len(rows):,} rows imported: 76 theories" in done.summary
    constructs: dict[str, set[str]] = {}
    claims: dict[str, set[tuple[str, ...]]] = {}
    for theory, cause, words, effect, _ in [*one, *two]:
        constructs.setdefault(theory, set()).update((cause, effect))
        claims.setdefault(theory, set()).add((cause, words, effect))
    plain = ("Part of", "Correlates with")
    sizes = {
        theory: (
            str(len(constructs[theory])),
            str(len(claims[theory])),
            str(sum(words not in plain and cause != effect for cause, words, effect in claims[theory])),
        )
        for theory in constructs
    }
    workspace = Workspace.open(empty.layout.root, cached=False)
    found = [tuple(map(str, row[:4])) for row in workspace.query("theories-by-size").rows]
    assert {theory: (size, said, made) for theory, size, said, made in found if theory in sizes} == sizes
    holders = {
        name: {t for t, names in constructs.items() if name in names} for names in constructs.values() for name in names
    }
    wanted = {(name, str(len(several))) for name, several in holders.items() if len(several) > 1}
    shared = [tuple(map(str, row[:2])) for row in workspace.query("constructs-by-theories").rows]
    assert len(wanted) > 40 and set(shared) == wanted
    assert [int(number) for _, number in shared] == sorted((int(n) for _, n in wanted), reverse=True)
    both = {name for name in holders if {theory.split()[0] for theory in holders[name]} == {"Alpha", "Beta"}}
    assert {str(row[0]) for row in workspace.query("shared-constructs").rows} == both


def test_what_is_called_otherwise_than_a_table_is_refused(empty: Workspace, tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(table(("T", "a", "raises", "b", "")))
    with pytest.raises(UsageError, match=r"t\.docx is no table"):
        empty.import_relations(tmp_path / "t.docx")
