"""A database of any size with real prose: the annotated articles, extracted and copied over and over.

`python -m benchmarks.export_database PATH ARTICLES` writes one.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import load_articles
from db.claims import CLAIM_TYPES
from db.records import WarcPointer
from db.store import Store
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary import load_vocabulary
from pipelines.steps import save_terms

#: Rows of these tables belong to an article and are copied with it; the others are lists of terms.
_COPIED = ("articles", "extractions", "sentences", *CLAIM_TYPES, "evidence", "ambiguous_areas")

#: Between the numbers of a copy and those of the next.
_STEP = 100_000

#: Column -> what a copy has in its place; `n` is the copy's number. Days are spread over three years.
_CHANGED = {
    "id": "id || '-' || n",
    "article": "article || '-' || n",
    "claim": "claim || '-' || n",
    "story": "story || '-' || n",
    "url": "url || '?' || n",
    "published_at": (
        "date(substr(published_at, 1, 10), '-' || (n % 1000) || ' days') || substr(published_at, 11)"
    ),
    "number": f"number + n * {_STEP}",
    "sentence_id": f"sentence_id + n * {_STEP}",
}


def build_database(path: Path, articles: int) -> int:
    """Write a database of at least so many articles and return how many it has."""
    vocabulary = load_vocabulary()
    nlp = build_nlp(vocabulary)
    originals = [
        replace(
            article,
            fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
            warc=WarcPointer(
                file="pantau-20260101000000000-00001.warc.gz", offset=1000 * i, digest="sha1:" + "A" * 32
            ),
        )
        for i, article in enumerate(load_articles())
    ]
    with Store(path) as store:
        save_terms(store, vocabulary)
        store.save_outlets(
            [{"slug": slug, "name": slug} for slug in sorted({article.outlet for article in originals})]
        )
        for article in originals:
            store.save_article(article)
            store.save_facts(extract_facts(article, nlp, vocabulary))
        stored: int = store.db.execute("SELECT count(*) FROM articles").fetchone()[0]
        copies = -(-articles // stored) - 1
        triggers = store.db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%fts%'"
        ).fetchall()
        with store.transaction():
            for name, _ in triggers:  # the indexes are built at once, which is faster
                store.db.execute(f"DROP TRIGGER {name}")
            for table in _COPIED:
                _copy(store, table, copies)
            for _, sql in triggers:
                store.db.execute(sql)
            for index in ("articles_fts", "sentences_fts"):
                store.db.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        return stored * (copies + 1)


def _copy(store: Store, table: str, copies: int) -> None:
    columns = [
        row["name"]
        for row in store.db.execute(f"PRAGMA table_xinfo({table})").fetchall()
        if not row["hidden"]
    ]
    changed = _CHANGED | ({"id": f"id + n * {_STEP}"} if table == "sentences" else {})
    listed = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    store.db.execute(
        f"WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < {copies}) "
        f"INSERT INTO {table} ({listed}) "
        f"SELECT {values} FROM {table} CROSS JOIN copies WHERE {copies} > 0"
    )


if __name__ == "__main__":
    print(build_database(Path(sys.argv[1]), int(sys.argv[2])), "articles")
