"""Holding the passages of a knowledge base to the lock and to the document."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from theorymap.findings import Finding, Origin, Severity, in_order
from theorymap.passages.document import DocumentText
from theorymap.passages.letters import BrokenText
from theorymap.passages.lock import Lock
from theorymap.passages.places import Miss, Quote, Reason, Span

_MOST_WORDS = 8
_LOCK_AGAIN = "Run `theorymap lock`."
_READ_AGAIN = "Read the passage again, correct what rests on it, then run `theorymap lock`."


class Status(enum.Enum):
    """What became of a passage."""

    VERIFIED = "verified"
    MOVED = "moved"
    DRIFTED = "drifted"
    MISSING = "missing"
    UNCLEAR = "unclear"
    UNTRIED = "untried"
    UNLOCKED = "unlocked"
    STALE = "stale"


@dataclass(frozen=True)
class Verdict:
    """What became of one passage.

    Attributes:
        status: *verified*: the same words at the same place. *moved*: the same words at another place. *drifted*: the
            first and last words with other words between. *missing*: not found. *unclear*: found, but ambiguous,
            reversed or too long. *untried*: locked, but the document is not at hand. *unlocked*: not in the lock.
            *stale*: in the lock, but no longer in the knowledge base.
        quote: The passage.
        span: Where it stands now; None if it was not found or not tried.
        miss: Why it was not found; None if it was, or was not tried.
        message: What is the matter, in a sentence; empty if nothing is.
        repair: How to mend it, in a sentence; empty if nothing is to be mended.
    """

    status: Status
    quote: Quote
    span: Span | None = None
    miss: Miss | None = None
    message: str = ""
    repair: str = ""


_UNCLEAR = {Reason.AMBIGUOUS, Reason.REVERSED, Reason.TOO_LONG, Reason.NO_WORDS}
_REPAIRS = {
    Reason.NO_WORDS: "Give the first three to eight words as `from` and the last three to eight as `to`.",
    Reason.UNKNOWN_SECTION: "Name the section by its heading, a note as `note 7`, a BibTeX field by its name",
    Reason.OTHER_SECTION: "Name the section in which the passage stands",
    Reason.FIRST_MISSING: "Copy the first words (`from`) from the document, whole words only",
    Reason.LAST_MISSING: "Copy the last words (`to`) from the document, whole words only",
    Reason.MISSING: "Copy the first words (`from`) and the last words (`to`) of one passage from the document",
    Reason.AMBIGUOUS: "Give more of its words, or name its section",
    Reason.REVERSED: "Exchange `from` and `to`.",
    Reason.TOO_LONG: "Give the shortest passage that bears the statement, or two passages.",
}
_CODES = {
    Reason.NO_WORDS: "passage-without-words",
    Reason.UNKNOWN_SECTION: "passage-section-unknown",
    Reason.OTHER_SECTION: "passage-in-other-section",
    Reason.FIRST_MISSING: "passage-missing",
    Reason.LAST_MISSING: "passage-missing",
    Reason.MISSING: "passage-missing",
    Reason.AMBIGUOUS: "passage-ambiguous",
    Reason.REVERSED: "passage-reversed",
    Reason.TOO_LONG: "passage-too-long",
}


def verify(quotes: Iterable[Quote], lock: Lock | None, document: DocumentText | None) -> list[Verdict]:
    """A verdict on every passage of a document, and on every entry of its lock that no passage needs.

    Args:
        quotes: The passages that the knowledge base names in the document.
        lock: The lock of the document; None if there is none.
        document: The document; None if it is not at hand.

    Returns:
        One verdict a passage, in the order given, no repetition; then the stale entries, as the lock orders them.
    """
    locked = {entry.quote: entry.span for entry in lock.entries} if lock else {}
    changed = bool(lock and document and lock.sha256 != document.sha256)
    once = dict.fromkeys(quotes)
    verdicts = [_verdict(quote, locked.get(quote), document, changed) for quote in once]
    stale = "The lock holds a passage that the knowledge base no longer names."
    return verdicts + [Verdict(Status.STALE, q, None, None, stale, _LOCK_AGAIN) for q in locked if q not in once]


def _verdict(quote: Quote, locked: Span | None, document: DocumentText | None, changed: bool) -> Verdict:
    found = document.locate(quote) if document else None
    if isinstance(found, Miss):
        status = Status.UNCLEAR if found.reason in _UNCLEAR else Status.MISSING
        after = " The document has changed since the passage was locked." if locked and changed else ""
        return Verdict(status, quote, None, found, found.message + after, _repair(found))
    if locked is None:
        return Verdict(
            Status.UNLOCKED, quote, found, None, "The passage is not in the lock of its document.", _LOCK_AGAIN
        )
    if found is None:
        return Verdict(Status.UNTRIED, quote)
    if found == locked:
        return Verdict(Status.VERIFIED, quote, found)
    if not changed:
        message = (
            "The lock does not agree with its own document: it was changed by hand, or by another version of theorymap."
        )
        return Verdict(Status.DRIFTED, quote, found, None, message, _LOCK_AGAIN)
    if found.sha256 == locked.sha256:
        message = "The document has changed: the passage stands at another place, in the same words."
        return Verdict(Status.MOVED, quote, found, None, message, _LOCK_AGAIN)
    message = "The document has changed: between the first and the last words of the passage there are other words now."
    return Verdict(Status.DRIFTED, quote, found, None, message, _READ_AGAIN)


def _repair(miss: Miss) -> str:
    repair = _REPAIRS[miss.reason]
    if repair.endswith("."):
        return repair
    return f"{repair}. Nearest: {'; '.join(miss.candidates)}." if miss.candidates else f"{repair}."


def counts(verdicts: Iterable[Verdict]) -> dict[Status, int]:
    """How many passages met with each fate, in the order of `Status`, zeros included."""
    met = [verdict.status for verdict in verdicts]
    return {status: met.count(status) for status in Status}


def to_findings(
    verdicts: Iterable[Verdict], origins: Callable[[Quote], Origin], lock_command: str = _LOCK_AGAIN
) -> list[Finding]:
    """The findings that the verdicts on one document call for, in their order.

    Passages that are not locked make one finding together, and so do those that only moved. Moved and stale ones are
    told only where nothing worse is found in the document: the repair of the worse mends them as well.

    Args:
        verdicts: What `verify` returned for one document.
        origins: Where a passage is named; for a stale entry, where the lock stands.
        lock_command: How to lock what is not locked, in a sentence.
    """
    judged = list(verdicts)
    findings = [finding for verdict in judged for finding in _findings(verdict, origins(verdict.quote))]
    unlocked = [verdict for verdict in judged if verdict.status is Status.UNLOCKED]
    if unlocked:
        first = replace(unlocked[0], repair=lock_command)
        findings.append(_together("passage-not-locked", Severity.ERROR, first, origins, len(unlocked)))
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    moved = [verdict for verdict in judged if verdict.status is Status.MOVED]
    stale = [verdict for verdict in judged if verdict.status is Status.STALE]
    if moved and not wrong:
        findings.append(_together("passage-moved", Severity.WARNING, moved[0], origins, len(moved)))
    if not wrong:
        findings += [_finding("passage-stale", Severity.WARNING, verdict, origins(verdict.quote)) for verdict in stale]
    return in_order(findings)


def _together(
    code: str, severity: Severity, first: Verdict, origins: Callable[[Quote], Origin], number: int
) -> Finding:
    """One finding for several passages that met with the same fate."""
    more = f" The same holds of {number - 1} more." if number > 1 else ""
    return _finding(code, severity, first, origins(first.quote), more)


def _findings(verdict: Verdict, origin: Origin) -> list[Finding]:
    """What is to be told of one passage by itself."""
    code = _CODES[verdict.miss.reason] if verdict.miss else ""
    code = {Status.DRIFTED: "passage-drifted"}.get(verdict.status, code)
    if code:
        return [_finding(code, Severity.ERROR, verdict, origin)]
    longest = max(len(words.split()) for words in (verdict.quote.first, verdict.quote.last))
    if verdict.status in (Status.STALE, Status.UNLOCKED) or longest <= _MOST_WORDS:
        return []
    message = f"The passage copies {longest} words in a row; it is found by fewer."
    repair = "Give three to eight of its first words and three to eight of its last."
    value = str(verdict.quote)
    return [Finding("passage-wordy", Severity.WARNING, origin, message, repair, property="tm:passage", value=value)]


def _finding(code: str, severity: Severity, verdict: Verdict, origin: Origin, more: str = "") -> Finding:
    message = verdict.message + more
    return Finding(code, severity, origin, message, verdict.repair, property="tm:passage", value=str(verdict.quote))


def changed_elsewhere(
    lock: Lock | None, document: DocumentText | None, verdicts: Iterable[Verdict], origin: Origin
) -> list[Finding]:
    """A finding if a document is another than the locked one although all its passages stand as they stood."""
    if lock is None or document is None or lock.sha256 == document.sha256:
        return []
    if any(verdict.status is not Status.VERIFIED for verdict in verdicts):
        return []
    message = f"The document {lock.document} has changed since it was locked, outside of all passages."
    return [Finding("document-changed", Severity.WARNING, origin, message, _LOCK_AGAIN)]


def broken(problem: BrokenText, code: str, file: str) -> Finding:
    """The finding for a document (`broken-document`) or a lock (`broken-lock`) that cannot be read."""
    return Finding(code, Severity.ERROR, Origin(file, problem.line, problem.column), f"{problem}.", problem.hint)
