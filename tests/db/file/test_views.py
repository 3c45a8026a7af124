"""The views on a newsroom whose sums are worked out by hand (see `fill_newsroom`)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from db.claim_kinds import CLAIM_TABLES
from db.records import WIB, Fetch, Measure, PillarState
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


def say_figure(store: Store, number: int, measure: str, value: int, day: str, story: str = "") -> None:
    """An article of one figure of Jawa Tengah; articles of one `story` are copies."""
    article = make_article(number, f"Ada {value} di Jawa Tengah.", day=day)
    store.save_article(article)
    figure = replace(count_pilots("Jawa Tengah", value, quote(article, str(value))), measure=measure)
    store.save_facts(make_facts(article, quantities=(figure,)))
    store.save_stories({article.id: story or None})


def contested(store: Store) -> list[tuple[Any, ...]]:
    return select(store, "contested_quantities", "measure", "lowest", "highest", "articles", "stories")


def series(store: Store) -> list[list[int]]:
    return [
        [voice["value"] for voice in json.loads(values)]
        for (values,) in select(store, "quantity_series", '"values"')
    ]


def test_figures_of_one_time_contest_each_other(newsroom: Store) -> None:
    # 4 on 30 October in two copies, 5 on 7 November: growth, not disagreement
    assert contested(newsroom) == []
    assert series(newsroom) == [[4, 5]]
    [(values,)] = select(newsroom, "quantity_series", '"values"')
    assert [(v["date"], v["outlet"], v["articles"]) for v in json.loads(values)] == [
        ("2025-10-30", "Warta Contoh", 2),
        ("2025-11-07", "Warta Contoh", 1),
    ]


def test_a_week_apart_is_one_time_and_eight_days_are_not(store: Store) -> None:
    say_figure(store, 1, "kecamatan_pilot", 123, "2025-11-01")
    say_figure(store, 2, "kecamatan_pilot", 132, "2025-11-09")
    assert contested(store) == []
    assert series(store) == [[123, 132]]
    say_figure(store, 3, "kecamatan_pilot", 124, "2025-11-08")
    assert contested(store) == [("kecamatan_pilot", 123, 132, 3, 3)]


def test_copies_of_a_story_are_one_voice(store: Store) -> None:
    for number in (1, 2, 3):
        say_figure(store, number, "kecamatan_pilot", 123, "2025-11-01", story="a1")
    say_figure(store, 4, "kecamatan_pilot", 132, "2025-11-02")
    assert contested(store) == [("kecamatan_pilot", 123, 132, 4, 2)]
    [(values,)] = select(store, "contested_quantities", '"values"')
    assert [voice["value"] for voice in json.loads(values)] == [123, 132]


def test_the_number_of_all_areas_does_not_grow(store: Store) -> None:
    store.save_measures(
        [Measure(id="kecamatan_total", name="Semua", name_en="All", unit="kecamatan", kind="all")]
    )
    say_figure(store, 1, "kecamatan_total", 573, "2025-11-01")
    say_figure(store, 2, "kecamatan_total", 576, "2026-03-01")
    assert contested(store) == [("kecamatan_total", 573, 576, 2, 2)]
    assert series(store) == []


def test_one_article_cannot_contest_itself(store: Store) -> None:
    article = make_article(1, "Ada 4 kecamatan, bukan 5.")
    store.save_article(article)
    figures = tuple(count_pilots("Jawa Tengah", value, quote(article, str(value))) for value in (4, 5))
    store.save_facts(make_facts(article, quantities=figures))
    assert select(store, "contested_quantities") == []
    assert select(store, "quantity_reports", "value") == [(4,), (5,)]


def watch(store: Store, outlet: str, since: str, until: str, **changes: Any) -> None:
    """A crawl that covers some days."""
    days = {"since": date.fromisoformat(since), "until": date.fromisoformat(until)}
    store.save_crawl(replace(make_crawl(outlet, moment(until)), **days, **({"hidden": ""} | changes)))


@pytest.fixture
def replayed(newsroom: Store) -> Store:
    """The newsroom, of which only archives of 30 October to 12 November were read: 14 days."""
    newsroom.db.execute("DELETE FROM fetches")
    newsroom.db.execute("DELETE FROM crawls")
    newsroom.db.execute("DELETE FROM watched_days")
    newsroom.db.conn.commit()
    watch(newsroom, "warta", "2025-10-30", "2025-11-12", replayed=True)
    return newsroom


def states(store: Store) -> dict[str, str]:
    return dict(select(store, "coverage", "code", "state"))


def test_coverage(replayed: Store) -> None:
    columns = (
        "code",
        "state",
        "articles_about",
        "articles_mentioning",
        "articles_perhaps",
        "stories",
        "outlets",
    )
    assert select(replayed, "coverage", *columns) == [
        ("33.03", "about", 5, 0, 0, 4, 2),
        ("33.05", "silent", 0, 0, 0, 0, 0),
        ("33.08", "perhaps", 0, 0, 1, 0, 0),
        ("33.71", "perhaps", 0, 0, 1, 0, 0),
        # an article that only names it
        ("33.74", "mentioned", 0, 1, 0, 0, 0),
    ]
    assert select(
        replayed, "coverage WHERE code = '33.03'", "pilots_named", "pilots_counted", "last_reported"
    ) == [(2, 5, "2025-11-10")]
    assert set(select(replayed, "coverage", "window_from", "window_to")) == {("2025-10-30", "2025-11-12")}
    watched = (
        "code",
        "covering_outlets",
        "watched_outlets",
        "watched_local_outlets",
        "unread_outlets",
        "unread_since",
    )
    assert select(replayed, "coverage WHERE code IN ('33.05', '33.74')", *watched) == [
        ("33.05", 2, 1, 0, 1, "2025-10-30"),
        ("33.74", 3, 1, 0, 2, "2025-10-30"),
    ]


def test_silence_needs_an_outlet_that_was_watched_on_four_of_five_days(replayed: Store) -> None:
    replayed.db.execute("DELETE FROM watched_days WHERE day IN ('2025-11-01', '2025-11-02')")  # 12 of 14
    assert states(replayed)["33.05"] == "silent"
    replayed.db.execute("DELETE FROM watched_days WHERE day = '2025-11-03'")  # 11 of 14
    assert states(replayed)["33.05"] == "blind"
    # an article is reported, whoever is read
    assert (states(replayed)["33.03"], states(replayed)["33.08"]) == ("about", "perhaps")


def test_a_local_outlet_watches_its_own_regencies_only(replayed: Store) -> None:
    replayed.db.execute("DELETE FROM watched_days")
    watch(replayed, "lokal", "2025-10-30", "2025-11-12", replayed=True)
    assert states(replayed)["33.05"] == "blind"
    (local,) = select(replayed, "coverage WHERE code = '33.74'", "watched_outlets", "watched_local_outlets")
    assert local == (1, 1)


def test_a_crawl_that_may_have_missed_articles_watched_nothing(replayed: Store) -> None:
    watch(replayed, "kabar", "2025-10-30", "2025-11-12", replayed=True, hidden="no-body")
    assert select(replayed, "watched_days", "DISTINCT outlet") == [("warta",)]


def test_the_days_of_given_files_count_and_say_so(replayed: Store) -> None:
    replayed.save_watched("kabar", [date(2025, 11, day) for day in range(1, 13)], "backfill")
    replayed.save_watched("warta", [date(2025, 11, 1)], "backfill")  # a replay knew the day already
    columns = ("outlet", "watched_days", "days_from_files", "watched", "unread_since")
    assert select(replayed, "outlet_watch", *columns) == [
        ("kabar", 12, 12, 1, None),
        ("lokal", 0, 0, 0, "2025-10-30"),
        ("warta", 14, 0, 1, None),
    ]


def test_a_pause_of_the_operator_is_blindness(replayed: Store) -> None:
    """Where sites were asked, the window ends today, whenever the last crawl was."""
    watch(replayed, "warta", "2025-10-30", "2025-11-12", id="x/warta", run="x")
    today = datetime.now(WIB).date().isoformat()
    assert select(replayed, "coverage WHERE code = '33.05'", "state", "window_to", "unread_since") == [
        ("blind", today, "2025-10-30")
    ]
    assert select(replayed, "outlet_watch WHERE outlet = 'warta'", "unread_since") == [("2025-11-13",)]


def test_articles_outside_the_window_are_no_report_of_it(replayed: Store) -> None:
    replayed.db.execute("DELETE FROM watched_days")
    replayed.db.execute("UPDATE crawls SET since = '2025-11-11'")
    watch(replayed, "warta", "2025-11-11", "2025-11-12", replayed=True)
    assert states(replayed) == {
        "33.03": "silent",
        "33.05": "silent",
        "33.08": "silent",
        "33.71": "silent",
        "33.74": "mentioned",
    }


def pillar_states(store: Store) -> dict[str, str]:
    return dict(select(store, "pillar_coverage WHERE regency_code = '33.03'", "pillar", "state"))


def test_states_of_pillars(replayed: Store) -> None:
    assert pillar_states(replayed) == {"rppa": "reported", "sport-center": "silent"}
    (row,) = select(
        replayed,
        "pillar_coverage WHERE regency_code = '33.03' AND pillar = 'rppa'",
        *("articles", "reported_on", "not_yet_on", "article"),
    )
    assert row == (1, "2025-11-05", None, "a3")
    # the article names the pillar, and only names the regency
    assert (
        dict(select(replayed, "pillar_coverage WHERE pillar = 'sport-center'", "regency_code", "state"))[
            "33.74"
        ]
        == "silent"
    )


def tell_state(store: Store, number: int, state: str, day: str) -> None:
    article = make_article(number, f"Soal sport center di Purbalingga: {state}.", day=day)
    store.save_article(article)
    told = PillarState(
        regency="Kabupaten Purbalingga", code="33.03", pillar="sport-center", state=state,  # type: ignore[arg-type]
        evidence=(quote(article, "sport center"),),
    )  # fmt: skip
    store.save_facts(make_facts(article, pillar_states=(told,)))


def test_what_is_there_beats_what_was_to_come_and_both_dates_stay(replayed: Store) -> None:
    tell_state(replayed, 20, "not-yet", "2025-11-03")
    assert pillar_states(replayed)["sport-center"] == "not-yet"
    tell_state(replayed, 21, "reported", "2025-11-08")
    columns = ("state", "reported_on", "not_yet_on", "article")
    assert select(
        replayed, "pillar_coverage WHERE regency_code = '33.03' AND pillar = 'sport-center'", *columns
    ) == [("reported", "2025-11-08", "2025-11-03", "a21")]


def test_a_later_count_of_none_denies(replayed: Store) -> None:
    replayed.save_measures([Measure(id="rppa_units", name="RPPA", name_en="RPPA", unit="unit")])
    article = make_article(20, "Di Purbalingga ada 0 RPPA.", day="2025-11-09")
    replayed.save_article(article)
    none = replace(count_pilots("Kabupaten Purbalingga", 0, quote(article, "0 RPPA")), measure="rppa_units")
    replayed.save_facts(make_facts(article, quantities=(none,)))
    columns = ("state", "reported_on", "denied_on", "article")
    assert select(replayed, "pillar_coverage WHERE regency_code = '33.03' AND pillar = 'rppa'", *columns) == [
        ("not-yet", "2025-11-05", "2025-11-09", "a20")
    ]


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
    assert select(store, "coverage", "state", "window_to") == [("blind", None)] * 5
