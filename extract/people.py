"""Finds people."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.vocabulary import Vocabulary


class Finder:
    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None: ...

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("pantau_people")
def make_finder(nlp: Language, name: str) -> Finder:
    return Finder(nlp)
