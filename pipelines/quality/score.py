"""Precision, recall and F1 of records against hand annotation, per field, with an interval.

Scores are micro-averaged: hits, misses and spurious entries are summed over all documents.
What counts as the same entry follows the annotation guide (docs/annotation.md): case, width,
punctuation and spaces fold; `|` joins acceptable alternatives; entries under `optional` count neither
when found nor when missed; documents that are off the topic are scored on places and relevance alone.
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.claim_kinds import KINDS, ClaimKind

Record = Mapping[str, Any]
Entry = tuple[Any, ...]

#: Fields that are scored for a document off the topic too.
ALWAYS = frozenset({"relevant", "regencies", "kecamatan", "pilot_kecamatan"})

#: The 95 % interval: this many resamples of the documents, from a fixed seed so that a score repeats.
RESAMPLES = 1000
_SEED = 20251030


def _values(field: str, key: str) -> Callable[[Record], list[Entry]]:
    """Entries of a list that annotation writes as plain values and records as objects with `key`."""
    return lambda record: [
        (item.get(key) if isinstance(item, Mapping) else item,) for item in record.get(field) or ()
    ]


def _rows(keys: Sequence[str], *fields: str) -> Callable[[Record], list[Entry]]:
    return lambda record: [
        tuple(item.get(key) for key in keys) for field in fields for item in record.get(field) or ()
    ]


def _people(record: Record) -> list[Entry]:
    return [(strip_titles(item.get("name") or ""), item.get("role")) for item in record.get("people") or ()]


def _own_entries(kind: ClaimKind) -> Callable[[Record], list[Entry]]:
    if kind.table == "people":
        return lambda record: [entry[:1] for entry in _people(record)]
    keys = kind.scored_by
    return _values(kind.field, keys[0]) if len(keys) == 1 else _rows(keys, kind.field)


#: What is scored beside the kinds of claims themselves -> the field that it stands before.
_COMPOSED: Mapping[str, tuple[str, Callable[[Record], list[Entry]]]] = {
    "relevant": ("regencies", lambda record: [(bool(record.get("relevant")),)]),
    "kecamatan": ("pilot_kecamatan", _rows(("kecamatan", "regency"), "pilot_kecamatan", "other_kecamatan")),
    "people_role": ("quantities", _people),
}


def _build_fields() -> Iterator[tuple[str, Callable[[Record], list[Entry]]]]:
    for kind in KINDS:
        yield from ((name, entries) for name, (at, entries) in _COMPOSED.items() if at == kind.field)
        if kind.scored_by:
            yield kind.field, _own_entries(kind)


#: Scored field -> its comparable entries in a record.
FIELDS: Mapping[str, Callable[[Record], list[Entry]]] = dict(_build_fields())

#: Scored field -> the lists of a record that it is made of, where they bear another name.
LISTS: Mapping[str, tuple[str, ...]] = {
    "kecamatan": ("pilot_kecamatan", "other_kecamatan"),
    "people_role": ("people",),
}

#: Fields that only some articles are annotated for: the others say nothing of them.
_SOMETIMES = frozenset(kind.field for kind in KINDS if not kind.always_annotated)


def annotated_fields(gold: Sequence[Record]) -> list[str]:
    """The fields on which documents say anything: of those that only some have, one must."""
    return [
        field for field in FIELDS if field not in _SOMETIMES or any(field in document for document in gold)
    ]


# Academic degrees and honorifics: they come and go with the outlet and do not tell people apart. Short
# words that look like a degree ("sri") go too, on both sides alike.
_TITLES = re.compile(
    r"\b(?:dr|drs|dra|ir|h|hj|kh|prof|se|sh|st|ssos|sip|spd|sag|skom|skm|mm|msi|mh|mkes|map|mpd|mt|phd"
    r"|s\s?[a-z]{1,4}|m\s?[a-z]{1,4})\b"
)
# Words that a role may have or lack without being another role.
_ROLE_FILLERS = frozenset({"kabupaten", "kota", "kab", "dan", "provinsi", "the", "of"})
#: Share of the annotated role's words that a found role must have.
ROLE_SHARE = 0.5


def fold(value: object) -> object:
    """Text with case, width, punctuation and spaces folded; numbers as float, None and bool as they are."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    return re.sub(r"\s+", " ", re.sub(r"[.,'’`\"()]", " ", text)).strip()


def strip_titles(name: str) -> str:
    """A person's folded name without titles, so that "Dr. Eko Purnomo, M.Si" meets "Eko Purnomo"."""
    full = str(fold(name.split(",")[0]))
    return re.sub(r"\s+", " ", _TITLES.sub(" ", full)).strip() or full


def find_entries(record: Record, field: str) -> list[Entry]:
    """The comparable entries of one field, in order, each once."""
    unique: dict[Entry, Entry] = {}
    for entry in FIELDS[field](record):
        unique.setdefault(tuple(fold(value) for value in entry), entry)
    return list(unique.values())


def _alternatives(value: object) -> set[object]:
    return {fold(part) for part in value.split("|")} if isinstance(value, str) else {fold(value)}


def _meet(a: object, b: object) -> bool:
    return bool(_alternatives(a) & _alternatives(b))


def _role_words(role: object) -> set[str]:
    return set(re.findall(r"\w+", str(fold(role) or ""))) - _ROLE_FILLERS


def is_same(gold: Entry, found: Entry, field: str) -> bool:
    """Whether a found entry says what the annotated one says."""
    if field == "people_role":
        wanted = _role_words(gold[1])
        same_name = fold(gold[0]) == fold(found[0])
        return same_name and (not wanted or len(wanted & _role_words(found[1])) / len(wanted) >= ROLE_SHARE)
    if field == "facilities":
        # The finest place that the annotation names decides; a kecamatan beside a village may be left out.
        finest = 1 if gold[1] else 2
        return (
            fold(gold[0]) == fold(found[0])
            and _meet(gold[3], found[3])
            and _meet(gold[finest], found[finest])
        )
    return all(_meet(a, b) for a, b in zip(gold, found, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One field of one document: how many entries were hit, which were missed, which are spurious."""

    document: str
    field: str
    hits: int
    missed: tuple[Entry, ...]
    spurious: tuple[Entry, ...]


def compare(gold: Record, found: Record | None, field: str) -> Comparison:
    """One field of a document beside its annotation; `found` is None where no record came."""
    left = find_entries(found, field) if found else []
    wanted = find_entries(gold, field)
    hits, missed = 0, []
    for entry in wanted:
        match = next((other for other in left if is_same(entry, other, field)), None)
        if match is None:
            missed.append(entry)
        else:
            hits += 1
            left.remove(match)
    optional = find_entries(gold.get("optional") or {}, field) if field != "relevant" else []
    # A further entry that fits an annotated one too (another alternative of it) is no mistake.
    spurious = [
        other for other in left if not any(is_same(entry, other, field) for entry in wanted + optional)
    ]
    return Comparison(
        document=gold["id"], field=field, hits=hits, missed=tuple(missed), spurious=tuple(spurious)
    )


def compare_all(
    gold: Iterable[Record], found: Mapping[str, Record], fields: Sequence[str]
) -> Iterator[Comparison]:
    """Every comparison that counts, documents in the order of `gold`."""
    for document in gold:
        for field in fields:
            if field in _SOMETIMES and field not in document:
                continue
            if document.get("relevant") or field in ALWAYS:
                yield compare(document, found.get(document["id"]), field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Of one field, each figure with the bounds of its 95 % interval (`_bound`)."""

    precision: float
    recall: float
    f1: float
    gold: int  # annotated entries
    low: float  # of F1
    high: float
    precision_low: float
    precision_high: float
    recall_low: float
    recall_high: float


#: Hits, missed and spurious entries of one document.
Tally = tuple[int, int, int]
#: 97.5th percentile of the normal distribution.
_Z = 1.96


def score_field(comparisons: Sequence[Comparison]) -> Score:
    """The score of one field over its documents; a ratio without cases is 1."""
    tallies = [(c.hits, len(c.missed), len(c.spurious)) for c in comparisons]
    hits, missed, spurious = (sum(column) for column in zip(*tallies, strict=True)) if tallies else (0, 0, 0)
    figures = _ratios(tallies)
    dice = random.Random(_SEED)
    resampled = [_ratios(dice.choices(tallies, k=len(tallies))) for _ in range(RESAMPLES if tallies else 0)]
    # F1 is a share too: of the entries on which annotation and record agree, each half of which is one's own.
    cases = (hits + spurious, hits + missed, hits + (missed + spurious) / 2)
    (precision_low, precision_high), (recall_low, recall_high), (low, high) = (
        _bound([row[n] for row in resampled], figures[n], cases[n]) for n in range(3)
    )
    return Score(
        precision=figures[0],
        recall=figures[1],
        f1=figures[2],
        gold=hits + missed,
        low=low,
        high=high,
        precision_low=precision_low,
        precision_high=precision_high,
        recall_low=recall_low,
        recall_high=recall_high,
    )


def _bound(resampled: Sequence[float], share: float, cases: float) -> tuple[float, float]:
    """The wider of two intervals: by resampling the documents, and Wilson's over single entries.

    Resampling knows that mistakes come together in one document; where there was none it knows of none, and
    Wilson's interval tells how many there may be all the same.
    """
    ordered = sorted(resampled) or [share]
    edge = round((len(ordered) - 1) * 0.025)
    low, high = wilson(share, cases)
    return min(low, ordered[edge]), max(high, ordered[-1 - edge])


def wilson(share: float, cases: float) -> tuple[float, float]:
    """Bounds of the 95 % interval of a share of so many cases; of none it is anything."""
    if not cases:
        return 0.0, 1.0
    square = _Z * _Z / cases
    middle = share + square / 2
    half = _Z * math.sqrt(share * (1 - share) / cases + square / (4 * cases))
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))


def _ratios(tallies: Iterable[Tally]) -> tuple[float, float, float]:
    hits = missed = spurious = 0
    for h, m, s in tallies:
        hits, missed, spurious = hits + h, missed + m, spurious + s
    precision = hits / (hits + spurious) if hits + spurious else 1.0
    recall = hits / (hits + missed) if hits + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_all(comparisons: Iterable[Comparison], fields: Sequence[str]) -> dict[str, Score]:
    """Field -> score."""
    by_field: dict[str, list[Comparison]] = {field: [] for field in fields}
    for comparison in comparisons:
        by_field[comparison.field].append(comparison)
    return {field: score_field(rows) for field, rows in by_field.items()}
