from __future__ import annotations

import pytest

from extract.mentions.numbers.number_scan import parse_digits
from extract.nlp import read_doc
from tests.extract.reading import engine, read

KENDAL = "Kabupaten Kendal"
PROVINCE = "Jawa Tengah"


def numbers(text: str) -> list[tuple[str, int]]:
    vocabulary, nlp = engine()
    doc = read_doc(nlp, vocabulary, "", f"Camat menyebut {text}.")
    return [(s.label_, int(s.kb_id_)) for s in doc.spans["numbers"]]


def quantities(text: str, title: str = "Kabar dari daerah") -> set[tuple[str, str, int]]:
    return {(q.measure, q.region, q.value) for q in read(text, title).quantities}


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("8.573 desa", "COUNT", 8573),
        ("12 ribu anak", "COUNT", 12000),
        ("1,25 juta orang", "COUNT", 1_250_000),
        ("lebih dari 9.000 orang", "COUNT", 9000),
        ("seratus lima puluh kecamatan", "COUNT", 150),
        ("empat belas kecamatan", "COUNT", 14),
        ("dua puluh tiga desa", "COUNT", 23),
        ("dua ribu tiga ratus lima puluh orang", "COUNT", 2350),
        ("empat (4) kecamatan", "COUNT", 4),
        ("9 (sembilan) kecamatan", "COUNT", 9),
        ("keempat kecamatan", "ALL", 4),
        ("Rp1,4 miliar", "MONEY", 1_400_000_000),
        ("Rp 350 juta", "MONEY", 350_000_000),
        ("Rp. 350.000.000,- saja", "MONEY", 350_000_000),
        ("1.400.000.000 rupiah", "MONEY", 1_400_000_000),
        ("Rp2,1 M", "MONEY", 2_100_000_000),
        ("paling sedikit empat kecamatan", "MINIMUM", 4),
        ("minimal 4 kecamatan", "MINIMUM", 4),
        ("setengah miliar rupiah", "MONEY", 500_000_000),
        ("Rp satu setengah miliar", "MONEY", 1_500_000_000),
        ("80 juta rupiah", "MONEY", 80_000_000),
        ("sepasang sport center", "COUNT", 2),
        ("trio Boja, Patean, dan Limbangan", "COUNT", 3),
    ],
)
def test_a_number_is_found(text: str, label: str, value: int) -> None:
    assert numbers(text) == [(label, value)]


@pytest.mark.parametrize(
    "text",
    [
        "50 persen warga",
        "56 persennya",
        "usia 15–29 tahun",
        "1–2 persen lowongan",
        "30 hingga 40 orang",
        "Nomor 12",
        "Sutopo (21) datang",
        "tahap ke-3",
        "Kamis (30/10) malam",
        "138/471 berkas",
        "2,5 kecamatan",
        "0811.22.33",
        "belasan RPPA",
        "separuh kecamatan",
        "dua-duanya datang",
        "setengah hari",
    ],
)
def test_what_counts_nothing_is_left(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("word", "value"),
    [("8.573", 8573.0), ("1,4", 1.4), ("12,000", 12000.0), ("1.4", 1.4), ("1.2.3", None), ("9" * 400, None)],
)
def test_digits_are_grouped_as_in_indonesia(word: str, value: float | None) -> None:
    assert parse_digits(word) == value


@pytest.mark.parametrize(
    ("text", "measure", "region", "value"),
    [
        # pilots: adjective, passive, active, status, list, part of a whole, the noun itself
        ("Ada lima kecamatan percontohan.", "kecamatan_pilot", KENDAL, 5),
        ("Lima kecamatan ditunjuk bupati.", "kecamatan_pilot", KENDAL, 5),
        ("Pemkab Pati menunjuk tiga kecamatan.", "kecamatan_pilot", "Kabupaten Pati", 3),
        ("Di Wonogiri, lima kecamatan menjadi pilot project.", "kecamatan_pilot", "Kabupaten Wonogiri", 5),
        (
            "Sebanyak 150 kecamatan di Jawa Tengah menyandang status Kecamatan Berdaya.",
            "kecamatan_pilot",
            PROVINCE,
            150,
        ),
        ("Program itu baru berjalan di 94 kecamatan.", "kecamatan_pilot", PROVINCE, 94),
        ("Programnya sudah menyentuh 94 kecamatan, tahun depan bertambah.", "kecamatan_pilot", PROVINCE, 94),
        ("Dari 20 kecamatan, enam di antaranya menjadi percontohan.", "kecamatan_pilot", KENDAL, 6),
        ("Percontohannya tiga.", "kecamatan_pilot", KENDAL, 3),
        ("Yang menjadi pilot project cuma tiga.", "kecamatan_pilot", KENDAL, 3),
        (
            "Program itu punya 140 titik percontohan di 33 kabupaten dan kota.",
            "kecamatan_pilot",
            PROVINCE,
            140,
        ),
        (
            "Satu dari tiga percontohan di Kabupaten Banyumas buka.",
            "kecamatan_pilot",
            "Kabupaten Banyumas",
            3,
        ),
        ("Ketiga kecamatan itu dijadikan contoh.", "kecamatan_pilot", KENDAL, 3),
        # all of a region
        ("Dari 18 kecamatan di Purbalingga, belum ada.", "kecamatan_total", "Kabupaten Purbalingga", 18),
        ("Jawa Tengah memiliki 8.573 desa dan 573 kecamatan.", "kecamatan_total", PROVINCE, 573),
        ("Jawa Tengah memiliki 8.573 desa dan 573 kecamatan.", "village_total", PROVINCE, 8573),
        ("Program itu menyasar langsung 573 kecamatan.", "kecamatan_total", PROVINCE, 573),
        ("Kabupaten Klaten memiliki 26 kecamatan.", "kecamatan_total", "Kabupaten Klaten", 26),
        # poor ones, also taken up
        ("Ada 12 kecamatan miskin di Kabupaten Brebes.", "kecamatan_poor", "Kabupaten Brebes", 12),
        (
            "Yang dipilih masuk kategori kecamatan miskin. Di Kendal ada 14 kecamatan dalam kategori itu.",
            "kecamatan_poor",
            KENDAL,
            14,
        ),
        ("Sembilan kecamatan merupakan kantong kemiskinan.", "kecamatan_poor", KENDAL, 9),
        ("Yang tergolong miskin di sana ada sembilan kecamatan.", "kecamatan_poor", KENDAL, 9),
        ("Jumlah desa di kabupaten ini 266.", "village_total", KENDAL, 266),
        ("Kecamatannya ada 20.", "kecamatan_total", KENDAL, 20),
        (
            "Kendal ikut. Kabupaten terpadat di Jawa Tengah itu punya 20 kecamatan.",
            "kecamatan_total",
            KENDAL,
            20,
        ),
        # decrees
        (
            "Kini 28 kabupaten/kota punya SK lokasi di 117 kecamatan.",
            "regency_decreed",
            PROVINCE,
            28,
        ),
        (
            "Kini 28 kabupaten/kota punya SK lokasi di 117 kecamatan.",
            "kecamatan_decreed",
            PROVINCE,
            117,
        ),
        (
            "Lewat SK Bupati Kendal, lima kecamatan ditetapkan sebagai lokus.",
            "kecamatan_decreed",
            KENDAL,
            5,
        ),
        # things
        ("RPPA yang terbentuk sebanyak 149 unit.", "rppa_units", PROVINCE, 149),
        ("RPPA aktif 5 unit.", "rppa_units", KENDAL, 5),
        ("Sport center baru satu.", "sport_center_units", KENDAL, 1),
        ("Kartu Zilenial dirasakan lebih dari 9.000 anak muda.", "zilenial_cards", KENDAL, 9000),
        ("Penerima Kartu Zilenial 640 orang.", "zilenial_cards", KENDAL, 640),
        # money
        ("Pemkab mengalokasikan Rp1,4 miliar.", "budget_idr", KENDAL, 1_400_000_000),
        ("APBD Perubahan menyisihkan setengah miliar rupiah.", "budget_idr", KENDAL, 500_000_000),
        ("Perbaikan gedung itu menelan Rp 310 juta.", "budget_idr", KENDAL, 310_000_000),
        ("Porsi Dinsos, Rp 240 juta, belum cair.", "budget_idr", KENDAL, 240_000_000),
    ],
)
def test_a_count_becomes_a_measure(text: str, measure: str, region: str, value: int) -> None:
    assert (measure, region, value) in quantities(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pelatihan diikuti 50 kader dari 10 kecamatan.",
        "Tiga kecamatan lain menunggu.",
        "Camat mengusulkan dua kecamatan tambahan sebagai percontohan.",
        "Setiap daerah menetapkan paling sedikit empat kecamatan.",
        "Camat itu menyambangi 25 desa.",
        "Setiap kecamatan mendapat Rp 100 juta.",
        "Omzet kedai itu Rp 3 juta.",
        "Pemkab menargetkan 20 RPPA.",
        "Lapangan di 12 desa siap dipakai.",
        "Dua kecamatan ditetapkan rawan longsor.",
        "Bupati memilih dua kecamatan untuk pasar murah.",
        "Pada bursa kerja itu 300 anak muda melamar, sebagian memakai Kartu Zilenial.",
        "Di Kabupaten Kendal baru lima.",
        "Di Boja ada dua RPPA.",
        "Dana TJSL perusahaan itu Rp 450 juta.",
        "Banjir merendam enam kecamatan pekan lalu.",
        "Tahun depan lima kecamatan lagi menyusul.",
        "Adapun tiga kecamatan yang lain belum ditunjuk.",
        "Paling tidak empat kecamatan harus siap ditunjuk.",
        "Satu RPPA melayani tiga kecamatan.",
        "RPPA menerima 12 aduan dari lima kecamatan.",
        "Kuota Kartu Zilenial 5.000 orang.",
        "Layanan lansia menjangkau sembilan kecamatan.",
        "Sewa kios di sport center Rp 900 ribu setahun, dananya masuk kas desa.",
        "Di eks Karesidenan Semarang ada 23 kecamatan percontohan.",
    ],
)
def test_what_is_none_of_the_measures_is_left(text: str) -> None:
    assert quantities(text) == set()


def test_contradicting_figures_are_both_recorded_and_equal_ones_once() -> None:
    text = "Lima kecamatan ditunjuk.\n\nSiaran pers menulis enam kecamatan percontohan, bukan lima kecamatan."
    found = [q for q in read(text).quantities if q.measure == "kecamatan_pilot"]
    assert sorted(q.value for q in found) == [5, 6]


def test_a_headline_counts_and_shares_its_claim_with_the_text() -> None:
    facts = read("Lima kecamatan di Kendal ditunjuk.", "Lima Kecamatan Percontohan di Kendal")
    (claim,) = facts.quantities
    assert (claim.measure, claim.region, claim.value) == ("kecamatan_pilot", KENDAL, 5)
    assert {e.field for e in claim.evidence} == {"title", "text"}


def test_a_headline_that_rounds_a_figure_of_the_text_is_no_figure_of_its_own() -> None:
    text = "Tercatat 25.072 pemuda telah mendaftar Kartu Zilenial."
    assert quantities(text, "25 Ribu Pemuda Kendal Punya Kartu Zilenial") == {
        ("zilenial_cards", KENDAL, 25072)
    }


def test_what_governs_a_number_comes_before_what_else_is_said() -> None:
    text = "Dari 20 kecamatan, dipilih empat yang termasuk kategori miskin."
    assert quantities(text) == {("kecamatan_total", KENDAL, 20), ("kecamatan_pilot", KENDAL, 4)}


def test_a_region_with_a_twin_stays_open_only_where_both_have_so_many() -> None:
    regions = {q.region for q in read("Enam kecamatan di Magelang ditunjuk.", opening="").quantities}
    assert regions <= {"Kabupaten Magelang"}
