"""Reliability says how far probabilities are from what was right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.command.errors import InputError
from pipelines.quality.reliability import format_reliability, measure_reliability
from pipelines.quality.show_score import Shown, show_score


def test_true_probabilities_have_no_error() -> None:
    found = measure_reliability([(0.75, True)] * 3 + [(0.75, False)])
    assert (found.claims, found.error) == (4, 0.0)
    assert found.brier == pytest.approx(0.1875)
    assert [(one.low, one.high, one.claims) for one in found.bins] == [(0.7, 0.8, 4)]


def test_boasting_is_an_error_and_sure_ones_are_counted() -> None:
    found = measure_reliability([(0.99, True), (0.99, False), (1.0, True), (0.1, False)])
    assert (found.sure, found.sure_wrong) == (3, 1)
    assert found.error == pytest.approx(0.75 * abs(2.98 / 3 - 2 / 3) + 0.25 * 0.1)


def test_nothing_judged_is_told_as_such() -> None:
    assert next(format_reliability("people", measure_reliability([]))).startswith("people: 0 claims")


def test_score_judges_probabilities_and_sealed_sets_list_no_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, records = tmp_path / "gold.jsonl", tmp_path / "records.jsonl"
    place = {"regency": "Kabupaten Purbalingga"}
    kept = {"id": "x", "relevant": True, "pillars": ["rppa"]}
    kept["pilot_kecamatan"] = [{"kecamatan": "Mrebet"} | place]
    found = {
        "id": "x",
        "relevant": True,
        "pillars": [{"pillar": "rppa", "confidence": 0.99}, {"pillar": "zilenial", "confidence": 0.6}],
        "likely": [{"kind": "pilot_kecamatan", "kecamatan": "Mrebet", "confidence": 0.75} | place],
    }
    gold.write_text(json.dumps(kept), "utf-8")
    records.write_text(json.dumps(found), "utf-8")
    shown = Shown(calibration=True, sealed=True, as_json=True)
    assert show_score([gold], records=records, shown=shown) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["absent"] == 0
    assert (told["calibration"]["all"]["claims"], told["calibration"]["all"]["sure_wrong"]) == (2, 0)
    assert told["calibration"]["likely"]["bins"][0]["right"] == 1.0
    assert "zilenial" not in json.dumps(told)
    with pytest.raises(InputError, match="totals only"):
        show_score([gold], records=records, shown=Shown(errors=True, sealed=True))
