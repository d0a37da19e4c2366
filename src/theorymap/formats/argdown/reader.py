"""From what an Argdown text says to an argument map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement
from theorymap.formats.argdown.document import Document, End, Entry, Relation, Step
from theorymap.formats.argdown.fields import PLAIN_ATTACK, SECTION, WORDING, Fields, between, is_id
from theorymap.formats.argdown.modelled import by_conclusion, to_itself
from theorymap.formats.argdown.naming import Naming


def as_map(document: Document) -> ArgumentMap:
    """The map of a document; see `theorymap.formats.argdown.read` for how each thing is taken."""
    return _Reader(document).map()


class _Reader:
    """Makes inferences of arguments, then attacks, links and more inferences of relations, then statements."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.naming = Naming(document)
        self.ids = self.naming.ids
        self.known = set(self.ids.values())
        self.inferences: list[Inference] = []
        self.between_statements: set[tuple[str, str]] = set()
        self.attacks: list[Attack] = []
        self.links: dict[Link, None] = {}
        self.links_in_data: list[Link] = []
        self.supported: dict[End, list[str]] = defaultdict(list)
        self.supporters: dict[End, list[str]] = defaultdict(list)
        for kind, source, target in document.relations:
            if kind == "support":
                self.supporters[target].append(self.ids[source])
                if target.sort == "statement":
                    self.supported[source].append(self.ids[target])

    def map(self) -> ArgumentMap:
        for entry in self.document.arguments.values():
            if End("argument", entry.key) not in self.naming.objections:
                self.argument(entry)
        for relation in self.document.relations:
            self.relation(relation)
        statements = tuple(self.statements())
        links = (*self.links, *self.links_in_data)
        title, data = _whole(self.document)
        return ArgumentMap(statements, tuple(self.inferences), tuple(self.attacks), links, title, data)

    # What has a title

    def statements(self) -> Iterator[Statement]:
        concluded = {inference.conclusion for inference in self.inferences}
        for entry in self.document.statements.values():
            end = End("statement", entry.key)
            id, fields = self.ids[end], self.naming.fields[end]
            self.take_links(id, fields)
            groups = fields.texts("groups")
            others = dict.fromkeys(text for text in entry.texts if text != entry.chosen)
            yield Statement(
                id,
                text=fields.wording(entry.chosen),
                title=_title(entry, fields),
                asserted=fields.flag("asserted", id not in concluded),
                implicit=fields.flag("implicit", False),
                denied=fields.flag("denied", False),
                holders=fields.texts("holders") or (),
                groups=entry.place if groups is None else groups,
                tags=fields.texts("tags") or tuple(entry.tags),
                sources=fields.sources(),
                data=fields.rest((WORDING, text) for text in others),
            )

    def argument(self, entry: Entry) -> None:
        """Add an inference for every step of a reconstructed argument, or one for a sketch."""
        end = End("argument", entry.key)
        fields = self.naming.fields[end]
        steps = self.document.steps.get(entry.key, [])
        premises = () if steps else fields.texts("premises", self.known) or ()
        self.take_links(self.ids[end], fields)
        whole = Inference(
            self.ids[end],
            premises,
            "" if steps else self.sole_support(end),
            title=_title(entry, fields),
            text=fields.wording(entry.chosen),
            scheme=fields.text("scheme"),
            makers=fields.texts("makers") or (),
            entertained=fields.flag("entertained", False),
            tags=fields.texts("tags") or tuple(entry.tags),
            sources=fields.sources(),
            data=fields.rest(),
        )
        if entry.place and SECTION not in dict(whole.data):
            whole = replace(whole, data=(*whole.data, (SECTION, " / ".join(entry.place))))
        made = [self.step(whole, End("inference", entry.key, number), step) for number, step in enumerate(steps)]
        self.inferences += made or [whole]

    def step(self, whole: Inference, end: End, step: Step) -> Inference:
        """A step from its premises and what the step before leads to, unless its data say what it uses."""
        keys = list(step.premises)
        if end.step:
            keys.insert(0, self.document.steps[end.key][end.step - 1].conclusion)
        uses = step.data.get("uses")
        if isinstance(uses, list) and uses and all(isinstance(n, str) and n in step.numbers for n in uses):
            keys = [step.numbers[number] for number in uses]
        id = self.ids[end]
        return replace(
            whole,
            id=id,
            premises=tuple(self.ids[End("statement", key)] for key in keys),
            conclusion=self.ids[End("statement", step.conclusion)],
            text=whole.text if id == whole.id else "",
            scheme=", ".join(step.rules) or whole.scheme,
            data=(*Fields(step.data).rest(), *whole.data),
        )

    def sole_support(self, end: End) -> str:
        """The one statement that a sketch supports; empty if there is none or more."""
        return self.supported[end][0] if len(self.supported[end]) == 1 else ""

    # Relations

    def relation(self, relation: Relation) -> None:
        kind, source, target = relation
        moved = by_conclusion(self.document, relation)
        if to_itself(moved, relation):
            return
        if kind == "support":
            self.support(relation, moved)
        elif kind == "contradictory":
            self.link(Bond.CONTRADICTS, relation)
        elif self.naming.objections.get(source) == relation:
            self.objection(relation)
        elif kind == "attack" and self.document.strict and source.sort == target.sort == "statement":
            if Link(Bond.CONTRARY, self.ids[target], self.ids[source]) not in self.links:
                self.link(Bond.CONTRARY, relation)
        else:
            plain = kind == "attack" and target.sort == "argument" and target not in self.naming.objections
            ends = self.ids[source], self.ids[target]
            id = self.naming.fresh(between("attack", *ends))
            self.attacks.append(Attack(id, ends[:1], ends[1], data=PLAIN_ATTACK if plain else ()))

    def support(self, relation: Relation, moved: Relation) -> None:
        """An entailment or a step between statements, what a sketch concludes, an attacker, or else a link."""
        _, source, target = relation
        if target in self.naming.objections:
            return
        if moved.source.sort == target.sort == "statement":
            ends = self.ids[moved.source], self.ids[target]
            if self.document.strict:
                self.link(Bond.ENTAILS, moved)
            elif ends not in self.between_statements:
                self.between_statements.add(ends)
                id = self.naming.fresh(between("argument", *ends))
                self.inferences.append(Inference(id, ends[:1], ends[1]))
        elif target.sort != "statement" or source in self.naming.objections or not self.sole_support(source):
            self.link(Bond.SUPPORTS, relation)

    def objection(self, relation: Relation) -> None:
        """Add the attack that an argument stands for: those that support the argument carry it."""
        end = relation.source
        fields = self.naming.fields[end]
        self.take_links(self.ids[end], fields)
        attackers = fields.texts("attackers", self.known)
        self.attacks.append(
            Attack(
                self.ids[end],
                tuple(self.supporters[end]) if attackers is None else attackers,
                self.ids[relation.target],
                makers=fields.texts("makers") or (),
                sources=fields.sources(),
                data=fields.rest(),
            )
        )

    def link(self, bond: Bond, relation: Relation) -> None:
        self.links[Link(bond, self.ids[relation.source], self.ids[relation.target])] = None

    def take_links(self, id: str, fields: Fields) -> None:
        """Add the links that stand in the data of their source because Argdown has no relation for them."""
        for bond in Bond:
            targets = fields.texts(bond.value, self.known) or ()
            self.links_in_data += [Link(bond, id, target) for target in targets]


def _title(entry: Entry, fields: Fields) -> str:
    return fields.text("title", entry.key if entry.titled and not is_id(entry.key) else "")


def _whole(document: Document) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The title and the data of the whole, without the mode, which the links tell of."""
    fields = Fields(document.data)
    model = fields.data.get("model")
    if isinstance(model, dict) and "mode" in model:
        fields.data["model"] = {key: value for key, value in model.items() if key != "mode"}
        if len(model) == 1:
            del fields.data["model"]
    return fields.text("title"), fields.rest()
