"""Responsibilities told with a verb: "Dinsos menangani RPPA", "RPPA diampu Dinsos"."""

from __future__ import annotations

from extract.claims.duties.scene import Doer, Mention
from extract.claims.duties.sentence import Sentence
from extract.vocabulary.scan import Scan, skip

#: Tokens between an agency and the verb of what it does.
VERB_REACH = 30
#: Tokens between a verb that hands work over and the agency that gets it.
TRANSFER_REACH = 14
#: Tokens between an agency and a pillar where the verb is none that the cues or its shape tell.
NEAR = 8


def read_passives(s: Sentence) -> None:
    """ "RPPA diampu Dinsos, lansia oleh Dinkes"."""
    clause = refused_from = s.first
    for first, last, strong in s.scene.passives(s.first, s.last):
        doers, staff = _agents(s, last)
        if not doers or doers[0].first in s.used or (not strong and not staff and s.scene.is_idle(first)):
            continue
        clause = max(clause, s.break_before(first))
        before = [p for p in s.pillars if clause <= p.first < first and p.first not in s.used]
        refused = s.refused(max(clause, refused_from), first) or s.ended(max(clause, refused_from), first)
        if not refused:
            _add_done(s, doers, before, first, last, strong)
            _same_place(s, doers[-1], s.lower[last - 1])
            clause = doers[-1].last
        s.used.update(d.first for d in doers)
        refused_from = doers[-1].last


def _add_done(
    s: Sentence, doers: list[Doer], before: list[Mention], first: int, last: int, strong: bool
) -> None:
    """Claims for those who do what the verb says of the pillars before it, behind it, or told earlier."""
    purpose = [] if before else _purpose(s, doers[-1].last)
    kinds = list(dict.fromkeys(p.pillar for p in before))
    each = before and len(kinds) == len(doers) > 1
    if each and not s.words.each.isdisjoint(s.lower[before[0].first : first]):
        for doer, kind in zip(doers, kinds, strict=True):
            s.add(doer, [p for p in before if p.pillar == kind], first, doer.last, "responsibilities.done-by")
        return
    for index, doer in enumerate(doers):
        pillars = s.fitting(before, doer, strong and not index)
        if not before:
            pillars = s.fitting(purpose, doer, False) or s.scene.carried(s.number, doer)
        s.add(doer, pillars, first, doer.last, "responsibilities.done-by")


def _purpose(s: Sentence, at: int) -> list[Mention]:
    """The pillars behind the last agency: "dikelola Dinsos guna mengoperasikan RPPA"."""
    if any(d.first >= at for d in s.doers):
        return []
    end = min(s.break_after(at), at + NEAR)
    return [p for p in s.pillars if at <= p.first < end and p.first not in s.used]


def _same_place(s: Sentence, doer: Doer, word: str) -> None:
    """The next agency where the verb is left out: "RPPA berada di Dinsos, sport center di Dispora"."""
    behind = next((d for d in s.doers if d.first >= doer.last), None)
    if behind is None or word not in s.words.places or s.lower[behind.first - 1] != word:
        return
    pillars = [p for p in s.pillars if doer.last <= p.first < behind.first]
    if pillars and not s.refused(doer.last, behind.first):
        s.add(behind, pillars, pillars[0].first, behind.last, "responsibilities.done-by")


def _agents(s: Sentence, at: int) -> tuple[list[Doer], bool]:
    """The agencies right behind a passive verb, and whether their staff is named there."""
    staff = False
    first, scan = at, Scan(at, s.last)
    for at in scan:
        if s.doer_at(at) is not None:
            break
        if hit := s.words.namely.at(s.lower, at):  # "dipegang satu dinas, yakni Dinsos"
            scan.at = hit[0]
            continue
        from_there = s.lower[at] == "dari" and (at == first or _between(s, at - 1))
        if not _between(s, at) and not from_there:
            break
        staff = staff or s.lower[at] in s.words.staff
        scan.at = at + 1
    doer = s.doer_at(scan.at)
    return (s.with_others(doer) if doer else []), staff


def _between(s: Sentence, at: int) -> bool:
    if s.lower[at] == "-" and at + 1 < s.last:
        return s.lower[at - 1] == s.lower[at + 1]  # "bareng-bareng"
    return s.lower[at] in s.words.agent_words or s.lower[at].isdigit()


def read_transfers(s: Sentence) -> None:
    """ "RPPA dipasrahkan kepada Dinsos", "RPPA jatuh ke tangan Dinsos"."""
    for first, last, _ in s.words.transfers.find(s.lower, s.first, s.last):
        doer = _receiver(s, last)
        if doer is None or doer.first in s.used:
            continue
        clause = max(s.break_before(first), s.first)
        begin = max([clause, *(d.last for d in s.doers if d.last <= first)])
        if s.refused(begin, doer.first) or s.ended(begin, first):
            s.used.add(doer.first)
            continue
        told = [p for p in s.pillars if clause <= p.first < doer.first and p.first not in s.used]
        for one in s.with_others(doer):
            pillars = s.fitting(told, one, one is doer)
            if not told:
                pillars = s.fitting(_purpose(s, one.last), one, False) or s.scene.carried(s.number, one)
            s.add(one, pillars, first, one.last, "responsibilities.handed-to")
        _same_place(s, doer, s.lower[doer.first - 1])


def _receiver(s: Sentence, at: int) -> Doer | None:
    """The agency behind a verb that hands over, its preposition and nothing but nouns of work and pillars."""
    inside = {t for p in s.pillars for t in range(p.first, p.last)}
    scan = Scan(at, min(s.last, at + TRANSFER_REACH))
    for at in scan:
        word = s.lower[at]
        if word in s.words.places:
            return s.doer_at(
                skip(at + 1, s.last, lambda t: s.doer_at(t) is None and s.lower[t] in s.words.hands)
            )
        if at not in inside and not (word in s.words.tasks or word in s.words.stays or word == "dan"):
            if word != "dari":
                return None
            former = s.doer_at(at + 1)  # "dialihkan dari Dinkes ke Dinsos"
            if former is None:
                return None
            s.used.add(former.first)
            scan.at = former.last
            continue
        scan.at = at + 1
    return None


def read_allotments(s: Sentence) -> None:
    """ "Rp9 miliar pada DP3A untuk operasional RPPA": money with an agency, for a pillar."""
    for doer in s.doers:
        at = doer.last
        if doer.first in s.used or doer.titled or at >= s.last or s.lower[at] not in s.words.purposes:
            continue
        begin = max([s.break_before(doer.first), *(d.last for d in s.doers if d.last <= doer.first)])
        money = any(n.label_ == "MONEY" for n in s.scene.view.spans_in("numbers", begin, doer.first))
        pillars = s.fitting(_behind(s, at, doer), doer, False)
        if money and pillars and not s.refused(begin, pillars[-1].last):
            s.add(doer, pillars, doer.first, at, "responsibilities.allotted")


def _behind(s: Sentence, at: int, doer: Doer) -> list[Mention]:
    end = min(s.break_after(at), at + NEAR, next((d.first for d in s.doers if d.first > doer.first), s.last))
    return [p for p in s.pillars if at < p.first < end and p.first not in s.used]


def read_actives(s: Sentence) -> None:
    """ "Dinsos dan DP3A menangani RPPA"."""
    for group, following in _groups(s):
        if any(d.first in s.used for d in group) or group[0].titled or s.no_doer(group[0]):
            continue
        _active(s, group, following.first if following else s.last)


def _groups(s: Sentence) -> list[tuple[list[Doer], Doer | None]]:
    """The agencies that share a verb, "Dinsos, Disnaker, dan Dispora", each with the next one behind."""
    groups: list[list[Doer]] = []
    for doer in s.doers:
        last = groups[-1][-1] if groups else None
        if last and all(
            s.lower[t] in s.words.together or s.lower[t] in s.words.helpers
            for t in range(last.last, doer.first)
        ):
            groups[-1].append(doer)
        else:
            groups.append([doer])
    groups = [part for group in groups for part in _joined(s, group)]
    heads = [g[0] for g in groups]
    return [
        (group, next((d for d in heads[at + 1 :] if not s.no_doer(d)), None))
        for at, group in enumerate(groups)
    ]


def _joined(s: Sentence, group: list[Doer]) -> list[list[Doer]]:
    """The group itself, or its members one by one where commas alone stand between them."""
    between = range(group[0].last, group[-1].first)
    whole = any(s.lower[t] != "," for t in between if not any(d.first <= t < d.last for d in group))
    return [group] if whole else [[doer] for doer in group]


def _active(s: Sentence, group: list[Doer], end: int) -> None:
    clause = s.clause_start(group[0].first)
    if s.refused(clause, group[0].first) or s.ended(clause, group[0].first):
        return
    doer, behind_all = group[0], group[-1].last
    told = False
    for first, last, strong in s.scene.actives(behind_all, min(end, behind_all + VERB_REACH)):
        if s.refused(behind_all, first) or s.ended(behind_all, first):
            return
        if s.lower[first] in s.words.bridges:
            continue
        if s.words.same_as_before.at(s.lower, last):
            return
        stop = min(end, s.break_after(last))
        behind = [p for p in s.pillars if last <= p.first < stop and p.first not in s.used]
        if not strong and s.scene.is_idle(first):
            return
        told = True
        before = [p for p in s.pillars if p.first < doer.first and p.first not in s.used]
        pillars = [p for p in s.fitting(behind, doer, strong) if not _only_place(s, doer, p)]
        pillars += _besides(s, doer) if pillars else []
        if not pillars and (not behind or s.words.places_back.find(s.lower, first, stop)):
            if not s.words.limits.isdisjoint(s.lower[behind_all:first]):
                return  # "Dinsos hanya membantu data"
            pillars = s.fitting(before, doer, False) or s.scene.carried(s.number, doer)
        if pillars:
            for one in group:
                s.add(one, pillars, first, last, "responsibilities.does")
            return
    if not told:
        _near(s, group, end)
    if s.lower[doer.first - 1 : doer.first] and s.lower[doer.first - 1] in s.words.channels:
        _channel(s, doer)


def _only_place(s: Sentence, doer: Doer, pillar: Mention) -> bool:
    """Whether a pillar is where something else is done: "Dinsos menggelar apel di lapangan sport center"."""
    return "di" in s.lower[pillar.first - 2 : pillar.first] and not s.scene.usual(doer, pillar.pillar)


def _besides(s: Sentence, doer: Doer) -> list[Mention]:
    """The pillars of "Selain RPPA, Dinsos juga menangani ..."."""
    begin = max([s.break_before(doer.first), *(d.last for d in s.doers if d.last <= doer.first)])
    at = next((t for t in range(begin, doer.first) if s.lower[t] in s.words.besides), doer.first)
    pillars = [p for p in s.pillars if at < p.first < doer.first and p.first not in s.used]
    return s.fitting(pillars, doer, False)


def _near(s: Sentence, group: list[Doer], end: int) -> None:
    """A verb that only speech or its own word tells: "Dinsos masuk lewat lansia"."""
    doer, at = group[0], group[-1].last
    stop = min(end, s.break_after(at), at + NEAR)
    pillars = [p for p in s.pillars if at < p.first < stop and p.first not in s.used]
    if not pillars or not s.opens(doer.first) or not s.lower[at].isalpha():
        return
    between = s.lower[at : pillars[0].first]
    if between[0] in s.words.shares:
        return
    if s.refused(at, stop) or s.ended(at, stop) or any(_tells_nothing(s, word) for word in between):
        return
    for one in group:
        s.add(one, s.fitting(pillars, one, False), at, pillars[0].last, "responsibilities.does")


def _tells_nothing(s: Sentence, word: str) -> bool:
    return word in s.words.idle or word in s.words.absent


def _channel(s: Sentence, doer: Doer) -> None:
    """An agency through which its government acts: "pemkab melalui Dinsos menyalurkan ..."."""
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
