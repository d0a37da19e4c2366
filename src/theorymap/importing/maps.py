"""An argument map in a foreign format, read and written into a workspace as the file of a document."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from theorymap.errors import UsageError
from theorymap.formats import FORMATS
from theorymap.formats.reading import MapReading
from theorymap.importing import map_draft
from theorymap.importing.target import AGENTS, Imported, Target, read_file
from theorymap.knowledge import Knowledge
from theorymap.terms import RDF, TM, local, nearest
from theorymap.wording import counted


def run(knowledge: Knowledge, format: str, path: Path, *, key: str, replace: bool, dry_run: bool) -> Imported:
    """Read a map and write its draft; for the arguments see `theorymap.Workspace.import_map`."""
    readable = [known.name for known in FORMATS.values() if known.read]
    read = FORMATS[format].read if format in readable else None
    if read is None:
        near = nearest(format, [*readable, "cases", "relations"])
        hint = f"Did you mean {near}?" if near else f"Formats: {', '.join(readable)}; cases and relations for tables."
        raise UsageError(f"there is no format {format} to import from", hint)
    target = Target(knowledge, path, key, replace=replace)
    reading = read(read_file(path), str(path))
    title = reading.map.title or path.name
    draft = map_draft.draft(
        reading.map,
        target.key,
        title,
        file=f"{path.name} ({format})",
        taken=target.taken,
        schemes={local(str(quad.subject)) for quad in knowledge.stated.quads(None, RDF.type, TM.Scheme)},
        agents=target.named(AGENTS),
    )
    target.write(draft, dry_run=dry_run)
    return Imported(target.path, target.key, draft, summary(reading), reading.findings, target.entry(title))


def summary(reading: MapReading) -> str:
    """How much was read and how much was left, by kind, a line for nodes, edges or whatever the format has.

    >>> from theorymap.argument_map import ArgumentMap
    >>> print(summary(MapReading(ArgumentMap(), {"information nodes": 1, "edges": 2}, {"locutions": 1200})))
    1 of 1,201 nodes imported: 1 information node
    1,200 of 1,201 nodes not imported: 1,200 locutions
    2 of 2 edges imported
    """
    lines = []
    read, left = _by_unit(reading.read, reading), _by_unit(reading.left, reading)
    for unit in dict.fromkeys([*read, *left]) or ["nodes"]:
        whole = sum(read[unit].values()) + sum(left[unit].values())
        for kinds, done in ((read[unit], "imported"), (left[unit], "not imported")):
            number = sum(kinds.values())
            if number or done == "imported":
                parts = ", ".join(counted(n, kind) for kind, n in kinds.most_common() if n and kind != unit)
                lines.append(f"{number:,} of {counted(whole, unit)} {done}" + (f": {parts}" if parts else ""))
    return "\n".join(lines)


def _by_unit(counts: dict[str, int], reading: MapReading) -> dict[str, Counter[str]]:
    """Counts by what is counted: edges, and nodes where there are edges, else elements."""
    graph = any(kind.split()[0] == "edges" for kind in (*reading.read, *reading.left))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, number in counts.items():
        found["edges" if kind.split()[0] == "edges" else "nodes" if graph else "elements"][kind] += number
    return found
