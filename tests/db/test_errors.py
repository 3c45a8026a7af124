"""What goes wrong with files and values: one line each, and nothing that was good is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from db.errors import explain
from db.records import Article, Pillar, PilotKecamatan, Quantity
from db.store import Store, StoreError
from tests.db.invented import PROGRAMME, count_pilots, fill_newsroom, make_article, make_facts, quote


def message(action: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        action()
    text = str(caught.value)
    assert text
    assert "\n" not in text
    return text


def test_not_a_database(tmp_path: Path) -> None:
    page = tmp_path / "page.db"
    page.write_text("<html>" + "halaman" * 500)
    assert "is not an SQLite database" in message(lambda: Store(page))
    assert page.read_text().startswith("<html>")


def test_folder_is_created_or_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "a" / "b" / "pantau.db") as store:
        assert store.reference_counts()["regencies"] == 0
    assert "is a folder" in message(lambda: Store(tmp_path / "a"))
    (tmp_path / "file").write_text("x")
    assert "cannot be created" in message(lambda: Store(tmp_path / "file" / "pantau.db"))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that even root cannot write")
def test_folder_that_cannot_be_written() -> None:
    assert "check that the folder exists and may be written" in message(lambda: Store("/proc/pantau.db"))


def test_missing_file_is_not_created_for_reading(path: Path) -> None:
    assert "does not exist" in message(lambda: Store(path, read_only=True))
    assert not path.exists()


def test_read_only_refuses_to_save(store: Store, path: Path) -> None:
    with Store(path, read_only=True) as reader:
        assert "cannot be written" in message(lambda: reader.save_article(make_article(1, "Isi.")))
        assert reader.reference_counts() == store.reference_counts()


def test_locked(store: Store, path: Path) -> None:
    with store.transaction():
        with Store(path, timeout=0.05) as other:  # up to date: opening needs no lock
            assert other.known_urls("warta") == set()
            assert "is locked by another program" in message(
                lambda: other.save_article(make_article(1, "Isi."))
            )
        assert store.save_article(make_article(2, "Isi.")) == "stored"
    assert store.known_urls("warta") == {"https://warta.example/2025/2"}


def test_disk_full_keeps_what_was_good(store: Store) -> None:
    store.save_article(make_article(1, "Isi pertama."))
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall()
    long = make_article(2, "Kalimat panjang sekali. " * 5000)
    assert "no space left" in message(lambda: store.save_article(long))
    assert store.known_urls("warta") == {"https://warta.example/2025/1"}
    store.db.execute("PRAGMA max_page_count = 1000000").fetchall()
    assert store.save_article(long) == "stored"


def test_corrupt(path: Path) -> None:
    with Store(path) as store:
        store.save_outlets([{"slug": "warta", "name": "Warta Contoh"}])
        for number in range(50):
            store.save_article(make_article(number, f"Kalimat {number} yang panjang. " * 200))
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 2, len(data), 512):
        data[at : at + 64] = b"\xff" * 64
    path.write_bytes(data)

    def read() -> None:
        with Store(path) as store:
            list(store.articles())

    assert "is damaged" in message(read)


def test_unknown_references_are_refused(store: Store) -> None:
    stranger = make_article(1, "Isi.", outlet="asing")
    assert "refers to an outlet" in message(lambda: store.save_article(stranger))
    article = make_article(1, "Ada 4 kecamatan.")
    facts = make_facts(article, quantities=(count_pilots("Jawa Tengah", 4, quote(article, "4")),))
    assert "is not stored" in message(lambda: store.save_facts(facts))


def test_quote_must_stand_where_it_says(store: Store) -> None:
    article = make_article(1, "Ada 4 kecamatan. Lalu selesai.")
    store.save_article(article)
    good = make_facts(article, quantities=(count_pilots("Jawa Tengah", 4, quote(article, "4")),))
    store.save_facts(good)
    evidence = quote(article, "4")
    for wrong in (
        replace(evidence, quote="5"),
        replace(evidence, start=evidence.start + 1, end=evidence.end + 1),
        replace(evidence, field="title"),
        replace(evidence, start=-5, end=-4),
    ):
        facts = make_facts(article, quantities=(count_pilots("Jawa Tengah", 4, wrong),))
        assert "which is not at" in message(lambda facts=facts: store.save_facts(facts))
    empty = make_facts(article, quantities=(Quantity(measure="m", region="", value=1, evidence=()),))
    assert "has no evidence" in message(lambda: store.save_facts(empty))
    assert list(store.facts(PROGRAMME)) == [good]


@pytest.mark.parametrize(
    ("article", "words"),
    [
        (make_article(1, "Isi.", published_at=datetime(2025, 10, 30)), "time without a zone"),  # noqa: DTZ001
        (make_article(1, "Isi \ud800 rusak."), "cannot be stored as UTF-8"),
    ],
)
def test_values_that_cannot_be_kept(store: Store, article: Article, words: str) -> None:
    assert words in message(lambda: store.save_article(article))
    assert store.known_urls("warta") == set()


def test_number_beyond_sqlite(store: Store) -> None:
    article = make_article(1, "Anggaran 4.")
    store.save_article(article)
    facts = make_facts(article, quantities=(count_pilots("Jawa Tengah", 10**30, quote(article, "4")),))
    assert "too large" in message(lambda: store.save_facts(facts))
    assert list(store.facts(PROGRAMME)) == []


def test_codes_of_no_level_are_refused(store: Store) -> None:
    article = make_article(1, "Bukateja maju.")
    store.save_article(article)
    pilot = PilotKecamatan(
        kecamatan="Bukateja", regency="", code="3303", evidence=(quote(article, "Bukateja"),)
    )
    assert "carries the code '3303'" in message(
        lambda: store.save_facts(make_facts(article, pilot_kecamatan=(pilot,)))
    )


def test_same_pillar_in_two_programmes(store: Store) -> None:
    other = Pillar(id="rppa", name="R", name_en="R", description="", programme="desa-maju")
    assert "belongs to the programme 'kecamatan-berdaya'" in message(lambda: store.save_pillars([other]))


def test_half_of_a_transaction_is_nothing(store: Store) -> None:
    def fail_late() -> None:
        with store.transaction():
            fill_newsroom(store)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_late()
    assert list(store.articles()) == []
    assert store.last_crawls("warta") == []


def test_every_error_has_words() -> None:
    assert explain(sqlite3.OperationalError(""), "x.db") == "x.db: OperationalError"
    assert explain(sqlite3.OperationalError("two\nlines"), "x.db") == "x.db: two lines"
