"""Generated articles: whatever they say, extraction ends and its evidence is what stands there."""

from __future__ import annotations

from collections.abc import Iterator

from db.claim_kinds import CLAIM_TABLES
from tests.extract.reading import engine, read_record
from tests.fuzz.frame import Target, Trial
from tests.fuzz.grammar import Grammar


def _check(article: tuple[str, str]) -> Iterator[str]:
    record = read_record(*article)
    if record["relevant"]:
        yield "articles on the topic"
    for field in CLAIM_TABLES:
        for _ in record[field]:
            yield f"claims: {field}"


def _load() -> Trial:
    vocabulary, _ = engine()
    return Trial(Grammar(vocabulary).article, _check)


TEXTS = Target(
    name="texts",
    what="articles of a grammar over all areas, offices, measures, pillars and cues, cut anywhere",
    share=900,
    budget=2.0,
    load=_load,
)
