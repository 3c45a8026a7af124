"""Joins numbers and nouns into quantities."""

from __future__ import annotations

from collections.abc import Iterable

from db.records import Evidence, Quantity
from extract.context import Context
from extract.links.counts import Count, CountFinder, Cues, build_quantity_tables, owners
from extract.links.regions import Region, Regions
from extract.view import View
from extract.vocabulary import MeasureTerm

#: Tokens between a cue and the number that it governs.
_GAP = 3
#: How far a printed count of all areas may lie from the official one.
_LOW, _HIGH = 0.75, 1.25
#: Tokens of a sentence that are looked at on either side of a number: longer ones are no prose.
_REACH = 60

Reading = tuple[MeasureTerm, Region, str]


class _Reader:
    """Reads counts as measures of regions."""

    def __init__(self, view: View, context: Context) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = view.vocabulary.compiled(build_quantity_tables)
        self.regions = Regions(view, context)
        self.last: tuple[Count, MeasureTerm] | None = None  # the last count of a status
        self.first_named: dict[int, int] = {}

    def read(self, count: Count) -> list[Reading]:
        """(measure, region, rule) of a count; none where it is none of the measures'."""
        if count.number.label_ == "MINIMUM" or not count.measures:
            return []
        kind = self.tables.measures[count.measures[0]].kind
        if kind in ("money", "units"):
            found = self._money(count) if kind == "money" else self._units(count)
            return [found] if found else []
        return self._areas(count)

    def _areas(self, count: Count) -> list[Reading]:
        lower, words = self.lower, self.tables.words
        start = count.number.start
        behind = lower[count.noun[1]] if count.noun[1] < len(lower) else ""
        share = self._share(count)
        if behind in words["others"] or (share == "elsewhere" and not self._adjective(count)):
            return []
        end = count.end
        if share == "whole":
            end = next((i for i in range(count.noun[1], end) if lower[i] in ",("), end)
        regions = self.regions.candidates(start, count.noun[1], self._sentence(start)[0], end)
        status = self._status(count, end)
        if status and not (share == "whole" and status[1] == "before"):
            measure, how = status
            near = count.value > 100  # a province's count is often printed a little wrong
            if how == "adjective" or not self._whole(count.value, regions, measure.level, "", near):
                region = self.regions.settle(regions[0], measure.level, count.value)
                self.last = count, measure
                besides = [m for m in self._besides(count, measure) if m is not measure]
                return [(m, region, f"quantities.{how}") for m in (measure, *besides)]
        if count.number.label_ == "ALL":
            return self._again(count, regions)
        found = None if count.weak else self._all(count, regions, share)
        return [found] if found else []

    def _besides(self, count: Count, measure: MeasureTerm) -> list[MeasureTerm]:
        """What a count of one status is as well: "dengan SK Bupati, lima kecamatan ditetapkan ..."."""
        first, last = self._sentence(count.number.start)
        others = zip(self.tables.measures, self.tables.of, strict=True)
        return [m for m, c in others if m.level == measure.level and c.besides.find(self.lower, first, last)]

    def _again(self, count: Count, regions: list[Region]) -> list[Reading]:
        """Those that the sentence before counted: "Keenam kecamatan itu ialah ..."."""
        if self.last is None or self.last[0].value != count.value:
            return []
        apart = self.view.sentence_at(count.number.start) - self.view.sentence_at(self.last[0].number.start)
        if apart > 1 or self.last[1].level != self.tables.measures[count.measures[0]].level:
            return []
        region = self.regions.settle(regions[0], self.last[1].level, count.value)
        return [(self.last[1], region, "quantities.again")]

    def _sentence(self, token: int) -> tuple[int, int]:
        """The part of a token's sentence that is near it."""
        first, last = self.view.sentences[self.view.sentence_at(token)]
        return max(first, token - _REACH), min(last, token + _REACH)

    def _share(self, count: Count) -> str:
        """Gives "whole" for "dari 18 kecamatan", "elsewhere" for "kader dari 18 kecamatan", else ""."""
        lower, words, start = self.lower, self.tables.words, count.number.start
        at = start - 1
        while at > count.begin and lower[at] in words["sums"]:
            at -= 1
        if at < count.begin or lower[at] not in words["parts_of"]:
            return ""
        before = lower[at - 1] if at > 0 and not self.view.reading.sentence_starts[at] else ""
        if before in words["not_parts_of"]:
            return "" if before in words["more_than"] else "whole"
        return "elsewhere" if before in words["origins"] and at > count.begin else "whole"

    def _adjective(self, count: Count) -> bool:
        return any(
            self.tables.of[n].adjectives.at(self.lower, count.noun[1])
            for n in count.measures
            if count.noun[1] < len(self.lower)
        )

    def _status(self, count: Count, end: int) -> tuple[MeasureTerm, str] | None:
        lower, tables = self.lower, self.tables
        start, stop = count.number.start, count.noun[1]
        unreal = self._unreal(max(count.begin, start - 5), start)
        statuses = [
            (tables.measures[n], tables.of[n]) for n in count.measures if tables.measures[n].kind == "status"
        ]
        for measure, cues in statuses:
            if stop < len(lower) and cues.adjectives.at(lower, stop) and not count.inherited:
                return None if unreal else (measure, "adjective")
            if count.noun[0] < stop and cues.cues.at(lower, count.noun[0]) and not unreal:
                return measure, "noun"
        if unreal:
            return None
        # What governs the number ("menetapkan empat ...") comes before what else is said of the counted.
        gap = 0 if count.inherited else _GAP
        governed = not self._planned(start)
        for measure, cues in statuses:
            before = cues.before.find(lower, count.begin, start)
            if governed and before and start - before[-1][1] <= gap:
                return measure, "before"
        for measure, cues in statuses:
            at = self._cue(cues, count, end)
            if at and not self._unreal(stop, min(at[1] + 3, end)):
                return measure, at[0]
        if not count.weak and tables.phrases["taken_up"].find(lower, stop, end):
            return self._taken_up(count)
        return None

    def _cue(self, cues: Cues, count: Count, end: int) -> tuple[str, int] | None:
        """(how, token) of a cue for a status that is said of a count."""
        lower, start, stop = self.lower, count.number.start, count.noun[1]
        if not count.weak:
            for first, _, _ in cues.behind.find(lower, stop, end):
                return "behind", first
        for first, _, _ in cues.cues.find(lower, stop, end):
            return "cue", first
        for _, last, _ in reversed(cues.cues.find(lower, count.begin, start)):
            if start - last <= 6 and not count.inherited:
                return "cue", stop
        return None

    def _unreal(self, first: int, last: int) -> bool:
        return bool(self.tables.phrases["unreal"].find(self.lower, first, last))

    def _planned(self, start: int) -> bool:
        return any(self.lower[i] in self.tables.words["planned"] for i in range(max(0, start - 4), start))

    def _taken_up(self, count: Count) -> tuple[MeasureTerm, str] | None:
        """Which kind "14 kecamatan dalam kategori itu" takes up: one named in the two sentences before."""
        at = self.view.sentence_at(count.number.start)
        first = max(self.view.sentences[max(0, at - 2)][0], count.number.start - 2 * _REACH)
        for n in count.measures:
            cues = self.tables.of[n]
            if self.tables.measures[n].kind == "status" and cues.behind.find(
                self.lower, first, count.number.start
            ):
                return self.tables.measures[n], "taken-up"
        return None

    def _all(self, count: Count, regions: list[Region], share: str) -> Reading | None:
        """The count as that of all areas of a region: the first region whose official count it comes near."""
        lower, start = self.lower, count.number.start
        if count.inherited and share != "whole":
            return None
        before = self.tables.phrases["whole_before"].find(lower, count.begin, start)
        sign = share == "whole" or any(start - last <= 2 for _, last, _ in before) or self._paired(count)
        noun = lower[count.noun[0]] if count.noun[0] < count.noun[1] else ""
        for n in count.measures:
            measure = self.tables.measures[n]
            if measure.kind == "all" and (
                region := self._whole(count.value, regions, measure.level, noun, sign)
            ):
                return measure, region, "quantities.all"
        return None

    def _whole(self, value: int, regions: list[Region], level: str, noun: str, sign: bool) -> Region | None:
        """The region whose official count of areas is printed here, or nearly where a word shows a total."""
        low, high = (_LOW, _HIGH) if sign else (1.0, 1.0)
        for region in regions:
            for code in region.code.split("|"):
                for official in self.regions.official(code, level, noun):
                    if official and low <= value / official <= high:
                        return Region(code, region.explicit)
        return None

    def _paired(self, count: Count) -> bool:
        """Whether counts of two kinds of area stand side by side: "8.573 desa dan 573 kecamatan"."""
        lower = self.lower
        nouns = self.tables.nouns
        for i in range(max(0, count.number.start - 4), count.number.start):
            if (hit := nouns.at(lower, i)) and owners(hit[1]) != count.measures:
                return True
        for number in self.view.spans_in("numbers", count.noun[1], min(len(lower), count.noun[1] + 4)):
            if number.end < len(lower) and (hit := nouns.at(lower, number.end)):
                return owners(hit[1]) != count.measures
        return False

    def _units(self, count: Count) -> Reading | None:
        lower, tables = self.lower, self.tables
        start, stop = count.number.start, max(count.noun[1], count.number.end)
        first, last = self._sentence(start)
        if (
            count.value == 1
            and (start == first or lower[start - 1] not in tables.words["only"])
            and lower[min(count.number.end, len(lower) - 1)] not in tables.words["classifiers"]
        ):
            return None
        if self._unreal(max(count.begin, start - 6), start) or self._planned(start):
            return None
        if self._unreal(stop, min(stop + 3, count.end)) or (
            stop < last and lower[stop] in tables.words["others"]
        ):
            return None
        if stop < last and lower[stop] in tables.words["planned"]:
            return None
        for n in count.measures:
            measure, cues = tables.measures[n], tables.of[n]
            if cues.blockers.find(lower, max(count.begin, start - 6), min(count.end, stop + 8)):
                continue
            if count.weak and not self._beside(count, cues, first, last):
                continue
            region = self.regions.at(start, stop, first, count.end)
            if measure.level:
                region = self.regions.settle(region, measure.level, count.value)
            return measure, region, "quantities.beside" if count.weak else "quantities.noun"
        return None

    def _beside(self, count: Count, cues: Cues, first: int, last: int) -> bool:
        """Whether a weak noun is near enough to the name of what is counted."""
        noun = self.lower[count.noun[0]]
        if noun in self.tables.words["anywhere"]:
            if id(cues) not in self.first_named:
                self.first_named[id(cues)] = self._first(cues)
            return self.first_named[id(cues)] < last
        if cues.cues.find(self.lower, first, last):
            return True
        return noun not in self.tables.words["anybody"] and self._spoken_of(cues, first)

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

    def _money(self, count: Count) -> Reading | None:
        lower, tables = self.lower, self.tables
        start, stop = count.number.start, count.number.end
        first, last = self._sentence(start)
        if tables.phrases["apiece"].find(lower, max(first, start - 6), min(last, stop + 6)):
            return None
        for n in count.measures:
            measure, cues = tables.measures[n], tables.of[n]
            if cues.blockers.find(lower, first, last):
                continue
            if not cues.cues.find(lower, first, last) and not self._spoken_of(cues, first):
                continue
            region = self.regions.at(start, stop, first, count.end)
            return measure, region, "quantities.money"
        return None


def link_quantities(view: View, context: Context) -> tuple[Quantity, ...]:
    """One claim a measure, region and value, with every count as evidence.

    A region that only the passage suggests gives way to one that a sentence names for the same figure.
    """
    reader = _Reader(view, context)
    areas = view.vocabulary.areas
    found: dict[tuple[str, int], list[tuple[Region, Evidence]]] = {}
    for count in CountFinder(view).counts():
        first = min(count.number.start, count.noun[0])
        last = max(count.number.end, count.noun[1])
        for measure, region, rule in reader.read(count):
            evidence = view.evidence(first, last, rule)
            found.setdefault((measure.id, count.value), []).append((region, evidence))
    for key in [k for k, mentions in found.items() if all(e.field == "title" for _, e in mentions)]:
        if exact := _exact(key, found):
            found[exact].extend(found.pop(key))
    claims = []
    for (measure_id, value), mentions in found.items():
        named = list(dict.fromkeys(r.name(areas) for r, _ in mentions if r.explicit))
        for region_name in named or list(dict.fromkeys(r.name(areas) for r, _ in mentions)):
            shown = [e for r, e in mentions if r.name(areas) == region_name or (named and not r.explicit)]
            claims.append(
                Quantity(measure=measure_id, region=region_name, value=value, evidence=tuple(shown))
            )
    return tuple(claims)


def _exact(key: tuple[str, int], found: Iterable[tuple[str, int]]) -> tuple[str, int] | None:
    """The figure of the text that a headline rounds: "25 ribu" for 25.072."""
    measure, rounded = key
    if rounded < 1000 or rounded % 1000:
        return None
    return next((k for k in found if k[0] == measure and 0 < k[1] - rounded < 1000), None)
