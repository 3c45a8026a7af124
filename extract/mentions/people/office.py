"""An office as it is read from a text, and what the offices of one article are read from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from extract.mentions.people.names import NameWords
from extract.mentions.people.role_areas import AreaRows
from extract.mentions.people.words import RoleWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.tokens import Reading

#: Tokens of the longest office.
MAX_ROLE = 45
#: Tokens of an agency's name before one inside it.
LONGEST_NAME = 20
#: Tokens of the longest bracket behind a part of an office.
MAX_BRACKET = 25


@dataclass(frozen=True, slots=True)
class Role:
    """An office at tokens `first` to `end`; a name may open at `last`."""

    first: int
    end: int
    last: int
    text: str
    kind: str  # "place", "office"
    comma: bool  # whether a comma parts it from what follows
    closed: bool  # whether its complement is surely complete
    bare: bool  # whether it has no complement
    pair: Role | None = None


class OfficeText:
    """One article's tokens with the names in it that an office may hold."""

    def __init__(
        self,
        found: Reading,
        words: RoleWords,
        names: NameWords,
        known: dict[int, int],
        agencies: Collection[int],
        places: dict[int, int],
        areas: Areas,
    ) -> None:
        self.found = found
        self.lower = found.lower
        self.printed = found.words
        self.words = words
        self.names = names
        self.known = known  # first token of agencies, pillars and programmes -> end
        self.agencies = agencies  # first tokens; such a name completes a complement
        self.places = places
        self.rows = AreaRows(found, words, names, places, areas)
        # "Kadinsos Batang": an office and its chief in one word
        self.chiefs = {t for t in agencies if self.lower[t].startswith(words.chiefs)}

    def is_inside(self, token: int) -> bool:
        """Whether the name of an agency, a pillar or a programme covers a token."""
        near = range(max(0, token - LONGEST_NAME), token + 1)
        return any(self.known.get(first, 0) > token for first in near)

    def role(self, first: int, end: int, last: int, kind: str, comma: bool, closed: bool, bare: bool) -> Role:
        """The office printed at tokens `first` to `end`."""
        text = " ".join(self.found.quote(first, end).split())
        return Role(first, end, last, text, kind, comma, closed, bare)

    def bracket(self, at: int, end: int) -> int:
        """The bracket that closes the one at a token, 0 if none opens there, it is far or holds an age."""
        if not self.found.has(at, end, "("):
            return 0
        for close in range(at + 1, min(at + MAX_BRACKET, end)):
            if self.lower[close] == ")":
                return 0 if self.printed[at + 1].isdigit() else close
        return 0
