"""Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD files of the knowledge base, and the ontology and shapes."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urljoin

from theorymap import store
from theorymap.findings import Finding, Origin, error
from theorymap.readers import Origins

SUFFIXES = {
    ".ttl": "ttl",
    ".trig": "trig",
    ".nt": "nt",
    ".nq": "nq",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".jsonld": "jsonld",
}
_PREFIX = re.compile(r"(?:^|\.\s)\s*@?(?:prefix|base)\s+(?:([\w.-]*):\s*)?<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_SUBJECT = re.compile(
    r"""^\s*(?:<(?P<iri>[^>\s]+)>|(?P<prefix>[\w.-]*):(?P<name>(?:[\w.:%-]|\\.)+))(?=\s)  # Turtle and its kin
    |"@?id"\s*:\s*"(?P<id>[^"]+)"                                                         # JSON-LD
    |rdf:(?:about|ID)="(?P<about>[^"]+)"                                                  # RDF/XML""",
    re.MULTILINE | re.VERBOSE,
)


def read(data: bytes, file: str, graph: str, *, blank_nodes: bool = False) -> tuple[bytes, Origins, list[Finding]]:
    """The quads of an RDF file as N-Quads in one named graph, where their subjects stand, and what is wrong with it.

    Args:
        data: The bytes of the file.
        file: Its name; the suffix decides the format.
        graph: The named graph of everything in the file.
        blank_nodes: Whether nodes without a name are allowed, as an ontology needs them.
    """
    source = SUFFIXES[file[file.rindex(".") :]]
    origins = Origins()
    try:
        text = data.decode("utf-8-sig")
        quads = store.quads_of(store.convert(text.encode(), source, "nq", base=graph, graph=graph), "nq")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        return b"", origins, [error("not-utf-8", Origin(file, line), "The file is not UTF-8.", "Save it as UTF-8.")]
    except store.RdfSyntaxError as problem:
        origin = Origin(file, problem.line, problem.column)
        repair = "Mend the syntax at this place; until then nothing of the file is read."
        return b"", origins, [error("broken-rdf", origin, f"{problem.reason.rstrip('.')}.", repair)]
    if not quads:
        return b"", origins, [error("empty-file", Origin(file, 1), "The file says nothing.", "Fill it or delete it.")]
    lines = _lines(text, graph)
    for quad in quads:
        if not isinstance(quad.subject, store.Blank):
            line = lines.get(str(quad.subject), 0)
            for place in (("", ""), (quad.predicate, ""), (quad.predicate, quad.object)):
                origins.add(quad.subject, line, 0, *place)
    unnamed = [quad for quad in quads if isinstance(quad.subject, store.Blank) or isinstance(quad.object, store.Blank)]
    if unnamed and not blank_nodes:
        about = next((str(quad.subject) for quad in unnamed if not isinstance(quad.subject, store.Blank)), "")
        line = lines.get(about, 0) or _first_bracket(text)
        repair = "Give the node an identifier, so that it can be named, compared and found."
        return b"", origins, [error("blank-node", Origin(file, line), "A node of this file has no identifier.", repair)]
    return _nquads(quads, file, f"<{graph}>"), origins, []


def _nquads(quads: list[store.Quad], file: str, graph: str) -> bytes:
    """The quads as N-Quads; the labels of nodes without a name tell the files apart."""
    mark = hashlib.sha256(file.encode()).hexdigest()[:8]

    def term(node: store.Term) -> str:
        return f"_:f{mark}{node}" if isinstance(node, store.Blank) else store.serialise(node)

    lines = {f"{term(q.subject)} {term(q.predicate)} {term(q.object)} {graph} .\n" for q in quads}
    return "".join(sorted(lines)).encode()


def _lines(text: str, graph: str) -> dict[str, int]:
    """The line in which each IRI first stands where a statement can begin."""
    prefixes = {match[1] or "": match[2] for match in _PREFIX.finditer(text) if match[1] is not None}
    base = next((match[2] for match in _PREFIX.finditer(text) if match[1] is None), graph)
    found: dict[str, int] = {}
    line, last = 1, 0
    for match in _SUBJECT.finditer(text):
        at = match.start(match.lastgroup or 0)
        line, last = line + text.count("\n", last, at), at
        if match["name"] is not None:
            iri = prefixes.get(match["prefix"], "") + match["name"].replace("\\", "")
        else:
            iri = _absolute(match["iri"] or match["id"] or match["about"], base)
        found.setdefault(iri, line)
    return found


def _absolute(iri: str, base: str) -> str:
    try:
        return urljoin(base, iri)
    except ValueError:
        return iri


def _first_bracket(text: str) -> int:
    at = min((place for place in (text.find("["), text.find("_:")) if place >= 0), default=-1)
    return text.count("\n", 0, at) + 1 if at >= 0 else 0
