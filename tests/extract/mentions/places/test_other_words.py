"""Names of the province's areas that are words of something else, or of an area elsewhere."""

from __future__ import annotations

import pytest

from tests.extract.reading import read


def places(text: str) -> set[str]:
    facts = read(text)
    named = {r.name for r in facts.regencies} - {"Kabupaten Kendal"}
    return named | {k.kecamatan for k in (*facts.pilot_kecamatan, *facts.other_kecamatan)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Batang pohon tumbang menutup jalan.", set()),
        ("Batang siap menyambut tamu.", {"Kabupaten Batang"}),
        ("Seorang Perwira Tinggi (Pati) Polri hadir.", set()),
        ("Bupati Pati hadir.", {"Kabupaten Pati"}),
        ("Jemaat Gereja Roh Kudus menyalurkan bantuan.", set()),
        ("Mahasiswa UIN Raden Mas Sahid Surakarta mendampingi warga.", set()),
        ("Mahasiswa UNS Surakarta mendampingi warga.", set()),
        ("Mahasiswa mendampingi warga Surakarta.", {"Kota Surakarta"}),
        ("Tamu dari Kecamatan Kembang Tanjong, Aceh, datang.", set()),
        ("Tamu dari Kecamatan Kembang Tanjong Kabupaten Pidie datang.", set()),
        ("Tamu dari Desa Batu Gajah, Sumsel, datang.", set()),
        ("Tamu dari Kecamatan Taman, Kabupaten Sidoarjo, datang.", set()),
        ("Tamu dari Desa Bulu, Kecamatan Taman, Sidoarjo, datang.", set()),
        ("Pemuda Desa Meteseh, Kecamatan Boja, Kendal, menang.", {"Boja"}),
        ("Menteri Desa Boja Santosa hadir.", set()),
        ("Balai Desa Boja ramai. Boja, bersama Weleri dan Gemuh, maju.", {"Boja", "Weleri", "Gemuh"}),
        ("Balai Desa Boja ramai. Kades Boja bersama warga maju.", set()),
    ],
)
def test_what_only_looks_like_an_area_of_ours_is_none(text: str, found: set[str]) -> None:
    assert places(text) == found
