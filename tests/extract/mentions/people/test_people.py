from __future__ import annotations

import pytest

from tests.extract.reading import read


def people(text: str) -> list[tuple[str, str]]:
    return [(p.name, p.role) for p in read(text).people]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Camat Boja, Wagiyo Utomo, hadir.", "Wagiyo Utomo", "Camat Boja"),
        ("Camat Boja Wagiyo Utomo hadir.", "Wagiyo Utomo", "Camat Boja"),
        ("Kades Curugsewu, H. Salim Nur, S.Pd., senang.", "Salim Nur", "Kades Curugsewu"),
        ("Kepala Desa (Kades) Curugsewu, Salim Nur, senang.", "Salim Nur", "Kepala Desa (Kades) Curugsewu"),
        ("Plt. Camat Boja, Wagiyo, mengaku.", "Wagiyo", "Plt. Camat Boja"),
        (
            "Kepala Bidang Desa, Dinas Pemberdayaan Desa (Dispermasdes) Kendal, Sri Juli Astuti pulang.",
            "Sri Juli Astuti",
            "Kepala Bidang Desa, Dinas Pemberdayaan Desa (Dispermasdes) Kendal",
        ),
        (
            "Kabid Olahraga Disporapar Kendal Ni'mah Sari menyusul.",
            "Ni'mah Sari",
            "Kabid Olahraga Disporapar Kendal",
        ),
        (
            "“Siap,” kata Wagiyo, Kabid Olahraga Disporapar Kendal, Senin.",
            "Wagiyo",
            "Kabid Olahraga Disporapar Kendal",
        ),
        (
            "Acara dibuka Wagiyo Utomo, S.H., M.M., selaku Asisten I Sekda Kendal.",
            "Wagiyo Utomo",
            "Asisten I Sekda Kendal",
        ),
        ("Wagiyo Utomo yang juga Ketua Karang Taruna ikut.", "Wagiyo Utomo", "Ketua Karang Taruna"),
        (
            "Salim (21), anggota kelompok difabel Mekar Wangi, ikut.",
            "Salim",
            "anggota kelompok difabel Mekar Wangi",
        ),
        ("Hadir pula Salim Nur (Kepala UPTD PPA).", "Salim Nur", "Kepala UPTD PPA"),
        ("Ketua Paguyuban Mekar Wangi, Salim Nur, menimpali.", "Salim Nur", "Ketua Paguyuban Mekar Wangi"),
        ("Kapolsek Boja AKP Salim Nur berjaga.", "Salim Nur", "Kapolsek Boja"),
        ("Danramil 05/Boja Kapten Inf Salim Nur berjaga.", "Salim Nur", "Danramil 05/Boja"),
        (
            "Wakil Gubernur (Wagub) Jateng, Muh. Salim Nur, hadir.",
            "Muh. Salim Nur",
            "Wakil Gubernur (Wagub) Jawa Tengah",
        ),
        ("Kepala Dispermades setempat, Salim Nur, hadir.", "Salim Nur", "Kepala Dispermades"),
        (
            "Guru Besar Fakultas Hukum Universitas Senja Prof. Salim Nur mengkritik.",
            "Salim Nur",
            "Guru Besar Fakultas Hukum Universitas Senja",
        ),
        (
            "Pelaksana Harian Sekretaris Daerah Kota Tegal Salim Nur hadir.",
            "Salim Nur",
            "Pelaksana Harian Sekretaris Daerah Kota Tegal",
        ),
        (
            "Pejabat Sementara (Pjs) Bupati Pati, Salim Nur, hadir.",
            "Salim Nur",
            "Pejabat Sementara (Pjs) Bupati Pati",
        ),
        (
            "Asisten Pemerintahan R. Salim Nur hadir. Sawah itu kering.",
            "R. Salim Nur",
            "Asisten Pemerintahan",
        ),
        ("Bupati Kendal H Salim Nur hadir.", "Salim Nur", "Bupati Kendal"),
        (
            "Gubernur Jawa Tengah Komjen Pol. (Purn) Drs. H. Salim Nur, S.H. hadir.",
            "Salim Nur",
            "Gubernur Jawa Tengah",
        ),
        (
            "Kabid Anak (PPPA) Dinsos KBPP), Salim Nur, S.IP., M.P., hadir.",
            "Salim Nur",
            "Kabid Anak (PPPA) Dinsos KBPP",
        ),
        (
            "Pendamping kelompok difabel Mekar Wangi, Wagiyo menyebut 20 anggota.",
            "Wagiyo",
            "Pendamping kelompok difabel Mekar Wangi",
        ),
        (
            "Pendiri Yayasan Terang Maju Bersama, Salim Nur, hadir.",
            "Salim Nur",
            "Pendiri Yayasan Terang Maju Bersama",
        ),
        (
            "Direktur Pusat Advokasi untuk Hak Warga (PAHW), Salim Nur, hadir.",
            "Salim Nur",
            "Direktur Pusat Advokasi untuk Hak Warga (PAHW)",
        ),
        ("Kepala Puskesmas Mijen dr. Salim Nur hadir.", "Salim Nur", "Kepala Puskesmas Mijen"),
        ("Pengelola RPPA Patean Rini Astuti hadir.", "Rini Astuti", "Pengelola RPPA Patean"),
        ("Danrem 091 Wanabakti, Kolonel Inf Salim Nur, hadir.", "Salim Nur", "Danrem 091 Wanabakti"),
        ("Pangdam IX/Segara Mayjen TNI Salim Nur hadir.", "Salim Nur", "Pangdam IX/Segara"),
        (
            "Anggota DPRD Jateng Fraksi Fajar, Salim Nur, hadir.",
            "Salim Nur",
            "Anggota DPRD Jawa Tengah Fraksi Fajar",
        ),
        ("Salim Nur Kepala Dinas Sosial Kendal menjelaskan.", "Salim Nur", "Kepala Dinas Sosial Kendal"),
        ("Yang hadir:\n\n* Salim Nur Kepala Dinas Sosial Kendal", "Salim Nur", "Kepala Dinas Sosial Kendal"),
        (
            "“Siap,” ujar Salim Nur Kabid Olahraga Disporapar Kendal.",
            "Salim Nur",
            "Kabid Olahraga Disporapar Kendal",
        ),
    ],
)
def test_name_and_office(text: str, name: str, role: str) -> None:
    assert people(text) == [(name, role)]


@pytest.mark.parametrize(
    "text",
    [
        "Warga Desa Curugsewu, Salim, dan sopir truk Wagiyo (43) tewas.",
        "Wakil Bupati Kendal menyebut angka lima. Camat Boja, Kaliwungu, dan Patean hadir.",
        "Kepala Dinas Sosial, Dinas Kesehatan, Kapolsek, Babinsa, dan Forkopimda hadir.",
        "Keputusan Bupati Kendal Nomor 12 Tahun 2025 terbit. Bupati Kendal, Kamis (6/11), pulang.",
        "Ketua TP PKK, Baznas, dan para camat hadir.",
        "Penulis: Wagiyo Utomo\n\nEditor: Salim",
        "Peserta dari PKK, Puskesmas, Puskesos, Paralegal, Forum Anak, dan Koordinator PLKB, Babinsa.",
        "Sebanyak 30 Kader Mentari dan Relawan Sapa dilatih. Ketua Panitia Musrenbang hadir.",
        "Gubernur Menyapa digelar di aula. Kepala Daerah Muria Raya diundang.",
        "Hadir Wali Kota Tegal, Danrem 091 Wanabakti, Kapolres Tegal, Asisten, dan Camat Se-Kota.",
        "Menunggu izin bupati, Wagiyo menegaskan warga sabar.",
        "Hadir Guru BK, Psikolog Klinis, dan Pekerja Sosial.",
    ],
)
def test_who_is_no_person_with_an_office(text: str) -> None:
    assert people(text) == []


def test_a_row_of_officials() -> None:
    text = "Hadir Bupati Kendal Salim Nur, Wakil Bupati Wagiyo, Sekda Rini Astuti, serta para kepala OPD."
    assert people(text) == [
        ("Salim Nur", "Bupati Kendal"),
        ("Wagiyo", "Wakil Bupati"),
        ("Rini Astuti", "Sekda"),
    ]


def test_two_offices_joined_before_two_names() -> None:
    text = "Gubernur dan Wakil Gubernur Jawa Tengah, Salim Nur dan Wagiyo Utomo, meresmikan."
    assert people(text) == [
        ("Salim Nur", "Gubernur Jawa Tengah"),
        ("Wagiyo Utomo", "Wakil Gubernur Jawa Tengah"),
    ]


def test_a_deputy_takes_the_office_of_the_person_before() -> None:
    assert people("Bupati Kendal Salim Nur bersama wakilnya, Wagiyo, datang.")[1] == (
        "Wagiyo",
        "Wakil Bupati Kendal",
    )


def test_a_short_name_is_no_new_person_and_the_fullest_office_stays() -> None:
    text = (
        "Bupati Salim membuka acara.\n\nBupati Kendal Salim Nur Wahid berharap banyak. “Mulai,” kata Salim."
    )
    assert people(text) == [("Salim Nur Wahid", "Bupati Kendal")]


def test_one_word_and_another_office_is_another_person() -> None:
    text = "Camat Boja, Salim, hadir. Kabid Olahraga Disporapar, Salim Nur, juga. Wagub Wagiyo menyusul."
    found = people(f"{text} Wakil Gubernur Wagiyo Utomo pulang.")
    assert [name for name, _ in found] == ["Salim", "Salim Nur", "Wagiyo Utomo"]


def test_the_headline_names_no_one() -> None:
    assert read("Acara selesai.", title="Bupati Kendal Salim Nur Datang").people == ()


def test_the_quote_shows_office_and_name() -> None:
    (person,) = read("Menurut Camat Boja, Wagiyo Utomo, semua siap.").people
    assert person.evidence[0].quote == "Camat Boja, Wagiyo Utomo"
    assert person.evidence[0].rule == "people.office-before"


def test_a_row_of_offices_without_commas_before_the_names() -> None:
    text = "Hadir Ketua TP PKK Rini Astuti, Asisten Pemerintahan R. Salim Nur, Kepala Dinas PMD Wagiyo Utomo."
    assert people(text) == [
        ("Rini Astuti", "Ketua TP PKK"),
        ("R. Salim Nur", "Asisten Pemerintahan"),
        ("Wagiyo Utomo", "Kepala Dinas PMD"),
    ]
    assert people(text.replace("Rini Astuti", "Rini"))[0] == ("Rini", "Ketua TP PKK")


@pytest.mark.parametrize(
    "row", ["H. Rini dan Salim Nur", "Rini, S.H., dan Salim Nur", "Rini, Wagiyo, dan Salim Nur"]
)
def test_members_share_their_office(row: str) -> None:
    found = people(f"Anggota Komisi D DPRD Kabupaten Kendal, {row}, hadir.")
    assert [name for name, _ in found][:: len(found) - 1] == ["Rini", "Salim Nur"]
    assert {role for _, role in found} == {"Anggota Komisi D DPRD Kabupaten Kendal"}


def test_a_wife_who_bears_her_husbands_name_is_someone_else() -> None:
    text = "Wali Kota Tegal Salim Nur dan Ketua TP PKK Kota Tegal Rini Astuti Salim Nur hadir."
    assert [name for name, _ in people(text)] == ["Salim Nur", "Rini Astuti Salim Nur"]
