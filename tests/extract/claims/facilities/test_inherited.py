"""Buildings whose place another clause or the sentence before tells."""

from __future__ import annotations

import pytest

from tests.extract.claims.facilities.test_wordings import BOJA, facilities
from tests.extract.reading import read

SPORT = ("sport-center", None, "Boja")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Bupati memuji Boja. RPPA-nya sudah jalan, katanya.", {BOJA}),
        ("Ada yang baru di Kecamatan Boja. Sebuah RPPA berdiri di sebelah balai KB.", {BOJA}),
        ("Warga Kecamatan Boja kini punya RPPA.", {BOJA}),
        ("Boja memiliki RPPA yang buka 24 jam dan sport center yang tak pernah sepi.", {BOJA, SPORT}),
        ("Sport center di Boja terus dipoles.", {SPORT}),
        ('"Sport center kami dulunya pasar hewan," kata Camat Boja Marjana.', {SPORT}),
        (
            "Bekas SD di Desa Meteseh, Kecamatan Boja, berganti rupa. Dua kelas dicat dan dijadikan RPPA.",
            {("rppa", "Meteseh", "Boja")},
        ),
        (
            "Di Kecamatan Boja, layanan korban menumpang di kantor PKK Desa Meteseh. Namanya RPPA Sekar.",
            {("rppa", "Meteseh", "Boja")},
        ),
        ("RPPA sudah menangani 40 kasus sejak Juli.", {("rppa", None, None)}),
    ],
)
def test_a_place_told_elsewhere(text: str, rows: set[tuple[str, str | None, str | None]]) -> None:
    assert facilities(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "Bupati menjanjikan bantuan bagi kecamatan yang mampu mendirikan RPPA.",
        "Menurut juknis, RPPA menempati ruang di kantor kecamatan.",
        "RPPA di Boja makin mendesak.",
        "Warga Kecamatan Boja ingin punya RPPA.",
        "Bupati memuji Boja. RPPA-nya akan dibuka Januari, katanya.",
    ],
)
def test_none_stands(text: str) -> None:
    assert facilities(text) == set()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("RPPA di Kecamatan Boja dipimpin seorang bidan.", {BOJA}),
        ("RPPA di Desa Meteseh, Boja, terbuka sepanjang hari.", {("rppa", "Meteseh", "Boja")}),
        ("RPPA di Kecamatan Boja dibahas dalam rapat.", set()),
        ("RPPA di Kecamatan Boja membutuhkan gedung.", set()),
        ("Kalau RPPA di Kecamatan Boja dipimpin bidan, korban lebih tenang.", set()),
        ("Dari tiga RPPA yang dijanjikan, baru Boja yang terwujud.", {BOJA}),
        ("Lapangan di belakang kantor Kecamatan Boja beralih menjadi sport center.", {SPORT}),
        ("Lapangan di belakang kantor Kecamatan Boja segera beralih menjadi sport center.", set()),
        ("Kecamatan Boja membanggakan sport center yang tiap sore disesaki pemuda.", {SPORT}),
    ],
)
def test_what_is_told_of_it(text: str, rows: set[tuple[str, str | None, str | None]]) -> None:
    assert facilities(text) == rows


@pytest.mark.parametrize(
    "where",
    [
        "RPPA telah dibuka di masing-masing kantor kecamatan.",
        "RPPA sudah beroperasi di kedua kecamatan.",
        '"Tamu Patean menginap di Patean," ujarnya. RPPA telah dibuka di masing-masing kantor kecamatan itu.',
    ],
)
def test_a_building_in_each_of_the_kecamatan_named_before(where: str) -> None:
    found = read(f"Percontohan itu Boja dan Weleri. {where}").facilities
    assert {(f.pillar, f.kecamatan) for f in found} == {("rppa", "Boja"), ("rppa", "Weleri")}


def test_what_is_used_already_stands_though_it_is_worked_on() -> None:
    (found,) = read("Boja menggarap sport center di lapangan, yang telah dipakai liga.").facilities
    assert (found.pillar, found.kecamatan) == ("sport-center", "Boja")


@pytest.mark.parametrize(
    ("text", "village"),
    [
        (
            "RPPA baru tersedia di Boja. Tempatnya memakai rumah dinas yang tak terpakai di Desa Meteseh.",
            "Meteseh",
        ),
        (
            "Sport center Boja sepi. Camat bingung. Gedung yang berada di Desa Meteseh itu dipakai menari.",
            "Meteseh",
        ),
    ],
)
def test_a_disused_house_or_a_hall_is_a_building_at_its_village(text: str, village: str) -> None:
    (found,) = read(text).facilities
    assert (found.kecamatan, found.village) == ("Boja", village)
