"""How a crawl went: each request, the counts by reason, and what an operator has to look at."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, get_args

from scrapy import Request, Spider, signals
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.archive.keep import FETCHED_AT, read_pointer, recall
from crawler.manners.hosts import StoppedError, hosts_of
from crawler.manners.robots import ForbiddenError
from crawler.spiders.discovery import BEYOND, DISCOVERY, FOUND, KEY, KIND, NONSENSE, REASON, UNDATED
from db.records import WIB, CrawlReport, Fetch, Reason
from pipelines.crawl.diagnosis import CrawlFacts, check_crawl
from pipelines.crawl.items import measures_of, run_of, spider_of, storing
from pipelines.crawl.problems import find_hidden
from pipelines.crawl.seen import KEPT

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

log = logging.getLogger("pantau")

NEWEST = "pantau/newest"  # the day of the newest answer of a replay: "2025-12-12"
_BATCH = 100  # requests held back before they are written


class FetchLedger:
    """Downloader middleware that notes every request.

    The request of an article is written when the article has come to its end and not before, as a run that
    is killed in between must fetch it again.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.live = not crawler.settings.getlist("PANTAU_REPLAY")
        self.waiting: dict[str, list[Fetch]] = {}
        self.done: list[Fetch] = []
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a middleware."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note an answer."""
        self._note(request, status=response.status, size=len(response.body), headers=response.headers)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that no answer came, unless nobody was asked."""
        if isinstance(exception, ForbiddenError):
            self._note(request, error="forbidden by robots.txt", sent=False)
        elif not isinstance(exception, IgnoreRequest):
            self._note(request, error=f"{type(exception).__name__}: {exception}"[:300])

    def _note(
        self,
        request: Request,
        *,
        status: int | None = None,
        size: int = 0,
        headers: Headers | None = None,
        error: str = "",
        sent: bool = True,
    ) -> None:
        kind = request.meta.get(KIND) or ("robots" if urlparse_cached(request).path == "/robots.txt" else "")
        fetch = Fetch(
            url=request.url,
            outlet=spider_of(self.crawler).outlet.slug,
            crawl=crawl_id(self.crawler),
            at=self._moment(request, status),
            status=status,
            bytes=size,
            seconds=round(request.meta.get("download_latency") or 0.0, 3),
            reason=kind,
            error=error,
            sent=sent and self.live,
            delay=self._delay(request),
        )
        if status in (200, 304) and headers is not None:
            known = recall(self.crawler, request.url) if status == 304 else None
            fetch = replace(
                fetch,
                etag=_header(headers, "ETag") or (known.etag if known else ""),
                last_modified=_header(headers, "Last-Modified") or (known.last_modified if known else ""),
                warc=read_pointer(request.meta),
            )
        stats = self.crawler.stats
        if status == 200 and kind and not self.live:
            stats.max_value(NEWEST, fetch.at.astimezone(WIB).date().isoformat())
        if sent:
            stats.inc_value("pantau/requests")
            stats.inc_value("pantau/bytes", size)
        if key := request.meta.get(KEY):
            self.waiting.setdefault(key, []).append(fetch)
        else:
            self._add([fetch])

    def _moment(self, request: Request, status: int | None) -> datetime:
        # Of a replay: when the answer was fetched in truth.
        at = request.meta.get(FETCHED_AT) if status is not None and not self.live else None
        return datetime.fromisoformat(at) if at else datetime.now(WIB)

    def _delay(self, request: Request) -> float:
        engine = self.crawler.engine
        slot = engine.downloader.slots.get(str(request.meta.get("download_slot"))) if engine else None
        return round(slot.delay, 3) if slot else 0.0

    def _add(self, fetches: list[Fetch]) -> None:
        self.done += fetches
        if len(self.done) >= _BATCH:
            self._write()

    def _write(self) -> None:
        # Callers have nothing to do where it fails: the crawl ends, and the next one asks again.
        with suppress(StoppedError), storing(self.crawler):
            if self.done:
                run_of(self.crawler).store.save_fetches(self.done)
                self.done = []

    def _settled(self, key: str, reason: Reason, day: date | None) -> None:
        # The archived answer is remembered of what may be asked for once more, and of nothing else.
        kept = reason in KEPT
        self._add(
            [
                replace(
                    fetch,
                    outcome=reason,
                    published_on=day.isoformat() if day else "",
                    warc=fetch.warc if kept else None,
                )
                for fetch in self.waiting.pop(key, ())
            ]
        )

    def _opened(self, spider: Spider) -> None:
        spider_of(self.crawler).settled = self._settled

    def _closed(self, spider: Spider) -> None:
        for fetches in self.waiting.values():
            self.done += [replace(f, error=f.error or "unfinished", warc=None) for f in fetches]
        self.waiting.clear()
        self._write()


def _header(headers: Headers, name: str) -> str:
    value = (headers.get(name) or b"").decode("latin-1")
    return value if len(value) <= 200 else ""  # it comes back in each later request


def crawl_id(crawler: Crawler) -> str:
    """The id of a crawl: its run and its outlet."""
    return f"{run_of(crawler).id}/{spider_of(crawler).outlet.slug}"


class CrawlHealth:
    """Extension that counts what no one else can, and writes the crawl's report when it ends."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.started_at = datetime.now(WIB)
        self.replayed = bool(crawler.settings.getlist("PANTAU_REPLAY"))
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._spider_error, signals.spider_error)
        crawler.signals.connect(self._item_error, signals.item_error)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making an extension."""
        return cls(crawler)

    def _opened(self, spider: Spider) -> None:
        self.started_at = datetime.now(WIB)
        run = run_of(self.crawler)
        run.crawlers.append(self.crawler)
        # A crawl that is killed leaves a row without an end.
        with suppress(StoppedError), storing(self.crawler):
            run.store.save_crawl(self._report())

    def _spider_error(self, failure: Failure, response: Response, spider: Spider) -> None:
        if key := response.meta.get(KEY):
            spider_of(self.crawler).count("error", key)

    def _item_error(self, item: Any, response: Response, spider: Spider, failure: Failure) -> None:
        # Not settled: what could not be stored is to be fetched again.
        spider_of(self.crawler).count("error")

    def _report(self) -> CrawlReport:
        run, spider = run_of(self.crawler), spider_of(self.crawler)
        stats = self.crawler.stats.get_stats()
        reasons = set(get_args(Reason))
        counts = {k.removeprefix(REASON): v for k, v in stats.items() if k.startswith(REASON)}
        return CrawlReport(
            id=crawl_id(self.crawler),
            run=run.id,
            outlet=spider.outlet.slug,
            started_at=self.started_at,
            finished_at=None,
            counts={k: v for k, v in sorted(counts.items()) if k in reasons},
            requests=stats.get("pantau/requests", 0),
            bytes=stats.get("pantau/bytes", 0),
            measures=measures_of(self.crawler).figures(stats.get(FOUND, 0)),
            since=spider.since,
            until=self._last_day(),
            replayed=self.replayed,
            hidden="it did not end",
        )

    def _last_day(self) -> date:
        """The last day that the crawl can see: files hold nothing of the days after they were written."""
        until = spider_of(self.crawler).until
        if not self.replayed:
            return min(until, datetime.now(WIB).date())
        newest = self.crawler.stats.get_value(NEWEST)
        return min(until, date.fromisoformat(newest)) if newest else spider_of(self.crawler).since

    def _missing(self) -> tuple[str, ...]:
        own = spider_of(self.crawler)
        wanted = own.outlet.expect.must_find_on(own.since, own.until)
        known = {own.outlet.key(url) for url in run_of(self.crawler).store.known_urls(own.outlet.slug)}
        return tuple(url for url in wanted if own.outlet.key(url) not in own.taken | known)

    def _closed(self, spider: Spider, reason: str) -> None:
        with suppress(StoppedError), storing(self.crawler):
            self._save_report(reason)

    def _save_report(self, reason: str) -> None:
        run, own = run_of(self.crawler), spider_of(self.crawler)
        stats = self.crawler.stats.get_stats()
        report = self._report()
        settings = self.crawler.settings
        failed = _below(stats, f"{DISCOVERY}failed/")
        facts = CrawlFacts(
            counts=report.counts,
            found=stats.get(FOUND, 0),
            days=(own.until - own.since).days + 1,
            asked=_below(stats, f"{DISCOVERY}asked/"),
            answered=_below(stats, f"{DISCOVERY}answered/"),
            why=_below(stats, f"{DISCOVERY}why/"),
            refused=hosts_of(self.crawler).refused,
            silent=hosts_of(self.crawler).silent,
            repeated=len(hosts_of(self.crawler).repeated),
            spent=hosts_of(self.crawler).spent,
            finish_reason=reason,
            whole=own.limit is None and reason == "finished" and not self.replayed,
            measures=report.measures,
            nonsense=_below(stats, NONSENSE),
            missing=self._missing(),
            undated=stats.get(UNDATED, 0),
            beyond=stats.get(BEYOND, 0),
            usual_days=(own.until - own.since).days == settings.getint("PANTAU_DAYS_BACK"),
        )
        previous = [r for r in run.store.last_crawls(own.outlet.slug, 100) if r.id != report.id]
        blocked = bool(facts.refused) and not report.counts.get("stored")
        problems = tuple(check_crawl(facts, own.outlet.expect, previous))
        report = replace(
            report,
            finished_at=datetime.now(WIB),
            finish_reason="blocked" if blocked and reason == "finished" else reason,
            problems=problems,
            hidden=find_hidden(
                problems,
                read=sum(facts.answered.values()),
                # What is not there, or not for crawlers, is no list that holds something today.
                unread=sum(failed.values()) - sum(facts.why.get(gone, 0) for gone in ("not-found", "robots")),
                limited=own.limit is not None,
                ended=reason == "finished",
            ),
        )
        run.store.save_crawl(report)
        run.reports.append(report)


def _below(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): value for name, value in stats.items() if name.startswith(prefix)}
