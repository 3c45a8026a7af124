"""The reader of pages whose layout nobody described: which candidate is believed, and where it looks."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.html.markup import parse_page
from crawler.outlet.load import load_generic
from crawler.page.article import read_article
from crawler.page.blocks import Body
from crawler.page.generic import read_generic
from crawler.page.prose import find_prose
from db.records import Article, Page
from pipelines.outlet.look import build_guess

SENTENCES = tuple(
    f"Pada hari ke-{n} warga Kecamatan Bukateja menanam {n * 100} bibit pohon di lereng bagian {part}, "
    f"dan camat mengatakan bahwa kelompok {part} akan merawatnya sampai musim hujan berikutnya tiba."
    for n, part in enumerate(
        ("utara", "selatan", "timur", "barat", "tengah", "hulu", "hilir", "tepi"), start=1
    )
)
TEASERS = "".join(
    f"<div class='q7'><a href='/{n}'>Judul berita lain nomor {n} dari kabupaten tetangga</a>"
    f"<p>Ringkasan berita lain nomor {n}, yang menceritakan hal yang sama sekali berbeda dari itu.</p></div>"
    for n in range(12)
)
LINKS = "".join(f"<li><a href='/{n}'>Berita lain nomor {n} hari ini</a></li>" for n in range(5))


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(body: str, head: str = "") -> Body:
    tree = parse_page(f"<html><head><title>x</title>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return read_generic(tree, load_generic())


def stated(text: str) -> str:
    node = {"@type": "NewsArticle", "headline": "Judul", "articleBody": text}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='entry-content'>{paragraphs(SENTENCES)}</div>",
        f"<div class='q1'>{paragraphs(SENTENCES)}</div>",
        f"<div class='q1'>{'<br><br>'.join(SENTENCES)}</div>",
        f"<article><div class='q2'>{TEASERS}</div><div class='q1'>{paragraphs(SENTENCES)}</div></article>",
        f"<form><div class='q1'>{paragraphs(SENTENCES)}</div></form>",
        f"<div class='content-share'><div>{paragraphs(SENTENCES)}</div></div>",
        f"<div class='q1'>{paragraphs(SENTENCES)}<ul>{LINKS}</ul></div>",
        f"<div class='q1'>{paragraphs(SENTENCES)}<h3>Berita lain</h3></div>",
        f"<div class='q1'><div class='sidebar-right'>{TEASERS}</div>{paragraphs(SENTENCES)}</div>",
        # a text in wrappers of its own, with something between them
        "".join(f"<div class='q{n}'>{paragraphs(SENTENCES[2 * n : 2 * n + 2])}</div><hr>" for n in range(4)),
        f"<section><div><div>{paragraphs(SENTENCES[:3])}</div></div><div>{paragraphs(SENTENCES[3:])}</div></section>",
    ],
    ids=[
        "named",
        "unnamed",
        "breaks",
        "teasers",
        "form",
        "careless",
        "links",
        "heading",
        "box",
        "many",
        "two",
    ],
)
def test_it_finds_the_text_and_nothing_else(body: str) -> None:
    found = read(body + f"<div class='q9'>{TEASERS}</div>")
    assert found.blocks == SENTENCES
    assert found.source == "generic"


def test_a_teaser_in_a_script_is_not_believed() -> None:
    found = read(f"<div class='q1'>{paragraphs(SENTENCES)}</div>", stated(" ".join(SENTENCES[:2])))
    assert (found.blocks, found.source) == (SENTENCES, "generic")


def test_a_text_that_stands_in_a_script_alone() -> None:
    found = read(
        "<p>Muat ulang halaman ini untuk membaca beritanya secara lengkap.</p>", stated("\n".join(SENTENCES))
    )
    assert (found.blocks, found.source) == (SENTENCES, "json-ld")


def test_where_paragraphs_and_names_tell_nothing_trafilatura_speaks() -> None:
    found = read("<main>" + "".join(f"<span>{text}</span><br><br>" for text in SENTENCES) + "</main>")
    assert (found.blocks, found.source) == (SENTENCES, "trafilatura")


def test_trafilatura_is_asked_only_where_the_others_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("crawler.page.generic.extract_generic", lambda html: asked.append(html) or "")
    text = paragraphs(SENTENCES)
    assert read(f"<div class='entry-content'>{text}</div>").blocks == SENTENCES
    assert not asked
    read(f"<div class='entry-content'>{paragraphs(SENTENCES[:2])}</div><div class='q1'>{text}</div>")
    assert asked


def test_a_page_without_a_paragraph_has_no_prose() -> None:
    tree = parse_page(f"<html><body><ul>{LINKS}</ul></body></html>")
    assert tree is not None
    assert find_prose(tree) is None
    assert read(f"<ul>{LINKS}</ul>").blocks == ()


@pytest.mark.parametrize(
    ("url", "head"),
    [
        ("https://kabaruji.example/2025/10/30/judul", ""),
        (
            "https://kabaruji.example/berita/judul",
            "<meta name='dcsext.articlefirstpublished' content='2025-10-30 16:46:00'>",
        ),
        ("https://kabaruji.example/berita/judul", "<meta name='citation_date' content='2025/10/30'>"),
    ],
)
def test_a_date_that_only_htmldate_knows(url: str, head: str) -> None:
    page = Page(
        url=url,
        outlet="percobaan",
        fetched_at=datetime(2025, 12, 1, tzinfo=UTC),
        html=f"<html><head><title>Judul berita tentang bibit</title>{head}</head><body><h2>Judul</h2>"
        f"<div class='q1'>{paragraphs(SENTENCES)}</div></body></html>",
    )
    article = read_article(page, build_guess(page.url))
    assert isinstance(article, Article), article
    assert article.published_at.date().isoformat() == "2025-10-30"
    assert article.answered["published_at"] in ("generic", "url")
