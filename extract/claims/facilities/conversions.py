"""Tells whether something was made into a building: "disewa pemkab sebagai RPPA"."""

from __future__ import annotations

from extract.claims.facilities.buildings import Building, BuildingFinder
from extract.claims.facilities.ellipses import build_follow_tables
from extract.vocabulary.scan import skip_before

#: Tokens between a passive verb and "menjadi": "disulap warga setempat menjadi".
_PASSIVE = 4
#: The same for a verb whose object stands between: "memanfaatkan lapangan Desa X sebagai".
_ACTIVE = 14


class Made:
    """Reads what a place or another building was made, or used as."""

    def __init__(self, finder: BuildingFinder) -> None:
        self.finder = finder
        self.lower = finder.lower
        self.tables = finder.tables
        self.nouns = finder.view.vocabulary.compiled(build_follow_tables).nouns

    def shows(self, building: Building, low: int, high: int) -> bool:
        """Whether a clause says that something is or was made into a building. Its plans don't."""
        lower = self.lower
        articles = self.tables.words["articles"]
        at = skip_before(building.first, building.begin + 1, lambda token: lower[token] in articles) - 1
        if at <= building.begin or lower[at] not in self.tables.words["made"]:
            return False
        becomes = lower[at] in self.tables.words["becomes"]
        verb = self._verb(at, building.begin, becomes)
        if verb is None and becomes:  # "kini bangunan itu menjadi RPPA"
            verb = at if self.tables.now.find(lower, max(low, at - 8), at) else None
        if verb is None:
            return False
        return not self.finder.unreal(max(building.begin, verb - 4), min(building.last + 4, high))

    def _verb(self, at: int, begin: int, becomes: bool) -> int | None:
        """The verb of the making; beside "sebagai" only where a building is used, at a place that is told."""
        lower = self.lower
        for i in range(at - 1, max(begin, at - _ACTIVE) - 1, -1):
            passive = len(lower[i]) > 4 and lower[i][:2] == "di" and i >= at - _PASSIVE
            active = len(lower[i]) > 5 and lower[i][:2] == "me" and i < at - 1
            if not passive and not active:
                continue
            if self.tables.not_made.at(lower, i):
                return None
            if passive and becomes:
                return i
            used = range(begin, i) if passive else range(i + 1, at)
            if not self.nouns.find(lower, used.start, used.stop) or not self._placed(begin, at):
                return None
            return i
        return None

    def _placed(self, first: int, last: int) -> bool:
        return bool(self.finder.places.within(first, last))
