"""Reads short texts of the tests' own, with the package's vocabulary, built once."""

from __future__ import annotations

import functools
from datetime import datetime

from spacy.language import Language

from db.records import WIB, Article, Facts
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary import Vocabulary, load_vocabulary

#: Opens a text so that it is about the programme and about one regency.
OPENING = "KENDAL - Program Kecamatan Berdaya berjalan di Kabupaten Kendal.\n\n"


@functools.cache
def engine() -> tuple[Vocabulary, Language]:
    vocabulary = load_vocabulary()
    return vocabulary, build_nlp(vocabulary)


def read(
    text: str,
    title: str = "Kabar dari daerah",
    opening: str = OPENING,
    year: int = 2025,
    day: str | None = "11-12",
) -> Facts:
    """Facts of an article that is published on a day of a year (None: undated); its evidence is checked."""
    vocabulary, nlp = engine()
    article = Article(
        id="a",
        url="",
        outlet="",
        title=title,
        text=opening + text,
        published_at=datetime.fromisoformat(f"{year}-{day}T09:00").replace(tzinfo=WIB) if day else None,
    )
    facts = extract_facts(article, nlp, vocabulary)
    claims = (
        *facts.agencies,
        *facts.people,
        *facts.pillars,
        *facts.responsibilities,
        *facts.quantities,
        *facts.events,
        *facts.facilities,
    )
    for claim in claims:
        assert claim.evidence
        for evidence in claim.evidence:
            source = article.title if evidence.field == "title" else article.text
            assert source[evidence.start : evidence.end] == evidence.quote
            assert evidence.quote in evidence.sentence
    return facts
