"""Whether each entry of a record is right by hand annotation: by the same rules as the scores."""

from __future__ import annotations

from db.claim_kinds import KINDS
from pipelines.quality.score import ALWAYS, FIELDS, Record, find_entries, is_same

#: Kind -> the field that says what of its entries must agree. A kecamatan that is said to be no pilot is
#: right where annotation has it among the others.
SCORED_AS = {kind.field: kind.field for kind in KINDS if kind.scored_by}
SCORED_AS["other_kecamatan"] = "kecamatan"
_SOMETIMES = {kind.field for kind in KINDS if not kind.always_annotated}


def label_entries(gold: Record, found: Record, kind: str) -> list[bool | None]:
    """Of each entry of a list of `found` whether it is right; None where annotation leaves it open."""
    entries = found.get(kind) or []
    field = SCORED_AS.get(kind)
    if field is None or not _is_annotated(gold, kind, field):
        return [None] * len(entries)
    others = kind == "other_kecamatan"
    wanted = _only(gold, kind) if others else find_entries(gold, field)
    optional = find_entries(gold.get("optional") or {}, field)
    labels: list[bool | None] = []
    for entry in entries:
        [said] = FIELDS[field]({kind: [entry]})
        right = any(is_same(one, said, field) for one in wanted)
        arguable = not right and any(is_same(one, said, field) for one in optional)
        labels.append(None if arguable else right)
    return labels


def _only(gold: Record, kind: str) -> list[tuple[object, ...]]:
    return find_entries({kind: gold.get(kind)}, "kecamatan")


def _is_annotated(gold: Record, kind: str, field: str) -> bool:
    if kind in _SOMETIMES and kind not in gold:
        return False
    return bool(gold.get("relevant")) or field in ALWAYS
