"""Many inputs on several processes. One that hangs where Python cannot stop it costs its worker only."""

from __future__ import annotations

import faulthandler
import os
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

from tests.fuzz.frame import Failure, Result, Target, make_input, run

#: Inputs that are handed to a worker at a time.
BATCH = 200
#: Seconds beyond its budget, by the clock on the wall, after which a worker is stuck on an input and ended.
STUCK = 120.0


def _work(pipe: Connection, target: Target, seed: int) -> None:
    """Runs batches until it is sent none. What stands in C code past every signal ends the process."""
    os.nice(10)
    trial = target.load()

    def begun(number: int) -> None:
        pipe.send(number)
        faulthandler.dump_traceback_later(target.budget + STUCK, exit=True)

    while (batch := pipe.recv()) is not None:
        result = run(target, trial, seed, batch, begun=begun)
        faulthandler.cancel_dump_traceback_later()
        pipe.send(result)


def _batches(count: int) -> Iterator[range]:
    for first in range(0, count, BATCH):
        yield range(first, min(first + BATCH, count))


class _Worker:
    def __init__(self, target: Target, seed: int) -> None:
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other, target, seed), daemon=True)
        self.process.start()
        other.close()
        self.batch: range | None = None
        self.number = -1

    def give(self, batch: range | None) -> None:
        self.batch = batch
        self.pipe.send(batch)


def run_all(target: Target, seed: int, count: int, jobs: int, until: float) -> Result:
    """Runs inputs 0 to `count` on `jobs` processes; those not begun at `until` (monotonic) are left out."""
    waiting, result = _batches(count), Result()
    workers = [_Worker(target, seed) for _ in range(jobs)]

    def feed(worker: _Worker, rest: range = range(0)) -> None:
        worker.give(rest or (next(waiting, None) if time.monotonic() < until else None))

    for worker in workers:
        feed(worker)
    while busy := {w.pipe: w for w in workers if w.batch is not None}:
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]
            try:
                told = worker.pipe.recv()
            except EOFError:  # it was stuck and ended itself; the rest of its batch goes to a new one
                workers.remove(worker)
                result.add(_stuck(target, seed, worker.number))
                rest = range(worker.number + 1, worker.batch.stop) if worker.batch else range(0)
                workers.append(_Worker(target, seed))
                feed(workers[-1], rest)
                continue
            if isinstance(told, Result):
                result.add(told)
                feed(worker)
            else:
                worker.number = told
    for worker in workers:
        worker.process.join()
    return result


def _stuck(target: Target, seed: int, number: int) -> Result:
    line = f"the process ended, or hung for {target.budget + STUCK:g} s in code that no signal stops"
    made = make_input(target, target.load(), seed, number)
    return Result(inputs=1, failed=1, failures=[Failure(target.name, number, line, "", repr(made))])
