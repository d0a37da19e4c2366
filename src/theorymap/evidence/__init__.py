"""Predictions beside observations: what follows from the facts that a question selects.

`exclusion` says when two values exclude each other, `rules` judges, `reading` makes evidence of rows, `trials`,
`crucial` and `conflicts` make tables of it, `telling` finds what would tell two theories apart.
"""

from __future__ import annotations

from collections.abc import Callable

from theorymap.evidence.conflicts import conflicts
from theorymap.evidence.crucial import crucial
from theorymap.evidence.trials import trials
from theorymap.table import Table

COMPUTED: dict[str, Callable[[Table], Table]] = {"trials": trials, "crucial": crucial, "conflicts": conflicts}
"""What a question can have computed from its rows, by the name under `x-then` in its header."""
