"""Finds the buildings that a text names, with their clauses and places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.facilities.clauses import Clauses
from extract.claims.facilities.words import FacilityWords, build_facility_words
from extract.vocabulary.phrases import PhraseTable
from extract.vocabulary.scan import skip, skip_before

#: Tokens around a building's name within which a word may say that it stands.
NEAR = 14
#: Tokens of a sentence that may belong to one building.
_CLAUSE = 60
#: Buildings that may stand side by side, and tokens between two that do.
_SIDE, _BETWEEN = 6, 3

#: A building's name: first and last token, pillar.
Name = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Building:
    """A building's name at tokens `first` to `last` within the clause `begin` to `end`.

    `lead` is the first token of an earlier building to which "dan" joins it ("RPPA di X dan sport center di
    Y"), its own one if there is none: a verb before that one governs both.
    """

    pillar: str
    first: int
    last: int
    begin: int
    end: int
    lead: int

    def before(self, tokens: int) -> int:
        """The first of so many tokens before the name that are its clause's."""
        return max(self.begin, self.first - tokens)

    def behind(self, tokens: int) -> int:
        """The token behind so many tokens of its clause that follow the name."""
        return min(self.end, self.last + tokens)


class BuildingFinder:
    """Reads buildings and their clauses."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.words: FacilityWords = view.vocabulary.compiled(build_facility_words)
        self._linking = self.words.attached - self.words.places_in
        self.pillars = {p.id for p in view.programme.pillar if p.facility}
        self.named = Ordered((start, pillar) for start, _, pillar in self._hits(0, len(self.lower)))
        places = [s for s in view.spans("places") if s.label_ in ("KECAMATAN", "VILLAGE")]
        self.places = Ordered((s.start, s) for s in places if s.kb_id_ or s.label_ == "VILLAGE")
        self.clauses = Clauses(view, self.words, self.places)

    def find(self, first: int, last: int) -> Iterator[Building]:
        """The buildings of a token range within one sentence."""
        names = self._names(first, last)
        lead = first
        for at, (start, end, pillar) in enumerate(names):
            if not at or not self._continues(names[at - 1][1], start):
                lead = start
            begin, stop = self._between_others(names, at, first, last)
            yield Building(pillar, start, end, *self.clauses.around(start, end, begin, stop), lead)

    def _hits(self, first: int, last: int) -> list[Name]:
        return [h for h in self.words.buildings.find(self.lower, first, last) if h[2] in self.pillars]

    def _names(self, first: int, last: int) -> list[Name]:
        """The names in a range: "Rumah Perlindungan Perempuan dan Anak (RPPA)" is one of them."""
        names: list[Name] = []
        for start, end, pillar in self._hits(first, last):
            if names and names[-1][1:] == (start - 1, pillar) and self.lower[start - 1] == "(":
                names[-1] = (names[-1][0], min(end + 1, last), pillar)
            else:
                names.append((start, end, pillar))
        return names

    def _between_others(self, names: list[Name], at: int, first: int, last: int) -> tuple[int, int]:
        """What one of the names has of its sentence: up to the buildings of other pillars around it, but for
        those that stand side by side with it."""
        start, end, pillar = names[at]
        before = skip_before(at, max(0, at - _SIDE), lambda n: self._joined(names[n], names[n + 1]))
        behind = skip(at + 1, min(len(names), at + _SIDE), lambda n: self._joined(names[n - 1], names[n]))
        begins = [e for _, e, p in names[max(0, before - 1) : before] if p != pillar]
        stops = [s for s, _, p in names[behind : behind + 1] if p != pillar]
        return max([first, start - _CLAUSE, *begins]), min([last, end + _CLAUSE, *stops])

    def _joined(self, one: Name, other: Name) -> bool:
        """Whether two buildings stand side by side: "RPPA serta sport center"."""
        between = range(one[1], other[0])
        return len(between) <= _BETWEEN and all(
            self.words.joiners.at(self.lower, i) or self.lower[i].isdecimal() for i in between
        )

    def _continues(self, first: int, last: int) -> bool:
        """Whether a token range between two buildings holds no more than a list does."""
        if not 0 < last - first <= NEAR or not self.words.joiners.at(self.lower, last - 1):
            return False
        # "memiliki RPPA yang buka 24 jam dan sport center"
        relative = self.lower[first] in self.words.that
        if not relative and self.words.exists_behind.find(self.lower, first, last):
            return False
        return not any(self.clauses.parts(i) for i in range(first, last)) and not self.unreal(first, last)

    def says(self, first: int, last: int, *tables: PhraseTable) -> bool:
        """Whether a phrase of some tables stands in a token range."""
        return any(table.find(self.lower, first, last) for table in tables)

    def stands(self, first: int, last: int) -> bool:
        """Whether a lead-in says that what it lists is there: "Fasilitas yang telah tersedia:"."""
        said = self.says(first, last, self.words.exists_behind, self.words.exists_before)
        return said and not self.unreal(first, last)

    def unreal(self, first: int, last: int) -> bool:
        """Whether a token range speaks of what is not, or not yet."""
        hits = self.words.unreal.find(self.lower, first, last)
        if not hits:
            return False
        stop = min(last + 2, len(self.lower))  # "tahap | pertama": what spares a word may reach further
        spared = self.words.not_unreal.find(self.lower, max(0, first - 1), stop)
        return any(not any(low <= start < high for low, high, _ in spared) for start, _, _ in hits)

    def is_placed(self, building: Building) -> bool:
        """Whether a building's clause names a place."""
        return bool(self.places.within(building.begin, building.end))

    def places_of(self, building: Building) -> list[Span]:
        """The places behind a building's name: "RPPA Kecamatan X", "RPPA di Desa Y, Kecamatan X".

        Those of a list belong to it; whatever else the clause names does not.
        """
        found: list[Span] = []
        at, link = building.last + self._is_set_off(building), self.words.attached
        for span in self.places.within(building.last, building.end):
            if not all(word in link for word in self.lower[at : span.start]):
                break
            found.append(span)
            at, link = span.end, self.words.listed | {"(", ")"}
        return found

    def _is_set_off(self, building: Building) -> bool:
        """Whether a comma, and no "di", stands between a building and its place: "RPPA, Kecamatan X"."""
        comma, link = (
            self.lower[building.last : building.last + 1],
            self.lower[building.last + 1 : building.end],
        )
        return comma == [","] and not self._linking.isdisjoint(link[:1])
