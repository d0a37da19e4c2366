"""Work that hears no signal, waited for in a way that does.

The engine works outside of Python's reach: neither Ctrl-C nor an alarm ends a query.
So it runs in a daemon thread, and what ends is the waiting. What makes many objects is spared the search for garbage.
"""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from theorymap.errors import EngineError, TheorymapError

T = TypeVar("T")
_SLICE = 0.1
_abandoned: list[threading.Event] = []


class QueryTimeout(EngineError):
    """A query that took longer than it was given."""


def busy() -> bool:
    """Whether work that nobody waits for is still going on.

    A process that ends the usual way would wait for it or crash: leave it with `os._exit`.
    """
    return any(not done.is_set() for done in _abandoned)


def patiently(work: Callable[[], T], timeout: float | None) -> T:
    """What the work returns or raises; Ctrl-C and the time limit (in seconds) end the waiting, not the work.

    Raises:
        QueryTimeout: The time is over.
        EngineError: The work failed with an error of the operating system or of the engine.
    """
    outcome: list[T] = []
    failure: list[BaseException] = []
    # An event, because an interrupted Thread.join declares the thread dead.
    done = threading.Event()

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as problem:  # carried over into the waiting thread
            # The engine's rows may be dropped by the thread alone that made them.
            import traceback

            traceback.clear_frames(problem.__traceback__)
            failure.append(problem)
        finally:
            done.set()

    try:
        threading.Thread(target=run, daemon=True, name="theorymap-query").start()
        _wait(done, timeout)
    except (KeyboardInterrupt, QueryTimeout):
        _abandoned.append(done)
        raise
    if failure:
        raise _told(failure[0])
    return outcome[0]


def _wait(done: threading.Event, timeout: float | None) -> None:
    # Slices, because on some systems a wait without limit does not hear Ctrl-C.
    end = None if timeout is None else time.monotonic() + timeout
    while not done.wait(_SLICE if end is None else max(0.0, min(_SLICE, end - time.monotonic()))):
        if end is not None and time.monotonic() >= end:
            raise QueryTimeout(f"the query did not finish within {timeout:g} s", "Allow it more time, or ask for less.")


def _told(problem: BaseException) -> BaseException:
    if isinstance(problem, OSError | RuntimeError) and not isinstance(problem, TheorymapError):
        return EngineError(f"the query could not be evaluated: {problem}")
    return problem


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for garbage: among many small objects that all live on it takes longer than making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
