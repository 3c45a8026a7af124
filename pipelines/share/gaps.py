"""Which outlets could not be read, so that their silence says nothing."""

from __future__ import annotations

from datetime import datetime

from db.records import CrawlReport
from db.store import Store
from pipelines.crawl.problems import read_crawl_problem

#: Kinds of problems with which a crawl learned little of what its outlet reports.
_UNREAD = frozenset({"no-lists", "no-links", "no-robots", "host-refuses", "not-crawled", "store-error"})
#: Crawls of an outlet that are looked at: enough for a month, run daily.
_MOST = 40


def list_unread(store: Store, since: datetime) -> tuple[str, ...]:
    """Names of outlets that were crawled once, and that no crawl begun since a moment could read."""
    unread = []
    for slug, name in store.db.execute("SELECT slug, name FROM outlets ORDER BY name").fetchall():
        crawls = store.last_crawls(slug, _MOST)
        if crawls and not any(one.started_at >= since and _could_read(one) for one in crawls):
            unread.append(name)
    return tuple(unread)


def _could_read(report: CrawlReport) -> bool:
    kinds = {read_crawl_problem(report.outlet, problem).kind for problem in report.problems}
    return report.finished_at is not None and report.finish_reason != "error" and not kinds & _UNREAD
