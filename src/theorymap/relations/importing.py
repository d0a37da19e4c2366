"""A table of relations, read and written into a workspace as the file of a document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from theorymap import drafting, importing
from theorymap.cache import write_whole
from theorymap.errors import SourceError
from theorymap.findings import Finding
from theorymap.knowledge import Knowledge
from theorymap.passages import DocumentText, Quote
from theorymap.passages.letters import BrokenText
from theorymap.relations.draft import Draft, draft
from theorymap.relations.places import quotes
from theorymap.relations.table import RelationTable, read
from theorymap.sources import graph_of
from theorymap.terms import RDF, RDFS, TM, short


@dataclass(frozen=True)
class ImportedRelations:
    """What an import came to.

    Attributes:
        path: The file of the document.
        key: The key of the document.
        table: The rows that were read, and those that were rejected.
        result: What stands in the file, or would stand in it.
        entry: The BibTeX entry that the bibliography still needs; empty where it has one.
    """

    path: Path
    key: str
    table: RelationTable
    result: Draft
    entry: str

    @property
    def draft(self) -> bytes:
        """What stands in the file, or would stand in it."""
        return self.result.text

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Each rejected row, by number and reason, and each row that repeats another."""
        return self.table.findings

    def summary(self) -> str:
        """How many rows were read and how many rejected, and what they came to."""
        read, rejected = len(self.table.rows), len(self.table.rejected)
        counts = {
            "theories": self.result.theories,
            "constructs": self.result.constructs,
            "propositions": self.result.propositions,
            "other claims": self.result.claims,
        }
        parts = ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
        lines = [f"{read:,} of {read + rejected:,} rows imported: {parts}"]
        lines += [f"{rejected:,} of {read + rejected:,} rows rejected"] if rejected else []
        return "\n".join(lines)


def run(knowledge: Knowledge, path: Path, *, key: str, replace: bool, dry_run: bool) -> ImportedRelations:
    """Read a table and write its draft; for the arguments see `theorymap.Workspace.import_relations`."""
    key = importing.key_for(key, path)
    target = importing.target_of(knowledge, key, replace=replace)
    own = graph_of(knowledge.sources.layout.name(target))
    data = importing.read_file(path)
    table = read(data, str(path))
    if not table.rows:
        reasons = " ".join(finding.message for finding in table.rejected) or "It holds no rows."
        raise SourceError(f"nothing can be imported from {path}: {reasons}", "Correct the file; nothing was written.")
    suffix = ".tsv" if path.suffix.lower() == ".tsv" else ".csv"
    result = draft(
        table,
        key,
        path.name,
        taken=importing.taken(knowledge, own),
        theories=_theories(knowledge, own),
        quotes=_quotes(table, data, suffix),
        suffix=suffix,
    )
    if not dry_run:
        write_whole(target, result.text)
    entry = "" if importing.has_work(knowledge, key) else drafting.entry(key, path.name)
    return ImportedRelations(target, key, table, result, entry)


def _quotes(table: RelationTable, data: bytes, suffix: str) -> dict[int, Quote]:
    """The passages of the rows; none where the file is a table, but no document."""
    try:
        return quotes(table.rows, DocumentText.read(data, suffix))
    except BrokenText:
        return {}


def _theories(knowledge: Knowledge, own: str) -> dict[str, str]:
    """The theories of other files by their names in small letters, where only one has the name."""
    theories = {str(q.subject) for q in knowledge.stated.quads(None, RDF.type, TM.Theory) if str(q.graph) != own}
    named: dict[str, set[str]] = defaultdict(set)
    for quad in knowledge.stated.quads(None, RDFS.label):
        if str(quad.subject) in theories:
            named[str(quad.object).casefold()].add(short(str(quad.subject)))
    return {name: id for name, ids in named.items() if len(ids) == 1 for id in ids}
