"""How the crawler behaves: robots.txt and its Crawl-delay, Retry-After, and when to stop asking a host.

Scrapy obeys robots.txt but does not apply Crawl-delay, nor Retry-After; and it asks on where a host
refuses. Each class here adds one of these; crawler/settings.py says where they stand.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response, TextResponse
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

REFUSALS = frozenset((403, 429))
_FORBID_ALL = b"User-agent: *\nDisallow: /\n"


class HostRefusesError(IgnoreRequest):
    """The host answered so often that it does not want us that it is not asked again in this run."""


@dataclass(slots=True)
class Hosts:
    """What one crawl knows of the hosts it asks."""

    delay: dict[str, float] = field(default_factory=dict)  # Crawl-delay, seconds
    refusals: dict[str, int] = field(default_factory=dict)  # 403 and 429 in a row
    refused: dict[str, str] = field(default_factory=dict)  # host -> why it is not asked any more
    not_before: dict[str, float] = field(default_factory=dict)  # monotonic seconds, from Retry-After


_hosts: WeakKeyDictionary[Crawler, Hosts] = WeakKeyDictionary()


def hosts_of(crawler: Crawler) -> Hosts:
    """The hosts of a crawl; one object for all that ask."""
    return _hosts.setdefault(crawler, Hosts())


def host_of(request: Request) -> str:
    return urlparse_cached(request).hostname or ""


class CrawlDelay:
    """Extension: takes the Crawl-delay of each robots.txt, and keeps it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.hosts = hosts_of(crawler)
        self.most = crawler.settings.getfloat("PANTAU_CRAWL_DELAY_MAX")
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        crawler.signals.connect(self._robots_parsed, signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Not needed where answers come from files and nobody waits."""
        if crawler.settings.getlist("PANTAU_REPLAY"):
            raise NotConfigured
        return cls(crawler)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self.agent)
        host = host_of(request)
        if not delay or delay <= 0:
            return
        if delay > self.most:
            # A shorter pause than the host asks for would be rude, and this one would take days.
            self.hosts.refused[host] = f"robots.txt asks for {delay:g} seconds between two requests"
            return
        self.hosts.delay[host] = delay
        logger.debug("%s: Crawl-delay %g s", host, delay)
        downloader = self.crawler.engine.downloader
        # For the slot when it is made (Scrapy drops idle ones), and for the one that is there already.
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1, "jitter": 0}
        if slot := downloader.slots.get(host):
            slot.delay, slot.concurrency, slot.jitter = max(slot.delay, delay), 1, 0.0


class PoliteThrottle(AutoThrottle):
    """AutoThrottle that never goes below a host's Crawl-delay."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        floor = hosts_of(self.crawler).delay.get(urlsplit(response.url).hostname or "", 0.0)
        slot.delay = max(slot.delay, floor)


class RobotsAnswers:
    """Downloader middleware that reads robots.txt's status as RFC 9309 says, which Scrapy does not look at.

    5xx or no answer: nothing may be fetched. 4xx, or a web page in its place: everything may.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Replace a robots.txt that is none by what its status means."""
        if not asks_robots(request):
            return response
        if response.status >= 500:
            return response.replace(body=_FORBID_ALL)
        if response.status >= 400 or response.body.lstrip()[:1] == b"<":
            return response.replace(body=b"")
        return response

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """No robots.txt is no permission; what forbids us to ask for it stays as it is."""
        if not asks_robots(request) or isinstance(exception, IgnoreRequest):
            return None
        logger.info(
            "%s: no answer (%s); nothing of this host is fetched", request.url, type(exception).__name__
        )
        return TextResponse(request.url, status=503, body=_FORBID_ALL, encoding="utf-8")


def asks_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt")) and urlparse_cached(request).path == "/robots.txt"


class PoliteHandler(HTTP11DownloadHandler):
    """Scrapy's download handler that waits as Retry-After says, and stops where a host keeps refusing.

    A middleware would look too early and learn too late: it sees a request before it waits for its turn,
    and an answer when the next request is on its way.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
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
            if not self.crawler.crawling:
                raise IgnoreRequest("the crawl was stopped while it waited for Retry-After")
            await asyncio.sleep(min(wait, 1.0))
            self._check(host)
        response = await super().download_request(request)
        self._learn(host, response)
        return response

    def _check(self, host: str) -> None:
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
    if text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
