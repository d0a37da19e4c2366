"""What stops the tool, and the exit code that it leaves with.

TheorymapError          exit 3: the tool could not do its job
├── WorkspaceError      no workspace, or one whose settings cannot be used
├── SourceError         a file that must be read cannot be
├── EngineError         a reasoner or validator that will not start or did not finish
├── OutputError         the output cannot be written
└── UsageError          exit 2: an unknown query, parameter, format or name

What is wrong with the *content* of a knowledge base is never an exception: it is a `theorymap.findings.Finding`.
"""

from __future__ import annotations


class TheorymapError(Exception):
    """The root of all errors that theorymap raises on purpose.

    Attributes:
        hint: How to mend it, in one sentence; empty if the message says it all.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class WorkspaceError(TheorymapError):
    """There is no workspace, or its settings cannot be used."""


class SourceError(TheorymapError):
    """A file that must be read cannot be."""


class EngineError(TheorymapError):
    """A reasoner or validator that will not start or did not finish."""


class OutputError(TheorymapError):
    """The output cannot be written."""


class UsageError(TheorymapError):
    """An unknown query, parameter, format or name."""

    exit_code = 2
