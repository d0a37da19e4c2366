"""How far two coders agree: units matched by their passages, and Krippendorff's alpha on what they coded of each.

The first coding is the knowledge base. The second is a YAML list of units made without sight of the first; each has
`section`, `from`, `to`, `text` and the coded values `kind`, `level`, `hedge`, `stance`, `commitment`.
Source of alpha: K. Krippendorff, Content Analysis, chapter on reliability; here for two coders and nominal data.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from theorymap.documents import Documents
from theorymap.errors import SourceError
from theorymap.passages import DocumentText, Quote, Span
from theorymap.readers.yaml_tree import Mapping, Scalar, YamlError, parse
from theorymap.readers.yaml_tree import Sequence as Items
from theorymap.store import Store
from theorymap.table import Cell, Column, Status, Table
from theorymap.terms import TM, local
from theorymap.wording import counted

SLOTS = ("kind", "level", "hedge", "stance", "commitment")
_LEAST = 0.5
_FIRST = f"""PREFIX tm: <{TM}>
SELECT DISTINCT ?attribution ?section ?from ?to ?text ?kind ?level ?hedge ?stance ?commitment
WHERE {{
  VALUES ?document {{ UNDEF }}
  ?claim tm:attribution ?attribution ; tm:text ?text .
  ?attribution tm:document ?document ; tm:passage ?passage ; tm:hedge ?hedge ; tm:stance ?stance ;
    tm:commitment ?commitment .
  ?passage tm:section ?section ; tm:firstWords ?from ; tm:lastWords ?to .
  OPTIONAL {{ ?claim tm:kind ?kind }}
  OPTIONAL {{ ?claim tm:levelOfCause ?level }}
}}
ORDER BY ?attribution ?section ?from ?to ?text ?kind ?level ?hedge ?stance ?commitment
"""


@dataclass(frozen=True)
class Unit:
    """One coded unit: where it stands, its paraphrase and its coded values by slot."""

    spans: tuple[Span, ...]
    text: str
    values: dict[str, str]


def alpha(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha of two coders for nominal data; None where nothing varies, so that alpha has no value.

    >>> alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.533...
    """
    coincidences: Counter[tuple[str, str]] = Counter()
    for first, second in pairs:
        coincidences[first, second] += 1
        coincidences[second, first] += 1
    totals = Counter[str]()
    for (value, _), number in coincidences.items():
        totals[value] += number
    n = totals.total()
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    if not expected:
        return None
    observed = sum(number for (a, b), number in coincidences.items() if a != b)
    return 1 - (n - 1) * observed / expected


def compare(documents: Documents, key: str, second: bytes, file: str) -> Table:
    """The agreement of the knowledge base with a second coding of the same sections of a document.

    Args:
        documents: The documents, which must be at hand.
        key: The document.
        second: The second coding.
        file: Its name, for messages.

    Returns:
        A row for the matching of units, and one a slot, with the number of units and alpha. A unit of the second
        coding whose passage cannot be found matches none and counts as one that only the second coder saw.

    Raises:
        SourceError: The document is not at hand, or the second coding cannot be read.
    """
    document = documents.read(key)
    if document is None:
        raise SourceError(f"the document {key} is not at hand", "Name its folder with --documents.")
    other = _second(second, file, document)
    sections = {document.section_of(span) for unit in other for span in unit.spans}
    mine = _first(documents.store, key, document, sections)
    pairs = match(mine, other)
    columns = (
        Column("slot", "Slot"),
        Column("units", "Units"),
        Column("agreement", "Agreement"),
        Column("alpha", "Alpha"),
    )
    share = len(pairs) / (len(mine) + len(other) - len(pairs)) if mine or other else 0.0
    rows = [_row("units matched", len(pairs), share, None)]
    for slot in SLOTS:
        coded = [(a.values[slot], b.values[slot]) for a, b in pairs if a.values.get(slot) and b.values.get(slot)]
        same = sum(a == b for a, b in coded) / len(coded) if coded else 0.0
        rows.append(_row(slot, len(coded), same, alpha(coded)))
    units, searched = counted(len(other), "unit"), counted(len(sections), "section")
    title = f"How far do two codings of {key} agree ({len(mine)} and {units} in {searched})?"
    return Table(title, columns, tuple(rows))


def match(first: Sequence[Unit], second: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Units of two codings that speak of the same words: one to one, half of the shorter span or more in common.

    The pair with the largest share of common words is taken first; where shares are equal, the more alike paraphrases.
    """
    candidates = []
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            share = max((_overlap(x, y) for x in a.spans for y in b.spans), default=(0.0, 0.0))
            if share[0] >= _LEAST:
                alike = difflib.SequenceMatcher(None, a.text, b.text, autojunk=False).ratio()
                candidates.append((-share[1], -alike, i, j))
    taken_first, taken_second, pairs = set[int](), set[int](), []
    for _, _, i, j in sorted(candidates):
        if i not in taken_first and j not in taken_second:
            taken_first.add(i)
            taken_second.add(j)
            pairs.append((first[i], second[j]))
    return pairs


def _overlap(a: Span, b: Span) -> tuple[float, float]:
    """What two spans have in common, as a share of the shorter and of both together."""
    common = max(0, min(a.end, b.end) - max(a.start, b.start))
    shorter = min(a.end - a.start, b.end - b.start)
    return common / shorter, common / (max(a.end, b.end) - min(a.start, b.start))


def _row(slot: str, units: int, share: float, value: float | None) -> tuple[Cell, ...]:
    blank = Cell(None, (), Status.NOT_APPLICABLE)
    return (
        Cell(slot, (), Status.INFERRED),
        Cell(units, (), Status.INFERRED),
        Cell(round(share, 2), (), Status.INFERRED),
        blank if value is None else Cell(round(value, 2), (), Status.INFERRED),
    )


def _first(store: Store, key: str, document: DocumentText, sections: set[str]) -> list[Unit]:
    """The units of the knowledge base in some sections of a document: one an attribution."""
    rows = store.select(_FIRST.replace("UNDEF", f"<{store.base}work/{key}>")).records()
    spans: dict[str, list[Span]] = {}
    coded: dict[str, tuple[str, dict[str, str]]] = {}
    for row in rows:
        span = document.locate(Quote(str(row["section"]), str(row["from"]), str(row["to"])))
        if isinstance(span, Span) and document.section_of(span) in sections:
            name = str(row["attribution"])
            spans.setdefault(name, []).append(span)
            coded[name] = (str(row["text"]), {slot: local(str(row[slot])) for slot in SLOTS if row[slot] is not None})
    return [Unit(tuple(spans[name]), *coded[name]) for name in spans]


def _second(data: bytes, file: str, document: DocumentText) -> list[Unit]:
    try:
        root = parse(data)
    except YamlError as problem:
        raise SourceError(f"{file}:{problem.line}: {problem}", problem.repair) from problem
    if not isinstance(root, Items):
        raise SourceError(f"{file} is no list of units", "Begin each unit with - section: ...")
    units = []
    for item in root.items:
        if isinstance(item, Mapping):
            values = {k.text: v.text for k, v in item.items if isinstance(v, Scalar) and not v.null}
            span = document.locate(Quote(values.get("section", ""), values.get("from", ""), values.get("to", "")))
            spans = (span,) if isinstance(span, Span) else ()
            units.append(Unit(spans, values.get("text", ""), {slot: values[slot] for slot in SLOTS if slot in values}))
    return units
