"""The table of mappings: rows become nodes, and a row at fault gives one finding and takes no other with it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theorymap.readers import Literal, Reading, to_nquads
from theorymap.readers.sssom import COLUMNS, NEEDED, read
from theorymap.store import Store
from theorymap.terms import ID, RDF, SKOS, TM
from workspaces import repository

FILE = "kb/mappings.sssom.tsv"
HEAD = "#license: https://creativecommons.org/licenses/by/4.0/\n"
HEADER = "\t".join([*NEEDED, "predicate_modifier", "rests_on"])
CELLS = {
    "mapping_id": "id:mapping/a",
    "subject_id": "id:claim/a",
    "predicate_id": "skos:closeMatch",
    "object_id": "id:claim/b",
    "mapping_justification": "semapv:ManualMappingCuration",
    "author_id": "id:group/coders",
    "comment": 'Both speak of "walls".',
    "predicate_modifier": "",
    "rests_on": "id:work/x|id:claim/c",
}


def row(**cells: str) -> str:
    """A line of the table, some cells changed."""
    return "\t".join((CELLS | cells)[name] for name in HEADER.split("\t"))


def table(*rows: str, header: str = HEADER) -> str:
    """A table of some lines."""
    return HEAD + header + "\n" + "".join(line + "\n" for line in rows)


def reading(text: str | bytes) -> Reading:
    """What is read from a table."""
    return read(text.encode() if isinstance(text, str) else text, FILE)


class TestRows:
    def test_a_row_is_a_node(self) -> None:
        found = reading(table(row()))
        assert found.findings == ()
        mapping, register = ID + "mapping/a", ID + "register/mappings"
        assert {(s.subject, s.predicate, s.object) for s in found.statements} == {
            (register, RDF.type, TM.Register),
            (register, TM.codes, mapping),
            (mapping, RDF.type, TM.Mapping),
            (mapping, TM.mapsFrom, ID + "claim/a"),
            (mapping, TM.mapsTo, ID + "claim/b"),
            (mapping, TM.mappingPredicate, SKOS.closeMatch),
            (mapping, TM.mappingMethod, "https://w3id.org/semapv/vocab/ManualMappingCuration"),
            (mapping, TM.mappingAuthor, ID + "group/coders"),
            (mapping, TM.mappingJustification, Literal('Both speak of "walls".')),
            (mapping, TM.mappingRestsOn, ID + "work/x"),
            (mapping, TM.mappingRestsOn, ID + "claim/c"),
        }
        assert found.origins.find(mapping) == (3, 0)

    def test_the_modifier_not_says_that_only_the_name_is_shared(self) -> None:
        found = reading(table(row(predicate_modifier="Not")))
        predicates = [s.object for s in found.statements if s.predicate == TM.mappingPredicate]
        assert predicates == [TM.sharesNameOnlyWith]

    def test_windows_line_ends_quoted_cells_and_a_byte_order_mark(self) -> None:
        text = table(row(comment='"Both ""walls"""')).replace("\n", "\r\n")
        found = reading(b"\xef\xbb\xbf" + text.encode())
        assert found.findings == ()
        assert Literal('Both "walls"') in {s.object for s in found.statements}

    def test_a_line_separator_within_a_cell_ends_no_row(self) -> None:
        found = reading(table(row(comment="one\u2028two\x0cthree"), row(mapping_id="id:mapping/b")))
        assert found.findings == ()
        assert found.origins.find(ID + "mapping/b") == (4, 0)

    def test_the_table_of_the_repository(self) -> None:
        (file,) = [file for file in repository().sources.of("kb") if file.name.endswith(".sssom.tsv")]
        found = read(file.data, file.name)
        assert found.findings == ()
        assert sum(s.object == TM.Mapping for s in found.statements) >= 1


class TestFaults:
    @pytest.mark.parametrize(
        ("line", "code", "words"),
        [
            (row(subject_id=""), "empty-value", "no subject_id"),
            (row(comment="   "), "empty-value", "no comment"),
            ("id:mapping/a\tid:claim/a", "missing-tab", "2 cells and the header 9"),
            (row().replace("\tid:work/x", " id:work/x"), "missing-tab", "8 cells and the header 9"),
            (row().replace("\tskos", "skos"), "missing-tab", "8 cells and the header 9"),
            (row().replace("\t", "  "), "missing-tab", "1 cell and the header 9"),
            (row(mapping_id="id:mapping/first"), "repeated-value", "line 3 already"),
            (row(mapping_id="skos:a"), "bad-identifier", "'skos:a'"),
            (row(subject_id="claim/a"), "bad-identifier", "'claim/a'"),
            (row(subject_id="id:Claim A"), "bad-identifier", "prefix:name"),
            (row(predicate_id="skos:close match"), "bad-identifier", "'skos:close match'"),
            (row(predicate_id="sokos:closeMatch"), "bad-identifier", "'sokos:closeMatch'"),
            (row(predicate_id="skos:"), "bad-identifier", "'skos:'"),
            (row(predicate_id="skos:a>b"), "bad-identifier", "'skos:a>b'"),
            (row(rests_on="id:work/x|nothing"), "bad-identifier", "'nothing'"),
            (row(predicate_modifier="not"), "unknown-value", "Write Not"),
            (row() + "\tid:claim/d", "wrong-shape", "more cells"),
        ],
    )
    def test_a_row_at_fault(self, line: str, code: str, words: str) -> None:
        found = reading(table(row(mapping_id="id:mapping/first"), line, row(mapping_id="id:mapping/last")))
        (finding,) = found.findings
        assert (finding.code, finding.origin.file, finding.origin.line) == (code, FILE, 4)
        assert words in finding.message + finding.repair
        assert finding.repair
        mappings = {s.subject for s in found.statements if s.object == TM.Mapping}
        assert mappings == {ID + "mapping/first", ID + "mapping/last"}

    @pytest.mark.parametrize(
        ("text", "code", "line", "words"),
        [
            ("", "empty-file", 1, "Begin with the names"),
            (HEAD, "empty-file", 1, "no header"),
            (table(header=HEADER.replace("object_id", "objekt_id")), "unknown-key", 2, "Did you mean object_id?"),
            (table(header=HEADER.replace("\tcomment", "")), "missing-column", 2, "comment"),
            (table(header=HEADER + "\tcomment"), "repeated-value", 2, "comment stands twice"),
            (
                table(header=HEADER.replace("\t", ",")),
                "missing-tab",
                2,
                "No tab stands between the columns mapping_id,",
            ),
            (table(header=HEADER.replace("\t", "   ")), "missing-tab", 2, "no spaces for it"),
            (table(header=HEADER.replace("\tobject_id", " object_id")), "missing-tab", 2, "predicate_id, object_id."),
            (b"#\n#\ncaf\xe9", "not-utf-8", 3, "Save it as UTF-8"),
            (b"\xff\xfei\x00d\x00", "not-utf-8", 1, "Save it as UTF-8"),
        ],
    )
    def test_a_table_at_fault(self, text: str | bytes, code: str, line: int, words: str) -> None:
        found = reading(text)
        (finding,) = found.findings
        assert found.statements == ()
        assert (finding.code, finding.origin.line) == (code, line)
        assert words in finding.message + finding.repair

    def test_every_column_is_known(self) -> None:
        assert set(HEADER.split("\t")) == set(COLUMNS) == set(CELLS)

    @settings(max_examples=300, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(list('\t\n\r"|:#>\x00\x85 é')))))
    def test_whatever_is_put_into_it_nothing_is_raised(self, edits: list[tuple[int, str]]) -> None:
        text = table(row(), row(mapping_id="id:mapping/b"))
        for place, character in edits:
            text = text[:place] + character + text[place:]
        nquads = to_nquads(reading(text).statements, f"{ID}graph/x")
        assert len(Store(nquads)) == nquads.count(b"\n")

    @settings(max_examples=200, deadline=None)
    @given(st.binary(max_size=200))
    def test_bytes(self, data: bytes) -> None:
        to_nquads(reading(data).statements, f"{ID}graph/x")
