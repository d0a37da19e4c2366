"""A question as its file states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

LITERAL_TYPES = ("string", "integer")
THING = "Thing"
CLASS = "Class"
SEPARATOR = " | "
"""What stands between the values that a column joins."""


@dataclass(frozen=True)
class Parameter:
    """What a question must be told.

    Attributes:
        name: The variable of its ``VALUES`` line; empty for what a command is told by its place alone.
        type: The short name of a class (``Theory``), ``Thing`` for any individual, ``Class`` for a class itself, or
            ``string`` or ``integer``.
        description: What it means, in words.
        required: Whether the question makes no sense without it.
        example: A value that gives an answer.
        default: The value where none is given; empty for none.
    """

    name: str
    type: str
    description: str = ""
    required: bool = True
    example: str = ""
    default: str = ""


@dataclass(frozen=True)
class Query:
    """A question: what its header says, and its SPARQL.

    Attributes:
        name, group: The stem of the file, and the folder in which it stands.
        file: The path of the file, as findings name it.
        sparql: The whole text of the file, so that lines count as in an editor.
        summary: The question in words.
        description, tags: More of it.
        question: The numbers of the competency questions that it answers.
        parameters: In the order of the header.
        columns: The columns that a reader sees, each with its heading, in order.
        sources: The variables of the document and of the place in it; the second is empty where there is none.
        status: The variable of the status; empty where every row is stated.
        order: The columns that together tell one row from any other, and what orders them, which need not be shown;
            all where the header does not say.
        answers: ``some`` where the repository's own knowledge base must give an answer, else ``none-or-more``.
        lists: The columns that join several values with `` | ``.
        empty: The sentence that a reader sees in the place of an answer without rows; empty for the general one.
        then: What is computed from the rows, a name of `theorymap.evidence.COMPUTED`; empty for none.
        severity, repair: Of a check: how much its rows matter, and how to mend them.
    """

    name: str
    group: str
    file: str
    sparql: str
    summary: str
    description: str = ""
    tags: tuple[str, ...] = ()
    question: tuple[int, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, str] = ("", "")
    status: str = ""
    order: tuple[str, ...] = ()
    answers: str = "none-or-more"
    lists: tuple[str, ...] = ()
    empty: str = ""
    then: str = ""
    severity: str = "error"
    repair: str = ""

    def examples(self) -> dict[str, str]:
        """Values that give an answer, for the parameters that cannot be left out; the names in the header's order."""
        return {parameter.name: parameter.example for parameter in self.parameters if parameter.required}

    def to_json(self) -> dict[str, Any]:
        """The query as plain data, ready for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Query:
        """The query that `to_json` made plain.

        Raises:
            KeyError, TypeError: The data are not of that form.
        """
        plain: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list | tuple) else value for key, value in data.items()
        }
        plain["parameters"] = tuple(Parameter(**parameter) for parameter in data["parameters"])
        plain["columns"] = tuple((name, heading) for name, heading in data["columns"])
        return cls(**plain)


def parameter_lines(sparql: str) -> list[tuple[int, str]]:
    """The lines that hold the place of a parameter: their number, counted from 1, and their variable."""
    found = []
    for number, line in enumerate(sparql.split("\n"), 1):
        words = line.split()
        if (
            len(words) == 5
            and words[0].upper() == "VALUES"
            and [words[2], words[3].upper(), words[4]] == ["{", "UNDEF", "}"]
        ):
            found.append((number, words[1].lstrip("?$")))
    return found
