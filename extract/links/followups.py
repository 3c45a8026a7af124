"""Buildings that a sentence takes up without naming them: "Di Boja alamatnya Desa X", "Gemuh punya ruang
serupa", "Dua di Boja, satu di Gemuh"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extract.links.buildings import Building, BuildingFinder
from extract.phrases import PhraseTable
from extract.view import View
from extract.vocabulary import Vocabulary, VocabularyError

#: Sentences within which a building that was spoken of may be taken up.
REACH = 3
#: Tokens of a clause that are looked at.
_CLAUSE = 60
#: Tokens between a noun and the "itu" that takes it up: "rumah di Desa X itu".
_NOUN = 11
#: Tokens between "baru Boja" and "yang punya".
_HAS = 5
#: Tokens between "yang buka" and its place: ", masing - masing di Desa".
_ADDRESSED = 7


@dataclass(frozen=True, slots=True)
class FollowTables:
    own_building: PhraseTable
    placed_own: PhraseTable
    nouns: PhraseTable  # key: pillar, or "" for a noun of any building
    this: PhraseTable
    alike: PhraseTable
    ellipses: PhraseTable
    counted: PhraseTable
    only: PhraseTable
    has: PhraseTable
    already: PhraseTable
    so_far: PhraseTable
    likewise: PhraseTable
    signs: PhraseTable
    directions: PhraseTable
    of_people: frozenset[str]
    of_residents: frozenset[str]
    other_things: PhraseTable


def build_follow_tables(vocabulary: Vocabulary) -> FollowTables:
    """VocabularyError where an entry of `nouns` gives no pillar of a programme."""
    pillars = {p.id for programme in vocabulary.programmes.values() for p in programme.pillar}
    nouns: dict[str, list[str]] = {}
    for entry in vocabulary.cue("facilities", "nouns"):
        phrase, sign, pillar = (part.strip() for part in entry.partition("="))
        if sign and pillar not in pillars:
            raise VocabularyError(
                f"knowledge/cues/facilities.toml: {entry!r} must read 'noun' or 'noun = PILLAR'"
                f" with one of {', '.join(sorted(pillars))}"
            )
        nouns.setdefault(pillar, []).append(phrase)
    keys = (*(k for k in FollowTables.__slots__ if k not in ("nouns", "of_people", "of_residents")),)
    return FollowTables(
        **{key: vocabulary.table("facilities", key) for key in keys},
        nouns=PhraseTable(nouns),
        of_people=vocabulary.cue_set("facilities", "of_people")
        | vocabulary.cue_set("facilities", "of_residents"),
        of_residents=vocabulary.cue_set("facilities", "of_residents"),
    )


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
            end = min(end, begin + _CLAUSE)
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
            if before and self._only_has(begin, end, [place]):
                yield next(iter(named)), [place], begin, place.end

    def _alike_there(
        self, begin: int, end: int, named: set[str]
    ) -> Iterator[tuple[str, list[Span], int, int]]:
        """The places before "yang": "RPPA X menyusul Desa Y, Kecamatan Z, yang membuka layanan serupa"."""
        hits = self.tables.alike.find(self.lower, begin, end)
        that = next((t for t in range(begin, hits[0][0] if hits else begin) if self.lower[t] == "yang"), 0)
        if not that or len(named) > 1 or not self._stands(that, end) or self.finder.unreal(that, end):
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
        nouns = self.tables.nouns.find(self.lower, max(begin, place.start - _HAS), place.start)
        return bool(nouns) and not self.finder.places.within(nouns[-1][0], place.start)

    def is_home(self, place: Span, begin: int) -> bool:
        """Whether it only tells where people come from: "anak-anak Desa X"."""
        return self._before(place, begin) in self.tables.of_residents

    def _before(self, place: Span, begin: int) -> str:
        at = place.start - 1
        while at > begin and self.lower[at] in ("desa", "kelurahan", "kecamatan", "kec", "."):
            at -= 1
        return self.lower[at] if at >= begin else ""

    def _takes_up(self, building: Building, signed: bool) -> bool:
        """Whether a name is that of something told before: on its sign, "RPPA itu", "gedung itu ... RPPA"."""
        tables, lower = self.tables, self.lower
        low = max(building.begin, building.first - _NOUN)
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
            spans = self.finder.places.within(max(first, last - _CLAUSE), last)
            villages = [p for p in spans if p.label_ == "VILLAGE" and self.is_site(p, first)]
            if villages:
                around = [
                    p for p in spans if p.label_ == "KECAMATAN" and abs(p.start - villages[-1].end) <= _HAS
                ]
                return [villages[-1], *around]
            if any(pillar != building.pillar for pillar in self.finder.named.within(first, last)):
                break
        return []

    def _pillar(self, first: int, last: int, places: list[Span], topics: list[Topic]) -> str:
        """The pillar whose building a clause takes up, "" if none."""
        tables, lower = self.tables, self.lower
        village = any(p.label_ == "VILLAGE" for p in places)
        noun = self._noun(first, last)
        topic = self._topic(topics, noun[1] if noun else "")
        if not topic:
            return ""
        near = topics[0].pillars
        if next(t for t in topics if topic in t.pillars).planned and not self._stands(first, last):
            told = self._only_has(first, last, places) or self._already(first, last, places)
            return topic if told or self._so_far(first, places) else ""
        if village and tables.own_building.find(lower, first, min(last, first + 12)):
            return topic
        if tables.placed_own.find(lower, first, last):
            return topic
        if noun and village and self._is_this(noun, places, last):
            return topic
        if self._alike(first, last) and (village or self._stands(first, last)):
            return topic
        if self._only_has(first, last, places) or self._already(first, last, places):
            return topic
        if self._so_far(first, places) or (topic in near and self._likewise(first, places)):
            return topic
        if topic in near and self._elliptic(first, last, places):
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

    def _noun(self, first: int, last: int) -> tuple[int, str] | None:
        """(token, pillar or "") of the first noun of a building in a range."""
        for start, _, pillar in self.tables.nouns.find(self.lower, first, last):
            return start, pillar
        return None

    def _is_this(self, noun: tuple[int, str], places: list[Span], last: int) -> bool:
        """Whether a noun is taken up by "itu" with the place between or behind a verb of standing."""
        hits = self.tables.this.find(self.lower, noun[0] + 1, min(last, noun[0] + _NOUN))
        if not hits:
            return False
        inside = any(noun[0] < p.start and p.end <= hits[0][0] for p in places)
        behind = [p for p in places if p.start >= hits[0][1]]
        return inside or bool(
            behind and self.finder.tables.seated.find(self.lower, hits[0][1], behind[0].start)
        )

    def _stands(self, first: int, last: int) -> bool:
        tables = self.finder.tables
        return any(
            table.find(self.lower, first, last)
            for table in (tables.exists_before, tables.exists_behind, tables.exists_placed)
        )

    def _only_has(self, first: int, last: int, places: list[Span]) -> bool:
        """ "baru Boja yang punya", "Boja yang sudah siap": the place before, the having right behind."""
        for place in places:
            has = self.tables.has.find(self.lower, place.end, min(last, place.end + _HAS))
            if not has or has[0][0] != place.end:
                continue
            end = has[0][1]  # "yang siap" is said of the building only where nothing follows: "siap lahannya"
            if self.lower[end - 1] != "siap" or end >= last or self.lower[end] in (",", ".", ";"):
                before = self.tables.only.find(self.lower, max(first, place.start - 3), place.start)
                if before or place.start == first:
                    return True
        return False

    def _alike(self, first: int, last: int) -> bool:
        """Whether a noun of a building has "serupa" or the like right behind it."""
        tables, lower = self.tables, self.lower
        for start, end, _ in tables.alike.find(lower, first, last):
            begin = max(first, start - 2)
            if tables.other_things.find(lower, begin, end):
                continue
            if end - start > 1 or tables.nouns.find(lower, begin, start):
                return True
        return False

    def _already(self, first: int, last: int, places: list[Span]) -> bool:
        """ "Di Boja sudah, ...": what another place lacks is there."""
        place = places[0]
        hit = self.tables.already.at(self.lower, place.end) if place.end < last else None
        if not hit or self.lower[first] != "di" or place.start - first > 2:
            return False
        return hit[0] >= last or self.lower[hit[0]] in (",", ".", ";")

    def _likewise(self, first: int, places: list[Span]) -> bool:
        """ "Wedi lebih dahulu, ...", "Jatinom punya juga": a place that opens its clause."""
        place = places[0]
        return place.start - first <= 1 and self.tables.likewise.at(self.lower, place.end) is not None

    def _so_far(self, first: int, places: list[Span]) -> bool:
        """ "Yang sudah buka baru satu, yakni di Desa X", "baru dua yang beroperasi, masing-masing di X"."""
        lower, place = self.lower, places[0].start
        hits = self.tables.so_far.find(lower, first, place)
        if not hits or place - hits[-1][1] > _NOUN:
            return False
        has = self.tables.has.find(lower, first, place)
        if self.tables.other_things.find(lower, first, place) or not has:
            return False
        end = max(hits[-1][1], has[-1][1])
        near = lower[end:place]
        return len(near) <= _ADDRESSED and (
            bool(self.finder.tables.list_openers.find(near, 0, len(near))) or near[:1] == ["di"]
        )

    def _elliptic(self, first: int, last: int, places: list[Span]) -> bool:
        """ "Di Boja malah dua, yaitu di Desa X", "Yang di Boja memakai ...", "Dua di Boja", "ada di Boja"."""
        tables, lower = self.tables, self.lower
        opened = tables.ellipses.at(lower, first)
        place = places[0]
        if opened and place.start - opened[0] <= 3:
            # "Yang di selatan Boja dan Gemuh": a part of the regency, and kecamatan of it
            return not tables.directions.find(lower, opened[0], place.start)
        counted = tables.counted.at(lower, first)
        gap = lower[counted[0] : place.start] if counted else []
        # "tiga di Boja", "tiga unit berada di Kota X, yakni di Y"
        listed = len(gap) <= 8 and bool(gap) and self.finder.tables.list_openers.find(gap, 0, len(gap))
        if counted and counted[0] <= place.start and (len(gap) <= 3 or listed):
            begin, end = self.view.sentences[max(0, self.view.sentence_at(first) - 1)]
            # "RPPA menangani lima kasus. Tiga di Boja": it is the cases that are counted out
            return not tables.other_things.find(lower, max(begin, end - _CLAUSE), min(end, first))
        if lower[first] != "di" or place.start - first > 2 or place.end >= last:
            return False
        return tables.counted.at(lower, place.end) is not None
