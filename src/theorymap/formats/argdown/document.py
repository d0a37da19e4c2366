"""What an Argdown text says, in Argdown's own terms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from theorymap.formats.argdown.data import Data


class End(NamedTuple):
    """What stands at an end of a relation: an equivalence class, an argument, or a step of an argument, from 0."""

    sort: str
    key: str
    step: int = -1


class Relation(NamedTuple):
    """A relation: support, attack, undercut, contradictory; in strict mode also entails and contrary."""

    kind: str
    source: End
    target: End


@dataclass
class Entry:
    """An equivalence class or an argument.

    Attributes:
        key: Its title, or the name that one without a title is given.
        titled: Whether that title stands in the text.
        texts: Its definitions, in order.
        chosen: Which of them speaks for it: the last, or the last whose data say ``isCanonical``.
        tags: Each once.
        data: Of all its definitions and references; the last of two equal keys counts.
        section: The headings that it stands under.
    """

    key: str
    titled: bool = True
    texts: list[str] = field(default_factory=list)
    chosen: str = ""
    tags: dict[str, None] = field(default_factory=dict)
    data: Data = field(default_factory=dict)
    section: tuple[str, ...] | None = None
    _first_section: tuple[str, ...] | None = None
    _canonical: bool = False

    def define(self, text: str | None, tags: tuple[str, ...], data: Data, section: tuple[str, ...]) -> None:
        """Take in a definition, or a reference, which has no text."""
        self.tags.update(dict.fromkeys(tags))
        self.data.update(data)
        if self._first_section is None:
            self._first_section = section
        grouped = data.get("isInGroup")
        if grouped == "true" or (text is not None and grouped is None and self.section is None):
            self.section = section
        if text is not None:
            self.texts.append(text)
            canonical = data.get("isCanonical") == "true"
            if canonical or not self._canonical:
                self.chosen, self._canonical = text, canonical

    @property
    def place(self) -> tuple[str, ...]:
        """The section of its first definition, or else of what refers to it first."""
        return self.section if self.section is not None else self._first_section or ()


@dataclass
class Step:
    """A step of a premise-conclusion structure.

    Attributes:
        premises: The keys of the premises that are new in this step.
        conclusion: The key of what it leads to.
        rules: The rules of inference that are named.
        data: Of the inference.
        numbers: The key of every statement of the structure up to here, by its number.
    """

    premises: list[str]
    conclusion: str
    rules: tuple[str, ...]
    data: Data
    numbers: dict[str, str]


@dataclass
class Document:
    """A text as it was read.

    Attributes:
        file: What it is called in messages.
        data: Of its front matter.
        statements, arguments: By key, in the order in which they are first met.
        steps: Of the arguments that are reconstructed.
        relations: Each once, as they are written.
        headings: How many sections there are.
        left: What was not taken over, by kind.
    """

    file: str = ""
    data: Data = field(default_factory=dict)
    statements: dict[str, Entry] = field(default_factory=dict)
    arguments: dict[str, Entry] = field(default_factory=dict)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    relations: dict[Relation, None] = field(default_factory=dict)
    headings: int = 0
    left: Counter[str] = field(default_factory=Counter)

    @property
    def strict(self) -> bool:
        """Whether relations between statements are meant as entailment and contrariety."""
        model = self.data.get("model")
        return isinstance(model, dict) and model.get("mode") == "strict"
