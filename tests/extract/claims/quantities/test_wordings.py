"""Counts as the press words them: what a passage yields, all of it and nothing else."""

from __future__ import annotations

import pytest

from tests.extract.reading import OPENING, read

Row = tuple[str, str, int]

JATENG = "Jawa Tengah"
KENDAL = "Kabupaten Kendal"
PROVINCE = "SEMARANG - Kecamatan Berdaya dijalankan Pemerintah Provinsi Jawa Tengah.\n\n"
BARE = "Kecamatan Berdaya menjadi perhatian.\n\n"


def quantities(text: str, opening: str) -> set[Row]:
    return {(q.measure, q.region, q.value) for q in read(text, opening=opening).quantities}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Menurut catatan biro, 31 kabupaten/kota menerbitkan SK lokasi di 127 kecamatan.",
            {("regency_decreed", JATENG, 31), ("kecamatan_decreed", JATENG, 127)},
        ),
        (
            "Ada 148 kecamatan percontohan. Dari 148 pilot project itu, 129 sudah tertuang dalam SK lokasi.",
            {
                ("kecamatan_pilot", JATENG, 148),
                ("kecamatan_decreed", JATENG, 129),
            },
        ),
        (
            "Sebanyak 126 kecamatan telah ditetapkan dalam SK lokasi pada 31 kabupaten/kota.",
            {("kecamatan_decreed", JATENG, 126), ("regency_decreed", JATENG, 31)},
        ),
        (
            "Dari angka itu, 119 kecamatan sudah dituangkan dalam SK lokasi di 28 kabupaten/kota.",
            {("kecamatan_decreed", JATENG, 119), ("regency_decreed", JATENG, 28)},
        ),
        (
            "Sudah 32 daerah yang mengeluarkan SK penetapan lokasi dengan cakupan 140 kecamatan.",
            {("regency_decreed", JATENG, 32), ("kecamatan_decreed", JATENG, 140)},
        ),
        (
            "Penetapan lokasi melalui SK telah dilakukan di 27 kabupaten/kota, mencakup 110 kecamatan.",
            {("regency_decreed", JATENG, 27), ("kecamatan_decreed", JATENG, 110)},
        ),
        (
            "Ada 118 kecamatan di 29 kabupaten/kota sudah memiliki Surat Keputusan (SK) penetapan lokasi.",
            {("kecamatan_decreed", JATENG, 118), ("regency_decreed", JATENG, 29)},
        ),
        (
            "Kartu Zilenial diminati.\n\nHingga pekan lalu, 21.340 pemuda mengikuti program tersebut.",
            {("zilenial_cards", JATENG, 21340)},
        ),
        (
            "Kartu Zilenial dipakai 7.250 pemuda, terbanyak kedua setelah penduduk usia sekolah.",
            {("zilenial_cards", JATENG, 7250)},
        ),
        ("PLN menyediakan dana Rp1,7 miliar untuk Kecamatan Berdaya.", set()),
        ("SK lokasi sudah diterbitkan oleh 27 kabupaten/kota.", {("regency_decreed", JATENG, 27)}),
        ("Baru 33 dari 35 kabupaten/kota memiliki SK lokasi.", {("regency_decreed", JATENG, 33)}),
        # decrees on something else, and those that are missing
        ("Sebanyak 24 kabupaten/kota menerbitkan SK Tim Pembina, 11 daerah lain belum.", set()),
        ("SK Tim Pembina baru dimiliki 26 kabupaten/kota.", set()),
        ("Tim Kecamatan Berdaya sudah dibentuk di 76 kecamatan pada 19 kabupaten/kota.", set()),
        ("Tersisa 3 kabupaten yang belum menetapkan SK lokasi, yakni Blora, Jepara, dan Tegal.", set()),
        ("Dasarnya SE Gubernur Nomor 400.10.2/0001122 Tahun 2025.", set()),
        # how far the programme goes
        (
            "Kini 150 kecamatan di 35 kabupaten/kota resmi menjadi proyek percontohan.",
            {("kecamatan_pilot", JATENG, 150)},
        ),
        (
            "Sudah 94 kecamatan dari 576 kecamatan di Jawa Tengah yang menjalankan program.",
            {("kecamatan_pilot", JATENG, 94), ("kecamatan_total", JATENG, 576)},
        ),
        (
            "Sampai kini 133 dari 576 kecamatan di Jawa Tengah berstatus Kecamatan Berdaya.",
            {("kecamatan_pilot", JATENG, 133), ("kecamatan_total", JATENG, 576)},
        ),
        ("Dari sasaran itu, baru 150 kecamatan yang digarap.", {("kecamatan_pilot", JATENG, 150)}),
        ("Kecamatan Berdaya sudah menjangkau 94 kecamatan.", {("kecamatan_pilot", JATENG, 94)}),
        ("RPPA kini hadir di 149 kecamatan.", set()),
        ("Rentang kendali provinsi ke 8.573 desa terlalu jauh.", {("village_total", JATENG, 8573)}),
        ("Masih ada 149 unit RPPA yang aktif.", {("rppa_units", JATENG, 149)}),
        ("RPPA (149 unit) dan Kartu Zilenial paling menonjol.", {("rppa_units", JATENG, 149)}),
        ("Kartu Zilenial kini punya 41.300 anggota.", {("zilenial_cards", JATENG, 41300)}),
        (
            "Kartu Zilenial dibagikan sejak Juli. Dalam empat bulan, 24.110 anak muda mendaftar.",
            {("zilenial_cards", JATENG, 24110)},
        ),
        ("Kartu Zilenial ditargetkan dimiliki 100 ribu anak muda.", set()),
        ("Kekerasan pada anak tercatat 1.301 kasus.", set()),
        ("Sebanyak 31 pemda sudah mengantongi SK lokasi.", {("regency_decreed", JATENG, 31)}),
        (
            "Tercatat 29 pemerintah kabupaten/kota merampungkan surat keputusan tentang lokus.",
            {("regency_decreed", JATENG, 29)},
        ),
        ("Hingga Mei sudah 21 daerah yang punya SK.", {("regency_decreed", JATENG, 21)}),
        ("Kecamatan yang termuat dalam semua SK itu berjumlah 141.", {("kecamatan_decreed", JATENG, 141)}),
        ("Sudah 141 kecamatan yang dipayungi SK.", {("kecamatan_decreed", JATENG, 141)}),
        ("Kartu Zilenial sepi. Se-Jawa Tengah, pemegangnya baru 96 orang.", {("zilenial_cards", JATENG, 96)}),
        ("Kartu Zilenial ramai. Penggunanya menembus 3.400 orang.", {("zilenial_cards", JATENG, 3400)}),
        (
            "Kartu Zilenial dibuka Juli. Peminatnya ramai. Sebanyak 3.400 pemuda sudah memilikinya.",
            {("zilenial_cards", JATENG, 3400)},
        ),
        (
            "Kartu Zilenial laku. Kini 3.400 anak muda menggenggam kartu itu.",
            {("zilenial_cards", JATENG, 3400)},
        ),
        ("Sebanyak 90 pemuda pemegang Kartu Zilenial mengikuti lomba robot.", set()),
        (
            "Pemegang Kartu Zilenial di Jawa Tengah menembus 24.500 orang, dan di Kota Salatiga 830 orang.",
            {("zilenial_cards", JATENG, 24500), ("zilenial_cards", "Kota Salatiga", 830)},
        ),
    ],
)
def test_counts_of_the_province(text: str, rows: set[Row]) -> None:
    assert quantities(text, PROVINCE) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Bupati menerbitkan SK yang menetapkan lima kecamatan sebagai lokasi.",
            {("kecamatan_decreed", KENDAL, 5), ("kecamatan_pilot", KENDAL, 5)},
        ),
        ("Lima kecamatan itu lalu ditetapkan melalui surat keputusan.", {("kecamatan_decreed", KENDAL, 5)}),
        ("Ada lima kecamatan dalam SK tersebut.", {("kecamatan_decreed", KENDAL, 5)}),
        (
            "Dua kecamatan ditunjuk sebagai percontohan melalui SK Bupati.",
            {("kecamatan_decreed", KENDAL, 2), ("kecamatan_pilot", KENDAL, 2)},
        ),
        ("Program itu telah terbentuk di lima kecamatan.", {("kecamatan_pilot", KENDAL, 5)}),
        ("Kendal mencapai target dengan menetapkan lima kecamatan.", {("kecamatan_pilot", KENDAL, 5)}),
        ("Kecamatan Berdaya dipusatkan di lima kecamatan.", {("kecamatan_pilot", KENDAL, 5)}),
        ("Sosialisasi Kecamatan Berdaya digelar di lima kecamatan.", set()),
        ("Kecamatan yang dipilih Pemkab berjumlah empat.", {("kecamatan_pilot", KENDAL, 4)}),
        ("Program dimulai dari lima kecamatan.", {("kecamatan_pilot", KENDAL, 5)}),
        ("Pemkab menargetkan 20 kecamatan berdaya.", set()),
        ("Kursus bagi pemegang Kartu Zilenial diikuti 30 peserta.", set()),
        (
            "Enam RPPA dan satu sport center sudah beroperasi.",
            {("rppa_units", KENDAL, 6), ("sport_center_units", KENDAL, 1)},
        ),
        ("Camat dari tiga kecamatan percontohan lainnya hadir.", set()),
        ("Tiga kecamatan lainnya masih menunggu.", set()),
        ("Undangan disebar ke perwakilan 20 kecamatan.", set()),
        ("Lomba itu diikuti 20 kecamatan.", set()),
        (
            "Seluruh kecamatan di Kabupaten Blora yang berjumlah 16 ikut.",
            {("kecamatan_total", "Kabupaten Blora", 16)},
        ),
        ("Sport center yang aktif baru dua unit, sisanya masih diuruk.", {("sport_center_units", KENDAL, 2)}),
        ("Pemkab menargetkan 20 unit RPPA; kini baru terbentuk lima unit.", {("rppa_units", KENDAL, 5)}),
        ("Peserta menerima uang saku Rp 100 ribu.", set()),
        ("SK Bupati Nomor 400/77 memuat lima kecamatan.", {("kecamatan_decreed", KENDAL, 5)}),
        (
            "Keputusan Bupati terbit Juli. Di dalamnya tercantum lima kecamatan.",
            {("kecamatan_decreed", KENDAL, 5)},
        ),
        ("Lima kecamatan didapuk menjadi pionir.", {("kecamatan_pilot", KENDAL, 5)}),
        ("Kecamatan yang menyandang predikat itu ada lima.", {("kecamatan_pilot", KENDAL, 5)}),
        ("Dari lima nama yang disodorkan, semuanya disetujui gubernur.", {("kecamatan_pilot", KENDAL, 5)}),
        (
            "Boja dan Patean, dua dari lima kecamatan yang menjalankan program, sudah siap.",
            {("kecamatan_pilot", KENDAL, 5)},
        ),
        ("Sepertiga dari 20 kecamatan masuk kategori miskin.", {("kecamatan_total", KENDAL, 20)}),
        (
            "Sukorejo, Singorojo, dan Pageruyung bersiap. Ketiganya ditunjuk gubernur.",
            {("kecamatan_pilot", KENDAL, 3)},
        ),
        (
            "Desanya saja 266, tersebar di 20 kecamatan.",
            {("village_total", KENDAL, 266), ("kecamatan_total", KENDAL, 20)},
        ),
        ("Bantuan Rp 50 juta untuk tiap RPPA disiapkan dinas.", set()),
        ("APBD provinsi menyumbang Rp 18 miliar.", {("budget_idr", JATENG, 18_000_000_000)}),
    ],
)
def test_counts_of_a_regency(text: str, rows: set[Row]) -> None:
    assert quantities(text, OPENING) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Di Kota Salatiga, program itu dijalankan di empat kecamatan.",
            {("kecamatan_pilot", "Kota Salatiga", 4)},
        ),
        (
            "Kota Magelang memulai. Program ini menyasar tiga kecamatan di Kota Magelang.",
            {("kecamatan_pilot", "Kota Magelang", 3)},
        ),
        (
            "Tujuh kecamatan di Klaten masuk daftar 150 Kecamatan Berdaya se-Jawa Tengah.",
            {("kecamatan_pilot", "Kabupaten Klaten", 7), ("kecamatan_pilot", JATENG, 150)},
        ),
        (
            "Bupati menyebut 5 dari 20 kecamatan di Temanggung terpilih menjadi Kecamatan Berdaya.",
            {("kecamatan_pilot", "Kabupaten Temanggung", 5), ("kecamatan_total", "Kabupaten Temanggung", 20)},
        ),
        (
            "Kabupaten Magelang menetapkan enam kecamatan, sedangkan Kota Magelang memilih dua kecamatan.",
            {("kecamatan_pilot", "Kabupaten Magelang", 6), ("kecamatan_pilot", "Kota Magelang", 2)},
        ),
        (
            "Pilot project di Kabupaten Sukoharjo ada dua, yakni Bulu dan Weru.",
            {("kecamatan_pilot", "Kabupaten Sukoharjo", 2)},
        ),
        (
            "Kabupaten Banyumas dengan 27 kecamatan dan 331 desa/kelurahan baru memilih empat kecamatan.",
            {
                ("kecamatan_total", "Kabupaten Banyumas", 27),
                ("village_total", "Kabupaten Banyumas", 331),
                ("kecamatan_pilot", "Kabupaten Banyumas", 4),
            },
        ),
    ],
)
def test_counts_take_the_region_that_their_sentence_names(text: str, rows: set[Row]) -> None:
    assert quantities(text, BARE) == rows


def test_so_few_kecamatan_are_a_regencys_though_the_province_was_named_since() -> None:
    text = (
        "Pemkab Banjarnegara memilih wilayahnya lewat rapat, mengacu pada surat Gubernur Jawa Tengah. "
        "Alasannya, empat kecamatan tersebut masuk kategori miskin."
    )
    assert quantities(text, BARE) == {("kecamatan_poor", "Kabupaten Banjarnegara", 4)}


def test_a_list_of_regencies_does_not_become_the_region_of_the_next_paragraph() -> None:
    text = (
        "Yang belum ialah Kabupaten Blora, Kabupaten Jepara, dan Kabupaten Tegal.\n\nRPPA terbentuk 149 unit."
    )
    assert quantities(text, PROVINCE) == {("rppa_units", JATENG, 149)}


def test_a_regency_named_in_passing_does_not_become_the_region() -> None:
    text = (
        'Kendal bersiap. Kendal punya Boja.\n\n"Boja itu mepet Temanggung," kata camat.\n\nRPPA aktif 5 unit.'
    )
    assert quantities(text, OPENING) == {("rppa_units", KENDAL, 5)}


LIST = (
    "KENDAL - Percontohan Kecamatan Berdaya di Kabupaten Kendal ialah Boja, Patean, dan Limbangan.\n\n"
    "Persiapannya sudah dimulai.\n\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "Ketiga kecamatan itu akan dinilai pada Maret.",
        "Tiga kecamatan tadi disaring bupati.",
        "Tiga wilayah tersebut dinilai siap.",
        "Mengapa hanya tiga? Boja, Patean, dan Limbangan dinilai siap.",
        "Bupati mengandalkan tiga nama dari 20 kecamatan: Boja, Patean, dan Limbangan.",
        "Trio Boja, Patean, dan Limbangan dinilai siap.",
    ],
)
def test_a_count_of_exactly_the_pilots_that_are_listed_counts_pilots(text: str) -> None:
    found = {(q.measure, q.region, q.value) for q in read(text, opening=LIST).quantities}
    assert found - {("kecamatan_total", KENDAL, 20)} == {("kecamatan_pilot", KENDAL, 3)}


@pytest.mark.parametrize(
    "text",
    [
        "Kedua kecamatan itu sudah punya RPPA.",
        "RPPA kini buka di tiga kecamatan itu.",
        "Tiga kecamatan lagi bergabung tahun depan.",
        "Rapat di Boja dihadiri tiga orang.",
        "Lomba di Boja diikuti tiga kecamatan.",
        "Tiga nama dicoret, Boja tidak.",
        "Ada dua Kecamatan Boja di peta itu, satu salah cetak.",
    ],
)
def test_another_count_beside_the_listed_pilots_is_none_of_them(text: str) -> None:
    assert quantities(text, LIST) == set()
