"""Settles which official code each place name stands for."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable

from extract.mentions.places.candidates import Mention
from extract.vocabulary.areas import Areas, fold
from extract.vocabulary.scan import skip, skip_before
from extract.vocabulary.tokens import Reading

#: How alike a misprinted kecamatan must be to an official one of the same regency (difflib's ratio).
MISPRINT_RATIO = 0.84
#: How many regencies before and behind a kecamatan are asked for it.
NEAR = 12


def settle_codes(reading: Reading, mentions: list[Mention], areas: Areas) -> None:
    """Sets `codes`; a kecamatan or regency that turns out to lie elsewhere becomes FOREIGN or NONE."""
    _regencies(reading, mentions, areas)
    _kecamatan(reading, mentions, areas)
    _villages(mentions, areas)


# --- regencies -------------------------------------------------------------------------------------


def _of_kind(codes: Iterable[str], cue: str, areas: Areas) -> tuple[str, ...]:
    kind = {"B": "kabupaten", "C": "kota"}.get(cue)
    codes = tuple(codes)
    fitting = tuple(c for c in codes if areas.regency_by_code[c].kind == kind)
    return fitting or codes


def _regencies(reading: Reading, mentions: list[Mention], areas: Areas) -> None:
    found = [m for m in mentions if m.kind == "REGENCY"]
    for mention in found:
        mention.codes = _of_kind(areas.regencies_by_name[mention.name], mention.cue, areas)
    for mention in found:  # "sebelas kabupaten, yakni A, B dan C"
        if len(mention.codes) > 1:
            mention.codes = _of_kind(mention.codes, _list_cue(reading, mention), areas)
    named: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        if mention.cue and len(mention.codes) == 1:
            named[mention.name].add(mention.codes[0])
    inside = {
        codes[0].rsplit(".", 1)[0]
        for m in mentions
        if m.kind == "KECAMATAN" and len(codes := areas.kecamatan_by_name.get(m.name, ())) == 1
    }
    for mention in found:
        if len(mention.codes) > 1:
            mention.codes = _twin(mention, named[mention.name], inside, mentions, areas)


def _list_cue(reading: Reading, mention: Mention) -> str:
    """B or C where the list's first name follows "kabupaten" or "kota" and an opener."""
    first = mention.run[0]
    if first.cue in ("B", "C") and first is not mention:
        return first.cue if not any(m.cue for m in mention.run[1:]) else ""
    at = first.first - 1
    seen = ""
    for back in range(at, max(-1, at - 7), -1):
        if reading.sentence_starts[back + 1]:
            break
        word = reading.lower[back]
        if word in ("kabupaten", "kota") and not reading.words[back + 1][0].isupper():
            seen = "B" if word == "kabupaten" else "C"
            other = reading.lower[back - 1 : back] + reading.lower[back + 1 : back + 2]
            return "" if "/" in other else seen
    return ""


def _twin(
    mention: Mention, named: set[str], inside: set[str], mentions: list[Mention], areas: Areas
) -> tuple[str, ...]:
    """One of a kabupaten and a kota of the same name: as named elsewhere, or by the kecamatan beside it.

    `named` are the codes that the article prints with their kind, `inside` the regencies of its kecamatan.
    """
    at = bisect_left(mentions, mention.first, key=lambda m: m.first)
    if mention.rule in ("places.address", "places.bracket") and at:
        inner = areas.kecamatan_by_name.get(mentions[at - 1].name, ())
        holding = tuple(c for c in mention.codes if any(code.startswith(c + ".") for code in inner))
        if len(holding) == 1:
            return holding
    usual = areas.usual_twin.get(mention.name)
    if usual and mention.rule in ("places.dateline", "places.locative"):
        return (usual,)
    if len(named) == 1:
        return tuple(named)
    if not named and usual:
        return (usual,)
    holding = tuple(c for c in mention.codes if c in inside)
    if not named and len(holding) == 1:
        return holding
    return mention.codes


# --- kecamatan -------------------------------------------------------------------------------------


def _kecamatan(reading: Reading, mentions: list[Mention], areas: Areas) -> None:
    spoken = [m for m in mentions if m.kind == "REGENCY"]
    everywhere = {c for m in spoken for c in m.codes}
    firsts = [m.first for m in spoken]
    foreign = any(m.kind == "FOREIGN" for m in mentions)
    last_area = ""  # kind of the last larger area before the mention
    for index, mention in enumerate(mentions):
        if mention.kind in ("REGENCY", "FOREIGN", "PROVINCE"):
            last_area = mention.kind
        if mention.kind != "KECAMATAN":
            continue
        address = _address(reading, mentions, index)
        if address is not None and address.kind == "FOREIGN":
            mention.kind = "FOREIGN"
            continue
        codes = areas.kecamatan_by_name.get(mention.name, ())
        near = _near_regencies(reading, mention, address, spoken, firsts)
        if not codes:
            codes = _misprint(mention, near or [tuple(everywhere)], areas)
            if not codes:
                mention.kind = "NONE"
                continue
        elif mention.name in areas.variants and everywhere and not _within(codes, everywhere):
            mention.kind = "NONE"  # a slip of the press for a kecamatan of which the article doesn't speak
            continue
        if foreign and _abroad(mention, codes, everywhere, last_area, areas):
            mention.kind = "FOREIGN"
            continue
        mention.codes = _narrow(codes, near, mention, everywhere, areas)


def _address(reading: Reading, mentions: list[Mention], index: int) -> Mention | None:
    """The larger area right behind a kecamatan or behind the list that it stands in."""
    for at in range(index, min(index + 12, len(mentions) - 1)):
        here, following = mentions[at], mentions[at + 1]
        gap = reading.words[here.last : following.cue_first]
        if reading.sentence_starts[following.cue_first] and not following.linked:
            return None  # the heading of the next list, not the area around this one
        if len(gap) > 1 or (gap and gap[0] not in ",(/"):
            if following.linked and following.kind == here.kind:
                continue
            if gap in (["di"], [",", "di"], ["wilayah"], ["yang", "di"]) and following.cue:
                return following if following.kind in ("REGENCY", "FOREIGN") else None
            return None
        if following.kind in ("REGENCY", "FOREIGN"):
            return following
        if not (following.kind == here.kind and following.linked):
            return None
    return None


def _near_regencies(
    reading: Reading, mention: Mention, address: Mention | None, spoken: list[Mention], firsts: list[int]
) -> list[tuple[str, ...]]:
    """Codes of the regencies that a place may belong to, the most telling first."""
    near: list[tuple[str, ...]] = []
    if mention.frame:
        near.append(mention.frame)
    if address is not None and address.kind == "REGENCY":
        near.append(address.codes)
    first = mention.run[0].first if mention.run else mention.first
    at = bisect_left(firsts, first)
    before, after = spoken[max(0, at - NEAR) : at][::-1], spoken[at : at + NEAR]
    begin, end = _sentence(reading, first)
    near.extend(m.codes for m in before if m.first >= begin)
    near.extend(m.codes for m in after if m.first < end)
    near.extend(m.codes for m in before if m.first < begin)
    near.extend(m.codes for m in after if m.first >= end)
    return near


def _sentence(reading: Reading, token: int) -> tuple[int, int]:
    starts = reading.sentence_starts
    first = skip_before(token, 0, lambda before: not starts[before + 1])
    return first, skip(token + 1, len(starts), lambda behind: not starts[behind])


def _narrow(
    codes: tuple[str, ...],
    near: list[tuple[str, ...]],
    mention: Mention,
    everywhere: set[str],
    areas: Areas,
) -> tuple[str, ...]:
    if len(codes) == 1:
        return codes
    mates: set[str] | None = None
    for other in mention.run:
        own = {c.rsplit(".", 1)[0] for c in areas.kecamatan_by_name.get(other.name, ())}
        if other.kind == "KECAMATAN" and own:
            mates = own if mates is None else (mates & own or mates)
    for regency in near[:1]:
        fitting = tuple(c for c in codes if c.rsplit(".", 1)[0] in regency)
        if fitting:
            return fitting
    if mates and len(mention.run) > 1:
        fitting = tuple(c for c in codes if c.rsplit(".", 1)[0] in mates)
        if len(fitting) == 1:
            return fitting
    for regency in near[1:]:
        fitting = tuple(c for c in codes if c.rsplit(".", 1)[0] in regency)
        if fitting:
            return fitting
    for regency in near:  # a bare "Semarang" that usage gave to the city may be the kabupaten after all
        twins = {c for r in regency for c in areas.twins(r)}
        fitting = tuple(c for c in codes if c.rsplit(".", 1)[0] in twins)
        if len(fitting) == 1:
            return fitting
    return codes


def _abroad(
    mention: Mention, codes: tuple[str, ...], everywhere: set[str], last_area: str, areas: Areas
) -> bool:
    """Whether a kecamatan with namesakes in other provinces is one of those."""
    if mention.name not in areas.foreign_kecamatan:
        return False
    own = {c.rsplit(".", 1)[0] for c in codes}
    for mate in mention.run:  # a list with kecamatan that no other province has is all of this one
        if mate.name not in areas.foreign_kecamatan and any(
            c.rsplit(".", 1)[0] in own for c in areas.kecamatan_by_name.get(mate.name, ())
        ):
            return False
    return last_area == "FOREIGN" or not _within(codes, everywhere)


def _within(codes: tuple[str, ...], regencies: set[str]) -> bool:
    return any(c.rsplit(".", 1)[0] in regencies for c in codes)


def _misprint(mention: Mention, near: list[tuple[str, ...]], areas: Areas) -> tuple[str, ...]:
    """The kecamatan of a regency spoken of whose name is all but the printed one, if there is just one."""
    if mention.cue != "K" or len(mention.name) < 5:
        return ()
    for regencies in dict.fromkeys(near):
        if code := find_alike(mention.name, regencies, areas):
            mention.rule = "places.misprint"
            return (code,)
    return ()


def find_alike(
    name: str, regencies: Collection[str], areas: Areas, but: Collection[str] = frozenset()
) -> str:
    """The code of the one kecamatan of some regencies, `but` for some, whose folded name is nearly `name`.

    "" where there is none, or more than one.
    """
    inside = (k for k in areas.kecamatan if k.regency in regencies and k.code not in but)
    names = {fold(k.name): k.code for k in inside}
    alike = difflib.get_close_matches(name, names, n=2, cutoff=MISPRINT_RATIO)
    return names[alike[0]] if len(alike) == 1 else ""


# --- villages --------------------------------------------------------------------------------------


def _villages(mentions: list[Mention], areas: Areas) -> None:
    """A village's codes: in the kecamatan behind it, else in the regencies spoken of, else all."""
    everywhere = {c for m in mentions if m.kind == "REGENCY" for c in m.codes}
    for index, mention in enumerate(mentions):
        if mention.kind != "VILLAGE":
            continue
        codes = areas.villages_by_name.get(mention.name, ())
        if index + 1 < len(mentions) and mentions[index + 1].kind == "KECAMATAN":
            inside = tuple(c for c in codes if c.rsplit(".", 1)[0] in mentions[index + 1].codes)
            if inside:
                mention.codes = inside
                continue
        inside = tuple(c for c in codes if ".".join(c.split(".")[:2]) in everywhere)
        mention.codes = inside or codes
