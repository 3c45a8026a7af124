"""Names of regencies that stand alone: the context decides whether they are places at all."""

from __future__ import annotations

from extract.mentions.places.candidates import REGENCY_CUES, Mention
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.scan import skip_before

#: Tokens between a name and the kecamatan beside it that tell it to be one too.
BESIDE = 25
#: Tokens between a name and the list that its sentence goes on with, and members of such a list.
COMPANY, LISTED = 6, 3
#: Tokens before a name in which a road or a house takes it, and those in which a toll road begins.
BLOCKED, TOLL = 3, 4
#: Tokens of a school's name before its town, and of a phrase before an everyday word in it.
SCHOOL, PHRASE = 6, 3


def settle_bare_regencies(text: PlaceText) -> None:
    """A regency's bare name is the regency, unless the names around tell it to be a kecamatan or no place."""
    bare = _BareRegencies(text)
    for mention in text.mentions:
        if mention.open and not mention.cue:
            bare.settle(mention)


class _BareRegencies:
    def __init__(self, text: PlaceText) -> None:
        self.text = text
        self.areas = text.areas
        self.reading = text.reading
        self.named = {m.name for m in text.mentions if m.cue in REGENCY_CUES}
        self.districts = text.names("KECAMATAN")
        self.villages = text.names("VILLAGE")
        self.listed = {m for run in text.lists() if self._all_regencies(run) for m in run}
        self.spoken = {
            code
            for m in text.mentions
            if m.kind == "REGENCY" or not (m.cue or text.is_kecamatan(m))
            for code in self.areas.regencies_by_name.get(m.name, ())
        }

    def _all_regencies(self, run: list[Mention]) -> bool:
        """Whether a list may be one of regencies."""
        return len(run) > 1 and all(m.kind in ("REGENCY", "NONE") and self.text.is_regency(m) for m in run)

    def settle(self, mention: Mention) -> None:
        if not (self.text.is_regency(mention) or self._is_foreign(mention)):
            return
        if self.reading.segment_at(mention.first).kind == "dateline" or self._blocked(mention):
            return
        told = mention.name in self.named or mention in self.listed
        if not told and mention.name in self.villages:
            return
        if told or not self.text.is_kecamatan(mention):
            self._settle_regency(mention)
        elif rule := self._kecamatan_rule(mention):
            mention.settle("KECAMATAN", rule)
            self.districts.add(mention.name)
        elif not (mention.name in self.areas.capitals and self.text.is_seat(mention)):
            self._settle_regency(mention)

    def _is_foreign(self, mention: Mention) -> bool:
        return mention.name in self.areas.foreign_regencies and not self.text.is_kecamatan(mention)

    def _settle_regency(self, mention: Mention) -> None:
        rule = "places.locative" if self.text.located(mention) else "places.bare"
        mention.settle("FOREIGN" if self._is_foreign(mention) else "REGENCY", rule)

    def _kecamatan_rule(self, mention: Mention) -> str:
        """The rule by which a name that a kecamatan has too is that kecamatan's, "" if none tells it."""
        if self._between(mention) or self._before_list(mention):
            return "places.between"
        again = mention.name in self.districts and (
            self._elsewhere(mention) or not self.text.is_seat(mention)
        )
        return "places.again" if again else ""

    def _others(self, mention: Mention) -> frozenset[str]:
        """The regencies spoken of that have a kecamatan of a name but are not called so themselves."""
        own = self.areas.regencies_by_name.get(mention.name, ())
        return (self.areas.regencies_with(mention.name) & self.spoken).difference(own)

    def _elsewhere(self, mention: Mention) -> bool:
        """Whether a regency that the article speaks of has a kecamatan of another regency's name."""
        return bool(self._others(mention))

    def _between(self, mention: Mention) -> bool:
        """Whether a name stands between kecamatan of a regency spoken of that has one of that name.

        At the end of a sentence the one before it is enough.
        """
        before, behind = self.text.before(mention), self.text.behind(mention)
        if behind is None or any(self.reading.sentence_starts[mention.last : behind.first + 1]):
            behind = before  # "dari arah Bobotsari memutar lewat Karanganyar.": the sentence names no more
        around = self._others(mention)
        for beside in (before, behind):
            if beside is None or not self._is_company(beside, mention):
                return False
            around &= self.areas.regencies_with(beside.name)
        return bool(around)

    def _is_company(self, beside: Mention, mention: Mention) -> bool:
        """Whether a name near another one may be a kecamatan, and can be no regency."""
        if beside.kind not in ("KECAMATAN", "NONE") or beside.cue not in ("", "K"):
            return False
        return abs(beside.first - mention.first) <= BESIDE and not self.text.is_regency(beside)

    def _before_list(self, mention: Mention) -> bool:
        """Whether the sentence goes on with kecamatan of a regency spoken of that has one of this name.

        "Terparah di Karanganyar, disusul Mijen, Gajah, serta Wedung".
        """
        behind = self.text.behind(mention)
        if behind is None or behind.first - mention.last > COMPANY or len(behind.run) < LISTED:
            return False
        if any(self.reading.sentence_starts[mention.first + 1 : behind.run[0].first + 1]):
            return False
        around = self._others(mention)
        for mate in behind.run:
            around &= self.areas.regencies_with(mate.name)
        return bool(around)

    # --- names of other things ---------------------------------------------------------------------

    def _blocked(self, mention: Mention) -> bool:
        """Whether a regency's bare name is part of an outlet's, a road's, a region's, or an everyday word."""
        segment = self.reading.segment_at(mention.first)
        before = mention.first - 1
        if before >= segment.first and self._is_outlet(before):
            return True
        if mention.last < segment.last and self._continued(mention.last):
            return True
        if self._of_road(mention, segment.first) or self._counted(mention, segment.first):
            return True
        return self._of_school(mention, segment.first) or self._everyday(mention, segment.first)

    def _of_school(self, mention: Mention, floor: int) -> bool:
        """Whether only capitalised words part a name from a school's: "UIN Raden Mas Said Surakarta"."""
        words, schools = self.reading.words, self.text.words.schools
        opens = max(floor, mention.first - SCHOOL)
        first = skip_before(mention.first, opens, lambda token: words[token][0].isupper())
        return bool(schools.find(self.reading.lower, first, mention.first))

    def _everyday(self, mention: Mention, floor: int) -> bool:
        """Whether a name is a word of a phrase that names no place: "batang pohon", "Roh Kudus"."""
        table, lower = self.text.words.no_places, self.reading.lower
        for start in range(mention.first, max(floor, mention.first - PHRASE) - 1, -1):
            found = table.at(lower, start)
            if found is not None and found[0] >= mention.last:
                return True
        return False

    def _is_outlet(self, token: int) -> bool:
        return self.reading.words[token][0].isupper() and self.reading.lower[token] in self.text.words.outlets

    def _continued(self, token: int) -> bool:
        """Whether a word goes on with an outlet's or a wider region's name: "Solo Raya"."""
        return self._is_outlet(token) or self.reading.lower[token] in self.text.words.wider

    def _of_road(self, mention: Mention, floor: int) -> bool:
        """Whether a road, a house or a team of that name is told before it: "tol Batang-Semarang"."""
        near = self.reading.lower[max(floor, mention.first - TOLL) : mention.first]
        close, words = near[-BLOCKED:], self.text.words
        if not words.regency_blockers.isdisjoint(close):
            return True
        return "-" in close and not words.toll.isdisjoint(near)

    def _counted(self, mention: Mention, floor: int) -> bool:
        """Whether a number stands before a name that is an everyday word as well: "lima batang"."""
        before = mention.first - 1
        if mention.name not in self.text.words.everyday or before < floor:
            return False
        word = self.reading.lower[before]
        return word in self.text.words.counters or word[0].isdigit()
