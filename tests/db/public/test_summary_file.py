"""The sums of a large working database: those of the views, kept up with what is stored."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.file import side_file
from db.public import summary_file
from db.public.summaries import SUMMARIES
from db.public.summary_file import SummaryFile
from db.records import Person
from db.serve import build_datasette
from db.store import Store
from tests.db.invented import fill_newsroom, fill_reference, make_article, make_facts, quote


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    with Store(tmp_path / "pantau.db") as store:
        fill_reference(store)
        fill_newsroom(store)
    return tmp_path / "pantau.db"


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary_file, "LARGE", 5)


def add_article(path: Path, number: int) -> None:
    with Store(path) as store:
        article = make_article(number, "Dewi Anggrek memimpin.", day="2025-12-24")
        store.save_article(article)
        who = Person(name="Dewi Anggrek", role="", evidence=(quote(article, "Dewi Anggrek"),))
        store.save_facts(make_facts(article, people=(who,)))


def read(path: Path, name: str, sums: SummaryFile | None = None) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
        if sums is not None:
            sums.attach(conn)
        return sorted(conn.execute(f"SELECT * FROM {name}").fetchall(), key=repr)


def test_sums_are_those_of_the_views(newsroom: Path) -> None:
    sums = SummaryFile(newsroom)
    assert sums.refresh()
    for name in SUMMARIES:
        assert read(newsroom, name, sums) == read(newsroom, name), name
    assert read(newsroom, "pilots", sums)


def test_they_are_made_anew_only_when_something_changed(newsroom: Path) -> None:
    sums = SummaryFile(newsroom)
    assert sums.refresh()
    assert not sums.refresh()
    assert not SummaryFile(newsroom).refresh()
    add_article(newsroom, 50)
    with closing(sqlite3.connect(f"{newsroom.as_uri()}?mode=ro", uri=True)) as reader:
        sums.attach(reader)
        articles = reader.execute("SELECT articles FROM headline").fetchone()[0]
        assert sums.refresh()
        # A connection that was open before sees what the file holds now.
        assert reader.execute("SELECT articles FROM headline").fetchone()[0] == articles + 1


def test_they_are_made_anew_on_another_day(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sums = SummaryFile(newsroom)
    assert sums.refresh()
    monkeypatch.setattr(SummaryFile, "as_of", lambda self: "2099-01-01")
    assert sums.refresh()
    assert not sums.refresh()


def test_the_site_of_a_large_database_reads_them(newsroom: Path) -> None:
    site = build_datasette(newsroom)
    sums = site.summary_file
    assert sums is not None

    async def get(*urls: str) -> list[Any]:
        await site.invoke_startup()
        return [await site.client.get(url) for url in urls]

    urls = ("/unduh/headline.json", "/", "/pantau/pilots", "/wilayah/33.03", "/pantau/all_claims?_sort=label")
    before = asyncio.run(get(*urls))
    assert [page.status_code for page in before] == [200] * len(urls)
    assert "Bukateja" in before[3].text
    add_article(newsroom, 51)
    assert asyncio.run(get(urls[0]))[0].json() == before[0].json()
    sums.refresh()
    assert asyncio.run(get(urls[0]))[0].json()[0]["articles"] == before[0].json()[0]["articles"] + 1


def test_a_thread_keeps_them_fresh(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_file, "_LOOK", 0.02)
    monkeypatch.setattr(side_file, "_SPARING", 0.0)
    sums = SummaryFile(newsroom)
    sums.refresh()
    stop = threading.Event()
    thread = threading.Thread(target=sums.keep_fresh, args=(stop,))
    thread.start()
    try:
        add_article(newsroom, 52)
        end = time.monotonic() + 10
        while "Dewi Anggrek" not in str(read(newsroom, "all_claims", sums)):
            assert time.monotonic() < end, "the sums were not made anew"
            time.sleep(0.05)
    finally:
        stop.set()
        thread.join(timeout=10)


def test_small_databases_and_folders_that_cannot_be_written_go_without(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(summary_file, "LARGE", 10_000)
    assert build_datasette(newsroom).summary_file is None
    monkeypatch.setattr(summary_file, "LARGE", 5)
    newsroom.with_name(".pantau.db.sums").mkdir()
    assert build_datasette(newsroom).summary_file is None
    assert "cannot be written, so pages will be slow" in caplog.text
