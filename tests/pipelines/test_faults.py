"""Disk full, locked, damaged, a clock set back, no folder, no permission: one line, and nothing lost."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from db.file import session
from db.file.backup import list_backups
from db.store import Store
from pipelines.cli import main
from tests.pipelines.invented import Pantau, as_nobody, make_article
from tests.pipelines.newsroom import ROOT, sample_arguments

#: Verb -> what else it needs; all of them open the database.
VERBS = {
    "extract": [],
    "publish": [],
    "status": [],
    "digest": [],
    "review": ["--list"],
    "check-db": [],
    "backup": [],
}


def options(verb: str, folder: Path) -> list[str]:
    return [*VERBS[verb], *(["--to", str(folder / "backups")] if verb == "backup" else [])]


# --- disk full -----------------------------------------------------------------------------------------


def run_sample(folder: Path, *, most: int | None = None) -> subprocess.CompletedProcess[str]:
    """The whole job on the sample newsroom, in a process whose files may have `most` bytes each."""

    def limit() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "run", "--quiet", *sample_arguments(folder)],
        cwd=ROOT,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def read_articles(folder: Path) -> list[tuple[object, ...]]:
    with Store(folder / "pantau.db", read_only=True) as store:
        sql = "SELECT id, title, text, published_at FROM articles ORDER BY id"
        return [tuple(row) for row in store.db.execute(sql).fetchall()]


def test_a_disk_that_is_full_stops_the_run_and_the_next_one_does_it_all(
    newsroom: Path, tmp_path: Path
) -> None:
    failed = run_sample(tmp_path, most=2_500_000)  # the archive and half of the database fit
    assert failed.returncode == 2, failed.stderr
    [line] = failed.stderr.splitlines()
    assert f"{tmp_path / 'pantau.db'} cannot be read or written" in line
    assert "free space" in line
    whole = run_sample(tmp_path)
    assert whole.returncode in (0, 1), whole.stderr
    assert main(["check-db", "--quiet", "--db", str(tmp_path / "pantau.db")]) == 0
    assert read_articles(tmp_path) == read_articles(newsroom)


def test_a_disk_on_which_nothing_fits_is_told(tmp_path: Path) -> None:
    failed = run_sample(tmp_path, most=40_000)
    assert failed.returncode == 2, failed.stderr
    assert len(failed.stderr.splitlines()) == 1
    assert str(tmp_path) in failed.stderr


# --- locked, damaged -------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits a moment for another program's lock, not half a minute."""
    real = session.open_database
    monkeypatch.setattr(
        session, "open_database", lambda path, timeout, **more: partial(real, timeout=0.05)(path, **more)
    )


@pytest.mark.usefixtures("impatient")
def test_a_database_that_another_program_writes_to(database: Path, tmp_path: Path, pantau: Pantau) -> None:
    with Store(database) as store:
        store.save_article(make_article(4))
        other = sqlite3.connect(database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            outcome = pantau("extract", "--db", database)
            assert outcome.code == 2
            [line] = outcome.complaints
            assert "is locked by another program" in line
            for verb in ("status", "digest", "backup"):  # reading waits for nobody
                assert pantau(verb, "--db", database, *options(verb, tmp_path)).code in (0, 1)
        finally:
            other.execute("ROLLBACK")
            other.close()
    assert pantau("extract", "--db", database).code == 0


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with enough in it to be damaged in the middle."""
    path = tmp_path_factory.mktemp("sound") / "pantau.db"
    with Store(path) as store, store.transaction():
        store.save_outlets([{"slug": "contoh_post", "name": "Contoh Post"}])
        for number in range(10, 60):
            store.save_article(make_article(number, text=f"Kalimat {number} yang panjang. " * 200))
    return path.read_bytes()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("kind", ["damaged", "no database", "empty", "cut"])
def test_a_database_that_is_damaged_is_one_line_and_left_as_it_is(
    verb: str, kind: str, sound: bytes, tmp_path: Path, pantau: Pantau
) -> None:
    database = tmp_path / "pantau.db"
    data = bytearray(sound)
    if kind == "damaged":
        for at in range(8192, len(data), 512):
            data[at : at + 64] = b"\xff" * 64
    damaged = {"no database": b"<html>" * 2000, "empty": b"", "cut": bytes(data[: len(data) // 3])}
    before = damaged.get(kind, bytes(data))
    database.write_bytes(before)
    outcome = pantau(verb, "--db", database, *options(verb, tmp_path))
    assert outcome.code in (1, 2), outcome
    assert outcome.complaints
    assert all(str(database) in line for line in outcome.complaints)
    assert len(outcome.complaints) == 1 or verb == "check-db"
    assert "Traceback" not in outcome.err
    assert database.read_bytes() == before
    assert not list(tmp_path.rglob("*.building")) + list((tmp_path / "backups").glob("*"))


# --- the clock -------------------------------------------------------------------------------------------


def test_a_clock_that_was_set_back_loses_nothing(newsroom: Path, tmp_path: Path, pantau: Pantau) -> None:
    shutil.copytree(newsroom, tmp_path, dirs_exist_ok=True)
    db = tmp_path / "pantau.db"
    backup = ["backup", "--db", db, "--to", tmp_path / "backups", "--keep", 2]
    assert pantau(*backup).code == 0
    conn = sqlite3.connect(db)
    # As if all of this had been done next year.
    for table, columns in {
        "crawls": ("started_at", "finished_at"),
        "fetches": ("at",),
        "articles": ("fetched_at",),
        "extractions": ("extracted_at",),
    }.items():
        for column in columns:
            conn.execute(f"UPDATE {table} SET {column} = '2099' || substr({column}, 5)")
    conn.commit()
    conn.close()
    before = read_articles(tmp_path)
    again = pantau("run", *sample_arguments(tmp_path))
    assert again.code == 0, again.err
    assert "no new articles, 0 changed" in again.out
    assert read_articles(tmp_path) == before
    assert pantau("status", "--db", db).code == 0
    assert pantau("digest", "--db", db, "--since", "7d").code == 0
    assert [pantau(*backup).code for _ in range(2)] == [0, 0]
    assert [number for number, _ in list_backups(tmp_path / "backups", "pantau")] == [2, 3]


# --- folders ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["backup", "--to", "file/backups"], "file/backups"),
        (["extract", "--corrections", "none"], "none is no folder"),
        (["publish", "--output", "file/public.db"], "file"),
        (["crawl", "--outlets", "none"], "none"),
        (["backfill", "none.warc.gz"], "none.warc.gz"),
        (["schedule", "--systemd", "--output", "file/units"], "file"),
        (["config", "init", "--config", "none/pantau.toml"], "none/pantau.toml"),
        (["check-db", "--archive", "none"], "none"),
    ],
)
def test_a_folder_that_is_missing_or_a_file(
    args: list[str],
    words: str,
    database: Path,
    tmp_path: Path,
    pantau: Pantau,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    outcome = pantau(*args, "--db", database)
    assert outcome.code == 2
    [line] = outcome.complaints
    assert words in line
    assert (tmp_path / "file").read_text() == "x"


@pytest.fixture
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder into which nobody may write."""
    folder = Path("/tmp") / tmp_path_factory.mktemp("closed").name
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def test_a_folder_without_permission(
    closed: Path, tmp_path: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = closed.with_name(f"{closed.name}.db")
    try:
        Store(db).close()
        db.chmod(0o666)
        with as_nobody():
            for args in (
                ["backup", "--to", closed / "b"],
                ["schedule", "--systemd", "--output", closed / "u"],
            ):
                outcome = pantau(*args, "--db", db)
                assert outcome.code == 2, outcome
                [line] = outcome.complaints
                assert str(closed) in line
            monkeypatch.setenv("PANTAU_LOGS", str(closed / "logs"))
            outcome = pantau("status", "--db", db)
            assert outcome.code == 2
            assert str(closed / "logs") in outcome.err
        assert list(closed.iterdir()) == []
    finally:
        for path in closed.parent.glob(f"{closed.name}.db*"):
            path.unlink()
