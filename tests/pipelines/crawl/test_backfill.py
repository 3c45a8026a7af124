"""Articles out of WARC files of others: hosts and topic first, then read as in a crawl."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.read import read_response
from crawler.archive.warc_records import Exchange
from crawler.archive.write import WarcArchive
from crawler.outlet.load import load_outlets
from db.store import Store
from pipelines.cli import main
from pipelines.crawl import reader
from pipelines.crawl.backfill import Hosts, prints_topic
from pipelines.crawl.scope import build_topic
from tests.pipelines.invented import TEXT, Pantau
from tests.pipelines.newsroom import SAMPLE

OUTLET = """
name = "Contoh Post"
home = "https://contoh-post.example/"
confidence = "low"
since = 2025-11-01
[[find]]
kind = "feed"
url = "https://contoh-post.example/feed"
[article]
url = '/\\d{4}/\\d{2}/\\d{2}/'
[[layout]]
body = "div.isi"
"""
WHEN = datetime(2025, 11, 5, 3, tzinfo=UTC)


def make_page(number: int, text: str = TEXT) -> tuple[str, str]:
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return f"https://contoh-post.example/2025/11/04/berita-{number}/", (
        f'<html><head><title>Berita {number}</title><meta property="article:published_time" '
        f'content="2025-11-04T10:0{number}:00+07:00"></head><body><h1>Berita {number}</h1>'
        f'<div class="isi">{body}</div></body></html>'
    )


@pytest.fixture
def make_warc(tmp_path: Path) -> Callable[..., Path]:
    """A WARC file of (address, page, time) in a folder of its own, and an outlet that owns some of them."""

    def make(name: str, *pages: tuple[str, str, datetime]) -> Path:
        folder = tmp_path / name
        with WarcArchive(folder) as archive:
            for url, page, at in pages:
                headers = (("Content-Type", "text/html; charset=utf-8"),)
                archive.save(Exchange(url=url, status=200, headers=headers, body=page.encode(), at=at))
        (tmp_path / "outlets").mkdir(exist_ok=True)
        (tmp_path / "outlets" / "contoh_post.toml").write_text(OUTLET, encoding="utf-8")
        [path] = folder.glob("*.warc.gz")
        return path

    return make


@pytest.fixture
def call(tmp_path: Path, pantau: Pantau) -> Callable[..., Any]:
    def run(*args: object) -> Any:
        where = ["--db", tmp_path / "pantau.db", "--outlets", tmp_path / "outlets", "--outlet", "contoh_post"]
        return pantau("backfill", *args, *where)

    return run


def read(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with Store(db, read_only=True) as store:
        return [tuple(row) for row in store.db.execute(sql).fetchall()]


def test_the_sample_newsroom_gives_the_articles_of_a_crawl(newsroom: Path, tmp_path: Path) -> None:
    where = ["--outlets", str(SAMPLE / "outlets"), "--quiet"]
    warc = str(SAMPLE / "newsroom.warc.gz")
    crawled, filled = newsroom / "pantau.db", tmp_path / "filled.db"
    days = ["--since", "2025-10-25", "--until", "2025-12-12"]
    assert main(["backfill", warc, "--db", str(filled), *where, *days]) == 0
    texts = "SELECT id, title, text, published_at FROM articles ORDER BY id"
    by_id = {row[0]: row for row in read(crawled, texts)}
    found = read(filled, texts)
    assert len(found) >= 0.9 * len(by_id)
    for row in found:
        if row[0] in by_id:
            assert row == by_id[row[0]]
    with Store(filled, read_only=True) as store:
        for article in store.articles():
            assert article.warc is not None
            assert article.warc.file == warc
            assert read_response(Path(warc), article.warc.offset).status == 200
    # The files were all written on one day, and of the days before they tell nothing.
    watched = read(filled, "SELECT DISTINCT day, via FROM watched_days")
    assert [tuple(row) for row in watched] == [("2025-12-12", "backfill")]


def test_of_others_pages_only_the_address_is_read_and_off_topic_ones_are_not_parsed(
    make_warc: Callable[..., Path], call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    strangers = [(f"https://asing-{n}.example/2025/11/04/a/", make_page(1)[1], WHEN) for n in range(50)]
    off_topic = (*make_page(2, "Harga cabai turun di pasar. " * 20), WHEN)
    listing = ("https://contoh-post.example/", make_page(3)[1], WHEN)
    path = make_warc("w", *strangers, off_topic, listing, (*make_page(1), WHEN))
    parsed = tmp_path / "parsed"  # a file, as pages are read in a process of their own
    real = reader.read_article

    def read_article(page: Any, outlet: Any) -> Any:
        with parsed.open("a") as file:
            file.write(f"{page.url}\n")
        return real(page, outlet)

    monkeypatch.setattr(reader, "read_article", read_article)
    outcome = call(path)
    assert outcome.code == 0
    assert "contoh_post: 1 off-topic, 1 stored" in outcome.out
    assert parsed.read_text().split() == [make_page(1)[0]]
    [row] = read(tmp_path / "pantau.db", "SELECT text, warc_file, fetched_at FROM articles")
    assert row == (TEXT, str(path), "2025-11-05T10:00:00+07:00")
    # It is no crawl, and tells nothing of the outlet's health.
    assert read(tmp_path / "pantau.db", "SELECT count(*) FROM crawls") == [(0,)]


def test_nothing_newer_is_replaced_and_a_newer_page_is_a_version(
    make_warc: Callable[..., Path], call: Callable[..., Any], tmp_path: Path
) -> None:
    older = make_warc("older", (*make_page(1, TEXT + " Lama sekali."), WHEN - timedelta(days=2)))
    newer = make_warc("newer", (*make_page(1), WHEN))
    assert "1 stored" in call(newer).out
    assert "1 seen" in call(older).out
    assert "1 seen" in call(newer).out
    assert read(tmp_path / "pantau.db", "SELECT text FROM articles") == [(TEXT,)]
    newest = make_warc("newest", (*make_page(1, TEXT + " Ralat."), WHEN + timedelta(days=2)))
    assert "1 changed" in call(newest).out
    assert read(tmp_path / "pantau.db", "SELECT text FROM article_versions") == [(TEXT,)]


def test_of_several_captures_the_latest_counts(
    make_warc: Callable[..., Path], call: Callable[..., Any], tmp_path: Path
) -> None:
    path = make_warc(
        "w", (*make_page(1), WHEN), (*make_page(1, TEXT + " Lama sekali."), WHEN - timedelta(days=2))
    )
    assert call(path).code == 0
    assert read(tmp_path / "pantau.db", "SELECT text FROM articles") == [(TEXT,)]


def test_a_file_in_the_own_archive_is_named_relative_to_it(
    make_warc: Callable[..., Path], call: Callable[..., Any], tmp_path: Path
) -> None:
    path = make_warc("w", (*make_page(1), WHEN))
    assert call(path, "--archive", tmp_path).code == 0
    assert read(tmp_path / "pantau.db", "SELECT warc_file FROM articles") == [(f"w/{path.name}",)]


def test_a_damaged_file_is_used_as_far_as_it_is_whole_and_needs_a_person(
    make_warc: Callable[..., Path], call: Callable[..., Any]
) -> None:
    path = make_warc("w", (*make_page(1), WHEN), (*make_page(2), WHEN))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3] + b"\x1f\x8b\x08" + b"\xff" * 200)
    outcome = call(path)
    assert outcome.code == 1
    assert "1 stored" in outcome.out
    [line] = outcome.complaints
    assert path.name in line
    assert "what is whole is used" in line


@pytest.mark.parametrize("content", [b"<html>no archive</html>" * 50, b"\x1f\x8b\x08broken"])
def test_what_is_no_warc_file_is_one_line(
    content: bytes, make_warc: Callable[..., Path], call: Callable[..., Any], tmp_path: Path
) -> None:
    make_warc("w", (*make_page(1), WHEN))
    (tmp_path / "page.warc.gz").write_bytes(content)
    outcome = call(tmp_path / "page.warc.gz")
    assert outcome.code == 2
    assert len(outcome.complaints) == 1
    assert "page.warc.gz" in outcome.complaints[0]
    assert call(tmp_path / "none.warc.gz").code == 2


def test_the_topic_is_seen_through_markup() -> None:
    topic = build_topic()
    assert prints_topic("<p>Program <b>Kecamatan</b>&nbsp;Berdaya</p>", topic)
    assert prints_topic('<meta name="keywords" content="kecamatan berdaya">', topic)
    assert not prints_topic("<p>Kecamatan ini berdaya saing</p>", topic)


def test_hosts_are_looked_up_with_their_subdomains(make_warc: Callable[..., Path], tmp_path: Path) -> None:
    make_warc("w", (*make_page(1), WHEN))
    hosts = Hosts(load_outlets(tmp_path / "outlets"))
    good = "/2025/11/04/a/"
    for host in (
        "contoh-post.example",
        "www.contoh-post.example",
        "contoh-post.example:443",
        "CONTOH-POST.example",
    ):
        assert hosts.find_article(f"https://{host}{good}") is not None, host
    for url in (
        f"https://bukancontoh-post.example{good}",
        "https://contoh-post.example/",
        "",
        "dns:x",
        "https://",
    ):
        assert hosts.find_article(url) is None, url
