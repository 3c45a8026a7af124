"""Which pilots a count takes up: those that a list beside it names, or that the text named before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.records import PilotKecamatan
from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.quantities.counts import Count
from extract.claims.quantities.measures import QuantityTables
from extract.claims.quantities.regions import Regions
from extract.claims.quantities.statuses import REACH, StatusReader
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

    def __init__(
        self,
        view: View,
        tables: QuantityTables,
        regions: Regions,
        statuses: StatusReader,
        pilots: Iterable[PilotKecamatan],
    ) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = tables
        self.regions = regions
        self.statuses = statuses
        self.measure: MeasureTerm | None = view.vocabulary.measures.get(PILOTS)
        codes = {pilot.code for pilot in pilots}
        self.of: dict[str, set[str]] = {}  # regency -> its pilots
        for code in codes:
            for regency in {self._regency(c) for c in code.split("|")}:
                self.of.setdefault(regency, set()).add(code)
        spans = [s for s in view.spans("places") if s.label_ == "KECAMATAN" and s.kb_id_]
        self.named = Ordered((s.start, (s.start, s.kb_id_)) for s in spans)
        self.pilots = Ordered((s.start, s.kb_id_) for s in spans if s.kb_id_ in codes)

    def regency(self, count: Count) -> str:
        """The code of the regency; "" where no list has so many members."""
        if self.measure is None or not 1 - count.cell < count.value <= _MOST or not self.of:
            return ""
        lower, start, stop = self.lower, count.number.start, count.noun[1]
        behind = lower[stop] if stop < len(lower) else "."
        if behind in self.tables.words["more_to_come"] and not self._lists(start, stop + 1):
            return ""
        taken_up = count.number.label_ == "ALL" or any(
            word in self.tables.words["pointers"] for word in lower[stop : stop + 1]
        )
        if self.statuses.of_building(start) or (self._other_thing(count) and not self._told(count)):
            return ""
        if not taken_up and (
            lower[start - 1] in self.tables.words["attended"]
            or self.statuses.planned(start)
            or self.statuses.unreal(stop, min(stop + 2, count.end))
        ):
            return ""
        near = self._near(start) if not taken_up else self._before(start)
        spoken_of = set(self.regions.passage(start).split("|"))
        for code in near:
            regencies = dict.fromkeys(self._regency(c) for c in code.split("|"))
            if taken_up and near and len(self.of) > 1:  # those of whom the passage speaks
                regencies = dict.fromkeys(r for r in self.of if r in spoken_of)
            for regency in regencies:
                pilots = self.of.get(regency, set())
                if len(pilots) != count.value:
                    continue
                if taken_up and count.value == 2 and not self._last_two(start) <= pilots:
                    continue  # any two that were just named may be "kedua kecamatan"
                return regency
        return ""

    def _last_two(self, token: int) -> set[str]:
        """The two kecamatan that were named last before a token."""
        named: set[str] = set()
        for _, code in reversed(self.named.within(max(0, token - 2 * REACH), token)):
            if len(named) < 2:
                named.add(code)
        return named

    def so_many(self, count: Count) -> bool:
        """Whether exactly so many kecamatan were named in the sentence or the two before a count's."""
        at, sentences = self.view.sentence_at(count.number.start), self.view.sentences
        for back in (1, 2):
            first = max(sentences[max(0, at - back)][0], sentences[at][0] - 2 * REACH)
            named = {code for _, code in self.named.within(first, sentences[at][0])}
            if len(named) == count.value:
                known = {r for c in named for r in {self._regency(part) for part in c.split("|")}}
                return all(len(self.of.get(r, ())) <= count.value for r in known)
        return False

    def _regency(self, code: str) -> str:
        return ".".join(code.split(".")[:2])

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

    def _lists(self, first: int, stop: int) -> bool:
        """Whether a list opens right behind a count."""
        return bool(self.named.within(first, stop + _NEXT))

    def of_namesakes(self, count: Count) -> bool:
        """Whether a count is of kecamatan of one name: "dua Kecamatan X"."""
        stop, words = count.noun[1], self.view.reading.words
        if count.noun[0] == stop or stop >= len(words) or self.view.reading.field(stop) == "title":
            return False
        if not (words[stop - 1][0].isupper() and words[stop][0].isupper()):
            return False
        if any(self.tables.of[n].adjectives.at(self.lower, stop) for n in count.measures):
            return False
        return len(self.named.within(stop - 1, stop + 2 * count.value + 2)) < count.value

    def of_several(self, count: Count) -> bool:
        """Whether a count's sentence, or the next one, lists as many kecamatan behind it, of more than one
        regency: the figure is none of theirs."""
        start = count.number.start
        at = self.view.sentence_at(start)
        for first, last in self.view.sentences[at : at + 2]:
            named = self.named.within(max(first, start), min(last, start + 2 * REACH))
            codes = {part for _, code in named for part in code.split("|")}
            if codes:
                return len(codes) == count.value and len({self._regency(c) for c in codes}) > 1
        return False

    def _told(self, count: Count) -> bool:
        """Whether the count's own relative clause calls them pilots: "tiga kecamatan yang dipilih"."""
        measures = zip(self.tables.measures, self.tables.of, strict=True)
        return any(m is self.measure and self.statuses.is_told_behind(cues, count) for m, cues in measures)

    def _other_thing(self, count: Count) -> bool:
        """Whether the count's sentence tells beforehand of a service or thing that is in so many places."""
        first, _ = self.view.sentences[self.view.sentence_at(count.number.start)]
        first = max(first, count.begin)
        words = self.tables.words["services"]
        return any(self.lower[i] in words for i in range(first, count.number.start))
