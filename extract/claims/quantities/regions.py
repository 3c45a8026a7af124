"""Of which region a count speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.article.context import Context
from extract.article.ordered import Ordered
from extract.article.view import View
from extract.vocabulary.areas import Areas
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Tokens behind a counted noun within which a region belongs to it ("18 kecamatan yang ada di Kabupaten X").
_REACH = 7
#: Tokens before a number within which a region may be its owner ("Di X, menurut kepala dinas, empat ...").
_BACK = 24
#: Kecamatan; a province's programme has more.
_FEW = 9
#: Mentions that make a regency the one of which an article speaks.
_OFTEN = 3
#: Regencies that make a list.
_SEVERAL = 3
#: Tokens of a sentence that lists places.
_LIST = 60
#: Tokens before a province's name within which it is said to be given something.
_RECEIVER = 4
#: Tokens between two regencies that are named as examples, and before them.
_PAIR = 4


@dataclass(frozen=True, slots=True)
class RegionTables:
    """Official counts of areas by regency code (and province code), and words that point at a region."""

    kecamatan: dict[str, int]
    villages: dict[str, tuple[int, int]]  # desa alone, all
    regencies: dict[str, int]
    pointers: PhraseTable  # keys: province, regency
    capital: str  # the code of the province's seat
    city_words: PhraseTable
    list_openers: PhraseTable
    turns: frozenset[str]
    superlative: frozenset[str]
    receivers: PhraseTable
    examples: PhraseTable
    from_there: frozenset[str]
    apart: frozenset[str]


def build_region_tables(vocabulary: Vocabulary) -> RegionTables:
    areas = vocabulary.areas
    kecamatan: Counter[str] = Counter()
    desa: Counter[str] = Counter()
    villages: Counter[str] = Counter()
    for k in areas.kecamatan:
        kecamatan.update((k.regency, areas.province))
    for v in areas.villages:
        places = (areas.regency_of(v.code).code, areas.province)
        villages.update(places)
        if v.kind == "desa":
            desa.update(places)
    seats = vocabulary.cue("quantities", "capital")
    return RegionTables(
        capital=next((r.code for r in areas.regencies if r.name in seats), ""),
        city_words=vocabulary.table("quantities", "city_words"),
        list_openers=vocabulary.table("quantities", "list_openers"),
        turns=vocabulary.cue_set("quantities", "turns"),
        examples=vocabulary.table("quantities", "examples"),
        receivers=vocabulary.table("quantities", "receivers"),
        apart=vocabulary.cue_set("quantities", "apart"),
        from_there=vocabulary.cue_set("quantities", "from_there"),
        superlative=vocabulary.cue_set("quantities", "superlative"),
        kecamatan=dict(kecamatan),
        villages={code: (desa[code], count) for code, count in villages.items()},
        regencies={areas.province: len(areas.regencies)},
        pointers=PhraseTable(
            {
                "province": vocabulary.cue("quantities", "this_province"),
                "regency": vocabulary.cue("quantities", "this_regency"),
            }
        ),
    )


@dataclass(frozen=True, slots=True)
class Region:
    """Codes joined with `|`; `explicit` where the sentence itself names the region."""

    code: str
    explicit: bool

    def name(self, areas: Areas) -> str:
        if self.code == areas.province:
            return areas.province_name
        return "|".join(areas.regency_by_code[c].name for c in self.code.split("|"))


class Regions:
    """Finds the region of a token range, from the sentence first, from the passage's context else."""

    def __init__(self, view: View, context: Context) -> None:
        self.view = view
        self.context = context
        self.tables = view.vocabulary.compiled(build_region_tables)
        self.province = view.vocabulary.areas.province
        spans = view.spans("places")
        self.inner = Ordered((s.start, s) for s in spans if s.label_ in ("KECAMATAN", "VILLAGE") and s.kb_id_)
        places = [
            (s.start, s.end, self.province if s.label_ == "PROVINCE" else s.kb_id_)
            for s in spans
            if s.label_ in ("REGENCY", "PROVINCE") and (s.kb_id_ or s.label_ == "PROVINCE")
        ]
        lower = view.reading.lower
        self.compared = {  # "kabupaten terluas di Jawa Tengah" speaks of no province
            start
            for start, _, code in places
            if code == self.province
            and any(w[:3] in self.tables.superlative for w in lower[max(0, start - 4) : start - 1])
        }
        outer = {s.end + 1 for s in spans if s.label_ == "REGENCY"}
        self.compared |= {  # "Kabupaten X, Jawa Tengah" is an address
            start
            for start, _, code in places
            if code == self.province and lower[start - 1] == "," and start in outer
        }
        self.provinces = Ordered((start, start) for start, _, code in places if code == self.province)
        places = [place for place in places if place[0] not in self.compared]
        self.given_to = frozenset(  # "menyodorkan empat nama kepada Pemprov Jawa Tengah"
            start
            for start, _, code in places
            if code == self.province and self.tables.receivers.find(lower, max(0, start - _RECEIVER), start)
        )
        self.places = Ordered((place[0], place) for place in places)
        self.regencies = Ordered((start, (start, code)) for start, _, code in places if code != self.province)
        named = Counter(code for _, code in self.regencies)
        self.main = next((code for code, often in named.most_common(1) if often >= _OFTEN), "")
        self.aside = {
            s.start
            for s in spans
            if s.label_ == "REGENCY"
            and named[s.kb_id_] == 1
            and (s.id_ != "places.cue" or not self.tables.from_there.isdisjoint(lower[s.start - 2 : s.start]))
            and s.start >= view.reading.title_end
            and view.segment_at(s.start).kind != "dateline"
            and s.start - view.sentences[view.sentence_at(s.start)][0] > 2
        }
        lower, seat = view.reading.lower, self.tables.capital
        self.seat_meant = any(
            code == seat
            and start
            and self.tables.city_words.find(lower, max(0, start - 2), start + 1)
            and lower[start - 2] != ","  # an address: "di Gedung X, Kota Y"
            for start, _, code in places
        )

    def candidates(self, first: int, last: int, begin: int, end: int, *, areas: bool = False) -> list[Region]:
        """The regions that a count at tokens `first` to `last` may speak of, the likeliest first.

        Its clause is `begin` to `end`. `areas`: areas are counted, not what somebody gives.
        """
        skipped = self.given_to if areas else frozenset()
        found: list[Region] = []
        reach = min(end, last + _REACH)
        reach = next(
            (i for i in range(last, reach) if self.view.reading.lower[i] in self.tables.turns), reach
        )
        behind = next(
            (
                p[2]
                for p in self.places.within(last, reach)
                if p[0] not in skipped and not self._of_next(last, p, end)
            ),
            "",
        )
        if code := behind or self._pointer(last, reach, first):
            found.append(Region(code, True))
        back = max(begin, first - _BACK)
        before = [
            code for at, stop, code in self.places.within(back, first) if stop <= first and at not in skipped
        ]
        found.extend(Region(code, True) for code in reversed(before))
        if not before and (code := self._pointer(max(back, first - _REACH), first, first)):
            found.append(Region(code, True))
        if listed := self._listed(last, end):
            found.insert(0 if not behind else 1, Region(listed, True))
        if code := self.passage(first):
            found.append(Region(code, False))
        found.append(Region(self.province, False))
        return found

    def last(self, token: int) -> list[Region]:
        """The regency that was named last before a token, in a list of at most one."""
        last = self.regencies.before(token)
        return [Region(last[1], False)] if last else []

    def inside_one(self, token: int, begin: int) -> bool:
        """Whether a clause opens with the one kecamatan of which it counts: "Di Boja ada dua RPPA"."""
        inner = self.inner.within(begin, token)
        if len(inner) != 1 or self.places.within(begin, token):
            return False
        return inner[0].start - begin <= 2 and token - inner[0].end <= 3

    def at(self, first: int, last: int, begin: int, end: int) -> Region:
        """The likeliest of them."""
        return self.candidates(first, last, begin, end)[0]

    def _of_next(self, last: int, place: tuple[int, int, str], end: int) -> bool:
        """Whether a place behind a count is the next count's: "26.500 orang, dan di Kota X sendiri 1.140"."""
        lower = self.view.reading.lower
        counted = any(n.start == end for n in self.view.spans_in("numbers", end, min(len(lower), end + 3)))
        apart = not self.tables.apart.isdisjoint(lower[last : place[0]])
        return counted and end - place[1] <= 2 and apart

    def passage(self, token: int) -> str:
        """The regency that a passage speaks of, "" for the province.

        The province's seat, without a word for the city, is only where the report was written.
        """
        code = self.context.regency_at(token)
        last = self.regencies.before(token)
        if self.main and last and last[0] in self.aside and token >= self._end(last[0]) and code == last[1]:
            return self.main  # "mepet X" in passing doesn't change what an article speaks of
        if not code and last and self.provinces.before(token) in self.compared:
            code = last[1]
        seat = code == self.tables.capital and not self.seat_meant
        return "" if seat or self._of_list(token) else code

    def _of_list(self, token: int) -> bool:
        """Whether the regency that was named last before a token is one of several in an earlier sentence."""
        last = self.regencies.before(token)
        if last is None:
            return False
        stop = self._end(last[0])
        if token < stop:
            return False
        first, _ = self.view.sentences[self.view.sentence_at(last[0])]
        named = self.regencies.within(max(first, last[0] - _LIST), stop)
        several = len({code for _, code in named}) >= _SEVERAL
        return several or self._pair(named, stop)

    def _pair(self, named: Sequence[tuple[int, str]], stop: int) -> bool:
        """Whether the last two regencies of a sentence are examples: "dua di antaranya X dan Kota Y"."""
        if len(named) < 2 or named[-1][0] - named[-2][0] > _PAIR:
            return False
        lower, start = self.view.reading.lower, named[-2][0]
        return bool(self.tables.examples.find(lower, max(0, start - _PAIR), start))

    def _end(self, token: int) -> int:
        """The end of a token's sentence."""
        return self.view.sentences[self.view.sentence_at(token)][1]

    def of_areas(self, regions: list[Region], level: str, value: int, token: int) -> Region:
        """The region of so many areas that hold a status, from its candidates.

        So few are those of a regency, even where an official of the province was mentioned since.
        """
        region = regions[0]
        if region.code == self.province and not region.explicit and level == "kecamatan" and value <= _FEW:
            last = self.regencies.before(token)
            if last and not self._of_list(token) and (last[1] != self.tables.capital or self.seat_meant):
                region = Region(last[1], False)
        return self.settle(region, level, value)

    def _listed(self, last: int, end: int) -> str:
        """The regency of the kecamatan that are listed behind a count; "" if none or several.

        They stand in its clause or in a sentence that goes on with them.
        """
        spans = self.inner.within(last, end)
        number = self.view.sentence_at(last - 1) + 1
        if not spans and number < len(self.view.sentences):
            first, stop = self.view.sentences[number]
            opener = self.tables.list_openers.at(self.view.reading.lower, first)
            if opener or self.inner.within(first, first + 2):
                spans = self.inner.within(first, min(stop, first + _LIST))
        codes = {".".join(c.split(".")[:2]) for s in spans for c in s.kb_id_.split("|")}
        return codes.pop() if len(codes) == 1 else ""

    def _pointer(self, first: int, last: int, token: int) -> str:
        """What "provinsi ini" and "kabupaten itu" point at within a token range."""
        for _, _, key in self.tables.pointers.find(self.view.reading.lower, first, last):
            if key == "province":
                return self.province
            return self.context.regency_at(token)
        return ""

    def official(self, code: str, level: str, noun: str = "") -> tuple[int, ...]:
        """The official counts that a printed one may be held against; none where none are known."""
        if level == "kecamatan":
            return (self.tables.kecamatan.get(code, 0),)
        if level == "village":
            desa, every = self.tables.villages.get(code, (0, 0))
            return (desa, every) if noun == "desa" else (every,)
        return (self.tables.regencies.get(code, 0),)

    def settle(self, region: Region, level: str, value: int) -> Region:
        """Drops the alternatives that have fewer areas than were counted; the province holds the rest."""
        if region.code == self.province:
            return region
        fits = [c for c in region.code.split("|") if max(self.official(c, level), default=0) * 1.25 >= value]
        return Region("|".join(fits), region.explicit) if fits else Region(self.province, False)
