"""Ctrl-C and SIGTERM in the middle of a run: 130, one line, nothing half done, and the next one goes on."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.store import Store
from tests.pipelines.invented import TEXT, Pantau, make_article

COUNT = 120


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A database with work for some seconds."""
    path = tmp_path / "pantau.db"
    with Store(path) as store, store.transaction():
        store.save_outlets([{"slug": "contoh_post", "name": "Contoh Post"}])
        for number in range(COUNT):
            text = f"{TEXT} Berita {number}. " * 3
            url = f"https://contoh-post.example/{number}"
            store.save_article(replace(make_article(text=text, url=url), id=f"contoh-{number}"))
    return path


def count_done(path: Path) -> int:
    with Store(path, read_only=True) as store:
        found: int = store.db.execute("SELECT count(*) FROM extractions").fetchone()[0]
    return found


@pytest.mark.parametrize(
    ("number", "args"),
    [
        (
            signal.SIGTERM,
            ["run", "jatengprov", "--replay", "/dev/null"],
        ),  # behind a crawl, which handles signals itself
        (signal.SIGINT, ["extract"]),
    ],
)
def test_the_next_one_does_the_rest(
    number: signal.Signals,
    args: list[str],
    long: Path,
    pantau: Pantau,
    pantau_process: Callable[..., subprocess.Popen[bytes]],
) -> None:
    with pantau_process(*args, "--db", long, "--quiet") as process:
        ends = time.monotonic() + 60
        while not 3 < count_done(long) < COUNT:
            assert time.monotonic() < ends
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert err.decode().splitlines()[-1] == "pantau: error: interrupted; what was done until now is kept"
    assert b"Traceback" not in err
    # The lock's file stays, and holds nobody off.
    assert {path.name for path in long.parent.iterdir()} == {"pantau.db", "pantau.db.lock"}
    assert 3 < count_done(long) < COUNT
    assert pantau("check-db", "--db", long).code == 0
    assert pantau("extract", "--db", long).code == 0
    assert count_done(long) == COUNT
