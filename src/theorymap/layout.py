"""Where things are: the folders of a workspace, and the ontology, shapes and queries that come with theorymap.

A workspace is a folder with a `theorymap.toml`. It always has a `kb/` of its own; the ontology, the shapes and the
queries that come with theorymap are used beside whatever folders it names.
"""

from __future__ import annotations

import functools
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from theorymap.errors import WorkspaceError
from theorymap.terms import ID, nearest

SETTINGS = "theorymap.toml"
FOLDERS = ("ontology", "kb", "shapes", "queries")
_KEYS = {*FOLDERS, "base", "show"}
_BASE = re.compile(r"https?://[A-Za-z0-9._~:/%-]+/\Z")


def packaged(folder: str) -> Path:
    """The folder of that name that comes with theorymap: in the wheel, or beside `src/` in a checkout.

    Raises:
        WorkspaceError: It is in neither place; the installation is broken.
    """
    package = Path(__file__).parent
    for candidate in (package / "data" / folder, package.parent.parent / folder):
        if candidate.is_dir():
            return candidate
    raise WorkspaceError(f"the folder {folder} that comes with theorymap is missing", "Install theorymap again.")


@functools.cache
def _packaged() -> dict[str, str]:
    """The paths of the folders that come with theorymap, each with a separator at its end."""
    return {name: os.path.join(packaged(name).resolve(), "") for name in FOLDERS if name != "kb"}


@dataclass(frozen=True)
class Layout:
    """The folders of a workspace.

    Attributes:
        root: The folder that holds `theorymap.toml`.
        ontology, kb, shapes, queries: Folders by what they hold, absolute, those of theorymap itself first.
        base: The IRI against which identifiers are resolved.
        show: The question whose answer `theorymap build` prints; empty for none.
    """

    root: Path
    ontology: tuple[Path, ...]
    kb: tuple[Path, ...]
    shapes: tuple[Path, ...]
    queries: tuple[Path, ...]
    base: str = ID
    show: str = ""

    @classmethod
    def find(cls, start: Path) -> Layout:
        """The workspace that a folder lies in.

        Raises:
            WorkspaceError: No folder from `start` upwards has a `theorymap.toml`, or the file cannot be used.
        """
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return cls.read(folder)
        raise WorkspaceError(
            f"no {SETTINGS} in {start} or above it",
            f"Go to a workspace, name one with --workspace, or make one: a folder with an empty {SETTINGS} and a kb/.",
        )

    @classmethod
    def read(cls, root: Path) -> Layout:
        """The workspace whose `theorymap.toml` stands in `root`.

        Raises:
            WorkspaceError: The file cannot be read, holds an unknown key, or names a folder that is not there.
        """
        settings = _settings(root / SETTINGS)
        folders = {name: tuple(_folders(root, name, settings.get(name))) for name in FOLDERS}
        base = settings.get("base", ID)
        if not isinstance(base, str) or not _BASE.match(base):
            raise WorkspaceError(f"{root / SETTINGS}: base is no IRI that ends in /", f'Write base = "{ID}".')
        show = settings.get("show", "")
        if not isinstance(show, str):
            raise WorkspaceError(f"{root / SETTINGS}: show is no name of a question", 'Write show = "holdings".')
        return cls(root=root, base=base, show=show, **folders)

    def name(self, path: Path | str) -> str:
        """A path as findings name it, with forward slashes.

        Relative to the workspace if it lies within; `theorymap/` and the folder if it comes with theorymap; else whole.
        """
        # Plain strings, because there may be ten thousands of files, and each command names them all.
        within, parts = os.path.join(self.root, ""), str(path)
        if parts.startswith(within):
            return parts[len(within) :].replace(os.sep, "/")
        for name, folder in _packaged().items():
            if parts.startswith(folder):
                return f"theorymap/{name}/" + parts[len(folder) :].replace(os.sep, "/")
        return parts.replace(os.sep, "/")

    def path(self, name: str) -> Path:
        """The path of a file that `name` named."""
        if name.startswith("theorymap/"):
            folder, _, rest = name.removeprefix("theorymap/").partition("/")
            return packaged(folder) / rest
        return self.root / name

    def files(self, folder: str) -> list[str]:
        """The paths of the files below the folders of one sort (`ontology`, `kb` ...), sorted, hidden ones left out.

        A file of the workspace takes the place of the file of that name that comes with theorymap.
        """
        found: dict[str, str] = {}
        for top in map(str, getattr(self, folder)):
            found |= {path[len(top) :]: path for path in sorted(_below(top), key=lambda path: path.split(os.sep))}
        return list(found.values())


def _settings(path: Path) -> dict[str, object]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise WorkspaceError(f"{path} cannot be read: {problem}") from problem
    except tomllib.TOMLDecodeError as problem:
        raise WorkspaceError(f"{path} is no TOML: {problem}") from problem
    settings = data.get("workspace", {})
    if not isinstance(settings, dict):
        raise WorkspaceError(f"{path}: workspace is no table", "Write its keys below a line [workspace].")
    for key in [*(set(data) - {"workspace"}), *(set(settings) - _KEYS)]:
        near = nearest(key, {*_KEYS, "workspace"})
        raise WorkspaceError(f"{path}: unknown key {key!r}", f"Did you mean {near!r}?" if near else "Remove it.")
    return dict(settings)


def _folders(root: Path, name: str, given: object) -> Iterator[Path]:
    own = [name] if given is None and (root / name).is_dir() else given or []
    if not isinstance(own, list) or not all(isinstance(item, str) for item in own):
        raise WorkspaceError(f"{root / SETTINGS}: {name} must be a list of folder names", f'Write {name} = ["{name}"].')
    folders = [(root / item).resolve() for item in own]
    for folder in folders:
        if not folder.is_dir():
            raise WorkspaceError(f"{root / SETTINGS}: {name} names {folder}, which is no folder")
    if name == "kb":
        if not folders:
            raise WorkspaceError(f"{root} has no folder kb/", "Make it, and put a file for each document into it.")
    elif packaged(name).resolve() not in folders:
        yield packaged(name).resolve()
    yield from folders


def _below(top: str) -> Iterator[str]:
    for folder, subfolders, names in os.walk(top):
        subfolders[:] = [name for name in subfolders if not name.startswith((".", "__"))]
        yield from (os.path.join(folder, name) for name in names if not name.startswith(".") and not name.endswith("~"))
