"""Finds mentions of the programmes and of their pillars."""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from extract.phrases import build_matcher, find_phrases
from extract.vocabulary import Vocabulary


class PillarFinder:
    """Writes `doc.spans["programmes"]` (label: name, rival or sign; kb_id: programme) and
    `doc.spans["pillars"]` (label: phrase; kb_id: pillar; id: programme)."""

    names: PhraseMatcher
    pillars: PhraseMatcher

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None:
        names: dict[str, tuple[str, ...]] = {}
        pillars: dict[str, tuple[str, ...]] = {}
        for programme in vocabulary.programmes.values():
            names[f"name|{programme.id}"] = programme.names
            names[f"rival|{programme.id}"] = programme.rivals
            names[f"sign|{programme.id}"] = programme.signs
            for pillar in programme.pillar:
                pillars[f"{pillar.id}|{programme.id}"] = pillar.phrases
        self.names = build_matcher(self.nlp.vocab, names)
        self.pillars = build_matcher(self.nlp.vocab, pillars)

    def __call__(self, doc: Doc) -> Doc:
        doc.spans["programmes"] = [
            Span(doc, s.start, s.end, label=s.label_.split("|")[0], kb_id=s.label_.split("|")[1])
            for s in find_phrases(self.names, doc)
        ]
        doc.spans["pillars"] = [
            Span(doc, s.start, s.end, label="phrase", kb_id=s.label_.split("|")[0], span_id=s.label_.split("|")[1])
            for s in find_phrases(self.pillars, doc)
        ]
        return doc


@Language.factory("pantau_pillars")
def make_pillar_finder(nlp: Language, name: str) -> PillarFinder:
    return PillarFinder(nlp)
