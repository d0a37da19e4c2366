"""The whole of it: check, answer every question, export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from theorymap.cache import write_whole
from theorymap.errors import UsageError
from theorymap.findings import Severity
from theorymap.formats import FORMATS
from theorymap.render.markdown import table_markdown
from theorymap.report import Report
from theorymap.table import Table
from theorymap.wording import counted
from theorymap.workspace import Workspace

EXPORTS = ("turtle", "trig", "jsonld", "bibtex")


@dataclass(frozen=True)
class Built:
    """What was built.

    Attributes:
        report: What the checks found.
        holdings: How many entities of each class there are.
        answers: The questions that were answered, with the number of rows. One whose examples this knowledge base does
            not hold is left out.
        written: The files that were written.
        shown: The answer to the question that the workspace wants shown; None if it names none.
    """

    report: Report
    holdings: Table
    answers: dict[str, int]
    written: tuple[Path, ...]
    shown: Table | None = None

    def screen(self) -> str:
        """One screen: what the knowledge base holds, what was built, where to look."""
        counts = {str(row[0]): row[1].value for row in self.holdings.rows}
        held = ", ".join(counted(int(number or 0), name) for name, number in counts.items())
        lines = [f"The knowledge base holds {held}."] if held else []
        if not self.written:
            return "\n".join([*lines, "Nothing was written: mend the errors above first."])
        folder = self.written[0].parent
        lines.append(f"{len(self.answers)} questions answered: {folder / 'answers'}{'/'}")
        lines += [f"written: {path}" for path in self.written]
        lines.append("Next: theorymap query (the questions), theorymap trace NAME (one thing, and on whose word).")
        return "\n".join(lines)


def build(workspace: Workspace, folder: Path) -> Built:
    """Check a workspace and, if no error is found and no step failed, write answers and exports.

    Args:
        workspace: The workspace.
        folder: Where to write: `answers/` with one Markdown file a question, and one file an export.

    Raises:
        OutputError: The folder cannot be written.
    """
    report = workspace.check()
    if report.at_least(Severity.ERROR) or report.failed:
        holdings = workspace.stats() if not _basis_broken(report) else Table("holdings", (), ())
        return Built(report, holdings, {}, ())
    answers, shown = {}, None
    for query in workspace.questions():
        try:
            table = workspace.query(query.name, **query.examples())
        except UsageError:
            continue  # its examples are things of another knowledge base
        if query.name == workspace.layout.show:
            shown = table
        write_whole(folder / "answers" / f"{query.name}.md", table_markdown(table).encode())
        answers[query.name] = len(table)
    written = []
    for name in EXPORTS:
        path = folder / f"theorymap{FORMATS[name].suffix}"
        write_whole(path, workspace.export(name))
        written.append(path)
    return Built(report, workspace.stats(), answers, tuple(written), shown)


def _basis_broken(report: Report) -> bool:
    return any(step.name == "files" and step.findings for step in report.steps)
