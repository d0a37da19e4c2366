"""Text, lists and blocks as YAML that an author can go on with, and that `yaml_tree` reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import yaml

Tree = str | Sequence["Tree"] | Mapping[str, "Tree"]

_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_SIMPLE = re.compile(r"[^\W\d_](?:[\w ',.;()/-]*[\w'.)])?")
_ONE_LINE = 90


class _Dumper(yaml.SafeDumper):
    """A dumper that indents the entries of a list below its key, as authors do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def write(tree: Mapping[str, Tree]) -> str:
    """A block as YAML.

    Text that could be taken for anything else stands in double quotation marks, with escapes for what cannot be seen.
    A list of short words stands on one line.

    >>> print(write({"claim/x": {"text": "Yes: it rains", "topics": ["topic/rain", "NO"]}}), end="")
    claim/x:
      text: "Yes: it rains"
      topics: [topic/rain, 'NO']
    """
    return str(yaml.serialize(_node(tree), Dumper=_Dumper, width=float("inf"), allow_unicode=True))


def _node(tree: Tree) -> yaml.Node:
    if isinstance(tree, str):
        return yaml.ScalarNode(_STR, tree, style=None if _SIMPLE.fullmatch(tree) else '"')
    if isinstance(tree, Mapping):
        return yaml.MappingNode(_MAP, [(_node(key), _node(value)) for key, value in tree.items()], flow_style=False)
    words = [entry for entry in tree if isinstance(entry, str) and _SIMPLE.fullmatch(entry)]
    short = len(words) == len(tree) and sum(map(len, words)) <= _ONE_LINE
    return yaml.SequenceNode(_SEQ, [_node(entry) for entry in tree], flow_style=short)
