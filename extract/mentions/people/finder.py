"""Finds people that are named with an office, function or membership.

Three forms: the office before the name ("Camat X, NAME"), behind it ("NAME, Kabid Y Dinsos X", "NAME selaku
..."), and by a pronoun ("wakilnya, NAME"). An office is a head noun with its complement.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.article.doc import reading, spans, write_spans
from extract.mentions.people.holders import PeopleScan
from extract.mentions.people.names import NameWords
from extract.mentions.people.office import OfficeText
from extract.mentions.people.words import RoleWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.tokens import Reading


class PeopleFinder:
    """Writes `doc.spans["people"]`: the name; label the rule, kb_id the office as printed, id its token range
    "first:last"."""

    roles: RoleWords
    names: NameWords
    areas: Areas

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None:
        self.roles = RoleWords(vocabulary)
        self.names = NameWords(vocabulary)
        self.areas = vocabulary.areas

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        agencies = {s.start: s.end for s in spans(doc, "agencies")}
        topics = {s.start: s.end for key in ("pillars", "programmes") for s in spans(doc, key)}
        text = OfficeText(
            found,
            self.roles,
            self.names,
            {**topics, **agencies},
            agencies.keys(),
            self._places(doc, found, agencies),
            self.areas,
        )
        people = [
            Span(doc, p.first, p.last, label=p.rule, kb_id=p.role, span_id=f"{p.role_first}:{p.role_last}")
            for p in PeopleScan(text).find()
        ]
        write_spans(doc, "people", people)
        return doc

    def _places(self, doc: Doc, found: Reading, agencies: dict[int, int]) -> dict[int, int]:
        """First token to the one behind of the places that are surely no person's name."""
        named = {t for first, last in agencies.items() for t in range(first, last)}

        def kind_before(span: Span) -> bool:
            before = span.start - 1
            # "Kementerian Desa NAME" names no village
            return before >= 0 and found.lower[before] in self.roles.kinds and before not in named

        return {
            s.start: s.end
            for s in spans(doc, "places")
            # "Bima" alone is as well the name of a person as of a regency elsewhere
            if s.kb_id_ or s.label_ == "PROVINCE" or len(s) > 1 or kind_before(s)
        }


@Language.factory("pantau_people")
def make_people_finder(nlp: Language, name: str) -> PeopleFinder:
    return PeopleFinder(nlp)
