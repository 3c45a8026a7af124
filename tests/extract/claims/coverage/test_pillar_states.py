"""How far a pillar has come in a regency: something is there, or only to come."""

from __future__ import annotations

import pytest

from tests.extract.reading import OPENING, read


def states(text: str, opening: str = OPENING) -> set[tuple[str, str, str]]:
    return {(s.regency, s.pillar, s.state) for s in read(text, opening=opening).pillar_states}


@pytest.mark.parametrize(
    ("text", "pillar"),
    [
        ("RPPA di Kecamatan Boja sudah diresmikan.", "rppa"),
        ("Bupati Kendal Rudiyanto Salam meresmikan sport center Kecamatan Patebon.", "sport-center"),
        ("Sebanyak 1.200 Kartu Zilenial telah dibagikan di Kabupaten Kendal.", "zilenial"),
        ("Dinas Sosial Kabupaten Kendal menangani penyandang disabilitas.", "disabilitas-lansia"),
        (
            "Petugas Kabupaten Kendal rutin mengunjungi warga lansia dan difabel.",
            "disabilitas-lansia",
        ),
        ("Kader PKK Kabupaten Kendal mengikuti pelatihan RPPA.", "rppa"),
        ("Layanan lansia di Kabupaten Kendal dilakukan dari pintu ke pintu.", "disabilitas-lansia"),
    ],
)
def test_something_of_a_pillar_is_there(text: str, pillar: str) -> None:
    assert states(text) == {("Kabupaten Kendal", pillar, "reported")}


@pytest.mark.parametrize(
    ("text", "pillar"),
    [
        ("Kabupaten Kendal belum punya RPPA.", "rppa"),
        ("Pemkab Kendal akan membangun sport center tahun depan.", "sport-center"),
        ("Bupati Kendal Rudiyanto Salam berharap Kartu Zilenial segera dibagikan.", "zilenial"),
        ("RPPA di Kabupaten Kendal masih menunggu anggaran.", "rppa"),
        (
            "Warga Kabupaten Kendal sudah menyiapkan lapangan sebagai cikal bakal sport center.",
            "sport-center",
        ),
    ],
)
def test_a_pillar_that_is_only_to_come(text: str, pillar: str) -> None:
    assert states(text) == {("Kabupaten Kendal", pillar, "not-yet")}


@pytest.mark.parametrize(
    "text",
    [
        "Gubernur menyebut RPPA, Kartu Zilenial, sport center, serta layanan disabilitas.",
        "Pemprov Jawa Tengah telah membuka RPPA.",
        "RPPA menjadi pilar pertama program itu.",
    ],
)
def test_what_says_nothing_of_a_regency(text: str) -> None:
    assert states(text) == set()


def test_what_is_there_beats_what_is_to_come() -> None:
    text = "RPPA di Kecamatan Boja sudah diresmikan. Pemkab Kendal akan membuka RPPA lain tahun depan."
    assert states(text) == {("Kabupaten Kendal", "rppa", "reported")}
