"""Questions asked of a knowledge base: found in folders, told their parameters, answered as a Table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theorymap.query.catalogue import Catalogue, Entry
from theorymap.query.model import Parameter, Query

if TYPE_CHECKING:
    from theorymap.query.answer import bind, run

__all__ = ["Catalogue", "Entry", "Parameter", "Query", "bind", "run"]


def __getattr__(name: str) -> object:
    """Load what answers only when it is asked for: the catalogue needs no engine."""
    if name in ("bind", "run"):
        from theorymap.query import answer

        return getattr(answer, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
