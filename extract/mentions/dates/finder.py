"""Finds dates as they are printed; `extract.claims.events.dating` gives them their year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.article.doc import reading, write_spans
from extract.mentions.dates.relative import RELATIVE
from extract.mentions.dates.words import DateWords, build_date_words
from extract.vocabulary.load import Vocabulary

#: "30.10.2025" or "2025.10.30" as one token.
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_DASHES = frozenset("-–—/")
#: Years that a report on a programme of today may speak of.
_YEARS = range(2000, 2060)
UNKNOWN_YEAR = "????"


@dataclass(frozen=True, slots=True)
class _Found:
    label: str
    value: str
    end: int


class _Scan:
    """Reads dates that open at a token. Values keep `????` for a year that isn't printed."""

    def __init__(self, lower: list[str], printed: list[str], words: DateWords) -> None:
        self.lower = lower
        self.printed = printed
        self.words = words
        self.size = len(lower)

    def _word(self, i: int) -> str:
        return self.lower[i] if 0 <= i < self.size else ""

    def _number(self, i: int, low: int, high: int) -> int:
        """The whole number at a token if it lies within bounds, else 0."""
        word = self._word(i)
        if word.isdecimal() and len(word) <= 4 and low <= int(word) <= high:
            return int(word)
        return 0

    def _year(self, i: int) -> int:
        word = self._word(i)
        if len(word) == 4 and word.isdecimal() and int(word) in _YEARS:
            return int(word)
        return 0

    def year_behind(self, i: int) -> tuple[str, int]:
        """(year, end) at a token, through "tahun" or a comma; (`????`, i) if none stands there."""
        at = i
        if self._word(at) in self.words.year_words or self._word(at) == ",":
            at += 1
        if year := self._year(at):
            return str(year), at + 1
        return UNKNOWN_YEAR, i

    def numeric(self, i: int) -> _Found | None:
        """30/10, 30/10/2025, 30-10-25, 30.10.2025, 2025-10-30."""
        word = self._word(i)
        if dotted := _DOTTED.fullmatch(word):
            day, month, year = dotted.groups()
            return self._day(year, int(month), int(day), i + 1)
        sign = self._word(i + 1)
        if sign not in _DASHES:
            return None
        if self._year(i) and self._word(i + 3) == sign and self._number(i + 2, 1, 12):
            day = self._number(i + 4, 1, 31)
            return self._day(word, self._number(i + 2, 1, 12), day, i + 5) if day else None
        day, month = self._number(i, 1, 31), self._number(i + 2, 1, 12)
        if not (day and month) or len(word) > 2 or (i and self._word(i - 1) in ("/", "-", "–")):
            return None
        if self._word(i + 3) == sign:
            year = self._word(i + 4)
            if self._year(i + 4) or (len(year) == 2 and year.isdecimal()):
                return self._day(year, month, day, i + 5)
            return None
        if sign == "/" and self._word(i + 3) != "/":
            return self._day(UNKNOWN_YEAR, month, day, i + 3)
        return None

    def named(self, i: int) -> _Found | None:
        """30 Oktober 2025; 16-18 Juli 2025 and 23 dan 24 September (the first day)."""
        day = self._number(i, 1, 31)
        if not day or len(self.lower[i]) > 2:
            return None
        at = i + 1
        if (self._word(at) in _DASHES or self._word(at) in ("dan", "sampai", "hingga")) and self._number(
            at + 1, 1, 31
        ):
            at += 2
        month = self.words.months.get(self._word(at))
        if not month:
            return None
        year, end = self.year_behind(at + 1)
        return self._day(year, month, day, end)

    def _day(self, year: str, month: int, day: int, end: int) -> _Found | None:
        if len(year) == 2:
            year = f"20{year}"
        try:
            date(2024 if year == UNKNOWN_YEAR else int(year), month, day)
        except ValueError:
            return None
        return _Found("DAY", f"{year}-{month:02d}-{day:02d}", end)

    def day(self, i: int) -> tuple[_Found, str] | None:
        """A day with its weekday ("4", "" if none is printed) and what stands between them."""
        at, weekday = i, self.words.weekdays.get(self._word(i))
        if weekday:
            at += 1
            for _ in range(4):
                if daypart := self.words.dayparts.at(self.lower, at) if at < self.size else None:
                    at = daypart[0]
                elif self._word(at) in (",", "("):
                    at += 1
        if self._word(at) in self.words.day_words:
            at += 1
        found = (self.numeric(at) or self.named(at)) if self._word(at)[:1].isdecimal() else None
        return (found, str(weekday or "")) if found else None

    def relative(self, i: int) -> _Found | None:
        """Kamis kemarin, Sabtu pekan lalu, awal bulan depan, akhir tahun ini."""
        at, weekday = i, self.words.weekdays.get(self._word(i))
        if weekday:
            for at in range(i + 1, min(i + 3, self.size)):
                hit = self.words.relative.at(self.lower, at)
                if hit and hit[1][0] in "DW":
                    return _Found("DAY", f"{RELATIVE}{hit[1]}:{weekday}", hit[0])
                if not self.words.dayparts.at(self.lower, at):
                    break
            return None
        if turn := self.words.year_turns.at(self.lower, i):
            return _Found("PART", f"{RELATIVE}Y+0|12", turn[0])
        for table, unit in ((self.words.year_parts, "Y"), (self.words.month_parts, "M"), (None, "MY")):
            part = table.at(self.lower, i) if table else (i, "")
            # "awal bulan depan": the part's own "bulan" belongs to what follows
            for at in (part[0], part[0] - 1) if part else ():
                hit = self.words.relative.at(self.lower, at) if i <= at < self.size else None
                if hit and hit[1][0] in unit:
                    month = f"|{part[1]}" if part and unit == "Y" else ""
                    label = "PART" if month else "MONTH" if hit[1][0] == "M" else "YEAR"
                    return _Found(label, f"{RELATIVE}{hit[1]}{month}", hit[0])
        return None

    def month(self, i: int) -> _Found | None:
        """Oktober 2025, akhir Juli 2025; a bare month only behind a word that shows it."""
        at = i
        part = self.words.month_parts.at(self.lower, i)
        if part:
            at = part[0]
        month = self.words.months.get(self._word(at))
        if not month:
            return None
        year, end = self.year_behind(at + 1)
        if year == UNKNOWN_YEAR and not part:
            before, behind = self.words.month_signs
            shown = self._word(i - 1) in before or self._word(end) in behind
            if not shown and not self._plain(i, at):
                return None
        return _Found("MONTH", f"{year}-{month:02d}", end)

    def _plain(self, i: int, at: int) -> bool:
        """Whether a month's name is no part of a person's or a place's: "Patimuan menyusul Maret"."""
        if self.lower[at] in self.words.names or len(self.lower[at]) < 5:
            return False
        before = self.printed[i - 1] if i else ""
        behind = self.printed[at + 1] if at + 1 < self.size else ""
        opens = i == 0 or before in '.!?:;"“”'
        return (opens or before[:1].islower() or before == ",") and not behind[:1].isupper()

    def year(self, i: int) -> _Found | None:
        """2026, tahun 2026, semester I 2026 (as `2026|2026-06`)."""
        if part := self.words.year_parts.at(self.lower, i):
            year, end = self.year_behind(part[0])
            if year != UNKNOWN_YEAR:
                return _Found("PART", f"{year}|{year}-{part[1]}", end)
            return None
        year, end = self.year_behind(i)
        if year == UNKNOWN_YEAR or self._word(i) == ",":
            return None
        before, after = self._word(i - 1), self._word(end)
        if before in self.words.not_years or before in _DASHES or after in _DASHES:
            return None
        if end == i + 1 and before == "." and self._word(i - 2) in self.words.not_years:
            return None
        return _Found("YEAR", year, end)


class DateFinder:
    """Writes `doc.spans["dates"]`: label DAY, MONTH, YEAR or PART (of a year); kb_id the value, ISO, with
    `????` for a year that isn't printed, "~..." for one told from the publication (see `relative`)
    and `|` between a part's readings; id the weekday 1 to 7, if printed,
    with "+" behind it where the text says that the date lies ahead."""

    words: DateWords
    openers: frozenset[str]

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None:
        self.words = build_date_words(vocabulary)
        self.openers = self.words.openers

    def __call__(self, doc: Doc) -> Doc:
        lower = reading(doc).lower
        scan, openers, spans = _Scan(lower, reading(doc).words, self.words), self.openers, []
        end = 0
        for i in [i for i, word in enumerate(lower) if word in openers or word[0].isdecimal()]:
            if i < end:
                continue
            weekday = ""
            found: _Found | None
            if day := scan.day(i):
                found, weekday = day
            else:
                found = scan.month(i) or scan.year(i) or scan.relative(i)
            if not found:
                continue
            ahead = "+" if found.end < len(lower) and lower[found.end] in self.words.ahead else ""
            spans.append(
                Span(doc, i, found.end, label=found.label, kb_id=found.value, span_id=f"{weekday}{ahead}")
            )
            end = found.end
        write_spans(doc, "dates", spans)
        return doc


@Language.factory("pantau_dates")
def make_finder(nlp: Language, name: str) -> DateFinder:
    return DateFinder(nlp)
