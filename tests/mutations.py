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


BERECZ, HALLORAN, LINDQVIST = (f"documents/{key}.yaml" for key in ("berecz-2018", "halloran-2021", "lindqvist-2012"))


def m(code: str, file: str, block: str, old: str, new: str, line: str = "", *more: tuple[str, str]) -> Mutation:
    """A mutation whose finding stands on a line; without one, on the line of the entry."""
    return Mutation(code, file, block, old, new, frozenset({(code, line or f"{block}:"), *more}))


PREFIXES = """\
@base <https://w3id.org/theorymap/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tm: <https://w3id.org/theorymap/ns/> .
"""


def ttl(code: str, statements: str, line: str) -> Mutation:
    """A mutation that adds a Turtle file; for what no YAML file can say wrongly."""
    return Mutation(code, f"{code}.ttl", "", "", PREFIXES + statements, frozenset({(code, line)}))


def mapping(code: str, left_out: str, added: str = "") -> Mutation:
    """A mutation that adds a mapping without one of its statements."""
    said = {
        "mapsFrom": "<construct/water-league>",
        "mapsTo": "<construct/shared-water>",
        "mappingPredicate": "skos:closeMatch",
        "mappingJustification": '"Both are about water."',
        "mappingAuthor": "<group/readers>",
    }
    parts = [f"tm:{name} {value}" for name, value in said.items() if name != left_out]
    subject = f"<mapping/{code}>"
    return ttl(
        code, f"{subject}\n    a tm:Mapping ;\n    {' ; '.join([*parts, added] if added else parts)} .\n", subject
    )


HOLDER = "- holder: person/ines-halloran"
BY_BERECZ = "- holder: person/tomas-berecz"
BY_LINDQVIST = "- holder: person/asa-lindqvist"
DROUGHT = "- variable: variable/drought"
WHEN = "when: [{variable: variable/drought, value: one valley at a time}]"
MUTATIONS = [
    # Several classes
    m("entity-label", "theories.yaml", "theory/leagues", "    label: …", ""),
    m("entity-attested", "agents.yaml", "agent/former-clerk", "    passages: …", ""),
    m(
        "coded-document",
        "theories.yaml",
        "theory/standing-in-part",
        "to: nobody keeps minutes}]\n",
        "to: nobody keeps minutes}]\narguments:\n  argument/astray:\n"
        "    maker: person/daniel-osei\n    coder: group/readers\n"
        "    extraction: by-hand\n    premises: unspecified\n    conclusion: claim/league-is-insurance\n"
        "    passages: [{document: work/halloran-2021, section: note 3, from: Osei Gates and, to: Treaties 40}]\n"
        "    grounds_text: none\n",
        "argument/astray:",
    ),
    m("wikidata-number", "theories.yaml", "theory/shared-drought", "wikidata: Q1", "wikidata: q1", "wikidata: q1"),
    # Works, documents, passages
    m(
        "work-in-bibliography",
        "bibliography.bib",
        "",
        "@phdthesis{lindqvist-2012",
        "@phdthesis{lindqvist-2013",
        "id: work/lindqvist-2012",
    ),
    m("document-extent", LINDQVIST, "", "extent: abstract-only\n", "", "coder: group/readers"),
    m("document-coder", LINDQVIST, "", "coder: group/readers\n", "", "extent: abstract-only"),
    m("document-extraction", LINDQVIST, "", "extraction: by-hand\n", "", "extent: abstract-only"),
    m("document-coder", "background.yaml", "", "coder: group/readers\n", "", "id: register/background"),
    m(
        "passage-document",
        "theories.yaml",
        "theory/leagues",
        "document: work/halloran-2021, ",
        "",
        "passages: [{section: Abstract, from: compares two theories of, to: Halden and Cala Verde}]",
    ),
    m(
        "passage-section",
        HALLORAN,
        "claim/drought-fails-for-cala-verde",
        "section: Two Cities, ",
        "",
        "passages: [{from: Shared drought cannot account, to: for this}]",
    ),
    m(
        "passage-first-words",
        HALLORAN,
        "claim/charter-lets-members-leave",
        "from: the founding charter lets, ",
        "",
        "passages: [{section: Two Cities, to: end of a year}]",
    ),
    m(
        "passage-last-words",
        HALLORAN,
        "claim/theories-need-not-be-rivals",
        ", to: need not be rivals",
        "",
        "passages: [{section: Conclusion, from: Drought founds leagues and}]",
    ),
    m("skip-section", HALLORAN, "skipped", "section: note 3, ", "", "- {reason: a reference only}"),
    m(
        "skip-reason",
        LINDQVIST,
        "skipped",
        "{section: year, reason: record of the thesis}",
        "{section: year}",
        "- {section: year}",
    ),
    m("citation-work", HALLORAN, "citation/halloran-register", "    cites: work/vieira-2010\n", ""),
    m("citation-intent", HALLORAN, "citation/halloran-register", "    intents: [citesAsEvidence]\n", ""),
    m(
        "citation-intent-known",
        HALLORAN,
        "citation/halloran-register",
        "intents: [citesAsEvidence]",
        "intents: [citesAsEvidense]",
        "intents: [citesAsEvidense]",
    ),
    m("citation-passage", HALLORAN, "citation/halloran-register", "    passages: …", ""),
    m(
        "source-problem-sort",
        HALLORAN,
        "claim/shared-well-quiet-street",
        "sort: missing-word, ",
        "",
        "source_problems: [{note: Who is quoted first stands in no book that we know.}]",
    ),
    m(
        "source-problem-note",
        HALLORAN,
        "claim/shared-well-quiet-street",
        ", note: Who is quoted first stands in no book that we know.",
        "",
        "source_problems: [{sort: missing-word}]",
    ),
    # Agents, theories, variables, cases
    m("agent-kind", "agents.yaml", "agent/harbour-master", "    type: Unnamed\n", ""),
    m(
        "person-orcid",
        "agents.yaml",
        "person/first-reader",
        "0000-0002-1825-0097",
        "0000-0002-1825",
        "orcid: 0000-0002-1825",
    ),
    m("group-sort", "agents.yaml", "group/hydrologists", "    sort: literature\n", ""),
    m("group-sort", "agents.yaml", "group/hydrologists", "sort: literature", "sort: family", "sort: family"),
    m("theory-sort", "theories.yaml", "theory/shared-drought", "    sort: theory\n", ""),
    m("theory-sort", "theories.yaml", "theory/shared-drought", "sort: theory", "sort: panel", "sort: panel"),
    m("theory-variant", "theories.yaml", "theory/standing-in-part", "    variant_of: …", "", "sort: variant"),
    m(
        "variable-ordered",
        "variables.yaml",
        "variable/drought",
        "ordered: not-reported",
        "ordered: true",
        "ordered: true",
    ),
    m("variable-scale", "variables.yaml", "variable/drought", "scale: nominal", "scale: ordinal", "scale: ordinal"),
    m("behaviour-towards", "variables.yaml", "behaviour/sending-water", "    towards: group/rivals\n", ""),
    m("state-cow", "cases.yaml", "state/port-halden", "    iso: XPH\n", "    iso: XPH\n    cow: PHA\n", "cow: PHA"),
    m("state-gw", "cases.yaml", "state/port-halden", "    iso: XPH\n", "    iso: XPH\n    gw: PHA\n", "gw: PHA"),
    m("state-iso", "cases.yaml", "state/port-halden", "iso: XPH", "iso: XP", "iso: XP"),
    m("period-order", "cases.yaml", "period/dry-decade", "end: 1999", "end: 1989", "start: 1990"),
    m("period-bounds", "cases.yaml", "period/dry-decade", "    bounds_from: background\n", ""),
    # Claims
    m("claim-text", HALLORAN, "claim/cala-verde-sends-water", "    text: …", ""),
    m(
        "claim-length",
        HALLORAN,
        "claim/cala-verde-sends-water",
        "stood low.",
        "stood low, which nobody had asked it to do and which nobody has been able to explain to anybody's content.",
        "text: Cala Verde has twice sent water to rivals when its own reservoirs stood low, which nobody had asked it "
        "to do and which nobody has been able to explain to anybody's content.",
    ),
    m("claim-topic", HALLORAN, "claim/cala-verde-sends-water", "    topics: …", ""),
    m("claim-level", HALLORAN, "claim/cala-verde-sends-water", "    level_of_cause: …", ""),
    m(
        "claim-attribution",
        HALLORAN,
        "claim/hydrology-measures-water",
        "\n    attributions:\n      - holder: person/ines-halloran\n        commitment: asserts\n        hedge: plain\n"
        "        mode: own\n        certainty: explicit\n        stance: asserts\n        passages: …",
        "\n",
    ),
    m("claim-kind", HALLORAN, "claim/cala-verde-sends-water", "    kind: descriptive\n", ""),
    m(
        "claim-kind-agrees",
        HALLORAN,
        "claim/standing-lasts-longer",
        "type: Comparison\n",
        "type: Comparison\n    kind: causal\n",
        "kind: causal",
    ),
    m(
        "recommendation-addressee",
        BERECZ,
        "claim/later-work-should-study-marriages",
        "    addressee: …",
        "",
        "kind: recommendation",
    ),
    m("assessment-theory", HALLORAN, "claim/standing-explains-in-part", "    theory: …", ""),
    m("assessment-respect", HALLORAN, "claim/standing-explains-in-part", "    respect: …", ""),
    m("assessment-verdict", HALLORAN, "claim/standing-explains-in-part", "    verdict: …", ""),
    m("characterisation-theory", HALLORAN, "claim/standing-watches", "    theory: …", ""),
    m("characterisation-dimension", HALLORAN, "claim/standing-watches", "    dimension: …", ""),
    m("comparison-theory", HALLORAN, "claim/standing-lasts-longer", "    theory: …", ""),
    m("comparison-with", HALLORAN, "claim/standing-lasts-longer", "    compared_with: …", ""),
    m("comparison-dimension", HALLORAN, "claim/standing-lasts-longer", "    dimension: …", ""),
    m("comparison-outcome", HALLORAN, "claim/standing-lasts-longer", "    outcome: …", ""),
    m(
        "comparison-itself",
        HALLORAN,
        "claim/standing-lasts-longer",
        "compared_with: theory/shared-drought",
        "compared_with: theory/civic-standing",
        "compared_with: theory/civic-standing",
    ),
    m("definition-term", HALLORAN, "claim/league-defined", "    term: …", ""),
    m("definition-construct", HALLORAN, "claim/league-defined", "    construct: …", ""),
    m("definition-sort", HALLORAN, "claim/league-defined", "    sort: …", ""),
    m("definition-sort", HALLORAN, "claim/league-defined", "sort: adopted", "sort: theory", "sort: theory"),
    m("gap-sort", BERECZ, "claim/cause-of-joining-not-explained", "    sort: …", ""),
    m("observation-case", HALLORAN, "claim/port-halden-left", "    case: …", ""),
    m("observation-variable", HALLORAN, "claim/port-halden-left", "    variable: …", ""),
    m("observation-period", HALLORAN, "claim/port-halden-left", "    period: …", ""),
    m("observation-value", HALLORAN, "claim/port-halden-left", "    value: …", ""),
    m("observation-unit", LINDQVIST, "claim/most-water-is-bought", "    unit: …", "", "amount: 70"),
    m(
        "value-on-list",
        HALLORAN,
        "claim/port-halden-left",
        "value: former member",
        "value: outsider",
        "value: outsider",
    ),
    m(
        "value-on-list",
        HALLORAN,
        "claim/drought-predicts-leagues",
        WHEN,
        "when: [{variable: variable/drought, value: nowhere}]",
        "when: [{variable: variable/drought, value: nowhere}]",
    ),
    m("prediction-when", HALLORAN, "claim/drought-predicts-leagues", f"    {WHEN}\n", ""),
    m("prediction-expects", HALLORAN, "claim/drought-predicts-leagues", "    expects: …", ""),
    m(
        "variable-value-variable",
        HALLORAN,
        "claim/drought-predicts-leagues",
        WHEN,
        "when: [{value: one valley at a time}]",
        "when: [{value: one valley at a time}]",
    ),
    m(
        "variable-value-value",
        HALLORAN,
        "claim/drought-predicts-leagues",
        WHEN,
        "when: [{variable: variable/drought}]",
        "when: [{variable: variable/drought}]",
    ),
    m("proposition-cause", BERECZ, "claim/rank-follows-membership", "    cause: …", ""),
    m("proposition-effect", BERECZ, "claim/rank-follows-membership", "    effect: …", ""),
    m("proposition-relation", BERECZ, "claim/rank-follows-membership", "    relation: …", ""),
    m(
        "proposition-relation",
        BERECZ,
        "claim/rank-follows-membership",
        "relation: raises",
        "relation: supplements",
        "relation: supplements",
    ),
    m(
        "proposition-itself",
        BERECZ,
        "claim/rank-follows-membership",
        "cause: variable/membership",
        "cause: variable/rank",
        "effect: variable/rank",
    ),
    m("relation-subject", HALLORAN, "claim/berecz-turns-standing-round", "    subject: …", ""),
    m("relation-object", HALLORAN, "claim/berecz-turns-standing-round", "    object: …", ""),
    m("relation-name", HALLORAN, "claim/berecz-turns-standing-round", "    relation: …", ""),
    m(
        "relation-name",
        HALLORAN,
        "claim/berecz-turns-standing-round",
        "relation: contrasts-with",
        "relation: raises",
        "relation: raises",
    ),
    m(
        "relation-itself",
        HALLORAN,
        "claim/berecz-turns-standing-round",
        "subject: claim/rank-is-no-cause",
        "subject: theory/civic-standing",
        "object: theory/civic-standing",
    ),
    # Attributions
    m(
        "attribution-holder",
        HALLORAN,
        "claim/cala-verde-stays",
        "- holder: person/ines-halloran\n        commitment",
        "- commitment",
        "- commitment: asserts",
    ),
    m("attribution-commitment", HALLORAN, "claim/charter-lets-members-leave", "        commitment: …", "", HOLDER),
    m("attribution-hedge", HALLORAN, "claim/charter-lets-members-leave", "        hedge: …", "", HOLDER),
    m("attribution-stance", HALLORAN, "claim/charter-lets-members-leave", "        stance: …", "", HOLDER),
    m("attribution-mode", HALLORAN, "claim/charter-lets-members-leave", "        mode: …", "", HOLDER),
    m("attribution-certainty", HALLORAN, "claim/charter-lets-members-leave", "        certainty: …", "", HOLDER),
    m("attribution-passage", HALLORAN, "claim/charter-lets-members-leave", "        passages: …", "", HOLDER),
    m(
        "attribution-passage",
        "background.yaml",
        "claim/osei-wrote-first",
        "        at: …",
        "",
        "- holder: person/daniel-osei",
    ),
    ttl(
        "attribution-claim",
        "<attribution/x>\n    a tm:Attribution ;\n    tm:document <work/halloran-2021> ; tm:coder <group/readers> ;\n"
        "    tm:holder <person/ines-halloran> ; tm:commitment <../ns/commitment/asserts> ;\n"
        "    tm:hedge <../ns/hedge/plain> ;\n"
        "    tm:stance <../ns/stance/asserts> ; tm:mode <../ns/mode/own> ; tm:certainty <../ns/certainty/explicit> ;\n"
        "    tm:extraction <../ns/extraction/by-hand> ; tm:passage <passage/x> .\n"
        '<passage/x> a tm:Passage ; tm:document <work/halloran-2021> ; tm:section "Abstract" ;\n'
        '    tm:firstWords "Coastal cities seldom have" ; tm:lastWords "what they have" .\n',
        "<attribution/x>",
    ),
    m(
        "own-view",
        HALLORAN,
        "claim/cala-verde-stays",
        "holder: person/ines-halloran",
        "holder: person/daniel-osei",
        "stance: asserts",
    ),
    m(
        "own-view",
        HALLORAN,
        "claim/cala-verde-stays",
        "holder: person/ines-halloran",
        "holder: agent/harbour-master",
        "stance: asserts",
    ),
    m(
        "own-view",
        HALLORAN,
        "claim/no-procedure-to-leave",
        "mode: quotes",
        "mode: own",
        "stance: disputes",
    ),
    m("view-of-others", HALLORAN, "claim/cala-verde-stays", "stance: asserts", "stance: neutral", "stance: neutral"),
    m(
        "holder-only-example",
        BERECZ,
        "claim/cities-join-to-be-seen",
        "- holder: group/hydrologists\n",
        "- holder: [group/hydrologists, person/marta-vieira]\n        named_examples: [work/vieira-2010]\n",
        "- holder: [group/hydrologists, person/marta-vieira]",
    ),
    m(
        "telling-teller",
        HALLORAN,
        "claim/no-procedure-to-leave",
        "{teller: work/vieira-2010}",
        "{position: 1}",
        "via: [{position: 1}]",
    ),
    m(
        "telling-position",
        HALLORAN,
        "claim/no-procedure-to-leave",
        "{teller: work/vieira-2010}",
        "{teller: work/vieira-2010, position: 0}",
        "via: [{teller: work/vieira-2010, position: 0}]",
    ),
    m(
        "cited-place-work",
        "background.yaml",
        "claim/osei-wrote-first",
        "work: work/osei-2004, ",
        "",
        "at: [{locator: p. 3}]",
    ),
    # Arguments, attacks, questions, studies, mappings
    m("argument-conclusion", HALLORAN, "argument/drought-fails", "    conclusion: …", ""),
    m("argument-passage", HALLORAN, "argument/drought-fails", "    passages: …", ""),
    m(
        "argument-circular",
        HALLORAN,
        "argument/drought-fails",
        "claim/cala-verde-stays]",
        "claim/drought-fails-for-cala-verde]",
        "premises: [claim/drought-predicts-leagues, claim/drought-fails-for-cala-verde]",
    ),
    m(
        "argument-implicit",
        HALLORAN,
        "argument/drought-fails",
        "ended the danger.]",
        "ended the danger., Nothing else did.]",
        "implicit: [The aqueduct of Cala Verde ended the danger., Nothing else did.]",
    ),
    m("argument-grounds", BERECZ, "argument/rank-after-rain", "    premises: …", ""),
    m("argument-bears", HALLORAN, "argument/aqueduct", "    bears: for\n", "", "evidence: [episode/aqueduct]"),
    m(
        "argument-answers-itself",
        HALLORAN,
        "argument/drought-fails",
        "answered_by: [claim/charter-lets-members-leave]",
        "answered_by: [claim/drought-fails-for-cala-verde]",
        "answers:",
    ),
    m(
        "critical-answer-question",
        HALLORAN,
        "argument/drought-fails",
        "question: theory-to-case-exception, ",
        "",
        "- {answered_by: [claim/charter-lets-members-leave]}",
    ),
    m(
        "critical-answer-claim",
        HALLORAN,
        "argument/drought-fails",
        ", answered_by: [claim/charter-lets-members-leave]",
        "",
        "- {question: theory-to-case-exception}",
    ),
    m("argument-maker", HALLORAN, "argument/no-door", "    entertained: true\n", ""),
    m(
        "argument-maker",
        HALLORAN,
        "argument/no-door",
        "    entertained: true\n",
        "    entertained: true\n    maker: agent/former-clerk\n",
        "maker: agent/former-clerk",
    ),
    ttl(
        "implicit-text",
        "<argument/minutes> tm:implicitPremise <premise/x> .\n<premise/x> a tm:ImplicitPremise .\n",
        "<premise/x> a tm:ImplicitPremise .",
    ),
    m("attack-maker", BERECZ, "attack/rank-turned-round", "    maker: …", ""),
    m("attack-attacker", BERECZ, "attack/rank-turned-round", "    by: …", ""),
    m("attack-target", BERECZ, "attack/rank-turned-round", "    target: …", ""),
    m("attack-passage", BERECZ, "attack/rank-turned-round", "    passages: …", ""),
    m(
        "attack-itself",
        BERECZ,
        "attack/rank-turned-round",
        "by: claim/rank-is-no-cause",
        "by: claim/cities-join-to-be-seen",
        "target: claim/cities-join-to-be-seen",
    ),
    m(
        "attack-kind-agrees",
        BERECZ,
        "attack/rank-turned-round",
        "attack_kind: rebuts",
        "attack_kind: undercuts",
        "attack_kind: undercuts",
    ),
    m(
        "attack-kind-agrees",
        HALLORAN,
        "attack/charter",
        "attack_kind: undercuts",
        "attack_kind: rebuts",
        "attack_kind: rebuts",
    ),
    m("question-sort", BERECZ, "question/what-makes-cities-join", "    sort: …", ""),
    m("question-asker", BERECZ, "question/what-makes-cities-join", "    asker: …", ""),
    m("question-text", BERECZ, "question/what-makes-cities-join", "    text: …", ""),
    m("question-passage", BERECZ, "question/what-makes-cities-join", "    passages: …", ""),
    m("study-question", HALLORAN, "study/halloran-2021", "    asks: …", ""),
    m("study-case", HALLORAN, "study/halloran-2021", "    examines: …", ""),
    m(
        "study-role",
        HALLORAN,
        "study/halloran-2021",
        "    roles:\n      - variable: variable/drought\n        as_stated: [theory]\n        as_read: independent\n"
        "        note: The paper lets drought explain the founding of leagues.\n      - {variable: …",
        "",
    ),
    m("study-passage", HALLORAN, "study/halloran-2021", "    passages: …", ""),
    m(
        "role-variable",
        HALLORAN,
        "study/halloran-2021",
        "- variable: variable/drought\n        as_stated",
        "- as_stated",
        "- as_stated: [theory]",
    ),
    m("role-as-stated", HALLORAN, "study/halloran-2021", "        as_stated: …", "", DROUGHT),
    m("role-as-read", HALLORAN, "study/halloran-2021", "        as_read: …", "", DROUGHT),
    m("role-note", HALLORAN, "study/halloran-2021", "        note: …", "", "as_read: independent"),
    mapping("mapping-from", "mapsFrom"),
    mapping("mapping-to", "mapsTo"),
    mapping("mapping-predicate", "mappingPredicate", "tm:mappingPredicate skos:relatedMatch"),
    mapping("mapping-justification", "mappingJustification"),
    mapping("mapping-author", "mappingAuthor"),
    mapping("mapping-itself", "mapsTo", "tm:mapsTo <construct/water-league>"),
    mapping(
        "mapping-support",
        "mapsTo",
        "tm:mapsTo <construct/x> .\n<construct/x> a tm:Construct ; rdfs:label 'x' ; dcterms:source <work/osei-2004>",
    ),
    # Check queries
    m(
        "answer-off-scheme",
        HALLORAN,
        "argument/drought-fails",
        "question: theory-to-case-exception",
        "question: example-typical",
        "- {question: example-typical, answered_by: [claim/charter-lets-members-leave]}",
    ),
    m(
        "answer-off-scheme",
        HALLORAN,
        "argument/drought-fails",
        "    scheme: …",
        "",
        "- {question: theory-to-case-exception, answered_by: [claim/charter-lets-members-leave]}",
    ),
    m(
        "attack-on-own-conclusion",
        BERECZ,
        "attack/rank-turned-round",
        "by: claim/rank-is-no-cause\n    target: claim/cities-join-to-be-seen",
        "by: argument/rank-after-rain\n    target: claim/rank-is-no-cause",
        "target: claim/rank-is-no-cause",
    ),
    m(
        "background-stance",
        "background.yaml",
        "claim/osei-wrote-first",
        "stance: neutral",
        "stance: uses",
        "stance: uses",
    ),
    m(
        "conflict-unexplained",
        BERECZ,
        "claim/cities-join-to-be-seen",
        "certainty: inferred",
        "certainty: conflicting",
        "certainty: conflicting",
    ),
    m(
        "cycle-of-families",
        "theories.yaml",
        "theory/leagues",
        "    sort: family\n",
        "    sort: family\n    family: theory/shared-drought\n",
        "family: theory/shared-drought",
    ),
    m(
        "cycle-of-support",
        BERECZ,
        "argument/rank-after-rain",
        "    maker: person/tomas-berecz\n",
        "    maker: person/tomas-berecz\n"
        "    passages: [{section: Abstract, from: Rank then is, to: cannot be its cause}]\n"
        "    premises: [claim/rank-is-no-cause]\n    conclusion: claim/rank-follows-membership\n  argument/round:\n"
        "    maker: person/tomas-berecz\n",
        "premises: [claim/rank-is-no-cause]",
    ),
    ttl(
        "key-of-wrong-kind",
        "<topic/x> a tm:Topic ; rdfs:label 'x' ; tm:hedge <../ns/hedge/plain> .\n",
        "<topic/x> a tm:Topic ; rdfs:label 'x' ; tm:hedge <../ns/hedge/plain> .",
    ),
    ttl(
        "not-carried-from-head",
        "<question/x>\n    a tm:Question ; tm:document <work/halloran-2021> ; tm:sort <../ns/sort/open> ;\n"
        "    tm:asker <person/ines-halloran> ; tm:text 'Why?' ; tm:passage <passage/y> .\n"
        '<passage/y> a tm:Passage ; tm:document <work/halloran-2021> ; tm:section "Abstract" ;\n'
        '    tm:firstWords "Coastal cities seldom have" ; tm:lastWords "what they have" .\n',
        "<question/x>",
    ),
    m(
        "own-view-not-asserted",
        "bibliography.bib",
        "",
        "{Halloran, Ines}",
        "{Halloran, Ines and Vieira, Marta}",
        "stance: neutral",
        ("own-view-not-asserted", "stance: endorses"),
    ),
    m(
        "proponent-without-passage",
        "theories.yaml",
        "theory/civic-standing",
        "    passages: …",
        "    sources: [work/vieira-2010]\n",
        "proponents: [person/marta-vieira]",
    ),
    m(
        "recommends-no-recommendation",
        BERECZ,
        "claim/rank-is-no-cause",
        "commitment: asserts",
        "commitment: recommends",
        "commitment: recommends",
    ),
    m("review-incomplete", BERECZ, "", "reviewed_on: 2026-11-22\n", "", "reviewed_by: group/readers"),
    m(
        "code-outside-period",
        "cases.yaml",
        "state/cala-verde",
        "    label: Cala Verde\n",
        '    label: Cala Verde\n    cow: "340"\n',
        'cow: "340"',
    ),
    m(
        "code-outside-period",
        "cases.yaml",
        "state/port-halden",
        "    iso: XPH\n",
        '    iso: XPH\n    gw: "255"\n',
        'gw: "255"',
    ),
    m(
        "code-of-another-state",
        "cases.yaml",
        "state/cala-verde",
        "    label: Cala Verde\n",
        '    label: Cala Verde\n    alt_labels: [Brazil]\n    cow: "100"\n',
        'cow: "100"',
    ),
    m(
        "same-text",
        HALLORAN,
        "claim/port-halden-left",
        "    text: …",
        "    text: Cala Verde is a member of its league to this day.\n",
        "text: Cala Verde is a member of its league to this day.",
    ),
    m(
        "self-contradiction",
        HALLORAN,
        "claim/drought-and-standing-exclude-each-other",
        "commitment: denies",
        "commitment: asserts",
        "commitment: asserts",
    ),
    m(
        "self-contradiction",
        HALLORAN,
        "claim/port-halden-left",
        "case: state/port-halden\n    variable: variable/membership\n    value: former member\n"
        "    towards: alliance/northern-league\n    period: period/dry-decade",
        "case: state/cala-verde\n    variable: variable/membership\n    value: former member\n    period: not-reported",
        "commitment: asserts",
    ),
    m(
        "self-contradiction",
        BERECZ,
        "claim/rank-follows-membership",
        "    attributions:\n",
        "    attributions:\n"
        "      - {holder: person/tomas-berecz, commitment: denies, hedge: plain, mode: own, certainty: explicit,\n"
        "         stance: asserts, passages: [{section: Abstract, from: This article turns the, to: order round}]}\n",
        "- {holder: person/tomas-berecz, commitment: denies, hedge: plain, mode: own, certainty: explicit,",
    ),
    m(
        "tellers-out-of-order",
        HALLORAN,
        "claim/no-procedure-to-leave",
        "via: [{teller: work/vieira-2010}]",
        "via: [{teller: work/vieira-2010}, {teller: person/daniel-osei, position: 1}]",
        "via: [{teller: work/vieira-2010}, {teller: person/daniel-osei, position: 1}]",
    ),
    m(
        "two-stances",
        BERECZ,
        "claim/cities-join-to-be-seen",
        "    attributions:\n",
        "    attributions:\n"
        "      - {holder: person/marta-vieira, commitment: asserts, hedge: plain, mode: cites, certainty: inferred,\n"
        "         stance: neutral, passages: [{section: Abstract, from: It is often said, to: among the great}]}\n",
        "stance: neutral, passages: [{section: Abstract, from: It is often said, to: among the great}]}",
    ),
    m(
        "value-of-wrong-kind",
        HALLORAN,
        "claim/cala-verde-sends-water",
        "topics: [behaviour/sending-water]",
        "topics: [question/why-found-leagues]",
        "topics: [question/why-found-leagues]",
    ),
    ttl(
        "work-incomplete",
        "<work/x> a tm:Work ; tm:workType <../ns/work-type/book> .\n",
        "<work/x> a tm:Work ; tm:workType <../ns/work-type/book> .",
    ),
    Mutation(
        "work-older-than-period",
        "work-older-than-period.ttl",
        "",
        "",
        PREFIXES
        + "<claim/league-is-insurance> tm:period <period/later> .\n<period/later> a tm:Period ; rdfs:label 'later' ;\n"
        "    tm:startYear 2010 ; tm:boundsFrom <../ns/bounds-from/background> ; dcterms:source <work/osei-2004> .\n",
        frozenset({("work-older-than-period", "at: [{work: work/osei-2004, locator: 40-44}]")}),
    ),
]
