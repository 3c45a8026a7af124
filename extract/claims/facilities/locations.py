"""Joins villages and kecamatan into the places where buildings stand."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.facilities.buildings import BuildingFinder

#: Tokens of a sentence or item that may list places.
LISTED = 60
#: Sentences back within which the kecamatan of "kecamatan itu" was named, and those of "di dua tempat itu".
_BACK, _SEVERAL = 4, 5
#: Tokens of a clause's opening that may paraphrase one.
_SUBJECT = 10


@dataclass(frozen=True, slots=True)
class Place:
    village: str | None
    kecamatan: str | None
    regency: str  # code, or codes joined with "|"
    code: str


#: A place, with the words that name it where the claim's own clause does.
Located = tuple[Place, Span | None]


def codes_of(span: Span) -> list[str]:
    """The codes of the areas that a name may mean."""
    return [code for code in span.kb_id_.split("|") if code]


def kecamatan_of(code: str) -> str:
    """The code of a village's kecamatan."""
    return ".".join(code.split(".")[:3])


def is_village(span: Span) -> bool:
    return span.label_ == "VILLAGE"


def is_kecamatan(span: Span) -> bool:
    return span.label_ == "KECAMATAN"


class Sites:
    """Reads place spans into places."""

    def __init__(self, view: View, finder: BuildingFinder) -> None:
        self.view = view
        self.areas = view.vocabulary.areas
        self.words = finder.words
        self.lower = view.reading.lower
        self.named = Ordered((s.start, s) for s in finder.places if s.kb_id_ and is_kecamatan(s))

    def join(self, spans: list[Span]) -> list[Located]:
        """Villages with their kecamatan, and the kecamatan that no village belongs to."""
        kecamatan = [s for s in spans if is_kecamatan(s)]
        villages = ((self._village(s, kecamatan), s) for s in spans if is_village(s))
        found: list[Located] = [(place, span) for place, span in villages if place is not None]
        covered = {kecamatan_of(code) for place, _ in found for code in place.code.split("|")}
        for span in kecamatan:
            if covered.isdisjoint(codes_of(span)):
                found.append((self.kecamatan(span.kb_id_), span))
                covered.update(codes_of(span))
        return found

    def places(self, spans: list[Span]) -> list[Located]:
        """The same, of spans that other clauses hold."""
        return [(place, None) for place, _ in self.join(spans)]

    def _village(self, span: Span, kecamatan: list[Span]) -> Place | None:
        """A village in the kecamatan named beside it, else in the one named last."""
        if codes := self._meant(span, kecamatan):
            place = self.kecamatan("|".join(dict.fromkeys(kecamatan_of(c) for c in codes)))
            name = self.words.villages[codes[0]].name
            return Place(name, place.kecamatan, place.regency, "|".join(codes))
        near = kecamatan[-1] if kecamatan else self.recent(span.start)
        if near is None:
            return None
        place = self.kecamatan(near.kb_id_)
        return Place(span.text, place.kecamatan, place.regency, place.code)

    def _meant(self, span: Span, kecamatan: list[Span]) -> list[str]:
        """Which villages of a name are meant: those in the kecamatan beside it or named last, else all."""
        codes = codes_of(span)
        named = {code for k in kecamatan for code in codes_of(k)}
        inside = [c for c in codes if kecamatan_of(c) in named]
        if not inside and len(codes) > 1 and (recent := self.recent(span.start)):
            inside = [c for c in codes if c.startswith(f"{recent.kb_id_}.")]
        return inside or codes

    def kecamatan(self, codes: str) -> Place:
        found = [self.areas.kecamatan_by_code[c] for c in codes.split("|")]
        names = list(dict.fromkeys(k.name for k in found))
        return Place(None, "|".join(names), "|".join(dict.fromkeys(k.regency for k in found)), codes)

    def recent(self, token: int) -> Span | None:
        """The kecamatan that was named last before a token, within a few sentences."""
        number = self.view.sentence_at(token)
        first = self.view.sentences[max(0, number - _BACK)][0]
        before = self.named.before(token)
        return before if before is not None and before.start >= first else None

    def paraphrased(self, first: int, last: int) -> Span | None:
        """The kecamatan that was named last where a clause takes it up: "Kecamatan di selatan X itu"."""
        opening = range(first, min(last, first + _SUBJECT))
        at = next((i for i in opening if self.lower[i] in self.words.areas), None)
        if at is None or self.named.within(at, last):
            return None
        points = not self.words.area_pointers.isdisjoint(self.lower[at + 1 : min(last, at + _SUBJECT)])
        return self.recent(at) if points else None

    def several(self, token: int) -> list[Located]:
        """The kecamatan of the sentence before: "di dua tempat itu"."""
        number = self.view.sentence_at(token)
        for first, last in reversed(self.view.sentences[max(0, number - _SEVERAL + 1) : number + 1]):
            named = self.named.within(first, min(last, token, first + LISTED))
            if len({s.kb_id_ for s in named}) > 1:
                return self.join(named)
        return []

    def namesake(self, attached: list[Span], spans: list[Span]) -> list[Located]:
        """Of villages of one name, that in the building's kecamatan: "RPPA X menempati rumah di Desa Y"."""
        if len(attached) != 1 or not is_kecamatan(attached[0]):
            return []
        behind = (s for s in spans if is_village(s) and s.kb_id_ and s.start >= attached[0].end)
        for span in behind:
            name = self.words.villages[codes_of(span)[0]].name
            for kecamatan in codes_of(attached[0]):
                if own := self.words.namesakes.get((kecamatan, name)):
                    place = self.kecamatan(kecamatan)
                    return [(Place(name, place.kecamatan, place.regency, own), span)]
        return []
