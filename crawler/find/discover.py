"""Finds article URLs in listings, feeds, sitemaps and API answers. Pure.

Listings are read with BeautifulSoup: some dozen small pages a crawl, whose selectors (an outlet file's CSS)
profit from soupsieve, and where 30 ms a page do not matter. XML is the part of `feed` and `sitemap`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bs4 import BeautifulSoup, Tag

from crawler.find.feed import read_feed
from crawler.find.sitemap import find_child_sitemaps, read_sitemap
from crawler.find.xml_answer import DiscoverError
from crawler.html.bounds import TooLargeError
from crawler.html.dates import read_date
from crawler.html.markup import decode_page, parse_html, tidy
from crawler.html.urls import join_url, split_url
from crawler.outlet.found import Found
from crawler.outlet.load import Find, Outlet
from crawler.outlet.quirks import QUIRKS, next_data
from crawler.page.wpjson import load_posts, plain, published, rendered
from db.records import WIB

__all__ = [
    "DiscoverError",
    "Found",
    "ListAnswer",
    "find_article_urls",
    "find_child_sitemaps",
    "find_last_page",
    "find_sections",
    "read_list",
]

MAX_ENTRIES = 20_000
MOST_SECTIONS = 100  # of one list: an outlet has a dozen or two
MAX_LINKS = 50_000  # of a list's entries, each counted in every entry that it stands in
MOST_NESTED = 5  # entries of a list in one another


# --- what was answered -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """What one answer of a way of finding holds."""

    children: list[str]  # sitemaps that an index names
    found: list[Found]
    last_page: int  # 0: none is shown
    sections: list[str]


def read_list(
    body: bytes, find: Find, outlet: Outlet, url: str, content_type: str, since: date | None = None
) -> ListAnswer:
    """All that a crawl asks of one answer; DiscoverError where it is something else."""
    return ListAnswer(
        children=find_child_sitemaps(body, find, since, url) if find.kind == "sitemap" else [],
        found=find_article_urls(body, find, outlet, url, content_type),
        last_page=find_last_page(body, find, content_type),
        sections=find_sections(body, find, content_type),
    )


def find_article_urls(
    body: bytes, find: Find, outlet: Outlet, url: str = "", content_type: str = ""
) -> list[Found]:
    """The articles of one answer, each once, in its order; DiscoverError where it is something else.

    Only URLs that the outlet's file calls articles are taken. `url` is where the answer came from.
    """
    readers = {"feed": _feed, "sitemap": _sitemap, "wp-json": _posts}
    reader = _quirk if find.quirk else readers.get(find.kind, _listing)
    unique: dict[str, Found] = {}
    for found in reader(body, find, outlet, url, content_type):
        address = join_url(url or outlet.home, found.url)
        if not outlet.is_article(address):
            continue
        key = outlet.key(address)
        known = unique.get(key) or Found(url=address)
        unique[key] = Found(
            url=known.url,
            title=known.title or found.title,
            published_at=known.published_at or found.published_at,
            changed_at=known.changed_at or found.changed_at,
            content=known.content or found.content,
        )
        if len(unique) >= MAX_ENTRIES:
            break
    return list(unique.values())


def find_last_page(body: bytes, find: Find, content_type: str = "") -> int:
    """The highest page number that a listing shows; 0 where it shows none or its file names no `last`."""
    if not find.last or body.lstrip()[:5] == b"<?xml":
        return 0
    soup = _soup(decode_page(body, content_type))
    numbers = [0]
    for element in soup.select(find.last):
        shown = [element.get_text(" ", strip=True), str(element.get("href") or "").rpartition("page=")[2]]
        numbers += [int(t) for t in shown if t.isdigit() and len(t) < 5]
    return max(numbers)


def find_sections(body: bytes, find: Find, content_type: str = "") -> list[str]:
    """The sections that a list names: last parts of the addresses, or the values, of its `sections_in`."""
    if not find.sections_in:
        return []
    sections = []
    for element in _soup(decode_page(body, content_type)).select(find.sections_in):
        value = str(element.get("value") or element.get("href") or "")
        section = split_url(value).path.rstrip("/").rpartition("/")[2]
        if re.fullmatch(r"[a-z0-9][a-z0-9-]*", section) and f"/{section}?" not in find.url:
            sections.append(section)
    return list(dict.fromkeys(sections))[:MOST_SECTIONS]


# --- readers ---------------------------------------------------------------------------------------


def _soup(text: str) -> BeautifulSoup:
    """The tree of a list, within the bounds of every page: those of lxml's own tree, which is made first."""
    try:
        parse_html(text)
    except TooLargeError as error:
        raise DiscoverError(f"too large: {error}") from None
    return BeautifulSoup(text, "lxml")


def _listing(body: bytes, find: Find, outlet: Outlet, url: str, content_type: str) -> Iterator[Found]:
    text = decode_page(body, content_type)
    if text.lstrip()[:5] == "<?xml" and "<html" not in text[:1000].lower():
        yield from _feed(body, find, outlet, url, content_type)  # some addresses of lists answer with a feed
        return
    soup = _soup(text)
    for css in find.drop:
        for element in soup.select(css):
            element.decompose()
    entries: list[Tag] = soup.select(find.item) if find.item else [soup]
    if not entries and find.kind == "listing" and "{date" not in find.url:
        # A list of what is newest is never empty: its markup has changed. A day's or a search's may be.
        yield from _bare_links(soup)
    seen = 0
    for entry in _not_nested(entries):
        links = _links_of(entry, find)
        seen += len(links)
        if seen > MAX_LINKS:
            raise DiscoverError(f"a list of more than {MAX_LINKS:,} links is not read")
        yield from _read_entry(entry, links, find)
    if not find.item:
        yield from next_data(text, outlet.home)


def _links_of(entry: Tag, find: Find) -> list[Tag]:
    links: list[Tag] = entry.select(find.link)
    return [entry, *links] if entry.name == "a" and entry.get("href") else links


def _read_entry(entry: Tag, links: list[Tag], find: Find) -> Iterator[Found]:
    """The articles that one entry of a list leads to, with the title and the time that it states."""
    stated = entry.select_one(find.title) if find.title and links else None
    moment = _entry_time(entry, find) if find.item and links else None
    for link in links:
        address = str(link.get("href") or "")
        if address and not address.startswith(("#", "javascript:", "mailto:")):
            title = stated.get_text(" ") if stated else str(link.get("title") or link.get_text(" "))
            yield Found(url=address, title=tidy(title), published_at=moment)


def _not_nested(entries: list[Tag]) -> Iterator[Tag]:
    """The entries of a list without those that stand in many others: each is looked through as a whole."""
    own = {id(entry) for entry in entries}
    for entry in entries:
        if sum(id(parent) in own for parent in entry.parents) <= MOST_NESTED:
            yield entry


def _bare_links(soup: BeautifulSoup) -> Iterator[Found]:
    """Every link outside menus and side columns, without a time."""
    for element in soup.select("nav, header, footer, aside"):
        element.decompose()
    for link in soup.select("a[href]"):
        yield Found(url=str(link["href"]), title=tidy(str(link.get("title") or link.get_text(" "))))


def _quirk(body: bytes, find: Find, outlet: Outlet, url: str, content_type: str) -> Iterator[Found]:
    for found in QUIRKS[find.quirk](decode_page(body, content_type), outlet.home):
        yield _as_wib(found)


def _entry_time(entry: Tag, find: Find) -> datetime | None:
    if not find.time:
        return None
    for element in entry.select(find.time):
        attributes = ("d-time", "datetime", "title", "content")
        for text in [*(str(element.get(a) or "") for a in attributes), element.get_text(" ")]:
            if moment := read_date(text):
                return moment.astimezone(WIB) if moment.utcoffset() == UTC.utcoffset(None) else moment
    return None


def _feed(body: bytes, find: Find, outlet: Outlet, url: str, content_type: str) -> Iterator[Found]:
    yield from map(_as_wib, read_feed(body, url or outlet.home, content_type))


def _sitemap(body: bytes, find: Find, outlet: Outlet, url: str, content_type: str) -> Iterator[Found]:
    yield from map(_as_wib, read_sitemap(body, content_type))


def _posts(body: bytes, find: Find, outlet: Outlet, url: str, content_type: str) -> Iterator[Found]:
    text = decode_page(body, content_type)
    posts = load_posts(text)
    if not posts and text.strip()[:2] != "[]":
        raise DiscoverError("no list of WordPress posts")
    for post in posts:
        moment = published(post)
        content = json.dumps(post, ensure_ascii=False) if rendered(post["content"]) else ""
        yield Found(
            url=post["link"], title=plain(rendered(post.get("title"))), published_at=moment, content=content
        )


def _as_wib(found: Found) -> Found:
    return replace(found, published_at=_in_wib(found.published_at), changed_at=_in_wib(found.changed_at))


def _in_wib(moment: datetime | None) -> datetime | None:
    return moment.astimezone(WIB) if moment and moment.utcoffset() == UTC.utcoffset(None) else moment
