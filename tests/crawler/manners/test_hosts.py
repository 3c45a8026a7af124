"""Behaviour towards hosts: robots.txt, pauses, refusals, private addresses, oversized and broken answers."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

import pytest

from crawler.archive.warc_records import ArchiveError
from crawler.manners.addresses import is_private
from crawler.manners.hosts import read_retry_after
from crawler.manners.robot_rules import RobotRules
from crawler.settings import build_user_agent
from tests.crawler.conftest import Answer, Newsroom, Site, article_html


def articles(site: Site) -> list[str]:
    return [p for p in site.paths() if p.startswith("/berita/")]


# --- who we are ------------------------------------------------------------------------------------


def test_the_user_agent_names_the_project_and_the_contact(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    site.answers["/robots.txt"] = Answer("", headers={"Set-Cookie": "a=b"})
    agent = build_user_agent("redaksi@pantau.example")
    newsroom.crawl(settings={"USER_AGENT": agent})
    assert "PantauBerdaya/" in agent
    assert "+redaksi@pantau.example" in agent
    for asked in site.asked:
        assert asked.headers["User-Agent"] == agent
        assert "Cookie" not in asked.headers
        assert "Referer" not in asked.headers


@pytest.mark.parametrize("contact", ["", "mailto:redaksi@contoh.example", "https://contoh.example/tentang"])
def test_no_word_that_outlets_refuse(contact: str) -> None:
    agent = build_user_agent(contact).lower()
    assert not any(word in agent for word in ("bot", "scrapy", "python", "mozilla", "chrome", "safari"))


@pytest.mark.parametrize(
    "contact", ["abbott@contoh.example", "https://python.example/", "réd@contoh.example", "a\nb"]
)
def test_a_contact_that_would_be_refused_is_said_to_be(contact: str) -> None:
    with pytest.raises(ValueError, match="PANTAU_CONTACT="):
        build_user_agent(contact)


# --- robots.txt ------------------------------------------------------------------------------------


def test_robots_txt_is_obeyed(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    site.write(1)
    site.write(2)
    site.answers["/robots.txt"] = Answer(
        "User-agent: PantauBerdaya\nDisallow: /berita/2/\n\nUser-agent: *\nDisallow: /\n"
    )
    assert newsroom.crawl().counts == {"robots": 1, "stored": 1}
    assert not [p for p in site.paths() if p.startswith("/berita/2/")]


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (Answer("<html><body>User-agent: * Disallow: /</body></html>"), True),
        (Answer("User-agent: *\nDisallow: /\n", 404), True),
        (Answer("User-agent: *\nDisallow: /\n", 403), True),
        (Answer("", 503), False),
        (Answer("", 500), False),
        (Answer("User-agent: *\nAllow: /\n", 429), False),
        (Answer(b"\xff\xfe\x00\x81 User-agent", 200), True),
    ],
    ids=["a web page", "404", "403", "503", "500", "429", "rubbish"],
)
def test_what_the_status_of_robots_txt_means(
    site: Site, newsroom: Newsroom, answer: Answer, allowed: bool
) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    site.answers["/robots.txt"] = answer
    report = newsroom.crawl()
    assert report.counts == ({"stored": 1} if allowed else {})
    if not allowed:
        assert site.paths() == ["/robots.txt"]
        (problem,) = report.problems
        assert f"gave no robots.txt (status {answer.status})" in problem


def test_no_answer_for_robots_txt_forbids_everything(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)

    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    site.answers["/robots.txt"] = hang_up
    (problem,) = newsroom.crawl().problems
    assert "gave no robots.txt" in problem
    assert site.paths() == ["/robots.txt"]
    assert not list((newsroom.folder / "warc").glob("*"))  # nothing came, so nothing is archived


def test_requests_that_wait_for_robots_txt_together_all_obey(site: Site, newsroom: Newsroom) -> None:
    find = '[[find]]\nkind = "listing"\nurl = "{home}/daftar-%d"\n'
    newsroom.describe(site)
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    more = "".join(find % n for n in range(5)) + "[article]"
    file.write_text(file.read_text("utf-8").replace("[article]", more, 1), "utf-8")
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n")
    report = newsroom.crawl()
    assert site.paths() == ["/robots.txt"]
    assert report.problems == ("none of 6 listings, feeds and sitemaps could be read (6 robots)",)


def test_crawl_delay_parts_the_requests(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    site.write(1)
    site.write(2)
    site.answers["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.6\n")
    # AutoThrottle would go down to DOWNLOAD_DELAY; jitter would halve the pause.
    newsroom.crawl(settings={"AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": 0.01})
    assert len(site.asked) == 4
    # A busy machine may see one request late and the next in time: the whole is told, not each pause.
    assert site.asked[-1].at - site.asked[0].at > 1.2
    rows = newsroom.store._all("SELECT delay FROM fetches WHERE reason != 'robots'")
    assert [row["delay"] for row in rows] == [0.6] * 3


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ("Crawl-delay: 1,5", 1.5),
        ("crawl-delay :2,25 # jangan terburu-buru", 2.25),
        ("Crawl-delay: 1.5", 1.5),
        ("Request-rate: 1/5", 5.0),
        ("Request-rate: 30/1m", 2.0),
        ("Request-rate: 1/10s 0800-1700", 10.0),
        ("Crawl-delay: 3\nRequest-rate: 1/2", 3.0),
        ("Crawl-delay: 1\nRequest-rate: 1/2", 2.0),
        ("Crawl-delay: pelan\nRequest-rate: 0/5", None),
        ("Request-rate: 1/" + "9" * 400, 1e9),
        ("Disallow: /1,5", None),
    ],
)
def test_the_pause_that_robots_txt_asks_for(lines: str, seconds: float | None) -> None:
    for agents in ("User-agent: *", "User-agent: PantauBerdaya"):
        rules = RobotRules(f"{agents}\n{lines}\n".encode(), None)
        assert rules.crawl_delay("PantauBerdaya") == seconds


def test_a_request_rate_parts_the_requests(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    site.answers["/robots.txt"] = Answer("User-agent: *\nRequest-rate: 1/7200\n")
    assert "robots.txt asks for 7200 seconds" in newsroom.crawl().problems[0]


def test_a_crawl_delay_of_hours_leaves_the_host_alone(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.answers["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 7200\n")
    report = newsroom.crawl()
    assert report.finish_reason == "blocked"
    assert "robots.txt asks for 7200 seconds" in report.problems[0]
    assert site.paths() == ["/robots.txt"]


# --- refusals --------------------------------------------------------------------------------------


def test_retry_after_is_obeyed(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    path = site.write(1)
    calls = 0

    def busy_once(handler: BaseHTTPRequestHandler) -> Answer:
        nonlocal calls
        calls += 1
        return Answer(article_html(1)) if calls > 1 else Answer("nanti", 429, {"Retry-After": "1"})

    site.answers[path] = busy_once
    assert newsroom.crawl(settings={"RETRY_TIMES": 2}).counts == {"stored": 1}
    first, second = (a.at for a in site.asked if a.path == path)
    assert second - first > 0.95


def test_a_host_that_wants_a_long_rest_gets_it(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2, 3)
    for number in (1, 2, 3):
        path = site.write(number)
        site.answers[path] = Answer("tutup", 503, {"Retry-After": "86400"})
    report = newsroom.crawl(settings={"RETRY_TIMES": 2, "PANTAU_RETRY_AFTER_MAX": 60})
    assert sum(report.counts.values()) == 3
    assert report.counts["blocked"] >= 2
    assert len(articles(site)) == 1
    assert "asks to be left alone for 86400 seconds" in report.problems[0]


@pytest.mark.parametrize("status", [403, 429])
def test_repeated_refusals_end_the_crawl_of_a_host(site: Site, newsroom: Newsroom, status: int) -> None:
    newsroom.describe(site)
    site.list(*range(1, 13))
    for number in range(1, 13):
        site.answers[site.write(number)] = Answer("tidak boleh", status)
    report = newsroom.crawl(settings={"PANTAU_RETRY_AFTER_DEFAULT": 0.01, "RETRY_TIMES": 2})
    assert report.counts == {"blocked": 12}
    assert report.finish_reason == "blocked"
    assert len(articles(site)) == 3
    assert f"answered 3 requests in a row with {status}" in report.problems[0]


def test_refusals_that_do_not_follow_each_other_are_no_reason_to_stop(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(*range(1, 9))
    for number in range(1, 9):
        path = site.write(number)
        if number % 2:
            site.answers[path] = Answer("tidak boleh", 403)
    assert newsroom.crawl().counts == {"blocked": 4, "stored": 4}


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b"0", 0.0),
        (b"Wed, 10 Dec 2025 03:01:00 GMT", 60.0),
        (b"Wed, 10 Dec 2025 02:00:00 GMT", 0.0),
        (b"soon", None),
        (b"", None),
        (b"-5", None),
    ],
)
def test_read_retry_after(value: bytes, seconds: float | None) -> None:
    assert read_retry_after(value, datetime(2025, 12, 10, 3, 0, tzinfo=UTC)) == seconds


# --- private addresses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "printer.local",
        "db.internal",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.9.9",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "100.64.0.1",
        "",
    ],
)
def test_private_hosts(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", ["jateng.tribunnews.com", "8.8.8.8", "2606:4700::1111", "1234.example"])
def test_public_hosts(host: str) -> None:
    assert not is_private(host)


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1:{port}/rahasia",
        "http://localhost:{port}/rahasia",
        "http://169.254.169.254/",
        "http://[::1]:{port}/",
        "file:///etc/passwd",
        "ftp://contoh.example/x",
    ],
)
def test_redirects_into_the_own_network_are_refused(
    site: Site, other_site: Site, newsroom: Newsroom, where: str
) -> None:
    newsroom.describe(site, more="[expect]\n")
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    hosts = 'hosts = ["127.0.0.1", "localhost", "169.254.169.254", "::1", "contoh.example"]'
    file.write_text(
        file.read_text("utf-8").replace("since = 2025-12-01", f"since = 2025-12-01\n{hosts}", 1), "utf-8"
    )
    site.list(1)
    port = int(other_site.home.rpartition(":")[2])
    other_site.answers["/rahasia"] = Answer(article_html(1))
    site.answers[site.write(1)] = Answer("", 302, {"Location": where.format(port=port)})
    report = newsroom.crawl()
    assert sum(report.counts.values()) == 1
    assert "stored" not in report.counts
    assert other_site.asked == []


def test_redirects_without_end(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    path = site.write(1)
    site.answers[path] = Answer("", 302, {"Location": path + "?putar=1"})
    site.answers[path + "?putar=1"] = Answer("", 301, {"Location": path})
    assert newsroom.crawl().counts == {"http-error": 1}
    assert len(articles(site)) <= 7


def test_a_redirect_to_another_site_is_not_followed(site: Site, other_site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.answers[site.write(1)] = Answer("", 302, {"Location": "http://periksa.example/?kembali=1"})
    assert newsroom.crawl().counts == {"http-error": 1}


def test_a_redirect_within_the_site_is_followed(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    path = site.write(1)
    site.answers[path] = Answer("", 301, {"Location": path + "/"})
    site.answers[path + "/"] = Answer(article_html(1))
    assert newsroom.crawl().counts == {"stored": 1}


# --- what is too much ------------------------------------------------------------------------------


def test_a_body_that_says_it_is_too_large(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.answers[site.write(1)] = Answer(b"x" * 300_000)
    assert newsroom.crawl(settings={"DOWNLOAD_MAXSIZE": 100_000}).counts == {"too-large": 1}


def test_a_body_without_end(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            for _ in range(2000):
                handler.wfile.write(b"<p>lagi</p>" * 1000)
        except OSError:
            pass
        handler.close_connection = True

    site.answers[site.write(1)] = endless
    assert newsroom.crawl(settings={"DOWNLOAD_MAXSIZE": 100_000}).counts == {"too-large": 1}


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_compressed_bomb(site: Site, newsroom: Newsroom, coding: str) -> None:
    newsroom.describe(site)
    site.list(1)
    plain = b"<p>" + b" " * 5_000_000
    packed = gzip.compress(plain) if coding == "gzip" else zlib.compress(plain)
    site.answers[site.write(1)] = Answer(packed, headers={"Content-Encoding": coding})
    assert newsroom.crawl(settings={"DOWNLOAD_MAXSIZE": 100_000}).counts == {"too-large": 1}


def test_a_drip_ends_at_the_timeout(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        import time

        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _ in range(60):
                handler.wfile.write(b".")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass
        handler.close_connection = True

    site.answers[site.write(1)] = drip
    assert newsroom.crawl(settings={"DOWNLOAD_TIMEOUT": 1}).counts == {"network-error": 1}


def test_an_address_that_is_no_text(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    picture = bytes(range(256)) * 40
    site.answers[site.write(1)] = Answer(picture, headers={"Content-Type": "image/png"})
    site.answers[site.write(2)] = Answer(
        article_html(2).encode("utf-16"), headers={"Content-Type": "text/html; charset=utf-16"}
    )
    report = newsroom.crawl()
    assert sum(report.counts.values()) == 2
    assert "error" not in report.counts
    assert report.counts.get("stored") == 1


def test_a_read_only_archive_is_one_line(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    blocked = newsroom.folder / "warc"
    blocked.write_text("a file stands where the folder should be")
    with pytest.raises(ArchiveError, match="the archive's folder can't be made: File exists") as caught:
        newsroom.crawl()
    assert "\n" not in str(caught.value)
    assert site.asked == []
