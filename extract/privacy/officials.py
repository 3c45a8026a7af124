"""Who holds a public office in an article, and keeps the name."""

from __future__ import annotations

from functools import cached_property

from extract.article.view import View
from extract.privacy.rows import Row
from extract.privacy.words import PrivacyWords


class Officials:
    """The offices of one article and their holders, as tokens."""

    def __init__(self, view: View, words: PrivacyWords) -> None:
        self.view = view
        self.found = view.reading
        self.words = words

    @cached_property
    def _officials(self) -> list[tuple[int, int, int, int]]:
        """Name and office, as token ranges, of those who hold one that is public."""
        found = []
        for span in self.view.spans("people"):
            first, last = (int(t) for t in span.id_.split(":"))
            if not self.words.unlisted_roles.at(self.found.lower, first):
                found.append((span.start, span.end, first, last))
        return found

    @cached_property
    def offices(self) -> frozenset[int]:
        """Tokens of public offices."""
        return frozenset(t for _, _, first, last in self._officials for t in range(first, last))

    @cached_property
    def holders(self) -> frozenset[int]:
        """Tokens of the names of those who hold them."""
        return frozenset(t for start, end, _, _ in self._officials for t in range(start, end))

    @cached_property
    def tokens(self) -> frozenset[int]:
        """Those of both."""
        return self.offices | self.holders

    @cached_property
    def holder_words(self) -> frozenset[str]:
        return frozenset(self.found.lower[t] for t in self.holders if self.found.words[t][0].isalpha())

    def is_held(self, row: Row) -> bool:
        words = {self.found.lower[t] for t in range(row.first, row.last) if self.found.words[t][0].isalpha()}
        named = not row.initials and words <= self.holder_words
        return named or not self.holders.isdisjoint(range(row.first, row.last))

    def has_small_office(self, row: Row) -> bool:
        """Whether somebody's office is one that a victim or one of the family may hold as well."""
        return any(
            start <= row.first < end and self.words.small_roles.at(self.found.lower, first) is not None
            for start, end, first, _ in self._officials
        )
