"""Settles of each name whether it is a regency, a kecamatan, a village or something outside the province."""

from __future__ import annotations

from extract.mentions.places.addresses import settle_addresses, settle_brackets, settle_frames
from extract.mentions.places.bare_names import settle_bare_kecamatan, settle_bare_regencies
from extract.mentions.places.candidates import Mention, PlaceWords
from extract.mentions.places.name_lists import link_lists, lists_of, mark_town_names, settle_list, settle_told
from extract.vocabulary.areas import Areas
from extract.vocabulary.tokens import Reading


def settle_kinds(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> None:
    """Sets `kind`, `rule`, `run` of every mention; "NONE" for what is no place, or not surely one."""
    link_lists(reading, mentions, words)
    mark_town_names(mentions, areas)
    for mention in mentions:
        mention.in_name = _in_name(reading, mention, words)
        _by_cue(mention, areas)
    _by_dateline(reading, mentions, areas)
    _abroad(mentions, areas)
    settle_brackets(reading, mentions, areas)
    settle_frames(reading, mentions, areas, words)
    settle_addresses(reading, mentions, areas)
    for run in lists_of(mentions):
        settle_told(reading, run, areas, words)
        settle_list(reading, run, areas, words)
    settle_bare_regencies(reading, mentions, areas, words)
    settle_bare_kecamatan(reading, mentions, areas, words)


def _in_name(reading: Reading, mention: Mention, words: PlaceWords) -> bool:
    """Whether a name stands inside the proper name of something else: "Taman Cerdas Jebres", "RSI Weleri"."""
    if mention.cue:
        return False
    lower, word = reading.lower, reading.words
    for at in range(mention.first - 1, max(-1, mention.first - 5), -1):
        if reading.sentence_starts[at + 1]:
            break
        if lower[at] in words.proper_heads and (word[at][0].isupper() or lower[at] in ("jalan", "tol")):
            return True
        if not (word[at][0].isupper() or word[at] in ".-" or word[at].isdigit()):
            break
    return False


def _by_cue(mention: Mention, areas: Areas) -> None:
    if mention.cue == "K":
        mention.kind, mention.rule = "KECAMATAN", "places.cue"
    elif mention.cue == "V":
        mention.kind, mention.rule = "VILLAGE", "places.cue"
    elif mention.cue in ("B", "C", "BC"):
        if mention.name in areas.regencies_by_name:
            mention.kind, mention.rule = "REGENCY", "places.cue"
        elif mention.name in areas.foreign_regencies:
            mention.kind, mention.rule = "FOREIGN", "places.cue"
    elif mention.name in areas.provinces:
        own = areas.provinces[mention.name] == areas.province
        mention.kind, mention.rule = ("PROVINCE" if own else "FOREIGN"), "places.name"


def _by_dateline(reading: Reading, mentions: list[Mention], areas: Areas) -> None:
    """A dateline's places stand alone between its separators; everything else there is an outlet's name."""
    for segment in reading.segments:
        if segment.kind != "dateline":
            continue
        for mention in mentions:
            if not segment.first <= mention.first < segment.last:
                continue
            alone = (
                mention.cue_first == segment.first or reading.words[mention.cue_first - 1] in ",|/-()."
            ) and (mention.last == segment.last or reading.words[mention.last] in ",|/-().")
            if not alone:
                mention.kind = "NONE"
                mention.in_name = True
            elif not mention.cue and mention.name in areas.regencies_by_name:
                mention.kind, mention.rule = "REGENCY", "places.dateline"
            elif not mention.cue and mention.name in areas.foreign_regencies:
                mention.kind, mention.rule = "FOREIGN", "places.dateline"


def _abroad(mentions: list[Mention], areas: Areas) -> None:
    """In an article that opens on a regency elsewhere, the names of its kecamatan mean those."""
    for mention in mentions:
        if mention.cue in ("B", "C", "BC") or mention.rule == "places.dateline" or not mention.cue:
            if mention.name in areas.foreign_regencies and mention.name not in areas.kecamatan_by_name:
                home = set(areas.foreign_regencies[mention.name])
                break
            if mention.kind == "REGENCY" or mention.name in areas.regencies_by_name:
                return
    else:
        return
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        addressed = following and following.cue and following.cue_first <= mention.last + 1
        if addressed and following and following.name in areas.regencies_by_name:
            continue  # its address says that it is one of ours
        if mention.cue in ("", "K") and home & set(areas.foreign_kecamatan.get(mention.name, ())):
            mention.kind, mention.rule = "FOREIGN", "places.abroad"
