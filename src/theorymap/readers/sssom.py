"""Mappings between definitions, constructs and claims: a table in SSSOM (https://w3id.org/sssom/).

Its columns are separated by tabs, and it begins with lines of metadata behind `#`, as SSSOM has them.
`predicate_modifier` Not on skos:closeMatch says that two things share a name only. `rests_on` is an extension of ours:
claims or works that support the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from theorymap.findings import Finding, Origin, error
from theorymap.readers import Literal, Origins, Reading, Statement
from theorymap.terms import ID, RDF, TM, nearest, prefixes

Prefixes = Mapping[str, str]

NEEDED = ("mapping_id", "subject_id", "predicate_id", "object_id", "mapping_justification", "author_id", "comment")
COLUMNS = (*NEEDED, "predicate_modifier", "rests_on")
_SEMAPV = "https://w3id.org/semapv/vocab/"
_OURS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*\Z")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]+)*\Z")
_LISTED = {
    "subject_id": TM.mapsFrom,
    "object_id": TM.mapsTo,
    "author_id": TM.mappingAuthor,
    "rests_on": TM.mappingRestsOn,
}
_TABS = "Put a tab between each two cells, and no spaces for it; an empty cell has its tab too."
_IDENTIFIERS = ("mapping_id", "predicate_id", "mapping_justification", *_LISTED)


def read(data: bytes, file: str, base: str = ID, register: str = "register/mappings") -> Reading:
    """The mappings of an SSSOM table, one node a row.

    A row at fault gives a finding and nothing else; the other rows are read.

    Args:
        base: What the prefix ``id`` stands for.
        register: The short identifier of the whole table.
    """
    known = prefixes(base) | {"semapv": _SEMAPV}
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        at = Origin(file, data[: problem.start].count(b"\n") + 1)
        return _nothing(error("not-utf-8", at, "The file is not UTF-8.", "Save it as UTF-8."))
    # Only these end a line; str.splitlines would cut a comment at any of eight other characters.
    numbered = enumerate(re.split(r"\r\n|\r|\n", text), start=1)
    lines = [(number, _cells(line)) for number, line in numbered if line.strip() and not line.startswith("#")]
    if not lines:
        repair = f"Begin with the names of the columns: {', '.join(NEEDED)}."
        return _nothing(error("empty-file", Origin(file, 1), "The file has no header.", repair))
    header = lines[0][1]
    faults = list(_header_faults(header, Origin(file, lines[0][0])))
    if faults:
        return _nothing(*faults)
    statements = [Statement(base + register, RDF.type, TM.Register)]
    origins, findings, seen = Origins(), [], dict[str, int]()
    origins.add(base + register, 1)
    for number, cells in lines[1:]:
        row = dict(zip(header, cells, strict=False))
        at = Origin(file, number)
        problems = [*_width_faults(cells, header, at)] or [*_row_faults(row, at, seen, known)]
        findings += problems
        if not problems:
            statements += _row(row, base + register, number, origins, known)
            seen[row["mapping_id"]] = number
    return Reading(tuple(statements), origins, tuple(findings))


def _nothing(*findings: Finding) -> Reading:
    return Reading((), Origins(), findings)


def _cells(line: str) -> list[str]:
    """The cells of a line; quotation marks around a whole cell are taken off, doubled ones within it halved."""
    cells = [cell.strip() for cell in line.split("\t")]
    return [c[1:-1].replace('""', '"') if len(c) > 1 and c[0] == c[-1] == '"' else c for c in cells]


def _header_faults(header: list[str], at: Origin) -> Iterator[Finding]:
    for place, name in enumerate(header):
        together = re.split(r"[\s,;]+", name)
        if len(together) > 1 and set(together) <= set(COLUMNS):
            message = f"No tab stands between the columns {', '.join(together)}."
            yield error("missing-tab", at, message, _TABS, value=name)
        elif name not in COLUMNS:
            near = nearest(name, COLUMNS)
            repair = f"Did you mean {near}?" if near else "Delete it."
            yield error("unknown-key", at, f"No column is called {name}.", repair, value=name)
        elif name in header[:place]:
            yield error("repeated-value", at, f"The column {name} stands twice.", "Delete one of the two.", value=name)
    missing = [name for name in NEEDED if name not in header]
    if missing and set(header) <= set(COLUMNS):
        yield error("missing-column", at, f"The columns {', '.join(missing)} are missing.", "Add them to the header.")


def _width_faults(cells: list[str], header: list[str], at: Origin) -> Iterator[Finding]:
    """A row that is short may have two cells in one, the second of which nobody would miss."""
    if any(cells[len(header) :]):
        yield error("wrong-shape", at, "The row has more cells than the header.", "Delete the cells, or a stray tab.")
    elif len(cells) < len(header):
        held = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        yield error("missing-tab", at, f"The row has {held} and the header {len(header)}.", _TABS)


def _row_faults(row: dict[str, str], at: Origin, seen: dict[str, int], known: Prefixes) -> Iterator[Finding]:
    empty = [name for name in NEEDED if not row.get(name)]
    if empty:
        yield error("empty-value", at, f"The row has no {', '.join(empty)}.", "Fill the cells.")
        return
    name, modifier = row["mapping_id"], row.get("predicate_modifier", "")
    if name in seen:
        message = f"{name} stands in line {seen[name]} already."
        yield error("repeated-value", at, message, "Give the row an id of its own.", value=name)
    if modifier not in ("", "Not"):
        message = f"{modifier!r} is no value of predicate_modifier."
        yield error("unknown-value", at, message, "Write Not, or leave the cell empty.", value=modifier)
    values = {column: _listed(row, column) if column in _LISTED else [row.get(column, "")] for column in _IDENTIFIERS}
    bad = [value for listed in values.values() for value in listed if value and _expand(value, known) is None]
    if not name.startswith("id:"):
        bad.append(name)
    for value in dict.fromkeys(bad):
        message = f"{value!r} is no identifier."
        yield error("bad-identifier", at, message, "Write prefix:name, such as id:claim/x.", value=value)


def _listed(row: dict[str, str], column: str) -> list[str]:
    """The values of a cell, which stand between upright lines."""
    return [value for value in (part.strip() for part in row.get(column, "").split("|")) if value]


def _expand(name: str, known: Prefixes) -> str | None:
    prefix, colon, rest = name.partition(":")
    form = _OURS if prefix == "id" else _NAME
    return known[prefix] + rest if colon and prefix in known and form.match(rest) else None


def _row(row: dict[str, str], register: str, line: int, origins: Origins, known: Prefixes) -> list[Statement]:
    subject = _expand(row["mapping_id"], known) or ""
    predicate = _expand(row["predicate_id"], known) or ""
    if row.get("predicate_modifier") == "Not":
        predicate = TM.sharesNameOnlyWith
    origins.add(subject, line)
    found = [
        Statement(register, TM.codes, subject),
        Statement(subject, RDF.type, TM.Mapping),
        Statement(subject, TM.mappingPredicate, predicate),
        Statement(subject, TM.mappingJustification, Literal(row["comment"])),
        Statement(subject, TM.mappingMethod, _expand(row["mapping_justification"], known) or ""),
    ]
    for name, prop in _LISTED.items():
        found += [Statement(subject, prop, _expand(value, known) or "") for value in _listed(row, name)]
    return found
