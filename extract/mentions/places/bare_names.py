"""Names that stand alone: the context decides whether they are places at all."""

from __future__ import annotations

from bisect import bisect_left

from extract.mentions.places.candidates import Mention, PlaceWords
from extract.mentions.places.name_lists import is_seat, lists_of
from extract.vocabulary.areas import Areas
from extract.vocabulary.scan import skip, skip_before
from extract.vocabulary.tokens import OPENERS, Reading

#: Tokens between a name and the kecamatan beside it that tell it to be one too.
BESIDE = 25
#: Tokens between a name and the list that its sentence goes on with, and members of such a list.
COMPANY, LISTED = 6, 3
#: Kecamatan in its sentence that make an everyday word one too; names on either side that are looked at.
MATES, NEIGHBOURS = 2, 6
#: Marks that open a quote.
_QUOTES = frozenset(OPENERS) - {"(", "["}
#: Kinds of segments that may name one place each.
_LISTING = ("heading", "item")


def settle_bare_regencies(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> None:
    named = {m.name for m in mentions if m.cue in ("B", "C", "BC")}
    districts = {m.name for m in mentions if m.kind == "KECAMATAN"}
    villages = {m.name for m in mentions if m.kind == "VILLAGE"}
    among_regencies = {
        m
        for run in lists_of(mentions)
        if len(run) > 1
        and all(o.kind in ("REGENCY", "NONE") and o.name in areas.regencies_by_name for o in run)
        for m in run
    }
    spoken = {
        code
        for m in mentions
        if m.kind == "REGENCY" or (not m.cue and m.name not in areas.kecamatan_by_name)
        for code in areas.regencies_by_name.get(m.name, ())
    }
    for mention in mentions:
        if mention.kind != "NONE" or mention.cue:
            continue
        foreign = mention.name in areas.foreign_regencies and mention.name not in areas.kecamatan_by_name
        if mention.name not in areas.regencies_by_name and not foreign:
            continue
        if reading.segment_at(mention.first).kind == "dateline" or _blocked(reading, mention, words):
            continue
        if mention.name not in named and mention not in among_regencies:
            if mention.name in villages:
                continue
            if mention.name in areas.kecamatan_by_name and (
                _between(reading, mention, mentions, spoken, areas)
                or _before_list(reading, mention, mentions, spoken, areas)
            ):
                mention.kind, mention.rule = "KECAMATAN", "places.between"
                districts.add(mention.name)
                continue
            if mention.name in districts and _elsewhere(mention, spoken, areas):
                mention.kind, mention.rule = "KECAMATAN", "places.again"
                continue
            if mention.name in areas.kecamatan_by_name and not is_seat(mention, areas):
                if mention.name in districts:
                    mention.kind, mention.rule = "KECAMATAN", "places.again"
                    continue
            elif mention.name in areas.kecamatan_by_name and mention.name in areas.capitals:
                continue
        mention.kind = "FOREIGN" if foreign else "REGENCY"
        mention.rule = "places.locative" if _located(reading, mention, words) else "places.bare"


def _between(
    reading: Reading, mention: Mention, mentions: list[Mention], spoken: set[str], areas: Areas
) -> bool:
    """Whether a name stands between kecamatan of a regency that is spoken of and has one of that name, or
    behind one at the end of a sentence."""
    at = bisect_left(mentions, mention.first, key=lambda m: m.first)
    around = {c.rsplit(".", 1)[0] for c in areas.kecamatan_by_name[mention.name]} & spoken
    around -= set(areas.regencies_by_name[mention.name])
    before, behind = mentions[at - 1] if at else None, mentions[at + 1] if at + 1 < len(mentions) else None
    if behind is None or any(reading.sentence_starts[mention.last : behind.first + 1]):
        behind = before  # "dari arah Bobotsari memutar lewat Karanganyar.": the sentence names no more
    for beside in (before, behind):
        if beside is None or beside.kind not in ("KECAMATAN", "NONE") or beside.cue not in ("", "K"):
            return False
        if abs(beside.first - mention.first) > BESIDE or beside.name in areas.regencies_by_name:
            return False
        around &= {c.rsplit(".", 1)[0] for c in areas.kecamatan_by_name.get(beside.name, ())}
    return bool(around)


def _before_list(
    reading: Reading, mention: Mention, mentions: list[Mention], spoken: set[str], areas: Areas
) -> bool:
    """Whether the sentence goes on with kecamatan of a regency that is spoken of and has one of this name:
    "Terparah di Karanganyar, disusul Mijen, Gajah, serta Wedung"."""
    at = bisect_left(mentions, mention.first, key=lambda m: m.first) + 1
    if at >= len(mentions) or mentions[at].first - mention.last > COMPANY:
        return False
    run = mentions[at].run
    if len(run) < LISTED or any(reading.sentence_starts[mention.first + 1 : run[0].first + 1]):
        return False
    around = {c.rsplit(".", 1)[0] for c in areas.kecamatan_by_name[mention.name]} & spoken
    around -= set(areas.regencies_by_name[mention.name])
    for mate in run:
        around &= {c.rsplit(".", 1)[0] for c in areas.kecamatan_by_name.get(mate.name, ())}
    return bool(around)


def _elsewhere(mention: Mention, spoken: set[str], areas: Areas) -> bool:
    """Whether a regency that the article speaks of has a kecamatan of another regency's name."""
    return any(
        code.rsplit(".", 1)[0] in spoken
        and code.rsplit(".", 1)[0] not in areas.regencies_by_name.get(mention.name, ())
        for code in areas.kecamatan_by_name.get(mention.name, ())  # "Kecamatan Klaten": there is none
    )


def _blocked(reading: Reading, mention: Mention, words: PlaceWords) -> bool:
    """Whether a regency's bare name is part of an outlet's, a road's, a region's, or an everyday word."""
    lower, word = reading.lower, reading.words
    segment = reading.segment_at(mention.first)
    before, after = mention.first - 1, mention.last
    if before >= segment.first and word[before][0].isupper() and lower[before] in words.outlets:
        return True
    if after < segment.last and word[after][0].isupper() and lower[after] in words.outlets:
        return True
    if after < segment.last and lower[after] in words.wider:
        return True
    near = lower[max(segment.first, mention.first - 4) : mention.first]
    if any(w in words.regency_blockers for w in near[-3:]) or ("tol" in near and "-" in near[-3:]):
        return True
    if mention.name in words.everyday:
        return before >= segment.first and (lower[before] in words.counters or lower[before][0].isdigit())
    return False


def settle_bare_kecamatan(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> None:
    """A name alone is a kecamatan where the article speaks of its regency, or has named it with its cue."""
    regencies = {c for m in mentions if m.kind == "REGENCY" for c in areas.regencies_by_name[m.name]}
    known = {m.name for m in mentions if m.kind == "KECAMATAN"}
    villages = {m.name for m in mentions if m.kind == "VILLAGE"}
    for mention in reversed(mentions):  # the text first: a headline's bare names need it
        if mention.kind != "NONE" or mention.cue or mention.in_name:
            continue
        codes = areas.kecamatan_by_name.get(mention.name, ())
        if not codes or (mention.name not in known and mention.name in villages):
            continue
        if _part_of_name(reading, mention, mentions, words) or _of_region(reading, mention, words):
            continue
        if mention.name not in known:
            if mention.first < reading.title_end:
                continue
            if mention.name in words.everyday and not (
                _headed(reading, mention, mentions, regencies, areas, words)
                or _located(reading, mention, words)
                or _addressed(reading, mention, mentions, areas)
                or _in_company(mention, mention.run, regencies, areas, words, 1)
                or _in_company(mention, _beside(reading, mention, mentions), regencies, areas, words, MATES)
            ):
                continue
            if not any(c.rsplit(".", 1)[0] in regencies for c in codes):
                continue
            known.add(mention.name)
        mention.kind, mention.rule = "KECAMATAN", "places.bare"


def _located(reading: Reading, mention: Mention, words: PlaceWords) -> bool:
    before = mention.first - 1
    return (
        before >= 0
        and not reading.sentence_starts[mention.first]
        and reading.lower[before] in words.locatives
    )


def _addressed(reading: Reading, mention: Mention, mentions: list[Mention], areas: Areas) -> bool:
    """Whether a name opens its sentence and the regency that holds it follows: "4. Bulu, Sukoharjo"."""
    at = bisect_left(mentions, mention.first, key=lambda m: m.first) + 1
    if not reading.sentence_starts[mention.first] or at >= len(mentions):
        return False
    outer = mentions[at]
    if reading.words[mention.last : outer.cue_first] != [","] or outer.kind != "REGENCY":
        return False
    around = areas.regencies_by_name.get(outer.name, ())
    return any(c.rsplit(".", 1)[0] in around for c in areas.kecamatan_by_name[mention.name])


def _of_region(reading: Reading, mention: Mention, words: PlaceWords) -> bool:
    """Whether a name is that of a region of several regencies: "wilayah Kedu"."""
    before = mention.first - 1
    return mention.name in words.regions and before >= 0 and reading.lower[before] in words.of_region


def _headed(
    reading: Reading,
    mention: Mention,
    mentions: list[Mention],
    regencies: set[str],
    areas: Areas,
    words: PlaceWords,
) -> bool:
    """Whether a name is all of a heading or item whose neighbours are kecamatan: "1. Tugu", "2. Mijen"."""

    def alone(one: Mention) -> bool:
        segment = reading.segment_at(one.first)
        return segment.first == one.first and segment.last - one.last <= 1 and segment.kind in _LISTING

    if not alone(mention):
        return False
    near = [m for m in _neighbours(mention, mentions) if alone(m)]
    return _in_company(mention, near, regencies, areas, words, 1)


def _neighbours(mention: Mention, mentions: list[Mention]) -> list[Mention]:
    at = bisect_left(mentions, mention.first, key=lambda m: m.first)
    return mentions[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]


def _in_company(
    mention: Mention, mates: list[Mention], regencies: set[str], areas: Areas, words: PlaceWords, least: int
) -> bool:
    """Whether at least so many others can be nothing but kecamatan of a regency that has one of this name."""
    around = {c.rsplit(".", 1)[0] for c in areas.kecamatan_by_name[mention.name]} & regencies
    names = {
        m.name
        for m in mates
        if m is not mention and m.name not in words.everyday and m.cue in ("", "K")
        if any(c.rsplit(".", 1)[0] in around for c in areas.kecamatan_by_name.get(m.name, ()))
    }
    return len(names) >= least


def _beside(reading: Reading, mention: Mention, mentions: list[Mention]) -> list[Mention]:
    """The other names of a name's sentence, a few on either side."""
    starts = reading.sentence_starts
    first = skip_before(mention.first, max(0, mention.first - BESIDE), lambda token: not starts[token + 1])
    end = min(len(starts), mention.first + BESIDE)
    last = skip(mention.first + 1, end, lambda token: not starts[token]) - 1
    return [m for m in _neighbours(mention, mentions) if first <= m.first <= last]


def _part_of_name(reading: Reading, mention: Mention, mentions: list[Mention], words: PlaceWords) -> bool:
    """Whether capitalised words that are no places touch the name, as in a person's."""
    word = reading.words
    segment = reading.segment_at(mention.first)
    if segment.kind == "dateline":
        return True
    at = bisect_left(mentions, mention.first, key=lambda m: m.first)
    beside = mentions[max(0, at - 1) : at] + mentions[at + 1 : at + 2]
    taken = {t for m in beside if m.kind != "NONE" for t in range(m.first, m.last)}
    before, after = mention.first - 1, mention.last
    title = segment.kind == "title"
    if after < segment.last and word[after][0].isupper() and after not in taken and not title:
        return True
    if before < segment.first or reading.sentence_starts[mention.first] or before in taken or title:
        return False
    if not word[before][0].isupper() or reading.lower[before] in words.not_places:
        return False
    named = words.buildings.find(reading.lower, max(segment.first, mention.first - 6), mention.first)
    if named and named[-1][1] == mention.first:
        return False
    # the first word of a sentence, or of a quote, has its capital from there: "Sedangkan Bobotsari ..."
    quoted = before > segment.first and reading.lower[before - 1] in _QUOTES
    return not (reading.sentence_starts[before] or quoted)
