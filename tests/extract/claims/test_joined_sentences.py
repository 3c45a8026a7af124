"""Facts that a sentence tells only together with those around it, and what must not be read from them."""

from __future__ import annotations

import pytest

from tests.extract.reading import OPENING, read

PILLARS = OPENING + "Ada RPPA, layanan lansia, Kartu Zilenial, dan sport center.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sport center dibenahi. Disporapar mengampu pilar ini.", {("pora", "sport-center")}),
        (
            (
                "RPPA diampu DP3AKB. Kepala Dinsos Kendal, Budi Hartono, menerangkan. Urusan Kartu Zilenial "
                "pekerjaan Disporapar. Layanan lansia melekat pada dinas yang ia pimpin."
            ),
            {("p3a", "rppa"), ("pora", "zilenial"), ("sosial", "disabilitas-lansia")},
        ),
        (
            (
                "“Aduan yang masuk ke lima RPPA itu 41. Sebagian kami damaikan,” papar Kepala "
                "DP3AKB Kendal, Siti "
                "Aminah."
            ),
            {("p3a", "rppa")},
        ),
        ("“Sudah 19 korban di RPPA yang kami dampingi,” kata Kepala DP3AKB, Siti Aminah.", {("p3a", "rppa")}),
        ("Kartu Zilenial baru disosialisasikan Dispermasdes Kendal.", {("pmd", "zilenial")}),
        ("Dinsos melalui pendamping kecamatan mendatangi rumah lansia.", {("sosial", "disabilitas-lansia")}),
        (
            "Disporapar membangun sport center, dan Disnaker melatih pemegang Kartu Zilenial.",
            {("pora", "sport-center"), ("ketenagakerjaan", "zilenial")},
        ),
        ("Dispermasdes menjadi koordinator, sementara pelaksana RPPA adalah DP3AKB.", {("p3a", "rppa")}),
        ("RPPA ditangani DP3AKB. Dinas Sosial melaporkan hal senada.", {("p3a", "rppa")}),
        ("Layanan disabilitasnya dipegang Dinsos setempat.", {("sosial", "disabilitas-lansia")}),
        ("Anak mudanya mendapat Kartu Zilenial dari Disporapar Kendal.", {("pora", "zilenial")}),
        ("DP3AKB menjadi pembina RPPA.", {("p3a", "rppa")}),
        ("Dinsos mengoordinasikan layanan bagi lansia.", {("sosial", "disabilitas-lansia")}),
        (
            "Pelaksananya ialah DP3AKB untuk RPPA, Dinsos untuk lansia, serta Disporapar untuk sport center.",
            {("p3a", "rppa"), ("sosial", "disabilitas-lansia"), ("pora", "sport-center")},
        ),
    ],
)
def test_responsibilities(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(r.agency, r.pillar) for r in read(text, opening=PILLARS).responsibilities} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "RPPA di Kecamatan Rowosari harus boyongan. Semula di Desa Gempolsewu, kini di "
                "Desa Sendangsikucing."
            ),
            {("rppa", "Sendangsikucing", "Rowosari")},
        ),
        (
            "Sport center Boja di lapangan Desa Meteseh terang bila malam.",
            {("sport-center", "Meteseh", "Boja")},
        ),
        ("Sport center baru tersedia di Boja.", {("sport-center", None, "Boja")}),
        ("RPPA di Boja, yang dibina dinas, hidup karena bidannya rajin.", {("rppa", None, "Boja")}),
        (
            (
                "Rumput lapangan Desa Meteseh, Kecamatan Boja, tidak becek lagi. Bupati "
                "menendang bola di sana, "
                "tanda sport center kecamatan itu resmi dipakai."
            ),
            {("sport-center", "Meteseh", "Boja")},
        ),
        (
            (
                "Kegiatannya bermacam-macam:\n- Perempuan. RPPA Boja di Desa Meteseh siaga.\n- "
                "Olahraga. Sport center "
                "Weleri di lapangan Desa Penaruban berpagar. Satu lagi berdiri di Desa Cening, Singorojo."
            ),
            {
                ("rppa", "Meteseh", "Boja"),
                ("sport-center", "Penaruban", "Weleri"),
                ("sport-center", "Cening", "Singorojo"),
            },
        ),
        (
            "Kepala desa di Kecamatan Boja hadir. Ia menyampaikan tiga unit RPPA sudah dibuka.",
            {("rppa", None, None)},
        ),
        ("Bila ada lahan, sport center Boja menempati Desa Meteseh.", set()),
        ("RPPA Boja harus beroperasi tahun ini.", set()),
    ],
)
def test_facilities(text: str, expected: set[tuple[str, str | None, str | None]]) -> None:
    found = read(text, opening=OPENING).facilities
    assert {(f.pillar, f.village, f.kecamatan) for f in found} == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Anak Muda Terima Kartu",
            (
                "Mereka datang dari tiga kecamatan, yaitu Boja, Gemuh, dan Patean, yang "
                "ditetapkan sebagai lokasi "
                "Kecamatan Berdaya."
            ),
            {("kecamatan_pilot", 3)},
        ),
        (
            "SK Sudah Diteken, Empat Kecamatan di Kendal Jadi Lokasi Kecamatan Berdaya",
            "Camat bersiap.",
            {("kecamatan_pilot", 4), ("kecamatan_decreed", 4)},
        ),
        (
            "Kabar",
            (
                "Bupati menetapkan empat kecamatan sebagai lokasi program Kecamatan Berdaya. "
                "Penetapan itu tertuang "
                "dalam Surat Keputusan (SK) Bupati."
            ),
            {("kecamatan_pilot", 4), ("kecamatan_decreed", 4)},
        ),
        ("Kabar", "“Aduan yang masuk ke lima RPPA itu 41,” katanya.", {("rppa_units", 5)}),
        ("Enam Kecamatan di Kendal Antre Masuk Kecamatan Berdaya", "Camat bersiap.", set()),
        ("Kabar", "Kader mengisi RPPA, salah satu layanan dalam Kecamatan Berdaya.", set()),
    ],
)
def test_quantities(title: str, text: str, expected: set[tuple[str, int]]) -> None:
    found = read(text, title=title).quantities
    assert {(q.measure, q.value) for q in found} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pelatihan kader dijadwalkan awal Desember.", set()),
        ("RPPA Boja dijadwalkan buka awal Desember.", {("target", "2025-12")}),
        (
            "Pemkab membidik semua kecamatan menyandang status Kecamatan Berdaya pada 2028.",
            {("target", "2028")},
        ),
        ("“Masih pakai data 2022. Lansianya sudah wafat,” kata petugas RPPA.", set()),
        ("Pencanangannya dilakukan di Kabupaten Sragen pada 30 Oktober 2025.", {("launch", "2025-10-30")}),
        (
            (
                "Pekan lalu wilayah ini dicanangkan sebagai Kecamatan Berdaya. Wartawan menemui camat, Rabu "
                "(5/11/2025)."
            ),
            set(),
        ),
    ],
)
def test_events(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(e.event, e.date) for e in read(text).events} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pintu balai Desa Meteseh terkunci. Petugas RPPA Meteseh mengundurkan diri.", set()),
        (
            "Aktivis Jaringan Perempuan Kendal Selatan, Titi Suharti, mendesak pemkab.",
            {("Titi Suharti", "Aktivis Jaringan Perempuan Kendal Selatan")},
        ),
        (
            "Anggota DPRD Kendal dari dapil Boja, Budi Santoso, mengusulkan perluasan.",
            {("Budi Santoso", "Anggota DPRD Kendal dari dapil Boja")},
        ),
        (
            "Ketua tim evaluasi dari Dispermades Kendal, Agung Nugraha, memuji catatan itu.",
            {("Agung Nugraha", "Ketua tim evaluasi dari Dispermades Kendal")},
        ),
        ("“Mereka dilatih para kader. Nah, kader ini jembatan,” ujarnya.", set()),
    ],
)
def test_people(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(p.name, p.role) for p in read(text).people} == expected


def test_titles_of_other_articles_below_a_bare_label_are_no_text() -> None:
    text = "Baznas meluncurkan Kampung Berdaya.\n\nBaca juga:\nKecamatan Berdaya Belum Sampai Pesisir"
    assert not read(text, opening="BREBES - ").relevant
    goes_on = "Baca juga:\nJudul Berita Lain\n\nKecamatan Berdaya dicanangkan di Kendal."
    assert read(goes_on, opening="KENDAL - Warga berkumpul.\n\n").relevant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Di Kendal ada dua kecamatan percontohan dan di Batang empat kecamatan.",
            {("Kabupaten Kendal", 2), ("Kabupaten Batang", 4)},
        ),
        (
            "Jawa Tengah memiliki 150 kecamatan percontohan, tiga di antaranya di Kabupaten Kendal.",
            {("Jawa Tengah", 150), ("Kabupaten Kendal", 3)},
        ),
        ("Sejak Kecamatan Berdaya diberitakan, ada satu hal yang mengganggu saya.", set()),
        (
            (
                "Percontohannya enam titik: Ayah, Buayan, dan Karanggayam di Kabupaten Kebumen; Bruno, "
                "Kaligesing, serta Bener di Kabupaten Purworejo."
            ),
            set(),
        ),
        ("Tak satu pun dari empat kecamatan di Kota Salatiga ditetapkan sebagai percontohan.", set()),
    ],
)
def test_the_region_of_a_count(text: str, expected: set[tuple[str, int]]) -> None:
    found = read(text).quantities
    assert {(q.region, q.value) for q in found if q.measure == "kecamatan_pilot"} == expected
