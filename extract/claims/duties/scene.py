"""What a sentence about work is made of: doers, verbs, pillars, and what earlier sentences left open."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from db.records import Agency
from extract.article.view import View
from extract.claims.duties.doers import Doer, DoerFinder, Person
from extract.claims.duties.words import ACTIVE, PASSIVE, DutyWords
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable, expand
from extract.vocabulary.tokens import OPENERS, tokenize

#: Sentences over which a pillar stays the subject.
CARRY = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a pillar."""

    first: int
    last: int
    pillar: str


class Verb(NamedTuple):
    """A verb, or a noun of possession, at tokens `first` to `last`."""

    first: int
    last: int
    strong: bool  # it surely tells of work


class Scene:
    """An article's doers and pillars. Built once an article."""

    def __init__(self, view: View, agencies: tuple[Agency, ...], words: DutyWords) -> None:
        self.view = view
        self.words = words
        self.lower = view.reading.lower
        self._usual = {p.id: p.agencies for p in view.programme.pillar}
        doers = DoerFinder(view, words, agencies)
        self.pillars = self._mentions(doers.titled)
        self._pillar_tokens = [p.first for p in self.pillars]
        self._branded = view.vocabulary.compiled(_build_branded)[view.programme.id]
        self._doers = doers.find()
        self._doer_tokens = [d.first for d in self._doers]
        self._people = doers.people
        self._people_tokens = [token for token, _ in self._people]

    def _mentions(self, titled: set[int]) -> list[Mention]:
        """Where the programme's pillars are named, but for officials' titles, and taken up."""
        named = [
            Mention(s.start, s.end, s.kb_id_)
            for s in self.view.spans("pillars")
            if s.id_ == self.view.programme.id and s.start not in titled
        ]
        return sorted([*named, *self._all_of(named)], key=lambda p: p.first)

    def _all_of(self, named: list[Mention]) -> list[Mention]:
        """ "keempat layanan": every pillar that was named before; "pilar ini": the last one."""
        found = []
        for first, last, _ in self.words.every.find(self.lower, 0, len(self.lower)):
            kinds = dict.fromkeys(p.pillar for p in named if p.first < first)
            found += [Mention(first, last, kind) for kind in kinds if len(kinds) > 1]
        for first, last, _ in self.words.this_pillar.find(self.lower, 0, len(self.lower)):
            if before := [p for p in named if p.first < first]:
                found.append(Mention(first, last, before[-1].pillar))
        return found

    def doers_in(self, first: int, last: int) -> list[Doer]:
        return self._doers[bisect_left(self._doer_tokens, first) : bisect_left(self._doer_tokens, last)]

    def is_branded(self, pillar: str) -> bool:
        """Whether a pillar is a building or a brand: its figures are told by whoever runs it."""
        return pillar in self._branded

    def usual(self, doer: Doer, pillar: str) -> bool:
        """Whether offices of this type usually hold the pillar."""
        return any(kind in self._usual[pillar] for kind in doer.agency.type.split("|"))

    def is_foremost(self, agency: Agency, pillar: str) -> bool:
        """Whether an office is of the type that holds the pillar most often."""
        return not set(self._usual[pillar][:1]).isdisjoint(agency.type.split("|"))

    def people_in(self, first: int, last: int) -> list[Person]:
        """Where people are named in a range, each with the office for which they speak."""
        tokens = self._people_tokens
        return self._people[bisect_left(tokens, first) : bisect_left(tokens, last)]

    # --- pillars -----------------------------------------------------------------------------------

    def pillars_in(self, first: int, last: int) -> list[Mention]:
        return self.pillars[bisect_left(self._pillar_tokens, first) : bisect_left(self._pillar_tokens, last)]

    def carried(self, sentence: int, doer: Doer) -> list[Mention]:
        """The pillars that a sentence without one goes on with, of those that the office usually holds."""
        for first, last in self._talk_before(sentence, doer):
            if fitting := self._usual_of(doer, self.pillars_in(first, last)):
                return fitting
        for pillars in (self.pillars_in(0, self.view.reading.title_end), self.pillars):
            if len({p.pillar for p in pillars}) == 1:  # the headline's only one, or the article's
                return self._usual_of(doer, pillars[:1])
        return []

    def _usual_of(self, doer: Doer, pillars: list[Mention]) -> list[Mention]:
        return [p for p in pillars if self.usual(doer, p.pillar)]

    def _talk_before(self, sentence: int, doer: Doer) -> Iterator[tuple[int, int]]:
        """The sentences before one, the nearest first, back to where the talk was of another office."""
        view = self.view
        block = view.segment_at(view.sentences[sentence][0]).block
        for first, last in reversed(view.sentences[max(0, sentence - CARRY) : sentence]):
            if first < view.reading.title_end:
                return
            yield first, last
            others = any(d.agency is not doer.agency for d in self.doers_in(first, last))
            if others and view.segment_at(first).block != block:
                return

    # --- verbs -------------------------------------------------------------------------------------

    def speaks_of_work(self, sentence: int) -> bool:
        """Whether a sentence of the text names a doer, or a pillar and an official or in a quote."""
        first, last = self.view.sentences[sentence]
        if self.doers_in(first, last):
            return True
        told = self.lower[first] in OPENERS or bool(self.people_in(first, last))
        return told and bool(self.pillars_in(first, last))

    def actives(self, first: int, last: int) -> list[Verb]:
        """The active verbs in a range."""
        return self._verbs(self.words.handles, ACTIVE, first, last)

    def passives(self, first: int, last: int) -> list[Verb]:
        """The passive verbs and nouns of possession in a range, "oleh" without one included."""
        found = self._verbs(self.words.handled, PASSIVE, first, last)
        taken = {t for verb in found for t in range(verb.first, verb.last)}
        agents = (t for t in range(first, last) if self.lower[t] in self.words.by)
        found += [Verb(t, t, False) for t in agents if t not in taken]
        products = self.words.products.find(self.lower, first, last)
        found += [Verb(start, end, False) for start, end, _ in products if start not in taken]
        return sorted(found)

    def _verbs(self, table: PhraseTable, shape: re.Pattern[str], first: int, last: int) -> list[Verb]:
        found = [Verb(start, end, True) for start, end, _ in table.find(self.lower, first, last)]
        ranges = (found, self.doers_in(first, last), self.pillars_in(first, last))
        taken = {t for things in ranges for it in things for t in range(it.first, it.last)}
        shaped = (t for t in range(first, last) if shape.match(self.lower[t]) and t not in taken)
        return sorted([*found, *(Verb(t, t + 1, False) for t in shaped)])

    def is_active(self, token: int) -> bool:
        """Whether an active verb stands at a token."""
        word = self.lower[token]
        return ACTIVE.match(word) is not None and word not in self.words.not_verbs

    def is_idle(self, token: int) -> bool:
        """Whether a verb tells no work: "mengatakan", "menghadiri"."""
        return self.words.is_idle(self.lower[token])


def _build_branded(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """By programme, the pillars that are buildings or bear one of the programme's brands."""
    found = {}
    for programme in vocabulary.programmes.values():
        brands = [tokenize(b.lower()) for brand in programme.brands for b in expand(brand)]
        tables = {p.id: PhraseTable({p.id: p.phrases}) for p in programme.pillar}
        found[programme.id] = frozenset(
            p.id
            for p in programme.pillar
            if p.facility or any(tables[p.id].find(words, 0, len(words)) for words in brands)
        )
    return found
