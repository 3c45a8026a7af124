"""Builds the spaCy pipeline: blank Indonesian, our own tokens and sentences, then the finders.

Every finder writes its own key of `doc.spans` and nothing else; `extract.claims` joins what they found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from extract.article.doc import Finder
from extract.article.layout.read import read_text
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.tokens import tokenize

#: What tells whether an article is on the topic. A later finder may read the spans of an earlier one.
TOPIC_FINDERS = ("pantau_places", "pantau_agencies", "pantau_pillars")
#: What only an article on the topic is asked for, in this order behind those.
CLAIM_FINDERS = ("pantau_dates", "pantau_people", "pantau_quantities")

#: Half of a pair, which JSON can spell ("\ud83d") and spaCy, which keeps words as UTF-8, cannot take.
_SURROGATE = re.compile("[\ud800-\udfff]")


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
    import extract.mentions.agencies.finder
    import extract.mentions.dates.finder
    import extract.mentions.numbers.finder
    import extract.mentions.people.finder
    import extract.mentions.places.finder
    import extract.mentions.programmes  # noqa: F401

    # spaCy's own tokenizer for Indonesian would load 16,000 exceptions, for seconds, and never be asked.
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "pantau.words.v1"}}})
    for name in (*TOPIC_FINDERS, *CLAIM_FINDERS):
        cast(Finder, nlp.add_pipe(name)).bind(vocabulary)
    return nlp


def read_doc(nlp: Language, vocabulary: Vocabulary, title: str, text: str) -> Doc:
    """A Doc over title and text with the spans of all finders; `reading(doc)` tells where tokens stand."""
    return read_claims(nlp, read_topic(nlp, vocabulary, title, text))


def read_topic(nlp: Language, vocabulary: Vocabulary, title: str, text: str) -> Doc:
    """The same with the spans of `TOPIC_FINDERS` alone, which is all that an article off the topic needs."""
    found = read_text(title, text, vocabulary.text_rules)
    words = found.words
    if _SURROGATE.search(title) or _SURROGATE.search(text):
        words = [_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", word) for word in words]
    doc = Doc(nlp.vocab, words=words)  # its sentences are those of the reading
    doc.user_data["reading"] = found
    return nlp(doc, disable=CLAIM_FINDERS) if len(doc) else doc


def read_claims(nlp: Language, doc: Doc) -> Doc:
    """Adds the spans of `CLAIM_FINDERS` to what `read_topic` gave."""
    for name in CLAIM_FINDERS if len(doc) else ():
        doc = nlp.get_pipe(name)(doc)
    return doc
