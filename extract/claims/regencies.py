"""Which regencies an article speaks of."""

from __future__ import annotations

from db.records import ArticleRegency, Evidence
from extract.article.context import Context
from extract.article.view import View
from extract.vocabulary.areas import Areas


def link_regencies(view: View, context: Context) -> tuple[ArticleRegency, ...]:
    """One claim a regency (or pair of twins left open), every mention as evidence, the clearest first."""
    found: dict[str, list[Evidence]] = {}
    for span in view.spans("places"):
        if span.label_ == "REGENCY":
            found.setdefault(span.kb_id_, []).append(view.evidence(span.start, span.end, span.id_))
    settled = {code for code in found if "|" not in code}
    return tuple(
        ArticleRegency(
            name=_name(view.vocabulary.areas, code),
            code=code,
            evidence=tuple(sorted(evidence, key=lambda e: e.rule != "places.cue")),
        )
        for code, evidence in found.items()
        if code in settled or settled.isdisjoint(code.split("|"))
    )


def _name(areas: Areas, code: str) -> str:
    return "|".join(areas.regency_by_code[c].name for c in code.split("|"))
