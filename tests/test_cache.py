"""Kept results: found again, never trusted when damaged or foreign, and never half written."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from theorymap import cache
from theorymap.cache import Cache, digest, write_whole
from theorymap.errors import OutputError
from theorymap.workspace import Workspace
from workspaces import make


def files(folder: Path) -> list[Path]:
    """All files below a folder but the one for git."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".gitignore")


class TestMemo:
    def test_a_step_is_done_once(self, tmp_path: Path) -> None:
        done: list[int] = []

        def step() -> bytes:
            done.append(1)
            return b"result\n\x00"

        kept = Cache(tmp_path / "c")
        assert [kept.memo("step", ("a", b"b"), step) for _ in range(3)] == [b"result\n\x00"] * 3
        assert Cache(tmp_path / "c").memo("step", ("a", b"b"), step) == b"result\n\x00"
        assert len(done) == 1

    def test_other_inputs_another_step_and_another_tool_are_others(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept = Cache(tmp_path)
        keys = {
            kept.key("step", "ab", "c"),
            kept.key("step", "a", "bc"),
            kept.key("steps", "ab", "c"),
            kept.key("step", "abc"),
        }
        monkeypatch.setattr(cache, "__version__", "0.0.0")
        keys.add(Cache(tmp_path).key("step", "ab", "c"))
        assert len(keys) == 5

    def test_a_changed_module_is_another_tool(self, tmp_path: Path) -> None:
        code = "from theorymap.cache import Cache; from pathlib import Path; print(Cache(Path('x')).key('s'))"
        package = tmp_path / "theorymap"
        source = Path(cache.__file__).parent
        package.mkdir()
        for name in ("__init__", "cache", "errors"):
            text = (source / f"{name}.py").read_text()
            (package / f"{name}.py").write_text('__version__ = "1"\n' if name == "__init__" else text)

        def key() -> str:
            run = [sys.executable, "-c", code]
            return subprocess.run(
                run, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
            ).stdout

        first = key()
        assert key() == first
        (package / "errors.py").write_text((package / "errors.py").read_text() + "\n# changed\n")
        assert key() != first

    def test_what_a_step_raises_is_not_kept(self, tmp_path: Path) -> None:
        kept = Cache(tmp_path / "c")

        def fails() -> bytes:
            raise KeyError("no")

        with pytest.raises(KeyError):
            kept.memo("step", (), fails)
        assert kept.memo("step", (), lambda: b"yes") == b"yes"

    def test_an_empty_result_is_a_result(self, tmp_path: Path) -> None:
        kept = Cache(tmp_path)
        assert kept.memo("step", (), lambda: b"") == b""
        assert kept.get(kept.key("step")) == b""

    @pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64, b"0" * 64 + b"result", None])
    def test_a_damaged_result_is_a_miss_and_is_mended(self, damage: bytes | None, tmp_path: Path) -> None:
        kept = Cache(tmp_path)
        assert kept.memo("step", (), lambda: b"result") == b"result"
        (path,) = files(tmp_path)
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + b"!" if damage is None else damage)
        assert kept.get(kept.key("step")) is None
        assert kept.memo("step", (), lambda: b"result") == b"result"
        assert path.read_bytes() == whole

    def test_each_byte_of_a_result_matters(self, tmp_path: Path) -> None:
        kept = Cache(tmp_path)
        kept.put(kept.key("step"), b"result")
        (path,) = files(tmp_path)
        whole = path.read_bytes()
        for place in range(len(whole)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert kept.get(kept.key("step")) is None

    def test_a_folder_in_the_place_of_a_result_is_a_miss(self, tmp_path: Path) -> None:
        kept = Cache(tmp_path)
        key = kept.key("step")
        (tmp_path / key[:2] / key[2:]).mkdir(parents=True)
        assert kept.memo("step", (), lambda: b"result") == b"result"

    @pytest.mark.parametrize("folder", [os.devnull, "/proc/nowhere", "file"])
    def test_a_folder_that_cannot_be_written_loses_nothing(self, folder: str, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("a file")
        kept = Cache(tmp_path / folder)
        assert [kept.memo("step", (), lambda: b"result") for _ in range(2)] == [b"result"] * 2
        kept.prune()
        assert (tmp_path / "file").read_text() == "a file"

    def test_the_folder_is_hidden_from_git(self, tmp_path: Path) -> None:
        Cache(tmp_path / "c").put("ab" * 32, b"x")
        assert (tmp_path / "c" / ".gitignore").read_text() == "*\n"

    def test_what_is_old_is_removed(self, tmp_path: Path) -> None:
        kept = Cache(tmp_path)
        kept.put("aa" * 32, b"old")
        kept.put("bb" * 32, b"new")
        (old,) = (path for path in files(tmp_path) if path.read_bytes().endswith(b"old"))
        os.utime(old, (0, time.time() - 40 * 24 * 3600))
        kept.prune()
        assert (kept.get("aa" * 32), kept.get("bb" * 32)) == (None, b"new")


def test_no_two_lists_of_parts_have_one_digest() -> None:
    parts: list[tuple[str | bytes, ...]] = [(), ("",), ("", ""), ("a", "b"), ("ab",), ("1:a",), (b"a", "b", ""), ("é",)]
    assert len({digest(*one) for one in parts}) == len(parts)
    assert digest("a") == digest(b"a")


class TestWriting:
    def test_a_file_is_replaced_whole_and_keeps_its_mode(self, tmp_path: Path) -> None:
        path = tmp_path / "deep" / "x.ttl"
        write_whole(path, b"one")
        assert path.read_bytes() == b"one"
        path.chmod(0o640)
        write_whole(path, b"two")
        assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"two", 0o640)
        assert os.listdir(path.parent) == ["x.ttl"]

    def test_a_new_file_has_the_mode_that_the_mask_leaves(self, tmp_path: Path) -> None:
        old = os.umask(0o027)
        try:
            write_whole(tmp_path / "x", b"")
        finally:
            assert os.umask(old) == 0o027
        assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640

    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "target")
        write_whole(tmp_path / "link", b"x")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "target").read_bytes() == b"x"

    @pytest.mark.parametrize("path", ["/dev/full", "/proc/nowhere/x", "folder", "file/x", "x" * 300])
    def test_what_cannot_be_written_is_an_error_of_ours(self, path: str, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "file").write_text("a file")
        with pytest.raises(OutputError, match="cannot be written") as caught:
            write_whole(tmp_path / path, b"x" * 10_000)
        assert caught.value.exit_code == 3
        assert sorted(os.listdir(tmp_path)) == ["file", "folder"]

    def test_a_device_is_written_to(self) -> None:
        write_whole(Path(os.devnull), b"x")

    @pytest.mark.parametrize("raised", [KeyboardInterrupt, OSError(28, "No space left on device")])
    def test_an_interrupt_or_a_full_disk_leaves_the_old_file(
        self, raised: BaseException | type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "x"
        path.write_bytes(b"old")

        def stop(*_: object) -> None:
            raise raised

        monkeypatch.setattr(os, "replace", stop)
        with pytest.raises((KeyboardInterrupt, OutputError)):
            write_whole(path, b"new")
        assert path.read_bytes() == b"old"
        assert os.listdir(tmp_path) == ["x"]


class TestSideBySide:
    def test_threads(self, tmp_path: Path) -> None:
        results: list[bytes] = []

        def work(number: int) -> None:
            for turn in range(50):
                results.append(Cache(tmp_path).memo("step", (str(turn),), lambda turn=turn: b"%d" % turn * 1000))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(results) == 200
        assert set(results) == {b"%d" % turn * 1000 for turn in range(50)}

    def test_two_processes_in_one_new_workspace(self, tmp_path: Path) -> None:
        make(tmp_path)
        code = (
            "from theorymap.workspace import Workspace; import sys\n"
            "sys.stdout.buffer.write(Workspace.open(sys.argv[1]).export('nquads'))"
        )
        run = [sys.executable, "-c", code, str(tmp_path)]
        running = [subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
        ended = [process.communicate(timeout=120) for process in running]
        assert [errors for _, errors in ended] == [b""] * 3
        assert len({out for out, _ in ended}) == 1
        assert ended[0][0] == Workspace.open(tmp_path, cached=False).export("nquads")
        assert not [path for path in files(tmp_path / cache.FOLDER) if path.name.startswith(".")]

    def test_a_workspace_whose_kept_results_are_all_damaged_answers_the_same(self, tmp_path: Path) -> None:
        make(tmp_path)
        expected = Workspace.open(tmp_path).export("nquads")
        kept = files(tmp_path / cache.FOLDER)
        assert kept
        for path in kept:
            path.write_bytes(path.read_bytes()[:-1])
        assert Workspace.open(tmp_path).export("nquads") == expected
