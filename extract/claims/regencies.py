"""Which regencies an article speaks of."""

from __future__ import annotations

from db.records import ArticleRegency, Evidence
from extract.article.context import Context
from extract.article.view import View


def link_regencies(view: View, context: Context) -> tuple[ArticleRegency, ...]:
    """One claim a regency (or pair of twins left open), every mention as evidence, the clearest first."""
    areas = view.vocabulary.areas
    found: dict[str, list[Evidence]] = {}
    for span in view.spans("places"):
        if span.label_ == "REGENCY":
            found.setdefault(span.kb_id_, []).append(view.evidence(span.start, span.end, span.id_))
    settled = {code for key in found for code in key.split("|") if "|" not in key}
    return tuple(
        ArticleRegency(
            name="|".join(areas.regency_by_code[c].name for c in key.split("|")),
            code=key,
            evidence=tuple(sorted(evidence, key=lambda e: e.rule != "places.cue")),
        )
        for key, evidence in found.items()
        if "|" not in key or not settled & set(key.split("|"))
    )
