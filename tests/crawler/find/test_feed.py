"""Feeds at which the parser itself breaks."""

from __future__ import annotations

import pytest

from crawler.find.feed import read_feed
from crawler.find.xml_answer import DiscoverError

URL = "https://kabaruji.example/umpan.xml"


@pytest.mark.parametrize(
    "reference", ["&#99999999999;", "&#x110000;", "&#xD800;", "&#55296", "&#" + "9" * 5000 + ";"]
)
def test_a_reference_to_no_character_costs_no_entry(reference: str) -> None:
    for opened in ("<rss version='2.0'>", "<rss version='2.0'><channel><a b=c>&nbsp;"):
        feed = f"{opened}<item><title>Panen {reference}</title><link>https://kabaruji.example/a</link></item>"
        (found,) = read_feed(feed.encode(), URL)
        assert found.url == "https://kabaruji.example/a"
        assert found.title == "Panen \N{REPLACEMENT CHARACTER}"


def test_a_reference_to_a_character_is_read() -> None:
    feed = "<rss version='2.0'><item><title>&#8220;Panen&#x201D; &#0000000065;</title><link>https://a.example/a</link>"
    (found,) = read_feed(feed.encode(), URL)
    assert found.title == "“Panen” A"


@pytest.mark.parametrize("body", ['{"listing": {"kind": "wp-json"}}', "", " ", "<", "<!", "\x00", "<a>" * 50])
def test_what_is_no_feed_is_told(body: str) -> None:
    with pytest.raises(DiscoverError):
        list(read_feed(body.encode(), URL))


def test_a_parser_that_breaks_is_damage_of_the_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise AssertionError("we should not get here")

    monkeypatch.setattr("feedparser.parse", broken)
    with pytest.raises(DiscoverError, match="a feed that can't be read: AssertionError"):
        list(read_feed(b"<rss/>", URL))
