"""Headers without end: little is read of them, and the page is too large."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from itertools import repeat

import pytest

from crawler.manners.heads import MOST_BYTES, MOST_LINE_BYTES, MOST_LINES
from tests.crawler.conftest import Answer, Newsroom, Site, article_html

#: What a server may get rid of: what is read, and what the system holds ready of a connection on both sides.
MOST_SENT = 24_000_000
ENDLESS = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-Tak-Habis: " + b"x" * 80 + b"\r\n"),
    "short headers": (b"HTTP/1.1 200 OK\r\n", b"a:\n"),
    "one name": (b"HTTP/1.1 200 OK\r\nX", b"x" * 100),
    "one value": (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 100),
    "one folded value": (b"HTTP/1.1 200 OK\r\nX: x\r\n", b" x\r\n"),
    "the words of the status": (b"HTTP/1.1 200 ", b"x" * 100),
    "no protocol": (b"", b"x" * 100),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "interim answers with headers": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "trailers": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X: x\r\n"),
    "the length of a chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0" * 100),
    "words behind a length": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x" * 100),
}


class Endless:
    """Sends something for ever, or until nobody listens."""

    def __init__(self, first: bytes, more: bytes) -> None:
        self.first = first
        self.block = more * (65_536 // len(more))
        self.sent = 0

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        try:
            handler.wfile.write(self.first)
            for block in repeat(self.block):
                self.sent += len(block)
                if self.sent > 10 * MOST_SENT:
                    return
                handler.wfile.write(block)
        except OSError:
            return


@pytest.fixture
def memory() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.parametrize("what", ENDLESS)
def test_headers_without_end(site: Site, newsroom: Newsroom, memory: None, what: str) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    endless = Endless(*ENDLESS[what])
    path = site.write(1)
    site.answers[path] = endless
    site.write(2)
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    report = newsroom.crawl(settings={"RETRY_TIMES": 0})
    _, peak = tracemalloc.get_traced_memory()
    broken_body = what in ("trailers", "the length of a chunk", "words behind a length")
    assert report.counts == {"network-error" if broken_body else "too-large": 1, "stored": 1}
    assert site.paths().count(path) == 1
    assert endless.sent < MOST_SENT
    assert peak - before < 100_000_000


def test_headers_without_end_are_not_tried_again(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    path = site.write(1)
    site.answers[path] = Endless(*ENDLESS["headers"])
    assert newsroom.crawl(settings={"RETRY_TIMES": 2}).counts == {"too-large": 1}
    assert site.paths().count(path) == 1


def test_robots_txt_with_headers_without_end(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.answers["/robots.txt"] = Endless(*ENDLESS["headers"])
    (problem,) = newsroom.crawl().problems
    assert "gave no robots.txt (larger than any robots.txt)" in problem


def test_many_and_long_headers_are_read(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    many = {f"X-{number}": "x" for number in range(MOST_LINES - 20)}
    most = MOST_BYTES // MOST_LINE_BYTES - 1
    long = {f"X-{number}": "x" * (MOST_LINE_BYTES - 100) for number in range(most)}
    for number, headers in enumerate((many, long), start=1):
        site.answers[site.write(number)] = Answer(article_html(number), headers=headers)
    assert newsroom.crawl().counts == {"stored": 2}
