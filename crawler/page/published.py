"""When an article was published and last changed. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import islice
from typing import Any

from crawler.html import jsonld
from crawler.html.dates import FIRST_YEAR, read_date
from crawler.html.markup import tidy
from crawler.page.metadata import Head
from db.records import WIB, Source

#: Texts below a headline in which a date is looked for, and the characters that a label has at most.
MOST_TEXTS, LONGEST_LABEL = 12, 80


def read_published(head: Head) -> datetime | None:
    """JSON-LD, meta, the layout's selectors, a list, below the headline, the address, or htmldate."""
    moment = _ask(head, "published", "datePublished", "dateCreated")
    if moment is not None:
        return _sharpen(head, moment)
    latest = head.page.fetched_at
    source: Source = "feed"
    moment = read_date(head.page.hints.get("published_at", ""), latest=latest)
    if moment is None:
        moment, source = _below_headline(head), "selector"
    match = head.outlet.article.url.search(head.page.url)
    if moment is None and match and (ymd := match.groupdict().get("ymd")):
        moment, source = read_date(ymd.replace("/", "-"), latest=latest), "url"
    if moment is None and head.layouts[0] is head.outlet.generic:
        moment, source = _found_by_htmldate(head), "generic"
    if moment is not None:
        head.answered["published_at"] = source
    return moment


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
    if moment.timetz() == time(0, tzinfo=WIB):
        return next((seen for seen in _shown_times(head) if seen.date() == moment.date()), moment)
    if moment.second or head.answered.get("published_at") != "selector":
        return moment
    stated = read_date(jsonld.string(head.node.get("datePublished")), latest=head.page.fetched_at)
    same = stated is not None and stated.astimezone(WIB).replace(second=0, microsecond=0) == moment
    return stated.astimezone(moment.tzinfo) if stated is not None and same else moment


def _below_headline(head: Head) -> datetime | None:
    """A date in the few short texts between the headline and the first paragraph."""
    if head.heading is None:
        return None
    below: Any = head.heading.xpath("following::text()")
    for text in islice((t for t in map(tidy, below) if t), MOST_TEXTS):
        if len(text) > LONGEST_LABEL:
            break
        moment = read_date(text, latest=head.page.fetched_at)
        if moment is not None and not text.isdigit():
            return moment
    return None


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
    shown = (read_date(text) for values in head.first_selected("published") for text in values)
    return [
        seen.replace(second=0, microsecond=0)
        for seen in shown
        if seen and seen.utcoffset() != UTC.utcoffset(None) and (seen.hour, seen.minute) != (0, 0)
    ]
