"""Joins villages and kecamatan into the places where buildings stand."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.facilities.buildings import BuildingFinder

#: Tokens of a sentence or item that may list places.
LISTED = 60
#: Sentences back within which the kecamatan of "kecamatan itu" was named.
_BACK = 4
#: Tokens of a clause's opening that may paraphrase one.
_SUBJECT = 10
_POINTERS = frozenset(("itu", "tersebut", "ini", "tadi"))


@dataclass(frozen=True, slots=True)
class Place:
    village: str | None
    kecamatan: str | None
    regency: str  # code, or codes joined with "|"
    code: str


class Sites:
    """Reads place spans into places."""

    def __init__(self, view: View, finder: BuildingFinder) -> None:
        self.view = view
        self.areas = view.vocabulary.areas
        self.tables = finder.tables
        self.lower = view.reading.lower
        kecamatan = [s for s in finder.places if s.kb_id_ and s.label_ == "KECAMATAN"]
        self.named = Ordered((s.start, s) for s in kecamatan)

    def join(self, spans: list[Span]) -> list[tuple[Place, Span | None]]:
        """Villages with their kecamatan, and the kecamatan that no village belongs to."""
        kecamatan = [s for s in spans if s.label_ == "KECAMATAN"]
        found: list[tuple[Place, Span | None]] = []
        covered: set[str] = set()
        for span in spans:
            if span.label_ != "VILLAGE":
                continue
            place = self._village(span, kecamatan)
            if place:
                found.append((place, span))
                covered.update(".".join(c.split(".")[:3]) for c in place.code.split("|"))
        for span in kecamatan:
            if not covered.intersection(span.kb_id_.split("|")):
                found.append((self.kecamatan(span.kb_id_), span))
                covered.update(span.kb_id_.split("|"))
        return found

    def _village(self, span: Span, kecamatan: list[Span]) -> Place | None:
        named = {c for k in kecamatan for c in k.kb_id_.split("|")}
        codes = [c for c in span.kb_id_.split("|") if c]
        inside = [c for c in codes if ".".join(c.split(".")[:3]) in named]
        if not inside and len(codes) > 1:
            recent = self.recent(span.start)
            inside = [c for c in codes if recent and c.startswith(recent.kb_id_ + ".")]
        codes = inside or codes
        if codes:
            parents = list(dict.fromkeys(".".join(c.split(".")[:3]) for c in codes))
            name = self.tables.villages[codes[0]].name
            place = self.kecamatan("|".join(parents))
            return Place(name, place.kecamatan, place.regency, "|".join(codes))
        near = kecamatan[-1] if kecamatan else self.recent(span.start)
        if near is None:
            return None
        place = self.kecamatan(near.kb_id_)
        return Place(span.text, place.kecamatan, place.regency, place.code)

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
        lower = self.lower
        for i in range(first, min(last, first + _SUBJECT)):
            if lower[i] in self.tables.words["areas"]:
                pointed = any(word in _POINTERS for word in lower[i + 1 : min(last, i + _SUBJECT)])
                named = self.named.within(i, last)
                return self.recent(i) if pointed and not named else None
        return None

    def several(self, token: int) -> list[tuple[Place, Span | None]]:
        """The kecamatan of the sentence before: "di dua tempat itu"."""
        number = self.view.sentence_at(token)
        for earlier in range(number, max(-1, number - 3), -1):
            first, last = self.view.sentences[earlier]
            named = self.named.within(first, min(last, token, first + LISTED))
            if len(named) > 1:
                return self.join(named)
        return []

    def namesake(self, attached: list[Span], spans: list[Span]) -> list[tuple[Place, Span | None]]:
        """Of villages of one name, that in the building's kecamatan: "RPPA X menempati rumah di Desa Y"."""
        if len(attached) != 1 or attached[0].label_ != "KECAMATAN":
            return []
        for span in spans:
            code = span.kb_id_.split("|")[0]
            if span.label_ != "VILLAGE" or not code or span.start < attached[0].end:
                continue
            name = self.tables.villages[code].name
            for kecamatan in attached[0].kb_id_.split("|"):
                if own := self.tables.namesakes.get((kecamatan, name)):
                    place = self.kecamatan(kecamatan)
                    return [(Place(name, place.kecamatan, place.regency, own), span)]
        return []
