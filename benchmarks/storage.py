"""Storing articles and claims, each in a transaction of its own, beside plain inserts of the texts."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import load_articles
from db.store import Store
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary.load import load_vocabulary
from pipelines.claims.extract import save_terms


def measure() -> dict[str, float]:
    """Articles a second: stored, extracted facts stored, stored again without a change."""
    vocabulary = load_vocabulary()
    nlp = build_nlp(vocabulary)
    articles = load_articles()
    facts = [extract_facts(article, nlp, vocabulary) for article in articles]
    with tempfile.TemporaryDirectory() as folder:
        bare = _bare_inserts(Path(folder) / "bare.db", [article.text for article in articles])
        with Store(Path(folder) / "pantau.db") as store:
            start = time.perf_counter()
            save_terms(store, vocabulary)
            terms = time.perf_counter() - start
            store.save_outlets([{"slug": slug, "name": slug} for slug in {a.outlet for a in articles}])
            rates = [
                _rate(work, rows)
                for _ in range(2)
                for work, rows in ((store.save_article, articles), (store.save_facts, facts))
            ]
    return {
        "areas and terms, seconds": terms,
        "bare inserts of the texts, a second": bare,
        "articles stored, a second": rates[0],
        "facts stored, articles a second": rates[1],
        "articles stored again, a second": rates[2],
        "facts stored again, articles a second": rates[3],
    }


def _rate(save: Callable[[Any], object], rows: Sequence[object]) -> float:
    start = time.perf_counter()
    for row in rows:
        save(row)
    return len(rows) / (time.perf_counter() - start)


def _bare_inserts(path: Path, texts: list[str]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (text TEXT)")
    start = time.perf_counter()
    for text in texts:
        connection.execute("INSERT INTO t VALUES (?)", [text])
    seconds = time.perf_counter() - start
    connection.close()
    return len(texts) / seconds
