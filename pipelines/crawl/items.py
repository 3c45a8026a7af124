"""From a page to a row: Scrapy's item pipelines in their order, each a few lines around a plain function.

pipelines/crawl/reparse.py calls the same functions on archived pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Self
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.exceptions import DropItem
from scrapy.utils.misc import load_object

from crawler.archive.shared import end_crawl
from crawler.manners.hosts import StoppedError
from crawler.spiders.outlet import OutletSpider
from db.errors import RefusedError, StoreError
from db.records import WIB, Article, CrawlReport, Page, Reason, Refusal
from db.store import Store
from pipelines.command.console import log, one_line
from pipelines.crawl.reader import Reader
from pipelines.crawl.reading_figures import Measures
from pipelines.crawl.scope import Topic, outlet_row

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


@dataclass(slots=True)
class Run:
    """What the crawls of one run share. Scrapy copies its settings deeply, so they only name it."""

    id: str
    store: Store
    topic: Topic
    reader: Reader
    reports: list[CrawlReport] = field(default_factory=list)
    crawlers: list[Crawler] = field(default_factory=list)  # that have begun
    failure: StoreError | None = None  # why the database could not be written any more


RUNS: dict[str, Run] = {}
_measures: WeakKeyDictionary[Crawler, Measures] = WeakKeyDictionary()
_single: WeakKeyDictionary[Crawler, Run] = WeakKeyDictionary()


def run_of(crawler: Crawler) -> Run:
    """The run that a crawl belongs to; `scrapy crawl SLUG` has one of its own, from Scrapy's settings."""
    name = crawler.settings.get("PANTAU_RUN")
    if name:
        return RUNS[name]
    if crawler not in _single:
        from pipelines.command.console import new_run_id

        store = Store(crawler.settings["PANTAU_DB"])
        outlet = spider_of(crawler).outlet
        store.save_outlets([outlet_row(outlet)])
        reader = Reader(
            store, {outlet.slug: outlet}, budget=crawler.settings.getfloat("PANTAU_BUDGET_SECONDS")
        )
        topic = load_object(crawler.settings["PANTAU_TOPIC"])()
        _single[crawler] = Run(new_run_id(), store, topic, reader)

        def close() -> None:
            reader.close()
            store.close()

        # Signals know their receivers by weak references.
        crawler.signals.connect(close, signals.engine_stopped, weak=False)
    return _single[crawler]


def spider_of(crawler: Crawler) -> OutletSpider:
    """The crawl's spider, typed."""
    assert isinstance(crawler.spider, OutletSpider)
    return crawler.spider


def measures_of(crawler: Crawler) -> Measures:
    """The measures of a crawl; one object for who counts and who reports."""
    if crawler not in _measures:
        _measures[crawler] = Measures(crawler.settings.getint("PANTAU_SAMPLED"))
    return _measures[crawler]


@contextmanager
def storing(crawler: Crawler) -> Iterator[None]:
    """End all crawls of the run where the database fails: raises StoppedError, which nobody tells again.

    `run_crawl` raises the database's own error when they have ended.
    """
    try:
        yield
    except StoreError as error:
        run = run_of(crawler)
        if run.failure is None and not crawler.settings.get("PANTAU_RUN"):
            log.error("%s", error)  # Scrapy's own command raises nothing
        run.failure = run.failure or error
        for one in (*run.crawlers, crawler):
            end_crawl(one, "store-error")
        raise StoppedError(str(error)) from None


def topic_text(article: Article) -> str:
    """What the topic is looked for in."""
    return "\n".join((article.title, article.text, ", ".join(article.tags)))


def day_of(article: Article) -> date | None:
    """The day of an article's publication in Jakarta."""
    return article.published_at.astimezone(WIB).date() if article.published_at else None


def check_article(
    article: Article,
    *,
    topic: Topic,
    since: date | None = None,
    until: date | None = None,
    min_characters: int = 0,
) -> Reason | None:
    """Why an article is not kept, or None. Days are those of Jakarta, both ends included. Pure.

    What a page that did not come may hold is not judged: the article is to be fetched again.
    """
    day = day_of(article)
    if day and ((since and day < since) or (until and day > until)):
        return "out-of-range"
    if len(article.text) >= min_characters and topic(topic_text(article)):
        return None
    if article.missing_pages:
        return "network-error"
    return "too-short" if len(article.text) < min_characters else "off-topic"


def store_article(store: Store, article: Article) -> Reason:
    """Store one article: what came of it, "unstorable" where the database does not take it."""
    try:
        return store.save_article(article)
    except RefusedError as error:
        log.warning("%s: %s can't be stored: %s", article.outlet, article.url, one_line(error))
        return "unstorable"


class ReadArticle:
    """Page -> Article."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a pipeline."""
        return cls(crawler)

    async def process_item(self, item: Page) -> tuple[str, Article]:
        """The article with its key; DropItem where the page holds none."""
        spider, reader = spider_of(self.crawler), run_of(self.crawler).reader
        key = spider.outlet.key(item.url)
        try:
            with storing(self.crawler):
                result = await reader.read_soon(item, spider.outlet)
        except StoppedError as error:
            raise DropItem(str(error)) from None
        if isinstance(result, Refusal):
            spider.count(result.reason, key)
            raise DropItem(f"{item.url}: {result.reason}: {result.detail}")
        measures = measures_of(self.crawler)
        sampled = measures.samples(result)
        measures.add(result, await reader.compare_soon(item, spider.outlet) if sampled else {})
        return key, result


class CheckArticle:
    """Drops what is out of range, too short or off the topic."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.topic = run_of(crawler).topic
        self.min_characters = crawler.settings.getint("PANTAU_MIN_CHARACTERS")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a pipeline."""
        return cls(crawler)

    def process_item(self, item: tuple[str, Article]) -> tuple[str, Article]:
        """The article unchanged, or DropItem."""
        spider = spider_of(self.crawler)
        key, article = item
        known = key in spider.again  # its topic and its day were looked at when it was new
        reason = check_article(
            article,
            topic=(lambda _: True) if known else self.topic,
            since=None if known else spider.since,
            until=None if known else spider.until,
            min_characters=self.min_characters,
        )
        if reason:
            spider.count(reason, key, day_of(article))
            raise DropItem(f"{article.url}: {reason}")
        return item


class StoreArticle:
    """Article -> database."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.store = run_of(crawler).store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a pipeline."""
        return cls(crawler)

    def process_item(self, item: tuple[str, Article]) -> Article:
        """Store the article; "stored", "changed", "unchanged" or "unstorable" is counted."""
        key, article = item
        spider = spider_of(self.crawler)
        try:
            with storing(self.crawler):
                reason = store_article(self.store, article)
        except StoppedError as error:  # not counted, so that it is fetched again
            raise DropItem(str(error)) from None
        spider.count(reason, key, day_of(article))
        if reason == "unstorable":
            raise DropItem(f"{article.url}: {reason}")
        return article
