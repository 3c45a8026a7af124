"""Weights add up to a probability, and a file that can't be used is told in one line."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from db.claim_kinds import KIND_OF_FIELD
from extract.vocabulary.load import KNOWLEDGE, VocabularyError, load_vocabulary
from extract.vocabulary.weights import UNLEARNED, Weights

WEIGHTS = Weights(constant=1.0, most=0.99, right=98, wrong=2, answers={"a:yes": 2.0, "b:yes": -4.0})


@pytest.mark.parametrize(
    ("answers", "odds"), [((), 1.0), (("a:yes",), 3.0), (("a:yes", "b:yes", "unknown:yes"), -1.0)]
)
def test_log_odds_are_a_sum(answers: tuple[str, ...], odds: float) -> None:
    assert WEIGHTS.log_odds(answers) == odds
    assert WEIGHTS.probability(answers) == pytest.approx(1 / (1 + math.exp(-odds)), abs=0.0006)


@pytest.mark.parametrize(("odds", "share"), [(50.0, 0.99), (-50.0, 0.01), (-800.0, 0.01), (800.0, 0.99)])
def test_nothing_is_surer_than_so_many_examples_can_show(odds: float, share: float) -> None:
    assert Weights(constant=odds, most=0.99, right=98, wrong=0).probability(()) == share


def test_what_was_never_learned_is_nine_of_ten() -> None:
    assert UNLEARNED.probability(("rule:whatever",)) == 0.9


def test_package_has_weights_of_known_kinds() -> None:
    weights = load_vocabulary().weights
    assert set(weights) <= set(KIND_OF_FIELD)
    assert weights["pilot_kecamatan"].left_out is not None
    assert all(w.made.right > w.made.wrong and w.made.most < 1 for w in weights.values())


def copy_weights(folder: Path, kind: str = "people") -> Path:
    target = folder / "weights" / f"{kind}.toml"
    target.parent.mkdir()
    shutil.copy(KNOWLEDGE / "weights" / "people.toml", target)
    return target


def test_weights_of_ones_own_go_before_the_packages(tmp_path: Path) -> None:
    target = copy_weights(tmp_path)
    text = target.read_text("utf-8")
    target.write_text(text.replace('learned_from = "', 'learned_from = "mine-'), "utf-8")
    mine, package = load_vocabulary(tmp_path), load_vocabulary()
    assert mine.weights["people"].learned_from == f"mine-{package.weights['people'].learned_from}"
    assert mine.weights["events"] == package.weights["events"]
    assert mine.digest != package.digest  # articles are read again


@pytest.mark.parametrize(
    ("kind", "old", "new", "wrong"),
    [
        ("events", "", "", "kind 'people' differs from the file's name 'events'"),
        ("people", "most = 0.", "most = 1.", "must be a number between 0.0 and 1.0"),
        ("people", "constant = ", "konstanta = ", "unknown key 'konstanta'"),
        ("people", 'kind = "people"', 'kind = "orang"', "differs from the file's name"),
    ],
)
def test_unusable_weights_are_told_in_a_line(
    tmp_path: Path, kind: str, old: str, new: str, wrong: str
) -> None:
    target = copy_weights(tmp_path, kind)
    target.write_text(target.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(tmp_path)
    assert wrong in str(caught.value)
    assert "\n" not in str(caught.value)
