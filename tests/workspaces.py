"""Workspaces for tests: the repository's own, and small ones in a folder of their own."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from theorymap.sources import Sources
from theorymap.store import Store
from theorymap.workspace import Workspace

ROOT = Path(__file__).parent.parent
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"

SMALL = {
    "theorymap.toml": "",
    "kb/bibliography.bib": "@book{reed-1999, author = {Reed, Ada}, title = {On Walls}, year = {1999}}\n",
    "kb/agents.yaml": """\
id: register/agents
agents:
  person/ada-reed: {type: Person, label: Ada Reed}
  group/coders: {type: Group, label: the coders, sort: panel}
""",
    "kb/theories.yaml": """\
id: register/theories
theories:
  theory/thought: {label: thought, sort: family}
  theory/walls: {label: walls, sort: theory, family: theory/thought}
  theory/low-walls: {label: low walls, sort: variant, variant_of: theory/walls}
""",
    "kb/cases.yaml": """\
id: register/cases
cases:
  region/north: {type: Region, label: the North}
  state/brazil:
    type: State
    label: Brazil
    part_of: region/north
periods:
  period/long-peace: {label: the long peace, start: 1900, end: 1910}
""",
    "kb/background.yaml": """\
id: register/background
type: Background
extraction: by-hand
coder: group/coders
claims:
  claim/walls-old:
    kind: descriptive
    text: Walls are old.
    theory: theory/walls
""",
    "kb/documents/reed-1999.yaml": """\
id: work/reed-1999
extent: full-text
extraction: by-hand
coder: group/coders
claims:
  claim/walls-help:
    kind: causal
    text: Walls keep a state calm.
    theory: theory/low-walls
    attributions:
      - holder: person/ada-reed
        commitment: asserts
        hedge: plain
        stance: asserts
        via: [{teller: work/reed-1999}]
        passages: [{section: One, from: a wall is, to: a calm state}]
  claim/walls-fall:
    kind: causal
    text: Every wall falls in the end.
    contradicts: claim/walls-help
  claim/walls-explain:
    type: Assessment
    text: The theory of walls explains calm.
    theory: theory/walls
    verdict: explains
arguments:
  argument/calm:
    maker: person/ada-reed
    premises: [claim/walls-explain]
    conclusion: claim/walls-help
attacks:
  attack/fall:
    maker: person/ada-reed
    by: [claim/walls-fall]
    target: claim/walls-help
citations:
  citation/reed-1999-itself: {cites: work/reed-1999, intents: [citesAsEvidence]}
""",
}


def make(folder: Path, changes: Mapping[str, str | bytes] = {}) -> Workspace:
    """A workspace with the files of `SMALL`, some of them changed or added (an empty text removes a file)."""
    for name, text in {**SMALL, **changes}.items():
        if text or name == "theorymap.toml":
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Workspace.open(folder, cached=False)


def replaced(name: str, old: str, new: str) -> dict[str, str]:
    """A change of one file of `SMALL`: one text, which must be there once, in the place of another."""
    assert SMALL[name].count(old) == 1
    return {name: SMALL[name].replace(old, new)}


@functools.cache
def repository() -> Workspace:
    """The repository's own workspace, read anew."""
    return Workspace.open(ROOT, cached=False)


def ntriples(sources: Sources, *folders: str) -> bytes:
    """What the files of some folders say as N-Triples, without the locks, to which OWL gives no meaning."""
    files = [file for file in sources.readable() if file.folder in folders and file.suffix != ".lock"]
    assert files
    return Store(*(sources.read(file)[0] for file in files)).construct(EVERYTHING, "nt")
