"""Which articles of earlier runs are fetched again, and what a site's pages answered then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from scrapy import Spider, signals

from crawler.archive.shared import find_replayed
from crawler.outlet.load import Outlet
from crawler.spiders.discovery import Verdict
from db.records import WIB, Answer, Reason
from db.tables.articles import StoredText, Visit
from pipelines.crawl.items import run_of, spider_of, storing

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

#: How a page ends that another visit may find otherwise: an outage with status 200, a draft, a paywall that
#: opens. Of these, so many visits are made.
DOUBTFUL: frozenset[Reason] = frozenset(
    ("no-body", "no-title", "no-date", "premium", "not-found", "too-large", "over-budget")
)
MOST_VISITS = 3
#: What was not for the page to decide: asked again at each crawl that offers it.
PASSING: frozenset[Reason] = frozenset(
    ("http-error", "over-plan", "network-error", "blocked", "robots", "error")
)
KEPT: frozenset[Reason] = frozenset(("stored", "changed", "unchanged"))


@dataclass(slots=True)
class Known:
    """What earlier runs know of one article."""

    published_at: datetime | None = None
    last_at: datetime | None = None  # the last time that its page was fetched
    source: str = ""  # what answered for the stored text; "": nothing is stored
    crawls: set[str] = field(default_factory=set)  # that fetched its page to the end
    kept: set[str] = field(default_factory=set)  # those of them since it was stored
    outcome: str = ""
    published_on: str = ""
    missing_pages: int = 0  # that the stored text lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """When a stored article is visited once more, and the days that a crawl asks for."""

    since: date
    until: date
    days: int  # after its publication
    hours: float  # after its first visit, at least
    now: datetime


def read_known(texts: Iterable[StoredText], visits: Iterable[Visit], outlet: Outlet) -> dict[str, Known]:
    """Key of an article -> what is known of it; `visits` oldest first. Pure."""
    known: dict[str, Known] = {}
    for text in texts:
        known[outlet.key(text.url)] = Known(
            text.published_at, text.fetched_at, text.source, missing_pages=text.missing_pages
        )
    for visit in visits:
        one = known.setdefault(outlet.key(visit.url), Known())
        one.last_at = max(one.last_at or visit.at, visit.at)
        one.outcome, one.published_on = visit.outcome, visit.published_on
        one.crawls.add(visit.crawl)
        if one.kept or visit.outcome in KEPT or not visit.outcome:
            one.kept.add(visit.crawl)
    return known


def judge_article(known: Known | None, terms: Terms) -> Verdict:
    """What a live crawl does with an article that discovery offers. Pure."""
    if known is None:
        return "new"
    if known.source:
        return "again" if is_due(known, terms) else "seen"
    if known.outcome in PASSING:
        return "new"
    if known.outcome in DOUBTFUL:
        return "new" if len(known.crawls) < MOST_VISITS else "seen"
    if known.outcome == "out-of-range" and known.published_on:
        asked_for = terms.since.isoformat() <= known.published_on <= terms.until.isoformat()
        return "new" if asked_for else "seen"
    return "seen"


def is_due(known: Known, terms: Terms) -> bool:
    """Whether a stored article is to be visited once more, for its edits or for pages it lacks. Pure."""
    if known.missing_pages:
        return len(known.kept) < MOST_VISITS
    if known.source in ("", "wp-json") or len(known.kept) > 1:
        return False  # posts of an API come with every listing anyway
    if known.last_at is None or terms.now - known.last_at < timedelta(hours=terms.hours):
        return False
    published = known.published_at or known.last_at
    return terms.now - published <= timedelta(days=terms.days)


class SkipSeen:
    """Extension that gives the spider its memory.

    What was read is not fetched again, whatever came of it: after a change of selectors or vocabulary,
    `pantau reparse` reads it from the archive. An article that was stored is visited once more in its first
    days, as outlets edit then, and one that came without all of its pages at the next crawls. A replay costs
    nobody anything, so it reads each stored article of which its files hold a later page.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self._opened, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making an extension."""
        return cls(crawler)

    def _opened(self, spider: Spider) -> None:
        own, store = spider_of(self.crawler), run_of(self.crawler).store
        settings = self.crawler.settings
        slug = own.outlet.slug
        known = read_known(store.stored_texts(slug), store.visits(slug), own.outlet)
        replay = tuple(settings.getlist("PANTAU_REPLAY"))
        terms = Terms(
            since=own.since,
            until=own.until,
            days=settings.getint("PANTAU_REVISIT_DAYS"),
            hours=settings.getfloat("PANTAU_REVISIT_HOURS"),
            now=datetime.now(WIB),
        )

        def judge(key: str, url: str, with_text: bool) -> Verdict:
            one = known.get(key)
            if one and one.source and with_text:
                return "again"
            if with_text:
                return "new"
            if replay and one and one.source:
                found = find_replayed(replay, own.outlet.canonical(url))
                is_later = found and one.last_at and found > one.last_at
                return "again" if is_later or one.missing_pages else "seen"
            if replay and one and one.outcome in DOUBTFUL:
                return "new"
            return judge_article(one, terms)

        def due() -> Iterator[str]:
            first = terms.now - timedelta(days=terms.days)
            for text in store.stored_texts(slug):
                moment = text.published_at or text.fetched_at
                is_young = moment is not None and moment >= first
                if (is_young or text.missing_pages) and is_due(known[own.outlet.key(text.url)], terms):
                    yield text.url

        own.judge = judge
        reader = run_of(self.crawler).reader
        own.read_list = reader.read_list_soon
        own.find_parts, own.count_blocks = reader.find_parts_soon, reader.count_blocks_soon

        def recall(url: str) -> Answer | None:
            with storing(self.crawler):
                return store.last_answer(url)

        own.recall = recall
        if not replay and own.until >= terms.now.date():  # not where older days are filled in
            own.due = due
