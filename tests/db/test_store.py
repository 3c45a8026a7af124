"""Saving: twice changes nothing, changes keep the past, claims fit the text that is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.records import ArticleRegency, CrawlReport, Facts, Fetch, PilotKecamatan, Quantity, WarcPointer
from db.store import Store
from tests.db.invented import (
    PROGRAMME,
    VERSION,
    count_pilots,
    fill_newsroom,
    fill_reference,
    make_article,
    make_crawl,
    make_facts,
    moment,
    quote,
)


def dump(store: Store) -> dict[str, list[Any]]:
    """Every row of every table with its rowid."""
    tables = [
        row[0]
        for row in store.db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
        ).fetchall()
    ]
    return {
        table: [
            tuple(row) for row in store.db.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()
        ]
        for table in tables
    }


def count(store: Store, table: str, where: str = "1") -> int:
    return int(store.db.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


def test_saving_everything_twice_changes_nothing(store: Store) -> None:
    fill_newsroom(store)
    before = dump(store)
    empty = {"article_versions", "corrections", "correction_uses", "earlier_pilots", "pruned_files"}
    empty |= {"private_words", "takedowns", "likely"}
    assert all(before[t] for t in before if t not in empty)
    writes = store.db.conn.total_changes
    fill_reference(store)
    fill_newsroom(store)
    assert dump(store) == before
    assert store.db.conn.total_changes == writes


def test_reference_counts_and_corrections(store: Store) -> None:
    assert store.reference_counts() == {
        "regencies": 5,
        "kecamatan": 5,
        "villages": 1,
        "pillars": 2,
        "agency_types": 2,
        "measures": 1,
        "outlets": 3,
    }
    store.save_outlets([{"slug": "lokal", "name": "Lokal Baru", "regencies": ["33.03", "33.05"]}])
    assert count(store, "outlets", "slug = 'lokal' AND name = 'Lokal Baru'") == 1
    codes = store.db.execute("SELECT regency_code FROM outlet_regencies WHERE outlet = 'lokal'").fetchall()
    assert sorted(row[0] for row in codes) == ["33.03", "33.05"]


def test_article_comes_back_as_it_was(store: Store) -> None:
    article = make_article(
        1,
        "Isi.\n\nParagraf kedua.",
        authors=("Rara Wulan", "Joko"),
        editor="Sri",
        modified_at=moment("2025-11-02"),
        answered={"title": "json-ld", "text": "selector"},
        pages=2,
        dateline="PURBALINGGA",
    )
    assert store.save_article(article) == "stored"
    assert store.article("a1") == article
    bare = replace(
        article, id="a2", url="https://warta.example/2", published_at=None, fetched_at=None, warc=None
    )
    store.save_article(bare)
    assert list(store.articles("warta")) == [article, bare]
    assert list(store.articles("kabar")) == []
    assert store.article("a3") is None
    assert store.known_urls("warta") == {article.url, bare.url}


def test_times_are_kept_in_wib_so_that_text_sorts(store: Store) -> None:
    late = datetime(2025, 10, 30, 23, 30, tzinfo=UTC)
    store.save_article(make_article(1, "Isi.", published_at=late))
    row = store.db.execute("SELECT published_at, published_on FROM articles").fetchone()
    assert tuple(row) == ("2025-10-31T06:30:00+07:00", "2025-10-31")
    stored = store.article("a1")
    assert stored is not None
    assert stored.published_at == late


def test_unchanged_keeps_where_the_text_was_read(store: Store) -> None:
    article = make_article(1, "Isi.")
    store.save_article(article)
    again = replace(
        article,
        fetched_at=moment("2025-12-01"),
        warc=WarcPointer(file="new.warc.gz", offset=5, digest="sha1:B"),
    )
    assert store.save_article(again) == "unchanged"
    assert store.article("a1") == article


def test_better_reading_is_taken_over_without_a_version(store: Store) -> None:
    article = make_article(1, "Isi.")
    store.save_article(article)
    store.save_facts(make_facts(article))
    better = replace(article, editor="Sri", tags=("a", "b"))
    assert store.save_article(better) == "unchanged"
    assert store.article("a1") == better
    assert list(store.stale_articles(VERSION, PROGRAMME)) == []
    redated = replace(better, published_at=moment("2024-11-01"))
    assert store.save_article(redated) == "unchanged"
    assert list(store.stale_articles(VERSION, PROGRAMME)) == [redated]
    assert count(store, "article_versions") == 0


def test_a_poorer_answer_empties_no_field(store: Store) -> None:
    """An API that knows no editor does not take away the one that the page named."""
    article = make_article(
        1,
        "Isi.",
        authors=("Rara Wulan",),
        editor="Sri",
        section="Daerah",
        answered={"text": "selector", "editor": "selector", "authors": "json-ld"},
    )
    store.save_article(article)
    later = replace(
        article,
        authors=(),
        editor="",
        section="Jateng",
        answered={"text": "wp-json"},
        fetched_at=moment("2025-12-01"),
    )
    assert store.save_article(later) == "unchanged"
    stored = store.article("a1")
    assert stored is not None
    assert (stored.authors, stored.editor, stored.section) == (("Rara Wulan",), "Sri", "Jateng")
    assert stored.answered == {"text": "wp-json", "editor": "selector", "authors": "json-ld"}
    # The same page read again, with a selector that no longer takes a caption for an editor.
    assert store.save_article(replace(article, editor="", answered={"text": "selector"})) == "unchanged"
    mended = store.article("a1")
    assert mended is not None
    assert mended.editor == ""
    store.save_article(replace(later, text="Isi lain.", editor="Sri"))
    store.save_article(replace(later, text="Isi lain lagi.", fetched_at=moment("2025-12-02")))
    changed = store.article("a1")
    assert changed is not None
    assert (changed.text, changed.editor) == ("Isi lain lagi.", "Sri")


def test_changed_text_keeps_a_version_and_drops_claims_on_it(store: Store) -> None:
    article = make_article(1, "Ada 4 kecamatan percontohan.")
    other = make_article(2, "Ada 6 kecamatan percontohan.")
    for each, value in ((article, 4), (other, 6)):
        store.save_article(each)
        store.save_facts(
            make_facts(each, quantities=(count_pilots("Jawa Tengah", value, quote(each, str(value))),))
        )
    store.save_stories({"a1": "s", "a2": "s"})
    changed = replace(article, text="Ada 5 kecamatan percontohan.", fetched_at=moment("2025-11-03"))
    assert store.save_article(changed) == "changed"
    assert store.save_article(changed) == "unchanged"
    version = dict(store.db.execute("SELECT * FROM article_versions").fetchone())
    assert version["article"] == "a1"
    assert version["text"] == article.text
    assert version["warc_offset"] == 100
    assert version["replaced_at"] == "2025-11-03T09:00:00+07:00"
    assert [f.article for f in store.facts(PROGRAMME)] == ["a2"]
    assert [a.id for a in store.stale_articles(VERSION, PROGRAMME)] == ["a1"]
    assert count(store, "evidence", "article = 'a1'") == count(store, "sentences", "article = 'a1'") == 0
    assert [row[0] for row in store.db.execute("SELECT story FROM articles ORDER BY id")] == [None, "s"]
    retitled = replace(changed, title="Judul lain")
    assert store.save_article(retitled) == "changed"
    assert count(store, "article_versions") == 2


def test_full_text_follows_every_change(store: Store) -> None:
    def find(index: str, words: str) -> list[int]:
        rows = store.db.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ?", [words]).fetchall()
        return [row[0] for row in rows]

    article = make_article(1, "Kecamatan Bukateja ditunjuk. Lapangan diperbaiki.")
    store.save_article(article)
    claim = ArticleRegency(name="Kabupaten Purbalingga", code="33.03", evidence=(quote(article, "Bukateja"),))
    store.save_facts(make_facts(article, regencies=(claim,)))
    assert find("articles_fts", "lapangan") == [1]
    assert len(find("sentences_fts", "bukateja")) == 1
    assert find("sentences_fts", "lapangan") == []
    store.save_article(replace(article, text="Kecamatan Alian ditunjuk."))
    assert find("articles_fts", "lapangan") == find("sentences_fts", "bukateja") == []
    assert find("articles_fts", "alian") == [1]
    for index in ("articles_fts", "sentences_fts"):
        store.db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_search_survives_vacuum(store: Store) -> None:
    for number in range(1, 4):
        store.save_article(make_article(number, f"Isi nomor{number}."))
    store.db.execute("DELETE FROM articles WHERE id = 'a1'")
    store.db.execute("VACUUM")
    found = store.db.execute(
        "SELECT id FROM articles "
        "WHERE number IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'nomor3')"
    ).fetchall()
    assert [row[0] for row in found] == ["a3"]


def test_stale_articles_while_saving(store: Store) -> None:
    with store.transaction():
        for number in range(1, 451):
            store.save_article(make_article(number, f"Isi {number}."))
    assert store.count_stale(VERSION, PROGRAMME) == 450
    seen = []
    for article in store.stale_articles(VERSION, PROGRAMME):
        store.save_facts(make_facts(article, relevant=False))
        seen.append(article.id)
    assert seen == [f"a{n}" for n in range(1, 451)]
    assert list(store.stale_articles(VERSION, PROGRAMME)) == []
    assert len(list(store.stale_articles("2.0", PROGRAMME))) == 450
    assert len(list(store.stale_articles(VERSION, "desa-maju"))) == 450
    assert len(list(store.stale_articles(VERSION, PROGRAMME, all=True))) == 450


def test_facts_come_back_and_are_replaced(store: Store) -> None:
    fill_newsroom(store)
    facts = {f.article: f for f in store.facts(PROGRAMME)}
    assert list(facts) == [f"a{n}" for n in range(1, 9)]
    assert [p.kecamatan for p in facts["a3"].pilot_kecamatan] == ["Bukateja", "Karangreja"]
    assert [e.quote for e in facts["a3"].pilot_kecamatan[0].evidence] == ["Bukateja", "lokasi"]
    assert facts["a5"].regencies[0].code == "33.08|33.71"
    assert not facts["a6"].relevant

    fewer = replace(facts["a3"], pilot_kecamatan=facts["a3"].pilot_kecamatan[:1], facilities=(), people=())
    fewer = replace(fewer, pillar_states=())
    store.save_facts(fewer)
    assert next(f for f in store.facts(PROGRAMME) if f.article == "a3") == fewer
    sentences = store.db.execute("SELECT sentence FROM sentences WHERE article = 'a3'").fetchall()
    assert sorted(row[0] for row in sentences) == [
        "Dinas Sosial menangani RPPA di sana.",
        "Kecamatan Bukateja dan Karangreja ditunjuk sebagai lokasi.",
        "Pada 3 November pelatihan paralegal RPPA digelar Dinas Sosial.",
    ]
    store.save_facts(facts["a3"])
    assert {f.article: f for f in store.facts(PROGRAMME)} == facts


def test_a_role_read_anew_is_the_same_claim(store: Store) -> None:
    article = make_article(1, "Kecamatan Bukateja ditunjuk.")
    store.save_article(article)
    ids = []
    for role in ("place", "subject"):
        claim = ArticleRegency(
            name="Kabupaten Purbalingga", code="33.03", role=role, evidence=(quote(article, "Bukateja"),)
        )
        store.save_facts(make_facts(article, regencies=(claim,)))
        ((identity, stored),) = store.db.execute("SELECT id, role FROM article_regencies").fetchall()
        assert stored == role
        ids.append(identity)
    assert ids[0] == ids[1]


def test_programmes_do_not_touch_each_other(store: Store) -> None:
    article = make_article(1, "Ada 4 kecamatan percontohan.")
    store.save_article(article)
    first = make_facts(article, quantities=(count_pilots("Jawa Tengah", 4, quote(article, "4")),))
    second = replace(first, programme="desa-maju", quantities=())
    store.save_facts(first)
    store.save_facts(replace(first, programme="desa-maju"))
    assert count(store, "quantities") == 2
    store.save_facts(second)
    assert list(store.facts(PROGRAMME)) == [first]
    assert list(store.facts("desa-maju")) == [second]
    assert count(store, "sentences") == 1


def test_claim_ids_depend_on_what_is_claimed_only(tmp_path: Path) -> None:
    def ids(folder: str, text: str, version: str, value: int = 4) -> list[str]:
        with Store(tmp_path / folder / "x.db") as store:
            fill_reference(store)
            article = make_article(1, text)
            store.save_article(article)
            facts = make_facts(
                article,
                version=version,
                quantities=(count_pilots("Jawa Tengah", value, quote(article, str(value))),),
            )
            store.save_facts(facts)
            return [row[0] for row in store.db.execute("SELECT id FROM quantities")]

    first = ids("a", "Ada 4 kecamatan.", "1")
    assert first == ids("b", "Kini tercatat 4 kecamatan di sana.", "2")
    assert first != ids("c", "Ada 5 kecamatan.", "1", 5)


def test_same_claim_twice_is_one_row_with_all_evidence(store: Store) -> None:
    article = make_article(1, "Bukateja maju. Bukateja ditunjuk.")
    store.save_article(article)
    first = quote(article, "Bukateja")
    second = replace(first, start=15, end=23, sentence="Bukateja ditunjuk.")
    assert article.text[15:23] == "Bukateja"
    pilots = [
        PilotKecamatan(kecamatan="Bukateja", regency="Kabupaten Purbalingga", code="33.03.02", evidence=ev)
        for ev in ((first,), (second, first))
    ]
    store.save_facts(make_facts(article, pilot_kecamatan=tuple(pilots)))
    rows = store.db.execute("SELECT ordinal, start FROM evidence ORDER BY ordinal").fetchall()
    assert [tuple(row) for row in rows] == [(0, 0), (1, 15)]
    assert count(store, "pilot_kecamatan") == 1


@pytest.mark.parametrize(
    ("name", "code", "regency", "kecamatan", "alternatives"),
    [
        ("Kabupaten Purbalingga", "33.03.02", "33.03", "33.03.02", []),
        ("Kabupaten Magelang|Kota Magelang", "33.08.01|33.71.01", None, None, ["33.08.01", "33.71.01"]),
        ("Kabupaten Purbalingga", "33.03.02|33.03.10", "33.03", None, ["33.03.02", "33.03.10"]),
        ("Kabupaten Purbalingga", "", "33.03", None, []),
        ("Kabupaten Entah", "", None, None, []),
    ],
)
def test_joined_codes(
    store: Store, name: str, code: str, regency: str | None, kecamatan: str | None, alternatives: list[str]
) -> None:
    article = make_article(1, "Kecamatan itu ditunjuk.")
    store.save_article(article)
    claim = PilotKecamatan(kecamatan="X", regency=name, code=code, evidence=(quote(article, "Kecamatan"),))
    store.save_facts(make_facts(article, pilot_kecamatan=(claim,)))
    row = store.db.execute("SELECT code, regency_code, kecamatan_code FROM pilot_kecamatan").fetchone()
    assert tuple(row) == (code, regency, kecamatan)
    rows = store.db.execute("SELECT code, regency_code FROM ambiguous_areas ORDER BY code").fetchall()
    assert [tuple(r) for r in rows] == [(c, c[:5]) for c in alternatives]


@pytest.mark.parametrize(
    ("region", "code", "alternatives"),
    [
        ("Kota Semarang", "33.74", 0),
        ("Jawa Tengah", None, 0),
        ("Kabupaten Magelang|Kota Magelang", None, 2),
        ("Kabupaten Magelang|Jawa Tengah", None, 0),
    ],
)
def test_regions_by_name(store: Store, region: str, code: str | None, alternatives: int) -> None:
    article = make_article(1, "Ada 4.")
    store.save_article(article)
    claim = Quantity(measure="rppa_units", region=region, value=4, evidence=(quote(article, "4"),))
    store.save_facts(make_facts(article, quantities=(claim,)))
    assert store.db.execute("SELECT regency_code FROM quantities").fetchone()[0] == code
    assert count(store, "ambiguous_areas") == alternatives


def test_stories(store: Store) -> None:
    for number, day in ((1, "2025-11-02"), (2, "2025-11-01")):
        store.save_article(make_article(number, f"Isi {number}.", day=day))
    assert [t.article for t in store.story_texts()] == ["a2", "a1"]
    assert store.save_stories({"a1": "a2", "a2": "a2"}) == 2
    assert store.save_stories({"a1": "a2", "a2": "a2"}) == 0
    texts = list(store.story_texts())
    assert [(t.title, t.text, t.story) for t in texts] == [
        ("Kabar nomor 2", "Isi 2.", "a2"),
        ("Kabar nomor 1", "Isi 1.", "a2"),
    ]


def fetch(second: int, **changes: Any) -> Fetch:
    values: dict[str, Any] = {
        "url": "https://warta.example/feed/",
        "outlet": "warta",
        "crawl": "run-1/warta",
        "at": moment("2025-11-01") + timedelta(seconds=second),
        "status": 200,
        "bytes": 10,
        "reason": "feed",
    }
    return Fetch(**(values | changes))


def test_crawls_and_their_requests(store: Store) -> None:
    store.save_fetches([fetch(5), fetch(3, status=None, error="timeout"), fetch(5)])
    assert count(store, "fetches") == 2
    killed = store.last_crawls("warta")[0]
    assert (killed.run, killed.started_at, killed.finished_at) == (
        "run-1",
        moment("2025-11-01") + timedelta(seconds=3),
        None,
    )

    report = CrawlReport(
        id="run-1/warta",
        run="run-1",
        outlet="warta",
        started_at=moment("2025-11-01"),
        finished_at=moment("2025-11-01", 10),
        finish_reason="finished",
        counts={"stored": 1, "off-topic": 2},
        requests=2,
        bytes=20,
        problems=("satu baris",),
    )
    store.save_crawl(report)
    later = make_crawl("warta", moment("2025-11-02"))
    store.save_crawl(later)
    assert store.last_crawls("warta") == [later]
    assert store.last_crawls("warta", 5) == [later, report]
    assert store.last_crawls("kabar", 5) == []


def test_empty_facts_still_count_as_read(store: Store) -> None:
    article = make_article(1, "Isi.")
    store.save_article(article)
    nothing = Facts(article="a1", programme=PROGRAMME, extractor_version=VERSION, relevant=False)
    store.save_facts(nothing)
    assert list(store.facts(PROGRAMME)) == [nothing]
    store.save_facts(replace(nothing, extractor_version="2"))
    assert count(store, "extractions", "extractor_version = '2'") == 1


def test_log_is_brought_home_on_close(path: Path) -> None:
    with Store(path) as store:
        fill_reference(store)
        assert Path(f"{path}-wal").stat().st_size > 0
    assert not Path(f"{path}-wal").exists()
    with Store(path) as reader:
        rows = reader.db.conn.execute("SELECT * FROM villages")
        rows.fetchone()
        with Store(path) as store:
            store.save_article(make_article(1, "Isi."))
        # the reader held on to the log while the other closed: nothing is lost
        rows.fetchall()
        assert reader.known_urls("warta") == {"https://warta.example/2025/1"}
