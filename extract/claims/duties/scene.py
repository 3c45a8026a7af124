"""What a sentence about work is made of: doers, verbs, pillars, and what earlier sentences left open."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from db.records import Agency
from extract.article.view import View
from extract.claims.duties.words import ACTIVE, PASSIVE, DutyWords
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable, expand
from extract.vocabulary.tokens import OPENERS, tokenize

#: Sentences over which a pillar stays the subject.
CARRY = 4
#: Tokens before an agency's name in which the official is named whose title it belongs to.
TITLE = 6


@dataclass(frozen=True, slots=True)
class Doer:
    """A mention of an agency, or a word that stands for one."""

    first: int
    last: int
    agency: Agency
    titled: bool  # inside an official's title: the official acts, not the office


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a pillar."""

    first: int
    last: int
    pillar: str


class Scene:
    """An article's doers and pillars. Built once an article."""

    def __init__(self, view: View, agencies: tuple[Agency, ...], words: DutyWords) -> None:
        self.view = view
        self.words = words
        self.lower = view.reading.lower
        self._usual = {p.id: p.agencies for p in view.programme.pillar}
        titles = [tuple(int(t) for t in s.id_.split(":")) for s in view.spans("people")]
        self._titled = {t for first, last in titles for t in range(first, last)}
        named = [
            Mention(s.start, s.end, s.kb_id_)
            for s in view.spans("pillars")
            if s.id_ == view.programme.id and s.start not in self._titled
        ]
        self.pillars = sorted([*named, *self._all_of(named)], key=lambda p: p.first)
        self._pillar_tokens = [p.first for p in self.pillars]
        self._branded = view.vocabulary.compiled(_build_branded)[view.programme.id]
        self._doers = self._named(agencies)
        self._people = self._offices()
        self._doers = sorted([*self._doers, *self._meant()], key=lambda d: d.first)
        self._doer_tokens = [d.first for d in self._doers]
        self._people_tokens = [token for token, _ in self._people]

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

    # --- doers -------------------------------------------------------------------------------------

    def _named(self, agencies: tuple[Agency, ...]) -> list[Doer]:
        r = self.view.reading
        by_place = {(e.field, e.start): a for a in agencies for e in a.evidence}
        found = []
        for span in self.view.spans("agencies"):
            agency = by_place.get((r.field(span.start), r.starts[span.start]))
            if agency is not None:
                found.append(Doer(span.start, span.end, agency, self._is_title(span.start)))
        return found

    def _is_title(self, first: int) -> bool:
        """Whether an agency's name belongs to an official: "Kepala Dinsos", with or without a name."""
        if first in self._titled:
            return True
        words = self.words
        for word in reversed(self.lower[max(0, first - TITLE) : first]):
            if word in words.office_heads:
                return True
            if not word.isalpha() or word in words.channels or word in words.no_title:
                return False
            if word not in words.not_verbs and (ACTIVE.match(word) or PASSIVE.match(word)):
                return False
        return False

    def _meant(self) -> list[Doer]:
        """ "dinas itu", "pihaknya", "kami": the office named last, or the one of whoever speaks."""
        found: list[Doer] = []
        for first, last, _ in self.words.references.find(self.lower, 0, len(self.lower)):
            if agency := self._named_before(first):
                found.append(Doer(first, last, agency, self._is_title(first)))
        own = self.words.own.find(self.lower, 0, len(self.lower))
        spoken = [(t, t + 1, "") for t, word in enumerate(self.lower) if word in self.words.speakers]
        if own or spoken:
            inside = {t for first, last, _ in own for t in range(first, last)}
            found.extend(self._speakers([*own, *(s for s in spoken if s[0] not in inside)], own))
        if not self.words.plurals.isdisjoint(self.lower):
            found.extend(self._plurals())
        return found

    def _named_before(self, token: int) -> Agency | None:
        """The office named last before a token."""
        before = bisect_left(self._doers, token, key=lambda d: d.first)
        return self._doers[before - 1].agency if before else None

    def _plurals(self) -> list[Doer]:
        """ "Petugas Dinsos berkeliling. Mereka membuka ...": the only office of the sentence before."""
        found = []
        named = [d.first for d in self._doers]
        sentences = self.view.sentences
        for (begin, end), (token, _) in pairwise(sentences):
            if self.lower[token] not in self.words.plurals:
                continue
            near = self._doers[bisect_left(named, begin) : bisect_left(named, end)]
            near = [d for d in near if not d.titled]
            if len(near) == 1:
                found.append(Doer(token, token + 1, near[0].agency, False))
        return found

    def _speakers(self, places: list[tuple[int, int, str]], own: list[tuple[int, int, str]]) -> list[Doer]:
        """Words for the speaker's office; `own` ones ("dinasnya") may mean the one named last."""
        offices = self._people
        tokens = [o[0] for o in offices]
        of_office = {first for first, _, _ in own}
        found = []
        for first, last, _ in places:
            segment = self.view.segment_at(first)
            at = bisect_left(tokens, first)
            if first in of_office:
                begin = self.view.sentences[self.view.sentence_at(first)][0]
                if not self.words.leads.isdisjoint(self.lower[first:last]):
                    begin = segment.first if at and offices[at - 1][0] >= segment.first else 0
                speaker = offices[at - 1] if at and offices[at - 1][0] >= begin else None
                agency = speaker[1] if speaker else self._named_before(first)
                if agency is not None and not self._is_title(first):
                    found.append(Doer(first, last, agency, False))
                continue
            beside = [o for o in offices[max(0, at - 1) : at + 1] if segment.first <= o[0] < segment.last]
            beside = beside or offices[max(0, at - 1) : at]
            pick = min(beside, key=lambda o: abs(o[0] - first), default=None)
            if pick is not None and pick[1] is not None:
                found.append(Doer(first, last, pick[1], False))
        return found

    def _offices(self) -> list[tuple[int, Agency | None]]:
        """Where people are named, by full or short name, and the office of each (None: of no agency)."""
        r = self.view.reading
        found: list[tuple[int, Agency | None]] = []
        names: dict[str, Agency | None] = {}
        doers = [d.first for d in self._doers]
        for span in self.view.spans("people"):
            first, last = (int(t) for t in span.id_.split(":"))
            at = bisect_left(doers, first)
            office = self._doers[at].agency if at < len(doers) and doers[at] < last else None
            if office is None and span.kb_id_.split()[-1].lower() in self.words.unfinished:
                office = self._named_before(first)
            found.append((span.start, office))
            for token in range(span.start, span.end):
                if len(r.words[token]) > 3:
                    names.setdefault(r.words[token], office)
        taken = {t for t, _ in found}
        for token, word in enumerate(r.words):
            if word in names and token not in taken:
                found.append((token, names[word]))
        return sorted(found, key=lambda o: o[0])

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

    def people_in(self, first: int, last: int) -> list[tuple[int, Agency | None]]:
        """Where people are named in a range, each with the office for which they speak."""
        tokens = self._people_tokens
        return self._people[bisect_left(tokens, first) : bisect_left(tokens, last)]

    # --- pillars -----------------------------------------------------------------------------------

    def pillars_in(self, first: int, last: int) -> list[Mention]:
        return self.pillars[bisect_left(self._pillar_tokens, first) : bisect_left(self._pillar_tokens, last)]

    def carried(self, sentence: int, doer: Doer) -> list[Mention]:
        """The pillars that a sentence without one goes on with, of those that the office usually holds."""
        view = self.view
        block = view.segment_at(view.sentences[sentence][0]).block
        for back in range(1, min(CARRY, sentence) + 1):
            begin, end = view.sentences[sentence - back]
            if begin < view.reading.title_end:
                break
            pillars = self.pillars_in(begin, end)
            if fitting := [p for p in pillars if self.usual(doer, p.pillar)]:
                return fitting
            others = any(d.agency is not doer.agency for d in self.doers_in(begin, end))
            if others and view.segment_at(begin).block != block:
                break  # the talk went on to another office
        for pillars in (self.pillars_in(0, view.reading.title_end), self.pillars):
            if len({p.pillar for p in pillars}) == 1:  # the headline's only one, or the article's
                return [p for p in pillars[:1] if self.usual(doer, p.pillar)]
        return []

    # --- verbs -------------------------------------------------------------------------------------

    def speaks_of_work(self, sentence: int) -> bool:
        """Whether a sentence of the text names a doer, or a pillar and an official or in a quote."""
        first, last = self.view.sentences[sentence]
        if first < self.view.reading.title_end:
            return False
        if self.doers_in(first, last):
            return True
        told = self.lower[first] in OPENERS or bool(self.people_in(first, last))
        return told and bool(self.pillars_in(first, last))

    def actives(self, first: int, last: int) -> list[tuple[int, int, bool]]:
        """(first, last, whether it surely tells of work) of the active verbs in a range."""
        return self._verbs(self.words.handles, ACTIVE, first, last)

    def passives(self, first: int, last: int) -> list[tuple[int, int, bool]]:
        """The same for passive verbs and nouns of possession, "oleh" without one included."""
        found = self._verbs(self.words.handled, PASSIVE, first, last)
        taken = {t for s, e, _ in found for t in range(s, e)}
        found.extend((t, t, False) for t in range(first, last) if self.lower[t] == "oleh" and t not in taken)
        products = self.words.products.find(self.lower, first, last)
        found.extend((start, end, False) for start, end, _ in products if start not in taken)
        return sorted(found)

    def _verbs(
        self, table: PhraseTable, shape: re.Pattern[str], first: int, last: int
    ) -> list[tuple[int, int, bool]]:
        found = [(start, end, True) for start, end, _ in table.find(self.lower, first, last)]
        taken = {t for start, end, _ in found for t in range(start, end)}
        taken |= {t for d in self.doers_in(first, last) for t in range(d.first, d.last)}
        taken |= {t for p in self.pillars_in(first, last) for t in range(p.first, p.last)}
        for token in range(first, last):
            word = self.lower[token]
            if token not in taken and shape.match(word):
                found.append((token, token + 1, False))
        return sorted(found)

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
