"""Officials and offices that report on the work for a pillar: with figures, or with a verb that says so."""

from __future__ import annotations

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.duties.doers import Doer, Person
from extract.claims.duties.scene import Mention, Scene
from extract.claims.duties.sentence import Claim, Sentence
from extract.vocabulary.tokens import CLOSERS, OPENERS

#: The rule of the weakest claims: where another office is said to hold the pillar, they count for nothing.
REPORTS = "responsibilities.reports"
#: Sentences that a quote goes on for.
QUOTE = 4
#: Tokens between a pillar and its figure.
FIGURE = 9
#: Tokens behind an office in which it "mencatat".
COUNTING = 4


def read_reports(s: Sentence) -> None:
    """An official who reports on the work for a pillar that his office usually holds."""
    if not s.used:
        _read_reported(s)
    if not s.used:
        _read_figures(s)


def _read_reported(s: Sentence) -> None:
    """ "Kepala Dinsos melaporkan layanan lansia berjalan": told with a verb."""
    titled = next((d for d in s.doers if d.titled), None)
    verb = next((t for t in range(s.first, s.last) if s.lower[t] in s.words.reports), None)
    if titled is None or verb is None or titled.first >= verb:
        return
    behind = s.pillars_in(verb + 1, s.last)
    if behind and not s.refused(verb, s.last):
        s.add(titled, s.fitting(behind, titled, False), verb, verb + 1, REPORTS)


def _read_figures(s: Sentence) -> None:
    """ "... ada empat RPPA yang aktif", "pemegang Kartu Zilenial 1.312 orang": told by whose work it is."""
    figured = [p for p in s.pillars if _has_figure(s, p)] or _told_before(s)
    if not figured or s.refused(s.first, s.last):
        return
    speaker = _speaker(s)
    if speaker is not None:
        pillars = [p for p in s.fitting(figured, speaker, False) if s.scene.is_branded(p.pillar)]
        s.add(speaker, pillars, speaker.first, speaker.last, REPORTS)


def _told_before(s: Sentence) -> list[Mention]:
    """The one pillar of the sentence before, where this one only counts: "Dispora mencatat 640 kartu"."""
    view = s.scene.view
    if s.pillars or not s.number or not _counts(s.first, s.last, view):
        return []
    begin, end = view.sentences[s.number - 1]
    before = s.scene.pillars_in(begin, end)
    same = view.segment_at(begin).block == view.segment_at(s.first).block
    return before[:1] if same and len({p.pillar for p in before}) == 1 else []


def _counts(first: int, last: int, view: View) -> list[Span]:
    return [n for n in view.spans_in("numbers", first, last) if n.label_ == "COUNT"]


def _speaker(s: Sentence) -> Doer | None:
    """Who tells a sentence: the one official named in it, or an office that "mencatat"."""
    people = s.scene.people_in(s.first, s.last) or _quoted(s)
    return _one_official(people) if people else _counting_office(s)


def _one_official(people: list[Person]) -> Doer | None:
    """The official who is named first, where all who are named are of one office."""
    offices = {(office.type, office.region) if office else None for _, office in people}
    first, office = people[0]
    return Doer(first, first + 1, office, True) if office is not None and len(offices) == 1 else None


def _counting_office(s: Sentence) -> Doer | None:
    """The only office that opens a clause, where it tells figures of its own."""
    doers = [d for d in s.doers if not d.titled and not s.no_doer(d) and s.opens(d.first)]
    if len(doers) != 1:
        return None
    behind = s.lower[doers[0].last : min(s.last, doers[0].last + COUNTING)]
    return None if s.words.counts.isdisjoint(behind) else doers[0]


def _quoted(s: Sentence) -> list[Person]:
    """Who is named behind a quote that a sentence opens and a later one of its paragraph closes."""
    view = s.scene.view
    if s.lower[s.first] not in OPENERS or any(word in CLOSERS for word in s.lower[s.first + 1 : s.last]):
        return []
    for first, last in view.sentences[s.number + 1 : s.number + 1 + QUOTE]:
        if first >= view.segment_at(s.first).last:
            break
        if any(word in CLOSERS for word in s.lower[first:last]):
            return s.scene.people_in(first, last)
    return []


def _has_figure(s: Sentence, pillar: Mention) -> bool:
    """Whether a count stands near a pillar, and no other pillar between."""
    low, high = max(s.first, pillar.first - FIGURE), min(s.last, pillar.last + FIGURE)
    others = [p.first for p in s.pillars if p.pillar != pillar.pillar]
    counts = (sorted((n.start, pillar.first)) for n in _counts(low, high, s.scene.view))
    return any(not any(first < other < last for other in others) for first, last in counts)


def without_weaker(scene: Scene, claims: list[Claim]) -> list[Claim]:
    """All claims but those of reports on what another office of the region is said to hold.

    An office of the type that most often holds the pillar needs nobody else to say so.
    """
    firm = {(c.agency.region, c.pillar, c.agency.type) for c in claims if c.rule != REPORTS}
    held = {(region, pillar) for region, pillar, _ in firm}

    def is_held_by_others(claim: Claim) -> bool:
        region, pillar, kind = claim.agency.region, claim.pillar, claim.agency.type
        others = (region, pillar) in held and (region, pillar, kind) not in firm
        return others and not scene.is_foremost(claim.agency, pillar)

    return [c for c in claims if c.rule != REPORTS or not is_held_by_others(c)]
