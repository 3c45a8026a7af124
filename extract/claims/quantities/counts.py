"""What the numbers of a text count, and within which clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.quantities.measures import QuantityTables
from extract.claims.quantities.nouns import Noun, Nouns
from extract.mentions.numbers.words import build_number_words

#: Tokens of a clause that are looked at on either side of a number.
_LEFT, _RIGHT = 12, 40
_STOPS = frozenset(".?!…;")
#: Numbers behind one, of which the first that isn't a place's ends its clause.
_NEXT = 3

#: Tokens between the number of a whole and the noun that tells what it is: "lima kecamatan percontohan".
_WHOLE = 3


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its noun (an empty range where none is printed) and its clause."""

    number: Span
    value: int
    noun: tuple[int, int]
    measures: tuple[int, ...]
    begin: int  # of the clause
    end: int
    left: int = 0  # the clause's first token, however far away
    weak: bool = False
    inherited: bool = False
    part: bool = False  # the noun is that of the whole: "5 dari 20 kecamatan"
    total: bool = False  # "jumlah kecamatan ... 24"
    cell: bool = False  # a number in a table's cell of its own
    listed: bool = False  # only a list beside it may say what is counted: "tiga nama", "trio"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A number and the tokens around it, `left` the first of all that may be its own."""

    number: Span
    begin: int
    end: int
    left: int

    @property
    def value(self) -> int:
        return int(self.number.kb_id_)

    def counting(
        self,
        noun: Noun,
        *,
        weak: bool = False,
        inherited: bool = False,
        part: bool = False,
        total: bool = False,
        cell: bool = False,
        listed: bool = False,
    ) -> Count:
        """The number as a count of a noun."""
        return Count(
            number=self.number,
            value=self.value,
            noun=(noun.first, noun.last),
            measures=noun.measures,
            begin=self.begin,
            end=self.end,
            left=self.left,
            weak=weak,
            inherited=inherited,
            part=part,
            total=total,
            cell=cell,
            listed=listed,
        )

    def unnamed(self, measures: tuple[int, ...]) -> Noun:
        """A noun that isn't printed."""
        return Noun(self.number.end, self.number.end, measures)


class CountFinder:
    """Pairs the numbers of a text with their nouns."""

    def __init__(self, view: View, tables: QuantityTables) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = tables
        self.nouns = Nouns(view, tables)
        self.ensembles = view.vocabulary.compiled(build_number_words).ensembles

    def counts(self) -> Iterator[Count]:
        """What each number counts; one without a noun may go on counting what an earlier one did."""
        numbers = self.view.spans("numbers")
        area: Count | None = None
        thing: Count | None = None
        for at in range(len(numbers)):
            clause = self._clause(numbers, at)
            count = self._count(clause, area) or self._more_of(thing, clause)
            if count is None:
                continue
            yield count
            if count.listed:
                continue
            if self._is_of(count, "status", "all"):
                area = count
            elif not count.weak and self._is_of(count, "units"):
                thing = count

    def wholes(self) -> Iterator[Count]:
        """What takes up so many kecamatan without a noun: "ketiganya", "keempatnya"."""
        pilots = self._measures("kecamatan", "status")
        for span in self.view.spans("wholes"):
            first, last = self.view.sentences[self.view.sentence_at(span.start)]
            clause = _Clause(span, max(first, span.start - _LEFT), min(last, span.end + _RIGHT), 0)
            yield clause.counting(clause.unnamed(pilots), inherited=True)

    # --- clauses -----------------------------------------------------------------------------------------

    def _clause(self, numbers: list[Span], at: int) -> _Clause:
        """The clause of a number, from the number before it to the next that isn't a place's."""
        number = numbers[at]
        first, last = self.view.sentences[self.view.sentence_at(number.start)]
        left = max(first, numbers[at - 1].end) if at and numbers[at - 1].start >= first else first
        following = (n for n in numbers[at + 1 : at + 1 + _NEXT] if not self._is_beside(n))
        after = next(following, None)
        end = min(last, after.start if after and after.start < last else last, number.end + _RIGHT)
        begin = max(left, number.start - _LEFT)
        begin = max((i + 1 for i in range(begin, number.start) if self.lower[i] in _STOPS), default=begin)
        end = next((i for i in range(number.end, end) if self.lower[i] == ";"), end)
        return _Clause(number, begin, end, left)

    def _is_beside(self, number: Span) -> bool:
        """Whether a number ends no clause: a whole, or the places of what is counted ("di 35 kabupaten")."""
        start, end = number.start, number.end
        if self._is_whole(number):
            return True
        if start < 2 or end >= len(self.lower) or self.lower[start - 1] not in self.tables.words["places"]:
            return False
        noun, before = self.nouns.at(end), self.nouns.at(start - 2)
        if noun is None or before is None or before.last != start - 1:
            return False
        return all(m.level == "regency" for m in self.nouns.kinds(noun))

    def _is_whole(self, number: Span) -> bool:
        """Whether a number is the whole behind a part: "150 kecamatan dari 576 kecamatan"."""
        words, lower, start = self.tables.words, self.lower, number.start
        at = start - 2 if start > 1 and lower[start - 1] in words["sums"] else start - 1
        return at > 0 and lower[at] in words["parts_of"] and lower[at - 1] not in words["not_parts_of"]

    # --- what is counted ---------------------------------------------------------------------------------

    def _measures(self, level: str, *kinds: str) -> tuple[int, ...]:
        measures = enumerate(self.tables.measures)
        return tuple(n for n, m in measures if m.kind in kinds and level in ("", m.level))

    def _is_of(self, count: Count, *kinds: str) -> bool:
        return any(self.tables.measures[n].kind in kinds for n in count.measures)

    def _count(self, clause: _Clause, area: Count | None) -> Count | None:
        number, end = clause.number, clause.end
        if self._is_one_of(clause) or self._is_ordinal(number):
            return None
        if number.label_ == "MONEY":
            return clause.counting(clause.unnamed(self._measures("", "money")))
        if noun := self.nouns.behind(number.end, end):
            return clause.counting(noun)
        if number.label_ == "ALL":
            return None
        if noun := self.nouns.of_whole(number.end, end):
            return clause.counting(noun, part=True) if clause.value > 1 else None
        if self._is_of_number(number):
            return None  # "baru dua dari lima"
        noun = self.nouns.before(number, clause.begin, end)
        if noun and not self._is_of_whole(noun):
            return clause.counting(noun, total=self.nouns.is_total(noun, number, end))
        if number.end < end and (noun := self.nouns.weak_at(number.end)):
            return clause.counting(noun, weak=True)
        return self._answer(clause) or self._inherited(clause, area) or self._listed(clause)

    def _is_one_of(self, clause: _Clause) -> bool:
        """Whether "satu" counts nothing: "salah satu lokasi percontohan"."""
        return clause.value == 1 and self._is_behind_one_of(clause.number)

    def _is_behind_one_of(self, number: Span) -> bool:
        return number.start > 0 and self.lower[number.start - 1] in self.tables.words["one_of"]

    def _is_ordinal(self, number: Span) -> bool:
        """Whether a number tells the place in an order: "Pilar Keempat"."""
        before = self.lower[number.start - 1] if number.start else ""
        return number.label_ == "ALL" and before in self.tables.words["ordinal_nouns"]

    def _is_of_whole(self, noun: Noun) -> bool:
        """Whether a whole is counted by a noun: "dari lima kecamatan percontohan, baru dua"."""
        counted = (n for n in self.view.spans_in("numbers", max(0, noun.first - _WHOLE), noun.first))
        return any(self._is_whole(number) for number in counted)

    def _is_of_number(self, number: Span) -> bool:
        """Whether a number is a part of another one, and nothing says of what."""
        at = number.end
        if at >= len(self.lower) or self.lower[at] not in self.tables.words["parts_of"]:
            return False
        return any(n.start == at + 1 for n in self.view.spans_in("numbers", at + 1, at + 3))

    def _answer(self, clause: _Clause) -> Count | None:
        """A number that is all of an answer counts what the question asks for: "Berapa RPPA? Dua unit."."""
        at = self.view.sentence_at(clause.number.start)
        first, last = self.view.sentences[at]
        said = {word for word in self.lower[first:last] if word[0].isalnum()}
        said -= {*self.lower[clause.number.start : clause.number.end], *self.tables.words["bare_units"]}
        if said - self.tables.words["bare_ends"] or not at:
            return None
        return self._asked(clause, *self.view.sentences[at - 1])

    def _asked(self, clause: _Clause, first: int, last: int) -> Count | None:
        """The number as a count of what a question asks for at tokens `first` to `last`."""
        asking = (i for i in range(first, last) if self.lower[i] in self.tables.words["asking"])
        asked = next(asking, None)
        if asked is None or "?" not in self.lower[asked:last]:
            return None
        noun = self.nouns.behind(asked + 1, last)
        return clause.counting(noun) if noun else None

    def _inherited(self, clause: _Clause, area: Count | None) -> Count | None:
        """A number that goes on counting areas, perhaps by another status: "148 pilot, 129 ber-SK"."""
        if area is None or not self._is_near(area, clause.number) or self._has_own_noun(clause):
            return None
        measures = self._measures(self.tables.measures[area.measures[0]].level, "status", "all")
        return clause.counting(clause.unnamed(measures), inherited=True)

    def _has_own_noun(self, clause: _Clause) -> bool:
        """Whether something is counted that no measure is of: "1.280 Kepala Keluarga"."""
        return self.tables.phrases["other_nouns"].at(self.lower, clause.number.end) is not None

    def _is_near(self, earlier: Count, number: Span) -> bool:
        """Whether a number without a noun may go on counting what an earlier one did."""
        if number.label_ != "COUNT" or self._is_behind_one_of(number):
            return False
        return self.view.sentence_at(number.start) - self.view.sentence_at(earlier.number.start) <= 1

    def _more_of(self, thing: Count | None, clause: _Clause) -> Count | None:
        """The same thing's number with no more than "unit" behind it: "target 20 RPPA; kini lima unit"."""
        words, at, end = self.tables.words, clause.number.end, clause.end
        if thing is not None and self._is_elsewhere(thing, clause):
            return clause.counting(clause.unnamed(thing.measures), inherited=True)
        if thing is None or at >= end or self.lower[at] not in words["bare_units"]:
            return None
        behind = self.nouns.word(at + 1, end)
        if behind[0].isalpha() and behind not in words["after_number"]:
            return None
        if not self._is_near(thing, clause.number):
            return None
        return clause.counting(Noun(at, at + 1, thing.measures), inherited=True)

    def _is_elsewhere(self, thing: Count, clause: _Clause) -> bool:
        """Whether a regency and a number are all of a clause: "Kabupaten X punya tiga RPPA, Kota Y dua"."""
        number = clause.number
        behind = self.nouns.word(number.end, clause.end)
        if behind[0].isalpha() or self.view.sentence_at(thing.number.start) != self.view.sentence_at(
            number.start
        ):
            return False
        places = self.view.spans_in("places", clause.begin, number.start)
        return bool(places) and places[-1].label_ == "REGENCY" and places[-1].end == number.start

    def _listed(self, clause: _Clause) -> Count | None:
        """A number of something that a list beside it may name: "empat nama: ...", "trio A, B, C"."""
        number, stop = clause.number, clause.number.end
        cell = self.lower[number.start - 1 : number.start] == ["|"] == self.lower[stop : stop + 1]
        if stop < clause.end and self.lower[stop] in self.tables.words["listed_nouns"]:
            stop += 1
        elif not (cell or self._is_ensemble(number) or self._is_elliptic(clause)):
            return None
        noun = Noun(number.end, stop, self._measures("kecamatan", "status"))
        return clause.counting(noun, listed=True, cell=cell)

    def _is_ensemble(self, number: Span) -> bool:
        """Whether a number is a word such as "trio", with names right behind it."""
        at = number.end
        return self.lower[number.start] in self.ensembles and bool(self.view.spans_in("places", at, at + 4))

    def _is_elliptic(self, clause: _Clause) -> bool:
        """Whether a clause ends with a number and a word that makes it a count: "hanya empat?"."""
        start = clause.number.start
        behind = self.nouns.word(clause.number.end, clause.end)
        ends = behind in _STOPS or behind in ",:"
        return ends and start > clause.begin and self.lower[start - 1] in self.tables.words["bare_ends"]
