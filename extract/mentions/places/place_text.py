"""One article's names of places, with all that they are settled by."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from extract.mentions.places.candidates import Mention, PlaceKind
from extract.mentions.places.words import PlaceWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.tokens import Reading


@dataclass(frozen=True, slots=True)
class PlaceText:
    """The mentions in the text's order, and the questions that several rules ask of them."""

    reading: Reading
    mentions: list[Mention]
    areas: Areas
    words: PlaceWords

    def of_kind(self, kind: PlaceKind) -> list[Mention]:
        return [m for m in self.mentions if m.kind == kind]

    def names(self, kind: PlaceKind) -> set[str]:
        return {m.name for m in self.mentions if m.kind == kind}

    def index(self, mention: Mention) -> int:
        return bisect_left(self.mentions, mention.first, key=lambda m: m.first)

    def before(self, mention: Mention) -> Mention | None:
        at = self.index(mention)
        return self.mentions[at - 1] if at else None

    def behind(self, mention: Mention) -> Mention | None:
        at = self.index(mention) + 1
        return self.mentions[at] if at < len(self.mentions) else None

    def lists(self) -> list[list[Mention]]:
        """The lists of names, one of a single name included."""
        return [m.run for m in self.mentions if m.run and m.run[0] is m]

    def located(self, mention: Mention) -> bool:
        """Whether a word such as "di" stands before a name."""
        return self.word_before(mention) in self.words.locatives

    def word_before(self, mention: Mention) -> str:
        """The word before a name in its sentence, "" if none stands there."""
        opens = mention.first == 0 or self.reading.sentence_starts[mention.first]
        return "" if opens else self.reading.lower[mention.first - 1]

    def is_regency(self, mention: Mention) -> bool:
        """Whether a regency of the province has the name."""
        return mention.name in self.areas.regencies_by_name

    def is_kecamatan(self, mention: Mention) -> bool:
        """Whether a kecamatan of the province has the name."""
        return mention.name in self.areas.kecamatan_by_name

    def is_seat(self, mention: Mention, within: frozenset[str] = frozenset()) -> bool:
        """Whether a kecamatan's name is that of its own regency, which a bare mention then means.

        Only the regencies `within` count, if any are given.
        """
        own = self.areas.regencies_with(mention.name).intersection(self.areas.regencies_by_name[mention.name])
        return bool(own & within if within else own)
