"""The ontology of the repository: consistent, inside OWL 2 DL, fit to refute, and in step with the authors' keys."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

import pytest

from theorymap import owl, reasoning
from theorymap.query.model import Query
from theorymap.store import Blank, Iri, Store
from theorymap.terms import CITO, ID, OWL, RDF, RDFS, SCHEMA, SKOS, TM, local
from theorymap.vocabulary import Vocabulary
from workspaces import EVERYTHING, ROOT, SMALL, make, ntriples, replaced, repository

AIF = "http://www.arg.dundee.ac.uk/aif#"
CRMINF = "http://www.cidoc-crm.org/extensions/crminf/"
CRM = "http://www.cidoc-crm.org/cidoc-crm/"
PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix tm: <https://w3id.org/theorymap/ns/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
RULES = sorted((ROOT / "queries" / "entail").glob("*.rq"))
NO_ENTAILMENT = "no entailment of OWL"
EXTENDED = {
    "kb/observed.yaml": """\
id: register/observed
variables:
  variable/diligence: {label: diligence}
claims:
  claim/diligent:
    type: Observation
    text: Nobody says how diligent they are.
    case: group/coders
    variable: variable/diligence
    value: not-reported
""",
    "kb/bibliography.bib": SMALL["kb/bibliography.bib"]
    + "@book{hale-2001, author = {Hale, Bo}, title = {Against Walls}, year = {2001}}\n",
    "kb/agents.yaml": SMALL["kb/agents.yaml"] + "  person/bo-hale: {type: Person, label: Bo Hale}\n",
    "kb/documents/hale-2001.yaml": """\
id: work/hale-2001
claims:
  claim/walls-annoy: {kind: causal, text: Walls annoy the neighbours.}
attacks:
  attack/annoy: {maker: person/bo-hale, by: [claim/walls-annoy], target: claim/walls-help}
""",
}
"""An agent of which a value is observed, and a document that attacks what another upholds."""


@functools.cache
def ontology() -> bytes:
    """The ontology files as N-Triples."""
    return ntriples(repository().sources, "ontology")


@functools.cache
def everything() -> bytes:
    """The ontology and the knowledge base as N-Triples."""
    return ntriples(repository().sources, "ontology", "kb")


@functools.cache
def store() -> Store:
    """The ontology files as a store."""
    return Store(ontology())


def of_turtle(text: str) -> bytes:
    """Turtle as N-Triples, its blank nodes with names of their own."""
    from theorymap.store import convert

    return convert((PREFIXES + text).encode(), "ttl", "nt").replace(b"_:", b"_:planted")


class TestRepository:
    def test_it_is_consistent_and_no_class_is_impossible(self) -> None:
        assert owl.consistency(everything()) == owl.Consistency(True)

    def test_the_step_finds_nothing(self) -> None:
        assert reasoning.start(repository().knowledge)() == []

    def test_the_ontology_stays_inside_owl_2_dl(self) -> None:
        assert owl.dl_violations(ontology()) == []

    @pytest.mark.parametrize(
        ("turtle", "kind", "name"),
        [
            ("tm:family a owl:FunctionalProperty .", "structure", "family"),
            (
                "tm:Theory rdfs:subClassOf [ a owl:Restriction ; owl:onProperty tm:partOf ; owl:maxCardinality "
                '"1"^^xsd:nonNegativeInteger ] .',
                "structure",
                "partOf",
            ),
            (
                "tm:Claim rdfs:subClassOf [ a owl:Restriction ; owl:onProperty tm:concernsTheory ; owl:maxCardinality "
                '"1"^^xsd:nonNegativeInteger ] .',
                "structure",
                "concernsTheory",
            ),
            ("tm:holder owl:propertyDisjointWith tm:family .", "structure", "family"),
            ("tm:year rdfs:range xsd:gYear .", "datatype", "year"),
            ("tm:Case rdfs:subClassOf tm:Cse .", "undeclared", "Cse"),
            ("tm:holder a owl:DatatypeProperty .", "two-kinds", "holder"),
            ('<https://w3id.org/theorymap/id/work/x> a tm:Work ; tm:year "soon"^^xsd:integer .', "ill-formed", "year"),
        ],
    )
    def test_each_planted_violation_of_the_profile_is_flagged(self, turtle: str, kind: str, name: str) -> None:
        found = owl.dl_violations(ontology() + of_turtle(turtle))
        assert (kind, name) in {(violation.kind, local(violation.name)) for violation in found}

    def test_a_planted_impossible_class_is_told(self) -> None:
        data = everything() + of_turtle("tm:Odd a owl:Class ; rdfs:subClassOf tm:Theory, tm:Case .")
        assert owl.consistency(data) == owl.Consistency(True, (TM + "Odd",))

    def test_every_class_and_property_of_ours_is_declared_once_and_defined(self) -> None:
        kinds = {OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
        terms = [quad.subject for quad in store().quads(None, RDF.type) if quad.object in kinds]
        own = [term for term in terms if term.startswith(TM)]
        assert len(own) == len(set(own)) > 200
        for term in own:
            assert len(list(store().quads(term, SKOS.definition))) == 1, term


class TestContradictions:
    """Each sort of planted contradiction is refuted and explained with the files and lines behind it."""

    @pytest.mark.parametrize(
        ("changes", "place", "sentences"),
        [
            (
                replaced("kb/cases.yaml", "    type: State\n", "    type: Theory\n"),
                "kb/cases.yaml:",
                [
                    "kb/cases.yaml:5 says that Brazil is a Theory",
                    "kb/cases.yaml:4 says that Brazil is a Case",
                    "core.ttl says that nothing is both a Case and a Theory",
                ],
            ),
            (
                replaced("kb/documents/reed-1999.yaml", "commitment: asserts", "commitment: [asserts, denies]"),
                "kb/documents/reed-1999.yaml:12",
                ["has denies as “commitment”", "has asserts as “commitment”", "nothing has more than one “commitment”"],
            ),
            (
                replaced("kb/documents/reed-1999.yaml", "verdict: explains", "verdict: [explains, does-not-explain]"),
                "kb/documents/reed-1999.yaml:25",
                ["has does not explain as “verdict”", "nothing has more than one “verdict”"],
            ),
            (
                {"kb/more.yaml": "id: register/more\nagents:\n  person/ada-reed: {type: Group, label: Ada Reed}\n"},
                "",
                ["says that Ada Reed is a Person", "kb/more.yaml:3 says that Ada Reed is a Group"],
            ),
            (
                replaced("kb/documents/reed-1999.yaml", "    type: Assessment\n", "    type: Definition\n")
                | {
                    "kb/more.yaml": "id: register/more\nclaims:\n"
                    "  claim/walls-explain: {type: Gap, text: The theory of walls explains calm.}\n"
                },
                "",
                [
                    "kb/documents/reed-1999.yaml:22 says that claim/walls-explain is a Definition",
                    "kb/more.yaml:3 says that claim/walls-explain is a Gap",
                    "core.ttl says that nothing is both a Definition and a Gap",
                ],
            ),
            (
                replaced(
                    "kb/documents/reed-1999.yaml", "contradicts: claim/walls-help", "contradicts: claim/walls-fall"
                ),
                "kb/documents/reed-1999.yaml:20",
                ["has itself as “contradicts”"],
            ),
            (
                replaced("kb/documents/reed-1999.yaml", "holder: person/ada-reed", "holder: claim/walls-fall"),
                "",
                ["“holder”", "is an Agent", "nothing is both an Agent and a Claim"],
            ),
            (
                replaced(
                    "kb/documents/reed-1999.yaml",
                    "conclusion: claim/walls-help",
                    "conclusion: [claim/walls-help, theory/walls]",
                ),
                "kb/documents/reed-1999.yaml:30",
                ["has claim/walls-help as “conclusion”", "kb/theories.yaml:4 says that walls is a Theory"],
            ),
        ],
        ids="state-as-theory two-commitments two-verdicts person-and-group definition-and-gap contradicts-itself "
        "claim-as-holder two-conclusions".split(),
    )
    def test_it_is_explained(self, changes: dict[str, str], place: str, sentences: list[str], tmp_path: Path) -> None:
        workspace = make(tmp_path, changes)
        (found,) = workspace.check(only=["owl"]).findings
        assert found.code == "inconsistent"
        assert found.origin.file.startswith("kb/")
        assert found.origin.line > 0
        assert not place or str(found.origin).startswith(place)
        for sentence in sentences:
            assert sentence in found.message

    def test_the_small_knowledge_base_itself_is_consistent(self, tmp_path: Path) -> None:
        report = make(tmp_path).check(only=["files", "identifiers", "owl"])
        assert report.findings == ()
        assert not report.failed

    def test_people_may_hold_opposite_claims(self, tmp_path: Path) -> None:
        text = SMALL["kb/documents/reed-1999.yaml"].replace(
            "    contradicts: claim/walls-help\n",
            "    contradicts: claim/walls-help\n    attributions: [{holder: group/coders, commitment: asserts}]\n",
        )
        assert make(tmp_path, {"kb/documents/reed-1999.yaml": text}).check(only=["owl"]).findings == ()


FILLED_OTHERWISE = {
    "by the bibliography": "authorText bibField containerTitle edition editorText institution number pages place "
    "publisherName url volume workType year yearText",
    "by locks": "digest mediaType",
    "by the table of mappings": "mappingAuthor mappingJustification mappingMethod mappingPredicate mappingRestsOn "
    "mapsFrom mapsTo sharesNameOnlyWith",
    "by the slots of a file": "codes",
    "by the ontology, of its schemes": "criticalQuestion",
    "by the weighing of arguments": "acceptance",
    "by rules": "disagreesWith leavesOpen rejects tellsOfAssentTo tellsOfDissentFrom upholds",
}


class TestContext:
    """The keys of the source files and the terms of the ontology are in step."""

    @functools.cached_property
    def vocabulary(self) -> Vocabulary:
        return repository().sources.vocabulary

    def kinds(self, iri: str) -> set[str]:
        return {local(str(quad.object)) for quad in store().quads(iri, RDF.type)}

    def test_every_type_is_a_class(self) -> None:
        assert len(self.vocabulary.types) > 50
        for name, iri in self.vocabulary.types.items():
            assert "Class" in self.kinds(iri), name
            assert local(iri) == name

    def test_every_class_of_ours_can_be_written(self) -> None:
        classes = {q.subject for q in store().quads(None, RDF.type, OWL.Class) if q.subject.startswith(TM)}
        assert classes == set(self.vocabulary.types.values())

    def test_every_key_is_a_property_of_the_right_sort(self) -> None:
        assert len(self.vocabulary.keys) > 90
        for name, key in self.vocabulary.keys.items():
            if key.iri.startswith(TM):
                fits = (
                    {"ObjectProperty"}
                    if key.coercion in ("id", "vocab")
                    else {"DatatypeProperty", "AnnotationProperty"}
                )
                assert self.kinds(key.iri) & fits, name
            else:
                assert self.kinds(key.iri) == {"AnnotationProperty"} or key.iri.startswith(str(RDFS)), name

    def test_every_property_that_authors_use_has_a_key(self) -> None:
        used = {quad.subject for quad in store().quads(None, SCHEMA.domainIncludes)}
        keyed = {key.iri for key in self.vocabulary.keys.values()}
        otherwise = {TM + name for names in FILLED_OTHERWISE.values() for name in names.split()}
        assert otherwise <= used
        assert not otherwise & keyed
        assert used - otherwise <= keyed
        assert len(used) > 90

    def test_every_domain_and_every_nested_class_has_a_name(self) -> None:
        domains = {iri for classes in self.vocabulary.domains.values() for iri in classes}
        assert domains <= set(self.vocabulary.types.values())
        assert set(self.vocabulary.nested.values()) <= set(self.vocabulary.types.values())
        assert set(self.vocabulary.slots.values()) <= set(self.vocabulary.types.values())

    def test_every_slot_is_in_the_context_and_belongs_to_a_class(self) -> None:
        slots = {str(quad.object): quad.subject for quad in store().quads(None, TM.slot)}
        assert len(slots) > 10
        assert slots == self.vocabulary.slots
        written = {n for n, v in self.vocabulary.context.items() if isinstance(v, dict) and "@container" in v}
        assert written == set(slots)
        assert not set(slots) & set(self.vocabulary.keys)
        for name in written:
            assert self.vocabulary.context[name] == {"@id": "tm:codes", "@container": "@id"}

    def test_every_coded_value_can_be_written_and_every_list_of_them_has_values(self) -> None:
        coded = [quad.subject for quad in store().quads(None, RDF.type) if self.is_coded(quad.object)]
        bases = {key.base for key in self.vocabulary.keys.values() if key.coercion == "vocab"}
        assert len(coded) > 100
        not_by_authors = {TM + "acceptance/", TM + "work-type/"}
        written = {iri.rpartition("/")[0] + "/" for iri in coded}
        assert not_by_authors <= written
        assert written - not_by_authors == bases - {str(CITO)}

    def is_coded(self, iri: str) -> bool:
        return TM.CodedValue in self.vocabulary.parents.get(iri, ())

    def test_every_term_that_the_context_names_is_declared(self) -> None:
        named = json.loads((ROOT / "ontology" / "context.jsonld").read_bytes())["@context"]
        prefixes = {name: iri for name, iri in named.items() if isinstance(iri, str) and iri.endswith(("/", "#"))}
        values = [v if isinstance(v, str) else v["@id"] for v in named.values() if not isinstance(v, float | int)]
        names = {v for v in values if v.partition(":")[0] in ("tm", "ir")}
        assert len(names) > 150
        for name in names:
            prefix, _, rest = name.partition(":")
            assert self.kinds(prefixes[prefix] + rest), name


class TestRules:
    """The rules of `queries/entail` add what OWL entails, or say that they do not."""

    @functools.cached_property
    def entailed(self) -> set[tuple[str, str, str]]:
        """What a reasoner finds in the repository and in the small knowledge base, and what was there already."""
        return set(owl.realise(everything())) | _triples(everything())

    def rules(self) -> dict[str, Query]:
        return {query.name: query for query in repository().knowledge.catalogue.group("entail")}

    def test_none_is_missed(self) -> None:
        assert sorted(self.rules()) == [path.stem for path in RULES]
        assert len(RULES) >= 10

    def test_those_that_do_not_say_otherwise_are_sound_and_the_others_are_not(self, tmp_path: Path) -> None:
        small = make(tmp_path, EXTENDED)
        data = ntriples(small.sources, "ontology", "kb")
        entailed = set(owl.realise(data)) | _triples(data)
        for name, rule in self.rules().items():
            stores = (small.knowledge.stated, small.knowledge.store)
            # Some rules build on what others add.
            made = next(filter(None, (_triples(store.construct(rule.sparql, "nt")) for store in stores)), None)
            assert made, f"the small knowledge base does not try {name}"
            documented = NO_ENTAILMENT in rule.description
            assert (made <= entailed) is not documented, (name, sorted(made - entailed)[:3])

    def test_on_the_repository_they_are_sound(self) -> None:
        entailed = self.entailed
        for name, rule in self.rules().items():
            if NO_ENTAILMENT not in rule.description:
                knowledge = repository().knowledge
                made = {
                    t for store in (knowledge.stated, knowledge.store) for t in _triples(store.construct(rule.sparql))
                }
                assert made <= entailed, (name, sorted(made - entailed)[:3])

    def test_an_unsound_rule_would_be_found(self, tmp_path: Path) -> None:
        small = make(tmp_path)
        data = ntriples(small.sources, "ontology", "kb")
        wrong = f"CONSTRUCT {{ ?b <{TM.family}> ?a }} WHERE {{ ?a <{TM.family}> ?b }}"
        made = _triples(small.knowledge.store.construct(wrong, "nt"))
        assert made and not made <= set(owl.realise(data)) | _triples(data)

    def test_what_matters_to_queries_is_added(self, tmp_path: Path) -> None:
        found = _triples(make(tmp_path).knowledge.store.construct(EVERYTHING, "nt"))
        for subject, predicate, value in [
            ("theory/low-walls", TM.family, ID + "theory/thought"),
            ("claim/walls-help", TM.concernsTheory, ID + "theory/thought"),
            ("claim/walls-help", RDF.type, TM.ContestedClaim),
            ("claim/walls-help", TM.contradicts, ID + "claim/walls-fall"),
            ("claim/walls-explain", TM.kind, TM + "kind/evaluative"),
            ("claim/walls-explain", RDF.type, TM.Claim),
            ("state/brazil", RDF.type, TM.Agent),
            ("attack/fall", TM.attackKind, TM + "attack-kind/rebuts"),
            ("work/reed-1999", CITO + "citesAsEvidence", ID + "work/reed-1999"),
        ]:
            assert (f"<{ID}{subject}>", f"<{predicate}>", f"<{value}>") in found


# The names that the vocabularies themselves declare. AIF: AIF.owl, version 1.0, by F. Bex. CRMinf: the table of
# classes and properties of release 1.2 (April 2025). CIDOC CRM: release 7.1.3. Only those near to our terms.
DECLARED = {
    AIF: "I-node L-node YA-node RA-node CA-node Inference_Scheme fulfils hasPremise hasConclusion "
    "hasConflictingElement hasConflictedElement Analogy_Scheme CauseToEffect_Scheme Example_Scheme "
    "ExpertOpinion_Scheme InconsistentCommitment_Scheme NegativeConsequences_Scheme PositionToKnow_Scheme "
    "PositiveConsequences_Scheme PracticalReasoning_Scheme Sign_Scheme",
    CRMINF: "I2_Belief I3_Inference_Logic I4_Proposition_Set I5_Inference_Making I6_Belief_Value I7_Belief_Adoption "
    "J1_used_as_premise J2_concluded_that J3_applied J5_holds_to_be J7_is_based_on_evidence_from",
    CRM: "E21_Person E39_Actor E74_Group P14_carried_out_by",
}


class TestAlignments:
    @functools.cached_property
    def quads(self) -> list[tuple[str, str, str]]:
        (file,) = [f for f in repository().sources.of("ontology") if f.name.endswith("alignments.ttl")]
        header = "https://w3id.org/theorymap/ontology/alignments"
        quads = Store(repository().sources.read(file)[0]).quads()
        return [q[:3] for q in quads if q.subject != header and not isinstance(q.object, Blank)]

    @pytest.mark.parametrize("namespace", DECLARED)
    def test_only_names_that_the_vocabulary_declares_are_used(self, namespace: str) -> None:
        used = {t for quad in self.quads for t in quad if isinstance(t, Iri) and t.startswith(namespace)}
        assert used
        assert {term[len(namespace) :] for term in used} == set(DECLARED[namespace].split())

    def test_terms_of_ours_are_related_but_not_declared_again(self) -> None:
        ours = {subject for subject, _, _ in self.quads if subject.startswith(TM)}
        assert len(ours) > 20
        assert not [q for q in self.quads if q[0] in ours and q[1] == RDF.type]

    @pytest.mark.parametrize(
        ("subject", "predicate", "value"),
        [
            ("claim/walls-help", RDF.type, AIF + "I-node"),
            ("argument/calm", RDF.type, AIF + "RA-node"),
            ("argument/calm", AIF + "hasPremise", ID + "claim/walls-explain"),
            ("argument/calm", AIF + "hasConclusion", ID + "claim/walls-help"),
            ("person/ada-reed", RDF.type, CRM + "E21_Person"),
            ("citation/reed-1999-itself", CITO + "hasCitedEntity", ID + "work/reed-1999"),
            ("citation/reed-1999-itself", CITO + "hasCitationCharacterization", CITO + "citesAsEvidence"),
            ("work/reed-1999", CITO + "cites", ID + "work/reed-1999"),
        ],
    )
    def test_what_follows_from_them(self, subject: str, predicate: str, value: str) -> None:
        assert (f"<{ID}{subject}>", f"<{predicate}>", f"<{value}>") in _realised_small()

    def test_nothing_follows_from_what_merely_comes_near(self) -> None:
        near = {value for _, predicate, value in self.quads if predicate == SKOS.closeMatch}
        assert len(near) > 15
        assert not [t for t in _realised_small() if t[1] == f"<{RDF.type}>" and t[2][1:-1] in near]


@functools.cache
def _realised_small() -> frozenset[tuple[str, str, str]]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return frozenset(owl.realise(ntriples(make(Path(folder)).sources, "ontology", "kb")))


def _triples(data: bytes) -> set[tuple[str, str, str]]:
    """The triples of N-Triples as text, as the reasoner writes them."""
    pattern = re.compile(r"(\S+) (\S+) (.*) \.\Z")
    found = set()
    for line in data.decode().split("\n"):
        if line:
            match = pattern.match(line)
            assert match, line
            found.add((match[1], match[2], match[3]))
    return found
