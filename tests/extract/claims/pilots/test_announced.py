"""Lists of kecamatan that a number or another sentence announces, and lists of anything else.

A kecamatan that is wrongly called a pilot is the worst mistake: each of the second kind stands right behind a
sentence that tells of the programme, where a careless reader would take it for the list of its pilots.
"""

from __future__ import annotations

import pytest

from tests.extract.reading import read

NAMES = {"A": "Reban", "B": "Boja", "G": "Gemuh", "P": "Patean", "W": "Weleri"}
OPENINGS = (
    "KENDAL - Program Kecamatan Berdaya berjalan di Kabupaten Kendal. ",
    "KENDAL - Program Kecamatan Berdaya berjalan di Kabupaten Kendal.\n\n",
)


def pilots(text: str, opening: str) -> set[str]:
    return {c.kecamatan for c in read(text, opening=opening).pilot_kecamatan}


@pytest.mark.parametrize("opening", OPENINGS, ids=["same paragraph", "next paragraph"])
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Kendal menitipkan tiga wakil: Boja, Gemuh, dan Patean.", "BGP"),
        ("Yang termasuk ada tiga, yakni Boja, Gemuh, dan Patean.", "BGP"),
        ("Pemkab hanya menurunkan tiga nama dari 20 kecamatan yang ada: Boja, Gemuh, serta Patean.", "BGP"),
        ("Tiga sudah pasti, yaitu Boja, Gemuh, dan Patean.", "BGP"),
        pytest.param(
            "Tahun ini baru ada dua kecamatan yakni Boja dan Gemuh, sedangkan Patean akan "
            "menyusul pada 2026.",
            "BG",
        ),
        ("Kepala dinas hanya mau menyebut tiga: Boja, Gemuh, dan Patean.", "BGP"),
        pytest.param(
            "Tiga lokasi angkatan pertama tak boleh dilupakan. Boja, Gemuh, Patean, semuanya "
            "punya pekerjaan rumah.",
            "BGP",
        ),
        pytest.param(
            "Trio Boja, Gemuh, dan Patean menjadi pelopor Kecamatan Berdaya. Sukorejo serta "
            "Weleri belum disentuh.",
            "BGP",
        ),
        pytest.param(
            "Kecamatan Boja dan Gemuh didaulat sebagai titik awal Kecamatan Berdaya. Dua "
            "lainnya Patean dan Weleri.",
            "BGPW",
        ),
        ("Boja dan Gemuh diserahi tugas mengawali Kecamatan Berdaya.", "BG"),
        pytest.param(
            "Mereka mendampingi dua kecamatan percontohan, yaitu Boja dan Gemuh, serta satu "
            "kecamatan yang bukan percontohan, Weleri.",
            "BG",
        ),
        ("Camat mengumumkan kecamatan percontohan. Ia merinci, Boja, Gemuh, dan Patean.", "BGP"),
        pytest.param(
            "Sekda membagi kecamatan percontohan ke dalam dua kelas. Nilai baik diraih Boja, "
            "Gemuh, dan Patean.",
            "BGP",
        ),
        pytest.param(
            "Bupati menetapkan tiga kecamatan percontohan. Boja sudah mulai. Bagaimana "
            "dengan Gemuh dan Patean?",
            "",
        ),
        pytest.param(
            "Weleri menjadi percontohan. Selain Boja dan Weleri, Kendal masih punya satu lokasi, "
            "yaitu Patean.",
            "BPW",
        ),
        pytest.param(
            "Camat menyebut dua kecamatan yang maju, yakni Boja dan Gemuh.",
            "BG",
        ),
        pytest.param(
            "Jatah tahun ini jatuh kepada Kecamatan Boja, Gemuh dan Patean.",
            "BGP",
        ),
        pytest.param(
            "Yang ditunjuk menjadi percontohan tiga: Boja (Desa Meteseh), Gemuh (Desa Cening), dan "
            "Patean (Desa Selo).",
            "BGP",
        ),
        pytest.param(
            "Pemkab mengajukan tiga kecamatan, dan semuanya diterima. “Boja, Gemuh, terus satu lagi "
            "Patean,” kata bupati.",
            "BGP",
        ),
        pytest.param(
            "RPPA dibuka di Boja serta Gemuh. Keduanya bagian dari Kecamatan Berdaya, yang "
            "dijalankan di tiga kecamatan. Yang satu lagi, Patean, masih terkendala bangunan.",
            "BGP",
        ),
        pytest.param(
            "Kecamatan Patean dipilih bukan tanpa alasan. Bersama Boja dan Gemuh, wilayah penghasil "
            "kopi itu ditetapkan sebagai pilot project Kecamatan Berdaya.",
            "BGP",
        ),
        pytest.param(
            "Dari tiga kecamatan percontohan, dua telah mempunyai RPPA, meliputi Boja dan Gemuh. Satu "
            "sisanya, Patean, belum memperoleh gedung.",
            "BGP",
        ),
        pytest.param(
            "Dari empat kecamatan percontohan, dua telah mempunyai RPPA, meliputi Boja dan Gemuh. Dua "
            "sisanya, Patean serta Weleri, belum memperoleh gedung.",
            "BGPW",
        ),
        pytest.param(
            "Program ini dimulai dari wilayah terluar. Di selatan ada Boja. Di timur, Gemuh. Patean "
            "melengkapinya menjadi tiga kecamatan percontohan.",
            "BGP",
        ),
        pytest.param(
            "Boja ikut ditetapkan sebagai percontohan.\n\nSelain Boja, mana lagi?\n\nSetahu saya ada Gemuh "
            "sama Patean. Weleri baru tahun depan.",
            "BGP",
        ),
        ("Kegiatan perdana setelah Boja resmi masuk Kecamatan Berdaya.", "B"),
        pytest.param(
            "Kader berasal dari Kecamatan Boja dan Gemuh. Kedua kecamatan dimaksud merupakan lokus "
            "Kecamatan Berdaya.",
            "BG",
        ),
        pytest.param(
            "Tahap pertama dipilih percontohan, contohnya Boja dan Gemuh. Daerah pegunungan juga kebagian, "
            "misalnya Patean.",
            "BGP",
        ),
        ("Keenam kecamatan percontohan dimaksud :\n1. Boja\n2. Gemuh\n3. Patean\n\nCamat bersiap.", "BGP"),
        ("Kendal memusatkan program provinsi tersebut di Boja, Gemuh, dan Patean.", "BGP"),
        ("Program berjalan sejak 2025 di Boja dan Gemuh.", "BG"),
        ("Ada tiga percontohan di Kendal. Tiga itu Boja, Gemuh, sama Patean.", "BGP"),
        ("Boja pasti. Gemuh juga. Terakhir Patean.\n\nTiga kecamatan itu menjadi lokasi rintisan.", "BGP"),
        pytest.param(
            "Dana disiapkan untuk Boja dan Gemuh. Dua kecamatan tadi merupakan bagian dari empat pilot "
            "project. Dua lainnya ialah Patean dan Weleri.",
            "BGPW",
        ),
        ("Pemkab menunjuk Boja saja.", "B"),
        ("Betul, sementara ini tiga. Boja satu, Gemuh dua, terus Patean.", "BGP"),
        (
            "Ada Boja di barat, Gemuh di timur, dan Patean di selatan. Ketiganya mewakili daerah pinggiran.",
            "BGP",
        ),
        ("Daftarnya lebih panjang: Boja, Gemuh, serta Patean.", "BGP"),
        ("Program yang sama sudah berlangsung di Kecamatan Boja.", "B"),
        pytest.param(
            "Daerah | Kecamatan percontohan | Nama\nKabupaten Kendal | 2 | Boja, Gemuh\n"
            "Kabupaten Batang | 1 | Reban\n\nBegitu tabelnya.",
            "BGA",
        ),
    ],
)
def test_lists_of_pilots(text: str, named: str, opening: str) -> None:
    assert pilots(text, opening) == {NAMES[letter] for letter in named}


@pytest.mark.parametrize("opening", OPENINGS, ids=["same paragraph", "next paragraph"])
@pytest.mark.parametrize(
    "text",
    [
        "Tiga kecamatan terdampak banjir, yakni Boja, Gemuh, dan Patean.",
        "Wakil bupati mengunjungi tiga lokasi, yakni Boja, Gemuh, dan Patean.",
        "Panitia menerima lima nama peserta dari Boja, Gemuh, dan Patean.",
        "Sosialisasi Kecamatan Berdaya digelar di tiga tempat, yakni Boja, Gemuh, dan Patean.",
        "Bupati melantik tiga camat, yakni Camat Boja, Camat Gemuh, dan Camat Patean.",
        "Ada tiga wilayah yang jalannya rusak, yakni Boja, Gemuh, dan Patean.",
        "Pemilihan duta genre diikuti tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Hujan deras mengguyur tiga kecamatan: Boja, Gemuh, dan Patean.",
        "Tiga kecamatan mencatat kasus tertinggi, yakni Boja, Gemuh, dan Patean.",
        "Tiga pasar di Boja, Gemuh, dan Patean direnovasi.",
        "Program itu belum menyentuh tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Tiga kecamatan masih menunggu, yakni Boja, Gemuh, dan Patean.",
        "Tahun depan giliran tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Pemkab mengusulkan tiga nama lagi, yakni Boja, Gemuh, dan Patean.",
        "Tiga desa di Boja, Gemuh, dan Patean menerima bantuan air bersih.",
        "Kartu Zilenial dibagikan di tiga titik, yaitu Boja, Gemuh, dan Patean.",
        "RPPA sudah berdiri di tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Pelatihan paralegal diikuti utusan Boja, Gemuh, dan Patean.",
        "Kecamatan termiskin ada tiga, yakni Boja, Gemuh, dan Patean.",
        "Juara lomba kader berasal dari tiga kecamatan: Boja, Gemuh, dan Patean.",
        "Dana desa cair di tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Puskesmas rawat inap ada di tiga lokasi: Boja, Gemuh, dan Patean.",
        "KKN menerjunkan mahasiswa ke tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Tim penilai memilih Boja dan Gemuh sebagai juara lomba desa.",
        "Camat Boja dan Camat Gemuh menerima penghargaan.",
        "Bupati menetapkan status siaga di Boja, Gemuh, dan Patean.",
        "Posko didirikan di dua tempat, yakni Boja dan Gemuh.",
        "Boja dan Gemuh menerima mobil ambulans dari gubernur.",
        "Boja dan Gemuh dipilih sebagai tuan rumah Porprov.",
        "Sekolah rakyat mendapat jatah di Boja dan Gemuh.",
        "Mereka yang hadir mewakili Boja, Gemuh, dan Patean.",
        "Dua wilayah yang berbatasan dengan Batang, yakni Patean dan Plantungan, rawan longsor.",
        "Tiga kecamatan lain, yakni Boja, Gemuh, dan Patean, tidak ikut.",
        "Dari 20 kecamatan, hanya Boja dan Gemuh yang belum mengirim laporan.",
        "Kecamatan Berdaya diharapkan mengurangi stunting di Boja, Gemuh, dan Patean.",
        "Petani di Boja, Gemuh, dan Patean menyambut baik Kecamatan Berdaya.",
        "Ketua PKK menyerahkan bantuan Kecamatan Berdaya kepada warga Boja dan Gemuh.",
        "Pameran produk Kecamatan Berdaya menampilkan kopi Patean, batik Gemuh, dan durian Boja.",
        "Gubernur tiba melalui Boja dan Gemuh.",
        "Kirab Kecamatan Berdaya melewati tiga kecamatan: Boja, Gemuh, dan Patean.",
        "Seleksi Kecamatan Berdaya menyisihkan Boja, Gemuh, dan Patean.",
        "Kecamatan Berdaya dinilai lebih cocok untuk Boja, Gemuh, dan Patean.",
        "Dua kecamatan mengajukan protes, yakni Boja dan Gemuh.",
        "Dua kecamatan dengan penduduk terbanyak, yakni Boja dan Gemuh, menerima mobil pintar.",
        "Bupati meresmikan jembatan di Boja dan Gemuh.",
        "Bank Jateng membuka kantor kas di tiga lokasi, yakni Boja, Gemuh, dan Patean.",
        "Dapur MBG beroperasi di tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Koperasi Merah Putih percontohan ada di Boja, Gemuh, dan Patean.",
        "Boja dan Gemuh menjadi percontohan bank sampah.",
        "Desa wisata unggulan tersebar di tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Yang terpilih adalah Boja, Gemuh, dan Patean sebagai juara lomba desa.",
        "Yang ikut Porprov hanya atlet Boja dan Gemuh.",
        "Bersama Boja, Gemuh menggelar pasar murah.",
        "Jatah pupuk jatuh kepada Boja, Gemuh, dan Patean.",
        "Warga yang masuk data kemiskinan berasal dari Boja dan Gemuh.",
        "Yang termasuk rawan longsor adalah Boja, Gemuh, dan Patean.",
        "Tiga kafe baru dibuka, yakni di Boja, Gemuh, dan Patean.",
        "Bupati memilih Boja untuk berkantor.",
        "Pejabat yang ditunjuk berasal dari Boja dan Gemuh.",
        "Selain Boja, Gemuh juga menerima bantuan bibit.",
        "Sisanya, Boja dan Gemuh, masih sepi.",
        "Keduanya, Boja dan Gemuh, menyumbang atlet.",
        "Camat Boja, Gemuh, dan Patean hadir pula.",
        "Kepala puskesmas Boja, Gemuh, serta Patean memberi laporan.",
        "Tiga SMA di Boja, Gemuh, dan Patean ikut lomba.",
        "RPPA dikunjungi pelajar Boja, Gemuh, dan Patean.",
        "Bantuan keuangan cair, masing-masing untuk Boja, Gemuh, dan Patean.",
        "Boja dan Gemuh belum kebagian Kecamatan Berdaya.",
        "Boja, Gemuh, dan Patean baru mendaftar Kecamatan Berdaya.",
        "Program Kecamatan Berdaya ditolak Boja, Gemuh, dan Patean.",
        "Ada tiga kecamatan yang belum mengirim data, yakni Boja, Gemuh, dan Patean.",
        "Ada tiga kecamatan tanpa sport center: Boja, Gemuh, dan Patean.",
        "Tim juri menyebut tiga nama: Boja, Gemuh, dan Patean.",
        "Sebanyak tiga kecamatan gagal panen, yaitu Boja, Gemuh, dan Patean.",
        "Bupati punya tiga rumah dinas, yakni di Boja, Gemuh, dan Patean.",
        "Kartu Zilenial paling diminati di tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Lapangan terbesar ada di Boja, Gemuh, dan Patean.",
        "Kabupaten ini punya tiga terminal, yakni Boja, Gemuh, dan Patean.",
        "Kecamatan Berdaya diluncurkan bersamaan dengan pembangunan jalan Boja, Gemuh, dan Patean.",
        "Di Kendal terdapat tiga kecamatan pesisir, yakni Boja, Gemuh, dan Patean.",
        "Kendal mempunyai tiga kecamatan penghasil durian, yaitu Boja, Gemuh, dan Patean.",
        "Sejumlah kecamatan seperti Boja, Gemuh, dan Patean memiliki angka stunting tinggi.",
        "Wabup mencontohkan tiga kecamatan, yakni Boja, Gemuh, dan Patean.",
        "Peserta pelatihan Kecamatan Berdaya menginap di tiga desa: Boja, Gemuh, dan Patean.",
        "Pelatihan kader dibagi tiga gelombang, yaitu Boja, Gemuh, dan Patean.",
        "Tiga kecamatan antre masuk Kecamatan Berdaya. Tiga nama itu di meja bupati. “Boja, Gemuh, Patean.",
        "Program akan diperluas ke tiga kecamatan. Boja, Gemuh, dan Patean sudah disurvei.",
        "Selain Weleri, mana lagi yang rawan? Ada Boja, Gemuh, sama Patean.",
        "Ia menolak wacana mengganti Boja dengan Gemuh.",
        "Boja memang bukan kecamatan percontohan.",
        "Korban luka sementara ini tiga. Boja, Gemuh, dan Patean masih siaga banjir.",
        "Gol tercipta tiga. Boja menahan Gemuh, dan Patean menang.",
        "Ketiganya mewakili Kendal di lomba: Boja, Gemuh, dan Patean.",
        "Tiga camat lain yang ikut, yaitu Camat Boja, Camat Gemuh, dan Camat Patean, menimba ilmu.",
    ],
)
def test_lists_of_something_else(text: str, opening: str) -> None:
    assert pilots(text, opening) == set()


def test_what_the_text_plans_is_no_pilot_of_the_headline() -> None:
    title = "Tahap Kedua, Kendal Siapkan Boja dan Gemuh Jadi Kecamatan Berdaya"
    found = read("Boja dan Gemuh diusulkan masuk tahap kedua pada 2027.", title=title)
    assert not found.pilot_kecamatan
