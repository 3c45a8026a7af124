"""Where a request may lead: not to another site, not into the network that the crawler runs in."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.html.urls import is_web_address
from crawler.manners.hosts import host_of
from crawler.manners.robots import asks_robots

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class OffsiteError(IgnoreRequest):
    """The address is not the outlet's."""


class PrivateAddressError(IgnoreRequest):
    """The address leads into the machine or the network that the crawler runs in."""


class BadAddressError(IgnoreRequest):
    """The address is none that can be asked for."""


class Redirect(RedirectMiddleware):
    """Scrapy's, which raises whatever an address of a redirect makes it raise."""

    def process_response(  # type: ignore[override]  # without its deprecated third argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """The next request, or the response; BadAddressError where the redirect leads to no address."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            raise BadAddressError(f"{request.url} redirects to no address: {error}") from None


class StayOnSite:
    """Downloader middleware: no request for what is no address, no redirect to another site.

    In the place of Scrapy's own, which drops such a request without a word to whoever waits for it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise BadAddressError for what cannot be asked for, OffsiteError where the host is none of ours."""
        if not is_web_address(request.url):
            raise BadAddressError(f"{request.url[:200]} is no address")
        own: frozenset[str] = getattr(self.crawler.spider, "own_hosts", frozenset())
        host = host_of(request)
        if own and not asks_robots(request) and not any(host == o or host.endswith("." + o) for o in own):
            raise OffsiteError(f"{request.url} is another site")


class RefusePrivate:
    """Downloader middleware: no request, and no redirect, into private networks or the machine itself.

    An outlet's own address is excepted: who writes an outlet file for a host on the own network means it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.live = not crawler.settings.getlist("PANTAU_REPLAY")
        self.timeout = crawler.settings.getfloat("DNS_TIMEOUT")
        self.known: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise PrivateAddressError where the host is, or resolves to, an address of no public network."""
        parts = urlparse_cached(request)
        if parts.netloc.lower() in self._own():
            return
        host = (parts.hostname or "").rstrip(".")
        if host not in self.known:
            self.known[host] = is_private(host) or (self.live and await self._resolves_to_private(host))
        if self.known[host]:
            raise PrivateAddressError(f"{request.url} leads to a private address")

    def process_response(self, request: Request, response: Response) -> Response:
        """Drop what was served from a private address after all: the name may have been re-pointed."""
        address = str(response.ip_address or "")
        if address and is_private(address) and urlparse_cached(request).netloc.lower() not in self._own():
            raise PrivateAddressError(f"{request.url} was answered by the private address {address}")
        return response

    def _own(self) -> frozenset[str]:
        return getattr(self.crawler.spider, "own_netlocs", frozenset())

    async def _resolves_to_private(self, host: str) -> bool:
        loop = asyncio.get_running_loop()
        try:
            found = await asyncio.wait_for(loop.getaddrinfo(host, None), self.timeout)
        except (OSError, UnicodeError, TimeoutError):
            return False  # the download itself will say that the name can't be resolved
        return any(is_private(str(address[0])) for *_, address in found)


def is_private(host: str) -> bool:
    """Whether a host's name or number is one of no public network."""
    if host in ("", "localhost") or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        address = ip_address(host.partition("%")[0].strip("[]"))
    except ValueError:
        # Numbers that resolvers take for addresses: 2130706433, 0x7f000001, 127.1
        return host.replace(".", "").isdigit() or host.lower().startswith("0x")
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global
