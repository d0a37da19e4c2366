"""An argument map as the file of a document that an author goes on with.

The draft says what the map says and no more: who holds a statement, how firmly and where it is read are left to be
filled in, and `theorymap check` lists each of them by line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from types import MappingProxyType

from theorymap.argument_map import ArgumentMap, Attack, Bond, Element, Inference, Statement
from theorymap.importing.identifiers import Identifiers, name_of
from theorymap.readers import forms, yaml_text
from theorymap.readers.latex import tidy
from theorymap.readers.yaml_text import Tree

LOSES = (
    "the identifiers of the map, where they are none of ours or are taken; its title and its data",
    "the order of premises among which one is implicit, whether that one is asserted, and repetitions",
    "text that is nothing but white space, and half of a surrogate pair",
    "in the note of an entry, and no longer a key: speakers that are no agents of the workspace, groups, tags, data, "
    "sources, schemes that are not ours, that a statement is denied, and links for which there is no key",
)
"""What of an argument map is not in its draft, or is there for readers only."""

_KINDS = {Statement: "claim", Inference: "argument", Attack: "attack"}
_KEYS = {
    Bond.CONTRADICTS: "contradicts",
    Bond.CONTRARY: "contrary_to",
    Bond.LIMITS: "limits",
    Bond.CONCEDES: "concedes",
    Bond.EXCEPTION: "exception_to",
    Bond.RIVAL: "same_effect_as",
}
_HEAD = """\
# {title}
# An argument map, imported from {file}.
# What the map does not say is left out here, and theorymap check lists it by line until it is filled in:
# at the head of the file: extent, extraction and coder; in kb/bibliography.bib: the entry {key};
# on each claim: type or kind, topics and level_of_cause; on each of its attributions: holder, hedge, mode, certainty,
# stance and passages; on each argument and attack: maker and passages.
"""

_Entry = dict[str, Tree]


def draft(
    argument_map: ArgumentMap,
    key: str,
    title: str,
    *,
    file: str = "another tool",
    taken: Collection[str] = frozenset(),
    schemes: Container[str] = frozenset(),
    agents: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The file `kb/documents/<key>.yaml` for a map, in UTF-8; the same for the same map and workspace.

    Args:
        argument_map: What to write.
        key: The key of the document.
        title: What the document is called.
        file: What the map was read from, for readers.
        taken: The identifiers that the workspace has, such as ``claim/x``.
        schemes: The names of the schemes that the ontology has, such as ``sign``.
        agents: The identifiers of the agents of the workspace by their names in small letters.
    """
    head = _HEAD.format(title=tidy(title) or key, file=tidy(file), key=key) + f"id: work/{key}\n"
    return yaml_text.file(head, _Drafter(argument_map, key, taken, schemes, agents).slots())


class _Drafter:
    """Drafts one map once.

    Attributes:
        inline: The implicit statements that stand in place, in the one argument that needs them.
        ids: The identifiers of everything else in the draft, by those of the map.
        links: What each element is linked to, by key; under the empty key in words.
    """

    def __init__(
        self,
        argument_map: ArgumentMap,
        key: str,
        taken: Collection[str],
        schemes: Container[str],
        agents: Mapping[str, str],
    ) -> None:
        self.map, self.key, self.taken, self.schemes, self.agents = argument_map, key, taken, schemes, agents
        self.inline = _inline(argument_map)
        self.ids: dict[str, str] = {}
        self.free = Identifiers(key, taken)
        for element in argument_map.elements():
            if element.id not in self.inline:
                self.ids[element.id] = self.identifier(element)
        self.links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for link in argument_map.links:
            named, target = (
                _link_key(link.bond, argument_map[link.source], argument_map[link.target]),
                self.ids[link.target],
            )
            self.links[link.source][named].append(target if named else f"{link.bond.value.capitalize()} {target}.")

    def slots(self) -> dict[str, Tree]:
        """The claims, arguments and attacks, by identifier."""
        return {
            "claims": {self.ids[s.id]: self.claim(s) for s in self.map.statements if s.id not in self.inline},
            "arguments": {self.ids[inference.id]: self.argument(inference) for inference in self.map.inferences},
            "attacks": {self.ids[attack.id]: self.attack(attack) for attack in self.map.attacks},
        }

    def identifier(self, element: Element) -> str:
        """An identifier that nobody has: that of the map if it is one of ours, else one made from its words."""
        kind = _KINDS[type(element)]
        own = forms.is_own_identifier(element.id) and element.id.startswith(f"{kind}/")
        name = element.id.partition("/")[2] if own else self.name(element)
        return self.free.free(f"{kind}/{self.key}-{name}" if f"{kind}/{name}" in self.taken else f"{kind}/{name}")

    def name(self, element: Element) -> str:
        """A few words for an element: of its title or text, else of what it is about."""
        words = name_of(element.title if not isinstance(element, Attack) else "")
        if isinstance(element, Statement):
            words = words or name_of(element.text)
        elif isinstance(element, Inference):
            about = element.conclusion or next(iter(element.premises), "")
            known = self.ids.get(about, "").partition("/")[2]
            words = words or (f"{'for' if element.conclusion else 'from'}-{known}" if known else "")
        else:
            words = f"on-{self.ids[element.target].partition('/')[2]}" if element.target in self.ids else ""
        return words or "-".join(filter(None, (self.key, name_of(element.id))))

    def claim(self, statement: Statement) -> _Entry:
        """A claim with what the map says of it."""
        known = [self.agents[name] for name in map(str.casefold, statement.holders) if name in self.agents]
        told = [{"holder": id, "commitment": "asserts"} for id in dict.fromkeys(known)]
        notes = self.notes(statement, "Put forward by", statement.holders)
        notes += ["Denied or doubted by somebody."] if statement.denied else []
        notes += ["Supplied by the makers of the map."] if statement.implicit else []
        notes += [f"Grouped under {group}." for group in statement.groups]
        return _filled(
            text=_clean(statement.text),
            label=_clean(statement.title),
            **{key: _once(ids) for key, ids in self.links[statement.id].items() if key},
            note=_note(notes),
            attributions=(told or [{"commitment": "asserts"}]) if statement.asserted else [],
        )

    def argument(self, inference: Inference) -> _Entry:
        """An argument with its premises, those that are implicit as their text."""
        ours = inference.scheme in self.schemes
        notes = self.notes(inference, "Made by", inference.makers)
        notes += [f"Scheme: {inference.scheme}."] if inference.scheme and not ours else []
        inline = [self.map[id] for id in inference.premises if id in self.inline]
        return _filled(
            label=_clean(inference.title),
            description=_clean(inference.text),
            maker=self.known(inference.makers),
            entertained="true" if inference.entertained else "",
            premises=_once(self.ids[id] for id in inference.premises if id in self.ids),
            implicit=[_clean(statement.text) for statement in inline if isinstance(statement, Statement)],
            conclusion=self.ids.get(inference.conclusion, ""),
            scheme=inference.scheme if ours else "",
            note=_note(notes),
        )

    def attack(self, attack: Attack) -> _Entry:
        """An attack with what carries it and what it is aimed at."""
        return _filled(
            maker=self.known(attack.makers),
            by=_once(self.ids[id] for id in attack.attackers),
            target=self.ids[attack.target],
            note=_note(self.notes(attack, "Made by", attack.makers)),
        )

    def known(self, names: Iterable[str]) -> list[str]:
        """The agents of the workspace among some names."""
        return _once(self.agents[name.casefold()] for name in names if name.casefold() in self.agents)

    def notes(self, element: Element, opening: str, names: Iterable[str]) -> list[str]:
        """What no key has room for, a sentence each: unknown speakers, tags, data, sources and links."""
        strange = [name for name in names if name.casefold() not in self.agents]
        notes = [f"{opening} {', '.join(strange)}."] if strange else []
        if not isinstance(element, Attack):
            notes += [f"Tagged {tag}." for tag in element.tags]
        notes += [f"{name}: {value}" for name, value in element.data]
        notes += [f"Source: {source}." for source in element.sources]
        return notes + self.links[element.id][""]


def _link_key(bond: Bond, source: Element, target: Element) -> str:
    """The key under which a link is written; empty where there is none, and a note has to do."""
    ends = Statement if bond is not Bond.LIMITS else Statement | Inference
    return _KEYS.get(bond, "") if isinstance(source, Statement) and isinstance(target, ends) else ""


def _inline(argument_map: ArgumentMap) -> set[str]:
    """The implicit statements that are a premise of one argument and nothing else; of two with one text the first."""
    premises = Counter(id for inference in argument_map.inferences for id in dict.fromkeys(inference.premises))
    used = {inference.conclusion for inference in argument_map.inferences}
    used |= {id for attack in argument_map.attacks for id in (*attack.attackers, attack.target)}
    used |= {id for link in argument_map.links for id in (link.source, link.target)}
    found: set[str] = set()
    for inference in argument_map.inferences:
        by_text: dict[str, str] = {}
        for statement in map(argument_map.__getitem__, inference.premises):
            alone = premises[statement.id] == 1 and statement.id not in used
            if alone and isinstance(statement, Statement) and _bare(statement):
                by_text.setdefault(_clean(statement.text), statement.id)
        found.update(by_text.values())
    return found


def _bare(statement: Statement) -> bool:
    """Whether an implicit statement has nothing but its text."""
    said = (statement.title, statement.holders, statement.groups, statement.tags, statement.data, statement.sources)
    return statement.implicit and not statement.denied and bool(_clean(statement.text)) and not any(said)


def _clean(text: str) -> str:
    """A text that can stand in a file; nothing where it holds but white space."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if text.strip() else ""


def _once(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _note(notes: Iterable[str]) -> Tree:
    """Remarks as the value of a key: each once, and a single one alone."""
    kept = _once(filter(None, map(_clean, notes)))
    return kept[0] if len(kept) == 1 else kept


def _filled(**keys: Tree) -> _Entry:
    """The keys that have a value."""
    return {name: value for name, value in keys.items() if value}
