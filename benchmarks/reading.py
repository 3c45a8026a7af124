"""`read_article` beside trafilatura with metadata, on the recorded pages: time, and F1 of the words."""

from __future__ import annotations

import json
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from crawler.outlet.load import load_outlets
from crawler.page.article import read_article
from db.records import Article, Page

PAGES = Path(__file__).parents[1] / "tests" / "pages"
ROUNDS = 5


def load_recorded() -> list[tuple[str, Page, str]]:
    """(name, page, expected text) of every recorded article whose page holds all of its text."""
    recorded = []
    for path in sorted(PAGES.glob("*/*.json")):
        data = json.loads(path.read_text("utf-8"))
        html = path.with_suffix(".html")
        if not isinstance(data, dict) or "article" not in data or not html.exists():
            continue
        at = datetime.fromisoformat(data["page"]["fetched_at"])
        slug = path.parent.name
        parts = tuple(
            Page(url=p["url"], outlet=slug, fetched_at=at, html=(path.parent / p["file"]).read_text("utf-8"))
            for p in data["page"].get("parts", ())
        )
        url = data["page"]["url"]
        page = Page(url=url, outlet=slug, fetched_at=at, html=html.read_text("utf-8"), parts=parts)
        recorded.append((f"{slug}/{path.stem}", page, "\n".join(data["article"]["text"])))
    return recorded


def score_words(found: str, wanted: str) -> float:
    """F1 of the words of two texts, each counted as often as it stands there."""
    have, want = (Counter(re.findall(r"\w+", text.lower())) for text in (found, wanted))
    shared = sum((have & want).values())
    return 2 * shared / (have.total() + want.total()) if shared else 0.0


def fastest(readers: Sequence[Callable[[Page], Any]], pages: Sequence[Page]) -> list[float]:
    """Seconds that each reader takes for all pages: the fastest of some rounds a page.

    In each round a reader reads all pages, one after the other as a crawl does, before the next takes its
    turn: so a machine that is busy for a while is so for all of them, and none finds the processor's caches
    filled by another one's work.
    """
    best = [[math.inf] * len(pages) for _ in readers]
    for _ in range(ROUNDS):
        for number, read in enumerate(readers):
            for index, page in enumerate(pages):
                start = time.perf_counter()
                read(page)
                best[number][index] = min(best[number][index], time.perf_counter() - start)
    return [sum(times) for times in best]


def measure() -> dict[str, float]:
    """Milliseconds a page of both, how many times as long trafilatura takes, and the lowest F1."""
    outlets = load_outlets()
    recorded = [one for one in load_recorded() if one[1].outlet in outlets]
    scores = []
    for _, page, wanted in recorded:
        article = read_article(page, outlets[page.outlet])
        scores.append(score_words(article.text, wanted) if isinstance(article, Article) else 0.0)
    single = [page for _, page, _ in recorded if not page.parts]
    ours, theirs = fastest(
        [
            lambda page: read_article(page, outlets[page.outlet]),
            lambda page: bare_extraction(page.html, url=page.url, with_metadata=True),
        ],
        single,
    )
    return {
        "recorded articles": len(recorded),
        "lowest F1 of the text's words": min(scores),
        "read_article, ms a page": ours / len(single) * 1000,
        "trafilatura with metadata, ms a page": theirs / len(single) * 1000,
        "times as long as read_article": theirs / ours,
    }
