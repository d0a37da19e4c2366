"""Everything that is known of one thing, a table an aspect."""

from __future__ import annotations

from dataclasses import replace

from theorymap.documents import Documents
from theorymap.errors import UsageError
from theorymap.knowledge import Knowledge
from theorymap.passages import Quote
from theorymap.query.answer import run
from theorymap.table import Cell, Column, Source, Status, Table
from theorymap.terms import expanded, short


def trace(knowledge: Knowledge, id: str) -> list[Table]:
    """The answers of the queries in `queries/trace/` that ask about something of its kind, those with rows.

    Raises:
        UsageError: There is none.
    """
    iri, store = expanded(id, knowledge.base), knowledge.store
    types = {
        short(str(row[0])).partition(":")[2] for row in store.select(f"SELECT DISTINCT ?t WHERE {{ <{iri}> a ?t }}")
    }
    tables = []
    for query in knowledge.catalogue.group("trace"):
        wanted = {parameter.type for parameter in query.parameters}
        if wanted & (types | {"Thing"}):
            table = run(query, store, {query.parameters[0].name: iri})
            tables += [table] if len(table) else []
    if not tables:
        raise UsageError(f"nothing is known of {id} beyond its name")
    return tables


def with_words(table: Table, documents: Documents) -> Table:
    """A table that names passages, with their words as far as the documents are at hand; any other table as it is."""
    if not {"document", "section", "from", "to"} <= {column.name for column in table.columns}:
        return table
    rows = []
    for record, row in zip(table.records(), table.rows, strict=True):
        document, section, first, last = (
            str(record[name].value or "") for name in ("document", "section", "from", "to")
        )
        words = documents.text(document.removeprefix("work/"), Quote(section, first, last))
        cell = Cell(words, (Source(document, section),)) if words else Cell(None, (), Status.NOT_REPORTED)
        rows.append((*row, cell))
    columns = (*table.columns, Column("words", "Words of the passage"))
    return replace(table, columns=columns, rows=tuple(rows))
