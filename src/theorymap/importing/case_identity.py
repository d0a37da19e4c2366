"""Which case each row of a table means, by its name and its codes, and what of that a reader must know."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from theorymap.importing.identifiers import Identifiers
from theorymap.importing.table_draft import Known

FORMS = {"cow": r"[1-9][0-9]{0,2}", "gw": r"[1-9][0-9]{0,3}", "iso": r"[A-Z]{3}"}
"""The kinds of code that states have, and of what form they are."""


class Row(NamedTuple):
    """What a row says: codes by kind, the year or nothing, and the cells of all columns beside that of the names."""

    section: str
    line: int
    name: str
    values: tuple[str, ...]
    codes: Mapping[str, str]
    year: str


class Taken(NamedTuple):
    """The case of a row: its identifier, what a new one is called, and another name that it has from here on."""

    id: str
    label: str
    alias: str


@dataclass(frozen=True)
class Remarks:
    """What a reader must know of the names and codes of cases: line and wording of rows.

    Attributes:
        recoded: The case of the row has another code elsewhere, though no list says so.
        renamed: The row gives the code of a case above another name.
        uncoded: The row gives a code that the case of the workspace lacks.
        doubled: The row gives a code that another case above has.
    """

    recoded: list[tuple[int, str]] = field(default_factory=list)
    renamed: list[tuple[int, str]] = field(default_factory=list)
    uncoded: list[tuple[int, str]] = field(default_factory=list)
    doubled: list[tuple[int, str]] = field(default_factory=list)


def code_in_words(kind: str) -> str:
    """What a kind of code is called.

    >>> code_in_words("cow")
    'COW code'
    """
    return f"{kind.upper()} code"


class Cases:
    """The cases of the rows that were taken so far."""

    def __init__(self, known: Known, ids: Identifiers, remarks: Remarks) -> None:
        """No cases yet.

        Args:
            known: What the workspace has.
            ids: Gives out the identifiers of new cases.
            remarks: Where that is noted of which a reader must know.
        """
        self.known, self.ids, self.remarks = known, ids, remarks
        self.named: dict[str, str] = {}
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.first: dict[str, Row] = {}
        self.seen: dict[tuple[str, str], Row] = {}
        self.coded: defaultdict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
        self.codes = _codes(known)
        self.listed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for (kind, code), names in known.lists.items():
            for name in names:
                self.listed[kind, name.casefold()].add(code)

    def take(self, row: Row) -> Taken:
        """The case of a row.

        A case whose code changes, as Germany's does in 1990, is another case from there on, named with its code.
        A case without a code has the first of its kind that a row of it gives.

        Raises:
            ValueError: Its name and its codes mean several cases, or its case stands above already.
        """
        label = row.name
        before = self._known(row)
        self._hold(row)
        case = before = before or self._above(row)
        if others := self._others(case, row):
            recoded = f"{label} ({', '.join(f'{kind.upper()} {row.codes[kind]}' for kind in others)})"
            again = self.named.get(recoded.casefold(), "")
            coded = again or self._coded(row)
            if again or not coded:
                self._tell_recoded(row, case, others, recoded)
                label = recoded
            case = coded
        if (case, row.year) in self.seen:
            raise ValueError(self._twice(case, row))
        id = case or self.ids.new("state" if row.codes else "case", label)
        alias = self._alias(id, label, row)
        self._tell_uncoded(id, row)
        self.codes |= {(id, kind): code for kind, code in row.codes.items()}
        self._tell_doubled(id, row, before if label != row.name else "")
        for code in row.codes.items():
            self.coded[code].setdefault(id, row)
        self.seen[id, row.year] = row
        self.named.setdefault(label.casefold(), id)
        return Taken(id, label, alias)

    def _others(self, case: str, row: Row) -> list[str]:
        """The kinds of code of which a row gives a case another than it has."""
        return [kind for kind, code in row.codes.items() if self.codes.get((case, kind), code) != code]

    def _lacks(self, case: str, row: Row) -> list[str]:
        """The kinds of code that a row gives and a case has not."""
        return [kind for kind in row.codes if (case, kind) not in self.codes]

    def _known(self, row: Row) -> str:
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

    def _above(self, row: Row) -> str:
        """The case above of the name of a row, unless its codes are those of another; else that of its codes.

        Raises:
            ValueError: The codes are those of several cases.
        """
        named = self.named.get(row.name.casefold(), "")
        if named and (self._others(named, row) or not self._lacks(named, row)):
            return named
        return self._coded(row) or named

    def _coded(self, row: Row) -> str:
        """The case above that has the codes of a row, and no other of their kinds; empty where there is none.

        Raises:
            ValueError: The codes are those of several cases.
        """
        found = {id for code in row.codes.items() for id in self.coded.get(code, ()) if not self._others(id, row)}
        if len(found) > 1:
            raise ValueError(f"its codes mean {' and '.join(sorted(found))}")
        return found.pop() if found else ""

    def _twice(self, case: str, row: Row) -> str:
        """Why a row is none beside one above, of its case and its year."""
        above = self.seen[case, row.year]
        told = f"the case stands in line {above.line} already"
        if above.name.casefold() == row.name.casefold():
            return told
        codes = {kind: code for kind, code in row.codes.items() if self.codes.get((case, kind)) == code}
        one = f"{_listed(codes)} {'makes' if len(codes) == 1 else 'make'} the two one" if codes else f"both are {case}"
        return f"{told}, as {above.name}, and {one}"

    def _alias(self, id: str, label: str, row: Row) -> str:
        """The name of a row where the case had others above, which is told; else nothing."""
        here, names = label.casefold(), self.names[id]
        first = self.first.setdefault(id, row)
        new = bool(names) and here not in names
        names.add(here)
        if not new:
            return ""
        if self.known.first.get(here) != id:
            same = next((self.coded[code][id] for code in row.codes.items() if id in self.coded[code]), first)
            told = f"{label} has {_listed(row.codes)}, as {same.name} has in line {same.line}, and the two are one case"
            apart = self.named.get(here, id)
            more = f"; {label} in line {self.first[apart].line} is another, {apart}" if apart != id else ""
            self.remarks.renamed.append((row.line, f"{told}, {id}{more}"))
        return label

    def _hold(self, row: Row) -> None:
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
                    f"its {code_in_words(kind)} {code} is that of {names[0]}, and {row.name} is {kind.upper()} {right}"
                )

    def _tell_recoded(self, row: Row, case: str, others: Sequence[str], label: str) -> None:
        """Say that a row makes another case of a name, unless the name has both codes in the list."""
        if label.casefold() in self.named:
            return
        for kind in others:
            here, before = row.codes[kind], self.codes[case, kind]
            if not {here, before} <= self.listed.get((kind, row.name.casefold()), set()):
                told = f"{row.name} has the {code_in_words(kind)} {here} here and {before} elsewhere"
                self.remarks.recoded.append((row.line, f"{told}, and became the case {label}"))

    def _tell_uncoded(self, id: str, row: Row) -> None:
        """Say that a case of the workspace lacks what a row gives, since the code would stand in another's file."""
        if id in self.known.taken and (lacking := self._lacks(id, row)):
            codes = _listed({kind: row.codes[kind] for kind in lacking})
            told = f"{row.name} has {codes}, which {id} of the workspace lacks, and its file was left as it is"
            self.remarks.uncoded.append((row.line, told))

    def _tell_doubled(self, id: str, row: Row, before: str) -> None:
        """Say that a row gives a case a code that another one has above; not of one to which the list gives both.

        Args:
            before: The case that the row would mean but for its other code, of which that is told; empty for none.
        """
        for kind, code in row.codes.items():
            above = self.coded[kind, code]
            others = (case for case in above if case != before and not self._parted_by_list(case, id))
            if id not in above and (other := next(others, "")):
                same, differing = above[other], self._differing(other, id)[:1]
                told = f"{row.name} has the {code_in_words(kind)} {code}, as {same.name} has in line {same.line}"
                told += f", and the two are two cases, {other} and {id}"
                told += "".join(f", as their {k.upper()} codes differ, {a} and {b}" for k, a, b in differing)
                self.remarks.doubled.append((row.line, told))

    def _differing(self, one: str, other: str) -> list[tuple[str, str, str]]:
        """The kinds of which two cases have different codes, with both."""
        pairs = ((kind, self.codes.get((one, kind), ""), self.codes.get((other, kind), "")) for kind in FORMS)
        return [(kind, a, b) for kind, a, b in pairs if a and b and a != b]

    def _parted_by_list(self, one: str, other: str) -> bool:
        """Whether two cases have different codes that a list gives to one name."""
        lists = self.known.lists
        return any(
            not {*lists.get((kind, a), ())}.isdisjoint(lists.get((kind, b), ()))
            for kind, a, b in self._differing(one, other)
        )


def _listed(codes: Mapping[str, str]) -> str:
    return " and ".join(f"the {code_in_words(kind)} {code}" for kind, code in codes.items())


def _codes(known: Known) -> dict[tuple[str, str], str]:
    """The codes of the cases that are known, by identifier and kind of code."""
    meant = [*((name, [id]) for name, id in known.first.items()), *known.shared.items()]
    parts = ((name.partition(" "), ids) for name, ids in meant)
    return {
        (id, kind): code
        for (kind, _, code), ids in parts
        if kind in FORMS and re.fullmatch(FORMS[kind], code)
        for id in ids
    }
