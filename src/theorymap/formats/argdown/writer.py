"""From an argument map to an Argdown text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby

from theorymap.argument_map import ArgumentMap, Attack, Bond, Element, Inference, Link, Statement
from theorymap.formats.argdown.data import as_text, strings
from theorymap.formats.argdown.fields import PLAIN_ATTACK, RESERVED, between, is_id, made_id
from theorymap.formats.argdown.wording import escaped, plain_title, quoted, tag, tidy
from theorymap.table import Source

Yaml = bool | str | tuple[str, ...] | tuple[tuple[str, ...], ...]
_RULE = re.compile(r"[\w'’()]+(?:(?:,? |-)[\w'’()]+)*")
_KEY = re.compile(r"\w[\w .-]{0,60}")
_PLAIN_KEY = re.compile(r"(?!(?:null|true|false|yes|no|on|off|[yn])\Z)[A-Za-z][A-Za-z_-]*", re.IGNORECASE)


def written(map: ArgumentMap) -> str:
    """The Argdown text of a map; see `theorymap.formats.argdown.write` for how it is laid out."""
    return "\n\n".join(_Writer(map).blocks()) + "\n"


class _Writer:
    """Writes the statements, then the arguments, then the relations, each in the order of the map."""

    def __init__(self, map: ArgumentMap) -> None:
        self.map = map
        statements = {link for link in map.links if self.both_statements(link.source, link.target)}
        self.strict = any(link.bond in {Bond.ENTAILS, Bond.CONTRARY} for link in statements)
        self.concluded = {inference.conclusion for inference in map.inferences}
        linked = {end for link in map.links for end in (link.source, link.target)}
        aimed = {end for attack in map.attacks for end in (attack.target, *attack.attackers)}
        self.objections = {a.id for a in map.attacks if a.id in linked | aimed or not self.is_plain(a)}
        self.relations, self.links_in_data = self.sorted_links()
        self.names: dict[str, str] = {}
        self.name("Statement", map.statements)
        self.name("Argument", (*map.inferences, *map.attacks))

    def both_statements(self, *ids: str) -> bool:
        return all(isinstance(self.map[id], Statement) for id in ids)

    def is_plain(self, attack: Attack) -> bool:
        """Whether a relation between two elements says all that there is to say about an attack."""
        if len(attack.attackers) != 1 or attack.makers or attack.sources:
            return False
        target, attacker = self.map[attack.target], self.map[attack.attackers[0]]
        if isinstance(attacker, Attack) or (isinstance(attacker, Inference) and attacker.conclusion == target.id):
            return False
        if self.strict and self.both_statements(target.id, attacker.id):
            return False
        known = attack.data == () or (isinstance(target, Inference) and attack.data == PLAIN_ATTACK)
        return known and attack.id == between("attack", attacker.id, target.id)

    def sorted_links(self) -> tuple[list[Link], list[Link]]:
        """The links that a relation of Argdown says, and those that it takes data to say."""
        said: dict[Link, None] = {}
        rest: list[Link] = []
        for link in self.map.links:
            back = Link(link.bond, link.target, link.source)
            twice = link in said or (link.bond in {Bond.CONTRARY, Bond.CONTRADICTS} and back in said)
            if twice or not self.is_relation(link):
                rest.append(link)
            else:
                said[link] = None
        return list(said), rest

    def is_relation(self, link: Link) -> bool:
        if link.bond in {Bond.ENTAILS, Bond.CONTRARY, Bond.CONTRADICTS}:
            return self.both_statements(link.source, link.target)
        source, target = self.map[link.source], self.map[link.target]
        if link.bond is not Bond.SUPPORTS or isinstance(source, Attack) or isinstance(target, Attack):
            return False
        if isinstance(target, Inference):
            return True
        return isinstance(source, Inference) and not source.conclusion and self.supports_more(source)

    def supports_more(self, inference: Inference) -> bool:
        """Whether a sketch supports more than one statement, so that none of them is its conclusion."""
        links = [link for link in self.map.links if (link.bond, link.source) == (Bond.SUPPORTS, inference.id)]
        return len({link.target for link in links if isinstance(self.map[link.target], Statement)}) > 1

    def name(self, sort: str, elements: tuple[Element, ...]) -> None:
        """Choose what stands between the brackets: the title, or the id, or a sort and a number, each once.

        Of several elements of one title, the first that has a text keeps it.
        """
        taken = {getattr(element, "title", "") for element in elements} | {element.id for element in elements}
        used: set[str] = set()
        number = 0
        for element in sorted(elements, key=lambda element: not getattr(element, "text", "")):
            title = getattr(element, "title", "")
            if title and plain_title(title) and not is_id(title) and title not in used:
                shown = title
            elif is_id(element.id) and plain_title(element.id):
                shown = element.id
            else:
                number += 1
                while (shown := f"{sort} {number}") in taken:
                    number += 1
            used.add(shown)
            self.names[element.id] = shown

    # Blocks

    def blocks(self) -> Iterator[str]:
        """The parts of the text that stand between blank lines."""
        yield from self.front()
        section: tuple[str, ...] = ()
        for statement in self.map.statements:
            yield from _headings(section, statement.groups)
            section = statement.groups if _can_head(statement.groups) else section
            yield self.statement(statement, section)
        if section and (self.map.inferences or self.map.attacks or self.relations):
            yield "# Arguments {isGroup: false}"
        for inference in self.map.inferences:
            yield from self.inference(inference)
        for (target, objection), attacks in groupby(self.map.attacks, lambda a: (a.target, a.id in self.objections)):
            if objection:
                yield from map(self.objection, attacks)
            else:
                yield "\n    ".join((self.shown(target), *map(self.attack, attacks)))
        for source, links in groupby(self.relations, lambda link: link.source):
            yield "\n    ".join(
                (self.shown(source), *(f"{_SIGNS[link.bond]} {self.shown(link.target)}" for link in links))
            )

    def front(self) -> Iterator[str]:
        lines = [f"title: {quoted(self.map.title)}"] if self.map.title else []
        lines += [f"{key}: {_yaml(value)}" for key, value in _own(self.map.data)]
        lines += ["model: {mode: strict}"] if self.strict else []
        if lines:
            yield "\n".join(("===", *lines, "==="))

    def statement(self, statement: Statement, section: tuple[str, ...]) -> str:
        data: list[tuple[str, Yaml]] = []
        if statement.asserted == (statement.id in self.concluded):
            data.append(("asserted", statement.asserted))
        for key in ("implicit", "denied", "holders"):
            if value := getattr(statement, key):
                data.append((key, value))
        if statement.groups != section:
            data.append(("groups", statement.groups))
        return self.element(statement, data)

    def inference(self, inference: Inference) -> Iterator[str]:
        """An argument, and its structure if it has premises and a conclusion."""
        whole = bool(inference.premises and inference.conclusion)
        rule = inference.scheme if whole and _RULE.fullmatch(inference.scheme) else ""
        data: list[tuple[str, Yaml]] = [
            ("premises", () if whole else inference.premises),
            ("scheme", "" if rule else inference.scheme),
            ("makers", inference.makers),
            ("entertained", inference.entertained),
        ]
        block = self.element(inference, [(key, value) for key, value in data if value])
        if whole or not inference.conclusion:
            yield block
        else:
            yield f"{block}\n    +> {self.shown(inference.conclusion)}"
        if whole:
            lines = [self.shown(premise) for premise in inference.premises]
            lines.append(self.shown(inference.conclusion))
            numbered = [f"({number}) {line}" for number, line in enumerate(lines, 1)]
            yield "\n".join((*numbered[:-1], f"-- {rule} --" if rule else "----", numbered[-1]))

    def objection(self, attack: Attack) -> str:
        """An argument that stands for an attack: what carries it supports the argument."""
        data: list[tuple[str, Yaml]] = [("objection", attack.id)]
        attackers = dict.fromkeys(attack.attackers)
        if len(attackers) < len(attack.attackers):
            data.append(("attackers", attack.attackers))
        data += [("makers", attack.makers)] if attack.makers else []
        data += [*self.shared(attack)]
        lines = [f"{self.shown(attack.id)}{_data(data)}", *(f"<+ {self.shown(id)}" for id in attackers)]
        sign = "->" if isinstance(self.map[attack.target], Statement) else "_>"
        return "\n    ".join((*lines, f"{sign} {self.shown(attack.target)}"))

    def attack(self, attack: Attack) -> str:
        """The relation below what is attacked."""
        plain = attack.data == PLAIN_ATTACK or isinstance(self.map[attack.target], Statement)
        return f"{'<-' if plain else '<_'} {self.shown(attack.attackers[0])}"

    # Parts of blocks

    def shown(self, id: str) -> str:
        """A reference to an element."""
        return f"[{self.names[id]}]" if isinstance(self.map[id], Statement) else f"<{self.names[id]}>"

    def element(self, element: Statement | Inference, more: list[tuple[str, Yaml]]) -> str:
        """A definition, or a reference where there is no text, with its tags and its data."""
        shown = self.names[element.id]
        sort = "claim" if isinstance(element, Statement) else "argument"
        title, id = ("", shown) if is_id(shown) else (shown, made_id(sort, shown))
        text = tidy(element.text)
        tags = [tag(word) for word in element.tags]
        listed = not all(tags) or len(set(tags)) < len(tags)
        data: list[tuple[str, Yaml]] = [
            *([("id", element.id)] if element.id != id else []),
            *([("title", element.title)] if element.title != title else []),
            *([("text", element.text)] if element.text != text else []),
            *([("tags", element.tags)] if listed else []),
            *more,
            *self.shared(element),
        ]
        definition = f"{self.shown(element.id)}: {escaped(text)}" if text else self.shown(element.id)
        return " ".join((definition, *(() if listed else tags))) + _data(data)

    def shared(self, element: Element) -> Iterator[tuple[str, Yaml]]:
        """What every element has: sources, links that are no relations, and further data."""
        if element.sources:
            yield "sources", tuple(map(_source, element.sources))
        links = [link for link in self.links_in_data if link.source == element.id]
        for bond in Bond:
            if targets := tuple(link.target for link in links if link.bond is bond):
                yield bond.value, targets
        yield from _own(element.data)


_SIGNS = {Bond.SUPPORTS: "+>", Bond.ENTAILS: "+>", Bond.CONTRARY: "->", Bond.CONTRADICTS: "><"}


def _can_head(groups: tuple[str, ...]) -> bool:
    return bool(groups) and all(group and tidy(group) == group for group in groups)


def _headings(section: tuple[str, ...], groups: tuple[str, ...]) -> Iterator[str]:
    """The headings that lead from one section to another."""
    if not _can_head(groups) or groups == section:
        return
    same = 0
    while same < min(len(section), len(groups) - 1) and section[same] == groups[same]:
        same += 1
    for level in range(same, len(groups)):
        yield f"{'#' * (level + 1)} {escaped(groups[level])}"


def _source(source: Source) -> tuple[str, ...]:
    return (source.document, source.place) if source.place else (source.document,)


def _own(data: tuple[tuple[str, str], ...]) -> list[tuple[str, Yaml]]:
    """An author's own data: by key, or as a list of pairs where a key stands twice or means something else."""
    keys = [key for key, _ in data]
    if len(set(keys)) == len(keys) and all(_KEY.fullmatch(key) and key not in RESERVED for key in keys):
        return [(key if _PLAIN_KEY.fullmatch(key) else quoted(key), _native(value)) for key, value in data]
    return [("data", data)]


def _native(text: str) -> Yaml:
    """A list of texts as such, where the map keeps it as JSON."""
    try:
        value = strings(json.loads(text)) if text.startswith("[") else None
    except (ValueError, RecursionError):
        return text
    return text if value is None or as_text(list(value)) != text else value


def _data(data: list[tuple[str, Yaml]]) -> str:
    """Data as they stand behind an element; nothing if there are none."""
    return f" {{{', '.join(f'{key}: {_yaml(value)}' for key, value in data)}}}" if data else ""


def _yaml(value: Yaml) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else f"[{', '.join(map(_yaml, value))}]"
