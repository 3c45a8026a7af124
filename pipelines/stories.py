"""Stories: near-identical texts, such as one press release that nine outlets print, count once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from datasketch import MinHash, MinHashLSH

from db.records import WIB, Article

#: Days within which a copy appears. Press releases are reprinted within days; a yearly event's
#: report that reuses last year's wording is a story of its own.
WINDOW = timedelta(days=7)
#: Words in a shingle: long enough that two reports of one event share few by chance.
SHINGLE = 4
#: Share of common shingles (Jaccard) from which two texts are one story. Independent reports of one
#: event stay below 0.15; a copy with a new lead or without its last paragraphs stays above 0.5.
SIMILAR = 0.5
#: Texts with fewer shingles are compared as a whole: a short notice is like any other.
SHORT = 12

# The search for candidates is looser than the check, so that a copy near the bound is rarely overlooked.
_CANDIDATE = 0.3
_PERMUTATIONS = 128
_SEED = 1

_WORD = re.compile(r"\w+")


def find_shingles(text: str) -> frozenset[str]:
    """The text's runs of `SHINGLE` words, case, punctuation and numbers' separators dropped."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if len(words) < SHORT + SHINGLE - 1:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def link_stories(articles: Iterable[Article], *, window: timedelta = WINDOW) -> dict[str, str]:
    """Article id -> id of its story, which is the id of the story's earliest article.

    Two texts are linked where at least `SIMILAR` of their shingles are common and their times of
    publication (of fetching, where that is not known) lie within `window`; links are transitive.
    The result does not depend on the order of `articles`.
    """
    dated = sorted(((_moment(article), article) for article in articles), key=lambda pair: (pair[0], pair[1].id))
    shingles = {article.id: find_shingles(article.text) for _, article in dated}
    moments = {article.id: moment for moment, article in dated}
    story = {article.id: article.id for _, article in dated}
    index = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)
    # From the earliest on: every candidate is older, so the root of a set is its earliest article.
    for moment, article in dated:
        if not shingles[article.id]:
            continue
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update_batch([shingle.encode() for shingle in sorted(shingles[article.id])])
        for other in sorted(index.query(sketch)):
            if moment - moments[other] > window:
                continue
            if _jaccard(shingles[article.id], shingles[other]) >= SIMILAR:
                _join(story, article.id, other, moments)
        index.insert(article.id, sketch)
    return {key: _root(story, key) for key in sorted(story)}


def _moment(article: Article) -> datetime:
    return article.published_at or article.fetched_at or datetime.min.replace(tzinfo=WIB)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)


def _root(story: Mapping[str, str], key: str) -> str:
    while story[key] != key:
        key = story[key]
    return key


def _join(story: dict[str, str], a: str, b: str, moments: Mapping[str, datetime]) -> None:
    first, second = sorted((_root(story, a), _root(story, b)), key=lambda key: (moments[key], key))
    story[second] = first
