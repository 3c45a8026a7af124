"""What the sample newsroom says of every regency and pillar, against what a reader of its articles would say.

The right answers were written by hand from the articles, not from what the program found.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.store import Store

#: Regencies that reports are not about, and what they are instead: Blora is a border of Rembang, "Tegal" may
#: be its city; of the others nothing was printed between 25 October and 12 December 2025.
NOT_ABOUT = {
    "Kabupaten Blora": "mentioned",
    "Kota Tegal": "perhaps",
    **dict.fromkeys(
        (
            "Kabupaten Sukoharjo",
            "Kabupaten Grobogan",
            "Kabupaten Kudus",
            "Kabupaten Pemalang",
            "Kota Surakarta",
            "Kota Pekalongan",
        ),
        "silent",
    ),
}

#: Regency -> pillar -> state; what is not listed is silent. Letters: r reported, n not yet, m mentioned.
PILLARS = ("disabilitas-lansia", "rppa", "sport-center", "zilenial")
CELLS = {
    "Kabupaten Cilacap": "r-r-",
    "Kabupaten Banyumas": "-r-m",
    "Kabupaten Purbalingga": "-rn-",
    "Kabupaten Banjarnegara": "rr-r",
    "Kabupaten Kebumen": "n---",  # training of disabled people is to begin
    "Kabupaten Purworejo": "-r--",
    "Kabupaten Wonosobo": "rr-r",
    "Kabupaten Klaten": "-r-m",
    "Kabupaten Wonogiri": "r---",  # the elderly are visited every two weeks
    "Kabupaten Karanganyar": "r-r-",
    "Kabupaten Sragen": "--r-",  # a sport center in Duyungan
    "Kabupaten Rembang": "-nn-",  # its namesake's RPPA stands in Purbalingga
    "Kabupaten Pati": "-r-r",
    "Kabupaten Jepara": "rrnr",
    "Kabupaten Demak": "nr--",
    "Kabupaten Semarang": "--rr",
    "Kabupaten Temanggung": "rrrr",
    "Kabupaten Kendal": "-rrr",
    "Kabupaten Batang": "r---",
    "Kabupaten Pekalongan": "--n-",  # land is being prepared
    "Kabupaten Tegal": "---r",
    "Kabupaten Brebes": "-r--",
    "Kota Salatiga": "m---",
    "Kota Semarang": "-rr-",
}
STATES = {"r": "reported", "n": "not-yet", "m": "mentioned", "-": "silent"}


@pytest.fixture
def rows(newsroom: Path) -> Any:
    with Store(newsroom / "pantau.db", read_only=True) as store:
        yield lambda sql: [tuple(row) for row in store.db.execute(sql).fetchall()]


def test_every_regency_is_in_its_state(rows: Any) -> None:
    found = dict(rows("SELECT regency, state FROM coverage"))
    assert found == {regency: NOT_ABOUT.get(regency, "about") for regency in found}
    assert len(found) == 35


def test_every_pillar_in_every_regency_is_in_its_state(rows: Any) -> None:
    found = {
        (regency, pillar): state
        for regency, pillar, state in rows("SELECT regency, pillar, state FROM pillar_coverage")
    }
    wanted = {
        (regency, pillar): STATES[CELLS.get(regency, "----")[at]]
        for regency, _ in found
        for at, pillar in enumerate(PILLARS)
    }
    assert {key: state for key, state in found.items() if wanted[key] != state} == {}
    assert len(found) == 35 * 4


def test_the_window_is_the_demonstrations_own(rows: Any) -> None:
    assert rows("SELECT DISTINCT window_from, window_to, watched_outlets FROM coverage") == [
        ("2025-10-25", "2025-12-12", 6)
    ]
    assert rows("SELECT invented, outlets_unread FROM headline") == [(1, 0)]


def test_datelines_and_namesakes_are_mentions(rows: Any) -> None:
    ((about, mentioning),) = rows(
        "SELECT articles_about, articles_mentioning FROM coverage WHERE regency = 'Kota Semarang'"
    )
    assert (about, mentioning) == (1, 6)
    roles = dict(rows("SELECT name, role FROM article_regencies WHERE article = 'kabar_lereng:412044'"))
    assert roles == {
        "Kabupaten Purbalingga": "subject",
        "Kabupaten Rembang": "other",
        "Kabupaten Karanganyar": "other",
    }


def test_growth_is_a_series_and_the_number_of_kecamatan_is_contested(rows: Any) -> None:
    contested = rows("SELECT measure, region, lowest, highest, stories FROM contested_quantities")
    assert contested == [("kecamatan_total", "Jawa Tengah", 537, 576, 4)]
    assert rows("SELECT measure, region FROM quantity_series") == [
        ("kecamatan_decreed", "Jawa Tengah"),
        ("kecamatan_pilot", "Kabupaten Banyumas"),
        ("kecamatan_pilot", "Kabupaten Wonosobo"),
    ]
    # three copies of one press release are one voice
    ((articles,),) = rows(
        "SELECT articles FROM quantity_voices WHERE measure = 'kecamatan_decreed' AND value = 123"
    )
    assert articles == 3
