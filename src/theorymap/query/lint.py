"""The rules that a query file keeps, so that every SPARQL engine gives the same answer to it.

Over a union of graphs one engine gives a triple once and another once a graph; sub-selects, the order within
GROUP_CONCAT and rows without a total order differ as well. Each rule names the trap that it closes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from theorymap import sparql_outline
from theorymap.findings import Finding, Origin, error
from theorymap.query.model import SEPARATOR, Query, parameter_lines
from theorymap.sparql_outline import Outline
from theorymap.sparql_text import Token, closing

CHECK_COLUMNS = ("entity", "property", "value")
_UNSTABLE = ("SAMPLE", "RAND", "NOW", "UUID", "STRUUID", "BNODE")
_DOUBLING = ("COUNT", "SUM", "AVG")


def lint(query: Query, lines: Mapping[str, int]) -> list[Finding]:
    """What is wrong with a query that can be read, by the rules of its group.

    Args:
        query: The query file.
        lines: The line of each key of its header, such as ``x-columns/theory``.
    """
    seen = sparql_outline.outline(query.sparql)
    wanted = "CONSTRUCT" if query.group == "entail" else "SELECT"
    if seen.form != wanted:
        message = f"A query in this folder must be a {wanted}, this one is {seen.form or 'something else'}."
        return [error("query-form", Origin(query.file, 1), message, f"Write it as {wanted}, or move the file.")]
    rules = _RULES.get(query.group, _QUESTION_RULES)
    return [
        error(code, Origin(query.file, line or 1), message, repair)
        for rule in ((_star,) if any(selection.star for selection in seen.selections) else rules)
        for code, line, message, repair in rule(query, seen, lines)
    ]


def lists(seen: Outline) -> tuple[str, ...]:
    """The names that a query gives to values joined by GROUP_CONCAT, sorted."""
    found = set()
    for selection in seen.selections:
        head = selection.head
        for i, token in enumerate(head[:-1]):
            if token.says("(") and head[i + 1].says("GROUP_CONCAT"):
                last = head[closing(head, i) - 1]
                found |= {last.text[1:]} if last.kind == "var" else set()
    return tuple(sorted(found))


_Problem = tuple[str, int, str, str]


def _prefixes(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """Some engines know our prefixes by heart, others none."""
    for token in {token.text.partition(":")[0]: token for token in reversed(sparql_outline.undeclared(seen))}.values():
        prefix = token.text.partition(":")[0]
        yield "query-prefix", token.line, f"The prefix {prefix}: is not declared.", f"Add 'PREFIX {prefix}: <...>'."


def _unstable(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """An answer is the same on every run."""
    for token in seen.tokens:
        if token.says(*_UNSTABLE):
            message = f"{token.text.upper()} gives another value on every run or in every engine."
            yield "query-not-repeatable", token.line, message, "Do without it."


def _star(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """The columns are part of the question."""
    for selection in seen.selections:
        if selection.star:
            yield "query-star", selection.line, "The query selects '*'.", "Name the columns."


def _distinct(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """A triple in two files gives two rows in one engine and one in another."""
    outer = seen.selections[0]
    if not outer.distinct and not outer.grouped():
        message = "Without DISTINCT, a statement that stands in two files is counted twice."
        yield "query-not-distinct", outer.line, message, "Write SELECT DISTINCT."
    for token, after in _calls(seen, *_DOUBLING):
        over_distinct = any(selection.distinct for selection in seen.selections[1:])
        if not after.says("DISTINCT") and not (over_distinct and not token.says("COUNT")):
            name = token.text.upper()
            message = f"{name} without DISTINCT counts a statement once for each file that holds it."
            repair = "Write COUNT(DISTINCT ...)." if name == "COUNT" else f"Take the {name} of a SELECT DISTINCT."
            yield "query-not-distinct", token.line, message, repair


def _calls(seen: Outline, *names: str) -> Iterator[tuple[Token, Token]]:
    """The calls of some functions: the name, and the first word of the arguments."""
    for name, bracket, first in zip(seen.tokens, seen.tokens[1:], seen.tokens[2:], strict=False):
        if name.says(*names) and bracket.says("("):
            yield name, first


def _joined(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """The order within GROUP_CONCAT is nobody's promise; a column of its own can be split and sorted."""
    direct = {
        id(name)
        for selection in seen.selections
        for bracket, name in zip(selection.head, selection.head[1:], strict=False)
        if bracket.says("(") and name.says("GROUP_CONCAT")
    }
    for i, token in enumerate(seen.tokens):
        if not token.says("GROUP_CONCAT"):
            continue
        call = seen.tokens[i + 1 : closing(seen.tokens, i + 1)]
        separated = any(part.text in (f'"{SEPARATOR}"', f"'{SEPARATOR}'") for part in call)
        if id(token) not in direct or not separated or not any(part.says("DISTINCT") for part in call):
            message = "The order of the values that GROUP_CONCAT joins differs from engine to engine."
            repair = f'Write (GROUP_CONCAT(DISTINCT ...; SEPARATOR="{SEPARATOR}") AS ?column), a column of its own.'
            yield "query-group-concat", token.line, message, repair


def _leaks(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """Some engines let the outer value into a sub-select, others do not (SPARQL 1.1, 12: they must not)."""
    for inner in seen.selections[seen.form == "SELECT" :]:
        within = seen.tokens[inner.start : inner.end]
        without = seen.tokens[: inner.start] + seen.tokens[inner.end :]
        shared = _variables(within) & _variables(without) - set(inner.variables)
        for name in sorted(shared):
            message = f"The sub-select uses ?{name}, which also stands outside of it, without selecting it."
            yield "query-subselect", inner.line, message, f"Select ?{name} there, or give it another name."


def _variables(words: tuple[Token, ...]) -> set[str]:
    return {token.text[1:] for token in words if token.kind == "var"}


def _order(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """The order of the rows is part of the answer."""
    outer = seen.selections[0]
    named = outer.ordering()
    # What a check joins is shown beside what tells its rows apart.
    beside = lists(seen) if query.group == "check" else ()
    wanted = query.order or tuple(name for name in outer.variables if name not in beside)
    if named is None:
        yield "query-order", outer.line, "The query has no ORDER BY.", f"Add ORDER BY {_listed(wanted)}."
        return
    missing = [name for name in wanted if name not in named and name in outer.variables]
    if missing:
        message = f"ORDER BY leaves {_listed(missing)} open, so that rows may change places."
        yield (
            "query-order",
            outer.line,
            message,
            f"Add {_listed(missing)} to ORDER BY, or name in 'x-order' what tells rows apart.",
        )
    joined = [name for name in lists(seen) if name in named]
    if joined:
        message = f"ORDER BY names {_listed(joined)}, within which every engine has an order of its own."
        yield "query-order", outer.line, message, "Order by what GROUP BY names."
    for name in query.order:
        if name not in outer.variables:
            message = f"'x-order' names '{name}', which the query does not select."
            yield "query-column", lines.get("x-order", 0), message, "Name selected columns only."


def _listed(names: Iterable[str]) -> str:
    return " ".join(f"?{name}" for name in names)


def _columns(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """What the header promises is what the query selects."""
    selected = seen.selections[0].variables
    named = [("x-columns", name) for name, _ in query.columns]
    named += [("x-sources", name) for name in query.sources if name]
    named += [("x-status", query.status)] if query.status else []
    for key, name in named:
        if name not in selected:
            line = lines.get(f"{key}/{name}", lines.get(key, 0))
            repair = f"Add ?{name} to the SELECT, or take it out of the header."
            yield "query-column", line, f"'{key}' names '{name}', which the query does not select.", repair
    # What only orders the rows is named under 'x-order', and nobody sees it.
    known = {name for _, name in named} | set(query.order)
    for name in selected:
        if name not in known and known <= set(selected):
            message = f"The query selects ?{name}, which the header does not mention."
            yield "query-column", seen.selections[0].line, message, f"Give '{name}' a heading under 'x-columns'."


def _parameters(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """A parameter is one line that is replaced as a whole; anything else would splice text into the query."""
    declared = [parameter.name for parameter in query.parameters]
    for name in declared:
        found = [line for line, variable in parameter_lines(query.sparql) if variable == name]
        if len(found) != 1 or seen.parameters.count(name) != 1:
            message = f"The parameter '{name}' has no line of its own at the head of WHERE, or more than one."
            repair = f"Write the line 'VALUES ?{name} {{ UNDEF }}' once, directly after 'WHERE {{'."
            yield "query-parameter", lines.get(f"x-parameters/{name}", 0), message, repair
    for line, name in parameter_lines(query.sparql):
        if name not in declared:
            message = f"The line sets ?{name}, which the header does not declare."
            yield "query-parameter", line, message, f"Declare '{name}' under 'x-parameters'."


def _check_columns(query: Query, seen: Outline, lines: Mapping[str, int]) -> Iterator[_Problem]:
    """A check's rows become findings, so their columns are fixed; one more may say what should stand there."""
    outer = seen.selections[0]
    if outer.variables not in (CHECK_COLUMNS, (*CHECK_COLUMNS, "instead")):
        wanted = _listed(CHECK_COLUMNS)
        yield "query-column", outer.line, f"A check selects {wanted}.", f"Write SELECT DISTINCT {wanted}."


_Rule = Callable[[Query, Outline, Mapping[str, int]], Iterator[_Problem]]
_ALWAYS: tuple[_Rule, ...] = (_prefixes, _unstable, _leaks, _parameters)
_QUESTION_RULES: tuple[_Rule, ...] = (*_ALWAYS, _distinct, _joined, _order, _columns)
_RULES: dict[str, tuple[_Rule, ...]] = {
    "check": (*_ALWAYS, _distinct, _joined, _order, _check_columns),
    "entail": _ALWAYS,
    "map": (*_ALWAYS, _distinct, _joined, _order),
    "pivot": (*_ALWAYS, _distinct, _joined, _order),
}
