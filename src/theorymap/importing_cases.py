"""A table of cases by variables, read from a file and written into a workspace as the file of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from theorymap import drafting, importing, tabulating
from theorymap.cache import write_whole
from theorymap.errors import SourceError, UsageError
from theorymap.findings import Finding, Origin, in_order, warning
from theorymap.knowledge import Knowledge
from theorymap.passages import BrokenText
from theorymap.passages.cells import read
from theorymap.passages.letters import decode
from theorymap.sources import graph_of
from theorymap.tabulating import Draft, Known
from theorymap.terms import DCTERMS, ID, RDF, RDFS, SKOS, TM

_SUFFIXES = (".csv", ".tsv")


@dataclass(frozen=True)
class ImportedCases:
    """What an import of a table came to.

    Attributes:
        path: The file of the document.
        key: The key of the document.
        draft: What stands in the file, or would stand in it.
        made: The rows and cells that were read and those that were not.
        findings: One for each row or cell that was rejected, with its line.
        entry: The BibTeX entry that the bibliography still needs; empty where it has one.
    """

    path: Path
    key: str
    draft: bytes
    made: Draft
    findings: tuple[Finding, ...]
    entry: str

    def summary(self) -> str:
        """How much was read and how much was rejected."""
        rows, cells = self.made.rows + len(self.made.rejected), self.made.cells + len(self.made.left)
        lines = [f"{self.made.rows:,} of {rows:,} rows read, {len(self.made.rejected):,} rejected"]
        lines.append(f"{self.made.cells:,} of {cells:,} values read, {len(self.made.left):,} rejected")
        lines.append(f"{self.made.missing:,} cells without a value")
        slots = {slot: len(self.made.slots.get(slot, ())) for slot in ("cases", "variables", "claims")}
        lines.append(f"{slots['cases']:,} cases, {slots['variables']:,} variables, {slots['claims']:,} observations")
        return "\n".join(lines)


def run(
    knowledge: Knowledge, path: Path, *, key: str, missing: Sequence[str], coder: str, replace: bool, dry_run: bool
) -> ImportedCases:
    """Read a table and write it into the workspace, as the file of a document whose passages are cells.

    Args:
        knowledge: The workspace.
        path: A `.csv` or `.tsv` file; its first line names the columns.
        key: The key that the document is to have; empty for the name of the file.
        missing: What besides nothing and a full stop stands in a cell without a value, such as ``NA``.
        coder: The agent who answers for the import; empty where a human is to fill it in.
        replace: Whether the file of a document that has the key already is written over.
        dry_run: Whether nothing is written.

    Returns:
        The file of the document, what was read and rejected, and findings on the rejected.

    Raises:
        UsageError: The file is no table, the key cannot be used, or the document has a file already.
        SourceError: The file cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(f"{path.name} is no table", f"These are: {', '.join(_SUFFIXES)}.")
    key = importing.key_for(key, path)
    layout = knowledge.sources.layout
    target = layout.kb[0] / "documents" / f"{key}.yaml"
    if target.exists() and not replace:
        raise UsageError(f"{target} exists already", "Give another --key, or write over it with --replace.")
    try:
        table = read(decode(importing.read_file(path)))
    except BrokenText as problem:
        raise SourceError(f"{path}: {problem}", problem.hint) from problem
    known = _known(knowledge, graph_of(layout.name(target)))
    holders = sorted(
        str(quad.object).removeprefix(ID) for quad in knowledge.stated.quads(f"{ID}work/{key}", DCTERMS.creator)
    )
    made = tabulating.draft(table, key, known, missing=missing, holders=holders)
    draft = tabulating.text(made, key, path.name, coder)
    if not dry_run:
        write_whole(target, draft)
    entry = "" if importing.has_work(knowledge, key) else drafting.entry(key, path.stem).replace("@misc", "@dataset")
    return ImportedCases(target, key, draft, made, tuple(_findings(made, str(path))), entry)


def _findings(made: Draft, file: str) -> list[Finding]:
    repair = "Mend the table and import it again, or leave it out."
    rows = [
        warning("row-not-imported", Origin(file, line), f"The row was not read: {reason}.", repair)
        for line, reason in made.rejected
    ]
    cells = [
        warning("cell-not-imported", Origin(file, line), f"A value was not read: {reason}.", repair)
        for line, reason in made.left
    ]
    return in_order([*rows, *cells])


def _known(knowledge: Knowledge, own: str) -> Known:
    """What the workspace has, but for what only the file to be written has."""
    quads = [quad for quad in knowledge.stated.quads() if quad.graph != own]
    taken = {str(quad.subject).removeprefix(ID) for quad in quads if str(quad.subject).startswith(ID)}
    kinds = {TM.Case: knowledge.store.quads(None, RDF.type, TM.Case)}
    kinds[TM.Variable] = knowledge.store.quads(None, RDF.type, TM.Variable)
    found = {}
    for kind, typed in kinds.items():
        ids = {str(quad.subject).removeprefix(ID) for quad in typed} & taken
        named: defaultdict[str, set[str]] = defaultdict(set)
        for quad in quads:
            id = str(quad.subject).removeprefix(ID)
            if id not in ids:
                continue
            if quad.predicate in (RDFS.label, SKOS.altLabel):
                named[str(quad.object).casefold()].add(id)
            elif quad.predicate in _CODES:
                named[f"{_CODES[quad.predicate]} {quad.object}"].add(id)
        for id in ids:
            named[id].add(id)
        found[kind] = {name: one for name, several in named.items() if len(several) == 1 for one in several}
    return Known(found[TM.Case], found[TM.Variable], taken)


_CODES: dict[str, str] = {TM.cowCode: "cow", TM.gwCode: "gw", TM.isoCode: "iso"}
