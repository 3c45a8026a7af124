from __future__ import annotations

import pytest

from tests.extract.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Pemkab Kendal menjalankan Kecamatan Berdaya.",
        "Pemkab Kendal menjalankan program kecamatan berdaya.",
        "Kartu Zilenial dibagikan di Kecamatan Boja, Kabupaten Kendal. RPPA menyusul.",
        "RPPA Kecamatan Boja, Kabupaten Kendal, dibuka. RPPA itu kecil. Pengelola RPPA tiga orang.",
        "Kartu Zilenial diminati. Pemilik Kartu Zilenial di Jawa Tengah 900 orang. Kartu Zilenial gratis.",
        "Kecamatan Boja bukan percontohan Kecamatan Berdaya di Kabupaten Kendal.",
        "Bupati Kendal meresmikan sport center Kecamatan Berdaya di Kecamatan Boja.",
        "Bupati Kendal menengok sport center kecamatan berdaya saat meninjau program kecamatan berdaya.",
        "Bupati Kendal membandingkan Kecamatan Berdaya Saing dengan Kecamatan Berdaya.",
        "Kader Boja, Kendal, bekerja melalui kecamatan berdaya.",
        "Warga Boja, Kendal, menyukseskan kecamatan berdaya.",
        "Warga Boja, Kendal, menyebutnya “kecamatan berdaya” saja.",
    ],
)
def test_about_the_programme(text: str) -> None:
    assert read(text, opening="").relevant


@pytest.mark.parametrize(
    "text",
    [
        "Lembaga zakat membuka Desa Berdaya di Kecamatan Boja, Kabupaten Kendal.",
        "Pemkab Kendal meluncurkan dasbor, mobil operasional, serta RPPA di Kecamatan Boja.",
        "Kecamatan Berdaya Saing dilombakan di Kabupaten Kendal.",
        "Bupati ingin kecamatan berdaya dan warga Kendal sejahtera.",
        "Bupati Kendal bercita-cita mewujudkan kecamatan berdaya dan mandiri pangan.",
        "Kecamatan Berdaya Saing Boja, Kendal, punya sport center kecamatan.",
        "Kabupaten Ngawi, Jawa Timur, membuka RPPA. RPPA itu di Kecamatan Paron. RPPA ramai.",
        "Program Kecamatan Berdaya dijalankan di Kabupaten Ngawi.",
        "Desa Berdaya di Boja, Kendal, tidak ada kaitannya dengan Kecamatan Berdaya.",
        "Pemkab Kendal menutup pelatihan. Kartu Zilenial disinggung pula.",
        "Sport center sebuah yayasan dibuka di Kecamatan Boja, Kendal.",
        "",
        "GARUT - Pemkab Garut, Jawa Barat, meluncurkan Kecamatan Berdaya. Namanya mirip. Kendal ditiru.",
    ],
)
def test_its_neighbours(text: str) -> None:
    assert not read(text, opening="").relevant


def test_a_name_of_its_own_makes_an_article_one_about_it() -> None:
    text = "KENDAL - Sebanyak 300 pemuda menerima Kartu Zilenial di alun-alun."
    assert read(text, opening="").relevant
    assert not read(text.replace("Kartu Zilenial", "kartu anggota"), opening="").relevant


def test_a_sign_in_the_headline_makes_it_the_subject() -> None:
    text = "RPPA di Kecamatan Boja, Kabupaten Kendal, dibuka kemarin."
    assert not read(text, opening="").relevant
    assert read(text, title="RPPA Boja Dibuka", opening="").relevant


def test_signs_before_the_programme_began_are_something_else() -> None:
    text = "RPPA di Kecamatan Boja, Kabupaten Kendal, dibuka kemarin."
    assert not read(text, title="RPPA Boja Dibuka", opening="", year=2019).relevant


def test_an_article_off_the_topic_claims_no_offices_and_people() -> None:
    facts = read("Kepala Dinsos Kendal, Wagiyo, bicara soal banjir di Boja.", opening="")
    assert not facts.relevant
    assert (facts.agencies, facts.people, facts.pillars, facts.responsibilities) == ((), (), (), ())
