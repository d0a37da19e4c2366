"""Mappings between definitions, constructs and claims: a table in SSSOM (https://w3id.org/sssom/) with tab-separated columns.

The table begins with lines of metadata behind `#`, as SSSOM has them. `predicate_modifier` Not on skos:closeMatch says
that two things share a name only. `rests_on` is an extension of ours: claims or works that support the row.
"""

from __future__ import annotations

import csv
import io
import re

from theorymap.findings import Finding, Origin, error
from theorymap.readers import Literal, Origins, Reading, Statement
from theorymap.terms import ID, PREFIXES, RDF, TM, nearest

NEEDED = ("mapping_id", "subject_id", "predicate_id", "object_id", "mapping_justification", "author_id", "comment")
COLUMNS = (*NEEDED, "predicate_modifier", "rests_on")
_PREFIXES = PREFIXES | {"semapv": "https://w3id.org/semapv/vocab/"}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*\Z")
_LISTED = {
    "subject_id": TM.mapsFrom,
    "object_id": TM.mapsTo,
    "author_id": TM.mappingAuthor,
    "rests_on": TM.mappingRestsOn,
}


def read(data: bytes, file: str, register: str = "register/mappings") -> Reading:
    """The mappings of an SSSOM table, one node a row.

    A row at fault gives a finding and nothing else; the other rows are read.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        at = data[: problem.start].count(b"\n") + 1
        return Reading(
            (), Origins(), (error("not-utf-8", Origin(file, at), "The file is not UTF-8.", "Save it as UTF-8."),)
        )
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        return Reading(
            (),
            Origins(),
            (error("empty-file", Origin(file, 1), "The file has no header.", f"Begin with {', '.join(NEEDED)}."),),
        )
    header = next(csv.reader(io.StringIO(lines[0][1]), delimiter="\t"))
    faults = _header_faults(header, Origin(file, lines[0][0]))
    if faults:
        return Reading((), Origins(), tuple(faults))
    statements = [Statement(ID + register, RDF.type, TM.Register)]
    origins, findings, seen = Origins(), [], dict[str, int]()
    for number, line in lines[1:]:
        row = dict(zip(header, next(csv.reader([line], delimiter="\t")), strict=False))
        problems = _row_faults(row, Origin(file, number), seen)
        findings += problems
        if not problems:
            statements += _row(row, ID + register, number, origins)
            seen[row["mapping_id"]] = number
    return Reading(tuple(statements), origins, tuple(findings))


def _header_faults(header: list[str], at: Origin) -> list[Finding]:
    faults = []
    for name in header:
        if name not in COLUMNS:
            near = nearest(name, COLUMNS)
            faults.append(
                error(
                    "unknown-key",
                    at,
                    f"No column is called {name}.",
                    f"Did you mean {near}?" if near else "Delete it.",
                    value=name,
                )
            )
    missing = [name for name in NEEDED if name not in header]
    if missing and not faults:
        faults.append(
            error("missing-column", at, f"The columns {', '.join(missing)} are missing.", "Add them to the header.")
        )
    return faults


def _row_faults(row: dict[str, str], at: Origin, seen: dict[str, int]) -> list[Finding]:
    empty = [name for name in NEEDED if not row.get(name, "").strip()]
    if empty:
        return [error("empty-value", at, f"The row has no {', '.join(empty)}.", "Fill the cells.")]
    if row["mapping_id"] in seen:
        first = seen[row["mapping_id"]]
        return [
            error(
                "repeated-value", at, f"{row['mapping_id']} stands in line {first} already.", "Give the row its own id."
            )
        ]
    bad = [
        value
        for name in ("mapping_id", "predicate_id", "mapping_justification", *_LISTED)
        for value in row.get(name, "").split("|")
        if value and _expand(value) is None
    ]
    return [
        error(
            "bad-identifier", at, f"{value!r} is no identifier.", "Write prefix:name, such as id:claim/x.", value=value
        )
        for value in bad
    ]


def _expand(name: str) -> str | None:
    prefix, colon, rest = name.strip().partition(":")
    if not colon or prefix not in _PREFIXES:
        return None
    if prefix == "id" and not _NAME.match(rest):
        return None
    return _PREFIXES[prefix] + rest


def _row(row: dict[str, str], register: str, line: int, origins: Origins) -> list[Statement]:
    subject = _expand(row["mapping_id"]) or ""
    predicate = _expand(row["predicate_id"]) or ""
    if row.get("predicate_modifier", "") == "Not":
        predicate = TM.sharesNameOnlyWith
    origins.add(subject, line)
    found = [
        Statement(register, TM.codes, subject),
        Statement(subject, RDF.type, TM.Mapping),
        Statement(subject, TM.mappingPredicate, predicate),
        Statement(subject, TM.mappingJustification, Literal(row["comment"].strip())),
        Statement(subject, TM.mappingMethod, _expand(row["mapping_justification"]) or ""),
    ]
    for name, prop in _LISTED.items():
        found += [Statement(subject, prop, _expand(value) or "") for value in row.get(name, "").split("|") if value]
    return found
