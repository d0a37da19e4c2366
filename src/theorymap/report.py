"""What the checks of a workspace come to; kept apart from the checks, so that a kept report is shown without them."""

from __future__ import annotations

import enum
from dataclasses import asdict, dataclass, field
from typing import Any

from theorymap.findings import Finding, Severity


class State(enum.Enum):
    """What became of a step."""

    DONE = "done"
    NOT_ASKED = "not asked for"
    NOT_RUN = "not run"
    FAILED = "could not be done"


@dataclass(frozen=True)
class Step:
    """How one step went.

    Attributes:
        name: One of `theorymap.check.STEPS`.
        state: What became of it.
        findings: How many findings it gave.
        reason: Why it was not run or could not be done; empty otherwise.
    """

    name: str
    state: State
    findings: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Verification:
    """How the passages of one document fared: the number of each fate, and findings."""

    document: str
    at_hand: bool
    counts: dict[str, int]
    findings: list[Finding]


@dataclass(frozen=True)
class Report:
    """What the checks found.

    Attributes:
        findings: All findings, by file, line and code.
        steps: One a step, in the order of `theorymap.check.STEPS`.
        verifications: How the passages of each document fared, by document.
    """

    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    verifications: tuple[Verification, ...] = field(default=())

    @property
    def failed(self) -> bool:
        """Whether a step could not be done."""
        return any(step.state is State.FAILED for step in self.steps)

    def at_least(self, severity: Severity) -> int:
        """How many findings are of that severity or above."""
        return sum(finding.severity >= severity for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The report as plain data, ready for `json.dumps`."""
        return {
            "findings": [finding.to_json() for finding in self.findings],
            "steps": [asdict(step) | {"state": step.state.value} for step in self.steps],
            "verifications": [
                vars(one) | {"findings": [finding.to_json() for finding in one.findings]} for one in self.verifications
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Report:
        """The report that `to_json` made plain.

        Raises:
            KeyError, TypeError, ValueError: The data are not of that form.
        """
        return cls(
            tuple(map(Finding.from_json, data["findings"])),
            tuple(Step(**(step | {"state": State(step["state"])})) for step in data["steps"]),
            tuple(
                Verification(**(one | {"findings": list(map(Finding.from_json, one["findings"]))}))
                for one in data["verifications"]
            ),
        )
