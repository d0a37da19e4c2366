"""A table of relations, read and written into a workspace as the file of a document."""

from __future__ import annotations

from pathlib import Path

from theorymap.errors import SourceError
from theorymap.importing.relation_draft import Draft, draft
from theorymap.importing.relation_places import quotes
from theorymap.importing.relation_table import RelationTable, read
from theorymap.importing.target import Imported, Target, read_file
from theorymap.knowledge import Knowledge
from theorymap.passages import DocumentText, Quote
from theorymap.passages.letters import BrokenText
from theorymap.terms import TM


def run(knowledge: Knowledge, path: Path, *, key: str, replace: bool, dry_run: bool) -> Imported:
    """Read a table and write its draft; for the arguments see `theorymap.Workspace.import_relations`."""
    target = Target(knowledge, path, key, replace=replace)
    data = read_file(path)
    table = read(data, str(path))
    if not table.rows:
        reasons = " ".join(finding.message for finding in table.rejected) or "It holds no rows."
        raise SourceError(f"nothing can be imported from {path}: {reasons}", "Correct the file; nothing was written.")
    suffix = ".tsv" if path.suffix.lower() == ".tsv" else ".csv"
    made = draft(
        table,
        target.key,
        path.name,
        taken=target.taken,
        theories=target.named([TM.Theory]),
        quotes=_quotes(table, data, suffix),
        suffix=suffix,
    )
    target.write(made.text, dry_run=dry_run)
    return Imported(target.path, target.key, made.text, summary(table, made), table.findings, target.entry(path.name))


def summary(table: RelationTable, made: Draft) -> str:
    """How many rows were read and how many rejected, and what they came to."""
    read, rejected = len(table.rows), len(table.rejected)
    counts = {
        "theories": made.theories,
        "constructs": made.constructs,
        "propositions": made.propositions,
        "other claims": made.claims,
    }
    parts = ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
    lines = [f"{read:,} of {read + rejected:,} rows imported: {parts}"]
    lines += [f"{rejected:,} of {read + rejected:,} rows rejected"] if rejected else []
    return "\n".join(lines)


def _quotes(table: RelationTable, data: bytes, suffix: str) -> dict[int, Quote]:
    """The passages of the rows; none where the file is a table, but no document."""
    try:
        return quotes(table.rows, DocumentText.read(data, suffix))
    except BrokenText:
        return {}
