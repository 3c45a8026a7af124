"""Which names stand in one list, and what that tells of their kind."""

from __future__ import annotations

import itertools
from collections.abc import Container

from extract.mentions.places.candidates import TOWN, Mention, PlaceKind
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.scan import skip
from extract.vocabulary.tokens import Reading

#: Tokens that may stand between the members of a list.
MAX_JOINERS = 3
#: Tokens behind a name in which it may be told to be a kecamatan.
COPULA_REACH = 7
#: Items of a list without a known name, a slip of the press perhaps, between two that have one.
UNKNOWN_ITEMS = 2
#: Members; the longest list that a report may spell out is that of a regency's kecamatan (27), twice over.
LONGEST_RUN = 60


def link_lists(text: PlaceText) -> None:
    """Marks the mentions that follow another one with nothing but joiners (and a cue) between.

    Items of one bulleted list whose first words are names are linked likewise.
    """
    segments = text.reading.segments
    item_of = {s.first: n for n, s in enumerate(segments) if s.kind == "item"}
    segment_firsts = {s.first for s in segments}
    for before, mention in itertools.pairwise(text.mentions):
        if item := item_of.get(mention.cue_first):
            mention.linked = _item_above(text.reading, item, before.cue_first)
        else:
            _link(text, before, mention, segment_firsts)
    _gather(text.mentions)


def _link(text: PlaceText, before: Mention, mention: Mention, segment_firsts: set[int]) -> None:
    between = text.reading.lower[before.last : mention.cue_first]
    if not 1 <= len(between) <= MAX_JOINERS or not text.words.joiners.issuperset(between):
        return
    if before.cue == "V" and between[0] == ")":
        return  # "Dawe (Desa Colo), dan Kaliwungu": the village is aside
    if not segment_firsts.isdisjoint(range(before.last, mention.first + 1)):
        return
    mention.linked = True
    mention.after_comma = between == [","]
    mention.closing = not text.words.closing_joiners.isdisjoint(between)


def _gather(mentions: list[Mention]) -> None:
    """Gives each mention the list of those that it is linked with."""
    run: list[Mention] = []
    for mention in mentions:
        closed = len(run) > 1 and run[-1].closing and mention.after_comma and not mention.cue
        if closed or len(run) >= LONGEST_RUN:
            mention.linked = False
        if not mention.linked:
            run = []
        run.append(mention)
        mention.run = run


def _item_above(reading: Reading, item: int, first: int) -> bool:
    """Whether a token opens an item above one of the same list, next to it but for items without a place."""
    for number in range(item - 1, max(-1, item - 2 - UNKNOWN_ITEMS), -1):
        above = reading.segments[number]
        if above.kind != "item" or above.first <= first:
            return above.kind == "item" and above.first == first
    return False


def cut_list(mention: Mention) -> None:
    """Ends the list before a mention: it and what follows become a list of their own."""
    mention.linked = False
    at = mention.run.index(mention)
    tail = mention.run[at:]
    del mention.run[at:]
    for member in tail:
        member.run = tail


def mark_town_names(text: PlaceText) -> None:
    """In a list of kecamatan "Kota Kudus" is the kecamatan of that name, not the town."""
    areas = text.areas
    for mention in text.mentions:
        name = TOWN + mention.name
        if mention.cue != "C" or len(mention.run) < 2 or name in areas.variants:
            continue
        around = areas.regencies_with(name)
        mates = (m for m in mention.run if m.cue in ("", "K"))
        if any(not areas.regencies_with(mate.name).isdisjoint(around) for mate in mates):
            mention.name, mention.first, mention.cue = name, mention.cue_first, ""


def settle_told(text: PlaceText, run: list[Mention]) -> None:
    """Names that are told to be kecamatan: "Rembang dan Karanganyar adalah dua kecamatan di X"."""
    if not all(m.open and not m.cue and text.is_kecamatan(m) for m in run):
        return
    reading, last = text.reading, run[-1].last
    reach = min(last + COPULA_REACH, len(reading.words))
    behind = reading.lower[last : skip(last, reach, lambda token: not reading.sentence_starts[token])]
    unit = next((at for at, word in enumerate(behind) if word in text.words.kecamatan), 0)
    if not text.words.copulas.isdisjoint(behind[:unit]):
        for mention in run:
            mention.settle("KECAMATAN", "places.told")


def settle_list(text: PlaceText, run: list[Mention]) -> None:
    """A list's members are of one kind: the cue that opens it, or what all its names can be."""
    if len(run) < 2:
        return
    opened = _spread_kind(text, run)
    free = [m for m in run if m.open and not m.in_name]
    if len(free) > 1 and opened not in ("VILLAGE", "REGENCY"):
        _settle_free(text, free)


def _spread_kind(text: PlaceText, run: list[Mention]) -> PlaceKind:
    """Gives open members the kind told last before them; the one told last in the list, NONE without any."""
    index: dict[PlaceKind, Container[str]] = {
        "KECAMATAN": text.areas.kecamatan_by_name,
        "VILLAGE": text.areas.villages_by_name,
        "REGENCY": text.areas.regencies_by_name,
    }
    opened: PlaceKind = "NONE"
    for mention in run:
        if not mention.open:
            if mention.rule != "places.bracket" or mention.kind == "KECAMATAN":
                opened = mention.kind
            continue
        if opened == "REGENCY" and not text.is_regency(mention):
            opened = "NONE"
        if not mention.in_name and mention.name in index.get(opened, ()):
            mention.settle(opened, "places.list")
    return opened


def _settle_free(text: PlaceText, free: list[Mention]) -> None:
    """Members of a list whose kind no word tells are kecamatan where all of them can be."""
    named = [m for m in free if text.is_kecamatan(m)]
    district = [m for m in named if not text.is_regency(m)]
    if not district:
        return
    shared = frozenset[str].intersection(*(text.areas.regencies_with(m.name) for m in district))
    if not _all_kecamatan(text, free, district, shared):
        return
    for mention in district:
        mention.settle("KECAMATAN", "places.list")
    for mention in named:
        # "Karanganyar, Rembang, dan Karangmoncol": the seats of other regencies are none where all are of one
        inside = not text.areas.regencies_with(mention.name).isdisjoint(shared)
        if mention.open and inside and not _is_seat(text, mention, shared, alone=len(district) < 2):
            mention.settle("KECAMATAN", "places.list")


def _all_kecamatan(
    text: PlaceText, free: list[Mention], district: list[Mention], shared: frozenset[str]
) -> bool:
    """Whether a list's open members may be kecamatan, some of them for sure (`district`)."""
    if len(free) == 2 and free[1].after_comma:
        return False
    if len(district) < 2 and any(text.is_regency(m) and not text.is_kecamatan(m) for m in free):
        return False
    return bool(shared) or any(m.name not in text.words.everyday for m in district)


def _is_seat(text: PlaceText, mention: Mention, shared: frozenset[str], alone: bool) -> bool:
    """Whether a member with a regency's name means the regency.

    It does where only one other is surely a kecamatan, and where it opens the list behind "di" or the like.
    """
    if not text.is_seat(mention, shared):
        return False
    before = text.reading.lower[mention.first - 1]
    return alone or (mention is mention.run[0] and before in text.words.locatives)
