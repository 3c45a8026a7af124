"""Joins numbers and nouns into quantities."""

from __future__ import annotations

from collections.abc import Iterable

from db.records import Evidence, PilotKecamatan, Quantity
from extract.article.context import Context
from extract.article.view import View
from extract.claims.quantities.counts import Count, CountFinder
from extract.claims.quantities.measures import build_quantity_tables, owners
from extract.claims.quantities.regions import Region, Regions
from extract.claims.quantities.statuses import REACH, Status, StatusReader
from extract.claims.quantities.taken_up import ListReader
from extract.claims.quantities.units import UnitReader
from extract.vocabulary.load import MeasureTerm
from extract.vocabulary.scan import skip_before

#: How far a printed count of all areas may lie from the official one.
_LOW, _HIGH = 0.75, 1.25
#: Areas; only a whole province has so many, and its count is often printed a little wrong.
_MANY, _CLOSE = 400, (0.93, 1.07)
#: Areas; no more than the cities have, of which all may hold a status.
_FEW = 6
#: Tokens between "di antaranya" and the place.
_AMONG = 4
#: Areas; fewer are counted exactly.
_ROUGH = 10

Reading = tuple[MeasureTerm, Region, str]


class _Reader:
    """Reads counts as measures of regions."""

    def __init__(self, view: View, context: Context, pilots: Iterable[PilotKecamatan]) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = view.vocabulary.compiled(build_quantity_tables)
        self.regions = Regions(view, context)
        self.statuses = StatusReader(view, self.tables)
        self.units = UnitReader(view, self.tables, self.regions, self.statuses)
        self.told: dict[str, set[int]] = {}  # by regency: counts of kecamatan that hold another status
        self.lists = ListReader(view, self.tables, self.regions, self.statuses, pilots)
        self.seen: dict[int, int] = {}  # by sentence: the last count of areas
        self.last: tuple[Count, MeasureTerm] | None = None  # the last count of a status

    def read(self, count: Count) -> list[Reading]:
        """(measure, region, rule) of a count; none where it is none of the measures'."""
        if count.number.label_ == "MINIMUM" or not count.measures:
            return []
        kind = self.tables.measures[count.measures[0]].kind
        if kind in ("money", "units"):
            found = self.units.money(count) if kind == "money" else self.units.units(count)
            return [found] if found else []
        return self._areas(count)

    def _areas(self, count: Count) -> list[Reading]:
        lower, start = self.lower, count.number.start
        at = self.view.sentence_at(start)
        if count.number.label_ == "THEY":
            # any two may be "keduanya"
            counted = count.value > 2 and any(self.seen.get(n) == count.value for n in (at - 1, at))
            named = count.value > 2 and bool(self.lists.regency(count))
            if not (counted or named or self.lists.so_many(count)):
                return []
            if lower[start - 1] in self.tables.words["of_things"]:
                return []  # "pendirian keduanya"
        self.seen[at] = count.value
        rest = count.noun[1] < len(lower) and self.tables.phrases["others"].at(lower, count.noun[1])
        share = self._share(count)
        if self.tables.phrases["wider"].find(lower, *self._around(count)):
            return []
        if rest or self.lists.of_namesakes(count):
            return []
        if share == "elsewhere" and not self._adjective(count):
            return self._listed(count)
        end = count.end
        if share == "whole":
            end = next((i for i in range(count.noun[1], end) if lower[i] in ",("), end)
        regions = self.regions.candidates(start, count.noun[1], self._sentence(start)[0], end, areas=True)
        vague = share == "whole" and lower[start - 2] in self.tables.words["fractions"]
        told = not (vague or self._of_whole(count) or (share == "whole" and self._has_part(count)))
        status = self.statuses.read(count, end, share == "whole") if told else None
        if status is None and share == "whole":
            status = self.statuses.all_approved(count)
        if status and status.how == "none":
            return self._listed(count)
        if status and self._is_status(status, count, regions, share):
            region = self.regions.of_areas(regions, status.measure.level, count.value, start)
            if region.code != self.regions.province and self.lists.of_several(count):
                return []
            self.last = count, status.measure
            if status.measure is not self.lists.measure:
                for code in region.code.split("|"):
                    self.told.setdefault(code, set()).add(count.value)
            return [(m, region, f"quantities.{status.how}") for m in (status.measure, *status.besides)]
        if count.number.label_ == "THEY":
            return []
        if among := self._among(count):
            return among
        if again := self._again(count, regions):
            return again
        if listed := self._listed(count):
            return listed
        if count.listed or (count.number.label_ == "ALL" and count.value <= _FEW):
            return []
        found = None if count.weak or count.part else self._all(count, regions, share)
        return [found] if found else []

    def _is_status(self, status: Status, count: Count, regions: list[Region], share: str) -> bool:
        """Whether a count that may be that of all areas is one of a status.

        "Menyasar 573 kecamatan" counts all of them; a city's three or five may well all be pilots.
        """
        if status.how == "adjective" or (count.value <= _FEW and not self._owned(count, regions, status)):
            return True
        if not share and not any(
            m.kind == "all" and m.level == status.measure.level for m in self.tables.measures
        ):
            return True  # nothing else counts regencies: "seluruh 35 kabupaten/kota memiliki SK"
        near = count.value > 100  # a province's count is often printed a little wrong
        return not self._whole(count.value, regions, status.measure.level, "", near)

    def _owned(self, count: Count, regions: list[Region], status: Status) -> bool:
        """Whether a region is said to have exactly so many: "Hanya punya empat kecamatan, Kota X ikut"."""
        if self.lower[count.number.start - 1] not in self.tables.words["having"]:
            return False
        return self._whole(count.value, regions, status.measure.level, "", False) is not None

    def _again(self, count: Count, regions: list[Region]) -> list[Reading]:
        """Those that the sentence before counted: "Keenam kecamatan itu ialah ..."."""
        if count.number.label_ != "ALL" or self.last is None or self.last[0].value != count.value:
            return []
        apart = self.view.sentence_at(count.number.start) - self.view.sentence_at(self.last[0].number.start)
        if apart > 1 or self.last[1].level != self.tables.measures[count.measures[0]].level:
            return []
        region = self.regions.settle(regions[0], self.last[1].level, count.value)
        return [(self.last[1], region, "quantities.again")]

    def _among(self, count: Count) -> list[Reading]:
        """So many of those that were counted before: "150 kecamatan percontohan, tiga di antaranya di X"."""
        lower, end = self.lower, count.number.end
        hit = self.tables.phrases["among"].at(lower, end)
        if not count.inherited or self.last is None or hit is None:
            return []
        regencies = self.regions.mentions.regencies
        place = next(iter(regencies.within(hit[0], min(count.end, hit[0] + _AMONG))), None)
        if place is None or count.value >= self.last[0].value:
            return []
        if self.tables.words["located"].isdisjoint(lower[hit[0] : place.start]):
            return []  # "dua di antaranya X dan Kota Y" names two
        return [(self.last[1], Region(place.code, True), "quantities.among")]

    def _around(self, count: Count) -> tuple[int, int]:
        """The tokens of a count's sentence and the one before it."""
        at = self.view.sentence_at(count.number.start)
        first = max(self.view.sentences[max(0, at - 1)][0], count.number.start - REACH)
        return first, min(self.view.sentences[at][1], count.number.start + REACH)

    def _has_part(self, count: Count) -> bool:
        """Whether a part of a whole stands right before it, and is what is spoken of: "Dua dari lima ..."."""
        lower, stop = self.lower, count.noun[1]
        at = count.number.start - 1
        if lower[at] in self.tables.words["sums"]:
            at -= 1
        near = self.view.spans_in("numbers", max(0, at - 2), at)
        # "satu dari lima pilot" tells of the five
        part = any(n.end == at and int(n.kb_id_) > 1 for n in near)
        return part and lower[stop : stop + 1] != ["yang"]

    def _of_whole(self, count: Count) -> bool:
        """Whether what is said behind a part is said of its whole: "dua dari empat kecamatan yang ..."."""
        stop = count.noun[1]
        if count.part and stop < len(self.lower) and self._adjective(count):
            return True  # "dua dari empat kecamatan lokasi Kecamatan Berdaya"
        if not count.part or self.lower[stop : stop + 1] != ["yang"]:
            return False
        before = self.lower[count.number.start - 1]
        return before not in self.tables.words["only"] and before not in self.tables.words["already"]

    def _listed(self, count: Count) -> list[Reading]:
        """Pilots, where the text names exactly so many: "tiga nama dari sembilan kecamatan: A, B, dan C"."""
        if any(self.tables.measures[n].level != "kecamatan" for n in count.measures):
            return []  # "empat desa: A, B, C, dan D"
        code = self.lists.regency(count)
        if not code or self.lists.measure is None or count.value in self.told.get(code, ()):
            return []
        listed = [self.lists.measure]
        if self.statuses.held(count):  # "SK itu sudah terbit. Di dalamnya tercantum empat nama: ..."
            of = zip(self.tables.measures, self.tables.of, strict=True)
            listed += [m for m, cues in of if cues.documents.heads and m.level == self.lists.measure.level]
        return [(measure, Region(code, True), "quantities.listed") for measure in listed]

    def _sentence(self, token: int) -> tuple[int, int]:
        """The part of a token's sentence that is near it."""
        first, last = self.view.sentences[self.view.sentence_at(token)]
        return max(first, token - REACH), min(last, token + REACH)

    def _share(self, count: Count) -> str:
        """Gives "whole" for "dari 18 kecamatan", "elsewhere" for "kader dari 18 kecamatan", else ""."""
        lower, words, start = self.lower, self.tables.words, count.number.start
        at = skip_before(start, count.begin + 1, lambda token: lower[token] in words["sums"]) - 1
        if at >= count.begin and lower[at] in words["origins"]:
            return "elsewhere"
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

    def _all(self, count: Count, regions: list[Region], share: str) -> Reading | None:
        """The count as that of all areas of a region: the first region whose official count it comes near."""
        lower, start = self.lower, count.number.start
        if count.inherited and share != "whole":
            return None
        before = self.tables.phrases["whole_before"].find(lower, count.begin, start)
        attended = start > 0 and lower[start - 1] in self.tables.words["attended"]
        if attended and lower[count.noun[1] : count.noun[1] + 1] != ["se"]:
            return None
        sign = (
            share == "whole"
            or count.total
            or any(start - last <= 2 for _, last, _ in before)
            or self._paired(count)
        )
        sign = sign and count.number.label_ != "ALL"  # "keempat kecamatan" are exactly so many
        if count.total:
            regions = [*regions, *self.regions.last(start)]
        noun = lower[count.noun[0]].removesuffix("nya") if count.noun[0] < count.noun[1] else ""
        for n in count.measures:
            measure = self.tables.measures[n]
            if measure.kind == "all" and (
                region := self._whole(count.value, regions, measure.level, noun, sign)
            ):
                return measure, region, "quantities.all"
        return self._exactly(count, noun)

    def _exactly(self, count: Count, noun: str) -> Reading | None:
        """The count as that of the regency that was named last, where it is exactly the official one."""
        for region in self.regions.last(count.number.start) if count.value > _FEW else ():
            for measure in (self.tables.measures[n] for n in count.measures):
                official = self.regions.official(region.code, measure.level, noun)
                if measure.kind == "all" and count.value in official:
                    return measure, region, "quantities.all"
        return None

    def _whole(self, value: int, regions: list[Region], level: str, noun: str, sign: bool) -> Region | None:
        """The region whose official count of areas is printed here, or nearly where a word shows a total."""
        low, high = (_LOW, _HIGH) if sign else (1.0, 1.0)
        if not sign and value >= _MANY:
            low, high = _CLOSE
        for region in regions[: None if sign or value > _FEW else 1]:
            for code in region.code.split("|"):
                for official in self.regions.official(code, level, noun):
                    if value == official or (official > _ROUGH and low <= value / official <= high):
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


def link_quantities(
    view: View, context: Context, pilots: Iterable[PilotKecamatan] = ()
) -> tuple[Quantity, ...]:
    """One claim a measure, region and value, with every count as evidence.

    A region that only the passage suggests gives way to one that a sentence names for the same figure.
    """
    reader = _Reader(view, context, pilots)
    areas = view.vocabulary.areas
    found: dict[tuple[str, int], list[tuple[Region, Evidence]]] = {}
    finder = CountFinder(view, reader.tables)
    for count in (*finder.counts(), *finder.wholes()):
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
        in_text = [m for m in mentions if m[1].field == "text"]
        if in_text and not any(r.explicit for r, _ in mentions):  # a headline says least of where
            at = in_text[0][0]
            mentions = [(r if e.field == "text" else at, e) for r, e in mentions]
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
