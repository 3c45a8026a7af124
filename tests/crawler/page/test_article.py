"""Reading pages: what answers for a field, what is refused, and that no page whatever breaks it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.html.jsonld import find_article_node, load_jsonld
from crawler.html.markup import decode_page, parse_html
from crawler.outlet.load import Outlet
from crawler.page.article import read_article
from crawler.page.body import merge_parts, trim
from crawler.page.byline import split_byline
from crawler.page.clean import join_lines, read_lines
from db.records import WIB, Article, Refusal
from tests.crawler.conftest import article_html, make_page

LONG = "Paragraf ini cukup panjang untuk dianggap sebagai isi berita oleh siapa pun yang membacanya."


def lines(html: str) -> list[str]:
    tree = parse_html(f"<body>{html}</body>")
    assert tree is not None
    return join_lines(read_lines([tree]))


def read(outlet: Outlet, html: str, **more: Any) -> Article:
    article = read_article(make_page(html, **more), outlet)
    assert isinstance(article, Article), article
    return article


def refusal(outlet: Outlet, html: str, **more: Any) -> Refusal:
    result = read_article(make_page(html, **more), outlet)
    assert isinstance(result, Refusal)
    return result


# --- text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>Satu</p><p>Dua</p>", ["Satu", "Dua"]),
        ("Satu<br><br>Dua<br />Tiga", ["Satu", "Dua", "Tiga"]),
        ("<div>Satu <b>te</b>bal</div><div>Dua</div>", ["Satu tebal", "Dua"]),
        ("<ol><li>Bukateja</li><li>Kejobong</li></ol>", ["1. Bukateja\n2. Kejobong"]),
        ("<ol start='3'><li>Bukateja</li><li>Kejobong</li></ol>", ["3. Bukateja\n4. Kejobong"]),
        ("<ul><li>Bukateja</li><li>Kejobong</li></ul>", ["- Bukateja\n- Kejobong"]),
        ("<ul><li>1. Bukateja</li><li>2. Kejobong</li></ul>", ["1. Bukateja\n2. Kejobong"]),
        ("<p>Yaitu:</p><ul><li><p>Bukateja</p></li></ul><p>Selesai</p>", ["Yaitu:", "- Bukateja", "Selesai"]),
        ("<p>Pilot:<br>1. Bukateja<br>2. Kejobong</p>", ["Pilot:", "1. Bukateja\n2. Kejobong"]),
        ("<h2>Judul bagian</h2><p>Isi</p>", ["Judul bagian", "Isi"]),
        ("<p>a&nbsp;b &amp; c&#8211;d</p>", ["a b & c–d"]),
        ("<p>caf\u0065\u0301</p>", ["café"]),
        ("<p>Isi<script>x()</script><style>p{}</style> tetap</p>", ["Isi tetap"]),
        ("<figure><img><figcaption>Foto</figcaption></figure><p>Isi</p>", ["Isi"]),
        ("<div class='baca-juga'>Baca juga</div><p>Isi</p>", ["Isi"]),
        ("<p style='display:none'>Iklan</p><p>Isi</p>", ["Isi"]),
        (
            "<table><tr><td>No</td><td>Kecamatan</td></tr><tr><td>1</td><td>Tugu</td></tr></table>",
            ["No | Kecamatan\n1 | Tugu"],
        ),
        (
            (
                "<table><tr><td><p>Kecamatan</p></td><td><p><b>RPPA</b></p></td></tr>"
                "<tr><td><p>Tugu</p></td><td><div>Ada</div></td></tr></table><p>Isi</p>"
            ),
            ["Kecamatan | RPPA\nTugu | Ada", "Isi"],
        ),
        (
            "<table><tr><td>Kendal</td><td>Boja<br>Patean</td></tr><tr><td></td><td><p>Gemuh</p></td></tr></table>",
            ["Kendal | Boja, Patean\n| Gemuh"],
        ),
        (f"<table><tr><td><p>{LONG}</p><p>{LONG}</p></td></tr></table>", [f"{LONG}\n{LONG}"]),
        ("<blockquote><p>Kutipan</p></blockquote>", ["Kutipan"]),
        ("<strong>Cilacap</strong> -<p>Kalimat pertama.</p>", ["Cilacap - Kalimat pertama."]),
    ],
)
def test_blocks(html: str, wanted: list[str]) -> None:
    assert lines(html) == wanted


def test_a_careless_class_does_not_cost_the_text() -> None:
    paragraphs = "".join(f"<p>{LONG} Nomor {n}.</p>" for n in range(20))
    assert len(lines(f"<div class='content-share'>{paragraphs}</div>")) == 20


@pytest.mark.parametrize(
    "noise",
    [
        "<p>Baca juga: <a href='/x'>Judul lain</a></p>",
        "<p>Baca juga:</p><p><a href='/x'>Judul lain yang panjang</a></p>",
        "<p>ADVERTISEMENT</p>",
        "<p>SCROLL TO CONTINUE WITH CONTENT</p>",
        "<p>Halaman selanjutnya</p>",
        "<p>[Gambas:Video 20detik]</p>",
        "<p>(abc/def)</p>",
        "<p>***</p>",
        "<p>Editor: Vita Lestari</p>",
        "<p>Ikuti saluran WhatsApp Kabar Uji</p>",
        "<p>Artikel ini telah tayang di Kabar Lain</p>",
        "<p>Pilihan Editor: <a href='/x'>Judul lain</a></p>",
    ],
)
def test_noise_lines_go(plain_outlet: Outlet, noise: str) -> None:
    html = article_html(7, LONG, LONG.replace("Paragraf", "Alinea"))
    article = read(plain_outlet, html.replace("</p><p>", f"</p>{noise}<p>", 1))
    assert article.text.split("\n\n") == [LONG, LONG.replace("Paragraf", "Alinea")]


def test_prose_that_begins_like_noise_stays(plain_outlet: Outlet) -> None:
    texts = (
        "Editor senior itu berkata bahwa halaman desa sudah ramai sejak pagi, sebelum acara dibuka.",
        "Simak saja bagaimana warga bergotong royong, kata camat di hadapan peserta di balai desa.",
        "Sumber air di lereng itu mengalir sepanjang tahun dan dipakai oleh tiga dusun di sekitarnya.",
    )
    assert read(plain_outlet, article_html(7, *texts)).text.split("\n\n") == list(texts)


def test_the_origin_becomes_a_field(plain_outlet: Outlet) -> None:
    html = article_html(7, LONG, "Artikel ini telah tayang di Kabar Lain dengan judul Rapat Desa")
    article = read(plain_outlet, html)
    assert article.origin == "Kabar Lain"
    assert article.text == LONG


@pytest.mark.parametrize(
    ("first", "place"),
    [
        ("TRIBUNJATENG.COM, PURBALINGGA - Warga", "PURBALINGGA"),
        ("KEBUMEN, KOMPAS.com – Warga", "KEBUMEN"),
        ("Batang (ANTARA) - Warga", "Batang"),
        ("SEMARANG – Warga", "SEMARANG"),
        ("Jakarta - Warga", "Jakarta"),
        ("Liputan6.com, Jakarta - Warga", "Jakarta"),
        ("KABARUJI.COM - Warga", ""),
        ("Warga Desa Sempor berkumpul", ""),
        ("Pemerintah - dan warga - bersama", ""),
    ],
)
def test_datelines(plain_outlet: Outlet, first: str, place: str) -> None:
    article = read(plain_outlet, article_html(7, f"{first} {LONG}"))
    if place or "Pemerintah" not in first:
        assert article.dateline == place
    assert article.text.startswith(first)


def test_pages_are_merged() -> None:
    a, b, c = (f"Paragraf {n} yang cukup panjang untuk dikenali sebagai ulangan." for n in "abc")
    assert merge_parts([[a, b], [c]]) == [a, b, c]
    assert merge_parts([[a, b], [b, c]]) == [a, b, c]
    assert merge_parts([[a, "Kebumen"], ["Kebumen", c]]) == [a, "Kebumen", "Kebumen", c]
    assert merge_parts([[a], [a, b, c]]) == [a, b, c]
    assert trim([a, b, a], "Judul") == [a, b]
    assert trim(["Beranda", "Judul", "Kamis, 30 Oktober 2025", a], "Judul") == [a]


# --- metadata --------------------------------------------------------------------------------------


def ld(**fields: object) -> str:
    return json.dumps({"@context": "https://schema.org", "@type": "NewsArticle"} | fields)


@pytest.mark.parametrize(
    "script",
    [
        ld(headline="Judul", datePublished="2025-12-10"),
        json.dumps([json.loads(ld(headline="Judul"))]),
        json.dumps({"@graph": [{"@type": "WebPage"}, json.loads(ld(headline="Judul"))]}),
        json.dumps({"@type": ["Thing", "NewsArticle"], "headline": "Judul"}),
        "<!-- " + ld(headline="Judul") + " -->",
        ld(headline="Judul").replace("}", ",}"),
        ld(headline="Judul").replace("Judul", "Ju\ndul").replace("\\n", ""),
        '{"@type": "NewsArticle", "headline": "Judul", "description": "kutipan "rusak" di sini"}',
        json.dumps({"@type": "WebPage", "mainEntity": json.loads(ld(headline="Judul"))}),
    ],
)
def test_forms_of_jsonld(script: str) -> None:
    node = find_article_node(load_jsonld([script]))
    assert str(node["headline"]).replace("\n", "") == "Judul"


@pytest.mark.parametrize("script", ["", "{", "null", "[]", "42", '"x"', "{}" * 3, "[" * 5000, '{"@type": 5}'])
def test_rubbish_in_the_place_of_jsonld(script: str) -> None:
    assert find_article_node(load_jsonld([script])) == {}


def with_head(number: int, head: str, *paragraphs: str) -> str:
    return article_html(number, *paragraphs).replace("<head>", f"<head>{head}")


BYLINE = "<span class='penulis'>Penulis: Wiji Astuti</span>"


def test_jsonld_is_asked_before_meta_before_selectors(plain_outlet: Outlet) -> None:
    meta = '<meta name="author" content="Dari Meta"><meta property="og:title" content="Judul Meta">'
    script = ld_script(headline="Judul JSON", author={"name": "Dari JSON"})
    first = read(plain_outlet, with_head(7, meta + script).replace(BYLINE, ""))
    assert (first.title, first.authors) == ("Judul JSON", ("Dari JSON",))
    second = read(plain_outlet, with_head(7, meta).replace(BYLINE, ""))
    assert (second.title, second.authors) == ("Judul Meta", ("Dari Meta",))
    third = read(plain_outlet, article_html(7))
    assert (third.title, third.authors) == ("Judul nomor 7", ("Wiji Astuti",))
    assert [a.answered["authors"] for a in (first, second, third)] == ["json-ld", "meta", "selector"]


def ld_script(**fields: Any) -> str:
    return f'<script type="application/ld+json">{ld(**fields)}</script>'


def test_a_layout_may_prefer_its_selectors(plain_outlet: Outlet) -> None:
    layout = replace(plain_outlet.layouts[0], prefer=("authors",))
    html = with_head(7, '<meta name="author" content="Dari Meta">')
    assert read(replace(plain_outlet, layouts=(layout,)), html).authors == ("Wiji Astuti",)


@pytest.mark.parametrize(
    "title",
    [
        "Panen Bawang - Kabar Uji",
        "Panen Bawang | Kabar Uji",
        "Panen Bawang – KabarUji",
        "Panen Bawang - Halaman 2 - Kabar Uji",
        "Panen Bawang - Halaman 2",
        "Panen Bawang : kabaruji.example",
        "Panen Bawang",
    ],
)
def test_the_outlets_name_is_cut_from_a_title(plain_outlet: Outlet, title: str) -> None:
    html = article_html(7).replace("<h1>Judul nomor 7</h1>", "").replace("Judul nomor 7 - Kabar Uji", title)
    assert read(plain_outlet, html).title == "Panen Bawang"


def test_a_dash_in_a_title_stays(plain_outlet: Outlet) -> None:
    html = with_head(7, '<meta property="og:title" content="Tol Semarang-Demak - Kapan Dibuka?">')
    assert read(plain_outlet, html).title == "Tol Semarang-Demak - Kapan Dibuka?"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Penulis: Ana Wati | Editor: Budi", [("author", "Ana Wati"), ("editor", "Budi")]),
        ("Penulis: Ana WatiEditor: Budi", [("author", "Ana Wati"), ("editor", "Budi")]),
        ("Rep: Ana Wati/ Red: Budi", [("author", "Ana Wati"), ("editor", "Budi")]),
        ("Editor : Budi", [("editor", "Budi")]),
        ("Pewarta : Ana Wati Editor: Budi COPYRIGHT", [("author", "Ana Wati"), ("editor", "Budi COPYRIGHT")]),
        ("Ana Wati", [("", "Ana Wati")]),
        ("", []),
    ],
)
def test_bylines(text: str, pairs: list[tuple[str, str]]) -> None:
    assert split_byline(text) == pairs


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "Redaksi",
        "Kabar Uji",
        "https://www.facebook.com/x",
        "user",
        "Tim Redaksi",
        "PT KABAR UJI BARU",
        "Tim Kabar Uji",
        "Tim Liputan",
        "PT. Warta Contoh Tbk",
        "Admin Jateng",
        "Kabar Cyber Media",
        "kabarlain.com",
        "Dewan Redaksi",
        "Kontributor",
        "Anonim",
        "CV Warta Contoh",
        "Kabar Lain Network",
    ],
)
def test_accounts_are_no_authors(plain_outlet: Outlet, name: str) -> None:
    assert read(plain_outlet, with_head(7, f'<meta name="author" content="{name}">')).authors == (
        "Wiji Astuti",
    )


def test_utc_that_is_wib_in_truth(plain_outlet: Outlet) -> None:
    stamp = '<meta property="article:published_time" content="{}">'
    # The page shows 09:30 WIB. A stamp of 09:30 "UTC" is mislabelled, one of 02:30 is right.
    for text in ("2025-12-10T09:30:00+00:00", "2025-12-10T02:30:00+00:00", "2025-12-10T02:30:00Z"):
        article = read(plain_outlet, with_head(7, stamp.format(text)))
        assert article.published_at is not None
        assert article.published_at.isoformat() == "2025-12-10T09:30:00+07:00"


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ("2025-12-10T09:30:45+07:00", "2025-12-10T09:30:45+07:00"),  # the same minute: it is more exact
        ("2025-12-10T02:30:45+00:00", "2025-12-10T09:30:45+07:00"),
        ("2025-11-02T17:00:10+07:00", "2025-12-10T09:30:00+07:00"),  # that of another article
    ],
)
def test_a_shown_time_that_is_preferred(plain_outlet: Outlet, stated: str, wanted: str) -> None:
    layout = replace(plain_outlet.layouts[-1], prefer=("published",))
    script = json.dumps({"@type": "NewsArticle", "headline": "Judul nomor 7", "datePublished": stated})
    html = article_html(7, LONG, extra=f'<script type="application/ld+json">{script}</script>')
    article = read(replace(plain_outlet, layouts=(layout,)), html)
    assert article.published_at is not None
    assert article.published_at.isoformat() == wanted


def test_a_day_gets_the_time_that_the_page_shows(plain_outlet: Outlet) -> None:
    script = json.dumps({"@type": "NewsArticle", "headline": "Judul nomor 7", "datePublished": "2025-12-10"})
    html = article_html(7, LONG, extra=f'<script type="application/ld+json">{script}</script>')
    article = read(plain_outlet, html)
    assert article.published_at == datetime(2025, 12, 10, 9, 30, tzinfo=WIB)


def test_hints_answer_last(plain_outlet: Outlet) -> None:
    html = article_html(7, day="tadi pagi")
    article = read(plain_outlet, html, hints={"published_at": "2025-12-10T08:00:00+07:00"})
    assert article.answered["published_at"] == "feed"
    assert refusal(plain_outlet, html).reason == "no-date"


def test_the_canonical_address_is_the_outlets(plain_outlet: Outlet) -> None:
    own = "https://kabaruji.example/berita/7/judul"
    for head in (
        "",
        '<link rel="canonical" href="https://kabaruji.example/">',
        '<link rel="canonical" href="https://lain.example/berita/9/x">',
        '<link rel="canonical" href="http://[kosong">',
    ):
        assert read(plain_outlet, with_head(7, head), url=own + "?utm_source=x&page=2#komentar").url == own
    head = '<link rel="canonical" href="/berita/8/lain">'
    article = read(plain_outlet, with_head(7, head))
    assert (article.url, article.id) == ("https://kabaruji.example/berita/8/lain", "kabar_uji:8")


# --- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "no-body"),
        ("   \n", "no-body"),
        ("bukan HTML sama sekali", "not-article"),
        ("<html><body></body></html>", "not-article"),
        ("<html><head><title>Judul Saja Tanpa Isi</title></head><body></body></html>", "no-body"),
        ('{"code": "rest_no_route"}', "not-article"),
        ("[]", "not-article"),
        ("\x00\x01\x02<\x00p>", "not-article"),
    ],
)
def test_refusals(plain_outlet: Outlet, html: str, reason: str) -> None:
    assert refusal(plain_outlet, html).reason == reason


def test_a_paywall(plain_outlet: Outlet) -> None:
    def script(free: object) -> str:
        return f'<script type="application/ld+json">{ld(headline="Judul", isAccessibleForFree=free)}</script>'

    for free in (False, "False", "no"):
        assert refusal(plain_outlet, with_head(7, script(free))).reason == "premium"
    assert read(plain_outlet, with_head(7, script(True)))
    whole = [f"{LONG} Nomor {n}." for n in range(20)]
    assert read(plain_outlet, with_head(7, script(False), *whole))  # all of it was served


def test_the_home_page_at_an_articles_address(plain_outlet: Outlet) -> None:
    head = '<meta property="og:url" content="https://kabaruji.example/">'
    html = with_head(7, head)
    assert refusal(plain_outlet, html.replace("class='isi'", "class='entry-content'")).reason == "not-article"
    assert read(plain_outlet, html)  # a careless site, but its article


# --- what answers for the body ---------------------------------------------------------------------


def test_trafilatura_is_not_asked_where_a_selector_answers(
    plain_outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr("crawler.page.body.read_generic", forbidden)
    assert read(plain_outlet, article_html(7)).answered["text"] == "selector"


def test_without_a_layout_that_fits_the_generic_reader_answers(plain_outlet: Outlet) -> None:
    texts = [f"{LONG} Nomor {n}." for n in range(4)]
    for name in ("entry-content", "q1"):
        article = read(plain_outlet, article_html(7, *texts).replace("class='isi'", f"class='{name}'"))
        assert (article.text.split("\n\n"), article.answered["text"]) == (texts, "generic")


def test_a_page_of_another_layout_still_reads(plain_outlet: Outlet) -> None:
    now = plain_outlet.layouts[0]
    old = replace(now, name="lama", until=date(2020, 1, 1))
    new = replace(now, name="baru", body=now.title)  # finds the headline only
    outlet = replace(plain_outlet, layouts=(old, new))
    before = read(
        outlet,
        article_html(7, day="10 Desember 2019 09:30 WIB"),
        fetched_at=datetime(2019, 12, 11, tzinfo=UTC),
    )
    assert LONG[:8] not in before.text
    assert before.text.startswith("Berita nomor 7")
    new = replace(now, name="baru", body=now.published[:0])
    assert read(replace(outlet, layouts=(old, new)), article_html(7)).text == before.text


# --- any page whatever -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "content_type", "wanted"),
    [
        ("kopi pahit – Rp5".encode(), "", "kopi pahit – Rp5"),
        ("kopi – pahit".encode(), "text/html; charset=iso-8859-1", "kopi – pahit"),
        ("kopi – pahit".encode("cp1252"), "text/html; charset=windows-1252", "kopi – pahit"),
        (
            "<meta charset=windows-1252>kopi – pahit".encode("cp1252"),
            "",
            "<meta charset=windows-1252>kopi – pahit",
        ),
        ("kopi – pahit".encode("cp1252"), "text/html; charset=iso-8859-1", "kopi – pahit"),
        ("kopi – pahit".encode("cp1252"), "text/html; charset=utf-8", "kopi – pahit"),
        ("kopi – pahit".encode("cp1252"), "text/html; charset=tidak-ada", "kopi – pahit"),
        ("“kopi” – ".encode() + b"\x97 pahit", "", "“kopi” – \ufffd pahit"),
        ("kopi".encode("utf-16-be").join([b"\xfe\xff", b""]), "", "kopi"),
        (b"kopi \x81\x97 pahit", "text/html; charset=base64", "kopi \ufffd— pahit"),
        ("kopi pahit".encode("utf-16"), "", "kopi pahit"),
        (b"\xef\xbb\xbfkopi", "", "kopi"),
        ("kopi –".encode()[:-1], "", "kopi "),
        (b"", "", ""),
    ],
)
def test_decoding(raw: bytes, content_type: str, wanted: str) -> None:
    assert decode_page(raw, content_type).removeprefix("\ufeff") == wanted


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + "x",
        "<p>" * 20000,
        "<" * 100_000,
        "&" * 100_000,
        "<a href='" + "x" * 1_000_000,
        "<table>" * 3000,
        "<script type='application/ld+json'>" + "{" * 100_000 + "</script><p>x",
        "<ul>" * 400 + "<li>x",
        "<!--" * 1000,
        "\u0000" * 1000 + "<p>x",
        "<p>" + "kata " * 200_000,
    ],
    ids=[
        "deep",
        "unclosed",
        "brackets",
        "ampersands",
        "attribute",
        "tables",
        "json",
        "lists",
        "comments",
        "nul",
        "long",
    ],
)
def test_hostile_pages_end_in_a_result(plain_outlet: Outlet, html: str) -> None:
    for page in (html, article_html(7).replace("</div>", html + "</div>")):
        assert isinstance(read_article(make_page(page), plain_outlet), Article | Refusal)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("<>/pdivbr=\"' &;{}[]:,ahref\n\u00a0é–1")), max_size=400))
def test_any_markup_gives_a_result(text: str) -> None:
    from crawler.outlet.load import load_outlets

    outlet = load_outlets()["tribun_jateng"]
    assert isinstance(read_article(make_page(text), outlet), Article | Refusal)
