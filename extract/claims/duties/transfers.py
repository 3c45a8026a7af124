"""Responsibilities told by what an agency gets: the work, or money for it."""

from __future__ import annotations

from extract.claims.duties.doers import Doer
from extract.claims.duties.passives import add_same_place, purpose_behind
from extract.claims.duties.sentence import Sentence
from extract.vocabulary.scan import Scan, skip

#: Tokens between a verb that hands work over and the agency that gets it.
TRANSFER_REACH = 14
#: Tokens between an agency and the pillar that its money is for.
ALLOTTED = 8


def read_transfers(s: Sentence) -> None:
    """ "RPPA dipasrahkan kepada Dinsos", "RPPA jatuh ke tangan Dinsos"."""
    for first, last, _ in s.words.transfers.find(s.lower, s.first, s.last):
        doer = _receiver(s, last)
        if doer is None or doer.first in s.used:
            continue
        begin = s.since(first)
        if s.refused(begin, doer.first) or s.ended(begin, first):
            s.used.add(doer.first)
        else:
            _hand_over(s, first, doer)


def _hand_over(s: Sentence, verb: int, doer: Doer) -> None:
    """Claims for who gets the pillars before the verb, those behind the agency, or those told earlier."""
    told = s.free_pillars(s.break_before(verb), doer.first)
    for one in s.with_others(doer):
        pillars = s.fitting(told, one, one is doer)
        if not told:
            pillars = s.fitting(purpose_behind(s, one.last), one, False) or s.scene.carried(s.number, one)
        s.add(one, pillars, verb, one.last, "responsibilities.handed-to")
    add_same_place(s, doer, s.lower[doer.first - 1])


def _receiver(s: Sentence, first: int) -> Doer | None:
    """The agency behind a verb that hands over, its preposition and nothing but nouns of work and pillars."""
    scan = Scan(first, min(s.last, first + TRANSFER_REACH))
    for at in scan:
        if s.lower[at] in s.words.places:
            return s.doer_at(
                skip(at + 1, s.last, lambda t: s.doer_at(t) is None and s.lower[t] in s.words.hands)
            )
        scan.at = _past(s, at)
    return None


def _past(s: Sentence, at: int) -> int:
    """The token behind what may stand before the preposition, the agency included that had the work:
    "dialihkan dari Dinkes ke Dinsos"; the token itself where something else does."""
    word = s.lower[at]
    if s.is_in_pillar(at) or word in s.words.tasks or word in s.words.stays or word in s.words.joins:
        return at + 1
    former = s.doer_at(at + 1) if word in s.words.sources else None
    if former is None:
        return at
    s.used.add(former.first)
    return former.last


def read_allotments(s: Sentence) -> None:
    """ "Rp9 miliar pada DP3A untuk operasional RPPA": money with an agency, for a pillar."""
    for doer in s.doers:
        at = doer.last
        if not s.is_free(doer) or at >= s.last or s.lower[at] not in s.words.purposes:
            continue
        begin = s.since(doer.first)
        money = any(n.label_ == "MONEY" for n in s.scene.view.spans_in("numbers", begin, doer.first))
        end = min(s.break_after(at), at + ALLOTTED, s.next_doer(doer.first))
        pillars = s.fitting(s.free_pillars(at + 1, end), doer, False)
        if money and pillars and not s.refused(begin, pillars[-1].last):
            s.add(doer, pillars, doer.first, at, "responsibilities.allotted")
