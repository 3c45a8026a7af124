"""Slips of the press in a list of kecamatan, where no word says what they are: "Gebang, Kaligising, ..."."""

from __future__ import annotations

import itertools

from extract.mentions.places.candidates import Mention, PlaceWords
from extract.mentions.places.codes import find_alike
from extract.vocabulary.areas import Areas, fold
from extract.vocabulary.scan import skip, skip_before
from extract.vocabulary.tokens import Reading

#: Letters; shorter names are alike by chance.
SHORTEST = 6
#: Words of a kecamatan's name.
WORDS = 2
#: Kecamatan of one regency that make a list's items theirs.
COMPANY = 2


def add_slips(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> list[Mention]:
    """The mentions, with misprinted kecamatan among items or between two members of a list, in order."""
    told = [m for m in mentions if m.kind == "KECAMATAN" and len(m.codes) == 1]
    if len(told) < COMPANY:
        return mentions
    taken = {t for m in mentions for t in range(m.cue_first, m.last)}
    found = [*_among_items(reading, told, taken, areas), *_between(reading, told, taken, areas, words)]
    return sorted([*mentions, *found], key=lambda m: m.first) if found else mentions


def _among_items(reading: Reading, told: list[Mention], taken: set[int], areas: Areas) -> list[Mention]:
    """Items that are nothing but an unknown name, where the list's others are kecamatan of one regency."""
    opened = {m.first: m for m in told}
    found = []
    for is_item, group in itertools.groupby(reading.segments, key=lambda s: s.kind == "item"):
        items = list(group) if is_item else []
        company = [opened[s.first] for s in items if s.first in opened]
        regencies = {m.codes[0][:5] for m in company}
        if len(company) < COMPANY or len(regencies) > 1:
            continue
        (regency,) = regencies
        for item in items:
            last = item.last - (reading.words[item.last - 1] in ".,;")
            if mention := _slip(reading, item.first, last, regency, taken, told, areas):
                found.append(mention)
    return found


def _between(
    reading: Reading, told: list[Mention], taken: set[int], areas: Areas, words: PlaceWords
) -> list[Mention]:
    """Unknown names that stand between two kecamatan of one regency with nothing but joiners around."""
    found = []
    for before, after in itertools.pairwise(told):
        first = skip(before.last, after.cue_first, lambda token: reading.lower[token] in words.joiners)
        last = skip_before(after.cue_first, first, lambda token: reading.lower[token] in words.joiners)
        joined = first > before.last and last < after.cue_first
        if not joined or before.codes[0][:5] != after.codes[0][:5] or last - first > WORDS:
            continue
        if mention := _slip(reading, first, last, before.codes[0][:5], taken, told, areas):
            found.append(mention)
    return found


def _slip(
    reading: Reading, first: int, last: int, regency: str, taken: set[int], told: list[Mention], areas: Areas
) -> Mention | None:
    """The kecamatan of a regency whose name is all but the words of a token range; None for known ones."""
    printed = reading.words[first:last]
    if not 1 <= len(printed) <= WORDS or not all(w[0].isupper() for w in printed):
        return None
    name = fold("".join(printed))
    if len(name) < SHORTEST or not taken.isdisjoint(range(first, last)):
        return None
    code = find_alike(name, (regency,), areas, {m.codes[0] for m in told})
    if not code:
        return None
    return Mention(first, last, name, "", first, kind="KECAMATAN", codes=(code,), rule="places.misprint")
