"""Joins buildings of the programme and places into facilities."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from spacy.tokens import Span

from db.records import Evidence, Facility
from extract.article.context import Context
from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.facilities.buildings import NEAR, Building, BuildingFinder
from extract.claims.facilities.existence import Standing
from extract.claims.facilities.followups import REACH, FollowUps, Topic
from extract.claims.facilities.locations import LISTED, Place, Sites
from extract.claims.quantities.regions import Region, Regions

#: Tokens between a building and its number: "tiga unit RPPA".
UNITS = 2
#: Tokens between a village and its kecamatan.
ADDRESS = 4
#: Sentences back within which the only village named is that of "balai desa".
HALL = 8


class _Reader:
    def __init__(self, view: View, context: Context) -> None:
        self.view = view
        self.context = context
        self.lower = view.reading.lower
        self.buildings = BuildingFinder(view)
        self.tables = self.buildings.tables
        self.follow = FollowUps(view, self.buildings)
        self.topics: list[tuple[int, Topic]] = []  # sentences, and what they spoke of
        self.pillars = self.buildings.pillars
        self.places = self.buildings.places
        self.known = Ordered((s.start, s) for s in self.places if s.kb_id_)
        self.standing = Standing(self.buildings)
        self.sites = Sites(view, self.buildings)

    @functools.cached_property
    def regions(self) -> Regions:
        return Regions(self.view, self.context)

    def facilities(self) -> Iterator[tuple[str, Place | None, int, int, str]]:
        """(pillar, place or None, first and last token, rule) of every building that is said to stand."""
        if not any(s.kb_id_ in self.pillars for s in self.view.spans("pillars")):
            return
        lead: tuple[str, bool] | None = None  # what a sentence ending in ":" or before a list announced
        for number, (first, last) in enumerate(self.view.sentences):
            item = self.view.segment_at(first).kind == "item"
            buildings = list(self.buildings.find(first, last))
            if item and lead and any(lead):
                yield from self._item(lead, buildings, first, last)
                if buildings:
                    self.topics.append((number, Topic({b.pillar for b in buildings}, False)))
                continue
            lead = None
            stood = 0  # where the last building that stands ends
            shared: list[Place] = []  # where the last one stands: "di X ada RPPA yang ramai dan sport center"
            for building in buildings:
                rule = self.standing.exists(building) or self._parallel(building, stood)
                found = list(self._place(building, number, rule))
                if shared and all(place is None for _, place, *_ in found) and self._beside(building, stood):
                    found = [(p, place, i, j, how) for p, _, i, j, how in found for place in shared]
                yield from found
                shared = [place for _, place, *_ in found if place is not None]
                stood = building.last if rule else stood
            yield from self._taken_up(first, last, number, buildings)
            seated = shared and self.lower[last - 1] != ":"  # it told its place, and announces nothing
            listed = number + 1 < len(self.view.sentences) and self.view.segment_at(last).kind == "item"
            if listed and not (item or seated):
                pillars = {m.pillar for m in buildings}
                lead = (pillars.pop() if len(pillars) == 1 else "", self.buildings.stands(first, last))

    def regency(self, first: int, last: int) -> str:
        """The regency in which a building without a place stands; "" where more of them are counted beside it
        than a regency has kecamatan."""
        code = self.regions.passage(first)
        for number in self.view.spans_in("numbers", max(0, first - NEAR), last + NEAR):
            of_cases = self.tables.served.at(self.lower, number.end) if number.end < len(self.lower) else None
            if code and number.label_ == "COUNT" and not of_cases:
                region = self.regions.settle(Region(code, False), "kecamatan", int(number.kb_id_))
                code = "" if region.code == self.regions.province else region.code
        return code

    def _beside(self, building: Building, stood: int) -> bool:
        """Whether "dan" joins a building to the one before it that stands."""
        near = 0 < building.first - stood <= NEAR
        return near and self.lower[building.first - 1] in self.tables.words["joined"]

    def _parallel(self, building: Building, stood: int) -> str:
        """The rule where a clause leaves out its verb: "RPPA ada di X; sport center di Y"."""
        begin = building.begin
        after = stood and begin - stood <= NEAR and self.lower[begin - 1] == ";"
        if not after or self.buildings.unreal(begin, building.end):
            return ""
        return "facilities.stands" if self.buildings.places_of(building) else ""

    def _place(
        self, building: Building, number: int, rule: str
    ) -> Iterator[tuple[str, Place | None, int, int, str]]:
        if not rule and not self.buildings.unreal(building.begin, building.end):
            for place, _ in self.sites.join(self.follow.described(building, number, True)):
                yield building.pillar, place, building.first, building.last, "facilities.described"
        if not rule:
            return
        places = self._in_clause(building)
        if not places:
            places = self._around(building, number)
            rule = "facilities.context" if places else "facilities.nowhere"
        elif len(places) == 1 and not places[0][0].village:
            # "Bangunan di Desa X kini sepi. Gedung itu berstatus RPPA Kecamatan Y"
            codes = places[0][0].code.split("|")
            for found in self.sites.join(self.follow.described(building, number)):
                if any(c.startswith(f"{k}.") for k in codes for c in found[0].code.split("|")):
                    places = [(found[0], None)]
        counted = self._numbers(building, building.begin)
        if counted and 1 < counted[-1] < len(
            places
        ):  # "tiga RPPA di empat kecamatan: ...": in which of them?
            places, rule = [], "facilities.nowhere"
        if not places:
            yield building.pillar, None, building.first, building.last, rule
        for place, span in places:
            inside = span and building.begin <= span.start and span.end <= building.end
            first = min(building.first, span.start) if span and inside else building.first
            last = max(building.last, span.end) if span and inside else building.last
            yield building.pillar, place, first, last, rule

    def _in_clause(self, building: Building) -> list[tuple[Place, Span | None]]:
        spans = self.places.within(building.begin, building.end)
        if not spans and building.lead < building.first:
            first, _ = self.view.sentences[self.view.sentence_at(building.first)]
            spans = self.places.within(max(first, building.lead - LISTED), building.lead)
        attached = self.buildings.places_of(building)
        owned = any(
            self.lower[i] in self.tables.words["owning"] for i in range(building.begin, building.first)
        )
        spans = [
            s
            for s in spans
            if s.start >= building.first
            or (owned and (s.label_ == "KECAMATAN" or not attached))
            or not self.follow.is_home(s, building.begin)
        ]
        if attached:
            last = attached[-1].end
            codes = tuple(f"{c}." for s in attached for c in s.kb_id_.split("|") if c)
            inside = [
                s
                for s in spans
                if s.label_ == "VILLAGE" and any(c.startswith(codes) for c in s.kb_id_.split("|"))
            ]
            around = [
                s for s in spans if any(c.startswith(f"{s.kb_id_}.") for c in codes) and s.start >= last
            ]
            if not inside and (seat := self.sites.namesake(attached, spans)):
                return seat
            return self.sites.join(sorted({s.start: s for s in (*attached, *inside, *around)}.values()))
        behind = [s for s in spans if s.start >= building.last]
        if behind and len(behind) < len(spans) and behind[0].start == building.last + 1:
            # "X punya sport center, Y mengandalkan RPPA": the place behind opens a clause of its own
            apart = self.lower[building.last] == ","
            spans, behind = ([s for s in spans if s not in behind], []) if apart else (spans, behind)
        if any(s.label_ == "KECAMATAN" for s in behind):
            spans = behind
        return self.sites.join(spans)

    def _taken_up(
        self, first: int, last: int, number: int, buildings: list[Building]
    ) -> Iterator[tuple[str, Place | None, int, int, str]]:
        """Buildings that this sentence takes up from one before: "Rumahnya berdiri di Desa X"."""
        topics = [topic for at, topic in reversed(self.topics[-REACH:]) if number - at <= REACH]
        spoken = {b.pillar for b in buildings}
        planned = bool(buildings) and all(self.buildings.unreal(b.begin, b.end) for b in buildings)
        for pillar, spans, begin, end in self.follow.read(first, last, topics, buildings):
            spoken, planned = spoken | {pillar}, False
            for place, _ in self.sites.join(spans):
                yield pillar, place, begin, end, "facilities.taken-up"
        if spoken:
            self.topics.append((number, Topic(spoken, planned)))

    def _around(self, building: Building, number: int) -> list[tuple[Place, Span | None]]:
        """The place of a building whose clause names none."""
        low, high = max(building.begin, building.first - NEAR), min(building.end, building.last + NEAR)
        begin, _ = self.view.sentences[number]
        if several := self.tables.same_several.find(self.lower, low, high):
            return self.sites.several(several[0][0])
        if (same := self.tables.same_kecamatan.find(self.lower, low, high)) and (
            span := self.sites.recent(building.first)
        ):
            latest = self.known.before(building.first) or span
            there = self.tables.over_there.find(self.lower, begin, building.first)
            opens = bool(there) and there[0][0] - begin <= 1  # "Di situ berdiri sport center"
            if there and (opens or len(same) > 1):  # "menendang bola di sana, tanda sport center itu dipakai"
                address = self.known.within(max(0, latest.start - ADDRESS), latest.end)
                if inside := [s for s in address if s.label_ == "VILLAGE"][-1:]:
                    return [(place, None) for place, _ in self.sites.join(inside)]
            if self.view.programme.unit not in self.lower[same[0][0] : same[0][1]]:
                # "di sana" is the place that was named last, a village as well
                codes = dict.fromkeys(".".join(c.split(".")[:3]) for c in latest.kb_id_.split("|"))
                return [(self.sites.kecamatan("|".join(codes)), None)]
            return [(self.sites.kecamatan(span.kb_id_), span)]
        if number and self.tables.village_halls.find(self.lower, max(begin, low), high):
            # "... di Desa X. Di sebelah balai desa ada RPPA"
            first, _ = self.view.sentences[max(0, number - HALL)]
            villages = [s for s in self.known.within(first, begin) if s.label_ == "VILLAGE"]
            if len({s.kb_id_ for s in villages}) == 1:
                return [(place, None) for place, _ in self.sites.join(villages[:1])]
        if described := self.follow.described(building, number):
            return [(place, None) for place, _ in self.sites.join(described)]
        if (span := self.sites.paraphrased(building.begin, building.first)) is not None:
            return [(self.sites.kecamatan(span.kb_id_), None)]
        if (span := self._owner(building, number)) is not None:
            return [(self.sites.kecamatan(span.kb_id_), None)]
        block = self.view.segment_at(begin).block
        if number + 1 < len(self.view.sentences):
            start, stop = self.view.sentences[number + 1]
            listed = self.tables.list_openers.at(self.lower, start)
            stop = min(stop, start + LISTED)
            goes_on = self.view.segment_at(start).block == block and not self.buildings.unreal(start, stop)
            inside = [s for s in self.known.within(start, stop) if self.follow.is_site(s, start)]
            others = set(self.buildings.named.within(start, stop))
            goes_on = goes_on and (not others or building.pillar in others)
            if goes_on and (listed or any(s.label_ == "VILLAGE" for s in inside)):
                near = [] if listed else self.sites.named.within(max(begin, building.first - LISTED), start)
                if found := self.sites.join([*near, *inside]):
                    return found
        if number and self.tables.this_building.find(self.lower, building.begin, building.first):
            start, stop = self.view.sentences[number - 1]
            if spans := self.known.within(max(start, stop - LISTED), stop):
                return self.sites.join(spans)
        # "tiga unit RPPA sudah dibuka": not all here
        many = any(number > 1 for number in self._numbers(building, begin))
        if self.tables.openings.find(self.lower, low, high) and not many:
            earlier = self.sites.named.before(building.first)
            if earlier is not None and not self._in_list(earlier):
                return [(self.sites.kecamatan(earlier.kb_id_), earlier)]
        return []

    def _numbers(self, building: Building, begin: int) -> list[int]:
        """The numbers right before a building, from a token on: "tiga unit RPPA"."""
        spans = self.view.spans_in("numbers", max(begin, building.first - UNITS), building.first)
        return [int(span.kb_id_) for span in spans]

    def _in_list(self, place: Span) -> bool:
        """Whether other kecamatan are named in a place's sentence, before the building was opened in one."""
        named = self.sites.named.within(*self.view.sentences[self.view.sentence_at(place.start)])
        return len({s.kb_id_ for s in named}) > 1

    def _owner(self, building: Building, number: int) -> Span | None:
        """The one kecamatan of the sentence before, where the building is its own ("Sport center-nya") or is
        brought in ("Sebuah RPPA berdiri ...")."""
        at = building.last
        own = self.lower[at - 1].endswith("nya") or self.lower[at : at + 2] == ["-", "nya"]
        begin, _ = self.view.sentences[number]
        new = begin < building.first and self.lower[building.first - 1] == "sebuah"
        if not (own or new) or not number:
            return None
        first, last = self.view.sentences[number - 1]
        if self.view.segment_at(first).block != self.view.segment_at(begin).block:
            return None
        named = self.sites.named.within(max(first, last - LISTED), last)
        return named[0] if len({s.kb_id_ for s in named}) == 1 else None

    def _item(
        self, lead: tuple[str, bool], buildings: list[Building], first: int, last: int
    ) -> Iterator[tuple[str, Place | None, int, int, str]]:
        """A line of a list whose lead-in said what it lists, or that they stand."""
        pillar, stands = lead
        if self.buildings.unreal(first, last):
            return
        if buildings:
            pillar = buildings[0].pillar
        own = any(self.standing.exists(m) for m in buildings)
        shown = self.tables.exists_behind.find(self.lower, first, last)
        if not pillar or not (stands or own or shown):
            return
        for place, _ in self.sites.join(self.places.within(first, min(last, first + LISTED))):
            yield pillar, place, first, last, "facilities.list"


def link_facilities(view: View, context: Context) -> tuple[Facility, ...]:
    """One claim a pillar and place.

    A kecamatan gives way to a village in it, a building without a place to any of its pillar that has one.
    """
    reader = _Reader(view, context)
    found: dict[tuple[str, Place], dict[Evidence, None]] = {}  # the inner one is an ordered set
    nowhere: dict[str, tuple[str, list[Evidence]]] = {}
    for pillar, place, first, last, rule in reader.facilities():
        evidence = view.evidence(first, last, rule)
        if place is not None:
            found.setdefault((pillar, place), {})[evidence] = None
        elif regency := reader.regency(first, last):
            nowhere.setdefault(pillar, (regency, []))[1].append(evidence)
    villages = {
        (pillar, ".".join(code.split(".")[:3]))
        for pillar, place in found
        if place.village
        for code in place.code.split("|")
    }
    claims = []
    for (pillar, place), entries in found.items():
        if not place.village and all((pillar, c) in villages for c in place.code.split("|")):
            continue
        claims.append(_claim(view, pillar, place, entries))
    for pillar, (regency, shown) in nowhere.items():
        if not any(pillar == p for p, _ in found):
            claims.append(_claim(view, pillar, Place(None, None, regency, regency), shown))
    return tuple(claims)


def _claim(view: View, pillar: str, place: Place, entries: Iterable[Evidence]) -> Facility:
    regencies = view.vocabulary.areas.regency_by_code
    return Facility(
        pillar=pillar,
        village=place.village,
        kecamatan=place.kecamatan,
        regency="|".join(regencies[c].name for c in place.regency.split("|")),
        code=place.code,
        evidence=tuple(entries),
    )
