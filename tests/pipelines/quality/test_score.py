"""The scorer, on small cases whose figures can be counted by hand."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db.records import WIB
from pipelines.quality.score import (
    FIELDS,
    annotated_fields,
    compare,
    compare_all,
    find_entries,
    score_all,
    score_field,
    strip_titles,
    wilson,
)
from pipelines.quality.show_score import find_sentence
from tests.pipelines.invented import OFF_TOPIC, TEXT, Pantau, make_line, to_jsonl

PBG = "Kabupaten Purbalingga"


def place(name: str, regency: str = PBG) -> dict[str, str]:
    return {"kecamatan": name, "regency": regency}


def gold(**fields: Any) -> dict[str, Any]:
    return {"id": "a", "relevant": True} | fields


@pytest.mark.parametrize(
    ("field", "annotated", "found", "hits", "missed", "spurious"),
    [
        ("regencies", [PBG], [{"name": "KABUPATEN  Purbalingga", "code": "33.03"}], 1, 0, 0),
        ("regencies", ["Kabupaten Magelang|Kota Magelang"], [{"name": "Kota Magelang"}], 1, 0, 0),
        ("regencies", ["Kabupaten Magelang|Kota Magelang"], ["Kota Magelang", "Kabupaten Magelang"], 1, 0, 0),
        ("regencies", ["Kota Magelang"], ["Kabupaten Magelang|Kota Magelang"], 1, 0, 0),
        ("regencies", [PBG, PBG], [PBG], 1, 0, 0),
        ("regencies", [], [PBG], 0, 0, 1),
        ("regencies", [PBG], [], 0, 1, 0),
        ("pilot_kecamatan", [place("Bukateja")], [place("bukateja")], 1, 0, 0),
        ("pilot_kecamatan", [place("Bukateja")], [place("Bukateja", "Kabupaten Kebumen")], 0, 1, 1),
        ("pillars", ["rppa", "zilenial"], [{"pillar": "zilenial"}, {"pillar": "sport-center"}], 1, 1, 1),
        (
            "agencies",
            [{"name": "x", "type": "setda|lainnya", "region": PBG}],
            [{"name": "other words", "type": "lainnya", "region": PBG}],
            1,
            0,
            0,
        ),
        (
            "people",
            [{"name": "Dr. Wiratno Sabdo, M.Si", "role": "Camat"}],
            [{"name": "Wiratno Sabdo"}],
            1,
            0,
            0,
        ),
        (
            "people_role",
            [{"name": "Wiratno", "role": "Camat Bukateja Kabupaten Purbalingga"}],
            [{"name": "Wiratno", "role": "camat bukateja"}],
            1,
            0,
            0,
        ),
        (
            "people_role",
            [{"name": "Wiratno", "role": "Camat Bukateja"}],
            [{"name": "Wiratno", "role": "Kepala Dinas"}],
            0,
            1,
            1,
        ),
        (
            "quantities",
            [{"measure": "kecamatan_pilot", "region": PBG, "value": 4}],
            [{"measure": "kecamatan_pilot", "region": PBG, "value": 4.0}],
            1,
            0,
            0,
        ),
        (
            "events",
            [{"event": "launch", "date": "2026|2026-06"}],
            [{"event": "launch", "date": "2026-06"}],
            1,
            0,
            0,
        ),
        (
            "facilities",
            [{"pillar": "rppa", "village": "Karangcengis", "kecamatan": "Bukateja", "regency": PBG}],
            [{"pillar": "rppa", "village": "Karangcengis", "kecamatan": None, "regency": PBG}],
            1,
            0,
            0,
        ),
        (
            "facilities",
            [{"pillar": "rppa", "village": None, "kecamatan": "Bukateja", "regency": PBG}],
            [{"pillar": "rppa", "village": "Karangcengis", "kecamatan": "Kejobong", "regency": PBG}],
            0,
            1,
            1,
        ),
    ],
)
def test_one_field(
    field: str, annotated: list[Any], found: list[Any], hits: int, missed: int, spurious: int
) -> None:
    name = "people" if field == "people_role" else field
    result = compare(gold(**{name: annotated}), {"id": "a", name: found}, field)
    assert (result.hits, len(result.missed), len(result.spurious)) == (hits, missed, spurious)


def test_kecamatan_joins_pilots_and_others() -> None:
    record = {
        "pilot_kecamatan": [place("Bukateja")],
        "other_kecamatan": [place("Kejobong"), place("Bukateja")],
    }
    assert find_entries(record, "kecamatan") == [("Bukateja", PBG), ("Kejobong", PBG)]


def test_optional_entries_count_neither_way() -> None:
    document = gold(pillars=["rppa"], optional={"pillars": ["zilenial"]})
    found = compare(document, {"pillars": ["rppa", "zilenial"]}, "pillars")
    left_out = compare(document, {"pillars": ["rppa"]}, "pillars")
    assert (found.hits, found.missed, found.spurious) == (left_out.hits, left_out.missed, left_out.spurious)
    assert found.hits == 1


def test_a_document_without_a_list_that_only_some_have_says_nothing_of_it() -> None:
    training = {"pillar": "rppa", "region": "Kabupaten Kendal"}
    found = {"a": {"trainings": [training]}, "b": {"trainings": [training]}, "c": {"trainings": []}}
    documents = [
        {"id": "a", "relevant": True},
        {"id": "b", "relevant": True, "trainings": []},
        {"id": "c", "relevant": True, "trainings": [training]},
    ]
    compared = list(compare_all(documents, found, ["trainings"]))
    assert [(c.document, len(c.missed), len(c.spurious)) for c in compared] == [("b", 0, 1), ("c", 1, 0)]
    assert "trainings" in annotated_fields(documents)
    assert "trainings" not in annotated_fields(documents[:1])


def test_a_document_off_the_topic_counts_for_places_and_relevance_alone() -> None:
    documents = [{"id": "a", "relevant": False, "pillars": []}]
    compared = list(compare_all(documents, {"a": {"relevant": False, "pillars": ["rppa"]}}, list(FIELDS)))
    assert {c.field for c in compared} == {"relevant", "regencies", "kecamatan", "pilot_kecamatan"}


def test_a_document_without_a_record_is_missed_whole() -> None:
    compared = list(compare_all([gold(pillars=["rppa", "zilenial"])], {}, ["relevant", "pillars"]))
    assert [len(c.missed) for c in compared] == [1, 2]
    assert [len(c.spurious) for c in compared] == [0, 0]


def test_scores_are_summed_over_documents() -> None:
    documents = [gold(id="a", pillars=["rppa", "zilenial"]), gold(id="b", pillars=["rppa", "sport-center"])]
    found = {"a": {"pillars": ["rppa"]}, "b": {"pillars": ["rppa", "sport-center", "zilenial"]}}
    score = score_all(compare_all(documents, found, ["pillars"]), ["pillars"])["pillars"]
    assert (score.precision, score.recall, score.gold) == (0.75, 0.75, 4)
    assert score.f1 == pytest.approx(0.75)
    assert score.low < 0.75 < score.high


def test_interval_repeats_and_narrows_with_agreement() -> None:
    good = compare(gold(pillars=["rppa"]), {"pillars": ["rppa"]}, "pillars")
    bad = compare(gold(pillars=["rppa"]), {"pillars": ["zilenial"]}, "pillars")
    mixed = score_field([good, bad] * 10)
    assert mixed == score_field([good, bad] * 10)
    assert 0.2 < mixed.low < mixed.f1 < mixed.high < 0.8


def test_interval_is_honest_where_nothing_is_wrong() -> None:
    """By Wilson, twenty of twenty bound a share at 0.839: resampling alone would say 1."""
    good = compare(gold(pillars=["rppa"]), {"pillars": ["rppa"]}, "pillars")
    perfect = score_field([good] * 20)
    assert (perfect.f1, perfect.high, perfect.precision_high) == (1.0, 1.0, 1.0)
    assert perfect.low == perfect.precision_low == perfect.recall_low == pytest.approx(0.839, abs=0.001)
    assert wilson(1.0, 89)[0] == pytest.approx(0.959, abs=0.001)
    assert wilson(0.5, 0) == (0.0, 1.0)


def test_interval_widens_where_mistakes_come_together() -> None:
    ten = [{"pillar": f"p{n}"} for n in range(10)]
    documents = [gold(id=str(n), pillars=[p["pillar"] for p in ten]) for n in range(10)]
    found = {str(n): {"pillars": ten if n else []} for n in range(10)}
    score = score_all(compare_all(documents, found, ["pillars"]), ["pillars"])["pillars"]
    assert score.recall == 0.9
    assert score.recall_low < wilson(0.9, 100)[0]


def test_nothing_to_find_and_nothing_found_is_no_mistake() -> None:
    score = score_field([])
    assert (score.precision, score.recall, score.f1, score.gold) == (1.0, 1.0, 1.0, 0)


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("Dr. H. Wiratno Prabangkara, S.Sos., M.Si", "wiratno prabangkara"),
        ("Hj. Lestari Ayuningtyas", "lestari ayuningtyas"),
        ("Ir", "ir"),
    ],
)
def test_titles_do_not_tell_people_apart(printed: str, bare: str) -> None:
    assert strip_titles(printed) == bare


def test_sentence_of_a_missed_entry() -> None:
    document = {"title": "Judul", "text": "Kalimat satu. Camat Kejobong hadir.\n\nPenutup."}
    assert find_sentence(document, {"kecamatan": "Kejobong", "regency": PBG}) == "Camat Kejobong hadir."
    assert find_sentence(document, {"pillar": "rppa"}) == ""


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    annotated = {
        "relevant": True,
        "regencies": [PBG],
        "pilot_kecamatan": [place(name) for name in ("Bukateja", "Kejobong", "Kaligondang", "Bobotsari")],
        "other_kecamatan": [],
    }
    plain = {"relevant": False, "regencies": [], "pilot_kecamatan": [], "other_kecamatan": []}
    path.write_bytes(
        to_jsonl(make_line(1, **annotated), make_line(2, text=OFF_TOPIC, title="Harga", **plain))
    )
    return path


@pytest.mark.usefixtures("one_extractor")
def test_score_extracts_the_annotated_texts(gold_file: Path, pantau: Pantau) -> None:
    outcome = pantau("score", gold_file, "--json", "--quiet")
    assert outcome.code == 0
    report = json.loads(outcome.out)
    assert report["documents"] == 2
    assert report["absent"] == []
    assert report["version"].count("+") == 1
    assert report["measured_on"] <= datetime.now(WIB).date().isoformat()
    assert list(report["scores"]) == annotated_fields([])
    assert report["scores"]["relevant"]["f1"] == 1.0
    assert report["scores"]["pilot_kecamatan"]["gold"] == 4


def test_score_of_records_lists_errors_with_their_sentences(gold_file: Path, pantau: Pantau) -> None:
    sentence = TEXT.split("\n\n")[1]
    wrong = {**place("Karanganyar"), "evidence": [{"sentence": sentence, "rule": "relations.list"}]}
    records = gold_file.with_name("records.jsonl")
    records.write_bytes(
        to_jsonl({"id": "contoh-1", "relevant": True, "pilot_kecamatan": [place("Bukateja"), wrong]})
    )
    outcome = pantau("score", gold_file, "--records", records, "--field", "pilot_kecamatan", "--errors")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    spurious = next(i for i, line in enumerate(lines) if "spurious" in line)
    assert "Karanganyar · Kabupaten Purbalingga [relations.list]" in lines[spurious]
    assert lines[spurious + 1].strip() == sentence
    missed = next(i for i, line in enumerate(lines) if "missed" in line and "Kejobong" in line)
    assert "yakni Bukateja, Kejobong" in lines[missed + 1]
    assert "2 documents, 1 without a record" in lines
    assert lines[-1].split()[:4] == ["pilot_kecamatan", "0.500", "0.250", "0.333"]


def test_unknown_field_is_wrong_usage(gold_file: Path, pantau: Pantau) -> None:
    outcome = pantau("score", gold_file, "--field", "pillar")
    assert outcome.code == 2
    assert "the fields are relevant, regencies" in outcome.complaints[0]


def test_gold_without_text_says_what_to_do(tmp_path: Path, pantau: Pantau) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(to_jsonl({"id": "a", "relevant": True}))
    outcome = pantau("score", path)
    assert outcome.code == 2
    assert (
        "document a: the key 'text' is missing; mend it, or give extracted records with --records"
        in outcome.err
    )
