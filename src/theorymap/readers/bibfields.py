"""Which property of a work each field of an entry becomes; the BibTeX reader and the BibTeX writer both go by it."""

from __future__ import annotations

from theorymap.terms import BIBO, DCTERMS, SKOS, TM

PROPERTIES = {
    "title": DCTERMS.term("title"),
    "series": TM.series,
    "edition": TM.edition,
    "volume": TM.volume,
    "number": TM.number,
    "pages": TM.pages,
    "publisher": TM.publisherName,
    "address": TM.place,
    "doi": BIBO.doi,
    "url": TM.url,
    "note": SKOS.note,
    "annote": SKOS.editorialNote,
    "rights": DCTERMS.rights,
}
"""The property of each field that has one of its own whatever the type of the entry."""

PEOPLE = {"author": (DCTERMS.creator, TM.authorText), "editor": (BIBO.editor, TM.editorText)}
"""For each field of names: the property of each of them, and of the whole as a text that keeps their order."""

VERBATIM = frozenset(["crossref", "date", "doi", "eprint", "isbn", "issn", "url", "urldate", "xref"])
"""The fields whose value is no LaTeX."""

NEVER_KEPT = frozenset({"abstract", "file"})
"""The fields that no statement is made of: the author's own text, and a path on somebody's machine."""


def properties(kind: str) -> dict[str, str]:
    """The property of each field with one text in an entry of this type.

    What a work appeared in is `tm:containerTitle` and the body behind it `tm:institution`, though BibTeX names the
    field by the type of the work.
    """
    container = "journal" if kind in ("article", "suppperiodical") else "booktitle"
    body = {"phdthesis": "school", "mastersthesis": "school"}.get(kind, "organization")
    if kind in ("techreport", "report", "thesis"):
        body = "institution"
    return PROPERTIES | {container: TM.containerTitle, body: TM.institution}
