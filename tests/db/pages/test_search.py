"""What a search finds and how it shows what it found."""

from __future__ import annotations

import pytest

from db.pages.search import mark_words
from tests.db.pages.conftest import Ask
from tests.db.pages.html import read_text


def test_search_finds_places_sentences_and_titles(ask: Ask) -> None:
    page = ask("public", "/cari?q=lokasi").text
    assert "Kecamatan Bukateja dan Karangreja ditunjuk sebagai <mark>lokasi</mark>." in page
    assert 'href="/kecamatan/33.03.02"' in ask("public", "/cari?q=percontohan+bukateja").text
    partly = ask("public", "/cari?q=lokasi+Purwokerto").text
    assert "ini yang memuat sebagian" in partly
    assert "ditunjuk sebagai lokasi" in read_text(partly)
    assert "Tidak ada kalimat yang cocok" in ask("public", "/cari?q=Purwokerto").text


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Ada RPPA di sana.", "rppa", "Ada <mark>RPPA</mark> di sana."),
        ("<b>a & b</b>", "a", "&lt;b&gt;<mark>a</mark> &amp; b&lt;/b&gt;"),
        ("Tidak ada.", '"((*', "Tidak ada."),
        ("RPPAX", "rppa", "RPPAX"),
    ],
)
def test_searched_words_are_marked(text: str, query: str, shown: str) -> None:
    assert mark_words(text, query) == shown


def test_a_long_text_is_cut_around_what_was_searched() -> None:
    shown = mark_words("x " * 5000 + "sana " + "y " * 5000, "sana", 100)
    assert "<mark>sana</mark>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 130
