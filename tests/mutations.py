"""The valid workspace of the tests, and changes of it, each with the findings that must follow."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

VALID = Path(__file__).parent / "workspace"


@dataclass(frozen=True)
class Mutation:
    """One change of the valid workspace.

    Attributes:
        code: The rule that it breaks.
        file: Below `kb/`; a new file if it is not there.
        block: The entry or list that is changed; empty for the head of a YAML file and for all of another file.
        old, new: The text that is replaced, which must stand once in the block, and the text that replaces it; an
            ellipsis at the end of `old` stands for the rest of the line.
        found: Code and line of each finding that must follow; the line is the text that stands there.
    """

    code: str
    file: str
    block: str
    old: str
    new: str
    found: frozenset[tuple[str, str]]

    @property
    def place(self) -> tuple[str, str]:
        """What no other change of the same workspace may touch."""
        return (self.file, self.block)

    def apply(self, kb: Path) -> None:
        """Change the file in a copy of the knowledge base."""
        path = kb / self.file
        if not path.exists():
            path.write_text(self.new, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        start, end = _span(text, self.block) if path.suffix == ".yaml" else (0, len(text))
        pattern = re.escape(self.old.removesuffix("…")) + (r".*\n" if self.old.endswith("…") else "")
        part, number = re.subn(pattern, lambda _: self.new, text[start:end])
        assert number == 1, f"{self.old!r} stands {number} times in {self.block}"
        path.write_text(text[:start] + part + text[end:], encoding="utf-8")


def _span(text: str, block: str) -> tuple[int, int]:
    """Where an entry of a YAML file begins and ends; for no name, the head of the file."""
    if not block:
        found = re.search(r"(?m)^\w+:\n", text)
        return (0, found.start() if found else len(text))
    begin = re.search(rf"(?m)^( {{2}})?{re.escape(block)}:.*\n", text)
    assert begin, f"there is no entry {block}"
    end = re.compile(r"^ {0,2}\S" if begin[1] else r"^\S", re.MULTILINE).search(text, begin.end())
    return (begin.start(), end.start() if end else len(text))


def copy(folder: Path) -> Path:
    """A copy of the valid workspace in a new folder."""
    return Path(shutil.copytree(VALID, folder))


def rounds(mutations: Iterable[Mutation]) -> list[list[Mutation]]:
    """The mutations in as few groups as can be, so that no two of a group change the same entry."""
    groups: list[list[Mutation]] = []
    for mutation in mutations:
        for group in groups:
            if all(mutation.place != other.place for other in group):
                group.append(mutation)
                break
        else:
            groups.append([mutation])
    return groups
