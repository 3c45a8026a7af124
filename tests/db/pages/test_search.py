"""What a search finds and how it shows what it found."""

from __future__ import annotations

import pytest

from db.pages.search import mark_words
from db.search.words import stems_of
from tests.db.pages.conftest import Ask
from tests.db.pages.html import read_text

SITES = ["public", "pantau"]


@pytest.mark.parametrize("site", SITES)
def test_what_was_said_is_found_in_any_form_of_its_words(ask: Ask, site: str) -> None:
    page = ask(site, "/cari?q=lokasi").text
    assert "Kecamatan Bukateja dan Karangreja ditunjuk sebagai <mark>lokasi</mark>." in page
    assert "Dinas Sosial <mark>menangani</mark> RPPA di sana." in ask(site, "/cari?q=ditangani").text
    assert "tidak ada klaim dan artikel" not in page.lower()
    assert "Tidak ada klaim atau artikel yang cocok" in ask(site, "/cari?q=Xyzzyq").text


@pytest.mark.parametrize("site", SITES)
def test_what_has_a_name_is_found_by_it(ask: Ask, site: str) -> None:
    page = ask(site, "/cari?q=percontohan+bukateja").text
    assert 'href="/kecamatan/33.03.02"' in page
    assert 'href="/wilayah/33.03"' in ask(site, "/cari?q=purbalingga").text
    assert 'href="/pilar/rppa"' in ask(site, "/cari?q=rppa+purbalingga").text


def test_a_mistyped_name_is_mended_and_said(ask: Ask) -> None:
    page = ask("public", "/cari?q=Purbalinga")
    assert "“purbalinga” tidak ditemukan; ini hasil untuk “purbalingga”" in page.text
    assert 'href="/wilayah/33.03"' in page.text
    assert "persis=1" in page.text
    assert 'href="/wilayah/33.03"' not in ask("public", "/cari?q=Purbalinga&persis=1").text


def test_synonyms_are_found_and_said(ask: Ask) -> None:
    page = ask("public", "/cari?q=dinsos").text
    assert "“dinsos” dicari juga sebagai: dinas sosial." in page
    assert "<mark>Dinas</mark> <mark>Sosial</mark> menangani RPPA" in page


def test_words_that_nothing_has_together_are_passed_over_one_by_one(ask: Ask) -> None:
    page = read_text(ask("public", "/cari?q=lokasi+Xyzzyq").text)
    assert "Tidak ada yang memuat semua kata itu; dicari tanpa xyzzyq" in page
    assert "ditunjuk sebagai lokasi" in page


def test_a_pillar_in_a_regency_is_answered_first(ask: Ask) -> None:
    page = read_text(ask("public", "/cari?q=RPPA+Purbalingga").text)
    answer = page.index("Rumah Perlindungan Perempuan dan Anak: Kabupaten Purbalingga")
    assert answer < page.index("Dinas Sosial menangani RPPA di sana.") < page.index("Halaman dengan nama itu")


@pytest.mark.parametrize("site", SITES)
def test_facets_narrow_and_are_kept(ask: Ask, site: str) -> None:
    page = ask(site, "/cari?q=purbalingga").text
    for name in ("jenis", "wilayah", "media", "bulan", "peluang"):
        assert f"&amp;{name}=" in page, name
    narrowed = ask(site, "/cari?q=purbalingga&jenis=quantities&media=kabar&bulan=2025-10&wilayah=33.03").text
    assert "Ada 4 kecamatan percontohan." in read_text(narrowed)
    assert '<input type="hidden" name="media" value="kabar">' in narrowed
    assert "2025/1" not in narrowed.partition("<main")[2]  # the same press release in another outlet
    assert "Tidak ada klaim" in ask(site, "/cari?q=purbalingga&jenis=quantities&bulan=1999-01").text


@pytest.mark.parametrize(
    "words", ["%22", "((*", "NEAR(a+b)", "%F0%9F%92%A5", "a" * 5000, "OR+AND+NOT", "%ff"]
)
@pytest.mark.parametrize(
    "path", ["/cari?q=", "/en/cari?q=", "/public/pilots?_search=", "/public/all_claims?_search="]
)
def test_odd_words_are_answered(ask: Ask, path: str, words: str) -> None:
    assert ask("public", path + words).status_code == 200
    assert ask("public", f"{path}bukateja&hal={words}&jenis={words}&bulan={words}").status_code == 200


@pytest.mark.parametrize(
    "name", ["pilots", "all_claims", "coverage", "sentences", "articles", "officials", "offices"]
)
def test_a_table_and_its_download_are_searched_alike(ask: Ask, name: str) -> None:
    query = {"coverage": "purbalingga", "officials": "tirta", "offices": "sosial", "articles": "kabar"}
    words = query.get(name, "bukateja")
    everything = ask("public", f"/unduh/{name}.json").json()
    found = ask("public", f"/unduh/{name}.json?_search={words}").json()
    assert 0 < len(found) <= len(everything)
    assert ask("public", f"/public/{name}.json?_search={words}&_shape=array&_size=max").json() != []
    assert ask("public", f"/unduh/{name}.json?_search=Xyzzyq").json() == []
    assert "Tidak ada baris" in ask("public", f"/public/{name}?_search=Xyzzyq").text


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Ada RPPA di sana.", "rppa", "Ada <mark>RPPA</mark> di sana."),
        ("<b>a & b</b>", "a", "&lt;b&gt;<mark>a</mark> &amp; b&lt;/b&gt;"),
        ("Tidak ada.", '"((*', "Tidak ada."),
        ("RPPAX", "rppa", "RPPAX"),
        ("Mereka melatih warga.", "pelatihan", "Mereka <mark>melatih</mark> warga."),
    ],
)
def test_searched_words_are_marked(text: str, query: str, shown: str) -> None:
    assert mark_words(text, [stems_of(query)]) == shown


def test_a_long_text_is_cut_around_what_was_searched() -> None:
    shown = mark_words("x " * 5000 + "sana " + "y " * 5000, [stems_of("sana")], 100)
    assert "<mark>sana</mark>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 130


@pytest.mark.parametrize(
    "query",
    [
        "_sort=nope",
        "_sort_desc=nope",
        "_sort=code&_sort_desc=code",
        "stories__nope=1",
        "_through=x",
        "_through={}",
    ],
)
def test_a_mistyped_address_of_a_table_is_refused_in_words(ask: Ask, query: str) -> None:
    assert ask("public", f"/public/pilots?{query}").status_code in (200, 400)
