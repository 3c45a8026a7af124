"""Which dates are those of the programme's decrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.events.dating import Dated
from extract.claims.events.launches import Launches
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Tokens between a decree and its date; a budget or a second decree may lie beyond.
_DECREE = 24
#: Tokens of a decree's name within which its number stands.
_NUMBER = 12
_YEARS = range(2000, 2060)


@dataclass(frozen=True, slots=True)
class DecreeTables:
    decrees: PhraseTable
    bare_decrees: PhraseTable
    decree_acts: PhraseTable
    issued: PhraseTable
    decree_again: PhraseTable
    other_decrees: PhraseTable
    serials: PhraseTable
    until: PhraseTable
    as_of: PhraseTable
    targets: PhraseTable
    budget_years: PhraseTable
    heads: frozenset[str]  # the words that any name of a decree opens with


def build_decree_tables(vocabulary: Vocabulary) -> DecreeTables:
    tables = {key: vocabulary.table("events", key) for key in DecreeTables.__slots__ if key != "heads"}
    named = ("decrees", "bare_decrees", "issued", "decree_again")
    return DecreeTables(**tables, heads=frozenset().union(*(tables[key].heads for key in named)))


class Decrees:
    """Finds the programme's decrees and gives each its date, or the year of its number."""

    def __init__(self, view: View, dates: list[Dated], launches: Launches) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.words = view.reading.words
        self.tables = view.vocabulary.compiled(build_decree_tables)
        self.launches = launches
        self.dates = Ordered((d.first, d) for d in dates if d.kind != "PART")

    def find(self, taken: set[int]) -> Iterator[tuple[Dated, int, int, str]]:
        """(date, first and last token, rule) of every dated decree; `taken`: dates of something else."""
        earlier = -9
        for number, (first, last) in enumerate(self.view.sentences):
            if self.tables.heads.isdisjoint(self.lower[first:last]):
                continue
            hits = self._named(first, last)
            again = (
                [] if hits or number - earlier > 1 else self.tables.decree_again.find(self.lower, first, last)
            )
            if hits:
                earlier = number
            if best := self._dated(hits or again, first, last, taken):
                yield best
                continue
            for start, end, _ in hits:
                if serial := self._serial(start, min(last, end + _NUMBER)):
                    yield serial, start, serial.last, "events.decree-number"
                    break

    def _named(self, first: int, last: int) -> list[tuple[int, int, str]]:
        tables, lower = self.tables, self.lower
        hits = [h for h in tables.decrees.find(lower, first, last) if self._is_decree(*h[:2])]
        if not hits:
            hits = [h for h in tables.bare_decrees.find(lower, first, last) if self._is_decree(*h[:2])]
        if not hits and tables.issued.find(lower, first, last):
            hits = tables.decree_acts.find(lower, first, last)
        return hits

    def _dated(
        self, hits: list[tuple[int, int, str]], first: int, last: int, taken: set[int]
    ) -> tuple[Dated, int, int, str] | None:
        """The finest and nearest date of a sentence that may belong to one of its decrees."""
        best: tuple[tuple[int, int], tuple[Dated, int, int, str]] | None = None
        for start, end, _ in hits:
            low, high = max(first, start - _DECREE - 8), min(last, end + _DECREE + 1)
            for dated in self.dates.within(low, high):
                if dated.first in taken:
                    continue
                gap = dated.first - end if dated.first >= end else start - dated.last
                if gap > _DECREE or self._of_another(dated, start, end, first):
                    continue
                rank = (-len(dated.best), gap + (8 if dated.first < start else 0))
                if best is None or rank < best[0]:
                    over = dated.in_past(self.view.published)
                    best = rank, (over, min(start, dated.first), max(end, dated.last), "events.decree")
        return best[1] if best else None

    def _serial(self, first: int, last: int) -> Dated | None:
        """The year that closes a decree's number: "SK Nomor 400.10/118/2025"."""
        for opened, end, _ in self.tables.serials.find(self.lower, first, last):
            for i in range(end + 1, min(last, opened + _NUMBER)):
                word = self.lower[i]
                closes = i + 1 >= len(self.lower) or self.lower[i + 1] not in "/-.–" or i + 1 == last
                if self.lower[i - 1] != "/" or len(word) != 4 or not word.isdecimal():
                    continue
                if int(word) in _YEARS and (closes or self.lower[i + 1] == "."):
                    return Dated(i, i + 1, "YEAR", word)
        return None

    def _is_decree(self, start: int, end: int) -> bool:
        if end - start == 1 and len(self.lower[start]) <= 3:
            if not self.words[start].isupper():
                return False
            behind = self.words[end] if end < len(self.words) else ""
            opens = self.view.reading.sentence_starts[start]
            if not opens and self.words[start - 1] in ",.":  # an academic title: "Sutopo, SE"
                return False
            if behind in (",", "."):
                return self.lower[start] == "sk"
        window = (max(0, start - 2), min(len(self.lower), end + 4))
        return not self.tables.other_decrees.find(self.lower, *window)

    def _of_another(self, dated: Dated, start: int, end: int, first: int) -> bool:
        """Whether a date near a decree is that of a meeting, a speech, a count or an aim."""
        low, high = (end, dated.first) if dated.first >= end else (first, start)
        near = max(first, dated.first - 4)
        tables, lower = self.tables, self.lower
        if dated.kind == "YEAR" and tables.budget_years.find(lower, near, dated.first):
            return True
        # a date before the decree may be that of a meeting named before it
        if self.launches.tables.gatherings.find(lower, low, high):
            return True
        # "hingga 29 Oktober, ... ditetapkan dalam SK", "paling lambat November, SK harus terbit"
        if any(stop >= dated.first for _, stop, _ in tables.until.find(lower, near, dated.first + 1)):
            return True
        if any(stop >= dated.first - 1 for _, stop, _ in tables.targets.find(lower, near, dated.first)):
            return True
        # "data per 1 Oktober ... sudah ada SK"; behind a decree "per 1 Oktober" may be its own
        if dated.first < start and any(
            stop >= dated.first for _, stop, _ in tables.as_of.find(lower, near, dated.first)
        ):
            return True
        # "..., menyampaikan isi keputusan itu, Rabu (20/8)": the day of the speech, wherever its verb stands.
        bare = dated.kind == "DAY" and dated.first > first and lower[dated.first - 1] in (",", "(")
        return self.launches.is_said(dated, first, first if bare or dated.first < end else end)
