"""Lock files as statements: where in its document each passage stands (Web Annotation Data Model, section 4.2)."""

from __future__ import annotations

from urllib.parse import quote as percent

from theorymap.findings import Origin, error
from theorymap.passages import BrokenText, Lock, LockEntry
from theorymap.readers import Literal, Origins, Reading, Statement, forms
from theorymap.readers.yamlld import passage_id
from theorymap.terms import DCTERMS, ID, OA, RDF, TM, XSD

FRAGMENT_SYNTAX = "https://wicg.github.io/scroll-to-text-fragment/"


def read(data: bytes, file: str, base: str = ID) -> Reading:
    """Digest and media type of the document of a lock, and a position and a fragment selector for each passage."""
    try:
        lock = Lock.read(data)
    except BrokenText as problem:
        origin = Origin(file, problem.line, problem.column)
        return Reading((), Origins(), (error("broken-lock", origin, f"{problem}.", problem.hint),))
    document = "work/" + file.rpartition("/")[2].removesuffix(".lock")
    if not forms.is_own_identifier(document):
        message = f"The name of the file makes {document!r}, which is no identifier."
        repair = "Name the file after the key of its document, as theorymap lock does."
        return Reading((), Origins(), (error("bad-identifier", Origin(file), message, repair, value=document),))
    statements = [
        Statement(base + document, TM.digest, Literal(lock.sha256)),
        Statement(base + document, TM.mediaType, Literal(lock.media_type)),
    ]
    for entry in lock.entries:
        statements += _selectors(
            entry, base + passage_id(document, entry.quote.section, entry.quote.first, entry.quote.last)
        )
    return Reading(tuple(statements), Origins(), ())


def _selectors(entry: LockEntry, passage: str) -> list[Statement]:
    position, fragment = f"{passage}/position", f"{passage}/fragment"
    words = f":~:text={percent(entry.quote.first, safe='')},{percent(entry.quote.last, safe='')}"
    return [
        Statement(passage, TM.digest, Literal(entry.span.sha256)),
        Statement(passage, OA.hasSelector, position),
        Statement(position, RDF.type, OA.TextPositionSelector),
        Statement(position, OA.start, Literal(str(entry.span.start), XSD.integer)),
        Statement(position, OA.end, Literal(str(entry.span.end), XSD.integer)),
        Statement(passage, OA.hasSelector, fragment),
        Statement(fragment, RDF.type, OA.FragmentSelector),
        Statement(fragment, DCTERMS.conformsTo, FRAGMENT_SYNTAX),
        Statement(fragment, RDF.value, Literal(words)),
    ]
