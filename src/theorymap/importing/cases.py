"""A table of cases by variables, read from a file and written into a workspace as the file of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from theorymap.errors import SourceError
from theorymap.findings import Finding, Origin, in_order, warning
from theorymap.importing import case_draft
from theorymap.importing.case_draft import Draft
from theorymap.importing.table_draft import Known
from theorymap.importing.target import Imported, Target, nothing_read, read_file, table_suffix
from theorymap.knowledge import Knowledge
from theorymap.passages import BrokenText
from theorymap.passages.cells import read
from theorymap.passages.letters import decode
from theorymap.terms import SKOS, TM
from theorymap.wording import counted

_CODES: dict[str, str] = {TM.cowCode: "cow", TM.gwCode: "gw", TM.isoCode: "iso"}


def run(
    knowledge: Knowledge, path: Path, *, key: str, missing: Sequence[str], coder: str, replace: bool, dry_run: bool
) -> Imported:
    """Read a table and write it into the workspace, as the file of a document whose passages are cells.

    Args:
        knowledge: The workspace.
        path: A `.csv` or `.tsv` file; its first line names the columns.
        key: The key that the document is to have; empty for the name of the file.
        missing: What besides nothing and a full stop stands in a cell without a value, such as ``NA``.
        coder: The agent of the workspace who answers for the import; empty where a human is to fill it in.
        replace: Whether the file of a document that has the key already is written over.
        dry_run: Whether nothing is written.

    Returns:
        The file of the document, what was read and rejected, and findings on the rejected.

    Raises:
        UsageError: The file is no table, the key cannot be used, the document has a file already, or the coder is no
            agent of the workspace.
        SourceError: The file cannot be read, or none of its rows.
    """
    table_suffix(path)
    target = Target(knowledge, path, key, replace=replace)
    answering = target.agent(coder)
    try:
        table = read(decode(read_file(path)))
    except BrokenText as problem:
        raise SourceError(f"{path}: {problem}", problem.hint) from problem
    cases = target.meanings([TM.Case], _CODES)
    alone = {name: id for name, several in cases.items() if len(several) == 1 for id in several}
    shared = {name: several for name, several in cases.items() if len(several) > 1}
    known = Known(alone, target.named([TM.Variable]), target.taken, shared, _lists(knowledge))
    made = case_draft.draft(table, target.key, known, missing=missing, holders=target.creators)
    if not made.rows:
        reasons = [f"Line {line}: {reason}." for line, reason in made.rejected]
        raise nothing_read(path, reasons, table.head.line)
    draft = case_draft.text(made, path.name, answering)
    findings = _findings(made, Origin(str(path), table.head.line))
    return target.imported(draft, summary(made), findings, made.used, dry_run=dry_run)


def _lists(knowledge: Knowledge) -> dict[tuple[str, str], list[str]]:
    """What each state is called in the lists of states, by list and code, the name of the list first."""
    stated = knowledge.stated
    return {
        (str(listed.object).rpartition("/")[2], str(code.object)): [
            str(quad.object) for name in (SKOS.prefLabel, SKOS.altLabel) for quad in stated.quads(listed.subject, name)
        ]
        for listed in stated.quads(None, SKOS.inScheme)
        for code in stated.quads(listed.subject, SKOS.notation)
    }


def summary(made: Draft) -> str:
    """How much was read and how much was rejected."""
    rows, cells = made.rows + len(made.rejected), made.cells + len(made.left)
    slots = {"cases": "case", "variables": "variable", "claims": "observation"}
    return "\n".join(
        [
            f"{made.rows:,} of {counted(rows, 'row')} read, {len(made.rejected):,} rejected",
            f"{made.cells:,} of {counted(cells, 'value')} read, {len(made.left):,} rejected",
            f"{counted(made.missing, 'cell')} without a value",
            ", ".join(counted(len(made.slots.get(slot, ())), noun) for slot, noun in slots.items()),
        ]
    )


def _findings(made: Draft, head: Origin) -> list[Finding]:
    repair = "Mend the table and import it again, or leave it out."
    rows = [
        warning("row-not-imported", Origin(head.file, line), f"The row was not read: {reason}.", repair)
        for line, reason in made.rejected
    ]
    cells = [
        warning("cell-not-imported", Origin(head.file, line), f"A value was not read: {reason}.", repair)
        for line, reason in made.left
    ]
    wrong = "If the code is wrong, mend the table and import it again."
    lacking = "If the code is right, enter it where the case stands."
    remarks = [
        *_told("another-code", made.remarks.recoded, head.file, wrong),
        *_told("another-name", made.remarks.renamed, head.file, wrong),
        *_told("code-not-entered", made.remarks.uncoded, head.file, lacking),
        *_told("code-of-two-cases", made.remarks.doubled, head.file, wrong),
    ]
    own = "Several columns are called {}; each is a variable of its own."
    columns = [
        warning("repeated-value", head, own.format(heading), "Give them names of their own.", value=heading)
        for heading in made.repeated
    ]
    return in_order([*columns, *rows, *cells, *remarks])


def _told(code: str, remarks: Iterable[tuple[int, str]], file: str, repair: str) -> list[Finding]:
    """A finding for each remark on a row."""
    return [warning(code, Origin(file, line), f"{told}.", repair) for line, told in remarks]
