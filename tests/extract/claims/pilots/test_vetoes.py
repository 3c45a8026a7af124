"""What takes pilots back, or speaks of something else though its words are those of pilots."""

from __future__ import annotations

import pytest

from tests.extract.reading import read


def pilots(text: str) -> set[str]:
    return {c.kecamatan for c in read(text).pilot_kecamatan}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ralat: percontohan bukan Boja, melainkan Weleri.", {"Weleri"}),
        ("Kecamatan Boja bukan percontohan, melainkan Weleri.", {"Weleri"}),
        ("Yang menjadi percontohan Kecamatan Berdaya ialah Weleri, bukan Boja.", {"Weleri"}),
        (
            "Boja dan Patean menjadi percontohan. Redaksi meralat, kedua kecamatan itu belum masuk.",
            set(),
        ),
        ("Kecamatan percontohan ialah Boja dan Weleri. Daftar itu kemudian dibatalkan bupati.", set()),
        ("Boja dan Weleri menjadi percontohan. Sebulan kemudian penetapan itu dicabut.", set()),
        ("Boja dan Weleri menjadi percontohan. Belakangan Boja batal menjadi percontohan.", {"Weleri"}),
        ("Boja dan Weleri menjadi percontohan. Penunjukan Boja dibatalkan.", {"Weleri"}),
        ("Boja dan Weleri menjadi percontohan. Lomba mewarnai di Boja dibatalkan.", {"Boja", "Weleri"}),
        ("Boja batal menjadi percontohan. Setahun kemudian Boja menjadi percontohan.", {"Boja"}),
    ],
)
def test_what_is_taken_back_is_no_pilot(text: str, named: set[str]) -> None:
    assert pilots(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Kecamatan Boja dipilih sebagai lokasi job fair.", set()),
        ("Kecamatan Boja ditunjuk sebagai lokasi pasar murah Kecamatan Berdaya.", set()),
        ("Kecamatan Boja ditetapkan menjadi tuan rumah MTQ program Kecamatan Berdaya.", set()),
        ("Kecamatan Boja dijadikan pusat Kecamatan Berdaya.", {"Boja"}),
        ("Kecamatan Boja dan Weleri ditunjuk sebagai lokasi Kecamatan Berdaya.", {"Boja", "Weleri"}),
        ("Kecamatan Boja dan Weleri ditunjuk sebagai lokasi pelaksanaan program.", {"Boja", "Weleri"}),
    ],
)
def test_a_place_chosen_for_something_else_is_no_pilot(text: str, named: set[str]) -> None:
    assert pilots(text) == named


THREE_OF_FOUR = "Ada empat kecamatan percontohan, yaitu Boja, Weleri, dan Patean. "


@pytest.mark.parametrize(
    ("text", "fourth"),
    [
        ("Camat Rowosari berkelakar ingin ikut.", False),
        ("Camat Rowosari hadir dalam rapat itu.", False),
        ("Di Rowosari, hujan deras menggenangi jalan.", False),
        ("Satu lagi Rowosari.", True),
        ("Terakhir, Rowosari, baru bergabung bulan lalu.", True),
    ],
)
def test_a_count_is_filled_by_no_sentence_about_something_else(text: str, fourth: bool) -> None:
    assert ("Rowosari" in pilots(THREE_OF_FOUR + text)) is fourth
