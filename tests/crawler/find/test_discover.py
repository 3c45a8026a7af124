"""Finding article addresses: what is asked, what is taken from an answer, and answers that mean harm."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations

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


@pytest.mark.parametrize(
    "write",
    [
        lambda rss: "\n<br />\n<b>Warning</b>: fopen() in /www/x.php\n" + rss,
        lambda rss: rss.encode("utf-16"),
        lambda rss: rss.replace("utf-8", "utf-16").encode("utf-16-be"),
        lambda rss: rss.encode("utf-32"),
        lambda rss: rss.replace("utf-8", "us-ascii").encode("utf-8"),
        lambda rss: rss.encode("cp1252"),
        lambda rss: rss.replace("Raya", "Raya & Makmur&nbsp;&copy; \x0b"),
        lambda rss: rss.replace("</channel></rss>", ""),
        lambda rss: rss + "<script>lacak()</script>",
        lambda rss: rss.replace("https://kabaruji.example/berita", "/berita"),
        lambda rss: rss.replace("https://kabaruji.example/", "").replace(
            "<rss", '<rss xml:base="https://kabaruji.example/"'
        ),
    ],
    ids=[
        "warnings before",
        "UTF-16",
        "UTF-16 without a mark",
        "UTF-32",
        "declares ASCII",
        "declares UTF-8, is Windows-1252",
        "bare ampersand and entities of HTML",
        "never closed",
        "something behind",
        "relative",
        "xml:base",
    ],
)
def test_feeds_as_they_come(plain_outlet: Outlet, write: Callable[[str], str | bytes]) -> None:
    rss = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
    <item><title>Panen “Raya”</title><link>https://kabaruji.example/berita/7/panen?a=1&b=2</link></item>
    <item><link>https://kabaruji.example/berita/8/hujan</link><title>Hujan</title></item></channel></rss>"""
    entries = found(plain_outlet, replace(FEED, url="https://kabaruji.example/umpan/berita.xml"), write(rss))
    assert [url for url, *_ in entries] == [
        "https://kabaruji.example/berita/7/panen?a=1&b=2",
        "https://kabaruji.example/berita/8/hujan",
    ]
    assert "Raya" in entries[0][1]


def test_ids_and_links_of_an_atom_feed_in_any_order(plain_outlet: Outlet) -> None:
    link = '<link rel="alternate" href="https://kabaruji.example/berita/7/panen"/>'
    others = [
        "<id>tag:kabaruji.example,2025:7</id>",
        '<link rel="self" href="https://kabaruji.example/berita/1/umpan"/>',
        '<link rel="enclosure" href="https://kabaruji.example/berita/2/gambar"/>',
    ]
    for parts in permutations([link, *others]):
        atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{"".join(parts)}</entry></feed>'
        assert [url for url, *_ in found(plain_outlet, FEED, atom)] == [
            "https://kabaruji.example/berita/7/panen"
        ]


@pytest.mark.parametrize(
    "body",
    [
        "<rss><item>" + "<a>" * 200_000,
        "<rss><item " + " ".join(f"a{n}='b'" for n in range(60_000)),
        "<rss><script><item " + " ".join(f"a{n}='b'" for n in range(60_000)),
        "<rss>" + "x" * 6_000_000 + "</rss>",
    ],
    ids=["tags", "attributes", "attributes in a script", "characters"],
)
def test_a_feed_beyond_reason_is_not_parsed(plain_outlet: Outlet, body: str) -> None:
    with pytest.raises(DiscoverError, match="too large"):
        found(plain_outlet, FEED, body + ">")


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


def test_a_sitemap_that_is_cut_or_padded_gives_what_it_holds(plain_outlet: Outlet) -> None:
    # Numbers that no compression foresees, so that half of the bytes hold about half of the addresses.
    numbers = [n * n * 7919 % 1_000_003 for n in range(1, 2_000)]
    urls = [f"https://kabaruji.example/berita/{n}/panen" for n in numbers]
    body = "<urlset>" + "".join(f"<url><loc>{url}</loc></url>\n" for url in urls) + "</urlset>"
    packed = gzip.compress(body.encode(), mtime=0)

    def read(data: bytes) -> list[str]:
        return [url for url, *_ in found(plain_outlet, SITEMAP, data)]

    assert read(packed + b"\x00" * 700) == read(packed + b"<!-- cache -->") == urls
    half = len(body) // 2
    assert read(gzip.compress(body[:half].encode()) + gzip.compress(body[half:].encode())) == urls
    for end in range(len(packed) // 2, len(packed) // 2 + 40):
        cut = read(packed[:end])
        assert len(cut) > 300
        assert cut == urls[: len(cut)]  # and no half of an address
    damaged = bytearray(packed)
    damaged[len(packed) // 2] ^= 0xFF
    assert len(read(bytes(damaged))) > 300
    assert read(body.encode("utf-16")) == urls


def test_children_named_as_seen_from_their_index() -> None:
    body = b"""<sitemapindex><sitemap><loc>peta-1.xml</loc></sitemap>
    <sitemap><loc>/peta-2.xml</loc></sitemap></sitemapindex>"""
    find = replace(SITEMAP, follow=re.compile("peta"))
    assert find_child_sitemaps(body, find, url="https://a.example/peta/indeks.xml") == [
        "https://a.example/peta/peta-1.xml",
        "https://a.example/peta-2.xml",
    ]


def test_children_of_a_sitemap_index() -> None:
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


def test_entities_are_never_expanded(plain_outlet: Outlet) -> None:
    ((url, title, _),) = found(plain_outlet, FEED, BOMB)
    assert url == "https://kabaruji.example/berita/7/x"
    assert "ha" not in title
    nested = BOMB.replace("<!ENTITY", "<!ENT<!ENTITY z 'z'>ITY")  # what is left when the inner one is cut out
    assert "haha" not in str(found(plain_outlet, FEED, nested))
    sitemap = BOMB.replace("<rss><channel><item><title>&b;&c;</title><link>", "<urlset><url><loc>")
    sitemap = sitemap.replace("</link></item></channel></rss>", "&b;</loc></url></urlset>")
    assert [url for url, *_ in found(plain_outlet, SITEMAP, sitemap)] == [
        "https://kabaruji.example/berita/7/x"
    ]


@pytest.mark.parametrize(
    ("find", "body", "message"),
    [
        (FEED, "<html><body>Sedang diperbaiki</body></html>", "web page"),
        (SITEMAP, "404", "no XML"),
        (SITEMAP, b"\x1f\x8b\x08rusak", "gzip"),
        (SITEMAP, gzip.compress(b"<urlset>" + b" " * 17_000_000), "16 MB"),
        (POSTS, "<html>", "WordPress"),
        (POSTS, '{"code": "rest_forbidden"}', "WordPress"),
    ],
    ids=[
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
