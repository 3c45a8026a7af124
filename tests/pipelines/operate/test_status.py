"""What the operator is told, and when a person is needed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.records import WIB, CrawlReport
from db.store import Store
from pipelines.operate.status import read_status
from tests.pipelines.invented import Pantau

NOW = datetime(2025, 11, 6, 12, 0, tzinfo=WIB)
REPORT = CrawlReport(
    id="r1/contoh_post",
    run="r1",
    outlet="contoh_post",
    started_at=NOW - timedelta(hours=7),
    finished_at=NOW - timedelta(hours=6),
    finish_reason="finished",
    counts={"stored": 2, "seen": 5},
)


def save(database: Path, *reports: CrawlReport) -> None:
    with Store(database) as store:
        for report in reports:
            store.save_crawl(report)


def test_a_healthy_outlet(database: Path) -> None:
    save(database, REPORT)
    with Store(database, read_only=True) as store:
        status = read_status(store, now=NOW)
    assert not status.needs_a_person
    [outlet] = status.outlets
    assert (outlet.slug, outlet.articles, outlet.counts) == ("contoh_post", 2, {"stored": 2, "seen": 5})
    assert outlet.last_article == "2025-11-04T10:02:00+07:00"
    assert outlet.filled["published_at"] == 1.0
    assert outlet.filled["authors"] == 0.0
    assert status.not_extracted == 2


def test_problems_of_the_last_crawl_alone_count(database: Path) -> None:
    older = replace(
        REPORT, id="r0/contoh_post", run="r0", started_at=NOW - timedelta(days=1), problems=("was broken",)
    )
    save(database, older, REPORT)
    with Store(database, read_only=True) as store:
        assert not read_status(store, now=NOW).needs_a_person


@pytest.mark.parametrize(
    ("report", "now", "words"),
    [
        (replace(REPORT, problems=("found no article URL",)), NOW, "found no article URL"),
        (replace(REPORT, finished_at=None), NOW, "did not end"),
        (REPORT, REPORT.started_at + timedelta(hours=36, minutes=1), "no crawl since 2025-11-06 05:00"),
        (None, NOW, "nothing was crawled yet"),
    ],
)
def test_what_needs_a_person(database: Path, report: CrawlReport | None, now: datetime, words: str) -> None:
    save(database, *([report] if report else []))
    with Store(database, read_only=True) as store:
        status = read_status(store, now=now)
    assert status.needs_a_person
    assert [words in problem.text for problem in status.open] == [True]


def test_the_verb_tells_people_and_programs_the_same(database: Path, pantau: Pantau) -> None:
    started = datetime.now(WIB)
    save(database, replace(REPORT, started_at=started, finished_at=started, problems=("the feed is empty",)))
    with Store(database) as store:
        store.save_outlets([{"slug": "warta_contoh", "name": "Warta Contoh"}])
    shown, told = pantau("status", "--db", database), pantau("status", "--db", database, "--json")
    assert shown.code == told.code == 1
    report = json.loads(told.out)
    assert report["needs_a_person"] is True
    assert report["never_crawled"] == ["warta_contoh"]
    assert report["outlets"][0]["problems"] == ["the feed is empty"]
    assert "! contoh_post: the feed is empty" in shown.out.splitlines()
    assert "never crawled: warta_contoh" in shown.out


def test_status_changes_nothing(database: Path, pantau: Pantau) -> None:
    save(database, replace(REPORT, started_at=datetime.now(WIB)))
    before = database.read_bytes()
    assert pantau("status", "--db", database).code == 0
    assert database.read_bytes() == before
