"""The first live day in small: what `pantau outlet check --save` finds and drafts when sites have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.outlet.load import OUTLETS, load_outlet
from db.records import Page
from pipelines.crawl.scope import CrawlScope
from pipelines.outlet.draft import Mends, draft_outlet, load_draft
from pipelines.outlet.live_check import show_check
from pipelines.outlet.selectors import propose_selectors, unread_dates
from tests.crawler.conftest import FAST, Site
from tests.pipelines.outlet.standin import CHANGES, Change, serve

#: Of twenty changed sites, those whose mend is found and holds.
LEAST_MENDED = 15


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, dict[str, Site]]]:
    """The folder and the report of a look at all twenty."""
    folder = tmp_path_factory.mktemp("day")
    outlets = folder / "outlets"
    outlets.mkdir()
    sites = {change.slug: Site() for change in CHANGES}
    for change in CHANGES:
        serve(change, sites[change.slug], outlets)
    said: list[str] = []
    scope = CrawlScope(
        archive=folder / "unused", outlets=(outlets,), slugs=tuple(sites), contact="uji@pantau.example"
    )
    settings: dict[str, Any] = FAST
    code = show_check(
        scope, output=folder / "unused", save=folder / "saved", say=said.append, overrides=settings
    )
    assert code == 1
    (report,) = (folder / "saved").glob("outlets-*.md")
    yield folder / "saved", report.read_text("utf-8"), sites
    for site in sites.values():
        site.close()


def about(report: str, slug: str) -> str:
    match = re.search(rf"^## {slug}: .*?(?=^## |\Z)", report, re.MULTILINE | re.DOTALL)
    return match[0] if match else ""


def test_most_changed_sites_are_mended(day: tuple[Path, str, dict[str, Site]]) -> None:
    saved, report, _ = day
    mended = [c.slug for c in CHANGES if "draft: holds with what came today" in about(report, c.slug)]
    left = {c.slug: about(report, c.slug) for c in CHANGES if c.slug not in mended}
    assert len(mended) >= LEAST_MENDED, left
    for slug in mended:
        assert load_outlet(saved / "crawler" / "outlets" / f"{slug}.toml").slug == slug
        assert len(list((saved / "tests" / "pages" / slug).glob("article-*"))) == 2


def test_few_requests_and_all_of_them_archived(day: tuple[Path, str, dict[str, Site]]) -> None:
    saved, _, sites = day
    for change in CHANGES:
        paths = sites[change.slug].paths()
        # robots.txt, a list, an article; where the list is gone also the home page and a way that it names.
        assert len(paths) <= (5 if change.moved or change.home else 3), paths
        assert len(paths) == len(set(paths))
    assert list((saved / "archive").glob("*.warc.gz"))


def test_a_site_that_holds_gets_a_fixture_and_no_draft(tmp_path: Path) -> None:
    site = Site()
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    slug = serve(Change("merdeka", "nothing"), site, outlets)
    said: list[str] = []
    scope = CrawlScope(archive=tmp_path, outlets=(outlets,), slugs=(slug,), contact="uji@pantau.example")
    settings: dict[str, Any] = FAST
    saved = tmp_path / "saved"
    assert show_check(scope, output=tmp_path, save=saved, say=said.append, overrides=settings) == 0
    assert said[0] == "merdeka: holds"
    assert not (saved / "crawler").exists()
    assert len(list((saved / "tests" / "pages" / slug).iterdir())) == 2
    site.close()


def test_a_draft_keeps_the_old_layout_for_archived_pages() -> None:
    path = OUTLETS / "merdeka.toml"
    before = load_outlet(path)
    after = load_draft(
        "merdeka", draft_outlet(path, Mends(selectors={"body": "div.baru"}), date(2026, 11, 25))
    )
    assert [one.until for one in after.layouts[-2:]] == [date(2026, 11, 24), None]
    assert after.layouts[-1].body[0].source == "div.baru"
    assert after.layouts[-2].body == before.layouts[-1].body
    assert after.layouts[-1].body[1:] == before.layouts[-1].body
    assert (after.find, after.article, after.site_names) == (before.find, before.article, before.site_names)


@pytest.mark.parametrize("path", sorted(OUTLETS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_outlet_can_be_drafted(path: Path) -> None:
    mends = Mends({0: {"item": "li.baru"}}, {"url": r"^https?://[^/]+/\d+/'\"x"}, {"title": "h1"})
    drafted = load_draft(path.stem, draft_outlet(path, mends, date(2999, 1, 1)))
    assert drafted.find[0].item == "li.baru"
    assert drafted.article.url.pattern == mends.article["url"]
    assert drafted.layouts[-1].title[0].source == "h1"


def test_a_form_of_date_that_nobody_described_is_shown() -> None:
    date_of = "<span class='tanggal'>pon 30/x/25 jam 4</span>"
    html = f"<html><body><h1>Warga Menanam Pohon di Lereng</h1>{date_of}</body></html>"
    page = Page(
        url="https://kabaruji.example/a", outlet="", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), html=html
    )
    assert unread_dates(page) == ["pon 30/x/25 jam 4"]
    assert propose_selectors(page, load_outlet(OUTLETS / "merdeka.toml")).get("published") is None
