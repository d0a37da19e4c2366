"""What a caller of the Python interface gives wrongly is refused with a sentence, as on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from theorymap.errors import UsageError
from theorymap.workspace import Workspace
from workspaces import repository

WRONG: dict[str, Callable[[Any], object]] = {
    "no name, but None": lambda workspace: workspace.compare("cases", None),
    "no name, but 3": lambda workspace: workspace.compare("cases", "brazil", 3),
    "None cannot be compared": lambda workspace: workspace.compare(None, "brazil"),
    "question named 'None'": lambda workspace: workspace.query(None),
    "no name, but ['a']": lambda workspace: workspace.query("theories-side-by-side", x=["a"], y="b"),
    "trace: no name, but None": lambda workspace: workspace.trace(None),
    "argue: no name, but 3": lambda workspace: workspace.argue(3),
    "'XX' is no semantics": lambda workspace: workspace.argue(semantics="XX"),
    "causes: no name, but None": lambda workspace: workspace.causes(None),
    "between: no name, but None": lambda workspace: workspace.between("balance-of-threat", None),
    "no format None": lambda workspace: workspace.export(None),
    "no check named 3": lambda workspace: workspace.check(skip=["files", 3]),
    "no question x on gaps": lambda workspace: workspace.gaps("x"),
    "no question None on gaps": lambda workspace: workspace.gaps(None),
    "no question holdings on gaps": lambda workspace: workspace.gaps("holdings"),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_no_name_is_refused_with_a_sentence(said: str) -> None:
    """None, a number or a list in the place of a name is a usage error with a hint, and nothing from within Python."""
    with pytest.raises(UsageError, match=said.rpartition(": ")[2].replace("[", r"\[").replace("]", r"\]")) as raised:
        WRONG[said](repository())
    assert raised.value.hint


def test_gaps_takes_the_name_of_a_question_as_the_command_does() -> None:
    """With a name it gives what is missing, with what the question is asked about; without one the numbers."""
    workspace: Workspace = repository()
    counts = {str(row["name"]): row["number"].value for row in workspace.gaps().records()}
    assert counts and len(workspace.gaps("untested-predictions")) == counts["untested-predictions"]
    assert workspace.gaps("thin-claims").to_json() == workspace.query("thin-claims").to_json()
    with pytest.raises(UsageError, match="nobody-looked"):
        workspace.gaps("blanks-of-a-study", x="nobody-looked")
