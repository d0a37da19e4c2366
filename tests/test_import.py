"""`theorymap import`: a map becomes a file that reads as the map does; nothing is made up, or lost without a word."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from argument_maps import HOSTILE, maps
from leagues import theorymap
from theorymap import Workspace
from theorymap.argument_map import ArgumentMap, Attack, Bond, Element, Inference, Link, Statement
from theorymap.errors import SourceError, UsageError
from theorymap.findings import Severity
from theorymap.formats import FORMATS, Holds, aif, frameworks
from theorymap.importing import map_draft, target
from theorymap.readers import bibtex, yaml_text, yamlld
from theorymap.readers.yaml_tree import Mapping, Node, Scalar, Sequence, parse
from theorymap.terms import TM
from theorymap.wording import counted
from workspaces import make, repository

SCHEMES = {"sign", "expert-opinion", "theory-to-case"}
AGENTS = {"ada reed": "person/ada-reed"}
KEYED = {
    Bond.CONTRADICTS: "contradicts",
    Bond.CONTRARY: "contrary_to",
    Bond.LIMITS: "limits",
    Bond.CONCEDES: "concedes",
    Bond.RIVAL: "same_effect_as",
}
SMALL_MAP = ArgumentMap(
    (
        Statement("1", "Walls last.", holders=("Ada Reed", "Ines")),
        Statement("2", "What lasts is old.", asserted=False, implicit=True),
        Statement("3", "Walls are old.", asserted=False),
        Statement("4", "Walls fall.", holders=("Ines",)),
    ),
    (Inference("5", ("1", "2"), "3", scheme="sign", makers=("Ada Reed",)),),
    (Attack("6", ("4",), "5"), Attack("7", ("5",), "6")),
    (Link(Bond.CONTRADICTS, "3", "4"),),
)


# Text as YAML


def plain(node: Node | None) -> Any:
    """A tree that was read, as lists, dictionaries and text."""
    match node:
        case Scalar():
            assert not node.null
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.items}
    return node


@pytest.mark.parametrize("text", [*HOSTILE, "", " ", "x" * 300, "a, b", "yes", "<<", "=", "key: ", "a\n\n b\n"])
def test_text_comes_back_as_it_was(text: str) -> None:
    tree = {"a": text, "b": {"c": [text, "word"], "d": [{"e": text}]}, "f": ["word", "two words"]}
    assert plain(parse(yaml_text.write(tree).encode())) == tree


def test_what_cannot_be_seen_is_escaped_and_what_can_be_is_not() -> None:
    written = yaml_text.write({"a": "\u202eevil\u200b", "b": "größe 日本 \U0001f642"})
    assert written == 'a: "\\u202Eevil\\u200B"\nb: "größe 日本 \U0001f642"\n'


def test_a_key_of_any_length_stays_a_key() -> None:
    tree = {"long " * 40 + "key": {"NO": ["a, b", "null", "word"], "nothing": [], "none": {}}}
    assert plain(parse(yaml_text.write(tree).encode())) == tree


def test_a_hundred_thousand_values_are_written_in_seconds() -> None:
    begun = time.process_time()
    yaml_text.write(
        {f"claim/{n}": {"text": f"A: {n}", "topics": ["a", "b"], "place": [{"row": "x"}]} for n in range(25_000)}
    )
    assert time.process_time() - begun < 5


# A draft is read back as the map


def completed(data: bytes) -> dict[str, Any]:
    """The tree of a draft, read as any other file, without a finding."""
    tree, _, findings = yamlld.complete(data, "draft.yaml", repository().sources.vocabulary)
    assert findings == []
    return tree


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Compared:
    """Compares a map with the tree of its draft, element by element."""

    def __init__(self, whole: ArgumentMap, tree: dict[str, Any]) -> None:
        self.map = whole
        self.slots = {name: tree.get(name, {}) for name in ("claims", "arguments", "attacks")}
        self.inline = self.in_place()
        claims = [s for s in whole.statements if s.id not in self.inline]
        self.ids: dict[str, str] = {}
        for elements, slot in ((claims, "claims"), (whole.inferences, "arguments"), (whole.attacks, "attacks")):
            pairs = zip(elements, self.slots[slot], strict=True)
            self.ids |= {element.id: id for element, id in pairs}

    def in_place(self) -> set[str]:
        """The statements that stand as implicit premises in place."""
        found: set[str] = set()
        for inference, entry in zip(self.map.inferences, self.slots["arguments"].values(), strict=True):
            for text in (listed(node["text"])[0] for node in listed(entry.get("implicit", []))):
                premises = [self.map[id] for id in inference.premises if id not in found]
                found.add(next(s.id for s in premises if isinstance(s, Statement) and s.implicit and s.text == text))
        return found

    def entry(self, element: Element) -> dict[str, Any]:
        return next(entries[self.ids[element.id]] for entries in self.slots.values() if self.ids[element.id] in entries)

    def named(self, *ids: str) -> list[str]:
        return list(dict.fromkeys(self.ids[id] for id in ids if id in self.ids))

    def check(self) -> None:
        for statement in self.map.statements:
            if statement.id in self.ids:
                self.claim(statement, self.entry(statement))
        for inference in self.map.inferences:
            self.argument(inference, self.entry(inference))
        for attack in self.map.attacks:
            entry = self.entry(attack)
            assert listed(entry.get("by", [])) == self.named(*attack.attackers)
            assert entry["target"] == self.ids[attack.target]

    def claim(self, statement: Statement, entry: dict[str, Any]) -> None:
        assert entry.get("text", "") == (statement.text if statement.text.strip() else "")
        assert entry.get("label", "") == (statement.title if statement.title.strip() else "")
        attributions = listed(entry.get("attributions", []))
        assert bool(attributions) == statement.asserted
        holders = [each["holder"] for each in attributions if "holder" in each]
        known = dict.fromkeys(AGENTS[name.casefold()] for name in statement.holders if name.casefold() in AGENTS)
        assert holders == (list(known) if statement.asserted else [])
        for bond, key in KEYED.items():
            ends = Statement | Inference if bond is Bond.LIMITS else Statement
            targets = [link.target for link in self.map.links if (link.bond, link.source) == (bond, statement.id)]
            kept = [target for target in targets if isinstance(self.map[target], ends)]
            assert listed(entry.get(key, [])) == self.named(*kept)

    def argument(self, inference: Inference, entry: dict[str, Any]) -> None:
        assert listed(entry.get("premises", [])) == self.named(*inference.premises)
        assert entry.get("conclusion", "") == self.ids.get(inference.conclusion, "")
        assert bool(entry.get("entertained")) == inference.entertained
        assert entry.get("description", "") == (inference.text if inference.text.strip() else "")
        notes = " ".join(listed(entry.get("note", [])))
        if inference.scheme in SCHEMES:
            assert entry["scheme"] == inference.scheme
        elif inference.scheme:
            assert f"Scheme: {inference.scheme}." in notes


TAKEN = frozenset({"claim/walls-help", "claim/walls-help-2", "argument/calm"})


def draft(whole: ArgumentMap, **more: Any) -> bytes:
    known: dict[str, Any] = {"schemes": SCHEMES, "agents": AGENTS, "taken": TAKEN}
    return map_draft.draft(whole, "k-1", "A map", **known | more)


@given(maps())
def test_a_draft_holds_the_map(whole: ArgumentMap) -> None:
    data = draft(whole)
    tree = completed(data)
    compared = Compared(whole, tree)
    compared.check()
    assert not TAKEN & set(compared.ids.values())
    assert draft(whole) == data
    reading = yamlld.read(data, "draft.yaml", repository().sources.vocabulary)
    assert reading.findings == () and reading.statements


def test_a_draft_is_as_an_author_would_write_it() -> None:
    text = draft(SMALL_MAP).decode()
    assert (
        text[text.index("id:") :]
        == """\
id: work/k-1

claims:
  claim/walls-last:
    text: Walls last.
    note: Put forward by Ines.
    attributions:
      - holder: person/ada-reed
        commitment: asserts
  claim/walls-are-old:
    text: Walls are old.
    contradicts: [claim/walls-fall]
  claim/walls-fall:
    text: Walls fall.
    note: Put forward by Ines.
    attributions:
      - commitment: asserts

arguments:
  argument/for-walls-are-old:
    maker: [person/ada-reed]
    premises: [claim/walls-last]
    implicit: [What lasts is old.]
    conclusion: claim/walls-are-old
    scheme: sign

attacks:
  attack/on-for-walls-are-old:
    by: [claim/walls-fall]
    target: argument/for-walls-are-old
  attack/on-on-for-walls-are-old:
    by: [argument/for-walls-are-old]
    target: attack/on-for-walls-are-old
"""
    )


def test_identifiers_of_ours_are_kept_unless_they_are_taken() -> None:
    whole = ArgumentMap(
        (
            Statement("claim/free", "A"),
            Statement("claim/walls-help", "B"),
            Statement("argument/calm", "C"),
            Statement("9", "ש"),
        ),
        (Inference("argument/calm-2"), Inference("claim/odd", conclusion="claim/free")),
    )
    tree = completed(draft(whole))
    assert list(tree["claims"]) == ["claim/free", "claim/k-1-walls-help", "claim/c", "claim/k-1-9"]
    assert list(tree["arguments"]) == ["argument/calm-2", "argument/for-free"]


def test_what_has_no_key_stands_in_the_note() -> None:
    whole = ArgumentMap(
        (Statement("a", "A", denied=True, implicit=True, groups=("G",), tags=("t",), data=(("colour", "red"),)),),
        (Inference("r", scheme="modus ponens"),),
        (),
        (Link(Bond.SUPPORTS, "r", "a"), Link(Bond.CONTRADICTS, "a", "r")),
    )
    tree = completed(draft(whole))
    (claim,), (argument,) = tree["claims"].values(), tree["arguments"].values()
    assert claim["note"] == [
        "Tagged t.",
        "colour: red",
        "Contradicts argument/k-1-r.",
        "Denied or doubted by somebody.",
        "Supplied by the makers of the map.",
        "Grouped under G.",
    ]
    assert argument["note"] == ["Supports claim/a.", "Scheme: modus ponens."]


def test_an_empty_map_is_a_file_all_the_same() -> None:
    assert list(completed(draft(ArgumentMap()))) == ["id", "type"]


@pytest.mark.parametrize("title", [*HOSTILE, ""])
def test_a_title_stays_in_its_comment_and_its_entry(title: str) -> None:
    completed(map_draft.draft(ArgumentMap(), "k-1", title, file=title))
    reading = bibtex.read(target.entry("k-1", title).encode(), "k.bib")
    assert {s.object for s in reading.statements if s.predicate == "http://purl.org/dc/terms/title"}
    assert not [f for f in reading.findings if f.severity is Severity.ERROR]


# Into a workspace


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    return make(tmp_path / "kb-of-mine")


def foreign(tmp_path: Path, whole: ArgumentMap = SMALL_MAP, name: str = "Walls & Wells.json") -> Path:
    path = tmp_path / name
    path.write_bytes(aif.write(whole))
    return path


def test_import_into_a_workspace(own: Workspace, tmp_path: Path) -> None:
    """What was written is read without a finding, and is as isomorphic to the map as AIF allows."""
    done = own.import_map("aif", foreign(tmp_path), key="walls-map")
    assert done.path == own.layout.root / "kb" / "documents" / "walls-map.yaml"
    assert done.path.read_bytes() == done.draft
    opened = Workspace.open(own.layout.root, cached=False)
    assert not [f for f in opened.check(only=["files"]).findings if f.severity is Severity.ERROR]
    assert completed(done.draft)["claims"]["claim/walls-last"]["attributions"]["holder"] == "person/ada-reed"
    rows = opened.knowledge.stated.select(
        f"SELECT ?a ?p ?c {{ ?a a <{TM.Argument}> ; <{TM.premise}> ?p ; <{TM.conclusion}> ?c . "
        f'?c <{TM.text}> "Walls are old."@en . ?p <{TM.text}> "Walls last."@en }}'
    )
    assert len(list(rows)) == 1


def test_an_import_a_second_time_keeps_its_identifiers(own: Workspace, tmp_path: Path) -> None:
    path = foreign(tmp_path)
    first = own.import_map("aif", path, key="walls-map")
    again = Workspace.open(own.layout.root, cached=False)
    with pytest.raises(UsageError, match="exists already"):
        again.import_map("aif", path, key="walls-map")
    assert again.import_map("aif", path, key="walls-map", replace=True).draft == first.draft
    other = Workspace.open(own.layout.root, cached=False).import_map("aif", path, key="other-map")
    assert "claim/other-map-walls-last:" in other.draft.decode()


def test_every_format_that_is_read_is_written_and_imports_what_it_writes(own: Workspace, tmp_path: Path) -> None:
    readable = {name: format for name, format in FORMATS.items() if format.read}
    assert {"aif", "xaif"} <= set(readable)
    for name, format in readable.items():
        assert format.holds is Holds.ARGUMENTS and format.loses
        path = tmp_path / f"map{format.suffix}"
        path.write_bytes(format.write(SMALL_MAP))
        done = own.import_map(name, path, key=f"by-{name}")
        flat = name in frameworks.NAMES
        reading = format.read(path.read_bytes(), path.name)
        assert len(reading.map.inferences) == (not flat) and len(reading.map.attacks) >= 2
        assert flat or completed(done.draft)["arguments"]


def test_read_and_left_are_said_by_kind(own: Workspace, tmp_path: Path) -> None:
    done = own.import_map("aif", foreign(tmp_path), dry_run=True)
    assert done.key == "walls-wells" and not done.path.exists()
    assert done.summary.splitlines() == [
        "9 of 17 nodes imported: 4 information nodes, 4 conflicts, 1 inference",
        "8 of 17 nodes not imported: 4 locutions, 4 illocutions",
        "11 of 19 edges imported",
        "8 of 19 edges not imported: 8 edges of illocutions",
    ]


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "kb-of-mine").layout.root


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".theorymap" not in path.parts}


def test_the_command_says_what_it_did(folder: Path, tmp_path: Path) -> None:
    done = theorymap("import", "aif", str(foreign(tmp_path)), "--key", "walls-map", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "kb/documents/walls-map.yaml\n")
    assert "8 of 17 nodes not imported: 4 locutions, 4 illocutions" in done.stderr
    assert "@misc{walls-map,\n  title = {Walls \\& Wells.json},\n}\n" in done.stderr
    checked = theorymap("check", "--only", "files", cwd=folder)
    assert "error" not in checked.stdout + checked.stderr
    missing = theorymap("check", "--only", "shapes", cwd=folder)
    assert re.search(r"\[document-extent\]", missing.stdout + missing.stderr)
    assert re.search(r"\[attribution-hedge\]", missing.stdout + missing.stderr)


def test_a_dry_run_shows_the_file_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    before = files(folder)
    done = theorymap("import", "xaif", str(foreign(tmp_path)), "--dry-run", cwd=folder)
    assert done.returncode == 0 and "id: work/walls-wells\n" in done.stdout
    assert files(folder) == before


@pytest.mark.parametrize(
    ("words", "text", "code", "told"),
    [
        (["aif", "F"], '{"nodes": [\n  {"nodeID": 1,}]}', 3, "2:16: this is no JSON"),
        (["aif", "F"], "[]", 3, "1:1: this is no AIF"),
        (["aif", "nowhere.json"], "", 3, "cannot be read"),
        (["aiff", "F"], "", 2, "Did you mean aif?"),
        (["turtle", "F"], "", 2, "Formats: aif, xaif"),
        (["aif", "F", "--key", "Two Words"], "", 2, "is no key"),
        (["aif", "F", "--key", "reed-1999"], "", 2, "exists already"),
    ],
)
def test_a_fault_changes_nothing(
    words: list[str], text: str, code: int, told: str, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "map.json"
    path.write_text(text, encoding="utf-8")
    before = files(folder)
    done = theorymap("import", *(str(path) if word == "F" else word for word in words), cwd=folder)
    assert done.returncode == code, done.stderr
    assert told in done.stderr and "Traceback" not in done.stderr and done.stdout == ""
    assert files(folder) == before


def test_a_name_without_letters_needs_a_key(own: Workspace, tmp_path: Path) -> None:
    path = foreign(tmp_path, name="שלום.json")
    with pytest.raises(UsageError) as raised:
        own.import_map("aif", path)
    assert "--key" in raised.value.hint


def test_a_workspace_that_cannot_be_read_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (folder / "kb" / "broken.yaml").write_text("id: [")
    with pytest.raises(SourceError):
        Workspace.open(folder, cached=False).import_map("aif", foreign(tmp_path))


def test_dangling_edges_are_shown_up_to_a_number(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"nodes": [], "edges": [{"fromID": n, "toID": 0} for n in range(30)]}, indent=1))
    done = theorymap("import", "aif", str(path), cwd=folder)
    assert done.stderr.count("[dangling-edge]") == 20 and "and 10 more\n" in done.stderr
    assert "0 of 30 edges imported" in done.stderr


def test_a_map_of_ours_comes_back_under_its_identifiers(tmp_path: Path) -> None:
    """What was exported from one workspace can be imported into an empty one."""
    folder = tmp_path / "empty"
    shutil.copytree(make(tmp_path / "full").layout.root / "kb", folder / "kb")
    shutil.rmtree(folder / "kb" / "documents")
    (folder / "theorymap.toml").write_text("")
    whole = ArgumentMap(
        (Statement("claim/walls-help", "Walls keep a state calm."), Statement("claim/walls-explain", "So they do.")),
        (Inference("argument/calm", ("claim/walls-explain",), "claim/walls-help"),),
    )
    done = Workspace.open(folder, cached=False).import_map("aif", foreign(tmp_path, whole), key="reed-1999")
    tree = completed(done.draft)
    assert list(tree["claims"]) == ["claim/walls-help", "claim/walls-explain"]
    assert list(tree["arguments"]) == ["argument/calm"]
    assert done.entry == ""


# A new workspace

TABLES = {"cases": "city,fear\nA,1\nB,.\n", "relations": "theory,cause,relation,effect,source\nT,a,raises,b,p. 1\n"}


@pytest.mark.parametrize("settings", ["", '[workspace]\nbase = "https://example.org/kb/"\n'])
@pytest.mark.parametrize("format", ["aif", *TABLES])
def test_a_first_import_into_an_empty_workspace(format: str, settings: str, tmp_path: Path) -> None:
    """What is imported is the first file of the knowledge base, and a second import goes on from there."""
    (tmp_path / "kb").mkdir()
    (tmp_path / "theorymap.toml").write_text(settings)
    path = tmp_path / f"first.{'csv' if format in TABLES else 'json'}"
    path.write_bytes(TABLES[format].encode() if format in TABLES else aif.write(SMALL_MAP))
    for key in ("first", "second"):
        done = theorymap("import", format, path.name, "--key", key, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, f"kb/documents/{key}.yaml\n"), done.stderr
    assert Workspace.open(tmp_path).document_keys() == ["first", "second"]


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "cell", "0 cells"),
        (1, "theory", "1 theory"),
        (1200, "theory", "1,200 theories"),
        (1, "inferences", "1 inference"),
        (2, "inferences", "2 inferences"),
        (2, "equivalence class", "2 equivalence classes"),
        (1, "equivalence class", "1 equivalence class"),
        (2, "tag of a heading", "2 tags of a heading"),
        (1, "data of a heading", "1 data of a heading"),
        (1, "nodes whose identifier stands twice", "1 node whose identifier stands twice"),
        (1, "edges that stand twice", "1 edge that stands twice"),
        (1, "edges between information nodes", "1 edge between information nodes"),
        (1, "theories and explanations", "1 theory or explanation"),
        (2, "people and groups", "2 people and groups"),
    ],
)
def test_what_is_counted_is_called_by_its_number(number: int, noun: str, said: str) -> None:
    assert counted(number, noun) == said
