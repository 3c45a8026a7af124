"""Joins buildings of the programme and places into facilities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from db.records import Evidence, Facility
from extract.article.context import Context
from extract.article.view import View
from extract.claims.facilities.locations import Place, kecamatan_of
from extract.claims.facilities.reader import FacilityReader


@dataclass
class _Gathered:
    """What an article tells, by pillar and place, and of the pillars whose buildings have none by regency."""

    at: dict[tuple[str, Place], dict[Evidence, None]] = field(
        default_factory=dict
    )  # the inner: an ordered set
    nowhere: dict[str, tuple[str, list[Evidence]]] = field(default_factory=dict)

    def gives_way(self, pillar: str, place: Place) -> bool:
        """Whether villages were told in each of the kecamatan that a place may mean."""
        told = {
            kecamatan_of(code)
            for other, village in self.at
            if village.village and other == pillar
            for code in village.code.split("|")
        }
        return not place.village and told.issuperset(place.code.split("|"))

    def has_place(self, pillar: str) -> bool:
        return any(pillar == other for other, _ in self.at)


def link_facilities(view: View, context: Context) -> tuple[Facility, ...]:
    """One claim a pillar and place.

    A kecamatan gives way to a village in it, a building without a place to any of its pillar that has one.
    """
    found = _gather(view, FacilityReader(view, context))
    placed = [
        _claim(view, pillar, place, evidence)
        for (pillar, place), evidence in found.at.items()
        if not found.gives_way(pillar, place)
    ]
    placeless = [
        _claim(view, pillar, Place(None, None, regency, regency), evidence)
        for pillar, (regency, evidence) in found.nowhere.items()
        if not found.has_place(pillar)
    ]
    return (*placed, *placeless)


def _gather(view: View, reader: FacilityReader) -> _Gathered:
    gathered = _Gathered()
    for one in reader.facilities():
        evidence = view.evidence(one.first, one.last, one.rule)
        if one.place is not None:
            gathered.at.setdefault((one.pillar, one.place), {})[evidence] = None
        elif regency := reader.regency(one.first, one.last):
            gathered.nowhere.setdefault(one.pillar, (regency, []))[1].append(evidence)
    return gathered


def _claim(view: View, pillar: str, place: Place, entries: Iterable[Evidence]) -> Facility:
    regencies = view.vocabulary.areas.regency_by_code
    return Facility(
        pillar=pillar,
        village=place.village,
        kecamatan=place.kecamatan,
        regency="|".join(regencies[c].name for c in place.regency.split("|")),
        code=place.code,
        evidence=tuple(entries),
    )
