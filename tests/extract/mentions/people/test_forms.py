"""Forms of offices and names that the press prints less often; every official is invented."""

from __future__ import annotations

import pytest

from tests.extract.reading import read


def people(text: str) -> list[tuple[str, str]]:
    return [(p.name, p.role) for p in read(text).people]


@pytest.mark.parametrize(
    "text",
    [
        "Pelatihan Penggerak Rumah Perlindungan Perempuan dan Anak (RPPA) Kecamatan Angkatan II dibuka.",
        "Ketua Kelas Angkatan III menutup acara.",
        "Peserta diklat Penyuluh Gelombang I dan Pendamping Tahap II diundang.",
        "Pengurus Jilid Dua dan Ketua Sesi Pagi datang.",
        "Petugas Zona Merah dan Koordinator Klaster Timur datang.",
        "Kader Batch 4 dan Fasilitator Level Dua datang.",
        "Lomba Duta Kategori A digelar untuk Kader Tingkat Madya.",
        "Pelatihan Konselor Fase II selesai.",
        "Rapat Pendamping Semester I usai.",
        "Panitia Lantai 2 dan Operator Blok 4 pulang.",
        "Guru Kelas IV dan Instruktur Periode 2026 diundang.",
        "Gubernur Soroti Jalan Rusak.",
        "Bupati Dorong Petani, Wakil Bupati Ajak Pemuda.",
        "Gubernur: Kita Harus Bergerak.",
        "Pesan Ketua PKK Kendal: Ayo Tanam Cabai.",
        "Bupati Kendal: Salam hangat untuk warga.",
    ],
)
def test_ordinals_classes_and_headlines_are_no_people(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Komisaris Independen Pertamina Salim Nur hadir.", "Komisaris Independen Pertamina"),
        ("Komisaris Utama PT Lereng Hijau, Salim Nur, hadir.", "Komisaris Utama PT Lereng Hijau"),
        ("Komisaris PT Lereng Hijau Salim Nur berkata.", "Komisaris PT Lereng Hijau"),
        ("Direktur PT Lereng Hijau Salim Nur menyebut siap.", "Direktur PT Lereng Hijau"),
        ("Direktur CV Lereng Salim Nur menyebut siap.", "Direktur CV Lereng"),
        ("Presiden Direktur PT Lereng Hijau Salim Nur hadir.", "Presiden Direktur PT Lereng Hijau"),
        (
            "Direktur Utama PT Bank Lereng Hijau (Persero) Tbk, Salim Nur, hadir.",
            "Direktur Utama PT Bank Lereng Hijau (Persero) Tbk",
        ),
        (
            "Direktur Utama Perumda Air Minum Kendal Salim Nur hadir.",
            "Direktur Utama Perumda Air Minum Kendal",
        ),
        ("Corporate Secretary PT Semen Lereng, Salim Nur, hadir.", "Corporate Secretary PT Semen Lereng"),
        ("Head of CSR PT Lereng Hijau, Salim Nur, hadir.", "Head of CSR PT Lereng Hijau"),
        ("VP CSR PT Lereng Hijau Salim Nur hadir.", "VP CSR PT Lereng Hijau"),
        (
            "Chief Executive Officer Lereng Hijau, Salim Nur, hadir.",
            "Chief Executive Officer Lereng Hijau",
        ),
        (
            "Area Manager Communication, Relations, and CSR Pertamina Patra Niaga Salim Nur mengatakan siap.",
            "Area Manager Communication, Relations, and CSR Pertamina Patra Niaga",
        ),
        (
            "Menurut Salim Nur, Area Manager Communication & CSR Pertamina Patra Niaga, semua siap.",
            "Area Manager Communication & CSR Pertamina Patra Niaga",
        ),
        ("Kepala Cabang BPJS Kesehatan Kendal Salim Nur hadir.", "Kepala Cabang BPJS Kesehatan Kendal"),
        ("Founder Komunitas Lereng Hijau Salim Nur hadir.", "Founder Komunitas Lereng Hijau"),
        ("Guru Besar Universitas Senja Salim Nur hadir.", "Guru Besar Universitas Senja"),
    ],
)
def test_offices_of_companies_and_bodies(text: str, role: str) -> None:
    assert people(text) == [("Salim Nur", role)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kapolres Kendal, Komisaris Besar Polisi Salim Nur, hadir.", "Kapolres Kendal"),
        ("Kapolres Kendal Ajun Komisaris Besar Polisi Salim Nur hadir.", "Kapolres Kendal"),
        ("Kapolsek Boja Komisaris Polisi Salim Nur hadir.", "Kapolsek Boja"),
        ("Kapolsek Boja Ajun Komisaris Salim Nur hadir.", "Kapolsek Boja"),
        ("Kapolsek Boja, Inspektur Polisi Satu Salim Nur, hadir.", "Kapolsek Boja"),
        ("Danramil Boja Kapten Infanteri Salim Nur hadir.", "Danramil Boja"),
        ("Dandim Kendal Letnan Kolonel Inf Salim Nur hadir.", "Dandim Kendal"),
        ("Pangdam Mayor Jenderal TNI Salim Nur hadir.", "Pangdam"),
    ],
)
def test_ranks_of_several_words(text: str, role: str) -> None:
    assert people(text) == [("Salim Nur", role)]


@pytest.mark.parametrize(
    "degrees",
    [
        "A.P., M.H.",
        "A. P., M. H.",
        "S. Sos, M. Si.",
        "S. Sos., M. Si.,",
        "S.STP., M.Si",
        "SSTP MSi",
        "SH MH",
        "S.E",
        "S.Pd.I",
        "S.Sos",
        "S. IP.",
        ", S. Sos., M. A. P.",
        ", S.E., M.M.",
        ", A.Md.Keb.",
        "S.Kom., M.Kom.",
        "MM",
    ],
)
def test_degrees_with_and_without_commas_and_gaps(degrees: str) -> None:
    name = f"Salim Nur {degrees}".replace(" ,", ",")
    assert people(f"Camat Boja {name} hadir.") == [("Salim Nur", "Camat Boja")]
    assert people(f"Acara dibuka {name.rstrip(',')} (Camat Boja) kemarin.") == [("Salim Nur", "Camat Boja")]


@pytest.mark.parametrize("name", ["Salim S.", "Salim Nur S", "Salim M. T. Nugroho", "A. P. Salim"])
def test_initials_stay_in_the_name(name: str) -> None:
    assert people(f"Camat Boja, {name} hadir.") == [(name, "Camat Boja")]


def test_people_behind_degrees_without_commas() -> None:
    text = "Camat Boja Salim Nur SH MH, Kapolsek Boja Wagiyo Utomo SH, dan Danramil Rini Astuti hadir."
    assert people(text) == [
        ("Salim Nur", "Camat Boja"),
        ("Wagiyo Utomo", "Kapolsek Boja"),
        ("Rini Astuti", "Danramil"),
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Narasumber dari Komisi D DPRD Kendal: Rini, Wagiyo Utomo, dan Salim Nur, S.Pd., yang hadir.",
            "Narasumber dari Komisi D DPRD Kendal",
        ),
        ("Hadir tiga anggota DPRD Kendal: Rini Astuti, Wagiyo Utomo, dan Salim Nur.", "anggota DPRD Kendal"),
        ("Hadir anggota DPRD Kendal, yakni Rini Astuti, Wagiyo Utomo, dan Salim Nur.", "anggota DPRD Kendal"),
        (
            "Hadir anggota Komisi D DPRD Kendal yaitu Wagiyo Utomo dan Salim Nur.",
            "anggota Komisi D DPRD Kendal",
        ),
        ("Pemateri dari Polres Kendal: Wagiyo Utomo dan Salim Nur.", "Pemateri dari Polres Kendal"),
        ("Fasilitator Puskesmas Boja antara lain Wagiyo Utomo, Salim Nur.", "Fasilitator Puskesmas Boja"),
        ("Camat Boja: Salim Nur, S.IP.", "Camat Boja"),
        ("Susunannya:\n- Ketua: Wagiyo Utomo\n- Sekretaris: Salim Nur", "Sekretaris"),
    ],
)
def test_an_office_that_announces_its_holders(text: str, role: str) -> None:
    found = people(text)
    assert found[-1] == ("Salim Nur", role)
    assert len(found) == len([n for n in ("Rini", "Wagiyo", "Salim") if n in text])


def test_an_office_in_brackets_is_stronger_than_the_one_announced() -> None:
    row = "Salim Nur (Ketua Komisi D), Rini Astuti, S.H., M.H. (Wakil Ketua Komisi D), dan Wagiyo Utomo, S.H."
    assert people(f"Narasumber dari DPRD Kendal, yakni {row}, hadir.") == [
        ("Salim Nur", "Ketua Komisi D"),
        ("Rini Astuti", "Wakil Ketua Komisi D"),
        ("Wagiyo Utomo", "Narasumber dari DPRD Kendal"),
    ]


@pytest.mark.parametrize(
    "role",
    [
        "Kepala Desa Curugsewu di Kecamatan Patean",
        "Koordinator Pendamping Desa di Kabupaten Kendal",
        "Ketua Forum Difabel Boja, Kabupaten Kendal",
        "Kepala Desa Curugsewu, Kecamatan Patean, Kabupaten Kendal",
        "Camat Boja, Kabupaten Kendal",
        "Ketua Karang Taruna Desa Curugsewu, Kecamatan Patean",
    ],
)
def test_a_place_between_office_and_name(role: str) -> None:
    assert people(f"{role}, Salim Nur, hadir.") == [("Salim Nur", role)]


def test_the_end_of_the_text_names_people_without_a_stop() -> None:
    assert people("Acara selesai.\n\nKetua Forum Anak Kendal, Salim Nur menilai warga senang") == [
        ("Salim Nur", "Ketua Forum Anak Kendal")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kepala Puskesmas Boja mengatakan siap.",
        "Ketua TP PKK Patean menyebut siap.",
        "Pengelola RPPA Weleri menjelaskan hal itu.",
        "Istri Gubernur Jateng, Rini Astuti, dan suami Bupati Kendal, Salim Nur, hadir.",
        "Camat Boja di Kendal menyebut siap.",
    ],
)
def test_places_and_kin_of_officials_hold_no_office(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ketua Dekranasda Kendal Rini Astuti hadir.", "Ketua Dekranasda Kendal"),
        ("Duta Genre Kendal 2025, Rini Astuti, hadir.", "Duta Genre Kendal 2025"),
        ("Tim ahli Gubernur, Rini Astuti, hadir.", "Tim ahli Gubernur"),
        (
            "Penelaah Teknis Kebijakan Dispermades Kendal, Rini Astuti, hadir.",
            "Penelaah Teknis Kebijakan Dispermades Kendal",
        ),
        ("Gubernur Jawa Tengah periode 2025-2030, Rini Astuti, hadir.", "Gubernur Jawa Tengah"),
        ("Bupati Kendal terpilih Rini Astuti hadir.", "Bupati Kendal"),
        ("Tokoh difabel Kendal, Rini Astuti, hadir.", "Tokoh difabel Kendal"),
        ("Ketua Gatra Kendal, Rini Astuti, hadir.", "Ketua Gatra Kendal"),
        ("Rini Astuti, salah satu kader PKK Desa Curugsewu, mengaku senang.", "kader PKK Desa Curugsewu"),
        ("Salah satu kader posyandu, Rini Astuti, mengaku senang.", "kader posyandu"),
        (
            "Ketua kelompok tani Sumber Rejeki, Rini Astuti, mengaku senang.",
            "Ketua kelompok tani Sumber Rejeki",
        ),
        (
            "Sekretaris Jenderal Kementerian Desa Rini Astuti hadir.",
            "Sekretaris Jenderal Kementerian Desa",
        ),
    ],
)
def test_offices_of_smaller_bodies(text: str, role: str) -> None:
    assert people(text) == [("Rini Astuti", role)]
