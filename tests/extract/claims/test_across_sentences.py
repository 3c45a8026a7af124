"""What a sentence leaves to its neighbours, each with what looks like it and says something else.

The next regency's choice, the others of a count, what another kecamatan has likewise.
"""

from __future__ import annotations

import pytest

from tests.extract.claims.facilities.test_wordings import facilities
from tests.extract.reading import OPENING, read

NORTH = "JEPARA - Program Kecamatan Berdaya berjalan di Jawa Tengah.\n\n"


def pilots(text: str, title: str = "Kabar dari daerah", opening: str = OPENING) -> set[str]:
    return {c.kecamatan for c in read(text, title=title, opening=opening).pilot_kecamatan}


def quantities(text: str, title: str = "Kabar dari daerah") -> set[tuple[str, int]]:
    return {(q.measure, q.value) for q in read(text, title=title).quantities}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Boja, Gemuh, Patean, dan Weleri. Empat kecamatan itulah yang menjadi percontohan.", "BGPW"),
        ("Di sini program diujicobakan pada lima kecamatan percontohan, Boja salah satunya.", "B"),
        (
            "Boja dan Gemuh mengirim kader. Kedua kecamatan tersebut bersama Patean menjadi percontohan.",
            "BGP",
        ),
        ("Kecamatan Berdaya, yang sejak akhir tahun diujicobakan di Kecamatan Boja, dibahas camat.", "B"),
        ("Aplikasi parkir diujicobakan di Kecamatan Boja.", ""),
        ("Kecamatan Berdaya bakal diujicobakan di Kecamatan Boja.", ""),
        ("Kecamatan Berdaya belum diterapkan di Kecamatan Boja.", ""),
        ("Boja, Gemuh, dan Patean terendam. Tiga ini langganan, kata camat yang membahas percontohan.", ""),
        ("Boja, Gemuh, dan Patean terendam. Ketiganya ditetapkan sebagai lokasi bantuan beras.", ""),
        ("Boja, Gemuh, dan Patean senang. Tiga ini menjadi percontohan.", "BGP"),
        ("Kedua kecamatan itu bersama Weleri mengirim atlet ke lomba percontohan.", ""),
        ("Weleri menyusul tahun depan dan kini berstatus sama miskinnya.", ""),
        (
            (
                "Kader datang dari Boja dan Gemuh, dua dari empat kecamatan percontohan. Berikutnya giliran "
                "dua lokasi lain, Patean dan Weleri."
            ),
            "BGPW",
        ),
        (
            (
                "Kader datang dari Boja dan Gemuh, dua dari lima kecamatan percontohan. Jembatan rusak di "
                "dua lokasi lain, Patean dan Weleri."
            ),
            "BG",
        ),
        (
            (
                "Nama Boja keluar dulu. Alasannya jarak. Lalu Gemuh. Warganya banyak. Sesudah itu Patean. "
                "Demikian cerita camat. Ketiganya ditetapkan sebagai percontohan."
            ),
            "BGP",
        ),
        (
            (
                "Nama Boja keluar dulu. Lalu Gemuh. Sesudah itu Patean dan Weleri. Demikian cerita camat. "
                "Ketiganya ditetapkan sebagai percontohan."
            ),
            "",
        ),
        ("Boja menyusul pada gelombang kedua dan kini berstatus sama.", "B"),
        ("Boja menyusul pada gelombang kedua dan kini berbenah.", ""),
    ],
)
def test_pilots_told_with_their_neighbours(text: str, named: str) -> None:
    assert {name[0] for name in pilots(text)} == set(named)


CLAUSES = "Rinciannya: Kabupaten Kendal menunjuk Boja dan Gemuh; Kabupaten Jepara memilih Keling dan Kedung; "


@pytest.mark.parametrize(
    ("clause", "more"),
    [
        ("Kota Pekalongan mengandalkan Pekalongan Utara.", {"Pekalongan Utara"}),
        ("Kota Pekalongan belum Pekalongan Utara.", set()),
        ("Kota Pekalongan menghapus jalan macet di Pekalongan Utara.", set()),
    ],
)
def test_a_clause_is_as_those_beside_it(clause: str, more: set[str]) -> None:
    assert pilots(CLAUSES + clause, opening=NORTH) == {"Boja", "Gemuh", "Keling", "Kedung"} | more


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Tetangganya, Kabupaten Kendal, memilih Boja.", {"Boja"}),
        ("Tetangganya, Kabupaten Kendal, memilih Boja sebagai tuan rumah.", set()),
        ("Tetangganya, Kabupaten Kendal, bertamu ke Boja.", set()),
    ],
)
def test_the_next_regency_chose(text: str, more: set[str]) -> None:
    told = "Kabupaten Jepara memasukkan Keling dan Kedung sebagai lokasi Kecamatan Berdaya. "
    assert pilots(told + text, opening=NORTH) == {"Keling", "Kedung"} | more


def test_a_section_may_say_that_it_has_but_one() -> None:
    text = (
        "1. Kabupaten Kendal\nAda tiga kecamatan percontohan: Boja, Gemuh, dan Patean.\n\n"
        "2. Kabupaten Jepara\nDua kecamatan, meliputi Keling dan Kedung.\n\n"
        "3. Kota Magelang\nCuma satu, ialah Kecamatan Magelang Selatan.\n\nBegitu daftarnya."
    )
    title = "Daftar Kecamatan Percontohan Kecamatan Berdaya di Jawa Tengah"
    found = pilots(text, title=title, opening=NORTH)
    assert found == {"Boja", "Gemuh", "Patean", "Keling", "Kedung", "Magelang Selatan"}


def test_a_region_is_no_kecamatan_of_its_name() -> None:
    opening = "TEMANGGUNG - Program Kecamatan Berdaya berjalan di Kabupaten Temanggung.\n\n"
    text = "Kali ini giliran wilayah Kedu. Kecamatan percontohannya Bulu dan Tretep."
    assert pilots(text, title="Percontohan Kecamatan Berdaya di Wilayah Kedu", opening=opening) == {
        "Bulu",
        "Tretep",
    }
    assert "Kedu" in pilots("Kecamatan Kedu ditetapkan sebagai percontohan.", opening=opening)


def test_headings_that_are_kecamatan_make_an_everyday_word_one() -> None:
    opening = "SEMARANG - Kecamatan Berdaya dijalankan Kota Semarang di tiga kecamatan. Simak daftarnya.\n\n"
    text = "1. Tugu\n\nRPPA buka.\n\n2. Mijen\n\nAda sport center.\n\n3. Gunungpati\n\nAda kelas.\n\nItu dia."
    facts = read(text, opening=opening)
    assert {c.kecamatan for c in (*facts.pilot_kecamatan, *facts.other_kecamatan)} >= {"Tugu", "Mijen"}
    alone = read("1. Tugu\n\nBatu itu dicat.\n\n2. Taman\n\nBunga ditanam.\n\nItu dia.", opening=opening)
    assert not {c.kecamatan for c in (*alone.pilot_kecamatan, *alone.other_kecamatan)} & {"Tugu", "Taman"}


MORE = ("rppa", "Meteseh", "Boja")
LAWANG = ("sport-center", "Meteseh", "Boja")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Bulan pertama, RPPA di Desa Meteseh, Boja, nyaris tanpa tamu.", {MORE}),
        ("RPPA di Desa Meteseh, Boja, kami targetkan melayani Maret.", set()),
        ("Dewan membahas RPPA di Desa Meteseh, Boja.", set()),
        ("Lahan RPPA di Desa Meteseh, Boja, seluas 200 meter.", set()),
        ("Progres RPPA di Desa Meteseh, Boja, mencapai separuh.", set()),
        ("Warga menolak RPPA di Desa Meteseh, Boja.", set()),
        ("RPPA di Desa Meteseh, Boja, baru 40 persen.", set()),
        ("Tujuan utamanya RPPA di Desa Meteseh, Boja.", {MORE}),
        ("Warga Desa Meteseh, Boja, mulai menikmati sport center.", {LAWANG}),
        (
            "RPPA di Desa Meteseh, Boja, diresmikan. Dua yang lain lebih dulu buka di Gemuh dan Patean.",
            {MORE, ("rppa", None, "Gemuh"), ("rppa", None, "Patean")},
        ),
        (
            "RPPA di Desa Meteseh, Boja, dibuka. Percontohannya tiga. Yang di selatan Patean dan Singorojo.",
            {MORE},
        ),
        (
            "Sport center belum banyak. Baru dua yang rampung, masing-masing di Gemuh dan Patean.",
            {("sport-center", None, "Gemuh"), ("sport-center", None, "Patean")},
        ),
        (
            "Boja punya sport center. Gemuh punya juga, lengkap dengan tribun.",
            {("sport-center", None, "Boja"), ("sport-center", None, "Gemuh")},
        ),
        (
            "Boja punya sport center. Gemuh punya masalah lain, jalannya rusak.",
            {("sport-center", None, "Boja")},
        ),
        (
            "RPPA Gemuh menyusul Desa Meteseh, Kecamatan Boja, yang membuka layanan serupa pada Juli.",
            {MORE},
        ),
        (
            "Tiga RPPA telah berfungsi di empat kecamatan: Boja, Gemuh, Patean, dan Weleri.",
            {("rppa", None, None)},
        ),
        (
            "Di Gemuh, RPPA menempati rumah, sementara di Boja menempati bekas sekolah di Desa Meteseh.",
            {("rppa", None, "Gemuh"), MORE},
        ),
        ("Separuh anggaran dipakai membenahi RPPA. Sisanya digunakan untuk RPPA keliling.", set()),
        ("DP3AKB mengampu RPPA, Dinsos menangani warga miskin.", set()),
        ("RPPA berada di bawah DP3AKB.", set()),
        ("Ia menjelaskan RPPA di Gemuh sudah melayani sejak Juli.", {("rppa", None, "Gemuh")}),
        ("Ia menjelaskan RPPA di Gemuh kepada dewan.", set()),
    ],
)
def test_buildings_told_with_their_neighbours(
    text: str, rows: set[tuple[str, str | None, str | None]]
) -> None:
    assert facilities(text) == rows


def test_a_headline_tells_of_each_in_a_clause() -> None:
    facts = read(
        "Camat Boja dan Camat Gemuh hadir.", title="Difabel Gemuh Belajar Barista, Boja Mulai Punya RPPA"
    )
    assert {(f.pillar, f.kecamatan) for f in facts.facilities} == {("rppa", "Boja")}
    facts = read("Camat Boja hadir.", title="Gudang Disulap Jadi RPPA, Begini Cara Boja Memulai")
    assert {(f.pillar, f.kecamatan) for f in facts.facilities} == {("rppa", "Boja")}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Dengan tambahan tersebut Kendal memiliki tiga RPPA.", {("rppa_units", 3)}),
        ("Tiga RPPA sudah buka. Dua RPPA sebelumnya di pegunungan.", {("rppa_units", 3)}),
        ("Tiga RPPA sudah buka. Petugas kedua RPPA itu kader.", {("rppa_units", 3)}),
        ("Gemuh dan Patean, dua kecamatan yang juga berstatus percontohan, belum punya kelas.", set()),
        ("Kedua kecamatan tersebut bersama Patean menjadi percontohan.", set()),
        ("Dua dari empat kecamatan lokasi Kecamatan Berdaya itu jauh.", set()),
        (
            "Pencanangan usai. RPPA di Boja dan Gemuh buka. Pendirian keduanya bagian Kecamatan Berdaya.",
            set(),
        ),
        ("Pemkab mengenalkan Kartu Zilenial kepada 120 pemuda.", set()),
        ("Pemkab merogoh Rp640 juta untuk program itu.", {("budget_idr", 640_000_000)}),
        (
            "SK bupati terbit. Di dalamnya tercantum empat nama: Boja, Gemuh, Patean, dan Weleri.",
            {("kecamatan_decreed", 4), ("kecamatan_pilot", 4)},
        ),
        ("Dokumen itu mencantumkan tiga kecamatan.", {("kecamatan_decreed", 3)}),
        ("Yang masuk kategori miskin ada delapan kecamatan.", {("kecamatan_poor", 8)}),
        (
            "Dari 20 kecamatan, yang masuk kategori miskin ada delapan.",
            {("kecamatan_total", 20), ("kecamatan_poor", 8)},
        ),
    ],
)
def test_counts_told_with_their_neighbours(text: str, rows: set[tuple[str, int]]) -> None:
    assert quantities(text) == rows


def test_a_denial_in_a_headline_ends_at_its_comma() -> None:
    title = "Weleri Batal, Ini Empat Kecamatan Berdaya di Kendal"
    assert ("kecamatan_pilot", 4) in quantities("Camat hadir.", title=title)
    assert not quantities("Camat hadir.", title="Batal Empat Kecamatan Berdaya di Kendal")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Instruktur jahit, Laras Wening, tersenyum.", [("Laras Wening", "Instruktur jahit")]),
        ("Kapten tim futsal Boja, Laras Wening, tersenyum.", [("Laras Wening", "Kapten tim futsal Boja")]),
        ("Anggota Komisi D lainnya, Laras Wening, tersenyum.", [("Laras Wening", "Anggota Komisi D")]),
        ("Ketua Kelompok Difabel Srikandi Toroh itu tersenyum.", []),
        ("Sebelas orang itu anggota Sanggar Wening.", []),
        (
            "Bagi Laras Wening (34), Ketua Sanggar Difabel Embun, urusannya lain.",
            [("Laras Wening", "Ketua Sanggar Difabel Embun")],
        ),
        (
            "Rumahnya di Kelurahan Kandri. Pengelola Rumah Lansia Kandri, Laras Wening, tersenyum.",
            [("Laras Wening", "Pengelola Rumah Lansia Kandri")],
        ),
    ],
)
def test_offices_and_what_they_are_not(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(p.name, p.role) for p in read(text).people] == expected


def test_a_name_that_opens_a_quote_and_one_that_closes_a_sentence() -> None:
    facts = read('Kecamatan Boja terbanyak. "Dari Gemuh malah nol," ujar camat.')
    assert {c.kecamatan for c in facts.other_kecamatan} == {"Boja", "Gemuh"}
    opening = "PURBALINGGA - Jalan Kecamatan Rembang di Kabupaten Purbalingga putus.\n\n"
    facts = read("Kendaraan dari Bobotsari memutar lewat Karanganyar.", opening=opening)
    assert {c.kecamatan for c in facts.other_kecamatan} == {"Rembang", "Bobotsari", "Karanganyar"}
    assert {r.name for r in facts.regencies} == {"Kabupaten Purbalingga"}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Boja menyandang status percontohan Kecamatan Berdaya setelah SK diteken pada 14 Agustus 2025.",
            {("decree", "2025-08-14")},
        ),
        (
            "Layar menampilkan Sragen, Kamis (30/10/2025). Gubernur menandai dimulainya Kecamatan Berdaya.",
            {("launch", "2025-10-30")},
        ),
        ("Layar menampilkan Sragen, Senin (3/11/2025). Di sana camat mengawali Kecamatan Berdaya.", set()),
        (
            "Seusai gunungan ditancapkan di Sragen, Kamis (30/10/2025), tugas dimulai.",
            {("launch", "2025-10-30")},
        ),
    ],
)
def test_dates_told_with_their_neighbours(text: str, rows: set[tuple[str, str]]) -> None:
    assert {(e.event, e.date) for e in read(text).events} == rows
