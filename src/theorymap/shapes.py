"""Shapes as their files state them: what they say to a reader, what they look at, and what is wrong with them.

A validator passes over a target that nobody defines, and over a file without a target; here both are findings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from theorymap import store
from theorymap.findings import Finding, Origin, error
from theorymap.rdf import Blank, Iri, Literal, Term
from theorymap.terms import ID, OWL, RDF, RDFS, SH, SHAPES, TM, local, nearest, short

Triple = tuple[Iri | Blank, Iri, Term]

_TARGETS = {SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf}
_PAIRS = {SH.disjoint, SH.equals, SH.lessThan, SH.lessThanOrEquals}
_BUILT_IN = (OWL, RDF, RDFS)
_OURS = (SHAPES, TM)
_TO_READERS = {RDFS.comment, RDFS.seeAlso, SH.message}


@dataclass(frozen=True)
class Shapes:
    """The shapes of some files, taken together.

    Attributes:
        triples: What they say to a validator; what they say to readers alone is left out.
        messages: The message of each shape that has one.
        shown_at: The property at which a shape's findings are shown: its rdfs:seeAlso, else its path if that is simple.
    """

    triples: list[Triple]
    messages: dict[str, str]
    shown_at: dict[str, str]
    _about: dict[str, list[tuple[Iri, Term]]] = field(repr=False)

    def looks_at(self, shape: str) -> tuple[str, ...]:
        """The properties that a shape and the conditions in it look at, sorted."""
        found: set[str] = set()
        seen, todo = {shape}, [(shape, False)]
        while todo:
            node, in_path = todo.pop()
            for predicate, value in self._about.get(node, ()):
                of_path = in_path or predicate == SH.path
                if isinstance(value, Iri) and (of_path or predicate in _PAIRS) and not value.startswith(RDF + "nil"):
                    found.add(value)
                elif not isinstance(value, Literal) and value not in seen and predicate != RDF.type:
                    seen.add(value)
                    todo.append((value, of_path))
        return tuple(sorted(found))


def read(files: Mapping[str, bytes], data: Iterable[Triple], base: str = ID) -> tuple[Shapes, list[Finding]]:
    """The shapes of some Turtle files, and what is wrong with them.

    Args:
        files: The files by the names that findings give them.
        data: What the shapes are to be held against, with the ontology: it defines the terms that they may use.
        base: With which the IRIs of the individuals begin.
    """
    findings: list[Finding] = []
    triples: list[Triple] = []
    known = _Known(data, base)
    texts: list[tuple[str, str, list[Triple]]] = []
    for number, (name, content) in enumerate(files.items()):
        try:
            quads = store.quads_of(content, "ttl")
        except store.RdfSyntaxError as problem:
            origin = Origin(name, problem.line, problem.column)
            findings.append(error("broken-rdf", origin, f"{problem.reason}.", "Mend the Turtle at this place."))
            continue
        own = [(_node(q.subject, number), q.predicate, _term(q.object, number)) for q in quads]
        texts.append((name, content.decode("utf-8", "replace"), own))
        triples += own
    known.add(triples)
    for name, text, own in texts:
        findings += _faults(name, text, own, known)
    return _shapes(triples), findings


def _node(node: Iri | Blank, number: int) -> Iri | Blank:
    """A subject; the labels of nodes without a name tell the files apart."""
    return Blank(f"f{number}{node}") if isinstance(node, Blank) else node


def _term(term: Term, number: int) -> Term:
    return term if isinstance(term, Literal) else _node(term, number)


def _shapes(triples: list[Triple]) -> Shapes:
    about: dict[str, list[tuple[Iri, Term]]] = defaultdict(list)
    messages: dict[str, str] = {}
    paths: dict[str, str] = {}
    shown: dict[str, str] = {}
    for subject, predicate, value in triples:
        about[subject].append((predicate, value))
        if predicate == SH.message:
            messages[str(subject)] = str(value)
        elif predicate == RDFS.seeAlso:
            shown[str(subject)] = str(value)
        elif predicate == SH.path and isinstance(value, Iri):
            paths[str(subject)] = str(value)
    return Shapes([triple for triple in triples if triple[1] not in _TO_READERS], messages, paths | shown, dict(about))


class _Known:
    """The terms that data and shapes define."""

    def __init__(self, data: Iterable[Triple], base: str) -> None:
        self.typed: set[str] = set()
        self.base = base
        self.add(data)

    def add(self, triples: Iterable[Triple]) -> None:
        self.typed |= {subject for subject, predicate, _ in triples if predicate == RDF.type}

    def defines(self, predicate: str, value: str) -> bool:
        """Whether an IRI that a shape names is defined; what is none of ours is only asked of targets."""
        if value.startswith(_BUILT_IN) or value in self.typed:
            return True
        return not value.startswith((*_OURS, self.base)) and predicate not in _TARGETS

    def near(self, value: str) -> str | None:
        """The defined term in the same namespace that is most like an IRI."""
        start = value[: len(value) - len(local(value))]
        near = nearest(local(value), (local(iri) for iri in self.typed if iri.startswith(start)))
        return short(start + near, self.base) if near else None


def _faults(name: str, text: str, triples: list[Triple], known: _Known) -> Iterator[Finding]:
    """What a validator would pass over in silence."""
    if not any(predicate in _TARGETS | {SH.targetNode} for _, predicate, _ in triples):
        repair = "Give each shape a target, such as sh:targetClass, or delete the file."
        message = "No shape in this file has a target, so nothing is checked."
        yield error("empty-shapes", Origin(name, 1), message, repair)
    asked = set()
    for subject, predicate, value in triples:
        if isinstance(value, Iri) and value not in asked and not known.defines(predicate, value):
            asked.add(value)
            near = known.near(value)
            repair = f"Did you mean {near}?" if near else "Define it in the ontology, or correct the name."
            name_of = short(value, known.base)
            message = f"A shape names {name_of}, and nobody defines it, so nothing is checked."
            yield error("undefined-in-shapes", Origin(name, _line(text, value)), message, repair, value=name_of)
        if predicate == SH.path and isinstance(subject, Blank) and isinstance(value, Iri):
            message = f"A rule for {short(value, known.base)} has no name, so its findings would have no code."
            repair = "Write sh:property and a name, and describe the rule under that name."
            shown = short(value, known.base)
            yield error("unnamed-shape", Origin(name, _line(text, value)), message, repair, value=shown)


def _line(text: str, iri: str) -> int:
    """The first line of a Turtle file that names an IRI; 0 where none does."""
    found = re.search(rf"(?m)^[^#\n]*(?:<{re.escape(iri)}>|[\w-]*:{re.escape(local(iri))}(?![\w-]))", text)
    return text.count("\n", 0, found.start()) + 1 if found else 0
