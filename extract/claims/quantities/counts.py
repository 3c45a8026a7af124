"""Which noun a number counts, and within which clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.quantities.measures import build_quantity_tables, owners
from extract.mentions.numbers.words import build_number_words
from extract.vocabulary.load import MeasureTerm

#: Tokens of a clause that are looked at on either side of a number.
_LEFT, _RIGHT = 12, 40
_STOPS = frozenset(".?!…;")


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


class CountFinder:
    """Pairs the numbers of a text with their nouns."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = view.vocabulary.compiled(build_quantity_tables)
        self.ensembles = view.vocabulary.compiled(build_number_words).ensembles

    def counts(self) -> Iterator[Count]:
        numbers = self.view.spans("numbers")
        area: Count | None = None
        thing: Count | None = None
        for at, number in enumerate(numbers):
            first, last = self.view.sentences[self.view.sentence_at(number.start)]
            before = numbers[at - 1] if at and numbers[at - 1].start >= first else None
            after = next((n for n in numbers[at + 1 : at + 4] if not self._beside(n)), None)
            after = after if after and after.start < last else None
            left = max(first, before.end if before else 0)
            begin = max(left, number.start - _LEFT)
            end = min(last, after.start if after else last, number.end + _RIGHT)
            for i in range(begin, number.start):
                if self.lower[i] in _STOPS:
                    begin = i + 1
            for i in range(number.end, end):
                if self.lower[i] == ";":
                    end = i
                    break
            count = self._count(number, begin, end, area) or self._more_of(thing, number, begin, end)
            if count is None:
                continue
            yield replace(count, left=left)
            if count.listed:
                continue
            if any(self.tables.measures[m].kind in ("status", "all") for m in count.measures):
                area = count
            elif not count.weak and any(self.tables.measures[m].kind == "units" for m in count.measures):
                thing = count

    def wholes(self) -> Iterator[Count]:
        """What takes up so many kecamatan without a noun: "ketiganya", "keempatnya"."""
        for span in self.view.spans("wholes"):
            first, last = self.view.sentences[self.view.sentence_at(span.start)]
            begin, end = max(first, span.start - _LEFT), min(last, span.end + _RIGHT)
            noun = (span.end, span.end)
            yield Count(span, int(span.kb_id_), noun, self._areas(), begin, end, inherited=True)

    def _more_of(self, thing: Count | None, number: Span, begin: int, end: int) -> Count | None:
        """The same thing's number with no more than "unit" behind it: "target 20 RPPA; kini lima unit"."""
        words, lower, at = self.tables.words, self.lower, number.end
        if (
            thing is None
            or not self._near(thing, number)
            or at >= end
            or lower[at] not in words["bare_units"]
        ):
            return None
        behind = lower[at + 1] if at + 1 < end else "."
        if behind[0].isalpha() and behind not in words["after_number"]:
            return None
        return Count(number, int(number.kb_id_), (at, at + 1), thing.measures, begin, end, inherited=True)

    def _beside(self, number: Span) -> bool:
        """Whether a number ends no clause: a whole, or the places of what is counted ("di 35 kabupaten")."""
        if self._whole_of(number):
            return True
        lower, start, end = self.lower, number.start, number.end
        if start < 2 or end >= len(lower) or lower[start - 1] not in self.tables.words["places"]:
            return False
        hit = self.tables.nouns.at(lower, end)
        if hit is None or not self._ends_with_noun(start - 1):
            return False
        return all(self.tables.measures[n].level == "regency" for n in owners(hit[1]))

    def _ends_with_noun(self, last: int) -> bool:
        """Whether the noun of counted areas stands right before a token."""
        hit = self.tables.nouns.at(self.lower, last - 1)
        return hit is not None and hit[0] == last

    def _whole_of(self, number: Span) -> bool:
        """Whether a number is the whole behind a part: "150 kecamatan dari 576 kecamatan"."""
        words, lower, start = self.tables.words, self.lower, number.start
        at = start - 2 if start > 1 and lower[start - 1] in words["sums"] else start - 1
        return at > 0 and lower[at] in words["parts_of"] and lower[at - 1] not in words["not_parts_of"]

    def _count(self, number: Span, begin: int, end: int, area: Count | None) -> Count | None:
        tables, lower = self.tables, self.lower
        value = int(number.kb_id_)
        if value == 1 and number.start and lower[number.start - 1] in tables.words["one_of"]:
            return None  # "salah satu lokasi percontohan"
        if number.label_ == "MONEY":
            money = tuple(n for n, m in enumerate(tables.measures) if m.kind == "money")
            return Count(number, value, (number.end, number.end), money, begin, end)
        at = number.end
        for _ in range(3):
            if at >= end:
                break
            if hit := tables.nouns.at(lower, at):
                return Count(number, value, (at, hit[0]), owners(hit[1]), begin, end)
            if status := self._status_noun(at):
                return Count(number, value, status[0], status[1], begin, end)
            if lower[at] not in tables.words["classifiers"]:
                break
            at += 1
        if number.label_ == "ALL":
            return None
        if whole := self._noun_of_whole(number, end):
            return Count(number, value, *whole, begin, end, part=True) if value > 1 else None
        if left := self._noun_before(number, begin, end):
            total = self._total(left[0], number, end)
            return Count(number, value, *left, begin, end, total=total)
        if number.end < end and (hit := tables.weak.at(lower, number.end)):
            return Count(number, value, (number.end, hit[0]), owners(hit[1]), begin, end, weak=True)
        if area and self._near(area, number):
            # pilots may be counted on by another status: "... 148 pilot project, 129 ber-SK"
            level = tables.measures[area.measures[0]].level
            same = (
                n for n, m in enumerate(tables.measures) if m.kind in ("status", "all") and m.level == level
            )
            return Count(number, value, (number.end, number.end), tuple(same), begin, end, inherited=True)
        return self._listed(number, begin, end)

    def _listed(self, number: Span, begin: int, end: int) -> Count | None:
        """A number of something that a list beside it may name: "empat nama: ...", "trio A, B, C"."""
        words, lower = self.tables.words, self.lower
        at = number.end
        cell = lower[number.start - 1 : number.start] == ["|"] and lower[at : at + 1] == ["|"]
        if at < end and lower[at] in words["listed_nouns"]:
            at += 1
        elif not (cell or self._ensemble(number) or self._elliptic(number, begin, end)):
            return None
        value = int(number.kb_id_)
        return Count(number, value, (number.end, at), self._areas(), begin, end, listed=True, cell=cell)

    def _areas(self) -> tuple[int, ...]:
        """The measures of kecamatan that hold a status."""
        measures = enumerate(self.tables.measures)
        return tuple(n for n, m in measures if m.kind == "status" and m.level == "kecamatan")

    def _ensemble(self, number: Span) -> bool:
        """Whether a number is a word such as "trio", with names right behind it."""
        at = number.end
        return self.lower[number.start] in self.ensembles and bool(self.view.spans_in("places", at, at + 4))

    def _elliptic(self, number: Span, begin: int, end: int) -> bool:
        """Whether a clause ends with a number and a word that makes it a count: "hanya empat?"."""
        words, lower = self.tables.words, self.lower
        behind = lower[number.end] if number.end < end else "."
        return (
            number.start > begin
            and lower[number.start - 1] in words["bare_ends"]
            and (behind in _STOPS or behind in ",:")
        )

    def _noun_of_whole(self, number: Span, end: int) -> tuple[tuple[int, int], tuple[int, ...]] | None:
        """The noun behind a part and its whole: "5 dari 20 kecamatan"."""
        lower, at = self.lower, number.end
        if at < end and lower[at] in self.tables.words["listed_nouns"]:  # "tiga nama dari sembilan kecamatan"
            at += 1
        if at + 2 >= end or lower[at] not in self.tables.words["parts_of"]:
            return None
        at += 1 + (lower[at + 1] in self.tables.words["sums"])
        for whole in self.view.spans_in("numbers", at, min(end, at + 4))[:1]:
            if whole.start == at and whole.end < end and (hit := self.tables.nouns.at(lower, whole.end)):
                return (whole.end, hit[0]), owners(hit[1])
        return None

    def _status_noun(self, at: int) -> tuple[tuple[int, int], tuple[int, ...]] | None:
        """A status that is counted itself: "tiga percontohan", "empat pilot project"."""
        for n, measure in enumerate(self.tables.measures):
            if measure.kind == "status" and (hit := self.tables.of[n].cues.at(self.lower, at)):
                return (at, hit[0]), (n,)
        return None

    def _noun_before(
        self, number: Span, begin: int, end: int
    ) -> tuple[tuple[int, int], tuple[int, ...]] | None:
        """A noun that stands before its number: "RPPA aktif 5 unit", "pilot project-nya ada tiga"."""
        words, lower = self.tables.words, self.lower
        behind = lower[number.end] if number.end < end else "."
        numbered = lower[number.start - 1] in words["numbering"]
        known = behind in words["classifiers"] or behind in words["after_number"]
        if behind[0].isalpha() and not known and (not numbered or self.tables.weak.at(lower, number.end)):
            return None
        other = behind[0].isalpha() and not known  # "sejak Kecamatan Berdaya dikabarkan, ada satu hal"
        loose = number.start == begin or lower[number.start - 1] not in words["noun_then_number"]
        found: tuple[tuple[int, int], tuple[int, ...]] | None = None
        for i in range(begin, number.start):
            if (hit := self.tables.nouns.at(lower, i)) and hit[0] <= number.start:
                if other and i in self.view.names:
                    continue
                if any(n.end == i for n in self.view.spans_in("numbers", max(0, i - 2), i)):
                    continue  # "aduan ke lima RPPA itu 41": the noun has a number of its own
                if self._total((i, hit[0]), number, end):
                    return (i, hit[0]), owners(hit[1])
                kinds = [self.tables.measures[n] for n in owners(hit[1])]
                if found and all(m.level == "regency" for m in kinds):
                    continue  # "Pilot project di Kabupaten X ada dua"
                if found and all(m.kind in ("status", "all") for m in kinds):
                    continue
                units = tuple(n for n in owners(hit[1]) if self.tables.measures[n].kind == "units")
                if numbered and not units and behind not in words["classifiers"]:
                    units = () if self._named(kinds, hit[0]) else owners(hit[1])
                if units or not numbered:
                    found = ((i, hit[0]), units) if units else None
            elif (status := self._status_noun(i)) and status[0][1] <= number.start:
                found = status
        if found and loose and found[0][1] < number.start and behind not in words["classifiers"]:
            return None
        return found

    def _named(self, kinds: list[MeasureTerm], at: int) -> bool:
        """Whether the noun of regencies goes with a name: "di Kabupaten X baru tiga" counts others."""
        return all(m.level == "regency" for m in kinds) and self.view.reading.words[at][:1].isupper()

    def _total(self, noun: tuple[int, int], number: Span, end: int) -> bool:
        """Whether a noun's amount is told behind it: "jumlah desa di sini 273", "desanya saja 469"."""
        words, lower = self.tables.words, self.lower
        behind = lower[number.end] if number.end < end else "."
        if behind[0].isalpha() and behind not in words["after_number"]:
            return False
        if noun[0] > 0 and lower[noun[0] - 1] in words["amounts"]:
            return not self.view.spans_in("numbers", noun[0], number.start)
        own = lower[noun[1] - 1].endswith("nya")
        return own and all(word in words["noun_then_number"] for word in lower[noun[1] : number.start])

    def _near(self, area: Count, number: Span) -> bool:
        """Whether a number without a noun may go on counting the areas of an earlier one."""
        if number.start and self.lower[number.start - 1] in self.tables.words["one_of"]:
            return False
        apart = self.view.sentence_at(number.start) - self.view.sentence_at(area.number.start)
        return apart <= 1 and number.label_ == "COUNT"
