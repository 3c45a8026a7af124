"""Offices and names as the daily press has them: fields of ministries, bodies, names that are words too."""

from __future__ import annotations

import pytest

from tests.extract.reading import read


def people(text: str) -> list[tuple[str, str]]:
    return [(p.name, p.role) for p in read(text).people]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Imam Hartono, Kepala Dispermades Kendal, hadir.", [("Imam Hartono", "Kepala Dispermades Kendal")]),
        ("Imam Masjid Agung Kendal, Salim Nur, hadir.", [("Salim Nur", "Imam Masjid Agung Kendal")]),
        ("Penyuluh Agama Islam Sri Lestari hadir.", [("Sri Lestari", "Penyuluh Agama Islam")]),
        ("Pengawas Madrasah Siti Aminah hadir.", [("Siti Aminah", "Pengawas Madrasah")]),
        ("Penyuluh Pertanian Lapangan Joko Susilo hadir.", [("Joko Susilo", "Penyuluh Pertanian Lapangan")]),
        ("Komandan Regu Damkar Suprapto hadir.", [("Suprapto", "Komandan Regu Damkar")]),
        ("Kapolda Metro Jaya Irjen Salim Nur hadir.", [("Salim Nur", "Kapolda Metro Jaya")]),
        ("Menteri Perhubungan Budi Karya Santosa hadir.", [("Budi Karya Santosa", "Menteri Perhubungan")]),
        ("Menteri Perhubungan Wahyu Utama hadir.", [("Wahyu Utama", "Menteri Perhubungan")]),
        ("Menteri Desa Salim Nur hadir.", [("Salim Nur", "Menteri Desa")]),
        ("Kepala Disporaraga Sutarno menyebut siap.", [("Sutarno", "Kepala Disporaraga")]),
        ("Direktur Utama PT Lereng Hijau menyerahkan bantuan.", []),
        ("Kepala Dinsos Kendal FX Pranata hadir.", [("FX Pranata", "Kepala Dinsos Kendal")]),
        (
            "Pimpinan Bank Jateng Cabang Kendal, Salim Nur, hadir.",
            [("Salim Nur", "Pimpinan Bank Jawa Tengah Cabang Kendal")],
        ),
        ("Bidan desa yang dilatih Dinas Sosial, Pengendalian Penduduk, dan Anak Kendal pulang.", []),
        (
            "Kepala Dinsos Kendal Salim Nur hadir. Tiap bulan, kata Salim, petugas Dinsos datang.",
            [("Salim Nur", "Kepala Dinsos Kendal")],
        ),
        ("Kepala Disporaraga menyerahkan bantuan.", []),
        (
            "Direktur RSUD Mekar Kendal dr. Salim Nur hadir.",
            [("Salim Nur", "Direktur RSUD Mekar Kendal")],
        ),
        (
            "Pengasuh Pondok Pesantren Al Hikmah KH Salim Nur hadir.",
            [("Salim Nur", "Pengasuh Pondok Pesantren Al Hikmah")],
        ),
    ],
)
def test_where_an_office_ends_and_a_name_begins(text: str, found: list[tuple[str, str]]) -> None:
    assert people(text) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sukirman dan Tri Wahyuni, Anggota DPRD Kendal, hadir.", ["Sukirman", "Tri Wahyuni"]),
        (
            "Salim Nur, Tri Wahyuni, dan Sri Asih, anggota DPRD Kendal, hadir.",
            ["Salim Nur", "Tri Wahyuni", "Sri Asih"],
        ),
        ("Drs. Salim Nur, M.Si. dan H. Mukti Aji, anggota DPRD Kendal, hadir.", ["Salim Nur", "Mukti Aji"]),
        ("Hadir Camat Boja dan Tri Wahyuni, anggota DPRD Kendal.", ["Tri Wahyuni"]),
        ("Warga dan Siti Aminah, kader posyandu, ikut.", ["Siti Aminah"]),
        ("Salim Nur dan Tri Wahyuni, Kepala Dinsos Kendal, hadir.", ["Tri Wahyuni"]),
    ],
)
def test_those_named_before_share_an_office_of_many(text: str, names: list[str]) -> None:
    assert [name for name, _ in people(text)] == names
