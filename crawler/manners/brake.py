"""The brake before the network: whatever makes a crawl ask on, it ends after a number known before."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Self
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.manners.hosts import hosts_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class OverPlanError(IgnoreRequest):
    """An address, or the outlet as a whole, has been asked as often as one run may."""


def most_requests(since: date, until: date, per_day: int) -> int:
    """How many requests a crawl of these days may make, robots.txt and further tries included. Pure."""
    return max((until - since).days + 1, 1) * per_day


class Brake:
    """Downloader middleware, the last one before the network, where second tries and redirects pass, too.

    It does not ask why something is asked for again, as the answer that nobody thought of is the one that
    would go on for ever.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.hosts = hosts_of(crawler)
        self.per_address = crawler.settings.getint("PANTAU_ASKS_PER_ADDRESS")
        self.per_day = crawler.settings.getint("PANTAU_ASKS_PER_DAY")
        self.asked: Counter[str] = Counter()
        self.total = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count a request, or raise OverPlanError."""
        address = urldefrag(request.url)[0]
        if self.asked[address] >= self.per_address:
            self.hosts.repeated.add(address)
            raise OverPlanError(f"{address} has been asked for {self.per_address} times in this run")
        most = self._most()
        if self.total >= most:
            if not self.hosts.spent:
                logger.warning("%s: %d requests were made; no more in this run", self._name(), most)
            self.hosts.spent = most
            raise OverPlanError(f"{most} requests were made, as many as a run over these days may make")
        self.asked[address] += 1
        self.total += 1

    def _most(self) -> int:
        spider = self.crawler.spider
        today = date.min  # what has no range, as a look at single pages, counts as one day
        return most_requests(getattr(spider, "since", today), getattr(spider, "until", today), self.per_day)

    def _name(self) -> str:
        return self.crawler.spider.name if self.crawler.spider else ""
