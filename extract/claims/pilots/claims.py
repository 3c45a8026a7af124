"""Which kecamatan are pilots, and which are only named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.records import Evidence, OtherKecamatan, OtherStatus, PilotKecamatan
from extract.article.list_leads import find_lead
from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence, Status
from extract.claims.pilots.passes import judge_sentences
from extract.claims.pilots.words import PilotWords

#: What is told of a kecamatan that is no pilot, by the status of the group that tells it.
_OF_OTHERS: Mapping[Status, OtherStatus] = {"negated": "negated", "planned": "planned", "": "mentioned"}


def judge_kecamatan(view: View) -> list[Sentence]:
    """The sentences of an article on the topic, with what they say of the kecamatan that they name."""
    return judge_sentences(view, view.vocabulary.compiled(PilotWords))


def link_kecamatan(
    view: View, sentences: Iterable[Sentence]
) -> tuple[tuple[PilotKecamatan, ...], tuple[OtherKecamatan, ...]]:
    """Every kecamatan once: as a pilot if any mention is told as one, else as another with its status.

    `sentences` are those of `judge_kecamatan`, none where the article is off the topic.
    """
    mentions: dict[str, list[tuple[int, int, str]]] = {}
    for span in view.spans("places"):
        if span.label_ == "KECAMATAN":
            mentions.setdefault(span.kb_id_, []).append((span.start, span.end, span.id_))
    groups = [group for sentence in sentences for group in sentence.groups]
    pilots, others = [], []
    for code, places in mentions.items():
        telling = _telling(code, groups)
        evidence = _evidence(view, code, places, telling)
        name, regency = _named(view, code)
        status = telling[0].status if telling else ""
        if status in ("pilot", "listed"):
            pilots.append(PilotKecamatan(kecamatan=name, regency=regency, code=code, evidence=evidence))
        else:
            others.append(
                OtherKecamatan(
                    kecamatan=name,
                    regency=regency,
                    code=code,
                    evidence=evidence,
                    status=_OF_OTHERS[status],
                )
            )
    return tuple(pilots), tuple(others)


def _telling(code: str, groups: Iterable[Group]) -> list[Group]:
    """The groups that say something of a kecamatan, the decisive one first."""
    order = ("pilot", "negated", "planned", "listed")
    said = [g for g in groups if g.status and code in g.codes]
    return sorted(said, key=lambda g: order.index(g.status))


def _evidence(
    view: View, code: str, places: list[tuple[int, int, str]], telling: list[Group]
) -> tuple[Evidence, ...]:
    rules = {m.start: g.rule for g in telling for m in g.members if m.kb_id_ == code}
    told = {m.start: g.told for g in telling for m in g.members if m.kb_id_ == code}
    decisive = {m.start for g in telling[:1] for m in g.members if m.kb_id_ == code}
    ordered = sorted(places, key=lambda p: (p[0] not in decisive, p[0] not in rules, p[0]))
    return tuple(
        view.evidence(first, last, rules.get(first, rule), _near(view, first, told.get(first)))
        for first, last, rule in ordered
    )


def _near(view: View, token: int, told: tuple[int, int] | None) -> tuple[int, int] | None:
    """What says of an item's name what it is: where else the headline alone does, the line above its list."""
    if told is None or view.reading.field(told[0]) == view.reading.field(token):
        return told
    lead = find_lead(view, token)
    return view.sentences[view.sentence_at(lead.last - 1)] if lead is not None else told


def _named(view: View, code: str) -> tuple[str, str]:
    areas = view.vocabulary.areas
    codes = code.split("|")
    names = dict.fromkeys(areas.kecamatan_by_code[c].name for c in codes)
    return "|".join(names), "|".join(areas.regency_of(c).name for c in codes)
