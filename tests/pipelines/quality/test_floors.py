"""Floors of scores: measured, compared, raised; lowered only on purpose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.command.errors import InputError
from pipelines.quality.floors import (
    FallError,
    Floors,
    check_corpus,
    check_floors,
    find_corpus,
    load_floors,
    raise_floors,
    save_floors,
)
from pipelines.quality.score import Score, annotated_fields
from tests.pipelines.invented import OFF_TOPIC, Pantau, make_line, to_jsonl

PBG = "Kabupaten Purbalingga"


BOUNDS = ("low", "high", "precision_low", "precision_high", "recall_low", "recall_high")


def score(precision: float, recall: float = 1.0) -> Score:
    f1 = 2 * precision * recall / (precision + recall)
    return Score(precision=precision, recall=recall, f1=f1, gold=10, **dict.fromkeys(BOUNDS, f1))


def measured(*, pillars: float = 1.0, events: float = 2 / 3) -> dict[str, Score]:
    return {"pillars": score(pillars), "events": score(events)}


CORPUS = {"a.jsonl": "0" * 64}


def test_floors_are_what_was_measured_rounded_down() -> None:
    floors = raise_floors(None, measured(), CORPUS, 3)
    assert floors.floors["events"] == {"precision": 0.6666, "recall": 1.0, "f1": 0.8}
    assert floors.floors["pillars"]["f1"] == 1.0
    assert check_floors(floors, measured()) == []


def test_a_figure_that_rounding_lifts_is_not_below_its_own_floor() -> None:
    scores = {"events": score(46 / 47, 46 / 53)}  # an F1 a hair below 0.92, which times 10,000 is 9200
    assert scores["events"].f1 < 0.92
    floors = raise_floors(None, scores, CORPUS, 3)
    assert floors.floors["events"]["f1"] == 0.92
    assert check_floors(floors, scores) == []


def test_any_fall_is_told() -> None:
    floors = raise_floors(None, measured(), CORPUS, 3)
    # One mistake in ten thousand entries is more than what rounding hides.
    assert check_floors(floors, measured(pillars=0.9999)) == [
        "pillars: precision 0.9999 is below its floor 1.0000",
        "pillars: f1 0.9999 is below its floor 1.0000",
    ]


def test_a_field_without_floor_and_a_floor_without_field() -> None:
    floors = raise_floors(None, {"events": score(1.0), "colour": score(1.0)}, CORPUS, 3)
    problems = check_floors(floors, measured())
    assert any(p.startswith("pillars: has no floor") for p in problems)
    assert any(p.startswith("colour: has a floor and is no field") for p in problems)


def test_floors_rise() -> None:
    floors = raise_floors(None, measured(), CORPUS, 3)
    higher = raise_floors(floors, measured(events=0.9), CORPUS, 3)
    assert higher.floors["events"]["precision"] == 0.9
    assert higher.lowered == ()


def test_floors_go_down_only_with_a_decision() -> None:
    floors = raise_floors(None, measured(), CORPUS, 3)
    with pytest.raises(FallError) as caught:
        raise_floors(floors, measured(pillars=0.5, events=0.9), CORPUS, 3)
    assert caught.value.args[0][0] == "pillars: precision would go down from 1.0000 to 0.5000"
    lower = raise_floors(floors, measured(pillars=0.5, events=0.9), CORPUS, 3, decision="harder articles")
    assert lower.floors["pillars"]["precision"] == 0.5
    [first, second] = lower.lowered
    assert (first.field, first.figure, first.before, first.after) == ("pillars", "precision", 1.0, 0.5)
    assert first.decision == "harder articles"
    assert second.figure == "f1"
    again = raise_floors(lower, measured(events=0.9), CORPUS, 3)
    assert again.lowered == lower.lowered  # the record of it stays


@pytest.mark.parametrize(
    "corpus",
    [{"a.jsonl": "1" * 64}, {"a.jsonl": "0" * 64, "b.jsonl": "2" * 64}, {"b.jsonl": "0" * 64}],
)
def test_another_corpus_asks_for_a_new_measurement(corpus: dict[str, str]) -> None:
    floors = raise_floors(None, measured(), CORPUS, 3)
    assert check_corpus(floors, CORPUS) == []
    [problem] = check_corpus(floors, corpus)
    assert "changed since the floors were measured; measure again with --raise" in problem


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    floors = raise_floors(None, measured(), CORPUS, 3)
    floors = raise_floors(floors, measured(pillars=0.5), CORPUS, 3, decision="why")
    path = tmp_path / "floors.json"
    save_floors(path, floors)
    assert load_floors(path) == floors


@pytest.mark.parametrize("content", ["", "[]", '{"floors": {"events": 1}}', '{"corpus": {}}', "\ufffd"])
def test_a_file_that_is_none(content: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="is no floors file"):
        load_floors(path)


@pytest.fixture
def floors_file(tmp_path: Path) -> Path:
    """Where floors belong, beside two annotated articles."""
    annotated = {
        "relevant": True,
        "regencies": [PBG],
        "pilot_kecamatan": [
            {"kecamatan": name, "regency": PBG}
            for name in ("Bukateja", "Kejobong", "Kaligondang", "Bobotsari")
        ],
    }
    (tmp_path / "gold.jsonl").write_bytes(
        to_jsonl(make_line(1, **annotated), make_line(2, text=OFF_TOPIC, title="Harga", relevant=False))
    )
    return tmp_path / "floors.json"


def annotate(path: Path, **changes: Any) -> None:
    first, second = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    path.write_bytes(to_jsonl(first | changes, second))


@pytest.mark.usefixtures("one_extractor")
def test_measuring_writes_floors_and_no_annotation(floors_file: Path, pantau: Pantau) -> None:
    [gold] = find_corpus(floors_file)
    before = gold.read_bytes()
    assert pantau("score", "--floors", floors_file, "--raise").code == 0
    floors = load_floors(floors_file)
    assert set(floors.floors) == set(annotated_fields([]))
    assert floors.documents == 2
    assert floors.floors["pilot_kecamatan"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert gold.read_bytes() == before
    outcome = pantau("score", "--floors", floors_file)
    assert (outcome.code, outcome.out.splitlines()[-1]) == (0, "no figure is below its floor")


@pytest.mark.usefixtures("one_extractor")
def test_a_fall_is_told_with_its_mistakes_and_needs_a_decision(floors_file: Path, pantau: Pantau) -> None:
    pantau("score", "--floors", floors_file, "--raise")
    [gold] = find_corpus(floors_file)
    annotate(gold, pilot_kecamatan=[{"kecamatan": "Bukateja", "regency": PBG}])
    outcome = pantau("score", "--floors", floors_file)
    assert outcome.code == 1
    assert "contoh-1: spurious Kejobong · Kabupaten Purbalingga" in outcome.out
    assert "gold.jsonl changed since the floors were measured" in outcome.out
    assert "pilot_kecamatan: precision 0.2500 is below its floor 1.0000" in outcome.out
    written = floors_file.read_bytes()
    outcome = pantau("score", "--floors", floors_file, "--raise")
    assert outcome.code == 1
    assert "pilot_kecamatan: precision would go down from 1.0000 to 0.2500" in outcome.out
    assert "nothing was written" in outcome.out
    assert floors_file.read_bytes() == written
    assert pantau("score", "--floors", floors_file, "--raise", "--lower", "2026-01-05: why").code == 0
    floors: Floors = load_floors(floors_file)
    assert {entry.decision for entry in floors.lowered} == {"2026-01-05: why"}
    assert pantau("score", "--floors", floors_file).code == 0


@pytest.mark.usefixtures("one_extractor")
def test_a_configured_vocabulary_is_left_out(
    floors_file: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_VOCABULARY", str(floors_file.parent))
    assert pantau("score", "--floors", floors_file, "--raise").code == 0
    outcome = pantau("score", "--floors", floors_file, "--vocabulary", floors_file.parent)
    assert outcome.code == 2
    assert "leave out" in outcome.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "name the annotation"),
        (("--raise",), "go with --floors"),
        (("gold.jsonl", "--lower", "x"), "go with --floors"),
        (("--floors", "floors.json", "--lower", "x"), "--lower goes with --raise"),
        (("--floors", "floors.json", "--field", "events"), "leave out"),
        (("--floors", "floors.json", "gold.jsonl"), "leave out"),
        (("--floors", "floors.json"), "floors.json does not exist; write it with"),
        (("--floors", "empty/floors.json", "--raise"), "holds no annotation"),
        (("gold.jsonl", "gold.jsonl"), "document contoh-1 stands twice"),
    ],
)
def test_wrong_usage(
    args: tuple[str, ...], words: str, floors_file: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(floors_file.parent)
    Path("empty").mkdir()
    outcome = pantau("score", *args)
    assert outcome.code == 2
    [line] = outcome.complaints
    assert words in line
    assert not floors_file.exists()
