"""Trainings that were held: what is one, for which pillar, by whom, where and when; and what is none."""

from __future__ import annotations

import pytest

from db.records import Training
from tests.extract.reading import read

KENDAL = "Kabupaten Kendal"

#: Sentence -> (pillar, topic, agency, date) of the one training that it tells of in Kendal.
TOLD = [
    (
        "Dinas Sosial menggelar pelatihan menjahit bagi penyandang disabilitas.",
        "disabilitas-lansia",
        "menjahit",
        "sosial",
        "",
    ),
    (
        "Dinas Sosial telah menyelenggarakan kursus pijat bagi penyandang disabilitas, Senin (3/11/2025).",
        "disabilitas-lansia",
        "pijat",
        "sosial",
        "2025-11-03",
    ),
    ("Pelatihan paralegal RPPA digelar Dinas Sosial di aula kecamatan.", "rppa", "paralegal", "sosial", ""),
    (
        "Pelatihan paralegal RPPA diselenggarakan oleh Dinas Sosial selama dua hari.",
        "rppa",
        "paralegal",
        "sosial",
        "",
    ),
    ("Sebanyak 25 kader mengikuti pelatihan paralegal RPPA di Pendopo.", "rppa", "paralegal", "", ""),
    (
        "Dua belas kader RPPA mengikuti bimtek manajemen kasus, Rabu (5/11/2025).",
        "rppa",
        "manajemen kasus",
        "",
        "2025-11-05",
    ),
    ("Bimbingan teknis untuk petugas RPPA berlangsung dua hari.", "rppa", "", "", ""),
    ("Pelatihan barista bagi pemegang Kartu Zilenial diikuti 40 orang.", "zilenial", "barista", "", ""),
    ("Dinas Tenaga Kerja melatih 60 pemegang Kartu Zilenial.", "zilenial", "", "ketenagakerjaan", ""),
    (
        "Para pemegang Kartu Zilenial dilatih Dinas Tenaga Kerja selama sepekan.",
        "zilenial",
        "",
        "ketenagakerjaan",
        "",
    ),
    ("Pendamping RPPA dilatih oleh Dinas Sosial pada Oktober 2025.", "rppa", "", "sosial", "2025-10"),
    ("Dinas Sosial sudah melatih pengelola RPPA.", "rppa", "", "sosial", ""),
    ("Wawan dan dua temannya lulus pelatihan las Kartu Zilenial.", "zilenial", "las", "", ""),
    ("Ia baru tamat kursus mekanik untuk penyandang disabilitas.", "disabilitas-lansia", "mekanik", "", ""),
    (
        "Balai desa ramai karena kursus memasak bagi penyandang disabilitas berjalan tiap Sabtu.",
        "disabilitas-lansia",
        "memasak",
        "",
        "",
    ),
    (
        "Dinas Sosial membuka pelatihan membatik untuk penyandang disabilitas.",
        "disabilitas-lansia",
        "membatik",
        "sosial",
        "",
    ),
    (
        "Dinas Sosial menutup pelatihan membatik untuk penyandang disabilitas, Kamis (6/11/2025).",
        "disabilitas-lansia",
        "membatik",
        "sosial",
        "2025-11-06",
    ),
    (
        "Lokakarya pendampingan korban untuk petugas RPPA diadakan Dinas Sosial.",
        "rppa",
        "pendampingan korban",
        "sosial",
        "",
    ),
    ("Pembekalan bagi petugas RPPA sudah rampung.", "rppa", "", "", ""),
    (
        "Dinas Sosial melaksanakan workshop konten digital untuk pemegang Kartu Zilenial.",
        "zilenial",
        "konten digital",
        "sosial",
        "",
    ),
    (
        "Mahasiswa menemani pelatihan menganyam untuk penyandang disabilitas yang diadakan Dinas Sosial.",
        "disabilitas-lansia",
        "menganyam",
        "sosial",
        "",
    ),
    (
        "Pelatihan las untuk pemegang Kartu Zilenial dihelat Dinas Tenaga Kerja.",
        "zilenial",
        "las",
        "ketenagakerjaan",
        "",
    ),
]

#: What tells of no training that was held for a pillar.
UNTOLD = [
    "Dinas Sosial akan menggelar pelatihan menjahit bagi penyandang disabilitas.",
    "Dinas Sosial berencana melatih pengelola RPPA.",
    "Pelatihan paralegal RPPA dijadwalkan awal Desember.",
    "Pelatihan paralegal RPPA belum digelar Dinas Sosial.",
    "Pemegang Kartu Zilenial dapat mengikuti pelatihan barista.",
    "Pemegang Kartu Zilenial berhak mengikuti kursus las.",
    "Camat meminta Dinas Sosial menggelar pelatihan bagi kader RPPA.",
    "Dinas Sosial diharapkan melatih pengelola RPPA.",
    "Tahun depan Dinas Sosial menggelar pelatihan paralegal RPPA.",
    "Pelatihan serupa untuk kader RPPA digelar di Weleri.",
    "Jika dana turun, Dinas Sosial menggelar pelatihan kader RPPA.",
    "Dinas Sosial menggelar pelatihan menjahit bagi ibu rumah tangga.",
    "Dinas Sosial melatih pedagang pasar.",
    "Program ini berisi RPPA, pelatihan, dan Kartu Zilenial.",
    "Sisanya membiayai pelatihan bagi penyandang disabilitas.",
    "Kepala Bidang Pelatihan Dinas Tenaga Kerja menyerahkan Kartu Zilenial.",
    "Kartu Zilenial membuka akses ke pelatihan, magang, dan modal.",
    "Dinas Sosial dan Dinas Tenaga Kerja membahas RPPA, Kartu Zilenial, dan pelatihan.",
    "Warga berharap pelatihan Kartu Zilenial diikuti lebih banyak pemuda.",
    "Petugas RPPA tidak dilatih Dinas Sosial.",
    "Kader RPPA perlu mengikuti pelatihan paralegal.",
    "Dinas Sosial batal menggelar pelatihan paralegal RPPA.",
    "Dinas Sosial sudah menyiapkan pelatihan bagi petugas RPPA.",
    "Pelatih sepak bola melatih anak di sport center.",
    "Dana pelatihan penyandang disabilitas berjumlah Rp50 juta.",
]


def trainings(text: str, title: str = "Kabar dari daerah") -> list[Training]:
    return list(read(text, title).trainings)


@pytest.mark.parametrize(("text", "pillar", "topic", "agency", "date"), TOLD)
def test_a_training_that_was_held(text: str, pillar: str, topic: str, agency: str, date: str) -> None:
    found = trainings(text)
    assert [(t.pillar, t.topic, t.agency, t.region, t.date) for t in found] == [
        (pillar, topic, agency, KENDAL, date)
    ]
    assert all(t.evidence[0].rule.startswith("trainings.") for t in found)


@pytest.mark.parametrize("text", UNTOLD)
def test_what_is_no_training_that_was_held(text: str) -> None:
    assert trainings(text) == []


def test_a_training_goes_on() -> None:
    (found,) = trainings(
        "Sebanyak 25 kader mengikuti pelatihan paralegal RPPA. "
        "Pelatihan itu diselenggarakan Dinas Sosial Kabupaten Kendal, Rabu (5/11/2025)."
    )
    assert (found.pillar, found.topic, found.agency, found.date) == (
        "rppa",
        "paralegal",
        "sosial",
        "2025-11-05",
    )
    assert [e.rule for e in found.evidence] == ["trainings.attended", "trainings.held-by"]


def test_what_goes_on_with_nothing_tells_nothing() -> None:
    assert trainings("Pelatihan itu diselenggarakan Dinas Sosial Kabupaten Kendal.") == []


def test_one_training_of_two_sentences_is_one() -> None:
    (found,) = trainings(
        "Dinas Sosial melatih pengelola RPPA. Seperti diketahui, Dinas Sosial telah melatih petugas RPPA."
    )
    assert len(found.evidence) == 2


def test_trainings_of_two_pillars_are_two() -> None:
    found = trainings(
        "Dinas Sosial melatih pengelola RPPA. Dinas Tenaga Kerja melatih pemegang Kartu Zilenial."
    )
    assert [(t.pillar, t.agency) for t in found] == [("rppa", "sosial"), ("zilenial", "ketenagakerjaan")]


def test_a_headline_adds_to_the_training_of_its_text() -> None:
    (found,) = trainings(
        "Dinas Sosial menggelar pelatihan paralegal RPPA.", title="Kader Ikuti Pelatihan Paralegal RPPA"
    )
    assert found.region == KENDAL
    assert [e.field for e in found.evidence] == ["text", "title"]


def test_a_neighbours_agency_tells_the_region() -> None:
    (found,) = trainings("Dinas Sosial Kabupaten Batang melatih pengelola RPPA.")
    assert found.region == "Kabupaten Batang"


def test_an_article_off_the_topic_tells_of_none() -> None:
    assert list(read("Dinas Sosial melatih pengelola RPPA.", opening="").trainings) == []
