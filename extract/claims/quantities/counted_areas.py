"""What a count of areas tells: questions for `knowledge/rules/quantities-areas.toml`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from extract.claims.quantities.counts import Count
from extract.claims.quantities.regions import MOST, Region, Regions
from extract.claims.quantities.statuses import Status, StatusReader
from extract.claims.quantities.surroundings import REACH, Surroundings
from extract.claims.quantities.taken_up import ListReader
from extract.claims.quantities.totals import FEW, Reading, Totals
from extract.vocabulary.load import MeasureTerm, Vocabulary
from extract.vocabulary.rules import RuleBook
from extract.vocabulary.scan import skip_before

#: Tokens between "di antaranya" and the place.
_AMONG = 4
#: Areas of which a count is often printed a little wrong.
_LARGE = 100


@dataclass
class Memory:
    """What a text has counted so far."""

    seen: dict[int, int] = field(default_factory=dict)  # by sentence: the last count of areas
    last: tuple[Count, MeasureTerm] | None = None  # the last count of a status
    others: dict[str, set[int]] = field(default_factory=dict)  # by regency: counts of another status


@dataclass(frozen=True, slots=True)
class Scene:
    """What counts of areas are read with."""

    around: Surroundings
    regions: Regions
    lists: ListReader
    totals: Totals
    memory: Memory


class CountedAreas:
    """A count of areas, on which the rules decide."""

    def __init__(self, scene: Scene, count: Count) -> None:
        self.scene = scene
        self.count = count
        self.around, self.lists, self.memory = scene.around, scene.lists, scene.memory
        self.view = scene.around.view
        self.lower = scene.around.lower
        self.tables = scene.around.tables
        self.words = self.tables.words
        self.start, self.stop = count.number.start, count.noun[1]
        self.sentence = self.view.sentence_at(self.start)

    # --- what is counted -----------------------------------------------------------------------------------

    def is_whole_word(self) -> bool:
        """It is a word such as "keempatnya", which any four may be."""
        return self.count.number.label_ == "THEY"

    def is_known(self) -> bool:
        """So many kecamatan were named or counted before; any two may be "keduanya"."""
        if self.lower[self.start - 1] in self.words["of_things"]:
            return False  # "pendirian keduanya"
        value, seen = self.count.value, self.memory.seen
        if value > 2 and value in (seen.get(self.sentence - 1), seen.get(self.sentence)):
            return True
        listed = value > 2 and bool(self.lists.regency(self.count))
        return listed or self.lists.has_named(self.count)

    def is_wider(self) -> bool:
        """The passage speaks of a part of the province that is no regency."""
        first = max(self.view.sentences[max(0, self.sentence - 1)][0], self.start - REACH)
        last = min(self.view.sentences[self.sentence][1], self.start + REACH)
        return bool(self.tables.phrases["wider"].find(self.lower, first, last))

    def is_too_many(self) -> bool:
        """There are not so many such areas in the province."""
        regions = self.scene.regions
        levels = {self.tables.measures[n].level for n in self.count.measures}
        most = max(max(regions.official(regions.province, level)) for level in levels)
        return self.count.value > most * MOST

    def is_rest(self) -> bool:
        """They are those that are left over or come later."""
        return self.tables.phrases["others"].at(self.lower, self.stop) is not None

    def is_origin(self) -> bool:
        """Something else from so many is counted: "50 kader dari 10 kecamatan"."""
        return self.share == "elsewhere" and not self._has_adjective

    @cached_property
    def share(self) -> str:
        """Gives "whole" for "dari 18 kecamatan", "elsewhere" for "kader dari 18 kecamatan", else ""."""
        lower, words, begin = self.lower, self.words, self.count.begin
        at = skip_before(self.start, begin + 1, lambda token: lower[token] in words["sums"]) - 1
        if at >= begin and lower[at] in words["origins"]:
            return "elsewhere"
        if at < begin or lower[at] not in words["parts_of"]:
            return ""
        before = lower[at - 1] if at > 0 and not self.view.reading.sentence_starts[at] else ""
        if before in words["more_than"]:
            return ""
        return "elsewhere" if before in words["origins"] and at > begin else "whole"

    @cached_property
    def _has_adjective(self) -> bool:
        of = (self.tables.of[n] for n in self.count.measures)
        return any(cues.adjectives.at(self.lower, self.stop) for cues in of)

    @cached_property
    def end(self) -> int:
        """Where what is said of the areas ends: of a whole, before what is said of its part."""
        if self.share != "whole":
            return self.count.end
        parted = (i for i in range(self.stop, self.count.end) if self.lower[i] in ",(")
        return next(parted, self.count.end)

    @cached_property
    def candidates(self) -> list[Region]:
        first, _ = self.around.near_sentence(self.start)
        return self.scene.regions.candidates(self.start, self.stop, first, self.end, areas=True)

    # --- the status that they hold -------------------------------------------------------------------------

    @cached_property
    def status(self) -> Status | None:
        """The status that is told of them, if one is."""
        whole = self.share == "whole"
        reader = StatusReader(self.around, self.count, self.end, whole)
        found = None if self._is_of_part_or_whole else reader.read()
        return reader.of_approved() if found is None and whole else found

    @cached_property
    def _is_of_part_or_whole(self) -> bool:
        """Whether what is said is said of a part of them, or of a whole of which they are a part."""
        if self._is_said_of_whole():
            return True
        return self.share == "whole" and (self._is_fraction() or self._has_part())

    def _is_fraction(self) -> bool:
        """Whether a part that is no number is spoken of: "separuh dari 18 kecamatan"."""
        return self.lower[self.start - 2] in self.words["fractions"]

    def _has_part(self) -> bool:
        """Whether a part of a whole stands right before it, and is what is spoken of: "Dua dari lima ..."."""
        at = self.start - 1
        if self.lower[at] in self.words["sums"]:
            at -= 1
        near = self.view.spans_in("numbers", max(0, at - 2), at)
        # "satu dari lima pilot" tells of the five
        part = any(n.end == at and int(n.kb_id_) > 1 for n in near)
        return part and not self.around.opens_relative(self.stop)

    def _is_said_of_whole(self) -> bool:
        """Whether what is said behind a part is said of its whole: "dua dari empat kecamatan yang ..."."""
        if not self.count.part:
            return False
        if self._has_adjective:
            return True  # "dua dari empat kecamatan lokasi Kecamatan Berdaya"
        before = self.lower[self.start - 1]
        spoken_of = before in self.words["only"] or before in self.words["already"]
        return self.around.opens_relative(self.stop) and not spoken_of

    def is_denied(self) -> bool:
        """So many don't hold the status, or not yet."""
        return self.status is not None and self.status.how == "none"

    def has_status(self) -> bool:
        """A status is told, and the count is not that of all areas: "menyasar 573 kecamatan"."""
        status, value = self.status, self.count.value
        if status is None:
            return False
        # a city's three or five may well all be pilots
        if status.how == "adjective" or (value <= FEW and not self._is_owned(status)):
            return True
        if not self.share and not self._are_counted_all(status):
            return True  # nothing else counts regencies: "seluruh 35 kabupaten/kota memiliki SK"
        near = value > _LARGE
        return not self.scene.totals.whole(value, self.candidates, status.measure.level, "", near)

    def _are_counted_all(self, status: Status) -> bool:
        """Whether a measure counts all areas of the status's level."""
        return any(m.kind == "all" and m.level == status.measure.level for m in self.tables.measures)

    def _is_owned(self, status: Status) -> bool:
        """Whether a region is said to have exactly so many: "Hanya punya empat kecamatan, Kota X ikut"."""
        if self.lower[self.start - 1] not in self.words["having"]:
            return False
        level = status.measure.level
        return self.scene.totals.whole(self.count.value, self.candidates, level, "", False) is not None

    @cached_property
    def region(self) -> Region:
        """The region of a status's areas."""
        assert self.status is not None
        level, value = self.status.measure.level, self.count.value
        return self.scene.regions.of_areas(self.candidates, level, value, self.start)

    def is_of_several(self) -> bool:
        """Those that are listed behind lie in several regencies."""
        return self.region.code != self.scene.regions.province and self.lists.is_of_several(self.count)

    # --- what it tells -------------------------------------------------------------------------------------

    def by_status(self) -> list[Reading]:
        """So many that hold a status, which is remembered."""
        status = self.status
        assert status is not None
        self.memory.last = self.count, status.measure
        if status.measure is not self.lists.measure:
            for code in self.region.code.split("|"):
                self.memory.others.setdefault(code, set()).add(self.count.value)
        return [(m, self.region, f"quantities.{status.how}") for m in (status.measure, *status.besides)]

    @cached_property
    def among(self) -> list[Reading]:
        """So many of those that were counted before: "150 kecamatan percontohan, tiga di antaranya di X"."""
        hit = self.tables.phrases["among"].at(self.lower, self.count.number.end)
        last = self.memory.last
        if not self.count.inherited or last is None or hit is None or self.count.value >= last[0].value:
            return []
        regencies = self.scene.regions.mentions.regencies
        place = next(iter(regencies.within(hit[0], min(self.count.end, hit[0] + _AMONG))), None)
        if place is None or self.words["located"].isdisjoint(self.lower[hit[0] : place.start]):
            return []  # "dua di antaranya X dan Kota Y" names two
        return [(last[1], Region(place.code, True), "quantities.among")]

    @cached_property
    def again(self) -> list[Reading]:
        """Those that the sentence before counted: "Keenam kecamatan itu ialah ..."."""
        count, last = self.count, self.memory.last
        if count.number.label_ != "ALL" or last is None or last[0].value != count.value:
            return []
        apart = self.sentence - self.view.sentence_at(last[0].number.start)
        if apart > 1 or last[1].level != self.tables.measures[count.measures[0]].level:
            return []
        region = self.scene.regions.settle(self.candidates[0], last[1].level, count.value)
        return [(last[1], region, "quantities.again")]

    @cached_property
    def listed(self) -> list[Reading]:
        """Pilots, where the text names exactly so many: "tiga nama dari sembilan kecamatan: A, B, dan C"."""
        pilots = self.lists.measure
        if pilots is None or any(self.tables.measures[n].level != pilots.level for n in self.count.measures):
            return []  # "empat desa: A, B, C, dan D"
        code = self.lists.regency(self.count)
        if not code or self.count.value in self.memory.others.get(code, ()):
            return []
        measures = [pilots, *(self._decreed(pilots) if self.around.is_held(self.count) else ())]
        return [(measure, Region(code, True), "quantities.listed") for measure in measures]

    def _decreed(self, pilots: MeasureTerm) -> list[MeasureTerm]:
        """What else a decree's list counts: "SK itu sudah terbit. Di dalamnya tercantum empat nama: ..."."""
        measures = zip(self.tables.measures, self.tables.of, strict=True)
        return [m for m, cues in measures if cues.documents.heads and m.level == pilots.level]

    @cached_property
    def total(self) -> list[Reading]:
        """All areas of a region."""
        found = self.scene.totals.find(self.count, self.candidates, self.share == "whole")
        return [found] if found else []

    def is_list_only(self) -> bool:
        """Only a list or a status may say what is counted, or it is a part: no count of all."""
        count = self.count
        every = count.number.label_ == "ALL" and count.value <= FEW
        return count.listed or every or count.weak or count.part


QUESTIONS: dict[str, Callable[[CountedAreas], bool]] = {
    "whole-word": CountedAreas.is_whole_word,
    "known": CountedAreas.is_known,
    "wider": CountedAreas.is_wider,
    "too-many": CountedAreas.is_too_many,
    "rest": CountedAreas.is_rest,
    "namesakes": lambda it: it.lists.is_of_namesakes(it.count),
    "origin": CountedAreas.is_origin,
    "denied": CountedAreas.is_denied,
    "status": CountedAreas.has_status,
    "of-several": CountedAreas.is_of_several,
    "among": lambda it: bool(it.among),
    "again": lambda it: bool(it.again),
    "list": lambda it: bool(it.listed),
    "list-only": CountedAreas.is_list_only,
    "total": lambda it: bool(it.total),
}

#: By what the rules decide: the readings of a count.
TELL: dict[str, Callable[[CountedAreas], list[Reading]]] = {
    "status": CountedAreas.by_status,
    "among": lambda it: it.among,
    "again": lambda it: it.again,
    "listed": lambda it: it.listed,
    "total": lambda it: it.total,
}


def build_area_rules(vocabulary: Vocabulary) -> RuleBook[CountedAreas]:
    """The rules over `QUESTIONS`."""
    return RuleBook(vocabulary.rules["quantities-areas"], QUESTIONS)
