"""Precision, recall and F1 of records against hand annotation, per field, with an interval.

Scores are micro-averaged: hits, misses and spurious entries are summed over all documents.
What counts as the same entry follows the annotation guide (docs/annotation.md): case, width,
punctuation and spaces fold; `|` joins acceptable alternatives; entries under `optional` count neither
when found nor when missed; documents that are off the topic are scored on places and relevance alone.
"""

from __future__ import annotations

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
    """Of one field. `low` and `high` bound F1 in 95 of 100 resamples of the documents."""

    precision: float
    recall: float
    f1: float
    gold: int  # annotated entries
    low: float
    high: float


def score_field(comparisons: Sequence[Comparison]) -> Score:
    """The score of one field over its documents; a ratio without cases is 1."""
    tallies = [(c.hits, len(c.missed), len(c.spurious)) for c in comparisons]
    precision, recall, f1 = _ratios(tallies)
    dice = random.Random(_SEED)
    resampled = (
        sorted(_ratios(dice.choices(tallies, k=len(tallies)))[2] for _ in range(RESAMPLES))
        if tallies
        else [1.0]
    )
    edge = round((len(resampled) - 1) * 0.025)
    return Score(
        precision=precision,
        recall=recall,
        f1=f1,
        gold=sum(hits + missed for hits, missed, _ in tallies),
        low=resampled[edge],
        high=resampled[-1 - edge],
    )


def _ratios(tallies: Iterable[tuple[int, int, int]]) -> tuple[float, float, float]:
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
