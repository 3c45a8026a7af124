"""Responsibilities told with a passive verb or a noun of possession: "RPPA diampu Dinsos"."""

from __future__ import annotations

from dataclasses import dataclass

from extract.claims.duties.doers import Doer
from extract.claims.duties.scene import Mention, Verb
from extract.claims.duties.sentence import Sentence
from extract.vocabulary.scan import Scan

#: Tokens between the agency and the pillar that its work is for.
PURPOSE = 8
RULE = "responsibilities.done-by"


def read_passives(s: Sentence) -> None:
    """ "RPPA diampu Dinsos, lansia oleh Dinkes"."""
    passives = _Passives(s, s.first, s.first)
    for verb in s.scene.passives(s.first, s.last):
        passives.read(verb)


@dataclass(slots=True)
class _Passives:
    """The verbs of a sentence one after the other: each has what the one before it left."""

    s: Sentence
    clause: int  # behind the last verb that told something
    asked_from: int  # behind the last one at all: what came before was refused with it

    def read(self, verb: Verb) -> None:
        s = self.s
        doers, staff = _agents(s, verb.last)
        if (
            not doers
            or doers[0].first in s.used
            or not (verb.strong or staff or not s.scene.is_idle(verb.first))
        ):
            return
        self.clause = max(self.clause, s.break_before(verb.first))
        if not s.untold(max(self.clause, self.asked_from), verb.first):
            _add_done(s, doers, s.free_pillars(self.clause, verb.first), verb)
            add_same_place(s, doers[-1], s.lower[verb.last - 1])
            self.clause = doers[-1].last
        s.used.update(d.first for d in doers)
        self.asked_from = doers[-1].last


def _add_done(s: Sentence, doers: list[Doer], before: list[Mention], verb: Verb) -> None:
    """Claims for those who do what the verb says of the pillars before it, behind it, or told earlier."""
    if _has_each_its_own(s, doers, before, verb):
        for doer, kind in zip(doers, dict.fromkeys(p.pillar for p in before), strict=True):
            s.add(doer, [p for p in before if p.pillar == kind], verb.first, doer.last, RULE)
        return
    purpose = [] if before else purpose_behind(s, doers[-1].last)
    for index, doer in enumerate(doers):
        pillars = s.fitting(before, doer, verb.strong and not index)
        if not before:
            pillars = s.fitting(purpose, doer, False) or s.scene.carried(s.number, doer)
        s.add(doer, pillars, verb.first, doer.last, RULE)


def _has_each_its_own(s: Sentence, doers: list[Doer], before: list[Mention], verb: Verb) -> bool:
    """Whether as many pillars as agencies are told, each with its own: "masing-masing"."""
    as_many = len({p.pillar for p in before}) == len(doers) > 1
    return as_many and not s.words.each.isdisjoint(s.lower[before[0].first : verb.first])


def purpose_behind(s: Sentence, at: int) -> list[Mention]:
    """The pillars behind the last agency: "dikelola Dinsos guna mengoperasikan RPPA"."""
    if any(d.first >= at for d in s.doers):
        return []
    return s.free_pillars(at, min(s.break_after(at), at + PURPOSE))


def add_same_place(s: Sentence, doer: Doer, word: str) -> None:
    """The next agency where the verb is left out: "RPPA berada di Dinsos, sport center di Dispora"."""
    behind = next((d for d in s.doers if d.first >= doer.last), None)
    if behind is None or word not in s.words.places or s.lower[behind.first - 1] != word:
        return
    pillars = s.pillars_in(doer.last, behind.first)
    if pillars and not s.refused(doer.last, behind.first):
        s.add(behind, pillars, pillars[0].first, behind.last, RULE)


def _agents(s: Sentence, first: int) -> tuple[list[Doer], bool]:
    """The agencies right behind a passive verb, and whether their staff is named there."""
    scan = Scan(first, s.last)
    for at in scan:
        scan.at = at if s.doer_at(at) is not None else _past(s, at, first)
    doer = s.doer_at(scan.at)
    staff = not s.words.staff.isdisjoint(s.lower[first : scan.at])
    return (s.with_others(doer) if doer else []), staff


def _past(s: Sentence, at: int, first: int) -> int:
    """The token behind words that may stand before the agency; the token itself where they may not."""
    if hit := s.words.namely.at(s.lower, at):  # "dipegang satu dinas, yakni Dinsos"
        return hit[0]
    from_there = s.lower[at] in s.words.sources and (at == first or _is_between(s, at - 1))
    return at + (from_there or _is_between(s, at))


def _is_between(s: Sentence, at: int) -> bool:
    if s.lower[at] == "-" and at + 1 < s.last:
        return s.lower[at - 1] == s.lower[at + 1]  # "bareng-bareng"
    return s.lower[at] in s.words.agent_words or s.lower[at].isdigit()
