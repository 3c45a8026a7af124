"""What rules said of annotated articles when they first read them, before any was mended for them.

Rules hardly err on the articles that they were mended on; how often they err on new ones shows only in first
readings. Of each article its file keeps what was wrong and what was missed; the rest was right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from db.claim_kinds import KIND_OF_FIELD, KINDS
from db.records import Evidence
from pipelines.claims.jsonl import load_rows
from pipelines.quality.labels import SCORED_AS, label_entries
from pipelines.quality.score import Record, find_entries, is_same

#: What of a piece of evidence is kept: where it stands and what found it.
_EVIDENCE = ("start", "end", "field", "rule")
_FIELDS = {kind.field: kind.keys for kind in KINDS if kind.field in SCORED_AS}


def note_reading(gold: Record, found: Record) -> dict[str, Any]:
    """The line of one article: `id`, `wrong` and `missed` by kind."""
    wrong = {kind: list(_wrong(gold, found, kind)) for kind in _FIELDS if kind != "other_kecamatan"}
    missed = {kind: list(_missed(gold, found, kind)) for kind in _FIELDS}
    return {
        "id": gold["id"],
        "wrong": {kind: rows for kind, rows in wrong.items() if rows},
        "missed": {kind: rows for kind, rows in missed.items() if rows},
    }


def _wrong(gold: Record, found: Record, kind: str) -> Iterator[dict[str, Any]]:
    for entry, right in zip(found.get(kind) or (), label_entries(gold, found, kind), strict=True):
        if right is False:
            keys = {key: entry[key] for key in _FIELDS[kind] if key in entry}
            evidence = [{k: ev[k] for k in _EVIDENCE if k in ev} for ev in entry["evidence"]]
            yield keys | {"evidence": evidence}


def _missed(gold: Record, found: Record, kind: str) -> Iterator[Any]:
    field = SCORED_AS[kind]
    if kind == "other_kecamatan" or (not gold.get("relevant") and field != "regencies"):
        return
    said = find_entries(found, field)
    for row in gold.get(kind) or ():
        [entry] = find_entries({kind: [row]}, field)
        if not any(is_same(entry, other, field) for other in said):
            yield row


def load_readings(path: Path) -> Mapping[str, Record]:
    """Article -> its line; none where there is no such file."""
    return {row["id"]: row for row in load_rows(path)} if path.exists() else {}


def build_claim(kind: str, row: Mapping[str, Any], title: str, text: str) -> Any:
    """The claim of a line of `wrong`, with its evidence; its passages are not kept and stay empty."""
    evidence = tuple(
        Evidence(
            start=ev["start"],
            end=ev["end"],
            quote=(title if ev.get("field") == "title" else text)[ev["start"] : ev["end"]],
            sentence="",
            rule=ev["rule"],
            field=ev.get("field", "text"),
        )
        for ev in row["evidence"]
    )
    record = KIND_OF_FIELD[kind].record
    return record(evidence=evidence, **{key: value for key, value in row.items() if key != "evidence"})
