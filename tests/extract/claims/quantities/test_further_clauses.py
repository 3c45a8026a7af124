"""Counts in further clauses: whose they are, and of what."""

from __future__ import annotations

import pytest

from tests.extract.reading import OPENING, read

KENDAL, JATENG = "Kabupaten Kendal", "Jawa Tengah"
TOTAL, PILOT, POOR = "kecamatan_total", "kecamatan_pilot", "kecamatan_poor"
CARDS, MONEY = "zilenial_cards", "budget_idr"


def quantities(text: str, opening: str = OPENING) -> set[tuple[str, str, int]]:
    return {(q.measure, q.region, q.value) for q in read(text, opening=opening).quantities}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # all of so many
        ("Kedua puluh kecamatan diminta belajar.", {(TOTAL, KENDAL, 20)}),
        ("Ke-20 kecamatan diminta belajar.", {(TOTAL, KENDAL, 20)}),
        ("HUT ke-20 kecamatan itu meriah.", set()),
        ("Kelima belas kecamatan diminta belajar.", set()),
        # what some of another status were made
        ("Empat kecamatan miskin lolos percontohan Kecamatan Berdaya.", {(PILOT, KENDAL, 4)}),
        ("Empat kecamatan miskin di Kendal menunggu.", {(POOR, KENDAL, 4)}),
        ("Tujuh kecamatan di antaranya tercatat miskin.", {(POOR, KENDAL, 7)}),
        ("Program itu dijalankan pada lima kecamatan lebih dulu.", {(PILOT, KENDAL, 5)}),
        # the province is given something, and counts nothing
        (
            "Dari 20 kecamatan, pemkab menyodorkan empat kepada Pemprov Jawa Tengah sebagai percontohan.",
            {(TOTAL, KENDAL, 20), (PILOT, KENDAL, 4)},
        ),
        # guests
        ("Pelatihan Kartu Zilenial diserbu 63 pendaftar.", set()),
        ("Kelas Kartu Zilenial dipadati 63 pemegang kartu.", set()),
        ("Kartu Zilenial diluncurkan di hadapan 500 pelajar.", set()),
        ("Sebanyak 40 pemegang Kartu Zilenial diterima bekerja.", set()),
        ("Sebanyak 40 anak muda sudah memakai Kartu Zilenial untuk ikut pelatihan.", {(CARDS, KENDAL, 40)}),
        ("Kunjungan ke sport center mencapai 700 orang sebulan.", set()),
        # a number that takes up what the sentence before counts
        (
            "Pemkab mengusulkan empat kecamatan. Provinsi menyetujui keempatnya menjadi lokasi percontohan.",
            {(PILOT, KENDAL, 4)},
        ),
        ("Dua kecamatan itu jauh. Pemkab memasukkan keduanya sebagai percontohan.", set()),
        (
            "Seluruh 35 kabupaten/kota di Jawa Tengah memiliki SK penetapan lokasi.",
            {("regency_decreed", JATENG, 35)},
        ),
    ],
)
def test_counts(text: str, rows: set[tuple[str, str, int]]) -> None:
    assert quantities(text) == rows


def test_two_regencies_that_are_examples_own_no_later_count() -> None:
    opening = "SEMARANG - Rekap Kecamatan Berdaya Provinsi Jawa Tengah disusun dinas.\n\n"
    text = (
        "Enam daerah masih berutang. Dua di antaranya Temanggung dan Kota Tegal.\n\n"
        "Capaian lainnya sebagai berikut.\n\n"
        "• Kartu Zilenial: lebih dari 12 ribu pengguna\n• Anggaran terpakai: Rp42,5 miliar"
    )
    rows = {(CARDS, JATENG, 12_000), (MONEY, JATENG, 42_500_000_000)}
    assert quantities(text, opening) >= rows
    assert {r for m, r, _ in quantities(text, opening) if m in (CARDS, MONEY)} == {JATENG}
