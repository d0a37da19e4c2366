"""An argument map in a foreign format, read and written into a workspace as the file of a document."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from theorymap import drafting
from theorymap.cache import write_whole
from theorymap.errors import SourceError, UsageError
from theorymap.findings import Finding
from theorymap.formats import FORMATS
from theorymap.formats.reading import MapReading
from theorymap.knowledge import Knowledge
from theorymap.readers.forms import is_own_identifier
from theorymap.readers.names import slug
from theorymap.sources import graph_of
from theorymap.terms import DCTERMS, ID, RDF, RDFS, SKOS, TM, local, nearest

_AGENTS = (TM.Agent, TM.Person, TM.Organisation, TM.Group, TM.Unnamed)


@dataclass(frozen=True)
class Imported:
    """What an import came to.

    Attributes:
        path: The file of the document.
        key: The key of the document.
        draft: What stands in the file, or would stand in it.
        reading: The map, how much of it was read, and what a reader should know.
        entry: The BibTeX entry that the bibliography still needs; empty where it has one.
    """

    path: Path
    key: str
    draft: bytes
    reading: MapReading
    entry: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a reader should know, with line and column."""
        return self.reading.findings

    def summary(self) -> str:
        """How much was read and how much was left, by kind, a line for nodes, edges or whatever the format has.

        >>> from theorymap.argument_map import ArgumentMap
        >>> reading = MapReading(ArgumentMap(), {"information nodes": 1, "edges": 2}, {"locutions": 1200})
        >>> print(Imported(Path("x.yaml"), "x", b"", reading, "").summary())
        1 of 1,201 nodes imported: 1 information nodes
        1,200 of 1,201 nodes not imported: 1,200 locutions
        2 of 2 edges imported
        """
        lines = []
        read, left = _by_unit(self.reading.read, self.reading), _by_unit(self.reading.left, self.reading)
        for unit in dict.fromkeys([*read, *left]) or ["nodes"]:
            whole = sum(read[unit].values()) + sum(left[unit].values())
            for kinds, done in ((read[unit], "imported"), (left[unit], "not imported")):
                number = sum(kinds.values())
                if number or done == "imported":
                    parts = ", ".join(f"{n:,} {kind}" for kind, n in kinds.most_common() if n and kind != unit)
                    lines.append(f"{number:,} of {whole:,} {unit} {done}" + (f": {parts}" if parts else ""))
        return "\n".join(lines)


def _by_unit(counts: dict[str, int], reading: MapReading) -> dict[str, Counter[str]]:
    """Counts by what is counted: edges, and nodes where there are edges, else elements."""
    graph = any(kind.split()[0] == "edges" for kind in (*reading.read, *reading.left))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, number in counts.items():
        found["edges" if kind.split()[0] == "edges" else "nodes" if graph else "elements"][kind] += number
    return found


def run(knowledge: Knowledge, format: str, path: Path, *, key: str, replace: bool, dry_run: bool) -> Imported:
    """Read a map and write its draft; for the arguments see `theorymap.Workspace.import_map`."""
    readable = [known.name for known in FORMATS.values() if known.read]
    read = FORMATS[format].read if format in readable else None
    if read is None:
        near = nearest(format, [*readable, "cases"])
        hint = f"Did you mean {near}?" if near else f"Formats: {', '.join(readable)}; cases for a table."
        raise UsageError(f"there is no format {format} to import from", hint)
    key = key_for(key, path)
    target = target_of(knowledge, key, replace=replace)
    reading = read(read_file(path), str(path))
    title = reading.map.title or path.name
    draft = drafting.draft(
        reading.map,
        key,
        title,
        file=f"{path.name} ({format})",
        taken=taken(knowledge, graph_of(knowledge.sources.layout.name(target))),
        schemes={local(str(quad.subject)) for quad in knowledge.stated.quads(None, RDF.type, TM.Scheme)},
        agents=_agents(knowledge),
    )
    if not dry_run:
        write_whole(target, draft)
    return Imported(target, key, draft, reading, "" if has_work(knowledge, key) else drafting.entry(key, title))


def key_for(given: str, path: Path) -> str:
    """The key of the document: what was given, else the name of the file."""
    key = given.removeprefix("work/") if given else slug(path.name.partition(".")[0])
    if not is_own_identifier(f"work/{key}"):
        said = f"{given!r} is no key" if given else f"no key can be made from the name {path.name!r}"
        raise UsageError(said, "Give one with --key, in lower-case letters, digits and hyphens, such as reed-1999.")
    return key


def target_of(knowledge: Knowledge, key: str, *, replace: bool) -> Path:
    """The file of the document of that key.

    Raises:
        UsageError: There is one already that is not to be replaced.
    """
    target = knowledge.sources.layout.kb[0] / "documents" / f"{key}.yaml"
    if target.exists() and not replace:
        raise UsageError(f"{target} exists already", "Give another --key, or write over it with --replace.")
    return target


def read_file(path: Path) -> bytes:
    """What a foreign file holds."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise SourceError(f"{path} cannot be read: {problem.strerror}", "Check the name of the file.") from problem


def taken(knowledge: Knowledge, own: str) -> set[str]:
    """The identifiers of the workspace, but for those that only the file to be written has."""
    subjects = {str(quad.subject) for quad in knowledge.stated.quads() if quad.graph != own}
    return {_short(iri, knowledge) for iri in subjects}


def _agents(knowledge: Knowledge) -> dict[str, str]:
    """The agents of the workspace by their identifiers, and by their names in small letters where only one has it."""
    agents = {str(quad.subject) for kind in _AGENTS for quad in knowledge.stated.quads(None, RDF.type, kind)}
    named: dict[str, set[str]] = defaultdict(set)
    for predicate in (RDFS.label, SKOS.altLabel):
        for quad in knowledge.stated.quads(None, predicate):
            if str(quad.subject) in agents:
                named[str(quad.object).casefold()].add(str(quad.subject))
    known = {name: _short(iri, knowledge) for name, iris in named.items() if len(iris) == 1 for iri in iris}
    return known | {_short(iri, knowledge): _short(iri, knowledge) for iri in agents}


def _short(iri: str, knowledge: Knowledge) -> str:
    base = knowledge.sources.layout.base
    return iri.removeprefix(base) if iri.startswith(base) else iri.removeprefix(ID)


def has_work(knowledge: Knowledge, key: str) -> bool:
    """Whether the bibliography has an entry of that key."""
    work = f"{knowledge.sources.layout.base}work/{key}"
    return any(True for _ in knowledge.stated.quads(work, DCTERMS.identifier))
