"""robots.txt: asked for once a host, obeyed by every request, its Crawl-delay applied.

In the place of Scrapy's own middleware, which in 2.19 lets requests pass that wait for a host's first
robots.txt together with another: the object that they wait for gives its result to the first one only.
Scrapy's also reads an error page as if it were a robots.txt; here the status counts, as in RFC 9309:
5xx or no answer forbids everything, 4xx or a web page in its place nothing. A 429 is no 4xx in this: who
is asked too often has not said what may be asked.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler, load_object

from crawler.manners.hosts import RobotsAnswer, host_of, hosts_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

_FORBID_ALL = b"User-agent: *\nDisallow: /\n"
_IN_WORDS = {
    "CannotResolveHostError": "its name can't be resolved; is the network up?",
    "DownloadConnectionRefusedError": "connection refused",
    "DownloadTimeoutError": "no answer in time",
    "DownloadFailedError": "the connection broke or its certificate is not valid",
    "ResponseDataLossError": "the connection broke",
    "DownloadCancelledError": "larger than any robots.txt",
}
_ASKS = "dont_obey_robotstxt"  # Scrapy's own key, of the request for robots.txt


class ForbiddenError(IgnoreRequest):
    """robots.txt forbids the address."""


class HostSilentError(IgnoreRequest):
    """A host's robots.txt could not be had, and without it nothing may be fetched."""


def asks_robots(request: Request) -> bool:
    """Whether a request is one for robots.txt, also after a redirect."""
    return bool(request.meta.get(_ASKS))


class Robots:
    """Downloader middleware."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self.hosts = hosts_of(crawler)
        self.agent = settings["ROBOTSTXT_USER_AGENT"]
        self.parser = load_object(settings["ROBOTSTXT_PARSER"])
        self.longest_delay = settings.getfloat("PANTAU_CRAWL_DELAY_MAX")
        self.live = not settings.getlist("PANTAU_REPLAY")
        self.asked: dict[str, asyncio.Future[RobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise ForbiddenError where robots.txt forbids, HostSilentError where there is no answer for it."""
        if asks_robots(request):
            return
        parts = urlparse_cached(request)
        if parts.netloc not in self.asked:
            self.asked[parts.netloc] = asyncio.ensure_future(self._fetch(request))
        # Shielded, as one request that is given up must not take the answer from the others.
        rules = await asyncio.shield(self.asked[parts.netloc])
        if why := self.hosts.silent.get(parts.netloc):
            raise HostSilentError(f"{parts.netloc}: no robots.txt ({why})")
        if not rules.allowed(request.url, self.agent):
            raise ForbiddenError("forbidden by robots.txt")

    async def _fetch(self, request: Request) -> RobotParser:
        parts = urlparse_cached(request)
        asking = Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            priority=1000,
            meta={_ASKS: True},
            callback=NO_CALLBACK,
        )
        try:
            response = await self.crawler.engine.download_async(asking)
        except IgnoreRequest as error:
            # Redirects without end, or into a private network: as good as none.
            logger.info("%s: %s", asking.url, error)
            body, status = b"", "led nowhere"
        except Exception as error:  # noqa: BLE001 - whatever kept the answer away, the rule is the same
            kind = type(error).__name__
            status = self.hosts.silent[parts.netloc] = _IN_WORDS.get(kind, f"{kind}: {error}"[:120])
            body = _FORBID_ALL
        else:
            body, status = self._read(response, parts.netloc), f"status {response.status}"
        rules: RobotParser = build_from_crawler(self.parser, self.crawler, body)
        self.hosts.robots[parts.netloc] = RobotsAnswer(status, rules, self.agent)
        self._keep_delay(rules, host_of(request))
        return rules

    def _read(self, response: Response, netloc: str) -> bytes:
        if response.status >= 500 or response.status == 429:
            self.hosts.silent[netloc] = f"status {response.status}"
            return _FORBID_ALL
        if response.status >= 400 or response.body.lstrip()[:1] == b"<":
            return b""
        return response.body

    def _keep_delay(self, rules: RobotParser, host: str) -> None:
        delay = rules.crawl_delay(self.agent)
        if not self.live or not delay or not delay > 0:  # "nan" is neither
            return
        if delay > self.longest_delay:
            # A shorter pause than the host asks for would be rude, and this one would take days.
            self.hosts.refused[host] = f"robots.txt asks for {delay:g} seconds between two requests"
            return
        self.hosts.delay[host] = delay
        downloader = self.crawler.engine.downloader
        # For the slot when it is made (Scrapy drops idle ones), and for the one that is there already.
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1, "jitter": 0}
        if slot := downloader.slots.get(host):
            slot.delay, slot.concurrency, slot.jitter = max(slot.delay, delay), 1, 0.0
