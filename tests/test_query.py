"""Query files: the strict header, the rules of the lint, parameters, the catalogue, and the answer as a table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engines import rows_in_oxigraph, rows_in_rdflib
from theorymap.errors import EngineError, UsageError, WorkspaceError
from theorymap.findings import Finding
from theorymap.formats import FORMATS
from theorymap.query import Catalogue, Query, bind, run
from theorymap.query import file as query_file
from theorymap.query.model import Parameter
from theorymap.query.names import resolve
from theorymap.rdf import Iri, Literal
from theorymap.render.text import table_text
from theorymap.store import Store
from theorymap.table import Source, Status, Table
from theorymap.terms import ID, IR, OWL, PREFIXES, RDF, RDFS, TM, XSD

HEADER = """\
#+ summary: What does a theory say, and where?
#+ description: One row for each claim.
#+ tags: [compare]
#+ x-question: [1, 5]
#+ x-parameters:
#+   theory:
#+     type: Theory
#+     description: The theory in question.
#+     example: balance-of-threat
#+   least:
#+     type: integer
#+     description: The least year.
#+     required: false
#+     example: 2000
#+ x-columns:
#+   theory: Theory
#+   text: Claim
#+   year: Year
#+ x-sources: [document, place]
#+ x-status: status
#+ x-order: [theory, text]
#+ x-answers: some
"""
BODY = """\
PREFIX tm: <https://w3id.org/theorymap/ns/>
SELECT DISTINCT ?theory ?text ?year ?document ?place ?status
WHERE {
  VALUES ?theory { UNDEF }
  VALUES ?least { UNDEF }
  ?claim tm:theory ?theory ; tm:text ?text .
  OPTIONAL { ?claim tm:year ?year }
  OPTIONAL { ?claim tm:document ?document }
  OPTIONAL { ?claim tm:place ?place }
  OPTIONAL { ?claim tm:status ?status }
}
ORDER BY ?theory ?text
"""
GOOD = HEADER + BODY

CHECK = """\
#+ summary: A claim without text.
#+ x-severity: warning
#+ x-repair: Give the claim a text.
PREFIX tm: <https://w3id.org/theorymap/ns/>
SELECT DISTINCT ?entity ?property ?value
WHERE { ?entity a tm:Claim . OPTIONAL { ?entity tm:theory ?value } BIND(tm:text AS ?property) }
ORDER BY ?entity ?property ?value
"""
ENTAIL = """\
#+ summary: Whoever makes an argument is an agent.
PREFIX tm: <https://w3id.org/theorymap/ns/>
CONSTRUCT { ?maker a tm:Agent } WHERE { ?argument tm:maker ?maker }
"""


YEAR = "OPTIONAL { ?claim tm:year ?year }"


def _grouped(expression: str, variable: str, body: str) -> str:
    """A sub-select of one value for each claim."""
    return f"{{ SELECT ?claim ({expression} AS ?{variable}) WHERE {{ {body} }} GROUP BY ?claim }}"


def _quads(*lines: str, graph: str = "urn:g:a") -> bytes:
    names = {"a": f"{RDF}type", "sub": f"{RDFS}subClassOf", "label": f"{RDFS}label"}

    def term(word: str) -> str:
        if word.startswith('"'):
            return word
        if word in names:
            return f"<{names[word]}>"
        prefix, colon, rest = word.partition(":")
        return f"<{PREFIXES[prefix] + rest}>" if colon else f"<{ID}{word}>"

    parts = (line.split(" ", 2) for line in lines)
    return "".join(f"{term(s)} {term(p)} {term(o)} <{graph}> .\n" for s, p, o in parts).encode()


ONTOLOGY = _quads(
    "tm:Theory a owl:Class",
    "tm:Explanation sub tm:Theory",
    "tm:Case a owl:Class",
    "ir:State sub tm:Case",
    "tm:Claim a owl:Class",
    "tm:Argument a owl:Class",
    graph="urn:g:ontology",
)
KB = ONTOLOGY + _quads(
    "theory/balance-of-threat a tm:Theory",
    'theory/balance-of-threat label "Balance of Threat"@en',
    "theory/trust a tm:Theory",
    "explanation/institutions a tm:Explanation",
    'explanation/institutions label "Institutions last"',
    "state/brazil a ir:State",
    "state/trust a ir:State",
    "claim/one a tm:Claim",
    "claim/one tm:theory theory/balance-of-threat",
    'claim/one tm:text "States balance."',
    f'claim/one tm:year "1987"^^<{XSD}integer>',
    "claim/one tm:document work/walt-1987",
    'claim/one tm:place "note 3"',
)
TWICE = KB + _quads(
    "claim/one a tm:Claim",
    "claim/one tm:theory theory/balance-of-threat",
    'claim/one tm:text "States balance."',
    graph="urn:g:b",
)


def _read(text: str, group: str = "compare") -> tuple[Query | None, list[Finding]]:
    return query_file.read(text, "queries/compare/it.rq", "it", group)


def _query(text: str = GOOD) -> Query:
    query, findings = _read(text)
    assert query is not None, findings
    return query


def _table(text: str, kb: bytes, **values: str):  # type: ignore[no-untyped-def]
    return run(_query(text), Store(kb), values or {"theory": "balance-of-threat"})


# --- The file


def test_a_good_file_has_no_findings_and_survives_the_cache() -> None:
    query, findings = _read(GOOD)
    assert findings == []
    assert query is not None
    assert query.question == (1, 5) and query.answers == "some"
    assert query.columns == (("theory", "Theory"), ("text", "Claim"), ("year", "Year"))
    assert [parameter.required for parameter in query.parameters] == [True, False]
    assert query.examples() == {"theory": "balance-of-threat"}
    assert Query.from_json(json.loads(json.dumps(query.to_json()))) == query


@pytest.mark.parametrize(("text", "group"), [(CHECK, "check"), (ENTAIL, "entail")])
def test_checks_and_entailments_have_headers_of_their_own(text: str, group: str) -> None:
    query, findings = _read(text, group)
    assert findings == [] and query is not None
    assert query.severity == ("warning" if group == "check" else "error")
    assert _read(text, "compare")[1] != []


# What is changed in a good file, and the finding that must follow: code, line and a word of the message. No others.
FAULTS = {
    "no header": (HEADER, "", ["query-header:1:no header"]),
    "interrupted": ("#+ tags", "\n#+ tags", ["query-header:1:interrupted"]),
    "no yaml": ("tags: [compare]", "tags: [compare", ["query-header:4:cannot be read"]),
    "no map": (HEADER, "#+ just words\n", ["query-header:1:no list"]),
    "aliases": ("[compare]", "[&a compare, *a]", ["query-header:1:aliases"]),
    "bomb": ("[compare]", "[" * 15_000, ["query-header:1:nested too deep"]),
    "unknown key": ("#+ tags:", "#+ tagz:", ["query-header-key:3:tagz"]),
    "key twice": ("#+ tags: [compare]", "#+ summary: Again?", ["query-header-key:3:twice"]),
    "parameter twice": ("#+   least:", "#+   theory:", ["query-header-key:10:twice"]),
    "no summary": ("#+ summary: What does a theory say, and where?\n", "", ["query-header-key:1:'summary'"]),
    "no answers": ("#+ x-answers: some\n", "", ["query-header-key:1:'x-answers'"]),
    "bad answers": ("x-answers: some", "x-answers: many", ["query-header-value:22:'x-answers'"]),
    "no sentence": ("x-answers: some", "x-answers: some\n#+ x-empty: Nobody says", ["query-header-value:23:'x-empty'"]),
    "two sentences": (
        "x-answers: some",
        "x-answers: some\n#+ x-empty: Nobody says so. Ask.",
        ["query-header-value:23:'x-empty'"],
    ),
    "bad number": ("x-question: [1, 5]", "x-question: first", ["query-header-value:4:'x-question'"]),
    "bad parameter": ("#+     type: Theory\n", "", ["query-header-value:5:'x-parameters'"]),
    "unsure required": ("required: false", "required: NO", ["query-header-value:5:'x-parameters'"]),
    "empty summary": ("What does a theory say, and where?", "", ["query-header-value:1:'summary'"]),
    "wrong column": ("#+   year: Year", "#+   jahr: Year", ["query-column:18:'jahr'"]),
    "wrong source": ("[document, place]", "[document, seite]", ["query-column:19:'seite'"]),
    "wrong status": ("x-status: status", "x-status: rank", ["query-column:20:'rank'"]),
    "wrong order": ("x-order: [theory, text]", "x-order: [theory, rank]", ["query-column:21:'rank'"]),
    "default of nothing": ("#+ tags", "#+ defaults: [{who: me}]\n#+ tags", ["query-parameter:3:'who'"]),
    "no VALUES line": ("  VALUES ?theory { UNDEF }\n", "", ["query-parameter:6:'theory'"]),
    "VALUES at the end": (
        "  VALUES ?least { UNDEF }\n  ?claim tm:theory ?theory ;",
        "  ?claim tm:theory ?theory .\n  VALUES ?least { UNDEF }\n  ?claim",
        ["query-parameter:10:'least'"],
    ),
    "VALUES of nobody": (
        "?least { UNDEF }\n",
        "?least { UNDEF }\n  VALUES ?who { UNDEF }\n",
        ["query-parameter:28:?who"],
    ),
    "VALUES in one line": (
        "UNDEF }\n  VALUES",
        "UNDEF } VALUES",
        ["query-parameter:10:'least'", "query-parameter:6:'theory'"],
    ),
    "star": ("?theory ?text ?year ?document ?place ?status\n", "*\n", ["query-star:24:'*'"]),
    "not distinct": ("SELECT DISTINCT", "SELECT", ["query-not-distinct:24:Without DISTINCT"]),
    "unmentioned column": ("?place ?status\n", "?place ?status ?claim\n", ["query-column:24:?claim"]),
    "no order": ("ORDER BY ?theory ?text\n", "", ["query-order:24:no ORDER BY"]),
    "order not total": ("ORDER BY ?theory ?text", "ORDER BY ?theory LCASE(?text)", ["query-order:24:?text"]),
    "order by what is joined": (
        BODY,
        BODY.replace("DISTINCT ?theory ?text", '?theory (GROUP_CONCAT(DISTINCT ?words; SEPARATOR=" | ") AS ?text)')
        .replace("tm:text ?text", "tm:text ?words")
        .replace("ORDER BY", "GROUP BY ?theory ?year ?document ?place ?status\nORDER BY"),
        ["query-order:24:?text"],
    ),
    "order without x-order": ("#+ x-order: [theory, text]\n", "", ["query-order:23:?year ?document ?place ?status"]),
    "prefix": ("tm:place", "schema:place", ["query-prefix:31:schema:"]),
    "random": ("?claim tm:status ?status", "BIND(RAND() AS ?status)", ["query-not-repeatable:32:RAND"]),
    "service": (
        YEAR,
        "SERVICE <urn:x> { ?claim tm:year ?year }",
        ["query-forbidden:29:SERVICE"],
    ),
    "from": ("\nWHERE {", "\nFROM <urn:x>\nWHERE {", ["query-forbidden:25:FROM"]),
    "update": (BODY, "DELETE WHERE { ?s ?p ?o }\n", ["query-forbidden:23:DELETE"]),
    "construct": (BODY, "CONSTRUCT WHERE { ?s ?p ?o }\n", ["query-form:1:SELECT"]),
    "syntax": (
        "OPTIONAL { ?claim tm:status ?status }",
        "OPTIONAL { ?claim tm:status }",
        ["query-syntax:32:unexpected"],
    ),
    "sub-select leaks": (
        YEAR,
        "{ SELECT DISTINCT ?year WHERE { ?claim tm:year ?year } }",
        ["query-subselect:29:?claim"],
    ),
    "sub-select projects": (
        YEAR,
        "{ SELECT DISTINCT ?claim ?year WHERE { ?claim tm:year ?year } }",
        [],
    ),
    "count without distinct": (
        YEAR,
        _grouped("COUNT(?y)", "year", "?claim tm:year ?y"),
        ["query-not-distinct:29:COUNT"],
    ),
    "sum": (
        YEAR,
        _grouped("SUM(?y)", "year", "?claim tm:year ?y"),
        ["query-not-distinct:29:SUM"],
    ),
    "sum of distinct": (
        YEAR,
        _grouped("SUM(?y)", "year", "SELECT DISTINCT ?claim ?y WHERE { ?claim tm:year ?y }"),
        [],
    ),
    "joined in disorder": (
        YEAR,
        _grouped("CONCAT(GROUP_CONCAT(DISTINCT ?y), 'x')", "year", "?claim tm:year ?y"),
        ["query-group-concat:29:order"],
    ),
    "joined well": (
        YEAR,
        _grouped("GROUP_CONCAT(DISTINCT ?y; SEPARATOR=' | ')", "year", "?claim tm:year ?y"),
        [],
    ),
    "comment lines": ("WHERE {\n", "WHERE { # SERVICE, FROM, SELECT *\n", []),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_gives_its_finding_and_no_other(fault: str) -> None:
    old, new, expected = FAULTS[fault]
    assert old in GOOD
    query, findings = _read(GOOD.replace(old, new, 1))
    assert (query is None) == bool(expected)
    wanted = sorted(tuple(line.split(":", 2)) for line in expected)
    found = sorted((f.code, str(f.origin.line), f.message) for f in findings)
    assert [pair[:2] for pair in found] == [pair[:2] for pair in wanted], findings
    for (_, _, message), (_, _, word) in zip(found, wanted, strict=True):
        assert word in message
    assert all(f.repair and f.origin.file == "queries/compare/it.rq" for f in findings)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("#+ x-repair: Give the claim a text.\n", "", "query-header-key"),
        ("x-severity: warning", "x-severity: bad", "query-header-value"),
        ("#+ x-severity: warning", "#+ x-empty: Nobody says so.", "query-header-key"),
        ("?entity ?property ?value\nWHERE", "?entity ?value ?property\nWHERE", "query-column"),
        ("SELECT DISTINCT", "SELECT", "query-not-distinct"),
        ("ORDER BY ?entity ?property ?value", "ORDER BY ?entity", "query-order"),
    ],
)
def test_the_rules_for_checks(old: str, new: str, code: str) -> None:
    assert old in CHECK
    assert {finding.code for finding in _read(CHECK.replace(old, new), "check")[1]} == {code}


# --- The catalogue


def _folder(tmp_path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_catalogue_lists_questions_by_group_and_hides_the_rest(tmp_path: Path) -> None:
    files = {"gaps/b.rq": GOOD, "compare/z.rq": GOOD, "compare/a.rq": GOOD, "check/c.rq": CHECK, "entail/e.rq": ENTAIL}
    catalogue = Catalogue.discover(_folder(tmp_path, files), root=tmp_path.parent)
    assert [(entry.group, entry.name) for entry in catalogue.public()] == [
        ("compare", "a"),
        ("compare", "z"),
        ("gaps", "b"),
    ]
    assert [query.name for query in catalogue.group("check")] == ["c"]
    assert catalogue.get("e").group == "entail"
    assert catalogue.questions()[0].file == f"{tmp_path.name}/compare/a.rq"
    assert catalogue.findings() == []


def test_the_first_folder_wins_and_twins_in_one_folder_are_found(tmp_path: Path) -> None:
    own = _folder(tmp_path / "own", {"compare/a.rq": GOOD.replace("One row", "Own row")})
    packaged = _folder(tmp_path / "packaged", {"compare/a.rq": GOOD, "gaps/a.rq": GOOD, "gaps/b.rq": GOOD})
    catalogue = Catalogue.discover(own, packaged, tmp_path / "nowhere", root=tmp_path)
    assert catalogue.get("a").description.startswith("Own")
    assert [entry.name for entry in catalogue.entries] == ["a", "b"]
    assert [(f.code, f.origin.file) for f in catalogue.findings()] == [("query-name", "packaged/gaps/a.rq")]


def test_an_empty_catalogue_fails(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no question file"):
        Catalogue.discover(tmp_path, tmp_path / "nowhere")


def test_an_unknown_question_gets_the_nearest(tmp_path: Path) -> None:
    catalogue = Catalogue.discover(_folder(tmp_path, {"compare/theories-side-by-side.rq": GOOD, "check/x.rq": CHECK}))
    with pytest.raises(UsageError, match="no question named 'theory-side-by-side'") as caught:
        catalogue.get("theory-side-by-side")
    assert caught.value.hint == "Did you mean 'theories-side-by-side'?"
    with pytest.raises(UsageError) as caught:
        catalogue.get("zzz")
    assert caught.value.hint == "The questions are theories-side-by-side."


def test_a_faulty_file_stops_its_question_and_is_a_finding(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path, {"compare/bad.rq": GOOD.replace("tm:status ?status", "tm:status"), "compare/good.rq": GOOD}
    )
    (folder / "compare/bytes.rq").write_bytes(b"#+ summary: \xff")
    catalogue = Catalogue.discover(folder, root=folder)
    with pytest.raises(UsageError, match=r"compare/bad\.rq:32:\d+: The query cannot be read") as caught:
        catalogue.get("bad")
    assert caught.value.exit_code == 2
    assert [(f.code, f.origin.file) for f in catalogue.findings()] == [
        ("query-syntax", "compare/bad.rq"),
        ("query-unreadable", "compare/bytes.rq"),
    ]
    assert catalogue.get("good")


# --- Parameters


@pytest.mark.parametrize(
    "text",
    [
        "balance-of-threat",
        "theory/balance-of-threat",
        f"{ID}theory/balance-of-threat",
        "id:theory/balance-of-threat",
        "balance of THREAT",
        " balance-of-threat ",
    ],
)
def test_a_short_name_a_path_an_iri_and_a_label_resolve(text: str) -> None:
    assert resolve(_query().parameters[0], text, Store(KB)) == f"{ID}theory/balance-of-threat"


def test_individuals_of_subclasses_resolve() -> None:
    for text in ("institutions", "institutions last"):
        assert resolve(_query().parameters[0], text, Store(KB)) == f"{ID}explanation/institutions"


def test_a_name_of_the_right_kind_wins_over_another_kind_and_thing_is_anything() -> None:
    assert resolve(_query().parameters[0], "trust", Store(KB)) == f"{ID}theory/trust"
    thing = _query(GOOD.replace("type: Theory", "type: Thing")).parameters[0]
    assert resolve(thing, "brazil", Store(KB)) == f"{ID}state/brazil"
    with pytest.raises(UsageError, match="nothing in this knowledge base is called 'Theory'"):
        resolve(thing, "Theory", Store(KB))
    with pytest.raises(UsageError, match="state/trust, theory/trust"):
        resolve(thing, "trust", Store(KB))


@pytest.mark.parametrize(
    ("values", "message", "hint"),
    [
        (
            {"theory": "balance-of-thread"},
            "'balance-of-thread' is not a Theory",
            "Did you mean 'theory/balance-of-threat'?",
        ),
        ({"theory": "brazil"}, "'brazil' is a State, not a Theory", ""),
        ({"theory": "state/brazil"}, "'state/brazil' is a State, not a Theory", ""),
        ({"theory": f"{ID}state/brazil"}, "is a State, not a Theory", ""),
        ({"theory": "x> } DELETE"}, "'x> } DELETE' is not a Theory", ""),
        ({"theory": "x> } } DELETE WHERE { ?s ?p ?o } #"}, "is not a Theory", ""),
        ({"theory": "?claim"}, "is not a Theory", ""),
        ({}, "needs a value for 'theory'", "theorymap query it -p theory=balance-of-threat"),
        ({"theory": ""}, "needs a value for 'theory'", ""),
        ({"theory": "trust", "least": ""}, "needs a value for 'least'", ""),
        ({"theory": "trust", "least": "many"}, "'least' is a whole number", "least=2000"),
        ({"theory": "trust", "least": "1 } DELETE"}, "'least' is a whole number", ""),
        ({"theory": "trust", "last": "1"}, "has no parameter 'last'", "Did you mean 'least'?"),
        ({"theory": "trust", "colour": "1"}, "has no parameter 'colour'", "-p theory="),
    ],
)
def test_wrong_parameters_are_told(values: dict[str, str], message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        bind(_query(), Store(KB), values)
    assert message in str(caught.value)
    assert hint in caught.value.hint


HELD = KB + _quads(
    "theory/interest a tm:Theory",
    'theory/interest label "the theory of encapsulated interest"',
    "theory/interest tm:proponent person/hardin",
    'person/hardin label "Russell Hardin"',
)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Hardin", "Did you mean 'theory/interest'?"),
        ("hardin-theory", "Did you mean 'theory/interest'?"),
        ("encapsulated", "Did you mean 'theory/interest'?"),
        ("balanse-of-threat", "Did you mean 'theory/balance-of-threat'?"),
        ("interest of somebody", "Did you mean 'theory/interest'?"),
        ("xyz", "For example: -p theory=balance-of-threat. See theorymap query names -p class=Theory."),
    ],
)
def test_a_name_is_looked_for_among_words_then_letters(text: str, hint: str) -> None:
    """A theory goes by its proponent too; what has all words comes before what is spelt alike, and one word last."""
    with pytest.raises(UsageError) as caught:
        resolve(_query().parameters[0], text, Store(HELD))
    assert caught.value.hint == hint


def test_several_candidates_are_shown_and_no_more_than_five() -> None:
    several = [f"theory/kydd-{'x' * n}" for n in range(1, 8)]
    store = Store(KB + _quads(*(f"{name} a tm:Theory" for name in several)))
    with pytest.raises(UsageError) as caught:
        resolve(_query().parameters[0], "kydd", store)
    most, last = several[:4], several[4]
    assert f"{', '.join(map(repr, most))} or '{last}'? There are 2 more:" in caught.value.hint
    assert caught.value.hint.endswith("theorymap query names -p class=Theory -p text=kydd")


def test_a_hint_is_in_the_syntax_of_the_command() -> None:
    """A question is told its parameters by name, other commands by place."""
    for name, said in (("x", "-p x=state/trust or -p x=theory/trust"), ("", "state/trust or theory/trust")):
        with pytest.raises(UsageError) as caught:
            resolve(Parameter(name, "Thing"), "trust", Store(KB))
        assert caught.value.hint == f"Say which: {said}"


def test_a_class_goes_by_its_name_or_label_in_any_case() -> None:
    store = Store(KB + _quads("tm:Theory a owl:Class", 'tm:Theory label "Theory"', "ir:State a owl:Class"))
    named = Parameter("class", "Class")
    for text in ("Theory", "theory", "tm:Theory", f"{TM}Theory"):
        assert resolve(named, text, store) == f"{TM}Theory"
    with pytest.raises(UsageError, match="no class 'theroy'") as caught:
        resolve(named, "theroy", store)
    assert caught.value.hint == "Did you mean 'Theory'?"


def test_an_empty_class_and_an_unknown_class_are_told() -> None:
    argument = _query(GOOD.replace("type: Theory", "type: Argument")).parameters[0]
    with pytest.raises(UsageError, match="there is no Argument"):
        resolve(argument, "x", Store(KB))
    nothing = _query(GOOD.replace("type: Theory", "type: Theorie")).parameters[0]
    with pytest.raises(UsageError, match="no class 'Theorie'"):
        resolve(nothing, "x", Store(KB))


def test_only_whole_lines_are_replaced_and_text_is_escaped() -> None:
    query = _query(GOOD.replace("type: Theory", "type: string"))
    sparql, terms = bind(query, Store(KB), {"theory": 'x" } DELETE\n{ "'})
    assert 'VALUES ?theory { "x\\" } DELETE\\n{ \\"" }' in sparql.splitlines()
    assert "  VALUES ?least { UNDEF }" in sparql.splitlines()
    assert terms == {"theory": Literal('x" } DELETE\n{ "')}
    assert Store(KB).select(sparql).rows == []
    for hostile in ("a\x00b", "a\ud800"):
        with pytest.raises(UsageError, match="no text"):
            bind(query, Store(KB), {"theory": hostile})


def test_a_default_takes_the_place_of_a_value() -> None:
    query = _query(GOOD.replace("#+ tags", "#+ defaults: [{theory: balance-of-threat}]\n#+ tags"))
    assert query.parameters[0].required is False
    sparql, _ = bind(query, Store(KB), {})
    assert f"VALUES ?theory {{ <{ID}theory/balance-of-threat> }}" in sparql
    assert len(run(query, Store(KB), {})) == 1


# --- The answer


def test_a_row_has_values_sources_and_the_parameters_as_notes() -> None:
    table = _table(GOOD, TWICE)
    assert table.title == "What does a theory say, and where?"
    assert [(column.name, column.title) for column in table.columns] == [
        ("theory", "Theory"),
        ("text", "Claim"),
        ("year", "Year"),
    ]
    assert len(table) == 1, "the claim stands in two graphs and is one claim"
    theory, text, year = table.rows[0]
    assert (theory.value, theory.iri) == ("theory/balance-of-threat", f"{ID}theory/balance-of-threat")
    assert (text.value, year.value) == ("States balance.", 1987)
    assert {cell.sources for cell in table.rows[0]} == {(Source("work/walt-1987", "note 3"),)}
    assert {cell.status for cell in table.rows[0]} == {Status.STATED}
    assert table.notes == ("theory = theory/balance-of-threat",)


def test_what_only_orders_the_rows_is_not_shown() -> None:
    """A column that `x-order` names and `x-columns` does not; its rows come in that order."""
    ordered = GOOD.replace("?theory ?text ?year ?document", "?theory ?text ?year ?rank ?document")
    ordered = ordered.replace("ORDER BY ?theory", "ORDER BY ?rank ?theory").replace(
        "[theory, text]", "[rank, theory, text]"
    )
    ordered = ordered.replace(
        "?claim tm:theory ?theory", "VALUES (?rank ?text) { (2 'A.') (1 'B.') }\n  ?claim tm:theory ?theory"
    )
    kb = KB + _quads('claim/one tm:text "A."', 'claim/one tm:text "B."')
    table = _table(ordered, kb)
    assert [cell.value for cell in table.column("text")] == ["B.", "A."]
    assert [column.name for column in table.columns] == ["theory", "text", "year"]


@pytest.mark.parametrize("form", ["table", "markdown", "footnotes", "html", "latex"])
def test_an_answer_without_rows_says_what_the_question_says_of_it(form: str) -> None:
    """The sentence of the header in every form that is read, the general one where the header has none."""
    own = GOOD.replace("x-answers: some", "x-answers: some\n#+ x-empty: Nobody says so.")
    for text, sentence in ((own, "Nobody says so."), (GOOD, "No answer: nothing in the knowledge base matches.")):
        table = _table(text, KB, theory="theory/trust")
        assert Table.from_json(json.loads(json.dumps(table.to_json()))) == table
        shown = table_text(table) if form == "table" else FORMATS[form].write(table)
        assert sentence in (shown if isinstance(shown, str) else shown.decode())
        assert sentence not in table_text(_table(text, KB))


def test_a_count_over_two_graphs_counts_once_in_both_engines() -> None:
    sparql = f"SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE {{ ?c a <{TM}Claim> }}"
    assert rows_in_oxigraph(TWICE, sparql) == rows_in_rdflib(TWICE, sparql) == [("number 1",)]


@pytest.mark.parametrize("values", [{"theory": "balance-of-threat"}, {"theory": "trust"}])
def test_the_same_text_has_the_same_answer_in_both_engines(values: dict[str, str]) -> None:
    sparql, _ = bind(_query(), Store(TWICE), values)
    for text in (sparql, GOOD):
        assert rows_in_oxigraph(TWICE, text) == rows_in_rdflib(TWICE, text)
    assert rows_in_oxigraph(TWICE, GOOD) != []


def test_the_helper_sees_engines_differ() -> None:
    sparql = f"SELECT ?c WHERE {{ ?c a <{TM}Claim> }}"
    assert rows_in_oxigraph(TWICE, sparql) != rows_in_rdflib(TWICE, sparql)


JOINED = GOOD.replace(
    "OPTIONAL { ?claim tm:place ?place }",
    _grouped("GROUP_CONCAT(DISTINCT ?p; SEPARATOR=' | ')", "place", "?claim tm:place ?p"),
)


def test_joined_places_are_split_and_sorted_in_both_engines() -> None:
    kb = KB + _quads('claim/one tm:place "note 10"', 'claim/one tm:place "Conclusion"')
    assert _table(JOINED, kb).sources() == tuple(
        Source("work/walt-1987", p) for p in ("Conclusion", "note 10", "note 3")
    )
    assert rows_in_oxigraph(kb, JOINED, ["place"]) == rows_in_rdflib(kb, JOINED, ["place"])


SEVERAL = JOINED.replace(
    "OPTIONAL { ?claim tm:document ?document }",
    "{ SELECT ?claim (GROUP_CONCAT(DISTINCT STR(?d); SEPARATOR=' | ') AS ?document) "
    "WHERE { ?claim tm:document ?d } GROUP BY ?claim }",
)


def test_places_in_several_documents_name_their_document() -> None:
    kb = KB.replace(b'"note 3"', f'"{ID}work/walt-1987 note 3"'.encode())
    kb += _quads("claim/one tm:document work/keating-2015", f'claim/one tm:place "{ID}work/keating-2015 note 9"')
    kb += _quads("claim/one tm:document work/other")
    assert _table(SEVERAL, kb).sources() == (
        Source("work/keating-2015", "note 9"),
        Source("work/other"),
        Source("work/walt-1987", "note 3"),
    )


def test_a_place_in_one_of_several_documents_is_not_guessed() -> None:
    kb = KB + _quads("claim/one tm:document work/keating-2015")
    with pytest.raises(EngineError, match=r"'it' \(queries/compare/it.rq\), row 1: it joins several documents"):
        _table(SEVERAL, kb)


def test_what_no_file_says_is_not_reported() -> None:
    kb = b"\n".join(
        line for line in KB.split(b"\n") if b"1987>" not in line.replace(b"/walt-1987", b"") and b"year" not in line
    )
    year = _table(GOOD, kb).column("year")[0]
    assert (year.value, year.status, year.sources) == (None, Status.NOT_REPORTED, (Source("work/walt-1987", "note 3"),))


@pytest.mark.parametrize("status", [status for status in Status if status.blank])
def test_a_blank_status_goes_to_the_empty_cells(status: Status) -> None:
    kb = b"\n".join(line for line in KB.split(b"\n") if b"tm/year" not in line and b"ns/year" not in line)
    table = _table(GOOD, kb + _quads(f'claim/one tm:status "{status.value}"'))
    assert [cell.status for cell in table.rows[0]] == [Status.STATED, Status.STATED, status]
    head, rows = table.wide()
    assert rows[0][head.index("status")] == status.value
    assert Table.from_json(table.to_json()) == table


def test_an_empty_row_without_a_document_is_the_questions_own() -> None:
    kb = b"\n".join(
        line for line in KB.split(b"\n") if not any(x in line for x in (b"ns/year", b"ns/document", b"ns/place"))
    )
    row = _table(GOOD, kb + _quads('claim/one tm:status "not reported"')).rows[0]
    assert [cell.status for cell in row] == [Status.INFERRED, Status.INFERRED, Status.NOT_REPORTED]


@pytest.mark.parametrize("status", ["inferred", "background", "conflicting"])
def test_a_status_with_a_value_goes_to_the_cells_with_one(status: str) -> None:
    row = _table(GOOD, KB + _quads(f'claim/one tm:status "{status}"')).rows[0]
    assert {cell.status.value for cell in row} == {status}


def test_the_explicit_blanks_of_the_files_are_blanks() -> None:
    kb = KB.replace(b'"1987"^^<http://www.w3.org/2001/XMLSchema#integer>', f"<{ID}not-applicable>".encode())
    year = _table(GOOD, kb).column("year")[0]
    assert (year.value, year.status) == (None, Status.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("extra", "without", "message"),
    [
        ("", b"ns/document", "names no source"),
        ('claim/one tm:status "background"', b"ns/document", "names no source"),
        ('claim/one tm:status "sure"', b"nothing", "'sure' is no status"),
        ('claim/one tm:status "not reported"', b"nothing", "no cell is empty"),
    ],
)
def test_a_row_that_breaks_the_promise_is_refused_by_name_and_number(extra: str, without: bytes, message: str) -> None:
    kb = b"\n".join(line for line in KB.split(b"\n") if without not in line) + (_quads(extra) if extra else b"")
    with pytest.raises(
        EngineError, match=r"the question 'it' \(queries/compare/it.rq\), row 1: .*" + message
    ) as caught:
        _table(GOOD, kb)
    assert caught.value.hint


def test_rows_that_the_order_leaves_open_are_settled() -> None:
    kb = KB + _quads("claim/one tm:document work/aaa")
    assert [row[0].sources[0].document for row in _table(GOOD, kb).rows] == ["work/aaa", "work/walt-1987"]


def test_namespaces_of_this_test_are_those_of_the_tool() -> None:
    assert {PREFIXES["ir"], PREFIXES["owl"]} == {IR, OWL}
    assert Iri(f"{ID}x") == f"{ID}x"
