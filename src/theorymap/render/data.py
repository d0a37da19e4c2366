"""Tables for other programs: CSV by values, and comparisons as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from theorymap.table import Cell, Comparison, Source, worded

Grid = tuple[list[str], list[list[str | int | float | bool | None]]]


def separated(grid: Grid, delimiter: str = ",", cleaned: Callable[[str], str] = str) -> str:
    """Heads and rows as CSV (RFC 4180); a blank is an empty cell, and a text that looks like a formula stays a text.

    Args:
        cleaned: What is done to each text.
    """
    import csv

    head, rows = grid
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if delimiter == "," else "\n")
    writer.writerow([cleaned(name) for name in head])
    writer.writerows([cleaned("" if value is None else worded(value)) for value in row] for row in rows)
    return out.getvalue()


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
        {"value": part.value, "status": part.status.value, "sources": [_source(source) for source in part.sources]}
        for part in cell.single()
    ]
    return {"status": cell.status.value, "values": values}


def _source(source: Source) -> dict[str, str]:
    return {"document": source.document, "place": source.place, "said": source.said}
