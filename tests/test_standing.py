"""What stands in our own knowledge base once the attacks are weighed; the reasons are written beside each claim."""

from __future__ import annotations

import pytest

from theorymap import Workspace
from theorymap.argue.structure import Weighing
from theorymap.argument_map import PATTERNS
from theorymap.terms import local, short

STANDING = {
    # Keating asserts it; the one argument to it (from stability) is only considered, and he undercuts it himself:
    # that NATO is stable does not show that trust is the glue. Asserted, therefore, and unsupported.
    "claim/trust-is-glue": ("in", "0 of 1", "0 of 0; to a step 1 of 1", "no", "yes"),
    # Gates asserts it and argues for it; Webber undercuts the step (the United States tolerates free riding). What
    # Gates asserts is not attacked itself.
    "claim/free-riding-endangers-nato": ("in", "0 of 1", "0 of 0; to a step 1 of 1", "no", "no: only told"),
    # Keating rebuts it with what the governments were ready to do after 9/11, and nobody answers him.
    "claim/divergence-brings-fall-of-nato": ("out", "0 of 0", "1 of 1", "no", "no: disputed"),
    # The literature presupposes it; Keating rebuts it: trust may grow within an alliance. Nobody answers.
    "claim/mistrust-necessary-in-alliances": ("out", "0 of 0", "1 of 1", "no", "no: disputed"),
    # Note 61: held by some, denied by others without a reason of their own. Shown, and not counted; the one document
    # that tells it calls it false.
    "claim/unmet-support-would-end-nato": ("in", "0 of 0", "0 of 0", "yes", "no: disputed"),
    # Two convergent arguments lead to it (from level and governments; from Rathbun's own departure), both unattacked.
    "claim/psychological-trust-of-limited-use": ("in", "2 of 2", "0 of 0", "no", "yes"),
    # Three linked premises and one supplied by the coders; all stand, so the step does.
    "claim/psychological-trust-no-long-term-sources": ("in", "1 of 1", "0 of 0", "no", "yes"),
    # The caveat that bipolarity itself may have built trust undercuts the step; what is said of the explanation stands.
    "claim/bipolarity-excludes-trust": ("in", "0 of 1", "0 of 0; to a step 1 of 1", "no", "yes"),
    # It carries the rebuttal of the inevitable fall, and rests on an argument that nobody attacks.
    "claim/governments-honour-treaty": ("in", "1 of 1", "0 of 0", "no", "yes"),
    # One argument leads to it, and nobody objects: the plain case.
    "claim/free-riding-accusations-continuous": ("in", "1 of 1", "0 of 0", "no", "yes"),
}


@pytest.fixture(scope="module")
def kb() -> Workspace:
    return Workspace.open()


def test_ten_claims_stand_as_their_reasons_say(kb: Workspace) -> None:
    found = {
        str(row["id"].value): tuple(
            str(row[key].value) for key in ("standing", "support", "attacks", "denial", "taken")
        )
        for row in kb.argue().records()
    }
    assert len(STANDING) == 10
    assert {id: found[id] for id in STANDING} == STANDING


def test_the_verdict_on_a_claim_agrees_with_the_question_on_all(kb: Workspace) -> None:
    """What becomes of a claim in the documents is computed for the one and selected for the other."""
    said = {"yes": ("", ""), "no: disputed": ("disputed", ""), "no: only told": ("", "only told of others")}
    records = kb.argue().records()
    assert {str(row["taken"].value) for row in records} == set(said)
    for row in records:
        verdict = str(kb.argue(str(row["id"].value)).rows[0][1].value)
        disputed, told = said[str(row["taken"].value)]
        assert ("it is disputed, and no document" in verdict.lower()) == bool(disputed), verdict
        assert ("only told of others" in verdict) == bool(told), verdict


def test_a_claim_that_every_document_disputes_is_not_said_to_stand_unopposed(kb: Workspace) -> None:
    """The one paper calls it false without a reason of its own; the objection to bipolarity is aimed at a step."""
    disputed, bipolarity = (
        str(kb.argue(f"claim/{name}").rows[0][1].value)
        for name in ("unmet-support-would-end-nato", "bipolarity-excludes-trust")
    )
    assert disputed.startswith("It stands, since no argument defeats it. But it is disputed, and no document here")
    assert bipolarity.startswith("It stands: no objection is aimed at the claim itself, while the step to it falls")


def test_a_limit_attacks_nothing_inside_it(kb: Workspace) -> None:
    """Note 34 limits what is said of most alliances; the claim stands, and the limit is told."""
    told = [str(row[1].value) for row in kb.argue("claim/most-alliances-unstable").rows]
    assert "stands" in told[0]
    assert any("A limit attacks nothing inside it." in line for line in told)


def test_the_case_against_psychological_trust_is_explained(kb: Workspace) -> None:
    rows = [(str(row[0].value), str(row[1].value)) for row in kb.argue("psychological-trust-no-long-term-sources").rows]
    assert sum(about == "premise" for about, _ in rows) == 3
    (implicit,) = (words for about, words in rows if about == "implicit premise")
    assert implicit.startswith("“What holds of Rathbun's theory")
    assert all("stands" in words for about, words in rows if about in ("premise", "implicit premise"))


def test_an_undercut_leaves_the_claim_asserted_but_unsupported(kb: Workspace) -> None:
    for claim in ("claim/trust-is-glue", "claim/free-riding-endangers-nato"):
        rows = [(str(row[0].value), str(row[1].value)) for row in kb.argue(claim).rows]
        assert "asserted but unsupported" in rows[0][1]
        assert any(about == "objection" and "undercuts the step" in words for about, words in rows)


def test_every_scheme_has_words_for_a_reader(kb: Workspace) -> None:
    rows = kb.knowledge.store.select("SELECT DISTINCT ?scheme WHERE { ?scheme a tm:Scheme } ORDER BY ?scheme").rows
    assert {local(str(row[0])) for row in rows} == set(PATTERNS)


def test_without_reports_what_is_merely_told_is_not_put_forward(kb: Workspace) -> None:
    """Keating takes no side with Gates; what he rejects of the literature falls as an assertion."""
    table = kb.argue(weighing=Weighing(reports=False))
    found = {str(row["id"].value): str(row["standing"].value) for row in table.records()}
    assert found["claim/divergence-brings-fall-of-nato"] == "not put forward"
    assert found["claim/free-riding-endangers-nato"] == "out"
    assert found["claim/trust-is-glue"] == "in"


@pytest.mark.parametrize("semantics", ["CO", "PR", "ST"])
def test_without_circles_of_attack_all_semantics_agree(kb: Workspace, semantics: str) -> None:
    assert kb.argue(semantics=semantics).rows == kb.argue().rows


def test_a_question_that_was_answered_is_not_open(kb: Workspace) -> None:
    """An argument keeps the other critical questions of its scheme as open points, and none that its text answers."""
    rows = kb.knowledge.store.select(
        "SELECT DISTINCT ?id ?asked WHERE { ?id tm:criticalAnswer/tm:question/rdfs:label ?asked } ORDER BY ?id ?asked"
    ).rows
    found = {inference.id: inference.data for inference in kb.knowledge.argument_map().inferences}
    assert len(rows) >= 10
    for id, asked in rows:
        assert ("open question", str(asked)) not in found[short(str(id))]
    assert any(key == "open question" for data in found.values() for key, _ in data)
