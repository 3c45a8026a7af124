"""Every text that a page brings can be stored, and JSON of others never raises."""

from __future__ import annotations

import ast
import json
from datetime import datetime
from pathlib import Path

import pytest

import crawler
from crawler.html.foreign_json import load_json
from crawler.html.urls import join_url, split_url
from crawler.outlet.load import Outlet
from crawler.outlet.quirks import next_data, nuxt_payload
from crawler.page.article import read_article
from crawler.page.storable import to_storable
from db.records import WIB, Article, Page, Refusal
from db.store import Store

TEXT = "Bupati membuka pelatihan di Kecamatan Bukateja bersama warga setempat pada hari Kamis. " * 4
DEEP = ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000, "9" * 5000]
UNSTORABLE = ["\ud83d", "\udc00", "\x00", "\x1b", "\ufffe"]
FIELDS = ["headline", "articleBody", "articleSection", "keywords", "author"]


def read(outlet: Outlet, html: str) -> Article | Refusal:
    at = datetime(2025, 11, 5, tzinfo=WIB)
    return read_article(
        Page(url=f"{outlet.home}/berita/1/judul", outlet=outlet.slug, fetched_at=at, html=html), outlet
    )


def with_jsonld(**changed: str) -> str:
    values = {
        "@type": "NewsArticle",
        "headline": "Pelatihan di Bukateja",
        "datePublished": "2025-10-30T10:00:00+07:00",
        "articleBody": TEXT,
        "articleSection": "Daerah",
        "author": "Ratna Sabdawati",
    }
    script = f'<script type="application/ld+json">{json.dumps(values | changed)}</script>'
    return f"<html>{script}<h1>Pelatihan di Bukateja</h1></html>"


def with_post(**changed: object) -> str:
    post = {
        "link": "https://kabar.example/berita/1/judul",
        "title": {"rendered": "Pelatihan"},
        "content": {"rendered": f"<p>{TEXT}</p>"},
        "date_gmt": "2025-10-30T03:00:00",
        "_embedded": {"author": [{"name": "Ratna Sabdawati"}]},
    }
    return json.dumps([post | changed])


@pytest.mark.parametrize("bad", UNSTORABLE, ids=ascii)
@pytest.mark.parametrize("field", FIELDS)
def test_text_of_jsonld_is_storable(field: str, bad: str, plain_outlet: Outlet, tmp_path: Path) -> None:
    article = read(
        plain_outlet, with_jsonld(**{field: f"Ratna{bad} Sabdawati {TEXT if field == 'articleBody' else ''}"})
    )
    check(article, plain_outlet, tmp_path)


@pytest.mark.parametrize("bad", UNSTORABLE, ids=ascii)
@pytest.mark.parametrize("field", ["title", "content", "author", "link"])
def test_text_of_a_post_is_storable(field: str, bad: str, plain_outlet: Outlet, tmp_path: Path) -> None:
    changed = {
        "title": {"rendered": f"Pelatihan {bad}"},
        "content": {"rendered": f"<p>{bad}{TEXT}</p>"},
        "link": f"https://kabar.example/berita/1/judul{bad}",
        "author": f"Ratna{bad} Sabdawati",
    }
    if field == "author":
        html = with_post(_embedded={"author": [{"name": changed[field]}]})
    else:
        html = with_post(**{field: changed[field]})
    check(read(plain_outlet, html), plain_outlet, tmp_path)


def check(article: Article | Refusal, outlet: Outlet, folder: Path) -> None:
    assert isinstance(article, Article)
    with Store(folder / "pantau.db") as store:
        store.save_outlets([{"slug": outlet.slug, "name": outlet.name}])
        assert store.save_article(article) == "stored"
        assert store.article(article.id) == article
    texts = [article.title, article.text, article.url, article.section, *article.authors, *article.tags]
    assert all(to_storable(text) == text for text in texts)


def test_what_is_storable_stays() -> None:
    text = "Kamis 🙂\n\n“Bukateja”\té ﷺ"
    assert to_storable(text) == text


@pytest.mark.parametrize(
    "day", ["0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"]
)
def test_a_day_at_the_end_of_the_calendar_is_no_date(day: str, plain_outlet: Outlet) -> None:
    for html in (with_jsonld(datePublished=day, dateModified=day), with_post(date=day, date_gmt=day)):
        result = read(plain_outlet, html)
        assert isinstance(result, Refusal)
        assert result.reason == "no-date"


@pytest.mark.parametrize("text", DEEP, ids=["list", "object", "figures"])
def test_json_beyond_reason_is_none(text: str, plain_outlet: Outlet) -> None:
    assert load_json(text) is None
    state = f'<script id="__NEXT_DATA__" type="application/json">{text}</script>'
    assert list(next_data(state, "https://kabar.example")) == []
    assert list(nuxt_payload(text, "https://kabar.example")) == []
    assert isinstance(read(plain_outlet, text), Refusal)
    assert isinstance(read(plain_outlet, f"<html>{state}<h1>Judul</h1></html>"), Refusal)


def test_a_path_into_the_json_of_a_script_that_is_nested_beyond_reason() -> None:
    from crawler.html.markup import parse_page
    from crawler.html.select import compile_selector, find_values

    tree = parse_page(f'<html><script id="__NEXT_DATA__">{DEEP[0]}</script><p>x</p></html>')
    assert tree is not None
    assert list(find_values([compile_selector("script#__NEXT_DATA__ >> props.title")], tree)) == []


def test_foreign_json_has_one_reader() -> None:
    folder = Path(crawler.__file__).parent
    users = {
        path.name
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("loads", "load")
        and isinstance(node.value, ast.Name)
        and node.value.id == "json"
    }
    assert users == {"foreign_json.py"}


@pytest.mark.parametrize("url", ["https://kabar.example/berita/1/\ud83d", "http://[x"])
def test_an_address_that_cannot_be_sent_is_none(url: str, plain_outlet: Outlet) -> None:
    assert split_url(url).hostname is None
    assert join_url("https://kabar.example/", url) == ""
    assert not plain_outlet.is_article(url)
