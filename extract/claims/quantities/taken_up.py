"""Which pilots a count takes up: those that a list beside it names, or that the text named before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from db.records import PilotKecamatan
from extract.article.ordered import Ordered
from extract.claims.quantities.counts import Count
from extract.claims.quantities.regions import Regions
from extract.claims.quantities.surroundings import REACH, Surroundings
from extract.vocabulary.load import MeasureTerm

#: Sentences before and behind a count within which a pilot must be named, where no pronoun takes them up.
_BEFORE, _BEHIND = 2, 1
#: A larger number is no list that a report would spell out.
_MOST = 40
#: Tokens behind a count within which its list, or a word that takes up what was named, begins.
_NEXT = 3

#: The measure of pilots.
PILOTS = "kecamatan_pilot"


class ListReader:
    """Finds the regency of whose pilots a count speaks: the text names exactly so many there."""

    def __init__(self, around: Surroundings, regions: Regions, pilots: Iterable[PilotKecamatan]) -> None:
        self.view = around.view
        self.lower = around.lower
        self.tables = around.tables
        self.around = around
        self.regions = regions
        self.measure: MeasureTerm | None = self.view.vocabulary.measures.get(PILOTS)
        codes = dict.fromkeys(pilot.code for pilot in pilots)
        self.of: dict[str, set[str]] = {}  # regency -> its pilots
        for code in codes:
            for regency in _regencies(code):
                self.of.setdefault(regency, set()).add(code)
        spans = [s for s in self.view.spans("places") if s.label_ == "KECAMATAN" and s.kb_id_]
        self.named = Ordered((s.start, (s.start, s.kb_id_)) for s in spans)
        self.pilots = Ordered((s.start, s.kb_id_) for s in spans if s.kb_id_ in codes)

    # --- the pilots of one regency -------------------------------------------------------------------------

    def regency(self, count: Count) -> str:
        """The code of the regency; "" where no list has so many members."""
        if not self._may_list(count):
            return ""
        taken_up = self._takes_up(count)
        if not taken_up and self._is_of_guests_or_unreal(count):
            return ""
        fitting = (r for r in self._candidates(count, taken_up) if self._fits(count, r, taken_up))
        return next(fitting, "")

    def _may_list(self, count: Count) -> bool:
        """Whether a count may be that of a list of pilots: it is spelled out, and counts no other thing."""
        # an empty cell of a table may hold a list of one
        if self.measure is None or not 1 - count.cell < count.value <= _MOST or not self.of:
            return False
        if self._is_of_more(count) or self.around.is_of_building(count.number.start):
            return False
        return not self._is_other_thing(count) or self._is_told(count)

    def _is_of_more(self, count: Count) -> bool:
        """Whether more of them are counted, of which no list is given: "tiga lagi"."""
        stop = count.noun[1]
        more = stop < len(self.lower) and self.lower[stop] in self.tables.words["more_to_come"]
        return more and not self.named.within(count.number.start, stop + 1 + _NEXT)

    def _takes_up(self, count: Count) -> bool:
        """Whether a count means those that were named before: "keempat", "tiga kecamatan itu"."""
        stop = count.noun[1]
        pointers = self.tables.words["pointers"]
        return count.number.label_ == "ALL" or not pointers.isdisjoint(self.lower[stop : stop + 1])

    def _is_of_guests_or_unreal(self, count: Count) -> bool:
        start, stop = count.number.start, count.noun[1]
        if self.lower[start - 1] in self.tables.words["attended"] or self.around.is_planned(start):
            return True
        return self.around.is_unreal(stop, min(stop + 2, count.end))

    def _is_other_thing(self, count: Count) -> bool:
        """Whether the count's sentence tells beforehand of a service or thing that is in so many places."""
        start = count.number.start
        first = max(self.view.sentences[self.view.sentence_at(start)][0], count.begin)
        return not self.tables.words["services"].isdisjoint(self.lower[first:start])

    def _is_told(self, count: Count) -> bool:
        """Whether the count's own relative clause calls them pilots: "tiga kecamatan yang dipilih"."""
        measures = zip(self.tables.measures, self.tables.of, strict=True)
        return any(m is self.measure and self.around.is_told_behind(cues, count) for m, cues in measures)

    def _candidates(self, count: Count, taken_up: bool) -> Iterator[str]:
        """The regencies of the pilots around a count; of several that are taken up, those of the passage."""
        start = count.number.start
        near = self._before(start) if taken_up else self._near(start)
        if near and taken_up and len(self.of) > 1:
            spoken_of = self.regions.passage(start).split("|")
            yield from (regency for regency in self.of if regency in spoken_of)
            return
        for code in near:
            yield from _regencies(code)

    def _fits(self, count: Count, regency: str, taken_up: bool) -> bool:
        """Whether a regency has so many pilots; any two that were just named may be "kedua kecamatan"."""
        pilots = self.of.get(regency, set())
        if len(pilots) != count.value:
            return False
        return not taken_up or count.value != 2 or self._last_two(count.number.start) <= pilots

    def _last_two(self, token: int) -> set[str]:
        """The two kecamatan that were named last before a token."""
        named = [code for _, code in self.named.within(max(0, token - 2 * REACH), token)]
        return set(list(dict.fromkeys(reversed(named)))[:2])

    # --- where they are named ------------------------------------------------------------------------------

    def _near(self, token: int) -> Sequence[str]:
        """The pilots that the sentences around a token name, those of its own first."""
        at = self.view.sentence_at(token)
        own = self._within(at, at, token)
        return own or self._within(at - _BEFORE, at + _BEHIND, token)

    def _within(self, low: int, high: int, token: int) -> list[str]:
        sentences = self.view.sentences
        first = max(sentences[max(0, low)][0], token - 2 * REACH)
        last = min(sentences[min(high, len(sentences) - 1)][1], token + 2 * REACH)
        return self.pilots.within(first, last)

    def _before(self, token: int) -> list[str]:
        """The pilot that was named last before a token, or in its sentence."""
        if (last := self.pilots.before(token)) is not None:
            return [last]
        at = self.view.sentence_at(token)
        return self._within(at, at, token)[:1]

    # --- kecamatan of any kind -----------------------------------------------------------------------------

    def has_named(self, count: Count) -> bool:
        """Whether exactly so many kecamatan were named in the sentence or the two before a count's."""
        at, sentences = self.view.sentence_at(count.number.start), self.view.sentences
        for back in (1, 2):
            first = max(sentences[max(0, at - back)][0], sentences[at][0] - 2 * REACH)
            named = {code for _, code in self.named.within(first, sentences[at][0])}
            if len(named) == count.value:
                known = {regency for code in named for regency in _regencies(code)}
                return all(len(self.of.get(regency, ())) <= count.value for regency in known)
        return False

    def is_of_namesakes(self, count: Count) -> bool:
        """Whether a count is of kecamatan of one name: "dua Kecamatan X"."""
        stop, words = count.noun[1], self.view.reading.words
        if count.noun[0] == stop or stop >= len(words) or self.view.reading.field(stop) == "title":
            return False
        if not (words[stop - 1][0].isupper() and words[stop][0].isupper()):
            return False
        if any(self.tables.of[n].adjectives.at(self.lower, stop) for n in count.measures):
            return False
        return len(self.named.within(stop - 1, stop + 2 * count.value + 2)) < count.value

    def is_of_several(self, count: Count) -> bool:
        """Whether a count's sentence, or the next one, lists as many kecamatan behind it, of more than one
        regency: the figure is none of theirs."""
        start = count.number.start
        at = self.view.sentence_at(start)
        for first, last in self.view.sentences[at : at + 2]:
            named = self.named.within(max(first, start), min(last, start + 2 * REACH))
            codes = {part for _, code in named for part in code.split("|")}
            if codes:
                return len(codes) == count.value and len({c for code in codes for c in _regencies(code)}) > 1
        return False


def _regencies(code: str) -> list[str]:
    """The regencies of a kecamatan, of several where it is open which is meant."""
    return list(dict.fromkeys(".".join(part.split(".")[:2]) for part in code.split("|")))
