"""The archived page of an article: shown by the operator's own site alone, and harmless in a browser."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.warc_records import Exchange
from crawler.archive.write import WarcArchive
from db.serve import build_datasette
from db.store import Store
from pipelines.share.archived_pages import build_reader
from tests.db.invented import fill_reference, make_article
from tests.db.pages.browser import FLAGS, find_chromium, serving

HEAD = (("Content-Type", "text/html; charset=iso-8859-1"),)


@pytest.fixture
def archive_site(tmp_path: Path) -> Callable[..., Path]:
    """Writes answers into an archive; gives a database whose articles a1, a2 … point to them."""

    def build(*answers: tuple[bytes, tuple[tuple[str, str], ...]]) -> Path:
        archive = WarcArchive(tmp_path / "warc")
        pointers = [
            archive.save(
                Exchange(url=f"https://warta.example/2025/{n}", status=200, headers=headers, body=body)
            )
            for n, (body, headers) in enumerate(answers, start=1)
        ]
        archive.close()
        with Store(tmp_path / "pantau.db") as store:
            fill_reference(store)
            for number, pointer in enumerate(pointers, start=1):
                store.save_article(make_article(number, "Isinya.", warc=pointer))
        return tmp_path / "pantau.db"

    return build


def get(path: Path, url: str, *, public: bool = False) -> Any:
    site = build_datasette(path, public, read_page=build_reader(path.parent / "warc"))

    async def fetch() -> Any:
        await site.invoke_startup()
        return await site.client.get(url)

    return asyncio.run(fetch())


def test_the_page_is_shown_as_it_was_kept(archive_site: Callable[..., Path]) -> None:
    path = archive_site(("<html><p>Kecamatan caf\u00e9</p></html>".encode("latin-1"), HEAD))
    assert '"/arsip/a1"' in get(path, "/artikel/a1").text
    page = get(path, "/arsip/a1")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    text = page.content.decode()
    assert "<p>Kecamatan caf\u00e9</p>" in text
    assert "Sidiknya cocok" in text
    assert "https://warta.example/2025/1" in text
    assert "Its digest matches" in get(path, "/en/arsip/a1").text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "unsafe" not in policy


def test_a_changed_archive_is_told(archive_site: Callable[..., Path]) -> None:
    path = archive_site((b"<p>satu</p>", HEAD), (b"<p>dua!</p>", HEAD))
    with Store(path) as store:
        row = store.db.execute("SELECT warc_file, warc_offset FROM articles WHERE id = 'a2'").fetchone()
        with store.transaction():
            store.db.execute("UPDATE articles SET warc_file = ?, warc_offset = ? WHERE id = 'a1'", list(row))
    assert "Sidiknya TIDAK cocok" in get(path, "/arsip/a1").text


def test_what_is_no_page_is_plain_text(archive_site: Callable[..., Path]) -> None:
    path = archive_site((b'{"title": "<script>alert(1)</script>"}', (("Content-Type", "application/json"),)))
    page = get(path, "/arsip/a1")
    assert page.headers["content-type"] == "text/plain; charset=utf-8"
    assert page.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "body",
    [
        "<link rel=preconnect href=http://127.0.0.1>Isi".encode("utf-16-le"),
        b"\x1b$B!!\x1b(B<\x1b(Blink rel=preconnect href=http://127.0.0.1>Isi",
        b"<meta charset=iso-2022-jp>\x1b(J<\x1b(Blink rel=preconnect href=http://127.0.0.1>Isi",
    ],
)
@pytest.mark.parametrize("kind", ["; charset=UTF-16LE", "; charset=ISO-2022-JP", "; charset=utf-7", ""])
def test_a_coding_hides_no_tags(archive_site: Callable[..., Path], body: bytes, kind: str) -> None:
    page = get(archive_site((body, (("Content-Type", f"text/html{kind}"),))), "/arsip/a1")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<link" not in page.content.decode()  # and so no browser reads the bytes otherwise
    assert b"\x1b" not in page.content or "iso-2022" not in kind.lower()


def test_what_cannot_be_opened_is_explained(archive_site: Callable[..., Path]) -> None:
    path = archive_site((b"<p>satu</p>", HEAD))
    next((path.parent / "warc").glob("*.warc.gz")).write_bytes(b"rusak")
    page = get(path, "/arsip/a1")
    assert page.status_code == 503
    assert "no readable record at byte" in page.text
    assert get(path, "/arsip/a99").status_code == 404


def test_a_public_site_opens_no_archive(files: dict[str, Path]) -> None:
    site = build_datasette(files["public"], public=True, read_page=build_reader(files["public"].parent))

    async def fetch() -> list[Any]:
        await site.invoke_startup()
        return [await site.client.get(url) for url in ("/artikel/a1", "/arsip/a1")]

    article, page = asyncio.run(fetch())
    assert page.status_code == 404
    assert "/arsip/" not in article.text
    assert "warcio extract warta.warc.gz 100" in article.text


@contextmanager
def listening() -> Iterator[tuple[int, list[Any]]]:
    """A port of this machine and who connected to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        callers: list[Any] = []
        done = threading.Event()

        def accept() -> None:
            while not done.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                callers.append(address)
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1], callers
        finally:
            done.set()
            thread.join(timeout=5)


@pytest.mark.browser
@pytest.mark.skipif(find_chromium() is None, reason="no Chromium here: apt-get install chromium")
def test_a_hostile_page_runs_nothing_and_reaches_nobody(archive_site: Callable[..., Path]) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with listening() as (port, callers):
        there = f"http://127.0.0.1:{port}"
        hostile = f"""<html><head><link rel="preconnect" href="{there}">
            <link rel=stylesheet href="{there}/a.css"><LINK rel="dns-prefetch" href="{there}">
            <base href="{there}/"><script src="{there}/a.js"></script>
            <meta http-equiv="refresh" content="0;url={there}/r"></head>
            <body onload="fetch('{there}/f')"><img src="{there}/i.png" onerror="alert(1)"><p id=words>Isi</p>
            <script>document.body.textContent = "gone"; location = "{there}/l"</script>
            <iframe src="{there}/frame"></iframe><object data="{there}/o"></object><embed src="{there}/e">
            <form action="{there}/form"><button>Kirim</button></form>
            <video autoplay src="{there}/v.mp4"></video><a ping="{there}/ping" href="#">x</a></body></html>"""
        path = archive_site((hostile.encode(), HEAD))
        reader = build_reader(path.parent / "warc")
        with (
            serving(path, public=False, read_page=reader) as address,
            playwright.sync_playwright() as driver,
        ):
            browser = driver.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            page = browser.new_page()
            page.goto(f"{address}/arsip/a1")
            page.wait_for_timeout(500)
            playwright.expect(page.locator("#words")).to_have_text("Isi")
            page.get_by_role("button", name="Kirim").click()
            page.wait_for_timeout(300)
            assert page.url == f"{address}/arsip/a1"
            browser.close()
        assert callers == []
