"""`pantau backup`, and what is let go: told each time, the newest never, nothing by default."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from db.file.backup import list_backups
from db.store import Store
from pipelines.command.lock import hold_lock
from pipelines.config.load import Config
from pipelines.operate.backup import Retention, prune
from tests.pipelines.invented import Pantau, make_article


def test_copies_are_made_while_a_run_holds_the_lock_and_the_newest_are_kept(
    database: Path, tmp_path: Path, pantau: Pantau
) -> None:
    with hold_lock(database, verb="run"):
        outcomes = [pantau("backup", "--db", database, "--to", tmp_path / "b", "--keep", 2) for _ in range(3)]
    assert [outcome.code for outcome in outcomes] == [0, 0, 0]
    assert "verified" in outcomes[0].out
    assert "removed, 2 copies are kept" in outcomes[2].out
    copies = list_backups(tmp_path / "b", "pantau")
    assert [number for number, _ in copies] == [2, 3]
    assert pantau("check-db", "--db", copies[-1][1]).code == 0


def test_a_copy_in_the_place_of_the_database_is_the_database(
    database: Path, tmp_path: Path, pantau: Pantau
) -> None:
    pantau("extract", "--db", database)
    before = pantau("status", "--db", database, "--json").out  # a copy can't tell of its own making
    pantau("backup", "--db", database, "--to", tmp_path / "b")
    database.write_bytes(b"lost")
    database.write_bytes(list_backups(tmp_path / "b", "pantau")[0][1].read_bytes())
    assert pantau("status", "--db", database, "--json").out == before
    assert "nothing new to extract" in pantau("extract", "--db", database).out


@pytest.mark.parametrize("db", ["none.db", "page.db"])
def test_no_database_is_one_line(db: str, tmp_path: Path, pantau: Pantau) -> None:
    (tmp_path / "page.db").write_text("<html>" * 100)
    outcome = pantau("backup", "--db", tmp_path / db, "--to", tmp_path / "b")
    assert outcome.code == 2
    assert len(outcome.complaints) == 1
    assert db in outcome.complaints[0]


def make_files(folder: Path, ages: dict[str, float], size: int = 100) -> None:
    """Files of an age in days."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, days in ages.items():
        (folder / name).write_bytes(b"x" * size)
        moment = time.time() - days * 86_400
        os.utime(folder / name, (moment, moment))


def test_what_is_too_old_or_too_much_goes_oldest_first(tmp_path: Path) -> None:
    make_files(tmp_path, {"a": 40, "b": 30, "c": 20, "d": -5, "e": 0})
    files = list(tmp_path.iterdir())
    now = time.time()

    def gone(days: int, size: int) -> list[str]:
        return [path.name for path in Retention(days, size).choose(files, now)]

    assert gone(0, 0) == []
    assert gone(25, 0) == ["a", "b"]
    assert gone(0, 300) == ["a", "b"]
    assert gone(35, 300) == ["a", "b"]
    assert gone(1, 1) == ["a", "b", "c", "e"]  # the newest stays, also one of the future


def test_each_removal_is_told_and_pages_that_are_cited_are_counted(
    database: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_files(tmp_path / "warc", {"old.warc.gz": 400, "new.warc.gz": 1, "notes.txt": 900})
    make_files(tmp_path / "logs", {"pantau-2024-01-01.log": 400, "pantau-2026-01-01.log": 1, "mine.log": 900})
    article = make_article(9)
    from db.records import WarcPointer

    said: list[str] = []
    config = Config(logs=tmp_path / "logs", warc_days=365)
    with Store(database) as store:
        store.save_article(replace(article, warc=WarcPointer(file="old.warc.gz", offset=0, digest="sha1:A")))
        prune(store, tmp_path / "warc", Config(), say=said.append)
        assert said == []
        prune(store, tmp_path / "warc", config, say=said.append)
        [(file, size)] = store.db.execute("SELECT file, bytes FROM pruned_files").fetchall()
        assert (file, size) == ("old.warc.gz", 100)
    assert sorted(path.name for path in (tmp_path / "warc").iterdir()) == ["new.warc.gz", "notes.txt"]
    assert sorted(path.name for path in (tmp_path / "logs").iterdir()) == [
        "mine.log",
        "pantau-2026-01-01.log",
    ]
    assert "pantau-2024-01-01.log: removed" in said[0]
    assert "old.warc.gz: removed, as [retention] says; it held the pages of 1 articles" in caplog.text
