from __future__ import annotations

import pytest

from tests.extract.reading import read


def events(text: str, day: str | None = "11-12", year: int = 2025) -> list[tuple[str, str]]:
    return [(e.event, e.date) for e in read(text, day=day, year=year).events]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gubernur mencanangkan Kecamatan Berdaya, Kamis (30/10).", ("launch", "2025-10-30")),
        ("Peluncuran Kecamatan Berdaya digelar pada 23 April 2025.", ("launch", "2025-04-23")),
        ("Kecamatan Berdaya diresmikan di Boyolali, Selasa, 23 September 2025.", ("launch", "2025-09-23")),
        ("Program yang dicanangkan pada Kamis (30/10) itu berjalan.", ("launch", "2025-10-30")),
        ("Pencanangannya berlangsung di lapangan, Senin (10/11/2025).", ("launch", "2025-11-10")),
        ("Kecamatan Berdaya akan diluncurkan pada 20 November 2025.", ("launch", "2025-11-20")),
        (
            "Pada Senin (10/11) warga berkumpul. Malam itu Kecamatan Berdaya diluncurkan.",
            ("launch", "2025-11-10"),
        ),
        (
            "Kecamatan Berdaya dicanangkan 30 Oktober 2025. Hari itu juga bupati meneken SK.",
            ("decree", "2025-10-30"),
        ),
        (
            "Dalam peresmian Program CSR Difabel dan Kecamatan Berdaya, Selasa (11/11/2025), ia hadir.",
            ("launch", "2025-11-11"),
        ),
        ("SK Bupati tertanggal 3 November 2025 memuat namanya.", ("decree", "2025-11-03")),
        ("Penetapan itu lewat SK pada akhir Juli 2025 lalu.", ("decree", "2025-07")),
        ("Hal itu diatur Keputusan Bupati Kendal Tahun 2025.", ("decree", "2025")),
        ("Surat edaran bupati terbit pada akhir September 2025.", ("decree", "2025-09")),
        ("Bupati meneken SK. Surat itu bertanggal 5 Agustus 2025.", ("decree", "2025-08-05")),
        ("Per 31 Oktober 2025 ada 3 RPPA.", ("progress-report", "2025-10-31")),
        ("Hingga Oktober, program menyentuh 94 kecamatan.", ("progress-report", "2025-10")),
        ("Hingga akhir Oktober lalu terbentuk 3 unit RPPA.", ("progress-report", "2025-10")),
        ("Hingga Oktober, target tercapai: lima kecamatan ditetapkan.", ("progress-report", "2025-10")),
        ("Pemkab menargetkan semua kecamatan ikut pada 2029.", ("target", "2029")),
        ("Pada semester I 2026 ditargetkan separuhnya selesai.", ("target", "2026|2026-06")),
        ("Mulai Januari 2026 seluruh kegiatan sudah harus berjalan.", ("target", "2026-01")),
    ],
)
def test_a_dated_event_is_found(text: str, found: tuple[str, str]) -> None:
    assert found in events(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bupati meresmikan RPPA di Kecamatan Boja, Senin (10/11/2025).",
        "Rapat Kecamatan Berdaya digelar di aula, Senin (10/11/2025).",
        "Pelatihan kader berlangsung 16-18 Juli 2025.",
        'Kecamatan Berdaya bagus, "kata camat, Senin (10/11/2025).',
        "Kecamatan Berdaya, program yang dicanangkan gubernur, disosialisasikan Senin (10/11/2025).",
        "SK pengangkatan pegawai terbit 3 November 2025.",
        "Kepala Dinas Sosial, Sutopo, SE, datang pada 3 November 2025.",
        "Sejak Mei hingga Juli 2025 ada 3 lomba desa.",
        "Lereng Jaya meluncurkan program Desa Makmur dalam Kecamatan Berdaya, Senin (3/11/2025).",
        "Peluncuran program CSR Jamu Sehat digelar Senin (3/11/2025).",
        "Kecamatan Berdaya belum diluncurkan. Rapat lagi 10 November 2025.",
    ],
)
def test_dates_of_other_things_are_left(text: str) -> None:
    assert events(text) == []


def test_a_year_that_is_not_printed_comes_from_the_publication() -> None:
    text = "Bupati mencanangkan Kecamatan Berdaya tingkat kabupaten, Selasa (30/12)."
    assert events(text, day="01-03", year=2026) == [("launch", "2025-12-30")]


def test_or_from_the_same_day_elsewhere_or_from_the_known_launch() -> None:
    assert events("Kecamatan Berdaya dicanangkan Kamis (30/10).", day=None) == [("launch", "2025-10-30")]
    text = "Kecamatan Berdaya dicanangkan 5 Mei. Pada 5 Mei 2026 warga datang."
    assert events(text, day=None) == [("launch", "2026-05-05")]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Selasa (11/11/2026)", "2025-11-11|2026-11-11"),  # the year
        ("Kamis (6/12/2025)", "2025-11-06|2025-12-06"),  # the month
        ("Kamis, 30 Oktober 2026", "2025-10-30|2026-10-30"),
        ("Rabu (30/10/2025)", "2025-10-30"),  # the weekday: the day is that of the known launch
    ],
)
def test_a_misprint_keeps_both_readings(printed: str, value: str) -> None:
    assert events(f"Bupati mencanangkan Kecamatan Berdaya, {printed}.") == [("launch", value)]


def test_a_day_of_the_launch_beside_a_quote_dates_it() -> None:
    text = 'Kecamatan Berdaya baru saja dicanangkan gubernur.\n\n"Kami siap," ujar camat, Kamis (30/10/2025).'
    assert events(text) == [("launch", "2025-10-30")]


def test_a_month_gives_way_to_a_day_in_it() -> None:
    text = (
        "Kecamatan Berdaya diluncurkan Oktober 2025. Gubernur mencanangkan Kecamatan Berdaya 30 Oktober 2025."
    )
    assert events(text) == [("launch", "2025-10-30")]


@pytest.mark.parametrize("day", ["11-12", None])
def test_a_leap_day_of_no_known_year_is_no_day(day: str | None) -> None:
    facts = read("Per 29 Februari terdata tiga RPPA. Program ditargetkan rampung 29 Februari.", day=day)
    assert all("?" not in event.date for event in facts.events)
