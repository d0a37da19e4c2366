"""From an Argdown text to what it says."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from theorymap.errors import SourceError
from theorymap.formats.argdown.data import Data, as_text, data
from theorymap.formats.argdown.document import Document, End, Entry, Relation, Step
from theorymap.formats.argdown.grammar import parse
from theorymap.formats.argdown.lexemes import Scan
from theorymap.formats.argdown.wording import SHORTCODES, words

if TYPE_CHECKING:
    from lark import Token, Tree


def document(text: str, file: str) -> Document:
    """What a text says, its line breaks being ``\\n``.

    Raises:
        SourceError: It is no Argdown; the message begins with file, line and column.
    """
    scan = Scan(text, file)
    tree = parse(scan)
    found = Document(file)
    _Walk(found).blocks(tree)
    kinds = Counter(lexeme.kind for lexeme in scan.found)
    found.left["comment"] = scan.comments
    found.left["link"] = kinds["LINK"]
    found.left["bold text"] = kinds["BOLD_STAR_OPEN"] + kinds["BOLD_LINE_OPEN"]
    found.left["italic text"] = kinds["ITALIC_STAR_OPEN"] + kinds["ITALIC_LINE_OPEN"]
    return found


_RELATIONS = {
    "SUPPORTS": ("support", True),
    "ATTACKS": ("attack", True),
    "UNDERCUTS": ("undercut", True),
    "SUPPORTED_BY": ("support", False),
    "ATTACKED_BY": ("attack", False),
    "UNDERCUT_BY": ("undercut", False),
    "CONTRADICTS": ("contradictory", True),
}
"""The kind of each relation, and whether it goes from the element above to the element on its line."""


class _Walk:
    """Goes through the tree of a text from the first block to the last."""

    def __init__(self, found: Document) -> None:
        self.found = found
        self.unnamed = 0
        self.signs = SHORTCODES
        self.sections: list[tuple[int, str]] = []
        self.inference: End | None = None

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.sections if title)

    def blocks(self, tree: Tree[Token]) -> None:
        above = ""
        for block in tree.children:
            if not isinstance(block, str):
                above = getattr(self, str(block.data))(block, above) or ""
            elif block.type == "FRONT_MATTER":
                self.found.data = data(block, self.found.file)
                self.signs = SHORTCODES | _own_shortcodes(self.found.data.get("model"))

    def heading(self, tree: Tree[Token], above: str) -> None:
        """Open a section; one whose data say that it is no group gives nothing its name."""
        text, tags = words(_tokens(tree), self.signs)
        level = len(next(_tokens(tree))) - 1
        found = self._data(tree)
        while self.sections and self.sections[-1][0] >= level:
            self.sections.pop()
        self.sections.append((level, "" if found.pop("isGroup", "true") == "false" else text))
        self.found.headings += 1
        self.found.left["tag of a heading"] += len(tags)
        self.found.left["data of a heading"] += len(found)

    def items(self, tree: Tree[Token], above: str) -> None:
        self.found.left["list"] += 1
        for member in _trees(tree):
            self.member(member)

    def statement(self, tree: Tree[Token], above: str = "") -> None:
        self.member(tree)

    def argument(self, tree: Tree[Token], above: str = "") -> str:
        return self.member(tree).key

    def member(self, tree: Tree[Token]) -> End:
        """Take in a statement or an argument, with the relations below it."""
        sort = str(tree.data)
        named = next((token for token in _tokens(tree) if token.type.startswith(sort.upper())), None)
        again = named is not None and named.type.endswith("_AGAIN")
        key = self._unnamed() if named is None else named[1:-1] if again else named[1:-2]
        end = End(sort, key)
        entry = self._entry(end, named is not None)
        text, tags = words(_tokens(tree), self.signs)
        for relations in _trees(tree):
            self.relations(relations, end)
        entry.define(None if again else text, tags, self._data(tree), self.section)
        return end

    def relations(self, tree: Tree[Token], above: End) -> None:
        for relation in _trees(tree):
            kind, onwards = _RELATIONS[next(_tokens(relation)).type]
            self.relate(kind, onwards, above, self.member(next(_trees(relation))))

    def relate(self, kind: str, onwards: bool, above: End, below: End) -> None:
        """Take in a relation once. What undercuts a statement of a structure undercuts the step above it."""
        if kind == "undercut" and not onwards and above.sort == "statement" and self.inference:
            above = self.inference
        source, target = (above, below) if onwards else (below, above)
        if kind != "contradictory" or Relation(kind, target, source) not in self.found.relations:
            self.found.relations[Relation(kind, source, target)] = None

    def structure(self, tree: Tree[Token], above: str) -> None:
        """Take in a premise-conclusion structure; it belongs to the argument right above it, or to a new one."""
        named = bool(above)
        key = above or self._unnamed()
        if key in self.found.steps:
            number = next(_tokens(next(_trees(tree))))
            place = f"{self.found.file}:{number.line}:{number.column}"
            problem = f"{place}: the argument {key} has a premise-conclusion structure already"
            raise SourceError(problem, "Give this one to an argument of another title.")
        entry = self._entry(End("argument", key), named)
        entry.section = self.section
        steps = self.found.steps[key] = []
        numbers: dict[str, str] = {}
        premises: list[str] = []
        for part in _trees(tree):
            if part.data == "step":
                steps.append(self._step(part, key, premises, numbers))
                premises = []
            else:
                premises.append(self._numbered(part, numbers))
        self.inference = None

    def _step(self, tree: Tree[Token], key: str, premises: list[str], numbers: dict[str, str]) -> Step:
        inference = next(_trees(tree))
        self.inference = End("inference", key, len(self.found.steps[key]))
        for part in _trees(inference):
            if part.data == "undercuts":
                for member in _trees(part):
                    self.relate("undercut", False, self.inference, self.member(member))
        rules = tuple(rule for part in _trees(inference) if part.data == "rules" for rule in _rules(part, self.signs))
        known = dict(numbers)
        conclusion = self._numbered(tree, numbers)
        return Step(premises, conclusion, rules, self._data(inference), known)

    def _numbered(self, tree: Tree[Token], numbers: dict[str, str]) -> str:
        number = next(_tokens(tree)).strip(" \t()")
        numbers[number] = self.member(next(part for part in _trees(tree) if part.data == "statement")).key
        return numbers[number]

    def _unnamed(self) -> str:
        self.unnamed += 1
        return f"Untitled {self.unnamed}"

    def _entry(self, end: End, titled: bool) -> Entry:
        entries = self.found.statements if end.sort == "statement" else self.found.arguments
        entry = entries.setdefault(end.key, Entry(end.key, titled))
        entry.titled = entry.titled or titled
        return entry

    def _data(self, tree: Tree[Token]) -> Data:
        return next((data(token, self.found.file) for token in _tokens(tree) if token.type == "DATA"), {})


def _own_shortcodes(model: object) -> dict[str, str]:
    """What the front matter gives names to, by name."""
    codes = model.get("shortcodes") if isinstance(model, dict) else None
    rows = codes.items() if isinstance(codes, dict) else ()
    return {name[1:-1]: as_text(sign.get("unicode", "")) for name, sign in rows if isinstance(sign, dict)}


def _rules(tree: Tree[Token], signs: dict[str, str]) -> Iterator[str]:
    """The rules of inference between commas."""
    for comma, rule in itertools.groupby(_tokens(tree), lambda token: token.type == "COMMA"):
        if not comma:
            yield words(rule, signs)[0]


def _tokens(tree: Tree[Token]) -> Iterator[Token]:
    """The lexemes right in a tree."""
    return (child for child in tree.children if isinstance(child, str))


def _trees(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    """The trees right in a tree."""
    return (child for child in tree.children if not isinstance(child, str))
