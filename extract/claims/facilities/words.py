"""The words that may say where a building of the programme stands: `cues/facilities.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from db.records import Village
from extract.vocabulary.load import PillarTerm, Vocabulary, VocabularyError
from extract.vocabulary.phrases import PhraseTable, expand

#: How verbs open, and more letters than a shorter word has that opens so.
_VERBS, _SHORTEST_VERB = ("di", "me", "ber", "ter"), 6


@dataclass(frozen=True, slots=True)
class FacilityWords:
    """The lists of the cue file by their names; but for the first four, which are put together here."""

    buildings: PhraseTable  # key: pillar
    nouns: PhraseTable  # key: pillar, or "" for a noun of any building
    villages: dict[str, Village]
    namesakes: dict[tuple[str, str], str]  # (kecamatan, name) to village code

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
    own_building: PhraseTable
    placed_own: PhraseTable
    this: PhraseTable
    alike: PhraseTable
    ellipses: PhraseTable
    counted: PhraseTable
    only: PhraseTable
    present_cells: frozenset[str]
    absent_cells: frozenset[str]
    has: PhraseTable
    already: PhraseTable
    so_far: PhraseTable
    likewise: PhraseTable
    signs: PhraseTable
    directions: PhraseTable
    other_things: PhraseTable

    attached: frozenset[str]
    listed: frozenset[str]
    places_in: frozenset[str]
    own: frozenset[str]
    by_now: frozenset[str]
    articles: frozenset[str]
    made: frozenset[str]
    becomes: frozenset[str]
    adverbs: frozenset[str]
    areas: frozenset[str]
    area_pointers: frozenset[str]
    owning: frozenset[str]
    joined: frozenset[str]
    reported: frozenset[str]
    before_told: frozenset[str]
    before_adverbs: frozenset[str]
    brought_in: frozenset[str]
    at: frozenset[str]
    that: frozenset[str]
    before_by_now: frozenset[str]
    needs_end: frozenset[str]
    place_kinds: frozenset[str]
    of_people: frozenset[str]
    of_residents: frozenset[str]

    @property
    def no_sites(self) -> frozenset[str]:
        """What makes a place behind it one of people, or a way, and not where something stands."""
        return self.of_people | self.of_residents


def build_facility_words(vocabulary: Vocabulary) -> FacilityWords:
    """VocabularyError where an entry of `nouns` gives no pillar of a programme."""
    villages = vocabulary.areas.villages
    made: dict[str, Any] = {
        "buildings": PhraseTable(_names_of_buildings(vocabulary)),
        "nouns": PhraseTable(_nouns_by_pillar(vocabulary)),
        "villages": {v.code: v for v in villages},
        "namesakes": {(v.kecamatan, v.name): v.code for v in villages},
    }
    for field in fields(FacilityWords):
        if field.name not in made:
            look_up = vocabulary.table if field.type == "PhraseTable" else vocabulary.cue_set
            made[field.name] = look_up("facilities", field.name)
    return FacilityWords(**made)


def _names_of_buildings(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """By pillar, what its buildings are called: "rumah aman", "rumah amannya"."""
    terms = (term for programme in vocabulary.programmes.values() for term in programme.pillar)
    found: dict[str, list[str]] = {}
    for term in terms:
        if term.facility:
            names = [name for phrase in _phrases(term) for name in expand(phrase)]
            found.setdefault(term.id, []).extend(form for name in names for form in (name, f"{name}nya"))
    return found


def _phrases(term: PillarTerm) -> Iterable[str]:
    return term.facility_phrases or term.phrases


def _nouns_by_pillar(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The entries of `nouns`, "noun" or "noun = PILLAR", by pillar."""
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
    return nouns


def looks_like_verb(word: str) -> bool:
    """Whether a word of a sentence, as printed, is shaped like a verb."""
    return len(word) >= _SHORTEST_VERB and word.islower() and word.startswith(_VERBS)
