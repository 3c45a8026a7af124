"""A web site on loopback for the crawler to ask, and outlet files that describe it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from scrapy.resolver import dnscache

from crawler.outlet.load import Outlet, load_outlet
from db.records import Page
from db.store import Store
from pipelines.crawl.run import run_crawl
from pipelines.crawl.scope import CrawlScope

#: Hardly a pause, no second tries: what is tested says so itself. Without any pause, Scrapy 2.19 starts all
#: that wait for a host at once, whatever CONCURRENT_REQUESTS_PER_DOMAIN says.
FAST: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0.01,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_TIMES": 0,
    "DOWNLOAD_TIMEOUT": 60,  # as in a real crawl: a busy machine answers late, and no test waits for it
    "PANTAU_CONTACT": "uji@pantau.example",
}

OUTLET = """
name = "Kabar Uji"
home = "{home}"
confidence = "high"
since = 2025-12-01

[[find]]
kind = "listing"
url = "{{home}}/indeks?date={{date:%Y-%m-%d}}"
item = "li"
link = "a"

[article]
url = '/berita/(?P<id>\\d+)/'
page_all = "page=all"
page_n = "page={{page}}"

[[layout]]
title = ["h1"]
published = ["time"]
authors = [".penulis"]
body = ["div.isi"]
page_count = [".halaman"]
{more}
"""


@dataclass
class Answer:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: bool = True  # false: no Content-Length, the connection's end ends the body

    @property
    def raw(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    at: float  # monotonic seconds


class Site:
    """An HTTP server of one test. `answers` maps a path with its query to an answer, or to what makes one."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], Answer | None]] = {}
        self.asked: list[Asked] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(Asked(self.path, dict(self.headers.items()), time.monotonic()))
                given = site.answers.get(self.path, Answer("tidak ada", 404))
                answer = given if isinstance(given, Answer) else given(self)
                if answer is None:
                    return
                self.send_response(answer.status)
                headers = {"Content-Type": "text/html; charset=utf-8"} | answer.headers
                if answer.length:
                    headers["Content-Length"] = str(len(answer.raw))
                else:
                    headers["Connection"] = "close"
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.raw)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def paths(self) -> list[str]:
        return [a.path for a in self.asked]

    def list(self, *numbers: int, day: str = "2025-12-10") -> None:
        """The index page of a day, with links to articles."""
        links = "".join(
            f'<li><a href="/berita/{n}/judul-nomor-{n}">Judul nomor {n}</a></li>' for n in numbers
        )
        self.answers[f"/indeks?date={day}"] = Answer(f"<html><body><ul>{links}</ul></body></html>")

    def write(self, number: int, *paragraphs: str, **more: Any) -> str:
        """An article's page; returns its path."""
        path = f"/berita/{number}/judul-nomor-{number}"
        self.answers[path] = Answer(article_html(number, *paragraphs), **more)
        return path

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def article_html(
    number: int, *paragraphs: str, day: str = "10 Desember 2025 09:30 WIB", extra: str = ""
) -> str:
    text = paragraphs or (
        f"Berita nomor {number} menceritakan rapat Kecamatan Berdaya di balai desa sejak pagi.",
        "Rapat itu dihadiri perangkat desa, kader, dan warga yang duduk melingkar sambil minum teh hangat.",
    )
    body = "".join(f"<p>{p}</p>" for p in text)
    return (
        f"<html><head><title>Judul nomor {number} - Kabar Uji</title></head>"
        f"<body><h1>Judul nomor {number}</h1><time>{day}</time>"
        f"<span class='penulis'>Penulis: Wiji Astuti</span><div class='isi'>{body}</div>{extra}</body></html>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.close()


@pytest.fixture
def other_site() -> Iterator[Site]:
    running = Site()
    yield running
    running.close()


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    dnscache.clear()  # kept by the process: what another test has looked up must not decide this one
    with Store(tmp_path / "pantau.db") as store:
        yield Newsroom(tmp_path, store)


@dataclass
class Newsroom:
    """A database, an archive and a folder of outlet files."""

    folder: Path
    store: Store

    def describe(self, site: Site, slug: str = "kabar_uji", more: str = "") -> None:
        outlets = self.folder / "outlets"
        outlets.mkdir(exist_ok=True)
        (outlets / f"{slug}.toml").write_text(OUTLET.format(home=site.home, more=more), "utf-8")

    def scope(self, *slugs: str, **more: Any) -> CrawlScope:
        from datetime import date

        days = {"since": date(2025, 12, 10), "until": date(2025, 12, 10)}
        return CrawlScope(
            archive=self.folder / "warc",
            outlets=(self.folder / "outlets",),
            slugs=slugs or ("kabar_uji",),
            **(days | more),
        )

    def crawl(self, *slugs: str, settings: dict[str, Any] | None = None, **more: Any) -> Any:
        """The report of a crawl, or of several by slug."""
        reports = run_crawl(
            self.store, self.scope(*slugs, **more), overrides=FAST | (settings or {}), topic=_on_topic
        )
        return reports[0] if len(reports) == 1 else {r.outlet: r for r in reports}


def _on_topic(text: str) -> bool:
    return "kecamatan berdaya" in text.lower()


@pytest.fixture
def plain_outlet(tmp_path: Path) -> Outlet:
    """An outlet without a platform, of a host that does not exist."""
    path = tmp_path / "kabar_uji.toml"
    path.write_text(OUTLET.format(home="https://kabaruji.example", more=""), "utf-8")
    return load_outlet(path)


def make_page(html: str, url: str = "https://kabaruji.example/berita/7/judul", **more: Any) -> Page:
    at = more.pop("fetched_at", datetime(2025, 12, 12, 3, 0, tzinfo=UTC))
    return Page(url=url, outlet="kabar_uji", fetched_at=at, html=html, **more)
