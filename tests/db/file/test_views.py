"""The views on a newsroom whose sums are worked out by hand (see `fill_newsroom`)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from db.claim_kinds import CLAIM_TABLES
from db.records import Fetch
from db.store import Store
from tests.db.invented import (
    PROGRAMME,
    count_pilots,
    fill_newsroom,
    make_article,
    make_crawl,
    make_facts,
    moment,
    quote,
)

BLIND = "tidak terpantau: tidak ada media sehat yang meliputnya"
NEWS_BUT_BLIND = "ada berita, tetapi kini tidak terpantau: tidak ada media sehat yang meliputnya"
AMBIGUOUS = "mungkin ada berita: nama wilayah di beritanya bermakna ganda"


@pytest.fixture
def newsroom(store: Store) -> Store:
    fill_newsroom(store)
    return store


def select(store: Store, view: str, *columns: str) -> list[tuple[Any, ...]]:
    names = ", ".join(columns) or "*"
    return [tuple(row) for row in store.db.execute(f"SELECT {names} FROM {view}").fetchall()]


def test_pilots(newsroom: Store) -> None:
    columns = (
        "code",
        "kecamatan",
        "regency",
        "articles",
        "stories",
        "outlets",
        "first_reported",
        "last_reported",
    )
    assert select(newsroom, "pilots", *columns) == [
        ("33.03.02", "Bukateja", "Kabupaten Purbalingga", 3, 2, 2, "2025-10-30", "2025-11-05"),
        ("33.03.10", "Karangreja", "Kabupaten Purbalingga", 1, 1, 1, "2025-11-05", "2025-11-05"),
    ]
    sentence = "Kecamatan Bukateja dan Karangreja ditunjuk sebagai lokasi."
    rest = ("sentence", "url", "confidence", "denied_by", "latitude", "longitude", "programme")
    assert select(newsroom, "pilots", *rest) == [
        (sentence, "https://warta.example/2025/3", 1.0, 0, -7.43, 109.43, PROGRAMME),
        (sentence, "https://warta.example/2025/3", 1.0, 1, -7.23, 109.29, PROGRAMME),
    ]


def test_article_without_a_story_is_its_own(newsroom: Store) -> None:
    newsroom.save_stories({"a1": None, "a2": None})
    assert select(newsroom, "pilots", "stories") == [(3,), (1,)]


def test_irrelevant_articles_do_not_count(newsroom: Store) -> None:
    facts = next(f for f in newsroom.facts(PROGRAMME) if f.article == "a3")
    newsroom.save_facts(replace(facts, relevant=False))
    assert select(newsroom, "pilots", "code", "articles", "stories") == [("33.03.02", 2, 1)]
    assert select(newsroom, "responsibility_matrix", "agency") == [("sosial|p3a",)]


def test_responsibility_matrix(newsroom: Store) -> None:
    columns = (
        "agency",
        "agency_type_name",
        "agency_names",
        "pillar",
        "region",
        "regency_code",
        "articles",
        "stories",
    )
    assert select(newsroom, "responsibility_matrix", *columns) == [
        (
            "sosial|p3a",
            "Dinas sosial | Dinas pemberdayaan perempuan",
            None,
            "rppa",
            "Kabupaten Magelang|Kota Magelang",
            None,
            1,
            1,
        ),
        ("sosial", "Dinas sosial", "Dinas Sosial", "rppa", "Kabupaten Purbalingga", "33.03", 1, 1),
    ]
    assert select(newsroom, "responsibility_matrix", "sentence", "first_reported", "last_reported")[1] == (
        "Dinas Sosial menangani RPPA di sana.",
        "2025-11-05",
        "2025-11-05",
    )


def test_contested_quantities(newsroom: Store) -> None:
    columns = ("measure", "region", "different_values", "lowest", "highest", "articles", "stories", "outlets")
    assert select(newsroom, "contested_quantities", *columns) == [
        ("kecamatan_pilot", "Kabupaten Purbalingga", 2, 4, 5, 3, 2, 2)
    ]
    [(values,)] = select(newsroom, "contested_quantities", '"values"')
    assert json.loads(values) == [
        {
            "value": 4,
            "date": "2025-10-30",
            "outlet": "Warta Contoh",
            "sentence": "Ada 4 kecamatan percontohan.",
            "url": "https://warta.example/2025/1",
        },
        {
            "value": 4,
            "date": "2025-10-31",
            "outlet": "Kabar Contoh",
            "sentence": "Ada 4 kecamatan percontohan.",
            "url": "https://warta.example/2025/2",
        },
        {
            "value": 5,
            "date": "2025-11-07",
            "outlet": "Warta Contoh",
            "sentence": "Di Purbalingga ada 5 kecamatan percontohan.",
            "url": "https://warta.example/2025/4",
        },
    ]


def test_one_article_cannot_contest_itself(store: Store) -> None:
    article = make_article(1, "Ada 4 kecamatan, bukan 5.")
    store.save_article(article)
    figures = tuple(count_pilots("Jawa Tengah", value, quote(article, str(value))) for value in (4, 5))
    store.save_facts(make_facts(article, quantities=figures))
    assert select(store, "contested_quantities") == []
    assert select(store, "quantity_reports", "value") == [(4,), (5,)]


def test_coverage(newsroom: Store) -> None:
    columns = ("code", "articles", "stories", "outlets", "last_reported", "pilots_named", "pilots_counted")
    assert select(newsroom, "coverage", *columns) == [
        ("33.03", 5, 4, 2, "2025-11-10", 2, 5),
        ("33.05", 0, 0, 0, None, 0, None),
        ("33.08", 0, 0, 0, None, 0, None),
        ("33.71", 0, 0, 0, None, 0, None),
        ("33.74", 1, 1, 1, "2025-11-11", 0, None),
    ]
    watched = ("code", "ambiguous_articles", "outlets_watching", "outlets_healthy", "silence", "as_of")
    assert select(newsroom, "coverage", *watched) == [
        ("33.03", 0, 2, 1, "ada berita", "2025-11-12"),
        ("33.05", 0, 2, 1, "tidak ada berita", "2025-11-12"),
        ("33.08", 1, 2, 1, AMBIGUOUS, "2025-11-12"),
        ("33.71", 1, 2, 1, AMBIGUOUS, "2025-11-12"),
        ("33.74", 0, 3, 1, "ada berita", "2025-11-12"),
    ]


def test_silence_when_no_outlet_is_well(newsroom: Store) -> None:
    newsroom.save_crawl(make_crawl("warta", moment("2025-11-13"), finish_reason="shutdown"))
    assert dict(select(newsroom, "coverage", "code", "silence")) == {
        "33.03": NEWS_BUT_BLIND,
        "33.05": BLIND,
        "33.08": AMBIGUOUS,
        "33.71": AMBIGUOUS,
        "33.74": NEWS_BUT_BLIND,
    }
    # a local outlet that is well sees its own regency only
    newsroom.save_crawl(make_crawl("lokal", moment("2025-11-13")))
    silence = dict(select(newsroom, "coverage", "code", "silence"))
    assert (silence["33.74"], silence["33.05"]) == ("ada berita", BLIND)


def test_health_of_outlets(newsroom: Store) -> None:
    columns = ("outlet", "healthy", "state", "articles", "last_article")
    assert select(newsroom, "outlet_health", *columns) == [
        ("kabar", 0, "perayapan terakhir bermasalah", 2, "2025-11-11"),
        ("lokal", 0, "belum pernah dirayapi", 0, None),
        ("warta", 1, "sehat", 6, "2025-11-10"),
    ]
    # a crawl that was never finished does not hide the last one that was
    newsroom.save_crawl(make_crawl("warta", moment("2025-11-13"), finished_at=None, finish_reason=""))
    assert ("warta", 1) in select(newsroom, "outlet_health", "outlet", "healthy")
    # eight days behind the others: nobody looked
    newsroom.save_crawl(make_crawl("kabar", moment("2025-11-20")))
    assert select(newsroom, "outlet_health", "outlet", "state") == [
        ("kabar", "sehat"),
        ("lokal", "belum pernah dirayapi"),
        ("warta", "lama tidak dirayapi"),
    ]


def test_every_claim_is_in_one_list(newsroom: Store) -> None:
    facts = [f for f in newsroom.facts(PROGRAMME) if f.relevant]
    expected = {table: sum(len(getattr(f, name)) for f in facts) for name, table in CLAIM_TABLES.items()}
    counted = dict(select(newsroom, "all_claims GROUP BY kind", "kind", "count(*)"))
    assert counted == expected
    assert ("quantities", "Jumlah percontohan: 5 (Kabupaten Purbalingga)") in select(
        newsroom, "all_claims", "kind", "label"
    )
    assert all(None not in row for row in select(newsroom, "all_claims", "label", "sentence", "url"))


def test_sums_point_to_the_claim_that_speaks_for_them(newsroom: Store) -> None:
    for view, table in (("pilots", "pilot_kecamatan"), ("responsibility_matrix", "responsibilities")):
        rows = select(newsroom, view, "claim", "article", "outlet_name", "published_on", "sentence")
        assert rows
        for claim, *said in rows:
            sources = select(
                newsroom,
                f"{table} AS c JOIN relevant_articles AS a ON a.article = c.article WHERE c.id = '{claim}'",
                "c.article, a.outlet_name, a.published_on, c.sentence",
            )
            assert sources == [tuple(said)]


def test_what_a_replay_reads_nobody_was_asked_for(store: Store) -> None:
    fill_newsroom(store)
    before = dict(select(store, "courtesy", "outlet", "requests"))
    (crawl,) = {row[0] for row in select(store, "crawls WHERE outlet = 'warta'", "max(id)")}
    for minute, changes in enumerate(
        (
            {"seconds": 1.0},
            {"status": 429},
            {"sent": False},
            {"sent": False, "status": None, "error": "forbidden by robots.txt"},
        )
    ):
        values: dict[str, Any] = {
            "url": f"https://warta.example/{minute}",
            "outlet": "warta",
            "crawl": crawl,
            "at": moment("2026-01-01").replace(minute=minute),
            "status": 200,
        }
        store.save_fetch(Fetch(**(values | changes)))
    columns = ("requests", "refused", "unanswered", "replayed", "kept_back", "substr(last_request, 1, 16)")
    (row,) = select(store, "courtesy WHERE outlet = 'warta'", *columns)
    assert row == (before["warta"] + 2, 1, 0, 1, 1, "2026-01-01T09:01")


def test_reasons_of_crawls(newsroom: Store) -> None:
    rows = select(newsroom, "crawl_reasons WHERE outlet = 'warta'", "reason", "articles", "day")
    assert sorted(rows) == [("seen", 3, "2025-11-12"), ("stored", 2, "2025-11-12")]


def test_views_of_an_empty_database(store: Store) -> None:
    for view in ("pilots", "responsibility_matrix", "contested_quantities", "all_claims", "crawl_reasons"):
        assert select(store, view) == []
    assert select(store, "coverage", "silence", "as_of") == [(BLIND, None)] * 5
