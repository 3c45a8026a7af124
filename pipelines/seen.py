"""Articles that an earlier run fetched are not fetched again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import Spider, signals

from pipelines.items import known_keys, run_of, spider_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class SkipSeen:
    """Extension that tells the spider which articles are known; it counts them as "seen".

    Known is what was stored, and what was fetched, read and found to be off the topic or no article: after
    a change of selectors or vocabulary, `pantau reparse` reads those again from the archive.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self._opened, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making an extension."""
        return cls(crawler)

    def _opened(self, spider: Spider) -> None:
        own = spider_of(self.crawler)
        own.is_known = known_keys(run_of(self.crawler).store, own.outlet).__contains__
