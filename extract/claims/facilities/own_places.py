"""The places of a building that its own clause names."""

from __future__ import annotations

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.facilities.buildings import Building, BuildingFinder
from extract.claims.facilities.followups import FollowUps
from extract.claims.facilities.locations import LISTED, Located, Sites, codes_of, is_kecamatan, is_village


class OwnPlaces:
    """Reads which of the places in a building's clause are the building's."""

    def __init__(self, view: View, finder: BuildingFinder, sites: Sites, follow: FollowUps) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.finder = finder
        self.sites = sites
        self.follow = follow

    def read(self, building: Building) -> list[Located]:
        """Those that are told with its name, and what lies in or around them; else what the clause names."""
        attached = self.finder.places_of(building)
        spans = self._candidates(building, bool(attached))
        if attached:
            return self._attached(attached, spans)
        return self.sites.join(self._behind_or_all(building, spans))

    def _candidates(self, building: Building, attached: bool) -> list[Span]:
        """The places of a clause, but for those before the name that only say whence people come."""
        owned = self._is_owned(building)
        return [
            s
            for s in self._named(building)
            if s.start >= building.first
            or (owned and (is_kecamatan(s) or not attached))
            or not self.follow.is_home(s, building.begin)
        ]

    def _named(self, building: Building) -> list[Span]:
        """The places of a clause, or of the building before it to which "dan" joins it."""
        spans = self.finder.places.within(building.begin, building.end)
        if spans or building.lead == building.first:
            return spans
        first, _ = self.view.sentences[self.view.sentence_at(building.first)]
        return self.finder.places.within(max(first, building.lead - LISTED), building.lead)

    def _is_owned(self, building: Building) -> bool:
        """Whether those named before it have it: "warga X punya RPPA"."""
        return not self.finder.words.owning.isdisjoint(self.lower[building.begin : building.first])

    def _attached(self, attached: list[Span], spans: list[Span]) -> list[Located]:
        """The places told with its name, with the villages in them and what lies around them."""
        codes = tuple(f"{code}." for span in attached for code in codes_of(span))
        inside = [s for s in spans if is_village(s) and any(c.startswith(codes) for c in codes_of(s))]
        if not inside and (seat := self.sites.namesake(attached, spans)):
            return seat
        behind = (s for s in spans if s.start >= attached[-1].end)
        around = [s for s in behind if any(code.startswith(f"{s.kb_id_}.") for code in codes)]
        return self.sites.join(sorted({s.start: s for s in (*attached, *inside, *around)}.values()))

    def _behind_or_all(self, building: Building, spans: list[Span]) -> list[Span]:
        """The places behind a name where one of them is a kecamatan, else those on both sides of it."""
        behind = [s for s in spans if s.start >= building.last]
        if len(behind) < len(spans) and self._opens_another(building, behind):
            return [s for s in spans if s not in behind]
        return behind if any(is_kecamatan(s) for s in behind) else spans

    def _opens_another(self, building: Building, behind: list[Span]) -> bool:
        """Whether a place behind a comma opens a clause of its own: "X punya sport center, Y punya RPPA"."""
        return bool(behind) and self.lower[building.last] == "," and behind[0].start == building.last + 1
