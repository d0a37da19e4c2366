"""``theorymap check``."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from theorymap.cli.options import colour, documents_option, emit, open_workspace, output_option, workspace_option

if TYPE_CHECKING:
    from theorymap.report import Report


@click.command("check")
@click.option("--only", multiple=True, metavar="STEP", help="Run this step only; may be repeated.")
@click.option("--skip", multiple=True, metavar="STEP", help="Leave this step out; may be repeated.")
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error", "never"]),
    default="error",
    show_default=True,
    help="From which severity on the exit code is 1.",
)
@click.option(
    "--format", "shown", type=click.Choice(["text", "json", "github"]), default="text", help="How findings are shown."
)
@output_option
@documents_option
@workspace_option
def command(
    only: tuple[str, ...],
    skip: tuple[str, ...],
    fail_on: str,
    shown: str,
    output: str | None,
    documents: str | None,
    folder: str,
) -> None:
    """Find what is wrong with the knowledge base: file, line, what, and how to mend it.

    Steps: files, identifiers, queries, shapes, owl, passages, hygiene, questions.

    \b
    Example: theorymap check --documents ~/papers
    """
    from theorymap.findings import Severity
    from theorymap.render.findings import FINDINGS, findings_text

    workspace = open_workspace(folder, documents)
    report = workspace.check(only=only, skip=skip, progress=_progress)
    if shown == "text":
        emit(findings_text(report.findings, colour=colour() and not output), output)
    else:
        emit(FINDINGS[shown](report.findings), output)
    click.echo(summary(report), err=True)
    if report.failed:
        sys.exit(3)
    if fail_on != "never" and report.at_least(Severity.of(fail_on)):
        sys.exit(1)


def _progress(name: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{name} ...", nl=False, err=True)


def summary(report: Report) -> str:
    """What was checked, in a few lines."""
    from theorymap.report import State

    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    counts = Counter(finding.severity.name.lower() for finding in report.findings)
    said = ", ".join(f"{n} {name}{'s' if n != 1 else ''}" for name, n in counts.items()) or "no findings"
    done = [step.name for step in report.steps if step.state is State.DONE]
    lines = [f"{clear}checked {', '.join(done) or 'nothing'}: {said}"]
    return "\n".join([*lines, *unsettled(report), *passages(report)])


def unsettled(report: Report) -> list[str]:
    """The steps that were not run or could not be done, a line for each reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for step in report.steps:
        if step.reason:
            reasons.setdefault((step.state.value, step.reason), []).append(step.name)
    return [f"{', '.join(names)} {state}: {reason}" for (state, reason), names in reasons.items()]


def passages(report: Report) -> list[str]:
    """How the passages fared, a line a document."""
    lines = []
    for one in report.verifications:
        met = ", ".join(f"{number} {_FATES.get(fate, fate)}" for fate, number in one.counts.items()) or "none"
        lines.append(f"passages of {one.document}: {met}" + ("" if one.at_hand else " (the document is not at hand)"))
    return lines


_FATES = {"untried": "could not be tried", "unlocked": "not locked", "stale": "no longer named"}
