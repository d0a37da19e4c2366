"""Identifiers that nobody defines, and entities that two files define differently."""

from __future__ import annotations

from pathlib import Path

import pytest

from theorymap import identifiers
from theorymap.findings import Finding, in_order
from workspaces import SMALL, make, replaced, repository

DOCUMENT = "kb/documents/reed-1999.yaml"
TURTLE = "@prefix t: <https://w3id.org/theorymap/ns/> . @base <https://w3id.org/theorymap/id/> .\n"


def findings(folder: Path, changes: dict[str, str]) -> list[Finding]:
    """What the check finds in the small knowledge base with some changes, in order."""
    workspace = make(folder, changes)
    assert workspace.sources.findings() == []
    return in_order(identifiers.check(workspace.knowledge.stated, workspace.sources.origin))


def test_the_repository_is_in_order() -> None:
    workspace = repository()
    assert identifiers.check(workspace.knowledge.stated, workspace.sources.origin) == []


def test_the_small_knowledge_base_is_in_order(tmp_path: Path) -> None:
    assert findings(tmp_path, {}) == []


class TestUndefined:
    @pytest.mark.parametrize(
        ("changes", "place", "value", "repair"),
        [
            (
                replaced(DOCUMENT, "theory: theory/low-walls", "theory: theory/low-wals"),
                f"{DOCUMENT}:9:13",
                "theory/low-wals",
                "Did you mean theory/low-walls?",
            ),
            (
                replaced(DOCUMENT, "holder: person/ada-reed", "holder: person/xyzzy"),
                f"{DOCUMENT}:11:17",
                "person/xyzzy",
                "Define it",
            ),
            (
                replaced(DOCUMENT, "hedge: plain", "hedge: plan"),
                f"{DOCUMENT}:13:16",
                "tm:hedge/plan",
                "One of: certain, plain, possible, probable. Did you mean plain?",
            ),
            (
                replaced(DOCUMENT, "[claim/walls-explain]", "[claim/walls-explain, claim/walls-hepl]"),
                f"{DOCUMENT}:29:37",
                "claim/walls-hepl",
                "Did you mean claim/walls-help?",
            ),
            (
                {
                    "kb/more.ttl": f"{TURTLE}\n<theory/x> a t:Theory ; t:famly <theory/walls> .\n",
                },
                "kb/more.ttl:3",
                "tm:famly",
                "Did you mean tm:family?",
            ),
            (
                {
                    "kb/more.ttl": f"{TURTLE}<theory/wals> t:family <theory/walls> .\n",
                },
                "kb/more.ttl:2",
                "theory/wals",
                "Did you mean theory/walls?",
            ),
            (
                {
                    "kb/mappings.sssom.tsv": "mapping_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                    "author_id\tcomment\nid:mapping/a\tid:claim/walls-help\tskos:closeMatch\tid:claim/walls-fal\t"
                    "semapv:ManualMappingCuration\tid:group/coders\tBoth.\n"
                },
                "kb/mappings.sssom.tsv:2",
                "claim/walls-fal",
                "Did you mean claim/walls-fall?",
            ),
        ],
        ids="typo unknown coded-value in-a-list property subject mapping".split(),
    )
    def test_it_is_told_with_the_nearest(
        self, changes: dict[str, str], place: str, value: str, repair: str, tmp_path: Path
    ) -> None:
        (found,) = findings(tmp_path, changes)
        assert (found.code, str(found.origin), found.value) == ("undefined-identifier", place, value)
        assert repair in found.repair

    def test_each_use_is_told_once(self, tmp_path: Path) -> None:
        text = SMALL[DOCUMENT].replace("theory/walls\n", "theory/wals\n").replace("theory/low-walls", "theory/wals")
        found = findings(tmp_path, {DOCUMENT: text})
        assert [(f.origin.line, f.value) for f in found] == [(9, "theory/wals"), (24, "theory/wals")]

    def test_terms_of_others_are_not_ours_to_know(self, tmp_path: Path) -> None:
        text = "<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n"
        assert findings(tmp_path, {"kb/more.nt": text}) == []

    def test_markers_for_missing_values_are_defined(self, tmp_path: Path) -> None:
        assert findings(tmp_path, replaced(DOCUMENT, "theory: theory/low-walls", "theory: not-reported")) == []


class TestTwice:
    def test_two_files_that_say_the_same_are_no_fault(self, tmp_path: Path) -> None:
        more = "id: register/more\ntheories:\n  theory/walls: {label: walls, sort: theory}\n"
        assert findings(tmp_path, {"kb/more.yaml": more}) == []

    @pytest.mark.parametrize(
        ("entry", "name", "said"),
        [
            ("theories:\n  theory/walls: {label: high walls}\n", "theory/walls", "high walls"),
            ("claims:\n  claim/walls-old:\n    text: Walls are new.\n", "claim/walls-old", "Walls are new."),
            (
                "claims:\n  claim/walls-old:\n    kind: causal\n",
                "claim/walls-old",
                "https://w3id.org/theorymap/ns/kind/causal",
            ),
        ],
    )
    def test_two_files_that_differ_are_told_where_the_second_does(
        self, entry: str, name: str, said: str, tmp_path: Path
    ) -> None:
        (found,) = findings(tmp_path, {"kb/zmore.yaml": "id: register/more\n" + entry})
        assert (found.code, found.entity, found.value) == ("defined-twice", name, said)
        assert found.origin.file == "kb/zmore.yaml"
        assert found.origin.line == (3 if "{" in entry else 4)
        assert "kb/theories.yaml:4" in found.message or "kb/background.yaml:" in found.message

    def test_one_file_that_says_two_things_is_not_for_this_check(self, tmp_path: Path) -> None:
        assert findings(tmp_path, replaced("kb/theories.yaml", "label: walls,", "label: [walls, high walls],")) == []

    def test_two_attributions_of_one_claim_by_two_documents_are_no_fault(self, tmp_path: Path) -> None:
        more = "id: register/more\nclaims:\n  claim/walls-help:\n    attributions: [{holder: group/coders}]\n"
        assert findings(tmp_path, {"kb/more.yaml": more}) == []
