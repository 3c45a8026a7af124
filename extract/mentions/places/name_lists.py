"""Which names stand in one list, and what that tells of their kind."""

from __future__ import annotations

import itertools
from collections.abc import Collection

from extract.mentions.places.candidates import Mention, PlaceWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.tokens import Reading

#: Tokens that may stand between the members of a list.
MAX_JOINERS = 3
#: Tokens behind a name in which it may be told to be a kecamatan.
COPULA_REACH = 7
#: Items of a list without a known name, a slip of the press perhaps, between two that have one.
UNKNOWN_ITEMS = 2
#: Members; the longest list that a report may spell out is that of a regency's kecamatan (27), twice over.
LONGEST_RUN = 60


def link_lists(reading: Reading, mentions: list[Mention], words: PlaceWords) -> None:
    """Marks the mentions that follow another one with nothing but joiners (and a cue) between.

    Items of one bulleted list whose first words are names are linked likewise.
    """
    item_of = {s.first: n for n, s in enumerate(reading.segments) if s.kind == "item"}
    segment_firsts = {s.first for s in reading.segments}
    for before, mention in itertools.pairwise(mentions):
        item = item_of.get(mention.cue_first)
        if item:
            mention.linked = _item_above(reading, item, before.cue_first)
            continue
        between = reading.lower[before.last : mention.cue_first]
        if not 1 <= len(between) <= MAX_JOINERS or any(w not in words.joiners for w in between):
            continue
        if before.cue == "V" and between[0] == ")":
            continue  # "Dawe (Desa Colo), dan Kaliwungu": the village is aside
        if any(t in segment_firsts for t in range(before.last, mention.first + 1)):
            continue
        mention.linked = True
        mention.after_comma = between == [","]
        mention.closing = any(w in words.closing_joiners for w in between)
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


def mark_town_names(mentions: list[Mention], areas: Areas) -> None:
    """In a list of kecamatan "Kota Kudus" is the kecamatan of that name, not the town."""
    for mention in mentions:
        name = "kota" + mention.name
        codes = areas.kecamatan_by_name.get(name, ())
        if mention.cue != "C" or not codes or name in areas.variants or len(mention.run) < 2:
            continue
        around = {c.rsplit(".", 1)[0] for c in codes}
        for mate in mention.run:
            inside = areas.kecamatan_by_name.get(mate.name, ()) if mate.cue in ("", "K") else ()
            if any(c.rsplit(".", 1)[0] in around for c in inside):
                mention.name, mention.first, mention.cue = name, mention.cue_first, ""
                break


def lists_of(mentions: list[Mention]) -> list[list[Mention]]:
    return [m.run for m in mentions if m.run and m.run[0] is m]


def settle_told(reading: Reading, run: list[Mention], areas: Areas, words: PlaceWords) -> None:
    """Names that are told to be kecamatan: "Rembang dan Karanganyar adalah dua kecamatan di X"."""
    if any(m.kind != "NONE" or m.cue or m.name not in areas.kecamatan_by_name for m in run):
        return
    behind: list[str] = []
    for token in range(run[-1].last, min(run[-1].last + COPULA_REACH, len(reading.words))):
        if reading.sentence_starts[token]:
            break
        behind.append(reading.lower[token])
    units = [i for i, w in enumerate(behind) if w in words.kecamatan]
    if units and any(w in words.copulas for w in behind[: units[0]]):
        for mention in run:
            mention.kind, mention.rule = "KECAMATAN", "places.told"


def settle_list(reading: Reading, run: list[Mention], areas: Areas, words: PlaceWords) -> None:
    """A list's members are of one kind: the cue that opens it, or what all its names can be."""
    if len(run) < 2:
        return
    opened = ""
    for mention in run:
        if mention.kind != "NONE":
            if mention.rule != "places.bracket" or mention.kind == "KECAMATAN":
                opened = mention.kind
            continue
        if opened == "REGENCY" and mention.name not in areas.regencies_by_name:
            opened = ""
        if opened and not mention.in_name:
            index = {
                "KECAMATAN": areas.kecamatan_by_name,
                "VILLAGE": areas.villages_by_name,
                "REGENCY": areas.regencies_by_name,
            }.get(opened)
            if index is not None and mention.name in index:
                mention.kind, mention.rule = opened, "places.list"  # type: ignore[assignment]
    free = [m for m in run if m.kind == "NONE" and not m.in_name]
    if len(free) < 2 or opened in ("VILLAGE", "REGENCY"):
        return
    both = {m for m in free if m.name in areas.regencies_by_name and m.name in areas.kecamatan_by_name}
    district = [m for m in free if m.name in areas.kecamatan_by_name and m not in both]
    if not district or (len(free) == 2 and free[1].after_comma):
        return
    if any(m.name in areas.regencies_by_name and m not in both for m in free) and len(district) < 2:
        return
    shared = _common_regencies(district, areas)
    if not shared and all(m.name in words.everyday for m in district):
        return
    for mention in district:
        mention.kind, mention.rule = "KECAMATAN", "places.list"
    for mention in both:
        codes = areas.kecamatan_by_name[mention.name]
        # "Karanganyar, Rembang, dan Karangmoncol": the seats of other regencies are none where all are of one
        opens = mention is run[0] and reading.lower[mention.first - 1] in words.locatives  # "di X, A dan B"
        seat = is_seat(mention, areas, shared) and (len(district) < 2 or opens)
        if not seat and any(code.rsplit(".", 1)[0] in shared for code in codes):
            mention.kind, mention.rule = "KECAMATAN", "places.list"


def _common_regencies(mentions: list[Mention], areas: Areas) -> set[str]:
    sets = [{c.rsplit(".", 1)[0] for c in areas.kecamatan_by_name[m.name]} for m in mentions]
    return set.intersection(*sets) if sets else set()


def is_seat(mention: Mention, areas: Areas, within: Collection[str] = ()) -> bool:
    """Whether a kecamatan's name is that of its own regency, which a bare mention then means.

    Only the regencies `within` count, if any are given.
    """
    return any(
        code.startswith(regency + ".")
        for code in areas.kecamatan_by_name[mention.name]
        for regency in areas.regencies_by_name[mention.name]
        if not within or regency in within
    )
