"""Words as the search compares them: small letters, no accents, Indonesian stems."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from db.describe import SITE

_WORD = re.compile(r"[^\W_]+")

#: Shorter words are acronyms and particles, which have no affixes.
_SHORTEST_STEMMED = 4

#: A stem as the words of a text give it, in order.
Stems = tuple[str, ...]


def split_words(text: str) -> list[str]:
    """The words of a text in small letters and without accents: "Dinsos-P3A" gives "dinsos", "p3a"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))


#: Words whose stems are remembered: finding one takes a third of a millisecond, and a million sentences of
#: the news have some hundred thousand different words.
_REMEMBERED = 200_000


@cache
def _stemmer() -> Any:
    # The factory's own remembers every word for good, also those that strangers type.
    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """The stem of a word of `split_words`: of "pelatihan", "melatih", "dilatih" it is "latih"."""
    if len(word) < _SHORTEST_STEMMED or not word.isalpha():
        return word
    return str(_stemmer().stem(word))


def stems_of(text: str) -> Stems:
    """The stems of a text's words, in order."""
    return tuple(stem(word) for word in split_words(text))


@cache
def _load() -> dict[str, Any]:
    with (SITE / "synonyms.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def load_synonyms() -> dict[Stems, tuple[str, ...]]:
    """Stems of a word or phrase -> all that mean the same, itself among them."""
    found: dict[Stems, dict[str, None]] = {}
    for group in _load()["groups"]:
        for words in group:
            found.setdefault(stems_of(words), {}).update(dict.fromkeys(group))
    return {stems: tuple(alike) for stems, alike in found.items()}


@cache
def load_empty() -> frozenset[str]:
    """Words that say nothing in a question."""
    return frozenset(_load()["empty"])


def longest_synonym(stems: Sequence[str], start: int) -> Stems:
    """The longest word or phrase with synonyms that begins at `start`; () where none does."""
    known = load_synonyms()
    for length in range(min(_longest(), len(stems) - start), 0, -1):
        candidate = tuple(stems[start : start + length])
        if candidate in known:
            return candidate
    return ()


@cache
def _longest() -> int:
    return max((len(stems) for stems in load_synonyms()), default=0)
