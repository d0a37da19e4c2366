"""The parts of the pages that are made from the ontology, the shapes, the command line and the knowledge base."""

from __future__ import annotations

import functools
import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from theorymap import Workspace
from theorymap.query.model import Query
from theorymap.render import footnotes
from theorymap.render.markdown import table_markdown
from theorymap.terms import IR, RDF, RDFS, SCHEMA, SH, SHAPES, SKOS, TM, local
from theorymap.vocabulary import Key, Vocabulary

ROOT = Path(__file__).resolve().parent.parent
PARTS: dict[str, Callable[[], str]] = {}

_GROUPS = {
    "compare": "Comparing",
    "argue": "Arguing",
    "evidence": "Evidence and sources",
    "gaps": "What is missing",
    "trace": "One thing, and all that is known of it",
}
# What nearly everything has, or what says who coded it, would cover the rest of a diagram.
_LEFT_OUT = {TM.topic, TM.coder, TM.reviewedBy, TM.case, TM.term("partOf")}
# A longer answer is folded, so that the next question is in sight.
_LONG = 40
_MOST = 100
_DIAGRAM = {
    "model-people": "Work Document Passage Agent Claim Attribution Telling CitedPlace",
    "model-claims": "Claim Definition Proposition Prediction Observation Assessment Characterisation Comparison "
    "RelationClaim Gap Construct Variable Mechanism VariableValue Case Period Theory Dimension Question",
    "model-arguments": "Claim Argument ImplicitPremise Scheme CriticalQuestion CriticalAnswer Attack Observation "
    "Episode Question Study VariableRole Case",
}


def _part(function: Callable[[], str]) -> Callable[[], str]:
    """Enter a function under its name, with hyphens."""
    PARTS[function.__name__.replace("_", "-")] = function
    return function


@functools.cache
def workspace() -> Workspace:
    """The workspace of the repository."""
    return Workspace.open(ROOT)


@functools.cache
def _ontology() -> dict[str, dict[str, list[str]]]:
    """What the ontology says: subject to property to values, each sorted."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in workspace().knowledge.stated.quads():
        if "/graph/ontology" in (quad.graph or ""):
            found[str(quad.subject)][str(quad.predicate)].append(str(quad.object))
    return {name: {prop: sorted(values) for prop, values in said.items()} for name, said in found.items()}


def _said(subject: str, prop: str) -> str:
    return next(iter(_ontology().get(subject, {}).get(prop, [])), "")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines)


# The model


def _diagram(names: Iterable[str]) -> str:
    """A class diagram: subclass arrows, and an arrow for each property from one of the classes to another."""
    known = [TM + name for name in names]
    for iri in known:
        if iri not in _ontology():
            raise KeyError(f"the ontology has no class {local(iri)}")
    lines = ["```mermaid", "classDiagram", "direction LR", *(f"class {local(iri)}" for iri in known)]
    for iri in known:
        above = [parent for parent in _ontology()[iri].get(RDFS.subClassOf, []) if parent in known]
        lines += [f"{local(parent)} <|-- {local(iri)}" for parent in above]
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for prop in sorted(set(_ontology()) - _LEFT_OUT):
        for left in _ontology()[prop].get(SCHEMA.domainIncludes, []):
            for right in _ontology()[prop].get(SCHEMA.rangeIncludes, []):
                if left in known and right in known:
                    arrows[local(left), local(right)].append(_said(prop, RDFS.label))
    lines += [f"{left} --> {right} : {', '.join(labels)}" for (left, right), labels in sorted(arrows.items())]
    return "\n".join([*lines, "```"])


def _enter_diagrams() -> None:
    for part, names in _DIAGRAM.items():
        PARTS[part] = functools.partial(_diagram, names.split())


_enter_diagrams()


@_part
def class_definitions() -> str:
    """Every class of the core that authors use, with its definition and its scope note."""
    rows = []
    for name, iri in sorted(_vocabulary().types.items()):
        if iri.startswith(TM) and TM.CodedValue not in _vocabulary().parents.get(iri, ()):
            rows.append((f"**{name}**", f"{_said(iri, SKOS.definition)} {_said(iri, SKOS.scopeNote)}".strip()))
    return _table(("class", "what it is"), rows)


# The format of the source files


def _vocabulary() -> Vocabulary:
    return workspace().sources.vocabulary


def _value(key: Key) -> str:
    """What is written under a key."""
    nested = _vocabulary().nested.get(key.iri)
    if nested:
        return f"entries in place: {local(nested)}"
    if key.coercion == "id":
        ranges = _ontology().get(key.iri, {}).get(SCHEMA.rangeIncludes, [])
        return f"identifier of {' or '.join(local(iri) for iri in ranges)}" if ranges else "identifier"
    if key.coercion == "vocab":
        return f"coded: {key.name}" if key.base.startswith(TM) else f"coded: a property of {key.base}"
    words = {"integer": "whole number", "decimal": "number", "boolean": "true or false", "date": "day, as 2026-11-22"}
    return words.get(local(key.datatype), "text") if key.datatype else "text"


def _own_keys(iri: str) -> list[Key]:
    """The keys that stand on a class and not already on the class above it."""
    vocabulary = _vocabulary()
    above = [parent for parent in vocabulary.parents[iri] if parent not in (iri, TM.Work)]
    inherited = {name for parent in above for name in vocabulary.keys_of([parent])}
    own = [vocabulary.keys[name] for name in vocabulary.keys_of([iri]) if name not in inherited]
    return [key for key in own if key.iri in vocabulary.domains]


@_part
def keys() -> str:
    """The keys of each class, with what is written under them and what they mean."""
    vocabulary = _vocabulary()
    anywhere = [key for key in vocabulary.keys.values() if key.iri not in vocabulary.domains]
    sections = ["### Any entry", _keys_table(anywhere)]
    slots = {iri: slot for slot, iri in vocabulary.slots.items()}
    for name, iri in sorted(vocabulary.types.items()):
        own = _own_keys(iri) if iri in vocabulary.parents else []
        if own:
            sections += [f"### {name}", _about(iri, slots), _keys_table(own)]
    return "\n\n".join(sections)


def _about(iri: str, slots: dict[str, str]) -> str:
    above = [parent for parent in _ontology()[iri].get(RDFS.subClassOf, []) if parent in _vocabulary().type_names]
    where = f"Stands under `{slots[iri]}:`." if iri in slots else ""
    more = f"It takes the keys of {' and '.join(local(parent) for parent in above)} as well." if above else ""
    return " ".join(part for part in (_said(iri, SKOS.definition), where, more) if part)


_NEEDED = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?target ?rule ?path
WHERE {
  ?shape sh:targetClass|sh:targetSubjectsOf ?target ; sh:property ?rule .
  ?rule sh:severity sh:Violation ; sh:path/(sh:alternativePath/rdf:rest*/rdf:first)?/rdf:first? ?path .
  FILTER EXISTS { ?rule sh:minCount|sh:hasValue ?least }
}
"""
_FROM_THE_PLACE = {TM.document, TM.position}
"""What a file and the order of a list say by themselves."""


def needed() -> dict[str, list[str]]:
    """What the shapes ask for of each class, and of whatever has a property: keys, alternatives joined by *or*."""
    from rdflib import Graph

    names = {key.iri: f"`{key.name}`" for key in _vocabulary().keys.values() if key.iri not in _FROM_THE_PLACE}
    names[RDF.type] = "`type`"
    rules: dict[tuple[str, str], set[str]] = defaultdict(set)
    for target, rule, path in Graph().parse(ROOT / "shapes" / "core.ttl").query(_NEEDED):
        if str(path) in names:
            rules[str(target), str(rule)].add(names[str(path)])
    asked: dict[str, list[str]] = defaultdict(list)
    for (target, _), found in rules.items():
        asked[target].append(" or ".join(sorted(found)))
    return {target: sorted(found, key=lambda keys: (" or " in keys, keys)) for target, found in asked.items()}


@_part
def needed_keys() -> str:
    """The keys without which an entry is an error: by its class, and by another key that stands on it."""
    asked, classes = needed(), _vocabulary().type_names
    of_classes, of_keys = [], []
    for target, found in asked.items():
        if target in classes:
            above = [classes[parent] for parent in _vocabulary().parents[target] - {target} if parent in asked]
            of_classes.append((classes[target], ", ".join(found), ", ".join(sorted(above)) or "–"))
        else:
            of_keys += [(f"`{key.name}`", ", ".join(found)) for key in _vocabulary().keys.values() if key.iri == target]
    by_class = _table(("class", "needs", "and the keys of"), sorted(of_classes))
    return f"{by_class}\n\n{_table(('where this stands', 'this is needed too'), sorted(of_keys))}"


def _keys_table(keys: Iterable[Key]) -> str:
    rows = ((f"`{key.name}`", _value(key), _said(key.iri, SKOS.definition) or _BORROWED[key.name]) for key in keys)
    return _table(("key", "value", "meaning"), sorted(rows))


_BORROWED = {
    "alt_labels": "Further names under which readers may look it up.",
    "description": "What it is, in a sentence.",
    "intents": "What a work is cited for, as a property of CiTO.",
    "label": "The name by which readers know it.",
    "sources": "The works that it is taken from, where no passage of a document shows it.",
}


@_part
def coded_values() -> str:
    """The values that may be written under each key with a closed list, with their definitions."""
    sections = []
    for name, key in sorted(_vocabulary().keys.items()):
        if key.coercion == "vocab" and key.base.startswith((TM, IR)):
            values = sorted(iri for iri in _ontology() if iri.startswith(key.base) and RDF.type in _ontology()[iri])
            rows = ((f"`{local(iri)}`", _said(iri, SKOS.definition)) for iri in values)
            sections.append(f"### `{name}`\n\n" + _table(("value", "meaning"), rows))
    return "\n\n".join(sections)


# Commands, formats, steps


@_part
def commands() -> str:
    """The help of every command."""
    import click

    from theorymap.cli import COMMANDS, group, module

    sections = []
    for name in (None, *COMMANDS):
        command = group if name is None else importlib.import_module(f"theorymap.cli.{module(name)}").command
        path = "theorymap" if name is None else f"theorymap {name}"
        context = click.Context(command, info_name=path, terminal_width=88, help_option_names=["-h", "--help"])
        sections.append(f"## {path}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(sections)


@_part
def command_table() -> str:
    """Every command with what it is for."""
    from theorymap.cli import COMMANDS

    return _table(("command", "what it does"), ((f"`theorymap {name}`", said) for name, said in COMMANDS.items()))


@_part
def formats() -> str:
    """Every format of the registry with what it loses."""
    from theorymap.formats import FORMATS

    rows = (
        (f"`{f.name}`", f.holds.value, f.suffix, f.media_type, "; ".join(f.loses) or "nothing")
        for f in FORMATS.values()
    )
    return _table(("format", "holds", "suffix", "media type", "loses"), rows)


# Findings


def _rules() -> dict[str, tuple[str, str, str]]:
    """Code of each rule of the shapes: severity, message, reason."""
    from theorymap.store import quads_of

    found: dict[str, dict[str, str]] = defaultdict(dict)
    for file in workspace().sources.of("shapes"):
        for quad in quads_of(workspace().sources.read(file)[0], "nq"):
            found[str(quad.subject)][str(quad.predicate)] = str(quad.object)
    severities = {"Violation": "error", "Warning": "warning", "Info": "info"}
    return {
        local(iri): (severities[local(said[SH.severity])], said[SH.message], said.get(RDFS.comment, ""))
        for iri, said in found.items()
        if SH.message in said and iri.startswith(SHAPES)
    }


@_part
def findings_of_shapes() -> str:
    """Every rule of the shapes: what is wrong, how to mend it, and why there is such a rule."""
    sections = []
    for code, (severity, message, reason) in sorted(_rules().items()):
        problem, _, repair = message.partition(". ")
        lines = [f"### {code}", f"*{severity}* · {_quoted(problem)}.", f"Mend: {_quoted(repair) or 'as it says'}"]
        sections.append("\n\n".join([*lines, *([f"Why: {reason}"] if reason else [])]))
    return "\n\n".join(sections)


@_part
def findings_of_checks() -> str:
    """Every check that is a query: what is wrong, how to mend it, and what it looks for."""
    sections = []
    for query in workspace().knowledge.catalogue.group("check"):
        lines = [
            f"### {query.name}",
            f"*{query.severity}* · {_quoted(query.summary)}",
            f"Mend: {_quoted(query.repair)}",
        ]
        sections.append("\n\n".join([*lines, *([f"Why: {query.description}"] if query.description else [])]))
    return "\n\n".join(sections)


def _quoted(template: str) -> str:
    """A message with its gaps shown as such."""
    return template.replace("{", "*(").replace("}", ")*").strip()


# Answers


@_part
def answers() -> str:
    """Every question with its answer from the knowledge base."""
    by_group: dict[str, list[Query]] = defaultdict(list)
    for query in workspace().questions():
        by_group[query.group].append(query)
    order = [*_GROUPS, *sorted(set(by_group) - set(_GROUPS))]
    sections = []
    for group in order:
        if by_group[group]:
            sections.append(f"## {_GROUPS.get(group, group.capitalize())}")
            sections += [_answer(query) for query in by_group[group]]
    return "\n\n".join(sections)


def _answer(query: Query) -> str:
    values = query.examples()
    table = workspace().query(query.name, **values)
    asked = " ".join(f"-p {name}={_shell(value)}" for name, value in values.items())
    told = replace(table, rows=table.rows[:_MOST], statuses=())
    body = table_markdown(told).partition("\n")[2].strip()
    if len(table) > _LONG:
        rows = f"{len(table)} rows" if len(table) <= _MOST else f"the first {_MOST} of {len(table)} rows"
        body = f"<details><summary>{rows}</summary>\n\n{body}\n\n</details>"
    said = [
        f"### {query.summary}",
        query.description,
        body,
        f"`theorymap query {query.name}{' ' if asked else ''}{asked}`",
    ]
    return "\n\n".join(part for part in said if part)


def _shell(value: str) -> str:
    return f'"{value}"' if " " in value else value


@_part
def opening_answer() -> str:
    """The answer that the README opens with."""
    table = workspace().query("definitions-of-a-construct", construct="defection")
    return table_markdown(table).partition("\n")[2]


# Comparisons

COMPARED = (
    ("Balance of threat against balance of interests", "theories balance-of-threat balance-of-interests --all"),
    ("The three families of trust", "theories rational-trust psychological-trust social-trust --all"),
    ("Brazil against Colombia", "cases brazil colombia --all"),
    ("Definitions of trust", "definitions trust"),
    ("Definitions of defection", "definitions defection"),
    ("Two documents", "documents helbig-2019 keating-2015"),
)


@_part
def comparisons() -> str:
    """The comparisons of the page, each with the command that gives it."""
    sections = []
    for at, (heading, words) in enumerate(COMPARED):
        kind, *names = words.removesuffix(" --all").split()
        table = workspace().compare(kind, *names, all=words.endswith(" --all"))
        body = footnotes.markdown(table, chr(ord("a") + at)).partition("\n")[2].strip()
        sections.append(f"## {heading}\n\n`theorymap compare {words}`\n\n{body}")
    return "\n\n".join(sections)
