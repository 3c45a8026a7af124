"""Names that stand with the area around them: brackets, frames, addresses."""

from __future__ import annotations

import itertools

from extract.mentions.places.candidates import Mention, PlaceWords
from extract.mentions.places.name_lists import cut_list
from extract.vocabulary.areas import Areas
from extract.vocabulary.tokens import Reading


def settle_brackets(reading: Reading, mentions: list[Mention], areas: Areas) -> None:
    """A kecamatan with its regency in brackets: "Bandar (Batang)"."""
    for before, mention in itertools.pairwise(mentions):
        if reading.words[before.last : mention.cue_first] != ["("] or before.cue not in ("", "K"):
            continue
        inside = areas.kecamatan_by_name.get(before.name, ())
        around = areas.regencies_by_name.get(mention.name, ())
        if any(code.startswith(regency + ".") for code in inside for regency in around):
            before.kind, before.rule = "KECAMATAN", before.rule or "places.bracket"
            mention.kind, mention.rule = "REGENCY", "places.bracket"
        elif mention.name in areas.foreign_regencies and before.name in areas.foreign_kecamatan:
            before.kind, before.rule = "FOREIGN", "places.bracket"
            mention.kind, mention.rule = "FOREIGN", "places.bracket"


def settle_frames(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> None:
    """A regency with the list of its kecamatan: "Kab. Tegal (Bumijawa, Bojong)", "Rembang: Sumber, Bulu"."""
    for index, regency in enumerate(mentions[:-1]):
        if regency.cue in ("K", "V") or regency.kind not in ("NONE", "REGENCY"):
            continue
        codes = areas.regencies_by_name.get(regency.name, ())
        gap = reading.lower[regency.last : mentions[index + 1].cue_first]
        if not codes or not 1 <= len(gap) <= 4 or not (gap == ["("] or set(gap) & words.list_openers):
            continue
        if regency.kind == "NONE" and gap[0] == ",":
            continue
        inside: list[Mention] = []
        for at in range(index + 1, len(mentions)):
            member = mentions[at]
            if (at > index + 1 and not member.linked) or member.cue not in ("", "K"):
                break
            if ")" in reading.words[mentions[at - 1].last : member.first]:
                break
            fitting = areas.kecamatan_by_name.get(member.name, ())
            if not any(c.rsplit(".", 1)[0] in codes for c in fitting):
                break
            inside.append(member)
        if len(inside) == 2 and areas.regencies_by_name.get(inside[1].name, ()) == codes:
            inside.pop()  # "1. Weru, Sukoharjo" is an address
        if not inside or (regency.kind == "NONE" and len(inside) < 2 and gap != ["("]):
            continue
        regency.kind, regency.rule = "REGENCY", regency.rule or "places.frame"
        if inside[0].linked:
            cut_list(inside[0])
        for member in inside:
            member.kind, member.rule, member.frame = "KECAMATAN", member.rule or "places.list", codes


def settle_addresses(reading: Reading, mentions: list[Mention], areas: Areas) -> None:
    """Behind a comma, or right behind a smaller area, stands the one that holds it: "Desa A, B, C"."""
    for index, mention in enumerate(mentions[1:], 1):
        before = mentions[index - 1]
        gap = reading.words[before.last : mention.first]
        if (
            mention.cue
            or reading.sentence_starts[mention.first]
            or mention.kind not in ("NONE", "FOREIGN")
            or len(gap) > 1
            or (gap and gap[0] not in ",(")
        ):
            continue
        if gap and gap[0] == "," and _list_goes_on(mentions, index) and not _nested(mentions, index, areas):
            continue
        if before.kind == "KECAMATAN":
            _larger(mention, before, areas)
        elif before.kind == "VILLAGE" and mention.name in areas.kecamatan_by_name:
            holds = {v.rsplit(".", 1)[0] for v in areas.villages_by_name.get(before.name, ())}
            codes = areas.kecamatan_by_name[mention.name]
            if holds & set(codes) or (not gap and mention.name not in areas.regencies_by_name):
                mention.kind, mention.rule = "KECAMATAN", "places.address"
                cut_list(mention)
            else:
                _larger(mention, before, areas)
        elif before.kind == "VILLAGE":
            _larger(mention, before, areas)


def _list_goes_on(mentions: list[Mention], index: int) -> bool:
    """Whether further members of the same list follow a mention."""
    following = mentions[index + 1] if index + 1 < len(mentions) else None
    return following is not None and following.linked and not following.cue and following.kind == "NONE"


def _nested(mentions: list[Mention], index: int, areas: Areas) -> bool:
    """Whether a village, this name and the next one lie one in the other: "Desa A, B, C"."""
    before, mention, following = mentions[index - 1 : index + 2]
    if before.kind != "VILLAGE" or not before.cue:
        return False
    inner = {v.rsplit(".", 1)[0] for v in areas.villages_by_name.get(before.name, ())}
    holding = inner.intersection(areas.kecamatan_by_name.get(mention.name, ()))
    regencies = areas.regencies_by_name.get(following.name, ())
    return any(code.startswith(regency + ".") for code in holding for regency in regencies)


def _larger(mention: Mention, before: Mention, areas: Areas) -> None:
    if mention.name in areas.regencies_by_name:
        codes = areas.regencies_by_name[mention.name]
        inner = areas.kecamatan_by_name if before.kind == "KECAMATAN" else areas.villages_by_name
        held = any(code.startswith(c + ".") for code in inner.get(before.name, ()) for c in codes)
        if held or before.name not in inner:
            mention.kind, mention.rule = "REGENCY", "places.address"
            cut_list(mention)
    elif mention.name in areas.foreign_regencies:
        mention.kind, mention.rule = "FOREIGN", "places.address"
