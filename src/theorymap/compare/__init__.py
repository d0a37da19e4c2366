"""Comparisons: long rows of item, dimension, value, status and sources, pivoted to a table with a column for each item.

What is selected is decided by the queries in `queries/pivot/`: one for each kind, one for the dimensions that are shown
even where nothing is said, and some that say what was searched.
A value keeps its own sources even where several share a cell; two values of two voices for one thing are conflicting; a
blank names the sections that were searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from theorymap.compare.facts import Facts, gather
from theorymap.compare.observed import by_document, name_disputes
from theorymap.compare.pivot import table
from theorymap.compare.searched import Reading
from theorymap.errors import UsageError
from theorymap.query import names
from theorymap.query.catalogue import Catalogue
from theorymap.query.model import Parameter, Query, parameter_lines
from theorymap.rdf import Iri, Solutions, Term
from theorymap.store import Store, serialise
from theorymap.table import Comparison
from theorymap.terms import local, nearest, short

__all__ = ["Comparison", "Facts", "Reading", "gather", "kinds", "run", "select", "table"]

_ORDER = re.compile(r"\bORDER\s+BY\b[^{}]*\Z", re.IGNORECASE)
_GROUP, _KIND, _DIMENSIONS, _CASES = "pivot", "compare-", "dimensions-", "cases-of-"


def kinds(catalogue: Catalogue) -> list[str]:
    """What can be compared: ``theories``, ``cases`` and whatever else has a query file."""
    known = (entry.name for entry in catalogue.entries if entry.group == _GROUP)
    return [name.removeprefix(_KIND) for name in known if name.startswith(_KIND)]


def select(query: Query, store: Store, named: Iterable[Term], *, once: bool = True, ordered: bool = True) -> Solutions:
    """The rows of a query of `queries/pivot/` about some things; each of its parameters takes all of them.

    Args:
        once: Whether a row comes once only; what is pivoted need not, and that saves a tenth.
        ordered: Whether the rows are sorted; where they are looked up they need not be, and that saves up to a half.
    """
    lines, wanted = query.sparql.split("\n"), " ".join(map(serialise, named))
    for number, name in parameter_lines(query.sparql):
        lines[number - 1] = f"VALUES ?{name} {{ {wanted} }}"
    sparql = "\n".join(lines)
    if not ordered:
        sparql = _ORDER.sub("", sparql)
    if not once:
        sparql = sparql.replace("SELECT DISTINCT", "SELECT", 1)
    return store.select(sparql)


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
        raise UsageError(f"nothing is named among the {kind}", _example(query.parameters[0], store))
    named = _resolved(query, given, store)
    tables = [select(query, store, named, once=False, ordered=False)]
    if any(entry.name == _CASES + kind for entry in catalogue.entries):
        headings = {str(item): heading for item, heading, *_ in tables[0].rows}
        several = select(catalogue.get(_CASES + kind), store, named, once=False, ordered=False)
        cases = list(dict.fromkeys(case for case, *_ in several.rows if case))
        told = select(catalogue.get(_KIND + "cases"), store, cases, once=False, ordered=False) if cases else None
        tables += [by_document(told, headings)] if told else []
    facts = gather(*tables, named=named, base=store.base)
    name_disputes(facts)
    if any(entry.name == _DIMENSIONS + kind for entry in catalogue.entries):
        for dimension, label in select(catalogue.get(_DIMENSIONS + kind), store, named):
            facts.dimensions.setdefault(("", str(label), str(dimension or "")), "")

    def ask(name: str, iris: Iterable[str]) -> Solutions:
        return select(catalogue.get(name), store, map(Iri, iris), ordered=False)

    reading = Reading(ask, facts.items, store.base)
    made = table(query.summary, facts, reading.nothing, everything=everything)
    cited = tuple(sorted(reading.cited(facts.documents).items()))
    return replace(made, cited=cited, empty=query.empty or made.empty)


def _example(wanted: Parameter, store: Store) -> str:
    """What could be named: what the header names if this knowledge base has it, else what comes first by its names."""
    known = names.individuals(names.class_iris(wanted.type, store), store)
    if not known:
        return f"There is no {wanted.type} in this knowledge base."
    first = min(known, key=lambda iri: (not known[iri], known[iri], iri))
    here = any(wanted.example in (local(iri), short(iri, store.base)) for iri in known)
    example = wanted.example if here else short(first, store.base)
    return f"Name some, such as {example}; see theorymap query names -p class={wanted.type}."


def _resolved(query: Query, given: Iterable[str], store: Store) -> list[Term]:
    return names.resolve_all(replace(query.parameters[0], name=""), given, store)
