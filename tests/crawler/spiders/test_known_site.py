"""What a crawl does with a site that it knows: little is asked again, and nothing that changed is missed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.warcwriter import WARCWriter

from crawler.archive.cdxj import index_path, save_index
from crawler.archive.read import open_archive
from crawler.archive.surt import sort_key
from crawler.archive.warc_records import ArchiveError
from crawler.outlet.load import Outlet
from db.records import WIB
from db.tables.articles import StoredText, Visit
from pipelines.crawl.seen import Known, Terms, is_due, judge_article, read_known
from tests.crawler.conftest import Answer, Newsroom, Site, article_html

OFF_TOPIC = "Tentang panen bawang di lereng gunung yang melimpah tahun ini, kata para petani di sana. " * 2
TODAY = datetime.now(WIB).date()
#: As if a day had passed between two crawls of one test.
LATER = {"PANTAU_REVISIT_HOURS": 0.0, "PANTAU_REVISIT_DAYS": 7}


def articles(site: Site) -> list[str]:
    return [p for p in site.paths() if p.startswith("/berita/")]


def answers_conditionally(site: Site, path: str, body: str, etag: str, **headers: str) -> None:
    """Let a path answer 304 to who has what it holds."""

    def answer(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.headers.get("If-None-Match") == etag:
            return Answer("", 304, {"ETag": etag})
        return Answer(body, headers={"ETag": etag, **headers})

    site.answers[path] = answer


def list_today(site: Site, *numbers: int) -> str:
    site.list(*numbers, day=TODAY.isoformat())
    return f"/indeks?date={TODAY}"


def today(number: int, *paragraphs: str) -> str:
    return article_html(number, *paragraphs, day=f"{TODAY}T00:01:00+07:00")


def crawl_today(newsroom: Newsroom, **more: Any) -> Any:
    return newsroom.crawl(since=TODAY, until=TODAY, **more)


# --- listings --------------------------------------------------------------------------------------


def test_an_unchanged_listing_costs_no_body_and_loses_no_article(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2)
    index = "/indeks?date=2025-12-10"
    listing = site.answers[index]
    assert isinstance(listing, Answer)
    answers_conditionally(site, index, str(listing.body), '"satu"')
    site.write(1)
    site.answers["/berita/2/judul-nomor-2"] = Answer("galat", 500)
    assert newsroom.crawl().counts == {"http-error": 1, "stored": 1}

    site.write(2)  # it has recovered, and the listing has not changed
    site.asked.clear()
    assert newsroom.crawl().counts == {"seen": 1, "stored": 1}
    assert articles(site) == ["/berita/2/judul-nomor-2"]
    (row,) = newsroom.store._all(
        "SELECT status, bytes, etag FROM fetches WHERE reason = 'listing' ORDER BY id DESC LIMIT 1"
    )
    assert tuple(row) == (304, 0, '"satu"')


def test_last_modified_is_asked_for_as_it_was_given(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.write(1)
    stamp = "Wed, 10 Dec 2025 03:00:00 GMT"
    listing = site.answers["/indeks?date=2025-12-10"]
    assert isinstance(listing, Answer)
    listing.headers["Last-Modified"] = stamp
    newsroom.crawl()
    newsroom.crawl()
    asked = [a.headers for a in site.asked if a.path.startswith("/indeks")]
    assert "If-Modified-Since" not in asked[0]
    assert asked[1]["If-Modified-Since"] == stamp
    assert not any("If-Modified-Since" in a.headers for a in site.asked if a.path == "/robots.txt")


def test_without_its_archive_a_crawl_asks_for_the_whole(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    index = "/indeks?date=2025-12-10"
    listing = site.answers[index]
    assert isinstance(listing, Answer)
    answers_conditionally(site, index, str(listing.body), '"satu"')
    site.write(1)
    newsroom.crawl()
    (file,) = (newsroom.folder / "warc").glob("*.warc.gz")
    moved = file.rename(newsroom.folder / "elsewhere.warc.gz")
    assert newsroom.crawl().counts == {"seen": 1}

    # There, and not what it was: the 304 can't be answered from it, so the whole is asked for.
    file.write_bytes(moved.read_bytes()[:10])
    for fresh in (newsroom.folder / "warc").glob("*.warc.gz"):
        fresh.write_bytes(fresh.read_bytes()[:10])
    site.asked.clear()
    assert newsroom.crawl().counts == {"seen": 1}
    assert [p for p in site.paths() if p == index] == [index, index]


def test_a_second_crawl_of_an_unchanged_site_asks_for_no_article(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    list_today(site, 1, 2, 3)
    for number, text in ((1, ()), (2, (OFF_TOPIC,)), (3, ("Pendek.",))):
        site.answers[site.write(number)] = Answer(today(number, *text))
    first = crawl_today(newsroom)
    assert first.counts == {"off-topic": 1, "stored": 1, "too-short": 1}
    site.asked.clear()
    assert crawl_today(newsroom).counts == {"seen": 3}
    assert articles(site) == []


# --- articles --------------------------------------------------------------------------------------


def test_a_recent_article_is_visited_once_more_and_its_older_text_is_kept(
    site: Site, newsroom: Newsroom
) -> None:
    newsroom.describe(site)
    list_today(site, 1)
    path = site.write(1)
    site.answers[path] = Answer(today(1))
    crawl_today(newsroom)
    (old,) = newsroom.store.articles()
    site.answers[path] = Answer(today(1, OFF_TOPIC, "Ralat: nama desa di alinea pertama sudah dibetulkan."))
    list_today(site)  # it may have left the listing by then
    site.asked.clear()
    assert crawl_today(newsroom, settings=LATER).counts == {"changed": 1}
    (new,) = newsroom.store.articles()
    assert new.text.endswith("sudah dibetulkan.")
    (version,) = newsroom.store._all("SELECT article, text FROM article_versions")
    assert tuple(version) == (old.id, old.text)

    site.asked.clear()
    crawl_today(newsroom, settings=LATER)
    assert articles(site) == []


def test_an_unchanged_article_costs_a_second_visit_without_a_body(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    list_today(site, 1)
    path = site.write(1)
    answers_conditionally(site, path, today(1), 'W/"a1"')
    crawl_today(newsroom)
    (before,) = newsroom.store.articles()
    assert crawl_today(newsroom, settings=LATER).counts == {"unchanged": 1}
    assert crawl_today(newsroom, settings=LATER).counts == {"seen": 1}
    assert articles(site) == [path, path]
    assert list(newsroom.store.articles()) == [before]


def test_an_article_that_its_outlet_took_down_stays(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    list_today(site, 1)
    path = site.write(1)
    site.answers[path] = Answer(today(1))
    crawl_today(newsroom)
    site.answers[path] = Answer("dihapus", 410)
    assert crawl_today(newsroom, settings=LATER).counts == {"not-found": 1}
    assert crawl_today(newsroom, settings=LATER).counts == {"seen": 1}
    assert len(list(newsroom.store.articles())) == 1


def test_what_was_out_of_range_is_fetched_when_its_day_is_asked_for(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.list(1, day="2025-12-09")
    site.answers[site.write(1)] = Answer(article_html(1, day="9 Desember 2025 08:00 WIB"))
    assert newsroom.crawl().counts == {"out-of-range": 1}
    assert newsroom.crawl().counts == {"seen": 1}
    assert newsroom.crawl(since=date(2025, 12, 9)).counts == {"stored": 1}


def test_a_page_without_a_date_is_tried_three_times(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1)
    site.answers[site.write(1)] = Answer("<html><body><h1>Judul nomor 1</h1></body></html>")
    counts = [newsroom.crawl().counts for _ in range(4)]
    assert counts == [{"no-date": 1}] * 3 + [{"seen": 1}]


NOW = datetime(2025, 12, 10, 6, 0, tzinfo=WIB)
TERMS = Terms(since=date(2025, 12, 8), until=date(2025, 12, 10), days=7, hours=20, now=NOW)


@pytest.mark.parametrize(
    ("published", "first_visit", "visits", "due"),
    [
        (timedelta(days=2), timedelta(days=1), 1, True),
        (timedelta(days=2), timedelta(hours=3), 1, False),  # too soon
        (timedelta(days=8), timedelta(days=7), 1, False),  # too old
        (timedelta(days=2), timedelta(days=1), 2, False),  # was visited twice
    ],
)
def test_when_a_second_visit_is_due(
    published: timedelta, first_visit: timedelta, visits: int, due: bool
) -> None:
    kept = {f"run-{n}" for n in range(visits)}
    known = Known(NOW - published, NOW - first_visit, "selector", set(kept), kept, "stored")
    assert is_due(known, TERMS) is due
    assert judge_article(known, TERMS) == ("again" if due else "seen")


def test_posts_of_an_api_need_no_second_visit(plain_outlet: Outlet) -> None:
    text = StoredText("https://kabaruji.example/berita/1/a", NOW, NOW - timedelta(days=1), "wp-json")
    (known,) = read_known([text], [], plain_outlet).values()
    assert judge_article(known, TERMS) == "seen"


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        ("off-topic", "seen"),
        ("not-article", "seen"),
        ("too-short", "seen"),
        ("", "seen"),  # of a release that did not note it
        ("http-error", "new"),
        ("blocked", "new"),
        ("premium", "new"),
        ("not-found", "new"),
    ],
)
def test_what_is_fetched_again(plain_outlet: Outlet, outcome: str, verdict: str) -> None:
    visit = Visit("https://kabaruji.example/berita/1/a", "run", NOW, outcome, "")
    (known,) = read_known([], [visit], plain_outlet).values()
    assert judge_article(known, TERMS) == verdict


# --- archive ---------------------------------------------------------------------------------------


def test_repeats_are_revisit_records_and_the_archive_stays_valid(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    list_today(site, 1)
    path = site.write(1)
    answers_conditionally(site, path, today(1), '"a1"')
    for settings in (None, LATER):
        crawl_today(newsroom, settings=settings)
    first, second = sorted((newsroom.folder / "warc").glob("*.warc.gz"))
    kinds = []
    with second.open("rb") as stream:
        for record in ArchiveIterator(stream):
            head = record.rec_headers.get_header
            if record.rec_type == "revisit":
                kinds.append((head("WARC-Target-URI").removeprefix(site.home), head("WARC-Profile")))
                assert head("WARC-Refers-To-Target-URI") == head("WARC-Target-URI")
                place = open_archive([first]).places[head("WARC-Target-URI")]
                assert head("WARC-Payload-Digest") == place.digest
                assert datetime.fromisoformat(head("WARC-Refers-To-Date")) == place.at
                assert record.raw_stream.read() == b""
    profile = "http://netpreserve.org/warc/1.1/revisit/"
    assert kinds == [
        (f"/indeks?date={TODAY}", f"{profile}identical-payload-digest"),
        (path, f"{profile}server-not-modified"),
    ]
    options = type("Options", (), {"inputs": [str(first), str(second)], "verbose": False})
    assert Checker(options).process_all() in (None, 0)


def test_a_file_without_anything_new_is_nothing_to_warn_of(tmp_path: Path) -> None:
    empty = tmp_path / "baru.warc.gz"
    with empty.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record(empty.name, {"software": "uji"}))
    assert open_archive([tmp_path]).warnings == ()
    with pytest.raises(ArchiveError, match="without responses"):  # it is named as what is to be replayed
        open_archive([empty])


def test_the_index_names_each_answer_and_its_place(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    list_today(site, 1)
    site.answers[site.write(1)] = Answer(today(1))
    crawl_today(newsroom)
    (file,) = (newsroom.folder / "warc").glob("*.warc.gz")
    lines = index_path(file).read_text("utf-8").splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 3
    assert save_index(file) == []
    assert index_path(file).read_text("utf-8").splitlines() == lines  # as read from the file itself
    for line in lines:
        key, stamp, entry = line.split(" ", 2)
        found = json.loads(entry)
        assert sort_key(found["url"]) == key
        assert len(stamp) == 14
        with file.open("rb") as stream:
            stream.seek(int(found["offset"]))
            record = next(iter(ArchiveIterator(BytesIO(stream.read(int(found["length"]))))))
        assert record.rec_headers.get_header("WARC-Target-URI") == found["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == found["digest"]


def test_an_index_that_a_killed_run_left_out_is_written_by_the_next(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    list_today(site, 1)
    site.answers[site.write(1)] = Answer(today(1))
    crawl_today(newsroom)
    (file,) = (newsroom.folder / "warc").glob("*.warc.gz")
    whole = index_path(file).read_text("utf-8")
    index_path(file).unlink()
    file.write_bytes(file.read_bytes()[:-5])
    crawl_today(newsroom)
    assert index_path(file).read_text("utf-8") == whole


def test_other_readers_agree(site: Site, newsroom: Newsroom) -> None:
    fastwarc = pytest.importorskip("fastwarc")
    newsroom.describe(site)
    list_today(site, 1)
    path = site.write(1)
    answers_conditionally(site, path, today(1), '"a1"')
    for settings in (None, LATER):
        crawl_today(newsroom, settings=settings)
    files = sorted((newsroom.folder / "warc").glob("*.warc.gz"))
    kinds: list[str] = []
    for file in files:
        with file.open("rb") as stream:
            for record in fastwarc.ArchiveIterator(stream, parse_http=False):
                kinds.append(str(record.record_type).rpartition(".")[2])
                if record.record_type in (fastwarc.WarcRecordType.response, fastwarc.WarcRecordType.request):
                    assert record.verify_block_digest()
    assert kinds == ["warcinfo", *("response", "request") * 3, "warcinfo", *kinds[8:]]
    assert kinds.count("revisit") == 2
