"""Answers to programs of rules, found by clingo; the only module that imports it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from theorymap.errors import EngineError

if TYPE_CHECKING:
    import clingo

_POLL = 0.05

Atom = tuple[str, tuple[int, ...]]
"""What an answer holds: a name and its numbers."""


class OutOfTime(EngineError):
    """The solver was stopped before it was done."""


class Clock:
    """The time that several searches together may take; it runs from when it is made."""

    def __init__(self, timeout: float | None = None) -> None:
        self.timeout = timeout
        self._end = None if timeout is None else time.monotonic() + timeout

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return self._end is not None and time.monotonic() >= self._end


def encoding(package: str, name: str) -> str:
    """The program in `encodings/` of a package."""
    return resources.files(package).joinpath("encodings", f"{name}.lp").read_text(encoding="utf-8")


def answers(program: str, clock: Clock, options: Sequence[str] = ()) -> Iterator[list[Atom]]:
    """The answers to a program one after the other, each with the atoms that it shows, in no order.

    Args:
        program: The rules; all arguments of shown atoms are numbers.
        clock: How long it may take.
        options: Of clingo.

    Raises:
        OutOfTime: The time is over; what was found before was yielded.
    """
    import clingo

    control = clingo.Control(["--warn=none", "--models=0", *options], logger=lambda code, message: None)
    control.add("base", [], program)
    control.ground([("base", [])])
    with control.solve(yield_=True, async_=True) as handle:
        while True:
            _wait(handle, clock)
            model = handle.model()
            if model is None:
                return
            shown = model.symbols(shown=True)
            yield [(atom.name, tuple(argument.number for argument in atom.arguments)) for atom in shown]
            handle.resume()


def _wait(handle: clingo.SolveHandle, clock: Clock) -> None:
    """Wait for the next answer, in slices, so that Ctrl-C and the limit are heard."""
    while not handle.wait(_POLL):
        if clock.over:
            handle.cancel()
            raise OutOfTime(f"no answer within {clock.timeout:g} s", "Allow more time with --timeout.")
    if clock.over:
        handle.cancel()
        raise OutOfTime(f"not done within {clock.timeout:g} s", "Allow more time with --timeout.")
