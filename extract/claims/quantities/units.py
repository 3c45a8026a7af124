"""Reads counts of things (shelters, sport centers, cards) and amounts of money."""

from __future__ import annotations

from extract.article.view import View
from extract.claims.quantities.counts import Count
from extract.claims.quantities.measures import Cues, QuantityTables
from extract.claims.quantities.regions import Region, Regions
from extract.claims.quantities.statuses import REACH, StatusReader
from extract.vocabulary.load import MeasureTerm

#: Sentences before a pronoun in which what it means is looked for.
_RECALL = 4
#: Rupiah; smaller amounts are prices and allowances, no budgets.
_LEAST = 10_000_000

Reading = tuple[MeasureTerm, Region, str]


class UnitReader:
    """Reads counts whose noun alone, or a cue beside it, makes the measure."""

    def __init__(self, view: View, tables: QuantityTables, regions: Regions, statuses: StatusReader) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = tables
        self.regions = regions
        self.statuses = statuses
        self.first_named: dict[int, int] = {}

    def units(self, count: Count) -> Reading | None:
        """A count of things, or of people who hold one."""
        lower, tables = self.lower, self.tables
        start, stop = count.number.start, max(count.noun[1], count.number.end)
        first, last = self._sentence(start)
        if (
            count.value == 1
            and count.noun[1] > start
            and (start == first or lower[start - 1] not in tables.words["only"])
            and not (
                start == first and lower[count.noun[1] : count.noun[1] + 1] and self._already(count.noun[1])
            )
            and lower[min(count.number.end, len(lower) - 1)] not in tables.words["classifiers"]
        ):
            return None
        if self.regions.is_inside_one(start, first):
            return None
        if count.number.label_ == "ALL" and count.value == 2:
            return None  # "petugas kedua RPPA": both of those just spoken of
        near = self.lower[max(first, start - 4) : start]
        if any(word in tables.words["aimed"] for word in near) or self.statuses.planned(start):
            return None
        if self.statuses.unreal(max(count.begin, start - 6), start):
            return None
        if self.statuses.unreal(stop, self._predicate_end(stop, count.end)) or (
            stop < last and tables.phrases["others"].at(lower, stop)
        ):
            return None
        if stop < last and lower[stop] in tables.words["planned"]:
            return None
        of_people = lower[count.number.end : count.number.end + 1]
        for n in count.measures:
            measure, cues = tables.measures[n], tables.of[n]
            if measure.level and of_people and of_people[0] in tables.words["anybody"]:
                continue  # "kunjungan ke sport center mencapai 700 orang"
            part = self._held_from(cues, stop, self._part_end(stop, count.end))
            if " ".join(lower[count.noun[0] : count.noun[1]]) in tables.words["anywhere"]:
                part = stop  # of cards, what is said behind of those who hold them is no matter
            if cues.blockers.find(lower, max(count.begin, start - 6), part):
                continue
            if count.weak and (self._guests(count, cues) or not self._beside(count, cues, first, last)):
                continue
            region = self.regions.at(start, stop, first, count.end)
            if measure.level:
                region = self.regions.settle(region, measure.level, count.value)
            return measure, region, "quantities.beside" if count.weak else "quantities.noun"
        return None

    def _already(self, token: int) -> bool:
        """Whether what opens a sentence is said to be there by now: "Satu sport center sudah dipakai"."""
        return self.lower[token] in self.tables.words["already"]

    def _guests(self, count: Count, cues: Cues) -> bool:
        """Whether people are counted for what they take part in: "60 pemegang kartu mengikuti lomba"."""
        lower, stop = self.lower, count.noun[1]
        if lower[count.number.start - 1] in self.tables.words["attended"]:
            return True
        last = self._part_end(stop, count.end)
        hits = self.tables.phrases["attending"].find(lower, stop, last)
        if lower[stop - 1] not in self.tables.words["anywhere"]:
            hits += self.tables.phrases["chosen"].find(lower, stop, last)
        last = self._held_from(cues, stop, last)
        hits = [h for h in hits if h[0] < last]
        return any(cues.again.at(lower, at) is None for at, _, _ in hits)

    def _held_from(self, cues: Cues, first: int, last: int) -> int:
        """Where a verb makes those who were counted holders: what they do with it takes nothing from their
        number ("menggunakan Kartu Zilenial untuk mengikuti pelatihan")."""
        for start, end, _ in self.tables.phrases["holding"].find(self.lower, first, last):
            if cues.cues.at(self.lower, end) if end < len(self.lower) else None:
                return start
        return last

    def _part_end(self, first: int, last: int) -> int:
        """Where what is near behind a count ends: a comma parts it from what is said besides."""
        last = min(first + 8, last)
        return next((i for i in range(first, last) if self.lower[i] == ","), last)

    def _predicate_end(self, first: int, last: int) -> int:
        """Where what is said right behind a count ends: "dua unit, sisanya ..." says nothing of the two."""
        last = min(first + 3, last)
        for i in range(first, last):
            if self.lower[i] == "," and (i + 1 >= last or self.lower[i + 1] != "yang"):
                return i
        return last

    def _beside(self, count: Count, cues: Cues, first: int, last: int) -> bool:
        """Whether a weak noun is near enough to the name of what is counted."""
        noun = " ".join(self.lower[count.noun[0] : count.noun[1]])
        if noun in self.tables.words["anywhere"]:
            if id(cues) not in self.first_named:
                self.first_named[id(cues)] = self._first(cues)
            return self.first_named[id(cues)] < last
        if cues.cues.find(self.lower, first, last):
            return True
        if self._taken_up(cues, first, last):
            return True
        return noun not in self.tables.words["anybody"] and self._spoken_of(cues, first)

    def _taken_up(self, cues: Cues, first: int, last: int) -> bool:
        """Whether "program tersebut" or "pemegangnya" beside a count means what was named before."""
        if not first or not cues.again.find(self.lower, first, last):
            return False
        at = self.view.sentence_at(first)
        begin = max(self.view.sentences[max(0, at - _RECALL)][0], first - 2 * REACH)
        headed = cues.cues.find(self.lower, 0, self.view.reading.title_end)
        return bool(headed or cues.cues.find(self.lower, begin, first))

    def _first(self, cues: Cues) -> int:
        """The token at which a measure's cue stands first; the text's end if none does."""
        found = cues.cues.find(self.lower, 0, len(self.lower))
        return found[0][0] if found else len(self.lower)

    def _spoken_of(self, cues: Cues, first: int) -> bool:
        """Whether the sentence before, in the same paragraph, names what is counted."""
        if not first:
            return False
        before, _ = self._sentence(first - 1)
        if self.view.segment_at(before).block != self.view.segment_at(first).block:
            return False
        return bool(cues.cues.find(self.lower, before, first))

    def money(self, count: Count) -> Reading | None:
        """An amount that the sentence or the one before calls a budget."""
        lower, tables = self.lower, self.tables
        start, stop = count.number.start, count.number.end
        first, last = self._sentence(start)
        if count.value < _LEAST or tables.phrases["apiece"].find(
            lower, max(first, start - 6), min(last, stop + 6)
        ):
            return None
        for n in count.measures:
            measure, cues = tables.measures[n], tables.of[n]
            part = next((i for i in range(stop, last) if lower[i] == ","), last)
            if cues.blockers.find(lower, first, part):
                continue
            if not cues.cues.find(lower, first, last) and not self._spoken_of(cues, first):
                continue
            region = self.regions.at(start, stop, first, count.end)
            return measure, region, "quantities.money"
        return None

    def _sentence(self, token: int) -> tuple[int, int]:
        """The part of a token's sentence that is near it."""
        first, last = self.view.sentences[self.view.sentence_at(token)]
        return max(first, token - REACH), min(last, token + REACH)
