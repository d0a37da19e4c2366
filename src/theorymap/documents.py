"""The passages of the knowledge base held to its documents, and the locks that prove them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from theorymap import coverage
from theorymap.cache import write_whole
from theorymap.coverage import Skip
from theorymap.errors import SourceError
from theorymap.findings import Finding, Origin, error, warning
from theorymap.passages import MEDIA, BrokenText, DocumentText, Lock, Quote, Span, Status, counts, to_findings, verify
from theorymap.report import Verification
from theorymap.sources import File, Sources, file_of
from theorymap.store import Store
from theorymap.terms import RDF, TM, short


@dataclass(frozen=True)
class Cited:
    """A passage as the knowledge base names it: its document, its words and where they are named."""

    document: str
    quote: Quote
    origin: Origin


class Documents:
    """The documents of a workspace, as far as they are at hand.

    Attributes:
        folder: Where the documents are; None if they are not at hand.
    """

    def __init__(self, sources: Sources, store: Store, folder: Path | None) -> None:
        """Take the passages from the store.

        Raises:
            SourceError: The folder is none.
        """
        if folder is not None and not folder.is_dir():
            raise SourceError(f"{folder} is no folder", "Name the folder that holds the documents.")
        self.sources, self.store, self.folder = sources, store, folder

    def known(self) -> list[str]:
        """The keys of all documents of the knowledge base, sorted."""
        return sorted(
            short(quad.subject, self.store.base).removeprefix("work/")
            for quad in self.store.quads(None, RDF.type, TM.Document)
        )

    def cited(self, key: str) -> list[Cited]:
        """The passages that the knowledge base names in a document, each once, as they stand in the files."""
        found: dict[Quote, Cited] = {}
        for quad in self.store.quads(None, TM.document, self._work(key)):
            parts = [self._literal(quad.subject, prop) for prop in (TM.section, TM.firstWords, TM.lastWords)]
            if parts[1] and parts[2]:
                quote = Quote(*parts)
                origin = self.sources.origin(quad.subject, TM.firstWords, graph=quad.graph or "")
                if quote not in found or origin < found[quote].origin:
                    found[quote] = Cited(short(quad.subject, self.store.base), quote, origin)
        return sorted(found.values(), key=lambda cited: (cited.origin, cited.quote))

    def path(self, key: str) -> Path | None:
        """The file of a document, or None if it is not at hand."""
        if self.folder is None:
            return None
        paths = (self.folder / name for name in self.names(key))
        return next((path for path in paths if path.is_file()), None)

    def names(self, key: str) -> list[str]:
        """The names that the file of a document may have, in the order in which they are looked for."""
        return [f"{key}{suffix}" for medium in MEDIA for suffix in medium.suffixes]

    def not_at_hand(self, key: str) -> SourceError:
        """What is said of a document that is not in the folder: how its file would be called, and what may be it."""
        if self.folder is None:
            return SourceError(f"the document {key} is not at hand", "Name its folder with --documents.")
        names = self.names(key)
        alike = sorted(path.name for path in self.folder.iterdir() if _bare(path.name).startswith(_bare(key)))
        hint = f"Is it {alike[0]}? Save it as text, and call it {names[0]}." if alike else "Put it there as text."
        return SourceError(f"{self.folder} holds no {', '.join(names[:-1])} or {names[-1]}", hint)

    def read(self, key: str) -> DocumentText | None:
        """The text of a document, or None if it is not at hand.

        Raises:
            SourceError: It cannot be read or is not UTF-8.
        """
        path = self.path(key)
        if path is None:
            return None
        try:
            return DocumentText.read(path.read_bytes(), path.suffix)
        except BrokenText as problem:
            raise SourceError(f"{path}: {problem}", problem.hint) from problem
        except OSError as problem:
            raise SourceError(f"{path} cannot be read: {problem.strerror}") from problem

    def text(self, key: str, quote: Quote) -> str:
        """The words of a passage, or an empty string where the document is not at hand or does not hold it."""
        document = self.read(key)
        span = document.locate(quote) if document else None
        return document.text(span) if document and isinstance(span, Span) else ""

    def lock_file(self, key: str) -> File | None:
        """The lock of a document, or None."""
        return next((file for file in self.sources.of("kb") if file.name.endswith(f"/{key}.lock")), None)

    def verify(self, key: str) -> Verification:
        """How the passages of a document fare."""
        cited, lock_file, path = self.cited(key), self.lock_file(key), self.path(key)
        if not cited and lock_file is None:
            return Verification(key, path is not None, {}, [self._uncited(key)])
        skips = self._skips(key)
        claims = self._claims(key) if path else []
        inputs = [
            json.dumps([[c.quote.section, c.quote.first, c.quote.last, str(c.origin)] for c in cited]),
            str(skips),
            json.dumps([[text, str(origin)] for text, origin in claims]),
        ]
        data = [lock_file.data if lock_file else b"", path.read_bytes() if path else b""]
        kept = self.sources.cache.memo(
            "passages",
            (key, str(path and path.name), *inputs, *data),
            lambda: self._verify(key, cited, lock_file, skips, claims),
        )
        result = json.loads(kept)
        return Verification(key, path is not None, result["counts"], [Finding.from_json(f) for f in result["findings"]])

    def _verify(
        self,
        key: str,
        cited: list[Cited],
        lock_file: File | None,
        skips: list[Skip],
        claims: list[tuple[str, Origin]],
    ) -> bytes:
        findings: list[Finding] = []
        lock, document = None, None
        origin = Origin(lock_file.name if lock_file else self._home(key))
        try:
            lock = Lock.read(lock_file.data) if lock_file else None
        except BrokenText as problem:
            return _pack({}, [error("broken-lock", Origin(origin.file, problem.line), f"{problem}.", problem.hint)])
        try:
            document = self.read(key)
        except SourceError as problem:
            findings.append(error("unreadable-document", Origin(self._home(key)), f"{problem}.", problem.hint))
        places = {c.quote: c.origin for c in cited}
        verdicts = verify(places, lock, document)
        findings += to_findings(verdicts, lambda quote: places.get(quote, origin), self._lock_command(key))
        if document is not None and not findings:
            spans = [verdict.span for verdict in verdicts if verdict.span is not None]
            findings += coverage.check(document, spans, skips, lambda: Origin(self._home(key), 1))
        if document is not None:
            findings += [_copied(words, origin) for text, origin in claims if (words := document.copied(text))]
        return _pack({status.value: number for status, number in counts(verdicts).items() if number}, findings)

    def lock(self, key: str) -> tuple[Path, Lock, list[Finding]]:
        """Write the lock of a document beside its source file.

        Returns:
            The path, the lock, and findings on the passages that could not be located and so are not in it.

        Raises:
            SourceError: The document is not at hand or cannot be read.
            OutputError: The lock cannot be written.
        """
        document = self.read(key)
        path = self.path(key)
        if document is None or path is None:
            raise self.not_at_hand(key)
        cited = self.cited(key)
        places = {c.quote: c.origin for c in cited}
        lock = Lock.of(places, document, path.name)
        found = [v for v in verify(places, lock, document) if v.status in (Status.MISSING, Status.UNCLEAR)]
        target = self.sources.layout.path(self._home(key)).with_name(f"{key}.lock")
        write_whole(target, lock.to_text().encode())
        return target, lock, to_findings(found, lambda quote: places[quote])

    def _lock_command(self, key: str) -> str:
        """How to lock a document that is not locked, in a sentence."""
        if self.folder is None:
            return f"Run `theorymap lock {key} --documents DIR`, with the folder of the documents."
        missing = self.not_at_hand(key) if self.path(key) is None else None
        said = f"{str(missing)[:1].upper()}{str(missing)[1:]}. {missing.hint} Then run" if missing else "Run"
        return f"{said} `theorymap lock {key}`."

    def _claims(self, key: str) -> list[tuple[str, Origin]]:
        """The wordings of the claims that a document tells, each once, with where they stand."""
        told = {quad.subject for quad in self.store.quads(None, TM.document, self._work(key))}
        claims = {q.subject for name in told for q in self.store.quads(None, TM.attribution, str(name))}
        found = {
            (str(quad.object), self.sources.origin(str(claim), TM.text, graph=quad.graph or ""))
            for claim in claims
            for quad in self.store.quads(str(claim), TM.text)
        }
        return sorted(found, key=lambda pair: (pair[1], pair[0]))

    def _skips(self, key: str) -> list[Skip]:
        """The paragraphs of a document that are said to hold nothing to be coded, in the order of the file."""
        found = []
        for quad in self.store.quads(self._work(key), TM.skips):
            skip = str(quad.object)
            origin = self.sources.origin(skip, TM.firstWords, graph=quad.graph or "")
            found.append(Skip(self._literal(skip, TM.section), self._literal(skip, TM.firstWords), origin))
        return sorted(found, key=lambda skip: skip.origin)

    def _work(self, key: str) -> str:
        """The IRI of a document."""
        return f"{self.store.base}work/{key}"

    def _home(self, key: str) -> str:
        """The name of the source file of a document."""
        quads = self.store.quads(self._work(key), RDF.type, TM.Document)
        return min((file_of(quad.graph or "", self.store.base) for quad in quads), default="kb")

    def _uncited(self, key: str) -> Finding:
        message = f"work/{key} is a document, and no passage of it is named."
        return warning(
            "document-without-passage", Origin(self._home(key), 1), message, "Name a passage for each claim."
        )

    def _literal(self, subject: str, predicate: str) -> str:
        return next((str(quad.object) for quad in self.store.quads(subject, predicate)), "")


def _copied(words: str, origin: Origin) -> Finding:
    message = f"The text has “{words}” as it stands in the document."
    return warning("copied-sentence", origin, message, "Say it in your own words.", property="tm:text", value=words)


def _bare(name: str) -> str:
    """The letters and digits of a name, by which two spellings of a key are alike."""
    return "".join(filter(str.isalnum, name.casefold()))


def _pack(numbers: dict[str, int], findings: Iterable[Finding]) -> bytes:
    return json.dumps({"counts": numbers, "findings": [f.to_json() for f in findings]}).encode()
