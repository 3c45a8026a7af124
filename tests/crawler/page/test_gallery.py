"""Pages of pictures and counters are refused by name, and reports with pictures are not."""

from __future__ import annotations

import json

import pytest

from crawler.outlet.load import Outlet
from crawler.page.article import read_article
from db.records import Article, Refusal
from tests.crawler.conftest import article_html, make_page

CAPTIONS = (
    "Warga menenun kain lurik di pendopo Kecamatan Bukateja pada hari pertama pelatihan bersama kader desa.",
    "Peserta memilih benang berwarna yang dipakai untuk motif baru, disaksikan perangkat desa dan tetangga.",
)


def result(
    outlet: Outlet, html: str, url: str = "https://kabaruji.example/berita/7/judul"
) -> Article | Refusal:
    return read_article(make_page(html, url), outlet)


@pytest.mark.parametrize("kind", ["ImageGallery", "MediaGallery", "CollectionPage"])
def test_a_page_that_calls_itself_a_gallery(plain_outlet: Outlet, kind: str) -> None:
    script = f'<script type="application/ld+json">{json.dumps({"@type": kind, "name": "Menenun"})}</script>'
    refusal = result(plain_outlet, article_html(7, *CAPTIONS, extra=script))
    assert refusal == Refusal(reason="not-article", detail=f"the page calls itself {kind}")


@pytest.mark.parametrize(
    "title",
    [
        "FOTO: Pelatihan Menenun",
        "[Galeri Foto] Pelatihan Menenun",
        "Pelatihan Menenun (Foto)",
        "Infografis: Tenun",
    ],
)
def test_a_headline_with_the_label_of_a_gallery(plain_outlet: Outlet, title: str) -> None:
    html = article_html(7, *CAPTIONS).replace("Judul nomor 7", title)
    refusal = result(plain_outlet, html)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "not-article"
    assert refusal.detail.startswith("a gallery: ")


@pytest.mark.parametrize("part", ["foto", "galeri-foto", "photo", "galeri", "infografis"])
def test_an_address_among_galleries(plain_outlet: Outlet, part: str) -> None:
    refusal = result(
        plain_outlet, article_html(7, *CAPTIONS), f"https://kabaruji.example/{part}/berita/7/judul"
    )
    assert refusal == Refusal(reason="not-article", detail=f"a gallery: {part!r}")


@pytest.mark.parametrize("section", ["Foto", "Galeri Foto"])
def test_a_section_of_galleries(plain_outlet: Outlet, section: str) -> None:
    html = article_html(7, *CAPTIONS)
    html = html.replace("<head>", f"<head><meta property='article:section' content='{section}'>")
    assert isinstance(result(plain_outlet, html), Refusal)


@pytest.mark.parametrize(
    "title",
    [
        "Foto Bupati Terpasang di Pendopo",
        "Galeri Tenun Dibuka di Bukateja",
        "Lomba Foto: Camat Beri Hadiah Kader",
    ],
)
def test_a_report_about_pictures_is_an_article(plain_outlet: Outlet, title: str) -> None:
    article = result(plain_outlet, article_html(7, *CAPTIONS).replace("Judul nomor 7", title))
    assert isinstance(article, Article)
    assert article.title == title


def test_a_report_with_a_video_is_an_article(plain_outlet: Outlet) -> None:
    script = '<script type="application/ld+json">{"@type": "VideoObject", "name": "Menenun"}</script>'
    assert isinstance(result(plain_outlet, article_html(7, *CAPTIONS, extra=script)), Article)


def test_counters_alone_are_no_text(plain_outlet: Outlet) -> None:
    counters = ("telah dilihat 15085 kali", "12 Shares", "Share 0 Tweet")
    article = result(plain_outlet, article_html(7, *counters, CAPTIONS[0]))
    assert isinstance(article, Article)
    assert article.text == CAPTIONS[0]
    refusal = result(plain_outlet, article_html(7, *counters))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "no-body"
