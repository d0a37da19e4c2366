"""The registry of formats: what each is called, its media type and suffix, what it holds and loses, how it is written.

Command line, documentation and round-trip tests are loops over `FORMATS`.
"""

from __future__ import annotations

import enum
import importlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from theorymap.errors import UsageError
from theorymap.formats import losses
from theorymap.terms import ID, nearest, prefixes

if TYPE_CHECKING:
    from theorymap.argument_map import ArgumentMap
    from theorymap.draw.picture import Picture
    from theorymap.formats.reading import MapReading
    from theorymap.table import Table


class Holds(enum.Enum):
    """What a file in a format holds, and so what it is written from."""

    KNOWLEDGE = "the knowledge base"
    """Written from N-Quads."""
    WORKS = "its works"
    """Written from N-Quads."""
    ARGUMENTS = "its arguments"
    """Written from an `ArgumentMap`."""
    TABLE = "a table"
    """Written from a `Table`."""
    PICTURE = "a picture"
    """Written from a `Picture`."""


@dataclass(frozen=True)
class Format:
    """A format that something can be written in, or that an argument map can be read from.

    Attributes:
        name: What users call it.
        media_type: As registered with IANA, where it is.
        suffix: Of files in it.
        holds: What is written in it.
        loses: What of it does not survive a round trip; empty where everything does.
        write: From what it holds to the bytes of a file, the same for the same content. What writes the knowledge base
            is told its base as well, for which the prefix `id` stands.
        read: From the bytes of a file and its name in findings to a map; None for a format that is only written.
    """

    name: str
    media_type: str
    suffix: str
    holds: Holds
    loses: tuple[str, ...]
    write: Callable[..., bytes]
    read: Callable[[bytes, str], MapReading] | None = None


def _rdf(target: str) -> Callable[..., bytes]:
    def write(nquads: bytes, base: str = ID) -> bytes:
        from theorymap.store import convert

        return convert(nquads, "nq", target, prefixes=prefixes(base))

    return write


def _references(module: str) -> Callable[[bytes], bytes]:
    """The function `write` of a module of this package that writes the works; it is imported when it is called."""

    def write(nquads: bytes) -> bytes:
        from theorymap.readers import Literal, Statement
        from theorymap.store import Literal as Value
        from theorymap.store import quads_of

        written: bytes = importlib.import_module(f"theorymap.formats.{module}").write(
            Statement(
                q.subject,
                q.predicate,
                Literal(q.object, q.object.datatype, q.object.language) if isinstance(q.object, Value) else q.object,
            )
            for q in quads_of(nquads, "nq")
        )
        return written

    return write


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


def _framework(name: str) -> Format:
    suffix = f".{name}"
    return Format(
        name,
        "text/plain",
        suffix,
        Holds.ARGUMENTS,
        losses.FRAMEWORK,
        _framework_writer(suffix),
        _framework_reader(suffix),
    )


def _table(module: str, function: str) -> Callable[[Table], bytes]:
    """A function of a module of `theorymap.render` that writes tables."""

    def write(table: Table) -> bytes:
        text: str = getattr(importlib.import_module(f"theorymap.render.{module}"), function)(table)
        return text.encode()

    return write


def _picture(name: str) -> Callable[[Picture], bytes]:
    """The writer of pictures of that name in `theorymap.draw`."""

    def write(picture: Picture) -> bytes:
        from theorymap import draw

        return draw.WRITERS[name](picture)

    return write


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("turtle", "text/turtle", ".ttl", Holds.KNOWLEDGE, losses.GRAPHS, _rdf("ttl")),
        Format("trig", "application/trig", ".trig", Holds.KNOWLEDGE, (), _rdf("trig")),
        Format("nquads", "application/n-quads", ".nq", Holds.KNOWLEDGE, (), _rdf("nq")),
        Format("jsonld", "application/ld+json", ".jsonld", Holds.KNOWLEDGE, (), _rdf("jsonld")),
        Format("rdfxml", "application/rdf+xml", ".rdf", Holds.KNOWLEDGE, losses.RDFXML, _rdf("rdfxml")),
        Format(
            "bibtex",
            "application/x-bibtex",
            ".bib",
            Holds.WORKS,
            losses.BIBTEX,
            _references("bibtex"),
        ),
        Format("ris", "application/x-research-info-systems", ".ris", Holds.WORKS, losses.RIS, _references("ris")),
        Format(
            "csl",
            "application/vnd.citationstyles.csl+json",
            ".csl.json",
            Holds.WORKS,
            losses.CSL,
            _references("csl"),
        ),
        Format("aif", "application/json", ".aif.json", Holds.ARGUMENTS, losses.AIF, _map_writer("aif"), _reader("aif")),
        Format(
            "xaif",
            "application/json",
            ".xaif.json",
            Holds.ARGUMENTS,
            losses.AIF,
            _map_writer("aif", "write_xaif"),
            _reader("aif"),
        ),
        Format(
            "argdown",
            "text/x-argdown",
            ".argdown",
            Holds.ARGUMENTS,
            losses.ARGDOWN,
            _map_writer("argdown"),
            _reader("argdown"),
        ),
        *(_framework(name) for name in ("apx", "tgf", "af")),
        Format("table", "text/plain", ".txt", Holds.TABLE, losses.TEXT, _table("text", "table_text")),
        Format("csv", "text/csv", ".csv", Holds.TABLE, losses.WIDE, _table("data", "table_csv")),
        Format("tsv", "text/tab-separated-values", ".tsv", Holds.TABLE, losses.TSV, _table("data", "table_tsv")),
        Format("long", "text/csv", ".long.csv", Holds.TABLE, losses.LONG, _table("data", "table_long")),
        Format("json", "application/json", ".json", Holds.TABLE, losses.JSON, _table("data", "table_json")),
        Format("markdown", "text/markdown", ".md", Holds.TABLE, losses.MARKDOWN, _table("markdown", "table_markdown")),
        Format(
            "footnotes", "text/markdown", ".footnotes.md", Holds.TABLE, losses.PAGE, _table("footnotes", "markdown")
        ),
        Format("html", "text/html", ".html", Holds.TABLE, losses.PAGE, _table("html", "page")),
        Format("latex", "text/x-tex", ".tex", Holds.TABLE, losses.LATEX, _table("latex", "fragment")),
        Format("svg", "image/svg+xml", ".svg", Holds.PICTURE, losses.SVG, _picture("svg")),
        Format("png", "image/png", ".png", Holds.PICTURE, losses.PNG, _picture("png")),
        Format("dot", "text/vnd.graphviz", ".dot", Holds.PICTURE, losses.DOT, _picture("dot")),
        Format("graphml", "application/graphml+xml", ".graphml", Holds.PICTURE, losses.GRAPHML, _picture("graphml")),
    )
}


def of(*holds: Holds) -> dict[str, Format]:
    """The formats that hold one of these, by name, in the order of the registry."""
    return {name: format for name, format in FORMATS.items() if format.holds in holds}


def named(name: str, among: Collection[str] = FORMATS) -> Format:
    """The format of that name.

    Args:
        among: The names that are allowed.

    Raises:
        UsageError: None of them is called so; with the nearest name.
    """
    if name not in among:
        near = nearest(name, among)
        hint = f"Did you mean {near}?" if near else f"Formats: {', '.join(among)}."
        raise UsageError(f"there is no format {name}", hint)
    return FORMATS[name]


def of_file(chosen: str | None, file: str | None, among: Collection[str], default: str) -> str:
    """The name of the format for a file: the one that was chosen, else the one whose suffix the file has.

    A file without a suffix, and standard output, say nothing. ``.csv`` goes with every format of such files, ``long``
    among them; ``.gv`` is another suffix of DOT.

    Args:
        chosen: The name of a format; None where none was chosen.
        file: The path of the file; None or ``-`` for standard output.
        among: The names that are allowed.
        default: The format where neither says one.

    Raises:
        UsageError: The suffix is of another format than the chosen one, or nothing is chosen and it is of none.
    """
    name = file.rpartition("/")[2].lower().replace(".gv", ".dot") if file and file != "-" else ""
    suffix = PurePath(name).suffix
    if chosen:
        kinds = {other.name for other in FORMATS.values() if other.suffix.endswith(suffix)}
        if suffix and kinds and chosen not in kinds:
            raise UsageError(f"the format {chosen} is not written to *{suffix}", f"End in {FORMATS[chosen].suffix}.")
        return chosen
    fitting = [other for other in among if name.endswith(FORMATS[other].suffix)]
    if suffix and not fitting:
        endings = ", ".join(FORMATS[other].suffix for other in among)
        raise UsageError(f"nothing that can be written here is called *{suffix}", f"End in one of: {endings}.")
    return max(fitting, key=lambda other: len(FORMATS[other].suffix), default=default)
