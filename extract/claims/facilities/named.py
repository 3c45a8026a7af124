"""A building in its clause: whether it is a topic or planned, and what the place in its name tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from extract.claims.facilities.buildings import NEAR, Building, BuildingFinder
from extract.claims.facilities.words import FacilityWords

#: Tokens before and behind a building's name within which a plan is one for it; those before what is used.
BEFORE, BEHIND, BEFORE_USED = 6, 4, 3
#: Tokens before a building's name in which a word makes it a topic.
TOPIC = 2


@dataclass
class Named:
    """A building in its clause, with its place."""

    finder: BuildingFinder
    building: Building

    def __post_init__(self) -> None:
        self.lower: list[str] = self.finder.lower
        self.words: FacilityWords = self.finder.words
        self.low, self.high = self.building.before(NEAR), self.building.behind(NEAR)

    @cached_property
    def places(self) -> list[Span]:
        """The places whose building it is called."""
        return self.finder.places_of(self.building)

    def is_planned(self) -> bool:
        """The words around its name speak of what is not, or not yet."""
        return self._unreal(self.building.before(BEFORE), self.building.behind(BEHIND))

    def is_topic(self) -> bool:
        """A word right before its name makes it what is talked about: "membahas RPPA"."""
        return self._about(self.building.before(TOPIC), self.building.first)

    def has_no_place(self) -> bool:
        """It is no building, by the word behind it: "RPPA keliling"."""
        behind = self.building.last
        return behind < self.high and self.words.not_buildings.at(self.lower, behind) is not None

    def bears_place(self) -> bool:
        """Its place stands right behind its name: "RPPA Kecamatan X", "RPPA di X"."""
        return bool(self.places)

    def is_held(self) -> bool:
        """Something goes on in it: "digelar di RPPA"."""
        hits = self.words.inside.find(self.lower, self.building.before(2), self.building.first)
        return bool(hits)

    def is_apart(self) -> bool:
        """Its place is told, and is no part of its name: "RPPA di X"."""
        between = self.lower[self.building.last : self.places[0].start]
        return not self.words.places_in.isdisjoint(between)

    def is_addressed(self) -> bool:
        """It is spoken of with its place, as one that is there: "belajar dari RPPA di X".

        Who only plans or discusses one seldom names the place without a word of it in the clause.
        """
        begin, end = self.building.begin, self.building.end
        if self.is_of_noun() or self._about(begin, self.building.first):
            return False
        told_otherwise = self.finder.says(begin, end, self.words.not_told, self.words.not_made)
        return not told_otherwise and not self._unreal(begin, end)

    def is_of_noun(self) -> bool:
        """The word before it makes it that word's: "lahan RPPA di Desa X", "menolak RPPA"."""
        word = self.lower[self.building.first - 1] if self.building.first > self.building.begin else ""
        # "tujuan utamanya RPPA di Desa X" tells of it
        told = word in self.words.before_told or word.endswith("nya")
        return word.isalpha() and not told

    def is_planned_in_place(self) -> bool:
        """The words around its name and place speak of a plan; of one that is used, those nearest to it."""
        end = self.places[-1].end
        stop = min(self.high, end + 6)
        stop = next((i for i in range(end, stop) if self.lower[i] in ",.("), stop)
        return self._unreal(self.building.before(BEFORE_USED if self.is_held() else BEFORE), stop)

    def only_names_place(self) -> bool:
        """It opens a list of places, or a word before it makes it a topic: "percontohan RPPA, yakni X"."""
        first = self.building.first
        return self.lower[self.building.last] == "," or self._about(self.building.before(3), first)

    def _unreal(self, first: int, last: int) -> bool:
        return self.finder.unreal(first, last)

    def _about(self, first: int, last: int) -> bool:
        return self.finder.says(first, last, self.words.about)
