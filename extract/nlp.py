"""Builds the spaCy pipeline: blank Indonesian, our own tokens and sentences, then the finders.

Every finder writes its own key of `doc.spans` and nothing else; `relations` joins what they found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from extract.text import Reading, read_text, tokenize
from extract.vocabulary import Vocabulary

#: In this order. A later finder may read the spans of an earlier one.
FINDERS = (
    "pantau_places",
    "pantau_dates",
    "pantau_agencies",
    "pantau_pillars",
    "pantau_people",
    "pantau_quantities",
)

#: Half of a pair, which JSON can spell ("\ud83d") and spaCy, which keeps words as UTF-8, cannot take.
_SURROGATE = re.compile("[\ud800-\udfff]")


class Finder(Protocol):
    """A component that looks for one kind of thing."""

    def bind(self, vocabulary: Vocabulary) -> None:
        """Takes its words from the vocabulary; VocabularyError if they are missing."""

    def __call__(self, doc: Doc) -> Doc: ...


class WordTokenizer:
    """Our own tokens for a bare string, so that the pipeline has one idea of a word."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self.vocab, words=tokenize(text))


def build_word_tokenizer() -> Callable[[Language], WordTokenizer]:
    return lambda nlp: WordTokenizer(nlp.vocab)


registry.tokenizers.register("pantau.words.v1", func=build_word_tokenizer)


def build_nlp(vocabulary: Vocabulary) -> Language:
    """The pipeline over one vocabulary. Feed it with `read_doc`, not with bare strings."""
    # The finders register their factories when they are imported.
    from extract import agencies, dates, people, pillars, places, quantities  # noqa: F401

    # spaCy's own tokenizer for Indonesian would load 16,000 exceptions, for seconds, and never be asked.
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "pantau.words.v1"}}})
    for name in FINDERS:
        cast(Finder, nlp.add_pipe(name)).bind(vocabulary)
    return nlp


def read_doc(nlp: Language, vocabulary: Vocabulary, title: str, text: str) -> Doc:
    """A Doc over title and text; `reading(doc)` has its sentences, and where each token stands."""
    found = read_text(title, text, vocabulary.text_rules)
    words = found.words
    if _SURROGATE.search(title) or _SURROGATE.search(text):
        words = [_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", word) for word in words]
    doc = Doc(nlp.vocab, words=words)  # its sentences are those of the reading
    doc.user_data["reading"] = found
    return nlp(doc) if len(doc) else doc


def reading(doc: Doc) -> Reading:
    """The tokens' places in the article; see `extract.text.Reading`."""
    return cast(Reading, doc.user_data["reading"])


def spans(doc: Doc, key: str) -> list[Span]:
    """A finder's spans in the doc's order; none if it found none."""
    return list(doc.spans[key]) if key in doc.spans else []
