"""Extensions of a framework: complete, preferred and stable sets, found by a solver.

The grounded labelling is worked out first (`framework.grounded`): what it settles is settled in every complete
extension, so only the rest is searched. The encodings are in `encodings/`; the definitions that they follow are those
of Dung 1995, named there.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterator, Sequence

from theorymap.argue.framework import Framework, Label, grounded
from theorymap.solver import Clock, OutOfTime, answers, encoding

__all__ = ["Extension", "OutOfTime", "Semantics", "Solver", "first"]


class Semantics(enum.Enum):
    """Which sets of arguments are extensions; the values are ICCMA's names."""

    COMPLETE = "CO"
    GROUNDED = "GR"
    PREFERRED = "PR"
    STABLE = "ST"


Extension = frozenset[int]

_MAXIMAL = ("--heuristic=Domain", "--enum-mode=domRec")


class Solver:
    """Searches one framework; what its grounded labelling settles is not searched again."""

    def __init__(self, framework: Framework, timeout: float | None = None) -> None:
        """Label the framework.

        Args:
            framework: The arguments.
            timeout: The seconds that all searches together may take; None for as long as they need.
        """
        self.framework, self._clock = framework, Clock(timeout)
        labels = grounded(framework)
        self._settled = frozenset(number for number, label in enumerate(labels) if label is Label.IN)
        self._rest = [number for number, label in enumerate(labels) if label is Label.UNDECIDED]

    def extensions(self, semantics: Semantics) -> Iterator[Extension]:
        """Every extension once, in the order in which they are found.

        Raises:
            OutOfTime: The time is over; what was found before was yielded.
        """
        if semantics is Semantics.GROUNDED:
            yield self._settled
        else:
            for found in self._search(*_PROGRAMS[semantics], maximal=semantics is Semantics.PREFERRED):
                yield self._settled | found

    def some(self, semantics: Semantics) -> Extension | None:
        """One extension, or None where there is none, which can be so under stable semantics only."""
        return next(self.extensions(semantics), None)

    def credulous(self, semantics: Semantics, argument: int) -> Extension | None:
        """An extension that holds the argument, or None.

        What is in a preferred or complete extension is what is in an admissible set (Dung 1995, theorem 11).
        """
        if argument in self._settled:
            return self.some(semantics)
        if semantics is Semantics.GROUNDED or argument not in self._rest:
            return None
        programs = _PROGRAMS[Semantics.STABLE] if semantics is Semantics.STABLE else _PROGRAMS[Semantics.COMPLETE]
        found = next(self._search(*programs, facts=f":- not in({argument})."), None)
        if found is not None and semantics is Semantics.PREFERRED:
            more = self._search("admissible", "preferred", facts=_all_in(found), maximal=True)
            found = next(more)
        return None if found is None else self._settled | found

    def missing(self, semantics: Semantics, argument: int) -> Extension | None:
        """An extension that does not hold the argument: proof that it is not accepted sceptically; or None."""
        if argument in self._settled:
            return None
        if semantics in (Semantics.GROUNDED, Semantics.COMPLETE):
            return self._settled
        if argument not in self._rest:
            return self.some(semantics)
        if semantics is Semantics.STABLE:
            found = next(self._search(*_PROGRAMS[semantics], facts=f":- in({argument})."), None)
        else:
            found = self._preferred_without(argument)
        return None if found is None else self._settled | found

    def _preferred_without(self, argument: int) -> Extension | None:
        """A preferred extension of the rest without the argument.

        A set that is maximal among the admissible sets without the argument is preferred unless an admissible set
        above it holds the argument; then whatever lies below that set is out of the question
        (after the scheme of CEGARTIX: Dvořák, Järvisalo, Wallner and Woltran, Artificial Intelligence 206, 2014).
        """
        rules = [f":- in({argument})."]
        while True:
            found = next(self._search("admissible", "preferred", facts="\n".join(rules), maximal=True), None)
            if found is None:
                return None
            with_it = f"{_all_in(found)} :- not in({argument})."
            larger = next(self._search("admissible", "preferred", facts=with_it, maximal=True), None)
            if larger is None:
                return found
            outside = [f"not in({other})" for other in self._rest if other not in larger]
            if not outside:
                return None
            rules.append(f":- {', '.join(outside)}.")

    def smallest_defence(self, wanted: Sequence[int], counted: Sequence[int]) -> Extension | None:
        """A smallest admissible set that holds one of some arguments; None where there is none.

        Args:
            wanted: The arguments one of which is to be held.
            counted: The arguments that count for the size.
        """
        facts = [f"wanted({argument})." for argument in wanted] + [f"counted({argument})." for argument in counted]
        best = None
        for found in self._search("admissible", "defence", facts=" ".join(facts), whole=True):
            best = found
        return best

    def _search(
        self, *programs: str, facts: str = "", maximal: bool = False, whole: bool = False
    ) -> Iterator[Extension]:
        """The answers of clingo, as sets of places in the framework.

        Args:
            programs: Names of encodings.
            facts: What is added to them.
            maximal: Whether only maximal sets are wanted; the programs must then hold ``preferred``.
            whole: Whether the whole framework is searched, and not only what the grounded labelling leaves open.
        """
        kept = range(len(self.framework.names)) if whole else self._rest
        program = "\n".join([*(encoding("theorymap.argue", name) for name in programs), self._facts(kept), facts])
        for shown in answers(program, self._clock, _MAXIMAL if maximal else ()):
            yield frozenset(numbers[0] for _, numbers in shown)

    def _facts(self, kept: Sequence[int]) -> str:
        among = set(kept)
        lines = [f"arg({a})." for a in kept]
        lines += [f"att({a},{b})." for a in kept for b in self.framework.targets[a] if b in among]
        return "\n".join(lines)


_PROGRAMS = {
    Semantics.COMPLETE: ("admissible", "complete"),
    Semantics.PREFERRED: ("admissible", "preferred"),
    Semantics.STABLE: ("admissible", "stable"),
}


def _all_in(arguments: Extension) -> str:
    return " ".join(f":- not in({argument})." for argument in sorted(arguments))


def first(found: Iterator[Extension], limit: int) -> tuple[list[Extension], bool]:
    """Up to a number of extensions, and whether there are more."""
    kept = list(itertools.islice(found, limit))
    return kept, next(found, None) is not None
