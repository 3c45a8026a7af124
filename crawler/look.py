"""A spider for a look at a few pages: same manners as a crawl, nothing stored, nothing followed by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http.request import NO_CALLBACK

from crawler.html.markup import decode_page
from crawler.manners.failure import reason_of_error
from crawler.manners.hosts import RobotsAnswer, hosts_of
from crawler.outlet.load import Outlet
from db.records import Reason

if TYPE_CHECKING:
    from scrapy.http import Response

#: What a look has no use for: it stores nothing, counts nothing, and archives nothing.
LOOK_SETTINGS: dict[str, Any] = {
    "PANTAU_ARCHIVE": "",
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {
        "scrapy.extensions.throttle.AutoThrottle": None,
        "crawler.manners.hosts.PoliteThrottle": 10,
    },
    "RETRY_TIMES": 1,
}
_ARCHIVES = "crawler.archive.keep.KeepResponse"
_UNUSED = (
    "pipelines.crawl.health.FetchLedger",
    _ARCHIVES,
    "crawler.archive.keep.AskIfChanged",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What an address answered, or why it did not."""

    url: str  # after redirects
    status: int | None = None
    reason: Reason | None = None  # None: it answered with 200
    detail: str = ""
    content_type: str = ""
    body: bytes = field(default=b"", repr=False)
    robots: RobotsAnswer | None = None  # of the host that was asked
    delay: float = 0.0  # its Crawl-delay, seconds

    @property
    def html(self) -> str:
        """The body, decoded."""
        return decode_page(self.body, self.content_type)


Look = Callable[[str], Awaitable[Looked]]
Work = Callable[[Look], Awaitable[None]]


class LookSpider(Spider):
    """Runs one piece of work, which asks for pages one after another."""

    name = "look"

    def __init__(self, outlet: Outlet, work: Work, urls: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outlet = outlet
        self.work = work
        addresses = [urlsplit(url) for url in (outlet.home, *urls)]
        self.own_netlocs = frozenset(address.netloc.lower() for address in addresses)
        self.own_hosts = frozenset((*outlet.hosts, *(address.hostname or "" for address in addresses)))

    async def start(self) -> AsyncIterator[Request]:
        """Do the work; there are no requests beside those that it makes."""
        await self.work(self.look)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def look(self, url: str) -> Looked:
        """Ask for one address, as robots.txt and the host's pace allow."""
        request = Request(url, callback=NO_CALLBACK, dont_filter=True)
        engine = self.crawler.engine
        assert engine is not None
        try:
            response: Response = await engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever it is has a name among the reasons
            detail = " ".join(str(error).split())[:200]
            return Looked(url=url, reason=reason_of_error(error), detail=detail, **self._told(url))
        reason: Reason | None = None
        if response.status != 200:
            gone = response.status in (404, 410)
            refused = response.status in (401, 403, 429, 451)
            reason = "not-found" if gone else "blocked" if refused else "http-error"
        return Looked(
            url=response.url,
            status=response.status,
            reason=reason,
            content_type=(response.headers.get("Content-Type") or b"").decode("latin-1"),
            body=response.body,
            **self._told(url),
        )

    def _told(self, url: str) -> dict[str, Any]:
        hosts, parts = hosts_of(self.crawler), urlsplit(url)
        return {
            "robots": hosts.robots.get(parts.netloc),
            "delay": hosts.delay.get(parts.hostname or "", 0.0),
        }


def without_keeping(middlewares: dict[str, Any], *, archive: bool = False) -> dict[str, Any]:
    """Downloader middlewares without those that note and, unless `archive`, without the one that archives."""
    return {**middlewares, **dict.fromkeys(name for name in _UNUSED if not (archive and name == _ARCHIVES))}
