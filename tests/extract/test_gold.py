"""Our own annotated articles: that they are sound, and that no score on them falls below its floor.

What the fields mean is told by docs/annotation.md. A failure lists every mistake with its sentence.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extract.facts import extract_facts
from pipelines.claims.record import article_from_dict, facts_to_record
from pipelines.quality.floors import (
    FIGURES,
    check_corpus,
    check_floors,
    describe_fall,
    digest_corpus,
    find_corpus,
    load_floors,
    round_down,
)
from pipelines.quality.score import annotated_fields, compare_all, score_all
from pipelines.quality.show_score import load_gold
from tests.extract.reading import engine

ROOT = Path(__file__).parents[2]
FLOORS = ROOT / "tests" / "gold" / "floors.json"
FILES = find_corpus(FLOORS)

Row = dict[str, Any]

#: Keys of an entry of each list; the first three lists have plain values.
LISTS: dict[str, set[str]] = {
    "regencies": set(),
    "pillars": set(),
    "hard": set(),
    "pilot_kecamatan": {"kecamatan", "regency"},
    "other_kecamatan": {"kecamatan", "regency"},
    "agencies": {"name", "type", "region"},
    "responsibilities": {"agency", "region", "pillar"},
    "people": {"name", "role"},
    "quantities": {"measure", "region", "value"},
    "events": {"event", "date"},
    "facilities": {"pillar", "village", "kecamatan", "regency"},
}
HEAD = {"id", "source_url", "outlet", "published_at", "title", "text", "relevant"}
ROWS = load_gold(FILES)


def test_enough_articles_and_a_quarter_off_the_topic() -> None:
    assert len(ROWS) >= 60
    assert sum(not row["relevant"] for row in ROWS) >= len(ROWS) / 4


def test_texts_differ() -> None:
    for key in ("title", "text"):
        assert [value for value, n in Counter(row[key] for row in ROWS).items() if n > 1] == []


def entries(row: Row, field: str) -> list[Any]:
    return [*row[field], *(row.get("optional") or {}).get(field, ())]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_annotation_is_sound(row: Row) -> None:
    vocabulary = engine()[0]
    areas = vocabulary.areas
    programme = next(iter(vocabulary.programmes.values()))
    assert {*row} - {"optional"} == {*LISTS, *HEAD}
    assert {*(row.get("optional") or {})} <= {*LISTS} - {"hard"}
    assert row["published_at"] is None or re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["published_at"])
    for field, keys in LISTS.items():
        for entry in entries(row, field):
            assert isinstance(entry, dict if keys else str), (field, entry)
            assert not keys or {*entry} == keys, (field, entry)
        assert len({json.dumps(e, sort_keys=True) for e in row[field]}) == len(row[field]), field
    names = {r.name: r.code for r in areas.regencies}
    regions = {*names, areas.province_name, "Indonesia"}
    for name in entries(row, "regencies"):
        assert set(name.split("|")) <= {*names}, name
    for field in ("pilot_kecamatan", "other_kecamatan", "facilities"):
        for entry in entries(row, field):
            if field != "facilities":
                assert entry["kecamatan"]
                assert entry["regency"]
            for one in (entry["kecamatan"] or "").split("|") if entry["kecamatan"] else ():
                holding = {k.regency for k in areas.kecamatan if k.name == one}
                assert holding & {names[r] for r in entry["regency"].split("|")}, (field, entry)
    assert {*entries(row, "pillars")} <= {p.id for p in programme.pillar}
    for entry in entries(row, "agencies"):
        assert set(entry["type"].split("|")) <= {*vocabulary.agencies}, entry
    for entry in entries(row, "responsibilities"):
        assert set(entry["agency"].split("|")) <= {*vocabulary.agencies}, entry
        assert entry["pillar"] in {p.id for p in programme.pillar}, entry
        assert set(entry["region"].split("|")) <= regions, entry
    for entry in entries(row, "quantities"):
        assert entry["measure"] in vocabulary.measures, entry
        assert isinstance(entry["value"], int), entry
        assert set(entry["region"].split("|")) <= regions, entry
    for entry in entries(row, "events"):
        assert entry["event"] in ("launch", "decree", "progress-report", "target"), entry
        assert re.fullmatch(r"\d{4}(-\d{2}){0,2}(\|\d{4}(-\d{2}){0,2})*", entry["date"]), entry
    for entry in entries(row, "people"):
        assert entry["name"].split()[0] in row["text"] + row["title"], entry


@functools.cache
def records() -> dict[str, Row]:
    vocabulary, nlp = engine()
    found = {}
    for row in ROWS:
        article = article_from_dict({**row, "url": row["source_url"]})
        found[article.id] = facts_to_record(article, extract_facts(article, nlp, vocabulary))
    return found


def test_floors_were_measured_on_these_articles() -> None:
    floors = load_floors(FLOORS)
    assert floors.documents == len(ROWS)
    assert check_corpus(floors, digest_corpus(FILES)) == []


def test_no_score_is_below_its_floor() -> None:
    fields = annotated_fields(ROWS)
    scores = score_all(compare_all(ROWS, records(), fields), fields)
    problems = check_floors(load_floors(FLOORS), scores)
    assert problems == [], describe_fall(ROWS, records())


def test_the_site_shows_these_figures() -> None:
    shown = json.loads((ROOT / "db" / "site" / "accuracy.json").read_text("utf-8"))
    floors = load_floors(FLOORS)
    figures = {
        name: {figure: round_down(score[figure]) for figure in FIGURES}
        for name, score in shown["scores"].items()
    }
    assert (shown["documents"], shown["absent"], figures) == (len(ROWS), [], floors.floors)


def test_every_lowered_floor_has_its_reason() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "docs" / "decisions.md").read_text("utf-8"), re.MULTILINE)
    lowered = {entry.decision for entry in load_floors(FLOORS).lowered}
    assert lowered <= set(headings), "say in docs/decisions.md, under this heading, why a floor went down"
