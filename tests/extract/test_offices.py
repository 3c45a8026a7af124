"""Every area behind every office, whole and cut off anywhere: reading it ends."""

from __future__ import annotations

import pytest

from tests.extract.reading import read, read_record


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kecamatan Berdaya", "Petugas Kecamatan Kota"),
        ("Kecamatan Berdaya", "Ketua PKK Kecamatan Kota hadir"),
        ("Kecamatan Berdaya", "Bupati di Kecamatan Kota, Kota, Kecamatan Kota"),
        ("Kepala Seksi Kecamatan Kota Kota", "Kecamatan Berdaya di Kota"),
    ],
)
def test_a_kecamatan_called_like_a_kind_of_area_ends_an_office(title: str, text: str) -> None:
    read_record(title, text)


def test_the_office_behind_which_it_stands_is_whole() -> None:
    told = "Kepala Seksi Kesejahteraan Kecamatan Kota Kudus, Budi Santoso, mengatakan itu."
    person = read(told, opening="KUDUS - Kecamatan Berdaya berjalan di Kabupaten Kudus. ").people
    assert [(p.name, p.role) for p in person] == [
        ("Budi Santoso", "Kepala Seksi Kesejahteraan Kecamatan Kota Kudus")
    ]
