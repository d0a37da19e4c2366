"""The header of a query file: the lines that begin with ``#+``, one YAML document in the manner of grlc."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from theorymap.findings import Finding, Origin, error
from theorymap.terms import nearest

_LIMIT = 20_000
_DEPTH = 12
_NOT_PLAIN = ("The header is too long, nested too deep, or uses aliases.", "Write it plainly.")


class Header:
    """The header's entries, each taken once; what nobody takes is unknown."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.lines: dict[str, int] = {}
        self.entries: dict[str, Any] = {}
        numbered = [(i, line) for i, line in enumerate(text.split("\n"), 1) if line.startswith("#+")]
        self.first = numbered[0][0] if numbered else 1
        if not numbered:
            self.wrong(
                "query-header", "The file has no header.", "Open it with lines such as '#+ summary: Which ...?'."
            )
        elif [number for number, _ in numbered] != list(range(self.first, self.first + len(numbered))):
            self.wrong(
                "query-header", "The header is interrupted by other lines.", "Put its lines together.", self.first
            )
        else:
            self._compose("\n".join(line[2:].removeprefix(" ").rstrip("\r") for _, line in numbered))

    def _compose(self, text: str) -> None:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            if len(text) > _LIMIT or _too_deep(yaml, text, loader):
                return self.wrong("query-header", *_NOT_PLAIN)
            plain = _plain(yaml, yaml.compose(text, Loader=loader), self, "")
        except (yaml.YAMLError, UnicodeError) as problem:
            mark = getattr(problem, "problem_mark", None)
            reason = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "it is no YAML"
            if "nesting depth" in reason:  # libyaml has a limit of its own, and meets it first
                return self.wrong("query-header", *_NOT_PLAIN)
            line = self.first + min(mark.line if mark else 0, text.count("\n"))
            self.wrong("query-header", f"The header cannot be read: {reason}.", "Mend the YAML.", line)
            return
        if isinstance(plain, dict):
            self.entries = plain
        else:
            self.wrong("query-header", "The header is no list of 'key: value'.", "Begin with '#+ summary: ...'.")

    def wrong(self, code: str, message: str, repair: str, line: int = 0) -> None:
        self.findings.append(error(code, Origin(self.file, line or self.first), message, repair))

    def line(self, path: str) -> int:
        return self.lines.get(path, self.first)

    def take(self, key: str, read: Callable[[Any], Any], default: Any, wanted: str, required: bool = False) -> Any:
        """The value of a key as `read` understands it; `read` raises ValueError or the like where it does not."""
        if key not in self.entries:
            if required and not self.findings:
                self.wrong("query-header-key", f"The header has no '{key}'.", f"Add '{key}': {wanted}.")
            return default
        try:
            return read(self.entries.pop(key))
        except (ValueError, KeyError, TypeError, AttributeError):
            self.wrong("query-header-value", f"'{key}' is not {wanted}.", f"Write {wanted}.", self.line(key))
            return default

    def finish(self, known: tuple[str, ...]) -> None:
        for key in self.entries:
            near = nearest(key, known)
            repair = f"Did you mean '{near}'?" if near else f"The keys are {', '.join(known)}."
            self.wrong("query-header-key", f"The header has an unknown key '{key}'.", repair, self.line(key))


def _too_deep(yaml: Any, text: str, loader: Any) -> bool:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH or isinstance(event, yaml.AliasEvent):
            return True
    return False


def _plain(yaml: Any, node: Any, header: Header, path: str) -> Any:
    """A YAML node as plain data; strings stay strings but for whole numbers, true and false (YAML 1.2, 10.3)."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(yaml, item, header, path) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            here = f"{path}/{name}".lstrip("/")
            line = header.first + key.start_mark.line
            if name in found:
                header.wrong("query-header-key", f"The header gives '{name}' twice.", "Remove one of the two.", line)
            header.lines[here] = line
            found[name] = _plain(yaml, value, header, here)
        return found
    if node is None or (not node.style and node.value in ("", "~", "null")):
        return None
    if not node.style and re.fullmatch(r"-?[0-9]{1,9}", node.value):
        return int(node.value)
    return {"true": True, "false": False}.get(node.value, node.value) if not node.style else node.value
