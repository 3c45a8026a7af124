"""Responsibilities told without a verb: an office over a pillar, and what an agency gives."""

from __future__ import annotations

from extract.claims.duties.doers import Doer
from extract.claims.duties.scene import Mention
from extract.claims.duties.sentence import Sentence

#: Tokens between an agency and the word that makes it hold something: "Dinsos selaku pengampu".
HOLDER = 4
#: Tokens behind that word in which its pillar, and its agency, stand; other words than theirs between.
HELD, HELD_BY, BETWEEN = 8, 16, 3
#: Tokens between what is given and who gives it.
GIFT = 8


def read_holders(s: Sentence) -> None:
    """ "Dinsos, pengampu RPPA", "penanggung jawab RPPA adalah Dinsos"."""
    for first, last, _ in s.words.holders.find(s.lower, s.first, s.last):
        if not s.untold(s.first, first) and not _held_by_before(s, first, last):
            _held_by_behind(s, first, last)


def _held(s: Sentence, last: int) -> list[Mention]:
    """The pillars behind a word for an office."""
    return s.pillars_in(last, min(last + HELD, s.break_after(last)))


def _held_by_before(s: Sentence, first: int, last: int) -> bool:
    """Claims for the agency before a word for an office; whether there is one."""
    clause = s.break_before(first)
    near = (
        d for d in reversed(s.doers) if clause <= d.first and d.last <= first and first - d.last <= HOLDER
    )
    before = next(near, None)
    if before is None:
        return False
    behind = _held(s, last)
    # an official is of the office that does it: "Kabid X Dinsos yang menangani RPPA"
    if before.titled and not (behind and s.lower[first] in s.words.that):
        return False
    pillars = behind or s.scene.carried(s.number, before)
    s.add(before, pillars, before.first, last, "responsibilities.holds")
    return True


def _held_by_behind(s: Sentence, first: int, last: int) -> None:
    """Claims for the agency behind a word for an office."""
    after = next((d for d in s.doers if last <= d.first < last + HELD_BY), None)
    if after is None or after.first in s.used or _has_words_between(s, last, after.first):
        return
    pillars = [p for p in _held(s, last) if p.first < after.first]
    pillars = pillars or [p for p in s.pillars if p.first < first]
    for one in s.with_others(after):
        told = s.fitting(pillars, one, one is after) or s.scene.carried(s.number, one)
        s.add(one, told, first, one.last, "responsibilities.holds")


def _has_words_between(s: Sentence, first: int, last: int) -> bool:
    """Whether more than a pillar and a copula stands between "penanggung jawab" and the agency."""
    light = s.words.copulas | {"(", ")"}
    rest = [t for t in range(first, last) if not s.is_in_pillar(t) and s.lower[t] not in light]
    return len(rest) > BETWEEN or any(s.scene.is_active(t) for t in rest)


def read_gifts(s: Sentence) -> None:
    """ "Lansia menerima sembako dari Dinsos": what whoever a pillar is for gets from an agency."""
    for doer in s.doers:
        before = s.lower[doer.first - 1 : doer.first]
        if s.is_free(doer) and not s.words.sources.isdisjoint(before):
            _read_gift(s, doer)


def _read_gift(s: Sentence, doer: Doer) -> None:
    begin = s.since(doer.first)
    pillars = s.pillars_in(begin, doer.first)
    good = _good(s, doer, begin)
    if good is None:
        good = _branded_good(s, doer, begin, pillars)
    if good is None or s.refused(begin, doer.first):
        return
    if not pillars and s.lower[good] in s.words.staff:  # "Pelatih datang dari Dinsos"
        s.add(doer, s.scene.carried(s.number, doer), good, doer.last, "responsibilities.given")
    s.add(doer, s.fitting(pillars, doer, False), good, doer.last, "responsibilities.given")


def _good(s: Sentence, doer: Doer, begin: int) -> int | None:
    """What is given, or who is sent, the nearest to the agency."""
    given = s.words.goods | s.words.staff
    near = range(doer.first - 2, max(begin, doer.first - GIFT) - 1, -1)
    return next((t for t in near if s.lower[t] in given), None)


def _branded_good(s: Sentence, doer: Doer, begin: int, pillars: list[Mention]) -> int | None:
    """The word before a brand that is given: "mendapat Kartu Zilenial dari Dispora"."""
    if not pillars or pillars[-1].last != doer.first - 1 or not s.scene.is_branded(pillars[-1].pillar):
        return None
    before = pillars[-1].first - 1
    return before if before >= begin and s.lower[before] in s.words.receives else None
