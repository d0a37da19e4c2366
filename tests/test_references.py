"""RIS and CSL-JSON: what their specifications allow, the same bytes always, and exactly the losses that are stated."""

from __future__ import annotations

import functools
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from theorymap.formats import FORMATS, csl, ris
from theorymap.formats.works import Person, Work, works
from theorymap.readers import Statement, bibtex
from workspaces import ROOT, make, repository

BIBLIOGRAPHY = r"""
@article{na-2004, author = {de Hoop Scheffer, Jaap and {North Atlantic Treaty Organization} and Kegley, Jr., Charles W},
  title = {NA, NO \& {\"u}ber}, journal = {ER  - Review}, volume = {9}, number = {2}, pages = {29--40}, year = {2004},
  doi = {10.1/x}, url = {https://example.org/?a=1&b=2}, keywords = {trust, alliances}, rights = {CC0}, eprint = {e1},
  note = {One
  TY  - BOOK}}
@incollection{b-2001, author = {Reed, Ada}, editor = {Osei, Daniel}, title = {A Part}, booktitle = {A Whole},
  publisher = {Quay}, address = {Lund}, edition = {2}, series = {Things}, pages = {7}, year = {2001}, isbn = {1-2}}
@phdthesis{c-1999, author = {Reed, Ada}, title = {T}, school = {Lund}, year = {1999}}
@mastersthesis{d-1999, author = {Reed, Ada}, title = {M}, school = {Lund}, year = {1999}}
@techreport{e-2000, author = {Reed, Ada}, title = {R}, institution = {I}, number = {7}, year = {in press}}
@misc{f, title = {Only a title}}
@online{g-2011, author = {Reed, Ada}, title = {O}, url = {https://x.org}, date = {2011-11-01}}
"""


@functools.cache
def statements() -> tuple[Statement, ...]:
    """What the bibliography above says."""
    return tuple(bibtex.read(BIBLIOGRAPHY.encode(), "b.bib").statements)


def known() -> dict[str, Work]:
    return {work.key: work for work in works(statements())}


def read_ris(data: bytes) -> list[dict[str, list[str]]]:
    """The records of a RIS file, tags to values: a reader of its own, by the letter of the specification."""
    found: list[dict[str, list[str]]] = []
    text = data.decode()
    assert text.count("\n") == text.count("\r\n") == text.count("\r")
    for line in filter(None, text.split("\r\n")):
        tag = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert tag, line
        if tag[1] == "TY":
            found.append({})
        found[-1].setdefault(tag[1], []).append(tag[2])
    assert all(next(iter(record)) == "TY" and list(record)[-1] == "ER" and record["ER"] == [""] for record in found)
    assert all(len(record["TY"]) == 1 for record in found)
    return found


def ris_of(key: str) -> dict[str, list[str]]:
    return next(record for record in read_ris(ris.write(statements())) if record["ID"] == [key])


def csl_of(key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in json.loads(csl.write(statements())) if item["id"] == key)
    return found


def test_a_record_of_ris() -> None:
    """Hostile words in a field make no tag; a particle belongs to the family name; a range has two ends."""
    record = ris_of("na-2004")
    assert record["AU"] == [
        "de Hoop Scheffer, Jaap",
        "North Atlantic Treaty Organization",
        "Kegley, Charles W, Jr.",
    ]
    assert record["TY"] == ["JOUR"] and record["TI"] == ["NA, NO & über"] and record["JO"] == ["ER - Review"]
    assert (record["VL"], record["IS"], record["SP"], record["EP"]) == (["9"], ["2"], ["29"], ["40"])
    assert record["N1"] == ["One TY - BOOK"] and record["KW"] == ["trust", "alliances"]
    assert (record["DO"], record["UR"]) == (["10.1/x"], ["https://example.org/?a=1&b=2"])
    part = ris_of("b-2001")
    assert (part["TY"], part["T2"], part["ED"]) == (["CHAP"], ["A Whole"], ["Osei, Daniel"])
    assert part["SP"] == ["7"] and "EP" not in part
    assert (part["PB"], part["CY"], part["ET"], part["T3"], part["SN"]) == (
        ["Quay"],
        ["Lund"],
        ["2"],
        ["Things"],
        ["1-2"],
    )
    assert "PY" not in ris_of("e-2000") and ris_of("f")["TY"] == ["GEN"]


def test_an_item_of_csl() -> None:
    item = csl_of("na-2004")
    assert item["author"] == [
        {"family": "Hoop Scheffer", "given": "Jaap", "non-dropping-particle": "de"},
        {"literal": "North Atlantic Treaty Organization"},
        {"family": "Kegley", "given": "Charles W", "suffix": "Jr."},
    ]
    assert item["type"] == "article-journal" and item["issued"] == {"date-parts": [[2004]]}
    assert (item["issue"], item["page"], item["container-title"]) == ("2", "29–40", "ER - Review")
    assert item["custom"] == {"eprint": "e1", "rights": "CC0"}
    assert csl_of("c-1999")["genre"] == "PhD thesis" and csl_of("d-1999")["genre"] == "Master's thesis"
    assert csl_of("e-2000")["issued"] == {"literal": "in press"} and csl_of("e-2000")["number"] == "7"
    assert csl_of("g-2011")["issued"] == {"date-parts": [[2011, 11, 1]]}
    assert csl_of("f") == {"id": "f", "type": "document", "title": "Only a title"}


TEXT = """annote DOI ISBN ISSN URL collection-title container-title edition genre issue keyword language note
number"""
KEYS = {"id", "type", "author", "editor", "issued", "custom", "page", "publisher", "publisher-place", "title", "volume"}
TYPES = """article-journal book chapter dataset document manuscript pamphlet paper-conference report standard thesis
webpage"""


@pytest.mark.parametrize("source", ["ours", "repository"])
def test_csl_keeps_to_its_schema(source: str) -> None:
    """Keys, types, parts of names and dates of the input schema 1.0.2."""
    data = csl.write(statements()) if source == "ours" else repository().export("csl")
    items = json.loads(data)
    assert len(items) > 5 and [item["id"] for item in items] == sorted(item["id"] for item in items)
    for item in items:
        assert set(item) <= {*TEXT.split(), *KEYS} and item["type"] in TYPES.split()
        assert all(isinstance(value, str) and value for key, value in item.items() if key in {*TEXT.split(), "title"})
        for name in itertools.chain(item.get("author", ()), item.get("editor", ())):
            assert set(name) <= {"family", "given", "non-dropping-particle", "suffix", "literal"}
            assert ("literal" in name) != ("family" in name) and all(name.values())
        issued = item.get("issued", {"literal": "none"})
        assert set(issued) in ({"date-parts"}, {"literal"})
        assert all(isinstance(n, int) for part in issued.get("date-parts", ()) for n in part)


def csl_read(item: dict[str, Any]) -> dict[str, Any]:
    """The fields of a work from its item, as far as nothing is lost."""
    names = {
        **{"title": "title", "collection-title": "series", "volume": "volume", "edition": "edition", "page": "pages"},
        **{"publisher-place": "address", "DOI": "doi", "URL": "url", "ISBN": "isbn", "note": "note", "issue": "number"},
        **{"number": "number", "keyword": "keywords"},
        "container-title": "journal" if item["type"] == "article-journal" else "booktitle",
    }
    return {names[key]: value for key, value in item.items() if key in names} | item.get("custom", {})


_BODIES = {"publisher", "institution", "school", "organization"}


def test_csl_loses_what_it_says_and_no_more() -> None:
    """Fields, years and people come back; the body behind the work comes back under one name."""
    for key, work in known().items():
        item = csl_of(key)
        date = work.fields.get("date", work.year)
        assert csl_read(item) == {n: v for n, v in work.fields.items() if n not in _BODIES and n != "date"}
        assert item.get("publisher", "") == "; ".join(v for n, v in work.fields.items() if n in _BODIES)
        parts = item.get("issued", {}).get("date-parts", [[]])[0]
        assert "-".join(f"{part:02}" for part in parts) == date or item["issued"]["literal"] == date
        for role in ("author", "editor"):
            people = [
                Person(n.get("literal") or n["family"], n.get("given", ""), n.get("non-dropping-particle", ""),
                       n.get("suffix", ""), "literal" in n)
                for n in item.get(role, ())
            ]  # fmt: skip
            assert people == work.people.get(role, [])


_RIS_FIELDS = {
    **{"TI": "title", "T2": "booktitle", "JO": "journal", "T3": "series", "VL": "volume", "IS": "number"},
    **{"ET": "edition", "CY": "address", "SN": "isbn", "DO": "doi", "UR": "url", "DA": "date", "N1": "note"},
}


def test_ris_loses_what_it_says_and_no_more() -> None:
    lost = {"rights", "annote", "eprint"}
    for key, work in known().items():
        record = ris_of(key)
        back = {name: record[tag][0] for tag, name in _RIS_FIELDS.items() if tag in record}
        kept = {
            n: " ".join(v.split()) for n, v in work.fields.items() if n not in {*_BODIES, *lost, "pages", "keywords"}
        }
        assert back == kept
        assert "–".join(record.get("SP", []) + record.get("EP", [])) == work.fields.get("pages", "")
        assert ", ".join(record.get("KW", [])) == work.fields.get("keywords", "")
        assert record.get("PB", []) == [v for n, v in work.fields.items() if n in _BODIES]
        assert record.get("PY", []) == re.findall(r"\d{4}", work.year)
        assert len(record.get("AU", [])) == len(work.people.get("author", []))
    assert lost & set(known()["na-2004"].fields)
    assert ris_of("c-1999")["TY"] == ris_of("d-1999")["TY"]


@pytest.mark.parametrize("name", ["ris", "csl"])
def test_the_registry_has_them(name: str, tmp_path: Path) -> None:
    """The same bytes whatever the order; nothing but works; every loss in words; one suffix each."""
    format = FORMATS[name]
    module = {"ris": ris, "csl": csl}[name]
    assert module.write(statements()) == module.write(reversed(statements()))
    assert format.loses and all(loss and not loss.endswith(".") for loss in format.loses)
    assert len({other.suffix for other in FORMATS.values()}) == len(FORMATS)
    data = make(tmp_path).export(name)
    assert b"reed-1999" in data and b"claim/walls" not in data
    works_of_the_repository = (ROOT / "kb" / "bibliography.bib").read_text().count("\n@")
    assert repository().export(name).count(b"\nID  - " if name == "ris" else b'\n  "id": ') >= works_of_the_repository


def test_nothing_is_an_empty_file() -> None:
    assert ris.write(()) == b"" and json.loads(csl.write(())) == []
