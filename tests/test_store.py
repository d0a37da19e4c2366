"""The store: reading, asking, converting; what it refuses; and that nobody has to wait for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from theorymap import patience, store
from theorymap.errors import EngineError, OutputError, UsageError
from theorymap.store import Blank, Iri, Literal, QuerySyntaxError, QueryTimeout, RdfSyntaxError, Store
from theorymap.terms import ID, TM, XSD

TWICE = (
    f'<{ID}claim/x> <{TM}text> "Trust lasts."@en <urn:g:a> .\n'
    f'<{ID}claim/x> <{TM}text> "Trust lasts."@en <urn:g:b> .\n'
    f'<{ID}claim/x> <{TM}year> "2015"^^<{XSD}integer> <urn:g:b> .\n'
).encode()

SLOW = "SELECT (COUNT(*) AS ?n) WHERE { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9)) + " }"
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(store.__file__).parents[1])}
MANY = "".join(f"<urn:s{i}> <urn:p> <urn:o{i}> <urn:g> .\n" for i in range(200)).encode()


def test_a_triple_in_two_graphs_is_one_triple_of_the_union() -> None:
    made = Store(TWICE)
    assert len(made) == 3
    assert sorted(made.triples()) == sorted({quad[:3] for quad in made.quads()})
    assert made.graphs() == ("urn:g:a", "urn:g:b")
    rows = made.select("SELECT DISTINCT ?o WHERE { ?s tm:text ?o }").rows
    assert rows == [(Literal("Trust lasts."),)]
    assert made.select("SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s tm:text ?o }").rows[0][0] == "1"


def test_several_documents_make_one_store() -> None:
    assert len(Store(TWICE, MANY)) == 203
    assert len(Store()) == 0


def test_terms_keep_their_kind_type_and_language() -> None:
    row = Store(TWICE).select("SELECT ?s ?t ?y ?none WHERE { ?s tm:text ?t ; tm:year ?y } LIMIT 1").rows[0]
    assert [type(term) for term in row] == [Iri, Literal, Literal, type(None)]
    text, year = row[1], row[2]
    assert isinstance(text, Literal) and text.language == "en"
    assert isinstance(year, Literal) and year.datatype == XSD.integer and year.plain() == 2015


@pytest.mark.parametrize(
    ("lexical", "datatype", "plain"),
    [
        ("7", "integer", 7),
        ("seven", "integer", "seven"),
        ("2.5", "decimal", 2.5),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("x", "string", "x"),
    ],
)
def test_a_literal_is_a_python_value_where_it_can_be(lexical: str, datatype: str, plain: object) -> None:
    assert Literal(lexical, XSD + datatype).plain() == plain


def test_quads_are_found_by_their_parts_and_dumped_by_graph() -> None:
    made = Store(TWICE)
    assert {quad.graph for quad in made.quads(predicate=TM.text)} == {"urn:g:a", "urn:g:b"}
    assert len(list(made.quads(graph="urn:g:b"))) == 2
    assert made.nquads(["urn:g:a"]) == TWICE.split(b"\n")[0] + b"\n"
    assert made.nquads().splitlines() == sorted(TWICE.splitlines())


def test_ask_construct_and_raw_answers() -> None:
    made = Store(TWICE)
    assert made.ask("ASK { ?s tm:year 2015 }") and not made.ask("ASK { ?s tm:year 2016 }")
    assert made.construct("CONSTRUCT { ?s tm:text ?o } WHERE { ?s tm:text ?o }") == (
        f'<{ID}claim/x> <{TM}text> "Trust lasts."@en .\n'.encode()
    )
    assert b"tm:year" in made.answer("CONSTRUCT { ?s tm:year ?o } WHERE { ?s tm:year ?o }", "ttl")
    assert made.answer("SELECT ?y WHERE { ?s tm:year ?y }", "csv") == b"y\r\n2015\r\n"
    assert b'"boolean":true' in made.answer("ASK {}", "json")
    assert b"<sparql" in made.answer("SELECT ?y WHERE { ?s tm:year ?y }", "xml")


@pytest.mark.parametrize(
    ("sparql", "target"),
    [("SELECT ?s WHERE { ?s ?p ?o }", "ttl"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"), ("ASK {}", "nonsense")],
)
def test_a_format_that_does_not_fit_the_query_is_refused(sparql: str, target: str) -> None:
    with pytest.raises(UsageError, match="does not give"):
        Store(TWICE).answer(sparql, target)


def test_the_wrong_form_of_query_is_refused() -> None:
    made = Store()
    with pytest.raises(UsageError, match="no SELECT"):
        made.select("ASK {}")
    with pytest.raises(UsageError, match="no ASK"):
        made.ask("SELECT ?s WHERE { ?s ?p ?o }")
    with pytest.raises(UsageError, match="no CONSTRUCT"):
        made.construct("ASK {}")


@pytest.mark.parametrize(
    ("sparql", "line", "reason"),
    [
        ("SELECT ?x\nWHERE { ?x nope:a ?y }", 2, "the prefix nope: of nope:a is not declared"),
        ("SELECT ?x WHERE {\n ?x tm:a ?y .", 2, "the bracket { of line 1 has no partner"),
        ("SELECT ?x WHERE { ?x tm:a ?y ) }", 1, "the bracket ) of line 1 has no partner"),
        ("SELECT DISTINCT ?z WHERE { ?s ?p ?o } GROUP BY ?s", 1, "The SELECT contains a variable that is unbound"),
        ("SELECT ?s WHERE { ?s <a b> ?o }", 1, "unexpected '?o }'"),
        ("", 1, "is not complete"),
    ],
)
def test_a_syntax_error_says_where_and_what(sparql: str, line: int, reason: str) -> None:
    with pytest.raises(QuerySyntaxError, match="cannot be read at line") as caught:
        Store().select(sparql)
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert caught.value.exit_code == 2


SERVICE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "sparql",
    [
        f"SELECT ?s WHERE {{ {SERVICE} }}",
        f"SELECT ?s WHERE {{ {SERVICE.lower()} }}",
        f"SELECT ?s WHERE {{ {SERVICE.replace('S', chr(92) + 'u0053', 1)} }}",
        f"SELECT ?s WHERE {{ ?s ?p true{SERVICE} }}",
        "PREFIX : <http://127.0.0.1:9/> SELECT ?s WHERE { ?s ?p trueservice:x{ ?s ?p ?o } }",
        f"SELECT ?s WHERE {{ ?a ?b ?c FILTER(?a<?b&&?c='>') {SERVICE} FILTER(?d='x') }}",
        f"SELECT ?s WHERE {{ ?s <http://x/#y> ?o . {SERVICE} }}",
        f"SELECT ?s WHERE {{ ?s ?p '''it's''' . {SERVICE} }}",
        "SELECT ?s FROM <http://127.0.0.1:9/> WHERE { ?s ?p ?o }",
        "SELECT ?s FROM NAMED <http://127.0.0.1:9/> WHERE { ?s ?p ?o }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX x: <urn:x> # a comment\nDELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "SELECT ?s WHERE " + "{" * 5000 + "}" * 5000,
        "SELECT ?s WHERE { FILTER(" + "!" * 20000 + "1) }",
        "ASK { ?s ?p '\ud800' }",
    ],
)
def test_what_leaves_the_knowledge_base_or_harms_the_process_is_refused(sparql: str) -> None:
    with pytest.raises(UsageError) as caught:
        Store().select(sparql)
    assert not isinstance(caught.value, QuerySyntaxError)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?s WHERE { ?s ?p 'SERVICE <http://127.0.0.1:9/>' }",
        "SELECT ?s WHERE { ?s ?p ?o } # SERVICE and FROM",
        "SELECT ?service ?from WHERE { ?service ?p ?from }",
        "PREFIX x: <http://example.org/SERVICE/FROM#> SELECT ?s WHERE { ?s x:service ?o ; x:from ?q }",
        'SELECT ?s WHERE { ?s ?p """a "SERVICE" b""" }',
        "SELECT ?insert WHERE { ?insert ?p ?o FILTER(?p<?o) }",
    ],
)
def test_the_words_are_free_elsewhere(sparql: str) -> None:
    assert Store(TWICE).select(sparql) is not None


def _endless(call: str, error: str) -> subprocess.Popen[str]:
    """A process, to be left alone with its endless query, that prints what ended the waiting."""
    program = (
        "import os\nfrom theorymap.store import QueryTimeout, Store, busy\n"
        f"made = Store({MANY!r})\nprint('go', flush=True)\n"
        f"try:\n    made.{call}\nexcept {error} as problem:\n"
        "    print(problem, busy(), flush=True)\n    os._exit(130)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
    assert process.stdout is not None and process.stdout.readline() == "go\n"
    return process


def _last_word(process: subprocess.Popen[str], seconds: float) -> str:
    begun = time.monotonic()
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - begun < seconds
    return said


def test_a_time_limit_ends_the_waiting() -> None:
    process = _endless(f"select({SLOW!r}, timeout=0.3)", "QueryTimeout")
    assert _last_word(process, 3) == "the query did not finish within 0.3 s True\n"
    assert issubclass(QueryTimeout, EngineError)


def test_ctrl_c_is_heard_at_once() -> None:
    process = _endless(f"answer({SLOW!r}, 'json')", "KeyboardInterrupt")
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGINT)
    assert _last_word(process, 2) == " True\n"


def test_a_query_that_ends_in_time_leaves_nothing_behind() -> None:
    assert Store(TWICE).ask("ASK { ?s ?p ?o }", timeout=30)
    assert not store.busy()


def test_a_query_that_cannot_be_evaluated_is_an_engine_error() -> None:
    def fail() -> None:
        raise RuntimeError("no")

    with pytest.raises(EngineError, match="could not be evaluated"):
        patience.patiently(fail, None)


DOCUMENT = b"""@prefix tm: <https://w3id.org/theorymap/ns/> .
<claim/x> a tm:Claim ; tm:text "a | b"@en , "two\\nlines" ; tm:attribution [ tm:holder <person/y> ] .
"""


@pytest.mark.parametrize("target", sorted(store.RDF_FORMATS))
def test_every_format_gives_back_what_it_was_given(target: str) -> None:
    first = store.canonical(store.convert(DOCUMENT, "ttl", "nq", base=ID))
    assert first.count(b"\n") == 5
    there = store.convert(DOCUMENT, "ttl", target, base=ID)
    assert store.canonical(store.convert(there, target, "nq")) == first


@pytest.mark.parametrize("target", sorted(store.RDF_FORMATS))
def test_order_and_labels_of_the_source_leave_no_trace(target: str) -> None:
    lines = b"<urn:a> <urn:p> _:x .\n_:x <urn:q> _:y .\n_:y <urn:q> <urn:b> .\n"
    other = b"\n".join(reversed(lines.replace(b"_:x", b"_:other").replace(b"_:y", b"_:x").splitlines()))
    assert store.convert(lines, "nt", target) == store.convert(other, "nt", target)


def test_a_format_without_graphs_gets_each_triple_once() -> None:
    assert store.convert(TWICE, "nq", "nt").count(b"Trust") == 1
    assert store.convert(TWICE, "nq", "trig").count(b"Trust") == 2


def test_only_needed_prefixes_are_declared_and_types_come_first() -> None:
    written = store.convert(DOCUMENT, "ttl", "ttl", base=ID).decode()
    assert "@prefix tm:" in written and "skos" not in written
    assert written.index(" a tm:Claim") < written.index("tm:attribution")


def test_triples_without_a_graph_get_the_one_given() -> None:
    found = store.quads_of(DOCUMENT, "ttl", base=ID, graph="urn:g")
    assert {quad.graph for quad in found} == {"urn:g"}
    assert any(isinstance(quad.object, Blank) for quad in found)


@pytest.mark.parametrize(
    ("data", "source", "line", "reason"),
    [
        (b"<urn:a> <urn:p> <b c> .", "ttl", 1, "Invalid IRI code point ' '"),
        (b"@prefix e: <urn:e> .\ne:a e:p q:z .", "ttl", 2, "The prefix q: has not been declared"),
        (b'{\n"@id": }', "jsonld", 2, "Unexpected"),
        (b"\xff", "ttl", 1, "UTF-8"),
        (b"<a>", "rdfxml", 0, "XML"),
        (b"<urn:a> <urn:b> <urn:c>", "nq", 1, "dot"),
    ],
)
def test_broken_rdf_says_where_and_what(data: bytes, source: str, line: int, reason: str) -> None:
    with pytest.raises(RdfSyntaxError) as caught:
        store.convert(data, source, "nq")
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert "Parser error" not in str(caught.value)


def test_a_store_of_broken_nquads_says_so() -> None:
    with pytest.raises(RdfSyntaxError):
        Store(b"<urn:a> <urn:b>")


@pytest.mark.parametrize("code", ["0001", "0008", "000B", "001F", "FFFE", "FFFF"])
def test_xml_refuses_what_it_cannot_hold(code: str) -> None:
    data = f'<urn:a> <urn:b:c> "x\\u{code}" .'.encode()
    assert store.convert(data, "nt", "ttl")
    with pytest.raises(OutputError, match=rf"XML cannot hold the character U\+{code}"):
        store.convert(data, "nt", "rdfxml")
    assert store.convert(b'<urn:a> <urn:b:c> "x\\ty\\n" .', "nt", "rdfxml")


def test_terms_are_written_by_the_library_and_wrong_ones_refused() -> None:
    assert store.serialise(Literal('a"b\n', XSD.string)) == '"a\\"b\\n"'
    assert store.serialise(Literal("a", language="en")) == '"a"@en'
    assert store.serialise(Iri("urn:x")) == "<urn:x>"
    for hostile in ("urn:x> } DELETE", "no scheme", "urn:{", "urn:x\n"):
        with pytest.raises(ValueError):
            store.serialise(Iri(hostile))


def test_importing_questions_and_store_stays_light() -> None:
    program = (
        "import sys, theorymap.query, theorymap.store\n"
        "print(sorted({'rdflib', 'rich', 'yaml', 'click', 'pyshacl', 'owlready2'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True, env=ENVIRONMENT) == "[]\n"


def test_questions_may_be_asked_from_several_threads() -> None:
    made, found = Store(TWICE), []
    ask = threading.Thread(target=lambda: found.append(made.ask("ASK { ?s ?p ?o }")))
    ask.start()
    assert made.ask("ASK { ?s ?p ?o }")
    ask.join()
    assert found == [True]
