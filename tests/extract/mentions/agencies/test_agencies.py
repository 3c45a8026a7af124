from __future__ import annotations

import pytest

from extract.mentions.agencies.acronyms import Acronyms
from tests.extract.reading import engine, read

KENDAL, JATENG = "Kabupaten Kendal", "Jawa Tengah"


def agencies(text: str, **keywords: str) -> list[tuple[str, str, str]]:
    return [(a.name, a.type, a.region) for a in read(text, **keywords).agencies]


@pytest.mark.parametrize(
    ("text", "name", "kind", "region"),
    [
        (
            "Dinas Pemberdayaan Masyarakat dan Desa (Dispermasdes) Kabupaten Pati hadir.",
            "Dinas Pemberdayaan Masyarakat dan Desa (Dispermasdes) Kabupaten Pati",
            "pmd",
            "Kabupaten Pati",
        ),
        (
            "Rapat itu dibuka oleh Dinas Sosial, Pengendalian\nPenduduk dan KB (Dinsos PPKB) Blora.",
            "Dinas Sosial, Pengendalian Penduduk dan KB (Dinsos PPKB) Blora",
            "sosial|p3a",
            "Kabupaten Blora",
        ),
        (
            "Petugas Dinas Kesehatan Kota (DKK) Salatiga datang.",
            "Dinas Kesehatan Kota (DKK) Salatiga",
            "kesehatan",
            "Kota Salatiga",
        ),
        ("Data itu milik DinsosdaldukKB dan warga.", "DinsosdaldukKB", "sosial|p3a", KENDAL),
        (
            "Rapat dengan bagian hukum dan organisasi berlangsung.",
            "bagian hukum dan organisasi",
            "setda",
            KENDAL,
        ),
        ("Rapat digelar di Aula Setda Kendal kemarin.", "Setda Kendal", "setda", KENDAL),
        (
            "Biro Pemerintahan dan Otonomi Daerah mencatatnya.",
            "Biro Pemerintahan dan Otonomi Daerah",
            "setda",
            JATENG,
        ),
        (
            "Hal itu urusan Kementerian Desa dan Pembangunan Daerah Tertinggal RI di Jakarta.",
            "Kementerian Desa dan Pembangunan Daerah Tertinggal RI",
            "kementerian",
            "Indonesia",
        ),
        (
            "Kantor Kementerian Agama Kabupaten Demak ikut.",
            "Kantor Kementerian Agama Kabupaten Demak",
            "kementerian",
            "Kabupaten Demak",
        ),
        ("UPTD Balai Latihan Kerja membuka kelas.", "UPTD Balai Latihan Kerja", "ketenagakerjaan", KENDAL),
        ("Kadinsos Batang menanggapinya.", "Kadinsos Batang", "sosial", "Kabupaten Batang"),
        ("Dinas PMD menyetujuinya.", "Dinas PMD", "pmd", KENDAL),
        ("Dinas Kominfo Kabupaten Pati hadir.", "Dinas Kominfo Kabupaten Pati", "kominfo", "Kabupaten Pati"),
        ("Badan Kesbangpol Pati hadir.", "Badan Kesbangpol Pati", "lainnya", "Kabupaten Pati"),
        (
            "Dinas DPPPAPMD Kabupaten Pati hadir.",
            "Dinas DPPPAPMD Kabupaten Pati",
            "p3a|pmd",
            "Kabupaten Pati",
        ),
        (
            "Dinas Pemberdayan Masyarkat dan Desa hadir.",
            "Dinas Pemberdayan Masyarkat dan Desa",
            "pmd",
            KENDAL,
        ),
        (
            "Badan Penanggulangan Becana Daerah (BPBD) hadir.",
            "Badan Penanggulangan Becana Daerah (BPBD)",
            "lainnya",
            KENDAL,
        ),
        (
            "Kelas itu di Aula Balatkop UKM Jateng, Kota Semarang.",
            "Balatkop UKM Jateng",
            "koperasi-umkm",
            JATENG,
        ),
        (
            "Kelas itu di Balai Pelatihan Koperasi UKM (Balatkop) Pemprov Jateng kemarin.",
            "Balai Pelatihan Koperasi UKM (Balatkop) Pemprov Jateng",
            "koperasi-umkm",
            JATENG,
        ),
        ("Kelas itu di Balatkop kemarin.", "Balatkop", "koperasi-umkm", JATENG),
        (
            "Kelas itu di Balai Latihan Kerja (BLK) Pati kemarin.",
            "Balai Latihan Kerja (BLK) Pati",
            "ketenagakerjaan",
            "Kabupaten Pati",
        ),
        ("Kelas itu di halaman BLK kemarin.", "BLK", "ketenagakerjaan", KENDAL),
        (
            "Kelas itu di Balai Pelatihan Kesehatan Semarang.",
            "Balai Pelatihan Kesehatan Semarang",
            "kesehatan",
            "Kota Semarang",
        ),
        ("Kelas itu di Bapelkes Jateng.", "Bapelkes Jateng", "kesehatan", JATENG),
        (
            "Balai Rehabilitasi Sosial Pati ikut.",
            "Balai Rehabilitasi Sosial Pati",
            "sosial",
            "Kabupaten Pati",
        ),
        ("Guru dari Cabang Dinas Pendidikan hadir.", "Cabang Dinas Pendidikan", "pendidikan", JATENG),
        ("Rapat di Aula Bapperida Pati usai.", "Bapperida Pati", "bappeda", "Kabupaten Pati"),
        (
            "Rapat di Gedung B Lantai 5 Setda Provinsi Jawa Tengah usai.",
            "Setda Provinsi Jawa Tengah",
            "setda",
            JATENG,
        ),
        ("Rapat di Ruang Rapat Diskominfo Pati usai.", "Diskominfo Pati", "kominfo", "Kabupaten Pati"),
        (
            "Kantor Cabang Dinas IX Dinas Pendidikan Jateng sepi.",
            "Dinas Pendidikan Jateng",
            "pendidikan",
            JATENG,
        ),
        (
            "Guru dari Dinas Pendidikan Kabupaten Ngawi berkunjung.",
            "Dinas Pendidikan Kabupaten Ngawi",
            "pendidikan",
            "Kabupaten Ngawi",
        ),
    ],
)
def test_name_type_and_region(text: str, name: str, kind: str, region: str) -> None:
    assert agencies(text) == [(name, kind, region)]


@pytest.mark.parametrize(
    "text",
    [
        "Seluruh dinas terkait dan OPD di Pemkab Kendal hadir.",
        "Kepala Dinas Kesehatan kabupaten/kota diundang.",
        "Kepala Dinas P3A se-Jawa Tengah diundang.",
        "DPRD, Polres, Kodim, Baznas, TP PKK, dan Puskesmas hadir.",
        "Kantor kecamatan itu bagian dari rumah dinas camat.",
        "Badan Usaha Milik Daerah dan Badan Anggaran DPRD setuju.",
        "Sekretaris Daerah dan Asisten Pemerintahan hadir.",
        "Mereka menjadi bagian pembangunan dan mendapat bagian umum.",
        "Pelatihan digelar di BLK Komunitas milik pesantren.",
        "Acara digelar di Balai Desa Boja, Balai Kota Semarang, dan Balai KB Kecamatan Boja.",
        "Menteri Sosial dan Menteri Desa meninjau warga.",
    ],
)
def test_what_is_no_agency(text: str) -> None:
    assert agencies(text) == []


@pytest.mark.parametrize("about", ["terkait lansia", "terkait dengan data lansia", "terkait"])
def test_what_a_named_office_is_asked_about_makes_no_class_of_it(about: str) -> None:
    named = f"Camat berkoordinasi dengan Dinas Sosial Kabupaten Kendal {about}."
    assert [(a.type, a.region) for a in read(named).agencies] == [("sosial", "Kabupaten Kendal")]
    assert read("Camat berkoordinasi dengan dinas sosial terkait.").agencies == ()


@pytest.mark.parametrize(
    ("behind", "kinds"),
    [
        ("lansia", ["sosial"]),
        ("layanan lansia", ["sosial"]),
        ("", []),
        ("menyiapkan data", []),
        ("di daerah", []),
        ("agar cepat", []),
    ],
)
def test_a_topic_behind_makes_no_class_of_an_office_without_a_region(behind: str, kinds: list[str]) -> None:
    found = read(f"Camat berkoordinasi dengan Dinas Sosial terkait {behind}.").agencies
    assert [a.type for a in found] == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Dinas Sosial Kendal datang. Dinsos P3A Kendal pulang. Dinsos sepi.", ["sosial|p3a"]),
        ("Dispermasdes Kendal datang. Dispermasdesdukcapil Kendal pulang.", ["pmd|dukcapil"]),
        ("Disparbud Kendal datang. Disdikpora Kendal pulang.", ["pora", "pendidikan|pora"]),
        ("Dinas Sosial Kendal datang. Dinsos P3A Demak pulang.", ["sosial", "sosial|p3a"]),
    ],
)
def test_a_region_has_one_office_of_a_type_however_it_is_written(text: str, kinds: list[str]) -> None:
    assert [a.type for a in read(text).agencies] == kinds


def test_one_entry_an_office_in_its_fullest_form() -> None:
    text = (
        "Dinas Kepemudaan dan Olahraga (Dispora) Kabupaten Kendal menata lapangan.\n\n"
        "Dispora lalu mengirim pelatih. Menurut Dispora Kendal, lapangan siap."
    )
    (office,) = read(text).agencies
    assert office.name == "Dinas Kepemudaan dan Olahraga (Dispora) Kabupaten Kendal"
    assert len(office.evidence) == 3


def test_a_short_name_is_learned_from_its_bracket() -> None:
    text = "Dinas Kelautan dan Perikanan (DKP) Kabupaten Kendal datang. Belakangan DKP pulang."
    (office,) = read(text).agencies
    assert [e.quote for e in office.evidence][1] == "DKP"
    assert office.evidence[1].rule == "agencies.learned"


def test_two_offices_of_one_noun_list_stay_apart() -> None:
    found = agencies("Dinas Sosial, Dinas Kesehatan, dan Disnaker ikut serta.")
    assert [kind for _, kind, _ in found] == ["sosial", "kesehatan", "ketenagakerjaan"]


def test_region_of_whoever_acts() -> None:
    local = "Kepala Dispermades Kendal, Wagiyo, menerangkan Dinsos ikut serta."
    governor = "Gubernur Jawa Tengah meminta Dinas Tenaga Kerja membuka lowongan."
    found = {kind: region for _, kind, region in agencies(f"{local}\n\n{governor}")}
    assert found == {"pmd": KENDAL, "sosial": KENDAL, "ketenagakerjaan": JATENG}


def test_region_of_the_same_office_elsewhere() -> None:
    text = "Dinsos sudah siap.\n\nKepala Dinsos Kota Pekalongan hadir. Bupati Batang menyusul."
    assert agencies(text, opening="Kecamatan Berdaya dimulai.\n\n")[0][2] == "Kota Pekalongan"


def test_two_regions_of_one_name_stay_apart() -> None:
    text = "Dinsos Kota Tegal lebih cepat daripada Dinsos Kabupaten Tegal."
    assert [region for _, _, region in agencies(text)] == ["Kota Tegal", "Kabupaten Tegal"]


@pytest.mark.parametrize(
    ("word", "types"),
    [
        ("Dinsospermades", ("sosial", "pmd")),
        ("DP3APPKB", ("p3a",)),
        ("DPPKBP3A", ("p3a",)),
        ("Dindikpora", ("pendidikan", "pora")),
        ("Dinperinaker", ("ketenagakerjaan",)),
        ("Bapperlitbangda", ("bappeda",)),
        ("Kemendikdasmen", ("kementerian",)),
        ("DPMP4KB", ("pmd", "p3a")),
        ("DP2KBP2PA", ("p3a",)),
        ("Dispermadesdukcapil", ("pmd", "dukcapil")),
        ("Dinnakerind", ("ketenagakerjaan",)),
        ("Dispermadecapil", ("pmd", "dukcapil")),
        ("Baperinda", ("bappeda",)),
        ("Disperindagkopukm", ("koperasi-umkm",)),
        ("DPRD", ()),
        ("Dinasti", ()),
        ("Distrik", ()),
        ("Disabilitas", ()),
    ],
)
def test_pieces_of_run_together_names(word: str, types: tuple[str, ...]) -> None:
    assert Acronyms(engine()[0]).types(word) == types


def test_a_unit_of_an_agency_is_an_office_of_its_own() -> None:
    found = agencies("DP3AKB Kendal membina UPTD PPA. UPTD PPA melayani warga. DP3AKB puas.")
    assert [(name, region) for name, _, region in found] == [("DP3AKB Kendal", KENDAL), ("UPTD PPA", KENDAL)]


def test_region_of_the_paragraph_that_announces_a_list() -> None:
    lead = "Gubernur Jawa Tengah menunjuk dinas provinsi, misalnya:"
    text = f"{lead}\n\n- Dinas Sosial\n- Dinas Kesehatan\n\nBupati Kendal hadir."
    assert {region for _, _, region in agencies(text)} == {JATENG}


def test_region_of_an_official_whose_place_is_told_before() -> None:
    quote = "“Misalnya, Dinas Pendidikan ikut.”"
    text = f"Gubernur Jawa Tengah hadir di Sragen.\n\nDi Kabupaten Kendal, Bupati Salim Nur bicara. {quote}"
    assert agencies(text) == [("Dinas Pendidikan", "pendidikan", KENDAL)]


@pytest.mark.parametrize(
    "text",
    [
        "Kantor Kementerian Agama (Kemenag) Kabupaten Kendal ikut. Partisipasi Kemenag itu penting.",
        "Kepala Kemenag Kendal hadir. Doa dibacakan pegawai Kemenag.",
        "BPS Kendal mencatatnya. Data BPS itu dipakai.",
        "Kader Kemenag datang lebih dulu. Kemenag Kabupaten Kendal memberi doa.",
    ],
)
def test_a_bare_national_name_is_its_one_branch(text: str) -> None:
    assert [region for _, _, region in agencies(text)] == [KENDAL]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Kemenag Kendal dan Kemenag Batang hadir. Kemenag puas.", {KENDAL, "Kabupaten Batang", "Indonesia"}),
        ("Kementerian Agama RI hadir bersama Kemenag Kendal.", {"Indonesia", KENDAL}),
        ("Kemensos membantu BPS Kendal.", {"Indonesia", KENDAL}),
    ],
)
def test_a_national_body_stays_one_beside_branches(text: str, regions: set[str]) -> None:
    assert {region for _, _, region in agencies(text)} == regions


def test_region_of_a_place_that_opens_the_paragraph() -> None:
    text = (
        "Kepala Dispermades Kendal, Arsyad Winoto, hadir.\n\n"
        "Di Batang, RPPA ditangani DP3AP2KB. Lansia oleh Dinsos. “Kami lega,” kata seorang warga."
    )
    found = {(kind, region) for _, kind, region in agencies(text)}
    assert {("p3a", "Kabupaten Batang"), ("sosial", "Kabupaten Batang")} <= found


def test_region_of_whoever_is_quoted_in_the_paragraph() -> None:
    text = (
        "Dinas Sosial Provinsi Jawa Tengah membawa kursi roda.\n\n"
        "“Lansia di Dinas Sosial,” jelas Kepala Dispermades Kendal, Arsyad Winoto."
    )
    assert [(kind, region) for _, kind, region in agencies(text) if kind == "sosial"] == [
        ("sosial", JATENG),
        ("sosial", KENDAL),
    ]


def test_a_branch_lends_its_region_to_no_other_office() -> None:
    text = "Gubernur hadir. Disnakertrans Jawa Tengah memakai Balai Latihan Kerja Klaten."
    found = {(kind, region) for _, kind, region in agencies(text)}
    assert found == {("ketenagakerjaan", JATENG), ("ketenagakerjaan", "Kabupaten Klaten")}


def test_a_house_that_was_an_agencys_is_none() -> None:
    assert agencies("RPPA menempati bekas kantor Dinas Pertanian dan eks gedung UPT Pendidikan.") == []


def test_a_subhead_names_the_region_of_its_section() -> None:
    text = (
        "1. Kabupaten Batang\nPercontohannya Bandar. RPPA dikelola DP3AP2KB Batang.\n\n"
        "2. Kota Salatiga\nLayanan lansianya dipegang Dinsos setempat."
    )
    found = {
        (a.type, a.region) for a in read(text, opening="SEMARANG - Kecamatan Berdaya jalan.\n\n").agencies
    }
    assert ("sosial", "Kota Salatiga") in found


def test_a_bare_head_of_a_city_is_none_of_its_twin() -> None:
    text = (
        "Kota dan Kabupaten Pekalongan meluncurkan Kecamatan Berdaya. Bupati Pekalongan membuka acara. "
        "Pemkot menugaskan Dinparbudpora membangun sport center."
    )
    found = {(a.type, a.region) for a in read(text, opening="").agencies}
    assert found == {("pora", "Kota Pekalongan")}
