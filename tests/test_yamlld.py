"""The reader of YAML-LD files: what it makes of them, what JSON-LD processors make of them, and bad input."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyld import jsonld

from theorymap.findings import Finding
from theorymap.readers import Literal, Reading, to_nquads
from theorymap.readers.yamlld import complete, expand, passage_id, read
from theorymap.sources import File
from theorymap.store import Store, canonical, convert
from theorymap.terms import ID, RDF, TM
from theorymap.vocabulary import Key, Vocabulary
from workspaces import SMALL, repository

FILE = "kb/documents/x.yaml"
GRAPH = f"{ID}graph/x"
FILES = [file for file in repository().sources.of("kb") if file.suffix == ".yaml"]
VOCABULARY = repository().sources.vocabulary
DOCUMENT = SMALL["kb/documents/reed-1999.yaml"]


def reading(text: str | bytes) -> Reading:
    """What the reader makes of a text."""
    return read(text.encode() if isinstance(text, str) else text, FILE, VOCABULARY)


def only(text: str | bytes) -> Finding:
    """The one finding on a text."""
    (found,) = reading(text).findings
    return found


def ours(tree: dict[str, Any]) -> bytes:
    """A completed tree expanded by us, as canonical N-Triples."""
    return canonical(convert(to_nquads(expand(tree, VOCABULARY), GRAPH), "nq", "nt"))


def by_oxigraph(tree: dict[str, Any]) -> bytes:
    """The same by Oxigraph."""
    return canonical(convert(_with_context(tree), "jsonld", "nt", base=ID))


def by_rdflib(tree: dict[str, Any]) -> bytes:
    """The same by rdflib, whose own idea of how a number is written is switched off."""
    normalize, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            graph = rdflib.Graph().parse(data=_with_context(tree), format="json-ld", base=ID)
        return canonical(graph.serialize(format="nt", encoding="utf-8"))
    finally:
        rdflib.NORMALIZE_LITERALS = normalize


def by_pyld(tree: dict[str, Any]) -> bytes:
    """The same by PyLD."""
    document = json.loads(_with_context(tree))
    return canonical(jsonld.to_rdf(document, {"base": ID, "format": "application/n-quads"}).encode())


PROCESSORS = {"oxigraph": by_oxigraph, "rdflib": by_rdflib, "pyld": by_pyld}


def _with_context(tree: dict[str, Any]) -> bytes:
    return json.dumps({"@context": VOCABULARY.context, **tree}).encode()


class _Everything:
    """Builds a file in which every key of the vocabulary stands at least once, on each class that it belongs to."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.used: set[str] = set()
        self.coded = {q.subject for q in repository().knowledge.stated.quads(None, RDF.type) if "/ns/" in q.subject}

    def files(self) -> list[dict[str, Any]]:
        """A document and a register; together they use every slot and every key."""
        slots: dict[str, Any] = {}
        for slot, iri in self.vocabulary.slots.items():
            below = [c for c, above in self.vocabulary.parents.items() if iri in above and c in self.names]
            slots[slot] = {
                f"x/{self.names[c].lower()}": ({} if c == iri else {"type": self.names[c]}) | self.entity([iri, c], ())
                for c in sorted(below)
            }
        document = {"id": "work/x", **self.entity([TM.Document], ()), **slots}
        return [document, {"id": "register/x", **self.entity([TM.Register], ())}]

    @property
    def names(self) -> dict[str, str]:
        return self.vocabulary.type_names

    def entity(self, classes: list[str], within: tuple[str, ...]) -> dict[str, Any]:
        made = {}
        for name in self.vocabulary.keys_of(classes):
            key = self.vocabulary.keys[name]
            nested = self.vocabulary.nested.get(key.iri, "")
            if nested in within:
                continue
            self.used.add(name)
            made[name] = [self.entity([nested], (*within, nested))] if nested else self.value(key)
        return made

    def value(self, key: Key) -> Any:
        if key.coercion == "id":
            return ["claim/x", "https://example.org/caf%C3%A9?a=b#c", "not-reported"]
        if key.coercion == "vocab":
            values = sorted(iri.removeprefix(key.base) for iri in self.coded if iri.startswith(key.base))
            return values or ["citesAsEvidence", "extends"]
        if key.datatype:
            return {"integer": "-017", "decimal": "2.50", "boolean": "true", "date": "2026-11-22"}[
                key.datatype.rpartition("#")[2]
            ]
        return ["NO", 'a "quoted" \\ text\nof two lines', "日本 🙂", "@id", "tm:holder"]


class TestAgainstProcessors:
    """The completed tree is JSON-LD: three processors make of it what this reader makes of it."""

    @pytest.mark.parametrize("processor", PROCESSORS)
    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
    def test_the_files_of_the_repository(self, file: File, processor: str) -> None:
        tree, _, findings = complete(file.data, file.name, VOCABULARY)
        assert findings == []
        expected = ours(tree)
        assert expected.count(b"\n") > 40
        assert b"_:" not in expected
        assert PROCESSORS[processor](tree) == expected

    @pytest.mark.parametrize("processor", PROCESSORS)
    def test_files_with_every_key_and_every_coded_value(self, processor: str) -> None:
        everything = _Everything(VOCABULARY)
        for file in everything.files():
            tree, _, findings = complete(json.dumps(file, ensure_ascii=False).encode(), FILE, VOCABULARY)
            assert findings == []
            expected = ours(tree)
            assert b"_:" not in expected
            assert PROCESSORS[processor](tree) == expected
        assert everything.used == set(VOCABULARY.keys)

    @pytest.mark.parametrize("processor", PROCESSORS)
    def test_a_coded_value_that_is_also_the_name_of_a_key(self, processor: str) -> None:
        tree, _, _ = complete(b"id: register/x\ntheories: {theory/y: {sort: theory, label: y}}", FILE, VOCABULARY)
        assert "theory" in VOCABULARY.keys
        assert f"<{TM}sort> <{TM}sort/theory>".encode() in PROCESSORS[processor](tree)

    def test_a_processor_that_did_something_else_would_be_noticed(self) -> None:
        tree, _, _ = complete(DOCUMENT.encode(), FILE, VOCABULARY)
        changed = json.loads(json.dumps(tree).replace("person/ada-reed", "person/ada-weed"))
        assert by_pyld(changed) != ours(tree)


class TestCompletion:
    def test_nodes_get_types_identifiers_and_what_the_head_says(self) -> None:
        found = {(s.subject.removeprefix(ID), s.predicate, s.object) for s in reading(DOCUMENT).statements}
        (attribution,) = [s for s, p, o in found if p == RDF.type and o == TM.Attribution]
        assert attribution.startswith("claim/walls-help/attribution-")
        assert (attribution, TM.document, ID + "work/reed-1999") in found
        assert (attribution, TM.coder, ID + "group/coders") in found
        assert (attribution, TM.extraction, TM + "extraction/by-hand") in found
        passage = passage_id("work/reed-1999", "One", "a wall is", "a calm state")
        assert (attribution, TM.passage, ID + passage) in found
        assert ("claim/walls-explain", RDF.type, TM.Claim) in found
        assert ("claim/walls-explain", RDF.type, TM.Assessment) in found
        (telling,) = [s for s, p, o in found if p == RDF.type and o == TM.Telling]
        assert (telling, TM.position, Literal("1", "http://www.w3.org/2001/XMLSchema#integer")) in found

    def test_the_identifiers_depend_on_the_content_alone(self) -> None:
        again = DOCUMENT.replace("hedge: plain\n        stance: asserts", "stance: asserts\n        hedge: plain")
        assert again != DOCUMENT
        first, second = (to_nquads(reading(text).statements, GRAPH) for text in (DOCUMENT, again))
        assert first == second

    def test_a_value_at_fault_in_the_head_is_told_once_and_not_passed_on(self) -> None:
        found = only(DOCUMENT.replace("coder: group/coders", "coder: The Coders"))
        assert (found.code, found.origin.line) == ("bad-identifier", 4)

    def test_aliases_are_copied(self) -> None:
        text = "id: register/x\ntheories:\n  theory/a: &it {label: one, sort: theory}\n  theory/b: *it\n"
        found = {(s.subject, s.predicate, str(s.object)) for s in reading(text).statements}
        assert (ID + "theory/b", TM.sort, TM + "sort/theory") in found
        assert reading(text).findings == ()

    @pytest.mark.parametrize(
        "written",
        [
            "NO",
            "no",
            "on",
            "1:20",
            "2015-01-01",
            "017",
            "0x1F",
            "1e3",
            "true",
            ".inf",
            "1_000",
            "=",
            "2015-01-01 10:00:00",
        ],
    )
    def test_scalars_stay_what_the_author_wrote(self, written: str) -> None:
        text = f"id: register/x\ntheories:\n  theory/a: {{label: {written}}}\n"
        labels = [s.object for s in reading(text).statements if s.predicate.endswith("#label")]
        assert labels == [Literal(written, RDF.langString, "en")]

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        assert reading(b"\xef\xbb\xbf" + DOCUMENT.encode()).statements == reading(DOCUMENT).statements

    def test_windows_line_ends_do_no_harm(self) -> None:
        found = reading(DOCUMENT.replace("\n", "\r\n"))
        assert found.statements == reading(DOCUMENT).statements
        assert found.origins.places == reading(DOCUMENT).origins.places


class TestOrigins:
    @pytest.mark.parametrize(
        ("subject", "predicate", "value", "place"),
        [
            ("work/reed-1999", "", "", (1, 5)),
            ("work/reed-1999", TM.extent, TM + "extent/full-text", (2, 9)),
            ("claim/walls-help", "", "", (6, 3)),
            ("claim/walls-help", RDF.type, TM.Claim, (6, 3)),
            ("claim/walls-help", TM.text, "Walls keep a state calm.", (8, 11)),
            ("claim/walls-help", TM.theory, ID + "theory/low-walls", (9, 13)),
            ("claim/walls-help", TM.attribution, "", (10, 5)),
            ("claim/walls-explain", RDF.type, TM.Assessment, (22, 11)),
            ("argument/calm", TM.premise, ID + "claim/walls-explain", (29, 16)),
            ("citation/reed-1999-itself", TM.cites, ID + "work/reed-1999", (37, 38)),
        ],
    )
    def test_each_statement_knows_its_place(self, subject: str, predicate: str, value: str, place: Any) -> None:
        origins = reading(DOCUMENT).origins
        assert origins.places[ID + subject, predicate, value] == place

    def test_an_entry_written_in_place_knows_its_place(self) -> None:
        origins = reading(DOCUMENT).origins
        (attribution,) = {s for s, p, o in origins.places if o == TM.Attribution}
        assert origins.find(attribution) == (11, 9)
        assert origins.find(attribution, TM.holder, ID + "person/ada-reed") == (11, 17)
        assert origins.find(attribution, TM.hedge) == (13, 9)

    def test_every_statement_is_placed(self) -> None:
        for file in FILES:
            found = read(file.data, file.name, VOCABULARY)
            assert found.statements
            assert all(found.origins.find(s.subject, s.predicate)[0] for s in found.statements), file.name


def fault(old: str, new: str) -> str:
    """The document with a fault planted."""
    assert DOCUMENT.count(old) == 1, old
    return DOCUMENT.replace(old, new)


class TestPlantedFaults:
    """Each fault gives one finding, at its line and column, with the nearest of what is known."""

    @pytest.mark.parametrize(
        ("text", "code", "line", "column", "words"),
        [
            (fault("hedge: plain", "hegde: plain"), "unknown-key", 13, 9, "Did you mean hedge?"),
            (fault("claims:\n", "claim:\n"), "unknown-key", 5, 1, "Did you mean claims?"),
            (fault("arguments:\n", "argumets:\n"), "unknown-key", 26, 1, "Did you mean arguments?"),
            (fault("holder: person", "xyzzy: person"), "unknown-key", 11, 9, "Keys of an Attribution: "),
            (
                fault("    kind: causal\n    text: Every", "    premises: claim/a\n    text: Every"),
                "misplaced-key",
                18,
                5,
                "Argument",
            ),
            (fault("        commitment: asserts", "        claims: {}"), "misplaced-key", 12, 9, "left margin"),
            (fault("        commitment: asserts", "        id: claim/y"), "misplaced-key", 12, 9, "left margin"),
            (fault("type: Assessment", "type: Asessment"), "unknown-type", 22, 11, "Did you mean Assessment?"),
            (fault("type: Assessment", "type: [Assessment]"), "unknown-type", 22, 11, "list or block"),
            (fault("holder: person/ada-reed", "holder: Ada Reed"), "bad-identifier", 11, 17, "'Ada Reed' under holder"),
            (fault("holder: person/ada-reed", "holder: person/Ada"), "bad-identifier", 11, 17, "lower-case"),
            (
                fault("holder: person/ada-reed", "holder: https://example.org/50%"),
                "bad-identifier",
                11,
                17,
                "no identifier",
            ),
            (fault("id: work/reed-1999\n", "id: Reed 1999\n"), "bad-identifier", 1, 5, "kind/name"),
            (fault("id: work/reed-1999\n", "id: not-reported\n"), "bad-identifier", 1, 5, "kind/name"),
            (fault("id: work/reed-1999\n", ""), "missing-id", 1, 1, "Begin with id"),
            (fault("  claim/walls-fall:\n", "  claim/Walls_Fall:\n"), "bad-identifier", 17, 3, "under claims"),
            (fault("hedge: plain", "hedge: quite plain"), "unknown-value", 13, 16, "single words"),
            (fault("hedge: plain", "hedge:"), "empty-value", 13, 15, "hedge is empty"),
            (fault("hedge: plain", "hedge: ~"), "empty-value", 13, 16, "hedge is empty"),
            (fault("hedge: plain", "hedge: null"), "empty-value", 13, 16, "hedge is empty"),
            (fault("hedge: plain", "hedge: ''"), "empty-value", 13, 16, "hedge is empty"),
            (fault("hedge: plain", "hedge: []"), "empty-value", 13, 16, "hedge is empty"),
            (fault("text: Every wall falls in the end.", "text: '  '"), "empty-value", 19, 11, "text is empty"),
            (fault("hedge: plain", "hedge: {a: b}"), "wrong-shape", 13, 16, "a single value"),
            (fault("[claim/walls-explain]", "[[claim/walls-explain]]"), "wrong-shape", 29, 16, "list within a list"),
            (
                fault("via: [{teller: work/reed-1999}]", "via: work/reed-1999"),
                "wrong-shape",
                15,
                14,
                "keys of a Telling: ",
            ),
            (fault("via: [{teller: work/reed-1999}]", "via:"), "empty-value", 15, 13, "via is empty"),
            (
                fault("[citesAsEvidence]", "[extends, citesAsEvidence, extends]"),
                "repeated-value",
                37,
                63,
                "extends twice",
            ),
            ("id: register/x\nperiods: {period/a: {label: a, start: abc}}", "wrong-form", 2, 39, "a whole number"),
            ("id: register/x\nperiods: {period/a: {label: a, start: '19.5'}}", "wrong-form", 2, 39, "a whole number"),
            ("id: register/x\nperiods: {period/a: {label: a, start: ١٩}}", "wrong-form", 2, 39, "a whole number"),
            ("id: register/x\nreviewed_on: yesterday", "wrong-form", 2, 14, "a day such as"),
            ("id: register/x\nreviewed_on: 2015-02-30", "wrong-form", 2, 14, "a day such as"),
            (
                "id: register/x\nclaims: {claim/a: {type: Prediction, together: yes}}",
                "wrong-form",
                2,
                48,
                "true or false",
            ),
            ("id: register/x\nclaims: {claim/a: {type: Observation, amount: 1.2.3}}", "wrong-form", 2, 47, "a number"),
            ("id: register/x\nclaims: [claim/a]", "wrong-shape", 2, 9, "one identifier for each entry"),
            ("id: register/x\nclaims:\n  claim/a:\n", "wrong-shape", 3, 3, "has no keys"),
        ],
    )
    def test_it_is_found(self, text: str, code: str, line: int, column: int, words: str) -> None:
        found = only(text)
        assert (found.code, found.origin.file, found.origin.line, found.origin.column) == (code, FILE, line, column)
        assert words in found.message + " " + found.repair
        assert found.repair

    def test_one_fault_hides_no_other_and_takes_nothing_else_with_it(self) -> None:
        text = fault("hedge: plain", "hegde: plain").replace("verdict: explains", "verdict:")
        found = reading(text)
        assert [(f.code, f.origin.line) for f in found.findings] == [("unknown-key", 13), ("empty-value", 25)]
        lost = set(reading(DOCUMENT).statements) - set(found.statements)
        assert {s.predicate for s in lost if "/attribution-" not in s.subject + str(s.object)} == {TM.verdict}


class TestBadFiles:
    """A file that is no YAML as this reader takes it gives one finding, with its line, and no statement."""

    @pytest.mark.parametrize(
        ("text", "code", "line", "column", "words"),
        [
            ("id: a/b\n\tlabel: c", "broken-yaml", 2, 1, "a tab stands where"),
            ("id: a/b\nagents:\n\tx/y: {}", "broken-yaml", 3, 1, "a tab stands where"),
            ("id: a/b\nagents:\n  x/y: {}\n x/z: {}", "broken-yaml", 4, 2, "not indented"),
            ("id: a/b\nlabel: c: d", "broken-yaml", 2, 9, "quotation marks"),
            ("id: a/b\nid: a/c", "broken-yaml", 2, 1, "first in line 1"),
            ("id: a/b\nlabel: {x: 1, y: 2, x: 3}", "broken-yaml", 2, 21, "x stands twice"),
            ("id: a/b\nlabel: \x07", "broken-yaml", 2, 8, "cannot stand in a text file"),
            ("id: a/b\nlabel: 'caf\u00e9'\nnote: \x01", "broken-yaml", 3, 7, "cannot stand in a text file"),
            ("id: a/b\nlabel: 'open", "broken-yaml", 2, 13, "found unexpected end of stream"),
            ("id: a/b\nlabel: [open", "broken-yaml", 2, 8, "the list that opens here is not closed"),
            ("id: a/b\nlabel x\nnote: y", "broken-yaml", 2, 1, "a key without a colon"),
            (b"PK\x03\x04word", "broken-yaml", 1, 1, "Word document"),
            ("id: a/b\nlabel: *nobody", "broken-yaml", 2, 8, "nothing before this place is named &nobody"),
            ("id: a/b\nlabel: &a [*a]", "broken-yaml", 2, 12, "stands inside what it names"),
            ("id: a/b\nlabel: !!python/object:os.system x", "broken-yaml", 2, 8, "the tag"),
            ("id: a/b\nlabel: !mine x", "broken-yaml", 2, 8, "the tag !mine"),
            ("id: a/b\nbase: &b {x: y}\nmore:\n  <<: *b", "broken-yaml", 4, 3, "merge key"),
            ("id: a/b\n---\nid: a/c", "broken-yaml", 2, 1, "second document"),
            ("id: a/b\n...\nid: a/c", "broken-yaml", 3, 1, ""),
            ("id: a/b\n? [a, b]\n: c", "broken-yaml", 2, 3, "a key must stand"),
            ("id: a/b\nlabel: " + "[" * 100, "broken-yaml", 2, 71, "more than 64 levels"),
            ("id: a/b\nlabel: " + "[" * 100_000, "broken-yaml", 2, None, "more than 64 levels"),
            ("id: a/b\nlabel: " + "{a: " * 100_000, "broken-yaml", 2, None, "more than 64 levels"),
            (b"id: a/b\nlabel: caf\xe9", "broken-yaml", 2, 11, "not UTF-8"),
            ("id: a/b\nlabel: c".encode("utf-16"), "broken-yaml", 1, 1, "not UTF-8"),
            ("", "empty-file", 1, 0, "Begin with id"),
            ("\n\n# nothing\n", "empty-file", 1, 0, "Begin with id"),
            ("---\n...\n", "empty-file", 1, 0, "Begin with id"),
            ("{}", "empty-file", 1, 0, "Begin with id"),
            ("just words", "empty-file", 1, 0, "no block of keys"),
            ("- a\n- b", "empty-file", 1, 0, "no block of keys"),
        ],
    )
    def test_it_is_told(self, text: str | bytes, code: str, line: int, column: int | None, words: str) -> None:
        found = reading(text)
        (finding,) = found.findings
        assert found.statements == ()
        assert (finding.code, finding.origin.line) == (code, line)
        assert column is None or finding.origin.column == column
        assert words in finding.message + " " + finding.repair

    def test_an_alias_bomb_is_refused_before_it_is_written_out(self) -> None:
        lines = ["id: a/b", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join(f'*a{n - 1}' for _ in range(10))}]" for n in range(1, 10)]
        found = only("\n".join(lines))
        assert (found.code, found.origin.line) == ("broken-yaml", 8)
        assert "2,000,000 values" in found.message


class TestWhateverComes:
    """No input raises, and what is read is RDF without blank nodes that the store takes."""

    def held(self, data: bytes) -> None:
        found = read(data, FILE, VOCABULARY)
        nquads = to_nquads(found.statements, GRAPH)
        assert b"_:" not in nquads or b'"' in nquads
        assert len(Store(nquads)) == nquads.count(b"\n")
        for finding in found.findings:
            assert finding.message.endswith(".") and finding.origin.line >= 1, finding

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.binary(max_size=300))
    def test_bytes(self, data: bytes) -> None:
        self.held(data)

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(max_size=300))
    def test_text(self, text: str) -> None:
        self.held(text.encode("utf-8", "replace"))

    @settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(st.integers(0, len(DOCUMENT)), st.sampled_from(list("\t\n :-[]{}&*!|>'\"%@`,?#<=~\x00\x07é")))
        )
    )
    def test_a_document_with_characters_put_in(self, edits: list[tuple[int, str]]) -> None:
        text = DOCUMENT
        for place, character in edits:
            text = text[:place] + character + text[place:]
        self.held(text.encode())

    @settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
    def test_a_document_with_lines_moved(self, moves: list[tuple[int, int]]) -> None:
        lines = DOCUMENT.splitlines()
        for old, new in moves:
            lines.insert(new % len(lines), lines.pop(old % len(lines)))
        self.held("\n".join(lines).encode())

    @settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.text(max_size=12)
            | st.sampled_from(["claim/a", "not-reported"]),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(["id", "type", *VOCABULARY.slots, *VOCABULARY.keys, "claim/a", "theory/b"]),
                    inner,
                    max_size=6,
                )
            ),
            max_leaves=25,
        )
    )
    def test_trees_of_known_keys(self, tree: Any) -> None:
        data = {"id": "work/x", **tree} if isinstance(tree, dict) else tree
        self.held(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
