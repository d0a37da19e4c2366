"""What a caller of the Python interface gives wrongly is refused with a sentence, as on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from theorymap.cli import group
from theorymap.errors import UsageError
from theorymap.wording import counted
from theorymap.workspace import Workspace
from workspaces import SMALL, make, replaced, repository

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
    "a parameter was given, and no question": lambda workspace: workspace.gaps(x="a"),
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


@pytest.mark.parametrize("arguments", [["-p", "x=a"], ["--between", "a", "b", "-p", "x=a"]])
def test_the_command_refuses_a_parameter_without_a_question(arguments: list[str], tmp_path: Path) -> None:
    root = make(tmp_path).layout.root
    done = CliRunner().invoke(group, ["gaps", *arguments, "-w", str(root)])
    assert isinstance(done.exception, UsageError), done.output
    assert "question" in str(done.exception)


def test_who_names_nothing_to_compare_is_told_what_there_is_here(tmp_path: Path) -> None:
    """The example of the query where the knowledge base has it, else the first of the class by name."""
    cases, state = "kb/cases.yaml", "  state/brazil:\n    type: State\n    label: Brazil\n    part_of: region/north\n"
    north = "  region/north: {type: Region, label: the North}\n"
    other = replaced(cases, state, "  state/a: {type: State, label: Zealand}\n  state/z: {type: State, label: Alba}\n")
    none = {cases: SMALL[cases].replace(state, "").replace(f"cases:\n{north}", "")}
    assert none[cases].startswith("id: register/cases\nperiods:")
    for place, (changes, hint) in enumerate(
        (
            ({}, "Name some, such as brazil; see theorymap query names -p class=Case."),
            (other, "Name some, such as state/z; see theorymap query names -p class=Case."),
            (none, "There is no Case in this knowledge base."),
        )
    ):
        with pytest.raises(UsageError, match="nothing is named among the cases") as raised:
            make(tmp_path / str(place), changes).compare("cases")
        assert raised.value.hint == hint


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("key", "keys"),
        ("survey", "surveys"),
        ("theory", "theories"),
        ("match", "matches"),
        ("wish", "wishes"),
        ("index", "indexes"),
        ("class", "classes"),
        ("case", "cases"),
        ("premise", "premises"),
        ("page", "pages"),
        ("person", "people"),
        ("data", "data"),
    ],
)
def test_things_are_counted_in_one_and_in_several(one: str, several: str) -> None:
    """From either form to either."""
    for given in (one, several):
        assert (counted(1, given), counted(2, given)) == (f"1 {one}", f"2 {several}")
