"""YAML-LD source files: a tree that is checked key by key, completed, and turned into statements.

What is completed is little, and always the same: the type that a slot or a key implies, an identifier for every node
that has none (made from its owner and its content), and, on the nodes that know such a key, the `document`,
`extraction`, `coder` and review that the head of the file gives, and the `position` in a list. The completed tree is
JSON-LD 1.1 under `ontology/context.jsonld`; tests hold this reader to three JSON-LD processors.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from theorymap.findings import Finding, Origin, error, warning
from theorymap.readers import Literal, Origins, Reading, Statement, Term, forms
from theorymap.readers.yaml_tree import Mapping, Node, Scalar, Sequence, YamlError, parse
from theorymap.terms import ID, RDF, TM, XSD, expanded, local, nearest, short
from theorymap.vocabulary import Key, Vocabulary

_FROM_HEAD = ("extraction", "coder", "reviewed_by", "reviewed_on")


def read(data: bytes, file: str, vocabulary: Vocabulary, base: str = ID) -> Reading:
    """The statements of a YAML-LD file, where they stand, and what is wrong with it.

    Args:
        data: The bytes of the file.
        file: Its name in findings.
        vocabulary: The keys and types that may be used.
        base: The IRI against which identifiers are resolved.
    """
    tree, origins, findings = complete(data, file, vocabulary, base)
    statements = tuple(expand(tree, vocabulary, base)) if tree else ()
    return Reading(statements, origins, tuple(findings))


def complete(
    data: bytes, file: str, vocabulary: Vocabulary, base: str = ID
) -> tuple[dict[str, Any], Origins, list[Finding]]:
    """The completed tree of a YAML-LD file as JSON-LD without its context, with origins and findings.

    What a finding is about is left out of the tree; the rest is kept, so that one fault does not hide another.
    """
    walker = _Walker(file, vocabulary, base)
    try:
        root = parse(data)
    except YamlError as problem:
        origin = Origin(file, problem.line, problem.column)
        return {}, walker.origins, [error("broken-yaml", origin, f"{problem}.", problem.repair)]
    if not isinstance(root, Mapping) or not root.items:
        found = "is empty" if root is None or isinstance(root, Mapping) else "holds no block of keys"
        repair = "Begin with id: work/<key>, the key of the document in bibliography.bib."
        return {}, walker.origins, [error("empty-file", Origin(file, 1), f"The file {found}.", repair)]
    tree = walker.root(root)
    return tree, walker.origins, walker.findings


def expand(tree: dict[str, Any], vocabulary: Vocabulary, base: str = ID) -> list[Statement]:
    """The statements of a completed tree, in its order: JSON-LD 1.1 expansion of the features that the context uses."""
    found: list[Statement] = []

    def node(entity: dict[str, Any]) -> str:
        subject = expanded(entity["id"], base)
        for name in _listed(entity.get("type", [])):
            found.append(Statement(subject, RDF.type, vocabulary.types[name]))
        for name, value in entity.items():
            if name in vocabulary.slots:
                for identifier, member in value.items():
                    found.append(Statement(subject, TM.codes, node({"id": identifier, **member})))
            elif name in vocabulary.keys:
                key = vocabulary.keys[name]
                for item in _listed(value):
                    term = node(item) if isinstance(item, dict) else as_term(item, key, base)
                    found.append(Statement(subject, key.iri, term))
        return subject

    node(tree)
    return found


def as_term(text: str, key: Key, base: str = ID) -> Term:
    """The term that a scalar under a key stands for."""
    if key.coercion == "id":
        return expanded(text, base)
    if key.coercion == "vocab":
        return text if text.startswith(key.base) else key.base + text
    if key.datatype:
        return Literal(text, key.datatype)
    return Literal(text, RDF.langString if key.language else XSD.string, key.language)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@dataclass
class _Walker:
    """Walks the tree of one file once, checking and completing it."""

    file: str
    vocabulary: Vocabulary
    base: str
    origins: Origins = field(default_factory=Origins)
    findings: list[Finding] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=dict)

    def root(self, block: Mapping) -> dict[str, Any]:
        """The completed tree of the whole file."""
        scalars = {key.text: node for key, node in block.items if isinstance(node, Scalar)}
        given = scalars.get("id")
        if given is None or not self.is_identifier(given, "id"):
            if given is None:
                self.fault("missing-id", block, "The file does not say what it is about.", "Begin with id: work/<key>.")
            return {}
        is_document = given.text.startswith("work/")
        classes = [TM.Document] if is_document else [TM.Register]
        self.head = {name: text for name in _FROM_HEAD if (text := self.sound(scalars.get(name), name))}
        if is_document or ("type" in scalars and self.type_of(scalars["type"]) == TM.Background):
            self.head["document"] = given.text
        self.note(expanded(given.text, self.base), given)
        tree = self.entity(block, given.text, classes, slots=True)
        for key, node in block.items:
            if key.text in self.vocabulary.slots:
                tree[key.text] = self.slot(key, node)
        return tree

    def slot(self, key: Scalar, node: Node) -> dict[str, Any]:
        """The members that stand under a slot, by identifier."""
        if isinstance(node, Scalar) and node.null:
            return {}
        if not isinstance(node, Mapping):
            message = f"{key.text} must hold a block with one identifier for each entry."
            self.fault("wrong-shape", node, message, "Write each identifier on a line of its own, its keys below it.")
            return {}
        members = {}
        for name, member in node.items:
            if not self.is_identifier(name, key.text):
                continue
            if not isinstance(member, Mapping):
                self.fault("wrong-shape", name, f"{name.text} has no keys.", "Write its keys below it, indented.")
                continue
            self.note(expanded(name.text, self.base), name)
            members[name.text] = self.entity(member, name.text, [self.vocabulary.slots[key.text]])
            del members[name.text]["id"]
        return members

    def entity(
        self, block: Mapping, identifier: str, classes: list[str], *, owner: str = "", slots: bool = False
    ) -> dict[str, Any]:
        """One node with its types and checked keys; an entry written in place has no identifier yet, but an owner."""
        subject = expanded(identifier, self.base) if identifier else ""
        unsure = False
        for key, node in block.items:
            if key.text == "type":
                own = self.type_of(node)
                unsure = not own
                classes = [*classes, own] if own and own not in classes else classes
        if subject:
            self.note_types(subject, block, classes)
        made: dict[str, Any] = {"id": identifier} if identifier else {}
        made["type"] = [self.vocabulary.type_names[iri] for iri in classes]
        for key, node in block.items:
            if key.text == "type" or (slots and (key.text == "id" or key.text in self.vocabulary.slots)):
                continue
            # Of what type an entity is, is not known where its type is at fault: then any key may stand there.
            known = (self.vocabulary.keys.get(key.text) if unsure else None) or self.key(key, classes, slots)
            if known is None:
                continue
            values = self.values(node, known, identifier or owner)
            if values:
                made[key.text] = values if len(values) > 1 else values[0]
            if subject:
                self.note(subject, key, known, node)
        self.inherit(made, classes)
        return made

    def inherit(self, made: dict[str, Any], classes: list[str]) -> None:
        """Give a node what the head of the file says for all nodes that know such a key."""
        if TM.Document in classes or TM.Register in classes:
            return
        for name, value in self.head.items():
            if name not in made and self.vocabulary.belongs(self.vocabulary.keys[name], classes):
                made[name] = value

    def key(self, key: Scalar, classes: list[str], head: bool) -> Key | None:
        """What a key means on an entity of these classes, or None with a finding."""
        known = self.vocabulary.keys.get(key.text)
        if known is not None and self.vocabulary.belongs(known, classes):
            return known
        what, near = _a(local(classes[-1])), self.nearest(key.text, classes, head, 0.6 if known is None else 0.8)
        if known is not None:
            hosts = ", ".join(self.vocabulary.hosts(known))
            message = f"The key {key.text} does not belong on {what}; it stands on: {hosts}."
            repair = f"Did you mean {near}?" if near else "Move it there."
            self.fault("misplaced-key", key, message, repair, value=key.text)
        elif key.text == "id" or key.text in self.vocabulary.slots:
            message = f"The key {key.text} belongs at the left margin of the file, not on {what}."
            self.fault("misplaced-key", key, message, "Move it there, or delete it.", value=key.text)
        else:
            known_here = f"Keys of {what}: {', '.join(self.vocabulary.keys_of(classes))}."
            repair = f"Did you mean {near}?" if near else known_here
            self.fault("unknown-key", key, f"No key is called {key.text}.", repair, value=key.text)
        return None

    def nearest(self, name: str, classes: list[str], head: bool, cutoff: float) -> str | None:
        """The key that may stand in this place and is most like a given one."""
        slots = self.vocabulary.slots if head else ()
        return nearest(name, [*self.vocabulary.keys_of(classes), "type", *slots], cutoff)

    def values(self, node: Node, key: Key, owner: str) -> list[Any]:
        """The values under a key, checked; those at fault are left out with a finding."""
        nested = self.vocabulary.nested.get(key.iri, "")
        if isinstance(node, Scalar) and not nested:
            said = self.scalar(node, key)
            return [] if said is None else [said]
        values = []
        items = node.items if isinstance(node, Sequence) else (node,)
        for place, item in enumerate(items, start=1):
            if isinstance(item, Scalar):
                in_place = nested and not item.null
                value = self.in_place(item, nested, owner, key, place) if in_place else self.scalar(item, key)
            elif isinstance(item, Mapping) and nested:
                value = self.nested(item, nested, owner, place)
            else:
                shape = "a block" if isinstance(item, Mapping) else "a list within a list"
                self.fault(
                    "wrong-shape", item, f"{key.name} takes a single value here, not {shape}.", "Write the value."
                )
                continue
            if value is not None:
                values.append(value)
        if isinstance(node, Sequence) and not node.items:
            self.fault("empty-value", node, f"{key.name} is empty.", "Give it a value or delete the key.")
        return self.once(values, node, key)

    def once(self, values: list[Any], node: Node, key: Key) -> list[Any]:
        """The values, each once; a repetition is a finding."""
        kept: list[Any] = []
        for value in values:
            if value in kept:
                said = value if isinstance(value, str) else "the same entry"
                self.fault("repeated-value", node, f"{key.name} says {said} twice.", "Delete one of the two.")
            else:
                kept.append(value)
        return kept

    def in_place(self, item: Scalar, nested: str, owner: str, key: Key, place: int) -> Any:
        """A scalar where an entry is written in place: a sentence stands for an entry with that text."""
        keys = self.vocabulary.keys_of([nested])
        if "text" in keys:
            text = Scalar("text", False, item.line, item.column)
            return self.nested(Mapping(((text, item),), item.line, item.column, 2), nested, owner, place)
        self.fault(
            "wrong-shape",
            item,
            f"{key.name} takes entries with keys of their own, not a single value.",
            f"Write it as a list of entries; keys of {_a(local(nested))}: {', '.join(keys)}.",
        )
        return None

    def nested(self, block: Mapping, kind: str, owner: str, place: int) -> dict[str, Any]:
        """An entry written in place, with an identifier made from its owner and its content."""
        made = self.entity(block, "", [kind], owner=owner)
        if "position" in self.vocabulary.keys_of([kind]):
            made.setdefault("position", str(place))
        if kind == TM.Passage and isinstance(made.get("document"), str):
            identifier = passage_id(*(str(made.get(name, "")) for name in ("document", "section", "from", "to")))
        else:
            content = json.dumps(made, sort_keys=True, ensure_ascii=False)
            identifier = f"{owner or short(kind)}/{_slug(kind)}-{_mark(content)}"
        made = {"id": identifier, **made}
        self.note_nested(block, expanded(identifier, self.base), [self.vocabulary.types[name] for name in made["type"]])
        return made

    def note_types(self, subject: str, block: Mapping, classes: list[str]) -> None:
        """Note where the classes of a subject stand: at its key `type`, or where it does if its place implies them."""
        written = {node.text: node for key, node in block.items if key.text == "type" and isinstance(node, Scalar)}
        for iri in classes:
            node = written.get(self.vocabulary.type_names[iri])
            place = (node.line, node.column) if node else self.origins.find(subject)
            self.origins.add(subject, *place, RDF.type, iri)

    def note_nested(self, block: Mapping, subject: str, classes: list[str]) -> None:
        """Note where an entry written in place, its classes and each of its keys stand."""
        self.origins.add(subject, block.line, block.column)
        self.note_types(subject, block, classes)
        for name, node in block.items:
            known = self.vocabulary.keys.get(name.text)
            if known is not None:
                self.note(subject, name, known, node)

    def sound(self, item: Scalar | None, name: str) -> str:
        """The value of a key of the head; empty if it has none, or one at fault."""
        key = self.vocabulary.keys.get(name)
        if key is None or item is None or item.null or forms.fault(item.text, key) is not None:
            return ""
        return self.written(item.text, key)

    def scalar(self, item: Scalar, key: Key) -> str | None:
        """A scalar that has the form which its key asks for, or None with a finding."""
        if item.null:
            self.fault("empty-value", item, f"{key.name} is empty.", "Give it a value or delete the key.")
            return None
        found = forms.fault(item.text, key)
        if found is not None:
            self.fault(found[0], item, found[1], found[2], value=item.text)
            return None
        if item.cut:
            message = f"The value of {key.name} ends before #, since what follows is a comment."
            repair = "Put the value in quotation marks if it is to go on, or the comment in a line of its own."
            self.findings.append(warning("text-cut", Origin(self.file, item.line, item.column), message, repair))
        return self.written(item.text, key)

    def written(self, text: str, key: Key) -> str:
        """A sound value as JSON-LD takes it for what it is."""
        # Under @vocab a value that is the name of a term is that term (JSON-LD 1.1 API, section 5.2, step 4).
        return key.base + text if key.coercion == "vocab" and text in self.vocabulary.context else text

    def is_identifier(self, item: Scalar, where: str) -> bool:
        """Whether a scalar names an entity of the file; a finding if not."""
        if forms.is_own_identifier(item.text) or (where != "id" and forms.is_web_address(item.text)):
            return True
        code, message, repair = forms.bad_identifier(item.text, where)
        self.fault(code, item, message, repair, value=item.text)
        return False

    def type_of(self, node: Node) -> str:
        """The class that a type names, or an empty string with a finding."""
        if isinstance(node, Scalar) and node.text in self.vocabulary.types:
            return self.vocabulary.types[node.text]
        given = node.text if isinstance(node, Scalar) else "a list or block"
        near = nearest(given, self.vocabulary.types)
        repair = f"Did you mean {near}?" if near else f"Types: {', '.join(sorted(self.vocabulary.types))}."
        if not any(f.code == "unknown-type" and f.origin.line == node.line for f in self.findings):
            self.fault("unknown-type", node, f"No type is called {given}.", repair, value=given)
        return ""

    def note(self, subject: str, at: Scalar, key: Key | None = None, node: Node | None = None) -> None:
        """Note where a subject, one of its keys and the values of that key stand."""
        if key is None or node is None:
            self.origins.add(subject, at.line, at.column)
            return
        self.origins.add(subject, at.line, at.column, key.iri)
        items = node.items if isinstance(node, Sequence) else (node,)
        scalars = [item for item in items if isinstance(item, Scalar)]
        for item in scalars:
            term = as_term(item.text, key, self.base) if key.coercion != "literal" else item.text
            self.origins.add(subject, item.line, item.column, key.iri, str(term))

    def fault(self, code: str, at: Any, message: str, repair: str, value: str = "") -> None:
        """Add a finding at a node."""
        self.findings.append(error(code, Origin(self.file, at.line, at.column), message, repair, value=value))


def passage_id(document: str, section: str, first: str, last: str) -> str:
    """The identifier of a passage: the same wherever the same words of the same document are named."""
    return f"{document}/passage-{_mark(json.dumps([section, first, last], ensure_ascii=False))}"


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _mark(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:10]


def _slug(kind: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"-\1", local(kind)).lower()
