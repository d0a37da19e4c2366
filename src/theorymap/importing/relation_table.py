"""A table of theory, cause, relation, effect and source, as databases of theories have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from theorymap.findings import Finding, Origin, warning
from theorymap.importing.relation_words import misspelt, opposed, relation
from theorymap.passages import cells
from theorymap.passages.letters import NOTHING, BrokenText, decode, letters_of
from theorymap.rdf import not_xml
from theorymap.readers.latex import tidy

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "theory": ("theory", "theory name", "model"),
        "cause": ("cause", "construct 1", "subject"),
        "relation": ("relation", "relationship", "predicate"),
        "effect": ("effect", "construct 2", "object"),
        "source": ("source", "reference", "citation"),
    }
)
"""The columns, each with what its heading may be, in any case and with any spaces; a source may be left out."""

_NEEDED = ("theory", "cause", "relation", "effect")
_NAMES = ("theory", "cause", "effect")


@dataclass(frozen=True)
class Row:
    """What a row says, and where it stands: the first row below the header is number 1."""

    number: int
    line: int
    theory: str
    cause: str
    relation: str
    effect: str
    source: str = ""


@dataclass(frozen=True)
class Rejection:
    """A row that is not read: its number, where it stands, why, and how to mend it."""

    number: int
    origin: Origin
    reason: str
    repair: str

    @property
    def finding(self) -> Finding:
        """The rejection as a reader of findings meets it."""
        return warning("row-not-imported", self.origin, f"Row {self.number} was not read: {self.reason}.", self.repair)


@dataclass(frozen=True)
class RelationTable:
    """The rows of a table.

    Attributes:
        name: What the file is called in findings.
        head: The line of the header.
        rows: Those that are read, in order.
        rejected: The others, in order.
    """

    name: str
    head: int
    rows: tuple[Row, ...]
    rejected: tuple[Rejection, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The rejections, then which row repeats another, and where a theory says what it denies."""
        rejected = (rejection.finding for rejection in self.rejected)
        return (*rejected, *_repeated(self.rows, self.name), *_opposed(self.rows, self.name))

    def proved(self, numbers: Collection[int]) -> RelationTable:
        """The table with those rows alone that a passage can prove; the others are rejected.

        Args:
            numbers: The numbers of the rows that have a passage.
        """
        reason = "no passage can prove it, because it is too long or has neither a letter nor a digit"
        more = [
            Rejection(row.number, Origin(self.name, row.line), reason, "Write it in words, and shorter.")
            for row in self.rows
            if row.number not in numbers
        ]
        rows = tuple(row for row in self.rows if row.number in numbers)
        return RelationTable(self.name, self.head, rows, tuple(sorted([*self.rejected, *more], key=lambda r: r.number)))


def read(data: bytes, name: str) -> RelationTable:
    """The rows of a CSV or TSV file (RFC 4180) in UTF-8, with a header that names the columns in any order.

    A blank line is no row. Each row is read or rejected.

    Args:
        data: The bytes of the file.
        name: What the file is called in findings.

    Raises:
        BrokenText: It is not UTF-8, has no such header, or a quotation mark is not closed or stands where none may.
    """
    text = decode(data)
    header, *records = cells.records(text, cells.separator(text)) or [cells.Record(1, ())]
    width = len(header.cells)
    columns = _columns(header)
    rows: list[Row] = []
    rejected: list[Rejection] = []
    for number, record in enumerate(records, 1):
        told = [cell.text for cell in record.cells]
        found = {column: _shown(told[place]) for column, place in columns.items() if place < len(told)}
        unnamed = [column for column in _NAMES if not letters_of(found.get(column, ""), NOTHING)]
        if not relation(same(found.get("relation", ""))) and not letters_of(found.get("relation", ""), NOTHING):
            unnamed.append("relation")
        empty = [column for column in _NEEDED if not tidy(found.get(column, ""))]
        at = Origin(name, record.line)
        if any(cell.strip() for cell in told[width:]):
            reason = f"it has {len(told)} cells and the header {width}"
            repair = "Put a cell that holds a separator in double quotation marks."
            rejected.append(Rejection(number, at, reason, repair))
        elif empty:
            rejected.append(Rejection(number, at, f"it has no {', no '.join(empty)}", "Fill the cells."))
        elif unnamed:
            reason = f"its {' and its '.join(unnamed)} has neither a letter nor a digit"
            rejected.append(Rejection(number, at, reason, "Write it in words."))
        elif unheld := next(filter(None, (not_xml(" ".join(cell.split())) for cell in told)), ""):
            reason = f"it holds the character {unheld}, which XML cannot hold"
            rejected.append(Rejection(number, at, reason, "Delete the character."))
        elif near := misspelt(same(found["relation"])):
            repair = f"Did you mean {near}? If not, word it in another way."
            rejected.append(Rejection(number, at, f"{found['relation']!r} is no relation", repair))
        else:
            rows.append(Row(number, record.line, **found))
    return RelationTable(name, header.line, tuple(rows), tuple(rejected))


def _columns(header: cells.Record) -> dict[str, int]:
    """Where each column stands.

    Raises:
        BrokenText: A column is missing, or two headings mean one.
    """
    found: dict[str, list[int]] = {}
    for place, heading in enumerate(header.cells):
        for column, names in COLUMNS.items():
            if _letters(heading.text) in map(_letters, names):
                found.setdefault(column, []).append(place)
    twice = [column for column, places in found.items() if len(places) > 1]
    missing = [column for column in _NEEDED if column not in found]
    if missing or twice:
        fault = f"the header has no {', no '.join(missing)}" if missing else f"two headings mean {twice[0]}"
        known = "; ".join(f"{column}: {', '.join(names)}" for column, names in COLUMNS.items())
        raise BrokenText(f"line {header.line}: {fault}", f"Headings that are known: {known}.", header.line)
    return {column: places[0] for column, places in found.items()}


def _letters(heading: str) -> str:
    return "".join(re.findall(r"[^\W_]", heading.casefold()))


def _shown(text: str) -> str:
    """A cell in one line, without characters that control or are none; marks that join letters stay."""
    kept = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in ("Cc", "Cs", "Cn"))
    return " ".join(kept.split()).strip("\u200b\ufeff")


def same(name: str) -> str:
    """What two spellings of one name have in common: letters in any case, and nothing that cannot be seen."""
    return tidy(unicodedata.normalize("NFKC", name).casefold())


def _repeated(rows: Iterable[Row], name: str) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(map(same, (row.theory, row.cause, row.relation, row.effect)))
        first = seen.setdefault(key, row.number)
        if first != row.number:
            message = f"Row {row.number} says what row {first} says; the two are one claim."
            yield warning("repeated-value", Origin(name, row.line), message, "Nothing, unless one of them is wrong.")


def _opposed(rows: Iterable[Row], name: str) -> Iterator[Finding]:
    said: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows:
        before = said.setdefault(tuple(map(same, (row.theory, row.cause, row.effect))), {})
        own = relation(same(row.relation))
        for other, first in before.items():
            if opposed(own, other):
                message = f"In row {row.number}, {row.theory} is against what it says in row {first.number}."
                repair = "Nothing, unless one of them is wrong; both claims are entered."
                yield warning("self-contradiction", Origin(name, row.line), message, repair)
        before.setdefault(own, row)
