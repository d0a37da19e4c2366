"""What several documents observe of one case: the rows of a comparison of cases by document, and their disputes."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from theorymap.compare.facts import Facts, Said
from theorymap.evidence.exclusion import Told
from theorymap.rdf import Iri, Literal, Solutions, Term
from theorymap.terms import NOT_APPLICABLE, NOT_REPORTED

_RANK, _VALUES = "8", "values"
_DISAGREEMENT, _TOLD = ("1", "disagreement: values"), ("3", "opposed values are told")
_SIDES = {"": 1, "denied": -1, "doubted": -1}


def by_document(rows: Solutions, headings: Mapping[str, Term | None]) -> Solutions:
    """The rows of a comparison of cases as rows of one of documents: a dimension for each variable of a case.

    Args:
        rows: What `queries/pivot/compare-cases.rq` gives.
        headings: The documents that are compared, and how they are called; a variable that only one of them observes
            of a case is left out.
    """
    at = {name: place for place, name in enumerate(rows.variables)}
    readers: defaultdict[tuple[Term | None, Term | None], set[str]] = defaultdict(set)
    found = [row for row in rows.rows if row[at["value"]] and str(row[at["document"]]) in headings]
    for row in found:
        readers[row[at["item"]], row[at["dimension"]]].add(str(row[at["document"]]))
    told: list[tuple[Term | None, ...]] = []
    for row in found:
        case, variable, document = (row[at[name]] for name in ("item", "dimension", "document"))
        if len(readers[case, variable]) > 1:
            new = {
                "item": document,
                "heading": headings[str(document)],
                "dimension": Iri(f"{case} {variable}"),
                "label": Literal(f"{_VALUES} of {row[at['heading']]}: {row[at['label']]}"),
            }
            told.append(
                (*(new.get(name, cell) for name, cell in zip(rows.variables, row, strict=True)), Literal(_RANK))
            )
    return Solutions((*rows.variables, "rank"), told)


@dataclass(frozen=True)
class _Position:
    """A value in a document, and whether it is told (1), told to be wrong (-1) or neither; and by the author."""

    said: Said
    value: Told
    told: int
    own: int

    @classmethod
    def of(cls, said: Said) -> _Position:
        told = _SIDES.get(said.mark, 0)
        stands = said.stance == "asserts" or (said.stance == "endorses" and told == 1)
        return cls(said, said.as_told(), told, -1 if said.stance == "disputes" else told if stands else 0)

    def against(self, other: _Position) -> tuple[bool, bool]:
        """Whether two documents are told to differ, and whether they do so in their own voices."""
        if self.value.excludes(other.value):
            return self.told == other.told == 1, self.own == other.own == 1
        if self.value.repeats(other.value):
            return -1 in (self.told * other.told, self.own * other.told, self.told * other.own), (
                self.own * other.own == -1
            )
        return False, False


def name_disputes(facts: Facts) -> None:
    """Call a variable of a case on which two documents dispute by that, and mark the values.

    It is a disagreement where both speak in their own voice: assert, endorse, deny or dispute.
    """
    for key in [key for key in facts.dimensions if key[0] == _RANK]:
        each = [[_Position.of(said) for said in _values(facts.cells.get((i, key), {}))] for i in facts.items]
        told = own = False
        for mine, theirs in itertools.combinations(each, 2):
            for one, other in itertools.product(mine, theirs):
                differ, disagree = one.against(other)
                told, own = told or differ, own or disagree
                if differ or disagree:
                    one.said.opposed = other.said.opposed = True
        if told or own:
            rank, words = _DISAGREEMENT if own else _TOLD
            facts.rename(key, (rank, words + key[1].removeprefix(_VALUES), key[2]))


def _values(cell: Mapping[object, Said]) -> list[Said]:
    """What of a cell is a value: neither a blank nor announced."""
    return [s for s in cell.values() if s.value not in (NOT_REPORTED, NOT_APPLICABLE) and s.stance != "announces"]
