"""What a finder is, and how it leaves its spans in a doc for those behind it."""

from __future__ import annotations

from typing import Protocol, cast

from spacy.tokens import Doc, Span

from extract.vocabulary.load import Vocabulary
from extract.vocabulary.tokens import Reading


class Finder(Protocol):
    """A component that looks for one kind of thing."""

    def bind(self, vocabulary: Vocabulary) -> None:
        """Takes its words from the vocabulary; VocabularyError if they are missing."""

    def __call__(self, doc: Doc) -> Doc: ...


def write_spans(doc: Doc, key: str, found: list[Span]) -> None:
    """Gives a doc the spans of one finder, in the doc's order. None of them reaches from title into text."""
    found = [s for s in found if not reading(doc).crosses(s.start, s.end)]
    doc.spans[key] = found
    # A span group makes new spans whenever it is read; `spans` gives these.
    doc.user_data.setdefault("spans", {})[key] = found


def reading(doc: Doc) -> Reading:
    """The tokens' places in the article; see `extract.vocabulary.tokens.Reading`."""
    return cast(Reading, doc.user_data["reading"])


def spans(doc: Doc, key: str) -> list[Span]:
    """A finder's spans in the doc's order; none if it found none. Shared: not to be changed."""
    return cast("dict[str, list[Span]]", doc.user_data.get("spans", {})).get(key, [])
