"""One query asked of two engines, the answers in one form, so that they can be compared."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterable
from typing import Any

from theorymap.store import Blank, Iri, Literal, Store
from theorymap.terms import ID, XSD

Row = tuple[str | None, ...]
_NUMBERS = tuple(XSD + name for name in ("integer", "decimal", "double", "float"))


def rows_in_oxigraph(nquads: bytes, sparql: str, lists: Iterable[str] = ()) -> list[Row]:
    """The rows of a SELECT over the union of all graphs, by the engine that theorymap uses.

    Args:
        lists: The columns whose joined values are sorted, because no engine promises their order.
    """
    found = _store(nquads).select(sparql)
    return [
        tuple(_form(name, _from_ours(term), lists) for name, term in zip(found.variables, row, strict=True))
        for row in found
    ]


def rows_in_rdflib(nquads: bytes, sparql: str, lists: Iterable[str] = ()) -> list[Row]:
    """The same by rdflib."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = _dataset(nquads).query(sparql, base=ID)
        names = [str(variable) for variable in found.vars or []]
        return [
            tuple(_form(name, _from_rdflib(term), lists) for name, term in zip(names, row, strict=True))
            for row in found
        ]


@functools.lru_cache(maxsize=4)
def _store(nquads: bytes) -> Store:
    return Store(nquads)


@functools.lru_cache(maxsize=4)
def _dataset(nquads: bytes) -> Any:
    import rdflib

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return rdflib.Dataset(default_union=True).parse(data=nquads, format="nquads")


def _from_ours(term: Iri | Blank | Literal | None) -> str | None:
    if term is None or isinstance(term, Iri):
        return None if term is None else f"<{term}>"
    return "_:" if isinstance(term, Blank) else _literal(term, term.datatype, term.language)


def _from_rdflib(term: Any) -> str | None:
    import rdflib

    if term is None or isinstance(term, rdflib.URIRef):
        return None if term is None else f"<{term}>"
    if isinstance(term, rdflib.BNode):
        return "_:"
    datatype = str(term.datatype or XSD.string)
    return _literal(str(term), datatype, term.language or "")


def _literal(lexical: str, datatype: str, language: str) -> str:
    if datatype in _NUMBERS:
        return f"number {float(lexical):g}"
    if datatype == XSD.boolean:
        return {"1": "true", "0": "false"}.get(lexical, lexical)
    return (
        f'"{lexical}"@{language}' if language else f'"{lexical}"' + ("" if datatype == XSD.string else f"^^{datatype}")
    )


def _form(name: str, term: str | None, lists: Iterable[str]) -> str | None:
    if term is None or name not in lists:
        return term
    return " | ".join(sorted(set(term.strip('"').split(" | "))))
