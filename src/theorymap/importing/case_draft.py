"""A table of cases by variables as the file of a document: cases, variables and observations, each with its cell.

The first column names the cases, and may have no name itself. Columns named `cow`, `gw` and `iso3` hold identifiers, a
column `year` the period of a row; every other column is a variable.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from theorymap.importing.case_identity import FORMS, Cases, Remarks, Row, Taken, code_in_words
from theorymap.importing.table_draft import Entries, Entry, Known, passage, worded
from theorymap.passages.cells import Record, Table
from theorymap.passages.document import LONGEST
from theorymap.passages.letters import NOTHING, letters_of
from theorymap.rdf import not_xml

MISSING = ("", ".")
"""What stands in a cell that has no value; more must be declared, because `NA` may be Namibia and `NO` Norway."""
_IDENTIFIERS = {
    "cow": "cow", "ccode": "cow", "cowcode": "cow", "cown": "cow",
    "gw": "gw", "gwcode": "gw", "gwno": "gw", "gwn": "gw",
    "iso3": "iso", "iso3c": "iso", "iso": "iso",
}  # fmt: skip
_FORMS = {**FORMS, "year": r"-?[0-9]{1,4}"}
_WORDS = 5
_ALL = 100


class Draft(Entries):
    """What a table became.

    Attributes:
        rows, cells: How many rows, and how many cells with a value, were read.
        missing: How many cells have none.
        rejected, left: Line and reason of each row, and of each cell in a row that was read, that was not read.
        remarks: What a reader must know of the names and codes of its cases.
        repeated: The headings that several columns have, each a variable of its own.
    """

    def __init__(self, key: str, known: Known, holders: Sequence[str]) -> None:
        super().__init__(key, known, holders, ("cases", "periods", "variables"))
        self.rows = self.cells = self.missing = 0
        self.rejected: list[tuple[int, str]] = []
        self.left: list[tuple[int, str]] = []
        self.remarks = Remarks()
        self.repeated: list[str] = []

    @property
    def used(self) -> list[str]:
        """The cases and variables that the workspace has and the table names, in the order of the table."""
        return [id for slot in ("cases", "variables") for id in self.slots[slot] if id in self.known.taken]


def draft(table: Table, key: str, known: Known, *, missing: Sequence[str] = (), holders: Sequence[str] = ()) -> Draft:
    """The cases, variables and observations of a table.

    Args:
        table: The table.
        key: The key of the document.
        known: What the workspace has.
        missing: What besides `MISSING` stands in a cell without a value.
        holders: Who vouches for the values; none where the bibliography names nobody.
    """
    return _Drafter(table, Draft(key, known, holders), {*MISSING, *missing}).drafted()


def text(made: Draft, title: str, coder: str) -> bytes:
    """The file of the document."""
    return made.text(_HEAD, title, coder)


_HEAD = """\
# {title}
# A table of cases and variables, imported. Each observation names the row and the column of its cell.
# What the table does not say is left for you: who coded it and who made it, the scale and the values of its variables,
# and the level of analysis; and in kb/bibliography.bib, the entry {key}.
"""


def _kind(role: str) -> str:
    return role if role == "year" else code_in_words(role)


class _Drafter:
    """Drafts one table once."""

    def __init__(self, table: Table, made: Draft, missing: set[str]) -> None:
        self.table, self.made, self.known, self.missing = table, made, made.known, missing
        self.cases = Cases(self.known, made.ids, made.remarks)
        self.columns = table.column_sections()
        self.roles = [self._role(cell.text) for cell in table.columns]
        self.variables = self._variables()
        headings = Counter(_shown(c.text) for c, id in zip(table.columns, self.variables, strict=True) if id)
        made.repeated = [heading for heading, often in headings.items() if often > 1]

    def drafted(self) -> Draft:
        """Everything."""
        if self.table.named and _words(self.table.head.cells[0].text):
            self.made.skip("names of the rows", "the name of the column of cases")
        for section, record in zip(self.table.row_sections(), self.table.rows, strict=True):
            try:
                self._take(self._read(section, record))
                self.made.rows += 1
            except ValueError as problem:
                self.made.rejected.append((record.line, str(problem)))
                self._skip_row(section, record, str(problem))
        for id, cell, section in zip(self.variables, self.table.columns, self.columns, strict=True):
            if id:
                self.made.enter("variables", id, {"label": _shown(cell.text)}, _passage(section, cell.text))
            elif _words(cell.text):
                unheld = not_xml(_shown(cell.text))
                self.made.skip(
                    section, f"it holds {unheld}" if unheld else "the name of a column of identifiers or years"
                )
        return self.made

    @staticmethod
    def _role(name: str) -> str:
        plain = "".join(filter(str.isalnum, name.casefold()))
        return "year" if plain == "year" else _IDENTIFIERS.get(plain, "")

    def _variables(self) -> list[str]:
        """The identifier of the variable of each column; empty for identifiers and for columns without a name."""
        found = []
        for cell, role in zip(self.table.columns, self.roles, strict=True):
            unnamed = role or not _words(cell.text) or not_xml(_shown(cell.text))
            name = "" if unnamed else cell.text.strip()
            id = self.known.second.get(name.casefold(), "") if name else ""
            if name and (not id or id in found):
                id = self.made.ids.new("variable", cell.text)
            found.append(id)
        return found

    def _read(self, section: str, record: Record) -> Row:
        """What a row says.

        Raises:
            ValueError: It cannot be taken over; the message says why.
        """
        name, *values = (cell.text.strip() for cell in record.cells)
        if len(record.cells) != self.table.width:
            raise ValueError(f"{len(record.cells)} cells where there are {self.table.width} columns")
        if not _words(name):
            raise ValueError("no case is named")
        if unheld := next(filter(None, (not_xml(_shown(cell.text)) for cell in record.cells)), ""):
            raise ValueError(f"it holds the character {unheld}, which XML cannot hold")
        if len(letters_of(name, NOTHING)) > LONGEST:
            raise ValueError("the name of the case is too long")
        special: dict[str, str] = {}
        for role, value in zip(self.roles, values, strict=True):
            if role and value not in self.missing:
                if not re.fullmatch(_FORMS[role], value):
                    raise ValueError(f"{value} is no {_kind(role)}")
                if special.setdefault(role, value) != value:
                    raise ValueError(f"it has two {_kind(role)}s, {special[role]} and {value}")
        year = special.pop("year", "")
        return Row(section, record.line, name, tuple(values), special, year)

    def _take(self, row: Row) -> None:
        """Enter a row: its case, its period, and an observation for each value.

        Raises:
            ValueError: Its name and its codes mean several cases, or its case stands above already.
        """
        case = self.cases.take(row)
        self._enter(case, row)
        period = self._period(row) if row.year else "not-reported"
        for place, value in enumerate(row.values):
            if not self.roles[place]:
                self._cell(case.id, case.label, place, value, period, row.section, row.line)

    def _enter(self, case: Taken, row: Row) -> None:
        """Enter a case with its codes and names, or the places where one that is known is named."""
        places = [self._special(row, place) for role in row.codes for place in self._told(row, role)]
        own: Entry = {"type": "Case", "label": _shown(case.label)}
        self.made.enter("cases", case.id, own, _passage(row.section, row.name), *places)
        if case.id in self.known.taken:
            return
        entry = self.made.slots["cases"][case.id]
        passages = entry.pop("passages")
        if row.codes:
            entry |= {"type": "State", **row.codes}
        if case.alias:
            entry["alt_labels"] = [*entry.get("alt_labels", ()), _shown(case.alias)]
        entry["passages"] = passages

    def _period(self, row: Row) -> str:
        """Enter a year; its identifier."""
        id = f"period/year-{row.year.replace('-', 'before-')}"
        own: Entry = {"label": row.year, "start": row.year, "end": row.year, "bounds_from": "document"}
        self.made.enter("periods", id, own, *(self._special(row, place) for place in self._told(row, "year")[:1]))
        return id

    def _told(self, row: Row, role: str) -> list[int]:
        """The columns in which a row gives its year or a code."""
        return [n for n, value in enumerate(row.values) if self.roles[n] == role and value not in self.missing]

    def _special(self, row: Row, place: int) -> Entry:
        return _passage(f"{row.section}, {self.columns[place]}", row.values[place])

    def _cell(self, case: str, label: str, place: int, value: str, period: str, section: str, line: int) -> None:
        """Enter an observation, or say why there is none."""
        where = f"{section}, {self.columns[place]}"
        if value in self.missing:
            self.made.missing += 1
            if _words(value):
                self.made.skip(where, "the table has no value here")
            return
        heading = not_xml(_shown(self.table.columns[place].text))
        reason = "" if self.variables[place] else "its column has no name"
        if heading:
            reason = f"the name of its column holds the character {heading}, which XML cannot hold"
        if not _words(value):
            reason = "it holds neither a letter nor a digit, so that no passage can be proved"
        elif len(letters_of(value, NOTHING)) > LONGEST:
            reason = "it is too long for a passage"
        if reason:
            self.made.left.append((line, f"{where}: {reason}"))
            if _words(value):
                self.made.skip(where, f"not taken over: {reason}")
            return
        variable = self.variables[place]
        said: Entry = {
            "type": "Observation",
            "text": _sentence(label, self.table.columns[place].text, value, period),
            "case": case,
            "variable": variable,
            "value": _shown(value),
            "period": period,
            "topics": [variable],
            "level_of_cause": "none",
            "attributions": [self.made.said([_passage(where, value)])],
        }
        when = f"-{period.partition('/')[2]}" if "/" in period else ""
        names = (case.partition("/")[2], variable.partition("/")[2])
        id = self.made.ids.new("claim", f"{self.made.key} {names[0]} {names[1]}{when}", words=_ALL)
        self.made.slots["claims"][id] = said
        self.made.cells += 1

    def _skip_row(self, section: str, record: Record, reason: str) -> None:
        """The cells of a row that was rejected hold nothing to be coded."""
        whole = len(record.cells) != self.table.width
        sections = [section, *(f"{section}, {column}" for column in self.columns)]
        for name, cell in zip(sections, record.cells, strict=False):
            if not whole and _words(cell.text):
                self.made.skip(name, f"not taken over: {reason}")
        if whole and any(_words(cell.text) for cell in record.cells):
            self.made.skip(f"line {record.line}", f"not taken over: {reason}")


def _words(text: str) -> bool:
    return bool(letters_of(text, NOTHING))


def _passage(section: str, text: str) -> Entry:
    """The place of a cell: its first and its last words."""
    words = text.split()
    first, last = words[:_WORDS], words[-_WORDS:]
    while not _words(" ".join(first)):
        first = words[: len(first) + 1]
    while not _words(" ".join(last)):
        last = words[-len(last) - 1 :]
    return passage(section, _shown(" ".join(first)), _shown(" ".join(last)))


def _shown(text: str) -> str:
    return " ".join(text.split())


def _sentence(case: str, variable: str, value: str, period: str) -> str:
    """The wording of an observation."""
    when = f" in {period.rpartition('-')[2]}" if "/" in period else ""
    return worded(f"{{0}} has the value {{2}} on {{1}}{when}.", case, variable, value)
