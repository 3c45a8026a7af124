"""Facts to rows and back: stable claim ids, codes that foreign keys can follow, evidence.

A code that names one area goes into a nullable foreign key beside the text column; codes joined with
`|` leave it NULL and list what they may mean in `ambiguous_areas`.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from db.claim_kinds import CLAIM_TABLES, CLAIM_TYPES, KIND_OF
from db.errors import RefusedError
from db.file.rows import Row
from db.records import Claim, Evidence, Facts

#: Length of a code -> the nullable foreign key that follows it ("33.03", "33.03.02", "33.03.02.2001").
_LEVELS = {5: "regency_code", 8: "kecamatan_code", 13: "village_code"}


@dataclass
class ClaimRows:
    """The rows that one article's facts become. `evidence` rows still carry the sentence's text."""

    claims: dict[str, dict[str, Row]] = field(default_factory=dict)  # table -> id -> row
    evidence: list[Row] = field(default_factory=list)
    ambiguous: list[Row] = field(default_factory=list)


def own_fields(table: str) -> tuple[str, ...]:
    """The fields that a kind of claim adds to `Claim`."""
    common = {f.name for f in fields(Claim)}
    return tuple(f.name for f in fields(CLAIM_TYPES[table]) if f.name not in common)


def key_fields(table: str) -> tuple[str, ...]:
    """Those of them that make up a claim's identity: a role that is read anew makes no new claim."""
    beside = {column.name for column in KIND_OF[table].columns if not column.identity}
    return tuple(name for name in own_fields(table) if name not in beside)


def claim_id(article: str, programme: str, table: str, values: Iterable[object]) -> str:
    """16 hex digits that stay the same as long as article, programme, kind and key fields do."""
    key = json.dumps([article, programme, table, *values], ensure_ascii=False)
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def check_evidence(facts: Facts, title: str, text: str) -> list[str]:
    """Problems of quotes against the text that is stored; empty when each stands where it says."""
    return [
        problem
        for name, table in CLAIM_TABLES.items()
        for claim in getattr(facts, name)
        for problem in _check_claim(table, claim, title, text)
    ]


def _check_claim(table: str, claim: Claim, title: str, text: str) -> list[str]:
    if not claim.evidence:
        return [f"a claim for {table} has no evidence"]
    return [
        f"{table} quotes {ev.quote[:40]!r}, which is not at {ev.start}-{ev.end}"
        for ev in claim.evidence
        if not _stands(ev, title, text)
    ]


def _stands(ev: Evidence, title: str, text: str) -> bool:
    source = title if ev.field == "title" else text
    return 0 <= ev.start < ev.end and source[ev.start : ev.end] == ev.quote


def drop_unstorable(facts: Facts, title: str, text: str) -> tuple[Facts, list[str]]:
    """The facts without what the database would refuse, and a line for each thing that was left out.

    A claim goes with its last evidence, or where a value of its own can't be kept; no other is lost for it.
    """
    problems: list[str] = []
    kept: dict[str, Any] = {}
    for name, table in CLAIM_TABLES.items():
        kept[name] = ()
        for claim in getattr(facts, name):
            values = [getattr(claim, own) for own in own_fields(table)]
            unstorable = [f"{table} says {value!r:.60}" for value in values if not _fits(value)]
            problems += unstorable + _check_claim(table, claim, title, text)
            problems += [
                f"{table} quotes {ev.sentence!r:.60}" for ev in claim.evidence if not _fits(ev.sentence)
            ]
            sound = tuple(ev for ev in claim.evidence if _stands(ev, title, text) and _fits(ev.sentence))
            if sound and not unstorable:
                kept[name] += (claim if sound == claim.evidence else replace(claim, evidence=sound),)
    return (replace(facts, **kept) if problems else facts), problems


def _fits(value: object) -> bool:
    """Whether a column takes a value: SQLite's whole numbers have 64 bits, and its texts are UTF-8."""
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return not isinstance(value, str) or value.isascii() or value.encode("utf-8", "ignore").decode() == value


def build_rows(facts: Facts, regency_codes: Mapping[str, str]) -> ClaimRows:
    """Rows of all claims of one article; `regency_codes` is full name -> code.

    Claims with the same key become one row that keeps the evidence of both.
    """
    rows = ClaimRows()
    for name, table in CLAIM_TABLES.items():
        merged: dict[str, tuple[Claim, list[Evidence]]] = {}
        for claim in getattr(facts, name):
            identity = claim_id(
                facts.article, facts.programme, table, (getattr(claim, f) for f in key_fields(table))
            )
            kept = merged.setdefault(identity, (claim, []))
            kept[1].extend(ev for ev in claim.evidence if ev not in kept[1])
        rows.claims[table] = {
            identity: _claim_row(rows, facts, table, identity, claim, evidence, regency_codes)
            for identity, (claim, evidence) in merged.items()
        }
    return rows


def _claim_row(
    rows: ClaimRows,
    facts: Facts,
    table: str,
    identity: str,
    claim: Claim,
    evidence: list[Evidence],
    regency_codes: Mapping[str, str],
) -> Row:
    row: Row = {"id": identity, "article": facts.article}
    values = {name: getattr(claim, name) for name in own_fields(table)}
    codes = find_codes(table, values, regency_codes)
    row |= values | find_keys(table, values, codes)
    first = evidence[0]
    row |= {
        "quote": first.quote,
        "sentence": first.sentence,
        "field": first.field,
        "start": first.start,
        "end": first.end,
        "rule": first.rule,
        "confidence": claim.confidence,
        "programme": facts.programme,
        "extractor_version": facts.extractor_version,
        "origin": claim.origin,
        "reason": claim.reason,
    }
    here = {"kind": table, "claim": identity, "article": facts.article}
    rows.evidence += [
        here
        | {"ordinal": ordinal, "quote": ev.quote, "sentence": ev.sentence, "field": ev.field}
        | {"start": ev.start, "end": ev.end, "rule": ev.rule}
        for ordinal, ev in enumerate(evidence)
    ]
    rows.ambiguous += [here | area for area in ambiguous_codes(codes)]
    return row


def find_codes(table: str, values: Mapping[str, Any], regency_codes: Mapping[str, str]) -> list[str]:
    """The codes that a claim may mean, from its own code or from the name of its region."""
    if code := values.get("code"):
        codes = code.split("|")
        for each in codes:
            if len(each) not in _LEVELS:
                raise RefusedError(f"{table} carries the code {each!r}: expected one like 33.03 or 33.03.02")
        return list(dict.fromkeys(codes))
    region: str = values.get("region") or values.get("regency") or ""
    found = [regency_codes.get(name, "") for name in region.split("|")]
    # "Kabupaten Magelang|Jawa Tengah" may mean no regency at all: then no code stands for it.
    return list(dict.fromkeys(found)) if all(found) else []


def find_keys(table: str, values: Mapping[str, Any], codes: list[str]) -> Row:
    """The foreign keys of a claim: the area at each level and the agency type, where they are certain."""
    kind = KIND_OF[table]
    keys: Row = {key: _single(codes, key) for key in kind.area_keys}
    if kind.agency_column:
        agency = str(values[kind.agency_column])
        keys["agency_type"] = None if "|" in agency else agency or None
    return keys


def ambiguous_codes(codes: list[str]) -> list[Row]:
    """The areas that a claim leaves open, as columns of `ambiguous_areas`; none where it names one."""
    return [
        {"code": code, "regency_code": code[:5], "kecamatan_code": code[:8] if len(code) > 5 else None}
        for code in codes
        if len(codes) > 1
    ]


def _single(codes: list[str], key: str) -> str | None:
    """The one area at the level of `key` that every code agrees on."""
    length = next(size for size, name in _LEVELS.items() if name == key)
    areas = {code[:length] for code in codes if len(code) >= length}
    return areas.pop() if len(areas) == 1 and all(len(code) >= length for code in codes) else None


def read_claims(
    table: str, claims: Iterable[sqlite3.Row], evidence: Mapping[str, list[Evidence]]
) -> tuple[Any, ...]:
    """Records of one table's rows, in their order; `evidence` is by claim id."""
    record = CLAIM_TYPES[table]
    return tuple(
        record(
            evidence=tuple(evidence[row["id"]]),
            confidence=row["confidence"],
            origin=row["origin"],
            reason=row["reason"],
            **{name: row[name] for name in own_fields(table)},
        )
        for row in claims
    )
