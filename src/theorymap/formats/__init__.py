"""The registry of formats: what each is called, its media type and suffixes, what it loses, and how it is written.

Command line, documentation and round-trip tests are loops over `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """A format that the knowledge base can be written in.

    Attributes:
        name: What users call it.
        media_type: As registered with IANA, where it is.
        suffix: Of files in it.
        loses: What of the knowledge base does not survive a round trip; empty where everything does.
        write: From N-Quads to the bytes of a file, the same for the same content.
    """

    name: str
    media_type: str
    suffix: str
    loses: tuple[str, ...]
    write: Callable[[bytes], bytes]


_GRAPHS = ("the file in which a statement stands (its named graph)",)


def _rdf(target: str) -> Callable[[bytes], bytes]:
    def write(nquads: bytes) -> bytes:
        from theorymap.store import convert

        return convert(nquads, "nq", target)

    return write


def _bibtex(nquads: bytes) -> bytes:
    from theorymap.formats import bibtex
    from theorymap.readers import Literal, Statement
    from theorymap.store import Literal as Value
    from theorymap.store import quads_of

    return bibtex.write(
        Statement(
            q.subject,
            q.predicate,
            Literal(q.object, q.object.datatype, q.object.language) if isinstance(q.object, Value) else q.object,
        )
        for q in quads_of(nquads, "nq")
    )


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("turtle", "text/turtle", ".ttl", _GRAPHS, _rdf("ttl")),
        Format("trig", "application/trig", ".trig", (), _rdf("trig")),
        Format("nquads", "application/n-quads", ".nq", (), _rdf("nq")),
        Format("jsonld", "application/ld+json", ".jsonld", (), _rdf("jsonld")),
        Format("rdfxml", "application/rdf+xml", ".rdf", _GRAPHS, _rdf("rdfxml")),
        Format(
            "bibtex",
            "application/x-bibtex",
            ".bib",
            ("everything but the works and their fields", "comments and the order of entries"),
            _bibtex,
        ),
    )
}
