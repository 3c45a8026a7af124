"""The schema: created once, recorded, never guessed at."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from db.file import migrations
from db.file.connection import APPLICATION_ID
from db.file.views import load_views
from db.store import Store, StoreError


def read(path: Path, sql: str) -> list[tuple[object, ...]]:
    conn = sqlite3.connect(path)
    try:
        return conn.execute(sql).fetchall()
    finally:
        conn.close()


def test_new_file_is_recorded_and_ours(path: Path) -> None:
    with Store(path, timeout=7) as store:
        one = {
            name: store.db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("foreign_keys", "busy_timeout")
        }
        assert one == {"foreign_keys": 1, "busy_timeout": 7000}
    assert read(path, "PRAGMA user_version") == [(len(migrations.NAMES),)]
    assert read(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert read(path, "PRAGMA journal_mode") == [("wal",)]
    assert read(path, "SELECT migration_set, name FROM _sqlite_migrations ORDER BY id") == [
        ("pantau", name) for name in migrations.NAMES
    ]
    assert [m.name for m in migrations.migrations.pending(Database(memory=True))] == list(migrations.NAMES)


def test_opening_again_writes_nothing(path: Path) -> None:
    Store(path).close()
    before = path.read_bytes()
    Store(path).close()
    assert path.read_bytes() == before


def test_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    Store(path).close()
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"has schema 99, this release knows \d+: upgrade") as caught:
            Store(path, read_only=read_only)
        assert "\n" not in str(caught.value)
    assert read(path, "PRAGMA user_version") == [(99,)]


def test_failing_migration_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migrations("pantau")
    broken(name="m001_start")(migrations.m001_start)

    @broken()
    def m002_breaks(db: Database) -> None:
        db.execute("CREATE TABLE half (a)")
        db.execute("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(migrations, "migrations", broken)
    monkeypatch.setattr(migrations, "NAMES", ("m001_start", "m002_breaks"))
    with pytest.raises(StoreError, match="nowhere"):
        Store(path)
    assert read(path, "SELECT name FROM sqlite_master") == []
    assert read(path, "PRAGMA user_version") == [(0,)]


def test_views_follow_the_code(path: Path) -> None:
    Store(path).close()
    conn = sqlite3.connect(path)
    conn.executescript("DROP VIEW pilots; CREATE VIEW pilots AS SELECT 1; CREATE VIEW gone AS SELECT 2;")
    conn.close()
    with pytest.raises(StoreError, match="older schema"):
        Store(path, read_only=True)
    with Store(path) as store:
        stored = dict(store.db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())
    assert stored == load_views()
    assert {"pilots", "responsibility_matrix", "contested_quantities", "coverage"} <= set(stored)


def test_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    conn = sqlite3.connect(other)
    conn.execute("CREATE TABLE things (a)")
    conn.close()
    before = other.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store(other)
    assert other.read_bytes() == before
