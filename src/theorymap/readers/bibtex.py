"""A bibliography in BibTeX, to statements about works, persons and organisations.

What a work is called, who wrote it and where it appeared become statements of their own; any other field is kept as
it is in `tm:bibField`, so that `theorymap.formats.bibtex` writes back what was read. An abstract is never kept: it is
its author's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from theorymap.findings import Finding, Origin, error, in_order, warning
from theorymap.readers import Literal, Origins, Reading, Statement, Term
from theorymap.readers.bibentry import TYPES, Entry, Field, suggest_key, year_of
from theorymap.readers.bibfields import NEVER_KEPT, PEOPLE, VERBATIM, properties
from theorymap.readers.bibfile import parse
from theorymap.readers.latex import plain, tidy
from theorymap.readers.names import Name, names, slug
from theorymap.terms import DCTERMS, ID, RDF, RDFS, TM, XSD, nearest, short

_ALIASES = {"journaltitle": "journal", "location": "address", "annotation": "annote"}
_SOUND_KEY = re.compile(r"(?![./])[\w.:+/-]+")
_NO_YEAR = re.compile(r"n\. ?d\.?|nd|no date|undated|forthcoming|in press|to appear", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read(data: bytes, file: str, base: str = ID) -> Reading:
    """The statements that a .bib file makes, in the order of the file; its persons and organisations last.

    Never raises: what cannot be read is a finding, and the rest is read all the same.

    Args:
        data: The file.
        file: Its path in the workspace, for the findings.
        base: With which the IRIs of works and agents begin.
    """
    text, findings = _decoded(data, file)
    try:
        entries, faults = parse(text, file)
    except Exception as problem:  # bibtexparser lets through whatever a defect of its own raises
        message = f"This file cannot be read as BibTeX: {tidy(str(problem))[:200] or type(problem).__name__}."
        entries, faults = [], [error("broken-bibtex", Origin(file), message, "Look for an entry that is not closed.")]
    reader = _Reader(file, [*findings, *faults], base)
    for entry in entries:
        reader.entry(entry)
    if not entries and not reader.findings:
        reader.warn("empty-file", 0, "This bibliography holds no entry.", "Add entries, or remove the file.")
    return reader.reading()


def _decoded(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text with line feeds for line ends, and what keeps the file from being plain UTF-8 text."""
    findings = []
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = body[: problem.start].decode("utf-8")
        origin = Origin(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"This file is not UTF-8 text: the byte 0x{body[problem.start]:02X} stands for no letter."
        findings.append(error("not-utf-8", origin, message, "Save the file again with the encoding UTF-8."))
        text = body.decode("utf-8", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n") if _CONTROL.search(text) else (), 1):
        if found := _CONTROL.search(line):
            message = f"A control character (U+{ord(found[0]):04X}) stands here; it was left out."
            origin = Origin(file, number, found.start() + 1)
            findings.append(warning("control-character", origin, message, "Delete the character."))
    return text, findings


class _Reader:
    """Collects what the entries of one file say."""

    def __init__(self, file: str, findings: Sequence[Finding], base: str) -> None:
        self.file, self.base = file, base
        self.findings = list(findings)
        self.origins = Origins()
        self.statements: dict[Statement, None] = {}
        self.lines: dict[str, int] = {}
        self.agents: dict[str, list[tuple[Name, int]]] = {}

    def reading(self) -> Reading:
        for agent, found in self.agents.items():
            self._agent(agent, found)
        return Reading(tuple(self.statements), self.origins, tuple(in_order(self.findings)))

    def warn(self, code: str, line: int, message: str, repair: str, **about: str) -> None:
        self.findings.append(warning(code, Origin(self.file, line), message, repair, **about))

    def entry(self, entry: Entry) -> None:
        """All that one entry says, unless an earlier entry has its key."""
        if not (entry.key or entry.fields):
            self.warn("empty-key", entry.line, "This entry has neither a key nor a field.", "Fill it in, or delete it.")
            return
        entry = self._typed(self._keyed(entry))
        if self._taken(entry):
            return
        work = f"{self.base}work/{entry.key}"
        self.origins.add(work, entry.line)
        self._say(work, RDF.type, TM.Work, entry.line)
        self._say(work, DCTERMS.identifier, Literal(entry.key), entry.line)
        self._say(work, TM.workType, TM.term(f"work-type/{entry.type}"), entry.line)
        self._year(work, entry)
        for name in dict.fromkeys(field.name for field in entry.fields):
            if field := entry.get(name):
                self._field(work, entry, field)
        self._missing(entry)

    def _say(self, subject: str, predicate: str, value: Term, line: int) -> None:
        self.statements.setdefault(Statement(subject, predicate, value))
        self.origins.add(subject, line, predicate=predicate)
        self.origins.add(subject, line, predicate=predicate, value=value if isinstance(value, str) else value.value)

    def _keyed(self, entry: Entry) -> Entry:
        """The entry with a key that can name a work."""
        if _SOUND_KEY.fullmatch(entry.key):
            return entry
        key = slug(entry.key) or suggest_key(entry)
        repair = f"Begin the entry with “@{entry.type}{{{key},”."
        if entry.key:
            message = f"The key “{entry.key}” holds a character that no key may hold; the entry is read as “{key}”."
            where = Origin(self.file, entry.line)
            self.findings.append(error("unusable-key", where, message, repair, value=entry.key))
        elif not entry.broken:
            message = f"This entry has no key, so nothing can cite it; it is read as “{key}”."
            self.warn("empty-key", entry.line, message, repair, entity=f"work/{key}")
        return replace(entry, key=key)

    def _typed(self, entry: Entry) -> Entry:
        """The entry with a type that BibTeX or biblatex knows."""
        if entry.type in TYPES:
            return entry
        kind = nearest(entry.type, TYPES) or "misc"
        message = f"“@{entry.type}” is no type of entry; “{entry.key}” is read as “@{kind}”."
        repair = f"Write “@{kind}”, or the type that is meant."
        self.warn("unknown-entry-type", entry.line, message, repair, entity=f"work/{entry.key}", value=entry.type)
        return replace(entry, type=kind)

    def _taken(self, entry: Entry) -> bool:
        """Whether an earlier entry has this key; BibTeX does not tell capital letters apart in keys."""
        first = self.lines.get(entry.key.casefold())
        if first is None:
            self.lines[entry.key.casefold()] = entry.line
            return False
        message = f"The key “{entry.key}” stands twice: on line {first} and here. The entry here is not read."
        repair = f"Give one of the two another key, such as “{entry.key}a”, or delete the one that repeats the other."
        where = Origin(self.file, entry.line)
        self.findings.append(error("duplicate-key", where, message, repair, entity=f"work/{entry.key}"))
        return True

    def _field(self, work: str, entry: Entry, field: Field) -> None:
        """What one field says; years apart."""
        alias = _ALIASES.get(field.name)
        name = alias if alias and not entry.get(alias) else field.name
        if name in NEVER_KEPT or name == "year":
            return
        if name in PEOPLE:
            self._people(work, field, *PEOPLE[name])
            return
        text = self._text(work, name, field)
        predicate = properties(entry.type).get(name, TM.bibField)
        wording = text if predicate != TM.bibField else f"{name}={text}"
        if text:
            self._say(work, predicate, Literal(wording, XSD.anyURI if name == "url" else XSD.string), field.line)

    def _text(self, work: str, name: str, field: Field) -> str:
        """The value of a field in plain text."""
        about = {"entity": short(work, self.base), "property": name}
        if name not in VERBATIM:
            text, unknown = plain(field.value)
            if unknown:
                commands = ", ".join(f"“\\{command}”" for command in unknown if command != "\\") or "its LaTeX"
                message = f"In the field “{name}”, {commands} cannot be turned into plain text."
                self.warn("unknown-latex", field.line, message, "Write the letters themselves, in UTF-8.", **about)
            return text
        text = tidy(re.sub(r"[\\{}]", "", field.value.replace("\\url", "")))
        if name == "doi":
            text = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE)
        expected = {"doi": r"10\.\d{4,}[\d.]*/\S+", "url": r"[A-Za-z][A-Za-z0-9+.-]*:\S+"}.get(name, r".*")
        if text and not re.fullmatch(expected, text):
            repair = "A DOI begins with 10. and has a slash; a URL begins with https: and has no blank."
            self.warn("malformed-link", field.line, f"“{text}” is no {name.upper()}.", repair, value=text, **about)
        return text

    def _people(self, work: str, field: Field, each: str, whole: str) -> None:
        """The names in a field: one statement each, and one text that keeps their order."""
        found, faults = names(field.value)
        for fault in faults:
            repair = "Write “Family, Given and Family, Given”, and an organisation in braces of its own."
            self.warn(
                "unreadable-name", field.line, f"{fault}.", repair, entity=short(work, self.base), property=field.name
            )
        for name in found:
            agent = f"{self.base}{'organisation' if name.corporate else 'person'}/{name.slug}"
            self._say(work, each, agent, field.line)
            self.agents.setdefault(agent, []).append((name, field.line))
        listed = [name.listed for name in found]
        if re.search(r"\band\s+others\s*$", field.value, re.IGNORECASE):
            listed.append("others")
        if found:
            self._say(work, whole, Literal("; ".join(listed)), field.line)

    def _agent(self, agent: str, found: list[tuple[Name, int]]) -> None:
        """The type and the one label of a person or an organisation: the fullest name that the file has for it."""
        first = found[0][1]
        self.origins.add(agent, first)
        self._say(agent, RDF.type, TM.Organisation if found[0][0].corporate else TM.Person, first)
        fullest, line = max(found, key=lambda pair: (len(pair[0].label), pair[0].label))
        self._say(agent, RDFS.label, Literal(fullest.label), line)
        for name, line in found:
            if not _initials(fullest).startswith(_initials(name)):
                message = f"“{name.label}” and “{fullest.label}” are taken for one person."
                repair = "Spell the name alike in both entries if it is one; else join the given names with a hyphen."
                self.warn("names-alike", line, message, repair, entity=short(agent, self.base))

    def _year(self, work: str, entry: Entry) -> None:
        """The year as a number and, where it is worded otherwise, as worded."""
        field = entry.get("year") or entry.get("date")
        if not field:
            return
        text = entry.text(field.name)
        year = text if re.fullmatch(r"-?\d{1,4}", text) else year_of(entry)
        if year:
            self._say(work, TM.year, Literal(str(int(year)), XSD.integer), field.line)
        if field.name == "year" and year != text:
            self._say(work, TM.yearText, Literal(text), field.line)
        if not (1000 <= int(year) <= 2100 if year else _NO_YEAR.fullmatch(text)):
            message = f"“{text}” is an unlikely year for “{entry.key}”."
            repair = "Write four figures, or n.d. where the work has no date."
            self.warn("unlikely-year", field.line, message, repair, entity=short(work, self.base), value=text)

    def _missing(self, entry: Entry) -> None:
        """Blame what a reference lacks, unless a cross-reference may supply it or a fault may have lost it."""
        if entry.broken or entry.get("crossref") or entry.get("xref"):
            return
        for wanted in (("title",), ("author", "editor"), ("year", "date")):
            if not any(map(entry.get, wanted)):
                message = f"The entry “{entry.key}” has no {wanted[0]}."
                repair = f"Add “{wanted[0]} = {{...}},”" + (
                    " (n.d. where there is none)." if wanted[0] == "year" else "."
                )
                self.warn(
                    "incomplete-entry", entry.line, message, repair, entity=f"work/{entry.key}", property=wanted[0]
                )


def _initials(name: Name) -> str:
    """The first letters of the second and further given names."""
    return "" if name.corporate else "".join(word[:1].casefold() for word in name.given.split()[1:])
