"""Pillars shared out among agencies: "Dinsos untuk lansia, DP3A untuk RPPA", "lansia ke Dinsos"."""

from __future__ import annotations

from dataclasses import dataclass

from extract.claims.duties.doers import Doer
from extract.claims.duties.scene import Mention
from extract.claims.duties.sentence import Sentence
from extract.vocabulary.scan import skip_before

#: Tokens from "untuk" to the first pillar of an agency's share.
SHARE_REACH = 5
#: Tokens between a pillar and its agency that are no more than "tetap ada di".
BESIDE = 5
RULE = "responsibilities.shares"


@dataclass(frozen=True, slots=True)
class _Share:
    doer: Doer
    pillars: list[Mention]
    surely: bool = False  # it is one though no other agency has one


def read_purposes(s: Sentence) -> None:
    """Agencies, each with its pillars behind "untuk": "Pelaksananya Dinsos untuk lansia, DP3A untuk RPPA"."""
    _read_behind(s, s.words.shares & s.words.purposes)


def read_shares(s: Sentence) -> None:
    """The same behind other prepositions; pillars, each with its agency."""
    if not s.used:
        _read_behind(s, s.words.shares)
    if not s.used:
        _read_before(s)


def _read_behind(s: Sentence, prepositions: frozenset[str]) -> None:
    found = (_share_behind(s, doer, prepositions) for doer in s.doers)
    shares = [share for share in found if share is not None]
    if len(shares) > 1 and not s.refused(s.first, shares[0].doer.first):
        for share in shares:
            s.add(share.doer, share.pillars, share.doer.first, share.doer.last, RULE)


def _share_behind(s: Sentence, doer: Doer, prepositions: frozenset[str]) -> _Share | None:
    """What an agency has behind a preposition, up to the next one."""
    pillars = s.pillars_in(doer.last + 1, s.next_doer(doer.first))
    if not pillars or s.lower[doer.last] not in prepositions:
        return None
    return _Share(doer, pillars) if pillars[0].first - doer.last <= SHARE_REACH else None


def _read_before(s: Sentence) -> None:
    """ "RPPA ke DP3A, lansia ke Dinsos", "perlindungan anak tetap di Dinsos", "RPPA kami, difabel kami"."""
    begins = [s.first, *(d.last for d in s.doers)]
    found = (_share_before(s, doer, begin) for doer, begin in zip(s.doers, begins, strict=False))
    shares = [share for share in found if share is not None]
    if not shares or s.refused(s.first, s.last):
        return
    for share in shares:
        if share.surely or len(shares) > 1:
            doer = share.doer
            s.add(doer, s.fitting(share.pillars, doer, False), doer.first, doer.last, RULE)


def _share_before(s: Sentence, doer: Doer, begin: int) -> _Share | None:
    """What stands right before an agency, behind the one before it."""
    pillars = s.pillars_in(begin, doer.first)
    if not pillars or doer.titled or not s.closes(doer.last):
        return None
    between = s.lower[pillars[-1].last : doer.first]
    if len(between) > BESIDE or not all(_is_beside(s, word) for word in between):
        return None
    spoken = s.lower[doer.first] in s.words.speakers
    placed = bool(between) and between[-1] in s.words.places
    if between and not spoken and not placed:
        return None
    opens = _opens(s, pillars[0].first)
    surely = (placed and len(between) > 1) or (opens and (placed or spoken))
    return _Share(doer, pillars, surely)


def _is_beside(s: Sentence, word: str) -> bool:
    return word in s.words.stays or word in s.words.places or word in s.words.tasks


def _opens(s: Sentence, at: int) -> bool:
    """Whether a pillar opens its clause, but for a noun of work and a word for the topic."""
    passed = s.words.tasks | s.words.topic_openers
    return s.opens(skip_before(at, s.first, lambda t: s.lower[t] in passed))
