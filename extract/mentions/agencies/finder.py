"""Finds government agencies by their full names and short names.

A full name is a noun ("Dinas", "Badan", "Bagian" ...) with words of the closed lexicon behind it, joined by
commas and "dan"; a short name is known, built from known pieces, or introduced in brackets.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.article.doc import reading, write_spans
from extract.mentions.agencies.office_names import Found, NameParser
from extract.mentions.agencies.words import AgencyWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.scan import skip
from extract.vocabulary.tokens import Reading


class AgencyFinder:
    """Writes `doc.spans["agencies"]`: label the rule, kb_id the types joined with `|`, id the region printed
    with the name (codes, "Indonesia", a foreign area's name, "")."""

    areas: Areas
    words: AgencyWords

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None:
        self.areas = vocabulary.areas
        self.words = AgencyWords(vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        hits = find_agencies(reading(doc), self.words, self.areas)
        found = [
            Span(doc, f.first, f.last, label=f.rule, kb_id="|".join(f.types), span_id=f.region) for f in hits
        ]
        write_spans(doc, "agencies", found)
        return doc


def find_agencies(found: Reading, words: AgencyWords, areas: Areas) -> list[Found]:
    """Every mention of an agency, in order. Linear: a name is no longer than its sentence."""
    parser = NameParser(found, words, areas)
    hits: list[Found] = []
    for segment in found.segments:
        if segment.kind != "dateline":
            hits.extend(_scan(found, parser, words, segment.first, segment.last))
    if not parser.learned:
        return hits
    taken = {token for hit in hits for token in range(hit.first, hit.last)}
    for segment in found.segments:
        if segment.kind == "dateline":
            continue
        for at in range(segment.first, segment.last):
            types = parser.learned.get(found.words[at])
            if types and at not in taken:
                parser.end = segment.last
                if hit := parser.short(at, at + 1, types, "agencies.learned"):
                    hits.append(hit)
                    taken.update(range(hit.first, hit.last))
    return sorted(hits, key=lambda hit: hit.first)


def _scan(found: Reading, parser: NameParser, words: AgencyWords, first: int, last: int) -> list[Found]:
    hits: list[Found] = []
    lower, printed, starts = found.lower, found.words, found.sentence_starts
    openers, initials = words.openers, words.initials
    end = goes_on = first
    for at in range(first, last):
        if at < goes_on or not (lower[at] in openers or printed[at][0] in initials):
            continue
        if at >= end:
            end = skip(at + 1, last, lambda token: not starts[token])
        if hit := parser.read(at, end):
            hits.append(hit)
            goes_on = hit.last
    return hits


@Language.factory("pantau_agencies")
def make_agency_finder(nlp: Language, name: str) -> AgencyFinder:
    return AgencyFinder(nlp)
