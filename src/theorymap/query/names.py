"""What a user means by a name: the individual of a class that a short name, an IRI or a label stands for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from theorymap.errors import UsageError
from theorymap.query.model import CLASS, LITERAL_TYPES, THING, Parameter
from theorymap.rdf import Iri, Literal, Term
from theorymap.store import Store, serialise
from theorymap.terms import IR, OWL, PREFIXES, SH, TM, XSD, expanded, local, nearest, prefixes, short

_SOUND = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]*")
_LABELS = "rdfs:label|skos:prefLabel|skos:altLabel|dcterms:title|schema:name"
_PREFIXES = ("dcterms", "owl", "rdfs", "schema", "skos", "tm")
_PROLOGUE = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in _PREFIXES)
_PROPONENTS = "SELECT DISTINCT ?i ?name WHERE { ?i tm:proponent/(rdfs:label|skos:altLabel) ?name }"
_CLASSES = "SELECT DISTINCT ?c ?label WHERE { ?c a owl:Class ; rdfs:label ?label FILTER(ISIRI(?c)) }"
_SHOWN = 5
"""How many candidates are shown at most."""
_LETTERS = 3
"""A word with fewer letters tells no two names apart."""
_A = "a/rdfs:subClassOf*"
_OURS_ALONE = " && ".join(
    [
        f'!STRSTARTS(STR(?i), "{TM}")',
        *(f'!STRSTARTS(STR(?class), "{namespace}")' for namespace in (OWL, SH)),
        "ISIRI(?i)",
    ]
)


def resolve(parameter: Parameter, text: str, store: Store) -> Term:
    """The term that a user's text stands for.

    An individual may be given as an IRI, as ``theory/balance-of-threat``, as ``balance-of-threat`` or by its label.

    Args:
        parameter: What is wanted: an individual of a class or of one below it, a class, a string or an integer.
        text: What the user wrote.
        store: The knowledge base with its ontology.

    Raises:
        UsageError: There is no such thing, there are several, or it is something else.
    """
    require_name(text)
    if parameter.type in LITERAL_TYPES:
        return _literal(parameter, text)
    if parameter.type == CLASS:
        return _class_called(text, store)
    classes = class_iris(parameter.type, store)
    if direct := _direct(parameter.type, classes, text, store):
        return direct
    known = individuals(classes, store)
    wanted = text.strip().casefold()
    exact = {iri for iri in known if text.strip() in (local(iri), short(iri, store.base))}
    named = exact or {iri for iri, labels in known.items() if wanted in (label.casefold() for label in labels)}
    if len(named) == 1:
        return named.pop()
    if named:
        several = sorted(short(iri, store.base) for iri in named)
        which = _either(_given(parameter, name) for name in several)
        raise UsageError(f"'{text}' is the name of {', '.join(several)}", f"Say which: {which}")
    raise _unknown(parameter, text, known, store)


def require_name(text: object) -> None:
    """Refuse what a Python caller may give in the place of a name.

    Raises:
        UsageError: It is no text.
    """
    if not isinstance(text, str):
        raise UsageError(f"no name, but {text!r} is given", "Give an identifier or a label, such as 'state/usa'.")


def resolve_all(parameter: Parameter, texts: Iterable[str], store: Store) -> list[Term]:
    """The terms that texts stand for, each once and in order, as `resolve` finds them, by one query where it can."""
    texts = list(texts)
    for text in texts:
        require_name(text)
    if parameter.type in LITERAL_TYPES:
        return list(dict.fromkeys(resolve(parameter, text, store) for text in texts))
    wanted = {text: list(filter(_valid, _candidates(parameter.type, text, store.base))) for text in texts}
    values = " ".join(_sparql(iri) for iris in wanted.values() for iri in iris)
    kind = _class(class_iris(parameter.type, store))
    found = store.select(f"{_PROLOGUE}SELECT DISTINCT ?i WHERE {{ VALUES ?i {{ {values} }} ?i {_A} {kind} }}")
    known = {str(row[0]) for row in found}
    direct = {text: next((Iri(iri) for iri in iris if iri in known), None) for text, iris in wanted.items()}
    return list(dict.fromkeys(direct[text] or resolve(parameter, text, store) for text in texts))


def class_iris(name: str, store: Store) -> tuple[Iri, ...]:
    """The classes of a short name such as ``Theory`` or ``ir:State``; none for ``Thing``, which is any individual.

    Raises:
        UsageError: The knowledge base has no such class.
    """
    if name == THING:
        return ()
    prefix, colon, rest = name.partition(":")
    candidates = [PREFIXES[prefix] + rest] if colon and prefix in PREFIXES else [TM + name, IR + name]
    for iri in candidates:
        if _valid(iri) and store.ask(f"ASK {{ {{ {_sparql(iri)} ?p ?o }} UNION {{ ?s ?p {_sparql(iri)} }} }}"):
            return (Iri(iri),)
    raise UsageError(f"the ontology has no class '{name}'")


def individuals(classes: tuple[Iri, ...], store: Store) -> dict[Iri, tuple[str, ...]]:
    """The individuals of a class and its subclasses with their labels, sorted.

    Where no class is given: of any class, but for the terms of ontology and shapes.
    """
    found: dict[Iri, set[str]] = {}
    only = "" if classes else f"FILTER({_OURS_ALONE})"
    query = (
        f"SELECT DISTINCT ?i ?label WHERE {{ ?i {_A} {_class(classes)} . OPTIONAL {{ ?i {_LABELS} ?label }} {only} }}"
    )
    for iri, label in store.select(_PROLOGUE + query):
        labels = found.setdefault(Iri(iri or ""), set())
        if label is not None:
            labels.add(str(label))
    return {iri: tuple(sorted(found[iri])) for iri in sorted(found)}


def _literal(parameter: Parameter, text: str) -> Literal:
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip()):
            raise UsageError(f"'{parameter.name}' is a whole number, not '{text}'", _example(parameter))
        return Literal(str(int(text)), XSD.integer)
    if not _SOUND.fullmatch(text):
        raise UsageError(f"the value of '{parameter.name}' holds characters that are no text", _example(parameter))
    return Literal(text)


def _direct(kind: str, classes: tuple[Iri, ...], text: str, store: Store) -> Iri | None:
    """The individual whose whole IRI the text gives, or whose kind goes without saying; no list is needed for it."""
    for iri in filter(_valid, _candidates(kind, text, store.base)):
        if store.ask(f"{_PROLOGUE}ASK {{ {_sparql(iri)} {_A} {_class(classes)} }}"):
            return Iri(iri)
    return None


def _candidates(kind: str, text: str, base: str) -> list[str]:
    """The IRIs that a text could be a way of writing."""
    text = text.strip()
    prefix, colon, rest = text.partition(":")
    candidates = [prefixes(base)[prefix] + rest] if colon and prefix in PREFIXES else []
    return candidates + ([text] if colon else [expanded(text, base), f"{base}{_kebab(kind)}/{text}"])


def _class(classes: tuple[Iri, ...]) -> str:
    return serialise(classes[0]) if classes else "?class"


def _class_called(text: str, store: Store) -> Iri:
    """The class that a text names by its IRI, its short name or its label, in whatever case."""
    names: dict[str, Iri] = {}
    for iri, label in store.select(_PROLOGUE + _CLASSES):
        for name in (str(iri), short(str(iri), store.base), local(str(iri)), str(label)):
            names.setdefault(name.casefold(), Iri(iri or ""))
    wanted = text.strip().casefold()
    if wanted in names:
        return names[wanted]
    near = nearest(wanted, names)
    hint = f"Did you mean '{local(names[near])}'?" if near else "Classes are Theory, Case, Variable, Person and so on."
    raise UsageError(f"the ontology has no class '{text}'", hint)


def _unknown(parameter: Parameter, text: str, known: dict[Iri, tuple[str, ...]], store: Store) -> UsageError:
    everything = individuals((), store) if parameter.type != THING else known
    wanted = text.strip()
    others = [
        iri for iri, labels in everything.items() if wanted in (str(iri), short(iri, store.base), local(iri), *labels)
    ]
    kind = _a(parameter.type)
    if not known:
        return UsageError(f"there is no {parameter.type} in this knowledge base, so '{text}' is none")
    hint = _meant(_exemplified(parameter, known, store.base), wanted, _like(wanted, known, store))
    if parameter.type == THING:
        return UsageError(f"nothing in this knowledge base is called '{text}'", hint)
    if others:
        what = " and ".join(_a(short(name, store.base).rpartition(":")[2]) for name in _classes_of(others[0], store))
        return UsageError(f"'{text}' is {what}, not {kind}", hint)
    return UsageError(f"'{text}' is not {kind} of this knowledge base", hint)


def _exemplified(parameter: Parameter, known: dict[Iri, tuple[str, ...]], base: str) -> Parameter:
    """A parameter whose example is something that the knowledge base has."""
    if any(parameter.example in (local(iri), short(iri, base), *labels) for iri, labels in known.items()):
        return parameter
    return replace(parameter, example=short(min(known, key=lambda iri: (len(iri), iri)), base))


def _like(wanted: str, known: dict[Iri, tuple[str, ...]], store: Store) -> list[str]:
    """What may be meant: what has all words of the text in its names, else the nearest name, else what has a word."""
    words = {word for word in _words(wanted) if len(word) >= _LETTERS}
    shared: dict[Iri, int] = {}
    for iri, names in _all_names(known, store).items():
        own = set(itertools.chain.from_iterable(map(_words, names)))
        shared[iri] = sum(any(name.startswith(word) for name in own) for word in words)
    most = max(shared.values(), default=0)
    # What has a label is asked for more often than a claim, and a short name is nearer to a word than a long one.
    first = sorted(filter(shared.get, known), key=lambda iri: (not known[iri], len(iri), iri))
    best = [short(iri, store.base) for iri in first if shared[iri] == most]
    if best and most == len(words):
        return best
    near = _nearest(wanted, known, store.base)
    return [near] if near else best


def _all_names(known: dict[Iri, tuple[str, ...]], store: Store) -> dict[Iri, list[str]]:
    """What individuals are called: by identifier, by labels and, of a theory, by its proponents."""
    names = {iri: [local(iri), *labels] for iri, labels in known.items()}
    for iri, name in store.select(_PROLOGUE + _PROPONENTS):
        names.get(Iri(iri or ""), []).append(str(name))
    return names


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _nearest(wanted: str, known: dict[Iri, tuple[str, ...]], base: str) -> str | None:
    words: dict[str, str] = {}
    for iri, labels in known.items():
        for word in (short(iri, base), local(iri), *labels):
            words.setdefault(word.casefold(), short(iri, base))
    near = nearest(wanted.casefold(), words)
    return words[near] if near else None


def _meant(parameter: Parameter, wanted: str, like: Sequence[str]) -> str:
    """The hint with what may be meant; with an example, and the way to all there is, where nothing is alike."""
    kind = parameter.type if parameter.type != THING else "Theory"
    listing = f"theorymap query names -p class={kind}"
    if not like:
        others = ", and so for Case, Variable, Person or Work" if parameter.type == THING else ""
        return " ".join(filter(None, [_example(parameter), f"See {listing}{others}."]))
    shown = _either(f"'{name}'" for name in like[:_SHOWN])
    letters = f" -p text={wanted}" if wanted.isalnum() else ""
    more = f" There are {len(like) - _SHOWN} more: {listing}{letters}" if len(like) > _SHOWN else ""
    return f"Did you mean {shown}?{more}"


def _classes_of(iri: Iri, store: Store) -> list[str]:
    found = store.select(f"SELECT DISTINCT ?c WHERE {{ {serialise(iri)} a ?c }} ORDER BY ?c")
    return [str(row[0]) for row in found if isinstance(row[0], Iri)]


def _sparql(iri: str) -> str:
    return serialise(Iri(iri))


def _valid(iri: str) -> bool:
    try:
        _sparql(iri)
    except ValueError:
        return False
    return True


def _either(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _given(parameter: Parameter, value: str) -> str:
    """A value as the command is told it."""
    return f"-p {parameter.name}={value}" if parameter.name else value


def _example(parameter: Parameter) -> str:
    return f"For example: {_given(parameter, parameter.example)}." if parameter.example else ""


def _a(noun: str) -> str:
    return f"{'an' if noun[:1].upper() in 'AEIOU' else 'a'} {noun}"


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name.rpartition(":")[2]).lower()
