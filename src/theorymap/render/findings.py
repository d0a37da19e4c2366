"""Findings as text, JSON and GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from theorymap.findings import Finding, Severity
from theorymap.render.lines import coloured, flat

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def findings_text(findings: Sequence[Finding], *, colour: bool = False) -> str:
    """Findings grouped by file, each with its line, its message and its repair."""
    lines: list[str] = []
    file = None
    for finding in findings:
        if finding.origin.file != file:
            file = finding.origin.file
            lines += [*([""] if lines else []), coloured(file or "(the knowledge base as a whole)", "1", colour)]
        place = (
            f"{finding.origin.line}:{finding.origin.column}"
            if finding.origin.column
            else str(finding.origin.line or "")
        )
        severity = coloured(finding.severity.name.lower(), _COLOURS[finding.severity], colour)
        lines.append(f"  {place:>7}  {severity} [{finding.code}] {flat(finding.message)}")
        if finding.repair:
            lines.append(f"           {flat(finding.repair)}")
    return "\n".join(lines) + ("\n" if lines else "")


def findings_json(findings: Sequence[Finding]) -> str:
    """Findings as a JSON list, in the order given."""
    return json.dumps([finding.to_json() for finding in findings], ensure_ascii=False, indent=1) + "\n"


def findings_github(findings: Sequence[Finding]) -> str:
    """Findings as workflow commands, which GitHub shows beside the lines of a pull request.

    Source: GitHub, "Workflow commands for GitHub Actions", setting an error, warning or notice message.
    """
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    lines = []
    for finding in findings:
        keys = {
            "file": finding.origin.file,
            "line": finding.origin.line,
            "col": finding.origin.column,
            "title": finding.code,
        }
        about = ",".join(f"{key}={_github(str(value), ',:')}" for key, value in keys.items() if value)
        message = f"{finding.message} {finding.repair}".strip()
        lines.append(f"::{names[finding.severity]} {about}::{_github(message)}\n")
    return "".join(lines)


def _github(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


FINDINGS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": findings_text,
    "json": findings_json,
    "github": findings_github,
}
