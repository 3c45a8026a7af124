"""The peak of memory while everything is exported, from two databases of which one is ten times larger.

It grows with the links of the workbook, of which a sheet has at most 10,000, and with nothing else.
`python -m benchmarks.exports 100000` measures one of that size, which takes about ten minutes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.site_data import write_store

SIZES = (1_000, 10_000)

#: Runs a command and prints its peak in kilobytes. Between this process, which holds the vocabulary, and the
#: export stands a small one: Linux counts a process's memory before `exec` into its peak.
_LAUNCHER = """
import os, sys
pid = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def measure() -> dict[str, float]:
    """Peak, size of the files and speed at each size."""
    figures: dict[str, float] = {}
    for articles in SIZES:
        figures |= measure_export(articles)
    return figures


def measure_export(articles: int) -> dict[str, float]:
    """Peak memory of `pantau export` with every format, in MB, and articles a second."""
    with tempfile.TemporaryDirectory() as folder:
        database, output = Path(folder) / "large.db", Path(folder) / "export"
        write_store(database, articles)
        arguments = ["export", "--quiet", "--db", str(database), "--output", str(output)]
        start = time.perf_counter()
        run = [sys.executable, "-c", _LAUNCHER, sys.executable, "-m", "pipelines.cli", *arguments]
        peak = int(subprocess.run(run, check=True, stdout=subprocess.PIPE).stdout)
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    return {
        f"{articles} articles, peak memory, MB": peak / 1024,
        f"{articles} articles, all files, MB": size / 1e6,
        f"{articles} articles, articles a second": articles / seconds,
    }


if __name__ == "__main__":
    for what, figure in measure_export(int(sys.argv[1])).items():
        print(f"{what:52} {figure:>10,.2f}")
