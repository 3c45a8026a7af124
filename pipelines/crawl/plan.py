"""What a crawl would ask, and why, without asking anything: `pantau crawl --plan`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from crawler import settings
from crawler.archive.read import content_of, read_response
from crawler.archive.warc_records import ArchiveError
from crawler.find.plan import Seed, plan_seeds
from crawler.manners.brake import most_requests
from crawler.outlet.load import Outlet
from db.records import WIB
from db.store import Store
from pipelines.command.errors import EXIT_DONE
from pipelines.crawl.scope import choose_outlets, list_queries
from pipelines.crawl.seen import Terms, is_due, read_known

if TYPE_CHECKING:
    from pipelines.command.console import Say
    from pipelines.crawl.scope import CrawlScope


def show_plan(db: Path, scope: CrawlScope, *, say: Say) -> int:
    """Print the requests that a crawl of `scope` would make; opens no connection and writes nothing."""
    outlets = choose_outlets(scope)
    until = scope.until or datetime.now(WIB).date()
    since = scope.since or until - timedelta(days=settings.PANTAU_DAYS_BACK)
    queries = tuple(list_queries(*scope.vocabulary) if scope.vocabulary else settings.PANTAU_QUERIES)
    with Store(db, read_only=True) if db.exists() else nullcontext() as store:
        for outlet in outlets.values():
            for line in plan_outlet(outlet, since, until, queries, store, scope.archive):
                say(line)
    say(
        f"Nothing was asked. Between two requests to a host: {settings.DOWNLOAD_DELAY:g} seconds or more, "
        "as its robots.txt and its speed tell."
    )
    return EXIT_DONE


def plan_outlet(
    outlet: Outlet, since: date, until: date, queries: tuple[str, ...], store: Store | None, archive: Path
) -> Iterator[str]:
    """The lines of one outlet, its requests in the order in which they are made."""
    seeds = list(plan_seeds(outlet, since, until, queries))
    # As the spider does: posts that come with their texts first.
    seeds.sort(key=lambda seed: seed.find.kind != "wp-json")
    yield f"{outlet.slug}: {outlet.name}, {since} to {until}"
    hosts = list(dict.fromkeys(urlsplit(seed.url)[:2] for seed in seeds))
    robots = {host: _read_robots(f"{scheme}://{host}/robots.txt", store, archive) for scheme, host in hosts}
    for scheme, host in hosts:
        yield f"  ask {scheme}://{host}/robots.txt (what it allows)"
    most = 0
    for seed in seeds:
        rules, day = robots[urlsplit(seed.url).netloc]
        if rules and not rules.can_fetch(seed.url, settings.ROBOTSTXT_USER_AGENT):
            yield f"  skip {seed.url} ({seed.why}): forbidden by the robots.txt of {day}"
            continue
        most += _pages(seed)
        yield f"  ask {seed.url} ({seed.why}{_further(seed)}{_condition(seed, store)})"
    for find in outlet.find:
        if not find.enabled:
            yield f"  skip {find.kind} {find.url}: {find.note or 'not enabled'}"
    again = list(_due(outlet, since, until, store))
    for url in again:
        yield f"  ask {url} (article, visited once more in its first {settings.PANTAU_REVISIT_DAYS} days)"
    known = (
        len(read_known(store.stored_texts(outlet.slug), store.visits(outlet.slug), outlet)) if store else 0
    )
    yield (
        f"  = {len(hosts)} robots.txt, at most {most} pages that list articles, {len(again)} articles again, "
        f"and each article that they offer and that is not among the {known} known; "
        f"never more than {most_requests(since, until, settings.PANTAU_ASKS_PER_DAY)} requests"
    )


def _pages(seed: Seed) -> int:
    many = seed.find.more or seed.find.kind == "sitemap"
    return max(seed.find.max_pages, 1) if many else 1


def _further(seed: Seed) -> str:
    if seed.find.kind == "sitemap":
        return f"; up to {seed.find.max_pages} sitemaps that it names"
    return f"; up to {_pages(seed)} pages while they bring what is new" if _pages(seed) > 1 else ""


def _condition(seed: Seed, store: Store | None) -> str:
    answer = store.last_answer(seed.url) if store else None
    if answer is None or not (answer.etag or answer.last_modified):
        return ""
    return f"; only if changed since {answer.at:%Y-%m-%d %H:%M}"


def _due(outlet: Outlet, since: date, until: date, store: Store | None) -> Iterator[str]:
    now = datetime.now(WIB)
    if store is None or until < now.date():
        return
    terms = Terms(
        since=since,
        until=until,
        days=settings.PANTAU_REVISIT_DAYS,
        hours=settings.PANTAU_REVISIT_HOURS,
        now=now,
    )
    texts = list(store.stored_texts(outlet.slug))
    known = read_known(texts, store.visits(outlet.slug), outlet)
    for text in texts:
        if is_due(known[outlet.key(text.url)], terms):
            yield outlet.canonical(text.url)


def _read_robots(url: str, store: Store | None, archive: Path) -> tuple[Protego | None, str]:
    """The rules that a host gave last, from the archive, and their day; None where there are none."""
    answer = store.last_answer(url) if store else None
    if answer is None:
        return None, ""
    try:
        exchange = read_response(archive / answer.warc.file, answer.warc.offset)
        text = content_of(exchange, max_bytes=1_000_000).decode("utf-8", "replace")
    except ArchiveError:
        return None, ""
    if text.lstrip().startswith("<"):
        return None, ""
    return Protego.parse(text), f"{answer.at:%Y-%m-%d}"
