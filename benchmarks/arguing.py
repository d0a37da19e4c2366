"""The budgets of arguments weighed: a labelling, one extension, and an enumeration that is stopped."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import Row, Work, seconds

from theorymap.argue.framework import Framework, grounded
from theorymap.formats.frameworks import write_apx

_ENCODINGS = Path(__file__).resolve().parent.parent / "src" / "theorymap" / "argue" / "encodings"
_THEORYMAP = "import sys; from theorymap.cli import main; sys.exit(main())"
_TIMEOUT = 2.0


def rows(folder: Path, runs: int, *, quick: bool, medians: Callable[..., list[float]]) -> Iterator[Row]:
    """A row for each budget.

    Args:
        folder: For the files that are weighed.
        runs: How often each work is timed.
        quick: Whether small frameworks are enough.
        medians: From works to their median times, run in turn.
    """
    yield labelling(100 if quick else 100_000, runs)
    yield extension(folder, 100 if quick else 10_000, medians)
    yield stopped(folder, medians)


def labelling(size: int, runs: int) -> Row:
    """The grounded labelling against the least that a worklist must do."""
    framework = sparse(size)
    targets, counts = framework.targets, [len(attackers) for attackers in framework.attackers]

    def bare() -> None:
        worklist(targets, list(counts))

    def ours() -> None:
        grounded(framework)

    taken = [[seconds(work) for work in (ours, bare)] for _ in range(runs + 1)][1:]
    first, second = (statistics.median(column) for column in zip(*taken, strict=True))
    return Row(f"the grounded labelling of {size:,} arguments", "a bare worklist", first, second, 2)


def worklist(targets: list[list[int]], counts: list[int]) -> bytearray:
    """Labels as numbers: 0 undecided, 1 in, 2 out."""
    labels = bytearray(len(targets))
    ready = [argument for argument, number in enumerate(counts) if not number]
    while ready:
        argument = ready.pop()
        labels[argument] = 1
        for target in targets[argument]:
            if not labels[target]:
                labels[target] = 2
                for other in targets[target]:
                    counts[other] -= 1
                    if not counts[other] and not labels[other]:
                        ready.append(other)
    return labels


def extension(folder: Path, size: int, medians: Callable[..., list[float]]) -> Row:
    """One preferred extension, as a process, against clingo called on the same file with the same encoding."""
    path = folder / "debate.apx"
    path.write_bytes(write_apx(sparse(size)))
    task = [sys.executable, "-c", _THEORYMAP, "argue", "--file", str(path), "--task", "SE-PR"]
    encodings = [str(_ENCODINGS / f"{name}.lp") for name in ("admissible", "preferred")]
    options = ["--heuristic=Domain", "--enum-mode=domRec", "--models=1", "--warn=none"]
    # clingo leaves with 10 where it found an answer, with 30 where it searched everything; its Python module with 0.
    bare = Work("clingo", [sys.executable, "-m", "clingo", *options, *encodings, str(path)], codes=(0, 10, 30))
    ours, theirs = medians(Work("argue", task), bare)
    return Row(f"`theorymap argue --task SE-PR`, {size:,} arguments", "clingo called directly", ours, theirs, 1.2)


def stopped(folder: Path, medians: Callable[..., list[float]]) -> Row:
    """An enumeration that never ends, against its limit and one second."""
    path = folder / "triangles.apx"
    size = 300
    attacks = tuple((a, b) for a in range(size) for b in range(size) if a // 3 == b // 3 and a != b)
    path.write_bytes(write_apx(Framework(tuple(map(str, range(size))), attacks)))
    options = ["--task", "CE-PR", "--limit", "1000000000", "--timeout", str(_TIMEOUT)]
    task = [sys.executable, "-c", _THEORYMAP, "argue", "--file", str(path), *options]
    (ours,) = medians(Work("stopped", task, codes=(3,)))
    return Row(f"an enumeration with `--timeout {_TIMEOUT:g}`", "the limit and one second", ours, _TIMEOUT + 1, 1)


def sparse(size: int) -> Framework:
    """Arguments of which each attacks three others at random, the same ones in every run."""
    chance = random.Random(size)
    pairs = dict.fromkeys((chance.randrange(size), chance.randrange(size)) for _ in range(3 * size))
    return Framework(tuple(map(str, range(size))), tuple(pairs))
