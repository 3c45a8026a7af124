"""Hidden names as strings, as an article prints them: whole, with their age, by parts, as initials."""

from __future__ import annotations

from collections.abc import Iterator

from db.records import PrivateWords
from extract.article.view import View
from extract.privacy.officials import Officials
from extract.privacy.rows import Row, Rows
from extract.privacy.words import PrivacyWords

#: Letters of a part of a name that is hidden by itself.
MIN_PART = 3


class Spelling:
    """Spells what is hidden in one article."""

    def __init__(self, view: View, words: PrivacyWords, rows: Rows, officials: Officials) -> None:
        self.view = view
        self.found = view.reading
        self.words = words
        self.rows = rows
        self.officials = officials

    def spell(self, hidden: list[Row]) -> Iterator[PrivateWords]:
        """The hidden names as the article prints them: whole, with their age, and by parts."""
        shown = self.words.shown["name"]
        parts: set[str] = set()
        for row in hidden:
            if row.aged:
                yield self._words(row.first, row.aged, shown)
            if row.initials:
                yield from self._initials(row, shown)
                continue
            yield self._words(row.first, row.last, shown)
            parts |= {
                self.found.lower[t]
                for t in range(row.first, row.last)
                if len(self.found.words[t]) >= MIN_PART and self.found.words[t][0].isalpha()
            }
        parts -= (
            self.officials.holder_words | {self.found.lower[t] for t in self.rows.known} | self.words.openers
        )
        if parts:
            for printed in dict.fromkeys(self.found.words):
                if printed[0].isupper() and printed.lower() in parts:
                    yield PrivateWords(kind="name", printed=printed, shown=shown)

    def _initials(self, row: Row, shown: str) -> Iterator[PrivateWords]:
        """Initials with their neighbours, wherever they stand: alone they may be part of another name."""
        letters = self.found.words[row.first : row.last]
        size = len(letters)
        for at in range(len(self.found.words) - size + 1):
            held = not self.officials.holders.isdisjoint(range(at, at + size))
            if held or self.found.words[at : at + size] != letters:
                continue
            if self.found.field(at) != self.found.field(at + size - 1):
                continue
            end = self.view.sentences[self.view.sentence_at(at)][1]
            yield from self._with_neighbours(at, self.rows.age_behind(at + size, end) or at + size, shown)

    def _with_neighbours(self, first: int, last: int, shown: str) -> Iterator[PrivateWords]:
        found, source = self.found, self.found.source(first)
        begins = first == 0 or found.sentence_starts[first]
        before = "" if begins else source[found.starts[first - 1] : found.starts[first]]
        ends = last >= len(found.words) or found.sentence_starts[last]
        after = "" if ends else source[found.ends[last - 1] : found.ends[last]]
        printed = source[found.starts[first] : found.ends[last - 1]]
        for left, right in dict.fromkeys(((before, after), (before, ""), ("", after))):
            if left or right:
                yield PrivateWords(
                    kind="name", printed=f"{left}{printed}{right}", shown=f"{left}{shown}{right}"
                )

    def _words(self, first: int, last: int, shown: str) -> PrivateWords:
        return PrivateWords(kind="name", printed=self.found.quote(first, last), shown=shown)
