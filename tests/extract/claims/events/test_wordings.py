"""Dates as the press words them: the events of a passage, all of them and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import read

LAUNCH, DECREE, REPORT, TARGET = "launch", "decree", "progress-report", "target"


def events(text: str, published: str) -> set[tuple[str, str]]:
    day = date.fromisoformat(published)
    return {(e.event, e.date) for e in read(text, year=day.year, day=day.isoformat()[5:]).events}


@pytest.mark.parametrize(
    ("published", "text", "found"),
    [
        (
            "2025-11-05",
            "Diluncurkan di Solo 23 April 2025, Kecamatan Berdaya meluas.",
            {(LAUNCH, "2025-04-23")},
        ),
        (
            "2025-11-05",
            "Kecamatan Berdaya diluncurkan di Solo pada 23 April 2025, lalu dicanangkan 30 Oktober 2025.",
            {(LAUNCH, "2025-04-23"), (LAUNCH, "2025-10-30")},
        ),
        (
            "2025-11-15",
            "Menyusul pencanangan 30 Oktober lalu, bupati me-launching Kecamatan Berdaya, Jumat (14/11).",
            {(LAUNCH, "2025-10-30"), (LAUNCH, "2025-11-14")},
        ),
        ("2025-11-19", "Kick off Kecamatan Berdaya digelar Selasa (18/11/2025).", {(LAUNCH, "2025-11-18")}),
        (
            "2025-11-20",
            "Boja mencanangkan diri sebagai Kecamatan Berdaya, Rabu (19/11).",
            {(LAUNCH, "2025-11-19")},
        ),
        (
            "2025-10-31",
            '"Kecamatan Berdaya kita luncurkan," kata bupati, Kamis (30/10).',
            {(LAUNCH, "2025-10-30")},
        ),
        ("2025-11-20", "Launching Kecamatan Berdaya dijadwalkan 5 Desember 2025.", {(LAUNCH, "2025-12-05")}),
        ("2025-11-11", "Peluncuran RPPA Kecamatan Boja berlangsung Senin (10/11/2025).", set()),
        ("2025-07-29", "Dinas meluncurkan Kartu Zilenial, Senin (28/7/2025).", set()),
        ("2025-11-21", "Evaluasi Kecamatan Berdaya dilakukan tim provinsi, Kamis (20/11).", set()),
        ("2025-11-03", "Kecamatan Berdaya mulai dijalankan pada 2025.", set()),
    ],
)
def test_launches(published: str, text: str, found: set[tuple[str, str]]) -> None:
    assert events(text, published) == found


@pytest.mark.parametrize(
    ("published", "text", "found"),
    [
        ("2025-11-02", "Dasarnya SE Gubernur Nomor 400.10.2/0001122 Tahun 2025.", {(DECREE, "2025")}),
        ("2025-11-02", "Acuannya Surat Edaran Gubernur Jawa Tengah Tahun 2025.", {(DECREE, "2025")}),
        ("2025-11-02", "Keputusan Gubernur Nomor 100.3/321 Tahun 2025 mengatur timnya.", {(DECREE, "2025")}),
        ("2025-11-02", "Juknisnya Keputusan Kepala Dispermades Nomor 12 Tahun 2025.", {(DECREE, "2025")}),
        (
            "2025-10-12",
            "Nama-namanya dituangkan dalam SK Bupati per 1 Oktober 2025.",
            {(DECREE, "2025-10-01")},
        ),
        ("2025-09-14", "Bupati meneken SK lokasi pada Jumat (12/9).", {(DECREE, "2025-09-12")}),
        ("2025-11-05", "Penetapan itu sesuai SK Bupati yang terbit awal September.", {(DECREE, "2025-09")}),
        (
            "2025-10-31",
            "Hingga 29 Oktober 2025, 132 kecamatan tertuang dalam SK lokasi.",
            {(REPORT, "2025-10-29")},
        ),
        ("2025-11-06", "Paling lambat akhir November 2025, semua SK harus terbit.", {(TARGET, "2025-11")}),
        ("2025-11-05", "Ketua tim, dalam rapat Selasa (4/11/2025), menyebut SK sudah diteken.", set()),
        ("2025-10-31", "Rapat Senin (13/10/2025) menindaklanjuti Surat Edaran Gubernur.", set()),
        ("2025-10-31", "Camat menerbitkan SK Camat untuk RPPA, Jumat (10/10/2025).", set()),
        ("2025-10-31", "Perda Nomor 1 Tahun 2024 menjadi landasan.", set()),
    ],
)
def test_decrees(published: str, text: str, found: set[tuple[str, str]]) -> None:
    assert events(text, published) == found


@pytest.mark.parametrize(
    ("published", "text", "found"),
    [
        (
            "2025-10-29",
            "Data disampaikan seusai laporan perkembangan Kecamatan Berdaya di Semarang, Senin (27/10/2025).",
            {(REPORT, "2025-10-27")},
        ),
        (
            "2026-02-06",
            "Hingga Kamis (5/2/2026) pukul 10.00 WIB, 21.300 pemuda terdaftar.",
            {(REPORT, "2026-02-05")},
        ),
        ("2025-11-18", "Hingga pekan kedua November 2025 ada 12 ribu pendaftar.", {(REPORT, "2025-11")}),
        ("2026-01-08", "Sampai akhir tahun 2025, ada 142 kecamatan berdaya.", {(REPORT, "2025|2025-12")}),
        ("2025-11-19", "Sampai dengan hari ini, Rabu (19/11/2025), ada 12 RPPA.", {(REPORT, "2025-11-19")}),
        ("2025-10-12", "Capaian sampai triwulan III 2025: lima RPPA.", {(REPORT, "2025|2025-09")}),
        ("2025-11-06", "Kegiatan yang berlangsung hingga 5 November 2025 itu diikuti 40 kader.", set()),
        ("2025-10-06", "Kekerasan pada anak hingga September 2025 tercatat 1.301 kasus.", set()),
        ("2025-11-06", "Pada 2026, program diperluas ke kecamatan lain.", {(TARGET, "2026")}),
        ("2025-11-06", "Target 2026, setiap kecamatan punya RPPA.", {(TARGET, "2026")}),
        ("2025-11-06", "Sport center itu harus rampung sebelum Maret 2026.", {(TARGET, "2026-03")}),
        ("2025-11-06", "Tahun 2025, pelaksanaannya akan melibatkan beberapa dinas.", set()),
        ("2025-11-06", "Porprov 2026 akan digelar di Semarang Raya.", set()),
        ("2025-11-06", "Pemkab mengusulkan anggaran lewat APBD 2026.", set()),
        ("2025-11-06", "Program itu bagian dari RPJMD 2025-2029.", set()),
    ],
)
def test_reports_and_targets(published: str, text: str, found: set[tuple[str, str]]) -> None:
    assert events(text, published) == found


@pytest.mark.parametrize(
    ("published", "text", "found"),
    [
        ("2025-11-12", "Kamis kemarin, gubernur mencanangkan Kecamatan Berdaya.", {(LAUNCH, "2025-11-06")}),
        (
            "2025-11-12",
            "Kecamatan Berdaya diluncurkan gubernur Senin pekan lalu.",
            {(LAUNCH, "2025-11-03")},
        ),
        (
            "2025-11-12",
            "Gubernur menekan tombol sirene tanda dimulainya Kecamatan Berdaya, 30 Oktober 2025.",
            {(LAUNCH, "2025-10-30")},
        ),
        ("2025-11-12", "Kecamatan Berdaya, yang lahir pada 7 Mei 2025, meluas.", {(LAUNCH, "2025-05-07")}),
        (
            "2025-11-12",
            "Camat melepas Kecamatan Berdaya lewat tumpengan, Senin (3/11).",
            {(LAUNCH, "2025-11-03")},
        ),
        ("2025-11-12", "Gubernur melepas jalan sehat Kecamatan Berdaya, Minggu (9/11).", set()),
        ("2025-11-12", "Bupati membuka rapat Kecamatan Berdaya, Senin (10/11).", set()),
        ("2025-11-12", "Landasannya Keputusan Bupati Nomor 411/312/2025.", {(DECREE, "2025")}),
        ("2025-12-19", "Surat edaran gubernur keluar pada bulan Juni.", {(DECREE, "2025-06")}),
        ("2025-11-12", "Penunjukan itu diteken bupati pada awal Oktober.", {(DECREE, "2025-10")}),
        (
            "2025-11-12",
            "Daftar itu ditetapkan lewat keputusan pada 3 September 2025.",
            {(DECREE, "2025-09-03")},
        ),
        ("2025-11-12", "Per 31 Oktober 2025, 33 daerah sudah menerbitkan SK.", {(REPORT, "2025-10-31")}),
        ("2025-11-12", "Dalam rapat evaluasi, Senin (10/11), tercatat 7 RPPA.", {(REPORT, "2025-11-10")}),
        ("2025-11-12", "Sampai Oktober 2025 ada 61 kasus, 38 di antaranya anak.", set()),
        ("2025-11-12", "Tahun depan giliran Boja dan Patean.", {(TARGET, "2026")}),
        ("2025-11-12", "Tahun depan anggarannya ditambah.", set()),
        ("2025-11-12", "Targetnya, akhir tahun ini semua RPPA buka.", {(TARGET, "2025|2025-12")}),
        ("2025-11-12", "Pemkab menarget RPPA di Boja rampung Februari.", {(TARGET, "2026-02")}),
        ("2025-11-12", "Pada 2027, seluruh kecamatan dibidik ikut.", {(TARGET, "2027")}),
        ("2025-11-12", "Gubernur dijadwalkan hadir akhir November.", set()),
        ("2025-11-12", "Atlet membidik sasaran. Tempat itu buka sejak awal November.", set()),
        ("2025-12-09", "Anggaran sepanjang 2026 dibahas 4 kecamatan, Senin (8/12/2025).", set()),
    ],
)
def test_dates_told_in_other_words(published: str, text: str, found: set[tuple[str, str]]) -> None:
    assert events(text, published) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # what is wanted, or will be so, by a date that lies ahead
        ("Bupati meminta agar sport center sudah dipakai pada Maret 2026.", {(TARGET, "2026-03")}),
        ("RPPA di Boja baru beroperasi pada triwulan pertama 2026.", {(TARGET, "2026|2026-03")}),
        ("Pemkab optimistis lima RPPA berdiri sebelum Juni 2026.", {(TARGET, "2026-06")}),
        ("Camat diberi waktu hingga akhir 2026 merampungkan sport center.", {(TARGET, "2026|2026-12")}),
        ("Tahun 2026, pemkab menambah lima Kecamatan Berdaya.", {(TARGET, "2026")}),
        ("Pembentukan tim dikebut hingga Januari 2026.", {(TARGET, "2026-01")}),
        ("Camat diberi waktu hingga Januari untuk menyetor nama.", set()),
        ("Rapat Kecamatan Berdaya dibuka wakil bupati pada Januari 2026.", set()),
        # the programme behind its launch; a name that is borne by a date
        ("Sejak dimulai 30 Oktober 2025, Kecamatan Berdaya meluas.", {(LAUNCH, "2025-10-30")}),
        ("Pada 2026 semua wilayah ditargetkan menyandang status Kecamatan Berdaya.", {(TARGET, "2026")}),
        ("Pada 3 November 2025 Boja menyandang status Kecamatan Berdaya.", {(LAUNCH, "2025-11-03")}),
        (
            "Dasarnya SK Bupati yang terbit 27 Oktober. Boja resmi menyandang status Kecamatan Berdaya.",
            {(DECREE, "2025-10-27")},
        ),
        # the act that a decree named before holds
        (
            "SK yang ditunggu keluar juga. Bupati menetapkan Boja sebagai lokasi program, Senin (3/11).",
            {(DECREE, "2025-11-03")},
        ),
        # a month gives way to a day in it
        (
            "Per pertengahan Oktober ada empat RPPA. Data per 15 Oktober 2025 menyebut 40 laporan diterima.",
            {(REPORT, "2025-10-15")},
        ),
    ],
)
def test_aims_and_acts(text: str, found: set[tuple[str, str]]) -> None:
    assert events(text, "2025-11-12") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Camat akan studi tiru Kecamatan Berdaya pada Januari 2026.", set()),
        ("Gubernur berkunjung, Kamis (6/11), dan memuji Kecamatan Berdaya yang diluncurkannya.", set()),
        (
            "Kick off Kecamatan Berdaya bersamaan dengan upacara Hari Pahlawan, Senin (10/11/2025).",
            {(LAUNCH, "2025-11-10")},
        ),
        ("Kick off Kecamatan Berdaya dibahas dalam rapat, Senin (10/11/2025).", set()),
    ],
)
def test_what_else_happens_that_day(text: str, found: set[tuple[str, str]]) -> None:
    assert events(text, "2025-11-12") == found
