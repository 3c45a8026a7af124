"""Responsibilities told without a verb: an office over a pillar, shares, and pillars shared out."""

from __future__ import annotations

from extract.claims.duties.scene import Doer, Mention
from extract.claims.duties.sentence import Sentence
from extract.vocabulary.scan import skip_before

#: Tokens from "untuk" to the first pillar of an agency's share.
SHARE_REACH = 5
#: Tokens between an agency and the word that makes it hold something: "Dinsos selaku pengampu".
HOLDER = 4
#: Tokens between what is given and who gives it.
GIFT = 8
#: Tokens between a pillar and its agency that are no more than "tetap ada di".
BESIDE = 5


def read_holders(s: Sentence) -> None:
    """ "Dinsos, pengampu RPPA", "penanggung jawab RPPA adalah Dinsos"."""
    for first, last, _ in s.words.holders.find(s.lower, s.first, s.last):
        if s.refused(s.first, first) or s.ended(s.first, first):
            continue
        behind = [p for p in s.pillars if last <= p.first < min(last + 8, s.break_after(last))]
        after = next((d for d in s.doers if last <= d.first < last + 16), None)
        clause = max(s.first, s.break_before(first))
        near = [d for d in s.doers if clause <= d.first and d.last <= first and first - d.last <= HOLDER]
        before = near[-1] if near else None
        # an official is of the office that does it: "Kabid X Dinsos yang menangani RPPA"
        if before and (not before.titled or (behind and s.lower[first] == "yang")):
            pillars = behind or s.scene.carried(s.number, before)
            s.add(before, pillars, before.first, last, "responsibilities.holds")
        elif after and after.first not in s.used and not _words_between(s, last, after.first):
            pillars = [p for p in behind if p.first < after.first]
            pillars = pillars or [p for p in s.pillars if p.first < first]
            for one in s.with_others(after):
                told = s.fitting(pillars, one, one is after) or s.scene.carried(s.number, one)
                s.add(one, told, first, one.last, "responsibilities.holds")


def _words_between(s: Sentence, first: int, last: int) -> bool:
    """Whether more than a pillar and a copula stands between "penanggung jawab" and the agency."""
    inside = {t for p in s.pillars for t in range(p.first, p.last)}
    rest = [
        t
        for t in range(first, last)
        if t not in inside and s.lower[t] not in s.words.copulas and s.lower[t] not in "()"
    ]
    return len(rest) > 3 or any(s.scene.is_active(t) for t in rest)


def read_purposes(s: Sentence) -> None:
    """Agencies, each with its pillars behind "untuk": "Pelaksananya Dinsos untuk lansia, DP3A untuk RPPA"."""
    _read_shares(s, s.words.shares & s.words.purposes)


def read_shares(s: Sentence) -> None:
    """The same behind other prepositions; pillars, each with its agency."""
    if not s.used:
        _read_shares(s, s.words.shares)
    if not s.used:
        _pillars_shared(s)


def _read_shares(s: Sentence, prepositions: frozenset[str]) -> None:
    shares: list[tuple[Doer, list[Mention]]] = []
    for index, doer in enumerate(s.doers):
        end = s.doers[index + 1].first if index + 1 < len(s.doers) else s.last
        pillars = [p for p in s.pillars if doer.last < p.first < end]
        opens = s.lower[doer.last : doer.last + 1]
        if pillars and opens and opens[0] in prepositions and pillars[0].first - doer.last <= SHARE_REACH:
            shares.append((doer, pillars))
    if len(shares) > 1 and not s.refused(s.first, shares[0][0].first):
        for doer, pillars in shares:
            s.add(doer, pillars, doer.first, doer.last, "responsibilities.shares")


def _pillars_shared(s: Sentence) -> None:
    """ "RPPA ke DP3A, lansia ke Dinsos", "perlindungan anak tetap di Dinsos", "RPPA kami, difabel kami"."""
    found: list[tuple[Doer, list[Mention], bool]] = []
    for index, doer in enumerate(s.doers):
        begin = s.doers[index - 1].last if index else s.first
        pillars = [p for p in s.pillars if begin <= p.first < doer.first]
        if not pillars or doer.titled or not s.closes(doer.last):
            continue
        between = s.lower[pillars[-1].last : doer.first]
        if len(between) > BESIDE or any(not _beside(s, word) for word in between):
            continue
        spoken = s.lower[doer.first] in s.words.speakers
        placed = bool(between) and between[-1] in s.words.places
        if not spoken and between and not placed:
            continue
        opens = _opens(s, pillars[0].first)
        surely = (placed and (len(between) > 1 or opens)) or (spoken and opens)
        found.append((doer, pillars, surely))
    refused = bool(found) and s.refused(s.first, s.last)
    for doer, pillars, surely in found:
        if (surely or len(found) > 1) and not refused:
            s.add(doer, s.fitting(pillars, doer, False), doer.first, doer.last, "responsibilities.shares")


def _beside(s: Sentence, word: str) -> bool:
    return word in s.words.stays or word in s.words.places or word in s.words.tasks


def _opens(s: Sentence, at: int) -> bool:
    """Whether a pillar opens its clause, but for a noun of work and a word for the topic."""
    return s.opens(
        skip_before(
            at, s.first, lambda t: s.lower[t] in s.words.tasks or s.lower[t] in ("dan", "serta", "kalau")
        )
    )


def read_gifts(s: Sentence) -> None:
    """ "Lansia menerima sembako dari Dinsos": what whoever a pillar is for gets from an agency."""
    for doer in s.doers:
        if doer.first in s.used or doer.titled or s.lower[doer.first - 1 : doer.first] != ["dari"]:
            continue
        begin = max([s.break_before(doer.first), *(d.last for d in s.doers if d.last <= doer.first)])
        good = next(
            (
                t
                for t in range(doer.first - 2, max(begin, doer.first - GIFT) - 1, -1)
                if s.lower[t] in s.words.goods or s.lower[t] in s.words.staff
            ),
            None,
        )
        pillars = [p for p in s.pillars if begin <= p.first < doer.first]
        if good is None and pillars and pillars[-1].last == doer.first - 1:
            brand = pillars[-1]  # "mendapat Kartu Zilenial dari Dispora"
            received = brand.first > begin and s.lower[brand.first - 1] in s.words.receives
            good = brand.first - 1 if received and s.scene.is_branded(brand.pillar) else None
        if good is None or s.refused(begin, doer.first):
            continue
        if not pillars and s.lower[good] in s.words.staff:  # "Pelatih datang dari Dinsos"
            s.add(doer, s.scene.carried(s.number, doer), good, doer.last, "responsibilities.given")
        s.add(doer, s.fitting(pillars, doer, False), good, doer.last, "responsibilities.given")
