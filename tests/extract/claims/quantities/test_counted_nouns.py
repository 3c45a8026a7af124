"""Numbers with a noun of their own, in an order, in answers and by ellipsis: what they count and what not."""

from __future__ import annotations

import pytest

from tests.extract.reading import read

KENDAL = "Kabupaten Kendal"
BARE = "Kecamatan Berdaya berjalan di Kabupaten Kendal. "


def quantities(text: str) -> set[tuple[str, str, int]]:
    return {(q.measure, q.region, q.value) for q in read(text, opening=BARE).quantities}


@pytest.mark.parametrize(
    "text",
    [
        "Delapan kecamatan menjadi percontohan, dengan 1.280 Kepala Keluarga sebagai sasaran.",
        "Bupati menetapkan delapan kecamatan percontohan. Pendataan mencakup 1.280 kepala keluarga.",
        "Bupati menetapkan delapan kecamatan percontohan. Pendataan mencakup 12 dusun.",
    ],
)
def test_a_number_with_a_noun_of_its_own_inherits_none(text: str) -> None:
    assert quantities(text) == {("kecamatan_pilot", KENDAL, 8)}


@pytest.mark.parametrize(
    "text",
    [
        "Sebanyak 1.280 kecamatan menjadi percontohan di Jawa Tengah.",
        "Bupati menunjuk 900 kecamatan percontohan.",
    ],
)
def test_no_more_kecamatan_are_counted_than_there_are(text: str) -> None:
    assert quantities(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Pilar Keempat kecamatan percontohan ialah sport center.",
        "Boja, Patean, Limbangan, dan Weleri menjadi percontohan. Pilar keempat kecamatan itu sport center.",
    ],
)
def test_what_tells_a_place_in_an_order_counts_nothing(text: str) -> None:
    assert quantities(text) == set()


def test_all_four_of_them_are_counted_still() -> None:
    text = "Boja, Patean, Limbangan, dan Weleri menjadi percontohan. Keempat kecamatan itu ramai."
    assert quantities(text) == {("kecamatan_pilot", KENDAL, 4)}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Berapa RPPA yang sudah berdiri di Kendal? Dua unit.", ("rppa_units", KENDAL, 2)),
        ('Ada berapa sport center di Kendal?\n\n"Lima unit."', ("sport_center_units", KENDAL, 5)),
        ("Berapa kecamatan percontohan di Kendal?\n\nBaru empat.", ("kecamatan_pilot", KENDAL, 4)),
    ],
)
def test_an_answer_counts_what_the_question_asks_for(text: str, row: tuple[str, str, int]) -> None:
    assert quantities(text) == {row}


@pytest.mark.parametrize(
    "text",
    [
        "Sejak kapan RPPA berdiri? Dua unit.",
        "Berapa RPPA yang sudah berdiri. Dua unit.",
        "Berapa orang datang ke RPPA? Dua.",
        "Berapa RPPA yang sudah berdiri? Dua orang menjaga.",
    ],
)
def test_what_answers_no_such_question_counts_nothing(text: str) -> None:
    assert quantities(text) == set()


def test_a_regency_and_a_number_go_on_counting() -> None:
    text = "Kabupaten Kendal mengelola tiga RPPA, Kabupaten Demak dua."
    assert quantities(text) == {("rppa_units", KENDAL, 3), ("rppa_units", "Kabupaten Demak", 2)}


@pytest.mark.parametrize(
    "text",
    [
        "PT Maju Jaya mengalokasikan Rp 3 miliar untuk Kecamatan Berdaya di Kendal.",
        "Perusahaan semen itu mengucurkan dana Rp 3 miliar bagi sport center.",
    ],
)
def test_the_money_of_a_company_is_no_budget(text: str) -> None:
    assert quantities(text) == set()


def test_an_amount_behind_an_office_is_nobody() -> None:
    facts = read("Bantuan Gubernur Sebesar Rp 2 miliar disalurkan untuk Kecamatan Berdaya.", opening=BARE)
    assert facts.people == ()
    assert [q.value for q in facts.quantities] == [2_000_000_000]


@pytest.mark.parametrize(
    "text",
    [
        "Dari lima kecamatan percontohan, baru dua yang bergerak.",
        "Kecamatan percontohan: baru dua dari lima.",
    ],
)
def test_a_part_of_the_pilots_is_no_count_of_them(text: str) -> None:
    assert all(q.value != 2 for q in read(text).quantities)


def test_cards_are_counted_by_who_holds_them() -> None:
    found = read("Warga menyambut Kartu Zilenial. Kartu sudah dimiliki 1.030 orang.").quantities
    assert [(q.measure, q.value) for q in found] == [("zilenial_cards", 1030)]
