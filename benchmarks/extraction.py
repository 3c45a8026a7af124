"""Extraction beside the least that such a pipeline must do: tokenise, and look up all area names."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable

import spacy
from spacy.matcher import PhraseMatcher

from benchmarks.corpus import load_articles
from db.records import Article
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary.load import load_vocabulary

ROUNDS = 5


def measure() -> dict[str, float]:
    """Documents a second of both, in turns so that a busy moment hits both alike, and the peak of memory."""
    articles = load_articles()
    start = time.perf_counter()
    vocabulary = load_vocabulary()
    nlp = build_nlp(vocabulary)
    loading = time.perf_counter() - start
    blank = spacy.blank("id")
    matcher = PhraseMatcher(blank.vocab, attr="LOWER")
    areas = vocabulary.areas
    names = {area.name for area in areas.regencies}
    names |= {area.name for area in areas.kecamatan} | {area.name for area in areas.villages}
    matcher.add("AREA", list(blank.pipe(sorted(names))))

    def look_up(article: Article) -> None:
        matcher(blank(article.text))

    def extract(article: Article) -> None:
        extract_facts(article, nlp, vocabulary)

    extract(articles[0])
    bare, full = [], []
    for _ in range(ROUNDS):
        bare.append(_rate(look_up, articles))
        full.append(_rate(extract, articles))
    return {
        "documents": len(articles),
        "vocabulary and pipeline, seconds": loading,
        "tokenise and look up, documents a second": statistics.median(bare),
        "extract, documents a second": statistics.median(full),
        "extract as a share of that": statistics.median(f / b for f, b in zip(full, bare, strict=True)),
        "peak memory of this process, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _rate(work: Callable[[Article], None], articles: list[Article]) -> float:
    start = time.perf_counter()
    for article in articles:
        work(article)
    return len(articles) / (time.perf_counter() - start)
