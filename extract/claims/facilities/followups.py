"""Buildings that a sentence takes up without naming them: "Di Boja alamatnya Desa X", "Gemuh punya ruang
serupa", "Dua di Boja, satu di Gemuh"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.facilities.buildings import Building, BuildingFinder
from extract.claims.facilities.ellipses import CLAUSE, HAS, NOUN, Ellipses, build_follow_tables
from extract.vocabulary.scan import skip_before

#: Sentences within which a building that was spoken of may be taken up.
REACH = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """The pillars whose buildings a sentence spoke of, and whether it spoke of plans only."""

    pillars: set[str]
    planned: bool


class FollowUps:
    """Reads clauses that name no building while one was spoken of just before."""

    def __init__(self, view: View, finder: BuildingFinder) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.finder = finder
        self.tables = view.vocabulary.compiled(build_follow_tables)
        self.ellipses = Ellipses(view, finder)

    def clauses(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """A sentence cut at ";" and at "sedangkan" and the like."""
        begin, turns = first, self.finder.tables.turns
        if ";" not in self.lower[first:last] and turns.heads.isdisjoint(self.lower[first:last]):
            if last > first:
                yield first, last
            return
        for i in range(first, last):
            word = self.lower[i]
            if word == ";" or (i > begin and word in turns.heads and turns.at(self.lower, i)):
                if i > begin:
                    yield begin, i
                begin = i + 1
        if last > begin:
            yield begin, last

    def read(
        self, first: int, last: int, topics: list[Topic], buildings: list[Building]
    ) -> Iterator[tuple[str, list[Span], int, int]]:
        """(pillar, places, first and last token) of each clause that takes a building up.

        `topics`: what the sentences before spoke of, the nearest first.
        """
        went, named = list(topics), set[str]()
        for begin, end in self.clauses(first, last):
            end = min(end, begin + CLAUSE)
            earlier, named = named, {b.pillar for b in buildings if begin <= b.first < end}
            if named:
                went.insert(0, Topic(named, self.finder.unreal(begin, end)))
                yield from self._only_one(begin, end, named)
                yield from self._alike_there(begin, end, named)
                continue
            if begin == first and not went:
                return
            if "?" in self.lower[end - 1 : end + 1] or self.finder.unreal(begin, end):
                continue
            places = [p for p in self.finder.places.within(begin, end) if self.is_site(p, begin)]
            if not places:
                continue
            pillar = self._pillar(begin, end, places, went)
            parted = begin > first and (self.lower[begin - 1] == ";" or self.finder.turns(begin - 1))
            if not pillar and parted and self.lower[begin] == "di" and len(earlier) == 1:
                # "RPPA di Boja memakai balai Desa X; di Gemuh, rumah Desa Y"
                pillar = next(iter(earlier)) if any(p.label_ == "VILLAGE" for p in places) else ""
            if pillar:
                named = {pillar}
                yield pillar, places, begin, places[-1].end

    def _only_one(self, begin: int, end: int, named: set[str]) -> Iterator[tuple[str, list[Span], int, int]]:
        """ "Dari tiga RPPA yang dijanjikan, baru X yang terwujud": of those that its clause names."""
        places = [p for p in self.finder.places.within(begin, end) if self.is_site(p, begin)]
        for place in places if len(named) == 1 else ():
            before = self.tables.only.find(self.lower, max(begin, place.start - 3), place.start)
            if before and self.ellipses.only_has(begin, end, [place]):
                yield next(iter(named)), [place], begin, place.end

    def _alike_there(
        self, begin: int, end: int, named: set[str]
    ) -> Iterator[tuple[str, list[Span], int, int]]:
        """The places before "yang": "RPPA X menyusul Desa Y, Kecamatan Z, yang membuka layanan serupa"."""
        hits = self.tables.alike.find(self.lower, begin, end)
        that = next((t for t in range(begin, hits[0][0] if hits else begin) if self.lower[t] == "yang"), 0)
        if not that or len(named) > 1 or not self.ellipses.stands(that, end) or self.finder.unreal(that, end):
            return
        spans = self.finder.places.within(begin, that)
        near = [
            p
            for p in spans
            if that - p.end <= 1 or any(q.start - p.end <= 2 for q in spans if q.start >= p.end)
        ]
        if near and that - near[-1].end <= 1:
            own = [p for p in near if p.label_ == "VILLAGE"] or near[-1:]
            yield (
                next(iter(named)),
                [own[-1], *(p for p in near if p.start > own[-1].start)],
                begin,
                near[-1].end,
            )

    def is_site(self, place: Span, begin: int) -> bool:
        """Whether something may stand there: not so in "warga Desa X", "Camat X"."""
        return self._before(place, begin) not in self.tables.of_people or self._housed(place, begin)

    def _housed(self, place: Span, begin: int) -> bool:
        """Whether it is their house that is named: "kantor PKK Desa X", "rumah kepala Desa X"."""
        nouns = self.tables.nouns.find(self.lower, max(begin, place.start - HAS), place.start)
        return bool(nouns) and not self.finder.places.within(nouns[-1][0], place.start)

    def is_home(self, place: Span, begin: int) -> bool:
        """Whether it only tells where people come from: "anak-anak Desa X"."""
        return self._before(place, begin) in self.tables.of_residents

    def _before(self, place: Span, begin: int) -> str:
        kinds = ("desa", "kelurahan", "kecamatan", "kec", ".")
        at = skip_before(place.start, begin + 1, lambda token: self.lower[token] in kinds) - 1
        return self.lower[at] if at >= begin else ""

    def _takes_up(self, building: Building, signed: bool) -> bool:
        """Whether a name is that of something told before: on its sign, "RPPA itu", "gedung itu ... RPPA"."""
        tables, lower = self.tables, self.lower
        low = max(building.begin, building.first - NOUN)
        if tables.signs.find(lower, low, building.first):
            return True
        if signed:
            return False
        if building.last < len(lower) and tables.this.at(lower, building.last):
            return True
        nouns = tables.nouns.find(lower, low, building.first)
        return bool(nouns and tables.this.find(lower, nouns[0][1], building.first))

    def described(self, building: Building, number: int, signed: bool = False) -> list[Span]:
        """The village, with its kecamatan, of a place that the text described before it gave the building's
        name: "Rumah di Desa X dicat ungu. Papan namanya berbunyi RPPA".

        `signed`: only where a sign says so.
        """
        if not self._takes_up(building, signed):
            return []
        title = building.first < self.view.reading.title_end
        for earlier in range(number, max(-1, number - REACH - 1), -1):
            first, last = self.view.sentences[earlier]
            if (first < self.view.reading.title_end) != title:
                break
            last = min(last, building.first)
            spans = self.finder.places.within(max(first, last - CLAUSE), last)
            villages = [p for p in spans if p.label_ == "VILLAGE" and self.is_site(p, first)]
            if villages:
                around = [
                    p for p in spans if p.label_ == "KECAMATAN" and abs(p.start - villages[-1].end) <= HAS
                ]
                return [villages[-1], *around]
            if any(pillar != building.pillar for pillar in self.finder.named.within(first, last)):
                break
        return []

    def _pillar(self, first: int, last: int, places: list[Span], topics: list[Topic]) -> str:
        """The pillar whose building a clause takes up, "" if none."""
        tables, lower = self.tables, self.lower
        village = any(p.label_ == "VILLAGE" for p in places)
        noun = self.ellipses.noun(first, last)
        topic = self._topic(topics, noun[1] if noun else "")
        if not topic:
            return ""
        near = topics[0].pillars
        if next(t for t in topics if topic in t.pillars).planned and not self.ellipses.stands(first, last):
            told = self.ellipses.only_has(first, last, places) or self.ellipses.already(first, last, places)
            return topic if told or self.ellipses.so_far(first, places) else ""
        if village and tables.own_building.find(lower, first, min(last, first + 12)):
            return topic
        if tables.placed_own.find(lower, first, last):
            return topic
        if noun and village and self.ellipses.is_this(noun, places, last):
            return topic
        if self.ellipses.alike(first, last) and (village or self.ellipses.stands(first, last)):
            return topic
        if self.ellipses.only_has(first, last, places) or self.ellipses.already(first, last, places):
            return topic
        if self.ellipses.so_far(first, places) or (topic in near and self.ellipses.likewise(first, places)):
            return topic
        if topic in near and self.ellipses.elliptic(first, last, places):
            return topic
        # "Salaman memilih sport center. Lapangan Desa Menoreh diberi tribun": the noun opens the clause
        opens = noun is not None and noun[1] == topic and noun[0] <= first + 1 and topic in near
        if noun and opens and village and not tables.other_things.find(lower, first, last):
            return topic if places[0].start <= noun[0] + 4 else ""
        return ""

    def _topic(self, topics: list[Topic], kind: str) -> str:
        """The pillar spoken of last; `kind`: the one that a clause's own noun points to."""
        for pillars in (t.pillars for t in topics):
            if kind:
                if kind in pillars:
                    return kind
                continue
            if len(pillars) == 1:
                return next(iter(pillars))
            if pillars:
                return ""
        return ""
