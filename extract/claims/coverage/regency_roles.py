"""Whether an article speaks of a regency, or only of a place in it or of something else.

`subject`: something is said of the programme in, for or by the regency. `place`: only an event or a person
stands there. `other`: a comparison, a border, history. Source: the annotation guide, rule 13.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from spacy.tokens import Span

from db.records import (
    ArticleRegency,
    Facility,
    OtherKecamatan,
    PillarState,
    PilotKecamatan,
    Quantity,
    RegencyRole,
    Responsibility,
)
from extract.claims.coverage.told import Scene, Told

#: Sentences back within which the programme is named that a sentence goes on about.
NEAR = 2


def list_claimed(
    pilots: Iterable[PilotKecamatan],
    others: Iterable[OtherKecamatan],
    facilities: Iterable[Facility],
    quantities: Iterable[Quantity],
    responsibilities: Iterable[Responsibility],
) -> set[str]:
    """Full names of the regencies on which some claim is made."""
    decided = (k.regency for k in others if k.status in ("planned", "negated"))
    named = {k.regency for k in pilots} | {f.regency for f in facilities} | set(decided)
    return named | {q.region for q in quantities} | {r.region for r in responsibilities}


def give_roles(
    scene: Scene, regencies: Iterable[ArticleRegency], claimed: Container[str]
) -> tuple[ArticleRegency, ...]:
    """The regencies, each with its role; `claimed` are those on which a claim is made."""
    return tuple(replace(regency, role=_role(scene, regency, claimed)) for regency in regencies)


def _role(scene: Scene, regency: ArticleRegency, claimed: Container[str]) -> RegencyRole:
    if regency.name in claimed:
        return "subject"
    codes = set(regency.code.split("|"))
    mentions = [
        (span, scene.sentence_at(span.start))
        for span in scene.regencies
        if codes & set(span.kb_id_.split("|"))
    ]
    if any(_is_excluded(scene, span.start, told) for span, told in mentions):
        return "other"
    if mentions and all(_is_compared(scene, span.start, told) for span, told in mentions):
        return "other"
    at_work = any(_is_at_work(told, regency.name) for told in scene.acting)
    spoken_of = any(_is_spoken_of(scene, span, told) for span, told in mentions)
    return "subject" if at_work or spoken_of else "place"


def add_told(
    regencies: Iterable[ArticleRegency], states: Iterable[PillarState]
) -> tuple[ArticleRegency, ...]:
    """The regencies, where what is told of a pillar there makes one a subject."""
    told = {state.regency for state in states}
    return tuple(replace(one, role="subject") if one.name in told else one for one in regencies)


def _is_at_work(told: Told, regency: str) -> bool:
    """Whether an official or an office of a regency says or does something, and is no guest or host."""
    return regency in told.acting and told.has("speaks") and not told.has("attends")


def _is_spoken_of(scene: Scene, span: Span, told: Told) -> bool:
    """Whether a mention says something of the regency itself: in a headline, or with the programme."""
    view, token = scene.view, span.start
    if view.segment_at(token).kind == "dateline" or _is_compared(scene, token, told):
        return False
    at_place = scene.context.is_address(span) or _is_venue(scene, token)
    if view.reading.field(token) == "title":
        return not at_place or not (told.by_province or told.has("opened_there") or _opens_with_place(scene))
    index = view.sentence_at(token)
    near = (scene.sentence(number) for number in range(max(0, index - NEAR), index + 1))
    on_topic = any(one.on_topic or one.has("topic") for one in near)
    return not at_place and on_topic and told.has("joins") and not told.has("attends")


def _is_venue(scene: Scene, token: int) -> bool:
    """Whether a word for a place stands before a name: "di Sragen", "di Desa A, Kecamatan B, Kabupaten C"."""
    lower, words = scene.view.reading.lower, scene.words
    first = scene.sentence_at(token).first
    places = {t for s in scene.view.spans_in("places", first, token) for t in range(s.start, s.end)}
    for at in range(token - 1, first - 1, -1):
        if lower[at] in words.venue:
            return True
        if at not in places and lower[at] not in words.marks and lower[at][0].isalpha():
            return False
    return False


def _opens_with_place(scene: Scene) -> bool:
    """Whether a headline opens with where it was: "Dari Sragen, Gubernur ..."."""
    return scene.view.reading.lower[0] in scene.words.venue


def _is_compared(scene: Scene, token: int, told: Told) -> bool:
    """Whether a comparison, a border or a former office leads to a mention."""
    lower = scene.view.reading.lower
    return any(end >= token - 2 for _, end, _ in scene.words.compares.find(lower, told.first, token))


def _is_excluded(scene: Scene, token: int, told: Told) -> bool:
    """Whether a text says that it does not mean this one: elsewhere the name is a namesake's."""
    found = scene.words.excludes.find(scene.view.reading.lower, told.first, token)
    return any(end == token for _, end, _ in found)
