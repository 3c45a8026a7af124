"""The half of the spider that finds: asks the ways that an outlet's file names, and offers articles.

Each way is a list of pages (or a feed, a sitemap, an API), read by `crawler.find.discover`; here is which
follows which, and when a list is over.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response

from crawler.find.discover import DiscoverError, Found, ListAnswer, read_list
from crawler.find.plan import next_page, plan_sections, plan_seeds
from crawler.html.dates import read_date
from crawler.manners.failure import reason_of, request_of
from crawler.manners.hosts import StoppedError
from crawler.outlet.load import Find, Outlet
from crawler.page.article import Parts, count_blocks, find_parts
from db.records import WIB, Answer, Page, Reason

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

#: Of a request: what it is for ("listing", "feed", "article", "part" ...), and its article's key.
KIND, KEY = "pantau_kind", "pantau_key"
REASON = "pantau/reason/"  # in Scrapy's stats, before a Reason
FOUND = "pantau/found"  # article URLs that discovery offered, each once
UNDATED = "pantau/undated"  # entries of sitemaps without a date that were not looked at, as they are too many
NONSENSE = "pantau/nonsense/"  # articles that a search found for nonsense, before a way of finding
BEYOND = "pantau/beyond"  # pages of a day's lists that were not read, as a list has more than max_pages
DISCOVERY = "pantau/discovery/"  # "asked", "answered", "failed", before a way of finding

#: Of an article that discovery offers: never fetched or not to the end, to be read once more, or known.
Verdict = Literal["new", "again", "seen"]
LONGEST_WAIT = 600.0  # seconds that the other ways of finding wait for the one that brings texts


class DiscoverySpider(Spider):
    """Finds the articles of one outlet; what becomes of their addresses is the subclass's."""

    outlet: Outlet

    def __init__(
        self,
        since: date | str | None = None,
        until: date | str | None = None,
        limit: int | str | None = None,
        queries: Sequence[str] | str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.until = _day(until) or datetime.now(WIB).date()
        self._since = _day(since)
        self.limit = int(limit) if limit else None
        self._queries = tuple(queries.split("|")) if isinstance(queries, str) else tuple(queries or ())
        self.taken: set[str] = set()  # keys of articles that were offered
        self._children: Counter[str] = Counter()  # first sitemap -> how many others it led to
        self.most_undated = 500
        self.nonsense = ""  # what searches are asked beside the queries, and must not find
        self._days: dict[str, date] = {}  # first page of a list -> the day that it lists
        self._sections: set[str] = set()  # first pages of lists that another list named
        self._shown: dict[str, set[str]] = {}  # first page of a list -> keys that its pages have shown
        self.asked = 0  # article requests and ready posts
        self._open = 0  # lists of posts with their texts that have not come yet
        self._texts_came = asyncio.Event()
        self.again: set[str] = set()  # keys of stored articles that are read once more
        # Hooks, in whose place `pipelines` puts its own when the spider opens: what to do with an article
        # (whose text the listing holds already, or not), stored articles that are to be visited again, what
        # an address answered last, and what is to be done when an article has come to its end.
        self.judge: Callable[[str, str, bool], Verdict] = lambda key, url, with_text: "new"
        self.due: Callable[[], Iterable[str]] = tuple
        self.recall: Callable[[str], Answer | None] = lambda url: None
        self.settled: Callable[[str, Reason, date | None], None] = lambda key, reason, day: None
        # ... and who takes lists and pages apart: whatever stands on them.
        self.read_list: Callable[..., Awaitable[ListAnswer]] = _read_list
        self.find_parts: Callable[[Page, Outlet], Awaitable[Parts]] = _find_parts
        self.count_blocks: Callable[[Page, Outlet], Awaitable[int]] = _count_blocks

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Fill in what only the settings know."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.most_undated = crawler.settings.getint("PANTAU_UNDATED_MAX")
        days = timedelta(days=crawler.settings.getint("PANTAU_DAYS_BACK"))
        spider.since = spider._since or spider.until - days
        if not crawler.settings.getlist("PANTAU_REPLAY"):
            spider.nonsense = crawler.settings["PANTAU_NONSENSE"] or ""
        spider.queries = spider._queries or tuple(crawler.settings.getlist("PANTAU_QUERIES"))
        first = plan_seeds(spider.outlet, spider.until, spider.until, ("",))
        addresses = [urlsplit(a) for a in (spider.outlet.home, *(seed.url for seed in first))]
        spider.own_netlocs = frozenset(a.netloc.lower() for a in addresses)
        # A feed or a search may lie on a domain of its own.
        spider.own_hosts = frozenset((*spider.outlet.hosts, *(a.hostname or "" for a in addresses)))
        return spider

    since: date
    queries: tuple[str, ...]
    own_netlocs: frozenset[str]
    own_hosts: frozenset[str]

    # --- finding ------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """The first page of each way of finding, one after another.

        Posts that come with their texts are listed to the end before the rest starts: none of them is then
        fetched as a page too, and every crawl reads them from the same source.
        """
        seeds = list(plan_seeds(self.outlet, self.since, self.until, self.queries))
        self._days.update((seed.url, seed.day) for seed in seeds if seed.day)
        first = [seed for seed in seeds if seed.find.kind == "wp-json"]
        rest = [seed for seed in seeds if seed.find.kind != "wp-json"]
        for request in [self._ask(seed.find, seed.url, seed.url, 1) for seed in first]:
            yield request
        if first:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._texts_came.wait(), LONGEST_WAIT)
        for seed in rest:
            yield self._ask(seed.find, seed.url, seed.url, 1)
        if self.nonsense:
            for seed in plan_seeds(self.outlet, self.until, self.until, (self.nonsense,)):
                if "{query}" in seed.find.url:
                    yield self._ask_nonsense(seed.find, seed.url)
        for url in self.due():
            key = self.outlet.key(url)
            if key not in self.taken and not self._is_full():
                self.taken.add(key)
                self.again.add(key)
                yield self._ask_article(url, key, {})

    def _ask(self, find: Find, url: str, first: str, number: int) -> Request:
        self._inc(f"{DISCOVERY}asked/{find.kind}")
        with_texts = find.kind == "wp-json"
        self._open += with_texts
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"find": find, "first": first, "number": number},
            meta={KIND: find.kind},
            dont_filter=with_texts,  # a filtered request ends without a word, and `start` waits for it
        )

    def _ask_nonsense(self, find: Find, url: str) -> Request:
        return Request(
            url,
            callback=self.parse_nonsense,
            errback=lambda failure: None,  # no answer to nonsense is as good as an empty one
            cb_kwargs={"find": find},
            meta={KIND: "nonsense"},
        )

    async def parse_nonsense(self, response: Response, find: Find) -> None:
        """Count what a search finds for a word that nobody wrote: it should be nothing."""
        with contextlib.suppress(DiscoverError):
            answer = await self._read(response, find)
            self.crawler.stats.inc_value(f"{NONSENSE}{find.kind}", len(answer.found))

    async def _read(self, response: Response, find: Find) -> ListAnswer:
        kind = self._header(response)
        return await self.read_list(response.body, find, self.outlet, response.url, kind, self.since)

    def _came(self, find: Find) -> None:
        self._open -= find.kind == "wp-json"
        if not self._open:
            self._texts_came.set()

    async def parse_listing(
        self, response: Response, find: Find, first: str, number: int
    ) -> AsyncIterator[Any]:
        """Requests for the articles of a listing, and for what follows it."""
        try:
            answer = await self._read(response, find)
        except DiscoverError as error:
            self._inc(f"{DISCOVERY}failed/{find.kind}")
            logger.info("%s: %s: %s", self.name, response.url, error)
            self._came(find)
            return
        except BaseException:
            self._came(find)
            raise
        try:
            for wanted in self._take_listing(response, answer, find, first, number):
                yield wanted
        finally:
            self._came(find)

    def _take_listing(
        self, response: Response, answer: ListAnswer, find: Find, first: str, number: int
    ) -> Iterator[Any]:
        self._inc(f"{DISCOVERY}answered/{find.kind}")
        yield from self._ask_children(find, first, answer.children)
        found = self._limit_undated(answer.found, find)
        keys = {self.outlet.key(entry.url): entry for entry in found}
        for key, entry in keys.items():
            if key not in self.taken:
                yield from self._offer(entry, response)
        # New is what this list has not shown: what another way has offered says nothing of its next page.
        shown = self._shown.setdefault(first, set())
        new = keys.keys() - shown
        shown |= new
        if new and find.kind != "sitemap" and not self._is_full() and not self._are_too_old(found):
            yield from self._ask_on(answer, find, first, number)

    def _limit_undated(self, found: list[Found], find: Find) -> list[Found]:
        """The articles that an answer names, without most of a sitemap's that tell no day."""
        undated = [e for e in found if not (e.published_at or e.changed_at or e.content)]
        if find.kind == "sitemap" and len(undated) > self.most_undated:
            # A sitemap that lists the world: its first entries, and the report says so.
            left = set(undated[self.most_undated :])
            found = [entry for entry in found if entry not in left]
            self.crawler.stats.inc_value(UNDATED, len(left))
        return found

    def _ask_children(self, find: Find, first: str, children: Sequence[str]) -> Iterator[Request]:
        """Requests for the sitemaps of an index."""
        # Counted from the first on: an index may name indexes that name indexes.
        room = find.max_pages - self._children[first]
        for child in children[: max(room, 0)]:
            self._children[first] += 1
            yield self._ask(find, child, first, 1)

    def _are_too_old(self, found: Sequence[Found]) -> bool:
        """Whether a list tells days, all of them before the range."""
        days = [entry.published_at.astimezone(WIB).date() for entry in found if entry.published_at]
        return bool(days) and max(days) < self.since

    def _ask_on(self, answer: ListAnswer, find: Find, first: str, number: int) -> Iterator[Request]:
        """Requests for what follows a page of a list."""
        last = answer.last_page
        if number == 1 and last > find.max_pages and first in self._days:
            yield from self._ask_by_section(answer, find, first)
        if (not find.last or last > number) and (following := next_page(find, first, number + 1)):
            yield self._ask(find, following, first, number + 1)

    def _ask_by_section(self, answer: ListAnswer, find: Find, first: str) -> Iterator[Request]:
        """The sections of a day whose list is longer than it may be read; counted where there are none."""
        day = self._days[first]
        # A section that names sections could go on for ever.
        named = first in self._sections
        sections = [] if named else answer.sections
        for seed in plan_sections(self.outlet, find, day, sections):
            self._days[seed.url] = day
            self._sections.add(seed.url)
            yield self._ask(seed.find, seed.url, seed.url, 1)
        if not sections:
            self.crawler.stats.inc_value(BEYOND, answer.last_page - find.max_pages)

    def _offer(self, found: Found, response: Response) -> Iterator[Any]:
        key = self.outlet.key(found.url)
        if self._is_full():
            return
        self.taken.add(key)
        self._inc(FOUND)
        day = found.published_at.astimezone(WIB).date() if found.published_at else None
        verdict = self.judge(key, found.url, bool(found.content))
        if verdict == "again":
            self.again.add(key)
        elif (day and not self.since <= day <= self.until) or self._is_too_old(found):
            self.count("out-of-range")
            return
        if verdict == "seen":
            self.count("seen")
            return
        hints = {"title": found.title} if found.title else {}
        if found.published_at:
            hints["published_at"] = found.published_at.isoformat()
        if found.content:
            self.asked += 1
            yield self._page(response, url=found.url, html=found.content, hints=hints)
            return
        yield self._ask_article(found.url, key, hints)

    def _is_too_old(self, found: Found) -> bool:
        """Whether its last change or the day in its address is before the range, so that it need not come."""
        if found.published_at:
            return False
        days = [found.changed_at.astimezone(WIB).date()] if found.changed_at else []
        match = self.outlet.article.url.search(found.url)
        if match and (ymd := match.groupdict().get("ymd")):
            moment = read_date(ymd.replace("/", "-"))
            # An address may be a day off: made before midnight, or in UTC.
            days += [moment.date() + timedelta(days=1)] if moment else []
        return any(one < self.since for one in days)

    def _ask_article(self, url: str, key: str, hints: dict[str, str]) -> Request:
        raise NotImplementedError

    def _page(
        self, response: Response, *, url: str = "", html: str = "", hints: dict[str, str] | None = None
    ) -> Page:
        raise NotImplementedError

    def _is_full(self) -> bool:
        return self.limit is not None and self.asked >= self.limit

    def listing_failed(self, failure: Failure) -> None:
        """Note that a way of finding gave no answer; the crawl's report looks at them together."""
        find: Find = request_of(failure).cb_kwargs["find"]
        self._came(find)
        if isinstance(failure.value, StoppedError):
            return
        self._inc(f"{DISCOVERY}failed/{find.kind}")
        self._inc(f"{DISCOVERY}why/{reason_of(failure)}")
        logger.debug("%s: %s: %s", self.name, request_of(failure).url, failure.getErrorMessage())

    @staticmethod
    def _header(response: Response) -> str:
        return (response.headers.get("Content-Type") or b"").decode("latin-1")

    # --- counting -----------------------------------------------------------------------------------

    def count(self, reason: Reason, key: str = "", day: date | None = None) -> None:
        """Count one article URL under the reason for which it ended; `day`: of its publication, if known."""
        self._inc(REASON + reason)
        if key and reason != "error":  # what a defect of ours kept from being read is to be fetched again
            self.settled(key, reason, day)

    def _inc(self, name: str) -> None:
        self.crawler.stats.inc_value(name)


async def _read_list(*arguments: Any) -> ListAnswer:
    return read_list(*arguments)


async def _find_parts(page: Page, outlet: Outlet) -> Parts:
    return find_parts(page, outlet)


async def _count_blocks(page: Page, outlet: Outlet) -> int:
    return count_blocks(page, outlet)


def _day(value: date | str | None) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value
