"""A table of cases by variables as the file of a document: cases, variables and observations, each with its cell.

The first column names the cases, and may have no name itself. Columns named `cow`, `gw` and `iso3` hold identifiers, a
column `year` the period of a row; every other column is a variable.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
_FORMS = {"cow": r"[1-9][0-9]{0,2}", "gw": r"[1-9][0-9]{0,3}", "iso": r"[A-Z]{3}", "year": r"-?[0-9]{1,4}"}
_WORDS = 5
_ALL = 100


class Draft(Entries):
    """What a table became.

    Attributes:
        rows, cells: How many rows, and how many cells with a value, were read.
        missing: How many cells have none.
        rejected, left: Line and reason of each row, and of each cell in a row that was read, that was not read.
        recoded: Line and wording of each row whose case has another code elsewhere, though no list says so.
        renamed: Line and wording of each row that gives the code of a case above another name.
        repeated: The headings that several columns have, each a variable of its own.
    """

    def __init__(self, key: str, known: Known, holders: Sequence[str]) -> None:
        super().__init__(key, known, holders, ("cases", "periods", "variables"))
        self.rows = self.cells = self.missing = 0
        self.rejected: list[tuple[int, str]] = []
        self.left: list[tuple[int, str]] = []
        self.recoded: list[tuple[int, str]] = []
        self.renamed: list[tuple[int, str]] = []
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
    return role if role == "year" else f"{role.upper()} code"


class _Row(NamedTuple):
    """What a row says: codes by kind, the year or nothing, and the cells of all columns beside that of the names."""

    section: str
    line: int
    name: str
    values: tuple[str, ...]
    codes: Mapping[str, str]
    year: str


class _Drafter:
    """Drafts one table once."""

    def __init__(self, table: Table, made: Draft, missing: set[str]) -> None:
        self.table, self.made, self.known, self.missing = table, made, made.known, missing
        self.named: dict[str, str] = {}
        self.seen: dict[tuple[str, str], int] = {}
        self.coded: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.called: dict[str, tuple[str, int, set[str]]] = {}
        self.codes = _codes(self.known.first)
        self.listed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for (kind, code), names in self.known.lists.items():
            for name in names:
                self.listed[kind, name.casefold()].add(code)
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

    def _read(self, section: str, record: Record) -> _Row:
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
        return _Row(section, record.line, name, tuple(values), special, year)

    def _take(self, row: _Row) -> None:
        """Enter a row: its case, its period, and an observation for each value.

        A case whose code changes, as Germany's does in 1990, is another case from there on, named with its code.

        Raises:
            ValueError: Its name and its codes mean several cases, or its case stands above already.
        """
        label = row.name
        case = self._known(row)
        self._hold(row)
        case = case or self.named.get(label.casefold(), "") or self._coded(row)
        if others := self._others(case, row):
            recoded = f"{label} ({', '.join(f'{kind.upper()} {row.codes[kind]}' for kind in others)})"
            again = self.named.get(recoded.casefold(), "")
            coded = again or self._coded(row)
            if again or not coded:
                self._tell_recoded(row, case, others, recoded)
                label = recoded
            case = coded
        if (case, row.year) in self.seen:
            raise ValueError(f"the case stands in line {self.seen[case, row.year]} already")
        id = case or self.made.ids.new("state" if row.codes else "case", label)
        self.seen[id, row.year] = row.line
        self.codes |= {(id, kind): code for kind, code in row.codes.items()}
        for code in row.codes.items():
            self.coded[code].add(id)
        self._enter(id, label, row)
        self._rename(id, label, row)
        self.named.setdefault(label.casefold(), id)
        period = self._period(row) if row.year else "not-reported"
        for place, value in enumerate(row.values):
            if not self.roles[place]:
                self._cell(id, label, place, value, period, row.section, row.line)

    def _others(self, case: str, row: _Row) -> list[str]:
        """The kinds of code of which a row gives a case another than it has."""
        return [kind for kind, code in row.codes.items() if self.codes.get((case, kind), code) != code]

    def _known(self, row: _Row) -> str:
        """The case of the workspace that a row means, by its codes and its name; empty where there is none.

        Of the cases that a name fits, be it by the lists of states, the code tells which.

        Raises:
            ValueError: Codes and name mean several cases.
        """
        called = self._meant(row.name.casefold())
        means = [self._meant(f"{kind} {code}") for kind, code in row.codes.items()]
        for (kind, code), coded in zip(row.codes.items(), means, strict=True):
            listed = code in self.listed.get((kind, row.name.casefold()), ())
            if called and (listed or coded & self._meant(f"{row.name} ({kind} {code})".casefold())):
                called |= coded
        several = [found for found in (*means, called) if found]
        common = set.intersection(*several) if several else {""}
        if len(common) != 1:
            raise ValueError(f"its name and its codes mean {' and '.join(sorted(set.union(*several)))}")
        return common.pop()

    def _meant(self, name: str) -> set[str]:
        """The cases of the workspace that a name in small letters, or a kind of code with a code, stands for."""
        known = self.known
        return {known.first[name]} if name in known.first else {*known.shared.get(name, ())}

    def _coded(self, row: _Row) -> str:
        """The case above that has the codes of a row, and no other of their kinds; empty where there is none.

        Raises:
            ValueError: The codes are those of several cases.
        """
        found = {id for code in row.codes.items() for id in self.coded.get(code, ()) if not self._others(id, row)}
        if len(found) > 1:
            raise ValueError(f"its codes mean {' and '.join(sorted(found))}")
        return found.pop() if found else ""

    def _rename(self, id: str, label: str, row: _Row) -> None:
        """Note the name under which a case stands above; say of another that it is another name of the case."""
        here = label.casefold()
        name, line, names = self.called.setdefault(id, (label, row.line, {here}))
        if here in names:
            return
        names.add(here)
        if id not in self.known.taken:
            entry = self.made.slots["cases"][id]
            entry["alt_labels"] = [*entry.get("alt_labels", ()), _shown(label)]
            entry["passages"] = entry.pop("passages")
        if self.known.first.get(here) != id:
            codes = " and ".join(f"the {_kind(kind)} {code}" for kind, code in row.codes.items())
            told = f"{label} has {codes}, as {name} has in line {line}, and the two are one case, {id}"
            self.made.renamed.append((row.line, told))

    def _hold(self, row: _Row) -> None:
        """Hold the name of a row to the lists of states, but for a code that the workspace gives to that name.

        Raises:
            ValueError: A list has a state of that name, and gives the code to another.
        """
        called = self.known.first.get(row.name.casefold())
        for kind, code in row.codes.items():
            if called and self.known.first.get(f"{kind} {code}") == called:
                continue
            own, names = self.listed.get((kind, row.name.casefold())), self.known.lists.get((kind, code))
            if own and names and code not in own:
                right = " or ".join(sorted(own))
                raise ValueError(
                    f"its {_kind(kind)} {code} is that of {names[0]}, and {row.name} is {kind.upper()} {right}"
                )

    def _tell_recoded(self, row: _Row, case: str, others: Sequence[str], label: str) -> None:
        """Say that a row makes another case of a name, unless the name has both codes in the list."""
        if label.casefold() in self.named:
            return
        for kind in others:
            here, before = row.codes[kind], self.codes[case, kind]
            if not {here, before} <= self.listed.get((kind, row.name.casefold()), set()):
                told = (
                    f"{row.name} has the {_kind(kind)} {here} here and {before} elsewhere, and became the case {label}"
                )
                self.made.recoded.append((row.line, told))

    def _enter(self, id: str, label: str, row: _Row) -> None:
        """Enter a case, or the places where one that is known is named."""
        places = [self._special(row, place) for role in row.codes for place in self._told(row, role)]
        own: Entry = {"type": "State" if row.codes else "Case", "label": _shown(label), **row.codes}
        self.made.enter("cases", id, own, _passage(row.section, row.name), *places)

    def _period(self, row: _Row) -> str:
        """Enter a year; its identifier."""
        id = f"period/year-{row.year.replace('-', 'before-')}"
        own: Entry = {"label": row.year, "start": row.year, "end": row.year, "bounds_from": "document"}
        self.made.enter("periods", id, own, *(self._special(row, place) for place in self._told(row, "year")[:1]))
        return id

    def _told(self, row: _Row, role: str) -> list[int]:
        """The columns in which a row gives its year or a code."""
        return [n for n, value in enumerate(row.values) if self.roles[n] == role and value not in self.missing]

    def _special(self, row: _Row, place: int) -> Entry:
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


def _codes(cases: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """The codes of the cases that are known, by identifier and kind of code."""
    parts = ((id, *name.partition(" ")) for name, id in cases.items())
    return {(id, kind): code for id, kind, _, code in parts if kind in _FORMS and re.fullmatch(_FORMS[kind], code)}


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
