"""Results kept by the digest of what they were made from, and files that are written whole or not at all.

A step is a pure function: its key is the digest of the tool, the name of the step and its inputs.
A kept result is an immutable file, written beside its place and renamed; so two processes at once, an interrupt
and a full disk leave either the whole file or none. A file that is damaged or foreign is a miss.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from theorymap import __version__
from theorymap.errors import OutputError

FOLDER = ".theorymap"
_KEPT_FOR = 30 * 24 * 3600
_HEAD = 64


def digest(*parts: str | bytes) -> str:
    """The SHA-256 digest of some parts, each counted with its length, so that no two lists of parts run together."""
    hasher = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hasher.update(b"%d:" % len(data))
        hasher.update(data)
    return hasher.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and rename it; a device such as `/dev/full` is written to directly.

    Raises:
        OutputError: It cannot be written; what stood at `path` before is untouched.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        with _beside(target) as (descriptor, name):
            with open(descriptor, "wb") as file:
                file.write(data)
            os.chmod(name, _mode(target))
            os.replace(name, target)
    except OSError as problem:
        raise OutputError(f"{path} cannot be written: {problem.strerror or problem}") from problem


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[tuple[int, str]]:
    """A new file in the folder of a path, removed again unless it was renamed."""
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        yield descriptor, name
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what the user's mask leaves of rw-rw-rw-."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


class Cache:
    """Kept results in one folder; a folder that cannot be written makes every look-up a miss and loses nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tool = _fingerprint()

    def memo(self, step: str, inputs: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
        """The result of a step for these inputs, made only if it is not kept.

        Args:
            step: The name of the step; part of the key.
            inputs: Whatever the result depends on.
            make: The step; called at most once. What it raises is not kept.
        """
        key = self.key(step, *inputs)
        kept = self.get(key)
        if kept is None:
            kept = make()
            self.put(key, kept)
        return kept

    def key(self, step: str, *inputs: str | bytes) -> str:
        """The digest under which the result of a step for these inputs is kept."""
        return digest(self._tool, step, *inputs)

    def get(self, key: str) -> bytes | None:
        """The result that is kept under a key, or None if there is none or the file is damaged."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        body = data[_HEAD:]
        return body if hashlib.sha256(body).hexdigest().encode() == data[:_HEAD] else None

    def put(self, key: str, body: bytes) -> None:
        """Keep a result; where the folder cannot be written nothing happens."""
        with contextlib.suppress(OutputError, OSError):
            if not self.folder.exists():
                self.folder.mkdir(parents=True)
                (self.folder / ".gitignore").write_text("*\n")
            write_whole(self._path(key), hashlib.sha256(body).hexdigest().encode() + body)

    def prune(self) -> None:
        """Remove what nobody has written for a month."""
        import time

        before = time.time() - _KEPT_FOR
        with contextlib.suppress(OSError):
            for path in self.folder.glob("*/*"):
                if path.stat().st_mtime < before:
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def _fingerprint() -> str:
    """The version and, so that a changed checkout is another tool, the size and age of every module."""
    marks = []
    for folder, _, names in sorted(os.walk(Path(__file__).parent)):
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))
                marks.append(f"{name}{status.st_size}{status.st_mtime_ns}")
    return digest(__version__, *marks)
