"""Responsibilities told with a verb: "Dinsos menangani RPPA", "RPPA diampu Dinsos"."""

from __future__ import annotations

from extract.links.duties import Doer
from extract.links.duty_sentences import Sentence

#: Tokens between an agency and the verb of what it does.
VERB_REACH = 30


def read_passives(s: Sentence) -> None:
    """ "RPPA diampu Dinsos, lansia oleh Dinkes"."""
    clause = s.first
    for first, last, strong in s.scene.passives(s.first, s.last):
        doers = _agents(s, last)
        if not doers:
            continue
        clause = max(clause, s.break_before(first))
        before = [p for p in s.pillars if clause <= p.first < first and p.first not in s.used]
        refused = s.refused(clause, first)
        if not refused:
            for doer in doers:
                pillars = s.fitting(before, doer, strong)
                if not before:
                    pillars = s.scene.carried(s.number, doer)
                s.add(doer, pillars, first, doer.last, "responsibilities.done-by")
            _same_place(s, doers[-1], s.lower[last - 1])
        s.used.update(d.first for d in doers)
        clause = doers[-1].last


def _same_place(s: Sentence, doer: Doer, word: str) -> None:
    """The next agency where the verb is left out: "RPPA berada di Dinsos, sport center di Dispora"."""
    behind = next((d for d in s.doers if d.first >= doer.last), None)
    if behind is None or word not in s.words.places or s.lower[behind.first - 1] != word:
        return
    pillars = [p for p in s.pillars if doer.last <= p.first < behind.first]
    if pillars and not s.refused(doer.last, behind.first):
        s.add(behind, pillars, pillars[0].first, behind.last, "responsibilities.done-by")


def _agents(s: Sentence, at: int) -> list[Doer]:
    """The agencies right behind a passive verb."""
    while at < s.last and s.lower[at] in s.words.agent_words:
        at += 1
    found: list[Doer] = []
    while at < s.last:
        doer = next((d for d in s.doers if d.first == at), None)
        if doer is None:
            break
        found.append(doer)
        at = doer.last
        if at + 1 < s.last and s.lower[at] in ("dan", "serta", "bersama", "&"):
            at += 1
    return found


def read_actives(s: Sentence) -> None:
    """ "Dinsos dan DP3A menangani RPPA"."""
    for group, following in _groups(s):
        if any(d.first in s.used for d in group) or group[0].titled or _no_doer(s, group[0]):
            continue
        _active(s, group, following.first if following else s.last)


def _groups(s: Sentence) -> list[tuple[list[Doer], Doer | None]]:
    """The agencies that share a verb, "Dinsos, Disnaker, dan Dispora", each with the next one behind."""
    groups: list[list[Doer]] = []
    for doer in s.doers:
        last = groups[-1][-1] if groups else None
        if last and all(s.lower[t] in s.words.together for t in range(last.last, doer.first)):
            groups[-1].append(doer)
        else:
            groups.append([doer])
    groups = [part for group in groups for part in _joined(s, group)]
    heads = [g[0] for g in groups]
    return [
        (group, next((d for d in heads[at + 1 :] if not _no_doer(s, d)), None))
        for at, group in enumerate(groups)
    ]


def _joined(s: Sentence, group: list[Doer]) -> list[list[Doer]]:
    """The group itself, or its members one by one where commas alone stand between them."""
    between = range(group[0].last, group[-1].first)
    whole = any(s.lower[t] != "," for t in between if not any(d.first <= t < d.last for d in group))
    return [group] if whole else [[doer] for doer in group]


def _no_doer(s: Sentence, doer: Doer) -> bool:
    """Whether the word before an agency makes it a partner, a guest or a place."""
    before = doer.first - 1
    if before < s.first:
        return False
    return s.lower[before] in s.words.partners


def _active(s: Sentence, group: list[Doer], end: int) -> None:
    if s.refused(s.clause_start(group[0].first), group[0].first):
        return
    doer, behind_all = group[0], group[-1].last
    for first, last, strong in s.scene.actives(behind_all, min(end, behind_all + VERB_REACH)):
        if s.refused(behind_all, first):
            return
        stop = min(end, s.break_after(last))
        behind = [p for p in s.pillars if last <= p.first < stop and p.first not in s.used]
        if not strong and s.scene.is_idle(first):
            return
        before = [p for p in s.pillars if p.first < doer.first and p.first not in s.used]
        pillars = s.fitting(behind, doer, strong)
        if not pillars and not behind:
            pillars = s.fitting(before, doer, False) or s.scene.carried(s.number, doer)
        if pillars:
            for one in group:
                s.add(one, pillars, first, last, "responsibilities.does")
            return
    if s.lower[doer.first - 1 : doer.first] and s.lower[doer.first - 1] in s.words.channels:
        before = [p for p in s.pillars if s.first <= p.first < doer.first]
        acts = s.scene.actives(s.first, doer.first) or s.scene.passives(s.first, doer.first)
        if acts and not any(d.first in s.used for d in s.doers):
            s.add(
                doer,
                s.fitting(before, doer, False),
                doer.first,
                doer.last,
                "responsibilities.channel",
            )
