"""One sentence about work: its agencies and pillars, what limits its clauses, and what it claims."""

from __future__ import annotations

from dataclasses import dataclass

from db.records import Agency
from extract.article.list_leads import find_lead
from extract.claims.duties.doers import Doer
from extract.claims.duties.scene import Mention, Scene
from extract.vocabulary.scan import Scan, skip

#: Tokens of a sentence that announces a list with nothing but a word or two.
SHORT_LEAD = 5
#: Marks that a clause opens behind.
MARKS = frozenset(",;:.?!\"“”'‘’()[]-–—•→|/")


@dataclass(frozen=True, slots=True)
class Claim:
    """A pillar that an agency is said to hold, with the tokens that say so."""

    agency: Agency
    pillar: str
    first: int
    last: int
    rule: str


class Sentence:
    """The state of reading one sentence; the forms add claims to it."""

    def __init__(self, scene: Scene, number: int) -> None:
        self.scene = scene
        self.words = scene.words
        self.lower = scene.lower
        self.number = number
        self.first, self.last = scene.view.sentences[number]
        self.doers = scene.doers_in(self.first, self.last)
        self.pillars = scene.pillars_in(self.first, self.last)
        self.used: set[int] = set()  # first tokens of pillars and doers that are spoken for
        self.claims: list[Claim] = []
        self._by_first = {d.first: d for d in self.doers}

    def add(self, doer: Doer, pillars: list[Mention], first: int, last: int, rule: str) -> None:
        """Claims with evidence from `first` to `last`, and with an earlier sentence that tells the pillar."""
        inside = [p for p in pillars if p.first >= self.first]
        begin = min([first, doer.first, *(p.first for p in inside)])
        end = max([last, doer.last, *(p.last for p in inside)])
        for pillar in pillars:
            self.claims.append(Claim(doer.agency, pillar.pillar, begin, end, rule))
            if pillar.first < self.first:
                earlier = Claim(
                    doer.agency, pillar.pillar, pillar.first, pillar.last, "responsibilities.subject"
                )
                self.claims.append(earlier)
        self.used.update(p.first for p in inside)
        self.used.add(doer.first)

    def under_appeal(self) -> bool:
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

    # --- clauses -----------------------------------------------------------------------------------

    def break_after(self, at: int) -> int:
        """The first token from one on that opens a clause of its own ("sedangkan"), or the sentence's end."""
        return next((t for t in range(at, self.last) if self._breaks(t)), self.last)

    def break_before(self, at: int) -> int:
        """The last such token before one, or the sentence's first."""
        return next((t for t in range(at - 1, self.first, -1) if self._breaks(t)), self.first)

    def _breaks(self, at: int) -> bool:
        """Whether a clause of its own opens at a token."""
        if self.lower[at] in self.words.clause_breaks:
            return True
        return self.lower[at] in self.words.comma_breaks and self.lower[at - 1] == ","

    def clause_start(self, at: int) -> int:
        """The token behind the last agency before one, or the sentence's first."""
        last = next((d for d in reversed(self.doers) if d.last <= at), None)
        if last is None:
            return self.first
        if last.first in self.used:  # its own aim is told up to the comma: "..., agar mandiri, Disnaker ..."
            return next((t for t in range(at - 1, last.last, -1) if self.lower[t] == ","), last.last)
        return last.last

    def opens(self, at: int) -> bool:
        """Whether a clause may open at a token: a mark or a conjunction stands before it."""
        before = self.lower[at - 1] if at > self.first else ","
        return before in MARKS or before in self.words.conjunctions or before in self.words.clause_breaks

    def closes(self, at: int) -> bool:
        """Whether a clause may end before a token."""
        return at >= self.last or self.lower[at] in MARKS or self.lower[at] in self.words.closers

    def refused(self, first: int, last: int) -> bool:
        """Whether an appeal or a negation stands in a range of tokens."""
        return any(w in self.words.appeals or w in self.words.negations for w in self.lower[first:last])

    def ended(self, first: int, last: int) -> bool:
        """Whether a range tells of what was: "yang semula dititipkan ke ..."."""
        was = next((t for t in range(first, last) if self.lower[t] in self.words.former), last)
        return was < last and self.words.now.isdisjoint(self.lower[was:last])

    def untold(self, first: int, last: int) -> bool:
        """Whether a range is refused, or tells of what was."""
        return self.refused(first, last) or self.ended(first, last)

    # --- doers and pillars -------------------------------------------------------------------------

    def pillars_in(self, first: int, last: int) -> list[Mention]:
        """The pillars that open in a range."""
        return [p for p in self.pillars if first <= p.first < last]

    def free_pillars(self, first: int, last: int) -> list[Mention]:
        """Those of them that no other form has used."""
        return [p for p in self.pillars_in(first, last) if p.first not in self.used]

    def is_in_pillar(self, at: int) -> bool:
        """Whether a token is part of a pillar's name."""
        return any(p.first <= at < p.last for p in self.pillars)

    def is_free(self, doer: Doer) -> bool:
        """Whether an agency may do something: no other form has used it, and it is no official's."""
        return doer.first not in self.used and not doer.titled

    def since(self, at: int) -> int:
        """Where what is said before a token begins: behind the last agency, or where the clause opens."""
        return max([self.break_before(at), *(d.last for d in self.doers if d.last <= at)])

    def next_doer(self, at: int) -> int:
        """The first token of the agency behind a token, the sentence's end if there is none."""
        return next((d.first for d in self.doers if d.first > at), self.last)

    def fitting(self, pillars: list[Mention], doer: Doer, strong: bool) -> list[Mention]:
        return pillars if strong else [p for p in pillars if self.scene.usual(doer, p.pillar)]

    def doer_at(self, at: int) -> Doer | None:
        return self._by_first.get(at)

    def no_doer(self, doer: Doer) -> bool:
        """Whether the word before an agency makes it a partner, a guest or a place."""
        before = doer.first - 1
        if before < self.first or self.lower[before] not in self.words.partners:
            return False
        # "..., dan Disnaker melatih ...": a clause of its own
        goes_on = self.lower[before] in self.words.conjunctions and self.lower[before - 1] == ","
        return not (goes_on and doer.last < self.last and self.scene.is_active(doer.last))

    def with_others(self, doer: Doer) -> list[Doer]:
        """An agency and those that share its work: "Dinsos bersama DP3A", "Dinsos, dibantu Dinkes"."""
        found, surely = [doer], 1
        scan = Scan(doer.last, self.last)
        for behind in scan:
            at = skip(behind, self.last, lambda t: t not in self._by_first and self.joins(t))
            other = self._by_first.get(at)
            between = self.lower[behind:at]
            if other is None or other.titled or not between:
                break
            found.append(other)
            scan.at = other.last
            if between != [","]:
                surely = len(found)
        # "RPPA diampu Dinsos, dan Dispora mengelola ...": who does the next thing has no part in this one
        goes_on = found[-1].last < self.last and self.scene.is_active(found[-1].last)
        return found[:1] if goes_on else found[:surely]

    def joins(self, at: int) -> bool:
        """Whether a word may stand between agencies that share a verb."""
        return self.lower[at] in self.words.together or self.lower[at] in self.words.helpers
