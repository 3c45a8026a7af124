"""Feeds, as feedparser reads them: RSS, Atom and CDF, well-formed or not. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import feedparser

from crawler.find.xml_answer import DiscoverError, read_xml
from crawler.html.bounds import TooLargeError, check_xml_bounds
from crawler.html.dates import read_date
from crawler.outlet.found import Found
from crawler.page.wpjson import plain

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
    # The encoding is settled already: no detector that happens to be installed may guess another.
    told = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    feed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers=told,
        resolve_relative_uris=False,  # of markup inside the entries, which nobody reads
        sanitize_html=False,
    )
    if not (feed.entries or feed.version or feed.feed.get("title")):
        raise DiscoverError(
            "no feed but a web page" if "<html" in text[:5000].lower() else "no XML of a feed"
        )
    for entry in feed.entries:
        if address := entry.get("link"):
            yield Found(url=address, title=plain(entry.get("title") or ""), published_at=_moment(entry))


def _moment(entry: Any) -> datetime | None:
    for key in _DATES:
        if key in entry and (moment := read_date(entry[key])):
            return moment
    return None
