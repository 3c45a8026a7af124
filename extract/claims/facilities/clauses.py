"""Cuts sentences into the clauses that tell of one building each."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.facilities.words import FacilityWords, looks_like_verb

#: Tokens around a comma in which a place ends or begins that it lists.
_LISTED = 3


class Clauses:
    """Where clauses open and close."""

    def __init__(self, view: View, words: FacilityWords, places: Ordered[Span]) -> None:
        self.view = view
        self.words = words
        self.places = places
        self.lower = view.reading.lower

    def cut(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """A sentence cut at ";" and at "sedangkan" and the like."""
        begin = first
        for i in self._marks(first, last):
            if i > begin:
                yield begin, i
            begin = i + 1
        if last > begin:
            yield begin, last

    def _marks(self, first: int, last: int) -> list[int]:
        """The tokens that part a sentence; a conjunction at its start, or right behind another, does not."""
        marks: list[int] = []
        for i in range(first, last):
            begin = marks[-1] + 1 if marks else first
            if self.lower[i] == ";" or (i > begin and self.words.turns.at(self.lower, i)):
                marks.append(i)
        return marks

    def parts(self, token: int) -> bool:
        """Whether a token parts two clauses."""
        return self.lower[token] == ";" or self.turns(token)

    def turns(self, token: int) -> bool:
        """Whether another clause opens at a token; not at an adverb ("sementara dipinjam")."""
        if self.words.turns.at(self.lower, token) is None:
            return False
        return self.lower[token] not in self.words.adverbs or not self._is_adverb(token)

    def _is_adverb(self, token: int) -> bool:
        """Whether a word that may be one is: "untuk sementara", "sementara dipinjam"."""
        if token and self.lower[token - 1] in self.words.before_adverbs:
            return True
        behind = self.view.reading.words[token + 1 : token + 2]
        return bool(behind) and looks_like_verb(behind[0])

    def around(self, first: int, last: int, begin: int, end: int) -> tuple[int, int]:
        """The clause within `begin` and `end` of what is named at tokens `first` to `last`."""
        begin = max((i + 1 for i in range(begin, first) if self.parts(i)), default=begin)
        end = next((i for i in range(last, end) if self.parts(i)), end)
        if first < self.view.reading.title_end:
            clause = self._headline(first, last, begin, end)
            return clause if self.places.within(*clause) else (begin, end)
        return begin, end

    def _headline(self, first: int, last: int, begin: int, end: int) -> tuple[int, int]:
        """The same between a headline's commas: "X Belajar Barista, | Y Punya RPPA"; a list goes on."""
        before = next((i + 1 for i in range(first - 1, begin - 1, -1) if self._is_pause(i)), begin)
        return before, next((i for i in range(last, end) if self._is_pause(i)), end)

    def _is_pause(self, token: int) -> bool:
        return self.lower[token] == "," and not self._is_between_places(token)

    def _is_between_places(self, comma: int) -> bool:
        before = self.places.within(max(0, comma - _LISTED), comma)
        behind = self.places.within(comma + 1, comma + 1 + _LISTED)
        return any(p.end == comma for p in before) and any(p.start == comma + 1 for p in behind)
