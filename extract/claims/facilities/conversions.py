"""Tells whether something was made into a building: "disewa pemkab sebagai RPPA"."""

from __future__ import annotations

from extract.claims.facilities.buildings import NEAR, Building, BuildingFinder
from extract.vocabulary.scan import skip_before

#: Tokens between a passive verb and "menjadi": "disulap warga setempat menjadi".
_PASSIVE = 4
#: The same for a verb whose object stands between: "memanfaatkan lapangan Desa X sebagai".
_ACTIVE = 14
#: Tokens before "menjadi" in which "kini" makes it so today.
_NOW = 8
#: Tokens around the verb and the building within which a plan is one for it.
_PLAN = 4


def is_made(finder: BuildingFinder, building: Building) -> bool:
    """Whether a clause says that something is or was made into a building. Its plans don't."""
    lower, words = finder.lower, finder.words
    at = skip_before(building.first, building.begin + 1, lambda token: lower[token] in words.articles) - 1
    if at <= building.begin or lower[at] not in words.made:
        return False
    verb = _Making(finder, building, at).verb()
    if verb is None:
        return False
    return not finder.unreal(max(building.begin, verb - _PLAN), building.behind(_PLAN))


class _Making:
    """What stands before the "menjadi" or "sebagai" at a token."""

    def __init__(self, finder: BuildingFinder, building: Building, at: int) -> None:
        self.finder = finder
        self.lower = finder.lower
        self.building = building
        self.at = at
        self.becomes = finder.lower[at] in finder.words.becomes

    def verb(self) -> int | None:
        """The verb of the making: the nearest before, or "menjadi" itself ("kini aula itu menjadi RPPA")."""
        begin = max(self.building.begin, self.at - _ACTIVE)
        nearest = next((i for i in range(self.at - 1, begin - 1, -1) if self._is_verb(i)), None)
        if nearest is not None and self._makes(nearest):
            return nearest
        return self.at if self.becomes and self._is_so_now() else None

    def _is_so_now(self) -> bool:
        low = max(self.building.before(NEAR), self.at - _NOW)
        return self.finder.says(low, self.at, self.finder.words.now)

    def _is_verb(self, token: int) -> bool:
        return self._is_passive(token) or (
            len(self.lower[token]) > 5 and self.lower[token][:2] == "me" and token < self.at - 1
        )

    def _is_passive(self, token: int) -> bool:
        near = token >= self.at - _PASSIVE
        return near and len(self.lower[token]) > 4 and self.lower[token][:2] == "di"

    def _makes(self, verb: int) -> bool:
        """Whether a verb makes something into the building; beside "sebagai" only where a building is used,
        at a place that is told."""
        if self.finder.words.not_made.at(self.lower, verb):
            return False
        passive = self._is_passive(verb)
        if passive and self.becomes:
            return True
        used = (self.building.begin, verb) if passive else (verb + 1, self.at)
        placed = self.finder.places.within(self.building.begin, self.at)
        return bool(placed) and self.finder.says(*used, self.finder.words.nouns)
