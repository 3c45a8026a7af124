"""Which pillars of the programme an article names."""

from __future__ import annotations

from spacy.tokens import Span

from db.records import ArticlePillar
from extract.article.view import View


def link_pillars(view: View) -> tuple[ArticlePillar, ...]:
    """One claim a pillar, with every mention as evidence, the proper name before a paraphrase.

    A mention inside an official's title, or behind a wish ("jangan sampai ..."), is none.
    """
    offices = _office_tokens(view)
    wishes = view.vocabulary.table("pillars", "wishes")
    found: dict[str, list[Span]] = {}
    for span in view.spans("pillars"):
        if span.id_ != view.programme.id or span.start in offices:
            continue
        first, _ = view.sentences[view.sentence_at(span.start)]
        if not wishes.find(view.reading.lower, first, span.start):
            found.setdefault(span.kb_id_, []).append(span)
    return tuple(
        ArticlePillar(
            pillar=pillar.id,
            evidence=tuple(
                view.evidence(s.start, s.end, f"pillars.{s.label_}")
                for s in sorted(found[pillar.id], key=lambda s: (s.label_ != "phrase", s.start))
            ),
        )
        for pillar in view.programme.pillar
        if pillar.id in found
    )


def _office_tokens(view: View) -> set[int]:
    """Tokens of the officials' titles."""
    ranges = (span.id_.split(":") for span in view.spans("people"))
    return {token for first, last in ranges for token in range(int(first), int(last))}
