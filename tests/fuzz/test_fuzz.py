"""A thousandth of `make fuzz`, and the frame's own promises."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable

import pytest

from tests.fuzz.__main__ import COUNT, SEED
from tests.fuzz.frame import Target, Trial, make_input, run
from tests.fuzz.targets import TARGETS, parts
from tests.fuzz.workers import run_all


@pytest.mark.parametrize("name", TARGETS)
def test_a_thousandth_of_the_long_run(name: str) -> None:
    target = TARGETS[name]
    count = parts(COUNT // 1000, list(TARGETS.values()))[name]
    result = run(target, target.load(), SEED, range(count))
    assert not result.failed, "\n\n".join(f"{f.number}: {f.trace}\n{f.input}" for f in result.failures)
    assert result.inputs == count
    assert result.seen, "the target met nothing: its inputs test nothing"


def _make(chance: random.Random) -> int:
    return chance.randrange(1000)


def _check(made: int) -> Iterable[str]:
    if made % 10 == 0:
        raise ValueError("a multiple of ten")
    while made % 10 == 1:
        pass
    return ["odd"] if made % 2 else []


def _load() -> Trial:
    return Trial(_make, _check)


INVENTED = Target("invented", "numbers, some of which fail or hang", 1, 0.02, _load)


def test_an_input_follows_from_target_seed_and_number() -> None:
    made = [make_input(INVENTED, _load(), 7, number) for number in range(50)]
    assert made == [make_input(INVENTED, _load(), 7, number) for number in range(50)]
    assert made != [make_input(INVENTED, _load(), 8, number) for number in range(50)]


def test_what_raises_and_what_hangs_is_a_failure_and_the_rest_goes_on() -> None:
    result = run(INVENTED, _load(), 3, range(100))
    made = [make_input(INVENTED, _load(), 3, number) for number in range(100)]
    bad = {n for n, number in enumerate(made) if number % 10 in (0, 1)}
    assert result.inputs == 100
    assert result.failed == len(bad) > 10
    assert {f.number for f in result.failures} <= bad
    assert {f.error.split(":")[0] for f in result.failures} == {"ValueError", "OvertimeError"}


def test_workers_together_run_each_input_once() -> None:
    alone = run(INVENTED, _load(), 3, range(300))
    shared = run_all(INVENTED, 3, 300, 2, time.monotonic() + 60)
    assert (shared.inputs, shared.failed, shared.seen) == (alone.inputs, alone.failed, alone.seen)
