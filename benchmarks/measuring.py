"""What is timed, and what a row of the table says."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Work:
    """What is timed.

    Attributes:
        name: How the table calls it.
        command: The command line of the process.
        before: What must be done before each run; not timed.
        codes: The exit codes of a run that did its work.
        folder: Where the process runs; None for where this one does.
    """

    name: str
    command: Sequence[str]
    before: Callable[[], None] = lambda: None
    codes: tuple[int, ...] = (0,)
    folder: Path | None = None

    def seconds(self) -> float:
        """The time of one run.

        Raises:
            SystemExit: It left with another exit code.
        """
        self.before()
        none = subprocess.DEVNULL
        begun = time.perf_counter()
        done = subprocess.run(
            self.command, stdin=none, stdout=none, stderr=subprocess.PIPE, cwd=self.folder, env=environment()
        )
        taken = time.perf_counter() - begun
        if done.returncode not in self.codes:
            raise SystemExit(f"{self.name} left with exit code {done.returncode}:\n{done.stderr.decode()}")
        return taken


def environment(**more: str) -> dict[str, str]:
    """The environment of what is measured: byte code is kept, no documents are at hand, and `more`."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "THEORYMAP_DOCUMENTS")
    return {name: value for name, value in os.environ.items() if name not in unwanted} | more


@dataclass(frozen=True)
class Row:
    """A budget and what was measured of it.

    Attributes:
        work, yardstick: What was compared, in words.
        ours, theirs: Medians in seconds.
        budget: How many times the yardstick the work may take; 0 where nothing is said of it.
    """

    work: str
    yardstick: str
    ours: float
    theirs: float
    budget: float = 0

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    def __str__(self) -> str:
        met = ("within" if self.ratio <= self.budget else "**over**") if self.budget else ""
        times = f"{self.ours * 1000:,.1f} | {self.theirs * 1000:,.1f} | {self.ratio:.2f}"
        return f"| {self.work} | {self.yardstick} | {times} | {self.budget or ''} | {met} |"


HEAD = "| Work | Yardstick | Work, ms | Yardstick, ms | Ratio | Budget | |\n|---|---|--:|--:|--:|--:|---|"


def seconds(work: Callable[[], None]) -> float:
    """The time that a call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
