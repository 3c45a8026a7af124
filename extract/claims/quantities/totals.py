"""Which counts are those of all areas of a region."""

from __future__ import annotations

from dataclasses import replace

from extract.claims.quantities.counts import Count
from extract.claims.quantities.measures import owners
from extract.claims.quantities.regions import Region, Regions
from extract.claims.quantities.surroundings import Surroundings
from extract.vocabulary.load import MeasureTerm

#: How far a printed count of all areas may lie from the official one.
_NEARLY = (0.75, 1.25)
_EXACTLY = (1.0, 1.0)
#: Areas; only a whole province has so many, and its count is often printed a little wrong.
_MANY, _CLOSE = 400, (0.93, 1.07)
#: Areas; no more than the cities have, of which all may hold a status.
FEW = 6
#: Areas; fewer are counted exactly.
_ROUGH = 10
#: Tokens before a number in which a word shows that all are counted, and beside it in which those of another
#: kind of area are.
_SHOWN, _PAIRED = 2, 4

Reading = tuple[MeasureTerm, Region, str]


class Totals:
    """Asked about counts of areas."""

    def __init__(self, around: Surroundings, regions: Regions) -> None:
        self.around = around
        self.view = around.view
        self.lower = around.lower
        self.tables = around.tables
        self.nouns = self.tables.nouns
        self.regions = regions

    def find(self, count: Count, regions: list[Region], whole: bool) -> Reading | None:
        """The count as that of all areas of a region: the first whose official count it comes near.

        `whole`: a part of it is told elsewhere.
        """
        if (count.inherited and not whole) or self._is_of_guests(count):
            return None
        sign = self._is_shown(count, whole)
        if count.total:
            regions = [*regions, *self.regions.last(count.number.start)]
        noun = self._noun(count)
        for measure in self._measures(count):
            if region := self.whole(count.value, regions, measure.level, noun, sign):
                return measure, region, "quantities.all"
        return self._of_last(count, noun)

    def whole(self, value: int, regions: list[Region], level: str, noun: str, sign: bool) -> Region | None:
        """The region whose official count of areas is printed here, or nearly where a `sign` shows it."""
        within = _NEARLY if sign else _CLOSE if value >= _MANY else _EXACTLY
        for region in regions[: None if sign or value > FEW else 1]:
            for code in region.code.split("|"):
                official = self.regions.official(code, level, noun)
                if any(_is_near(value, known, within) for known in official):
                    return replace(region, code=code)
        return None

    def _measures(self, count: Count) -> list[MeasureTerm]:
        measures = (self.tables.measures[n] for n in count.measures)
        return [m for m in measures if m.kind == "all"]

    def _noun(self, count: Count) -> str:
        first, last = count.noun
        return self.lower[first].removesuffix("nya") if first < last else ""

    def _is_of_guests(self, count: Count) -> bool:
        """Whether some of them took part in something; "se-Kendal" are all."""
        stop = count.noun[1]
        if self.lower[count.number.start - 1] not in self.tables.words["attended"]:
            return False
        return self.tables.words["all_over"].isdisjoint(self.lower[stop : stop + 1])

    def _is_shown(self, count: Count, whole: bool) -> bool:
        """Whether a word shows that all are counted; "keempat kecamatan" are exactly so many."""
        if count.number.label_ == "ALL":
            return False
        return whole or count.total or self._is_told_whole(count) or self._is_paired(count)

    def _is_told_whole(self, count: Count) -> bool:
        start = count.number.start
        hits = self.tables.phrases["whole_before"].find(self.lower, count.begin, start)
        return any(start - last <= _SHOWN for _, last, _ in hits)

    def _is_paired(self, count: Count) -> bool:
        """Whether counts of two kinds of area stand side by side: "8.573 desa dan 573 kecamatan"."""
        start, stop = count.number.start, count.noun[1]
        before = (self.nouns.at(self.lower, i) for i in range(max(0, start - _PAIRED), start))
        if any(hit and owners(hit[1]) != count.measures for hit in before):
            return True
        numbers = self.view.spans_in("numbers", stop, min(len(self.lower), stop + _PAIRED))
        behind = (hit for n in numbers if (hit := self.nouns.at(self.lower, n.end)))
        nearest = next(behind, None)
        return nearest is not None and owners(nearest[1]) != count.measures

    def _of_last(self, count: Count, noun: str) -> Reading | None:
        """The count as that of the regency that was named last, where it is exactly the official one."""
        if count.value <= FEW:
            return None
        for region in self.regions.last(count.number.start):
            for measure in self._measures(count):
                if count.value in self.regions.official(region.code, measure.level, noun):
                    return measure, region, "quantities.all"
        return None


def _is_near(value: int, official: int, within: tuple[float, float]) -> bool:
    low, high = within
    return value == official or (official > _ROUGH and low <= value / official <= high)
