"""The place of a building whose clause names none: taken up, described, or told around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.facilities.buildings import NEAR, Building, BuildingFinder
from extract.claims.facilities.followups import FollowUps
from extract.claims.facilities.locations import LISTED, Located, Sites, codes_of, is_village, kecamatan_of

#: Tokens between a building and its number: "tiga unit RPPA".
UNITS = 2
#: Tokens between a village and its kecamatan.
ADDRESS = 4
#: Sentences back within which the only village named is that of "balai desa".
HALL = 8


def numbers_before(view: View, building: Building, begin: int) -> list[int]:
    """The numbers right before a building, from a token on: "tiga unit RPPA"."""
    spans = view.spans_in("numbers", max(begin, building.first - UNITS), building.first)
    return [int(span.kb_id_) for span in spans]


class Nearby:
    """Reads the sentences around a building; the first of its questions that has an answer decides."""

    def __init__(self, view: View, finder: BuildingFinder, sites: Sites, follow: FollowUps) -> None:
        self.view = view
        self.finder = finder
        self.sites = sites
        self.follow = follow
        self.known = Ordered((s.start, s) for s in finder.places if s.kb_id_)

    def read(self, building: Building, number: int) -> list[Located]:
        """The places of a building in a sentence; none where nothing tells them."""
        asked = _Around(self, building, number)
        return next((found for found in asked.answers() if found is not None), [])

    def recent_village(self, first: int, last: int) -> list[Span]:
        """The last village named in a range."""
        return [s for s in self.known.within(first, last) if is_village(s)][-1:]


@dataclass
class _Around:
    """A building and the sentence that names it; each question answers with places, or None to go on."""

    near: Nearby
    building: Building
    number: int

    def __post_init__(self) -> None:
        self.view, self.finder, self.sites = self.near.view, self.near.finder, self.near.sites
        self.words, self.lower = self.finder.words, self.finder.lower
        self.begin, _ = self.view.sentences[self.number]
        self.low, self.high = self.building.before(NEAR), self.building.behind(NEAR)

    def answers(self) -> Iterator[list[Located] | None]:
        """The questions in their order, each asked only when it is its turn."""
        yield self.several()
        yield self.pointed_at()
        yield self.village_hall()
        yield self.described()
        yield self._kecamatan(self.sites.paraphrased(self.building.begin, self.building.first))
        yield self._kecamatan(self.owner())
        yield self.listed_next()
        yield self.this_building()
        yield self.opened()

    def _kecamatan(self, span: Span | None) -> list[Located] | None:
        return [(self.sites.kecamatan(span.kb_id_), None)] if span is not None else None

    def several(self) -> list[Located] | None:
        """Those named together: "di dua tempat itu"."""
        hits = self.words.same_several.find(self.lower, self.low, self.high)
        return self.sites.several(hits[0][0]) if hits else None

    def described(self) -> list[Located] | None:
        """The place that the text described before it gave it this name."""
        spans = self.near.follow.described(self.building, self.number)
        return self.sites.places(spans) if spans else None

    # --- "di sana", "kecamatan itu" ------------------------------------------------------------------

    def pointed_at(self) -> list[Located] | None:
        """The place that a word points back to."""
        hits = self.words.same_kecamatan.find(self.lower, self.low, self.high)
        span = self.sites.recent(self.building.first) if hits else None
        if span is None:
            return None
        latest = self.near.known.before(self.building.first) or span
        if village := self._village_there(latest, len(hits)):
            return self.sites.places(village)
        if self.view.programme.unit in self.lower[hits[0][0] : hits[0][1]]:
            return [(self.sites.kecamatan(span.kb_id_), span)]
        # "di sana" is the place that was named last, a village as well
        codes = dict.fromkeys(kecamatan_of(code) for code in codes_of(latest))
        return [(self.sites.kecamatan("|".join(codes)), None)]

    def _village_there(self, latest: Span, pointers: int) -> list[Span]:
        """The village of "di sana", where it opens the sentence ("Di situ berdiri sport center") or another
        word points there as well ("menendang bola di sana, tanda sport center itu dipakai")."""
        there = self.words.over_there.find(self.lower, self.begin, self.building.first)
        if not there or (there[0][0] - self.begin > 1 and pointers < 2):
            return []
        return self.near.recent_village(max(0, latest.start - ADDRESS), latest.end)

    def village_hall(self) -> list[Located] | None:
        """The only village of the sentences before: "... di Desa X. Di sebelah balai desa ada RPPA"."""
        low = max(self.begin, self.low)
        if not self.number or not self.finder.says(low, self.high, self.words.village_halls):
            return None
        first, _ = self.view.sentences[max(0, self.number - HALL)]
        villages = [s for s in self.near.known.within(first, self.begin) if is_village(s)]
        return self.sites.places(villages[:1]) if len({s.kb_id_ for s in villages}) == 1 else None

    # --- the sentences beside it ---------------------------------------------------------------------

    def owner(self) -> Span | None:
        """The one kecamatan of the sentence before, where the building is its own ("Sport center-nya") or is
        brought in ("Sebuah RPPA berdiri ...")."""
        if not self.number or not (self._is_its_own() or self._is_brought_in()):
            return None
        first, last = self.view.sentences[self.number - 1]
        if self.view.segment_at(first).block != self.view.segment_at(self.begin).block:
            return None
        named = self.sites.named.within(max(first, last - LISTED), last)
        return named[0] if len({s.kb_id_ for s in named}) == 1 else None

    def _is_its_own(self) -> bool:
        at = self.building.last
        return self.lower[at - 1].endswith("nya") or self.lower[at : at + 2] == ["-", "nya"]

    def _is_brought_in(self) -> bool:
        at = self.building.first
        return self.begin < at and self.lower[at - 1] in self.words.brought_in

    def listed_next(self) -> list[Located] | None:
        """The places that the next sentence tells: "Letaknya di Desa X dan Desa Y"."""
        if self.number + 1 >= len(self.view.sentences):
            return None
        start, end = self.view.sentences[self.number + 1]
        stop = min(end, start + LISTED)
        if not self._goes_on(start, stop):
            return None
        inside = [s for s in self.near.known.within(start, stop) if self.near.follow.is_site(s, start)]
        if self.words.list_openers.at(self.lower, start):
            return self.sites.join(inside) or None
        if not any(is_village(s) for s in inside):
            return None
        low = max(self.begin, self.building.first - LISTED)
        return self.sites.join([*self.sites.named.within(low, start), *inside]) or None

    def _goes_on(self, start: int, stop: int) -> bool:
        """Whether the next sentence still speaks of it: in the same paragraph, of no plan, of no other."""
        if self.view.segment_at(start).block != self.view.segment_at(self.begin).block:
            return False
        others = self.finder.named.within(start, stop)
        return (not others or self.building.pillar in others) and not self.finder.unreal(start, stop)

    def this_building(self) -> list[Located] | None:
        """The places at the end of the sentence before: "... di Desa X. Gedung itu kini RPPA"."""
        named = self.finder.says(self.building.begin, self.building.first, self.words.this_building)
        if not self.number or not named:
            return None
        start, stop = self.view.sentences[self.number - 1]
        return self.sites.join(self.near.known.within(max(start, stop - LISTED), stop)) or None

    def opened(self) -> list[Located] | None:
        """The kecamatan named before, where the building is opened; "tiga unit RPPA" are not all here."""
        if not self.finder.says(self.low, self.high, self.words.openings):
            return None
        if any(number > 1 for number in numbers_before(self.view, self.building, self.begin)):
            return None
        earlier = self.sites.named.before(self.building.first)
        if earlier is None or self._is_in_list(earlier):
            return None
        return [(self.sites.kecamatan(earlier.kb_id_), earlier)]

    def _is_in_list(self, place: Span) -> bool:
        """Whether other kecamatan are named in a place's sentence, before the building was opened in one."""
        named = self.sites.named.within(*self.view.sentences[self.view.sentence_at(place.start)])
        return len({s.kb_id_ for s in named}) > 1
