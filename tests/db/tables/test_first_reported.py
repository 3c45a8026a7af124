"""What was first reported when is judged against all that was known, earlier texts of an article included."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from db.public.publish import publish
from db.records import Article, PilotKecamatan
from db.store import Store
from tests.db.file.test_upgrade import unpack
from tests.db.invented import fill_reference, make_article, make_facts, moment, quote
from tests.db.keep_schema import SCHEMAS

TEXT = "Kecamatan Bukateja menjadi percontohan."


@pytest.fixture
def reports(path: Path) -> Store:
    with Store(path) as store:
        fill_reference(store)
        yield store


def pilot(store: Store, article: Article) -> None:
    evidence = (quote(article, "Bukateja"),)
    claim = PilotKecamatan(
        kecamatan="Bukateja", regency="Kabupaten Purbalingga", code="33.03.02", evidence=evidence
    )
    store.save_facts(make_facts(article, pilot_kecamatan=(claim,)))


def firsts(store: Store) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.db.execute("SELECT code, first_reported FROM pilots").fetchall()]


def earlier(store: Store) -> list[tuple[object, ...]]:
    sql = "SELECT code, published_on, substr(fetched_at, 1, 10) FROM earlier_pilots"
    return [tuple(row) for row in store.db.execute(sql).fetchall()]


def test_an_article_that_its_outlet_dates_anew_was_reported_before(reports: Store, tmp_path: Path) -> None:
    first = make_article(1, TEXT, published_at=moment("2025-11-01"), fetched_at=moment("2025-11-02"))
    reports.save_article(first)
    pilot(reports, first)
    assert earlier(reports) == []
    later = replace(
        first, text=f"{TEXT} Sudah.", published_at=moment("2025-12-01"), fetched_at=moment("2025-12-02")
    )
    assert reports.save_article(later) == "changed"
    pilot(reports, later)
    assert firsts(reports) == [("33.03.02", "2025-11-01")]
    again = replace(
        later, text="Bukateja.", published_at=moment("2026-01-01"), fetched_at=moment("2026-01-02")
    )
    reports.save_article(again)
    pilot(reports, again)
    assert earlier(reports) == [("33.03.02", "2025-11-01", "2025-11-02")]  # the earliest stays
    reports.save_facts(make_facts(again, version="next"))  # other rules find nothing there any more
    other = make_article(2, TEXT, published_at=moment("2026-02-01"), fetched_at=moment("2026-02-02"))
    reports.save_article(other)
    pilot(reports, other)
    assert firsts(reports) == [("33.03.02", "2025-11-01")]
    published = publish(reports.path, tmp_path / "public.db").path
    conn = sqlite3.connect(published)
    assert conn.execute("SELECT code, first_reported FROM pilots").fetchall() == firsts(reports)
    conn.close()


def test_a_text_that_was_changed_before_anybody_read_it_counts(reports: Store) -> None:
    first = make_article(1, TEXT, published_at=moment("2025-11-01"), fetched_at=moment("2025-11-02"))
    reports.save_article(first)
    later = replace(first, text=f"{TEXT} Sudah.", fetched_at=moment("2025-12-02"))
    reports.save_article(later)
    pilot(reports, later)
    assert earlier(reports) == [("33.03.02", "2025-11-01", "2025-11-02")]
    writes = reports.db.conn.total_changes
    pilot(reports, later)
    assert reports.db.conn.total_changes == writes


def test_what_an_article_off_the_topic_said_is_no_report(reports: Store) -> None:
    first = make_article(1, TEXT, published_at=moment("2025-11-01"))
    other = make_article(2, TEXT, published_at=moment("2026-02-01"))
    for article in (first, other):
        reports.save_article(article)
        pilot(reports, article)
    changed = replace(first, text="Dihapus.")
    reports.save_article(changed)
    reports.save_facts(make_facts(changed, relevant=False))
    assert firsts(reports) == [("33.03.02", "2026-02-01")]


def test_versions_of_an_older_schema_are_remembered(tmp_path: Path) -> None:
    path = unpack(SCHEMAS / "schema-5.db.gz", tmp_path)
    conn = sqlite3.connect(path)
    article, code = conn.execute("SELECT article, code FROM pilot_kecamatan LIMIT 1").fetchone()
    conn.execute(
        "INSERT INTO article_versions (article, title, text, published_at, fetched_at, replaced_at) "
        "SELECT id, title, 'Dulu. ' || text, '2024-01-02T03:04:05+07:00', '2024-01-03T03:04:05+07:00', '' "
        "FROM articles WHERE id = ?",
        [article],
    )
    conn.commit()
    conn.close()
    with Store(path) as store:
        assert (code, "2024-01-02", "2024-01-03") in earlier(store)
        assert (code, "2024-01-02") in firsts(store)
