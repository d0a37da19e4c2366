"""Argdown, the argumentation language of argdown.org, read and written.

How the two correspond:

* An equivalence class is a statement, and its last definition is the text; an argument is an inference. A
  premise-conclusion structure has one inference a step, from the premises of the step and the conclusion of the step
  before, unless ``uses`` in the data of the inference names other numbers.
* A sketched argument that supports one statement has it as its conclusion. Support between statements is an inference
  with one premise, in strict mode a link of the bond ENTAILS; any other support is a link of the bond SUPPORTS. That
  an argument supports its own conclusion is nothing new.
* An attack is an attack. Where it is aimed at an argument, Argdown leaves open whether a premise or the step is meant:
  it is an attack on the inference whose data say ``relation: attack``. An undercut is an attack on the inference
  without such data, on the last one of an argument of several steps. In strict mode an attack between statements is a
  link of the bond CONTRARY. ``><`` is a link of the bond CONTRADICTS.
* Headings are the groups of statements and the ``section`` in the data of inferences. A heading with
  ``{isGroup: false}`` groups nothing.
* A statement is asserted if no inference concludes it: the premises that an argument starts from are what is put
  forward (Bex, Modgil, Prakken and Reed, On logical specifications of the Argument Interchange Format, 2013).
* What Argdown has no words for stands in the data of the element: id, holders, sources and so on. An attack with
  makers, sources or several attackers is written as an argument whose data name the ``objection``: what supports it
  carries the attack. A title that is an id, such as ``[claim/trust-is-glue]``, is the id and no title.

The texts are read as the reference implementation reads them (@argdown/core 1.7), with these differences, all on
purpose: a comment may end with the file; a blank line after front matter may be missing; an undercut below a statement
outside a premise-conclusion structure is aimed at that statement and not at the last step of a structure somewhere
above; what the reference implementation reports and skips stops the reading.
"""

from __future__ import annotations

import re
from collections import Counter

from theorymap.argument_map import ArgumentMap
from theorymap.errors import SourceError
from theorymap.findings import Finding, Origin, warning
from theorymap.formats.argdown.document import Document
from theorymap.formats.argdown.modelled import modelled
from theorymap.formats.argdown.reader import as_map
from theorymap.formats.argdown.walk import document
from theorymap.formats.argdown.wording import INCLUDE
from theorymap.formats.argdown.writer import written
from theorymap.formats.reading import MapReading


def read(data: bytes, name: str) -> MapReading:
    """The map in an Argdown file.

    Args:
        data: The file, in UTF-8, with or without byte order mark, with line breaks of any system.
        name: What the file is called in messages.

    Returns:
        The map, its elements in the order in which the text first names them; equivalence classes, arguments,
        structures, headings and relations (by kind, as Argdown's own model counts them) are read, and comments,
        includes, lists, links, bold and italic text are left.

    Raises:
        SourceError: It is no Argdown; the message begins with file, line and column, the hint says how to mend it.
    """
    text = _decoded(data, name)
    found = document(INCLUDE.sub(lambda include: re.sub(r"[^\n]", " ", include[0]), text), name)
    findings = tuple(_include(include, name) for include in INCLUDE.finditer(text))
    found.left["include"] = len(findings)
    left = {kind: count for kind, count in sorted(found.left.items()) if count}
    return MapReading(as_map(found), _counts(found), left, findings)


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line, column = before.count(b"\n") + 1, problem.start - before.rfind(b"\n")
        raise SourceError(f"{name}:{line}:{column}: the file is not UTF-8", "Save it as UTF-8.") from problem
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _counts(found: Document) -> dict[str, int]:
    kinds = Counter(relation.kind for relation in modelled(found))
    counts = {
        "equivalence class": len(found.statements),
        "argument": len(found.arguments),
        "premise-conclusion structure": len(found.steps),
        "heading": found.headings,
        **dict(sorted(kinds.items())),
    }
    return {kind: count for kind, count in counts.items() if count}


def _include(include: re.Match[str], name: str) -> Finding:
    before = include.string[: include.start()]
    origin = Origin(name, before.count("\n") + 1, include.start() - before.rfind("\n"))
    message = f"The file {include[1]} is included here, and was not read."
    return warning("include-not-followed", origin, message, "Put its text here instead.", value=include[1])


def write(map: ArgumentMap) -> bytes:
    """The Argdown text of a map, in UTF-8; the same map gives the same bytes.

    The statements come first, under their groups as headings, then the arguments, then the relations. `read` gives the
    map back, but for what `theorymap.formats.losses` says. Strict mode is chosen where a statement entails another or
    is contrary to it.
    """
    return written(map).encode()
