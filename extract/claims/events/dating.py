"""Gives printed dates their year, and misprinted ones their alternatives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.article.view import View
from extract.mentions.dates.finder import UNKNOWN_YEAR
from extract.mentions.dates.relative import RELATIVE, count_from

#: A report appears within so many days of what it reports: what lies in this window needs no other proof.
_NEWS = 31


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
    if not options:
        return value
    best = min(options, key=lambda d: (abs((d - anchor).days), d))
    return best.isoformat()[: len(value)]


def _misprint(value: str, weekday: str, view: View) -> str:
    """`value`, or `true|value` where weekday or publication prove it wrong and show what was meant."""
    printed = _day(value)
    if printed is None:
        return value
    agrees = not weekday or printed.isoweekday() == int(weekday)
    if printed == view.programme.launched:
        return value
    published = view.published
    if published is None:
        return value
    recent = published - timedelta(days=_NEWS) <= printed <= published
    # A date about a year ahead of a report on what has been is as suspect as one on the wrong weekday.
    if agrees and printed - published < timedelta(days=365 - _NEWS):
        return value
    options = [
        option
        for option in (
            _with_year(f"{UNKNOWN_YEAR}{value[4:]}", published.year),
            _with_year(f"{UNKNOWN_YEAR}{value[4:]}", published.year - 1),
            *(
                _day(f"{value[:5]}{month:02d}{value[7:]}")
                for month in (published.month, (published.month - 2) % 12 + 1)
            ),
        )
        if option
        and option != printed
        and (not weekday or option.isoweekday() == int(weekday))
        and published - timedelta(days=_NEWS) <= option <= published
    ]
    if options:
        return f"{options[0].isoformat()}|{value}"
    if agrees:
        return value
    near = [printed + timedelta(days=step) for step in (-1, 1, -2, 2, -3, 3)]
    right = [d for d in near if d.isoweekday() == int(weekday) and d <= published]
    return f"{value}|{right[0].isoformat()}" if right and recent else value


def _anchor(view: View, values: list[str]) -> date | None:
    """The day to count from: that of publication, else the latest full date printed up to now."""
    if view.published:
        return view.published
    full = sorted(d for v in values if (d := _day(v)))
    return full[-1] if full else None


def date_spans(view: View) -> list[Dated]:
    """The dates of a text with their years.

    A day without a year takes that of the same day printed elsewhere, of the programme's launch on that day,
    or the one nearest to the publication.
    """
    spans = view.spans("dates")
    full = [s.kb_id_ for s in spans if not s.kb_id_.startswith((UNKNOWN_YEAR, RELATIVE))]
    printed = {v[4:]: v for v in reversed(full)}
    anchor = _anchor(view, full)
    launched = view.programme.launched
    years = sorted(v[:4] for v in full)
    dated = []
    for span in spans:
        value = span.kb_id_
        weekday, ahead = span.id_.rstrip("+"), span.id_.endswith("+")
        if value.startswith(RELATIVE):
            if view.published:
                value = count_from(view.published, value)
                dated.append(Dated(span.start, span.end, span.label_, value, relative=True))
            continue
        floating = value.startswith(UNKNOWN_YEAR) and not ahead and value[4:] not in printed
        if value.startswith(UNKNOWN_YEAR):
            same = printed.get(value[4:], "")
            if same:
                value = same
            elif anchor is None and launched and launched.isoformat()[4:] == value[4:]:
                value = launched.isoformat()
            elif anchor or launched or years:
                base = anchor or (date(int(years[-1]), 7, 1) if years else launched)
                assert base is not None
                value = _nearest(value, base, weekday, ahead)
        if span.label_ == "DAY":
            value = _misprint(value, weekday, view)
        dated.append(Dated(span.start, span.end, span.label_, value, floating))
    return dated
