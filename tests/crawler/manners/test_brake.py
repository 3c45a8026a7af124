"""Whatever a server answers, a crawl asks for it no more often than it may, and gives it a reason."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from itertools import count
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.html.urls import is_web_address
from crawler.manners.hosts import read_retry_after
from crawler.settings import PANTAU_ASKS_PER_ADDRESS
from db.records import WIB
from tests.crawler.conftest import Answer, Newsroom, Site, article_html
from tests.crawler.spiders.test_crawl import BY_SECTION

TODAY = datetime.now(WIB).date()
#: Second tries as in a real crawl; a host that refuses is not left, so that every answer gets its turn.
TRIES = {
    "RETRY_TIMES": 2,
    "PANTAU_REFUSALS": 10_000,
    "PANTAU_RETRY_AFTER_DEFAULT": 0.0,
    "PANTAU_REVISIT_HOURS": 0.0,
}
Hostile = Callable[[BaseHTTPRequestHandler], Answer | None]


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 300  # 10 s on an idle machine


def raw(data: bytes) -> Hostile:
    """These bytes, then the end of the connection."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)
        handler.close_connection = True

    return answer


def head(*lines: str, body: str = "") -> Hostile:
    return raw("\r\n".join((*lines, "", body)).encode("utf-8"))


def leads_to(where: str, status: int = 302) -> Hostile:
    return head(f"HTTP/1.1 {status} Found", f"Location: {where}", "Content-Length: 0")


_numbers = count()


def leads_ever_on(handler: BaseHTTPRequestHandler) -> Answer:
    return Answer("", 302, {"Location": f"{urlsplit(handler.path).path}?k={next(_numbers)}"})


#: What a redirect may name, broken or meant ill.
ADDRESSES = {
    "itself": "?",
    "nothing": "",
    "blank": "   ",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,<p>x",
    "file": "file:///etc/passwd",
    "mailto": "mailto:a@b.example",
    "about": "about:blank",
    "ftp": "ftp://127.0.0.1/x",
    "no host": "http://",
    "three slashes": "http:///x",
    "half an IPv6 address": "http://[::1",
    "brackets": "http://[x]/",
    "a zone": "http://[fe80::1%25x]/",
    "a word for a port": "http://127.0.0.1:abc/x",
    "port 99999": "http://127.0.0.1:99999/x",
    "port -1": "http://127.0.0.1:-1/x",
    "a long label": f"http://{'a' * 64}.example/",
    "empty labels": "http://a..b.example/",
    "dots": "http://.../",
    "a bad IDNA name": "http://xn--/",
    "a bad escape": "%zz%",
    "controls": "/\x01\x02\t\x0b",
    "letters": "/\xc3\xa9\xed\xb3\xbf",
    "a name and a password": "http://a:b@127.0.0.1/x",
    "a colon": ":",
    "two slashes": "//",
    "a fragment": "#",
    "backslashes": "\\\\x\\y",
    "nine thousand letters": "/" + "x" * 9000,
    "questions": "?" * 500,
}
WAITS = (
    *("²", "-1", "-99999999999", "99999999999", "9" * 400, "1e9", "0x10", "NaN", "inf", "", "10 10", "١٢"),
    "Wed, 10 Dec 99999999999 03:01:00 GMT",
    "Wed, 10 Dec 0000 03:01:00 GMT",
    "Wed, 32 Dec 2025 25:61:00 +9999",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "\x00",
)
STATUSES = (
    *(0, 99, 101, 201, 204, 205, 206, 207, 226, 300, 301, 302, 304, 305, 306, 307, 308, 400, 401, 402, 403),
    *(404, 407, 408, 410, 412, 416, 418, 421, 425, 426, 429, 451, 500, 501, 502, 503, 504, 507, 508, 511),
    *(522, 524, 599, 600, 999, 99999),
)
ANSWERS: dict[str, Hostile] = {
    **{f"a redirect to {name}": leads_to(where) for name, where in ADDRESSES.items()},
    **{f"a redirect {status} to itself": leads_to("?", status) for status in (301, 303, 307, 308)},
    **{f"status {status}": head(f"HTTP/1.1 {status} X", "Content-Length: 0") for status in STATUSES},
    "ever new redirects": leads_ever_on,
    "304 with an ETag": head("HTTP/1.1 304 Not Modified", 'ETag: "x"', "Last-Modified: kemarin"),
    "304 with an address": head("HTTP/1.1 304 Not Modified", "Location: ?"),
    "201 with an address": head("HTTP/1.1 201 Created", "Location: ?", "Content-Length: 0"),
    "two addresses": head("HTTP/1.1 302 X", "Location: ?", "Location: javascript:1", "Content-Length: 0"),
    "a refresh": head("HTTP/1.1 200 OK", "Refresh: 0; url=?", "Content-Length: 0"),
    "a refresh in the page": lambda _: Answer('<meta http-equiv="refresh" content="0;url=?">'),
    "a demand for a password": head("HTTP/1.1 401 X", 'WWW-Authenticate: Basic realm="x"'),
    "a demand of a proxy": head("HTTP/1.1 407 X", "Proxy-Authenticate: Basic"),
    "nothing": raw(b""),
    "half a head": raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "half a line of status": raw(b"HTTP/1.1 20"),
    "another protocol": raw(b"SSH-2.0-OpenSSH\r\n"),
    "HTTP/2": raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "a negative length": head("HTTP/1.1 200 OK", "Content-Length: -5"),
    "two lengths": head("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 6", body="abcdef"),
    "no number for a length": head("HTTP/1.1 200 OK", "Content-Length: ²"),
    "a length of a thousand digits": head("HTTP/1.1 200 OK", "Content-Length: " + "9" * 1000),
    "a length of five thousand digits": head("HTTP/1.1 200 OK", "Content-Length: " + "9" * 5000),
    "an unknown framing": head("HTTP/1.1 200 OK", "Transfer-Encoding: tidak-ada", body="x"),
    "a broken chunk": head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body="zz\r\n"),
    "a chunk without end": head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body="f" * 5000),
    "headers without names": head("HTTP/1.1 200 OK", ": x", " y", "z", "Content-Length: 0"),
    "headers of any letters": raw(b"HTTP/1.1 200 OK\r\nX-\xff: \x00\xfe\r\nContent-Type: \xff\r\n\r\nx"),
}
#: A crawl asks for robots.txt once, so these are tried there one by one.
FOR_ROBOTS = (
    "a redirect to itself",
    "a redirect to javascript",
    "a redirect to half an IPv6 address",
    "a redirect to nine thousand letters",
    "ever new redirects",
    "304 with an ETag",
    "status 0",
    "status 408",
    "status 429",
    "status 503",
    "nothing",
    "a negative length",
    "an unknown framing",
    "headers of any letters",
)


def outcomes(newsroom: Newsroom, paths: dict[str, str]) -> dict[str, str]:
    """What became of the article behind each path, by the name of its answer."""
    rows = newsroom.store._all("SELECT url, outcome FROM fetches WHERE reason = 'article' ORDER BY id")
    return {paths.get(urlsplit(row["url"]).path, row["url"]): row["outcome"] for row in rows}


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log calls an error: a defect, or a callback that was cut short."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def too_often(site: Site) -> dict[str, int]:
    """Paths with their queries that were asked for more often than a run may."""
    return {path: n for path, n in Counter(site.paths()).items() if n > PANTAU_ASKS_PER_ADDRESS}


def add_ways(newsroom: Newsroom, ways: str) -> None:
    """More ways of finding in the outlet's file."""
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    file.write_text(file.read_text("utf-8").replace("[article]", ways + "\n[article]", 1), "utf-8")


# --- every answer ----------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_no_answer_makes_an_article_be_asked_for_again_and_again(
    site: Site, newsroom: Newsroom, known: bool
) -> None:
    newsroom.describe(site)
    names = dict(enumerate(ANSWERS, start=1))
    site.list(*names, day=TODAY.isoformat())
    paths = {site.write(number): name for number, name in names.items()}
    if known:
        for number, path in enumerate(paths, start=1):
            page = article_html(number, day=f"{TODAY}T00:01:00+07:00")
            site.answers[path] = Answer(page, headers={"ETag": f'"{number}"'})
        first = newsroom.crawl(settings=TRIES, since=TODAY, until=TODAY)
        assert first.counts == {"stored": len(names)}
    for path, name in paths.items():
        site.answers[path] = ANSWERS[name]
    site.asked.clear()
    report = newsroom.crawl(settings=TRIES, since=TODAY, until=TODAY)
    assert sum(report.counts.values()) == len(names)
    ends = outcomes(newsroom, paths)
    assert {name: end for name, end in ends.items() if end in ("", "error", "stored")} == {}
    assert too_often(site) == {}
    assert len(site.asked) < 4 * len(names)


def test_no_answer_makes_a_list_be_asked_for_again_and_again(
    site: Site, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.describe(site)
    find = '[[find]]\nkind = "listing"\nurl = "{home}/daftar-%d"\n'
    add_ways(newsroom, "".join(find % number for number in range(len(ANSWERS))))
    for number, answer in enumerate(ANSWERS.values()):
        site.answers[f"/daftar-{number}"] = answer
    site.list(1)
    site.write(1)
    assert newsroom.crawl(settings=TRIES).counts == {"stored": 1}
    assert errors(caplog) == []
    assert too_often(site) == {}
    assert len(site.asked) < 4 * len(ANSWERS)


@pytest.mark.parametrize("name", FOR_ROBOTS)
def test_no_answer_makes_robots_txt_be_asked_for_again_and_again(
    site: Site, newsroom: Newsroom, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.describe(site)
    site.answers["/robots.txt"] = ANSWERS[name]
    newsroom.crawl(settings=TRIES)
    assert errors(caplog) == []
    assert too_often(site) == {}
    assert len(site.asked) < 12


def test_a_304_to_what_was_asked_for_as_a_whole_is_an_error(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, day=TODAY.isoformat())
    path = site.write(1)
    site.answers[path] = Answer(article_html(1, day=f"{TODAY}T00:01:00+07:00"), headers={"ETag": '"x"'})
    assert newsroom.crawl(since=TODAY, until=TODAY).counts == {"stored": 1}
    for file in (newsroom.folder / "warc").glob("*.warc.gz"):
        file.write_bytes(file.read_bytes()[:10])  # so that there is nothing which the 304 could stand for
    site.answers[path] = Answer("", 304, {"ETag": '"x"'})
    site.asked.clear()
    report = newsroom.crawl(settings=TRIES, since=TODAY, until=TODAY)
    assert report.counts == {"http-error": 1}
    asked = [a.headers.get("If-None-Match") for a in site.asked if a.path == path]
    assert asked == ['"x"', None]


# --- the brake itself ------------------------------------------------------------------------------


def test_an_address_is_asked_for_a_handful_of_times_whatever_asks(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    path = site.write(1)
    site.answers[path] = Answer("galat", 503)
    report = newsroom.crawl(settings={"RETRY_TIMES": 50})
    assert report.counts == {"over-plan": 1}
    assert site.paths().count(path) == PANTAU_ASKS_PER_ADDRESS
    (problem,) = report.problems
    assert problem.startswith("1 addresses were left alone, as their answers had the crawl ask")
    site.write(1)
    assert newsroom.crawl().counts == {"stored": 1}  # the next run asks again


def test_an_outlet_is_asked_no_more_than_a_run_may(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(*range(1, 31))
    for number in range(1, 31):
        site.answers[site.write(number)] = leads_ever_on
    report = newsroom.crawl(settings={"PANTAU_ASKS_PER_DAY": 20})
    assert len(site.asked) == 20
    assert sum(report.counts.values()) == 30
    assert report.counts["over-plan"] > 20
    (problem,) = (p for p in report.problems if "as many as it may" in p)
    assert problem.startswith("made 20 requests")


def test_sections_that_name_sections_come_to_an_end(
    site: Site, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.find.discover.MOST_SECTIONS", 5)
    newsroom.describe(site)
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    file.write_text(file.read_text("utf-8").replace("[article]", BY_SECTION, 1), "utf-8")
    numbers = count(1)

    def page(handler: BaseHTTPRequestHandler) -> Answer:
        more = [next(numbers) for _ in range(9)]
        for number in more:
            site.answers[f"/indeks/rubrik-{number}?date=2025-12-10"] = page
        choice = "".join(f"<option value='/indeks/rubrik-{number}?date=2025-12-10'>" for number in more)
        article = f"<ul><li><a href='/berita/{more[0]}/judul'>x</a></li></ul>"
        return Answer(f"{article}<select id='rubrik'>{choice}</select><a class='hal'>7</a>")

    site.answers["/indeks?date=2025-12-10"] = page
    newsroom.crawl(settings={"PANTAU_ASKS_PER_DAY": 100})
    named = {path for path in site.paths() if "/rubrik-" in path and "hal=" not in path}
    assert len(named) == 5


# --- patience --------------------------------------------------------------------------------------


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: repr(wait)[:30])
def test_no_wait_that_is_asked_for_is_a_defect(site: Site, newsroom: Newsroom, wait: str) -> None:
    newsroom.describe(site)
    site.list(1)
    path = site.write(1)
    site.answers[path] = head("HTTP/1.1 503 X", f"Retry-After: {wait}", "Content-Length: 0")
    report = newsroom.crawl(settings={**TRIES, "RETRY_TIMES": 1, "PANTAU_RETRY_AFTER_MAX": 0.5})
    assert report.counts in ({"http-error": 1}, {"blocked": 1})
    assert not any("inf" in problem or "nan" in problem for problem in report.problems)


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8")))
def test_any_wait_is_a_number_of_seconds_or_none(value: bytes) -> None:
    seconds = read_retry_after(value)
    assert seconds is None or 0 <= seconds < 1e12


@pytest.mark.parametrize("value", WAITS, ids=lambda wait: repr(wait)[:30])
def test_a_wait_that_is_none_stands_for_the_usual_one(value: str) -> None:
    seconds = read_retry_after(value.encode("utf-8"))
    assert seconds is None or 0 <= seconds < 1e12


@pytest.mark.parametrize("delay", ["nan", "inf", "-1", "²", "1e400", "9" * 400, "x", ""])
def test_no_crawl_delay_stops_the_clock(site: Site, newsroom: Newsroom, delay: str) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    site.answers["/robots.txt"] = Answer(f"User-agent: *\nCrawl-delay: {delay}\n")
    report = newsroom.crawl()
    assert report.counts == {"stored": 1} or "robots.txt asks for" in report.problems[0]


# --- addresses -------------------------------------------------------------------------------------


@given(st.text(max_size=80))
def test_anything_is_an_address_or_is_not(text: str) -> None:
    assert is_web_address(text) in (True, False)
    assert is_web_address(f"http://{text}/") in (True, False)


def test_a_sitemap_may_name_anything(
    site: Site, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.describe(site)
    add_ways(newsroom, '[[find]]\nkind = "sitemap"\nurl = "{home}/peta.xml"\nfollow = "."\nmax_pages = 99\n')
    bad = [escape("".join(c for c in where if c.isprintable())) for where in ADDRESSES.values()]
    children = "".join(f"<sitemap><loc>{a}</loc></sitemap>" for a in (*bad, f"{site.home}/anak.xml"))
    site.answers["/peta.xml"] = Answer(f"<sitemapindex>{children}</sitemapindex>")
    items = "".join(f"<url><loc>{a}</loc></url>" for a in (*bad, f"{site.home}/berita/1/judul-nomor-1"))
    site.answers["/anak.xml"] = Answer(f"<urlset>{items}</urlset>")
    site.list()
    site.write(1)
    assert newsroom.crawl().counts == {"stored": 1}
    assert errors(caplog) == []


def test_an_articles_path_behind_what_is_no_address(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    bad = ("ftp://127.0.0.1", "http://127.0.0.1:x", "http://127.0.0.1:99999", "http://[127.0.0.1")
    found = "".join(
        f'<li><a href="{start}/berita/{number}/x">x</a></li>'
        for number, start in enumerate((*bad, site.home))
    )
    site.answers["/indeks?date=2025-12-10"] = Answer(f"<ul>{found}</ul>")
    site.answers["/berita/4/x"] = Answer(article_html(4))
    assert newsroom.crawl().counts == {"stored": 1}
