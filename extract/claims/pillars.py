"""Which pillars of the programme an article names."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from db.records import ArticlePillar, Evidence
from extract.article.view import View
from extract.vocabulary.phrases import PhraseTable


def link_pillars(view: View) -> tuple[ArticlePillar, ...]:
    """One claim a pillar, with every mention as evidence, the proper name before a paraphrase.

    A mention inside an official's title, or behind a wish ("jangan sampai ..."), is none.
    """
    found: dict[str, list[Span]] = {}
    for span in _mentions(view):
        found.setdefault(span.kb_id_, []).append(span)
    return tuple(
        ArticlePillar(pillar=pillar.id, evidence=_evidence(view, found[pillar.id]))
        for pillar in view.programme.pillar
        if pillar.id in found
    )


def _mentions(view: View) -> Iterator[Span]:
    """The mentions of the programme's pillars that tell of one."""
    offices = _office_tokens(view)
    wishes = view.vocabulary.table("pillars", "wishes")
    passing = view.vocabulary.table("pillars", "in_passing")
    served = view.vocabulary.table("pillars", "served")
    for span in view.spans("pillars"):
        if (
            span.id_ != view.programme.id
            or span.start in offices
            or _is_in_passing(view, span, passing, served)
        ):
            continue
        first, _ = view.sentences[view.sentence_at(span.start)]
        if not wishes.find(view.reading.lower, first, span.start):
            yield span


def _is_in_passing(view: View, span: Span, phrases: PhraseTable, served: PhraseTable) -> bool:
    """Whether a group or a pastime is named, "anak milenial", in a passage about something else."""
    hits = phrases.find(view.reading.lower, max(0, span.start - 2), span.end)
    if not any(start <= span.start < end for start, end, _ in hits):
        return False
    passage = view.segment_at(span.start)
    first, last = passage.first, passage.last
    if served.find(view.reading.lower, first, last):
        return False  # "kaum milenial dilatih berwirausaha"
    others = (s for s in view.spans_in("pillars", first, last) if s.kb_id_ != span.kb_id_)
    return not view.spans_in("programmes", first, last) and not any(others)


def _evidence(view: View, spans: list[Span]) -> tuple[Evidence, ...]:
    """Where a pillar is named, the proper name before a paraphrase."""
    spans = sorted(spans, key=lambda s: (s.label_ != "phrase", s.start))
    return tuple(view.evidence(s.start, s.end, f"pillars.{s.label_}") for s in spans)


def _office_tokens(view: View) -> set[int]:
    """Tokens of the officials' titles."""
    ranges = (span.id_.split(":") for span in view.spans("people"))
    return {token for first, last in ranges for token in range(int(first), int(last))}
