"""A run's report in Markdown."""

from __future__ import annotations

import platform
from collections.abc import Mapping

from tests.fuzz.frame import Result
from tests.fuzz.targets import TARGETS


def to_markdown(seed: int, asked: Mapping[str, int], results: Mapping[str, Result]) -> str:
    """The report of a run: what each target ran, met and broke."""
    done, failed = sum(r.inputs for r in results.values()), sum(r.failed for r in results.values())
    lines = [
        "# Report of the last long run of `make fuzz`",
        "",
        "Written by `python -m tests.fuzz --report`, not by hand. `make test` runs the first thousandth.",
        "",
        (
            f"Seed {seed}, Python {platform.python_version()}: {done:,} of {sum(asked.values()):,} inputs "
            f"were run, {failed:,} failed."
        ),
    ]
    for name, result in results.items():
        target = TARGETS[name]
        mean = result.seconds / max(1, result.inputs) * 1000
        lines += [
            "",
            f"## {name}: {target.what}",
            "",
            "| | |",
            "|---|---:|",
            f"| asked for | {asked[name]:,} |",
            f"| run | {result.inputs:,} |",
            f"| failed | {result.failed:,} |",
            f"| budget of an input | {target.budget:g} s |",
            f"| mean of an input | {mean:.1f} ms |",
            f"| slowest input | {result.slowest[0]:.2f} s (number {result.slowest[1]}) |",
        ]
        if result.seen:
            lines += ["", "| met | times |", "|---|---:|"]
            lines += [f"| {what} | {times:,} |" for what, times in sorted(result.seen.items())]
        lines += [f"\n`{f.number}`: {f.error}" for f in result.failures]
    return "\n".join(lines) + "\n"
