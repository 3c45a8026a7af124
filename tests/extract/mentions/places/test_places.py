"""Regencies, kecamatan and villages told apart."""

from __future__ import annotations

import pytest

from tests.extract.reading import read


def areas(text: str, title: str = "Kabar dari daerah") -> tuple[set[str], set[str]]:
    """Codes of the regencies and of the kecamatan that a text names."""
    facts = read(text, title=title, opening="")
    kecamatan = {c.code for c in (*facts.pilot_kecamatan, *facts.other_kecamatan)}
    return {c.code for c in facts.regencies}, kecamatan


@pytest.mark.parametrize(
    ("text", "regencies", "kecamatan"),
    [
        pytest.param(
            "Warga Desa Sempor Lor, Purbalingga, panen.", {"33.03"}, set(), id="longest village name"
        ),
        pytest.param(
            "Rapat di Desa Gombong Kecamatan Belik, Pemalang.",
            {"33.27"},
            {"33.27.03"},
            id="village and kecamatan",
        ),
        pytest.param(
            "Lomba di Desa Tlahab Kledung, Kabupaten Temanggung.",
            {"33.23"},
            {"33.23.17"},
            id="a kecamatan right behind its village",
        ),
        pytest.param("Pasien dirujuk ke RSI Weleri Kendal.", {"33.24"}, set(), id="inside a hospital's name"),
        pytest.param(
            "Anak-anak bermain di Taman Cerdas Jebres, Solo.", {"33.72"}, set(), id="inside a park's name"
        ),
        pytest.param("Kecelakaan di ruas tol Semarang-Batang.", set(), set(), id="a toll road"),
        pytest.param("Temu kader se-Solo Raya digelar kemarin.", set(), set(), id="a wider region"),
        pytest.param("Menurut Radar Tegal, hujan turun.", set(), set(), id="an outlet's name"),
        pytest.param(
            "Bupati Semarang dan Wali Kota Semarang hadir.", {"33.22", "33.74"}, set(), id="twins by office"
        ),
        pytest.param("Warga Magelang berkumpul.", {"33.08|33.71"}, set(), id="a twin left open"),
        pytest.param(
            "Warga Magelang berkumpul di Kecamatan Candimulyo.",
            {"33.08"},
            {"33.08.15"},
            id="a twin told by its kecamatan",
        ),
        pytest.param(
            "Mahasiswa disebar ke lima kabupaten, yakni Pekalongan, Tegal, Magelang, Batang dan Kendal.",
            {"33.26", "33.28", "33.08", "33.25", "33.24"},
            set(),
            id="twins in a list of kabupaten",
        ),
        pytest.param("Hujan di Kec. Karanganyar, Kab. Demak.", {"33.21"}, {"33.21.09"}, id="a shared name"),
        pytest.param(
            "Banjir di Kaliwungu (Kudus) surut.", {"33.19"}, {"33.19.01"}, id="a regency in brackets"
        ),
        pytest.param(
            "Empat kecamatan Jepara terendam.", {"33.20"}, set(), id="counted kecamatan of a regency"
        ),
        pytest.param(
            "Rapat di Kecamatan Kota, Kudus.", {"33.19"}, {"33.19.02"}, id="the kecamatan called Kota"
        ),
        pytest.param(
            "NGAWI - Kecamatan Karanganyar, Bringin, dan Kendal di Ngawi, Jawa Timur.",
            set(),
            set(),
            id="elsewhere",
        ),
        pytest.param("Camat Taman, Kabupaten Sidoarjo, hadir.", set(), set(), id="a namesake by its address"),
        pytest.param("Sumber air di taman kota itu jernih.", set(), set(), id="everyday words"),
        pytest.param(
            "Kebumen di Kendal itu nama desa. Desa Kebumen ada di Kecamatan Sukorejo, Kendal.",
            {"33.24"},
            {"33.24.03"},
            id="a village named like a regency",
        ),
        pytest.param(
            "PURBALINGGA - Kecamatan Rembang, Purbalingga, ramai. Warga Rembang senang.",
            {"33.03"},
            {"33.03.13"},
            id="a kecamatan named like another regency, again without its cue",
        ),
    ],
)
def test_places(text: str, regencies: set[str], kecamatan: set[str]) -> None:
    assert areas(text) == (regencies, kecamatan)


def test_links_below_a_text_denote_nothing() -> None:
    text = (
        "KENDAL - Hujan turun di Kendal.\n\nBaca juga: Banjir di Demak\n\n"
        "Berita Terkait\nJepara Bersolek\nPati Panen"
    )
    assert areas(text) == ({"33.24"}, set())


@pytest.mark.parametrize(
    ("text", "kecamatan"),
    [
        (
            "PURWOREJO - Ini:\n1. Bruno\n2. Kaligising\n3. Gebang\n4. Loano\n\nUsai.",
            {"Bruno", "Kaligesing"},
        ),
        ("PURWOREJO - Ada di Gebang, Kaligising, dan Bagelen.", {"Gebang", "Kaligesing", "Bagelen"}),
        (
            "Di Kabupaten Sukoharjo:\n1. Weru, Sukoharjo\n2. Bulu, Sukoharjo\n\nUsai.",
            {"Weru", "Bulu"},
        ),
        ("DEMAK - Terparah di Karanganyar, disusul Mijen, Gajah, serta Wedung.", {"Karanganyar", "Mijen"}),
        ("PURWOREJO - Bruno satu, Bener dua, Kaligesing tiga, terus Grabag.", {"Bruno", "Bener"}),
        ("SURAKARTA - Ada di Jebres, Pasar Kliwon.", {"Jebres", "Pasar Kliwon"}),
        ("BANJARNEGARA - Ada di Punggelan, Pagedongan dan Klampok.", {"Purworeja Klampok"}),
    ],
)
def test_names_that_a_list_tells(text: str, kecamatan: set[str]) -> None:
    found = {k.kecamatan for k in read(text, opening="").other_kecamatan}
    assert kecamatan <= found
    assert found.isdisjoint({"Sukoharjo"})


def test_no_slip_of_a_person_or_a_known_village() -> None:
    text = "PURWOREJO - Hadir camat Gebang, Kalijaring, dan Bagelen.\n\n1. Gebang\n2. Suparman\n3. Bagelen"
    assert {k.kecamatan for k in read(text, opening="").other_kecamatan} == {"Gebang", "Bagelen"}
