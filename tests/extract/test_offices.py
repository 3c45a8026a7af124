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


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "dan ",
            "kecamatan ",
            "I ",
            "II ",
            "Ketua dan ",
            "Bupati dan ",
            "Bupati & Camat ",
            "Bupati/",
            "Ketua, ",
        ),
        *("( ", "“", "(Plt) ", "Plt. ", "di Kecamatan ", "Kota ", "H. ", "S.H. "),
    ],
)
def test_a_row_without_end_is_no_deeper_than_python_goes(unit: str) -> None:
    row = f"Ketua I {unit * 3000}PKK Boja, Wagiyo."
    read_record("Kecamatan Berdaya di Kendal", row)
    read_record(f"Kecamatan Berdaya di Kendal: {row}", row)
