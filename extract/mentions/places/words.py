"""The words that places are read with."""

from __future__ import annotations

from collections.abc import Iterable

from extract.vocabulary.areas import Areas, fold
from extract.vocabulary.load import Programme, Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Letters by which most words are told to open no place's name, before any name is put together.
HEAD = 4


class PlaceWords:
    """The cue words of `knowledge/cues/places.toml`, ready for look-up."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def cue(key: str) -> frozenset[str]:
            return vocabulary.cue_set("places", key)

        self.kecamatan = cue("kecamatan")
        self.village = cue("village")
        self.village_offices = cue("village_offices")
        self.kabupaten = cue("kabupaten")
        self.no_places = vocabulary.table("places", "no_places")
        self.kota = cue("kota")
        self.joiners = cue("joiners")
        self.proper_heads = cue("proper_heads")
        self.regency_blockers = cue("regency_blockers")
        self.wider = cue("wider")
        self.regions = frozenset(fold(w) for w in vocabulary.cue("places", "regions"))
        self.schools = vocabulary.table("places", "schools")
        self.of_region = cue("of_region")
        self.everyday = frozenset(fold(w) for w in vocabulary.cue("places", "everyday"))
        self.list_openers = cue("list_openers")
        self.closing_joiners = cue("closing_joiners")
        self.locatives = cue("locatives")
        self.counters = cue("counters")
        self.copulas = cue("copulas")
        self.cue_tail = cue("cue_tail")
        self.small_heads = cue("small_heads")
        self.toll = cue("toll")
        self.within = cue("within")
        self.outlets = vocabulary.text_rules.outlet_words
        self.cues = self.kecamatan | self.village | self.kabupaten | self.kota
        # "RPPA Boja": a building of a programme bears the name of its place.
        self.buildings = PhraseTable(
            {"x": [f for p in vocabulary.programmes.values() for t in p.pillar for f in t.facility_phrases]}
        )
        self.heads = _heads(vocabulary.areas)
        self.not_places = self._behind_units(vocabulary.programmes.values())

    def _behind_units(self, programmes: Iterable[Programme]) -> frozenset[str]:
        """What follows the unit's name in a programme's name is no place: "Kecamatan Berdaya"."""
        phrases = (phrase.lower().split() for p in programmes for phrase in (*p.names, *p.rivals))
        return frozenset(words[1] for words in phrases if len(words) > 1 and words[0] in self.cues)


def _heads(areas: Areas) -> frozenset[str]:
    """The first letters of all names; a shorter word may open one that the press splits."""
    known = (areas.regencies_by_name, areas.kecamatan_by_name, areas.provinces, areas.foreign_regencies)
    return frozenset(name[:size] for names in known for name in names for size in range(1, HEAD + 1))
