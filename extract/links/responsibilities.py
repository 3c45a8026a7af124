"""Which agency handles which pillar, told as fact.

Four forms within a sentence: the agency does ("Dinsos menangani RPPA"), the work is done by it ("RPPA diampu
Dinsos"), it holds an office over it ("Dinsos, pengampu RPPA"), a line pairs the two ("RPPA: Dinsos"). A
sentence without a pillar goes on with the one told before. Appeals, guests, partners and negations count for
nothing, nor does an official who merely speaks.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records import Agency, Evidence, Responsibility
from extract.context import Context
from extract.links.duties import Doer, DutyWords, Mention, Scene
from extract.links.lists import find_lead
from extract.view import View

#: Tokens of a sentence that announces a list with nothing but a word or two.
SHORT_LEAD = 5
#: Tokens from "untuk" to the first pillar of an agency's share.
SHARE_REACH = 5


@dataclass(frozen=True, slots=True)
class _Found:
    agency: Agency
    pillar: str
    first: int
    last: int
    rule: str


def link_responsibilities(
    view: View, context: Context, agencies: tuple[Agency, ...]
) -> tuple[Responsibility, ...]:
    """One claim for each agency and pillar, with every sentence that tells so as evidence."""
    if not agencies:
        return ()
    scene = Scene(view, agencies, view.vocabulary.compiled(DutyWords))
    if not scene.pillars:
        return ()
    found: list[_Found] = []
    for sentence in range(len(view.sentences)):
        if scene.speaks_of_work(sentence):
            found.extend(_Sentence(scene, sentence).read())
    claims: dict[tuple[str, str, str], list[_Found]] = {}
    for hit in found:
        claims.setdefault((hit.agency.type, hit.agency.region, hit.pillar), []).append(hit)
    return tuple(
        Responsibility(
            agency=kind,
            region=region,
            pillar=pillar,
            agency_name=hits[0].agency.name,
            evidence=tuple(dict.fromkeys(_evidence(view, h) for h in hits)),
        )
        for (kind, region, pillar), hits in claims.items()
    )


def _evidence(view: View, hit: _Found) -> Evidence:
    return view.evidence(hit.first, hit.last, hit.rule)


class _Sentence:
    """The reading of one sentence."""

    def __init__(self, scene: Scene, number: int) -> None:
        self.scene = scene
        self.words = scene.words
        self.lower = scene.lower
        self.number = number
        self.first, self.last = scene.view.sentences[number]
        self.doers = scene.doers_in(self.first, self.last)
        self.pillars = scene.pillars_in(self.first, self.last)
        self.used: set[int] = set()  # first tokens of pillars and doers that are spoken for
        self.hits: list[_Found] = []

    def read(self) -> list[_Found]:
        if self.doers and not self._under_appeal():
            self._passives()
            self._holders()
            self._actives()
            self._pairs()
            self._reports()
            self._shares()
        return self.hits

    def _under_appeal(self) -> bool:
        """Whether an appeal announces the list: "... mendorong dinas. Misalnya:"."""
        view = self.scene.view
        lead = find_lead(view, self.first)
        if lead is None:
            return False
        at = view.sentence_at(lead.last - 1)
        begin, end = view.sentences[at]
        if end - begin < SHORT_LEAD and begin > lead.first:
            begin = view.sentences[at - 1][0]
        return any(w in self.words.appeals for w in self.lower[max(begin, lead.first) : end])

    def _add(self, doer: Doer, pillars: list[Mention], first: int, last: int, rule: str) -> None:
        """Claims with evidence from `first` to `last`, and with an earlier sentence that tells the pillar."""
        inside = [p for p in pillars if p.first >= self.first]
        begin = min([first, doer.first, *(p.first for p in inside)])
        end = max([last, doer.last, *(p.last for p in inside)])
        for pillar in pillars:
            self.hits.append(_Found(doer.agency, pillar.pillar, begin, end, rule))
            if pillar.first < self.first:
                earlier = _Found(
                    doer.agency, pillar.pillar, pillar.first, pillar.last, "responsibilities.subject"
                )
                self.hits.append(earlier)
        self.used.update(p.first for p in inside)
        self.used.add(doer.first)

    # --- "RPPA diampu Dinsos" ----------------------------------------------------------------------

    def _passives(self) -> None:
        clause = self.first
        for first, last, strong in self.scene.passives(self.first, self.last):
            doers = self._agents(last)
            if not doers:
                continue
            clause = max(clause, self._break_before(first))
            before = [p for p in self.pillars if clause <= p.first < first and p.first not in self.used]
            refused = self._refused(clause, first)
            if not refused:
                for doer in doers:
                    pillars = self._fitting(before, doer, strong)
                    if not before:
                        pillars = self.scene.carried(self.number, doer)
                    self._add(doer, pillars, first, doer.last, "responsibilities.done-by")
                    self._same_place(doers[-1], self.lower[last - 1])
            self.used.update(d.first for d in doers)
            clause = doers[-1].last

    def _same_place(self, doer: Doer, word: str) -> None:
        """The next agency where the verb is left out: "RPPA berada di Dinsos, sport center di Dispora"."""
        behind = next((d for d in self.doers if d.first >= doer.last), None)
        if behind is None or word not in self.words.places or self.lower[behind.first - 1] != word:
            return
        pillars = [p for p in self.pillars if doer.last <= p.first < behind.first]
        if pillars and not self._refused(doer.last, behind.first):
            self._add(behind, pillars, pillars[0].first, behind.last, "responsibilities.done-by")

    def _agents(self, at: int) -> list[Doer]:
        """The agencies right behind a passive verb."""
        while at < self.last and self.lower[at] in self.words.agent_words:
            at += 1
        found: list[Doer] = []
        while at < self.last:
            doer = next((d for d in self.doers if d.first == at), None)
            if doer is None:
                break
            found.append(doer)
            at = doer.last
            if at + 1 < self.last and self.lower[at] in ("dan", "serta", "bersama", "&"):
                at += 1
        return found

    def _break_after(self, at: int) -> int:
        """The first token from one on that opens a clause of its own ("sedangkan"), or the sentence's end."""
        breaks = self.words.clause_breaks
        return next((t for t in range(at, self.last) if self.lower[t] in breaks), self.last)

    def _break_before(self, at: int) -> int:
        """The last such token before one, or the sentence's first."""
        breaks = self.words.clause_breaks
        return next((t for t in range(at - 1, self.first, -1) if self.lower[t] in breaks), self.first)

    def _refused(self, first: int, last: int) -> bool:
        """Whether an appeal or a negation stands in a range of tokens."""
        return any(w in self.words.appeals or w in self.words.negations for w in self.lower[first:last])

    def _fitting(self, pillars: list[Mention], doer: Doer, strong: bool) -> list[Mention]:
        return pillars if strong else [p for p in pillars if self.scene.usual(doer, p.pillar)]

    # --- "Dinsos, pengampu RPPA", "penanggung jawab RPPA adalah Dinsos" ----------------------------

    def _holders(self) -> None:
        for first, last in self.words.holders_in(self.lower, self.first, self.last):
            if self._refused(self.first, first):
                continue
            behind = [p for p in self.pillars if last <= p.first < min(last + 8, self._break_after(last))]
            after = next((d for d in self.doers if last <= d.first < last + 16), None)
            before = next((d for d in reversed(self.doers) if d.last <= first and first - d.last <= 4), None)
            if before and not before.titled:
                pillars = behind or self.scene.carried(self.number, before)
                self._add(before, pillars, before.first, last, "responsibilities.holds")
            elif after and not self._words_between(last, after.first):
                pillars = [p for p in behind if p.first < after.first]
                pillars = pillars or [p for p in self.pillars if p.first < first]
                pillars = pillars or self.scene.carried(self.number, after)
                self._add(after, pillars, first, after.last, "responsibilities.holds")

    def _words_between(self, first: int, last: int) -> bool:
        """Whether more than a pillar and a copula stands between "penanggung jawab" and the agency."""
        inside = {t for p in self.pillars for t in range(p.first, p.last)}
        rest = [
            t
            for t in range(first, last)
            if t not in inside and self.lower[t] not in self.words.copulas and self.lower[t] not in "()"
        ]
        return len(rest) > 3

    # --- "Dinsos menangani RPPA" -------------------------------------------------------------------

    def _actives(self) -> None:
        for group, following in self._groups():
            if any(d.first in self.used for d in group) or group[0].titled or self._no_doer(group[0]):
                continue
            self._active(group, following.first if following else self.last)

    def _groups(self) -> list[tuple[list[Doer], Doer | None]]:
        """The agencies that share a verb, "Dinsos, Disnaker, dan Dispora", each with the next one behind."""
        groups: list[list[Doer]] = []
        for doer in self.doers:
            last = groups[-1][-1] if groups else None
            if last and all(self.lower[t] in self.words.together for t in range(last.last, doer.first)):
                groups[-1].append(doer)
            else:
                groups.append([doer])
        groups = [part for group in groups for part in self._joined(group)]
        heads = [g[0] for g in groups]
        return [
            (group, next((d for d in heads[at + 1 :] if not self._no_doer(d)), None))
            for at, group in enumerate(groups)
        ]

    def _joined(self, group: list[Doer]) -> list[list[Doer]]:
        """The group itself, or its members one by one where commas alone stand between them."""
        between = range(group[0].last, group[-1].first)
        whole = any(self.lower[t] != "," for t in between if not any(d.first <= t < d.last for d in group))
        return [group] if whole else [[doer] for doer in group]

    def _no_doer(self, doer: Doer) -> bool:
        """Whether the word before an agency makes it a partner, a guest or a place."""
        before = doer.first - 1
        if before < self.first:
            return False
        return self.lower[before] in self.words.partners

    def _active(self, group: list[Doer], end: int) -> None:
        if self._refused(self._clause_start(group[0].first), group[0].first):
            return
        doer, behind_all = group[0], group[-1].last
        for first, last, strong in self.scene.actives(behind_all, min(end, behind_all + 30)):
            if self._refused(behind_all, first):
                return
            stop = min(end, self._break_after(last))
            behind = [p for p in self.pillars if last <= p.first < stop and p.first not in self.used]
            if not strong and self.scene.is_idle(first):
                return
            before = [p for p in self.pillars if p.first < doer.first and p.first not in self.used]
            pillars = self._fitting(behind, doer, strong)
            if not pillars and not behind:
                pillars = self._fitting(before, doer, False) or self.scene.carried(self.number, doer)
            if pillars:
                for one in group:
                    self._add(one, pillars, first, last, "responsibilities.does")
                return
        if self.lower[doer.first - 1 : doer.first] and self.lower[doer.first - 1] in self.words.channels:
            before = [p for p in self.pillars if self.first <= p.first < doer.first]
            acts = self.scene.actives(self.first, doer.first) or self.scene.passives(self.first, doer.first)
            if acts and not any(d.first in self.used for d in self.doers):
                self._add(
                    doer,
                    self._fitting(before, doer, False),
                    doer.first,
                    doer.last,
                    "responsibilities.channel",
                )

    def _clause_start(self, at: int) -> int:
        """The token behind the last agency before one, or the sentence's first."""
        last = next((d for d in reversed(self.doers) if d.last <= at), None)
        if last is None:
            return self.first
        if last.first in self.used:  # its own aim is told up to the comma: "..., agar mandiri, Disnaker ..."
            return next((t for t in range(at - 1, last.last, -1) if self.lower[t] == ","), last.last)
        return last.last

    # --- "RPPA: Dinsos" ----------------------------------------------------------------------------

    def _pairs(self) -> None:
        """A short line that is nothing but a pillar, a mark and an agency."""
        segment = self.scene.view.segment_at(self.first)
        if segment.kind != "item" or self.last - self.first > 30 or self.used or len(self.doers) != 1:
            return
        doer = self.doers[0]
        before = [p for p in self.pillars if p.last <= doer.first]
        behind = [p for p in self.pillars if p.first >= doer.last]
        marks = (":", "-", "–", "—", "(", "=", "→")
        if before and self.lower[doer.first - 1] in marks:
            self._add(doer, before, doer.first, doer.last, "responsibilities.pair")
        elif behind and doer.last < self.last and self.lower[doer.last] in marks:
            self._add(doer, behind, doer.first, doer.last, "responsibilities.pair")

    # --- "Kepala DP3A melaporkan, RPPA sudah melayani 23 klien" ------------------------------------

    def _reports(self) -> None:
        """An official who reports on the work for a pillar that his office usually holds."""
        titled = next((d for d in self.doers if d.titled), None)
        verbs = [t for t in range(self.first, self.last) if self.lower[t] in self.words.reports]
        if titled is None or not verbs or titled.first > verbs[0] or self.used:
            return
        behind = [p for p in self.pillars if p.first > verbs[0]]
        if behind and not self._refused(verbs[0], self.last):
            self._add(
                titled,
                self._fitting(behind, titled, False),
                verbs[0],
                verbs[0] + 1,
                "responsibilities.reports",
            )

    # --- "Dinsos untuk RPPA dan lansia, Disporapar untuk sport center" -----------------------------

    def _shares(self) -> None:
        """Two agencies or more, each with its pillars behind "untuk"."""
        shares: list[tuple[Doer, list[Mention]]] = []
        for index, doer in enumerate(self.doers):
            end = self.doers[index + 1].first if index + 1 < len(self.doers) else self.last
            pillars = [p for p in self.pillars if doer.last < p.first < end]
            opens = self.lower[doer.last : doer.last + 1]
            if (
                pillars
                and opens
                and opens[0] in self.words.shares
                and pillars[0].first - doer.last <= SHARE_REACH
            ):
                shares.append((doer, pillars))
        if len(shares) > 1 and not self.used and not self._refused(self.first, shares[0][0].first):
            for doer, pillars in shares:
                self._add(doer, pillars, doer.first, doer.last, "responsibilities.shares")
