"""Which noun a number counts: behind it, behind the whole of which it is a part, or before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.quantities.measures import QuantityTables, owners
from extract.vocabulary.load import MeasureTerm

#: Words between a number and its noun: "lima unit gedung RPPA".
_CLASSIFIERS = 2
#: Stands for what follows where a clause ends.
_END = "."


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, at tokens `first` to `last`; `measures` are indices into `QuantityTables.measures`."""

    first: int
    last: int
    measures: tuple[int, ...]


class Nouns:
    """Finds the counted nouns of a text."""

    def __init__(self, view: View, tables: QuantityTables) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = tables
        measures = enumerate(zip(tables.measures, tables.of, strict=True))
        self._named = [(n, of.cues) for n, (m, of) in measures if m.kind == "status" and of.cues.heads]

    def word(self, token: int, end: int) -> str:
        """The word at a token, a full stop where the clause has ended."""
        return self.lower[token] if token < end else _END

    def kinds(self, noun: Noun) -> list[MeasureTerm]:
        return [self.tables.measures[n] for n in noun.measures]

    def at(self, token: int) -> Noun | None:
        """A counted noun that opens at a token."""
        hit = self.tables.nouns.at(self.lower, token)
        return Noun(token, hit[0], owners(hit[1])) if hit else None

    def weak_at(self, token: int) -> Noun | None:
        """The same of nouns that many things are called by."""
        hit = self.tables.weak.at(self.lower, token)
        return Noun(token, hit[0], owners(hit[1])) if hit else None

    def status_at(self, token: int) -> Noun | None:
        """A status that is counted itself: "tiga percontohan", "empat pilot project"."""
        for n, cues in self._named:
            if hit := cues.at(self.lower, token):
                return Noun(token, hit[0], (n,))
        return None

    def behind(self, token: int, end: int) -> Noun | None:
        """The noun at a token, or behind a classifier there."""
        for at in range(token, min(end, token + _CLASSIFIERS + 1)):
            if found := self.at(at) or self.status_at(at):
                return found
            if self.lower[at] not in self.tables.words["classifiers"]:
                break
        return None

    def of_whole(self, token: int, end: int) -> Noun | None:
        """The noun behind a part and its whole: "5 dari 20 kecamatan"."""
        words, lower = self.tables.words, self.lower
        at = token + (token < end and lower[token] in words["listed_nouns"])  # "tiga nama dari sembilan ..."
        if at + 2 >= end or lower[at] not in words["parts_of"]:
            return None
        at += 1 + (lower[at + 1] in words["sums"])
        wholes = self.view.spans_in("numbers", at, min(end, at + 4))
        if not wholes or wholes[0].start != at or wholes[0].end >= end:
            return None
        return self.at(wholes[0].end)

    def before(self, number: Span, begin: int, end: int) -> Noun | None:
        """A noun that stands before its number: "RPPA aktif 5 unit", "pilot project-nya ada tiga"."""
        return _Before(self, number, begin, end).find()

    def is_total(self, noun: Noun, number: Span, end: int) -> bool:
        """Whether a noun's amount is told behind it: "jumlah desa di sini 273", "desanya saja 469"."""
        words, lower = self.tables.words, self.lower
        behind = self.word(number.end, end)
        if behind[0].isalpha() and behind not in words["after_number"]:
            return False
        if noun.first > 0 and lower[noun.first - 1] in words["amounts"]:
            return not self.view.spans_in("numbers", noun.first, number.start)
        own = lower[noun.last - 1].endswith("nya")
        return own and all(word in words["noun_then_number"] for word in lower[noun.last : number.start])


@dataclass
class _Before:
    """The words of a clause before a number, one of which may be its noun."""

    nouns: Nouns
    number: Span
    begin: int
    end: int

    @cached_property
    def behind(self) -> str:
        """The word behind the number."""
        return self.nouns.word(self.number.end, self.end)

    @cached_property
    def words(self) -> dict[str, frozenset[str]]:
        return self.nouns.tables.words

    @cached_property
    def is_numbered(self) -> bool:
        """Right before the number stands that so many are counted: "yang berjumlah 16"."""
        return self.nouns.lower[self.number.start - 1] in self.words["numbering"]

    @cached_property
    def is_classified(self) -> bool:
        return self.behind in self.words["classifiers"]

    @cached_property
    def has_other_noun(self) -> bool:
        """What stands behind the number may be its noun: "sejak Kecamatan Berdaya ada, satu hal"."""
        known = self.is_classified or self.behind in self.words["after_number"]
        return self.behind[0].isalpha() and not known

    def find(self) -> Noun | None:
        """The last noun that may be the number's; the first whose amount is told."""
        if self.has_other_noun and (not self.is_numbered or self.nouns.weak_at(self.number.end)):
            return None
        found: Noun | None = None
        for token in range(self.begin, self.number.start):
            noun = self._within(self.nouns.at(token))
            if noun and self._is_taken(noun):
                continue
            if noun and self.nouns.is_total(noun, self.number, self.end):
                return noun
            status = None if noun else self._within(self.nouns.status_at(token))
            found = self._next(found, noun) if noun else status or found
        return None if found and self._is_loose(found) else found

    def _within(self, noun: Noun | None) -> Noun | None:
        return noun if noun and noun.last <= self.number.start else None

    def _is_taken(self, noun: Noun) -> bool:
        """Whether a noun is the programme's name, or has a number of its own: "aduan ke lima RPPA itu 41"."""
        view, first = self.nouns.view, noun.first
        if self.has_other_noun and first in view.names:
            return True
        return any(n.end == first for n in view.spans_in("numbers", max(0, first - 2), first))

    def _next(self, found: Noun | None, noun: Noun) -> Noun | None:
        """What the number counts as far as a further noun is read."""
        kinds = self.nouns.kinds(noun)
        if found and (_are_regencies(kinds) or all(m.kind in ("status", "all") for m in kinds)):
            return found  # "Pilot project di Kabupaten X ada dua"
        counted = self._counted(noun, kinds)
        if counted:
            return Noun(noun.first, noun.last, counted)
        return found if self.is_numbered else None

    def _counted(self, noun: Noun, kinds: list[MeasureTerm]) -> tuple[int, ...]:
        """The measures of a noun that a number behind it may count: things, areas only where it is said."""
        units = tuple(n for n, m in zip(noun.measures, kinds, strict=True) if m.kind == "units")
        if units or not self.is_numbered or self.is_classified:
            return units
        return () if _are_regencies(kinds) and self._is_named(noun) else noun.measures

    def _is_named(self, noun: Noun) -> bool:
        """Whether a noun goes with a name: "di Kabupaten X baru tiga" counts others."""
        return self.nouns.view.reading.words[noun.last][:1].isupper()

    def _is_loose(self, noun: Noun) -> bool:
        """Whether nothing joins a noun and the number: "RPPA itu sejak kemarin menerima 5"."""
        start = self.number.start
        joined = start > self.begin and self.nouns.lower[start - 1] in self.words["noun_then_number"]
        return not joined and noun.last < start and not self.is_classified


def _are_regencies(kinds: list[MeasureTerm]) -> bool:
    return all(m.level == "regency" for m in kinds)
