"""Readers for answers that selectors can't read, and lists whose markup has changed."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path

import pytest

from crawler.find.discover import find_article_urls
from crawler.find.plan import plan_seeds
from crawler.outlet.load import Find, Outlet, OutletError, load_outlet, load_outlets
from crawler.outlet.quirks import decode_google_link, google_news, next_data, nuxt_payload

ARTICLE = "https://radarbanyumas.disway.id/read/145001/judul-berita-desa"


def token(address: bytes) -> str:
    length = bytes([len(address)]) if len(address) < 128 else bytes([len(address) & 0x7F | 0x80, 1])
    message = b"\x08\x13\x22" + length + address + b"\xd2\x01\x00"
    return "https://news.google.com/rss/articles/" + base64.urlsafe_b64encode(message).decode().rstrip("=")


def feed(link: str) -> str:
    return (
        '<rss version="2.0"><channel><item><title>Judul Berita Desa - Radar Banyumas</title>'
        f"<link>{link}?oc=5</link><pubDate>Thu, 20 Nov 2025 09:46:00 GMT</pubDate>"
        '<source url="https://radarbanyumas.disway.id">Radar Banyumas</source></item></channel></rss>'
    )


@pytest.fixture
def outlet() -> Outlet:
    return load_outlets()["radarbanyumas"]


def google(outlet: Outlet) -> Find:
    return next(find for find in outlet.find if find.quirk == "google_news")


def test_google_news_is_asked_for_the_outlet_alone(outlet: Outlet) -> None:
    day = date(2025, 11, 20)
    urls = [seed.url for seed in plan_seeds(outlet, day, day, ("kecamatan berdaya",))]
    assert any("%22kecamatan+berdaya%22+site:radarbanyumas.disway.id" in url for url in urls)


@pytest.mark.parametrize("tail", ["", "-" + "panjang-" * 10 + "sekali"])
def test_google_news_tokens_that_hold_an_address(outlet: Outlet, tail: str) -> None:
    address = ARTICLE + tail
    assert decode_google_link(token(address.encode())) == address
    (found,) = find_article_urls(feed(token(address.encode())).encode(), google(outlet), outlet)
    assert found.url == address
    assert found.title == "Judul Berita Desa"
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-11-20T16:46:00+07:00"


def test_google_news_tokens_without_an_address_are_left_out(outlet: Outlet) -> None:
    assert decode_google_link(token(b"AU_yqLNxx0123456789")) == ""
    assert not find_article_urls(feed(token(b"AU_yqLNxx0123456789")).encode(), google(outlet), outlet)
    assert decode_google_link("https://contoh.example/rss/articles/CBMi") == ""


def test_google_news_offers_no_other_outlets_articles(outlet: Outlet) -> None:
    other = token(b"https://jateng.disway.id/read/1/judul-berita")
    assert not find_article_urls(feed(other).encode(), google(outlet), outlet)


@pytest.mark.parametrize("text", ["", "{", "[1", "null", "[]", '{"a": 1}', "<html></html>", "[" * 100_000])
def test_what_is_something_else_offers_nothing(text: str) -> None:
    for reader in (next_data, nuxt_payload, google_news):
        assert list(reader(text, "https://contoh.example/")) == []


def test_a_payload_may_name_places_that_are_not_there() -> None:
    values = [
        {"canonical_url": 99, "title": 1},
        {"canonical_url": True},
        {"canonical_url": "1"},
        {"url": 4},
        7,
    ]
    assert list(nuxt_payload(json.dumps(values), "https://contoh.example/")) == []


def test_an_unknown_quirk_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contoh.toml"
    path.write_text(
        'name = "C"\nhome = "https://c.example/"\nlike = "blogger"\nconfidence = "low"\nsince = 2025-01-01\n'
        '[[find]]\nkind = "listing"\nurl = "{home}/"\nquirk = "nuxt"\n'
    )
    with pytest.raises(
        OutletError, match="quirk = 'nuxt' must be one of next_data, nuxt_payload, google_news"
    ):
        load_outlet(path)


def test_also_adds_ways_and_must_name_a_platform(tmp_path: Path) -> None:
    path = tmp_path / "contoh.toml"
    own = (
        'name = "C"\nhome = "https://c.example/"\nlike = "blogger"\nconfidence = "low"\nsince = 2025-01-01\n'
    )
    path.write_text(own)
    plain = load_outlet(path).find
    path.write_text(own + 'also = ["google_news"]\n')
    assert [f.quirk for f in load_outlet(path).find[len(plain) :]] == ["google_news"]
    path.write_text(own + 'also = ["bing_news"]\n')
    with pytest.raises(OutletError, match="'bing_news' names no platform"):
        load_outlet(path)


LIST = b'<nav><a href="/read/1/menu">M</a></nav><div class="baru"><a href="/read/2/judul-dua">Dua</a></div>'


def test_a_list_of_the_newest_whose_markup_changed_still_offers_its_links(outlet: Outlet) -> None:
    newest = next(find for find in outlet.find if find.kind == "listing")
    assert [f.url for f in find_article_urls(LIST, newest, outlet)] == [outlet.home + "read/2/judul-dua"]


def test_a_search_without_a_result_offers_nothing() -> None:
    tempted = load_outlets()["suaramerdeka"]
    search = next(find for find in tempted.find if find.kind == "search")
    page = b'<div class="terpopuler"><a href="/semarang-raya/0413788001/judul-berita">Lain</a></div>'
    assert not find_article_urls(page, search, tempted)
