"""Settles of each name whether it is a regency, a kecamatan, a village or something outside the province."""

from __future__ import annotations

from extract.mentions.places.addresses import settle_addresses, settle_brackets, settle_frames
from extract.mentions.places.bare_kecamatan import settle_bare_kecamatan
from extract.mentions.places.bare_regencies import settle_bare_regencies
from extract.mentions.places.candidates import REGENCY_CUES, Mention, PlaceKind
from extract.mentions.places.headed import settle_headed
from extract.mentions.places.name_lists import link_lists, mark_town_names, settle_list, settle_told
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.areas import Areas
from extract.vocabulary.scan import skip_before
from extract.vocabulary.tokens import Segment

#: Tokens before a name in which the noun of another thing's name may stand.
NAME_REACH = 4
#: Marks between what stands in a dateline, and those inside a proper name.
DATELINE_MARKS, NAME_MARKS = ",|/-().", ".-"
#: The kind that a cue tells for sure.
_TOLD_KINDS: dict[str, PlaceKind] = {"K": "KECAMATAN", "V": "VILLAGE"}


def settle_kinds(text: PlaceText) -> None:
    """Sets `kind`, `rule`, `run` of every mention; "NONE" for what is no place, or not surely one."""
    link_lists(text)
    mark_town_names(text)
    for mention in text.mentions:
        mention.in_name = not mention.cue and _in_name(text, mention)
        _settle_by_cue(mention, text.areas)
    for segment in text.reading.segments:
        if segment.kind == "dateline":
            _settle_dateline(text, segment)
    _settle_abroad(text)
    settle_headed(text)
    settle_brackets(text)
    settle_frames(text)
    settle_addresses(text)
    for run in text.lists():
        settle_told(text, run)
        settle_list(text, run)
    settle_bare_regencies(text)
    settle_bare_kecamatan(text)


def _in_name(text: PlaceText, mention: Mention) -> bool:
    """Whether a name stands inside the proper name of something else: "Taman Cerdas Jebres", "RSI Weleri"."""
    reading, floor = text.reading, max(0, mention.first - NAME_REACH)

    def passed(token: int) -> bool:
        """Whether a token belongs to a name that goes on to the place's, and isn't its noun."""
        if reading.sentence_starts[token + 1] or _heads_name(text, token):
            return False
        word = reading.words[token]
        return word[0].isupper() or word in NAME_MARKS or word.isdigit()

    at = skip_before(mention.first, floor, passed) - 1
    return at >= floor and not reading.sentence_starts[at + 1] and _heads_name(text, at)


def _heads_name(text: PlaceText, token: int) -> bool:
    """Whether a noun that opens proper names stands at a token."""
    word = text.reading.lower[token]
    if word not in text.words.proper_heads:
        return False
    return text.reading.words[token][0].isupper() or word in text.words.small_heads


def _settle_by_cue(mention: Mention, areas: Areas) -> None:
    if mention.name in areas.foreign_longer and mention.cue in ("", "K"):
        mention.settle("FOREIGN", "places.name")
    elif kind := _TOLD_KINDS.get(mention.cue):
        mention.settle(kind, "places.cue")
    elif mention.cue:
        _settle_regency(mention, areas, "places.cue")
    elif mention.name in areas.provinces:
        own = areas.provinces[mention.name] == areas.province
        mention.settle("PROVINCE" if own else "FOREIGN", "places.name")


def _settle_regency(mention: Mention, areas: Areas, rule: str) -> None:
    """A regency of the province, or another one's; nothing where no regency has the name."""
    if mention.name in areas.regencies_by_name:
        mention.settle("REGENCY", rule)
    elif mention.name in areas.foreign_regencies:
        mention.settle("FOREIGN", rule)


def _settle_dateline(text: PlaceText, segment: Segment) -> None:
    """A dateline's places stand alone between its separators; everything else there is an outlet's name."""
    words = text.reading.words
    for mention in text.mentions:
        if not segment.first <= mention.first < segment.last:
            continue
        opens = mention.cue_first == segment.first or words[mention.cue_first - 1] in DATELINE_MARKS
        closes = mention.last == segment.last or words[mention.last] in DATELINE_MARKS
        if not (opens and closes):
            mention.kind = "NONE"
            mention.in_name = True
        elif not mention.cue:
            _settle_regency(mention, text.areas, "places.dateline")


def _settle_abroad(text: PlaceText) -> None:
    """In an article that opens on a regency elsewhere, the names of its kecamatan mean those."""
    home = _home_abroad(text)
    if not home:
        return
    for mention, following in zip(text.mentions, [*text.mentions[1:], None], strict=True):
        if mention.cue not in ("", "K") or _addressed(text, mention, following):
            continue
        if not home.isdisjoint(text.areas.foreign_kecamatan.get(mention.name, ())):
            mention.settle("FOREIGN", "places.abroad")


def _home_abroad(text: PlaceText) -> set[str]:
    """The codes of the regency elsewhere that is named before any of the province; none if there is none."""
    for mention in text.mentions:
        if mention.cue not in ("", *REGENCY_CUES) and mention.rule != "places.dateline":
            continue
        if mention.name in text.areas.foreign_regencies and not text.is_kecamatan(mention):
            return set(text.areas.foreign_regencies[mention.name])
        if mention.kind == "REGENCY" or text.is_regency(mention):
            return set()
    return set()


def _addressed(text: PlaceText, mention: Mention, following: Mention | None) -> bool:
    """Whether the name right behind says that a kecamatan is one of ours."""
    if following is None or not following.cue or following.cue_first > mention.last + 1:
        return False
    return text.is_regency(following)
