"""Whether a regency is what an article speaks of, or only where something happens."""

from __future__ import annotations

import pytest

from tests.extract.reading import read

TITLE = "Kecamatan Berdaya Jawa Tengah Bergulir"
PROVINCE = "Program Kecamatan Berdaya dijalankan Pemprov Jawa Tengah.\n\n"


def roles(
    text: str, title: str = "Kecamatan Berdaya Jawa Tengah Bergulir", opening: str = PROVINCE
) -> dict[str, str]:
    return {regency.name: regency.role for regency in read(text, title, opening).regencies}


@pytest.mark.parametrize(
    "text",
    [
        "Kecamatan Boja dan Limbangan di Kabupaten Kendal ditetapkan sebagai percontohan Kecamatan Berdaya.",
        "Kabupaten Kendal ikut ambil bagian dalam program Kecamatan Berdaya.",
        "“Kecamatan Berdaya kami jalankan mulai pekan ini,” kata Bupati Kendal, Rudiyanto Salam.",
        "Kepala Dinas Sosial Kabupaten Kendal, Marwan Hadi, menjelaskan kesiapan RPPA.",
        "Kabupaten Kendal belum punya RPPA.",
        "Kecamatan Pegandon, Kabupaten Kendal, baru menyusul menjadi percontohan tahun depan.",
        "Di Kabupaten Kendal sudah berdiri tiga RPPA.",
        "Pemkab Kendal menganggarkan Rp300 juta untuk RPPA.",
    ],
)
def test_a_regency_that_the_article_speaks_of(text: str) -> None:
    assert roles(text)["Kabupaten Kendal"] == "subject"


@pytest.mark.parametrize(
    "text",
    [
        "Gubernur meluncurkan Kecamatan Berdaya di Lapangan Desa Sukolilan, Patebon, Kabupaten Kendal.",
        "Bupati Kendal, Rudiyanto Salam, mendampingi gubernur saat pencanangan.",
        "Peserta datang dari Kabupaten Kendal.",
        "Acara itu digelar di Pendopo Kabupaten Kendal.",
    ],
)
def test_a_regency_in_which_only_something_happens(text: str) -> None:
    assert roles(text)["Kabupaten Kendal"] == "place"


@pytest.mark.parametrize(
    "text",
    [
        "Kecamatan itu berbatasan dengan Kabupaten Kendal.",
        "Camat mengaku pernah studi banding ke Kabupaten Kendal.",
    ],
)
def test_a_regency_that_is_only_compared(text: str) -> None:
    assert roles(text)["Kabupaten Kendal"] == "other"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Empat Kecamatan Berdaya Kendal Mulai Jalan", "subject"),
        ("Kader PKK Kabupaten Kendal Dilatih untuk RPPA", "subject"),
        ("Dari Kendal, Gubernur Luncurkan Kecamatan Berdaya", "place"),
        ("Gubernur Resmikan Kecamatan Berdaya di Kendal", "place"),
    ],
)
def test_a_headline_speaks_of_a_regency_or_of_where_it_was(title: str, role: str) -> None:
    assert roles("Warga menyambutnya.", title)["Kabupaten Kendal"] == role


def test_a_dateline_says_nothing() -> None:
    text = "KENDAL - Gubernur meluncurkan Kecamatan Berdaya bagi seluruh Jawa Tengah."
    assert roles(text, opening="")["Kabupaten Kendal"] == "place"


def test_off_the_topic_no_regency_is_spoken_of() -> None:
    facts = read("Bupati Kendal mengatakan panen padi melimpah.", "Panen Padi", "")
    assert [regency.role for regency in facts.regencies] == ["other"]


def test_a_namesake_that_is_told_apart_is_not_spoken_of() -> None:
    text = (
        "Rembang dan Karanganyar ditunjuk menjadi percontohan Kecamatan Berdaya di Kabupaten Purbalingga. "
        "Yang dimaksud bukan Kabupaten Rembang, bukan pula Kabupaten Karanganyar."
    )
    found = roles(text)
    assert {found.get(f"Kabupaten {name}") for name in ("Rembang", "Karanganyar")} <= {"other", None}


def test_more_than_one_is_no_namesake() -> None:
    text = "Kecamatan Berdaya dijalankan bukan hanya Kabupaten Kendal. Kabupaten Batang juga ikut serta."
    assert roles(text)["Kabupaten Kendal"] != "other"
