"""Which dates are those of the programme's decrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.events.dating import Dated
from extract.claims.events.subjects import Subjects
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Tokens between a decree and its date; a budget or a second decree may lie beyond.
_DECREE = 24
#: Tokens of a decree's name within which its number stands.
_NUMBER = 12
#: Tokens before a date within which words say that it is another's.
_BEFORE_DATE = 4
_YEARS = range(2000, 2060)


Hit = tuple[int, int, str]


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
    same_day: PhraseTable
    no_titles: frozenset[str]
    heads: frozenset[str]  # the words that any name of a decree opens with


def build_decree_tables(vocabulary: Vocabulary) -> DecreeTables:
    words = ("heads", "no_titles", "same_day")
    tables = {key: vocabulary.table("events", key) for key in DecreeTables.__slots__ if key not in words}
    tables["same_day"] = vocabulary.table("dates", "same_day")
    named = ("decrees", "bare_decrees", "issued", "decree_again")
    heads = frozenset().union(*(tables[key].heads for key in named))
    return DecreeTables(**tables, no_titles=vocabulary.cue_set("events", "no_titles"), heads=heads)


class Decrees:
    """Finds the programme's decrees and gives each its date, or the year of its number."""

    def __init__(self, view: View, dates: list[Dated], subjects: Subjects) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.words = view.reading.words
        self.tables = view.vocabulary.compiled(build_decree_tables)
        self.subjects = subjects
        self.dates = Ordered((d.first, d) for d in dates if d.kind != "PART")
        self.days = Ordered((d.first, d) for d in dates if d.kind == "DAY")

    def find(self, taken: set[int]) -> Iterator[tuple[Dated, int, int, str]]:
        """(date, first and last token, rule) of every dated decree; `taken`: dates of something else."""
        earlier = -9
        for number, (first, last) in enumerate(self.view.sentences):
            if self.tables.heads.isdisjoint(self.lower[first:last]):
                continue
            hits = self._named(first, last)
            if hits:
                earlier = number
            again = [] if number - earlier > 1 else self.tables.decree_again.find(self.lower, first, last)
            found = self._dated(hits or again, first, last, taken) or self._same_day(hits, first, last)
            if found := found or self._numbered(hits, last):
                yield found

    def _named(self, first: int, last: int) -> list[Hit]:
        """The decrees that a sentence names, by an office if any is."""
        tables, lower = self.tables, self.lower
        for table in (tables.decrees, tables.bare_decrees):
            if hits := [h for h in table.find(lower, first, last) if self._is_decree(*h[:2])]:
                return hits
        if tables.issued.find(lower, first, last):
            return tables.decree_acts.find(lower, first, last)
        return []

    def _dated(
        self, hits: list[Hit], first: int, last: int, taken: set[int]
    ) -> tuple[Dated, int, int, str] | None:
        """The finest and nearest date of a sentence that may belong to one of its decrees."""
        found = (pair for start, end, _ in hits for pair in self._dates_of(start, end, first, last, taken))
        best = min(found, key=lambda pair: pair[0], default=None)
        return best[1] if best else None

    def _dates_of(
        self, start: int, end: int, first: int, last: int, taken: set[int]
    ) -> Iterator[tuple[tuple[int, int], tuple[Dated, int, int, str]]]:
        """(rank, claim) of the dates that may be a decree's; the lowest rank is the finest and nearest."""
        for dated in self.dates.within(max(first, start - _DECREE - 8), min(last, end + _DECREE + 1)):
            gap = dated.first - end if dated.first >= end else start - dated.last
            if dated.first in taken or gap > _DECREE or self._is_of_another(dated, start, end, first):
                continue
            rank = (-len(dated.best), gap + (8 if dated.first < start else 0))
            over = dated.in_past(self.view.published)
            yield rank, (over, min(start, dated.first), max(end, dated.last), "events.decree")

    def _same_day(self, hits: list[Hit], first: int, last: int) -> tuple[Dated, int, int, str] | None:
        """The day told last before a decree that is of it too: "Hari itu juga bupati meneken SK"."""
        if not (hits and self.tables.same_day.find(self.lower, first, last)):
            return None
        day = self.days.before(first)
        return None if day is None else (day, hits[0][0], hits[0][1], "events.decree-same-day")

    def _numbered(self, hits: list[Hit], last: int) -> tuple[Dated, int, int, str] | None:
        """The first decree whose number tells its year."""
        for start, end, _ in hits:
            if serial := self._serial(start, min(last, end + _NUMBER)):
                return serial, start, serial.last, "events.decree-number"
        return None

    def _serial(self, first: int, last: int) -> Dated | None:
        """The year that closes a decree's number: "SK Nomor 400.10/118/2025"."""
        for opened, end, _ in self.tables.serials.find(self.lower, first, last):
            for i in range(end + 1, min(last, opened + _NUMBER)):
                if self.lower[i - 1] == "/" and self._is_year(i) and self._closes(i, last):
                    return Dated(i, i + 1, "YEAR", self.lower[i])
        return None

    def _is_year(self, token: int) -> bool:
        word = self.lower[token]
        return len(word) == 4 and word.isdecimal() and int(word) in _YEARS

    def _closes(self, token: int, last: int) -> bool:
        """Whether nothing more of a number follows a token."""
        return token + 1 in (last, len(self.lower)) or self.lower[token + 1] not in "/-–"

    def _is_decree(self, start: int, end: int) -> bool:
        """Whether what is named like a decree is one, and on the programme."""
        if end - start == 1 and len(self.lower[start]) <= 3 and not self._is_short_form(start, end):
            return False
        window = (max(0, start - 2), min(len(self.lower), end + 4))
        return not self.tables.other_decrees.find(self.lower, *window)

    def _is_short_form(self, start: int, end: int) -> bool:
        """Whether capitals stand for a decree ("SK", "SE"), and for no academic title: "Sutopo, SE"."""
        opens = self.view.reading.sentence_starts[start]
        if not self.words[start].isupper() or (not opens and self.words[start - 1] in ",."):
            return False
        behind = self.words[end] if end < len(self.words) else ""
        return behind not in (",", ".") or self.lower[start] in self.tables.no_titles

    # --- whose date it is ------------------------------------------------------------------------------

    def _is_of_another(self, dated: Dated, start: int, end: int, first: int) -> bool:
        """Whether a date near a decree is that of a meeting, a speech, a count or an aim."""
        near = max(first, dated.first - _BEFORE_DATE)
        # a date before the decree may be that of a meeting named before it
        between = (end, dated.first) if dated.first >= end else (first, start)
        return (
            self._is_budget_year(dated, near)
            or bool(self.subjects.gatherings(*between))
            or self._is_bound(dated, near)
            or (dated.first < start and self._is_of_figures(dated, near))
            or self._is_of_speech(dated, end, first)
        )

    def _is_budget_year(self, dated: Dated, near: int) -> bool:
        return dated.kind == "YEAR" and bool(self.tables.budget_years.find(self.lower, near, dated.first))

    def _is_bound(self, dated: Dated, near: int) -> bool:
        """Whether it is the end of a span or an aim: "hingga 29 Oktober, ... ditetapkan dalam SK", "paling
        lambat November, SK harus terbit"."""
        until = self.tables.until.find(self.lower, near, dated.first + 1)
        aims = self.tables.targets.find(self.lower, near, dated.first)
        return any(stop >= dated.first for _, stop, _ in until) or any(
            stop >= dated.first - 1 for _, stop, _ in aims
        )

    def _is_of_figures(self, dated: Dated, near: int) -> bool:
        """Whether figures are told up to it: "data per 1 Oktober ... sudah ada SK"; behind a decree it may be
        the decree's own."""
        as_of = self.tables.as_of.find(self.lower, near, dated.first)
        return any(stop >= dated.first for _, stop, _ in as_of)

    def _is_of_speech(self, dated: Dated, end: int, first: int) -> bool:
        """Whether it is the day of a speech, wherever its verb stands: "..., menyampaikan isi keputusan itu,
        Rabu (20/8)"."""
        bare = dated.kind == "DAY" and dated.first > first and self.lower[dated.first - 1] in (",", "(")
        return self.subjects.is_said(dated, first, first if bare or dated.first < end else end)
