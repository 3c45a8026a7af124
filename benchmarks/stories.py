"""Finding near-identical texts among as many articles as a year may bring, beside comparing all pairs."""

from __future__ import annotations

import itertools
import random
import time
from datetime import datetime, timedelta

from benchmarks.corpus import load_articles
from db.records import WIB
from db.store import StoryText
from pipelines.crawl.stories import compare, find_shingles, link_stories

ARTICLES = 2000
SEED = 7


def build_texts(count: int) -> list[StoryText]:
    """Articles mixed from sentences of the annotated ones, every fifth a shortened copy of another."""
    dice = random.Random(SEED)
    sentences = [s for article in load_articles() for s in article.text.split(". ") if len(s) > 40]
    start = datetime(2026, 1, 1, tzinfo=WIB)
    texts: list[StoryText] = []
    for number in range(count):
        if number % 5 == 4:
            model = dice.choice(texts[-20:])
            body = f"Redaksi. {model.text[: int(len(model.text) * 0.9)]}"
        else:
            body = ". ".join(dice.sample(sentences, 12))
        moment = start + timedelta(hours=4 * number)
        texts.append(StoryText(f"a{number:05}", "contoh_post", moment.isoformat(), "", body, None))
    return texts


def measure() -> dict[str, float]:
    """Articles a second; every fifth article should join the story of another."""
    texts = build_texts(ARTICLES)
    start = time.perf_counter()
    linked = link_stories(texts)
    seconds = time.perf_counter() - start
    shingles = [find_shingles(text.text) for text in texts[:400]]
    start = time.perf_counter()
    for a, b in itertools.combinations(shingles, 2):
        compare(a, b)
    all_pairs = time.perf_counter() - start
    return {
        "articles": len(texts),
        "articles a second": len(texts) / seconds,
        "stories": len(set(linked.values())),
        "comparing all pairs, articles a second (of 400)": len(shingles) / all_pairs,
    }
