"""Abstract frameworks in the three formats of the argumentation competition: apx, tgf and af.

Sources: ASPARTIX for ``apx`` (facts ``arg(a).`` and ``att(a,b).``); the Trivial Graph Format for ``tgf`` (one argument
a line, a line ``#``, then pairs); ICCMA 2023, https://iccma2023.github.io/rules.html, for ``af`` (``p af N``, pairs of
numbers, comments behind ``#``). None of them has a place for names with spaces: what is written here numbers the
arguments and keeps their names in comments (in ``tgf``, as labels), and reads them back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from theorymap.argue.framework import Framework
from theorymap.argument_map import ArgumentMap, Attack, Statement
from theorymap.errors import SourceError, UsageError
from theorymap.formats.reading import MapReading

_NAME = r"(\"[^\"\n]*\"|[^\s,()\"%]+)"
_FACT = re.compile(rf"(?P<kind>arg|att)\s*\(\s*{_NAME}(?:\s*,\s*{_NAME})?\s*\)\s*\.|\s+|%.*")
_NAMED = re.compile(r"[%#] (\S+) = (.*)")


def read_apx(data: bytes, name: str) -> Framework:
    """The framework of an ``.apx`` file.

    Raises:
        SourceError: A line is no fact, or an attack names an argument that the file does not enter; with the line.
    """
    names: dict[str, str] = {}
    attacks: list[tuple[str, str, int]] = []
    titles: dict[str, str] = {}
    for number, line in _lines(data, name):
        if titled := _NAMED.fullmatch(line):
            titles[titled[1]] = titled[2]
        for column, parts in _facts(line):
            if not parts:
                wrong = line[column - 1 :].strip()
                raise _wrong(name, number, column, f"{wrong!r} is no fact", "Write arg(a). or att(a,b).")
            if len(parts) == 1:
                names.setdefault(parts[0], parts[0])
            else:
                attacks.append((parts[0], parts[1], number))
    return _framework(names, attacks, titles, name)


def read_tgf(data: bytes, name: str) -> Framework:
    """The framework of a ``.tgf`` file. Raises as `read_apx` does."""
    names: dict[str, str] = {}
    attacks: list[tuple[str, str, int]] = []
    titles: dict[str, str] = {}
    below = False
    for number, line in _lines(data, name):
        words = line.split()
        if line.strip() == "#" and not below:
            below = True
        elif below and len(words) >= 2:
            attacks.append((words[0], words[1], number))
        elif below and words:
            raise _wrong(name, number, 1, f"{line.strip()!r} is no pair", "Write the attacker, a space, the attacked.")
        elif words:
            names.setdefault(words[0], words[0])
            if len(words) > 1:
                titles[words[0]] = line.strip()[len(words[0]) :].strip()
    if not below and names:
        raise _wrong(name, 1, 1, "there is no line '#' between arguments and attacks", "Add it.")
    return _framework(names, attacks, titles, name)


def read_af(data: bytes, name: str) -> Framework:
    """The framework of an ``.af`` file. Raises as `read_apx` does."""
    names: dict[str, str] | None = None
    attacks: list[tuple[str, str, int]] = []
    titles: dict[str, str] = {}
    for number, line in _lines(data, name):
        words = line.split()
        if line.startswith("#"):
            if titled := _NAMED.fullmatch(line):
                titles[titled[1]] = titled[2]
        elif words[:2] == ["p", "af"] and len(words) == 3 and words[2].isdecimal() and names is None:
            names = {str(one): str(one) for one in range(1, int(words[2]) + 1)}
        elif words and names is None:
            raise _wrong(name, number, 1, f"{line.strip()!r} stands before the first line", "Begin with p af N.")
        elif len(words) == 2:
            attacks.append((words[0], words[1], number))
        elif words:
            raise _wrong(name, number, 1, f"{line.strip()!r} is no attack", "Write two numbers.")
    if names is None:
        raise _wrong(name, 1, 1, "there is no line 'p af N'", "Begin with it; N is the number of arguments.")
    return _framework(names, attacks, titles, name)


NAMES = ("apx", "tgf", "af")
READERS = {".apx": read_apx, ".tgf": read_tgf, ".af": read_af}


def framework_of(path: Path) -> tuple[Framework, bool]:
    """The framework of a file by its suffix, and whether its arguments are known by number.

    An argument map (``.json`` for AIF, ``.argdown``) is translated; see `theorymap.argue.translation`.

    Raises:
        SourceError: The file cannot be read; with the line.
        UsageError: No format has that suffix.
    """
    suffix = path.suffix.lower()
    if suffix in READERS:
        return READERS[suffix](_bytes(path), str(path)), suffix == ".af"
    from theorymap.argue.translation import translate

    return translate(map_in(path)).framework, False


def map_in(path: Path) -> ArgumentMap:
    """The argument map of a file by its suffix; of a framework, each argument a statement. Raises as `framework_of`."""
    suffix = path.suffix.lower()
    if suffix in READERS:
        return map_of(READERS[suffix](_bytes(path), str(path))).map
    readers = _map_readers()
    if suffix not in readers:
        known = ", ".join([*READERS, *readers])
        raise UsageError(f"{path.name} has no suffix of a format of arguments", f"Suffixes: {known}.")
    return readers[suffix](_bytes(path), str(path)).map


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise SourceError(f"{path} cannot be read: {problem.strerror}", "Check the name of the file.") from problem


def _map_readers() -> dict[str, Callable[[bytes, str], MapReading]]:
    """The readers of argument maps by suffix, from the registry."""
    from theorymap.formats import FORMATS

    readers = ((f".{format.suffix.rpartition('.')[2]}", format.read) for format in FORMATS.values())
    return {suffix: read for suffix, read in readers if read is not None and suffix not in READERS}


def map_of(framework: Framework) -> MapReading:
    """A framework as a map: each argument a statement, each attack an attack."""
    ids = [f"claim/{_slug(name, number)}" for number, name in enumerate(framework.names, 1)]
    statements = tuple(Statement(id, name) for id, name in zip(ids, framework.names, strict=True))
    attacks = tuple(
        Attack(f"attack/{number}", (ids[source],), ids[target])
        for number, (source, target) in enumerate(framework.attacks, 1)
    )
    return MapReading(ArgumentMap(statements, attacks=attacks), {"arguments": len(statements), "attacks": len(attacks)})


def write_apx(framework: Framework) -> bytes:
    """A framework as ``.apx``; arguments are numbered ``a1``, and named in comments."""
    head = (f"% a{number} = {_flat(name)}" for number, name in enumerate(framework.names, 1))
    arguments = (f"arg(a{number + 1})." for number in range(len(framework.names)))
    attacks = (f"att(a{source + 1},a{target + 1})." for source, target in framework.attacks)
    return _joined(head, arguments, attacks)


def write_tgf(framework: Framework) -> bytes:
    """A framework as ``.tgf``; arguments are numbered, and their names are labels."""
    arguments = (f"{number} {_flat(name)}" for number, name in enumerate(framework.names, 1))
    attacks = (f"{source + 1} {target + 1}" for source, target in framework.attacks)
    return _joined(arguments, ["#"], attacks)


def write_af(framework: Framework) -> bytes:
    """A framework as ``.af``; names are in comments."""
    head = (f"# {number} = {_flat(name)}" for number, name in enumerate(framework.names, 1))
    attacks = (f"{source + 1} {target + 1}" for source, target in framework.attacks)
    return _joined([f"p af {len(framework.names)}"], head, attacks)


WRITERS = {".apx": write_apx, ".tgf": write_tgf, ".af": write_af}


def _lines(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise _wrong(name, line, 1, "the file is not UTF-8", "Save it as UTF-8.") from problem
    return enumerate(re.split(r"\r\n|\n|\r", text), 1)


def _facts(line: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The facts of a line of apx: the column, and one name for an argument, two for an attack, none for a fault."""
    position = 0
    while position < len(line):
        found = _FACT.match(line, position)
        parts = tuple(part.strip('"') for part in found.groups()[1:] if part) if found else ()
        if found is None or (found["kind"] and len(parts) != {"arg": 1, "att": 2}[found["kind"]]):
            yield position + 1, ()
            return
        if found["kind"]:
            yield position + 1, parts
        position = found.end()


def _framework(
    names: dict[str, str], attacks: Iterable[tuple[str, str, int]], titles: dict[str, str], name: str
) -> Framework:
    pairs = []
    for source, target, line in attacks:
        for argument in (source, target):
            if argument not in names:
                raise _wrong(name, line, 1, f"the argument {argument!r} is not entered", "Enter it, or mend the name.")
        pairs.append((source, target))
    titled = {key: titles.get(key, key) for key in names}
    if len(set(titled.values())) < len(titled):
        titled = names
    return Framework.of(titled.values(), ((titled[source], titled[target]) for source, target in pairs))


def _wrong(name: str, line: int, column: int, reason: str, hint: str) -> SourceError:
    return SourceError(f"{name}:{line}:{column}: {reason}", hint)


def _flat(name: str) -> str:
    return " ".join(name.split())


def _slug(name: str, number: int) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")
    return f"{words or 'argument'}-{number}"


def _joined(*parts: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for part in parts for line in part).encode()
