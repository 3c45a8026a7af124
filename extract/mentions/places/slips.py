"""Slips of the press in a list of kecamatan, where no word says what they are: "Gebang, Kaligising, ..."."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

from extract.mentions.places.candidates import Mention
from extract.mentions.places.misprints import find_alike
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.areas import fold, parent
from extract.vocabulary.scan import skip, skip_before

#: Letters; shorter names are alike by chance.
SHORTEST = 6
#: Words of a kecamatan's name.
WORDS = 2
#: Kecamatan of one regency that make a list's items theirs.
COMPANY = 2


def add_slips(text: PlaceText) -> list[Mention]:
    """The mentions, with misprinted kecamatan among items or between two members of a list, in order."""
    slips = _Slips(text)
    if len(slips.told) < COMPANY:
        return text.mentions
    found = [*slips.among_items(), *slips.between()]
    return sorted([*text.mentions, *found], key=lambda m: m.first) if found else text.mentions


class _Slips:
    def __init__(self, text: PlaceText) -> None:
        self.text = text
        self.reading = text.reading
        self.told = [m for m in text.of_kind("KECAMATAN") if len(m.codes) == 1]

    def among_items(self) -> Iterator[Mention]:
        """Items that are nothing but an unknown name, among those of one regency's kecamatan."""
        opened = {m.first: m for m in self.told}
        for is_item, group in itertools.groupby(self.reading.segments, key=lambda s: s.kind == "item"):
            items = list(group) if is_item else []
            company = [opened[s.first] for s in items if s.first in opened]
            regencies = {parent(m.codes[0]) for m in company}
            if len(company) < COMPANY or len(regencies) > 1:
                continue
            for item in items:
                last = item.last - (self.reading.words[item.last - 1] in ".,;")
                yield from self._slip(item.first, last, *regencies)

    def between(self) -> Iterator[Mention]:
        """Unknown names that stand between two kecamatan of one regency with nothing but joiners around."""
        for before, after in itertools.pairwise(self.told):
            regency = parent(before.codes[0])
            first = skip(before.last, after.cue_first, self._joins)
            last = skip_before(after.cue_first, first, self._joins)
            if first > before.last and last < after.cue_first and regency == parent(after.codes[0]):
                yield from self._slip(first, last, regency)

    @functools.cached_property
    def taken(self) -> set[int]:
        """The tokens of all known names and their cues."""
        return {t for m in self.text.mentions for t in range(m.cue_first, m.last)}

    def _joins(self, token: int) -> bool:
        return self.reading.lower[token] in self.text.words.joiners

    def _slip(self, first: int, last: int, regency: str) -> Iterator[Mention]:
        """The kecamatan of a regency whose name is nearly that of a token range; none for known ones."""
        printed = self.reading.words[first:last] if last - first <= WORDS else []
        name = fold("".join(printed)) if all(w[0].isupper() for w in printed) else ""
        if len(name) < SHORTEST or not self.taken.isdisjoint(range(first, last)):
            return
        if code := find_alike(name, (regency,), self.text.areas, {m.codes[0] for m in self.told}):
            yield Mention(
                first, last, name, "", first, kind="KECAMATAN", codes=(code,), rule="places.misprint"
            )
