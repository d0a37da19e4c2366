"""Slots of claims that once said more, less or other than their passages; docs/review.md gives the ruling on each."""

from __future__ import annotations

import pytest

from theorymap import Workspace
from workspaces import repository

SLOTS: dict[tuple[str, str], set[str]] = {
    # One may want to keep a commitment; whether it is kept is not said.
    ("resolve-keeps-betrayed-commitments", "effect"): {"wish to keep one's own commitment"},
    ("deterrent-use-keeps-commitments", "effect"): {"wish to keep one's own commitment"},
    # States decide to make sure of a reputation; that they then have it is not said.
    ("states-seek-reputation-for-loyalty", "effect"): {"making sure of a reputation for loyalty"},
    # Status adds to a motivation, and not to what is done.
    ("status-desire-adds-motivation", "effect"): {"motivation to position oneself actively towards NATO"},
    # Existence is threatened, and not ended.
    ("divergence-threatens-alliance", "effect"): {"threat to an alliance's existence"},
    ("divergence-threatens-alliance", "relation"): {"raises"},
    # What maintains an alliance keeps it in being.
    ("untrustworthy-image-maintains-alliances", "effect"): {"continued existence of an alliance"},
    ("felt-obligation-maintains-alliances", "effect"): {"continued existence of an alliance"},
    ("promise-keeping-environment-maintains-alliances", "effect"): {"continued existence of an alliance"},
    # The interests served, of which only a later sentence counts the range.
    ("instability-follows-interests-served", "cause"): {"interests that an alliance serves"},
    # Similar interests in Snyder; similar preferences are Kydd's.
    ("formal-alliance-signals-shared-interests", "effect"): {"similarity of the interests at stake"},
    # A wish, and a fear of what an ally may do; it is a state that defects.
    ("resolve-keeps-betrayed-commitments", "levelOfOutcome"): {"state"},
    ("deterrent-use-keeps-commitments", "levelOfOutcome"): {"state"},
    ("fear-of-defection-brakes-trust", "levelOfCause"): {"dyad"},
    ("norm-breakers-viewed-negatively", "levelOfCause"): {"state"},
    # Social effects take in what other states think; only later does the paragraph speak of socialisation.
    ("social-effects-could-prevent-defection", "cause"): {"social effects of an alliance on its members"},
    # Not to defect is all that is said here; failing short of it stands elsewhere.
    ("persuasion-keeps-members", "effect"): {"defection from an alliance, in full or in part"},
    # A breach is feared; misplaced trust is in another section.
    ("feared-breach-breeds-suspicion", "cause"): {"feared breach of alliance agreements"},
    # Bipolarity lowers the shifting; polarity has no more and no less.
    ("arms-race-replaced-shifting-alliances", "cause"): {"bipolarity of the international system"},
    # NATO's governments, and not its key ones.
    ("nato-governments-not-always-left", "variable"): {"left-wing nature of governments"},
    # What must be is more than what is favoured; no list of values has either.
    ("us-public-for-out-of-area", "value"): {"NATO must act out of area"},
    ("nato-stable-over-long-period", "value"): {"stable for a very long time"},
    ("nato-among-longest-lasting", "value"): {"among the longest-lasting in the history of the world"},
    # Primarily stands in both sentences.
    ("much-alliance-literature-on-formation-and-maintenance", "value"): {
        "chiefly the formation and maintenance of alliances"
    },
    ("study-of-alliances-on-two-questions", "value"): {"chiefly the formation and maintenance of alliances"},
    ("alliance-as-cooperative-formation", "sense"): {"formation of states chiefly for military conflict"},
    ("joint-operations-defined-openly", "sense"): {"left open, with room beyond the agreements"},
    # Of whom, and of which support, the sentence speaks.
    ("revisionists-can-form-alliances", "conditionText"): {
        "The states are revisionist, or some are revisionist and some status quo."
    },
    ("withheld-support-weakens-solidarity", "conditionText"): {
        "The support is on issues short of war, and does not run drastically against the partner's own interests."
    },
    ("support-raises-ally-expected-value", "conditionText"): {
        "The ally is wavering, and is supported in specific conflicts."
    },
    # All the members between whom there is one mismatch; some of the advantages.
    ("loss-of-threat-brings-mismatch", "quantifier"): set(),
    ("nato-partnerships-have-advantages", "quantifier"): set(),
    # What is set beside what.
    ("nato-set-apart-by-size", "than"): {"other alliances"},
    ("nato-set-apart-by-stability", "than"): {"other alliances"},
    ("nato-contrast-evident-even-now", "than"): {"other Cold War alliances centred on the United States"},
    ("nato-permanent-open-ended-institutionalised", "than"): {"other alliances of the past"},
    ("military-purpose-sets-alliances-apart", "than"): {"other associations or regimes"},
    ("alliances-as-original-as-conflict", "than"): {"conflict"},
    # Dates and spans that stand in the sentence.
    ("nato-budget-approved-in-1951", "period"): {"May 1951"},
    ("nato-central-bodies-by-1951", "period"): {"the end of 1951"},
    ("war-cooperation-evident-since-1948", "period"): {"from 1948 on"},
    ("nato-members-never-tried-to-break-nato", "period"): {"from the beginning of NATO on"},
    ("nato-had-number-of-problems", "period"): {"from the beginning of NATO on"},
    ("democracy-may-explain-unbroken-nato", "period"): {"from the beginning of NATO on"},
    # The abstract names no theory behind it; the step is its author's.
    ("soft-balance-and-bandwagon-at-once", "derivedBy"): {"Robert Helbig"},
    # The first explanation is one of longevity and, some sentences on, an argument for stability.
    ("bipolarity-to-explain-nato-longevity", "value"): {"NATO's longevity"},
    ("bipolarity-to-explain-nato-stability", "value"): {"NATO's stability"},
    # Chiefly against threats; with a rising revisionist; usually for gain.
    ("walt-states-balance-against-threats", "value"): {
        "states form alliances chiefly to balance against threats, not power alone"
    },
    ("schweller-states-align-for-gain", "value"): {
        "states align by compatible goals; dissatisfied states bandwagon for profit with a rising revisionist"
    },
    ("schweller-bandwagoning-defined", "sense"): {"usually gain of what is coveted"},
}
WORDS = {
    # At least partly is said of all the forces, hence of the one that is singled out.
    "pace-of-warfare-drove-integration": "at least in part",
    # The value of the cell is what the sentence says.
    "schweller-kinds-of-state": "as status quo or revisionist",
}


@pytest.fixture(scope="module")
def kb() -> Workspace:
    """The knowledge base of the repository."""
    return repository()


@pytest.mark.parametrize(("claim", "slot"), SLOTS)
def test_a_slot_says_what_its_passage_says(kb: Workspace, claim: str, slot: str) -> None:
    found = kb.knowledge.store.select(
        f"SELECT ?said ?label WHERE {{ <https://w3id.org/theorymap/id/claim/{claim}> tm:{slot} ?said "
        "OPTIONAL { ?said rdfs:label ?label } } ORDER BY ?said ?label"
    )
    assert {str(label or said) for said, label in found.rows} == SLOTS[claim, slot]


@pytest.mark.parametrize("claim", WORDS)
def test_a_sentence_says_what_its_passage_says(kb: Workspace, claim: str) -> None:
    found = kb.knowledge.store.select(
        f"SELECT ?text WHERE {{ <https://w3id.org/theorymap/id/claim/{claim}> tm:text ?text }} ORDER BY ?text"
    )
    assert [WORDS[claim] in str(text) for (text,) in found.rows] == [True]


def test_a_rival_of_a_theory_with_two_outcomes_stands_once(kb: Workspace) -> None:
    """A row for each explanation and stance, with all that its theory is to explain."""
    rows = [
        (str(row["claim"].value), str(row["stance"].value), str(row["effect"].value))
        for row in kb.query("rival-explanations").records()
    ]
    assert len({(claim, stance) for claim, stance, _ in rows}) == len(rows) >= 10
    assert ("claim/bipolarity-stabilises-nato", "qualifies", "NATO's longevity | NATO's stability") in rows
