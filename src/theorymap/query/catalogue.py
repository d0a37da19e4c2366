"""The query files of a workspace and of theorymap itself, found by name."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from theorymap.cache import Cache
from theorymap.errors import UsageError, WorkspaceError
from theorymap.findings import Finding, Origin, error, in_order
from theorymap.query.model import Query
from theorymap.terms import nearest

HIDDEN = ("check", "entail", "map", "pivot", "trace")


class Entry(NamedTuple):
    """A query file: its stem, the folder in which it stands, where it is, and its path for findings."""

    name: str
    group: str
    path: Path
    file: str


class Catalogue:
    """The query files of one or more folders; where two have one name, the folder that was given first wins."""

    def __init__(self, entries: Sequence[Entry], findings: Sequence[Finding] = (), cache: Cache | None = None) -> None:
        self.entries = tuple(entries)
        self._found = tuple(findings)
        self._cache = cache

    @classmethod
    def discover(cls, *folders: Path, root: Path | None = None, cache: Cache | None = None) -> Catalogue:
        """The catalogue of all ``.rq`` files below some folders, by group and name.

        Args:
            folders: The workspace's own first, then what comes with theorymap; one that does not exist is empty.
            root: The folder against which findings name the files; None for whole paths.
            cache: Where queries that were read without a fault are kept; None to read them each time.

        Raises:
            WorkspaceError: There is no query file at all.
        """
        entries: dict[str, Entry] = {}
        findings = []
        for folder in folders:
            here: dict[str, Entry] = {}
            for path in sorted(p for p in folder.rglob("*.rq") if p.is_file()):
                entry = Entry(path.stem, _group(path, folder), path, _display(path, root))
                if twin := here.get(entry.name):
                    message = f"The name '{entry.name}' is also that of {twin.file}."
                    findings.append(error("query-name", Origin(entry.file), message, "Rename one of the two files."))
                here.setdefault(entry.name, entry)
            entries = here | entries
        if not entries:
            where = ", ".join(str(folder) for folder in folders) or "no folder"
            raise WorkspaceError(f"there is no question file (.rq) in {where}")
        return cls(sorted(entries.values(), key=lambda entry: (entry.group, entry.name)), findings, cache)

    def public(self) -> tuple[Entry, ...]:
        """The files that are questions and not parts of something else, by group and name."""
        return tuple(entry for entry in self.entries if entry.group not in HIDDEN)

    def get(self, name: str) -> Query:
        """The query of that name, checks and entailments included.

        Raises:
            UsageError: There is none, or its file is faulty.
        """
        by_name = {entry.name: entry for entry in self.entries}
        if name not in by_name:
            public = [entry.name for entry in self.public()]
            near = nearest(name, public)
            hint = f"Did you mean '{near}'?" if near else f"The questions are {', '.join(public)}."
            raise UsageError(f"there is no question named '{name}'", hint)
        return self._load(by_name[name])

    def group(self, group: str) -> list[Query]:
        """The queries of one folder, by name. Raises as `get` does."""
        return [self._load(entry) for entry in self.entries if entry.group == group]

    def questions(self) -> list[Query]:
        """The public queries, by group and name. Raises as `get` does."""
        return [self._load(entry) for entry in self.public()]

    def _load(self, entry: Entry) -> Query:
        """The query in a file, kept by the digest of its bytes."""
        key = self._key(entry)
        kept = self._cache.get(key) if self._cache and key else None
        if kept is not None:
            return Query.from_json(json.loads(kept))
        query, findings = self._read(entry, key)
        if query is None:
            first = findings[0]
            raise UsageError(f"{first.origin}: {first.message}", first.repair)
        return query

    def _read(self, entry: Entry, key: str) -> tuple[Query | None, list[Finding]]:
        """What `read` gives; a query without an error is kept under the key."""
        query, findings = read(entry)
        if query is not None and self._cache and key:
            self._cache.put(key, json.dumps(query.to_json()).encode())
        return query, findings

    def _key(self, entry: Entry) -> str:
        """Under which the query in a file is kept; empty where it is not."""
        if self._cache is None:
            return ""
        try:
            return self._cache.key("question", *entry[:2], entry.file, entry.path.read_bytes())
        except OSError:
            return ""

    def findings(self) -> list[Finding]:
        """What is wrong with the query files, in the order of findings."""
        read = (self._read(entry, self._key(entry))[1] for entry in self.entries)
        return in_order(itertools.chain(self._found, *read))


def read(entry: Entry) -> tuple[Query | None, list[Finding]]:
    """The query in a file, or None; and the findings, one of them an error where there is no query."""
    from theorymap.query import file as query_file

    try:
        text = entry.path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = "is not UTF-8" if isinstance(problem, UnicodeDecodeError) else f"cannot be read: {problem.strerror}"
        return None, [error("query-unreadable", Origin(entry.file), f"The file {reason}.", "Save it as UTF-8 text.")]
    return query_file.read(text, entry.file, entry.name, entry.group)


def _group(path: Path, folder: Path) -> str:
    parts = path.relative_to(folder).parts
    return parts[0] if len(parts) > 1 else ""


def _display(path: Path, root: Path | None) -> str:
    if root is not None and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return path.as_posix()
