"""Pilots as the daily press tells them: shared out, in company, by shares that were filled; rumours."""

from __future__ import annotations

import pytest

from tests.extract.reading import read


def pilots(text: str) -> set[str]:
    return {c.kecamatan for c in read(text).pilot_kecamatan}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            (
                "Dari lima kecamatan percontohan, baru dua yang bergerak. Boja dan Weleri sudah jalan. Yang "
                "lain, Patean, Gemuh, dan Rowosari, masih rapat."
            ),
            {"Boja", "Weleri", "Patean", "Gemuh", "Rowosari"},
        ),
        (
            "Dari tiga kecamatan percontohan, baru dua yang bergerak. Boja sepi. Yang lain, Weleri, ramai.",
            set(),
        ),
        (
            "Boja memang bukan satu-satunya. Kecamatan Weleri dan Patean juga menjalankan Kecamatan Berdaya.",
            {"Boja", "Weleri", "Patean"},
        ),
        ("Boja memang bukan satu-satunya. Kecamatan Weleri dan Patean juga banjir.", set()),
        ("Dua kuota untuk Kendal terisi Boja dan Weleri.", {"Boja", "Weleri"}),
        ("Dua kursi camat di Kendal terisi, yakni Boja dan Weleri.", set()),
        ("Harapan Boja untuk masuk Kecamatan Berdaya pupus.", set()),
        ("Kabar bahwa Kecamatan Boja menjadi percontohan Kecamatan Berdaya dibantah.", set()),
        (
            "Gubernur meninjau Kecamatan Berdaya di Boja. Dua kecamatan pilot lainnya Weleri dan Patean.",
            {"Boja", "Weleri", "Patean"},
        ),
        (
            "Gubernur meninjau pasar di Boja. Dua kecamatan pilot lainnya, yakni Weleri dan Patean, sepi.",
            {"Weleri", "Patean"},
        ),
        (
            "Selain Weleri, dua kecamatan lain yang jadi sasaran Kecamatan Berdaya adalah Boja dan Patean.",
            {"Boja", "Weleri", "Patean"},
        ),
        ("Yang ditetapkan adalah Boja dan Weleri.", {"Boja", "Weleri"}),
        ("Boja dan Weleri start lebih dahulu dalam Kecamatan Berdaya.", {"Boja", "Weleri"}),
    ],
)
def test_what_the_press_says_of_pilots(text: str, named: set[str]) -> None:
    assert pilots(text) == named
