"""Responsibilities that a layout or a topic tells: "RPPA: Dinsos", "Untuk RPPA, ... Dinsos"."""

from __future__ import annotations

from extract.claims.duties.scene import Doer, Mention
from extract.claims.duties.sentence import Sentence

#: Marks that pair what stands on their two sides.
PAIRING = (":", "-", "–", "—", "(", "=", "→", "|", ">", "/")
#: Tokens of a line that pairs a pillar and an agency.
LONGEST_PAIR = 40
#: Tokens of a topic: "Untuk urusan lansia dan kaum difabel, ..."
TOPIC = 14
#: Tokens of a question that names what the next sentence speaks of: "Sport center?"
QUESTION = 8


def read_pairs(s: Sentence) -> None:
    """A line, or a part of a sentence, that is a pillar, a mark and an agency."""
    item = s.scene.view.segment_at(s.first).kind == "item"
    found: list[tuple[Doer, list[Mention]]] = []
    for doer in s.doers:
        if doer.first in s.used or doer.titled:
            continue
        if pillars := _paired_before(s, doer) or _paired_behind(s, doer):
            found.append((doer, pillars))
    if not found or (item and s.last - s.first > LONGEST_PAIR) or s.refused(s.first, s.last):
        return
    for doer, pillars in found:
        for one in s.with_others(doer):
            told = s.fitting(pillars, one, item and one is doer)
            s.add(one, told, one.first, one.last, "responsibilities.pair")


def _paired_before(s: Sentence, doer: Doer) -> list[Mention]:
    """The pillars of "RPPA dan lansia: Dinsos", "RPPA (Dinsos)"."""
    if doer.first <= s.first or s.lower[doer.first - 1] not in PAIRING:
        return []
    begin = max([s.first, *(d.last for d in s.doers if d.last <= doer.first)])
    begin = max(begin, next((t + 1 for t in range(doer.first - 2, begin, -1) if s.lower[t] == ";"), begin))
    pillars = [p for p in s.pillars if begin <= p.first < doer.first]
    item = s.scene.view.segment_at(s.first).kind == "item"
    if pillars and not item and pillars[-1].last < doer.first - 1:
        return []
    return pillars


def _paired_behind(s: Sentence, doer: Doer) -> list[Mention]:
    """The pillars of "Dinsos: lansia dan difabel", "Dinsos (lansia)"."""
    if doer.last >= s.last or s.lower[doer.last] not in PAIRING:
        return []
    end = next((d.first for d in s.doers if d.first > doer.first), s.last)
    end = next((t for t in range(doer.last + 1, end) if s.lower[t] in (";", ")")), end)
    pillars = [p for p in s.pillars if doer.last < p.first < end]
    item = s.scene.view.segment_at(s.first).kind == "item"
    if pillars and not item and pillars[0].first > doer.last + 1:
        return []
    return pillars


def read_topics(s: Sentence) -> None:
    """ "Untuk RPPA, ada Dinsos dan DP3A", "Sport center? Tanya Dispora"."""
    pillars, begin = _topic(s)
    if not pillars:
        return
    end = s.last
    doers = [d for d in s.doers if begin <= d.first < end]
    for doer in doers:
        if doer.first in s.used or doer.titled or s.no_doer(doer) or not s.opens(doer.first):
            continue
        stop = next((d.first for d in doers if d.first > doer.first), end)
        since = max(begin, s.break_before(doer.first))  # "bukan Dinsos, melainkan DP3A"
        if s.refused(since, stop) or s.ended(begin, doer.first) or _is_idle(s, doer.last, stop):
            continue
        s.add(doer, s.fitting(pillars, doer, False), doer.first, doer.last, "responsibilities.topic")


def _is_idle(s: Sentence, first: int, last: int) -> bool:
    return any(s.scene.is_idle(t) or s.lower[t] in s.words.absent for t in range(first, min(last, first + 4)))


def _topic(s: Sentence) -> tuple[list[Mention], int]:
    """The pillars that a sentence says it speaks of, and the token behind its topic."""
    for first, last, _ in s.words.topics.find(s.lower, s.first, min(s.last, s.first + TOPIC)):
        if not s.opens(first):
            continue
        comma = next((t for t in range(last, min(s.last, last + TOPIC)) if s.lower[t] in ",:?"), 0)
        if not comma:
            comma = next((d.first for d in s.doers if d.first >= last), 0)
        pillars = [p for p in s.pillars if last <= p.first < comma]
        if pillars:
            return pillars, comma
    if s.number:
        begin, end = s.scene.view.sentences[s.number - 1]
        same = s.scene.view.segment_at(begin).block == s.scene.view.segment_at(s.first).block
        if same and end - begin <= QUESTION and "?" in s.lower[begin:end]:
            pillars = s.scene.pillars_in(begin, end)
            if not pillars and s.doers and not s.words.asking.isdisjoint(s.lower[begin:end]):
                pillars = s.scene.carried(s.number, s.doers[0])
            return pillars, s.first
    return [], s.last
