"""Settles which official code each place name stands for."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable

from extract.mentions.places.candidates import Mention
from extract.mentions.places.kecamatan_codes import settle_kecamatan
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.areas import Areas, parent
from extract.vocabulary.scan import skip_before

#: The kind of a regency by its cue, and the cue by the word that announces a list: "sebelas kabupaten, ...".
KINDS = {"B": "kabupaten", "C": "kota"}
LIST_CUES = {kind: cue for cue, kind in KINDS.items()}
#: Tokens before a list in which its kind stands.
LIST_REACH = 7


def settle_codes(text: PlaceText) -> None:
    """Sets `codes`; a kecamatan or regency that turns out to lie elsewhere becomes FOREIGN or NONE."""
    _settle_regencies(text)
    settle_kecamatan(text)
    _settle_villages(text)


# --- regencies -------------------------------------------------------------------------------------


def _settle_regencies(text: PlaceText) -> None:
    found, areas = text.of_kind("REGENCY"), text.areas
    for mention in found:
        mention.codes = _of_kind(areas.regencies_by_name[mention.name], mention.cue, areas)
    open_ones = [m for m in found if len(m.codes) > 1]
    for mention in open_ones:  # "sebelas kabupaten, yakni A, B dan C"
        mention.codes = _of_kind(mention.codes, _list_cue(text, mention), areas)
    named: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        if mention.cue and len(mention.codes) == 1:
            named[mention.name].add(mention.codes[0])
    inside = _told_inside(text)
    for mention in open_ones:
        if len(mention.codes) > 1:
            mention.codes = _twin(text, mention, named[mention.name], inside)


def _of_kind(codes: Iterable[str], cue: str, areas: Areas) -> tuple[str, ...]:
    codes = tuple(codes)
    fitting = tuple(c for c in codes if areas.regency_by_code[c].kind == KINDS.get(cue))
    return fitting or codes


def _told_inside(text: PlaceText) -> set[str]:
    """The regencies of the kecamatan whose name no other one has."""
    index = text.areas.kecamatan_by_name
    codes = (index.get(m.name, ()) for m in text.of_kind("KECAMATAN"))
    return {parent(one[0]) for one in codes if len(one) == 1}


def _list_cue(text: PlaceText, mention: Mention) -> str:
    """B or C where the list's first name follows "kabupaten" or "kota" and an opener."""
    first = mention.run[0]
    if first.cue in KINDS and first is not mention:
        return "" if any(m.cue for m in mention.run[1:]) else first.cue
    reading, floor = text.reading, max(0, first.first - LIST_REACH)

    def announces(token: int) -> bool:
        return reading.lower[token] in LIST_CUES and not reading.words[token + 1][0].isupper()

    at = skip_before(first.first, floor, lambda t: not (reading.sentence_starts[t + 1] or announces(t))) - 1
    if at < floor or reading.sentence_starts[at + 1]:
        return ""
    slashed = "/" in (*reading.lower[at - 1 : at], reading.lower[at + 1])
    return "" if slashed else LIST_CUES[reading.lower[at]]


def _twin(text: PlaceText, mention: Mention, named: set[str], inside: set[str]) -> tuple[str, ...]:
    """One of a kabupaten and a kota of the same name: as named elsewhere, or by the kecamatan beside it.

    `named` are the codes that the article prints with their kind, `inside` the regencies of its kecamatan.
    """
    if holding := _around_inner(text, mention):
        return holding
    usual = text.areas.usual_twin.get(mention.name)
    if usual and mention.rule in ("places.dateline", "places.locative"):
        return (usual,)
    if len(named) == 1:
        return tuple(named)
    if named:
        return mention.codes
    if usual:
        return (usual,)
    holding = tuple(c for c in mention.codes if c in inside)
    return holding if len(holding) == 1 else mention.codes


def _around_inner(text: PlaceText, mention: Mention) -> tuple[str, ...]:
    """The one code of an address's regency that the kecamatan before it lies in, () if that tells none."""
    before = text.before(mention)
    if mention.rule not in ("places.address", "places.bracket") or before is None:
        return ()
    holding = tuple(c for c in mention.codes if c in text.areas.regencies_with(before.name))
    return holding if len(holding) == 1 else ()


# --- villages --------------------------------------------------------------------------------------


def _settle_villages(text: PlaceText) -> None:
    """A village's codes: in the kecamatan behind it, else in the regencies spoken of, else all."""
    everywhere = {c for m in text.of_kind("REGENCY") for c in m.codes}
    for mention, behind in itertools.pairwise([*text.mentions, None]):
        if mention is None or mention.kind != "VILLAGE":
            continue
        codes = text.areas.villages_by_name.get(mention.name, ())
        around = behind.codes if behind is not None and behind.kind == "KECAMATAN" else ()
        inside = tuple(c for c in codes if parent(c) in around)
        mention.codes = inside or tuple(c for c in codes if parent(parent(c)) in everywhere) or codes
