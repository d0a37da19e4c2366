"""The relations of a text as Argdown's own model has them, which is how they are counted."""

from __future__ import annotations

from theorymap.formats.argdown.document import Document, End, Relation


def modelled(document: Document) -> list[Relation]:
    """The relations in Argdown's model, each once.

    A reconstructed argument relates to others by its main conclusion, never to that conclusion itself, and is undercut
    in its last step. In strict mode
    support between statements is entailment and attack is contrariety, which goes both ways. An attack on a
    reconstructed argument is left out where a relation between statements says it already (the ModelPlugin of
    @argdown/core 1.7).
    """
    moved = [by_conclusion(document, relation) for relation in document.relations]
    relations = {new: None for new, old in zip(moved, document.relations, strict=True) if not to_itself(new, old)}
    if document.strict:
        relations = _strict(relations)
    return [relation for relation in relations if not _said(document, relation, relations)]


def by_conclusion(document: Document, relation: Relation) -> Relation:
    """A relation with the main conclusion for a reconstructed argument, and the last step for one that is undercut."""
    kind, source, target = relation
    if source.sort == "argument" and source.key in document.steps:
        source = End("statement", document.steps[source.key][-1].conclusion)
    if kind == "undercut" and target.sort == "argument" and target.key in document.steps:
        target = End("inference", target.key, len(document.steps[target.key]) - 1)
    return Relation(kind, source, target)


def to_itself(moved: Relation, written: Relation) -> bool:
    """Whether an argument is only said to support, or attack, what it concludes."""
    return moved.source == moved.target != written.source


def _strict(relations: dict[Relation, None]) -> dict[Relation, None]:
    found: dict[Relation, None] = {}
    for kind, source, target in relations:
        name = kind
        if source.sort == target.sort == "statement":
            name = {"support": "entails", "attack": "contrary"}.get(kind, kind)
        if name != "contrary" or Relation(name, target, source) not in found:
            found[Relation(name, source, target)] = None
    return found


def _said(document: Document, relation: Relation, relations: dict[Relation, None]) -> bool:
    """Whether an attack on an argument follows from one on its premises."""
    kind, source, target = relation
    if kind != "attack" or source.sort != "statement" or target.sort != "argument":
        return False
    for step in document.steps.get(target.key, ()):
        for premise in (End("statement", key) for key in step.premises):
            both = [
                Relation(name, *ends)
                for name in ("contradictory", "contrary")
                for ends in ((source, premise), (premise, source))
            ]
            if any(said in relations for said in (Relation("attack", source, premise), *both)):
                return True
    return False
