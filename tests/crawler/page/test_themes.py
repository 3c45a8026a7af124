"""Pages of systems that nobody described: common themes, Joomla, AMP, a regency's own portal."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.outlet.load import Outlet
from crawler.page.article import read_article
from db.records import Article, Page, Refusal
from pipelines.outlet.look import build_guess

URL = "https://kabaruji.example/berita/7/judul"
TITLE = "Warga Bukateja Tanam Pohon"
TEXT = (
    "Warga Kecamatan Bukateja menanam seribu bibit pohon bersama pelajar dan perangkat desa pada Kamis pagi.",
    "Camat mengatakan kegiatan itu akan diulang setiap bulan sampai seluruh lereng kembali hijau dan teduh.",
    "Pelajar dari empat sekolah ikut serta dan membawa bibit dari rumah masing-masing untuk ditanam bersama.",
)
P = "".join(f"<p>{text}</p>" for text in TEXT)
TIME = '<meta property="article:published_time" content="2025-10-30T16:46:00+07:00">'
LINK = "<p><a href='/x'>Lereng Bukit di Kecamatan Lain Ikut Dihijaukan</a></p>"
THEMES = tomllib.loads(Path(__file__).with_name("themes.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def outlet() -> Outlet:
    return build_guess(URL)


def page_of(head: str, body: str) -> Page:
    parts = {
        "{title}": TITLE,
        "{time}": TIME,
        "{text}": P,
        "{signed}": P.replace("bersama.</p>", "bersama. (Wiji Astuti)</p>"),
        "{linked}": P.replace("</p><p>", f"</p>{LINK}<p>", 1),
    }
    for name, value in parts.items():
        head, body = head.replace(name, value), body.replace(name, value)
    html = (
        f"<!DOCTYPE html><html><head><title>{TITLE} - Kabar Uji</title>{head}</head><body>"
        f"<header><a href='/'>Beranda</a></header>{body}<footer>Pedoman Media Siber</footer></body></html>"
    )
    return Page(url=URL, outlet="percobaan", fetched_at=datetime(2025, 12, 1, tzinfo=UTC), html=html)


@pytest.mark.parametrize("theme", THEMES)
def test_it_reads(outlet: Outlet, theme: str) -> None:
    wanted = THEMES[theme]
    article = read_article(page_of(wanted["head"], wanted["body"]), outlet)
    assert isinstance(article, Article), article
    assert article.title == TITLE
    assert article.text.split("\n\n") == list(TEXT)
    assert article.published_at == wanted["published"]
    assert list(article.authors) == wanted["authors"]
    assert article.answered["text"] == "generic"


def test_a_page_that_is_marked_as_locked(outlet: Outlet) -> None:
    head = TIME + '<meta property="article:content_tier" content="locked">'
    result = read_article(page_of(head, f"<h1>{TITLE}</h1><div class='entry-content'>{P}</div>"), outlet)
    assert isinstance(result, Refusal)
    assert result.reason == "premium"


def test_a_date_in_the_text_is_not_the_articles(outlet: Outlet) -> None:
    body = P.replace("Kamis pagi", "Kamis (30/10/2025)")
    result = read_article(page_of("", f"<h1>{TITLE}</h1><div class='entry-content'>{body}</div>"), outlet)
    assert isinstance(result, Refusal)
    assert result.reason == "no-date"
