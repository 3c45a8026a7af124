"""The sample newsroom as the command line is told of it, and a folder in which the whole job was done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from pipelines.cli import main

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample"
SLUGS = sorted(path.stem for path in (SAMPLE / "outlets").glob("*.toml"))


def sample_arguments(folder: Path) -> list[str]:
    """The command line of `make demo`, with everything that it writes below `folder`."""
    return [
        *SLUGS,
        *("--db", str(folder / "pantau.db"), "--archive", str(folder / "warc")),
        *("--outlets", str(SAMPLE / "outlets"), "--replay", str(SAMPLE / "newsroom.warc.gz")),
        *("--since", "2025-10-25", "--until", "2025-12-12"),
    ]


def build_newsroom(factory: pytest.TempPathFactory) -> Path:
    """A folder in which the whole job was done, once for all workers of a session. Copy it to write there."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each worker has a folder of its own below the session's
    folder = base / "made-newsroom"
    with FileLock(base / "made-newsroom.lock"):
        if not folder.exists():
            building = base / "making-newsroom"
            building.mkdir()
            assert main(["run", "--quiet", *sample_arguments(building)]) == 0
            building.rename(folder)
    return folder
