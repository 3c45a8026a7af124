"""Runs crawls in this process, and reads the archive again without a network."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tqdm import tqdm

from crawler.archive import ArchiveError, Exchange, Replay, content_of, file_name, open_archive
from crawler.clean import decode_page
from crawler.outlet import OUTLETS, Outlet, OutletError, load_outlets
from crawler.page import count_blocks, find_parts, read_article
from crawler.wpjson import is_post_list, load_posts
from db.records import WIB, CrawlReport, Page, Reason, Refusal
from db.store import Store
from pipelines.console import PROGRESS_EVERY, log, track
from pipelines.errors import InputError

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.settings import Settings

    from pipelines.items import Topic
    from pipelines.steps import CrawlScope

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def new_run_id() -> str:
    """A name for a run that sorts by time and that no other has."""
    return f"{datetime.now(WIB):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def outlet_row(outlet: Outlet) -> dict[str, Any]:
    """What the database keeps of an outlet."""
    return {
        "slug": outlet.slug,
        "name": outlet.name,
        "home": outlet.home,
        "platform": outlet.platform,
        "confidence": outlet.confidence,
        "regencies": outlet.regencies,
    }


def build_topic() -> Topic:
    """A function that tells whether a text prints a phrase that a programme of the vocabulary watches for."""
    from extract.phrases import expand
    from extract.vocabulary import load_vocabulary

    phrases = {
        p for programme in load_vocabulary().programmes.values() for t in programme.topic for p in expand(t)
    }
    words = [
        r"[\s-]+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True)
    ]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words) or '(?!)'})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.search(text) is not None


# --- which outlets ---------------------------------------------------------------------------------


def choose_outlets(scope: CrawlScope) -> dict[str, Outlet]:
    """The outlets that a scope names, or all; InputError for one that does not exist or can't be used."""
    outlets, _ = _choose(scope)
    return outlets


def _choose(scope: CrawlScope) -> tuple[dict[str, Outlet], list[OutletError]]:
    broken: list[OutletError] = []
    outlets = load_outlets(OUTLETS, *scope.outlets, on_error=broken.append)
    stems = {Path(str(error).partition(":")[0]).stem: error for error in broken}
    for slug in scope.slugs:
        if slug in stems:
            raise stems[slug]
        if slug not in outlets:
            raise InputError(f"no outlet is named {slug!r}; there are: {', '.join(outlets)}")
    if not outlets:
        raise broken[0] if broken else InputError("no outlet file was found")
    if scope.slugs:
        return {slug: outlets[slug] for slug in dict.fromkeys(scope.slugs)}, []
    # One file that can't be used must not keep the others from being crawled.
    return outlets, broken


# --- crawl -----------------------------------------------------------------------------------------


def run_crawl(
    store: Store, scope: CrawlScope, *, overrides: Mapping[str, Any] | None = None, topic: Topic | None = None
) -> list[CrawlReport]:
    """Crawl the outlets of a scope, all at once, and return a report of each, saved already.

    One that fails does not stop the others. `overrides` are Scrapy settings; `topic` decides what is kept.
    May be called again in the same process. Ctrl-C and SIGTERM end it after the requests under way.
    """
    outlets, broken = _choose(scope)
    settings = _settings(scope, overrides or {})
    if scope.replay:
        open_archive(scope.replay)  # what can't be read is said before anything starts
    elif not settings["PANTAU_CONTACT"]:
        log.warning("PANTAU_CONTACT is not set: outlets can't reach you; set a mail or web address")
    from pipelines.items import RUNS, Run

    store.save_outlets([outlet_row(o) for o in outlets.values()])
    run = Run(new_run_id(), store, topic or build_topic())
    RUNS[run.id] = run
    settings.set("PANTAU_RUN", run.id, priority="cmdline")
    try:
        failed = _crawl_all(outlets, settings, scope)
    finally:
        del RUNS[run.id]
    known = {report.outlet for report in run.reports}
    for slug, error in failed.items():
        if slug not in known:
            run.reports.append(_failure(run.id, slug, f"could not be crawled: {error}"))
            store.save_crawl(run.reports[-1])
    for problem in broken:
        slug = Path(str(problem).partition(":")[0]).stem
        store.save_outlets([{"slug": slug, "name": slug}])
        run.reports.append(_failure(run.id, slug, f"not crawled: {problem}"))
        store.save_crawl(run.reports[-1])
    return sorted(run.reports, key=lambda report: report.outlet)


def _failure(run: str, slug: str, problem: str) -> CrawlReport:
    now = datetime.now(WIB)
    return CrawlReport(
        id=f"{run}/{slug}",
        run=run,
        outlet=slug,
        started_at=now,
        finished_at=now,
        finish_reason="error",
        problems=(" ".join(problem.split()),),
    )


def _settings(scope: CrawlScope, overrides: Mapping[str, Any]) -> Settings:
    from scrapy.settings import Settings

    try:
        import crawler.settings as module
    except ValueError as error:  # a contact that can't be sent
        raise InputError(str(error)) from None
    settings = Settings()
    settings.setmodule(module, priority="project")
    settings.set("PANTAU_ARCHIVE", str(scope.archive), priority="cmdline")
    settings.set("PANTAU_REPLAY", [str(p) for p in scope.replay], priority="cmdline")
    if scope.replay:
        replay = "crawler.keep.ReplayHandler"
        for name, value in {
            "DOWNLOAD_HANDLERS": {**settings.getdict("DOWNLOAD_HANDLERS"), "http": replay, "https": replay},
            # Nobody is asked, so nobody is spared; a second answer would be the same.
            "AUTOTHROTTLE_ENABLED": False,
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "RETRY_ENABLED": False,
            "HTTPPROXY_ENABLED": False,
        }.items():
            settings.set(name, value, priority="cmdline")
    settings.setdict(dict(overrides), priority="cmdline")
    return settings


def _crawl_all(outlets: dict[str, Outlet], settings: Settings, scope: CrawlScope) -> dict[str, BaseException]:
    """Run a crawl for each outlet; returns why those failed that could not even be started or ended."""
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.utils.reactor import install_reactor, is_reactor_installed, verify_installed_reactor

    from crawler.spiders.outlet import build_spiders

    if not is_reactor_installed():
        install_reactor(_REACTOR)
    verify_installed_reactor(_REACTOR)
    if not log.isEnabledFor(logging.DEBUG):
        # Scrapy tells at INFO how it is built; what an outlet's crawl came to is in its report.
        logging.getLogger("scrapy").setLevel(logging.WARNING)
        logging.getLogger("twisted").setLevel(logging.WARNING)
    runner = AsyncCrawlerRunner(settings)
    spiders = build_spiders(outlets)

    async def crawl() -> dict[str, BaseException]:
        arguments = {"since": scope.since, "until": scope.until, "limit": scope.limit}
        tasks = {slug: runner.crawl(spider, **arguments) for slug, spider in spiders.items()}
        ticker = asyncio.ensure_future(_tell_progress(runner))
        results = await asyncio.gather(*tasks.values(), return_exceptions=True)
        ticker.cancel()
        return {slug: r for slug, r in zip(tasks, results, strict=True) if isinstance(r, BaseException)}

    if not scope.replay:
        _install_resolver(runner)
    failed = _run_in_reactor(crawl, lambda: runner.stop())
    for slug, error in failed.items():
        log.error("%s: %s", slug, error, exc_info=error)
    return failed


def _install_resolver(runner: AsyncCrawlerRunner) -> None:
    from scrapy.utils.misc import build_from_crawler, load_object
    from twisted.internet import reactor

    kind = load_object(runner.settings["TWISTED_DNS_RESOLVER"])
    build_from_crawler(kind, runner, reactor=reactor).install_on_reactor()  # type: ignore[call-overload]


def _run_in_reactor(
    work: Callable[[], Awaitable[dict[str, BaseException]]], stop: Callable[[], Awaitable[None]]
) -> dict[str, BaseException]:
    """Run a coroutine to its end on Twisted's reactor, which stays alive for the next call.

    Twisted can't start a reactor twice, but its asyncio reactor is a loop, and a loop can be paused.
    """
    from twisted.internet import reactor as installed

    reactor: Any = installed  # the interface does not know what the asyncio one can do
    loop = asyncio.get_event_loop()
    task: asyncio.Future[dict[str, BaseException]] = asyncio.ensure_future(work(), loop=loop)
    task.add_done_callback(lambda _: loop.stop())
    stops: list[asyncio.Future[None]] = []

    def interrupt() -> None:
        if stops:
            task.cancel()  # asked twice: not even the requests under way are waited for
        else:
            log.warning("stopping; the requests under way are finished, again to stop at once")
            stops.append(asyncio.ensure_future(stop()))

    handled = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError, RuntimeError, NotImplementedError):  # not in the main thread, or on Windows
            loop.add_signal_handler(number, interrupt)
            handled.append(number)
    try:
        if reactor.running:
            loop.run_forever()
        else:
            reactor.run(installSignalHandlers=False)
    finally:
        for number in handled:
            loop.remove_signal_handler(number)
        # Its threads look up names; one that idles would keep the process from ending.
        reactor.getThreadPool().adjustPoolsize(0, 0)
    if task.cancelled():
        raise KeyboardInterrupt
    return task.result()


async def _tell_progress(runner: AsyncCrawlerRunner) -> None:
    """A line that is rewritten on a terminal, a log line every half minute elsewhere."""
    if not log.isEnabledFor(logging.INFO):
        return
    terminal = sys.stderr.isatty()
    bar = tqdm(desc="crawl", unit=" requests", file=sys.stderr, leave=False) if terminal else None
    try:
        while True:
            await asyncio.sleep(1.0 if bar else PROGRESS_EVERY)
            seen = [c.stats.get_stats() for c in runner.crawlers if c._stats]  # none before a crawl starts
            requests = sum(s.get("pantau/requests", 0) for s in seen)
            stored = sum(s.get("pantau/reason/stored", 0) for s in seen)
            if bar:
                bar.update(requests - bar.n)
                bar.set_postfix_str(f"{len(seen)} outlets, {stored} new articles")
            else:
                log.info(
                    "crawl: %d outlets under way, %d requests, %d new articles", len(seen), requests, stored
                )
    finally:
        if bar:
            bar.close()


# --- reparse ---------------------------------------------------------------------------------------


def run_reparse(store: Store, scope: CrawlScope, *, topic: Topic | None = None) -> list[CrawlReport]:
    """Read the archive's latest page of every article again; no network, no Scrapy.

    Reports are returned and not saved: a crawl is held against earlier crawls, and this is none.
    """
    from crawler.settings import DOWNLOAD_MAXSIZE, PANTAU_MIN_CHARACTERS
    from pipelines.items import check_article

    outlets = choose_outlets(scope)
    if not scope.archive.is_dir():
        raise InputError(f"{scope.archive} is no folder; name the archive with --archive")
    archive = open_archive([scope.archive])
    run, started = new_run_id(), datetime.now(WIB)
    store.save_outlets([outlet_row(o) for o in outlets.values()])
    relevant = topic or build_topic()
    counts: dict[str, Counter[str]] = {slug: Counter() for slug in outlets}
    pages = _archived_pages(archive, outlets, scope.archive, DOWNLOAD_MAXSIZE)
    for outlet, page in track(pages, label="reparse"):
        result = read_article(page, outlet)
        reason: Reason
        if isinstance(result, Refusal):
            reason = result.reason
        else:
            reason = check_article(
                result,
                topic=relevant,
                since=scope.since,
                until=scope.until,
                min_characters=PANTAU_MIN_CHARACTERS,
            ) or store.save_article(result)
        counts[outlet.slug][reason] += 1
    now = datetime.now(WIB)
    return [
        CrawlReport(
            id=f"{run}/{slug}",
            run=run,
            outlet=slug,
            started_at=started,
            finished_at=now,
            finish_reason="finished",
            counts=dict(sorted(count.items())),
        )
        for slug, count in counts.items()
        if count
    ]


def _archived_pages(
    archive: Replay, outlets: dict[str, Outlet], folder: Path, most: int
) -> Iterator[tuple[Outlet, Page]]:
    first_pages: dict[tuple[str, str], str] = {}
    for url in archive.urls():
        for outlet in outlets.values():
            if "/wp-json/" in urlsplit(url).path and outlet.owns(url):
                for post in _posts(archive, url, outlet, folder, most):
                    yield outlet, post
            elif outlet.is_article(url):
                place = (outlet.slug, outlet.key(url))
                # Further pages have the key of the first, whose address is the canonical one.
                if place not in first_pages or outlet.canonical(url) == url:
                    first_pages[place] = url
    for (slug, _), url in first_pages.items():
        page = _archived_page(archive, url, outlets[slug], folder, most)
        if page is not None:
            yield outlets[slug], _with_parts(archive, page, outlets[slug], folder, most)


def _archived_page(archive: Replay, url: str, outlet: Outlet, folder: Path, most: int) -> Page | None:
    answer = archive.get(url)
    if answer is None or answer[0].status != 200:
        return None
    exchange, pointer = answer
    try:
        body = content_of(exchange, max_bytes=most)
    except ArchiveError as error:
        log.warning("%s", error)
        return None
    return Page(
        url=url,
        outlet=outlet.slug,
        fetched_at=exchange.at,
        html=decode_page(body, _content_type(exchange)),
        warc=replace(pointer, file=file_name(folder, pointer.file)),
    )


def _content_type(exchange: Exchange) -> str:
    return next((v for k, v in exchange.headers if k.lower() == "content-type"), "")


def _posts(archive: Replay, url: str, outlet: Outlet, folder: Path, most: int) -> Iterator[Page]:
    page = _archived_page(archive, url, outlet, folder, most)
    if page is None or not is_post_list(page.html):
        return
    import json

    for post in load_posts(page.html):
        if outlet.is_article(post["link"]):
            yield replace(page, url=post["link"], html=json.dumps(post, ensure_ascii=False))


def _with_parts(archive: Replay, page: Page, outlet: Outlet, folder: Path, most: int) -> Page:
    parts = find_parts(page, outlet)
    if parts.all_at_once:
        whole = _archived_page(archive, parts.all_at_once, outlet, folder, most)
        if whole is not None and count_blocks(whole, outlet) > count_blocks(page, outlet):
            return replace(page, parts=(whole,))
    found = [_archived_page(archive, url, outlet, folder, most) for url in parts.urls]
    return replace(page, parts=tuple(part for part in found if part is not None))
