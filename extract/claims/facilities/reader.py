"""Reads an article sentence by sentence: which buildings stand, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from extract.article.context import Context
from extract.article.view import View
from extract.claims.facilities.buildings import NEAR, Building, BuildingFinder
from extract.claims.facilities.built_cells import read_cells
from extract.claims.facilities.existence import rule_of
from extract.claims.facilities.followups import REACH, FollowUps, Topic
from extract.claims.facilities.locations import LISTED, Located, Place, Sites
from extract.claims.facilities.nearby import Nearby, numbers_before
from extract.claims.facilities.own_places import OwnPlaces
from extract.claims.quantities.regions import Region, Regions


@dataclass(frozen=True, slots=True)
class Found:
    """A building that stands, its place if one is told, and the tokens that say so."""

    pillar: str
    place: Place | None
    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Lead:
    """What a sentence before a list announced: buildings of a pillar ("" of none or several), and that they
    stand."""

    pillar: str
    stands: bool

    def tells(self) -> bool:
        return bool(self.pillar) or self.stands


@dataclass(slots=True)
class _Sentence:
    """A sentence with its buildings, and what they told so far."""

    number: int
    first: int
    last: int
    is_item: bool
    buildings: list[Building]
    stood: int = 0  # where the last building that stands ends
    #: Where the last one stands: "di X ada RPPA yang ramai dan sport center".
    shared: list[Place] = field(default_factory=list)

    @property
    def pillars(self) -> set[str]:
        return {building.pillar for building in self.buildings}


class FacilityReader:
    """Built once an article."""

    def __init__(self, view: View, context: Context) -> None:
        self.view = view
        self.context = context
        self.lower = view.reading.lower
        self.finder = BuildingFinder(view)
        self.words = self.finder.words
        self.sites = Sites(view, self.finder)
        self.follow = FollowUps(view, self.finder)
        self.own_places = OwnPlaces(view, self.finder, self.sites, self.follow)
        self.nearby = Nearby(view, self.finder, self.sites, self.follow)
        self.topics: list[tuple[int, Topic]] = []  # sentences, and what they spoke of

    @cached_property
    def regions(self) -> Regions:
        return Regions(self.view, self.context)

    def facilities(self) -> Iterator[Found]:
        """Every building that is said to stand."""
        if not any(s.kb_id_ in self.finder.pillars for s in self.view.spans("pillars")):
            return
        for pillar, spans, first, last in read_cells(self.finder):
            for place, _ in self.sites.join(spans):
                yield Found(pillar, place, first, last, "facilities.cell")
        lead: _Lead | None = None
        for sentence in self._sentences():
            if sentence.is_item and lead and lead.tells():
                yield from self._item(lead, sentence)
                if sentence.buildings:
                    self.topics.append((sentence.number, Topic(sentence.pillars, False)))
            else:
                yield from self._told(sentence)
                yield from self._taken_up(sentence)
                lead = self._lead(sentence)

    def _sentences(self) -> Iterator[_Sentence]:
        for number, (first, last) in enumerate(self.view.sentences):
            item = self.view.segment_at(first).kind == "item"
            yield _Sentence(number, first, last, item, list(self.finder.find(first, last)))

    def regency(self, first: int, last: int) -> str:
        """The regency in which a building without a place stands; "" where more of them are counted beside it
        than a regency has kecamatan."""
        code = self.regions.passage(first)
        for number in self.view.spans_in("numbers", max(0, first - NEAR), last + NEAR):
            if code and number.label_ == "COUNT" and not self.words.served.at(self.lower, number.end):
                region = self.regions.settle(Region(code, False), "kecamatan", int(number.kb_id_))
                code = "" if region.code == self.regions.province else region.code
        return code

    # --- lists ---------------------------------------------------------------------------------------

    def _lead(self, sentence: _Sentence) -> _Lead | None:
        """What a sentence announces of the list behind it."""
        listed = sentence.number + 1 < len(self.view.sentences) and (
            self.view.segment_at(sentence.last).kind == "item"
        )
        seated = sentence.shared and self.lower[sentence.last - 1] != ":"  # it told its place, and no list
        if not listed or sentence.is_item or seated:
            return None
        pillars = sentence.pillars
        stands = self.finder.stands(sentence.first, sentence.last)
        return _Lead(pillars.pop() if len(pillars) == 1 else "", stands)

    def _item(self, lead: _Lead, item: _Sentence) -> Iterator[Found]:
        """A line of a list whose lead-in said what it lists, or that they stand."""
        pillar = item.buildings[0].pillar if item.buildings else lead.pillar
        if not pillar or self.finder.unreal(item.first, item.last) or not self._stands(lead, item):
            return
        spans = self.finder.places.within(item.first, min(item.last, item.first + LISTED))
        for place, _ in self.sites.join(spans):
            yield Found(pillar, place, item.first, item.last, "facilities.list")

    def _stands(self, lead: _Lead, item: _Sentence) -> bool:
        """Whether what an item lists is there: by the lead-in, or by its own words."""
        if lead.stands or self.finder.says(item.first, item.last, self.words.exists_behind):
            return True
        return any(rule_of(self.finder, building) for building in item.buildings)

    # --- sentences -----------------------------------------------------------------------------------

    def _told(self, sentence: _Sentence) -> Iterator[Found]:
        """The buildings that a sentence names."""
        for building in sentence.buildings:
            rule = rule_of(self.finder, building) or self._parallel(building, sentence.stood)
            found = list(self._places(building, sentence.number, rule))
            nowhere = all(one.place is None for one in found)
            if sentence.shared and nowhere and self._beside(building, sentence.stood):
                found = [replace(one, place=place) for one in found for place in sentence.shared]
            yield from found
            sentence.shared = [one.place for one in found if one.place is not None]
            sentence.stood = building.last if rule else sentence.stood

    def _beside(self, building: Building, stood: int) -> bool:
        """Whether "dan" joins a building to the one before it that stands."""
        near = 0 < building.first - stood <= NEAR
        return near and self.lower[building.first - 1] in self.words.joined

    def _parallel(self, building: Building, stood: int) -> str:
        """The rule where a clause leaves out its verb: "RPPA ada di X; sport center di Y"."""
        begin = building.begin
        after = stood and begin - stood <= NEAR and self.lower[begin - 1] == ";"
        if not after or self.finder.unreal(begin, building.end):
            return ""
        return "facilities.stands" if self.finder.places_of(building) else ""

    def _places(self, building: Building, number: int, rule: str) -> Iterator[Found]:
        """A building with each of its places; `rule` says that it stands, else a sign may."""
        if not rule:
            yield from self._signed(building, number)
            return
        places = self._settled(building, number, self.own_places.read(building))
        if not places:
            places, rule = self.nearby.read(building, number), "facilities.context"
        if not places or self._is_open_which(building, len(places)):
            yield Found(building.pillar, None, building.first, building.last, "facilities.nowhere")
            return
        for located in places:
            yield self._claim(building, located, rule)

    def _signed(self, building: Building, number: int) -> Iterator[Found]:
        """A building whose name a sign gives to what was described before."""
        if not self.finder.unreal(building.begin, building.end):
            for place, _ in self.sites.join(self.follow.described(building, number, signed=True)):
                yield Found(building.pillar, place, building.first, building.last, "facilities.described")

    def _settled(self, building: Building, number: int, places: list[Located]) -> list[Located]:
        """The places themselves; for one kecamatan the village in it that was described before: "Bangunan di
        Desa X kini sepi. Gedung itu berstatus RPPA Kecamatan Y"."""
        if len(places) != 1 or places[0][0].village:
            return places
        codes = tuple(f"{code}." for code in places[0][0].code.split("|"))
        for place, _ in self.sites.join(self.follow.described(building, number)):
            if any(code.startswith(codes) for code in place.code.split("|")):
                places = [(place, None)]
        return places

    def _is_open_which(self, building: Building, places: int) -> bool:
        """Whether fewer are counted than places are named: "tiga RPPA di empat kecamatan: ..."."""
        counted = numbers_before(self.view, building, building.begin)
        return bool(counted) and 1 < counted[-1] < places

    def _claim(self, building: Building, located: Located, rule: str) -> Found:
        """A building at a place, with the words of its clause from the one to the other."""
        place, span = located
        first, last = building.first, building.last
        if span is not None and building.begin <= span.start and span.end <= building.end:
            first, last = min(first, span.start), max(last, span.end)
        return Found(building.pillar, place, first, last, rule)

    def _taken_up(self, sentence: _Sentence) -> Iterator[Found]:
        """Buildings that a sentence takes up from one before: "Rumahnya berdiri di Desa X"."""
        recent = reversed(self.topics[-REACH:])
        topics = [topic for at, topic in recent if sentence.number - at <= REACH]
        buildings = sentence.buildings
        planned = bool(buildings) and all(self.finder.unreal(b.begin, b.end) for b in buildings)
        spoken = sentence.pillars
        for taken in self.follow.read(sentence.first, sentence.last, topics, buildings):
            spoken, planned = spoken | {taken.pillar}, False
            for place, _ in self.sites.join(taken.places):
                yield Found(taken.pillar, place, taken.first, taken.last, "facilities.taken-up")
        if spoken:
            self.topics.append((sentence.number, Topic(spoken, planned)))
