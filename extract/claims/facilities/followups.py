"""Buildings that a sentence takes up without naming them: "Di Boja alamatnya Desa X", "Gemuh punya ruang
serupa", "Dua di Boja, satu di Gemuh"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.facilities.buildings import Building, BuildingFinder
from extract.claims.facilities.ellipses import CLAUSE, HAS, NOUN, Elliptic, build_taken_up_rules, only_has
from extract.claims.facilities.locations import is_kecamatan, is_village
from extract.vocabulary.scan import skip_before

#: Sentences within which a building that was spoken of may be taken up.
REACH = 5
#: Tokens between a place and its "yang", and between the places before it.
_BESIDE, _APART = 1, 2


@dataclass(frozen=True, slots=True)
class Topic:
    """The pillars whose buildings a sentence spoke of, and whether it spoke of plans only."""

    pillars: set[str]
    planned: bool


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A building that tokens `first` to `last` take up, with the places where it stands."""

    pillar: str
    places: list[Span]
    first: int
    last: int


def _spoken_of(topics: list[Topic], kind: str) -> Topic | None:
    """What was spoken of last, one pillar alone; `kind`: the one that a clause's own noun points to."""
    if kind:
        return next((t for t in topics if kind in t.pillars), None)
    last = next((t for t in topics if t.pillars), None)
    return last if last is not None and len(last.pillars) == 1 else None


class FollowUps:
    """Reads clauses that name no building while one was spoken of just before."""

    def __init__(self, view: View, finder: BuildingFinder) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.finder = finder
        self.words = finder.words

    def read(
        self, first: int, last: int, topics: list[Topic], buildings: list[Building]
    ) -> Iterator[TakenUp]:
        """What each clause of a sentence takes up.

        `topics`: what the sentences before spoke of, the nearest first.
        """
        told, before = list(topics), set[str]()  # the pillars of the clause before
        for begin, stop in self.finder.clauses.cut(first, last):
            end = min(stop, begin + CLAUSE)
            named = {b.pillar for b in buildings if begin <= b.first < end}
            if named:
                told.insert(0, Topic(named, self.finder.unreal(begin, end)))
                yield from self._besides(begin, end, named)
            elif begin == first and not told:
                return
            elif not self._tells_nothing(begin, end):
                clause = self.elliptic(begin, end, told)
                if pillar := self._decided(clause) or self._parallel(clause, before, begin > first):
                    named = {pillar}
                    yield TakenUp(pillar, clause.places, begin, clause.places[-1].end)
            before = named

    def _tells_nothing(self, begin: int, end: int) -> bool:
        """Whether a clause asks, or speaks of what is not yet."""
        return "?" in self.lower[end - 1 : end + 1] or self.finder.unreal(begin, end)

    def elliptic(self, begin: int, end: int, topics: list[Topic]) -> Elliptic:
        """A clause with the topic that its noun turns to, the one spoken of last if it has no such noun."""
        places = [p for p in self.finder.places.within(begin, end) if self.is_site(p, begin)]
        clause = Elliptic(self.finder, begin, end, places)
        kind = clause.noun[1] if places and clause.noun else ""
        topic = _spoken_of(topics, kind) if places else None
        if topic is not None:
            clause.topic = kind or next(iter(topic.pillars))
            clause.near = clause.topic in topics[0].pillars
            clause.planned = topic.planned
        return clause

    def _decided(self, clause: Elliptic) -> str:
        """The pillar whose building a clause takes up by the rules, "" if none."""
        if not clause.topic:
            return ""
        rule = self.view.vocabulary.compiled(build_taken_up_rules).decide(clause).rule
        return clause.topic if rule is not None and rule.then else ""

    def _parallel(self, clause: Elliptic, before: set[str], follows: bool) -> str:
        """The pillar of the clause before: "RPPA di Boja memakai balai Desa X; di Gemuh, rumah Desa Y"."""
        if not follows or len(before) != 1 or not clause.names_village():
            return ""
        parted = self.finder.clauses.parts(clause.first - 1)
        return next(iter(before)) if parted and self.lower[clause.first] in self.words.at else ""

    # --- clauses that name a building, and tell of more places ---------------------------------------

    def _besides(self, begin: int, end: int, named: set[str]) -> Iterator[TakenUp]:
        """What a clause takes up of the one pillar whose building it names."""
        if len(named) == 1:
            pillar = next(iter(named))
            yield from self._only_one(begin, end, pillar)
            yield from self._alike_there(begin, end, pillar)

    def _only_one(self, begin: int, end: int, pillar: str) -> Iterator[TakenUp]:
        """ "Dari tiga RPPA yang dijanjikan, baru X yang terwujud": of those that its clause names."""
        for place in self.finder.places.within(begin, end):
            alone = self.finder.says(max(begin, place.start - 3), place.start, self.words.only)
            if alone and self.is_site(place, begin) and only_has(self.finder, begin, end, place):
                yield TakenUp(pillar, [place], begin, place.end)

    def _alike_there(self, begin: int, end: int, pillar: str) -> Iterator[TakenUp]:
        """The places before "yang": "RPPA X menyusul Desa Y, Kecamatan Z, yang membuka layanan serupa"."""
        hits = self.words.alike.find(self.lower, begin, end)
        last = hits[0][0] if hits else begin
        that = next((t for t in range(begin, last) if self.lower[t] in self.words.that), None)
        if that is None or not Elliptic(self.finder, that, end, []).stands() or self.finder.unreal(that, end):
            return
        near = self._side_by_side(self.finder.places.within(begin, that), that)
        if near and that - near[-1].end <= _BESIDE:
            own = ([p for p in near if is_village(p)] or near[-1:])[-1]
            places = [own, *(p for p in near if p.start > own.start)]
            yield TakenUp(pillar, places, begin, near[-1].end)

    def _side_by_side(self, spans: list[Span], at: int) -> list[Span]:
        """Those of the places before a token that stand right before it, or right before another."""
        return [
            p
            for p in spans
            if at - p.end <= _BESIDE or any(q.start >= p.end and q.start - p.end <= _APART for q in spans)
        ]

    # --- what places are ---------------------------------------------------------------------------

    def is_site(self, place: Span, begin: int) -> bool:
        """Whether something may stand there: not so in "warga Desa X", "Camat X"."""
        return self._before(place, begin) not in self.words.no_sites or self._is_housed(place, begin)

    def _is_housed(self, place: Span, begin: int) -> bool:
        """Whether it is their house that is named: "kantor PKK Desa X", "rumah kepala Desa X"."""
        nouns = self.words.nouns.find(self.lower, max(begin, place.start - HAS), place.start)
        return bool(nouns) and not self.finder.places.within(nouns[-1][0], place.start)

    def is_home(self, place: Span, begin: int) -> bool:
        """Whether it only tells where people come from: "anak-anak Desa X"."""
        return self._before(place, begin) in self.words.of_residents

    def _before(self, place: Span, begin: int) -> str:
        """The word before a place and what it is called: "warga" in "warga Desa X"."""
        kinds = self.words.place_kinds
        at = skip_before(place.start, begin + 1, lambda token: self.lower[token] in kinds) - 1
        return self.lower[at] if at >= begin else ""

    # --- names of what was described before ----------------------------------------------------------

    def described(self, building: Building, number: int, signed: bool = False) -> list[Span]:
        """The village, with its kecamatan, of a place that the text described before it gave the building's
        name: "Rumah di Desa X dicat ungu. Papan namanya berbunyi RPPA".

        `signed`: only where a sign says so.
        """
        if not self._takes_up(building, signed):
            return []
        for first, last in self._sentences_back(building, number):
            spans = self.finder.places.within(max(first, last - CLAUSE), last)
            villages = [p for p in spans if is_village(p) and self.is_site(p, first)]
            if villages:
                at = villages[-1].end
                return [villages[-1], *(p for p in spans if is_kecamatan(p) and abs(p.start - at) <= HAS)]
            named = self.finder.named.within(first, last)
            if any(pillar != building.pillar for pillar in named):
                break
        return []

    def _sentences_back(self, building: Building, number: int) -> Iterator[tuple[int, int]]:
        """A building's sentence up to its name, and the sentences before it, within its field."""
        title_end = self.view.reading.title_end
        for first, last in reversed(self.view.sentences[max(0, number - REACH) : number + 1]):
            if (first < title_end) != (building.first < title_end):
                return
            yield first, min(last, building.first)

    def _takes_up(self, building: Building, signed: bool) -> bool:
        """Whether a name is that of something told before: on its sign, "RPPA itu", "gedung itu ... RPPA"."""
        low = building.before(NOUN)
        if self.finder.says(low, building.first, self.words.signs):
            return True
        return not signed and (
            self.words.this.at(self.lower, building.last) is not None or self._is_of_noun(low, building.first)
        )

    def _is_of_noun(self, first: int, last: int) -> bool:
        """Whether a range has a noun of a building and, behind it, "itu"."""
        nouns = self.words.nouns.find(self.lower, first, last)
        return bool(nouns) and self.finder.says(nouns[0][1], last, self.words.this)
