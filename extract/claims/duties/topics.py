"""Responsibilities that a layout or a topic tells: "RPPA: Dinsos", "Untuk RPPA, ... Dinsos"."""

from __future__ import annotations

from extract.claims.duties.doers import Doer
from extract.claims.duties.scene import Mention
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
    item = _is_item(s)
    pairs = (
        (doer, _paired_before(s, doer) or _paired_behind(s, doer)) for doer in s.doers if s.is_free(doer)
    )
    found = [(doer, pillars) for doer, pillars in pairs if pillars]
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
    begin = next((t + 1 for t in range(doer.first - 2, begin, -1) if s.lower[t] == ";"), begin)
    pillars = s.pillars_in(begin, doer.first)
    return pillars if pillars and (_is_item(s) or pillars[-1].last >= doer.first - 1) else []


def _paired_behind(s: Sentence, doer: Doer) -> list[Mention]:
    """The pillars of "Dinsos: lansia dan difabel", "Dinsos (lansia)"."""
    if doer.last >= s.last or s.lower[doer.last] not in PAIRING:
        return []
    end = s.next_doer(doer.first)
    end = next((t for t in range(doer.last + 1, end) if s.lower[t] in (";", ")")), end)
    pillars = s.pillars_in(doer.last + 1, end)
    return pillars if pillars and (_is_item(s) or pillars[0].first <= doer.last + 1) else []


def _is_item(s: Sentence) -> bool:
    """Whether a sentence is a line of a list."""
    return s.scene.view.segment_at(s.first).kind == "item"


def read_topics(s: Sentence) -> None:
    """ "Untuk RPPA, ada Dinsos dan DP3A", "Sport center? Tanya Dispora"."""
    pillars, begin = _topic_told(s) or _topic_asked(s)
    if not pillars:
        return
    for doer in s.doers:
        stop = s.next_doer(doer.first)
        if begin <= doer.first and _has_topic(s, doer, begin, stop):
            s.add(doer, s.fitting(pillars, doer, False), doer.first, doer.last, "responsibilities.topic")


def _has_topic(s: Sentence, doer: Doer, begin: int, stop: int) -> bool:
    """Whether an agency behind the topic is the one for it."""
    if not s.is_free(doer) or s.no_doer(doer) or not s.opens(doer.first):
        return False
    since = max(begin, s.break_before(doer.first))  # "bukan Dinsos, melainkan DP3A"
    if s.refused(since, stop) or s.ended(begin, doer.first):
        return False
    return not any(s.words.tells_nothing(word) for word in s.lower[doer.last : min(stop, doer.last + 4)])


def _topic_told(s: Sentence) -> tuple[list[Mention], int] | None:
    """The pillars that a sentence says it speaks of, and the token behind its topic."""
    for first, last, _ in s.words.topics.find(s.lower, s.first, min(s.last, s.first + TOPIC)):
        end = _topic_end(s, last) if s.opens(first) else last
        if pillars := s.pillars_in(last, end):
            return pillars, end
    return None


def _topic_end(s: Sentence, at: int) -> int:
    """The mark behind a topic that opens before a token, else the agency behind it."""
    marks = (t for t in range(at, min(s.last, at + TOPIC)) if s.lower[t] in ",:?")
    agencies = (d.first for d in s.doers if d.first >= at)
    return next(marks, 0) or next(agencies, 0)


def _topic_asked(s: Sentence) -> tuple[list[Mention], int]:
    """The pillars of a short question right before, or those that it goes on with: "Siapa yang mengurus?"."""
    view = s.scene.view
    if not s.number:
        return [], s.last
    begin, end = view.sentences[s.number - 1]
    same = view.segment_at(begin).block == view.segment_at(s.first).block
    if not same or end - begin > QUESTION or "?" not in s.lower[begin:end]:
        return [], s.last
    pillars = s.scene.pillars_in(begin, end)
    if not pillars and s.doers and not s.words.asking.isdisjoint(s.lower[begin:end]):
        pillars = s.scene.carried(s.number, s.doers[0])
    return pillars, s.first
