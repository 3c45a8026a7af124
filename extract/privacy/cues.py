"""Words of an article that tell of a victim, a child, a patient, and are no part of a name or an office."""

from __future__ import annotations

from functools import cached_property

from extract.article.view import View
from extract.privacy.officials import Officials
from extract.privacy.rows import Rows
from extract.privacy.words import PrivacyWords

#: A cue: first token, the one behind it, "strong" or "weak".
Cue = tuple[int, int, str]


class Cues:
    """The cues of one article by sentence."""

    def __init__(self, view: View, words: PrivacyWords, rows: Rows, officials: Officials) -> None:
        self.view = view
        self.found = view.reading
        self.words = words
        self.rows = rows
        self.officials = officials

    @cached_property
    def _spans(self) -> list[Cue]:
        return self.words.cues.find(self.found.lower, 0, len(self.found.lower))

    def of(self, begin: int, end: int) -> list[Cue]:
        """A sentence's cues; "Rumah Perlindungan Anak" has none."""
        return [
            cue
            for cue in self._index.get(begin, ())
            if cue[1] <= end
            and self._taken.isdisjoint(range(*cue[:2]))
            and not self._is_plural(cue, end)
            and not self._in_name(cue, begin)
        ]

    @cached_property
    def _taken(self) -> frozenset[int]:
        """Tokens of names and offices, in which no word is a cue."""
        return frozenset((self.rows.known | self.officials.offices) - self._groups)

    @cached_property
    def _index(self) -> dict[int, list[Cue]]:
        index: dict[int, list[Cue]] = {}
        for cue in self._spans:
            index.setdefault(self.view.sentences[self.view.sentence_at(cue[0])][0], []).append(cue)
        return index

    @cached_property
    def _groups(self) -> frozenset[int]:
        """Tokens of pillars that are called by those whom they are for: "korban kekerasan", "lansia"."""
        firsts = {first for first, _, _ in self._spans}
        cues = {t for first, last, _ in self._spans for t in range(first, last)}
        spans = (range(s.start, s.end) for s in self.view.spans("pillars"))
        told = (span for span in spans if span[0] in firsts or cues.issuperset(span))
        return frozenset(t for span in told for t in span) - self.officials.offices

    def _in_name(self, cue: Cue, begin: int) -> bool:
        """Whether a cue is part of a proper name: "Hari Disabilitas Internasional"."""
        first, words = cue[0], self.found.words
        if first == begin or first < self.found.title_end or not words[first][0].isupper():
            return False
        return words[first - 1][0].isupper() and self.found.lower[first - 1] not in self.words.openers

    def _is_plural(self, cue: Cue, end: int) -> bool:
        """ "anak-anak", "siswa-siswi": a group, nobody's company."""
        first, last, kind = cue
        lower = self.found.lower
        doubled = last + 1 < end and lower[last] == "-" and lower[last + 1][:3] == lower[last - 1][:3]
        again = first > 1 and lower[first - 1] == "-" and lower[first - 2][:3] == lower[first][:3]
        return kind == "weak" and (doubled or again)
