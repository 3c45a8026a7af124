"""The one spider. Scrapy finds a class of it for each outlet file, so that `scrapy crawl SLUG` works.

It asks the ways of finding that the outlet's file names (crawler/spiders/discovery.py), fetches the articles
that they offer with their further pages, and yields `Page` items: reading, checking and storing happen
elsewhere. What becomes of an article's URL is counted under exactly one `Reason`; the counts that come about
here are those of URLs that never become a page.
"""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from crawler.archive.keep import FETCHED_AT, read_pointer
from crawler.html.markup import decode_page
from crawler.manners.failure import reason_of, request_of
from crawler.manners.hosts import StoppedError
from crawler.outlet.load import OUTLETS, Outlet, OutletError, load_outlets
from crawler.page.article import Parts
from crawler.spiders.discovery import KEY, KIND, DiscoverySpider
from db.records import WIB, Page

if TYPE_CHECKING:
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)


class OutletSpider(DiscoverySpider):
    """Crawls one outlet. Arguments: since, until (dates), limit (articles), queries (separated by "|")."""

    def _ask_article(self, url: str, key: str, hints: dict[str, str]) -> Request:
        self.asked += 1
        return Request(
            self.outlet.canonical(url),
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs={"hints": hints},
            meta={KIND: "article", KEY: key},
            priority=5,  # before the next page of a list: what waits is memory, and a list grows by its head
            # Each is asked for once as it is; the filter would only drop redirects, without a word.
            dont_filter=True,
        )

    async def parse_page(self, response: Response, hints: dict[str, str]) -> AsyncIterator[Any]:
        """The page of an article, or a request for its further pages first."""
        page = self._page(response, hints=hints)
        parts = await self.find_parts(page, self.outlet)
        page = replace(page, hints={**hints, "pages": str(parts.count)})
        if parts.all_at_once:
            yield self._ask_part(parts.all_at_once, page, parts, 0)
        elif parts.urls:
            yield self._ask_part(parts.urls[0], page, parts, 1)
        else:
            yield page

    async def parse_part(
        self, response: Response, page: Page, parts: Parts, number: int
    ) -> AsyncIterator[Any]:
        """Add a further page; `number` 0 is the address that shows all at once."""
        part = self._page(response)
        if number == 0:
            more = await self.count_blocks(part, self.outlet)
            if more > await self.count_blocks(page, self.outlet):
                yield replace(page, parts=(part,))
                return
        else:
            page = replace(page, parts=(*page.parts, part))
        for following in self._next_part(page, parts, number):
            yield following

    def part_failed(self, failure: Failure) -> Iterator[Any]:
        """Go on without it: most of an article is better than none, and the log says what is missing."""
        if isinstance(failure.value, StoppedError):
            return  # the next crawl takes the whole
        arguments = dict(request_of(failure).cb_kwargs)
        page, parts = arguments["page"], arguments["parts"]
        if arguments["number"] or not parts.urls:  # else "all at once" is asked for page by page
            lacking = 1 if arguments["number"] else parts.count - 1
            arguments["page"] = replace(page, missing=page.missing + lacking)
            self._inc("pantau/parts_missing")
            logger.warning("%s: %s: page is missing from its article", self.name, request_of(failure).url)
        yield from self._next_part(**arguments)

    def _next_part(self, page: Page, parts: Parts, number: int) -> Iterator[Any]:
        if number < len(parts.urls):
            yield self._ask_part(parts.urls[number], page, parts, number + 1)
        else:
            yield page

    def _ask_part(self, url: str, page: Page, parts: Parts, number: int) -> Request:
        return Request(
            url,
            callback=self.parse_part,
            errback=self.part_failed,
            cb_kwargs={"page": page, "parts": parts, "number": number},
            meta={KIND: "part", KEY: self.outlet.key(page.url)},
            priority=10,  # before further articles: a page in hand is memory
            dont_filter=True,
        )

    def page_failed(self, failure: Failure) -> None:
        """Count an article whose page did not come."""
        if isinstance(failure.value, StoppedError):
            return
        reason = reason_of(failure)
        self.count(reason, request_of(failure).meta[KEY])
        level = logging.ERROR if reason == "error" else logging.DEBUG
        logger.log(level, "%s: %s: %s", self.name, request_of(failure).url, failure.getErrorMessage())

    def _page(
        self, response: Response, *, url: str = "", html: str = "", hints: dict[str, str] | None = None
    ) -> Page:
        meta = response.meta
        at = meta.get(FETCHED_AT)
        return Page(
            url=url or response.url,
            outlet=self.outlet.slug,
            fetched_at=datetime.fromisoformat(at) if at else datetime.now(WIB),
            html=html or decode_page(response.body, self._header(response)),
            status=response.status,
            warc=read_pointer(meta),
            hints=hints or {},
        )


def build_spiders(outlets: dict[str, Outlet]) -> dict[str, type[OutletSpider]]:
    """A spider class for each outlet, by slug."""
    return {
        slug: type(
            "".join(word.capitalize() for word in slug.split("_")) + "Spider",
            (OutletSpider,),
            {
                "name": slug,
                "outlet": outlet,
                "__module__": __name__,
                "__doc__": f"{outlet.name}: {outlet.home}",
            },
        )
        for slug, outlet in outlets.items()
    }


def _own_outlets() -> dict[str, Outlet]:
    further = [Path(p) for p in os.environ.get("PANTAU_OUTLETS", "").split(os.pathsep) if p]
    try:
        # One bad file must not keep the other outlets from being crawled.
        return load_outlets(OUTLETS, *further, on_error=lambda error: logger.error("%s", error))
    except OutletError as error:
        logger.error("%s", error)
        return {}


# Scrapy's loader looks for classes among the names of this module.
globals().update({cls.__name__: cls for cls in build_spiders(_own_outlets()).values()})
