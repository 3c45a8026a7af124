"""Other places of the same kind leave the scores as they are: no rule knows the places of an article."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from extract.facts import extract_facts
from pipelines.claims.record import article_from_dict, facts_to_record
from pipelines.quality.score import FIELDS, Comparison, Score, compare_all, score_all
from pipelines.quality.show_score import format_errors, list_errors
from tests.extract.reading import engine
from tests.extract.replaced_places import Replacer, Swap, list_swaps

GOLD = sorted((Path(__file__).parents[1] / "gold").glob("*.jsonl"))
SEEDS = (20251030, 20251031, 20251101)

#: How far the score of a field may move.
ALLOWED = 0.01

Row = dict[str, Any]


@functools.cache
def rows() -> tuple[Row, ...]:
    return tuple(json.loads(line) for path in GOLD for line in path.read_text("utf-8").splitlines())


def extract(articles: list[Row]) -> dict[str, Row]:
    vocabulary, nlp = engine()
    found = {}
    for row in articles:
        article = article_from_dict(row)
        found[article.id] = facts_to_record(article, extract_facts(article, nlp, vocabulary))
    return found


def score(articles: list[Row], found: dict[str, Row]) -> tuple[list[Comparison], dict[str, Score]]:
    comparisons = list(compare_all(articles, found, list(FIELDS)))
    return comparisons, score_all(comparisons, list(FIELDS))


@functools.cache
def originals() -> tuple[list[Comparison], dict[str, Score]]:
    articles = list(rows())
    return score(articles, extract(articles))


def mistakes(comparison: Comparison) -> tuple[str, str, int, int]:
    return comparison.document, comparison.field, len(comparison.missed), len(comparison.spurious)


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_stay_with_other_places(seed: int) -> None:
    replacer = Replacer(engine()[0], seed)
    replaced = [replacer.replace(row) for row in rows()]
    articles = [row for row, _ in replaced]
    found = extract(articles)
    comparisons, scores = score(articles, found)
    before, kept = originals()
    known = set(map(mistakes, before))
    new = [c for c in comparisons if mistakes(c) not in known]
    swaps: dict[str, list[Swap]] = {row["id"]: swaps for row, swaps in replaced}
    told = [
        *format_errors(list_errors(articles, found, new)),
        *(f"{c}: {line}" for c in sorted({c.document for c in new}) for line in list_swaps(swaps[c])),
    ]
    moved = {field: scores[field].f1 - kept[field].f1 for field in FIELDS}
    assert {field: by for field, by in moved.items() if abs(by) >= ALLOWED} == {}, "\n".join(told)


def test_enough_is_replaced_for_the_test_to_tell_something() -> None:
    replacer = Replacer(engine()[0], SEEDS[0])
    swaps = [swaps for _, swaps in map(replacer.replace, rows())]
    assert sum(bool(s) for s in swaps) >= len(swaps) / 2
    assert sum(len(swap.kecamatan) for s in swaps for swap in s) >= 100


ROW: Row = {
    "id": "x",
    "published_at": "2025-11-04",
    "title": "Purbalingga Tetapkan Bukateja dan Kejobong",
    "text": (
        "PURBALINGGA - Pemkab Purbalingga menetapkan Bukateja dan Kejobong. RPPA berdiri di Desa "
        "Karangcengis, Bukateja. Baca di purbalingga.example."
    ),
    "relevant": True,
    "regencies": ["Kabupaten Purbalingga"],
    "pilot_kecamatan": [
        {"kecamatan": name, "regency": "Kabupaten Purbalingga"} for name in ("Bukateja", "Kejobong")
    ],
    "other_kecamatan": [],
    "agencies": [{"name": "Dinsos Purbalingga", "type": "sosial", "region": "Kabupaten Purbalingga"}],
    "people": [{"name": "Wiratno Sabdo", "role": "Camat Bukateja"}],
    "quantities": [],
    "facilities": [
        {
            "pillar": "rppa",
            "village": "Karangcengis",
            "kecamatan": "Bukateja",
            "regency": "Kabupaten Purbalingga",
        }
    ],
}


def test_text_and_annotation_change_alike() -> None:
    areas = engine()[0].areas
    new, [swap] = Replacer(engine()[0], 1).replace(ROW)
    name, short = swap.new.name, areas.short(swap.new)
    assert (swap.new.kind, len(areas.twins(swap.new.code))) == ("kabupaten", 1)
    first, second = swap.kecamatan["Bukateja"], swap.kecamatan["Kejobong"]
    assert {first.regency, second.regency} == {swap.new.code}
    [facility] = new["facilities"]
    village = facility["village"]
    assert any(v.name == village and v.kecamatan == first.code for v in areas.villages)
    assert new["title"] == f"{short} Tetapkan {first.name} dan {second.name}"
    assert new["text"] == (
        f"{short.upper()} - Pemkab {short} menetapkan {first.name} dan {second.name}. RPPA berdiri di Desa "
        f"{village}, {first.name}. Baca di purbalingga.example."
    )
    assert new["regencies"] == [name]
    assert new["agencies"] == [{"name": f"Dinsos {short}", "type": "sosial", "region": name}]
    assert new["people"] == [{"name": "Wiratno Sabdo", "role": f"Camat {first.name}"}]
    assert facility == {"pillar": "rppa", "village": village, "kecamatan": first.name, "regency": name}


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ROW["text"] + " Desa Kejobong juga ikut."},  # the name stands for a village too
        {"people": [{"name": "Sri Purbalingga", "role": "Camat"}]},
        {"regencies": ["Kabupaten Purbalingga|Kabupaten Banyumas"], "text": "Rapat."},
        {
            "pilot_kecamatan": [{"kecamatan": "Rembang", "regency": "Kabupaten Purbalingga"}]
        },  # printed nowhere
    ],
    ids=["village", "person", "open", "not printed"],
)
def test_what_is_not_clear_stays(changes: Row) -> None:
    row = ROW | changes
    new, swaps = Replacer(engine()[0], 1).replace(row)
    assert swaps == []
    assert new == row
