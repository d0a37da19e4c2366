"""The answer to a question: rows of cells, each with its sources and a status.

A cell with a value has a source, or says that it is inferred, background, or a blank of a stated sort.
A cell without sources that is none of these cannot be made: that every cell leads to a page is decided here alone.
"""

from theorymap.table.cell import NOTHING, Cell, Source, Status, worded
from theorymap.table.comparison import IN_DISPUTE, Comparison
from theorymap.table.rows import NO_ANSWER, Column, Grid, Table

__all__ = [
    "IN_DISPUTE",
    "NOTHING",
    "NO_ANSWER",
    "Cell",
    "Column",
    "Comparison",
    "Grid",
    "Source",
    "Status",
    "Table",
    "worded",
]
