"""The packed pages are found and read by the crawler's pure functions as their sources say."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive.read import Replay, open_archive
from crawler.find.discover import find_article_urls, find_child_sitemaps
from crawler.find.plan import next_page, plan_seeds
from crawler.html.markup import decode_page
from crawler.outlet.load import Find, Outlet, load_outlets
from crawler.page.article import find_parts, read_article
from db.records import Article, Page, Refusal
from sample import pack
from sample.sites import Site
from sample.source import Story
from sample.systems import FIRST_DAY, LAST_DAY
from tests.sample.conftest import Stories

SAMPLE = Path(pack.__file__).parent
OUTLETS = load_outlets(SAMPLE / "outlets")
#: Sites whose pages name a section that the crawler takes for one ("berita" says nothing).
WITH_SECTION = ("kabar_lereng", "suara_pesisir", "jurnal_sindoro", "lintas_tengah")


@pytest.fixture(scope="module", params=["newsroom.warc.gz", "newsroom-later.warc.gz"])
def visit(request: pytest.FixtureRequest, first: Stories, second: Stories) -> tuple[Replay, Stories]:
    archive = open_archive([SAMPLE / request.param])
    assert not archive.warnings
    return archive, second if "later" in request.param else first


def fetch(archive: Replay, url: str) -> tuple[bytes, str] | None:
    """Body as a client sees it, and its content type."""
    answer = archive.get(url)
    if answer is None:
        return None
    headers = {name.lower(): value for name, value in answer[0].headers}
    body = answer[0].body
    packed = headers.get("content-encoding") == "gzip"
    return gzip.decompress(body) if packed else body, headers["content-type"]


def pages_of(archive: Replay, outlet: Outlet) -> Iterator[tuple[Find, str, bytes, str]]:
    """Every listing, feed and sitemap that the outlet's file leads to, with further pages and children."""
    for seed in plan_seeds(outlet, FIRST_DAY, LAST_DAY, ("kecamatan berdaya",)):
        urls, page = [seed.url], 1
        while urls:
            answer = fetch(archive, url := urls.pop())
            if answer is None:
                assert page > 1, f"{url} isn't in the pack"
                continue
            yield seed.find, url, *answer
            if seed.find.kind == "sitemap":
                urls += find_child_sitemaps(answer[0], seed.find)
            elif url == seed.url or page > 1:
                page += 1
                urls += [more] if (more := next_page(seed.find, seed.url, page)) else []


def read(archive: Replay, outlet: Outlet, url: str) -> Article | Refusal:
    def page(address: str, parts: tuple[Page, ...] = ()) -> Page:
        answer = fetch(archive, address)
        assert answer is not None, address
        html = decode_page(*answer)
        return Page(url=address, outlet=outlet.slug, fetched_at=datetime.now(UTC), html=html, parts=parts)

    whole = page(url)
    return read_article(page(url, tuple(page(u) for u in find_parts(whole, outlet).urls)), outlet)


def test_there_is_an_outlet_file_for_each_site(sites: dict[str, Site]) -> None:
    assert OUTLETS.keys() == sites.keys()
    for slug, site in sites.items():
        assert OUTLETS[slug].name == site.name


@pytest.mark.parametrize("slug", OUTLETS)
def test_every_article_is_found(slug: str, visit: tuple[Replay, Stories], sites: dict[str, Site]) -> None:
    archive, stories = visit
    outlet = OUTLETS[slug]
    found = {
        offered.url: offered
        for find, url, body, kind in pages_of(archive, outlet)
        for offered in find_article_urls(body, find, outlet, url, kind)
    }
    addresses = {sites[slug].address(s): s for s in stories[slug]}
    assert found.keys() == addresses.keys()
    for url, story in addresses.items():
        hint = found[url].published_at
        assert (hint is None) == story.undated, url
        assert hint is None or abs((hint - story.published).total_seconds()) < 60, url


@pytest.mark.parametrize("slug", OUTLETS)
def test_every_article_is_read_as_its_source_says(
    slug: str, visit: tuple[Replay, Stories], sites: dict[str, Site]
) -> None:
    archive, stories = visit
    for story in stories[slug]:
        result = read(archive, OUTLETS[slug], sites[slug].address(story))
        if story.reason in ("premium", "no-date", "not-article"):
            assert isinstance(result, Refusal), story.file
            assert result.reason == story.reason, story.file
        else:
            assert isinstance(result, Article), (story.file, result)
            check_article(result, story)


def check_article(article: Article, story: Story) -> None:
    """No more and no less than the source: boxes, captions, advertising and signatures are gone."""
    where = str(story.file)
    assert article.text == story.text, where
    assert article.title == story.title, where
    assert article.published_at == story.published, where
    assert article.authors == (() if story.author == "Redaksi" else (story.author,)), where
    assert article.editor == story.editor, where
    assert article.dateline == story.dateline, where
    assert article.tags == story.tags, where
    assert article.pages == len(story.pages), where
    credited = [b.text.split(" | ")[0] for b in story.blocks if b.kind == "asal"]
    assert article.origin == "".join(credited), where
    if story.modified:
        assert article.modified_at == story.modified, where
    if story.outlet in WITH_SECTION:
        assert article.section == story.section, where


def test_posts_of_the_api_are_read_like_their_pages(
    visit: tuple[Replay, Stories], sites: dict[str, Site]
) -> None:
    archive, stories = visit
    outlet, site = OUTLETS["jurnal_sindoro"], sites["jurnal_sindoro"]
    ready = {
        offered.url: offered.content
        for find, url, body, kind in pages_of(archive, outlet)
        if find.kind == "wp-json"
        for offered in find_article_urls(body, find, outlet, url, kind)
    }
    assert len(ready) >= 5
    by_url = {site.address(s): s for s in stories["jurnal_sindoro"]}
    for url, post in ready.items():
        page = Page(url=url, outlet=outlet.slug, fetched_at=datetime.now(UTC), html=post)
        article, story = read_article(page, outlet), by_url[url]
        assert isinstance(article, Article), (url, article)
        assert article.text == story.text
        assert (article.title, article.published_at) == (story.title, story.published)
        assert (article.section, article.tags) == (story.section, story.tags)
