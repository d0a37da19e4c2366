"""Where an import goes: the file of a document in a workspace, and what the workspace knows besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from theorymap.cache import write_whole
from theorymap.errors import SourceError, UsageError
from theorymap.findings import Finding
from theorymap.knowledge import Knowledge
from theorymap.readers.forms import is_own_identifier
from theorymap.readers.latex import escaped, tidy
from theorymap.readers.names import slug
from theorymap.terms import DCTERMS, RDF, RDFS, SKOS, TM, nearest

AGENTS = (TM.Agent, TM.Person, TM.Organisation, TM.Group, TM.Unnamed)
_TABLES = (".csv", ".tsv")
_REASONS = 3


@dataclass(frozen=True)
class Imported:
    """What an import came to.

    Attributes:
        path: The file of the document.
        key: The key of the document.
        draft: What stands in the file, or would stand in it.
        summary: How much was read and how much was left or rejected, in lines.
        findings: What was rejected, and what else a reader should know, with line and column.
        entry: The BibTeX entry that the bibliography still needs; empty where it has one.
        used: The identifiers of what the workspace has under a name of the file, and was used.
        unsigned: Whether the unnamed makers of the document hold what it says, as the bibliography names no author.
    """

    path: Path
    key: str
    draft: bytes
    summary: str
    findings: tuple[Finding, ...]
    entry: str
    used: tuple[str, ...] = ()
    unsigned: bool = False


class Target:
    """The file of the document that an import writes.

    Attributes:
        key: The key of the document.
        path: The file.
    """

    def __init__(self, knowledge: Knowledge, foreign: Path, key: str, *, replace: bool) -> None:
        """The target of a foreign file.

        Args:
            key: The key of the document; empty for the name of the foreign file.
            replace: Whether the file of a document that has the key already may be written over.

        Raises:
            UsageError: The key cannot be used, or the document has a file already.
        """
        self._knowledge, self._foreign = knowledge, foreign
        self.key = _key(key, foreign)
        self.path = knowledge.sources.layout.kb[0] / "documents" / f"{self.key}.yaml"
        if self.path.exists() and not replace:
            raise UsageError(f"{self.path} exists already", "Give another --key, or write over it with --replace.")
        self._own = knowledge.sources.graph(knowledge.sources.layout.name(self.path))

    @cached_property
    def taken(self) -> set[str]:
        """The identifiers of the workspace, but for those that only the file to be written has."""
        return {self._knowledge.short(str(q.subject)) for q in self._knowledge.stated.quads() if q.graph != self._own}

    @property
    def creators(self) -> list[str]:
        """The agents who made the document, as the bibliography says, sorted."""
        work = f"{self._knowledge.base}work/{self.key}"
        return sorted(self._knowledge.short(str(q.object)) for q in self._knowledge.stated.quads(work, DCTERMS.creator))

    def agent(self, given: str) -> str:
        """The identifier of an agent, from that or from a name; empty for nothing.

        Raises:
            UsageError: The workspace has no such agent, or several of that name.
        """
        agents = self.named(AGENTS)
        found = agents.get(given) or agents.get(given.casefold(), "")
        if given and not found:
            near = nearest(given, agents)
            hint = f"Did you mean {agents[near]}?" if near else "Enter the agent in a file of the workspace first."
            raise UsageError(f"{given!r} is no agent of this workspace", hint)
        return found

    def named(self, kinds: Iterable[str], codes: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """The identifiers of the things of some classes in other files: by themselves, and by name.

        A name is in small letters, and stands only for what alone has it; for the arguments see `meanings`.
        """
        return {
            name: id for name, several in self.meanings(kinds, codes).items() if len(several) == 1 for id in several
        }

    def meanings(self, kinds: Iterable[str], codes: Mapping[str, str] = MappingProxyType({})) -> dict[str, set[str]]:
        """All that a name in small letters, an identifier or a code stands for.

        Args:
            kinds: The IRIs of the classes.
            codes: What precedes a code that names a thing as well, by the IRI of its property.
        """
        typed = {
            self._knowledge.short(str(q.subject))
            for kind in kinds
            for q in self._knowledge.store.quads(None, RDF.type, kind)
        }
        ids = typed & self.taken
        found: defaultdict[str, set[str]] = defaultdict(set, {id: {id} for id in ids})
        for predicate in (RDFS.label, SKOS.altLabel, *codes):
            for quad in self._knowledge.stated.quads(None, predicate):
                id = self._knowledge.short(str(quad.subject))
                if id in ids and quad.graph != self._own:
                    name = f"{codes[predicate]} {quad.object}" if predicate in codes else str(quad.object).casefold()
                    found[name].add(id)
        return found

    def write(self, draft: bytes, *, dry_run: bool) -> None:
        """Write the file whole, unless it is only shown."""
        if not dry_run:
            write_whole(self.path, draft)

    def imported(
        self, draft: bytes, summary: str, findings: Iterable[Finding], used: Iterable[str], *, dry_run: bool
    ) -> Imported:
        """What the import of a table came to; its draft is written, unless it is only shown."""
        self.write(draft, dry_run=dry_run)
        needed = self.entry(self._foreign.stem, "dataset")
        told = (tuple(findings), needed, tuple(used), not self.creators)
        return Imported(self.path, self.key, draft, summary, *told)

    def entry(self, title: str, type: str = "misc") -> str:
        """The BibTeX entry for the document, to be completed; empty where the bibliography has one."""
        work = f"{self._knowledge.base}work/{self.key}"
        known = any(True for _ in self._knowledge.stated.quads(work, DCTERMS.identifier))
        return "" if known else entry(self.key, title, type)


def _key(given: str, foreign: Path) -> str:
    """The key of the document: what was given, else the name of the file."""
    key = given.removeprefix("work/") if given else slug(foreign.name.partition(".")[0])
    if not is_own_identifier(f"work/{key}"):
        said = f"{given!r} is no key" if given else f"no key can be made from the name {foreign.name!r}"
        raise UsageError(said, "Give one with --key, in lower-case letters, digits and hyphens, such as reed-1999.")
    return key


def table_suffix(path: Path) -> str:
    """What the name of a table ends in, in small letters.

    Raises:
        UsageError: It does not end as that of a table does.
    """
    if path.suffix.lower() not in _TABLES:
        raise UsageError(f"{path.name} is no table", f"These are: {', '.join(_TABLES)}.")
    return path.suffix.lower()


def read_file(path: Path) -> bytes:
    """What a foreign file holds.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        raise SourceError(f"{path} cannot be read: {problem.strerror}", "Check the name of the file.") from problem


def nothing_read(path: Path, reasons: Sequence[str], head: int) -> SourceError:
    """What is raised where no row of a table could be read, with the first of the reasons and the line of its head."""
    told = " ".join(reasons[:_REASONS]) or f"It holds no rows below the header in line {head}."
    more = f" And {len(reasons) - _REASONS:,} more." if len(reasons) > _REASONS else ""
    return SourceError(f"nothing can be imported from {path}: {told}{more}", "Correct the file; nothing was written.")


def entry(key: str, title: str, type: str = "misc") -> str:
    """A BibTeX entry for a document, to be completed.

    >>> print(entry("reed-1999", "On Walls & Wells"), end="")
    @misc{reed-1999,
      title = {On Walls \\& Wells},
    }
    """
    return f"@{type}{{{key},\n  title = {{{escaped(tidy(title) or key)}}},\n}}\n"
