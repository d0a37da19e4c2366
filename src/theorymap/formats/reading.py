"""What reading a foreign argument map came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from theorymap.argument_map import ArgumentMap
from theorymap.findings import Finding


@dataclass(frozen=True)
class MapReading:
    """A map, and how much of the file it holds.

    Attributes:
        map: What was read.
        read: How many things of each kind were read, by kind as the format calls it.
        left: How many were left out, by kind; with `read` it counts everything that was found.
        findings: What a reader should know, with line and column: an include that was not followed, for example.
    """

    map: ArgumentMap
    read: dict[str, int]
    left: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
