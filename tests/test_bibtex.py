"""The BibTeX reader and writer: what they make of a bibliography, and of everything that can be wrong with one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theorymap.findings import Severity
from theorymap.formats import bibtex as bibtex_format
from theorymap.readers import Literal, Origins, Reading, Statement, to_nquads
from theorymap.readers.bibentry import Entry, Field, suggest_key
from theorymap.readers.bibfields import NEVER_KEPT, PEOPLE, properties
from theorymap.readers.bibtex import read
from theorymap.readers.latex import escaped, plain, tidy
from theorymap.readers.names import names, slug
from theorymap.terms import BIBO, DCTERMS, ID, RDF, RDFS, TM, XSD

BIBLIOGRAPHY = Path(__file__).parent.parent / "kb" / "bibliography.bib"

SUPPLIED = (
    "@phdthesis{, author = {Roth, Jörg}, title = {How do small states court large ones? : A Study}, editor = {}, "
    "booktitle = {}, address = {}, year = {2018}, isbn = {}, doi = {}, keywords = {Status, Courtship}, "
    "abstract = {Nobody may find this sentence in the data.}, note = {}, school = {Universität Köln}, }"
)

SAMPLE = """% A comment.
@string{ir = {Review of Courtship}}

@article{odalys-1999,
  author = {Odal{\\'y}s, {\\AA}sa and van der Berg, Jan and Hill, Jr., Tom P},
  title = {The {NATO} of 50% \\& more},
  journal = ir # { and Status},
  volume = {4},
  pages = {10--20},
  year = 1999,
  doi = {https://doi.org/10.1234/abc_d},
  month = nov,
}

@misc{guild-nd,
  author = {{Guild of Mapmakers} and others},
  title = "A map of {"}us{"}",
  year = {n.d.},
  url = {https://example.org/a_b%20c},
}
"""

SOUND = "@book{b-2001,\n  author = {Snow, Ann},\n  title = {A {T}},\n  year = {2001},\n}\n"


def reading(text: str) -> Reading:
    return read(text.encode(), "kb/x.bib")


def objects(found: Reading, subject: str, predicate: str) -> list[str]:
    said = [s.object for s in found.statements if s.subject == ID.term(subject) and s.predicate == predicate]
    return [term if isinstance(term, str) else term.value for term in said]


def places(found: Reading) -> list[tuple[int, str]]:
    return [(finding.origin.line, finding.code) for finding in found.findings]


class TestStatements:
    """What a sound entry says."""

    def test_a_work_with_all_its_parts(self) -> None:
        found = reading(SAMPLE)
        assert found.findings == ()
        expected = {
            RDF.type: [TM.Work],
            DCTERMS.identifier: ["odalys-1999"],
            DCTERMS.term("title"): ["The NATO of 50% & more"],
            TM.workType: [TM.term("work-type/article")],
            TM.containerTitle: ["Review of Courtship and Status"],
            TM.volume: ["4"],
            TM.pages: ["10–20"],
            BIBO.doi: ["10.1234/abc_d"],
            TM.bibField: ["month=nov"],
            TM.authorText: ["Odalýs, Åsa; van der Berg, Jan; Hill, Jr., Tom P"],
            DCTERMS.creator: [ID.term(f"person/{n}") for n in ("asa-odalys", "jan-van-der-berg", "tom-hill")],
        }
        for predicate, values in expected.items():
            assert objects(found, "work/odalys-1999", predicate) == values
        year = Statement(ID.term("work/odalys-1999"), TM.year, Literal("1999", XSD.integer))
        assert year in found.statements

    def test_an_organisation_is_no_person(self) -> None:
        found = reading(SAMPLE)
        assert objects(found, "work/guild-nd", DCTERMS.creator) == [ID.term("organisation/guild-of-mapmakers")]
        assert objects(found, "organisation/guild-of-mapmakers", RDF.type) == [TM.Organisation]
        assert objects(found, "work/guild-nd", TM.authorText) == ["Guild of Mapmakers; others"]

    def test_no_date_is_no_year(self) -> None:
        found = reading(SAMPLE)
        assert objects(found, "work/guild-nd", TM.yearText) == ["n.d."]
        assert objects(found, "work/guild-nd", TM.year) == []

    def test_a_url_is_kept_to_the_letter(self) -> None:
        url = Statement(ID.term("work/guild-nd"), TM.url, Literal("https://example.org/a_b%20c", XSD.anyURI))
        assert url in reading(SAMPLE).statements

    def test_a_split_year_counts_from_its_first(self) -> None:
        found = reading("@article{a-1994, author={A, B}, title={T}, year={1994/95}}")
        assert objects(found, "work/a-1994", TM.year) == ["1994"]
        assert objects(found, "work/a-1994", TM.yearText) == ["1994/95"]

    def test_every_statement_has_its_line(self) -> None:
        found = reading(SAMPLE)
        work = ID.term("work/odalys-1999")
        assert found.origins.find(work) == (4, 0)
        assert found.origins.find(work, TM.pages, "10–20") == (9, 0)
        assert found.origins.find(ID.term("person/tom-hill")) == (5, 0)
        assert all(found.origins.find(s.subject, s.predicate)[0] for s in found.statements)

    def test_the_fullest_name_is_the_label(self) -> None:
        found = reading(SOUND + SOUND.replace("b-2001", "c-2001").replace("Ann", "Ann B"))
        assert objects(found, "person/ann-snow", RDFS.label) == ["Ann B Snow"]
        assert found.findings == ()


class TestSuppliedRecord:
    """A record as a library hands it out: one line, no key, empty fields, a trailing comma, an abstract."""

    def test_it_is_read_under_the_key_that_it_should_have(self) -> None:
        found = reading(SUPPLIED)
        assert places(found) == [(1, "empty-key")]
        assert found.findings[0].severity is Severity.WARNING
        assert "@phdthesis{roth-2018," in found.findings[0].repair
        assert objects(found, "work/roth-2018", TM.institution) == ["Universität Köln"]

    def test_empty_fields_say_nothing(self) -> None:
        values = objects(reading(SUPPLIED), "work/roth-2018", TM.bibField)
        assert values == ["keywords=Status, Courtship"]

    def test_the_abstract_is_never_kept(self) -> None:
        found = reading(SUPPLIED)
        assert "abstract" in NEVER_KEPT
        assert b"sentence" not in to_nquads(found.statements, "urn:g") + bibtex_format.write(found.statements)

    def test_windows_line_ends_and_a_byte_order_mark(self) -> None:
        plain_text = read(SAMPLE.encode(), "x")
        assert read(b"\xef\xbb\xbf" + SAMPLE.replace("\n", "\r\n").encode(), "x") == plain_text


NAMES = [
    ("Kegley Jr., Charles W", "charles-kegley", "Charles W Kegley Jr."),
    ("Kegley, Jr., Charles W", "charles-kegley", "Charles W Kegley Jr."),
    ("Charles W Kegley Jr.", "charles-kegley", "Charles W Kegley Jr."),
    ("Snyder, Glenn H", "glenn-snyder", "Glenn H Snyder"),
    ("Hoop Scheffer, Jaap de", "jaap-de-hoop-scheffer", "Jaap de Hoop Scheffer"),
    ("de Hoop Scheffer, Jaap", "jaap-de-hoop-scheffer", "Jaap de Hoop Scheffer"),
    ('H{\\aa}kan Edstr{\\"o}m', "hakan-edstrom", "Håkan Edström"),
    ("{\\O}stby, Gudrun", "gudrun-ostby", "Gudrun Østby"),
    ("O'Neill, Barry", "barry-oneill", "Barry O'Neill"),
    ("hooks, bell", "bell-hooks", "bell hooks"),
    ("Plato", "plato", "Plato"),
    ("{NATO}", "nato", "NATO"),
    ("Достоевский, Фёдор", "федор-достоевскии", "Фёдор Достоевский"),
]


@pytest.mark.parametrize(("latex", "expected", "label"), NAMES)
def test_a_name_and_its_identifier(latex: str, expected: str, label: str) -> None:
    (name,), faults = names(latex)
    assert (name.slug, name.label, faults) == (expected, label, ())
    assert names(f"{{{name.listed}}}" if name.corporate else name.listed) == ((name,), ())


def test_an_accent_after_and_is_kept() -> None:
    """bibtexparser alone reads the second author as Elise."""
    found, faults = names("Snow, Ann and \\'Elise Dupont and \\O{}stby, Bo")
    assert ([name.label for name in found], faults) == (["Ann Snow", "Élise Dupont", "Bo Østby"], ())


KEYS = [
    ({"author": "de Hoop Scheffer, Jaap", "year": "2006"}, "de-hoop-scheffer-2006"),
    ({"editor": "Łuk, Ewa", "date": "2003-06-05"}, "luk-2003"),
    ({"author": "{European Union}", "year": "1994/95"}, "european-union-1994"),
    ({"title": "On the Origins of Trust"}, "origins-nd"),
    ({}, "work-nd"),
]


@pytest.mark.parametrize(("fields", "key"), KEYS)
def test_suggested_keys(fields: dict[str, str], key: str) -> None:
    assert suggest_key(Entry("book", "", 1, tuple(Field(n, v, 1) for n, v in fields.items()))) == key


FAULTS = [
    ("key twice", SOUND + SOUND, [(6, "duplicate-key")]),
    ("key twice, other case", SOUND + SOUND.replace("b-2001", "B-2001"), [(6, "duplicate-key")]),
    ("key twice on a line", SOUND + SOUND.replace("\n", " ") * 2, [(6, "duplicate-key")]),
    ("field twice", SOUND.replace("title = {A {T}},", "title = {A},\n title = {B},"), [(4, "duplicate-field")]),
    ("no author", SOUND.replace("author", "keywords"), [(1, "incomplete-entry")]),
    ("no title", SOUND.replace("title", "subtitle"), [(1, "incomplete-entry")]),
    ("no year", SOUND.replace("year", "month"), [(1, "incomplete-entry")]),
    ("nothing at all", "@book{}\n", [(1, "empty-key")]),
    ("empty key", SOUND.replace("b-2001", ""), [(1, "empty-key")]),
    ("blank in key", SOUND.replace("b-2001", "b 2001"), [(1, "unusable-key")]),
    ("no key", SOUND.replace("b-2001,", ""), [(1, "broken-bibtex")]),
    ("type misspelt", SOUND.replace("@book", "@bok"), [(1, "unknown-entry-type")]),
    ("type missing", SOUND.replace("@book", "@"), [(1, "unknown-entry-type")]),
    ("year misspelt", SOUND.replace("{2001}", "{20011}"), [(4, "unlikely-year")]),
    ("year far off", SOUND.replace("{2001}", "{9001}"), [(4, "unlikely-year")]),
    ("names by semicolon", SOUND.replace("Snow, Ann", "Snow, Ann; Hill, Bo"), [(2, "unreadable-name")]),
    ("names by comma", SOUND.replace("Snow, Ann", "Snow, Ann, Bo Hill"), [(2, "unreadable-name")]),
    ("names by many commas", SOUND.replace("Snow, Ann", "Snow, Ann, Bo Hill, Al Oz"), [(2, "unreadable-name")]),
    ("and too many", SOUND.replace("Snow, Ann", "Snow, Ann and"), [(2, "unreadable-name")]),
    ("trailing comma in name", SOUND.replace("Snow, Ann", "Snow,"), [(2, "unreadable-name")]),
    ("DOI", SOUND.replace("  year", "  doi = {11.1/x},\n  year"), [(4, "malformed-link")]),
    ("URL", SOUND.replace("  year", "  url = {www.example.org},\n  year"), [(4, "malformed-link")]),
    ("LaTeX command", SOUND.replace("A {T}", "A \\mystery{T}"), [(3, "unknown-latex")]),
    ("abbreviation", SOUND.replace("{2001}", "soon # {2001}"), [(4, "undefined-abbreviation")]),
    ("no delimiters", SOUND.replace("{A {T}}", "A T"), [(3, "undefined-abbreviation")]),
    ("missing comma", SOUND.replace("Ann},", "Ann}"), [(2, "broken-bibtex")]),
    ("missing comma on a line", SOUND.replace("Ann},\n", "Ann}"), [(2, "broken-bibtex")]),
    ("missing comma after lines", SOUND.replace("Ann},", "Ann\n}\n"), [(3, "broken-bibtex")]),
    ("two commas", SOUND.replace("Ann},", "Ann},,"), [(2, "broken-bibtex")]),
    ("missing brace", SOUND.replace("{A {T}}", "{A {T}"), [(3, "broken-bibtex")]),
    ("brace too many", SOUND.replace("{A {T}}", "{A {T}}}"), [(3, "broken-bibtex")]),
    ("opening brace missing", SOUND.replace("{Snow", "Snow"), [(2, "broken-bibtex")]),
    ("quotation mark missing", SOUND.replace("{Snow, Ann}", '"Snow, Ann'), [(2, "broken-bibtex")]),
    ("no equals sign", SOUND.replace("title =", "title"), [(3, "broken-bibtex")]),
    ("two equals signs", SOUND.replace("title =", "title =="), [(3, "broken-bibtex")]),
    ("two words for a name", SOUND.replace("title =", "main title ="), [(3, "broken-bibtex")]),
    ("entry not closed", SOUND.removesuffix("}\n"), [(4, "broken-bibtex")]),
    ("entry not closed, another follows", SOUND[:-2] + SOUND.replace("b-2", "c-2"), [(4, "broken-bibtex")]),
    ("at sign missing", SOUND[1:], [(1, "broken-bibtex")]),
    ("at sign missing after a comment", "% x\n" + SOUND[1:], [(2, "broken-bibtex")]),
    ("head without its brace", SOUND.replace("@book{", "@book"), [(1, "broken-bibtex")]),
    ("comma after the key missing", SOUND.replace("2001,\n  a", "2001\n  a"), [(1, "broken-bibtex")]),
    ("string without value", "@string{ir}\n" + SOUND, [(1, "broken-bibtex")]),
    ("stray field", SOUND + "\n\nnote = {x}\n", [(8, "broken-bibtex")]),
    ("empty", "", [(0, "empty-file")]),
    ("only a comment", "% Nothing yet.\n", [(0, "empty-file")]),
    ("control character", SOUND.replace("A {T}", "A\x07 {T}"), [(3, "control-character")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_fault_gives_one_finding_on_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    """Each fault is found on its line, and brings no other finding with it."""
    found = reading(text)
    assert places(found) == expected
    assert all(finding.message and finding.repair for finding in found.findings)


@pytest.mark.parametrize("sign", ["{", "}", ",", "=", "@"])
@pytest.mark.parametrize("twice", [False, True], ids=["missing", "twice"])
def test_one_slip_costs_no_entry(sign: str, twice: bool) -> None:
    """Whatever sign of an entry's frame is missing or doubled, all works stay, with one finding near it at most."""
    text = "\n".join(entry.replace("b-2001", f"b-{n}") for n, entry in enumerate([SOUND] * 3))
    positions = [found.start() for found in re.finditer(re.escape(sign), text)]
    assert positions
    for position in positions:
        slipped = text[:position] + (sign * 2 if twice else "") + text[position + 1 :]
        found = reading(slipped)
        line = text.count("\n", 0, position) + 1
        assert [abs(finding.origin.line - line) <= 1 for finding in found.findings] in ([], [True]), slipped
        assert {s.subject for s in found.statements if s.object == TM.Work} == {
            ID.term(f"work/b-{n}") for n in range(3)
        }


def test_a_fault_in_one_entry_leaves_the_others_as_they_were() -> None:
    """A missing brace takes nothing with it but what nobody can read."""
    broken = SAMPLE.replace("volume = {4}", "volume = {4")
    assert set(reading(broken).statements) == set(reading(SAMPLE).statements)


def test_two_people_of_one_name() -> None:
    text = SOUND.replace("Ann", "Ann B") + SOUND.replace("Ann", "Ann C").replace("b-2001", "c-2001")
    assert [finding.code for finding in reading(text).findings] == ["names-alike"]


def test_not_utf_8_is_found_at_its_byte() -> None:
    found = read(SOUND.replace("Ann", "Åsa").encode("latin-1"), "kb/x.bib")
    assert [(f.code, f.origin.line, f.origin.column) for f in found.findings] == [("not-utf-8", 2, 19)]
    assert objects(found, "work/b-2001", TM.year) == ["2001"]


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The libraries log what they meet; none of it may reach the terminal."""
    reading("@book{a,\n title = {x\n}\n@book{b\n")
    assert capsys.readouterr() == ("", "")


WORDS = '@book{ @ { } ( ) " = , # \\ a b-1 title author and % year 1999 @string{ @comment{ $ é --'
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\x00"])


@settings(derandomize=True, deadline=None, database=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.binary(max_size=60))
def test_no_input_raises(source: str | bytes) -> None:
    """Any bytes at all give a reading that can be serialised and written back."""
    found = read(source if isinstance(source, bytes) else source.encode(), "x.bib")
    to_nquads(found.statements, "urn:x")
    again = read(bibtex_format.write(found.statements), "x.bib")
    assert set(again.statements) == set(found.statements)


TEXTS = st.text(st.sampled_from("ab é{}\\$%&#_~^-`'?!\"@,=<>[]()"), max_size=12)


@settings(derandomize=True, deadline=None, database=None)
@given(TEXTS)
def test_escaped_text_is_read_back(text: str) -> None:
    assert plain(escaped(tidy(text))) == (tidy(text), ())


class TestWriter:
    """What is written reads back as what it was written from."""

    @pytest.mark.parametrize(
        "text", [SAMPLE, SUPPLIED, BIBLIOGRAPHY.read_text("utf-8")], ids=["sample", "record", "kb"]
    )
    def test_round_trip(self, text: str) -> None:
        first = reading(text)
        written = bibtex_format.write(first.statements)
        second = read(written, "kb/x.bib")
        assert set(second.statements) == set(first.statements)
        assert second.findings == ()
        assert bibtex_format.write(reversed(first.statements)) == written

    def test_nothing_gives_nothing(self) -> None:
        assert bibtex_format.write([]) == b""

    def test_every_field_with_a_property_has_its_place(self) -> None:
        kinds = ("article", "book", "phdthesis", "techreport")
        known = {name for kind in kinds for name in properties(kind)} | set(PEOPLE)
        assert known <= set(bibtex_format.ORDER)


class TestKnowledgeBase:
    """The bibliography of this repository."""

    def test_it_is_without_fault(self) -> None:
        assert read(BIBLIOGRAPHY.read_bytes(), "kb/bibliography.bib").findings == ()

    def test_its_works(self) -> None:
        found = read(BIBLIOGRAPHY.read_bytes(), "kb/bibliography.bib")
        works = [s.subject.removeprefix(ID.term("work/")) for s in found.statements if s.object == TM.Work]
        assert works == sorted(works)
        assert len(works) == 3 + 42 + 6
        assert {"helbig-2019", "ivanov-2013", "keating-2015", "gheciu-2008", "kydd-2001", "donnelly-nd"} <= set(works)

    def test_inherited_authors(self) -> None:
        found = read(BIBLIOGRAPHY.read_bytes(), "kb/bibliography.bib")
        for work, person in (
            ("gheciu-2008", "alexandra-gheciu"),
            ("kydd-2005", "andrew-kydd"),
            ("kydd-2001", "andrew-kydd"),
        ):
            assert objects(found, f"work/{work}", DCTERMS.creator) == [ID.term(f"person/{person}")]

    def test_keys_are_what_the_reader_would_suggest(self) -> None:
        """Keys follow one rule; the exceptions are named by their version, their number or all their authors."""
        blanked = re.sub(r"^(@\w+\{)[^,]+", r"\1", BIBLIOGRAPHY.read_text("utf-8"), flags=re.MULTILINE)
        keys = re.findall(r"^@\w+\{([^,]+),", BIBLIOGRAPHY.read_text("utf-8"), re.MULTILINE)
        suggested = [f.entity.removeprefix("work/") for f in reading(blanked).findings if f.code == "empty-key"]
        odd = {key for key, other in zip(keys, suggested, strict=True) if key != other}
        assert odd == {"cow-2016", "gleditsch-ward-1999", "iso-3166", "walton-reed-macagno-2008", "wikidata"}

    def test_one_field_a_line_in_one_order(self) -> None:
        order = {name: rank for rank, name in enumerate([*bibtex_format.ORDER])}
        for entry in BIBLIOGRAPHY.read_text("utf-8").split("\n@")[1:]:
            fields = re.findall(r"^  (\w+) += \{.*\},$", entry, re.MULTILINE)
            assert len(fields) == entry.strip().count("\n") - 1
            ranked = [order[name] for name in fields if name in order]
            assert ranked == sorted(ranked)


class TestReading:
    """What all readers share."""

    def test_origins_survive_json(self) -> None:
        origins = Origins()
        origins.add("urn:s", 3, 2)
        origins.add("urn:s", 9)
        origins.add("urn:s", 4, predicate="urn:p", value="v")
        again = Origins.from_json(json.loads(json.dumps(origins.to_json())))
        assert again == origins
        assert (again.find("urn:s", "urn:p", "v"), again.find("urn:s", "urn:q"), again.find("urn:t")) == (
            (4, 0),
            (3, 2),
            (0, 0),
        )

    def test_nquads_are_what_pyoxigraph_reads(self) -> None:
        import pyoxigraph

        values = ["", 'a "b" \\ c', "two\nlines\ttab\r", "é \U0001f5fa \x01\x7f"]
        said = [Statement("urn:s", "urn:p", Literal(value)) for value in values]
        said += [Statement("urn:s", "urn:p", Literal("1", XSD.integer)), Statement("urn:s", "urn:p", "urn:o")]
        said += [Statement("urn:s", "urn:p", Literal("Welt", RDF.langString, "de"))]
        data = to_nquads([*said, *said], "urn:g")
        quads = list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS))
        assert len(quads) == len(said)
        assert data.splitlines() == sorted(data.splitlines())
        assert {q.object.value for q in quads} == {
            s.object if isinstance(s.object, str) else s.object.value for s in said
        }

    @pytest.mark.parametrize("iri", ["", "a b", "urn:<x>", "urn:a\nb"])
    def test_what_is_no_iri_is_refused(self, iri: str) -> None:
        with pytest.raises(ValueError, match="no IRI"):
            to_nquads([Statement("urn:s", iri, "urn:o")], "urn:g")

    def test_importing_the_reader_loads_no_library(self) -> None:
        """A query on a warm cache imports the readers; it must not pay for BibTeX or LaTeX."""
        code = (
            "import sys, theorymap.readers.bibtex, theorymap.formats.bibtex; "
            "print([m for m in sys.modules if m.startswith(('bibtexparser', 'pylatexenc', 'pyoxigraph'))])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"


def test_slugs_are_ascii_where_they_can_be() -> None:
    assert [slug(word) for word in ("Straße", "Ærø", "Đặng", "???", "Îles d’Or")] == [
        "strasse",
        "aero",
        "dang",
        "",
        "iles-dor",
    ]
