"""Which pillars of the programme an article names."""

from __future__ import annotations

from db.records import ArticlePillar
from extract.view import View


def link_pillars(view: View) -> tuple[ArticlePillar, ...]:
    """One claim a pillar, with every mention as evidence."""
    found: dict[str, list[tuple[int, int]]] = {}
    for span in view.spans("pillars"):
        if span.id_ == view.programme.id:
            found.setdefault(span.kb_id_, []).append((span.start, span.end))
    order = [p.id for p in view.programme.pillar if p.id in found]
    return tuple(
        ArticlePillar(
            pillar=pillar,
            evidence=tuple(view.evidence(first, last, "pillars.phrase") for first, last in found[pillar]),
        )
        for pillar in order
    )
