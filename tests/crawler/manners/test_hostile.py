"""Servers that mean harm or are broken: each crawl ends in time, in memory, and says what happened."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.crawler.conftest import Answer, Newsroom, Site, article_html

SITEMAP = '[[find]]\nkind = "sitemap"\nurl = "{home}/peta.xml"\nfollow = "peta-"\nmax_pages = 3\n\n[article]'
XML = {"Content-Type": "application/xml"}


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 150  # 2 s on an idle machine


def articles(site: Site) -> list[str]:
    return [p for p in site.paths() if p.startswith("/berita/")]


def with_sitemap(site: Site, newsroom: Newsroom, xml: str | bytes, **more: str) -> None:
    newsroom.describe(site)
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    file.write_text(file.read_text("utf-8").replace("[article]", SITEMAP, 1), "utf-8")
    site.list(1)
    site.write(1)
    site.answers["/peta.xml"] = Answer(xml, headers={**XML, **more})


def entries(site: Site, numbers: range, more: str = "") -> str:
    found = "".join(f"<url><loc>{site.home}/berita/{n}/judul-nomor-{n}</loc>{more}</url>" for n in numbers)
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{found}</urlset>'
    )


# --- sitemaps and feeds ----------------------------------------------------------------------------


def test_an_entity_bomb(site: Site, newsroom: Newsroom) -> None:
    lines = ['<!ENTITY a0 "berita">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = f"<!DOCTYPE urlset [{''.join(lines)}]><urlset><url><loc>&a9;</loc></url></urlset>"
    with_sitemap(site, newsroom, bomb)
    report = newsroom.crawl()
    assert report.counts == {"stored": 1}  # the other way of finding goes on
    assert report.problems == ()


def test_an_entity_that_asks_for_a_file(site: Site, newsroom: Newsroom) -> None:
    reads = '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>&x;</loc></url></urlset>'
    with_sitemap(site, newsroom, reads)
    assert newsroom.crawl().counts == {"stored": 1}


@pytest.mark.parametrize("how", ["as a file", "as a coding"])
def test_a_packed_sitemap_that_swells(site: Site, newsroom: Newsroom, how: str) -> None:
    packed = gzip.compress(b"<urlset>" + b" " * 40_000_000)
    more = {"Content-Encoding": "gzip"} if how == "as a coding" else {}
    with_sitemap(site, newsroom, packed, **more)
    assert newsroom.crawl(settings={"DOWNLOAD_MAXSIZE": 1_000_000}).counts == {"stored": 1}


def test_a_sitemap_of_thousands_of_nested_elements(site: Site, newsroom: Newsroom) -> None:
    with_sitemap(site, newsroom, "<urlset>" + "<url>" * 50_000)
    assert newsroom.crawl().counts == {"stored": 1}


def test_a_sitemap_that_lists_the_world(site: Site, newsroom: Newsroom) -> None:
    with_sitemap(site, newsroom, entries(site, range(1, 3001)))
    report = newsroom.crawl(settings={"PANTAU_UNDATED_MAX": 5})
    assert report.counts == {"not-found": 4, "stored": 1}
    assert len(articles(site)) == 5
    (problem,) = (p for p in report.problems if p.startswith("sitemaps list"))
    assert problem.startswith("sitemaps list 2995 addresses more than are looked at")


def test_a_sitemap_of_the_whole_past_with_dates_costs_no_request(site: Site, newsroom: Newsroom) -> None:
    with_sitemap(site, newsroom, entries(site, range(1, 3001), "<lastmod>2019-05-01</lastmod>"))
    site.list()
    report = newsroom.crawl()
    assert report.counts == {"out-of-range": 3000}
    assert articles(site) == []


def test_a_sitemap_index_without_end(site: Site, newsroom: Newsroom) -> None:
    def index(first: int) -> str:
        found = "".join(
            f"<sitemap><loc>{site.home}/peta-{n}.xml</loc></sitemap>" for n in range(first, first + 50)
        )
        return f"<sitemapindex>{found}</sitemapindex>"

    with_sitemap(site, newsroom, index(0))
    for number in range(60):
        site.answers[f"/peta-{number}.xml"] = Answer(index(number), headers=XML)
    assert newsroom.crawl().counts == {"stored": 1}
    assert len([p for p in site.paths() if p.startswith("/peta")]) < 12


# --- traps -----------------------------------------------------------------------------------------


def test_a_calendar_that_goes_on_for_ever(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    trap = '[[find]]\nkind = "listing"\nurl = "{home}/arsip?hal=1"\nmax_pages = 4\n'
    trap += 'more = "{home}/arsip?hal={page}"\n'
    file.write_text(file.read_text("utf-8").replace("[article]", trap + "\n[article]", 1), "utf-8")
    site.list()

    def page(number: int) -> Answer:
        links = "".join(f'<a href="/berita/{number * 10 + n}/x">x</a>' for n in range(3))
        return Answer(
            f'{links}<a href="/arsip?hal={number + 1}">berikut</a><a href="/arsip/2199/01/01">x</a>'
        )

    for number in range(1, 40):
        site.answers[f"/arsip?hal={number}"] = page(number)
    report = newsroom.crawl()
    assert report.counts == {"not-found": 12}
    assert len([p for p in site.paths() if p.startswith("/arsip")]) == 4


def test_a_site_that_wants_a_cookie_first(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    path = site.write(1)
    turns = 0

    def turnstile(handler: BaseHTTPRequestHandler) -> Answer:
        nonlocal turns
        turns += 1
        if handler.headers.get("Cookie"):
            return Answer(article_html(1))
        return Answer("", 302, {"Location": f"{path}?k={turns}", "Set-Cookie": f"k={turns}; Path=/"})

    site.answers[path] = turnstile
    for number in range(1, 30):
        site.answers[f"{path}?k={number}"] = turnstile
    assert newsroom.crawl().counts == {"http-error": 1}
    assert turns <= 6
    assert not any("Cookie" in asked.headers for asked in site.asked)


def test_links_with_ever_new_sessions_are_one_article(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    links = "".join(f'<li><a href="/berita/1/judul-nomor-1?utm_source={n}">x</a></li>' for n in range(50))
    site.answers["/indeks?date=2025-12-10"] = Answer(f"<ul>{links}</ul>")
    site.write(1)
    assert newsroom.crawl().counts == {"stored": 1}
    assert len(articles(site)) == 1


@pytest.mark.parametrize("where", ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/berita/1/x"])
def test_a_listing_that_leads_into_the_own_network(site: Site, newsroom: Newsroom, where: str) -> None:
    newsroom.describe(site)
    site.answers["/indeks?date=2025-12-10"] = Answer("", 302, {"Location": where})
    report = newsroom.crawl()
    assert report.counts == {}
    assert report.problems == ("none of 1 listings, feeds and sitemaps could be read (1 http-error)",)


def test_a_page_that_refreshes_itself_elsewhere(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    page = article_html(1).replace("<head>", '<head><meta http-equiv="refresh" content="0;url=/lain">')
    site.answers[site.write(1)] = Answer(page)
    assert newsroom.crawl().counts == {"stored": 1}
    assert "/lain" not in site.paths()


# --- broken answers --------------------------------------------------------------------------------


def test_a_server_of_http_1_0(site: Site, newsroom: Newsroom) -> None:
    site.server.RequestHandlerClass.protocol_version = "HTTP/1.0"  # type: ignore[attr-defined]
    newsroom.describe(site)
    site.list(1)
    site.answers[site.write(1)] = Answer(article_html(1), length=False)
    assert newsroom.crawl().counts == {"stored": 1}
    assert newsroom.crawl().counts == {"seen": 1}


def test_a_body_shorter_than_promised(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)

    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(article_html(1).encode())
        handler.close_connection = True

    site.answers[site.write(1)] = cut
    assert newsroom.crawl().counts == {"network-error": 1}
    site.write(1)
    assert newsroom.crawl().counts == {"stored": 1}


@pytest.mark.parametrize("answer", [b"\x00\x01\x02 bukan HTTP\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n", b""])
def test_what_is_no_http(site: Site, newsroom: Newsroom, answer: bytes) -> None:
    newsroom.describe(site)
    site.list(1)

    def rubbish(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    site.answers[site.write(1)] = rubbish
    assert newsroom.crawl(settings={"DOWNLOAD_TIMEOUT": 3}).counts == {"network-error": 1}


def test_a_drip_in_the_place_of_robots_txt(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(60):
                handler.wfile.write(b"#")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass
        handler.close_connection = True

    site.answers["/robots.txt"] = drip
    (problem,) = newsroom.crawl(settings={"DOWNLOAD_TIMEOUT": 1}).problems
    assert "gave no robots.txt (no answer in time)" in problem


@pytest.mark.parametrize(
    "header",
    ["text/html; charset=tidak-ada", "text/plain", "application/json", "text/html; charset=utf-7", "x", ""],
)
def test_a_content_type_that_is_wrong(site: Site, newsroom: Newsroom, header: str) -> None:
    newsroom.describe(site)
    site.list(1)
    site.answers[site.write(1)] = Answer(article_html(1), headers={"Content-Type": header})
    assert newsroom.crawl().counts == {"stored": 1}


@pytest.mark.parametrize("coding", ["br", "zstd", "tidak-ada", "gzip"])
def test_a_content_coding_that_is_not_the_bodys(site: Site, newsroom: Newsroom, coding: str) -> None:
    newsroom.describe(site)
    site.list(1)
    site.answers[site.write(1)] = Answer(article_html(1), headers={"Content-Encoding": coding})
    report = newsroom.crawl()
    assert sum(report.counts.values()) == 1
    assert "error" not in report.counts


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 30_000,
        "<html><body><h1>Judul" + "<b><i>" * 5_000,
        article_html(1).replace("<div class='isi'>", "<div class='isi'" + " x='" * 200),
        article_html(1)[: len(article_html(1)) // 2],
        "\x00".join(article_html(1)),
        "<table><tr>" * 3_000 + article_html(1),
    ],
    ids=["deep", "unclosed", "attributes", "half", "nul", "tables"],
)
def test_html_that_is_broken(site: Site, newsroom: Newsroom, html: str) -> None:
    newsroom.describe(site)
    site.list(1)
    site.answers[site.write(1)] = Answer(html)
    report = newsroom.crawl()
    assert sum(report.counts.values()) == 1
    assert "error" not in report.counts


@pytest.mark.parametrize(
    "day", ["32 Desember 2025", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59+99:00", "10 Desember", "9" * 400]
)
def test_dates_that_are_none(site: Site, newsroom: Newsroom, day: str) -> None:
    newsroom.describe(site)
    site.list(1)
    site.answers[site.write(1)] = Answer(article_html(1, day=day))
    assert newsroom.crawl().counts == {"no-date": 1}


def test_an_address_of_every_kind_but_an_articles(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    bad = [
        "javascript:alert(1)", "data:text/html,<p>x", "http://[::1", "file:///etc/passwd",
        "//periksa.example/x",
        "http://user:pass@127.0.0.1/berita/3/x", "\x00", "/berita/" + "9" * 5000 + "/x", "mailto:a@b.example",
    ]  # fmt: skip
    links = "".join(f'<li><a href="{url}">x</a></li>' for url in bad)
    site.answers["/indeks?date=2025-12-10"] = Answer(
        f'<ul>{links}<li><a href="/berita/1/judul-nomor-1">x</a></li></ul>'
    )
    site.write(1)
    report = newsroom.crawl()
    assert report.counts.get("stored") == 1
    assert "error" not in report.counts
    hosts = {urlsplit(asked.path).netloc for asked in site.asked}
    assert hosts == {""}
    assert not any(parse_qs(urlsplit(asked.path).query).get("cmd") for asked in site.asked)


@pytest.mark.parametrize(
    ("day", "fetched"), [("2025/12/10", True), ("2025/12/09", True), ("2021/03/02", False)]
)
def test_a_day_in_the_address_saves_a_request(
    site: Site, newsroom: Newsroom, day: str, fetched: bool
) -> None:
    newsroom.describe(site)
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(r"/berita/(?P<id>\d+)/", r"/(?P<ymd>\d{4}/\d{2}/\d{2})/[a-z-]+"), "utf-8")
    site.answers["/indeks?date=2025-12-10"] = Answer(f'<ul><li><a href="/{day}/judul">x</a></li></ul>')
    site.answers[f"/{day}/judul"] = Answer(article_html(1))
    assert newsroom.crawl().counts == ({"stored": 1} if fetched else {"out-of-range": 1})
    assert (f"/{day}/judul" in site.paths()) is fetched
