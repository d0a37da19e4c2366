"""Questions asked of a knowledge base: found in folders, told their parameters, answered as a Table."""

from theorymap.query.answer import bind, run
from theorymap.query.catalogue import Catalogue, Entry
from theorymap.query.model import Parameter, Query

__all__ = ["Catalogue", "Entry", "Parameter", "Query", "bind", "run"]
