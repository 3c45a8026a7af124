"""Reads the archive again, without a network and without Scrapy, for after a selector changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.archive.read import Replay, content_of, file_name, open_archive
from crawler.archive.warc_records import ArchiveError, Exchange
from crawler.html.markup import decode_page
from crawler.outlet.load import Outlet
from crawler.page.article import is_further_page
from crawler.page.wpjson import is_post_list, load_posts
from db.records import WIB, Article, CrawlReport, Page, Reason, Refusal
from db.store import Store
from pipelines.command.console import log, new_run_id, track
from pipelines.command.errors import InputError
from pipelines.crawl.scope import build_topic, choose_outlets, outlet_row

if TYPE_CHECKING:
    from pipelines.crawl.reader import Reader
    from pipelines.crawl.scope import CrawlScope, Topic


def run_reparse(
    store: Store, scope: CrawlScope, *, topic: Topic | None = None
) -> tuple[list[CrawlReport], Sequence[str]]:
    """Read the archive's latest page of every article again; no network, no Scrapy.

    Returns a report an outlet, and what is wrong with the archive's files, a line each, which the log has
    told. Where the archive lacks what a stored text was read from, the text stays ("seen"). Reports are not
    saved: a crawl is held against earlier crawls, and this is none.
    """
    from crawler.settings import DOWNLOAD_MAXSIZE
    from pipelines.crawl.reader import Reader

    outlets = choose_outlets(scope)
    if not scope.archive.is_dir():
        raise InputError(f"{scope.archive} is no folder; name the archive with --archive")
    archive = open_archive([scope.archive])
    run, started = new_run_id(), datetime.now(WIB)
    store.save_outlets([outlet_row(o) for o in outlets.values()])
    relevant = topic or build_topic(*scope.vocabulary)
    counts: dict[str, Counter[str]] = {slug: Counter() for slug in outlets}
    with Reader(store, outlets, budget=scope.budget) as reader:
        pages = archived_pages(archive, outlets, reader, scope.archive, DOWNLOAD_MAXSIZE)
        for outlet, page, result in track(reader.read_all(pages), label="reparse"):
            is_known = not isinstance(result, Refusal) and is_overtaken(
                result, page, store.article(result.id), damaged=bool(archive.warnings)
            )
            counts[outlet.slug][store_result(store, scope, result, relevant, is_known=is_known)] += 1
    return make_reports(run, started, counts), archive.warnings


def store_result(
    store: Store, scope: CrawlScope, result: Article | Refusal, topic: Topic, *, is_known: bool
) -> Reason:
    """Store an article that was read from an archive, unless what is stored is better; where it ended."""
    from crawler.settings import PANTAU_MIN_CHARACTERS
    from pipelines.crawl.items import check_article, store_article

    if isinstance(result, Refusal):
        return result.reason
    refused = check_article(
        result,
        topic=topic,
        since=scope.since,
        until=scope.until,
        min_characters=PANTAU_MIN_CHARACTERS,
    )
    return refused or ("seen" if is_known else store_article(store, result))


def make_reports(run: str, started: datetime, counts: Mapping[str, Counter[str]]) -> list[CrawlReport]:
    """A report for each outlet of which there was anything; they are told, and not saved."""
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


def is_overtaken(article: Article, page: Page, stored: Article | None, *, damaged: bool) -> bool:
    """Whether a stored text was read from pages that are later than what an archive still holds. Pure."""
    if stored is None or stored.fetched_at is None:
        return False
    latest = max(one.fetched_at for one in (page, *page.parts))
    if latest < stored.fetched_at and article.warc != stored.warc:
        return True
    # Of a page that was cut off, an earlier answer may stand in; which, no time of the first page tells.
    return damaged and bool(page.parts) and len(article.text) < len(stored.text)


def archived_pages(
    archive: Replay, outlets: dict[str, Outlet], reader: Reader, folder: Path, most: int
) -> Iterator[tuple[Outlet, Page]]:
    """The latest page of each article in an archive, with its further pages; of an API's lists each post.

    `folder` is the archive's, by which pointers name files; `most` the most bytes of a page.
    """
    first_pages: dict[tuple[str, str], str] = {}
    for url in archive.urls():
        for outlet in outlets.values():
            if "/wp-json/" in urlsplit(url).path and outlet.owns(url):
                for post in _posts(archive, url, outlet, folder, most):
                    yield outlet, post
            elif outlet.is_article(url) and not is_further_page(url, outlet):
                place = (outlet.slug, outlet.key(url))
                # Where several addresses show an article, the canonical one is its first page.
                if place not in first_pages or outlet.canonical(url) == url:
                    first_pages[place] = url
    for (slug, _), url in first_pages.items():
        page = _archived_page(archive, url, outlets[slug], folder, most)
        if page is not None:
            yield outlets[slug], _with_parts(archive, page, outlets[slug], reader, folder, most)


def _archived_page(archive: Replay, url: str, outlet: Outlet, folder: Path, most: int) -> Page | None:
    try:
        answer = archive.get(url)
        if answer is None or answer[0].status != 200:
            return None
        exchange, pointer = answer
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
    for post in load_posts(page.html):
        if outlet.is_article(post["link"]):
            yield replace(page, url=post["link"], html=json.dumps(post, ensure_ascii=False))


def _with_parts(archive: Replay, page: Page, outlet: Outlet, reader: Reader, folder: Path, most: int) -> Page:
    parts = reader.find_parts(page, outlet)
    page = replace(page, hints={**page.hints, "pages": str(parts.count)})
    is_all = parts.count < 2
    if parts.all_at_once:
        whole = _archived_page(archive, parts.all_at_once, outlet, folder, most)
        if whole is not None and reader.count_blocks(whole, outlet) > reader.count_blocks(page, outlet):
            return replace(page, parts=(whole,))
        is_all = whole is not None and not parts.urls
    found = [_archived_page(archive, url, outlet, folder, most) for url in parts.urls]
    came = tuple(part for part in found if part is not None)
    expected = len(parts.urls) or parts.count - 1
    return replace(page, parts=came, missing=0 if is_all else expected - len(came))
