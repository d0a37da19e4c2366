"""Tables for other programs: separated values, and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from theorymap.render.lines import flat
from theorymap.table import Cell, Comparison, Grid, Source, Status, Table, worded


def table_csv(table: Table) -> str:
    """A table as CSV (RFC 4180): `Table.wide`."""
    return separated(table.wide())


def table_long(table: Table) -> str:
    """A table as CSV: `Table.long`."""
    return separated(table.long())


def table_tsv(table: Table) -> str:
    """A table as values with tabs between, every cell in one line: `Table.wide`."""
    return separated(table.wide(), "\t", flat)


def separated(grid: Grid, delimiter: str = ",", cleaned: Callable[[str], str] = str) -> str:
    """Heads and rows as CSV (RFC 4180); a blank is an empty cell, and a text that looks like a formula stays a text.

    Args:
        cleaned: What is done to each text.
    """
    head, rows = grid
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if delimiter == "," else "\n")
    writer.writerow([cleaned(name) for name in head])
    writer.writerows([cleaned("" if value is None else worded(value)) for value in row] for row in rows)
    return out.getvalue()


def table_json(table: Table) -> str:
    """A table as SPARQL 1.1 Query Results JSON, with the variables `status` and `sources` added to each row.

    A comparison, which is no rows of one answer, has a form of its own.
    """
    if isinstance(table, Comparison):
        return comparison(table)
    names = [column.name for column in table.columns]
    bindings = []
    for row, (*_, status, sources) in zip(table.rows, table.wide()[1], strict=True):
        bound = {name: _binding(cell) for name, cell in zip(names, row, strict=True) if cell.data() is not None}
        bound["status"] = {"type": "literal", "value": str(status)}
        if sources:
            bound["sources"] = {"type": "literal", "value": str(sources)}
        bindings.append(bound)
    data = {"head": {"vars": [*names, "status", "sources"]}, "results": {"bindings": bindings}}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _binding(cell: Cell) -> dict[str, str]:
    if cell.iri:
        return {"type": "uri", "value": cell.iri}
    binding = {"type": "literal", "value": str(cell)}
    kinds = {bool: "boolean", int: "integer", float: "decimal"}
    if type(cell.value) in kinds:
        binding["datatype"] = f"http://www.w3.org/2001/XMLSchema#{kinds[type(cell.value)]}"
    return binding


def comparison(table: Comparison) -> str:
    """A comparison as JSON: the things, and for each dimension what is said of each, by whom and where."""
    items, searched = table.columns[1:], table.searched()
    numbers = {known: number for number, known in enumerate(searched)}
    rows = [
        {
            "dimension": row[0].value,
            "id": row[0].iri,
            "coverage": coverage,
            "cells": {column.name: _cell(cell, numbers) for column, cell in zip(items, row[1:], strict=True)},
        }
        for row, coverage in zip(table.rows, table.coverage, strict=True)
    ]
    data = {
        "question": table.title,
        "items": [{"id": c.name, "name": c.title, "values": n} for c, n in zip(items, table.counts, strict=True)],
        "dimensions": table.dimensions,
        "notes": list(table.notes),
        "cited": dict(table.cited),
        "searched": [[_source(source) for source in sources] for sources in searched.values()],
        "rows": rows,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _cell(cell: Cell, searched: Mapping[int, int]) -> dict[str, Any]:
    """A cell; a blank has the number of what was searched for it."""
    if cell.value is None:
        return {"status": cell.status.value, "values": [], "searched": searched[id(cell.sources)]}
    values = [
        {
            "value": part.value,
            "status": part.status.value,
            "conflicting": part.opposed or part.status is Status.CONFLICTING,
            "sources": [_source(source) for source in part.sources],
        }
        for part in cell.single()
    ]
    return {"status": cell.status.value, "values": values}


def _source(source: Source) -> dict[str, str]:
    return {"document": source.document, "place": source.place, "said": source.said}
