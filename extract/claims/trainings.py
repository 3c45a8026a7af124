"""Trainings that were held for a pillar: what about, by which agency, of which region, and when.

A training is told where its sentence has a verb by which somebody holds it, takes part in it or trains. A
sentence that speaks of what is planned, wished, allowed or denied tells of none, nor does one in which it is
open for which of several pillars it was. "Pelatihan itu" goes on with the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Span

from db.records import Agency, Evidence, Training
from extract.article.context import Context
from extract.article.view import View
from extract.claims.events.dating import Dated, date_spans
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable
from extract.vocabulary.scan import skip

#: Tokens between a verb and the training that it is of, and between such a verb and its agency.
NEAR, OF_AGENCY = 3, 8
#: Words of what a training is about.
MAX_TOPIC = 4
#: Sentences over which "pelatihan itu" goes back.
BACK = 3


@dataclass(frozen=True, slots=True)
class TrainingWords:
    """The lists of `cues/trainings.toml`, ready for look-ups."""

    nouns: PhraseTable
    holding: PhraseTable
    held: PhraseTable
    took_place: PhraseTable
    attended: PhraseTable
    training: PhraseTable
    trained: PhraseTable
    unreal: PhraseTable
    ends: PhraseTable
    back: PhraseTable


def build_training_words(vocabulary: Vocabulary) -> TrainingWords:
    names = TrainingWords.__dataclass_fields__
    return TrainingWords(**{name: vocabulary.table("trainings", name) for name in names})


@dataclass(slots=True)
class _Told:
    """A sentence's training: the tokens that tell it, its noun (absent with "melatih"), who holds it."""

    sentence: int
    first: int
    last: int
    rule: str
    noun: tuple[int, int] | None
    agency: Agency | None = None
    in_title: bool = False


@dataclass(slots=True)
class _Training:
    pillar: str
    topic: str
    region: str
    agency: str = ""
    date: str = ""
    evidence: list[Evidence] = field(default_factory=list)


def link_trainings(view: View, context: Context, agencies: tuple[Agency, ...]) -> tuple[Training, ...]:
    """One claim a training, with every sentence that tells of it as evidence."""
    reader = _Reader(view, agencies)
    found: dict[tuple[str, str, str], _Training] = {}
    last: tuple[int, _Training] | None = None
    for told in reader.read():
        pillar = reader.find_pillar(told)
        if last and reader.goes_back(told, pillar) and told.sentence - last[0] <= BACK:
            training = last[1]
        elif pillar:
            topic = reader.find_topic(told)
            key = (pillar, topic, _region(view, context, told))
            training = _headlined(found, told, pillar, topic) or found.setdefault(key, _Training(*key))
        else:
            continue
        last = told.sentence, training
        if told.agency and not training.agency:
            training.agency = told.agency.type
        training.date = training.date or reader.find_date(told)
        training.evidence.append(view.evidence(told.first, told.last, told.rule))
    return tuple(
        Training(
            pillar=one.pillar,
            topic=one.topic,
            agency=one.agency,
            region=one.region,
            date=one.date,
            evidence=tuple(dict.fromkeys(one.evidence)),
        )
        for one in found.values()
    )


def _headlined(
    found: Mapping[tuple[str, str, str], _Training], told: _Told, pillar: str, topic: str
) -> _Training | None:
    """The training of the text that a headline is about: it names no region of its own."""
    alike = (one for one in found.values() if one.pillar == pillar and topic in ("", one.topic))
    return next(alike, None) if told.in_title else None


def _region(view: View, context: Context, told: _Told) -> str:
    """The region of the agency that holds it, else that of the passage."""
    if told.agency and told.agency.region != view.vocabulary.areas.province_name:
        return told.agency.region
    return context.region_at(told.first)


class _Reader:
    """Reads sentences for trainings. Built once an article."""

    def __init__(self, view: View, agencies: tuple[Agency, ...]) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.words = view.vocabulary.compiled(build_training_words)
        titles = [tuple(int(t) for t in s.id_.split(":")) for s in view.spans("people")]
        self._titled = {token for first, last in titles for token in range(first, last)}
        places = {(e.field, e.start): agency for agency in agencies for e in agency.evidence}
        r = view.reading
        self._agencies = [
            (s, agency)
            for s in view.spans("agencies")
            if s.start not in self._titled and (agency := places.get((r.field(s.start), r.starts[s.start])))
        ]
        self._dates: list[Dated] | None = None

    def read(self) -> Iterator[_Told]:
        """At most one training a sentence, in the text's order; the headline's comes last."""
        heads = self.words.nouns.heads | {"melatih", "dilatih"}
        if heads.isdisjoint(self.lower):
            return
        numbered = sorted(enumerate(self.view.sentences), key=lambda entry: self._in_title(entry[1][0]))
        for number, (first, last) in numbered:
            if not heads.isdisjoint(self.lower[first:last]) and (told := self._read(number, first, last)):
                told.in_title = self._in_title(first)
                yield told

    def _in_title(self, token: int) -> bool:
        return token < self.view.reading.title_end

    def _read(self, number: int, first: int, last: int) -> _Told | None:
        words, lower = self.words, self.lower
        if words.unreal.find(lower, first, last):
            return None
        for noun in ((s, e) for s, e, _ in words.nouns.find(lower, first, last) if s not in self._titled):
            for told in (self._held(number, noun, first, last), self._attended(number, noun, first)):
                if told:
                    return told
        return self._trains(number, first, last)

    def _held(self, number: int, noun: tuple[int, int], first: int, last: int) -> _Told | None:
        """Somebody holds it, or it was held."""
        start, end = noun
        if hits := self.words.holding.find(self.lower, max(first, start - NEAR), start):
            agency = self._agency_before(first, hits[-1][0])
            # Without an agency in front nobody is known to hold it: "membuka pelatihan" may be an official.
            return _Told(number, hits[-1][0], end, "trainings.holds", noun, agency)
        for begin, stop, _ in self.words.held.find(self.lower, end, last):
            if agency := self._agency_behind(stop, last):
                return _Told(number, start, stop, "trainings.held-by", noun, agency)
            if begin - end > OF_AGENCY:
                break
        if hits := self.words.took_place.find(self.lower, end, min(last, end + OF_AGENCY)):
            return _Told(number, start, hits[0][1], "trainings.took-place", noun)
        return None

    def _attended(self, number: int, noun: tuple[int, int], first: int) -> _Told | None:
        hits = self.words.attended.find(self.lower, max(first, noun[0] - NEAR), noun[0])
        return _Told(number, hits[-1][0], noun[1], "trainings.attended", noun) if hits else None

    def _trains(self, number: int, first: int, last: int) -> _Told | None:
        """An agency trains, or somebody was trained by one."""
        for start, end, _ in self.words.training.find(self.lower, first, last):
            if agency := self._agency_before(first, start):
                return _Told(number, start, end, "trainings.trains", None, agency)
        for start, end, _ in self.words.trained.find(self.lower, first, last):
            if agency := self._agency_behind(end, last):
                return _Told(number, start, end, "trainings.trained-by", None, agency)
        return None

    def _agency_before(self, first: int, token: int) -> Agency | None:
        near = [a for s, a in self._agencies if first <= s.start and token - OF_AGENCY <= s.end <= token]
        return near[-1] if near else None

    def _agency_behind(self, token: int, last: int) -> Agency | None:
        """The agency right behind a verb, or behind "oleh"."""
        if self.lower[token : token + 1] == ["oleh"]:
            token += 1
        return next((a for s, a in self._agencies if token <= s.start <= token + 1 and s.end <= last), None)

    # --- what it is about ------------------------------------------------------------------------------

    def find_pillar(self, told: _Told) -> str:
        """The one pillar of its sentence; of several the one that is named with it; "" where it is open."""
        first, last = self.view.sentences[told.sentence]
        named = [
            s
            for s in self.view.spans_in("pillars", first, last)
            if s.id_ == self.view.programme.id and s.start not in self._titled
        ]
        kinds = list(dict.fromkeys(s.kb_id_ for s in named))
        if len(kinds) == 1:
            return str(kinds[0])
        at = told.noun[1] if told.noun else told.last
        beside = [s for s in named if 0 <= s.start - at <= OF_AGENCY and self._joined(at, s)]
        return str(beside[0].kb_id_) if beside else ""

    def _joined(self, at: int, span: Span) -> bool:
        """Whether nothing parts a training from the pillar behind it."""
        return all(word.isalnum() and word not in ("dan", "serta") for word in self.lower[at : span.start])

    def goes_back(self, told: _Told, pillar: str) -> bool:
        """Whether it is the training of before: "pelatihan itu", "pelatihannya"."""
        if told.noun is None or pillar:
            return False
        start, end = told.noun
        follows = self.lower[end : end + 3]
        return (
            self.lower[end - 1].endswith("nya")
            or any(self.words.back.at(self.lower, end + i) for i in range(len(follows)))
            or start == self.view.sentences[told.sentence][0]
        )

    def find_topic(self, told: _Told) -> str:
        """What it is about in its own words, in lower case: "paralegal"; "" where it does not say."""
        if told.noun is None:
            return ""
        _, last = self.view.sentences[told.sentence]
        at = told.noun[1]
        pillars = {s.start for s in self.view.spans_in("pillars", at, last)}
        furthest = min(last, at + MAX_TOPIC)
        end = skip(at, furthest, lambda token: token not in pillars and self._is_topic(token))
        return " ".join(self.lower[at:end])

    def _is_topic(self, token: int) -> bool:
        word = self.lower[token]
        verbs = (self.words.ends, self.words.took_place, self.words.held)
        return word.replace("-", "").isalpha() and not any(table.at(self.lower, token) for table in verbs)

    def find_date(self, told: _Told) -> str:
        """The first day or month of its sentence that lies before the publication; "" without one."""
        if self._dates is None:
            self._dates = date_spans(self.view)
        first, last = self.view.sentences[told.sentence]
        published = self.view.published
        for dated in self._dates:
            if first <= dated.first < last and dated.kind in ("DAY", "MONTH"):
                dated = dated.in_past(published)
                if published is None or not dated.starts_after(published):
                    return dated.value
        return ""
