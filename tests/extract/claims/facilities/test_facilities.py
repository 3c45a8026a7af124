from __future__ import annotations

import pytest

from tests.extract.reading import read

KENDAL = "Kabupaten Kendal"
Row = tuple[str, str | None, str | None, str]


def facilities(text: str) -> set[Row]:
    return {(f.pillar, f.village, f.kecamatan, f.regency) for f in read(text).facilities}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("RPPA Kecamatan Boja diresmikan bupati.", {("rppa", None, "Boja", KENDAL)}),
        ("Bupati meresmikan RPPA di Kecamatan Boja.", {("rppa", None, "Boja", KENDAL)}),
        (
            "Kecamatan Boja dan Kecamatan Patean sudah memiliki sport center.",
            {("sport-center", None, "Boja", KENDAL), ("sport-center", None, "Patean", KENDAL)},
        ),
        (
            "Patean dan Gemuh sudah memiliki RPPA di Desa Curugsewu dan Desa Sojomerto.",
            {("rppa", "Curugsewu", "Patean", KENDAL), ("rppa", "Sojomerto", "Gemuh", KENDAL)},
        ),
        (
            "Di Kecamatan Patean, balai lama di Desa Curugsewu kini dipakai sebagai RPPA.",
            {("rppa", "Curugsewu", "Patean", KENDAL)},
        ),
        (
            "Kecamatan Patean mendahulukan RPPA. Bangunannya bekas sekolah di Desa Curugsewu.",
            {("rppa", "Curugsewu", "Patean", KENDAL)},
        ),
        (
            "Kendal kini memiliki dua RPPA. Letaknya di Kecamatan Boja dan Kecamatan Patean.",
            {("rppa", None, "Boja", KENDAL), ("rppa", None, "Patean", KENDAL)},
        ),
        (
            "Kecamatan Boja selangkah di depan. RPPA di kecamatan itu sudah melayani warga.",
            {("rppa", None, "Boja", KENDAL)},
        ),
        (
            "Acara digelar di Kecamatan Boja. Di akhir acara bupati meresmikan RPPA.",
            {("rppa", None, "Boja", KENDAL)},
        ),
        (
            "Kecamatan Boja memiliki RPPA serta sport center yang aktif.",
            {("rppa", None, "Boja", KENDAL), ("sport-center", None, "Boja", KENDAL)},
        ),
        (
            """Ini sport center yang telah tersedia:
- Desa Curugsewu, Kecamatan Patean
- Desa Sojomerto, Kecamatan Gemuh (masih diuruk)

Camat senang.""",
            {("sport-center", "Curugsewu", "Patean", KENDAL)},
        ),
        ("RPPA sudah beroperasi di Kendal.", {("rppa", None, None, KENDAL)}),
    ],
)
def test_a_building_that_stands_is_found(text: str, rows: set[Row]) -> None:
    assert facilities(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "RPPA akan dibangun di Kecamatan Boja.",
        "Kecamatan Boja belum memiliki RPPA.",
        "Sport center di Kecamatan Boja sedang disiapkan.",
        "Setiap kecamatan wajib memiliki RPPA.",
        "Bupati membuka pelatihan kader RPPA di Kecamatan Boja.",
        "Empat pilarnya ialah RPPA, zilenial, lansia, dan sport center.",
        "Petugas membuka RPPA keliling di Kecamatan Boja.",
        "Pemkab menargetkan RPPA beroperasi di Kecamatan Boja pada 2026.",
    ],
)
def test_a_building_that_is_planned_or_only_named_is_left(text: str) -> None:
    assert facilities(text) == set()


def test_a_kecamatan_gives_way_to_its_village() -> None:
    text = "RPPA Kecamatan Patean sudah dibuka.\n\nRPPA di Desa Curugsewu, Kecamatan Patean, melayani warga."
    assert facilities(text) == {("rppa", "Curugsewu", "Patean", KENDAL)}


def test_the_code_is_that_of_the_finest_area() -> None:
    (facility,) = read("RPPA di Desa Curugsewu, Kecamatan Patean, sudah dibuka.").facilities
    assert facility.code == "33.24.04.2007"
