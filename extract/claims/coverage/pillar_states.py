"""How far a pillar has come in a regency: something is there, or it is only planned, missing or hoped for.

Source: the annotation guide, rule 14. What is said for the whole province gives no regency, and a list of the
pillars as what the programme holds gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Span

from db.records import (
    ArticleRegency,
    Evidence,
    Facility,
    PillarState,
    PillarStateName,
    Quantity,
    Responsibility,
)
from extract.claims.coverage.told import Scene

#: Pillars that a sentence which only lists them names at least.
LISTED = 3

#: (regency's full name, pillar) -> state -> evidence.
_Found = dict[tuple[str, str], dict[PillarStateName, list[Evidence]]]


def link_pillar_states(
    scene: Scene,
    parts: Iterable[ArticleRegency],
    facilities: Iterable[Facility],
    quantities: Iterable[Quantity],
    responsibilities: Iterable[Responsibility],
) -> tuple[PillarState, ...]:
    """One claim a pillar and regency; where both states are told, something is there."""
    codes = {part.name: part.code for part in parts}
    subjects = {part.code: part.name for part in parts if part.role == "subject"}
    found: _Found = {}

    def note(regency: str, pillar: str, state: PillarStateName, evidence: Iterable[Evidence]) -> None:
        if regency in codes:
            found.setdefault((regency, pillar), {}).setdefault(state, []).extend(evidence)

    for facility in facilities:
        note(facility.regency, facility.pillar, "reported", facility.evidence)
    for duty in responsibilities:
        note(duty.region, duty.pillar, "reported", duty.evidence)
    view = scene.view
    measures = view.vocabulary.measures
    for quantity in quantities:
        pillar = measures[quantity.measure].pillar
        if pillar:
            note(quantity.region, pillar, "reported" if quantity.value else "not-yet", quantity.evidence)
    others = {part.name for part in parts if part.role == "other"}
    for span, regency, state in _told(scene, subjects):
        if regency in others:
            continue  # a namesake, a neighbour
        note(regency, span.kb_id_, state, [view.evidence(span.start, span.end, f"states.{state}")])
    return tuple(_claim(regency, codes[regency], pillar, told) for (regency, pillar), told in found.items())


def _claim(regency: str, code: str, pillar: str, told: dict[PillarStateName, list[Evidence]]) -> PillarState:
    state: PillarStateName = "reported" if "reported" in told else "not-yet"
    return PillarState(regency=regency, code=code, pillar=pillar, state=state, evidence=tuple(told[state]))


def _told(scene: Scene, subjects: Mapping[str, str]) -> Iterator[tuple[Span, str, PillarStateName]]:
    """Mentions of pillars of which a sentence tells how far they are, with the regency that it speaks of."""
    view = scene.view
    for span in view.spans("pillars"):
        told = scene.sentence_at(span.start)
        if span.id_ != view.programme.id:
            continue
        named = {s.kb_id_ for s in view.spans_in("pillars", told.first, told.last)}
        key = told.first_in_clause(span.start, ("done", "ahead"))
        if not key or len(named) >= LISTED:
            continue
        if regency := _regency_of(scene, span, subjects):
            yield span, regency, "reported" if key == "done" else "not-yet"


def _regency_of(scene: Scene, span: Span, subjects: Mapping[str, str]) -> str:
    """The regency that a mention's sentence speaks of; "" where it speaks of the province or of nobody.

    One that acts or is named there, else the one that the passage speaks of, if the article does.
    """
    view, context = scene.view, scene.context
    told = scene.sentence_at(span.start)
    if len(told.acting) == 1:
        return next(iter(told.acting))
    if told.by_province or told.acting:
        return ""
    named = {
        s.kb_id_
        for s in view.spans_in("places", told.first, told.last)
        if s.label_ == "REGENCY" and not context.is_address(s)
    }
    if len(named) == 1 and view.segment_at(told.first).kind != "dateline":
        return scene.actors.region_name(named.pop(), span.start)
    headline = view.reading.field(span.start) == "title"
    return "" if named or headline else subjects.get(context.regency_at(span.start), "")
