"""Reliability says how far probabilities are from what was right."""

from __future__ import annotations

import pytest

from pipelines.quality.reliability import format_reliability, measure_reliability


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
