"""Reads the dates of Indonesian news pages; what is no valid date is refused, never guessed.

Day comes before month in figures (30/10/2025). A time without a zone is WIB.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from crawler.html.words import load_words
from db.records import WIB

#: A news page of an Indonesian outlet is not older than the web, nor from the day after tomorrow.
#: Beyond the last year, a zone would soon lead out of the calendar.
FIRST_YEAR, LAST_YEAR = 1995, 2999

_ISO = re.compile(
    r"(?P<y>\d{4})(?:[-/](?P<mo>\d{1,2})[-/]|\.\s?(?P<mo2>\d{1,2})\.\s?|年(?P<mo3>\d{1,2})月)(?P<d>\d{1,2})(?:日|\.(?!\d))?"
    r"(?:(?:T|,?\s+)(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<z>Z|(?:(?:UTC|GMT)?[+-])\d{1,2}(?::?\d{2})?(?!\d)|[A-Za-z]{2,4}\b)?)?",
    re.IGNORECASE,
)
#: ISO 8601 without its marks: "20251030T164600Z".
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{2}:?\d{2})?)?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_CLOCK = (
    r"(?:\D{0,12}?\b(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d))?(?!\d)"
    r"\s*(?P<half>[ap]\.?m\b\.?)?"
    # A minus without a space before it parts two times: "09:00-10:00".
    r"\s*(?P<z>(?:(?:UTC|GMT)[+-]|\+|(?<=\s)-)\d{2}:?\d{2}(?!\d)|[A-Za-z]{2,4}\b|Z\b)?)?"
)
_FIGURES = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})[/.-](?P<mo>\d{1,2})[/.-](?P<y>\d{4})(?!\d)" + _CLOCK, re.IGNORECASE
)


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(load_words().months, key=len, reverse=True))
    nth = r"(?:st|nd|rd|th|\.)?"
    day_first = rf"(?<!\d)(?P<d>\d{{1,2}}){nth}[\s-]+(?P<mo>{names})\.?,?[\s-]+(?P<y>\d{{4}})(?!\d)" + _CLOCK
    month_first = rf"\b(?P<mo>{names})(?:\.\s*|\s+)(?P<d>\d{{1,2}}){nth},?\s*(?P<y>\d{{4}})(?!\d)" + _CLOCK
    return re.compile(day_first, re.IGNORECASE), re.compile(month_first, re.IGNORECASE)


def _zone(name: str | None, default: timezone) -> timezone | None:
    if not name:
        return default
    if name in ("Z", "z"):
        return UTC
    if (sign := name.lstrip("UTCGMutcgm"))[:1] in ("+", "-"):
        hours, minutes = re.fullmatch(r"(\d{1,2}):?(\d{2})?", sign[1:]).groups()  # type: ignore[union-attr]
        minutes = int(hours) * 60 + int(minutes or 0)
        if minutes > 14 * 60:
            return None
        return timezone(timedelta(minutes=minutes if sign[0] == "+" else -minutes))
    hours = load_words().zones.get(name.lower())
    if hours is None:
        return default  # a word after the time ("- 16:46 oleh"), no zone
    return WIB if hours == 7 else timezone(timedelta(hours=hours), name.upper())


def _build(parts: tuple[int, ...], zone: timezone | None) -> datetime | None:
    if zone is None:
        return None
    try:
        return datetime(*parts, tzinfo=zone)  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def _from_words(match: re.Match[str], month: int, default: timezone) -> datetime | None:
    part = match.groupdict()
    clock = tuple(int(part[k] or 0) for k in "hms")
    if half := part["half"]:
        clock = (clock[0] % 12 + 12 * (half[0] in "pP"), *clock[1:])
    return _build((int(part["y"]), month, int(part["d"]), *clock), _zone(part["z"], default))


def _plausible(moment: datetime | None, latest: datetime | None) -> datetime | None:
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    try:
        return None if latest is not None and moment > latest + timedelta(days=2) else moment
    except OverflowError:
        return None


def read_date(text: str, *, zone: timezone = WIB, latest: datetime | None = None) -> datetime | None:
    """The moment that `text` names, with its zone, or None.

    Takes ISO 8601 and its usual misspellings, epoch seconds and milliseconds, RFC 822, and
    Indonesian or English words ("Kamis, 30 Oktober 2025 16:46 WIB", "30/10/2025 | 16.46").
    A day without a time is its midnight. `latest` is when the page was fetched: a date more
    than two days after it is refused. A wrong weekday is ignored, as the press misprints it.
    """
    text = " ".join(text.split())
    if not text or len(text) > 400:
        return None
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return _plausible(datetime.fromtimestamp(seconds, UTC).astimezone(WIB), latest)
    if match := _COMPACT.fullmatch(text):
        numbers = tuple(int(g or 0) for g in match.groups()[:6])
        return _plausible(_build(numbers, _zone(match[7], zone)), latest)
    if match := _ISO.match(text):
        rest = text[len(match[0].rstrip()) :]
        if rest and (match["h"] is None or rest[0] not in " ,|([Z"):
            return None  # "2022-12-10T13-19-56Z": misspelt beyond repair
        month = int(match["mo"] or match["mo2"] or match["mo3"])
        return _plausible(_from_words(match, month, zone), latest)
    day_first, month_first = _named()
    for pattern in (day_first, month_first):
        if match := pattern.search(text):
            month = load_words().months[match["mo"].lower()]
            return _plausible(_from_words(match, month, zone), latest)
    if match := _FIGURES.search(text):
        return _plausible(_from_words(match, int(match["mo"]), zone), latest)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _plausible(moment if moment.tzinfo else moment.replace(tzinfo=zone), latest)
