"""Clauses that speak of a building without naming it: "baru Boja yang punya", "Dua di Boja"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.facilities.buildings import BuildingFinder
from extract.vocabulary.load import Vocabulary, VocabularyError
from extract.vocabulary.phrases import PhraseTable

#: Tokens of a clause that are looked at.
CLAUSE = 60
#: Tokens between a noun and the "itu" that takes it up: "rumah di Desa X itu".
NOUN = 11
#: Tokens between "baru Boja" and "yang punya".
HAS = 5
#: Tokens between "yang buka" and its place: ", masing - masing di Desa".
_ADDRESSED = 7


@dataclass(frozen=True, slots=True)
class FollowTables:
    own_building: PhraseTable
    placed_own: PhraseTable
    nouns: PhraseTable  # key: pillar, or "" for a noun of any building
    this: PhraseTable
    alike: PhraseTable
    ellipses: PhraseTable
    counted: PhraseTable
    only: PhraseTable
    has: PhraseTable
    already: PhraseTable
    so_far: PhraseTable
    likewise: PhraseTable
    signs: PhraseTable
    directions: PhraseTable
    of_people: frozenset[str]
    of_residents: frozenset[str]
    other_things: PhraseTable


def build_follow_tables(vocabulary: Vocabulary) -> FollowTables:
    """VocabularyError where an entry of `nouns` gives no pillar of a programme."""
    pillars = {p.id for programme in vocabulary.programmes.values() for p in programme.pillar}
    nouns: dict[str, list[str]] = {}
    for entry in vocabulary.cue("facilities", "nouns"):
        phrase, sign, pillar = (part.strip() for part in entry.partition("="))
        if sign and pillar not in pillars:
            raise VocabularyError(
                f"knowledge/cues/facilities.toml: {entry!r} must read 'noun' or 'noun = PILLAR'"
                f" with one of {', '.join(sorted(pillars))}"
            )
        nouns.setdefault(pillar, []).append(phrase)
    keys = (*(k for k in FollowTables.__slots__ if k not in ("nouns", "of_people", "of_residents")),)
    return FollowTables(
        **{key: vocabulary.table("facilities", key) for key in keys},
        nouns=PhraseTable(nouns),
        of_people=vocabulary.cue_set("facilities", "of_people")
        | vocabulary.cue_set("facilities", "of_residents"),
        of_residents=vocabulary.cue_set("facilities", "of_residents"),
    )


class Ellipses:
    """Tells what a clause says of the building that was spoken of before it."""

    def __init__(self, view: View, finder: BuildingFinder) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.finder = finder
        self.tables = view.vocabulary.compiled(build_follow_tables)

    def noun(self, first: int, last: int) -> tuple[int, str] | None:
        """(token, pillar or "") of the first noun of a building in a range."""
        for start, _, pillar in self.tables.nouns.find(self.lower, first, last):
            return start, pillar
        return None

    def is_this(self, noun: tuple[int, str], places: list[Span], last: int) -> bool:
        """Whether a noun is taken up by "itu" with the place between or behind a verb of standing."""
        hits = self.tables.this.find(self.lower, noun[0] + 1, min(last, noun[0] + NOUN))
        if not hits:
            return False
        inside = any(noun[0] < p.start and p.end <= hits[0][0] for p in places)
        behind = [p for p in places if p.start >= hits[0][1]]
        return inside or bool(
            behind and self.finder.tables.seated.find(self.lower, hits[0][1], behind[0].start)
        )

    def stands(self, first: int, last: int) -> bool:
        tables = self.finder.tables
        return any(
            table.find(self.lower, first, last)
            for table in (tables.exists_before, tables.exists_behind, tables.exists_placed)
        )

    def only_has(self, first: int, last: int, places: list[Span]) -> bool:
        """ "baru Boja yang punya", "Boja yang sudah siap": the place before, the having right behind."""
        for place in places:
            has = self.tables.has.find(self.lower, place.end, min(last, place.end + HAS))
            if not has or has[0][0] != place.end:
                continue
            end = has[0][1]  # "yang siap" is said of the building only where nothing follows: "siap lahannya"
            if self.lower[end - 1] != "siap" or end >= last or self.lower[end] in (",", ".", ";"):
                before = self.tables.only.find(self.lower, max(first, place.start - 3), place.start)
                if before or place.start == first:
                    return True
        return False

    def alike(self, first: int, last: int) -> bool:
        """Whether a noun of a building has "serupa" or the like right behind it."""
        tables, lower = self.tables, self.lower
        for start, end, _ in tables.alike.find(lower, first, last):
            begin = max(first, start - 2)
            if tables.other_things.find(lower, begin, end):
                continue
            if end - start > 1 or tables.nouns.find(lower, begin, start):
                return True
        return False

    def already(self, first: int, last: int, places: list[Span]) -> bool:
        """ "Di Boja sudah, ...": what another place lacks is there."""
        place = places[0]
        hit = self.tables.already.at(self.lower, place.end) if place.end < last else None
        if not hit or self.lower[first] != "di" or place.start - first > 2:
            return False
        return hit[0] >= last or self.lower[hit[0]] in (",", ".", ";")

    def likewise(self, first: int, places: list[Span]) -> bool:
        """ "Wedi lebih dahulu, ...", "Jatinom punya juga": a place that opens its clause."""
        place = places[0]
        return place.start - first <= 1 and self.tables.likewise.at(self.lower, place.end) is not None

    def so_far(self, first: int, places: list[Span]) -> bool:
        """ "Yang sudah buka baru satu, yakni di Desa X", "baru dua yang beroperasi, masing-masing di X"."""
        lower, place = self.lower, places[0].start
        hits = self.tables.so_far.find(lower, first, place)
        if not hits or place - hits[-1][1] > NOUN:
            return False
        has = self.tables.has.find(lower, first, place)
        if self.tables.other_things.find(lower, first, place) or not has:
            return False
        end = max(hits[-1][1], has[-1][1])
        near = lower[end:place]
        return len(near) <= _ADDRESSED and (
            bool(self.finder.tables.list_openers.find(near, 0, len(near))) or near[:1] == ["di"]
        )

    def elliptic(self, first: int, last: int, places: list[Span]) -> bool:
        """ "Di Boja malah dua, yaitu di Desa X", "Yang di Boja memakai ...", "Dua di Boja", "ada di Boja"."""
        tables, lower = self.tables, self.lower
        opened = tables.ellipses.at(lower, first)
        place = places[0]
        if opened and place.start - opened[0] <= 3:
            # "Yang di selatan Boja dan Gemuh": a part of the regency, and kecamatan of it
            return not tables.directions.find(lower, opened[0], place.start)
        counted = tables.counted.at(lower, first)
        gap = lower[counted[0] : place.start] if counted else []
        # "tiga di Boja", "tiga unit berada di Kota X, yakni di Y"
        listed = len(gap) <= 8 and bool(gap) and self.finder.tables.list_openers.find(gap, 0, len(gap))
        if counted and counted[0] <= place.start and (len(gap) <= 3 or listed):
            begin, end = self.view.sentences[max(0, self.view.sentence_at(first) - 1)]
            # "RPPA menangani lima kasus. Tiga di Boja": it is the cases that are counted out
            return not tables.other_things.find(lower, max(begin, end - CLAUSE), min(end, first))
        if lower[first] != "di" or place.start - first > 2 or place.end >= last:
            return False
        return tables.counted.at(lower, place.end) is not None
