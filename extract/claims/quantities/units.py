"""Reads counts of things (shelters, sport centers, cards) and amounts of money.

Whether a count tells how many things there are: questions for `knowledge/rules/quantities-units.toml`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extract.claims.quantities.counts import Count
from extract.claims.quantities.measures import Cues
from extract.claims.quantities.regions import Region, Regions
from extract.claims.quantities.surroundings import REACH, Surroundings
from extract.vocabulary.load import MeasureTerm, Vocabulary
from extract.vocabulary.rules import RuleBook

#: Sentences before a pronoun in which what it means is looked for.
_RECALL = 4
#: Rupiah; smaller amounts are prices and allowances, no budgets.
_LEAST = 10_000_000
#: Tokens before a count in which it may be aimed at, or said to be none.
_AIMED, _BEFORE = 4, 6
#: Tokens behind a count that are its predicate, and those that are near it.
_PREDICATE, _PART = 3, 8

Reading = tuple[MeasureTerm, Region, str]


@dataclass
class CountedThings:
    """A count of things, or of people who hold one, asked whether it tells how many there are."""

    around: Surroundings
    regions: Regions
    count: Count

    def __post_init__(self) -> None:
        self.lower = self.around.lower
        self.words = self.around.tables.words
        self.start = self.count.number.start
        self.stop = max(self.count.noun[1], self.count.number.end)
        self.first, self.last = self.around.near_sentence(self.start)

    def is_article(self) -> bool:
        """ "Satu" counts nothing: no word such as "hanya" or "unit" stands beside it."""
        count, behind = self.count, self.lower[min(self.count.number.end, len(self.lower) - 1)]
        if count.value != 1 or count.noun[1] <= self.start or behind in self.words["classifiers"]:
            return False
        if self.start == self.first:  # "Satu sport center sudah dipakai"
            return self.lower[count.noun[1] : count.noun[1] + 1] == [] or not self._is_there_by_now()
        return self.lower[self.start - 1] not in self.words["only"]

    def _is_there_by_now(self) -> bool:
        return self.lower[self.count.noun[1]] in self.words["already"]

    def is_inside_one(self) -> bool:
        """Those of one kecamatan are counted."""
        return self.regions.is_inside_one(self.start, self.first)

    def is_both(self) -> bool:
        """Both of those just spoken of are meant: "petugas kedua RPPA"."""
        return self.count.number.label_ == "ALL" and self.count.value == 2

    def is_aimed(self) -> bool:
        """So many are aimed at, or planned."""
        near = self.lower[max(self.first, self.start - _AIMED) : self.start]
        if self.around.is_planned(self.start) or not self.words["aimed"].isdisjoint(near):
            return True
        return self.stop < self.last and self.lower[self.stop] in self.words["planned"]

    def is_unreal(self) -> bool:
        """So many are wanted, denied or yet to come."""
        before = max(self.count.begin, self.start - _BEFORE)
        behind = self._predicate_end(min(self.stop + _PREDICATE, self.count.end))
        return self.around.is_unreal(before, self.start) or self.around.is_unreal(self.stop, behind)

    def _predicate_end(self, last: int) -> int:
        """Where what is said right behind a count ends: "dua unit, sisanya ..." says nothing of the two."""
        commas = (i for i in range(self.stop, last) if self.lower[i] == ",")
        return next((i for i in commas if i + 1 >= last or not self.around.opens_relative(i + 1)), last)

    def is_rest(self) -> bool:
        """So many others are there besides."""
        others = self.around.tables.phrases["others"]
        return self.stop < self.last and others.at(self.lower, self.stop) is not None


QUESTIONS: dict[str, Callable[[CountedThings], bool]] = {
    "article": CountedThings.is_article,
    "inside-one": CountedThings.is_inside_one,
    "both": CountedThings.is_both,
    "aimed": CountedThings.is_aimed,
    "unreal": CountedThings.is_unreal,
    "rest": CountedThings.is_rest,
}


def build_unit_rules(vocabulary: Vocabulary) -> RuleBook[CountedThings]:
    """The rules over `QUESTIONS`: each sets a count aside."""
    return RuleBook(vocabulary.rules["quantities-units"], QUESTIONS)


class UnitReader:
    """Reads counts whose noun alone, or a cue beside it, makes the measure."""

    def __init__(self, around: Surroundings, regions: Regions) -> None:
        self.view = around.view
        self.lower = around.lower
        self.tables = around.tables
        self.around = around
        self.regions = regions
        self.rules = self.view.vocabulary.compiled(build_unit_rules)
        self.first_named: dict[int, int] = {}

    def units(self, count: Count) -> Reading | None:
        """A count of things, or of people who hold one."""
        if self.rules.decide(CountedThings(self.around, self.regions, count)).rule is not None:
            return None
        for n in count.measures:
            measure, cues = self.tables.measures[n], self.tables.of[n]
            if not self._is_measure(count, measure, cues):
                continue
            start, stop = count.number.start, max(count.noun[1], count.number.end)
            first, _ = self.around.near_sentence(start)
            region = self.regions.at(start, stop, first, count.end)
            if measure.level:
                region = self.regions.settle(region, measure.level, count.value)
            return measure, region, "quantities.beside" if count.weak else "quantities.noun"
        return None

    def _is_measure(self, count: Count, measure: MeasureTerm, cues: Cues) -> bool:
        """Whether a count is one of a measure's things, or of who holds one."""
        if measure.level and self._is_of_people(count):
            return False
        start, stop = count.number.start, max(count.noun[1], count.number.end)
        # of cards, what is said behind of those who hold them is no matter
        part = stop
        if not self._is_anywhere(count):
            part = self._held_from(cues, stop, self._part_end(stop, count.end))
        if cues.blockers.find(self.lower, max(count.begin, start - _BEFORE), part):
            return False
        return not count.weak or (not self._are_guests(count, cues) and self._is_beside(count, cues))

    def _is_of_people(self, count: Count) -> bool:
        """Whether people are counted: "kunjungan ke sport center mencapai 700 orang"."""
        end = count.number.end
        return end < len(self.lower) and self.lower[end] in self.tables.words["anybody"]

    def _noun(self, count: Count) -> str:
        return " ".join(self.lower[slice(*count.noun)])

    def _is_anywhere(self, count: Count) -> bool:
        """Whether the noun needs its cue no nearer than somewhere before: cards."""
        return self._noun(count) in self.tables.words["anywhere"]

    # --- people who hold a card ----------------------------------------------------------------------------

    def _are_guests(self, count: Count, cues: Cues) -> bool:
        """Whether people are counted for what they take part in: "60 pemegang kartu mengikuti lomba"."""
        stop = count.noun[1]
        if self.lower[count.number.start - 1] in self.tables.words["attended"]:
            return True
        last = self._part_end(stop, count.end)
        hits = self.tables.phrases["attending"].find(self.lower, stop, last)
        if self.lower[stop - 1] not in self.tables.words["anywhere"]:
            hits += self.tables.phrases["chosen"].find(self.lower, stop, last)
        held = self._held_from(cues, stop, last)
        return any(at < held and cues.again.at(self.lower, at) is None for at, _, _ in hits)

    def _held_from(self, cues: Cues, first: int, last: int) -> int:
        """Where a verb makes those who were counted holders: what they do with it takes nothing from their
        number ("menggunakan Kartu Zilenial untuk mengikuti pelatihan")."""
        holding = self.tables.phrases["holding"].find(self.lower, first, last)
        return next((start for start, end, _ in holding if cues.cues.at(self.lower, end)), last)

    def _part_end(self, first: int, last: int) -> int:
        """Where what is near behind a count ends: a comma parts it from what is said besides."""
        last = min(first + _PART, last)
        return next((i for i in range(first, last) if self.lower[i] == ","), last)

    # --- names of what is counted --------------------------------------------------------------------------

    def _is_beside(self, count: Count, cues: Cues) -> bool:
        """Whether a weak noun is near enough to the name of what is counted."""
        first, last = self.around.near_sentence(count.number.start)
        if self._is_anywhere(count):
            return self._first(cues) < last
        if cues.cues.find(self.lower, first, last) or self._is_taken_up(cues, first, last):
            return True
        return self._noun(count) not in self.tables.words["anybody"] and self._is_spoken_of(cues, first)

    def _is_taken_up(self, cues: Cues, first: int, last: int) -> bool:
        """Whether "program tersebut" or "pemegangnya" beside a count means what was named before."""
        if not first or not cues.again.find(self.lower, first, last):
            return False
        at = self.view.sentence_at(first)
        begin = max(self.view.sentences[max(0, at - _RECALL)][0], first - 2 * REACH)
        headed = cues.cues.find(self.lower, 0, self.view.reading.title_end)
        return bool(headed or cues.cues.find(self.lower, begin, first))

    def _first(self, cues: Cues) -> int:
        """The token at which a measure's cue stands first; the text's end if none does. Looked for once."""
        if id(cues) not in self.first_named:
            found = cues.cues.find(self.lower, 0, len(self.lower))
            self.first_named[id(cues)] = found[0][0] if found else len(self.lower)
        return self.first_named[id(cues)]

    def _is_spoken_of(self, cues: Cues, first: int) -> bool:
        """Whether the sentence before, in the same paragraph, names what is counted."""
        if not first:
            return False
        before, _ = self.around.near_sentence(first - 1)
        if self.view.segment_at(before).block != self.view.segment_at(first).block:
            return False
        return bool(cues.cues.find(self.lower, before, first))

    # --- money -------------------------------------------------------------------------------------------

    def money(self, count: Count) -> Reading | None:
        """An amount that the sentence or the one before calls a budget."""
        if count.value < _LEAST or self._is_apiece(count):
            return None
        for n in count.measures:
            measure, cues = self.tables.measures[n], self.tables.of[n]
            if self._is_budget(count, cues):
                start, stop = count.number.start, count.number.end
                first, _ = self.around.near_sentence(start)
                return measure, self.regions.at(start, stop, first, count.end), "quantities.money"
        return None

    def _is_apiece(self, count: Count) -> bool:
        """Whether each of several gets so much."""
        start, stop = count.number.start, count.number.end
        first, last = self.around.near_sentence(start)
        near = max(first, start - _BEFORE), min(last, stop + _BEFORE)
        return bool(self.tables.phrases["apiece"].find(self.lower, *near))

    def _is_budget(self, count: Count, cues: Cues) -> bool:
        first, last = self.around.near_sentence(count.number.start)
        part = next((i for i in range(count.number.end, last) if self.lower[i] == ","), last)
        if cues.blockers.find(self.lower, first, part):
            return False
        return bool(cues.cues.find(self.lower, first, last)) or self._is_spoken_of(cues, first)
