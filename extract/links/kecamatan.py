"""Which kecamatan are pilots, and which are only named."""

from __future__ import annotations

from db.records import OtherKecamatan, PilotKecamatan
from extract.context import Context
from extract.view import View


def link_kecamatan(
    view: View, context: Context, relevant: bool
) -> tuple[tuple[PilotKecamatan, ...], tuple[OtherKecamatan, ...]]:
    areas = view.vocabulary.areas
    found = {}
    for span in view.spans("places"):
        if span.label_ == "KECAMATAN":
            found.setdefault(span.kb_id_, []).append(view.evidence(span.start, span.end, span.id_))
    return (), tuple(
        OtherKecamatan(
            kecamatan="|".join(dict.fromkeys(areas.kecamatan_by_code[c].name for c in key.split("|"))),
            regency="|".join(areas.regency_of(c).name for c in key.split("|")),
            code=key,
            evidence=tuple(evidence),
        )
        for key, evidence in found.items()
    )
