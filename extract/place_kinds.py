"""Settles of each name whether it is a regency, a kecamatan, a village or something outside the province."""

from __future__ import annotations

import itertools
from bisect import bisect_left

from extract.areas import Areas
from extract.place_scan import Mention, PlaceWords
from extract.text import Reading

#: Tokens that may stand between the members of a list.
MAX_JOINERS = 3
#: Tokens behind a name in which it may be told to be a kecamatan.
COPULA_REACH = 7
#: Members; the longest list that a report may spell out is that of a regency's kecamatan (27), twice over.
LONGEST_RUN = 60


def settle_kinds(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> None:
    """Sets `kind`, `rule`, `run` of every mention; "NONE" for what is no place, or not surely one."""
    _link(reading, mentions, words)
    _town_names(mentions, areas)
    for mention in mentions:
        mention.in_name = _in_name(reading, mention, words)
        _by_cue(mention, areas)
    _by_dateline(reading, mentions, areas)
    _abroad(mentions, areas)
    _bracketed(reading, mentions, areas)
    _framed(reading, mentions, areas, words)
    _addresses(reading, mentions, areas)
    for run in _runs(mentions):
        _by_copula(reading, run, areas, words)
        _by_run(reading, run, areas, words)
    _bare_regencies(reading, mentions, areas, words)
    _bare_kecamatan(reading, mentions, areas, words)


def _link(reading: Reading, mentions: list[Mention], words: PlaceWords) -> None:
    """Marks the mentions that follow another one with nothing but joiners (and a cue) between.

    Items of one bulleted list whose first words are names are linked likewise.
    """
    item_of = {s.first: n for n, s in enumerate(reading.segments) if s.kind == "item"}
    segment_firsts = {s.first for s in reading.segments}
    for before, mention in itertools.pairwise(mentions):
        item = item_of.get(mention.cue_first)
        if item:
            above = reading.segments[item - 1]
            same = above.kind == "item" and above.block == reading.segments[item].block
            mention.linked = same and above.first == before.cue_first
            continue
        between = reading.lower[before.last : mention.cue_first]
        if not 1 <= len(between) <= MAX_JOINERS or any(w not in words.joiners for w in between):
            continue
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


def _cut(mention: Mention) -> None:
    """Ends the list before a mention: it and what follows become a list of their own."""
    mention.linked = False
    at = mention.run.index(mention)
    tail = mention.run[at:]
    del mention.run[at:]
    for member in tail:
        member.run = tail


def _town_names(mentions: list[Mention], areas: Areas) -> None:
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


def _runs(mentions: list[Mention]) -> list[list[Mention]]:
    return [m.run for m in mentions if m.run and m.run[0] is m]


def _in_name(reading: Reading, mention: Mention, words: PlaceWords) -> bool:
    """Whether a name stands inside the proper name of something else: "Taman Cerdas Jebres", "RSI Weleri"."""
    if mention.cue:
        return False
    lower, word = reading.lower, reading.words
    at = mention.first - 1
    steps = 0
    while at >= 0 and steps < 4 and not reading.sentence_starts[at + 1]:
        if lower[at] in words.proper_heads and (word[at][0].isupper() or lower[at] in ("jalan", "tol")):
            return True
        if not (word[at][0].isupper() or word[at] in ".-" or word[at].isdigit()):
            break
        at -= 1
        steps += 1
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


def _bracketed(reading: Reading, mentions: list[Mention], areas: Areas) -> None:
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


def _framed(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> None:
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
        if not inside or (regency.kind == "NONE" and len(inside) < 2 and gap != ["("]):
            continue
        regency.kind, regency.rule = "REGENCY", regency.rule or "places.frame"
        if inside[0].linked:
            _cut(inside[0])
        for member in inside:
            member.kind, member.rule, member.frame = "KECAMATAN", member.rule or "places.list", codes


def _addresses(reading: Reading, mentions: list[Mention], areas: Areas) -> None:
    """Behind a comma, or right behind a smaller area, stands the one that holds it: "Desa A, B, C"."""
    for index, mention in enumerate(mentions[1:], 1):
        before = mentions[index - 1]
        gap = reading.words[before.last : mention.first]
        if (
            mention.cue
            or mention.kind not in ("NONE", "FOREIGN")
            or len(gap) > 1
            or (gap and gap[0] not in ",(")
        ):
            continue
        if gap and gap[0] == "," and _list_goes_on(mentions, index):
            continue
        if before.kind == "KECAMATAN":
            _larger(mention, before, areas)
        elif before.kind == "VILLAGE" and mention.name in areas.kecamatan_by_name:
            holds = {v.rsplit(".", 1)[0] for v in areas.villages_by_name.get(before.name, ())}
            codes = areas.kecamatan_by_name[mention.name]
            if holds & set(codes) or (not gap and mention.name not in areas.regencies_by_name):
                mention.kind, mention.rule = "KECAMATAN", "places.address"
                _cut(mention)
            else:
                _larger(mention, before, areas)
        elif before.kind == "VILLAGE":
            _larger(mention, before, areas)


def _list_goes_on(mentions: list[Mention], index: int) -> bool:
    """Whether further members of the same list follow a mention."""
    following = mentions[index + 1] if index + 1 < len(mentions) else None
    return following is not None and following.linked and not following.cue and following.kind == "NONE"


def _larger(mention: Mention, before: Mention, areas: Areas) -> None:
    if mention.name in areas.regencies_by_name:
        codes = areas.regencies_by_name[mention.name]
        inner = areas.kecamatan_by_name if before.kind == "KECAMATAN" else areas.villages_by_name
        held = any(code.startswith(c + ".") for code in inner.get(before.name, ()) for c in codes)
        if held or before.name not in inner:
            mention.kind, mention.rule = "REGENCY", "places.address"
            _cut(mention)
    elif mention.name in areas.foreign_regencies:
        mention.kind, mention.rule = "FOREIGN", "places.address"


def _by_copula(reading: Reading, run: list[Mention], areas: Areas, words: PlaceWords) -> None:
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


def _by_run(reading: Reading, run: list[Mention], areas: Areas, words: PlaceWords) -> None:
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
        seat = _seat(mention, areas) and len(district) < 2
        if not seat and any(code.rsplit(".", 1)[0] in shared for code in codes):
            mention.kind, mention.rule = "KECAMATAN", "places.list"


def _common_regencies(mentions: list[Mention], areas: Areas) -> set[str]:
    sets = [{c.rsplit(".", 1)[0] for c in areas.kecamatan_by_name[m.name]} for m in mentions]
    return set.intersection(*sets) if sets else set()


def _bare_regencies(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> None:
    named = {m.name for m in mentions if m.cue in ("B", "C", "BC")}
    districts = {m.name for m in mentions if m.kind == "KECAMATAN"}
    villages = {m.name for m in mentions if m.kind == "VILLAGE"}
    among_regencies = {
        m
        for run in _runs(mentions)
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
            if mention.name in districts and _elsewhere(mention, spoken, areas):
                mention.kind, mention.rule = "KECAMATAN", "places.again"
                continue
            if mention.name in areas.kecamatan_by_name and not _seat(mention, areas):
                if mention.name in districts:
                    mention.kind, mention.rule = "KECAMATAN", "places.again"
                    continue
            elif mention.name in areas.kecamatan_by_name and mention.name in areas.capitals:
                continue
        mention.kind = "FOREIGN" if foreign else "REGENCY"
        mention.rule = "places.locative" if _located(reading, mention, words) else "places.bare"


def _elsewhere(mention: Mention, spoken: set[str], areas: Areas) -> bool:
    """Whether a regency that the article speaks of has a kecamatan of another regency's name."""
    return any(
        code.rsplit(".", 1)[0] in spoken
        and code.rsplit(".", 1)[0] not in areas.regencies_by_name[mention.name]
        for code in areas.kecamatan_by_name[mention.name]
    )


def _seat(mention: Mention, areas: Areas) -> bool:
    """Whether a kecamatan's name is that of its own regency, which a bare mention then means."""
    return any(
        code.startswith(regency + ".")
        for code in areas.kecamatan_by_name[mention.name]
        for regency in areas.regencies_by_name[mention.name]
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


def _bare_kecamatan(reading: Reading, mentions: list[Mention], areas: Areas, words: PlaceWords) -> None:
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
        if _part_of_name(reading, mention, mentions):
            continue
        if mention.name not in known:
            if mention.first < reading.title_end:
                continue
            if mention.name in words.everyday and not _located(reading, mention, words):
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


def _part_of_name(reading: Reading, mention: Mention, mentions: list[Mention]) -> bool:
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
    if not word[before][0].isupper():
        return False
    # the first word of a sentence has its capital from there: "Sedangkan Bobotsari ..."
    return not reading.sentence_starts[before]
