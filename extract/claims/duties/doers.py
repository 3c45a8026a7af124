"""Finds who may do something: offices by name or by a word for one, and the people who speak for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span

from db.records import Agency
from extract.article.view import View
from extract.claims.duties.words import ACTIVE, PASSIVE, DutyWords

#: Tokens before an agency's name in which the official is named whose title it belongs to.
TITLE = 6
#: Letters of a name by which its bearer is known when it stands alone.
_SHORT_NAME = 4

#: Where somebody is named, with the office for which they speak (None: of no agency).
Person = tuple[int, Agency | None]


@dataclass(frozen=True, slots=True)
class Doer:
    """A mention of an agency, or a word that stands for one."""

    first: int
    last: int
    agency: Agency
    titled: bool  # inside an official's title: the official acts, not the office


def _at(doer: Doer) -> int:
    return doer.first


def _title_of(person: Span) -> tuple[int, int]:
    """The tokens of a person's title."""
    first, last = (int(token) for token in person.id_.split(":"))
    return first, last


class DoerFinder:
    """Built once an article. `people` are in the order of the text."""

    def __init__(self, view: View, words: DutyWords, agencies: tuple[Agency, ...]) -> None:
        self.view = view
        self.words = words
        self.lower = view.reading.lower
        titles = [_title_of(s) for s in view.spans("people")]
        self.titled = {t for first, last in titles for t in range(first, last)}
        self._offices = list(self._named(agencies))
        self.people = self._people()
        self._people_tokens = [token for token, _ in self.people]

    def find(self) -> list[Doer]:
        """Every mention of an office and every word that stands for one, in the order of the text."""
        return sorted([*self._offices, *self._meant()], key=_at)

    def _named(self, agencies: tuple[Agency, ...]) -> Iterator[Doer]:
        r = self.view.reading
        by_place = {(e.field, e.start): a for a in agencies for e in a.evidence}
        for span in self.view.spans("agencies"):
            agency = by_place.get((r.field(span.start), r.starts[span.start]))
            if agency is not None:
                yield Doer(span.start, span.end, agency, self._is_title(span.start))

    def _is_title(self, first: int) -> bool:
        """Whether an agency's name belongs to an official: "Kepala Dinsos", with or without a name."""
        before = reversed(self.lower[max(0, first - TITLE) : first])
        word = next((w for w in before if w in self.words.office_heads or self._parts_title(w)), "")
        return first in self.titled or word in self.words.office_heads

    def _parts_title(self, word: str) -> bool:
        """Whether a word before an agency's name parts it from a title that stands further back."""
        words = self.words
        if not word.isalpha() or word in words.channels or word in words.no_title:
            return True
        return word not in words.not_verbs and bool(ACTIVE.match(word) or PASSIVE.match(word))

    def _named_before(self, token: int) -> Agency | None:
        """The office named last before a token."""
        before = bisect_left(self._offices, token, key=_at)
        return self._offices[before - 1].agency if before else None

    # --- people --------------------------------------------------------------------------------------

    def _people(self) -> list[Person]:
        """Where people are named, by full or short name."""
        words = self.view.reading.words
        spans = self.view.spans("people")
        found = {span.start: self._office_of(span) for span in spans}
        names: dict[str, Agency | None] = {}
        for span in spans:
            for token in range(span.start, span.end):
                if len(words[token]) >= _SHORT_NAME:
                    names.setdefault(words[token], found[span.start])
        again = {t: names[word] for t, word in enumerate(words) if word in names and t not in found}
        return sorted((found | again).items(), key=lambda person: person[0])

    def _office_of(self, person: Span) -> Agency | None:
        """The office in somebody's title; the one named last for a title that is left unfinished."""
        first, last = _title_of(person)
        at = bisect_left(self._offices, first, key=_at)
        if at < len(self._offices) and self._offices[at].first < last:
            return self._offices[at].agency
        unfinished = person.kb_id_.split()[-1].lower() in self.words.unfinished
        return self._named_before(first) if unfinished else None

    # --- words that stand for an office --------------------------------------------------------------

    def _meant(self) -> Iterator[Doer]:
        """ "dinas itu", "pihaknya", "kami": the office named last, or the one of whoever speaks."""
        for first, last, _ in self.words.references.find(self.lower, 0, len(self.lower)):
            if agency := self._named_before(first):
                yield Doer(first, last, agency, self._is_title(first))
        own = self.words.own.find(self.lower, 0, len(self.lower))
        inside = {t for first, last, _ in own for t in range(first, last)}
        for first, last, _ in own:
            agency = self._owner(first, last)
            if agency is not None and not self._is_title(first):
                yield Doer(first, last, agency, False)
        if not self.words.speakers.isdisjoint(self.lower):
            yield from self._speakers(inside)
        if not self.words.plurals.isdisjoint(self.lower):
            yield from self._plurals()

    def _owner(self, first: int, last: int) -> Agency | None:
        """Whose "dinasnya" is: that of the person named before in the sentence, else the office named last;
        of "dinas yang ia pimpin", that of the person named last."""
        begin = self.view.sentences[self.view.sentence_at(first)][0]
        at = bisect_left(self._people_tokens, first)
        if not self.words.leads.isdisjoint(self.lower[first:last]):
            passage = self.view.segment_at(first).first
            begin = passage if at and self._people_tokens[at - 1] >= passage else 0
        speaks = at > 0 and self._people_tokens[at - 1] >= begin
        return self.people[at - 1][1] if speaks else self._named_before(first)

    def _speakers(self, inside: set[int]) -> Iterator[Doer]:
        """ "kami", "pihaknya": the office of the person nearest in the paragraph, else of the one before."""
        for token, word in enumerate(self.lower):
            if word in self.words.speakers and token not in inside:
                agency = self._speaker_at(token)
                if agency is not None:
                    yield Doer(token, token + 1, agency, False)

    def _speaker_at(self, token: int) -> Agency | None:
        passage = self.view.segment_at(token)
        at = bisect_left(self._people_tokens, token)
        near = self.people[max(0, at - 1) : at + 1]
        beside = [p for p in near if passage.first <= p[0] < passage.last] or self.people[max(0, at - 1) : at]
        person = min(beside, key=lambda p: abs(p[0] - token), default=None)
        return person[1] if person is not None else None

    def _plurals(self) -> Iterator[Doer]:
        """ "Petugas Dinsos berkeliling. Mereka membuka ...": the only office of the sentence before."""
        for (begin, end), (token, _) in pairwise(self.view.sentences):
            if self.lower[token] in self.words.plurals:
                low, high = (bisect_left(self._offices, at, key=_at) for at in (begin, end))
                near = [d for d in self._offices[low:high] if not d.titled]
                if len(near) == 1:
                    yield Doer(token, token + 1, near[0].agency, False)
