"""Responsibilities told with an active verb: "Dinsos menangani RPPA"."""

from __future__ import annotations

from dataclasses import dataclass

from extract.claims.duties.doers import Doer
from extract.claims.duties.scene import Mention, Verb
from extract.claims.duties.sentence import Sentence

#: Tokens between an agency and the verb of what it does.
VERB_REACH = 30
#: Tokens between an agency and a pillar where the verb is none that the cues or its shape tell.
NEAR = 8
RULE = "responsibilities.does"


def read_actives(s: Sentence) -> None:
    """ "Dinsos dan DP3A menangani RPPA"."""
    for group, following in _groups(s):
        free = all(d.first not in s.used for d in group)
        if free and not group[0].titled and not s.no_doer(group[0]):
            _Acting(s, group, following.first if following else s.last).read()


# --- who shares a verb -----------------------------------------------------------------------------


def _groups(s: Sentence) -> list[tuple[list[Doer], Doer | None]]:
    """The agencies that share a verb, "Dinsos, Disnaker, dan Dispora", each with the next one behind."""
    groups = [part for group in _neighbours(s) for part in _joined(s, group)]
    heads = [group[0] for group in groups]
    return [
        (group, next((d for d in heads[at + 1 :] if not s.no_doer(d)), None))
        for at, group in enumerate(groups)
    ]


def _neighbours(s: Sentence) -> list[list[Doer]]:
    """The agencies between which stand commas and words that join them alone."""
    groups: list[list[Doer]] = []
    for doer in s.doers:
        if groups and all(s.joins(t) for t in range(groups[-1][-1].last, doer.first)):
            groups[-1].append(doer)
        else:
            groups.append([doer])
    return groups


def _joined(s: Sentence, group: list[Doer]) -> list[list[Doer]]:
    """The group itself, or its members one by one where commas alone stand between them."""
    named = {t for d in group for t in range(d.first, d.last)}
    between = (t for t in range(group[0].last, group[-1].first) if t not in named)
    return [group] if any(s.lower[t] != "," for t in between) else [[doer] for doer in group]


# --- what they do ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Acting:
    """Agencies that share a verb, and the token at which others take over."""

    s: Sentence
    group: list[Doer]
    end: int

    @property
    def doer(self) -> Doer:
        return self.group[0]

    @property
    def at(self) -> int:
        """The token behind the last of them."""
        return self.group[-1].last

    def read(self) -> None:
        """Claims for the first verb that has a pillar; what refuses one refuses those behind it as well."""
        s = self.s
        if s.untold(s.clause_start(self.doer.first), self.doer.first):
            return
        told = False
        for verb in s.scene.actives(self.at, min(self.end, self.at + VERB_REACH)):
            if s.untold(self.at, verb.first):
                return
            if s.lower[verb.first] in s.words.bridges:
                continue
            if self._tells_no_work(verb) or self._claim(verb):
                return
            told = True
        if not told:
            self._read_near()
        if not s.words.channels.isdisjoint(s.lower[self.doer.first - 1 : self.doer.first]):
            self._read_channel()

    def _tells_no_work(self, verb: Verb) -> bool:
        """Whether a verb tells nothing of the office's own: "mengatakan", "melaporkan hal senada"."""
        if self.s.words.same_as_before.at(self.s.lower, verb.last):
            return True
        return not verb.strong and self.s.scene.is_idle(verb.first)

    def _claim(self, verb: Verb) -> bool:
        """Claims for the pillars of a verb; whether there are some, or it is said to do no more than that."""
        s, doer = self.s, self.doer
        stop = min(self.end, s.break_after(verb.last))
        behind = s.free_pillars(verb.last, stop)
        pillars = [p for p in s.fitting(behind, doer, verb.strong) if not self._is_only_place(p)]
        pillars += self._besides() if pillars else []
        goes_back = not behind or bool(s.words.places_back.find(s.lower, verb.first, stop))
        if not pillars and goes_back:
            if not s.words.limits.isdisjoint(s.lower[self.at : verb.first]):
                return True  # "Dinsos hanya membantu data"
            before = s.free_pillars(s.first, doer.first)
            pillars = s.fitting(before, doer, False) or s.scene.carried(s.number, doer)
        for one in self.group if pillars else ():
            s.add(one, pillars, verb.first, verb.last, RULE)
        return bool(pillars)

    def _is_only_place(self, pillar: Mention) -> bool:
        """Whether a pillar is where something else is done: "Dinsos apel di lapangan sport center"."""
        before = self.s.lower[pillar.first - 2 : pillar.first]
        at = not self.s.words.sites.isdisjoint(before)
        return at and not self.s.scene.usual(self.doer, pillar.pillar)

    def _besides(self) -> list[Mention]:
        """The pillars of "Selain RPPA, Dinsos juga menangani ..."."""
        s, first = self.s, self.doer.first
        at = next((t for t in range(s.since(first), first) if s.lower[t] in s.words.besides), first)
        return s.fitting(s.free_pillars(at + 1, first), self.doer, False)

    def _read_near(self) -> None:
        """A verb that only speech or its own word tells: "Dinsos masuk lewat lansia"."""
        s, at = self.s, self.at
        stop = min(self.end, s.break_after(at), at + NEAR)
        pillars = s.free_pillars(at, stop)
        if not pillars or not s.opens(self.doer.first) or not s.lower[at].isalpha():
            return
        between = s.lower[at : pillars[0].first]
        if not between or between[0] in s.words.shares:  # the verb itself may name a pillar
            return
        if s.untold(at, stop) or any(map(s.words.tells_nothing, between)):
            return
        for one in self.group:
            s.add(one, s.fitting(pillars, one, False), at, pillars[0].last, RULE)

    def _read_channel(self) -> None:
        """An agency through which its government acts: "pemkab melalui Dinsos menyalurkan ..."."""
        s, doer = self.s, self.doer
        acts = s.scene.actives(s.first, doer.first) or s.scene.passives(s.first, doer.first)
        if acts and not any(d.first in s.used for d in s.doers):
            before = s.fitting(s.pillars_in(s.first, doer.first), doer, False)
            s.add(doer, before, doer.first, doer.last, "responsibilities.channel")
