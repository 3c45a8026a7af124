"""A database or an archive that is full in mid-crawl: one error, no other words, nothing lost."""

from __future__ import annotations

import logging
import random

import pytest

from crawler.archive.warc_records import ArchiveError
from db.errors import StoreError
from tests.crawler.archive.test_warc_records import SmallDisk, fill_disk
from tests.crawler.conftest import Newsroom, Site

NUMBERS = range(1, 31)
SLUGS = ("kabar_satu", "kabar_dua")


@pytest.fixture
def two_outlets(site: Site, other_site: Site, newsroom: Newsroom) -> None:
    """Two outlets whose articles do not fit into a full database."""
    noise = random.Random(7)
    for slug, one in zip(SLUGS, (site, other_site), strict=True):
        newsroom.describe(one, slug=slug)
        one.list(*NUMBERS)
        for number in NUMBERS:
            words = " ".join(f"{noise.getrandbits(40):x}" for _ in range(400))
            one.write(number, f"Kecamatan Berdaya nomor {number} di {slug}: {words}")


def leave_room(newsroom: Newsroom, pages: int | None) -> None:
    """Let the database grow by so many pages of 4 kB and no more; None: by as many as it likes."""
    size = newsroom.store._one("PRAGMA page_count")
    most = 1_073_741_823 if pages is None else size + pages
    newsroom.store.db.execute(f"PRAGMA max_page_count = {most}").fetchall()


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.usefixtures("two_outlets")
@pytest.mark.parametrize("pages", [0, 1, 8, 40])
def test_a_full_database_ends_every_crawl_with_its_own_error(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, pages: int
) -> None:
    newsroom.crawl(*SLUGS, limit=1)
    caplog.clear()
    leave_room(newsroom, pages)
    with pytest.raises(StoreError, match=r"no space left for .*pantau.db: free some and run again") as caught:
        newsroom.crawl(*SLUGS)
    assert "\n" not in str(caught.value)
    assert told(caplog) == []
    assert len(list(newsroom.store.articles())) < len(NUMBERS) * 2
    leave_room(newsroom, None)
    newsroom.crawl(*SLUGS)
    assert len(list(newsroom.store.articles())) == len(NUMBERS) * 2


@pytest.mark.usefixtures("two_outlets")
def test_a_full_archive_blames_nothing_else(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmallDisk, "room", 20_000)
    with monkeypatch.context() as full:
        fill_disk(full)
        with pytest.raises(ArchiveError, match="can't be written: No space left on device"):
            newsroom.crawl(*SLUGS)
    assert told(caplog) == []
    for slug in SLUGS:
        (report,) = newsroom.store.last_crawls(slug)
        assert report.counts.keys() <= {"stored"}
        assert report.problems == ("could not write to the archive and was ended",)
    reports = newsroom.crawl(*SLUGS)
    assert all(reports[slug].counts.keys() <= {"stored", "seen"} for slug in SLUGS)
    assert len(list(newsroom.store.articles())) == len(NUMBERS) * 2


@pytest.mark.usefixtures("two_outlets")
def test_archive_and_database_on_one_full_disk(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmallDisk, "room", 60_000)
    newsroom.crawl(*SLUGS, limit=1)
    caplog.clear()
    leave_room(newsroom, 8)
    with monkeypatch.context() as full:
        fill_disk(full)
        with pytest.raises((ArchiveError, StoreError), match=r"[Nn]o space left"):
            newsroom.crawl(*SLUGS)
    assert told(caplog) == []
    leave_room(newsroom, None)
    newsroom.crawl(*SLUGS)
    assert len(list(newsroom.store.articles())) == len(NUMBERS) * 2
