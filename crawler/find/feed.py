"""Feeds, as feedparser reads them: RSS, Atom and CDF, well-formed or not. Pure."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import feedparser

from crawler.find.xml_answer import DiscoverError, read_xml
from crawler.html.bounds import TooLargeError, check_xml_bounds
from crawler.html.dates import read_date
from crawler.outlet.found import Found
from crawler.page.wpjson import plain

#: "&#8217;" or "&#x2019;", with or without its semicolon.
_REFERENCE = re.compile(r"&#(?:([0-9]++)|[xX]([0-9a-fA-F]++));?")
_DIGITS = 7
_SURROGATES = range(0xD800, 0xE000)
_BEYOND = 0x110000  # behind the last character of Unicode
_DATES = ("published", "updated", "created")


def read_feed(body: bytes, url: str, content_type: str = "") -> Iterator[Found]:
    """The entries of a feed that have an address; raises DiscoverError.

    Addresses are absolute: seen from `xml:base`, or from where the feed came from (`url`).
    """
    text = read_xml(body, content_type)
    try:
        check_xml_bounds(text)
    except TooLargeError as error:
        raise DiscoverError(f"a feed is too large: {error}") from None
    feed = _parse(_REFERENCE.sub(_no_false_character, text), url)
    if not (feed.entries or feed.get("version") or feed.feed.get("title")):
        raise DiscoverError(
            "no feed but a web page" if "<html" in text[:5000].lower() else "no XML of a feed"
        )
    for entry in feed.entries:
        if address := entry.get("link"):
            yield Found(url=address, title=plain(entry.get("title") or ""), published_at=_moment(entry))


def _parse(text: str, url: str) -> Any:
    """What feedparser makes of a text; raises DiscoverError for one at which it breaks."""
    # The encoding is settled already: no detector that happens to be installed may guess another.
    told = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=told,
            resolve_relative_uris=False,  # of markup inside the entries, which nobody reads
            sanitize_html=False,
        )
    except Exception as error:  # noqa: BLE001 - foreign text finds ever new ones
        raise DiscoverError(f"a feed that can't be read: {type(error).__name__}: {error}") from None


def _no_false_character(reference: re.Match[str]) -> str:
    """U+FFFD for a reference to what is no character, at which feedparser breaks; else what stands there."""
    digits, hexadecimal = reference.groups()
    # A character has at most six hexadecimal digits or seven decimal ones.
    significant = (digits or hexadecimal).lstrip("0")
    number = int(significant or "0", 10 if digits else 16) if len(significant) <= _DIGITS else _BEYOND
    return reference[0] if number < _BEYOND and number not in _SURROGATES else "\N{REPLACEMENT CHARACTER}"


def _moment(entry: Any) -> datetime | None:
    for key in _DATES:
        if key in entry and (moment := read_date(entry[key])):
            return moment
    return None
