"""Comparisons: long rows of item, dimension, value, status and sources, pivoted to a table with a column for each item.

What is selected is decided by the queries in `queries/pivot/`: one for each kind, one for the dimensions that are shown
even where nothing is said, and two that say what was searched.
A value keeps its own sources even where several share a cell; what two voices say otherwise of one thing is conflicting;
a blank names the sections that were searched.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from theorymap.compare.facts import Facts, gather
from theorymap.compare.pivot import table
from theorymap.compare.searched import nothing, texts
from theorymap.errors import UsageError
from theorymap.query import names
from theorymap.query.catalogue import Catalogue
from theorymap.query.model import Query, parameter_lines
from theorymap.rdf import Iri, Solutions, Term
from theorymap.store import Store, serialise
from theorymap.table import Cell, Comparison
from theorymap.terms import nearest

__all__ = ["Facts", "gather", "kinds", "run", "select", "table"]

_GROUP, _KIND, _DIMENSIONS = "pivot", "compare-", "dimensions-"
_DOCUMENTS, _SECTIONS = "searched-documents", "searched-sections"


def kinds(catalogue: Catalogue) -> list[str]:
    """What can be compared: ``theories``, ``cases`` and whatever else has a query file."""
    known = (entry.name for entry in catalogue.entries if entry.group == _GROUP)
    return [name.removeprefix(_KIND) for name in known if name.startswith(_KIND)]


def select(query: Query, store: Store, named: Iterable[Term]) -> Solutions:
    """The rows of a query of `queries/pivot/` about some things; each of its parameters takes all of them."""
    lines, wanted = query.sparql.split("\n"), " ".join(map(serialise, named))
    for number, name in parameter_lines(query.sparql):
        lines[number - 1] = f"VALUES ?{name} {{ {wanted} }}"
    return store.select("\n".join(lines))


def run(catalogue: Catalogue, store: Store, kind: str, given: Sequence[str], *, everything: bool = False) -> Comparison:
    """Things of a kind side by side.

    Args:
        kind: One of `kinds`.
        given: What is compared: identifiers or labels.
        everything: Whether a dimension is shown for which fewer than two of them have a value.

    Raises:
        UsageError: There is no such kind, nothing is named, or nothing goes by a name.
    """
    known = kinds(catalogue)
    if kind not in known:
        near = nearest(kind, known)
        raise UsageError(f"{kind} cannot be compared", f"Did you mean {near}?" if near else f"One of {known} can be.")
    query = catalogue.get(_KIND + kind)
    if not given:
        raise UsageError(f"nothing is named among the {kind}", f"Name some, such as {query.parameters[0].example}.")
    named = list(dict.fromkeys(_resolve(query, name, store) for name in given))
    facts = gather(select(query, store, named), named)
    if any(entry.name == _DIMENSIONS + kind for entry in catalogue.entries):
        for dimension, label in select(catalogue.get(_DIMENSIONS + kind), store, named):
            facts.dimensions.setdefault(("", str(label), str(dimension or "")), "")
    searched: dict[str, list[Iri]] = {}
    for item, document in select(catalogue.get(_DOCUMENTS), store, map(Iri, facts.items)):
        searched.setdefault(str(item), []).append(Iri(document or ""))
    speaking = facts.documents.union(*searched.values())
    read = texts(select(catalogue.get(_SECTIONS), store, sorted(speaking)))

    @functools.cache
    def blank(item: str) -> Cell:
        return nothing(read[document] for document in searched.get(item, ()) if document in read)

    cited = {text.document: text.words for text in read.values()}
    return table(query.summary, facts, blank, cited, everything=everything)


def _resolve(query: Query, name: str, store: Store) -> Term:
    parameter = query.parameters[0]
    try:
        return names.resolve(parameter, name, store)
    except UsageError as problem:
        raise UsageError(str(problem), problem.hint.replace(f"-p {parameter.name}=", "")) from None
