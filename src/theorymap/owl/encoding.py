"""Axioms as files for the reasoners, whose answers are then read back.

The reasoners show local names only, so that a theory and a case of the same name could not be told apart; and their
readers disagree on escapes. So every name becomes a number, and every text a made-up word.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase

from theorymap.terms import XSD

from .axioms import BUILT_IN, KINDS, TYPE, Axiom, Ontology
from .literals import STRINGS, escape, is_literal, split

BASE = "urn:t#"
_HEADER = "<urn:t> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Ontology> .\n"
_REPLACED = STRINGS | {f"<{XSD.anyURI}>"}
_KIND_TERMS = {kind: term for term, kind in KINDS.items()}


class Code:
    """The numbers for the names of one ontology, the same in every file that is written for it."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._numbers: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def number(self, term: str) -> str:
        """What stands for a name, such as ``e17`` for ``<https://...>``, or ``b3`` for a blank node."""
        if term not in self._numbers:
            number = f"{'b' if term.startswith('_:') else 'e'}{len(self._numbers)}"
            self._numbers[term] = number
            self._names[number] = term
        return self._numbers[term]

    def name(self, number: str) -> str:
        """The name that a number stands for; empty for none that was given."""
        return self._names.get(number, "")

    def text(self, word: str) -> str:
        """The text that a made-up word stands for, or the word itself."""
        return self._texts.get(word, word)

    def write(self, axioms: Iterable[Axiom], *, guess: bool = True) -> bytes:
        """Axioms as N-Triples in ASCII, with the declarations of what they name.

        Args:
            axioms: Some of the axioms of the ontology.
            guess: Whether a property that nobody declared is declared by what its values are.
        """
        kinds = self._ontology.reasoning_kinds if guess else self._ontology.kinds
        lines: dict[str, None] = {}
        for axiom in axioms:
            for name in sorted(axiom.names):
                for kind in sorted(kinds.get(name, ())):
                    lines[f"{self._term(name)} {TYPE} {_KIND_TERMS[kind]} .\n"] = None
            for triple in axiom.triples:
                lines[" ".join(map(self._term, triple)) + " .\n"] = None
        return (_HEADER + "".join(lines)).encode()

    def _term(self, term: str) -> str:
        if is_literal(term):
            return self._literal(term)
        if term.startswith("_:"):
            return f"_:{self.number(term)}"
        return term if term.startswith(BUILT_IN) else f"<{BASE}{self.number(term)}>"

    def _literal(self, literal: str) -> str:
        text, language, datatype = split(literal)
        if datatype in _REPLACED and not self._ontology.keeps_strings:
            text = self._word(text)
        suffix = f"@{language}" if language else "" if datatype in STRINGS else f"^^{datatype}"
        return f'"{escape(text)}"{suffix}'

    def _word(self, text: str) -> str:
        """A word for a text: letters only and few, so that it belongs to every datatype of texts."""
        if text not in self._words:
            word = _letters(len(self._words))
            self._words[text] = word
            self._texts[word] = text
        return self._words[text]


def _letters(number: int) -> str:
    """A number in base 26; at most eight letters for any ontology that fits in memory."""
    return (_letters(number // 26) if number > 25 else "") + ascii_lowercase[number % 26]
