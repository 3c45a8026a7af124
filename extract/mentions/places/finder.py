"""Finds places and settles which official area each name denotes.

A name is read by the word before it, by the list it stands in, by the address behind it and by the regency
that its passage speaks of, in this order. What these leave open keeps all its codes.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.article.doc import reading, write_spans
from extract.mentions.places.candidates import Mention, find_mentions
from extract.mentions.places.codes import settle_codes
from extract.mentions.places.kinds import settle_kinds
from extract.mentions.places.place_text import PlaceText
from extract.mentions.places.slips import add_slips
from extract.mentions.places.words import PlaceWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.load import Vocabulary


class PlaceFinder:
    """Writes `doc.spans["places"]`: label REGENCY, KECAMATAN, VILLAGE, PROVINCE or FOREIGN (outside it),
    kb_id the codes joined with `|` ("" for an unknown village or a foreign area), id the rule."""

    areas: Areas
    words: PlaceWords

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None:
        self.areas = vocabulary.areas
        self.words = PlaceWords(vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        text = PlaceText(found, find_mentions(found, self.areas, self.words), self.areas, self.words)
        settle_kinds(text)
        settle_codes(text)
        write_spans(doc, "places", [self._span(doc, m) for m in add_slips(text) if not m.open])
        return doc

    def _span(self, doc: Doc, mention: Mention) -> Span:
        return Span(
            doc,
            mention.first,
            mention.last,
            label=mention.kind,
            kb_id="|".join(mention.codes),
            span_id=mention.rule,
        )


@Language.factory("pantau_places")
def make_place_finder(nlp: Language, name: str) -> PlaceFinder:
    return PlaceFinder(nlp)
