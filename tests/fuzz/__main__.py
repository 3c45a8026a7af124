"""`python -m tests.fuzz`: runs the targets, tells what failed and how to make it again, writes a report."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.fuzz.frame import Failure, make_input, run
from tests.fuzz.report import to_markdown
from tests.fuzz.targets import TARGETS, parts
from tests.fuzz.workers import run_all

COUNT = 1_000_000
SEED = 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "--target", action="append", choices=sorted(TARGETS), help="only this one (repeat it)"
    )
    parser.add_argument("--count", type=int, default=COUNT, help="inputs over all targets (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="%(default)s")
    parser.add_argument("--number", type=int, help="only the input of this number, shown; needs one --target")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (%(default)s)")
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="end after these, finished or not"
    )
    parser.add_argument("--report", type=Path, help="a Markdown file to write")
    options = parser.parse_args()
    if options.number is not None and len(options.target or ()) != 1:
        parser.error("--number needs one --target")
    return options


def _tell(failure: Failure, seed: int) -> None:
    print(f"\n{failure.target} {failure.number}: {failure.error}\n{failure.trace}{failure.input[:2000]}")
    print(
        f"again: python -m tests.fuzz --target {failure.target} --seed {seed} --number {failure.number}",
        flush=True,
    )


def main() -> int:
    """0 where every input held, 1 where one did not."""
    options = _options()
    chosen = [TARGETS[name] for name in dict.fromkeys(options.target or TARGETS)]
    targets = sorted(chosen, key=lambda target: target.share)  # what the small ones leave of the time is more
    if options.number is not None:
        target, trial = targets[0], targets[0].load()
        print(repr(make_input(target, trial, options.seed, options.number)))
        alone = run(target, trial, options.seed, [options.number])
        for failure in alone.failures:
            print(failure.trace)
        print(f"{alone.seconds:.3f} s, {dict(alone.seen)}")
        return min(1, alone.failed)
    until = time.monotonic() + options.minutes * 60
    asked, results = parts(options.count, targets), {}
    for done, target in enumerate(targets):
        now = time.monotonic()
        own = now + (until - now) / (len(targets) - done)
        result = run_all(target, options.seed, asked[target.name], options.jobs, own)
        results[target.name] = result
        for failure in result.failures:
            _tell(failure, options.seed)
        print(
            f"{target.name}: {result.inputs} of {asked[target.name]} inputs, {result.failed} failed, "
            f"slowest {result.slowest[0]:.2f} s (number {result.slowest[1]})",
            flush=True,
        )
    if options.report:
        options.report.write_text(to_markdown(options.seed, asked, results), "utf-8")
    return min(1, sum(result.failed for result in results.values()))


if __name__ == "__main__":
    sys.exit(main())
