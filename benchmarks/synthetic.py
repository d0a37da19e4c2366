"""Synthetic knowledge bases of any size, to measure with: a whole workspace, its documents and their locks.

    python benchmarks/synthetic.py FOLDER --documents 1000

Every document is a paper that does not exist: it asks, claims, argues, and disputes what an earlier paper found, in
about 300 triples. Registers grow with the number of documents. The same number and seed give the same bytes, and
`theorymap check --documents FOLDER/papers` finds nothing wrong.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from theorymap.passages import DocumentText, Lock, Quote

PAPERS = "papers"
"""The folder of the documents in a synthetic workspace."""
SECTION = "Abstract"
_CODER = "group/synthetic-coders"
_GIVEN = "Ada Ben Cleo Dov Esra Finn Gro Hana Ivo June Kofi Lena Milo Nora Omar Pia".split()
_SYLLABLES = "ba de fi go ku la me ni ro su ta ve".split()
_QUALITIES = "steady distant costly shared early hidden common narrow".split()
_MATTERS = "trade rule harvest border council water road promise".split()
_THEMES = "exchange order memory distance".split()
_VALUES = ("low", "middling", "high")
_RELATIONS = ("raises", "lowers")
_VERDICTS = ("explains", "explains-in-part", "does-not-fully-explain", "does-not-explain")


@dataclass(frozen=True)
class World:
    """What the documents of one synthetic knowledge base share.

    Attributes:
        size: The number of documents.
        seed: What all choices follow from.
        people, theories, variables, cases: How many there are of each.
    """

    size: int
    seed: int = 0

    @property
    def people(self) -> int:
        return self.size // 2 + 2

    @property
    def theories(self) -> int:
        return self.size // 10 + 2

    @property
    def variables(self) -> int:
        return self.size // 4 + 3

    @property
    def cases(self) -> int:
        return self.size // 10 + 2

    def choices(self, paper: int) -> random.Random:
        """The choices that are made for one document."""
        return random.Random(f"{self.seed} {paper}")

    def author(self, paper: int) -> int:
        """The number of the person who wrote a document."""
        return self.choices(paper).randrange(self.people)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paper, and how the knowledge base names it."""

    text: str

    @property
    def quote(self) -> Quote:
        """Its first five words and its last three."""
        words = self.text.rstrip(".?").split()
        return Quote(SECTION, " ".join(words[:5]), " ".join(words[-3:]))

    def passages(self, **more: str) -> list[dict[str, str]]:
        """It as the only passage of an entry."""
        return [{**more, "section": SECTION, "from": self.quote.first, "to": self.quote.last}]


@dataclass(frozen=True)
class Paper:
    """One synthetic document: its text and what is coded of it."""

    key: str
    sentences: tuple[Sentence, ...]
    coded: dict[str, Any]

    def text(self) -> bytes:
        """The document itself."""
        body = "\n".join(sentence.text for sentence in self.sentences)
        return f"{_title(int(self.key.rpartition('-')[2]))}\n\n{SECTION}\n\n{body}\n".encode()

    def lock(self) -> bytes:
        """The proof of where its passages stand."""
        text = self.text()
        quotes = [sentence.quote for sentence in self.sentences]
        return Lock.of(quotes, DocumentText.read(text, ".txt"), f"{self.key}.txt").to_text().encode()


def generate(folder: Path, documents: int, seed: int = 0) -> Path:
    """Write a synthetic workspace.

    Args:
        folder: Where to write; made if it does not exist.
        documents: How many documents it shall have; at least 1.
        seed: What all choices follow from; another one gives other content of the same size.

    Returns:
        The folder of its documents, for ``--documents``.

    Raises:
        ValueError: `documents` is below 1.
    """
    if documents < 1:
        raise ValueError("a knowledge base has at least one document")
    world = World(documents, seed)
    papers, kb = folder / PAPERS, folder / "kb"
    for made in (papers, kb / "documents"):
        made.mkdir(parents=True, exist_ok=True)
    (folder / "theorymap.toml").write_bytes(b"# A synthetic workspace, to measure with.\n")
    (kb / "bibliography.bib").write_bytes("\n".join(_entry(world, paper) for paper in range(documents)).encode())
    for name, register in _registers(world).items():
        (kb / f"{name}.yaml").write_bytes(_yaml({"id": f"register/{name}", **register}))
    for number in range(documents):
        paper = write_up(world, number)
        (papers / f"{paper.key}.txt").write_bytes(paper.text())
        (kb / "documents" / f"{paper.key}.yaml").write_bytes(_yaml(paper.coded))
        (kb / "documents" / f"{paper.key}.lock").write_bytes(paper.lock())
    return papers


def write_up(world: World, number: int) -> Paper:
    """The document of that number, counted from 0, and what is coded of it."""
    return _Desk(world, number).paper()


class _Desk:
    """Where one paper is written and coded at once, so that the two agree."""

    def __init__(self, world: World, number: int) -> None:
        self.world, self.number, self.key = world, number, _key(number)
        self.author = _person(world.author(number))
        rng = world.choices(number)
        rng.random()
        self.cause, self.other, self.effect = rng.sample(range(world.variables), 3)
        self.theory, self.case = rng.randrange(world.theories), rng.randrange(world.cases)
        self.theme = f"topic/{rng.choice(_THEMES)}"
        self.value, self.relation, self.verdict = rng.choice(_VALUES), rng.choice(_RELATIONS), rng.choice(_VERDICTS)
        foreign = [n for n in range(max(0, number - 50), number) if world.author(n) != world.author(number)]
        self.earlier = rng.choice(foreign) if foreign else None
        self.sentences: list[Sentence] = []

    def paper(self) -> Paper:
        """The paper, its sentences in the order in which they were coded."""
        coded: dict[str, Any] = {"id": f"work/{self.key}", "extent": "abstract-only"}
        coded |= {"extraction": "automatic", "coder": _CODER}
        coded |= {"questions": self.questions(), "claims": self.claims(), "arguments": self.arguments()}
        if self.earlier is not None:
            coded["attacks"] = self.attacks(self.earlier)
        coded["skipped"] = [{"section": "Front matter", "reason": "title"}]
        return Paper(self.key, tuple(self.sentences), coded)

    def say(self, text: str) -> list[dict[str, str]]:
        """Write a sentence, and name it as a passage."""
        self.sentences.append(Sentence(text))
        return self.sentences[-1].passages()

    def id(self, kind: str, name: str) -> str:
        return f"{kind}/{name}-{self.number:05d}"

    def wording(self, said: str) -> str:
        """A claim in words that no other document uses."""
        return f"Of matter {self.number} it holds that {said}."

    def questions(self) -> dict[str, Any]:
        text = opening(self.number)
        topics = [_variable_id(self.cause), _variable_id(self.effect)]
        asked = {"sort": "research", "asker": self.author, "text": text, "topics": topics}
        return {self.id("question", "relation"): asked | {"passages": self.say(text)}}

    def claims(self) -> dict[str, Any]:
        """Six claims of the author's own, and one that an earlier author is told to hold."""
        found: dict[str, Any] = {}
        for place, cause, relation in (("first", self.cause, self.relation), ("second", self.other, "affects")):
            said = f"{_variable(cause)} {relation} {_variable(self.effect)}"
            found[self.id("claim", place)] = {
                "type": "Proposition",
                "text": self.wording(f"according to the {place} result {said}"),
                "cause": _variable_id(cause),
                "effect": _variable_id(self.effect),
                "relation": relation,
                **self.about(_variable_id(cause), _variable_id(self.effect)),
                **self.held(f"The {place} result that we report is that {said} over the years."),
            }
        found |= self.observation() | self.on_theory() | self.description()
        if self.earlier is not None:
            found[f"claim/first-{self.earlier:05d}"] = self.told(self.earlier)
        return found

    def observation(self) -> dict[str, Any]:
        case, variable = f"case/case-{self.case}", _variable_id(self.effect)
        said = f"{_variable(self.effect)} is {self.value}"
        return {
            self.id("claim", "record"): {
                "type": "Observation",
                "text": self.wording(f"in case {self.case} {said}"),
                **{"case": case, "variable": variable, "value": self.value, "period": "not-reported"},
                **self.about(variable, case),
                **self.held(f"In the registers of case {self.case} we see that {said} at all times."),
            }
        }

    def on_theory(self) -> dict[str, Any]:
        theory, name = f"theory/account-{self.theory}", f"account {self.theory}"
        verdict = self.verdict.replace("-", " ")
        return {
            self.id("claim", "verdict"): {
                "type": "Assessment",
                "text": self.wording(f"the verdict on {name} is {verdict}"),
                **{"theory": theory, "verdict": self.verdict, "respect": _variable(self.effect)},
                **self.about(theory, _variable_id(self.effect), level="none"),
                **self.held(f"Our verdict on what is called {name} is, in two words or more, {verdict}."),
            },
            self.id("claim", "mechanism"): {
                "type": "Characterisation",
                "text": self.wording(f"the mechanism of {name} is {_variable(self.cause)}"),
                **{"theory": theory, "dimension": "dimension/mechanism", "value": _variable(self.cause)},
                **self.about(theory, level="none"),
                **self.held(f"As we read the books {name} takes {_variable(self.cause)} for its mechanism."),
            },
        }

    def description(self) -> dict[str, Any]:
        case = f"case/case-{self.case}"
        return {
            self.id("claim", "habit"): {
                "kind": "descriptive",
                "text": self.wording(f"the members of case {self.case} meet in every season"),
                **self.about(self.theme, case),
                **self.held(f"All the members of the case numbered {self.case} meet in every season."),
            }
        }

    def told(self, earlier: int) -> dict[str, Any]:
        """The attribution of an earlier claim to its author, by this one, who disputes it."""
        holder = _person(self.world.author(earlier))
        where = self.say(f"Another view is that of {_name(self.world.author(earlier))}, which we dispute here.")
        return self.attribution(holder, "paraphrases", "disputes", where)

    def about(self, *topics: str, level: str = "state") -> dict[str, Any]:
        return {"topics": list(topics), "level_of_cause": level}

    def held(self, sentence: str) -> dict[str, Any]:
        return self.attribution(self.author, "own", "asserts", self.say(sentence))

    def attribution(self, holder: str, mode: str, stance: str, where: list[dict[str, str]]) -> dict[str, Any]:
        held = {"holder": holder, "commitment": "asserts", "hedge": "plain", "mode": mode, "certainty": "explicit"}
        return {"attributions": [{**held, "stance": stance, "passages": where}]}

    def arguments(self) -> dict[str, Any]:
        argument = {
            "maker": self.author,
            "premises": [self.id("claim", "record"), self.id("claim", "habit")],
            "conclusion": self.id("claim", "first"),
            "passages": self.say("Both of these things are why our first result must hold."),
        }
        return {self.id("argument", "ground"): argument}

    def attacks(self, earlier: int) -> dict[str, Any]:
        attack = {
            "maker": self.author,
            "by": [self.id("claim", "second")],
            "target": f"claim/first-{earlier:05d}",
            "passages": self.sentences[-2].passages(),
        }
        return {self.id("attack", "objection"): attack}


def opening(number: int) -> str:
    """The question with which a document opens; what the registers hold is taken from there."""
    return f"How do the matters of paper {number} hang together, and why?"


def _registers(world: World) -> dict[str, dict[str, Any]]:
    """The content of each register, by the name of its file; an entry is taken from the opening of some document."""

    def taken(number: int) -> list[dict[str, str]]:
        paper = number % world.size
        return Sentence(opening(paper)).passages(document=f"work/{_key(paper)}")

    coders = {_CODER: {"type": "Group", "sort": "panel", "label": "the synthetic coders"}}
    theories = {
        f"theory/account-{n}": {"sort": "theory", "label": f"account {n}", "passages": taken(n)}
        for n in range(world.theories)
    }
    variables = {
        _variable_id(n): {"label": _variable(n), "values": list(_VALUES), "ordered": "not-reported"}
        | {"scale": "nominal", "passages": taken(n)}
        for n in range(world.variables)
    }
    cases = {
        f"case/case-{n}": {"type": "State", "label": f"case {n}", "passages": taken(n)} for n in range(world.cases)
    }
    mechanism = {"label": "mechanism", "description": "How the theory says that it comes about."}
    themes = {f"topic/{name}": {"label": name} for name in _THEMES}
    return {
        "agents": {"agents": coders},
        "theories": {"dimensions": {"dimension/mechanism": mechanism}, "theories": theories},
        "variables": {"themes": themes, "variables": variables},
        "cases": {"cases": cases},
    }


def _entry(world: World, number: int) -> str:
    given, family = _name(world.author(number)).split()
    fields = {"author": f"{family}, {given}", "title": _title(number), "journal": "Journal of Synthetic Papers"}
    lines = [f"  {name} = {{{value}}}," for name, value in (fields | {"year": str(1950 + number % 70)}).items()]
    return "\n".join([f"@article{{{_key(number)},", *lines, "}", ""])


def _key(number: int) -> str:
    return f"paper-{number:05d}"


def _title(number: int) -> str:
    return f"On Matter {number}"


def _name(person: int) -> str:
    rest, syllables = person // len(_GIVEN), ""
    for _ in range(4):
        rest, digit = divmod(rest, len(_SYLLABLES))
        syllables += _SYLLABLES[digit]
    return f"{_GIVEN[person % len(_GIVEN)]} {syllables.capitalize()}"


def _person(person: int) -> str:
    return f"person/{_name(person).lower().replace(' ', '-')}"


def _variable(number: int) -> str:
    rest, matter = divmod(number, len(_MATTERS))
    return f"{_QUALITIES[rest % len(_QUALITIES)]} {_MATTERS[matter]} {number}"


def _variable_id(number: int) -> str:
    return f"variable/{_variable(number).replace(' ', '-')}"


class _Dumper(yaml.CSafeDumper):
    """Writes no anchors: what is said twice is written twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _yaml(tree: dict[str, Any]) -> bytes:
    written = yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    return str(written).encode()


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a synthetic workspace from the command line."""
    parser = argparse.ArgumentParser(description="Write a synthetic workspace, to measure with.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("-n", "--documents", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    papers = generate(given.folder, given.documents, given.seed)
    print(f"{given.documents} documents: {given.folder}; their texts: {papers}")


if __name__ == "__main__":
    main()
