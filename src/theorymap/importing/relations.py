"""A table of relations, read and written into a workspace as the file of a document."""

from __future__ import annotations

from pathlib import Path

from theorymap.errors import SourceError
from theorymap.importing.relation_draft import Draft, draft
from theorymap.importing.relation_places import quotes, skipped
from theorymap.importing.relation_table import RelationTable, read
from theorymap.importing.table_draft import Known
from theorymap.importing.target import Imported, Target, nothing_read, read_file, table_suffix
from theorymap.knowledge import Knowledge
from theorymap.passages import BrokenText, DocumentText
from theorymap.terms import TM
from theorymap.wording import counted

_SHOWN = 10


def run(knowledge: Knowledge, path: Path, *, key: str, coder: str, replace: bool, dry_run: bool) -> Imported:
    """Read a table and write its draft; for the arguments see `theorymap.Workspace.import_relations`."""
    suffix = table_suffix(path)
    target = Target(knowledge, path, key, replace=replace)
    answering = target.agent(coder)
    data = read_file(path)
    try:
        whole = read(data, str(path))
        document = DocumentText.read(data, suffix)
    except BrokenText as problem:
        raise SourceError(f"{path}: {problem}", problem.hint) from problem
    places = quotes(whole.rows, document)
    table = whole.proved(places)
    if not table.rows:
        reasons = [f"Line {rejection.origin.line}: {rejection.finding.message}" for rejection in table.rejected]
        raise nothing_read(path, reasons, table.head)
    made = draft(
        table,
        target.key,
        path.name,
        places,
        known=Known(target.named([TM.Theory]), target.named([TM.Construct]), target.taken),
        skipped=skipped(table, document),
        holders=target.creators,
        coder=answering,
        suffix=suffix,
    )
    return target.imported(made.text, summary(table, made), table.findings, made.used, dry_run=dry_run)


def summary(table: RelationTable, made: Draft) -> str:
    """How many rows were read and how many rejected, and what they came to."""
    read, rejected = len(table.rows), len(table.rejected)
    counts = {
        "theory": made.theories,
        "construct": made.constructs,
        "proposition": made.propositions,
        "other claim": sum(made.plain.values()),
    }
    parts = ", ".join(counted(number, kind) for kind, number in counts.items())
    rows = counted(read + rejected, "row")
    lines = [f"{read:,} of {rows} imported: {parts}"]
    lines += [f"{rejected:,} of {rows} rejected"] if rejected else []
    shown = [f"{words} ({count:,})" for words, count in list(made.plain.items())[:_SHOWN]]
    more = f" and {len(made.plain) - _SHOWN:,} more" if len(made.plain) > _SHOWN else ""
    lines += [f"kept in their own words, as other claims: {', '.join(shown)}{more}"] if shown else []
    return "\n".join(lines)
