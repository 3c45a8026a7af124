"""Whole crawls of a site on loopback: what is asked, what is stored, what is counted."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import sys
import time
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.archive.read import open_archive
from crawler.archive.write import Exchange, WarcArchive
from db.records import WIB
from pipelines.cli import main
from pipelines.command.errors import InputError
from pipelines.crawl.reparse import run_reparse
from pipelines.crawl.run import run_crawl
from pipelines.crawl.scope import choose_outlets
from tests.crawler.conftest import FAST, Answer, Newsroom, Site, article_html

ROOT = Path(__file__).parents[3]


def test_articles_are_found_fetched_read_and_stored(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2, 3)
    site.write(1)
    site.write(
        2, "Tentang panen bawang di lereng gunung yang melimpah tahun ini, kata para petani di sana. " * 2
    )
    report = newsroom.crawl()
    assert report.counts == {"not-found": 1, "off-topic": 1, "stored": 1}
    assert report.finish_reason == "finished"
    assert report.problems == ()
    (article,) = newsroom.store.articles()
    assert article.title == "Judul nomor 1"
    assert article.authors == ("Wiji Astuti",)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2025-12-10T09:30:00+07:00"
    assert article.id == "kabar_uji:1"
    assert site.paths()[0] == "/robots.txt"


def test_every_url_is_counted_once(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2, 3, 4, 5)
    site.write(1)
    site.answers["/berita/2/judul-nomor-2"] = Answer("galat", 500)
    site.answers["/berita/3/judul-nomor-3"] = Answer(article_html(3, "Pendek."))
    site.answers["/berita/4/judul-nomor-4"] = Answer("<html><body><p>bukan berita</p></body></html>")
    site.answers["/berita/5/judul-nomor-5"] = Answer(article_html(5, day="1 Desember 2025 08:00 WIB"))
    report = newsroom.crawl()
    assert report.counts == {
        "http-error": 1,
        "no-date": 1,
        "out-of-range": 1,
        "stored": 1,
        "too-short": 1,
    }


def test_a_second_crawl_asks_for_no_article(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    site.write(1)
    site.write(
        2, "Tentang panen bawang di lereng gunung yang melimpah tahun ini, kata para petani di sana. " * 2
    )
    newsroom.crawl()
    site.asked.clear()
    report = newsroom.crawl()
    assert report.counts == {"seen": 2}
    assert not [p for p in site.paths() if p.startswith("/berita/")]
    assert len(list(newsroom.store.articles())) == 1


def test_limit_counts_what_is_fetched_and_not_what_is_known(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2, 3)
    for number in (1, 2, 3):
        site.write(number)
    assert newsroom.crawl(limit=2).counts == {"stored": 2}
    assert newsroom.crawl(limit=2).counts == {"seen": 2, "stored": 1}


def test_further_pages_are_joined_in_order(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    paging = "<div class='halaman'>Halaman 1/3</div>"
    path = "/berita/1/judul-nomor-1"
    texts = [
        f"Bagian ke-{n} tentang Kecamatan Berdaya yang ditulis panjang agar layak dibaca orang."
        for n in range(1, 4)
    ]
    site.answers[path] = Answer(article_html(1, texts[0], extra=paging))
    site.answers[f"{path}?page=all"] = Answer(article_html(1, texts[0], extra=paging))  # shows no more
    site.answers[f"{path}?page=2"] = Answer(article_html(1, texts[1], extra=paging))
    site.answers[f"{path}?page=3"] = Answer(article_html(1, texts[2], extra=paging))
    newsroom.crawl()
    (article,) = newsroom.store.articles()
    assert article.text.split("\n\n") == texts
    assert article.pages == 3


def test_all_pages_at_once_need_one_request(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    paging = "<div class='halaman'>Halaman 1/3</div>"
    path = "/berita/1/judul-nomor-1"
    texts = [
        f"Bagian ke-{n} tentang Kecamatan Berdaya yang ditulis panjang agar layak dibaca orang."
        for n in range(1, 4)
    ]
    site.answers[path] = Answer(article_html(1, texts[0], extra=paging))
    site.answers[f"{path}?page=all"] = Answer(article_html(1, *texts))
    newsroom.crawl()
    (article,) = newsroom.store.articles()
    assert article.text.split("\n\n") == texts
    assert article.pages == 3
    assert [p for p in site.paths() if "page=" in p] == [f"{path}?page=all"]


def test_a_missing_further_page_costs_that_page_only(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    path = site.write(1)
    site.answers[path] = Answer(article_html(1, extra="<div class='halaman'>Halaman 1/2</div>"))
    assert newsroom.crawl().counts == {"stored": 1}


# --- discovery -------------------------------------------------------------------------------------


TWO_WAYS = """
[[find]]
kind = "feed"
url = "{home}/umpan.xml"

[[find]]
kind = "listing"
url = "{home}/terbaru"
more = "{url}?hal={page}"
max_pages = 4

[article]"""


def links(*numbers: int) -> Answer:
    found = "".join(f'<a href="/berita/{n}/judul-nomor-{n}">Judul {n}</a>' for n in numbers)
    return Answer(f"<html><body>{found}</body></html>")


def two_ways(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    file.write_text(file.read_text("utf-8").replace("[article]", TWO_WAYS, 1), "utf-8")


def test_what_one_way_has_offered_does_not_end_another(site: Site, newsroom: Newsroom) -> None:
    two_ways(site, newsroom)
    items = "".join(f"<item><link>{site.home}/berita/{n}/judul-nomor-{n}</link></item>" for n in (1, 2))
    site.answers["/umpan.xml"] = Answer(f"<rss><channel>{items}</channel></rss>")
    site.list()
    site.answers["/terbaru"] = links(1, 2)
    site.answers["/terbaru?hal=2"] = links(2, 3)
    site.answers["/terbaru?hal=3"] = links(2, 3)  # the last page repeats itself from here on
    for number in (1, 2, 3):
        site.write(number)
    assert newsroom.crawl().counts == {"stored": 3}
    assert "/terbaru?hal=4" not in site.paths()
    assert len([p for p in site.paths() if p.startswith("/berita/")]) == 3


BY_SECTION = """last = ".hal"
max_pages = 2
more = "{url}&hal={page}"
sections_in = "#rubrik option"

[[find]]
kind = "listing"
url = "{home}/indeks/{section}?date={date:%Y-%m-%d}"
item = "li"
link = "a"

[article]"""


@pytest.mark.parametrize("named", [True, False])
def test_a_day_with_more_pages_than_are_read_is_asked_for_by_section(
    site: Site, newsroom: Newsroom, named: bool
) -> None:
    newsroom.describe(site)
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    file.write_text(file.read_text("utf-8").replace("[article]", BY_SECTION, 1), "utf-8")
    sections = "<option value='/indeks?date=2025-12-10'><option value='/indeks/kudus?date=2025-12-10'>"
    choice = f"<select id='rubrik'>{sections if named else ''}</select><a class='hal'>7</a>"
    for page, path in enumerate(("/indeks?date=2025-12-10", "/indeks?date=2025-12-10&hal=2"), start=1):
        site.answers[path] = Answer(f"<ul><li><a href='/berita/{page}/judul'>x</a></li></ul>{choice}")
    site.answers["/indeks/kudus?date=2025-12-10"] = Answer(
        "<ul><li><a href='/berita/8/judul'>x</a></li></ul>"
    )
    for number in (1, 2, 8):
        site.answers[f"/berita/{number}/judul"] = Answer(article_html(number))
    report = newsroom.crawl()
    assert report.counts == {"stored": 3 if named else 2}
    assert "/indeks?date=2025-12-10&hal=3" not in site.paths()
    told = [problem for problem in report.problems if "5 pages more than are read" in problem]
    assert bool(told) is not named


def test_a_list_that_answers_with_a_feed(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    item = f"<item><link>{site.home}{site.write(1)}</link></item>"
    feed = f'<?xml version="1.0"?><rss><channel>{item}</channel></rss>'
    site.answers["/indeks?date=2025-12-10"] = Answer(feed, headers={"Content-Type": "text/xml"})
    assert newsroom.crawl().counts == {"stored": 1}


def test_days_are_asked_for_one_by_one(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    for number, day in ((1, "2025-12-08"), (2, "2025-12-09"), (3, "2025-12-10")):
        site.list(number, day=day)
        site.answers[site.write(number)] = Answer(article_html(number, day=f"{day}T09:00:00+07:00"))
    assert newsroom.crawl(since=date(2025, 12, 8)).counts == {"stored": 3}


def test_a_plan_names_every_request_and_makes_none(
    site: Site,
    newsroom: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    two_ways(site, newsroom)
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    off = (
        '[[find]]\nkind = "tag"\nurl = "{home}/tag/{tag}"\nenabled = false\nnote = "tidak boleh"\n\n[article]'
    )
    file.write_text(file.read_text("utf-8").replace("[article]", off, 1), "utf-8")
    site.list(1)
    site.answers["/terbaru"] = Answer(links(1).raw, headers={"ETag": '"x"'})
    site.answers["/umpan.xml"] = Answer("<rss/>")
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /umpan\n")
    site.write(1)
    arguments = ["crawl", "kabar_uji", "--plan", "--outlets", str(newsroom.folder / "outlets")]
    arguments += [
        "--since",
        "2025-12-09",
        "--until",
        "2025-12-10",
        "--archive",
        str(newsroom.folder / "warc"),
    ]
    fresh = newsroom.folder / "fresh.db"
    assert main([*arguments, "--db", str(fresh)]) == 0
    assert not fresh.exists()
    assert site.asked == []
    first = capsys.readouterr().out
    assert f"ask {site.home}/indeks?date=2025-12-09 (listing of 2025-12-09)" in first
    assert f"ask {site.home}/umpan.xml (feed)" in first
    assert "skip tag {home}/tag/{tag}: tidak boleh" in first
    assert "at most 7 pages that list articles, 0 articles again" in first

    newsroom.crawl(since=date(2025, 12, 9))
    really = {p for p in site.paths() if not p.startswith("/berita/")}
    _no_network(monkeypatch)
    assert main([*arguments, "--db", str(newsroom.store.path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    asked = {line.split()[1].removeprefix(site.home) for line in lines if line.startswith("  ask ")}
    assert asked == really - {"/terbaru?hal=2"}  # which may follow the first
    today = datetime.now(WIB).date().isoformat()
    assert f"  skip {site.home}/umpan.xml (feed): forbidden by the robots.txt of {today}" in lines
    assert any("/terbaru (listing; up to 4 pages while" in x and "only if changed since" in x for x in lines)
    assert lines[-2].endswith("not among the 1 known; never more than 4000 requests")


# --- archive ---------------------------------------------------------------------------------------


def test_every_response_is_archived_as_it_came(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    packed = gzip.compress(article_html(1).encode(), mtime=0)
    site.answers["/berita/1/judul-nomor-1"] = Answer(packed, headers={"Content-Encoding": "gzip"})
    site.answers["/robots.txt"] = Answer(
        "User-agent: *\nDisallow: /admin/\n", headers={"Content-Type": "text/plain"}
    )
    assert newsroom.crawl().counts == {"stored": 1}
    (file,) = (newsroom.folder / "warc").glob("*.warc.gz")
    kept: dict[tuple[str, str], bytes] = {}
    versions = set()
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream):
            versions.add(record.rec_headers.protocol)
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            kept[record.rec_type, url.removeprefix(site.home)] = record.raw_stream.read()
            if record.rec_type in ("request", "response"):
                assert record.rec_headers.get_header("WARC-Block-Digest")
    assert versions == {"WARC/1.1"}
    assert kept["response", "/berita/1/judul-nomor-1"] == packed
    asked = set(site.paths())
    assert {url for kind, url in kept if kind == "response"} == asked
    assert {url for kind, url in kept if kind == "request"} == asked
    assert Checker(type("Options", (), {"inputs": [str(file)], "verbose": False})).process_all() in (None, 0)
    (article,) = newsroom.store.articles()
    assert article.warc is not None
    exchange, pointer = open_archive([file]).get(article.url) or pytest.fail("not in the archive")
    assert (pointer.offset, pointer.digest) == (article.warc.offset, article.warc.digest)
    assert article.warc.file == file.name
    assert exchange.body == packed


def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "gethostbyname", refuse)


def test_replay_answers_everything_from_files(
    site: Site, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    newsroom.describe(site)
    site.list(1, 2, 3)
    site.write(1)
    site.write(2)
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /berita/2/\nCrawl-delay: 0.2\n")
    live = newsroom.crawl()
    assert live.counts == {"not-found": 1, "robots": 1, "stored": 1}
    (file,) = (newsroom.folder / "warc").glob("*.warc.gz")
    (first,) = newsroom.store.articles()
    site.close()

    _no_network(monkeypatch)
    from db.store import Store

    with Store(tmp_path / "other.db") as store:
        again = Newsroom(newsroom.folder, store)
        report = again.crawl(replay=(file,), settings={})
        assert report.counts == live.counts
        (second,) = store.articles()
    assert second == first  # with the time of the fetch and the place in the archive


def test_replay_of_files_elsewhere_is_copied_into_the_archive(
    site: Site, newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    newsroom.crawl()
    (file,) = (newsroom.folder / "warc").glob("*.warc.gz")
    moved = file.rename(tmp_path / "given.warc.gz")
    from db.store import Store

    with Store(tmp_path / "other.db") as store:
        Newsroom(newsroom.folder, store).crawl(replay=(moved,))
        (article,) = store.articles()
    (copy,) = (newsroom.folder / "warc").glob("*.warc.gz")
    assert article.warc is not None
    assert article.warc.file == copy.name
    original = open_archive([moved]).get(article.url) or pytest.fail("gone")
    copied = open_archive([copy]).get(article.url) or pytest.fail("not copied")
    assert copied[0].at == original[0].at == article.fetched_at
    assert copied[0].body == original[0].body


def test_a_replay_of_a_cut_file_uses_what_is_whole(
    site: Site, newsroom: Newsroom, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    site.write(1)
    site.write(2)
    newsroom.crawl()
    (file,) = (newsroom.folder / "warc").glob("*.warc.gz")
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(file.read_bytes()[:-900])
    from db.store import Store

    with Store(tmp_path / "other.db") as store:
        report = Newsroom(newsroom.folder, store).crawl(replay=(cut,))
    assert report.counts == {"not-found": 1, "stored": 1}
    assert [r.message for r in caplog.records if "cut.warc.gz" in r.message and "whole" in r.message]


def test_a_replay_of_a_cut_file_needs_a_person(
    site: Site, newsroom: Newsroom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    site.write(1)
    site.write(2)
    newsroom.crawl()
    (file,) = (newsroom.folder / "warc").glob("*.warc.gz")
    data = file.read_bytes()
    given = tmp_path / "given.warc.gz"
    for kept, code in ((data, 0), (data[:-900], 1)):
        given.write_bytes(kept)
        arguments = ["--db", str(tmp_path / f"{code}.db"), "--archive", str(tmp_path / f"warc-{code}")]
        arguments += ["--outlets", str(newsroom.folder / "outlets"), "--replay", str(given)]
        days = ["--since", "2025-12-10", "--until", "2025-12-10"]
        assert main(["crawl", "kabar_uji", *arguments, *days]) == code
    assert "given.warc.gz: damaged or cut at byte" in capsys.readouterr().err


def test_a_live_crawl_after_a_replay_looks_names_up(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    with WarcArchive(newsroom.folder / "given") as archive:
        archive.save(Exchange(url=f"{site.home}/robots.txt", status=404))
    newsroom.crawl(replay=tuple((newsroom.folder / "given").glob("*.warc.gz")))
    assert newsroom.crawl().counts == {"stored": 1}


def test_reparse_reads_the_archive_again(
    site: Site, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    path = site.write(1)
    site.answers[path] = Answer(article_html(1, extra="<div class='halaman'>Halaman 1/2</div>"))
    site.answers[f"{path}?page=all"] = Answer(
        article_html(
            1,
            "Bagian pertama tentang Kecamatan Berdaya yang cukup panjang untuk disimpan.",
            "Bagian kedua yang juga ikut.",
            "Bagian ketiga, penutup dari semuanya, ditulis di halaman lain.",
        )
    )
    site.answers["/berita/2/judul-nomor-2"] = Answer(
        article_html(2).replace("div class='isi'", "div class='baru'")
    )
    newsroom.describe(site, more="[expect]\n")
    before = newsroom.crawl()
    assert before.counts["stored"] >= 1
    site.close()
    _no_network(monkeypatch)
    # The selector is mended, and what it now finds is stored without asking the site again.
    file = newsroom.folder / "outlets" / "kabar_uji.toml"
    file.write_text(
        file.read_text("utf-8").replace('body = ["div.isi"]', 'body = ["div.baru", "div.isi"]'), "utf-8"
    )
    (report,), _ = run_reparse(
        newsroom.store, newsroom.scope(since=None, until=None), topic=lambda text: "Kecamatan Berdaya" in text
    )
    assert sum(report.counts.values()) == 2
    articles = {a.id: a for a in newsroom.store.articles()}
    assert articles["kabar_uji:1"].pages == 2
    assert articles["kabar_uji:1"].text.endswith("halaman lain.")
    assert articles["kabar_uji:2"].answered["text"] == "selector"
    assert all(a.warc and not Path(a.warc.file).is_absolute() for a in articles.values())


# --- several outlets, failures ---------------------------------------------------------------------


def test_an_outlet_that_is_down_does_not_stop_another(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    newsroom.describe(site, slug="kabar_mati")
    file = newsroom.folder / "outlets" / "kabar_mati.toml"
    file.write_text(file.read_text("utf-8").replace(site.home, f"http://127.0.0.1:{port}"), "utf-8")
    site.list(1)
    site.write(1)
    reports = newsroom.crawl("kabar_uji", "kabar_mati")
    assert reports["kabar_uji"].counts == {"stored": 1}
    (problem,) = reports["kabar_mati"].problems
    assert problem.startswith(f"127.0.0.1:{port} gave no robots.txt (connection refused)")


def test_a_defect_in_one_page_is_counted_and_the_page_is_fetched_again(
    site: Site, newsroom: Newsroom
) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    site.write(1)
    site.write(2)

    def fails(text: str) -> bool:
        if "nomor 1" in text:
            raise RuntimeError("a defect")
        return True

    (report,) = run_crawl(newsroom.store, newsroom.scope(), overrides=FAST, topic=fails)
    assert report.counts == {"error": 1, "stored": 1}
    assert report.problems == ("1 pages met a defect of the program; the log says where",)
    assert newsroom.crawl().counts == {"seen": 1, "stored": 1}


def test_a_defect_in_the_spider_leaves_the_page_to_the_next_crawl(
    site: Site, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.crawl.reader.find_parts", lambda *_: 1 / 0)
        assert newsroom.crawl().counts == {"error": 1}
    assert newsroom.crawl().counts == {"stored": 1}


def test_a_list_that_takes_too_long_is_none_that_could_be_read(
    site: Site, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object) -> None:
        while True:
            pass

    newsroom.describe(site)
    site.list(1)
    site.write(1)
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.crawl.reader.read_list", endless)
        report = newsroom.crawl(budget=0.3)
    assert report.counts == {}
    assert report.hidden == "no list or feed could be read"
    assert newsroom.crawl().counts == {"stored": 1}


def test_a_reset_connection_is_a_network_error(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)

    def reset(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    site.answers["/berita/1/judul-nomor-1"] = reset
    assert newsroom.crawl().counts == {"network-error": 1}
    with_error = newsroom.store._all("SELECT error, status FROM fetches WHERE reason = 'article'")
    assert len(with_error) == 1
    assert with_error[0]["status"] is None
    assert with_error[0]["error"]
    site.write(1)
    assert newsroom.crawl().counts == {"stored": 1}


def test_problems_say_since_when(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    first = newsroom.crawl()
    assert first.problems == ("none of 1 listings, feeds and sitemaps could be read (1 not-found)",)
    second = newsroom.crawl()
    assert second.problems == (f"{first.problems[0]} since {first.started_at.date()}",)


def test_unknown_outlets_and_bad_files(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    bad = newsroom.folder / "outlets" / "kabar_salah.toml"
    bad.write_text(
        (newsroom.folder / "outlets" / "kabar_uji.toml").read_text("utf-8") + "\n[expct]\n", "utf-8"
    )
    with pytest.raises(InputError, match=r"no outlet is named 'tidak_ada'; there are: .*kabar_uji"):
        choose_outlets(newsroom.scope("tidak_ada"))
    with pytest.raises(Exception, match="unknown key 'expct'"):
        choose_outlets(newsroom.scope("kabar_salah"))
    site.list(1)
    site.write(1)
    assert newsroom.crawl("kabar_uji").counts == {"stored": 1}


def test_spiders_for_scrapy(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    environment = os.environ | {
        "PANTAU_OUTLETS": str(newsroom.folder / "outlets"),
        "PANTAU_DB": str(newsroom.folder / "scrapy.db"),
        "PANTAU_ARCHIVE": str(newsroom.folder / "scrapy-warc"),
    }

    def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    listed = scrapy("list")
    assert listed.returncode == 0
    assert {"kabar_uji", "tribun_jateng", "antara_jateng"} <= set(listed.stdout.split())
    crawl = scrapy(
        "crawl",
        "kabar_uji",
        "-a",
        "since=2025-12-10",
        "-a",
        "until=2025-12-10",
        "-s",
        "DOWNLOAD_DELAY=0",
        "-s",
        "AUTOTHROTTLE_ENABLED=False",
    )
    assert crawl.returncode == 0, crawl.stderr
    from db.store import Store

    with Store(newsroom.folder / "scrapy.db") as store:
        assert [a.id for a in store.articles()] == ["kabar_uji:1"]
        (report,) = store.last_crawls("kabar_uji")
        assert report.counts == {"stored": 1}


def test_the_default_range_ends_today(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    newsroom.crawl(since=None, until=None)
    days = [date.fromisoformat(p.rpartition("=")[2]) for p in site.paths() if p.startswith("/indeks")]
    assert len(days) == 3
    assert days == sorted(days, reverse=True)


def test_a_post_that_comes_with_its_text_is_not_fetched_as_a_page(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site, more='[[find]]\nkind = "wp-json"\nurl = "{home}/wp-json/posts"\n')
    site.list(1, 2)
    site.write(1)
    site.write(2)
    text = "Kecamatan Berdaya hadir di Kecamatan Sumber Uji, kata camat di pendopo pada Rabu pagi. " * 4
    posts = [
        {
            "link": f"{site.home}/berita/1/judul-nomor-1",
            "date": "2025-12-10T09:30:00",
            "title": {"rendered": "Judul nomor 1"},
            "content": {"rendered": f"<p>{text}</p>"},
        }
    ]

    def slowly(handler: BaseHTTPRequestHandler) -> Answer:
        time.sleep(0.3)
        return Answer(json.dumps(posts), headers={"Content-Type": "application/json"})

    site.answers["/wp-json/posts"] = slowly
    for counts in ({"stored": 2}, {"seen": 1, "unchanged": 1}):
        site.asked.clear()
        assert newsroom.crawl().counts == counts
        assert "/berita/1/judul-nomor-1" not in site.paths()


def test_the_other_ways_go_on_when_posts_do_not_come(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site, more='[[find]]\nkind = "wp-json"\nurl = "{home}/wp-json/posts"\n')
    site.list(1)
    site.write(1)
    site.answers["/wp-json/posts"] = Answer("dilarang", 401)
    assert newsroom.crawl().counts == {"stored": 1}
    site.answers["/wp-json/posts"] = Answer("<p>bukan JSON</p>")
    assert newsroom.crawl().counts == {"seen": 1}
