"""Officials and offices that report on the work for a pillar: with figures, or with a verb that says so."""

from __future__ import annotations

from db.records import Agency
from extract.claims.duties.scene import Doer, Mention, Scene
from extract.claims.duties.sentence import Claim, Sentence
from extract.vocabulary.tokens import CLOSERS, OPENERS

#: The rule of the weakest claims: where another office is said to hold the pillar, they count for nothing.
REPORTS = "responsibilities.reports"
#: Sentences that a quote goes on for.
QUOTE = 4
#: Tokens between a pillar and its figure.
FIGURE = 9


def read_reports(s: Sentence) -> None:
    """An official who reports on the work for a pillar that his office usually holds."""
    if s.used:
        return
    titled = next((d for d in s.doers if d.titled), None)
    verb = next((t for t in range(s.first, s.last) if s.lower[t] in s.words.reports), None)
    if titled is not None and verb is not None and titled.first < verb:
        behind = [p for p in s.pillars if p.first > verb]
        if behind and not s.refused(verb, s.last):
            s.add(titled, s.fitting(behind, titled, False), verb, verb + 1, REPORTS)
    if not s.used:
        _read_figures(s)


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
    if (
        s.pillars
        or not s.number
        or not any(n.label_ == "COUNT" for n in view.spans_in("numbers", s.first, s.last))
    ):
        return []
    begin, end = view.sentences[s.number - 1]
    before = s.scene.pillars_in(begin, end)
    same = view.segment_at(begin).block == view.segment_at(s.first).block
    return before[:1] if same and len({p.pillar for p in before}) == 1 else []


def _speaker(s: Sentence) -> Doer | None:
    """Who tells a sentence: the one official named in it, or an office that "mencatat"."""
    people = s.scene.people_in(s.first, s.last) or _quoted(s)
    if people:
        offices = {(o.type, o.region) for _, o in people if o is not None}
        first, office = people[0]
        known = len(offices) == 1 and all(o is not None for _, o in people)
        return Doer(first, first + 1, office, True) if known and office is not None else None
    doers = [d for d in s.doers if not d.titled and not s.no_doer(d) and s.opens(d.first)]
    if len(doers) != 1:
        return None
    counts = any(s.lower[t] in s.words.counts for t in range(doers[0].last, min(s.last, doers[0].last + 4)))
    return doers[0] if counts else None


def _quoted(s: Sentence) -> list[tuple[int, Agency | None]]:
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
    view = s.scene.view
    low, high = max(s.first, pillar.first - FIGURE), min(s.last, pillar.last + FIGURE)
    numbers = view.spans_in("numbers", low, high)
    others = [p for p in s.pillars if p.pillar != pillar.pillar]
    return any(
        n.label_ == "COUNT"
        and not any(min(n.start, pillar.first) < p.first < max(n.start, pillar.first) for p in others)
        for n in numbers
    )


def without_weaker(scene: Scene, claims: list[Claim]) -> list[Claim]:
    """All claims but those of reports on what another office of the region is said to hold.

    An office of the type that most often holds the pillar needs nobody else to say so.
    """
    firm = {(c.agency.region, c.pillar, c.agency.type) for c in claims if c.rule != REPORTS}
    held = {(region, pillar) for region, pillar, _ in firm}
    return [
        c
        for c in claims
        if c.rule != REPORTS
        or (c.agency.region, c.pillar) not in held
        or (c.agency.region, c.pillar, c.agency.type) in firm
        or scene.is_foremost(c.agency, c.pillar)
    ]
