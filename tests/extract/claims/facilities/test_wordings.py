"""Buildings as the press words them: those that stand, all of them and nothing else."""

from __future__ import annotations

import pytest

from tests.extract.reading import OPENING, read

Place = tuple[str, str | None, str | None]

BATANG = "BATANG - Program Kecamatan Berdaya dijalankan Pemkab Batang.\n\n"
BOJA: Place = ("rppa", None, "Boja")


def facilities(text: str, opening: str = OPENING) -> set[Place]:
    return {(f.pillar, f.village, f.kecamatan) for f in read(text, opening=opening).facilities}


@pytest.mark.parametrize(
    "text",
    [
        # a place that is said
        "Untuk tahap awal, RPPA Kecamatan Boja bertempat di Balai KB Kecamatan Boja.",
        "RPPA Kecamatan Boja berkedudukan di kantor kecamatan setempat.",
        "Dinas mendirikan RPPA di wilayah Kecamatan Boja.",
        "Pemkab telah membentuk RPPA di Kecamatan Boja.",
        "Telah dibentuk RPPA di Kecamatan Boja.",
        "Balai lama di Kecamatan Boja diubah menjadi RPPA.",
        "Di Kecamatan Boja ada RPPA.",
        "RPPA di Kecamatan Boja menjadi rujukan kabupaten tetangga.",
        "RPPA di Kecamatan Boja sudah dilengkapi dua kamar.",
        "Kehadiran RPPA di Kecamatan Boja disambut warga.",
        "Camat Boja menyebut RPPA di wilayahnya telah mendampingi sembilan warga.",
        # the place's name is the building's
        "Pengelola RPPA Kecamatan Boja, Sumiyati, mengatakan warga mulai berani melapor.",
        "Seusai menggunting pita RPPA Boja, bupati meninjau ruang konseling.",
        "Pita RPPA Kecamatan Boja digunting bupati.",
        "RPPA Kecamatan Boja diharapkan menjadi tempat yang aman.",
        # something goes on in it
        "Mahasiswa memberi penyuluhan hukum di RPPA Kecamatan Boja.",
        "Kasus itu dirujuk dari RPPA Kecamatan Boja ke rumah sakit.",
        "Ia dijemput petugas RPPA Kecamatan Boja malam itu juga.",
        "Tim melihat langsung layanan RPPA di Kecamatan Boja.",
        "Relawan RPPA Kecamatan Boja mendampingi warga.",
        # spoken of with its place, as one that is there
        "Di antara yang sudah jalan adalah RPPA di Boja.",
        "Wujudnya antara lain RPPA di Kecamatan Boja.",
        "RPPA Srikandi di Kecamatan Boja diluncurkan bulan lalu.",
        "RPPA terbentuk di Kecamatan Boja.",
        "Bangunan RPPA di Kecamatan Boja rampung 100 persen.",
    ],
)
def test_a_shelter_that_stands(text: str) -> None:
    assert facilities(text) == {BOJA}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Tim meninjau RPPA di Kecamatan Boja dan sport center di Kecamatan Gemuh.",
            {BOJA, ("sport-center", None, "Gemuh")},
        ),
        (
            "Di Kecamatan Boja sudah tersedia RPPA, ruang layanan disabilitas, dan sport center.",
            {BOJA, ("sport-center", None, "Boja")},
        ),
        (
            "Dinas Keluarga Berencana meresmikan tiga RPPA, yaitu:\n\n- Boja (3/11)\n\n- Gemuh\n\n- Patean",
            {BOJA, ("rppa", None, "Gemuh"), ("rppa", None, "Patean")},
        ),
        (
            "Kecamatan Boja melengkapi diri dengan RPPA dan sport center.",
            {BOJA, ("sport-center", None, "Boja")},
        ),
        (
            "Sport Center Kecamatan Boja yang dibangun sejak 2023 ramai dikunjungi.",
            {("sport-center", None, "Boja")},
        ),
        ("Pertandingan digelar di Sport Center Kecamatan Boja.", {("sport-center", None, "Boja")}),
        ("Sport center di Boja melahirkan atlet.", {("sport-center", None, "Boja")}),
        (
            "Pemdes Curugsewu, Kecamatan Patean, menyulap lapangan menjadi sport center.",
            {("sport-center", "Curugsewu", "Patean")},
        ),
        (
            "Pengurus RPPA Kecamatan Weleri, Sumiyati, belajar dari Kecamatan Boja.",
            {("rppa", None, "Weleri")},
        ),
        (
            "RPPA sudah berdiri di Kecamatan Boja, Weleri, dan Gemuh.",
            {BOJA, *(("rppa", None, k) for k in ("Weleri", "Gemuh"))},
        ),
        ("Pemkab telah mendirikan RPPA di kecamatan percontohan.", {("rppa", None, None)}),
    ],
)
def test_places_and_lists_of_places(text: str, rows: set[Place]) -> None:
    assert facilities(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "Kabupaten Kendal segera memiliki RPPA.",
        "Kecamatan Boja bersiap membuka RPPA.",
        "Lokakarya penguatan RPPA Kecamatan Boja diikuti kader.",
        "Lahan untuk sport center Kecamatan Boja sudah tersedia.",
        "Fasilitasi pembentukan RPPA di Kecamatan Boja digelar dua hari.",
        "Rapat persiapan RPPA Kecamatan Boja digelar Kamis.",
        "Rencana pendirian RPPA di Kecamatan Boja dibahas bersama PKK.",
        "Ada tiga kecamatan yang menjadi pilot project RPPA, yakni Boja, Patean, dan Gemuh.",
        "Program ini memiliki empat pilar: RPPA, layanan disabilitas, Kartu Zilenial, dan sport center.",
        "Peletakan batu pertama sport center Kecamatan Boja dilakukan bupati.",
        "RPPA Kecamatan Boja masih menunggu SK.",
        "RPPA Kecamatan Boja rencananya menempati bekas kantor UPT.",
        "Satu lapangan di Kecamatan Boja bisa diubah menjadi sport center.",
        "RPPA berfungsi sebagai rumah aman bagi korban di Kecamatan Boja.",
        "Kader RPPA dari Kecamatan Boja mengikuti pelatihan.",
        "Camat Boja mengaku wilayahnya tidak memiliki RPPA.",
        "RPPA terbentuk sebanyak 149 unit.",
    ],
)
def test_what_is_planned_counted_or_only_spoken_of(text: str) -> None:
    assert facilities(text) == set()


def test_those_named_before_are_all_or_some_of_them() -> None:
    named = "Percontohannya Kecamatan Subah, Tersono, Banyuputih, dan Bandar. "
    every = {("rppa", None, k) for k in ("Subah", "Tersono", "Banyuputih", "Bandar")}
    assert facilities(named + "Keempatnya sudah memiliki RPPA.", BATANG) == every
    some = facilities(named + "Dari keempatnya, baru Subah dan Bandar yang memiliki RPPA.", BATANG)
    assert some == {("rppa", None, "Subah"), ("rppa", None, "Bandar")}


METESEH: Place = ("rppa", "Meteseh", "Boja")
CURUGSEWU: Place = ("rppa", "Curugsewu", "Patean")


@pytest.mark.parametrize(
    "text",
    [
        "RPPA Boja, misalnya, numpang di rumah dinas bidan Desa Meteseh.",
        "RPPA diurus dinas. Rumah perlindungannya bernaung di balai Desa Meteseh, Kecamatan Boja.",
        "Boja memusatkan RPPA di Desa Meteseh.",
        "Warung lama di Desa Meteseh, Boja, dipoles menjadi RPPA.",
        "Gudang di Desa Meteseh, Boja, dirombak. Kini bangunan itu menjadi RPPA.",
        "Petugas sudah ditempatkan di dua RPPA, yakni Desa Meteseh (Boja) dan Desa Curugsewu (Patean).",
        "Untuk RPPA, kata camat, baru Boja yang punya, tepatnya di Desa Meteseh.",
        # a sentence takes up what the one before named
        "RPPA sudah ada di Boja. Alamatnya di Desa Meteseh.",
        "RPPA diurus dinas. Rumah di Desa Meteseh, Boja, itu buka tiap hari.",
        "Boja mendahulukan RPPA. Rumah Desa Meteseh dicat ulang dan diberi dua kamar.",
        "Tiga RPPA bisa didatangi. Yang di Boja memakai aula Desa Meteseh.",
        "RPPA diurus dinas. Di Kecamatan Boja, layanan yang sama dibuka di Desa Meteseh.",
        "RPPA belum ada di Gemuh. Di Boja sudah, lengkap dengan dua kamar. Letaknya di Desa Meteseh.",
        "RPPA di Patean menempati balai Desa Curugsewu; di Boja, rumah dinas Desa Meteseh.",
        "Dua RPPA melayani warga. Satu di Desa Meteseh, Boja, satunya di Desa Curugsewu, Patean.",
        # its name comes after it
        "Rumah di Desa Meteseh, Boja, dicat ungu. Papan namanya berbunyi RPPA Melati.",
        "Di Desa Meteseh, Boja, sebuah toko disekat tiga. Sejak dibuka, RPPA itu menerima lima aduan.",
    ],
)
def test_a_shelter_in_a_village(text: str) -> None:
    rows = facilities(text)
    assert METESEH in rows
    assert rows <= {METESEH, CURUGSEWU}


@pytest.mark.parametrize(
    "text",
    [
        "Kecamatan Boja belum punya RPPA. Rumah di Desa Meteseh itu masih disengketakan.",
        "Sport center akan dibangun di Boja. Lapangan Desa Meteseh dipilih karena luas.",
        "RPPA diharapkan hadir di Boja. Tempatnya di Desa Meteseh.",
        "Boja sedang menyiapkan RPPA. Lapangan Desa Meteseh mau dipakai.",
        "RPPA diurus dinas. Rumah itu didatangi warga Desa Meteseh, Boja.",
        "RPPA dikelola dinas. Disporapar mengelola sport center.",
        "Boja mengincar bekas toko di Desa Meteseh untuk RPPA.",
        "Bupati mengunjungi Kecamatan Boja dan membahas RPPA.",
        "Program ini punya empat layanan, yakni RPPA dan sport center. Boja dipilih lebih dulu.",
        "RPPA di dua kecamatan itu ditarget buka Januari.",
        "RPPA diurus dinas. Satu di antara percontohan itu Kecamatan Boja.",
        "RPPA diurus dinas. Pelatihan serupa digelar di Desa Meteseh, Boja.",
        "Sport center diurus dinas. Lapangan Desa Meteseh, Boja, dipakai untuk apel.",
        "Sport center diurus dinas. Baru Boja yang sudah siap lahannya.",
        "Dana itu dipakai guna mengoperasikan RPPA.",
        "Tempat itu ditunjuk menjadi RPPA Kecamatan Boja tahun depan.",
    ],
)
def test_no_sentence_takes_up_what_does_not_stand(text: str) -> None:
    assert facilities(text) == set()


def test_each_kecamatan_counted_out() -> None:
    text = "RPPA tersebar tidak rata. Dua di Boja, satu di Gemuh. Baru Patean yang punya dua petugas."
    assert facilities(text) >= {BOJA, ("rppa", None, "Gemuh")}
    text = "Sport center dikelola Disporapar. Di Gemuh malah dua, yaitu di Desa Sojomerto dan Desa Triharjo."
    assert facilities(text) == {("sport-center", v, "Gemuh") for v in ("Sojomerto", "Triharjo")}


@pytest.mark.parametrize(
    "text",
    [
        # something is used as one
        "Sebuah rumah di samping kantor Kecamatan Boja disewa pemkab sebagai RPPA.",
        "Aula lama Kecamatan Boja sementara dipinjam sebagai RPPA.",
        "Kecamatan Boja merelakan bekas kantornya menjadi RPPA.",
        # the verb before it
        "Di kantor Kecamatan Boja sudah berjalan RPPA.",
        "Di Kecamatan Boja kini buka pula Rumah Perlindungan Perempuan dan Anak.",
        "Program itu baru menghasilkan satu RPPA, yaitu di Boja.",
        # what it takes in, who goes there
        "Sepanjang tahun RPPA di Boja menerima 31 aduan.",
        "Sampai kemarin RPPA Boja membukukan sedikitnya sepuluh laporan.",
        "Di Kecamatan Boja, korban kekerasan mengadu ke RPPA.",
        "Di Boja, korban ditampung di RPPA.",
        # once built, now in use; what it lacks
        "RPPA dibangun di belakang kantor Kecamatan Boja dan telah dipakai sejak September.",
        "RPPA yang ada di Boja belum sepenuhnya memadai.",
        "Di Boja, RPPA yang letaknya di samping pasar itu ramai.",
        # its kecamatan in other words, or counted out
        "Boja paling siap. Kecamatan di selatan Kendal itu sudah dilengkapi RPPA.",
        "Tiap kecamatan wajib menyediakan RPPA. Sejauh ini yang sudah buka baru satu, yakni di Boja.",
        "RPPA diharapkan merata. Baru satu yang beroperasi, yaitu di Boja.",
    ],
)
def test_a_shelter_in_other_clauses(text: str) -> None:
    assert facilities(text) == {BOJA}


@pytest.mark.parametrize(
    "text",
    [
        "Pemkab mencari gedung yang layak dijadikan RPPA di Boja.",
        "Bupati menyebut rumah di Boja itu cocok sebagai RPPA.",
        "Aula Kecamatan Boja ditawarkan sebagai RPPA.",
        "Pemkab menunjuk Boja sebagai RPPA percontohan.",
        "Dinas membina kader RPPA sekaligus mendampingi lansia yang hidup sendiri.",
        "RPPA wajib ada. Baru satu yang dijanjikan, yakni di Boja.",
        "Di Boja, korban nantinya mengadu ke RPPA.",
        "Boja paling siap. Kecamatan di selatan Kendal itu belum dilengkapi RPPA.",
    ],
)
def test_no_shelter_in_other_clauses(text: str) -> None:
    assert facilities(text) == set()


def test_a_village_before_a_pronoun_and_a_place_behind_a_comma() -> None:
    found = facilities(
        "Sport center milik Boja ramai. Di kompleks yang berdiri di Desa Meteseh itu orang antre."
    )
    assert found == {("sport-center", "Meteseh", "Boja")}
    read_title = read(
        "Program itu berjalan di Kecamatan Boja dan Gemuh.",
        title="Boja Punya Sport Center, Gemuh Andalkan RPPA",
    )
    rows = {(f.pillar, f.village, f.kecamatan) for f in read_title.facilities}
    assert rows == {("sport-center", None, "Boja"), ("rppa", None, "Gemuh")}


@pytest.mark.parametrize(
    "text",
    [
        "Bupati mencari lahan buat RPPA di Kecamatan Boja.",
        "Desain sport center di Kecamatan Boja dipaparkan konsultan.",
        "Lelang sport center di Kecamatan Boja dimenangkan rekanan dari Semarang.",
        "Kajian kelayakan sport center di Kecamatan Boja rampung.",
        "Proses lelang sport center Kecamatan Boja telah rampung.",
        "Dokumen RPPA Kecamatan Boja sudah tersedia di kantor bupati.",
        "Lahan sport center di Kecamatan Boja telah tersedia di Desa Meteseh.",
        "Sport center di Kecamatan Boja ditunda karena efisiensi.",
        "Sport center di Kecamatan Boja masuk daftar prioritas 2027.",
        "Pembangunan fisik sport center di Kecamatan Boja dimulai pekan ini.",
        "Bangunan sport center di Kecamatan Boja baru 60 persen.",
        "Kalau disetujui, RPPA di Kecamatan Boja memakai rumah dinas camat.",
    ],
)
def test_papers_land_and_plans_are_no_building(text: str) -> None:
    assert facilities(text) == set()
