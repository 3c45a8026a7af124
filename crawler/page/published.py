"""When an article was published and last changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from crawler.html import jsonld
from crawler.html.around import MAY_SHOW, names_of, shown_text, stands_beside
from crawler.html.dates import FIRST_YEAR, read_date
from crawler.html.tree import Element
from crawler.html.urls import split_url
from crawler.html.words import load_words
from crawler.page.metadata import Head
from db.records import WIB, Source

#: Characters of a label; a longer text is prose.
LONGEST_LABEL = 80
#: Elements with the name of a date that are read, wherever they stand.
MOST_NAMED = 40

_DIGIT = re.compile(r"\d")
#: A day in an address: /2025/10/30/, /2025/okt/30/, /20251030/, -2025-10-30.
_URL_DAY = re.compile(
    r"[/_-](?P<y>(?:19|20)\d\d)(?:(?P<sign>[/_-]?)(?P<mo>0[1-9]|1[0-2])(?P=sign)(?P<d>0[1-9]|[12]\d|3[01])"
    r"|/(?P<mo2>\d{1,2}|[a-z]{3,9})/(?P<d2>\d{1,2}))(?=[/._-]|$)",
    re.IGNORECASE,
)


def read_published(head: Head) -> datetime | None:
    """JSON-LD, meta, the layout's selectors, a list, around the headline, the address, names, or htmldate."""
    moment = _ask(head, "published", "datePublished", "dateCreated")
    if moment is not None:
        return _sharpen(head, moment)
    for source, find in _last_resorts(head):
        if (moment := find()) is not None:
            head.answered["published_at"] = source
            return moment
    return None


def _last_resorts(head: Head) -> Iterator[tuple[Source, Callable[[], datetime | None]]]:
    """What is asked where the page states no date, the surest first."""
    latest = head.page.fetched_at
    day = _url_day(head)

    def fits(moment: datetime) -> bool:
        return day is None or abs(moment.date() - day.date()) <= timedelta(days=1)

    def first(elements: Iterable[Element]) -> datetime | None:
        moments = (_in_zone(head, moment) for element in elements for moment in _dates_of(head, element))
        return next(filter(fits, moments), None)

    yield "feed", lambda: read_date(head.page.hints.get("published_at", ""), latest=latest)
    yield "selector", lambda: first(head.around)
    yield "selector", lambda: first(_named(head))
    yield "url", lambda: day
    if head.layouts[0] is head.outlet.generic:
        stated = jsonld.find_stated(head.nodes, "datePublished")
        yield "json-ld", lambda: next(filter(None, (read_date(t, latest=latest) for t in stated)), None)
        yield "generic", lambda: _found_by_htmldate(head)


def _url_day(head: Head) -> datetime | None:
    """The day that the address names, at midnight in Jakarta."""
    latest = head.page.fetched_at
    match = head.outlet.article.url.search(head.page.url)
    if match and (ymd := match.groupdict().get("ymd")):
        return read_date(ymd.replace("/", "-"), latest=latest)
    if found := _URL_DAY.search(split_url(head.page.url).path):
        month, day = found["mo"] or found["mo2"], found["d"] or found["d2"]
        return read_date(
            f"{day} {month} {found['y']}" if month.isalpha() else f"{found['y']}-{month}-{day}", latest=latest
        )
    return None


def _named(head: Head) -> Iterator[Element]:
    """<time> and elements with the name of one, where no other article's stand."""
    is_date = load_words().markup_date.search
    found = (e for e in head.tree.root.iter(*MAY_SHOW) if e.tag == "time" or is_date(names_of(e)))
    return islice((e for e in found if not stands_beside(e)), MOST_NAMED)


def _dates_of(head: Head, element: Element) -> Iterator[datetime]:
    """The date that an element states, or else shows, unless it is that of a change."""
    if load_words().modified.match(element.get("class") or ""):
        return
    stated = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
    if stated and (moment := read_date(stated, latest=head.page.fetched_at)) is not None:
        yield moment
    else:
        yield from _shown_in(head, element)


def _shown_in(head: Head, element: Element) -> Iterator[datetime]:
    """The date that an element shows to readers, unless it is that of a change."""
    text = shown_text(element)
    if not 5 < len(text) <= LONGEST_LABEL or text.isdigit() or not _DIGIT.search(text):
        return
    if not load_words().modified.match(text):
        moment = read_date(text, latest=head.page.fetched_at)
        if moment is not None:
            yield moment


def _found_by_htmldate(head: Head) -> datetime | None:
    """The day that htmldate takes for that of the publication, on a page that no layout fits."""
    from htmldate import find_date  # takes as long to import as a page to read: only where it is needed

    try:
        day = find_date(
            head.tree.html,
            url=head.page.url,
            original_date=True,
            extensive_search=False,  # which takes any date of the text
            min_date=f"{FIRST_YEAR}-01-01",
            max_date=head.page.fetched_at.date().isoformat(),
        )
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None  # what htmldate can't read has no date that we could read
    return read_date(day or "", latest=head.page.fetched_at)


def read_modified(head: Head) -> datetime | None:
    """When the article was last changed, as far as the page tells."""
    return _ask(head, "modified", "dateModified")


def _ask(head: Head, field: str, *keys: str) -> datetime | None:
    moment: datetime | None = None

    def accept(text: str) -> bool:
        nonlocal moment
        moment = read_date(text, latest=head.page.fetched_at)
        return moment is not None

    head.ask(field, (jsonld.string(head.node.get(k)) for k in keys), accept)
    if source := head.answered.pop(field, None):
        head.answered[f"{field}_at"] = source
    return _in_zone(head, moment) if moment else None


def _sharpen(head: Head, moment: datetime) -> datetime:
    """A day with the time that the page shows; a shown time with the seconds that JSON-LD tells."""
    midnight = time(0, tzinfo=WIB)
    if moment.timetz() == midnight:
        times = [
            *_shown_times(head),
            *(m for element in head.around for m in _dates_of(head, element)),
        ]
        return next((t for t in times if t.date() == moment.date()), moment)
    if moment.second or head.answered.get("published_at") != "selector":
        return moment
    exact = read_date(jsonld.string(head.node.get("datePublished")), latest=head.page.fetched_at)
    same = exact is not None and exact.astimezone(WIB).replace(second=0, microsecond=0) == moment
    return exact.astimezone(moment.tzinfo) if exact is not None and same else moment


def _in_zone(head: Head, moment: datetime) -> datetime:
    """WIB for what is marked UTC: converted, or relabelled where the page shows that very hour as WIB."""
    if moment.utcoffset() != UTC.utcoffset(None):
        return moment
    if head.outlet.article.utc_is_wib:
        return moment.replace(tzinfo=WIB)
    converted = moment.astimezone(WIB)
    for seen in _shown_times(head):
        if seen.replace(tzinfo=UTC) == moment.replace(second=0, microsecond=0):
            return moment.replace(tzinfo=WIB)
        if seen.replace(tzinfo=WIB) == converted.replace(second=0, microsecond=0):
            break
    return converted


def _shown_times(head: Head) -> list[datetime]:
    """Times of day that the page shows to its readers, to the minute; none that is marked UTC."""
    shown = [read_date(text) for values in head.first_selected("published") for text in values]
    if head.layouts[0] is head.outlet.generic:
        shown += [moment for element in head.around for moment in _shown_in(head, element)]
    return [
        seen.replace(second=0, microsecond=0)
        for seen in shown
        if seen and seen.utcoffset() != UTC.utcoffset(None) and (seen.hour, seen.minute) != (0, 0)
    ]
