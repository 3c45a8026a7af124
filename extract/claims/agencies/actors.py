"""Who acts in a passage, and for which region: officials, governments and agencies."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from extract.article.context import Context
from extract.article.list_leads import find_lead
from extract.article.sections import section_regency
from extract.article.view import View
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Letters of a name that is told apart when it stands alone.
SHORT_NAME = 4


@dataclass(frozen=True, slots=True)
class Actor:
    token: int
    region: str  # full name


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The words that name a government or its head; its region stands behind them."""

    heads: PhraseTable
    pronouns: frozenset[str]
    of_kind: dict[str, PhraseTable]  # kind of regency -> heads that such ones alone have


def _build_words(vocabulary: Vocabulary) -> ActorWords:
    return ActorWords(
        heads=PhraseTable(
            {
                "regency": vocabulary.cue("agencies", "actors_regency"),
                "province": vocabulary.cue("agencies", "actors_province"),
            }
        ),
        pronouns=vocabulary.cue_set("agencies", "speaks_on"),
        of_kind={
            "kota": vocabulary.table("agencies", "actors_city"),
            "kabupaten": vocabulary.table("agencies", "actors_kabupaten"),
        },
    )


class Actors:
    """Built once an article."""

    def __init__(self, view: View, context: Context) -> None:
        self.view = view
        self.context = context
        self.province = view.vocabulary.areas.province_name
        found = sorted(self._find(), key=_token)
        self.actors = sorted([*found, *self._short_names(found)], key=_token)
        self._tokens = [a.token for a in self.actors]
        self._regional = [a for a in self.actors if a.region != "Indonesia"]
        self._regencies = [a for a in self._regional if a.region != self.province]
        self._named = [s for s in view.spans("places") if s.label_ == "REGENCY" and s.kb_id_]
        self._named_tokens = [s.start for s in self._named]
        self.local = {a.region for a in self.actors if a.region not in (self.province, "Indonesia")}

    def region_name(self, codes: str, token: int) -> str:
        """Full names behind codes; of several that the passage's own regency is among, that one."""
        areas = self.view.vocabulary.areas
        if codes == areas.province:
            return self.province
        parts = codes.split("|")
        if len(parts) > 1:
            here = self.context.regency_at(token)
            if here in parts:
                parts = [here]
        return "|".join(areas.regency_by_code[c].name if c in areas.regency_by_code else c for c in parts)

    def _find(self) -> list[Actor]:
        view = self.view
        lower = view.reading.lower
        heads = view.vocabulary.compiled(_build_words).heads
        found = [Actor(s.start, self.region_name(s.id_, s.start)) for s in view.spans("agencies") if s.id_]
        places = {s.start: s for s in view.spans("places")}
        local: list[int] = []  # heads of a regency that the text doesn't name with them
        for first, end, kind in heads.find(lower, view.reading.title_end, len(lower)):
            if kind == "province":
                found.append(Actor(first, self.province))
                continue
            named = len(found)
            for token in range(end, min(end + 4, len(lower))):
                place = places.get(token)
                if place is not None and place.label_ in ("REGENCY", "KECAMATAN") and place.kb_id_:
                    codes = dict.fromkeys(".".join(c.split(".")[:2]) for c in place.kb_id_.split("|"))
                    found.append(Actor(first, self.region_name("|".join(codes), token)))
                    break
                if lower[token] not in "().,":
                    break
            if len(found) == named and view.reading.words[first][0].isupper():
                local.append(first)
        return [*found, *self._unnamed(found, local)]

    def _unnamed(self, found: list[Actor], heads: list[int]) -> list[Actor]:
        """Heads that no region stands behind, "Bupati NAME": of the regency named last, if there is one."""
        actors = sorted((a for a in found if a.region not in (self.province, "Indonesia")), key=_token)
        unnamed = []
        for head in heads:
            before = bisect_left(actors, head, key=_token)
            code = self.context.regency_at(head)
            region = self.region_name(code, head) if code else actors[before - 1].region if before else ""
            if kind := self._kind(head):
                region = self._twin(region, kind)
            if region:
                unnamed.append(Actor(head, region))
        return unnamed

    def _kind(self, head: int) -> str:
        """The kind of regency that a head belongs to: "Pemkot" to a kota; "" for a head of either."""
        of_kind = self.view.vocabulary.compiled(_build_words).of_kind
        return next((kind for kind, heads in of_kind.items() if heads.at(self.view.reading.lower, head)), "")

    def _twin(self, region: str, kind: str) -> str:
        """The regency of a kind that bears the same name, where a region is of the other kind."""
        areas = self.view.vocabulary.areas
        own = next((r for r in areas.regencies if r.name == region), None)
        if own is None or own.kind == kind:
            return region
        twins = (areas.regency_by_code[code] for code in areas.twins(own.code))
        return next((twin.name for twin in twins if twin.kind == kind), region)

    def _short_names(self, found: list[Actor]) -> list[Actor]:
        """Where people whose office tells a region are named again: "kata Luthfi"."""
        r = self.view.reading
        regions: dict[str, str] = {}
        for span in self.view.spans("people"):
            first, last = (int(t) for t in span.id_.split(":"))
            at = bisect_left(found, first, key=_token)
            if at < len(found) and found[at].token < last:
                for token in range(span.start, span.end):
                    if len(r.words[token]) >= SHORT_NAME:
                        regions.setdefault(r.words[token], found[at].region)
        if not regions:
            return []
        return [
            Actor(t, regions[w])
            for t, w in enumerate(r.words)
            if w in regions and t >= self.view.reading.title_end
        ]

    def in_sentence(self, token: int) -> list[str]:
        """Regions of those that act before a token in its sentence, else nearest to it in its paragraph."""
        first, _ = self.view.sentences[self.view.sentence_at(token)]
        if here := self._between(first, token):
            return [a.region for a in here]
        passage = self.view.segment_at(token)
        if before := self._between(passage.first, first):
            return [before[-1].region]
        return [a.region for a in self._between(token + 1, passage.last)]

    def is_named_in_sentence(self, region: str, token: int) -> bool:
        """Whether a region's name stands before a token in its sentence."""
        first, _ = self.view.sentences[self.view.sentence_at(token)]
        low, high = bisect_left(self._named_tokens, first), bisect_left(self._named_tokens, token)
        return any(self.region_name(s.kb_id_, token) == region for s in self._named[low:high])

    def _between(self, first: int, last: int) -> list[Actor]:
        return self.actors[bisect_left(self._tokens, first) : bisect_left(self._tokens, last)]

    def region_at(self, token: int, local: bool = False) -> str:
        """The region for whom an office at a token works; `local` rules the province out."""
        actors = self._regencies if local else self._regional
        before = bisect_left(actors, token, key=_token)
        if before and actors[before - 1].token >= self._passage(token):
            return actors[before - 1].region
        if named := self._named_before(token):
            return named
        if headed := section_regency(self.view, token):
            return self.region_name(headed, token)
        if self._goes_on(token):
            quoted = before < len(actors) and actors[before].token < self.view.segment_at(token).last
            if quoted or before:  # who is quoted is named behind the quote, or spoke before
                return actors[before if quoted else before - 1].region
        if len(self.local) == 1:
            return next(iter(self.local))
        if actors:
            return actors[max(before, 1) - 1].region
        return self.context.region_at(token)

    def _passage(self, token: int) -> int:
        """The first token of a token's paragraph; for an item, of the paragraph that announces its list."""
        lead = find_lead(self.view, token)
        return (lead or self.view.segment_at(token)).first

    def _goes_on(self, token: int) -> bool:
        """Whether the paragraph of a token opens with a pronoun or a quote: the same one speaks on."""
        opens = self.view.reading.lower[self.view.segment_at(token).first]
        return opens in self.view.vocabulary.compiled(_build_words).pronouns

    def _named_before(self, token: int) -> str:
        """The regency named last before a token in its paragraph: "Di X, RPPA ditangani DP3A"."""
        first = self.view.segment_at(token).first
        before = bisect_left(self._named_tokens, token)
        if not before or self._named_tokens[before - 1] < first:
            return ""
        return self.region_name(self._named[before - 1].kb_id_, token)


def _token(actor: Actor) -> int:
    return actor.token
