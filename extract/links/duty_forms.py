"""Responsibilities told without a verb: an office over a pillar, a line that pairs them, a report, shares."""

from __future__ import annotations

from extract.links.duties import Doer, Mention
from extract.links.duty_sentences import Sentence

#: Tokens from "untuk" to the first pillar of an agency's share.
SHARE_REACH = 5


def read_holders(s: Sentence) -> None:
    """ "Dinsos, pengampu RPPA", "penanggung jawab RPPA adalah Dinsos"."""
    for first, last in s.words.holders_in(s.lower, s.first, s.last):
        if s.refused(s.first, first):
            continue
        behind = [p for p in s.pillars if last <= p.first < min(last + 8, s.break_after(last))]
        after = next((d for d in s.doers if last <= d.first < last + 16), None)
        before = next((d for d in reversed(s.doers) if d.last <= first and first - d.last <= 4), None)
        if before and not before.titled:
            pillars = behind or s.scene.carried(s.number, before)
            s.add(before, pillars, before.first, last, "responsibilities.holds")
        elif after and not _words_between(s, last, after.first):
            pillars = [p for p in behind if p.first < after.first]
            pillars = pillars or [p for p in s.pillars if p.first < first]
            pillars = pillars or s.scene.carried(s.number, after)
            s.add(after, pillars, first, after.last, "responsibilities.holds")


def _words_between(s: Sentence, first: int, last: int) -> bool:
    """Whether more than a pillar and a copula stands between "penanggung jawab" and the agency."""
    inside = {t for p in s.pillars for t in range(p.first, p.last)}
    rest = [
        t
        for t in range(first, last)
        if t not in inside and s.lower[t] not in s.words.copulas and s.lower[t] not in "()"
    ]
    return len(rest) > 3


def read_pairs(s: Sentence) -> None:
    """A short line that is nothing but a pillar, a mark and an agency."""
    segment = s.scene.view.segment_at(s.first)
    if segment.kind != "item" or s.last - s.first > 30 or s.used or len(s.doers) != 1:
        return
    doer = s.doers[0]
    before = [p for p in s.pillars if p.last <= doer.first]
    behind = [p for p in s.pillars if p.first >= doer.last]
    marks = (":", "-", "–", "—", "(", "=", "→")
    if before and s.lower[doer.first - 1] in marks:
        s.add(doer, before, doer.first, doer.last, "responsibilities.pair")
    elif behind and doer.last < s.last and s.lower[doer.last] in marks:
        s.add(doer, behind, doer.first, doer.last, "responsibilities.pair")


def read_reports(s: Sentence) -> None:
    """An official who reports on the work for a pillar that his office usually holds."""
    titled = next((d for d in s.doers if d.titled), None)
    verbs = [t for t in range(s.first, s.last) if s.lower[t] in s.words.reports]
    if titled is None or not verbs or titled.first > verbs[0] or s.used:
        return
    behind = [p for p in s.pillars if p.first > verbs[0]]
    if behind and not s.refused(verbs[0], s.last):
        s.add(
            titled,
            s.fitting(behind, titled, False),
            verbs[0],
            verbs[0] + 1,
            "responsibilities.reports",
        )


def read_shares(s: Sentence) -> None:
    """Two agencies or more, each with its pillars behind "untuk"."""
    shares: list[tuple[Doer, list[Mention]]] = []
    for index, doer in enumerate(s.doers):
        end = s.doers[index + 1].first if index + 1 < len(s.doers) else s.last
        pillars = [p for p in s.pillars if doer.last < p.first < end]
        opens = s.lower[doer.last : doer.last + 1]
        if pillars and opens and opens[0] in s.words.shares and pillars[0].first - doer.last <= SHARE_REACH:
            shares.append((doer, pillars))
    if len(shares) > 1 and not s.used and not s.refused(s.first, shares[0][0].first):
        for doer, pillars in shares:
            s.add(doer, pillars, doer.first, doer.last, "responsibilities.shares")
