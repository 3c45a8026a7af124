"""Articles of known outlets from WARC files of others: hosts and topic first, then read as in any crawl."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.archive.foreign import find_responses
from crawler.archive.read import Place, Replay, content_of
from crawler.archive.warc_records import ArchiveError
from crawler.html.markup import decode_page
from crawler.outlet.load import Outlet
from db.records import WIB, Article, CrawlReport, Refusal
from db.store import Store
from pipelines.command.console import log, new_run_id, track
from pipelines.crawl.reparse import archived_pages, make_reports, store_result
from pipelines.crawl.scope import build_topic, choose_outlets, outlet_row

if TYPE_CHECKING:
    from pipelines.crawl.scope import CrawlScope, Topic

_TAG = re.compile(r"<[^>]*>")


@dataclass
class Harvest:
    """What the first pass found: where pages of ours lie, and which articles print the topic."""

    places: dict[str, Place] = field(default_factory=dict)
    articles: dict[str, tuple[str, str]] = field(default_factory=dict)  # URL -> (outlet, key)
    on_topic: set[tuple[str, str]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def days(self) -> dict[str, set[date]]:
        """Outlet -> the days (WIB) on which its pages were fetched."""
        days: dict[str, set[date]] = {}
        for url, (outlet, _) in self.articles.items():
            days.setdefault(outlet, set()).add(self.places[url].at.astimezone(WIB).date())
        return days


class Hosts:
    """Whose page an address is, looked up by host before any outlet's pattern is tried."""

    def __init__(self, outlets: dict[str, Outlet]) -> None:
        self.by_host: dict[str, list[Outlet]] = {}
        for outlet in outlets.values():
            for host in outlet.hosts:
                self.by_host.setdefault(host, []).append(outlet)

    def find_article(self, url: str) -> tuple[str, str] | None:
        """(outlet, key) of an article's address or of an API's list; None for all others."""
        rest = url.partition("://")[2]
        host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")[0].lower()
        while host:
            for outlet in self.by_host.get(host, ()):
                if outlet.is_article(url):
                    return outlet.slug, outlet.key(url)
                if "/wp-json/" in urlsplit(url).path and outlet.owns(url):
                    return outlet.slug, url
            host = host.partition(".")[2]
        return None


def prints_topic(page: str, topic: Topic) -> bool:
    """Whether a page may print the topic: in its markup as it is, or in its text. Nothing is parsed."""
    return topic(page) or topic(html.unescape(_TAG.sub(" ", page)))


def harvest(paths: Sequence[Path], hosts: Hosts, topic: Topic, *, most: int) -> Harvest:
    """Look through WARC files; of one that is damaged, what is whole counts."""
    found = Harvest()
    for path in paths:
        responses = find_responses(
            path.absolute(), lambda url: hosts.find_article(url) is not None, found.problems
        )
        for url, place, exchange in track(responses, label=path.name):
            article = hosts.find_article(url)
            if article is None or exchange.status != 200:
                continue
            known = found.places.get(url)
            if known is None or place.at >= known.at:
                found.places[url] = place
            found.articles[url] = article
            kind = next((v for k, v in exchange.headers if k.lower() == "content-type"), "")
            try:
                page = decode_page(content_of(exchange, max_bytes=most), kind)
            except ArchiveError as error:
                log.info("%s", error)
                continue
            if prints_topic(page, topic):
                found.on_topic.add(article)
    return found


def run_backfill(
    store: Store, scope: CrawlScope, paths: Sequence[Path], *, topic: Topic | None = None
) -> tuple[list[CrawlReport], list[str]]:
    """Store the articles of WARC files that are on the topic; returns a report an outlet, and problems.

    What is stored already is left alone unless the given page is newer. Each article points to the file it
    was read from. Reports are not saved: how an outlet does today is not told by an archive. But an outlet
    was watched on the days on which the files hold an article's page of it, whatever the page tells.
    """
    from crawler.settings import DOWNLOAD_MAXSIZE
    from pipelines.crawl.reader import Reader

    outlets = choose_outlets(scope)
    run, started = scope.run or new_run_id(), datetime.now(WIB)
    store.save_outlets([outlet_row(outlet) for outlet in outlets.values()])
    relevant = topic or build_topic(*scope.vocabulary)
    found = harvest(paths, Hosts(outlets), relevant, most=DOWNLOAD_MAXSIZE)
    if found.problems and not found.articles:
        raise ArchiveError("; ".join(found.problems))
    for slug, days in found.days().items():
        store.save_watched(slug, sorted(days), "backfill")
    counts: dict[str, Counter[str]] = {slug: Counter() for slug in outlets}
    for slug, _ in set(found.articles.values()) - found.on_topic:
        counts[slug]["off-topic"] += 1
    ours = Replay(
        {url: place for url, place in found.places.items() if found.articles[url] in found.on_topic}
    )
    with Reader(store, outlets, budget=scope.budget) as reader:
        pages = archived_pages(ours, outlets, reader, scope.archive, DOWNLOAD_MAXSIZE)
        for outlet, _, result in reader.read_all(pages):
            is_known = not isinstance(result, Refusal) and _is_newer_stored(store, result)
            counts[outlet.slug][store_result(store, scope, result, relevant, is_known=is_known)] += 1
    return make_reports(run, started, counts), found.problems


def _is_newer_stored(store: Store, article: Article) -> bool:
    """Whether a page that was fetched at the same time or later is stored: an archive is no news."""
    stored = store.article(article.id)
    if stored is None or stored.fetched_at is None or article.fetched_at is None:
        return False
    return stored.fetched_at >= article.fetched_at
