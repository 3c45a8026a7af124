"""Gives printed dates their year, and misprinted ones their alternatives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from spacy.tokens import Span

from extract.article.view import View
from extract.mentions.dates.finder import UNKNOWN_YEAR
from extract.mentions.dates.relative import RELATIVE, count_from

#: A report appears within so many days of what it reports: what lies in this window needs no other proof.
_NEWS = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the text at tokens `first` to `last`. `value` is ISO; `|` joins the readings of a misprint or
    of a part of a year, the likeliest first."""

    first: int
    last: int
    kind: str  # DAY, MONTH, YEAR or PART
    value: str
    floating: bool = False  # its year isn't printed, and nothing says that it lies ahead
    relative: bool = False  # told from the publication: "Kamis kemarin"

    def in_past(self, now: date | None) -> Dated:
        """The same where what it dates is over: a date without a year was no later than `now`."""
        if not self.floating or now is None or not self.starts_after(now):
            return self
        past = f"{int(self.best[:4]) - 1:04d}{self.best[4:]}"
        return replace(self, value=past) if len(past) == 7 or _day(past) else self

    @property
    def best(self) -> str:
        return self.value.split("|")[0]

    @property
    def day(self) -> date | None:
        """The day; None for a month, a year, and for 29 February of a year that isn't known."""
        return _day(self.best)

    def ends_before(self, day: date) -> bool:
        """Whether all of it lies before a day."""
        latest = max(self.value.split("|"))
        return latest < day.isoformat()[: len(latest)]

    def starts_after(self, day: date) -> bool:
        """Whether all of it lies behind a day."""
        return self.best > day.isoformat()[: len(self.best)]


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _with_year(value: str, year: int) -> date | None:
    """A day or (as its first day) a month of a year; None for 29 February where there is none."""
    text = value.replace(UNKNOWN_YEAR, f"{year:04d}")
    return _day(text if len(text) == 10 else f"{text}-01")


def _nearest(value: str, anchor: date, weekday: str, ahead: bool) -> str:
    """The year that brings a date nearest to the anchor: one with the printed weekday if there is any."""
    options = [d for year in range(anchor.year - 1, anchor.year + 2) if (d := _with_year(value, year))]
    if weekday:
        options = [d for d in options if d.isoweekday() == int(weekday)] or options
    if ahead:
        options = [d for d in options if d >= anchor] or options
    best = min(options, key=lambda d: (abs((d - anchor).days), d), default=None)
    return best.isoformat()[: len(value)] if best else value


@dataclass(frozen=True, slots=True)
class _Printed:
    """A full date as it is printed, held against its weekday and the publication."""

    value: str
    day: date
    weekday: str  # "" where none is printed
    published: date

    def fits(self, day: date) -> bool:
        """Whether a day is of the printed weekday."""
        return not self.weekday or day.isoweekday() == int(self.weekday)

    def is_news(self, day: date) -> bool:
        """Whether a day is one that the report may be about."""
        return self.published - _NEWS <= day <= self.published

    def is_far_ahead(self) -> bool:
        """About a year ahead: in a report on what has been as suspect as a wrong weekday."""
        return self.day - self.published >= timedelta(days=365) - _NEWS

    def meant(self) -> date | None:
        """The day in the news, of the right weekday, that one wrong year or month makes of this one."""
        year, month = self.published.year, self.published.month
        options = (
            *(_with_year(f"{UNKNOWN_YEAR}{self.value[4:]}", y) for y in (year, year - 1)),
            *(_day(f"{self.value[:5]}{m:02d}{self.value[7:]}") for m in (month, (month - 2) % 12 + 1)),
        )
        others = (d for d in options if d and d != self.day)
        return next((d for d in others if self.fits(d) and self.is_news(d)), None)

    def beside(self) -> date | None:
        """The day of the printed weekday nearest to the printed one, up to three days off."""
        near = (self.day + timedelta(days=step) for step in (-1, 1, -2, 2, -3, 3))
        return next((d for d in near if self.fits(d) and d <= self.published), None)

    def read(self) -> str:
        """The value, with what was meant where weekday or publication prove it wrong: `true|value`."""
        if self.fits(self.day) and not self.is_far_ahead():
            return self.value
        if meant := self.meant():
            return f"{meant.isoformat()}|{self.value}"
        if self.fits(self.day) or not self.is_news(self.day):
            return self.value
        beside = self.beside()
        return f"{self.value}|{beside.isoformat()}" if beside else self.value


def _misprint(value: str, weekday: str, view: View) -> str:
    """`value`, or both readings where it is misprinted, the likelier first."""
    day = _day(value)
    if day is None or view.published is None or day == view.programme.launched:
        return value
    return _Printed(value, day, weekday, view.published).read()


class _Years:
    """What a text says of the year of a date that is printed without one."""

    def __init__(self, view: View, full: list[str]) -> None:
        """`full`: the dates that are printed with a year, in the text's order."""
        self.launched = view.programme.launched
        self.printed = {value[4:]: value for value in reversed(full)}
        self.last_year = max((value[:4] for value in full), default="")
        days = (day for value in full if (day := _day(value)))
        #: The day to count from: that of publication, else the latest day printed in full.
        self.anchor = view.published or max(days, default=None)

    def complete(self, value: str, weekday: str, ahead: bool) -> str:
        """A date with the year of the same day elsewhere, of the launch on that day, or the nearest."""
        if same := self.printed.get(value[4:]):
            return same
        if self._is_launch(value):
            return f"{self.launched}"
        base = self._base()
        return _nearest(value, base, weekday, ahead) if base else value

    def _is_launch(self, value: str) -> bool:
        launched = self.launched
        return self.anchor is None and launched is not None and launched.isoformat()[4:] == value[4:]

    def _base(self) -> date | None:
        """The day to which a date is nearest; of a year, its middle."""
        if self.anchor is None and self.last_year:
            return date(int(self.last_year), 7, 1)
        return self.anchor or self.launched


def date_spans(view: View) -> list[Dated]:
    """The dates of a text with their years; those told from the publication where it is known."""
    spans = view.spans("dates")
    years = _Years(view, [s.kb_id_ for s in spans if not s.kb_id_.startswith((UNKNOWN_YEAR, RELATIVE))])
    told = {day.end: year for day, year in pairwise(spans) if _is_year_of(year, day)}
    read = (_read(span, view, years, told.get(span.end)) for span in spans if span.start not in told)
    return [dated for dated in read if dated]


def _is_year_of(year: Span, day: Span) -> bool:
    """Whether a year told from the publication is that of the day before: "23 April tahun lalu"."""
    bare = day.kb_id_.startswith(UNKNOWN_YEAR)
    return bare and year.start == day.end and year.label_ == "YEAR" and year.kb_id_.startswith(RELATIVE)


def _read(span: Span, view: View, years: _Years, year: Span | None) -> Dated | None:
    """A date with its year, which `year` tells from the publication where it is given."""
    value = span.kb_id_
    if year is not None and view.published is not None:
        value = value.replace(UNKNOWN_YEAR, count_from(view.published, year.kb_id_))
    if value.startswith(RELATIVE):
        if view.published is None:
            return None
        told = count_from(view.published, value)
        return Dated(span.start, span.end, span.label_, told, relative=True)
    weekday, ahead = span.id_.rstrip("+"), span.id_.endswith("+")
    floating = False
    if value.startswith(UNKNOWN_YEAR):
        floating = not ahead and value[4:] not in years.printed
        value = years.complete(value, weekday, ahead)
    if span.label_ == "DAY":
        value = _misprint(value, weekday, view)
    return Dated(span.start, span.end, span.label_, value, floating)
