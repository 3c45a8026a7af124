"""Runs the crawls of a scope in this process, all at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.outlet.load import Outlet
from db.records import WIB, CrawlReport
from db.store import Store
from pipelines.command.console import log, new_run_id
from pipelines.command.errors import InputError
from pipelines.crawl.reactor import run_in_reactor, tell_progress
from pipelines.crawl.scope import build_topic, find_outlets, list_queries, outlet_row

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.settings import Settings

    from pipelines.crawl.scope import CrawlScope, Topic

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def run_crawl(
    store: Store, scope: CrawlScope, *, overrides: Mapping[str, Any] | None = None, topic: Topic | None = None
) -> list[CrawlReport]:
    """Crawl the outlets of a scope, all at once, and return a report of each, saved already.

    One that fails does not stop the others; an archive or a database that can't be written ends all, with
    ArchiveError or StoreError.
    `overrides` are Scrapy settings; `topic` decides what is kept. May be called again in the same process.
    Ctrl-C and SIGTERM end it after the requests under way.
    """
    outlets, broken = find_outlets(scope)
    settings = build_settings(scope, overrides or {})
    if scope.vocabulary:
        settings.set("PANTAU_QUERIES", list_queries(*scope.vocabulary), priority="cmdline")
    if not scope.replay and not settings["PANTAU_CONTACT"]:
        log.warning("no contact is set: outlets can't reach you; set it in pantau.toml or as PANTAU_CONTACT")
    from crawler.archive.shared import hold_archive, hold_replay
    from pipelines.crawl.items import RUNS, Run
    from pipelines.crawl.reader import Reader

    store.save_outlets([outlet_row(o) for o in outlets.values()])
    with Reader(store, outlets, budget=scope.budget) as reader:
        reader.start()
        run = Run(scope.run or new_run_id(), store, topic or build_topic(*scope.vocabulary), reader)
        RUNS[run.id] = run
        settings.set("PANTAU_RUN", run.id, priority="cmdline")
        try:
            with hold_replay(scope.replay), hold_archive(settings), store.sparing_memory():
                failed = _crawl_all(outlets, settings, scope)
        finally:
            del RUNS[run.id]
    if run.failure:
        raise run.failure
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
        hidden="not-crawled",
    )


def build_settings(scope: CrawlScope, overrides: Mapping[str, Any]) -> Settings:
    """Scrapy's settings for a scope; `overrides` go before all others."""
    from scrapy.settings import Settings

    try:
        import crawler.settings as module
    except ValueError as error:  # a contact that can't be sent
        raise InputError(str(error)) from None
    settings = Settings()
    settings.setmodule(module, priority="project")
    if scope.contact:
        try:
            settings.set("USER_AGENT", module.build_user_agent(scope.contact), priority="cmdline")
        except ValueError as error:
            raise InputError(str(error)) from None
        settings.set("PANTAU_CONTACT", scope.contact, priority="cmdline")
    settings.set("PANTAU_ARCHIVE", str(scope.archive), priority="cmdline")
    settings.set("PANTAU_REPLAY", [str(p) for p in scope.replay], priority="cmdline")
    if scope.replay:
        replay = "crawler.archive.keep.ReplayHandler"
        for name, value in {
            "DOWNLOAD_HANDLERS": {**settings.getdict("DOWNLOAD_HANDLERS"), "http": replay, "https": replay},
            # Nobody is asked, so nobody is spared; a second answer would be the same.
            "AUTOTHROTTLE_ENABLED": False,
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "RETRY_ENABLED": False,
            "HTTPPROXY_ENABLED": False,
        }.items():
            settings.set(name, value, priority="cmdline")
    settings.setdict(dict(overrides), priority="cmdline")
    return settings


def _crawl_all(outlets: dict[str, Outlet], settings: Settings, scope: CrawlScope) -> dict[str, BaseException]:
    """Run a crawl for each outlet; returns why those failed that could not even be started or ended."""
    from crawler.spiders.outlet import build_spiders

    runner = build_runner(settings)
    spiders = build_spiders(outlets)

    def read_stats() -> list[Mapping[str, Any]]:
        # A crawl has none before it starts.
        return [crawler.stats.get_stats() for crawler in runner.crawlers if crawler._stats]

    async def crawl() -> dict[str, BaseException]:
        arguments = {"since": scope.since, "until": scope.until, "limit": scope.limit}
        tasks = {slug: runner.crawl(spider, **arguments) for slug, spider in spiders.items()}
        ticker = asyncio.ensure_future(tell_progress(read_stats))
        results = await asyncio.gather(*tasks.values(), return_exceptions=True)
        ticker.cancel()
        return {slug: r for slug, r in zip(tasks, results, strict=True) if isinstance(r, BaseException)}

    failed = run_in_reactor(crawl, lambda: runner.stop())
    for slug, error in failed.items():
        log.error("%s: %s", slug, error, exc_info=error)
    return failed


def build_runner(settings: Settings) -> AsyncCrawlerRunner:
    """What runs crawls in this process, on the reactor that it installs once."""
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.utils.reactor import install_reactor, is_reactor_installed, verify_installed_reactor

    if not is_reactor_installed():
        install_reactor(_REACTOR)
    verify_installed_reactor(_REACTOR)
    if not log.isEnabledFor(logging.DEBUG):
        # Scrapy tells at INFO how it is built; what an outlet's crawl came to is in its report.
        logging.getLogger("scrapy").setLevel(logging.WARNING)
        logging.getLogger("twisted").setLevel(logging.WARNING)
    runner = AsyncCrawlerRunner(settings)
    if not settings.getlist("PANTAU_REPLAY"):
        _install_resolver(runner)
    return runner


def _install_resolver(runner: AsyncCrawlerRunner) -> None:
    from scrapy.utils.misc import build_from_crawler, load_object
    from twisted.internet import reactor

    kind = load_object(runner.settings["TWISTED_DNS_RESOLVER"])
    build_from_crawler(kind, runner, reactor=reactor).install_on_reactor()  # type: ignore[call-overload]
