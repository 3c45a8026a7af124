"""Where a text names regencies and the province, and which of the mentions say nothing of what is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Mentions that make a regency the one of which an article speaks.
_OFTEN = 3
#: Tokens before a province's name within which a superlative may be said of it.
_COMPARED = 4
#: Tokens before a province's name within which it is said to be given something.
_RECEIVER = 4
#: Tokens from a sentence's beginning within which a regency is what it speaks of.
_TOPIC = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """A regency ("33.03", "33.08|33.71") or the province, named at tokens `start` to `end`."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class MentionTables:
    """Words around the names of regions."""

    capital: str  # the code of the province's seat
    city_words: PhraseTable
    receivers: PhraseTable
    superlative: tuple[str, ...]
    from_there: frozenset[str]


def build_mention_tables(vocabulary: Vocabulary) -> MentionTables:
    seats = vocabulary.cue("quantities", "capital")
    return MentionTables(
        capital=next((r.code for r in vocabulary.areas.regencies if r.name in seats), ""),
        city_words=vocabulary.table("quantities", "city_words"),
        receivers=vocabulary.table("quantities", "receivers"),
        superlative=tuple(vocabulary.cue_set("quantities", "superlative")),
        from_there=vocabulary.cue_set("quantities", "from_there"),
    )


class Mentions:
    """The regions that a text names, built once an article."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = view.vocabulary.compiled(build_mention_tables)
        self.province = view.vocabulary.areas.province

    @property
    def _spans(self) -> list[Span]:
        return self.view.spans("places")

    @cached_property
    def _every(self) -> list[Mention]:
        outer = (s for s in self._spans if s.label_ in ("REGENCY", "PROVINCE"))
        codes = ((s, self.province if s.label_ == "PROVINCE" else s.kb_id_) for s in outer)
        return [Mention(s.start, s.end, code) for s, code in codes if code]

    @cached_property
    def _provinces(self) -> list[Mention]:
        return [m for m in self._every if m.code == self.province]

    @cached_property
    def _regencies(self) -> list[Mention]:
        return [m for m in self._every if m.code != self.province]

    @cached_property
    def provinces(self) -> Ordered[int]:
        """Where the province is named."""
        return Ordered((m.start, m.start) for m in self._provinces)

    @cached_property
    def regencies(self) -> Ordered[Mention]:
        return Ordered((m.start, m) for m in self._regencies)

    @cached_property
    def places(self) -> Ordered[Mention]:
        """The regencies, and the province where it is spoken of."""
        return Ordered((m.start, m) for m in self._every if m.start not in self.compared)

    @cached_property
    def inner(self) -> Ordered[Span]:
        """The kecamatan and villages that are known."""
        known = (s for s in self._spans if s.label_ in ("KECAMATAN", "VILLAGE") and s.kb_id_)
        return Ordered((s.start, s) for s in known)

    @cached_property
    def main(self) -> str:
        """The regency of which the article speaks most; "" where none is named often."""
        return next((code for code, n in self._often.most_common(1) if n >= _OFTEN), "")

    @cached_property
    def _often(self) -> Counter[str]:
        return Counter(m.code for m in self._regencies)

    @cached_property
    def seat_meant(self) -> bool:
        """Whether the province's seat is meant as a city, and not only where the report was written."""
        return any(m.code == self.tables.capital and self._is_city(m) for m in self._regencies)

    @cached_property
    def aside(self) -> set[int]:
        """Where a regency is named in passing: "mepet X" doesn't change what an article speaks of."""
        return {s.start for s in self._spans if s.label_ == "REGENCY" and self._is_aside(s)}

    @cached_property
    def given_to(self) -> frozenset[int]:
        """Where the province is named as what is given something."""
        return frozenset(m.start for m in self._provinces if self._is_receiver(m))

    @cached_property
    def compared(self) -> set[int]:
        """Where the province is named and not spoken of."""
        addresses = {s.end + 1 for s in self._spans if s.label_ == "REGENCY"}
        return {m.start for m in self._provinces if self._is_compared(m) or self._is_address(m, addresses)}

    def _is_compared(self, province: Mention) -> bool:
        """Whether a superlative stands before it: "kabupaten terluas di Jawa Tengah" speaks of none."""
        near = self.lower[max(0, province.start - _COMPARED) : max(0, province.start - 1)]
        return any(word.startswith(self.tables.superlative) for word in near)

    def _is_address(self, province: Mention, addresses: set[int]) -> bool:
        """Whether it closes an address: "Kabupaten X, Jawa Tengah"."""
        return province.start in addresses and self.lower[province.start - 1] == ","

    def _is_receiver(self, province: Mention) -> bool:
        """Whether it is given something: "menyodorkan empat nama kepada Pemprov Jawa Tengah"."""
        start = province.start
        return bool(self.tables.receivers.find(self.lower, max(0, start - _RECEIVER), start))

    def _is_aside(self, span: Span) -> bool:
        """Whether a regency is named but once, within a sentence, and not as the place of something."""
        start, view = span.start, self.view
        if self._often[span.kb_id_] != 1 or start < view.reading.title_end:
            return False
        if view.segment_at(start).kind == "dateline":
            return False
        if start - view.sentences[view.sentence_at(start)][0] <= _TOPIC:
            return False
        from_there = not self.tables.from_there.isdisjoint(self.lower[start - 2 : start])
        return span.id_ != "places.cue" or from_there

    def _is_city(self, seat: Mention) -> bool:
        """Whether a word for the city stands before it, and it is no address: "di Gedung X, Kota Y"."""
        start = seat.start
        words = self.tables.city_words.find(self.lower, max(0, start - 2), start + 1)
        return start > 0 and bool(words) and self.lower[start - 2] != ","
