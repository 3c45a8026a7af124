"""Finds mentions of the programmes and of their pillars."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.nlp import reading, spans
from extract.phrases import PhraseTable
from extract.vocabulary import Vocabulary


class PillarFinder:
    """Writes `doc.spans["programmes"]` (label: name, rival or sign; kb_id: programme) and
    `doc.spans["pillars"]` (label: phrase or service; kb_id: pillar; id: programme).

    A pillar inside an agency's name ("Dinas ... Perlindungan Anak") is none.
    """

    names: list[tuple[str, PhraseTable]]
    pillars: list[tuple[str, PhraseTable]]

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None:
        self.names, self.pillars = [], []
        for programme in vocabulary.programmes.values():
            names = {"name": programme.names, "rival": programme.rivals, "sign": programme.signs}
            self.names.append((programme.id, PhraseTable(names)))
            phrases: dict[str, tuple[str, ...]] = {}
            for pillar in programme.pillar:
                phrases[f"phrase|{pillar.id}"] = pillar.phrases
                phrases[f"service|{pillar.id}"] = pillar.services
            self.pillars.append((programme.id, PhraseTable(phrases)))

    def __call__(self, doc: Doc) -> Doc:
        lower = reading(doc).lower
        taken = {token for s in spans(doc, "agencies") for token in range(s.start, s.end)}
        programmes = [
            Span(doc, first, last, label=label, kb_id=programme)
            for programme, table in self.names
            for first, last, label in table.find(lower, 0, len(lower))
        ]
        pillars = [
            Span(doc, first, last, label=key.split("|")[0], kb_id=key.split("|")[1], span_id=programme)
            for programme, table in self.pillars
            for first, last, key in table.find(lower, 0, len(lower))
            if first not in taken
        ]
        doc.spans["programmes"] = sorted(programmes, key=lambda s: s.start)
        doc.spans["pillars"] = sorted(pillars, key=lambda s: s.start)
        return doc


@Language.factory("pantau_pillars")
def make_pillar_finder(nlp: Language, name: str) -> PillarFinder:
    return PillarFinder(nlp)
