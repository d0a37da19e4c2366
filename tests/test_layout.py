"""Where the folders of a workspace are, and settings that cannot be used."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from theorymap.cache import Cache
from theorymap.errors import SourceError, WorkspaceError
from theorymap.layout import FOLDERS, Layout, packaged
from theorymap.sources import Sources, file_of, graph_of
from workspaces import ROOT, make


def settings(folder: Path, text: str) -> Path:
    """A folder with a kb/ and settings."""
    (folder / "kb").mkdir(exist_ok=True)
    (folder / "theorymap.toml").write_text(text, encoding="utf-8")
    return folder


def sources(folder: Path) -> Sources:
    """The files of a workspace, with nothing kept."""
    return Sources(Layout.read(folder), Cache(Path(os.devnull)))


class TestFinding:
    def test_a_workspace_is_found_from_any_folder_in_it(self, tmp_path: Path) -> None:
        settings(tmp_path, "")
        below = tmp_path / "kb" / "documents"
        below.mkdir()
        assert Layout.find(below).root == Layout.find(tmp_path).root == tmp_path.resolve()

    def test_no_workspace(self, tmp_path: Path) -> None:
        with pytest.raises(WorkspaceError, match=r"no theorymap\.toml in") as caught:
            Layout.find(tmp_path)
        assert "--workspace" in caught.value.hint

    def test_what_comes_with_theorymap_stands_before_what_is_ones_own(self, tmp_path: Path) -> None:
        for name in FOLDERS:
            (tmp_path / name).mkdir()
        layout = Layout.read(settings(tmp_path, ""))
        for name in FOLDERS:
            own = (tmp_path / name).resolve()
            assert getattr(layout, name) == ((own,) if name == "kb" else (packaged(name).resolve(), own))

    def test_the_repository_does_not_take_its_own_folders_twice(self) -> None:
        layout = Layout.read(ROOT)
        assert layout.ontology == (ROOT / "ontology",)
        names = [layout.name(path) for path in layout.files("ontology")]
        own = ("alignments.ttl", "context.jsonld", "core.ttl", "ir.ttl", "states.ttl")
        assert names == [f"ontology/{name}" for name in own]

    def test_folders_can_be_named(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            (tmp_path / name / f"{name}.yaml").write_text("id: register/x\n")
        layout = Layout.read(settings(tmp_path, '[workspace]\nkb = ["two", "one"]\nbase = "https://example.org/"\n'))
        assert [layout.name(path) for path in layout.files("kb")] == ["two/two.yaml", "one/one.yaml"]
        assert layout.base == "https://example.org/"

    def test_names_lead_back_to_files(self, tmp_path: Path) -> None:
        layout = Layout.read(settings(tmp_path, ""))
        for path in [*layout.files("ontology"), *layout.files("queries")]:
            assert layout.name(path).startswith("theorymap/")
            assert layout.path(layout.name(path)).samefile(path)
        assert layout.path("kb/x.yaml") == layout.root / "kb" / "x.yaml"


class TestFiles:
    def test_hidden_files_and_those_that_editors_leave_are_not_read(self, tmp_path: Path) -> None:
        root = settings(tmp_path, "")
        for name in (".hidden.yaml", "x.yaml~", "b.yaml", "a.yaml", ".git/c.yaml", "__pycache__/d.yaml", "sub/e.yaml"):
            (root / "kb" / name).parent.mkdir(exist_ok=True)
            (root / "kb" / name).write_text("")
        layout = Layout.read(root)
        assert [layout.name(path) for path in layout.files("kb")] == ["kb/a.yaml", "kb/b.yaml", "kb/sub/e.yaml"]

    def test_a_file_of_ones_own_takes_the_place_of_the_packaged_one(self, tmp_path: Path) -> None:
        (tmp_path / "queries" / "entail").mkdir(parents=True)
        own = tmp_path / "queries" / "entail" / "parts.rq"
        own.write_text("")
        layout = Layout.read(settings(tmp_path, ""))
        parts = [path for path in layout.files("queries") if path.endswith("parts.rq")]
        assert parts == [str(own.resolve())]

    def test_names_that_are_no_iri_and_no_utf_8(self, tmp_path: Path) -> None:
        root = settings(tmp_path, "")
        for name in (b"a b.yaml", b"caf\xc3\xa9.yaml", b"\xff.yaml", b"50%.yaml"):
            (root / "kb" / os.fsdecode(name)).write_bytes(b"id: register/x\nlabel: x\n")
        found = sources(root)
        names = {file.name for file in found.of("kb")}
        assert names == {"kb/a b.yaml", "kb/café.yaml", "kb/\\udcff.yaml", "kb/50%.yaml"}
        assert found.nquads()
        assert {file_of(graph_of(name)) for name in names} == names

    def test_what_cannot_be_read_is_a_finding(self, tmp_path: Path) -> None:
        root = settings(tmp_path, "")
        (root / "kb" / "gone.yaml").symlink_to(root / "nowhere")
        os.mkfifo(root / "kb" / "pipe.yaml")
        (root / "kb" / "notes.txt").write_text("x")
        found = {(f.origin.file, f.code) for f in sources(root).findings()}
        assert found == {
            ("kb/gone.yaml", "unreadable-file"),
            ("kb/pipe.yaml", "unreadable-file"),
            ("kb/notes.txt", "unknown-file"),
        }

    def test_a_knowledge_base_without_files(self, tmp_path: Path) -> None:
        (found,) = sources(settings(tmp_path, "")).findings()
        assert found.code == "empty-kb"


class TestSettings:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("[workspace", "is no TOML"),
            ("workspace = 3", "workspace is no table"),
            ('[workspace]\nkbs = ["kb"]', "unknown key 'kbs'.*Did you mean 'kb'"),
            ("[werkspace]", "unknown key 'werkspace'.*Did you mean 'workspace'"),
            ("[workspace]\nxyzzyx = 1", "unknown key 'xyzzyx'.*Remove it"),
            ('[workspace]\nkb = "kb"', r"kb must be a list.*Write kb = \[\"kb\"\]"),
            ("[workspace]\nkb = [1]", "kb must be a list"),
            ('[workspace]\nkb = ["nowhere"]', "which is no folder"),
            ("[workspace]\nkb = []", "has no folder kb/"),
            ('[workspace]\nontology = ["theorymap.toml"]', "which is no folder"),
            ("[workspace]\nbase = 5", "base is no IRI"),
            ('[workspace]\nbase = "example.org"', "base is no IRI"),
            ('[workspace]\nbase = "https://example.org/a b/"', "base is no IRI"),
        ],
    )
    def test_what_cannot_be_used_is_told(self, text: str, words: str, tmp_path: Path) -> None:
        with pytest.raises(WorkspaceError) as caught:
            Layout.read(settings(tmp_path, text))
        assert re.search(words, f"{caught.value} {caught.value.hint}")
        assert caught.value.exit_code == 3

    def test_settings_that_are_not_utf_8(self, tmp_path: Path) -> None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "theorymap.toml").write_bytes(b"\xff\xfe")
        with pytest.raises(WorkspaceError, match="cannot be read"):
            Layout.read(tmp_path)

    def test_no_knowledge_base(self, tmp_path: Path) -> None:
        (tmp_path / "theorymap.toml").write_text("")
        with pytest.raises(WorkspaceError, match="has no folder kb/"):
            Layout.read(tmp_path)

    def test_a_broken_context_is_told(self, tmp_path: Path) -> None:
        for text in (
            "{",
            "[]",
            '{"@context": 3}',
            '{"@context": {"a": {"@type": "@id"}}}',
            '{"@context": {"a": {"@id": "b", "@type": "@vocab"}}}',
            '{"@context": {"a": {"@id": "b", "@nest": "c"}}}',
        ):
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            workspace = make(folder, {"ontology/context.jsonld": text})
            with pytest.raises(SourceError, match="context"):
                _ = workspace.sources.vocabulary
