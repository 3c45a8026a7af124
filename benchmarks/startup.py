"""How long a person waits for help, beside the bare interpreter."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 7


def measure() -> dict[str, float]:
    """Milliseconds, median of several starts."""
    return {
        "python -c pass, milliseconds": _start(["-c", "pass"]),
        "pantau --help, milliseconds": _start(["-m", "pipelines.cli", "--help"]),
    }


def _start(arguments: list[str]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
