"""Finds mentions of the programmes and of their pillars."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.article.doc import reading, spans, write_spans
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable, expand
from extract.vocabulary.tokens import Reading


class PillarFinder:
    """Writes `doc.spans["programmes"]` (label: name, rival or sign; kb_id: programme) and
    `doc.spans["pillars"]` (label: phrase or service; kb_id: pillar; id: programme).

    A pillar inside an agency's name ("Dinas ... Perlindungan Anak") or a place's ("Terminal Jompo") is none.
    """

    place_names: PhraseTable
    names: list[tuple[str, PhraseTable, PhraseTable, PhraseTable]]
    pillars: list[tuple[str, PhraseTable]]
    heads: frozenset[str]  # the words that any phrase of the tables opens with

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None:
        self.names, self.pillars = [], []
        self.place_names = vocabulary.table("pillars", "place_names")
        for programme in vocabulary.programmes.values():
            self.names.append(
                (
                    programme.id,
                    PhraseTable({"name": programme.names}),
                    PhraseTable({"rival": programme.rivals}),
                    PhraseTable({"sign": programme.signs}),
                )
            )
            phrases: dict[str, tuple[str, ...]] = {}
            for pillar in programme.pillar:
                phrases[f"phrase|{pillar.id}"] = _with_owner(pillar.phrases)
                phrases[f"service|{pillar.id}"] = _with_owner(pillar.services)
            self.pillars.append((programme.id, PhraseTable(phrases)))
        tables = [table for _, *several in self.names for table in several]
        tables += [table for _, table in self.pillars]
        self.heads = frozenset(head for table in tables for head in table.heads)

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        lower = found.lower
        opening = [token for token, word in enumerate(lower) if word in self.heads]
        taken = {token for s in spans(doc, "agencies") for token in range(s.start, s.end)}
        taken |= self._in_names_of_places(found)
        programmes = [
            Span(doc, first, last, label=label, kb_id=programme)
            for programme, *tables in self.names
            for first, last, label in _find_names(lower, opening, *tables)
        ]
        pillars = [
            Span(doc, first, last, label=key.split("|")[0], kb_id=key.split("|")[1], span_id=programme)
            for programme, table in self.pillars
            for first, last, key in table.find_among(lower, opening)
            if first not in taken
        ]
        write_spans(doc, "programmes", sorted(programmes, key=lambda s: s.start))
        write_spans(doc, "pillars", sorted(pillars, key=lambda s: s.start))
        return doc

    def _in_names_of_places(self, found: Reading) -> set[int]:
        """The tokens of names that open with what a place is: "Terminal Jompo", both in capitals."""
        hits = self.place_names.find(found.lower, 0, len(found.lower))
        ends = (end for _, end, _ in hits if end < len(found.words))
        return {end for end in ends if found.words[end - 1][0].isupper() and found.words[end][0].isupper()}


def _with_owner(phrases: Iterable[str]) -> tuple[str, ...]:
    """Phrases with and without the enclitic of what was spoken of: "layanan lansianya"."""
    literal = [one for phrase in phrases for one in expand(phrase)]
    return tuple(form for one in literal for form in (one, f"{one}nya") if one[-1].isalpha() or form is one)


def _find_names(
    lower: list[str], opening: list[int], names: PhraseTable, rivals: PhraseTable, signs: PhraseTable
) -> list[tuple[int, int, str]]:
    """The programme's names, its rivals and its signs, each looked up by itself.

    A sign may end in the word that the name opens with ("sport center Kecamatan Berdaya"): both count. A name
    counts unless a rival's holds it whole ("Kecamatan Berdaya Saing").
    """
    others = rivals.find_among(lower, opening)
    held = {token: number for number, (start, end, _) in enumerate(others) for token in range(start, end)}
    own = [
        hit
        for hit in names.find_among(lower, opening)
        if hit[0] not in held or held[hit[0]] != held.get(hit[1] - 1)
    ]
    return [*own, *others, *signs.find_among(lower, opening)]


@Language.factory("pantau_pillars")
def make_pillar_finder(nlp: Language, name: str) -> PillarFinder:
    return PillarFinder(nlp)
