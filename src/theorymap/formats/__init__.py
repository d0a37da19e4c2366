"""The registry of formats: what each is called, its media type and suffixes, what it loses, and how it is written.

Command line, documentation and round-trip tests are loops over `FORMATS`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from theorymap.argument_map import ArgumentMap
    from theorymap.formats.reading import MapReading


@dataclass(frozen=True)
class Format:
    """A format that the knowledge base, or the argument map in it, can be written in or that a map can be read from.

    Attributes:
        name: What users call it.
        media_type: As registered with IANA, where it is.
        suffix: Of files in it.
        loses: What of the knowledge base, or of the map, does not survive a round trip; empty where everything does.
        write: From N-Quads to the bytes of a file, the same for the same content; None for a format of maps.
        read: From the bytes of a file and its name in findings to a map; None for a format that is only written.
        write_map: From a map to the bytes of a file, the same for the same map; None for a format of everything.
    """

    name: str
    media_type: str
    suffix: str
    loses: tuple[str, ...]
    write: Callable[[bytes], bytes] | None = None
    read: Callable[[bytes, str], MapReading] | None = None
    write_map: Callable[[ArgumentMap], bytes] | None = None


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


def _reader(module: str) -> Callable[[bytes, str], MapReading]:
    """The function `read` of a module of this package, which is imported when it is called."""

    def read(data: bytes, name: str) -> MapReading:
        reading: MapReading = importlib.import_module(f"theorymap.formats.{module}").read(data, name)
        return reading

    return read


def _map_writer(module: str, function: str = "write") -> Callable[[ArgumentMap], bytes]:
    """A function of a module of this package that writes maps; the module is imported when it is called."""

    def write(argument_map: ArgumentMap) -> bytes:
        written: bytes = getattr(importlib.import_module(f"theorymap.formats.{module}"), function)(argument_map)
        return written

    return write


def _framework_reader(suffix: str) -> Callable[[bytes, str], MapReading]:
    """The reader of an abstract framework, each argument a statement."""

    def read(data: bytes, name: str) -> MapReading:
        from theorymap.formats import frameworks

        return frameworks.map_of(frameworks.READERS[suffix](data, name))

    return read


def _framework_writer(suffix: str) -> Callable[[ArgumentMap], bytes]:
    """The writer of the framework that a map is translated to."""

    def write(argument_map: ArgumentMap) -> bytes:
        from theorymap.argue.translation import translate
        from theorymap.formats import frameworks

        return frameworks.WRITERS[suffix](translate(argument_map).framework)

    return write


_FRAMEWORK = (
    "everything but what attacks what: texts, sources, premises and steps become arguments that attack each other",
    "line breaks and repeated white space in names",
)


def _framework(name: str) -> Format:
    suffix = f".{name}"
    return Format(name, "text/plain", suffix, _FRAMEWORK, None, _framework_reader(suffix), _framework_writer(suffix))


_AIF = (
    "titles, groups, tags, sources and data, but for a scheme that is not ours; the text of an inference",
    "that a statement is denied or implicit, and that an inference is only entertained",
    "that a statement without an inference to it is not asserted; the holders of one that is not asserted",
    "a contradiction is two attacks, one each way, and a contrary is one; other links, but for the support of one "
    "inference by another, and the links of attacks",
    "repetitions among premises, attackers, holders and makers; white space around names and schemes",
    "the title and the data of the map",
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
        Format("aif", "application/json", ".aif.json", _AIF, None, _reader("aif"), _map_writer("aif")),
        Format("xaif", "application/json", ".xaif.json", _AIF, None, _reader("aif"), _map_writer("aif", "write_xaif")),
        Format(
            "argdown",
            "text/x-argdown",
            ".argdown",
            ("the order of links",),
            None,
            _reader("argdown"),
            _map_writer("argdown"),
        ),
        *(_framework(name) for name in ("apx", "tgf", "af")),
    )
}
