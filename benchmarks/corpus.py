"""The texts that are measured on: the project's own annotated articles."""

from __future__ import annotations

import json
from pathlib import Path

from db.records import Article
from pipelines.claims.record import article_from_dict

GOLD = Path(__file__).parents[1] / "tests" / "gold"


def load_articles() -> list[Article]:
    """Every annotated article of tests/gold/."""
    lines = (
        line
        for path in sorted(GOLD.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [article_from_dict(json.loads(line)) for line in lines if line.strip()]
