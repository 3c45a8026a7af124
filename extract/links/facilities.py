"""Joins buildings of the programme and places into facilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from db.records import Evidence, Facility, Village
from extract.context import Context
from extract.links.regions import Regions
from extract.phrases import PhraseTable
from extract.view import View
from extract.vocabulary import Vocabulary

#: Tokens around a building's name within which a word may say that it stands.
_NEAR = 14
#: Sentences back within which the kecamatan of "kecamatan itu" was named.
_BACK = 4


@dataclass(frozen=True, slots=True)
class FacilityTables:
    buildings: PhraseTable  # key: pillar
    exists_before: PhraseTable
    exists_behind: PhraseTable
    unreal: PhraseTable
    not_unreal: PhraseTable
    turns: PhraseTable
    same_kecamatan: PhraseTable
    openings: PhraseTable
    about: PhraseTable
    same_several: PhraseTable
    not_buildings: PhraseTable
    own_building: PhraseTable
    this_building: PhraseTable
    list_openers: PhraseTable
    joiners: PhraseTable
    villages: dict[str, Village]


def build_facility_tables(vocabulary: Vocabulary) -> FacilityTables:
    cues = {
        key: PhraseTable({key: vocabulary.cue("facilities", key)})
        for key in FacilityTables.__slots__
        if key not in ("buildings", "villages")
    }
    buildings: dict[str, list[str]] = {}
    for programme in vocabulary.programmes.values():
        for pillar in programme.pillar:
            if pillar.facility:
                buildings.setdefault(pillar.id, []).extend(pillar.facility_phrases or pillar.phrases)
    return FacilityTables(
        buildings=PhraseTable(buildings),
        villages={v.code: v for v in vocabulary.areas.villages},
        **cues,
    )


@dataclass(frozen=True, slots=True)
class _Mention:
    """A building's name at tokens `first` to `last` within the clause `begin` to `end`."""

    pillar: str
    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    village: str | None
    kecamatan: str | None
    regency: str  # code, or codes joined with "|"
    code: str


class _Reader:
    def __init__(self, view: View, context: Context) -> None:
        self.view = view
        self.context = context
        self.lower = view.reading.lower
        self.areas = view.vocabulary.areas
        self.regions = Regions(view, context)
        self.tables = view.vocabulary.compiled(build_facility_tables)
        self.pillars = {p.id for p in view.programme.pillar if p.facility}
        self.places = [s for s in view.spans("places") if s.label_ in ("KECAMATAN", "VILLAGE")]

    def facilities(self) -> Iterator[tuple[str, _Place | None, int, int, str]]:
        """(pillar, place or None, first and last token, rule) of every building that is said to stand."""
        if not any(s.kb_id_ in self.pillars for s in self.view.spans("pillars")):
            return
        lead: tuple[str, bool] | None = None  # what a sentence ending in ":" or before a list announced
        for number, (first, last) in enumerate(self.view.sentences):
            item = self.view.segment_at(first).kind == "item"
            mentions = list(self._mentions(first, last))
            if item and lead:
                yield from self._item(lead, mentions, first, last)
                continue
            lead = None
            for mention in mentions:
                yield from self._mention(mention, number)
            if not mentions and number and self.tables.own_building.at(self.lower, first):
                yield from self._taken_up(first, last, number)
            if mentions or self._stands(first, last):
                listed = number + 1 < len(self.view.sentences)
                if listed and self.view.segment_at(last).kind == "item":
                    pillars = {m.pillar for m in mentions}
                    lead = (pillars.pop() if len(pillars) == 1 else "", self._stands(first, last))

    def _mentions(self, first: int, last: int) -> Iterator[_Mention]:
        hits = [h for h in self.tables.buildings.find(self.lower, first, last) if h[2] in self.pillars]
        merged: list[tuple[int, int, str]] = []
        for start, end, pillar in hits:
            # "Rumah Perlindungan Perempuan dan Anak (RPPA)" is one building
            if (
                merged
                and merged[-1][2] == pillar
                and start - merged[-1][1] == 1
                and self.lower[start - 1] == "("
            ):
                merged[-1] = (merged[-1][0], min(end + 1, last), pillar)
            else:
                merged.append((start, end, pillar))
        for at, (start, end, pillar) in enumerate(merged):
            begin, stop = first, last
            before, behind = at - 1, at + 1
            while before >= 0 and self._joined(merged[before], merged[before + 1]):
                before -= 1
            while behind < len(merged) and self._joined(merged[behind - 1], merged[behind]):
                behind += 1
            if before >= 0 and merged[before][2] != pillar:
                begin = merged[before][1]
            if behind < len(merged) and merged[behind][2] != pillar:
                stop = merged[behind][0]
            for i in range(begin, start):
                if self.lower[i] == ";" or self.tables.turns.at(self.lower, i):
                    begin = i + 1
            for i in range(end, stop):
                if self.lower[i] == ";" or self.tables.turns.at(self.lower, i):
                    stop = i
                    break
            yield _Mention(pillar, start, end, begin, stop)

    def _joined(self, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
        """Whether two buildings stand side by side: "RPPA serta sport center"."""
        between = range(one[1], other[0])
        return len(between) <= 3 and all(self.tables.joiners.at(self.lower, i) for i in between)

    # --- whether it stands ------------------------------------------------------------------------------

    def _stands(self, first: int, last: int) -> bool:
        """Whether a lead-in says that what it lists is there: "Fasilitas yang telah tersedia:"."""
        found = self.tables.exists_behind.find(self.lower, first, last) or self.tables.exists_before.find(
            self.lower, first, last
        )
        return bool(found) and not self._unreal(first, last)

    def _unreal(self, first: int, last: int) -> bool:
        hits = self.tables.unreal.find(self.lower, first, last)
        if not hits:
            return False
        spared = {start for start, _, _ in self.tables.not_unreal.find(self.lower, first, last)}
        return any(start not in spared for start, _, _ in hits)

    def _exists(self, mention: _Mention) -> str:
        """The rule that shows that a building stands, "" if none does."""
        tables, lower = self.tables, self.lower
        low, high = max(mention.begin, mention.first - _NEAR), min(mention.end, mention.last + _NEAR)
        if mention.last < high and tables.not_buildings.at(lower, mention.last):
            return ""
        near = max(low, mention.first - 6)
        for start, end, _ in tables.exists_behind.find(lower, mention.last, high):
            # "yang beroperasi" says so of the building whatever is done about it
            said_of_it = self._relative(mention.last, start)
            unreal = self._unreal(mention.last if said_of_it else near, min(end + 3, high))
            about = tables.about.find(lower, max(low, mention.first - 2), mention.first)
            if not unreal and (said_of_it or not about):
                return "facilities.stands"
            break
        for start, end, _ in reversed(tables.exists_before.find(lower, low, mention.first)):
            if not self._unreal(
                max(mention.begin, start - 4), min(mention.last + 4, high)
            ) and not tables.about.find(lower, end, mention.first):
                return "facilities.stands"
        return ""

    def _relative(self, first: int, cue: int) -> bool:
        """Whether a "yang" opens between a building (with its place) and a cue."""
        between = self.lower[first : cue + 1]
        return "yang" in between and "," not in between and len(between) - between.index("yang") <= 4

    # --- where --------------------------------------------------------------------------------------------

    def _mention(self, mention: _Mention, number: int) -> Iterator[tuple[str, _Place | None, int, int, str]]:
        rule = self._exists(mention)
        if not rule:
            return
        places = self._in_clause(mention)
        if not places:
            places = self._around(mention, number)
            rule = "facilities.context" if places else "facilities.nowhere"
        if not places:
            yield mention.pillar, None, mention.first, mention.last, rule
        for place, span in places:
            inside = span and mention.begin <= span.start and span.end <= mention.end
            first = min(mention.first, span.start) if span and inside else mention.first
            last = max(mention.last, span.end) if span and inside else mention.last
            yield mention.pillar, place, first, last, rule

    def _in_clause(self, mention: _Mention) -> list[tuple[_Place, Span | None]]:
        spans = [s for s in self.places if mention.begin <= s.start and s.end <= mention.end]
        spans = [s for s in spans if s.kb_id_ or s.label_ == "VILLAGE"]
        behind = [s for s in spans if s.start >= mention.last]
        if any(s.label_ == "KECAMATAN" for s in behind):
            spans = behind
        return self._join(spans)

    def _taken_up(
        self, first: int, last: int, number: int
    ) -> Iterator[tuple[str, _Place | None, int, int, str]]:
        """ "Rumahnya berdiri di Desa X": the building was named in the sentence before."""
        begin = self.view.sentences[max(0, number - 3)][0]
        before = list(self._mentions(begin, first))
        if not before or self._unreal(first, last):
            return
        for place, span in self._join([s for s in self.places if first <= s.start < last]):
            if place.village and span:
                yield before[-1].pillar, place, first, span.end, "facilities.taken-up"

    def _join(self, spans: list[Span]) -> list[tuple[_Place, Span | None]]:
        """Villages with their kecamatan, and the kecamatan that no village belongs to."""
        kecamatan = [s for s in spans if s.label_ == "KECAMATAN"]
        found: list[tuple[_Place, Span | None]] = []
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
                found.append((self._kecamatan(span.kb_id_), span))
                covered.update(span.kb_id_.split("|"))
        return found

    def _village(self, span: Span, kecamatan: list[Span]) -> _Place | None:
        named = {c for k in kecamatan for c in k.kb_id_.split("|")}
        codes = [c for c in span.kb_id_.split("|") if c]
        inside = [c for c in codes if ".".join(c.split(".")[:3]) in named]
        if not inside and len(codes) > 1:
            recent = self._recent(span.start)
            inside = [c for c in codes if recent and c.startswith(recent.kb_id_ + ".")]
        codes = inside or codes
        if codes:
            parents = list(dict.fromkeys(".".join(c.split(".")[:3]) for c in codes))
            name = self.tables.villages[codes[0]].name
            place = self._kecamatan("|".join(parents))
            return _Place(name, place.kecamatan, place.regency, "|".join(codes))
        near = kecamatan[-1] if kecamatan else self._recent(span.start)
        if near is None:
            return None
        place = self._kecamatan(near.kb_id_)
        return _Place(span.text, place.kecamatan, place.regency, place.code)

    def _kecamatan(self, codes: str) -> _Place:
        found = [self.areas.kecamatan_by_code[c] for c in codes.split("|")]
        names = list(dict.fromkeys(k.name for k in found))
        return _Place(None, "|".join(names), "|".join(dict.fromkeys(k.regency for k in found)), codes)

    def _recent(self, token: int) -> Span | None:
        """The kecamatan that was named last before a token, within a few sentences."""
        number = self.view.sentence_at(token)
        first = self.view.sentences[max(0, number - _BACK)][0]
        before = [s for s in self.places if s.label_ == "KECAMATAN" and s.kb_id_ and first <= s.start < token]
        return before[-1] if before else None

    def _several(self, token: int) -> list[tuple[_Place, Span | None]]:
        """The kecamatan of the sentence before: "di dua tempat itu"."""
        number = self.view.sentence_at(token)
        for earlier in range(number, max(-1, number - 3), -1):
            first, last = self.view.sentences[earlier]
            spans = [s for s in self.places if first <= s.start < min(last, token) and s.kb_id_]
            named = [s for s in spans if s.label_ == "KECAMATAN"]
            if len(named) > 1:
                return self._join(named)
        return []

    def _around(self, mention: _Mention, number: int) -> list[tuple[_Place, Span | None]]:
        """The place of a building whose clause names none."""
        low, high = max(mention.begin, mention.first - _NEAR), min(mention.end, mention.last + _NEAR)
        begin, _ = self.view.sentences[number]
        if several := self.tables.same_several.find(self.lower, low, high):
            return self._several(several[0][0])
        if (same := self.tables.same_kecamatan.find(self.lower, low, high)) and (
            span := self._recent(mention.first)
        ):
            villages = [s for s in self.places if span.end <= s.start < mention.first and s.kb_id_]
            if villages and "kecamatan" not in self.lower[same[0][0] : same[0][1]]:
                # "di sana" is the place that was named last, a village as well
                codes = dict.fromkeys(".".join(c.split(".")[:3]) for c in villages[-1].kb_id_.split("|"))
                return [(self._kecamatan("|".join(codes)), None)]
            return [(self._kecamatan(span.kb_id_), span)]
        block = self.view.segment_at(begin).block
        if number + 1 < len(self.view.sentences):
            start, stop = self.view.sentences[number + 1]
            listed = self.tables.list_openers.at(self.lower, start)
            villages = [
                s
                for s in self.places
                if start <= s.start < stop and s.kb_id_ and (s.label_ == "VILLAGE" or listed)
            ]
            if villages and self.view.segment_at(start).block == block and not self._unreal(start, stop):
                near = (
                    []
                    if listed
                    else [s for s in self.places if s.label_ == "KECAMATAN" and begin <= s.start < stop]
                )
                return self._join([*near, *villages])
        if number and self.tables.this_building.find(self.lower, mention.begin, mention.first):
            start, stop = self.view.sentences[number - 1]
            if spans := [s for s in self.places if start <= s.start < stop and s.kb_id_]:
                return self._join(spans)
        if self.tables.openings.find(self.lower, low, high):
            earlier = [
                s for s in self.places if s.label_ == "KECAMATAN" and s.kb_id_ and s.start < mention.first
            ]
            if earlier:
                return [(self._kecamatan(earlier[-1].kb_id_), earlier[-1])]
        return []

    def _item(
        self, lead: tuple[str, bool], mentions: list[_Mention], first: int, last: int
    ) -> Iterator[tuple[str, _Place | None, int, int, str]]:
        """A line of a list whose lead-in said what it lists, or that they stand."""
        pillar, stands = lead
        if self._unreal(first, last):
            return
        if mentions:
            pillar = mentions[0].pillar
        own = any(self._exists(m) for m in mentions)
        shown = self.tables.exists_behind.find(self.lower, first, last)
        if not pillar or not (stands or own or shown):
            return
        for place, _ in self._join([s for s in self.places if first <= s.start and s.end <= last]):
            yield pillar, place, first, last, "facilities.list"


def link_facilities(view: View, context: Context) -> tuple[Facility, ...]:
    """One claim a pillar and place.

    A kecamatan gives way to a village in it, a building without a place to any of its pillar that has one.
    """
    reader = _Reader(view, context)
    found: dict[tuple[str, _Place], list[Evidence]] = {}
    nowhere: dict[str, tuple[str, list[Evidence]]] = {}
    for pillar, place, first, last, rule in reader.facilities():
        evidence = view.evidence(first, last, rule)
        if place is not None:
            entries = found.setdefault((pillar, place), [])
            if evidence not in entries:
                entries.append(evidence)
        elif regency := reader.regions.passage(first):
            nowhere.setdefault(pillar, (regency, []))[1].append(evidence)
    villages = {
        (pillar, ".".join(code.split(".")[:3]))
        for pillar, place in found
        if place.village
        for code in place.code.split("|")
    }
    claims = []
    for (pillar, place), entries in found.items():
        if not place.village and all((pillar, c) in villages for c in place.code.split("|")):
            continue
        claims.append(_claim(view, pillar, place, entries))
    for pillar, (regency, entries) in nowhere.items():
        if not any(pillar == p for p, _ in found):
            claims.append(_claim(view, pillar, _Place(None, None, regency, regency), entries))
    return tuple(claims)


def _claim(view: View, pillar: str, place: _Place, entries: list[Evidence]) -> Facility:
    regencies = view.vocabulary.areas.regency_by_code
    return Facility(
        pillar=pillar,
        village=place.village,
        kecamatan=place.kecamatan,
        regency="|".join(regencies[c].name for c in place.regency.split("|")),
        code=place.code,
        evidence=tuple(entries),
    )
