"""What a crawl of an outlet asks first, and what follows a listing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote_plus, urlsplit

from crawler.outlet.load import Find, Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A first request of one way of finding."""

    url: str
    find: Find
    why: str = ""  # "listing of 2025-12-10, section semarang"
    day: date | None = None  # of a list with a {date}


def plan_seeds(outlet: Outlet, since: date, until: date, queries: tuple[str, ...]) -> Iterator[Seed]:
    """The first page of every enabled way, day by day from new to old where the URL has a {date}."""
    days = [until - timedelta(days=n) for n in range((until - since).days + 1)]
    for find in outlet.find:
        if not find.enabled:
            continue
        for day in days if "{date" in find.url else days[:1]:
            for section in (find.sections or outlet.sections) if "{section}" in find.url else ("",):
                asks_query = "{query}" in find.url or "{tag}" in find.url
                for query in queries if asks_query else ("",):
                    yield _seed(outlet, find, day, section, query)


def plan_sections(outlet: Outlet, find: Find, day: date, sections: Sequence[str]) -> Iterator[Seed]:
    """The lists of one day by section, for those that `plan_seeds` has not asked for already."""
    for other in outlet.find:
        if other.enabled and other.kind == find.kind and "{section}" in other.url and "{date" in other.url:
            known = other.sections or outlet.sections
            for section in sections:
                if section not in known:
                    yield _seed(outlet, other, day, section)
            return


def _seed(outlet: Outlet, find: Find, day: date, section: str, query: str = "") -> Seed:
    dated = "{date" in find.url
    url = find.url.format(
        home=outlet.home.rstrip("/"),
        host=urlsplit(outlet.home).netloc,
        date=day,
        section=section,
        query=quote_plus(query),
        tag=re.sub(r"[^a-z0-9]+", "-", query.lower()).strip("-"),
    )
    why: list[str] = [find.kind]
    why += [f"of {day}"] if dated else []
    why += [f"section {section}"] if section else []
    why += [f"for '{query}'"] if query else []
    return Seed(url=url, find=find, why=" ".join(why), day=day if dated else None)


def next_page(find: Find, first_url: str, page: int) -> str:
    """The URL of page 2, 3, ... of a listing, or "" where there is none."""
    if not find.more or page > find.max_pages:
        return ""
    return find.more.format(
        url=first_url,
        home="{}://{}".format(*urlsplit(first_url)[:2]),
        host=urlsplit(first_url).netloc,
        query=_query_of(first_url),
        page=page,
        offset=(page - 1) * find.page_size,
    )


def _query_of(url: str) -> str:
    match = re.search(r"[?&](?:q|s|query|search|keyword)=([^&]+)", url)
    return match[1] if match else ""
