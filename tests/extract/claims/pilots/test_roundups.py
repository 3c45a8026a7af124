"""Round-ups with a subhead for each regency, and what a report's lead lets a later sentence mean."""

from __future__ import annotations

import pytest

from tests.extract.reading import read

LEAD = "SEMARANG - Program Kecamatan Berdaya punya wajah yang berbeda di tiap daerah.\n\n"
TOLD = (
    "1. Kabupaten Kendal\nPercontohannya Boja, Gemuh, dan Patean. Ketiganya di pegunungan.\n\n"
    "2. Kabupaten Temanggung\nBulu dan Kedu ditetapkan sebagai percontohan.\n\n"
)
BARE = "3. Kabupaten Banjarnegara\nSusukan, Batur, serta Wanayasa. Udaranya dingin.\n\n"


def pilots(text: str, opening: str = LEAD) -> set[str]:
    return {c.kecamatan for c in read(text + "Begitu rangkumannya.", opening=opening).pilot_kecamatan}


def test_a_bare_list_below_a_subhead_is_as_those_of_the_other_sections() -> None:
    assert {"Susukan", "Batur", "Wanayasa"} <= pilots(TOLD + BARE)


@pytest.mark.parametrize(
    "section",
    [
        "3. Kabupaten Banjarnegara\nSusukan, Batur, serta Wanayasa rawan longsor.\n\n",
        "3. Kabupaten Banjarnegara\nSusukan, Batur, serta Wanayasa belum.\n\n",
        "3. Cuaca di Kabupaten Banjarnegara\nSusukan, Batur, serta Wanayasa. Udaranya dingin.\n\n",
        "3. Kabupaten Wonosobo\nSusukan, Batur, serta Wanayasa. Udaranya dingin.\n\n",
    ],
)
def test_a_list_that_says_more_or_stands_elsewhere_is_none(section: str) -> None:
    assert pilots(TOLD + section).isdisjoint({"Susukan", "Batur", "Wanayasa"})


def test_one_section_alone_proves_nothing() -> None:
    assert "Batur" not in pilots("1. Kabupaten Kendal\nPercontohannya Boja dan Gemuh.\n\n" + BARE)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Rapat usai sore hari.\n\nIa pulang.\n\nProgram berjalan di dua kecamatan, yakni Boja dan Gemuh.",
            "BG",
        ),
        ("Boja dan Gemuh dipilih lebih dulu.", "BG"),
        (
            (
                "Kader dari Boja dan Gemuh berlatih di Aula Kecamatan Weleri. Mereka bertugas di RPPA "
                "kecamatan masing-masing, yang seluruhnya merupakan pilot project Kecamatan Berdaya."
            ),
            "BG",
        ),
        ("Program serupa bakal dijalankan di Kecamatan Boja dan Gemuh yang sudah ditunjuk bupati.", "BG"),
        ("Tiga camat lain yang ikut, yaitu Camat Boja, Camat Gemuh, dan Camat Patean, menimba ilmu.", ""),
    ],
)
def test_what_the_lead_speaks_of(text: str, named: str) -> None:
    names = {"B": "Boja", "G": "Gemuh"}
    opening = "KENDAL - Pemkab Kendal merilis capaian Kecamatan Berdaya.\n\n"
    assert pilots(text + " ", opening=opening) == {names[letter] for letter in named}


def test_a_list_that_the_headline_announces_is_shown_with_the_line_above_it() -> None:
    text = "Berikut dua kecamatan percontohan tersebut:\n\n- Boja\n- Gemuh\n\nBoja disebut paling siap."
    found = read(
        text, title="Ini Daftar 2 Kecamatan Berdaya di Kendal", opening="KENDAL - Program dimulai.\n\n"
    )
    shown = {c.kecamatan: c.evidence[0].sentence for c in found.pilot_kecamatan}
    assert shown == {
        "Boja": "Berikut dua kecamatan percontohan tersebut:\n\n- Boja",
        "Gemuh": "Berikut dua kecamatan percontohan tersebut:\n\n- Boja\n- Gemuh",
    }
