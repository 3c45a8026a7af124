"""People whose office is told around a clause, by pointing back, or in the lines of a committee."""

from __future__ import annotations

import pytest

from tests.extract.reading import read


def people(text: str) -> list[tuple[str, str]]:
    return [(p.name, p.role) for p in read(text).people]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Camat Boja, Kendal, Arsyad Winoto, mengaku lega.", [("Arsyad Winoto", "Camat Boja, Kendal")]),
        ("Kades Meteseh, Boja, Sugiyono Hadi, mengangguk.", [("Sugiyono Hadi", "Kades Meteseh, Boja")]),
        (
            "Kabid Rehabilitasi Sosial Dinsos Kendal yang memimpin rapat itu, Yusuf Amrullah, menepisnya.",
            [("Yusuf Amrullah", "Kabid Rehabilitasi Sosial Dinsos Kendal")],
        ),
        (
            "Kepala Bidang e-Government Diskominfo Kendal, Laras Wening, menuturkan hal itu.",
            [("Laras Wening", "Kepala Bidang e-Government Diskominfo Kendal")],
        ),
        ("Seorang pelatih, Bagas Prakoso, menuturkan itu.", [("Bagas Prakoso", "pelatih")]),
        ("Juru bahasa isyarat, Galang Saputro, menerjemahkan.", [("Galang Saputro", "Juru bahasa isyarat")]),
        (
            "Yusuf Amrullah, 45, Kepala Dinsos Kendal, mengangguk.",
            [("Yusuf Amrullah", "Kepala Dinsos Kendal")],
        ),
        (
            "Sekretaris Dinsos Kendal, Yanti Oktavia SSos MSi, hadir.",
            [("Yanti Oktavia", "Sekretaris Dinsos Kendal")],
        ),
        ("Kepala Dinsos dijabat Yusuf Amrullah.", [("Yusuf Amrullah", "Kepala Dinsos")]),
    ],
)
def test_an_office_and_its_holder_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Dinas Sosial Kendal diam. Kepala dinas itu, Mulyono Adi, cuti.", "Kepala Dinas Sosial Kendal"),
        ("Dinsos Kendal membayar. Kepala bidangnya, Mulyono Adi, lega.", "Kepala bidang Dinsos Kendal"),
        ("RPPA Mekar Asri buka. Konselornya, Mulyono Adi, berjaga.", "Konselor RPPA Mekar Asri"),
    ],
)
def test_an_office_that_points_back_takes_its_body(text: str, role: str) -> None:
    assert people(text) == [("Mulyono Adi", role)]


def test_the_lines_of_a_committee() -> None:
    lines = (
        "Ketua : Sri Lestari, S.Pd.",
        "Sekretaris : Tumini",
        "Seksi Data : Wardi, Nur Aini, dan Eka Sari",
    )
    text = "\n".join(("Susunan pengurus:", *lines))
    assert people(text) == [
        ("Sri Lestari", "Ketua"),
        ("Tumini", "Sekretaris"),
        ("Wardi", "Seksi Data"),
        ("Nur Aini", "Seksi Data"),
        ("Eka Sari", "Seksi Data"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ketua: Salam hangat untuk semua.",
        "Penulis adalah Bagas Prakoso, dosen Universitas Kendal.",
        "Kepala Dinsos Kendal yang datang terlambat, Senin siang, meminta maaf.",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert people(text) == []


def test_a_deputy_speaks_for_the_chief_named_with_him() -> None:
    text = "Kepala Dinsos Kendal yang diwakili Sekretaris Dinsos, Yanti Oktavia, membuka acara."
    assert people(text) == [("Yanti Oktavia", "Sekretaris Dinsos")]
