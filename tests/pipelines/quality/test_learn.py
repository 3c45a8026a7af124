"""Weights are learned from what was right and wrong, told, and refused where decisions spoil them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.vocabulary.load import load_vocabulary
from extract.vocabulary.weights import KindWeights, Weights
from pipelines.quality import learn as learning
from pipelines.quality.examples import Example
from pipelines.quality.first_readings import note_reading
from pipelines.quality.fit import fit
from pipelines.quality.labels import label_entries
from pipelines.quality.learn import fit_all, tell_changes, write_weights


def make_example(group: str, right: bool, *answers: str, unseen: bool = True, **more: object) -> Example:
    return Example(
        kind="people",
        group=group,
        article=f"{group}1",
        answers=frozenset(answers),
        right=right,
        unseen=unseen,
        **more,  # type: ignore[arg-type]
    )


def make_sets(*, sets: str = "abcd") -> list[Example]:
    """Of each set thirty right claims with a good rule, and of ten with a bad one six wrong."""
    good = [make_example(group, True, "rule:good") for group in sets for _ in range(30)]
    bad = [make_example(group, n < 4, "rule:bad") for group in sets for n in range(10)]
    return good + bad


def test_rule_without_an_error_is_not_certain_and_a_bad_one_is_doubted() -> None:
    weights = fit(make_sets()).weights
    assert 0.95 < weights.probability(("rule:good",)) <= weights.most < 1
    assert 0.25 < weights.probability(("rule:bad",)) < 0.6


def test_kind_without_an_error_gets_one_share_and_never_all() -> None:
    weights = fit([make_example(group, True, "rule:good") for group in "ab" for _ in range(150)]).weights
    assert weights.answers == {}
    assert 0.99 <= weights.probability(()) < 1


def test_answer_that_one_set_has_weighs_nothing() -> None:
    examples = [*make_sets(), *(make_example("a", False, "near:quirk") for _ in range(5))]
    assert "near:quirk" not in fit(examples).weights.answers


def test_no_set_judges_itself() -> None:
    """The set that contradicts the others is told by them, however many of its own say otherwise."""
    examples = [make_example(g, True, "rule:x") for g in "abc" for _ in range(20)]
    examples += [make_example("d", False, "rule:x") for _ in range(20)]
    examples += [make_example(g, False, "rule:y") for g in "abc" for _ in range(20)]
    held_out = fit(examples).held_out
    told = [share for share, e in zip(held_out, examples, strict=True) if e.group == "d"]
    others = [share for share, e in zip(held_out, examples, strict=True) if e.group == "a"]
    assert min(told) > max(others[20:])


def test_decisions_are_at_most_a_third(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Example] = []

    def keep(examples: list[Example]) -> object:
        seen.extend(examples)
        return fit(examples)

    monkeypatch.setattr(learning, "fit", keep)
    fit_all(make_sets(), [make_example("decisions 0", False, "rule:good") for _ in range(400)])
    decided = sum(e.weight for e in seen if e.group == "decisions 0")
    assert decided == pytest.approx(sum(e.weight for e in seen) / 3)


def test_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    weights = KindWeights(
        kind="people",
        learned_from="0123456789ab",
        made=Weights(constant=1.5, most=0.99, right=98, wrong=2, answers={'near:"x"': -0.25}),
        left_out=Weights(constant=-2.0, most=0.9, right=8, wrong=2),
    )
    write_weights(tmp_path, weights)
    assert load_vocabulary(tmp_path).weights["people"] == weights
    assert [path.name for path in (tmp_path / "weights").iterdir()] == ["people.toml"]


def test_changes_are_told() -> None:
    words = load_vocabulary()
    same = dict(words.weights)
    assert set(tell_changes(words, same)) == {f"{kind}: as before" for kind in same}
    old = words.weights["people"]
    made = Weights(constant=old.made.constant, most=0.9, right=1, wrong=1)
    changed = tell_changes(words, {"people": KindWeights(kind="people", learned_from="x", made=made)})
    assert f"people: {len(old.made.answers)} weights changed" in next(changed)


GOLD = {
    "id": "x",
    "relevant": True,
    "regencies": ["Kabupaten Purbalingga"],
    "pilot_kecamatan": [{"kecamatan": "Bukateja", "regency": "Kabupaten Purbalingga"}],
    "other_kecamatan": [{"kecamatan": "Mrebet", "regency": "Kabupaten Purbalingga"}],
    "optional": {"pilot_kecamatan": [{"kecamatan": "Kutasari", "regency": "Kabupaten Purbalingga"}]},
}


def entry(name: str) -> dict[str, object]:
    evidence = [{"start": 0, "end": 3, "quote": name[:3], "sentence": "", "rule": "places.list"}]
    return {"kecamatan": name, "regency": "Kabupaten Purbalingga", "code": "", "evidence": evidence}


def test_labels_are_right_wrong_or_left_open() -> None:
    found = {"pilot_kecamatan": [entry(name) for name in ("Bukateja", "Mrebet", "Kutasari")]}
    assert label_entries(GOLD, found, "pilot_kecamatan") == [True, False, None]
    assert label_entries(GOLD, {"other_kecamatan": [entry("Bukateja")]}, "other_kecamatan") == [False]
    assert label_entries(GOLD, {"trainings": [{"pillar": "rppa", "region": ""}]}, "trainings") == [None]


def test_first_reading_keeps_what_was_wrong_and_what_was_missed() -> None:
    line = note_reading(GOLD, {"relevant": True, "pilot_kecamatan": [entry("Mrebet")]})
    [wrong] = line["wrong"]["pilot_kecamatan"]
    assert wrong["kecamatan"] == "Mrebet"
    assert wrong["evidence"] == [{"start": 0, "end": 3, "rule": "places.list"}]
    assert line["missed"]["pilot_kecamatan"] == GOLD["pilot_kecamatan"]


@pytest.mark.slow
def test_learning_again_changes_nothing_but_what_changed(tmp_path: Path) -> None:
    """A few sets by themselves: they are learned from end to end, and the same twice."""
    gold = Path("tests/gold")
    (tmp_path / "readings").mkdir()
    lines: list[str] = []
    for name in ("k", "l", "m"):
        text = (gold / f"{name}.jsonl").read_text("utf-8")
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
        ids = {json.loads(line)["id"] for line in text.splitlines()}
        kept = (gold / "readings" / "first.jsonl").read_text("utf-8").splitlines()
        lines += [line for line in kept if json.loads(line)["id"] in ids]
    (tmp_path / "readings" / "first.jsonl").write_text("\n".join(lines), "utf-8")
    said: list[str] = []
    for _ in range(2):
        said.clear()
        code = learning.learn(
            sorted(tmp_path.glob("*.jsonl")),
            tmp_path / "mine",
            db=None,
            corrections=None,
            vocabulary=(tmp_path / "mine",) if (tmp_path / "mine").exists() else (),
            say=said.append,
        )
        assert code == 0
    told = [line for line in said if "as before" in line]
    assert len(told) == len(list((tmp_path / "mine" / "weights").glob("*.toml")))
