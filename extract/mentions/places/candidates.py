"""Finds what may be the name of a place, and what the words beside it say of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extract.mentions.places.words import HEAD, PlaceWords
from extract.vocabulary.areas import Areas, fold
from extract.vocabulary.scan import Scan
from extract.vocabulary.tokens import Reading, Segment

PlaceKind = Literal["REGENCY", "KECAMATAN", "VILLAGE", "PROVINCE", "FOREIGN", "NONE"]
#: K kecamatan, V village, B kabupaten, C kota, "B|C" kab./kota, "" none.
Cue = Literal["K", "V", "B", "C", "BC", ""]


@dataclass(slots=True, eq=False)
class Mention:
    """A name at tokens `first` to `last` (exclusive); compared by identity.

    Its kind and codes are settled step by step.
    """

    first: int
    last: int
    name: str  # folded
    cue: Cue
    cue_first: int  # first token of the cue, or `first`
    kind: PlaceKind = "NONE"
    codes: tuple[str, ...] = ()
    rule: str = ""
    linked: bool = False  # joined to the mention before it as in a list
    after_comma: bool = False  # ... by a comma alone
    closing: bool = False  # ... by a word that closes a list
    frame: tuple[str, ...] = ()  # codes of the regency whose list it stands in: "Kabupaten X meliputi A, B"
    in_name: bool = False  # inside a longer proper name
    run: list[Mention] = field(default_factory=list)  # the list that it belongs to, itself included

    @property
    def open(self) -> bool:
        """Whether nothing has told yet what it is."""
        return self.kind == "NONE"

    def settle(self, kind: PlaceKind, rule: str) -> None:
        self.kind, self.rule = kind, rule


#: What a kecamatan's name may have before that of its town: "Kota Kudus".
TOWN = "kota"
#: Cues of a regency.
REGENCY_CUES = ("B", "C", "BC")


def find_mentions(reading: Reading, areas: Areas, words: PlaceWords) -> list[Mention]:
    """Every capitalised name that the gazetteer knows, or that stands behind a cue; the longest wins."""
    mentions: list[Mention] = []
    for segment in reading.segments:
        mentions.extend(_SegmentNames(reading, areas, words, segment).find())
    return mentions


def _capital(word: str) -> bool:
    return word[0].isupper()


@dataclass(frozen=True, slots=True)
class _SegmentNames:
    """Reads the names of one segment."""

    reading: Reading
    areas: Areas
    words: PlaceWords
    segment: Segment

    def find(self) -> Iterator[Mention]:
        word, heads = self.reading.words, self.words.heads
        behind = self.segment.first  # the end of the name before
        for at in [t for t in range(self.segment.first, self.segment.last) if word[t][0].isupper()]:
            if at < behind:
                continue
            cue, cue_first = self._cue_at(at)
            if not cue and self.reading.lower[at][:HEAD] not in heads:
                continue  # no known name opens like this
            if self.reading.lower[at] in self.words.cues and not self._opens_name(at, cue):
                continue
            mention = self._longest(at, cue, cue_first)
            if mention is not None:
                yield mention
                behind = mention.last

    # --- the cue before a name ---------------------------------------------------------------------

    def _cue_at(self, first: int) -> tuple[Cue, int]:
        """The cue that ends right before token `first`, and its first token."""
        at = -1 if self.reading.sentence_starts[first] else self._cue_token(first - 1)
        if at < self.segment.first:
            return "", first
        words, word = self.words, self.reading.lower[at]
        if word in words.kecamatan:
            return ("", first) if self._counted(at) else ("K", at)
        if word in words.village:
            office = at > self.segment.first and self.reading.lower[at - 1] in words.village_offices
            return ("", first) if office else ("V", at)
        if word in words.kabupaten:
            return "B", at
        if word in words.kota:
            return ("BC", at - 2) if self._slashed(at) else ("C", at)
        return "", first

    def _cue_token(self, at: int) -> int:
        """Where a cue may stand, a stop or bracket left out; -1 behind "se-", as in "se-Banyumas"."""
        lower, floor = self.reading.lower, self.segment.first
        at -= at > floor and lower[at] == "."
        at -= at >= floor and lower[at] == ")"  # "Pemerintah Kabupaten (Pemkab) Pemalang"
        hyphen = at > floor and lower[at] == "-" and lower[at - 1] in self.words.cue_tail
        return -1 if hyphen else at

    def _counted(self, at: int) -> bool:
        """Whether a number stands before a token."""
        before = self.reading.lower[at - 1] if at > self.segment.first else ""
        return before in self.words.counters or before.isdigit()

    def _slashed(self, at: int) -> bool:
        """Whether "kabupaten/" stands before a token."""
        lower = self.reading.lower
        return at - 2 >= self.segment.first and lower[at - 1] == "/" and lower[at - 2] in self.words.kabupaten

    def _opens_name(self, at: int, cue: Cue) -> bool:
        """Whether a capitalised cue word is part of a name: "Kampung Laut", "Kecamatan Kota"."""
        lower, words = self.reading.lower, self.words
        if lower[at] in words.kota:
            if cue == "K" or not self.segment.first < at < self.segment.last - 1:
                return cue == "K"
            listed = words.closing_joiners | {","}
            return lower[at + 1] in listed and lower[at - 1] in listed | words.list_openers
        if not self.reading.capital(at + 1, self.segment.last):
            return False
        return self._folded(at, at + 2) in self.areas.kecamatan_by_name

    # --- the name ----------------------------------------------------------------------------------

    def _folded(self, first: int, last: int) -> str:
        return fold("".join(self.reading.words[first:last]))

    def _longest(self, at: int, cue: Cue, cue_first: int) -> Mention | None:
        ends = self._ends(at, cue)
        if cue == "K" and len(ends) > 1 and self.reading.lower[at] in self.words.kota:
            # "Kecamatan Kota Sragen" is kecamatan Sragen, "Kecamatan Kota Kudus" has the word in its name
            for end in reversed(ends[1:]):
                for first in (at, at + 1):
                    if (name := self._folded(first, end)) in self.areas.kecamatan_by_name:
                        return Mention(at, end, name, cue, cue_first)
        for end in reversed(ends):
            name = self._folded(at, end)
            if self._known(name, cue):
                return Mention(at, end, name, cue, cue_first)
        if cue in ("K", "V", "B", "C") and ends and self.reading.lower[at] not in self.words.not_places:
            stop = self._unknown_end(at, ends, cue)
            return Mention(at, stop, self._folded(at, stop), cue, cue_first)
        return None

    def _ends(self, at: int, cue: Cue) -> list[int]:
        """Where a name that opens at a token may end, in order."""
        word = self.reading.words
        ends: list[int] = []
        scan = Scan(at, self.segment.last)
        for last in scan:
            if len(ends) == self.areas.longest:
                break
            hyphen = word[last] == "-" and ends and self.reading.capital(last + 1, self.segment.last)
            end = last + 1 + bool(hyphen)
            numbered = ends and cue == "V" and word[end - 1].isdigit()
            if not (_capital(word[end - 1]) or numbered):
                break
            scan.at = end
            ends.append(end)
        return ends

    def _unknown_end(self, at: int, ends: list[int], cue: Cue) -> int:
        """Where a name ends that only its cue tells: behind one word, as a rule.

        A village that is none may bear a kecamatan's name of two words: its second one is no name by itself.
        """
        index = self.areas.kecamatan_by_name if cue == "V" else ()
        return max([ends[0], *(e for e in ends if self._folded(at, e) in index)])

    def _known(self, name: str, cue: Cue) -> bool:
        areas = self.areas
        if cue == "V":
            return name in areas.villages_by_name
        if cue == "K":
            return name in areas.kecamatan_by_name or name in areas.foreign_longer
        if name in areas.regencies_by_name or name in areas.foreign_regencies:
            return bool(cue) or not self._is_town(name)
        if cue or self._is_town(name):
            return False
        known = name in areas.kecamatan_by_name or name in areas.provinces
        return known or name in areas.foreign_longer

    def _is_town(self, name: str) -> bool:
        """Whether a variant of a kecamatan's name is the town's without a cue: "Kota Blora"."""
        return name in self.areas.variants and name.startswith(TOWN) and name != TOWN
