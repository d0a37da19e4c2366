"""Evidence from the rows of a question whose facts are told apart by the column `fact`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from theorymap.evidence.exclusion import Span, plain
from theorymap.evidence.rules import (
    Evidence,
    Exemption,
    Judgement,
    Observation,
    Prediction,
    Study,
    Value,
)
from theorymap.table import Cell, Status, Table

_Record = dict[str, Cell]


def gathered(facts: Table) -> Evidence:
    """The evidence in rows with the columns of `predictions-against-cases`."""
    by_kind: defaultdict[str, list[_Record]] = defaultdict(list)
    for row in facts.records():
        by_kind[_text(row["fact"])].append(row)
    judged: dict[tuple[object, ...], Judgement] = {}
    for row in by_kind["judged"]:
        made = Judgement(
            _id(row["claim"]), _id(row["theory"]), _id(row["case"]), _text(row["item"]).rpartition("/")[2],
            _text(row["value"]), _text(row["label"]), span_of(row), _text(row["who"]), _text(row["mark"]),
            _document(row), row["value"].sources,
        )  # fmt: skip
        judged[made.claim, made.theory, made.case, made.document, made.mark] = made
    return Evidence(
        _named(by_kind["theory"], "theory"),
        _named(by_kind["case"], "case"),
        tuple(_predictions(by_kind["when"], by_kind["expects"], _clauses(by_kind["clause"]))),
        tuple(map(_observation, by_kind["observed"])),
        tuple(judged.values()),
        _sets((_id(row["variable"]), plain(_text(row["value"]))) for row in by_kind["listed"]),
        tuple(
            Exemption(_id(row["item"]), _id(row["case"]), _id(row["claim"]), _document(row))
            for row in by_kind["limited"]
            if not _text(row["mark"])
        ),
        tuple(_studies(by_kind["studied"])),
        _sets((_id(row["theory"]), _document(row)) for row in by_kind["attested"]),
        _sets((_document(row), _id(row["case"])) for row in by_kind["known"]),
    )


def _studies(rows: Iterable[_Record]) -> Iterator[Study]:
    """The studies, each with all that it examines and tests."""
    by_study: defaultdict[tuple[str, str], list[_Record]] = defaultdict(list)
    for row in rows:
        by_study[_id(row["item"]), _document(row)].append(row)
    for (_, document), told in by_study.items():
        cases, theories = ({_id(row[slot]) for row in told} - {""} for slot in ("case", "theory"))
        yield Study(document, frozenset(cases), frozenset(theories))


def _sets(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The second of some pairs, by the first."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _named(rows: Iterable[_Record], slot: str) -> dict[str, Cell]:
    """The names of theories or cases, each with all its sources, by name."""
    found: dict[str, Cell] = {}
    for row in rows:
        id, label = _id(row[slot]), row["label"]
        sources = tuple(dict.fromkeys((*(found[id].sources if id in found else ()), *label.sources)))
        found[id] = Cell(label.value, sources, Status.STATED if sources else Status.INFERRED, row[slot].iri)
    return dict(sorted(found.items(), key=lambda item: (str(item[1].value), item[0])))


def _clauses(rows: Iterable[_Record]) -> dict[str, tuple[str, ...]]:
    """The conditions in words, by claim."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        found[_id(row["claim"])][_text(row["label"])] = None
    return {claim: tuple(sorted(words)) for claim, words in found.items()}


def _predictions(
    when: list[_Record], expects: list[_Record], clauses: Mapping[str, tuple[str, ...]]
) -> Iterable[Prediction]:
    """The predictions, one for each value that is expected for itself."""
    rows: defaultdict[tuple[str, str], list[_Record]] = defaultdict(list)
    for row in (*when, *expects):
        rows[_id(row["claim"]), _id(row["theory"])].append(row)
    for (claim, theory), said in rows.items():
        held = [row for row in said if not _text(row["mark"])]
        conditions = {_id(r["item"]): _value(r) for r in held if _text(r["fact"]) == "when"}
        expected = {_id(r["item"]): _value(r) for r in held if _text(r["fact"]) == "expects"}
        together = any(_text(row["joint"]) == "true" for row in held)
        for values in [tuple(expected.values())] if together and expected else [(v,) for v in expected.values()]:
            yield Prediction(
                claim, theory, tuple(conditions.values()), values,
                frozenset(_id(row["case"]) for row in held) - {""}, span_of(held[0]),
                " | ".join(sorted({_text(row["who"]) for row in held} - {""})),
                tuple(dict.fromkeys(source for row in held for source in row["fact"].sources)),
                frozenset(map(_document, held)), clauses.get(claim, ()),
            )  # fmt: skip


def _observation(row: _Record) -> Observation:
    return Observation(
        _id(row["case"]), _value(row), _text(row["amount"]), span_of(row), _text(row["mark"]),
        row["fact"].sources, _document(row),
    )  # fmt: skip


def _value(row: _Record) -> Value:
    return Value(_id(row["variable"]), _text(row["label"]), _text(row["value"]), _id(row["towards"]))


def span_of(row: Mapping[str, Cell]) -> Span:
    """The period of a row: its columns `period`, `first` and `last`."""
    return Span(_text(row["period"]), _year(row["first"]), _year(row["last"]))


def _year(cell: Cell) -> int | None:
    return int(cell.value) if isinstance(cell.value, int | str) and str(cell.value).lstrip("-").isdigit() else None


def _document(row: _Record) -> str:
    return next((source.document for source in row["fact"].sources), "")


def _id(cell: Cell) -> str:
    """The identifier in a cell, or what it says where it names nothing."""
    return str(cell.value or "")


_text = _id
