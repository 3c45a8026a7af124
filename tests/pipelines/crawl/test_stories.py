"""Copies of one text are one story; reports of one event are not."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from db.records import WIB
from db.store import StoryText
from pipelines.crawl.stories import find_shingles, link_stories

RELEASE = (
    "Pemerintah Kabupaten Purbalingga menyiapkan empat kecamatan sebagai lokasi program Kecamatan Berdaya. "
    "Keempatnya dipilih karena sudah memiliki kantor layanan yang mudah dijangkau warga. "
    "Camat diminta menyusun rencana kerja bersama kepala desa sebelum akhir bulan. "
    "Setiap kantor akan menyediakan ruang pengaduan, ruang bermain anak, dan jalur kursi roda. "
    "Pelatihan bagi petugas dijadwalkan berlangsung dua hari di pendopo. "
    "Warga dapat menyampaikan usulan melalui kotak saran yang dipasang di tiap balai desa."
)
OTHER = (
    "Warga Purbalingga menyambut program Kecamatan Berdaya dengan kerja bakti di halaman kantor kecamatan. "
    "Sejak pagi puluhan orang membawa sapu, cangkul, dan cat tembok ke lokasi. "
    "Seorang tokoh pemuda berharap lapangan di belakang kantor dapat dipakai untuk latihan bola voli. "
    "Kegiatan itu ditutup dengan makan bersama nasi penggel di teras depan."
)


def text(key: str, body: str, *, day: int = 1, hour: int = 8) -> StoryText:
    moment = datetime(2025, 11, 1, hour, tzinfo=WIB) + timedelta(days=day - 1)
    return StoryText(key, "contoh_post", moment.isoformat(), "Judul", body, None)


def test_copies_are_one_story_named_after_the_earliest() -> None:
    copies = [
        text("c", RELEASE, day=2),
        text("a", f"PURBALINGGA, Warta Contoh – {RELEASE} Penulis: Redaksi.", day=3),
        text("b", RELEASE.rsplit(". ", 2)[0], day=1),
    ]
    assert link_stories(copies) == {"a": "b", "b": "b", "c": "b"}


def test_two_reports_of_one_event_are_two_stories() -> None:
    assert link_stories([text("a", RELEASE), text("b", OTHER)]) == {"a": "a", "b": "b"}


def test_a_copy_after_the_window_is_a_story_of_its_own() -> None:
    assert link_stories([text("a", RELEASE, day=1), text("b", RELEASE, day=8)])["b"] == "a"
    assert link_stories([text("a", RELEASE, day=1), text("b", RELEASE, day=8, hour=9)])["b"] == "b"


def test_links_are_transitive() -> None:
    sentences = RELEASE.split(". ")
    first, last = ". ".join(sentences[:-1]), ". ".join(sentences[1:])
    chain = [text("a", first, day=1), text("b", RELEASE, day=5), text("c", last, day=10)]
    assert set(link_stories(chain).values()) == {"a"}


def test_order_of_the_articles_does_not_matter() -> None:
    articles = [text(f"{n:02}", RELEASE if n % 3 else f"{OTHER} {n}", day=1 + n % 5) for n in range(20)]
    expected = link_stories(articles)
    for seed in range(5):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert link_stories(shuffled) == expected
    assert len(set(expected.values())) == 2


@pytest.mark.parametrize("body", ["", "…", "Foto."])
def test_texts_without_words_to_compare(body: str) -> None:
    linked = link_stories([text("a", body), text("b", body), text("c", RELEASE)])
    assert linked["c"] == "c"
    assert linked["b"] == ("a" if find_shingles(body) else "b")


def test_articles_without_a_time_are_compared_with_each_other() -> None:
    undated = [StoryText(key, "contoh_post", None, "Judul", RELEASE, None) for key in "ab"]
    assert link_stories([*undated, text("c", RELEASE)]) == {"a": "a", "b": "a", "c": "c"}


def test_case_and_punctuation_do_not_matter() -> None:
    assert find_shingles("Satu, dua; TIGA – empat? " * 6) == find_shingles("satu dua tiga empat " * 6)
