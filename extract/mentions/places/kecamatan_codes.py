"""Settles which kecamatan each name stands for: most have namesakes in other regencies or provinces."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container

from extract.mentions.places.candidates import Mention
from extract.mentions.places.misprints import find_alike
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.areas import Areas, parent
from extract.vocabulary.scan import skip, skip_before
from extract.vocabulary.tokens import Reading

#: How many regencies before and behind a kecamatan are asked for it.
NEAR = 12
#: How many names a list may go on with before the area around it stands.
ADDRESS_REACH = 12
#: Letters; shorter names are alike by chance.
SHORTEST = 5


def settle_kecamatan(text: PlaceText) -> None:
    """Sets the codes of kecamatan; one that turns out to lie elsewhere becomes FOREIGN or NONE."""
    codes = _KecamatanCodes(text)
    last_area = ""  # kind of the last larger area before the mention
    for index, mention in enumerate(text.mentions):
        if mention.kind in ("REGENCY", "FOREIGN", "PROVINCE"):
            last_area = mention.kind
        elif mention.kind == "KECAMATAN":
            codes.settle(index, mention, last_area)


class _KecamatanCodes:
    def __init__(self, text: PlaceText) -> None:
        self.text = text
        self.areas = text.areas
        self.spoken = text.of_kind("REGENCY")
        self.everywhere = {c for m in self.spoken for c in m.codes}
        self.firsts = [m.first for m in self.spoken]
        self.foreign = any(m.kind == "FOREIGN" for m in text.mentions)

    def settle(self, index: int, mention: Mention, last_area: str) -> None:
        address = _address(self.text, index)
        if address is not None and address.kind == "FOREIGN":
            mention.kind = "FOREIGN"
            return
        near = self._near_regencies(mention, address)
        codes = self._meant(mention, near)
        if not codes:
            mention.kind = "NONE"
        elif self.foreign and self._abroad(mention, codes, last_area):
            mention.kind = "FOREIGN"
        else:
            mention.codes = _narrow(codes, near, mention, self.areas)

    def _meant(self, mention: Mention, near: list[tuple[str, ...]]) -> tuple[str, ...]:
        """The codes of a name or of the one that it is a slip for, () if it is none's."""
        codes = self.areas.kecamatan_by_name.get(mention.name, ())
        if not codes:
            return _misprint(mention, near or [tuple(self.everywhere)], self.areas)
        if mention.name in self.areas.variants and self.everywhere and not self._is_spoken_of(codes):
            return ()  # a slip of the press for a kecamatan of which the article doesn't speak
        return codes

    def _is_spoken_of(self, codes: tuple[str, ...]) -> bool:
        return any(parent(c) in self.everywhere for c in codes)

    def _near_regencies(self, mention: Mention, address: Mention | None) -> list[tuple[str, ...]]:
        """Codes of the regencies that a place may belong to, the most telling first."""
        near = [mention.frame] if mention.frame else []
        if address is not None and address.kind == "REGENCY":
            near.append(address.codes)
        first = mention.run[0].first if mention.run else mention.first
        at = bisect_left(self.firsts, first)
        before, after = self.spoken[max(0, at - NEAR) : at][::-1], self.spoken[at : at + NEAR]
        begin, end = _sentence(self.text.reading, first)
        same = [m for m in (*before, *after) if begin <= m.first < end]
        near.extend(m.codes for m in (*same, *before, *after))
        return list(dict.fromkeys(near))

    def _abroad(self, mention: Mention, codes: tuple[str, ...], last_area: str) -> bool:
        """Whether a kecamatan with namesakes in other provinces is one of those."""
        if mention.name not in self.areas.foreign_kecamatan:
            return False
        own = {parent(c) for c in codes}
        # a list with kecamatan that no other province has is all of this one
        mates = [m.name for m in mention.run if m.name not in self.areas.foreign_kecamatan]
        if any(not self.areas.regencies_with(name).isdisjoint(own) for name in mates):
            return False
        return last_area == "FOREIGN" or not self._is_spoken_of(codes)


def _address(text: PlaceText, index: int) -> Mention | None:
    """The larger area right behind a kecamatan or behind the list that it stands in."""
    reading, mentions = text.reading, text.mentions
    for at in range(index, min(index + ADDRESS_REACH, len(mentions) - 1)):
        here, following = mentions[at], mentions[at + 1]
        if reading.sentence_starts[following.cue_first] and not following.linked:
            return None  # the heading of the next list, not the area around this one
        gap = reading.words[here.last : following.cue_first]
        listed = following.linked and following.kind == here.kind
        if gap in ([], [","], ["("], ["/"]):
            if following.kind in ("REGENCY", "FOREIGN"):
                return following
        elif not listed:
            return _told_around(following, " ".join(gap) in text.words.within)
        if not listed:
            return None
    return None


def _told_around(mention: Mention, within: bool) -> Mention | None:
    """The larger area behind "di" or the like, its kind told: "Bukateja di Kabupaten Purbalingga"."""
    return mention if within and mention.cue and mention.kind in ("REGENCY", "FOREIGN") else None


def _sentence(reading: Reading, token: int) -> tuple[int, int]:
    starts = reading.sentence_starts
    first = skip_before(token, 0, lambda before: not starts[before + 1])
    return first, skip(token + 1, len(starts), lambda behind: not starts[behind])


def _misprint(mention: Mention, near: list[tuple[str, ...]], areas: Areas) -> tuple[str, ...]:
    """The kecamatan of a regency spoken of whose name is all but the printed one, if there is just one."""
    if mention.cue != "K" or len(mention.name) < SHORTEST:
        return ()
    for regencies in near:
        if code := find_alike(mention.name, regencies, areas):
            mention.rule = "places.misprint"
            return (code,)
    return ()


# --- one of several --------------------------------------------------------------------------------


def _narrow(
    codes: tuple[str, ...], near: list[tuple[str, ...]], mention: Mention, areas: Areas
) -> tuple[str, ...]:
    """Those of several codes that the regencies near a mention and its list's other members allow."""
    if len(codes) == 1:
        return codes
    return (
        _first_inside(codes, near[:1])
        or _only_inside(codes, _shared_by_mates(mention, areas))
        or _first_inside(codes, near[1:])
        or _inside_twins(codes, near, areas)
        or codes
    )


def _inside(codes: tuple[str, ...], regencies: Container[str]) -> tuple[str, ...]:
    return tuple(c for c in codes if parent(c) in regencies)


def _first_inside(codes: tuple[str, ...], near: list[tuple[str, ...]]) -> tuple[str, ...]:
    return next((inside for regencies in near if (inside := _inside(codes, regencies))), ())


def _only_inside(codes: tuple[str, ...], regencies: Container[str]) -> tuple[str, ...]:
    inside = _inside(codes, regencies)
    return inside if len(inside) == 1 else ()


def _shared_by_mates(mention: Mention, areas: Areas) -> frozenset[str]:
    """The regencies that the kecamatan of a list have in common, as far as they have any."""
    mates: frozenset[str] = frozenset()
    for other in mention.run if len(mention.run) > 1 else ():
        if other.kind == "KECAMATAN":
            own = areas.regencies_with(other.name)
            mates = (mates & own) or mates or own
    return mates


def _inside_twins(codes: tuple[str, ...], near: list[tuple[str, ...]], areas: Areas) -> tuple[str, ...]:
    """A bare "Semarang" that usage gave to the city may be the kabupaten after all."""
    twins = ({twin for code in regencies for twin in areas.twins(code)} for regencies in near)
    return next((inside for regencies in twins if (inside := _only_inside(codes, regencies))), ())
