"""Headline, date and authors of pages whose layout nobody described."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.page.article import read_article
from db.records import Article, Page
from pipelines.outlet.look import build_guess

TEXT = "".join(
    f"<p>Pada hari ke-{n} warga menanam {n * 100} bibit pohon di lereng bukit, dan camat mengatakan bahwa "
    f"kelompok nomor {n} akan merawatnya sampai musim hujan berikutnya tiba di kecamatan itu.</p>"
    for n in range(1, 8)
)
SEEN = "Warga Bukateja Menanam Seribu Pohon"
DATED = '<meta property="article:published_time" content="2025-10-30T16:46:00+07:00">'
URL = "https://www.kabaruji.example/berita/menanam-pohon"


def node(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def site_name(name: str) -> str:
    return f'<meta property="og:site_name" content="{name}">'


def day_of(article: Article) -> str:
    return article.published_at.isoformat() if article.published_at else ""


def read(head: str, above: str = f"<h1>{SEEN}</h1>", *, url: str = URL, below: str = "") -> Article:
    body = f"<div><div>{above}</div><div class='q1'>{TEXT}</div></div>{below}"
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    page = Page(url=url, outlet="percobaan", fetched_at=datetime(2025, 12, 1, tzinfo=UTC), html=html)
    article = read_article(page, build_guess(url))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    ("head", "above", "wanted"),
    [
        # The line for search engines stands in one place, what readers see in two.
        (
            node(headline="Bukateja: seribu pohon ditanam warga")
            + f'<meta property="og:title" content="{SEEN}">',
            None,
            SEEN,
        ),
        (node(headline=SEEN) + '<meta property="og:title" content="Seribu pohon di Bukateja">', None, SEEN),
        # What the page states three times, with a label in front where readers see it.
        (
            node(headline=SEEN) + f'<meta property="og:title" content="{SEEN}"><title>{SEEN}</title>',
            f"<h1>Lingkungan {SEEN}</h1>",
            SEEN,
        ),
        # The name of the site and of a section in a heading.
        (f"<title>{SEEN} - Kabar Uji</title>", "<h1>Kabar Uji</h1><h1>Lingkungan</h1>", SEEN),
        (
            f"{site_name('Kabar Uji 80/90 - Berita')}<title>{SEEN} - Kabar Uji 80/90 - Berita</title>",
            "",
            SEEN,
        ),
        (
            f"{site_name('Warta Uji | Portal')}<title>Warta Uji | Portal: {SEEN}</title>",
            "",
            SEEN,
        ),
        # A heading that is cut where it is stated.
        (
            node(headline=f"{SEEN} di Lereng"),
            f"<h1>{SEEN} di Lereng yang Gundul Sejak Kemarau</h1>",
            f"{SEEN} di Lereng yang Gundul Sejak Kemarau",
        ),
        # The first heading is another article's.
        (f"<title>{SEEN}</title>", f"<h1>Harga Cabai Naik Lagi Pekan Ini</h1><h1>{SEEN}</h1>", SEEN),
        ('<title>Kabar Uji</title><meta property="og:title" content="kabaruji.example">', None, SEEN),
        (
            "<title>Судьба деревьев в районе | kabaruji.example</title>",
            "<h1>Kabar Uji</h1>",
            "Судьба деревьев в районе",
        ),
    ],
)
def test_the_headline_is_what_readers_see_and_the_page_states(
    head: str, above: str | None, wanted: str
) -> None:
    assert read(head + DATED, f"<h1>{SEEN}</h1>" if above is None else above).title == wanted


@pytest.mark.parametrize(
    ("head", "above", "wanted"),
    [
        ("", f"<h1>{SEEN}</h1><p>Kamis, 30 Oktober 2025 16:46 WIB</p>", "2025-10-30T16:46:00+07:00"),
        ("", f"<p class='tgl'>30/10/2025 16.46</p><h1>{SEEN}</h1>", "2025-10-30T16:46:00+07:00"),
        (
            "",
            f"<h1>{SEEN}</h1><time datetime='2025-10-30T09:46:00Z'>sebulan lalu</time>",
            "2025-10-30T16:46:00+07:00",
        ),
        (
            "",
            f"<h1>{SEEN}</h1><span>Diperbarui: 5 November 2025</span><span>30 Oktober 2025</span>",
            "2025-10-30T00:00:00+07:00",
        ),
        ("<meta itemprop='datePublished' content='20251030T164600+0700'>", None, "2025-10-30T16:46:00+07:00"),
        (
            node(
                **{
                    "@type": "http://schema.org/NewsArticle",
                    "headline": SEEN,
                    "datePublished": "2025-10-30 16:46",
                }
            ),
            None,
            "2025-10-30T16:46:00+07:00",
        ),
        (
            node(**{"@type": "WebPage", "name": SEEN, "datePublished": "Oct 30, 2025"}),
            None,
            "2025-10-30T00:00:00+07:00",
        ),
    ],
)
def test_the_date_is_the_articles(head: str, above: str | None, wanted: str) -> None:
    aside = "<div class='sidebar-kanan'><time datetime='2025-11-28'>28 November 2025</time></div>"
    assert day_of(read(head, f"<h1>{SEEN}</h1>" if above is None else above, below=aside)) == wanted


@pytest.mark.parametrize("day", ["2025/10/30", "2025/okt/30", "20251030", "2025-10-30"])
def test_a_date_that_the_address_contradicts_is_anothers(day: str) -> None:
    other = f"<h1>{SEEN}</h1><p class='tanggal'>2 Mei 2025</p>"
    article = read("", other, url=f"https://www.kabaruji.example/{day}/menanam-pohon")
    assert day_of(article)[:10] == "2025-10-30"
    assert article.answered["published_at"] == "url"


@pytest.mark.parametrize(
    ("head", "above", "wanted"),
    [
        (
            "",
            "<p class='byline'>By Rudi Hartawan and Tim Hardiman Thursday, October 30, 2025</p>",
            ("Rudi Hartawan", "Tim Hardiman"),
        ),
        (
            "",
            "<div class='info'><span>Oleh Wiji Astuti</span> <span>30 Oktober 2025</span></div>",
            ("Wiji Astuti",),
        ),
        (
            "",
            "<div class='author'><img><a href='/p/1' class='author__name'>Wiji Astuti</a> Wartawan</div>",
            ("Wiji Astuti",),
        ),
        ("", "<div class='penulis'>Tim Redaksi</div>", ()),
        ("", "<div class='penulis'>PT Kabar Uji Nusantara</div>", ()),
        ("", "<div class='sidebar'><span class='author'>Komentator Lain</span></div>", ()),
        (
            node(
                headline=SEEN,
                author=[{"@type": "Person", "name": "By WIJI ASTUTI and RUDI HARTAWAN, Associated Press"}],
            ),
            "",
            ("WIJI ASTUTI", "RUDI HARTAWAN"),
        ),
        (
            node(headline=SEEN, author="https://www.kabaruji.example/penulis/wiji"),
            "<a rel='author'>Wiji Astuti</a>",
            ("Wiji Astuti",),
        ),
        ('<meta name="author" content="Analysis by Wiji Astuti, editor-at-large">', "", ("Wiji Astuti",)),
    ],
)
def test_authors_are_people(head: str, above: str, wanted: tuple[str, ...]) -> None:
    assert read(head + DATED, f"<h1>{SEEN}</h1>{above}").authors == wanted
