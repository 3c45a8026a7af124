"""Every page, feed and download answers, in both languages, with data and without."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from db.file.views import load_views
from db.pages import about
from db.pages.parts.charts import LAYERS
from db.pages.parts.coverage import describe_period
from db.pages.parts.language import load_messages
from db.pages.places import build_timeline, spread_out
from db.pages.routes import FILES, PAGES
from db.records import WIB
from tests.db.pages.addresses import ARCHIVED, DOWNLOADS, ENTRIES, FEEDS, FEEDS_OF, LEADING, LISTS
from tests.db.pages.conftest import HOSTILE, Ask
from tests.db.pages.html import find_broken_paragraphs, find_elements, find_unlabelled, read_text

FILLED, EMPTY = ("pantau", "public"), ("empty", "void")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", [*FILLED, *EMPTY])
def test_every_page_answers(ask: Ask, name: str, prefix: str) -> None:
    urls = LISTS + (ENTRIES if name in FILLED else ())
    for url, response in zip(urls, ask(name, *(prefix + url for url in urls)), strict=True):
        assert response.status_code == 200, url
        assert f'<html lang="{"en" if prefix else "id"}">' in response.text
        assert response.text.count("<h1") == 1, url
        assert 'class="language" href="' in response.text
        assert find_broken_paragraphs(response.text) == [], url
        assert find_unlabelled(response.text) == [], url


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", ["public", "void"])
def test_every_file_answers(ask: Ask, name: str, prefix: str) -> None:
    urls = FEEDS + DOWNLOADS + (FEEDS_OF if name == "public" else ())
    for url, response in zip(urls, ask(name, *(prefix + url for url in urls)), strict=True):
        assert response.status_code == 200, url
        assert response.content, url


def test_no_address_is_forgotten() -> None:
    addresses = [
        urlsplit(url).path for url in (*LISTS, *ENTRIES, *FEEDS, *FEEDS_OF, *DOWNLOADS, ARCHIVED, LEADING)
    ]
    for pattern, *_ in (*PAGES, *FILES):
        assert any(re.match(pattern, address) for address in addresses), pattern


@pytest.mark.parametrize("name", ["public", "pantau"])
def test_every_link_leads_somewhere(ask: Ask, name: str) -> None:
    """What our pages link to on this site answers, in the language of the page; two clicks deep."""
    seen: dict[str, str] = {}
    pending = {"/": "", "/en/": ""}
    for _ in range(3):
        found: dict[str, str] = {}
        for url, response in zip(pending, ask(name, *pending), strict=True):
            leads = urlsplit(url).path.endswith(LEADING)
            assert response.status_code == (302 if leads else 200), f"{url} of {pending[url]}"
            if leads:
                continue
            if not response.headers["content-type"].startswith("text/html"):
                continue
            for link in re.findall(r'<a [^>]*href="([^"]+)"', response.text):
                target = urljoin(f"http://localhost{url}", link.replace("&amp;", "&"))
                if urlsplit(target).netloc == "localhost":
                    found[target.removeprefix("http://localhost").partition("#")[0]] = url
        seen |= pending
        # The tables below have links to everything; those of ours are looked at.
        pending = {
            url: source
            for url, source in found.items()
            if url not in seen and not source.removeprefix("/en").startswith((f"/{name}/", f"/{name}?"))
        }
    assert len(seen) > 150
    assert len([url for url in seen if url.startswith("/en")]) > 60


def test_links_keep_the_language(ask: Ask) -> None:
    urls = ("/en/", "/en/wilayah/33.03", "/en/public/pilots", "/en/public/percontohan", "/en/public")
    for url, response in zip(urls, ask("public", *urls), strict=True):
        links = [attributes for tag, attributes in find_elements(response.text) if tag == "a"]
        assert len(links) > 10
        assert [link["href"] for link in links if "hreflang" in link] == [url.removeprefix("/en")]
        inside = [str(link["href"]) for link in links if str(link["href"]).startswith("/")]
        strays = [href for href in inside if not href.startswith("/en/") and href != url.removeprefix("/en")]
        assert strays == [], url


def test_other_language_is_one_click_away(ask: Ask) -> None:
    for url in ("/", "/wilayah/33.03?x=1", "/public/pilots?_sort=code", "/tidak-ada"):
        page = ask("public", url).text
        assert f'href="/en{url}"' in page.replace("&amp;", "&")


def test_dates_and_numbers_take_the_readers_form(ask: Ask) -> None:
    indonesian, english = ask("public", "/kecamatan/33.03.02", "/en/kecamatan/33.03.02")
    answer, table = ask("public", "/en/public/percontohan", "/en/public/pilots")
    assert '<time datetime="2025-10-30">30 October 2025</time>' in answer.text
    assert ">2025-10-30<" in table.text  # as its filters want it
    assert "30 Oktober 2025" in indonesian.text
    assert "30 October 2025" in english.text
    assert "Oktober" not in english.text.split("<main")[1].replace("Oktober.", "")


def test_messages_are_in_both_languages_and_fill_the_same_names() -> None:
    for key, words in load_messages().items():
        assert words.id, key
        assert words.en, key
        assert sorted(re.findall(r"{(\w+)}", words.id)) == sorted(re.findall(r"{(\w+)}", words.en)), key


def test_the_list_of_all_claims_uses_the_pages_words() -> None:
    claims = load_views()["all_claims"]
    for key, words in load_messages().items():
        group, _, value = key.partition(".")
        if group in ("event", "status") and words.id != value:
            assert f"WHEN '{value}' THEN '{words.id}'" in claims, key


def test_unknown_places_are_explained(ask: Ask) -> None:
    urls = (
        "/wilayah/99.99", "/kecamatan/1", "/pilar/x", "/instansi/x", "/media/x", "/artikel/x",
        "/umpan/wilayah/99.atom", "/kalender/99.ics", "/unduh/sqlite_master.csv", "/unduh/tanya/x.csv",
    )  # fmt: skip
    for url, response in zip(urls, ask("public", *urls), strict=True):
        assert response.status_code == 404, url
        assert "Halaman ini tidak ada" in response.text
        assert "Traceback" not in response.text


def test_two_clicks_to_who_says_so(ask: Ask) -> None:
    home = ask("public", "/").text
    assert 'href="/wilayah/33.03"' in home
    regency = ask("public", "/wilayah/33.03").text
    for words in (
        'href="/kecamatan/33.03.02">Bukateja</a>',
        "https://warta.example/2025/",
        'href="/unduh/pilots.xlsx?regency_code=33.03"',
        "Tirta Laras",
        "Dinas Sosial menangani RPPA di sana.",
        "dinyatakan bukan percontohan",
        "1 artikel membantah",
    ):
        assert words in regency, words
    words = read_text(regency)
    assert "Kecamatan Bukateja dan Karangreja ditunjuk sebagai lokasi." in words
    assert "Warta Contoh, 5 November 2025" in words


def test_silence_is_told_apart(ask: Ask) -> None:
    """The newsroom was asked live in November 2025 and never since: now it is blind, and says so."""
    pages = ask("public", "/wilayah/33.05", "/wilayah/33.03", "/wilayah/33.74", "/wilayah/33.08")
    kebumen, purbalingga, semarang, magelang = (read_text(page.text) for page in pages)
    assert "tak satu pun dari 2 media yang meliputnya terbaca" in kebumen
    assert "2 media tidak terbaca sejak" in kebumen
    assert "diberitakan dalam 5 artikel" in purbalingga
    assert "disebut saja dalam 1 artikel" in semarang
    assert "Kota Semarang menyusul tahun depan." in semarang
    assert "mungkin dimaksud dalam 1 artikel" in magelang
    assert "Pemkab Magelang menyiapkan program." in magelang
    matrix = ask("public", "/matriks").text
    for state in ("cell-reported", "cell-blind"):
        assert state in matrix


def test_a_window_of_ones_own(ask: Ask) -> None:
    kebumen, list_, matrix = ask(
        "public",
        "/wilayah/33.05?dari=2025-11-10&sampai=2025-11-12",
        "/wilayah?dari=2025-11-10&sampai=2025-11-12",
        "/matriks?dari=2025-11-10&sampai=2025-11-12",
    )
    told = (
        "tidak ada berita, 10 November – 12 November 2025, dari 1 media yang meliputnya; hanya media provinsi"
    )
    assert told in read_text(kebumen.text)
    assert told in read_text(list_.text)
    assert "10 November – 12 November 2025" in read_text(matrix.text)
    assert "cell-silent" in matrix.text
    # what is no window is passed over
    for wrong in ("dari=2025-11-12&sampai=2025-11-10", "dari=x&sampai=y", "dari=2025-11-10"):
        assert ask("public", f"/wilayah?{wrong}").status_code == 200


def test_data_that_end_say_so(ask: Ask) -> None:
    assert describe_period("2025-10-25", "2025-12-12", invented=True)["invented"]
    today = datetime.now(WIB).date()
    assert not describe_period("2025-10-25", today.isoformat(), invented=False)["stale"]
    assert describe_period("2025-10-25", (today - timedelta(days=4)).isoformat(), invented=False)["stale"]
    assert not describe_period(None, None, invented=False)["stale"]


def test_offices_of_several_kinds_stand_under_each(ask: Ask) -> None:
    for kind in ("sosial", "p3a"):
        assert "Dinas terkait menangani RPPA." in read_text(ask("public", f"/instansi/{kind}").text), kind


def test_the_first_page_begins_with_what_changed(ask: Ask) -> None:
    # nothing did in the last month: said in one line, with the last report
    home = read_text(ask("public", "/").text)
    assert "Yang berubah sejak" in home
    assert "Tidak ada yang baru," in home
    assert "Berita terakhir:" in home
    assert home.index("Yang berubah sejak") < home.index("kecamatan percontohan disebut namanya")


def test_the_map_has_every_layer(ask: Ask) -> None:
    for layer in LAYERS:
        page = ask("public", f"/?peta={layer}").text
        assert page.count('class="area ') >= 5, layer
        assert 'href="/wilayah/33.05"' in page
    assert ask("public", "/?peta=bohong").status_code == 200


def test_nobody_watches_an_empty_newsroom(ask: Ask) -> None:
    assert "cell-blind" in ask("hostile", "/matriks").text  # its outlets were never crawled


def test_article_page_of_the_public_file_has_sentences_only(ask: Ask) -> None:
    private, public = ask("pantau", "/artikel/a7").text, ask("public", "/artikel/a7").text
    assert "Warga menunggu" in private
    assert "Warga menunggu" not in public
    assert "Karangreja</mark> bukan percontohan" in public
    assert re.search(r'id="klaim-([0-9a-f]{16})"', private)
    for page in (private, public):
        for anchor in re.findall(r'href="#(klaim-[0-9a-f]+)"', page):
            assert f'id="{anchor}"' in page


def test_what_people_decided_is_told_from_what_rules_found(ask: Ask) -> None:
    words = f"{HOSTILE[0]} (2025-11-30)"
    for url in ("/artikel/a100", "/terbaru?sejak=2025-10-01", "/umpan/terbaru.atom"):
        assert f"Diperiksa dan ditetapkan orang: {words}" in read_text(ask("harm", url).text), url
    assert "Checked and decided by a person:" in ask("harm", "/en/artikel/a100").text
    assert "ditetapkan orang:" not in ask("public", "/artikel/a1").text
    claims = ask("harm", "/unduh/all_claims.json?origin=human").json()
    assert {claim["kind"] for claim in claims} == {"people"}
    assert {claim["reason"] for claim in claims} == {f"{hostile} (2025-11-30)" for hostile in HOSTILE}


def test_newest_claims_are_not_all_of_one_article() -> None:
    claims = [{"article": article} for article in "aaaab"]
    assert [claim["article"] for claim in spread_out(claims)] == list("aabaa")


def test_timeline_joins_events_and_stories() -> None:
    articles = [
        {"article": "a2", "story": "a1", "published_on": "2025-11-02"},
        {"article": "a1", "story": "a1", "published_on": "2025-11-01"},
        {"article": "a3", "story": "a3", "published_on": None},
    ]
    entries = build_timeline([{"date": "2025-11"}, {"date": "2025-12-01"}], articles)
    shown = [(entry["day"], "event" in entry or entry["story"]["article"]) for entry in entries]
    assert shown == [("2025-12-01", True), ("2025-11-01", "a1"), ("2025-11", True), ("", "a3")]
    assert next(entry["copies"] for entry in entries if entry.get("copies")) == 2


def test_every_list_can_be_cited(ask: Ask) -> None:
    for url in (
        "/wilayah/33.03",
        "/kecamatan",
        "/matriks",
        "/sumber",
        "/angka",
        "/public/pilots?stories__gt=1",
    ):
        page = ask("public", url).text
        lists = set(re.findall(r'href="(/unduh/\w+\.csv[^"]*)"', page))
        assert lists, url
        for address in (address for address in lists if "_excel=1" not in address):
            assert f"data per 12 November 2025, http://localhost{address}</p>" in page, (url, address)
    page = ask("public", "/en/kecamatan").text
    assert "“Pilot kecamatan”, data as of 12 November 2025, http://localhost/en/unduh/pilots.csv" in page


def test_versions_and_copies_are_shown(ask: Ask) -> None:
    changed, copied = ask("pantau", "/artikel/a4").text, ask("public", "/artikel/a1").text
    assert "<del>" in changed
    assert "Judul lama" in changed
    assert 'href="/artikel/a2"' in copied
    assert "<del>" not in ask("public", "/artikel/a4").text


def test_figures_that_change_are_a_series(ask: Ask) -> None:
    page = read_text(ask("public", "/angka").text)
    assert "4 (30 Oktober 2025), lalu 5 (7 November 2025)" in page
    assert "Ada 4 kecamatan percontohan." in page
    assert "Tidak ada angka yang berbeda antarberita." in page


def test_accuracy_is_told_or_said_to_be_unmeasured(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"unseen": tmp_path / "unseen.json", "known": tmp_path / "known.json"}
    monkeypatch.setattr(about, "ACCURACY", files)
    assert "Belum diukur" in ask("public", "/metode").text
    files["unseen"].write_text('{"scores": [')
    assert "Belum diukur" in ask("public", "/metode").text
    files["unseen"].write_text(
        '{"measured_on": "2025-12-01", "version": "1.0", "documents": 40,'
        ' "scores": {"pilot_kecamatan": {"precision": 0.9876, "recall": 0.5, "f1": 0.75, "gold": 12}}}'
    )
    page = ask("public", "/metode").text
    assert "Pada artikel yang belum pernah dilihat" in page
    assert "Pada artikel yang dipakai saat kaidah ditulis" not in page
    for words in ("0,988", "0,750", "1 Desember 2025", "40 artikel"):
        assert words in page
    assert "0.988" in ask("public", "/en/metode").text


@pytest.mark.parametrize("articles", about.ACCURACY)
def test_what_was_measured_has_a_name_in_words(articles: str) -> None:
    accuracy = about.load_accuracy(articles)
    assert accuracy
    assert [field for field in accuracy["scores"] if f"field.{field}" not in load_messages()] == []
