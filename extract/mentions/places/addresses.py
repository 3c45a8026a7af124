"""Names that stand with the area around them: brackets, frames, addresses."""

from __future__ import annotations

import itertools

from extract.mentions.places.candidates import Mention
from extract.mentions.places.name_lists import LONGEST_RUN, cut_list
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.areas import parent

#: Tokens between a regency and the list of its kecamatan: ", yakni:".
OPENER = 4


# --- brackets --------------------------------------------------------------------------------------


def settle_brackets(text: PlaceText) -> None:
    """A kecamatan with its regency in brackets: "Bandar (Batang)"."""
    areas = text.areas
    for before, mention in itertools.pairwise(text.mentions):
        if text.reading.words[before.last : mention.cue_first] != ["("] or before.cue not in ("", "K"):
            continue
        if not areas.regencies_with(before.name).isdisjoint(areas.regencies_by_name.get(mention.name, ())):
            before.settle("KECAMATAN", before.rule or "places.bracket")
            mention.settle("REGENCY", "places.bracket")
        elif mention.name in areas.foreign_regencies and before.name in areas.foreign_kecamatan:
            before.settle("FOREIGN", "places.bracket")
            mention.settle("FOREIGN", "places.bracket")


# --- frames ----------------------------------------------------------------------------------------


def settle_frames(text: PlaceText) -> None:
    """A regency with the list of its kecamatan: "Kab. Tegal (Bumijawa, Bojong)", "Rembang: Sumber, Bulu"."""
    for index, regency in enumerate(text.mentions[:-1]):
        if regency.cue in ("K", "V") or regency.kind not in ("NONE", "REGENCY"):
            continue
        codes = text.areas.regencies_by_name.get(regency.name, ())
        opener = _opener(text, regency, text.mentions[index + 1])
        if not codes or not opener:
            continue
        inside = _inside(text, index, codes)
        least = 2 if regency.open and opener != ["("] else 1
        if len(inside) < least:
            continue
        regency.settle("REGENCY", regency.rule or "places.frame")
        if inside[0].linked:
            cut_list(inside[0])
        for member in inside:
            member.settle("KECAMATAN", member.rule or "places.list")
            member.frame = codes


def _opener(text: PlaceText, regency: Mention, first: Mention) -> list[str]:
    """What opens a list between a regency and the next name, [] if nothing does."""
    gap = text.reading.lower[regency.last : first.cue_first]
    if not 1 <= len(gap) <= OPENER or (regency.open and gap[0] == ","):
        return []
    return gap if gap == ["("] or not text.words.list_openers.isdisjoint(gap) else []


def _inside(text: PlaceText, index: int, codes: tuple[str, ...]) -> list[Mention]:
    """The members of the list behind a mention that lie in the regencies of some codes."""
    inside: list[Mention] = []
    for before, member in itertools.pairwise(text.mentions[index : index + LONGEST_RUN + 2]):
        if (inside and not member.linked) or member.cue not in ("", "K"):
            break
        if ")" in text.reading.words[before.last : member.first]:
            break
        if text.areas.regencies_with(member.name).isdisjoint(codes):
            break
        inside.append(member)
    if len(inside) == 2 and text.areas.regencies_by_name.get(inside[1].name, ()) == codes:
        inside.pop()  # "1. Weru, Sukoharjo" is an address
    return inside


# --- addresses -------------------------------------------------------------------------------------


def settle_addresses(text: PlaceText) -> None:
    """Behind a comma, or right behind a smaller area, stands the one that holds it: "Desa A, B, C"."""
    for index, mention in enumerate(text.mentions[1:], 1):
        before = text.mentions[index - 1]
        gap = text.reading.words[before.last : mention.first]
        if not _may_hold(text, mention) or gap not in ([], [","], ["("]):
            continue
        if gap == [","] and _list_goes_on(text.mentions, index) and not _nested(text, index):
            continue
        if before.kind == "VILLAGE" and text.is_kecamatan(mention):
            _settle_holder(text, mention, before, touching=not gap)
        elif before.kind in ("KECAMATAN", "VILLAGE"):
            _settle_larger(text, mention, before)


def _may_hold(text: PlaceText, mention: Mention) -> bool:
    """Whether a name without a cue may be that of the area around the one before it."""
    bare = not mention.cue and mention.kind in ("NONE", "FOREIGN")
    return bare and not text.reading.sentence_starts[mention.first]


def _list_goes_on(mentions: list[Mention], index: int) -> bool:
    """Whether further members of the same list follow a mention."""
    following = mentions[index + 1] if index + 1 < len(mentions) else None
    return following is not None and following.linked and not following.cue and following.open


def _nested(text: PlaceText, index: int) -> bool:
    """Whether a village, this name and the next one lie one in the other: "Desa A, B, C"."""
    before, mention, following = text.mentions[index - 1 : index + 2]
    if before.kind != "VILLAGE" or not before.cue:
        return False
    inner = text.areas.kecamatan_with(before.name)
    holding = inner.intersection(text.areas.kecamatan_by_name.get(mention.name, ()))
    return not {parent(code) for code in holding}.isdisjoint(
        text.areas.regencies_by_name.get(following.name, ())
    )


def _settle_holder(text: PlaceText, mention: Mention, village: Mention, touching: bool) -> None:
    """A name behind a village is its kecamatan's, or a larger area's where that kecamatan lies elsewhere."""
    holds = text.areas.kecamatan_with(village.name)
    held = not holds.isdisjoint(text.areas.kecamatan_by_name[mention.name])
    told = touching and not text.is_regency(mention) and mention.name not in text.words.everyday
    if held or told:
        mention.settle("KECAMATAN", "places.address")
        cut_list(mention)
    else:
        _settle_larger(text, mention, village)


def _settle_larger(text: PlaceText, mention: Mention, before: Mention) -> None:
    areas = text.areas
    if text.is_regency(mention):
        inner = areas.kecamatan_by_name if before.kind == "KECAMATAN" else areas.villages_by_name
        around = {areas.regency_of(code).code for code in inner.get(before.name, ())}
        if before.name not in inner or not around.isdisjoint(areas.regencies_by_name[mention.name]):
            mention.settle("REGENCY", "places.address")
            cut_list(mention)
    elif mention.name in areas.foreign_regencies:
        mention.settle("FOREIGN", "places.address")
