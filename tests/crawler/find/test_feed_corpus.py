"""Feeds that others collected, where they lie beside the checkout: links are those that feedparser finds."""

from __future__ import annotations

import io
import re
from pathlib import Path

import feedparser
import pytest

from crawler.find.feed import read_feed
from crawler.find.xml_answer import DiscoverError

CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "feeds"
_HEADER = re.compile(rb"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)


def links(data: bytes, url: str, content_type: str) -> list[str]:
    try:
        return [found.url for found in read_feed(data, url, content_type)]
    except DiscoverError:
        return []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="feedparser's test feeds are not in ../shared/corpora/feeds")
def test_links_are_those_that_feedparser_finds() -> None:
    files = sorted(CORPUS.rglob("*.xml"))
    other = []
    for path in files:
        data = path.read_bytes()
        head = {k.decode().lower(): v.decode("latin-1") for k, v in _HEADER.findall(data[:2000])}
        head.setdefault("content-location", "https://kabaruji.example/umpan.xml")
        parsed = feedparser.parse(io.BytesIO(data), response_headers=head)
        wanted = [entry["link"] for entry in parsed.entries if entry.get("link")]
        if links(data, head["content-location"], head.get("content-type", "")) != wanted:
            other.append(path.name)
    assert files
    assert len(other) <= len(files) // 100, other
