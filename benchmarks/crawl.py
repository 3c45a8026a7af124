"""A whole crawl of a site on loopback, beside a bare Scrapy spider that only fetches and selects the title.

Both run in processes of their own against the same server, pauses off: the figure is what reading, checking,
archiving and storing cost beside the fetch. The memory of two sizes shows whether it grows with the site.
"""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapy import Request

PAGES = 2_000
MORE_PAGES = 20_000
PER_LISTING = 500
ROUNDS = 3
DAY = date(2025, 12, 10)
FAST: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "LOG_LEVEL": "ERROR",
    "PANTAU_CONTACT": "uji@pantau.example",
    "PANTAU_NONSENSE": "",
}
OUTLET = """
name = "Kabar Uji"
home = "{home}"
confidence = "high"
since = 2025-12-01

[[find]]
kind = "listing"
url = "{{home}}/indeks?hal=1"
more = "{{home}}/indeks?hal={{page}}"
max_pages = 100
item = "li"
link = "a"

[article]
url = '/berita/(?P<id>\\d+)/'

[[layout]]
title = ["h1"]
published = ["time::attr(datetime)"]
authors = [".penulis"]
body = ["div.isi"]
drop = [".iklan"]
"""
#: What stands around an article on a news page: some 40 kB, as on the recorded layouts' sites.
_AROUND = "".join(
    f'<div class="kotak"><a href="/lain/{n}"><img src="/foto/{n}.jpg"><span>Tautan {n}</span></a></div>'
    for n in range(330)
)


def build_page(number: int) -> bytes:
    """An article's page of some 40 kB, on the topic."""
    sentences = (
        f"Rapat Kecamatan Berdaya nomor {number} digelar di balai desa sejak pagi dan dihadiri warga.",
        f"Perangkat desa mencatat {number % 90 + 3} usulan yang kemudian dibahas bersama pendamping.",
        "Warga yang datang duduk melingkar, membawa bekal, dan pulang setelah usul mereka dibacakan ulang.",
    )
    body = "".join(f"<p>{sentence} Bagian {n}.</p>" for n in range(4) for sentence in sentences)
    return (
        f"<!DOCTYPE html><html><head><title>Judul nomor {number} - Kabar Uji</title></head><body>{_AROUND}"
        f'<h1>Judul nomor {number}</h1><time datetime="{DAY}T09:30:00+07:00">Rabu</time>'
        f'<span class="penulis">Penulis: Wiji Astuti</span><div class="isi">{body}'
        f'<div class="iklan">iklan</div></div></body></html>'
    ).encode()


def build_listing(page: int, pages: int) -> bytes:
    """One page of the list of all articles."""
    first = (page - 1) * PER_LISTING
    links = "".join(
        f'<li><a href="/berita/{n}/judul">Judul nomor {n}</a></li>'
        for n in range(first, min(first + PER_LISTING, pages))
    )
    return f"<html><body><ul>{links}</ul></body></html>".encode()


def serve(pages: int, sender: Connection) -> None:
    """A site on loopback, for the life of the process; sends its port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = request.split(b" ", 2)[1].decode()
                status = "200 OK"
                if path.startswith("/berita/"):
                    body = build_page(int(path.split("/")[2]))
                elif path.startswith("/indeks"):
                    body = build_listing(int(path.rpartition("=")[2]), pages)
                else:
                    body, status = b"", "404 Not Found"
                head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        sender.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def crawl_bare(home: str, pages: int) -> int:
    """Fetch every article with a spider that selects the title, and nothing else."""
    from scrapy import Request, Spider
    from scrapy.crawler import CrawlerProcess
    from scrapy.http import Response

    titles: list[str] = []

    class Bare(Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[Request]:
            for n in range(1, (pages - 1) // PER_LISTING + 2):
                yield Request(f"{home}/indeks?hal={n}")

        def parse(self, response: Response, **_: Any) -> Iterator[Request]:
            yield from response.follow_all(response.css("li a::attr(href)").getall(), self.parse_article)

        def parse_article(self, response: Response) -> None:
            titles.append(response.css("h1::text").get(""))

    settings = {k: v for k, v in FAST.items() if not k.startswith("PANTAU")}
    process = CrawlerProcess({**settings, "ROBOTSTXT_OBEY": False, "TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare)
    process.start()
    return len(titles)


def crawl_whole(home: str, folder: Path) -> int:
    """Crawl as `pantau crawl` does."""
    from db.store import Store
    from pipelines.crawl.run import run_crawl
    from pipelines.crawl.scope import CrawlScope

    outlets = folder / "outlets"
    outlets.mkdir()
    (outlets / "kabar_uji.toml").write_text(OUTLET.format(home=home), "utf-8")
    scope = CrawlScope(
        archive=folder / "warc", outlets=(outlets,), slugs=("kabar_uji",), since=DAY, until=DAY
    )
    with Store(folder / "pantau.db") as store:
        (report,) = run_crawl(store, scope, overrides=FAST)
    return report.counts.get("stored", 0)


def run_one(kind: str, pages: int) -> dict[str, float]:
    """One crawl in a process of its own: pages a second, and the most memory that it held, in MB."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.Process(target=serve, args=(pages, sender), daemon=True)
    server.start()
    home = f"http://127.0.0.1:{receiver.recv()}"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.crawl", kind, home, str(pages), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    server.terminate()
    server.join()
    if done.returncode:
        raise RuntimeError(f"{kind}: {done.stderr[-500:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if found["pages"] != pages:
        raise RuntimeError(f"{kind}: {found['pages']:.0f} of {pages} pages came")
    return found


def measure() -> dict[str, float]:
    """Pages a second of both, their ratio (at least 0.5 is wanted), and the memory of two sizes.

    The two take turns and the best round of each counts: a machine with other work slows down either. The
    seconds that the processor was at work for a page hardly depend on that.
    """
    rounds = [(run_one("bare", PAGES), run_one("whole", PAGES)) for _ in range(ROUNDS)]
    bare, whole = (max(runs, key=lambda run: run["pages a second"]) for runs in zip(*rounds, strict=True))
    more = run_one("whole", MORE_PAGES)
    return {
        "bare spider, pages a second": bare["pages a second"],
        "whole crawl, pages a second": whole["pages a second"],
        "whole crawl / bare spider (at least 0.5)": whole["pages a second"] / bare["pages a second"],
        "bare spider, processor ms a page": bare["processor ms a page"],
        "whole crawl, processor ms a page": whole["processor ms a page"],
        f"memory of {PAGES} pages, MB": whole["MB"],
        f"memory of {MORE_PAGES} pages, MB": more["MB"],
        f"{MORE_PAGES} pages, pages a second": more["pages a second"],
    }


def main(kind: str, home: str, pages: str, folder: str) -> None:
    """The child's part: prints its figures as one line of JSON."""
    logging.disable(logging.WARNING)
    start, busy = time.perf_counter(), time.process_time()
    count = crawl_bare(home, int(pages)) if kind == "bare" else crawl_whole(home, Path(folder))
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    busy = time.process_time() - busy
    figures = {"pages a second": count / seconds, "processor ms a page": busy / count * 1000, "MB": memory}
    print(json.dumps({"pages": count, **figures}))


if __name__ == "__main__":
    main(*sys.argv[1:])
