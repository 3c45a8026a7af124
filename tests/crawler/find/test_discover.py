"""Finding article addresses: what is asked, what is taken from an answer, and answers that mean harm."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date

import pytest

from crawler.find.discover import (
    DiscoverError,
    find_article_urls,
    find_child_sitemaps,
    find_last_page,
)
from crawler.find.plan import next_page, plan_seeds
from crawler.outlet.load import Find, Outlet, load_outlets

LISTING = Find(
    kind="listing", url="https://kabaruji.example/indeks", item="li", link="a", time="time", last=".hal a"
)
FEED = Find(kind="feed", url="https://kabaruji.example/feed")
SITEMAP = Find(kind="sitemap", url="https://kabaruji.example/sitemap.xml")
POSTS = Find(kind="wp-json", url="https://kabaruji.example/wp-json/wp/v2/posts?search={query}")


def found(outlet: Outlet, find: Find, body: str | bytes) -> list[tuple[str, str, str]]:
    raw = body.encode() if isinstance(body, str) else body
    return [
        (f.url, f.title, f.published_at.isoformat() if f.published_at else "")
        for f in find_article_urls(raw, find, outlet, find.url)
    ]


def test_a_day_and_a_section_at_a_time() -> None:
    outlet = load_outlets()["tribun_jateng"]
    urls = [s.url for s in plan_seeds(outlet, date(2025, 10, 29), date(2025, 10, 30), ("kecamatan berdaya",))]
    assert urls[0] == "https://jateng.tribunnews.com/sitemap.xml"
    assert urls[1:3] == [
        "https://jateng.tribunnews.com/index-news?date=2025-10-30",
        "https://jateng.tribunnews.com/index-news?date=2025-10-29",
    ]
    assert "https://jateng.tribunnews.com/index-news/jawa-tengah?date=2025-10-29" in urls
    assert not [u for u in urls if "/tag/" in u or "/search" in u]  # robots.txt forbids them


def test_queries_are_written_as_each_site_wants_them() -> None:
    outlets = load_outlets()
    day = date(2025, 10, 30)
    detik = [s.url for s in plan_seeds(outlets["detik_jateng"], day, day, ("kecamatan berdaya", "rppa"))]
    assert "https://www.detik.com/jateng/indeks?date=10/30/2025" in detik
    assert "https://www.detik.com/tag/kecamatan-berdaya/?sortby=time" in detik
    assert "https://www.detik.com/search/searchall?query=rppa&siteid=&sortby=time" in detik
    assert len(detik) == len(set(detik))


def test_further_pages() -> None:
    find = replace(LISTING, more="{url}?page={page}", max_pages=3)
    assert next_page(find, "https://a.example/x", 3) == "https://a.example/x?page=3"
    assert next_page(find, "https://a.example/x", 4) == ""
    assert next_page(LISTING, "https://a.example/x", 2) == ""
    offset = replace(find, more="{url}/{offset}", page_size=20)
    assert next_page(offset, "https://a.example/x", 3) == "https://a.example/x/40"
    search = replace(find, more="{home}/search/{query}/{page}")
    assert next_page(search, "https://a.example/search?q=kecamatan+berdaya", 2) == (
        "https://a.example/search/kecamatan+berdaya/2"
    )


def test_a_listing(plain_outlet: Outlet) -> None:
    body = """<ul>
    <li><time>10 Desember 2025 09:30 WIB</time><a href="/berita/7/panen"> Panen <b>Raya</b> </a></li>
    <li><time>2 jam yang lalu</time>
    <a href="https://kabaruji.example/berita/8/hujan" title="Hujan Deras"><img></a></li>
    <li><a href="/berita/7/panen?utm_source=x">lagi</a></li>
    <li><a href="/topik/panen">topik</a><a href="#">x</a><a href="javascript:x()">x</a></li>
    <li><a href="https://lain.example/berita/9/x">tetangga</a></li>
    </ul><div class="hal"><a href="?page=2">2</a><a href="?page=14">Akhir</a></div>"""
    assert found(plain_outlet, LISTING, body) == [
        ("https://kabaruji.example/berita/7/panen", "Panen Raya", "2025-12-10T09:30:00+07:00"),
        ("https://kabaruji.example/berita/8/hujan", "Hujan Deras", ""),
    ]
    assert find_last_page(body.encode(), LISTING) == 14


@pytest.mark.parametrize(
    "body", ["", "<", "\x00\x01", "<li><a href='http://[::1'>x</a></li>", "tiada apa-apa"]
)
def test_a_listing_that_is_none(plain_outlet: Outlet, body: str) -> None:
    assert found(plain_outlet, LISTING, body) == []


def test_feeds(plain_outlet: Outlet) -> None:
    rss = """<?xml version="1.0"?><rss version="2.0"><channel>
    <item><title><![CDATA[Panen &amp; Hujan]]></title><link>https://kabaruji.example/berita/7/panen</link>
      <pubDate>Wed, 10 Dec 2025 02:30:00 +0000</pubDate></item>
    <item><title>Tanpa tautan</title><guid isPermaLink="false">x</guid></item>
    <item><title>Guid</title><guid>https://kabaruji.example/berita/8/guid</guid></item></channel></rss>"""
    assert found(plain_outlet, FEED, rss) == [
        ("https://kabaruji.example/berita/7/panen", "Panen & Hujan", "2025-12-10T09:30:00+07:00"),
        ("https://kabaruji.example/berita/8/guid", "Guid", ""),
    ]
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Panen</title>
    <link rel="replies" href="https://kabaruji.example/berita/1/balasan"/>
    <link rel="alternate" href="https://kabaruji.example/berita/7/panen"/>
    <published>2025-12-10T09:30:00+07:00</published></entry></feed>"""
    assert found(plain_outlet, FEED, atom) == [
        ("https://kabaruji.example/berita/7/panen", "Panen", "2025-12-10T09:30:00+07:00")
    ]


def test_a_feed_that_is_cut_gives_what_is_whole(plain_outlet: Outlet) -> None:
    item = "<item><title>t</title><link>https://kabaruji.example/berita/{}/x</link></item>"
    rss = "<rss><channel>" + item.format(1) + item.format(2) + "<item><title>te"
    assert [url for url, *_ in found(plain_outlet, FEED, rss)] == [
        "https://kabaruji.example/berita/1/x",
        "https://kabaruji.example/berita/2/x",
    ]


def test_sitemaps(plain_outlet: Outlet) -> None:
    body = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc> https://kabaruji.example/berita/7/panen </loc><lastmod>2025-12-11</lastmod></url></urlset>"""
    for data in (body, gzip.compress(body), b"\xef\xbb\xbf" + body):
        assert found(plain_outlet, SITEMAP, data) == [("https://kabaruji.example/berita/7/panen", "", "")]


def test_children_of_a_sitemap_index() -> None:
    import re

    body = b"""<sitemapindex><sitemap><loc>https://a.example/news-1.xml</loc><lastmod>2025-12-01</lastmod></sitemap>
    <sitemap><loc>https://a.example/news-2.xml</loc><lastmod>2025-12-10</lastmod></sitemap>
    <sitemap><loc>https://a.example/video.xml</loc></sitemap>
    <sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>"""
    find = replace(SITEMAP, follow=re.compile("news|passwd"))
    assert find_child_sitemaps(body, find, date(2025, 12, 5)) == ["https://a.example/news-2.xml"]
    assert find_child_sitemaps(body, SITEMAP) == []


def test_posts(plain_outlet: Outlet) -> None:
    post = {
        "link": "https://kabaruji.example/berita/7/panen",
        "date_gmt": "2025-12-10T02:30:00",
        "title": {"rendered": "Panen &#8220;Raya&#8221;"},
        "content": {"rendered": "<p>Isi</p>"},
    }
    (entry,) = find_article_urls(json.dumps([post, {"x": 1}, 5]).encode(), POSTS, plain_outlet)
    assert entry.title == "Panen “Raya”"
    assert entry.published_at is not None
    assert entry.published_at.isoformat() == "2025-12-10T09:30:00+07:00"
    assert json.loads(entry.content)["link"] == post["link"]
    assert find_article_urls(b"[]", POSTS, plain_outlet) == []


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&b;&c;</title>'
    "<link>https://kabaruji.example/berita/7/x</link></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("find", "body", "message"),
    [
        (FEED, BOMB, "entities"),
        (SITEMAP, BOMB, "entities"),
        (FEED, "<html><body>Sedang diperbaiki</body></html>", "web page"),
        (SITEMAP, "404", "no XML"),
        (SITEMAP, b"\x1f\x8b\x08rusak", "gzip"),
        (SITEMAP, gzip.compress(b"<urlset>" + b" " * 17_000_000), "16 MB"),
        (POSTS, "<html>", "WordPress"),
        (POSTS, '{"code": "rest_forbidden"}', "WordPress"),
    ],
    ids=[
        "bomb",
        "bomb in sitemap",
        "web page",
        "text",
        "broken gzip",
        "gzip bomb",
        "web page for posts",
        "refusal",
    ],
)
def test_answers_that_are_something_else(
    plain_outlet: Outlet, find: Find, body: str | bytes, message: str
) -> None:
    with pytest.raises(DiscoverError, match=message):
        found(plain_outlet, find, body)
