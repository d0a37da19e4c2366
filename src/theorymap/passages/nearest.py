"""What a document says in nearly the same words as somebody who was not quite exact."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from theorymap.passages.letters import blank_markup, letters_of

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_TRIED = 40
_LIKE_ENOUGH = 0.6
_PREFERENCE = 0.1


class Words:
    """The words of a document, each with the place where it stands."""

    def __init__(self, text: str, markup: re.Pattern[str], stretches: Iterable[tuple[int, tuple[int, int]]]) -> None:
        """Index the words of some stretches of a text.

        Args:
            text: The text.
            markup: What in it is no word.
            stretches: The number of a part of the document, and a stretch (start, end in characters) of it.
        """
        self._markup = markup
        blanked = blank_markup(text, markup)
        self._words = [
            (letters_of(word[0], markup), part, word.start(), word.end())
            for part, (start, end) in stretches
            for word in _WORD.finditer(blanked, start, end)
        ]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words):
            self._places[word[0]].append(place)

    def nearest(self, words: str, preferred: set[int]) -> list[tuple[int, int, int]]:
        """The runs most like some words, as many words long, best first: part, start and end in characters.

        Runs that share a word at its place in the run are tried, those that share most first, and compared by
        `difflib.SequenceMatcher`; the parts whose numbers are preferred have a small advantage.
        """
        sought = [letters_of(word, self._markup) for word in words.split()]
        votes: Counter[int] = Counter()
        for shift, word in enumerate(sought):
            votes.update(max(place - shift, 0) for place in self._places.get(word, ()))
        ranked = []
        for place, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_TRIED]:
            part = self._words[place][1]
            run = [word for word in self._words[place : place + len(sought)] if word[1] == part]
            likeness = difflib.SequenceMatcher(None, " ".join(sought), " ".join(word[0] for word in run)).ratio()
            if likeness >= _LIKE_ENOUGH:
                ranked.append((-likeness - _PREFERENCE * (part in preferred), place, (part, run[0][2], run[-1][3])))
        return [run for _, _, run in sorted(ranked)]
