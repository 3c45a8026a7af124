"""Clauses that speak of a building without naming it, "baru Boja yang punya", "Dua di Boja": questions for
`knowledge/rules/facilities-taken-up.toml`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from extract.claims.facilities.buildings import BuildingFinder
from extract.claims.facilities.locations import is_village
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.rules import RuleBook

#: Tokens of a clause that are looked at.
CLAUSE = 60
#: Tokens between a noun and the "itu" that takes it up: "rumah di Desa X itu".
NOUN = 11
#: Tokens between "baru Boja" and "yang punya".
HAS = 5
#: Tokens between "yang buka" and its place: ", masing - masing di Desa".
_ADDRESSED = 7
#: Tokens at a clause's start in which "bangunannya" is its subject, and from its noun to the place.
_OPENING, _SEATED = 12, 4
#: Tokens from a clause's start to a place that opens it: "Di Kecamatan X".
_PLACED = 2
#: Tokens between "tiga" and its place, and where the place is spelled out: "tiga ada di Kota X, yakni di Y".
_COUNTED, _COUNTED_LISTED = 3, 8
#: Marks that end what is said.
_STOPS = (",", ".", ";")


@dataclass
class Elliptic:
    """A clause that names places but no building, on which the rules decide.

    `topic` is the pillar whose building it may take up; `near`: it was spoken of right before; `planned`:
    what was spoken of is none that stands yet.
    """

    finder: BuildingFinder
    first: int
    last: int
    places: list[Span]
    topic: str = ""
    near: bool = False
    planned: bool = False

    def __post_init__(self) -> None:
        self.lower = self.finder.lower
        self.words = self.finder.words

    @cached_property
    def noun(self) -> tuple[int, str] | None:
        """(token, pillar or "") of the first noun of a building."""
        hits = self.words.nouns.find(self.lower, self.first, self.last)
        return (hits[0][0], hits[0][2]) if hits else None

    @property
    def place(self) -> Span:
        """The first place that it names."""
        return self.places[0]

    def names_village(self) -> bool:
        """One of its places is a village."""
        return any(is_village(p) for p in self.places)

    def has_own_building(self) -> bool:
        """Its subject is the building itself: "Bangunannya di Desa X"."""
        stop = min(self.last, self.first + _OPENING)
        return self.finder.says(self.first, stop, self.words.own_building)

    def places_it(self) -> bool:
        """Somebody put it there: "Gemuh menaruhnya di sebelah koramil"."""
        return self.finder.says(self.first, self.last, self.words.placed_own)

    def is_this(self) -> bool:
        """Its noun is taken up by "itu", with the place between or behind a verb of standing."""
        if self.noun is None:
            return False
        at = self.noun[0]
        hits = self.words.this.find(self.lower, at + 1, min(self.last, at + NOUN))
        if not hits:
            return False
        this, end, _ = hits[0]
        behind = [p for p in self.places if p.start >= end]
        inside = any(at < p.start and p.end <= this for p in self.places)
        return inside or bool(behind and self.finder.says(end, behind[0].start, self.words.seated))

    def stands(self) -> bool:
        """A word says that something stands."""
        words = self.words
        tables = (words.exists_before, words.exists_behind, words.exists_placed)
        return self.finder.says(self.first, self.last, *tables)

    def only_has(self) -> bool:
        """The place alone has it: "baru Boja yang punya", "Boja yang sudah siap"."""
        return any(only_has(self.finder, self.first, self.last, place) for place in self.places)

    def is_alike(self) -> bool:
        """A noun of a building has "serupa" or the like right behind it."""
        return any(
            (end - start > 1 or self.finder.says(max(self.first, start - 2), start, self.words.nouns))
            and not self.finder.says(max(self.first, start - 2), end, self.words.other_things)
            for start, end, _ in self.words.alike.find(self.lower, self.first, self.last)
        )

    def _opens_with_place(self) -> bool:
        """Whether it opens with "di" and its place."""
        return self.lower[self.first] in self.words.at and self.place.start - self.first <= _PLACED

    def is_already(self) -> bool:
        """What another place lacks is there: "Di Boja sudah, ..."."""
        hit = self.words.already.at(self.lower, self.place.end) if self.place.end < self.last else None
        if hit is None or not self._opens_with_place():
            return False
        return hit[0] >= self.last or self.lower[hit[0]] in _STOPS

    def is_likewise(self) -> bool:
        """A place that opens it has one too: "Wedi lebih dahulu, ...", "Jatinom punya juga"."""
        opens = self.place.start - self.first <= 1
        return opens and self.words.likewise.at(self.lower, self.place.end) is not None

    def is_so_far(self) -> bool:
        """So many are open: "Yang sudah buka baru satu, yakni di Desa X", "baru dua yang buka, di X"."""
        at = self.place.start
        hits = self.words.so_far.find(self.lower, self.first, at)
        has = self.words.has.find(self.lower, self.first, at)
        if not hits or not has or at - hits[-1][1] > NOUN:
            return False
        if self.finder.says(self.first, at, self.words.other_things):
            return False
        return self._is_addressed(max(hits[-1][1], has[-1][1]))

    def _is_addressed(self, at: int) -> bool:
        """Whether the place is told from a token on: ", yakni di Desa X", "di X"."""
        between = self.lower[at : self.place.start]
        if len(between) > _ADDRESSED:
            return False
        listed = bool(self.words.list_openers.find(between, 0, len(between)))
        return listed or not self.words.at.isdisjoint(between[:1])

    def is_opened(self) -> bool:
        """It opens with what makes the building its subject: "Yang di Boja memakai ..."."""
        opened = self.words.ellipses.at(self.lower, self.first)
        return opened is not None and self.place.start - opened[0] <= _COUNTED

    def tells_direction(self) -> bool:
        """Before its place stands a part of the regency: "Yang di selatan Boja dan Gemuh"."""
        return self.finder.says(self.first, self.place.start, self.words.directions)

    def is_counted_before(self) -> bool:
        """It opens with how many are there: "Dua di Boja", "Tiga unit ada di Kota X, yakni di Y"."""
        counted = self.words.counted.at(self.lower, self.first)
        if counted is None or counted[0] > self.place.start:
            return False
        gap = self.lower[counted[0] : self.place.start]
        if len(gap) <= _COUNTED:
            return True
        return len(gap) <= _COUNTED_LISTED and bool(self.words.list_openers.find(gap, 0, len(gap)))

    def counts_others(self) -> bool:
        """The sentence before spoke of what may be counted out: "RPPA menangani lima kasus. Tiga di Boja"."""
        view = self.finder.view
        begin, end = view.sentences[max(0, view.sentence_at(self.first) - 1)]
        return self.finder.says(max(begin, end - CLAUSE), min(end, self.first), self.words.other_things)

    def is_counted_behind(self) -> bool:
        """Behind the place that opens it stands how many are there: "Di Boja malah dua, yaitu di Desa X"."""
        inside = self._opens_with_place() and self.place.end < self.last
        return inside and self.words.counted.at(self.lower, self.place.end) is not None

    def opens_with_noun(self) -> bool:
        """A noun of the pillar opens it, its place close by: "Lapangan Desa Menoreh diberi tribun"."""
        if self.noun is None or self.noun[1] != self.topic or self.noun[0] > self.first + 1:
            return False
        return self.place.start <= self.noun[0] + _SEATED

    def speaks_of_others(self) -> bool:
        """It names what may be alike or counted, and is no building."""
        return self.finder.says(self.first, self.last, self.words.other_things)


def only_has(finder: BuildingFinder, first: int, last: int, place: Span) -> bool:
    """ "baru Boja yang punya", "Boja yang sudah siap": a clause's place before, the having right behind."""
    has = finder.words.has.find(finder.lower, place.end, min(last, place.end + HAS))
    if not has or has[0][0] != place.end:
        return False
    end = has[0][1]  # "yang siap" is said of the building only where nothing follows: "siap lahannya"
    if finder.lower[end - 1] in finder.words.needs_end and end < last and finder.lower[end] not in _STOPS:
        return False
    return place.start == first or finder.says(max(first, place.start - 3), place.start, finder.words.only)


QUESTIONS: dict[str, Callable[[Elliptic], bool]] = {
    "near": lambda it: it.near,
    "planned": lambda it: it.planned,
    "village": Elliptic.names_village,
    "own-building": Elliptic.has_own_building,
    "places-it": Elliptic.places_it,
    "this": Elliptic.is_this,
    "stands": Elliptic.stands,
    "only-has": Elliptic.only_has,
    "alike": Elliptic.is_alike,
    "already": Elliptic.is_already,
    "likewise": Elliptic.is_likewise,
    "so-far": Elliptic.is_so_far,
    "opened": Elliptic.is_opened,
    "direction": Elliptic.tells_direction,
    "counted-before": Elliptic.is_counted_before,
    "counts-others": Elliptic.counts_others,
    "counted-behind": Elliptic.is_counted_behind,
    "opens-with-noun": Elliptic.opens_with_noun,
    "speaks-of-others": Elliptic.speaks_of_others,
}


def build_taken_up_rules(vocabulary: Vocabulary) -> RuleBook[Elliptic]:
    """The rules of what clauses take up over `QUESTIONS`."""
    return RuleBook(vocabulary.rules["facilities-taken-up"], QUESTIONS)
