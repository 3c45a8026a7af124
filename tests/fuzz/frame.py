"""What every target shares: inputs by number, a budget each, what went wrong, and what was seen."""

from __future__ import annotations

import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

#: Failures that are told one by one; all are counted.
TOLD = 20


class OvertimeError(BaseException):
    """An input takes longer than its budget. No `except Exception` of the code under test holds it up."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A target that is ready to run in this process."""

    make: Callable[[random.Random], Any]  # an input; its repr is what a report shows
    check: Callable[
        [Any], Iterable[str]
    ]  # raises where a promise is broken; names what it met, to be counted


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of generated input."""

    name: str
    what: str  # in one line, for the report
    share: int  # its part of a run's inputs, against the other targets' shares
    budget: float  # seconds of processor time that one input may take
    load: Callable[[], Trial]


@dataclass(frozen=True, slots=True)
class Failure:
    target: str
    number: int
    error: str  # one line
    trace: str
    input: str


@dataclass(slots=True)
class Result:
    """What a run over one target met."""

    inputs: int = 0
    seconds: float = 0.0  # of processor time, over all inputs
    slowest: tuple[float, int] = (0.0, -1)  # seconds, number of the input
    seen: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Result) -> None:
        self.inputs += other.inputs
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        self.seen.update(other.seen)
        self.failed += other.failed
        self.failures = (self.failures + other.failures)[:TOLD]


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raises OvertimeError after so many seconds of this process's own time. In the main thread only."""

    def stop(*_: object) -> None:
        raise OvertimeError(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def make_input(target: Target, trial: Trial, seed: int, number: int) -> Any:
    """The input of a number, always the same one."""
    return trial.make(random.Random(f"{target.name} {seed} {number}"))


def run(
    target: Target,
    trial: Trial,
    seed: int,
    numbers: Iterable[int],
    *,
    begun: Callable[[int], object] = lambda number: None,
) -> Result:
    """Makes and checks the inputs of some numbers; `begun` is told each before it is checked."""
    result = Result()
    for number in numbers:
        begun(number)
        made = make_input(target, trial, seed, number)
        start = time.process_time()
        try:
            with limit(target.budget):
                result.seen.update(trial.check(made))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  (whatever is raised is what is looked for)
            line = f"{type(error).__name__}: {error}".splitlines()[0]
            failure = Failure(target.name, number, line, traceback.format_exc(), repr(made))
            result.failed += 1
            result.failures = [*result.failures, failure][:TOLD]
        took = time.process_time() - start
        result.inputs += 1
        result.seconds += took
        result.slowest = max(result.slowest, (took, number))
    return result
