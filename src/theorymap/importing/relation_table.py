"""A table of theory, cause, relation, effect and source, as databases of theories have them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from theorymap.errors import SourceError
from theorymap.findings import Finding, Origin, warning
from theorymap.passages.cells import SEPARATORS
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
        rows: Those that are read, in order.
        rejected: The others, in order.
    """

    name: str
    rows: tuple[Row, ...]
    rejected: tuple[Rejection, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The rejections, then which row repeats another."""
        return (*(rejection.finding for rejection in self.rejected), *_repeated(self.rows, self.name))

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
        return RelationTable(self.name, rows, tuple(sorted([*self.rejected, *more], key=lambda r: r.number)))


def read(data: bytes, name: str) -> RelationTable:
    """The rows of a CSV or TSV file (RFC 4180) in UTF-8, with a header that names the columns in any order.

    A line without any character is no row. Each row is read or rejected.

    Args:
        data: The bytes of the file.
        name: What the file is called in findings.

    Raises:
        SourceError: It is not UTF-8, has no such header, or a quotation mark is not closed or stands where none may.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise SourceError(f"{name}:{line} is not UTF-8", "Save the file in UTF-8.") from problem
    columns, records = _table(text, name)
    rows: list[Row] = []
    rejected: list[Rejection] = []
    width = len(next(records)[1])
    for number, (line, cells) in enumerate(records, 1):
        found = {column: _shown(cells[place]) for column, place in columns.items() if place < len(cells)}
        empty = [column for column in _NEEDED if not tidy(found.get(column, ""))]
        at = Origin(name, line)
        if any(cell.strip() for cell in cells[width:]):
            reason = f"it has {len(cells)} cells and the header {width}"
            repair = "Put a cell that holds a separator in double quotation marks."
            rejected.append(Rejection(number, at, reason, repair))
        elif empty:
            rejected.append(Rejection(number, at, f"it has no {', no '.join(empty)}", "Fill the cells."))
        else:
            rows.append(Row(number, line, **found))
    return RelationTable(name, tuple(rows), tuple(rejected))


def _table(text: str, name: str) -> tuple[dict[str, int], Iterator[tuple[int, list[str]]]]:
    """Which column stands where, and the records from the header on, with the separator that the header has."""
    faults = []
    for delimiter in SEPARATORS:
        records = _records(text, delimiter, name)
        try:
            _, header = next(records, (0, []))
        except SourceError:
            continue
        columns, fault = _columns(header)
        if not fault:
            return columns, _records(text, delimiter, name)
        faults.append((len(columns), fault))
    known = "; ".join(f"{column}: {', '.join(names)}" for column, names in COLUMNS.items())
    reason = max(faults, key=lambda fault: fault[0])[1] if faults else "its header cannot be read"
    raise SourceError(f"{name}: {reason}", f"Headings that are known: {known}.")


def _columns(header: list[str]) -> tuple[dict[str, int], str]:
    """Where each column stands, and what is wrong with the header."""
    found: dict[str, list[int]] = {}
    for place, heading in enumerate(header):
        for column, names in COLUMNS.items():
            if _letters(heading) in map(_letters, names):
                found.setdefault(column, []).append(place)
    twice = [column for column, places in found.items() if len(places) > 1]
    missing = [column for column in _NEEDED if column not in found]
    fault = f"the header has no {', no '.join(missing)}" if missing else ""
    fault = fault or (f"two headings mean {twice[0]}" if twice else "")
    return {column: places[0] for column, places in found.items()}, fault


def _letters(heading: str) -> str:
    return "".join(re.findall(r"[^\W_]", heading.casefold()))


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The records that are not empty, each with its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1
    except csv.Error as problem:
        raise SourceError(f"{name}:{line} cannot be read: {problem}", "Correct the quotation marks.") from problem


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
