"""In a browser: answers in two clicks, by keyboard alone, on a phone, and what axe-core finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.db.pages.addresses import FIGURE, PILOT
from tests.db.pages.browser import AXE, FLAGS, find_chromium, serving
from tests.db.pages.test_downloads import read_sheet

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium here: apt-get install chromium"),
]

#: One address of each kind of page, and of each state that looks different.
SHOWN = (
    "/", "/en/", "/wilayah", "/wilayah/33.03", "/en/wilayah/33.03", "/wilayah/33.05", "/kecamatan",
    "/kecamatan/33.03.02", "/kecamatan/33.05.09", "/pilar", "/pilar/rppa", "/instansi/sosial", "/media/warta",
    "/media/lokal", "/artikel?media=warta&wilayah=33.03", "/artikel/a1", "/artikel/a8", "/matriks",
    "/en/matriks", "/angka", "/terbaru?sejak=2025-10-01", "/perkembangan", "/sumber", "/metode", "/kutip",
    "/cari?q=RPPA+Purbalingga", "/en/cari?q=purbalinga", "/instansi", "/instansi/sosial/33.03", "/orang",
    "/orang/tirta-laras", "/berita/a1", f"/klaim/{PILOT}", f"/en/klaim/{FIGURE}",
    "/public", "/public/pilots", "/public/sejak", "/public/percontohan",
    "/public/articles/a3", "/public?sql=select+1", "/tidak-ada",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(files: dict[str, Path]) -> Iterator[str]:
    with serving(files["public"], public=True) as address:
        yield address


@pytest.fixture
def page(browser: Any, site: str) -> Iterator[Any]:
    """A page that notes requests to elsewhere and what the policy or a script complains of."""
    context = browser.new_context(
        base_url=site, accept_downloads=True, viewport={"width": 1280, "height": 900}
    )
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on(
        "request",
        lambda request: opened.complaints.append(request.url) if not request.url.startswith(site) else None,
    )
    yield opened
    context.close()
    assert opened.complaints == []


def test_which_kecamatan_are_pilots_and_who_says_so(page: Any) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Kabupaten Purbalingga")).first.click()
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Purbalingga")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Bukateja")).first
    playwright.expect(row).to_contain_text("Kecamatan Bukateja dan Karangreja ditunjuk sebagai lokasi.")
    assert (
        row.get_by_role("link", name="baca beritanya").get_attribute("href") == "https://warta.example/2025/3"
    )
    row.get_by_role("link", name="Bukateja").click()
    playwright.expect(page.locator(".claims").first.locator(".claim")).to_have_count(3)
    playwright.expect(page.locator("main")).to_contain_text("Kabar Contoh, 31 Oktober 2025")


def test_who_handles_a_pillar_in_a_regency(page: Any) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Kabupaten Purbalingga")).first.click()
    page.get_by_role("link", name="Siapa yang menangani").click()
    table = page.get_by_role("region", name="Siapa yang menangani")
    playwright.expect(table).to_contain_text("Dinas Sosial menangani RPPA di sana.")
    playwright.expect(table).to_be_in_viewport()


def test_download_all_pilots_as_a_spreadsheet(page: Any) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Percontohan").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX", exact=True).click()
    assert waiting.value.suggested_filename == "pantau-pilots.xlsx"
    rows = read_sheet(Path(waiting.value.path()).read_bytes())
    assert [row[1] for row in rows[1:]] == ["Bukateja", "Karangreja"]


def test_what_changed_this_week(page: Any) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Terbaru").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_contain_text("Yang baru sejak")
    page.goto("/terbaru?sejak=2025-11-05")  # a week that ends today has nothing of the invented newsroom
    playwright.expect(page.locator("main")).to_contain_text("Tirta Laras")
    playwright.expect(page.locator("main")).to_contain_text("Karangreja")


def test_english_is_a_click_away_and_stays(page: Any) -> None:
    page.goto("/wilayah/33.03")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/wilayah/33.03")
    page.get_by_role("link", name="Matrix").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("Matrix: pillars in each regency")
    page.get_by_role("link", name="Bahasa Indonesia").click()
    assert page.url.endswith("/matriks")


def test_keyboard_alone(page: Any) -> None:
    """Skip link, then the map's tile, then the kecamatan, with Tab and Enter, and a focus that is seen."""
    page.goto("/")
    page.keyboard.press("Tab")
    playwright.expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    _tab_to(page, "^Kabupaten Purbalingga")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wilayah/33.03")
    _tab_to(page, "^Bukateja$")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/kecamatan/33.03.02")


def _tab_to(page: Any, name: str, most: int = 120) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim()")
        if re.search(name, focused):
            return
    raise AssertionError(f"{most} presses of Tab do not reach {name}")


def test_search_by_keyboard(page: Any) -> None:
    page.goto("/wilayah")
    page.get_by_role("searchbox").first.fill("bukateja lokasi")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("main")).to_contain_text("ditunjuk sebagai lokasi")


def test_claim_is_marked_where_the_list_leads(page: Any) -> None:
    page.goto("/artikel/a3")
    link = page.locator("aside.list a[href^='#klaim-']").first
    target = link.get_attribute("href")
    link.click()
    assert page.url.endswith(target)
    playwright.expect(page.locator(f"{target} + mark, {target} ~ mark").first).to_be_in_viewport()


def test_citation_can_be_copied(page: Any, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/kecamatan/33.03.02")
    cite = page.locator("details.cite").first
    cite.locator("summary").click()
    cite.get_by_role("button", name="Salin").click()
    playwright.expect(cite.get_by_role("button")).to_have_text("Tersalin")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "https://warta.example/2025/" in copied
    assert f"{site}/klaim/" in copied


def test_axe_is_here() -> None:
    if not AXE.exists():
        pytest.skip("no axe-core here, so no page is held against WCAG: npm ci --prefix tests/db/pages")


#: What axe holds a page against: all of WCAG 2.2 AA; in the dark, what depends on the colours.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


#: How a page is looked at: colour scheme, width, rules.
LOOKS = (("light", 1280, WCAG), ("light", 360, WCAG), ("dark", 360, COLOURS))


# In two halves, as there are two workers.
@pytest.mark.parametrize("urls", [SHOWN[::2], SHOWN[1::2]], ids=["half", "other-half"])
def test_pages_fit_the_screen_and_axe_finds_nothing_serious(page: Any, urls: tuple[str, ...]) -> None:
    axe = AXE.read_text("utf-8") if AXE.exists() else ""
    found = []
    for url in urls:
        page.goto(url)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        page.evaluate(axe)
        for scheme, width, rules in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{url} with all opened"
            report = page.evaluate("rules => axe.run(rules)", rules) if axe else {"violations": []}
            assert report.get("passes") or not axe, url
            found += [
                _describe(f"{url} at {width}, {scheme}", violation)
                for violation in report["violations"]
                if violation["impact"] in ("serious", "critical")
            ]
    page.complaints[:] = [text for text in page.complaints if "404" not in text]
    assert found == [], "\n".join(found)


def _describe(url: str, violation: dict[str, Any]) -> str:
    node = violation["nodes"][0]
    return f"{url}: {violation['id']} {node['html'][:200]} {node['failureSummary'][:300]}"


def test_hostile_words_do_not_run(browser: Any, files: dict[str, Path]) -> None:
    with serving(files["harm"], public=True) as address:
        context = browser.new_context(base_url=address, viewport={"width": 360, "height": 800})
        page = context.new_page()
        ran: list[str] = []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: ran.append(str(error)))
        for url in (
            "/",
            "/terbaru?sejak=2025-10-01",
            "/wilayah/33.03",
            "/artikel/a100",
            "/artikel/a108",
            "/harm/people",
        ):
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, url
        context.close()
    assert ran == []
