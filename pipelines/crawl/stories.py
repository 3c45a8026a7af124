"""Stories: near-identical texts, such as one press release that nine outlets print, count once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from datasketch import MinHash, MinHashLSH

from db.records import WIB
from db.store import StoryText

#: Days within which a copy appears. Press releases are reprinted within days; a yearly event's
#: report that reuses last year's wording is a story of its own.
WINDOW = timedelta(days=7)
#: Words in a shingle: long enough that two reports of one event share few by chance.
SHINGLE = 4
#: Share of common shingles (Jaccard) from which two texts are one story. Independent reports of one
#: event share under 0.1; a copy with a new lead or without its last paragraphs stays above 0.5.
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


def link_stories(articles: Iterable[StoryText], *, window: timedelta = WINDOW) -> dict[str, str]:
    """Article id -> id of its story, which is the id of the story's earliest article.

    Two texts are linked where at least `SIMILAR` of their shingles are common and their times of
    publication lie within `window`; links are transitive. The result does not depend on the order of
    `articles`.
    """
    dated = sorted(((_moment(article), article) for article in articles), key=lambda p: (p[0], p[1].article))
    moments = {article.article: moment for moment, article in dated}
    shingles = {article.article: find_shingles(article.text) for _, article in dated}
    story = {key: key for key in moments}
    index = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)
    for key, moment in moments.items():
        if not shingles[key]:
            continue
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update_batch([shingle.encode() for shingle in sorted(shingles[key])])
        for older in index.query(sketch):
            if moment - moments[older] <= window and compare(shingles[key], shingles[older]) >= SIMILAR:
                _join(story, key, older, moments)
        index.insert(key, sketch)
    return {key: _root(story, key) for key in sorted(story)}


def _moment(article: StoryText) -> datetime:
    # Articles whose time nobody knows are compared with each other alone.
    return (
        datetime.fromisoformat(article.published_at)
        if article.published_at
        else datetime.min.replace(tzinfo=WIB)
    )


def compare(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of common shingles (Jaccard), 0 to 1."""
    return len(a & b) / len(a | b)


def _root(story: Mapping[str, str], key: str) -> str:
    while story[key] != key:
        key = story[key]
    return key


def _join(story: dict[str, str], a: str, b: str, moments: Mapping[str, datetime]) -> None:
    first, second = sorted((_root(story, a), _root(story, b)), key=lambda key: (moments[key], key))
    story[second] = first
