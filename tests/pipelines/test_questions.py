"""Twelve questions of a researcher, each answered rightly on the demonstration in at most two clicks.

docs/site.md lists them. Right answers were read from the sample's articles by hand.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.db.pages.browser import FLAGS, find_chromium, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def site(newsroom: Path) -> Iterator[str]:
    with serving(newsroom / "public.db", public=True) as address:
        yield address


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Any]:
    """Opened after the newsroom was made: Playwright runs an event loop, beside which no crawl can run."""
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, site: str) -> Iterator[Any]:
    """The home page."""
    context = browser.new_context(base_url=site, accept_downloads=True)
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


def search(page: Any, words: str) -> None:
    """One click, after typing."""
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Cari").click()


def read(page: Any) -> str:
    """The words of the page."""
    return str(page.locator("main").inner_text())


def test_a_which_kecamatan_of_purbalingga_are_pilots_and_who_says_so(page: Any) -> None:
    page.get_by_role("link", name=re.compile("^Kabupaten Purbalingga")).first.click()
    table = page.get_by_role("region", name="Kecamatan percontohan").first
    names = [row.get_by_role("link").first.inner_text() for row in table.get_by_role("row").all()[1:]]
    assert sorted(names) == ["Karanganyar", "Karangjambu", "Kertanegara", "Rembang"]
    assert table.inner_text().count("Kabar Lereng, 3 November 2025") == 4


def test_b_which_office_handles_rppa_in_wonosobo_and_in_kebumen(page: Any) -> None:
    search(page, "RPPA Wonosobo")
    answer = page.locator("section.answer").inner_text()
    assert "(DPPKBPPPA) Wonosobo" in answer
    assert "Kabar Lereng, 31 Oktober 2025" in answer
    page.goto("/")
    search(page, "RPPA Kebumen")  # no article says who handles it there, and that is said
    answer = page.locator("section.answer").inner_text()
    assert "Kabupaten Kebumen" in answer
    assert "tidak ada berita" in answer
    assert page.locator("section.answer table").count() == 0


def test_c_where_outlets_disagree_on_a_number_of_one_time(page: Any) -> None:
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Angka yang berbeda").click()
    told = page.locator("section.contested").first.inner_text()
    after = page.locator("section.contested + *").first.inner_text()
    assert "Angka dari waktu ke waktu" in after  # what changed with time is no disagreement
    assert "Jawa Tengah: Jumlah kecamatan" in told
    assert {"537", "573", "576"} <= set(re.findall(r"\b\d{3}\b", told))


def test_d_what_is_new_this_week(page: Any) -> None:
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Terbaru").click()
    told = read(page)
    assert "Yang baru sejak 6 Desember 2025" in told
    assert "Percontohan yang baru disebut (7)" in told
    for kecamatan in ("Batur", "Bawang", "Pejawaran", "Punggelan", "Rakit", "Mijen", "Tugu"):
        assert kecamatan in told


def test_e_everything_said_of_dinsos_joint_offices_included(page: Any) -> None:
    search(page, "Dinsos")
    page.locator("ul.names").get_by_role("link", name="Sosial", exact=True).click()
    told = read(page)
    for office in ("Dinas Sosial Cilacap", "Dinsos P2PA Demak", "Dinsos P3AKB Pati", "(Dinsospmd) Wonosobo"):
        assert office in told
    assert page.locator("ul.claims li.claim").count() > 10


def test_f_an_exact_citation_of_one_claim(page: Any) -> None:
    search(page, "Dinsos P3AKB Pati")
    page.locator("ul.chips").get_by_role("link", name=re.compile("Dinsos P3AKB Pati →")).first.click()
    told = read(page)
    assert "Suara Pesisir, 31 Oktober 2025." in told
    assert "Dikutip: “Untuk rumah aman, pengelolaan RPPA menjadi tanggung jawab Dinsos P3AKB Pati.”" in told
    address = page.get_by_role("link", name=re.compile("klaim.[0-9a-f]{16}$")).inner_text()
    page.get_by_text("BibTeX").click()
    with page.expect_download() as waiting:
        page.locator("details[open]").get_by_role("link", name="sebagai berkas").click()
    entry = Path(waiting.value.path()).read_text("utf-8")
    assert entry.startswith("@misc{")
    assert "howpublished = {Suara Pesisir}" in entry
    assert address in entry


def test_g_how_reliable_extraction_is_and_how_that_was_measured(page: Any) -> None:
    page.get_by_role("contentinfo").get_by_role("link", name="Metode dan akurasi").click()
    told = read(page)
    assert "artikel yang ditandai dengan tangan" in told
    assert "Artikel ini belum pernah dibaca ketika versi itu ditulis." in told
    table = page.get_by_role("region", name="Pada artikel yang belum").first
    assert re.search(r"percontohan.*0,\d{3}", table.inner_text(), re.DOTALL)


def test_h_coverage_over_time_by_outlet(page: Any) -> None:
    page.get_by_role("contentinfo").get_by_role("link", name="Perkembangan").click()
    for outlet in ("Kabar Lereng", "Lintas Tengah", "Suara Pesisir", "Warta Serayu"):
        assert page.get_by_role("img", name=re.compile(outlet)).count() == 1, outlet


def test_i_all_pilots_as_a_workbook_that_explains_itself(page: Any) -> None:
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Percontohan").click()
    number = int(page.get_by_role("heading", level=1).locator("small").inner_text())
    assert number > 80
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX", exact=True).first.click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as book:
        cover = book.read("xl/worksheets/sheet1.xml").decode()
        rows = book.read("xl/worksheets/sheet2.xml").decode()
    assert "Lisensi" in cover
    assert "Kode Kemendagri adalah teks" in cover
    assert rows.count("<row ") == number + 1


def test_j_sql_of_ones_own_as_a_link_that_works_for_others(page: Any, browser: Any, site: str) -> None:
    page.get_by_role("contentinfo").get_by_role("link", name="Semua data").click()
    page.get_by_label(re.compile("Hanya membaca")).fill(
        "select count(*) as n from pilots where regency_code = '33.03'"
    )
    page.get_by_role("button", name="Jalankan").click()
    link = page.get_by_role("link", name=re.compile(r"sql\?")).get_attribute("href")
    assert link.startswith("/sql?sql=")
    other = browser.new_context(base_url=site).new_page()
    other.goto(link)
    assert other.get_by_role("cell", name="4", exact=True).count() == 1
    other.context.close()


def test_k_which_regencies_have_no_reporting_since_when_and_whether_the_crawler_was_blind(page: Any) -> None:
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Kabupaten/kota").click()
    rows = page.get_by_role("row").filter(has_text="tidak ada berita")
    silent = {row.get_by_role("link").first.inner_text() for row in rows.all()}
    assert silent == {
        "Kabupaten Sukoharjo", "Kabupaten Grobogan", "Kabupaten Kudus", "Kabupaten Pemalang",
        "Kota Surakarta", "Kota Pekalongan",
    }  # fmt: skip
    assert all("25 Oktober – 12 Desember 2025" in row.inner_text() for row in rows.all())
    assert page.get_by_role("row").filter(has_text="tidak terpantau").count() == 0


def test_l_difabel_with_facets_and_synonyms(page: Any) -> None:
    search(page, "difabel")
    told = read(page)
    assert "“difabel” dicari juga sebagai: disabilitas, penyandang cacat" in told
    assert "Urusan lansia dan difabel dipegang Dinas Sosial Karanganyar." in told
    assert "Layanan bagi lansia dan penyandang disabilitas dilakukan dari pintu ke pintu." in told
    page.locator("aside.facets").get_by_role("link", name="penanggung jawab").click()
    narrowed = page.locator("ol.hits > li")
    assert narrowed.count() == 6
    assert all("penanggung jawab" in text for text in narrowed.all_inner_texts())
