"""Finds the buildings that a text names, with their clauses and places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from db.records import Village
from extract.article.ordered import Ordered
from extract.article.view import View
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable, expand
from extract.vocabulary.scan import skip, skip_before

#: Tokens around a building's name within which a word may say that it stands.
NEAR = 14
#: Tokens of a sentence that may belong to one building.
_CLAUSE = 60
#: Buildings that may stand side by side.
_SIDE = 6
#: Lists of the cue file that are looked up word by word.
_WORDS = (
    "attached",
    "listed",
    "places_in",
    "own",
    "by_now",
    "articles",
    "made",
    "becomes",
    "adverbs",
    "areas",
    "owning",
    "joined",
    "reported",
    "before_told",
)


@dataclass(frozen=True, slots=True)
class FacilityTables:
    buildings: PhraseTable  # key: pillar
    exists_before: PhraseTable
    exists_placed: PhraseTable
    exists_behind: PhraseTable
    placed_behind: PhraseTable
    exists_inverted: PhraseTable
    serves: PhraseTable
    served: PhraseTable
    gone_to: PhraseTable
    not_told: PhraseTable
    seated: PhraseTable
    not_made: PhraseTable
    now: PhraseTable
    inside: PhraseTable
    there: PhraseTable
    over_there: PhraseTable
    village_halls: PhraseTable
    unreal: PhraseTable
    not_unreal: PhraseTable
    turns: PhraseTable
    same_kecamatan: PhraseTable
    openings: PhraseTable
    about: PhraseTable
    same_several: PhraseTable
    not_buildings: PhraseTable
    this_building: PhraseTable
    list_openers: PhraseTable
    joiners: PhraseTable
    villages: dict[str, Village]
    namesakes: dict[tuple[str, str], str]  # (kecamatan, name) to village code
    words: dict[str, frozenset[str]]  # by the keys of `_WORDS`


def build_facility_tables(vocabulary: Vocabulary) -> FacilityTables:
    cues = {
        key: vocabulary.table("facilities", key)
        for key in FacilityTables.__slots__
        if key not in ("buildings", "villages", "namesakes", "words")
    }
    buildings: dict[str, list[str]] = {}
    for programme in vocabulary.programmes.values():
        for pillar in programme.pillar:
            if pillar.facility:
                for phrase in pillar.facility_phrases or pillar.phrases:
                    for spelled in expand(phrase):  # "rumah aman", "rumah amannya"
                        buildings.setdefault(pillar.id, []).extend((spelled, f"{spelled}nya"))
    return FacilityTables(
        buildings=PhraseTable(buildings),
        villages={v.code: v for v in vocabulary.areas.villages},
        namesakes={(v.kecamatan, v.name): v.code for v in vocabulary.areas.villages},
        **cues,
        words={key: vocabulary.cue_set("facilities", key) for key in _WORDS},
    )


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


class BuildingFinder:
    """Reads buildings and their clauses."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = view.vocabulary.compiled(build_facility_tables)
        self.pillars = {p.id for p in view.programme.pillar if p.facility}
        every = self.tables.buildings.find(self.lower, 0, len(self.lower))
        self.named = Ordered((start, pillar) for start, _, pillar in every if pillar in self.pillars)
        places = [s for s in view.spans("places") if s.label_ in ("KECAMATAN", "VILLAGE")]
        self.places = Ordered((s.start, s) for s in places if s.kb_id_ or s.label_ == "VILLAGE")

    def find(self, first: int, last: int) -> Iterator[Building]:
        """The buildings of a token range within one sentence."""
        hits = [h for h in self.tables.buildings.find(self.lower, first, last) if h[2] in self.pillars]
        merged: list[tuple[int, int, str]] = []
        for start, end, pillar in hits:
            # "Rumah Perlindungan Perempuan dan Anak (RPPA)" is one building
            if (
                merged
                and merged[-1][2] == pillar
                and start - merged[-1][1] == 1
                and self.lower[start - 1] == "("
            ):
                merged[-1] = (merged[-1][0], min(end + 1, last), pillar)
            else:
                merged.append((start, end, pillar))
        lead = first
        for at, (start, end, pillar) in enumerate(merged):
            if not at or not self._continues(merged[at - 1][1], start):
                lead = start
            begin, stop = max(first, start - _CLAUSE), min(last, end + _CLAUSE)
            before = skip_before(at, max(0, at - _SIDE), lambda n: self._joined(merged[n], merged[n + 1])) - 1
            behind = skip(
                at + 1, min(len(merged), at + _SIDE), lambda n: self._joined(merged[n - 1], merged[n])
            )
            if before >= 0 and merged[before][2] != pillar:
                begin = max(begin, merged[before][1])
            if behind < len(merged) and merged[behind][2] != pillar:
                stop = min(stop, merged[behind][0])
            for i in range(begin, start):
                if self.lower[i] == ";" or self.turns(i):
                    begin = i + 1
            for i in range(end, stop):
                if self.lower[i] == ";" or self.turns(i):
                    stop = i
                    break
            if start < self.view.reading.title_end:
                clause = self._headline(begin, start), self._headline_end(end, stop)
                begin, stop = clause if self.places.within(*clause) else (begin, stop)
            yield Building(pillar, start, end, begin, stop, lead)

    def _headline(self, begin: int, building: int) -> int:
        """Where a headline's clause opens: "X Belajar Barista, | Y Punya RPPA"; a list goes on."""
        for i in range(building - 1, begin - 1, -1):
            if self.lower[i] == "," and not self._between_places(i):
                return i + 1
        return begin

    def _headline_end(self, building: int, end: int) -> int:
        for i in range(building, end):
            if self.lower[i] == "," and not self._between_places(i):
                return i
        return end

    def _between_places(self, comma: int) -> bool:
        """Whether a comma stands between two places."""
        before = self.places.within(max(0, comma - 3), comma)
        behind = self.places.within(comma + 1, comma + 4)
        return any(p.end == comma for p in before) and any(p.start == comma + 1 for p in behind)

    def turns(self, token: int) -> bool:
        """Whether another clause opens at a token; not at an adverb ("sementara dipinjam")."""
        turns = self.tables.turns
        if self.lower[token] not in turns.heads or turns.at(self.lower, token) is None:
            return False
        if self.lower[token] not in self.tables.words["adverbs"]:
            return True
        if token and self.lower[token - 1] in ("untuk", "buat"):
            return False
        behind = self.view.reading.words[token + 1] if token + 1 < len(self.lower) else ""
        verb = len(behind) > 5 and behind.islower() and behind.startswith(("di", "me", "ber"))
        return not verb

    def _joined(self, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
        """Whether two buildings stand side by side: "RPPA serta sport center"."""
        between = range(one[1], other[0])
        return len(between) <= 3 and all(
            self.tables.joiners.at(self.lower, i) or self.lower[i].isdecimal() for i in between
        )

    def _continues(self, first: int, last: int) -> bool:
        """Whether a token range between two buildings holds no more than a list does."""
        if not 0 < last - first <= NEAR or not self.tables.joiners.at(self.lower, last - 1):
            return False
        if any(self.lower[i] == ";" or self.turns(i) for i in range(first, last)):
            return False
        # "memiliki RPPA yang buka 24 jam dan sport center"
        said = self.lower[first] != "yang" and self.tables.exists_behind.find(self.lower, first, last)
        return not said and not self.unreal(first, last)

    def stands(self, first: int, last: int) -> bool:
        """Whether a lead-in says that what it lists is there: "Fasilitas yang telah tersedia:"."""
        found = self.tables.exists_behind.find(self.lower, first, last) or self.tables.exists_before.find(
            self.lower, first, last
        )
        return bool(found) and not self.unreal(first, last)

    def unreal(self, first: int, last: int) -> bool:
        """Whether a token range speaks of what is not, or not yet."""
        hits = self.tables.unreal.find(self.lower, first, last)
        if not hits:
            return False
        stop = min(last + 2, len(self.lower))  # "tahap | pertama": what spares a word may reach further
        spared = self.tables.not_unreal.find(self.lower, max(0, first - 1), stop)
        return any(not any(low <= start < high for low, high, _ in spared) for start, _, _ in hits)

    def places_of(self, building: Building) -> list[Span]:
        """The places behind a building's name: "RPPA Kecamatan X", "RPPA di Desa Y, Kecamatan X".

        Those of a list belong to it; whatever else the clause names does not.
        """
        found: list[Span] = []
        at, link = building.last, self.tables.words["attached"]
        if self.lower[at : at + 1] == [","] and at + 1 < building.end and self.lower[at + 1] in link:
            at += 1 if self.lower[at + 1] not in self.tables.words["places_in"] else 0
        for span in self.places.within(building.last, building.end):
            if not all(word in link for word in self.lower[at : span.start]):
                break
            found.append(span)
            at, link = span.end, self.tables.words["listed"] | {"(", ")"}
        return found
