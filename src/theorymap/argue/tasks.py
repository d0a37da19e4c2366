"""The tasks of the argumentation competition, answered in its own words.

Source: ICCMA 2023 rules (https://iccma2023.github.io/rules.html) for the answers to SE, DC and DS in numbers with
``w``; ICCMA 2019 for the lists in brackets, and for EE and CE.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence

from theorymap.argue.framework import Framework
from theorymap.argue.semantics import Extension, Semantics, Solver, first
from theorymap.errors import EngineError, UsageError
from theorymap.terms import nearest


class Problem(enum.Enum):
    """What is asked of a framework."""

    SOME = "SE"
    ALL = "EE"
    COUNT = "CE"
    CREDULOUS = "DC"
    SCEPTICAL = "DS"


class LimitReached(EngineError):
    """There are more extensions than were to be listed; what was found is in `answer`."""

    def __init__(self, answer: str, limit: int) -> None:
        super().__init__(
            f"there are more than {limit} extensions; only the first {limit} are listed", "Allow more with --limit."
        )
        self.answer = answer


def parse(task: str) -> tuple[Problem, Semantics]:
    """A task such as ``DS-PR``.

    Raises:
        UsageError: There is no such task; with the nearest one.
    """
    tasks = {
        f"{problem.value}-{semantics.value}": (problem, semantics) for problem in Problem for semantics in Semantics
    }
    if task.upper() not in tasks:
        near = nearest(task.upper(), tasks)
        raise UsageError(f"there is no task {task}", f"Did you mean {near}?" if near else f"Tasks: {', '.join(tasks)}.")
    return tasks[task.upper()]


def answer(
    framework: Framework,
    task: str,
    argument: str = "",
    *,
    numbers: bool = False,
    limit: int = 1000,
    timeout: float | None = None,
) -> tuple[str, str]:
    """The answer to a task, and what a reader should know besides.

    Args:
        framework: The arguments.
        task: Such as ``SE-PR``.
        argument: The name of the argument that DC and DS are about.
        numbers: Whether arguments are written as numbers behind ``w``, as for ``.af`` files; else as names in brackets.
        limit: How many extensions are listed or counted at most.
        timeout: The seconds that the search may take.

    Raises:
        UsageError: The task or the argument is unknown or missing.
        OutOfTime: The search was stopped.
        LimitReached: There are more extensions than the limit.
    """
    problem, semantics = parse(task)
    write = _as_numbers if numbers else _as_names
    solver = Solver(framework, timeout)
    if problem in (Problem.CREDULOUS, Problem.SCEPTICAL):
        return _decide(solver, problem, semantics, _place(framework, argument), write)
    if problem is Problem.SOME:
        found = solver.some(semantics)
        return ("NO", _NO_STABLE) if found is None else (write(framework, found), "")
    extensions, more = first(solver.extensions(semantics), limit)
    listed = sorted(write(framework, extension) for extension in extensions)
    words = str(len(extensions)) if problem is Problem.COUNT else f"[{','.join(listed)}]"
    if numbers and problem is Problem.ALL:
        words = "\n".join(listed)
    if more:
        raise LimitReached(words if problem is Problem.ALL else f"more than {limit}", limit)
    return words, _NO_STABLE if not extensions else ""


_NO_STABLE = "There is no stable extension."


def _decide(
    solver: Solver, problem: Problem, semantics: Semantics, place: int, write: Callable[[Framework, Extension], str]
) -> tuple[str, str]:
    """YES with an extension that holds the argument, or NO with one that does not, where it proves the answer."""
    if problem is Problem.CREDULOUS:
        witness = solver.credulous(semantics, place)
        verdict, note = ("NO", "") if witness is None else ("YES", "")
    else:
        witness = solver.missing(semantics, place)
        verdict, note = ("YES", "") if witness is None else ("NO", "")
    if semantics is Semantics.STABLE and witness is None and solver.some(semantics) is None:
        note = f"{_NO_STABLE} Whatever is said of all of them holds of none."
    return verdict if witness is None else f"{verdict}\n{write(solver.framework, witness)}", note


def _place(framework: Framework, argument: str) -> int:
    if not argument:
        raise UsageError("this task is about an argument", "Name it with -a.")
    if argument not in framework.names:
        near = nearest(argument, framework.names)
        raise UsageError(f"there is no argument {argument}", f"Did you mean {near}?" if near else "")
    return framework.names.index(argument)


def _as_names(framework: Framework, extension: Extension) -> str:
    return f"[{','.join(_names(framework, extension))}]"


def _as_numbers(framework: Framework, extension: Extension) -> str:
    return " ".join(["w", *(str(place + 1) for place in sorted(extension))])


def _names(framework: Framework, extension: Extension) -> Sequence[str]:
    return [framework.names[place] for place in sorted(extension)]
