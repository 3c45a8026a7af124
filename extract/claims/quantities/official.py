"""How many areas there are: official counts that printed ones are held against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extract.vocabulary.areas import Areas
from extract.vocabulary.load import Vocabulary


@dataclass(frozen=True, slots=True)
class OfficialCounts:
    """Numbers of areas by the code of a regency or of the province."""

    kecamatan: dict[str, int]
    rural: dict[str, int]  # villages that are no town's quarter
    villages: dict[str, int]
    regencies: dict[str, int]
    rural_nouns: frozenset[str]

    def of(self, code: str, level: str, noun: str = "") -> tuple[int, ...]:
        """The counts that a printed one may be held against, (0,) where none is known."""
        if level == "kecamatan":
            return (self.kecamatan.get(code, 0),)
        if level != "village":
            return (self.regencies.get(code, 0),)
        every = self.villages.get(code, 0)
        return (self.rural.get(code, 0), every) if noun in self.rural_nouns else (every,)


def build_official_counts(vocabulary: Vocabulary) -> OfficialCounts:
    areas = vocabulary.areas
    places = [(v, _places(areas, areas.regency_of(v.code).code)) for v in areas.villages]
    rural_nouns = vocabulary.cue_set("quantities", "rural_nouns")
    return OfficialCounts(
        kecamatan=Counter(code for k in areas.kecamatan for code in _places(areas, k.regency)),
        rural=Counter(code for v, codes in places if v.kind in rural_nouns for code in codes),
        villages=Counter(code for _, codes in places for code in codes),
        regencies={areas.province: len(areas.regencies)},
        rural_nouns=rural_nouns,
    )


def _places(areas: Areas, regency: str) -> tuple[str, str]:
    return regency, areas.province
