"""An outage never looks like no news: a digest names the outlets that could not be read."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.records import WIB, CrawlReport
from db.store import Store
from pipelines.crawl.problems import find_hidden
from pipelines.share.gaps import list_unread
from pipelines.share.news import Digest
from pipelines.share.news_forms import Format, format_digest
from tests.pipelines.invented import Pantau
from tests.pipelines.share.test_digest import _FakeApprise, fake

__all__ = ["fake"]  # the fixture

NOW = datetime.now(WIB)
UNREACHED = "none of 2 listings, feeds and sitemaps could be read (2 network-error)"


def save(
    database: Path, days_ago: float, *problems: str, ended: bool = True, reason: str = "finished"
) -> None:
    at = NOW - timedelta(days=days_ago)
    report = CrawlReport(
        id=f"r{days_ago}/contoh_post", run=f"r{days_ago}", outlet="contoh_post", started_at=at,
        finished_at=at if ended else None, finish_reason=reason, problems=problems,
        since=at.date(), until=at.date(),
        hidden=find_hidden(problems, read=2, unread=0, ended=ended and reason == "finished"),
    )  # fmt: skip
    with Store(database) as store:
        store.save_crawl(report)


def unread(database: Path) -> tuple[str, ...]:
    with Store(database, read_only=True) as store:
        return list_unread(store, NOW - timedelta(days=7))


def test_what_no_crawl_could_read_is_named(database: Path) -> None:
    assert unread(database) == ()  # never crawled: nobody expects news of it
    save(database, 9)
    assert unread(database) == ("Contoh Post",)  # the last one is too old
    save(database, 3, f"{UNREACHED} since 2026-11-20")
    save(database, 2, ended=False)
    save(database, 1, "not crawled: its file is broken", reason="error")
    assert unread(database) == ("Contoh Post",)
    save(database, 4, "authors found on 0% of 7 pages, 100% are usual; layout changed?")
    assert unread(database) == ()  # read once, with a field lost


def test_no_news_because_nothing_was_read_is_said_and_sent(
    database: Path, pantau: Pantau, fake: _FakeApprise
) -> None:
    save(database, 1, UNREACHED)
    outcome = pantau("digest", "--db", database, "--notify", "a://x", "--format", "html")
    assert outcome.code == 0
    assert "tidak ada berita baru" in outcome.out
    assert "Tidak terbaca sejak" in outcome.out
    [message] = fake.sent
    assert "Contoh Post" in message["body"]
    assert message["body"].startswith("<p>Tidak terbaca")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_tells_the_gap(form: Format) -> None:
    digest = Digest(since=NOW, regions={}, unread=("Contoh <b>Post</b>",))
    text = format_digest(digest, form, title="Pantau")
    assert "tidak adanya berita tidak berarti apa-apa" in text
    assert ("<b>" in text) == (form == "text")
    assert "Tidak terbaca" not in format_digest(Digest(since=NOW, regions={}), form, title="Pantau")


def test_one_wrong_address_is_found_before_anything_is_sent(
    database: Path, pantau: Pantau, fake: _FakeApprise
) -> None:
    save(database, 1, UNREACHED)
    outcome = pantau("digest", "--db", database, "--notify", "a://x", "--notify", "nothing://y")
    assert outcome.code == 2
    assert fake.sent == []
