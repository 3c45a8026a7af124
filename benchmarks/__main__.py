"""Runs every benchmark and prints a line each: `make bench`, or `python -m benchmarks extraction stories`.

`python -m benchmarks pages FOLDER` scores the generic reader on pages that others collected.
`--save` also writes benchmarks/results.json, with the machine and the versions that the figures belong to.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import sys
from datetime import date
from pathlib import Path

from benchmarks import crawl, exports, extraction, pages, reading, startup, storage, stories

SUITES = {
    "startup": startup.measure,
    "reading": reading.measure,
    "crawl": crawl.measure,
    "extraction": extraction.measure,
    "stories": stories.measure,
    "storage": storage.measure,
    "exports": exports.measure,
}
RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    """Run the suites named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help=f"of {', '.join(SUITES)}; all if none is named"
    )
    parser.add_argument("--save", action="store_true", help="write results.json")
    args = parser.parse_args()
    if args.suites[:1] == ["pages"]:
        return _score_pages(parser, args.suites[1:])
    if unknown := set(args.suites) - set(SUITES):
        parser.error(f"no suite {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    results = {}
    for name in args.suites or SUITES:
        results[name] = SUITES[name]()
        for what, figure in results[name].items():
            print(f"{name:11} {what:52} {figure:>10,.2f}", flush=True)
    if args.save:
        RESULTS.write_text(
            json.dumps({**describe_machine(), "results": results}, indent=1) + "\n", encoding="utf-8"
        )
    return 0


def _score_pages(parser: argparse.ArgumentParser, folders: list[str]) -> int:
    """Print the figures of one folder."""
    if len(folders) != 1:
        parser.error("pages needs one FOLDER with ground-truth.json and html/")
    try:
        figures = pages.measure(Path(folders[0]))
    except (OSError, ValueError, KeyError) as error:
        parser.error(f"{folders[0]} is no folder of pages with ground-truth.json and html/: {error}")
    for what, figure in figures.items():
        print(f"{'pages':11} {what:52} {figure:>10,.4f}", flush=True)
    return 0


def describe_machine() -> dict[str, str]:
    """What the figures depend on."""
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day where it ran
        "python": platform.python_version(),
        "spacy": importlib.metadata.version("spacy"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }


if __name__ == "__main__":
    sys.exit(main())
