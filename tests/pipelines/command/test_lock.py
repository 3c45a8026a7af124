"""One run at a time; a dead one blocks nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.command.lock import LockHeldError, hold_lock
from tests.pipelines.invented import Pantau
from tests.pipelines.newsroom import ROOT

_HOLDER = """
import sys
from pathlib import Path
from pipelines.command.lock import hold_lock
with hold_lock(Path(sys.argv[1]), verb="crawl"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_run(database: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its standard input ends."""
    command = [sys.executable, "-c", _HOLDER, str(database)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("verb", ["extract", "reparse", "publish", "crawl", "run"])
def test_second_run_ends_at_once_and_names_the_first(verb: str, database: Path, pantau: Pantau) -> None:
    before = database.read_bytes()
    with another_run(database) as process:
        outcome = pantau(verb, "--db", database)
        assert outcome.code == 75
        assert outcome.out == ""
        [line] = outcome.complaints
        assert f"pantau crawl, process {process.pid}, since 20" in line
        assert str(database) in line
    assert database.read_bytes() == before


def test_lock_of_a_killed_run_does_not_block(database: Path, pantau: Pantau) -> None:
    with another_run(database) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
    assert pantau("extract", "--db", database).code == 0


def test_lock_is_free_after_an_error_and_names_nobody(tmp_path: Path) -> None:
    database = tmp_path / "pantau.db"

    def fail() -> None:
        with hold_lock(database, verb="crawl"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with hold_lock(database, verb="extract"):
        assert "extract" in (tmp_path / "pantau.db.lock.json").read_text()
        with pytest.raises(LockHeldError, match="pantau extract"), hold_lock(database, verb="publish"):
            pass
    assert not (tmp_path / "pantau.db.lock.json").exists()


def test_databases_do_not_share_a_lock(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "a.db", verb="crawl"), hold_lock(tmp_path / "b.db", verb="crawl"):
        assert (tmp_path / "a.db.lock.json").exists()
        assert (tmp_path / "b.db.lock.json").exists()
