"""What is wrong with a knowledge base, where, and how to mend it.

Every check of theorymap returns findings; none of them raises for what an author wrote.
The codes are the headings of `docs/findings.md`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


class Severity(enum.IntEnum):
    """How much a finding matters; ordered, so that ``finding.severity >= Severity.WARNING`` reads well."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @classmethod
    def of(cls, name: str) -> Severity:
        """The severity of that lower-case name: info, warning or error."""
        return cls[name.upper()]


@dataclass(frozen=True, order=True)
class Origin:
    """A place in a file of the workspace.

    Attributes:
        file: The path relative to the workspace, with forward slashes; empty where no file is at fault.
        line: Counted from 1; 0 where the file as a whole is meant.
        column: Counted from 1; 0 where the line as a whole is meant.
    """

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return self.file + (f":{self.line}" if self.line else "") + (f":{self.column}" if self.column else "")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a knowledge base.

    Attributes:
        code: The heading in `docs/findings.md`, such as ``unknown-key``.
        severity: How much it matters.
        origin: Where it stands.
        message: What is wrong, on what, in one or two sentences without jargon.
        repair: How to mend it, in one sentence.
        entity, property, value: What it is about, as an author writes it; empty where there is none.
    """

    code: str
    severity: Severity
    origin: Origin
    message: str
    repair: str = ""
    entity: str = ""
    property: str = ""
    value: str = ""

    def sort_key(self) -> tuple[Any, ...]:
        """File, line, column, code and then the rest: the one order in which findings are shown."""
        return (self.origin, self.code, self.entity, self.property, self.value, self.message)

    def to_json(self) -> dict[str, Any]:
        """The finding as plain data, ready for `json.dumps`."""
        return asdict(self) | {"severity": self.severity.name.lower()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Finding:
        """The finding that `to_json` made plain.

        Raises:
            KeyError, TypeError: The data are not of that form.
        """
        return cls(**(data | {"severity": Severity.of(data["severity"]), "origin": Origin(**data["origin"])}))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repetition, by file, line and code."""
    return sorted(set(findings), key=Finding.sort_key)


def error(code: str, origin: Origin, message: str, repair: str = "", **about: str) -> Finding:
    """A finding that makes a check fail."""
    return Finding(code, Severity.ERROR, origin, message, repair, **about)


def warning(code: str, origin: Origin, message: str, repair: str = "", **about: str) -> Finding:
    """A finding that deserves a look."""
    return Finding(code, Severity.WARNING, origin, message, repair, **about)
