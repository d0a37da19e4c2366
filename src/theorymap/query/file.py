"""A question in a file, read strictly: whatever its header leaves unsaid, says twice or says wrongly is a finding.

The keys are grlc's, and ours, which open with ``x-``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from theorymap import sparql_outline
from theorymap.errors import UsageError
from theorymap.evidence import COMPUTED
from theorymap.findings import Finding, Origin, Severity, error, in_order
from theorymap.query import lint
from theorymap.query.header import Header
from theorymap.query.model import Parameter, Query
from theorymap.store import QuerySyntaxError, check_syntax

ANSWERS = ("some", "none-or-more")


def read(text: str, file: str, name: str, group: str) -> tuple[Query | None, list[Finding]]:
    """The question in a query file, and what is wrong with the file.

    Args:
        text: The text of the file.
        file: Its path, as the findings name it.
        name, group: Its stem and its folder. Files of ``check``, ``entail``, ``map`` and ``pivot`` have other keys.

    Returns:
        The query, or None where a finding is an error; the findings in their order.
    """
    header = Header(text, file)
    query = _assemble(header, text, name, group)
    findings = list(header.findings)
    try:
        check_syntax(text)
    except QuerySyntaxError as problem:
        findings.append(_unreadable(file, problem))
    except UsageError as problem:
        line = re.match(r"line (\d+): ", str(problem))
        at = Origin(file, int(line[1]) if line else 0)
        message = str(problem)[line.end() :] if line else str(problem)
        findings.append(error("query-forbidden", at, f"{message}.", problem.hint))
    else:
        # By a header that cannot be trusted, the query cannot be judged: one mistake, one finding.
        findings += [] if findings else lint.lint(query, header.lines)
    findings = in_order(findings)
    return (None if any(f.severity is Severity.ERROR for f in findings) else query), findings


def _unreadable(file: str, problem: QuerySyntaxError) -> Finding:
    message = f"The query cannot be read: {problem.reason}."
    return error("query-syntax", Origin(file, problem.line, problem.column), message, "Mend the SPARQL at this place.")


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return " ".join(value.split())


def _sentence(value: Any) -> str:
    text = _text(value)
    if not text.endswith(".") or re.search(r"[.!?] ", text):
        raise ValueError
    return text


def _scalar(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise ValueError
    return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(set(map(str, value))) != len(value):
        raise ValueError
    return tuple(_text(item) for item in value)


def _numbers(value: Any) -> tuple[int, ...]:
    numbers = value if isinstance(value, list) else [value]
    if not numbers or any(isinstance(n, bool) or not isinstance(n, int) or n < 1 for n in numbers):
        raise ValueError
    return tuple(numbers)


def _one_of(*choices: str) -> Callable[[Any], str]:
    return lambda value: choices[choices.index(value)]


def _headings(value: Any) -> tuple[tuple[str, str], ...]:
    if not value:
        raise ValueError
    return tuple((name, _text(heading)) for name, heading in value.items())


def _two(value: Any) -> tuple[str, str]:
    names = _texts(value)
    if not 1 <= len(names) <= 2:
        raise ValueError
    return (names[0], names[1] if len(names) == 2 else "")


def _defaults(value: Any) -> dict[str, str]:
    pairs = [pair for item in value for pair in item.items()] if isinstance(value, list) else list(value.items())
    return {name: _scalar(text) for name, text in pairs}


def _parameters(value: Any, defaults: Mapping[str, str]) -> tuple[Parameter, ...]:
    found = []
    for name, entry in value.items():
        if set(entry) - {"type", "description", "required", "example"} or not isinstance(
            entry.get("required", True), bool
        ):
            raise ValueError
        required = entry.get("required", True) and name not in defaults
        example = _scalar(entry["example"]) if required or "example" in entry else ""
        description = _text(entry["description"])
        found.append(Parameter(name, _text(entry["type"]), description, required, example, defaults.get(name, "")))
    return tuple(found)


_COMMON = ("summary", "description", "tags")
_QUESTION = (
    "x-question",
    "x-parameters",
    "defaults",
    "x-columns",
    "x-sources",
    "x-status",
    "x-order",
    "x-then",
    "x-answers",
    "x-empty",
)
_CHECK = ("x-severity", "x-repair")
_PIVOT = ("x-parameters", "x-empty")
_SENTENCE = "one sentence, which ends with a full stop"
_ENTRY = "a map of names, each with 'type', 'description', 'example' and, where it may be left out, 'required: false'"


def _assemble(header: Header, text: str, name: str, group: str) -> Query:
    known = _COMMON + {"check": _CHECK, "entail": (), "map": (), "pivot": _PIVOT}.get(group, _QUESTION)
    common = {
        "name": name,
        "group": group,
        "file": header.file,
        "sparql": text,
        "summary": header.take("summary", _text, "", "the question in one sentence", required=True),
        "description": header.take("description", _text, "", "a text"),
        "tags": header.take("tags", _texts, (), "a list of words, none twice"),
        "lists": lint.lists(sparql_outline.outline(text)),
    }
    other = {"check": _check_entries, "entail": _no_entries, "map": _no_entries, "pivot": _pivot_entries}
    own = other.get(group, _question_entries)(header)
    header.finish(known)
    return Query(**common, **own)


def _no_entries(header: Header) -> dict[str, Any]:
    return {}


def _check_entries(header: Header) -> dict[str, Any]:
    severity = header.take("x-severity", _one_of("error", "warning", "info"), "error", "error, warning or info")
    repair = header.take("x-repair", _text, "", "a sentence that says how to mend it", required=True)
    return {"severity": severity, "repair": repair}


def _pivot_entries(header: Header) -> dict[str, Any]:
    return {
        "parameters": header.take("x-parameters", lambda value: _parameters(value, {}), (), _ENTRY),
        "empty": header.take("x-empty", _sentence, "", _SENTENCE),
    }


def _question_entries(header: Header) -> dict[str, Any]:
    defaults = header.take("defaults", _defaults, {}, "a list of 'name: value'")
    parameters = header.take("x-parameters", lambda value: _parameters(value, defaults), (), _ENTRY)
    for name in sorted(set(defaults) - {parameter.name for parameter in parameters}):
        message = f"'defaults' gives a value for '{name}', which is no parameter."
        header.wrong("query-parameter", message, f"Declare '{name}' under 'x-parameters'.", header.line("defaults"))
    number = "the number of a question of the design, or a list of such numbers"
    return {
        "parameters": parameters,
        "question": header.take("x-question", _numbers, (), number),
        "columns": header.take("x-columns", _headings, (), "a map of columns and their headings", required=True),
        "sources": header.take("x-sources", _two, ("", ""), "the column of the document and that of the place"),
        "status": header.take("x-status", _text, "", "the name of a column"),
        "order": header.take("x-order", _texts, (), "a list of columns, none twice"),
        "then": header.take("x-then", _one_of(*COMPUTED), "", f"one of {', '.join(COMPUTED)}"),
        "answers": header.take("x-answers", _one_of(*ANSWERS), ANSWERS[1], f"one of {', '.join(ANSWERS)}", True),
        "empty": header.take("x-empty", _sentence, "", _SENTENCE),
    }
