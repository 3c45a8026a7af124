"""How the crawler behaves towards a host: its pauses, Retry-After, and when to stop asking.

Scrapy applies neither Crawl-delay nor Retry-After, and it asks on where a host refuses. robots.txt is
read in crawler/manners/robots.py; crawler/settings.py says where each class stands.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.manners.heads import BoundedFactory, cancelled

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

REFUSALS = frozenset((403, 429))
_LONGEST_TOLD = 1e9  # seconds, 30 years: a number of a thousand digits says no more


class HostRefusesError(IgnoreRequest):
    """The host answered so often that it does not want us that it is not asked again in this run."""


class StoppedError(IgnoreRequest):
    """The crawl is being ended; what still waits is left for the next one."""


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What a host's robots.txt says to us."""

    status: str  # "status 200", or why there was no answer
    rules: RobotParser
    agent: str

    def allows(self, url: str) -> bool:
        """Whether an address of the host may be asked for."""
        return bool(self.rules.allowed(url, self.agent))


@dataclass(slots=True)
class Hosts:
    """What one crawl knows of the hosts it asks."""

    delay: dict[str, float] = field(default_factory=dict)  # Crawl-delay, seconds
    refusals: dict[str, int] = field(default_factory=dict)  # 403 and 429 in a row
    refused: dict[str, str] = field(default_factory=dict)  # host -> why it is not asked any more
    silent: dict[str, str] = field(default_factory=dict)  # host -> why its robots.txt could not be had
    not_before: dict[str, float] = field(default_factory=dict)  # monotonic seconds, from Retry-After
    ended: bool = False  # nothing more is asked, whatever still waits
    robots: dict[str, RobotsAnswer] = field(default_factory=dict)  # host and port -> what its robots.txt says
    repeated: set[str] = field(default_factory=set)  # addresses that would have been asked for too often
    spent: int = 0  # requests of the whole crawl, once it has made as many as it may


_hosts: WeakKeyDictionary[Crawler, Hosts] = WeakKeyDictionary()


def hosts_of(crawler: Crawler) -> Hosts:
    """The hosts of a crawl; one object for all that ask."""
    return _hosts.setdefault(crawler, Hosts())


def host_of(request: Request) -> str:
    return urlparse_cached(request).hostname or ""


class PoliteThrottle(AutoThrottle):
    """AutoThrottle that never goes below a host's Crawl-delay."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        floor = hosts_of(self.crawler).delay.get(urlsplit(response.url).hostname or "", 0.0)
        slot.delay = max(slot.delay, floor)


class PoliteHandler(HTTP11DownloadHandler):
    """Scrapy's download handler that waits as Retry-After says, and stops where a host keeps refusing.

    A middleware would look too early and learn too late: it sees a request before it waits for its turn,
    and an answer when the next request is on its way.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
        settings = crawler.settings
        self.hosts = hosts_of(crawler)
        self.most_refusals = settings.getint("PANTAU_REFUSALS")
        self.longest_wait = settings.getfloat("PANTAU_RETRY_AFTER_MAX")
        self.usual_wait = settings.getfloat("PANTAU_RETRY_AFTER_DEFAULT")

    async def download_request(self, request: Request) -> Response:
        """Download, after the host's Retry-After; raises HostRefusesError where it is not to be asked."""
        host = host_of(request)
        self._check(host)
        while (wait := self.hosts.not_before.get(host, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(min(wait, 1.0))
            self._check(host)
        try:
            response = await super().download_request(request)
        except DownloadFailedError as error:
            raise cancelled(error) or error from None
        self._learn(host, response)
        return response

    def _check(self, host: str) -> None:
        if self.hosts.ended or not self.crawler.crawling:
            raise StoppedError("the crawl is being ended")
        if why := self.hosts.refused.get(host):
            raise HostRefusesError(f"{host}: {why}")

    def _learn(self, host: str, response: Response) -> None:
        if response.status not in REFUSALS:
            if response.status < 500:
                self.hosts.refusals.pop(host, None)
            elif "Retry-After" in response.headers:
                self._pause(host, response)
            return
        count = self.hosts.refusals[host] = self.hosts.refusals.get(host, 0) + 1
        if count >= self.most_refusals:
            self._leave(host, f"answered {count} requests in a row with {response.status}")
        elif response.status == 429 or "Retry-After" in response.headers:
            self._pause(host, response)

    def _pause(self, host: str, response: Response) -> None:
        wait = read_retry_after(response.headers.get("Retry-After", b"") or b"")
        wait = self.usual_wait if wait is None else wait
        if wait > self.longest_wait:
            self._leave(host, f"asks to be left alone for {wait:.0f} seconds")
            return
        logger.info("%s: waiting %.0f seconds, as it asks (%d)", host, wait, response.status)
        self.hosts.not_before[host] = max(self.hosts.not_before.get(host, 0.0), time.monotonic() + wait)

    def _leave(self, host: str, why: str) -> None:
        if host not in self.hosts.refused:
            self.hosts.refused[host] = why
            logger.warning("%s %s; it is not asked again in this run", host, why)


def read_retry_after(value: bytes, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for (a number or an HTTP date), or None."""
    text = value.decode("latin-1").strip()
    if re.fullmatch(r"[0-9]+", text):
        return min(float(text), _LONGEST_TOLD)
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
