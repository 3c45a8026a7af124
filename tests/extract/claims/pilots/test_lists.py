"""Lists of every shape: pilots, those whose turn comes later, and what is listed as something else."""

from __future__ import annotations

import pytest

from tests.extract.reading import read

#: Bullets of two kecamatan behind a lead.
BULLETS = "\n\n- Boja\n- Singorojo\n\nAcara ditutup dengan doa bersama."


def pilots(text: str) -> set[str]:
    return {claim.kecamatan for claim in read(text).pilot_kecamatan}


@pytest.mark.parametrize(
    "lead",
    [
        "Kecamatan yang ditetapkan sebagai percontohan:",
        "Lima kecamatan percontohan dipantau. Redaksi merangkumnya sebagai berikut.",
        "Daftar Percontohan",
        "Disetujui:",
    ],
)
def test_a_lead_makes_pilots(lead: str) -> None:
    assert pilots(lead + BULLETS) == {"Boja", "Singorojo"}


@pytest.mark.parametrize(
    "lead",
    [
        "Juara lomba Kecamatan Berdaya tingkat kabupaten:",
        "Calon percontohan tahap kedua:",
        "Kecamatan yang belum menjadi percontohan:",
        "Kecamatan yang dipilih sebagai lokasi job fair:",
        "Kecamatan yang camatnya perempuan:",
        "Ditolak:",
    ],
)
@pytest.mark.parametrize("before", ["", "Kendal sudah menetapkan kecamatan percontohan tahun lalu.\n\n"])
def test_a_lead_makes_none(before: str, lead: str) -> None:
    assert not pilots(before + lead + BULLETS)


def test_a_cell_or_a_mark_says_it_of_its_row() -> None:
    table = "Status kecamatan dalam program:\n\nKecamatan | Status\nBoja | Percontohan\nWeleri | Usulan 2026"
    assert pilots(f"{table}\n\nAcara selesai.") == {"Boja"}
    marked = "Daftar kecamatan percontohan:\n\n✅ Boja\n❌ Weleri"
    assert pilots(f"{marked}\n\nAcara selesai.") == {"Boja"}


def test_a_column_says_it_of_its_cells() -> None:
    header = "Kabupaten | Percontohan | Usulan tahap II"
    table = f"Posisi kecamatan:\n\n{header}\nKendal | Boja | Weleri\nDemak | Wedung | Sayung"
    assert pilots(f"{table}\n\nAcara selesai.") == {"Boja", "Wedung"}


def test_an_answer_says_it_of_those_who_are_asked_about() -> None:
    text = "T: Apakah Weleri termasuk percontohan?\nJ: Tidak.\n\nT: Apakah Boja termasuk percontohan?\nJ: Ya."
    assert pilots(f"{text}\n\nAcara selesai.") == {"Boja"}


@pytest.mark.parametrize(
    "text",
    [
        "Kemarin tertulis percontohan di Kendal adalah Boja dan Weleri. Seharusnya Boja dan Singorojo.",
        "Ralat: percontohan di Kendal ialah Boja dan Singorojo. Sebelumnya kami menulis Boja dan Weleri.",
    ],
)
def test_what_is_corrected_is_none(text: str) -> None:
    assert pilots(text) == {"Boja", "Singorojo"}
