"""Checks that are queries: those in `queries/check/`, whose rows are faults, and questions that must have answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from theorymap.errors import UsageError
from theorymap.findings import Finding, Origin, Severity, error, warning
from theorymap.knowledge import Knowledge
from theorymap.query.model import SEPARATOR, Query
from theorymap.rdf import not_xml
from theorymap.store import Iri, Literal, Term
from theorymap.terms import in_words, nearest

_FEW = 12
"""As many values are listed where one is wrong."""
_APART = "\x1f"
"""What stands between joined values while they are taken apart again; unlike `SEPARATOR` no value should hold it."""
_SEPARATED = re.compile(rf"""(?<=['"]){re.escape(SEPARATOR)}(?=['"]\s*\))""")


def check(knowledge: Knowledge) -> list[Finding]:
    """One finding for each row of each check, by check; a row names entity, property and value.

    Then one for each value that XML cannot hold, since it would keep all the others from being exported.
    """
    rows = [finding for query in knowledge.catalogue.group("check") for finding in _rows(query, knowledge)]
    return [*rows, *_control_characters(knowledge)]


def _control_characters(knowledge: Knowledge) -> Iterator[Finding]:
    for quad in knowledge.stated.quads():
        if isinstance(quad.object, Literal) and (found := not_xml(quad.object)):
            about = {"entity": knowledge.short(quad.subject), "property": knowledge.short(quad.predicate)}
            origin = knowledge.sources.origin(quad.subject, quad.predicate, quad.object, quad.graph or "")
            message = f"What {about['entity']} says here holds the character {found}, which XML cannot hold."
            yield warning("control-character", origin, message, "Delete the character.", **about)


def _rows(query: Query, knowledge: Knowledge) -> list[Finding]:
    findings = []
    for record in knowledge.store.select(_SEPARATED.sub(_APART, query.sparql)).records():
        about = {name: _shown(record.get(name), knowledge) for name in ("entity", "property", "value")}
        words = {
            name: in_words(term, knowledge.base) if isinstance(term, Iri) else _shown(term, knowledge)
            for name, term in record.items()
        }
        words |= {name: _choice(words[name], about["value"]) for name in query.lists}
        entity, prop, value = (str(record.get(name) or "") for name in ("entity", "property", "value"))
        findings.append(
            Finding(
                code=query.name,
                severity=Severity.of(query.severity),
                origin=knowledge.sources.origin(entity, prop, value),
                message=query.summary.format_map(words),
                repair=query.repair.format_map(words),
                **about,
            )
        )
    return findings


def _choice(joined: str, value: str) -> str:
    """The values that could stand in the place of a wrong one, the one most like it last."""
    known = sorted(set(joined.split(_APART)))
    more = f" and {len(known) - _FEW} more" if len(known) > _FEW else ""
    near = nearest(value, known)
    return "; ".join(known[:_FEW]) + more + (f". The nearest is “{near}”" if near else "")


def _shown(term: Term | None, knowledge: Knowledge) -> str:
    if isinstance(term, Iri):
        return knowledge.short(term)
    return str(term) if isinstance(term, Literal) else ""


def questions(knowledge: Knowledge) -> list[Finding]:
    """A finding for each question of the workspace that has no answer although its header says so.

    Neither has one whose examples name nothing of this knowledge base. What comes with theorymap was answered on
    another knowledge base and promises nothing of this one.
    """
    from theorymap.query.answer import run

    findings = []
    for query in knowledge.catalogue.questions():
        if query.answers != "some" or Path(query.file).is_absolute():
            continue
        try:
            answered = len(run(query, knowledge.asked(query.sparql), query.examples())) > 0
        except UsageError as problem:
            message = f"The examples of the question {query.name} cannot be asked about: {problem}."
            repair = problem.hint or "Name in its header what is in the knowledge base."
            findings.append(error("example-unknown", Origin(query.file, 1), message, repair, value=query.name))
            continue
        if not answered:
            message = f"The question {query.name} has no answer, and its header says that it has some."
            repair = "Enter what answers it, or write x-answers: none-or-more in its header."
            findings.append(error("unanswered-question", Origin(query.file, 1), message, repair, value=query.name))
    return findings
